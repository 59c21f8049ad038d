/* ledger.c - huzhu_ledger: counters in memory for hosts that keep none. The table is run/ledger.c. */
#include "api/api.h"

#include "base/status.h"
#include "run/reversal.h"

huzhu_status huzhu_ledger_new(const huzhu_allocator *allocator, huzhu_ledger **out)
{
    hz_alloc alloc;
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    huzhu_status status = hz_api_alloc(allocator, &alloc);
    if (status != HUZHU_OK) return status;
    huzhu_ledger *ledger = hz_api_new(&alloc, sizeof *ledger);
    if (ledger == NULL) return HUZHU_NO_MEMORY;
    ledger->alloc = alloc;
    hz_ledger_begin(&ledger->core, &alloc);
    *out = ledger;
    return HUZHU_OK;
}

void huzhu_ledger_free(huzhu_ledger *ledger)
{
    if (ledger == NULL) return;
    huzhu_ruleset *ruleset = ledger->ruleset;
    hz_ledger_end(&ledger->core);
    hz_api_free(&ledger->alloc, ledger, sizeof *ledger);
    huzhu_ruleset_release(ruleset);
}

huzhu_status huzhu_ledger_fill(huzhu_ledger *ledger, huzhu_claim *claim)
{
    if (ledger == NULL || claim == NULL) return HUZHU_INVALID_ARGUMENT;
    huzhu_ruleset *ruleset = claim->plan->ruleset;
    if (ledger->ruleset != ruleset) {
        hz_ledger_forget_rules(&ledger->core);
        huzhu_ruleset_release(ledger->ruleset);
        ledger->ruleset = huzhu_ruleset_retain(ruleset);
    }
    return hz_ledger_fill(&ledger->core, claim->core);
}

huzhu_status huzhu_ledger_apply(huzhu_ledger *ledger, const huzhu_decision *decision)
{
    if (ledger == NULL || decision == NULL) return HUZHU_INVALID_ARGUMENT;
    if (decision->holds != HZ_API_DECISION) return HUZHU_STATE;
    return hz_ledger_apply(&ledger->core, decision->core);
}

huzhu_status huzhu_ledger_keep_claims(huzhu_ledger *ledger)
{
    return ledger != NULL ? hz_ledger_keep(&ledger->core) : HUZHU_INVALID_ARGUMENT;
}

static huzhu_status status_of(const hz_fault *fault)
{
    return fault->code == HZ_R_NO_CLAIM ? HUZHU_NOT_FOUND : fault->code == HZ_R_NOT_REVERSIBLE ? HUZHU_NOT_REVERSIBLE : HUZHU_STATE;
}

/* asks is a claim of the plan that says which one to take back. */
static huzhu_status reverse(huzhu_ledger *ledger, hz_claim *asks, huzhu_output *output, int64_t *minor)
{
    hz_reversal reversal;
    int32_t status = hz_reverse(&ledger->core, asks, &reversal);
    if (status == HZ_DATA) return status_of(&asks->fault);
    if (status == HZ_OK && output != NULL) {
        size_t begin = output->text.len;
        hz_reversal_write_json(&ledger->core, asks, &reversal, 0, &output->text);
        hz_buf_add_char(&output->text, '\n');
        status = hz_api_appended(output, begin);
        if (status != HZ_OK) hz_ledger_restore(&ledger->core, reversal.number);
    }
    if (status == HZ_OK && minor != NULL) *minor = reversal.total;
    return status;
}

huzhu_status huzhu_ledger_reverse(huzhu_ledger *ledger, const huzhu_plan *plan, const char *id, size_t id_size, huzhu_output *output, int64_t *minor)
{
    hz_str text;
    hz_claim asks;
    if (ledger == NULL || plan == NULL || !hz_api_str(id, id_size, &text)) return HUZHU_INVALID_ARGUMENT;
    if (!hz_claim_begin(&asks, plan->core, &ledger->alloc)) return HUZHU_NO_MEMORY;
    int32_t status = hz_claim_set_reverses(&asks, text);
    if (status == HZ_OK) status = reverse(ledger, &asks, output, minor);
    hz_claim_end(&asks);
    return status;
}
