/* claims_json.c - lines of JSON into rows of cells. Whatever is not plainly a claim becomes a row that is an error, and is
 * asked of the library as a line (claims_ask.c): there is one set of messages.
 */
#include "claims.h"
#include "encoding.h"
#include "flat.h"
#include "input.h"

/* Bytes of a text of a claim, ids included. */
#define ID_MOST ((size_t)64 << 10)

typedef struct reading {
    cli_claims *claims;
    const cli_columns *columns;
    cli_flat flat;
    size_t row;
    size_t next;         /* the column that followed the last one in the line before: a guess */
    bool ask;            /* `ask` was there */
    bool counters;       /* `counters` was there */
} reading; /* scratch has room for each text twice: as it means, and as JSON again */

static bool is(cli_flat_text text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.at, word, text.size) == 0;
}

static bool fits(cli_form form, cli_flat_kind kind)
{
    switch (form) {
    case CLI_FORM_TEXT: return kind == CLI_FLAT_STRING;
    case CLI_FORM_NUMBER: return kind == CLI_FLAT_STRING || kind == CLI_FLAT_NUMBER;
    case CLI_FORM_BOOLEAN: return kind == CLI_FLAT_TRUE || kind == CLI_FLAT_FALSE;
    default: return kind == CLI_FLAT_STRING || kind == CLI_FLAT_NUMBER;
    }
}

/* The value at hand into a column, which has none in this row. */
static bool put(reading *r, size_t column, cli_flat_text text)
{
    cli_cells *cells = &r->claims->cells;
    bool line = text.at >= cells->bytes[CLI_BUFFER_INPUT] && text.at < cells->bytes[CLI_BUFFER_INPUT] + cells->sizes[CLI_BUFFER_INPUT];
    cli_cells_set(cells, column, r->row, text.at, text.size, line ? CLI_BUFFER_INPUT : CLI_BUFFER_SCRATCH);
    return true;
}

/* The id as decisions write it: without escapes that need not be. */
static cli_flat_text id_as_json(reading *r)
{
    cli_bytes out = {.at = r->flat.scratch, .room = r->flat.raw.size};
    if (r->flat.kind != CLI_FLAT_STRING || r->flat.value.size + 2 == r->flat.raw.size)
        return r->flat.raw;
    cli_bytes_json(&out, r->flat.value.at, r->flat.value.size); /* no longer than as it stood: it fits */
    r->flat.scratch += out.size;
    return (cli_flat_text){out.at, out.size};
}

/* What no counter takes: a part of a package that is not asked does not look at its counters, so the claim may stand. */
static bool put_none(reading *r, size_t column)
{
    static const char none[1 + CLI_CELL_SLACK] = "\xFF";
    cli_cells_set(&r->claims->cells, column, r->row, none, 1, CLI_BUFFER_INPUT);
    return true;
}

static bool take_value(reading *r, size_t column)
{
    const cli_column *at = &r->columns->at[column];
    uint32_t *seen = &r->claims->seen[column];
    if (*seen == (uint32_t)r->row + 1)
        return false;
    *seen = (uint32_t)r->row + 1;
    if (r->flat.kind == CLI_FLAT_NULL)
        return true;
    if (!fits(at->form, r->flat.kind))
        return at->counter && huzhu_plan_part_count(r->columns->plan) > 0 && put_none(r, column);
    if (at->form != CLI_FORM_ID)
        return put(r, column, r->flat.value);
    bool no_text = r->flat.value.size > ID_MOST || memchr(r->flat.value.at, '\0', r->flat.value.size) != NULL;
    return !no_text && put(r, column, r->columns->raw_ids ? id_as_json(r) : r->flat.value);
}

static bool find(reading *r, bool counter, size_t *out)
{
    const cli_flat_text *key = &r->flat.key;
    if (r->next < r->columns->count && r->columns->at[r->next].counter == counter && is(*key, r->columns->names[r->next]))
        *out = r->next;
    else if (!cli_columns_find(r->columns, key->at, key->size, counter, out))
        return false;
    r->next = *out + 1;
    return true;
}

/* ---- counters ---- */

/* {"key": {…}, "unit": …, "before": …, "change": …, "after": …} as decisions print it; its key is the library's to compare. */
static bool read_printed(reading *r, size_t column)
{
    static const char *const left[] = {"unit", "before", "change"};
    bool seen[3] = {false}, value = false, key = false;
    r->claims->rows[r->row].state = CLI_ROW_CHECK;
    for (;;) {
        cli_flat_event event = cli_flat_next(&r->flat);
        if (event == CLI_FLAT_CLOSE)
            return value;
        if (event == CLI_FLAT_OPEN && is(r->flat.key, "key") && !key) {
            for (key = true; (event = cli_flat_next(&r->flat)) == CLI_FLAT_MEMBER;)
                ;
            if (event != CLI_FLAT_CLOSE)
                return false;
            continue;
        }
        if (event != CLI_FLAT_MEMBER)
            return false;
        if (is(r->flat.key, "after") || is(r->flat.key, "value")) {
            if (value || !take_value(r, column))
                return false;
            value = true;
            continue;
        }
        size_t which = 0;
        while (which < 3 && !is(r->flat.key, left[which]))
            which++;
        if (which == 3 || seen[which])
            return false;
        seen[which] = true;
    }
}

/* The column of a counter behind its part's name. */
static bool find_of_part(reading *r, size_t part, size_t *out)
{
    for (size_t i = 0; i < r->columns->count; i++) {
        const cli_column *at = &r->columns->at[i];
        const char *point = at->counter && at->part == part ? strchr(at->name, '.') : NULL;
        *out = i;
        if (point != NULL && is(r->flat.key, point + 1))
            return true;
    }
    return false;
}

/* part: CLI_PART_ANY, or the part of a package whose counters these are. */
static bool read_counters(reading *r, size_t part)
{
    for (;;) {
        size_t column, inner;
        cli_flat_event event = cli_flat_next(&r->flat);
        if (event == CLI_FLAT_CLOSE)
            return true;
        if (event != CLI_FLAT_MEMBER && event != CLI_FLAT_OPEN)
            return false;
        bool found = part == CLI_PART_ANY ? find(r, true, &column) : find_of_part(r, part, &column);
        if (!found) {
            bool of_part = part == CLI_PART_ANY && cli_columns_find_part(r->columns, r->flat.key.at, r->flat.key.size, &inner);
            if (!of_part || (event == CLI_FLAT_OPEN ? !read_counters(r, inner) : r->flat.kind != CLI_FLAT_NULL))
                return false;
            continue;
        }
        if (event == CLI_FLAT_MEMBER ? !take_value(r, column) : !read_printed(r, column))
            return false;
    }
}

/* ---- the line ---- */

/* A reserved key; *well: it says nothing that rows of columns are not. False: it is none. */
static bool read_reserved(reading *r, cli_flat_event event, bool *well)
{
    const cli_flat_text key = r->flat.key;
    if (is(key, "ask")) {
        bool claim = r->flat.kind == CLI_FLAT_NULL || (r->flat.kind == CLI_FLAT_STRING && is(r->flat.value, "claim"));
        *well = event == CLI_FLAT_MEMBER && !r->ask && claim;
        r->ask = true;
        return true;
    }
    if (is(key, "counters")) {
        *well = !r->counters && (event == CLI_FLAT_OPEN ? read_counters(r, CLI_PART_ANY) : r->flat.kind == CLI_FLAT_NULL);
        r->counters = true;
        return true;
    }
    *well = false;
    return is(key, "reverses");
}

static bool read_line(reading *r)
{
    r->ask = r->counters = false;
    for (;;) {
        size_t column;
        bool well = true;
        cli_flat_event event = cli_flat_next(&r->flat);
        if (event == CLI_FLAT_END)
            return true;
        if (event != CLI_FLAT_MEMBER && event != CLI_FLAT_OPEN)
            return false;
        if (event == CLI_FLAT_MEMBER && find(r, false, &column)) {
            if (!take_value(r, column))
                return false;
        } else if (!read_reserved(r, event, &well) || !well) {
            return false;
        }
    }
}

static bool blank(const char *line, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return false;
    return true;
}

static void add_line(reading *r, const cli_piece_text *text, size_t begin, size_t size, uint32_t line, bool utf8)
{
    char *at = text->bytes + begin;
    if (size > 0 && at[size - 1] == '\r')
        size--;
    bool odd = size > CLI_LINE_MOST || (!utf8 && cli_utf8_size(at, size) < size);
    r->row = r->claims->cells.rows++;
    r->claims->rows[r->row] = (cli_row){.line = line, .begin = (uint32_t)begin, .size = (uint32_t)(size < CLI_LINE_MOST ? size : CLI_LINE_MOST)};
    char *scratch = r->flat.scratch;
    cli_flat_begin(&r->flat, at, size, scratch);
    if (odd || !read_line(r))
        cli_claims_make_odd(r->claims, r->row);
    r->claims->special += r->claims->rows[r->row].state != CLI_ROW_READ;
}

void cli_claims_read_json(cli_claims *claims, const cli_piece_text *text)
{
    reading r = {.claims = claims, .columns = claims->columns, .flat.scratch = claims->scratch};
    bool utf8 = cli_utf8_size(text->bytes, text->size) == text->size;
    uint32_t line = 0;
    memset(claims->seen, 0, claims->columns->count * sizeof *claims->seen);
    for (size_t at = 0; at < text->size; line++) {
        const char *end = memchr(text->bytes + at, '\n', text->size - at);
        size_t size = end != NULL ? (size_t)(end - text->bytes) - at : text->size - at;
        if (!blank(text->bytes + at, size))
            add_line(&r, text, at, size, line, utf8);
        at += size + 1;
    }
}
