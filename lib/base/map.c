/* map.c - open addressing with linear probing, at most three quarters full; nothing is ever removed.
 *
 * The order of slots is no order to rely on: whoever lists keys keeps a list of its own.
 */
#include "base/map.h"

#include "base/status.h"

#include <assert.h>

#define FIRST_ROOM 16u

uint64_t hz_hash_bytes(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    /* FNV leaves the low bits, which choose the slot, weaker than the high ones. */
    hash ^= hash >> 32;
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

/* The slot of key, or the free slot where it belongs. */
static hz_map_slot *slot_of(const hz_map *map, hz_str key)
{
    uint32_t mask = map->room - 1;
    uint32_t at = (uint32_t)hz_hash_bytes(key.at, key.len) & mask;
    while (map->slots[at].used && !hz_str_eq(map->slots[at].key, key))
        at = (at + 1) & mask;
    return &map->slots[at];
}

uint32_t hz_map_find(const hz_map *map, hz_str key)
{
    if (map->slots == NULL)
        return HZ_MAP_NONE;
    const hz_map_slot *slot = slot_of(map, key);
    return slot->used ? slot->value : HZ_MAP_NONE;
}

static void grow(hz_arena *arena, hz_map *map)
{
    if (map->room > UINT32_MAX / 2)
        hz_arena_escape(arena, HZ_LIMIT);
    uint32_t room = map->room == 0 ? FIRST_ROOM : map->room * 2;
    hz_map wider = {HZ_NEW_MANY(arena, hz_map_slot, room), map->count, room};
    for (uint32_t i = 0; i < map->room; i++)
        if (map->slots[i].used)
            *slot_of(&wider, map->slots[i].key) = map->slots[i];
    hz_arena_return(arena, map->slots, map->room * sizeof *map->slots);
    *map = wider;
}

uint32_t hz_map_put(hz_arena *arena, hz_map *map, hz_str key, uint32_t value)
{
    assert(value != HZ_MAP_NONE);
    uint32_t known = hz_map_find(map, key);
    if (known != HZ_MAP_NONE)
        return known;
    if (map->count >= map->room / 4 * 3)
        grow(arena, map);
    *slot_of(map, key) = (hz_map_slot){key, value, true};
    map->count++;
    return value;
}
