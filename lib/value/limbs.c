/* limbs.c - arithmetic of long whole numbers, digit by digit to the base 2^32, as one learns it at school. Called by
 * decimal128.c and power.c.
 */
#include "value/limbs.h"

static void trim(hz_limbs *a)
{
    while (a->count > 0 && a->at[a->count - 1] == 0) a->count--;
}

hz_limbs hz_limbs_from(hz_u128 value)
{
    hz_limbs out = {.count = 0};
    for (; value != 0; value >>= 32) out.at[out.count++] = (uint32_t)value;
    return out;
}

hz_u128 hz_limbs_low(const hz_limbs *a)
{
    hz_u128 out = 0;
    for (int32_t i = a->count; i-- > 0;) out = out << 32 | a->at[i];
    return out;
}

static void mul_small(hz_limbs *a, uint32_t by)
{
    uint64_t carry = 0;
    for (int32_t i = 0; i < a->count; i++) {
        carry += (uint64_t)a->at[i] * by;
        a->at[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) a->at[a->count++] = (uint32_t)carry;
}

hz_limbs hz_limbs_power10(int32_t n)
{
    static const uint32_t small[10] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
    hz_limbs out = hz_limbs_from(1);
    for (; n >= 9; n -= 9) mul_small(&out, small[9]);
    mul_small(&out, small[n]);
    return out;
}

int hz_limbs_compare(const hz_limbs *a, const hz_limbs *b)
{
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (int32_t i = a->count; i-- > 0;)
        if (a->at[i] != b->at[i]) return a->at[i] < b->at[i] ? -1 : 1;
    return 0;
}

void hz_limbs_add(const hz_limbs *a, const hz_limbs *b, hz_limbs *out)
{
    uint64_t carry = 0;
    int32_t most = a->count > b->count ? a->count : b->count, i = 0;
    for (; i < most; i++) {
        carry += (i < a->count ? a->at[i] : 0);
        carry += (i < b->count ? b->at[i] : 0);
        out->at[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) out->at[i++] = (uint32_t)carry;
    out->count = i;
}

void hz_limbs_sub(const hz_limbs *a, const hz_limbs *b, hz_limbs *out)
{
    int64_t borrow = 0;
    int32_t count = a->count;
    for (int32_t i = 0; i < count; i++) {
        int64_t left = (int64_t)a->at[i] - (i < b->count ? (int64_t)b->at[i] : 0) + borrow;
        out->at[i] = (uint32_t)left;
        borrow = left < 0 ? -1 : 0;
    }
    out->count = count;
    trim(out);
}

void hz_limbs_mul(const hz_limbs *a, const hz_limbs *b, hz_limbs *out)
{
    hz_limbs product = {.count = a->count + b->count};
    for (int32_t i = 0; i < a->count; i++) {
        uint64_t carry = 0;
        for (int32_t j = 0; j < b->count; j++) {
            carry += (uint64_t)a->at[i] * b->at[j] + product.at[i + j];
            product.at[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
        product.at[i + b->count] = (uint32_t)carry;
    }
    trim(&product);
    *out = product;
}

static void divide_small(const hz_limbs *a, uint32_t by, hz_limbs *quotient, hz_limbs *rest)
{
    uint64_t left = 0;
    hz_limbs out = {.count = a->count};
    for (int32_t i = a->count; i-- > 0;) {
        left = left << 32 | a->at[i];
        out.at[i] = (uint32_t)(left / by);
        left %= by;
    }
    trim(&out);
    *quotient = out;
    *rest = hz_limbs_from(left);
}

/* a << bits, bits < 32. The result has a limb more, which may be 0. */
static void shift_up(const hz_limbs *a, unsigned bits, hz_limbs *out)
{
    uint64_t carry = 0;
    for (int32_t i = 0; i < a->count; i++) {
        carry |= (uint64_t)a->at[i] << bits;
        out->at[i] = (uint32_t)carry;
        carry >>= 32;
    }
    out->at[a->count] = (uint32_t)carry;
    out->count = a->count + 1;
}

/* The next digit of the quotient from the three highest digits of what is left and the two of the divisor: right, or one
 * too large (Knuth, The Art of Computer Programming 2, 4.3.1 D). */
static uint64_t guess(const uint32_t *left, int32_t n, const hz_limbs *by)
{
    uint64_t two = (uint64_t)left[n] << 32 | left[n - 1], top = by->at[n - 1];
    uint64_t digit = two / top, over = two % top;
    while (digit >> 32 != 0 || digit * by->at[n - 2] > (over << 32 | left[n - 2])) {
        digit--;
        over += top;
        if (over >> 32 != 0) break;
    }
    return digit;
}

/* left -= digit * by over n + 1 limbs; true when that was too much. */
static bool take(uint32_t *left, int32_t n, const hz_limbs *by, uint64_t digit)
{
    int64_t borrow = 0;
    uint64_t carry = 0;
    for (int32_t i = 0; i < n; i++) {
        carry += digit * by->at[i];
        int64_t step = (int64_t)left[i] - (int64_t)(uint32_t)carry + borrow;
        left[i] = (uint32_t)step;
        borrow = step < 0 ? -1 : 0;
        carry >>= 32;
    }
    int64_t step = (int64_t)left[n] - (int64_t)carry + borrow;
    left[n] = (uint32_t)step;
    return step < 0;
}

static void give_back(uint32_t *left, int32_t n, const hz_limbs *by)
{
    uint64_t carry = 0;
    for (int32_t i = 0; i < n; i++) {
        carry += (uint64_t)left[i] + by->at[i];
        left[i] = (uint32_t)carry;
        carry >>= 32;
    }
    left[n] += (uint32_t)carry;
}

static void shift_down(hz_limbs *a, unsigned bits)
{
    for (int32_t i = 0; i < a->count; i++) {
        uint64_t pair = a->at[i] | (i + 1 < a->count ? (uint64_t)a->at[i + 1] << 32 : 0);
        a->at[i] = (uint32_t)(pair >> bits);
    }
    trim(a);
}

void hz_limbs_divide(const hz_limbs *a, const hz_limbs *b, hz_limbs *quotient, hz_limbs *rest)
{
    int32_t n = b->count;
    if (hz_limbs_compare(a, b) < 0) {
        hz_limbs all = *a;
        quotient->count = 0;
        *rest = all;
        return;
    }
    if (n == 1) {
        divide_small(a, b->at[0], quotient, rest);
        return;
    }
    unsigned bits = (unsigned)__builtin_clz(b->at[n - 1]);
    hz_limbs left = {.count = 0}, by = {.count = 0}, out = {.count = a->count - n + 1};
    shift_up(a, bits, &left);
    shift_up(b, bits, &by); /* its new limb is 0 */
    for (int32_t i = out.count; i-- > 0;) {
        uint64_t digit = guess(left.at + i, n, &by);
        if (take(left.at + i, n, &by, digit)) {
            digit--;
            give_back(left.at + i, n, &by);
        }
        out.at[i] = (uint32_t)digit;
    }
    trim(&out);
    *quotient = out;
    left.count = n;
    shift_down(&left, bits);
    *rest = left;
}

int32_t hz_limbs_digits(const hz_limbs *a)
{
    if (a->count == 0) return 0;
    int32_t bits = 32 * a->count - __builtin_clz(a->at[a->count - 1]);
    int32_t digits = (int32_t)((int64_t)(bits - 1) * 30103 / 100000); /* 10^digits is not above 2^(bits - 1) */
    hz_limbs power = hz_limbs_power10(digits + 1);
    return hz_limbs_compare(a, &power) < 0 ? digits + 1 : digits + 2;
}
