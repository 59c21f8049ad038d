/* decimal128.c - decimal floating point of 34 digits: packing, rounding, the four operations, comparing, text. Powers are
 * in power.c. Called by the wide kernels, by the checker and by everything that shows a number of the wide path.
 *
 * Small operands take a short way in 128 bits; it gives what the long way gives, which is the one to read.
 */
#include "value/decimal128.h"

#include "value/limbs.h"

enum { SCALE_BITS = 14, SCALE_MASK = (1 << SCALE_BITS) - 1, DIGITS = HZ_DECIMAL_DIGITS };

/* ---- Packing ---- */

typedef struct parts {
    hz_u128 size;  /* < 10^34 */
    bool negative, none;
    int32_t scale;
} parts;

static hz_wide pack(hz_u128 size, bool negative, int32_t scale)
{
    hz_u128 coefficient = negative ? 0 - size : size;
    hz_u128 bits = coefficient << SCALE_BITS | (hz_u128)(unsigned)(scale - HZ_WIDE_SCALE_LEAST);
    return (hz_wide){(uint64_t)bits, (uint64_t)(bits >> 64)};
}

static parts unpack(hz_wide x)
{
    hz_u128 bits = (hz_u128)x.high << 64 | x.low;
    bool negative = x.high >> 63 != 0;
    hz_u128 size = bits >> SCALE_BITS;
    if (negative) size = ((hz_u128)1 << (128 - SCALE_BITS)) - size;
    int32_t scale = (int32_t)(x.low & SCALE_MASK) + HZ_WIDE_SCALE_LEAST;
    return (parts){size, negative, scale > HZ_WIDE_SCALE_MOST, scale};
}

bool hz_wide_is(hz_wide x)
{
    return !unpack(x).none;
}

hz_decimal hz_wide_decimal(hz_wide x)
{
    parts p = unpack(x);
    if (p.none) return (hz_decimal){0, 0};
    return (hz_decimal){p.negative ? -(hz_i128)p.size : (hz_i128)p.size, p.scale};
}

/* ---- Powers of ten ---- */

static hz_u128 power10(int32_t n)
{
    static const uint64_t low[20] = {
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
        1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
        1000000000000000000, 10000000000000000000U,
    };
    return n < 20 ? low[n] : (hz_u128)low[19] * low[n - 19];
}

static int32_t digits_of(hz_u128 value)
{
    if (value == 0) return 0;
    uint64_t high = (uint64_t)(value >> 64);
    int32_t bits = high != 0 ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll((uint64_t)value);
    int32_t digits = (int32_t)((bits - 1) * 30103 / 100000); /* 10^digits is not above 2^(bits - 1) */
    return value < power10(digits + 1) ? digits + 1 : digits + 2;
}

/* ---- Rounding ---- */

/* size / 10^drop, where what is dropped moves it by the mode; more: there is something below the last digit. */
static hz_u128 drop_digits(const hz_limbs *size, int32_t drop, bool more, bool negative, hz_rounding mode)
{
    hz_limbs unit = hz_limbs_power10(drop), quotient, rest, to_next;
    hz_limbs_divide(size, &unit, &quotient, &rest);
    hz_u128 out = hz_limbs_low(&quotient);
    if (rest.count == 0 && !more) return out;
    hz_limbs_sub(&unit, &rest, &to_next);
    int order = hz_limbs_compare(&rest, &to_next);
    if (order == 0 && more) order = 1;
    bool away = false;
    switch (mode) {
    case HZ_ROUND_UP: away = true; break;
    case HZ_ROUND_DOWN: break;
    case HZ_ROUND_HALF_UP: away = order >= 0; break;
    case HZ_ROUND_HALF_DOWN: away = order > 0; break;
    case HZ_ROUND_HALF_EVEN: away = order > 0 || (order == 0 && (out & 1) != 0); break;
    case HZ_ROUND_FLOOR: away = negative; break;
    case HZ_ROUND_CEILING: away = !negative; break;
    }
    return away ? out + 1 : out;
}

/* size < 10^34 at any scale: none above the range. */
static hz_wide in_range(hz_u128 size, bool negative, int64_t scale)
{
    if (size == 0) negative = false;
    if (size == 0 && scale < HZ_WIDE_SCALE_LEAST) scale = HZ_WIDE_SCALE_LEAST;
    if (size == 0 && scale > HZ_WIDE_SCALE_MOST) scale = HZ_WIDE_SCALE_MOST;
    if (scale < HZ_WIDE_SCALE_LEAST) {
        int64_t pad = HZ_WIDE_SCALE_LEAST - scale;
        if (pad + digits_of(size) > DIGITS) return HZ_WIDE_NONE;
        size *= power10((int32_t)pad);
        scale = HZ_WIDE_SCALE_LEAST;
    }
    return pack(size, negative, (int32_t)scale);
}

hz_wide hz_wide_finish(const hz_limbs *size, bool more, bool negative, int64_t scale)
{
    int32_t digits = hz_limbs_digits(size);
    int64_t drop = digits > DIGITS ? digits - DIGITS : 0;
    if (scale - drop > HZ_WIDE_SCALE_MOST) drop = scale - HZ_WIDE_SCALE_MOST;
    if (drop > digits + 1) drop = digits + 1; /* all of it, and it rounds to 0 */
    hz_u128 rounded = drop == 0 ? hz_limbs_low(size) : drop_digits(size, (int32_t)drop, more, negative, HZ_ROUND_HALF_EVEN);
    scale -= drop;
    if (rounded == power10(DIGITS)) {
        rounded /= 10;
        scale--;
    }
    return in_range(rounded, negative, scale);
}

hz_wide hz_wide_from(hz_i128 coefficient, int32_t scale)
{
    bool negative = coefficient < 0;
    hz_u128 size = negative ? 0 - (hz_u128)coefficient : (hz_u128)coefficient;
    if (size < power10(DIGITS) && scale <= HZ_WIDE_SCALE_MOST) return in_range(size, negative, scale);
    hz_limbs limbs = hz_limbs_from(size);
    return hz_wide_finish(&limbs, false, negative, scale);
}

/* ---- Sums ---- */

/* x * 10^up and y * 10^-down in one unit; more: y loses something there, and then x has more than 34 digits. */
static void align(const parts *x, const parts *y, hz_limbs *a, hz_limbs *b, bool *more)
{
    const int32_t far = DIGITS + 8;
    int32_t gap = y->scale - x->scale, up = gap < far ? gap : far, down = gap - up;
    hz_limbs power = hz_limbs_power10(up), rest;
    hz_limbs whole = hz_limbs_from(x->size);
    hz_limbs_mul(&whole, &power, a);
    *b = hz_limbs_from(y->size);
    *more = false;
    if (down == 0) return;
    power = hz_limbs_power10(down < far ? down : far);
    hz_limbs_divide(b, &power, b, &rest);
    *more = rest.count != 0;
}

/* x and y, the coarser first, with their signs. */
static hz_wide sum(const parts *x, const parts *y)
{
    const int32_t far = DIGITS + 8;
    hz_limbs a, b, out;
    bool more, negative = x->negative;
    align(x, y, &a, &b, &more);
    int64_t scale = y->scale - x->scale > far && x->size != 0 ? x->scale + far : y->scale;
    if (x->size == 0) {
        b = hz_limbs_from(y->size);
        return hz_wide_finish(&b, false, y->negative, y->scale);
    }
    if (x->negative == y->negative) {
        hz_limbs_add(&a, &b, &out);
    } else if (hz_limbs_compare(&a, &b) >= 0) {
        const hz_limbs one = {.at = {1}, .count = 1};
        hz_limbs_sub(&a, &b, &out);
        if (more) hz_limbs_sub(&out, &one, &out);
    } else {
        hz_limbs_sub(&b, &a, &out);
        negative = y->negative;
    }
    return hz_wide_finish(&out, more, negative, scale);
}

hz_wide hz_wide_add(hz_wide x, hz_wide y)
{
    parts a = unpack(x), b = unpack(y);
    if (a.none || b.none) return HZ_WIDE_NONE;
    if (a.scale > b.scale) {
        parts c = a;
        a = b;
        b = c;
    }
    int32_t gap = b.scale - a.scale;
    if (gap <= 18 && a.size < power10(18) && b.size < power10(DIGITS)) { /* below 2 * 10^36 */
        hz_i128 left = (hz_i128)(a.size * power10(gap)), right = (hz_i128)b.size;
        return hz_wide_from((a.negative ? -left : left) + (b.negative ? -right : right), b.scale);
    }
    return sum(&a, &b);
}

hz_wide hz_wide_negate(hz_wide x)
{
    parts p = unpack(x);
    return p.none ? x : pack(p.size, !p.negative && p.size != 0, p.scale);
}

hz_wide hz_wide_abs(hz_wide x)
{
    parts p = unpack(x);
    return p.none ? x : pack(p.size, false, p.scale);
}

hz_wide hz_wide_sub(hz_wide x, hz_wide y)
{
    return hz_wide_add(x, hz_wide_negate(y));
}

/* ---- Products and quotients ---- */

hz_wide hz_wide_mul(hz_wide x, hz_wide y)
{
    parts a = unpack(x), b = unpack(y);
    if (a.none || b.none) return HZ_WIDE_NONE;
    bool negative = a.negative != b.negative;
    int64_t scale = (int64_t)a.scale + b.scale;
    if (a.size < power10(17) && b.size < power10(17) && scale <= HZ_WIDE_SCALE_MOST)
        return in_range(a.size * b.size, negative, scale);
    hz_limbs left = hz_limbs_from(a.size), right = hz_limbs_from(b.size), out;
    hz_limbs_mul(&left, &right, &out);
    return hz_wide_finish(&out, false, negative, scale);
}

/* Zeros at the end, down to a scale at least. */
static parts without_zeros(parts p, int64_t least)
{
    for (int32_t step = 16; step > 0; step /= 2)
        while (p.size != 0 && p.scale - step >= least && p.size % power10(step) == 0) {
            p.size /= power10(step);
            p.scale -= step;
        }
    return p;
}

hz_wide hz_wide_div(hz_wide x, hz_wide y)
{
    parts a = unpack(x), b = unpack(y);
    if (a.none || b.none || b.size == 0) return HZ_WIDE_NONE;
    bool negative = a.negative != b.negative;
    int64_t scale = (int64_t)a.scale - b.scale;
    if (a.size == 0) return in_range(0, false, scale);
    int32_t places = DIGITS + 1 + digits_of(b.size) - digits_of(a.size);
    if (places < 0) places = 0;
    hz_limbs size = hz_limbs_from(a.size), power = hz_limbs_power10(places), divisor = hz_limbs_from(b.size), rest;
    hz_limbs_mul(&size, &power, &size);
    hz_limbs_divide(&size, &divisor, &size, &rest);
    hz_wide out = hz_wide_finish(&size, rest.count != 0, negative, scale + places);
    if (rest.count != 0 || !hz_wide_is(out)) return out;
    parts exact = without_zeros(unpack(out), scale > HZ_WIDE_SCALE_LEAST ? scale : HZ_WIDE_SCALE_LEAST);
    return pack(exact.size, exact.negative, exact.scale);
}

/* 10^n mod by, for any n. */
static hz_limbs power_modulo(int32_t n, const hz_limbs *by)
{
    hz_limbs out = hz_limbs_from(1), ten = hz_limbs_from(10), none;
    hz_limbs_divide(&out, by, &none, &out);
    for (; n > 0; n /= 2) {
        if (n % 2 != 0) {
            hz_limbs_mul(&out, &ten, &out);
            hz_limbs_divide(&out, by, &none, &out);
        }
        hz_limbs_mul(&ten, &ten, &ten);
        hz_limbs_divide(&ten, by, &none, &ten);
    }
    return out;
}

/* |x| mod |y| in their finer unit. */
static hz_limbs rest_of(const parts *x, const parts *y)
{
    hz_limbs a = hz_limbs_from(x->size), b = hz_limbs_from(y->size), none;
    if (x->scale <= y->scale) {
        hz_limbs power = power_modulo(y->scale - x->scale, &b);
        hz_limbs_mul(&a, &power, &a);
    } else {
        int32_t gap = x->scale - y->scale;
        if (gap > DIGITS) return a; /* y is larger */
        hz_limbs power = hz_limbs_power10(gap);
        hz_limbs_mul(&b, &power, &b);
    }
    hz_limbs_divide(&a, &b, &none, &a);
    return a;
}

hz_wide hz_wide_modulo(hz_wide x, hz_wide y)
{
    parts a = unpack(x), b = unpack(y);
    if (a.none || b.none || b.size == 0) return HZ_WIDE_NONE;
    int32_t scale = a.scale > b.scale ? a.scale : b.scale;
    hz_limbs rest = rest_of(&a, &b);
    hz_wide out = hz_wide_finish(&rest, false, a.negative, scale);
    return rest.count == 0 || a.negative == b.negative ? out : hz_wide_add(out, y);
}

/* ---- Comparing ---- */

/* |x| and |y|, neither 0. */
static int compare_sizes(const parts *x, const parts *y)
{
    int32_t left = digits_of(x->size) - x->scale, right = digits_of(y->size) - y->scale;
    if (left != right) return left < right ? -1 : 1;
    hz_limbs a = hz_limbs_from(x->size), b = hz_limbs_from(y->size);
    int32_t gap = x->scale - y->scale;
    if (gap == 0) return hz_limbs_compare(&a, &b);
    hz_limbs power = hz_limbs_power10(gap > 0 ? gap : -gap); /* of as many digits, so the gap is small */
    if (gap > 0) hz_limbs_mul(&b, &power, &b);
    else hz_limbs_mul(&a, &power, &a);
    return hz_limbs_compare(&a, &b);
}

int hz_wide_compare(hz_wide x, hz_wide y)
{
    parts a = unpack(x), b = unpack(y);
    if (a.none || b.none) return (int)b.none - (int)a.none;
    int left = a.size == 0 ? 0 : a.negative ? -1 : 1, right = b.size == 0 ? 0 : b.negative ? -1 : 1;
    if (left != right || left == 0) return (left > right) - (left < right);
    return left * compare_sizes(&a, &b);
}

/* ---- Decimals ---- */

hz_wide hz_wide_quantize(hz_wide x, int32_t places, hz_rounding mode)
{
    parts p = unpack(x);
    if (p.none || places < HZ_WIDE_SCALE_LEAST || places > HZ_WIDE_SCALE_MOST) return HZ_WIDE_NONE;
    if (places >= p.scale) {
        if (p.size != 0 && places - p.scale + digits_of(p.size) > DIGITS) return HZ_WIDE_NONE;
        return pack(p.size == 0 ? 0 : p.size * power10(places - p.scale), p.negative, places);
    }
    int32_t drop = p.scale - places, digits = digits_of(p.size);
    hz_limbs size = hz_limbs_from(p.size);
    hz_u128 rounded = p.size == 0 ? 0 : drop_digits(&size, drop <= digits ? drop : digits + 1, false, p.negative, mode);
    return pack(rounded, p.negative && rounded != 0, places);
}

hz_wide hz_wide_round(hz_wide x, int32_t places, hz_rounding mode)
{
    parts p = unpack(x);
    if (p.none || p.scale <= places) return x;
    return places < HZ_WIDE_SCALE_LEAST ? HZ_WIDE_NONE : hz_wide_quantize(x, places, mode);
}

int64_t hz_wide_to_i64(hz_wide x, int32_t places, hz_rounding mode)
{
    parts p = unpack(hz_wide_round(x, places, mode));
    if (p.none || p.size == 0) return 0;
    int32_t up = places - p.scale; /* what does not fit wraps: the checker proved that it does */
    hz_u128 size = up > DIGITS ? 0 : p.size * power10(up);
    return (int64_t)(uint64_t)(p.negative ? 0 - size : size);
}

hz_wide hz_wide_trim(hz_wide x)
{
    parts p = unpack(x);
    if (p.none) return x;
    if (p.size == 0) return pack(0, false, 0);
    p = without_zeros(p, p.scale > 0 ? 0 : p.scale);
    return pack(p.size, p.negative, p.scale);
}

size_t hz_wide_write(hz_wide x, char out[HZ_WIDE_TEXT])
{
    char digits[HZ_DECIMAL_TEXT];
    size_t at = 0;
    x = hz_wide_trim(x);
    out[0] = '\0';
    if (!hz_wide_is(x)) return 0;
    parts p = unpack(x);
    size_t len = hz_decimal_format((hz_i128)p.size, 0, digits), behind = p.scale > 0 ? (size_t)p.scale : 0;
    size_t whole = len > behind ? len - behind : 0, zeros = p.scale < 0 && p.size != 0 ? (size_t)-p.scale : 0;
    if (p.negative) out[at++] = '-';
    if (whole == 0) out[at++] = '0';
    memcpy(out + at, digits, whole);
    at += whole;
    memset(out + at, '0', zeros);
    at += zeros;
    if (behind > 0) {
        size_t leading = len < behind ? behind - len : 0;
        out[at++] = '.';
        memset(out + at, '0', leading);
        memcpy(out + at + leading, digits + whole, len - whole);
        at += leading + len - whole;
    }
    out[at] = '\0';
    return at;
}

void hz_wide_format(hz_wide x, hz_buf *out)
{
    char text[HZ_WIDE_TEXT];
    size_t len = hz_wide_write(x, text);
    hz_buf_add(out, (hz_str){text, len});
}
