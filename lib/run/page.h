/* page.h - lines for a terminal: a text flows into lines of at most HZ_PAGE_WIDTH columns, wide characters counted as two.
 *
 * A line breaks where HZ_PAGE_SOFT stands if that keeps the parts whole, else at spaces and between Chinese characters,
 * but not before a closing nor after an opening sign. Called by explain_text.c and show*.c.
 */
#ifndef HZ_RUN_PAGE_H
#define HZ_RUN_PAGE_H

#include "base/buf.h"

#include <stdint.h>

#define HZ_PAGE_WIDTH 100
#define HZ_PAGE_LEAST 40 /* columns left for the text however deep it is indented */

/* A place where a text breaks rather than elsewhere; printed as nothing. */
#define HZ_PAGE_SOFT '\v'

/* Columns of a text on a terminal. */
uint32_t hz_page_width(hz_str text);

/* Appends text as lines with their line ends; first stands before the first of them, rest before the others. */
void hz_page_put(hz_buf *out, hz_str first, hz_str rest, hz_str text);

/* Appends spaces until what was appended since begin is width columns wide. */
void hz_page_pad(hz_buf *out, size_t begin, uint32_t width);

#endif
