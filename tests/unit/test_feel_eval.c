/* test_feel_eval.c - expressions and their values, through checker, program and kernels: what the conformance suite
 * does not test. A row is an expression and what comes out, as JSON. */
#include "harness/harness.h"

#include "run/feel_eval.h"

typedef struct row {
    const char *expression, *expected;
} row;

static void run(const row *rows, size_t count)
{
    hz_buf json, out;
    hz_buf_begin(&json, &hz_alloc_libc);
    hz_buf_begin(&out, &hz_alloc_libc);
    for (size_t i = 0; i < count; i++) {
        hz_buf_reset(&json);
        hz_buf_reset(&out);
        hz_buf_add_literal(&json, "{\"id\":1,\"expr\":");
        hz_buf_add_json(&json, hz_str_from(rows[i].expression));
        hz_buf_add_literal(&json, ",\"inputs\":{\"none\":{\"type\":\"null\",\"value\":null},\"born\":{\"type\":\"date\",\"value\":\"2000-02-29\"}}}");
        HZ_CHECK_EQ_INT(hz_feel_eval_json(hz_buf_text(&json), &hz_alloc_libc, &out), 0);
        char expected[256];
        snprintf(expected, sizeof expected, "{\"id\":1,%s}\n", rows[i].expected);
        if (strcmp(hz_buf_text(&out).at, expected) != 0) {
            fprintf(stderr, "%s\n", rows[i].expression);
            HZ_CHECK_STR(hz_buf_text(&out).at, expected);
        }
    }
    hz_buf_end(&json);
    hz_buf_end(&out);
}

#define RUN(rows) run((rows), sizeof(rows) / sizeof *(rows))
#define NUMBER(text) "\"got\":{\"type\":\"number\",\"value\":\"" text "\"}"
#define BOOLEAN(text) "\"got\":{\"type\":\"boolean\",\"value\":" text "}"
#define DATE(text) "\"got\":{\"type\":\"date\",\"value\":\"" text "\"}"
#define NOTHING "\"got\":null"

HZ_TEST(feel_eval_numbers)
{
    static const row rows[] = {
        {"0.1 + 0.2", NUMBER("0.3")},
        {"1.10 * 3", NUMBER("3.3")},
        {"10 / 4", NUMBER("2.5")},
        {"9 / 3", NUMBER("3")},
        {"1 / 8", NUMBER("0.125")},
        {"-7 / 2", NUMBER("-3.5")},
        {"1 - 2 - 3", NUMBER("-4")},
        {"2 + 3 * 4", NUMBER("14")},
        {"decimal(1 / 3, 2)", NUMBER("0.33")},
        {"decimal(2.5, 0)", NUMBER("2")},
        {"decimal(3.5, 0)", NUMBER("4")},
        {"decimal(-2.5, 0)", NUMBER("-2")},
        {"round half up(2.5, 0)", NUMBER("3")},
        {"round half up(-2.5, 0)", NUMBER("-3")},
        {"round half down(2.5, 0)", NUMBER("2")},
        {"round up(1.01, 1)", NUMBER("1.1")},
        {"round down(-1.09, 1)", NUMBER("-1")},
        {"round up(121, -1)", NUMBER("130")},
        {"floor(-1.5)", NUMBER("-2")},
        {"ceiling(-1.5)", NUMBER("-1")},
        {"abs(-3)", NUMBER("3")},
        {"min(3, 1.5, 2)", NUMBER("1.5")},
        {"max([3, 1.5, 2])", NUMBER("3")},
        {"max(0, 3 - 5)", NUMBER("0")},
        {"10 ** 5", NUMBER("100000")},
        {"10 ** -5", NUMBER("0.00001")},
        {"-3 ** 2", NUMBER("9")},
        {"3 ** 4 ** 5", NUMBER("3486784401")},
        {"2 ** 0", NUMBER("1")},
        {"1.05 ** 2", NUMBER("1.1025")},
        {"10 ** 40", NUMBER("10000000000000000000000000000000000000000")},
        {"0.5 ** 3", NUMBER("0.125")},
        {"2 ** 63 - 1", NUMBER("9223372036854775807")},
        {"modulo(12, 5)", NUMBER("2")},
        {"modulo(-12, 5)", NUMBER("3")},
        {"modulo(12, -5)", NUMBER("-3")},
        {"modulo(-12, -5)", NUMBER("-2")},
        {"modulo(10.1, 4.5)", NUMBER("1.1")},
        {"modulo(-10.1, 1)", NUMBER("0.9")},
        {"modulo(10 ** 30 + 1, 7)", NUMBER("2")},
        {"modulo(1 / 3, 0.25)", NUMBER("0.0833333333333333333333333333333333")},
        {"decimal(1 / 3 * 3, 5)", NUMBER("1")},
        {"1 / 3 * 3", NUMBER("0.9999999999999999999999999999999999")},
        {"15 / 78 * 2", NUMBER("0.3846153846153846153846153846153846")},
        {"decimal(15 / 78 * 2, 3)", NUMBER("0.385")},
        {"min(1 / 3, 0.5)", NUMBER("0.3333333333333333333333333333333333")},
        {"min(10 ** 30, 7)", NUMBER("7")},
        {"abs(-1 / 3)", NUMBER("0.3333333333333333333333333333333333")},
        {"-(1 / 3)", NUMBER("-0.3333333333333333333333333333333333")},
        {"if 1 / 3 > 0.3 then 1 / 3 else 7", NUMBER("0.3333333333333333333333333333333333")},
        {"1234567890123456789012345678901234", NUMBER("1234567890123456789012345678901234")},
        {"0.1234567890123456789012345678901234 * 10", NUMBER("1.234567890123456789012345678901234")},
        {"9999999999999999999999999999999999 + 1", NUMBER("10000000000000000000000000000000000")},
        {"round up(10 ** 33 / 3, -30)", NUMBER("334000000000000000000000000000000")},
        {"floor(10 ** 20 / 3)", NUMBER("33333333333333333333")},
        {"floor(7 / 3) * 2", NUMBER("4")},
        {"round half up(123456.789, -30)", NUMBER("0")},
        {"round up(123456.789, -30)", NUMBER("1000000000000000000000000000000")},
        {"decimal(0.5, 6000)", NUMBER("0.5")},
        {"floor(0, -6000)", NUMBER("0")},
        {"ceiling(0.5 - 0.25, -40)", NUMBER("10000000000000000000000000000000000000000")},
        {"9223372036854775807 + 0", NUMBER("9223372036854775807")},
        {"9223372036854775807 + 1", NUMBER("9223372036854775808")},
        {"1 / 3", NUMBER("0.3333333333333333333333333333333333")},
        {"1 / 0", "\"error\":{\"code\":\"E_TYPE\",\"phase\":\"check\",\"message\":\"division by zero\"}"},
        {"1 / (2 - 2)", "\"error\":{\"code\":\"R_DIVISION\",\"phase\":\"run\",\"message\":\"a division by zero\"}"},
        {"modulo(1 / 3, 2 - 2)", "\"error\":{\"code\":\"R_DIVISION\",\"phase\":\"run\",\"message\":\"a division by zero\"}"},
        {"modulo(7, 2 - 2)", "\"error\":{\"code\":\"R_DIVISION\",\"phase\":\"run\",\"message\":\"a division by zero\"}"},
        {"(1 - 1) ** -2", "\"error\":{\"code\":\"R_DIVISION\",\"phase\":\"run\",\"message\":\"a division by zero\"}"},
        {"10 ** 6000 * 10 ** 6000", "\"error\":{\"code\":\"R_OVERFLOW\",\"phase\":\"run\",\"message\":\"a number too large\"}"},
        {"10 ** 6000 / 10 ** -6000", "\"error\":{\"code\":\"R_OVERFLOW\",\"phase\":\"run\",\"message\":\"a number too large\"}"},
        {"2 ** 0.5", "\"error\":{\"code\":\"E_TYPE\",\"phase\":\"check\",\"message\":\"an exponent is a whole number\"}"},
        {"odd(1.5)", "\"error\":{\"code\":\"E_ARGUMENTS\",\"phase\":\"check\",\"message\":\"`odd` needs a whole number here, and this may have decimals\"}"},
        {"decimal(1, 7000)", "\"error\":{\"code\":\"E_ARGUMENTS\",\"phase\":\"check\",\"message\":\"the scale of `decimal` is a whole number from -6111 to 6176, written out\"}"},
        {"decimal(1 / (2 - 2), 2)", "\"error\":{\"code\":\"R_DIVISION\",\"phase\":\"run\",\"message\":\"a division by zero\"}"},
    };
    RUN(rows);
}

HZ_TEST(feel_eval_parity_and_nulls_of_numbers)
{
    static const row rows[] = {
        {"string(1 / 3)", "\"got\":{\"type\":\"string\",\"value\":\"0.3333333333333333333333333333333333\"}"},
        {"string(10 ** 40)", "\"got\":{\"type\":\"string\",\"value\":\"10000000000000000000000000000000000000000\"}"},
        {"number(\"12345678901234567890.5\")", NUMBER("12345678901234567890.5")},
        {"sum([1 / 3, 1 / 3])", NUMBER("0.6666666666666666666666666666666666")},
        {"max([1, 10 ** 30, 7])", NUMBER("1000000000000000000000000000000")},
        {"median([1, 2, 10 ** 30])", NUMBER("2")},
        {"odd(1)", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"odd(-2)", "\"got\":{\"type\":\"boolean\",\"value\":false}"},
        {"odd(-1)", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"even(0)", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"even(10 ** 30)", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"odd(10 ** 30 + 1)", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"odd(null)", "\"got\":null"},
        {"modulo(null, 4)", "\"got\":null"},
        {"null ** 2", "\"got\":null"},
        {"2 ** null", "\"got\":null"},
        {"1 / 3 > null", "\"got\":null"},
        {"1 / 3 = null", "\"got\":{\"type\":\"boolean\",\"value\":false}"},
        {"1 / 3 = 2 / 6", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"10 ** 30 in (10 ** 29..10 ** 31]", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"1 / 3 between 0.3 and 0.34", "\"got\":{\"type\":\"boolean\",\"value\":true}"},
        {"(if 1 > 2 then 1 / 3 else null) + 1", "\"got\":null"},
    };
    RUN(rows);
}

HZ_TEST(feel_eval_parts_of_durations)
{
    static const row rows[] = {
        {"@\"P1Y11M\" * -2.5", "\"got\":{\"type\":\"years and months duration\",\"value\":\"-P4Y9M\"}"},
        {"@\"P10Y11M\" / 2.5", "\"got\":{\"type\":\"years and months duration\",\"value\":\"P4Y4M\"}"},
        {"@\"P1Y\" / 7", "\"got\":{\"type\":\"years and months duration\",\"value\":\"P1M\"}"},
        {"@\"P1Y\" * (1 / 3)", "\"got\":{\"type\":\"years and months duration\",\"value\":\"P4M\"}"}, /* the product has 34 digits */
        {"@\"P1Y\" / (1 - 1)", "\"error\":{\"code\":\"R_DIVISION\",\"phase\":\"run\",\"message\":\"a division by zero\"}"},
        {"@\"P10Y\" / @\"P3Y\"", NUMBER("3.333333333333333333333333333333333")},
        {"@\"P1D\" / @\"PT7H\"", NUMBER("3.428571428571428571428571428571429")},
        {"@\"P1D\" / @\"PT8H\"", NUMBER("3")},
        {"@\"P1D\" * 1.5", "\"got\":{\"type\":\"days and time duration\",\"value\":\"P1DT12H\"}"},
        {"@\"P1D\" / 7", "\"error\":{\"code\":\"E_WIDE\",\"phase\":\"check\",\"message\":\"this part of a duration may have any number of decimals\"}"},
        {"@\"P1D\" * (1 / 3)", "\"error\":{\"code\":\"E_WIDE\",\"phase\":\"check\",\"message\":\"this duration may have any number of decimals\"}"},
    };
    RUN(rows);
}

HZ_TEST(feel_eval_comparisons)
{
    static const row rows[] = {
        {"1 < 2", BOOLEAN("true")},
        {"2 <= 2.00", BOOLEAN("true")},
        {"2.0 = 2", BOOLEAN("true")},
        {"3 > 3.01", BOOLEAN("false")},
        {"\"a\" < \"b\"", BOOLEAN("true")},
        {"\"é\" < \"中\"", BOOLEAN("true")},
        /* by code point: U+FF5E before U+20BB7, whose UTF-16 units come first */
        {"\"～\" < \"𠮷\"", BOOLEAN("true")},
        {"1 = null", BOOLEAN("false")},
        {"null = null", BOOLEAN("true")},
        {"none != 1", BOOLEAN("true")},
        {"1 < null", NOTHING},
        {"5 between 1 and 5", BOOLEAN("true")},
        {"5 in [1..5)", BOOLEAN("false")},
        {"5 in (1..5]", BOOLEAN("true")},
        {"5 in (< 3, 5)", BOOLEAN("true")},
        {"5 in [1, 2, 5]", BOOLEAN("true")},
        {"@\"2016-01-01\" in [@\"2015-07-01\"..@\"2016-06-30\"]", BOOLEAN("true")},
    };
    RUN(rows);
}

HZ_TEST(feel_eval_three_values)
{
    static const row rows[] = {
        {"false and null", BOOLEAN("false")},
        {"null and false", BOOLEAN("false")},
        {"true and null", NOTHING},
        {"true or null", BOOLEAN("true")},
        {"null or false", NOTHING},
        {"null or null", NOTHING},
        {"not(null)", NOTHING},
        {"not(true)", BOOLEAN("false")},
        {"if null then 1 else 2", NUMBER("2")},
        {"if none = null then 1 else none", NUMBER("1")},
        {"10 + null", NOTHING},
        {"false and 1 / 3 > 0", "\"got\":{\"type\":\"boolean\",\"value\":false}"},
        {"false and decimal(1 / (1 - 1), 0) > 0", BOOLEAN("false")},
        {"true or decimal(1 / (1 - 1), 0) > 0", BOOLEAN("true")},
        {"if true then 1 else decimal(1 / (1 - 1), 0)", NUMBER("1")},
    };
    RUN(rows);
}

HZ_TEST(feel_eval_dates)
{
    static const row rows[] = {
        {"(@\"2016-03-11\" - @\"2016-03-01\").days", NUMBER("10")},
        {"(@\"2016-03-01\" - @\"2016-03-11\").days", NUMBER("-10")},
        {"(@\"2016-03-11\" - @\"2016-03-01\") / duration(\"P1D\")", NUMBER("10")},
        {"@\"P1DT12H\" / @\"PT12H\"", NUMBER("3")},
        {"@\"P10Y\" / @\"P5Y\"", NUMBER("2")},
        {"@\"2000-02-29\" + @\"P18Y\"", DATE("2018-02-28")},
        {"@\"2000-02-29\" + @\"P4Y\"", DATE("2004-02-29")},
        {"@\"2016-01-31\" + @\"P1M\"", DATE("2016-02-29")},
        {"@\"2016-03-31\" - @\"P1M\"", DATE("2016-02-29")},
        {"@\"2016-02-29\" + @\"P1Y\" - @\"P1D\"", DATE("2017-02-27")},
        {"@\"2016-01-01\" + duration(\"PT36H\")", DATE("2016-01-02")},
        {"@\"2016-01-01\" - duration(\"PT36H\")", DATE("2015-12-30")},
        {"date(2016, 2, 29)", DATE("2016-02-29")},
        {"date(if 1 = 2 then @\"2016-02-29\" else null)", NOTHING},
        {"time(if 1 = 2 then @\"10:00:00\" else null)", NOTHING},
        {"date and time(if 1 = 2 then @\"2016-02-29T10:00:00\" else null)", NOTHING},
        {"date(born.year + 18, 1, 1)", DATE("2018-01-01")},
        {"date(2015, 2, 29)", "\"error\":{\"code\":\"R_DATE_RANGE\",\"phase\":\"run\",\"message\":\"a date beyond the calendar\"}"},
        {"@\"9999-12-31\" + @\"P1D\"", "\"error\":{\"code\":\"E_TYPE\",\"phase\":\"check\",\"message\":\"this date is never in the years 1 to 9999\"}"},
        {"years and months duration(born, @\"2018-02-28\").years", NUMBER("17")},
        {"years and months duration(born, @\"2018-03-01\").years", NUMBER("18")},
        {"born + @\"P18Y\" <= @\"2018-02-28\"", BOOLEAN("true")},
        {"born.weekday", NUMBER("2")},
        {"@\"P1DT2H3M4S\".hours", NUMBER("2")},
        {"@\"-P1DT2H\".hours", NUMBER("-2")},
        {"@\"P15M\".months", NUMBER("3")},
        {"duration(\"P1D\") * 2.5", "\"got\":{\"type\":\"days and time duration\",\"value\":\"P2DT12H\"}"},
        {"min(@\"2016-01-02\", @\"2016-01-01\")", DATE("2016-01-01")},
    };
    RUN(rows);
}
