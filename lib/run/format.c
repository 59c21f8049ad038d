/* format.c - values of a decision as text: by their type, and the keys of counters as JSON.
 *
 * Output never rounds: a coefficient is written with exactly its scale. Called by write.c, explain.c, the ledger and
 * the public getters.
 */
#include "run/decision.h"

#include "value/time.h"

static void add_duration(hz_duration duration, hz_buf *out)
{
    char text[64];
    hz_buf_add(out, (hz_str){text, hz_duration_format(duration, text)});
}

/* "[breast, cervix]" */
static void add_set(const hz_type *type, int64_t value, hz_buf *out)
{
    const hz_code_set *set = &type->sets->at[value];
    bool first = true;
    hz_buf_add_char(out, '[');
    for (uint32_t i = 0; i < type->codes->count; i++) {
        if (!hz_code_set_has(set, i)) continue;
        hz_buf_add(out, first ? HZ_STR("") : HZ_STR(", "));
        hz_buf_add(out, type->codes->at[i].id);
        first = false;
    }
    hz_buf_add_char(out, ']');
}

void hz_format_by_type(const hz_type *type, int64_t value, hz_buf *out)
{
    char text[HZ_DECIMAL_TEXT];
    switch (type->kind) {
    case HZ_KIND_NUMBER: hz_buf_add(out, (hz_str){text, hz_decimal_format(value, type->scale, text)}); break;
    case HZ_KIND_BOOLEAN: hz_buf_add(out, value != 0 ? HZ_STR("true") : HZ_STR("false")); break;
    case HZ_KIND_DATE: hz_buf_add(out, (hz_str){text, hz_date_format((int32_t)value, text)}); break;
    case HZ_KIND_TIME: hz_buf_add(out, (hz_str){text, hz_time_format(value, type->scale, text)}); break;
    case HZ_KIND_DATE_TIME: hz_buf_add(out, (hz_str){text, hz_date_time_format(value, type->scale, text)}); break;
    case HZ_KIND_CODE:
        if (value >= 0 && value < type->codes->count) hz_buf_add(out, type->codes->at[value].id);
        break;
    case HZ_KIND_SET: add_set(type, value, out); break;
    case HZ_KIND_DAYS: add_duration((hz_duration){.amount = value, .scale = type->scale}, out); break;
    case HZ_KIND_MONTHS: add_duration((hz_duration){.months = true, .amount = value}, out); break;
    default: break;
    }
}

/* ---- keys of counters ---- */

/* The value of one name of `per`. */
static void add_part(const hz_decision *decision, hz_str name, const hz_regs *regs, hz_buf *out)
{
    const hz_machine *machine = &decision->machine;
    uint32_t symbol = hz_map_find(&decision->plan->rules->symbol_map, name);
    if (symbol == HZ_MAP_NONE || regs->value == HZ_NO_REG || hz_machine_state(machine, regs) != HZ_IS_VALUE) {
        hz_buf_add_literal(out, "null");
        return;
    }
    const hz_type *type = &decision->plan->symbols[symbol].type;
    if (type->kind == HZ_KIND_STRING) {
        hz_buf_add_json(out, hz_machine_text(machine, regs->value));
        return;
    }
    const char *quote = type->kind == HZ_KIND_BOOLEAN ? "" : "\"";
    hz_buf_add(out, hz_str_from(quote));
    hz_format_by_type(type, hz_machine_int(machine, regs->value), out);
    hz_buf_add(out, hz_str_from(quote));
}

void hz_decision_counter_key(const hz_decision *decision, uint32_t counter, hz_buf *out)
{
    const hz_counter_site *site = &decision->question->counters[counter];
    const hz_name_refs *per = &decision->plan->rules->counters.at[counter].per;
    hz_buf_add_char(out, '{');
    for (uint32_t i = 0; i < site->keys && i < per->count; i++) {
        if (i > 0) hz_buf_add_char(out, ',');
        hz_buf_add_json(out, per->at[i].name);
        hz_buf_add_char(out, ':');
        add_part(decision, per->at[i].name, &site->key[i], out);
    }
    hz_buf_add_char(out, '}');
}
