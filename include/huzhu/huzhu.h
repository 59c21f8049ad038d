/* huzhu.h - the C interface of libhuzhu. This header is the manual.
 *
 * libhuzhu answers one question exactly: given this plan, this member and this event, is a benefit due, how much,
 * which caps cut it, and why? The rules are YAML files; the library knows no plan by name.
 *
 * The objects and their order of use:
 *
 *     huzhu_ruleset   loaded once from a folder or from memory; immutable, counted, shared by any number of threads
 *     huzhu_plan      a plan of a ruleset; borrowed from it, lives as long as it does
 *     huzhu_claim     one set of inputs for one plan; mutable, one thread at a time, reused claim after claim
 *     huzhu_decision  the answer; reused, owns everything it hands out until the next evaluate into it
 *     huzhu_ledger    optional: counters kept in memory from claim to claim (a host with a database keeps its own)
 *     huzhu_batch     many claims at once, as columns in the host's memory
 *
 *     huzhu_ruleset_load -> huzhu_ruleset_plan_find -> huzhu_claim_new, huzhu_decision_new
 *     per claim: huzhu_claim_reset, huzhu_claim_set_…, huzhu_claim_evaluate, huzhu_decision_…
 *
 * Conventions
 *   Status     Every call that can fail returns a huzhu_status. A refused claim or an input out of range is HUZHU_OK:
 *              the decision says it. Output arguments are written on HUZHU_OK only, unless said otherwise.
 *   Texts      UTF-8. In: pointer and size in bytes; HUZHU_NUL as size means "ends with NUL". Out: huzhu_text, whose
 *              data is also NUL-terminated, borrowed from the object it came from.
 *   Money      In units of 分 (int64), or as coefficient and scale, or as text ("360.00"). Never a binary float.
 *   Dates      As days since 1970-01-01, as year, month, day, or as text "YYYY-MM-DD". Years 1 to 9999.
 *   Language   A `language` argument is HUZHU_ZH or HUZHU_EN.
 *   NULL       An object argument must not be NULL unless the function says so (HUZHU_INVALID_ARGUMENT). The functions
 *              that free or release accept NULL and do nothing.
 *   Structs    Transparent structs begin with struct_size: set it to sizeof the struct before the call. They only grow
 *              at the end.
 *   Threads    Rulesets and plans: all functions at any time from any thread. A claim, decision, batch, ledger, diagnostics
 *              or output object: one thread at a time. The library makes no threads, prints nothing, never aborts, reads
 *              no clock and no locale, and does no input or output except in the functions that take a path.
 *   Memory     After one evaluate of a kind (warm-up) further ones allocate nothing.
 *   Since      All functions: 0.1.
 */
#ifndef HUZHU_HUZHU_H
#define HUZHU_HUZHU_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define HUZHU_API __attribute__((visibility("default")))
#else
#define HUZHU_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------------------------------- */

/* The ABI this header describes. A binding compares it with huzhu_abi_version() before anything else. */
#define HUZHU_ABI_VERSION 1

/* The ABI of the library that was linked. */
HUZHU_API uint32_t huzhu_abi_version(void);

/* The library's version, such as "0.1.0"; static. */
HUZHU_API const char *huzhu_version_text(void);

/* ---- Status ----------------------------------------------------------------------------------------------------- */

typedef int32_t huzhu_status;

#define HUZHU_OK 0
#define HUZHU_INVALID_ARGUMENT 1 /* a NULL, a bad index, a struct_size that is too small: a mistake in the host */
#define HUZHU_NO_MEMORY 2
#define HUZHU_NOT_FOUND 3        /* no plan, input or counter of that name */
#define HUZHU_IO 4               /* a file cannot be read */
#define HUZHU_RULES 5            /* the rule files have errors: see the diagnostics */
#define HUZHU_DATA 6             /* a value does not fit its input; the claim remembers it and its decision says so */
#define HUZHU_LIMIT 7            /* a limit on size or memory was reached */
#define HUZHU_VERSION 8          /* the format of the rules, or a field beyond the known ones of a struct, is newer */
#define HUZHU_UNSUPPORTED 9
#define HUZHU_STATE 10           /* not now: the total of an incomplete claim, say */
#define HUZHU_NOT_REVERSIBLE 11  /* the claim is not the last of all its keys */

/* A sentence in English for a status; static, never NULL. */
HUZHU_API const char *huzhu_status_text(huzhu_status status);

/* ---- Small types ------------------------------------------------------------------------------------------------ */

/* A borrowed text: size bytes at data, followed by a NUL. data is never NULL. */
typedef struct huzhu_text {
    const char *data;
    size_t size;
} huzhu_text;

/* As a size: the text ends with NUL. */
#define HUZHU_NUL ((size_t)-1)

#define HUZHU_ZH 0
#define HUZHU_EN 1

/* The host's allocator. All three functions are needed; they may be called from any thread that uses the object.
 * reallocate gets the old size; release too. A NULL from allocate or reallocate makes the call at hand fail with
 * HUZHU_NO_MEMORY and leaks nothing. (libyaml and PCRE2, used while loading, take theirs from malloc.) */
typedef struct huzhu_allocator {
    uint32_t struct_size;
    void *(*allocate)(void *user, size_t size);
    void *(*reallocate)(void *user, void *memory, size_t old_size, size_t new_size);
    void (*release)(void *user, void *memory, size_t size);
    void *user;
} huzhu_allocator;

typedef struct huzhu_ruleset huzhu_ruleset;
typedef struct huzhu_plan huzhu_plan;
typedef struct huzhu_claim huzhu_claim;
typedef struct huzhu_decision huzhu_decision;
typedef struct huzhu_ledger huzhu_ledger;
typedef struct huzhu_batch huzhu_batch;
typedef struct huzhu_diagnostics huzhu_diagnostics;
typedef struct huzhu_output huzhu_output;

/* ---- Output: a text the library writes for you -------------------------------------------------------------------- */

/* An empty text that functions below append to. allocator may be NULL: malloc. */
HUZHU_API huzhu_status huzhu_output_new(const huzhu_allocator *allocator, huzhu_output **out);
HUZHU_API void huzhu_output_free(huzhu_output *output);
/* Empties it and keeps its memory. */
HUZHU_API void huzhu_output_clear(huzhu_output *output);
/* What was written; valid until the next call with this output. */
HUZHU_API huzhu_text huzhu_output_text(const huzhu_output *output);

/* ---- Diagnostics: what is wrong, where, and how to mend it ---------------------------------------------------------- */

#define HUZHU_ERROR 1
#define HUZHU_WARNING 2

/* One diagnostic. Lines and columns count from 1, columns in code points; line 0: no place. Texts are borrowed from
 * the diagnostics object until it is cleared, filled again or freed. Messages never contain values of claims. */
typedef struct huzhu_diagnostic {
    uint32_t struct_size;
    uint32_t severity;   /* HUZHU_ERROR or HUZHU_WARNING */
    huzhu_text code;     /* "E_UNKNOWN_KEY": docs/errors.md lists them */
    huzhu_text message;  /* one line */
    huzhu_text hint;     /* the remedy, or empty */
    huzhu_text file;     /* relative to the ruleset's folder, or empty */
    uint32_t line, column, end_line, end_column;
} huzhu_diagnostic;

/* An empty list. Functions that take diagnostics clear it first, accept NULL, and fill it on failure (warnings also
 * on success). allocator may be NULL: malloc. */
HUZHU_API huzhu_status huzhu_diagnostics_new(const huzhu_allocator *allocator, huzhu_diagnostics **out);
HUZHU_API void huzhu_diagnostics_free(huzhu_diagnostics *diagnostics);
HUZHU_API size_t huzhu_diagnostics_count(const huzhu_diagnostics *diagnostics);
/* How many more there were: 50 are kept. */
HUZHU_API size_t huzhu_diagnostics_dropped(const huzhu_diagnostics *diagnostics);
HUZHU_API huzhu_status huzhu_diagnostics_at(const huzhu_diagnostics *diagnostics, size_t index, huzhu_diagnostic *out);
/* All of them as text: `file:line:col: error[CODE]: message`, the source line, a caret, the hint. */
HUZHU_API huzhu_text huzhu_diagnostics_text(const huzhu_diagnostics *diagnostics);
/* All of them as JSON, one object a line. */
HUZHU_API huzhu_text huzhu_diagnostics_json(const huzhu_diagnostics *diagnostics);

/* ---- Rulesets ----------------------------------------------------------------------------------------------------- */

/* How to load. Zero or NULL means the default. */
typedef struct huzhu_load_options {
    uint32_t struct_size;
    uint32_t setting_count;           /* number of settings */
    const huzhu_allocator *allocator; /* copied; NULL: malloc */
    uint64_t memory_limit;            /* most bytes a ruleset may take; 0: 1 GiB */
    const char *const *settings;      /* scenario: "plan.name=value from 2026-01-01", NUL-terminated, applied in order; each
                                         may have several lines, where # begins a comment */
    const char *const *setting_files; /* a name for each, for messages; NULL, or NULL for one of them: "--set" */
    uint32_t check_examples;          /* 1: the names in worked examples beside the rules are checked, too */
    uint32_t reserved;                /* 0 */
} huzhu_load_options;

/* A file of a ruleset in memory. path is relative to the ruleset's folder, with '/': "ruleset.yaml". */
typedef struct huzhu_file {
    const char *path;  /* NUL-terminated */
    const char *data;
    size_t size;
} huzhu_file;

/* Reads and compiles the ruleset in a folder. options and diagnostics may be NULL. On success *out holds one count.
 * HUZHU_IO, HUZHU_RULES, HUZHU_LIMIT, HUZHU_NO_MEMORY, HUZHU_VERSION; *out is then NULL. */
HUZHU_API huzhu_status huzhu_ruleset_load(const char *folder, const huzhu_load_options *options,
                                          huzhu_diagnostics *diagnostics, huzhu_ruleset **out);
/* The same from memory; the files are copied. */
HUZHU_API huzhu_status huzhu_ruleset_load_files(const huzhu_file *files, size_t count,
                                                const huzhu_load_options *options, huzhu_diagnostics *diagnostics,
                                                huzhu_ruleset **out);
/* One more count; returns ruleset. */
HUZHU_API huzhu_ruleset *huzhu_ruleset_retain(huzhu_ruleset *ruleset);
/* One count less; the last one frees it. Claims and decisions hold counts of their own. */
HUZHU_API void huzhu_ruleset_release(huzhu_ruleset *ruleset);

HUZHU_API huzhu_text huzhu_ruleset_name(const huzhu_ruleset *ruleset);
HUZHU_API huzhu_text huzhu_ruleset_version(const huzhu_ruleset *ruleset);
/* SHA-256 of the files, examples excluded, as 64 hex digits: which rules answered. Over the files in byte order of their
 * paths, for each the path, a zero byte, its length in decimal digits, a zero byte, and its bytes. */
HUZHU_API huzhu_text huzhu_ruleset_sha256(const huzhu_ruleset *ruleset);
/* The settings applied, in canonical form, one a line; empty without a scenario. */
HUZHU_API huzhu_text huzhu_ruleset_scenario(const huzhu_ruleset *ruleset);

HUZHU_API size_t huzhu_ruleset_plan_count(const huzhu_ruleset *ruleset);
/* NULL when index is out of range. */
HUZHU_API const huzhu_plan *huzhu_ruleset_plan_at(const huzhu_ruleset *ruleset, size_t index);
/* HUZHU_NOT_FOUND when there is no such plan. */
HUZHU_API huzhu_status huzhu_ruleset_plan_find(const huzhu_ruleset *ruleset, const char *id, size_t id_size,
                                               const huzhu_plan **out);
/* Appends a handbook of all plans, every version of everything with what it stands on, as Markdown (UTF-8). language:
 * HUZHU_ZH, HUZHU_EN. */
HUZHU_API huzhu_status huzhu_ruleset_handbook(const huzhu_ruleset *ruleset, uint32_t language, huzhu_output *output);

/* ---- Plans -------------------------------------------------------------------------------------------------------- */

HUZHU_API huzhu_text huzhu_plan_id(const huzhu_plan *plan);
HUZHU_API huzhu_text huzhu_plan_title(const huzhu_plan *plan, uint32_t language);

#define HUZHU_TYPE_KEY 1     /* text that identifies: member, cover */
#define HUZHU_TYPE_DATE 2
#define HUZHU_TYPE_BOOLEAN 3
#define HUZHU_TYPE_CODE 4    /* one of a list */
#define HUZHU_TYPE_TEXT 5
#define HUZHU_TYPE_COUNT 6   /* whole number, 0 or more */
#define HUZHU_TYPE_MONEY 7   /* two decimals, 0 or more */
#define HUZHU_TYPE_RATE 8
#define HUZHU_TYPE_NUMBER 9

#define HUZHU_NEED_REQUIRED 1    /* absent: the decision is incomplete if it matters */
#define HUZHU_NEED_OPTIONAL 2    /* absent means that there is none */
#define HUZHU_NEED_DEFAULT 3     /* absent means the default */
#define HUZHU_NEED_CONDITIONAL 4 /* required when a condition holds, ignored otherwise */

typedef struct huzhu_input_info {
    uint32_t struct_size;
    uint32_t type;       /* HUZHU_TYPE_… */
    uint32_t need;       /* HUZHU_NEED_… */
    int32_t scale;       /* decimals, for numbers */
    huzhu_text name;     /* as in claims */
    huzhu_text label_zh, label_en;
    huzhu_text unit;     /* or empty */
    huzhu_text fallback; /* the default as text, or empty */
    huzhu_text range;    /* "[1..3]", or empty when only the type's range holds */
    size_t code_count;   /* of a code */
    uint32_t for_claim, for_enrolment; /* 1: a question of that kind can read it */
    huzhu_text condition; /* of HUZHU_NEED_CONDITIONAL: the expression, such as "kind = \"fire\""; else empty */
} huzhu_input_info;

typedef struct huzhu_code_info {
    uint32_t struct_size;
    huzhu_text id, label_zh, label_en;
} huzhu_code_info;

HUZHU_API size_t huzhu_plan_input_count(const huzhu_plan *plan);
HUZHU_API huzhu_status huzhu_plan_input_at(const huzhu_plan *plan, size_t index, huzhu_input_info *out);
/* The index of an input, for the setters below: look it up once. */
HUZHU_API huzhu_status huzhu_plan_input_find(const huzhu_plan *plan, const char *name, size_t name_size, size_t *out);
HUZHU_API huzhu_status huzhu_plan_code_at(const huzhu_plan *plan, size_t input, size_t index, huzhu_code_info *out);

/* A package pays through its parts, which are plans as the package has them: some of their values may be others than in
 * the plan of the same id alone. 0: no package. NULL when index is out of range. */
HUZHU_API size_t huzhu_plan_part_count(const huzhu_plan *plan);
HUZHU_API const huzhu_plan *huzhu_plan_part_at(const huzhu_plan *plan, size_t index);

HUZHU_API size_t huzhu_plan_benefit_count(const huzhu_plan *plan);
HUZHU_API huzhu_text huzhu_plan_benefit_id(const huzhu_plan *plan, size_t index);

#define HUZHU_COUNTER_NUMBER 1  /* before, change, after; int64 in units of 10^-scale */
#define HUZHU_COUNTER_BOOLEAN 2 /* before, after: 0 or 1 */
#define HUZHU_COUNTER_DATE 3    /* before, after: days since 1970-01-01 */

typedef struct huzhu_counter_info {
    uint32_t struct_size;
    uint32_t type;    /* HUZHU_COUNTER_… */
    int32_t scale;    /* decimals, for numbers */
    huzhu_text name;
    huzhu_text unit;  /* "CNY", "days", or empty */
    huzhu_text per;   /* names of its key's parts, joined with a comma: "member,cover" */
} huzhu_counter_info;

HUZHU_API size_t huzhu_plan_counter_count(const huzhu_plan *plan);
HUZHU_API huzhu_status huzhu_plan_counter_at(const huzhu_plan *plan, size_t index, huzhu_counter_info *out);
HUZHU_API huzhu_status huzhu_plan_counter_find(const huzhu_plan *plan, const char *name, size_t name_size, size_t *out);

/* Appends the plan as it stood on a date, everything dated resolved, as text for a person. HUZHU_DATA when date is
 * not YYYY-MM-DD (or YYYY-MM). */
HUZHU_API huzhu_status huzhu_plan_show(const huzhu_plan *plan, const char *date, size_t date_size, uint32_t language,
                                       huzhu_output *output);
/* Appends every figure that the plan states, version by version with its date, value, unit, status and sources: an object
 * of JSON a line. Ranges of inputs, brackets of scales and what a package replaces are among them. */
HUZHU_API huzhu_status huzhu_plan_figures(const huzhu_plan *plan, huzhu_output *output);
/* Appends the compiled program, an instruction a line: for curiosity, and for reports of faults. */
HUZHU_API huzhu_status huzhu_plan_disassemble(const huzhu_plan *plan, huzhu_output *output);
/* Appends what the checker found out about each expression of the plan: its place, type and range, whether it is computed
 * with 64 bits or with 34 digits, and why. As text for a rule author, or an object of JSON a line. */
HUZHU_API huzhu_status huzhu_plan_types(const huzhu_plan *plan, huzhu_output *output);
HUZHU_API huzhu_status huzhu_plan_types_json(const huzhu_plan *plan, huzhu_output *output);

/* ---- Claims ------------------------------------------------------------------------------------------------------- */

/* An empty claim for a plan, from the ruleset's allocator; it keeps the ruleset alive. */
HUZHU_API huzhu_status huzhu_claim_new(const huzhu_plan *plan, huzhu_claim **out);
HUZHU_API void huzhu_claim_free(huzhu_claim *claim);
/* Nothing given any more: inputs, counters, id, question, fresh. Keeps its memory. */
HUZHU_API void huzhu_claim_reset(huzhu_claim *claim);

/* Echoed in the decision. */
HUZHU_API huzhu_status huzhu_claim_set_id(huzhu_claim *claim, const char *id, size_t id_size);

#define HUZHU_ASK_CLAIM 0     /* what is due for an event */
#define HUZHU_ASK_ENROLMENT 1 /* may this member join, and for what fee */
HUZHU_API huzhu_status huzhu_claim_ask(huzhu_claim *claim, uint32_t question);

/* Setters by index. Texts are copied. A value that does not fit (out of range, too many decimals, no such code, no
 * such day, not UTF-8) returns HUZHU_DATA; the claim remembers the input as bad, and its decision will be an error
 * that names it, so a host that does not look at the status still cannot overpay. A wrong kind of setter for the
 * input is HUZHU_INVALID_ARGUMENT and changes nothing. */
HUZHU_API huzhu_status huzhu_claim_set_text(huzhu_claim *claim, size_t input, const char *text, size_t size);    /* key, text */
HUZHU_API huzhu_status huzhu_claim_set_code(huzhu_claim *claim, size_t input, const char *code, size_t size);    /* code, by id */
HUZHU_API huzhu_status huzhu_claim_set_boolean(huzhu_claim *claim, size_t input, int value);                     /* boolean: 0 or 1 */
HUZHU_API huzhu_status huzhu_claim_set_date(huzhu_claim *claim, size_t input, int year, int month, int day);     /* date */
HUZHU_API huzhu_status huzhu_claim_set_days(huzhu_claim *claim, size_t input, int32_t days);                     /* date, since 1970-01-01 */
HUZHU_API huzhu_status huzhu_claim_set_minor(huzhu_claim *claim, size_t input, int64_t minor);                   /* money, in 分 */
/* count, money, rate, number: coefficient / 10^scale. Trailing zeros beyond the input's scale are fine. */
HUZHU_API huzhu_status huzhu_claim_set_decimal(huzhu_claim *claim, size_t input, int64_t coefficient, int32_t scale);
/* Any input, from its text form in JSON claims: "2016-03-01", "1300.00", "true", "illness". */
HUZHU_API huzhu_status huzhu_claim_set_value(huzhu_claim *claim, size_t input, const char *text, size_t size);
/* As if it had not been given. */
HUZHU_API huzhu_status huzhu_claim_set_absent(huzhu_claim *claim, size_t input);
/* huzhu_claim_set_value by name; HUZHU_NOT_FOUND when the plan has no such input. name ends with NUL. Of an event it
 * sets that input of every plan, `plan.name` that of one. */
HUZHU_API huzhu_status huzhu_claim_set(huzhu_claim *claim, const char *name, const char *text, size_t size);

/* Counters before the claim. Number: value in units of 10^-scale of the counter. Boolean: 0 or 1. Date: days since
 * 1970-01-01, or INT32_MIN where there is none yet. */
HUZHU_API huzhu_status huzhu_claim_set_counter(huzhu_claim *claim, size_t counter, int64_t value);
/* From text: "7000.00", "true", "2016-03-01". */
HUZHU_API huzhu_status huzhu_claim_set_counter_text(huzhu_claim *claim, size_t counter, const char *text, size_t size);
/* 1: every counter that is not given has a key that is new, and starts from its start. Otherwise such a counter makes
 * the decision incomplete if it is used: a host that forgets must not overpay. */
HUZHU_API huzhu_status huzhu_claim_set_fresh(huzhu_claim *claim, int fresh);

/* Resets the claim and fills it from one JSON object (docs: claims). A value that does not fit is remembered as by the
 * setters and returns HUZHU_DATA, and so does a text that is no claim at all (its decision is an error, too). */
HUZHU_API huzhu_status huzhu_claim_read_json(huzhu_claim *claim, const char *json, size_t size);
/* The id (as JSON) of the claim that the object just read takes back with `reverses`; empty: it is a claim itself. A
 * reversal is taken by huzhu_settle_json with a ledger that keeps claims; evaluated, it is an error. */
HUZHU_API huzhu_text huzhu_claim_reverses(const huzhu_claim *claim);

/* ---- Events under several plans ---------------------------------------------------------------------------------- */

/* One event may be due under several plans, each with a cover of its own. Such an event is a claim whose parts are the
 * claims under each plan; every function for claims takes it:
 *
 *     huzhu_event_new, then huzhu_event_ask for each plan, in the order in which they are settled
 *     huzhu_claim_set(event, "diagnosed", …)                 the input of that name of every plan that has it
 *     huzhu_claim_set(event, "womens-diseases.units", …)     of one plan
 *     huzhu_claim_evaluate, huzhu_decision_part_at
 *
 * The outcome is HUZHU_PAID if anything is paid, else the worst of failed, incomplete, undetermined, nothing due and
 * refused. The total is the sum of the parts, and there is none where a part has none: the parts still stand. Where
 * parts move one counter, each finds there what the ones before it left. */

/* An event of a ruleset, under no plan yet. huzhu_claim_free frees it. */
HUZHU_API huzhu_status huzhu_event_new(const huzhu_ruleset *ruleset, huzhu_claim **out);
/* Asks a plan of the same ruleset. HUZHU_INVALID_ARGUMENT when it is asked already, or event is no event. The plans stay
 * when the event is reset. Reading JSON takes those in its "plans" instead. */
HUZHU_API huzhu_status huzhu_event_ask(huzhu_claim *event, const huzhu_plan *plan);

/* The parts of an event, or of a claim under a package; 0 for others. */
HUZHU_API size_t huzhu_claim_part_count(const huzhu_claim *claim);
/* The claim under the index-th plan: set its inputs and counters by index, as of any claim. Of a package set only the
 * counters: the package gives its parts their inputs. Borrowed from claim, good as long as the plans of an event are the
 * same; must not be freed. */
HUZHU_API huzhu_status huzhu_claim_part_at(huzhu_claim *claim, size_t index, huzhu_claim **out);

/* ---- Which counters a claim reads ---------------------------------------------------------------------------------- */

/* A counter and its key, found before evaluating: keys may be computed. */
typedef struct huzhu_counter_read {
    uint32_t struct_size;
    uint32_t counter;  /* index in the plan */
    huzhu_text name;
    huzhu_text key;    /* one JSON object: {"member":"…","cover":"…"} */
} huzhu_counter_read;

/* Works out which counters, under which keys, evaluating this claim can read: look them up, set them, evaluate. The
 * list (a superset where it hangs on counters themselves) stays in decision until it is used again. Of an event each part
 * has a list of its own: count is 0, and huzhu_decision_part_at leads to them. */
HUZHU_API huzhu_status huzhu_claim_find_counters(const huzhu_claim *claim, huzhu_decision *decision, size_t *count);
HUZHU_API size_t huzhu_decision_counter_read_count(const huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_counter_read_at(const huzhu_decision *decision, size_t index,
                                                      huzhu_counter_read *out);

/* ---- Evaluating ---------------------------------------------------------------------------------------------------- */

/* An empty decision for any plan. allocator may be NULL: malloc. */
HUZHU_API huzhu_status huzhu_decision_new(const huzhu_allocator *allocator, huzhu_decision **out);
HUZHU_API void huzhu_decision_free(huzhu_decision *decision);

/* Decides the claim. decision forgets what it held and keeps the ruleset alive. HUZHU_NO_MEMORY only when it has to
 * grow: the first time, or for a larger plan. */
HUZHU_API huzhu_status huzhu_claim_evaluate(const huzhu_claim *claim, huzhu_decision *decision);

/* ---- Decisions ------------------------------------------------------------------------------------------------------ */
/* All of these return HUZHU_STATE for a decision that holds none. */

#define HUZHU_PAID 1         /* something is due */
#define HUZHU_NOTHING_DUE 2  /* every condition holds and the amount is 0 */
#define HUZHU_REFUSED 3      /* a condition does not hold */
#define HUZHU_INCOMPLETE 4   /* an input or counter that matters was not given */
#define HUZHU_UNDETERMINED 5 /* a value that nobody published is needed */
#define HUZHU_FAILED 6       /* the claim itself is in error: "error" in JSON */
#define HUZHU_ACCEPTED 7     /* of an enrolment */
#define HUZHU_NOT_ASKED 8    /* of a part: it is not concerned */

/* Of the decision held, or 0. */
HUZHU_API uint32_t huzhu_decision_outcome(const huzhu_decision *decision);
/* "paid", "nothing_due", … as in JSON; "" for 0. */
HUZHU_API huzhu_text huzhu_outcome_name(uint32_t outcome);
/* Also of a decision that holds the counters to read. NULL for an event under several plans. */
HUZHU_API const huzhu_plan *huzhu_decision_plan(const huzhu_decision *decision);

/* How many parts the decision has: the plans of an event, the parts of a package; 0 for a claim under one plan, and where
 * the package itself is refused or in error. */
HUZHU_API size_t huzhu_decision_part_count(const huzhu_decision *decision);
/* A part, a decision to all functions that read one. Borrowed from decision until its next evaluate; must neither be
 * freed nor evaluated into. HUZHU_NO_MEMORY the first time only. */
HUZHU_API huzhu_status huzhu_decision_part_at(huzhu_decision *decision, size_t index, huzhu_decision **out);

/* The claim's id as JSON: a text in quotes, or a number as it was given; empty without one. */
HUZHU_API huzhu_text huzhu_decision_id(const huzhu_decision *decision);

/* The total in 分: 0 for refused and nothing_due; HUZHU_STATE when there is none (incomplete, undetermined, error). */
HUZHU_API huzhu_status huzhu_decision_total(const huzhu_decision *decision, int64_t *minor);
/* The same as text, "360.00"; empty when there is none. */
HUZHU_API huzhu_text huzhu_decision_total_text(const huzhu_decision *decision);

/* A cap, in a benefit or a value: what it allows, what was used before, what it cut here. */
typedef struct huzhu_cap_view {
    uint32_t struct_size;
    uint32_t has_limit;   /* 0: the limit is `none` on this date */
    huzhu_text code;
    huzhu_text limit, used, cut; /* as text with the unit's decimals; used "0.00" without a counter */
    int32_t scale;
    uint32_t reserved;
    int64_t cut_value;    /* coefficient of scale */
} huzhu_cap_view;

typedef struct huzhu_benefit_view {
    uint32_t struct_size;
    uint32_t asked;       /* 0: its `when` does not hold; amounts are 0 */
    huzhu_text id;
    huzhu_text gross, net;/* "360.00" */
    int64_t gross_minor, net_minor;
    size_t cap_count;
} huzhu_benefit_view;

/* A named value that a cap cut or could have cut (days, units). */
typedef struct huzhu_value_view {
    uint32_t struct_size;
    int32_t scale;
    huzhu_text id;
    huzhu_text before, after;
    int64_t before_value, after_value; /* coefficients of scale */
    size_t cap_count;
} huzhu_value_view;

HUZHU_API size_t huzhu_decision_benefit_count(const huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_benefit_at(const huzhu_decision *decision, size_t index, huzhu_benefit_view *out);
HUZHU_API huzhu_status huzhu_decision_benefit_cap_at(const huzhu_decision *decision, size_t benefit, size_t cap,
                                                     huzhu_cap_view *out);
HUZHU_API size_t huzhu_decision_value_count(const huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_value_at(const huzhu_decision *decision, size_t index, huzhu_value_view *out);
HUZHU_API huzhu_status huzhu_decision_value_cap_at(const huzhu_decision *decision, size_t value, size_t cap,
                                                   huzhu_cap_view *out);

typedef struct huzhu_fee_view {
    uint32_t struct_size;
    uint32_t reserved;
    huzhu_text id;
    huzhu_text amount;
    int64_t amount_minor;
} huzhu_fee_view;

/* Fees due, of an enrolment. */
HUZHU_API size_t huzhu_decision_fee_count(const huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_fee_at(const huzhu_decision *decision, size_t index, huzhu_fee_view *out);

#define HUZHU_REASON_REFUSAL 1
#define HUZHU_REASON_CAP 2
#define HUZHU_REASON_NOTHING 3
#define HUZHU_REASON_MISSING 4
#define HUZHU_REASON_UNKNOWN 5
#define HUZHU_REASON_NOTE 6

typedef struct huzhu_reason_view {
    uint32_t struct_size;
    uint32_t kind;     /* HUZHU_REASON_… */
    huzhu_text code;   /* stable: for programs */
    huzhu_text clause; /* of the plan's text, or empty */
} huzhu_reason_view;

/* Reasons in order; the first is the deciding one. */
HUZHU_API size_t huzhu_decision_reason_count(const huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_reason_at(const huzhu_decision *decision, size_t index, huzhu_reason_view *out);
/* Its text with this claim's values filled in; valid until the next call on decision. */
HUZHU_API huzhu_status huzhu_decision_reason_text(huzhu_decision *decision, size_t index, uint32_t language,
                                                  huzhu_text *out);

/* The inputs and counters that were needed and not given. */
HUZHU_API size_t huzhu_decision_missing_count(huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_missing_at(huzhu_decision *decision, size_t index, huzhu_text *out);

typedef struct huzhu_counter_view {
    uint32_t struct_size;
    uint32_t counter;      /* index in the plan */
    uint32_t has_before;   /* 0: it was not given and not needed, or has no value (a date) */
    uint32_t has_change;   /* sums only */
    huzhu_text name, unit;
    huzhu_text key;        /* one JSON object */
    huzhu_text before, change, after;          /* as text; empty where there is none */
    int64_t before_value, change_value, after_value; /* coefficients, 0/1, or days; a date that is none yet: INT32_MIN */
} huzhu_counter_view;

/* The same as numbers alone: what a host stores, without spelling any text. */
typedef struct huzhu_counter_change {
    uint32_t struct_size;
    uint32_t counter;    /* index in the plan */
    uint32_t has_before; /* as in huzhu_counter_view */
    uint32_t has_change;
    int64_t before, change, after;
} huzhu_counter_change;

/* Counters that this claim moves: only of paid and nothing_due claims. */
HUZHU_API size_t huzhu_decision_counter_count(const huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_counter_at(const huzhu_decision *decision, size_t index, huzhu_counter_view *out);
HUZHU_API huzhu_status huzhu_decision_counter_change_at(const huzhu_decision *decision, size_t index,
                                                        huzhu_counter_change *out);

typedef struct huzhu_basis_view {
    uint32_t struct_size;
    uint32_t rests_on;     /* 1: assumed or disputed, and it decided this answer */
    huzhu_text path;       /* "inpatient-allowance.daily_amount"; of a figure in a row of a table "plan.table[row].output" */
    huzhu_text value;      /* "40"; empty where nobody published it */
    huzhu_text unit;
    huzhu_text from;       /* "2011-01-01", "2015-07", "always" */
    huzhu_text status;     /* "published", "reported", "assumed", "disputed", "unknown"; empty: nobody says, as of a bare `none` */
    huzhu_text source;     /* id in the manifest, or empty */
} huzhu_basis_view;

/* The dated values this answer used, lazily: the branch taken, the version in force. */
HUZHU_API size_t huzhu_decision_basis_count(huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_basis_at(huzhu_decision *decision, size_t index, huzhu_basis_view *out);
/* Paths of what is assumed or disputed and decided this answer. */
HUZHU_API size_t huzhu_decision_rests_on_count(huzhu_decision *decision);
HUZHU_API huzhu_status huzhu_decision_rests_on_at(huzhu_decision *decision, size_t index, huzhu_text *out);

typedef struct huzhu_error_view {
    uint32_t struct_size;
    uint32_t reserved;
    huzhu_text code;    /* "R_…": docs/errors.md */
    huzhu_text input;   /* the input or counter at fault, or an unknown key (cut to fit); or empty */
    huzhu_text message; /* names and places, never values */
    huzhu_text hint;    /* or empty */
} huzhu_error_view;

/* HUZHU_NOT_FOUND when the outcome is not HUZHU_FAILED. */
HUZHU_API huzhu_status huzhu_decision_error(const huzhu_decision *decision, huzhu_error_view *out);

#define HUZHU_EXPLAIN_TEXT 0
#define HUZHU_EXPLAIN_JSON 1

/* The decision as one JSON object (schema huzhu.decision/1), texts in one language; valid until the next call on
 * decision. line: number of the claim in its file, or 0 for none. */
HUZHU_API huzhu_status huzhu_decision_json(huzhu_decision *decision, uint32_t language, uint64_t line, huzhu_text *out);
/* Why: a tree from the total down to inputs and clauses. format: HUZHU_EXPLAIN_…; valid until the next call. */
HUZHU_API huzhu_status huzhu_decision_explain(huzhu_decision *decision, uint32_t language, uint32_t format,
                                              huzhu_text *out);

/* ---- Columns: many claims at once ---------------------------------------------------------------------------------- */

/* A batch answers rows of columns that lie in the host's memory. Each row is a claim, decided as huzhu_claim_evaluate
 * decides it. Counters come in and go out as columns, and rows see no other; or they are carried from row to row
 * (huzhu_batch_set_counters). What is wrong with a row (a value out of range, one that is missing) is said in that row's
 * results and disturbs no other. A batch of a package has parts, as its claims have (huzhu_batch_part_at).
 *
 *     huzhu_batch_new -> huzhu_batch_set_input, …_set_counter, …_set_results, …_set_benefit, …_set_counter_after,
 *         …_set_reason_rows
 *     then huzhu_batch_evaluate for any ranges of rows
 *
 * A batch copies the structs below and borrows the memory they point at: until it is set anew or the batch is freed. No
 * memory for results may overlap other results. Pointers are aligned as their types are. To use several threads, give
 * each a batch of its own over the same columns, and rows of its own: any, or where counters are carried those of
 * huzhu_batch_partition. */

/* How the values of a column lie in memory. */
#define HUZHU_COLUMN_INT32 1      /* int32_t: dates as days since 1970-01-01; codes by their index in huzhu_plan_code_at */
#define HUZHU_COLUMN_INT64 2      /* int64_t: numbers and money as value * 10^scale (money in 分: scale 2); days; 0 or 1 */
#define HUZHU_COLUMN_BITS 3       /* booleans, a bit a row: row r is bit r % 8, the lowest being 0, of byte r / 8 */
#define HUZHU_COLUMN_BYTES 4      /* booleans, a byte a row: 0 or 1 */
#define HUZHU_COLUMN_DICTIONARY 5 /* int32_t: codes by their index in dictionary */
#define HUZHU_COLUMN_TEXT 6       /* int32_t offsets, one more than rows: row r is bytes[values[r]] to bytes[values[r + 1]] */

typedef struct huzhu_column {
    uint32_t struct_size;
    uint32_t layout;           /* HUZHU_COLUMN_… */
    const void *values;        /* of row 0 */
    const uint8_t *valid;      /* bits as of HUZHU_COLUMN_BITS, 1: the row has a value; NULL: all have. Values of others are not
                                  looked at */
    int32_t scale;             /* INT64 of a number: decimals, 0 to 18; else 0 */
    uint32_t dictionary_count;
    const char *const *dictionary; /* DICTIONARY: ids of codes, NUL-terminated; rows of one that the input does not have
                                      are errors. Not needed once set */
    const char *bytes;         /* TEXT: UTF-8 */
    uint64_t byte_count;
} huzhu_column;

/* Results of every row, written at its index; any may be NULL. */
typedef struct huzhu_batch_results {
    uint32_t struct_size;
    uint32_t reserved;  /* 0 */
    int32_t *outcome;   /* HUZHU_PAID … HUZHU_FAILED */
    int32_t *reason;    /* number of the deciding reason (huzhu_plan_reason_code), 0: none */
    int64_t *total;     /* in 分; 0 where the outcome has no total */
    int32_t *bad_input; /* which value does not fit: the index of the first such input, or, behind the inputs, counter; else
                           -1. Setting that row as a claim tells what exactly is wrong */
    uint8_t *total_valid; /* bits as of HUZHU_COLUMN_BITS, 1: the outcome has a total. Of a package also what is paid may have
                             none, where a part has none */
} huzhu_batch_results;

/* A batch for claims of a plan, from the ruleset's allocator; it keeps the ruleset alive. Nothing is set: every input is
 * absent in every row. */
HUZHU_API huzhu_status huzhu_batch_new(const huzhu_plan *plan, huzhu_batch **out);
HUZHU_API void huzhu_batch_free(huzhu_batch *batch);

/* The parts of a batch of a package, as of huzhu_plan_part_at; 0 for others. */
HUZHU_API size_t huzhu_batch_part_count(const huzhu_batch *batch);
/* A part: where its counters are and its results go, by the calls below. Its inputs are the package's, which is what is
 * evaluated. Rows that the package decides without the part have HUZHU_NOT_ASKED, or what stands against it, as outcome, and
 * 0 where the package itself is refused, incomplete or in error; their counters after are as given. Its reasons are numbered
 * as huzhu_plan_reason_code of huzhu_plan_part_at has them. Borrowed from batch; must not be freed. */
HUZHU_API huzhu_status huzhu_batch_part_at(huzhu_batch *batch, size_t index, huzhu_batch **out);

/* Where an input's values are; column NULL: absent in every row. HUZHU_INVALID_ARGUMENT for a layout that the input's
 * type does not have, and nothing is changed. */
HUZHU_API huzhu_status huzhu_batch_set_input(huzhu_batch *batch, size_t input, const huzhu_column *column);
/* The same for counters before the claims: numbers as INT64, dates as INT32 or INT64 (INT32_MIN where there is none yet),
 * booleans as BITS, BYTES or INT64. So what huzhu_batch_set_counter_after gave can be handed back. */
HUZHU_API huzhu_status huzhu_batch_set_counter(huzhu_batch *batch, size_t counter, const huzhu_column *column);
/* Where counters stand that a row does not have. */
#define HUZHU_COUNTERS_GIVEN 0   /* nowhere: they are missing where a row hangs on them */
#define HUZHU_COUNTERS_FRESH 1   /* at their start: every row has keys of its own (huzhu_claim_set_fresh) */
#define HUZHU_COUNTERS_CARRIED 2 /* where the rows before under the same key left them, in the order of rows and calls; new keys
                                    start. As settling claims one by one with a ledger */
/* HUZHU_COUNTERS_GIVEN unless this is called. What was carried before is forgotten. */
HUZHU_API huzhu_status huzhu_batch_set_counters(huzhu_batch *batch, uint32_t counters);

/* Where results go. results NULL: nowhere. */
HUZHU_API huzhu_status huzhu_batch_set_results(huzhu_batch *batch, const huzhu_batch_results *results);
/* Where a benefit's amounts go, in 分; 0 where the row is neither paid nor nothing due. Either may be NULL. */
HUZHU_API huzhu_status huzhu_batch_set_benefit(huzhu_batch *batch, size_t benefit, int64_t *gross, int64_t *net);
/* Where a counter's values after the claims go, as huzhu_claim_set_counter takes them: as before where a row does not move
 * it. valid: bits as of HUZHU_COLUMN_BITS, 0 where there is no value (it was not given and not set, or its key is not known). Either may be NULL.
 * A counter's own values before it may be given as after: they are replaced. */
HUZHU_API huzhu_status huzhu_batch_set_counter_after(huzhu_batch *batch, size_t counter, int64_t *after, uint8_t *valid);

/* Which rows have a reason among theirs, of all reasons that their decisions list: bits as of HUZHU_COLUMN_BITS. number: of
 * huzhu_plan_reason_code, from 1; MISSING and UNKNOWN_VALUE stand for however many a decision lists. rows NULL: not
 * wanted. HUZHU_UNSUPPORTED of a package and its parts: Arrow's lists have their reasons. */
HUZHU_API huzhu_status huzhu_batch_set_reason_rows(huzhu_batch *batch, size_t number, uint8_t *rows);

/* Decides rows first to first + rows - 1. Only those rows of the columns are read and written. HUZHU_NO_MEMORY, for plans
 * that make texts while they warm up: rows written so far are right. */
HUZHU_API huzhu_status huzhu_batch_evaluate(huzhu_batch *batch, size_t first, size_t rows);

/* Cuts rows first to first + rows - 1 for threads: ends has an item for each of parts (1 to 65,536), and the rows of part i
 * end before ends[i]; they begin where the part before ends. No two parts have rows of one turn (the plan's `in turn by`,
 * which the keys of its counters hold), so that a batch for each part, its counters carried, decides them as one batch would
 * have. Parts are about equal; some may be empty. HUZHU_DATA: rows of a turn do not all come behind each other: sort them
 * by it, keeping their order within one. */
HUZHU_API huzhu_status huzhu_batch_partition(const huzhu_batch *batch, size_t first, size_t rows, size_t parts, size_t *ends);

/* Reasons of a plan are numbered from 1 to this. */
HUZHU_API size_t huzhu_plan_reason_count(const huzhu_plan *plan);
/* The code of a reason, as in huzhu_reason_view; empty for 0 and for what is no number of a reason. */
HUZHU_API huzhu_text huzhu_plan_reason_code(const huzhu_plan *plan, size_t number);

/* ---- Ledger: counters in memory ---------------------------------------------------------------------------------- */

/* An empty ledger: every key is new. allocator may be NULL: malloc. */
HUZHU_API huzhu_status huzhu_ledger_new(const huzhu_allocator *allocator, huzhu_ledger **out);
HUZHU_API void huzhu_ledger_free(huzhu_ledger *ledger);
/* Sets the counters that claim was not given and whose key is known, from the ledger; new keys start from their start:
 * the claim becomes fresh (huzhu_claim_set_fresh). Costs one evaluation. */
HUZHU_API huzhu_status huzhu_ledger_fill(huzhu_ledger *ledger, huzhu_claim *claim);
/* Takes over what decision changed: all of it, or nothing with HUZHU_NO_MEMORY. */
HUZHU_API huzhu_status huzhu_ledger_apply(huzhu_ledger *ledger, const huzhu_decision *decision);
/* From now on keeps what each claim found, so that it can be taken back: some 200 bytes a claim. HUZHU_STATE unless
 * nothing was applied yet. */
HUZHU_API huzhu_status huzhu_ledger_keep_claims(huzhu_ledger *ledger);
/* Takes a claim back: the newest of plan applied under id (as given to huzhu_claim_set_id). Its counters are as they were
 * before it, exactly. *minor: what this pays in units of 分, minus what the claim was paid. Appends one line of JSON
 * (schema huzhu.reversal/1). output and minor may be NULL. HUZHU_NOT_REVERSIBLE: under one of the claim's keys another
 * claim came later, which was settled by what this one left: take back and settle again those first. HUZHU_NOT_FOUND: no
 * such claim moved a counter, or it was taken back already. HUZHU_STATE: the ledger keeps no claims. */
HUZHU_API huzhu_status huzhu_ledger_reverse(huzhu_ledger *ledger, const huzhu_plan *plan, const char *id, size_t id_size,
                                            huzhu_output *output, int64_t *minor);

/* ---- Settling again under changed rules --------------------------------------------------------------------------- */

/* A retroactive change: past claims are settled a second time, side by side under the rules as they were and as they are
 * now, each side with counters of its own from claim to claim. What a claim's total, benefits and counters change by is
 * told with both explanations.
 *
 *     huzhu_resettlement_new, then per claim, all of a key from the first that the change concerns, in the order of settling:
 *     huzhu_resettlement_json (or set both claims, then huzhu_resettlement_settle), huzhu_resettlement_…
 *
 * Counters that a claim was given count for the first claim of their key; later ones have, under the rules as they were, to be
 * given what the claims before left (otherwise that side is an error, R_COUNTER_GAP: a claim between is missing), and are
 * replaced under the rules as they are now. Counters that are not given start. */
typedef struct huzhu_resettlement huzhu_resettlement;

#define HUZHU_WAS 0
#define HUZHU_NOW 1

/* For claims of a plan of one ruleset and the plan that takes its place in another (or in the same ruleset loaded with
 * settings). Keeps both rulesets alive; memory from that of `now`. */
HUZHU_API huzhu_status huzhu_resettlement_new(const huzhu_plan *was, const huzhu_plan *now, huzhu_resettlement **out);
/* The same for events under several plans. */
HUZHU_API huzhu_status huzhu_resettlement_new_events(const huzhu_ruleset *was, const huzhu_ruleset *now,
                                                     huzhu_resettlement **out);
HUZHU_API void huzhu_resettlement_free(huzhu_resettlement *resettlement);

/* The claim of a side (HUZHU_WAS, HUZHU_NOW), to be set as any claim: both, for each claim settled again. Borrowed; must
 * be neither freed nor evaluated. NULL: no such side. */
HUZHU_API huzhu_claim *huzhu_resettlement_claim(huzhu_resettlement *resettlement, uint32_t side);
/* Settles both. Any status but HUZHU_OK: no counter moved. */
HUZHU_API huzhu_status huzhu_resettlement_settle(huzhu_resettlement *resettlement);
/* Reads a claim, or a reversal ({"id": …, "reverses": …}), as huzhu_settle_json does, settles both, and appends one line of
 * JSON (schema huzhu.resettlement/1) with its line end. language: of the explanations. On any status but HUZHU_OK nothing
 * is appended and no counter moved. */
HUZHU_API huzhu_status huzhu_resettlement_json(huzhu_resettlement *resettlement, const char *json, size_t size,
                                               uint32_t language, uint64_t line, huzhu_output *output);

/* What became of the claim settled last; HUZHU_STATE before there is one. changed: 1 when outcome, an amount, a reason or
 * a counter differs. minor: now less was, in 分; HUZHU_STATE where a side has no total. */
HUZHU_API huzhu_status huzhu_resettlement_changed(const huzhu_resettlement *resettlement, int *changed);
HUZHU_API huzhu_status huzhu_resettlement_difference(const huzhu_resettlement *resettlement, int64_t *minor);
/* A side's decision. Borrowed until the next settle; must be neither freed nor evaluated into. NULL: no such side. After a
 * reversal it holds nothing. */
HUZHU_API huzhu_decision *huzhu_resettlement_decision(huzhu_resettlement *resettlement, uint32_t side);
/* Appends the difference for a person: both amounts, the counters, both explanations. */
HUZHU_API huzhu_status huzhu_resettlement_explain(huzhu_resettlement *resettlement, uint32_t language, huzhu_output *output);

/* ---- Rule files themselves: for editors -------------------------------------------------------------------------- */

#define HUZHU_FILE_RULESET 1  /* ruleset.yaml */
#define HUZHU_FILE_PLAN 2     /* PLAN.yaml */
#define HUZHU_FILE_TABLE 3    /* tables/NAME.yaml */
#define HUZHU_FILE_EXAMPLES 4 /* PLAN.examples.yaml */

/* Appends the JSON Schema (draft 2020-12) of one kind of file, HUZHU_FILE_…: keys, shapes, words and what they are for. */
HUZHU_API huzhu_status huzhu_rules_schema(uint32_t file, huzhu_output *output);

/* Appends a rule file in the house style: the same keys, texts and comments, other spaces; what was appended was read
 * again and is the same tree. Tidied twice it stays as it is. file->path is for messages only. HUZHU_RULES when it does
 * not parse: see the diagnostics (may be NULL). */
HUZHU_API huzhu_status huzhu_rules_tidy(const huzhu_file *file, huzhu_diagnostics *diagnostics, huzhu_output *output);

/* ---- Whole lines, worked examples, expressions ---------------------------------------------------------------------- */

/* Reads one claim as JSON, decides it, appends one line of JSON with its line end: for hosts that want nothing else.
 * {"id": …, "reverses": the id of a claim} takes a claim back, as huzhu_ledger_reverse does, with a ledger that keeps
 * claims; decision then holds nothing. Else
 * claim and decision are the caller's, reused; ledger may be NULL. What huzhu_claim_set_fresh said of claim before holds
 * for the line and stays. Status as of the calls it is made of; a malformed claim is HUZHU_OK with an error decision.
 * On any other status nothing is appended and no counter moved. */
HUZHU_API huzhu_status huzhu_settle_json(huzhu_claim *claim, huzhu_decision *decision, huzhu_ledger *ledger,
                                         const char *json, size_t size, uint32_t language, uint64_t line,
                                         huzhu_output *output);

/* Runs the worked examples beside the rules (every PLAN.examples.yaml in folder). Appends what failed and why.
 * passed and failed may be NULL. HUZHU_OK also when examples fail. */
HUZHU_API huzhu_status huzhu_examples_run(const char *folder, const huzhu_load_options *options,
                                          huzhu_diagnostics *diagnostics, huzhu_output *output, size_t *passed,
                                          size_t *failed);

/* Evaluates one FEEL expression given as a JSON object ({"id", "expr", "lets", "inputs"}), appends one line of JSON:
 * {"id", "got"} or {"id", "error"}. Here an absent input is FEEL's null. */
HUZHU_API huzhu_status huzhu_feel_json(const char *json, size_t size, huzhu_output *output);

#ifdef __cplusplus
}
#endif

#endif
