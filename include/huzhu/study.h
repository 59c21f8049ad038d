/* huzhu/study.h - what-if studies: one population under many scenarios in one pass, and only sums are kept.
 *
 *     huzhu_study_new    a plan and scenarios, each a name and settings: compiled together, once
 *     huzhu_tally_bind   a study to the columns of a schema; one for each thread
 *     huzhu_tally_take   for each array (a record batch), or huzhu_tally_drain a stream
 *     huzhu_tally_add    the sums of another thread's rows
 *     huzhu_tally_array  the sums: a row for each scenario and group
 *
 * Each scenario answers as the ruleset loaded with its settings does, to the last bit. What scenarios have in common is
 * computed once, and what a scenario changes only for the rows where it can matter. Memory does not grow with rows.
 *
 * The first scenario is what the others are compared with: usually one without settings.
 *
 * Results are a struct of columns:
 *
 *   scenario                 utf8: its name
 *   the columns of `by`      utf8, int64, boolean or date32; null: the rows without a value
 *   rows                     int64
 *   paid, nothing_due, refused, incomplete, undetermined, error   int64: rows with this outcome
 *   the quantities           decimal128(38, 2) for each wanted: "total", "BENEFIT.net", "BENEFIT.gross": its sum over the rows
 *   better, worse            int64: rows whose total is higher, or lower, than under the first scenario
 *   gained, lost             decimal128(38, 2): the sum of what those rows get more, or less; neither is below 0
 *   total<B1, total<B2, …, total>=BN   int64, where bounds are given: paid rows by their total, each in one of them
 *   total.p50, …             decimal128(38, 2), where quantiles are wanted: of the totals of paid rows; null: there is none
 *
 * A row without an amount (incomplete, undetermined, error) counts as 0 in sums and comparisons. A group that has no rows
 * stands nowhere. Rows come by scenario, in the order of the study, then by group, in the order in which groups came.
 */
#ifndef HUZHU_STUDY_H
#define HUZHU_STUDY_H

#include "huzhu/arrow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Studies ------------------------------------------------------------------------------------------------------ */

/* A plan under scenarios, compiled. Immutable, counted, may be used by any number of threads; it keeps the ruleset alive. */
typedef struct huzhu_study huzhu_study;

typedef struct huzhu_scenario {
    const char *name;     /* UTF-8, not empty, no two of a study alike */
    const char *settings; /* settings a line, as huzhu_load_options has them; "": none */
    const char *file;     /* what diagnostics call that text; NULL: by the scenario's name */
} huzhu_scenario;

/* Compiles a plan under scenarios (at least one; texts are copied). What the ruleset was loaded with holds under all of
 * them, and their settings come behind. HUZHU_RULES: a setting is wrong, or the rules are wrong with it; diagnostics (may
 * be NULL) say where and name the scenario. HUZHU_UNSUPPORTED for a package. */
HUZHU_API huzhu_status huzhu_study_new(const huzhu_plan *plan, const huzhu_scenario *scenarios, size_t count,
                                       huzhu_diagnostics *diagnostics, huzhu_study **out);
/* The same from one text: a line `[name]` begins a scenario, the lines behind it are its settings; `#` begins a comment. file is what
 * diagnostics call the text, NULL: "scenarios". size may be HUZHU_NUL. */
HUZHU_API huzhu_status huzhu_study_read(const huzhu_plan *plan, const char *text, size_t size, const char *file,
                                        huzhu_diagnostics *diagnostics, huzhu_study **out);
HUZHU_API huzhu_study *huzhu_study_retain(huzhu_study *study);
HUZHU_API void huzhu_study_release(huzhu_study *study);

HUZHU_API size_t huzhu_study_scenario_count(const huzhu_study *study);
HUZHU_API huzhu_text huzhu_study_scenario_name(const huzhu_study *study, size_t index);
/* The settings in force, the ruleset's own too, in canonical form, one a line. */
HUZHU_API huzhu_text huzhu_study_scenario_settings(const huzhu_study *study, size_t index);

/* ---- What settings can move ------------------------------------------------------------------------------------------ */

#define HUZHU_AFFECTS_TEXT 0 /* "PLAN: outcome, total, …", a line for each plan of which something can move; nothing: nothing can */
#define HUZHU_AFFECTS_JSON 1 /* {"plan":"PLAN","can_move":["outcome","total"]}, a line for each plan */

/* Appends what can differ between the answers of two rulesets of the same files that were loaded with different settings,
 * before any claim is seen: outcome, reason, total, BENEFIT.gross, BENEFIT.net, COUNTER.after, COUNTER.key; enrolment, fees by
 * their names; of a package what it passes to its parts, which have lines of their own: PACKAGE.PLAN. What is not named
 * cannot differ for any claim. HUZHU_INVALID_ARGUMENT when the files are others. */
HUZHU_API huzhu_status huzhu_ruleset_affects(const huzhu_ruleset *before, const huzhu_ruleset *after, uint32_t form, huzhu_output *output);

/* ---- Tallies ------------------------------------------------------------------------------------------------------ */

/* A study bound to columns, and the sums so far. One thread at a time. */
typedef struct huzhu_tally huzhu_tally;

typedef struct huzhu_tally_options {
    uint32_t struct_size;
    uint32_t floats;              /* HUZHU_FLOATS_… */
    uint32_t counters;            /* HUZHU_COUNTERS_…; carried: each scenario finds in a row what its rows before that left */
    uint32_t reserved;            /* 0 */
    const char *const *ignored;   /* columns that are not looked at although their names are near an input's */
    size_t ignored_count;
    const char *const *by;        /* columns that make the groups, any of the data: texts, dictionaries of them, whole numbers,
                                     booleans, dates. None: one group */
    size_t by_count;
    const char *const *wanted;    /* quantities, in this order; NULL: total and every net */
    size_t wanted_count;
    const int64_t *bounds;        /* of totals, in minor units, rising */
    size_t bound_count;
    const uint32_t *quantiles;    /* in hundredths: 50 is the median; the smallest total that so many of a hundred paid rows do
                                     not exceed */
    size_t quantile_count;
    uint64_t group_limit;         /* most groups; 0: 100,000 */
    uint64_t amount_limit;        /* of quantiles: most different totals of all scenarios and groups together; 0: 10,000,000 */
} huzhu_tally_options;

/* Binds a study to a schema, which is only read, as huzhu_arrow_bind does. options NULL: none. HUZHU_DATA: some columns do
 * not fit, or there is none to group by; or counters are to be carried whose keys do not hold what the plan settles claims in
 * turn by; diagnostics (may be NULL) say which and why. */
HUZHU_API huzhu_status huzhu_tally_bind(huzhu_study *study, const struct ArrowSchema *schema, const huzhu_tally_options *options,
                                        huzhu_diagnostics *diagnostics, huzhu_tally **out);
HUZHU_API void huzhu_tally_free(huzhu_tally *tally);

/* Columns of the schema that are not looked at, in its order. */
HUZHU_API size_t huzhu_tally_ignored_count(const huzhu_tally *tally);
HUZHU_API huzhu_text huzhu_tally_ignored_at(const huzhu_tally *tally, size_t index);

/* Sets a counter that is carried, before the first row, as huzhu_arrow_set_counter does: it counts for every scenario. counter:
 * as of huzhu_plan_counter_at. HUZHU_STATE: counters are not carried, or rows were taken. */
HUZHU_API huzhu_status huzhu_tally_set_counter(huzhu_tally *tally, size_t counter, const struct ArrowSchema *schema,
                                               const struct ArrowArray *in, huzhu_diagnostics *diagnostics);

/* Adds the rows of an array of the schema bound; in is only read and stays the caller's. HUZHU_DATA: in is no such array, and
 * nothing was taken. Where counters are carried, rows come grouped by what the plan settles claims in turn by, through
 * all arrays; HUZHU_DATA too: one of it comes again behind another, and the sums are of no use. HUZHU_LIMIT: more groups, or more different totals, than allowed; HUZHU_NO_MEMORY: after these the sums
 * are of no use, too, and then huzhu_tally_array returns HUZHU_STATE. diagnostics (may be NULL) say what is wrong. */
HUZHU_API huzhu_status huzhu_tally_take(huzhu_tally *tally, const struct ArrowArray *in, huzhu_diagnostics *diagnostics);
/* Adds all arrays of a stream, which is released, also when it fails. */
HUZHU_API huzhu_status huzhu_tally_drain(huzhu_tally *tally, struct ArrowArrayStream *in, huzhu_diagnostics *diagnostics);
/* Adds the sums of from, a tally of the same study and options (HUZHU_INVALID_ARGUMENT otherwise) over other rows. from
 * stays as it is. HUZHU_DATA: counters are carried, and both have rows of one turn; then nothing is added. */
HUZHU_API huzhu_status huzhu_tally_add(huzhu_tally *into, const huzhu_tally *from);
/* Rows taken so far. */
HUZHU_API uint64_t huzhu_tally_rows(const huzhu_tally *tally);

/* The schema of the results, and the results so far; the caller releases them. */
HUZHU_API huzhu_status huzhu_tally_schema(const huzhu_tally *tally, struct ArrowSchema *out);
HUZHU_API huzhu_status huzhu_tally_array(const huzhu_tally *tally, struct ArrowArray *out);

#ifdef __cplusplus
}
#endif

#endif
