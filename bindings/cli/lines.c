/* lines.c - keeping lines, and sorting them by their bytes. */
#include "lines.h"

#include <stdlib.h>

bool cli_lines_begin(cli_lines *lines)
{
    if (lines->count == lines->room) {
        size_t room = lines->room == 0 ? 1024 : 2 * lines->room;
        size_t *begins = realloc(lines->begins, room * sizeof *begins);
        if (begins == NULL)
            return false;
        lines->begins = begins;
        lines->room = room;
    }
    lines->begins[lines->count++] = lines->text.size;
    return true;
}

void cli_lines_free(cli_lines *lines)
{
    cli_bytes_free(&lines->text);
    free(lines->begins);
    *lines = (cli_lines){0};
}

static int compare(const void *a, const void *b)
{
    const huzhu_text *one = a, *other = b;
    size_t size = one->size < other->size ? one->size : other->size;
    int order = memcmp(one->data, other->data, size);
    return order != 0 ? order : one->size < other->size ? -1 : one->size > other->size;
}

bool cli_lines_put_sorted(cli_lines *lines, cli_sink *sink)
{
    huzhu_text *sorted = malloc((lines->count + 1) * sizeof *sorted);
    if (sorted == NULL || lines->text.failed) {
        free(sorted);
        return false;
    }
    for (size_t i = 0; i < lines->count; i++) {
        size_t end = i + 1 < lines->count ? lines->begins[i + 1] : lines->text.size;
        sorted[i] = (huzhu_text){lines->text.at + lines->begins[i], end - lines->begins[i]};
    }
    qsort(sorted, lines->count, sizeof *sorted, compare);
    for (size_t i = 0; i < lines->count; i++)
        cli_sink_put(sink, sorted[i].data, sorted[i].size);
    free(sorted);
    lines->text.size = lines->count = 0;
    return true;
}
