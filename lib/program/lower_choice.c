/* lower_choice.c - min, max and not to DAG nodes. Called through lower_call.c. */
#include "program/lower_call.h"

#include "value/number_type.h"

/* The type they are compared in: narrow where all fit at the result's scale. */
static hz_type common_type(const hz_ast *ast)
{
    hz_type type = ast->type;
    type.wide = false;
    for (uint32_t i = 0; i < ast->children; i++) {
        const hz_type *each = &ast->child[i]->type;
        if (each->kind == HZ_KIND_NUMBER) type.wide |= each->wide || !hz_number_fits(each, type.scale);
    }
    return type;
}

hz_regs hz_lower_fn_min_max(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    if (ast->means != NULL) return hz_lower_expression(lower, ast->means);
    const hz_type common = common_type(ast);
    hz_regs out = hz_lower_at(lower, ast->child[0], &common);
    hz_type so_far = ast->child[0]->type;
    bool least = ast->builtin == HZ_FN_MIN;
    for (uint32_t i = 1; i < ast->children; i++) {
        const hz_type *type = &ast->child[i]->type;
        hz_regs each = hz_lower_at(lower, ast->child[i], &common);
        hz_i128 lo = hz_number_low(type, common.scale), hi = hz_number_high(type, common.scale);
        hz_i128 least_so_far = hz_number_low(&so_far, common.scale), most_so_far = hz_number_high(&so_far, common.scale);
        hz_ref value;
        if (ast->type.kind == HZ_KIND_STRING) value = least ? hz_dag_min(dag, out.value, each.value) : hz_dag_max(dag, out.value, each.value);
        else if (least ? most_so_far <= lo : least_so_far >= hi) value = out.value; /* the ranges decide */
        else if (least ? hi <= least_so_far : lo >= most_so_far) value = each.value;
        else value = least ? hz_dag_min(dag, out.value, each.value) : hz_dag_max(dag, out.value, each.value);
        out = hz_strict(dag, value, out, each);
        hz_number_least(&so_far, type, least, &so_far);
    }
    out.value = hz_lower_convert(lower, out.value, &common, &ast->type);
    return hz_lower_raise(lower, &ast->type, out);
}

hz_regs hz_lower_fn_not(hz_lower *lower, const hz_ast *ast)
{
    const hz_ast *a = ast->child[0];
    return a->type.kind == HZ_KIND_NULL ? hz_lower_null(lower, &ast->type) : hz_not(&lower->dag, hz_lower_expression(lower, a));
}
