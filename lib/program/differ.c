/* differ.c - where two nodes of a DAG can have different values: a bit made of nodes that are there anyway. Called by
 * cone.c with what a scenario answers and what the first one does.
 *
 * The two are walked together. The same node never differs; a choice differs where it takes what differs; `x and y` where
 * the other one holds; a comparison with another constant where one of the two holds and not the other; the smaller of
 * two where one of them can be it; everything else where an operand differs. `Everywhere` is always safe.
 *
 * Rows that hold no value count for nothing: what wraps there may be said not to differ.
 */
#include "program/variants.h"

#include "base/map.h"

enum {
    DEEPEST = 400,   /* nodes one below the other that are followed */
    CHEAP = 3,       /* nodes of a scenario that the base may compute to say where it differs */
    CHAIN = 6        /* choices that one side may have more */
};

typedef struct pair {
    hz_ref a, b, where;
    bool known;
} pair;

struct hz_differ {
    hz_arena *arena;
    const hz_lower *lower;
    hz_dag *dag;
    int near;
    const bool *base;
    uint32_t base_count; /* nodes behind these are not the base's, unless made here */
    pair *pairs;         /* by hash, open addressing */
    uint32_t room, count;
    int depth;
};

hz_differ *hz_differ_new(hz_lower *lower, const bool *base, int near)
{
    hz_differ *out = HZ_NEW(lower->arena, hz_differ);
    *out = (hz_differ){.arena = lower->arena, .lower = lower, .dag = &lower->dag, .base = base, .base_count = lower->dag.nodes.count, .near = near};
    return out;
}

/* ---- What was asked before ---- */

static pair *place_of(pair *pairs, uint32_t room, hz_ref a, hz_ref b)
{
    uint64_t key = (uint64_t)a << 32 | b;
    uint32_t at = (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (room - 1);
    while (pairs[at].known && (pairs[at].a != a || pairs[at].b != b)) at = (at + 1) & (room - 1);
    return &pairs[at];
}

static void remember(hz_differ *d, hz_ref a, hz_ref b, hz_ref where)
{
    if (d->count * 2 >= d->room) {
        uint32_t room = d->room == 0 ? 256 : d->room * 2;
        pair *pairs = HZ_NEW_MANY(d->arena, pair, room);
        for (uint32_t i = 0; i < d->room; i++)
            if (d->pairs[i].known) *place_of(pairs, room, d->pairs[i].a, d->pairs[i].b) = d->pairs[i];
        if (d->pairs != NULL) hz_arena_return(d->arena, d->pairs, d->room * sizeof *d->pairs);
        d->pairs = pairs;
        d->room = room;
    }
    *place_of(d->pairs, d->room, a, b) = (pair){a, b, where, true};
    d->count++;
}

/* ---- What the base can compute ---- */

/* How many nodes it takes beyond those that are there, up to `most` + 1. */
static int cost_of(const hz_differ *d, hz_ref ref, int most)
{
    const hz_node *node = &d->dag->nodes.at[ref];
    if (node->op >= HZ_OP_COUNT) return 0; /* a constant, or an input */
    if (ref < d->base_count && d->base[ref]) return 0;
    if (most <= 0) return 1;
    const hz_kernel_info *info = &hz_kernels[node->op];
    int cost = 1 + cost_of(d, node->a, most - 1);
    if (info->b != HZ_COLUMN_NONE && cost <= most) cost += cost_of(d, node->b, most - cost);
    if (info->c != HZ_COLUMN_NONE && cost <= most) cost += cost_of(d, node->c, most - cost);
    return cost;
}

static bool is_more(const hz_differ *d, hz_ref ref)
{
    return d->dag->nodes.at[ref].op < HZ_OP_COUNT && !(ref < d->base_count && d->base[ref]);
}

uint32_t hz_differ_cost(const hz_differ *d, hz_ref ref)
{
    bool *wanted = HZ_NEW_MANY(d->arena, bool, ref + 1);
    uint32_t count = 0;
    wanted[ref] = true;
    for (uint32_t i = ref + 1; i-- > 0;) {
        if (!wanted[i] || !is_more(d, i)) continue;
        const hz_node *node = &d->dag->nodes.at[i];
        const hz_kernel_info *info = &hz_kernels[node->op];
        count++;
        wanted[node->a] = true;
        if (info->b != HZ_COLUMN_NONE) wanted[node->b] = true;
        if (info->c != HZ_COLUMN_NONE) wanted[node->c] = true;
    }
    hz_arena_return(d->arena, wanted, ref + 1);
    return count;
}

static bool is_cheap(const hz_differ *d, hz_ref ref)
{
    return cost_of(d, ref, CHEAP) <= CHEAP;
}

/* ---- Choices ---- */

typedef struct choice {
    hz_ref when, yes, no;
} choice;

static hz_ref number(hz_differ *d, uint8_t type, int64_t k)
{
    return type == HZ_COLUMN_I32 ? hz_dag_i32(d->dag, k) : hz_dag_i64(d->dag, k);
}

static bool as_choice(hz_differ *d, hz_ref ref, choice *out)
{
    const hz_node node = d->dag->nodes.at[ref];
    switch (node.op) {
    case HZ_OP_PICK: case HZ_OP_PICK_I32: case HZ_OP_PICK_TEXT: case HZ_OP_PICK_WIDE: case HZ_OP_PICK_BIT:
        *out = (choice){node.c, node.a, node.b};
        return true;
    case HZ_OP_PICK_K: case HZ_OP_PICK_K_I32:
        *out = (choice){node.b, number(d, node.type, node.k), node.a};
        return true;
    case HZ_OP_PICK_KM: case HZ_OP_PICK_KM_I32:
        *out = (choice){node.a, number(d, node.type, node.k), number(d, node.type, node.m)};
        return true;
    default: return false;
    }
}

static hz_ref either(hz_differ *d, hz_ref a, hz_ref b)
{
    return hz_dag_or(d->dag, a, b);
}

/* yes where the choice takes the first, no where the second. */
static hz_ref where_taken(hz_differ *d, hz_ref when, hz_ref yes, hz_ref no)
{
    if (yes == HZ_FALSE && no == HZ_FALSE) return HZ_FALSE;
    if (!is_cheap(d, when)) return either(d, yes, no);
    return either(d, hz_dag_and(d->dag, when, yes), hz_dag_and_not(d->dag, no, when));
}

/* Whether ref is what choices from `from` on can come to. */
static bool leads_to(hz_differ *d, hz_ref from, hz_ref ref, int depth)
{
    choice c;
    if (from == ref) return true;
    if (depth == 0 || !as_choice(d, from, &c)) return false;
    return leads_to(d, c.no, ref, depth - 1) || leads_to(d, c.yes, ref, depth - 1);
}

static hz_ref against(hz_differ *d, hz_ref a, const choice *c)
{
    hz_ref yes = hz_differ_where(d, a, c->yes), no = hz_differ_where(d, a, c->no);
    return where_taken(d, c->when, yes, no);
}

/* False: none of the two is a choice. */
static bool differ_choices(hz_differ *d, hz_ref a, hz_ref b, hz_ref *out)
{
    choice x, y;
    bool first = as_choice(d, a, &x), second = as_choice(d, b, &y);
    if (!first && !second) return false;
    if (first && second && x.when == y.when) *out = where_taken(d, x.when, hz_differ_where(d, x.yes, y.yes), hz_differ_where(d, x.no, y.no));
    else if (second && (!first || leads_to(d, b, a, CHAIN))) *out = against(d, a, &y);
    else if (first && (!second || leads_to(d, a, b, CHAIN))) *out = against(d, b, &x);
    else {
        hz_ref when = hz_differ_where(d, x.when, y.when);
        hz_ref taken = where_taken(d, x.when, hz_differ_where(d, x.yes, y.yes), hz_differ_where(d, x.no, y.no));
        *out = either(d, when, taken);
    }
    return true;
}

/* ---- Bits ---- */

static hz_ref differ_and(hz_differ *d, const hz_node *x, const hz_node *y)
{
    hz_ref a = hz_differ_where(d, x->a, y->a), b = hz_differ_where(d, x->b, y->b);
    if (a == HZ_FALSE && is_cheap(d, x->a)) return hz_dag_and(d->dag, x->a, b);
    if (b == HZ_FALSE && is_cheap(d, x->b)) return hz_dag_and(d->dag, x->b, a);
    return either(d, a, b);
}

static hz_ref differ_or(hz_differ *d, const hz_node *x, const hz_node *y)
{
    hz_ref a = hz_differ_where(d, x->a, y->a), b = hz_differ_where(d, x->b, y->b);
    if (a == HZ_FALSE && is_cheap(d, x->a)) return hz_dag_and_not(d->dag, b, x->a);
    if (b == HZ_FALSE && is_cheap(d, x->b)) return hz_dag_and_not(d->dag, a, x->b);
    return either(d, a, b);
}

static hz_ref differ_and_not(hz_differ *d, const hz_node *x, const hz_node *y)
{
    hz_ref a = hz_differ_where(d, x->a, y->a), b = hz_differ_where(d, x->b, y->b);
    if (a == HZ_FALSE && is_cheap(d, x->a)) return hz_dag_and(d->dag, x->a, b);
    if (b == HZ_FALSE && is_cheap(d, x->b)) return hz_dag_and_not(d->dag, a, x->b);
    return either(d, a, b);
}

/* Both are there, or nearly so: then it is said exactly. */
static bool differ_bits(hz_differ *d, hz_ref a, hz_ref b, hz_ref *out)
{
    if (d->dag->nodes.at[a].type != HZ_COLUMN_BIT) return false;
    if (!is_cheap(d, a) || !is_cheap(d, b)) return false;
    *out = hz_dag_not(d->dag, hz_dag_eq(d->dag, a, b));
    return true;
}

/* ---- Numbers ---- */

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The node is not 0. */
static hz_ref not_zero(hz_differ *d, hz_ref a)
{
    return hz_dag_not(d->dag, hz_dag_eq(d->dag, a, hz_dag_i64(d->dag, 0)));
}

/* Of one number and two constants. */
static hz_ref differ_constants(hz_differ *d, const hz_node *x, const hz_node *y)
{
    hz_ref a = x->a;
    if (!is_cheap(d, a)) return HZ_TRUE;
    switch (x->op) {
    case HZ_OP_MIN_K: return hz_dag_lt(d->dag, hz_dag_i64(d->dag, smaller(x->k, y->k)), a);
    case HZ_OP_MAX_K: return hz_dag_lt(d->dag, a, hz_dag_i64(d->dag, larger(x->k, y->k)));
    case HZ_OP_MUL_K: case HZ_OP_DIV_K: return not_zero(d, a);
    default: return HZ_TRUE;
    }
}

/* Where the smaller (larger) of two numbers is the second. */
static hz_ref binds(hz_differ *d, bool least, hz_ref same, hz_ref limit)
{
    return least ? hz_dag_lt(d->dag, limit, same) : hz_dag_lt(d->dag, same, limit);
}

/* The smaller or larger of a number that is the same and one that is not: where one of the two binds, or the one that does if any
 * does. */
static hz_ref differ_least(hz_differ *d, bool least, hz_ref same, hz_ref before, hz_ref after)
{
    hz_ref where = hz_differ_where(d, before, after);
    const hz_order o = hz_order_of(d->lower, before, after);
    const bool may_before = o == HZ_NO_ORDER || least == (o == HZ_NOT_LESS), may_after = o == HZ_NO_ORDER || !may_before;
    if (d->dag->nodes.at[same].type != HZ_COLUMN_I64 || !is_cheap(d, same)) return where;
    if ((may_before && cost_of(d, before, d->near) > d->near) || (may_after && cost_of(d, after, d->near) > d->near)) return where;
    hz_ref bound = may_before ? binds(d, least, same, before) : HZ_FALSE;
    if (may_after) bound = either(d, bound, binds(d, least, same, after));
    return hz_dag_and(d->dag, where, bound);
}

/* A factor that is 0 and stays so. */
static hz_ref differ_product(hz_differ *d, const hz_node *x, const hz_node *y)
{
    hz_ref a = hz_differ_where(d, x->a, y->a), b = hz_differ_where(d, x->b, y->b);
    if (a == HZ_FALSE && is_cheap(d, x->a)) return hz_dag_and(d->dag, not_zero(d, x->a), b);
    if (b == HZ_FALSE && is_cheap(d, x->b)) return hz_dag_and(d->dag, not_zero(d, x->b), a);
    return either(d, a, b);
}

static hz_ref differ_operands(hz_differ *d, const hz_node *x, const hz_node *y)
{
    const hz_kernel_info *info = &hz_kernels[x->op];
    hz_ref out = hz_differ_where(d, x->a, y->a);
    if (info->b != HZ_COLUMN_NONE) out = either(d, out, hz_differ_where(d, x->b, y->b));
    if (info->c != HZ_COLUMN_NONE) out = either(d, out, hz_differ_where(d, x->c, y->c));
    return out;
}

/* ---- All ---- */

static hz_ref differ_operation(hz_differ *d, hz_node x, const hz_node *y)
{
    if (x.op >= HZ_OP_COUNT || x.op != y->op || x.mode != y->mode || x.m != y->m || x.patterns != y->patterns) return HZ_TRUE;
    if (x.k != y->k) return x.a == y->a ? differ_constants(d, &x, y) : HZ_TRUE;
    hz_order_match(&x, y);
    switch (x.op) {
    case HZ_OP_AND: return differ_and(d, &x, y);
    case HZ_OP_OR: return differ_or(d, &x, y);
    case HZ_OP_AND_NOT: return differ_and_not(d, &x, y);
    case HZ_OP_MUL: return differ_product(d, &x, y);
    case HZ_OP_MIN: case HZ_OP_MAX:
        if (x.a == y->a) return differ_least(d, x.op == HZ_OP_MIN, x.a, x.b, y->b);
        if (x.b == y->b) return differ_least(d, x.op == HZ_OP_MIN, x.b, x.a, y->a);
        return differ_operands(d, &x, y);
    default: return differ_operands(d, &x, y);
    }
}

static hz_ref differ(hz_differ *d, hz_ref a, hz_ref b)
{
    hz_ref out;
    if (d->dag->nodes.at[a].type != d->dag->nodes.at[b].type) return HZ_TRUE;
    if (differ_bits(d, a, b, &out) || differ_choices(d, a, b, &out)) return out;
    const hz_node y = d->dag->nodes.at[b];
    return differ_operation(d, d->dag->nodes.at[a], &y);
}

hz_ref hz_differ_where(hz_differ *d, hz_ref a, hz_ref b)
{
    if (a == b) return HZ_FALSE;
    if (d->depth >= DEEPEST) return HZ_TRUE;
    if (d->room > 0) {
        const pair *found = place_of(d->pairs, d->room, a, b);
        if (found->known) return found->where;
    }
    d->depth++;
    hz_ref out = differ(d, a, b);
    d->depth--;
    remember(d, a, b, out);
    return out;
}
