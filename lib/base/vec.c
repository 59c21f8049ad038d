/* vec.c - room for one more item of a vector that lives in an arena. Called by HZ_PUSH only.
 *
 * Most vectors of a rule file hold one or two items, some of which are large: the first room is a few small items or one
 * large. A vector that was the last to be taken from the arena is widened where it stands.
 */
#include "base/vec.h"

#include "base/status.h"

#define FIRST_BYTES 128u
#define MOST_AT_FIRST 8u

static uint32_t first_room(size_t item_size)
{
    size_t room = FIRST_BYTES / item_size;
    return room < 1 ? 1 : room > MOST_AT_FIRST ? MOST_AT_FIRST : (uint32_t)room;
}

void *hz_vec_grow(hz_arena *arena, void *at, uint32_t count, uint32_t *room, size_t item_size)
{
    if (count < *room) {
        /* An item that was dropped by lowering count left its bytes behind. */
        memset((unsigned char *)at + (size_t)count * item_size, 0, item_size);
        return at;
    }
    if (*room > UINT32_MAX / 2)
        hz_arena_escape(arena, HZ_LIMIT);
    uint32_t wider = *room == 0 ? first_room(item_size) : *room * 2;
    if (*room > 0 && wider <= SIZE_MAX / item_size && hz_arena_widen(arena, at, *room * item_size, wider * item_size)) {
        memset((unsigned char *)at + count * item_size, 0, (wider - count) * item_size);
        *room = wider;
        return at;
    }
    void *items = hz_arena_take_many(arena, wider, item_size);
    if (count > 0)
        memcpy(items, at, (size_t)count * item_size);
    hz_arena_return(arena, at, *room * item_size);
    *room = wider;
    return items;
}
