/* reason_text.c - the sentence of a reason: the plan's template with this claim's values, or a built-in text. Called by
 * the API, write.c and the explanation.
 */
#include "run/say.h"

#include "run/walk.h"

static void say_template(const hz_decision *decision, const hz_template *text, uint32_t language, hz_buf *out)
{
    for (uint32_t i = 0; i < text->parts.count; i++) {
        const hz_template_part *part = &text->parts.at[i];
        uint32_t symbol = part->is_name ? hz_map_find(&decision->plan->rules->symbol_map, part->text) : HZ_MAP_NONE;
        if (symbol == HZ_MAP_NONE)
            hz_say_text(part->text, out);
        else
            hz_say_symbol(decision, symbol, false, language, out);
    }
}

/* ---- Built-in reasons ---- */

static const hz_history *history_in(const hz_lines *lines, hz_str code)
{
    for (uint32_t i = 0; i < lines->count; i++)
        if (hz_str_eq(lines->at[i].code, code))
            return lines->at[i].require.entries.count > 0 ? &lines->at[i].require : &lines->at[i].limit;
    return NULL;
}

static const hz_history *history_of(const hz_plan_model *rules, hz_str name)
{
    uint32_t number = hz_map_find(&rules->symbol_map, name);
    if (number == HZ_MAP_NONE) {
        const hz_lines *lists[] = {&rules->checks, &rules->eligibility, &rules->caps};
        const hz_history *found = NULL;
        for (size_t i = 0; i < sizeof lists / sizeof *lists && found == NULL; i++) found = history_in(lists[i], name);
        return found;
    }
    const hz_symbol *symbol = &rules->symbols.at[number];
    switch (symbol->kind) {
    case HZ_SYMBOL_PARAMETER: return &rules->parameters.at[symbol->index].history;
    case HZ_SYMBOL_SCALE: return &rules->scales.at[symbol->index].history;
    case HZ_SYMBOL_VALUE: return &rules->values.at[symbol->index].history;
    case HZ_SYMBOL_OUTPUT: return &rules->outputs.at[symbol->index].history;
    case HZ_SYMBOL_BENEFIT: return &rules->benefits.at[symbol->index].amount;
    case HZ_SYMBOL_FEE: return &rules->fees.at[symbol->index].amount;
    default: return NULL;
    }
}

/* Counters of a package are those of its parts: what the first part that knows the name calls it. */
static hz_str label_of(const hz_decision *decision, hz_str name, uint32_t language)
{
    uint32_t symbol = hz_map_find(&decision->plan->rules->symbol_map, name);
    if (symbol != HZ_MAP_NONE) return hz_symbol_label(decision->plan, symbol, language);
    for (uint32_t i = 0; i < decision->part_count; i++) {
        const hz_plan *part = decision->parts[i]->plan;
        symbol = hz_map_find(&part->rules->symbol_map, name);
        if (symbol != HZ_MAP_NONE) return hz_symbol_label(part, symbol, language);
    }
    return name;
}

static void say_missing(const hz_decision *decision, hz_str name, uint32_t language, hz_buf *out)
{
    const hz_plan_model *rules = decision->plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    /* What a package does not know is a counter of one of its parts. */
    bool counter = symbol != HZ_MAP_NONE ? rules->symbols.at[symbol].kind == HZ_SYMBOL_COUNTER : decision->part_count > 0;
    const hz_str arguments[] = {label_of(decision, name, language), name};
    hz_say_with(out, counter ? HZ_SAY_MISSING_COUNTER : HZ_SAY_MISSING_INPUT, language, arguments);
}

/* Nobody published the version, or a bracket of it that was reached. */
static hz_str why_unknown(const hz_decision *decision, hz_str name)
{
    const hz_plan_model *rules = decision->plan->rules;
    const hz_history *history = history_of(rules, name);
    const hz_entry *entry = history != NULL ? hz_entry_in_force(decision, history) : NULL;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    if (entry == NULL)
        return HZ_STR("");
    if (symbol != HZ_MAP_NONE && rules->symbols.at[symbol].kind == HZ_SYMBOL_SCALE && entry->state == HZ_ENTRY_VALUE) {
        const hz_scale *scale = &rules->scales.at[rules->symbols.at[symbol].index];
        const hz_bracket *bracket = hz_bracket_unknown(decision, scale, entry);
        return bracket != NULL ? bracket->from.unknown : HZ_STR("");
    }
    return entry->from.unknown;
}

static void say_unknown(const hz_decision *decision, hz_str name, uint32_t language, hz_buf *out)
{
    const hz_str arguments[] = {label_of(decision, name, language), name, why_unknown(decision, name)};
    hz_say_with(out, arguments[2].len > 0 ? HZ_SAY_UNKNOWN_WHY : HZ_SAY_UNKNOWN, language, arguments);
}

/* The day asked about, and the first day or the day after the last. */
static void say_not_in_force(const hz_decision *decision, uint32_t language, hz_buf *out)
{
    const hz_life *life = &decision->plan->rules->life;
    char day[HZ_DATE_TEXT], edge[HZ_DATE_TEXT];
    int32_t asked = (int32_t)hz_machine_int(&decision->machine, decision->question->dated_by.value);
    bool early = life->has_from && asked < life->from.day;
    size_t day_size = hz_date_format(asked, day);
    size_t edge_size = hz_date_format(early ? life->from.day : life->until.day, edge);
    uint8_t precision = early ? life->from.precision : life->until.precision;
    const hz_str arguments[] = {hz_str_part((hz_str){day, day_size}, 0, day_size),
                                {edge, precision == HZ_BY_MONTH ? 7 : edge_size},
                                label_of(decision, decision->plan->rules->dated_by.name, language)};
    hz_say_with(out, early ? HZ_SAY_NOT_YET_IN_FORCE : HZ_SAY_NO_LONGER_IN_FORCE, language, arguments);
}

static void say_built_in(const hz_decision *decision, const hz_reason *reason, uint32_t language, hz_buf *out)
{
    const hz_str about = label_of(decision, reason->about, language);
    if (reason->kind == HZ_REASON_MISSING)
        say_missing(decision, reason->about, language, out);
    else if (reason->kind == HZ_REASON_UNKNOWN)
        say_unknown(decision, reason->about, language, out);
    else if (hz_str_is(reason->code, "PLAN_NOT_IN_FORCE"))
        say_not_in_force(decision, language, out);
    else if (hz_str_is(reason->code, "NOT_OFFERED"))
        hz_say_with(out, HZ_SAY_NOT_OFFERED, language, &about);
    else if (hz_str_is(reason->code, "ZERO_AMOUNT"))
        hz_buf_add(out, hz_say(HZ_SAY_ZERO_AMOUNT, language));
    else
        hz_buf_add(out, reason->code);
}

void hz_decision_reason_text(hz_decision *decision, uint32_t reason, uint32_t language, hz_buf *out)
{
    const hz_reason *said = &decision->reasons[reason];
    if (said->outer) decision = decision->whole;
    const hz_template *text = said->line != NULL ? hz_template_in(said->line, language) : NULL;
    if (said->line == NULL)
        say_built_in(decision, said, language, out);
    else if (text != NULL)
        say_template(decision, text, language, out);
    else
        hz_buf_add(out, said->code);
}
