/* share.c - a share of a quotient where its 34 digits decide (divide.h has the other rows, which are nearly all). */
#include "column/divide.h"

#include "value/decimal128.h"

int64_t hz_share_in_digits(int64_t x, int64_t y, int64_t z, int64_t k, uint8_t mode)
{
    const hz_wide product = hz_wide_mul(hz_wide_from(x, 0), hz_wide_from(y, 0));
    const hz_wide share = hz_wide_mul(hz_wide_from(k, 0), hz_wide_div(product, hz_wide_from(z, 0)));
    const hz_wide rounded = hz_wide_round(share, 0, (hz_rounding)mode);
    if (hz_wide_compare(rounded, hz_wide_from(INT64_MAX, 0)) > 0) return INT64_MAX;
    if (hz_wide_compare(rounded, hz_wide_from(INT64_MIN, 0)) < 0) return INT64_MIN;
    return hz_wide_to_i64(rounded, 0, (hz_rounding)mode);
}
