/* hand_group_accident.c - the rules of rulesets/beijing/group-accident.yaml written out by hand in C, for bench_columns: see
 * hand_inpatient_allowance.h for what that is and is not. Every row is decided without a branch.
 */
#include "hand_group_accident.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, NOTHING_DUE, REFUSED, INCOMPLETE, FAILED = 6 };

/* The deciding reason, numbered as columns do. */
enum { NO_REASON, NOT_IN_FORCE, NOT_IN_COVER, EXCLUDED, PAID_FOR_ACCIDENT = 7, ZERO_AMOUNT, MISSING };

/* The plan's inputs in their order, then its counter. */
enum {
    MEMBER, COVER, EVENT, COVER_START, COVER_END, HAPPENED, HARM, GRADE, EXCLUDED_CAUSE, TIER, AGE, STAFF, ENROLLED, ACCIDENT_PAID, FIELDS
};

enum { DEATH, DISABILITY };

/* The figures of the rule file: dates in days since 1970-01-01, money in 分. */
enum { FROM_2017 = 17167, DEATH_A_TIER = 1500000 };

/* Bits of one word as 0 or -1. */
static inline void spread(uint64_t word, int32_t *restrict out)
{
    for (size_t half = 0; half < 2; half++, word >>= 32)
        for (uint32_t i = 0; i < 32; i++)
            out[half * 32 + i] = -(int32_t)((uint32_t)word >> i & 1);
}

static inline const int32_t *days_of(const peer_table *t, size_t column, size_t begin)
{
    return (const int32_t *)t->values[column] + begin;
}

static inline void decide(const peer_table *t, const peer_results *out, size_t begin, size_t count)
{
    const int32_t *restrict start = days_of(t, COVER_START, begin), *restrict end = days_of(t, COVER_END, begin);
    const int32_t *restrict happened = days_of(t, HAPPENED, begin), *restrict harm = days_of(t, HARM, begin);
    const int32_t *restrict cause = days_of(t, EXCLUDED_CAUSE, begin), *restrict tier = days_of(t, TIER, begin);
    const int64_t *restrict grade = (const int64_t *)t->values[GRADE] + begin, *restrict before = (const int64_t *)t->values[ACCIDENT_PAID] + begin;
    int32_t *restrict outcome = out->outcome + begin, *restrict reason = out->reason + begin;
    int64_t *restrict total = out->total + begin, *restrict after = out->after[0] + begin;
    int32_t has_start[64], has_end[64], has_happened[64], has_grade[64], whole[64], odd[64], refusal[64];
    size_t word = begin / 64;
    spread(t->valid[COVER_START][word], has_start);
    spread(t->valid[COVER_END][word], has_end);
    spread(t->valid[HAPPENED][word], has_happened);
    spread(t->valid[GRADE][word], has_grade);
    spread(t->valid[MEMBER][word] & t->valid[EVENT][word] & t->valid[COVER_END][word] & t->valid[HAPPENED][word] & t->valid[HARM][word] &
           t->valid[TIER][word] & t->valid[ACCIDENT_PAID][word], whole);
    for (size_t i = 0; i < count; i++)
        odd[i] = (has_grade[i] & ((grade[i] < 1) | (grade[i] > 10))) != 0 ? -1 : 0;
    for (size_t i = 0; i < count; i++) {
        int32_t outside = has_happened[i] & ((happened[i] < start[i] ? -1 : 0) | (has_end[i] & (happened[i] > end[i] ? -1 : 0)));
        int32_t complete = whole[i] & (has_grade[i] | (harm[i] == DISABILITY ? 0 : -1)), why = complete != 0 ? NO_REASON : MISSING;
        why = cause[i] != 0 ? EXCLUDED : why;
        why = outside != 0 ? NOT_IN_COVER : why;
        why = start[i] < FROM_2017 ? NOT_IN_FORCE : why;
        why = has_start[i] == 0 ? MISSING : why;
        refusal[i] = odd[i] != 0 ? -1 : why;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t share = harm[i] == DEATH ? 10 : 11 - grade[i], due = DEATH_A_TIER / 10 * (tier[i] + 1) * share, left = due - before[i];
        left = left > 0 ? left : 0;
        left = refusal[i] == NO_REASON ? left : 0;
        total[i] = left;
        after[i] = before[i] + left;
        odd[i] = left < due ? PAID_FOR_ACCIDENT : NO_REASON;
    }
    for (size_t i = 0; i < count; i++) {
        int32_t why = refusal[i], what = total[i] > 0 ? PAID : NOTHING_DUE;
        what = why != NO_REASON ? REFUSED : what;
        what = why == MISSING ? INCOMPLETE : what;
        outcome[i] = why < 0 ? FAILED : what;
        why = why == NO_REASON ? odd[i] : why;
        reason[i] = why < 0 ? NO_REASON : why;
    }
}

void hand_group_accident_run(const peer_table *t, const peer_results *out)
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
void hand_group_accident_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    bool spoilt = one_in(seed, 64);
    int32_t start = FROM_2017 - 20 + peer_below(seed, 2900), harm = one_in(seed, 4) ? DEATH : DISABILITY;
    int32_t happened = start + peer_below(seed, 365) + (one_in(seed, 32) ? peer_below(seed, 40) - 20 : 0);
    for (size_t key = MEMBER; key <= EVENT; key++)
        if (!(spoilt && one_in(seed, 8))) peer_text(t, key, row, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, COVER_START, row, start);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, COVER_END, row, start + 364);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, HAPPENED, row, happened);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, HARM, row, harm);
    if (harm == DISABILITY && !(spoilt && one_in(seed, 8))) peer_number(t, GRADE, row, 1 + peer_below(seed, one_in(seed, 64) ? 12 : 10));
    if (one_in(seed, 4)) peer_days(t, EXCLUDED_CAUSE, row, one_in(seed, 8) ? 1 + peer_below(seed, 4) : 0);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, TIER, row, peer_below(seed, 4));
    if (!(spoilt && one_in(seed, 8))) peer_number(t, ACCIDENT_PAID, row, one_in(seed, 8) ? 150000 * peer_below(seed, 60) : 0);
}
