/* lower_list_call.c - functions that make a list, to DAG nodes. Called through lower_call.c.
 *
 * `spot` is an index from 0. A position beyond the list is an error of the row; the checker knows where that cannot be.
 */
#include "program/bundle.h"
#include "program/lower_call.h"

/* ---- Positions ---- */

/* The index that a position means, 1 the first and -1 the last item. */
static hz_ref spot_of(hz_lower *lower, const hz_bundle *list, hz_ref position)
{
    hz_dag *dag = &lower->dag;
    hz_ref from_end = hz_dag_lt(dag, position, hz_dag_i64(dag, 0));
    return hz_dag_pick(dag, from_end, hz_dag_add(dag, list->self.value, position), hz_dag_add(dag, position, hz_dag_i64(dag, -1)));
}

/* A spot in the list: 0 up to its length. */
static hz_ref is_inside(hz_lower *lower, const hz_bundle *list, hz_ref spot)
{
    hz_dag *dag = &lower->dag;
    return hz_dag_and(dag, hz_dag_le(dag, hz_dag_i64(dag, 0), spot), hz_dag_lt(dag, spot, list->self.value));
}

/* A list and a position as the functions below begin with them; self: the masks of both, and the error of a position
 * outside. */
typedef struct place {
    hz_bundle list;
    hz_regs self;
    hz_ref spot;
} place;

static place begin(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *at = ast->child[1];
    place out = {.list = hz_lower_list(lower, ast->child[0])};
    hz_regs position = hz_lower_expression(lower, at);
    position.value = hz_dag_div_k(dag, position.value, (int64_t)hz_power10(at->type.scale), HZ_ROUND_DOWN);
    out.spot = spot_of(lower, &out.list, position.value);
    out.self = hz_strict(dag, out.list.self.value, out.list.self, position);
    if ((ast->type.absent & HZ_MAY_ERR) != 0) out.self = hz_raise(dag, out.self, hz_dag_not(dag, is_inside(lower, &out.list, out.spot)));
    return out;
}

static hz_ref is_spot(hz_lower *lower, hz_ref spot, uint32_t index)
{
    return hz_dag_eq(&lower->dag, spot, hz_dag_i64(&lower->dag, index));
}

/* ---- Parts, and items put in ---- */

static hz_regs file(hz_lower *lower, const hz_ast *ast, hz_regs self, hz_bundle *items)
{
    return hz_lower_file_list(lower, ast, (hz_bundle){.self = self, .item = items, .count = ast->type.count});
}

hz_regs hz_lower_fn_sublist(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    place at = begin(lower, ast);
    hz_ref rest = hz_dag_sub(dag, at.list.self.value, at.spot);
    hz_bundle *items = hz_bundle_down(lower, at.list.item, at.list.count, at.spot, ast->type.item);
    at.self.value = rest;
    if (ast->children > 2) {
        hz_regs length = hz_lower_expression(lower, ast->child[2]);
        hz_ref fits = hz_dag_and(dag, hz_dag_le(dag, hz_dag_i64(dag, 1), length.value), hz_dag_le(dag, length.value, rest));
        at.self = hz_strict(dag, length.value, at.self, length);
        if ((ast->type.absent & HZ_MAY_ERR) != 0) at.self = hz_raise(dag, at.self, hz_dag_not(dag, fits));
    }
    return file(lower, ast, at.self, items);
}

hz_regs hz_lower_fn_remove(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    place at = begin(lower, ast);
    hz_bundle *items = HZ_NEW_MANY(lower->arena, hz_bundle, ast->type.count);
    for (uint32_t i = 0; i < ast->type.count; i++)
        items[i] = hz_bundle_choose(lower, hz_dag_lt(dag, hz_dag_i64(dag, i), at.spot), at.list.item[i], at.list.item[i + 1]);
    at.self.value = hz_dag_add(dag, at.self.value, hz_dag_i64(dag, -1));
    return file(lower, ast, at.self, items);
}

/* The list's items at the result's item type, and the new one. */
static hz_bundle *wider(hz_lower *lower, const hz_ast *ast, const hz_bundle *list, uint32_t count)
{
    hz_bundle *out = HZ_NEW_MANY(lower->arena, hz_bundle, count);
    for (uint32_t i = 0; i < count; i++)
        out[i] = i < list->count ? hz_bundle_convert(lower, list->item[i], ast->child[0]->type.item, ast->type.item)
                                 : hz_bundle_filler(lower, ast->type.item);
    return out;
}

hz_regs hz_lower_fn_insert_before(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    place at = begin(lower, ast);
    hz_bundle *items = wider(lower, ast, &at.list, ast->type.count), more = hz_lower_as(lower, ast->child[2], ast->type.item);
    hz_bundle *out = HZ_NEW_MANY(lower->arena, hz_bundle, ast->type.count);
    for (uint32_t i = 0; i < ast->type.count; i++) {
        hz_bundle behind = i == 0 ? more : hz_bundle_choose(lower, is_spot(lower, at.spot, i), more, items[i - 1]);
        out[i] = hz_bundle_choose(lower, hz_dag_lt(dag, hz_dag_i64(dag, i), at.spot), items[i], behind);
    }
    at.self.value = hz_dag_add(dag, at.self.value, hz_dag_i64(dag, 1));
    return file(lower, ast, at.self, out);
}

hz_regs hz_lower_fn_list_replace(hz_lower *lower, const hz_ast *ast)
{
    place at = begin(lower, ast);
    hz_bundle *items = wider(lower, ast, &at.list, ast->type.count), more = hz_lower_as(lower, ast->child[2], ast->type.item);
    for (uint32_t i = 0; i < ast->type.count; i++) items[i] = hz_bundle_choose(lower, is_spot(lower, at.spot, i), more, items[i]);
    return file(lower, ast, at.self, items);
}

hz_regs hz_lower_fn_reverse(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    hz_bundle list = hz_lower_list(lower, ast->child[0]);
    hz_bundle *turned = HZ_NEW_MANY(lower->arena, hz_bundle, list.count);
    for (uint32_t i = 0; i < list.count; i++) turned[i] = list.item[list.count - 1 - i];
    hz_ref unused = hz_dag_sub(dag, hz_dag_i64(dag, list.count), list.self.value);
    return file(lower, ast, list.self, hz_bundle_down(lower, turned, list.count, unused, ast->type.item));
}

/* ---- One list behind another ---- */

/* b behind a, both with items of the type; of so many items at most. A list that is null is no list: masks are kept. */
static hz_bundle behind(hz_lower *lower, const hz_bundle *a, const hz_bundle *b, uint32_t most, const hz_type *item)
{
    hz_dag *dag = &lower->dag;
    hz_bundle *moved = hz_bundle_up(lower, b->item, b->count, most, a->self.value, item);
    for (uint32_t i = 0; i < most && i < a->count; i++)
        moved[i] = hz_bundle_choose(lower, hz_dag_lt(dag, hz_dag_i64(dag, i), a->self.value), a->item[i], moved[i]);
    hz_regs self = hz_strict(dag, hz_dag_add(dag, a->self.value, b->self.value), a->self, b->self);
    return (hz_bundle){.self = self, .item = moved, .count = most};
}

/* A list with its items at a type. */
static hz_bundle with_items(hz_lower *lower, const hz_ast *ast, const hz_type *item)
{
    hz_type type = ast->type;
    if (type.count > 0) type.item = item;
    return hz_lower_as(lower, ast, &type);
}

hz_regs hz_lower_fn_append(hz_lower *lower, const hz_ast *ast)
{
    const hz_type *item = ast->type.item;
    hz_bundle list = with_items(lower, ast->child[0], item);
    hz_bundle *more = HZ_NEW_MANY(lower->arena, hz_bundle, ast->children - 1);
    for (uint32_t i = 1; i < ast->children; i++) more[i - 1] = hz_lower_as(lower, ast->child[i], item);
    hz_bundle tail = hz_bundle_of(lower, more, ast->children - 1);
    return hz_lower_file_list(lower, ast, behind(lower, &list, &tail, ast->type.count, item));
}

/* Each item once, where it stands first. */
static hz_bundle distinct(hz_lower *lower, const hz_bundle *list, const hz_type *item)
{
    hz_dag *dag = &lower->dag;
    hz_ref *keep = HZ_NEW_MANY(lower->arena, hz_ref, list->count);
    hz_regs masks = list->self;
    hz_ref present = hz_dag_not(dag, hz_bundle_absent(lower, list));
    for (uint32_t i = 0; i < list->count; i++) {
        hz_ref again = HZ_FALSE, has = hz_dag_lt(dag, hz_dag_i64(dag, i), list->self.value);
        for (uint32_t k = 0; k < i; k++) {
            hz_regs equal = hz_bundle_equal(lower, &list->item[i], &list->item[k], item);
            again = hz_dag_or(dag, again, equal.value);
            masks = hz_strict(dag, masks.value, masks, hz_bundle_where(lower, hz_dag_and(dag, present, has), equal));
        }
        keep[i] = hz_dag_and_not(dag, has, again);
    }
    hz_bundle out = hz_bundle_keep(lower, list->item, keep, list->count, item);
    out.self = hz_strict(dag, out.self.value, out.self, masks);
    return out;
}

hz_regs hz_lower_fn_concatenate(hz_lower *lower, const hz_ast *ast)
{
    const hz_type *item = ast->type.item;
    hz_bundle out = with_items(lower, ast->child[0], item);
    for (uint32_t i = 1; i < ast->children; i++) {
        hz_bundle next = with_items(lower, ast->child[i], item);
        out = behind(lower, &out, &next, out.count + next.count, item);
    }
    if (ast->builtin == HZ_FN_UNION) out = distinct(lower, &out, item);
    return hz_lower_file_list(lower, ast, out);
}

hz_regs hz_lower_fn_distinct(hz_lower *lower, const hz_ast *ast)
{
    hz_bundle list = hz_lower_list(lower, ast->child[0]);
    return hz_lower_file_list(lower, ast, distinct(lower, &list, ast->type.item));
}

/* A list of nothing but null where the list is null itself. */
static hz_bundle null_as_item(hz_lower *lower, hz_bundle list, const hz_type *type, const hz_type *leaf)
{
    hz_dag *dag = &lower->dag;
    if ((type->absent & HZ_MAY_NULL) == 0) return list;
    hz_bundle null = hz_bundle_filler(lower, leaf);
    hz_bundle *items = HZ_NEW_MANY(lower->arena, hz_bundle, list.count + 1);
    for (uint32_t i = 0; i < list.count; i++) items[i] = list.item[i];
    null.self.null = HZ_TRUE;
    items[0] = list.count > 0 ? hz_bundle_choose(lower, list.self.null, null, items[0]) : null;
    list.self.value = hz_dag_pick(dag, list.self.null, hz_dag_i64(dag, 1), list.self.value);
    list.self.null = HZ_FALSE;
    return (hz_bundle){.self = list.self, .item = items, .count = list.count > 0 ? list.count : 1};
}

static hz_bundle flat(hz_lower *lower, const hz_bundle *list, const hz_type *type, const hz_type *leaf);

/* A mixed value that is no list, as a leaf. */
static hz_bundle single_of(hz_lower *lower, const hz_bundle *mixed, const hz_type *type, const hz_type *leaf)
{
    hz_bundle out = hz_bundle_filler(lower, leaf);
    for (uint32_t i = 0; i < type->count; i++) {
        const hz_type *each = &type->item[i];
        if (each->kind == HZ_KIND_LIST) continue;
        hz_bundle value = hz_bundle_alternative(mixed, type, each);
        out = hz_bundle_choose(lower, hz_bundle_is(lower, mixed, type, each), hz_bundle_convert(lower, value, each, leaf), out);
    }
    hz_ref value = out.self.value;
    out.self = mixed->self;
    out.self.value = value;
    return out;
}

/* So many items: those of the list, then what nobody reads. */
static hz_bundle with_room(hz_lower *lower, hz_bundle list, uint32_t room, const hz_type *item)
{
    hz_bundle *items = HZ_NEW_MANY(lower->arena, hz_bundle, room);
    for (uint32_t i = 0; i < room; i++) items[i] = i < list.count ? list.item[i] : hz_bundle_filler(lower, item);
    return (hz_bundle){.self = list.self, .item = items, .count = room};
}

/* What an item becomes: a list of itself, or its items where it is a list. */
static hz_bundle flat_item(hz_lower *lower, const hz_bundle *value, const hz_type *type, const hz_type *leaf)
{
    hz_dag *dag = &lower->dag;
    if (type->kind == HZ_KIND_LIST) return null_as_item(lower, flat(lower, value, type, leaf), type, leaf);
    hz_bundle *single = HZ_NEW(lower->arena, hz_bundle);
    const hz_type *list = type->kind == HZ_KIND_MIXED ? hz_type_alternative(type, HZ_KIND_LIST) : NULL;
    *single = type->kind == HZ_KIND_MIXED ? single_of(lower, value, type, leaf) : hz_bundle_convert(lower, *value, type, leaf);
    hz_bundle out = hz_bundle_of(lower, single, 1);
    if (list == NULL) return out;
    hz_bundle inner = hz_bundle_alternative(value, type, list);
    inner.self.null = HZ_FALSE;
    inner = flat(lower, &inner, list, leaf);
    hz_ref is = hz_dag_and_not(dag, hz_bundle_is(lower, value, type, list), value->self.null);
    uint32_t room = inner.count > 1 ? inner.count : 1;
    return hz_bundle_choose(lower, is, with_room(lower, inner, room, leaf), with_room(lower, out, room, leaf));
}

/* The items of the lists in a list, those in them, and so on. */
static hz_bundle flat(hz_lower *lower, const hz_bundle *list, const hz_type *type, const hz_type *leaf)
{
    hz_dag *dag = &lower->dag;
    hz_bundle out = {.self = list->self};
    if (type->count == 0) return out;
    out.self.value = hz_dag_i64(dag, 0);
    for (uint32_t i = 0; i < list->count; i++) {
        hz_ref has = hz_bundle_has(lower, list, type, i);
        hz_bundle inside = flat_item(lower, &list->item[i], type->item, leaf);
        hz_ref length = hz_dag_pick(dag, has, inside.self.value, hz_dag_i64(dag, 0));
        inside.self = hz_bundle_where(lower, has, (hz_regs){HZ_FALSE, inside.self.null, inside.self.missing, inside.self.unknown, inside.self.error});
        inside.self.value = length;
        out = behind(lower, &out, &inside, out.count + inside.count, leaf);
    }
    return out;
}

hz_regs hz_lower_fn_flatten(hz_lower *lower, const hz_ast *ast)
{
    hz_bundle list = hz_lower_list(lower, ast->child[0]);
    return hz_lower_file_list(lower, ast, flat(lower, &list, &ast->child[0]->type, ast->type.item));
}

/* ---- Searching ---- */

hz_regs hz_lower_fn_index_of(hz_lower *lower, const hz_ast *ast)
{
    hz_dag *dag = &lower->dag;
    const hz_ast *x = ast->child[1];
    const hz_type *type = &ast->child[0]->type;
    hz_bundle list = hz_lower_list(lower, ast->child[0]);
    hz_type item = *type->item;
    if (list.count > 0) hz_check_join(lower->arena, type->item, &x->type, &item);
    hz_bundle sought = hz_lower_as(lower, x, list.count > 0 ? &item : &x->type);
    hz_bundle *indexes = HZ_NEW_MANY(lower->arena, hz_bundle, list.count);
    hz_ref *keep = HZ_NEW_MANY(lower->arena, hz_ref, list.count), present = hz_dag_not(dag, hz_bundle_absent(lower, &list));
    hz_regs masks = list.self;
    for (uint32_t i = 0; i < list.count; i++) {
        hz_bundle each = hz_bundle_convert(lower, list.item[i], type->item, &item);
        hz_ref has = hz_dag_and(dag, present, hz_bundle_has(lower, &list, type, i));
        hz_regs equal = hz_bundle_where(lower, has, hz_bundle_equal(lower, &sought, &each, &item));
        keep[i] = equal.value;
        masks = hz_strict(dag, masks.value, masks, equal);
        indexes[i] = (hz_bundle){.self = hz_sure(hz_dag_i64(dag, i + 1))};
    }
    hz_bundle out = hz_bundle_keep(lower, indexes, keep, list.count, ast->type.item);
    out.self = hz_strict(dag, out.self.value, out.self, masks);
    return hz_lower_file_list(lower, ast, out);
}
