/* hand_startup_loan.c - the rules of rulesets/beijing/startup-loan-subsidy.yaml written out by hand in C, for bench_columns: see
 * hand_inpatient_allowance.h for what that is and is not. Row by row.
 */
#include "hand_startup_loan.h"

/* Outcomes have the library's numbers. */
enum { PAID = 1, NOTHING_DUE, REFUSED, INCOMPLETE, UNDETERMINED, FAILED };

/* The deciding reason, numbered as columns do. */
enum {
    NO_REASON, DATES, NOT_IN_FORCE, NOT_A_MEMBER, NOT_IN_A_GROUP, TERM_TOO_LONG, NOT_REPAID, CLAIM_LATE, CLASS_LIMIT = 9, ZERO_AMOUNT,
    MISSING, UNKNOWN
};

/* The plan's inputs in their order, then its counter. */
enum {
    ENTERPRISE, SIGNED, LOAN_START, DUE, LOAN_CLASS, GROUP, UNION_MEMBER, PRINCIPAL, CONTRACT_RATE, REPAYMENT, INTEREST_PAID,
    PRINCIPAL_REPAID, INTEREST_REPAID, REPAID, CLAIMED, SUBSIDISED, FIELDS
};

enum { OTHER_GROUP = 8, INSTALMENTS = 1 };

/* The figures of the rule file: dates in days since 1970-01-01, money in 分, rates in millionths. */
enum { FROM_2017 = 17287, UNKNOWN_FROM = 19224, LONGEST_YEARS = 4, CLAIM_DAYS = 90, YEAR = 360, WHOLE = 1000000 };

#define MOST_MONEY UINT64_C(999999999999)

static const int64_t class_limit[] = {10000000, 30000000, 50000000};

static const struct reference {
    int32_t from;
    int64_t rate;
} reference[] = {{18993, 37000}, {18981, 38000}, {18372, 38500}, {18312, 40500}, {18220, 41500}, {18159, 42000}, {18128, 42500}, {0, 43500}};

/* One row; given by field. */
typedef struct claim {
    uint32_t given;
    int32_t signed_on, start, due, repaid, claimed, class, group, repayment;
    int64_t principal, rate, interest_paid;
    bool member, principal_repaid, interest_repaid;
} claim;

typedef struct answer {
    int32_t outcome, reason;
    int64_t total;
} answer;

static inline bool has(const claim *c, uint32_t field)
{
    return (c->given >> field & 1) != 0;
}

static int64_t rate_of(const claim *c)
{
    const struct reference *at = reference;
    if (has(c, CONTRACT_RATE)) return c->rate;
    while (c->signed_on < at->from) at++;
    return at->rate;
}

static answer pay(const claim *c)
{
    int64_t limit = class_limit[c->class], principal = c->principal < limit ? c->principal : limit, total;
    if (c->repayment == INSTALMENTS) {
        total = (2 * c->interest_paid * principal + c->principal) / (2 * c->principal);
    } else {
        int32_t end = c->repaid < c->due ? c->repaid : c->due, days = end > c->start ? end - c->start : 0;
        total = (principal * rate_of(c) * days + YEAR / 2 * (int64_t)WHOLE) / (YEAR * (int64_t)WHOLE);
    }
    int32_t reason = principal < c->principal ? CLASS_LIMIT : total > 0 ? NO_REASON : ZERO_AMOUNT;
    return (answer){total > 0 ? PAID : NOTHING_DUE, reason, total};
}

static bool contradicts(const claim *c)
{
    return (has(c, LOAN_START) && c->start < c->signed_on) || (has(c, DUE) && has(c, LOAN_START) && c->due <= c->start) ||
           (has(c, REPAID) && has(c, LOAN_START) && c->repaid < c->start) || (has(c, CLAIMED) && has(c, REPAID) && c->claimed < c->repaid);
}

static answer decide(const claim *c)
{
    static const uint32_t asked = 1u << ENTERPRISE | 1u << LOAN_START | 1u << DUE | 1u << LOAN_CLASS | 1u << GROUP | 1u << UNION_MEMBER | 1u << PRINCIPAL |
                                  1u << REPAYMENT | 1u << PRINCIPAL_REPAID | 1u << INTEREST_REPAID | 1u << REPAID | 1u << CLAIMED;
    if ((uint64_t)c->principal > MOST_MONEY || (uint64_t)c->interest_paid > MOST_MONEY || (uint64_t)c->rate > WHOLE)
        return (answer){FAILED, NO_REASON, 0};
    if (!has(c, SIGNED))
        return (answer){INCOMPLETE, MISSING, 0};
    if (c->signed_on < FROM_2017)
        return (answer){REFUSED, NOT_IN_FORCE, 0};
    if (contradicts(c))
        return (answer){FAILED, DATES, 0};
    int32_t reason = NO_REASON;
    if (has(c, UNION_MEMBER) && !c->member)
        reason = NOT_A_MEMBER;
    else if (has(c, GROUP) && c->group == OTHER_GROUP)
        reason = NOT_IN_A_GROUP;
    else if (has(c, DUE) && has(c, LOAN_START) && c->due > peer_anniversary(c->start, LONGEST_YEARS))
        reason = TERM_TOO_LONG;
    else if ((has(c, PRINCIPAL_REPAID) && !c->principal_repaid) || (has(c, INTEREST_REPAID) && !c->interest_repaid))
        reason = NOT_REPAID;
    else if (c->principal_repaid && c->interest_repaid && has(c, CLAIMED) && has(c, REPAID) && c->claimed > c->repaid + CLAIM_DAYS)
        reason = CLAIM_LATE;
    if (reason != NO_REASON)
        return (answer){REFUSED, reason, 0};
    bool nothing = c->repayment == INSTALMENTS && c->principal == 0; /* whatever the class and the interest */
    if ((~c->given & asked & ~(nothing ? 1u << LOAN_CLASS : 0)) != 0 || (c->repayment == INSTALMENTS && !nothing && !has(c, INTEREST_PAID)))
        return (answer){INCOMPLETE, MISSING, 0};
    if (nothing)
        return (answer){NOTHING_DUE, ZERO_AMOUNT, 0};
    if (c->repayment != INSTALMENTS && !has(c, CONTRACT_RATE) && c->signed_on >= UNKNOWN_FROM)
        return (answer){UNDETERMINED, UNKNOWN, 0};
    return pay(c);
}

/* A row's bit of each word, in a field's place. */
#define TAKE(field) ((uint32_t)(valid[field] >> at & 1) << (field))
#define FLAG(field) ((((const uint64_t *)t->values[field])[word] >> at & 1) != 0)

static inline int32_t days_at(const peer_table *t, size_t column, size_t i)
{
    return ((const int32_t *)t->values[column])[i];
}

static inline int64_t number_at(const peer_table *t, size_t column, size_t i)
{
    return ((const int64_t *)t->values[column])[i];
}

static claim row_of(const peer_table *t, const uint64_t *valid, size_t word, size_t at)
{
    size_t i = word * 64 + at;
    claim c = {.signed_on = days_at(t, SIGNED, i), .start = days_at(t, LOAN_START, i), .due = days_at(t, DUE, i), .repaid = days_at(t, REPAID, i), .claimed = days_at(t, CLAIMED, i),
               .class = days_at(t, LOAN_CLASS, i), .group = days_at(t, GROUP, i), .repayment = days_at(t, REPAYMENT, i), .principal = number_at(t, PRINCIPAL, i),
               .rate = number_at(t, CONTRACT_RATE, i), .interest_paid = number_at(t, INTEREST_PAID, i), .member = FLAG(UNION_MEMBER),
               .principal_repaid = FLAG(PRINCIPAL_REPAID), .interest_repaid = FLAG(INTEREST_REPAID)};
    for (uint32_t field = 0; field < SUBSIDISED; field++)
        c.given |= TAKE(field);
    return c;
}

void hand_startup_loan_run(const peer_table *t, const peer_results *out)
{
    const int64_t *restrict before = t->values[SUBSIDISED];
    for (size_t word = 0; word * 64 < t->rows; word++) {
        size_t begin = word * 64, last = t->rows - begin < 64 ? t->rows : begin + 64;
        uint64_t valid[FIELDS];
        for (size_t field = 0; field < FIELDS; field++)
            valid[field] = t->valid[field][word];
        for (size_t i = begin; i < last; i++) {
            const claim c = row_of(t, valid, word, i - begin);
            answer a = decide(&c);
            if ((a.outcome == PAID || a.outcome == UNDETERMINED) && (valid[SUBSIDISED] >> (i - begin) & 1) == 0) /* what is not due leaves it where it is */
                a = (answer){INCOMPLETE, MISSING, 0};
            out->outcome[i] = a.outcome;
            out->reason[i] = a.reason;
            out->total[i] = a.total;
            out->after[0][i] = before[i] + a.total;
        }
    }
}

/* ---- claims ---- */

static bool one_in(uint64_t *seed, uint32_t many)
{
    return peer_below(seed, many) == 0;
}

static bool whole(uint64_t *seed, bool spoilt)
{
    return !(spoilt && one_in(seed, 8));
}

/* Mostly payments, with some of everything that can go wrong. */
void hand_startup_loan_fill(uint64_t *seed, const peer_table *t, size_t row)
{
    bool spoilt = one_in(seed, 64);
    int32_t signed_on = FROM_2017 - 20 + peer_below(seed, 2200), start = signed_on + peer_below(seed, 30) - (one_in(seed, 64) ? 10 : 0);
    int32_t due = start + 365 * (1 + peer_below(seed, 4)) + (one_in(seed, 32) ? 2 : 0), repaid = due - (one_in(seed, 3) ? peer_below(seed, 200) : 0);
    int32_t repayment = one_in(seed, 3) ? INSTALMENTS : 0;
    if (whole(seed, spoilt)) peer_text(t, ENTERPRISE, row, PEER_KEY);
    if (whole(seed, spoilt)) peer_days(t, SIGNED, row, signed_on);
    if (whole(seed, spoilt)) peer_days(t, LOAN_START, row, start);
    if (whole(seed, spoilt)) peer_days(t, DUE, row, due);
    if (whole(seed, spoilt)) peer_days(t, LOAN_CLASS, row, peer_below(seed, 3));
    if (whole(seed, spoilt)) peer_days(t, GROUP, row, one_in(seed, 64) ? OTHER_GROUP : peer_below(seed, 8));
    if (whole(seed, spoilt)) peer_flag(t, UNION_MEMBER, row, !one_in(seed, 64));
    if (whole(seed, spoilt)) peer_number(t, PRINCIPAL, row, one_in(seed, 128) ? 0 : peer_below(seed, 35000000));
    if (!one_in(seed, 4)) peer_number(t, CONTRACT_RATE, row, 30000 + peer_below(seed, 30000));
    if (whole(seed, spoilt)) peer_days(t, REPAYMENT, row, repayment);
    if (repayment == INSTALMENTS && whole(seed, spoilt)) peer_number(t, INTEREST_PAID, row, peer_below(seed, 3000000) - (one_in(seed, 512) ? 3000000 : 0));
    if (whole(seed, spoilt)) peer_flag(t, PRINCIPAL_REPAID, row, !one_in(seed, 64));
    if (whole(seed, spoilt)) peer_flag(t, INTEREST_REPAID, row, !one_in(seed, 64));
    if (whole(seed, spoilt)) peer_days(t, REPAID, row, repaid);
    if (whole(seed, spoilt)) peer_days(t, CLAIMED, row, repaid + peer_below(seed, one_in(seed, 16) ? 150 : 90));
    if (whole(seed, spoilt)) peer_number(t, SUBSIDISED, row, one_in(seed, 4) ? peer_below(seed, 3000000) : 0);
}
