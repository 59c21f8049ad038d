/* ahead.h - the host's columns are asked for while the rows before them are worked on: the lines of memory of two chunks
 * ahead, a few between any two instructions. Private to columns.c.
 *
 * A chunk of a column is too short for the machine's own guessing, and some twenty columns take turns: without this, every
 * kernel that is the first to touch one waits. Asked for all at once, lines would wait for each other. What small caches hold
 * anyway is not asked for. Nothing is read: where a column ends does not matter.
 */
#ifndef HZ_RUN_AHEAD_H
#define HZ_RUN_AHEAD_H

#include <stddef.h>
#include <stdint.h>

typedef struct hz_stream {
    uintptr_t at;     /* the next chunk's first byte */
    size_t step;      /* bytes a chunk */
} hz_stream;

typedef struct hz_ahead {
    hz_stream *streams;
    uint32_t count;
    uint32_t each;    /* steps after an instruction: four lines, or one that is left; 0: none */
    uint32_t now;     /* the stream at work */
    uintptr_t at, stop;
} hz_ahead;

void hz_ahead_begin(hz_ahead *ahead);
/* A column from some row on, of so many bits a row. There must be room for it. */
void hz_ahead_add(hz_ahead *ahead, const void *from, size_t bits);
/* Behind the last column: rows that will be run, in chunks of so many instructions. */
void hz_ahead_plan(hz_ahead *ahead, size_t rows, uint32_t instructions);
void hz_ahead_chunk(hz_ahead *ahead);
void hz_ahead_next(hz_ahead *ahead);

static inline void hz_ahead_after_instruction(hz_ahead *ahead)
{
#if defined(__GNUC__)
    for (uint32_t n = ahead->each; n > 0 && ahead->now < ahead->count; n--) {
        __builtin_prefetch((const void *)ahead->at, 0, 2);
        if (ahead->stop - ahead->at >= 256) {
            __builtin_prefetch((const void *)(ahead->at + 64), 0, 2);
            __builtin_prefetch((const void *)(ahead->at + 128), 0, 2);
            __builtin_prefetch((const void *)(ahead->at + 192), 0, 2);
            ahead->at += 192;
        }
        ahead->at += 64;
        if (ahead->at >= ahead->stop) hz_ahead_next(ahead);
    }
#else
    (void)ahead;
#endif
}

#endif
