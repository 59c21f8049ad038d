/* claim_fault.c - what is said of a JSON text that is no claim: where it stops being JSON, which key is unknown or
 * stands twice. Called by claim_json.c; texts about single values are in claim_error.c.
 */
#include "run/given.h"

#include "base/utf8.h"
#include "source/suggest.h"

/* A remedy for what is often written instead of JSON, numbers above all; COUNT: the problem says enough. */
static hz_hint_id remedy(hz_str text, size_t at)
{
    if (at >= text.len) return text.len > 0 ? HZ_HINT_CUT_OFF : HZ_HINT_COUNT;
    char c = text.at[at];
    size_t before = at;
    while (before > 0 && (text.at[before - 1] == ' ' || text.at[before - 1] == '\t')) before--;
    bool after_comma =
        before > 1 && text.at[before - 1] == ',' && text.at[before - 2] >= '0' && text.at[before - 2] <= '9';
    if (c == 'N' || c == 'I' || c == 'n' || c == 'i' || (c == '-' && at + 1 < text.len && text.at[at + 1] == 'I'))
        return HZ_HINT_LEAVE_OUT;
    if (c >= '0' && c <= '9' && after_comma) return HZ_HINT_NO_THOUSANDS;
    if (c == '+') return HZ_HINT_NO_PLUS;
    if (c == '.') return HZ_HINT_BEFORE_POINT;
    if (at > 1 && text.at[at - 1] == '.' && text.at[at - 2] >= '0' && text.at[at - 2] <= '9') return HZ_HINT_AFTER_POINT;
    if (c == '0') return HZ_HINT_NO_ZEROS;
    return HZ_HINT_COUNT;
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
    char columns[HZ_DECIMAL_TEXT], lines[HZ_DECIMAL_TEXT];
    size_t column_size = hz_decimal_format((int64_t)column, 0, columns), line_size = hz_decimal_format((int64_t)line, 0, lines);
    const hz_str place[] = {{columns, column_size}, hz_str_from(json->problem), {lines, line_size}};
    hz_hint_id hint = remedy(text, at);
    if (hz_fault_set(&claim->fault, line == 1 ? HZ_FAULT_JSON : HZ_FAULT_JSON_LINES, HZ_STR(""), place) && hint < HZ_HINT_COUNT)
        hz_fault_hint(&claim->fault, hint, NULL);
}

void hz_fault_duplicate(hz_claim *claim, hz_str key)
{
    char quoted[64];
    hz_fault_quote(key, quoted);
    const hz_str said = hz_str_from(quoted);
    if (hz_fault_set(&claim->fault, HZ_FAULT_DUPLICATE, key, &said)) hz_fault_hint(&claim->fault, HZ_HINT_KEEP_ONE, NULL);
}

/* What a key means that is a name of the plan, but no input. */
static hz_hint_id other_name(uint8_t symbol_kind)
{
    switch (symbol_kind) {
    case HZ_SYMBOL_COUNTER: return HZ_HINT_IS_COUNTER;
    case HZ_SYMBOL_PARAMETER: return HZ_HINT_IS_FIGURE;
    case HZ_SYMBOL_SCALE: case HZ_SYMBOL_VALUE: case HZ_SYMBOL_OUTPUT: return HZ_HINT_IS_COMPUTED;
    default: return HZ_HINT_IS_ANSWER;
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

/* "`x` is no input of plan `p`", of an event "… of any of these plans". */
static bool set_unknown(hz_claim *claim, const hz_claim *within, hz_fault_id of_plan, hz_fault_id of_any, hz_str key)
{
    char quoted[64];
    hz_fault_quote(key, quoted);
    const hz_str said[] = {hz_str_from(quoted), within->plan->event ? HZ_STR("") : within->plan->rules->id};
    return hz_fault_set(&claim->fault, within->plan->event ? of_any : of_plan, key, said);
}

static void hint_nearest(hz_fault *fault, const hz_suggest *suggest)
{
    hz_fault_hint(fault, suggest->best.at != NULL ? HZ_HINT_NEAREST : HZ_HINT_REMOVE, &suggest->best);
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
    if (!set_unknown(claim, claim, HZ_FAULT_NO_INPUT, HZ_FAULT_NO_INPUT_OF_ANY, key)) return;
    const hz_part *set = part_that_is_set(rules, without_plan(key));
    uint32_t symbol = hz_map_find(&rules->symbol_map, key);
    if (symbol == HZ_MAP_NONE && set != NULL) {
        hz_fault_hint(&claim->fault, HZ_HINT_SET_BY_PACKAGE, &set->plan);
        return;
    }
    if (symbol != HZ_MAP_NONE) {
        hz_fault_hint(&claim->fault, other_name(rules->symbols.at[symbol].kind), NULL);
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
    if (!set_unknown(claim, within, HZ_FAULT_NO_COUNTER, HZ_FAULT_NO_COUNTER_OF_ANY, key)) return;
    hz_fault_quote(within->part_count > 0 ? without_plan(key) : key, quoted);
    hz_suggest_begin(&suggest, hz_str_from(quoted));
    offer_names(&suggest, within, HZ_SYMBOL_COUNTER);
    hint_nearest(&claim->fault, &suggest);
}

void hz_fault_plans(hz_claim *event, hz_fault_id what)
{
    if (hz_fault_set(&event->fault, what, HZ_STR("plans"), NULL)) hz_fault_hint(&event->fault, HZ_HINT_PLANS, NULL);
}

void hz_fault_unknown_plan(hz_claim *event, const hz_plan_finder *plans, hz_str id)
{
    hz_suggest suggest;
    char quoted[64];
    hz_fault_quote(id, quoted);
    const hz_str said = hz_str_from(quoted);
    if (!hz_fault_set(&event->fault, HZ_FAULT_PLANS_UNKNOWN, HZ_STR("plans"), &said)) return;
    hz_suggest_begin(&suggest, hz_str_from(quoted));
    for (uint32_t i = 0; plans->at(plans->context, i).len > 0; i++)
        hz_suggest_offer(&suggest, plans->at(plans->context, i));
    hz_fault_hint(&event->fault, suggest.best.at != NULL ? HZ_HINT_NEAREST : HZ_HINT_LIST_OF_PLANS, &suggest.best);
}

void hz_fault_unknown_part(hz_claim *claim, hz_str counter, hz_str key)
{
    char quoted[64];
    hz_fault_quote(key, quoted);
    const hz_str said[] = {counter, hz_str_from(quoted)};
    if (hz_fault_set(&claim->fault, HZ_FAULT_NO_PART_OF_COUNTER, counter, said))
        hz_fault_hint(&claim->fault, HZ_HINT_PARTS_OF_COUNTER, NULL);
}
