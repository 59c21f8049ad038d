/* check_plan.h - names, types and ranges of one plan: everything a rule file can get wrong beyond its shape.
 *
 * In: a plan as read. Out: plan->symbols filled, every expression annotated; diagnostics otherwise. Values are checked
 * in the order of their needs; a cycle is an error with its path.
 */
#ifndef HZ_PROGRAM_CHECK_PLAN_H
#define HZ_PROGRAM_CHECK_PLAN_H

#include "feel/check.h"
#include "program/plan.h"

/* Days from from to until, exclusive. */
typedef struct hz_window {
    int32_t from, until;
} hz_window;

#define HZ_ALL_DAYS ((hz_window){HZ_DATE_MIN, HZ_DATE_MAX + 1})

typedef struct hz_checker {
    hz_arena *arena;
    hz_diags *diags;
    const hz_model *model;
    hz_plan *plan;
    hz_env env;
    HZ_VEC(uint32_t) chain;           /* symbols in work, outermost first: the path of a cycle */
    bool reads_counter, reads_dated;  /* of what is checked just now */
    bool nets;                        /* benefits and `total` may be read: in counters and notes */
    hz_window asks;                   /* the days on which what is checked just now can be asked for */
    hz_window found;                  /* the days on which all it reads is in force, so far */
    hz_window within;                 /* only versions of these days count for facts */
    uint8_t *whens;                   /* per benefit: what is known of its `when`, check_items.c */
    bool none_allowed;                /* of a limit: not in force means that it does not cut */
} hz_checker;

/* Checks a whole plan. */
void hz_check_plan(hz_checker *checker);

/* ---- shared with check_items.c and check_scale.c ---- */

/* The plan's symbol of a name, checked; HZ_MAP_NONE after E_UNKNOWN_NAME. */
uint32_t hz_check_symbol_named(hz_checker *checker, hz_str name, hz_span at);
/* Refuses a name that is read on days on which it is not in force, those of checker->asks; *type is then of kind NONE. */
void hz_check_in_force(hz_checker *checker, hz_str name, hz_span at, const hz_symbol_info *info, hz_type *type);
const hz_type *hz_check_symbol(hz_checker *checker, uint32_t symbol);
/* It has its type already. */
bool hz_check_is_done(const hz_checker *checker, uint32_t symbol);
/* An expression; wanted may be NULL. NULL after a report. A boolean wanted that may be null is a report. */
const hz_type *hz_check_formula(hz_checker *checker, hz_ast *ast, const hz_type *wanted);
/* All versions of a history that can be asked for in a window; *type holds all of their values. E_NOT_IN_FORCE where
 * a version reads what is not in force on each of its days. */
bool hz_check_history(hz_checker *checker, const hz_history *history, const hz_type *wanted, hz_window window, hz_type *type);
/* Returns what absence the cap can bring to what it is over. */
uint8_t hz_check_cap_line(hz_checker *checker, const hz_line *line, const hz_type *target);

/* A thing with versions that is a name: its type, and the days on which it is in force. wanted may be NULL. False after
 * a report. */
bool hz_check_dated(hz_checker *checker, const hz_history *history, const hz_type *wanted, hz_symbol_info *info);
/* ---- origin.c ---- */
/* What names are made of, for facts of what can be null. */
hz_origin hz_origin_of(void *checker, uint32_t symbol);
const hz_ast *hz_origin_formula(void *checker, uint32_t symbol, uint32_t index);
/* Says in a hint why an expression may be null, and what would prove that it is not. before: of a condition, which can
 * test it first; else it is an item that can have a `when`. */
void hz_hint_null(hz_checker *checker, hz_diag *diag, const hz_ast *ast, bool before);
/* ---- check_tables.c ---- */
void hz_check_output(hz_checker *checker, hz_output *output, hz_symbol_info *info);
/* E_OVERLAP: two rows that match at once. */
void hz_refuse_pair(hz_checker *checker, const hz_table *table, hz_span row, hz_span other);
/* A table may have the name of one of its outputs, and of nothing else. */
void hz_check_table_names(hz_checker *checker);
/* Warns of tables that nothing uses. */
void hz_check_tables_used(hz_checker *checker);
/* ---- check_cells.c ---- */
/* A column of a table, for its cells one after another; `number` is its place in the table. */
typedef struct hz_table_column {
    hz_checker *checker;
    const hz_table *table;
    const hz_name_ref *name;
    hz_type type;
    hz_patterns *patterns;       /* of texts: the set that is being filled … */
    uint32_t bits;               /* … and its bits that are taken */
} hz_table_column;

/* Gives a cell its meaning by the type of its column: cell->test, checked. False after a report. */
bool hz_check_cell(hz_table_column *column, hz_table_cell *cell);
/* The pattern that a word in a cell of texts is; NULL after a report. */
const hz_pattern *hz_check_cell_pattern(hz_table_column *column, const hz_cell_word *word);
/* ---- check_long.c ---- */
/* Makes a look-up of a version's rows where they are many. False after a report. */
bool hz_check_long(hz_checker *checker, const hz_table *table, hz_table_version *version);
/* The version as a formula of one of its outputs. */
hz_ast *hz_long_formula(hz_checker *checker, const hz_table *table, const hz_table_version *version, uint32_t output);
void hz_check_items(hz_checker *checker);
/* ---- check_increase.c ---- */
/* Of a plan checked without errors. */
void hz_check_increases(hz_checker *checker);
/* ---- check_gaps.c ---- */
/* Warns of cases for which tables have no row; of a plan checked without errors. */
void hz_check_gaps(hz_checker *checker);
/* ---- check_turn.c ---- */
/* `in turn by`, and that the key of every counter holds it; of a package, those of its parts. */
void hz_check_turn(hz_checker *checker);
/* ---- check_part.c ---- */
/* Of a package: when a part is asked, and what its inputs are set to. */
void hz_check_part(hz_checker *checker, const hz_part *part);
/* Type and days of a scale; a type of kind NONE after a report. */
void hz_check_scale(hz_checker *checker, const hz_scale *scale, hz_symbol_info *info);
hz_window hz_window_overlap(hz_window a, hz_window b);
/* The days on which a history is in force: from its first version that is not `none` to the next `none`. */
hz_window hz_history_window(const hz_history *history);
/* A date of its own picks the versions: it must be one, and it may lie before the first of them. */
bool hz_check_own_date(hz_checker *checker, const hz_history *history, uint8_t *absent);
/* The days of an item within its plan; life may be NULL: the plan's. */
hz_window hz_life_window(const hz_plan_model *rules, const hz_life *life);

#endif
