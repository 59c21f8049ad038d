/* bytes.c - growing, and the two ways to write a text so that it is read again as the same: CSV and JSON. */
#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>

bool cli_bytes_make_room(cli_bytes *bytes, size_t more)
{
    size_t room = bytes->room == 0 ? 4096 : bytes->room;
    while (room - bytes->size < more)
        room *= 2;
    char *at = realloc(bytes->at, room);
    bytes->failed = bytes->failed || at == NULL;
    if (at == NULL)
        return false;
    bytes->at = at;
    bytes->room = room;
    return true;
}

void cli_bytes_free(cli_bytes *bytes)
{
    free(bytes->at);
    *bytes = (cli_bytes){0};
}

/* Spaces at the ends would be lost in programs that trim cells. */
static bool needs_quotes(const char *text, size_t size)
{
    if (size == 0)
        return false;
    for (size_t i = 0; i < size; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
            return true;
    return text[0] == ' ' || text[size - 1] == ' ';
}

void cli_bytes_cell(cli_bytes *bytes, const char *text, size_t size)
{
    if (!needs_quotes(text, size)) {
        cli_bytes_add(bytes, text, size);
        return;
    }
    cli_bytes_put(bytes, '"');
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            cli_bytes_put(bytes, '"');
        cli_bytes_put(bytes, text[i]);
    }
    cli_bytes_put(bytes, '"');
}

/* The escape of a character that needs one; the library writes the same. */
static int escape_of(unsigned char c, char escape[8])
{
    static const char with_letter[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
    const char *found = c != '\0' ? strchr(with_letter, c) : NULL;
    if (found != NULL)
        return snprintf(escape, 8, "\\%c", letters[found - with_letter]);
    return snprintf(escape, 8, "\\u%04x", c);
}

void cli_bytes_json(cli_bytes *bytes, const char *text, size_t size)
{
    char escape[8];
    size_t begin = 0;
    cli_bytes_put(bytes, '"');
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        cli_bytes_add(bytes, text + begin, i - begin);
        begin = i + 1;
        cli_bytes_add(bytes, escape, (size_t)escape_of(c, escape));
    }
    cli_bytes_add(bytes, text + begin, size - begin);
    cli_bytes_put(bytes, '"');
}
