/* decimal128.h - decimal floating point of 34 digits: what a number is where 64-bit fixed point is not proved enough.
 *
 * Values and rounding are those of IEEE 754's decimal128: results are exact where 34 digits hold them, else rounded once,
 * half to even; below 10^-6143 they keep fewer digits. There is no infinity, no NaN and no negative zero: what is beyond
 * 10^6145, and what cannot be computed, is HZ_WIDE_NONE, and so is every result that is made from it.
 *
 * A row of a column holds one in 16 bytes: the coefficient above 14 bits for the scale. All bits 0 is a zero.
 */
#ifndef HZ_VALUE_DECIMAL128_H
#define HZ_VALUE_DECIMAL128_H

#include "base/buf.h"
#include "value/decimal.h"

typedef struct hz_wide {
    uint64_t low, high;
} hz_wide;

#define HZ_WIDE_NONE ((hz_wide){UINT64_MAX, UINT64_MAX})

/* Scales that a value can have: from 10^6111 to 10^-6176. */
#define HZ_WIDE_SCALE_LEAST (-6111)
#define HZ_WIDE_SCALE_MOST 6176

/* coefficient / 10^scale, rounded to 34 digits. */
hz_wide hz_wide_from(hz_i128 coefficient, int32_t scale);
/* Whether it is a number. */
bool hz_wide_is(hz_wide x);
/* Its coefficient and scale, which may lie outside those of hz_decimal; of no number: 0. */
hz_decimal hz_wide_decimal(hz_wide x);

hz_wide hz_wide_add(hz_wide x, hz_wide y);
hz_wide hz_wide_sub(hz_wide x, hz_wide y);
hz_wide hz_wide_mul(hz_wide x, hz_wide y);
/* None when y is 0. */
hz_wide hz_wide_div(hz_wide x, hz_wide y);
/* x - y * floor(x / y), with y's sign; none when y is 0. */
hz_wide hz_wide_modulo(hz_wide x, hz_wide y);
hz_wide hz_wide_negate(hz_wide x);
hz_wide hz_wide_abs(hz_wide x);
/* -1, 0, 1; exact. No number is below all numbers. */
int hz_wide_compare(hz_wide x, hz_wide y);

/* x with at most places decimals (places < 0: a multiple of a power of ten). */
hz_wide hz_wide_round(hz_wide x, int32_t places, hz_rounding mode);
/* x with exactly so many decimals, also zeros; none when that takes more than 34 digits. */
hz_wide hz_wide_quantize(hz_wide x, int32_t places, hz_rounding mode);
/* The coefficient of x with so many decimals; what does not fit wraps, and none is 0. */
int64_t hz_wide_to_i64(hz_wide x, int32_t places, hz_rounding mode);

/* Without zeros at the end, but for those before the point. */
hz_wide hz_wide_trim(hz_wide x);
/* Room for any number as plain digits: a sign, a leading zero, the point, 6176 decimals, NUL. */
#define HZ_WIDE_TEXT 6192

/* Plain digits, as many as it takes, without zeros behind the point; nothing for none. Returns the length; ends with NUL. */
size_t hz_wide_write(hz_wide x, char out[HZ_WIDE_TEXT]);
/* The same, appended. */
void hz_wide_format(hz_wide x, hz_buf *out);

/* ---- power.c ---- */

/* x ** n: exact where 34 digits hold it, else rounded once; x ** -n is 1 / x ** n. 0 ** 0 is 1, 0 ** -n none. */
hz_wide hz_wide_power(hz_wide x, int64_t n);

/* ---- shared with power.c ---- */

struct hz_limbs;
/* ±size / 10^scale, rounded to 34 digits once; more: there is something left below the last digit of size. */
hz_wide hz_wide_finish(const struct hz_limbs *size, bool more, bool negative, int64_t scale);

#endif
