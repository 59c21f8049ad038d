/* ahead.c - see ahead.h. */
#include "column/ahead.h"

enum { CHUNKS_AHEAD = 2 };
#define SMALL ((size_t)1 << 20) /* bytes that lie in a cache anyway */

void hz_ahead_begin(hz_ahead *ahead, size_t chunk)
{
    ahead->chunk = chunk;
    ahead->count = 0;
    ahead->each = 0;
}

void hz_ahead_add(hz_ahead *ahead, const void *from, size_t bits, const bool *idle)
{
    size_t step = ahead->chunk * bits / 8;
    if (from == NULL || bits < 8) return;
    ahead->streams[ahead->count++] = (hz_stream){(uintptr_t)from + CHUNKS_AHEAD * step, step, idle};
}

void hz_ahead_plan(hz_ahead *ahead, size_t rows, uint32_t instructions)
{
    size_t bytes = 0, blocks = 0;
    for (uint32_t i = 0; i < ahead->count; i++) {
        bytes += ahead->streams[i].step;
        blocks += (ahead->streams[i].step + HZ_AHEAD_BLOCK - 1) / HZ_AHEAD_BLOCK;
    }
    ahead->each = rows / ahead->chunk * bytes > SMALL ? (uint32_t)(blocks / (instructions + 1)) + 1 : 0;
}

/* The stream at work, or the first behind it that somebody reads. */
static void point(hz_ahead *ahead)
{
    for (; ahead->now < ahead->count; ahead->now++) {
        hz_stream *stream = &ahead->streams[ahead->now];
        ahead->at = stream->at;
        ahead->stop = stream->at + stream->step;
        stream->at = ahead->stop;
        if (stream->idle == NULL || !*stream->idle) return;
    }
    ahead->left = 0;
}

void hz_ahead_chunk(hz_ahead *ahead)
{
    ahead->now = 0;
    ahead->left = ahead->each;
    if (ahead->left > 0) point(ahead);
}

void hz_ahead_next(hz_ahead *ahead)
{
    ahead->now++;
    point(ahead);
}
