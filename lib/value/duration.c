/* duration.c - durations as text: P1Y3M, P2DT36M. Called for literals, inputs and answers; dates are in date.c. */
#include "value/date.h"

#define SCALE_MOST 9

typedef struct reader {
    hz_str text;
    size_t at;
} reader;

static bool take(reader *in, char c)
{
    bool here = in->at < in->text.len && in->text.at[in->at] == c;
    in->at += here;
    return here;
}

/* The digits at the reader, at least one; false too when the number is beyond 64 bits. */
static bool take_number(reader *in, hz_i128 *out)
{
    size_t begin = in->at;
    *out = 0;
    for (; in->at < in->text.len && in->text.at[in->at] >= '0' && in->text.at[in->at] <= '9'; in->at++) {
        *out = *out * 10 + (in->text.at[in->at] - '0');
        if (*out > (hz_i128)INT64_MAX + 1)
            return false;
    }
    return in->at > begin;
}

/* `[.n]S` behind whole seconds: the digits without trailing zeros become the fraction. */
static bool take_fraction(reader *in, hz_duration *out, hz_i128 *fraction)
{
    *fraction = 0;
    if (take(in, '.')) {
        size_t begin = in->at, end;
        while (in->at < in->text.len && in->text.at[in->at] >= '0' && in->text.at[in->at] <= '9')
            in->at++;
        for (end = in->at; end > begin && in->text.at[end - 1] == '0'; end--)
            ;
        if (in->at == begin || end - begin > SCALE_MOST)
            return false;
        out->scale = (int32_t)(end - begin);
        for (size_t i = begin; i < end; i++)
            *fraction = *fraction * 10 + (in->text.at[i] - '0');
    }
    return take(in, 'S');
}

/* `[nH][nM][n[.n]S]` behind the T, at least one of them; adds to *seconds. */
static bool take_time(reader *in, hz_duration *out, hz_i128 *seconds, hz_i128 *fraction)
{
    static const struct {
        char sign;
        int seconds;
    } parts[] = {{'H', 3600}, {'M', 60}};
    size_t next = 0;
    do {
        hz_i128 number;
        if (!take_number(in, &number))
            return false;
        while (next < 2 && !take(in, parts[next].sign))
            next++;
        if (next == 2) {
            *seconds += number;
            return take_fraction(in, out, fraction);
        }
        *seconds += number * parts[next++].seconds;
    } while (in->at < in->text.len);
    return true;
}

/* `[nD][T…]` behind number, which the caller read already if there was one. */
static bool take_days(reader *in, bool numbered, hz_i128 number, hz_duration *out, hz_i128 *amount)
{
    hz_i128 fraction = 0;
    *amount = 0;
    if (numbered) {
        if (!take(in, 'D'))
            return false;
        *amount = number * 86400;
    }
    if (take(in, 'T')) {
        if (!take_time(in, out, amount, &fraction))
            return false;
    } else if (!numbered) {
        return false;
    }
    *amount = *amount * hz_power10(out->scale) + fraction;
    return true;
}

/* `nY`, `nM` or both, behind the first number. */
static bool take_months(reader *in, hz_i128 number, hz_i128 *amount)
{
    *amount = 0;
    if (take(in, 'Y')) {
        *amount = number * 12;
        if (in->at == in->text.len)
            return true;
        if (!take_number(in, &number))
            return false;
    }
    *amount += number;
    return take(in, 'M');
}

bool hz_duration_parse(hz_str text, hz_duration *out)
{
    reader in = {text, 0};
    hz_duration duration = {false, 0, 0};
    hz_i128 number, amount;
    bool negative = take(&in, '-');
    if (!take(&in, 'P'))
        return false;
    size_t begin = in.at;
    bool numbered = take_number(&in, &number);
    if (in.at == text.len || (!numbered && in.at > begin))
        return false;
    duration.months = numbered && (text.at[in.at] == 'Y' || text.at[in.at] == 'M');
    if (duration.months ? !take_months(&in, number, &amount) : !take_days(&in, numbered, number, &duration, &amount))
        return false;
    amount = negative ? -amount : amount;
    if (in.at != text.len || amount < INT64_MIN || amount > INT64_MAX)
        return false;
    duration.amount = (int64_t)amount;
    *out = duration;
    return true;
}

static size_t put_number(char *out, hz_u128 value, char sign)
{
    if (value == 0)
        return 0;
    size_t len = hz_decimal_format((hz_i128)value, 0, out);
    out[len] = sign;
    return len + 1;
}

static size_t put_time(char *out, hz_u128 value, int32_t scale)
{
    const hz_u128 second = (hz_u128)hz_power10(scale);
    size_t len = put_number(out, value / (second * 3600), 'H');
    len += put_number(out + len, value / (second * 60) % 60, 'M');
    hz_decimal rest = hz_decimal_trim((hz_decimal){(hz_i128)(value % (second * 60)), scale});
    if (rest.coefficient != 0) {
        len += hz_decimal_format(rest.coefficient, rest.scale, out + len);
        out[len++] = 'S';
    }
    return len;
}

size_t hz_duration_format(hz_duration duration, char out[64])
{
    hz_u128 size = duration.amount < 0 ? 0 - (hz_u128)duration.amount : (hz_u128)duration.amount;
    size_t len = 0;
    if (size == 0) {
        hz_str zero = duration.months ? HZ_STR("P0M") : HZ_STR("PT0S");
        memcpy(out, zero.at, zero.len + 1);
        return zero.len;
    }
    if (duration.amount < 0)
        out[len++] = '-';
    out[len++] = 'P';
    if (duration.months) {
        len += put_number(out + len, size / 12, 'Y');
        len += put_number(out + len, size % 12, 'M');
    } else {
        const hz_u128 day = (hz_u128)hz_power10(duration.scale) * 86400;
        len += put_number(out + len, size / day, 'D');
        if (size % day != 0)
            out[len++] = 'T';
        len += put_time(out + len, size % day, duration.scale);
    }
    out[len] = '\0';
    return len;
}
