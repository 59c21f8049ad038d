/* convert.h - between texts and other values, one row each, for kernels. A text that is none of the kind gives NONE, which
 * no value is. Called by kernel.c.
 */
#ifndef HZ_COLUMN_CONVERT_H
#define HZ_COLUMN_CONVERT_H

#include "column/text.h"
#include "value/decimal128.h"

#define HZ_NONE_I32 INT32_MIN
#define HZ_NONE_I64 INT64_MIN

#define HZ_READ_SCALE 6 /* decimals of a number that is read from a claim's text, */
#define HZ_READ_MOST  INT64_C(999999999999999999) /* and its largest coefficient */

/* How a number is written: its decimals at most, and the characters between thousands (0: none) and before decimals. */
typedef struct hz_number_form {
    int32_t scale;
    char grouping, point;
} hz_number_form;

/* A form as the immediate of an instruction. */
static inline int64_t hz_number_form_pack(hz_number_form form)
{
    return (int64_t)form.scale << 16 | (int64_t)(unsigned char)form.grouping << 8 | (unsigned char)form.point;
}

/* The number of a text, of any scale; false: it is none. Grouping stands between digits, wherever. */
bool hz_number_of_text(hz_str text, hz_number_form form, hz_decimal *out);
int64_t hz_read_number(hz_str text, int64_t form);

int32_t hz_read_date(hz_str text);
/* At a scale; a text with more digits of a second than that gives NONE. */
int64_t hz_read_time(hz_str text, int64_t scale);
int64_t hz_read_date_time(hz_str text, int64_t scale);

/* Values as FEEL writes them: numbers without exponent and trailing zeros, times and durations canonical. */
hz_str hz_number_text(hz_workspace *ws, int64_t value, int64_t scale);
hz_str hz_wide_text(hz_workspace *ws, hz_wide value);
hz_str hz_date_text(hz_workspace *ws, int32_t value);
hz_str hz_time_text(hz_workspace *ws, int64_t value, int64_t scale);
hz_str hz_date_time_text(hz_workspace *ws, int64_t value, int64_t scale);
hz_str hz_days_text(hz_workspace *ws, int64_t value, int64_t scale);
hz_str hz_months_text(hz_workspace *ws, int64_t value);

#endif
