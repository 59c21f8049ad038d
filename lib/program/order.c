/* order.c - which of two numbers of one row is the larger, seen from how they are made; and which bit holds wherever another one does. Called
 * by differ.c and cone.c, which ask of numbers and bits of two scenarios.
 *
 * `Unknown` and `no` are always safe.
 */
#include "program/narrow.h"
#include "program/variants.h"

/* Nodes one below the other that are followed; pairs of bits for one answer. */
enum { DEEPEST = 12, PAIRS_MOST = 400 };

/* ---- Operators that take two operands in either order ---- */

static bool either_way(const hz_node *node)
{
    switch (node->op) {
    case HZ_OP_ADD: case HZ_OP_MUL: case HZ_OP_MUL_DIV_K: case HZ_OP_MUL_DIV: case HZ_OP_SHARE: case HZ_OP_MIN: case HZ_OP_MAX: case HZ_OP_MIN_I32:
    case HZ_OP_MAX_I32: case HZ_OP_AND: case HZ_OP_OR: case HZ_OP_XOR:
        return true;
    default: return false;
    }
}

/* Their operands matched: DAGs have them in the order in which they were made. */
void hz_order_match(hz_node *x, const hz_node *y)
{
    if (!either_way(x) || x->op != y->op || x->a == y->a || x->b == y->b || (x->a != y->b && x->b != y->a)) return;
    hz_ref a = x->a;
    x->a = x->b;
    x->b = a;
}

/* ---- Numbers ---- */

static hz_order turned(hz_order o)
{
    return o == HZ_NOT_LESS ? HZ_NOT_MORE : o == HZ_NOT_MORE ? HZ_NOT_LESS : o;
}

static hz_order between(int64_t a, int64_t b)
{
    return a == b ? HZ_SAME : a < b ? HZ_NOT_LESS : HZ_NOT_MORE;
}

static hz_order order_of(const hz_lower *lower, hz_ref a, hz_ref b, int depth);

/* Whether two nodes are one function of p and of q that grows no faster than what it is given, and never falls. */
static bool follows(const hz_lower *lower, hz_ref a, hz_ref b, hz_ref p, hz_ref q, int depth)
{
    const hz_node *y = &lower->dag.nodes.at[b];
    hz_node x = lower->dag.nodes.at[a];
    if (a == b || (a == p && b == q)) return true;
    if (x.op != y->op || depth == 0) return false;
    hz_order_match(&x, y);
    switch (x.op) {
    case HZ_OP_PICK: if (x.c != y->c) return false; /* fall through */
    case HZ_OP_MIN: case HZ_OP_MAX: return follows(lower, x.a, y->a, p, q, depth - 1) && follows(lower, x.b, y->b, p, q, depth - 1);
    case HZ_OP_PICK_K: return x.b == y->b && x.k == y->k && follows(lower, x.a, y->a, p, q, depth - 1);
    case HZ_OP_MIN_K: case HZ_OP_MAX_K: return x.k == y->k && follows(lower, x.a, y->a, p, q, depth - 1);
    case HZ_OP_SUB: return x.a == p && y->a == q && follows(lower, x.b, y->b, p, q, depth - 1);
    default: return false;
    }
}

/* What is left of a number is the more, the larger it is, when what it gives grows no faster. */
static hz_order order_of_differences(const hz_lower *lower, const hz_node *x, const hz_node *y, int depth)
{
    const hz_order left = order_of(lower, x->a, y->a, depth - 1);
    if (left == HZ_NO_ORDER || follows(lower, x->b, y->b, x->a, y->a, DEEPEST)) return left;
    return left & turned(order_of(lower, x->b, y->b, depth - 1));
}

/* Of two products that have a factor in common which is not below 0. */
static hz_order order_of_products(const hz_lower *lower, const hz_node *x, const hz_node *y, int depth)
{
    if (x->k != y->k || x->mode != y->mode || x->c != y->c || (x->op == HZ_OP_MUL_DIV_K && x->k <= 0)) return HZ_NO_ORDER;
    if (x->op == HZ_OP_MUL_DIV && hz_range_of(lower, x->c).lo < 0) return HZ_NO_ORDER;
    if (x->a == y->a && hz_range_of(lower, x->a).lo >= 0) return order_of(lower, x->b, y->b, depth - 1);
    if (x->b == y->b && hz_range_of(lower, x->b).lo >= 0) return order_of(lower, x->a, y->a, depth - 1);
    return HZ_NO_ORDER;
}

static hz_order order_of(const hz_lower *lower, hz_ref a, hz_ref b, int depth)
{
    const hz_node *y = &lower->dag.nodes.at[b];
    hz_node matched = lower->dag.nodes.at[a], *x = &matched;
    if (a == b) return HZ_SAME;
    if (x->type != y->type || (x->type != HZ_COLUMN_I64 && x->type != HZ_COLUMN_I32) || x->op != y->op || depth == 0) return HZ_NO_ORDER;
    hz_order_match(x, y);
    switch (x->op) {
    case HZ_NODE_CONSTANT: return between(x->k, y->k);
    case HZ_OP_ADD_K: case HZ_OP_MIN_K: case HZ_OP_MAX_K: return order_of(lower, x->a, y->a, depth - 1) & between(x->k, y->k);
    case HZ_OP_RSUB_K: return turned(order_of(lower, x->a, y->a, depth - 1)) & between(x->k, y->k);
    case HZ_OP_MUL_K: return x->k == y->k && x->k >= 0 ? order_of(lower, x->a, y->a, depth - 1) : HZ_NO_ORDER;
    case HZ_OP_DIV_K: return x->k == y->k && x->mode == y->mode && x->k > 0 ? order_of(lower, x->a, y->a, depth - 1) : HZ_NO_ORDER;
    case HZ_OP_MUL: case HZ_OP_MUL_DIV_K: case HZ_OP_MUL_DIV: return order_of_products(lower, x, y, depth);
    case HZ_OP_WIDEN: return order_of(lower, x->a, y->a, depth - 1);
    case HZ_OP_ADD: case HZ_OP_MIN: case HZ_OP_MAX: case HZ_OP_MIN_I32: case HZ_OP_MAX_I32:
        return order_of(lower, x->a, y->a, depth - 1) & order_of(lower, x->b, y->b, depth - 1);
    case HZ_OP_SUB: return order_of_differences(lower, x, y, depth);
    case HZ_OP_PICK: case HZ_OP_PICK_I32:
        return x->c == y->c ? order_of(lower, x->a, y->a, depth - 1) & order_of(lower, x->b, y->b, depth - 1) : HZ_NO_ORDER;
    case HZ_OP_PICK_K: case HZ_OP_PICK_K_I32: return x->b == y->b ? order_of(lower, x->a, y->a, depth - 1) & between(x->k, y->k) : HZ_NO_ORDER;
    case HZ_OP_PICK_KM: case HZ_OP_PICK_KM_I32: return x->a == y->a ? between(x->k, y->k) & between(x->m, y->m) : HZ_NO_ORDER;
    default: return HZ_NO_ORDER;
    }
}

hz_order hz_order_of(const hz_lower *lower, hz_ref a, hz_ref b)
{
    return order_of(lower, a, b, DEEPEST);
}

/* ---- Bits ---- */

typedef struct proof {
    const hz_lower *lower;
    uint32_t pairs;
} proof;

static bool implies(proof *p, hz_ref a, hz_ref b);

static bool not_more(const proof *p, hz_ref a, hz_ref b)
{
    return (hz_order_of(p->lower, a, b) & HZ_NOT_LESS) != 0;
}

/* Of two that are made alike. */
static bool alike_implies(proof *p, const hz_node *x, const hz_node *y)
{
    switch (x->op) {
    case HZ_OP_AND: case HZ_OP_OR: return implies(p, x->a, y->a) && implies(p, x->b, y->b);
    case HZ_OP_AND_NOT: return implies(p, x->a, y->a) && implies(p, y->b, x->b);
    case HZ_OP_NOT: return implies(p, y->a, x->a);
    case HZ_OP_LT: case HZ_OP_LE: return not_more(p, y->a, x->a) && not_more(p, x->b, y->b);
    case HZ_OP_LT_K: case HZ_OP_LE_K: return x->k <= y->k && not_more(p, y->a, x->a);
    default: return false;
    }
}

static bool implies(proof *p, hz_ref a, hz_ref b)
{
    const hz_node *y = &p->lower->dag.nodes.at[b];
    hz_node x = p->lower->dag.nodes.at[a];
    if (a == b || a == HZ_FALSE || b == HZ_TRUE) return true;
    if (++p->pairs > PAIRS_MOST) return false;
    hz_order_match(&x, y);
    if (x.op == y->op && alike_implies(p, &x, y)) return true;
    if (x.op == HZ_OP_OR) return implies(p, x.a, b) && implies(p, x.b, b);
    if (y->op == HZ_OP_AND) return implies(p, a, y->a) && implies(p, a, y->b);
    if (x.op == HZ_OP_AND) return implies(p, x.a, b) || implies(p, x.b, b);
    if (x.op == HZ_OP_AND_NOT) return implies(p, x.a, b);
    return y->op == HZ_OP_OR && (implies(p, a, y->a) || implies(p, a, y->b));
}

bool hz_order_implies(const hz_lower *lower, hz_ref a, hz_ref b)
{
    proof p = {.lower = lower};
    return implies(&p, a, b);
}
