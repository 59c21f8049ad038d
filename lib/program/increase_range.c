/* increase_range.c - ranges of expressions on one side of a test of the input that rises: whether the branches of an `if`
 * are in order at its edge, and whether there is anything yet for a cap to cut. Called by increase.c.
 */
#include "program/increase.h"

#include "value/number_type.h"

#define STEPS_MOST 2000u

/* The input in part of its range. */
typedef struct side {
    const hz_rise *rise;
    hz_type input;
    uint32_t steps;
} side;

static hz_type range_of(side *s, const hz_ast *ast);

static bool is_number(const hz_ast *ast)
{
    return ast->type.kind == HZ_KIND_NUMBER;
}

static hz_type range_of_history(side *s, const hz_history *history, const hz_type *otherwise)
{
    hz_type range = *otherwise;
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_ast *formula = history->entries.at[i].formula;
        if (formula == NULL || !is_number(formula)) return *otherwise;
        hz_type each = range_of(s, formula);
        if (i == 0) range = each;
        else hz_number_either(&range, &each, &range);
    }
    return range;
}

static bool is_capped(const hz_plan_model *rules, hz_str name)
{
    for (uint32_t i = 0; i < rules->caps.count; i++)
        if (rules->caps.at[i].over.count == 1 && hz_str_eq(rules->caps.at[i].over.at[0].name, name)) return true;
    return false;
}

static hz_type range_of_name(side *s, const hz_ast *ast)
{
    const hz_plan_model *rules = s->rise->checker->plan->rules;
    const hz_symbol *symbol = &rules->symbols.at[ast->symbol];
    if (ast->symbol == s->rise->symbol) return s->input;
    if (symbol->kind != HZ_SYMBOL_VALUE || is_capped(rules, symbol->name)) return ast->type;
    return range_of_history(s, &rules->values.at[symbol->index].history, &ast->type);
}

static hz_type range_of(side *s, const hz_ast *ast)
{
    hz_type a, b, out = ast->type;
    if (!is_number(ast) || s->steps++ > STEPS_MOST) return out;
    if (ast->op == HZ_AST_NAME) return range_of_name(s, ast);
    bool call = ast->op == HZ_AST_CALL && (ast->builtin == HZ_FN_MIN || ast->builtin == HZ_FN_MAX) && ast->children > 0;
    bool two = ast->op == HZ_AST_ADD || ast->op == HZ_AST_SUB || ast->op == HZ_AST_MUL;
    for (uint32_t i = 0; i < ast->children && (call || two); i++)
        if (!is_number(ast->child[i])) return out;
    if (two || ast->op == HZ_AST_IF) {
        a = range_of(s, ast->child[two ? 0 : 1]);
        b = range_of(s, ast->child[two ? 1 : 2]);
        if (ast->op == HZ_AST_ADD) hz_number_add(&a, &b, &out);
        else if (ast->op == HZ_AST_SUB) hz_number_sub(&a, &b, &out);
        else if (ast->op == HZ_AST_MUL) hz_number_mul(&a, &b, &out);
        else hz_number_either(&a, &b, &out);
    } else if (call) {
        out = range_of(s, ast->child[0]);
        for (uint32_t i = 1; i < ast->children; i++) {
            b = range_of(s, ast->child[i]);
            hz_number_least(&out, &b, ast->builtin == HZ_FN_MIN, &out);
        }
    }
    return out;
}

static hz_i128 low_of(const hz_type *type, int32_t scale)
{
    return type->kind == HZ_KIND_NUMBER ? hz_number_low(type, scale) : type->lo;
}

static hz_i128 high_of(const hz_type *type, int32_t scale)
{
    return type->kind == HZ_KIND_NUMBER ? hz_number_high(type, scale) : type->hi;
}

/* What is left of the input on one side of `x < 5` or the like: high, where the test's number is reached or passed. */
static hz_type input_beside(const hz_rise *rise, const hz_ast *test, bool high)
{
    hz_type input = rise->checker->plan->symbols[rise->symbol].type;
    if (test->op < HZ_AST_LT || test->op > HZ_AST_GE) return input;
    bool left = test->child[0]->op == HZ_AST_NAME && test->child[0]->symbol == rise->symbol;
    bool right = test->child[1]->op == HZ_AST_NAME && test->child[1]->symbol == rise->symbol;
    if (left == right) return input;
    const hz_type *edge = &test->child[left ? 1 : 0]->type;
    if (edge->kind != input.kind) return input;
    hz_i128 lo = low_of(edge, input.scale), hi = high_of(edge, input.scale);
    if (high && lo > input.lo) input.lo = lo < input.hi ? lo : input.hi;
    if (!high && hi < input.hi) input.hi = hi > input.lo ? hi : input.lo;
    return input;
}

bool hz_branches_ordered(hz_rise *rise, const hz_ast *condition, const hz_ast *yes, const hz_ast *no, bool at_most)
{
    side before = {.rise = rise, .input = input_beside(rise, condition, false)}, after = {.rise = rise, .input = input_beside(rise, condition, true)};
    hz_type a = range_of(&before, no), b = range_of(&after, yes);
    if (a.kind == HZ_KIND_BOOLEAN && b.kind == HZ_KIND_BOOLEAN) return at_most ? a.hi <= b.lo : a.lo >= b.hi;
    if (a.kind != HZ_KIND_NUMBER || b.kind != HZ_KIND_NUMBER || !hz_number_bounded(&a) || !hz_number_bounded(&b)) return false;
    int32_t scale = a.scale > b.scale ? a.scale : b.scale;
    return at_most ? hz_number_high(&a, scale) <= hz_number_low(&b, scale) : hz_number_low(&a, scale) >= hz_number_high(&b, scale);
}

bool hz_is_nothing_before(hz_rise *rise, const hz_ast *condition, const hz_history *history)
{
    const hz_type none = {.kind = HZ_KIND_NULL};
    side before = {.rise = rise, .input = input_beside(rise, condition, false)};
    hz_type range = range_of_history(&before, history, &none);
    return range.kind == HZ_KIND_NUMBER && range.hi <= 0;
}
