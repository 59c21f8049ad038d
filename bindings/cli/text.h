/* text.h - texts for a terminal: how wide they are, tables with straight columns, the nearest known word. */
#ifndef HUZHU_CLI_TEXT_H
#define HUZHU_CLI_TEXT_H

#include "cli.h"

#include <stddef.h>

/* Columns that a text takes: Chinese characters take two, combining marks none. */
size_t cli_width(huzhu_text text);

/* To standard output, with '?' for characters that could steer a terminal. */
void cli_put_shown(huzhu_text text);

/* The word nearest to a mistyped one, or NULL when none is near. */
const char *cli_nearest(const char *word, const char *const *words, size_t count);

/* Text from NUL-terminated text. */
huzhu_text cli_text(const char *text);

/* A table. Cells are copied and come row by row; a row is columns cells long. */
typedef struct cli_table {
    char **cells;
    size_t columns, count, room;
    bool failed; /* no memory */
} cli_table;

void cli_table_begin(cli_table *table, size_t columns);
void cli_table_add(cli_table *table, huzhu_text cell);
/* To standard output, columns two spaces apart, the last one as long as it is. False: no memory. */
bool cli_table_print(const cli_table *table);
void cli_table_end(cli_table *table);

#endif
