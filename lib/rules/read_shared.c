/* read_shared.c - tables of tables/, which plans share: each plan that says `use` gets rows of its own, since what a cell
 * means and on which day a version counts is the plan's business.
 *
 * A file is read once for itself, which says what is wrong with its shape, and again without a word for each plan. It
 * knows no plan: its inputs have types, which the names that a plan puts there must have, and it gives constants. Called
 * by read.c and read_tables.c.
 */
#include "rules/reader.h"

#include "source/suggest.h"

/* ---- Inputs ---- */

static const char *const type_names[] = {"text", "boolean", "number", "date", "code", NULL};

static uint8_t kind_of(const hz_tree *tree)
{
    static const hz_kind kinds[] = {HZ_KIND_STRING, HZ_KIND_BOOLEAN, HZ_KIND_NUMBER, HZ_KIND_DATE, HZ_KIND_CODE};
    for (size_t i = 0; type_names[i] != NULL; i++)
        if (hz_is_word(tree, type_names[i])) return (uint8_t)kinds[i];
    return HZ_KIND_NONE;
}

static void refuse_type(hz_reader *reader, hz_item item, const hz_tree *tree)
{
    hz_str text;
    hz_suggest suggest;
    if (!hz_read_text(reader, item, "type", tree, &text)) return;
    hz_suggest_begin(&suggest, text);
    for (size_t i = 0; type_names[i] != NULL; i++) hz_suggest_offer(&suggest, hz_str_from(type_names[i]));
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_TYPE, hz_text_span(tree), "`%.*s` is no type of an input of a shared table",
                             HZ_BRIEF(text));
    if (hz_str_is(text, "string")) hz_diag_hint(reader->diags, diag, "did you mean `text`?");
    else if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(reader->diags, diag, "text, boolean, number, date, or {type: code, values: …}");
}

/* `icd10: text`, or {type: code, values: …}. */
static void read_input(hz_reader *reader, hz_tree_pair *pair, hz_type *type)
{
    hz_item item = hz_item_of("input", pair);
    hz_tree *map = pair->value->kind == HZ_TREE_MAP ? pair->value : NULL;
    hz_tree *word = map != NULL ? hz_require(reader, item, map, "type") : pair->value;
    hz_label label;
    pair->used = true;
    if (word == NULL) return;
    type->kind = kind_of(word);
    if (type->kind == HZ_KIND_NONE) refuse_type(reader, item, word);
    if (type->kind == HZ_KIND_CODE && map == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, word->span, "input `%.*s` needs its codes", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "write {type: code, values: {first: 甲, second: 乙}}");
    }
    if (map == NULL) return;
    if (type->kind == HZ_KIND_CODE) type->codes = hz_read_codes(reader, item, map);
    else hz_refuse_key(reader, item, map, "values", "which is no code", "codes go with `type: code`");
    hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &label);
    hz_refuse_unknown(reader, map, HZ_IN_SHARED_INPUT);
}

/* False: the columns are not known, and rows cannot be read. */
static bool read_inputs(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    hz_tree *tree = hz_require(reader, item, map, "inputs");
    if (tree == NULL) return true;
    if (tree->kind == HZ_TREE_LIST) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span, "`inputs` of %s `%.*s` must be a mapping, but is a list", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "a shared table knows no plan, so it says the types: {icd10: text, sarcoma: boolean}");
        return false;
    }
    if (!hz_expect(reader, item, "inputs", tree, HZ_TREE_MAP)) return false;
    hz_type *wanted = HZ_NEW_MANY(reader->arena, hz_type, tree->pairs.count);
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        *HZ_PUSH(reader->arena, &table->inputs) = (hz_name_ref){pair->key, pair->key_span};
        read_input(reader, pair, &wanted[i]);
        if (!hz_is_name(pair->key))
            hz_error(reader->diags, HZ_E_NAME, pair->key_span, "`%.*s` cannot be the name of an input: small letters a-z, digits and `_`, a letter first",
                     HZ_BRIEF(pair->key));
    }
    table->wanted = wanted;
    hz_check_columns(reader, item, table);
    return true;
}

/* ---- The file ---- */

/* The first name in an expression; NULL: none. */
static const hz_ast *name_in(const hz_ast *ast)
{
    const hz_ast *name = ast->op == HZ_AST_NAME ? ast : NULL;
    for (uint32_t i = 0; i < ast->children && name == NULL; i++) name = name_in(ast->child[i]);
    return name;
}

static void refuse_names_in(hz_reader *reader, const hz_ast *output)
{
    const hz_ast *name = output != NULL ? name_in(output) : NULL;
    if (name == NULL) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_CONTEXT, name->span, "a shared table cannot read `%.*s`, a name of a plan", HZ_BRIEF(name->text));
    hz_diag_hint(reader->diags, diag, "write a constant; what differs between plans belongs to their own tables");
}

static void refuse_names(hz_reader *reader, const hz_table *table, const hz_row *row)
{
    for (uint32_t k = 0; k < table->output_count; k++) refuse_names_in(reader, row->gives[k]);
}

static void refuse_long_names(hz_reader *reader, const hz_table *table, const hz_long_rows *rows)
{
    for (uint32_t k = 0; k < table->output_count; k++)
        for (uint32_t i = 0; i < rows->gives[k].formulas.count; i++) refuse_names_in(reader, rows->gives[k].formulas.at[i]);
}

static void refuse_all_names(hz_reader *reader, const hz_table *table)
{
    for (uint32_t v = 0; v < table->versions.count; v++) {
        const hz_table_version *version = &table->versions.at[v];
        for (uint32_t r = 0; r < version->rows.count; r++) refuse_names(reader, table, &version->rows.at[r]);
        if (version->many != NULL) refuse_long_names(reader, table, version->many);
        if (version->has_otherwise) refuse_names(reader, table, &version->otherwise);
    }
}

static void read_table(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    if (read_inputs(reader, item, map, table)) hz_read_table(reader, item, map, table);
}

void hz_read_shared_table(hz_reader *reader, hz_tree *tree, uint32_t file, hz_str path)
{
    const size_t folder = strlen("tables/"), ending = strlen(".yaml");
    hz_str name = hz_str_part(path, folder, path.len - ending);
    hz_item item = {"shared table", name, hz_first_key(tree)};
    (void)file;
    if (hz_refuse_empty(reader, item, tree) || !hz_expect(reader, item, NULL, tree, HZ_TREE_MAP)) return;
    if (!hz_is_plan_id(name)) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_FILE_NAME, HZ_NO_SPAN, "`%.*s` cannot be the file of a shared table", HZ_BRIEF(path));
        hz_diag_hint(reader->diags, diag, "plans name it without .yaml: small letters a-z, digits and single `-` between them");
    }
    hz_plan_model nobody = {.id = name, .id_span = item.span}; /* outputs of a table are a plan's */
    hz_table table = {.name = name, .name_span = item.span, .path = name, .shared = name};
    reader->plan = &nobody;
    hz_read_label_keys(reader, item, tree, HZ_LABEL_FREE, &table.label);
    hz_read_provenance(reader, item, tree, &table.from);
    read_table(reader, item, tree, &table);
    refuse_all_names(reader, &table);
    hz_refuse_unknown(reader, tree, HZ_IN_SHARED_TABLE);
    reader->plan = NULL;
    *HZ_PUSH(reader->arena, &reader->shared) = (hz_shared_table){name, tree, item.span};
}

/* ---- Its use in a plan ---- */

static const hz_shared_table *find(hz_reader *reader, hz_item item, const hz_tree_pair *use)
{
    hz_name_ref ref;
    hz_suggest suggest;
    if (!hz_read_ref(reader, item, "use", use->value, &ref)) return NULL;
    hz_suggest_begin(&suggest, ref.name);
    for (uint32_t i = 0; i < reader->shared.count; i++) {
        if (hz_str_eq(reader->shared.at[i].name, ref.name)) return &reader->shared.at[i];
        hz_suggest_offer(&suggest, reader->shared.at[i].name);
    }
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_NAME, ref.span, "there is no shared table `%.*s`", HZ_BRIEF(ref.name));
    if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(reader->diags, diag, "it would be the file tables/%.*s.yaml", HZ_BRIEF(ref.name));
    return NULL;
}

/* What the shared table says must not stand in the plan as well. */
static void refuse_own_parts(hz_reader *reader, hz_item item, hz_tree *map, hz_str name)
{
    for (uint32_t i = 0; i < map->pairs.count; i++) {
        hz_tree_pair *pair = &map->pairs.at[i];
        bool of_table = hz_str_is(pair->key, "inputs") || hz_str_is(pair->key, "gives") || hz_str_is(pair->key, "hit") ||
                        hz_str_is(pair->key, "readings") || hz_str_is(pair->key, "taken");
        if (!of_table && !hz_looks_dated(pair->key)) continue;
        pair->used = true;
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, pair->key_span, "table `%.*s` uses a shared table and has `%.*s` of its own",
                                 HZ_BRIEF(item.name), HZ_BRIEF(pair->key));
        hz_diag_hint(reader->diags, diag, "it stands in tables/%.*s.yaml; remove it here, or the `use`", HZ_BRIEF(name));
    }
}

/* `with: {icd10: diagnosis}`: the plan's names of the shared inputs. */
static void rename_inputs(hz_reader *reader, hz_item item, hz_tree *map, hz_table *table)
{
    hz_tree *with = hz_tree_get(map, "with");
    if (with == NULL || !hz_expect(reader, item, "with", with, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < with->pairs.count; i++) {
        hz_tree_pair *pair = &with->pairs.at[i];
        hz_suggest suggest;
        hz_name_ref ref;
        uint32_t input = 0;
        pair->used = true;
        hz_suggest_begin(&suggest, pair->key);
        for (; input < table->inputs.count && !hz_str_eq(table->column[input], pair->key); input++) hz_suggest_offer(&suggest, table->column[input]);
        if (input < table->inputs.count) {
            if (hz_read_ref(reader, item, "with", pair->value, &ref)) table->inputs.at[input] = ref;
            continue;
        }
        hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_NAME, pair->key_span, "the shared table `%.*s` has no input `%.*s`",
                                 HZ_BRIEF(table->shared), HZ_BRIEF(pair->key));
        if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
        else hz_diag_hint(reader->diags, diag, "write the shared table's name first: {icd10: the_plans_name}");
    }
}

/* The outputs are names of the plan, which may have them already. */
static void check_declared(hz_reader *reader, const hz_table *table)
{
    const hz_plan_model *plan = reader->plan;
    for (uint32_t k = 0; k < table->output_count; k++) {
        const hz_output *output = &plan->outputs.at[table->first_output + k];
        uint32_t symbol = hz_map_find(&plan->symbol_map, output->name);
        if (symbol == HZ_MAP_NONE) continue; /* it cannot be a name: said already */
        const hz_symbol *other = &plan->symbols.at[symbol];
        if (other->kind == HZ_SYMBOL_OUTPUT && other->index == table->first_output + k) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_DUPLICATE_NAME, table->use_span, "the shared table `%.*s` gives `%.*s`, which names something else in this plan",
                                 HZ_BRIEF(table->shared), HZ_BRIEF(output->name));
        hz_diag_hint(reader->diags, diag, "every name of a plan means one thing; rename the other");
        hz_diag_relate(reader->diags, diag, other->span, "the other");
    }
}

static void keep_columns(hz_reader *reader, hz_table *table)
{
    hz_str *column = HZ_NEW_MANY(reader->arena, hz_str, table->inputs.count);
    for (uint32_t i = 0; i < table->inputs.count; i++) {
        column[i] = table->inputs.at[i].name;
        table->inputs.at[i].span = table->use_span;
    }
    table->column = column;
}

/* The file's label and provenance hold where the plan says none. */
static void read_again(hz_reader *reader, hz_tree *map, const hz_shared_table *shared, hz_table *table)
{
    hz_item of_file = {"shared table", shared->name, shared->span};
    hz_diags *said = reader->diags, silent = {.arena = reader->arena};
    hz_provenance own = table->from;
    hz_label label;
    reader->diags = &silent;
    hz_read_label_keys(reader, of_file, shared->map, HZ_LABEL_FREE, &label);
    if (hz_tree_pair_of(map, "zh") == NULL) table->label.zh = label.zh;
    if (hz_tree_pair_of(map, "en") == NULL) table->label.en = label.en;
    if (!table->from.given) hz_read_provenance(reader, of_file, shared->map, &table->from);
    read_table(reader, of_file, shared->map, table);
    if (own.given) table->from = own;
    reader->diags = said;
}

bool hz_use_shared(hz_reader *reader, hz_item item, hz_tree *map, hz_tree_pair *use, hz_table *table)
{
    const hz_shared_table *shared = find(reader, item, use);
    if (shared == NULL || !hz_may_repeat_tree(reader, hz_text_span(use->value), shared->map)) return false;
    table->shared = shared->name;
    table->use_span = hz_text_span(use->value);
    table->path = hz_arena_printf(reader->arena, "tables.%.*s", HZ_ARG(shared->name));
    refuse_own_parts(reader, item, map, shared->name);
    read_again(reader, map, shared, table);
    check_declared(reader, table);
    keep_columns(reader, table);
    rename_inputs(reader, item, map, table);
    return true;
}
