/* results.c - from arrays of Arrow, as the library makes them, to lines of text. Offsets are 0, but honoured. */
#include "results.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- columns ---- */

static bool is_text(const char *format)
{
    return strcmp(format, "u") == 0 || strcmp(format, "U") == 0;
}

static char kind_of(const struct ArrowSchema *field)
{
    const char *format = field->format;
    if (field->dictionary != NULL)
        return strcmp(format, "i") == 0 && is_text(field->dictionary->format) ? 'k' : '\0';
    if (strcmp(format, "+l") == 0)
        return field->n_children == 1 && kind_of(field->children[0]) == 'k' ? 'K' : '\0';
    if (strcmp(format, "tdD") == 0)
        return 't';
    if (strncmp(format, "d:", 2) == 0)
        return 'd';
    return format[0] != '\0' && format[1] == '\0' && strchr("bcCsSiIlLuU", format[0]) != NULL ? format[0] : '\0';
}

static int scale_of(const char *format)
{
    const char *comma = format[0] == 'd' ? strchr(format, ',') : NULL;
    return comma != NULL ? atoi(comma + 1) : 0;
}

bool cli_results_make(cli_results *results, struct ArrowSchema *schema, bool json, bool raw_id)
{
    size_t count = (size_t)schema->n_children;
    *results = (cli_results){.schema = *schema, .json = json, .count = count, .shown = count, .error = count};
    schema->release = NULL;
    results->columns = calloc(results->count + 1, sizeof *results->columns);
    results->codes = calloc(results->count + 1, sizeof *results->codes);
    results->places = calloc(results->count + 1, sizeof *results->places);
    results->place_room = calloc(results->count + 1, sizeof *results->place_room);
    if (results->columns == NULL || results->codes == NULL || results->places == NULL || results->place_room == NULL)
        return false;
    for (size_t i = 0; i < results->count; i++) {
        const struct ArrowSchema *field = results->schema.children[i];
        cli_result *column = &results->columns[i];
        column->name = field->name;
        column->kind = kind_of(field);
        column->scale = scale_of(field->format);
        if (column->kind == 'k' && strcmp(field->name, "error") == 0)
            results->error = i;
        if (raw_id && is_text(field->format) && strcmp(field->name, "id") == 0)
            column->kind = field->format[0] == 'u' ? 'r' : 'R';
        cli_bytes_put(&column->key, i == 0 ? '{' : ',');
        cli_bytes_json(&column->key, field->name, strlen(field->name));
        cli_bytes_put(&column->key, ':');
        if (column->kind == '\0' || column->key.failed)
            return false;
    }
    return true;
}

void cli_results_free(cli_results *results)
{
    for (size_t i = 0; i < results->count && results->columns != NULL; i++)
        cli_bytes_free(&results->columns[i].key);
    for (size_t i = 0; i < results->count && results->codes != NULL; i++)
        cli_bytes_free(&results->codes[i]);
    for (size_t i = 0; i < results->count && results->places != NULL; i++)
        free(results->places[i]);
    free(results->columns);
    free(results->codes);
    free(results->places);
    free(results->place_room);
    if (results->schema.release != NULL)
        results->schema.release(&results->schema);
    *results = (cli_results){0};
}

/* ---- cells ---- */

static bool is_null(const struct ArrowArray *array, int64_t at)
{
    const uint8_t *valid = array->null_count != 0 && array->n_buffers > 0 ? array->buffers[0] : NULL;
    return valid != NULL && (valid[at / 8] >> (at % 8) & 1) == 0;
}

static huzhu_text text_at(const struct ArrowArray *array, int64_t at, bool wide)
{
    int64_t begin = wide ? ((const int64_t *)array->buffers[1])[at] : ((const int32_t *)array->buffers[1])[at];
    int64_t end = wide ? ((const int64_t *)array->buffers[1])[at + 1] : ((const int32_t *)array->buffers[1])[at + 1];
    return (huzhu_text){end > begin ? (const char *)array->buffers[2] + begin : "", (size_t)(end - begin)};
}

static void put_text(bool json, huzhu_text text, cli_bytes *out)
{
    if (json)
        cli_bytes_json(out, text.data, text.size);
    else
        cli_bytes_cell(out, text.data, text.size);
}

__extension__ typedef unsigned __int128 cli_u128;

/* A whole number with so many decimals: 36000 and 2 are 360.00. high: what stands above the 64 bits of value. */
static void put_number(bool json, int64_t value, int64_t high, int scale, cli_bytes *out)
{
    char digits[64], *end = digits + sizeof digits, *at = end;
    cli_u128 all = (cli_u128)(uint64_t)high << 64 | (uint64_t)value;
    bool negative = high < 0;
    all = negative ? 0 - all : all;
    uint64_t left = (uint64_t)all;
    int i = 0;
    if (json)
        *--at = '"';
    for (; all >> 64 != 0; i++, all /= 10, left = (uint64_t)all) {
        if (i == scale && scale > 0)
            *--at = '.';
        *--at = (char)('0' + (int)(all % 10));
    }
    for (; left > 0 || i <= scale; i++, left /= 10) {
        if (i == scale && scale > 0)
            *--at = '.';
        *--at = (char)('0' + left % 10);
    }
    if (negative)
        *--at = '-';
    if (json)
        *--at = '"';
    cli_bytes_add(out, at, (size_t)(end - at));
}

static void put_day(bool json, int32_t days, cli_bytes *out)
{
    /* Days since 1970-01-01 as year, month, day: years that begin in March, eras of 400 of them. */
    char text[40];
    int64_t z = (int64_t)days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365, of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t shifted = (5 * of_year + 2) / 153, day = of_year - (153 * shifted + 2) / 5 + 1, month = shifted < 10 ? shifted + 3 : shifted - 9;
    int size = snprintf(text, sizeof text, json ? "\"%04d-%02d-%02d\"" : "%04d-%02d-%02d", (int)(year + era * 400 + (month <= 2)), (int)month, (int)day);
    cli_bytes_add(out, text, (size_t)size);
}

static int64_t integer_at(const struct ArrowArray *array, char kind, int64_t at)
{
    const void *values = array->buffers[1];
    switch (kind) {
    case 'c': return ((const int8_t *)values)[at];
    case 'C': return ((const uint8_t *)values)[at];
    case 's': return ((const int16_t *)values)[at];
    case 'S': return ((const uint16_t *)values)[at];
    case 'i': return ((const int32_t *)values)[at];
    case 'I': return ((const uint32_t *)values)[at];
    case 'd': return ((const int64_t *)values)[2 * at];
    default: return ((const int64_t *)values)[at];
    }
}

static void put_code(const cli_results *results, size_t column, int32_t place, cli_bytes *out)
{
    const uint32_t *places = results->places[column];
    cli_bytes_add(out, results->codes[column].at + places[place], places[place + 1] - places[place]);
}

static void put_list(const cli_results *results, size_t column, const struct ArrowArray *array, int64_t at, cli_bytes *out)
{
    const int32_t *offsets = array->buffers[1], *items = array->children[0]->buffers[1];
    if (results->json)
        cli_bytes_put(out, '[');
    for (int32_t i = offsets[at]; i < offsets[at + 1]; i++) {
        if (i > offsets[at])
            cli_bytes_put(out, results->json ? ',' : ';');
        put_code(results, column, items[array->children[0]->offset + i], out);
    }
    if (results->json)
        cli_bytes_put(out, ']');
}

static void put_flag(bool value, cli_bytes *out)
{
    cli_bytes_say(out, value ? "true" : "false");
}

static void put_cell(const cli_results *results, size_t index, const struct ArrowArray *array, size_t row, cli_bytes *out)
{
    const cli_result *column = &results->columns[index];
    int64_t at = array->offset + (int64_t)row;
    if (is_null(array, at)) {
        if (results->json)
            cli_bytes_add(out, "null", 4);
        return;
    }
    switch (column->kind) {
    case 'k': put_code(results, index, ((const int32_t *)array->buffers[1])[at], out); return;
    case 'K': put_list(results, index, array, at, out); return;
    case 'b': put_flag((((const uint8_t *)array->buffers[1])[at / 8] >> (at % 8) & 1) != 0, out); return;
    case 't': put_day(results->json, ((const int32_t *)array->buffers[1])[at], out); return;
    case 'u':
    case 'U': put_text(results->json, text_at(array, at, column->kind == 'U'), out); return;
    case 'r':
    case 'R': {
        huzhu_text raw = text_at(array, at, column->kind == 'R');
        cli_bytes_add(out, raw.data, raw.size);
        return;
    }
    default: {
        int64_t value = integer_at(array, column->kind, at);
        put_number(results->json, value, column->kind == 'd' ? ((const int64_t *)array->buffers[1])[2 * at + 1] : value >> 63, column->scale, out);
        return;
    }
    }
}

/* ---- rows ---- */

void cli_results_put_names(const cli_results *results, cli_bytes *out)
{
    for (size_t i = 0; i < results->shown; i++) {
        if (i > 0)
            cli_bytes_put(out, ',');
        cli_bytes_cell(out, results->columns[i].name, strlen(results->columns[i].name));
    }
    cli_bytes_put(out, '\n');
}

/* The texts of one dictionary. */
static bool open_codes(cli_results *results, size_t column, const struct ArrowArray *dictionary, bool wide)
{
    size_t count = (size_t)dictionary->length;
    cli_bytes *codes = &results->codes[column];
    if (results->place_room[column] < count + 1) {
        uint32_t *places = realloc(results->places[column], (count + 1) * sizeof *places);
        if (places == NULL)
            return false;
        results->places[column] = places;
        results->place_room[column] = count + 1;
    }
    codes->size = 0;
    for (size_t i = 0; i < count; i++) {
        results->places[column][i] = (uint32_t)codes->size;
        put_text(results->json, text_at(dictionary, dictionary->offset + (int64_t)i, wide), codes);
    }
    results->places[column][count] = (uint32_t)codes->size;
    return !codes->failed;
}

bool cli_results_open(cli_results *results, const struct ArrowArray *array)
{
    bool well = true;
    for (size_t i = 0; i < results->count && well; i++) {
        const struct ArrowArray *column = array->children[i];
        const struct ArrowSchema *field = results->schema.children[i];
        if (results->columns[i].kind == 'k')
            well = open_codes(results, i, column->dictionary, field->dictionary->format[0] == 'U');
        else if (results->columns[i].kind == 'K')
            well = open_codes(results, i, column->children[0]->dictionary, field->children[0]->dictionary->format[0] == 'U');
    }
    return well;
}

bool cli_results_is_null(const struct ArrowArray *column, size_t row)
{
    return is_null(column, column->offset + (int64_t)row);
}

bool cli_results_code(const cli_results *results, size_t column, const struct ArrowArray *array, size_t row, huzhu_text *out)
{
    int64_t at = array->offset + (int64_t)row;
    const struct ArrowArray *codes = array->dictionary;
    if (is_null(array, at))
        return false;
    *out = text_at(codes, codes->offset + ((const int32_t *)array->buffers[1])[at], results->schema.children[column]->dictionary->format[0] == 'U');
    return true;
}

/* What stands before a cell. */
static void put_before(const cli_results *results, size_t column, cli_bytes *out)
{
    if (results->json)
        cli_bytes_add(out, results->columns[column].key.at, results->columns[column].key.size);
    else if (column > 0)
        cli_bytes_put(out, ',');
}

static void put_end(const cli_results *results, cli_bytes *out)
{
    cli_bytes_say(out, !results->json ? "\n" : results->shown > 0 ? "}\n" : "{}\n");
}

void cli_results_put_row(const cli_results *results, const struct ArrowArray *array, size_t row, cli_bytes *out)
{
    for (size_t i = 0; i < results->shown; i++) {
        put_before(results, i, out);
        put_cell(results, i, array->children[i], row, out);
    }
    put_end(results, out);
}

void cli_results_put_told(const cli_results *results, cli_result_cell cell, void *context, cli_bytes *out)
{
    for (size_t i = 0; i < results->shown; i++) {
        put_before(results, i, out);
        cell(context, results->columns[i].name, results->json, out);
    }
    put_end(results, out);
}
