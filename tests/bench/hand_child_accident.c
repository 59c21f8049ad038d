/* hand_child_accident.c - the rules of rulesets/beijing/child-accident.yaml written out by hand in C, for bench_columns: see
 * hand_inpatient_allowance.h for what that is and is not. Row by row.
 */
#include "hand_child_accident.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, NOTHING_DUE, REFUSED, INCOMPLETE, UNDETERMINED, FAILED };

/* The deciding reason, numbered as columns do. */
enum {
    NO_REASON, NOT_IN_FORCE, NOT_IN_COVER, NOT_ACCIDENT, NOT_A_MINOR, UNITS_CUT = 7, DAYS_CUT, PAID_FOR_ACCIDENT, MAXIMUM, ZERO_AMOUNT,
    MISSING, UNKNOWN
};

/* The plan's inputs in their order, then its counters. */
enum {
    MEMBER, CHILD, COVER, EVENT, COVER_START, COVER_END, HAPPENED, HARM, GRADE, HOSPITAL_DAYS, CHILD_BORN, IS_ACCIDENT, UNITS,
    ACCIDENT_PAID, ACCIDENT_DAYS, PERIOD_PAID, FIELDS
};

enum { DEATH, DISABILITY };

/* The figures of the rule file: dates in days since 1970-01-01, money in 分. */
enum {
    FROM_2007 = 13573, FROM_2017 = 17167, ADULT_AGE = 18, UNITS_LIMIT = 4, DAYS_LIMIT = 180, LUMP_SUM = 2000000, DAILY_AID = 8000,
    MAXIMUM_A_UNIT = 3440000
};

static inline int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static inline int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* One row; given by field (CHILD: all keys and counters but the days). */
typedef struct claim {
    uint32_t given;
    int32_t start, end, happened, harm, born;
    int64_t grade, days, units, accident_paid, accident_days, period_paid;
    bool is_accident;
} claim;

typedef struct answer {
    int32_t outcome, reason;
    int64_t total, lump, days;
} answer;

static inline bool has(const claim *c, uint32_t field)
{
    return (c->given >> field & 1) != 0;
}

static answer pay(const claim *c)
{
    int64_t units = least(c->units, UNITS_LIMIT), days = least(c->days, most(0, DAYS_LIMIT - c->accident_days));
    int64_t due = c->harm == DEATH ? units * LUMP_SUM : units * LUMP_SUM / 100 * (110 - 10 * c->grade);
    int64_t left = least(due, most(0, due - c->accident_paid)), aid = c->days > 0 ? days * DAILY_AID * units : 0;
    int64_t room = most(0, MAXIMUM_A_UNIT * units - c->period_paid), lump = least(left, room), rest = least(aid, room - lump);
    int32_t reason = lump + rest > 0 ? NO_REASON : ZERO_AMOUNT;
    if (lump < left || rest < aid) reason = MAXIMUM;
    if (left < due) reason = PAID_FOR_ACCIDENT;
    if (days < c->days) reason = DAYS_CUT;
    if (units < c->units) reason = UNITS_CUT;
    return (answer){lump + rest > 0 ? PAID : NOTHING_DUE, reason, lump + rest, lump, c->days > 0 ? days : 0};
}

static answer decide(const claim *c)
{
    static const uint32_t asked = 1u << CHILD | 1u << COVER_END | 1u << HAPPENED | 1u << HARM | 1u << CHILD_BORN | 1u << IS_ACCIDENT | 1u << UNITS;
    if ((has(c, UNITS) && (c->units < 1 || c->units > 99)) || (has(c, GRADE) && (c->grade < 1 || c->grade > 10)) || c->days < 0)
        return (answer){FAILED, NO_REASON, 0, 0, 0};
    if (!has(c, COVER_START))
        return (answer){INCOMPLETE, MISSING, 0, 0, 0};
    if (c->start < FROM_2007)
        return (answer){REFUSED, NOT_IN_FORCE, 0, 0, 0};
    int32_t reason = NO_REASON;
    if (has(c, HAPPENED) && (c->happened < c->start || (has(c, COVER_END) && c->happened > c->end)))
        reason = NOT_IN_COVER;
    else if (has(c, IS_ACCIDENT) && !c->is_accident)
        reason = NOT_ACCIDENT;
    else if (has(c, HAPPENED) && has(c, CHILD_BORN) && c->happened >= peer_anniversary(c->born, ADULT_AGE))
        reason = NOT_A_MINOR;
    if (reason != NO_REASON)
        return (answer){REFUSED, reason, 0, 0, 0};
    if ((~c->given & asked) != 0 || (c->harm == DISABILITY && !has(c, GRADE)) || (c->days > 0 && !has(c, ACCIDENT_DAYS)))
        return (answer){INCOMPLETE, MISSING, 0, 0, 0};
    if (c->start < FROM_2017)
        return (answer){UNDETERMINED, UNKNOWN, 0, 0, 0};
    return pay(c);
}

/* A row's bit of each word, in a field's place. */
#define TAKE(field) ((uint32_t)(valid[field] >> at & 1) << (field))

void hand_child_accident_run(const peer_table *t, const peer_results *out)
{
    const int32_t *restrict start = t->values[COVER_START], *restrict end = t->values[COVER_END], *restrict happened = t->values[HAPPENED];
    const int32_t *restrict harm = t->values[HARM], *restrict born = t->values[CHILD_BORN];
    const int64_t *restrict grade = t->values[GRADE], *restrict days = t->values[HOSPITAL_DAYS], *restrict units = t->values[UNITS];
    const int64_t *restrict accident_paid = t->values[ACCIDENT_PAID], *restrict accident_days = t->values[ACCIDENT_DAYS];
    const int64_t *restrict period_paid = t->values[PERIOD_PAID];
    for (size_t word = 0; word * 64 < t->rows; word++) {
        size_t begin = word * 64, last = t->rows - begin < 64 ? t->rows : begin + 64;
        uint64_t valid[FIELDS], accident = ((const uint64_t *)t->values[IS_ACCIDENT])[word];
        for (size_t field = 0; field < FIELDS; field++)
            valid[field] = t->valid[field][word];
        valid[CHILD] &= valid[COVER] & valid[EVENT] & valid[ACCIDENT_PAID] & valid[PERIOD_PAID];
        for (size_t i = begin; i < last; i++) {
            size_t at = i - begin;
            claim c = {.start = start[i], .end = end[i], .happened = happened[i], .harm = harm[i], .born = born[i], .grade = grade[i], .days = days[i],
                       .units = units[i], .accident_paid = accident_paid[i], .accident_days = accident_days[i], .period_paid = period_paid[i],
                       .is_accident = (accident >> at & 1) != 0};
            c.given = TAKE(CHILD) | TAKE(COVER_START) | TAKE(COVER_END) | TAKE(HAPPENED) | TAKE(HARM) | TAKE(GRADE) | TAKE(CHILD_BORN) |
                      TAKE(IS_ACCIDENT) | TAKE(UNITS) | TAKE(ACCIDENT_DAYS);
            answer a = decide(&c);
            out->outcome[i] = a.outcome;
            out->reason[i] = a.reason;
            out->total[i] = a.total;
            out->after[0][i] = c.accident_paid + a.lump;
            out->after[1][i] = c.accident_days + a.days;
            out->after[2][i] = c.period_paid + a.total;
        }
    }
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

/* Mostly payments since 2017, with some of everything that can go wrong. */
void hand_child_accident_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    bool spoilt = one_in(seed, 64);
    int32_t start = one_in(seed, 8) ? FROM_2007 - 60 + peer_below(seed, 3700) : FROM_2017 + peer_below(seed, 2500);
    int32_t happened = start + peer_below(seed, 365) + (one_in(seed, 32) ? peer_below(seed, 40) - 20 : 0);
    int32_t harm = one_in(seed, 4) ? DEATH : DISABILITY;
    peer_text(t, MEMBER, row, PEER_KEY);
    for (size_t key = CHILD; key <= EVENT; key++)
        if (!(spoilt && one_in(seed, 8))) peer_text(t, key, row, PEER_KEY);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, COVER_START, row, start);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, COVER_END, row, start + 364);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, HAPPENED, row, happened);
    if (!(spoilt && one_in(seed, 8))) peer_days(t, HARM, row, harm);
    if (harm == DISABILITY && !(spoilt && one_in(seed, 8))) peer_number(t, GRADE, row, 1 + peer_below(seed, one_in(seed, 64) ? 12 : 10));
    if (one_in(seed, 2)) peer_number(t, HOSPITAL_DAYS, row, peer_below(seed, one_in(seed, 16) ? 400 : 40));
    if (!(spoilt && one_in(seed, 8))) peer_days(t, CHILD_BORN, row, happened - peer_below(seed, 6700));
    if (!(spoilt && one_in(seed, 8))) peer_flag(t, IS_ACCIDENT, row, !one_in(seed, 64));
    if (!(spoilt && one_in(seed, 8))) peer_number(t, UNITS, row, 1 + peer_below(seed, one_in(seed, 16) ? 6 : 3));
    if (!(spoilt && one_in(seed, 8))) peer_number(t, ACCIDENT_PAID, row, one_in(seed, 8) ? 200000 * peer_below(seed, 20) : 0);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, ACCIDENT_DAYS, row, one_in(seed, 8) ? peer_below(seed, 190) : 0);
    if (!(spoilt && one_in(seed, 8))) peer_number(t, PERIOD_PAID, row, one_in(seed, 8) ? 100000 * peer_below(seed, 140) : 0);
}
