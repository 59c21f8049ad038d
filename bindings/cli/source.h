/* source.h - files of claims, one after another, in pieces of whole records that can be answered side by side.
 *
 * CSV begins with a line of names in every file, the same in all; a byte order mark may stand before. Memory does not grow
 * with the files: a piece is some hundred KiB, a record at most 1 MiB.
 */
#ifndef HUZHU_CLI_SOURCE_H
#define HUZHU_CLI_SOURCE_H

#include "bytes.h"
#include "options.h"

#include <stdint.h>

typedef enum cli_format { CLI_FORMAT_OPEN, CLI_FORMAT_CSV, CLI_FORMAT_NDJSON } cli_format;

/* By a file's name: claims.csv; OPEN where the name does not say. */
cli_format cli_format_of_name(const char *name);

/* Whole records. */
typedef struct cli_piece_text {
    char *bytes;
    size_t size, room;
    size_t line_ends;     /* within */
    const char *file;     /* as named, or "standard input" */
    uint64_t line;        /* number of the first */
} cli_piece_text;

typedef struct cli_source {
    const char **names;   /* "-": standard input */
    int count, at;        /* at: the next to open */
    size_t piece;         /* bytes of a piece, about */
    int file;             /* open, or -1 */
    const char *name;     /* of it, for messages */
    cli_format format;    /* known once the first file is open */
    uint64_t line;        /* of what is to be read next */
    bool ended;           /* the open file has no more bytes */
    bool skipping;        /* the rest of a line that was too long */
    int exit_code;        /* of a failure, else CLI_WELL */
    char problem[400];    /* then: what it is */
    cli_bytes left;       /* read, and not handed out yet */
    cli_bytes header;     /* of CSV: the names, a NUL behind each */
    size_t columns;
    uint64_t bytes_read, bytes_all; /* bytes_all 0: nobody knows */
} cli_source;

/* names: operands, or none for standard input. Opens the first one and reads the names of its columns. CLI_WELL, or the exit
 * code after a complaint; end it all the same. */
int cli_source_begin(cli_source *source, const char **names, int count, cli_format format, size_t piece);
/* The next piece, into text's memory. False at the end, and after a failure, which is for the caller to tell. */
bool cli_source_next(cli_source *source, cli_piece_text *text);
/* Complains of a failure; returns the exit code. */
int cli_source_tell(const cli_source *source);
void cli_source_end(cli_source *source);

#endif
