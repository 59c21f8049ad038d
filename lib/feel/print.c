/* print.c - see print.h. Recursion is bounded by HZ_FEEL_HEIGHT. */
#include "feel/print.h"

#include "feel/level.h"

typedef struct printer {
    const hz_feel_labels *labels; /* or NULL */
    hz_buf *out;
} printer;

typedef struct form {
    uint8_t level;        /* hz_level of the whole */
    const char *sign;     /* between its two operands, or NULL */
} form;

static form form_of(uint8_t op)
{
    static const form forms[] = {
        [HZ_AST_ERROR] = {HZ_LEVEL_ATOM, NULL},        [HZ_AST_NUMBER] = {HZ_LEVEL_ATOM, NULL},
        [HZ_AST_STRING] = {HZ_LEVEL_ATOM, NULL},       [HZ_AST_BOOLEAN] = {HZ_LEVEL_ATOM, NULL},
        [HZ_AST_NULL] = {HZ_LEVEL_ATOM, NULL},         [HZ_AST_AT] = {HZ_LEVEL_ATOM, NULL},
        [HZ_AST_NAME] = {HZ_LEVEL_ATOM, NULL},         [HZ_AST_QUESTION] = {HZ_LEVEL_ATOM, NULL},
        [HZ_AST_NEGATE] = {HZ_LEVEL_NEGATE, NULL},     [HZ_AST_ADD] = {HZ_LEVEL_SUM, "+"},
        [HZ_AST_SUB] = {HZ_LEVEL_SUM, "-"},            [HZ_AST_MUL] = {HZ_LEVEL_PRODUCT, "*"},
        [HZ_AST_DIV] = {HZ_LEVEL_PRODUCT, "/"},        [HZ_AST_POW] = {HZ_LEVEL_POWER, "**"},
        [HZ_AST_EQ] = {HZ_LEVEL_COMPARE, "="},         [HZ_AST_NE] = {HZ_LEVEL_COMPARE, "!="},
        [HZ_AST_LT] = {HZ_LEVEL_COMPARE, "<"},         [HZ_AST_LE] = {HZ_LEVEL_COMPARE, "<="},
        [HZ_AST_GT] = {HZ_LEVEL_COMPARE, ">"},         [HZ_AST_GE] = {HZ_LEVEL_COMPARE, ">="},
        [HZ_AST_AND] = {HZ_LEVEL_AND, "and"},          [HZ_AST_OR] = {HZ_LEVEL_OR, "or"},
        [HZ_AST_BETWEEN] = {HZ_LEVEL_COMPARE, NULL},   [HZ_AST_IN] = {HZ_LEVEL_COMPARE, NULL},
        [HZ_AST_TEST] = {HZ_LEVEL_NONE, NULL},         [HZ_AST_RANGE] = {HZ_LEVEL_ATOM, NULL},
        [HZ_AST_IF] = {HZ_LEVEL_IF, NULL},             [HZ_AST_LIST] = {HZ_LEVEL_ATOM, NULL},
        [HZ_AST_CALL] = {HZ_LEVEL_POSTFIX, NULL},      [HZ_AST_PROPERTY] = {HZ_LEVEL_POSTFIX, NULL},
        [HZ_AST_PATTERN] = {HZ_LEVEL_COMPARE, NULL},   [HZ_AST_TABLE] = {HZ_LEVEL_ATOM, NULL},
    };
    return forms[op];
}

static void print(printer *p, const hz_ast *ast, hz_level least);

static void add(printer *p, const char *text)
{
    hz_buf_add(p->out, hz_str_from(text));
}

/* A part of FEEL, or what people say for it. */
static void add_word(printer *p, hz_str feel)
{
    bool own = p->labels == NULL || p->labels->word == NULL;
    hz_buf_add(p->out, own ? feel : p->labels->word(p->labels->context, feel));
}

/* `feel` with a space at both sides. */
static void add_between(printer *p, const char *feel)
{
    add(p, " ");
    add_word(p, hz_str_from(feel));
    add(p, " ");
}

static void print_string(printer *p, hz_str text)
{
    hz_buf_add_char(p->out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        switch (c) {
        case '"': add(p, "\\\""); break;
        case '\\': add(p, "\\\\"); break;
        case '\n': add(p, "\\n"); break;
        case '\r': add(p, "\\r"); break;
        case '\t': add(p, "\\t"); break;
        default: hz_buf_add_char(p->out, c);
        }
    }
    hz_buf_add_char(p->out, '"');
}

static void print_number(printer *p, hz_decimal number)
{
    char text[HZ_DECIMAL_TEXT];
    size_t len = hz_decimal_format(number.coefficient, number.scale, text);
    hz_buf_add(p->out, (hz_str){text, len});
}

static void print_name(printer *p, hz_str name)
{
    bool own = p->labels == NULL || p->labels->label == NULL;
    hz_buf_add(p->out, own ? name : p->labels->label(p->labels->context, name));
}

/* Children first and after, with commas; tests may stand bare there. */
static void print_items(printer *p, const hz_ast *ast, uint32_t first)
{
    for (uint32_t i = first; i < ast->children; i++) {
        if (i > first)
            add(p, ", ");
        if (ast->argument != NULL) {
            hz_buf_add(p->out, ast->argument[i]);
            add(p, ": ");
        }
        print(p, ast->child[i], ast->op == HZ_AST_IN ? HZ_LEVEL_NONE : HZ_LEVEL_IF);
    }
}

static void print_in(printer *p, const hz_ast *ast)
{
    if (ast->children == 1) {
        add_word(p, HZ_STR("true")); /* a cell that says `-` */
        return;
    }
    print(p, ast->child[0], HZ_LEVEL_SUM);
    add_between(p, "in");
    if (ast->children == 2) {
        const hz_ast *only = ast->child[1];
        print(p, only, only->op == HZ_AST_TEST ? HZ_LEVEL_NONE : HZ_LEVEL_SUM);
        return;
    }
    add(p, "(");
    print_items(p, ast, 1);
    add(p, ")");
}

static void print_range(printer *p, const hz_ast *ast)
{
    add(p, ast->low_open ? "(" : "[");
    print(p, ast->child[0], HZ_LEVEL_IF);
    add_word(p, HZ_STR(".."));
    print(p, ast->child[1], HZ_LEVEL_IF);
    add(p, ast->high_open ? ")" : "]");
}

static void print_if(printer *p, const hz_ast *ast)
{
    add_word(p, HZ_STR("if"));
    add(p, " ");
    print(p, ast->child[0], HZ_LEVEL_IF);
    add_between(p, "then");
    print(p, ast->child[1], HZ_LEVEL_IF);
    add_between(p, "else");
    print(p, ast->child[2], HZ_LEVEL_IF);
}

/* In other words it is the range that it means: the word for this `and` is not the one for the logical `and`. */
static void print_between(printer *p, const hz_ast *ast)
{
    bool range = p->labels != NULL && p->labels->word != NULL;
    print(p, ast->child[0], HZ_LEVEL_SUM);
    if (range) {
        hz_ast as_range = {.child = ast->child + 1, .children = 2};
        add_between(p, "in");
        print_range(p, &as_range);
        return;
    }
    add(p, " between ");
    print(p, ast->child[1], HZ_LEVEL_SUM);
    add(p, " and ");
    print(p, ast->child[2], HZ_LEVEL_SUM);
}

/* a op b: operators of one level associate from the left, comparisons not at all. */
static void print_binary(printer *p, const hz_ast *ast)
{
    form own = form_of(ast->op);
    bool chains = own.level != HZ_LEVEL_COMPARE;
    print(p, ast->child[0], (hz_level)(own.level + (chains ? 0 : 1)));
    add_between(p, own.sign);
    print(p, ast->child[1], (hz_level)(own.level + 1));
}

/* ".days", in one piece, so that a word for it can bring its own space. */
static void print_property_name(printer *p, hz_str name)
{
    char dotted[32] = ".";
    if (name.len + 1 < sizeof dotted) {
        memcpy(dotted + 1, name.at, name.len);
        add_word(p, (hz_str){dotted, name.len + 1});
    } else {
        add(p, ".");
        hz_buf_add(p->out, name);
    }
}

static void print_property(printer *p, const hz_ast *ast)
{
    /* `5.year` would be a broken number. */
    bool number = ast->child[0]->op == HZ_AST_NUMBER;
    add(p, number ? "(" : "");
    print(p, ast->child[0], number ? HZ_LEVEL_IF : HZ_LEVEL_POSTFIX);
    add(p, number ? ")" : "");
    print_property_name(p, ast->text);
}

/* A literal whose meaning the checker knows: a code, a period. */
static bool print_known(printer *p, const hz_ast *ast)
{
    return p->labels != NULL && p->labels->literal != NULL && p->labels->literal(p->labels->context, ast);
}

static void print_bare(printer *p, const hz_ast *ast)
{
    if ((ast->op == HZ_AST_STRING || ast->op == HZ_AST_AT) && print_known(p, ast))
        return;
    switch ((hz_ast_op)ast->op) {
    case HZ_AST_ERROR: add(p, "…"); break;
    case HZ_AST_NUMBER: print_number(p, ast->number); break;
    case HZ_AST_STRING: print_string(p, ast->text); break;
    case HZ_AST_BOOLEAN: add_word(p, ast->truth ? HZ_STR("true") : HZ_STR("false")); break;
    case HZ_AST_NULL: add_word(p, HZ_STR("null")); break;
    case HZ_AST_AT:
        add(p, "@");
        print_string(p, ast->text);
        break;
    case HZ_AST_NAME: print_name(p, ast->text); break;
    case HZ_AST_QUESTION: add(p, "?"); break;
    case HZ_AST_NEGATE:
        add(p, "-");
        print(p, ast->child[0], HZ_LEVEL_NEGATE);
        break;
    case HZ_AST_BETWEEN: print_between(p, ast); break;
    case HZ_AST_IN: print_in(p, ast); break;
    case HZ_AST_TEST:
        add_word(p, hz_str_from(form_of(ast->compare).sign));
        add(p, " ");
        print(p, ast->child[0], HZ_LEVEL_SUM);
        break;
    case HZ_AST_RANGE: print_range(p, ast); break;
    case HZ_AST_IF: print_if(p, ast); break;
    case HZ_AST_LIST:
        add(p, "[");
        print_items(p, ast, 0);
        add(p, "]");
        break;
    case HZ_AST_CALL:
        add_word(p, ast->text);
        add(p, "(");
        print_items(p, ast, 0);
        add(p, ")");
        break;
    case HZ_AST_PROPERTY: print_property(p, ast); break;
    case HZ_AST_PATTERN:
        print(p, ast->child[0], HZ_LEVEL_SUM);
        add_between(p, "like");
        hz_buf_add(p->out, ast->text);
        break;
    case HZ_AST_TABLE: print_name(p, ast->text); break;
    default: print_binary(p, ast); break;
    }
}

/* In parentheses where the expression binds looser than least. */
static void print(printer *p, const hz_ast *ast, hz_level least)
{
    bool bare = form_of(ast->op).level >= least;
    add(p, bare ? "" : "(");
    print_bare(p, ast);
    add(p, bare ? "" : ")");
}

void hz_feel_print(const hz_ast *ast, const hz_feel_labels *labels, hz_buf *out)
{
    printer p = {labels, out};
    print(&p, ast, HZ_LEVEL_IF);
}

/* Made by hz_feel_parse_tests: nobody wrote `? in`, so its place is no place inside the text. */
static bool is_cell(const hz_ast *ast)
{
    return ast->op == HZ_AST_IN && ast->at.begin == ast->span.begin;
}

/* Printed, the expression begins with `not(`, which at the head of a cell would negate all of it. */
static bool begins_with_not(const hz_ast *ast)
{
    while (ast->children > 0 && (form_of(ast->op).sign != NULL || ast->op == HZ_AST_IN || ast->op == HZ_AST_BETWEEN ||
                                 ast->op == HZ_AST_PROPERTY))
        ast = ast->child[0];
    return ast->op == HZ_AST_CALL && hz_str_is(ast->text, "not");
}

void hz_feel_print_tests(const hz_ast *ast, const hz_feel_labels *labels, hz_buf *out)
{
    printer p = {labels, out};
    bool negated = ast->op == HZ_AST_CALL && ast->children == 1 && is_cell(ast->child[0]);
    const hz_ast *tests = negated ? ast->child[0] : ast;
    if (!is_cell(tests)) {
        hz_feel_print(ast, labels, out);
        return;
    }
    if (tests->children == 1) {
        add(&p, "-");
        return;
    }
    bool guarded = !negated && begins_with_not(tests->child[1]);
    add(&p, negated ? "not(" : guarded ? "(" : "");
    print(&p, tests->child[1], HZ_LEVEL_NONE);
    add(&p, guarded ? ")" : "");
    for (uint32_t i = 2; i < tests->children; i++) {
        add(&p, ", ");
        print(&p, tests->child[i], HZ_LEVEL_NONE);
    }
    add(&p, negated ? ")" : "");
}
