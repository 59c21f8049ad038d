/* parse_tests.c - unary tests, as in a table's cell or an input's `range`: the second door of parse.h.
 *
 *     -            anything               true
 *     < 5, 7       tests                  ? in (< 5, 7)
 *     not(< 5)     none of them           not(? in (< 5))
 *     ? * 2 > 5    contains ?: a whole    ? * 2 > 5
 *                  condition of its own
 */
#include "feel/parse.h"

#include "feel/level.h"
#include "feel/parser.h"

/* What a cell says of its input, in the user's terms: tests, or one expression that contains ?. */
typedef struct table_cell {
    hz_asts all;       /* the ? that is tested, then the tests */
    bool has_test;     /* one is of the form < a */
    bool has_question; /* an expression names the input itself */
} table_cell;

static void read_cell(hz_parser *p, table_cell *cell)
{
    uint32_t before = p->questions;
    hz_ast *input = hz_parser_leaf(p, HZ_AST_QUESTION, hz_parser_here(p));
    *HZ_PUSH(p->lexer.arena, &cell->all) = input;
    for (;;) {
        hz_ast *item = hz_parser_test_or_expression(p);
        *HZ_PUSH(p->lexer.arena, &cell->all) = item;
        cell->has_test = cell->has_test || item->op == HZ_AST_TEST;
        if (p->questions > before && item->op != HZ_AST_TEST)
            cell->has_question = true;
        bool mixed = cell->has_question && (cell->all.count > 2 || hz_parser_at(p, HZ_TOKEN_COMMA));
        if (mixed)
            hz_parser_fail(p, "one condition, since it contains `?`", "join conditions by `or`, as in ? < 3 or ? > 7");
        if (cell->has_test && (hz_parser_at(p, HZ_TOKEN_AND) || hz_parser_at(p, HZ_TOKEN_OR)))
            hz_parser_fail(p, "`,` or the end of the test",
                           "write a range, [1..3], tests with commas, or conditions on ?, as in ? > 1 and ? < 3");
        if (!hz_parser_at(p, HZ_TOKEN_COMMA))
            return;
        hz_parser_take(p);
    }
}

static hz_ast *cell_tree(hz_parser *p, const table_cell *cell)
{
    hz_ast *first = cell->all.at[1], *last = cell->all.at[cell->all.count - 1];
    hz_span span = hz_span_join(first->span, last->span);
    cell->all.at[0]->span = cell->all.at[0]->at = span;
    return cell->has_question ? first : hz_parser_bundle(p, HZ_AST_IN, span, span, &cell->all);
}

/* not( … ): around tests; around one expression it may go on, as in not(a) and b. */
static hz_ast *negated_cell(hz_parser *p, table_cell *cell)
{
    hz_span at = hz_parser_take(p);
    hz_span open = hz_parser_take(p);
    bool outer = hz_parser_begin_brackets(p, open);
    read_cell(p, cell);
    hz_span shut = hz_parser_close(p, HZ_TOKEN_RPAREN, open, "an operator, `,` or `)`");
    hz_parser_end_brackets(p, outer);
    bool goes_on = !hz_parser_at(p, HZ_TOKEN_END) && cell->all.count == 2 && !cell->has_test;
    hz_ast *negand = goes_on ? cell->all.at[1] : cell_tree(p, cell);
    hz_asts arguments = {0};
    *HZ_PUSH(p->lexer.arena, &arguments) = negand;
    hz_ast *ast = hz_parser_bundle(p, HZ_AST_CALL, at, hz_span_join(at, shut), &arguments);
    ast->text = HZ_STR("not");
    if (!goes_on)
        return ast;
    cell->all.at[1] = hz_parser_climb(p, ast, HZ_LEVEL_IF);
    cell->has_question = p->questions > 0;
    return cell_tree(p, cell);
}

hz_ast *hz_feel_parse_tests(hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names)
{
    hz_parser p;
    hz_parser_begin(&p, arena, diags, text, names, "test");
    table_cell cell = {0};
    char next = hz_lexer_peek(&p.lexer);
    if (hz_parser_at(&p, HZ_TOKEN_MINUS) && next == '\0') {
        hz_ast *anything = hz_parser_leaf(&p, HZ_AST_BOOLEAN, hz_parser_take(&p));
        anything->truth = true;
        return hz_parser_finish(&p, hz_parser_branch(&p, HZ_AST_IN, anything->at, anything, NULL, NULL));
    }
    if (hz_parser_at(&p, HZ_TOKEN_NAME) && hz_str_is(p.lexer.now.text, "not") && next == '(')
        return hz_parser_finish(&p, negated_cell(&p, &cell));
    read_cell(&p, &cell);
    return hz_parser_finish(&p, cell_tree(&p, &cell));
}
