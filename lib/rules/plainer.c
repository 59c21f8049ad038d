/* plainer.c - expressions that are right and hardly meant, or plainer another way: warnings for their authors.
 *
 * By the tree alone, before types are known. Called by formula.c for every expression of a rule file.
 */
#include "rules/reader.h"

#define CHAIN_LEAST 3 /* conditions one behind the other that are better a table */

static void warn(hz_reader *reader, const hz_ast *ast, const char *message, const char *hint)
{
    hz_diag_hint(reader->diags, hz_warn(reader->diags, HZ_E_PLAINER, ast->span, "%s", message), "%s", hint);
}

static bool is_call(const hz_ast *ast, const char *name)
{
    return ast->op == HZ_AST_CALL && hz_str_is(ast->text, name);
}

/* duration("P1D"), @"P1D", and the same in hours. */
static bool is_one_day(const hz_ast *ast)
{
    bool call = is_call(ast, "duration") && ast->children == 1 && ast->child[0]->op == HZ_AST_STRING;
    hz_str text = call ? ast->child[0]->text : ast->op == HZ_AST_AT ? ast->text : HZ_STR("");
    return hz_str_is(text, "P1D") || hz_str_is(text, "PT24H");
}

/* `7,200` among arguments: two numbers that touch, the second of three digits. */
static bool is_split_number(const hz_ast *a, const hz_ast *b)
{
    return a->op == HZ_AST_NUMBER && b->op == HZ_AST_NUMBER && a->span.end + 1 == b->span.begin && a->span.end - a->span.begin <= 3 &&
           b->span.end - b->span.begin == 3;
}

static void look_at(hz_reader *reader, const hz_ast *ast)
{
    if (ast->op == HZ_AST_DIV && is_one_day(ast->child[1]))
        warn(reader, ast, "a duration divided by a day is its number of days", "write (b - a).days");
    if (is_call(ast, "decimal") && ast->children == 2 && ast->child[1]->op == HZ_AST_NUMBER)
        warn(reader, ast, "`decimal` rounds halves to the even digit: 0.125 to 0.12",
             "declare the rounding of amounts, round: {to: 0.01, mode: half up}; `round half up(n, 2)` rounds another value");
    for (uint32_t i = 1; (ast->op == HZ_AST_CALL || ast->op == HZ_AST_LIST) && i < ast->children; i++)
        if (is_split_number(ast->child[i - 1], ast->child[i]))
            warn(reader, ast->child[i], "a comma parts two numbers here", "write a number without thousands separators; with a space behind the comma they are two");
}

static void warn_of_chain(hz_reader *reader, const hz_ast *ast)
{
    uint32_t length = 1;
    for (const hz_ast *rest = ast->child[2]; rest->op == HZ_AST_IF; rest = rest->child[2]) length++;
    if (length >= CHAIN_LEAST)
        warn(reader, ast, "a chain of `else if` is a table written in words", "a decision table below `tables` shows its cases, and is checked for gaps and overlaps");
}

static void visit(hz_reader *reader, const hz_ast *ast, bool in_chain)
{
    if (ast->op == HZ_AST_IF && !in_chain) warn_of_chain(reader, ast);
    look_at(reader, ast);
    for (uint32_t i = 0; i < ast->children; i++) visit(reader, ast->child[i], ast->op == HZ_AST_IF && i == 2);
}

void hz_warn_of_formula(hz_reader *reader, const hz_ast *ast)
{
    visit(reader, ast, false);
}
