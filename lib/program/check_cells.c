/* check_cells.c - cells of decision tables: words and tests by the type of their column, made into conditions on the
 * column's name. Called by check_tables.c.
 *
 *     member_class: ordinary             member_class = "ordinary"
 *     member_class: [ordinary, model]    member_class in ("ordinary", "model")
 *     stay_number: '>= 2'                stay_number >= 2
 *     stay_number: '[1..3], 7'           stay_number in ([1..3], 7)
 *     icd10: 'C50(\.\d+)?'               HZ_AST_PATTERN of icd10; [C50, C51]: of both patterns
 *
 * The patterns of a column are matched together, in sets of HZ_MATCH_BITS cells; equal cells are one.
 */
#include "program/check_plan.h"

#include "feel/parse.h"
#include "source/suggest.h"
#include "value/date.h"

typedef hz_table_column column;

static hz_ast *leaf(column *c, hz_ast_op op, hz_str text, hz_span span)
{
    hz_ast *ast = HZ_NEW(c->checker->arena, hz_ast);
    ast->op = (uint8_t)op;
    ast->text = text;
    ast->span = ast->at = span;
    return ast;
}

static hz_ast *branch(column *c, hz_ast_op op, hz_span span, uint32_t children)
{
    hz_ast *ast = leaf(c, op, HZ_STR(""), span);
    ast->child = HZ_NEW_MANY(c->checker->arena, hz_ast *, children);
    ast->children = children;
    return ast;
}

/* ---- Codes and booleans ---- */

static bool refuse_code(column *c, hz_str text, hz_span span)
{
    hz_diags *diags = c->checker->diags;
    const hz_codes *codes = c->type.codes;
    hz_suggest suggest;
    hz_suggest_begin(&suggest, text);
    for (uint32_t i = 0; i < codes->count; i++) hz_suggest_offer(&suggest, codes->at[i].id);
    hz_diag *diag = hz_error(diags, HZ_E_UNKNOWN_CODE, span, "`%.*s` is none of the codes of `%.*s`", HZ_ARG(text), HZ_ARG(c->name->name));
    hz_str inner = text.len > 2 ? hz_str_part(text, 1, text.len - 1) : text;
    if (text.at[0] == '"' && hz_codes_find(codes, inner) >= 0) hz_diag_hint(diags, diag, "write the bare word %.*s", HZ_ARG(inner));
    else if (memchr(text.at, ',', text.len) != NULL) hz_diag_hint(diags, diag, "several codes are a list: [first, second]");
    else if (suggest.best.at != NULL) hz_diag_hint(diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(diags, diag, "a cell of a code is a bare word, or a list of them");
    return false;
}

static hz_ast *of_word(column *c, const hz_cell_word *word)
{
    hz_str text = hz_str_trim(word->text);
    if (hz_str_is(text, "null")) return leaf(c, HZ_AST_NULL, text, word->span);
    if (c->type.kind == HZ_KIND_CODE)
        return hz_codes_find(c->type.codes, text) >= 0 || refuse_code(c, text, word->span) ? leaf(c, HZ_AST_STRING, text, word->span) : NULL;
    hz_ast *truth = leaf(c, HZ_AST_BOOLEAN, text, word->span);
    truth->truth = hz_str_is(text, "true");
    if (truth->truth || hz_str_is(text, "false")) return truth;
    hz_diag *diag = hz_error(c->checker->diags, HZ_E_BOOLEAN, word->span, "`%.*s` is neither true nor false, which a cell of `%.*s` needs",
                             HZ_ARG(text), HZ_ARG(c->name->name));
    hz_diag_hint(c->checker->diags, diag, "write `true` or `false` in small letters, or leave the cell out for both");
    return NULL;
}

static hz_ast *of_words(column *c, const hz_table_cell *cell)
{
    uint32_t count = cell->words.count;
    hz_ast *test = branch(c, count == 1 ? HZ_AST_EQ : HZ_AST_IN, cell->span, count + 1);
    bool good = true;
    test->child[0] = leaf(c, HZ_AST_NAME, c->name->name, cell->span);
    for (uint32_t i = 0; i < count; i++) {
        test->child[i + 1] = of_word(c, &cell->words.at[i]);
        good = good && test->child[i + 1] != NULL;
    }
    return good ? test : NULL;
}

/* ---- Numbers and dates ---- */

static bool refuse_list(column *c, const hz_table_cell *cell)
{
    bool range = false;
    for (uint32_t i = 0; i < cell->words.count; i++)
        for (size_t k = 0; k + 1 < cell->words.at[i].text.len; k++) range = range || memcmp(cell->words.at[i].text.at + k, "..", 2) == 0;
    hz_diag *diag = hz_error(c->checker->diags, HZ_E_CELL, cell->span, "a cell of `%.*s` is a test, and this is a list to YAML", HZ_ARG(c->name->name));
    hz_diag_hint(c->checker->diags, diag, range ? "put the range in single quotes: '[1..3]'" : "put several tests in single quotes, with commas: '1, 3, >= 7'");
    return false;
}

/* The column's name in place of every ?. */
static void name_questions(column *c, hz_ast *ast)
{
    if (ast->op == HZ_AST_QUESTION) {
        ast->op = HZ_AST_NAME;
        ast->text = c->name->name;
    }
    for (uint32_t i = 0; i < ast->children; i++) name_questions(c, ast->child[i]);
}

/* A shared table knows no name of a plan. */
static bool refuse_names(column *c, const hz_ast *ast)
{
    bool refused = false;
    if (ast->op == HZ_AST_NAME) {
        hz_diag *diag = hz_error(c->checker->diags, HZ_E_CONTEXT, ast->span, "a shared table cannot read `%.*s`, a name of a plan", HZ_ARG(ast->text));
        hz_diag_hint(c->checker->diags, diag, "write a constant, or make it an input of the table");
        return true;
    }
    for (uint32_t i = 0; i < ast->children; i++) refused = refuse_names(c, ast->child[i]) || refused;
    return refused;
}

/* A single test as the comparison that it is. */
static hz_ast *plain(column *c, hz_ast *test)
{
    if (test->op != HZ_AST_IN || test->children != 2) return test;
    const hz_ast *only = test->child[1];
    if (only->op == HZ_AST_RANGE || only->op == HZ_AST_LIST) return test;
    hz_ast *out = branch(c, only->op == HZ_AST_TEST ? (hz_ast_op)only->compare : HZ_AST_EQ, test->span, 2);
    out->child[0] = test->child[0];
    out->child[1] = only->op == HZ_AST_TEST ? only->child[0] : test->child[1];
    return out;
}

static hz_ast *of_tests(column *c, const hz_table_cell *cell)
{
    const hz_cell_word *word = &cell->words.at[0];
    hz_str text = hz_str_trim(word->text);
    int32_t day;
    if (cell->listed && !refuse_list(c, cell)) return NULL;
    if (c->type.kind == HZ_KIND_DATE && hz_date_parse(text, &day)) {
        hz_ast *test = branch(c, HZ_AST_EQ, word->span, 2);
        test->child[0] = leaf(c, HZ_AST_NAME, c->name->name, word->span);
        test->child[1] = leaf(c, HZ_AST_AT, text, word->span);
        return test;
    }
    hz_ast *test = hz_feel_parse_tests(c->checker->arena, c->checker->diags, (hz_feel_text){word->text, word->span, word->offsets}, NULL);
    if (test->op == HZ_AST_ERROR) return NULL;
    if (c->table->shared.len > 0 && refuse_names(c, test)) return NULL;
    name_questions(c, test);
    return plain(c, test);
}

/* ---- Texts ---- */

#define PATTERNS_MOST 2000 /* of one set */

const hz_pattern *hz_check_cell_pattern(hz_table_column *c, const hz_cell_word *word)
{
    hz_pattern_fault fault = {0};
    hz_str text = hz_str_trim(word->text);
    const hz_pattern *pattern = hz_pattern_read(c->checker->arena, text, HZ_STR(""), &fault);
    if (pattern != NULL) return pattern;
    size_t shift = (size_t)(text.at - word->text.at);
    hz_span span = hz_feel_span(&(hz_feel_text){word->text, word->span, word->offsets}, (uint32_t)(shift + fault.begin), (uint32_t)(shift + fault.end));
    hz_diag *diag = hz_error(c->checker->diags, fault.unsupported ? HZ_E_UNSUPPORTED : HZ_E_PATTERN, span, "%.*s", HZ_ARG(fault.message));
    if (fault.hint.len > 0) hz_diag_hint(c->checker->diags, diag, "%.*s", HZ_ARG(fault.hint));
    return NULL;
}

/* A set with a bit left and room for more patterns. */
static hz_patterns *room_for(column *c, uint32_t count)
{
    hz_arena *arena = c->checker->arena;
    if (c->patterns != NULL && c->bits < HZ_MATCH_BITS && c->patterns->count + count <= PATTERNS_MOST) return c->patterns;
    c->patterns = HZ_NEW(arena, hz_patterns);
    uint32_t room = count > PATTERNS_MOST ? count : PATTERNS_MOST;
    c->patterns->at = HZ_NEW_MANY(arena, const hz_pattern *, room);
    c->patterns->bit = HZ_NEW_MANY(arena, uint8_t, room);
    c->bits = 0;
    return c->patterns;
}

/* The bit of a cell that is one pattern, where an earlier one is the same; HZ_MATCH_BITS: none is. */
static uint32_t bit_of(const column *c, const hz_table_cell *cell)
{
    const hz_patterns *set = c->patterns;
    uint32_t alone[HZ_MATCH_BITS] = {0};
    if (set == NULL || cell->words.count != 1) return HZ_MATCH_BITS;
    for (uint32_t i = 0; i < set->count; i++) alone[set->bit[i]]++;
    for (uint32_t i = 0; i < set->count; i++)
        if (alone[set->bit[i]] == 1 && hz_str_eq(set->at[i]->text, hz_str_trim(cell->words.at[0].text))) return set->bit[i];
    return HZ_MATCH_BITS;
}

static hz_ast *refuse_null(column *c, const hz_cell_word *word)
{
    hz_diag *diag = hz_error(c->checker->diags, HZ_E_CELL, word->span, "`null` stands beside patterns in a cell of `%.*s`", HZ_ARG(c->name->name));
    hz_diag_hint(c->checker->diags, diag, "give what is absent a row of its own; for the text itself write [n]ull");
    return NULL;
}

/* "C50, C51" as it is shown. */
static hz_str shown(column *c, const hz_table_cell *cell)
{
    hz_str text = hz_str_trim(cell->words.at[0].text);
    for (uint32_t i = 1; i < cell->words.count; i++)
        text = hz_arena_printf(c->checker->arena, "%.*s, %.*s", HZ_ARG(text), HZ_ARG(hz_str_trim(cell->words.at[i].text)));
    return text;
}

static hz_ast *of_patterns(column *c, const hz_table_cell *cell)
{
    uint32_t count = cell->words.count;
    if (count == 1 && hz_str_is(hz_str_trim(cell->words.at[0].text), "null")) return of_words(c, cell);
    hz_ast *test = branch(c, HZ_AST_PATTERN, cell->span, 1);
    test->text = shown(c, cell);
    test->child[0] = leaf(c, HZ_AST_NAME, c->name->name, cell->span);
    uint32_t known = bit_of(c, cell);
    hz_patterns *set = known < HZ_MATCH_BITS ? c->patterns : room_for(c, count);
    test->patterns = set;
    test->bit = (uint8_t)(known < HZ_MATCH_BITS ? known : c->bits++);
    for (uint32_t i = 0; i < count && known == HZ_MATCH_BITS; i++) {
        if (hz_str_is(hz_str_trim(cell->words.at[i].text), "null")) return refuse_null(c, &cell->words.at[i]);
        const hz_pattern *pattern = hz_check_cell_pattern(c, &cell->words.at[i]);
        if (pattern == NULL) return NULL;
        set->at[set->count] = pattern;
        set->bit[set->count++] = test->bit;
    }
    return test;
}

/* ---- All ---- */

/* A test that is null does not hold: the row then fails on this column, whatever else is not given. */
static hz_ast *never_null(column *c, hz_ast *test)
{
    if ((test->type.absent & HZ_MAY_NULL) == 0) return test;
    hz_ast *choice = branch(c, HZ_AST_IF, test->span, 3);
    choice->child[0] = test;
    choice->child[1] = leaf(c, HZ_AST_BOOLEAN, HZ_STR("true"), test->span);
    choice->child[1]->truth = true;
    choice->child[2] = leaf(c, HZ_AST_BOOLEAN, HZ_STR("false"), test->span);
    return choice;
}

/* `null` in a shared table, where the plan's name always has a value: the row never matches. */
static bool never_matches(const column *c, const hz_table_cell *cell)
{
    bool null = cell->words.count == 1 && hz_str_is(hz_str_trim(cell->words.at[0].text), "null");
    return null && c->table->shared.len > 0 && (c->type.absent & HZ_MAY_NULL) == 0;
}

bool hz_check_cell(hz_table_column *c, hz_table_cell *cell)
{
    static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
    if (cell->words.count == 0) return true;
    bool words = c->type.kind == HZ_KIND_CODE || c->type.kind == HZ_KIND_BOOLEAN;
    if (never_matches(c, cell)) {
        cell->test = leaf(c, HZ_AST_BOOLEAN, HZ_STR("false"), cell->span);
        return true;
    }
    hz_ast *test = words ? of_words(c, cell) : c->type.kind == HZ_KIND_STRING ? of_patterns(c, cell) : of_tests(c, cell);
    if (test == NULL || !hz_feel_check(&c->checker->env, test, &boolean)) return false;
    cell->test = never_null(c, test);
    return true;
}
