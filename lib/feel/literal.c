/* literal.c - numbers and strings, and the slips that look like them: 1,000 and 2018-01-01. */
#include "feel/lexer.h"

#include "base/utf8.h"

static bool is_digit_at(hz_str text, uint32_t at)
{
    return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

static uint32_t digits_end(hz_str text, uint32_t at)
{
    while (is_digit_at(text, at))
        at++;
    return at;
}

static bool has_at(hz_str text, uint32_t at, char c)
{
    return at < text.len && text.at[at] == c;
}

static void fail_number(hz_lexer *lexer, uint32_t end, const char *problem, hz_str hint)
{
    uint32_t begin = lexer->now.begin;
    hz_str shown = hz_lexer_shown(lexer, begin, end);
    hz_span span = hz_lexer_span(lexer, begin, end);
    hz_diag *diag = hz_lexer_fail(lexer, HZ_E_FEEL_NUMBER, span, "`%.*s` %s", HZ_ARG(shown), problem);
    if (hint.len != 0)
        hz_diag_hint(lexer->diags, diag, "%.*s", HZ_ARG(hint));
}

/* 1,000: a group of three digits that begins with 0 is no argument of its own. The end, or 0. */
static uint32_t thousands_end(hz_str text, uint32_t begin, uint32_t end)
{
    bool group = has_at(text, end, ',') && has_at(text, end + 1, '0') && digits_end(text, end + 1) == end + 4;
    return group && end - begin <= 3 && text.at[begin] != '0' ? end + 4 : 0;
}

bool hz_lexer_at_thousands(const hz_lexer *lexer)
{
    hz_str text = lexer->source.text;
    uint32_t at = lexer->now.begin;
    return at > 0 && is_digit_at(text, at - 1) && digits_end(text, at + 1) == at + 4;
}

/* 2018-01-01 written bare would be the number 2016. The end, or 0. */
static uint32_t date_end(hz_str text, uint32_t begin, uint32_t end)
{
    if (end - begin != 4 || !has_at(text, end, '-') || digits_end(text, end + 1) != end + 3)
        return 0;
    return has_at(text, end + 3, '-') && digits_end(text, end + 4) == end + 6 ? end + 6 : 0;
}

/* The end of e5, E+5 or e-5 at begin; begin when there is none. */
static uint32_t exponent_end(hz_str text, uint32_t begin)
{
    if (!has_at(text, begin, 'e') && !has_at(text, begin, 'E'))
        return begin;
    uint32_t digits = begin + 1;
    if (has_at(text, digits, '+') || has_at(text, digits, '-'))
        digits++;
    uint32_t end = digits_end(text, digits);
    return end > digits ? end : begin;
}

/* A number times the power of ten that an exponent (e5, E-5) says; false when its digits written out are more than 34. */
static bool raise(hz_decimal *number, hz_str exponent)
{
    const hz_i128 limit = hz_power10(HZ_DECIMAL_DIGITS);
    int32_t power = 0;
    for (size_t i = 1; i < exponent.len; i++)
        if (exponent.at[i] >= '0' && exponent.at[i] <= '9' && power <= 2 * HZ_DECIMAL_DIGITS)
            power = power * 10 + (exponent.at[i] - '0');
    if (number->coefficient == 0) {
        number->scale = 0;
        return true;
    }
    *number = hz_decimal_trim(*number);
    number->scale += exponent.at[1] == '-' ? power : -power; /* behind the e */
    for (; number->scale < 0 && number->coefficient < limit; number->scale++)
        number->coefficient *= 10;
    for (; number->scale > 0 && number->coefficient % 10 == 0; number->scale--)
        number->coefficient /= 10;
    return number->scale <= HZ_DECIMAL_DIGITS && number->coefficient < limit;
}

static uint32_t letters_end(hz_str text, uint32_t begin)
{
    size_t at = begin, next = begin;
    while (next < text.len && hz_name_goes_on(hz_utf8_next(text, &next)))
        at = next;
    return (uint32_t)at;
}

/* True when what stands at [now.begin, end) and behind it is no number, and was reported. */
static bool number_slips(hz_lexer *lexer, uint32_t whole_end, uint32_t end)
{
    hz_str text = lexer->source.text;
    uint32_t begin = lexer->now.begin, slip = 0;
    if ((slip = thousands_end(text, begin, whole_end)) != 0) {
        fail_number(lexer, slip, "has a thousands separator", HZ_STR("write the digits alone, as in 1000"));
    } else if ((slip = date_end(text, begin, whole_end)) != 0) {
        hz_str date = hz_str_part(text, begin, slip);
        hz_str hint = hz_arena_printf(lexer->arena, "a date is written @\"%.*s\"", HZ_ARG(date));
        fail_number(lexer, slip, "is a subtraction, not a date", hint);
    } else if (has_at(text, end, '.') && is_digit_at(text, end + 1) && end > whole_end) {
        bool broken = memchr(text.at + begin, '.', end - begin) == NULL;
        fail_number(lexer, digits_end(text, end + 1), broken ? "has an exponent that is no whole number" : "has two points", HZ_STR(""));
    } else if (has_at(text, end, '.') && !has_at(text, end + 1, '.')) {
        fail_number(lexer, end + 1, "lacks digits behind its point", HZ_STR(""));
    } else if ((slip = letters_end(text, end)) > end) {
        fail_number(lexer, slip, "is neither a number nor a name",
                    HZ_STR("a number has digits only and a name begins with a letter; units stand in the file"));
    } else {
        return false;
    }
    return true;
}

void hz_lexer_number(hz_lexer *lexer)
{
    hz_str text = lexer->source.text;
    uint32_t begin = lexer->now.begin;
    uint32_t whole_end = digits_end(text, begin), end = whole_end;
    if (has_at(text, end, '.') && is_digit_at(text, end + 1))
        end = digits_end(text, end + 1);
    uint32_t behind = exponent_end(text, end);
    if (number_slips(lexer, whole_end, behind))
        return;
    if (!hz_decimal_parse(hz_str_part(text, begin, end), true, &lexer->now.number)) {
        fail_number(lexer, end, "has more than 34 digits", HZ_STR(""));
        return;
    }
    if (behind > end && !raise(&lexer->now.number, hz_str_part(text, end, behind))) {
        fail_number(lexer, behind, "has more than 34 digits when it is written out", HZ_STR("a power of ten is 10 ** n"));
        return;
    }
    lexer->now.token = HZ_TOKEN_NUMBER;
    lexer->now.end = behind;
}

/* count hex digits at begin; false when there are fewer. */
static bool read_hex(hz_str text, uint32_t begin, uint32_t count, uint32_t *out)
{
    *out = 0;
    for (uint32_t i = begin; i < begin + count; i++) {
        char c = i < text.len ? text.at[i] : '\0';
        uint32_t digit;
        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = (uint32_t)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            digit = (uint32_t)(c - 'A') + 10;
        else
            return false;
        *out = *out * 16 + digit;
    }
    return true;
}

static bool is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c <= 0xDFFF;
}

static void fail_escape(hz_lexer *lexer, uint32_t begin, uint32_t end, const char *problem)
{
    hz_str shown = hz_str_part(lexer->source.text, begin, end);
    hz_lexer_fail(lexer, HZ_E_FEEL_STRING, hz_lexer_span(lexer, begin, end), "`%.*s` %s", HZ_ARG(shown), problem);
}

/* \uXXXX (two for a surrogate pair) or \UXXXXXX at at: the code point, moving *at behind it. HZ_UTF8_BAD after a
 * report. */
static uint32_t read_unicode_escape(hz_lexer *lexer, uint32_t *at)
{
    hz_str text = lexer->source.text;
    uint32_t begin = *at, high = 0, low = 0;
    bool is_long = text.at[begin + 1] == 'U';
    uint32_t end = begin + (is_long ? 8u : 6u);
    if (!read_hex(text, begin + 2, is_long ? 6 : 4, &high)) {
        fail_escape(lexer, begin, begin + 2, is_long ? "needs six hex digits" : "needs four hex digits");
        return HZ_UTF8_BAD;
    }
    bool paired = !is_long && high >= 0xD800 && high <= 0xDBFF && has_at(text, end, '\\') &&
                  has_at(text, end + 1, 'u') && read_hex(text, end + 2, 4, &low) && low >= 0xDC00 && low <= 0xDFFF;
    if (paired) {
        *at = end + 6;
        return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    }
    if (is_surrogate(high) || high > 0x10FFFF) {
        fail_escape(lexer, begin, end, is_surrogate(high) ? "is half of a character" : "is beyond Unicode");
        return HZ_UTF8_BAD;
    }
    *at = end;
    return high;
}

/* The escape at *at, written to out; an unknown one stays as written ("\d" is for regular expressions). */
static size_t read_escape(hz_lexer *lexer, uint32_t *at, char *out)
{
    static const char known[] = "nrt\"'\\", meant[] = "\n\r\t\"'\\";
    hz_str text = lexer->source.text;
    char c = *at + 1 < text.len ? text.at[*at + 1] : '\0';
    const char *found = c != '\0' ? strchr(known, c) : NULL;
    if (c == 'u' || c == 'U') {
        uint32_t code_point = read_unicode_escape(lexer, at);
        return code_point == HZ_UTF8_BAD ? 0 : hz_utf8_put(out, code_point);
    }
    *at += found != NULL ? 2 : 1;
    out[0] = found != NULL ? meant[found - known] : '\\';
    return 1;
}

/* Where the string that began at quote ends: its closing quote, a line end or the text's end. */
static uint32_t string_end(hz_str text, uint32_t quote)
{
    uint32_t at = quote + 1;
    while (at < text.len && text.at[at] != '"' && text.at[at] != '\n' && text.at[at] != '\r')
        at += text.at[at] == '\\' && at + 1 < text.len && text.at[at + 1] != '\n' && text.at[at + 1] != '\r' ? 2 : 1;
    return at;
}

void hz_lexer_string(hz_lexer *lexer, uint32_t quote)
{
    hz_str text = lexer->source.text;
    uint32_t begin = lexer->now.begin, end = string_end(text, quote);
    if (!has_at(text, end, '"')) {
        hz_diag *diag = hz_lexer_fail(lexer, HZ_E_FEEL_STRING, hz_lexer_span(lexer, quote, end),
                                      "the string does not end");
        hz_diag_hint(lexer->diags, diag, "close it with \" on the same line; \\\" inside it is a quote, \\n a new line");
        return;
    }
    size_t bad = hz_utf8_check(hz_str_part(text, quote, end));
    if (bad < end - quote) {
        uint32_t at = quote + (uint32_t)bad;
        hz_lexer_fail(lexer, HZ_E_ENCODING, hz_lexer_span(lexer, at, at + 1), "a byte that is not UTF-8");
        return;
    }
    /* No escape is longer than what it is written as. */
    char *out = hz_arena_take(lexer->arena, end - quote + 1u);
    size_t len = 0;
    for (uint32_t at = quote + 1; at < end && !lexer->failed;) {
        if (text.at[at] == '\\')
            len += read_escape(lexer, &at, out + len);
        else
            out[len++] = text.at[at++];
    }
    if (lexer->failed)
        return;
    lexer->now = (hz_lexeme){.token = text.at[begin] == '@' ? HZ_TOKEN_AT_STRING : HZ_TOKEN_STRING,
                             .begin = begin, .end = end + 1, .text = {out, len}};
}
