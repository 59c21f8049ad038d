/* counted.h - an allocator for fuzzers: counts what is live, refuses one call when told to, and blocks that no machine has. */
#ifndef HUZHU_FUZZ_COUNTED_H
#define HUZHU_FUZZ_COUNTED_H

#include <huzhu/huzhu.h>

#include <stdlib.h>
#include <string.h>

/* A length is believed where no column holds it to anything: no machine has to try. */
#define COUNTED_MOST ((size_t)16 << 20)

static struct {
    size_t live, calls, fail_at;
} memory;

static inline void *take(void *user, size_t size)
{
    (void)user;
    if (++memory.calls == memory.fail_at || size > COUNTED_MOST) return NULL;
    void *taken = malloc(size);
    if (taken == NULL) abort();
    memory.live++;
    return taken;
}

static inline void give_back(void *user, void *taken, size_t size)
{
    (void)user;
    (void)size;
    memory.live -= taken != NULL;
    free(taken);
}

static inline void *retake(void *user, void *taken, size_t old_size, size_t new_size)
{
    void *more = take(user, new_size);
    if (more == NULL) return NULL;
    if (taken != NULL) memcpy(more, taken, old_size < new_size ? old_size : new_size);
    give_back(user, taken, old_size);
    return more;
}

#endif
