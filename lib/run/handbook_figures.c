/* handbook_figures.c - the figures, scales and decision tables of a plan by date, each version with its ground. Called by
 * handbook.c.
 */
#include "run/handbook_part.h"

static const hz_provenance *ground_of(const hz_provenance *own, const hz_provenance *whole)
{
    return own->given ? own : whole;
}

/* ---- Figures ---- */

static void put_figure(hz_show *s, const hz_parameter *parameter, const hz_entry *entry)
{
    hz_say_since(&entry->since, s->language, s->line);
    hz_book_cell(s);
    hz_show_figure(s, parameter, entry);
    hz_book_cell(s);
    hz_book_ground(s, &entry->from);
    hz_book_cell(s);
    hz_book_row_end(s);
}

/* Readings that were not taken, each version as a row. */
static void put_other_readings(hz_show *s, const hz_parameter *parameter)
{
    for (uint32_t i = 0; i < parameter->history.readings.count; i++) {
        const hz_reading *reading = &parameter->history.readings.at[i];
        for (uint32_t k = 0; k < reading->entries.count && i != parameter->history.taken; k++) {
            hz_say_with(s->line, HZ_SAY_BOOK_READING, s->language, &reading->name);
            hz_book_cell(s);
            put_figure(s, parameter, &reading->entries.at[k]);
        }
    }
}

static void put_figures(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_FIGURE, HZ_SAY_BOOK_SINCE, HZ_SAY_BOOK_VALUE, HZ_SAY_BOOK_GROUND};
    if (s->rules->parameters.count == 0)
        return;
    hz_book_table(s, HZ_SAY_SHOW_FIGURES, titles, 4);
    for (uint32_t i = 0; i < s->rules->parameters.count; i++) {
        const hz_parameter *parameter = &s->rules->parameters.at[i];
        for (uint32_t k = 0; k < parameter->history.entries.count; k++) {
            if (k == 0)
                hz_buf_add(s->line, hz_in_language(&parameter->label, s->language));
            hz_book_cell(s);
            put_figure(s, parameter, &parameter->history.entries.at[k]);
        }
        put_other_readings(s, parameter);
    }
}

/* ---- Scales ---- */

static void put_bracket(hz_show *s, const hz_scale *scale, const hz_entry *entry, uint32_t bracket)
{
    const hz_provenance *whole = ground_of(&entry->from, &scale->from);
    hz_say_bracket_range(s->plan, scale, entry, bracket, s->language, s->line);
    hz_book_cell(s);
    hz_say_bracket_value(s->plan, scale, &entry->brackets.at[bracket], s->language, s->line);
    hz_book_cell(s);
    hz_book_ground(s, ground_of(&entry->brackets.at[bracket].from, whole));
    hz_book_cell(s);
    hz_book_row_end(s);
}

/* The version has no brackets: there is none, or nobody published it. */
static void put_no_brackets(hz_show *s, const hz_scale *scale, const hz_entry *entry)
{
    hz_book_cell(s);
    hz_show_say(s, entry->state == HZ_ENTRY_NONE ? HZ_SAY_NONE : HZ_SAY_UNPUBLISHED);
    hz_book_cell(s);
    hz_book_ground(s, ground_of(&entry->from, &scale->from));
    hz_book_cell(s);
    hz_book_row_end(s);
}

static void put_scale_version(hz_show *s, const hz_scale *scale, const hz_entry *entry)
{
    hz_say_since(&entry->since, s->language, s->line);
    hz_book_cell(s);
    if (entry->state != HZ_ENTRY_VALUE)
        put_no_brackets(s, scale, entry);
    for (uint32_t k = 0; entry->state == HZ_ENTRY_VALUE && k < entry->brackets.count; k++) {
        if (k > 0)
            hz_book_cell(s);
        put_bracket(s, scale, entry, k);
    }
}

/* Versions of the reading taken, then of the others, whose name stands before the day. */
static void put_scale(hz_show *s, const hz_scale *scale)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_SINCE, HZ_SAY_BOOK_RANGE, HZ_SAY_BOOK_VALUE, HZ_SAY_BOOK_GROUND};
    const hz_str of = hz_symbol_label(s->plan, hz_map_find(&s->rules->symbol_map, scale->of_name), s->language);
    hz_buf_add(s->line, hz_in_language(&scale->label, s->language));
    hz_say_with(s->line, scale->marginal ? HZ_SAY_SLICES_OF : HZ_SAY_BRACKETS_OF, s->language, &of);
    hz_book_heading(s, 4);
    hz_book_columns(s, titles, 4);
    for (uint32_t i = 0; i < scale->history.entries.count; i++)
        put_scale_version(s, scale, &scale->history.entries.at[i]);
    for (uint32_t i = 0; i < scale->history.readings.count; i++) {
        const hz_reading *reading = &scale->history.readings.at[i];
        for (uint32_t k = 0; k < reading->entries.count && i != scale->history.taken; k++) {
            hz_say_with(s->line, HZ_SAY_BOOK_READING, s->language, &reading->name);
            hz_show_say(s, HZ_SAY_COLON);
            put_scale_version(s, scale, &reading->entries.at[k]);
        }
    }
}

/* ---- Tables ---- */

static void put_row(hz_show *s, const hz_table *table, const hz_row *row)
{
    if (hz_row_asks(table, row))
        hz_say_cells(s->plan, table, row, s->language, s->line);
    else
        hz_show_say(s, row->cells == NULL ? HZ_SAY_SHOW_OTHERWISE : HZ_SAY_SHOW_ANY_CASE);
    hz_book_cell(s);
    for (uint32_t k = 0; k < table->output_count && table->hit != HZ_HIT_COUNT; k++) {
        hz_show_given(s, table, row, k);
        hz_book_cell(s);
    }
    if (row->from.grounded)
        hz_book_ground(s, &row->from);
    hz_book_cell(s);
    hz_book_row_end(s);
}

/* The line above a version's rows: since when, and what it stands on. */
static void put_version_head(hz_show *s, const hz_table *table, const hz_entry *entry)
{
    hz_say_since(&entry->since, s->language, s->line);
    hz_show_say(s, HZ_SAY_COLON);
    if (entry->state == HZ_ENTRY_NONE)
        hz_show_say(s, HZ_SAY_NONE);
    else if (entry->state == HZ_ENTRY_UNKNOWN)
        hz_show_say(s, HZ_SAY_UNPUBLISHED);
    else
        hz_show_say(s, hz_show_hit(table->hit));
    const hz_provenance *from = ground_of(&entry->from, &table->from);
    if (from->given) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_book_ground(s, from);
    }
    hz_book_paragraph(s);
}

static void put_version(hz_show *s, const hz_table *table, uint32_t number)
{
    const hz_entry *entry = &table->history.entries.at[number];
    const hz_table_version *version = &table->versions.at[number];
    put_version_head(s, table, entry);
    if (entry->state != HZ_ENTRY_VALUE)
        return;
    if (version->many != NULL) {
        hz_show_many(s, version->many);
        hz_book_paragraph(s);
    }
    if (version->many != NULL && !version->has_otherwise)
        return;
    hz_buf_add_char(s->out, '\n');
    hz_show_say(s, HZ_SAY_BOOK_CASE);
    hz_book_cell(s);
    uint32_t outputs = table->hit == HZ_HIT_COUNT ? 0 : table->output_count;
    for (uint32_t k = 0; k < outputs; k++) {
        hz_buf_add(s->line, hz_in_language(&s->rules->outputs.at[table->first_output + k].label, s->language));
        hz_book_cell(s);
    }
    hz_show_say(s, HZ_SAY_BOOK_GROUND);
    hz_book_cell(s);
    hz_buf_add_literal(s->out, "\n|");
    for (uint32_t k = 0; k < outputs + 2; k++) hz_buf_add_literal(s->out, " --- |");
    hz_book_row_end(s);
    for (uint32_t r = 0; r < version->rows.count; r++) put_row(s, table, &version->rows.at[r]);
    if (version->has_otherwise)
        put_row(s, table, &version->otherwise);
}

static void put_table(hz_show *s, const hz_table *table)
{
    hz_buf_add(s->line, hz_in_language(&table->label, s->language));
    hz_book_heading(s, 4);
    for (uint32_t i = 0; i < table->history.entries.count; i++) put_version(s, table, i);
}

void hz_book_figures(hz_show *s)
{
    put_figures(s);
    if (s->rules->scales.count > 0) {
        hz_show_say(s, HZ_SAY_SHOW_SCALES);
        hz_book_heading(s, 3);
    }
    for (uint32_t i = 0; i < s->rules->scales.count; i++) put_scale(s, &s->rules->scales.at[i]);
    if (s->rules->tables.count > 0) {
        hz_show_say(s, HZ_SAY_SHOW_TABLES);
        hz_book_heading(s, 3);
    }
    for (uint32_t i = 0; i < s->rules->tables.count; i++) put_table(s, &s->rules->tables.at[i]);
}
