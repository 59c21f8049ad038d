/* decimal.c - exact decimals: reading, writing, changing the scale, comparing, and division with a rounding mode.
 *
 * Not the executor's arithmetic, which is 64-bit and columnar. Called while loading and by everything that shows or
 * reads an amount. Whole numbers of 128 bits are in wide.c.
 */
#include "value/decimal.h"

#define DIGITS_MOST 39 /* of 2^128 */

hz_i128 hz_power10(int32_t n)
{
    hz_i128 power = 1;
    for (; n > 0; n--)
        power *= 10;
    return power;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool hz_decimal_parse(hz_str text, bool loose, hz_decimal *out)
{
    const hz_i128 limit = hz_power10(HZ_DECIMAL_DIGITS);
    size_t at = text.len > 0 && text.at[0] == '-' ? 1 : 0;
    bool negative = at == 1, point = false;
    size_t whole = 0, behind = 0;
    hz_i128 coefficient = 0;
    for (; at < text.len; at++) {
        if (text.at[at] == '.' && !point) {
            point = true;
            continue;
        }
        if (!is_digit(text.at[at]))
            return false;
        coefficient = coefficient * 10 + (text.at[at] - '0');
        if (coefficient >= limit)
            return false;
        if (point)
            behind++;
        else
            whole++;
    }
    if (whole == 0 && !(loose && point))
        return false;
    if ((point && behind == 0) || behind > HZ_DECIMAL_DIGITS)
        return false;
    *out = (hz_decimal){negative ? -coefficient : coefficient, (int32_t)behind};
    return true;
}

size_t hz_decimal_format(hz_i128 coefficient, int32_t scale, char out[HZ_DECIMAL_TEXT])
{
    char digits[DIGITS_MOST]; /* the lowest first */
    int32_t count = 0;
    hz_u128 rest = coefficient < 0 ? 0 - (hz_u128)coefficient : (hz_u128)coefficient;
    for (; rest > 0 || count <= scale; rest /= 10)
        digits[count++] = (char)('0' + (int)(rest % 10));
    size_t len = 0;
    if (coefficient < 0)
        out[len++] = '-';
    while (count > 0) {
        if (count == scale)
            out[len++] = '.';
        out[len++] = digits[--count];
    }
    out[len] = '\0';
    return len;
}

hz_decimal hz_decimal_trim(hz_decimal value)
{
    for (; value.scale > 0 && value.coefficient % 10 == 0; value.scale--)
        value.coefficient /= 10;
    return value;
}

bool hz_decimal_rescale(hz_i128 coefficient, int32_t from, int32_t to, hz_i128 *out)
{
    const int32_t most = DIGITS_MOST - 1; /* the largest power of ten in 127 bits */
    int32_t by = to > from ? to - from : from - to;
    if (coefficient == 0 || by == 0) {
        *out = coefficient;
        return true;
    }
    if (by > most)
        return false;
    if (to > from)
        return hz_i128_mul(coefficient, hz_power10(by), out);
    *out = coefficient / hz_power10(by);
    return coefficient % hz_power10(by) == 0;
}

int hz_decimal_compare(hz_decimal a, hz_decimal b)
{
    if (a.scale > b.scale)
        return -hz_decimal_compare(b, a);
    hz_i128 left;
    /* What does not fit at the larger scale is farther from 0 than anything that does. */
    if (!hz_decimal_rescale(a.coefficient, a.scale, b.scale, &left))
        return a.coefficient < 0 ? -1 : 1;
    return (left > b.coefficient) - (left < b.coefficient);
}
