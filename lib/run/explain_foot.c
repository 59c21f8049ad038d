/* explain_foot.c - what closes an explanation in text: counters, what it rests on, sources, which rules answered. Called by
 * explain_text.c.
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
        uint32_t width = hz_page_width(hz_in_language(&rules->counters.at[decision->moves[i].counter].label, t->language));
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
        add_counter_value(t, counter, true, move->after);
        if (fresh)
            hz_buf_add(t->line, hz_say(HZ_SAY_FROM_START, t->language));
        hz_explain_put(t, "  ", "    ");
    }
}

/* ---- What it rests on ---- */

static void add_subject(hz_explain_text *t, const hz_basis_item *item, bool date)
{
    uint32_t symbol = hz_map_find(&t->decision->plan->rules->symbol_map, item->name);
    if (hz_str_is(item->name, "dated by")) {
        hz_buf_add(t->line, hz_say(HZ_SAY_CHOICE_OF_DATE, t->language));
        return;
    }
    hz_str label = symbol == HZ_MAP_NONE ? item->name : hz_symbol_label(t->decision->plan, symbol, t->language);
    if (date)
        hz_say_with(t->line, HZ_SAY_DATE_OF, t->language, &label);
    else
        hz_buf_add(t->line, label);
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
        hz_str why = from->disputed.len > 0 ? from->disputed : from->assumed.len > 0 ? from->assumed : from->date_assumed;
        hz_buf_add_int(t->line, number);
        hz_buf_add_char(t->line, ' ');
        add_subject(t, item, date);
        hz_buf_add(t->line, hz_say(HZ_SAY_COLON, t->language));
        hz_say_text(why, t->line);
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
    const hz_decision *decision = t->decision;
    const hz_model *ruleset = decision->plan->ruleset;
    uint32_t widest = 0;
    for (uint32_t i = 0; i < ruleset->sources.count; i++)
        if (hz_told_source(decision, i) && hz_page_width(ruleset->sources.at[i].id) > widest)
            widest = hz_page_width(ruleset->sources.at[i].id);
    if (widest > 0)
        hz_explain_heading(t, HZ_SAY_HEAD_SOURCES);
    for (uint32_t i = 0; i < ruleset->sources.count; i++) {
        const hz_source_info *source = &ruleset->sources.at[i];
        if (!hz_told_source(decision, i))
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

static void put_rules(hz_explain_text *t)
{
    const hz_decision *decision = t->decision;
    const hz_plan_model *rules = decision->plan->rules;
    const hz_model *ruleset = decision->plan->ruleset;
    char day[HZ_DATE_TEXT];
    hz_buf_add_char(&t->decision->out, '\n');
    if (hz_machine_state(&decision->machine, &decision->question->dated_by) == HZ_IS_VALUE && decision->outcome != HZ_FAILED) {
        int32_t date = (int32_t)hz_machine_int(&decision->machine, decision->question->dated_by.value);
        uint32_t symbol = hz_map_find(&rules->symbol_map, rules->dated_by.name);
        hz_str arguments[3] = {hz_symbol_label(decision->plan, symbol, t->language), {day, hz_date_format(date, day)}, HZ_STR("")};
        for (uint32_t i = 0; i < rules->revisions.count; i++)
            if (rules->revisions.at[i].since.day <= date)
                arguments[2] = hz_in_language(&rules->revisions.at[i].label, t->language);
        hz_say_with(t->line, arguments[2].len > 0 ? HZ_SAY_RULES_OF_REVISION : HZ_SAY_RULES_OF, t->language, arguments);
        hz_explain_put(t, "", "  ");
    }
    const hz_str which[3] = {ruleset->id, ruleset->version, {ruleset->sha256, 12}};
    hz_say_with(t->line, HZ_SAY_RULESET, t->language, which);
    hz_explain_put(t, "", "  ");
    if (ruleset->scenario.len > 0) {
        hz_say_with(t->line, HZ_SAY_SCENARIO, t->language, &ruleset->scenario);
        hz_explain_put(t, "", "  ");
    }
}

void hz_explain_foot(hz_explain_text *t)
{
    put_counters(t);
    put_rests_on(t);
    put_sources(t);
    put_rules(t);
}
