/* narrow_none.c - in which rows a number of 34 digits is none, without computing it: where a divisor is 0, as long as what it is made of
 * stays far from the ends of what such numbers reach. Called through narrow.h.
 */
#include "program/narrow.h"

/* Nodes seen for one number; exponents up to which no number comes near 10^6145. */
enum { VISITS_MOST = 64, REACH_MOST = 6000 };

typedef struct seeker {
    hz_lower *lower;
    uint32_t visits;
} seeker;

static const hz_node *node_at(const seeker *s, hz_ref ref)
{
    return &s->lower->dag.nodes.at[ref];
}

/* Below 10^up, and either 0 or at least 10^-down. none: where it is no number. */
typedef struct reach {
    int32_t up, down;
    hz_ref none;
} reach;

static bool reach_of(seeker *s, hz_ref ref, reach *out);

static bool reach_of_leaf(const seeker *s, hz_ref ref, reach *out)
{
    const hz_node *node = node_at(s, ref);
    const bool constant = node->op == HZ_NODE_CONSTANT;
    const int32_t scale = constant ? hz_wide_decimal(node->wide).scale : (int32_t)node->k, digits = constant ? HZ_DECIMAL_DIGITS : 19;
    *out = (reach){digits + (scale < 0 ? -scale : 0), scale > 0 ? scale : 0, HZ_FALSE};
    return !constant || hz_wide_is(node->wide);
}

/* A divisor that is 0, down to 10^-6000: a product where a factor is. */
static bool is_zero(const seeker *s, hz_ref ref, hz_ref *out)
{
    hz_dag *dag = &s->lower->dag;
    const hz_node node = *node_at(s, ref);
    hz_ref a, b;
    switch (node.op) {
    case HZ_NODE_CONSTANT: *out = hz_wide_decimal(node.wide).coefficient == 0 ? HZ_TRUE : HZ_FALSE; return true;
    case HZ_OP_WIDE_FROM: *out = hz_dag_eq(dag, node.a, hz_dag_i64(dag, 0)); return true;
    case HZ_OP_MUL_WIDE:
        if (!is_zero(s, node.a, &a) || !is_zero(s, node.b, &b)) return false;
        *out = hz_dag_or(dag, a, b);
        return true;
    default: return false;
    }
}

/* Of two numbers: rounding to 34 digits may reach the next power of ten. */
static bool reach_of_two(seeker *s, const hz_node *node, reach *out)
{
    hz_dag *dag = &s->lower->dag;
    reach a, b;
    hz_ref zero;
    if (!reach_of(s, node->a, &a) || !reach_of(s, node->b, &b)) return false;
    out->none = hz_dag_or(dag, a.none, b.none);
    switch (node->op) {
    case HZ_OP_MUL_WIDE:
        out->up = a.up + b.up + 1;
        out->down = a.down + b.down + 1;
        return true;
    case HZ_OP_DIV_WIDE:
        if (b.down > REACH_MOST || !is_zero(s, node->b, &zero)) return false;
        out->none = hz_dag_or(dag, out->none, zero);
        out->up = a.up + b.down + 1;
        out->down = a.down + b.up + 1;
        return true;
    case HZ_OP_ADD_WIDE: case HZ_OP_SUB_WIDE:
        out->up = (a.up > b.up ? a.up : b.up) + 1;
        out->down = REACH_MOST + 1; /* what is left of a difference may be very small */
        return true;
    default:
        if (node->op == HZ_OP_PICK_WIDE) out->none = hz_dag_pick_bit(dag, node->c, a.none, b.none);
        if (node->op == HZ_OP_MAX_WIDE) out->none = hz_dag_and(dag, a.none, b.none); /* any number is larger than none */
        out->up = a.up > b.up ? a.up : b.up;
        out->down = a.down > b.down ? a.down : b.down;
        return true;
    }
}

static bool reach_of(seeker *s, hz_ref ref, reach *out)
{
    const hz_node node = *node_at(s, ref);
    if (++s->visits > VISITS_MOST) return false;
    switch (node.op) {
    case HZ_NODE_CONSTANT: case HZ_OP_WIDE_FROM: return reach_of_leaf(s, ref, out);
    case HZ_OP_ADD_WIDE: case HZ_OP_SUB_WIDE: case HZ_OP_MUL_WIDE: case HZ_OP_DIV_WIDE: case HZ_OP_MIN_WIDE: case HZ_OP_MAX_WIDE: case HZ_OP_PICK_WIDE:
        return reach_of_two(s, &node, out) && out->up <= REACH_MOST;
    default: return false;
    }
}

hz_ref hz_narrow_no_number(hz_lower *lower, hz_ref wide)
{
    seeker s = {.lower = lower};
    reach out;
    return reach_of(&s, wide, &out) ? out.none : hz_dag_no_number(&lower->dag, wide);
}
