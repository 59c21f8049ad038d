/* feel_shape.h - for tests of the parser: a tree as an S-expression, a diagnostic as one line.
 *
 *     1 + a.days   (+ 1 (.days a))        x in [1..3)   (in x (range[) 1 3))
 */
#ifndef HZ_TESTS_FEEL_SHAPE_H
#define HZ_TESTS_FEEL_SHAPE_H

#include "base/arena.h"
#include "base/buf.h"
#include "feel/parse.h"

static inline const char *shape_of_op(uint8_t op)
{
    static const char *const shown[] = {
        "error", "", "", "", "null", "", "", "?", "neg", "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=",
        "and", "or", "between", "in", "test", "range", "if", "list", "call", ".",
    };
    return shown[op];
}

static inline void add_quoted(hz_buf *out, hz_str text)
{
    hz_buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20)
            hz_buf_printf(out, "{%02x}", c);
        else
            hz_buf_add_char(out, text.at[i]);
    }
    hz_buf_add_char(out, '"');
}

static inline void add_leaf(hz_buf *out, const hz_ast *ast)
{
    char number[HZ_DECIMAL_TEXT];
    switch ((hz_ast_op)ast->op) {
    case HZ_AST_NUMBER:
        hz_decimal_format(ast->number.coefficient, ast->number.scale, number);
        hz_buf_add(out, hz_str_from(number));
        break;
    case HZ_AST_AT:
        hz_buf_add_char(out, '@');
        add_quoted(out, ast->text);
        break;
    case HZ_AST_STRING: add_quoted(out, ast->text); break;
    case HZ_AST_NAME: hz_buf_add(out, ast->text); break;
    case HZ_AST_BOOLEAN: hz_buf_add(out, hz_str_from(ast->truth ? "true" : "false")); break;
    default: hz_buf_add(out, hz_str_from(shape_of_op(ast->op))); break;
    }
}

static inline void add_shape(hz_buf *out, const hz_ast *ast)
{
    bool bare = ast->children == 0 && ast->op != HZ_AST_LIST && ast->op != HZ_AST_CALL;
    if (bare) {
        add_leaf(out, ast);
        return;
    }
    hz_buf_printf(out, "(%s", shape_of_op(ast->op));
    if (ast->op == HZ_AST_TEST)
        hz_buf_printf(out, "%s", shape_of_op(ast->compare));
    if (ast->op == HZ_AST_RANGE)
        hz_buf_printf(out, "%s%s", ast->low_open ? "(" : "[", ast->high_open ? ")" : "]");
    if (ast->op == HZ_AST_CALL)
        hz_buf_printf(out, " '%.*s'", HZ_ARG(ast->text));
    if (ast->op == HZ_AST_PROPERTY)
        hz_buf_printf(out, "%.*s", HZ_ARG(ast->text));
    for (uint32_t i = 0; i < ast->children; i++) {
        hz_buf_add_char(out, ' ');
        if (ast->argument != NULL)
            hz_buf_printf(out, "%.*s:", HZ_ARG(ast->argument[i]));
        add_shape(out, ast->child[i]);
    }
    hz_buf_add_char(out, ')');
}

/* CODE begin-end message | hint | begin-end related */
static inline void add_complaint(hz_buf *out, const hz_diag *diag)
{
    hz_buf_printf(out, "%s %u-%u %.*s", hz_code_name(diag->code), diag->span.begin, diag->span.end,
                  HZ_ARG(diag->message));
    if (diag->hint.len != 0)
        hz_buf_printf(out, " | %.*s", HZ_ARG(diag->hint));
    for (uint32_t i = 0; i < diag->related.count; i++) {
        const hz_related *related = &diag->related.at[i];
        hz_buf_printf(out, " | %u-%u %.*s", related->span.begin, related->span.end, HZ_ARG(related->message));
    }
}

#endif
