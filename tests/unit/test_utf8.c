/* test_utf8.c - UTF-8: every code point there and back, every way to be wrong. */
#include "harness/harness.h"

#include "base/utf8.h"

static bool is_scalar(uint32_t c)
{
    return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF);
}

HZ_TEST(utf8_takes_every_code_point_there_and_back)
{
    uint32_t wrong = 0;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        size_t len = hz_utf8_put(bytes, c), at = 0, want = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        hz_str text = {bytes, len};
        uint32_t got = hz_utf8_next(text, &at);
        bool good = is_scalar(c) ? got == c && at == len : got == HZ_UTF8_BAD && at == 1;
        wrong += !good || len != want || (hz_utf8_check(text) == len) != is_scalar(c);
        /* Each proper part of it is wrong, and a byte follows nothing. */
        for (size_t cut = 1; cut < len; cut++) {
            at = 0;
            wrong += hz_utf8_next((hz_str){bytes, cut}, &at) != HZ_UTF8_BAD || at != 1;
            at = 0;
            wrong += hz_utf8_next((hz_str){bytes + cut, len - cut}, &at) != HZ_UTF8_BAD || at != 1;
        }
    }
    HZ_CHECK_EQ_INT(wrong, 0);
}

/* How many texts of size bytes that begin with a byte in [low, high] are one character. */
static uint32_t count_of(unsigned low, unsigned high, size_t size)
{
    uint32_t count = 0;
    for (unsigned lead = low; lead <= high; lead++)
        for (uint32_t rest = 0; rest < 1u << (8 * (size - 1)); rest += size == 4 ? 0x1F : 1) {
            char bytes[4] = {(char)lead, (char)(rest >> (8 * (size - 2))),
                             (char)(rest >> (size > 2 ? 8 * (size - 3) : 0)), (char)rest};
            size_t at = 0;
            uint32_t c = hz_utf8_next((hz_str){bytes, size}, &at);
            char back[4];
            if (c == HZ_UTF8_BAD)
                count += at != 1;
            else if (at == size)
                count += hz_utf8_put(back, c) != size || memcmp(back, bytes, size) != 0 ? 0x1000000 : 1;
        }
    return count;
}

HZ_TEST(utf8_accepts_nothing_else)
{
    HZ_CHECK_EQ_INT(count_of(0x80, 0xFF, 2), 0x800 - 0x80);
    HZ_CHECK_EQ_INT(count_of(0x80, 0xFF, 3), 0x10000 - 0x800 - 0x800);
    HZ_CHECK_EQ_INT(count_of(0x80, 0xEF, 4), 0);
    HZ_CHECK(count_of(0xF0, 0xF4, 4) > 0);
    HZ_CHECK(count_of(0xF0, 0xF4, 4) < 0x1000000);
    HZ_CHECK_EQ_INT(count_of(0xF5, 0xFF, 4), 0);
}

HZ_TEST(utf8_tells_where_a_text_is_wrong)
{
    static const struct {
        hz_str text;
        size_t bad, count;
    } rows[] = {
        {{"", 0}, 0, 0},
        {{NULL, 0}, 0, 0},
        {{"住院", 6}, 6, 2},
        {{"a\0b", 3}, 3, 3},
        {{"a\x80", 2}, 1, 2},                  /* a continuation alone */
        {{"ab\xC0\xAF", 4}, 2, 4},             /* overlong / */
        {{"\xC1\xBF", 2}, 0, 2},               /* overlong DEL */
        {{"\xE0\x80\xAF", 3}, 0, 3},           /* overlong in three */
        {{"\xE0\x9F\xBF", 3}, 0, 3},           /* the largest overlong in three */
        {{"\xF0\x80\x80\xAF", 4}, 0, 4},       /* overlong in four */
        {{"\xF0\x8F\xBF\xBF", 4}, 0, 4},       /* the largest overlong in four */
        {{"\xED\xA0\x80", 3}, 0, 3},           /* first surrogate */
        {{"\xED\xBF\xBF", 3}, 0, 3},           /* last surrogate */
        {{"\xED\x9F\xBF\xEE\x80\x80", 6}, 6, 2}, /* their neighbours are good */
        {{"\xF4\x8F\xBF\xBF", 4}, 4, 1},       /* U+10FFFF */
        {{"\xF4\x90\x80\x80", 4}, 0, 4},       /* U+110000 */
        {{"\xF5\x80\x80\x80", 4}, 0, 4},
        {{"\xFE\xFF", 2}, 0, 2},
        {{"住\xE9\x99", 5}, 3, 3},             /* truncated */
        {{"\xE4\xBD" "a", 3}, 0, 3},           /* truncated by a letter */
        {{"\xF0\x9F\x98", 3}, 0, 3},
        {{"\xC3", 1}, 0, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        HZ_CHECK_EQ_INT(hz_utf8_check(rows[i].text), rows[i].bad);
        HZ_CHECK_EQ_INT(hz_utf8_count(rows[i].text), rows[i].count);
    }
}

HZ_TEST(utf8_knows_display_widths)
{
    HZ_CHECK_EQ_INT(hz_utf8_width('a'), 1);
    HZ_CHECK_EQ_INT(hz_utf8_width(0xE9), 1);
    HZ_CHECK_EQ_INT(hz_utf8_width(0x4F4F), 2);  /* 住 */
    HZ_CHECK_EQ_INT(hz_utf8_width(0xFF0C), 2);  /* ， */
    HZ_CHECK_EQ_INT(hz_utf8_width(0x3000), 2);  /* ideographic space */
    HZ_CHECK_EQ_INT(hz_utf8_width(0x20BB7), 2); /* 𠮷 */
    HZ_CHECK_EQ_INT(hz_utf8_width(0x0301), 0);  /* combining acute */
    HZ_CHECK_EQ_INT(hz_utf8_width(0x200B), 0);  /* zero-width space */
    HZ_CHECK_EQ_INT(hz_utf8_width(0x1B), 0);
    HZ_CHECK_EQ_INT(hz_utf8_width(0xFFFD), 1);
    HZ_CHECK_EQ_INT(hz_utf8_width(HZ_UTF8_BAD), 1);
}
