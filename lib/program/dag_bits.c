/* dag_bits.c - logic on bits in the DAG, made shorter by what the shape of two bits says of each other. Called wherever
 * absence is lowered (logic.c): masks are made of each other, so most of what Kleene's logic says in general is settled
 * there. Not: what the masks mean.
 *
 * Two questions are asked of shapes, to a small depth: does a imply b, and do a and b exclude each other. `no` is always
 * safe; `yes` is a proof, since every bit is a function of the same row.
 */
#include "program/dag.h"

enum { DEPTH = 5 };

static hz_ref op(hz_dag *dag, hz_op which, hz_ref a, hz_ref b)
{
    return hz_dag_op(dag, which, a, b, 0, 0, HZ_ROUND_UP);
}

static hz_node node_of(const hz_dag *dag, hz_ref ref)
{
    return dag->nodes.at[ref];
}

/* ---- What bits look at ---- */

static bool is_test(uint16_t op)
{
    switch (op) {
    case HZ_OP_EQ_K: case HZ_OP_EQ_K_I32: case HZ_OP_LE_K: case HZ_OP_LE_K_I32: case HZ_OP_LT_K: case HZ_OP_LT_K_I32:
    case HZ_OP_HAS_ANY_K: case HZ_OP_AMONG_KM: return true;
    default: return false;
    }
}

/* Shapes say something of each other only where both are made of one node, or of tests of one: where no bit is in both,
 * nothing is asked. */
uint64_t hz_dag_about(const hz_dag *dag, const hz_node *node)
{
    switch (node->op) {
    case HZ_OP_NOT: return dag->nodes.at[node->a].about;
    case HZ_OP_AND: case HZ_OP_OR: case HZ_OP_AND_NOT: return dag->nodes.at[node->a].about | dag->nodes.at[node->b].about;
    default: break;
    }
    hz_ref what = is_test(node->op) ? node->a : dag->nodes.count;
    return (uint64_t)1 << (what * UINT32_C(2654435769) >> 26);
}

/* ---- What tests of one number say of each other ---- */

/* Numbers for which a comparison with a constant holds; false: it is none. */
static bool holds_between(const hz_node *node, int64_t *lo, int64_t *hi)
{
    *lo = INT64_MIN;
    *hi = node->k;
    switch (node->op) {
    case HZ_OP_EQ_K: case HZ_OP_EQ_K_I32: *lo = node->k; return true;
    case HZ_OP_LE_K: case HZ_OP_LE_K_I32: return true;
    case HZ_OP_LT_K: case HZ_OP_LT_K_I32: *hi = node->k - (node->k > INT64_MIN); return node->k > INT64_MIN;
    default: return false;
    }
}

static bool among(const hz_node *set, int64_t code)
{
    return code >= set->m && code - set->m < 64 && ((uint64_t)set->k >> (code - set->m) & 1) != 0;
}

static bool test_implies(const hz_node *x, const hz_node *y)
{
    int64_t x_lo, x_hi, y_lo, y_hi;
    if (x->op == HZ_OP_HAS_ANY_K) return y->op == x->op && y->a == x->a && (x->k & ~y->k) == 0;
    if (x->op == HZ_OP_AMONG_KM) return y->op == x->op && y->a == x->a && y->m == x->m && (x->k & ~y->k) == 0;
    if (!holds_between(x, &x_lo, &x_hi) || x->a != y->a) return false;
    if (y->op == HZ_OP_AMONG_KM) return x_lo == x_hi && among(y, x_lo);
    return holds_between(y, &y_lo, &y_hi) && y_lo <= x_lo && x_hi <= y_hi;
}

/* x and y in either order; of a match that was given up no other bit is set. */
static bool tests_exclude(const hz_dag *dag, const hz_node *x, const hz_node *y)
{
    int64_t x_lo, x_hi, y_lo, y_hi;
    if (x->a != y->a) return false;
    if (x->op == HZ_OP_HAS_ANY_K)
        return y->op == x->op && dag->nodes.at[x->a].op == HZ_OP_MATCH && x->k == HZ_MATCH_GAVE_UP && y->k > 0;
    if (x->op == HZ_OP_AMONG_KM) return y->op == x->op && y->m == x->m && (x->k & y->k) == 0;
    if (!holds_between(x, &x_lo, &x_hi)) return false;
    if (y->op == HZ_OP_AMONG_KM) return x_lo == x_hi && !among(y, x_lo);
    return holds_between(y, &y_lo, &y_hi) && (x_hi < y_lo || y_hi < x_lo);
}

/* ---- What shapes say ---- */

/* A question that was answered lately: a, b, depth, which question, and whether it is so. Masks grow one out of the other,
 * so most are asked many times. */
typedef enum question { IMPLIES, EXCLUDES } question;

static uint64_t *proof_of(const hz_dag *dag, hz_ref a, hz_ref b, int depth, question which, uint64_t *key)
{
    *key = (uint64_t)a << 34 | (uint64_t)b << 5 | (uint64_t)depth << 2 | (uint64_t)which << 1;
    return &dag->proofs[(*key * UINT64_C(0x9E3779B97F4A7C15) >> 32) % HZ_DAG_PROOFS];
}

static bool excludes(const hz_dag *dag, hz_ref a, hz_ref b, int depth);
static bool implies(const hz_dag *dag, hz_ref a, hz_ref b, int depth);

static bool implies_by_shape(const hz_dag *dag, hz_ref a, hz_ref b, int depth)
{
    const hz_node *x = &dag->nodes.at[a], *y = &dag->nodes.at[b];
    if (y->op == HZ_OP_OR && (implies(dag, a, y->a, depth - 1) || implies(dag, a, y->b, depth - 1))) return true;
    if (y->op == HZ_OP_NOT && excludes(dag, a, y->a, depth - 1)) return true;
    if (x->op == HZ_OP_AND) return implies(dag, x->a, b, depth - 1) || implies(dag, x->b, b, depth - 1);
    if (x->op == HZ_OP_AND_NOT) return implies(dag, x->a, b, depth - 1);
    return x->op == HZ_OP_OR && implies(dag, x->a, b, depth - 1) && implies(dag, x->b, b, depth - 1);
}

static bool implies(const hz_dag *dag, hz_ref a, hz_ref b, int depth)
{
    if (a == b || a == HZ_FALSE || b == HZ_TRUE) return true;
    const hz_node *x = &dag->nodes.at[a], *y = &dag->nodes.at[b];
    if (depth == 0 || (x->about & y->about) == 0) return false;
    if (test_implies(x, y)) return true;
    if (depth == 1) return implies_by_shape(dag, a, b, depth);
    uint64_t key, *proof = proof_of(dag, a, b, depth, IMPLIES, &key);
    if ((*proof | 1) != (key | 1)) *proof = key | implies_by_shape(dag, a, b, depth);
    return (*proof & 1) != 0;
}

/* a holds only where b does not, seen from a's shape. */
static bool shuts_out(const hz_dag *dag, hz_ref a, hz_ref b, int depth)
{
    const hz_node *x = &dag->nodes.at[a], *y = &dag->nodes.at[b];
    if (tests_exclude(dag, x, y)) return true;
    switch (x->op) {
    case HZ_OP_NOT: return implies(dag, b, x->a, depth - 1);
    case HZ_OP_AND_NOT: return implies(dag, b, x->b, depth - 1) || excludes(dag, x->a, b, depth - 1);
    case HZ_OP_AND: return excludes(dag, x->a, b, depth - 1) || excludes(dag, x->b, b, depth - 1);
    case HZ_OP_OR: return excludes(dag, x->a, b, depth - 1) && excludes(dag, x->b, b, depth - 1);
    default: return false;
    }
}

static bool excludes(const hz_dag *dag, hz_ref a, hz_ref b, int depth)
{
    if (a == HZ_FALSE || b == HZ_FALSE) return true;
    if (a == b || depth == 0 || (dag->nodes.at[a].about & dag->nodes.at[b].about) == 0) return false;
    uint64_t key, *proof = proof_of(dag, a, b, depth, EXCLUDES, &key);
    if ((*proof | 1) != (key | 1)) *proof = key | (shuts_out(dag, a, b, depth) || shuts_out(dag, b, a, depth));
    return (*proof & 1) != 0;
}

/* ---- Builders ---- */

hz_ref hz_dag_and(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (implies(dag, a, b, DEPTH)) return a;
    if (implies(dag, b, a, DEPTH)) return b;
    if (excludes(dag, a, b, DEPTH)) return HZ_FALSE;
    if (node_of(dag, b).op == HZ_OP_NOT) return hz_dag_and_not(dag, a, node_of(dag, b).a);
    if (node_of(dag, a).op == HZ_OP_NOT) return hz_dag_and_not(dag, b, node_of(dag, a).a);
    return a < b ? op(dag, HZ_OP_AND, a, b) : op(dag, HZ_OP_AND, b, a);
}

/* What `b` adds to `a or b`: of `x and not a` it is x. */
static hz_ref added(const hz_dag *dag, hz_ref a, hz_ref b)
{
    const hz_node node = node_of(dag, b);
    return node.op == HZ_OP_AND_NOT && implies(dag, node.b, a, DEPTH) ? node.a : b;
}

/* One of them always holds. */
static bool covers(const hz_dag *dag, hz_ref a, hz_ref b)
{
    const hz_node x = node_of(dag, a), y = node_of(dag, b);
    return (x.op == HZ_OP_NOT && implies(dag, x.a, b, DEPTH)) || (y.op == HZ_OP_NOT && implies(dag, y.a, a, DEPTH));
}

/* `a or b` where both are said by one test, or begin with the same condition; HZ_FALSE: they are not. a may be such an
 * `or` itself. */
static hz_ref joined(hz_dag *dag, hz_ref a, hz_ref b, int depth)
{
    const hz_node x = node_of(dag, a), y = node_of(dag, b);
    if (x.op == HZ_OP_HAS_ANY_K && y.op == x.op && x.a == y.a) return hz_dag_op(dag, HZ_OP_HAS_ANY_K, x.a, 0, 0, x.k | y.k, HZ_ROUND_UP);
    if (x.op == HZ_OP_AND && y.op == HZ_OP_AND) {
        if (x.a == y.a || x.a == y.b) return hz_dag_and(dag, x.a, hz_dag_or(dag, x.b, x.a == y.a ? y.b : y.a));
        if (x.b == y.a || x.b == y.b) return hz_dag_and(dag, x.b, hz_dag_or(dag, x.a, x.b == y.a ? y.b : y.a));
    }
    if (x.op != HZ_OP_OR || depth == 0) return HZ_FALSE;
    hz_ref with = joined(dag, x.b, b, depth - 1);
    if (with != HZ_FALSE) return hz_dag_or(dag, x.a, with);
    with = joined(dag, x.a, b, depth - 1);
    return with != HZ_FALSE ? hz_dag_or(dag, x.b, with) : HZ_FALSE;
}

hz_ref hz_dag_or(hz_dag *dag, hz_ref a, hz_ref b)
{
    if (implies(dag, a, b, DEPTH)) return b;
    if (implies(dag, b, a, DEPTH)) return a;
    if (covers(dag, a, b)) return HZ_TRUE;
    hz_ref more = added(dag, a, b);
    if (more != b) return hz_dag_or(dag, a, more);
    more = added(dag, b, a);
    if (more != a) return hz_dag_or(dag, more, b);
    hz_ref both = joined(dag, a, b, DEPTH);
    if (both == HZ_FALSE) both = joined(dag, b, a, DEPTH);
    if (both != HZ_FALSE) return both;
    return a < b ? op(dag, HZ_OP_OR, a, b) : op(dag, HZ_OP_OR, b, a);
}

hz_ref hz_dag_not(hz_dag *dag, hz_ref a)
{
    if (a <= HZ_TRUE) return a == HZ_TRUE ? HZ_FALSE : HZ_TRUE;
    const hz_node node = node_of(dag, a);
    return node.op == HZ_OP_NOT ? node.a : op(dag, HZ_OP_NOT, a, 0);
}

/* What of b matters to `a and not b`. */
static hz_ref taken_away(const hz_dag *dag, hz_ref a, hz_ref b)
{
    const hz_node node = node_of(dag, b);
    if (node.op == HZ_OP_OR && excludes(dag, a, node.a, DEPTH)) return taken_away(dag, a, node.b);
    if (node.op == HZ_OP_OR && excludes(dag, a, node.b, DEPTH)) return taken_away(dag, a, node.a);
    if (node.op == HZ_OP_AND && implies(dag, a, node.a, DEPTH)) return taken_away(dag, a, node.b);
    if (node.op == HZ_OP_AND && implies(dag, a, node.b, DEPTH)) return taken_away(dag, a, node.a);
    if (node.op == HZ_OP_AND_NOT && excludes(dag, a, node.b, DEPTH)) return taken_away(dag, a, node.a);
    return b;
}

hz_ref hz_dag_and_not(hz_dag *dag, hz_ref a, hz_ref b)
{
    b = taken_away(dag, a, b);
    if (implies(dag, a, b, DEPTH)) return HZ_FALSE;
    if (excludes(dag, a, b, DEPTH)) return a;
    if (a == HZ_TRUE) return hz_dag_not(dag, b);
    const hz_node left = node_of(dag, a), right = node_of(dag, b);
    if (right.op == HZ_OP_NOT) return hz_dag_and(dag, a, right.a);
    /* not x and not y */
    if (left.op == HZ_OP_NOT) return hz_dag_not(dag, hz_dag_or(dag, left.a, b));
    return op(dag, HZ_OP_AND_NOT, a, b);
}

hz_ref hz_dag_pick_bit(hz_dag *dag, hz_ref c, hz_ref a, hz_ref b)
{
    if (a == HZ_TRUE) return hz_dag_or(dag, c, b);
    if (a == HZ_FALSE) return hz_dag_and_not(dag, b, c);
    if (b == HZ_FALSE) return hz_dag_and(dag, c, a);
    if (b == HZ_TRUE) return hz_dag_or(dag, hz_dag_not(dag, c), a);
    if (a == b) return a;
    if (implies(dag, c, a, DEPTH)) return hz_dag_or(dag, c, b);
    if (excludes(dag, c, a, DEPTH)) return hz_dag_and_not(dag, b, c);
    if (implies(dag, b, c, DEPTH)) return hz_dag_and(dag, c, a);
    return hz_dag_op(dag, HZ_OP_PICK_BIT, a, b, c, 0, HZ_ROUND_UP);
}
