/* arrow_lists.c - lists of codes: all reasons of a row, and the caps that cut. The executor gives a bit a reason and row; here
 * 64 rows at a time become lists, in the order of a decision, which is that of the numbers of reasons. Called by
 * arrow_results.c.
 *
 * A decision lists NOT_OFFERED once for each benefit, which has a bit of its own. It lists MISSING once for each name,
 * UNKNOWN_VALUE once for each value: such rows are asked as single claims. So are all rows of packages, whose parts may be refused for several reasons of the package's.
 */
#include "api/arrow.h"

#include "base/status.h"

enum { FEW = sizeof((hz_arrow_listed *)NULL)->number[0] / sizeof(uint16_t) };

static uint64_t word_at(const uint8_t *at)
{
    uint64_t word = 0;
    for (unsigned b = 0; b < 8; b++) word |= (uint64_t)at[b] << (8 * b);
    return word;
}

void hz_arrow_lists_collect(hz_arrow_listed *listed, size_t word)
{
    const huzhu_arrow *arrow = listed->arrow;
    uint32_t count = arrow->plan->core->columns.listed_count;
    listed->word = word;
    memset(listed->count, 0, sizeof listed->count);
    for (uint32_t n = 1; n < count; n++) {
        for (uint64_t bits = word_at(arrow->listed[n] + 8 * word); bits != 0; bits &= bits - 1) {
            int at = __builtin_ctzll(bits);
            if (listed->count[at] < FEW) listed->number[at][listed->count[at]] = (uint16_t)n;
            if (listed->count[at] < UINT8_MAX) listed->count[at]++;
        }
    }
}

bool hz_arrow_lists_repeats(const hz_arrow_listed *listed, size_t at)
{
    const huzhu_arrow *arrow = listed->arrow;
    size_t row = 64 * listed->word + at;
    return arrow->nodes[0].outcome[row] == HZ_INCOMPLETE || arrow->nodes[0].outcome[row] == HZ_UNDETERMINED;
}

/* Of a code; codes that stand more than once have the first one's. */
static int32_t place_of(const hz_plan *plan, hz_str code)
{
    int32_t count = hz_plan_reason_count(plan);
    for (int32_t i = 1; i <= count; i++)
        if (hz_str_eq(hz_plan_reason(plan, i), code)) return i - 1;
    return count - 1;
}

static size_t put_decision(const hz_decision *decision, bool caps, int32_t *to)
{
    size_t count = 0;
    for (uint32_t i = 0; i < decision->reason_count; i++)
        if (!caps || decision->reasons[i].kind == HZ_REASON_CAP) to[count++] = place_of(decision->plan, decision->reasons[i].code);
    return count;
}

int32_t hz_arrow_lists_decided(struct ArrowArray *column, bool caps, const hz_decision *decision, int64_t row)
{
    struct ArrowArray *items = column->children[0];
    size_t used = (size_t)items->length, most = used + (decision != NULL ? decision->reason_count : 0);
    if (most * sizeof(int32_t) > hz_arrow_room(items, 1) && !hz_arrow_resize(items, 1, (2 * most + 1024) * sizeof(int32_t))) return HZ_NO_MEMORY;
    if (decision != NULL) used += put_decision(decision, caps, (int32_t *)hz_arrow_buffer(items, 1) + used);
    if (used > INT32_MAX) return HZ_LIMIT;
    ((int32_t *)hz_arrow_buffer(column, 1))[row + 1] = (int32_t)used;
    items->length = (int64_t)used;
    return HZ_OK;
}

/* Benefits that a row was not offered. */
static size_t count_not_offered(const huzhu_arrow *arrow, size_t row)
{
    size_t count = 0;
    for (uint32_t i = 0; i < arrow->plan->core->rules->benefits.count; i++) count += arrow->nodes[0].benefits[i].not_offered[row / 8] >> (row % 8) & 1;
    return count;
}

static size_t put_number(const huzhu_arrow *arrow, uint32_t number, size_t row, bool caps, int32_t *to)
{
    const hz_plan *plan = arrow->plan->core;
    if (caps && !hz_plan_reason_is_cap(plan, (int32_t)number)) return 0;
    size_t count = (int32_t)number == hz_plan_reason_not_offered(plan) ? count_not_offered(arrow, row) : 1;
    for (size_t i = 0; i < count; i++) to[i] = (int32_t)number - 1;
    return count;
}

static size_t put_bits(const hz_arrow_listed *listed, size_t at, bool caps, int32_t *to)
{
    const huzhu_arrow *arrow = listed->arrow;
    size_t count = 0, row = 64 * listed->word + at;
    if (listed->count[at] <= FEW) {
        for (uint32_t i = 0; i < listed->count[at]; i++) count += put_number(arrow, listed->number[at][i], row, caps, to + count);
        return count;
    }
    for (uint32_t n = 1; n < arrow->plan->core->columns.listed_count; n++)
        if ((arrow->listed[n][row / 8] >> (row % 8) & 1) != 0) count += put_number(arrow, n, row, caps, to + count);
    return count;
}

int32_t hz_arrow_lists_put(hz_arrow_lists *lists, const hz_arrow_listed *listed, size_t at, const hz_decision *decision, int64_t row)
{
    const hz_plan *plan = listed->arrow->plan->core;
    size_t most = plan->columns.listed_count + plan->rules->benefits.count + (decision != NULL ? decision->reason_count : 0);
    for (int caps = 0; caps < 2; caps++) {
        struct ArrowArray *column = lists->column[caps];
        if (column == NULL) continue;
        if (decision == NULL && listed->count[at] == 0) { /* as most rows */
            ((int32_t *)hz_arrow_buffer(column, 1))[row + 1] = (int32_t)lists->used[caps];
            continue;
        }
        struct ArrowArray *items = column->children[0];
        if (lists->used[caps] + most > lists->room[caps]) {
            lists->room[caps] = 2 * (lists->used[caps] + most) + 1024;
            if (!hz_arrow_resize(items, 1, lists->room[caps] * sizeof(int32_t))) return HZ_NO_MEMORY;
        }
        int32_t *to = (int32_t *)hz_arrow_buffer(items, 1) + lists->used[caps];
        lists->used[caps] += decision != NULL ? put_decision(decision, caps == 1, to) : put_bits(listed, at, caps == 1, to);
        if (lists->used[caps] > INT32_MAX) return HZ_LIMIT;
        ((int32_t *)hz_arrow_buffer(column, 1))[row + 1] = (int32_t)lists->used[caps];
        items->length = (int64_t)lists->used[caps];
    }
    return HZ_OK;
}
