/* carry_rows.c - gathering the rows of a wave, and scattering what became of them. Rows that follow each other are not
 * copied where bits allow it. Called by leg.c.
 */
#include "run/carry_rows.h"

#include "program/lower.h"
#include "value/decimal.h"

/* ---- Memory ---- */

/* Cuts pieces off one allocation, first counted and then given. */
typedef struct cutter {
    unsigned char *at; /* NULL: only counting */
    size_t used;
} cutter;

static void *cut(cutter *c, size_t count, size_t size)
{
    size_t begin = (c->used + 63) / 64 * 64;
    c->used = begin + (count + 1) * size;
    return c->at != NULL ? c->at + begin : NULL;
}

static void cut_counter(hz_gathered *rows, cutter *c, uint32_t counter)
{
    size_t bits = rows->room / 8 + 8;
    void *before = cut(c, rows->room, sizeof(int64_t)), *after = cut(c, rows->room, sizeof(int64_t));
    void *before_valid = cut(c, bits, 1), *after_valid = cut(c, bits, 1);
    if (c->at == NULL) return;
    rows->before[counter] = before;
    rows->after[counter] = after;
    rows->before_valid[counter] = before_valid;
    rows->after_valid[counter] = after_valid;
}

static void cut_all(hz_gathered *rows, cutter *c)
{
    const hz_plan_model *rules = rows->plan->rules;
    uint32_t inputs = rules->inputs.count, counters = rules->counters.count, benefits = rules->benefits.count;
    rows->inputs = cut(c, inputs, sizeof *rows->inputs);
    rows->given = cut(c, counters, sizeof *rows->given);
    rows->counters = cut(c, counters, sizeof *rows->counters);
    rows->staged = cut(c, inputs + counters, sizeof *rows->staged);
    rows->valid = cut(c, inputs + counters, sizeof *rows->valid);
    rows->before = cut(c, counters, sizeof *rows->before);
    rows->after = cut(c, counters, sizeof *rows->after);
    rows->before_valid = cut(c, counters, sizeof *rows->before_valid);
    rows->after_valid = cut(c, counters, sizeof *rows->after_valid);
    rows->benefits = cut(c, benefits, sizeof *rows->benefits);
    rows->outcome = cut(c, rows->room, sizeof *rows->outcome);
    rows->reason = cut(c, rows->room, sizeof *rows->reason);
    rows->bad = cut(c, rows->room, sizeof *rows->bad);
    rows->total = cut(c, rows->room, sizeof *rows->total);
    rows->has_total = cut(c, rows->room / 8 + 8, 1);
    for (uint32_t i = 0; i < inputs + counters; i++) {
        void *staged = cut(c, rows->room, sizeof(hz_str)), *valid = cut(c, rows->room / 8 + 8, 1);
        if (c->at == NULL) continue;
        rows->staged[i] = staged;
        rows->valid[i] = valid;
    }
    for (uint32_t i = 0; i < counters; i++) cut_counter(rows, c, i);
    for (uint32_t i = 0; i < benefits; i++) {
        void *gross = cut(c, rows->room, sizeof(int64_t)), *net = cut(c, rows->room, sizeof(int64_t));
        if (c->at != NULL) rows->benefits[i] = (hz_result_benefit){.gross = gross, .net = net};
    }
}

bool hz_gathered_begin(hz_gathered *rows, const hz_plan *plan, size_t room, const hz_alloc *alloc)
{
    *rows = (hz_gathered){.alloc = *alloc, .plan = plan, .room = room};
    cutter count = {0};
    cut_all(rows, &count);
    rows->memory_size = count.used + 64;
    rows->memory = alloc->allocate(alloc->user, rows->memory_size);
    if (rows->memory == NULL) return false;
    memset(rows->memory, 0, rows->memory_size);
    cutter give = {.at = rows->memory + (64 - (uintptr_t)rows->memory % 64) % 64};
    cut_all(rows, &give);
    return true;
}

void hz_gathered_end(hz_gathered *rows)
{
    if (rows->memory != NULL) rows->alloc.release(rows->alloc.user, rows->memory, rows->memory_size);
    rows->memory = NULL;
}

/* ---- Taking ---- */

static bool bit_at(const void *bits, size_t at)
{
    return (((const uint8_t *)bits)[at / 8] >> (at % 8) & 1) != 0;
}

/* The rows lie side by side. */
static bool follows(const hz_gathered *rows)
{
    return !rows->mixed && (size_t)(rows->row[rows->count - 1] - rows->row[0]) + 1 == rows->count;
}

/* Bits of the rows, packed. */
static const void *take_bits(const hz_gathered *rows, const void *bits, size_t first, uint8_t *to)
{
    size_t begin = first + rows->row[0];
    bool follow = follows(rows);
    if (follow && begin % 8 == 0) return (const uint8_t *)bits + begin / 8;
    memset(to, 0, rows->count / 8 + 1);
    for (size_t i = 0; i < rows->count; i++) to[i / 8] = (uint8_t)(to[i / 8] | bit_at(bits, first + rows->row[i]) << (i % 8));
    return to;
}

/* Bytes of a value as it lies in memory; 0: bits. */
static size_t width_of(const hz_column *column, uint8_t kind)
{
    switch (column->layout) {
    case HZ_LAYOUT_INT64: return 8;
    case HZ_LAYOUT_BYTES: return 1;
    case HZ_LAYOUT_MAPPED:
    case HZ_LAYOUT_OFFSETS: return 4;
    default: return kind == HZ_COLUMN_BIT ? 0 : kind == HZ_COLUMN_I32 ? 4 : kind == HZ_COLUMN_TEXT ? sizeof(hz_str) : 8;
    }
}

static void take_values(const hz_gathered *rows, const unsigned char *from, size_t width, unsigned char *to)
{
    switch (width) {
    case 8: for (size_t i = 0; i < rows->count; i++) memcpy(to + 8 * i, from + 8 * (size_t)rows->row[i], 8); return;
    case 4: for (size_t i = 0; i < rows->count; i++) memcpy(to + 4 * i, from + 4 * (size_t)rows->row[i], 4); return;
    case 1: for (size_t i = 0; i < rows->count; i++) to[i] = from[rows->row[i]]; return;
    default: for (size_t i = 0; i < rows->count; i++) memcpy(to + width * i, from + width * (size_t)rows->row[i], width); return;
    }
}

/* Texts by offsets become texts as they are; those whose offsets make none become one that no input takes. */
static void take_texts(const hz_gathered *rows, const hz_column *column, size_t first, hz_str *to)
{
    const int32_t *offsets = (const int32_t *)column->values + first;
    for (size_t i = 0; i < rows->count; i++) {
        int64_t begin = offsets[rows->row[i]], end = offsets[rows->row[i] + 1];
        bool well = begin >= 0 && begin <= end && (uint64_t)end <= column->byte_count;
        to[i] = well ? (hz_str){column->bytes + begin, (size_t)(end - begin)} : HZ_STR("\xff");
    }
}

static hz_column take_column(const hz_gathered *rows, const hz_column *column, uint8_t kind, size_t first, unsigned char *staged, uint8_t *valid)
{
    hz_column out = *column;
    if (column->values == NULL) return out;
    size_t width = width_of(column, kind);
    bool follow = follows(rows);
    const unsigned char *values = (const unsigned char *)column->values + width * first;
    if (column->valid != NULL) out.valid = take_bits(rows, column->valid, first, valid);
    if (width == 0) {
        out.values = take_bits(rows, column->values, first, staged);
    } else if (follow) {
        out.values = values + width * rows->row[0];
    } else if (column->layout == HZ_LAYOUT_OFFSETS) {
        take_texts(rows, column, first, (hz_str *)(void *)staged);
        out.values = staged;
        out.layout = HZ_LAYOUT_OWN;
    } else {
        take_values(rows, values, width, staged);
        out.values = staged;
    }
    return out;
}

void hz_gathered_take_inputs(hz_gathered *rows, const hz_column *inputs, size_t first)
{
    const hz_plan_model *rules = rows->plan->rules;
    for (uint32_t i = 0; i < rules->inputs.count; i++)
        rows->inputs[i] = take_column(rows, &inputs[i], hz_column_of(&rules->inputs.at[i].type), first, rows->staged[i], rows->valid[i]);
}

void hz_gathered_take_counters(hz_gathered *rows, const hz_column *counters, size_t first)
{
    static const hz_column none;
    const hz_plan_model *rules = rows->plan->rules;
    unsigned char **staged = rows->staged + rules->inputs.count;
    uint8_t **valid = rows->valid + rules->inputs.count;
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        const hz_column *column = counters != NULL ? &counters[i] : &none;
        rows->given[i] = take_column(rows, column, hz_column_of(&rules->counters.at[i].type), first, staged[i], valid[i]);
    }
}

/* A given value as int64_t at the counter's scale; what does not fit becomes one that no counter takes. */
static int64_t given_at(const hz_column *given, uint8_t kind, int32_t scale, size_t i)
{
    hz_i128 value = 0;
    if (given->layout == HZ_LAYOUT_BYTES) return ((const uint8_t *)given->values)[i];
    bool wide = given->layout == HZ_LAYOUT_INT64 || kind == HZ_COLUMN_I64;
    if (!wide) return kind == HZ_COLUMN_BIT ? bit_at(given->values, i) : ((const int32_t *)given->values)[i];
    int64_t own = ((const int64_t *)given->values)[i];
    if (kind != HZ_COLUMN_I64 || given->layout == HZ_LAYOUT_OWN || given->scale == scale) return own;
    bool fits = hz_decimal_rescale(own, given->scale, scale, &value) && value >= INT64_MIN && value <= INT64_MAX;
    return fits ? (int64_t)value : INT64_MIN;
}

bool hz_column_given(const hz_type *type, const hz_column *given, size_t row, int64_t *value)
{
    bool is = given->values != NULL && (given->valid == NULL || bit_at(given->valid, row));
    *value = is ? given_at(given, hz_column_of(type), type->scale, row) : type->kind == HZ_KIND_DATE ? HZ_NO_DATE : 0;
    return is;
}

/* ---- Putting ---- */

hz_results hz_gathered_results(const hz_gathered *rows, const hz_results *host)
{
    hz_results out = {.outcome = rows->outcome,
                      .reason = host->reason != NULL ? rows->reason : NULL,
                      .total = host->total != NULL ? rows->total : NULL,
                      .has_total = host->has_total != NULL ? rows->has_total : NULL,
                      .bad = host->bad != NULL ? rows->bad : NULL,
                      .after = rows->after,
                      .after_valid = rows->after_valid,
                      .benefits = host->benefits != NULL ? rows->benefits : NULL};
    return out;
}

static void put_narrow(const hz_gathered *rows, const int32_t *from, int32_t *to)
{
    for (size_t i = 0; to != NULL && i < rows->count; i++) to[rows->row[i]] = from[i];
}

static void put_wide(const hz_gathered *rows, const int64_t *from, int64_t *to)
{
    for (size_t i = 0; to != NULL && i < rows->count; i++) to[rows->row[i]] = from[i];
}

static void put_bits(const hz_gathered *rows, const uint8_t *from, size_t first, uint8_t *to)
{
    for (size_t i = 0; to != NULL && i < rows->count;) {
        size_t at = (first + rows->row[i]) / 8;
        unsigned mask = 0, bits = 0;
        for (; i < rows->count && (first + rows->row[i]) / 8 == at; i++) {
            unsigned bit = 1u << ((first + rows->row[i]) % 8);
            mask |= bit;
            bits |= bit_at(from, i) ? bit : 0;
        }
        hz_write_bits(&to[at], (uint8_t)mask, (uint8_t)bits);
    }
}

#define FROM(pointer, first) ((pointer) != NULL ? (pointer) + (first) : NULL)

void hz_gathered_put(const hz_gathered *rows, const hz_results *host, size_t first)
{
    const hz_plan_model *rules = rows->plan->rules;
    put_narrow(rows, rows->outcome, FROM(host->outcome, first));
    put_narrow(rows, rows->reason, FROM(host->reason, first));
    put_narrow(rows, rows->bad, FROM(host->bad, first));
    put_wide(rows, rows->total, FROM(host->total, first));
    put_bits(rows, rows->has_total, first, host->has_total);
    for (uint32_t i = 0; host->benefits != NULL && i < rules->benefits.count; i++) {
        put_wide(rows, rows->benefits[i].gross, FROM(host->benefits[i].gross, first));
        put_wide(rows, rows->benefits[i].net, FROM(host->benefits[i].net, first));
    }
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        if (host->after != NULL) put_wide(rows, rows->after[i], FROM(host->after[i], first));
        if (host->after_valid != NULL) put_bits(rows, rows->after_valid[i], first, host->after_valid[i]);
        if (host->before != NULL) put_wide(rows, rows->before[i], FROM(host->before[i], first));
        if (host->before_valid != NULL) put_bits(rows, rows->before_valid[i], first, host->before_valid[i]);
    }
}
