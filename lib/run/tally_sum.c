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
    for (uint32_t s = 0, begin = 0; s < tally->segments && status == HZ_OK; begin = tally->segment_end[s++]) {
        uint32_t group = tally->segment_group[s];
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

static void sum_outcomes(int64_t *counts, const int32_t *before, const int32_t *after, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        if (before[r] == after[r]) continue;
        counts[before[r]]--;
        counts[after[r]]++;
    }
}

/* Totals are never below 0, so a difference of two is no number beyond 64 bits. */
static void sum_totals(const hz_tally *tally, int64_t *counts, hz_i128 *sums, const int64_t *before, const int64_t *after, size_t rows)
{
    hz_i128 gained = 0, lost = 0;
    int64_t better = 0, worse = 0;
    for (size_t r = 0; r < rows; r++) {
        int64_t more = after[r] - before[r];
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
    for (uint32_t b = 0; b < tally->bound_count; b++)
        counts[HZ_TALLY_BELOW + b] += count_below(after, rows, tally->bounds[b]) - count_below(before, rows, tally->bounds[b]);
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

/* A piece of one group: rows [from, from + rows) of the strip, which begins at `begin` of the touched rows. */
typedef struct piece {
    uint32_t group;
    size_t begin, from, rows;
} piece;

static int32_t sum_piece(hz_tally *tally, const hz_tally_cone *at, const hz_cone_answer *answer, const piece *p)
{
    int64_t *counts = counts_of(tally, answer->variant, p->group);
    hz_i128 *sums = sums_of(tally, answer->variant, p->group), differ[2] = {0};
    unsigned char *const *before = tally->dense + at->cone->source_count;
    size_t old = p->begin + p->from;
    int32_t status = HZ_OK;
    if (answer->outcome != HZ_NO_REG)
        sum_outcomes(counts, (const int32_t *)(const void *)before[0] + old, (const int32_t *)at->run.reg[answer->outcome] + p->from, p->rows);
    for (uint32_t a = 0; a < tally->amounts && status == HZ_OK; a++) {
        if (answer->amounts[a] == HZ_NO_REG) continue;
        const int64_t *was = (const int64_t *)(const void *)before[1 + a] + old, *is = (const int64_t *)at->run.reg[answer->amounts[a]] + p->from;
        uint32_t same = same_amount(tally, answer, a);
        if (a == 0) {
            hz_i128 sum = sums[0];
            sum_totals(tally, counts, sums, was, is, p->rows);
            differ[0] = sums[0] - sum;
            if (tally->totals != NULL) status = note_changes(tally, answer->variant, p->group, was, is, p->rows);
        } else {
            sums[a] += same == 0 ? differ[0] : sum_of(is, p->rows) - sum_of(was, p->rows);
        }
    }
    return status;
}

int32_t hz_tally_sum_answer(hz_tally *tally, const hz_tally_cone *at, const hz_cone_answer *answer, size_t begin, size_t rows,
                            uint32_t *segment)
{
    int32_t status = HZ_OK;
    for (size_t from = 0; from < rows && status == HZ_OK;) {
        while (tally->touched[begin + from] >= tally->segment_end[*segment]) ++*segment;
        size_t end = from + 1;
        while (end < rows && tally->touched[begin + end] < tally->segment_end[*segment]) end++;
        const piece p = {tally->segment_group[*segment], begin, from, end - from};
        status = sum_piece(tally, at, answer, &p);
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
