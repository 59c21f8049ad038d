/* accounts.h - the counters that batches carry: an account for each key, with all counters beside each other that have this key.
 * Open addressing over numbers of accounts, which lie behind each other in the order in which their keys came. One thread.
 *
 * Rows are looked up many at a time, so that memory answers for all of them together:
 *
 *     hz_accounts_ask, other work, hz_accounts_find
 *
 * What the bytes of a key mean is carry_key.c's. Cost: 48 bytes and 8 a counter, and some 18 to find it.
 */
#ifndef HZ_RUN_ACCOUNTS_H
#define HZ_RUN_ACCOUNTS_H

#include "base/buf.h"

enum { HZ_KEY_WORDS = 4, HZ_KEY_BYTES = 8 * HZ_KEY_WORDS };

/* A key's bytes with zeros behind them; of one that is longer, where it begins, in a text that the caller has. */
typedef struct hz_key {
    uint64_t word[HZ_KEY_WORDS];
    uint64_t hash;
    uint32_t size;  /* HZ_NO_KEY: there is none */
} hz_key;

#define HZ_NO_KEY UINT32_MAX

typedef struct hz_account {
    uint64_t key[HZ_KEY_WORDS]; /* as of hz_key; a longer one begins in `texts` */
    uint32_t size;
    uint32_t stamp;             /* carry.c's: the chunk that used it last, and there */
    uint16_t wave;
    uint16_t seen, known;       /* bits per counter: the key was looked for; it has a value */
    int64_t value[];            /* per counter */
} hz_account;

typedef struct hz_accounts {
    hz_alloc alloc;
    uint32_t counters;          /* of an account */
    size_t size;                /* bytes of an account */
    uint64_t *slots;            /* upper half of a hash, then the number of an account + 1; 0: free */
    uint32_t bits;              /* of the number of a slot; 0: there are none */
    unsigned char **segments;   /* of HZ_SEGMENT accounts */
    uint32_t segment_count, segment_room;
    uint32_t count;
    hz_buf texts;               /* of keys that are long */
} hz_accounts;

enum { HZ_SEGMENT_BITS = 9, HZ_SEGMENT = 1 << HZ_SEGMENT_BITS, HZ_ACCOUNT_COUNTERS = 16 };
#define HZ_NO_ACCOUNT UINT32_MAX

void hz_accounts_begin(hz_accounts *accounts, const hz_alloc *alloc);
void hz_accounts_end(hz_accounts *accounts);
/* One more counter, HZ_ACCOUNT_COUNTERS at most; before the first key. Returns its place. */
uint32_t hz_accounts_add_counter(hz_accounts *accounts);
/* Forgets every key, keeps memory. */
void hz_accounts_reset(hz_accounts *accounts);

/* The key of some bytes. Of a long one the caller has them for hz_accounts_find, word[0] behind its text's begin. */
hz_key hz_key_of(hz_str bytes);
/* Of the words and size of a key that is not long: its hash. */
void hz_key_finish(hz_key *key);

/* Soon these keys will be looked for. */
void hz_accounts_ask(const hz_accounts *accounts, const hz_key *keys, size_t count);
/* The account of each key, made if there is none; HZ_NO_ACCOUNT of one that is none. long_keys: bytes of keys that are
 * long. False: no memory. */
bool hz_accounts_find(hz_accounts *accounts, const hz_key *keys, const char *long_keys, size_t count, uint32_t *out);

/* The account of a key's bytes, or NULL. */
const hz_account *hz_accounts_known(const hz_accounts *accounts, hz_str bytes);

static inline hz_account *hz_account_at(const hz_accounts *accounts, uint32_t number)
{
    return (hz_account *)(void *)(accounts->segments[number >> HZ_SEGMENT_BITS] + (number & (HZ_SEGMENT - 1)) * accounts->size);
}

hz_str hz_account_key(const hz_accounts *accounts, const hz_account *account);

#endif
