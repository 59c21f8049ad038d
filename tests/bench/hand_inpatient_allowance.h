/* hand_inpatient_allowance.h - the rules of rulesets/beijing/inpatient-allowance.yaml written out by hand in C: what a
 * good programmer would write instead of the library, absent inputs, reasons and counters included. The benches measure
 * next to it, and only after both have given the same answers.
 *
 * Not a second source of the rules: whoever changes the rule file changes this, or the benches refuse to print.
 */
#ifndef HUZHU_BENCH_HAND_INPATIENT_ALLOWANCE_H
#define HUZHU_BENCH_HAND_INPATIENT_ALLOWANCE_H

#include <stddef.h>
#include <stdint.h>

/* What was given: bits of hand_claim.given, and columns of hand_columns.valid. */
enum {
    HAND_MEMBER, HAND_COVER, HAND_COVER_START, HAND_COVER_END, HAND_ADMITTED, HAND_DISCHARGED, HAND_LEVEL, HAND_CAUSE,
    HAND_DAYS, HAND_PAID, HAND_FIELDS
};

enum { HAND_ILLNESS, HAND_ACCIDENT, HAND_PSYCHIATRIC };

/* The figures of the rule file: dates in days since 1970-01-01, money in 分. */
enum {
    FIGURE_IN_FORCE = 14975,       /* 2011-01-01 */
    FIGURE_MORE_DAYS_FROM = 16617, /* 2015-07-01: paid from the 2nd day of a stay, before from the 4th */
    FIGURE_DAYS_LIMIT = 180,
    FIGURE_PERIOD_CAP = 720000,
    FIGURE_DAILY_AMOUNT = 4000,
    FIGURE_LOWEST_LEVEL = 2
};

/* Outcomes have the library's numbers. */
enum { HAND_OUTCOME_PAID = 1, HAND_OUTCOME_NOTHING_DUE, HAND_OUTCOME_REFUSED, HAND_OUTCOME_INCOMPLETE, HAND_OUTCOME_ERROR = 6 };

/* The deciding reason, numbered as columns do: checks, life of the plan, eligibility, benefits not offered, caps, nothing
 * due, missing. */
enum {
    HAND_NO_REASON, HAND_REASON_DATES, HAND_REASON_NOT_IN_FORCE, HAND_REASON_NOT_IN_COVER, HAND_REASON_EXCLUDED_CAUSE,
    HAND_REASON_HOSPITAL_LEVEL, HAND_REASON_NOT_OFFERED, HAND_REASON_DAYS_LIMIT, HAND_REASON_PERIOD_CAP, HAND_REASON_ZERO_AMOUNT,
    HAND_REASON_MISSING, HAND_REASONS
};

/* Dates in days since 1970-01-01, money in 分. What is not given is 0. */
typedef struct hand_claim {
    uint32_t given; /* 1 << HAND_… */
    int32_t cover_start, cover_end, admitted, discharged, cause;
    int64_t hospital_level;
    int64_t days_before, paid_before;
} hand_claim;

typedef struct hand_answer {
    int32_t outcome, reason;
    int64_t total;                  /* 0 where there is none */
    int64_t days_after, paid_after; /* as before where the claim moves nothing */
} hand_answer;

/* Decide claims, one after another. The same answers by branches and without. */
void hand_branchy(const hand_claim *claims, size_t count, hand_answer *answers);
void hand_branch_free(const hand_claim *claims, size_t count, hand_answer *answers);

/* Columns; valid: a bit a row, NULL: all given. */
typedef struct hand_columns {
    const int32_t *cover_start, *cover_end, *admitted, *discharged, *cause;
    const int64_t *hospital_level, *days_before, *paid_before;
    const uint64_t *valid[HAND_FIELDS];
} hand_columns;

typedef struct hand_results {
    int32_t *outcome, *reason;
    int64_t *total, *days_after, *paid_after;
} hand_results;

/* Decides rows of columns: 64 rows without a test for absence, then those of them that are not complete once more. */
void hand_rows(const hand_columns *columns, size_t rows, const hand_results *results);

/* The two ends of it, for at most 64 rows: paid days of a stay and why it is refused (HAND_REASONS: a value out of range);
 * then outcome and reason, settled being the reason where it is not refused. */
void hand_judge(const hand_columns *columns, size_t begin, size_t count, int32_t *days, int32_t *refusal);
void hand_conclude(size_t count, const int32_t *refusal, const int32_t *settled, const int64_t *total, int32_t *outcome, int32_t *reason);

/* Claims for measuring, the same for the same seed: mostly plain stays, with some of everything that can go wrong. */
void hand_random(uint64_t *seed, hand_claim *out);

#endif
