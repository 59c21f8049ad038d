/* handbook_rules.c - to whom a plan pays, what, up to where, and why not: conditions, benefits, limits, formulas, counters,
 * fees, notes and what a claim says, each version of each. Called by handbook.c.
 */
#include "run/handbook_part.h"

/* "自 2014-07 起：每份金额 × 给付份数" */
static void add_version_of(hz_show *s, const hz_plan *plan, const hz_entry *entry)
{
    if (entry->since.precision != HZ_ALWAYS) {
        hz_say_since(&entry->since, s->language, s->line);
        hz_show_say(s, HZ_SAY_COLON);
    }
    if (entry->state == HZ_ENTRY_VALUE)
        hz_say_formula(plan, entry->formula, s->language, s->line);
    else
        hz_show_say(s, entry->state == HZ_ENTRY_NONE ? HZ_SAY_NONE : HZ_SAY_UNPUBLISHED);
}

/* Formulas by date, a line each. A reading that was not taken is named. */
static void add_versions_of(hz_show *s, const hz_plan *plan, const hz_history *history)
{
    for (uint32_t i = 0; i < history->entries.count; i++) {
        if (i > 0)
            hz_buf_add_char(s->line, HZ_BOOK_BREAK);
        add_version_of(s, plan, &history->entries.at[i]);
    }
    for (uint32_t i = 0; i < history->readings.count; i++) {
        const hz_reading *reading = &history->readings.at[i];
        for (uint32_t k = 0; k < reading->entries.count && i != history->taken; k++) {
            hz_buf_add_char(s->line, HZ_BOOK_BREAK);
            hz_say_with(s->line, HZ_SAY_BOOK_READING, s->language, &reading->name);
            hz_show_say(s, HZ_SAY_COLON);
            add_version_of(s, plan, &reading->entries.at[k]);
        }
    }
}

/* The grounds of the item and of its versions, those that say something. */
static void add_grounds(hz_show *s, const hz_provenance *item, const hz_history *history)
{
    size_t begin = s->line->len;
    hz_book_ground(s, item);
    for (uint32_t i = 0; history != NULL && i < history->entries.count; i++) {
        const hz_provenance *from = &history->entries.at[i].from;
        if (!from->given)
            continue;
        if (s->line->len > begin)
            hz_buf_add_char(s->line, HZ_BOOK_BREAK);
        hz_book_ground(s, from);
    }
}

static void add_when(hz_show *s, const hz_ast *when)
{
    if (when == NULL)
        return;
    hz_show_say(s, HZ_SAY_SHOW_WHEN);
    hz_say_formula(s->plan, when, s->language, s->line);
}

static void put_text_cell(hz_show *s, const hz_line *line)
{
    const hz_template *text = hz_template_in(line, s->language);
    if (text != NULL)
        hz_say_template_labels(s->plan, text, s->language, s->line);
    hz_book_cell(s);
}

static void put_name_cell(hz_show *s, hz_str name)
{
    hz_buf_add(s->line, name);
    hz_book_cell(s);
}

static void put_life_cell(hz_show *s, const hz_life *life)
{
    hz_book_life(s, life);
    hz_book_cell(s);
}

static void put_ground_cell(hz_show *s, const hz_provenance *item, const hz_history *history)
{
    add_grounds(s, item, history);
    hz_book_cell(s);
    hz_book_row_end(s);
}

/* ---- Lines with a code ---- */

static void put_conditions(hz_show *s, const hz_lines *lines, hz_saying heading)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_CODE, HZ_SAY_BOOK_CONDITION, HZ_SAY_BOOK_LIFE, HZ_SAY_BOOK_TOLD,
                                       HZ_SAY_BOOK_GROUND};
    if (lines->count > 0)
        hz_book_table(s, heading, titles, 5);
    for (uint32_t i = 0; i < lines->count; i++) {
        const hz_line *line = &lines->at[i];
        put_name_cell(s, line->code);
        add_versions_of(s, s->plan, &line->require);
        add_when(s, line->when);
        hz_show_scope(s, line);
        hz_book_cell(s);
        put_life_cell(s, &line->life);
        put_text_cell(s, line);
        put_ground_cell(s, &line->from, &line->require);
    }
}

static void put_caps(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_CODE, HZ_SAY_BOOK_LIMIT, HZ_SAY_BOOK_LIFE, HZ_SAY_BOOK_TOLD,
                                       HZ_SAY_BOOK_GROUND};
    if (s->rules->caps.count > 0)
        hz_book_table(s, HZ_SAY_SHOW_CAPS, titles, 5);
    for (uint32_t i = 0; i < s->rules->caps.count; i++) {
        const hz_line *line = &s->rules->caps.at[i];
        put_name_cell(s, line->code);
        for (uint32_t k = 0; k < line->over.count; k++) {
            hz_say_comma(k == 0, s->language, s->line);
            hz_show_label(s, line->over.at[k].name);
        }
        hz_show_say(s, HZ_SAY_SHOW_AT_MOST);
        add_versions_of(s, s->plan, &line->limit);
        if (line->counts.name.len > 0) {
            uint32_t symbol = hz_map_find(&s->rules->symbol_map, line->counts.name);
            const hz_str label = hz_symbol_label(s->plan, symbol, s->language);
            hz_say_with(s->line, HZ_SAY_SHOW_COUNTING, s->language, &label);
        }
        add_when(s, line->when);
        hz_book_cell(s);
        put_life_cell(s, &line->life);
        put_text_cell(s, line);
        put_ground_cell(s, &line->from, &line->limit);
    }
}

static void put_notes(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_CODE, HZ_SAY_BOOK_WHEN, HZ_SAY_BOOK_LIFE, HZ_SAY_BOOK_TOLD,
                                       HZ_SAY_BOOK_GROUND};
    if (s->rules->notes.count > 0)
        hz_book_table(s, HZ_SAY_SHOW_NOTES, titles, 5);
    for (uint32_t i = 0; i < s->rules->notes.count; i++) {
        const hz_line *line = &s->rules->notes.at[i];
        put_name_cell(s, line->code);
        hz_say_formula(s->plan, line->when, s->language, s->line);
        hz_book_cell(s);
        put_life_cell(s, &line->life);
        put_text_cell(s, line);
        put_ground_cell(s, &line->from, NULL);
    }
}

/* ---- Money ---- */

static void put_benefits(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_BENEFIT, HZ_SAY_BOOK_AMOUNT, HZ_SAY_BOOK_LIFE, HZ_SAY_BOOK_GROUND};
    if (s->rules->benefits.count == 0)
        return;
    hz_book_table(s, HZ_SAY_SHOW_BENEFITS, titles, 4);
    for (uint32_t i = 0; i < s->rules->benefits.count; i++) {
        const hz_benefit *benefit = &s->rules->benefits.at[i];
        put_name_cell(s, hz_in_language(&benefit->label, s->language));
        add_versions_of(s, s->plan, &benefit->amount);
        add_when(s, benefit->when);
        if (benefit->may_be_negative)
            hz_show_say(s, HZ_SAY_SHOW_NEGATIVE);
        hz_book_cell(s);
        put_life_cell(s, &benefit->life);
        put_ground_cell(s, &benefit->from, &benefit->amount);
    }
    if (hz_show_rounding(s)->given) {
        hz_show_rounded(s);
        if (hz_show_rounding(s)->from.given) {
            hz_show_say(s, HZ_SAY_COMMA);
            hz_book_ground(s, &hz_show_rounding(s)->from);
        }
        hz_book_paragraph(s);
    }
}

static void put_fees(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_FEE, HZ_SAY_BOOK_AMOUNT, HZ_SAY_BOOK_GROUND};
    if (s->rules->fees.count > 0)
        hz_book_table(s, HZ_SAY_SHOW_FEES, titles, 3);
    for (uint32_t i = 0; i < s->rules->fees.count; i++) {
        const hz_fee *fee = &s->rules->fees.at[i];
        put_name_cell(s, hz_in_language(&fee->label, s->language));
        add_versions_of(s, s->plan, &fee->amount);
        hz_book_cell(s);
        put_ground_cell(s, &fee->from, &fee->amount);
    }
}

/* ---- How it is worked out ---- */

static void put_values(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_NAME, HZ_SAY_BOOK_FORMULA, HZ_SAY_BOOK_GROUND};
    if (s->rules->values.count > 0)
        hz_book_table(s, HZ_SAY_SHOW_VALUES, titles, 3);
    for (uint32_t i = 0; i < s->rules->values.count; i++) {
        const hz_value *value = &s->rules->values.at[i];
        put_name_cell(s, hz_in_language(&value->label, s->language));
        add_versions_of(s, s->plan, &value->history);
        hz_book_cell(s);
        put_ground_cell(s, &value->from, &value->history);
    }
}

static void put_counters(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_NAME, HZ_SAY_BOOK_PER, HZ_SAY_BOOK_FORMULA};
    if (s->rules->counters.count > 0)
        hz_book_table(s, HZ_SAY_SHOW_COUNTERS, titles, 3);
    for (uint32_t i = 0; i < s->rules->counters.count; i++) {
        const hz_counter *counter = &s->rules->counters.at[i];
        put_name_cell(s, hz_in_language(&counter->label, s->language));
        for (uint32_t k = 0; k < counter->per.count; k++) {
            hz_say_comma(k == 0, s->language, s->line);
            hz_show_label(s, counter->per.at[k].name);
        }
        hz_book_cell(s);
        hz_show_say(s, counter->adds != NULL ? HZ_SAY_SHOW_ADDS : HZ_SAY_SHOW_NEXT);
        hz_say_formula(s->plan, counter->adds != NULL ? counter->adds : counter->next, s->language, s->line);
        hz_book_cell(s);
        hz_book_row_end(s);
    }
}

static void put_inputs(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_NAME, HZ_SAY_BOOK_KEY, HZ_SAY_BOOK_CONTENT};
    if (s->rules->inputs.count > 0)
        hz_book_table(s, HZ_SAY_SHOW_INPUTS, titles, 3);
    for (uint32_t i = 0; i < s->rules->inputs.count; i++) {
        const hz_input *input = &s->rules->inputs.at[i];
        put_name_cell(s, hz_in_language(&input->label, s->language));
        put_name_cell(s, input->name);
        hz_show_input(s, input);
        hz_book_cell(s);
        hz_book_row_end(s);
    }
}

/* ---- Parts of a package ---- */

static void add_change(hz_show *s, size_t begin, hz_saying saying, const hz_part_plan *part, hz_str name)
{
    const hz_map *symbols = &part->plan->rules->symbol_map;
    const hz_str label = hz_symbol_label(part->plan, hz_map_find(symbols, name), s->language);
    if (s->line->len > begin)
        hz_buf_add_char(s->line, HZ_BOOK_BREAK);
    hz_say_with(s->line, saying, s->language, &label);
}

static void add_replaced(hz_show *s, const hz_part_plan *part, hz_str name)
{
    const hz_plan_model *rules = part->plan->rules;
    const hz_symbol *symbol = &rules->symbols.at[hz_map_find(&rules->symbol_map, name)];
    if (symbol->kind == HZ_SYMBOL_VALUE) {
        add_versions_of(s, part->plan, &rules->values.at[symbol->index].history);
        return;
    }
    const hz_parameter *parameter = &rules->parameters.at[symbol->index];
    for (uint32_t i = 0; i < parameter->history.entries.count; i++) {
        const hz_entry *entry = &parameter->history.entries.at[i];
        hz_buf_add(s->line, i == 0 ? HZ_STR("") : hz_say(HZ_SAY_COMMA, s->language));
        hz_show_figure(s, parameter, entry);
        hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
        hz_say_since(&entry->since, s->language, s->line);
        hz_show_say(s, HZ_SAY_COMMA);
        hz_book_ground(s, &entry->from);
        hz_show_say(s, HZ_SAY_END_ASIDE);
    }
}

static void put_parts(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_PART, HZ_SAY_BOOK_WHEN, HZ_SAY_BOOK_CHANGED, HZ_SAY_BOOK_GROUND};
    if (s->plan->part_count > 0)
        hz_book_table(s, HZ_SAY_SHOW_PARTS, titles, 4);
    for (uint32_t i = 0; i < s->plan->part_count; i++) {
        const hz_part_plan *part = &s->plan->parts[i];
        put_name_cell(s, hz_in_language(&part->plan->rules->title, s->language));
        if (part->rules->when != NULL)
            hz_say_formula(s->plan, part->rules->when, s->language, s->line);
        hz_book_cell(s);
        size_t begin = s->line->len;
        for (uint32_t k = 0; k < part->rules->sets.count; k++) {
            add_change(s, begin, HZ_SAY_SHOW_SET, part, part->rules->sets.at[k].input.name);
            hz_say_formula(s->plan, part->rules->sets.at[k].formula, s->language, s->line);
        }
        for (uint32_t k = 0; k < part->plan->rules->replaced.count; k++) {
            add_change(s, begin, HZ_SAY_SHOW_REPLACED, part, part->plan->rules->replaced.at[k].name);
            add_replaced(s, part, part->plan->rules->replaced.at[k].name);
        }
        hz_book_cell(s);
        put_ground_cell(s, &part->rules->from, NULL);
    }
}

void hz_book_rules(hz_show *s)
{
    put_parts(s);
    put_benefits(s);
    put_caps(s);
    put_conditions(s, &s->rules->eligibility, HZ_SAY_SHOW_CONDITIONS);
    put_fees(s);
    hz_book_figures(s);
    put_values(s);
    put_counters(s);
    put_notes(s);
    put_conditions(s, &s->rules->checks, HZ_SAY_SHOW_CHECKS);
    put_inputs(s);
}
