/* leg.h - one plan's share of a carry (carry.h): of the plan itself, or of a part of a package, for the rows of a block that
 * ask its rules. Private to carry.c and carry_package.c.
 *
 * Rows that ask have places, from 0 on, in their order. A plan's leg reads the host's columns and writes to his results; that
 * of a part has its rows gathered.
 */
#ifndef HZ_RUN_LEG_H
#define HZ_RUN_LEG_H

#include "run/accounts.h"
#include "run/carry.h"
#include "run/carry_rows.h"

#define HZ_NOT_ASKING UINT16_MAX

/* A key that counters of a leg have, and where the accounts are under it. */
typedef struct hz_leg_key {
    const hz_column_key *key;
    hz_accounts *accounts;
    uint16_t counters;       /* bits of the account's counters: those that this leg has */
    hz_key *keys;            /* of a chunk */
    uint32_t *number;        /* of a chunk: of each row's account; HZ_NO_ACCOUNT where the key is open */
    hz_account **account;    /* likewise; NULL */
} hz_leg_key;

/* Where a counter is: under which key of the leg, and which of the account's; key HZ_NO_LEG_KEY: its keys are not looked for. */
typedef struct hz_leg_place {
    uint32_t key, at;
} hz_leg_place;

#define HZ_NO_LEG_KEY UINT32_MAX

typedef struct hz_leg {
    const hz_plan *plan;
    hz_batch batch;
    bool whole;               /* the plan's itself: rows has nothing */
    hz_gathered rows;
    hz_leg_place *places;     /* per counter */
    hz_leg_key *keys;         /* room for one a counter */
    uint32_t key_count;
    hz_buf long_keys;         /* of a chunk */
    bool any_open;            /* some key of the chunk at hand is */
    uint16_t *asking;         /* rows of the block that ask, rising; of a plan's leg: all, and not filled */
    size_t asking_count;
    uint16_t *place_of;       /* a chunk: the place of each row of a block that is one chunk; HZ_NOT_ASKING */
    uint16_t *some;           /* room for places of a wave */
    hz_column *found;         /* per counter: what settled rows find */
    int64_t *before;          /* per counter, a chunk: its values */
    uint64_t *before_valid;   /* per counter, a chunk of bits, of the rows settled last */
    uint64_t *had;            /* per counter, a chunk of bits: rows that found a value */
    uint64_t *left;           /* per counter, a chunk of bits: rows that moved it */
    size_t begin, count;      /* places of the chunk at hand */
    int32_t *outcome;         /* of a part of a package: of the rows of a block */
    int64_t *total;
    /* Of the block at hand: */
    size_t block_rows;
    const hz_column *inputs;
    size_t inputs_first;      /* the row of inputs at which the block begins */
    const hz_column *counters;
    size_t first;             /* of counters and results, likewise */
    const hz_results *out;
    hz_results results;       /* where the batch writes */
    const int32_t *hold;      /* of a part: per row of the block, the outcome that holds it up, or 0; else NULL */
} hz_leg;

/* whole: of a plan that is no part. False: no memory; hz_leg_end all the same. */
bool hz_leg_begin(hz_leg *leg, const hz_plan *plan, bool whole, const hz_alloc *alloc);
/* The accounts that some counter of the leg has under the key of this one, with room for it; NULL: there are none. */
hz_accounts *hz_leg_accounts_for(const hz_leg *leg, uint32_t counter);
/* A counter is found in accounts, as their counter `at`. */
void hz_leg_add_counter(hz_leg *leg, uint32_t counter, hz_accounts *accounts, uint32_t at);
/* Once its keys are known. */
bool hz_leg_ready(hz_leg *leg, bool fresh, const hz_alloc *alloc);
void hz_leg_end(hz_leg *leg, const hz_alloc *alloc);

/* The account of a place of the chunk; NULL: there is none. */
static inline hz_account *hz_leg_account(const hz_leg_key *key, size_t place)
{
    return key->account[place];
}

/* Gathers the rows of the block that ask, and opens the batch for them. */
void hz_leg_open(hz_leg *leg);
/* Decides them, where it has no keys. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_leg_run(hz_leg *leg);
/* The chunk at hand is of places [begin, begin + count): all but what hangs on counters. apart: rows see no other, keys are
 * their own. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_leg_take(hz_leg *leg, size_t begin, size_t count, bool apart);
/* Decides some of its places, or all (place NULL); they share no key. before: legs that were decided for these rows, count
 * of them. carried: what is known counts. */
void hz_leg_settle(hz_leg *leg, const uint16_t *place, size_t count, bool carried, const hz_leg *before, uint32_t before_count);
/* Once all are settled. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_leg_finish(hz_leg *leg, bool carried);
/* Once all chunks are finished: what was gathered goes to the host. */
void hz_leg_put(hz_leg *leg);
/* Gives rows that do not ask the outcome of a package that decides without them: per row, with the number of its reason. */
void hz_leg_close(hz_leg *leg, const uint16_t *row, size_t count, const int32_t *outcome, const int32_t *reason);

#endif
