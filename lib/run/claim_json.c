/* claim_json.c - a claim from one flat JSON object: reserved keys, inputs by name, counters.
 *
 * Strict: what is not understood is never left out silently. A fault does not end the reading while the text is JSON,
 * so that the id is echoed wherever it stands. Not what fits an input: given.c. Called by hosts through the API.
 */
#include "run/given.h"

#include "base/status.h"

typedef struct reader {
    hz_claim *claim;
    hz_json json;
    bool saw_id, saw_ask, saw_counters, saw_reverses;
    bool saw_more; /* a key that is neither `id` nor `reverses` */
    bool no_memory;
} reader;

static bool went_wrong(const reader *r)
{
    return r->no_memory || r->json.event == HZ_JSON_ERROR;
}

/* The key or string at hand; empty when memory ran out. */
static hz_str text_of(reader *r)
{
    hz_str text = hz_json_unescape(&r->json, &r->claim->scratch);
    if (r->json.escaped && r->claim->scratch.failed) {
        r->no_memory = true;
        return HZ_STR("");
    }
    return text;
}

/* ---- values ---- */

/* The value at hand, of an input that is no text, or of a counter. */
static void read_form(reader *r, hz_given *given, const hz_type *type)
{
    hz_json_event event = r->json.event;
    hz_str text = event == HZ_JSON_STRING ? text_of(r) : r->json.text;
    bool worded = event == HZ_JSON_STRING;
    if (r->no_memory) return;
    if (event == HZ_JSON_NULL) hz_given_clear(given);
    else if (type->kind == HZ_KIND_NUMBER && (worded || event == HZ_JSON_NUMBER))
        hz_given_number_text(given, type, text);
    else if (type->kind == HZ_KIND_DATE && worded) hz_given_date_text(given, type, text);
    else if (type->kind == HZ_KIND_CODE && worded) hz_given_code_text(given, type, text);
    else if (type->kind == HZ_KIND_BOOLEAN && (event == HZ_JSON_TRUE || event == HZ_JSON_FALSE))
        hz_given_put(given, event == HZ_JSON_TRUE);
    else if (type->kind == HZ_KIND_BOOLEAN && worded) hz_given_refuse(given, HZ_WRONG_QUOTED);
    else hz_given_refuse(given, HZ_WRONG_TYPE);
}

static void refuse_nested(reader *r, hz_given *given)
{
    hz_json_skip(&r->json);
    hz_given_refuse(given, HZ_WRONG_NESTED);
}

static void read_input(reader *r, uint32_t input)
{
    const hz_type *type = &r->claim->plan->rules->inputs.at[input].type;
    hz_given *given = &r->claim->inputs[input];
    hz_json_event event = hz_json_next(&r->json);
    given->seen = true;
    if (event == HZ_JSON_ERROR) return;
    if (event == HZ_JSON_OBJECT || event == HZ_JSON_ARRAY) refuse_nested(r, given);
    else if (type->kind == HZ_KIND_STRING && event == HZ_JSON_STRING)
        r->no_memory |= hz_claim_set_text(r->claim, input, text_of(r)) == HZ_NO_MEMORY;
    else read_form(r, given, type);
}

/* ---- reserved keys ---- */

/* The id of a claim under a reserved key: a text or a number, kept as JSON text. */
static void read_id(reader *r, hz_str key, hz_buf *out, int32_t (*set)(hz_claim *claim, hz_str id))
{
    hz_json_event event = hz_json_next(&r->json);
    if (event == HZ_JSON_STRING) {
        r->no_memory |= set(r->claim, text_of(r)) == HZ_NO_MEMORY;
    } else if (event == HZ_JSON_NUMBER && r->json.text.len <= HZ_GIVEN_TEXT_MOST) {
        hz_buf_add(out, r->json.text);
        r->no_memory |= out->failed;
    } else if (event != HZ_JSON_NULL && event != HZ_JSON_ERROR) {
        hz_json_skip(&r->json);
        if (hz_fault_set(&r->claim->fault, HZ_R_TYPE, key, "`%.*s` is neither a text nor a number", HZ_ARG(key)))
            hz_fault_hint(&r->claim->fault, "write it in quotes");
    }
}

static void read_ask(reader *r)
{
    hz_json_event event = hz_json_next(&r->json);
    hz_str text = event == HZ_JSON_STRING ? text_of(r) : HZ_STR("");
    if (event == HZ_JSON_ERROR || event == HZ_JSON_NULL || r->no_memory) return;
    if (event == HZ_JSON_OBJECT || event == HZ_JSON_ARRAY) hz_json_skip(&r->json);
    if (hz_str_is(text, "claim") || hz_str_is(text, "enrolment")) {
        r->claim->enrolment = text.at[0] == 'e';
        return;
    }
    if (hz_fault_set(&r->claim->fault, HZ_R_CODE, HZ_STR("ask"), "`ask` is not one of its codes"))
        hz_fault_hint(&r->claim->fault, "the codes are claim, enrolment");
}

/* The index of an input or counter; HZ_MAP_NONE. */
static uint32_t find(const reader *r, hz_str name, hz_symbol_kind kind)
{
    const hz_plan_model *rules = r->claim->plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    bool found = symbol != HZ_MAP_NONE && rules->symbols.at[symbol].kind == kind;
    return found ? rules->symbols.at[symbol].index : HZ_MAP_NONE;
}

/* The key of a printed counter, an object as it stands: decision.c compares it with the one that the claim reads. */
static hz_str read_key(reader *r, hz_str counter)
{
    if (hz_json_next(&r->json) == HZ_JSON_OBJECT) {
        size_t begin = r->json.offset;
        if (hz_json_skip(&r->json)) return hz_str_part(r->json.whole, begin, r->json.at);
    } else if (r->json.event != HZ_JSON_ERROR) {
        if (hz_fault_set(&r->claim->fault, HZ_R_TYPE, counter, "the key of counter `%.*s` is not an object", HZ_ARG(counter)))
            hz_fault_hint(&r->claim->fault, "write it as the decision before printed it, or leave it out");
        if (r->json.event == HZ_JSON_ARRAY) hz_json_skip(&r->json);
    }
    return HZ_STR("");
}

/* A counter as a decision prints it; `after` or `value` is taken. */
static void read_printed_counter(reader *r, uint32_t counter)
{
    const hz_counter *rule = &r->claim->plan->rules->counters.at[counter];
    hz_given *given = &r->claim->counters[counter];
    static const char *const known[] = {"key", "unit", "before", "change", "after", "value"};
    enum { COUNT = sizeof known / sizeof *known, AFTER = 4 };
    bool seen[COUNT] = {false};
    hz_str key = HZ_STR("");
    while (hz_json_next(&r->json) == HZ_JSON_KEY) {
        hz_str name = text_of(r);
        size_t which = 0;
        while (which < COUNT && !hz_str_is(name, known[which])) which++;
        if (r->no_memory) return;
        if (which == COUNT) hz_fault_unknown_part(r->claim, rule->name, name);
        if (which < COUNT && seen[which]) hz_fault_duplicate(r->claim, name);
        if (which < COUNT) seen[which] = true;
        if (which == 0) {
            key = read_key(r, rule->name);
        } else if (which < AFTER || which == COUNT) {
            hz_json_skip(&r->json);
        } else {
            hz_json_event event = hz_json_next(&r->json);
            if (event == HZ_JSON_OBJECT || event == HZ_JSON_ARRAY) refuse_nested(r, given);
            else if (event != HZ_JSON_ERROR) read_form(r, given, &rule->type);
        }
        if (went_wrong(r)) return;
    }
    if (r->json.event == HZ_JSON_OBJECT_END && seen[AFTER] == seen[AFTER + 1] &&
        hz_fault_set(&r->claim->fault, HZ_R_TYPE, rule->name, "counter `%.*s` has %s", HZ_ARG(rule->name),
                     seen[AFTER] ? "two values" : "no value"))
        hz_fault_hint(&r->claim->fault, "write \"after\" as the decision before printed it, or \"value\"");
    given->text_begin = (uint32_t)r->claim->texts.len;
    given->text_size = (uint32_t)key.len;
    hz_buf_add(&r->claim->texts, key);
    if (r->claim->texts.failed) r->no_memory = true;
}

static void read_counter(reader *r)
{
    hz_str name = text_of(r);
    if (r->no_memory) return;
    uint32_t counter = find(r, name, HZ_SYMBOL_COUNTER);
    hz_given *given = counter != HZ_MAP_NONE ? &r->claim->counters[counter] : NULL;
    if (given == NULL || given->seen) {
        if (given == NULL) hz_fault_unknown_counter(r->claim, name);
        else hz_fault_duplicate(r->claim, name);
        hz_json_skip(&r->json);
        return;
    }
    given->seen = true;
    hz_json_event event = hz_json_next(&r->json);
    if (event == HZ_JSON_OBJECT) read_printed_counter(r, counter);
    else if (event == HZ_JSON_ARRAY) refuse_nested(r, given);
    else if (event != HZ_JSON_ERROR) read_form(r, given, &r->claim->plan->rules->counters.at[counter].type);
}

static void read_counters(reader *r)
{
    hz_json_event event = hz_json_next(&r->json);
    if (event == HZ_JSON_NULL || event == HZ_JSON_ERROR) return;
    if (event == HZ_JSON_OBJECT) {
        while (hz_json_next(&r->json) == HZ_JSON_KEY) {
            read_counter(r);
            if (went_wrong(r)) return;
        }
        return;
    }
    hz_json_skip(&r->json);
    if (hz_fault_set(&r->claim->fault, HZ_R_TYPE, HZ_STR("counters"), "`counters` is not an object"))
        hz_fault_hint(&r->claim->fault, "write {\"name of the counter\": its value, …}");
}

/* ---- the object ---- */

static bool read_reserved(reader *r, hz_str key)
{
    bool *saw = hz_str_is(key, "id")         ? &r->saw_id
                : hz_str_is(key, "reverses") ? &r->saw_reverses
                : hz_str_is(key, "ask")      ? &r->saw_ask
                : hz_str_is(key, "counters") ? &r->saw_counters
                                             : NULL;
    r->saw_more |= saw != &r->saw_id && saw != &r->saw_reverses;
    if (saw == NULL) return false;
    if (*saw) {
        hz_fault_duplicate(r->claim, key);
        hz_json_skip(&r->json);
        return true;
    }
    *saw = true;
    if (saw == &r->saw_id) read_id(r, key, &r->claim->id, hz_claim_set_id);
    else if (saw == &r->saw_reverses) read_id(r, key, &r->claim->reverses, hz_claim_set_reverses);
    else if (saw == &r->saw_ask) read_ask(r);
    else read_counters(r);
    return true;
}

static void read_member(reader *r)
{
    hz_str key = text_of(r);
    if (r->no_memory || read_reserved(r, key)) return;
    uint32_t input = find(r, key, HZ_SYMBOL_INPUT);
    if (input != HZ_MAP_NONE && !r->claim->inputs[input].seen) {
        read_input(r, input);
        return;
    }
    if (input != HZ_MAP_NONE) hz_fault_duplicate(r->claim, key);
    else hz_fault_unknown_input(r->claim, key);
    hz_json_skip(&r->json);
}

static void read_object(reader *r)
{
    if (hz_json_next(&r->json) == HZ_JSON_OBJECT) {
        while (hz_json_next(&r->json) == HZ_JSON_KEY) {
            read_member(r);
            if (went_wrong(r)) break;
        }
    } else if (r->json.event != HZ_JSON_ERROR && hz_json_skip(&r->json)) {
        if (hz_fault_set(&r->claim->fault, HZ_R_TYPE, HZ_STR(""), "a claim is one JSON object"))
            hz_fault_hint(&r->claim->fault, "write {\"name of an input\": its value, …}, one claim a line");
    }
    if (!went_wrong(r)) hz_json_next(&r->json);
    if (r->json.event == HZ_JSON_ERROR) hz_fault_json(r->claim, &r->json);
}

/* A reversal is no claim: it is taken by huzhu_settle_json with a ledger, and elsewhere it is this fault. */
static void mark_reversal(reader *r)
{
    hz_claim *claim = r->claim;
    if (claim->reverses.len == 0 || claim->fault.is) return;
    if (r->saw_more) {
        hz_buf_reset(&claim->reverses);
        hz_fault_set(&claim->fault, HZ_R_REVERSAL, HZ_STR("reverses"), "a reversal names a claim and nothing else");
        hz_fault_hint(&claim->fault, "leave out all but `id` and `reverses`");
        return;
    }
    hz_fault_set(&claim->fault, HZ_R_REVERSAL, HZ_STR("reverses"), "this takes a claim back, and there is no ledger to take it out of");
    hz_fault_hint(&claim->fault, "a reversal needs the claims before it in the same run, with --carry");
}

static bool anything_bad(const hz_claim *claim)
{
    bool bad = claim->fault.is;
    for (uint32_t i = 0; i < claim->plan->rules->inputs.count; i++) bad |= claim->inputs[i].state == HZ_BAD;
    for (uint32_t i = 0; i < claim->plan->rules->counters.count; i++) bad |= claim->counters[i].state == HZ_BAD;
    return bad;
}

int32_t hz_claim_read_json(hz_claim *claim, hz_str json)
{
    reader r = {.claim = claim};
    hz_claim_reset(claim);
    hz_json_begin(&r.json, json);
    read_object(&r);
    mark_reversal(&r);
    if (r.no_memory) {
        hz_fault_set(&claim->fault, HZ_R_NO_MEMORY, HZ_STR(""), "memory ran out while the claim was read");
        return HZ_NO_MEMORY;
    }
    return anything_bad(claim) ? HZ_DATA : HZ_OK;
}
