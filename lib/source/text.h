/* text.h - source texts and places in them.
 *
 * A span is a file and a range of bytes. Lines and columns (from 1, columns in code points) are worked out only when
 * a diagnostic is shown.
 */
#ifndef HZ_SOURCE_TEXT_H
#define HZ_SOURCE_TEXT_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdint.h>

typedef struct hz_span {
    uint32_t file;       /* index into hz_sources, or HZ_NO_FILE */
    uint32_t begin, end; /* bytes, end exclusive */
} hz_span;

#define HZ_NO_FILE UINT32_MAX
#define HZ_NO_SPAN ((hz_span){HZ_NO_FILE, 0, 0})

typedef struct hz_source {
    hz_str name;  /* path as shown: relative to the ruleset, with '/' */
    hz_str bytes; /* the whole text, BOM included */
} hz_source;

typedef struct hz_sources {
    HZ_VEC(hz_source) files;
} hz_sources;

typedef struct hz_place {
    uint32_t line, column; /* from 1; column in code points, the BOM uncounted */
    hz_str text;           /* the whole line, without its end */
    uint32_t line_begin;   /* byte offset of the line */
} hz_place;

/* Adds a text (both texts must live as long as the arena's users); returns its file number. */
uint32_t hz_sources_add(hz_arena *arena, hz_sources *sources, hz_str name, hz_str bytes);

/* Where a byte offset lies. Lines end with \n, \r\n or \r only. */
hz_place hz_sources_place(const hz_sources *sources, uint32_t file, uint32_t offset);

static inline hz_span hz_span_join(hz_span a, hz_span b)
{
    return (hz_span){a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

/* A span inside span: begin and end count from span's begin. */
static inline hz_span hz_span_inside(hz_span span, uint32_t begin, uint32_t end)
{
    return (hz_span){span.file, span.begin + begin, span.begin + end};
}

#endif
