/* buf.h - a growing text that keeps its memory between uses; for answers, after warm-up it allocates nothing.
 *
 * A failed allocation is remembered (failed) and later appends do nothing: callers check once, at the end.
 */
#ifndef HZ_BASE_BUF_H
#define HZ_BASE_BUF_H

#include "base/alloc.h"
#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

typedef struct hz_buf {
    hz_alloc alloc;
    char *at; /* NUL-terminated once anything was appended */
    size_t len, room;
    bool failed;
} hz_buf;

void hz_buf_begin(hz_buf *buf, const hz_alloc *alloc);
void hz_buf_end(hz_buf *buf);
/* Empties it, keeps the memory, forgets a failure. */
void hz_buf_reset(hz_buf *buf);

void hz_buf_add(hz_buf *buf, hz_str text);
void hz_buf_add_char(hz_buf *buf, char c);
void hz_buf_add_int(hz_buf *buf, int64_t value);
void hz_buf_add_spaces(hz_buf *buf, size_t count);
void hz_buf_printf(hz_buf *buf, const char *format, ...) HZ_PRINTF(2, 3);
#define hz_buf_add_literal(buf, literal) hz_buf_add((buf), HZ_STR(literal))

/* The text as a JSON string with its quotes: only what JSON demands is escaped; a byte that is not UTF-8
 * becomes U+FFFD, so that the answer is always UTF-8. */
void hz_buf_add_json(hz_buf *buf, hz_str text);

/* The whole text; valid until the next call on buf. Never a NULL pointer. */
hz_str hz_buf_text(const hz_buf *buf);

#endif
