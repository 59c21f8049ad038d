/* text.h - what kernels do with texts; positions and lengths count code points. A result is a part of an operand where
 * it can be, else it lies in the workspace; it can be read even where an operand was no value. Called by kernels.
 *
 * A result that there is not (a position outside the text) is a text at NULL, which hz_text_is_none tells: the caller
 * raises an error there.
 */
#ifndef HZ_COLUMN_TEXT_H
#define HZ_COLUMN_TEXT_H

#include "column/workspace.h"

/* Bytes of a text that a kernel makes; one that would be longer is treated as no memory. */
#define HZ_TEXT_LONGEST (16 << 20)

static inline bool hz_text_is_none(hz_str text)
{
    return text.at == NULL;
}

hz_str hz_text_join(hz_workspace *ws, hz_str a, hz_str b);

/* Code points. */
int64_t hz_text_length(hz_str text);

/* length code points from position start (1: the first, -1: the last); what is beyond the end is left off. None where
 * there is no such position, or length is less than 1. */
hz_str hz_text_substring(hz_str text, int64_t start, int64_t length);

/* Before or behind the first place of match; "" where it is nowhere. */
hz_str hz_text_before(hz_str text, hz_str match);
hz_str hz_text_after(hz_str text, hz_str match);
bool hz_text_contains(hz_str text, hz_str match);

/* Simple case mapping of each code point. */
hz_str hz_text_upper(hz_workspace *ws, hz_str text);
hz_str hz_text_lower(hz_workspace *ws, hz_str text);

/* As FEEL writes a text literal: in quotes, with escapes. */
hz_str hz_text_quote(hz_workspace *ws, hz_str text);

/* A copy in the workspace. */
hz_str hz_text_copy(hz_workspace *ws, const char *at, size_t len);

#endif
