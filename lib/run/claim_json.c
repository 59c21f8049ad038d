/* claim_json.c - a claim from one flat JSON object: reserved keys, inputs by name, counters; of an event also its plans.
 *
 * Strict: what is not understood is never left out silently. A fault does not end the reading while the text is JSON,
 * so that the id is echoed wherever it stands. Not what fits an input: given.c. A key may mean inputs of several plans
 * (claim_parts.c): its value is read once and put into each. Called by hosts through the API.
 */
#include "run/given.h"

#include "base/status.h"

typedef struct reader {
    hz_claim *claim;
    hz_json json;
    const hz_plan_finder *plans; /* of an event */
    bool saw_id, saw_ask, saw_counters, saw_plans, saw_reverses;
    bool saw_more; /* a key that is neither `id` nor `reverses` */
    bool no_memory;
} reader;

/* A value as it stands in the text, which may be put into several places. */
typedef struct value {
    hz_json at;      /* its event and raw text */
    bool nested;     /* a list or an object */
    hz_str key;      /* of a counter as decisions print it: its key, an object as it stands; else empty */
} value;

static bool went_wrong(const reader *r)
{
    return r->no_memory || r->json.event == HZ_JSON_ERROR;
}

/* The text of a key or string; empty when memory ran out. One with escapes is made in the scratch of claim: a key in that
 * of the whole claim, a value in that of the plan it goes to, so that both are there at once. */
static hz_str text_for(reader *r, hz_claim *claim, const hz_json *at)
{
    hz_str text = hz_json_unescape(at, &claim->scratch);
    if (at->escaped && claim->scratch.failed) {
        r->no_memory = true;
        return HZ_STR("");
    }
    return text;
}

static hz_str text_of(reader *r, const hz_json *at)
{
    return text_for(r, r->claim, at);
}

/* ---- values ---- */

static value read_value(reader *r)
{
    hz_json_next(&r->json);
    value out = {.at = r->json, .key = HZ_STR("")};
    out.nested = r->json.event == HZ_JSON_OBJECT || r->json.event == HZ_JSON_ARRAY;
    if (out.nested) hz_json_skip(&r->json);
    return out;
}

/* Into an input that is no text, or a counter. */
static void put_form(reader *r, hz_claim *claim, hz_given *given, const hz_type *type, const value *from)
{
    hz_json_event event = from->at.event;
    bool worded = event == HZ_JSON_STRING;
    hz_str text = worded ? text_for(r, claim, &from->at) : from->at.text;
    if (r->no_memory) return;
    if (from->nested) hz_given_refuse(given, HZ_WRONG_NESTED);
    else if (event == HZ_JSON_NULL) hz_given_clear(given);
    else if (type->kind == HZ_KIND_NUMBER && (worded || event == HZ_JSON_NUMBER))
        hz_given_number_text(given, type, text);
    else if (type->kind == HZ_KIND_DATE && worded) hz_given_date_text(given, type, text);
    else if (type->kind == HZ_KIND_CODE && worded) hz_given_code_text(given, type, text);
    else if (type->kind == HZ_KIND_BOOLEAN && (event == HZ_JSON_TRUE || event == HZ_JSON_FALSE))
        hz_given_put(given, event == HZ_JSON_TRUE);
    else if (type->kind == HZ_KIND_BOOLEAN && worded) hz_given_refuse(given, HZ_WRONG_QUOTED);
    else hz_given_refuse(given, HZ_WRONG_TYPE);
}

/* A value on its way to all that its key means. */
typedef struct delivery {
    reader *r;
    hz_str key;
    value from;
} delivery;

/* Whether the value may go there: a key stands once, and one that names its plan counts more than one that does not. */
static bool may_put(delivery *d, hz_given *given, bool qualified)
{
    uint8_t seen = qualified ? HZ_SEEN_QUALIFIED : HZ_SEEN_PLAIN;
    bool again = (given->seen & seen) != 0, outdone = given->seen > seen;
    given->seen |= seen;
    if (again) hz_fault_duplicate(d->r->claim, d->key);
    return !again && !outdone;
}

static void put_input(void *context, hz_claim *claim, uint32_t input, bool qualified)
{
    delivery *d = context;
    const hz_type *type = &claim->plan->rules->inputs.at[input].type;
    hz_given *given = &claim->inputs[input];
    if (!may_put(d, given, qualified)) return;
    if (type->kind == HZ_KIND_STRING && d->from.at.event == HZ_JSON_STRING)
        d->r->no_memory |= hz_claim_set_text(claim, input, text_for(d->r, claim, &d->from.at)) == HZ_NO_MEMORY;
    else put_form(d->r, claim, given, type, &d->from);
}

static void put_counter(void *context, hz_claim *claim, uint32_t counter, bool qualified)
{
    delivery *d = context;
    hz_given *given = &claim->counters[counter];
    if (!may_put(d, given, qualified)) return;
    put_form(d->r, claim, given, &claim->plan->rules->counters.at[counter].type, &d->from);
    if (d->from.key.len == 0) return;
    given->text_begin = (uint32_t)claim->texts.len;
    given->text_size = (uint32_t)d->from.key.len;
    hz_buf_add(&claim->texts, d->from.key);
    if (claim->texts.failed) d->r->no_memory = true;
}

static void count_only(void *context, hz_claim *claim, uint32_t index, bool qualified)
{
    (void)context;
    (void)claim;
    (void)index;
    (void)qualified;
}

static bool means_something(const reader *r, hz_claim *within, hz_str name, hz_symbol_kind kind)
{
    return !r->no_memory && hz_claim_each_named(within, name, kind, count_only, NULL) > 0;
}

/* ---- reserved keys ---- */

/* The id of a claim under a reserved key: a text or a number, kept as JSON text. */
static void read_id(reader *r, hz_str key, hz_buf *out, int32_t (*set)(hz_claim *claim, hz_str id))
{
    hz_json_event event = hz_json_next(&r->json);
    if (event == HZ_JSON_STRING) {
        r->no_memory |= set(r->claim, text_of(r, &r->json)) == HZ_NO_MEMORY;
    } else if (event == HZ_JSON_NUMBER && r->json.text.len <= HZ_GIVEN_TEXT_MOST) {
        hz_buf_add(out, r->json.text);
        r->no_memory |= out->failed;
    } else if (event != HZ_JSON_NULL && event != HZ_JSON_ERROR) {
        hz_json_skip(&r->json);
        if (hz_fault_set(&r->claim->fault, HZ_FAULT_ID, key, &key)) hz_fault_hint(&r->claim->fault, HZ_HINT_IN_QUOTES, NULL);
    }
}

static void read_ask(reader *r)
{
    hz_json_event event = hz_json_next(&r->json);
    hz_str text = event == HZ_JSON_STRING ? text_of(r, &r->json) : HZ_STR("");
    if (event == HZ_JSON_ERROR || event == HZ_JSON_NULL || r->no_memory) return;
    if (event == HZ_JSON_OBJECT || event == HZ_JSON_ARRAY) hz_json_skip(&r->json);
    if (hz_str_is(text, "claim") || hz_str_is(text, "enrolment")) {
        r->claim->enrolment = text.at[0] == 'e';
        return;
    }
    if (hz_fault_set(&r->claim->fault, HZ_FAULT_ASK, HZ_STR("ask"), NULL)) hz_fault_hint(&r->claim->fault, HZ_HINT_ASKS, NULL);
}

/* ---- counters ---- */

/* The key of a printed counter, an object as it stands: decision.c compares it with the one that the claim reads. */
static hz_str read_key(reader *r, hz_str counter)
{
    if (hz_json_next(&r->json) == HZ_JSON_OBJECT) {
        size_t begin = r->json.offset;
        if (hz_json_skip(&r->json)) return hz_str_part(r->json.whole, begin, r->json.at);
    } else if (r->json.event != HZ_JSON_ERROR) {
        if (hz_fault_set(&r->claim->fault, HZ_FAULT_COUNTER_KEY, counter, &counter)) hz_fault_hint(&r->claim->fault, HZ_HINT_AS_PRINTED, NULL);
        if (r->json.event == HZ_JSON_ARRAY) hz_json_skip(&r->json);
    }
    return HZ_STR("");
}

/* A counter as a decision prints it; `after` or `value` is taken. name: raw, as it stands in the text. */
static void read_printed_counter(reader *r, hz_str name, value *out)
{
    static const char *const known[] = {"key", "unit", "before", "change", "after", "value"};
    enum { COUNT = sizeof known / sizeof *known, AFTER = 4 };
    bool seen[COUNT] = {false};
    hz_str key = HZ_STR("");
    out->at.event = HZ_JSON_NULL;
    while (hz_json_next(&r->json) == HZ_JSON_KEY) {
        hz_str part = text_of(r, &r->json);
        size_t which = 0;
        while (which < COUNT && !hz_str_is(part, known[which])) which++;
        if (r->no_memory) return;
        if (which == COUNT) hz_fault_unknown_part(r->claim, name, part);
        if (which < COUNT && seen[which]) hz_fault_duplicate(r->claim, part);
        if (which < COUNT) seen[which] = true;
        if (which == 0) key = read_key(r, name);
        else if (which < AFTER || which == COUNT) hz_json_skip(&r->json);
        else *out = read_value(r);
        if (went_wrong(r)) return;
    }
    if (r->json.event == HZ_JSON_OBJECT_END && seen[AFTER] == seen[AFTER + 1] &&
        hz_fault_set(&r->claim->fault, seen[AFTER] ? HZ_FAULT_COUNTER_TWICE : HZ_FAULT_COUNTER_EMPTY, name, &name))
        hz_fault_hint(&r->claim->fault, HZ_HINT_AFTER_AS_PRINTED, NULL);
    out->key = key;
}

static void read_counters_of(reader *r, hz_claim *within);

static hz_claim *part_named(const hz_claim *claim, hz_str plan)
{
    for (uint32_t i = 0; i < claim->part_count; i++)
        if (hz_str_eq(claim->parts[i]->plan->rules->id, plan)) return claim->parts[i];
    return NULL;
}

/* The counters of one part, behind its plan: {"womens-diseases": {"cover_ended": false}}. */
static void read_part_counters(reader *r, hz_claim *part)
{
    if (hz_json_next(&r->json) == HZ_JSON_OBJECT) {
        read_counters_of(r, part);
        return;
    }
    if (r->json.event == HZ_JSON_ARRAY) hz_json_skip(&r->json);
    if (r->json.event == HZ_JSON_ERROR || r->json.event == HZ_JSON_NULL) return;
    hz_str plan = part->plan->rules->id;
    if (hz_fault_set(&r->claim->fault, HZ_FAULT_COUNTERS_OF_PLAN, plan, &plan)) hz_fault_hint(&r->claim->fault, HZ_HINT_COUNTERS, NULL);
}

/* The counter whose key is at hand. */
static void read_counter(reader *r, hz_claim *within)
{
    hz_json key = r->json;
    bool known = means_something(r, within, text_of(r, &key), HZ_SYMBOL_COUNTER);
    hz_claim *part = known ? NULL : part_named(within, text_of(r, &key));
    if (r->no_memory) return;
    if (part != NULL) {
        read_part_counters(r, part);
        return;
    }
    if (!known) {
        hz_fault_unknown_counter(r->claim, within, text_of(r, &key));
        hz_json_skip(&r->json);
        return;
    }
    delivery d = {.r = r};
    hz_json value_at = r->json;
    bool printed = hz_json_next(&value_at) == HZ_JSON_OBJECT;
    if (printed) {
        hz_json_next(&r->json);
        read_printed_counter(r, key.text, &d.from);
    } else {
        d.from = read_value(r);
    }
    if (went_wrong(r)) return;
    hz_claim_each_named(within, d.key = text_of(r, &key), HZ_SYMBOL_COUNTER, put_counter, &d);
}

/* Up to the end of the object that was just begun. */
static void read_counters_of(reader *r, hz_claim *within)
{
    while (hz_json_next(&r->json) == HZ_JSON_KEY) {
        read_counter(r, within);
        if (went_wrong(r)) return;
    }
}

static void read_counters(reader *r)
{
    hz_json_event event = hz_json_next(&r->json);
    if (event == HZ_JSON_NULL || event == HZ_JSON_ERROR) return;
    if (event == HZ_JSON_OBJECT) {
        read_counters_of(r, r->claim);
        return;
    }
    hz_json_skip(&r->json);
    if (hz_fault_set(&r->claim->fault, HZ_FAULT_COUNTERS, HZ_STR("counters"), NULL)) hz_fault_hint(&r->claim->fault, HZ_HINT_COUNTERS, NULL);
}

/* ---- the plans of an event ---- */

static void ask_plan(reader *r, hz_str name)
{
    const hz_plan *plan = r->plans->find(r->plans->context, name);
    if (r->no_memory) return;
    if (plan == NULL) {
        hz_fault_unknown_plan(r->claim, r->plans, name);
        return;
    }
    int32_t status = hz_claim_ask_plan(r->claim, plan);
    r->no_memory |= status == HZ_NO_MEMORY;
    if (status == HZ_INVALID_ARGUMENT) hz_fault_plans(r->claim, HZ_FAULT_PLANS_TWICE);
}

static void read_plans(reader *r)
{
    hz_json_event event = hz_json_next(&r->json);
    if (event == HZ_JSON_STRING) {
        ask_plan(r, text_of(r, &r->json));
        return;
    }
    if (event == HZ_JSON_OBJECT) hz_json_skip(&r->json);
    if (event != HZ_JSON_ARRAY) {
        hz_fault_plans(r->claim, HZ_FAULT_PLANS_SHAPE);
        return;
    }
    while (hz_json_next(&r->json) != HZ_JSON_ARRAY_END && !went_wrong(r)) {
        if (r->json.event == HZ_JSON_STRING) {
            ask_plan(r, text_of(r, &r->json));
            continue;
        }
        if (r->json.event == HZ_JSON_OBJECT || r->json.event == HZ_JSON_ARRAY) hz_json_skip(&r->json);
        hz_fault_plans(r->claim, HZ_FAULT_PLANS_ITEM);
    }
}

/* The plans must be known before the inputs: they are looked for in the text, wherever they stand. */
static void find_plans(reader *r)
{
    bool reversal = false; /* it names a claim and nothing else */
    hz_json_begin(&r->json, r->json.whole);
    hz_claim_ask_none(r->claim);
    if (hz_json_next(&r->json) != HZ_JSON_OBJECT) return;
    while (hz_json_next(&r->json) == HZ_JSON_KEY && !r->no_memory) {
        hz_str key = text_of(r, &r->json);
        bool plans = hz_str_is(key, "plans");
        reversal |= hz_str_is(key, "reverses");
        if (plans && !r->saw_plans) read_plans(r);
        else hz_json_skip(&r->json);
        r->saw_plans |= plans;
    }
    if (r->json.event != HZ_JSON_ERROR && r->claim->part_count == 0 && !reversal)
        hz_fault_plans(r->claim, r->saw_plans ? HZ_FAULT_PLANS_EMPTY : HZ_FAULT_PLANS_MISSING);
    r->saw_plans = false;
}

/* ---- the object ---- */

static bool read_reserved(reader *r, hz_str key)
{
    bool *saw = hz_str_is(key, "id")                               ? &r->saw_id
                : hz_str_is(key, "reverses")                       ? &r->saw_reverses
                : hz_str_is(key, "ask")                            ? &r->saw_ask
                : hz_str_is(key, "counters")                       ? &r->saw_counters
                : r->claim->plan->event && hz_str_is(key, "plans") ? &r->saw_plans
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
    else if (saw == &r->saw_plans) hz_json_skip(&r->json); /* read before */
    else read_counters(r);
    return true;
}

static void read_member(reader *r)
{
    hz_json key = r->json;
    hz_str name = text_of(r, &key);
    if (r->no_memory || read_reserved(r, name)) return;
    if (!means_something(r, r->claim, name, HZ_SYMBOL_INPUT)) {
        hz_fault_unknown_input(r->claim, name);
        hz_json_skip(&r->json);
        return;
    }
    delivery d = {.r = r, .from = read_value(r)};
    if (went_wrong(r)) return;
    hz_claim_each_named(r->claim, d.key = text_of(r, &key), HZ_SYMBOL_INPUT, put_input, &d);
}

static void read_object(reader *r)
{
    if (hz_json_next(&r->json) == HZ_JSON_OBJECT) {
        while (hz_json_next(&r->json) == HZ_JSON_KEY) {
            read_member(r);
            if (went_wrong(r)) break;
        }
    } else if (r->json.event != HZ_JSON_ERROR && hz_json_skip(&r->json)) {
        if (hz_fault_set(&r->claim->fault, HZ_FAULT_NO_OBJECT, HZ_STR(""), NULL)) hz_fault_hint(&r->claim->fault, HZ_HINT_ONE_OBJECT, NULL);
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
        hz_fault_set(&claim->fault, HZ_FAULT_REVERSAL_MORE, HZ_STR("reverses"), NULL);
        hz_fault_hint(&claim->fault, HZ_HINT_ONLY_REVERSES, NULL);
        return;
    }
    hz_fault_set(&claim->fault, HZ_FAULT_NO_LEDGER, HZ_STR("reverses"), NULL);
    hz_fault_hint(&claim->fault, HZ_HINT_WITH_CARRY, NULL);
}

static bool anything_bad(const hz_claim *claim)
{
    bool bad = claim->fault.is;
    for (uint32_t i = 0; i < claim->plan->rules->inputs.count; i++) bad |= claim->inputs[i].state == HZ_BAD;
    for (uint32_t i = 0; i < claim->plan->rules->counters.count; i++) bad |= claim->counters[i].state == HZ_BAD;
    for (uint32_t i = 0; i < claim->part_count; i++) bad = bad || anything_bad(claim->parts[i]);
    return bad;
}

int32_t hz_claim_read_json(hz_claim *claim, hz_str json, const hz_plan_finder *plans)
{
    reader r = {.claim = claim, .plans = plans};
    hz_claim_reset(claim);
    hz_json_begin(&r.json, json);
    if (claim->plan->event && plans != NULL) find_plans(&r);
    hz_json_begin(&r.json, json);
    if (!r.no_memory) read_object(&r);
    mark_reversal(&r);
    if (r.no_memory) {
        hz_fault_set(&claim->fault, HZ_FAULT_MEMORY, HZ_STR(""), NULL);
        return HZ_NO_MEMORY;
    }
    return anything_bad(claim) ? HZ_DATA : HZ_OK;
}
