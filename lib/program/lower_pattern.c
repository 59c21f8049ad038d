/* lower_pattern.c - matches, replace and split to DAG nodes. Called through lower_call.c. */
#include "program/bundle.h"
#include "program/lower_call.h"

hz_regs hz_lower_fn_matches(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_regs out = hz_lower_expression(lower, ast->child[0]);
    hz_ref bits = hz_dag_match(dag, out.value, ast->patterns);
    out.value = hz_dag_op(dag, HZ_OP_HAS_ANY_K, bits, 0, 0, 1, HZ_ROUND_UP);
    return hz_raise(dag, out, hz_dag_op(dag, HZ_OP_HAS_ANY_K, bits, 0, 0, HZ_MATCH_GAVE_UP, HZ_ROUND_UP));
}

hz_regs hz_lower_fn_replace(hz_lower *lower, const hz_ast *ast)
{
    hz_regs out = hz_lower_expression(lower, ast->child[0]);
    hz_regs by = hz_lower_expression(lower, ast->child[2]);
    out.value = hz_dag_replace(&lower->dag, out.value, by.value, ast->patterns, ast->literal);
    return hz_lower_raise_no_text(lower, out);
}

hz_regs hz_lower_fn_split(hz_lower *lower, const hz_ast *ast)
{
    return hz_lower_file_list(lower, ast, hz_lower_list(lower, ast->means));
}
