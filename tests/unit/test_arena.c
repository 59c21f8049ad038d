/* test_arena.c - the arena, and what lives in it: alignment, limits, escapes, each allocation failing in turn. */
#include "harness/harness.h"

#include "base/map.h"
#include "base/vec.h"
#include "guarded.h"

typedef struct undone {
    int list[8];
    int count;
} undone;

typedef struct undo_item {
    undone *into;
    int id;
} undo_item;

static void undo(void *what)
{
    undo_item *item = what;
    item->into->list[item->into->count++] = item->id;
}

static void take_sizes(hz_arena *arena, void *context)
{
    (void)context;
    unsigned char *last = NULL;
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *at = hz_arena_take(arena, size);
        HZ_CHECK(at != NULL && at != last);
        HZ_CHECK_EQ_INT((uintptr_t)at % 16, 0);
        size_t set = 0;
        for (size_t i = 0; i < size; i++)
            set += at[i] != 0;
        HZ_CHECK_EQ_INT(set, 0);
        memset(at, 0xFF, size);
        last = at;
    }
}

HZ_TEST(arena_gives_zeroed_aligned_memory)
{
    memory counted = {0};
    hz_alloc alloc = memory_alloc(&counted);
    hz_arena arena;
    hz_arena_begin(&arena, &alloc, 0);
    HZ_CHECK_EQ_INT(counted.calls, 0);
    HZ_CHECK_EQ_INT(guarded(&arena, take_sizes, NULL), HZ_OK);
    HZ_CHECK_EQ_INT(arena.taken, counted.live);
    /* 640 KB in blocks of 16, 32, … KB */
    HZ_CHECK(counted.calls <= 7);
    hz_arena_end(&arena);
    HZ_CHECK_EQ_INT(counted.live, 0);
    HZ_CHECK(!counted.wrong);
    HZ_CHECK_EQ_INT(guarded(&arena, take_sizes, NULL), HZ_OK);
    hz_arena_end(&arena);
    HZ_CHECK_EQ_INT(counted.live, 0);
}

static void take_big(hz_arena *arena, void *context)
{
    (void)context;
    unsigned char *first = hz_arena_take(arena, 16);
    unsigned char *big = hz_arena_take(arena, 5 * 1024 * 1024);
    unsigned char *second = hz_arena_take(arena, 16);
    HZ_CHECK(second == first + 16);
    big[5 * 1024 * 1024 - 1] = 1;
}

HZ_TEST(arena_keeps_its_block_beside_a_big_one)
{
    HZ_CHECK_EQ_INT(in_arena(take_big, NULL), HZ_OK);
}

static void take_until_refused(hz_arena *arena, void *context)
{
    uint32_t random = *(uint32_t *)context;
    for (;;) {
        random = random * 1664525u + 1013904223u;
        hz_arena_take(arena, (random >> 16) % ((random >> 8) % 64 == 0 ? 40000 : 400));
    }
}

HZ_TEST(arena_honours_its_limit)
{
    for (size_t limit = 1; limit < 300000; limit += limit / 7 + 1) {
        memory counted = {0};
        hz_alloc alloc = memory_alloc(&counted);
        uint32_t seed = (uint32_t)limit;
        hz_arena arena;
        hz_arena_begin(&arena, &alloc, limit);
        HZ_CHECK_EQ_INT(guarded(&arena, take_until_refused, &seed), HZ_LIMIT);
        HZ_CHECK(counted.live <= limit);
        HZ_CHECK_EQ_INT(arena.taken, counted.live);
        HZ_CHECK(hz_arena_try(&arena, limit) == NULL);
        hz_arena_end(&arena);
        HZ_CHECK_EQ_INT(counted.live, 0);
        HZ_CHECK(!counted.wrong);
    }
}

HZ_TEST(arena_uses_all_of_its_limit)
{
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 1000);
    HZ_CHECK(hz_arena_try(&arena, 900) != NULL);
    HZ_CHECK_EQ_INT(arena.taken, 1000);
    HZ_CHECK(hz_arena_try(&arena, 900) == NULL);
    HZ_CHECK(hz_arena_try(&arena, 16) != NULL);
    hz_arena_end(&arena);
    /* A last block is as small as what is left. */
    hz_arena_begin(&arena, &hz_alloc_libc, 20000);
    HZ_CHECK(hz_arena_try(&arena, 100) != NULL);
    HZ_CHECK(hz_arena_try(&arena, 16200) != NULL);
    HZ_CHECK(hz_arena_try(&arena, 3000) != NULL);
    HZ_CHECK_EQ_INT(arena.taken, 20000);
    hz_arena_end(&arena);
}

static void take_many_too_many(hz_arena *arena, void *context)
{
    hz_arena_take_many(arena, *(size_t *)context, 16);
}

HZ_TEST(arena_refuses_sizes_that_overflow)
{
    size_t counts[] = {SIZE_MAX, SIZE_MAX / 16 + 1, SIZE_MAX / 16};
    for (size_t i = 0; i < 3; i++)
        HZ_CHECK_EQ_INT(in_arena(take_many_too_many, &counts[i]), HZ_LIMIT);
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    HZ_CHECK(hz_arena_try(&arena, SIZE_MAX) == NULL);
    HZ_CHECK(hz_arena_try(&arena, SIZE_MAX - 15) == NULL);
    HZ_CHECK_EQ_INT(arena.taken, 0);
    hz_arena_end(&arena);
}

static void write_texts(hz_arena *arena, void *context)
{
    (void)context;
    char bytes[] = "住院xyz";
    hz_str copy = hz_arena_copy(arena, (hz_str){bytes, 6});
    bytes[0] = 'X';
    HZ_CHECK_EQ_INT(copy.len, 6);
    HZ_CHECK_STR(copy.at, "住院");
    HZ_CHECK_STR(hz_arena_copy(arena, (hz_str){NULL, 0}).at, "");
    hz_str line = hz_arena_printf(arena, "%s-%d-%.*s", "a", -7, HZ_ARG(copy));
    HZ_CHECK_STR(line.at, "a--7-住院");
    HZ_CHECK_EQ_INT(line.len, 11);
    HZ_CHECK_EQ_INT(hz_arena_printf(arena, "%*d", 70000, 1).len, 70000);
}

HZ_TEST(arena_copies_and_formats_texts)
{
    HZ_CHECK_EQ_INT(in_arena(write_texts, NULL), HZ_OK);
}

static void defer_three(hz_arena *arena, void *context)
{
    for (int i = 0; i < 3; i++) {
        undo_item *item = HZ_NEW(arena, undo_item);
        *item = (undo_item){context, i};
        hz_arena_defer(arena, undo, item);
    }
    hz_arena_escape(arena, HZ_RULES);
}

HZ_TEST(arena_undoes_newest_first_after_an_escape)
{
    undone seen = {0};
    HZ_CHECK_EQ_INT(in_arena(defer_three, &seen), HZ_RULES);
    HZ_CHECK_EQ_INT(seen.count, 3);
    for (int i = 0; i < 3; i++)
        HZ_CHECK_EQ_INT(seen.list[i], 2 - i);
}

typedef struct mixed {
    undone undone;
    undo_item item;
    int begun;
} mixed;

/* Something of everything, in blocks shared and alone. */
static void mixed_work(hz_arena *arena, void *context)
{
    mixed *work = context;
    hz_map map = {0};
    HZ_VEC(uint32_t) numbers = {0};
    work->item = (undo_item){&work->undone, 1};
    work->begun++;
    hz_arena_defer(arena, undo, &work->item);
    for (uint32_t i = 0; i < 20000; i++) {
        hz_str key = hz_arena_printf(arena, "key %u", (unsigned)i);
        hz_map_put(arena, &map, key, i);
        *HZ_PUSH(arena, &numbers) = i;
    }
    for (uint32_t i = 0; i < numbers.count; i += 997)
        HZ_CHECK_EQ_INT(numbers.at[i], i);
}

HZ_TEST(arena_leaks_nothing_when_any_allocation_fails)
{
    size_t fail_at = 0;
    int32_t status;
    do {
        memory counted = {.fail_at = ++fail_at};
        hz_alloc alloc = memory_alloc(&counted);
        mixed work = {0};
        hz_arena arena;
        hz_arena_begin(&arena, &alloc, 0);
        status = guarded(&arena, mixed_work, &work);
        HZ_CHECK(status == HZ_NO_MEMORY || status == HZ_OK);
        hz_arena_end(&arena);
        HZ_CHECK_EQ_INT(counted.live, 0);
        HZ_CHECK(!counted.wrong);
        HZ_CHECK_EQ_INT(work.undone.count, work.begun);
    } while (status != HZ_OK && fail_at < 200);
    HZ_CHECK(fail_at > 5 && fail_at < 200);
}

static void fill_vec(hz_arena *arena, void *context)
{
    (void)context;
    HZ_VEC(uint64_t) items = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        uint64_t *item = HZ_PUSH(arena, &items);
        HZ_CHECK_EQ_INT(*item, 0);
        *item = i * UINT64_C(3);
    }
    HZ_CHECK_EQ_INT(items.count, 10000);
    for (uint32_t i = 0; i < items.count; i++)
        HZ_CHECK_EQ_INT(items.at[i], i * UINT64_C(3));
    items.count -= 2;
    HZ_CHECK_EQ_INT(*HZ_PUSH(arena, &items), 0);
}

HZ_TEST(vec_grows_and_gives_zeroed_items)
{
    HZ_CHECK_EQ_INT(in_arena(fill_vec, NULL), HZ_OK);
}

static void fill_map(hz_arena *arena, void *context)
{
    (void)context;
    hz_map map = {0};
    HZ_CHECK_EQ_INT(hz_map_find(&map, HZ_STR("none")), HZ_MAP_NONE);
    for (uint32_t i = 0; i < 10000; i++) {
        hz_str key = hz_arena_printf(arena, "住%u", (unsigned)i);
        HZ_CHECK_EQ_INT(hz_map_find(&map, key), HZ_MAP_NONE);
        HZ_CHECK_EQ_INT(hz_map_put(arena, &map, key, i), i);
        HZ_CHECK_EQ_INT(hz_map_put(arena, &map, key, i + 1), i);
    }
    HZ_CHECK_EQ_INT(map.count, 10000);
    HZ_CHECK(map.room <= 16384 * 2 && (map.room & (map.room - 1)) == 0);
    for (uint32_t i = 0; i < 10000; i++)
        HZ_CHECK_EQ_INT(hz_map_find(&map, hz_arena_printf(arena, "住%u", (unsigned)i)), i);
    HZ_CHECK_EQ_INT(hz_map_find(&map, HZ_STR("住")), HZ_MAP_NONE);
    HZ_CHECK_EQ_INT(hz_map_put(arena, &map, (hz_str){NULL, 0}, 7), 7);
    HZ_CHECK_EQ_INT(hz_map_find(&map, HZ_STR("")), 7);
    HZ_CHECK_EQ_INT(hz_map_find(&map, (hz_str){"a\0b", 3}), HZ_MAP_NONE);
    HZ_CHECK_EQ_INT(hz_map_put(arena, &map, (hz_str){"a\0b", 3}, 8), 8);
    HZ_CHECK_EQ_INT(hz_map_find(&map, HZ_STR("a")), HZ_MAP_NONE);
}

HZ_TEST(map_finds_what_was_put)
{
    HZ_CHECK_EQ_INT(in_arena(fill_map, NULL), HZ_OK);
}

static void widen(hz_arena *arena, void *context)
{
    (void)context;
    unsigned char *first = hz_arena_take(arena, 20);
    HZ_CHECK(hz_arena_widen(arena, first, 20, 100));
    memset(first + 20, 0xFF, 80);
    unsigned char *second = hz_arena_take(arena, 16);
    HZ_CHECK(second == first + 112);
    HZ_CHECK_EQ_INT(second[0], 0);
    HZ_CHECK(!hz_arena_widen(arena, first, 100, 200));            /* not the last */
    HZ_CHECK(!hz_arena_widen(arena, second, 16, SIZE_MAX / 2));   /* more than the block has */
    HZ_CHECK(!hz_arena_widen(arena, second, 16, SIZE_MAX));
    hz_arena_return(arena, second, 16);
    unsigned char *again = hz_arena_take(arena, 16);
    HZ_CHECK(again == second && again[0] == 0);
}

HZ_TEST(arena_widens_and_takes_back_what_was_last)
{
    HZ_CHECK_EQ_INT(in_arena(widen, NULL), HZ_OK);
}

HZ_TEST(arena_gives_back_what_has_a_block_of_its_own)
{
    memory counted = {0};
    hz_alloc alloc = memory_alloc(&counted);
    hz_arena arena;
    hz_arena_begin(&arena, &alloc, 0);
    void *small = hz_arena_try(&arena, 100);
    size_t live = counted.live;
    void *big = hz_arena_try(&arena, 100000), *bigger = hz_arena_try(&arena, 200000);
    HZ_CHECK(small != NULL && big != NULL && bigger != NULL);
    hz_arena_return(&arena, small, 100); /* shares its block */
    hz_arena_return(&arena, NULL, 0);
    hz_arena_return(&arena, big, 100000);
    HZ_CHECK(counted.live < live + 201000);
    hz_arena_return(&arena, bigger, 200000);
    HZ_CHECK_EQ_INT(counted.live, live);
    HZ_CHECK_EQ_INT(arena.taken, live);
    hz_arena_end(&arena);
    HZ_CHECK_EQ_INT(counted.live, 0);
    HZ_CHECK(!counted.wrong);
}

static void fill_small_vecs(hz_arena *arena, void *context)
{
    size_t *taken = context;
    for (int i = 0; i < 1000; i++) {
        HZ_VEC(struct { unsigned char bytes[400]; }) one = {0};
        HZ_PUSH(arena, &one)->bytes[0] = 1;
        hz_arena_take(arena, 16);
    }
    *taken = arena->taken;
}

HZ_TEST(vec_of_one_large_item_takes_little_more)
{
    size_t taken = 0;
    HZ_CHECK_EQ_INT(in_arena(fill_small_vecs, &taken), HZ_OK);
    HZ_CHECK(taken < 1000000);
}
