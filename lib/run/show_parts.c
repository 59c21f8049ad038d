/* show_parts.c - the parts of a package as it stood on a day: which plans they are, when they are asked, what they get and
 * what is other than in the plan alone. The plans themselves are shown by their own names. Called by show_rules.c.
 */
#include "run/show_part.h"

bool hz_show_part_title(hz_show *s, hz_str id)
{
    for (uint32_t i = 0; i < s->plan->part_count; i++) {
        if (!hz_str_eq(s->plan->parts[i].rules->plan, id))
            continue;
        hz_buf_add(s->line, hz_in_language(&s->plan->parts[i].plan->rules->title, s->language));
        return true;
    }
    return false;
}

static hz_str label_in(const hz_show *s, const hz_plan *plan, hz_str name)
{
    return hz_symbol_label(plan, hz_map_find(&plan->rules->symbol_map, name), s->language);
}

static void put_set(hz_show *s, const hz_part_plan *part, const hz_set *set)
{
    const hz_str label = label_in(s, part->plan, set->input.name);
    hz_buf_add_spaces(s->line, 2);
    hz_say_with(s->line, HZ_SAY_SHOW_SET, s->language, &label);
    hz_say_formula(s->plan, set->formula, s->language, s->line);
    hz_show_put(s, 4);
}

static void put_replaced(hz_show *s, const hz_part_plan *part, hz_str name)
{
    const hz_plan_model *rules = part->plan->rules;
    const hz_symbol *symbol = &rules->symbols.at[hz_map_find(&rules->symbol_map, name)];
    bool figure = symbol->kind == HZ_SYMBOL_PARAMETER;
    const hz_history *history = figure ? &rules->parameters.at[symbol->index].history : &rules->values.at[symbol->index].history;
    const hz_entry *entry = hz_show_entry(s, history);
    const hz_str label = label_in(s, part->plan, name);
    if (entry == NULL)
        return;
    hz_buf_add_spaces(s->line, 2);
    hz_say_with(s->line, HZ_SAY_SHOW_REPLACED, s->language, &label);
    if (figure)
        hz_show_figure(s, &rules->parameters.at[symbol->index], entry);
    else if (entry->formula != NULL)
        hz_say_formula(part->plan, entry->formula, s->language, s->line);
    if (history->dated) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_say_since(&entry->since, s->language, s->line);
    }
    if (entry->from.given) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_show_standing(s, &entry->from);
    }
    hz_show_put(s, 4);
}

static void put_part(hz_show *s, const hz_part_plan *part)
{
    const hz_plan_model *rules = part->plan->rules;
    const hz_str label = label_in(s, part->plan, rules->dated_by.name);
    hz_buf_add(s->line, hz_in_language(&rules->title, s->language));
    hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
    hz_buf_add(s->line, rules->id);
    hz_show_say(s, HZ_SAY_END_ASIDE);
    if (part->rules->when != NULL) {
        hz_show_say(s, HZ_SAY_SHOW_WHEN);
        hz_say_formula(s->plan, part->rules->when, s->language, s->line);
    }
    hz_show_say(s, HZ_SAY_COMMA);
    hz_show_standing(s, &part->rules->from);
    hz_show_put(s, 4);
    hz_buf_add_spaces(s->line, 2);
    hz_say_with(s->line, HZ_SAY_SHOW_PART_DATED_BY, s->language, &label);
    hz_show_put(s, 4);
    for (uint32_t i = 0; i < part->rules->sets.count; i++) put_set(s, part, &part->rules->sets.at[i]);
    for (uint32_t i = 0; i < part->plan->rules->replaced.count; i++) put_replaced(s, part, part->plan->rules->replaced.at[i].name);
}

void hz_show_parts(hz_show *s)
{
    if (s->plan->part_count > 0)
        hz_show_heading(s, HZ_SAY_SHOW_PARTS);
    for (uint32_t i = 0; i < s->plan->part_count; i++) put_part(s, &s->plan->parts[i]);
}
