/* columns.h - many claims at once: a plan's inputs as columns in, outcome, total, first reason and counters as columns
 * out. The same program as a single claim's, over chunks of rows. Counters come in and go out as columns: rows do not
 * see each other here.
 */
#ifndef HZ_RUN_COLUMNS_H
#define HZ_RUN_COLUMNS_H

#include "base/alloc.h"
#include "program/plan.h"

/* A column of an input or counter. values: int32_t for dates and codes, int64_t for numbers and durations, hz_str for
 * texts; booleans one bit a row. valid: a bit a row, 1 = given; NULL: all are. An input left out altogether has values
 * NULL: absent in every row. Both begin at row 0 and are read up to the row count, bits in whole 64-bit words. */
typedef struct hz_column {
    const void *values;
    const uint64_t *valid;
} hz_column;

/* Where results go; any pointer may be NULL. */
typedef struct hz_results {
    int32_t *outcome;  /* hz_outcome */
    int64_t *total;    /* minor units; 0 where there is none */
    int32_t *reason;   /* number of the deciding line, 0: none (hz_plan_reason) */
    int64_t *const *after; /* per counter: its value after the claim, unchanged where the claim does not move it */
} hz_results;

#define HZ_CHUNK 256

typedef struct hz_batch {
    hz_alloc alloc;
    const hz_plan *plan;
    void **reg;                /* per register: its column in this chunk */
    hz_workspace workspace;    /* register 0 */
    unsigned char *memory;     /* temporaries and constants, shared by registers whose lives do not meet */
    size_t memory_size;
    uint64_t none[HZ_CHUNK / 64]; /* an absence that never is */
    uint64_t bad[HZ_CHUNK / 64];
} hz_batch;

/* Prepares for a plan. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_batch_begin(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc);
void hz_batch_end(hz_batch *batch);

/* Decides rows claims. inputs and counters have an item per input and counter of the plan.
 * HZ_OK, or HZ_NO_MEMORY where it makes texts; once warm it allocates nothing. */
int32_t hz_batch_run(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t rows, const hz_results *out);

#endif
