/* claim.c - the claim object: its memory, its texts, the setters for C types and for texts.
 *
 * Not JSON (claim_json.c), not what fits (given.c), not messages (claim_error.c). Called by the public functions and by
 * the decision, which keeps a copy. Invariant: the text of an input stands once in texts; setting it again takes the
 * old one out, so a claim that is set over and over does not grow.
 */
#include "run/given.h"

#include "base/status.h"

static const hz_plan_model *rules_of(const hz_claim *claim)
{
    return claim->plan->rules;
}

static hz_given *new_given(const hz_alloc *alloc, uint32_t count)
{
    hz_given *given = alloc->allocate(alloc->user, (count + 1) * sizeof *given);
    if (given != NULL) memset(given, 0, (count + 1) * sizeof *given);
    return given;
}

bool hz_claim_begin_alone(hz_claim *claim, const hz_plan *plan, const hz_alloc *alloc)
{
    *claim = (hz_claim){.plan = plan, .alloc = *alloc};
    hz_buf_begin(&claim->texts, alloc);
    hz_buf_begin(&claim->id, alloc);
    hz_buf_begin(&claim->reverses, alloc);
    hz_buf_begin(&claim->scratch, alloc);
    hz_workspace_begin(&claim->workspace, alloc);
    claim->inputs = new_given(alloc, plan->rules->inputs.count);
    claim->counters = new_given(alloc, plan->rules->counters.count);
    if (claim->inputs != NULL && claim->counters != NULL) return true;
    hz_claim_end(claim);
    return false;
}

bool hz_claim_begin(hz_claim *claim, const hz_plan *plan, const hz_alloc *alloc)
{
    if (!hz_claim_begin_alone(claim, plan, alloc)) return false;
    if (hz_claim_begin_parts(claim)) return true;
    hz_claim_end(claim);
    return false;
}

static void end_parts(hz_claim *claim)
{
    const hz_alloc *alloc = &claim->alloc;
    for (uint32_t i = 0; i < claim->part_room; i++) {
        hz_claim_end(claim->parts[i]);
        alloc->release(alloc->user, claim->parts[i], sizeof *claim->parts[i]);
    }
    if (claim->parts != NULL) alloc->release(alloc->user, claim->parts, claim->part_room * sizeof *claim->parts);
}

void hz_claim_end(hz_claim *claim)
{
    const hz_alloc *alloc = &claim->alloc;
    if (claim->plan == NULL) return;
    end_parts(claim);
    if (claim->inputs != NULL)
        alloc->release(alloc->user, claim->inputs, (rules_of(claim)->inputs.count + 1) * sizeof *claim->inputs);
    if (claim->counters != NULL)
        alloc->release(alloc->user, claim->counters, (rules_of(claim)->counters.count + 1) * sizeof *claim->counters);
    hz_buf_end(&claim->texts);
    hz_buf_end(&claim->id);
    hz_buf_end(&claim->reverses);
    hz_buf_end(&claim->scratch);
    hz_workspace_end(&claim->workspace);
    *claim = (hz_claim){0};
}

void hz_claim_reset(hz_claim *claim)
{
    memset(claim->inputs, 0, rules_of(claim)->inputs.count * sizeof *claim->inputs);
    memset(claim->counters, 0, rules_of(claim)->counters.count * sizeof *claim->counters);
    hz_buf_reset(&claim->texts);
    hz_buf_reset(&claim->id);
    hz_buf_reset(&claim->reverses);
    claim->enrolment = false;
    claim->fresh = false;
    claim->fault.is = false;
    for (uint32_t i = 0; i < claim->part_room; i++) hz_claim_reset(claim->parts[i]);
}

/* ---- texts ---- */

static void drop_text(hz_claim *claim, const hz_given *given)
{
    uint32_t begin = given->text_begin, size = given->text_size;
    if (size == 0) return;
    hz_buf *texts = &claim->texts;
    memmove(texts->at + begin, texts->at + begin + size, texts->len - begin - size);
    texts->len -= size;
    for (uint32_t i = 0; i < rules_of(claim)->inputs.count; i++)
        if (claim->inputs[i].text_size > 0 && claim->inputs[i].text_begin > begin) claim->inputs[i].text_begin -= size;
    for (uint32_t i = 0; i < rules_of(claim)->counters.count; i++)
        if (claim->counters[i].text_size > 0 && claim->counters[i].text_begin > begin) claim->counters[i].text_begin -= size;
}

static int32_t put_text(hz_claim *claim, uint32_t input, hz_str text)
{
    hz_given *given = &claim->inputs[input];
    hz_workspace_reset(&claim->workspace);
    hz_wrong wrong = hz_given_text_wrong(&claim->workspace, &rules_of(claim)->inputs.at[input], text);
    if (wrong != HZ_WRONG_NOTHING) {
        hz_given_refuse(given, wrong);
        return wrong == HZ_WRONG_NO_MEMORY ? HZ_NO_MEMORY : HZ_DATA;
    }
    size_t begin = claim->texts.len;
    hz_buf_add(&claim->texts, text);
    if (claim->texts.failed) {
        claim->texts.failed = false;
        hz_given_refuse(given, HZ_WRONG_NO_MEMORY);
        return HZ_NO_MEMORY;
    }
    hz_given_put(given, 0);
    given->text_begin = (uint32_t)begin;
    given->text_size = (uint32_t)text.len;
    return HZ_OK;
}

/* ---- setters ---- */

/* The input, emptied for a new value; NULL when there is none of this number or not of this kind. */
static hz_given *begin_set(hz_claim *claim, uint32_t input, hz_kind kind)
{
    if (input >= rules_of(claim)->inputs.count || rules_of(claim)->inputs.at[input].type.kind != kind) return NULL;
    drop_text(claim, &claim->inputs[input]);
    hz_given_clear(&claim->inputs[input]);
    return &claim->inputs[input];
}

static const hz_type *type_of(const hz_claim *claim, uint32_t input)
{
    return &rules_of(claim)->inputs.at[input].type;
}

int32_t hz_claim_set_text(hz_claim *claim, uint32_t input, hz_str text)
{
    return begin_set(claim, input, HZ_KIND_STRING) != NULL ? put_text(claim, input, text) : HZ_INVALID_ARGUMENT;
}

int32_t hz_claim_set_code(hz_claim *claim, uint32_t input, hz_str code)
{
    hz_given *given = begin_set(claim, input, HZ_KIND_CODE);
    return given != NULL ? hz_given_code_text(given, type_of(claim, input), code) : HZ_INVALID_ARGUMENT;
}

int32_t hz_claim_set_boolean(hz_claim *claim, uint32_t input, bool value)
{
    hz_given *given = begin_set(claim, input, HZ_KIND_BOOLEAN);
    return given != NULL ? hz_given_put(given, value) : HZ_INVALID_ARGUMENT;
}

int32_t hz_claim_set_date(hz_claim *claim, uint32_t input, int64_t days)
{
    hz_given *given = begin_set(claim, input, HZ_KIND_DATE);
    return given != NULL ? hz_given_days(given, type_of(claim, input), days) : HZ_INVALID_ARGUMENT;
}

int32_t hz_claim_set_decimal(hz_claim *claim, uint32_t input, hz_decimal value)
{
    hz_given *given = begin_set(claim, input, HZ_KIND_NUMBER);
    return given != NULL ? hz_given_number(given, type_of(claim, input), value) : HZ_INVALID_ARGUMENT;
}

int32_t hz_claim_set_absent(hz_claim *claim, uint32_t input)
{
    if (input >= rules_of(claim)->inputs.count) return HZ_INVALID_ARGUMENT;
    drop_text(claim, &claim->inputs[input]);
    hz_given_clear(&claim->inputs[input]);
    return HZ_OK;
}

/* From its text form; of numbers, dates, booleans and codes. */
static int32_t put_form(hz_given *given, const hz_type *type, hz_str text)
{
    switch (type->kind) {
    case HZ_KIND_NUMBER: return hz_given_number_text(given, type, text);
    case HZ_KIND_DATE: return hz_given_date_text(given, type, text);
    case HZ_KIND_CODE: return hz_given_code_text(given, type, text);
    case HZ_KIND_BOOLEAN: return hz_given_boolean_text(given, text);
    default: return HZ_INVALID_ARGUMENT;
    }
}

int32_t hz_claim_set_value(hz_claim *claim, uint32_t input, hz_str text)
{
    if (hz_claim_set_absent(claim, input) != HZ_OK) return HZ_INVALID_ARGUMENT;
    const hz_type *type = type_of(claim, input);
    if (type->kind == HZ_KIND_STRING) return put_text(claim, input, text);
    return put_form(&claim->inputs[input], type, text);
}

int32_t hz_claim_set_counter(hz_claim *claim, uint32_t counter, int64_t value)
{
    if (counter >= rules_of(claim)->counters.count) return HZ_INVALID_ARGUMENT;
    hz_given *given = &claim->counters[counter];
    const hz_type *type = &rules_of(claim)->counters.at[counter].type;
    given->text_size = 0; /* a key that came with another value */
    if (type->kind == HZ_KIND_NUMBER) return hz_given_number(given, type, (hz_decimal){value, type->scale});
    bool none = type->kind == HZ_KIND_DATE && value == HZ_NO_DATE && !rules_of(claim)->counters.at[counter].has_start;
    if (none) return hz_given_put(given, value);
    if (type->kind == HZ_KIND_DATE) return hz_given_days(given, type, value);
    return value == 0 || value == 1 ? hz_given_put(given, value) : hz_given_refuse(given, HZ_WRONG_BOOLEAN);
}

int32_t hz_claim_set_counter_text(hz_claim *claim, uint32_t counter, hz_str text)
{
    if (counter >= rules_of(claim)->counters.count) return HZ_INVALID_ARGUMENT;
    claim->counters[counter].text_size = 0;
    return put_form(&claim->counters[counter], &rules_of(claim)->counters.at[counter].type, text);
}

/* The id of a claim, under a reserved key, as JSON text. */
static int32_t set_id(hz_claim *claim, const char *key, hz_buf *out, hz_str id)
{
    static const hz_input text = {.input_type = HZ_INPUT_TEXT};
    bool was_bad = claim->fault.is && strcmp(claim->fault.key, key) == 0;
    hz_buf_reset(out);
    if (was_bad) claim->fault.is = false;
    hz_wrong wrong = hz_given_text_wrong(&claim->workspace, &text, id);
    if (wrong != HZ_WRONG_NOTHING) {
        hz_claim_refuse_key(claim, hz_str_from(key), wrong);
        return HZ_DATA;
    }
    hz_buf_add_json(out, id);
    if (!out->failed) return HZ_OK;
    hz_buf_reset(out);
    return HZ_NO_MEMORY;
}

int32_t hz_claim_set_id(hz_claim *claim, hz_str id)
{
    return set_id(claim, "id", &claim->id, id);
}

int32_t hz_claim_set_reverses(hz_claim *claim, hz_str id)
{
    return set_id(claim, "reverses", &claim->reverses, id);
}
