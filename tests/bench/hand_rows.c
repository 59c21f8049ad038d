/* hand_rows.c - the same rules over columns, and claims to try them on. Blocks of 64 complete rows have no test for
 * absence: compilers vectorise that loop. */
#include "hand_inpatient_allowance.h"

#include <stdbool.h>

/* ---- rows ---- */

static void complete_rows(const hand_columns *in, size_t begin, size_t end, const hand_results *out)
{
    for (size_t i = begin; i < end; i++) {
        int32_t start = in->cover_start[i], last = in->cover_end[i], admitted = in->admitted[i], discharged = in->discharged[i];
        int64_t level = in->hospital_level[i], before = in->days_before[i], paid = in->paid_before[i];
        int32_t days = discharged - admitted, skipped = start >= FIGURE_MORE_DAYS_FROM ? 1 : 3;
        days = (days > 1 ? days : 1) - skipped;
        days = days > 0 ? days : 0;
        int64_t room = FIGURE_DAYS_LIMIT - before, money = FIGURE_PERIOD_CAP - paid;
        room = room > 0 ? room : 0;
        money = money > 0 ? money : 0;
        int64_t paid_days = days < room ? days : room, gross = paid_days * FIGURE_DAILY_AMOUNT, net = gross < money ? gross : money;
        int32_t settled = net > 0 ? HAND_NO_REASON : HAND_REASON_ZERO_AMOUNT;
        settled = net < gross ? HAND_REASON_PERIOD_CAP : settled;
        settled = paid_days < days ? HAND_REASON_DAYS_LIMIT : settled;
        int32_t reason = level < FIGURE_LOWEST_LEVEL ? HAND_REASON_HOSPITAL_LEVEL : HAND_NO_REASON;
        reason = in->cause[i] == HAND_PSYCHIATRIC ? HAND_REASON_EXCLUDED_CAUSE : reason;
        reason = ((admitted < start) | (admitted > last)) ? HAND_REASON_NOT_IN_COVER : reason;
        int32_t outcome = net > 0 ? HAND_OUTCOME_PAID : HAND_OUTCOME_NOTHING_DUE;
        bool contradicts = (discharged < admitted) | (last < start), early = start < FIGURE_IN_FORCE, bad = (level < 1) | (level > 3);
        outcome = reason != HAND_NO_REASON ? HAND_OUTCOME_REFUSED : outcome;
        reason = early ? HAND_REASON_NOT_IN_FORCE : reason;
        reason = (contradicts & !early) ? HAND_REASON_DATES : reason;
        outcome = contradicts ? HAND_OUTCOME_ERROR : outcome;
        outcome = early ? HAND_OUTCOME_REFUSED : outcome;
        outcome = bad ? HAND_OUTCOME_ERROR : outcome;
        reason = outcome <= HAND_OUTCOME_NOTHING_DUE ? settled : reason;
        reason = bad ? HAND_NO_REASON : reason;
        int64_t moves = -(int64_t)(outcome <= HAND_OUTCOME_NOTHING_DUE);
        out->outcome[i] = outcome;
        out->reason[i] = reason;
        out->total[i] = net & moves;
        out->days_after[i] = before + (paid_days & moves);
        out->paid_after[i] = paid + (net & moves);
    }
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
        if (complete == ~UINT64_C(0)) {
            complete_rows(in, begin, end, out);
            continue;
        }
        for (size_t i = begin; i < end; i++)
            if ((complete >> (i - begin) & 1) != 0)
                complete_rows(in, i, i + 1, out);
            else
                any_row(in, i, out);
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
