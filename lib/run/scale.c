/* scale.c - which brackets of a scale an answer reached. The number and the version are read from the decision's
 * registers; no amount is computed here. Called by walk.c, reason_text.c and the explanation.
 */
#include "run/walk.h"

static bool inside(const hz_scale *scale, const hz_bracket *bracket, hz_decimal number)
{
    if (bracket->open)
        return true;
    int order = hz_decimal_compare(number, (hz_decimal){bracket->end.coefficient, bracket->end.type.scale});
    return order < 0 || (order == 0 && (!bracket->below || scale->marginal)); /* no slice begins where another ends */
}

uint32_t hz_bracket_hit(const hz_decision *decision, const hz_scale *scale, const hz_entry *entry)
{
    const hz_regs *of = hz_expression_regs(decision, scale->of);
    if (entry->state != HZ_ENTRY_VALUE || of == NULL || hz_machine_state(&decision->machine, of) != HZ_IS_VALUE)
        return HZ_NO_BRACKET;
    hz_decimal number = {hz_machine_int(&decision->machine, of->value), scale->of->type.scale};
    if (hz_decimal_compare(number, (hz_decimal){scale->start.coefficient, scale->start.type.scale}) < 0)
        return HZ_NO_BRACKET;
    uint32_t at = 0;
    while (at + 1 < entry->brackets.count && !inside(scale, &entry->brackets.at[at], number)) at++;
    return at;
}

bool hz_bracket_reached(const hz_scale *scale, uint32_t hit, uint32_t bracket)
{
    return hit != HZ_NO_BRACKET && (scale->marginal ? bracket <= hit : bracket == hit);
}

const hz_bracket *hz_bracket_unknown(const hz_decision *decision, const hz_scale *scale, const hz_entry *entry)
{
    uint32_t hit = hz_bracket_hit(decision, scale, entry);
    for (uint32_t i = 0; i < entry->brackets.count; i++)
        if (hz_bracket_reached(scale, hit, i) && entry->brackets.at[i].state == HZ_ENTRY_UNKNOWN)
            return &entry->brackets.at[i];
    return NULL;
}
