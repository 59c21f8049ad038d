/* decimal.h - exact decimals: a 128-bit coefficient and a scale (digits behind the point).
 *
 * This is how numbers are held while loading, for literals, ranges and constants; the executor holds 64-bit
 * coefficients whose scale the checker fixed. No function here rounds unless its name says so, and none overflows
 * silently.
 */
#ifndef HZ_VALUE_DECIMAL_H
#define HZ_VALUE_DECIMAL_H

#include "base/str.h"

#include <stdint.h>

__extension__ typedef __int128 hz_i128;
__extension__ typedef unsigned __int128 hz_u128;

#define HZ_I128_MAX ((hz_i128)((~(hz_u128)0) >> 1))
#define HZ_I128_MIN (-HZ_I128_MAX - 1)

/* 10^34 - 1: the largest coefficient of decimal128. */
#define HZ_DECIMAL_DIGITS 34

typedef struct hz_decimal {
    hz_i128 coefficient; /* |coefficient| < 10^34 */
    int32_t scale;       /* value = coefficient / 10^scale; 0 .. 34 */
} hz_decimal;

/* Rounding modes, in the order of FEEL's function names. */
typedef enum hz_rounding {
    HZ_ROUND_UP,        /* away from zero */
    HZ_ROUND_DOWN,      /* toward zero */
    HZ_ROUND_HALF_UP,   /* ties away from zero */
    HZ_ROUND_HALF_DOWN, /* ties toward zero */
    HZ_ROUND_HALF_EVEN,
    HZ_ROUND_FLOOR,
    HZ_ROUND_CEILING
} hz_rounding;

/* Room for any decimal as text: sign, 34 digits, point, leading zero, NUL. */
#define HZ_DECIMAL_TEXT 48

/* 10^n for 0 <= n <= 38. */
hz_i128 hz_power10(int32_t n);

/* Plain form only: [-]digits[.digits], no exponent, no leading +, no spaces; digits needed on both sides of a point
 * unless loose (then ".5" passes, as in FEEL). False: malformed, or over 34 digits or scale 34. The scale is as
 * written ("3.00" has 2). */
bool hz_decimal_parse(hz_str text, bool loose, hz_decimal *out);

/* Plain form with exactly scale (0 .. 38) digits behind the point. Returns the length; NUL-terminated. */
size_t hz_decimal_format(hz_i128 coefficient, int32_t scale, char out[HZ_DECIMAL_TEXT]);

/* Without trailing zeros behind the point. */
hz_decimal hz_decimal_trim(hz_decimal value);

/* The same value at another scale; false when it does not fit 127 bits, or (at a smaller scale) not without loss. */
bool hz_decimal_rescale(hz_i128 coefficient, int32_t from, int32_t to, hz_i128 *out);

/* -1, 0, 1: exact, whatever the scales. */
int hz_decimal_compare(hz_decimal a, hz_decimal b);

/* a / b rounded to a whole number; b is not 0. The one quotient that does not fit, HZ_I128_MIN / -1, gives
 * HZ_I128_MAX. */
hz_i128 hz_divide_rounded(hz_i128 a, hz_i128 b, hz_rounding mode);

/* a + b, a - b, a * b: false on overflow of 127 bits. */
bool hz_i128_add(hz_i128 a, hz_i128 b, hz_i128 *out);
bool hz_i128_sub(hz_i128 a, hz_i128 b, hz_i128 *out);
bool hz_i128_mul(hz_i128 a, hz_i128 b, hz_i128 *out);

#endif
