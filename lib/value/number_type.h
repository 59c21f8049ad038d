/* number_type.h - what the type of a number becomes under an operation: decimals, range, and whether 64 bits hold it.
 *
 * Each function fills scale, lo, hi, step and ragged of out (kind NUMBER), which may be one of its operands, and sets
 * out->wide where out cannot be held in 64-bit fixed point; whether it can be computed there is the caller's to know.
 * Ranges are rounded outward where they must be, so they hold for results rounded to 34 digits as well. absent is the
 * caller's.
 */
#ifndef HZ_VALUE_NUMBER_TYPE_H
#define HZ_VALUE_NUMBER_TYPE_H

#include "value/type.h"

/* Decimals that 64-bit fixed point may have. */
#define HZ_NARROW_SCALE 18

/* Exactly one value. */
hz_type hz_number_type(hz_decimal value);
/* All values are 64-bit coefficients of that scale. */
bool hz_number_fits(const hz_type *type, int32_t scale);
/* lo or hi of a type at another scale, rounded outward; HZ_NO_… stay. */
hz_i128 hz_number_low(const hz_type *type, int32_t scale);
hz_i128 hz_number_high(const hz_type *type, int32_t scale);
bool hz_number_bounded(const hz_type *type);
bool hz_number_may_be_zero(const hz_type *type);

void hz_number_add(const hz_type *a, const hz_type *b, hz_type *out);
void hz_number_sub(const hz_type *a, const hz_type *b, hz_type *out);
void hz_number_mul(const hz_type *a, const hz_type *b, hz_type *out);
/* Any quotient: ragged. */
void hz_number_div(const hz_type *a, const hz_type *b, hz_type *out);
void hz_number_negate(const hz_type *a, hz_type *out);
void hz_number_abs(const hz_type *a, hz_type *out);
void hz_number_round(const hz_type *a, int32_t places, hz_rounding mode, hz_type *out);
/* a - b * floor(a / b) */
void hz_number_modulo(const hz_type *a, const hz_type *b, hz_type *out);
/* a ** n, n whole. */
void hz_number_power(const hz_type *a, const hz_type *n, hz_type *out);
/* n is a constant so small that the power is a product of that many factors. */
bool hz_power_is_product(const hz_type *n);
/* The smaller or larger of the two; either of the two. */
void hz_number_least(const hz_type *a, const hz_type *b, bool least, hz_type *out);
void hz_number_either(const hz_type *a, const hz_type *b, hz_type *out);

#endif
