/* json_string.c - strings in JSON: checking them while reading, resolving their escapes on demand.
 *
 * Nothing passes that RFC 8259 or RFC 3629 forbids, and no surrogate half stands alone, so a text that was read can
 * be unescaped without further checks. Called by json.c; hz_json_unescape by the readers of claims.
 */
#include "source/json_string.h"

#include "base/utf8.h"

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Four hexadecimal digits at an offset, or -1. */
static int32_t hex4(const hz_json *json, size_t at)
{
    int32_t value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = hex_digit(hz_json_byte(json, i));
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Checks the \u escape whose backslash stands at an offset, of a pair both; moves behind it. */
static bool check_unicode(hz_json *json, size_t *at)
{
    for (size_t i = *at + 2; i < *at + 6; i++)
        if (i >= json->whole.len) return hz_json_fail(json, i, HZ_JSON_CUT_OFF("a string")), false;
    int32_t first = hex4(json, *at + 2);
    if (first < 0) return hz_json_fail(json, *at, "\\u needs four hexadecimal digits"), false;
    if (first >= 0xDC00 && first <= 0xDFFF)
        return hz_json_fail(json, *at, "the second half of a surrogate pair stands alone"), false;
    size_t end = *at + 6;
    if (first >= 0xD800 && first <= 0xDBFF) {
        int32_t second =
            hz_json_byte(json, end) == '\\' && hz_json_byte(json, end + 1) == 'u' ? hex4(json, end + 2) : -1;
        if (second < 0xDC00 || second > 0xDFFF)
            return hz_json_fail(json, *at, "the first half of a surrogate pair stands alone"), false;
        end += 6;
    }
    *at = end;
    return true;
}

static bool check_escape(hz_json *json, size_t *at)
{
    int c = hz_json_byte(json, *at + 1);
    if (c == 'u') return check_unicode(json, at);
    if (c < 0) return hz_json_fail(json, json->whole.len, HZ_JSON_CUT_OFF("a string")), false;
    if (c == 0 || strchr("\"\\/bfnrt", c) == NULL)
        return hz_json_fail(json, *at, "this escape does not exist; a backslash itself is written \\\\"), false;
    *at += 2;
    return true;
}

hz_json_event hz_json_read_string(hz_json *json, hz_json_event event)
{
    size_t begin = json->at, at = begin + 1;
    bool escaped = false;
    for (;;) {
        int c = hz_json_byte(json, at);
        if (c == '"') break;
        if (c == '\\') {
            escaped = true;
            if (!check_escape(json, &at)) return HZ_JSON_ERROR;
        } else if (c >= 0x20 && c < 0x80) {
            at++;
        } else if (c >= 0x80) {
            size_t bad = at;
            if (hz_utf8_next(json->whole, &at) == HZ_UTF8_BAD)
                return hz_json_fail(json, bad, "a byte in a string is not UTF-8");
        } else if (c < 0) {
            return hz_json_fail(json, at, HZ_JSON_CUT_OFF("a string"));
        } else {
            bool line_end = c == '\n' || c == '\r';
            return hz_json_fail(json, at,
                                line_end ? "a string goes over the end of the line; write \\n"
                                         : "a control character in a string must be escaped");
        }
    }
    json->event = event;
    json->offset = begin;
    json->text = hz_str_part(json->whole, begin + 1, at);
    json->escaped = escaped;
    json->at = at + 1;
    return event;
}

/* The code point of the checked \u escape whose backslash stands at *at; moves behind it. */
static uint32_t take_unicode(const hz_json *inside, size_t *at)
{
    uint32_t first = (uint32_t)hex4(inside, *at + 2);
    *at += 6;
    if (first < 0xD800 || first > 0xDBFF) return first;
    uint32_t second = (uint32_t)hex4(inside, *at + 2);
    *at += 6;
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

hz_str hz_json_unescape(const hz_json *json, hz_buf *scratch)
{
    static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    if (!json->escaped) return json->text;
    hz_buf_reset(scratch);
    hz_json inside = {.whole = json->text};
    for (size_t at = 0; at < json->text.len;) {
        size_t plain = at;
        while (at < json->text.len && json->text.at[at] != '\\') at++;
        hz_buf_add(scratch, hz_str_part(json->text, plain, at));
        if (at == json->text.len) break;
        char letter = json->text.at[at + 1];
        if (letter == 'u') {
            char bytes[4];
            size_t len = hz_utf8_put(bytes, take_unicode(&inside, &at));
            hz_buf_add(scratch, (hz_str){bytes, len});
        } else {
            hz_buf_add_char(scratch, means[strchr(letters, letter) - letters]);
            at += 2;
        }
    }
    return hz_buf_text(scratch);
}
