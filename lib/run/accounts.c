/* accounts.c - the table of accounts.h. Called by carry.c, leg.c and the tables of Arrow.
 *
 * A slot has half of its key's hash, whose first bits are its place: growing reads slots alone, and an account is looked at
 * only where that half is the same. Accounts lie in segments and are never moved.
 */
#include "run/accounts.h"

#include "value/decimal.h"

enum { FIRST_BITS = 10 };

#define MOST_ACCOUNTS (UINT32_MAX / 4)

void hz_accounts_begin(hz_accounts *accounts, const hz_alloc *alloc)
{
    *accounts = (hz_accounts){.alloc = *alloc, .size = sizeof(hz_account)};
    hz_buf_begin(&accounts->texts, alloc);
}

static size_t slot_count(const hz_accounts *accounts)
{
    return accounts->bits > 0 ? (size_t)1 << accounts->bits : 0;
}

static void give(const hz_accounts *accounts, void *memory, size_t size)
{
    if (memory != NULL) accounts->alloc.release(accounts->alloc.user, memory, size);
}

/* ---- Segments: they begin at a line of a cache; the byte before says how far that is from what was allocated ---- */

enum { LINE = 64 };

static size_t segment_size(const hz_accounts *accounts)
{
    return HZ_SEGMENT * accounts->size + LINE;
}

static unsigned char *take_segment(const hz_accounts *accounts)
{
    unsigned char *memory = accounts->alloc.allocate(accounts->alloc.user, segment_size(accounts));
    if (memory == NULL) return NULL;
    size_t begin = LINE - (uintptr_t)memory % LINE;
    memory[begin - 1] = (unsigned char)begin;
    return memory + begin;
}

static void give_segment(const hz_accounts *accounts, unsigned char *segment)
{
    give(accounts, segment - segment[-1], segment_size(accounts));
}

void hz_accounts_end(hz_accounts *accounts)
{
    for (uint32_t i = 0; i < accounts->segment_count; i++) give_segment(accounts, accounts->segments[i]);
    give(accounts, accounts->segments, accounts->segment_room * sizeof *accounts->segments);
    give(accounts, accounts->slots, slot_count(accounts) * sizeof *accounts->slots);
    hz_buf_end(&accounts->texts);
    *accounts = (hz_accounts){.alloc = accounts->alloc};
}

uint32_t hz_accounts_add_counter(hz_accounts *accounts)
{
    accounts->size += sizeof(int64_t);
    return accounts->counters++;
}

void hz_accounts_reset(hz_accounts *accounts)
{
    if (accounts->slots != NULL) memset(accounts->slots, 0, slot_count(accounts) * sizeof *accounts->slots);
    accounts->count = 0;
    hz_buf_reset(&accounts->texts);
}

/* ---- Keys ---- */

/* Both halves of a product of 128 bits. */
static inline uint64_t mixed(uint64_t a, uint64_t b)
{
    hz_u128 product = (hz_u128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

void hz_key_finish(hz_key *key)
{
    uint64_t low = mixed(key->word[0] ^ UINT64_C(0x9E3779B97F4A7C15), key->word[1] ^ UINT64_C(0xD1B54A32D192ED03));
    uint64_t high = mixed(key->word[2] ^ UINT64_C(0x8CB92BA72F3D8DD7), key->word[3] ^ UINT64_C(0xABC98388FB8FAC03) ^ key->size);
    key->hash = mixed(low ^ UINT64_C(0xC4CEB9FE1A85EC53), high ^ UINT64_C(0xFF51AFD7ED558CCD));
}

hz_key hz_key_of(hz_str bytes)
{
    hz_key key = {.size = (uint32_t)bytes.len};
    if (bytes.len <= HZ_KEY_BYTES) {
        if (bytes.len > 0) memcpy(key.word, bytes.at, bytes.len);
        hz_key_finish(&key);
        return key;
    }
    uint64_t hash = bytes.len * UINT64_C(0x9E3779B97F4A7C15), word;
    for (size_t at = 0; at + 8 <= bytes.len; at += 8) {
        memcpy(&word, bytes.at + at, 8);
        hash = mixed(hash ^ word, UINT64_C(0xFF51AFD7ED558CCD));
    }
    memcpy(&word, bytes.at + bytes.len - 8, 8);
    key.hash = mixed(hash ^ word, UINT64_C(0xC4CEB9FE1A85EC53));
    return key;
}

static inline bool same_words(const uint64_t *a, const uint64_t *b)
{
    return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
}

static bool is_same(const hz_key *a, const hz_key *b, const char *long_keys)
{
    if (a->hash != b->hash || a->size != b->size) return false;
    if (a->size <= HZ_KEY_BYTES) return same_words(a->word, b->word);
    return memcmp(long_keys + a->word[0], long_keys + b->word[0], a->size) == 0;
}

static bool is_of(const hz_accounts *accounts, const hz_account *account, const hz_key *key, const char *long_keys)
{
    if (account->size != key->size) return false;
    if (key->size <= HZ_KEY_BYTES) return same_words(account->key, key->word);
    return memcmp(accounts->texts.at + account->key[0], long_keys + key->word[0], key->size) == 0;
}

hz_str hz_account_key(const hz_accounts *accounts, const hz_account *account)
{
    const char *at = account->size <= HZ_KEY_BYTES ? (const char *)account->key : accounts->texts.at + account->key[0];
    return (hz_str){at, account->size};
}

/* ---- Slots ---- */

static inline uint32_t tag_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32);
}

static inline size_t first_slot(const hz_accounts *accounts, uint32_t tag)
{
    return tag >> (32 - accounts->bits);
}

static inline size_t next_slot(const hz_accounts *accounts, size_t at)
{
    return (at + 1) & (slot_count(accounts) - 1);
}

/* The slot of a key, or the free one where it belongs. */
static uint64_t *slot_of(const hz_accounts *accounts, const hz_key *key, const char *long_keys)
{
    for (size_t at = first_slot(accounts, tag_of(key->hash));; at = next_slot(accounts, at)) {
        uint64_t *slot = &accounts->slots[at];
        if (*slot == 0) return slot;
        if (*slot >> 32 == tag_of(key->hash) && is_of(accounts, hz_account_at(accounts, (uint32_t)*slot - 1), key, long_keys)) return slot;
    }
}

/* Five in eight slots are used at most. */
static bool grow_slots(hz_accounts *accounts)
{
    size_t before = slot_count(accounts);
    if ((size_t)accounts->count + 1 <= before / 8 * 5) return true;
    hz_accounts wider = *accounts;
    wider.bits = before > 0 ? accounts->bits + 1 : FIRST_BITS;
    size_t size = slot_count(&wider) * sizeof *wider.slots;
    wider.slots = accounts->alloc.allocate(accounts->alloc.user, size);
    if (wider.slots == NULL) return false;
    memset(wider.slots, 0, size);
    for (size_t i = 0; i < before; i++) {
        if (accounts->slots[i] == 0) continue;
        size_t at = first_slot(&wider, (uint32_t)(accounts->slots[i] >> 32));
        while (wider.slots[at] != 0) at = next_slot(&wider, at);
        wider.slots[at] = accounts->slots[i];
    }
    give(accounts, accounts->slots, before * sizeof *accounts->slots);
    *accounts = wider;
    return true;
}

/* Memory for one more account. */
static bool grow_accounts(hz_accounts *accounts)
{
    if (accounts->count < accounts->segment_count * HZ_SEGMENT) return true;
    if (accounts->count >= MOST_ACCOUNTS) return false;
    if (accounts->segment_count == accounts->segment_room) {
        uint32_t room = accounts->segment_room == 0 ? 16 : 2 * accounts->segment_room;
        unsigned char **segments = accounts->alloc.allocate(accounts->alloc.user, room * sizeof *segments);
        if (segments == NULL) return false;
        if (accounts->segment_count > 0) memcpy(segments, accounts->segments, accounts->segment_count * sizeof *segments);
        give(accounts, accounts->segments, accounts->segment_room * sizeof *segments);
        accounts->segments = segments;
        accounts->segment_room = room;
    }
    unsigned char *segment = take_segment(accounts);
    if (segment == NULL) return false;
    accounts->segments[accounts->segment_count++] = segment;
    return true;
}

static bool make(hz_accounts *accounts, const hz_key *key, const char *long_keys, uint64_t *slot)
{
    hz_account *account = hz_account_at(accounts, accounts->count);
    size_t begin = accounts->texts.len;
    memset(account, 0, accounts->size);
    account->size = key->size;
    memcpy(account->key, key->word, sizeof account->key);
    if (key->size > HZ_KEY_BYTES) {
        hz_buf_add(&accounts->texts, (hz_str){long_keys + key->word[0], key->size});
        account->key[0] = begin;
        if (accounts->texts.failed) {
            accounts->texts.failed = false;
            return false;
        }
    }
    *slot = (uint64_t)tag_of(key->hash) << 32 | ++accounts->count;
    return true;
}

/* ---- Looking up ---- */

static inline void fetch(const void *memory)
{
#if defined(__GNUC__)
    __builtin_prefetch(memory, 1);
#else
    (void)memory;
#endif
}

void hz_accounts_ask(const hz_accounts *accounts, const hz_key *keys, size_t count)
{
    if (accounts->bits == 0) return;
    for (size_t i = 0; i < count; i++)
        if (keys[i].size != HZ_NO_KEY) fetch(&accounts->slots[first_slot(accounts, tag_of(keys[i].hash))]);
}

/* The first account with the same half of a hash, a guess: most often it is the one. HZ_NO_ACCOUNT: there is none. */
static uint32_t guess(const hz_accounts *accounts, const hz_key *key)
{
    if (accounts->bits == 0) return HZ_NO_ACCOUNT;
    for (size_t at = first_slot(accounts, tag_of(key->hash));; at = next_slot(accounts, at)) {
        uint64_t slot = accounts->slots[at];
        if (slot == 0) return HZ_NO_ACCOUNT;
        if (slot >> 32 != tag_of(key->hash)) continue;
        fetch(hz_account_at(accounts, (uint32_t)slot - 1));
        return (uint32_t)slot - 1;
    }
}

static uint32_t find_one(hz_accounts *accounts, const hz_key *key, const char *long_keys, uint32_t guessed)
{
    if (guessed != HZ_NO_ACCOUNT && is_of(accounts, hz_account_at(accounts, guessed), key, long_keys)) return guessed;
    if (!grow_slots(accounts) || !grow_accounts(accounts)) return HZ_NO_ACCOUNT;
    uint64_t *slot = slot_of(accounts, key, long_keys);
    if (*slot == 0 && !make(accounts, key, long_keys, slot)) return HZ_NO_ACCOUNT;
    return (uint32_t)*slot - 1;
}

bool hz_accounts_find(hz_accounts *accounts, const hz_key *keys, const char *long_keys, size_t count, uint32_t *out)
{
    for (size_t i = 0; i < count; i++) out[i] = keys[i].size != HZ_NO_KEY ? guess(accounts, &keys[i]) : HZ_NO_ACCOUNT;
    for (size_t i = 0; i < count; i++) {
        if (keys[i].size == HZ_NO_KEY) continue;
        bool again = i > 0 && is_same(&keys[i], &keys[i - 1], long_keys); /* rows of one member often follow each other */
        out[i] = again ? out[i - 1] : find_one(accounts, &keys[i], long_keys, out[i]);
        if (out[i] == HZ_NO_ACCOUNT) return false;
    }
    return true;
}

const hz_account *hz_accounts_known(const hz_accounts *accounts, hz_str bytes)
{
    if (accounts->bits == 0) return NULL;
    hz_key key = hz_key_of(bytes);
    const uint64_t *slot = slot_of(accounts, &key, bytes.at);
    return *slot != 0 ? hz_account_at(accounts, (uint32_t)*slot - 1) : NULL;
}
