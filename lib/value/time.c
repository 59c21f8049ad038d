/* time.c - times of day as text. Called for literals, conversions and answers; durations are in duration.c. */
#include "value/time.h"

typedef struct clock_reader {
    hz_str text;
    size_t at;
} clock_reader;

static bool take(clock_reader *in, char c)
{
    bool here = in->at < in->text.len && in->text.at[in->at] == c;
    in->at += here;
    return here;
}

static bool at_digit(const clock_reader *in)
{
    return in->at < in->text.len && in->text.at[in->at] >= '0' && in->text.at[in->at] <= '9';
}

/* Exactly two digits, at most `most`. */
static bool take_two(clock_reader *in, int64_t most, int64_t *out)
{
    *out = 0;
    for (int i = 0; i < 2; i++) {
        if (!at_digit(in)) return false;
        *out = *out * 10 + (in->text.at[in->at++] - '0');
    }
    return *out <= most;
}

/* The digits behind a point; false: there are none. More than nine that count: *beyond. */
static bool take_fraction(clock_reader *in, int64_t *fraction, int32_t *scale, bool *beyond)
{
    size_t begin = in->at, end;
    while (at_digit(in)) in->at++;
    for (end = in->at; end > begin && in->text.at[end - 1] == '0'; end--) continue;
    *beyond = end - begin > HZ_SECOND_SCALE;
    *fraction = 0;
    for (size_t i = begin; i < end && !*beyond; i++) *fraction = *fraction * 10 + (in->text.at[i] - '0');
    *scale = *beyond ? 0 : (int32_t)(end - begin);
    return in->at > begin;
}

/* Z, +hh:mm, -hh:mm[:ss] or @Region/City: an offset has at most 18 hours. */
static bool is_zone(hz_str text)
{
    clock_reader in = {text, 1};
    int64_t hours, minutes, seconds = 0;
    if (hz_str_is(text, "Z") || hz_str_is(text, "z")) return true;
    if (text.at[0] == '@') return text.len > 1;
    if (text.at[0] != '+' && text.at[0] != '-') return false;
    if (!take_two(&in, 18, &hours) || !take(&in, ':') || !take_two(&in, 59, &minutes)) return false;
    if (take(&in, ':') && !take_two(&in, 59, &seconds)) return false;
    return in.at == text.len && (hours < 18 || (minutes == 0 && seconds == 0));
}

/* hh:mm:ss[.f] up to the end; the amount may be 24:00:00. */
static hz_clock_text take_time(clock_reader *in, int64_t *amount, int32_t *scale)
{
    int64_t hours, minutes, seconds, fraction = 0;
    bool beyond = false;
    *scale = 0;
    if (!take_two(in, 24, &hours) || !take(in, ':') || !take_two(in, 59, &minutes) || !take(in, ':') || !take_two(in, 59, &seconds))
        return HZ_CLOCK_NONE;
    if (take(in, '.') && !take_fraction(in, &fraction, scale, &beyond)) return HZ_CLOCK_NONE;
    if (hours == 24 && (minutes != 0 || seconds != 0 || fraction != 0 || beyond)) return HZ_CLOCK_NONE;
    if (in->at < in->text.len) return is_zone(hz_str_part(in->text, in->at, in->text.len)) ? HZ_CLOCK_ZONED : HZ_CLOCK_NONE;
    if (beyond) return HZ_CLOCK_BEYOND;
    *amount = ((hours * 60 + minutes) * 60 + seconds) * (int64_t)hz_power10(*scale) + fraction;
    return HZ_CLOCK_VALUE;
}

hz_clock_text hz_time_parse(hz_str text, int64_t *amount, int32_t *scale)
{
    clock_reader in = {text, 0};
    int64_t value = 0;
    int32_t digits = 0;
    hz_clock_text what = take_time(&in, &value, &digits);
    if (what != HZ_CLOCK_VALUE) return what;
    *amount = value == HZ_DAY_SECONDS * (int64_t)hz_power10(digits) ? 0 : value;
    *scale = digits;
    return HZ_CLOCK_VALUE;
}

hz_clock_text hz_date_time_parse(hz_str text, int64_t *amount, int32_t *scale)
{
    const char *t = text.len > 0 ? memchr(text.at, 'T', text.len) : NULL;
    hz_str day = hz_str_part(text, 0, t != NULL ? (size_t)(t - text.at) : text.len);
    int32_t date = 0, digits = 0;
    int64_t time = 0;
    bool near = hz_date_parse(day, &date);
    if (!near && !hz_date_is_far(day)) return HZ_CLOCK_NONE;
    if (t != NULL) {
        clock_reader in = {text, day.len + 1};
        hz_clock_text what = take_time(&in, &time, &digits);
        if (what != HZ_CLOCK_VALUE) return what;
    }
    hz_i128 value = (hz_i128)date * HZ_DAY_SECONDS * hz_power10(digits) + time;
    bool fits = value >= INT64_MIN && value <= INT64_MAX;
    hz_i128 end = (hz_i128)(HZ_DATE_MAX + 1) * HZ_DAY_SECONDS * hz_power10(digits);
    if (!near || !fits || value >= end) return HZ_CLOCK_BEYOND;
    *amount = (int64_t)value;
    *scale = digits;
    return HZ_CLOCK_VALUE;
}

static char *put_two(char *out, int64_t value, char behind)
{
    out[0] = (char)('0' + value / 10);
    out[1] = (char)('0' + value % 10);
    out[2] = behind;
    return out + 3;
}

size_t hz_time_format(int64_t amount, int32_t scale, char out[HZ_TIME_TEXT])
{
    int64_t second = (int64_t)hz_power10(scale), seconds = amount / second;
    char *at = put_two(out, seconds / 3600, ':');
    at = put_two(at, seconds / 60 % 60, ':');
    at = put_two(at, seconds % 60, '\0') - 1;
    hz_decimal rest = hz_decimal_trim((hz_decimal){amount % second, scale});
    if (rest.coefficient != 0) {
        *at++ = '.';
        for (int32_t place = rest.scale; place > 0; place--, rest.coefficient /= 10)
            at[place - 1] = (char)('0' + (int)(rest.coefficient % 10));
        at += rest.scale;
    }
    *at = '\0';
    return (size_t)(at - out);
}

size_t hz_date_time_format(int64_t amount, int32_t scale, char out[HZ_TIME_TEXT])
{
    hz_i128 day = HZ_DAY_SECONDS * hz_power10(scale);
    int32_t date = (int32_t)hz_divide_rounded(amount, day, HZ_ROUND_FLOOR);
    size_t len = hz_date_format(date, out);
    out[len++] = 'T';
    return len + hz_time_format((int64_t)(amount - date * day), scale, out + len);
}
