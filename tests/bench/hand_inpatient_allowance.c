/* hand_inpatient_allowance.c - see the header. Three shapes of one set of rules, kept apart on purpose: each as fast as
 * it can be written. */
#include "hand_inpatient_allowance.h"

#include <stdbool.h>

#define BIT(field) (1u << (field))
#define ALL (BIT(HAND_FIELDS) - 1)

static inline int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static inline int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* ---- by branches ---- */

static hand_answer stop(const hand_claim *c, int32_t outcome, int32_t reason)
{
    return (hand_answer){outcome, reason, 0, c->days_before, c->paid_before};
}

static hand_answer amount(const hand_claim *c)
{
    int64_t first_paid_day = c->cover_start >= FIGURE_MORE_DAYS_FROM ? 2 : 4;
    int64_t days = most(0, most(1, c->discharged - c->admitted) - (first_paid_day - 1));
    int64_t paid_days = least(days, most(0, FIGURE_DAYS_LIMIT - c->days_before));
    int64_t gross = paid_days * FIGURE_DAILY_AMOUNT;
    int64_t net = least(gross, most(0, FIGURE_PERIOD_CAP - c->paid_before));
    int32_t reason = paid_days < days ? HAND_REASON_DAYS_LIMIT : net < gross ? HAND_REASON_PERIOD_CAP : HAND_NO_REASON;
    if (net == 0 && reason == HAND_NO_REASON)
        reason = HAND_REASON_ZERO_AMOUNT;
    return (hand_answer){net > 0 ? HAND_OUTCOME_PAID : HAND_OUTCOME_NOTHING_DUE, reason, net, c->days_before + paid_days,
                         c->paid_before + net};
}

static hand_answer decide(const hand_claim *c)
{
    bool stay = (~c->given & (BIT(HAND_ADMITTED) | BIT(HAND_DISCHARGED))) == 0;
    bool admitted = (c->given & BIT(HAND_ADMITTED)) != 0, ends = (c->given & BIT(HAND_COVER_END)) != 0;
    bool level = (c->given & BIT(HAND_LEVEL)) != 0;
    if (level && (c->hospital_level < 1 || c->hospital_level > 3))
        return stop(c, HAND_OUTCOME_ERROR, HAND_NO_REASON);
    if ((c->given & BIT(HAND_COVER_START)) == 0)
        return stop(c, HAND_OUTCOME_INCOMPLETE, HAND_REASON_MISSING);
    if (c->cover_start < FIGURE_IN_FORCE)
        return stop(c, HAND_OUTCOME_REFUSED, HAND_REASON_NOT_IN_FORCE);
    if ((stay && c->discharged < c->admitted) || (ends && c->cover_end < c->cover_start))
        return stop(c, HAND_OUTCOME_ERROR, HAND_REASON_DATES);
    if (admitted && (c->admitted < c->cover_start || (ends && c->admitted > c->cover_end)))
        return stop(c, HAND_OUTCOME_REFUSED, HAND_REASON_NOT_IN_COVER);
    if ((c->given & BIT(HAND_CAUSE)) != 0 && c->cause == HAND_PSYCHIATRIC)
        return stop(c, HAND_OUTCOME_REFUSED, HAND_REASON_EXCLUDED_CAUSE);
    if (level && c->hospital_level < FIGURE_LOWEST_LEVEL)
        return stop(c, HAND_OUTCOME_REFUSED, HAND_REASON_HOSPITAL_LEVEL);
    if ((~c->given & ALL) != 0)
        return stop(c, HAND_OUTCOME_INCOMPLETE, HAND_REASON_MISSING);
    return amount(c);
}

void hand_branchy(const hand_claim *claims, size_t count, hand_answer *answers)
{
    for (size_t i = 0; i < count; i++)
        answers[i] = decide(&claims[i]);
}

/* ---- without branches ---- */

static inline int32_t pick(bool which, int32_t yes, int32_t no)
{
    return which ? yes : no;
}

/* Everything is computed, then chosen from the least pressing to the most. */
static inline hand_answer decide_flat(const hand_claim *c)
{
    uint32_t given = c->given, absent = ~given;
    bool admitted = (given >> HAND_ADMITTED) & 1, ends = (given >> HAND_COVER_END) & 1, level = (given >> HAND_LEVEL) & 1;
    bool stay = admitted & ((given >> HAND_DISCHARGED) & 1);
    int64_t skipped = c->cover_start >= FIGURE_MORE_DAYS_FROM ? 1 : 3;
    int64_t days = most(0, most(1, c->discharged - c->admitted) - skipped);
    int64_t paid_days = least(days, most(0, FIGURE_DAYS_LIMIT - c->days_before));
    int64_t gross = paid_days * FIGURE_DAILY_AMOUNT, net = least(gross, most(0, FIGURE_PERIOD_CAP - c->paid_before));
    bool missing = (absent & ALL) != 0;
    bool bad_level = level & ((c->hospital_level < FIGURE_LOWEST_LEVEL));
    bool excluded = ((given >> HAND_CAUSE) & 1) & (c->cause == HAND_PSYCHIATRIC);
    bool outside = admitted & ((c->admitted < c->cover_start) | (ends & (c->admitted > c->cover_end)));
    bool contradicts = (stay & (c->discharged < c->admitted)) | (ends & (c->cover_end < c->cover_start));
    bool early = c->cover_start < FIGURE_IN_FORCE, undated = (absent >> HAND_COVER_START) & 1;
    bool bad = level & ((c->hospital_level < 1) | (c->hospital_level > 3));
    int32_t reason = pick(net == 0, HAND_REASON_ZERO_AMOUNT, HAND_NO_REASON);
    reason = pick(net < gross, HAND_REASON_PERIOD_CAP, reason);
    reason = pick(paid_days < days, HAND_REASON_DAYS_LIMIT, reason);
    reason = pick(missing, HAND_REASON_MISSING, reason);
    reason = pick(bad_level, HAND_REASON_HOSPITAL_LEVEL, reason);
    reason = pick(excluded, HAND_REASON_EXCLUDED_CAUSE, reason);
    reason = pick(outside, HAND_REASON_NOT_IN_COVER, reason);
    reason = pick(contradicts, HAND_REASON_DATES, reason);
    reason = pick(early, HAND_REASON_NOT_IN_FORCE, reason);
    reason = pick(undated, HAND_REASON_MISSING, reason);
    reason = pick(bad, HAND_NO_REASON, reason);
    int32_t outcome = pick(net > 0, HAND_OUTCOME_PAID, HAND_OUTCOME_NOTHING_DUE);
    outcome = pick(missing, HAND_OUTCOME_INCOMPLETE, outcome);
    outcome = pick(bad_level | excluded | outside, HAND_OUTCOME_REFUSED, outcome);
    outcome = pick(contradicts, HAND_OUTCOME_ERROR, outcome);
    outcome = pick(early, HAND_OUTCOME_REFUSED, outcome);
    outcome = pick(undated, HAND_OUTCOME_INCOMPLETE, outcome);
    outcome = pick(bad, HAND_OUTCOME_ERROR, outcome);
    int64_t moves = -(int64_t)(outcome <= HAND_OUTCOME_NOTHING_DUE);
    return (hand_answer){outcome, reason, net & moves, c->days_before + (paid_days & moves), c->paid_before + (net & moves)};
}

void hand_branch_free(const hand_claim *claims, size_t count, hand_answer *answers)
{
    for (size_t i = 0; i < count; i++)
        answers[i] = decide_flat(&claims[i]);
}
