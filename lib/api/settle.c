/* settle.c - calls that take JSON and append JSON: one claim decided, one expression evaluated. Nothing is done here
 * that a host could not do with the other functions.
 */
#include "api/api.h"

#include "base/status.h"
#include "run/feel_eval.h"
#include "run/reversal.h"

/* Everything between reading the claim and moving the ledger. */
static huzhu_status decide_line(huzhu_claim *claim, huzhu_decision *decision, huzhu_ledger *ledger, uint32_t language,
                                uint64_t line, huzhu_output *output)
{
    huzhu_text text;
    huzhu_status status = ledger != NULL ? huzhu_ledger_fill(ledger, claim) : HUZHU_OK;
    if (status == HUZHU_OK) status = huzhu_claim_evaluate(claim, decision);
    if (status == HUZHU_OK) status = huzhu_decision_json(decision, language, line, &text);
    if (status != HUZHU_OK) return status;
    size_t begin = output->text.len;
    hz_buf_add(&output->text, (hz_str){text.data, text.size});
    hz_buf_add_char(&output->text, '\n');
    status = hz_api_appended(output, begin);
    if (status != HUZHU_OK || ledger == NULL) return status;
    status = huzhu_ledger_apply(ledger, decision);
    if (status != HUZHU_OK) { /* no line for a claim whose counters were not kept */
        output->text.failed = true;
        hz_api_appended(output, begin);
    }
    return status;
}

/* A line that takes a claim back. What can't be taken back is decided as the error it is. */
static huzhu_status reverse_line(huzhu_claim *claim, huzhu_decision *decision, huzhu_ledger *ledger, uint32_t language,
                                 uint64_t line, huzhu_output *output)
{
    hz_reversal reversal;
    int32_t status = hz_reverse(&ledger->core, claim->core, &reversal);
    if (status == HZ_DATA) return decide_line(claim, decision, NULL, language, line, output);
    if (status != HZ_OK) return status;
    size_t begin = output->text.len;
    decision->holds = HZ_API_NOTHING;
    hz_reversal_write_json(&ledger->core, claim->core, &reversal, line, &output->text);
    hz_buf_add_char(&output->text, '\n');
    status = hz_api_appended(output, begin);
    if (status != HUZHU_OK) hz_ledger_restore(&ledger->core, reversal.number); /* no line, no reversal */
    return status;
}

huzhu_status huzhu_settle_json(huzhu_claim *claim, huzhu_decision *decision, huzhu_ledger *ledger, const char *json,
                               size_t size, uint32_t language, uint64_t line, huzhu_output *output)
{
    hz_str text;
    if (claim == NULL || decision == NULL || output == NULL || language > HUZHU_EN || line > INT64_MAX ||
        !hz_api_str(json, size, &text))
        return HUZHU_INVALID_ARGUMENT;
    bool fresh = claim->core->fresh; /* the host's choice holds for every line, and is not the ledger's */
    hz_plan_finder plans = hz_api_plan_finder(claim->plan->ruleset);
    huzhu_status status = hz_claim_read_json(claim->core, text, &plans);
    claim->core->fresh = fresh;
    if (status == HUZHU_DATA && ledger != NULL && claim->core->reverses.len > 0 && claim->core->fault.code == HZ_R_REVERSAL)
        status = reverse_line(claim, decision, ledger, language, line, output);
    else if (status == HUZHU_OK || status == HUZHU_DATA)
        status = decide_line(claim, decision, ledger, language, line, output);
    claim->core->fresh = fresh;
    return status;
}

huzhu_status huzhu_feel_json(const char *json, size_t size, huzhu_output *output)
{
    hz_str text;
    if (output == NULL || !hz_api_str(json, size, &text)) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    huzhu_status status = hz_feel_eval_json(text, &output->text.alloc, &output->text);
    if (status != HUZHU_OK) output->text.failed = true;
    huzhu_status whole = hz_api_appended(output, begin);
    return status != HUZHU_OK ? status : whole;
}
