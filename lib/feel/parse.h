/* parse.h - text to tree: lexer and Pratt parser for the profile. One table has a row per token.
 *
 * Input: the text, and for each of its bytes where it stands in its file (YAML quoting and folding make the two
 * differ). Output: a tree, or an HZ_AST_ERROR node after at least one diagnostic. E_TOO_LARGE beyond
 * these limits:
 */
#ifndef HZ_FEEL_PARSE_H
#define HZ_FEEL_PARSE_H

#include "feel/ast.h"

#define HZ_FEEL_DEPTH 64   /* brackets, ifs and unary minuses inside each other */
#define HZ_FEEL_HEIGHT 256 /* nodes from root to leaf: a + b + c + … grows without nesting; bounds recursion on trees */
#define HZ_FEEL_NODES 20000

/* A text and its place. Where offsets is NULL byte i of the text stands at span.begin + i. */
typedef struct hz_feel_text {
    hz_str text;
    hz_span span;            /* of the text in its file, without quotes */
    const uint32_t *offsets; /* text.len + 1 file offsets, or NULL */
} hz_feel_text;

/* Bytes [begin, end) of a text as a place in its file. */
hz_span hz_feel_span(const hz_feel_text *text, uint32_t begin, uint32_t end);

/* Names with spaces or operators in them (longest match wins); NULL where names are plain identifiers. */
typedef struct hz_feel_names {
    const hz_str *at;
    uint32_t count;
} hz_feel_names;

/* An expression. */
hz_ast *hz_feel_parse(hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names);

/* Unary tests, as in a table's cell or an input's `range`: `-`, tests with commas, `not(…)`. The result is an
 * HZ_AST_IN node whose first child is HZ_AST_QUESTION (or HZ_AST_BOOLEAN true for `-`); `not(…)` is a CALL of "not"
 * around it. A cell that contains `?` is an expression of its own. */
hz_ast *hz_feel_parse_tests(hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names);

#endif
