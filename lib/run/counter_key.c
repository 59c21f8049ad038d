/* counter_key.c - a counter handed over with its key must be the one that this claim reads: another member's balance
 * must not be booked here. Called by decision.c after the run, when computed keys are known. */
#include "run/decision.h"
#include "run/ledger.h"

/* Two JSON texts with the same tokens: spaces and escapes may differ. */
static bool same_tokens(hz_str a, hz_str b, hz_buf *scratch_a, hz_buf *scratch_b)
{
    hz_json x, y;
    hz_json_begin(&x, a);
    hz_json_begin(&y, b);
    for (;;) {
        hz_json_event event = hz_json_next(&x);
        if (event != hz_json_next(&y) || event == HZ_JSON_ERROR) return false;
        if (event == HZ_JSON_END) return true;
        bool text = event == HZ_JSON_KEY || event == HZ_JSON_STRING || event == HZ_JSON_NUMBER;
        if (text && !hz_str_eq(hz_json_unescape(&x, scratch_a), hz_json_unescape(&y, scratch_b))) return false;
    }
}

uint32_t hz_decision_counter_of_other_key(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    for (uint32_t i = 0; decision->question->counters != NULL && i < rules->counters.count; i++) {
        const hz_given *given = &decision->snapshot.counters[i];
        if (given->state != HZ_GIVEN || given->text_size == 0 || !hz_counter_key_known(decision, i)) continue;
        hz_buf *key = &decision->snapshot.scratch;
        hz_buf_reset(key);
        hz_decision_counter_key(decision, i, key);
        if (!same_tokens(hz_claim_text(&decision->snapshot, given), hz_buf_text(key), &decision->scratch, &decision->out)) return i;
    }
    return UINT32_MAX;
}
