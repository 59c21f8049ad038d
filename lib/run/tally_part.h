/* tally_part.h - what tally.c and tally_sum.c share of a block that is being summed. Private to them. */
#ifndef HZ_RUN_TALLY_PART_H
#define HZ_RUN_TALLY_PART_H

#include "run/tally.h"

struct hz_tally_cone {
    const hz_cone *cone;
    hz_cone_run run;
    uint32_t *gather;   /* columns of the block: the sources, then outcome and amounts of the base */
    uint32_t gathers;
    uint32_t touched;   /* column of the block; UINT32_MAX: every row */
};

/* Adds what the base answered for the block, whose segments are known. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_tally_sum_base(hz_tally *tally);

/* Adds what a scenario's answer differs by on rows [begin, begin + rows) of those touched, a strip at most; first: the piece
 * that the first of them is in. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_tally_sum_answer(hz_tally *tally, const hz_tally_cone *at, const hz_cone_answer *answer, size_t begin, size_t rows, uint32_t first);

#endif
