/* test_type.c - types as messages show them, and when two are the same. */
#include "harness/harness.h"

#include "value/date.h"
#include "value/type.h"

static hz_code_value cause_values[] = {
    {{"illness", 7}, {"", 0}, {"", 0}}, {{"accident", 8}, {"", 0}, {"", 0}}, {{"other", 5}, {"", 0}, {"", 0}},
    {{"c4", 2}, {"", 0}, {"", 0}},      {{"c5", 2}, {"", 0}, {"", 0}},       {{"c6", 2}, {"", 0}, {"", 0}},
    {{"c7", 2}, {"", 0}, {"", 0}},
};

static void check_described(hz_type type, const char *want)
{
    char text[256];
    HZ_CHECK_EQ_INT(hz_type_describe(&type, text, sizeof text), strlen(want));
    HZ_CHECK_STR(text, want);
}

HZ_TEST(type_describes_itself)
{
    const hz_codes three = {cause_values, 3}, six = {cause_values, 6}, seven = {cause_values, 7};
    const hz_type number = {.kind = HZ_KIND_NUMBER, .lo = 0, .hi = 9}, date = {.kind = HZ_KIND_DATE};
    check_described((hz_type){.kind = HZ_KIND_NUMBER, .scale = 2, .hi = hz_power10(12) - 1},
                    "number with 2 decimals in [0..9999999999.99]");
    check_described((hz_type){.kind = HZ_KIND_NUMBER, .scale = 1, .lo = -5, .hi = 10},
                    "number with 1 decimal in [-0.5..1]");
    check_described((hz_type){.kind = HZ_KIND_NUMBER, .lo = 1, .hi = 3}, "whole number in [1..3]");
    check_described((hz_type){.kind = HZ_KIND_NUMBER, .lo = 5, .hi = 5, .absent = HZ_MAY_NULL}, "number 5 or null");
    check_described((hz_type){.kind = HZ_KIND_NUMBER, .lo = HZ_I128_MIN, .hi = HZ_I128_MAX}, "whole number");
    check_described((hz_type){.kind = HZ_KIND_NUMBER, .scale = 2, .lo = 0, .hi = hz_power10(34)},
                    "number with 2 decimals");
    check_described((hz_type){.kind = HZ_KIND_BOOLEAN, .absent = HZ_MAY_NULL | HZ_MAY_MISS}, "boolean or null");
    check_described((hz_type){.kind = HZ_KIND_BOOLEAN, .absent = HZ_MAY_MISS | HZ_MAY_ERR}, "boolean");
    check_described((hz_type){.kind = HZ_KIND_NULL, .absent = HZ_MAY_NULL}, "null");
    check_described((hz_type){.kind = HZ_KIND_STRING}, "string");
    check_described((hz_type){.kind = HZ_KIND_CODE, .codes = &three}, "code (illness, accident, other)");
    check_described((hz_type){.kind = HZ_KIND_CODE, .codes = &six}, "code (illness, accident, other, c4, c5, c6)");
    check_described((hz_type){.kind = HZ_KIND_CODE, .codes = &seven}, "code (illness, accident, other, c4, c5, …)");
    check_described((hz_type){.kind = HZ_KIND_CODE}, "code");
    check_described((hz_type){.kind = HZ_KIND_DATE, .lo = HZ_DATE_MIN, .hi = HZ_DATE_MAX}, "date");
    check_described((hz_type){.kind = HZ_KIND_DATE, .lo = 14975, .hi = 16617}, "date in [2011-01-01..2015-07-01]");
    check_described((hz_type){.kind = HZ_KIND_DATE, .lo = HZ_I128_MIN, .hi = 5}, "date");
    check_described((hz_type){.kind = HZ_KIND_DAYS}, "days and time duration");
    check_described((hz_type){.kind = HZ_KIND_MONTHS}, "years and months duration");
    check_described((hz_type){.kind = HZ_KIND_LIST, .item = &number, .count = 3}, "list of numbers");
    check_described((hz_type){.kind = HZ_KIND_RANGE, .item = &date}, "range of dates");
    check_described((hz_type){.kind = HZ_KIND_LIST}, "list");
}

HZ_TEST(type_description_is_cut_where_the_room_ends)
{
    const hz_codes seven = {cause_values, 7};
    const hz_type type = {.kind = HZ_KIND_CODE, .codes = &seven, .absent = HZ_MAY_NULL};
    static const char whole[] = "code (illness, accident, other, c4, c5, …) or null";
    char text[80];
    HZ_CHECK_EQ_INT(hz_type_describe(&type, text, 0), 0);
    for (size_t room = 1; room < sizeof text; room++) {
        memset(text, 'x', sizeof text);
        size_t len = hz_type_describe(&type, text, room);
        HZ_CHECK(len < room && text[len] == '\0' && memcmp(text, whole, len) == 0);
        /* Never within the three bytes of the ellipsis. */
        HZ_CHECK(len == sizeof whole - 1 || len == room - 1 || (len == 40 && room <= 43));
        HZ_CHECK(room == sizeof text - 1 || text[room] == 'x');
    }
}

HZ_TEST(types_are_the_same_by_kind_and_codes)
{
    hz_code_value reversed[] = {cause_values[1], cause_values[0]};
    hz_code_value copy[] = {cause_values[0], cause_values[1]};
    const hz_codes two = {cause_values, 2}, other = {reversed, 2}, same = {copy, 2}, three = {cause_values, 3};
    const hz_type a = {.kind = HZ_KIND_CODE, .codes = &two, .hi = 1}, b = {.kind = HZ_KIND_CODE, .codes = &same};
    const hz_type c = {.kind = HZ_KIND_CODE, .codes = &other}, d = {.kind = HZ_KIND_CODE, .codes = &three};
    const hz_type number = {.kind = HZ_KIND_NUMBER, .hi = 7}, money = {.kind = HZ_KIND_NUMBER, .scale = 2};
    HZ_CHECK(hz_type_same(&a, &a) && hz_type_same(&a, &b));
    HZ_CHECK(!hz_type_same(&a, &c) && !hz_type_same(&a, &d) && !hz_type_same(&a, &number));
    HZ_CHECK(hz_type_same(&number, &money));
    HZ_CHECK(hz_codes_same(NULL, NULL) && !hz_codes_same(&two, NULL) && !hz_codes_same(NULL, &two));
    HZ_CHECK_EQ_INT(hz_codes_find(&three, HZ_STR("other")), 2);
    HZ_CHECK_EQ_INT(hz_codes_find(&two, HZ_STR("other")), -1);
    HZ_CHECK_EQ_INT(hz_codes_find(NULL, HZ_STR("other")), -1);
}

HZ_TEST(type_fits_64_bits)
{
    HZ_CHECK(hz_type_fits64(&(hz_type){.lo = INT64_MIN, .hi = INT64_MAX}));
    HZ_CHECK(!hz_type_fits64(&(hz_type){.lo = (hz_i128)INT64_MIN - 1, .hi = 0}));
    HZ_CHECK(!hz_type_fits64(&(hz_type){.lo = 0, .hi = (hz_i128)INT64_MAX + 1}));
}
