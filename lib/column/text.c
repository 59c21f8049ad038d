/* text.c - functions on texts, one row each. Called by kernels and by replace.c. */
#include "column/text.h"

#include "base/utf8.h"

/* Memory for a text, or NULL. */
static char *take(hz_workspace *ws, size_t len)
{
    if (len <= HZ_TEXT_LONGEST) return hz_workspace_take(ws, len);
    ws->failed = true;
    return NULL;
}

hz_str hz_text_join(hz_workspace *ws, hz_str a, hz_str b)
{
    if (a.len == 0 || b.len == 0) return a.len == 0 ? b : a;
    char *out = take(ws, a.len + b.len);
    if (out == NULL) return HZ_STR("");
    memcpy(out, a.at, a.len);
    memcpy(out + a.len, b.at, b.len);
    return (hz_str){out, a.len + b.len};
}

hz_str hz_text_copy(hz_workspace *ws, const char *at, size_t len)
{
    char *out = len > 0 ? take(ws, len) : NULL;
    if (out == NULL) return HZ_STR("");
    memcpy(out, at, len);
    return (hz_str){out, len};
}

/* The letter behind a backslash that stands for a byte; 0: it stands for itself. */
static char escape_of(char byte)
{
    switch (byte) {
    case '"': case '\\': return byte;
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

hz_str hz_text_quote(hz_workspace *ws, hz_str text)
{
    size_t len = text.len + 2;
    for (size_t i = 0; i < text.len; i++) len += escape_of(text.at[i]) != 0;
    char *out = take(ws, len);
    if (out == NULL) return HZ_STR("");
    char *at = out;
    *at++ = '"';
    for (size_t i = 0; i < text.len; i++) {
        char escape = escape_of(text.at[i]);
        if (escape != 0) *at++ = '\\';
        *at++ = escape != 0 ? escape : text.at[i];
    }
    *at = '"';
    return (hz_str){out, len};
}

int64_t hz_text_length(hz_str text)
{
    return (int64_t)hz_utf8_count(text);
}

hz_str hz_text_substring(hz_str text, int64_t start, int64_t length)
{
    const hz_str none = {NULL, 0};
    int64_t count = hz_text_length(text);
    if (start == 0 || start > count || start < -count || length < 1) return none;
    size_t first = (size_t)(start > 0 ? start - 1 : count + start);
    size_t begin = hz_utf8_offset(text, first);
    hz_str rest = hz_str_part(text, begin, text.len);
    return hz_str_part(rest, 0, length > count ? rest.len : hz_utf8_offset(rest, (size_t)length));
}

/* The byte at which match first stands; false: nowhere. UTF-8 has no match within a character. */
static bool find(hz_str text, hz_str match, size_t *at)
{
    *at = 0;
    if (match.len == 0) return true;
    while (text.len - *at >= match.len) {
        const char *first = memchr(text.at + *at, match.at[0], text.len - *at - match.len + 1);
        if (first == NULL) return false;
        *at = (size_t)(first - text.at);
        if (memcmp(first, match.at, match.len) == 0) return true;
        *at += 1;
    }
    return false;
}

hz_str hz_text_before(hz_str text, hz_str match)
{
    size_t at;
    return find(text, match, &at) && at > 0 ? hz_str_part(text, 0, at) : HZ_STR("");
}

hz_str hz_text_after(hz_str text, hz_str match)
{
    size_t at;
    return find(text, match, &at) && text.len > 0 ? hz_str_part(text, at + match.len, text.len) : HZ_STR("");
}

bool hz_text_contains(hz_str text, hz_str match)
{
    size_t at;
    return find(text, match, &at);
}

static hz_str map_case(hz_workspace *ws, hz_str text, uint32_t map(uint32_t))
{
    size_t same = 0, at = 0, len;
    while (at < text.len) { /* often nothing changes */
        uint32_t code_point = hz_utf8_next(text, &at);
        if (map(code_point) != code_point) break;
        same = at;
    }
    if (same == text.len) return text.len > 0 ? text : HZ_STR("");
    char *out = take(ws, 2 * text.len); /* no code point of two bytes becomes one of more than three */
    if (out == NULL) return HZ_STR("");
    memcpy(out, text.at, same);
    len = same;
    for (at = same; at < text.len;) len += hz_utf8_put(out + len, map(hz_utf8_next(text, &at)));
    hz_workspace_trim(ws, out, len);
    return (hz_str){out, len};
}

hz_str hz_text_upper(hz_workspace *ws, hz_str text)
{
    return map_case(ws, text, hz_utf8_upper);
}

hz_str hz_text_lower(hz_workspace *ws, hz_str text)
{
    return map_case(ws, text, hz_utf8_lower);
}
