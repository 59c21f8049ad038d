/* test_base.c - texts, growing texts, sorting and SHA-256; the arena and what lives in it are in test_arena.c, UTF-8 in
 * test_utf8.c. */
#include "harness/harness.h"

#include "base/buf.h"
#include "base/sha256.h"
#include "base/sort.h"
#include "guarded.h"

#define NOTHING ((hz_str){NULL, 0})

HZ_TEST(str_compares_bytes)
{
    HZ_CHECK(hz_str_compare(HZ_STR("a"), HZ_STR("b")) < 0);
    HZ_CHECK(hz_str_compare(HZ_STR("b"), HZ_STR("a")) > 0);
    HZ_CHECK(hz_str_compare(HZ_STR("a"), HZ_STR("ab")) < 0);
    HZ_CHECK(hz_str_compare(HZ_STR("ab"), HZ_STR("a")) > 0);
    HZ_CHECK_EQ_INT(hz_str_compare(HZ_STR("ab"), HZ_STR("ab")), 0);
    HZ_CHECK_EQ_INT(hz_str_compare(NOTHING, HZ_STR("")), 0);
    HZ_CHECK(hz_str_compare(NOTHING, HZ_STR("a")) < 0);
    HZ_CHECK(hz_str_compare(HZ_STR("z"), HZ_STR("住")) < 0);
    HZ_CHECK(hz_str_compare(HZ_STR("\xEF\xBF\xBD"), HZ_STR("𠮷")) < 0);
}

HZ_TEST(str_starts_ends_and_trims)
{
    HZ_CHECK(hz_str_starts(HZ_STR("plan.yaml"), HZ_STR("plan")));
    HZ_CHECK(!hz_str_starts(HZ_STR("plan"), HZ_STR("plan.yaml")));
    HZ_CHECK(hz_str_ends(HZ_STR("plan.yaml"), HZ_STR(".yaml")));
    HZ_CHECK(!hz_str_ends(HZ_STR("yaml"), HZ_STR(".yaml")));
    HZ_CHECK(hz_str_starts(NOTHING, NOTHING) && hz_str_ends(NOTHING, HZ_STR("")));
    HZ_CHECK(hz_str_is(hz_str_trim(HZ_STR(" \t\r\na b \n")), "a b"));
    HZ_CHECK_EQ_INT(hz_str_trim(HZ_STR(" \n\t ")).len, 0);
    HZ_CHECK_EQ_INT(hz_str_trim(NOTHING).len, 0);
    HZ_CHECK(hz_str_is(hz_str_trim(HZ_STR("\xC2\xA0x")), "\xC2\xA0x"));
}

HZ_TEST(buf_appends)
{
    hz_buf buf;
    hz_buf_begin(&buf, &hz_alloc_libc);
    HZ_CHECK_EQ_INT(hz_buf_text(&buf).len, 0);
    HZ_CHECK_STR(hz_buf_text(&buf).at, "");
    hz_buf_add(&buf, NOTHING);
    hz_buf_add_literal(&buf, "a");
    hz_buf_add_char(&buf, 'b');
    hz_buf_add_spaces(&buf, 2);
    hz_buf_printf(&buf, "%d%s", 7, "c");
    HZ_CHECK_STR(hz_buf_text(&buf).at, "ab  7c");
    hz_buf_reset(&buf);
    HZ_CHECK_STR(hz_buf_text(&buf).at, "");
    const int64_t numbers[] = {0, -1, 10, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < 5; i++) {
        hz_buf_add_int(&buf, numbers[i]);
        hz_buf_add_char(&buf, ' ');
    }
    HZ_CHECK_STR(hz_buf_text(&buf).at, "0 -1 10 9223372036854775807 -9223372036854775808 ");
    hz_buf_reset(&buf);
    for (size_t i = 0; i < 5000; i++)
        hz_buf_add_char(&buf, (char)('a' + i % 26));
    HZ_CHECK_EQ_INT(buf.len, 5000);
    HZ_CHECK_EQ_INT(buf.at[4999], 'a' + 4999 % 26);
    HZ_CHECK_EQ_INT(buf.at[5000], 0);
    hz_buf_end(&buf);
    hz_buf_end(&buf);
}

HZ_TEST(buf_writes_json_strings)
{
    hz_buf buf;
    hz_buf_begin(&buf, &hz_alloc_libc);
    hz_buf_add_json(&buf, (hz_str){"a\"b\\c/\n\r\t\b\f\0\x1f\x7f住𠮷", 21});
    HZ_CHECK_STR(hz_buf_text(&buf).at, "\"a\\\"b\\\\c/\\n\\r\\t\\b\\f\\u0000\\u001f\x7f住𠮷\"");
    hz_buf_reset(&buf);
    hz_buf_add_json(&buf, HZ_STR("\x80x\xED\xA0\x80\xE4\xBD"));
    HZ_CHECK_STR(hz_buf_text(&buf).at, "\"\uFFFDx\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\"");
    hz_buf_reset(&buf);
    hz_buf_add_json(&buf, NOTHING);
    HZ_CHECK_STR(hz_buf_text(&buf).at, "\"\"");
    hz_buf_end(&buf);
}

static void write_much(hz_buf *buf)
{
    for (int i = 0; i < 300; i++) {
        hz_buf_printf(buf, "line %d\n", i);
        hz_buf_add_spaces(buf, 3);
        hz_buf_add_json(buf, HZ_STR("\"住\""));
    }
}

HZ_TEST(buf_remembers_a_failure_and_leaks_nothing)
{
    for (size_t fail_at = 1; fail_at < 4; fail_at++) {
        memory counted = {.fail_at = fail_at};
        hz_alloc alloc = memory_alloc(&counted);
        hz_buf buf;
        hz_buf_begin(&buf, &alloc);
        write_much(&buf);
        HZ_CHECK(buf.failed);
        HZ_CHECK_EQ_INT(counted.calls, fail_at);
        hz_buf_reset(&buf);
        HZ_CHECK(!buf.failed);
        write_much(&buf);
        HZ_CHECK(!buf.failed);
        size_t warm = counted.calls;
        hz_buf_reset(&buf);
        write_much(&buf);
        HZ_CHECK_EQ_INT(counted.calls, warm);
        hz_buf_end(&buf);
        HZ_CHECK_EQ_INT(counted.live, 0);
        HZ_CHECK(!counted.wrong);
    }
}

typedef struct wide_item {
    uint32_t key, serial;
    unsigned char more[312]; /* all of it moves along */
} wide_item;

typedef struct small_item {
    uint16_t key, serial;
} small_item;

static bool wide_less(const void *context, const void *a, const void *b)
{
    ++*(size_t *)(uintptr_t)context;
    return ((const wide_item *)a)->key < ((const wide_item *)b)->key;
}

static bool small_less(const void *context, const void *a, const void *b)
{
    (void)context;
    return ((const small_item *)a)->key < ((const small_item *)b)->key;
}

HZ_TEST(sort_orders_small_items_and_keeps_ties)
{
    static small_item items[700];
    uint32_t random = 1;
    for (uint32_t count = 0; count < 700; count += count < 70 ? 1 : 37)
        for (uint32_t keys = 1; keys < 2000; keys = keys * 3 + 1) {
            for (uint32_t i = 0; i < count; i++) {
                random = random * 1664525u + 1013904223u;
                items[i] = (small_item){(uint16_t)((random >> 16) % keys), (uint16_t)i};
            }
            hz_sort(items, count, sizeof *items, small_less, NULL);
            uint64_t serials = 0;
            for (uint32_t i = 0; i < count; i++)
                serials += items[i].serial;
            HZ_CHECK_EQ_INT(serials, count == 0 ? 0 : (uint64_t)count * (count - 1) / 2);
            for (uint32_t i = 1; i < count; i++) {
                bool rises = items[i - 1].key < items[i].key;
                HZ_CHECK(rises || (items[i - 1].key == items[i].key && items[i - 1].serial < items[i].serial));
            }
        }
}

/* order: 0 rising, 1 falling, 2 by chance, 3 saw, 4 two sorted halves */
static uint32_t key_of(int order, uint32_t i, uint32_t count)
{
    switch (order) {
    case 0: return i;
    case 1: return count - i;
    case 2: return (i * 2654435761u) >> 20;
    case 3: return i % 17;
    default: return i < count / 2 ? 2 * i : 2 * (i - count / 2) + 1;
    }
}

HZ_TEST(sort_needs_few_comparisons)
{
    enum { COUNT = 4096, LOG = 12 };
    wide_item *items = malloc(COUNT * sizeof *items);
    HZ_CHECK(items != NULL);
    for (int order = 0; items != NULL && order < 5; order++) {
        size_t compared = 0;
        for (uint32_t i = 0; i < COUNT; i++) {
            items[i] = (wide_item){.key = key_of(order, i, COUNT), .serial = i};
            memset(items[i].more, (int)(i & 0xFF), sizeof items[i].more);
        }
        hz_sort(items, COUNT, sizeof *items, wide_less, &compared);
        for (uint32_t i = 0; i < COUNT; i++) {
            HZ_CHECK_EQ_INT(items[i].more[311], items[i].serial & 0xFF);
            HZ_CHECK_EQ_INT(items[i].key, key_of(order, items[i].serial, COUNT));
            HZ_CHECK(i == 0 || items[i - 1].key < items[i].key ||
                     (items[i - 1].key == items[i].key && items[i - 1].serial < items[i].serial));
        }
        HZ_CHECK(compared < (size_t)COUNT * LOG * 2);
    }
    free(items);
}

HZ_TEST(sha256_of_known_texts)
{
    static const struct {
        const char *text, *hex;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char hex[65];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        hz_str text = hz_str_from(rows[i].text);
        for (size_t cut = 0; cut <= text.len; cut++) {
            hz_sha256 hash;
            hz_sha256_begin(&hash);
            hz_sha256_add(&hash, hz_str_part(text, 0, cut));
            hz_sha256 copy = hash;
            hz_sha256_add(&copy, hz_str_part(text, cut, text.len));
            hz_sha256_end(&copy, hex);
            HZ_CHECK_STR(hex, rows[i].hex);
        }
    }
    hz_sha256 million;
    hz_sha256_begin(&million);
    char block[1000];
    memset(block, 'a', sizeof block);
    for (int i = 0; i < 1000; i++)
        hz_sha256_add(&million, (hz_str){block, sizeof block});
    hz_sha256_end(&million, hex);
    HZ_CHECK_STR(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
