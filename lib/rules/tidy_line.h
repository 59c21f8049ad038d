/* tidy_line.h - a rule file taken apart into lines. Between tidy.c, tidy_flow.c and tidy_columns.c, nobody else.
 *
 *     tidy.c          tree -> lines, with the comments between them; the proof that the tree stayed
 *     tidy_columns.c  lines that follow each other and have the same shape: where their columns stand
 *     tidy_flow.c     { } and [ ], and their cells
 */
#ifndef HZ_RULES_TIDY_LINE_H
#define HZ_RULES_TIDY_LINE_H

#include "rules/tidy.h"
#include "rules/tree.h"

/* One line of a block mapping or block list, or all that is left of one: literal text goes on below. */
typedef struct hz_tidy_line {
    uint32_t begin, end;      /* source bytes: of its first token, behind its last */
    uint32_t column;          /* where it begins in the source, in bytes of its line */
    uint32_t indent, dashes;  /* spaces, then how often "- " */
    const hz_tree *owner;     /* the mapping or list whose pair or item it is */
    const hz_tree_pair *pair; /* NULL: an item */
    const hz_tree *value;     /* what stands on the line behind the key; NULL: nothing does */
    bool blank;               /* an empty line stands before it, and before the comments above it */
    uint32_t pad;             /* spaces behind "key: " */
    uint32_t *cells;          /* of a flow mapping in columns: spaces behind each cell; or NULL */
} hz_tidy_line;

typedef struct hz_tidy_lines {
    hz_tidy_line *at;
    uint32_t count, room;
} hz_tidy_lines;

/* Where to write, and how far the line is: columns as a terminal shows them. */
typedef struct hz_tidy_out {
    hz_buf *text; /* NULL: only the width counts */
    uint32_t width;
} hz_tidy_out;

void hz_tidy_put(hz_tidy_out *out, hz_str text);
void hz_tidy_spaces(hz_tidy_out *out, uint32_t count);
/* A text's width in columns. */
uint32_t hz_tidy_width(hz_str text);

/* A scalar or key as it is written. */
static inline hz_str hz_tidy_raw(hz_str bytes, hz_span span)
{
    return hz_str_part(bytes, span.begin, span.end);
}

/* Whether a flow collection can be written anew: all on one line, nothing left out. */
bool hz_tidy_is_simple(hz_str bytes, const hz_tree *flow);
/* Writes it; cells as in hz_tidy_line. */
void hz_tidy_flow(hz_tidy_out *out, hz_str bytes, const hz_tree *flow, const uint32_t *cells);
/* The width of a pair with the comma behind it. */
uint32_t hz_tidy_cell_width(hz_str bytes, const hz_tree_pair *pair);

/* Sets pad and cells of all lines. */
void hz_tidy_columns(hz_arena *arena, hz_str bytes, const hz_tidy_lines *lines);

#endif
