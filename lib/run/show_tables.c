/* show_tables.c - the decision tables of a plan as they stood on a day: what each looks at and gives, and its rows in
 * words. Called by show_rules.c.
 */
#include "run/show_part.h"

#include <stdio.h>

static const hz_saying hits[] = {
    [HZ_HIT_UNIQUE] = HZ_SAY_HIT_UNIQUE, [HZ_HIT_ANY] = HZ_SAY_HIT_ANY,   [HZ_HIT_PRIORITY] = HZ_SAY_HIT_PRIORITY,
    [HZ_HIT_FIRST] = HZ_SAY_HIT_FIRST,   [HZ_HIT_SUM] = HZ_SAY_HIT_SUM,   [HZ_HIT_MIN] = HZ_SAY_HIT_MIN,
    [HZ_HIT_MAX] = HZ_SAY_HIT_MAX,       [HZ_HIT_COUNT] = HZ_SAY_HIT_COUNT};

hz_saying hz_show_hit(uint8_t hit)
{
    return hits[hit];
}

static void add_standing(hz_show *s, const hz_provenance *from)
{
    if (!from->given)
        return;
    hz_show_say(s, HZ_SAY_COMMA);
    hz_buf_add_char(s->line, HZ_PAGE_SOFT);
    hz_show_standing(s, from);
}

/* "class_rate（至多一行相符），自 2012-01 起，公布（gov-2012）" */
static void put_head(hz_show *s, const hz_table *table, const hz_entry *entry)
{
    const hz_str head[] = {hz_in_language(&table->label, s->language), hz_say(hits[table->hit], s->language)};
    hz_say_with(s->line, HZ_SAY_SHOW_TABLE_GIVES, s->language, head);
    if (table->history.entries.count > 1) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_buf_add_char(s->line, HZ_PAGE_SOFT);
        hz_say_since(&entry->since, s->language, s->line);
    }
    add_standing(s, entry->from.given ? &entry->from : &table->from);
    if (entry->state == HZ_ENTRY_UNKNOWN) {
        hz_show_say(s, HZ_SAY_COLON);
        hz_say_text(entry->from.unknown, s->line);
    }
    hz_show_put(s, 4);
}

void hz_show_given(hz_show *s, const hz_table *table, const hz_row *row, uint32_t output)
{
    const hz_ast *gives = row->gives[output];
    const hz_type type = {.kind = HZ_KIND_NUMBER, .scale = gives->number.scale};
    const hz_said_value said = {.type = &type,
                                .unit = s->rules->outputs.at[table->first_output + output].unit,
                                .value = (int64_t)gives->number.coefficient};
    if (gives->op == HZ_AST_NUMBER && said.unit.len > 0 && said.value == gives->number.coefficient)
        hz_say_measure(s->plan->ruleset, &said, s->language, s->line);
    else
        hz_say_formula(s->plan, gives, s->language, s->line);
}

/* "人员类别 = 普通职工 → 比例 = 基本比例" */
static void put_row(hz_show *s, const hz_table *table, const hz_row *row)
{
    hz_buf_add_spaces(s->line, 2);
    if (hz_row_asks(table, row))
        hz_say_cells(s->plan, table, row, s->language, s->line);
    else
        hz_show_say(s, row->cells == NULL ? HZ_SAY_SHOW_OTHERWISE : HZ_SAY_SHOW_ANY_CASE);
    for (uint32_t k = 0; k < table->output_count && table->hit != HZ_HIT_COUNT; k++) {
        const hz_output *output = &s->rules->outputs.at[table->first_output + k];
        hz_buf_add(s->line, k == 0 ? HZ_STR(" → ") : hz_say(HZ_SAY_COMMA, s->language));
        hz_buf_add(s->line, hz_in_language(&output->label, s->language));
        hz_buf_add_literal(s->line, " = ");
        hz_show_given(s, table, row, k);
    }
    if (row->from.grounded)
        add_standing(s, &row->from);
    hz_show_put(s, 6);
}

void hz_show_many(hz_show *s, const hz_long_rows *rows)
{
    char digits[16];
    const hz_str count = {digits, (size_t)snprintf(digits, sizeof digits, "%u", (unsigned)rows->count)};
    hz_say_with(s->line, HZ_SAY_SHOW_MANY, s->language, &count);
}

void hz_show_tables(hz_show *s)
{
    bool first = true;
    for (uint32_t i = 0; i < s->rules->tables.count; i++) {
        const hz_table *table = &s->rules->tables.at[i];
        const hz_entry *entry = hz_show_entry(s, &table->history);
        if (entry == NULL || entry->state == HZ_ENTRY_NONE)
            continue;
        if (first)
            hz_show_heading(s, HZ_SAY_SHOW_TABLES);
        first = false;
        put_head(s, table, entry);
        const hz_table_version *version = &table->versions.at[entry - table->history.entries.at];
        if (version->many != NULL) {
            hz_buf_add_spaces(s->line, 2);
            hz_show_many(s, version->many);
            hz_show_put(s, 6);
        }
        for (uint32_t r = 0; r < version->rows.count; r++) put_row(s, table, &version->rows.at[r]);
        if (version->has_otherwise)
            put_row(s, table, &version->otherwise);
    }
}
