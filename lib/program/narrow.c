/* narrow.c - rounded numbers of 34 digits in 64 bits, where ranges prove that the digits are the same; and in which rows such a number is
 * none, without computing it. Not: which path a number's type says (feel/check_decimal.c): names keep theirs, and explanations
 * show them with their digits.
 *
 * Rounding is monotone, so it goes into choices, the smaller and the larger of two. What stands below these must be a fraction
 *
 *     A / B = k * x * y … / (m * u * v …)     x, y, u, v: i64, with ranges
 *
 * in units of the last decimal that is kept. Decimal128 rounds A / B to 34 digits first. That changes nothing where |A| < 10^33: a tie
 * or a whole number is a multiple of 1/2 and has at most 34 digits, so a fraction that is one is held exactly; any other
 * lies at least 1 / (2 * |B|) beside the next one, and 34 digits move it by no more than 5 * 10^-34 * |A / B|, which is
 * less. Products are exact below 10^34. A sum of two fractions, or a fraction times a number, is rounded twice and can lose a
 * tie: those stay as they are.
 *
 * A fraction beyond 64 bits becomes the nearest number they hold, so that the smaller of it and a number is right.
 */
#include "program/narrow.h"

#include "value/number_type.h"

/* Factors of one side; nodes seen for one number; exponents up to which no number comes near 10^6145. */
enum { FACTORS_MOST = 6, VISITS_MOST = 64, REACH_MOST = 6000, PLACES_MOST = 18, DIGITS_OF_PROOF = 33 };

enum { ABOVE, BELOW };

/* constant[ABOVE] * factors / (constant[BELOW] * factors) / 10^scale */
typedef struct fraction {
    hz_ref factor[2][FACTORS_MOST];
    uint32_t count[2];
    hz_i128 constant[2];
    int32_t scale;
} fraction;

typedef struct narrowing {
    hz_lower *lower;
    uint32_t visits;
    int32_t places;
    hz_rounding mode;
} narrowing;

static const hz_node *node_at(const narrowing *n, hz_ref ref)
{
    return &n->lower->dag.nodes.at[ref];
}

/* ---- Fractions ---- */

static bool add_constant(fraction *f, hz_wide wide, int side)
{
    const hz_decimal value = hz_wide_decimal(wide);
    if (!hz_wide_is(wide) || value.scale < 0 || value.scale > HZ_DECIMAL_DIGITS) return false;
    f->scale += side == ABOVE ? value.scale : -value.scale;
    return hz_i128_mul(f->constant[side], value.coefficient, &f->constant[side]);
}

/* A product of numbers of 64 bits and constants, on one side of the fraction. */
static bool add_product(narrowing *n, fraction *f, hz_ref ref, int side)
{
    const hz_node *node = node_at(n, ref);
    if (++n->visits > VISITS_MOST) return false;
    if (node->op == HZ_NODE_CONSTANT) return add_constant(f, node->wide, side);
    if (node->op == HZ_OP_MUL_WIDE) {
        const hz_ref a = node->a, b = node->b;
        return add_product(n, f, a, side) && add_product(n, f, b, side);
    }
    if (node->op != HZ_OP_WIDE_FROM || f->count[side] == FACTORS_MOST) return false;
    f->factor[side][f->count[side]++] = node->a;
    f->scale += side == ABOVE ? (int32_t)node->k : -(int32_t)node->k;
    return true;
}

static bool fraction_of(narrowing *n, hz_ref ref, fraction *f)
{
    const hz_node *node = node_at(n, ref);
    *f = (fraction){.constant = {1, 1}};
    if (node->op != HZ_OP_DIV_WIDE) return add_product(n, f, ref, ABOVE);
    const hz_ref a = node->a, b = node->b;
    return add_product(n, f, a, ABOVE) && add_product(n, f, b, BELOW);
}

/* How far from 0 it may lie; at least 1, so that no product of some of them is beyond that of all. */
static hz_i128 size_of(hz_range range)
{
    const hz_i128 low = range.lo < 0 ? -range.lo : range.lo, high = range.hi < 0 ? -range.hi : range.hi, most = low > high ? low : high;
    return most > 1 ? most : 1;
}

static hz_i128 size_of_constant(hz_i128 k)
{
    return size_of((hz_range){k, k});
}

static hz_i128 size_of_factor(const narrowing *n, hz_ref ref)
{
    return size_of(hz_range_of(n->lower, ref));
}

/* In units of the last place kept. The condition of the proof: each side below 10^33, all partial products with it. */
static bool scale_to_places(const narrowing *n, fraction *f)
{
    const int32_t up = n->places - f->scale, by = up < 0 ? -up : up;
    hz_i128 *side = &f->constant[up < 0 ? BELOW : ABOVE];
    if (by > PLACES_MOST || !hz_i128_mul(*side, hz_power10(by), side) || f->constant[BELOW] == 0) return false;
    for (int s = 0; s < 2; s++) {
        hz_i128 size = size_of_constant(f->constant[s]);
        for (uint32_t i = 0; i < f->count[s]; i++)
            if (!hz_i128_mul(size, size_of_factor(n, f->factor[s][i]), &size)) return false;
        if (size >= hz_power10(DIGITS_OF_PROOF)) return false;
    }
    return true;
}

/* The constants without what they share, the lower one above 0. */
static void reduce(fraction *f)
{
    hz_i128 a = f->constant[ABOVE], b = f->constant[BELOW];
    while (b != 0) {
        const hz_i128 rest = a % b;
        a = b;
        b = rest;
    }
    const hz_i128 shared = (a < 0) == (f->constant[BELOW] < 0) ? a : -a;
    for (int s = 0; s < 2; s++) f->constant[s] /= shared;
}

/* ---- Fractions as nodes ---- */

/* A product in 64 bits, while it is put together. */
typedef struct group {
    hz_ref value;
    hz_i128 size;
} group;

static bool add_to_group(const narrowing *n, group *g, hz_ref factor, hz_i128 size)
{
    if (g->size * size > INT64_MAX) return false; /* each is below 2^64 */
    g->value = hz_dag_mul(&n->lower->dag, g->value, factor);
    g->size *= size;
    return true;
}

/* All factors of a side in so many groups. */
static bool group_side(const narrowing *n, const fraction *f, int side, group *groups, int most)
{
    for (int g = 0; g < most; g++) groups[g] = (group){hz_dag_i64(&n->lower->dag, 1), 1};
    if (size_of_constant(f->constant[side]) > INT64_MAX) return false;
    for (uint32_t i = 0; i <= f->count[side]; i++) {
        const bool last = i == f->count[side];
        const hz_ref factor = last ? hz_dag_i64(&n->lower->dag, (int64_t)f->constant[side]) : f->factor[side][i];
        const hz_i128 size = last ? size_of_constant(f->constant[side]) : size_of_factor(n, factor);
        int g = 0;
        while (g < most && !add_to_group(n, &groups[g], factor, size)) g++;
        if (g == most) return false;
    }
    return true;
}

static bool fraction_node(const narrowing *n, const fraction *f, hz_ref *out)
{
    hz_dag *dag = &n->lower->dag;
    group above[2], below;
    if (!group_side(n, f, ABOVE, above, 2) || !group_side(n, f, BELOW, &below, 1)) return false;
    const bool single = above[1].value == hz_dag_i64(dag, 1);
    if (f->count[BELOW] == 0) {
        const int64_t k = (int64_t)f->constant[BELOW];
        *out = single ? hz_dag_div_k(dag, above[0].value, k, n->mode)
                      : hz_dag_op(dag, HZ_OP_MUL_DIV_K, above[0].value, above[1].value, 0, k, n->mode);
    } else {
        *out = single ? hz_dag_op(dag, HZ_OP_DIV, above[0].value, below.value, 0, 1, n->mode)
                      : hz_dag_op(dag, HZ_OP_MUL_DIV, above[0].value, above[1].value, below.value, 0, n->mode);
    }
    return true;
}

/* ---- Choices ---- */

static bool round_node(narrowing *n, hz_ref ref, hz_ref *out);

static bool round_both(narrowing *n, hz_ref a, hz_ref b, hz_ref out[2])
{
    return round_node(n, a, &out[0]) && round_node(n, b, &out[1]);
}

static bool round_node(narrowing *n, hz_ref ref, hz_ref *out)
{
    hz_dag *dag = &n->lower->dag;
    const hz_node node = *node_at(n, ref); /* nodes move */
    hz_ref both[2];
    fraction f;
    if (++n->visits > VISITS_MOST) return false;
    switch (node.op) {
    case HZ_OP_PICK_WIDE:
        if (!round_both(n, node.a, node.b, both)) return false;
        *out = hz_dag_pick(dag, node.c, both[0], both[1]);
        return true;
    case HZ_OP_MIN_WIDE: case HZ_OP_MAX_WIDE:
        if (!round_both(n, node.a, node.b, both)) return false;
        *out = (node.op == HZ_OP_MIN_WIDE ? hz_dag_min : hz_dag_max)(dag, both[0], both[1]);
        return true;
    default:
        if (!fraction_of(n, ref, &f) || !scale_to_places(n, &f)) return false;
        reduce(&f);
        return fraction_node(n, &f, out);
    }
}

hz_ref hz_narrow_round(hz_lower *lower, hz_ref wide, int32_t places, hz_rounding mode)
{
    narrowing n = {.lower = lower, .places = places, .mode = mode};
    hz_ref out;
    return round_node(&n, wide, &out) ? out : hz_dag_from_wide(&lower->dag, wide, places, mode);
}

/* ---- Where there is no number ---- */

/* Below 10^up, and either 0 or at least 10^-down. none: where it is no number. */
typedef struct reach {
    int32_t up, down;
    hz_ref none;
} reach;

static bool reach_of(narrowing *n, hz_ref ref, reach *out);

static bool reach_of_leaf(const narrowing *n, hz_ref ref, reach *out)
{
    const hz_node *node = node_at(n, ref);
    const bool constant = node->op == HZ_NODE_CONSTANT;
    const int32_t scale = constant ? hz_wide_decimal(node->wide).scale : (int32_t)node->k, digits = constant ? HZ_DECIMAL_DIGITS : 19;
    *out = (reach){digits + (scale < 0 ? -scale : 0), scale > 0 ? scale : 0, HZ_FALSE};
    return !constant || hz_wide_is(node->wide);
}

/* A divisor that is 0, down to 10^-6000: a product where a factor is. */
static bool is_zero(const narrowing *n, hz_ref ref, hz_ref *out)
{
    hz_dag *dag = &n->lower->dag;
    const hz_node node = *node_at(n, ref);
    hz_ref a, b;
    switch (node.op) {
    case HZ_NODE_CONSTANT: *out = hz_wide_decimal(node.wide).coefficient == 0 ? HZ_TRUE : HZ_FALSE; return true;
    case HZ_OP_WIDE_FROM: *out = hz_dag_eq(dag, node.a, hz_dag_i64(dag, 0)); return true;
    case HZ_OP_MUL_WIDE:
        if (!is_zero(n, node.a, &a) || !is_zero(n, node.b, &b)) return false;
        *out = hz_dag_or(dag, a, b);
        return true;
    default: return false;
    }
}

/* Of two numbers: rounding to 34 digits may reach the next power of ten. */
static bool reach_of_two(narrowing *n, const hz_node *node, reach *out)
{
    hz_dag *dag = &n->lower->dag;
    reach a, b;
    hz_ref zero;
    if (!reach_of(n, node->a, &a) || !reach_of(n, node->b, &b)) return false;
    out->none = hz_dag_or(dag, a.none, b.none);
    switch (node->op) {
    case HZ_OP_MUL_WIDE:
        out->up = a.up + b.up + 1;
        out->down = a.down + b.down + 1;
        return true;
    case HZ_OP_DIV_WIDE:
        if (b.down > REACH_MOST || !is_zero(n, node->b, &zero)) return false;
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

static bool reach_of(narrowing *n, hz_ref ref, reach *out)
{
    const hz_node node = *node_at(n, ref);
    if (++n->visits > VISITS_MOST) return false;
    switch (node.op) {
    case HZ_NODE_CONSTANT: case HZ_OP_WIDE_FROM: return reach_of_leaf(n, ref, out);
    case HZ_OP_ADD_WIDE: case HZ_OP_SUB_WIDE: case HZ_OP_MUL_WIDE: case HZ_OP_DIV_WIDE: case HZ_OP_MIN_WIDE: case HZ_OP_MAX_WIDE: case HZ_OP_PICK_WIDE:
        return reach_of_two(n, &node, out) && out->up <= REACH_MOST;
    default: return false;
    }
}

hz_ref hz_narrow_no_number(hz_lower *lower, hz_ref wide)
{
    narrowing n = {.lower = lower};
    reach out;
    return reach_of(&n, wide, &out) ? out.none : hz_dag_no_number(&lower->dag, wide);
}
