/* number_type.c - decimals and ranges of numbers through each operation. Called by the checker and by program/. */
#include "value/number_type.h"

#include "value/decimal128.h"

enum { PLACES_OF_QUOTIENTS = 6, SMALL_POWER = 40 };

static int32_t finer(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* ---- Bounds ---- */

static bool known(hz_i128 bound)
{
    return bound != HZ_NO_LOW && bound != HZ_NO_HIGH;
}

static hz_i128 unknown(bool high)
{
    return high ? HZ_NO_HIGH : HZ_NO_LOW;
}

/* A bound at another scale, moved outward where it must be. */
static hz_i128 bound_at(hz_i128 bound, int32_t from, int32_t to, bool high)
{
    hz_i128 out;
    if (!known(bound)) return bound;
    if (to >= from) return hz_decimal_rescale(bound, from, to, &out) ? out : unknown(high);
    int32_t by = from - to;
    hz_i128 unit = hz_power10(by < 38 ? by : 38); /* what is left out beyond makes the same next step */
    return hz_divide_rounded(bound, unit, high ? HZ_ROUND_CEILING : HZ_ROUND_FLOOR);
}

hz_i128 hz_number_low(const hz_type *type, int32_t scale)
{
    return bound_at(type->lo, type->scale, scale, false);
}

hz_i128 hz_number_high(const hz_type *type, int32_t scale)
{
    return bound_at(type->hi, type->scale, scale, true);
}

bool hz_number_bounded(const hz_type *type)
{
    return known(type->lo) && known(type->hi);
}

bool hz_number_may_be_zero(const hz_type *type)
{
    return type->lo <= 0 && type->hi >= 0;
}

bool hz_number_fits(const hz_type *type, int32_t scale)
{
    const hz_type at = {.lo = hz_number_low(type, scale), .hi = hz_number_high(type, scale)};
    return !type->ragged && type->scale <= scale && scale <= HZ_NARROW_SCALE && hz_type_fits64(&at);
}

/* With a digit less behind the point. */
static void coarsen(hz_type *type)
{
    type->lo = bound_at(type->lo, type->scale, type->scale - 1, false);
    type->hi = bound_at(type->hi, type->scale, type->scale - 1, true);
    type->scale--;
    type->ragged = true;
}

static int32_t digits_of(const hz_type *type)
{
    hz_i128 most = 0;
    int32_t digits = 0;
    if (known(type->lo)) most = type->lo < 0 ? -type->lo : type->lo;
    if (known(type->hi) && type->hi > most) most = type->hi;
    if (known(type->hi) && -type->hi > most) most = -type->hi;
    for (; most > 0; most /= 10) digits++;
    return digits;
}

/* 34 digits hold the bounds, with fewer decimals where they must; what is larger still is not known. */
static void settle(hz_type *type)
{
    type->kind = HZ_KIND_NUMBER;
    while (type->scale > HZ_DECIMAL_DIGITS || (type->scale > 0 && digits_of(type) > HZ_DECIMAL_DIGITS)) coarsen(type);
    if (type->lo <= -hz_power10(HZ_DECIMAL_DIGITS)) type->lo = HZ_NO_LOW;
    if (type->hi >= hz_power10(HZ_DECIMAL_DIGITS)) type->hi = HZ_NO_HIGH;
    type->wide = !hz_number_fits(type, type->scale);
    if (type->wide) type->step = 0;
}

static hz_type begin(const hz_type *a, const hz_type *b, int32_t scale)
{
    return (hz_type){.kind = HZ_KIND_NUMBER, .ragged = a->ragged || b->ragged, .scale = scale};
}

/* ---- Steps ---- */

static int64_t step_of(const hz_type *type)
{
    return type->step != 0 ? type->step : 1;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

hz_type hz_number_type(hz_decimal value)
{
    value = hz_decimal_trim(value);
    hz_type type = {.kind = HZ_KIND_NUMBER, .scale = value.scale, .lo = value.coefficient, .hi = value.coefficient};
    hz_i128 size = value.coefficient < 0 ? -value.coefficient : value.coefficient;
    if (size <= INT64_MAX) type.step = (int64_t)size;
    settle(&type);
    return type;
}

/* ---- Sums and products ---- */

static hz_i128 bound_sum(hz_i128 a, hz_i128 b, bool high)
{
    hz_i128 out;
    return known(a) && known(b) && hz_i128_add(a, b, &out) ? out : unknown(high);
}

void hz_number_add(const hz_type *a, const hz_type *b, hz_type *out)
{
    hz_type type = begin(a, b, finer(a->scale, b->scale));
    type.lo = bound_sum(hz_number_low(a, type.scale), hz_number_low(b, type.scale), false);
    type.hi = bound_sum(hz_number_high(a, type.scale), hz_number_high(b, type.scale), true);
    if (a->scale == b->scale) type.step = common_divisor(step_of(a), step_of(b));
    settle(&type);
    *out = type;
}

void hz_number_negate(const hz_type *a, hz_type *out)
{
    hz_type type = *a;
    type.lo = known(a->hi) ? -a->hi : HZ_NO_LOW;
    type.hi = known(a->lo) ? -a->lo : HZ_NO_HIGH;
    settle(&type);
    *out = type;
}

void hz_number_sub(const hz_type *a, const hz_type *b, hz_type *out)
{
    hz_type minus;
    hz_number_negate(b, &minus);
    hz_number_add(a, &minus, out);
}

/* All four products of the ends. */
static void product_bounds(const hz_type *a, const hz_type *b, hz_type *out)
{
    const hz_i128 ends[4][2] = {{a->lo, b->lo}, {a->lo, b->hi}, {a->hi, b->lo}, {a->hi, b->hi}};
    bool positive = a->lo >= 0 && b->lo >= 0;
    for (int i = 0; i < 4; i++) {
        hz_i128 each;
        if (!known(ends[i][0]) || !known(ends[i][1]) || !hz_i128_mul(ends[i][0], ends[i][1], &each)) {
            out->lo = positive ? 0 : HZ_NO_LOW;
            out->hi = HZ_NO_HIGH;
            return;
        }
        if (i == 0 || each < out->lo) out->lo = each;
        if (i == 0 || each > out->hi) out->hi = each;
    }
}

void hz_number_mul(const hz_type *a, const hz_type *b, hz_type *out)
{
    hz_type x = *a, y = *b;
    while (digits_of(&x) + digits_of(&y) > HZ_DECIMAL_DIGITS + 3 && (x.scale > 0 || y.scale > 0))
        coarsen(x.scale > y.scale ? &x : &y);
    hz_type type = begin(&x, &y, x.scale + y.scale);
    product_bounds(&x, &y, &type);
    hz_i128 step = (hz_i128)step_of(a) * step_of(b);
    if (step <= INT64_MAX && !type.ragged) type.step = (int64_t)step;
    settle(&type);
    *out = type;
}

/* ---- Quotients ---- */

/* a / b in units of 10^-up, outward; false: too large to say. */
static bool quotient(hz_i128 a, hz_i128 b, int32_t up, bool high, hz_i128 *out)
{
    if (up > 38 || up < -38) return false;
    if (up >= 0 ? !hz_i128_mul(a, hz_power10(up), &a) : !hz_i128_mul(b, hz_power10(-up), &b)) return false;
    *out = hz_divide_rounded(a, b, high ? HZ_ROUND_CEILING : HZ_ROUND_FLOOR);
    return true;
}

/* The divisors nearest to 0 and farthest from it, on both sides; a ragged one comes nearer to 0 than anything. */
static int divisors(const hz_type *b, hz_i128 out[4], bool *far)
{
    int count = 0;
    *far = !hz_number_bounded(b);
    if (b->lo < 0 && known(b->lo)) out[count++] = b->lo;
    if (b->lo < 0) out[count++] = b->hi < 0 ? b->hi : -1;
    if (b->hi > 0) out[count++] = b->lo > 0 ? b->lo : 1;
    if (b->hi > 0 && known(b->hi)) out[count++] = b->hi;
    return count;
}

static bool quotient_bounds(const hz_type *a, const hz_type *b, hz_type *out)
{
    hz_i128 by[4];
    bool far;
    int count = divisors(b, by, &far);
    const hz_i128 ends[2] = {a->lo, a->hi};
    int32_t up = out->scale - a->scale + b->scale;
    out->lo = 0; /* of a divisor however large, or 0 itself */
    out->hi = 0;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < 2; k++) {
            hz_i128 low, high;
            if (!known(ends[k]) || !quotient(ends[k], by[i], up, false, &low) || !quotient(ends[k], by[i], up, true, &high)) return false;
            bool first = i == 0 && k == 0 && !far && !hz_number_may_be_zero(b);
            if (first || low < out->lo) out->lo = low;
            if (first || high > out->hi) out->hi = high;
        }
    return true;
}

void hz_number_div(const hz_type *a, const hz_type *b, hz_type *out)
{
    hz_type type = {.kind = HZ_KIND_NUMBER, .ragged = true, .scale = PLACES_OF_QUOTIENTS};
    bool small = b->ragged && hz_number_may_be_zero(b);
    bool ok = !small && quotient_bounds(a, b, &type);
    for (; !ok && !small && type.scale > 0; ok = quotient_bounds(a, b, &type)) type.scale--;
    if (!ok) {
        type.scale = 0;
        type.lo = a->lo >= 0 && b->lo >= 0 ? 0 : HZ_NO_LOW;
        type.hi = HZ_NO_HIGH;
    }
    settle(&type);
    *out = type;
}

void hz_number_modulo(const hz_type *a, const hz_type *b, hz_type *out)
{
    hz_type type = begin(a, b, finer(a->scale, b->scale));
    hz_i128 lo = hz_number_low(b, type.scale), hi = hz_number_high(b, type.scale);
    type.lo = lo < 0 ? lo : 0;
    type.hi = hi > 0 ? hi : 0;
    settle(&type);
    *out = type;
}

/* ---- One operand ---- */

void hz_number_abs(const hz_type *a, hz_type *out)
{
    hz_type minus, type = *a;
    hz_number_negate(a, &minus);
    type.lo = a->lo > 0 ? a->lo : a->hi < 0 ? minus.lo : 0;
    type.hi = a->hi > minus.hi ? a->hi : minus.hi;
    settle(&type);
    *out = type;
}

static hz_i128 rounded_bound(hz_i128 bound, int32_t scale, int32_t places, hz_rounding mode, bool high)
{
    if (!known(bound) || places >= scale) return bound_at(bound, scale, places, high);
    return scale - places > 38 ? bound_at(bound, scale, places, high) : hz_divide_rounded(bound, hz_power10(scale - places), mode);
}

void hz_number_round(const hz_type *a, int32_t places, hz_rounding mode, hz_type *out)
{
    hz_type type = *a;
    if (!a->ragged && a->scale <= places) {
        *out = type;
        return;
    }
    type.lo = rounded_bound(a->lo, a->scale, places, mode, false);
    type.hi = rounded_bound(a->hi, a->scale, places, mode, true);
    type.scale = places > 0 ? places : 0;
    if (places < 0) {
        type.lo = bound_at(type.lo, places, 0, false);
        type.hi = bound_at(type.hi, places, 0, true);
    }
    type.step = 0;
    type.ragged = false;
    settle(&type);
    *out = type;
}

/* ---- Powers ---- */

/* Bounds of a positive number's powers: they grow or fall with either operand, so the corners are the ends. */
static bool power_bounds(const hz_type *a, const hz_type *n, hz_type *out)
{
    bool positive = a->lo > 0 || (a->lo == 0 && n->lo >= 0);
    if (!positive || !hz_number_bounded(a)) return false;
    const hz_i128 ends[2] = {a->lo, a->hi}, times[2] = {n->lo, n->hi};
    for (int i = 0; i < 4; i++) {
        hz_wide each = hz_wide_power(hz_wide_from(ends[i / 2], a->scale), (int64_t)times[i % 2]);
        hz_wide low = hz_wide_quantize(each, out->scale, HZ_ROUND_FLOOR), high = hz_wide_quantize(each, out->scale, HZ_ROUND_CEILING);
        if (!hz_wide_is(low) || !hz_wide_is(high)) return false;
        hz_i128 lo = hz_wide_decimal(low).coefficient, hi = hz_wide_decimal(high).coefficient;
        if (i == 0 || lo < out->lo) out->lo = lo;
        if (i == 0 || hi > out->hi) out->hi = hi;
    }
    return true;
}

bool hz_power_is_product(const hz_type *n)
{
    return n->lo == n->hi && n->lo >= 0 && n->lo <= SMALL_POWER;
}

void hz_number_power(const hz_type *a, const hz_type *n, hz_type *out)
{
    hz_type type = hz_number_type((hz_decimal){1, 0});
    if (hz_power_is_product(n)) {
        for (hz_i128 i = 0; i < n->lo; i++) hz_number_mul(&type, a, &type);
        *out = type;
        return;
    }
    bool whole = a->scale == 0 && !a->ragged && n->lo >= 0;
    type = (hz_type){.kind = HZ_KIND_NUMBER, .ragged = !whole, .scale = whole ? 0 : PLACES_OF_QUOTIENTS};
    if (!power_bounds(a, n, &type)) {
        type.lo = a->lo >= 0 ? 0 : HZ_NO_LOW;
        type.hi = HZ_NO_HIGH;
    }
    settle(&type);
    *out = type;
}

/* ---- Choice ---- */

void hz_number_least(const hz_type *a, const hz_type *b, bool least, hz_type *out)
{
    hz_type type = begin(a, b, finer(a->scale, b->scale));
    hz_i128 alo = hz_number_low(a, type.scale), ahi = hz_number_high(a, type.scale);
    hz_i128 blo = hz_number_low(b, type.scale), bhi = hz_number_high(b, type.scale);
    type.lo = (least ? blo < alo : blo > alo) ? blo : alo;
    type.hi = (least ? bhi < ahi : bhi > ahi) ? bhi : ahi;
    settle(&type);
    *out = type;
}

void hz_number_either(const hz_type *a, const hz_type *b, hz_type *out)
{
    hz_type type = begin(a, b, finer(a->scale, b->scale));
    hz_i128 alo = hz_number_low(a, type.scale), ahi = hz_number_high(a, type.scale);
    hz_i128 blo = hz_number_low(b, type.scale), bhi = hz_number_high(b, type.scale);
    type.lo = blo < alo ? blo : alo;
    type.hi = bhi > ahi ? bhi : ahi;
    if (a->scale == b->scale && a->step == b->step) type.step = a->step;
    settle(&type);
    *out = type;
}
