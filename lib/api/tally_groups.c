/* tally_groups.c - which group a row belongs to: each column's values are numbered as they come, then so are the numbers of a
 * row's columns together. Called by tally.c.
 */
#include "api/study.h"

#include "base/status.h"

enum { SEEN = 4096 }; /* a power of two */

/* A group that was looked up: its codes are looked at where they lie. */
struct hz_group_seen {
    uint64_t hash;
    uint32_t group; /* + 1; 0: none */
};

int32_t hz_groups_begin(hz_groups *groups, hz_arena *arena, uint32_t count, uint64_t most, const hz_alloc *alloc)
{
    hz_group_column *columns = groups->columns;
    *groups = (hz_groups){.alloc = *alloc, .columns = columns, .count = count, .most = most};
    hz_keyed_begin(&groups->keys, alloc);
    groups->group = HZ_NEW_MANY(arena, uint32_t, HZ_ARROW_BLOCK);
    groups->seen = HZ_NEW_MANY(arena, struct hz_group_seen, SEEN);
    for (uint32_t i = 0; i < count; i++) {
        hz_keyed_begin(&columns[i].values, alloc);
        columns[i].begun = true;
        columns[i].codes = HZ_NEW_MANY(arena, uint32_t, HZ_ARROW_BLOCK);
    }
    return count > 0 || hz_keyed_entry_of(&groups->keys, HZ_STR("")) != HZ_NO_ENTRY ? HZ_OK : HZ_NO_MEMORY;
}

void hz_groups_end(hz_groups *groups)
{
    if (groups->alloc.release == NULL) return;
    for (uint32_t i = 0; i < groups->count; i++) {
        hz_group_column *column = &groups->columns[i];
        if (!column->begun) continue;
        hz_keyed_end(&column->values);
        if (column->places != NULL) groups->alloc.release(groups->alloc.user, column->places, column->place_room * sizeof *column->places);
    }
    hz_keyed_end(&groups->keys);
}

/* ---- Values of a column ---- */

static bool is_text(const hz_arrow_type *type)
{
    return type->kind == HZ_ARROW_TEXT || type->kind == HZ_ARROW_VIEW;
}

static int64_t integer_at(const hz_arrow_type *type, const struct ArrowArray *array, int64_t row)
{
    const void *values = array->buffers[1];
    int64_t at = array->offset + row;
    switch (type->bytes) {
    case 1: return type->is_signed ? ((const int8_t *)values)[at] : ((const uint8_t *)values)[at];
    case 2: return type->is_signed ? ((const int16_t *)values)[at] : ((const uint16_t *)values)[at];
    case 4: return type->is_signed ? (int64_t)((const int32_t *)values)[at] : (int64_t)((const uint32_t *)values)[at];
    default: return ((const int64_t *)values)[at];
    }
}

/* Days of a date; a whole number; 0 or 1. */
static int64_t number_at(const hz_arrow_type *type, const struct ArrowArray *array, int64_t row)
{
    if (type->kind == HZ_ARROW_BOOLEAN) {
        int64_t at = array->offset + row;
        return ((const uint8_t *)array->buffers[1])[at / 8] >> (at % 8) & 1;
    }
    hz_arrow_type whole = *type;
    if (type->kind == HZ_ARROW_TIME) whole.is_signed = true;
    int64_t value = integer_at(&whole, array, row);
    if (type->kind != HZ_ARROW_TIME || type->per_day == 1) return value;
    return value / type->per_day - (value % type->per_day < 0);
}

/* The number of a value + 1; 0: no memory. */
static uint32_t code_of_number(hz_group_column *column, int64_t value)
{
    char bytes[sizeof value];
    memcpy(bytes, &value, sizeof value);
    return hz_keyed_entry_of(&column->values, (hz_str){bytes, sizeof bytes}) + 1;
}

static int32_t map_dictionary(hz_groups *groups, hz_group_column *column, const struct ArrowArray *dictionary)
{
    const hz_alloc *alloc = &groups->alloc;
    hz_arrow_type type = column->type;
    type.index_bytes = 0;
    if (dictionary->length > INT32_MAX / 8) return HZ_NO_MEMORY;
    if ((uint64_t)dictionary->length > column->place_room) {
        uint32_t *places = alloc->allocate(alloc->user, (size_t)dictionary->length * sizeof *places);
        if (places == NULL) return HZ_NO_MEMORY;
        if (column->places != NULL) alloc->release(alloc->user, column->places, column->place_room * sizeof *places);
        column->places = places;
        column->place_room = (uint32_t)dictionary->length;
    }
    for (int64_t i = 0; i < dictionary->length; i++) {
        column->places[i] = 0;
        if (hz_arrow_is_null(&type, dictionary, i)) continue;
        column->places[i] = is_text(&type) ? hz_keyed_entry_of(&column->values, hz_arrow_text(&type, dictionary, i)) + 1
                                           : code_of_number(column, number_at(&type, dictionary, i));
        if (column->places[i] == 0) return HZ_NO_MEMORY;
    }
    return HZ_OK;
}

int32_t hz_groups_map(hz_groups *groups, const struct ArrowArray *in)
{
    int32_t status = HZ_OK;
    for (uint32_t i = 0; i < groups->count && status == HZ_OK; i++) {
        hz_group_column *column = &groups->columns[i];
        if (column->type.index_bytes > 0) status = map_dictionary(groups, column, in->children[column->child]->dictionary);
    }
    return status;
}

/* A place that is none in the dictionary counts as no value. */
static uint32_t code_of_place(const hz_group_column *column, const struct ArrowArray *array, int64_t row)
{
    const hz_arrow_type index = {.kind = HZ_ARROW_INTEGER, .bytes = column->type.index_bytes, .is_signed = column->type.index_signed};
    int64_t place = integer_at(&index, array, row);
    return place >= 0 && place < array->dictionary->length ? column->places[place] : 0;
}

static bool find_codes(hz_group_column *column, const struct ArrowArray *array, int64_t first, size_t rows)
{
    const hz_arrow_type *type = &column->type;
    int64_t last = 0;
    uint32_t code = 0; /* of last; 0: there is none yet */
    const hz_arrow_type outer = {.kind = type->index_bytes > 0 ? HZ_ARROW_INTEGER : type->kind};
    for (size_t r = 0; r < rows; r++) {
        int64_t row = first + (int64_t)r;
        column->codes[r] = 0;
        if (type->kind == HZ_ARROW_NULL || hz_arrow_is_null(&outer, array, row)) continue;
        if (type->index_bytes > 0) {
            column->codes[r] = code_of_place(column, array, row);
        } else if (is_text(type)) {
            column->codes[r] = hz_keyed_entry_of(&column->values, hz_arrow_text(type, array, row)) + 1;
            if (column->codes[r] == 0) return false;
        } else {
            int64_t value = number_at(type, array, row);
            if (code == 0 || value != last) code = code_of_number(column, value);
            if (code == 0) return false;
            last = value;
            column->codes[r] = code;
        }
    }
    return true;
}

/* ---- Groups ---- */

enum { COLUMNS_MOST = 64 };

static uint32_t look_up(hz_groups *groups, const uint32_t *codes)
{
    uint64_t hash = 0;
    size_t size = groups->count * sizeof *codes;
    for (uint32_t i = 0; i < groups->count; i++) hash = (hash ^ codes[i]) * UINT64_C(0x9E3779B97F4A7C15), hash ^= hash >> 29;
    struct hz_group_seen *seen = &groups->seen[hash & (SEEN - 1)];
    hz_str key = {(const char *)(const void *)codes, size};
    if (seen->group != 0 && seen->hash == hash && memcmp(hz_keyed_key(&groups->keys, seen->group - 1).at, codes, size) == 0) return seen->group - 1;
    uint32_t group = hz_keyed_entry_of(&groups->keys, key);
    if (group != HZ_NO_ENTRY) *seen = (struct hz_group_seen){hash, group + 1};
    return group;
}

int32_t hz_groups_find(hz_groups *groups, const struct ArrowArray *in, int64_t first, size_t rows)
{
    uint32_t codes[COLUMNS_MOST];
    if (groups->count == 0) {
        memset(groups->group, 0, rows * sizeof *groups->group);
        return HZ_OK;
    }
    for (uint32_t i = 0; i < groups->count; i++)
        if (!find_codes(&groups->columns[i], in->children[groups->columns[i].child], first, rows)) return HZ_NO_MEMORY;
    for (size_t r = 0; r < rows; r++) {
        for (uint32_t i = 0; i < groups->count; i++) codes[i] = groups->columns[i].codes[r];
        groups->group[r] = look_up(groups, codes);
        if (groups->group[r] == HZ_NO_ENTRY) return HZ_NO_MEMORY;
        if (groups->keys.count > groups->most) return HZ_LIMIT;
    }
    return HZ_OK;
}

static uint32_t code_in(const hz_groups *groups, uint32_t group, uint32_t column)
{
    uint32_t code;
    memcpy(&code, hz_keyed_key(&groups->keys, group).at + column * sizeof code, sizeof code);
    return code;
}

int32_t hz_groups_join(hz_groups *into, const hz_groups *from, uint32_t *map)
{
    uint32_t codes[COLUMNS_MOST];
    for (uint32_t g = 0; g < from->keys.count; g++) {
        for (uint32_t i = 0; i < from->count; i++) {
            uint32_t code = code_in(from, g, i);
            codes[i] = code == 0 ? 0 : hz_keyed_entry_of(&into->columns[i].values, hz_keyed_key(&from->columns[i].values, code - 1)) + 1;
            if (code != 0 && codes[i] == 0) return HZ_NO_MEMORY;
        }
        map[g] = from->count == 0 ? 0 : look_up(into, codes);
        if (map[g] == HZ_NO_ENTRY) return HZ_NO_MEMORY;
        if (into->keys.count > into->most) return HZ_LIMIT;
    }
    return HZ_OK;
}

bool hz_groups_value(const hz_groups *groups, uint32_t group, uint32_t column, int64_t *number, hz_str *text)
{
    const hz_group_column *at = &groups->columns[column];
    uint32_t code = code_in(groups, group, column);
    if (code == 0) return false;
    *text = hz_keyed_key(&at->values, code - 1);
    if (at->format[0] != 'u') memcpy(number, text->at, sizeof *number);
    return true;
}
