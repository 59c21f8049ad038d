/* keyed.c - the table of keyed.h: open addressing over numbers of entries, which lie behind each other. Called by tally_keys.c and
 * tally_totals.c.
 */
#include "run/keyed.h"

#define FIRST_ROOM ((size_t)1024)

void hz_keyed_begin(hz_keyed *keyed, const hz_alloc *alloc)
{
    *keyed = (hz_keyed){.alloc = *alloc};
    hz_buf_begin(&keyed->keys, alloc);
}

void hz_keyed_end(hz_keyed *keyed)
{
    const hz_alloc alloc = keyed->alloc;
    if (keyed->slots != NULL) alloc.release(alloc.user, keyed->slots, keyed->room * sizeof *keyed->slots);
    if (keyed->entries != NULL) alloc.release(alloc.user, keyed->entries, keyed->entry_room * sizeof *keyed->entries);
    hz_buf_end(&keyed->keys);
    *keyed = (hz_keyed){.alloc = alloc};
}

void hz_keyed_reset(hz_keyed *keyed)
{
    if (keyed->slots != NULL) memset(keyed->slots, 0, keyed->room * sizeof *keyed->slots);
    keyed->count = 0;
    hz_buf_reset(&keyed->keys);
}

/* Eight bytes at a time: keys are some twenty bytes, and there is one a row. */
static uint64_t hash_of(hz_str key)
{
    uint64_t hash = key.len * UINT64_C(0x9E3779B97F4A7C15), word;
    size_t at = 0;
    for (; at + 8 <= key.len; at += 8) {
        memcpy(&word, key.at + at, 8);
        hash = (hash ^ word) * UINT64_C(0xFF51AFD7ED558CCD);
        hash ^= hash >> 32;
    }
    word = 0;
    if (at < key.len) memcpy(&word, key.at + at, key.len - at);
    hash = (hash ^ word) * UINT64_C(0xC4CEB9FE1A85EC53);
    return hash ^ hash >> 29;
}

/* The slot of a key, or the free one where it belongs; needs a table that is not full. */
static uint32_t *slot_of(const hz_keyed *keyed, hz_str key, uint64_t hash)
{
    for (size_t at = (size_t)hash & (keyed->room - 1);; at = (at + 1) & (keyed->room - 1)) {
        uint32_t *slot = &keyed->slots[at];
        if (*slot == 0) return slot;
        const hz_keyed_entry *entry = &keyed->entries[*slot - 1];
        if (entry->hash == hash && entry->size == key.len && memcmp(keyed->keys.at + entry->begin, key.at, key.len) == 0) return slot;
    }
}

/* Twice the slots, at most half full. */
static bool grow_slots(hz_keyed *keyed)
{
    if (((size_t)keyed->count + 1) * 2 <= keyed->room) return true;
    size_t room = keyed->room == 0 ? FIRST_ROOM : keyed->room * 2;
    uint32_t *slots = keyed->alloc.allocate(keyed->alloc.user, room * sizeof *slots);
    if (slots == NULL) return false;
    memset(slots, 0, room * sizeof *slots);
    for (uint32_t i = 0; i < keyed->count; i++) {
        size_t at = (size_t)keyed->entries[i].hash & (room - 1);
        while (slots[at] != 0) at = (at + 1) & (room - 1);
        slots[at] = i + 1;
    }
    if (keyed->slots != NULL) keyed->alloc.release(keyed->alloc.user, keyed->slots, keyed->room * sizeof *keyed->slots);
    keyed->slots = slots;
    keyed->room = room;
    return true;
}

static bool grow_entries(hz_keyed *keyed)
{
    if (keyed->count < keyed->entry_room) return true;
    if (keyed->count >= UINT32_MAX / 4) return false;
    uint32_t room = keyed->entry_room == 0 ? (uint32_t)FIRST_ROOM : keyed->entry_room * 2;
    hz_keyed_entry *entries = keyed->alloc.allocate(keyed->alloc.user, room * sizeof *entries);
    if (entries == NULL) return false;
    if (keyed->count > 0) memcpy(entries, keyed->entries, keyed->count * sizeof *entries);
    if (keyed->entries != NULL) keyed->alloc.release(keyed->alloc.user, keyed->entries, keyed->entry_room * sizeof *entries);
    keyed->entries = entries;
    keyed->entry_room = room;
    return true;
}

uint32_t hz_keyed_entry_of(hz_keyed *keyed, hz_str key)
{
    uint64_t hash = hash_of(key);
    if (!grow_slots(keyed) || !grow_entries(keyed)) return HZ_NO_ENTRY;
    uint32_t *slot = slot_of(keyed, key, hash);
    if (*slot != 0) return *slot - 1;
    size_t begin = keyed->keys.len;
    hz_buf_add(&keyed->keys, key);
    if (keyed->keys.failed) {
        keyed->keys.failed = false;
        return HZ_NO_ENTRY;
    }
    keyed->entries[keyed->count] = (hz_keyed_entry){.hash = hash, .begin = begin, .size = (uint32_t)key.len};
    *slot = ++keyed->count;
    return keyed->count - 1;
}

hz_str hz_keyed_key(const hz_keyed *keyed, uint32_t entry)
{
    return (hz_str){keyed->keys.at + keyed->entries[entry].begin, keyed->entries[entry].size};
}
