/* sort.h - a stable sort that allocates nothing: glibc's qsort does, and leaves ties to chance. */
#ifndef HZ_BASE_SORT_H
#define HZ_BASE_SORT_H

#include <stdbool.h>
#include <stddef.h>

/* Sorts count items of size bytes in place, ties in their given order. O(n log n) comparisons, O(n log^2 n) moves.
 * less(context, a, b) is a strict order. */
void hz_sort(void *items, size_t count, size_t size, bool (*less)(const void *context, const void *a, const void *b),
             const void *context);

#endif
