/* progress.c - one line, written over itself. */
#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { WIDTH = 20, EVERY_MS = 100 };

void cli_progress_begin(cli_progress *progress, bool wanted)
{
    *progress = (cli_progress){.on = wanted && isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
    progress->told = progress->begun;
}

static int64_t milliseconds(const struct timespec *from, const struct timespec *to)
{
    return (int64_t)(to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

/* 4250000 as "4,250,000". */
static const char *grouped(uint64_t value, char text[32])
{
    char *at = text + 31;
    *at = '\0';
    for (int i = 0; i == 0 || value > 0; i++, value /= 10) {
        if (i > 0 && i % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + value % 10);
    }
    return at;
}

void cli_progress_show(cli_progress *progress, uint64_t rows, uint64_t bytes, uint64_t all)
{
    struct timespec now;
    char count[32], speed[32], bar[WIDTH + 1];
    if (!progress->on)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (milliseconds(&progress->told, &now) < EVERY_MS)
        return;
    progress->told = now;
    progress->shown = true;
    int64_t since = milliseconds(&progress->begun, &now);
    uint64_t rate = since > 0 ? rows * 1000 / (uint64_t)since : 0;
    fprintf(stderr, "\r\033[K%s rows, %s a second", grouped(rows, count), grouped(rate, speed));
    if (all > 0) {
        uint64_t part = bytes < all ? bytes : all;
        for (uint64_t i = 0; i < WIDTH; i++)
            bar[i] = i < part * WIDTH / all ? '#' : '.';
        bar[WIDTH] = '\0';
        fprintf(stderr, "  [%s] %" PRIu64 " %%", bar, part * 100 / all);
    }
    fflush(stderr);
}

void cli_progress_clear(cli_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
