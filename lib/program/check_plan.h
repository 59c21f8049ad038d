/* check_plan.h - names, types and ranges of one plan: everything a rule file can get wrong beyond its shape.
 *
 * In: a plan as read. Out: plan->symbols filled, every expression annotated; diagnostics otherwise. Values are checked
 * in the order of their needs; a cycle is an error with its path.
 */
#ifndef HZ_PROGRAM_CHECK_PLAN_H
#define HZ_PROGRAM_CHECK_PLAN_H

#include "feel/check.h"
#include "program/plan.h"

typedef struct hz_checker {
    hz_arena *arena;
    hz_diags *diags;
    const hz_model *model;
    hz_plan *plan;
    hz_env env;
    HZ_VEC(uint32_t) chain;           /* symbols in work, outermost first: the path of a cycle */
    bool reads_counter, reads_dated;  /* of what is checked just now */
    bool nets;                        /* benefits and `total` may be read: in counters and notes */
} hz_checker;

/* Checks a whole plan. */
void hz_check_plan(hz_checker *checker);

/* ---- shared with check_items.c ---- */

/* The plan's symbol of a name, checked; HZ_MAP_NONE after E_UNKNOWN_NAME. */
uint32_t hz_check_symbol_named(hz_checker *checker, hz_str name, hz_span at);
const hz_type *hz_check_symbol(hz_checker *checker, uint32_t symbol);
/* An expression; wanted may be NULL. NULL after a report. A boolean wanted that may be null is a report. */
const hz_type *hz_check_formula(hz_checker *checker, hz_ast *ast, const hz_type *wanted);
/* All versions of a history; *type holds all of their values. from: the first day something can ask for it. */
bool hz_check_history(hz_checker *checker, const hz_history *history, const hz_type *wanted, int32_t from, hz_type *type);
void hz_check_cap_line(hz_checker *checker, const hz_line *line, const hz_type *target);
void hz_check_items(hz_checker *checker);
int32_t hz_life_from(const hz_plan_model *rules, const hz_life *life);

#endif
