/* source.c - reading files and cutting them between records.
 *
 * What is read stands in `left` until whole records of it are handed out. A file's first bytes say what it is: a mark of
 * another encoding is refused, of UTF-8 skipped; of CSV the first record is the names.
 */
#include "source.h"

#include "cells.h"
#include "csv.h"
#include "encoding.h"
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPOILT '\x01'

/* ---- names and formats ---- */

static bool is_standard(const char *name)
{
    return strcmp(name, "-") == 0;
}

static const char *shown_name(const char *name)
{
    return is_standard(name) ? "standard input" : name;
}

cli_format cli_format_of_name(const char *name)
{
    static const struct {
        const char *end;
        cli_format format;
    } known[] = {{".csv", CLI_FORMAT_CSV}, {".ndjson", CLI_FORMAT_NDJSON}, {".jsonl", CLI_FORMAT_NDJSON}, {".json", CLI_FORMAT_NDJSON}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t size = strlen(name), end = strlen(known[i].end);
        if (size > end && strcmp(name + size - end, known[i].end) == 0)
            return known[i].format;
    }
    return CLI_FORMAT_OPEN;
}

/* ---- failures: told when all that came before is answered ---- */

CLI_PRINTF(3, 4)
static bool fail(cli_source *source, int exit_code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(source->problem, sizeof source->problem, format, arguments);
    va_end(arguments);
    source->exit_code = exit_code;
    return false;
}

static bool no_memory(cli_source *source)
{
    return fail(source, CLI_FAULT, "reading claims: %s", huzhu_status_text(HUZHU_NO_MEMORY));
}

static bool cannot_read(cli_source *source, const char *name)
{
    return fail(source, CLI_IO, "cannot read %s: %s", shown_name(name), strerror(errno));
}

/* Before anything is answered: are the files there, and how much is it? */
static bool look_at_files(cli_source *source)
{
    uint64_t all = 0;
    bool known = true;
    for (int i = 0; i < source->count; i++) {
        struct stat about;
        const char *name = source->names[i];
        if (is_standard(name) ? fstat(STDIN_FILENO, &about) != 0 : stat(name, &about) != 0 || access(name, R_OK) != 0)
            return cannot_read(source, name);
        if (S_ISDIR(about.st_mode))
            return fail(source, CLI_IO, "cannot read %s: it is a folder", shown_name(name));
        known = known && S_ISREG(about.st_mode);
        all += (uint64_t)about.st_size;
    }
    source->bytes_all = known ? all : 0;
    return true;
}

/* ---- bytes ---- */

/* Reads on until so many bytes are there or the file has no more. */
static bool fill(cli_source *source, size_t wanted)
{
    cli_bytes *left = &source->left;
    while (!source->ended && left->size < wanted) {
        size_t room = wanted - left->size;
        if (left->room - left->size < room && !cli_bytes_make_room(left, room))
            return no_memory(source);
        ssize_t got = read(source->file, left->at + left->size, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot_read(source, source->name);
        left->size += (size_t)got;
        source->bytes_read += (uint64_t)got;
        source->ended = got == 0;
    }
    return true;
}

static void drop(cli_source *source, size_t size)
{
    cli_bytes *left = &source->left;
    if (size == 0)
        return;
    left->size -= size;
    memmove(left->at, left->at + size, left->size);
}

static size_t count_line_ends(const char *bytes, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += bytes[i] == '\n';
    return count;
}

/* ---- the beginning of a file ---- */

static bool refuse_encoding(cli_source *source, const char *encoding)
{
    bool standard = is_standard(source->name);
    return fail(source, CLI_IO, "%s is %s; claims are read as UTF-8: iconv -f %s -t UTF-8%s%s", shown_name(source->name), encoding,
                                     encoding, standard ? " | huzhu run …" : " ", standard ? "" : source->name);
}

static void find_format(cli_source *source)
{
    if (source->format == CLI_FORMAT_OPEN && !is_standard(source->name))
        source->format = cli_format_of_name(source->name);
    if (source->format != CLI_FORMAT_OPEN)
        return;
    size_t at = 0;
    while (at < source->left.size && memchr(" \t\r\n", source->left.at[at], 4) != NULL)
        at++;
    source->format = at == source->left.size || source->left.at[at] == '{' ? CLI_FORMAT_NDJSON : CLI_FORMAT_CSV;
}

/* The names of a file's columns, from its first record. */
static bool read_names(cli_source *source, cli_bytes *names, size_t *columns)
{
    cli_csv csv;
    cli_cell cell;
    cli_csv_event event = CLI_CSV_CELL;
    size_t size = source->left.size, well = cli_utf8_size(source->left.at, size);
    cli_csv_begin(&csv, source->left.at, size, source->line);
    while (event == CLI_CSV_CELL) {
        event = cli_csv_next(&csv, &cell);
        if (event != CLI_CSV_CELL && event != CLI_CSV_LAST)
            break;
        if ((size_t)(cell.at + cell.size - source->left.at) > well) {
            if (cli_is_gb18030(cell.at, cell.size))
                return refuse_encoding(source, "GB18030");
            return fail(source, CLI_IO, "%s:%" PRIu64 ": the names of the columns are no UTF-8", shown_name(source->name), csv.record);
        }
        if (cell.size == 0)
            return fail(source, CLI_IO, "%s:%" PRIu64 ": column %zu has no name", shown_name(source->name), csv.record, *columns + 1);
        cli_bytes_add(names, cell.at, cell.size);
        cli_bytes_put(names, '\0');
        ++*columns;
    }
    if (names->failed)
        return no_memory(source);
    if (event == CLI_CSV_PROBLEM)
        return fail(source, CLI_IO, "%s:%" PRIu64 ": %s, among the names of the columns", shown_name(source->name), csv.line, csv.problem);
    if (event == CLI_CSV_END)
        return fail(source, CLI_IO, "%s is empty: CSV begins with a line of names", shown_name(source->name));
    source->line = csv.line;
    drop(source, (size_t)(csv.at - source->left.at));
    return true;
}

/* The first difference between the names of this file and those of the first. */
static bool compare_names(cli_source *source, const cli_bytes *names, size_t columns)
{
    const char *first = source->header.at, *here = names->at;
    for (size_t i = 0; i < columns && i < source->columns; i++) {
        if (strcmp(first, here) != 0)
            return fail(source, CLI_IO, "%s: column %zu is not `%s`, as it is in %s; files of one run have the same columns",
                        shown_name(source->name), i + 1, first, shown_name(source->names[0]));
        first += strlen(first) + 1;
        here += strlen(here) + 1;
    }
    if (columns != source->columns)
        return fail(source, CLI_IO, "%s has %zu columns, and %s has %zu; files of one run have the same columns", shown_name(source->name),
                                         columns, shown_name(source->names[0]), source->columns);
    return true;
}

static bool begin_csv(cli_source *source)
{
    cli_bytes names = {0};
    size_t columns = 0;
    /* The names may be longer than what was read. */
    while (cli_csv_cut(source->left.at, source->left.size) == 0 && !source->ended && source->left.size <= CLI_LINE_MOST)
        if (!fill(source, source->left.size + source->piece))
            return false;
    if (!source->ended && cli_csv_cut(source->left.at, source->left.size) == 0)
        return fail(source, CLI_IO, "%s:1: the line of names is longer than 1 MiB: is a quote not closed?", shown_name(source->name));
    bool well = read_names(source, &names, &columns);
    if (well && source->columns == 0) {
        source->header = names;
        source->columns = columns;
        return true;
    }
    well = well && compare_names(source, &names, columns);
    cli_bytes_free(&names);
    return well;
}

static bool open_next(cli_source *source)
{
    const char *encoding;
    source->name = source->names[source->at++];
    source->file = is_standard(source->name) ? STDIN_FILENO : open(source->name, O_RDONLY);
    source->line = 1;
    source->ended = source->skipping = false;
    source->left.size = 0;
    if (source->file < 0)
        return cannot_read(source, source->name);
    if (!fill(source, source->piece))
        return false;
    size_t mark = cli_byte_order_mark(source->left.at, source->left.size, &encoding);
    if (encoding != NULL)
        return refuse_encoding(source, encoding);
    drop(source, mark);
    find_format(source);
    return source->format != CLI_FORMAT_CSV || begin_csv(source);
}

int cli_source_begin(cli_source *source, const char **names, int count, cli_format format, size_t piece)
{
    static const char *standard = "-";
    *source = (cli_source){.names = count > 0 ? names : &standard, .count = count > 0 ? count : 1, .file = -1, .format = format, .piece = piece};
    if (look_at_files(source) && count == 0 && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
        fputs("huzhu: reading claims from the terminal; Ctrl-D ends\n", stderr);
    if (source->exit_code == CLI_WELL)
        open_next(source);
    return cli_source_tell(source);
}

int cli_source_tell(const cli_source *source)
{
    return source->exit_code == CLI_WELL ? CLI_WELL : cli_complain(source->exit_code, "%s", source->problem);
}

void cli_source_end(cli_source *source)
{
    if (source->file > STDIN_FILENO)
        close(source->file);
    cli_bytes_free(&source->left);
    cli_bytes_free(&source->header);
}

/* ---- pieces ---- */

static size_t cut_lines(const char *bytes, size_t size)
{
    while (size > 0 && bytes[size - 1] != '\n')
        size--;
    return size;
}

static size_t cut(const cli_source *source)
{
    const cli_bytes *left = &source->left;
    if (source->ended)
        return left->size;
    return source->format == CLI_FORMAT_CSV ? cli_csv_cut(left->at, left->size) : cut_lines(left->at, left->size);
}

/* A line of JSON that is too long becomes one that can only be an error, as it does one by one; the rest is read over. */
static size_t spoil(cli_source *source)
{
    cli_bytes *left = &source->left;
    left->at[CLI_LINE_MOST - 1] = SPOILT;
    left->size = CLI_LINE_MOST + 1;
    left->at[CLI_LINE_MOST] = '\n';
    source->skipping = true;
    return left->size;
}

/* Up to the end of a line that was handed out cut. */
static bool skip_rest(cli_source *source)
{
    while (source->skipping && !(source->ended && source->left.size == 0)) {
        const char *end = source->left.size > 0 ? memchr(source->left.at, '\n', source->left.size) : NULL;
        source->skipping = end == NULL;
        drop(source, end != NULL ? (size_t)(end + 1 - source->left.at) : source->left.size);
        if (!fill(source, source->piece))
            return false;
    }
    return true;
}

/* How much of what is there can be handed out; more is read until a record ends. 0: after a failure, or at the end. */
static size_t find_cut(cli_source *source)
{
    size_t size, wanted = source->piece;
    if (!skip_rest(source) || !fill(source, wanted))
        return 0;
    while ((size = cut(source)) == 0 && !source->ended) {
        if (source->left.size > CLI_LINE_MOST)
            break;
        wanted = source->left.size + source->piece;
        if (!fill(source, wanted))
            return 0;
    }
    bool json = source->format == CLI_FORMAT_NDJSON;
    if (json && (size == 0 || size > CLI_LINE_MOST) && source->left.size > CLI_LINE_MOST && memchr(source->left.at, '\n', CLI_LINE_MOST + 1) == NULL)
        return spoil(source);
    if (size == 0 && source->left.size > 0)
        fail(source, CLI_IO, "%s:%" PRIu64 ": the row that begins here is longer than 1 MiB: is a quote not closed?",
                                  shown_name(source->name), source->line);
    return size;
}

static bool hand_out(cli_source *source, size_t size, cli_piece_text *text)
{
    if (text->room < size) {
        free(text->bytes);
        text->room = size + size / 4;
        text->bytes = calloc(text->room + CLI_CELL_SLACK, 1);
        if (text->bytes == NULL) {
            text->room = 0;
            return no_memory(source);
        }
    }
    memcpy(text->bytes, source->left.at, size);
    drop(source, size);
    text->size = size;
    text->line_ends = count_line_ends(text->bytes, size);
    text->file = shown_name(source->name);
    text->line = source->line;
    source->line += text->line_ends;
    return true;
}

bool cli_source_next(cli_source *source, cli_piece_text *text)
{
    for (;;) {
        if (source->exit_code != CLI_WELL)
            return false;
        if (source->file < 0 && (source->at == source->count || !open_next(source)))
            return false;
        size_t size = find_cut(source);
        if (source->exit_code != CLI_WELL)
            return false;
        if (size > 0)
            return hand_out(source, size, text);
        if (source->file != STDIN_FILENO)
            close(source->file);
        source->file = -1;
    }
}
