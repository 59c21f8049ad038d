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

void hz_fault_unknown_input(hz_claim *claim, hz_str key)
{
    const hz_plan_model *rules = claim->plan->rules;
    hz_fault *fault = &claim->fault;
    char quoted[64];
    hz_suggest suggest;
    hz_fault_quote(key, quoted);
    if (!hz_fault_set(fault, HZ_R_UNKNOWN_KEY, key, "`%s` is no input of plan `%.*s`", quoted, HZ_ARG(rules->id)))
        return;
    uint32_t symbol = hz_map_find(&rules->symbol_map, key);
    if (symbol != HZ_MAP_NONE) {
        hz_fault_hint(fault, "%s", other_name(rules->symbols.at[symbol].kind));
        return;
    }
    hz_suggest_begin(&suggest, hz_str_from(quoted));
    for (uint32_t i = 0; i < rules->inputs.count; i++) hz_suggest_offer(&suggest, rules->inputs.at[i].name);
    hz_suggest_offer(&suggest, HZ_STR("id"));
    hz_suggest_offer(&suggest, HZ_STR("ask"));
    hz_suggest_offer(&suggest, HZ_STR("counters"));
    if (suggest.best.at != NULL) hz_fault_hint(fault, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_fault_hint(fault, "remove it: nothing is ignored silently");
}

void hz_fault_unknown_counter(hz_claim *claim, hz_str key)
{
    const hz_plan_model *rules = claim->plan->rules;
    hz_fault *fault = &claim->fault;
    char quoted[64];
    hz_suggest suggest;
    hz_fault_quote(key, quoted);
    if (!hz_fault_set(fault, HZ_R_UNKNOWN_KEY, key, "`%s` is no counter of plan `%.*s`", quoted, HZ_ARG(rules->id)))
        return;
    hz_suggest_begin(&suggest, hz_str_from(quoted));
    for (uint32_t i = 0; i < rules->counters.count; i++) hz_suggest_offer(&suggest, rules->counters.at[i].name);
    if (suggest.best.at != NULL) hz_fault_hint(fault, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_fault_hint(fault, "remove it: nothing is ignored silently");
}

void hz_fault_unknown_part(hz_claim *claim, hz_str counter, hz_str key)
{
    char quoted[64];
    hz_fault_quote(key, quoted);
    if (hz_fault_set(&claim->fault, HZ_R_UNKNOWN_KEY, counter, "counter `%.*s` has an unknown key `%s`",
                     HZ_ARG(counter), quoted))
        hz_fault_hint(&claim->fault, "the keys are key, unit, before, change, after; or value");
}
