/* utf8.c - UTF-8 by RFC 3629: one decoder that everything else is built on. The only user of utf8proc. */
#include "base/utf8.h"

#include <utf8proc.h>

/* What a lead byte promises, and the range of the byte behind it: where overlong forms, surrogates and what lies
 * beyond U+10FFFF are kept out. */
typedef struct lead {
    uint8_t more;      /* continuation bytes; 0: no lead byte */
    uint8_t low, high; /* of the first of them */
    uint8_t bits;      /* of the code point, in the lead byte */
} lead;

static lead lead_of(unsigned char byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return (lead){0, 0, 0, 0};
    if (byte < 0xE0)
        return (lead){1, 0x80, 0xBF, byte & 0x1F};
    if (byte < 0xF0)
        return (lead){2, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF, byte & 0x0F};
    return (lead){3, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF, byte & 0x07};
}

uint32_t hz_utf8_next(hz_str text, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)text.at + *at;
    size_t left = text.len - *at;
    *at += 1;
    if (bytes[0] < 0x80)
        return bytes[0];
    lead first = lead_of(bytes[0]);
    if (first.more == 0 || first.more >= left || bytes[1] < first.low || bytes[1] > first.high)
        return HZ_UTF8_BAD;
    uint32_t code_point = first.bits;
    for (size_t i = 1; i <= first.more; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return HZ_UTF8_BAD;
        code_point = code_point << 6 | (bytes[i] & 0x3Fu);
    }
    *at += first.more;
    return code_point;
}

/* Where the bytes of ASCII from at on end; eight at a time, as most texts are keys and codes. */
static size_t skip_ascii(hz_str text, size_t at)
{
    uint64_t eight;
    for (; text.len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.at + at, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0) break;
    }
    while (at < text.len && (unsigned char)text.at[at] < 0x80) at++;
    return at;
}

size_t hz_utf8_check(hz_str text)
{
    for (size_t at = skip_ascii(text, 0); at < text.len; at = skip_ascii(text, at)) {
        size_t next = at;
        if (hz_utf8_next(text, &next) == HZ_UTF8_BAD)
            return at;
        at = next;
    }
    return text.len;
}

size_t hz_utf8_count(hz_str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len; count++)
        hz_utf8_next(text, &at);
    return count;
}

uint32_t hz_utf8_width(uint32_t code_point)
{
    if (code_point > 0x10FFFF)
        return 1;
    int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
    return width < 0 ? 0 : (uint32_t)width;
}

uint32_t hz_utf8_upper(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'a' && code_point <= 'z' ? code_point - ('a' - 'A') : code_point;
    /* The large sharp s is a capital of its own: in Unicode's simple mapping the small one has none. */
    return code_point == 0xDF ? code_point : (uint32_t)utf8proc_toupper((utf8proc_int32_t)code_point);
}

uint32_t hz_utf8_lower(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + ('a' - 'A') : code_point;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

size_t hz_utf8_offset(hz_str text, size_t n)
{
    size_t at = 0;
    for (; n > 0 && at < text.len; n--)
        hz_utf8_next(text, &at);
    return at;
}

size_t hz_utf8_put(char *out, uint32_t code_point)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static const unsigned char marks[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = more; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)(marks[more] | code_point);
    return more + 1;
}
