/* input.c - lines of claims from files or standard input: any length up to a limit, with or without a last line end,
 * \r\n as well. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct cli_reader {
    char *buffer;
    size_t size, room;
    uint64_t number;
    int worst;
} cli_reader;

static bool put(cli_reader *reader, char c)
{
    if (reader->size + 1 >= reader->room) {
        size_t room = reader->room == 0 ? 4096 : reader->room * 2;
        char *grown = realloc(reader->buffer, room);
        if (grown == NULL) return false;
        reader->buffer = grown;
        reader->room = room;
    }
    reader->buffer[reader->size++] = c;
    reader->buffer[reader->size] = '\0';
    return true;
}

static bool blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] != ' ' && text[i] != '\t') return false;
    return true;
}

static int hand_over(cli_reader *reader, bool too_long, int (*each)(void *, const cli_line *), void *context)
{
    size_t size = reader->size;
    reader->number++;
    if (size > 0 && reader->buffer[size - 1] == '\r') size--;
    if (!too_long && blank(reader->buffer, size)) return EXIT_WELL;
    cli_line line = {too_long ? "" : reader->buffer, too_long ? 0 : size, reader->number, too_long};
    return each(context, &line);
}

/* One file, character by character through stdio's buffer. */
static int read_file(cli_reader *reader, FILE *file, int (*each)(void *, const cli_line *), void *context)
{
    bool too_long = false, any = false;
    int code = EXIT_WELL;
    for (int c = getc(file); code <= EXIT_NO; c = getc(file)) {
        if (c == EOF || c == '\n') {
            if (any || c == '\n') code = hand_over(reader, too_long, each, context);
            if (code > reader->worst) reader->worst = code;
            reader->size = 0;
            too_long = any = false;
            if (c == EOF) break;
            continue;
        }
        any = true;
        if (reader->size >= LINE_MOST) too_long = true;
        else if (!put(reader, (char)c)) return EXIT_LIMIT;
    }
    if (!ferror(file)) return code;
    fprintf(stderr, "huzhu: cannot read: %s\n", strerror(errno));
    return EXIT_IO;
}

int each_line(char **files, int count, int (*each)(void *context, const cli_line *line), void *context)
{
    cli_reader reader = {.worst = EXIT_WELL};
    static char dash[] = "-";
    char *standard[] = {dash};
    if (count == 0) {
        files = standard;
        count = 1;
    }
    for (int i = 0; i < count && reader.worst <= EXIT_NO; i++) {
        bool from_stdin = strcmp(files[i], "-") == 0;
        FILE *file = from_stdin ? stdin : fopen(files[i], "r");
        if (file == NULL) {
            fprintf(stderr, "huzhu: cannot read %s: %s\n", files[i], strerror(errno));
            reader.worst = EXIT_IO;
            break;
        }
        int code = read_file(&reader, file, each, context);
        if (code > reader.worst) reader.worst = code;
        if (!from_stdin) fclose(file);
    }
    free(reader.buffer);
    return reader.worst;
}
