/* read_tables.c - decision tables: what they look at, what they give, which row counts, and their dated versions.
 *
 * Rows are read_rows.c's, and a table that a plan shares with others is read_shared.c's. What a cell means hangs on the
 * type of its column, which may be a value of the plan: cells stay words here, and program/ gives them their meaning.
 * Called by read_plan.c.
 */
#include "rules/reader.h"

#include "value/date.h"

/* ---- Which row counts ---- */

static void refuse_hit(hz_reader *reader, hz_item item, hz_str hit, hz_span span)
{
    static const char list[] = "they are unique, any, priority, first, collect sum, collect min, collect max, collect count";
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_HIT, span, "`%.*s` is not a hit policy of table `%.*s`", HZ_BRIEF(hit), HZ_BRIEF(item.name));
    if (hz_str_is(hit, "collect")) hz_diag_hint(reader->diags, diag, "say how: collect sum, min, max or count");
    else hz_hint_words(reader, diag, HZ_WORDS_HIT, hit, list);
}

static void read_hit(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    hz_tree *tree = hz_tree_get(map, "hit");
    hz_str hit;
    table->hit_span = item.span;
    if (tree == NULL || !hz_read_text(reader, item, "hit", tree, &hit)) return;
    table->hit_span = hz_text_span(tree);
    int at = hz_word_index(HZ_WORDS_HIT, hit);
    if (at >= 0) table->hit = (uint8_t)at;
    else refuse_hit(reader, item, hit, table->hit_span);
}

/* A policy asks something of the outputs. */
static void check_hit(hz_reader *reader, hz_item item, const hz_table *table)
{
    const hz_output *outputs = table->output_count > 0 ? &reader->plan->outputs.at[table->first_output] : NULL;
    bool code = false;
    for (uint32_t i = 0; i < table->output_count; i++) code = code || outputs[i].type.kind == HZ_KIND_CODE;
    if (table->hit == HZ_HIT_PRIORITY && !code) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_HIT, table->hit_span, "`priority` needs an output of type code, and table `%.*s` has none",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "the order of the code's `values` is the priority; `first` takes the first row");
    }
    if (table->hit < HZ_HIT_SUM) return;
    bool one = table->output_count == 1, text = one && outputs[0].type.kind == HZ_KIND_STRING;
    if (text && (table->hit == HZ_HIT_SUM || table->hit == HZ_HIT_COUNT)) {
        bool sum = table->hit == HZ_HIT_SUM;
        hz_diag *diag = hz_error(reader->diags, HZ_E_HIT, table->hit_span, sum ? "texts have no sum, and table `%.*s` gives texts"
                                                                              : "`collect count` gives a number, and table `%.*s` gives texts",
                                 HZ_BRIEF(item.name));
        if (sum) hz_diag_hint(reader->diags, diag, "`collect min` takes the first of the texts in order, `first` that of the first row that matches");
        else hz_diag_hint(reader->diags, diag, "give the output a unit, as in `%.*s: times`; rows that are counted give nothing", HZ_BRIEF(outputs[0].name));
    } else if (!one || (outputs[0].type.kind != HZ_KIND_NUMBER && !text)) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_HIT, table->hit_span, "`collect` is for one output that is a number, or a text, and table `%.*s` gives something else",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "make a table of each output that is collected");
    }
}

/* ---- Columns ---- */

/* Whether a row could not have a key of this name for a column. */
static void refuse_row_key(hz_reader *reader, hz_str name, hz_span span)
{
    const char *const *taken = hz_keys_of(reader, HZ_IN_ROW);
    for (size_t i = 0; taken[i] != NULL; i++) {
        if (!hz_str_is(name, taken[i])) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_RESERVED_NAME, span, "`%.*s` cannot be a column of a table: a row has a key of that name",
                                 HZ_BRIEF(name));
        hz_diag_hint(reader->diags, diag, "choose another name");
    }
}

static void read_inputs(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    hz_tree *tree = hz_require(reader, item, map, "inputs");
    if (tree == NULL) return;
    if (tree->kind == HZ_TREE_MAP) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span, "`inputs` of table `%.*s` must be a list of names, but is a mapping",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "a table of a plan looks at names of the plan, which have their types: [first, second]");
        return;
    }
    hz_read_refs(reader, item, map, "inputs", &table->inputs);
    hz_check_columns(reader, item, table);
}

void hz_check_columns(hz_reader *reader, hz_item item, hz_table *table)
{
    if (table->inputs.count > HZ_COLUMNS_MOST) {
        hz_error(reader->diags, HZ_E_TOO_LARGE, table->inputs.at[HZ_COLUMNS_MOST].span, "table `%.*s` has more than %d inputs", HZ_BRIEF(item.name), HZ_COLUMNS_MOST);
        table->inputs.count = HZ_COLUMNS_MOST;
    }
    for (uint32_t i = 0; i < table->inputs.count; i++) {
        refuse_row_key(reader, table->inputs.at[i].name, table->inputs.at[i].span);
        for (uint32_t j = 0; j < i; j++)
            if (hz_str_eq(table->inputs.at[i].name, table->inputs.at[j].name))
                hz_error(reader->diags, HZ_E_DUPLICATE_NAME, table->inputs.at[i].span, "`%.*s` stands twice in `inputs` of table `%.*s`",
                         HZ_BRIEF(table->inputs.at[i].name), HZ_BRIEF(item.name));
    }
}

static uint8_t kind_of(const hz_tree *tree)
{
    static const hz_kind kinds[] = {HZ_KIND_BOOLEAN, HZ_KIND_CODE, HZ_KIND_DATE, HZ_KIND_MONTHS, HZ_KIND_STRING};
    int at = tree->kind == HZ_TREE_SCALAR ? hz_word_index(HZ_WORDS_OUTPUT_TYPE, tree->text) : -1;
    return at >= 0 ? (uint8_t)kinds[at] : HZ_KIND_NONE;
}

/* `class_rate: '%'`, `covered: boolean`: a unit or a type in one word. */
static void read_output_word(hz_reader *reader, hz_item item, const hz_tree *tree, hz_output *output)
{
    static const char *const never[] = {"number", "money", "count", "rate"};
    output->type.kind = kind_of(tree);
    if (output->type.kind == HZ_KIND_CODE) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, tree->span, "output `%.*s` needs its codes", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "write {type: code, values: {first: 甲, second: 乙}}");
        output->type.kind = HZ_KIND_NONE;
    } else if (output->type.kind == HZ_KIND_NONE) {
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
            if (hz_is_word(tree, never[i])) {
                hz_refuse_type(reader, item, tree, HZ_WORDS_OUTPUT_TYPE);
                return;
            }
        hz_read_unit(reader, item, tree, &output->unit);
        output->type.kind = HZ_KIND_NUMBER;
    }
}

static void read_output_map(hz_reader *reader, hz_item item, hz_tree *map, hz_output *output)
{
    hz_tree_pair *unit = hz_tree_pair_of(map, "unit"), *type = hz_tree_pair_of(map, "type");
    if (unit != NULL && type != NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, type->key_span, "output `%.*s` has a `unit` and a `type`", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "a number has a unit; everything else has a type");
    } else if (unit != NULL) {
        hz_read_unit(reader, item, unit->value, &output->unit);
        output->type.kind = HZ_KIND_NUMBER;
    } else if (type != NULL) {
        output->type.kind = kind_of(type->value);
        if (output->type.kind == HZ_KIND_NONE) hz_refuse_type(reader, item, type->value, HZ_WORDS_OUTPUT_TYPE);
    } else {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "output `%.*s` needs the key `unit`, or `type`", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "`unit: CNY`, `unit: '%%'` for a number; `type: code`, `type: boolean`, … otherwise");
    }
    if (output->type.kind == HZ_KIND_CODE) output->type.codes = hz_read_codes(reader, item, map);
    else hz_refuse_key(reader, item, map, "values", "which is no code", "codes go with `type: code`");
    if (output->type.kind == HZ_KIND_CODE && output->type.codes == NULL) output->type.kind = HZ_KIND_NONE;
    hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &output->label);
    hz_refuse_unknown(reader, map, HZ_IN_OUTPUT);
}

static void read_outputs(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    hz_plan_model *plan = reader->plan;
    hz_tree *tree = hz_require(reader, item, map, "gives");
    table->first_output = plan->outputs.count;
    if (tree == NULL || !hz_expect(reader, item, "gives", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count && i < HZ_COLUMNS_MOST; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        hz_item inner = hz_item_of("output", pair);
        hz_str words = hz_words(reader->arena, pair->key);
        hz_output output = {.name = pair->key, .name_span = pair->key_span, .label = {words, words}, .table = plan->tables.count};
        pair->used = true;
        hz_declare(reader, inner, HZ_SYMBOL_OUTPUT, plan->outputs.count);
        refuse_row_key(reader, pair->key, pair->key_span);
        if (pair->value->kind == HZ_TREE_MAP) read_output_map(reader, inner, pair->value, &output);
        else if (hz_expect(reader, inner, NULL, pair->value, HZ_TREE_SCALAR)) read_output_word(reader, inner, pair->value, &output);
        *HZ_PUSH(reader->arena, &plan->outputs) = output;
        table->output_count++;
    }
    if (tree->pairs.count > HZ_COLUMNS_MOST)
        hz_error(reader->diags, HZ_E_TOO_LARGE, tree->pairs.at[HZ_COLUMNS_MOST].key_span, "table `%.*s` has more than %d outputs", HZ_BRIEF(item.name), HZ_COLUMNS_MOST);
}

/* The keys that a row can have. */
static const char *const *row_keys(hz_reader *reader, const hz_table *table)
{
    const char *const *others = hz_keys_of(reader, HZ_IN_ROW);
    size_t room = table->inputs.count + table->output_count + 1, at = 0;
    for (size_t i = 0; others[i] != NULL; i++) room++;
    const char **keys = HZ_NEW_MANY(reader->arena, const char *, room);
    for (uint32_t i = 0; i < table->inputs.count; i++)
        keys[at++] = hz_arena_printf(reader->arena, "%.*s", HZ_ARG(table->inputs.at[i].name)).at;
    for (uint32_t i = 0; i < table->output_count; i++)
        keys[at++] = hz_arena_printf(reader->arena, "%.*s", HZ_ARG(reader->plan->outputs.at[table->first_output + i].name)).at;
    for (size_t i = 0; others[i] != NULL; i++) keys[at++] = others[i];
    return keys;
}

/* ---- Versions ---- */

static void read_version(hz_reader *reader, hz_item item, const char *const *known, hz_tree_pair *pair, hz_table *table)
{
    hz_item inner = {"a version of table", item.name, pair->key_span};
    hz_entry entry = {.state = HZ_ENTRY_VALUE, .from = {.span = HZ_NO_SPAN}, .span = pair->key_span};
    hz_table_version version = {.columns = table->inputs.count, .outputs = table->output_count};
    hz_tree *tree = pair->value;
    uint32_t count = table->history.entries.count;
    pair->used = true;
    bool good_date = hz_read_since(reader, pair->key, pair->key_span, true, &entry.since);
    if (good_date && count > 0) hz_check_ascending(reader, table->history.entries.at[count - 1].since, entry.since);
    else if (!good_date && count > 0) entry.since = table->history.entries.at[count - 1].since;
    if (hz_is_word(tree, "none")) {
        entry.state = HZ_ENTRY_NONE;
    } else if (hz_expect(reader, inner, NULL, tree, HZ_TREE_MAP)) {
        bool sourced = hz_read_provenance(reader, inner, tree, &entry.from);
        bool unknown = hz_tree_get(tree, "unknown") != NULL;
        hz_tree_pair *rows = hz_tree_pair_of(tree, "rows");
        if (unknown) entry.state = HZ_ENTRY_UNKNOWN;
        if (unknown && rows != NULL) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, rows->key_span, "this version has `rows` and says that it is `unknown`");
            hz_diag_hint(reader->diags, diag, "keep one of the two; rows that are a guess are `assumed`");
        } else if (!unknown) {
            hz_read_rows(reader, inner, table, known, tree, sourced, &version);
        }
        hz_refuse_unknown(reader, tree, HZ_IN_TABLE_VERSION);
    }
    entry.rows = HZ_NEW(reader->arena, hz_table_version);
    *entry.rows = version;
    *HZ_PUSH(reader->arena, &table->history.entries) = entry;
    *HZ_PUSH(reader->arena, &table->versions) = version;
}

typedef struct reading_context {
    const hz_table *table;
    const char *const *known;
} reading_context;

/* Readings are compared row by row. */
static void refuse_long(hz_reader *reader, hz_item item, const hz_history *history)
{
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_entry *entry = &history->entries.at[i];
        if (entry->rows == NULL || entry->rows->many == NULL) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_TOO_LARGE, entry->since.span, "a reading of table `%.*s` has more than %d rows", HZ_BRIEF(item.name), HZ_ROWS_FEW);
        hz_diag_hint(reader->diags, diag, "readings are compared row by row: make a table of what is read otherwise, or take one reading");
    }
}

static void read_reading(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out, void *context)
{
    const reading_context *c = context;
    hz_table one = *c->table;
    one.history = (hz_history){.dated = true};
    for (uint32_t i = 0; i < map->pairs.count; i++)
        if (hz_looks_dated(map->pairs.at[i].key)) read_version(reader, item, c->known, &map->pairs.at[i], &one);
    refuse_long(reader, item, &one.history);
    *out = one.history;
}

static void read_versions(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    const char *const *known = row_keys(reader, table);
    if (hz_read_readings(reader, item, map, read_reading, &(reading_context){table, known}, &table->history)) {
        hz_readings_clear(reader, &table->from);
        if (table->history.readings.count > 0) hz_take_rows(reader, table, false);
        return;
    }
    hz_tree_pair *rows = hz_tree_pair_of(map, "rows");
    table->history.dated = hz_has_dates(map);
    table->history.span = map->span;
    for (uint32_t i = 0; i < map->pairs.count; i++)
        if (hz_looks_dated(map->pairs.at[i].key)) read_version(reader, item, known, &map->pairs.at[i], table);
    /* `always:` alone is undated: the table is in force where all it reads is. */
    if (table->history.entries.count == 1 && table->history.entries.at[0].since.day == HZ_DATE_MIN) table->history.dated = false;
    if (rows == NULL && table->history.entries.count > 0) return;
    hz_diag *diag = rows != NULL ? hz_error(reader->diags, HZ_E_NO_ENTRY, rows->key_span, "the rows of table `%.*s` stand behind no date", HZ_BRIEF(item.name))
                                 : hz_error(reader->diags, HZ_E_NO_ENTRY, item.span, "table `%.*s` has no dated version", HZ_BRIEF(item.name));
    hz_diag_hint(reader->diags, diag, "write `2018-01:`, or `always:`, and below it `rows:`");
}

void hz_read_table(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    read_outputs(reader, item, map, table);
    read_hit(reader, item, map, table);
    check_hit(reader, item, table);
    read_versions(reader, item, map, table);
}

static void read_table(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("table", pair);
    hz_str words = hz_words(reader->arena, pair->key);
    hz_table table = {.name = pair->key, .name_span = pair->key_span, .label = {words, words}};
    if (!hz_is_name(pair->key)) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NAME, pair->key_span, "`%.*s` cannot be the name of this table: small letters a-z, digits and `_`, a letter first",
                                 HZ_BRIEF(pair->key));
        hz_diag_hint(reader->diags, diag, "give it an English name; the Chinese one is its label, `zh`");
    }
    if (!hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) return;
    hz_tree *map = pair->value;
    hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &table.label);
    hz_read_provenance(reader, item, map, &table.from);
    hz_read_dated_by(reader, item, map, &table.history);
    hz_tree_pair *use = hz_tree_pair_of(map, "use");
    if (use != NULL) {
        if (!hz_use_shared(reader, item, map, use, &table)) return;
    } else {
        table.path = table.name;
        read_inputs(reader, item, map, &table);
        hz_read_table(reader, item, map, &table);
        hz_tree_pair *with = hz_tree_pair_of(map, "with");
        if (with != NULL) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, with->key_span, "table `%.*s` says `with` and no `use`", HZ_BRIEF(item.name));
            hz_diag_hint(reader->diags, diag, "`with` gives the inputs of a shared table other names; here the names stand in `inputs`");
        }
    }
    hz_refuse_unknown(reader, map, HZ_IN_TABLE);
    *HZ_PUSH(reader->arena, &reader->plan->tables) = table;
}

void hz_read_tables(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_table(reader, &tree->pairs.at[i]);
}
