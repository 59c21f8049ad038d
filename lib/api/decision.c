/* decision.c - huzhu_decision: its life, evaluating into it, outcome, total, reasons, missing names, error, JSON.
 * Amounts, caps, counters and basis are in decision_view.c.
 *
 * What the inside of a decision points at lives in a ruleset: its owner is counted, and before another takes its place
 * the inside is ended while both are alive.
 */
#include "api/api.h"

huzhu_status huzhu_decision_new(const huzhu_allocator *allocator, huzhu_decision **out)
{
    hz_alloc alloc;
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    huzhu_status status = hz_api_alloc(allocator, &alloc);
    if (status != HUZHU_OK) return status;
    huzhu_decision *decision = hz_api_new(&alloc, sizeof *decision);
    if (decision == NULL) return HUZHU_NO_MEMORY;
    decision->alloc = alloc;
    decision->core = &decision->own;
    hz_decision_begin(decision->core, &alloc);
    hz_api_sheet_begin(&decision->sheet, &alloc);
    hz_api_sheet_begin(&decision->basis, &alloc);
    *out = decision;
    return HUZHU_OK;
}

void huzhu_decision_free(huzhu_decision *decision)
{
    if (decision == NULL) return;
    huzhu_ruleset *ruleset = decision->plan != NULL ? decision->plan->ruleset : NULL;
    hz_api_decision_end_parts(decision);
    hz_decision_end(decision->core);
    hz_api_sheet_end(&decision->sheet);
    hz_api_sheet_end(&decision->basis);
    hz_api_free(&decision->alloc, decision, sizeof *decision);
    huzhu_ruleset_release(ruleset);
}

/* ---- evaluating ---- */

/* Forgets what decision held and makes it one of plan's. */
static void take_plan(huzhu_decision *decision, const huzhu_plan *plan)
{
    huzhu_ruleset *old = decision->plan != NULL ? decision->plan->ruleset : NULL;
    decision->holds = HZ_API_NOTHING;
    decision->spelled = decision->spelled_basis = false;
    hz_api_decision_forget_parts(decision);
    if (old != plan->ruleset) {
        hz_decision_end(decision->core);
        hz_decision_begin(decision->core, &decision->alloc);
        huzhu_ruleset_retain(plan->ruleset);
        huzhu_ruleset_release(old);
    }
    decision->plan = plan;
}

huzhu_status huzhu_claim_evaluate(const huzhu_claim *claim, huzhu_decision *decision)
{
    if (claim == NULL || decision == NULL) return HUZHU_INVALID_ARGUMENT;
    take_plan(decision, claim->plan);
    huzhu_status status = hz_decide(claim->core, decision->core);
    if (status == HUZHU_OK) decision->holds = HZ_API_DECISION;
    return status;
}

huzhu_status huzhu_claim_find_counters(const huzhu_claim *claim, huzhu_decision *decision, size_t *count)
{
    if (claim == NULL || decision == NULL || count == NULL) return HUZHU_INVALID_ARGUMENT;
    take_plan(decision, claim->plan);
    huzhu_status status = hz_decision_find_counters(claim->core, decision->core);
    if (status != HUZHU_OK) return status;
    decision->holds = HZ_API_READS;
    *count = decision->core->read_count;
    return HUZHU_OK;
}

size_t huzhu_decision_counter_read_count(const huzhu_decision *decision)
{
    return decision != NULL && decision->holds == HZ_API_READS ? decision->core->read_count : 0;
}

huzhu_status huzhu_decision_counter_read_at(const huzhu_decision *decision, size_t index, huzhu_counter_read *out)
{
    if (decision == NULL) return HUZHU_INVALID_ARGUMENT;
    if (decision->holds != HZ_API_READS) return HUZHU_STATE;
    if (index >= decision->core->read_count) return HUZHU_INVALID_ARGUMENT;
    if (!hz_api_spell(decision)) return HUZHU_NO_MEMORY;
    uint32_t counter = decision->core->reads[index];
    huzhu_counter_read view = {.counter = counter,
                               .name = hz_api_text(decision->plan->core->rules->counters.at[counter].name),
                               .key = hz_api_read_text(decision, index)};
    return HZ_API_FILL(out, &view);
}

/* ---- outcome and total ---- */

static bool holds_decision(const huzhu_decision *decision)
{
    return decision != NULL && decision->holds == HZ_API_DECISION;
}

uint32_t huzhu_decision_outcome(const huzhu_decision *decision)
{
    return holds_decision(decision) ? decision->core->outcome : 0;
}

huzhu_text huzhu_decision_id(const huzhu_decision *decision)
{
    return hz_api_text(holds_decision(decision) ? hz_buf_text(&decision->core->snapshot.id) : HZ_STR(""));
}

huzhu_text huzhu_outcome_name(uint32_t outcome)
{
    return hz_api_text(hz_outcome_name(outcome));
}

const huzhu_plan *huzhu_decision_plan(const huzhu_decision *decision)
{
    bool holds = decision != NULL && decision->holds != HZ_API_NOTHING;
    return holds && !decision->plan->core->event ? decision->plan : NULL;
}

huzhu_status huzhu_decision_total(const huzhu_decision *decision, int64_t *minor)
{
    if (decision == NULL || minor == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!holds_decision(decision) || !decision->core->has_total || decision->core->snapshot.enrolment) return HUZHU_STATE;
    *minor = decision->core->total;
    return HUZHU_OK;
}

huzhu_text huzhu_decision_total_text(const huzhu_decision *decision)
{
    int64_t minor;
    if (huzhu_decision_total(decision, &minor) != HUZHU_OK) return hz_api_empty();
    char *text = ((huzhu_decision *)(uintptr_t)decision)->total; /* the same bytes whenever it is asked for */
    return (huzhu_text){text, hz_decimal_format(minor, decision->core->plan->ruleset->currency_scale, text)};
}

/* ---- reasons and missing names ---- */

size_t huzhu_decision_reason_count(const huzhu_decision *decision)
{
    return holds_decision(decision) ? decision->core->reason_count : 0;
}

/* Whether an item of a list can be read. */
static huzhu_status check_item(const huzhu_decision *decision, size_t index, size_t count)
{
    if (decision == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!holds_decision(decision)) return HUZHU_STATE;
    return index < count ? HUZHU_OK : HUZHU_INVALID_ARGUMENT;
}

huzhu_status huzhu_decision_reason_at(const huzhu_decision *decision, size_t index, huzhu_reason_view *out)
{
    huzhu_status status = check_item(decision, index, huzhu_decision_reason_count(decision));
    if (status != HUZHU_OK) return status;
    const hz_reason *reason = &decision->core->reasons[index];
    huzhu_reason_view view = {.kind = reason->kind,
                              .code = hz_api_text(reason->code),
                              .clause = reason->line != NULL ? hz_api_text(reason->line->from.clause) : hz_api_empty()};
    return HZ_API_FILL(out, &view);
}

/* What was written into the decision's one text. */
static huzhu_status give_out(huzhu_decision *decision, huzhu_text *out)
{
    if (decision->core->out.failed) return HUZHU_NO_MEMORY;
    *out = hz_api_text(hz_buf_text(&decision->core->out));
    return HUZHU_OK;
}

huzhu_status huzhu_decision_reason_text(huzhu_decision *decision, size_t index, uint32_t language, huzhu_text *out)
{
    huzhu_status status = check_item(decision, index, huzhu_decision_reason_count(decision));
    if (status != HUZHU_OK) return status;
    if (language > HUZHU_EN || out == NULL) return HUZHU_INVALID_ARGUMENT;
    hz_buf_reset(&decision->core->out);
    hz_decision_reason_text(decision->core, (uint32_t)index, language, &decision->core->out);
    return give_out(decision, out);
}

size_t huzhu_decision_missing_count(huzhu_decision *decision)
{
    if (!holds_decision(decision)) return 0;
    hz_decision_walk(decision->core);
    return decision->core->missing_count;
}

huzhu_status huzhu_decision_missing_at(huzhu_decision *decision, size_t index, huzhu_text *out)
{
    huzhu_status status = check_item(decision, index, huzhu_decision_missing_count(decision));
    if (status != HUZHU_OK) return status;
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = hz_api_text(decision->core->missing[index]);
    return HUZHU_OK;
}

/* ---- error, JSON, explanation ---- */

huzhu_status huzhu_decision_error(const huzhu_decision *decision, huzhu_error_view *out)
{
    if (decision == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!holds_decision(decision)) return HUZHU_STATE;
    const hz_fault *error = &decision->core->error;
    if (decision->core->outcome != HZ_FAILED || !error->is) return HUZHU_NOT_FOUND;
    huzhu_error_view view = {.code = hz_api_text(hz_str_from(hz_code_name(error->code))),
                             .input = hz_api_text(hz_fault_name(error)),
                             .message = hz_api_text(hz_str_from(error->message)),
                             .hint = hz_api_text(hz_str_from(error->hint))};
    return HZ_API_FILL(out, &view);
}

huzhu_status huzhu_decision_json(huzhu_decision *decision, uint32_t language, uint64_t line, huzhu_text *out)
{
    if (decision == NULL || language > HUZHU_EN || line > INT64_MAX || out == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!holds_decision(decision)) return HUZHU_STATE;
    hz_decision_write_json(decision->core, language, line);
    return give_out(decision, out);
}

huzhu_status huzhu_decision_explain(huzhu_decision *decision, uint32_t language, uint32_t format, huzhu_text *out)
{
    if (decision == NULL || language > HUZHU_EN || format > HUZHU_EXPLAIN_JSON || out == NULL)
        return HUZHU_INVALID_ARGUMENT;
    if (!holds_decision(decision)) return HUZHU_STATE;
    hz_buf_reset(&decision->core->out);
    if (format == HUZHU_EXPLAIN_TEXT) hz_decision_explain_text(decision->core, language);
    else hz_decision_explain_json(decision->core, language);
    return give_out(decision, out);
}
