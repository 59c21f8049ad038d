/* increase.c - the direction of expressions: see increase.h. Names are increase_name.c's, ranges increase_range.c's. */
#include "program/increase.h"

static const hz_way still = {.direction = HZ_STILL};

hz_way hz_way_open(hz_span at, const char *why)
{
    return (hz_way){HZ_OPEN, at, why};
}

hz_way hz_way_joined(hz_way a, hz_way b, hz_span at)
{
    if (a.direction == HZ_OPEN || b.direction == HZ_STILL) return a;
    if (b.direction == HZ_OPEN || a.direction == HZ_STILL) return b;
    return a.direction == b.direction ? a : hz_way_open(at, "one part of this rises and another falls");
}

hz_way hz_way_turned(hz_way a, hz_span at)
{
    if (a.direction == HZ_RISES) return (hz_way){HZ_FALLS, at, "this falls then"};
    if (a.direction == HZ_FALLS) return (hz_way){.direction = HZ_RISES};
    return a;
}

hz_way hz_way_signed(hz_way a, const hz_type *sign, hz_span at)
{
    if (a.direction == HZ_STILL || sign->lo >= 0) return a;
    if (sign->hi <= 0) return hz_way_turned(a, at);
    return a.direction == HZ_OPEN ? a : hz_way_open(at, "this may be negative, and turns the direction then");
}

/* The ways of all children together. */
static hz_way all_of(hz_rise *rise, const hz_ast *ast)
{
    hz_way way = still;
    for (uint32_t i = 0; i < ast->children; i++) way = hz_way_joined(way, hz_way_of(rise, ast->child[i]), ast->at);
    return way;
}

/* What nothing is known of, unless it hangs on nothing that moves. */
static hz_way none_moves(hz_rise *rise, const hz_ast *ast, const char *why)
{
    for (uint32_t i = 0; i < ast->children; i++)
        if (hz_way_of(rise, ast->child[i]).direction != HZ_STILL) return hz_way_open(ast->span, why);
    return still;
}

/* ---- Arithmetic ---- */

static hz_way product(hz_rise *rise, const hz_ast *ast)
{
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    hz_way a = hz_way_of(rise, x), b = hz_way_of(rise, y);
    if (b.direction == HZ_STILL) return hz_way_signed(a, &y->type, y->span);
    if (a.direction == HZ_STILL) return hz_way_signed(b, &x->type, x->span);
    hz_way both = hz_way_joined(a, b, ast->at);
    bool positive = x->type.lo >= 0 && y->type.lo >= 0;
    return both.direction == HZ_OPEN || positive ? both : hz_way_open(ast->at, "both sides move, and one may be negative");
}

static hz_way quotient(hz_rise *rise, const hz_ast *ast)
{
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    hz_way a = hz_way_of(rise, x), b = hz_way_of(rise, y);
    if (b.direction == HZ_STILL) return hz_way_signed(a, &y->type, y->span);
    if (x->type.lo < 0 || y->type.lo < 0) return b.direction == HZ_OPEN ? b : hz_way_open(ast->at, "the divisor moves, and one side may be negative");
    return hz_way_joined(a, hz_way_turned(b, y->span), ast->at);
}

static hz_way difference(hz_rise *rise, const hz_ast *ast)
{
    const hz_ast *y = ast->child[1];
    return hz_way_joined(hz_way_of(rise, ast->child[0]), hz_way_turned(hz_way_of(rise, y), y->span), ast->at);
}

static hz_way power(hz_rise *rise, const hz_ast *ast)
{
    const hz_ast *x = ast->child[0], *n = ast->child[1];
    if (hz_way_of(rise, n).direction == HZ_STILL && n->type.lo >= 0 && x->type.lo >= 0) return hz_way_of(rise, x);
    return none_moves(rise, ast, "a power of what moves");
}

/* ---- Tests and choices ---- */

/* What is true or false whatever the input, which is given. */
static bool decided(hz_rise *rise, const hz_ast *ast, hz_can *can)
{
    rise->checker->env.facts.work = rise->checker->env.facts.depth = 0;
    *can = hz_facts_value(&rise->checker->env.facts, ast);
    return ast->type.kind == HZ_KIND_BOOLEAN && hz_can_one(*can);
}

static hz_way comparison(hz_rise *rise, const hz_ast *ast)
{
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    hz_way a = hz_way_of(rise, x), b = hz_way_of(rise, y);
    bool less = ast->op == HZ_AST_LT || ast->op == HZ_AST_LE;
    return less ? hz_way_joined(hz_way_turned(a, ast->span), b, ast->at) : hz_way_joined(a, hz_way_turned(b, ast->span), ast->at);
}

static hz_way choice(hz_rise *rise, const hz_ast *ast)
{
    const hz_ast *yes = ast->child[1], *no = ast->child[2];
    hz_can can;
    if (decided(rise, ast->child[0], &can)) return hz_way_of(rise, (can.values & HZ_CAN_TRUE.values) != 0 ? yes : no);
    hz_way condition = hz_way_of(rise, ast->child[0]);
    hz_way both = hz_way_joined(hz_way_of(rise, yes), hz_way_of(rise, no), ast->at);
    if (condition.direction == HZ_OPEN || condition.direction == HZ_STILL || both.direction == HZ_OPEN) return condition.direction == HZ_OPEN ? condition : both;
    if (((yes->type.absent | no->type.absent) & HZ_MAY_NULL) != 0) return hz_way_open(ast->span, "one branch may be null where it is taken");
    const hz_ast *first = condition.direction == HZ_RISES ? no : yes;
    const hz_ast *second = condition.direction == HZ_RISES ? yes : no;
    if (both.direction != HZ_FALLS && hz_branches_ordered(rise, ast->child[0], second, first, true)) return (hz_way){.direction = HZ_RISES};
    if (both.direction != HZ_RISES && hz_branches_ordered(rise, ast->child[0], second, first, false)) return (hz_way){HZ_FALLS, ast->span, "this falls where the other branch is taken"};
    return hz_way_open(ast->span, "what the other branch gives may be less where it is taken");
}

static hz_way table(hz_rise *rise, const hz_ast *ast)
{
    hz_way way = still;
    for (uint32_t i = 0; i < ast->children; i++) {
        bool match = ast->rows != NULL ? i < ast->rows->columns : i % 2 == 0 && i + 1 < ast->children;
        hz_way each = hz_way_of(rise, ast->child[i]);
        if (match && each.direction != HZ_STILL) return hz_way_open(ast->child[i]->span, "the row that counts hangs on it");
        way = hz_way_joined(way, each, ast->at);
    }
    return way;
}

/* ---- Functions ---- */

static hz_way call(hz_rise *rise, const hz_ast *ast)
{
    const hz_ast *x = ast->children > 0 ? ast->child[0] : NULL;
    switch (ast->builtin) {
    case HZ_FN_MIN: case HZ_FN_MAX:
        for (uint32_t i = 0; i < ast->children; i++)
            if (ast->child[i]->type.kind == HZ_KIND_LIST) return none_moves(rise, ast, "a list of what moves");
        return all_of(rise, ast);
    case HZ_FN_FLOOR: case HZ_FN_CEILING: case HZ_FN_DECIMAL: case HZ_FN_ROUND_UP: case HZ_FN_ROUND_DOWN: case HZ_FN_ROUND_HALF_UP:
    case HZ_FN_ROUND_HALF_DOWN:
        if (ast->children > 1 && hz_way_of(rise, ast->child[1]).direction != HZ_STILL) return hz_way_open(ast->child[1]->span, "the number of decimals moves");
        return hz_way_of(rise, x);
    case HZ_FN_ABS: return hz_way_signed(hz_way_of(rise, x), &x->type, ast->span);
    case HZ_FN_NOT: return hz_way_turned(hz_way_of(rise, x), ast->span);
    case HZ_FN_MONTHS_DURATION:
        return hz_way_joined(hz_way_turned(hz_way_of(rise, x), x->span), hz_way_of(rise, ast->child[1]), ast->at);
    default: return none_moves(rise, ast, "nothing is known of this function");
    }
}

static hz_way property(hz_rise *rise, const hz_ast *ast)
{
    const hz_type *of = &ast->child[0]->type;
    bool days = of->kind == HZ_KIND_DAYS && hz_str_is(ast->text, "days");
    bool years = (of->kind == HZ_KIND_DATE || of->kind == HZ_KIND_MONTHS) && (hz_str_is(ast->text, "years") || hz_str_is(ast->text, "year"));
    return days || years ? hz_way_of(rise, ast->child[0]) : none_moves(rise, ast, "this begins again and again");
}

hz_way hz_way_of(hz_rise *rise, const hz_ast *ast)
{
    hz_can can;
    switch (ast->op) {
    case HZ_AST_NUMBER: case HZ_AST_STRING: case HZ_AST_BOOLEAN: case HZ_AST_NULL: case HZ_AST_AT: return still;
    case HZ_AST_NAME: return hz_way_of_symbol(rise, ast->symbol);
    case HZ_AST_NEGATE: return hz_way_turned(hz_way_of(rise, ast->child[0]), ast->span);
    case HZ_AST_ADD: return ast->type.kind == HZ_KIND_STRING ? none_moves(rise, ast, "a text of what moves") : all_of(rise, ast);
    case HZ_AST_SUB: return difference(rise, ast);
    case HZ_AST_MUL: return product(rise, ast);
    case HZ_AST_DIV: return quotient(rise, ast);
    case HZ_AST_POW: return power(rise, ast);
    case HZ_AST_LT: case HZ_AST_LE: case HZ_AST_GT: case HZ_AST_GE: return comparison(rise, ast);
    case HZ_AST_AND: case HZ_AST_OR: return decided(rise, ast, &can) ? still : all_of(rise, ast);
    case HZ_AST_IF: return choice(rise, ast);
    case HZ_AST_TABLE: return table(rise, ast);
    case HZ_AST_CALL: return call(rise, ast);
    case HZ_AST_PROPERTY: return property(rise, ast);
    default: return decided(rise, ast, &can) ? still : none_moves(rise, ast, "this test may hold, and then no longer");
    }
}

hz_way hz_increase_of_benefit(hz_rise *rise, const hz_benefit *benefit)
{
    hz_way amount = hz_way_of_history(rise, &benefit->amount);
    if (benefit->when == NULL || amount.direction == HZ_OPEN) return amount;
    hz_way asked = hz_way_of(rise, benefit->when);
    if (asked.direction == HZ_RISES && benefit->may_be_negative) return hz_way_open(benefit->when->span, "it begins to be asked for, and may be negative");
    if (asked.direction == HZ_FALLS) return (hz_way){HZ_FALLS, benefit->when->span, "it is no longer asked for then"};
    return hz_way_joined(amount, asked, benefit->when->span);
}
