/* text.c - display width, safe printing, tables, the nearest word.
 *
 * Not the library's Unicode tables: a binding sees the public header alone, and the ranges below are enough for labels
 * in Chinese and English. An unknown character counts one column.
 */
#include "text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- characters ---- */

typedef struct range {
    uint32_t first, last;
} range;

static const range wide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF},
    {0x20000, 0x2FFFD}, {0x30000, 0x3FFFD},
};

static const range narrow_as_nothing[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}};

/* Controls, line and paragraph separators, and what turns the direction of writing. */
static const range steering[] = {{0x00, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x202E}, {0x2066, 0x2069}};

#define WITHIN(c, ranges) within((c), (ranges), sizeof(ranges) / sizeof *(ranges))

static bool within(uint32_t c, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* The character at *at, which moves behind it. A byte that begins none is taken as a control. */
static uint32_t next_character(huzhu_text text, size_t *at)
{
    unsigned char lead = (unsigned char)text.data[(*at)++];
    size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (lead < 0x80)
        return lead;
    if (more == 0 || lead > 0xF7 || text.size - *at < more)
        return 0;
    uint32_t c = lead & (0x3Fu >> more);
    for (size_t i = 0; i < more; i++) {
        unsigned char byte = (unsigned char)text.data[*at + i];
        if ((byte & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (byte & 0x3Fu);
    }
    *at += more;
    return c;
}

size_t cli_width(huzhu_text text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = next_character(text, &at);
        width += WITHIN(c, wide) ? 2 : WITHIN(c, narrow_as_nothing) ? 0 : 1;
    }
    return width;
}

void cli_put_shown(huzhu_text text)
{
    for (size_t at = 0; at < text.size;) {
        size_t begin = at;
        uint32_t c = next_character(text, &at);
        if (WITHIN(c, steering))
            fputc('?', stdout);
        else
            fwrite(text.data + begin, 1, at - begin, stdout);
    }
}

huzhu_text cli_text(const char *text)
{
    return (huzhu_text){text, strlen(text)};
}

/* ---- the nearest word ---- */

enum { WORD_MOST = 48, FAR = 99 };

static size_t least(size_t a, size_t b, size_t c)
{
    size_t small = a < b ? a : b;
    return small < c ? small : c;
}

/* How many letters must be put in, taken out, changed or swapped with their neighbour. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MOST + 1], length_a = strlen(a), length_b = strlen(b);
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    if (length_a > WORD_MOST || length_b > WORD_MOST)
        return FAR;
    for (size_t j = 0; j <= length_b; j++) {
        last[j] = j;
        before[j] = FAR;
    }
    for (size_t i = 1; i <= length_a; i++) {
        now[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
        size_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[length_b];
}

const char *cli_nearest(const char *word, const char *const *words, size_t count)
{
    const char *nearest = NULL;
    size_t most = strlen(word) / 3 + 1, best = most + 1;
    for (size_t i = 0; i < count; i++) {
        size_t far = distance(word, words[i]);
        if (far < best && far < strlen(words[i])) {
            best = far;
            nearest = words[i];
        }
    }
    return nearest;
}

/* ---- tables ---- */

void cli_table_begin(cli_table *table, size_t columns)
{
    *table = (cli_table){.columns = columns};
}

void cli_table_add(cli_table *table, huzhu_text cell)
{
    if (table->count == table->room) {
        size_t room = table->room == 0 ? 64 : table->room * 2;
        char **cells = realloc(table->cells, room * sizeof *cells);
        if (cells == NULL) {
            table->failed = true;
            return;
        }
        table->cells = cells;
        table->room = room;
    }
    char *copy = malloc(cell.size + 1);
    if (copy == NULL) {
        table->failed = true;
        return;
    }
    memcpy(copy, cell.data, cell.size);
    copy[cell.size] = '\0';
    table->cells[table->count++] = copy;
}

static size_t column_width(const cli_table *table, size_t column)
{
    size_t widest = 0;
    for (size_t i = column; i < table->count; i += table->columns) {
        size_t width = cli_width(cli_text(table->cells[i]));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* A row, without blanks at its end. */
static void print_row(const cli_table *table, size_t begin)
{
    size_t columns = table->columns;
    while (columns > 1 && table->cells[begin + columns - 1][0] == '\0')
        columns--;
    for (size_t i = 0; i < columns; i++) {
        huzhu_text cell = cli_text(table->cells[begin + i]);
        cli_put_shown(cell);
        if (i + 1 < columns)
            printf("%*s", (int)(column_width(table, i) - cli_width(cell)) + 2, "");
    }
    fputc('\n', stdout);
}

bool cli_table_print(const cli_table *table)
{
    if (table->failed)
        return false;
    for (size_t begin = 0; begin + table->columns <= table->count; begin += table->columns)
        print_row(table, begin);
    return true;
}

void cli_table_end(cli_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        free(table->cells[i]);
    free(table->cells);
}
