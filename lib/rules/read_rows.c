/* read_rows.c - the rows of a version of a decision table: cells as words, outputs by their types, ids, provenance.
 *
 * Called by read_tables.c. What the cells mean is program/'s business.
 */
#include "rules/long_rows.h"
#include "rules/reader.h"

#include "value/date.h"

/* ---- Cells ---- */

static void read_word(hz_reader *reader, hz_item item, const char *column, const hz_tree *tree, hz_table_cell *cell)
{
    hz_str text;
    if (!hz_read_text(reader, item, column, tree, &text)) return;
    if (tree->style == HZ_TREE_DOUBLE) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_YAML_QUOTES, tree->span, "a cell in double quotes: YAML takes them away");
        hz_diag_hint(reader->diags, diag, "write the bare word, or a test in single quotes: '%.*s'", HZ_BRIEF(text));
        return;
    }
    *HZ_PUSH(reader->arena, &cell->words) = (hz_cell_word){tree->text, hz_text_span(tree), tree->offsets};
}

void hz_read_cell(hz_reader *reader, hz_item item, const char *column, const hz_tree *tree, hz_table_cell *cell)
{
    cell->span = tree->span;
    if (tree->kind == HZ_TREE_SCALAR && hz_str_is(hz_str_trim(tree->text), "-")) return;
    if (tree->kind != HZ_TREE_LIST) {
        read_word(reader, item, column, tree, cell);
        return;
    }
    cell->listed = true;
    for (uint32_t i = 0; i < tree->items.count; i++) read_word(reader, item, column, tree->items.at[i], cell);
    if (tree->items.count > 0) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_CELL, tree->span, "no value is in an empty list, so this row never matches");
    hz_diag_hint(reader->diags, diag, "leave the cell out where any value will do, or remove the row");
}

/* ---- Outputs ---- */

static hz_ast *leaf(hz_reader *reader, hz_ast_op op, const hz_tree *tree, hz_str text)
{
    hz_ast *ast = HZ_NEW(reader->arena, hz_ast);
    ast->op = (uint8_t)op;
    ast->span = ast->at = hz_text_span(tree);
    ast->text = text;
    return ast;
}

bool hz_is_number_text(hz_str text)
{
    hz_decimal number;
    return hz_decimal_parse(text, false, &number) || (text.len > 1 && text.at[text.len - 1] == '%');
}

/* A text stands as it is, in quotes of YAML also an empty one; quotes of FEEL would be part of it. NULL after an error. */
static hz_ast *read_string(hz_reader *reader, hz_item item, const hz_output *output, const hz_tree *tree)
{
    bool quoted = tree->kind == HZ_TREE_SCALAR && tree->style != HZ_TREE_PLAIN;
    hz_str text = tree->text;
    if (!quoted && !hz_read_text(reader, item, NULL, tree, &text)) return NULL;
    if (text.len == 0 || text.at[0] != '"') return leaf(reader, HZ_AST_STRING, tree, text);
    bool closed = text.len > 2 && memchr(text.at + 1, '"', text.len - 1) == text.at + text.len - 1;
    hz_diag *diag = hz_error(reader->diags, HZ_E_YAML_QUOTES, hz_text_span(tree), "the text that `%.*s` gives begins with a quote, which would be part of it",
                             HZ_BRIEF(output->name));
    if (closed) hz_diag_hint(reader->diags, diag, "write the bare text %.*s", HZ_BRIEF(hz_str_part(text, 1, text.len - 1)));
    else hz_diag_hint(reader->diags, diag, "a text stands as it is, without quotes, and is no expression");
    return NULL;
}

/* A literal as its type is written in YAML, or an expression; of codes the bare word alone, a text as it
 * stands. NULL after an error. */
static hz_ast *read_output(hz_reader *reader, const hz_output *output, const hz_tree *tree)
{
    hz_item item = {"output", output->name, output->name_span};
    hz_wanted wanted = {.kind = (hz_kind)output->type.kind, .percent = hz_str_is(output->unit, "%"), .codes = output->type.codes, .unit = output->unit};
    hz_literal literal;
    hz_str text;
    int32_t day;
    hz_duration period;
    if (output->type.kind == HZ_KIND_STRING) return read_string(reader, item, output, tree);
    if (tree->kind != HZ_TREE_SCALAR || !hz_read_text(reader, item, NULL, tree, &text)) {
        if (tree->kind != HZ_TREE_SCALAR) hz_expect(reader, item, NULL, tree, HZ_TREE_SCALAR);
        return NULL;
    }
    switch (output->type.kind) {
    case HZ_KIND_CODE:
        if (!hz_read_literal(reader, item, tree, &wanted, &literal)) return NULL;
        return leaf(reader, HZ_AST_STRING, tree, text);
    case HZ_KIND_NUMBER: {
        if (!hz_is_number_text(text)) break;
        if (!hz_read_literal(reader, item, tree, &wanted, &literal)) return NULL;
        hz_ast *number = leaf(reader, HZ_AST_NUMBER, tree, text);
        number->number = (hz_decimal){literal.coefficient, literal.type.scale};
        return number;
    }
    case HZ_KIND_DATE:
        if (hz_date_parse(text, &day)) return leaf(reader, HZ_AST_AT, tree, text);
        break;
    case HZ_KIND_MONTHS:
        if (hz_duration_parse(text, &period)) return leaf(reader, HZ_AST_AT, tree, text);
        break;
    case HZ_KIND_NONE: return NULL;
    default: break;
    }
    return hz_read_formula(reader, item, NULL, tree);
}

/* `collect count` counts rows: each gives 1. */
static hz_ast *one(hz_reader *reader, const hz_row *row)
{
    hz_ast *ast = HZ_NEW(reader->arena, hz_ast);
    ast->op = HZ_AST_NUMBER;
    ast->span = ast->at = row->span;
    ast->number = (hz_decimal){1, 0};
    return ast;
}

void hz_refuse_no_output(hz_reader *reader, hz_item item, hz_span at, hz_str output)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, at, "%s `%.*s` gives no `%.*s`", HZ_ITEM(item), HZ_BRIEF(output));
    hz_diag_hint(reader->diags, diag, "every row gives every output of its table");
}

static void read_outputs(hz_reader *reader, hz_item item, const hz_table *table, hz_tree *map, hz_row *row)
{
    row->gives = HZ_NEW_MANY(reader->arena, hz_ast *, table->output_count);
    for (uint32_t i = 0; i < table->output_count; i++) {
        const hz_output *output = &reader->plan->outputs.at[table->first_output + i];
        hz_tree_pair *pair = hz_tree_pair_of(map, hz_arena_printf(reader->arena, "%.*s", HZ_ARG(output->name)).at);
        if (table->hit == HZ_HIT_COUNT) {
            row->gives[i] = one(reader, row);
            if (pair == NULL) continue;
            hz_diag *diag = hz_error(reader->diags, HZ_E_HIT, pair->key_span, "`collect count` counts rows, and this row gives a value");
            hz_diag_hint(reader->diags, diag, "remove it, or write `hit: collect sum`");
        } else if (pair == NULL) {
            hz_refuse_no_output(reader, item, row->span, output->name);
        } else {
            row->gives[i] = read_output(reader, output, pair->value);
        }
    }
}

/* ---- Rows ---- */

/* A name or an id: it stands in paths, table[id], where [2] is the second row. */
static void read_row_id(hz_reader *reader, hz_item item, hz_tree *map, const hz_table_version *version, hz_row *row)
{
    hz_tree *tree = hz_tree_get(map, "id");
    if (tree == NULL || !hz_read_text(reader, item, "id", tree, &row->id)) return;
    if ((!hz_is_name(row->id) && !hz_is_plan_id(row->id)) || hz_str_is(row->id, "otherwise")) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NAME, hz_text_span(tree), "`%.*s` cannot be the id of a row", HZ_BRIEF(row->id));
        hz_diag_hint(reader->diags, diag, "small letters a-z, digits, `_` or `-`, a letter first; `otherwise` is taken");
        row->id = HZ_STR("");
    }
    for (uint32_t i = 0; i < version->rows.count && row->id.len > 0; i++) {
        if (!hz_str_eq(version->rows.at[i].id, row->id)) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_DUPLICATE_NAME, hz_text_span(tree), "two rows have the id `%.*s`", HZ_BRIEF(row->id));
        hz_diag_hint(reader->diags, diag, "an id names one row of a version");
        hz_diag_relate(reader->diags, diag, version->rows.at[i].span, "the other");
    }
}

static bool read_row_provenance(hz_reader *reader, hz_item item, hz_tree *map, hz_row *row)
{
    bool sourced = hz_read_provenance(reader, item, map, &row->from);
    hz_tree_pair *unknown = hz_tree_pair_of(map, "unknown");
    if (unknown == NULL) return sourced;
    hz_diag *diag = hz_error(reader->diags, HZ_E_KEY_FOR_TYPE, unknown->key_span, "a row of a table cannot be `unknown`");
    hz_diag_hint(reader->diags, diag, "give it the name of a parameter that is unknown then, or say it of the whole version");
    return true;
}

/* What a row states itself needs a source; the figures that it names have theirs. */
static bool states_something(const hz_table *table, const hz_row *row)
{
    for (uint32_t i = 0; i < table->output_count; i++)
        if (row->gives[i] != NULL && row->gives[i]->op != HZ_AST_NAME && table->hit != HZ_HIT_COUNT) return true;
    return false;
}

static void read_row(hz_reader *reader, hz_item item, const hz_table *table, const char *const *known, hz_tree *map,
                     bool *sourced, hz_table_version *version)
{
    hz_row row = {.from = {.span = HZ_NO_SPAN}};
    if (!hz_expect(reader, item, NULL, map, HZ_TREE_MAP)) return;
    row.span = map->flow ? map->span : hz_first_key(map);
    row.cells = HZ_NEW_MANY(reader->arena, hz_table_cell, table->inputs.count);
    for (uint32_t i = 0; i < table->inputs.count; i++) {
        hz_tree_pair *pair = hz_tree_pair_of(map, known[i]);
        if (pair != NULL) hz_read_cell(reader, item, known[i], pair->value, &row.cells[i]);
    }
    read_outputs(reader, item, table, map, &row);
    read_row_id(reader, item, map, version, &row);
    bool own = read_row_provenance(reader, item, map, &row);
    if (!own && !*sourced && states_something(table, &row)) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_SOURCE, row.span, "%s `%.*s` names no source and gives no reason", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "add `source: …` or `assumed: …` to the row, or beside `rows` for all of them");
        *sourced = true; /* said once for a version */
    }
    hz_refuse_unlisted(reader, map, known, "a row of this table");
    if (row.id.len > 0) row.path = hz_arena_printf(reader->arena, "%.*s[%.*s]", HZ_ARG(table->path), HZ_ARG(row.id));
    else row.path = hz_arena_printf(reader->arena, "%.*s[%u]", HZ_ARG(table->path), (unsigned)version->rows.count + 1);
    *HZ_PUSH(reader->arena, &version->rows) = row;
}

/* `otherwise: {site: not_listed}`: what the table gives when no row matches. */
static void read_otherwise(hz_reader *reader, hz_item item, const hz_table *table, const char *const *known, hz_tree_pair *pair,
                           bool sourced, hz_table_version *version)
{
    hz_row *row = &version->otherwise;
    item = (hz_item){"`otherwise` of table", item.name, pair->key_span};
    if (!hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) return;
    if (table->hit == HZ_HIT_COUNT) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_HIT, pair->key_span, "`collect count` gives 0 when no row matches");
        hz_diag_hint(reader->diags, diag, "remove `otherwise`");
        return;
    }
    version->has_otherwise = true;
    row->span = pair->key_span;
    row->path = hz_arena_printf(reader->arena, "%.*s[otherwise]", HZ_ARG(table->path));
    read_outputs(reader, item, table, pair->value, row);
    bool own = read_row_provenance(reader, item, pair->value, row);
    if (!own && !sourced && states_something(table, row)) hz_refuse_unsourced(reader, item, row->span, "");
    hz_refuse_unlisted(reader, pair->value, known + table->inputs.count, "`otherwise`");
}

void hz_read_rows(hz_reader *reader, hz_item item, const hz_table *table, const char *const *known, hz_tree *map, bool sourced,
                  hz_table_version *version)
{
    hz_tree *rows = hz_require(reader, item, map, "rows");
    hz_tree_pair *otherwise = hz_tree_pair_of(map, "otherwise");
    hz_item inner = {"a row of table", item.name, item.span};
    bool row_sourced = sourced;
    if (rows != NULL && hz_expect(reader, item, "rows", rows, HZ_TREE_LIST)) {
        if (rows->items.count > HZ_ROWS_MOST) {
            hz_error(reader->diags, HZ_E_TOO_LARGE, rows->span, "%s `%.*s` has more than %d rows", HZ_ITEM(item), HZ_ROWS_MOST);
            return;
        }
        bool many = rows->items.count > HZ_ROWS_FEW;
        if (many) hz_read_long_rows(reader, inner, table, known, rows, sourced, version);
        for (uint32_t i = 0; !many && i < rows->items.count; i++) read_row(reader, inner, table, known, rows->items.at[i], &row_sourced, version);
        if (rows->items.count == 0) hz_error(reader->diags, HZ_E_NO_ENTRY, rows->span, "%s `%.*s` has no rows", HZ_ITEM(item));
    }
    if (otherwise != NULL) read_otherwise(reader, item, table, known, otherwise, sourced, version);
}
