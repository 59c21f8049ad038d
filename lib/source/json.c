/* json.c - the strict JSON reader of json.h: RFC 8259 and nothing more.
 *
 * Not a parser into values: numbers and strings stay as written, what they mean and whether a key stands twice is the
 * caller's business. Called by the readers of claims and by tests. One pass, no allocation but in hz_json_unescape.
 */
#include "source/json.h"

#include "base/utf8.h"
#include "source/json_string.h"

/* json->expect: what may come next. */
enum {
    EXPECT_VALUE,        /* the one */
    EXPECT_VALUE_OR_END, /* after [ */
    EXPECT_KEY_OR_END,   /* after { */
    EXPECT_COLON,        /* after a key */
    EXPECT_COMMA,        /* after a value inside brackets */
    EXPECT_NOTHING       /* after the one value */
};

hz_json_event hz_json_fail(hz_json *json, size_t offset, const char *problem)
{
    json->event = HZ_JSON_ERROR;
    json->offset = offset;
    json->problem = problem;
    json->text = hz_str_part(json->whole, offset, offset);
    json->escaped = false;
    return HZ_JSON_ERROR;
}

static bool is_space(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

static void skip_space(hz_json *json)
{
    while (is_space(hz_json_byte(json, json->at))) json->at++;
}

static bool has_at(const hz_json *json, size_t at, hz_str text)
{
    return hz_str_starts(hz_str_part(json->whole, at, json->whole.len), text);
}

static hz_json_event give(hz_json *json, hz_json_event event, size_t begin, size_t end)
{
    json->event = event;
    json->offset = begin;
    json->text = hz_str_part(json->whole, begin, end);
    json->at = end;
    return event;
}

static void after_value(hz_json *json)
{
    json->expect = json->depth == 0 ? EXPECT_NOTHING : EXPECT_COMMA;
}

static bool in_object(const hz_json *json)
{
    return json->depth > 0 && (json->objects >> (json->depth - 1) & 1) != 0;
}

/* ---- numbers and words ---- */

static size_t digits_end(const hz_json *json, size_t at)
{
    while (is_digit(hz_json_byte(json, at))) at++;
    return at;
}

/* Digits are due at `at`: why there are none, when there are none. */
static bool need_digits(hz_json *json, size_t *at, const char *problem)
{
    size_t end = digits_end(json, *at);
    if (end == *at) {
        hz_json_fail(json, *at, *at >= json->whole.len ? HZ_JSON_CUT_OFF("a number") : problem);
        return false;
    }
    *at = end;
    return true;
}

static bool is_delimiter(int c)
{
    return c < 0 || is_space(c) || c == ',' || c == ']' || c == '}';
}

static hz_json_event read_number(hz_json *json)
{
    size_t begin = json->at, at = begin + (hz_json_byte(json, begin) == '-');
    size_t whole = at;
    if (is_letter(hz_json_byte(json, at))) return hz_json_fail(json, begin, "NaN and Infinity are not numbers of JSON");
    if (!need_digits(json, &at, "a digit must follow the minus sign")) return HZ_JSON_ERROR;
    if (hz_json_byte(json, whole) == '0' && at > whole + 1)
        return hz_json_fail(json, whole, "a number does not begin with 0");
    if (hz_json_byte(json, whole) == '0' && (hz_json_byte(json, at) == 'x' || hz_json_byte(json, at) == 'X'))
        return hz_json_fail(json, begin, "numbers are decimal, not hexadecimal");
    if (hz_json_byte(json, at) == '.') {
        at++;
        if (!need_digits(json, &at, "a digit must follow the decimal point")) return HZ_JSON_ERROR;
    }
    if (hz_json_byte(json, at) == 'e' || hz_json_byte(json, at) == 'E') {
        at++;
        at += hz_json_byte(json, at) == '+' || hz_json_byte(json, at) == '-';
        if (!need_digits(json, &at, "a digit must follow the exponent's e")) return HZ_JSON_ERROR;
    }
    if (!is_delimiter(hz_json_byte(json, at))) return hz_json_fail(json, at, "this does not belong to a number");
    return give(json, HZ_JSON_NUMBER, begin, at);
}

static hz_json_event read_word(hz_json *json)
{
    static const struct {
        hz_str word;
        hz_json_event event;
    } words[] = {{{"true", 4}, HZ_JSON_TRUE}, {{"false", 5}, HZ_JSON_FALSE}, {{"null", 4}, HZ_JSON_NULL}};
    size_t begin = json->at, end = begin;
    while (is_letter(hz_json_byte(json, end)) || is_digit(hz_json_byte(json, end))) end++;
    hz_str found = hz_str_part(json->whole, begin, end);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (hz_str_eq(found, words[i].word) && is_delimiter(hz_json_byte(json, end)))
            return give(json, words[i].event, begin, end);
        if (end == json->whole.len && hz_str_starts(words[i].word, found) && found.len < words[i].word.len)
            return hz_json_fail(json, end, HZ_JSON_CUT_OFF("a word"));
    }
    if (hz_str_is(found, "NaN") || hz_str_is(found, "Infinity"))
        return hz_json_fail(json, begin, "NaN and Infinity are not numbers of JSON");
    return hz_json_fail(json, begin, "a value is a string in double quotes, a number, true, false, null, { or [");
}

/* ---- structure ---- */

/* What is wrong with a byte that begins nothing here. */
static hz_json_event fail_stray(hz_json *json, int c, const char *otherwise)
{
    size_t at = json->at, next = at;
    if (c < 0)
        return hz_json_fail(json, at,
                            json->depth > 0 ? "the text ends before the last bracket is closed" : "the text is empty");
    if (c >= 0x80)
        return hz_json_fail(json, at,
                            hz_utf8_next(json->whole, &next) == HZ_UTF8_BAD
                                ? "this byte is not UTF-8"
                                : "a character that JSON knows only inside strings (a full-width sign?)");
    if (c < 0x20 || c == 0x7f) return hz_json_fail(json, at, "a control character stands outside of a string");
    if (c == '/' || c == '#') return hz_json_fail(json, at, "JSON has no comments");
    if (c == '\'') return hz_json_fail(json, at, "strings stand in double quotes");
    return hz_json_fail(json, at, otherwise);
}

static hz_json_event open_bracket(hz_json *json, bool object)
{
    if (json->depth == HZ_JSON_DEPTH) return hz_json_fail(json, json->at, "brackets are nested more than 64 deep");
    uint64_t bit = (uint64_t)1 << json->depth;
    json->objects = object ? json->objects | bit : json->objects & ~bit;
    json->depth++;
    json->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    return give(json, object ? HZ_JSON_OBJECT : HZ_JSON_ARRAY, json->at, json->at + 1);
}

static hz_json_event close_bracket(hz_json *json, int c)
{
    bool object = in_object(json);
    if (object != (c == '}'))
        return hz_json_fail(json, json->at, object ? "] closes what { opened" : "} closes what [ opened");
    json->depth--;
    after_value(json);
    return give(json, object ? HZ_JSON_OBJECT_END : HZ_JSON_ARRAY_END, json->at, json->at + 1);
}

static hz_json_event read_value(hz_json *json)
{
    int c = hz_json_byte(json, json->at);
    if (c == '{' || c == '[') return open_bracket(json, c == '{');
    hz_json_event event;
    if (c == '"') event = hz_json_read_string(json, HZ_JSON_STRING);
    else if (c == '-' || is_digit(c)) event = read_number(json);
    else if (is_letter(c)) event = read_word(json);
    else if (c == '+' || c == '.')
        return hz_json_fail(json, json->at,
                            c == '+' ? "a number has no plus sign" : "a digit must stand before the decimal point");
    else return fail_stray(json, c, "a value is missing");
    if (event != HZ_JSON_ERROR) after_value(json);
    return event;
}

static hz_json_event read_key(hz_json *json)
{
    int c = hz_json_byte(json, json->at);
    if (c != '"') return fail_stray(json, c, "a key is a string in double quotes");
    json->expect = EXPECT_COLON;
    return hz_json_read_string(json, HZ_JSON_KEY);
}

/* After a value inside brackets: a comma and what follows it, or the end. */
static hz_json_event read_comma(hz_json *json)
{
    int c = hz_json_byte(json, json->at);
    size_t comma = json->at;
    if (c == '}' || c == ']') return close_bracket(json, c);
    if (c != ',') return fail_stray(json, c, in_object(json) ? "a comma or } is missing" : "a comma or ] is missing");
    json->at++;
    skip_space(json);
    c = hz_json_byte(json, json->at);
    if (c == '}' || c == ']') return hz_json_fail(json, comma, "a comma stands before the closing bracket");
    return in_object(json) ? read_key(json) : read_value(json);
}

static hz_json_event read_colon(hz_json *json)
{
    int c = hz_json_byte(json, json->at);
    if (c != ':') return fail_stray(json, c, "a colon must follow the key");
    json->at++;
    skip_space(json);
    return read_value(json);
}

void hz_json_begin(hz_json *json, hz_str text)
{
    if (text.at == NULL) text = HZ_STR("");
    *json = (hz_json){.whole = text, .expect = EXPECT_VALUE, .event = HZ_JSON_NULL};
}

hz_json_event hz_json_next(hz_json *json)
{
    if (json->event == HZ_JSON_ERROR || json->event == HZ_JSON_END) return json->event;
    if (json->at == 0 && has_at(json, 0, HZ_STR("\xEF\xBB\xBF")))
        return hz_json_fail(json, 0, "a byte order mark stands before the value");
    json->escaped = false;
    skip_space(json);
    int c = hz_json_byte(json, json->at);
    bool ends = c == '}' || c == ']';
    switch (json->expect) {
    case EXPECT_NOTHING:
        return c < 0 ? give(json, HZ_JSON_END, json->at, json->at)
                     : fail_stray(json, c, "something follows after the value");
    case EXPECT_COLON: return read_colon(json);
    case EXPECT_COMMA: return read_comma(json);
    case EXPECT_KEY_OR_END: return ends ? close_bracket(json, c) : read_key(json);
    case EXPECT_VALUE_OR_END: return ends ? close_bracket(json, c) : read_value(json);
    default: return read_value(json);
    }
}

bool hz_json_skip(hz_json *json)
{
    if (json->event == HZ_JSON_KEY) hz_json_next(json);
    if (json->event == HZ_JSON_OBJECT || json->event == HZ_JSON_ARRAY) {
        uint8_t inside = json->depth;
        while (json->event != HZ_JSON_ERROR && json->depth >= inside) hz_json_next(json);
    }
    return json->event != HZ_JSON_ERROR;
}
