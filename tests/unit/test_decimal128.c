/* test_decimal128.c - decimal floating point of 34 digits: the edges that its cases elsewhere (tests/dectest) do not name,
 * and laws against the 64-bit arithmetic where both can.
 */
#include "harness/harness.h"

#include "value/decimal128.h"
#include "value/limbs.h"

static hz_wide number(const char *text)
{
    hz_decimal value = {0, 0};
    HZ_CHECK(hz_decimal_parse(hz_str_from(text), false, &value));
    return hz_wide_from(value.coefficient, value.scale);
}

/* Its plain text, in one of a few rooms. */
static const char *text_of(hz_wide x)
{
    static char rooms[4][7000];
    static unsigned room;
    hz_alloc alloc = hz_alloc_libc;
    hz_buf out;
    char *to = rooms[room++ % 4];
    hz_buf_begin(&out, &alloc);
    hz_wide_format(x, &out);
    hz_str text = hz_buf_text(&out);
    HZ_CHECK(text.len < sizeof rooms[0]);
    memcpy(to, text.at, text.len);
    to[text.len] = '\0';
    hz_buf_end(&out);
    return to;
}

HZ_TEST(decimal128_memory_of_zeros_is_zero)
{
    hz_wide x;
    memset(&x, 0, sizeof x);
    HZ_CHECK(hz_wide_is(x));
    HZ_CHECK_STR(text_of(x), "0");
    HZ_CHECK_STR(text_of(hz_wide_add(x, number("2.50"))), "2.5");
    HZ_CHECK_EQ_INT(hz_wide_compare(x, number("-0.00")), 0);
}

HZ_TEST(decimal128_none_makes_none)
{
    hz_wide none = HZ_WIDE_NONE, one = number("1");
    HZ_CHECK(!hz_wide_is(none));
    HZ_CHECK(!hz_wide_is(hz_wide_add(none, one)) && !hz_wide_is(hz_wide_sub(one, none)));
    HZ_CHECK(!hz_wide_is(hz_wide_mul(none, one)) && !hz_wide_is(hz_wide_div(one, none)));
    HZ_CHECK(!hz_wide_is(hz_wide_modulo(none, one)) && !hz_wide_is(hz_wide_power(none, 0)));
    HZ_CHECK(!hz_wide_is(hz_wide_negate(none)) && !hz_wide_is(hz_wide_abs(none)) && !hz_wide_is(hz_wide_trim(none)));
    HZ_CHECK(!hz_wide_is(hz_wide_round(none, 2, HZ_ROUND_UP)));
    HZ_CHECK_EQ_INT(hz_wide_to_i64(none, 2, HZ_ROUND_UP), 0);
    HZ_CHECK_EQ_INT(hz_wide_compare(none, number("-1")), -1);
    HZ_CHECK_EQ_INT(hz_wide_compare(none, none), 0);
    HZ_CHECK_STR(text_of(none), "");
    HZ_CHECK(!hz_wide_is(hz_wide_div(one, number("0"))) && !hz_wide_is(hz_wide_modulo(one, number("0.00"))));
}

HZ_TEST(decimal128_writes_plain_digits)
{
    static const struct {
        hz_i128 coefficient;
        int32_t scale;
        const char *text;
    } rows[] = {
        {0, 5, "0"}, {-7, 0, "-7"}, {150, 2, "1.5"}, {-5, 3, "-0.005"}, {12345, 4, "1.2345"}, {1, -3, "1000"}, {-120, -1, "-1200"}, {100, 2, "1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        HZ_CHECK_STR(text_of(hz_wide_from(rows[i].coefficient, rows[i].scale)), rows[i].text);
    HZ_CHECK_EQ_INT(strlen(text_of(hz_wide_power(number("10"), 6144))), 6145);
}

HZ_TEST(decimal128_keeps_34_digits)
{
    HZ_CHECK_STR(text_of(hz_wide_div(number("1"), number("3"))), "0.3333333333333333333333333333333333");
    HZ_CHECK_STR(text_of(hz_wide_div(number("2"), number("3"))), "0.6666666666666666666666666666666667");
    /* Ties go to the even neighbour. */
    HZ_CHECK_STR(text_of(hz_wide_add(number("1000000000000000000000000000000000"), number("0.5"))), "1000000000000000000000000000000000");
    HZ_CHECK_STR(text_of(hz_wide_add(number("1000000000000000000000000000000001"), number("0.5"))), "1000000000000000000000000000000002");
    HZ_CHECK_STR(text_of(hz_wide_add(number("9999999999999999999999999999999999"), number("0.5"))), "10000000000000000000000000000000000");
    /* From 128 bits that hold more. */
    HZ_CHECK_STR(text_of(hz_wide_from(HZ_I128_MAX, 0)), "170141183460469231731687303715884100000");
    HZ_CHECK_STR(text_of(hz_wide_from(HZ_I128_MIN, 2)), "-1701411834604692317316873037158841000");
    /* What is far too small still pulls down what is exactly on a power of ten. */
    hz_wide tiny = hz_wide_power(number("10"), -6000);
    HZ_CHECK_STR(text_of(hz_wide_sub(number("1"), tiny)), "1");
    HZ_CHECK_STR(text_of(hz_wide_sub(hz_wide_from(5, 1), tiny)), "0.5");
    HZ_CHECK_EQ_INT(hz_wide_compare(number("1"), hz_wide_add(number("0.9999999999999999999999999999999999"), tiny)), 1);
}

HZ_TEST(decimal128_ends_of_its_range)
{
    hz_wide most = hz_wide_mul(hz_wide_from(hz_power10(34) - 1, 0), hz_wide_power(number("10"), 6111));
    HZ_CHECK(hz_wide_is(most));
    HZ_CHECK(!hz_wide_is(hz_wide_add(most, hz_wide_power(number("10"), 6111))));
    HZ_CHECK(hz_wide_is(hz_wide_add(most, hz_wide_power(number("10"), 6000)))); /* rounds back */
    HZ_CHECK(!hz_wide_is(hz_wide_mul(most, number("2"))));
    HZ_CHECK(!hz_wide_is(hz_wide_power(number("10"), 6145)));
    HZ_CHECK(!hz_wide_is(hz_wide_power(number("2"), INT64_MAX)));
    hz_wide least = hz_wide_power(number("10"), -6176);
    HZ_CHECK_EQ_INT(hz_wide_compare(least, number("0")), 1);
    HZ_CHECK_EQ_INT(hz_wide_compare(hz_wide_mul(least, number("0.5")), number("0")), 0);
    HZ_CHECK_EQ_INT(hz_wide_compare(hz_wide_mul(least, number("0.51")), least), 0);
    HZ_CHECK_EQ_INT(hz_wide_compare(hz_wide_power(number("10"), -7000), number("0")), 0);
    HZ_CHECK_EQ_INT(hz_wide_compare(hz_wide_power(number("0.5"), INT64_MAX), number("0")), 0);
    HZ_CHECK(!hz_wide_is(hz_wide_power(number("0.5"), INT64_MIN)));
}

HZ_TEST(decimal128_raises_to_whole_powers)
{
    static const struct {
        const char *x;
        int64_t n;
        const char *text;
    } rows[] = {
        {"10", 5, "100000"}, {"10", -5, "0.00001"}, {"-3", 2, "9"}, {"-3", 3, "-27"}, {"0", 0, "1"}, {"0", 3, "0"},
        {"2", -2, "0.25"}, {"1.05", 2, "1.1025"}, {"3", -1, "0.3333333333333333333333333333333333"}, {"-2", -3, "-0.125"},
        {"10", 40, "10000000000000000000000000000000000000000"}, {"7", 1, "7"}, {"1", INT64_MIN, "1"}, {"-1", INT64_MAX, "-1"},
        {"1.000000001", 1000000000, "2.718281827099904322376644023860333"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        HZ_CHECK_STR(text_of(hz_wide_power(number(rows[i].x), rows[i].n)), rows[i].text);
    HZ_CHECK(!hz_wide_is(hz_wide_power(number("0"), -1)));
}

HZ_TEST(decimal128_modulo_has_the_sign_of_the_divisor)
{
    static const struct {
        const char *x, *y, *text;
    } rows[] = {
        {"12", "5", "2"}, {"-12", "5", "3"}, {"12", "-5", "-3"}, {"-12", "-5", "-2"}, {"10.1", "4.5", "1.1"}, {"-10.1", "4.5", "3.4"},
        {"0", "4", "0"}, {"4", "4", "0"}, {"0.001", "1000", "0.001"}, {"-0.001", "1000", "999.999"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        HZ_CHECK_STR(text_of(hz_wide_modulo(number(rows[i].x), number(rows[i].y))), rows[i].text);
    HZ_CHECK_STR(text_of(hz_wide_modulo(hz_wide_power(number("10"), 6000), number("7"))), "1"); /* 10^6 leaves 1 */
}

HZ_TEST(decimal128_rounds_to_places)
{
    static const struct {
        const char *x;
        int32_t places;
        hz_rounding mode;
        const char *text;
    } rows[] = {
        {"2.345", 2, HZ_ROUND_HALF_UP, "2.35"}, {"2.345", 2, HZ_ROUND_HALF_EVEN, "2.34"}, {"2.345", 2, HZ_ROUND_HALF_DOWN, "2.34"},
        {"-2.341", 2, HZ_ROUND_UP, "-2.35"}, {"-2.349", 2, HZ_ROUND_DOWN, "-2.34"}, {"-2.341", 2, HZ_ROUND_FLOOR, "-2.35"},
        {"-2.349", 2, HZ_ROUND_CEILING, "-2.34"}, {"2.3", 5, HZ_ROUND_UP, "2.3"}, {"151", -1, HZ_ROUND_UP, "160"},
        {"151", -4, HZ_ROUND_UP, "10000"}, {"151", -4, HZ_ROUND_DOWN, "0"}, {"-151", -9, HZ_ROUND_FLOOR, "-1000000000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hz_wide x = hz_wide_round(number(rows[i].x), rows[i].places, rows[i].mode);
        HZ_CHECK_STR(text_of(x), rows[i].text);
        hz_decimal back = {hz_wide_to_i64(number(rows[i].x), rows[i].places, rows[i].mode), rows[i].places};
        HZ_CHECK_EQ_INT(hz_wide_compare(hz_wide_from(back.coefficient, back.scale), x), 0);
    }
}

/* As one draws numbers for a test: the same each time, of all sizes. */
static uint64_t next(uint64_t *state)
{
    *state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t x = (*state ^ (*state >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

HZ_TEST(decimal128_agrees_with_fixed_point)
{
    uint64_t state = 4;
    unsigned wrong = 0;
    for (int i = 0; i < 20000; i++) {
        int64_t a = (int64_t)next(&state) >> (next(&state) % 62), b = (int64_t)next(&state) >> (next(&state) % 62);
        int32_t scale = (int32_t)(next(&state) % 5), places = (int32_t)(next(&state) % 5);
        hz_rounding mode = (hz_rounding)(next(&state) % 7);
        hz_wide x = hz_wide_from(a, scale), y = hz_wide_from(b, scale);
        wrong += hz_wide_compare(hz_wide_add(x, y), hz_wide_from((hz_i128)a + b, scale)) != 0;
        wrong += hz_wide_compare(hz_wide_sub(x, y), hz_wide_from((hz_i128)a - b, scale)) != 0;
        wrong += hz_wide_compare(hz_wide_mul(x, y), hz_wide_from((hz_i128)a * b, 2 * scale)) != 0;
        wrong += hz_wide_compare(x, y) != (a > b) - (a < b);
        hz_i128 unit = hz_power10(scale > places ? scale - places : 0);
        hz_wide rounded = hz_wide_from(hz_divide_rounded(a, unit, mode), scale > places ? places : scale);
        wrong += hz_wide_compare(hz_wide_round(x, places, mode), rounded) != 0;
        hz_decimal back = hz_wide_decimal(x);
        wrong += back.coefficient != a || back.scale != scale;
    }
    HZ_CHECK_EQ_INT(wrong, 0);
}

HZ_TEST(limbs_divide_what_they_multiplied)
{
    uint64_t state = 9;
    unsigned wrong = 0;
    for (int i = 0; i < 20000; i++) {
        hz_limbs a = {.count = 0}, b = {.count = 0}, rest = {.count = 0}, all, quotient, left;
        int32_t sizes[2] = {1 + (int32_t)(next(&state) % 8), 1 + (int32_t)(next(&state) % 8)};
        for (int32_t k = 0; k < sizes[0]; k++) a.at[a.count++] = next(&state) % 4 == 0 ? UINT32_MAX : (uint32_t)next(&state) | 1;
        for (int32_t k = 0; k < sizes[1]; k++) b.at[b.count++] = next(&state) % 4 == 0 ? UINT32_MAX : (uint32_t)next(&state) | 1;
        if (next(&state) % 2 == 0) b.at[b.count - 1] = (uint32_t)1 << 31;
        hz_limbs one = hz_limbs_from(1);
        hz_limbs_sub(&b, &one, &rest); /* the largest there can be */
        hz_limbs_mul(&a, &b, &all);
        hz_limbs_add(&all, &rest, &all);
        hz_limbs_divide(&all, &b, &quotient, &left);
        wrong += hz_limbs_compare(&quotient, &a) != 0 || hz_limbs_compare(&left, &rest) != 0;
    }
    HZ_CHECK_EQ_INT(wrong, 0);
    for (int32_t n = 0; n < 120; n++) {
        hz_limbs power = hz_limbs_power10(n), one = hz_limbs_from(1), less;
        hz_limbs_sub(&power, &one, &less);
        HZ_CHECK_EQ_INT(hz_limbs_digits(&power), n + 1);
        HZ_CHECK_EQ_INT(hz_limbs_digits(&less), n);
    }
}
