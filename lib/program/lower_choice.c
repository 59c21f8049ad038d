/* lower_choice.c - min, max and not to DAG nodes. Called through lower_call.c. */
#include "program/lower_call.h"

hz_regs hz_lower_fn_min_max(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    if (ast->means != NULL) return hz_lower_expression(lower, ast->means);
    hz_regs out = hz_lower_at_scale(lower, ast->child[0], ast->type.scale);
    hz_type so_far = ast->child[0]->type;
    hz_decimal_rescale(so_far.lo, so_far.scale, ast->type.scale, &so_far.lo);
    hz_decimal_rescale(so_far.hi, so_far.scale, ast->type.scale, &so_far.hi);
    bool least = ast->builtin == HZ_FN_MIN;
    for (uint32_t i = 1; i < ast->children; i++) {
        const hz_ast *child = ast->child[i];
        hz_regs each = hz_lower_at_scale(lower, child, ast->type.scale);
        hz_i128 lo = 0, hi = 0;
        hz_decimal_rescale(child->type.lo, child->type.scale, ast->type.scale, &lo);
        hz_decimal_rescale(child->type.hi, child->type.scale, ast->type.scale, &hi);
        hz_ref value;
        if (ast->type.kind == HZ_KIND_STRING) value = least ? hz_dag_min(dag, out.value, each.value) : hz_dag_max(dag, out.value, each.value);
        else if (least ? so_far.hi <= lo : so_far.lo >= hi) value = out.value; /* the ranges decide */
        else if (least ? hi <= so_far.lo : lo >= so_far.hi) value = each.value;
        else value = least ? hz_dag_min(dag, out.value, each.value) : hz_dag_max(dag, out.value, each.value);
        out = hz_strict(dag, value, out, each);
        so_far.lo = (least ? lo < so_far.lo : lo > so_far.lo) ? lo : so_far.lo;
        so_far.hi = (least ? hi < so_far.hi : hi > so_far.hi) ? hi : so_far.hi;
    }
    return out;
}

hz_regs hz_lower_fn_not(hz_lower *lower, const hz_ast *ast)
{
    const hz_ast *a = ast->child[0];
    return a->type.kind == HZ_KIND_NULL ? hz_lower_null(lower, &ast->type) : hz_not(&lower->dag, hz_lower_expression(lower, a));
}
