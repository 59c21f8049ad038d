/* tally_carry.h - blocks of rows that find in counters what rows before them left, under each scenario what that one left.
 * Private to tally.c, tally_keys.c, tally_carry.c, tally_own.c.
 *
 * Rows come grouped by their turn (turns.h), and the keys of all counters hold the turn: so a turn's rows see each other
 * alone, in whatever scenario, and of what counters are only the turn at hand is kept. A row's wave is its place within its
 * turn: rows of a wave are decided side by side. A block is laid out wave by wave, by groups within one, each wave from a
 * multiple of 64 on:
 *
 *     rows       m1 m1 m1 m2 m3 m3      their order, as they came
 *     waves      0  1  2  0  0  1
 *     positions  m1 m2 m3 … | m1 m3 … | m1 …
 *
 * The base goes first. Until a scenario touches a row of a turn, it has answered as the base did, and found the same in
 * counters; from there on it has counters of its own, and its cone decides each row of that turn. So rows of other turns
 * cost nothing.
 */
#ifndef HZ_RUN_TALLY_CARRY_H
#define HZ_RUN_TALLY_CARRY_H

#include "run/carry.h"
#include "run/tally_part.h"
#include "run/turns.h"

/* A key that is known in a block. */
typedef struct hz_tally_entry {
    int64_t value;           /* of the counter under it, its start where it has none: as the base left it so far; of keys that are not
                                the base's, as it stood before all rows */
    uint32_t block;          /* that keeps it */
    uint32_t kept;           /* of the first kept_count: one of the entries that stay behind the block */
} hz_tally_entry;

/* The keys of one counter. */
typedef struct hz_tally_counter {
    hz_keyed table, spare;   /* of the block; where those move to that stay */
    uint32_t *entry;         /* per position: HZ_NO_ENTRY where the key is open */
    hz_tally_entry *at;      /* per entry */
    uint32_t room;
    uint32_t kept_count;     /* entries of the turn that is open behind the block */
    uint32_t open;           /* entries that the block began with, the first ones */
} hz_tally_counter;

/* What counters are found by: keys of the base, or of scenarios that change them. */
typedef struct hz_tally_keys {
    hz_batch own, *batch;    /* own: of others than the base's */
    hz_tally_counter *counters;
} hz_tally_keys;

/* A counter of each position of a block, as the base has it. */
typedef struct hz_tally_found {
    int64_t *value;          /* under its key before the row */
    int64_t *given;          /* by the row itself */
    uint8_t *is_given;       /* bits */
    bool any_given;          /* in the block */
    int64_t *before, *after; /* what the rules find and leave */
    uint8_t *moved;          /* bits */
} hz_tally_found;

/* The same of the rows that are taken for cones of a kind, and of one scenario of theirs. */
typedef struct hz_tally_taken {
    uint32_t *entry;
    uint32_t *from;          /* where in state the row finds its value: at the row taken before it that has its key, else at its
                                own place in the second half */
    int64_t *state;          /* what each row leaves under its key; in the second half, what is found there first */
    int64_t *given;
    uint64_t *is_given;      /* bits */
    int64_t *before;         /* of a strip: what the rules find */
    void *column;            /* likewise, as the register holds it */
    int64_t *under, *after;  /* likewise: what stands under the key where some rows give another value; what the rules leave, widened */
    uint32_t *last;          /* per entry: the last row that has it; HZ_NO_ENTRY: none */
    uint32_t room;           /* of last */
} hz_tally_taken;

struct hz_tally_carry {
    hz_alloc alloc;
    hz_carry *known;         /* counters before all rows; the caller's */
    const hz_plan_model *rules;
    uint32_t counters;
    hz_turn_set turns;
    uint64_t last;           /* the open turn; HZ_NO_TURN: none so far */
    hz_tally_keys *keys;
    uint32_t key_count;
    hz_buf key;
    unsigned char *memory;   /* of the arrays below */
    size_t memory_size;
    /* The block at hand */
    uint32_t block;          /* its number, from 1 */
    size_t positions;        /* with those between waves */
    uint8_t *wave;           /* per row */
    uint16_t *turn;          /* per row: number of its turn in the block; 0: the one that was open before */
    uint32_t turn_count, open_turn; /* the one that is open behind it */
    uint32_t waves, begin[HZ_TALLY_WAVES], rows[HZ_TALLY_WAVES]; /* positions of each wave */
    int32_t *bad;            /* per position: of inputs and the base's counters, the first that does not fit; or -1 */
    hz_tally_found *found;   /* per counter */
    hz_column *columns;      /* per counter: before */
    int64_t *start;          /* per counter */
    int64_t **after;         /* per counter */
    uint8_t **moved;
    /* The rows of a kind of cones */
    uint32_t taken_begin[HZ_TALLY_WAVES], taken_rows[HZ_TALLY_WAVES];
    uint16_t *first;         /* per turn: the first row that is touched */
    hz_tally_taken *taken;   /* per counter */
    uint64_t *taken_bad;     /* bits: an input does not fit */
    uint64_t *absent, *strip_bad; /* a strip: no bits; inputs and the scenario's counters */
    uint32_t taken_keys;     /* by which keys they were taken */
    /* Between blocks */
    bool *apart;             /* per cone: it has counters of its own in the open turn */
    int64_t *saved;          /* per cone that is apart, and counter: values under the entries kept */
    uint32_t saved_room;     /* entries each */
};

/* ---- tally_keys.c ---- */

bool hz_tally_keys_begin(hz_tally_carry *carry, hz_batch *base, const hz_variant_programs *programs);
void hz_tally_keys_end(hz_tally_carry *carry);
/* Entries of the block's positions, and those that stay behind it. order: the row of each position. HZ_OK, HZ_NO_MEMORY. */
int32_t hz_tally_keys_find(hz_tally_carry *carry, const hz_column *inputs, const uint16_t *order);
/* Behind the block: forgets all that does not stay. HZ_OK, HZ_NO_MEMORY. */
int32_t hz_tally_keys_roll(hz_tally_carry *carry);

/* ---- tally_own.c ---- */

/* Runs the cones of a kind on the rows that taken_begin and taken_rows tell, which are listed in touched. apart: they have
 * counters of their own in the turn that was open before the block; stays: in the one that is open behind it. HZ_OK,
 * HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_tally_own_run(hz_tally *tally, hz_tally_cone *head, bool apart, bool stays);

static inline bool hz_tally_bit(const void *bits, size_t at)
{
    return (((const uint8_t *)bits)[at / 8] >> (at % 8) & 1) != 0;
}

#endif
