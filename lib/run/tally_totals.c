/* tally_totals.c - how often each total occurs, for quantiles that are exact: a table of all that occur, with a count for
 * each scenario and group. Those of scenarios but the first are what they add to it. Called by tally_sum.c and the API.
 */
#include "run/tally.h"

#include "base/sort.h"
#include "base/status.h"

typedef struct total_key {
    uint32_t scenario, group;
    int64_t total;
} total_key;

int32_t hz_tally_note_total(hz_tally *tally, uint32_t scenario, uint32_t group, int64_t total, int64_t count)
{
    const total_key key = {scenario, group, total};
    char bytes[sizeof key];
    memcpy(bytes, &key, sizeof key);
    uint32_t entry = hz_keyed_entry_of(tally->totals, (hz_str){bytes, sizeof bytes});
    if (entry == HZ_NO_ENTRY) return HZ_NO_MEMORY;
    tally->totals->entries[entry].value += count;
    return tally->totals->count <= tally->totals_most ? HZ_OK : HZ_LIMIT;
}

static bool comes_before(const void *context, const void *a, const void *b)
{
    const hz_tally_total *x = a, *y = b;
    (void)context;
    if (x->scenario != y->scenario) return x->scenario < y->scenario;
    return x->group != y->group ? x->group < y->group : x->total < y->total;
}

hz_tally_total *hz_tally_sort_totals(const hz_tally *tally)
{
    uint32_t count = tally->totals->count;
    hz_tally_total *all = tally->alloc.allocate(tally->alloc.user, ((size_t)count + 1) * sizeof *all);
    if (all == NULL) return NULL;
    for (uint32_t i = 0; i < count; i++) {
        total_key key;
        memcpy(&key, hz_keyed_key(tally->totals, i).at, sizeof key);
        all[i] = (hz_tally_total){key.scenario, key.group, key.total, tally->totals->entries[i].value};
    }
    hz_sort(all, count, sizeof *all, comes_before, NULL);
    return all;
}

void hz_tally_drop_totals(const hz_tally *tally, hz_tally_total *sorted)
{
    if (sorted != NULL) tally->alloc.release(tally->alloc.user, sorted, ((size_t)tally->totals->count + 1) * sizeof *sorted);
}

/* The first of a scenario and group. */
static uint32_t first_of(const hz_tally_total *sorted, uint32_t count, uint32_t scenario, uint32_t group)
{
    const hz_tally_total wanted = {scenario, group, INT64_MIN, 0};
    uint32_t begin = 0, end = count;
    while (begin < end) {
        uint32_t middle = begin + (end - begin) / 2;
        if (comes_before(NULL, &sorted[middle], &wanted)) begin = middle + 1;
        else end = middle;
    }
    return begin;
}

/* Two rows of totals read as one: that of the first scenario, and what another adds. */
typedef struct reader {
    const hz_tally_total *sorted;
    uint32_t at[2], end[2];
} reader;

static reader read_totals(const hz_tally *tally, const hz_tally_total *sorted, uint32_t scenario, uint32_t group)
{
    uint32_t count = tally->totals->count;
    reader out = {.sorted = sorted};
    out.at[0] = first_of(sorted, count, 0, group);
    out.end[0] = first_of(sorted, count, 0, group + 1);
    if (scenario > 0) out.at[1] = first_of(sorted, count, scenario, group);
    if (scenario > 0) out.end[1] = first_of(sorted, count, scenario, group + 1);
    return out;
}

static bool next_total(reader *in, int64_t *total, int64_t *count)
{
    bool has[2] = {in->at[0] < in->end[0], in->at[1] < in->end[1]};
    if (!has[0] && !has[1]) return false;
    int64_t values[2] = {has[0] ? in->sorted[in->at[0]].total : INT64_MAX, has[1] ? in->sorted[in->at[1]].total : INT64_MAX};
    *total = values[0] < values[1] ? values[0] : values[1];
    *count = 0;
    for (int i = 0; i < 2; i++)
        if (has[i] && values[i] == *total) *count += in->sorted[in->at[i]++].count;
    return true;
}

bool hz_tally_quantile(const hz_tally *tally, const hz_tally_total *sorted, uint32_t scenario, uint32_t group, uint32_t percent, int64_t *out)
{
    int64_t total, count, all = 0, so_far = 0;
    reader in = read_totals(tally, sorted, scenario, group);
    while (next_total(&in, &total, &count)) all += count;
    if (all == 0) return false;
    hz_i128 wanted = ((hz_i128)all * percent + 99) / 100;
    if (wanted < 1) wanted = 1;
    in = read_totals(tally, sorted, scenario, group);
    while (so_far < wanted && next_total(&in, &total, &count)) so_far += count;
    *out = total;
    return true;
}
