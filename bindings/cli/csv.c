/* csv.c - cells between commas. Most are plain: looked at byte by byte, once. */
#include "csv.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

void cli_csv_begin(cli_csv *csv, char *bytes, size_t size, uint64_t line)
{
    *csv = (cli_csv){.at = bytes, .end = bytes + size, .line = line, .record = line};
}

static cli_csv_event refuse(cli_csv *csv, const char *problem, uint64_t opened)
{
    csv->problem = problem;
    csv->opened = opened;
    return CLI_CSV_PROBLEM;
}

/* Empty lines before a record. */
static void skip_empty(cli_csv *csv)
{
    for (;;) {
        char *at = csv->at;
        if (at < csv->end && *at == '\r')
            at++;
        if (at == csv->end || *at != '\n')
            break;
        csv->at = at + 1;
        csv->line++;
    }
    csv->record = csv->line;
}

/* At the end of a cell: at a comma, a line end or the end of all. */
static cli_csv_event end_cell(cli_csv *csv, uint64_t opened)
{
    if (csv->at < csv->end && *csv->at == ',') {
        csv->at++;
        csv->within = true;
        return CLI_CSV_CELL;
    }
    if (csv->at < csv->end && *csv->at == '\r')
        csv->at++;
    csv->within = false;
    if (csv->at == csv->end)
        return CLI_CSV_LAST;
    if (*csv->at == '\n') {
        csv->at++;
        csv->line++;
        return CLI_CSV_LAST;
    }
    if (csv->at[-1] == '\r')
        return refuse(csv, "a carriage return stands in a cell without quotes", 0);
    return refuse(csv, opened > 0 ? "something follows the closing quote of a cell" : "a quote stands within a cell that does not begin with one", opened);
}

static cli_csv_event next_quoted(cli_csv *csv, cli_cell *cell)
{
    const uint64_t opened = csv->line;
    char *from = csv->at + 1, *to = from;
    *cell = (cli_cell){.at = from, .quoted = true};
    for (;;) {
        char *quote = memchr(from, '"', (size_t)(csv->end - from));
        char *stop = quote != NULL ? quote : csv->end;
        for (char *line = from; (line = memchr(line, '\n', (size_t)(stop - line))) != NULL; line++)
            csv->line++;
        csv->open = quote == NULL;
        if (csv->open)
            return refuse(csv, "a quote is opened and not closed", opened);
        if (to != from)
            memmove(to, from, (size_t)(stop - from));
        to += stop - from;
        from = quote + 1;
        if (from == csv->end || *from != '"')
            break;
        *to++ = '"';
        from++;
    }
    cell->size = (size_t)(to - cell->at);
    csv->at = from;
    return end_cell(csv, opened);
}

/* What ends a plain cell. */
static const bool stops[256] = {[','] = true, ['\n'] = true, ['\r'] = true, ['"'] = true};

/* The end of the plain cell that begins here: sixteen bytes at a time where the machine can, since most cells are shorter. */
static char *plain_end(char *at, const char *end)
{
#ifdef __SSE2__
    const __m128i comma = _mm_set1_epi8(','), line = _mm_set1_epi8('\n'), back = _mm_set1_epi8('\r'), quote = _mm_set1_epi8('"');
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        const __m128i ends = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, line)),
                                          _mm_or_si128(_mm_cmpeq_epi8(bytes, back), _mm_cmpeq_epi8(bytes, quote)));
        unsigned found = (unsigned)_mm_movemask_epi8(ends);
        if (found != 0)
            return at + __builtin_ctz(found);
    }
#endif
    while (at < end && !stops[(unsigned char)*at])
        at++;
    return at;
}

cli_csv_event cli_csv_next(cli_csv *csv, cli_cell *cell)
{
    if (!csv->within) {
        skip_empty(csv);
        if (csv->at == csv->end)
            return CLI_CSV_END;
    }
    if (csv->at < csv->end && *csv->at == '"')
        return next_quoted(csv, cell);
    char *at = plain_end(csv->at, csv->end);
    *cell = (cli_cell){.at = csv->at, .size = (size_t)(at - csv->at)};
    csv->at = at;
    return end_cell(csv, 0);
}

size_t cli_csv_cut(const char *bytes, size_t size)
{
    const char *at = bytes, *end = bytes + size, *cut = bytes;
    bool inside = false;
    /* Between two quotes lies a stretch that is all inside or all outside of them. */
    while (at < end) {
        const char *quote = memchr(at, '"', (size_t)(end - at));
        const char *stop = quote != NULL ? quote : end;
        if (!inside)
            for (const char *back = stop; back > at; back--)
                if (back[-1] == '\n') {
                    cut = back;
                    break;
                }
        inside = !inside;
        at = stop + (quote != NULL);
    }
    return (size_t)(cut - bytes);
}
