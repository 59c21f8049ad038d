/* hand_additional_death.c - the rules of rulesets/beijing/additional-death.yaml written out by hand in C, for bench_columns: see
 * hand_inpatient_allowance.h for what that is and is not. Every row is decided without a branch.
 */
#include "hand_additional_death.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, REFUSED = 3, INCOMPLETE };

/* The deciding reason, numbered as columns do. */
enum { NO_REASON, NOT_IN_FORCE, NOT_IN_COVER, IN_WAITING_PERIOD, NOT_OFFERED, ZERO_AMOUNT, MISSING };

/* The plan's inputs in their order. */
enum { MEMBER, COVER, COVER_START, COVER_END, DIED };

/* Dates in days since 1970-01-01, money in 分. */
enum { FROM_2019 = 17897, WAITING_DAYS = 30, DEATH_AMOUNT = 1000000 };

/* Bits of one word as 0 or -1. */
static inline void spread(uint64_t word, int32_t *restrict out)
{
    for (size_t half = 0; half < 2; half++, word >>= 32)
        for (uint32_t i = 0; i < 32; i++)
            out[half * 32 + i] = -(int32_t)((uint32_t)word >> i & 1);
}

static inline void decide(const peer_table *t, const peer_results *out, size_t begin, size_t count)
{
    const int32_t *restrict start = (const int32_t *)t->values[COVER_START] + begin, *restrict end = (const int32_t *)t->values[COVER_END] + begin;
    const int32_t *restrict died = (const int32_t *)t->values[DIED] + begin;
    int32_t *restrict outcome = out->outcome + begin, *restrict reason = out->reason + begin;
    int64_t *restrict total = out->total + begin;
    int32_t has_start[64], has_end[64], has_died[64];
    spread(t->valid[COVER_START][begin / 64], has_start);
    spread(t->valid[COVER_END][begin / 64], has_end);
    spread(t->valid[DIED][begin / 64], has_died);
    for (size_t i = 0; i < count; i++) {
        int32_t outside = has_died[i] & ((died[i] < start[i] ? -1 : 0) | (has_end[i] & (died[i] > end[i] ? -1 : 0)));
        int32_t missing = ~(has_end[i] & has_died[i]), why = died[i] - start[i] + 1 <= WAITING_DAYS ? IN_WAITING_PERIOD : NO_REASON;
        why = missing != 0 ? MISSING : why;
        why = outside != 0 ? NOT_IN_COVER : why;
        why = start[i] < FROM_2019 ? NOT_IN_FORCE : why;
        why = has_start[i] == 0 ? MISSING : why;
        int32_t what = why == NO_REASON ? PAID : REFUSED;
        reason[i] = why;
        outcome[i] = why == MISSING ? INCOMPLETE : what;
    }
    for (size_t i = 0; i < count; i++)
        total[i] = reason[i] == NO_REASON ? DEATH_AMOUNT : 0;
}

void hand_additional_death_run(const peer_table *t, const peer_results *out)
{
    size_t begin = 0;
    for (; begin + 64 <= t->rows; begin += 64)
        decide(t, out, begin, 64);
    if (begin < t->rows)
        decide(t, out, begin, t->rows - begin);
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

/* Mostly payments, with some of everything that can go wrong. */
void hand_additional_death_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    int32_t start = FROM_2019 - 20 + peer_below(seed, 2200);
    bool spoilt = one_in(seed, 64);
    peer_text(t, MEMBER, row, PEER_KEY);
    peer_text(t, COVER, row, PEER_KEY);
    if (!(spoilt && one_in(seed, 4))) peer_days(t, COVER_START, row, start);
    if (!(spoilt && one_in(seed, 4))) peer_days(t, COVER_END, row, start + 364);
    if (!(spoilt && one_in(seed, 4))) peer_days(t, DIED, row, start + peer_below(seed, 375) - 3);
}
