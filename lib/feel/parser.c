/* parser.c - see parser.h: state, nodes and complaints, but no grammar. */
#include "feel/parser.h"

#include "feel/slip.h"

/* A node and the levels from it down; nobody but the parser, which makes them all, knows of the second part. */
typedef struct parser_node {
    hz_ast ast;
    uint32_t height;
} parser_node;

hz_span hz_parser_here(const hz_parser *p)
{
    const hz_lexer *lexer = &p->lexer;
    /* A trailing line end or comment would put the caret on another line. */
    if (lexer->now.token == HZ_TOKEN_END)
        return hz_lexer_span(lexer, lexer->before, lexer->before);
    return hz_lexer_span(lexer, lexer->now.begin, lexer->now.end);
}

hz_span hz_parser_take(hz_parser *p)
{
    hz_span span = hz_parser_here(p);
    hz_lexer_next(&p->lexer);
    return span;
}

/* The current token in the user's words. */
static hz_str found(hz_parser *p)
{
    const hz_lexeme *now = &p->lexer.now;
    hz_str text = hz_lexer_shown(&p->lexer, now->begin, now->end);
    const char *shown = hz_token_shown(now->token);
    switch (now->token) {
    case HZ_TOKEN_END:
    case HZ_TOKEN_STRING: return hz_str_from(shown);
    case HZ_TOKEN_NUMBER: return hz_arena_printf(p->lexer.arena, "the number %.*s", HZ_ARG(text));
    case HZ_TOKEN_NAME: return hz_arena_printf(p->lexer.arena, "the name `%.*s`", HZ_ARG(text));
    default: return hz_arena_printf(p->lexer.arena, "`%s`", shown);
    }
}

void hz_parser_fail(hz_parser *p, const char *what, const char *hint)
{
    if (p->lexer.failed)
        return;
    hz_str instead = found(p);
    hz_diag *diag = hz_lexer_fail(&p->lexer, HZ_E_FEEL_SYNTAX, hz_parser_here(p), "expected %s, found %.*s", what,
                                  HZ_ARG(instead));
    if (hint != NULL)
        hz_diag_hint(p->lexer.diags, diag, "%s", hint);
}

void hz_parser_fail_profile(hz_parser *p, hz_span span, const char *problem, const char *hint)
{
    if (p->lexer.failed)
        return;
    hz_diag *diag = hz_lexer_fail(&p->lexer, HZ_E_FEEL_PROFILE, span, "%s outside the profile of FEEL", problem);
    hz_diag_hint(p->lexer.diags, diag, "%s", hint);
}

/* What may help where a value has ended and neither an operator nor the end follows; or NULL. */
static const char *operator_hint(const hz_parser *p)
{
    const hz_lexeme *now = &p->lexer.now;
    hz_str slip = hz_slip_word(now->token == HZ_TOKEN_NAME ? now->text : HZ_STR(""));
    if (slip.len == 0)
        slip = hz_slip_word(p->lexer.last_name);
    switch (now->token) {
    case HZ_TOKEN_NAME:
    case HZ_TOKEN_NUMBER:
    case HZ_TOKEN_STRING:
    case HZ_TOKEN_AT_STRING:
    case HZ_TOKEN_TRUE:
    case HZ_TOKEN_FALSE:
    case HZ_TOKEN_NULL:
    case HZ_TOKEN_IF: return slip.len != 0 ? slip.at : "an operator is missing before it";
    case HZ_TOKEN_QUESTION: return "a choice is written if a then b else c";
    case HZ_TOKEN_DOTDOT: return "a range stands in brackets, as in [1..10]";
    case HZ_TOKEN_COMMA:
        if (hz_lexer_at_thousands(&p->lexer))
            return "numbers have no thousands separator";
        return "several values are a list, [a, b]; several tests stand in brackets right of `in`";
    default: return NULL;
    }
}

void hz_parser_expect(hz_parser *p, hz_token token, const char *what, const char *hint)
{
    const char *better = hz_parser_at(p, HZ_TOKEN_NAME) ? hz_slip_word(p->lexer.now.text).at : NULL;
    if (hz_parser_at(p, token))
        hz_parser_take(p);
    else
        hz_parser_fail(p, what, better != NULL && better[0] != '\0' ? better : hint);
}

hz_span hz_parser_close(hz_parser *p, hz_token token, hz_span open, const char *what)
{
    if (hz_parser_at(p, token))
        return hz_parser_take(p);
    if (p->lexer.failed)
        return open;
    hz_str instead = found(p);
    const char *hint = operator_hint(p);
    hz_diag *diag = hz_lexer_fail(&p->lexer, HZ_E_FEEL_SYNTAX, hz_parser_here(p),
                                  "expected %s, found %.*s", what, HZ_ARG(instead));
    if (hint != NULL)
        hz_diag_hint(p->lexer.diags, diag, "%s", hint);
    hz_diag_relate(p->lexer.diags, diag, open, "the `%s` to close", token == HZ_TOKEN_RPAREN ? "(" : "[");
    return open;
}

void hz_parser_expect_end(hz_parser *p)
{
    const char *hint = operator_hint(p);
    if (hz_parser_at(p, HZ_TOKEN_RPAREN))
        hint = "no `(` is open here";
    if (hz_parser_at(p, HZ_TOKEN_RBRACKET))
        hint = "no `[` is open here";
    if (hz_parser_at(p, HZ_TOKEN_THEN) || hz_parser_at(p, HZ_TOKEN_ELSE))
        hint = "no `if` is open here";
    if (!hz_parser_at(p, HZ_TOKEN_END))
        hz_parser_fail(p, "an operator or the end", hint);
}

void hz_parser_enter(hz_parser *p, hz_span at)
{
    if (++p->depth <= HZ_FEEL_DEPTH)
        return;
    hz_diag *diag = hz_lexer_fail(&p->lexer, HZ_E_TOO_LARGE, at, "the expression is nested deeper than %d levels",
                                  HZ_FEEL_DEPTH);
    hz_diag_hint(p->lexer.diags, diag, "give the inner parts names of their own");
}

void hz_parser_leave(hz_parser *p)
{
    p->depth--;
}

bool hz_parser_begin_brackets(hz_parser *p, hz_span open)
{
    bool outer = p->in_range_end;
    hz_parser_enter(p, open);
    p->in_range_end = false;
    return outer;
}

void hz_parser_end_brackets(hz_parser *p, bool outer)
{
    hz_parser_leave(p);
    p->in_range_end = outer;
}

hz_ast *hz_parser_leaf(hz_parser *p, hz_ast_op op, hz_span span)
{
    parser_node *node = HZ_NEW(p->lexer.arena, parser_node);
    node->ast.op = (uint8_t)op;
    node->ast.span = node->ast.at = span;
    node->height = 1;
    if (++p->made > HZ_FEEL_NODES) {
        hz_diag *diag = hz_lexer_fail(&p->lexer, HZ_E_TOO_LARGE, span, "the expression has more than %d parts",
                                      HZ_FEEL_NODES);
        hz_diag_hint(p->lexer.diags, diag, "use a table, or a set of codes");
    }
    return &node->ast;
}

static void adopt(hz_parser *p, hz_ast *ast, hz_ast **child, uint32_t children)
{
    parser_node *node = (parser_node *)ast;
    ast->child = child;
    ast->children = children;
    for (uint32_t i = 0; i < children; i++) {
        uint32_t height = ((const parser_node *)child[i])->height + 1;
        if (node->height < height)
            node->height = height;
    }
    if (node->height <= HZ_FEEL_HEIGHT)
        return;
    hz_diag *diag = hz_lexer_fail(&p->lexer, HZ_E_TOO_LARGE, ast->at, "the expression chains more than %d operators",
                                  HZ_FEEL_HEIGHT - 1);
    hz_diag_hint(p->lexer.diags, diag, "use `in (…)` or a table, or give parts names of their own");
}

hz_ast *hz_parser_branch(hz_parser *p, hz_ast_op op, hz_span at, hz_ast *a, hz_ast *b, hz_ast *c)
{
    hz_ast *ast = hz_parser_leaf(p, op, at);
    hz_ast *given[] = {a, b, c};
    uint32_t children = c != NULL ? 3 : b != NULL ? 2 : 1;
    hz_ast **child = HZ_NEW_MANY(p->lexer.arena, hz_ast *, children);
    for (uint32_t i = 0; i < children; i++) {
        child[i] = given[i];
        ast->span = hz_span_join(ast->span, given[i]->span);
    }
    adopt(p, ast, child, children);
    return ast;
}

hz_ast *hz_parser_bundle(hz_parser *p, hz_ast_op op, hz_span at, hz_span span, const hz_asts *child)
{
    hz_ast *ast = hz_parser_leaf(p, op, at);
    ast->span = span;
    adopt(p, ast, child->at, child->count);
    return ast;
}

void hz_parser_begin(hz_parser *p, hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names,
                     const char *what)
{
    *p = (hz_parser){0};
    hz_lexer_begin(&p->lexer, arena, diags, text, names);
    if (hz_parser_at(p, HZ_TOKEN_END))
        hz_lexer_fail(&p->lexer, HZ_E_FEEL_SYNTAX, text.span, "the %s is empty", what);
}

hz_ast *hz_parser_finish(hz_parser *p, hz_ast *ast)
{
    hz_parser_expect_end(p);
    return p->lexer.failed ? hz_parser_leaf(p, HZ_AST_ERROR, p->lexer.source.span) : ast;
}
