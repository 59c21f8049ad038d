/* utf8.h - UTF-8: checking, stepping, display width. Width and case come from utf8proc, which only utf8.c includes. */
#ifndef HZ_BASE_UTF8_H
#define HZ_BASE_UTF8_H

#include "base/str.h"

#include <stdint.h>

#define HZ_UTF8_BAD UINT32_MAX

/* The code point at *at, moving *at behind it; HZ_UTF8_BAD (moving one byte) for anything that RFC 3629 forbids. */
uint32_t hz_utf8_next(hz_str text, size_t *at);

/* Offset of the first byte that is not UTF-8, or text.len when all is well. */
size_t hz_utf8_check(hz_str text);

/* Number of code points; bad bytes count one each. */
size_t hz_utf8_count(hz_str text);

/* Columns on a terminal: 2 for wide characters, 0 for combining and invisible ones (controls among them), 1 otherwise
 * (HZ_UTF8_BAD among them: it is shown as U+FFFD). */
uint32_t hz_utf8_width(uint32_t code_point);

/* The simple case mapping of Unicode: one code point to one, itself where there is no other. */
uint32_t hz_utf8_upper(uint32_t code_point);
uint32_t hz_utf8_lower(uint32_t code_point);

/* The byte at which code point number n begins (from 0); text.len where there are no more than n. */
size_t hz_utf8_offset(hz_str text, size_t n);

/* Writes code_point, at most 10FFFF, at out (4 bytes of room); returns the bytes written. */
size_t hz_utf8_put(char *out, uint32_t code_point);

#endif
