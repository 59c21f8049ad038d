/* hand_rows.c - the same rules over columns, and claims to try them on. Blocks of 64 complete rows have no test for
 * absence: compilers vectorise that loop. */
#include "hand_inpatient_allowance.h"

#include <stdbool.h>

/* ---- rows ---- */

/* Each in loops over types of one width, which compilers vectorise; `count` is 64 in most calls. */
static inline void judge(const hand_columns *in, size_t begin, size_t count, int32_t *restrict days, int32_t *restrict refusal)
{
    const int32_t *restrict start = in->cover_start + begin, *restrict last = in->cover_end + begin;
    const int32_t *restrict admitted = in->admitted + begin, *restrict discharged = in->discharged + begin;
    const int32_t *restrict cause = in->cause + begin;
    const int64_t *restrict level = in->hospital_level + begin;
    int32_t hospital[64];
    for (size_t i = 0; i < count; i++) /* a level that no hospital has stays one: its upper half is not 0 */
        hospital[i] = (int32_t)level[i] | (int32_t)((uint64_t)level[i] >> 32 != 0) << 30;
    for (size_t i = 0; i < count; i++) {
        int32_t skipped = start[i] >= FIGURE_MORE_DAYS_FROM ? 1 : 3, stay = discharged[i] - admitted[i];
        stay = (stay > 1 ? stay : 1) - skipped;
        days[i] = stay > 0 ? stay : 0;
        int32_t why = hospital[i] < FIGURE_LOWEST_LEVEL ? HAND_REASON_HOSPITAL_LEVEL : HAND_NO_REASON;
        why = cause[i] == HAND_PSYCHIATRIC ? HAND_REASON_EXCLUDED_CAUSE : why;
        why = ((admitted[i] < start[i]) | (admitted[i] > last[i])) ? HAND_REASON_NOT_IN_COVER : why;
        why = ((discharged[i] < admitted[i]) | (last[i] < start[i])) ? HAND_REASON_DATES : why;
        why = start[i] < FIGURE_IN_FORCE ? HAND_REASON_NOT_IN_FORCE : why;
        refusal[i] = ((hospital[i] < 1) | (hospital[i] > 3)) ? HAND_REASONS : why;
    }
}

static inline void conclude(size_t count, const int32_t *restrict refusal, const int32_t *restrict settled, const int64_t *restrict total,
                            int32_t *restrict outcome, int32_t *restrict reason)
{
    for (size_t i = 0; i < count; i++) {
        int32_t why = refusal[i], what = total[i] > 0 ? HAND_OUTCOME_PAID : HAND_OUTCOME_NOTHING_DUE;
        what = why != HAND_NO_REASON ? HAND_OUTCOME_REFUSED : what;
        outcome[i] = ((why == HAND_REASON_DATES) | (why == HAND_REASONS)) ? HAND_OUTCOME_ERROR : what;
        why = why == HAND_NO_REASON ? settled[i] : why;
        reason[i] = why == HAND_REASONS ? HAND_NO_REASON : why;
    }
}

void hand_judge(const hand_columns *in, size_t begin, size_t count, int32_t *days, int32_t *refusal)
{
    if (count == 64)
        judge(in, begin, 64, days, refusal);
    else
        judge(in, begin, count, days, refusal);
}

void hand_conclude(size_t count, const int32_t *refusal, const int32_t *settled, const int64_t *total, int32_t *outcome, int32_t *reason)
{
    if (count == 64)
        conclude(64, refusal, settled, total, outcome, reason);
    else
        conclude(count, refusal, settled, total, outcome, reason);
}

/* Rows of one word whose answer counts where all of a row is given. */
static inline void complete_rows(const hand_columns *in, size_t begin, size_t count, const hand_results *out)
{
    const int64_t *restrict before = in->days_before + begin, *restrict paid = in->paid_before + begin;
    int64_t *restrict total = out->total + begin, *restrict days_after = out->days_after + begin, *restrict paid_after = out->paid_after + begin;
    int32_t days[64], refusal[64], settled[64];
    judge(in, begin, count, days, refusal);
    for (size_t i = 0; i < count; i++) {
        int64_t room = FIGURE_DAYS_LIMIT - before[i], money = FIGURE_PERIOD_CAP - paid[i];
        room = room > 0 ? room : 0;
        money = money > 0 ? money : 0;
        int64_t stay = days[i], paid_days = stay < room ? stay : room, gross = paid_days * FIGURE_DAILY_AMOUNT;
        int64_t net = gross < money ? gross : money, moves = refusal[i] == HAND_NO_REASON ? -1 : 0;
        int32_t why = net > 0 ? HAND_NO_REASON : HAND_REASON_ZERO_AMOUNT;
        why = net < gross ? HAND_REASON_PERIOD_CAP : why;
        settled[i] = paid_days < stay ? HAND_REASON_DAYS_LIMIT : why;
        total[i] = net & moves;
        days_after[i] = before[i] + (paid_days & moves);
        paid_after[i] = paid[i] + (net & moves);
    }
    conclude(count, refusal, settled, total, out->outcome + begin, out->reason + begin);
}

/* A row with something absent, the slow way. */
static void any_row(const hand_columns *in, size_t i, const hand_results *out)
{
    hand_claim claim = {0};
    hand_answer answer;
    for (uint32_t field = 0; field < HAND_FIELDS; field++)
        if (in->valid[field] == NULL || (in->valid[field][i / 64] >> (i % 64) & 1) != 0)
            claim.given |= 1u << field;
    claim.cover_start = in->cover_start[i];
    claim.cover_end = in->cover_end[i];
    claim.admitted = in->admitted[i];
    claim.discharged = in->discharged[i];
    claim.cause = in->cause[i];
    claim.hospital_level = in->hospital_level[i];
    claim.days_before = in->days_before[i];
    claim.paid_before = in->paid_before[i];
    hand_branchy(&claim, 1, &answer);
    out->outcome[i] = answer.outcome;
    out->reason[i] = answer.reason;
    out->total[i] = answer.total;
    out->days_after[i] = answer.days_after;
    out->paid_after[i] = answer.paid_after;
}

void hand_rows(const hand_columns *in, size_t rows, const hand_results *out)
{
    for (size_t begin = 0; begin < rows; begin += 64) {
        size_t end = rows - begin < 64 ? rows : begin + 64;
        uint64_t complete = ~UINT64_C(0);
        for (uint32_t field = 0; field < HAND_FIELDS; field++)
            if (in->valid[field] != NULL)
                complete &= in->valid[field][begin / 64];
        if (end - begin == 64)
            complete_rows(in, begin, 64, out);
        else
            complete_rows(in, begin, end - begin, out);
        for (uint64_t rest = ~complete; rest != 0; rest &= rest - 1) {
            size_t i = begin + (size_t)__builtin_ctzll(rest);
            if (i < end)
                any_row(in, i, out);
        }
    }
}

/* ---- claims ---- */

/* splitmix64: good enough for trying, and the same everywhere. */
static uint64_t next(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int32_t below(uint64_t *seed, uint32_t bound)
{
    return (int32_t)((next(seed) >> 32) * bound >> 32);
}

static bool rarely(uint64_t *seed)
{
    return below(seed, 64) == 0;
}

void hand_random(uint64_t *seed, hand_claim *out)
{
    hand_claim claim = {.given = (1u << HAND_FIELDS) - 1};
    claim.cover_start = FIGURE_IN_FORCE - 30 + below(seed, 5000);
    claim.cover_end = claim.cover_start + (rarely(seed) ? -1 : 364);
    claim.admitted = claim.cover_start + (rarely(seed) ? below(seed, 3) - 2 : below(seed, 366));
    claim.discharged = claim.admitted + (rarely(seed) ? below(seed, 400) - 10 : below(seed, 30));
    claim.hospital_level = rarely(seed) ? below(seed, 5) : 2 + below(seed, 2);
    claim.cause = rarely(seed) ? HAND_PSYCHIATRIC : below(seed, 2);
    claim.days_before = below(seed, 8) == 0 ? 150 + below(seed, 40) : below(seed, 20);
    claim.paid_before = claim.days_before * FIGURE_DAILY_AMOUNT + (rarely(seed) ? below(seed, 700000) : 0);
    for (uint32_t field = 0; rarely(seed) && field < HAND_FIELDS; field++)
        claim.given &= ~((uint32_t)(below(seed, 4) == 0) << field);
    *out = claim;
    if ((claim.given >> HAND_COVER_START & 1) == 0) out->cover_start = 0;
    if ((claim.given >> HAND_COVER_END & 1) == 0) out->cover_end = 0;
    if ((claim.given >> HAND_ADMITTED & 1) == 0) out->admitted = 0;
    if ((claim.given >> HAND_DISCHARGED & 1) == 0) out->discharged = 0;
    if ((claim.given >> HAND_LEVEL & 1) == 0) out->hospital_level = 0;
    if ((claim.given >> HAND_CAUSE & 1) == 0) out->cause = 0;
    if ((claim.given >> HAND_DAYS & 1) == 0) out->days_before = 0;
    if ((claim.given >> HAND_PAID & 1) == 0) out->paid_before = 0;
}
