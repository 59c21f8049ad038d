/* date.h - civil dates (proleptic Gregorian, no zone, no clock) and durations.
 *
 * A date is a number of days since 1970-01-01; a days-and-time duration a number of seconds with a scale; a
 * years-and-months duration a number of months.
 */
#ifndef HZ_VALUE_DATE_H
#define HZ_VALUE_DATE_H

#include "base/str.h"
#include "value/decimal.h"

#include <stdint.h>

#define HZ_DATE_MIN (-719162) /* 0001-01-01 */
#define HZ_DATE_MAX 2932896   /* 9999-12-31 */
#define HZ_DATE_TEXT 12       /* "9999-12-31" and NUL, rounded up */

typedef struct hz_civil {
    int32_t year;
    int32_t month, day; /* 1..12, 1..31 */
} hz_civil;

/* Both work for any date that fits int32_t, also beyond 1..9999; civil is a day that there is. */
int32_t hz_date_from_civil(hz_civil civil);
hz_civil hz_date_to_civil(int32_t date);
int32_t hz_days_in_month(int32_t year, int32_t month);

/* False when there is no such day, or the year is outside 1..9999. */
bool hz_date_make(int64_t year, int64_t month, int64_t day, int32_t *out);

/* Exactly YYYY-MM-DD. */
bool hz_date_parse(hz_str text, int32_t *out);
/* A date as XML Schema writes it, of a year outside 1..9999: "-0044-03-15", "12015-07-01". */
bool hz_date_is_far(hz_str text);
/* Returns the length, 10; NUL-terminated. date is within HZ_DATE_MIN .. HZ_DATE_MAX. */
size_t hz_date_format(int32_t date, char out[HZ_DATE_TEXT]);

/* date + months, the day clipped to the month's end; false when the year leaves 1..9999. */
bool hz_date_add_months(int32_t date, int64_t months, int32_t *out);

/* Whole months from a to b, toward zero (FEEL: years and months duration(a, b)). A month is whole when the day of the
 * month is reached, and month ends are not special: from 01-31 to 02-28 it is 0, from 2000-02-29 to 2001-02-28 it is
 * 11. Exchanging a and b changes only the sign. */
int64_t hz_months_between(int32_t a, int32_t b);

/* 1 = Monday .. 7 = Sunday. */
int32_t hz_weekday(int32_t date);
/* "Monday", "January": English, as FEEL has it. */
hz_str hz_weekday_name(int32_t date);
hz_str hz_month_name(int32_t date);
/* 1 .. 366. */
int32_t hz_day_of_year(int32_t date);
/* ISO 8601: 1 .. 53; week 1 has the year's first Thursday. */
int32_t hz_week_of_year(int32_t date);

typedef struct hz_duration {
    bool months;        /* a years-and-months duration */
    int64_t amount;     /* months, or seconds * 10^scale */
    int32_t scale;      /* of seconds, 0..9; trailing zeros removed */
} hz_duration;

/* ISO 8601 / XML Schema: [-]P[nY][nM] or [-]P[nD][T[nH][nM][n[.n]S]]; not a mixture. */
bool hz_duration_parse(hz_str text, hz_duration *out);
/* Canonical: P1Y3M, P2DT36M, PT0S / P0M for zero. Returns the length (out has 64 bytes). */
size_t hz_duration_format(hz_duration duration, char out[64]);

#endif
