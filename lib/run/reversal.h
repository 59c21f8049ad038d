/* reversal.h - a claim taken back, as one JSON line: schema huzhu.reversal/1.
 *
 * The counters are then as they were before the claim, exactly. If another claim came later under one of its keys, or
 * there is no such claim, nothing happens and the claim at hand, which asked for it, has a fault: its decision is the
 * error. Called by the API for lines with `reverses`, and by worked examples.
 */
#ifndef HZ_RUN_REVERSAL_H
#define HZ_RUN_REVERSAL_H

#include "run/ledger.h"

typedef struct hz_reversal {
    uint64_t number;  /* of the claim taken back, in the ledger's journal */
    int64_t total;    /* minus what it was paid */
} hz_reversal;

/* Takes back what claim->reverses names. HZ_OK; HZ_DATA: it can't be, and claim has a fault; HZ_NO_MEMORY. */
int32_t hz_reverse(hz_ledger *ledger, hz_claim *claim, hz_reversal *out);

/* What a counter of the reversal was and is; false where it has no value. */
typedef struct hz_reversed_counter {
    hz_str name, key;         /* of the counter; one JSON object */
    hz_str plan;
    const hz_counter *rule;   /* NULL: the claim's plan has it no more */
    hz_type type;
    bool has_before, has_after;
    int64_t before, after;
} hz_reversed_counter;

/* The next counter that the claim had moved, counting up *at, which begins with 0; false: no more. */
bool hz_reversal_counter(const hz_ledger *ledger, const hz_claim *claim, const hz_reversal *reversal, uint32_t *at, hz_reversed_counter *out);

/* The answer, appended without a line end. line 0: none. */
void hz_reversal_write_json(const hz_ledger *ledger, const hz_claim *claim, const hz_reversal *reversal, uint64_t line, hz_buf *out);

#endif
