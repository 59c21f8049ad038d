/* tally.h - sums over rows under every scenario of a study, by group. Rows come as columns (columns.h) with the number of each
 * row's group; only sums are kept.
 *
 * A block of rows is brought into the order of its groups and decided by the base (program/variants.h); then each cone runs
 * on the rows that it can touch, and what scenarios of it answer there is held against the base. So the sums of the first
 * scenario are kept whole, and those of others as what they differ by. Where counters are carried, rows come grouped by their
 * turn (turns.h), and each scenario keeps those of the turn at hand (tally_carry.h). Called by api/tally.c. One thread.
 */
#ifndef HZ_RUN_TALLY_H
#define HZ_RUN_TALLY_H

#include "program/variants.h"
#include "run/carry.h"
#include "run/carry_rows.h"
#include "run/cone_run.h"
#include "run/keyed.h"
#include "value/decimal.h"

#define HZ_TALLY_BLOCK 4096
/* Where counters are carried, a block lies in waves, each from a multiple of 64 on. */
#define HZ_TALLY_WAVES 64
#define HZ_TALLY_POSITIONS (HZ_TALLY_BLOCK + 64 * HZ_TALLY_WAVES)

/* Counts of a scenario and group. */
enum { HZ_TALLY_ROWS = 0, /* 1 to 6: hz_outcome */ HZ_TALLY_BETTER = 7, HZ_TALLY_WORSE = 8, HZ_TALLY_BELOW = 9 /* a bound each */ };

typedef struct hz_tally_sums {
    int64_t *counts;  /* per group, count_width each */
    hz_i128 *sums;    /* per group, sum_width each: amounts, gained, lost */
} hz_tally_sums;

typedef struct hz_tally_cone hz_tally_cone;
typedef struct hz_tally_carry hz_tally_carry;

typedef struct hz_tally {
    hz_alloc alloc;
    const hz_variant_programs *programs;
    uint32_t scenarios, amounts; /* amount 0 is the total */
    const int64_t *bounds;       /* rising; of totals */
    uint32_t bound_count;
    uint32_t count_width, sum_width;
    hz_tally_sums *of;           /* per scenario; the first whole, others what is added to it, but for better, worse, gained, lost */
    uint32_t groups, group_room;
    uint64_t rows;
    /* Totals of paid rows, where quantiles are wanted: what they count for. A key is a scenario, a group and a total. */
    hz_keyed *totals;            /* NULL: not wanted */
    hz_keyed totals_own;
    uint64_t totals_most;
    hz_tally_carry *carry;       /* NULL: counters are not carried */
    /* Of a block */
    size_t positions;            /* rows that it has room for, with those between waves */
    hz_batch batch;
    hz_gathered gathered;
    hz_workspace workspace;      /* of cones */
    uint16_t *order;             /* rows by wave and group */
    uint32_t *local;             /* per group: its number in the block + 1 */
    uint32_t *segment_group, *segment_begin, *segment_end, segments;
    unsigned char **kept;        /* per register kept of the base: a block */
    unsigned char **dense;       /* rows that a cone can touch, a column each */
    uint32_t dense_count;
    uint16_t *touched;
    uint32_t *piece_group, *piece_end; /* the touched rows of each group, as long as a cone runs */
    unsigned char *memory;
    size_t memory_size;
    hz_tally_cone *cones;
} hz_tally;

typedef struct hz_tally_how {
    uint32_t scenarios, amounts;    /* amounts: how many of the programs' answers */
    const int64_t *bounds;          /* stay the caller's */
    uint32_t bound_count;
    uint64_t totals_most;           /* 0: no quantiles */
    bool fresh;                     /* counters that are not given start */
    hz_carry *known;                /* of programs for carried counters: as they stand before all rows; stays the caller's */
} hz_tally_how;

/* HZ_OK, HZ_NO_MEMORY. */
int32_t hz_tally_begin(hz_tally *tally, const hz_variant_programs *programs, const hz_tally_how *how, const hz_alloc *alloc);
void hz_tally_end(hz_tally *tally);

/* Room for groups numbered below count. False: no memory. */
bool hz_tally_groups(hz_tally *tally, uint32_t count);

/* Adds rows [first, first + rows) of the columns; group: of row 0. turns: likewise, of counters that are carried; else NULL.
 * HZ_OK, HZ_NO_MEMORY, HZ_LIMIT: too many different totals; HZ_DATA: a turn comes again behind another. */
int32_t hz_tally_rows(hz_tally *tally, const hz_column *inputs, const hz_column *counters, const uint32_t *group, const uint64_t *turns,
                      size_t first, size_t rows);

/* Adds what another tally of the same programs holds; map: its groups here. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT; HZ_DATA: both have
 * rows of one turn, and nothing was added. */
int32_t hz_tally_add(hz_tally *into, const hz_tally *from, const uint32_t *map);

/* A count, or a sum, of a scenario and group as it is in the end. */
int64_t hz_tally_count(const hz_tally *tally, uint32_t scenario, uint32_t group, uint32_t which);
hz_i128 hz_tally_sum(const hz_tally *tally, uint32_t scenario, uint32_t group, uint32_t which);

/* ---- tally_totals.c ---- */

/* The totals of a scenario and group, in order. */
typedef struct hz_tally_total {
    uint32_t scenario, group;
    int64_t total, count;
} hz_tally_total;

/* A row of a scenario and group now has this total, or has it no more. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_tally_note_total(hz_tally *tally, uint32_t scenario, uint32_t group, int64_t total, int64_t count);
/* All of them sorted by scenario, group and total; NULL: no memory. hz_tally_drop_totals gives it back. */
hz_tally_total *hz_tally_sort_totals(const hz_tally *tally);
void hz_tally_drop_totals(const hz_tally *tally, hz_tally_total *sorted);
/* The smallest total that `percent` of a hundred paid rows do not exceed; false: there is no paid row. */
bool hz_tally_quantile(const hz_tally *tally, const hz_tally_total *sorted, uint32_t scenario, uint32_t group, uint32_t percent, int64_t *out);

#endif
