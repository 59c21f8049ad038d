/* date.c - civil dates as day numbers, months added and counted. Durations are in duration.c.
 *
 * Days are counted in cycles of 400, 100, 4 and 1 years from 0001-01-01, which was a Monday. No clock, no zone, no
 * table of holidays: whoever needs those brings them as inputs.
 */
#include "value/date.h"

#define DAYS_1   365
#define DAYS_4   (4 * DAYS_1 + 1)
#define DAYS_100 (25 * DAYS_4 - 1)
#define DAYS_400 (4 * DAYS_100 + 1)

static const int32_t days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t floor_rest(int64_t a, int64_t b)
{
    return a - floor_divide(a, b) * b;
}

int32_t hz_date_from_civil(hz_civil civil)
{
    int64_t before = (int64_t)civil.year - 1;
    int64_t days = before * DAYS_1 + floor_divide(before, 4) - floor_divide(before, 100) + floor_divide(before, 400);
    days += days_before[civil.month - 1] + (civil.month > 2 && is_leap(civil.year)) + civil.day - 1;
    return (int32_t)(days + HZ_DATE_MIN);
}

hz_civil hz_date_to_civil(int32_t date)
{
    int64_t days = (int64_t)date - HZ_DATE_MIN;
    int32_t cycle = (int32_t)floor_divide(days, DAYS_400);
    int32_t rest = (int32_t)floor_rest(days, DAYS_400);
    /* The last day of the last century of a cycle, and of the last year of four, would begin another. */
    int32_t century = rest / DAYS_100 - rest / (4 * DAYS_100);
    rest -= century * DAYS_100;
    int32_t four = rest / DAYS_4;
    rest -= four * DAYS_4;
    int32_t one = rest / DAYS_1 - rest / (4 * DAYS_1);
    rest -= one * DAYS_1;
    hz_civil civil = {cycle * 400 + century * 100 + four * 4 + one + 1, 1, 1};
    int32_t leap = is_leap(civil.year);
    while (civil.month < 12 && rest >= days_before[civil.month] + (civil.month >= 2 ? leap : 0))
        civil.month++;
    civil.day = rest - days_before[civil.month - 1] - (civil.month > 2 ? leap : 0) + 1;
    return civil;
}

int32_t hz_days_in_month(int32_t year, int32_t month)
{
    if (month == 2)
        return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool hz_date_make(int64_t year, int64_t month, int64_t day, int32_t *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    if (day > hz_days_in_month((int32_t)year, (int32_t)month))
        return false;
    *out = hz_date_from_civil((hz_civil){(int32_t)year, (int32_t)month, (int32_t)day});
    return true;
}

/* The number that count digits make, or -1. */
static int64_t digits_of(const char *at, int count)
{
    int64_t value = 0;
    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

bool hz_date_parse(hz_str text, int32_t *out)
{
    if (text.len != strlen("YYYY-MM-DD") || text.at[4] != '-' || text.at[7] != '-')
        return false;
    return hz_date_make(digits_of(text.at, 4), digits_of(text.at + 5, 2), digits_of(text.at + 8, 2), out);
}

bool hz_date_is_far(hz_str text)
{
    size_t begin = text.len > 0 && text.at[0] == '-', at = begin;
    while (at < text.len && text.at[at] >= '0' && text.at[at] <= '9')
        at++;
    size_t digits = at - begin;
    bool zero = digits == 4 && begin == 0 && memcmp(text.at, "0000", 4) == 0;
    if (digits < 4 || digits > 9 || (digits == 4 && begin == 0 && !zero) || (digits > 4 && text.at[begin] == '0'))
        return false;
    if (text.len - at != strlen("-MM-DD") || text.at[at] != '-' || text.at[at + 3] != '-')
        return false;
    int64_t month = digits_of(text.at + at + 1, 2), day = digits_of(text.at + at + 4, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= hz_days_in_month(4, (int32_t)month);
}

static void put_digits(char *out, int count, int32_t value)
{
    for (; count > 0; value /= 10)
        out[--count] = (char)('0' + value % 10);
}

size_t hz_date_format(int32_t date, char out[HZ_DATE_TEXT])
{
    hz_civil civil = hz_date_to_civil(date);
    memcpy(out, "0000-00-00", sizeof "0000-00-00");
    put_digits(out, 4, civil.year);
    put_digits(out + 5, 2, civil.month);
    put_digits(out + 8, 2, civil.day);
    return strlen("0000-00-00");
}

bool hz_date_add_months(int32_t date, int64_t months, int32_t *out)
{
    const int64_t all = INT64_C(9999) * 12;
    if (months < -all || months > all)
        return false;
    hz_civil civil = hz_date_to_civil(date);
    int64_t month = (int64_t)civil.year * 12 + civil.month - 1 + months;
    int64_t year = floor_divide(month, 12);
    if (year < 1 || year > 9999)
        return false;
    civil.year = (int32_t)year;
    civil.month = (int32_t)floor_rest(month, 12) + 1;
    int32_t last = hz_days_in_month(civil.year, civil.month);
    if (civil.day > last)
        civil.day = last;
    *out = hz_date_from_civil(civil);
    return true;
}

int64_t hz_months_between(int32_t a, int32_t b)
{
    hz_civil from = hz_date_to_civil(a), to = hz_date_to_civil(b);
    int64_t months = ((int64_t)to.year - from.year) * 12 + (to.month - from.month);
    if (months > 0 && to.day < from.day)
        months--;
    else if (months < 0 && to.day > from.day)
        months++;
    return months;
}

int32_t hz_weekday(int32_t date)
{
    return (int32_t)floor_rest((int64_t)date - HZ_DATE_MIN, 7) + 1;
}

hz_str hz_weekday_name(int32_t date)
{
    static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    return hz_str_from(names[hz_weekday(date) - 1]);
}

hz_str hz_month_name(int32_t date)
{
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    return hz_str_from(names[hz_date_to_civil(date).month - 1]);
}

int32_t hz_day_of_year(int32_t date)
{
    return date - hz_date_from_civil((hz_civil){hz_date_to_civil(date).year, 1, 1}) + 1;
}

int32_t hz_week_of_year(int32_t date)
{
    /* A week belongs to the year of its Thursday. */
    return (hz_day_of_year(date + 4 - hz_weekday(date)) - 1) / 7 + 1;
}
