/* hand_womens_diseases.h - the rules of rulesets/beijing/womens-diseases.yaml written out by hand in C, for bench_columns:
 * see hand_inpatient_allowance.h for what that is and is not.
 */
#ifndef HUZHU_BENCH_HAND_WOMENS_DISEASES_H
#define HUZHU_BENCH_HAND_WOMENS_DISEASES_H

#include "peer.h"

/* The plan's inputs in their order, then its counters. */
enum {
    WOMEN_MEMBER, WOMEN_COVER, WOMEN_COVER_START, WOMEN_PREVIOUS, WOMEN_DIAGNOSED, WOMEN_ICD10, WOMEN_SARCOMA, WOMEN_STAY_DAYS,
    WOMEN_UNITS, WOMEN_HAD_BEFORE, WOMEN_CONCEALED, WOMEN_MISDIAGNOSED, WOMEN_SECONDARY, WOMEN_AGE, WOMEN_IN_SERVICE,
    WOMEN_ALREADY_PAID, WOMEN_COVER_ENDED, WOMEN_FIELDS
};

/* The figures of the rule file: dates in days since 1970-01-01, money in 分. */
enum {
    WOMEN_FROM_1997 = 9921,   /* 1997-03-01 */
    WOMEN_FROM_2007 = 13848,  /* 2007-12-01 */
    WOMEN_FROM_2014 = 16252,  /* 2014-07-01 */
    WOMEN_FROM_2018 = 17532,  /* 2018-01-01 */
    WOMEN_RENEWAL_GAP = 15,
    WOMEN_EXEMPT_DAYS = 30,
    WOMEN_UNITS_LIMIT = 4,
    WOMEN_RECUPERATION = 200000,
    WOMEN_LIVING_AID = 2600,
    WOMEN_LIVING_AID_DAYS = 180
};

/* The deciding reason, numbered as columns do: life of the plan, eligibility, benefits not offered, caps, notes, nothing
 * due, missing, unknown. */
enum {
    WOMEN_NO_REASON, WOMEN_NOT_IN_FORCE, WOMEN_NOT_IN_COVER, WOMEN_NOT_COVERED, WOMEN_IN_SITU, WOMEN_BEFORE, WOMEN_EXCLUDED,
    WOMEN_ENDED, WOMEN_PAID_BEFORE, WOMEN_EXEMPT, WOMEN_OF_AGE, WOMEN_NOT_IN_SERVICE, WOMEN_TOO_MANY_UNITS, WOMEN_NOT_OFFERED,
    WOMEN_UNITS_CUT, WOMEN_DAYS_CUT, WOMEN_REDUCED, WOMEN_WAIVED, WOMEN_ZERO_AMOUNT, WOMEN_MISSING, WOMEN_UNKNOWN
};

void hand_womens_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_womens_run(const peer_table *table, const peer_results *results);

#endif
