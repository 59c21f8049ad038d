/* narrow.h - numbers of 34 digits that need not be computed as such, because ranges prove that 64 bits give the same. Called where
 * numbers are lowered (lower_decimal.c, lower_number.c, question.c); decision 0065 has the proof.
 */
#ifndef HZ_PROGRAM_NARROW_H
#define HZ_PROGRAM_NARROW_H

#include "program/lower.h"

/* Both ends are within. */
typedef struct hz_range {
    hz_i128 lo, hi;
} hz_range;

/* ---- range.c ---- */

/* Of an i64 or i32 node, in rows in which it is a value. */
hz_range hz_range_of(const hz_lower *lower, hz_ref ref);

/* ---- narrow.c ---- */

/* A wide node at so many decimals, rounded by mode, as i64: what hz_dag_from_wide gives wherever that fits 64 bits. Without numbers of
 * 34 digits where the node is made of choices, the smaller and larger, and products and quotients of what ranges bound. */
hz_ref hz_narrow_round(hz_lower *lower, hz_ref wide, int32_t places, hz_rounding mode);
/* Bit: a wide node is no number: where a divisor is 0, as far as what it is made of can be told to stay below 10^6145. */
hz_ref hz_narrow_no_number(hz_lower *lower, hz_ref wide);

#endif
