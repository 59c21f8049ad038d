/* decimals.c - one operation on decimals a line, for cases.py: `OPERATION MODE COEFFICIENT SCALE COEFFICIENT SCALE` in,
 * `COEFFICIENT SCALE` or `none` out. Not a test by itself.
 */
#include "value/decimal128.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const modes[] = {"up", "down", "half_up", "half_down", "half_even", "floor", "ceiling"};

static hz_wide number(const char *digits, const char *scale)
{
    hz_decimal value;
    if (!hz_decimal_parse(hz_str_from(digits), false, &value)) exit(2);
    return hz_wide_from(value.coefficient, (int32_t)strtol(scale, NULL, 10));
}

static hz_wide apply(const char *operation, hz_wide x, hz_wide y, hz_rounding mode)
{
    if (strcmp(operation, "add") == 0) return hz_wide_add(x, y);
    if (strcmp(operation, "subtract") == 0) return hz_wide_sub(x, y);
    if (strcmp(operation, "multiply") == 0) return hz_wide_mul(x, y);
    if (strcmp(operation, "divide") == 0) return hz_wide_div(x, y);
    if (strcmp(operation, "compare") == 0) return hz_wide_from(hz_wide_compare(x, y), 0);
    if (strcmp(operation, "minus") == 0) return hz_wide_negate(x);
    if (strcmp(operation, "abs") == 0) return hz_wide_abs(x);
    if (strcmp(operation, "quantize") == 0) return hz_wide_quantize(x, hz_wide_decimal(y).scale, mode);
    if (strcmp(operation, "modulo") == 0) return hz_wide_modulo(x, y);
    if (strcmp(operation, "power") == 0) return hz_wide_power(x, hz_wide_to_i64(y, 0, HZ_ROUND_DOWN));
    exit(2);
}

int main(void)
{
    char operation[16], mode[16], a[64], a_scale[16], b[64], b_scale[16], text[HZ_DECIMAL_TEXT];
    while (scanf("%15s %15s %63s %15s %63s %15s", operation, mode, a, a_scale, b, b_scale) == 6) {
        hz_rounding rounding = HZ_ROUND_HALF_EVEN;
        for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
            if (strcmp(mode, modes[i]) == 0) rounding = (hz_rounding)i;
        hz_wide out = apply(operation, number(a, a_scale), number(b, b_scale), rounding);
        hz_decimal value = hz_wide_decimal(out);
        hz_decimal_format(value.coefficient, 0, text);
        if (hz_wide_is(out)) printf("%s %" PRId32 "\n", text, value.scale);
        else printf("none\n");
    }
    return 0;
}
