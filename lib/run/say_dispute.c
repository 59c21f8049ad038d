/* say_dispute.c - why something is disputed: the reason that the file gives, and what the readings say, with units and
 * labels. Of brackets and rows only the readings' names, which have no words. Called by explain*.c and show*.c.
 */
#include "run/say.h"

static void say_entry(const hz_plan *plan, const hz_parameter *parameter, const hz_entry *entry, uint32_t language, hz_buf *out)
{
    if (entry == NULL) {
        hz_buf_add(out, hz_say(HZ_SAY_NONE, language));
    } else if (entry->state == HZ_ENTRY_UNKNOWN) {
        hz_buf_add(out, hz_say(HZ_SAY_UNPUBLISHED, language));
    } else if (entry->formula != NULL) {
        hz_say_formula(plan, entry->formula, language, out);
    } else if (parameter != NULL) {
        const hz_type type = hz_figure_type(parameter, entry);
        const hz_said_value said = {.type = &type, .unit = parameter->unit, .value = (int64_t)entry->value.coefficient, .text = entry->value.text};
        hz_say_measure(plan->ruleset, &said, language, out);
    }
}

static bool is_told(const struct hz_alternative *said)
{
    return said->entry == NULL || said->entry->state != HZ_ENTRY_VALUE || (said->entry->rows == NULL && said->entry->brackets.count == 0);
}

void hz_say_disputed(const hz_plan *plan, hz_str name, const hz_provenance *from, uint32_t language, hz_buf *out)
{
    const hz_plan_model *rules = plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    bool figure = symbol != HZ_MAP_NONE && rules->symbols.at[symbol].kind == HZ_SYMBOL_PARAMETER;
    hz_say_text(from->disputed, out);
    for (uint32_t i = 0; from->dispute != NULL && i < from->dispute->count; i++) {
        const struct hz_alternative *said = &from->dispute->at[i];
        hz_buf_add(out, hz_say(i == 0 ? HZ_SAY_BEGIN_MARK : HZ_SAY_SEMICOLON, language));
        hz_buf_add(out, said->reading);
        if (!is_told(said))
            continue;
        hz_buf_add(out, hz_say(HZ_SAY_COLON, language));
        if (said->name.len > 0)
            hz_buf_add(out, hz_symbol_label(plan, hz_map_find(&rules->symbol_map, said->name), language));
        else
            say_entry(plan, figure ? &rules->parameters.at[rules->symbols.at[symbol].index] : NULL, said->entry, language, out);
    }
    if (from->dispute != NULL)
        hz_buf_add(out, hz_say(HZ_SAY_END_MARK, language));
}
