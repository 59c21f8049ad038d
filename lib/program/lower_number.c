/* lower_number.c - rounding and abs to DAG nodes. Called through lower_call.c. */
#include "program/lower_call.h"

static hz_rounding rounding_of(uint32_t builtin)
{
    switch (builtin) {
    case HZ_FN_FLOOR: return HZ_ROUND_FLOOR;
    case HZ_FN_CEILING: return HZ_ROUND_CEILING;
    case HZ_FN_ROUND_UP: return HZ_ROUND_UP;
    case HZ_FN_ROUND_DOWN: return HZ_ROUND_DOWN;
    case HZ_FN_ROUND_HALF_UP: return HZ_ROUND_HALF_UP;
    case HZ_FN_ROUND_HALF_DOWN: return HZ_ROUND_HALF_DOWN;
    default: return HZ_ROUND_HALF_EVEN;
    }
}

/* A quotient and its rounding at once: a * 10^places / b. */
static hz_regs rounded_quotient(hz_lower *lower, const hz_ast *quotient, int32_t scale, hz_rounding mode)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *x = quotient->child[0], *y = quotient->child[1];
    hz_regs a = hz_lower_expression(lower, x), b = hz_lower_expression(lower, y);
    int64_t power = (int64_t)hz_power10(scale - x->type.scale + y->type.scale);
    hz_regs out = hz_strict(dag, hz_dag_op(dag, HZ_OP_DIV, a.value, b.value, 0, power, mode), a, b);
    if (y->type.lo <= 0 && y->type.hi >= 0) out = hz_raise(dag, out, hz_dag_eq(dag, b.value, hz_dag_i64(dag, 0)));
    hz_lower_record(lower, quotient, out);
    return out;
}

hz_regs hz_lower_fn_rounding(hz_lower *lower, const hz_ast *ast)
{
    const hz_ast *n = ast->child[0];
    int64_t to = 0;
    if (ast->children > 1) hz_ast_whole_literal(ast->child[1], &to);
    hz_rounding mode = rounding_of(ast->builtin);
    if (n->op == HZ_AST_DIV) return rounded_quotient(lower, n, ast->type.scale, mode);
    hz_regs out = hz_lower_expression(lower, n);
    if (to >= n->type.scale) return out;
    out.value = hz_dag_div_k(&lower->dag, out.value, (int64_t)hz_power10(n->type.scale - (int32_t)to), mode);
    if (to < 0) out.value = hz_dag_mul_k(&lower->dag, out.value, (int64_t)hz_power10((int32_t)-to));
    return out;
}

hz_regs hz_lower_fn_abs(hz_lower *lower, const hz_ast *ast)
{
    hz_regs a = hz_lower_expression(lower, ast->child[0]);
    if (ast->child[0]->type.lo < 0) a.value = hz_dag_op(&lower->dag, HZ_OP_ABS, a.value, 0, 0, 0, HZ_ROUND_UP);
    return a;
}
