/* lift.h - taking the literals of a case out of its expressions and into columns: for the lifted conformance run.
 *
 * A literal becomes a name whose value stands in a column. Some must stay: patterns, scales and the like are needed when
 * rules are loaded. Nobody lists their places: the checker is asked, literal by literal, what it takes. A null becomes a
 * column of a type that the checker takes, with a value in no row. What is refused because of what is written out
 * (`1 / 0`, `abs(null)`) may be taken when it stands in columns.
 */
#ifndef TESTS_FEEL_LIFT_H
#define TESTS_FEEL_LIFT_H

#include "run/feel_run.h"

#define LIFT_MOST 256

/* A literal, or a call of a constructor with a text written out; in the order of parsing, the call before its text. */
typedef struct lift_site {
    bool lifted;
    bool constructor;    /* the site behind it is its text */
    bool null;           /* the value is null; its type is that of the column */
    hz_ast *node;        /* while the case is parsed for the first time */
    hz_feel_value value; /* kind NONE: no value that a column can hold */
    char where[64];      /* what it is an argument of: "decimal 2", "**"; "": none */
} lift_site;

typedef struct lift {
    hz_feel_run run;
    hz_arena arena, keep;     /* of one parse; of the case */
    hz_diags diags;
    hz_escape escape;
    lift_site site[LIFT_MOST];
    uint32_t sites, seen;     /* seen: in this parse */
    hz_feel_value *column[LIFT_MOST]; /* what each column holds in the case's row */
    bool empty[LIFT_MOST];            /* null there as well */
    uint32_t columns;
} lift;

/* Reads the case and lifts as many of its literals as the checker takes; run is checked, columns are numbered. False: the
 * checker refuses the case as it is written. */
bool lift_case(lift *l, hz_str json);
/* After false: looks for what the checker takes when it stands in columns. False: nothing does. */
bool lift_refused(lift *l, hz_str json);
void lift_end(lift *l);

#endif
