/* divide.h - 64-bit quotients rounded by a mode: one row by the machine's division, many rows by multiplying with the
 * divisor's reciprocal, found once a call. Both are exact for every dividend; divisors are 1 to INT64_MAX, others go the
 * long way (value/decimal.h). Called by kernel_body.h.
 */
#ifndef HZ_COLUMN_DIVIDE_H
#define HZ_COLUMN_DIVIDE_H

#include "value/decimal.h"

/* Whether quotient is one too small. rest < k. */
static inline bool hz_divide_away(uint64_t quotient, uint64_t rest, uint64_t k, bool negative, uint8_t mode)
{
    const int64_t left = (int64_t)rest, lack = (int64_t)(k - rest); /* below 2^63: vectors compare signed numbers */
    switch (mode) {
    case HZ_ROUND_UP: return rest != 0;
    case HZ_ROUND_DOWN: return false;
    case HZ_ROUND_HALF_UP: return left >= lack;
    case HZ_ROUND_HALF_DOWN: return left > lack;
    case HZ_ROUND_HALF_EVEN: return (left > lack) | ((left == lack) & (quotient & 1));
    case HZ_ROUND_FLOOR: return (rest != 0) & negative;
    default: return (rest != 0) & !negative;
    }
}

static inline uint64_t hz_divide_magnitude(int64_t x)
{
    return x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
}

/* |x| / k = whole, rounded, with x's sign. */
static inline int64_t hz_divide_finish(int64_t x, uint64_t whole, uint64_t k, uint8_t mode)
{
    const bool negative = x < 0;
    const uint64_t rest = hz_divide_magnitude(x) - whole * k;
    const uint64_t rounded = whole + hz_divide_away(whole, rest, k, negative, mode);
    return (int64_t)(negative ? 0 - rounded : rounded);
}

/* x * y / z, rounded; beyond 64 bits the nearest number they hold, and 0 where z is 0. */
static inline int64_t hz_multiply_divide(int64_t x, int64_t y, int64_t z, uint8_t mode)
{
    const hz_u128 size = (hz_u128)hz_divide_magnitude(x) * hz_divide_magnitude(y);
    const uint64_t by = hz_divide_magnitude(z), high = (uint64_t)(size >> 64), low = (uint64_t)size;
    const bool negative = (x ^ y ^ z) < 0;
    if (by == 0 || by > INT64_MAX) return by == 0 ? 0 : (int64_t)hz_divide_rounded((hz_i128)x * y, z, (hz_rounding)mode);
    if (high >= by) return negative ? INT64_MIN : INT64_MAX;
    const uint64_t whole = high == 0 ? low / by : (uint64_t)(size / by), rest = low - whole * by;
    const uint64_t rounded = whole + hz_divide_away(whole, rest, by, negative, mode);
    if (rounded > INT64_MAX || rounded < whole) return negative ? INT64_MIN : INT64_MAX;
    return (int64_t)(negative ? 0 - rounded : rounded);
}

/* k * (x * y / z), the quotient and then the product rounded to 34 digits (share.c), then to a whole number; beyond 64 bits the nearest
 * number they hold, and 0 where z is 0. For |k * x * y| < 10^32 these digits matter where the exact product lies on what a mode decides
 * by, and the quotient is no whole number: narrow.c. */
int64_t hz_share_in_digits(int64_t x, int64_t y, int64_t z, int64_t k, uint8_t mode);

static inline int64_t hz_share(int64_t x, int64_t y, int64_t z, int64_t k, uint8_t mode)
{
    const hz_u128 quotient = (hz_u128)hz_divide_magnitude(x) * hz_divide_magnitude(y), size = quotient * hz_divide_magnitude(k);
    const uint64_t by = hz_divide_magnitude(z), high = (uint64_t)(size >> 64), low = (uint64_t)size;
    const bool negative = (x ^ y ^ z ^ k) < 0, half = mode == HZ_ROUND_HALF_UP || mode == HZ_ROUND_HALF_DOWN || mode == HZ_ROUND_HALF_EVEN;
    if (by == 0 || by > INT64_MAX) return 0;
    if (high >= by) return negative ? INT64_MIN : INT64_MAX;
    const uint64_t whole = high == 0 ? low / by : (uint64_t)(size / by), rest = low - whole * by;
    if (rest == (half ? by - rest : 0) && quotient % by != 0) return hz_share_in_digits(x, y, z, k, mode);
    const uint64_t rounded = whole + hz_divide_away(whole, rest, by, negative, mode);
    if (rounded > INT64_MAX || rounded < whole) return negative ? INT64_MIN : INT64_MAX;
    return (int64_t)(negative ? 0 - rounded : rounded);
}

/* The reciprocal of k > 0: n / k = (high + ((n - high) >> first)) >> then, where high is the upper half of n * factor. */
typedef struct hz_reciprocal {
    uint64_t factor;
    unsigned first, then;
} hz_reciprocal;

static inline hz_reciprocal hz_reciprocal_of(uint64_t k)
{
    unsigned bits = 0; /* least with 2^bits >= k */
    while (bits < 63 && (UINT64_C(1) << bits) < k) bits++;
    const hz_u128 power = (hz_u128)((UINT64_C(1) << bits) - k) << 64;
    return (hz_reciprocal){(uint64_t)(power / k) + 1, bits > 1 ? 1 : bits, bits > 1 ? bits - 1 : 0};
}

static inline uint64_t hz_reciprocal_apply(hz_reciprocal by, uint64_t n, uint64_t high)
{
    return (high + ((n - high) >> by.first)) >> by.then;
}

static inline uint64_t hz_reciprocal_divide(hz_reciprocal by, uint64_t n)
{
    return hz_reciprocal_apply(by, n, (uint64_t)(((hz_u128)n * by.factor) >> 64));
}

/* The same by four products of 32 bits, of which vectors have many at once. */
static inline uint64_t hz_reciprocal_divide_by_halves(hz_reciprocal by, uint64_t n)
{
    const uint64_t n0 = (uint32_t)n, n1 = n >> 32, f0 = (uint32_t)by.factor, f1 = by.factor >> 32;
    const uint64_t low = n0 * f0, middle = n1 * f0 + (low >> 32), other = n0 * f1 + (uint32_t)middle;
    return hz_reciprocal_apply(by, n, n1 * f1 + (middle >> 32) + (other >> 32));
}

/* The same of n below 2^32, in one product of 32 bits: n / k = n * factor >> shift. Exact because factor * k is above
 * 2^shift by no more than 2^(shift - 32). Numbers are 0 or more: half up and down are all that rounds otherwise. */
typedef struct hz_short_reciprocal {
    uint32_t factor;  /* 0: there is none, or another mode */
    unsigned shift;
    uint32_t k;
    uint32_t most;    /* the largest rest that does not round up */
} hz_short_reciprocal;

static inline hz_short_reciprocal hz_short_reciprocal_of(uint64_t k, uint8_t mode)
{
    const bool half_up = mode == HZ_ROUND_HALF_UP;
    unsigned bits = 0; /* of k, less one */
    if (k < 3 || k > INT32_MAX || !(half_up || mode == HZ_ROUND_DOWN || mode == HZ_ROUND_FLOOR)) return (hz_short_reciprocal){0};
    while (k >> (bits + 1) != 0) bits++;
    const uint64_t power = UINT64_C(1) << (32 + bits), factor = power / k + 1;
    if (factor > UINT32_MAX || factor * k - power > (UINT64_C(1) << bits)) return (hz_short_reciprocal){0};
    return (hz_short_reciprocal){(uint32_t)factor, 32 + bits, (uint32_t)k, half_up ? (uint32_t)(k - 1) / 2 : INT32_MAX};
}

#endif
