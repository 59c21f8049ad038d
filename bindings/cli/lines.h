/* lines.h - lines of a table that are kept until all are there, and written in the order of their texts: an order that does
 * not hang on how rows were shared among threads.
 */
#ifndef HUZHU_CLI_LINES_H
#define HUZHU_CLI_LINES_H

#include "bytes.h"
#include "sink.h"

typedef struct cli_lines {
    cli_bytes text;    /* one behind another; the caller adds a line to it after it was begun */
    size_t *begins;
    size_t count, room;
} cli_lines;

/* False: no memory; text.failed says so of what is added. */
bool cli_lines_begin(cli_lines *lines);
void cli_lines_free(cli_lines *lines);
/* Writes all of them and forgets them. False: no memory. */
bool cli_lines_put_sorted(cli_lines *lines, cli_sink *sink);

#endif
