/* plan.h - a compiled plan: for each question its program, and where in it each part of the answer stands.
 *
 * Made by hz_compile from a model without errors; immutable; lives in the ruleset's arena.
 */
#ifndef HZ_PROGRAM_PLAN_H
#define HZ_PROGRAM_PLAN_H

#include "program/program.h"

typedef struct hz_plan hz_plan;

/* One cap over one value or benefit, as applied. */
typedef struct hz_cap_site {
    uint32_t line;        /* index into the plan's caps */
    hz_regs applies;      /* boolean: in life and its `when` holds; value HZ_NO_REG: always */
    hz_regs limit;        /* null where the limit is `none` */
    hz_regs used;         /* the counter before; value HZ_NO_REG: no counter */
    hz_regs before, after;/* of the value or benefit, around this cap */
    int32_t scale;        /* of before, after, limit, used */
} hz_cap_site;

typedef HZ_VEC(hz_cap_site) hz_cap_sites;

typedef struct hz_condition_site {
    uint32_t line;        /* index into checks, eligibility or notes */
    hz_regs holds;        /* boolean: `not(when) or require`; of a note: its `when`. Out of its life: holds; a note: not */
} hz_condition_site;

typedef HZ_VEC(hz_condition_site) hz_condition_sites;

typedef struct hz_benefit_site {
    hz_regs asked;        /* boolean: its `when`; value HZ_NO_REG: always */
    uint32_t offered;     /* bit: inside its life; HZ_NO_REG: always */
    hz_condition_sites conditions; /* those with `for` naming it */
    hz_regs gross, net;   /* money */
    hz_cap_sites caps;    /* in file order */
} hz_benefit_site;

/* A value with caps over it. */
typedef struct hz_value_site {
    uint32_t value;       /* index into the plan's values */
    hz_regs before, after;
    int32_t scale;
    const hz_type *type;
    hz_cap_sites caps;
} hz_value_site;

/* A part of a package, in the package's program. What its inputs are set to are expressions of it. */
typedef struct hz_part_site {
    hz_regs asked;        /* boolean: its `when`; value HZ_NO_REG: always */
    hz_condition_sites conditions; /* of the package's eligibility, those with `for` naming it */
} hz_part_site;

/* In the slot of a counter that is a date without a start: there is none yet. */
#define HZ_NO_DATE INT32_MIN

/* A bracket of a marginal scale: how much of the number lies in it, and that times its rate. */
typedef struct hz_slice_site {
    const hz_bracket *bracket;
    uint32_t slice, amount; /* registers; they count where the scale has a value and its version is in force */
    int32_t places;         /* scale of slice; amount has the rate's decimals as well */
} hz_slice_site;

typedef struct hz_counter_site {
    hz_regs key[8];       /* a value per name of `per`; value HZ_NO_REG beyond */
    uint32_t keys;
    hz_regs moves;        /* boolean: a benefit it names is asked; value HZ_NO_REG: always */
    hz_regs change;       /* of sums */
    hz_regs after;
} hz_counter_site;

/* What the outcome of a row is, as the program's last result: the numbers of HUZHU_PAID… */
typedef enum hz_outcome {
    HZ_OUTCOME_NONE, HZ_PAID, HZ_NOTHING_DUE, HZ_REFUSED, HZ_INCOMPLETE, HZ_UNDETERMINED, HZ_FAILED, HZ_ACCEPTED,
    HZ_NOT_ASKED /* of a part whose `when` does not hold; no program gives it */
} hz_outcome;

/* Registers of a benefit's amounts in minor units; 0 where the row is neither paid nor nothing due. */
typedef struct hz_column_benefit {
    uint32_t gross, net;
    uint32_t not_offered; /* bit: a row's reasons have NOT_OFFERED for it; HZ_NO_REG: never */
} hz_column_benefit;

/* A counter after the claim, and the bit that it was neither given nor set. */
typedef struct hz_column_counter {
    uint32_t value, absent; /* absent: HZ_NO_REG: never */
    uint32_t moved;         /* bit: the claim is settled and moves it, be it by nothing */
} hz_column_counter;

/* The key of a counter, worked out from inputs alone. Of what is null value means nothing. */
typedef struct hz_column_key {
    uint32_t count;
    uint32_t value[8], null[8]; /* null: HZ_NO_REG: never */
    uint32_t open;              /* bit: some part of it is missing, unknown or in error; HZ_NO_REG: never */
} hz_column_key;

/* What an input of a part is, in the columns of its package. */
typedef struct hz_column_passed {
    bool given;             /* what the host gave the package's input; else: */
    int32_t scale;          /* of numbers */
    uint32_t value, absent; /* HZ_NO_REG: it never has one; is never absent */
} hz_column_passed;

/* What a package says of a part, where its own program finds nothing that stands against its parts. */
typedef struct hz_column_part {
    uint32_t verdict; /* i32: HZ_OUTCOME_NONE: its rules are asked; else the outcome that the package gives it */
    uint32_t reason;  /* i32: the number of what refuses it, among the part's reasons; 0: nothing */
    uint32_t hold;    /* i32: HZ_INCOMPLETE or HZ_UNDETERMINED: conditions of the package for it are open; else 0 */
    hz_column_passed *inputs; /* per input of the part */
} hz_column_part;

/* Where a value stands that may be a list: a list's registers hold its length, with masks of its own, and its items are
 * as many as its type allows at most; those from the length on hold anything. */
typedef struct hz_bundle hz_bundle;
struct hz_bundle {
    hz_regs self;
    hz_bundle *item;
    uint32_t count;
};

/* The same claim question for columns: only what a batch gives back is kept alive. */
typedef struct hz_column_program {
    hz_program program;
    uint32_t outcome, reason;       /* i32: hz_outcome; hz_plan_reason */
    uint32_t *listed;               /* per number of a reason, from 0: bit: a row's reasons have it; HZ_NO_REG: never */
    uint32_t listed_count;
    uint32_t total;                 /* i64, as a benefit's */
    uint32_t has_total;             /* bit: the outcome has one */
    hz_column_benefit *benefits;    /* per benefit */
    hz_column_counter *counters;    /* per counter */
    hz_column_key *keys;            /* per counter */
    hz_column_part *parts;          /* per part of a package */
    hz_bundle *kept;                /* a value of an expression alone, whole at the end of a chunk; NULL: none */
} hz_column_program;

/* One question a plan answers. */
typedef struct hz_question {
    hz_program program;
    hz_regs *expression;         /* per expression id (ast.h), from 1: its registers; value HZ_NO_REG: not used here */
    hz_bundle **list;            /* per expression id: of an expression that is a list; else NULL */
    hz_regs *symbol;             /* per symbol of the model, likewise; a benefit is its net */
    hz_regs dated_by;            /* the date that picks versions */
    uint32_t in_force;           /* bit: that date lies in the plan's life; HZ_NO_REG: always */
    hz_condition_sites checks;   /* of the claim */
    hz_condition_sites conditions; /* of the whole claim, or of the enrolment */
    hz_benefit_site *benefits;   /* per benefit; NULL for an enrolment */
    HZ_VEC(hz_value_site) values;
    HZ_VEC(hz_slice_site) slices;
    hz_part_site *parts;         /* per part; NULL for an enrolment */
    hz_counter_site *counters;   /* per counter; NULL for an enrolment */
    hz_condition_sites notes;
    hz_regs *fees;               /* per fee; NULL for a claim */
    hz_regs total;               /* money; of a claim */
    uint32_t outcome;            /* i32: hz_outcome */
    uint32_t input_error;        /* bit the host sets: an input was bad */
    bool *reads_input;           /* per input: some instruction can read it */
} hz_question;

/* What the checker knows of a name. */
typedef struct hz_symbol_info {
    hz_type type;                /* valid once checked; of a value with caps: after them */
    hz_type raw;                 /* of a value with caps: before them */
    uint8_t state;               /* check_plan.c: untouched, in work, done */
    bool used;                   /* something reads it */
    bool reads_counter, reads_dated; /* it, or what it is made of */
    int32_t from, until;         /* days on which it is in force; until exclusive */
} hz_symbol_info;

/* Where an input of a part comes from. */
typedef struct hz_part_input {
    const hz_ast *set;           /* an expression of the package, or NULL: */
    uint32_t input;              /* an input of the package, as given; */
    bool worked;                 /* or as the package understands it: with its default, or null where its `when` fails */
} hz_part_input;

/* A part of a package: a compiled plan of its own. */
typedef struct hz_part_plan {
    const hz_part *rules;
    hz_plan *plan;
    hz_part_input *inputs;       /* per input of the part */
} hz_part_plan;

struct hz_plan {
    const hz_model *ruleset;
    const hz_plan_model *rules;
    hz_symbol_info *symbols;     /* per symbol of the model */
    hz_question claim, enrolment;
    hz_question claim_given;     /* the same claim where every required input and every counter is there and all fit: what
                                    asks for the missing is not in it */
    hz_column_program columns;   /* of the claim */
    uint32_t expressions;        /* ids given out + 1 */
    const hz_plan *package;      /* of a part of one; else NULL */
    hz_part_plan *parts;         /* of a package, in order */
    uint32_t part_count;
    bool event;                  /* no plan of the files: several of them are asked about one event, and this one has
                                    neither rules nor programs of its own */
};

/* Codes of reasons numbered from 1 for columns: checks, PLAN_NOT_IN_FORCE, eligibility, NOT_OFFERED, caps, notes,
 * ZERO_AMOUNT, MISSING, UNKNOWN_VALUE; of a part of a package, the package's eligibility. 0: none. */
hz_str hz_plan_reason(const hz_plan *plan, int32_t number);
int32_t hz_plan_reason_count(const hz_plan *plan);
/* Whether a number is that of a cap; which is that of NOT_OFFERED. */
bool hz_plan_reason_is_cap(const hz_plan *plan, int32_t number);
int32_t hz_plan_reason_not_offered(const hz_plan *plan);
/* The number of MISSING. */
int32_t hz_plan_reason_missing(const hz_plan *plan);
/* The deciding reason of a package that comes to an outcome by its parts. own: the one that its program gave where there
 * was nothing due; unknown: it needs a value that nobody published to say what its parts are asked. */
int32_t hz_package_reason(const hz_plan *package, int32_t own, uint8_t outcome, bool unknown);

/* Checks and compiles every plan of the model. Errors go to diags; NULL when there are any (of any earlier stage
 * too). *count plans, in the model's order; behind them stands the one for events under several plans. */
hz_plan *hz_compile(hz_arena *arena, hz_diags *diags, const hz_model *model, uint32_t *count);

/* Checks one plan of the model, plan->ruleset and plan->rules, which then may be lowered if there are no errors. */
void hz_compile_check(hz_arena *arena, hz_diags *diags, const hz_model *model, hz_plan *plan);

/* How an amount is rounded: its own way, the plan's, or the ruleset's; not given: never. own may be NULL. */
const hz_round *hz_plan_round(const hz_plan *plan, const hz_round *own);

/* An amount as it is paid: rounded, at the currency's scale; wide where 64 bits may not hold it so. type: of the formula. */
hz_type hz_amount_type(const hz_plan *plan, const hz_type *type, const hz_round *own);

/* Decimals at which a scale compares: those of what it works on, of its start and of all ends of brackets. Checked. */
int32_t hz_scale_places(const hz_scale *scale);

/* The nearest known name, for did-you-mean across a plan's namespace. */
hz_str hz_plan_nearest(const hz_plan_model *rules, hz_str name);

#endif
