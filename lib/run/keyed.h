/* keyed.h - the values of one counter under many keys, for batches: a hash table from the bytes of a key to an entry.
 *
 * Entries keep the numbers they got, in the order in which keys came. What the bytes mean is carry.c's. One thread.
 */
#ifndef HZ_RUN_KEYED_H
#define HZ_RUN_KEYED_H

#include "base/buf.h"

typedef struct hz_keyed_entry {
    uint64_t hash;
    size_t begin;        /* of its key, in keys */
    uint32_t size;
    uint32_t block, wave; /* of carry.c: when it was last used */
    bool known;          /* it has a value; false: only room was made */
    int64_t value;
} hz_keyed_entry;

typedef struct hz_keyed {
    hz_alloc alloc;
    uint32_t *slots;         /* number of an entry + 1; 0: free; of a power of two */
    size_t room;
    hz_keyed_entry *entries;
    uint32_t count, entry_room;
    hz_buf keys;
} hz_keyed;

#define HZ_NO_ENTRY UINT32_MAX

void hz_keyed_begin(hz_keyed *keyed, const hz_alloc *alloc);
void hz_keyed_end(hz_keyed *keyed);
/* Forgets every key, keeps memory. */
void hz_keyed_reset(hz_keyed *keyed);

/* The entry of a key, made if there is none; HZ_NO_ENTRY: no memory. */
uint32_t hz_keyed_entry_of(hz_keyed *keyed, hz_str key);
/* The entry of a key, or HZ_NO_ENTRY. */
uint32_t hz_keyed_find(const hz_keyed *keyed, hz_str key);
/* Whether an entry, which need not exist, is that of a key: a guess that saves the search. */
bool hz_keyed_is(const hz_keyed *keyed, uint32_t entry, hz_str key);
hz_str hz_keyed_key(const hz_keyed *keyed, uint32_t entry);

#endif
