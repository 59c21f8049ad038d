/* given.c - whether one value fits the type of its input or counter: numbers, dates, codes, booleans, and what exactly
 * is wrong with one that does not.
 *
 * Not the claim: given.c knows no names. Called by claim.c and claim_json.c.
 */
#include "run/given.h"

#include "base/status.h"
#include "base/utf8.h"
#include "source/suggest.h"

static const hz_code codes[] = {
#define HZ_WRONG(name, code, message, hint, zh, zh_hint) HZ_##code,
#include "run/wrong.def"
#undef HZ_WRONG
};

void hz_given_clear(hz_given *given)
{
    *given = (hz_given){.state = HZ_ABSENT, .seen = given->seen};
}

int32_t hz_given_put(hz_given *given, int64_t value)
{
    *given = (hz_given){.state = HZ_GIVEN, .seen = given->seen, .value = value};
    return HZ_OK;
}

int32_t hz_given_refuse(hz_given *given, hz_wrong wrong)
{
    *given =
        (hz_given){.state = HZ_BAD, .seen = given->seen, .wrong = (uint8_t)wrong, .problem = codes[wrong], .value = -1};
    return HZ_DATA;
}

/* ---- numbers ---- */

int32_t hz_given_number(hz_given *given, const hz_type *type, hz_decimal value)
{
    hz_i128 coefficient;
    if (value.scale > type->scale) value = hz_decimal_trim(value);
    if (value.scale > type->scale) return hz_given_refuse(given, HZ_WRONG_SCALE);
    if (!hz_decimal_rescale(value.coefficient, value.scale, type->scale, &coefficient))
        return hz_given_refuse(given, HZ_WRONG_RANGE);
    if (coefficient < type->lo || coefficient > type->hi) return hz_given_refuse(given, HZ_WRONG_RANGE);
    return hz_given_put(given, (int64_t)coefficient);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_end(hz_str text, size_t at)
{
    while (at < text.len && is_digit(text.at[at])) at++;
    return at;
}

static bool has(hz_str text, const char *characters)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '\0' && strchr(characters, text.at[i]) != NULL) return true;
    return false;
}

/* Why a text that is no plain number is none. */
static hz_wrong number_wrong(hz_str text)
{
    hz_str bare = hz_str_trim(text);
    if (bare.len == 0) return HZ_WRONG_EMPTY_NUMBER;
    bool minus = bare.at[0] == '-';
    hz_str rest = hz_str_part(bare, minus, bare.len);
    if (rest.len == 0) return HZ_WRONG_NUMBER;
    bool digit_first = is_digit(rest.at[0]);
    if (hz_str_is(rest, "NaN") || hz_str_is(rest, "nan") || hz_str_starts(rest, HZ_STR("Inf")) ||
        hz_str_starts(rest, HZ_STR("inf")))
        return HZ_WRONG_NOT_FINITE;
    if (hz_str_starts(rest, HZ_STR("0x")) || hz_str_starts(rest, HZ_STR("0X"))) return HZ_WRONG_HEX;
    if (rest.at[0] == '+') return HZ_WRONG_PLUS;
    size_t first = 0;
    uint32_t point = hz_utf8_next(rest, &first);
    if (point >= 0xFF10 && point <= 0xFF19) return HZ_WRONG_WIDE_DIGITS;
    size_t end = digits_end(rest, 0);
    if (digit_first && has(rest, "eE")) return HZ_WRONG_EXPONENT;
    if (digit_first && has(rest, ",'_")) return HZ_WRONG_SEPARATOR;
    if ((rest.len > 1 && rest.at[0] == '.' && is_digit(rest.at[1])) ||
        (end > 0 && end + 1 == rest.len && rest.at[end] == '.'))
        return HZ_WRONG_POINT;
    if (digit_first && rest.at[rest.len - 1] == '%') return HZ_WRONG_PERCENT;
    if (digit_first && has(text, " \t\r\n")) return HZ_WRONG_SPACE;
    return HZ_WRONG_NUMBER;
}

/* Plain digits without the zeros that say nothing; false when text is not in plain form. */
static bool plain_digits(hz_str text, bool *negative, hz_str *whole, hz_str *fraction)
{
    size_t begin = text.len > 0 && text.at[0] == '-';
    size_t point = digits_end(text, begin), end = point;
    *negative = begin == 1;
    if (point == begin) return false;
    *fraction = (hz_str){text.at + point, 0};
    if (point < text.len && text.at[point] == '.') {
        end = digits_end(text, point + 1);
        if (end == point + 1) return false;
        *fraction = hz_str_part(text, point + 1, end);
    }
    while (fraction->len > 0 && fraction->at[fraction->len - 1] == '0') fraction->len--;
    while (begin + 1 < point && text.at[begin] == '0') begin++;
    *whole = hz_str_part(text, begin, point);
    return end == text.len;
}

int32_t hz_given_number_text(hz_given *given, const hz_type *type, hz_str text)
{
    bool negative;
    hz_str whole, fraction;
    if (!plain_digits(text, &negative, &whole, &fraction)) return hz_given_refuse(given, number_wrong(text));
    if (fraction.len > (size_t)type->scale) return hz_given_refuse(given, HZ_WRONG_SCALE);
    /* No coefficient of a claim has more than 18 digits: what is longer is outside every range. */
    if (whole.len + fraction.len > HZ_DECIMAL_DIGITS) return hz_given_refuse(given, HZ_WRONG_RANGE);
    hz_decimal value = {0, (int32_t)fraction.len};
    for (size_t i = 0; i < whole.len; i++) value.coefficient = value.coefficient * 10 + (whole.at[i] - '0');
    for (size_t i = 0; i < fraction.len; i++) value.coefficient = value.coefficient * 10 + (fraction.at[i] - '0');
    if (negative) value.coefficient = -value.coefficient;
    return hz_given_number(given, type, value);
}

/* ---- dates ---- */

int32_t hz_given_days(hz_given *given, const hz_type *type, int64_t days)
{
    if (days < HZ_DATE_MIN || days > HZ_DATE_MAX) return hz_given_refuse(given, HZ_WRONG_NO_SUCH_DAY);
    if (days < type->lo || days > type->hi) return hz_given_refuse(given, HZ_WRONG_RANGE);
    return hz_given_put(given, days);
}

/* dddd-dd-dd at the beginning. */
static bool has_date_form(hz_str text)
{
    static const char form[] = "0000-00-00";
    if (text.len < sizeof form - 1) return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == '0' ? !is_digit(text.at[i]) : text.at[i] != form[i]) return false;
    return true;
}

int32_t hz_given_date_text(hz_given *given, const hz_type *type, hz_str text)
{
    int32_t days;
    if (hz_date_parse(text, &days)) return hz_given_days(given, type, days);
    if (hz_str_trim(text).len == 0) return hz_given_refuse(given, HZ_WRONG_EMPTY_DATE);
    if (!has_date_form(text)) return hz_given_refuse(given, HZ_WRONG_DATE_FORM);
    if (text.len == 10) return hz_given_refuse(given, HZ_WRONG_NO_SUCH_DAY);
    return hz_given_refuse(given, has(text, "T:Z+") ? HZ_WRONG_DATE_TIME : HZ_WRONG_DATE_FORM);
}

/* ---- codes, booleans, texts ---- */

/* The code that was probably meant: one whose label was written, or the nearest id; -1: none. */
static int32_t code_meant(const hz_codes *codes_known, hz_str text)
{
    hz_suggest suggest;
    if (text.len > 64) return -1;
    hz_suggest_begin(&suggest, text);
    for (uint32_t i = 0; i < codes_known->count; i++) {
        const hz_code_value *code = &codes_known->at[i];
        if (hz_str_eq(code->zh, text) || hz_str_eq(code->en, text)) return (int32_t)i;
        hz_suggest_offer(&suggest, code->id);
    }
    return suggest.best.at != NULL ? hz_codes_find(codes_known, suggest.best) : -1;
}

int32_t hz_given_code_text(hz_given *given, const hz_type *type, hz_str text)
{
    int32_t index = hz_codes_find(type->codes, text);
    if (index >= 0) return hz_given_put(given, index);
    hz_given_refuse(given, HZ_WRONG_CODE);
    given->value = code_meant(type->codes, text);
    return HZ_DATA;
}

int32_t hz_given_boolean_text(hz_given *given, hz_str text)
{
    if (hz_str_is(text, "true") || hz_str_is(text, "false")) return hz_given_put(given, text.at[0] == 't');
    return hz_given_refuse(given, HZ_WRONG_BOOLEAN);
}

static hz_wrong pattern_wrong(hz_workspace *ws, const hz_input *input, hz_str text)
{
    if (input->pattern == NULL) return HZ_WRONG_NOTHING;
    int64_t bits = hz_match_bits(ws, input->pattern, text);
    if (ws->failed) return HZ_WRONG_NO_MEMORY;
    if (bits < 0) return HZ_WRONG_STEPS;
    return bits != 0 ? HZ_WRONG_NOTHING : HZ_WRONG_PATTERN;
}

hz_wrong hz_given_text_wrong(hz_workspace *ws, const hz_input *input, hz_str text)
{
    if (text.len > HZ_GIVEN_TEXT_MOST) return HZ_WRONG_TOO_LONG;
    if (text.len == 0 && input->input_type == HZ_INPUT_KEY) return HZ_WRONG_EMPTY_KEY;
    if (text.len > 0 && memchr(text.at, '\0', text.len) != NULL) return HZ_WRONG_NUL;
    if (hz_utf8_check(text) != text.len) return HZ_WRONG_NOT_UTF8;
    return pattern_wrong(ws, input, text);
}
