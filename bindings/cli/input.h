/* input.h - lines from files, one after another, or from standard input. */
#ifndef HUZHU_CLI_INPUT_H
#define HUZHU_CLI_INPUT_H

#include "options.h"

#include <stddef.h>
#include <stdint.h>

/* Longest line that is taken, in bytes. */
#define CLI_LINE_MOST ((size_t)1 << 20)

typedef struct cli_line {
    const char *text;  /* without its line end; until the next line is read */
    size_t size;
    const char *file;  /* as named, or "standard input" */
    uint64_t number;   /* in its file, from 1; empty lines count */
    bool too_long;     /* longer than CLI_LINE_MOST: text is its beginning, spoilt so that it cannot be taken for JSON */
} cli_line;

typedef struct cli_input {
    const char **names;        /* "-": standard input */
    int count, at;             /* at: the next to open */
    int file;                  /* open, or -1 */
    const char *name;
    uint64_t number;
    bool ended;                /* the open file has no more bytes */
    int exit_code;             /* of a failure */
    char *line;
    size_t size, room;
    size_t begin, end;         /* what is left in buffer */
    char buffer[1 << 16];
} cli_input;

/* names: operands, or none for standard input. Looks at once whether files are there and may be read, so that a
 * mistyped name is told before anything is settled: CLI_WELL, or CLI_IO after a complaint. */
int cli_input_begin(cli_input *input, const char **names, int count, const char *what);

/* The next line that is not blank. False at the end, and after a failure: then exit_code is not CLI_WELL. What was
 * written so far is flushed before this waits for more, so that a host may ask line by line through pipes. */
bool cli_input_next(cli_input *input, cli_line *line);

void cli_input_end(cli_input *input);

#endif
