/* convert.c - values of texts, and texts of values. Called by kernels and, for texts that are known, by checkers. */
#include "column/convert.h"

#include "value/time.h"

bool hz_number_of_text(hz_str text, hz_number_form form, hz_decimal *out)
{
    char plain[HZ_DECIMAL_TEXT];
    size_t len = 0;
    bool point = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool between = i > 0 && i + 1 < text.len && text.at[i - 1] >= '0' && text.at[i - 1] <= '9' && text.at[i + 1] >= '0' && text.at[i + 1] <= '9';
        if (form.grouping != 0 && c == form.grouping) {
            if (point || !between) return false;
            continue;
        }
        if (c == form.point) {
            point = true;
            c = '.';
        } else if (c == '.') {
            return false;
        }
        if (len + 1 == sizeof plain) return false;
        plain[len++] = c;
    }
    if (!hz_decimal_parse((hz_str){plain, len}, true, out)) return false;
    *out = hz_decimal_trim(*out);
    return true;
}

int64_t hz_read_number(hz_str text, int64_t form)
{
    hz_number_form written = {(int32_t)(form >> 16), (char)(form >> 8 & 0xFF), (char)(form & 0xFF)};
    hz_decimal value;
    hz_i128 out;
    if (!hz_number_of_text(text, written, &value) || !hz_decimal_rescale(value.coefficient, value.scale, written.scale, &out)) return HZ_NONE_I64;
    return out >= -HZ_READ_MOST && out <= HZ_READ_MOST ? (int64_t)out : HZ_NONE_I64;
}

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

/* Rows that hold no value may hold any number: what there is no text of is "". */

/* Programs have scales up to 18; tests of kernels hand over any number. */
static int32_t scale_of(int64_t k)
{
    return k < 0 ? 0 : k > 18 ? 18 : (int32_t)k;
}

hz_str hz_number_text(hz_workspace *ws, int64_t value, int64_t scale)
{
    char text[HZ_DECIMAL_TEXT];
    hz_decimal number = hz_decimal_trim((hz_decimal){value, scale_of(scale)});
    return hz_text_copy(ws, text, hz_decimal_format(number.coefficient, number.scale, text));
}

hz_str hz_wide_text(hz_workspace *ws, hz_wide value)
{
    char text[HZ_WIDE_TEXT];
    return hz_text_copy(ws, text, hz_wide_write(value, text));
}

hz_str hz_date_text(hz_workspace *ws, int32_t value)
{
    char text[HZ_DATE_TEXT];
    if (value < HZ_DATE_MIN || value > HZ_DATE_MAX) return HZ_STR("");
    return hz_text_copy(ws, text, hz_date_format(value, text));
}

hz_str hz_time_text(hz_workspace *ws, int64_t value, int64_t scale)
{
    char text[HZ_TIME_TEXT];
    if (value < 0 || value >= HZ_DAY_SECONDS * hz_power10(scale_of(scale))) return HZ_STR("");
    return hz_text_copy(ws, text, hz_time_format(value, scale_of(scale), text));
}

hz_str hz_date_time_text(hz_workspace *ws, int64_t value, int64_t scale)
{
    char text[HZ_TIME_TEXT];
    hz_i128 day = HZ_DAY_SECONDS * hz_power10(scale_of(scale));
    if (value < HZ_DATE_MIN * day || value >= (HZ_DATE_MAX + 1) * day) return HZ_STR("");
    return hz_text_copy(ws, text, hz_date_time_format(value, scale_of(scale), text));
}

hz_str hz_days_text(hz_workspace *ws, int64_t value, int64_t scale)
{
    char text[64];
    return hz_text_copy(ws, text, hz_duration_format((hz_duration){.amount = value, .scale = scale_of(scale)}, text));
}

hz_str hz_months_text(hz_workspace *ws, int64_t value)
{
    char text[64];
    return hz_text_copy(ws, text, hz_duration_format((hz_duration){.months = true, .amount = value}, text));
}
