/* arena.h - memory that is released all at once, and the one way out of a load that cannot go on.
 *
 * All that a load builds (texts, tree, model, program) lives in one arena and dies with it, so a load that fails
 * half-way leaks nothing. hz_arena_take never returns NULL: when memory or the limit is exhausted it leaves through
 * the arena's escape (longjmp) to the guard that the entry function set. Code between guard and escape
 * must not hold anything that the arena does not own; the YAML reader registers libyaml's parser with
 * hz_arena_defer for that reason.
 *
 *     hz_escape escape;
 *     arena.escape = &escape;
 *     if (setjmp(escape.to) != 0) -> clean up, return escape.status
 *     ... calls that take from the arena ...
 *     arena.escape = NULL;
 *
 * gcc drops what a function stores before it escapes when it sees that function and the guard together (one file, or
 * -flto), so a guard stands in a file of its own (api/guard.c), or afterwards reads only what other files wrote.
 *
 * An escape uses its guard up: after it only hz_arena_try, or a new guard. To take without a guard in force is an error
 * of the caller: it is asserted when memory runs out, and undefined in a release build.
 */
#ifndef HZ_BASE_ARENA_H
#define HZ_BASE_ARENA_H

#include "base/alloc.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#if defined(__GNUC__)
#define HZ_PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))
#define HZ_NORETURN __attribute__((noreturn))
#else
#define HZ_PRINTF(format_at, args_at)
#define HZ_NORETURN
#endif

typedef struct hz_escape {
    jmp_buf to;              /* set by the guard */
    volatile int32_t status; /* a huzhu_status: why the guarded work was left; read behind the jump, so volatile */
} hz_escape;

typedef struct hz_arena_block hz_arena_block;
typedef struct hz_arena_defer_item hz_arena_defer_item;

typedef struct hz_arena {
    hz_alloc alloc;                /* where blocks come from */
    hz_arena_block *blocks;        /* the shared one first */
    hz_arena_defer_item *deferred; /* what to undo on release, newest first */
    unsigned char *at, *end;       /* free part of the newest block */
    size_t next_block;             /* bytes of the next shared block */
    size_t taken;                  /* bytes obtained from alloc */
    size_t limit;                  /* most bytes to obtain, 0 = unlimited */
    hz_escape *escape;             /* the guard in force, or NULL: then hz_arena_try is the only legal call */
} hz_arena;

/* Begins an empty arena; takes no memory yet. */
void hz_arena_begin(hz_arena *arena, const hz_alloc *alloc, size_t limit);

/* Begins an arena whose blocks, of a megabyte, are another's: ended early they go back at once, and with the other at the
 * latest. It escapes where the other does. */
void hz_arena_begin_within(hz_arena *arena, hz_arena *other);

/* Runs the deferred calls, newest first, and gives every block back. The arena is empty again. */
void hz_arena_end(hz_arena *arena);

/* size zeroed bytes, aligned to 16; escapes with NO_MEMORY or LIMIT when there are none. size 0 gives a valid pointer. */
void *hz_arena_take(hz_arena *arena, size_t size);

/* The same, but NULL instead of an escape. */
void *hz_arena_try(hz_arena *arena, size_t size);

/* count items of size bytes; a product that overflows escapes with LIMIT. */
void *hz_arena_take_many(hz_arena *arena, size_t count, size_t size);

/* Whether memory taken last, of size bytes, could be made wider where it stands; what it gained is zeroed. */
bool hz_arena_widen(hz_arena *arena, void *memory, size_t size, size_t wider);

/* Memory of size bytes that nothing reads any more: what was taken last, or has a block of its own, is free again; the
 * rest stays until the arena ends. */
void hz_arena_return(hz_arena *arena, const void *memory, size_t size);

/* A NUL-terminated copy. */
hz_str hz_arena_copy(hz_arena *arena, hz_str text);

/* A formatted, NUL-terminated text. Conversions of doubles must not be used (locale). */
hz_str hz_arena_printf(hz_arena *arena, const char *format, ...) HZ_PRINTF(2, 3);
hz_str hz_arena_vprintf(hz_arena *arena, const char *format, va_list args);

/* undo(what) is called when the arena ends; for what other libraries own. When not even that can be noted down,
 * undo(what) is called at once and the arena escapes. */
void hz_arena_defer(hz_arena *arena, void (*undo)(void *what), void *what);

/* Leaves the guarded work; the guard is no longer in force then. Never returns; needs a guard. */
HZ_NORETURN void hz_arena_escape(hz_arena *arena, int32_t status);

/* One zeroed T, or count of them. */
#define HZ_NEW(arena, T) ((T *)hz_arena_take((arena), sizeof(T)))
#define HZ_NEW_MANY(arena, T, count) ((T *)hz_arena_take_many((arena), (count), sizeof(T)))

#endif
