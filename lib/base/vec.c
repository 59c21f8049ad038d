/* vec.c - room for one more item of a vector that lives in an arena. Called by HZ_PUSH only. */
#include "base/vec.h"

#include "base/status.h"

#define FIRST_ROOM 8u

void *hz_vec_grow(hz_arena *arena, void *at, uint32_t count, uint32_t *room, size_t item_size)
{
    if (count < *room) {
        /* An item that was dropped by lowering count left its bytes behind. */
        memset((unsigned char *)at + (size_t)count * item_size, 0, item_size);
        return at;
    }
    if (*room > UINT32_MAX / 2)
        hz_arena_escape(arena, HZ_LIMIT);
    uint32_t wider = *room == 0 ? FIRST_ROOM : *room * 2;
    void *items = hz_arena_take_many(arena, wider, item_size);
    if (count > 0)
        memcpy(items, at, (size_t)count * item_size);
    *room = wider;
    return items;
}
