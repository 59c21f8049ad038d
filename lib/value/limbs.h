/* limbs.h - whole numbers without sign of up to 576 bits: what the exact products, quotients and powers of decimals are
 * on their way to 34 digits. For decimal128.c and power.c; no limb above count is read.
 *
 * The callers keep what they compute below HZ_LIMBS_MOST limbs; nothing here checks it.
 */
#ifndef HZ_VALUE_LIMBS_H
#define HZ_VALUE_LIMBS_H

#include "value/decimal.h"

#define HZ_LIMBS_MOST 18

typedef struct hz_limbs {
    uint32_t at[HZ_LIMBS_MOST]; /* the lowest first */
    int32_t count;              /* without zeros at the high end; 0 is the number 0 */
} hz_limbs;

hz_limbs hz_limbs_from(hz_u128 value);
/* 10^n, n < 170. */
hz_limbs hz_limbs_power10(int32_t n);
/* The value; it is below 2^128. */
hz_u128 hz_limbs_low(const hz_limbs *a);
int hz_limbs_compare(const hz_limbs *a, const hz_limbs *b);
void hz_limbs_add(const hz_limbs *a, const hz_limbs *b, hz_limbs *out);
/* a - b; a >= b. */
void hz_limbs_sub(const hz_limbs *a, const hz_limbs *b, hz_limbs *out);
void hz_limbs_mul(const hz_limbs *a, const hz_limbs *b, hz_limbs *out);
/* a / b, and what is left; b is not 0. */
void hz_limbs_divide(const hz_limbs *a, const hz_limbs *b, hz_limbs *quotient, hz_limbs *rest);
/* Decimal digits; of 0: 0. */
int32_t hz_limbs_digits(const hz_limbs *a);

#endif
