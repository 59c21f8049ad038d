/* lower.h - from checked expressions to the DAG: what each operator does to values and to the four kinds of absence.
 *
 * logic.c holds Kleene's logic and choice on masks, lower.c the expressions, symbols.c the names of a plan.
 */
#ifndef HZ_PROGRAM_LOWER_H
#define HZ_PROGRAM_LOWER_H

#include "program/dag.h"
#include "program/plan.h"

/* Where a program is put together, one after the other. */
typedef struct hz_emit_room {
    hz_node *nodes;      /* a copy of the DAG's, for one program alone */
    uint32_t *reg;       /* per node: how often it is read, then its register + 1; 0: not live */
    uint32_t *byte;      /* per node: whether bytes are made of it, then their register; 0: none are */
    uint32_t room;       /* nodes that there is memory for */
    const hz_kernel_set *set; /* of this machine, asked once: the question is slow on virtual ones */
} hz_emit_room;

typedef struct hz_lower {
    hz_arena *arena;
    hz_dag dag;
    hz_emit_room emit;
    hz_plan *plan;
    hz_question *question;
    uint8_t *done;       /* per symbol: lowered into question->symbol */
    hz_regs date;        /* of `dated by` */
    bool given;          /* every required input and every counter is there and all fit: nothing of them is missing */
    /* Reads of names that are not symbols of a plan (huzhu feel); NULL for plans. */
    hz_regs (*name)(struct hz_lower *lower, const hz_ast *ast);
    hz_bundle (*list_name)(struct hz_lower *lower, const hz_ast *ast); /* likewise, of lists */
    hz_bundle **list;    /* per expression id: a list as nodes */
} hz_lower;

/* A value without masks. */
static inline hz_regs hz_sure(hz_ref value)
{
    return (hz_regs){value, HZ_FALSE, HZ_FALSE, HZ_FALSE, HZ_FALSE};
}

/* ---- logic.c ---- */

/* The masks of an operator that needs both operands; value is the caller's. */
hz_regs hz_strict(hz_dag *dag, hz_ref value, hz_regs a, hz_regs b);
hz_regs hz_and(hz_dag *dag, hz_regs a, hz_regs b);
hz_regs hz_or(hz_dag *dag, hz_regs a, hz_regs b);
hz_regs hz_not(hz_dag *dag, hz_regs a);
/* if condition then a else b; a null condition takes b. */
hz_regs hz_choose(hz_dag *dag, hz_regs condition, hz_regs a, hz_regs b);
/* bit ? a : b, where the bit is known. */
hz_regs hz_choose_bit(hz_dag *dag, hz_ref bit, hz_regs a, hz_regs b);
hz_ref hz_surely_true(hz_dag *dag, hz_regs a);
hz_ref hz_surely_false(hz_dag *dag, hz_regs a);
/* error where condition holds and every operand (whose masks out has) is a value. */
hz_regs hz_raise(hz_dag *dag, hz_regs out, hz_ref condition);
/* `=`: null = null is true. */
hz_regs hz_equal(hz_dag *dag, hz_regs a, hz_regs b);

/* ---- lower.c ---- */

/* An expression; recorded under its id in the question. */
hz_regs hz_lower_expression(hz_lower *lower, const hz_ast *ast);
/* value of scale from, at scale to (>= from); i64. */
hz_ref hz_lower_rescale(hz_lower *lower, hz_ref value, int32_t from, int32_t to);
/* A value of one type as one of another, which holds all values of it: at the other's scale, on the other's path. What is
 * no number, duration or time stays as it is. */
hz_ref hz_lower_convert(hz_lower *lower, hz_ref value, const hz_type *from, const hz_type *to);
uint8_t hz_column_of(const hz_type *type);
/* A constant of a type's column. */
hz_ref hz_lower_constant(hz_lower *lower, const hz_type *type, hz_i128 value, hz_str text);

/* ---- lower_table.c ---- */

/* One output of a decision table's version. */
hz_regs hz_lower_table(hz_lower *lower, const hz_ast *ast);

/* ---- lower_long.c ---- */

/* The same of a version with very many rows. */
hz_regs hz_lower_long(hz_lower *lower, const hz_ast *ast);

/* ---- symbols.c ---- */

/* Slots of input nodes: value and absence of each input, then of each counter, then the bad-input bit. */
static inline uint32_t hz_slot_input(uint32_t input) { return 2 * input; }
static inline uint32_t hz_slot_counter(const hz_plan *plan, uint32_t counter) { return 2 * (plan->rules->inputs.count + counter); }
static inline uint32_t hz_slot_bad(const hz_plan *plan) { return hz_slot_counter(plan, plan->rules->counters.count); }

hz_regs hz_lower_symbol(hz_lower *lower, uint32_t symbol);
/* A counter as the host gave it. */
hz_regs hz_lower_counter_before(hz_lower *lower, uint32_t index);
/* The version in force on the date: entries lowered by scale to `type`. */
hz_regs hz_lower_history(hz_lower *lower, const hz_history *history, const hz_type *type);
/* The type that holds the numbers of all formulas of a history. */
hz_type hz_formulas_type(const hz_history *history);
/* The same for what lower_version makes of a version. */
typedef hz_regs hz_lower_version(hz_lower *lower, const hz_entry *entry, const void *context);
hz_regs hz_lower_versions(hz_lower *lower, const hz_history *history, hz_lower_version *version, const void *context);
/* Bit: the date lies in the life. */
hz_ref hz_lower_life(hz_lower *lower, const hz_life *life);
/* Applies the plan's caps over a value. */
hz_regs hz_lower_value_caps(hz_lower *lower, uint32_t value, hz_regs before);
/* One cap's limit and counter at a scale, and whether it applies; room = max(0, limit - used). */
hz_cap_site hz_lower_cap(hz_lower *lower, uint32_t line, int32_t scale, hz_regs *room);

/* ---- lower_set.c ---- */

/* Whether code x is in the set that a parameter is on the date. */
hz_regs hz_lower_among(hz_lower *lower, const hz_ast *x, const hz_ast *set);
/* How many codes are in it. */
hz_regs hz_lower_set_count(hz_lower *lower, const hz_ast *set);

/* ---- lower_scale.c ---- */

hz_regs hz_lower_scale(hz_lower *lower, const hz_scale *scale, const hz_type *type);

/* ---- question.c ---- */

/* Lowers one question of the plan; lower is set up with plan and question. */
void hz_lower_claim(hz_lower *lower);
void hz_lower_enrolment(hz_lower *lower);

/* ---- results.c ---- */

/* Lowers what columns give back of the claim question, as numbers of nodes. */
void hz_lower_results(hz_lower *lower, hz_column_program *columns);

/* ---- results_part.c ---- */

/* What the package says of a part of it, likewise. */
void hz_lower_part_results(hz_lower *lower, uint32_t part, hz_column_part *out);

/* ---- compile.c ---- */

/* Sets up for a question of lower->plan; the DAG is left as it is. */
void hz_lower_begin(hz_lower *lower, hz_question *question, bool given);
/* A program that is not sound is an error of this library. */
void hz_lower_verify(hz_lower *lower, hz_diags *diags, const hz_program *program);

/* ---- emit.c ---- */

/* The program for columns, from its results alone; before hz_emit. */
void hz_emit_columns(hz_lower *lower, hz_column_program *columns);
/* A program of some nodes alone, numbers of nodes before and of registers after. leaves: per node: it is not computed but
 * filled; from[i] is then the node that program->filled[i] is filled with. */
void hz_emit_part(hz_lower *lower, hz_program *program, uint32_t *roots, uint32_t root_count, const bool *leaves, const hz_ref **from);
/* Turns the DAG into the question's program and every node number in the question into a register. */
void hz_emit(hz_lower *lower);

#endif
