/* tally_sum.c - adding up: what the base answers, and what scenarios answer otherwise. Rows lie in the order of their
 * groups, so each group's are one piece. Called by tally.c.
 */
#include "run/tally_part.h"

#include "base/status.h"

static int64_t *counts_of(const hz_tally *tally, uint32_t scenario, uint32_t group)
{
    return tally->of[scenario].counts + (size_t)group * tally->count_width;
}

static hz_i128 *sums_of(const hz_tally *tally, uint32_t scenario, uint32_t group)
{
    return tally->of[scenario].sums + (size_t)group * tally->sum_width;
}

static const hz_sum_kernels *sum_kernels(const hz_tally *tally)
{
    return &tally->programs->plan.columns.program.set->sums;
}

/* Paid rows whose total lies below a bound. */
static int64_t count_below(const int64_t *totals, size_t rows, int64_t bound)
{
    int64_t count = 0;
    for (size_t r = 0; r < rows; r++) count += totals[r] > 0 && totals[r] < bound;
    return count;
}

static hz_i128 sum_of(const int64_t *values, size_t rows)
{
    hz_i128 sum = 0;
    for (size_t r = 0; r < rows; r++) sum += values[r];
    return sum;
}

/* ---- The base ---- */

static const void *base_column(const hz_tally *tally, uint32_t reg)
{
    const hz_variant_programs *programs = tally->programs;
    for (uint32_t i = 0; i < programs->kept_count; i++)
        if (programs->kept[i] == reg) return tally->kept[i];
    return NULL;
}

static int32_t note_totals(hz_tally *tally, uint32_t scenario, uint32_t group, const int64_t *totals, size_t rows, int64_t count)
{
    int32_t status = HZ_OK;
    for (size_t r = 0; r < rows && status == HZ_OK; r++)
        if (totals[r] > 0) status = hz_tally_note_total(tally, scenario, group, totals[r], count);
    return status;
}

int32_t hz_tally_sum_base(hz_tally *tally)
{
    const int32_t *outcome = base_column(tally, tally->programs->outcome);
    int32_t status = HZ_OK;
    for (uint32_t s = 0; s < tally->segments && status == HZ_OK; s++) {
        uint32_t group = tally->segment_group[s], begin = tally->segment_begin[s];
        size_t rows = tally->segment_end[s] - begin;
        int64_t *counts = counts_of(tally, 0, group);
        hz_i128 *sums = sums_of(tally, 0, group);
        counts[HZ_TALLY_ROWS] += (int64_t)rows;
        for (size_t r = begin; r < begin + rows; r++) counts[outcome[r]]++;
        for (uint32_t a = 0; a < tally->amounts; a++) {
            const int64_t *values = base_column(tally, tally->programs->amounts[a]);
            sums[a] += sum_of(values + begin, rows);
            for (uint32_t b = 0; a == 0 && b < tally->bound_count; b++) counts[HZ_TALLY_BELOW + b] += count_below(values + begin, rows, tally->bounds[b]);
            if (a == 0 && tally->totals != NULL) status = note_totals(tally, 0, group, values + begin, rows, 1);
        }
    }
    return status;
}

/* ---- Scenarios ---- */

/* What a strip's rows get more; totals are never below 0, so a difference of two is no number beyond 64 bits. */
typedef struct change {
    int64_t more[HZ_STRIP];
    bool any, rises, falls; /* of some row */
    bool small;             /* sums of a strip fit into 64 bits */
} change;

static void find_change(const hz_sum_kernels *sums, change *c, const int64_t *before, const int64_t *after, size_t rows)
{
    const hz_sum_signs signs = sums->subtract(before, after, rows, c->more);
    c->any = signs.up != 0;
    c->falls = signs.up >> 63 != 0;
    c->rises = signs.down >> 63 != 0;
    /* Of numbers that go one way the bits are those of the largest at most; of others it is looked at closer. */
    uint64_t largest = c->falls ? signs.down : signs.up;
    for (size_t r = 0; c->falls && c->rises && r < rows; r++) largest = (r == 0 ? 0 : largest) | (uint64_t)(c->more[r] < 0 ? -c->more[r] : c->more[r]);
    c->small = largest >> 52 == 0;
}

/* A piece of one group: rows [from, from + rows) of the strip, which begins at `begin` of the touched rows. */
typedef struct piece {
    uint32_t group;
    size_t begin, from, rows;
} piece;

/* Numbers that are small. */
static void sum_small(const hz_tally *tally, const change *c, const piece *p, int64_t *counts, hz_i128 *sums)
{
    const hz_sum_kernels *kernels = sum_kernels(tally);
    const hz_sum_parts parts = (c->rises && c->falls ? kernels->both_ways : kernels->one_way)(c->more + p->from, p->rows);
    counts[HZ_TALLY_BETTER] += parts.better;
    counts[HZ_TALLY_WORSE] += parts.worse;
    sums[0] += parts.gained - parts.lost;
    sums[tally->amounts] += parts.gained;
    sums[tally->amounts + 1] += parts.lost;
}

static void sum_large(const hz_tally *tally, const change *c, const piece *p, int64_t *counts, hz_i128 *sums)
{
    hz_i128 gained = 0, lost = 0;
    int64_t better = 0, worse = 0;
    for (size_t r = p->from; r < p->from + p->rows; r++) {
        int64_t more = c->more[r];
        better += more > 0;
        worse += more < 0;
        gained += more > 0 ? more : 0;
        lost += more < 0 ? -more : 0;
    }
    counts[HZ_TALLY_BETTER] += better;
    counts[HZ_TALLY_WORSE] += worse;
    sums[0] += gained - lost;
    sums[tally->amounts] += gained;
    sums[tally->amounts + 1] += lost;
}

static int32_t note_changes(hz_tally *tally, uint32_t scenario, uint32_t group, const int64_t *before, const int64_t *after, size_t rows)
{
    int32_t status = HZ_OK;
    for (size_t r = 0; r < rows && status == HZ_OK; r++) {
        if (before[r] == after[r]) continue;
        if (before[r] > 0) status = hz_tally_note_total(tally, scenario, group, before[r], -1);
        if (after[r] > 0 && status == HZ_OK) status = hz_tally_note_total(tally, scenario, group, after[r], 1);
    }
    return status;
}

/* An amount that is the same number as one before it differs by the same: a plan with one benefit has its net as total. */
static uint32_t same_amount(const hz_tally *tally, const hz_cone_answer *answer, uint32_t amount)
{
    for (uint32_t a = 0; a < amount; a++)
        if (answer->amounts[a] == answer->amounts[amount] && tally->programs->amounts[a] == tally->programs->amounts[amount]) return a;
    return amount;
}

/* An answer's columns beside those of the base, for one strip. */
typedef struct strip {
    hz_tally *tally;
    const hz_tally_cone *at;
    const hz_cone_answer *answer;
    size_t begin, rows;    /* of the touched rows */
    bool outcomes;         /* some differ */
    change total;
} strip;

static const int64_t *before_of(const strip *s, uint32_t amount)
{
    const unsigned char *column = s->tally->dense[s->at->before + 1 + amount];
    return (const int64_t *)(const void *)column + s->begin;
}

static const int64_t *after_of(const strip *s, uint32_t amount)
{
    return s->at->run.reg[s->answer->amounts[amount]];
}

static int32_t sum_total(const strip *s, const piece *p, int64_t *counts, hz_i128 *sums)
{
    hz_tally *tally = s->tally;
    const int64_t *before = before_of(s, 0) + p->from, *after = after_of(s, 0) + p->from;
    (s->total.small ? sum_small : sum_large)(tally, &s->total, p, counts, sums);
    for (uint32_t b = 0; b < tally->bound_count; b++)
        counts[HZ_TALLY_BELOW + b] += count_below(after, p->rows, tally->bounds[b]) - count_below(before, p->rows, tally->bounds[b]);
    return tally->totals != NULL ? note_changes(tally, s->answer->variant, p->group, before, after, p->rows) : HZ_OK;
}

static int32_t sum_piece(const strip *s, const piece *p)
{
    hz_tally *tally = s->tally;
    int64_t *counts = counts_of(tally, s->answer->variant, p->group);
    hz_i128 *sums = sums_of(tally, s->answer->variant, p->group), total = sums[0];
    int32_t status = HZ_OK;
    if (s->outcomes) {
        const int32_t *before = (const int32_t *)(const void *)tally->dense[s->at->before] + s->begin + p->from;
        sum_kernels(tally)->count_moves(before, (const int32_t *)s->at->run.reg[s->answer->outcome] + p->from, p->rows, counts);
    }
    if (s->total.any) status = sum_total(s, p, counts, sums);
    total = sums[0] - total;
    for (uint32_t a = 1; a < tally->amounts; a++) {
        if (s->answer->amounts[a] == HZ_NO_REG) continue;
        bool same = same_amount(tally, s->answer, a) == 0;
        sums[a] += same ? total : sum_of(after_of(s, a) + p->from, p->rows) - sum_of(before_of(s, a) + p->from, p->rows);
    }
    return status;
}

static bool begin_strip(strip *s)
{
    const hz_cone_answer *answer = s->answer;
    bool more = false;
    s->outcomes = s->total.any = s->total.rises = s->total.falls = s->total.small = false;
    if (answer->outcome != HZ_NO_REG) {
        const int32_t *before = (const int32_t *)(const void *)s->tally->dense[s->at->before] + s->begin;
        s->outcomes = sum_kernels(s->tally)->any_differs(before, s->at->run.reg[answer->outcome], s->rows);
    }
    if (answer->amounts[0] != HZ_NO_REG) find_change(sum_kernels(s->tally), &s->total, before_of(s, 0), after_of(s, 0), s->rows);
    for (uint32_t a = 1; a < s->tally->amounts; a++)
        more = more || (answer->amounts[a] != HZ_NO_REG && (s->total.any || same_amount(s->tally, answer, a) != 0));
    return s->outcomes || s->total.any || more;
}

int32_t hz_tally_sum_answer(hz_tally *tally, const hz_tally_cone *at, const hz_cone_answer *answer, size_t begin, size_t rows, uint32_t first)
{
    strip s;
    s.tally = tally;
    s.at = at;
    s.answer = answer;
    s.begin = begin;
    s.rows = rows;
    int32_t status = HZ_OK;
    if (!begin_strip(&s)) return HZ_OK;
    for (size_t from = 0; from < rows && status == HZ_OK; first++) {
        size_t end = tally->piece_end[first] - begin < rows ? tally->piece_end[first] - begin : rows;
        const piece p = {tally->piece_group[first], begin, from, end - from};
        status = sum_piece(&s, &p);
        from = end;
    }
    return status;
}

/* ---- Results ---- */

int64_t hz_tally_count(const hz_tally *tally, uint32_t scenario, uint32_t group, uint32_t which)
{
    int64_t own = counts_of(tally, scenario, group)[which];
    bool alone = scenario == 0 || which == HZ_TALLY_BETTER || which == HZ_TALLY_WORSE;
    return alone ? own : own + counts_of(tally, 0, group)[which];
}

hz_i128 hz_tally_sum(const hz_tally *tally, uint32_t scenario, uint32_t group, uint32_t which)
{
    hz_i128 own = sums_of(tally, scenario, group)[which];
    return scenario == 0 || which >= tally->amounts ? own : own + sums_of(tally, 0, group)[which];
}

static int32_t add_totals(hz_tally *into, const hz_tally *from, const uint32_t *map)
{
    hz_tally_total *all = hz_tally_sort_totals(from);
    int32_t status = all != NULL ? HZ_OK : HZ_NO_MEMORY;
    for (uint32_t i = 0; i < from->totals->count && status == HZ_OK; i++)
        status = hz_tally_note_total(into, all[i].scenario, map[all[i].group], all[i].total, all[i].count);
    hz_tally_drop_totals(from, all);
    return status;
}

int32_t hz_tally_add(hz_tally *into, const hz_tally *from, const uint32_t *map)
{
    int32_t status = into->carry != NULL ? hz_tally_carry_add(into, from) : HZ_OK;
    if (status != HZ_OK) return status;
    for (uint32_t s = 0; s < from->scenarios; s++) {
        for (uint32_t g = 0; g < from->groups; g++) {
            int64_t *counts = counts_of(into, s, map[g]);
            hz_i128 *sums = sums_of(into, s, map[g]);
            for (uint32_t i = 0; i < from->count_width; i++) counts[i] += counts_of(from, s, g)[i];
            for (uint32_t i = 0; i < from->sum_width; i++) sums[i] += sums_of(from, s, g)[i];
        }
    }
    into->rows += from->rows;
    return into->totals != NULL ? add_totals(into, from, map) : HZ_OK;
}
