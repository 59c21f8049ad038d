/* guarded.h - for tests of what allocates: an allocator that counts and can fail, and a guard around arena work. */
#ifndef HZ_TESTS_GUARDED_H
#define HZ_TESTS_GUARDED_H

#include "base/arena.h"
#include "base/status.h"

#include <stdlib.h>

/* Keeps the size of each piece in front of it, to see that releases name it rightly. */
typedef struct memory {
    size_t live;    /* bytes given and not returned */
    size_t calls;   /* of allocate and reallocate */
    size_t fail_at; /* the call that fails, from 1; 0: none */
    bool wrong;     /* a release or reallocate named another size */
} memory;

#define MEMORY_HEAD 16u

static inline void *memory_allocate(void *user, size_t size)
{
    memory *self = user;
    if (++self->calls == self->fail_at)
        return NULL;
    unsigned char *piece = malloc(MEMORY_HEAD + size);
    if (piece == NULL)
        return NULL;
    memcpy(piece, &size, sizeof size);
    memset(piece + MEMORY_HEAD, 0xA5, size);
    self->live += size;
    return piece + MEMORY_HEAD;
}

static inline void memory_release(void *user, void *at, size_t size)
{
    memory *self = user;
    if (at == NULL)
        return;
    unsigned char *piece = (unsigned char *)at - MEMORY_HEAD;
    size_t given;
    memcpy(&given, piece, sizeof given);
    self->wrong |= given != size;
    self->live -= given;
    free(piece);
}

static inline void *memory_reallocate(void *user, void *at, size_t old_size, size_t new_size)
{
    void *wider = memory_allocate(user, new_size);
    if (wider == NULL)
        return NULL;
    if (at != NULL)
        memcpy(wider, at, old_size < new_size ? old_size : new_size);
    memory_release(user, at, old_size);
    return wider;
}

static inline hz_alloc memory_alloc(memory *self)
{
    return (hz_alloc){memory_allocate, memory_reallocate, memory_release, self};
}

/* Runs work under a guard; the status it was left with, HZ_OK when it came to its end. */
static inline int32_t guarded(hz_arena *arena, void (*work)(hz_arena *arena, void *context), void *context)
{
    hz_escape escape = {.status = HZ_OK};
    arena->escape = &escape;
    if (setjmp(escape.to) == 0)
        work(arena, context);
    arena->escape = NULL;
    return escape.status;
}

/* The same in an arena of its own over libc's allocator. */
static inline int32_t in_arena(void (*work)(hz_arena *arena, void *context), void *context)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    int32_t status = guarded(&arena, work, context);
    hz_arena_end(&arena);
    return status;
}

#endif
