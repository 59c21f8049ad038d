/* decision.h - the answer to one claim: evaluated at once, spelled out when asked.
 *
 * evaluate fills the eager part from the program's registers: outcome, total, amounts, caps, reasons, counters. What
 * needs a walk over the rules (missing names, basis, rests_on, explanation) is done by walk.c and tell.h on the first question
 * for it, from the same registers. Memory is kept from claim to claim.
 */
#ifndef HZ_RUN_DECISION_H
#define HZ_RUN_DECISION_H

#include "run/claim.h"
#include "run/machine.h"

enum { HZ_REASON_REFUSAL = 1, HZ_REASON_CAP, HZ_REASON_NOTHING, HZ_REASON_MISSING, HZ_REASON_UNKNOWN, HZ_REASON_NOTE };

typedef struct hz_reason {
    uint8_t kind;          /* HZ_REASON_… */
    const hz_line *line;   /* NULL for built-in codes */
    hz_str code;
    hz_str about;          /* built-in: the benefit, input or value meant, or empty */
    bool outer;            /* of a part: the package says it, and its names are the package's */
} hz_reason;

/* A cap as it worked. */
typedef struct hz_cut {
    const hz_line *line;
    bool applies;          /* its `when` holds and it is in life: others are not shown */
    bool has_limit, has_used;
    int32_t scale;
    int64_t limit, used, cut;
} hz_cut;

typedef struct hz_amount {
    bool asked;
    hz_str id;
    int64_t before, after; /* gross and net of a benefit; a value around its caps */
    int32_t scale;
    uint32_t cut_begin, cut_count; /* in cuts */
} hz_amount;

typedef struct hz_move {
    uint32_t counter;
    bool has_before, has_change, has_after; /* after: a date may be none yet */
    int64_t before, change, after;
} hz_move;

/* A statement of the rules that this answer used. Its texts are worked out when asked (basis.c). */
typedef struct hz_basis_item {
    hz_str name;                 /* what follows the plan in its path: "daily_amount", "dated by", "NOT_IN_COVER" */
    hz_str output;               /* of a figure in a row of a table, whose path is name: which it gives; otherwise empty */
    const hz_provenance *from;   /* source, status, reason */
    const hz_entry *entry;       /* its version in force; NULL for what has no value (the choice of `dated by`) */
    const hz_type *type;         /* of a dated value; NULL otherwise: then it stands in rests_on only */
    hz_str unit;                 /* of a dated value, as the file spells it */
    bool has_value;              /* of a parameter, its version's; of a scale, what it came to: */
    int64_t value;
    hz_str text;                 /* the value of strings */
    bool rests_on;               /* assumed, disputed or date-assumed, and it decided this answer */
} hz_basis_item;

typedef struct hz_decision {
    hz_alloc alloc;
    const hz_plan *plan;         /* NULL: holds nothing */
    const hz_question *question;
    hz_machine machine;          /* registers of one row, kept for the walk */
    hz_claim snapshot;           /* unused fields aside: what the walk needs of the claim (ids, given states, texts) */
    struct hz_decision **parts;  /* of an event: a decision under each plan, in the order of settling; of a package likewise */
    uint32_t part_count;
    uint32_t part_room;          /* there is memory for */
    struct hz_decision *whole;   /* of a part: what it is a part of; NULL otherwise */
    const hz_part_plan *part;    /* of a part of a package: what the package says of it; NULL otherwise */
    bool closed;                 /* of a part: the package decided it, and what its own rules say does not count */
    bool asked;                  /* of such a part: they were asked all the same, and the keys of its counters are known */
    uint8_t outcome;             /* hz_outcome */
    bool has_total;
    int64_t total;
    hz_amount *benefits;  uint32_t benefit_count;
    hz_amount *values;    uint32_t value_count;
    hz_amount *fees;      uint32_t fee_count;   /* after = amount */
    hz_cut *cuts;         uint32_t cut_count;
    hz_reason *reasons;   uint32_t reason_count;
    hz_move *moves;       uint32_t move_count;
    hz_fault error;              /* of outcome FAILED */
    bool walked;                 /* missing, basis, rests_on are filled */
    hz_str *missing;      uint32_t missing_count; /* names of inputs and counters, in the plan's order */
    hz_basis_item *basis; uint32_t basis_count;   /* in the order of their use */
    uint32_t *reads;      uint32_t read_count;    /* counters, of hz_decision_find_counters */
    uint32_t *basis_slots, basis_mask; /* basis by name and output: open addressing over 1 + index, 0: free */
    uint8_t *seen;               /* per symbol and line, during the walk */
    const hz_question *laid_out; /* whose lists the block has room for */
    uint32_t part_names;         /* names of its parts that they have room for */
    unsigned char *block;        /* memory of all the lists above, sized by the plan */
    size_t block_size;
    hz_buf out;                  /* JSON, explanation, reason text: the last one asked for */
    hz_buf scratch;
} hz_decision;

bool hz_decision_begin(hz_decision *decision, const hz_alloc *alloc);
void hz_decision_end(hz_decision *decision);

/* Decides. HZ_OK or HZ_NO_MEMORY (decision then holds nothing). */
int32_t hz_decide(const hz_claim *claim, hz_decision *decision);

/* The two steps of it for what has no parts. First: room, and a copy of the claim, whose values may then be changed.
 * Second: the program, and its answer read back. more_names: room for reasons and missing names beyond the plan's own. */
int32_t hz_decision_take(hz_decision *decision, const hz_claim *claim, uint32_t more_names);
int32_t hz_decision_run(hz_decision *decision);
/* In place of the second: which counters can be read. */
int32_t hz_decision_run_bare(hz_decision *decision);

/* Which counters can be read: fills reads; of an event those of its parts. */
int32_t hz_decision_find_counters(const hz_claim *claim, hz_decision *decision);

/* What was taken, with its parts; bare: finds the counters that can be read instead. */
int32_t hz_decision_decide_taken(const hz_claim *claim, hz_decision *decision, bool bare);
/* Empties the lists. */
void hz_decision_clear(hz_decision *decision);
void hz_decision_add_reason(hz_decision *decision, uint8_t kind, const hz_line *line, hz_str code, hz_str about);
/* Of a package, once its outcome is known: its own conditions that fail for parts asked, notes, names missing. */
void hz_decision_package_reasons(hz_decision *decision);

/* ---- parts.c ---- */

/* Decides the parts of an event or a package, and what they come to together; bare: finds the counters that they can read
 * instead. HZ_OK, HZ_NO_MEMORY. */
int32_t hz_decision_decide_parts(const hz_claim *claim, hz_decision *decision, bool bare);
/* Runs a part that was taken, with the counters as the parts before it left them. */
int32_t hz_decision_settle(hz_decision *part);

/* ---- package.c ---- */

/* Whether the package asks its part, and with what: closes part if it does not, otherwise sets its inputs. HZ_OK,
 * HZ_NO_MEMORY. */
int32_t hz_package_begin_part(hz_decision *part, uint32_t index);
/* Conditions of the package for this part that are open hold up what the part itself would pay. */
void hz_package_end_part(hz_decision *part, uint32_t index);

void hz_decision_end_parts(hz_decision *decision);

/* ---- format.c ---- */

/* The key of a counter as one JSON object, appended: texts and codes as strings, dates as "YYYY-MM-DD", numbers as
 * strings with their decimals, null where there is none. */
void hz_decision_counter_key(const hz_decision *decision, uint32_t counter, hz_buf *out);

/* A counter's or amount's value as text: money with its decimals, true/false, a date, a whole number, a code's id. */
void hz_format_by_type(const hz_type *type, int64_t value, hz_buf *out);

/* ---- walk.c ---- */

/* Fills missing and basis unless done; allocates nothing. */
void hz_decision_walk(hz_decision *decision);
/* Of a package: what is missing for it to say whether a part is asked and eligible, added to the part's missing names. */
void hz_decision_walk_part(hz_decision *package, uint32_t index, hz_decision *part);

/* ---- counter_key.c ---- */

/* The first counter that was given with another key than this claim reads; UINT32_MAX: none. */
uint32_t hz_decision_counter_of_other_key(hz_decision *decision);

/* ---- fault.c ---- */

/* Fills error with the code and place of what could not be computed. */
void hz_decision_find_fault(hz_decision *decision);
/* The same of one expression, which is in error and stands at name. */
void hz_decision_fault_in(hz_decision *decision, const hz_ast *ast, hz_str name, hz_fault *error);

/* ---- basis.c ---- */

/* "inpatient-allowance.daily_amount", "group-accident.death_of_tier[tier_26].death_amount", appended. */
void hz_basis_path(const hz_decision *decision, const hz_basis_item *item, hz_buf *out);
/* The type of a version of a parameter, be it of a reading that is not taken, which has decimals of its own. */
hz_type hz_figure_type(const hz_parameter *parameter, const hz_entry *entry);
/* "40", "P2Y", "true"; nothing for what has no value. */
void hz_basis_value(const hz_basis_item *item, hz_buf *out);
/* "2011-01-01", "2015-07", "always". */
void hz_since_text(const hz_since *since, hz_buf *out);
/* Ids of its sources, joined with a comma. */
void hz_basis_sources(const hz_decision *decision, const hz_basis_item *item, hz_buf *out);
/* How well it is known; empty: nobody says, as of a bare `none`. */
hz_str hz_basis_status(const hz_basis_item *item);
/* "published", "reported", … */
hz_str hz_standing_name(uint8_t standing);

/* ---- reason_text.c ---- */

/* A reason's text in a language (0 zh, 1 en), values filled in, appended to out. */
void hz_decision_reason_text(hz_decision *decision, uint32_t reason, uint32_t language, hz_buf *out);
/* ---- explain_text.c, explain_json.c ---- */

/* The tree from the total down, appended to decision->out: for a clerk in a terminal; as one JSON object on one line. */
void hz_decision_explain_text(hz_decision *decision, uint32_t language);
void hz_decision_explain_json(hz_decision *decision, uint32_t language);
/* The answer in a few words, "360.00 yuan to be paid", appended. */
void hz_explain_outcome(const hz_decision *decision, uint32_t language, hz_buf *out);

/* ---- write.c ---- */

/* "paid", "nothing_due", …; empty for HZ_OUTCOME_NONE. */
hz_str hz_outcome_name(uint32_t outcome);

/* `"ruleset":{…}`, appended: which rules answered. */
void hz_write_ruleset(const hz_model *ruleset, hz_buf *out);
/* The whole decision as one JSON line (without line end) into decision->out. line 0: none. */
void hz_decision_write_json(hz_decision *decision, uint32_t language, uint64_t line);

#endif
