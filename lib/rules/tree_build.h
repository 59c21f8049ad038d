/* tree_build.h - what the files that build a tree share. Private to tree*.c and yaml.c.
 *
 *     tree_bytes.c    before libyaml: size, encoding, characters, directives
 *     yaml.c          libyaml, its events and marks; the only file that includes <yaml.h>
 *     tree_nodes.c    nodes put into each other; what no node can stand for
 *     tree_scalar.c   where each byte of a scalar stands; scalars that are refused
 *     tree_map.c      a mapping once it is whole: texts split by a comma, duplicate keys
 *     tree_problem.c  libyaml's complaints in plain words
 *     tree.c          queries over the finished tree
 */
#ifndef HZ_RULES_TREE_BUILD_H
#define HZ_RULES_TREE_BUILD_H

#include "rules/tree.h"

/* Collections and scalars in one file: more cost too much memory before anything was checked. */
#define HZ_TREE_MOST_NODES 800000u

/* An open collection. What it holds so far stands beside it: the node gets its own when all is there, and the room serves
 * the next collection of this depth. */
typedef struct hz_tree_level {
    hz_tree *node;
    bool value_due; /* of a mapping: its last pair has no value yet */
    HZ_VEC(hz_tree *) items;
    HZ_VEC(hz_tree_pair) pairs;
} hz_tree_level;

typedef struct hz_tree_build {
    hz_arena *arena;  /* of what is made now: the tree's, or that of the long list that is open … */
    hz_arena *whole;  /* … the tree's; NULL: no long list is open … */
    uint32_t long_at; /* … at this depth */
    hz_diags *diags;
    hz_str bytes; /* the whole file */
    uint32_t file;
    uint32_t begin; /* behind the BOM */
    uint32_t nodes; /* made so far */
    uint32_t signs; /* anchors, aliases and tags refused */
    bool unusable;  /* something was refused that no node can stand for: there will be no tree */
    hz_span last;   /* the last quoted text or flow collection that ended, or HZ_NO_SPAN */
    hz_span run_on; /* a text over several lines that ended just before, not yet refused, or HZ_NO_SPAN */
    bool folded;    /* the last scalar was refused as folded: what libyaml says next comes of that */
    hz_tree *root;
    uint32_t depth; /* open levels */
    hz_tree_level levels[HZ_TREE_DEPTH];
} hz_tree_build;

/* What libyaml says when it gives up, in byte offsets. */
typedef struct hz_tree_problem {
    const char *problem; /* "did not find expected key" */
    const char *context; /* "while parsing a block mapping", or NULL */
    uint32_t at;         /* where it gave up */
    uint32_t context_at; /* where what it was reading began; at, without context */
    bool flow;           /* inside { } or [ ] */
} hz_tree_problem;

static inline hz_span hz_tree_span(const hz_tree_build *build, size_t begin, size_t end)
{
    return (hz_span){build->file, (uint32_t)begin, (uint32_t)end};
}

/* The byte at an offset; -1 behind the last one. */
static inline int hz_tree_byte(const hz_tree_build *build, size_t at)
{
    return at < build->bytes.len ? (unsigned char)build->bytes.at[at] : -1;
}

static inline bool hz_is_line_end(int c)
{
    return c == '\n' || c == '\r' || c < 0;
}

/* Offset of the end of the line that at lies on. */
size_t hz_tree_line_end(const hz_tree_build *build, size_t at);
/* Whether no line ends between two offsets. */
bool hz_tree_one_line(const hz_tree_build *build, size_t begin, size_t end);

/* Where the user may have meant a text that begins at `at` to end: at a comment or the line's end; inside { } or [ ]
 * also at a comma or closing bracket that no parenthesis holds. */
size_t hz_tree_text_end(const hz_tree_build *build, size_t at, bool flow);

/* The beginning of a text that is too long for a message. */
hz_str hz_tree_brief(hz_str text);
/* The same in the single quotes of YAML, for hints. */
hz_str hz_tree_quoted(const hz_tree_build *build, hz_str text);
/* Bytes begin..end without spaces around them. */
hz_str hz_tree_slice(const hz_tree_build *build, size_t begin, size_t end);

/* Whether libyaml may read the file; sets build->begin. Reports what forbids it. */
bool hz_tree_check_bytes(hz_tree_build *build);
/* What follows after the document: nothing but comments may. */
void hz_tree_check_rest(hz_tree_build *build, uint32_t at);

/* A value or, where one is due, a key. value: as libyaml gives it, for the time of the call. Here and below, false: reading must stop. */
bool hz_tree_add_scalar(hz_tree_build *build, hz_span span, hz_str value, hz_tree_style style, bool folded);
/* What stands for something that was refused: nothing. */
bool hz_tree_add_refused(hz_tree_build *build, hz_span span);
bool hz_tree_open(hz_tree_build *build, hz_span span, hz_tree_kind kind, bool flow);
/* end: the offset behind the closing bracket; counts in flow only. */
void hz_tree_close(hz_tree_build *build, uint32_t end);
/* E_YAML_FEATURE for the anchor, alias or tag that a span begins with. */
void hz_tree_refuse_sign(hz_tree_build *build, hz_span span);
/* Refuses build->run_on. A text over several lines is often the sign of a slip that libyaml finds a moment later, and
 * then only that is told: so this is called when the next event has come. */
void hz_tree_refuse_run_on(hz_tree_build *build);

/* Completes a scalar whose span, style and text are set: text_begin and offsets. Refuses what is a scalar in YAML
 * only. */
void hz_tree_place_scalar(hz_tree_build *build, hz_tree *scalar, bool folded);
/* E_YAML_FOLDED for the `>` at an offset, in or outside of { }. */
void hz_tree_refuse_folded(hz_tree_build *build, uint32_t at, bool flow);

/* Joins what a comma split, drops duplicate keys, gives each empty value the span of its key. */
void hz_tree_finish_map(hz_tree_build *build, hz_tree *map);

/* One diagnostic for libyaml's problem. */
void hz_tree_explain(hz_tree_build *build, const hz_tree_problem *problem);

#endif
