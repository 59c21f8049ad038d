/* variants.h - one plan under several scenarios, lowered into one DAG: what scenarios have in common is one node there.
 *
 * hz_variants_add for each scenario, the first first; then hz_variants_make cuts that DAG into programs:
 *
 *     base    what the first scenario answers, the nodes that others start from, and a bit for each cone: the rows that
 *             it can touch. An ordinary program for columns.
 *     cones   what is left of some scenarios, on the rows that they can touch; the registers they start from are filled
 *             with values of the base.
 *
 * The rows of a bit may be too many, never too few: outside of them every answer is that of the first scenario.
 *
 * Where counters are carried, each scenario finds its own in them: a cone is then of one scenario, starts from nothing that a
 * counter moves, and answers what counters are afterwards. The bit says on which rows answers differ where both find the same
 * in their counters.
 *
 * Called by api/study.c; run by run/tally.h.
 */
#ifndef HZ_PROGRAM_VARIANTS_H
#define HZ_PROGRAM_VARIANTS_H

#include "program/lower.h"

/* Decimals of the numbers in the key of a counter; of what is no number 0. */
typedef struct hz_key_scales {
    int32_t of[8];
} hz_key_scales;

/* What one scenario answers, as nodes. */
typedef struct hz_variant {
    hz_ref outcome, reason, total;
    hz_column_benefit *benefits;   /* per benefit */
    hz_column_counter *counters;   /* per counter */
    hz_column_key *keys;           /* per counter */
    hz_key_scales *key_scales;     /* per counter */
    hz_ref enrolment;              /* outcome of an enrolment */
    hz_regs *fees;                 /* per fee */
    hz_str about;                  /* what it changes: paths of its settings, one a line; those of equal ones run together */
} hz_variant;

/* A register of a cone and the register of the base that it starts from. */
typedef struct hz_cone_source {
    uint32_t reg, base;
} hz_cone_source;

/* The answers of one scenario in its cone. HZ_NO_REG: as the first scenario's. */
typedef struct hz_cone_answer {
    uint32_t variant;
    uint32_t end;                  /* instructions until they are there; registers are good until the next answer's end */
    uint32_t outcome;
    uint32_t *amounts;             /* per amount of hz_variants */
    hz_column_counter *counters;   /* per counter, where they are carried; else NULL */
} hz_cone_answer;

typedef struct hz_cone {
    hz_program program;            /* where counters are carried, it reads them and the bit that something does not fit */
    uint32_t touched;              /* register of the base: bit; HZ_NO_REG: every row */
    uint32_t keys;                 /* where counters are carried: by which keys they are found, of hz_variant_programs */
    uint32_t kind;                 /* cones behind each other of one kind are touched on the same rows */
    hz_cone_source *sources;
    uint32_t source_count;
    hz_cone_answer *answers;
    uint32_t answer_count;
} hz_cone;

/* An amount that is summed. */
typedef enum hz_quantity_kind { HZ_QUANTITY_TOTAL, HZ_QUANTITY_NET, HZ_QUANTITY_GROSS } hz_quantity_kind;
typedef struct hz_quantity {
    uint8_t kind;
    uint32_t benefit;
} hz_quantity;

typedef struct hz_variants {
    hz_arena *arena;
    hz_lower lower;                /* of the DAG */
    HZ_VEC(hz_variant) list;
    hz_plan *base;                 /* of the first */
    hz_question *question;         /* likewise */
} hz_variants;

/* The programs for some amounts. */
typedef struct hz_variant_programs {
    hz_plan plan;                  /* the first scenario's, whose columns are the base */
    uint32_t outcome;              /* registers of the base */
    uint32_t *amounts;             /* per amount */
    uint32_t *kept;                /* registers of the base that something starts from, these too */
    uint32_t kept_count;
    hz_cone *cones;
    uint32_t cone_count;
    bool carried;
    hz_plan *keys;                 /* plans for keys alone, by which some scenarios find counters; before them, as number 0,
                                      stand those of the first scenario, which have no plan here */
    uint32_t key_count;            /* with those */
    uint32_t base_nodes;           /* nodes of the scenarios; behind them those that say what differs */
} hz_variant_programs;

void hz_variants_begin(hz_variants *variants, hz_arena *arena);

/* Checks and lowers the plan of this id in a model without errors. arena: the model's, which must stay for the first
 * scenario and where *stays; diags has errors where it cannot be. */
void hz_variants_add(hz_variants *variants, hz_arena *arena, hz_diags *diags, const hz_model *model, hz_str plan, hz_str about, bool *stays);

/* Into an arena of its own; variants stay as they are. carried: rows find in counters what rows before them left. diags: faults
 * of this library. */
void hz_variants_make(const hz_variants *variants, hz_arena *arena, hz_diags *diags, const hz_quantity *amounts, uint32_t amount_count,
                      bool carried, hz_variant_programs *out);

/* A counter of which equal keys may be of rows with different values of an input, under some scenario; UINT32_MAX: none. */
uint32_t hz_variants_key_without(const hz_variants *variants, uint32_t input);
/* Whether keys of every scenario are spelled (run/carry.h) as those of a plan of the same files. */
bool hz_variants_spell_as(const hz_variants *variants, const hz_plan *plan);

/* ---- order.c ---- */

/* What is known of two numbers of one row, the second against the first: a set of two bits. */
typedef enum hz_order { HZ_NO_ORDER, HZ_NOT_LESS, HZ_NOT_MORE, HZ_SAME } hz_order;

hz_order hz_order_of(const hz_lower *lower, hz_ref a, hz_ref b);
/* Whether bit b is seen to hold wherever bit a does. */
bool hz_order_implies(const hz_lower *lower, hz_ref a, hz_ref b);
/* Changes the operands of x for each other where they then are more like those of y, and their order is nothing. */
void hz_order_match(hz_node *x, const hz_node *y);

/* ---- differ.c ---- */

typedef struct hz_differ hz_differ;

/* base: per node of the DAG as it is now: the base computes it anyway. near: it may compute so many nodes more to say where a limit binds. */
hz_differ *hz_differ_new(hz_lower *lower, const bool *base, int near);
/* How many nodes it takes that the base does not compute. */
uint32_t hz_differ_cost(const hz_differ *differ, hz_ref ref);
/* Bit: the rows on which two nodes may have different values. */
hz_ref hz_differ_where(hz_differ *differ, hz_ref a, hz_ref b);

#endif
