/* huzhu/arrow.h - batches of claims by the Arrow C Data and Stream Interfaces: from and to pandas, polars, pyarrow, DuckDB,
 * Arrow for Java and whatever else speaks them, without a copy where the columns allow it. No Arrow library is needed.
 *
 *     huzhu_arrow_bind     a plan to the columns of a schema, once
 *     huzhu_arrow_evaluate for each array (a record batch), or
 *     huzhu_arrow_stream   for data of any length, larger than memory too
 *
 * In: a struct whose children are columns. A column goes to the input of its name, or to the counter of its name (before
 * the claims); `id` passes through. Others are not looked at and are listed. A row that is null, or a column that is not
 * there, is what was not given. Each row is a claim, decided as huzhu_claim_evaluate decides it; what is wrong with a row
 * is said in that row's results and disturbs no other.
 *
 *   kind of input   columns it takes
 *   key             texts, whole numbers (as their digits)
 *   text            texts
 *   code            texts: its ids
 *   date            date32, date64 and timestamps without a zone that are midnights, texts YYYY-MM-DD
 *   boolean         booleans, whole numbers 0 and 1, texts true and false
 *   numbers, money  whole numbers, decimals of 32 to 256 bits, texts; floats only where the options say how to round
 *
 * Texts are utf8, large utf8 or utf8 views; all of them also as dictionaries. Timestamps with a zone are refused: midnight
 * in Beijing is the day before in UTC.
 *
 * Out: a struct of the columns wanted, by name:
 *
 *   id                the column of the input, its texts as utf8 or large utf8
 *   outcome           dictionary of "paid", "nothing_due", …
 *   reason            dictionary: code of the deciding reason; null: none
 *   error             dictionary: R_ code of what is wrong with the row; null: nothing
 *   reasons, caps     lists of such codes: all reasons; the caps that cut
 *   total             decimal128(18, 2): null where the outcome has none
 *   BENEFIT.gross, BENEFIT.net   decimal128(18, 2): null as total is
 *   COUNTER.after     after the claim: money decimal128(18, 2), others int64, flags boolean, dates date32; null: none,
 *                     or its key is not known
 *
 * Of a package these are outcome, reason, error, reasons, caps and total of the whole, whose total is null also where a part's
 * is, and the same of each part behind its name: PART.outcome, PART.BENEFIT.net, PART.COUNTER.after. A part's outcome is null
 * where the package is refused, incomplete or in error without it; "not_asked" where it is not concerned, and then its
 * counters after are as they were given. Counters come in as COUNTER, to every part that has one, or as PART.COUNTER, to one:
 * that counts more in rows where it has a value. Those that parts share are given as they stood before the claim, in one column or several that agree.
 *
 * Arrays that come out have offset 0, and each child a release of its own: it may be moved out before its parent is
 * released. They come from the ruleset's allocator and may be released on any thread.
 */
#ifndef HUZHU_ARROW_H
#define HUZHU_ARROW_H

#include "huzhu/huzhu.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/* A plan bound to columns. One thread at a time; to use several, bind the plan once for each. */
typedef struct huzhu_arrow huzhu_arrow;

/* Columns of floats for numbers and money. */
#define HUZHU_FLOATS_REFUSED 0   /* binding fails */
#define HUZHU_FLOATS_HALF_EVEN 1 /* the float's exact value, rounded to the decimals of the input; of a tie to the even digit */
#define HUZHU_FLOATS_HALF_UP 2   /* of a tie away from 0 */

typedef struct huzhu_arrow_options {
    uint32_t struct_size;
    uint32_t floats;            /* HUZHU_FLOATS_…; NaN and infinities are errors of their rows */
    uint32_t counters;          /* HUZHU_COUNTERS_…: where counters stand that no column of a row gives */
    uint32_t reserved;          /* 0 */
    const char *const *wanted;  /* names of result columns, in this order; NULL: id (if it is there), outcome, reason, error,
                                   total, every net and every counter after; then of each part of a package likewise */
    size_t wanted_count;
    const char *const *ignored; /* columns that are not looked at although their names are near an input's */
    size_t ignored_count;
} huzhu_arrow_options;

/* Binds a plan to a schema, which is only read. options NULL: none. HUZHU_DATA: some columns do not fit, diagnostics (may
 * be NULL) say which and why: a type that the input does not take, two columns of one name, a name that is nearly an
 * input's, a result column that there is not. */
HUZHU_API huzhu_status huzhu_arrow_bind(const huzhu_plan *plan, const struct ArrowSchema *schema,
                                        const huzhu_arrow_options *options, huzhu_diagnostics *diagnostics,
                                        huzhu_arrow **out);
/* Streams made of it stay good. */
HUZHU_API void huzhu_arrow_free(huzhu_arrow *arrow);

/* Columns of the schema that are not looked at, in its order. */
HUZHU_API size_t huzhu_arrow_ignored_count(const huzhu_arrow *arrow);
HUZHU_API huzhu_text huzhu_arrow_ignored_at(const huzhu_arrow *arrow, size_t index);

/* The schema of the results: a struct. The caller releases it. */
HUZHU_API huzhu_status huzhu_arrow_schema(const huzhu_arrow *arrow, struct ArrowSchema *out);
/* Decides the rows of one array of the schema bound; in is only read and stays the caller's. out is the caller's to
 * release. HUZHU_DATA: in is no such array (lengths, buffers, offsets), diagnostics (may be NULL) say what is wrong. */
HUZHU_API huzhu_status huzhu_arrow_evaluate(huzhu_arrow *arrow, const struct ArrowArray *in, huzhu_diagnostics *diagnostics,
                                            struct ArrowArray *out);
/* ---- Threads: a binding of the plan for each, and rows of its own ---- */

/* Cuts the rows of an array as huzhu_batch_partition does, ends counted from the array's offset: a slice for each thread.
 * HUZHU_DATA: in is no such array, or its rows do not come grouped by turn; diagnostics (may be NULL) say which. */
HUZHU_API huzhu_status huzhu_arrow_partition(huzhu_arrow *arrow, const struct ArrowArray *in, size_t parts,
                                             huzhu_diagnostics *diagnostics, int64_t *ends);
/* The part of each row, 0 to parts - 1 (parts is 1 to 65,536), for rows in any order: those of one turn have the same part in
 * every array and every binding, so each thread takes the rows of its part, in order. */
HUZHU_API huzhu_status huzhu_arrow_assign(huzhu_arrow *arrow, const struct ArrowArray *in, size_t parts,
                                          huzhu_diagnostics *diagnostics, uint32_t *part);
/* The same for a table of a counter (huzhu_arrow_set_counter): which thread's rows find it. HUZHU_UNSUPPORTED where the key
 * of the counter has no part that is the turn. */
HUZHU_API huzhu_status huzhu_arrow_assign_counter(huzhu_arrow *arrow, size_t counter, const struct ArrowSchema *schema,
                                                  const struct ArrowArray *in, size_t parts, huzhu_diagnostics *diagnostics,
                                                  uint32_t *part);

/* ---- Counters that are carried ---- */

/* Counters that are carried, as tables: one of each counter, a row of each key: the parts of the key by their names, and
 * `value`. Texts are utf8, codes utf8, dates date32, money decimal128(18, 2), other numbers decimal128 or int64, flags boolean.
 * Keys are those that rows so far had; value is null where no row moved the counter. HUZHU_STATE unless counters are
 * carried. counter: as of huzhu_plan_counter_at; a package has those of its parts, one part's behind the other's, named
 * PART.COUNTER, and what parts share is one table, whichever of them is asked for it. */
HUZHU_API size_t huzhu_arrow_counter_count(const huzhu_arrow *arrow);
HUZHU_API huzhu_text huzhu_arrow_counter_name(const huzhu_arrow *arrow, size_t counter);
HUZHU_API huzhu_status huzhu_arrow_counter_schema(const huzhu_arrow *arrow, size_t counter, struct ArrowSchema *out);
HUZHU_API huzhu_status huzhu_arrow_counter_array(const huzhu_arrow *arrow, size_t counter, struct ArrowArray *out);
/* Sets a counter under the keys of such a table, as a run before left it; any types that inputs of those kinds take. Rows
 * whose value is null are left out. HUZHU_DATA: a column is missing or does not fit, or a cell does not; then nothing is
 * set, and diagnostics (may be NULL) say which. */
HUZHU_API huzhu_status huzhu_arrow_set_counter(huzhu_arrow *arrow, size_t counter, const struct ArrowSchema *schema,
                                               const struct ArrowArray *in, huzhu_diagnostics *diagnostics);
/* A stream of results, an array for each array of in. Takes over in (in->release is then NULL), also when it fails. Errors
 * of in are passed on; those of an array are EINVAL, memory ENOMEM, with a message at get_last_error. While a stream is
 * read arrow is in use. */
HUZHU_API huzhu_status huzhu_arrow_stream(huzhu_arrow *arrow, struct ArrowArrayStream *in, struct ArrowArrayStream *out);

#ifdef __cplusplus
}
#endif

#endif
