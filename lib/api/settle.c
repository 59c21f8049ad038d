/* settle.c - calls that take JSON and append JSON: one claim decided, one expression evaluated. Nothing is done here
 * that a host could not do with the other functions.
 */
#include "api/api.h"

#include "run/feel_eval.h"

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

huzhu_status huzhu_settle_json(huzhu_claim *claim, huzhu_decision *decision, huzhu_ledger *ledger, const char *json,
                               size_t size, uint32_t language, uint64_t line, huzhu_output *output)
{
    hz_str text;
    if (claim == NULL || decision == NULL || output == NULL || language > HUZHU_EN || line > INT64_MAX ||
        !hz_api_str(json, size, &text))
        return HUZHU_INVALID_ARGUMENT;
    bool fresh = claim->core.fresh; /* the host's choice holds for every line, and is not the ledger's */
    huzhu_status status = hz_claim_read_json(&claim->core, text);
    claim->core.fresh = fresh;
    if (status == HUZHU_OK || status == HUZHU_DATA)
        status = decide_line(claim, decision, ledger, language, line, output);
    claim->core.fresh = fresh;
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
