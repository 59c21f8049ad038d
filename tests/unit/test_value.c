/* test_value.c - dates, durations and types; decimals are in test_decimal.c. */
#include "harness/harness.h"

#include "value/date.h"
#include "value/type.h"

HZ_TEST(date_counts_every_day_of_the_calendar)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t date = HZ_DATE_MIN;
    uint32_t wrong = 0;
    for (int32_t year = 1; year <= 9999; year++)
        for (int32_t month = 1; month <= 12; month++) {
            bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            int32_t last = lengths[month - 1] + (month == 2 && leap);
            wrong += hz_days_in_month(year, month) != last;
            for (int32_t day = 1; day <= last; day++, date++) {
                hz_civil civil = hz_date_to_civil(date);
                wrong += civil.year != year || civil.month != month || civil.day != day;
                wrong += hz_date_from_civil((hz_civil){year, month, day}) != date;
                /* 0001-01-01 was a Monday. */
                wrong += hz_weekday(date) != (date - HZ_DATE_MIN) % 7 + 1;
            }
        }
    HZ_CHECK_EQ_INT(wrong, 0);
    HZ_CHECK_EQ_INT(date, HZ_DATE_MAX + 1);
}

/* As Python's datetime has them. */
HZ_TEST(date_agrees_with_python)
{
    static const struct {
        const char *text;
        int32_t date, weekday;
    } rows[] = {
        {"0001-01-01", -719162, 1}, {"0004-02-29", -718008, 7}, {"0100-03-01", -682944, 1}, {"0400-02-29", -573372, 2},
        {"1582-10-15", -141427, 5}, {"1600-02-29", -135081, 2}, {"1752-09-14", -79366, 4},  {"1899-12-31", -25568, 7},
        {"1900-02-28", -25509, 3},  {"1900-03-01", -25508, 4},  {"1904-02-29", -24048, 1},  {"1949-10-01", -7397, 6},
        {"1969-12-31", -1, 3},      {"1970-01-01", 0, 4},       {"1999-12-31", 10956, 5},   {"2000-02-29", 11016, 2},
        {"2000-03-01", 11017, 3},   {"2001-01-01", 11323, 1},   {"2011-01-01", 14975, 6},   {"2015-07-01", 16617, 3},
        {"2023-02-28", 19416, 2},   {"2024-02-29", 19782, 4},   {"2024-12-31", 20088, 2},   {"2038-01-19", 24855, 2},
        {"2100-02-28", 47540, 7},   {"2100-03-01", 47541, 1},   {"2400-02-29", 157113, 2},  {"9999-12-31", 2932896, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t date = 0;
        char text[HZ_DATE_TEXT];
        HZ_CHECK(hz_date_parse(hz_str_from(rows[i].text), &date));
        HZ_CHECK_EQ_INT(date, rows[i].date);
        HZ_CHECK_EQ_INT(hz_weekday(date), rows[i].weekday);
        HZ_CHECK_EQ_INT(hz_date_format(date, text), 10);
        HZ_CHECK_STR(text, rows[i].text);
    }
}

HZ_TEST(date_works_for_every_number)
{
    const int32_t dates[] = {INT32_MIN,       INT32_MIN + 1, -719163,  -719162 - 146097,
                             HZ_DATE_MAX + 1, INT32_MAX - 1, INT32_MAX};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        hz_civil civil = hz_date_to_civil(dates[i]);
        HZ_CHECK(civil.month >= 1 && civil.month <= 12 && civil.day >= 1);
        HZ_CHECK(civil.day <= hz_days_in_month(civil.year, civil.month));
        HZ_CHECK_EQ_INT(hz_date_from_civil(civil), dates[i]);
        HZ_CHECK(hz_weekday(dates[i]) >= 1 && hz_weekday(dates[i]) <= 7);
    }
    HZ_CHECK_EQ_INT(hz_date_to_civil(-719163).year, 0);
    HZ_CHECK_EQ_INT(hz_date_to_civil(HZ_DATE_MAX + 1).year, 10000);
}

HZ_TEST(date_refuses_days_that_there_are_not)
{
    static const char *const rows[] = {
        "",           "0000-01-01", "2023-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-13-01",
        "2024-00-01", "2024-01-00", "2024-01-32", "2024-1-1",   "24-01-01",   "2024/01/01", "2024-01-01 ",
        " 2024-01-01", "2024-01-1x", "2024-01-+1", "-024-01-01", "+024-01-01", "12024-01-01", "2024-01-01T",
        "2024-01-０",  "2024 01 01", "20240101",   "2024-01-",
    };
    int32_t date = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        HZ_CHECK(!hz_date_parse(hz_str_from(rows[i]), &date));
    HZ_CHECK(!hz_date_parse((hz_str){NULL, 0}, &date));
    const int64_t far[] = {INT64_MIN, -1, 0, 10000, INT64_C(4294967296) + 5, INT64_MAX};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        HZ_CHECK(!hz_date_make(far[i], 1, 1, &date));
        HZ_CHECK(!hz_date_make(2024, far[i], 1, &date));
        HZ_CHECK(!hz_date_make(2024, 1, far[i], &date));
    }
}

static int32_t day_of(const char *text)
{
    int32_t date = INT32_MIN;
    HZ_CHECK(hz_date_parse(hz_str_from(text), &date));
    return date;
}

HZ_TEST(date_adds_months_and_clips_to_the_month)
{
    static const struct {
        const char *from;
        int64_t months;
        const char *to; /* NULL: leaves the calendar */
    } rows[] = {
        {"2000-02-29", 12, "2001-02-28"},    {"2000-02-29", 48, "2004-02-29"},  {"2000-02-29", -12, "1999-02-28"},
        {"2000-02-29", -1200, "1900-02-28"}, {"2024-01-31", 1, "2024-02-29"},   {"2023-01-31", 1, "2023-02-28"},
        {"2024-03-31", -1, "2024-02-29"},    {"2024-05-31", 1, "2024-06-30"},   {"2024-12-31", 2, "2025-02-28"},
        {"2024-01-15", -1, "2023-12-15"},    {"2024-01-15", -13, "2022-12-15"}, {"2024-11-30", 3, "2025-02-28"},
        {"2024-06-15", 0, "2024-06-15"},     {"9999-11-30", 1, "9999-12-30"},   {"9999-12-01", 1, NULL},
        {"0001-01-31", -1, NULL},            {"0001-02-28", -1, "0001-01-28"},  {"0001-01-01", 119987, "9999-12-01"},
        {"0001-01-01", 119988, NULL},        {"9999-12-31", -119987, "0001-01-31"}, {"2024-01-01", INT64_MAX, NULL},
        {"2024-01-01", INT64_MIN, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t date = 0;
        char text[HZ_DATE_TEXT] = "";
        bool good = hz_date_add_months(day_of(rows[i].from), rows[i].months, &date);
        HZ_CHECK_EQ_INT(good, rows[i].to != NULL);
        if (good)
            hz_date_format(date, text);
        HZ_CHECK_STR(text, rows[i].to != NULL ? rows[i].to : "");
    }
}

HZ_TEST(months_between_counts_whole_months)
{
    static const struct {
        const char *from, *to;
        int64_t months;
    } rows[] = {
        {"2011-12-22", "2013-08-24", 20}, {"2016-01-21", "2015-01-21", -12}, {"2016-09-30", "2017-12-28", 14},
        {"2010-05-30", "2017-12-15", 90}, {"2017-02-28", "2019-07-23", 28},  {"2000-02-29", "2001-02-28", 11},
        {"2000-02-29", "2001-03-01", 12}, {"2000-02-29", "2004-02-29", 48},  {"2024-01-31", "2024-02-29", 0},
        {"2024-01-31", "2024-03-31", 2},  {"2024-01-31", "2024-03-30", 1},   {"2024-02-29", "2024-01-31", 0},
        {"2024-02-28", "2024-01-28", -1}, {"2024-02-28", "2024-01-29", 0},   {"2024-05-05", "2024-05-05", 0},
        {"2024-05-05", "2024-05-31", 0},  {"0001-01-01", "9999-12-31", 119987},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        HZ_CHECK_EQ_INT(hz_months_between(day_of(rows[i].from), day_of(rows[i].to)), rows[i].months);
        HZ_CHECK_EQ_INT(hz_months_between(day_of(rows[i].to), day_of(rows[i].from)), -rows[i].months);
    }
}

/* A month is whole when its day of the month is reached, counted one by one. */
static int64_t slow_months(int32_t a, int32_t b)
{
    if (a > b)
        return -slow_months(b, a);
    hz_civil from = hz_date_to_civil(a), to = hz_date_to_civil(b);
    int64_t months = 0;
    for (;; months++) {
        from.year += from.month == 12;
        from.month = from.month % 12 + 1;
        bool reached = from.year != to.year     ? from.year < to.year
                       : from.month != to.month ? from.month < to.month
                                                : from.day <= to.day;
        if (!reached)
            return months;
    }
}

HZ_TEST(months_between_agrees_with_counting)
{
    uint32_t wrong = 0;
    int32_t begin = day_of("1999-11-25");
    for (int32_t a = begin; a < begin + 500; a++)
        for (int32_t b = begin; b < begin + 500; b += 1 + (b % 3 == 0)) {
            int64_t months = hz_months_between(a, b);
            int32_t there = 0;
            wrong += months != slow_months(a, b);
            /* Adding them never goes beyond b. */
            wrong += !hz_date_add_months(a, months, &there) || (a <= b ? there > b : there < b);
        }
    HZ_CHECK_EQ_INT(wrong, 0);
}

HZ_TEST(durations_are_read_and_written_canonically)
{
    static const struct {
        const char *text;
        bool months;
        int64_t amount;
        int32_t scale;
        const char *back;
    } rows[] = {
        {"P1Y3M", true, 15, 0, "P1Y3M"},
        {"P26M", true, 26, 0, "P2Y2M"},
        {"P12M", true, 12, 0, "P1Y"},
        {"P0Y", true, 0, 0, "P0M"},
        {"-P0M", true, 0, 0, "P0M"},
        {"-P1Y", true, -12, 0, "-P1Y"},
        {"P00001Y", true, 12, 0, "P1Y"},
        {"P768614336404564650Y7M", true, INT64_MAX, 0, "P768614336404564650Y7M"},
        {"-P9223372036854775808M", true, INT64_MIN, 0, "-P768614336404564650Y8M"},
        {"P1D", false, 86400, 0, "P1D"},
        {"PT24H", false, 86400, 0, "P1D"},
        {"PT36H", false, 129600, 0, "P1DT12H"},
        {"P2DT36M", false, 174960, 0, "P2DT36M"},
        {"PT555M", false, 33300, 0, "PT9H15M"},
        {"-P15D", false, -1296000, 0, "-P15D"},
        {"P0D", false, 0, 0, "PT0S"},
        {"-PT0S", false, 0, 0, "PT0S"},
        {"PT0.000S", false, 0, 0, "PT0S"},
        {"PT0.999S", false, 999, 3, "PT0.999S"},
        {"PT1.50S", false, 15, 1, "PT1.5S"},
        {"PT1H0.5S", false, 36005, 1, "PT1H0.5S"},
        {"P1DT2H3M4.123456789S", false, 93784123456789, 9, "P1DT2H3M4.123456789S"},
        {"PT0.1234567890000S", false, 123456789, 9, "PT0.123456789S"},
        {"PT9223372036854775807S", false, INT64_MAX, 0, "P106751991167300DT15H30M7S"},
        {"-PT9223372036854775808S", false, INT64_MIN, 0, "-P106751991167300DT15H30M8S"},
        {"-PT9223372036.854775808S", false, INT64_MIN, 9, "-P106751DT23H47M16.854775808S"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_duration duration = {0};
        char text[64];
        HZ_CHECK(hz_duration_parse(hz_str_from(rows[i].text), &duration));
        HZ_CHECK_EQ_INT(duration.months, rows[i].months);
        HZ_CHECK_EQ_INT(duration.amount, rows[i].amount);
        HZ_CHECK_EQ_INT(duration.scale, rows[i].scale);
        size_t len = hz_duration_format(duration, text);
        HZ_CHECK_EQ_INT(len, strlen(text));
        HZ_CHECK_STR(text, rows[i].back);
    }
    char text[64];
    hz_duration_format((hz_duration){false, 150, 2}, text);
    HZ_CHECK_STR(text, "PT1.5S");
    hz_duration_format((hz_duration){false, INT64_MIN, 0}, text);
    HZ_CHECK_STR(text, "-P106751991167300DT15H30M8S");
}

HZ_TEST(durations_refuse_everything_else)
{
    static const char *const rows[] = {
        "", "P", "-P", "PT", "P1", "P1DT", "1D", "D", "P1H", "PT1D", "PT1Y",
        "P1YM", "P1Y2", "P1M1Y", "P1Y1D", "P1M1D", "P1MT1H", "P1D1Y", "PT1M1H", "PT1S1M", "PT1H1H", "PT1S1S",
        "P1W", "P1.5D", "P1.5Y", "PT1.5H", "PT.5S", "PT5.S", "PT1.5", "P-1D", "+P1D", "p1d", " P1D",
        "P1D ", "PT1,5S", "P1YT", "P1Y2M3", "PT1M1M", "P1Y1Y", "P1D2D", "--P1D", "P1DT-1H", "PTS", "PY",
        "PT0.0000000001S", "PT0.1234567891S", "P9223372036854775808M", "-P9223372036854775809M",
        "PT9223372036854775808S", "P106751991167301D", "PT9223372036.854775808S", "P768614336404564650Y8M",
        "P99999999999999999999999999999999999999999999Y", "PT99999999999999999999999999999999999999999999S",
    };
    hz_duration duration;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        HZ_CHECK(!hz_duration_parse(hz_str_from(rows[i]), &duration));
    HZ_CHECK(!hz_duration_parse((hz_str){NULL, 0}, &duration));
}

HZ_TEST(durations_come_back_from_their_text)
{
    uint32_t wrong = 0;
    uint64_t random = 1;
    for (int i = 0; i < 40000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        hz_duration duration = {i % 2 == 0, (int64_t)random >> (random % 64), 0}, back = {0};
        duration.scale = duration.months ? 0 : i % 10;
        char text[64];
        hz_str whole = {text, hz_duration_format(duration, text)};
        wrong += !hz_duration_parse(whole, &back) || back.months != duration.months;
        hz_decimal want = hz_decimal_trim((hz_decimal){duration.amount, duration.scale});
        wrong += back.amount != want.coefficient || back.scale != want.scale;
    }
    HZ_CHECK_EQ_INT(wrong, 0);
}
