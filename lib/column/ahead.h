/* ahead.h - the host's columns are asked for while the rows before them are worked on: the lines of memory of two chunks
 * ahead, a few after each instruction that is more than logic on bits. Called by the executor over columns and by what runs
 * instructions (run_body.h).
 *
 * A chunk of a column is too short for the machine's own guessing, and some twenty columns take turns: without this, every
 * kernel that is the first to touch one waits. Asked for all at once, lines would wait for each other. What small caches hold
 * anyway is not asked for. Nothing is read: where a column ends does not matter.
 */
#ifndef HZ_COLUMN_AHEAD_H
#define HZ_COLUMN_AHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HZ_AHEAD_BLOCK 256 /* bytes that are asked for together: four lines */

typedef struct hz_stream {
    uintptr_t at;      /* the next chunk's first byte */
    size_t step;       /* bytes a chunk */
    const bool *idle;  /* nobody reads it for now; NULL: somebody always does */
} hz_stream;

typedef struct hz_ahead {
    hz_stream *streams;
    uint32_t count;
    size_t chunk;      /* rows */
    uint32_t each;     /* blocks after an instruction; 0: none */
    uint32_t now;      /* the stream at work */
    uint32_t left;     /* as each, or 0 when the chunk's are all asked for */
    uintptr_t at, stop;
} hz_ahead;

/* Of runs in chunks of so many rows. */
void hz_ahead_begin(hz_ahead *ahead, size_t chunk);
/* A column from some row on, of so many bits a row. There must be room for it. */
void hz_ahead_add(hz_ahead *ahead, const void *from, size_t bits, const bool *idle);
/* Behind the last column: rows that will be run, in chunks of so many instructions that are more than logic. */
void hz_ahead_plan(hz_ahead *ahead, size_t rows, uint32_t instructions);
void hz_ahead_chunk(hz_ahead *ahead);
/* Goes on to the next stream; without one nothing is left. */
void hz_ahead_next(hz_ahead *ahead);

/* Bits a row: so few that whoever reads them asks for the line behind. */
static inline void hz_ahead_bits(const unsigned char *at)
{
#if defined(__GNUC__)
    __builtin_prefetch((const void *)((uintptr_t)at + 64), 0, 2);
#else
    (void)at;
#endif
}

static inline void hz_ahead_after_instruction(hz_ahead *ahead)
{
#if defined(__GNUC__)
    for (uint32_t n = ahead->left; n > 0; n--) {
        const uintptr_t at = ahead->at;
        __builtin_prefetch((const void *)at, 0, 2);
        __builtin_prefetch((const void *)(at + 64), 0, 2);
        __builtin_prefetch((const void *)(at + 128), 0, 2);
        __builtin_prefetch((const void *)(at + 192), 0, 2);
        ahead->at = at + HZ_AHEAD_BLOCK;
        if (ahead->at >= ahead->stop) {
            hz_ahead_next(ahead);
            if (ahead->left == 0) return;
        }
    }
#else
    (void)ahead;
#endif
}

#endif
