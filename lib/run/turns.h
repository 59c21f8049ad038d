/* turns.h - rows in parts, for hosts with threads. Rows of one turn (`in turn by`) find the counters that the ones before
 * left, so all of a turn belong to one part; rows of other turns see none of each other. Called by the API.
 *
 * A turn is known by 64 bits of its text. Two turns with the same bits only ever share a part.
 */
#ifndef HZ_RUN_TURNS_H
#define HZ_RUN_TURNS_H

#include "run/columns.h"

/* Of a row without a turn: it has none, or the plan says no `in turn by`. */
#define HZ_NO_TURN UINT64_C(0)

/* The input that the plan's claims are settled in turn by; HZ_NO_INPUT: it says none. */
#define HZ_NO_INPUT UINT32_MAX
uint32_t hz_turn_input(const hz_plan *plan);
/* By which name keys of the plan know the turn: of a part of a package, the package's; empty: they do not. */
hz_str hz_turn_name(const hz_plan *plan);

/* The turn of a text. */
uint64_t hz_turn_of(hz_str text);
/* The turns of rows [first, first + rows) of that input's column, of texts. */
void hz_turns_of(const hz_plan *plan, const hz_column *column, size_t first, size_t rows, uint64_t *out);

/* The part of a turn, of a number of them: the same in every batch. */
static inline uint32_t hz_turn_part(uint64_t turn, uint32_t parts)
{
    return (uint32_t)((turn >> 32) * parts >> 32);
}

/* ---- Turns that were seen ---- */

/* Eleven to twenty-two bytes a turn. */
typedef struct hz_turn_set {
    hz_alloc alloc;
    uint64_t *slots;        /* open addressing; HZ_NO_TURN: free */
    size_t count, room;     /* a power of two */
} hz_turn_set;

void hz_turn_set_begin(hz_turn_set *set, const hz_alloc *alloc);
void hz_turn_set_end(hz_turn_set *set);
bool hz_turn_set_has(const hz_turn_set *set, uint64_t turn);
/* HZ_OK; HZ_DATA: it was there; HZ_NO_MEMORY. */
int32_t hz_turn_set_add(hz_turn_set *set, uint64_t turn);

/* ---- Parts that are rows behind each other ---- */

typedef struct hz_split {
    hz_alloc alloc;
    size_t rows, parts;     /* of all */
    size_t *ends;           /* the host's: where each part ends, counted from the first row */
    size_t row, part;       /* where it is */
    uint64_t last;          /* the turn of the last row that had one */
    struct hz_split_seen { uint64_t turn; size_t part; } *seen; /* open addressing: the part of each turn so far */
    size_t count, room;     /* of seen; a power of two */
} hz_split;

/* Cuts rows into parts, at least 1; ends has an item a part. */
void hz_split_begin(hz_split *split, size_t rows, size_t parts, size_t *ends, const hz_alloc *alloc);
void hz_split_end(hz_split *split);
/* The next rows. HZ_OK; HZ_NO_MEMORY; HZ_DATA: a turn comes again in another part, so rows do not come grouped by it. */
int32_t hz_split_add(hz_split *split, const uint64_t *turns, size_t rows);

#endif
