/* alloc.c - the allocator of hosts that bring none: libc's malloc family. Nothing else of the library calls it. */
#include "base/alloc.h"

#include <stdlib.h>

static void *libc_allocate(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *libc_reallocate(void *user, void *memory, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    return realloc(memory, new_size);
}

static void libc_release(void *user, void *memory, size_t size)
{
    (void)user;
    (void)size;
    free(memory);
}

const hz_alloc hz_alloc_libc = {libc_allocate, libc_reallocate, libc_release, NULL};
