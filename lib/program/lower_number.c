/* lower_number.c - functions of numbers to DAG nodes. Called through lower_call.c. */
#include "program/lower_call.h"
#include "program/narrow.h"

#include "value/number_type.h"

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

/* A wide number at its decimals: back in 64 bits where they hold it. */
static hz_ref round_wide(hz_lower *lower, hz_ref value, const hz_type *to, int32_t places, hz_rounding mode)
{
    hz_dag *dag = &lower->dag;
    if (to->wide) return hz_dag_round_wide(dag, value, places, mode);
    if (places < -HZ_NARROW_SCALE) return hz_dag_i64(dag, 0); /* of such multiples 64 bits hold no other */
    value = hz_narrow_round(lower, value, places < to->scale ? places : to->scale, mode);
    return places < 0 ? hz_dag_mul_k(dag, value, (int64_t)hz_power10(-places)) : value;
}

hz_regs hz_lower_fn_rounding(hz_lower *lower, const hz_ast *ast)
{
    const hz_ast *n = ast->child[0];
    int64_t to = 0;
    if (ast->children > 1) hz_ast_whole_literal(ast->child[1], &to);
    hz_rounding mode = rounding_of(ast->builtin);
    if (n->fused) return rounded_quotient(lower, n, ast->type.scale, mode);
    hz_regs out = hz_lower_expression(lower, n);
    int64_t drop = n->type.scale - to;
    bool wide = n->type.wide || ast->type.wide || drop > HZ_NARROW_SCALE || to < -HZ_NARROW_SCALE;
    if (wide) {
        hz_ref value = hz_lower_convert(lower, out.value, &n->type, &(hz_type){.kind = HZ_KIND_NUMBER, .wide = true});
        out.value = round_wide(lower, value, &ast->type, (int32_t)to, mode);
        return hz_lower_raise(lower, &ast->type, out);
    }
    if (drop <= 0) return out;
    out.value = hz_dag_div_k(&lower->dag, out.value, (int64_t)hz_power10((int32_t)drop), mode);
    if (to < 0) out.value = hz_dag_mul_k(&lower->dag, out.value, (int64_t)hz_power10((int32_t)-to));
    return out;
}

hz_regs hz_lower_fn_abs(hz_lower *lower, const hz_ast *ast)
{
    hz_regs a = hz_lower_at(lower, ast->child[0], &ast->type);
    if (ast->child[0]->type.lo < 0) a.value = hz_dag_abs(&lower->dag, a.value);
    return a;
}

/* a - b * floor(a / b), both of one column. */
static hz_ref modulo(hz_dag *dag, hz_ref a, hz_ref b, bool wide)
{
    return wide ? hz_dag_modulo_wide(dag, a, b) : hz_dag_op(dag, HZ_OP_MODULO, a, b, 0, 0, HZ_ROUND_UP);
}

hz_regs hz_lower_fn_modulo(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *x = ast->child[0], *y = ast->child[1];
    if (ast->type.kind == HZ_KIND_NULL) return hz_lower_null(lower, &ast->type);
    hz_regs a = hz_lower_at(lower, x, &ast->type), b = hz_lower_at(lower, y, &ast->type);
    hz_regs out = hz_strict(dag, modulo(dag, a.value, b.value, ast->type.wide), a, b);
    if (ast->type.wide) return hz_lower_raise(lower, &ast->type, out);
    return hz_number_may_be_zero(&y->type) ? hz_raise(dag, out, hz_dag_eq(dag, b.value, hz_dag_i64(dag, 0))) : out;
}

hz_regs hz_lower_fn_parity(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_type *type = &ast->child[0]->type;
    if (ast->type.kind == HZ_KIND_NULL) return hz_lower_null(lower, &ast->type);
    hz_regs out = hz_lower_expression(lower, ast->child[0]);
    hz_ref two = hz_lower_constant(lower, type, 2, HZ_STR("")), zero = hz_lower_constant(lower, type, 0, HZ_STR(""));
    out.value = hz_dag_eq(dag, modulo(dag, out.value, two, type->wide), zero);
    if (ast->builtin == HZ_FN_ODD) out.value = hz_dag_not(dag, out.value);
    return out;
}
