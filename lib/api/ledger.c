/* ledger.c - huzhu_ledger: counters in memory for hosts that keep none. The table is run/ledger.c. */
#include "api/api.h"

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
    return hz_ledger_fill(&ledger->core, &claim->core);
}

huzhu_status huzhu_ledger_apply(huzhu_ledger *ledger, const huzhu_decision *decision)
{
    if (ledger == NULL || decision == NULL) return HUZHU_INVALID_ARGUMENT;
    if (decision->holds != HZ_API_DECISION) return HUZHU_STATE;
    return hz_ledger_apply(&ledger->core, &decision->core);
}
