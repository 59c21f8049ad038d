/* test_calendar.c - the branch-free calendar and the reciprocals of kernels against the plain ones: every day, every divisor
 * that is hard. */
#include "harness/harness.h"

#include "column/calendar.h"
#include "column/divide.h"

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

HZ_TEST(calendar_equals_dates_for_every_day)
{
    bool same = true;
    for (int32_t date = HZ_DATE_MIN; date <= HZ_DATE_MAX; date++) {
        hz_civil a = hz_calendar_civil(date), b = hz_date_to_civil(date);
        same &= a.year == b.year && a.month == b.month && a.day == b.day;
        same &= hz_calendar_date((uint32_t)b.year, (uint32_t)b.month, (uint32_t)b.day) == date;
    }
    HZ_CHECK(same);
}

HZ_TEST(calendar_makes_the_days_that_there_are)
{
    static const int64_t years[] = {INT64_MIN, -1, 0, 1, 4, 1900, 2000, 2023, 2024, 9999, 10000, (INT64_C(1) << 32) + 2024, INT64_MAX};
    static const int64_t months[] = {INT64_MIN, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, (INT64_C(1) << 32) + 2, INT64_MAX};
    bool same = true;
    for (size_t y = 0; y < sizeof years / sizeof *years; y++)
        for (size_t m = 0; m < sizeof months / sizeof *months; m++)
            for (int64_t day = -1; day <= 33; day++) {
                int64_t days[] = {day, day + (INT64_C(1) << 32)};
                for (int k = 0; k < 2; k++) {
                    int32_t date = 0;
                    bool there = hz_date_make(years[y], months[m], days[k], &date);
                    same &= hz_calendar_make_ok(years[y], months[m], days[k]) == there && hz_calendar_make(years[y], months[m], days[k]) == (there ? date : 0);
                }
            }
    HZ_CHECK(same);
}

HZ_TEST(calendar_adds_and_counts_months)
{
    static const int64_t steps[] = {INT64_MIN, -119989, -119988, -119987, -25, -13, -12, -1, 0, 1, 2, 11, 12, 14, 119987, 119988, 119989, INT64_C(1) << 32, INT64_MAX};
    uint64_t seed = 88172645463325252u;
    bool same = true;
    for (int i = 0; i < 300000; i++) {
        int32_t date = HZ_DATE_MIN + (int32_t)(next(&seed) % (HZ_DATE_MAX - HZ_DATE_MIN + 1)), other = date + (int32_t)(next(&seed) % 4000) - 2000;
        int64_t months = i % 3 == 0 ? steps[next(&seed) % (sizeof steps / sizeof *steps)] : (int64_t)(next(&seed) % 100000) - 50000;
        int32_t after = 0;
        bool there = hz_date_add_months(date, months, &after);
        same &= hz_calendar_add_months_ok(date, months) == there && hz_calendar_add_months(date, months) == (there ? after : 0);
        other = hz_clamp_date(other);
        same &= hz_calendar_months_between(date, other) == hz_months_between(date, other);
    }
    HZ_CHECK(same);
}

HZ_TEST(reciprocals_divide_exactly)
{
    static const uint64_t hard[] = {1, 2, 3, 5, 7, 10, 11, 100, 641, 1000, 10000, 1000000, 86400, 31536000, 999999999, 1000000007, (UINT64_C(1) << 31) - 1,
                                    UINT64_C(1) << 32, (UINT64_C(1) << 32) + 1, 100000000000000000, UINT64_C(1) << 62, (UINT64_C(1) << 62) + 1, INT64_MAX - 1, INT64_MAX};
    uint64_t seed = 88172645463325252u;
    bool same = true;
    for (size_t i = 0; i < sizeof hard / sizeof *hard + 20000; i++) {
        uint64_t k = i < sizeof hard / sizeof *hard ? hard[i] : next(&seed) >> (1 + next(&seed) % 62);
        if (k == 0) continue;
        const hz_reciprocal by = hz_reciprocal_of(k);
        for (uint64_t n = 0; n < 4; n++) same &= hz_reciprocal_divide(by, n) == n / k && hz_reciprocal_divide(by, k - 1 + n % 3) == (k - 1 + n % 3) / k;
        for (int j = 0; j < 50; j++) {
            uint64_t times = next(&seed) >> (next(&seed) % 64), n = times * k - (next(&seed) & 1);
            same &= hz_reciprocal_divide(by, n) == n / k && hz_reciprocal_divide(by, times) == times / k;
            same &= hz_reciprocal_divide_by_halves(by, n) == n / k && hz_reciprocal_divide_by_halves(by, times) == times / k;
        }
        same &= hz_reciprocal_divide_by_halves(by, UINT64_C(1) << 63) == (UINT64_C(1) << 63) / k && hz_reciprocal_divide_by_halves(by, UINT64_MAX) == UINT64_MAX / k;
        same &= hz_reciprocal_divide(by, UINT64_C(1) << 63) == (UINT64_C(1) << 63) / k && hz_reciprocal_divide(by, UINT64_MAX) == UINT64_MAX / k;
    }
    HZ_CHECK(same);
}

HZ_TEST(quotients_round_as_wide_ones)
{
    static const int64_t edges[] = {0, 1, -1, 4, 5, 6, -4, -5, -6, 15, 25, -15, -25, 49, 50, 51, 149, 150, INT64_MAX, INT64_MIN, INT64_MIN + 1};
    static const int64_t divisors[] = {1, 2, 3, 10, 100, 10000, 86400, INT64_MAX};
    bool same = true;
    for (size_t e = 0; e < sizeof edges / sizeof *edges; e++)
        for (size_t k = 0; k < sizeof divisors / sizeof *divisors; k++)
            for (uint8_t mode = HZ_ROUND_UP; mode <= HZ_ROUND_CEILING; mode++) {
                uint64_t whole = hz_divide_magnitude(edges[e]) / (uint64_t)divisors[k];
                same &= hz_divide_finish(edges[e], whole, (uint64_t)divisors[k], mode) == (int64_t)hz_divide_rounded(edges[e], divisors[k], (hz_rounding)mode);
            }
    HZ_CHECK(same);
}
