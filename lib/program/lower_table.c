/* lower_table.c - one output of a decision table's version to DAG nodes. Called by lower.c.
 *
 * A row's condition is three-valued (its cells are never null, check_cells.c), so with inputs missing:
 *
 *     unique, any     a row that surely matches decides; rows not proved apart from it must surely not match, or, under
 *                     any, give the same. None matches when each surely does not.
 *     first, priority rows in their order, as `if … then … else if …`
 *     collect         every row must be decided
 *
 * What is not chosen never clouds what is.
 */
#include "program/lower_call.h"

#include "program/overlap.h"

typedef struct rows {
    hz_lower *lower;
    hz_dag *dag;
    const hz_ast *ast;
    uint32_t count;
    hz_regs *match, *gives; /* per row, what it gives at the scale of the whole */
    hz_regs fallback;       /* when none matches */
} rows;

static hz_regs nothing(const rows *r)
{
    return hz_sure(hz_lower_constant(r->lower, &r->ast->type, 0, HZ_STR("")));
}

static hz_regs given(const rows *r, const hz_ast *output)
{
    hz_lower_expression(r->lower, output);
    return hz_lower_at(r->lower, output, &r->ast->type);
}

static void begin(rows *r)
{
    const hz_ast *ast = r->ast;
    r->count = ast->children / 2;
    r->match = HZ_NEW_MANY(r->lower->arena, hz_regs, r->count);
    r->gives = HZ_NEW_MANY(r->lower->arena, hz_regs, r->count);
    for (uint32_t i = 0; i < r->count; i++) {
        r->match[i] = hz_lower_expression(r->lower, ast->child[2 * i]);
        r->gives[i] = given(r, ast->child[2 * i + 1]);
    }
    /* Where there is none any value will do: that of a row is at hand. */
    r->fallback = ast->compare < HZ_HIT_SUM && r->count > 0 ? hz_sure(r->gives[r->count - 1].value) : nothing(r);
    if (ast->children % 2 != 0) r->fallback = given(r, ast->child[ast->children - 1]);
    else if (ast->compare != HZ_HIT_COUNT) r->fallback.error = HZ_TRUE;
}

/* ---- First ---- */

static hz_regs first(const rows *r)
{
    hz_regs out = r->fallback;
    for (uint32_t i = r->count; i-- > 0;) out = hz_choose(r->dag, r->match[i], r->gives[i], out);
    return out;
}

/* ---- Unique and any ---- */

/* Two rows match where one may: sure, not, or open. */
static hz_regs conflict(const rows *r)
{
    hz_dag *dag = r->dag;
    hz_regs out = hz_sure(HZ_FALSE);
    hz_row_bounds bounds = hz_row_bounds_of(r->lower->arena, r->ast);
    for (uint32_t b = 1; b < r->count; b++)
        for (uint32_t a = 0; a < b; a++) {
            if (hz_row_bounds_part(&bounds, a, b) || !hz_rows_tried(r->ast, 2 * a, 2 * b)) continue;
            hz_regs both = hz_and(dag, r->match[a], r->match[b]);
            if (r->ast->compare == HZ_HIT_ANY) both = hz_and(dag, both, hz_not(dag, hz_equal(dag, r->gives[a], r->gives[b])));
            out = hz_or(dag, out, both);
        }
    return out;
}

static hz_regs the_one(const rows *r)
{
    hz_dag *dag = r->dag;
    hz_ref any = HZ_FALSE, none = HZ_TRUE;
    hz_regs out = hz_sure(r->fallback.value), open = hz_sure(HZ_FALSE);
    for (uint32_t i = r->count; i-- > 0;) {
        hz_ref sure = hz_surely_true(dag, r->match[i]);
        out = hz_choose_bit(dag, sure, r->gives[i], out);
        any = hz_dag_or(dag, any, sure);
        none = hz_dag_and(dag, none, hz_surely_false(dag, r->match[i]));
        open = hz_strict(dag, HZ_FALSE, open, r->match[i]);
    }
    hz_ref value = out.value; /* where no row is sure, it is the fallback's */
    out = hz_choose_bit(dag, none, r->fallback, out);
    out.value = value;
    hz_regs masks = hz_choose_bit(dag, any, hz_sure(HZ_FALSE), open);
    hz_regs two = conflict(r);
    masks = hz_strict(dag, HZ_FALSE, masks, two);
    out = hz_strict(dag, out.value, out, masks);
    out.error = hz_dag_or(dag, out.error, hz_surely_true(dag, two));
    return out;
}

/* ---- Collect ---- */

static hz_regs collected(const rows *r)
{
    hz_dag *dag = r->dag;
    hz_regs out = nothing(r), zero = nothing(r);
    hz_ref has = HZ_FALSE;
    for (uint32_t i = 0; i < r->count; i++) {
        hz_regs each = hz_choose(dag, r->match[i], r->gives[i], zero);
        hz_ref value = HZ_FALSE, match = r->match[i].value;
        if (r->ast->compare == HZ_HIT_MIN || r->ast->compare == HZ_HIT_MAX) {
            bool least = r->ast->compare == HZ_HIT_MIN;
            hz_ref better = least ? hz_dag_min(dag, out.value, each.value) : hz_dag_max(dag, out.value, each.value);
            value = hz_dag_pick(dag, match, hz_dag_pick(dag, has, better, each.value), out.value);
        } else {
            value = hz_dag_add(dag, out.value, each.value);
        }
        out = hz_strict(dag, value, out, each);
        has = hz_dag_or(dag, has, match);
    }
    hz_regs none = hz_choose_bit(dag, has, zero, r->fallback);
    out.value = hz_dag_pick(dag, has, out.value, none.value);
    /* Where a row is open, none may match or some: that is decided first. */
    hz_ref open = hz_dag_or(dag, out.missing, hz_dag_or(dag, out.unknown, out.error));
    none = hz_choose_bit(dag, open, hz_sure(none.value), none);
    return hz_strict(dag, out.value, out, none);
}

hz_regs hz_lower_table(hz_lower *lower, const hz_ast *ast)
{
    if (ast->rows != NULL) return hz_lower_long(lower, ast);
    rows r = {.lower = lower, .dag = &lower->dag, .ast = ast};
    begin(&r);
    switch (ast->compare) {
    case HZ_HIT_UNIQUE: case HZ_HIT_ANY: return the_one(&r);
    case HZ_HIT_PRIORITY: case HZ_HIT_FIRST: return first(&r);
    default: return hz_lower_raise(lower, &ast->type, collected(&r));
    }
}
