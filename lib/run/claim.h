/* claim.h - one set of inputs and counters for one plan, as the host gave them.
 *
 * A value is checked when it is set (type, range, scale, code); what does not fit is kept as BAD with its code, so that
 * the decision names it. Texts are copied into the claim. An event under several plans is a claim too, whose parts are
 * the claims under each of them.
 */
#ifndef HZ_RUN_CLAIM_H
#define HZ_RUN_CLAIM_H

#include "base/buf.h"
#include "program/plan.h"
#include "source/json.h"

typedef enum hz_given_state { HZ_ABSENT, HZ_GIVEN, HZ_BAD } hz_given_state;

/* How its key was written: by its name alone, or behind that of its plan, which counts more. */
enum { HZ_SEEN_PLAIN = 1, HZ_SEEN_QUALIFIED = 2 };

typedef struct hz_given {
    uint8_t state;       /* hz_given_state */
    uint8_t wrong;       /* of BAD: hz_wrong, what exactly does not fit */
    uint8_t seen;        /* HZ_SEEN_…: its key stood in the JSON text */
    hz_code problem;     /* of BAD: an R_ code */
    int64_t value;       /* booleans 0/1, coefficients at the input's scale, dates, code indices; of a BAD code the
                            index of the nearest one, or -1 */
    uint32_t text_begin, text_size; /* of texts: in the claim's texts */
} hz_given;

/* What is wrong with a value, finer than its code: each has a hint of its own. */
typedef enum hz_wrong {
#define HZ_WRONG(name, code, message, hint, zh, zh_hint) HZ_WRONG_##name,
#include "run/wrong.def"
#undef HZ_WRONG
    HZ_WRONG_COUNT
} hz_wrong;

/* What is wrong with a claim beyond single values, and what is to be done. */
typedef enum hz_fault_id {
#define HZ_FAULT(id, code, en, zh) HZ_FAULT_##id,
#define HZ_HINT(id, en, zh)
#include "run/faults.def"
#undef HZ_FAULT
#undef HZ_HINT
    HZ_FAULT_COUNT
} hz_fault_id;

typedef enum hz_hint_id {
#define HZ_FAULT(id, code, en, zh)
#define HZ_HINT(id, en, zh) HZ_HINT_##id,
#include "run/faults.def"
#undef HZ_FAULT
#undef HZ_HINT
    HZ_HINT_COUNT
} hz_hint_id;

/* An error of a claim. It holds no pointer into the claim: it may be copied and outlive it. */
typedef struct hz_fault {
    bool is;
    hz_code code;        /* R_… */
    hz_str input;        /* the input or counter at fault, a name of the plan; or empty */
    char key[64];        /* a key of the JSON text that is no name of the plan, cut to fit; or "" */
    char message[200];   /* NUL-terminated, names and places only */
    char hint[160];      /* or "" */
    char message_zh[256];/* the same in Chinese, for explanations; of an input without its name, which stands before it */
    char hint_zh[256];
} hz_fault;

typedef struct hz_claim {
    const hz_plan *plan;
    hz_given *inputs;    /* per input */
    hz_given *counters;  /* per counter */
    hz_buf texts;        /* bytes of the texts given */
    hz_buf id;           /* echoed; JSON text of it (a quoted string or a number as written), empty: none */
    hz_buf reverses;     /* id of the claim to take back, likewise; not empty: no claim but a reversal, and fault says so */
    bool enrolment;      /* the question asked */
    bool fresh;          /* counters not given start */
    hz_fault fault;      /* of the claim as a whole, not of one input: malformed JSON, an unknown key, … */
    hz_buf scratch;
    hz_workspace workspace;  /* for the patterns of texts */
    struct hz_claim **parts; /* of an event the claims under its plans, in the order in which they are settled; of a
                                package those of its parts, whose inputs are set when it is decided: only counters count */
    uint32_t part_count;     /* those asked */
    uint32_t part_room;      /* begun; the ones beyond part_count wait until they are asked again */
    hz_alloc alloc;
} hz_claim;

/* False: no memory. */
bool hz_claim_begin(hz_claim *claim, const hz_plan *plan, const hz_alloc *alloc);
/* The same without parts: what a decision keeps. */
bool hz_claim_begin_alone(hz_claim *claim, const hz_plan *plan, const hz_alloc *alloc);
void hz_claim_end(hz_claim *claim);
/* Nothing given any more; the plans of an event stay. */
void hz_claim_reset(hz_claim *claim);

/* Setters: HZ_OK, HZ_DATA (kept as BAD), HZ_INVALID_ARGUMENT (not for this type of input), HZ_NO_MEMORY. */
int32_t hz_claim_set_text(hz_claim *claim, uint32_t input, hz_str text);
int32_t hz_claim_set_code(hz_claim *claim, uint32_t input, hz_str code);
int32_t hz_claim_set_boolean(hz_claim *claim, uint32_t input, bool value);
int32_t hz_claim_set_date(hz_claim *claim, uint32_t input, int64_t days);
int32_t hz_claim_set_decimal(hz_claim *claim, uint32_t input, hz_decimal value);
/* From the text form: "2016-03-01", "1300.00", "true", "illness". */
int32_t hz_claim_set_value(hz_claim *claim, uint32_t input, hz_str text);
int32_t hz_claim_set_absent(hz_claim *claim, uint32_t input);
int32_t hz_claim_set_counter(hz_claim *claim, uint32_t counter, int64_t value);
int32_t hz_claim_set_counter_text(hz_claim *claim, uint32_t counter, hz_str text);
/* The id as a text; it will be echoed as a JSON string. */
int32_t hz_claim_set_id(hz_claim *claim, hz_str id);
/* The id of the claim that this one takes back. */
int32_t hz_claim_set_reverses(hz_claim *claim, hz_str id);

/* ---- claim_parts.c ---- */

/* Begins the claims of a package's parts; false: no memory. */
bool hz_claim_begin_parts(hz_claim *claim);

/* Asks one more plan of an event. HZ_OK, HZ_INVALID_ARGUMENT (no event, or asked already), HZ_NO_MEMORY. */
int32_t hz_claim_ask_plan(hz_claim *event, const hz_plan *plan);
/* No plan is asked any more. */
void hz_claim_ask_none(hz_claim *event);

/* Calls each for every input or counter (kind) that a name means: of an event, `name` is that of every plan which has
 * it, and `plan.name` that of one. Returns how many there are. */
typedef void hz_each_named(void *context, hz_claim *claim, uint32_t index, bool qualified);
uint32_t hz_claim_each_named(hz_claim *claim, hz_str name, hz_symbol_kind kind, hz_each_named *each, void *context);
/* hz_claim_set_value by name; the worst status of all that were set, HZ_NOT_FOUND: there is no such input. */
int32_t hz_claim_set_named(hz_claim *claim, hz_str name, hz_str text);

/* The plans that an event may name; find: NULL when there is none of that id. at: the names of all, for help with a
 * misspelt one. */
typedef struct hz_plan_finder {
    const hz_plan *(*find)(void *context, hz_str id);
    hz_str (*at)(void *context, uint32_t index); /* empty: no more */
    void *context;
} hz_plan_finder;

/* Resets and fills from one JSON object; HZ_DATA when anything did not fit. plans: of an event, which `plans` of the text
 * may name; NULL: those asked already are asked. */
int32_t hz_claim_read_json(hz_claim *claim, hz_str json, const hz_plan_finder *plans);

/* What makes the claim's decision an error, with message and hint: the fault, else the first bad input in the plan's
 * order, else the first bad counter. False: nothing does. */
bool hz_claim_error(const hz_claim *claim, hz_fault *out);

/* ---- fault_text.c ---- */

/* Makes it this fault, about a key that is no name of the plan (empty: about the whole claim). False: it is one already,
 * and the first one stays. */
bool hz_fault_set(hz_fault *fault, hz_fault_id id, hz_str key, const hz_str *arguments);
void hz_fault_hint(hz_fault *fault, hz_hint_id id, const hz_str *arguments);

/* The name in a fault: input, or key. */
static inline hz_str hz_fault_name(const hz_fault *fault)
{
    return fault->input.len > 0 ? fault->input : hz_str_from(fault->key);
}

/* The text of a text input. */
static inline hz_str hz_claim_text(const hz_claim *claim, const hz_given *given)
{
    return (hz_str){claim->texts.at + given->text_begin, given->text_size};
}

#endif
