/* calendar.h - civil dates of years 1 to 9999 without a branch or a table, so that compilers turn loops over them into vector
 * code. The same dates as value/date.h's, which tests hold them to for every day there is. Called by kernel_body.h.
 *
 * A year begins in March here, so that the leap day is its last: months then begin at (153 m + 2) / 5, and years, centuries
 * and their rests come from one division each of four times the days.
 */
#ifndef HZ_COLUMN_CALENDAR_H
#define HZ_COLUMN_CALENDAR_H

#include "value/date.h"

#define HZ_MARCH_0 719468 /* days from 0000-03-01 to 1970-01-01 */

static inline int32_t hz_clamp_date(int32_t date)
{
    return date < HZ_DATE_MIN ? HZ_DATE_MIN : date > HZ_DATE_MAX ? HZ_DATE_MAX : date;
}

/* date is within HZ_DATE_MIN .. HZ_DATE_MAX. */
static inline hz_civil hz_calendar_civil(int32_t date)
{
    const uint32_t four = 4 * (uint32_t)(date + HZ_MARCH_0) + 3, century = four / 146097, rest = (four % 146097) | 3;
    const uint32_t year = rest / 1461, five = 5 * (rest % 1461 / 4) + 2, month = five / 153;
    const uint32_t next = month >= 10 ? 1 : 0;
    return (hz_civil){(int32_t)(100 * century + year + next), (int32_t)(month + 3 - 12 * next), (int32_t)(five % 153 / 5 + 1)};
}

/* Of a day that there is. */
static inline int32_t hz_calendar_date(uint32_t year, uint32_t month, uint32_t day)
{
    const uint32_t before = month <= 2 ? 1 : 0, y = year - before, m = month + 12 * before - 3;
    return (int32_t)(365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1) - HZ_MARCH_0;
}

static inline uint32_t hz_calendar_last_day(uint32_t year, uint32_t month)
{
    const uint32_t leap = (year & (year % 25 == 0 ? 15u : 3u)) == 0 ? 1 : 0;
    return month == 2 ? 28 + leap : 30 + ((month ^ (month >> 3)) & 1);
}

/* Months from year 0, or 0 where the year leaves 1 to 9999. */
static inline uint32_t hz_calendar_month_after(hz_civil civil, int64_t months)
{
    const int32_t most = 9999 * 12, step = months < -most ? -most : months > most ? most : (int32_t)months;
    const int32_t month = civil.year * 12 + civil.month - 1 + step;
    return ((months >= -most) & (months <= most) & (month >= 12) & (month < 120000)) != 0 ? (uint32_t)month : 0;
}

static inline bool hz_calendar_add_months_ok(int32_t date, int64_t months)
{
    return hz_calendar_month_after(hz_calendar_civil(hz_clamp_date(date)), months) != 0;
}

/* The day clipped to the month's end; 0 where there is no such year. */
static inline int32_t hz_calendar_add_months(int32_t date, int64_t months)
{
    const hz_civil civil = hz_calendar_civil(hz_clamp_date(date));
    const uint32_t after = hz_calendar_month_after(civil, months), year = after / 12, month = after % 12 + 1;
    const uint32_t last = hz_calendar_last_day(year, month), day = (uint32_t)civil.day < last ? (uint32_t)civil.day : last;
    const int32_t out = hz_calendar_date(after != 0 ? year : 1, month, day);
    return after != 0 ? out : 0;
}

/* A number of months as one of 32 bits; those that lead out of years 1 to 9999 still do. */
static inline int32_t hz_calendar_step(int64_t months)
{
    const int64_t most = 10000 * 12;
    return (int32_t)(months < -most ? -most : months > most ? most : months);
}

/* hz_calendar_add_months of such a step. */
static inline int32_t hz_calendar_add_step(int32_t date, int32_t step)
{
    const hz_civil civil = hz_calendar_civil(hz_clamp_date(date));
    const int32_t month = civil.year * 12 + civil.month - 1 + step;
    const uint32_t after = ((month >= 12) & (month < 120000)) != 0 ? (uint32_t)month : 0, year = after / 12, of_year = after % 12 + 1;
    const uint32_t last = hz_calendar_last_day(year, of_year), day = (uint32_t)civil.day < last ? (uint32_t)civil.day : last;
    const int32_t out = hz_calendar_date(after != 0 ? year : 1, of_year, day);
    return after != 0 ? out : 0;
}

static inline bool hz_calendar_make_ok(int64_t year, int64_t month, int64_t day)
{
    const bool named = ((year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)) != 0;
    return (named & ((uint32_t)day <= hz_calendar_last_day((uint32_t)year, (uint32_t)month))) != 0;
}

/* 0 where there is no such day. */
static inline int32_t hz_calendar_make(int64_t year, int64_t month, int64_t day)
{
    const bool ok = hz_calendar_make_ok(year, month, day);
    const int32_t out = hz_calendar_date(ok ? (uint32_t)year : 1, ok ? (uint32_t)month : 3, ok ? (uint32_t)day : 1);
    return ok ? out : 0;
}

static inline int64_t hz_calendar_months_between(int32_t a, int32_t b)
{
    const hz_civil from = hz_calendar_civil(hz_clamp_date(a)), to = hz_calendar_civil(hz_clamp_date(b));
    const int32_t months = (to.year - from.year) * 12 + to.month - from.month;
    const int32_t short_of = (months > 0) & (to.day < from.day), beyond = (months < 0) & (to.day > from.day);
    return months - short_of + beyond;
}

#endif
