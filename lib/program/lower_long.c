/* lower_long.c - one output of a decision table's version with very many rows to DAG nodes: the row is looked up, what it
 * gives is an item of a list. Called by lower_table.c.
 *
 * A look-up answers the row, or none, or the columns that it waits for: then the output is what these are, missing, unknown
 * or in error. A row that is met whatever an absent value may be is met.
 */
#include "program/lower_call.h"

typedef struct looking {
    hz_lower *lower;
    hz_dag *dag;
    const hz_ast *ast;
    const hz_long *rows;
    hz_regs *looked_at;  /* per column */
    hz_ref answer;
} looking;

static hz_ref absent(hz_dag *dag, hz_regs x)
{
    return hz_dag_or(dag, hz_dag_or(dag, x.missing, x.unknown), x.error);
}

static hz_ref as_number(const looking *l, uint32_t column, hz_ref value)
{
    switch (l->dag->nodes.at[value].type) {
    case HZ_COLUMN_BIT: return hz_dag_pick(l->dag, value, hz_dag_i64(l->dag, 1), hz_dag_i64(l->dag, 0));
    case HZ_COLUMN_TEXT: return hz_dag_look(l->dag, HZ_OP_WORD, value, l->rows->lookup, column);
    default: return hz_dag_widen(l->dag, value);
    }
}

static hz_ref look_up(looking *l)
{
    hz_dag *dag = l->dag;
    hz_ref packed = hz_dag_text(dag, HZ_STR(""));
    for (uint32_t c = 0; c < l->rows->columns; c++) {
        hz_regs x = l->looked_at[c] = hz_lower_expression(l->lower, l->ast->child[c]);
        hz_ref how = hz_dag_pick(dag, x.null, hz_dag_i64(dag, HZ_LOOKUP_NULL), hz_dag_i64(dag, HZ_LOOKUP_VALUE));
        how = hz_dag_pick(dag, absent(dag, x), hz_dag_i64(dag, HZ_LOOKUP_ABSENT), how);
        packed = hz_dag_op(dag, HZ_OP_PACK, packed, as_number(l, c, x.value), how, 0, HZ_ROUND_UP);
    }
    return hz_dag_look(dag, HZ_OP_LOOKUP, packed, l->rows->lookup, 0);
}

/* What the columns that the answer waits for are. */
static hz_regs waited_for(const looking *l, hz_ref value)
{
    hz_dag *dag = l->dag;
    hz_regs out = hz_sure(value);
    for (uint32_t c = 0; c < l->rows->columns; c++) {
        hz_regs x = l->looked_at[c];
        if (absent(dag, x) == HZ_FALSE) continue;
        hz_ref waits = hz_dag_op(dag, HZ_OP_HAS_ANY_K, l->answer, 0, 0, (int64_t)1 << c, HZ_ROUND_UP);
        out.missing = hz_dag_or(dag, out.missing, hz_dag_and(dag, waits, x.missing));
        out.unknown = hz_dag_or(dag, out.unknown, hz_dag_and(dag, waits, x.unknown));
        out.error = hz_dag_or(dag, out.error, hz_dag_and(dag, waits, x.error));
    }
    return out;
}

static hz_regs given(const looking *l, const hz_ast *output)
{
    hz_lower_expression(l->lower, output);
    return hz_lower_at(l->lower, output, &l->ast->type);
}

/* The constant of the row, at the type of the whole. */
static hz_ref constant(const looking *l)
{
    hz_dag *dag = l->dag;
    if (l->rows->type.kind == HZ_KIND_NONE) return hz_lower_constant(l->lower, &l->ast->type, 0, HZ_STR(""));
    hz_ref item = hz_dag_look(dag, HZ_OP_ITEM, l->answer, l->rows->lookup, l->rows->values);
    switch (hz_column_of(&l->ast->type)) {
    case HZ_COLUMN_BIT: return hz_dag_not(dag, hz_dag_eq(dag, item, hz_dag_i64(dag, 0)));
    case HZ_COLUMN_I32: return hz_dag_narrow(dag, item);
    default: return hz_lower_convert(l->lower, item, &l->rows->type, &l->ast->type);
    }
}

hz_regs hz_lower_long(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    looking l = {.lower = lower, .dag = dag, .ast = ast, .rows = ast->rows, .looked_at = HZ_NEW_MANY(lower->arena, hz_regs, ast->rows->columns)};
    l.answer = look_up(&l);
    hz_lower_record(lower, l.rows->found, hz_sure(l.answer));
    hz_regs out = waited_for(&l, constant(&l));
    hz_ref which = l.rows->which == HZ_NO_LIST ? HZ_FALSE : hz_dag_look(dag, HZ_OP_ITEM, l.answer, l.rows->lookup, l.rows->which);
    for (uint32_t i = 0; i < l.rows->formulas; i++) {
        hz_ref taken = hz_dag_eq(dag, which, hz_dag_i64(dag, (int64_t)i + 1)); /* of no row it is 0 */
        out = hz_choose_bit(dag, taken, given(&l, ast->child[l.rows->columns + i]), out);
    }
    hz_ref none = hz_dag_eq(dag, l.answer, hz_dag_i64(dag, 0));
    if (l.rows->otherwise) return hz_choose_bit(dag, none, given(&l, ast->child[ast->children - 1]), out);
    out.error = hz_dag_or(dag, out.error, none);
    return out;
}
