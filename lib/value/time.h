/* time.h - times of day, and dates with a time: no zone, no offset, no clock, no leap seconds.
 *
 * A time is a number of seconds since midnight, a date with a time a number of seconds since 1970-01-01T00:00:00; both
 * with a scale for parts of a second. Dates alone are in date.h.
 */
#ifndef HZ_VALUE_TIME_H
#define HZ_VALUE_TIME_H

#include "value/date.h"

#define HZ_DAY_SECONDS 86400
#define HZ_SECOND_SCALE 9 /* parts of a second: at most nanoseconds */
#define HZ_TIME_TEXT 40   /* the longest, and NUL */

/* What a text is. */
typedef enum hz_clock_text {
    HZ_CLOCK_VALUE,
    HZ_CLOCK_NONE,   /* no time, or one that there is not */
    HZ_CLOCK_ZONED,  /* a time with an offset or a zone behind it */
    HZ_CLOCK_BEYOND  /* a year outside 1..9999, or more than nine digits of a second */
} hz_clock_text;

/* hh:mm:ss[.f], 24:00:00 being 00:00:00; trailing zeros of a second are no scale. Not VALUE: the others are left. */
hz_clock_text hz_time_parse(hz_str text, int64_t *amount, int32_t *scale);
/* YYYY-MM-DDThh:mm:ss[.f], or YYYY-MM-DD, which is its midnight. 24:00:00 is the next day's. */
hz_clock_text hz_date_time_parse(hz_str text, int64_t *amount, int32_t *scale);

/* Canonical, without trailing zeros: returns the length; NUL-terminated. The values are in range. */
size_t hz_time_format(int64_t amount, int32_t scale, char out[HZ_TIME_TEXT]);
size_t hz_date_time_format(int64_t amount, int32_t scale, char out[HZ_TIME_TEXT]);

#endif
