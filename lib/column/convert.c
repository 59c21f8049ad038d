/* convert.c - dates and times of texts. Called by kernel.c. */
#include "column/convert.h"

#include "value/time.h"

int32_t hz_read_date(hz_str text)
{
    int32_t date;
    return hz_date_parse(text, &date) ? date : HZ_NONE_I32;
}

static int64_t at_scale(hz_clock_text what, int64_t amount, int32_t from, int64_t to)
{
    hz_i128 out;
    bool ok = what == HZ_CLOCK_VALUE && from <= to && hz_decimal_rescale(amount, from, (int32_t)to, &out);
    return ok && out > INT64_MIN && out <= INT64_MAX ? (int64_t)out : HZ_NONE_I64;
}

int64_t hz_read_time(hz_str text, int64_t scale)
{
    int64_t amount = 0;
    int32_t from = 0;
    hz_clock_text what = hz_time_parse(text, &amount, &from);
    return at_scale(what, amount, from, scale);
}

int64_t hz_read_date_time(hz_str text, int64_t scale)
{
    int64_t amount = 0;
    int32_t from = 0;
    hz_clock_text what = hz_date_time_parse(text, &amount, &from);
    return at_scale(what, amount, from, scale);
}
