/* leak.h - an allocator that counts and fails on demand, and failures of malloc itself (for libyaml). */
#ifndef HZ_TESTS_LEAK_H
#define HZ_TESTS_LEAK_H

#include <huzhu/huzhu.h>

#include <stdbool.h>

typedef struct hz_leak {
    size_t blocks, bytes; /* live */
    size_t calls;         /* allocations asked for */
    size_t fail_at;       /* the call that fails, from 1; 0: none */
    bool wrong_size;      /* a release named another size than was taken */
} hz_leak;

/* An allocator on leak; both must outlive what uses them. */
huzhu_allocator hz_leak_allocator(hz_leak *leak);

/* Runs once again and again, each time with another of its allocations failing, until none is left to fail: it must say
 * HUZHU_NO_MEMORY each time, give everything back, and come to HUZHU_OK in the end. */
typedef huzhu_status hz_leak_once(const huzhu_allocator *allocator, void *context);
void hz_each_allocation_fails(hz_leak_once *once, void *context);

/* The k-th malloc, realloc or strdup from now on returns NULL, once; 0: never. Counts calls since it was set. */
void hz_fail_malloc_at(size_t k);
size_t hz_malloc_calls(void);

#endif
