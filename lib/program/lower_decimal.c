/* lower_decimal.c - arithmetic of numbers with numbers to DAG nodes, on the path that the checker chose; and values from
 * one path to the other. Called by lower.c, which has durations and dates.
 */
#include "program/lower_call.h"
#include "program/narrow.h"

#include "value/number_type.h"

static const hz_type wide_number = {.kind = HZ_KIND_NUMBER, .wide = true};

hz_ref hz_lower_rescale(hz_lower *lower, hz_ref value, int32_t from, int32_t to)
{
    return to > from ? hz_dag_mul_k(&lower->dag, value, (int64_t)hz_power10(to - from)) : value;
}

hz_ref hz_lower_convert(hz_lower *lower, hz_ref value, const hz_type *from, const hz_type *to)
{
    hz_dag *dag = &lower->dag;
    if (!hz_type_scaled(from)) return value;
    if (to->wide) return from->wide ? value : hz_dag_to_wide(dag, value, from->scale);
    if (from->wide) return hz_narrow_round(lower, value, to->scale, HZ_ROUND_DOWN); /* it has no more decimals */
    return hz_lower_rescale(lower, value, from->scale, to->scale);
}

hz_regs hz_lower_at(hz_lower *lower, const hz_ast *ast, const hz_type *type)
{
    if (ast->type.kind == HZ_KIND_NULL) return hz_lower_null(lower, type);
    hz_regs out = hz_lower_expression(lower, ast);
    out.value = hz_lower_convert(lower, out.value, &ast->type, type);
    return out;
}

hz_regs hz_lower_raise(hz_lower *lower, const hz_type *type, hz_regs out)
{
    bool may_err = type->wide && (type->absent & HZ_MAY_ERR) != 0;
    return may_err ? hz_raise(&lower->dag, out, hz_narrow_no_number(lower, out.value)) : out;
}

/* ---- Quotients ---- */

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

hz_regs hz_lower_exact_quotient(hz_lower *lower, const hz_ast *ast)
{
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    hz_regs a = hz_lower_expression(lower, x);
    hz_lower_expression(lower, y);
    int64_t divisor = (int64_t)y->type.lo;
    int64_t power = (int64_t)hz_power10(ast->type.scale - x->type.scale + y->type.scale);
    int64_t shared = common_divisor(power, divisor);
    if (divisor < 0) shared = -shared;
    a.value = hz_dag_div_k(&lower->dag, a.value, divisor / shared, HZ_ROUND_DOWN);
    a.value = hz_dag_mul_k(&lower->dag, a.value, power / shared);
    return a;
}

hz_regs hz_lower_wide_quotient(hz_lower *lower, const hz_ast *ast)
{
    hz_regs a = hz_lower_at(lower, ast->child[0], &wide_number), b = hz_lower_at(lower, ast->child[1], &wide_number);
    return hz_lower_raise(lower, &ast->type, hz_strict(&lower->dag, hz_dag_div_wide(&lower->dag, a.value, b.value), a, b));
}

/* ---- Powers ---- */

static hz_regs lower_power(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *x = ast->child[0], *n = ast->child[1];
    hz_regs a = hz_lower_at(lower, x, ast->type.wide ? &wide_number : &x->type), b = hz_lower_expression(lower, n);
    if (ast->type.wide) return hz_lower_raise(lower, &ast->type, hz_strict(dag, hz_dag_power_wide(dag, a.value, b.value), a, b));
    hz_ref value = hz_dag_i64(dag, 1);
    for (hz_i128 i = 0; i < n->type.lo; i++) value = hz_dag_mul(dag, value, a.value);
    return hz_strict(dag, value, a, b);
}

static hz_regs lower_product(hz_lower *lower, const hz_ast *ast)
{
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    bool wide = ast->type.wide;
    hz_regs a = hz_lower_at(lower, x, wide ? &wide_number : &x->type), b = hz_lower_at(lower, y, wide ? &wide_number : &y->type);
    return hz_strict(&lower->dag, hz_dag_mul(&lower->dag, a.value, b.value), a, b);
}

static hz_regs lower_sum(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_regs a = hz_lower_at(lower, ast->child[0], &ast->type), b = hz_lower_at(lower, ast->child[1], &ast->type);
    hz_ref value = ast->op == HZ_AST_ADD ? hz_dag_add(dag, a.value, b.value) : hz_dag_sub(dag, a.value, b.value);
    return hz_strict(dag, value, a, b);
}

hz_regs hz_lower_numbers(hz_lower *lower, const hz_ast *ast)
{
    switch (ast->op) {
    case HZ_AST_ADD: case HZ_AST_SUB: return hz_lower_raise(lower, &ast->type, lower_sum(lower, ast));
    case HZ_AST_MUL: return hz_lower_raise(lower, &ast->type, lower_product(lower, ast));
    case HZ_AST_DIV: return ast->type.wide ? hz_lower_wide_quotient(lower, ast) : hz_lower_exact_quotient(lower, ast);
    default: return lower_power(lower, ast);
    }
}

/* ---- Durations and numbers ---- */

hz_regs hz_lower_months(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    bool part = ast->op == HZ_AST_DIV, wide = x->type.wide || y->type.wide;
    if (!part && !wide && x->type.scale + y->type.scale == 0) return lower_product(lower, ast);
    hz_regs a = hz_lower_at(lower, x, &wide_number), b = hz_lower_at(lower, y, &wide_number);
    hz_ref value = part ? hz_dag_div_wide(dag, a.value, b.value) : hz_dag_mul(dag, a.value, b.value);
    hz_regs out = hz_strict(dag, hz_narrow_round(lower, value, 0, HZ_ROUND_DOWN), a, b);
    return part && hz_number_may_be_zero(&y->type) ? hz_raise(dag, out, hz_narrow_no_number(lower, value)) : out;
}
