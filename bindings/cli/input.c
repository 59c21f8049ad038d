/* input.c - reading lines of any length without holding more than the longest that is taken.
 *
 * A line may end with LF, CRLF or the end of the file; a byte order mark at the start of a file is no part of its first
 * line. A line that is too long is read over and handed out cut, with a control character at its end, which no JSON
 * may contain: it can only become an error.
 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPOILT '\x01'

static bool is_standard(const char *name)
{
    return strcmp(name, "-") == 0;
}

static const char *shown_name(const char *name)
{
    return is_standard(name) ? "standard input" : name;
}

static int cannot_read(const char *name)
{
    return cli_complain(CLI_IO, "cannot read %s: %s", shown_name(name), strerror(errno));
}

int cli_input_begin(cli_input *input, const char **names, int count, const char *what)
{
    static const char *standard = "-";
    input->names = count > 0 ? names : &standard;
    input->count = count > 0 ? count : 1;
    input->at = 0;
    input->file = -1;
    input->exit_code = CLI_WELL;
    input->line = NULL;
    input->size = input->room = 0;
    for (int i = 0; i < input->count; i++) {
        struct stat about;
        const char *name = input->names[i];
        if (is_standard(name))
            continue;
        if (stat(name, &about) != 0 || access(name, R_OK) != 0)
            return cannot_read(name);
        if (S_ISDIR(about.st_mode))
            return cli_complain(CLI_IO, "cannot read %s: it is a folder", name);
    }
    if (count == 0 && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
        fprintf(stderr, "huzhu: reading %s from the terminal, one JSON object a line; Ctrl-D ends\n", what);
    return CLI_WELL;
}

void cli_input_end(cli_input *input)
{
    if (input->file > STDIN_FILENO)
        close(input->file);
    free(input->line);
}

static bool fail(cli_input *input, int exit_code)
{
    input->exit_code = exit_code;
    return false;
}

/* ---- bytes ---- */

static bool open_next(cli_input *input)
{
    input->name = input->names[input->at++];
    input->file = is_standard(input->name) ? STDIN_FILENO : open(input->name, O_RDONLY);
    input->number = 0;
    input->ended = false;
    input->begin = input->end = 0;
    return input->file >= 0 || fail(input, cannot_read(input->name));
}

/* More bytes into the empty buffer; ended when there are none. */
static bool refill(cli_input *input)
{
    ssize_t got;
    cli_flush();
    do
        got = read(input->file, input->buffer, sizeof input->buffer);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(input, cannot_read(input->name));
    input->begin = 0;
    input->end = (size_t)got;
    input->ended = got == 0;
    return true;
}

/* ---- lines ---- */

/* Adds to the line as much as fits; the rest of a line that is too long is dropped. */
static bool append(cli_input *input, const char *bytes, size_t size)
{
    size_t free_room = CLI_LINE_MOST + 1 - input->size;
    size = size < free_room ? size : free_room;
    if (input->line == NULL || input->size + size > input->room) {
        size_t room = input->room == 0 ? 4096 : input->room;
        while (room < input->size + size)
            room *= 2;
        char *line = realloc(input->line, room);
        if (line == NULL)
            return fail(input, cli_complain(CLI_FAULT, "%s:%llu: no memory for this line", shown_name(input->name),
                                            (unsigned long long)input->number));
        input->line = line;
        input->room = room;
    }
    memcpy(input->line + input->size, bytes, size);
    input->size += size;
    return true;
}

/* One line of the open file into input->line. *there: false at its end. */
static bool read_line(cli_input *input, bool *there)
{
    bool begun = false;
    input->size = 0;
    input->number++;
    for (;;) {
        if (input->begin == input->end && !refill(input))
            return false;
        if (input->ended) {
            *there = begun;
            return true;
        }
        const char *from = input->buffer + input->begin;
        size_t left = input->end - input->begin;
        const char *stop = memchr(from, '\n', left);
        size_t size = stop != NULL ? (size_t)(stop - from) : left;
        begun = true;
        input->begin += size + (stop != NULL);
        if (!append(input, from, size))
            return false;
        if (stop == NULL)
            continue;
        *there = true;
        return true;
    }
}

static bool blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            return false;
    return true;
}

/* Hands out what was read; false: a blank line, to be skipped. */
static bool present(cli_input *input, cli_line *line)
{
    const char mark[] = "\xEF\xBB\xBF";
    size_t skip = input->number == 1 && input->size >= 3 && memcmp(input->line, mark, 3) == 0 ? 3 : 0;
    *line = (cli_line){input->line + skip, input->size - skip, shown_name(input->name), input->number, input->size > CLI_LINE_MOST};
    if (line->too_long)
        input->line[input->size - 1] = SPOILT;
    else if (line->size > 0 && line->text[line->size - 1] == '\r')
        line->size--;
    return !blank(line->text, line->size);
}

bool cli_input_next(cli_input *input, cli_line *line)
{
    for (;;) {
        bool there = false;
        if (input->file < 0) {
            if (input->at == input->count || !open_next(input))
                return false;
        }
        if (!read_line(input, &there))
            return false;
        if (there && present(input, line))
            return true;
        if (!there) {
            if (input->file != STDIN_FILENO)
                close(input->file);
            input->file = -1;
        }
    }
}
