/* power.c - whole powers of decimals. Called by the wide kernels and by the checker for ranges.
 *
 * Squares and products are taken with WORK digits. What is cut off beyond them makes the result too small by less than one
 * part in 10^SURE, for any exponent of 64 bits; where both ends of that doubt round to the same 34 digits, these are the
 * answer. Elsewhere (never met: the odds are 1 in 10^15) there is none, rather than a digit that may be wrong.
 */
#include "value/decimal128.h"

#include "value/limbs.h"

enum { WORK = 72, SURE = 50, FAR = 20000 };

/* size * 10^exponent, a little more where cut. */
typedef struct factor {
    hz_limbs size;
    int64_t exponent;
    bool cut;
} factor;

static int64_t magnitude(const factor *x)
{
    return hz_limbs_digits(&x->size) + x->exponent;
}

static void multiply(factor *x, const factor *y)
{
    hz_limbs rest;
    hz_limbs_mul(&x->size, &y->size, &x->size);
    x->exponent += y->exponent;
    x->cut |= y->cut;
    int32_t over = hz_limbs_digits(&x->size) - WORK;
    if (over <= 0) return;
    hz_limbs unit = hz_limbs_power10(over);
    hz_limbs_divide(&x->size, &unit, &x->size, &rest);
    x->exponent += over;
    x->cut |= rest.count != 0;
}

/* x ** n by squares, n > 0. Beyond any range it stops growing: false, and magnitude(out) tells the direction. */
static bool raise(factor x, uint64_t n, factor *out)
{
    *out = (factor){.size = hz_limbs_from(1)};
    for (;;) {
        if ((n & 1) != 0) multiply(out, &x);
        n >>= 1;
        int64_t size = magnitude(out);
        if (size > FAR || size < -FAR) return false;
        if (n == 0) return true;
        multiply(&x, &x);
        size = magnitude(&x);
        if (size > FAR || size < -FAR) { /* what follows is a power of this one at least */
            *out = x;
            return false;
        }
    }
}

static hz_wide agreed(const hz_limbs *least, const hz_limbs *most, bool negative, int64_t scale)
{
    hz_wide low = hz_wide_finish(least, true, negative, scale), high = hz_wide_finish(most, true, negative, scale);
    return low.low == high.low && low.high == high.high ? low : HZ_WIDE_NONE;
}

static hz_wide rounded(const factor *x, bool negative)
{
    if (!x->cut) return hz_wide_finish(&x->size, false, negative, -x->exponent);
    hz_limbs doubt = hz_limbs_power10(WORK - SURE), most;
    hz_limbs_add(&x->size, &doubt, &most);
    return agreed(&x->size, &most, negative, -x->exponent);
}

/* 1 / x. */
static hz_wide reciprocal(const factor *x, bool negative)
{
    int32_t places = hz_limbs_digits(&x->size) + WORK - 10;
    hz_limbs one = hz_limbs_power10(places), most, rest, least;
    hz_limbs_divide(&one, &x->size, &most, &rest);
    int64_t scale = places + x->exponent;
    if (!x->cut) {
        if (rest.count != 0) return hz_wide_finish(&most, true, negative, scale);
        hz_wide exact = hz_wide_finish(&most, false, negative, scale);
        return hz_wide_trim(exact);
    }
    hz_limbs doubt = hz_limbs_power10(WORK - 10 - SURE + 1);
    hz_limbs_sub(&most, &doubt, &least);
    return agreed(&least, &most, negative, scale);
}

hz_wide hz_wide_power(hz_wide x, int64_t n)
{
    if (!hz_wide_is(x)) return x;
    if (n == 0) return hz_wide_from(1, 0);
    hz_decimal base = hz_wide_decimal(hz_wide_trim(x));
    if (base.coefficient == 0) return n > 0 ? hz_wide_from(0, 0) : HZ_WIDE_NONE;
    bool negative = base.coefficient < 0 && n % 2 != 0;
    hz_u128 size = base.coefficient < 0 ? 0 - (hz_u128)base.coefficient : (hz_u128)base.coefficient;
    factor out, from = {.size = hz_limbs_from(size), .exponent = -base.scale};
    uint64_t times = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (!raise(from, times, &out)) {
        bool vanishes = (magnitude(&out) < 0) == (n > 0);
        return vanishes ? hz_wide_from(0, 0) : HZ_WIDE_NONE;
    }
    return n > 0 ? rounded(&out, negative) : reciprocal(&out, negative);
}
