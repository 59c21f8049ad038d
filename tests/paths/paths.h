/* paths.h - every way of settling claims against the single claim: what the files of this program share.
 *
 *     table.c     claims from lines of JSON, as texts by input and counter
 *     single.c    the answers of single claims, which all others are held to
 *     number.c    texts as numbers and days, for columns of types
 *     pointers.c  columns of plain pointers
 *     arrays.c    columns of Arrow, of any type and offset
 *     compare.c   results against answers; what differs is printed
 *     study.c     sums of a study against sums of answers
 *     paths.c     the ways, one after another
 *
 * Buffers are exactly as large as what they hold, so that sanitizers see who reads beyond.
 */
#ifndef HZ_PATHS_H
#define HZ_PATHS_H

#include "api/api.h"

#include <huzhu/arrow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 64, BENEFITS_MOST = 24, COUNTERS_MOST = 24, REASONS_MOST = 64 };

__extension__ typedef __int128 int128;

/* What a column is of. */
typedef enum kind { KEY, TEXT, CODE, DATE, FLAG, NUMBER } kind;

/* A text; at NULL: not given. */
typedef struct cell {
    const char *at;
    size_t size;
} cell;

typedef struct table {
    const huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    size_t rows, inputs, counters, benefits;
    huzhu_input_info input[COLUMNS_MOST];
    huzhu_counter_info counter[COUNTERS_MOST];
    cell *lines; /* per row, without line end */
    cell *cells; /* per row: inputs, then counters */
    cell *ids;   /* per row */
} table;

static inline cell cell_of(const table *t, size_t row, size_t column)
{
    return t->cells[row * (t->inputs + t->counters) + column];
}

/* Some rows of a table, in an order. */
typedef struct people {
    size_t count;
    size_t *row;
} people;

typedef struct answer {
    int32_t outcome, reason, bad; /* reason: its number; bad: the first input or counter that does not fit, or -1 */
    bool has_total, settled;
    int64_t total;
    char error[32];
    uint32_t reason_count, cap_count;
    int32_t reasons[REASONS_MOST], caps[REASONS_MOST];
    int64_t gross[BENEFITS_MOST], net[BENEFITS_MOST];
    int64_t after[COUNTERS_MOST];
    bool there[COUNTERS_MOST];
    bool open[COUNTERS_MOST];  /* what was given does not fit: nobody says what is after */
    bool maybe[COUNTERS_MOST]; /* carried and not moved: where its key is not known there is no value, either */
} answer;

void *take(size_t size);
void must(bool well, const char *what);

/* ---- table.c ---- */

void table_read(table *t, const huzhu_ruleset *ruleset, const huzhu_plan *plan, const char *path);
void table_free(table *t);
/* Of inputs, then counters. */
kind kind_of(const table *t, size_t column);

/* ---- single.c ---- */

/* Settles the rows one after another; by settling whole lines too, and by setters, which must say the same. counters:
 * HUZHU_COUNTERS_…. Returns how many differed. */
unsigned settle_singly(const table *t, const people *who, uint32_t counters, answer *out);

/* ---- number.c ---- */

/* A plain number as coefficient and decimals; false: it is none, or too large. */
bool number_read(cell text, int128 *coefficient, int *places);
bool number_scaled(cell text, int scale, int128 *out);
/* A date as days since 1970-01-01. */
bool days_read(cell text, int64_t *days);
bool flag_read(cell text, int64_t *flag);

/* ---- pointers.c ---- */

typedef struct pointers pointers;

/* Whether a row's cells can all be values of such columns. */
bool pointers_can(const table *t, size_t row);
/* Columns of these rows; turn: other layouts. NULL: no memory. */
pointers *pointers_new(const table *t, const people *who, unsigned turn);
void pointers_free(pointers *p);
void pointers_set(const pointers *p, huzhu_batch *batch);

/* Results of as many rows. */
typedef struct batch_answers {
    size_t rows;
    int32_t *outcome, *reason, *bad;
    int64_t *total, *gross[BENEFITS_MOST], *net[BENEFITS_MOST], *after[COUNTERS_MOST];
    uint8_t *there[COUNTERS_MOST];
    size_t reasons;
    uint8_t *has[REASONS_MOST]; /* per reason, from number 1: rows */
} batch_answers;

void batch_answers_begin(batch_answers *a, const table *t, size_t rows);
void batch_answers_end(batch_answers *a, const table *t);
void batch_answers_set(batch_answers *a, const table *t, huzhu_batch *batch);

/* ---- arrays.c ---- */

typedef struct arrays {
    const table *t;
    size_t columns, rows;
    struct ArrowSchema schema, *schemas[COLUMNS_MOST], schema_at[COLUMNS_MOST], dictionary_schema[COLUMNS_MOST];
    struct ArrowArray array, *children[COLUMNS_MOST], child_at[COLUMNS_MOST], dictionary[COLUMNS_MOST];
    const void *buffers[COLUMNS_MOST][8], *dictionary_buffers[COLUMNS_MOST][8], *none[1];
    char formats[COLUMNS_MOST][2][24], names[COLUMNS_MOST][80];
    void **owned;
    size_t owned_count;
} arrays;

/* Columns of these rows, behind rows that nobody may look at. texts: all of texts, of any width; else of the types that fit,
 * others each turn. */
arrays *arrays_new(const table *t, const people *who, unsigned turn, bool texts);
void arrays_free(arrays *a);
/* Rows [first, first + rows), by the struct's offset or by its children's. view is good as long as a. */
typedef struct arrays_view {
    struct ArrowArray array, *children[COLUMNS_MOST], child_at[COLUMNS_MOST];
} arrays_view;
void arrays_slice(arrays *a, size_t first, size_t rows, bool by_children, arrays_view *view);

/* ---- compare.c ---- */

/* What is compared now, for messages. */
typedef struct where {
    const table *t;
    const people *who;
    const char *counters, *path;
    char detail[160];
    unsigned failed; /* rows, since reset */
} where;

void differ(where *w, size_t index, const char *what, int64_t got, int64_t wanted);
/* Rows [first, first + rows) of who. */
void compare_batch(where *w, const batch_answers *got, const answer *wanted, size_t first, size_t rows);
/* The columns all_wanted names. got begins with row first. */
void compare_array(where *w, const struct ArrowArray *got, const answer *wanted, size_t first);
/* Names of all result columns of the plan but id; count of them. */
size_t all_wanted(const table *t, char names[][96], const char **wanted);

/* ---- study.c ---- */

/* A study of plan as it is and under settings over the rows of a, against the sums of the answers under these settings. */
void compare_study(where *w, const huzhu_plan *plan, const char *settings, uint32_t counters, arrays *a, const answer *answers);

#endif
