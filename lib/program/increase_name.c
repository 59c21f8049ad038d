/* increase_name.c - the direction of names: values with caps over them, scales, what tables give. Called by increase.c. */
#include "program/increase.h"

static const hz_way still = {.direction = HZ_STILL};

/* Versions differ at will, so the date that picks one may not move. */
static hz_way way_of_date(hz_rise *rise, const hz_history *history)
{
    const hz_plan_model *rules = rise->checker->plan->rules;
    hz_str name = history->dated_by.len > 0 ? history->dated_by : rules->dated_by.name;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    if (history->entries.count < 2 || symbol == HZ_MAP_NONE) return still;
    hz_way date = hz_way_of_symbol(rise, symbol);
    return date.direction == HZ_STILL ? still : hz_way_open(history->entries.at[1].since.span, "the date that picks this version hangs on it");
}

hz_way hz_way_of_history(hz_rise *rise, const hz_history *history)
{
    hz_way way = way_of_date(rise, history);
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_entry *entry = &history->entries.at[i];
        if (entry->formula != NULL) way = hz_way_joined(way, hz_way_of(rise, entry->formula), entry->formula->span);
    }
    return way;
}

/* A cap that ends to hold as the input rises lets more through; one that begins must find nothing to cut yet, since what
 * is left may be 0. */
static hz_way way_of_cap(hz_rise *rise, const hz_value *value, const hz_line *cap, hz_way way)
{
    hz_way when = cap->when != NULL ? hz_way_of(rise, cap->when) : still;
    bool begins = when.direction == HZ_RISES && !hz_is_nothing_before(rise, cap->when, &value->history);
    if (when.direction == HZ_OPEN) return when;
    if (when.direction != HZ_STILL && (begins || way.direction == HZ_FALLS)) return hz_way_open(cap->when->span, "the cap begins or ends to hold");
    return hz_way_joined(way, hz_way_of_history(rise, &cap->limit), cap->code_span);
}

/* A cap over a value is the smaller of the value and of what is left. */
static hz_way way_of_value(hz_rise *rise, const hz_value *value)
{
    const hz_lines *caps = &rise->checker->plan->rules->caps;
    hz_way way = hz_way_of_history(rise, &value->history);
    for (uint32_t i = 0; i < caps->count; i++) {
        const hz_line *cap = &caps->at[i];
        if (cap->over.count != 1 || !hz_str_eq(cap->over.at[0].name, value->name)) continue;
        way = way_of_cap(rise, value, cap, way);
    }
    return way;
}

/* ---- Scales ---- */

static hz_decimal value_of(const hz_bracket *bracket)
{
    return (hz_decimal){bracket->value.coefficient, bracket->value.type.scale};
}

/* Rates of slices: a negative one falls. What brackets give: less than the one before falls. */
static hz_way way_of_brackets(const hz_scale *scale, const hz_brackets *brackets)
{
    hz_way way = still;
    hz_decimal before = {0, 0};
    bool any = scale->marginal;
    for (uint32_t i = 0; i < brackets->count; i++) {
        const hz_bracket *bracket = &brackets->at[i];
        if (bracket->state != HZ_ENTRY_VALUE) continue;
        hz_decimal value = value_of(bracket);
        int step = any ? hz_decimal_compare(value, before) : 0;
        const hz_way falls = {HZ_FALLS, bracket->span, scale->marginal ? "this rate is negative" : "this bracket gives less than the one before"};
        if (step > 0) way = hz_way_joined(way, (hz_way){.direction = HZ_RISES}, bracket->span);
        if (step < 0) way = way.direction == HZ_RISES ? hz_way_open(bracket->span, falls.why) : hz_way_joined(way, falls, bracket->span);
        if (!scale->marginal) before = value;
        any = true;
    }
    return way;
}

static hz_way way_of_scale(hz_rise *rise, const hz_scale *scale)
{
    hz_way of = hz_way_of(rise, scale->of), way = way_of_date(rise, &scale->history);
    if (of.direction == HZ_STILL || of.direction == HZ_OPEN) return hz_way_joined(way, of, scale->name_span);
    if (scale->type.kind != HZ_KIND_NUMBER && !scale->marginal) return hz_way_open(scale->name_span, "the bracket that counts hangs on it");
    for (uint32_t i = 0; i < scale->history.entries.count; i++) {
        hz_way each = way_of_brackets(scale, &scale->history.entries.at[i].brackets);
        if (of.direction == HZ_FALLS) each = hz_way_turned(each, scale->of->span);
        way = hz_way_joined(way, each, scale->name_span);
    }
    return way;
}

/* ---- Names ---- */

/* Another input stays, unless it is there only at times. */
static hz_way way_of_input(hz_rise *rise, const hz_input *input)
{
    bool stays = input->when == NULL || hz_way_of(rise, input->when).direction == HZ_STILL;
    return stays ? still : hz_way_open(input->name_span, "whether this input is there hangs on it");
}

static hz_way way_of(hz_rise *rise, const hz_symbol *symbol)
{
    const hz_plan_model *rules = rise->checker->plan->rules;
    switch (symbol->kind) {
    case HZ_SYMBOL_INPUT: return way_of_input(rise, &rules->inputs.at[symbol->index]);
    case HZ_SYMBOL_PARAMETER: return way_of_date(rise, &rules->parameters.at[symbol->index].history);
    case HZ_SYMBOL_VALUE: return way_of_value(rise, &rules->values.at[symbol->index]);
    case HZ_SYMBOL_OUTPUT: return hz_way_of_history(rise, &rules->outputs.at[symbol->index].history);
    case HZ_SYMBOL_SCALE: return way_of_scale(rise, &rules->scales.at[symbol->index]);
    default: return still; /* counters, before the claim */
    }
}

hz_way hz_way_of_symbol(hz_rise *rise, uint32_t symbol)
{
    if (symbol == rise->symbol) return (hz_way){.direction = HZ_RISES};
    if (rise->known[symbol]) return rise->ways[symbol];
    rise->known[symbol] = true; /* no cycle comes here: plans with one are not asked */
    rise->ways[symbol] = way_of(rise, &rise->checker->plan->rules->symbols.at[symbol]);
    return rise->ways[symbol];
}
