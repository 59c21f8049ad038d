/* kernel_row.h - what the expressions of kernel.def are written with: types, arithmetic that wraps, and the functions of one
 * row. Included by what is stamped from kernel.def (kernel_body.h, kernel_row.c), never by others. */
#ifndef HZ_COLUMN_KERNEL_ROW_H
#define HZ_COLUMN_KERNEL_ROW_H

#include "column/calendar.h"
#include "column/convert.h"
#include "column/divide.h"
#include "column/kernel.h"
#include "column/replace.h"
#include "column/text.h"

/* Unsigned arithmetic wraps; signed overflow would be undefined in rows that hold no value. */
#define HZ_WRAP(left, op, right) ((int64_t)((uint64_t)(left) op (uint64_t)(right)))

typedef uint8_t hz_t_I8;
typedef int32_t hz_t_I32;
typedef int64_t hz_t_I64;
typedef uint32_t hz_u_I32;
typedef uint64_t hz_u_I64;
typedef hz_str hz_t_TEXT;
typedef hz_wide hz_t_WIDE;

static inline int64_t hz_modulo(int64_t x, int64_t y)
{
    if (y == 0 || y == -1) return 0; /* by -1 the machine's own remainder may overflow */
    int64_t rest = x % y;
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest;
}

/* What is none of 0 to 254 is 255. */
static inline uint8_t hz_byte_of(int64_t x)
{
    return (uint64_t)x < UINT8_MAX ? (uint8_t)x : UINT8_MAX;
}

/* Whether a code is among 64 from m on, of which k says which. */
static inline bool hz_among(int32_t code, int64_t k, int64_t m)
{
    return (uint64_t)((int64_t)code - m) < 64 && ((uint64_t)k >> ((code - m) & 63) & 1) != 0;
}

/* The quotient by a constant, rounded: by the machine's division. */
static inline int64_t hz_divide_one(int64_t x, int64_t k, uint8_t mode)
{
    if (k <= 0) return (int64_t)hz_divide_rounded(x, k, (hz_rounding)mode);
    return hz_divide_finish(x, hz_divide_magnitude(x) / (uint64_t)k, (uint64_t)k, mode);
}

#endif
