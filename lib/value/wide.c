/* wide.c - whole numbers of 128 bits: sums, differences and products that know when they do not fit, and division
 * with a rounding mode. Called by decimal.c and by the checker's work with ranges.
 *
 * The product is written out because clang's checked one calls into compiler-rt, which not every link has.
 */
#include "value/decimal.h"

static hz_u128 magnitude(hz_i128 value)
{
    return value < 0 ? 0 - (hz_u128)value : (hz_u128)value;
}

/* The number of that size and sign; false when it does not fit. */
static bool with_sign(hz_u128 size, bool negative, hz_i128 *out)
{
    if (negative && size == (hz_u128)HZ_I128_MAX + 1) {
        *out = HZ_I128_MIN;
        return true;
    }
    if (size > (hz_u128)HZ_I128_MAX)
        return false;
    *out = negative ? -(hz_i128)size : (hz_i128)size;
    return true;
}

bool hz_i128_add(hz_i128 a, hz_i128 b, hz_i128 *out)
{
    return !__builtin_add_overflow(a, b, out);
}

bool hz_i128_sub(hz_i128 a, hz_i128 b, hz_i128 *out)
{
    return !__builtin_sub_overflow(a, b, out);
}

bool hz_i128_mul(hz_i128 a, hz_i128 b, hz_i128 *out)
{
    hz_u128 x = magnitude(a), y = magnitude(b);
    bool narrow = x <= UINT64_MAX && y <= UINT64_MAX;
    if (!narrow && y != 0 && x > ~(hz_u128)0 / y)
        return false;
    return with_sign(x * y, (a < 0) != (b < 0), out);
}

/* Whether a quotient that leaves a remainder moves away from zero. */
static bool moves_away(hz_u128 quotient, hz_u128 remainder, hz_u128 divisor, bool negative, hz_rounding mode)
{
    hz_u128 to_next = divisor - remainder;
    switch (mode) {
    case HZ_ROUND_UP: return true;
    case HZ_ROUND_DOWN: return false;
    case HZ_ROUND_HALF_UP: return remainder >= to_next;
    case HZ_ROUND_HALF_DOWN: return remainder > to_next;
    case HZ_ROUND_HALF_EVEN: return remainder > to_next || (remainder == to_next && quotient % 2 == 1);
    case HZ_ROUND_FLOOR: return negative;
    case HZ_ROUND_CEILING: return !negative;
    }
    return false;
}

hz_i128 hz_divide_rounded(hz_i128 a, hz_i128 b, hz_rounding mode)
{
    hz_u128 x = magnitude(a), y = magnitude(b);
    hz_u128 quotient = x / y, remainder = x % y;
    bool negative = (a < 0) != (b < 0);
    if (remainder != 0 && moves_away(quotient, remainder, y, negative, mode))
        quotient++;
    hz_i128 result;
    return with_sign(quotient, negative, &result) ? result : HZ_I128_MAX;
}
