/* journal.h - what each claim found when it was settled: enough to take the last claim of its keys back, exactly.
 *
 *     reserve, begin, note…        a claim enters, with each counter it has as that counter stood before
 *     find, take_back              the newest claim of a name that was not taken back yet
 *
 * Part of a ledger that keeps claims (ledger.h), whose `names` its names point into. Costs about 60 bytes a claim and 50
 * a counter. Only reserve can fail, and then nothing has changed.
 */
#ifndef HZ_RUN_JOURNAL_H
#define HZ_RUN_JOURNAL_H

#include "base/alloc.h"
#include "base/buf.h"

/* A counter as a claim found it; after it was taken back, as the claim had left it. */
typedef struct hz_journal_move {
    size_t name_begin;  /* in the ledger's names: plan, counter, key */
    uint32_t name_size;
    uint8_t kind;       /* hz_kind of value */
    bool known;         /* it had a value */
    bool moved;         /* the claim changed it, or left it as it was on purpose; false: only its key is the claim's */
    int32_t scale;
    int64_t value;
    uint64_t last;      /* number of the claim before this one under the same key; 0: none */
} hz_journal_move;

typedef struct hz_journal_claim {
    uint64_t hash;      /* of its name */
    size_t name_begin;  /* in names below: plan, then id as JSON text */
    uint32_t name_size; /* 0: it has no id, and cannot be asked for */
    uint32_t moves;
    size_t first_move;
    int64_t total;      /* minor units */
    uint64_t before;    /* number of the claim of the same name before it; 0: none */
    bool back;          /* it was taken back */
} hz_journal_claim;

typedef struct hz_journal {
    hz_alloc alloc;
    hz_journal_claim *claims; /* number n is claims[n - 1] */
    size_t claim_count, claim_room;
    hz_journal_move *moves;
    size_t move_count, move_room;
    hz_buf names;
    uint64_t *table;          /* hash of a name -> number of its newest claim; 0: free */
    size_t table_room, table_count;
} hz_journal;

void hz_journal_begin(hz_journal *journal, const hz_alloc *alloc);
void hz_journal_end(hz_journal *journal);
/* Forgets every claim, keeps memory. */
void hz_journal_reset(hz_journal *journal);

/* Room for one more claim of so many counters and a name of size bytes; false: no memory. */
bool hz_journal_reserve(hz_journal *journal, size_t counters, size_t size);
/* Enters a claim; returns its number, from 1. An empty name: it can't be asked for. */
uint64_t hz_journal_enter(hz_journal *journal, hz_str name, int64_t total);
/* Adds a counter to the claim entered last. */
void hz_journal_note(hz_journal *journal, hz_journal_move move);

/* The newest claim of a name that was not taken back; 0: none. */
uint64_t hz_journal_find(const hz_journal *journal, hz_str name);

static inline hz_journal_claim *hz_journal_claim_of(const hz_journal *journal, uint64_t number)
{
    return &journal->claims[number - 1];
}

#endif
