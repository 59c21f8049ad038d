/* explain_foot.c - what closes an explanation in text: counters, what it rests on, sources, which rules answered.
 * Called by explain_text.c.
 */
#include "run/explain_text.h"

/* ---- Counters ---- */

static void add_counter_value(hz_explain_text *t, const hz_counter *counter, bool has, int64_t value)
{
    const hz_said_value said = {.type = &counter->type, .unit = counter->unit, .value = value};
    if (has)
        hz_say_measure(t->decision->plan->ruleset, &said, t->language, t->line);
    else
        hz_buf_add(t->line, hz_say(HZ_SAY_NONE, t->language));
}

static void put_counters(hz_explain_text *t)
{
    const hz_decision *decision = t->decision;
    const hz_plan_model *rules = decision->plan->rules;
    uint32_t widest = 0;
    for (uint32_t i = 0; i < decision->move_count; i++) {
        const hz_counter *counter = &rules->counters.at[decision->moves[i].counter];
        uint32_t width = hz_page_width(hz_in_language(&counter->label, t->language));
        widest = width > widest ? width : widest;
    }
    if (decision->move_count > 0)
        hz_explain_heading(t, HZ_SAY_HEAD_COUNTERS);
    for (uint32_t i = 0; i < decision->move_count; i++) {
        const hz_move *move = &decision->moves[i];
        const hz_counter *counter = &rules->counters.at[move->counter];
        bool fresh = decision->snapshot.fresh && decision->snapshot.counters[move->counter].state == HZ_ABSENT;
        hz_buf_add(t->line, hz_in_language(&counter->label, t->language));
        hz_page_pad(t->line, 0, widest + 2);
        add_counter_value(t, counter, move->has_before, move->before);
        hz_buf_add_literal(t->line, " → ");
        add_counter_value(t, counter, move->has_after, move->after);
        if (fresh)
            hz_buf_add(t->line, hz_say(HZ_SAY_FROM_START, t->language));
        hz_explain_put(t, "  ", "    ");
    }
}

/* ---- What it rests on ---- */

static void add_subject(hz_explain_text *t, const hz_basis_item *item, bool date)
{
    uint32_t symbol = hz_map_find(&t->decision->plan->rules->symbol_map, item->name);
    if (hz_str_is(item->name, "dated by"))
        hz_buf_add(t->line, hz_say(HZ_SAY_CHOICE_OF_DATE, t->language));
    else if (hz_str_is(item->name, "round"))
        hz_buf_add(t->line, hz_say(HZ_SAY_ROUNDING, t->language));
    else if (hz_say_bracket_path(t->decision->plan, item->name, item->entry, t->language, t->line))
        (void)0;
    else if (hz_say_row_path(t->decision->plan, item->name, t->language, t->line))
        (void)0;
    else if (symbol == HZ_MAP_NONE)
        hz_say_with(t->line, HZ_SAY_LINE, t->language, &item->name);
    else
        hz_buf_add(t->line, hz_symbol_label(t->decision->plan, symbol, t->language));
    if (!date)
        return;
    hz_buf_add(t->line, hz_say(HZ_SAY_BEGIN_ASIDE, t->language));
    hz_buf_add(t->line, hz_say(HZ_SAY_ITS_DATE, t->language));
    hz_buf_add(t->line, hz_say(HZ_SAY_END_ASIDE, t->language));
}

static void add_only_source(hz_explain_text *t, uint32_t source)
{
    const hz_label *label = &t->decision->plan->ruleset->sources.at[source].title;
    const hz_str title = hz_in_language(label, t->language);
    hz_say_with(t->line, HZ_SAY_ONLY_SOURCE, t->language, &title);
}

/* Why it is not simply known. Without a reason it is the source that is no better. */
static void add_reason(hz_explain_text *t, const hz_basis_item *item)
{
    const hz_provenance *from = item->from;
    if (item->entry != NULL && item->entry->scenario)
        hz_buf_add(t->line, hz_say(HZ_SAY_BY_SCENARIO, t->language));
    else if (from->disputed.len > 0)
        hz_say_disputed(t->decision->plan, item->name, from, t->language, t->line);
    else if (from->assumed.len > 0)
        hz_say_text(from->assumed, t->line);
    else if (from->date_assumed.len > 0)
        hz_say_text(from->date_assumed, t->line);
    else if (from->sources.count > 0)
        add_only_source(t, from->sources.at[0]);
}

static void put_rests_on(hz_explain_text *t)
{
    const hz_decision *decision = t->decision;
    uint32_t number = 0;
    for (uint32_t i = 0; i < decision->basis_count; i++) {
        const hz_basis_item *item = &decision->basis[i];
        if (!item->rests_on)
            continue;
        if (++number == 1)
            hz_explain_heading(t, HZ_SAY_HEAD_RESTS_ON);
        const hz_provenance *from = item->from;
        bool date = from->disputed.len == 0 && from->assumed.len == 0 && from->date_assumed.len > 0;
        hz_buf_add_int(t->line, number);
        hz_buf_add_char(t->line, ' ');
        add_subject(t, item, date);
        hz_buf_add(t->line, hz_say(HZ_SAY_COLON, t->language));
        add_reason(t, item);
        if (!date && from->date_assumed.len > 0) {
            hz_buf_add(t->line, hz_say(HZ_SAY_COMMA, t->language));
            hz_buf_add(t->line, hz_say(HZ_SAY_DATE_ASSUMED, t->language));
            hz_buf_add(t->line, hz_say(HZ_SAY_COLON, t->language));
            hz_say_text(from->date_assumed, t->line);
        }
        hz_explain_put(t, "  ", "    ");
    }
}

static void put_sources(hz_explain_text *t)
{
    hz_decision *decision = t->decision;
    const hz_model *ruleset = decision->plan->ruleset;
    uint32_t widest = 0;
    for (uint32_t i = 0; i < ruleset->sources.count; i++)
        if (hz_told_source(decision, i, false) && hz_page_width(ruleset->sources.at[i].id) > widest)
            widest = hz_page_width(ruleset->sources.at[i].id);
    if (widest > 0)
        hz_explain_heading(t, HZ_SAY_HEAD_SOURCES);
    for (uint32_t i = 0; i < ruleset->sources.count; i++) {
        const hz_source_info *source = &ruleset->sources.at[i];
        if (!hz_told_source(decision, i, false))
            continue;
        hz_buf_add(t->line, source->id);
        hz_page_pad(t->line, 0, widest + 2);
        hz_say_text(hz_in_language(&source->title, t->language), t->line);
        hz_buf_add(t->line, hz_say(HZ_SAY_BEGIN_MARK, t->language));
        hz_buf_add(t->line, hz_say_standing(source->gives, t->language));
        hz_buf_add(t->line, hz_say(HZ_SAY_END_MARK, t->language));
        hz_explain_put(t, "  ", "    ");
    }
}

/* "规则版本：自 2015-07 起，…（按保障起始日 2024-01-01 选用）" */
static void put_revision(hz_explain_text *t)
{
    const hz_decision *decision = t->decision;
    const hz_plan_model *rules = decision->plan->rules;
    char day[HZ_DATE_TEXT];
    int32_t date;
    if (!hz_told_date(decision, &date))
        return;
    hz_buf_add_char(&t->decision->out, '\n');
    const hz_revision *revision = hz_revision_on(rules, date);
    uint32_t symbol = hz_map_find(&rules->symbol_map, rules->dated_by.name);
    const hz_str by[] = {hz_symbol_label(decision->plan, symbol, t->language), {day, hz_date_format(date, day)}};
    if (revision == NULL) {
        hz_say_with(t->line, HZ_SAY_RULES_BY, t->language, by);
    } else {
        hz_buf_add(t->line, hz_say(HZ_SAY_RULES, t->language));
        hz_say_since(&revision->since, t->language, t->line);
        hz_buf_add(t->line, hz_say(HZ_SAY_COMMA, t->language));
        hz_say_text(hz_in_language(&revision->label, t->language), t->line);
        hz_say_with(t->line, HZ_SAY_PICKED_BY, t->language, by);
    }
    hz_explain_put(t, "", "  ");
}

void hz_explain_foot(hz_explain_text *t)
{
    put_counters(t);
    put_rests_on(t);
    put_sources(t);
    put_revision(t);
}

void hz_explain_rules(hz_explain_text *t)
{
    const hz_model *ruleset = t->decision->plan->ruleset;
    const hz_str which[] = {ruleset->id, ruleset->version, {ruleset->sha256, 12}};
    int32_t date;
    bool below = t->decision->part_count == 0 && !t->decision->plan->event && hz_told_date(t->decision, &date);
    if (!below) hz_buf_add_char(&t->decision->out, '\n');
    hz_say_with(t->line, HZ_SAY_RULESET, t->language, which);
    hz_explain_put(t, "", "  ");
    if (ruleset->scenario.len == 0)
        return;
    hz_say_with(t->line, HZ_SAY_SCENARIO, t->language, &ruleset->scenario);
    hz_explain_put(t, "", "  ");
}
