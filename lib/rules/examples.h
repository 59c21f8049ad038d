/* examples.h - worked examples beside the rules (PLAN.examples.yaml), as read.
 *
 * Inputs and expectations stay texts: a run hands them to the same doors as any host's.
 */
#ifndef HZ_RULES_EXAMPLES_H
#define HZ_RULES_EXAMPLES_H

#include "rules/read.h"

typedef struct hz_field {
    hz_str name;
    hz_str text;   /* scalar as written */
    bool absent;   /* null: takes back what `given` gave */
    hz_span span;  /* of the value */
    hz_span name_span;
} hz_field;

typedef HZ_VEC(hz_field) hz_fields;

typedef struct hz_expected_part {
    hz_name_ref plan;
    struct hz_expectation *expected;
} hz_expected_part;

typedef struct hz_expectation {
    hz_str outcome, total, error; /* empty: not compared; error: R_… */
    hz_span outcome_span, total_span, error_span;
    hz_fields benefits;           /* benefit -> net */
    hz_fields gross;              /* benefit -> gross, where {gross, net} is written */
    hz_fields fees;
    bool has_reasons, has_missing;
    hz_name_refs reasons;         /* codes, in order, all of them */
    hz_name_refs missing;         /* names, in any order, all of them */
    hz_fields counters;           /* counter -> after */
    HZ_VEC(hz_expected_part) parts; /* of a package or an event */
    hz_span span;
} hz_expectation;

typedef struct hz_example {
    hz_str id, title, basis;
    hz_str ask;                   /* "claim" or "enrolment" */
    hz_str with;                  /* settings applied for this example, separated by line ends; empty: none */
    hz_fields counters;           /* before the first claim; others start fresh */
    HZ_VEC(hz_fields) claims;     /* `given` merged in, the claim's own fields last; of a reversal: `reverses` alone */
    HZ_VEC(hz_expectation) expect; /* one per claim */
    hz_str sum;                   /* of the totals; empty: not compared */
    hz_span span, sum_span;
} hz_example;

typedef struct hz_examples {
    hz_str plan;                  /* empty: events under several: */
    hz_name_refs plans;
    HZ_VEC(hz_example) list;
} hz_examples;

/* Reads one examples file (its bytes are added to sources); errors go to diags. Never NULL. */
hz_examples *hz_examples_read(hz_arena *arena, hz_diags *diags, hz_sources *sources, hz_file file);

#endif
