/* sort.c - a merge sort in place: short runs by insertion, then merges that split, rotate and go on with both halves.
 *
 * O(n log n) comparisons and O(n log² n) moves, a stack as deep as log n, no memory but a swap of 256 bytes.
 */
#include "base/sort.h"

#include <string.h>

#define RUN 8u

typedef struct order {
    size_t size; /* bytes of an item */
    bool (*less)(const void *context, const void *a, const void *b);
    const void *context;
} order;

static bool less_at(const order *by, const unsigned char *items, size_t a, size_t b)
{
    return by->less(by->context, items + a * by->size, items + b * by->size);
}

static void swap_bytes(unsigned char *a, unsigned char *b, size_t count)
{
    unsigned char kept[256];
    while (count > 0) {
        size_t part = count < sizeof kept ? count : sizeof kept;
        memcpy(kept, a, part);
        memcpy(a, b, part);
        memcpy(b, kept, part);
        a += part;
        b += part;
        count -= part;
    }
}

/* Exchanges two neighbours of left and right bytes: each round swaps the shorter into place. */
static void rotate(unsigned char *at, size_t left, size_t right)
{
    while (left > 0 && right > 0) {
        size_t part = left < right ? left : right;
        swap_bytes(at, at + left, part);
        at += part;
        if (left <= right)
            right -= part;
        else
            left -= part;
    }
}

static void sort_run(const order *by, unsigned char *items, size_t begin, size_t end)
{
    for (size_t i = begin + 1; i < end; i++) {
        size_t to = i;
        while (to > begin && less_at(by, items, i, to - 1))
            to--;
        rotate(items + to * by->size, (i - to) * by->size, by->size);
    }
}

/* In [begin, end), the first item that is not less than item key, or with `after` the first that key is less than. */
static size_t bound(const order *by, const unsigned char *items, size_t begin, size_t end, size_t key, bool after)
{
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        bool before = after ? !less_at(by, items, key, middle) : less_at(by, items, middle, key);
        if (before)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* Merges the sorted [begin, middle) and [middle, end): the middle item of the longer one goes to its place, with what
 * is less than it before and the rest behind; both are then smaller merges. */
static void merge(const order *by, unsigned char *items, size_t begin, size_t middle, size_t end)
{
    while (begin < middle && middle < end && less_at(by, items, middle, middle - 1)) {
        size_t left, right, settled;
        if (middle - begin > end - middle) {
            left = begin + (middle - begin) / 2;
            right = bound(by, items, middle, end, left, false);
            settled = left + (right - middle);
        } else {
            right = middle + (end - middle) / 2;
            left = bound(by, items, begin, middle, right, true);
            settled = left + (right - middle);
            right++;
        }
        rotate(items + left * by->size, (middle - left) * by->size, (right - middle) * by->size);
        merge(by, items, begin, left, settled);
        begin = settled + 1;
        middle = right;
    }
}

void hz_sort(void *items, size_t count, size_t size, bool (*less)(const void *context, const void *a, const void *b),
             const void *context)
{
    order by = {size, less, context};
    for (size_t at = 0; at < count; at += RUN)
        sort_run(&by, items, at, count - at < RUN ? count : at + RUN);
    for (size_t run = RUN; run < count; run *= 2)
        for (size_t at = 0; at + run < count; at += 2 * run)
            merge(&by, items, at, at + run, at + 2 * run < count ? at + 2 * run : count);
}
