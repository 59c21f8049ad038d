/* hand_medical_reimbursement.h - the rules of rulesets/beijing/medical-reimbursement.yaml written out by hand in C, for
 * bench_columns: see hand_inpatient_allowance.h for what that is and is not.
 */
#ifndef HUZHU_BENCH_HAND_MEDICAL_REIMBURSEMENT_H
#define HUZHU_BENCH_HAND_MEDICAL_REIMBURSEMENT_H

#include "peer.h"

/* The plan's inputs in their order, then its counters. */
enum {
    MEDICAL_MEMBER, MEDICAL_SERVED, MEDICAL_CLASS, MEDICAL_IN_SERVICE, MEDICAL_INSURED, MEDICAL_DUES_PAID, MEDICAL_MANAGED,
    MEDICAL_CARD, MEDICAL_OUTPATIENT, MEDICAL_STAY, MEDICAL_STAY_DAYS, MEDICAL_OVER_CAP, MEDICAL_SUPPLEMENT, MEDICAL_SOCIAL,
    MEDICAL_HARDSHIP, MEDICAL_MAJOR, MEDICAL_CLAIMED, MEDICAL_PAID, MEDICAL_OUTPATIENT_PAID, MEDICAL_OVER_CAP_PAID,
    MEDICAL_STAYS, MEDICAL_FIELDS
};

enum { MEDICAL_ORDINARY, MEDICAL_MODEL, MEDICAL_IN_HARDSHIP };

#define MEDICAL_MOST_MONEY UINT64_C(999999999999)

/* The figures of the rule file: dates in days since 1970-01-01, money in 分. */
enum {
    MEDICAL_IN_FORCE = 15340,    /* 2012-01-01 */
    MEDICAL_RAISED_FROM = 16436, /* 2015-01-01 */
    MEDICAL_NO_CAP_FROM = 19358, /* 2023-01-01 */
    MEDICAL_MAXIMUM = 10065300,
    MEDICAL_RAISED_MAXIMUM = 20065300,
    MEDICAL_OUTPATIENT_DEDUCTIBLE = 180000,
    MEDICAL_FIRST_DEDUCTIBLE = 130000,
    MEDICAL_LATER_DEDUCTIBLE = 65000,
    MEDICAL_SETTLEMENT_DAYS = 90,
    MEDICAL_SLICE = 5000000      /* of what lies above the insurance cap */
};

/* The deciding reason, numbered as columns do: checks, life of the plan, eligibility, benefits not offered, caps, notes,
 * nothing due, missing. */
enum {
    MEDICAL_NO_REASON, MEDICAL_NOTHING_CLAIMED, MEDICAL_SPLIT_SETTLEMENT, MEDICAL_NOT_IN_FORCE, MEDICAL_NOT_IN_SERVICE,
    MEDICAL_NOT_INSURED, MEDICAL_NO_DUES, MEDICAL_NOT_MANAGED, MEDICAL_NO_CARD, MEDICAL_LATE, MEDICAL_NOT_OFFERED,
    MEDICAL_YEARLY_MAXIMUM, MEDICAL_BELOW_OUTPATIENT, MEDICAL_BELOW_STAY, MEDICAL_NO_INSURANCE_CAP, MEDICAL_ZERO_AMOUNT,
    MEDICAL_MISSING
};

/* Columns typed; valid by MEDICAL_…; flags are a bit a row. */
typedef struct medical_columns {
    const int32_t *served, *member_class, *claimed;
    const uint64_t *flag[5];
    const int64_t *outpatient, *stay, *stay_days, *over_cap, *deduction[3];
    const int64_t *paid, *outpatient_paid, *over_cap_paid, *stays;
    const uint64_t *const *valid;
} medical_columns;

void hand_medical_rows(const medical_columns *columns, size_t rows, const peer_results *results);

void hand_medical_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_medical_run(const peer_table *table, const peer_results *results);

#endif
