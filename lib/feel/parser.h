/* parser.h - what the rules of parse.c stand on: the parser's state, its nodes, its complaints. Included by parse*.c
 * alone; the doors for others are in parse.h.
 *
 * After a failure every token is END (lexer.h), so the rules need no way out of their own: what they build then is
 * thrown away.
 */
#ifndef HZ_FEEL_PARSER_H
#define HZ_FEEL_PARSER_H

#include "feel/level.h"
#include "feel/lexer.h"

typedef struct hz_parser {
    hz_lexer lexer;
    uint32_t depth;     /* constructs open: brackets, if, unary minus */
    uint32_t made;      /* nodes */
    uint32_t questions; /* ? seen */
    bool in_range_end;  /* a `[` here closes ]a..b[ */
} hz_parser;

typedef HZ_VEC(hz_ast *) hz_asts;

/* ---- tokens ---- */

static inline bool hz_parser_at(const hz_parser *p, hz_token token)
{
    return p->lexer.now.token == token;
}

/* The current token's place; the end's is right behind the last token. */
hz_span hz_parser_here(const hz_parser *p);
/* Moves on; returns the place of the token taken. */
hz_span hz_parser_take(hz_parser *p);
/* Takes token, or reports that what was expected. hint may be NULL. */
void hz_parser_expect(hz_parser *p, hz_token token, const char *what, const char *hint);
/* Takes the bracket that closes open, or reports that what was expected; returns its place. */
hz_span hz_parser_close(hz_parser *p, hz_token token, hz_span open, const char *what);
void hz_parser_expect_end(hz_parser *p);

/* Around a construct that may hold itself: E_TOO_LARGE when there are too many. */
void hz_parser_enter(hz_parser *p, hz_span at);
void hz_parser_leave(hz_parser *p);
/* The same for brackets, whose inside is free of what stands around them. The end takes what the begin returned. */
bool hz_parser_begin_brackets(hz_parser *p, hz_span open);
void hz_parser_end_brackets(hz_parser *p, bool outer);

/* ---- complaints: the first one counts ---- */

/* "expected what, found …" at the current token. hint may be NULL. */
void hz_parser_fail(hz_parser *p, const char *what, const char *hint);
void hz_parser_fail_profile(hz_parser *p, hz_span span, const char *problem, const char *hint);

/* ---- the grammar, in parse.c ---- */

/* Goes on from left while operators bind at least as tightly as level. */
hz_ast *hz_parser_climb(hz_parser *p, hz_ast *left, hz_level level);
/* `< a`, or any expression. */
hz_ast *hz_parser_test_or_expression(hz_parser *p);

/* ---- whole texts ---- */

/* Moves to the first token. what, "expression" or "test", is for the message when there is none. */
void hz_parser_begin(hz_parser *p, hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names,
                     const char *what);
/* The tree, or an HZ_AST_ERROR in its place; reports what is left over. */
hz_ast *hz_parser_finish(hz_parser *p, hz_ast *ast);

/* ---- nodes ---- */

/* A node without children; span and at are the same. */
hz_ast *hz_parser_leaf(hz_parser *p, hz_ast_op op, hz_span span);
/* A node over one to three children (b, c may be NULL), spanning at and all of them. */
hz_ast *hz_parser_branch(hz_parser *p, hz_ast_op op, hz_span at, hz_ast *a, hz_ast *b, hz_ast *c);
/* A node over any number. */
hz_ast *hz_parser_bundle(hz_parser *p, hz_ast_op op, hz_span at, hz_span span, const hz_asts *child);

#endif
