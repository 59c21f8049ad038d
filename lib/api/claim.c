/* claim.c - huzhu_claim: the doors through which a host's values come in. What fits is run/given.c's business. */
#include "api/api.h"

huzhu_status huzhu_claim_new(const huzhu_plan *plan, huzhu_claim **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (plan == NULL) return HUZHU_INVALID_ARGUMENT;
    const hz_alloc *alloc = &plan->ruleset->alloc;
    huzhu_claim *claim = hz_api_new(alloc, sizeof *claim);
    if (claim == NULL) return HUZHU_NO_MEMORY;
    claim->alloc = *alloc;
    claim->plan = plan;
    claim->core = &claim->own;
    if (!hz_claim_begin(claim->core, plan->core, alloc)) {
        hz_api_free(alloc, claim, sizeof *claim);
        return HUZHU_NO_MEMORY;
    }
    huzhu_ruleset_retain(plan->ruleset);
    *out = claim;
    return HUZHU_OK;
}

void huzhu_claim_free(huzhu_claim *claim)
{
    if (claim == NULL) return;
    huzhu_ruleset *ruleset = claim->plan->ruleset;
    hz_api_claim_end_parts(claim);
    hz_claim_end(claim->core);
    hz_api_free(&claim->alloc, claim, sizeof *claim);
    huzhu_ruleset_release(ruleset);
}

void huzhu_claim_reset(huzhu_claim *claim)
{
    if (claim != NULL) hz_claim_reset(claim->core);
}

huzhu_status huzhu_claim_set_id(huzhu_claim *claim, const char *id, size_t id_size)
{
    hz_str text;
    if (claim == NULL || !hz_api_str(id, id_size, &text)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_id(claim->core, text);
}

huzhu_status huzhu_claim_ask(huzhu_claim *claim, uint32_t question)
{
    if (claim == NULL || question > HUZHU_ASK_ENROLMENT) return HUZHU_INVALID_ARGUMENT;
    claim->core->enrolment = question == HUZHU_ASK_ENROLMENT;
    return HUZHU_OK;
}

/* ---- inputs ---- */

static const hz_input *input_of(const huzhu_claim *claim, size_t input)
{
    if (claim == NULL || input >= claim->plan->core->rules->inputs.count) return NULL;
    return &claim->plan->core->rules->inputs.at[input];
}

huzhu_status huzhu_claim_set_text(huzhu_claim *claim, size_t input, const char *text, size_t size)
{
    hz_str value;
    if (input_of(claim, input) == NULL || !hz_api_str(text, size, &value)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_text(claim->core, (uint32_t)input, value);
}

huzhu_status huzhu_claim_set_code(huzhu_claim *claim, size_t input, const char *code, size_t size)
{
    hz_str value;
    if (input_of(claim, input) == NULL || !hz_api_str(code, size, &value)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_code(claim->core, (uint32_t)input, value);
}

huzhu_status huzhu_claim_set_boolean(huzhu_claim *claim, size_t input, int value)
{
    if (input_of(claim, input) == NULL || (value != 0 && value != 1)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_boolean(claim->core, (uint32_t)input, value == 1);
}

huzhu_status huzhu_claim_set_date(huzhu_claim *claim, size_t input, int year, int month, int day)
{
    int32_t date;
    if (input_of(claim, input) == NULL) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_date(claim->core, (uint32_t)input, hz_date_make(year, month, day, &date) ? date : INT64_MAX);
}

huzhu_status huzhu_claim_set_days(huzhu_claim *claim, size_t input, int32_t days)
{
    if (input_of(claim, input) == NULL) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_date(claim->core, (uint32_t)input, days);
}

huzhu_status huzhu_claim_set_minor(huzhu_claim *claim, size_t input, int64_t minor)
{
    const hz_input *info = input_of(claim, input);
    if (info == NULL || info->input_type != HZ_INPUT_MONEY) return HUZHU_INVALID_ARGUMENT;
    hz_decimal value = {minor, claim->plan->core->ruleset->currency_scale};
    return hz_claim_set_decimal(claim->core, (uint32_t)input, value);
}

huzhu_status huzhu_claim_set_decimal(huzhu_claim *claim, size_t input, int64_t coefficient, int32_t scale)
{
    if (input_of(claim, input) == NULL || scale < 0 || scale > HZ_DECIMAL_DIGITS) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_decimal(claim->core, (uint32_t)input, (hz_decimal){coefficient, scale});
}

huzhu_status huzhu_claim_set_value(huzhu_claim *claim, size_t input, const char *text, size_t size)
{
    hz_str value;
    if (input_of(claim, input) == NULL || !hz_api_str(text, size, &value)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_value(claim->core, (uint32_t)input, value);
}

huzhu_status huzhu_claim_set_absent(huzhu_claim *claim, size_t input)
{
    if (input_of(claim, input) == NULL) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_absent(claim->core, (uint32_t)input);
}

huzhu_status huzhu_claim_set(huzhu_claim *claim, const char *name, const char *text, size_t size)
{
    hz_str value;
    if (claim == NULL || name == NULL || !hz_api_str(text, size, &value)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_named(claim->core, hz_str_from(name), value);
}

/* ---- counters ---- */

static bool has_counter(const huzhu_claim *claim, size_t counter)
{
    return claim != NULL && counter < claim->plan->core->rules->counters.count;
}

huzhu_status huzhu_claim_set_counter(huzhu_claim *claim, size_t counter, int64_t value)
{
    if (!has_counter(claim, counter)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_counter(claim->core, (uint32_t)counter, value);
}

huzhu_status huzhu_claim_set_counter_text(huzhu_claim *claim, size_t counter, const char *text, size_t size)
{
    hz_str value;
    if (!has_counter(claim, counter) || !hz_api_str(text, size, &value)) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_set_counter_text(claim->core, (uint32_t)counter, value);
}

huzhu_status huzhu_claim_set_fresh(huzhu_claim *claim, int fresh)
{
    if (claim == NULL || (fresh != 0 && fresh != 1)) return HUZHU_INVALID_ARGUMENT;
    claim->core->fresh = fresh == 1;
    return HUZHU_OK;
}

/* ---- whole claims ---- */

huzhu_status huzhu_claim_read_json(huzhu_claim *claim, const char *json, size_t size)
{
    hz_str text;
    if (claim == NULL || !hz_api_str(json, size, &text)) return HUZHU_INVALID_ARGUMENT;
    hz_plan_finder plans = hz_api_plan_finder(claim->plan->ruleset);
    return hz_claim_read_json(claim->core, text, &plans);
}

huzhu_text huzhu_claim_reverses(const huzhu_claim *claim)
{
    return claim != NULL ? hz_api_text(hz_buf_text(&claim->core->reverses)) : hz_api_empty();
}
