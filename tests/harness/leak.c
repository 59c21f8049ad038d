/* leak.c - see leak.h. malloc's place is taken by the linker's --wrap. */
#include "harness/leak.h"

#include "harness/harness.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* In front of each block: its size, padded to keep the alignment. */
#define HEAD 16

static bool fails(hz_leak *leak)
{
    return ++leak->calls == leak->fail_at;
}

static void *take(void *user, size_t size)
{
    hz_leak *leak = user;
    if (fails(leak)) return NULL;
    unsigned char *block = malloc(size + HEAD);
    if (block == NULL) return NULL;
    memcpy(block, &size, sizeof size);
    leak->blocks++;
    leak->bytes += size;
    return block + HEAD;
}

static void give_back(void *user, void *memory, size_t size)
{
    hz_leak *leak = user;
    if (memory == NULL) return;
    size_t taken;
    memcpy(&taken, (unsigned char *)memory - HEAD, sizeof taken);
    if (taken != size) leak->wrong_size = true;
    leak->blocks--;
    leak->bytes -= taken;
    free((unsigned char *)memory - HEAD);
}

static void *retake(void *user, void *memory, size_t old_size, size_t new_size)
{
    void *grown = take(user, new_size);
    if (grown == NULL) return NULL;
    if (memory != NULL) memcpy(grown, memory, old_size < new_size ? old_size : new_size);
    give_back(user, memory, old_size);
    return grown;
}

huzhu_allocator hz_leak_allocator(hz_leak *leak)
{
    return (huzhu_allocator){sizeof(huzhu_allocator), take, retake, give_back, leak};
}

void hz_each_allocation_fails(hz_leak_once *once, void *context)
{
    huzhu_status status = HUZHU_NO_MEMORY;
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 10000; k++) {
        hz_leak leak = {.fail_at = k};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        status = once(&allocator, context);
        if (HZ_CHECK_EQ_INT(leak.blocks, 0) && HZ_CHECK(!leak.wrong_size)) continue;
        fprintf(stderr, "  at allocation %zu\n", k);
        break;
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
}

static atomic_size_t malloc_fail_at, malloc_calls; /* threads allocate */

void hz_fail_malloc_at(size_t k)
{
    malloc_fail_at = k;
    malloc_calls = 0;
}

size_t hz_malloc_calls(void)
{
    return malloc_calls;
}

void *__real_malloc(size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);

void *__wrap_malloc(size_t size)
{
    return ++malloc_calls == malloc_fail_at ? NULL : __real_malloc(size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return ++malloc_calls == malloc_fail_at ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return ++malloc_calls == malloc_fail_at ? NULL : __real_strdup(text);
}
