/* population.h - random claims as columns, for tests of them: near dates, counts small and large, rare values that do not
 * fit, gaps.
 */
#ifndef HZ_POPULATION_H
#define HZ_POPULATION_H

#include "run/columns.h"
#include "run/decision.h"

#define ROWS         3000
#define COLUMNS_MOST 64

static inline uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

typedef union values {
    int64_t wide[ROWS];
    int32_t narrow[ROWS];
    hz_str text[ROWS];
    uint64_t bits[ROWS / 64 + 1];
} values;

/* Inputs, and behind them counters. */
typedef struct population {
    values column[COLUMNS_MOST];
    uint64_t valid[COLUMNS_MOST][ROWS / 64 + 1];
    hz_column inputs[COLUMNS_MOST], counters[COLUMNS_MOST];
} population;

/* ---- Random claims ---- */

typedef struct draw {
    uint64_t gap;  /* one row in so many has no value */
    int32_t later; /* days */
} draw;

/* A number of any size up to most, small ones as likely as large ones. */
static inline int64_t any_size(uint64_t random, int64_t most)
{
    int64_t bound = (INT64_C(1) << (random % 40));
    if (bound > most) bound = most;
    return bound > 0 ? (int64_t)((random >> 8) % (uint64_t)bound) : 0;
}

/* Dates near each other, counts small and large, rare values out of range: every branch is met. */
static inline void fill_column(values *v, const hz_type *type, uint32_t column, size_t r, uint64_t random)
{
    static const char *const names[] = {"a", "b", "c", "C50.9", "\xff"};
    bool wild = random % 61 == 0;
    random >>= 8;
    switch (type->kind) {
    case HZ_KIND_DATE: v->narrow[r] = random % 5 != 0 ? 16590 + 8 * (int32_t)(column % 8) + (int32_t)(random % 60) : 14900 + (int32_t)(random % 6000); break;
    case HZ_KIND_CODE: v->narrow[r] = (int32_t)(random % (type->codes->count + wild)); break;
    case HZ_KIND_STRING: v->text[r] = hz_str_from(names[random % (4 + wild)]); break;
    case HZ_KIND_BOOLEAN: v->bits[r / 64] |= (random & 1) << (r % 64); break;
    default: {
        int64_t span = (int64_t)(type->hi - type->lo);
        v->wide[r] = wild ? (int64_t)type->lo - 1 : (int64_t)type->lo + any_size(random, span);
        break;
    }
    }
}

static inline hz_column make_column(population *p, const hz_type *type, uint32_t column, uint64_t *seed, draw how)
{
    for (size_t r = 0; r < ROWS; r++) {
        uint64_t random = next(seed);
        p->valid[column][r / 64] |= (uint64_t)(random % how.gap != 0) << (r % 64);
        fill_column(&p->column[column], type, column, r, random >> 5);
        if (type->kind == HZ_KIND_DATE) p->column[column].narrow[r] += how.later;
    }
    return (hz_column){.values = &p->column[column], .valid = p->valid[column]};
}

/* ---- The same claim, alone ---- */

static inline bool is_given(const population *p, uint32_t column, size_t row)
{
    return (p->valid[column][row / 64] >> (row % 64) & 1) != 0;
}

static inline int64_t cell(const values *v, const hz_type *type, size_t row)
{
    if (type->kind == HZ_KIND_DATE || type->kind == HZ_KIND_CODE) return v->narrow[row];
    if (type->kind == HZ_KIND_BOOLEAN) return (int64_t)(v->bits[row / 64] >> (row % 64) & 1);
    return v->wide[row];
}

static inline void set_input(hz_claim *claim, const population *p, uint32_t i, size_t row)
{
    const hz_type *type = &claim->plan->rules->inputs.at[i].type;
    if (type->kind == HZ_KIND_STRING) {
        hz_claim_set_text(claim, i, p->column[i].text[row]);
        return;
    }
    int64_t value = cell(&p->column[i], type, row);
    switch (type->kind) {
    case HZ_KIND_DATE: hz_claim_set_date(claim, i, value); break;
    case HZ_KIND_BOOLEAN: hz_claim_set_boolean(claim, i, value != 0); break;
    case HZ_KIND_CODE:
        hz_claim_set_code(claim, i, value < type->codes->count ? type->codes->at[value].id : HZ_STR("no such code"));
        break;
    default: hz_claim_set_decimal(claim, i, (hz_decimal){value, type->scale}); break;
    }
}

static inline int32_t first_bad(const hz_claim *claim)
{
    const hz_plan_model *rules = claim->plan->rules;
    for (uint32_t i = 0; i < rules->inputs.count; i++)
        if (claim->inputs[i].state == HZ_BAD) return (int32_t)i;
    for (uint32_t i = 0; i < rules->counters.count; i++)
        if (claim->counters[i].state == HZ_BAD) return (int32_t)(rules->inputs.count + i);
    return -1;
}

#endif
