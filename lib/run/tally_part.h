/* tally_part.h - what tally.c and tally_sum.c share of a block that is being summed. Private to them. */
#ifndef HZ_RUN_TALLY_PART_H
#define HZ_RUN_TALLY_PART_H

#include "run/tally.h"

struct hz_tally_cone {
    const hz_cone *cone;
    hz_cone_run run;
    uint32_t kin;       /* of the first cone of a kind: how many are of it; of others 0 */
    uint32_t *gather;   /* of the first: columns of the block: all sources, then outcome and amounts of the base */
    size_t gather_room;
    uint32_t gathers;
    uint32_t *source;   /* per source of the cone: which of the gathered */
    uint32_t before;    /* which of them is the base's outcome; its amounts follow */
    uint32_t touched;   /* column of the block; UINT32_MAX: every row */
};

/* Memory of zeros, a little more than asked for; NULL: there is none. */
void *hz_tally_take(const hz_alloc *alloc, size_t count, size_t size);
void hz_tally_give(const hz_alloc *alloc, void *memory, size_t count, size_t size);

/* Decides positions [first, first + rows) of the columns by the base, and keeps what starts from it at position `to`. */
int32_t hz_tally_run_base(hz_tally *tally, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows, size_t to,
                          const hz_results *out);
/* Puts rows of a block, `count` of them, behind each other by their groups, from position `begin` on. False: they were so. */
bool hz_tally_sort(hz_tally *tally, const uint32_t *group, const uint16_t *rows, size_t count, size_t begin);
/* Columns of a kind of cones at positions that are listed in touched, from begin on, to the same places. */
void hz_tally_gather(const hz_tally *tally, const hz_tally_cone *at, size_t begin, size_t count);
/* Where each group's touched rows end, from begin on; segment and pieces go on from call to call, from 0. */
void hz_tally_find_pieces(const hz_tally *tally, size_t begin, size_t count, uint32_t *segment, uint32_t *pieces);

/* ---- tally_carry.c ---- */

bool hz_tally_carry_begin(hz_tally *tally, hz_carry *known);
void hz_tally_carry_end(hz_tally *tally);
/* As hz_tally_rows. */
int32_t hz_tally_carry_rows(hz_tally *tally, const hz_column *inputs, const hz_column *counters, const uint32_t *group, const uint64_t *turns,
                            size_t first, size_t rows);
/* Whether both have rows of one turn; takes over those of from. HZ_OK, HZ_DATA, HZ_NO_MEMORY. */
int32_t hz_tally_carry_add(hz_tally *into, const hz_tally *from);

/* Adds what the base answered for the block, whose segments are known. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_tally_sum_base(hz_tally *tally);

/* Adds what a scenario's answer differs by on rows [begin, begin + rows) of those touched, a strip at most; first: the piece
 * that the first of them is in. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_tally_sum_answer(hz_tally *tally, const hz_tally_cone *at, const hz_cone_answer *answer, size_t begin, size_t rows, uint32_t first);

#endif
