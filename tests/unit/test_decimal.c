/* test_decimal.c - exact decimals and 128-bit whole numbers: tables of edge cases, and laws against slow references. */
#include "harness/harness.h"

#include "value/decimal.h"

#define NINES_34 "9999999999999999999999999999999999"
#define ZEROS_33 "000000000000000000000000000000000"

static const char *formatted(hz_i128 coefficient, int32_t scale)
{
    static char text[HZ_DECIMAL_TEXT];
    size_t len = hz_decimal_format(coefficient, scale, text);
    HZ_CHECK_EQ_INT(len, strlen(text));
    return text;
}

HZ_TEST(decimal_parses_and_writes_plain_numbers)
{
    static const struct {
        const char *text, *back;
        int32_t scale;
        bool loose; /* only then accepted */
    } rows[] = {
        {"0", "0", 0, false},
        {"-0", "0", 0, false},
        {"-0.00", "0.00", 2, false},
        {"7", "7", 0, false},
        {"007", "7", 0, false},
        {"3.00", "3.00", 2, false},
        {"-3.50", "-3.50", 2, false},
        {"0.25", "0.25", 2, false},
        {"-0.05", "-0.05", 2, false},
        {"1234567890123456789012345678901234", "1234567890123456789012345678901234", 0, false},
        {NINES_34, NINES_34, 0, false},
        {"-" NINES_34, "-" NINES_34, 0, false},
        {"0." NINES_34, "0." NINES_34, 34, false},
        {"-0." ZEROS_33 "1", "-0." ZEROS_33 "1", 34, false},
        {"1." ZEROS_33, "1." ZEROS_33, 33, false},
        {"00000000000000000000000000000000000000000001", "1", 0, false},
        {".5", "0.5", 1, true},
        {"-.5", "-0.5", 1, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_decimal value = {7, 7};
        hz_str text = hz_str_from(rows[i].text);
        HZ_CHECK_EQ_INT(hz_decimal_parse(text, false, &value), !rows[i].loose);
        HZ_CHECK(hz_decimal_parse(text, true, &value));
        HZ_CHECK_EQ_INT(value.scale, rows[i].scale);
        HZ_CHECK_STR(formatted(value.coefficient, value.scale), rows[i].back);
    }
}

HZ_TEST(decimal_refuses_everything_else)
{
    static const char *const rows[] = {
        "", "-", ".", "-.", "5.", "-5.", "+1", "--1", "1-", "1.2.3", "1..2", " 1", "1 ", "1e3", "1E3", "0x10", "1,000",
        "1_000", "1'000", "１", "½", "NaN", "inf", "1.5%", "1.-5", "-.-5", NINES_34 "0", "1" ZEROS_33 "0",
        "0." ZEROS_33 "00", "1." ZEROS_33 "0", "1.00000000000000000000000000000000000000000000000000",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_decimal value;
        HZ_CHECK(!hz_decimal_parse(hz_str_from(rows[i]), true, &value));
        HZ_CHECK(!hz_decimal_parse(hz_str_from(rows[i]), false, &value));
    }
    hz_decimal value;
    HZ_CHECK(!hz_decimal_parse((hz_str){"1\0", 2}, true, &value));
    HZ_CHECK(!hz_decimal_parse((hz_str){NULL, 0}, true, &value));
}

HZ_TEST(decimal_writes_the_whole_range)
{
    HZ_CHECK_STR(formatted(HZ_I128_MAX, 0), "170141183460469231731687303715884105727");
    HZ_CHECK_STR(formatted(HZ_I128_MIN, 0), "-170141183460469231731687303715884105728");
    HZ_CHECK_STR(formatted(HZ_I128_MIN, 38), "-1.70141183460469231731687303715884105728");
    HZ_CHECK_STR(formatted(-1, 34), "-0." ZEROS_33 "1");
    HZ_CHECK_STR(formatted(0, 3), "0.000");
    HZ_CHECK_STR(formatted(10, 1), "1.0");
    HZ_CHECK_STR(formatted(hz_power10(38), 38), "1.00000000000000000000000000000000000000");
    HZ_CHECK_STR(formatted(hz_power10(0), 0), "1");
    HZ_CHECK_STR(formatted(hz_power10(19), 0), "10000000000000000000");
    hz_i128 power = 1;
    for (int32_t n = 0; n <= 38; n++) {
        HZ_CHECK(hz_power10(n) == power);
        if (n < 38)
            power *= 10;
    }
}

HZ_TEST(decimal_trims_zeros_behind_the_point)
{
    static const struct {
        int64_t before;
        int32_t scale;
        int64_t after;
        int32_t after_scale;
    } rows[] = {{300, 2, 3, 0}, {310, 2, 31, 1}, {305, 2, 305, 2}, {0, 5, 0, 0}, {-500, 1, -50, 0}, {100, 0, 100, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_decimal value = hz_decimal_trim((hz_decimal){rows[i].before, rows[i].scale});
        HZ_CHECK_EQ_INT(value.coefficient, rows[i].after);
        HZ_CHECK_EQ_INT(value.scale, rows[i].after_scale);
    }
}

HZ_TEST(decimal_rescales_only_without_loss)
{
    hz_i128 out = 0;
    HZ_CHECK(hz_decimal_rescale(5, 0, 2, &out) && out == 500);
    HZ_CHECK(hz_decimal_rescale(-5, 1, 1, &out) && out == -5);
    HZ_CHECK(hz_decimal_rescale(500, 2, 0, &out) && out == 5);
    HZ_CHECK(!hz_decimal_rescale(501, 2, 0, &out));
    HZ_CHECK(!hz_decimal_rescale(-5, 1, 0, &out));
    HZ_CHECK(hz_decimal_rescale(1, 0, 38, &out) && out == hz_power10(38));
    HZ_CHECK(!hz_decimal_rescale(2, 0, 38, &out));
    HZ_CHECK(!hz_decimal_rescale(-2, 0, 38, &out));
    HZ_CHECK(!hz_decimal_rescale(1, 0, 39, &out));
    HZ_CHECK(hz_decimal_rescale(0, 0, 1000, &out) && out == 0);
    HZ_CHECK(hz_decimal_rescale(HZ_I128_MAX / 10, 3, 4, &out) && out == HZ_I128_MAX / 10 * 10);
    HZ_CHECK(!hz_decimal_rescale(HZ_I128_MAX / 10 + 1, 3, 4, &out));
    HZ_CHECK(hz_decimal_rescale(HZ_I128_MIN / 10, 3, 4, &out) && out == HZ_I128_MIN / 10 * 10);
    HZ_CHECK(!hz_decimal_rescale(HZ_I128_MIN / 10 - 1, 3, 4, &out));
    HZ_CHECK(hz_decimal_rescale(HZ_I128_MIN, 3, 3, &out) && out == HZ_I128_MIN);
}

HZ_TEST(decimal_compares_whatever_the_scales)
{
    /* rising; equal values stand in one row */
    static const char *const rows[][3] = {
        {"-" NINES_34, "-" NINES_34, "-" NINES_34},
        {"-1", "-1.0", "-1." ZEROS_33},
        {"-0." NINES_34, "-0." NINES_34, "-0." NINES_34},
        {"-0.1", "-0.10", "-0.1000"},
        {"-0." ZEROS_33 "1", "-0." ZEROS_33 "1", "-0." ZEROS_33 "1"},
        {"0", "0.00", "-0.0"},
        {"0." ZEROS_33 "1", "0." ZEROS_33 "1", "0." ZEROS_33 "1"},
        {"0.2", "0.20", "0.200000000000"},
        {"0." NINES_34, "0." NINES_34, "0." NINES_34},
        {"1", "1.0", "1." ZEROS_33},
        {"100000", "100000.0", "100000.00000"},
        {NINES_34, NINES_34, NINES_34},
    };
    enum { ROWS = sizeof rows / sizeof rows[0] };
    for (size_t i = 0; i < 3 * ROWS; i++)
        for (size_t j = 0; j < 3 * ROWS; j++) {
            hz_decimal a, b;
            HZ_CHECK(hz_decimal_parse(hz_str_from(rows[i / 3][i % 3]), false, &a));
            HZ_CHECK(hz_decimal_parse(hz_str_from(rows[j / 3][j % 3]), false, &b));
            HZ_CHECK_EQ_INT(hz_decimal_compare(a, b), (i / 3 > j / 3) - (i / 3 < j / 3));
        }
}

/* The whole number that mode chooses for a / b, found by walking through all that come into question. */
static int64_t slow_divide(int64_t a, int64_t b, hz_rounding mode)
{
    int64_t low = -2000;
    if (b < 0) {
        a = -a;
        b = -b;
    }
    while ((low + 1) * b <= a)
        low++;
    if (low * b == a)
        return low;
    int64_t high = low + 1, inner = a < 0 ? high : low, outer = a < 0 ? low : high;
    int64_t to_low = a - low * b, to_high = high * b - a;
    switch (mode) {
    case HZ_ROUND_UP: return outer;
    case HZ_ROUND_DOWN: return inner;
    case HZ_ROUND_FLOOR: return low;
    case HZ_ROUND_CEILING: return high;
    default: break;
    }
    if (to_low != to_high)
        return to_low < to_high ? low : high;
    if (mode == HZ_ROUND_HALF_EVEN)
        return low % 2 == 0 ? low : high;
    return mode == HZ_ROUND_HALF_UP ? outer : inner;
}

HZ_TEST(divide_rounded_agrees_with_a_slow_reference)
{
    uint32_t wrong = 0;
    for (int mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++)
        for (int64_t a = -130; a <= 130; a++)
            for (int64_t b = -22; b <= 22; b++)
                if (b != 0)
                    wrong += hz_divide_rounded(a, b, (hz_rounding)mode) != slow_divide(a, b, (hz_rounding)mode);
    HZ_CHECK_EQ_INT(wrong, 0);
}

HZ_TEST(divide_rounded_at_the_ends_of_the_range)
{
    for (int i = HZ_ROUND_UP; i <= HZ_ROUND_CEILING; i++) {
        hz_rounding mode = (hz_rounding)i;
        HZ_CHECK(hz_divide_rounded(HZ_I128_MIN, 1, mode) == HZ_I128_MIN);
        HZ_CHECK(hz_divide_rounded(HZ_I128_MIN, -1, mode) == HZ_I128_MAX);
        HZ_CHECK(hz_divide_rounded(HZ_I128_MAX, -1, mode) == -HZ_I128_MAX);
        HZ_CHECK(hz_divide_rounded(HZ_I128_MIN, HZ_I128_MIN, mode) == 1);
        HZ_CHECK(hz_divide_rounded(0, HZ_I128_MIN, mode) == 0);
    }
    HZ_CHECK(hz_divide_rounded(HZ_I128_MAX, HZ_I128_MIN, HZ_ROUND_HALF_UP) == -1);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MAX, HZ_I128_MIN, HZ_ROUND_DOWN) == 0);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MAX, HZ_I128_MIN, HZ_ROUND_CEILING) == 0);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MAX, 2, HZ_ROUND_HALF_UP) == (HZ_I128_MAX >> 1) + 1);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MAX, 2, HZ_ROUND_HALF_DOWN) == HZ_I128_MAX >> 1);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MAX, 2, HZ_ROUND_HALF_EVEN) == (HZ_I128_MAX >> 1) + 1);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MIN / 2, HZ_I128_MIN, HZ_ROUND_HALF_EVEN) == 0);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MIN / 2, HZ_I128_MIN, HZ_ROUND_HALF_UP) == 1);
    HZ_CHECK(hz_divide_rounded(HZ_I128_MIN / 2 - 1, HZ_I128_MIN, HZ_ROUND_HALF_DOWN) == 1);
}

HZ_TEST(wide_sums_know_when_they_do_not_fit)
{
    hz_i128 out;
    HZ_CHECK(hz_i128_add(HZ_I128_MAX, HZ_I128_MIN, &out) && out == -1);
    HZ_CHECK(hz_i128_add(HZ_I128_MAX - 1, 1, &out) && out == HZ_I128_MAX);
    HZ_CHECK(!hz_i128_add(HZ_I128_MAX, 1, &out));
    HZ_CHECK(!hz_i128_add(HZ_I128_MIN, -1, &out));
    HZ_CHECK(hz_i128_sub(HZ_I128_MIN + 1, 1, &out) && out == HZ_I128_MIN);
    HZ_CHECK(hz_i128_sub(-1, HZ_I128_MIN, &out) && out == HZ_I128_MAX);
    HZ_CHECK(!hz_i128_sub(0, HZ_I128_MIN, &out));
    HZ_CHECK(!hz_i128_sub(HZ_I128_MIN, 1, &out));
    HZ_CHECK(!hz_i128_sub(HZ_I128_MAX, -1, &out));
}

/* a * b fits exactly when b is 0 or a lies between the quotients of the ends of the range. */
static bool product_fits(hz_i128 a, hz_i128 b)
{
    if (b == 0 || b == 1)
        return true;
    if (b == -1)
        return a != HZ_I128_MIN;
    hz_i128 high = HZ_I128_MAX / b, low = HZ_I128_MIN / b;
    return b > 0 ? a >= low && a <= high : a >= high && a <= low;
}

HZ_TEST(wide_products_know_when_they_do_not_fit)
{
    hz_i128 edges[140];
    size_t count = 0;
    for (int shift = 0; shift < 127; shift += 7)
        for (int delta = -1; delta <= 1; delta++) {
            hz_i128 edge = ((hz_i128)1 << shift) + delta;
            edges[count++] = edge;
            edges[count++] = -edge;
        }
    const hz_i128 more[] = {HZ_I128_MIN,       HZ_I128_MIN + 1,   HZ_I128_MAX,     HZ_I128_MAX - 1,   3, -3,
                            (hz_i128)1 << 64, (hz_i128)1 << 63, HZ_I128_MAX / 3, HZ_I128_MIN / 3};
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
        edges[count++] = more[i];
    uint32_t wrong = 0, fitting = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            hz_i128 a = edges[i], b = edges[j], out = 0;
            bool fits = hz_i128_mul(a, b, &out);
            wrong += fits != product_fits(a, b);
            wrong += fits && out != (hz_i128)((hz_u128)a * (hz_u128)b);
            fitting += fits;
        }
    HZ_CHECK_EQ_INT(wrong, 0);
    HZ_CHECK(fitting > 1000 && fitting < count * count - 1000);
}
