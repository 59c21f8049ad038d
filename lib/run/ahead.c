/* ahead.c - see ahead.h. */
#include "run/ahead.h"

#include "run/columns.h"

enum { LINE = 64, CHUNKS_AHEAD = 2 };
#define SMALL ((size_t)1 << 20) /* bytes that lie in a cache anyway */

void hz_ahead_begin(hz_ahead *ahead)
{
    ahead->count = 0;
    ahead->each = 0;
}

void hz_ahead_add(hz_ahead *ahead, const void *from, size_t bits)
{
    size_t step = HZ_CHUNK * bits / 8;
    if (from == NULL || step == 0) return;
    ahead->streams[ahead->count++] = (hz_stream){(uintptr_t)from + CHUNKS_AHEAD * step, step};
}

void hz_ahead_plan(hz_ahead *ahead, size_t rows, uint32_t instructions)
{
    size_t bytes = 0, steps = 0;
    for (uint32_t i = 0; i < ahead->count; i++) {
        bytes += ahead->streams[i].step;
        steps += ahead->streams[i].step / (4 * LINE) + (ahead->streams[i].step % (4 * LINE) + LINE - 1) / LINE;
    }
    ahead->each = rows / HZ_CHUNK * bytes > SMALL ? (uint32_t)(steps / (instructions + 1)) + 1 : 0;
}

static void point(hz_ahead *ahead)
{
    if (ahead->now >= ahead->count) return;
    const hz_stream *stream = &ahead->streams[ahead->now];
    ahead->at = stream->at;
    ahead->stop = stream->at + stream->step;
}

void hz_ahead_chunk(hz_ahead *ahead)
{
    ahead->now = 0;
    point(ahead);
}

void hz_ahead_next(hz_ahead *ahead)
{
    ahead->streams[ahead->now].at = ahead->stop;
    ahead->now++;
    point(ahead);
}
