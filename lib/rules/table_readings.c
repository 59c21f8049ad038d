/* table_readings.c - readings of decision tables: which rows count, and which of them are disputed.
 *
 * Where the reading taken and another have the same row, a claim of that row comes to the same in both, and nothing of it
 * is disputed, as long as no other row can win. Called by read_tables.c, readings.c and setting_reading.c.
 */
#include "rules/reader.h"

#include "feel/check.h"

/* ---- The same rows ---- */

static bool same_cell(const hz_table_cell *a, const hz_table_cell *b)
{
    if (a->words.count != b->words.count) return false;
    for (uint32_t i = 0; i < a->words.count; i++)
        if (!hz_str_eq(hz_str_trim(a->words.at[i].text), hz_str_trim(b->words.at[i].text))) return false;
    return true;
}

static bool same_output(const hz_ast *a, const hz_ast *b)
{
    if (a == NULL || b == NULL) return a == b;
    if (a->op == HZ_AST_NUMBER && b->op == HZ_AST_NUMBER) return hz_decimal_compare(a->number, b->number) == 0;
    return hz_ast_same(a, b);
}

static bool same_row(const hz_row *a, const hz_row *b, const hz_table_version *of)
{
    for (uint32_t i = 0; i < of->columns && a->cells != NULL && b->cells != NULL; i++)
        if (!same_cell(&a->cells[i], &b->cells[i])) return false;
    for (uint32_t k = 0; k < of->outputs; k++)
        if (!same_output(a->gives[k], b->gives[k])) return false;
    return true;
}

static bool same_otherwise(const hz_table_version *a, const hz_table_version *b)
{
    return a->has_otherwise == b->has_otherwise && (!a->has_otherwise || same_row(&a->otherwise, &b->otherwise, a));
}

bool hz_same_rows(const hz_table_version *a, const hz_table_version *b)
{
    if (a->rows.count != b->rows.count || !same_otherwise(a, b)) return false;
    for (uint32_t i = 0; i < a->rows.count; i++)
        if (!same_row(&a->rows.at[i], &b->rows.at[i], a)) return false;
    return true;
}

static bool has_row(const hz_table_version *version, const hz_row *row)
{
    for (uint32_t i = 0; i < version->rows.count; i++)
        if (same_row(&version->rows.at[i], row, version)) return true;
    return false;
}

static bool has_rows(const hz_table_version *version, const hz_table_version *of)
{
    for (uint32_t i = 0; i < of->rows.count; i++)
        if (!has_row(version, &of->rows.at[i])) return false;
    return true;
}

/* ---- Disputed rows ---- */

/* Whether another reading may come to something else where this row of a version is taken. */
static bool differs(const hz_table *table, const hz_table_version *version, const hz_row *row, const hz_table_version *other)
{
    if (table->hit != HZ_HIT_UNIQUE && table->hit != HZ_HIT_ANY) return !hz_same_rows(version, other);
    if (row->cells == NULL) return !same_otherwise(version, other) || !has_rows(version, other);
    return !has_row(other, row);
}

static bool is_disputed(const hz_table *table, const hz_table_version *version, const hz_row *row, int32_t day)
{
    const hz_history *history = &table->history;
    for (uint32_t i = 0; i < history->readings.count; i++) {
        const hz_entry *other = hz_reading_on(&history->readings.at[i], day);
        if (i == history->taken) continue;
        if (other == NULL || other->state != HZ_ENTRY_VALUE || differs(table, version, row, other->rows)) return true;
    }
    return false;
}

hz_row hz_copy_row(hz_arena *arena, const hz_row *row, const hz_table_version *of)
{
    hz_row copy = *row;
    if (row->cells != NULL) {
        copy.cells = HZ_NEW_MANY(arena, hz_table_cell, of->columns);
        if (of->columns > 0) memcpy(copy.cells, row->cells, of->columns * sizeof *copy.cells);
    }
    copy.gives = HZ_NEW_MANY(arena, hz_ast *, of->outputs);
    for (uint32_t k = 0; k < of->outputs; k++) copy.gives[k] = hz_setting_copy(arena, row->gives[k]);
    return copy;
}

/* Its own grounds, or its version's or table's, and why it is disputed. */
static hz_row take_row(hz_reader *reader, const hz_table *table, const hz_entry *entry, const hz_row *row)
{
    hz_row copy = hz_copy_row(reader->arena, row, entry->rows);
    if (!is_disputed(table, entry->rows, row, entry->since.day)) return copy;
    if (!copy.from.grounded) copy.from = entry->from.given ? entry->from : table->from;
    copy.from.standing = HZ_DISPUTED;
    hz_readings_dispute(reader, &table->history, entry->since.day, &copy.from);
    return copy;
}

void hz_take_rows(hz_reader *reader, hz_table *table, bool scenario)
{
    hz_readings_combine(reader, &table->history, scenario);
    table->versions.at = NULL;
    table->versions.count = table->versions.room = 0;
    for (uint32_t i = 0; i < table->history.entries.count; i++) {
        const hz_entry *entry = &table->history.entries.at[i];
        const hz_table_version *from = entry->rows;
        hz_table_version version = {.columns = from->columns, .outputs = from->outputs, .has_otherwise = from->has_otherwise};
        for (uint32_t r = 0; r < from->rows.count; r++)
            *HZ_PUSH(reader->arena, &version.rows) = take_row(reader, table, entry, &from->rows.at[r]);
        if (from->has_otherwise) version.otherwise = take_row(reader, table, entry, &from->otherwise);
        *HZ_PUSH(reader->arena, &table->versions) = version;
    }
}
