/* lower_list.c - lists to DAG nodes: literals, names, choices, single items, and what compares with lists. Functions of
 * lists are in lower_aggregate.c and lower_list_call.c. Called by lower.c and by these.
 */
#include "program/bundle.h"
#include "program/lower_call.h"

/* ---- Filing ---- */

/* A copy that emit.c may turn into registers: bundles share items while they are lowered. */
static hz_bundle copy(hz_lower *lower, const hz_bundle *list)
{
    hz_bundle out = {.self = list->self, .count = list->count};
    if (out.count > 0) out.item = HZ_NEW_MANY(lower->arena, hz_bundle, out.count);
    for (uint32_t i = 0; i < out.count; i++) out.item[i] = copy(lower, &list->item[i]);
    return out;
}

hz_regs hz_lower_file_list(hz_lower *lower, const hz_ast *ast, hz_bundle list)
{
    hz_bundle *filed = HZ_NEW_MANY(lower->arena, hz_bundle, 2);
    filed[0] = list;
    filed[1] = copy(lower, &list);
    lower->list[ast->id] = &filed[0];
    lower->question->list[ast->id] = &filed[1];
    return list.self;
}

hz_bundle hz_lower_list(hz_lower *lower, const hz_ast *ast)
{
    hz_lower_expression(lower, ast);
    return *lower->list[ast->id];
}

hz_bundle hz_lower_as(hz_lower *lower, const hz_ast *ast, const hz_type *type)
{
    hz_bundle value = {0};
    if (hz_type_bundled(&ast->type)) value = hz_lower_list(lower, ast);
    else value.self = hz_lower_expression(lower, ast);
    return hz_bundle_convert(lower, value, &ast->type, type);
}

/* ---- Sources ---- */

static hz_bundle literal(hz_lower *lower, const hz_ast *ast)
{
    hz_bundle *items = HZ_NEW_MANY(lower->arena, hz_bundle, ast->children);
    for (uint32_t i = 0; i < ast->children; i++) items[i] = hz_lower_as(lower, ast->child[i], ast->type.item);
    hz_bundle out = hz_bundle_of(lower, items, ast->children);
    if (ast->null_as_item) out.self.null = items[0].self.null;
    return out;
}

static hz_bundle choice(hz_lower *lower, const hz_ast *ast)
{
    static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
    hz_dag *dag = &lower->dag;
    hz_regs condition = hz_lower_as(lower, ast->child[0], &boolean).self;
    hz_bundle yes = hz_lower_as(lower, ast->child[1], &ast->type), no = hz_lower_as(lower, ast->child[2], &ast->type);
    hz_bundle out = hz_bundle_choose(lower, hz_dag_and_not(dag, condition.value, condition.null), yes, no);
    out.self = hz_choose(dag, condition, yes.self, no.self);
    return out;
}

/* ---- Nodes that the checker made ---- */

hz_regs hz_lower_length(hz_lower *lower, const hz_ast *ast)
{
    return hz_lower_list(lower, ast->child[0]).self;
}

/* An item where it is there, else what stands for it; its masks count where the list is one. */
static hz_bundle item_of(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_type *type = &ast->child[0]->type;
    hz_bundle list = hz_lower_list(lower, ast->child[0]);
    hz_bundle item = hz_bundle_convert(lower, list.item[ast->index], type->item, &ast->type);
    if (ast->children > 1)
        item = hz_bundle_choose(lower, hz_bundle_has(lower, &list, type, ast->index), item, hz_lower_as(lower, ast->child[1], &ast->type));
    hz_ref present = hz_dag_not(dag, hz_bundle_absent(lower, &list)), value = item.self.value;
    item.self = hz_bundle_where(lower, present, (hz_regs){HZ_FALSE, item.self.null, item.self.missing, item.self.unknown, item.self.error});
    item.self = hz_strict(dag, value, item.self, list.self);
    return item;
}

hz_regs hz_lower_is(hz_lower *lower, const hz_ast *ast)
{
    const hz_type *type = &ast->child[0]->type;
    hz_bundle mixed = hz_lower_list(lower, ast->child[0]);
    mixed.self.value = hz_bundle_is(lower, &mixed, type, &type->item[ast->index]);
    return mixed.self;
}

static hz_bundle alternative(hz_lower *lower, const hz_ast *ast)
{
    const hz_type *type = &ast->child[0]->type;
    hz_bundle mixed = hz_lower_list(lower, ast->child[0]);
    return hz_bundle_alternative(&mixed, type, &type->item[ast->index]);
}

hz_regs hz_lower_alternative(hz_lower *lower, const hz_ast *ast)
{
    return alternative(lower, ast).self;
}

hz_regs hz_lower_item(hz_lower *lower, const hz_ast *ast)
{
    return item_of(lower, ast).self;
}

hz_regs hz_lower_list_node(hz_lower *lower, const hz_ast *ast)
{
    switch (ast->op) {
    case HZ_AST_LIST: return hz_lower_file_list(lower, ast, literal(lower, ast));
    case HZ_AST_IF: return hz_lower_file_list(lower, ast, choice(lower, ast));
    case HZ_AST_SORTED: return hz_lower_file_list(lower, ast, hz_lower_sorted(lower, ast->child[0]));
    case HZ_AST_CALL: return hz_lower_call(lower, ast);
    case HZ_AST_ALTERNATIVE: return hz_lower_file_list(lower, ast, alternative(lower, ast));
    case HZ_AST_ITEM: return hz_lower_file_list(lower, ast, item_of(lower, ast));
    default: return hz_lower_file_list(lower, ast, lower->list_name(lower, ast));
    }
}

/* ---- Comparisons ---- */

/* The type that holds both sides; the checker has made it before. */
static hz_type joined(hz_lower *lower, const hz_type *a, const hz_type *b)
{
    hz_type out;
    hz_check_join(lower->arena, a, b, &out);
    return out;
}

hz_regs hz_lower_lists_equal(hz_lower *lower, const hz_ast *a, const hz_ast *b)
{
    hz_type type = joined(lower, &a->type, &b->type);
    hz_bundle x = hz_lower_as(lower, a, &type), y = hz_lower_as(lower, b, &type);
    return hz_bundle_equal(lower, &x, &y, &type);
}

/* Some item equals x. What items that are not there hold, or those of a list that is none, does not count. */
hz_regs hz_lower_contains(hz_lower *lower, const hz_ast *x, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_bundle list = hz_lower_list(lower, ast);
    hz_regs out = hz_sure(HZ_FALSE);
    if (list.count > 0) {
        hz_type type = joined(lower, ast->type.item, &x->type);
        hz_bundle sought = hz_lower_as(lower, x, &type);
        hz_ref present = hz_dag_not(dag, hz_bundle_absent(lower, &list));
        for (uint32_t i = 0; i < list.count; i++) {
            hz_bundle item = hz_bundle_convert(lower, list.item[i], ast->type.item, &type);
            hz_ref has = hz_dag_and(dag, present, hz_bundle_has(lower, &list, &ast->type, i));
            out = hz_or(dag, out, hz_bundle_where(lower, has, hz_bundle_equal(lower, &sought, &item, &type)));
        }
    }
    return hz_strict(dag, out.value, out, list.self);
}

hz_regs hz_lower_member(hz_lower *lower, const hz_ast *x, const hz_ast *list)
{
    const hz_type *item = list->type.item;
    bool itself = x->type.kind == HZ_KIND_LIST && item->kind != HZ_KIND_NULL && !hz_type_same(&x->type, item);
    if (itself) return hz_lower_lists_equal(lower, x, list);
    return hz_lower_contains(lower, x, list);
}
