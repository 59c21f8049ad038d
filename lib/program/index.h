/* index.h - an index over the rows of a long decision table (column/lookup.h), and the proof that no two of them match at
 * once.
 *
 * In: for each entry the side that it takes of each column, constants all. Rows are told apart by the column that does it
 * best, then by the next, until few are left, so that all pairs that could meet stand together in some bucket: proving a
 * table costs about as much as sorting it. Rows that no column tells apart would make a look-up slow, and are refused.
 * Called by check_long.c.
 */
#ifndef HZ_PROGRAM_INDEX_H
#define HZ_PROGRAM_INDEX_H

#include "base/vec.h"
#include "column/lookup.h"

/* The most entries that a look-up may have to try. */
#define HZ_BUCKET_MOST 256u

/* Two rows that match at once. */
typedef struct hz_index_pair {
    uint32_t first, second; /* rows, the first of lower number */
} hz_index_pair;

typedef struct hz_index {
    hz_arena *arena;       /* of the look-up */
    hz_arena *scratch;     /* of what only making it needs */
    hz_lookup *lookup;     /* columns, rows, entries, ordered, sides and row are filled in; the rest is made */
    HZ_VEC(hz_index_pair) pairs; /* found: of rows that are not ordered; some, if any */
    bool too_alike;        /* more than HZ_BUCKET_MOST entries are told apart by no column */
    /* of index.c */
    HZ_VEC(hz_lookup_node) nodes;
    HZ_VEC(int64_t) from;
    HZ_VEC(uint32_t) to;
    HZ_VEC(uint32_t) members;
    uint64_t work;
    struct hz_index_end *ends[3];             /* of the node that is cut now */
    hz_lookup_side box[HZ_LOOKUP_COLUMNS];    /* values that the node is asked about, null apart */
} hz_index;

/* Makes the nodes. Where pairs or too_alike say that the table is no good, the look-up must not be used. */
void hz_index_make(hz_index *index);

#endif
