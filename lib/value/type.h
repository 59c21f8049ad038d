/* type.h - the types of expressions and columns, with what the checker knows of scale, range and absence.
 *
 * A number's coefficient lies in [lo, hi] and its value is coefficient / 10^scale: the proof that 64 bits suffice. Where
 * there is none the number is wide: each row has a scale of its own (decimal128.h), and the range is what is known of it.
 * Dates, durations and codes carry ranges too. Absence is part of the type: an expression may be null (FEEL's null),
 * missing (a required input or counter that was not given), unknown (a value nobody published), or an error; flags
 * that are off are proofs that it cannot happen.
 */
#ifndef HZ_VALUE_TYPE_H
#define HZ_VALUE_TYPE_H

#include "base/str.h"
#include "value/decimal.h"

typedef enum hz_kind {
    HZ_KIND_NONE,    /* not checked, or in error: never reported twice */
    HZ_KIND_NULL,    /* the literal null */
    HZ_KIND_BOOLEAN, /* column of bits */
    HZ_KIND_NUMBER,  /* i64 coefficient, or wide */
    HZ_KIND_STRING,  /* text */
    HZ_KIND_SET,     /* of codes: i64 index into sets; only right of `in`, and in count */
    HZ_KIND_CODE,    /* i32 index into codes */
    HZ_KIND_DATE,    /* i32 days since 1970-01-01 */
    HZ_KIND_TIME,    /* i64 seconds * 10^scale since midnight */
    HZ_KIND_DATE_TIME, /* i64 seconds * 10^scale since 1970-01-01T00:00:00 */
    HZ_KIND_DAYS,    /* days-and-time duration: i64 seconds * 10^scale */
    HZ_KIND_MONTHS,  /* years-and-months duration: i64 months */
    HZ_KIND_MIXED,   /* an item of a list of several types: of which alternative of item[0..count) it is, i64 */
    HZ_KIND_LIST,    /* of item: lo to hi items, known when the rules are loaded */
    HZ_KIND_RANGE    /* of item, only right of `in` and in cells */
} hz_kind;

/* A closed list of codes with labels; shared by pointer. */
typedef struct hz_code_value {
    hz_str id;
    hz_str zh, en; /* labels; en defaults to the id in words */
} hz_code_value;

typedef struct hz_codes {
    hz_code_value *at;
    uint32_t count;
} hz_codes;

/* Sets of codes of one list: bit c % 64 of word c / 64 says whether code c is in it. */
typedef struct hz_code_set {
    const uint64_t *bits;
    uint32_t count; /* codes in it */
} hz_code_set;

typedef struct hz_code_sets {
    hz_code_set *at;
    uint32_t count, room;
} hz_code_sets;

static inline bool hz_code_set_has(const hz_code_set *set, uint32_t code)
{
    return (set->bits[code / 64] >> (code % 64) & 1) != 0;
}

/* lo or hi of a wide number of which no bound is known. */
#define HZ_NO_LOW HZ_I128_MIN
#define HZ_NO_HIGH HZ_I128_MAX

/* What an expression may be besides a value. */
enum { HZ_MAY_NULL = 1, HZ_MAY_MISS = 2, HZ_MAY_UNKNOWN = 4, HZ_MAY_ERR = 8 };

typedef struct hz_type hz_type;
struct hz_type {
    uint8_t kind;          /* hz_kind */
    uint8_t absent;        /* HZ_MAY_… */
    bool wide;             /* numbers: decimals of 34 digits, not 64-bit fixed point */
    bool ragged;           /* wide: there may be more decimals than scale; lo and hi are then rounded outward */
    int32_t scale;         /* numbers, days durations, times */
    hz_i128 lo, hi;        /* numbers, dates, times, durations, codes: inclusive, in coefficients; lists: of the length */
    int64_t step;          /* numbers and durations: the coefficient is a multiple of it; 0 counts as 1 */
    const hz_codes *codes; /* codes and sets of them; NULL for others */
    const hz_code_sets *sets; /* the sets that there are */
    const hz_type *item;   /* lists, ranges; mixed: the alternatives, each of another kind, in the order of kinds */
    uint32_t count;        /* lists: the most items, as hi; mixed: the alternatives */
};

/* The kind in the user's words: "number", "date", "days and time duration", … */
const char *hz_kind_name(hz_kind kind);

/* For messages: "number with 2 decimals in [0..9999999999.99]", "whole number in [1..3]", "number 5",
 * "number of any decimals", "code (illness, accident, psychiatric)", "date in [2011-01-01..2020-12-31]", "date", "list of numbers",
 * "boolean or null". Long lists of codes end with an ellipsis. Cut to room - 1 bytes and a NUL; returns its length. */
size_t hz_type_describe(const hz_type *type, char *out, size_t room);

/* Same kind; for codes the same list of ids in the same order; for lists items of the same type, or null; for mixed values
 * the same alternatives. */
bool hz_type_same(const hz_type *a, const hz_type *b);
bool hz_codes_same(const hz_codes *a, const hz_codes *b);
/* Index of a code, or -1. */
int32_t hz_codes_find(const hz_codes *codes, hz_str id);

/* Both bounds fit 64 bits. */
bool hz_type_fits64(const hz_type *type);
/* The alternative of a mixed type that is of this kind; NULL: none. */
const hz_type *hz_type_alternative(const hz_type *mixed, uint8_t kind);
/* A value that stands in several columns: a list, or a mixed item. */
bool hz_type_bundled(const hz_type *type);
/* A whole number in 64 bits: what counts, positions and exponents are. */
bool hz_type_whole(const hz_type *type);

#endif
