/* arrow_feed.c - columns of Arrow for the executor: as they lie in memory where it can read them so, else a block of rows
 * converted cell by cell (arrow_cell.c). A value that does not fit becomes one that the executor's own checks refuse, in
 * that row alone. Called by arrow_results.c.
 */
#include "api/arrow.h"

/* ---- Validity ---- */

/* Bits from `first` on, as a column whose row 0 is the first; NULL: all have a value. */
static const void *valid_from(hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows)
{
    const uint8_t *bits = array->null_count == 0 ? NULL : array->buffers[0];
    int64_t at = array->offset + first;
    if (bits == NULL) return NULL;
    if (at % 8 == 0) return bits + at / 8;
    const uint8_t *from = bits + at / 8;
    unsigned shift = (unsigned)(at % 8);
    for (size_t i = 0; i < (rows + 7) / 8; i++) {
        bool more = 8 * i + 8 - shift < rows; /* the next byte belongs to these rows */
        column->valid[i] = (uint8_t)(from[i] >> shift | (more ? from[i + 1] << (8 - shift) : 0));
    }
    return column->valid;
}

/* ---- As they are ---- */

static bool is_direct(const hz_arrow_column *column, const struct ArrowArray *array, int64_t first)
{
    const hz_arrow_type *type = &column->type;
    if (type->index_bytes > 0) return false;
    switch (column->of->kind) {
    case HZ_KIND_DATE: return type->kind == HZ_ARROW_TIME && type->bytes == 4;
    case HZ_KIND_NUMBER: return type->kind == HZ_ARROW_INTEGER && type->bytes == 8 && type->is_signed;
    case HZ_KIND_BOOLEAN: return type->kind == HZ_ARROW_BOOLEAN && (array->offset + first) % 8 == 0;
    case HZ_KIND_STRING: return type->kind == HZ_ARROW_TEXT && type->bytes == 4;
    default: return false;
    }
}

static void feed_direct(const hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows, hz_column *out)
{
    const unsigned char *values = array->buffers[1];
    int64_t at = array->offset + first;
    switch (column->of->kind) {
    case HZ_KIND_DATE: out->values = values + 4 * at; return;
    case HZ_KIND_BOOLEAN: out->values = values + at / 8; return;
    case HZ_KIND_NUMBER:
        out->values = values + 8 * at;
        out->layout = HZ_LAYOUT_INT64;
        return;
    default:
        out->values = values + 4 * at;
        out->layout = HZ_LAYOUT_OFFSETS;
        out->bytes = array->buffers[2] != NULL ? array->buffers[2] : "";
        out->byte_count = (size_t)((const int32_t *)out->values)[rows];
        return;
    }
}

/* ---- Short cuts ---- */

/* Decimals of 128 bits, mostly of 64: what is beyond those is out of every range. */
static void stage_decimals(hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows)
{
    const uint64_t *from = (const uint64_t *)array->buffers[1] + 2 * (array->offset + first);
    int64_t *to = (int64_t *)(void *)column->staged;
    for (size_t r = 0; r < rows; r++) {
        int64_t low = (int64_t)from[2 * r], high = (int64_t)from[2 * r + 1];
        to[r] = high == low >> 63 ? low : INT64_MIN;
    }
}

static void stage_integers(hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows)
{
    const hz_arrow_type *type = &column->type;
    const unsigned char *from = (const unsigned char *)array->buffers[1] + (size_t)type->bytes * (size_t)(array->offset + first);
    int64_t *to = (int64_t *)(void *)column->staged;
    if (type->bytes == 4 && type->is_signed) for (size_t r = 0; r < rows; r++) to[r] = ((const int32_t *)(const void *)from)[r];
    else if (type->bytes == 4) for (size_t r = 0; r < rows; r++) to[r] = ((const uint32_t *)(const void *)from)[r];
    else if (type->bytes == 2 && type->is_signed) for (size_t r = 0; r < rows; r++) to[r] = ((const int16_t *)(const void *)from)[r];
    else if (type->bytes == 2) for (size_t r = 0; r < rows; r++) to[r] = ((const uint16_t *)(const void *)from)[r];
    else if (type->bytes == 1 && type->is_signed) for (size_t r = 0; r < rows; r++) to[r] = ((const int8_t *)(const void *)from)[r];
    else for (size_t r = 0; r < rows; r++) to[r] = from[r];
}

/* Places in the dictionary, as int32. One that is none becomes -1, which the map does not have. */
static void stage_places(hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows)
{
    const hz_arrow_type *type = &column->type;
    const unsigned char *from = (const unsigned char *)array->buffers[1] + (size_t)type->index_bytes * (size_t)(array->offset + first);
    int32_t *to = (int32_t *)(void *)column->staged;
    const int64_t *wide = (const int64_t *)(const void *)from;
    if (type->index_bytes == 4) memcpy(to, from, 4 * rows); /* unsigned ones beyond INT32_MAX turn negative: none */
    else if (type->index_bytes == 2 && type->index_signed) for (size_t r = 0; r < rows; r++) to[r] = ((const int16_t *)(const void *)from)[r];
    else if (type->index_bytes == 2) for (size_t r = 0; r < rows; r++) to[r] = ((const uint16_t *)(const void *)from)[r];
    else if (type->index_bytes == 1 && type->index_signed) for (size_t r = 0; r < rows; r++) to[r] = ((const int8_t *)(const void *)from)[r];
    else if (type->index_bytes == 1) for (size_t r = 0; r < rows; r++) to[r] = from[r];
    else for (size_t r = 0; r < rows; r++) to[r] = wide[r] >= 0 && wide[r] <= INT32_MAX ? (int32_t)wide[r] : -1;
}

/* ---- Dictionaries of codes ---- */

bool hz_arrow_map(huzhu_arrow *arrow, hz_arrow_column *column, const struct ArrowArray *array)
{
    const struct ArrowArray *dictionary = array->dictionary;
    hz_arrow_column values = *column;
    values.type.index_bytes = 0;
    if (dictionary->length > INT32_MAX / 8) return false;
    if ((uint64_t)dictionary->length > column->map_room) {
        size_t old = column->map_room * sizeof *column->map, room = (size_t)dictionary->length * sizeof *column->map;
        int32_t *map = arrow->alloc.allocate(arrow->alloc.user, room);
        if (map == NULL) return false;
        if (column->map != NULL) arrow->alloc.release(arrow->alloc.user, column->map, old);
        column->map = map;
        column->map_room = (uint32_t)dictionary->length;
    }
    for (int64_t i = 0; i < dictionary->length; i++) {
        hz_given given = {.state = HZ_ABSENT};
        hz_str text;
        if (!hz_arrow_is_null(&values.type, dictionary, i)) hz_arrow_cell(&values, dictionary, i, arrow->floats, &given, &text, NULL);
        column->map[i] = given.state == HZ_GIVEN ? (int32_t)given.value : -1;
    }
    return true;
}

/* A dictionary with a null among its values says by place what else validity says. */
static bool has_null(const struct ArrowArray *dictionary)
{
    return dictionary->null_count != 0 && dictionary->n_buffers > 0 && dictionary->buffers[0] != NULL;
}

/* ---- Cell by cell ---- */

static void put_staged(hz_arrow_column *column, size_t row, const hz_given *given, hz_str text)
{
    bool well = given->state == HZ_GIVEN;
    switch (column->of->kind) {
    case HZ_KIND_NUMBER: ((int64_t *)(void *)column->staged)[row] = well ? given->value : INT64_MIN; return;
    case HZ_KIND_BOOLEAN: column->staged[row] = well ? (unsigned char)given->value : 2; return;
    case HZ_KIND_STRING: ((hz_str *)(void *)column->staged)[row] = well ? text : HZ_STR("\xff"); return;
    default: ((int32_t *)(void *)column->staged)[row] = well ? (int32_t)given->value : INT32_MAX; return;
    }
}

static void read_cell(const huzhu_arrow *arrow, const hz_arrow_column *column, const struct ArrowArray *array, int64_t row, hz_given *out, hz_str *text,
                      char digits[HZ_DECIMAL_TEXT])
{
    *out = (hz_given){.state = HZ_ABSENT};
    *text = HZ_STR("");
    if (!hz_arrow_is_null(&column->type, array, row)) hz_arrow_cell(column, array, row, arrow->floats, out, text, digits);
}

void hz_arrow_read(const huzhu_arrow *arrow, const hz_arrow_column *column, struct ArrowArray *const *children, int64_t row, hz_given *out, hz_str *text,
                   char digits[HZ_DECIMAL_TEXT])
{
    *out = (hz_given){.state = HZ_ABSENT};
    *text = HZ_STR("");
    if (column->child >= 0) read_cell(arrow, column, children[column->child], row, out, text, digits);
    if (column->plain != NULL && out->state == HZ_ABSENT) read_cell(arrow, column->plain, children[column->plain->child], row, out, text, digits);
}

static void stage_cell(hz_arrow_column *column, size_t row, const hz_given *given, hz_str text)
{
    if (given->state != HZ_ABSENT) column->valid[row / 8] |= (unsigned char)(1u << (row % 8));
    put_staged(column, row, given, text);
}

static void stage_cells(const huzhu_arrow *arrow, hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows)
{
    memset(column->valid, 0, (rows + 7) / 8);
    for (size_t r = 0; r < rows; r++) {
        hz_given given;
        hz_str text;
        read_cell(arrow, column, array, first + (int64_t)r, &given, &text, column->digits != NULL ? column->digits[r] : NULL);
        stage_cell(column, r, &given, text);
    }
}

/* What staged cells are to the executor. */
static void say_staged(const hz_arrow_column *column, hz_column *out)
{
    out->valid = column->valid;
    out->scale = column->of->kind == HZ_KIND_NUMBER ? column->of->scale : 0;
    if (column->of->kind == HZ_KIND_NUMBER) out->layout = HZ_LAYOUT_INT64;
    if (column->of->kind == HZ_KIND_BOOLEAN) out->layout = HZ_LAYOUT_BYTES;
}

void hz_arrow_feed(const huzhu_arrow *arrow, hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows,
                   hz_column *out)
{
    const hz_arrow_type *type = &column->type;
    *out = (hz_column){.values = column->staged, .layout = HZ_LAYOUT_OWN};
    if (is_direct(column, array, first)) {
        out->valid = valid_from(column, array, first, rows);
        feed_direct(column, array, first, rows, out);
        return;
    }
    bool codes = type->index_bytes > 0 && column->of->kind == HZ_KIND_CODE && !has_null(array->dictionary);
    bool decimals = type->kind == HZ_ARROW_DECIMAL && type->bytes == 16 && type->scale <= 18;
    bool integers = type->kind == HZ_ARROW_INTEGER && type->bytes < 8 && column->of->kind == HZ_KIND_NUMBER;
    if (codes) {
        stage_places(column, array, first, rows);
        out->layout = HZ_LAYOUT_MAPPED;
        out->map = column->map;
        out->map_count = (uint32_t)array->dictionary->length;
    } else if (type->index_bytes == 0 && (decimals || integers)) {
        if (decimals) stage_decimals(column, array, first, rows);
        else stage_integers(column, array, first, rows);
        out->layout = HZ_LAYOUT_INT64;
        out->scale = type->scale;
    } else {
        stage_cells(arrow, column, array, first, rows);
        say_staged(column, out);
        return;
    }
    out->valid = valid_from(column, array, first, rows);
}

void hz_arrow_feed_either(const huzhu_arrow *arrow, hz_arrow_column *column, struct ArrowArray *const *children, int64_t first, size_t rows, hz_column *out)
{
    if (column->plain == NULL) {
        hz_arrow_feed(arrow, column, children[column->child], first, rows, out);
        return;
    }
    *out = (hz_column){.values = column->staged, .layout = HZ_LAYOUT_OWN};
    memset(column->valid, 0, (rows + 7) / 8);
    for (size_t r = 0; r < rows; r++) {
        hz_given given;
        hz_str text;
        char digits[HZ_DECIMAL_TEXT]; /* no counter is a text */
        hz_arrow_read(arrow, column, children, first + (int64_t)r, &given, &text, digits);
        stage_cell(column, r, &given, text);
    }
    say_staged(column, out);
}
