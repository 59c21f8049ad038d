/* say_scale.c - brackets of a scale in words: from where to where, at which rate or giving what. Called by explain*.c and
 * show*.c.
 */
#include "run/say.h"

static hz_str unit_of_number(const hz_plan *plan, const hz_scale *scale)
{
    return hz_symbol_unit(plan, hz_map_find(&plan->rules->symbol_map, scale->of_name));
}

void hz_say_scale_number(const hz_plan *plan, const hz_scale *scale, hz_decimal number, uint32_t language, hz_buf *out)
{
    const hz_type type = {.kind = HZ_KIND_NUMBER, .scale = number.scale};
    const hz_said_value said = {
        .type = &type, .unit = unit_of_number(plan, scale), .value = (int64_t)number.coefficient};
    hz_say_measure(plan->ruleset, &said, language, out);
}

static void say_bound(const hz_plan *plan, const hz_scale *scale, const hz_literal *bound, hz_saying saying,
                      uint32_t language, hz_buf *out)
{
    hz_buf_add(out, hz_say_before(saying, language));
    hz_say_scale_number(plan, scale, (hz_decimal){bound->coefficient, bound->type.scale}, language, out);
    hz_buf_add(out, hz_say_after(saying, language));
}

void hz_say_bracket_range(const hz_plan *plan, const hz_scale *scale, const hz_entry *entry, uint32_t bracket,
                          uint32_t language, hz_buf *out)
{
    const hz_bracket *said = &entry->brackets.at[bracket];
    const hz_bracket *before = bracket > 0 ? said - 1 : NULL;
    bool lower = before != NULL || scale->start.coefficient != 0;
    if (before != NULL)
        say_bound(plan, scale, &before->end, before->below ? HZ_SAY_BRACKET_FROM : HZ_SAY_BRACKET_ABOVE, language, out);
    else if (lower)
        say_bound(plan, scale, &scale->start, HZ_SAY_BRACKET_FROM, language, out);
    if (lower && !said->open)
        hz_buf_add(out, hz_say(HZ_SAY_LIST_COMMA, language));
    if (!said->open)
        say_bound(plan, scale, &said->end, said->below ? HZ_SAY_BRACKET_BELOW : HZ_SAY_BRACKET_UP_TO, language, out);
    else if (!lower)
        hz_buf_add(out, hz_say(HZ_SAY_BRACKET_ALL, language));
}

void hz_say_bracket_value(const hz_plan *plan, const hz_scale *scale, const hz_bracket *bracket, uint32_t language,
                          hz_buf *out)
{
    if (bracket->state == HZ_ENTRY_UNKNOWN) {
        hz_buf_add(out, hz_say(HZ_SAY_UNPUBLISHED, language));
        return;
    }
    hz_str text = bracket->value.text;
    bool percent = text.len > 0 && text.at[text.len - 1] == '%';
    hz_type type = bracket->value.type; /* of a reading that is not taken it has decimals of its own */
    type.codes = scale->type.codes;
    const hz_said_value said = {.type = &type,
                                .unit = percent ? HZ_STR("%") : scale->marginal ? HZ_STR("") : scale->unit,
                                .value = (int64_t)bracket->value.coefficient};
    hz_say_measure(plan->ruleset, &said, language, out);
}

bool hz_say_bracket_path(const hz_plan *plan, hz_str path, const hz_entry *entry, uint32_t language, hz_buf *out)
{
    const char *open = path.len > 0 ? memchr(path.at, '[', path.len) : NULL;
    if (open == NULL || entry == NULL)
        return false;
    uint32_t symbol = hz_map_find(&plan->rules->symbol_map, hz_str_part(path, 0, (size_t)(open - path.at)));
    if (symbol == HZ_MAP_NONE || plan->rules->symbols.at[symbol].kind != HZ_SYMBOL_SCALE)
        return false;
    const hz_scale *scale = &plan->rules->scales.at[plan->rules->symbols.at[symbol].index];
    for (uint32_t i = 0; i < entry->brackets.count; i++) {
        if (!hz_str_eq(entry->brackets.at[i].path, path))
            continue;
        hz_buf_add(out, hz_in_language(&scale->label, language));
        hz_buf_add(out, hz_say(HZ_SAY_BEGIN_ASIDE, language));
        hz_say_bracket_range(plan, scale, entry, i, language, out);
        hz_buf_add(out, hz_say(HZ_SAY_END_ASIDE, language));
        return true;
    }
    return false;
}
