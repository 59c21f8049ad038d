/* columns.h - many claims at once: a plan's inputs as columns in, outcome, reason, amounts and counters as columns out.
 * The same rules as a single claim's, over chunks of rows. Counters come in and go out as columns: rows do not see each
 * other here.
 *
 * Cost: a few nanoseconds a row. A row's own mistakes (a value out of range, one that is absent) decide that row alone.
 */
#ifndef HZ_RUN_COLUMNS_H
#define HZ_RUN_COLUMNS_H

#include "base/buf.h"
#include "column/ahead.h"
#include "program/plan.h"

#define HZ_CHUNK HZ_WHOLE
#define HZ_CHUNK_WORDS (HZ_CHUNK / 64)

/* How values lie in the host's memory. */
typedef enum hz_layout {
    HZ_LAYOUT_OWN,      /* as registers do: int32_t dates and codes, int64_t numbers, hz_str texts; booleans a bit a row */
    HZ_LAYOUT_INT64,    /* int64_t: numbers at `scale`, days, codes, 0 or 1 */
    HZ_LAYOUT_BYTES,    /* a byte a row: 0 or 1 */
    HZ_LAYOUT_MAPPED,   /* int32_t: places in `map`, whose items are codes or -1 */
    HZ_LAYOUT_OFFSETS   /* int32_t, one more than rows: row r is bytes [values[r], values[r + 1]) of `bytes` */
} hz_layout;

/* A column of an input or counter. Bits are those of bytes, the lowest first: row r is bit r % 8 of byte r / 8. An input
 * left out altogether has values NULL: absent in every row. */
typedef struct hz_column {
    const void *values;
    const void *valid;   /* bits, 1 = given; NULL: all are */
    uint8_t layout;      /* hz_layout */
    int32_t scale;       /* INT64 of a number */
    const int32_t *map;  /* MAPPED */
    uint32_t map_count;
    const char *bytes;   /* OFFSETS */
    size_t byte_count;
} hz_column;

typedef struct hz_result_benefit {
    int64_t *gross, *net; /* minor units; 0 where the row is neither paid nor nothing due */
    uint8_t *not_offered; /* bits: the row's reasons have NOT_OFFERED for it */
} hz_result_benefit;

/* Where what a package passes to an input of its part goes: values as registers hold them, booleans as bits, texts as
 * offsets into texts, to which they are appended. */
typedef struct hz_result_passed {
    void *values;
    uint8_t *valid;    /* bits */
    hz_buf *texts;
} hz_result_passed;

/* Where what a package says of its part goes (hz_column_part). */
typedef struct hz_result_part {
    int32_t *verdict, *reason, *hold;
    const hz_result_passed *inputs; /* per input of the part; of those that are given as they are: nowhere */
} hz_result_part;

/* Where results go; any pointer may be NULL. */
typedef struct hz_results {
    int32_t *outcome;  /* hz_outcome */
    int64_t *total;    /* minor units; 0 where there is none */
    int32_t *reason;   /* number of the deciding reason, 0: none (hz_plan_reason) */
    int64_t *const *after; /* per counter: its value after the claim, as before it where the claim does not move it: a
                              coefficient, days or HZ_NO_DATE, 0 or 1; 0 or HZ_NO_DATE where it is absent */
    uint8_t *const *after_valid; /* per counter: bits, 1 = there is one */
    uint8_t *const *moved; /* per counter: bits, 1 = the row is settled and moves it, be it by nothing */
    int64_t *const *before; /* carry.c alone: per counter: its value as the row found it, likewise; NULL: not wanted */
    uint8_t *const *before_valid;
    const hz_result_benefit *benefits; /* per benefit */
    int32_t *bad;      /* the first input, or behind them counter, that does not fit; -1: all do */
    uint8_t *const *listed; /* per number of a reason, from 0: bits, 1 = the row's reasons have it */
    uint8_t *has_total; /* bits, 1 = the outcome has a total */
    const hz_result_part *asked; /* per part of a package */
    const struct hz_results *parts; /* carry.c alone: per part of a package: of the part; outcome HZ_OUTCOME_NONE where the
                                       package is decided without its parts */
} hz_results;

/* A register that the host wants, and where. */
typedef struct hz_wanted {
    uint32_t reg;
    void *to;          /* of row 0 of the host's column */
    bool direct;       /* kernels write there */
    bool widen;        /* the host's is int64_t, the register's is not */
    bool bits;         /* the host's are bits, too */
    bool inverted;     /* the register's, inverted */
    hz_buf *texts;     /* of texts: where they go; the host's are offsets into it */
    uint32_t absent;   /* of texts: rows without one, or HZ_NO_REG */
} hz_wanted;

typedef struct hz_feed hz_feed;

typedef struct hz_batch {
    hz_alloc alloc;
    const hz_plan *plan;
    void **reg;                /* per register: its column in this chunk */
    void **own;                /* per register: its column in memory of ours */
    hz_instruction *run;       /* those of the program that what is wanted needs */
    uint32_t run_count;
    uint32_t run_long;         /* of those: how many are more than logic on bits */
    uint8_t *step;             /* per register: columns_part.h; NULL unless begun with keys. Then of run: */
    uint32_t keys_end;         /* those that keys need end here, */
    uint32_t front_end;        /* others that hang on no counter here */
    bool *key_feed;            /* per input: keys hang on it */
    bool *run_read;            /* per input, then per counter: the run reads its value */
    hz_wanted *wanted;
    uint32_t wanted_count;
    bool changed;              /* other registers are wanted than those that run was chosen for */
    hz_feed *feeds;            /* per input, then per counter */
    hz_ahead ahead;
    unsigned char *memory;     /* temporaries and constants, shared by registers whose lives do not meet; stages of feeds */
    uint32_t lines;            /* of a cache, in it */
    hz_workspace workspace;    /* register 0 */
    bool fresh;                /* counters that are not given start */
    uint64_t bad[HZ_CHUNK_WORDS];
    /* In steps, of the chunk at hand: */
    size_t first, rows;
    const hz_column *inputs;
    int32_t *bad_out;          /* the host's, from row 0 on; NULL: not wanted */
    uint64_t key_bad[HZ_CHUNK_WORDS]; /* an input that keys hang on does not fit */
    void **now;                /* per register: its column of the rows settled last */
    void **some;               /* likewise, where they are not all rows: what passes is gathered, */
    void **gathered;           /* per register: into this memory; NULL: it does not pass */
    void **spread;             /* per register that is put back: where that of all rows of the chunk is; else NULL */
    bool *passes;              /* per register: the front's, and the tail reads it, or it says what counters are */
    uint32_t *in, *back;       /* of the run at hand: registers that are gathered, and that are put back */
    uint32_t in_count, back_count;
    uint32_t *bits;            /* registers of bits that are gathered, by `flags`: bits of all rows, a byte a row for eight registers */
    uint32_t bit_count;
    uint8_t *flags;
    bool flagged;              /* of the chunk at hand */
    unsigned char *passing;    /* memory of gathered and spread */
    size_t passing_size;
    uint64_t some_bad[HZ_CHUNK_WORDS];
} hz_batch;

/* Prepares for a plan. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_batch_begin(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc);
/* The same, for steps too. */
int32_t hz_batch_begin_keyed(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc);
void hz_batch_end(hz_batch *batch);

/* Decides the rows [first, first + rows) of the columns, which all begin at row 0. inputs and counters have an item per
 * input and counter of the plan. HZ_OK, or HZ_NO_MEMORY where it makes texts; once warm it allocates nothing. */
int32_t hz_batch_range(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows,
                       const hz_results *out);

/* ---- In steps, of a batch begun with keys: rows that share the key of a counter are settled one after another ----
 *
 *     hz_batch_open once for a range of rows, then for each HZ_CHUNK of it in order
 *     hz_batch_keys -> hz_batch_front -> hz_batch_settle_all, or hz_batch_settle until all rows are -> hz_batch_close
 */

/* inputs and out as for hz_batch_range; counters are those that the host gave, of which only the memory matters: results
 * may lie in it. All stay as they are until the last chunk is closed. */
void hz_batch_open(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows, const hz_results *out);
/* Works out the keys of counters of a chunk: then they stand in batch->reg, at plan->columns.keys, until it is closed.
 * batch->key_bad: rows of which an input that keys need does not fit. */
void hz_batch_keys(hz_batch *batch, size_t first, size_t rows);
/* What hangs on no counter. */
void hz_batch_front(hz_batch *batch);
/* What hangs on counters: of rows of the chunk, given by their places in it, of which counters' columns have row 0 and those
 * behind it. Then batch->now has their registers. */
void hz_batch_settle(hz_batch *batch, const hz_column *counters, const uint16_t *row, size_t count);
/* Of all rows of the chunk. */
void hz_batch_settle_all(hz_batch *batch, const hz_column *counters);
/* Results go to the host. HZ_OK, or HZ_NO_MEMORY where texts are made. */
int32_t hz_batch_close(hz_batch *batch);

/* Sets the bits of mask in a byte of the host's. Others of it may be another thread's. */
static inline void hz_write_bits(uint8_t *to, uint8_t mask, uint8_t bits)
{
    if (mask == 0xFF) {
        *to = bits;
        return;
    }
    __atomic_fetch_and(to, (uint8_t)(bits | ~mask), __ATOMIC_RELAXED);
    __atomic_fetch_or(to, (uint8_t)(bits & mask), __ATOMIC_RELAXED);
}

static inline int32_t hz_batch_run(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t rows,
                                   const hz_results *out)
{
    return hz_batch_range(batch, inputs, counters, 0, rows, out);
}

#endif
