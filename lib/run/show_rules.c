/* show_rules.c - the rules of a plan as they stood on a day: scales, values, checks, conditions, benefits, caps, counters,
 * fees, notes. Called by show.c.
 */
#include "run/show_part.h"

/* ---- Formulas ---- */

/* " = formula", or why there is none. */
static void add_formula(hz_show *s, const hz_entry *entry)
{
    if (entry == NULL || entry->state == HZ_ENTRY_NONE) {
        hz_show_say(s, HZ_SAY_NONE);
        return;
    }
    if (entry->state == HZ_ENTRY_UNKNOWN)
        hz_show_say(s, HZ_SAY_UNPUBLISHED);
    else
        hz_say_formula(s->plan, entry->formula, s->language, s->line);
}

/* A formula that is one figure: what it is, too. */
static void add_figure_of(hz_show *s, const hz_entry *entry)
{
    const hz_ast *formula = entry != NULL ? entry->formula : NULL;
    if (formula == NULL || formula->op != HZ_AST_NAME)
        return;
    const hz_symbol *symbol = &s->rules->symbols.at[formula->symbol];
    if (symbol->kind != HZ_SYMBOL_PARAMETER)
        return;
    const hz_parameter *parameter = &s->rules->parameters.at[symbol->index];
    const hz_entry *figure = hz_show_entry(s, &parameter->history);
    if (figure == NULL)
        return;
    hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
    hz_show_figure(s, parameter, figure);
    hz_show_say(s, HZ_SAY_END_ASIDE);
}

static void add_when(hz_show *s, const hz_ast *when)
{
    if (when == NULL)
        return;
    hz_show_say(s, HZ_SAY_SHOW_WHEN);
    hz_say_formula(s->plan, when, s->language, s->line);
}

/* "，自 2015-07 起" for what has several versions, and "，推定（S5）". */
static void add_ground(hz_show *s, const hz_history *history, const hz_provenance *from)
{
    const hz_entry *entry = hz_show_entry(s, history);
    if (history->entries.count > 1 && entry != NULL) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_buf_add_char(s->line, HZ_PAGE_SOFT);
        hz_say_since(&entry->since, s->language, s->line);
    }
    if (!from->given && entry != NULL)
        from = &entry->from;
    if (!from->given)
        return;
    hz_show_say(s, HZ_SAY_COMMA);
    hz_buf_add_char(s->line, HZ_PAGE_SOFT);
    hz_show_standing(s, from);
}

static void put_scale(hz_show *s, const hz_scale *scale, const hz_entry *entry)
{
    hz_str of = hz_symbol_label(s->plan, hz_map_find(&s->rules->symbol_map, scale->of_name), s->language);
    hz_buf_add(s->line, hz_in_language(&scale->label, s->language));
    hz_say_with(s->line, scale->marginal ? HZ_SAY_SLICES_OF : HZ_SAY_BRACKETS_OF, s->language, &of);
    add_ground(s, &scale->history, &entry->from);
    hz_show_put(s, 4);
    for (uint32_t i = 0; i < entry->brackets.count; i++) {
        const hz_bracket *bracket = &entry->brackets.at[i];
        hz_buf_add_spaces(s->line, 2);
        hz_say_bracket_range(s->plan, scale, entry, i, s->language, s->line);
        hz_show_say(s, HZ_SAY_COLON);
        hz_say_bracket_value(s->plan, scale, bracket, s->language, s->line);
        if (bracket->from.given && bracket->state == HZ_ENTRY_VALUE) {
            hz_show_say(s, HZ_SAY_COMMA);
            hz_show_standing(s, &bracket->from);
        }
        hz_show_put(s, 4);
    }
}

static void put_scales(hz_show *s)
{
    bool first = true;
    for (uint32_t i = 0; i < s->rules->scales.count; i++) {
        const hz_entry *entry = hz_show_entry(s, &s->rules->scales.at[i].history);
        if (entry == NULL || entry->state == HZ_ENTRY_NONE)
            continue;
        if (first)
            hz_show_heading(s, HZ_SAY_SHOW_SCALES);
        put_scale(s, &s->rules->scales.at[i], entry);
        first = false;
    }
}

static void put_values(hz_show *s)
{
    if (s->rules->values.count > 0)
        hz_show_heading(s, HZ_SAY_SHOW_VALUES);
    for (uint32_t i = 0; i < s->rules->values.count; i++) {
        const hz_value *value = &s->rules->values.at[i];
        hz_buf_add(s->line, hz_in_language(&value->label, s->language));
        hz_buf_add_literal(s->line, " = ");
        add_formula(s, hz_show_entry(s, &value->history));
        add_ground(s, &value->history, &value->from);
        hz_show_put(s, 4);
    }
}

/* ---- Lines with a code ---- */

static uint32_t widest_code(const hz_show *s, const hz_lines *lines)
{
    uint32_t widest = 0;
    for (uint32_t i = 0; i < lines->count; i++)
        if (hz_show_lives(s, &lines->at[i].life) && lines->at[i].code.len > widest)
            widest = (uint32_t)lines->at[i].code.len;
    return widest;
}

static void add_code(hz_show *s, const hz_line *line, uint32_t widest)
{
    hz_buf_add(s->line, line->code);
    hz_page_pad(s->line, 0, widest + 2);
}

static void put_text(hz_show *s, const hz_line *line, hz_saying before, uint32_t indent)
{
    const hz_template *text = hz_template_in(line, s->language);
    if (text == NULL)
        return;
    hz_buf_add_spaces(s->line, indent);
    hz_show_say(s, before);
    hz_say_template_labels(s->plan, text, s->language, s->line);
    hz_show_put(s, indent);
}

void hz_show_scope(hz_show *s, const hz_line *line)
{
    if (line->scope.count == 0)
        return;
    hz_buf_add(s->line, hz_say_before(HZ_SAY_SHOW_FOR, s->language));
    for (uint32_t i = 0; i < line->scope.count; i++) {
        hz_str name = line->scope.at[i].name;
        hz_say_comma(i == 0, s->language, s->line);
        if (hz_str_is(name, "enrolment"))
            hz_show_say(s, HZ_SAY_SHOW_ENROLMENT);
        else if (hz_str_is(name, "claim"))
            hz_show_say(s, HZ_SAY_SHOW_WHOLE_CLAIM);
        else if (!hz_show_part_title(s, name))
            hz_show_label(s, name);
    }
    hz_buf_add(s->line, hz_say_after(HZ_SAY_SHOW_FOR, s->language));
}

static void put_conditions(hz_show *s, const hz_lines *lines, hz_saying heading)
{
    uint32_t widest = widest_code(s, lines);
    if (widest > 0)
        hz_show_heading(s, heading);
    for (uint32_t i = 0; i < lines->count; i++) {
        const hz_line *line = &lines->at[i];
        if (!hz_show_lives(s, &line->life))
            continue;
        add_code(s, line, widest);
        add_formula(s, hz_show_entry(s, &line->require));
        add_when(s, line->when);
        hz_show_scope(s, line);
        add_ground(s, &line->require, &line->from);
        hz_show_put(s, widest + 2);
        put_text(s, line, HZ_SAY_SHOW_ELSE, widest + 2);
    }
}

static void put_notes(hz_show *s)
{
    uint32_t widest = widest_code(s, &s->rules->notes);
    if (widest > 0)
        hz_show_heading(s, HZ_SAY_SHOW_NOTES);
    for (uint32_t i = 0; i < s->rules->notes.count; i++) {
        const hz_line *line = &s->rules->notes.at[i];
        if (!hz_show_lives(s, &line->life))
            continue;
        add_code(s, line, widest);
        hz_say_formula(s->plan, line->when, s->language, s->line);
        hz_show_put(s, widest + 2);
        put_text(s, line, HZ_SAY_NOTHING, widest + 2);
    }
}

static void put_caps(hz_show *s)
{
    uint32_t widest = widest_code(s, &s->rules->caps);
    if (widest > 0)
        hz_show_heading(s, HZ_SAY_SHOW_CAPS);
    for (uint32_t i = 0; i < s->rules->caps.count; i++) {
        const hz_line *line = &s->rules->caps.at[i];
        if (!hz_show_lives(s, &line->life))
            continue;
        add_code(s, line, widest);
        for (uint32_t k = 0; k < line->over.count; k++) {
            hz_say_comma(k == 0, s->language, s->line);
            hz_show_label(s, line->over.at[k].name);
        }
        hz_show_say(s, HZ_SAY_SHOW_AT_MOST);
        add_formula(s, hz_show_entry(s, &line->limit));
        add_figure_of(s, hz_show_entry(s, &line->limit));
        if (line->counts.name.len > 0) {
            uint32_t symbol = hz_map_find(&s->rules->symbol_map, line->counts.name);
            hz_str label = hz_symbol_label(s->plan, symbol, s->language);
            hz_say_with(s->line, HZ_SAY_SHOW_COUNTING, s->language, &label);
        }
        add_when(s, line->when);
        add_ground(s, &line->limit, &line->from);
        hz_show_put(s, widest + 2);
        put_text(s, line, HZ_SAY_SHOW_BEYOND, widest + 2);
    }
}

/* ---- Benefits, fees, counters ---- */

static void put_money(hz_show *s, const hz_label *label, const hz_history *amount, const hz_ast *when, bool negative,
                      const hz_provenance *from)
{
    hz_buf_add(s->line, hz_in_language(label, s->language));
    hz_buf_add_literal(s->line, " = ");
    add_formula(s, hz_show_entry(s, amount));
    add_figure_of(s, hz_show_entry(s, amount));
    add_when(s, when);
    if (negative)
        hz_show_say(s, HZ_SAY_SHOW_NEGATIVE);
    add_ground(s, amount, from);
    hz_show_put(s, 4);
}

void hz_show_rounded(hz_show *s)
{
    static const char *const modes[] = {
        [HZ_ROUND_UP] = "round up",               [HZ_ROUND_DOWN] = "round down", [HZ_ROUND_HALF_UP] = "round half up",
        [HZ_ROUND_HALF_DOWN] = "round half down", [HZ_ROUND_HALF_EVEN] = "decimal", [HZ_ROUND_FLOOR] = "floor",
        [HZ_ROUND_CEILING] = "ceiling"};
    const hz_round *round = hz_show_rounding(s);
    char to[HZ_DECIMAL_TEXT];
    const hz_str arguments[] = {hz_word(hz_str_from(modes[round->mode]), s->language),
                                {to, hz_decimal_format(1, round->scale, to)}};
    hz_say_with(s->line, HZ_SAY_SHOW_ROUNDED, s->language, arguments);
    hz_buf_add_char(s->line, ' ');
    hz_say_unit(s->plan->ruleset->currency, false, s->language, s->line);
}

static void put_benefits(hz_show *s)
{
    bool first = true;
    for (uint32_t i = 0; i < s->rules->benefits.count; i++) {
        const hz_benefit *benefit = &s->rules->benefits.at[i];
        if (!hz_show_lives(s, &benefit->life))
            continue;
        if (first)
            hz_show_heading(s, HZ_SAY_SHOW_BENEFITS);
        put_money(s, &benefit->label, &benefit->amount, benefit->when, benefit->may_be_negative, &benefit->from);
        first = false;
    }
    if (!first && hz_show_rounding(s)->given) {
        hz_show_rounded(s);
        hz_show_put(s, 4);
    }
}

static void put_fees(hz_show *s)
{
    if (s->rules->fees.count > 0)
        hz_show_heading(s, HZ_SAY_SHOW_FEES);
    for (uint32_t i = 0; i < s->rules->fees.count; i++) {
        const hz_fee *fee = &s->rules->fees.at[i];
        put_money(s, &fee->label, &fee->amount, NULL, false, &fee->from);
    }
}

static void put_counters(hz_show *s)
{
    if (s->rules->counters.count > 0)
        hz_show_heading(s, HZ_SAY_SHOW_COUNTERS);
    for (uint32_t i = 0; i < s->rules->counters.count; i++) {
        const hz_counter *counter = &s->rules->counters.at[i];
        hz_buf_add(s->line, hz_in_language(&counter->label, s->language));
        hz_show_say(s, HZ_SAY_COLON);
        hz_show_say(s, HZ_SAY_SHOW_PER);
        for (uint32_t k = 0; k < counter->per.count; k++) {
            hz_say_comma(k == 0, s->language, s->line);
            hz_show_label(s, counter->per.at[k].name);
        }
        hz_show_say(s, HZ_SAY_SHOW_PER_END);
        hz_show_say(s, counter->adds != NULL ? HZ_SAY_SHOW_ADDS : HZ_SAY_SHOW_NEXT);
        hz_say_formula(s->plan, counter->adds != NULL ? counter->adds : counter->next, s->language, s->line);
        hz_show_put(s, 4);
    }
}

void hz_show_rules(hz_show *s)
{
    put_scales(s);
    hz_show_tables(s);
    put_values(s);
    put_conditions(s, &s->rules->checks, HZ_SAY_SHOW_CHECKS);
    put_conditions(s, &s->rules->eligibility, HZ_SAY_SHOW_CONDITIONS);
    put_benefits(s);
    put_caps(s);
    put_counters(s);
    put_fees(s);
    hz_show_parts(s);
    put_notes(s);
}
