/* sink.h - where lines go: standard output or a file of their own. */
#ifndef HUZHU_CLI_SINK_H
#define HUZHU_CLI_SINK_H

#include "cli.h"

#include <stdio.h>

typedef struct cli_sink {
    const char *name; /* NULL: standard output */
    FILE *file;
    int error;        /* errno of the first write that failed */
} cli_sink;

/* name NULL: standard output. inputs: names of files that must not be written over. CLI_WELL, or the exit code after a
 * complaint; end it all the same. */
int cli_sink_begin(cli_sink *sink, const char *name, const char **inputs, int count);
/* False once writing has failed: there is no sense in going on. */
bool cli_sink_put(cli_sink *sink, const char *text, size_t size);
/* exit_code, or CLI_IO after a complaint when something could not be written to the file. */
int cli_sink_end(cli_sink *sink, int exit_code);

#endif
