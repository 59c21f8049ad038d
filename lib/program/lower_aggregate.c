/* lower_aggregate.c - functions that make one value of a list, to DAG nodes. Called through lower_call.c.
 *
 * What the checker said with other operators is lowered as these, from the innermost on: long sums do not nest calls.
 */
#include "program/bundle.h"
#include "program/lower_call.h"

/* The next node inwards along which made expressions grow. */
static const hz_ast *inner(const hz_ast *ast)
{
    if (ast->op == HZ_AST_IF) return ast->child[2];
    return ast->children == 2 ? ast->child[0] : NULL;
}

hz_regs hz_lower_meaning(hz_lower *lower, const hz_ast *ast)
{
    HZ_VEC(const hz_ast *) chain = {0};
    for (const hz_ast *at = ast->means; at != NULL && at->checked; at = inner(at)) *HZ_PUSH(lower->arena, &chain) = at;
    for (uint32_t i = chain.count; i-- > 0;) hz_lower_expression(lower, chain.at[i]);
    return hz_lower_expression(lower, ast->means);
}

hz_regs hz_lower_fn_count(hz_lower *lower, const hz_ast *ast)
{
    return ast->means != NULL ? hz_lower_meaning(lower, ast) : hz_lower_set_count(lower, ast->child[0]);
}

hz_regs hz_lower_fn_fold(hz_lower *lower, const hz_ast *ast)
{
    return hz_lower_meaning(lower, ast);
}

hz_regs hz_lower_fn_median(hz_lower *lower, const hz_ast *ast)
{
    return hz_lower_meaning(lower, ast);
}

hz_regs hz_lower_fn_all_any(hz_lower *lower, const hz_ast *ast)
{
    static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
    hz_dag *dag = &lower->dag;
    const hz_type *type = &ast->means->type;
    hz_bundle list = hz_lower_list(lower, ast->means);
    bool all = ast->builtin == HZ_FN_ALL;
    hz_regs out = hz_sure(HZ_FALSE); /* some item holds; of all: some item does not */
    hz_ref present = hz_dag_not(dag, hz_bundle_absent(lower, &list));
    for (uint32_t i = 0; i < list.count; i++) {
        hz_regs item = hz_bundle_convert(lower, list.item[i], type->item, &boolean).self;
        hz_ref has = hz_dag_and(dag, present, hz_bundle_has(lower, &list, type, i));
        out = hz_or(dag, out, hz_bundle_where(lower, has, all ? hz_not(dag, item) : item));
    }
    if (all) out = hz_not(dag, out);
    return hz_strict(dag, out.value, out, list.self);
}

hz_regs hz_lower_fn_list_contains(hz_lower *lower, const hz_ast *ast)
{
    return hz_lower_contains(lower, ast->child[1], ast->child[0]);
}
