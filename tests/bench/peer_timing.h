/* peer_timing.h - clocks and medians of the benches. */
#ifndef HUZHU_BENCH_PEER_TIMING_H
#define HUZHU_BENCH_PEER_TIMING_H

#include <stdlib.h>
#include <time.h>

enum { PEER_PAIRS = 15 };

static inline double peer_clock(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Nanoseconds of this process: not what others take meanwhile. */
static inline double peer_busy(void)
{
    return peer_clock(CLOCK_PROCESS_CPUTIME_ID);
}

/* Nanoseconds on the wall, for what runs in several threads. */
static inline double peer_wall(void)
{
    return peer_clock(CLOCK_MONOTONIC);
}

static inline int peer_by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Of PEER_PAIRS values, which are put in order. */
static inline double peer_median(double *values)
{
    qsort(values, PEER_PAIRS, sizeof *values, peer_by_size);
    return values[PEER_PAIRS / 2];
}

#endif
