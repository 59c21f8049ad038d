/* parse.c - tokens to tree by climbing binding powers: the grammar is the table `rules`, a row per token.
 *
 * Not a checker: names, types and numbers of arguments are looked at later (check.h). A rule is called with its token
 * current and leaves the token behind its construct current. Called by whoever reads an expression: rule files, cells,
 * the command line. Linear in the text.
 */
#include "feel/parse.h"

#include "feel/level.h"
#include "feel/parser.h"

typedef hz_ast *(*prefix_rule)(hz_parser *p);
typedef hz_ast *(*infix_rule)(hz_parser *p, hz_ast *left);

typedef struct grammar_rule {
    prefix_rule prefix; /* the token begins a value */
    infix_rule infix;   /* the token follows a value */
    uint8_t level;      /* hz_level of the infix */
    uint8_t op;         /* hz_ast_op that the rules make, where they serve several tokens */
} grammar_rule;

static grammar_rule rule_now(const hz_parser *p);

hz_ast *hz_parser_climb(hz_parser *p, hz_ast *left, hz_level level)
{
    for (;;) {
        grammar_rule next = rule_now(p);
        bool ends_range = p->in_range_end && hz_parser_at(p, HZ_TOKEN_LBRACKET);
        if (next.level < (uint8_t)level || ends_range)
            return left;
        left = next.infix(p, left);
        if (next.level == HZ_LEVEL_COMPARE && rule_now(p).level == HZ_LEVEL_COMPARE)
            hz_parser_fail(p, "`and`, `or` or the end of the comparison",
                           "comparisons do not chain: write a < b and b < c, a between b and c, or (a = b) = c");
    }
}

/* A value made of operators that bind at least as tightly as level. */
static hz_ast *value(hz_parser *p, hz_level level)
{
    hz_ast *left = rule_now(p).prefix(p);
    return hz_parser_climb(p, left, level);
}

static hz_ast *expression(hz_parser *p)
{
    return value(p, HZ_LEVEL_IF);
}

static bool at_comparison(const hz_parser *p)
{
    return p->lexer.now.token >= HZ_TOKEN_EQ && p->lexer.now.token <= HZ_TOKEN_GE;
}

/* < a, where a test may stand. */
static hz_ast *test(hz_parser *p)
{
    uint8_t compare = rule_now(p).op;
    hz_span at = hz_parser_take(p);
    hz_ast *bound = value(p, HZ_LEVEL_SUM);
    hz_ast *ast = hz_parser_branch(p, HZ_AST_TEST, at, bound, NULL, NULL);
    ast->compare = compare;
    return ast;
}

hz_ast *hz_parser_test_or_expression(hz_parser *p)
{
    return at_comparison(p) ? test(p) : expression(p);
}

/* ---- values ---- */

static hz_ast *no_value(hz_parser *p)
{
    const char *hint = NULL;
    if (at_comparison(p))
        hint = "a test such as < 5 stands right of `in` or in a table's cell; elsewhere both sides are written";
    if (hz_parser_at(p, HZ_TOKEN_PLUS))
        hint = "a number has no leading `+`";
    if (hz_parser_at(p, HZ_TOKEN_DOTDOT))
        hint = "a range stands in brackets, as in [1..10]";
    if (hz_parser_at(p, HZ_TOKEN_AND) || hz_parser_at(p, HZ_TOKEN_OR))
        hint = "a condition stands on both sides of `and` and `or`";
    hz_parser_fail(p, "a value", hint);
    return hz_parser_leaf(p, HZ_AST_ERROR, hz_parser_here(p));
}

static hz_ast *number(hz_parser *p)
{
    hz_decimal number = p->lexer.now.number;
    hz_ast *ast = hz_parser_leaf(p, HZ_AST_NUMBER, hz_parser_take(p));
    ast->number = number;
    return ast;
}

/* "…", @"…" and names. */
static hz_ast *text(hz_parser *p)
{
    hz_ast_op op = (hz_ast_op)rule_now(p).op;
    hz_str text = p->lexer.now.text;
    hz_ast *ast = hz_parser_leaf(p, op, hz_parser_take(p));
    ast->text = text;
    return ast;
}

/* true, false, null, ?. */
static hz_ast *constant(hz_parser *p)
{
    hz_ast_op op = (hz_ast_op)rule_now(p).op;
    bool truth = hz_parser_at(p, HZ_TOKEN_TRUE);
    hz_ast *ast = hz_parser_leaf(p, op, hz_parser_take(p));
    ast->truth = truth;
    if (op == HZ_AST_QUESTION)
        p->questions++;
    return ast;
}

static hz_ast *negate(hz_parser *p)
{
    hz_span at = hz_parser_take(p);
    hz_parser_enter(p, at);
    hz_ast *operand = value(p, HZ_LEVEL_NEGATE);
    hz_parser_leave(p);
    return hz_parser_branch(p, HZ_AST_NEGATE, at, operand, NULL, NULL);
}

static hz_ast *choice(hz_parser *p)
{
    hz_span at = hz_parser_take(p);
    hz_parser_enter(p, at);
    hz_ast *condition = expression(p);
    hz_parser_expect(p, HZ_TOKEN_THEN, "`then`", "a choice is written if a then b else c");
    hz_ast *yes = expression(p);
    hz_parser_expect(p, HZ_TOKEN_ELSE, "`else`", "every `if` says what holds otherwise: if a then b else c");
    hz_ast *no = expression(p);
    hz_parser_leave(p);
    return hz_parser_branch(p, HZ_AST_IF, at, condition, yes, no);
}

/* ---- brackets ---- */

/* Goes on at the `..` of a range whose bracket and low end are taken. */
static hz_ast *range(hz_parser *p, hz_span open, bool low_open, hz_ast *low)
{
    hz_span at = hz_parser_take(p);
    p->in_range_end = true;
    hz_ast *high = expression(p);
    p->in_range_end = false;
    bool high_open = !hz_parser_at(p, HZ_TOKEN_RBRACKET);
    if (high_open && !hz_parser_at(p, HZ_TOKEN_RPAREN) && !hz_parser_at(p, HZ_TOKEN_LBRACKET))
        hz_parser_fail(p, "`]` (end included) or `)` (not included)", NULL);
    hz_span shut = hz_parser_take(p);
    hz_ast *ast = hz_parser_branch(p, HZ_AST_RANGE, at, low, high, NULL);
    ast->span = hz_span_join(open, shut);
    ast->low_open = low_open;
    ast->high_open = high_open;
    return ast;
}

/* ( a ), ( a..b ), ( < a ); where tests is given also ( a, b ): then they are put there and NULL comes back. */
static hz_ast *group(hz_parser *p, hz_asts *tests)
{
    hz_span open = hz_parser_take(p);
    bool outer = hz_parser_begin_brackets(p, open);
    hz_ast *inner = hz_parser_test_or_expression(p);
    if (hz_parser_at(p, HZ_TOKEN_DOTDOT) && inner->op != HZ_AST_TEST) {
        inner = range(p, open, true, inner);
    } else if (hz_parser_at(p, HZ_TOKEN_COMMA) && tests != NULL) {
        *HZ_PUSH(p->lexer.arena, tests) = inner;
        while (hz_parser_at(p, HZ_TOKEN_COMMA)) {
            hz_parser_take(p);
            hz_ast *next = hz_parser_test_or_expression(p);
            *HZ_PUSH(p->lexer.arena, tests) = next;
        }
        hz_parser_close(p, HZ_TOKEN_RPAREN, open, "an operator, `,` or `)`");
        inner = NULL;
    } else {
        const char *what = tests != NULL ? "an operator, `,` or `)`" : "an operator or `)`";
        hz_span shut = hz_parser_close(p, HZ_TOKEN_RPAREN, open, what);
        inner->span = hz_span_join(open, shut);
        inner->parenthesised = true;
    }
    hz_parser_end_brackets(p, outer);
    return inner;
}

static hz_ast *parenthesis(hz_parser *p)
{
    return group(p, NULL);
}

/* [], [a, b], [a..b] */
static hz_ast *list_or_range(hz_parser *p)
{
    hz_span open = hz_parser_take(p);
    bool outer = hz_parser_begin_brackets(p, open);
    hz_asts items = {0};
    hz_ast *ast = NULL;
    if (!hz_parser_at(p, HZ_TOKEN_RBRACKET)) {
        hz_ast *first = expression(p);
        if (hz_parser_at(p, HZ_TOKEN_DOTDOT))
            ast = range(p, open, false, first);
        *HZ_PUSH(p->lexer.arena, &items) = first;
    }
    while (ast == NULL && hz_parser_at(p, HZ_TOKEN_COMMA)) {
        hz_parser_take(p);
        hz_ast *next = expression(p);
        *HZ_PUSH(p->lexer.arena, &items) = next;
    }
    if (ast == NULL) {
        hz_span shut = hz_parser_close(p, HZ_TOKEN_RBRACKET, open, "an operator, `,` or `]`");
        ast = hz_parser_bundle(p, HZ_AST_LIST, open, hz_span_join(open, shut), &items);
    }
    hz_parser_end_brackets(p, outer);
    return ast;
}

/* ]a..b] and ]a..b[ */
static hz_ast *open_range(hz_parser *p)
{
    /* In `[1, ]` the bracket closes, and the value is what is missing. */
    char next = hz_lexer_peek(&p->lexer);
    if (next == '\0' || strchr(")],}*/=<>.", next) != NULL)
        return no_value(p);
    hz_span open = hz_parser_take(p);
    bool outer = hz_parser_begin_brackets(p, open);
    hz_ast *low = expression(p);
    if (!hz_parser_at(p, HZ_TOKEN_DOTDOT))
        hz_parser_fail(p, "`..`", "a range that begins with `]` leaves its low end out, as in ]1..10]");
    hz_ast *ast = range(p, open, true, low);
    hz_parser_end_brackets(p, outer);
    return ast;
}

/* ---- behind a value ---- */

static hz_ast *binary(hz_parser *p, hz_ast *left)
{
    grammar_rule rule = rule_now(p);
    hz_span at = hz_parser_take(p);
    hz_ast *right = value(p, (hz_level)(rule.level + 1));
    return hz_parser_branch(p, (hz_ast_op)rule.op, at, left, right, NULL);
}

static hz_ast *between(hz_parser *p, hz_ast *left)
{
    hz_span at = hz_parser_take(p);
    hz_ast *low = value(p, HZ_LEVEL_SUM);
    hz_parser_expect(p, HZ_TOKEN_AND, "`and`", "a test of two ends is written a between b and c");
    hz_ast *high = value(p, HZ_LEVEL_SUM);
    return hz_parser_branch(p, HZ_AST_BETWEEN, at, left, low, high);
}

static hz_ast *in(hz_parser *p, hz_ast *left)
{
    hz_asts all = {0};
    *HZ_PUSH(p->lexer.arena, &all) = left;
    hz_span at = hz_parser_take(p);
    hz_span span = left->span;
    if (hz_parser_at(p, HZ_TOKEN_LPAREN)) {
        hz_ast *only = group(p, &all);
        if (only != NULL && only->op != HZ_AST_TEST)
            only = hz_parser_climb(p, only, HZ_LEVEL_SUM);
        if (only != NULL)
            *HZ_PUSH(p->lexer.arena, &all) = only;
    } else {
        hz_ast *only = at_comparison(p) ? test(p) : value(p, HZ_LEVEL_SUM);
        *HZ_PUSH(p->lexer.arena, &all) = only;
    }
    uint32_t shut = p->lexer.before;
    span = hz_span_join(span, hz_lexer_span(&p->lexer, shut, shut));
    return hz_parser_bundle(p, HZ_AST_IN, at, span, &all);
}

static hz_ast *property(hz_parser *p, hz_ast *left)
{
    hz_parser_take(p);
    hz_str name = p->lexer.now.text;
    hz_span at = hz_parser_here(p);
    hz_parser_expect(p, HZ_TOKEN_NAME, "a property such as `year` or `days` after `.`", NULL);
    hz_ast *ast = hz_parser_branch(p, HZ_AST_PROPERTY, at, left, NULL, NULL);
    ast->text = name;
    return ast;
}

/* Reads arguments up to the `)`, which is left standing; names are put in *names when the arguments have them. */
static void arguments(hz_parser *p, hz_asts *values, hz_str **names)
{
    HZ_VEC(hz_str) found = {0};
    for (;;) {
        hz_span at = hz_parser_here(p);
        hz_str name = hz_lexer_argument(&p->lexer);
        if (values->count > 0 && (name.len != 0) != (found.count > 0)) {
            hz_diag *diag = hz_lexer_fail(&p->lexer, HZ_E_FEEL_SYNTAX, at, "named and positional arguments are mixed");
            hz_diag_hint(p->lexer.diags, diag, "name all arguments or none");
        }
        hz_ast *argument = expression(p);
        *HZ_PUSH(p->lexer.arena, values) = argument;
        if (name.len != 0)
            *HZ_PUSH(p->lexer.arena, &found) = name;
        if (!hz_parser_at(p, HZ_TOKEN_COMMA))
            break;
        hz_parser_take(p);
    }
    *names = found.at;
}

static hz_ast *call(hz_parser *p, hz_ast *left)
{
    if (left->op == HZ_AST_PROPERTY && !left->parenthesised)
        hz_parser_fail(p, "an operator or the end", "a property has no parentheses, as in a.year");
    else if (left->op != HZ_AST_NAME || left->parenthesised)
        hz_parser_fail(p, "an operator or the end", "an operator is missing before it");
    hz_span open = hz_parser_take(p);
    bool outer = hz_parser_begin_brackets(p, open);
    hz_asts values = {0};
    hz_str *names = NULL;
    if (!hz_parser_at(p, HZ_TOKEN_RPAREN))
        arguments(p, &values, &names);
    hz_span shut = hz_parser_close(p, HZ_TOKEN_RPAREN, open, "an operator, `,` or `)`");
    hz_parser_end_brackets(p, outer);
    hz_ast *ast = hz_parser_bundle(p, HZ_AST_CALL, left->at, hz_span_join(left->span, shut), &values);
    ast->text = left->text;
    ast->argument = names;
    return ast;
}

/* ---- outside the profile ---- */

static hz_ast *outside(hz_parser *p)
{
    hz_span at = hz_parser_here(p);
    const char *problem = "contexts, { … }, are", *hint = "give each part a name of its own";
    switch (p->lexer.now.token) {
    case HZ_TOKEN_FOR:
        problem = "loops, for … return …, are";
        hint = "settle one claim for each item, or write the items out";
        break;
    case HZ_TOKEN_SOME:
        problem = "some … satisfies … is";
        hint = "write the conditions out, joined by `or`, or use any([…])";
        break;
    case HZ_TOKEN_EVERY:
        problem = "every … satisfies … is";
        hint = "write the conditions out, joined by `and`, or use all([…])";
        break;
    case HZ_TOKEN_FUNCTION:
        problem = "function definitions are";
        hint = "give the value a name of its own";
        break;
    default: break;
    }
    hz_parser_fail_profile(p, at, problem, hint);
    return hz_parser_leaf(p, HZ_AST_ERROR, at);
}

static hz_ast *filter(hz_parser *p, hz_ast *left)
{
    hz_parser_fail_profile(p, hz_parser_here(p), "filters and indexes, a[…], are",
                           "test a value with `in`, or look it up in a table");
    return left;
}

static hz_ast *instance(hz_parser *p, hz_ast *left)
{
    hz_parser_fail_profile(p, hz_parser_here(p), "instance of … is", "types are known when the rules are loaded");
    return left;
}

/* ---- the grammar ---- */

static grammar_rule rule_now(const hz_parser *p)
{
    /* clang-format off */
    static const grammar_rule rules[HZ_TOKEN_COUNT] = {
        /*                       begins a value   follows one  binds               makes          */
        [HZ_TOKEN_END]        = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_NUMBER]     = {number,          NULL,        HZ_LEVEL_NONE,    HZ_AST_NUMBER},
        [HZ_TOKEN_STRING]     = {text,            NULL,        HZ_LEVEL_NONE,    HZ_AST_STRING},
        [HZ_TOKEN_AT_STRING]  = {text,            NULL,        HZ_LEVEL_NONE,    HZ_AST_AT},
        [HZ_TOKEN_NAME]       = {text,            NULL,        HZ_LEVEL_NONE,    HZ_AST_NAME},
        [HZ_TOKEN_PLUS]       = {no_value,        binary,      HZ_LEVEL_SUM,     HZ_AST_ADD},
        [HZ_TOKEN_MINUS]      = {negate,          binary,      HZ_LEVEL_SUM,     HZ_AST_SUB},
        [HZ_TOKEN_STAR]       = {no_value,        binary,      HZ_LEVEL_PRODUCT, HZ_AST_MUL},
        [HZ_TOKEN_SLASH]      = {no_value,        binary,      HZ_LEVEL_PRODUCT, HZ_AST_DIV},
        [HZ_TOKEN_POWER]      = {no_value,        binary,      HZ_LEVEL_POWER,   HZ_AST_POW},
        [HZ_TOKEN_EQ]         = {no_value,        binary,      HZ_LEVEL_COMPARE, HZ_AST_EQ},
        [HZ_TOKEN_NE]         = {no_value,        binary,      HZ_LEVEL_COMPARE, HZ_AST_NE},
        [HZ_TOKEN_LT]         = {no_value,        binary,      HZ_LEVEL_COMPARE, HZ_AST_LT},
        [HZ_TOKEN_LE]         = {no_value,        binary,      HZ_LEVEL_COMPARE, HZ_AST_LE},
        [HZ_TOKEN_GT]         = {no_value,        binary,      HZ_LEVEL_COMPARE, HZ_AST_GT},
        [HZ_TOKEN_GE]         = {no_value,        binary,      HZ_LEVEL_COMPARE, HZ_AST_GE},
        [HZ_TOKEN_LPAREN]     = {parenthesis,     call,        HZ_LEVEL_POSTFIX, HZ_AST_CALL},
        [HZ_TOKEN_RPAREN]     = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_LBRACKET]   = {list_or_range,   filter,      HZ_LEVEL_POSTFIX, HZ_AST_LIST},
        [HZ_TOKEN_RBRACKET]   = {open_range,      NULL,        HZ_LEVEL_NONE,    HZ_AST_RANGE},
        [HZ_TOKEN_LBRACE]     = {outside,         NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_RBRACE]     = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_COMMA]      = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_COLON]      = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_DOT]        = {no_value,        property,    HZ_LEVEL_POSTFIX, HZ_AST_PROPERTY},
        [HZ_TOKEN_DOTDOT]     = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_QUESTION]   = {constant,        NULL,        HZ_LEVEL_NONE,    HZ_AST_QUESTION},
        [HZ_TOKEN_TRUE]       = {constant,        NULL,        HZ_LEVEL_NONE,    HZ_AST_BOOLEAN},
        [HZ_TOKEN_FALSE]      = {constant,        NULL,        HZ_LEVEL_NONE,    HZ_AST_BOOLEAN},
        [HZ_TOKEN_NULL]       = {constant,        NULL,        HZ_LEVEL_NONE,    HZ_AST_NULL},
        [HZ_TOKEN_IF]         = {choice,          NULL,        HZ_LEVEL_NONE,    HZ_AST_IF},
        [HZ_TOKEN_THEN]       = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_ELSE]       = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_AND]        = {no_value,        binary,      HZ_LEVEL_AND,     HZ_AST_AND},
        [HZ_TOKEN_OR]         = {no_value,        binary,      HZ_LEVEL_OR,      HZ_AST_OR},
        [HZ_TOKEN_BETWEEN]    = {no_value,        between,     HZ_LEVEL_COMPARE, HZ_AST_BETWEEN},
        [HZ_TOKEN_IN]         = {no_value,        in,          HZ_LEVEL_COMPARE, HZ_AST_IN},
        [HZ_TOKEN_FOR]        = {outside,         NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_RETURN]     = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_SOME]       = {outside,         NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_EVERY]      = {outside,         NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_SATISFIES]  = {no_value,        NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_FUNCTION]   = {outside,         NULL,        HZ_LEVEL_NONE,    HZ_AST_ERROR},
        [HZ_TOKEN_INSTANCE]   = {no_value,        instance,    HZ_LEVEL_POSTFIX, HZ_AST_ERROR},
    };
    /* clang-format on */
    return rules[p->lexer.now.token];
}

/* ---- whole texts ---- */

hz_ast *hz_feel_parse(hz_arena *arena, hz_diags *diags, hz_feel_text text, const hz_feel_names *names)
{
    hz_parser p;
    hz_parser_begin(&p, arena, diags, text, names, "expression");
    return hz_parser_finish(&p, expression(&p));
}
