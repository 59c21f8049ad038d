/* bundle.c - shapes, choice and equality of bundles; see bundle.h. */
#include "program/bundle.h"

#include "feel/check.h"

static hz_bundle *items_of(hz_lower *lower, uint32_t count)
{
    return HZ_NEW_MANY(lower->arena, hz_bundle, count);
}

hz_bundle hz_bundle_filler(hz_lower *lower, const hz_type *type)
{
    if (!hz_type_bundled(type)) return (hz_bundle){.self = hz_sure(hz_lower_constant(lower, type, 0, HZ_STR("")))};
    hz_bundle out = {.self = hz_sure(hz_dag_i64(&lower->dag, 0)), .count = type->count};
    out.item = items_of(lower, out.count);
    for (uint32_t i = 0; i < out.count; i++) out.item[i] = hz_bundle_filler(lower, type->kind == HZ_KIND_MIXED ? &type->item[i] : type->item);
    return out;
}

hz_bundle hz_bundle_of(hz_lower *lower, hz_bundle *items, uint32_t count)
{
    return (hz_bundle){.self = hz_sure(hz_dag_i64(&lower->dag, count)), .item = items, .count = count};
}

/* ---- Mixed values ---- */

hz_ref hz_bundle_is(hz_lower *lower, const hz_bundle *mixed, const hz_type *type, const hz_type *alternative)
{
    return hz_dag_eq(&lower->dag, mixed->self.value, hz_dag_i64(&lower->dag, alternative - type->item));
}

hz_bundle hz_bundle_alternative(const hz_bundle *mixed, const hz_type *type, const hz_type *alternative)
{
    hz_bundle out = mixed->item[alternative - type->item];
    hz_ref value = out.self.value;
    out.self = mixed->self;
    out.self.value = value;
    return out;
}

/* A value as an alternative of a mixed type; the masks are the mixed value's. */
static hz_bundle as_alternative(hz_lower *lower, hz_bundle value, const hz_type *from, const hz_type *to)
{
    hz_bundle out = hz_bundle_filler(lower, to);
    uint32_t index = (uint32_t)(hz_type_alternative(to, from->kind) - to->item);
    out.self = value.self;
    out.self.value = hz_dag_i64(&lower->dag, index);
    value.self = hz_sure(value.self.value);
    out.item[index] = hz_bundle_convert(lower, value, from, &to->item[index]);
    return out;
}

/* A mixed value at a type with all of its alternatives. */
static hz_bundle as_mixed(hz_lower *lower, hz_bundle value, const hz_type *from, const hz_type *to)
{
    hz_dag *dag = &lower->dag;
    hz_bundle out = hz_bundle_filler(lower, to);
    out.self = value.self;
    for (uint32_t i = 0; i < from->count; i++) {
        uint32_t index = (uint32_t)(hz_type_alternative(to, from->item[i].kind) - to->item);
        hz_ref is = hz_bundle_is(lower, &value, from, &from->item[i]);
        out.self.value = i == 0 ? hz_dag_i64(dag, index) : hz_dag_pick(dag, is, hz_dag_i64(dag, index), out.self.value);
        out.item[index] = hz_bundle_convert(lower, value.item[i], &from->item[i], &to->item[index]);
    }
    return out;
}

hz_bundle hz_bundle_convert(hz_lower *lower, hz_bundle value, const hz_type *from, const hz_type *to)
{
    if (from->kind == HZ_KIND_NULL && to->kind != HZ_KIND_NULL) {
        hz_bundle out = hz_bundle_filler(lower, to);
        out.self.null = HZ_TRUE;
        return out;
    }
    if (to->kind == HZ_KIND_MIXED) return (from->kind == HZ_KIND_MIXED ? as_mixed : as_alternative)(lower, value, from, to);
    if (to->kind != HZ_KIND_LIST) {
        value.self.value = hz_lower_convert(lower, value.self.value, from, to);
        return value;
    }
    hz_bundle out = {.self = value.self, .count = to->count};
    out.item = items_of(lower, out.count);
    for (uint32_t i = 0; i < out.count; i++)
        out.item[i] = i < value.count ? hz_bundle_convert(lower, value.item[i], from->item, to->item) : hz_bundle_filler(lower, to->item);
    return out;
}

hz_ref hz_bundle_has(hz_lower *lower, const hz_bundle *list, const hz_type *type, uint32_t index)
{
    if (index < (uint32_t)type->lo) return HZ_TRUE;
    return hz_dag_lt(&lower->dag, hz_dag_i64(&lower->dag, index), list->self.value);
}

hz_ref hz_bundle_absent(hz_lower *lower, const hz_bundle *list)
{
    hz_dag *dag = &lower->dag;
    const hz_regs *self = &list->self;
    return hz_dag_or(dag, hz_dag_or(dag, self->null, self->missing), hz_dag_or(dag, self->unknown, self->error));
}

hz_bundle hz_bundle_choose(hz_lower *lower, hz_ref bit, hz_bundle a, hz_bundle b)
{
    if (bit <= HZ_TRUE) return bit == HZ_TRUE ? a : b;
    hz_bundle out = {.self = hz_choose_bit(&lower->dag, bit, a.self, b.self), .count = a.count};
    if (a.count > 0) out.item = items_of(lower, a.count);
    for (uint32_t i = 0; i < a.count; i++) out.item[i] = hz_bundle_choose(lower, bit, a.item[i], b.item[i]);
    return out;
}

hz_regs hz_bundle_where(hz_lower *lower, hz_ref has, hz_regs boolean)
{
    hz_dag *dag = &lower->dag;
    return (hz_regs){.value = hz_dag_and(dag, boolean.value, has),
                     .null = hz_dag_and(dag, boolean.null, has),
                     .missing = hz_dag_and(dag, boolean.missing, has),
                     .unknown = hz_dag_and(dag, boolean.unknown, has),
                     .error = hz_dag_and(dag, boolean.error, has)};
}

/* The lengths are equal, and so is each item that both have. */
static hz_regs equal_items(hz_lower *lower, const hz_bundle *a, const hz_bundle *b, const hz_type *type)
{
    hz_dag *dag = &lower->dag;
    hz_regs out = hz_sure(hz_dag_eq(dag, a->self.value, b->self.value));
    for (uint32_t i = 0; i < type->count; i++) {
        hz_ref both = hz_dag_and(dag, hz_bundle_has(lower, a, type, i), hz_bundle_has(lower, b, type, i));
        hz_regs differs = hz_not(dag, hz_bundle_equal(lower, &a->item[i], &b->item[i], type->item));
        out = hz_and(dag, out, hz_not(dag, hz_bundle_where(lower, both, differs)));
    }
    return out;
}

/* The alternatives are the same one, and equal as that. */
static hz_regs equal_alternatives(hz_lower *lower, const hz_bundle *a, const hz_bundle *b, const hz_type *type)
{
    hz_dag *dag = &lower->dag;
    hz_regs out = hz_sure(HZ_FALSE);
    for (uint32_t i = 0; i < type->count; i++) {
        const hz_type *each = &type->item[i];
        hz_ref both = hz_dag_and(dag, hz_bundle_is(lower, a, type, each), hz_bundle_is(lower, b, type, each));
        out = hz_or(dag, out, hz_bundle_where(lower, both, hz_bundle_equal(lower, &a->item[i], &b->item[i], each)));
    }
    return out;
}

hz_regs hz_bundle_equal(hz_lower *lower, const hz_bundle *a, const hz_bundle *b, const hz_type *type)
{
    hz_dag *dag = &lower->dag;
    if (type->kind == HZ_KIND_NULL) {
        hz_regs both = hz_strict(dag, HZ_TRUE, a->self, b->self);
        both.null = HZ_FALSE;
        return both;
    }
    if (!hz_type_bundled(type)) return hz_equal(dag, a->self, b->self);
    hz_ref any_null = hz_dag_or(dag, a->self.null, b->self.null), both_null = hz_dag_and(dag, a->self.null, b->self.null);
    hz_ref gone = hz_dag_or(dag, hz_bundle_absent(lower, a), hz_bundle_absent(lower, b));
    hz_regs within = (type->kind == HZ_KIND_LIST ? equal_items : equal_alternatives)(lower, a, b, type);
    hz_regs items = hz_bundle_where(lower, hz_dag_not(dag, gone), within);
    hz_regs out = hz_strict(dag, hz_dag_or(dag, hz_dag_and_not(dag, items.value, any_null), both_null), a->self, b->self);
    out.null = HZ_FALSE;
    return hz_strict(dag, out.value, out, items);
}
