/* read_long.c - the rows of a version that has very many: what they give as numbers side by side, their cells left in the
 * tree, where program/check_long.c finds them. Called by read_rows.c.
 */
#include "rules/long_rows.h"
#include "rules/reader.h"

#include "column/lookup.h"
#include "value/date.h"

typedef struct reading {
    hz_reader *reader;
    hz_arena *own;           /* of the rows' tree: what only loading needs */
    hz_item item;            /* "a row of table" */
    const hz_table *table;
    const char *const *known;
    uint32_t keys;           /* inputs and outputs: the first so many known keys */
    hz_str *key;             /* of each of them */
    uint32_t *guess;         /* which key stood at each place of the row before */
    uint32_t places;
    hz_tree **found;         /* per key, of the row that is read */
    hz_long_rows *rows;
    int8_t **scales;         /* per output and row, of numbers */
    hz_map *formulas;        /* per output: text of a formula -> its number */
    bool states;             /* some row states something itself */
    bool told;               /* that rows have keys of their own */
} reading;

/* ---- Paths ---- */

static size_t digits_before(uint32_t row)
{
    size_t digits = 0;
    for (uint64_t from = 1; from <= row; from *= 10) digits += row - (size_t)from + 1;
    return digits;
}

/* What stands in front of a row's path: those of all rows before it, each with "[", "]" and its end. */
static size_t path_begin(const hz_long_rows *rows, uint32_t row)
{
    return (rows->path.len + 3) * (size_t)row + digits_before(row);
}

hz_str hz_long_path(const hz_long_rows *rows, uint32_t row)
{
    size_t begin = path_begin(rows, row);
    return (hz_str){rows->paths + begin, path_begin(rows, row + 1) - begin - 1};
}

static void write_paths(hz_arena *arena, hz_long_rows *rows)
{
    char *paths = hz_arena_take(arena, path_begin(rows, rows->count));
    rows->paths = paths;
    for (uint32_t i = 0; i < rows->count; i++) {
        char number[16];
        size_t len = 0;
        for (uint32_t rest = i + 1; rest > 0; rest /= 10) number[len++] = (char)('0' + rest % 10);
        memcpy(paths, rows->path.at, rows->path.len);
        paths += rows->path.len;
        *paths++ = '[';
        while (len > 0) *paths++ = number[--len];
        *paths++ = ']';
        *paths++ = '\0';
    }
}

/* ---- Cells ---- */

static hz_cell_word word_of(const hz_tree *tree)
{
    return (hz_cell_word){tree->text, hz_text_span(tree), tree->offsets};
}

hz_table_cell hz_long_cell(hz_arena *scratch, const hz_long_rows *rows, uint32_t row, uint32_t column)
{
    const hz_tree *tree = rows->cells[(size_t)row * rows->columns + column];
    hz_table_cell cell = {.test = NULL};
    if (tree == NULL) return cell;
    cell.span = tree->span;
    cell.listed = tree->kind == HZ_TREE_LIST;
    if (!cell.listed) *HZ_PUSH(scratch, &cell.words) = word_of(tree);
    for (uint32_t i = 0; cell.listed && i < tree->items.count; i++) *HZ_PUSH(scratch, &cell.words) = word_of(tree->items.at[i]);
    return cell;
}

static bool is_simple(const hz_tree *tree)
{
    if (tree->kind != HZ_TREE_SCALAR || tree->style == HZ_TREE_DOUBLE || tree->text.len == 0) return false;
    char first = tree->text.at[0];
    return first != '-' && first != '~' && first != ' ' && first != 'n';
}

/* The cell, or NULL: any value, or an error. */
static hz_tree *read_cell(reading *r, const char *column, hz_tree *tree)
{
    if (tree == NULL || is_simple(tree)) return tree;
    hz_table_cell cell = {.test = NULL};
    hz_read_cell(r->reader, r->item, column, tree, &cell);
    return cell.words.count > 0 ? tree : NULL;
}

/* ---- What rows give ---- */

/* A constant of the output's type; false: it is none. *scale: of a number. */
static bool read_constant(reading *r, const hz_output *output, const hz_tree *tree, hz_str text, int64_t *value, int8_t *scale)
{
    hz_wanted wanted = {.kind = (hz_kind)output->type.kind, .percent = hz_str_is(output->unit, "%"), .codes = output->type.codes, .unit = output->unit};
    hz_item item = {"output", output->name, output->name_span};
    hz_literal literal;
    int32_t day;
    bool number = output->type.kind == HZ_KIND_NUMBER && hz_is_number_text(text);
    if (output->type.kind == HZ_KIND_BOOLEAN && (hz_str_is(text, "true") || hz_str_is(text, "false"))) {
        *value = hz_str_is(text, "true");
        return true;
    }
    if (output->type.kind == HZ_KIND_DATE && hz_date_parse(text, &day)) {
        *value = day;
        return true;
    }
    if (!number && output->type.kind != HZ_KIND_CODE) return false;
    if (!hz_read_literal(r->reader, item, tree, &wanted, &literal)) return true; /* told; the value is 0 */
    hz_decimal trimmed = hz_decimal_trim((hz_decimal){literal.coefficient, literal.type.scale});
    if (!number) trimmed = (hz_decimal){literal.coefficient, 0};
    if (trimmed.coefficient > INT64_MAX || trimmed.coefficient < INT64_MIN) {
        hz_error(r->reader->diags, HZ_E_NUMBER, tree->span, "this number needs more than 64 bits");
        return true;
    }
    *value = (int64_t)trimmed.coefficient;
    *scale = (int8_t)trimmed.scale;
    return true;
}

#define FORMULAS_MOST 1000 /* that rows give, each counted once */

/* Texts of formulas outlive the tree of the rows. */
static hz_ast *parse(reading *r, const hz_output *output, const hz_tree *tree)
{
    hz_tree copy = *tree;
    hz_arena *arena = r->reader->arena;
    copy.text = hz_arena_copy(arena, tree->text);
    if (tree->offsets != NULL) {
        uint32_t *offsets = HZ_NEW_MANY(arena, uint32_t, tree->text.len + 1);
        memcpy(offsets, tree->offsets, (tree->text.len + 1) * sizeof *offsets);
        copy.offsets = offsets;
    }
    return hz_read_formula(r->reader, (hz_item){"output", output->name, output->name_span}, NULL, &copy);
}

static void read_formula(reading *r, uint32_t k, uint32_t row, const hz_tree *tree, hz_str text)
{
    const hz_output *output = &r->reader->plan->outputs.at[r->table->first_output + k];
    hz_long_output *out = &r->rows->gives[k];
    uint32_t number = hz_map_find(&r->formulas[k], text);
    if (number == HZ_MAP_NONE) {
        hz_ast *ast = out->formulas.count < FORMULAS_MOST ? parse(r, output, tree) : NULL;
        if (out->formulas.count == FORMULAS_MOST)
            hz_error(r->reader->diags, HZ_E_TOO_LARGE, tree->span, "the rows of this table give more than %d formulas for `%.*s`", FORMULAS_MOST, HZ_BRIEF(output->name));
        if (ast == NULL) return;
        *HZ_PUSH(r->reader->arena, &out->formulas) = ast;
        number = out->formulas.count;
        hz_map_put(r->own, &r->formulas[k], text, number);
    }
    if (out->formulas.at[number - 1]->op != HZ_AST_NAME) r->states = true;
    if (out->formula == NULL) out->formula = HZ_NEW_MANY(r->reader->arena, int64_t, r->rows->count);
    out->formula[row] = number;
}

static void read_output(reading *r, uint32_t k, uint32_t row, const hz_tree *tree)
{
    const hz_output *output = &r->reader->plan->outputs.at[r->table->first_output + k];
    hz_str text;
    if (output->type.kind == HZ_KIND_NONE) return;
    if (!hz_read_text(r->reader, (hz_item){"output", output->name, output->name_span}, NULL, tree, &text)) return;
    if (read_constant(r, output, tree, text, &r->rows->gives[k].value[row], &r->scales[k][row])) {
        r->rows->gives[k].constants = true;
        r->states = true;
    } else {
        read_formula(r, k, row, tree, text);
    }
}

/* Numbers come with the decimals they are written with: now all get those of the longest. */
static void settle_output(reading *r, uint32_t k, const hz_tree *list)
{
    hz_long_output *out = &r->rows->gives[k];
    bool first = true;
    for (uint32_t i = 0; i < r->rows->count; i++)
        if (r->scales[k][i] > out->scale) out->scale = r->scales[k][i];
    for (uint32_t i = 0; i < r->rows->count; i++) {
        hz_i128 value;
        if (out->formula != NULL && out->formula[i] != 0) continue;
        if (!hz_decimal_rescale(out->value[i], r->scales[k][i], out->scale, &value) || value > INT64_MAX || value < INT64_MIN) {
            hz_error(r->reader->diags, HZ_E_NUMBER, list->items.at[i]->span, "with the decimals of the other rows this row's number needs more than 64 bits");
            return;
        }
        out->value[i] = (int64_t)value;
        if (first || out->value[i] < out->lo) out->lo = out->value[i];
        if (first || out->value[i] > out->hi) out->hi = out->value[i];
        first = false;
    }
}

/* ---- Rows ---- */

/* A key that only rows of shorter tables have, or that none has. */
static void refuse_key(reading *r, hz_tree *map, const hz_tree_pair *pair)
{
    for (uint32_t i = r->keys; r->known[i] != NULL; i++) {
        if (!hz_str_is(pair->key, r->known[i])) continue;
        if (!r->told) {
            hz_diag *diag = hz_error(r->reader->diags, HZ_E_KEY_FOR_TYPE, pair->key_span, "a row of a table with more than %d rows has no `%.*s` of its own",
                                     HZ_ROWS_FEW, HZ_BRIEF(pair->key));
            bool id = hz_str_is(pair->key, "id");
            hz_diag_hint(r->reader->diags, diag, id ? "rows are told by their numbers there: remove it" : "say it beside `rows`, for all of them");
        }
        r->told = true;
        return;
    }
    for (uint32_t i = 0; i < r->keys; i++) hz_tree_pair_of(map, r->known[i]); /* those are known */
    hz_refuse_unlisted(r->reader, map, r->known, "a row of this table");
}

/* The number of a key; r->keys: it is none. Rows have their keys in one order, mostly. */
static uint32_t key_at(reading *r, uint32_t place, hz_str key)
{
    bool guessed = place < r->places;
    if (guessed && hz_str_eq(r->key[r->guess[place]], key)) return r->guess[place];
    for (uint32_t i = 0; i < r->keys; i++) {
        if (!hz_str_eq(r->key[i], key)) continue;
        if (place <= r->places && place < r->keys) {
            r->guess[place] = i;
            if (!guessed) r->places++;
        }
        return i;
    }
    return r->keys;
}

static void find_keys(reading *r, hz_tree *map)
{
    memset(r->found, 0, r->keys * sizeof *r->found);
    for (uint32_t i = 0; i < map->pairs.count; i++) {
        uint32_t key = key_at(r, i, map->pairs.at[i].key);
        if (key < r->keys) r->found[key] = map->pairs.at[i].value;
        else refuse_key(r, map, &map->pairs.at[i]);
    }
}

static void read_row(reading *r, uint32_t row, hz_tree *map)
{
    uint32_t columns = r->rows->columns;
    if (!hz_expect(r->reader, r->item, NULL, map, HZ_TREE_MAP)) return;
    r->rows->spans[row] = map->flow ? map->span : hz_first_key(map);
    find_keys(r, map);
    for (uint32_t c = 0; c < columns; c++) r->rows->cells[(size_t)row * columns + c] = read_cell(r, r->known[c], r->found[c]);
    for (uint32_t k = 0; columns + k < r->keys; k++) {
        if (r->found[columns + k] != NULL) read_output(r, k, row, r->found[columns + k]);
        else hz_refuse_no_output(r->reader, r->item, r->rows->spans[row], r->key[columns + k]);
    }
}

/* Long tables give what fits a number, and one row of them counts. */
static bool fits(reading *r, const hz_tree *list)
{
    const hz_table *table = r->table;
    const hz_span at = list->span;
    if ((uint64_t)list->items.count * (table->inputs.count + table->output_count) > HZ_CELLS_MOST) {
        hz_diag *diag = hz_error(r->reader->diags, HZ_E_TOO_LARGE, at, "the rows of table `%.*s` have more than %d cells", HZ_BRIEF(table->name), HZ_CELLS_MOST);
        hz_diag_hint(r->reader->diags, diag, "divide the table");
        return false;
    }
    if (table->hit != HZ_HIT_UNIQUE && table->hit != HZ_HIT_FIRST && table->hit != HZ_HIT_PRIORITY) {
        hz_diag *diag = hz_error(r->reader->diags, HZ_E_TOO_LARGE, at, "the rows of table `%.*s` are more than %d, which only `hit: unique`, `first` and `priority` take",
                                 HZ_BRIEF(table->name), HZ_ROWS_FEW);
        hz_diag_hint(r->reader->diags, diag, "let one row count, or divide the table");
        return false;
    }
    for (uint32_t k = 0; k < table->output_count; k++) {
        const hz_output *output = &r->reader->plan->outputs.at[table->first_output + k];
        uint8_t kind = output->type.kind;
        if (kind != HZ_KIND_STRING && kind != HZ_KIND_MONTHS) continue;
        hz_diag *diag = hz_error(r->reader->diags, HZ_E_TOO_LARGE, at, "the rows of table `%.*s` are more than %d, and `%.*s` is a %s", HZ_BRIEF(table->name), HZ_ROWS_FEW,
                                 HZ_BRIEF(output->name), kind == HZ_KIND_STRING ? "text" : "period");
        hz_diag_hint(r->reader->diags, diag, "so many rows give numbers, codes, dates or truths; a code can have a text in a shorter table");
        return false;
    }
    if (table->inputs.count <= HZ_LOOKUP_COLUMNS) return true;
    hz_error(r->reader->diags, HZ_E_TOO_LARGE, at, "table `%.*s` has more than %d rows, and more than %d inputs", HZ_BRIEF(table->name), HZ_ROWS_FEW, HZ_LOOKUP_COLUMNS);
    return false;
}

static reading begin(hz_reader *reader, hz_item item, const hz_table *table, const char *const *known, hz_arena *own, uint32_t count)
{
    reading r = {.reader = reader, .own = own, .item = item, .table = table, .known = known, .keys = table->inputs.count + table->output_count};
    r.rows = HZ_NEW(reader->arena, hz_long_rows);
    *r.rows = (hz_long_rows){.count = count, .columns = table->inputs.count, .path = table->path};
    r.rows->gives = HZ_NEW_MANY(reader->arena, hz_long_output, table->output_count);
    r.rows->cells = HZ_NEW_MANY(own, hz_tree *, (size_t)count * table->inputs.count);
    r.rows->spans = HZ_NEW_MANY(own, hz_span, count);
    r.key = HZ_NEW_MANY(own, hz_str, r.keys);
    r.guess = HZ_NEW_MANY(own, uint32_t, r.keys);
    r.found = HZ_NEW_MANY(own, hz_tree *, r.keys);
    r.scales = HZ_NEW_MANY(own, int8_t *, table->output_count);
    r.formulas = HZ_NEW_MANY(own, hz_map, table->output_count);
    for (uint32_t i = 0; i < r.keys; i++) r.key[i] = hz_str_from(known[i]);
    for (uint32_t k = 0; k < table->output_count; k++) {
        r.scales[k] = HZ_NEW_MANY(own, int8_t, count);
        r.rows->gives[k].value = HZ_NEW_MANY(reader->arena, int64_t, count);
    }
    return r;
}

void hz_read_long_rows(hz_reader *reader, hz_item item, const hz_table *table, const char *const *known, const hz_tree *list, bool sourced,
                       hz_table_version *version)
{
    reading r = {.reader = reader, .table = table};
    if (!fits(&r, list)) return;
    bool once = list->own != NULL && reader->again == NULL; /* else the tree outlives what is read from it */
    r = begin(reader, item, table, known, once ? list->own : reader->arena, list->items.count);
    for (uint32_t i = 0; i < list->items.count; i++) read_row(&r, i, list->items.at[i]);
    for (uint32_t k = 0; k < table->output_count; k++) settle_output(&r, k, list);
    if (r.states && !sourced) hz_refuse_unsourced(reader, item, list->span, "");
    write_paths(reader->arena, r.rows);
    version->many = r.rows;
    if (once) *HZ_PUSH(reader->arena, &reader->model->loading) = list->own;
}
