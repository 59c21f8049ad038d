/* pattern.h - regular expressions: those of XPath, matched by PCRE2, which only pattern.c includes.
 *
 * A pattern is compiled once, while rules are read, and is never changed afterwards: any number of threads may match it.
 * pattern_xpath.c reads what the author wrote and writes it again for PCRE2, so that nothing means something else
 * there: `.` is [^\n\r], \w and \d are Unicode's, there is no look-around and no word boundary. What a match works with
 * is a matcher, one per machine; a match takes memory through it at most until it has grown to what the rules need.
 *
 * Order: hz_pattern_read while loading; hz_matcher_begin; hz_pattern_search and hz_pattern_whole in any order;
 * hz_matcher_end. A match in a text that is not UTF-8 is given up.
 */
#ifndef HZ_VALUE_PATTERN_H
#define HZ_VALUE_PATTERN_H

#include "base/alloc.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

#define HZ_PATTERN_LONGEST 4000 /* bytes */
#define HZ_PATTERN_GROUPS 99    /* groups that capture */
#define HZ_PATTERN_STEPS 1000000 /* of PCRE2's match limit: beyond, the match is given up */

typedef struct hz_pattern {
    hz_str text;       /* as the author wrote it */
    hz_str flags;      /* likewise */
    uint32_t groups;   /* groups that capture: $1 .. $groups */
    bool matches_empty; /* the empty text has a match: replace and split refuse such a pattern */
    bool exact;        /* the whole value can only be `prefix` */
    hz_str prefix;     /* what every whole value begins with; may be empty */
    const void *code;  /* PCRE2's, in the arena */
} hz_pattern;

/* What is wrong with a pattern: bytes [begin, end) of its text or of its flags, in the author's words. */
typedef struct hz_pattern_fault {
    bool in_flags;
    bool unsupported; /* XPath has it, this library does not */
    size_t begin, end;
    hz_str message, hint; /* hint: may be empty */
} hz_pattern_fault;

/* The pattern, or NULL and *fault. flags: XPath's letters s, m, i, x, q in any order. */
const hz_pattern *hz_pattern_read(hz_arena *arena, hz_str text, hz_str flags, hz_pattern_fault *fault);

/* True when no text can be a whole value of both, as far as their beginnings show it. */
bool hz_patterns_apart(const hz_pattern *a, const hz_pattern *b);

typedef enum hz_match {
    HZ_MATCH_NO,
    HZ_MATCH_YES,
    HZ_MATCH_GIVEN_UP,  /* a limit of steps or memory: neither yes nor no */
    HZ_MATCH_NO_MEMORY  /* the allocator gave none */
} hz_match;

/* Where a group matched: bytes [begin, end) of the text. A group that took no part has begin == end == SIZE_MAX. */
typedef struct hz_group {
    size_t begin, end;
} hz_group;

typedef struct hz_matcher {
    hz_alloc alloc;     /* the data of PCRE2 points here: a matcher does not move */
    void *context, *data; /* PCRE2's */
} hz_matcher;

/* False when there is no memory; the matcher may be ended all the same. One that is all zeros may be ended too. */
bool hz_matcher_begin(hz_matcher *matcher, const hz_alloc *alloc);
void hz_matcher_end(hz_matcher *matcher);

/* The first match at or behind byte `from`, which is at a character: group 0 is the match itself. groups has room for
 * 1 + pattern->groups, or is NULL. */
hz_match hz_pattern_search(const hz_pattern *pattern, hz_matcher *matcher, hz_str text, size_t from, hz_group *groups);

/* Does the whole text match? */
hz_match hz_pattern_whole(const hz_pattern *pattern, hz_matcher *matcher, hz_str text);

/* ---- shared by pattern.c and pattern_xpath.c ---- */

typedef HZ_VEC(char) hz_pattern_chars; /* not NUL-terminated */

/* A pattern as PCRE2 reads it. */
typedef struct hz_pattern_source {
    hz_pattern_chars out;
    bool s, m, i, x, q;  /* the flags */
    uint32_t groups;
    bool exact;
    hz_str prefix;
} hz_pattern_source;

/* False: *fault says why. */
bool hz_pattern_translate(hz_arena *arena, hz_str text, hz_str flags, hz_pattern_source *source,
                          hz_pattern_fault *fault);

#endif
