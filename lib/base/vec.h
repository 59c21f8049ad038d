/* vec.h - a growing array in an arena: `struct { T *at; uint32_t count, room; }`.
 *
 *     HZ_VEC(hz_entry) entries = {0};
 *     *HZ_PUSH(arena, &entries) = (hz_entry){…};
 */
#ifndef HZ_BASE_VEC_H
#define HZ_BASE_VEC_H

#include "base/arena.h"

#include <stdint.h>

#define HZ_VEC(T)       \
    struct {            \
        T *at;          \
        uint32_t count; \
        uint32_t room;  \
    }

/* Room for one more item; returns the (possibly moved) items. Old storage is returned to the arena. */
void *hz_vec_grow(hz_arena *arena, void *at, uint32_t count, uint32_t *room, size_t item_size);

/* A pointer to a new zeroed last item. Earlier pointers into the vec may be stale afterwards. */
#define HZ_PUSH(arena, vec)                                                                                   \
    ((vec)->at = hz_vec_grow((arena), (vec)->at, (vec)->count, &(vec)->room, sizeof *(vec)->at),              \
     &(vec)->at[(vec)->count++])

#endif
