/* match.h - one text against several patterns at once: a bit for each of them, remembered by text.
 *
 * Codes of diseases repeat, so the answers to short texts are kept in the workspace: a text seen before costs a look into
 * a table, another one a match by each pattern. An answer is kept under the whole text, never under a hash alone.
 */
#ifndef HZ_COLUMN_MATCH_H
#define HZ_COLUMN_MATCH_H

#include "column/workspace.h"

#define HZ_MATCH_BITS 63     /* of a set */
#define HZ_MATCH_GAVE_UP INT64_MIN /* the last bit, which says that a pattern ran into its limits: it stands alone then */

/* Patterns that are matched together; several may share a bit, which is set if one of them matches. */
typedef struct hz_patterns {
    const hz_pattern **at;
    uint8_t *bit;      /* of each, below HZ_MATCH_BITS */
    uint32_t count;
    bool search;       /* a part of the text is enough */
} hz_patterns;

/* Forgets the answers: patterns may come to lie where others lay. */
void hz_seen_forget(hz_workspace *ws);

/* Of a workspace that ends; seen may be NULL. */
void hz_seen_end(hz_seen *seen, const hz_alloc *alloc);

/* The bits of a text. Without memory ws->failed is set. */
int64_t hz_match_bits(hz_workspace *ws, const hz_patterns *patterns, hz_str text);

#endif
