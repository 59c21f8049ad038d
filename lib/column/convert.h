/* convert.h - between texts and other values, one row each, for kernels. A text that is none of the kind gives NONE, which
 * no value is. Called by kernel.c.
 */
#ifndef HZ_COLUMN_CONVERT_H
#define HZ_COLUMN_CONVERT_H

#include "column/workspace.h"

#define HZ_NONE_I32 INT32_MIN
#define HZ_NONE_I64 INT64_MIN

int32_t hz_read_date(hz_str text);
/* At a scale; a text with more digits of a second than that gives NONE. */
int64_t hz_read_time(hz_str text, int64_t scale);
int64_t hz_read_date_time(hz_str text, int64_t scale);

#endif
