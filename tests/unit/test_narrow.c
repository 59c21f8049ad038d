/* test_narrow.c - rounded numbers of 34 digits that are computed in 64 bits: the same digits as the 34-digit ones give, next to ties
 * and at the ends of the ranges that prove it; and what is not proved stays as it is.
 */
#include "harness/harness.h"

#include "column/cell.h"
#include "column/divide.h"
#include "guarded.h"
#include "program/narrow.h"

enum { NUMBERS = 4, FORMULAS = 2000, ROWS = 60, NODES = 4000, BLOCK = 64 };

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static int64_t power(int32_t n)
{
    return (int64_t)hz_power10(n);
}

/* ---- x * y / z ---- */

/* The exact quotient, or what of 64 bits is nearest. */
static int64_t exact_quotient(hz_i128 above, int64_t z, hz_rounding mode)
{
    hz_i128 out = z == 0 ? 0 : hz_divide_rounded(above, z, mode);
    return out > INT64_MAX ? INT64_MAX : out < INT64_MIN ? INT64_MIN : (int64_t)out;
}

static int64_t exact_ratio(int64_t x, int64_t y, int64_t z, hz_rounding mode)
{
    return exact_quotient((hz_i128)x * y, z, mode);
}

static const int64_t ends[] = {0, 1, -1, 2, 3, 10, -10, 999, INT32_MAX, INT64_C(1) << 32, INT64_C(3037000499), INT64_C(3037000500), -INT64_C(3037000500),
                               INT64_C(1) << 62, INT64_MAX - 1, INT64_MAX, INT64_MIN, INT64_MIN + 1};
enum { ENDS = sizeof ends / sizeof *ends };

HZ_TEST(narrow_multiplies_and_divides_exactly)
{
    uint64_t seed = 88172645463325252u;
    bool right = true;
    for (int mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++) {
        for (size_t i = 0; i < (size_t)ENDS * ENDS * ENDS; i++) {
            const int64_t x = ends[i % ENDS], y = ends[i / ENDS % ENDS], z = ends[i / ENDS / ENDS];
            right &= hz_multiply_divide(x, y, z, (uint8_t)mode) == exact_ratio(x, y, z, (hz_rounding)mode);
        }
        for (int i = 0; i < 20000; i++) {
            const int64_t x = (int64_t)next(&seed) >> (next(&seed) % 64), y = (int64_t)next(&seed) >> (next(&seed) % 64), z = (int64_t)next(&seed) >> (next(&seed) % 64);
            right &= hz_multiply_divide(x, y, z, (uint8_t)mode) == exact_ratio(x, y, z, (hz_rounding)mode);
        }
    }
    HZ_CHECK(right);
}

/* A block whose products have about so many bits, one row of it moved by a little. */
static bool block_is_right(const hz_kernel_set *set, int64_t x, int64_t y, int64_t k, uint8_t mode)
{
    static int64_t a[BLOCK + 1], b[BLOCK + 1], d[BLOCK + 1];
    const hz_instruction i = {.op = HZ_OP_MUL_DIV_K, .d = 1, .a = 2, .b = 3, .k = k, .mode = mode};
    void *reg[4] = {NULL, d, a, b};
    bool right = true;
    for (int r = 0; r <= BLOCK; r++) {
        a[r] = x - r % 5;
        b[r] = y - r % 3;
    }
    set->at[i.op](&i, reg, BLOCK + 1);
    for (int r = 0; r <= BLOCK; r++) right &= d[r] == exact_ratio(a[r], b[r], k, (hz_rounding)mode);
    return right;
}

HZ_TEST(narrow_blocks_of_products_are_exact)
{
    static const int64_t divisors[] = {1, 2, 3, 7, 100, 360, 36500, 360000000, INT32_MAX, INT64_C(1) << 62, INT64_MAX, -7, INT64_MIN};
    const hz_kernel_set *const sets[] = {&hz_kernels_plain, hz_kernels_best()};
    for (size_t s = 0; s < 2; s++)
        for (size_t n = 0; n < sizeof divisors / sizeof *divisors; n++)
            for (uint8_t mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++) {
                bool right = true;
                for (int left = 0; left < 64; left++)
                    for (int right_bits = 61 - left > 0 ? 61 - left : 0; right_bits < 64 && right_bits < 66 - left; right_bits++) {
                        const int64_t x = (int64_t)((UINT64_C(1) << left) - 1), y = (int64_t)((UINT64_C(1) << right_bits) - 1);
                        right &= block_is_right(sets[s], x, y, divisors[n], mode);
                        if (left < 63 && right_bits < 63) right &= block_is_right(sets[s], x + 5, y + 3, divisors[n], mode);
                    }
                if (!HZ_CHECK(right)) fprintf(stderr, "by %lld, mode %d\n", (long long)divisors[n], mode);
            }
}

/* ---- Formulas ---- */

/* A plan of inputs with ranges alone, and a DAG over them. */
typedef struct maker {
    hz_lower lower;
    hz_plan plan;
    hz_plan_model rules;
    uint64_t seed;
} maker;

static void begin_maker(maker *m, hz_arena *arena, const hz_type types[NUMBERS])
{
    for (int i = 0; i < NUMBERS; i++) {
        hz_input *input = HZ_PUSH(arena, &m->rules.inputs);
        memset(input, 0, sizeof *input);
        input->type = types[i];
    }
    m->plan.rules = &m->rules;
    m->lower = (hz_lower){.arena = arena, .plan = &m->plan};
    hz_dag_begin(&m->lower.dag, arena);
}

static hz_type ranged(int64_t lo, int64_t hi)
{
    return (hz_type){.kind = HZ_KIND_NUMBER, .lo = lo, .hi = hi};
}

static hz_ref input_of(maker *m, uint32_t i)
{
    return hz_dag_input(&m->lower.dag, HZ_COLUMN_I64, hz_slot_input(i));
}

/* A number of 64 bits, now and then through what has ranges of its own. */
static hz_ref make_narrow(maker *m, int depth)
{
    hz_dag *dag = &m->lower.dag;
    hz_ref a = input_of(m, (uint32_t)(next(&m->seed) % NUMBERS));
    if (depth == 0) return a;
    const int64_t k = (int64_t)(next(&m->seed) % 2000) - 500;
    switch (next(&m->seed) % 10) {
    case 0: return hz_dag_add(dag, a, make_narrow(m, depth - 1));
    case 1: return hz_dag_sub(dag, a, make_narrow(m, depth - 1));
    case 2: return hz_dag_min(dag, a, make_narrow(m, depth - 1));
    case 3: return hz_dag_max(dag, a, hz_dag_i64(dag, k));
    case 4: return hz_dag_min(dag, a, hz_dag_i64(dag, k));
    case 5: return hz_dag_mul_k(dag, a, k);
    case 6: return hz_dag_abs(dag, a);
    case 7: return hz_dag_div_k(dag, a, (k < 0 ? -k : k) + 1, (hz_rounding)(next(&m->seed) % 7));
    case 8: return hz_dag_pick(dag, hz_dag_lt(dag, a, hz_dag_i64(dag, k)), make_narrow(m, depth - 1), a);
    default: return a;
    }
}

static hz_ref make_product(maker *m)
{
    hz_dag *dag = &m->lower.dag;
    hz_ref out = hz_dag_to_wide(dag, make_narrow(m, 2), (int32_t)(next(&m->seed) % 5));
    for (uint64_t n = next(&m->seed) % 3; n > 0; n--) {
        bool constant = next(&m->seed) % 3 == 0;
        hz_ref by = constant ? hz_dag_wide(dag, hz_wide_from((int64_t)(next(&m->seed) % 4000) - 999, (int32_t)(next(&m->seed) % 4)))
                             : hz_dag_to_wide(dag, make_narrow(m, 1), (int32_t)(next(&m->seed) % 5));
        out = hz_dag_mul(dag, out, by);
    }
    return out;
}

/* A share as rules state it, or one of two. */
static hz_ref make_share(maker *m)
{
    static const struct share {
        int64_t coefficient;
        int32_t scale;
    } shares[] = {{5, 1}, {3333, 4}, {1, 4}, {9999, 4}, {666667, 6}, {0, 0}, {15, 1}, {3, 0}, {-6, 1}, {-9, 2}, {70, 2}, {64, 2}, {INT64_C(123456789012345678), 18}};
    hz_dag *dag = &m->lower.dag;
    const struct share a = shares[next(&m->seed) % (sizeof shares / sizeof *shares)], b = shares[next(&m->seed) % (sizeof shares / sizeof *shares)];
    const hz_ref condition = hz_dag_lt(dag, input_of(m, 1), input_of(m, 2));
    switch (next(&m->seed) % 4) {
    case 0: return hz_dag_to_wide(dag, hz_dag_pick(dag, condition, hz_dag_i64(dag, a.coefficient), hz_dag_i64(dag, b.coefficient)), a.scale);
    case 1: return hz_dag_pick(dag, condition, hz_dag_wide(dag, hz_wide_from(a.coefficient, a.scale)), hz_dag_wide(dag, hz_wide_from(b.coefficient, b.scale)));
    default: return hz_dag_wide(dag, hz_wide_from(a.coefficient, a.scale));
    }
}

static hz_ref make_wide(maker *m, int depth)
{
    hz_dag *dag = &m->lower.dag;
    hz_ref a = make_product(m);
    if (next(&m->seed) % 4 != 0) a = hz_dag_div_wide(dag, a, make_product(m));
    if (depth == 0) return a;
    switch (next(&m->seed) % 8) {
    case 0: case 1: return hz_dag_min(dag, a, make_wide(m, depth - 1));
    case 2: return hz_dag_max(dag, a, make_wide(m, depth - 1));
    case 3: case 4: return hz_dag_pick(dag, hz_dag_lt(dag, input_of(m, 0), input_of(m, 1)), a, make_wide(m, depth - 1));
    case 5: return hz_dag_add(dag, a, make_wide(m, depth - 1));
    case 6: return hz_dag_mul(dag, a, make_wide(m, depth - 1));
    default: return hz_dag_mul(dag, make_share(m), next(&m->seed) % 2 != 0 ? a : make_wide(m, depth - 1));
    }
}

/* Every node's value on one row, two cells each, as the kernels compute it. */
static void evaluate(const hz_dag *dag, const int64_t inputs[NUMBERS], uint64_t (*values)[2])
{
    for (uint32_t i = 0; i < dag->nodes.count; i++) {
        const hz_node *node = &dag->nodes.at[i];
        uint64_t cells[8] = {0};
        memset(values[i], 0, sizeof values[i]);
        if (node->op == HZ_NODE_CONSTANT && node->type == HZ_COLUMN_WIDE) hz_cell_set_wide(values[i], node->wide);
        else if (node->op == HZ_NODE_CONSTANT) values[i][0] = (uint64_t)node->k;
        else if (node->op == HZ_NODE_INPUT) values[i][0] = (uint64_t)inputs[node->k / 2];
        else {
            const hz_instruction run[2] = {{.d = 0, .a = 2, .b = 4, .c = 6, .k = node->k, .m = node->m, .op = node->op, .mode = node->mode}, {.op = HZ_OP_COUNT}};
            memcpy(&cells[2], values[node->a], sizeof values[0]);
            memcpy(&cells[4], values[node->b], sizeof values[0]);
            memcpy(&cells[6], values[node->c], sizeof values[0]);
            hz_run_row(run, cells, NULL);
            memcpy(values[i], cells, sizeof values[0]);
        }
    }
}

/* Whether any number of 34 digits is needed for a node. */
static bool needs_wide(const hz_dag *dag, hz_ref root)
{
    const hz_node *node = &dag->nodes.at[root];
    if (node->type == HZ_COLUMN_WIDE) return true;
    if (node->op >= HZ_OP_COUNT) return false;
    const hz_kernel_info *info = &hz_kernels[node->op];
    return needs_wide(dag, node->a) || (info->b != HZ_COLUMN_NONE && needs_wide(dag, node->b)) || (info->c != HZ_COLUMN_NONE && needs_wide(dag, node->c));
}

/* A row in which something cannot be computed is an error of its claim, whatever becomes of it. */
static bool all_numbers(const hz_dag *dag, uint64_t (*values)[2])
{
    bool all = true;
    for (uint32_t i = 0; i < dag->nodes.count; i++) all &= dag->nodes.at[i].type != HZ_COLUMN_WIDE || hz_wide_is(hz_cell_wide(values[i]));
    return all;
}

/* The rounded number as 34 digits give it; false: beyond 64 bits. */
static bool rounded_wide(hz_wide wide, int32_t places, hz_rounding mode, int64_t *out)
{
    const hz_wide at = hz_wide_round(wide, places, mode);
    const hz_wide most = hz_wide_from(INT64_MAX, places), least = hz_wide_from(INT64_MIN, places);
    *out = hz_wide_to_i64(wide, places, mode);
    return hz_wide_compare(at, most) <= 0 && hz_wide_compare(at, least) >= 0;
}

typedef struct tally {
    uint64_t rows, narrowed, told, wrong;
} tally;

static int64_t drawn(uint64_t *seed, const hz_type *type)
{
    const int64_t few = (int64_t)(next(seed) % 7) - 3;
    switch (next(seed) % 4) {
    case 0: return few < 0 ? (int64_t)type->hi + few + 1 : (int64_t)type->lo + few;
    case 1: return type->lo <= 0 && type->hi >= 100 ? (int64_t)(next(seed) % 100) : (int64_t)type->lo;
    default: return (int64_t)(type->lo + (hz_i128)(next(seed) % (uint64_t)(type->hi - type->lo + 1)));
    }
}

static void try_formula(maker *m, tally *t)
{
    static uint64_t values[NODES][2];
    const int32_t places = (int32_t)(next(&m->seed) % 7) - 1;
    const hz_rounding mode = (hz_rounding)(next(&m->seed) % 7);
    hz_ref wide = make_wide(m, 2), round = hz_narrow_round(&m->lower, wide, places, mode);
    hz_ref none = hz_narrow_no_number(&m->lower, wide), asked = hz_dag_no_number(&m->lower.dag, wide);
    if (m->lower.dag.nodes.count > NODES) return;
    t->narrowed += !needs_wide(&m->lower.dag, round);
    t->told += !needs_wide(&m->lower.dag, none);
    for (int r = 0; r < ROWS; r++) {
        int64_t inputs[NUMBERS], expected;
        for (int i = 0; i < NUMBERS; i++) inputs[i] = drawn(&m->seed, &m->rules.inputs.at[i].type);
        evaluate(&m->lower.dag, inputs, values);
        t->wrong += (values[none][0] & 1) != (values[asked][0] & 1);
        if (!all_numbers(&m->lower.dag, values) || !rounded_wide(hz_cell_wide(values[wide]), places, mode, &expected)) continue;
        t->rows++;
        t->wrong += (int64_t)values[round][0] != expected;
    }
}

static void formulas(hz_arena *arena, void *context)
{
    tally *t = context;
    for (uint64_t i = 0; i < FORMULAS; i++) {
        maker m = {.seed = i * 7919 + 13};
        const hz_type types[NUMBERS] = {ranged(0, power(12) - 1), ranged(-power((int32_t)(i % 10)), power(6)), ranged(0, power((int32_t)(i % 16) + 2)), ranged(1, 3652058)};
        begin_maker(&m, arena, types);
        try_formula(&m, t);
    }
}

HZ_TEST(narrow_gives_what_34_digits_give)
{
    tally t = {0};
    HZ_CHECK_EQ_INT(in_arena(formulas, &t), HZ_OK);
    HZ_CHECK_EQ_INT(t.wrong, 0);
    HZ_CHECK(t.narrowed > FORMULAS / 4 && t.narrowed < FORMULAS); /* some are, and some are not to be */
    HZ_CHECK(t.told > FORMULAS / 2 && t.rows > FORMULAS * ROWS / 2);
    if (t.wrong > 0) fprintf(stderr, "  %d of %d rows; %d formulas narrowed, %d told\n", (int)t.wrong, (int)t.rows, (int)t.narrowed, (int)t.told);
}

/* ---- Next to ties, at the end of the proof ---- */

/* x with x * y = rest (mod z); y and z have no common divisor. */
static int64_t solve(int64_t y, int64_t z, int64_t rest)
{
    hz_i128 a = z, b = y % z, u = 0, v = 1;
    while (b != 0) {
        const hz_i128 q = a / b, r = a % b, w = u - q * v;
        a = b;
        b = r;
        u = v;
        v = w;
    }
    if (a != 1) return -1;
    const hz_i128 x = u % z * rest % z;
    return (int64_t)(x < 0 ? x + z : x);
}

typedef struct ties {
    int64_t x_most, y_most; /* ranges; z is at most y_most */
    bool narrowed;
    uint64_t rows, differ;
} ties;

/* Quotients x * y / z whose rest is within 2 of 0 or a half, of numbers near the ends of their ranges. */
static void near_ties(hz_arena *arena, void *context)
{
    static uint64_t values[NODES][2];
    ties *t = context;
    for (uint8_t mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++) {
        maker m = {.seed = 2463534242u + mode};
        const hz_type types[NUMBERS] = {ranged(0, t->x_most), ranged(0, t->y_most), ranged(0, t->y_most), ranged(0, 1)};
        begin_maker(&m, arena, types);
        hz_dag *dag = &m.lower.dag;
        hz_ref product = hz_dag_mul(dag, hz_dag_to_wide(dag, input_of(&m, 0), 2), hz_dag_to_wide(dag, input_of(&m, 1), 4));
        hz_ref wide = hz_dag_div_wide(dag, product, hz_dag_to_wide(dag, input_of(&m, 2), 4));
        hz_ref round = hz_narrow_round(&m.lower, wide, 2, (hz_rounding)mode);
        t->narrowed = !needs_wide(dag, round);
        for (int r = 0; r < 4000; r++) {
            const int64_t y = t->y_most - (int64_t)(next(&m.seed) % 100000), z = t->y_most - (int64_t)(next(&m.seed) % 1000000);
            const int64_t rest = (next(&m.seed) % 2 != 0 ? z / 2 : z) + (int64_t)(next(&m.seed) % 5) - 2, x = solve(y, z, rest);
            if (x < 0) continue;
            const int64_t inputs[NUMBERS] = {x + (t->x_most - x) / z * z, y, z, 0};
            evaluate(dag, inputs, values);
            t->rows++;
            t->differ += exact_ratio(inputs[0], y, z, (hz_rounding)mode) != hz_wide_to_i64(hz_cell_wide(values[wide]), 2, (hz_rounding)mode);
            t->differ += t->narrowed && (int64_t)values[round][0] != exact_ratio(inputs[0], y, z, (hz_rounding)mode);
        }
    }
}

HZ_TEST(narrow_is_right_next_to_ties)
{
    ties within = {.x_most = power(18) - 1, .y_most = power(15)}, least_too_many = {.x_most = power(18), .y_most = power(15)}, far = {.x_most = power(18), .y_most = power(17)};
    HZ_CHECK_EQ_INT(in_arena(near_ties, &within), HZ_OK);
    HZ_CHECK(within.narrowed && within.rows > 5000);
    HZ_CHECK_EQ_INT(within.differ, 0);
    HZ_CHECK_EQ_INT(in_arena(near_ties, &least_too_many), HZ_OK);
    HZ_CHECK(!least_too_many.narrowed);
    HZ_CHECK_EQ_INT(in_arena(near_ties, &far), HZ_OK);
    HZ_CHECK(!far.narrowed && far.differ > 0); /* there 34 digits do decide otherwise */
}

/* ---- Shares ---- */

/* k * (x * y / z) as numbers of 34 digits have it, and without that rounding. */
static int64_t share_in_digits(int64_t x, int64_t y, int64_t z, int64_t k, hz_rounding mode)
{
    const hz_wide quotient = hz_wide_div(hz_wide_mul(hz_wide_from(x, 0), hz_wide_from(y, 0)), hz_wide_from(z, 0));
    int64_t out;
    if (!hz_wide_is(quotient)) return 0;
    if (rounded_wide(hz_wide_mul(quotient, hz_wide_from(k, 0)), 0, mode, &out)) return out;
    return (x < 0) != ((y < 0) != ((z < 0) != (k < 0))) ? INT64_MIN : INT64_MAX;
}

typedef struct shares {
    uint64_t rows, wrong, lost; /* lost: ties that 34 digits do not see */
} shares;

static void try_share(shares *s, int64_t x, int64_t y, int64_t z, int64_t k, uint8_t mode)
{
    const int64_t expected = share_in_digits(x, y, z, k, (hz_rounding)mode);
    s->rows++;
    s->wrong += hz_share(x, y, z, k, mode) != expected;
    s->lost += expected != exact_quotient((hz_i128)x * y * k, z, (hz_rounding)mode);
}

/* Everything small: every tie with every divisor up to 40. */
HZ_TEST(narrow_shares_of_small_quotients)
{
    shares s = {0};
    for (uint8_t mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++)
        for (int64_t z = -40; z <= 40; z++)
            for (int64_t x = -40; z != 0 && x <= 40; x++)
                for (int64_t k = -30; k <= 30; k++) try_share(&s, x, 1, z, k, mode);
    HZ_CHECK_EQ_INT(s.wrong, 0);
    HZ_CHECK(s.lost > 1000); /* 34 digits lose some ties */
}

static int64_t divisor_of_both(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Products and divisors of many small primes, near a multiple of 1/2 or one, up to |k * x * y| just below 10^32. */
static void share_next_to_tie(shares *s, uint64_t *seed, uint8_t mode)
{
    static const int64_t of[] = {1, 2, 3, 6, 9, 50, 90, 3333, 9999, 666667, 333333, -9999, 1234567}, primes[] = {2, 2, 2, 3, 3, 3, 5, 5, 7, 11, 101, 19};
    const int64_t k = of[next(seed) % (sizeof of / sizeof *of)], y = (int64_t)(next(seed) % (uint64_t)power((int32_t)(next(seed) % 13) + 1)) + 1;
    int64_t z = next(seed) % 3 == 0 ? (int64_t)(next(seed) % (uint64_t)power(15)) + 1 : 1;
    for (uint64_t n = next(seed) % 14; n > 0; n--) z *= z < power(15) ? primes[next(seed) % (sizeof primes / sizeof *primes)] : 1;
    const int64_t shared = divisor_of_both(z, 2 * k), step = z / shared; /* x = step: 2 * k * x is a multiple of z */
    const hz_i128 room = (hz_power10(32) - 1) / y / (k < 0 ? -k : k), most = room < INT64_MAX ? room : INT64_MAX;
    if (step >= most) return;
    const int64_t times = (int64_t)most / step, few = (int64_t)(next(seed) % 20) + 1, x = step * (next(seed) % 2 != 0 ? times : few < times ? few : times);
    for (int64_t more = -1; more <= 1; more++)
        if (x <= most - more) try_share(s, next(seed) % 2 != 0 ? x + more : -x - more, y, z, k, mode);
}

HZ_TEST(narrow_shares_next_to_ties)
{
    uint64_t seed = 2463534242u;
    for (uint8_t mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++) {
        shares s = {0};
        for (int i = 0; i < 40000; i++) share_next_to_tie(&s, &seed, mode);
        HZ_CHECK_EQ_INT(s.wrong, 0);
        HZ_CHECK(s.rows > 100000 && s.lost > 100);
    }
}

/* ---- Not proved ---- */

static void resists(hz_arena *arena, void *context)
{
    maker m = {.seed = 1};
    const hz_type types[NUMBERS] = {ranged(0, 1000), ranged(1, 1000), ranged(1, 1000), {.kind = HZ_KIND_NUMBER, .lo = INT64_MIN, .hi = INT64_MAX}};
    (void)context;
    begin_maker(&m, arena, types);
    hz_dag *dag = &m.lower.dag;
    hz_ref x[NUMBERS];
    for (uint32_t i = 0; i < NUMBERS; i++) x[i] = hz_dag_to_wide(dag, input_of(&m, i), 0);
    hz_ref third = hz_dag_div_wide(dag, x[0], x[1]), one = hz_dag_wide(dag, hz_wide_from(10, 1));
    HZ_CHECK(!needs_wide(dag, hz_narrow_round(&m.lower, third, 2, HZ_ROUND_DOWN)));
    HZ_CHECK_EQ_INT(hz_dag_mul(dag, third, one), third); /* times 1 is nothing */
    /* 3 * (1 / 3) is less than 1 with 34 digits; so is what is left of a sum of thirds. */
    HZ_CHECK(needs_wide(dag, hz_narrow_round(&m.lower, hz_dag_add(dag, third, hz_dag_div_wide(dag, x[2], x[1])), 0, HZ_ROUND_DOWN)));
    /* A quotient of a quotient is rounded twice. */
    HZ_CHECK(needs_wide(dag, hz_narrow_round(&m.lower, hz_dag_div_wide(dag, third, x[2]), 2, HZ_ROUND_HALF_UP)));
    /* So is a share of a share, one that no rule fixes, and one of so many digits. */
    const hz_ref half = hz_dag_wide(dag, hz_wide_from(5, 1)), long_share = hz_dag_wide(dag, hz_wide_from((hz_i128)power(18) * power(12) + 1, 30));
    HZ_CHECK(!needs_wide(dag, hz_narrow_round(&m.lower, hz_dag_mul(dag, third, half), 2, HZ_ROUND_HALF_UP)));
    HZ_CHECK(needs_wide(dag, hz_narrow_round(&m.lower, hz_dag_mul(dag, half, hz_dag_mul(dag, third, half)), 2, HZ_ROUND_HALF_UP)));
    HZ_CHECK(needs_wide(dag, hz_narrow_round(&m.lower, hz_dag_mul(dag, x[2], third), 2, HZ_ROUND_HALF_UP)));
    HZ_CHECK(needs_wide(dag, hz_narrow_round(&m.lower, hz_dag_mul(dag, third, long_share), 2, HZ_ROUND_HALF_UP)));
    /* A number of which nothing is known may be the one whose sign 64 bits cannot turn. */
    HZ_CHECK(needs_wide(dag, hz_narrow_round(&m.lower, hz_dag_div_wide(dag, x[0], x[3]), 2, HZ_ROUND_HALF_UP)));
}

HZ_TEST(narrow_leaves_what_is_not_proved)
{
    HZ_CHECK_EQ_INT(in_arena(resists, NULL), HZ_OK);
}
