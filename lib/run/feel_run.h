/* feel_run.h - the steps of evaluating a case, one by one: what feel_eval.c does in a row, and what the lifted conformance
 * run (tests/feel) does with values in columns.
 *
 *     begin, read the case into `given`, hz_feel_run_check, hz_feel_run_lower, hz_emit…
 */
#ifndef HZ_RUN_FEEL_RUN_H
#define HZ_RUN_FEEL_RUN_H

#include "run/feel_case.h"

typedef struct hz_feel_run {
    hz_arena *arena;
    hz_diags *diags;
    hz_sources sources;
    hz_feel_case given;
    hz_env env;
    uint32_t next_id;
    hz_ast *root;
    hz_plan plan;          /* its claim: the expression */
    hz_plan_model rules;   /* inputs: the columns that values stand in; none for `huzhu feel` */
    hz_lower lower;
    /* Told of each tree between parsing and checking, which it may change; NULL: nobody. */
    void (*parsed)(struct hz_feel_run *run, hz_ast *tree);
} hz_feel_run;

void hz_feel_run_begin(hz_feel_run *run, hz_arena *arena, hz_diags *diags);
/* Parses and checks lets and expression; false after a report. */
bool hz_feel_run_check(hz_feel_run *run);
/* Lowers the expression; its value as nodes. */
hz_bundle hz_feel_run_lower(hz_feel_run *run);
/* Where the expression's value stands, after hz_emit. */
hz_bundle hz_feel_run_value(const hz_feel_run *run);

#endif
