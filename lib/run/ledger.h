/* ledger.h - counters in memory, from claim to claim: for hosts without a database of their own, and for worked
 * examples.
 *
 *     per claim: hz_ledger_fill, hz_decide, hz_ledger_apply
 *
 * A counter is found by plan, name and key, one that plans share by name and key. fill costs one evaluation without
 * counters; keys that were seen stay until the end. A ledger that keeps claims can take the last claim of its keys back.
 */
#ifndef HZ_RUN_LEDGER_H
#define HZ_RUN_LEDGER_H

#include "run/decision.h"
#include "run/journal.h"

typedef struct hz_ledger_slot {
    uint64_t hash;
    size_t name_begin;  /* in names: plan, counter and key, each behind the other */
    uint32_t name_size; /* 0: a free slot */
    uint8_t kind;       /* hz_kind of value */
    bool known;         /* it has a value; false: only room was made */
    int32_t scale;
    int64_t value;
    uint64_t last;      /* number in the journal of the claim that came last under this key; 0: none */
} hz_ledger_slot;

typedef struct hz_ledger {
    hz_alloc alloc;
    hz_ledger_slot *slots; /* NULL while empty */
    size_t count, room;    /* slots used; of a power of two */
    hz_buf names;
    hz_buf name;       /* of the one looked for */
    hz_decision probe; /* finds keys */
    bool keeps;        /* the journal is kept */
    hz_journal journal;
} hz_ledger;

void hz_ledger_begin(hz_ledger *ledger, const hz_alloc *alloc);
void hz_ledger_end(hz_ledger *ledger);
/* Forgets every counter, keeps memory. */
void hz_ledger_reset(hz_ledger *ledger);
/* Before the ruleset of the claims so far may go: lets go of what points into it. Counters stay. */
void hz_ledger_forget_rules(hz_ledger *ledger);

/* Sets the counters of claim that were not given and whose key is known, from the ledger; marks the claim fresh, so
 * that the others start. HZ_OK, HZ_NO_MEMORY. */
int32_t hz_ledger_fill(hz_ledger *ledger, hz_claim *claim);

/* The same for a claim that was settled before, with the counters it then had given. Where a key is known, the claim was
 * given the same (HZ_AGAIN_SAME; otherwise it has a fault: a claim between is missing), or what is known counts
 * (HZ_AGAIN_KNOWN). */
typedef enum hz_again { HZ_AGAIN_SAME, HZ_AGAIN_KNOWN } hz_again;
int32_t hz_ledger_fill_again(hz_ledger *ledger, hz_claim *claim, hz_again again);

/* Takes over what a decision and its parts moved: all of it, or on HZ_NO_MEMORY nothing. They are one claim. */
int32_t hz_ledger_apply(hz_ledger *ledger, const hz_decision *decision);

/* Room for all of it: then taking over what this decision moved cannot fail. HZ_OK, HZ_NO_MEMORY. */
int32_t hz_ledger_reserve(hz_ledger *ledger, const hz_decision *decision);

/* From now on keeps what is needed to take claims back. HZ_STATE unless nothing was taken over yet. */
int32_t hz_ledger_keep(hz_ledger *ledger);
/* Takes the newest claim of plan and id back: its counters are as they were before it. *number: the claim in the journal,
 * whose moves then hold what the counters were with it. HZ_OK; HZ_NOT_FOUND; HZ_NOT_REVERSIBLE: under one of its keys
 * another claim came later; HZ_STATE: no claims are kept; HZ_NO_MEMORY. */
int32_t hz_ledger_reverse(hz_ledger *ledger, hz_str plan, hz_str id, uint64_t *number);
/* Undoes a reversal just done. */
void hz_ledger_restore(hz_ledger *ledger, uint64_t number);
/* What a counter of that claim is now. */
const hz_ledger_slot *hz_ledger_slot_of(const hz_ledger *ledger, const hz_journal_move *move);

/* What is known of one counter under the key it has in decision; false: nothing. */
bool hz_ledger_get(hz_ledger *ledger, const hz_decision *decision, uint32_t counter, int64_t *value);
/* Sets one counter under the key it has in decision. HZ_OK, HZ_NO_MEMORY. */
int32_t hz_ledger_put(hz_ledger *ledger, const hz_decision *decision, uint32_t counter, int64_t value);

/* Whether all parts of a counter's key were known when decision was made. */
bool hz_counter_key_known(const hz_decision *decision, uint32_t counter);

#endif
