/* basis.c - the texts of a basis item: its path, value, date, sources, status. Called by the API, write.c, explain.c. */
#include "run/decision.h"

void hz_basis_path(const hz_decision *decision, const hz_basis_item *item, hz_buf *out)
{
    /* What stands in a shared table has a path of its own; no name of a plan has a point in it. */
    if (hz_str_starts(item->name, HZ_STR("tables."))) hz_buf_add(out, item->name);
    else hz_buf_printf(out, "%.*s.%.*s", HZ_ARG(decision->plan->rules->path), HZ_ARG(item->name));
    if (item->output.len > 0) hz_buf_printf(out, ".%.*s", HZ_ARG(item->output));
}

/* Numbers plain, without trailing zeros: the value as a person would write it. */
static void add_number(int64_t coefficient, int32_t scale, hz_buf *out)
{
    char text[HZ_DECIMAL_TEXT];
    hz_decimal value = hz_decimal_trim((hz_decimal){coefficient, scale});
    size_t size = hz_decimal_format(value.coefficient, value.scale, text);
    hz_buf_add(out, (hz_str){text, size});
}

hz_type hz_figure_type(const hz_parameter *parameter, const hz_entry *entry)
{
    hz_type type = entry->value.type;
    type.codes = parameter->type.codes;
    type.sets = parameter->type.sets;
    return type;
}

void hz_basis_value(const hz_basis_item *item, hz_buf *out)
{
    if (item->entry == NULL || item->type == NULL) return;
    if (item->entry->state == HZ_ENTRY_NONE) hz_buf_add_literal(out, "none");
    if (item->entry->state != HZ_ENTRY_VALUE || !item->has_value) return;
    const hz_type *type = item->type;
    char text[64];
    switch (type->kind) {
    case HZ_KIND_NUMBER: add_number(item->value, type->scale, out); break;
    case HZ_KIND_BOOLEAN: hz_buf_add(out, item->value != 0 ? HZ_STR("true") : HZ_STR("false")); break;
    case HZ_KIND_DATE: hz_buf_add(out, (hz_str){text, hz_date_format((int32_t)item->value, text)}); break;
    case HZ_KIND_CODE: hz_buf_add(out, type->codes->at[(uint32_t)item->value].id); break;
    case HZ_KIND_SET: hz_format_by_type(type, item->value, out); break;
    case HZ_KIND_DAYS: case HZ_KIND_MONTHS: {
        hz_duration duration = {type->kind == HZ_KIND_MONTHS, item->value, type->scale};
        hz_buf_add(out, (hz_str){text, hz_duration_format(duration, text)});
        break;
    }
    default: hz_buf_add(out, item->text); break;
    }
}

void hz_since_text(const hz_since *since, hz_buf *out)
{
    char text[HZ_DATE_TEXT];
    if (since->precision == HZ_ALWAYS) {
        hz_buf_add_literal(out, "always");
        return;
    }
    hz_date_format(since->day, text);
    hz_buf_add(out, (hz_str){text, since->precision == HZ_BY_MONTH ? 7 : 10});
}

void hz_basis_sources(const hz_decision *decision, const hz_basis_item *item, hz_buf *out)
{
    for (uint32_t i = 0; i < item->from->sources.count; i++) {
        if (i > 0) hz_buf_add_char(out, ',');
        hz_buf_add(out, decision->plan->ruleset->sources.at[item->from->sources.at[i]].id);
    }
}

hz_str hz_basis_status(const hz_basis_item *item)
{
    return item->from->given ? hz_standing_name(item->from->standing) : HZ_STR("");
}

hz_str hz_standing_name(uint8_t standing)
{
    switch (standing) {
    case HZ_PUBLISHED: return HZ_STR("published");
    case HZ_REPORTED: return HZ_STR("reported");
    case HZ_ASSUMED: return HZ_STR("assumed");
    case HZ_DISPUTED: return HZ_STR("disputed");
    default: return HZ_STR("unknown");
    }
}
