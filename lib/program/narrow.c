/* narrow.c - rounded numbers of 34 digits in 64 bits, where ranges prove that the digits are the same. Not: which path a number's type
 * says (feel/check_decimal.c): names keep theirs, and explanations show them with their digits.
 *
 * Rounding is monotone, so it goes into choices, the smaller and the larger of two. What stands below these must be a fraction
 *
 *     A / B = k * x * y … / (m * u * v …)     x, y, u, v: i64, with ranges
 *
 * in units of the last decimal that is kept. Decimal128 rounds A / B to 34 digits first. That changes nothing where |A| < 10^33: a tie
 * or a whole number is a multiple of 1/2 and has at most 34 digits, so a fraction that is one is held exactly; any other
 * lies at least 1 / (2 * |B|) beside the next one, and 34 digits move it by no more than 5 * 10^-34 * |A / B|, which is
 * less. Products are exact below 10^34.
 *
 * A fraction times a constant S / 10^s, or times one of some constants, is rounded twice. Where |S * A| < 10^32 that, too, changes
 * nothing beside a multiple of 1/2, but S * A / B may be one while A / B has no 34 digits: 3 * (1 / 3). There SHARE computes
 * with 34 digits; where S and B make that impossible the share is but a factor more. A sum of two fractions, a fraction of a fraction, and
 * one times what no rule fixes stay as they are.
 *
 * A fraction beyond 64 bits becomes the nearest number they hold, so that the smaller of it and a number is right.
 */
#include "program/narrow.h"

#include "value/number_type.h"

/* Factors of one side; nodes seen for one number. */
enum { FACTORS_MOST = 6, VISITS_MOST = 64, PLACES_MOST = 18, DIGITS_OF_PROOF = 33, DIGITS_OF_SHARES = 32, DIGITS_KEPT = 34 };

enum { ABOVE, BELOW };

/* share * (constant[ABOVE] * factors / (constant[BELOW] * factors)) / 10^scale */
typedef struct fraction {
    hz_ref factor[2][FACTORS_MOST];
    uint32_t count[2];
    hz_i128 constant[2];
    int32_t scale;
    hz_i128 share;
    bool twice;         /* rounded by the quotient, and by the share again */
} fraction;

typedef struct narrowing {
    hz_lower *lower;
    uint32_t visits;
    hz_wide share;      /* what is below is multiplied with */
    bool shared;        /* there is one */
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
    *f = (fraction){.constant = {1, 1}, .share = 1};
    if (node->op != HZ_OP_DIV_WIDE) return add_product(n, f, ref, ABOVE);
    const hz_ref a = node->a, b = node->b;
    f->twice = n->shared;
    return add_product(n, f, a, ABOVE) && add_product(n, f, b, BELOW);
}

static bool add_share(const narrowing *n, fraction *f)
{
    const hz_decimal share = hz_wide_decimal(n->share);
    if (!n->shared) return true;
    if (!hz_wide_is(n->share) || share.scale < 0 || share.scale > HZ_DECIMAL_DIGITS || share.coefficient < -INT64_MAX || share.coefficient > INT64_MAX) return false;
    f->share = share.coefficient;
    f->scale += share.scale;
    return true;
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

/* All of a side but for the share; false: beyond any proof. */
static bool size_of_side(const narrowing *n, const fraction *f, int side, hz_i128 *size)
{
    *size = size_of_constant(f->constant[side]);
    for (uint32_t i = 0; i < f->count[side]; i++)
        if (!hz_i128_mul(*size, size_of_factor(n, f->factor[side][i]), size)) return false;
    return *size < hz_power10(DIGITS_OF_PROOF);
}

/* In units of the last place kept. The condition of the proof: each side below 10^33, all partial products with it, and below 10^32 what
 * is rounded twice. */
static bool scale_to_places(const narrowing *n, fraction *f)
{
    const int32_t up = n->places - f->scale, by = up < 0 ? -up : up;
    hz_i128 *side = &f->constant[up < 0 ? BELOW : ABOVE];
    if (by > PLACES_MOST || !hz_i128_mul(*side, hz_power10(by), side) || f->constant[BELOW] == 0) return false;
    hz_i128 above, below;
    return size_of_side(n, f, BELOW, &below) && size_of_side(n, f, ABOVE, &above) && hz_i128_mul(above, size_of_constant(f->share), &above) &&
           above < hz_power10(n->shared ? DIGITS_OF_SHARES : DIGITS_OF_PROOF);
}

static hz_i128 common_divisor(hz_i128 a, hz_i128 b)
{
    while (b != 0) {
        const hz_i128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The constants without what they share, the lower one above 0. */
static void reduce(fraction *f)
{
    const hz_i128 a = common_divisor(f->constant[ABOVE], f->constant[BELOW]);
    const hz_i128 shared = (a < 0) == (f->constant[BELOW] < 0) ? a : -a;
    for (int s = 0; s < 2; s++) f->constant[s] /= shared;
}

static uint32_t times_within(hz_i128 *number, int64_t prime)
{
    uint32_t times = 0;
    for (; *number % prime == 0; times++) *number /= prime;
    return times;
}

/* Whether A / B has 34 digits wherever S * A / B is a multiple of 1/2. There it has, in lowest terms, a divisor of 2 * S and of B below;
 * if that can be made of twos and fives alone, so many decimals hold it. */
static bool ties_have_digits(const narrowing *n, const fraction *f)
{
    hz_i128 rest = f->share, above;
    if (!f->twice || f->share == 0) return true;
    const uint32_t twos = times_within(&rest, 2) + 1, fives = times_within(&rest, 5), decimals = twos > fives ? twos : fives;
    const hz_i128 with_below = f->count[BELOW] == 0 ? common_divisor(rest, f->constant[BELOW]) : rest;
    if (with_below != 1 && with_below != -1) return false;
    return size_of_side(n, f, ABOVE, &above) && decimals < DIGITS_KEPT && above < hz_power10((int32_t)(DIGITS_KEPT - decimals));
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
    if (f->share != 1) {
        *out = hz_dag_op(dag, HZ_OP_SHARE, above[0].value, above[1].value, below.value, (int64_t)f->share, n->mode);
        return true;
    }
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

static bool round_fraction(narrowing *n, hz_ref ref, hz_ref *out)
{
    fraction f;
    if (!fraction_of(n, ref, &f) || !add_share(n, &f) || !scale_to_places(n, &f)) return false;
    reduce(&f);
    if (ties_have_digits(n, &f)) {
        f.constant[ABOVE] *= f.share;
        f.share = 1;
        reduce(&f);
    }
    return fraction_node(n, &f, out);
}

/* ---- Choices ---- */

static bool round_node(narrowing *n, hz_ref ref, hz_ref *out);

static bool round_both(narrowing *n, hz_ref a, hz_ref b, hz_ref out[2])
{
    return round_node(n, a, &out[0]) && round_node(n, b, &out[1]);
}

static bool round_product(narrowing *n, hz_ref share, hz_ref of, hz_ref *out);

/* A product with one of two numbers. */
static bool round_products(narrowing *n, hz_ref chosen, hz_ref a, hz_ref b, hz_ref of, hz_ref *out)
{
    hz_ref both[2];
    if (!round_product(n, a, of, &both[0]) || !round_product(n, b, of, &both[1])) return false;
    *out = hz_dag_pick(&n->lower->dag, chosen, both[0], both[1]);
    return true;
}

/* A product with a constant, or with one of some. */
static bool round_product(narrowing *n, hz_ref share, hz_ref of, hz_ref *out)
{
    hz_dag *dag = &n->lower->dag;
    const hz_node node = *node_at(n, share), from = *node_at(n, node.a);
    const int32_t scale = (int32_t)node.k;
    if (++n->visits > VISITS_MOST) return false;
    if (node.op == HZ_OP_PICK_WIDE) return round_products(n, node.c, node.a, node.b, of, out);
    if (node.op == HZ_NODE_CONSTANT) {
        n->share = node.wide;
        n->shared = true;
        const bool done = round_node(n, of, out);
        n->shared = false;
        return done;
    }
    if (node.op != HZ_OP_WIDE_FROM) return false;
    const hz_ref k = hz_dag_to_wide(dag, hz_dag_i64(dag, from.k), scale), m = hz_dag_to_wide(dag, hz_dag_i64(dag, from.m), scale);
    switch (from.op) {
    case HZ_OP_PICK: return round_products(n, from.c, hz_dag_to_wide(dag, from.a, scale), hz_dag_to_wide(dag, from.b, scale), of, out);
    case HZ_OP_PICK_K: return round_products(n, from.b, k, hz_dag_to_wide(dag, from.a, scale), of, out);
    case HZ_OP_PICK_KM: return round_products(n, from.a, k, m, of, out);
    default: return false;
    }
}

/* Of a number below 0 the smaller becomes the larger. */
static bool takes_smaller(const narrowing *n, const hz_node *node)
{
    const bool turned = n->shared && hz_wide_decimal(n->share).coefficient < 0;
    return (node->op == HZ_OP_MIN_WIDE) != turned;
}

static bool round_node(narrowing *n, hz_ref ref, hz_ref *out)
{
    hz_dag *dag = &n->lower->dag;
    const hz_node node = *node_at(n, ref); /* nodes move */
    hz_ref both[2];
    if (++n->visits > VISITS_MOST) return false;
    switch (node.op) {
    case HZ_OP_PICK_WIDE:
        if (!round_both(n, node.a, node.b, both)) return false;
        *out = hz_dag_pick(dag, node.c, both[0], both[1]);
        return true;
    case HZ_OP_MIN_WIDE: case HZ_OP_MAX_WIDE:
        if (!round_both(n, node.a, node.b, both)) return false;
        *out = (takes_smaller(n, &node) ? hz_dag_min : hz_dag_max)(dag, both[0], both[1]);
        return true;
    default:
        if (round_fraction(n, ref, out)) return true;
        if (node.op != HZ_OP_MUL_WIDE || n->shared) return false;
        return round_product(n, node.a, node.b, out) || round_product(n, node.b, node.a, out);
    }
}

hz_ref hz_narrow_round(hz_lower *lower, hz_ref wide, int32_t places, hz_rounding mode)
{
    narrowing n = {.lower = lower, .places = places, .mode = mode};
    hz_ref out;
    return round_node(&n, wide, &out) ? out : hz_dag_from_wide(&lower->dag, wide, places, mode);
}
