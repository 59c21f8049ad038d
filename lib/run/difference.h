/* difference.h - what changed in an answer: one claim, or one reversal, settled under two rulesets with a ledger each.
 * Schema huzhu.resettlement/1, and the same as text. Called by api/resettlement.c.
 *
 *     per line: hz_change_clear, then for each side hz_change_add_decision or hz_change_add_reversal; hz_change_compare
 */
#ifndef HZ_RUN_DIFFERENCE_H
#define HZ_RUN_DIFFERENCE_H

#include "run/ledger.h"
#include "run/reversal.h"

enum { HZ_WAS, HZ_NOW, HZ_SIDES };

/* A counter under one key as the claim left it, or as it stands where the claim does not move it. */
typedef struct hz_standing_counter {
    hz_str plan;              /* empty: plans share it */
    hz_str name, unit;
    const hz_label *label;    /* NULL: the plan has it no more */
    size_t key_begin, key_size; /* one JSON object, in keys */
    hz_type type;
    bool moved, has;
    int64_t value;
} hz_standing_counter;

/* One side of it. */
typedef struct hz_side {
    const hz_model *ruleset;
    hz_decision *decision;    /* NULL: a reversal */
    hz_str outcome;
    bool has_total;
    int64_t total;
    hz_standing_counter *counters;
    uint32_t count, room;
} hz_side;

typedef struct hz_change {
    hz_alloc alloc;
    hz_side side[HZ_SIDES];
    hz_buf keys;
    bool changed;             /* something differs */
    bool has_difference;
    int64_t difference;       /* of totals: now less was */
    bool failed;              /* no memory */
} hz_change;

void hz_change_begin(hz_change *change, const hz_alloc *alloc);
void hz_change_end(hz_change *change);
void hz_change_clear(hz_change *change);

void hz_change_add_decision(hz_change *change, int side, hz_decision *decision);
/* Once the ledger took the claim back. */
void hz_change_add_reversal(hz_change *change, int side, const hz_claim *claim, const hz_ledger *ledger, const hz_reversal *reversal);
/* Once both sides are there. */
void hz_change_compare(hz_change *change);

/* difference_json.c: one object, appended without a line end. line 0: none. language: of the explanations. claim: of either side, for its id. */
void hz_change_write_json(hz_change *change, const hz_claim *claim, uint32_t language, uint64_t line, hz_buf *out);
/* difference_text.c: the same for a person, with both explanations where something changed. */
void hz_change_write_text(hz_change *change, const hz_claim *claim, uint32_t language, hz_buf *out);

hz_str hz_change_key(const hz_change *change, const hz_standing_counter *counter);
/* The counter of the other side under the same key; NULL: there is none. */
const hz_standing_counter *hz_change_other(const hz_change *change, int side, const hz_standing_counter *counter);
/* Whether it is told: it was moved on one side, or differs. */
bool hz_change_tells(const hz_standing_counter *was, const hz_standing_counter *now);
/* Now less was, of numbers that both sides have; at the finer of the two scales. */
bool hz_change_of(const hz_standing_counter *was, const hz_standing_counter *now, hz_type *type, int64_t *out);

#endif
