/* map.h - text to number, in an arena: open addressing, FNV-1a with a final mix; keys are borrowed. */
#ifndef HZ_BASE_MAP_H
#define HZ_BASE_MAP_H

#include "base/arena.h"

#include <stdint.h>

typedef struct hz_map_slot {
    hz_str key;
    uint32_t value;
    bool used;
} hz_map_slot;

typedef struct hz_map {
    hz_map_slot *slots; /* NULL while empty */
    uint32_t count;     /* keys held */
    uint32_t room;      /* slots, a power of two */
} hz_map;

#define HZ_MAP_NONE UINT32_MAX

/* The key's number, or HZ_MAP_NONE. */
uint32_t hz_map_find(const hz_map *map, hz_str key);

/* Adds key unless it is there; returns the number in force: value (never HZ_MAP_NONE), or the one that was there. */
uint32_t hz_map_put(hz_arena *arena, hz_map *map, hz_str key, uint32_t value);

uint64_t hz_hash_bytes(const void *bytes, size_t size);

#endif
