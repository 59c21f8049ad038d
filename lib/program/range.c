/* range.c - in which range a node's number lies wherever it is a value: from the ranges of inputs and counters, which every row is
 * held to, through arithmetic. Context plays no part: a node is shared by all that it means in a plan. Called by narrow.c.
 *
 * What may leave its column's range, and what is not known here, has that range. Rows that hold no value may hold any number.
 */
#include "program/narrow.h"

#include "value/number_type.h"

/* Visits of nodes at most: choices share branches, and a longer way is not worth the answer. */
enum { VISITS_MOST = 200 };

typedef struct scan {
    const hz_lower *lower;
    uint32_t visits;
} scan;

static hz_range range_of(scan *s, hz_ref ref);

static hz_range everything(uint8_t type)
{
    return type == HZ_COLUMN_I32 ? (hz_range){INT32_MIN, INT32_MAX} : (hz_range){INT64_MIN, INT64_MAX};
}

static hz_range only(int64_t k)
{
    return (hz_range){k, k};
}

static hz_range hull(hz_range x, hz_range y)
{
    return (hz_range){x.lo < y.lo ? x.lo : y.lo, x.hi > y.hi ? x.hi : y.hi};
}

/* What a host may give: numbers and days, whose ranges are in coefficients of their columns. */
static hz_range of_input(const scan *s, const hz_node *node)
{
    const hz_plan_model *rules = s->lower->plan->rules;
    const uint32_t inputs = rules->inputs.count, at = (uint32_t)node->k / 2;
    const hz_type *type = at < inputs ? &rules->inputs.at[at].type : at - inputs < rules->counters.count ? &rules->counters.at[at - inputs].type : NULL;
    bool known = type != NULL && (type->kind == HZ_KIND_NUMBER || type->kind == HZ_KIND_DATE) && hz_type_fits64(type);
    return known ? (hz_range){type->lo, type->hi} : everything(node->type);
}

static hz_range product(hz_range x, hz_range y)
{
    const hz_i128 ends[4] = {x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi};
    hz_range out = {ends[0], ends[0]};
    for (int i = 1; i < 4; i++) out = hull(out, (hz_range){ends[i], ends[i]});
    return out;
}

static hz_range least(hz_range x, hz_range y)
{
    return (hz_range){x.lo < y.lo ? x.lo : y.lo, x.hi < y.hi ? x.hi : y.hi};
}

static hz_range most(hz_range x, hz_range y)
{
    return (hz_range){x.lo > y.lo ? x.lo : y.lo, x.hi > y.hi ? x.hi : y.hi};
}

static hz_range without_sign(hz_range x)
{
    return x.lo >= 0 ? x : x.hi <= 0 ? (hz_range){-x.hi, -x.lo} : most((hz_range){0, x.hi}, (hz_range){0, -x.lo});
}

static hz_range quotient(hz_range x, int64_t k, uint8_t mode)
{
    if (k <= 0) return everything(HZ_COLUMN_I64);
    return (hz_range){hz_divide_rounded(x.lo, k, (hz_rounding)mode), hz_divide_rounded(x.hi, k, (hz_rounding)mode)};
}

/* Of an operation; x is what its first operand is. */
static hz_range of_operation(scan *s, const hz_node *node)
{
    const hz_range x = range_of(s, node->a), k = only(node->k);
    switch (node->op) {
    case HZ_OP_ADD: { const hz_range y = range_of(s, node->b); return (hz_range){x.lo + y.lo, x.hi + y.hi}; }
    case HZ_OP_SUB: { const hz_range y = range_of(s, node->b); return (hz_range){x.lo - y.hi, x.hi - y.lo}; }
    case HZ_OP_MUL: return product(x, range_of(s, node->b));
    case HZ_OP_MIN: case HZ_OP_MIN_I32: return least(x, range_of(s, node->b));
    case HZ_OP_MAX: case HZ_OP_MAX_I32: return most(x, range_of(s, node->b));
    case HZ_OP_PICK: case HZ_OP_PICK_I32: return hull(x, range_of(s, node->b));
    case HZ_OP_ADD_K: return (hz_range){x.lo + k.lo, x.hi + k.hi};
    case HZ_OP_RSUB_K: return (hz_range){k.lo - x.hi, k.hi - x.lo};
    case HZ_OP_MUL_K: return product(x, k);
    case HZ_OP_MIN_K: return least(x, k);
    case HZ_OP_MAX_K: return most(x, k);
    case HZ_OP_PICK_K: case HZ_OP_PICK_K_I32: return hull(x, k);
    case HZ_OP_DIV_K: return quotient(x, node->k, node->mode);
    case HZ_OP_ABS: return without_sign(x);
    case HZ_OP_WIDEN: case HZ_OP_NARROW: return x;
    default: return everything(node->type);
    }
}

static hz_range of_node(scan *s, const hz_node *node)
{
    switch (node->op) {
    case HZ_NODE_CONSTANT: return only(node->k);
    case HZ_NODE_INPUT: return of_input(s, node);
    case HZ_OP_PICK_KM: case HZ_OP_PICK_KM_I32: return hull(only(node->k), only(node->m));
    case HZ_OP_YEAR: return (hz_range){1, 9999};
    case HZ_OP_MONTH: return (hz_range){1, 12};
    case HZ_OP_DAY: return (hz_range){1, 31};
    case HZ_OP_DATE_ADD_MONTHS: case HZ_OP_DATE_ADD_MONTHS_K: case HZ_OP_DATE_MAKE: return (hz_range){HZ_DATE_MIN, HZ_DATE_MAX};
    default: return of_operation(s, node);
    }
}

static hz_range range_of(scan *s, hz_ref ref)
{
    const hz_node *node = &s->lower->dag.nodes.at[ref];
    const hz_range all = everything(node->type);
    bool number = node->type == HZ_COLUMN_I64 || node->type == HZ_COLUMN_I32;
    if (!number || ++s->visits > VISITS_MOST) return all;
    const hz_range out = of_node(s, node);
    return out.lo < all.lo || out.hi > all.hi ? all : out;
}

hz_range hz_range_of(const hz_lower *lower, hz_ref ref)
{
    scan s = {.lower = lower};
    return range_of(&s, ref);
}
