/* keyed.h - numbers for keys, in studies: a hash table from the bytes of a key to an entry that counts.
 *
 * Entries keep the numbers they got, in the order in which keys came. What the bytes mean is the caller's. One thread. Counters
 * that rows carry lie in accounts.h.
 */
#ifndef HZ_RUN_KEYED_H
#define HZ_RUN_KEYED_H

#include "base/buf.h"

typedef struct hz_keyed_entry {
    uint64_t hash;
    size_t begin;        /* of its key, in keys */
    uint32_t size;
    int64_t value;       /* the caller's; 0 at first */
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
hz_str hz_keyed_key(const hz_keyed *keyed, uint32_t entry);

#endif
