/* bytes.h - a text that grows: lines on their way to a file. A failed allocation is remembered, and told once at the end. */
#ifndef HUZHU_CLI_BYTES_H
#define HUZHU_CLI_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct cli_bytes {
    char *at;
    size_t size, room;
    bool failed; /* memory ran out: what was added since is not there */
} cli_bytes;

/* Room for so many bytes more. False: no memory. */
bool cli_bytes_make_room(cli_bytes *bytes, size_t more);
void cli_bytes_free(cli_bytes *bytes);

static inline void cli_bytes_add(cli_bytes *bytes, const char *text, size_t size)
{
    if (bytes->room - bytes->size < size && !cli_bytes_make_room(bytes, size))
        return;
    if (size > 0)
        memcpy(bytes->at + bytes->size, text, size);
    bytes->size += size;
}

static inline void cli_bytes_put(cli_bytes *bytes, char one)
{
    cli_bytes_add(bytes, &one, 1);
}

static inline void cli_bytes_say(cli_bytes *bytes, const char *text)
{
    cli_bytes_add(bytes, text, strlen(text));
}

/* As a cell of CSV: in quotes where it must be. */
void cli_bytes_cell(cli_bytes *bytes, const char *text, size_t size);
/* As a string of JSON, quotes included. */
void cli_bytes_json(cli_bytes *bytes, const char *text, size_t size);

#endif
