/* test_accounts.c - accounts of keys: found again whatever was added since, long keys, keys that differ in a byte, rows that
 * follow each other, each allocation failing in turn.
 */
#include "harness/harness.h"

#include "run/accounts.h"

#include "guarded.h"

#include <stdio.h>

enum { MANY = 5000, AT_ONCE = 64, ROOM = 96 };

/* A short key, one that fills the words, or a long one, by turns; its bytes go to `to`. */
static hz_str key_text(uint32_t number, char *to)
{
    static const char *const forms[] = {"m%u", "member-with-32-bytes-%011u", "%068u"};
    int size = snprintf(to, ROOM, forms[number % 3], (unsigned)number);
    return (hz_str){to, (size_t)size};
}

/* Looks keys [first, first + count) up in one call, each twice behind itself. */
static bool find_many(hz_accounts *accounts, uint32_t first, uint32_t count, uint32_t *out)
{
    static char texts[2 * AT_ONCE * ROOM];
    hz_key keys[2 * AT_ONCE];
    uint32_t found[2 * AT_ONCE];
    size_t used = 0;
    for (uint32_t i = 0; i < 2 * count; i++) {
        hz_str text = key_text(first + i / 2, texts + used);
        keys[i] = hz_key_of(text);
        if (keys[i].size > HZ_KEY_BYTES) keys[i].word[0] = used;
        used += text.len;
    }
    hz_accounts_ask(accounts, keys, 2 * count);
    if (!hz_accounts_find(accounts, keys, texts, 2 * count, found)) return false;
    for (uint32_t i = 0; i < count; i++) {
        HZ_CHECK_EQ_INT(found[2 * i], found[2 * i + 1]);
        out[i] = found[2 * i];
    }
    return true;
}

HZ_TEST(accounts_keep_their_numbers)
{
    memory counted = {0};
    hz_alloc alloc = memory_alloc(&counted);
    hz_accounts accounts;
    uint32_t numbers[AT_ONCE];
    char room[ROOM];
    hz_accounts_begin(&accounts, &alloc);
    HZ_CHECK_EQ_INT(hz_accounts_add_counter(&accounts), 0);
    HZ_CHECK_EQ_INT(hz_accounts_add_counter(&accounts), 1);
    HZ_CHECK(hz_accounts_known(&accounts, HZ_STR("m0")) == NULL);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t first = 0; first < MANY; first += AT_ONCE) {
            HZ_CHECK(find_many(&accounts, first, AT_ONCE, numbers));
            for (uint32_t i = 0; i < AT_ONCE; i++) {
                HZ_CHECK_EQ_INT(numbers[i], first + i);
                hz_account *account = hz_account_at(&accounts, numbers[i]);
                HZ_CHECK_EQ_INT(account->value[1], pass == 0 ? 0 : (int64_t)(first + i) * 7);
                account->value[1] = (int64_t)(first + i) * 7;
                hz_str text = key_text(first + i, room), own = hz_account_key(&accounts, account);
                HZ_CHECK(hz_str_eq(text, own));
                HZ_CHECK(hz_accounts_known(&accounts, text) == account);
            }
        }
    }
    HZ_CHECK(hz_accounts_known(&accounts, HZ_STR("m1")) == NULL);
    HZ_CHECK(hz_accounts_known(&accounts, HZ_STR("")) == NULL);
    hz_accounts_reset(&accounts);
    HZ_CHECK(hz_accounts_known(&accounts, HZ_STR("m0")) == NULL);
    HZ_CHECK(find_many(&accounts, 42, 1, numbers));
    HZ_CHECK_EQ_INT(numbers[0], 0);
    HZ_CHECK_EQ_INT(hz_account_at(&accounts, 0)->value[1], 0);
    hz_accounts_end(&accounts);
    HZ_CHECK_EQ_INT(counted.live, 0);
    HZ_CHECK(!counted.wrong);
}

/* Zeros behind a key are not part of it. */
HZ_TEST(accounts_tell_keys_apart)
{
    static const hz_str texts[] = {{"a", 1}, {"a\0", 2}, {"a\0\0", 3}, {"", 0}, {"\0", 1}, {"b", 1}};
    enum { COUNT = sizeof texts / sizeof *texts };
    const hz_alloc alloc = memory_alloc(&(memory){0});
    hz_accounts accounts;
    hz_key keys[COUNT + 1];
    uint32_t numbers[COUNT + 1];
    hz_accounts_begin(&accounts, &alloc);
    for (size_t i = 0; i < COUNT; i++) keys[i] = hz_key_of(texts[i]);
    keys[COUNT] = (hz_key){.size = HZ_NO_KEY};
    HZ_CHECK(hz_accounts_find(&accounts, keys, NULL, COUNT + 1, numbers));
    for (uint32_t i = 0; i < COUNT; i++) HZ_CHECK_EQ_INT(numbers[i], i);
    HZ_CHECK_EQ_INT(numbers[COUNT], HZ_NO_ACCOUNT);
    HZ_CHECK_EQ_INT(accounts.count, COUNT);
    hz_accounts_end(&accounts);
}

HZ_TEST(accounts_without_memory)
{
    size_t failed = 0;
    bool well = false;
    for (size_t fail_at = 1; !well; fail_at++) {
        memory counted = {.fail_at = fail_at};
        hz_alloc alloc = memory_alloc(&counted);
        hz_accounts accounts;
        uint32_t numbers[AT_ONCE];
        hz_accounts_begin(&accounts, &alloc);
        well = true;
        for (uint32_t first = 0; first < 1500 && well; first += AT_ONCE) well = find_many(&accounts, first, AT_ONCE, numbers);
        failed += !well;
        if (!well) { /* what is there stays, and goes on once there is memory */
            uint32_t before = accounts.count;
            HZ_CHECK(find_many(&accounts, 0, AT_ONCE, numbers));
            for (uint32_t i = 0; i < before && i < AT_ONCE; i++) HZ_CHECK_EQ_INT(numbers[i], i);
        }
        hz_accounts_end(&accounts);
        HZ_CHECK_EQ_INT(counted.live, 0);
        HZ_CHECK(!counted.wrong);
    }
    HZ_CHECK(failed >= 6);
}
