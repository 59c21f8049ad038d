/* claim_fault.c - what is said of a JSON text that is no claim: where it stops being JSON, which key is unknown or
 * stands twice. Called by claim_json.c; texts about single values are in claim_error.c.
 */
#include "run/given.h"

#include "base/utf8.h"
#include "source/suggest.h"

/* A remedy for what is often written instead of JSON, numbers above all; NULL: the problem says enough. */
static const char *remedy(hz_str text, size_t at)
{
    if (at >= text.len) return text.len > 0 ? "the text was cut off: send a whole object on one line" : NULL;
    char c = text.at[at];
    size_t before = at;
    while (before > 0 && (text.at[before - 1] == ' ' || text.at[before - 1] == '\t')) before--;
    bool after_comma =
        before > 1 && text.at[before - 1] == ',' && text.at[before - 2] >= '0' && text.at[before - 2] <= '9';
    if (c == 'N' || c == 'I' || c == 'n' || c == 'i' || (c == '-' && at + 1 < text.len && text.at[at + 1] == 'I'))
        return "leave it out, or write null, when it is not known";
    if (c >= '0' && c <= '9' && after_comma) return "write 1300.00, not 1,300.00: no thousands separators";
    if (c == '+') return "write 5, not +5";
    if (c == '.') return "write 0.5, not .5";
    if (at > 1 && text.at[at - 1] == '.' && text.at[at - 2] >= '0' && text.at[at - 2] <= '9') return "write 5, not 5.";
    if (c == '0') return "write plain decimal digits without zeros in front: 16, not 0x10 or 016";
    return NULL;
}

void hz_fault_json(hz_claim *claim, const hz_json *json)
{
    hz_str text = json->whole;
    size_t at = json->offset < text.len ? json->offset : text.len, line_begin = 0, line = 1;
    for (size_t i = 0; i < at; i++) {
        if (text.at[i] == '\n') {
            line_begin = i + 1;
            line++;
        }
    }
    size_t column = hz_utf8_count(hz_str_part(text, line_begin, at)) + 1;
    hz_fault *fault = &claim->fault;
    bool set = line == 1
                   ? hz_fault_set(fault, HZ_R_JSON, HZ_STR(""), "not JSON at column %zu: %s", column, json->problem)
                   : hz_fault_set(fault, HZ_R_JSON, HZ_STR(""), "not JSON at line %zu, column %zu: %s", line, column,
                                  json->problem);
    const char *hint = remedy(text, at);
    if (set && hint != NULL) hz_fault_hint(fault, "%s", hint);
}

void hz_fault_duplicate(hz_claim *claim, hz_str key)
{
    char quoted[64];
    hz_fault_quote(key, quoted);
    if (hz_fault_set(&claim->fault, HZ_R_DUPLICATE_KEY, key, "the key `%s` stands twice", quoted))
        hz_fault_hint(&claim->fault, "keep one of the two");
}

/* What a key means that is a name of the plan, but no input. */
static const char *other_name(uint8_t symbol_kind)
{
    switch (symbol_kind) {
    case HZ_SYMBOL_COUNTER: return "it is a counter: write it inside \"counters\"";
    case HZ_SYMBOL_PARAMETER: return "it is a figure of the rules; a scenario changes it, a claim cannot";
    case HZ_SYMBOL_SCALE: case HZ_SYMBOL_VALUE: case HZ_SYMBOL_OUTPUT:
        return "the plan works it out; give the inputs it is made of";
    default: return "it is part of the answer";
    }
}

/* Names of one kind, of the plan or of the plans of an event. */
static void offer_names(hz_suggest *suggest, const hz_claim *claim, hz_symbol_kind kind)
{
    const hz_plan_model *rules = claim->plan->rules;
    for (uint32_t i = 0; i < rules->symbols.count; i++)
        if (rules->symbols.at[i].kind == kind) hz_suggest_offer(suggest, rules->symbols.at[i].name);
    for (uint32_t i = 0; i < claim->part_count; i++)
        if (kind == HZ_SYMBOL_COUNTER || claim->plan->event) offer_names(suggest, claim->parts[i], kind);
}

/* "`x` is no input of plan `p`", of an event "… of any of these plans". kind: "input", "counter". */
static bool set_unknown(hz_claim *claim, const hz_claim *within, const char *kind, hz_str key)
{
    char quoted[64];
    hz_fault_quote(key, quoted);
    if (!within->plan->event)
        return hz_fault_set(&claim->fault, HZ_R_UNKNOWN_KEY, key, "`%s` is no %s of plan `%.*s`", quoted, kind,
                            HZ_ARG(within->plan->rules->id));
    return hz_fault_set(&claim->fault, HZ_R_UNKNOWN_KEY, key, "`%s` is no %s of any of these plans", quoted, kind);
}

static void hint_nearest(hz_fault *fault, const hz_suggest *suggest)
{
    if (suggest->best.at != NULL) hz_fault_hint(fault, "did you mean `%.*s`?", HZ_ARG(suggest->best));
    else hz_fault_hint(fault, "remove it: nothing is ignored silently");
}

/* What follows the plan in a key like `womens-diseases.cover_start`. */
static hz_str without_plan(hz_str key)
{
    const char *dot = key.len > 0 ? memchr(key.at, '.', key.len) : NULL;
    return dot != NULL ? hz_str_part(key, (size_t)(dot - key.at) + 1, key.len) : key;
}

/* The part of a package whose input of that name the package sets; NULL: none. */
static const hz_part *part_that_is_set(const hz_plan_model *rules, hz_str input)
{
    for (uint32_t i = 0; i < rules->parts.count; i++)
        for (uint32_t k = 0; k < rules->parts.at[i].sets.count; k++)
            if (hz_str_eq(rules->parts.at[i].sets.at[k].input.name, input)) return &rules->parts.at[i];
    return NULL;
}

void hz_fault_unknown_input(hz_claim *claim, hz_str key)
{
    const hz_plan_model *rules = claim->plan->rules;
    hz_suggest suggest;
    char quoted[64];
    if (!set_unknown(claim, claim, "input", key)) return;
    const hz_part *set = part_that_is_set(rules, without_plan(key));
    uint32_t symbol = hz_map_find(&rules->symbol_map, key);
    if (symbol == HZ_MAP_NONE && set != NULL) {
        hz_fault_hint(&claim->fault, "leave it out: the package sets it for its part `%.*s`", HZ_ARG(set->plan));
        return;
    }
    if (symbol != HZ_MAP_NONE) {
        hz_fault_hint(&claim->fault, "%s", other_name(rules->symbols.at[symbol].kind));
        return;
    }
    hz_fault_quote(claim->plan->event ? without_plan(key) : key, quoted);
    hz_suggest_begin(&suggest, hz_str_from(quoted));
    offer_names(&suggest, claim, HZ_SYMBOL_INPUT);
    hz_suggest_offer(&suggest, HZ_STR("id"));
    hz_suggest_offer(&suggest, HZ_STR("ask"));
    hz_suggest_offer(&suggest, HZ_STR("counters"));
    if (claim->plan->event) hz_suggest_offer(&suggest, HZ_STR("plans"));
    hint_nearest(&claim->fault, &suggest);
}

void hz_fault_unknown_counter(hz_claim *claim, const hz_claim *within, hz_str key)
{
    hz_suggest suggest;
    char quoted[64];
    if (!set_unknown(claim, within, "counter", key)) return;
    hz_fault_quote(within->part_count > 0 ? without_plan(key) : key, quoted);
    hz_suggest_begin(&suggest, hz_str_from(quoted));
    offer_names(&suggest, within, HZ_SYMBOL_COUNTER);
    hint_nearest(&claim->fault, &suggest);
}

void hz_fault_plans(hz_claim *event, const char *message)
{
    if (hz_fault_set(&event->fault, HZ_R_PLANS, HZ_STR("plans"), "%s", message))
        hz_fault_hint(&event->fault, "write \"plans\": [\"id of a plan\", …], each once, in the order of settling");
}

void hz_fault_unknown_plan(hz_claim *event, const hz_plan_finder *plans, hz_str id)
{
    hz_suggest suggest;
    char quoted[64];
    hz_fault_quote(id, quoted);
    if (!hz_fault_set(&event->fault, HZ_R_PLANS, HZ_STR("plans"), "there is no plan `%s`", quoted)) return;
    hz_suggest_begin(&suggest, hz_str_from(quoted));
    for (uint32_t i = 0; plans->at(plans->context, i).len > 0; i++)
        hz_suggest_offer(&suggest, plans->at(plans->context, i));
    if (suggest.best.at != NULL) hz_fault_hint(&event->fault, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_fault_hint(&event->fault, "`huzhu plans DIR` lists the plans");
}

void hz_fault_unknown_part(hz_claim *claim, hz_str counter, hz_str key)
{
    char quoted[64];
    hz_fault_quote(key, quoted);
    if (hz_fault_set(&claim->fault, HZ_R_UNKNOWN_KEY, counter, "counter `%.*s` has an unknown key `%s`",
                     HZ_ARG(counter), quoted))
        hz_fault_hint(&claim->fault, "the keys are key, unit, before, change, after; or value");
}
