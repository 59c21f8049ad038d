/* arena.c - blocks of doubling size, and the escape when there are no more.
 *
 *     arena.blocks -> [newest shared | free ] -> [big, alone] -> [older shared] -> ...
 *                              at ^    ^ end
 *
 * Small requests share the newest shared block. A request of more than half the next block gets a block of its own
 * behind it, so that what is free in the shared one stays in use. Not thread-safe: an arena belongs to one load.
 */
#include "base/arena.h"

#include "base/status.h"

#include <assert.h>
#include <stdio.h>

#define ALIGNMENT     16u
#define FIRST_BLOCK   ((size_t)16 * 1024)
#define LARGEST_BLOCK ((size_t)1024 * 1024)

/* What was returned must not be read: the address sanitizer sees to it. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HZ_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HZ_ADDRESS_SANITIZER
#endif
#ifdef HZ_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#define POISON(memory, size)   ASAN_POISON_MEMORY_REGION(memory, size)
#define UNPOISON(memory, size) ASAN_UNPOISON_MEMORY_REGION(memory, size)
#else
#define POISON(memory, size)   ((void)(memory), (void)(size))
#define UNPOISON(memory, size) ((void)(memory), (void)(size))
#endif

struct hz_arena_block {
    hz_arena_block *next; /* older, or NULL */
    size_t size;          /* bytes obtained, this head included */
};

struct hz_arena_defer_item {
    hz_arena_defer_item *next; /* registered before this one */
    void (*undo)(void *what);
    void *what;
};

/* What a block needs beside the bytes it serves: its head, and the way from there to the alignment. */
#define BLOCK_COST (sizeof(hz_arena_block) + ALIGNMENT - 1)

void hz_arena_begin(hz_arena *arena, const hz_alloc *alloc, size_t limit)
{
    *arena = (hz_arena){.alloc = *alloc, .next_block = FIRST_BLOCK, .limit = limit};
}

static void *take_of_other(void *other, size_t size)
{
    return hz_arena_take(other, size);
}

static void return_to_other(void *other, void *memory, size_t size)
{
    hz_arena_return(other, memory, size);
}

void hz_arena_begin_within(hz_arena *arena, hz_arena *other)
{
    const hz_alloc alloc = {.allocate = take_of_other, .release = return_to_other, .user = other};
    *arena = (hz_arena){.alloc = alloc, .next_block = LARGEST_BLOCK, .escape = other->escape};
}

void hz_arena_end(hz_arena *arena)
{
    while (arena->deferred != NULL) {
        hz_arena_defer_item *item = arena->deferred;
        arena->deferred = item->next;
        item->undo(item->what);
    }
    for (hz_arena_block *block = arena->blocks, *next; block != NULL; block = next) {
        next = block->next;
        UNPOISON(block, block->size);
        arena->alloc.release(arena->alloc.user, block, block->size);
    }
    arena->blocks = NULL;
    arena->at = arena->end = NULL;
    arena->taken = 0;
    arena->next_block = FIRST_BLOCK;
}

void hz_arena_escape(hz_arena *arena, int32_t status)
{
    hz_escape *escape = arena->escape;
    assert(escape != NULL);
    arena->escape = NULL;
    escape->status = status;
    longjmp(escape->to, 1);
}

/* A block of exactly size bytes, not yet in the list; NULL with the reason in *why. */
static hz_arena_block *obtain(hz_arena *arena, size_t size, int32_t *why)
{
    if (arena->limit != 0 && size > arena->limit - arena->taken) {
        *why = HZ_LIMIT;
        return NULL;
    }
    hz_arena_block *block = arena->alloc.allocate(arena->alloc.user, size);
    if (block == NULL) {
        *why = HZ_NO_MEMORY;
        return NULL;
    }
    block->size = size;
    arena->taken += size;
    return block;
}

static unsigned char *first_byte(hz_arena_block *block)
{
    unsigned char *at = (unsigned char *)(block + 1);
    return at + (ALIGNMENT - (uintptr_t)at % ALIGNMENT) % ALIGNMENT;
}

/* Memory from a new block; size is a multiple of the alignment. */
static unsigned char *take_block(hz_arena *arena, size_t size, int32_t *why)
{
    size_t left = arena->limit != 0 ? arena->limit - arena->taken : SIZE_MAX;
    size_t shared = arena->next_block < left ? arena->next_block : left;
    bool alone = size > arena->next_block / 2 || size + BLOCK_COST > shared;
    hz_arena_block *block = obtain(arena, alone ? size + BLOCK_COST : shared, why);
    if (block == NULL)
        return NULL;
    unsigned char *at = first_byte(block);
    if (alone && arena->blocks != NULL) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
        return at;
    }
    block->next = arena->blocks;
    arena->blocks = block;
    arena->at = at + size;
    arena->end = alone ? arena->at : (unsigned char *)block + block->size;
    if (!alone && arena->next_block < LARGEST_BLOCK)
        arena->next_block *= 2;
    return at;
}

/* What size bytes take of a block; size is at most SIZE_MAX / 2. */
static size_t pad(size_t size)
{
    return size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void *take(hz_arena *arena, size_t size, int32_t *why)
{
    if (size > SIZE_MAX / 2) {
        *why = HZ_LIMIT;
        return NULL;
    }
    size_t padded = pad(size);
    unsigned char *memory = arena->at;
    if (memory != NULL && padded <= (size_t)(arena->end - memory))
        arena->at += padded;
    else
        memory = take_block(arena, padded, why);
    return memory != NULL ? memset(memory, 0, padded) : NULL;
}

void *hz_arena_take(hz_arena *arena, size_t size)
{
    int32_t why = HZ_OK;
    void *memory = take(arena, size, &why);
    if (memory == NULL)
        hz_arena_escape(arena, why);
    return memory;
}

void *hz_arena_try(hz_arena *arena, size_t size)
{
    int32_t why = HZ_OK;
    return take(arena, size, &why);
}

void *hz_arena_take_many(hz_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        hz_arena_escape(arena, HZ_LIMIT);
    return hz_arena_take(arena, count * size);
}

bool hz_arena_widen(hz_arena *arena, void *memory, size_t size, size_t wider)
{
    if (memory == NULL || wider > SIZE_MAX / 2 || (unsigned char *)memory + pad(size) != arena->at) return false;
    size_t more = pad(wider) - pad(size);
    if (more > (size_t)(arena->end - arena->at)) return false;
    memset(arena->at, 0, more);
    arena->at += more;
    return true;
}

/* Gives back the block that holds nothing but this; the shared one stays. */
static void release_alone(hz_arena *arena, const unsigned char *memory, size_t padded)
{
    for (hz_arena_block **link = &arena->blocks->next; *link != NULL; link = &(*link)->next) {
        hz_arena_block *block = *link;
        if (first_byte(block) != memory || block->size != padded + BLOCK_COST) continue;
        *link = block->next;
        arena->taken -= block->size;
        UNPOISON(memory, padded);
        arena->alloc.release(arena->alloc.user, block, block->size);
        return;
    }
}

void hz_arena_return(hz_arena *arena, const void *memory, size_t size)
{
    if (memory == NULL) return;
    size_t padded = pad(size);
    if ((const unsigned char *)memory + padded == arena->at) {
        arena->at -= padded;
        return;
    }
    POISON(memory, padded);
    if (padded > FIRST_BLOCK / 2) release_alone(arena, memory, padded);
}

hz_str hz_arena_copy(hz_arena *arena, hz_str text)
{
    if (text.len == SIZE_MAX)
        hz_arena_escape(arena, HZ_LIMIT);
    char *copy = hz_arena_take(arena, text.len + 1);
    if (text.len > 0)
        memcpy(copy, text.at, text.len);
    return (hz_str){copy, text.len};
}

hz_str hz_arena_printf(hz_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    hz_str text = hz_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

hz_str hz_arena_vprintf(hz_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        hz_arena_escape(arena, HZ_LIMIT);
    char *text = hz_arena_take(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, args);
    return (hz_str){text, (size_t)len};
}

void hz_arena_defer(hz_arena *arena, void (*undo)(void *what), void *what)
{
    int32_t why = HZ_OK;
    hz_arena_defer_item *item = take(arena, sizeof *item, &why);
    if (item == NULL) {
        undo(what);
        hz_arena_escape(arena, why);
    }
    *item = (hz_arena_defer_item){arena->deferred, undo, what};
    arena->deferred = item;
}
