/* examples.h - what running worked examples and comparing their answers share. Private to examples*.c. */
#ifndef HZ_API_EXAMPLES_H
#define HZ_API_EXAMPLES_H

#include "api/api.h"

#include "rules/examples.h"
#include "run/reversal.h"

/* As the number of a claim: the example as a whole. */
#define HZ_EXAMPLE_WHOLE UINT32_MAX

/* One claim of one example, decided. */
typedef struct hz_example_case {
    const hz_sources *sources; /* places of the examples file */
    const hz_example *example;
    uint32_t number;       /* of the claim, from 0; or HZ_EXAMPLE_WHOLE */
    hz_claim *claim; /* as it was decided, counters filled */
    hz_str part;     /* the plan of the part that is compared; empty: the whole */
    hz_decision *decision;
    hz_buf *out; /* where what fails is written */
    hz_buf *scratch;
} hz_example_case;

/* The decision of a claim that is whole, or a part of it; NULL: it was not decided. */
hz_decision *hz_example_decision_of(const hz_claim *whole, hz_decision *decision, const hz_claim *claim);

/* What is wrong with the names in examples that have any, as diagnostics. */
void hz_examples_check(hz_arena *arena, hz_diags *diags, const huzhu_ruleset *ruleset, const hz_examples *examples);

/* Writes `file:line:col: example ID: …` and a line end. Returns false: it failed. */
bool hz_example_report(const hz_example_case *self, hz_span span, const char *format, ...) HZ_PRINTF(3, 4);

/* Compares the keys that are expected; reports what differs, then the decision's reasons. True: nothing does. */
bool hz_example_compare(const hz_example_case *self, const hz_expectation *expected);
/* The same of a claim taken back. */
bool hz_example_compare_reversal(const hz_example_case *self, const hz_ledger *ledger, const hz_reversal *reversal,
                                 const hz_expectation *expected);

#endif
