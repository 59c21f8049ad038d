/* check_tables.c - decision tables: rows made into conditions, outputs typed by version, two rows that meet refused.
 *
 * The rows of a version become one HZ_AST_TABLE per output, which is checked, lowered and walked like any formula. They
 * are made when the first output of a table is asked for, since the meaning of a cell hangs on its column's type. Cells
 * are check_cells.c's. Called by check_plan.c.
 */
#include "program/check_plan.h"

#include "base/sort.h"
#include "program/overlap.h"

enum { UNTOUCHED, MADE, BAD, PROVED };

/* ---- Rows ---- */

static hz_ast *node(hz_arena *arena, hz_ast_op op, hz_span span, uint32_t children)
{
    hz_ast *ast = HZ_NEW(arena, hz_ast);
    ast->op = (uint8_t)op;
    ast->span = ast->at = span;
    ast->child = children > 0 ? HZ_NEW_MANY(arena, hz_ast *, children) : NULL;
    ast->children = children;
    return ast;
}

/* All cells together; a row without any always matches. */
static hz_ast *match_of(hz_checker *checker, const hz_table *table, const hz_row *row)
{
    hz_ast *match = NULL;
    for (uint32_t i = 0; i < table->inputs.count; i++) {
        hz_ast *test = row->cells[i].test;
        if (test == NULL) continue;
        hz_ast *both = match != NULL ? node(checker->arena, HZ_AST_AND, row->span, 2) : test;
        if (match != NULL) {
            both->child[0] = match;
            both->child[1] = test;
        }
        match = both;
    }
    if (match != NULL) return match;
    match = node(checker->arena, HZ_AST_BOOLEAN, row->span, 0);
    match->truth = true;
    return match;
}

typedef struct ranking {
    const hz_table_version *version;
    const hz_codes *codes;
    uint32_t output;
} ranking;

/* A row whose code stands before the other's in the list; of one code the row before. */
static bool ranks_before(const void *context, const void *a, const void *b)
{
    const ranking *r = context;
    uint32_t rows[2] = {*(const uint32_t *)a, *(const uint32_t *)b};
    int32_t codes[2];
    for (int i = 0; i < 2; i++) codes[i] = hz_codes_find(r->codes, r->version->rows.at[rows[i]].gives[r->output]->text);
    return codes[0] != codes[1] ? codes[0] < codes[1] : rows[0] < rows[1];
}

static void order_rows(hz_checker *checker, const hz_table *table, hz_table_version *version)
{
    const hz_output *outputs = &checker->plan->rules->outputs.at[table->first_output];
    ranking by = {.version = version};
    version->order = HZ_NEW_MANY(checker->arena, uint32_t, version->rows.count);
    for (uint32_t i = 0; i < version->rows.count; i++) version->order[i] = i;
    while (outputs[by.output].type.kind != HZ_KIND_CODE && by.output + 1 < table->output_count) by.output++;
    by.codes = outputs[by.output].type.codes;
    if (table->hit == HZ_HIT_PRIORITY) hz_sort(version->order, version->rows.count, sizeof *version->order, ranks_before, &by);
}

/* A version as a formula of one of its outputs. */
static hz_ast *formula_of(hz_checker *checker, const hz_table *table, const hz_table_version *version, uint32_t k, hz_ast *const *matches)
{
    const hz_output *output = &checker->plan->rules->outputs.at[table->first_output + k];
    if (version->many != NULL) return hz_long_formula(checker, table, version, k);
    hz_ast *formula = node(checker->arena, HZ_AST_TABLE, table->name_span, 2 * version->rows.count + (version->has_otherwise ? 1 : 0));
    formula->text = table->name;
    formula->compare = table->hit;
    formula->wanted = output->type.kind == HZ_KIND_MONTHS ? NULL : &output->type;
    for (uint32_t i = 0; i < version->rows.count; i++) {
        formula->child[2 * i] = matches[version->order[i]];
        formula->child[2 * i + 1] = version->rows.at[version->order[i]].gives[k];
    }
    if (version->has_otherwise) formula->child[formula->children - 1] = version->otherwise.gives[k];
    return formula;
}

/* A version as a formula of each output: the one at `number` of its history, or of one of its readings. */
static void make_version(hz_checker *checker, const hz_table *table, hz_table_version *version, int reading, uint32_t number)
{
    hz_ast **matches = HZ_NEW_MANY(checker->arena, hz_ast *, version->rows.count);
    for (uint32_t i = 0; i < version->rows.count; i++) matches[i] = match_of(checker, table, &version->rows.at[i]);
    order_rows(checker, table, version);
    for (uint32_t k = 0; k < table->output_count; k++) {
        hz_history *history = &checker->plan->rules->outputs.at[table->first_output + k].history;
        hz_entry *entry = reading < 0 ? &history->entries.at[number] : &history->readings.at[reading].entries.at[number];
        entry->formula = formula_of(checker, table, version, k, matches);
    }
}

/* An output's own entries: formulas are made in them. */
static void copy_readings(hz_checker *checker, const hz_history *from, hz_history *to)
{
    memset(&to->readings, 0, sizeof to->readings);
    for (uint32_t i = 0; i < from->readings.count; i++) {
        hz_reading *reading = HZ_PUSH(checker->arena, &to->readings);
        *reading = (hz_reading){.name = from->readings.at[i].name};
        for (uint32_t k = 0; k < from->readings.at[i].entries.count; k++)
            *HZ_PUSH(checker->arena, &reading->entries) = from->readings.at[i].entries.at[k];
    }
}

static void copy_history(hz_checker *checker, const hz_table *table)
{
    for (uint32_t k = 0; k < table->output_count; k++) {
        hz_output *output = &checker->plan->rules->outputs.at[table->first_output + k];
        output->history = table->history;
        output->history.entries.at = NULL;
        output->history.entries.count = output->history.entries.room = 0;
        copy_readings(checker, &table->history, &output->history);
        for (uint32_t i = 0; i < table->history.entries.count; i++) {
            hz_entry *entry = HZ_PUSH(checker->arena, &output->history.entries);
            *entry = table->history.entries.at[i];
            if (entry->state == HZ_ENTRY_VALUE) entry->from = (hz_provenance){.span = HZ_NO_SPAN}; /* its rows say it */
        }
    }
}

/* What a shared table says of its input, the plan's name must be. */
static bool is_as_wanted(hz_checker *checker, const hz_table *table, uint32_t column, const hz_type *type)
{
    const hz_type *wanted = table->wanted != NULL ? &table->wanted[column] : NULL;
    const hz_name_ref *name = &table->inputs.at[column];
    if (wanted == NULL) return true;
    if (wanted->kind != type->kind) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_TYPE, name->span, "`%.*s` is a %s, and the shared table `%.*s` looks at a %s", HZ_ARG(name->name),
                                 hz_kind_name((hz_kind)type->kind), HZ_ARG(table->shared), hz_kind_name((hz_kind)wanted->kind));
        hz_diag_hint(checker->diags, diag, "give it another name of the plan, `with: {%.*s: …}`", HZ_ARG(table->column[column]));
        return false;
    }
    if (wanted->kind != HZ_KIND_CODE || hz_codes_same(wanted->codes, type->codes)) return true;
    hz_diag *diag = hz_error(checker->diags, HZ_E_TYPE, name->span, "`%.*s` has other codes than the shared table `%.*s` looks at", HZ_ARG(name->name),
                             HZ_ARG(table->shared));
    hz_diag_hint(checker->diags, diag, "both list the same codes in the same order");
    return false;
}

/* The type that tests of a column can be made for. */
static bool column_type(hz_checker *checker, const hz_table *table, uint32_t column, hz_type *type)
{
    const hz_name_ref *name = &table->inputs.at[column];
    uint32_t symbol = hz_map_find(&checker->plan->rules->symbol_map, name->name);
    *type = checker->plan->symbols[symbol].type;
    if (type->wide) { /* rows are proved apart by the numbers that there are between two */
        hz_diag *diag = hz_error(checker->diags, HZ_E_WIDE, name->span, "`%.*s`, which this table looks at, %s", HZ_ARG(name->name),
                                 type->ragged ? "may have any number of decimals" : "may need more than 64 bits");
        hz_diag_hint(checker->diags, diag, type->ragged ? "round it where it is computed: round half up(…, 2)" : "give an input a narrower `range`");
        return false;
    }
    bool testable = type->kind == HZ_KIND_CODE || type->kind == HZ_KIND_BOOLEAN || type->kind == HZ_KIND_DATE || type->kind == HZ_KIND_STRING ||
                    hz_type_number_like(type);
    if (testable) return is_as_wanted(checker, table, column, type);
    if (type->kind == HZ_KIND_SET)
        hz_error(checker->diags, HZ_E_TYPE, name->span, "a table cannot look at `%.*s`: it is a set of codes", HZ_ARG(name->name));
    else if (type->kind != HZ_KIND_NONE)
        hz_error(checker->diags, HZ_E_TYPE, name->span, "a table cannot look at `%.*s`: every version of it is unknown", HZ_ARG(name->name));
    return false;
}

static bool make_column(hz_table_column *column, hz_table_version *version, uint32_t number)
{
    bool good = true;
    for (uint32_t r = 0; r < version->rows.count; r++) good = hz_check_cell(column, &version->rows.at[r].cells[number]) && good;
    return good;
}

/* A version that a reading not taken has; NULL: it has no rows, or is the taken one's. */
static hz_table_version *other_version(const hz_table *table, uint32_t reading, uint32_t number)
{
    const hz_entry *entry = &table->history.readings.at[reading].entries.at[number];
    return reading != table->history.taken && entry->state == HZ_ENTRY_VALUE ? entry->rows : NULL;
}

static bool make_cells(hz_checker *checker, const hz_table *table)
{
    const hz_history *history = &table->history;
    bool good = true;
    for (uint32_t c = 0; c < table->inputs.count; c++) {
        hz_table_column column = {.checker = checker, .table = table, .name = &table->inputs.at[c]};
        if (!column_type(checker, table, c, &column.type)) {
            good = false;
            continue;
        }
        for (uint32_t v = 0; v < table->versions.count; v++) good = make_column(&column, &table->versions.at[v], c) && good;
        for (uint32_t i = 0; i < history->readings.count; i++)
            for (uint32_t k = 0; k < history->readings.at[i].entries.count; k++)
                if (other_version(table, i, k) != NULL) good = make_column(&column, other_version(table, i, k), c) && good;
    }
    return good;
}

static bool make_long(hz_checker *checker, const hz_table *table)
{
    bool good = true;
    for (uint32_t v = 0; v < table->versions.count; v++)
        if (table->versions.at[v].many != NULL) good = hz_check_long(checker, table, &table->versions.at[v]) && good;
    return good;
}

static void make(hz_checker *checker, hz_table *table)
{
    const hz_history *history = &table->history;
    table->checked = BAD;
    copy_history(checker, table);
    if (!make_cells(checker, table) || !make_long(checker, table)) return;
    table->checked = MADE;
    for (uint32_t v = 0; v < table->versions.count; v++)
        if (history->entries.at[v].state == HZ_ENTRY_VALUE) make_version(checker, table, &table->versions.at[v], -1, v);
    for (uint32_t i = 0; i < history->readings.count; i++)
        for (uint32_t k = 0; k < history->readings.at[i].entries.count; k++)
            if (other_version(table, i, k) != NULL) make_version(checker, table, other_version(table, i, k), (int)i, k);
}

/* ---- Two rows at once ---- */

static bool is_literal(const hz_ast *ast)
{
    return ast->op == HZ_AST_NUMBER || ast->op == HZ_AST_STRING || ast->op == HZ_AST_BOOLEAN || ast->op == HZ_AST_AT;
}

/* Both give literals, and other ones. */
static bool contradict(const hz_ast *a, const hz_ast *b)
{
    if (!is_literal(a) || !is_literal(b)) return false;
    if (a->op == HZ_AST_NUMBER && b->op == HZ_AST_NUMBER) return hz_decimal_compare(a->number, b->number) != 0;
    return !hz_ast_same(a, b);
}

void hz_refuse_pair(hz_checker *checker, const hz_table *table, hz_span row, hz_span other)
{
    bool any = table->hit == HZ_HIT_ANY;
    hz_diag *diag = hz_error(checker->diags, HZ_E_OVERLAP, row, any ? "this row of table `%.*s` and one before it can both match, and give different things"
                                                                         : "this row of table `%.*s` and one before it can both match",
                             HZ_ARG(table->name));
    hz_diag_hint(checker->diags, diag, "narrow one of the two, or say `hit: first` if the one before is meant to win");
    hz_diag_relate(checker->diags, diag, other, "the row before");
}

/* The rows of a version against each other: what is sure to meet is refused, what is not is left to claims, within
 * bounds. */
static void check_pairs(hz_checker *checker, const hz_table *table, const hz_table_version *version, const hz_ast *formula)
{
    uint32_t unsure = 0;
    if (formula != NULL && formula->rows != NULL) return; /* proved when the look-up was made */
    hz_row_bounds bounds = formula != NULL ? hz_row_bounds_of(checker->arena, formula) : (hz_row_bounds){0, NULL};
    for (uint32_t b = 2; formula != NULL && b + 1 < formula->children; b += 2)
        for (uint32_t a = 0; a < b; a += 2) {
            if (hz_row_bounds_part(&bounds, a / 2, b / 2) || !hz_rows_tried(formula, a, b)) continue;
            bool meets = hz_rows_meet(formula->child[a], formula->child[b]) == HZ_ROWS_MEET;
            unsure++;
            if (!meets || (table->hit == HZ_HIT_ANY && !contradict(formula->child[a + 1], formula->child[b + 1]))) continue;
            hz_refuse_pair(checker, table, version->rows.at[b / 2].span, version->rows.at[a / 2].span);
            break;
        }
    if (unsure > HZ_UNSURE_MOST) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_TOO_LARGE, table->name_span, "too many pairs of rows of table `%.*s` would have to be tried in every claim",
                                 HZ_ARG(table->name));
        hz_diag_hint(checker->diags, diag, "compare with constants, or say `hit: first`");
    }
}

static void prove(hz_checker *checker, hz_table *table)
{
    uint32_t outputs = table->hit == HZ_HIT_ANY ? table->output_count : table->hit == HZ_HIT_UNIQUE ? 1 : 0;
    for (uint32_t o = 0; o < outputs; o++) {
        const hz_history *history = &checker->plan->rules->outputs.at[table->first_output + o].history;
        for (uint32_t v = 0; v < table->versions.count; v++) check_pairs(checker, table, &table->versions.at[v], history->entries.at[v].formula);
        for (uint32_t i = 0; i < history->readings.count; i++)
            for (uint32_t k = 0; k < history->readings.at[i].entries.count; k++)
                if (other_version(table, i, k) != NULL)
                    check_pairs(checker, table, other_version(table, i, k), history->readings.at[i].entries.at[k].formula);
    }
    table->checked = PROVED;
}

/* ---- Outputs ---- */

static bool a_row_failed(const hz_history *history)
{
    for (uint32_t v = 0; v < history->entries.count; v++) {
        const hz_ast *formula = history->entries.at[v].formula;
        for (uint32_t i = 0; formula != NULL && formula->rows == NULL && i + 1 < formula->children; i += 2)
            if (formula->child[i]->type.kind == HZ_KIND_NONE) return true;
    }
    return false;
}

void hz_check_output(hz_checker *checker, hz_output *output, hz_symbol_info *info)
{
    hz_table *table = &checker->plan->rules->tables.at[output->table];
    bool good = true;
    for (uint32_t i = 0; i < table->inputs.count; i++) {
        uint32_t symbol = hz_check_symbol_named(checker, table->inputs.at[i].name, table->inputs.at[i].span);
        good = good && symbol != HZ_MAP_NONE && checker->plan->symbols[symbol].type.kind != HZ_KIND_NONE;
    }
    info->type = (hz_type){.kind = HZ_KIND_NONE};
    if (!good || output->type.kind == HZ_KIND_NONE) return;
    if (table->checked == UNTOUCHED) make(checker, table);
    if (table->checked == BAD) return;
    const hz_type *wanted = output->type.kind == HZ_KIND_MONTHS ? NULL : &output->type;
    if (!hz_check_dated(checker, &output->history, wanted, info)) {
        if (a_row_failed(&output->history)) table->checked = BAD; /* said once, not for each output */
        return;
    }
    if (table->checked == MADE) prove(checker, table);
}

static bool is_used(const hz_checker *checker, const hz_table *table)
{
    const hz_plan_model *rules = checker->plan->rules;
    for (uint32_t k = 0; k < table->output_count; k++) {
        uint32_t symbol = hz_map_find(&rules->symbol_map, rules->outputs.at[table->first_output + k].name);
        if (symbol != HZ_MAP_NONE && checker->plan->symbols[symbol].used) return true;
    }
    return false;
}

void hz_check_tables_used(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    for (uint32_t i = 0; i < rules->tables.count; i++) {
        const hz_table *table = &rules->tables.at[i];
        if (!is_used(checker, table)) hz_warn(checker->diags, HZ_E_UNUSED, table->name_span, "nothing uses the table `%.*s`", HZ_ARG(table->name));
    }
}

void hz_check_table_names(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    for (uint32_t i = 0; i < rules->tables.count; i++) {
        const hz_table *table = &rules->tables.at[i];
        uint32_t symbol = hz_map_find(&rules->symbol_map, table->name);
        if (symbol == HZ_MAP_NONE) continue;
        const hz_symbol *other = &rules->symbols.at[symbol];
        if (other->kind == HZ_SYMBOL_OUTPUT && rules->outputs.at[other->index].table == i) continue;
        hz_diag *diag = hz_error(checker->diags, HZ_E_DUPLICATE_NAME, table->name_span, "`%.*s` names two things of this plan", HZ_ARG(table->name));
        hz_diag_hint(checker->diags, diag, "a table may have the name of one of its own outputs; rename one of the two");
        hz_diag_relate(checker->diags, diag, other->span, "the other");
    }
}
