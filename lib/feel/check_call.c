/* check_call.c - calls: finds the function, puts named arguments in their places, then asks the family's checker
 * (check_call.h). Called by check.c. */
#include "feel/check_call.h"

#include "feel/slip.h"
#include "source/suggest.h"

typedef struct function {
    const char *name;
    uint8_t least, most;
    const char *signatures;
    void (*check)(hz_env *env, hz_ast *ast);
} function;

static const function functions[HZ_FN_COUNT] = {
#define HZ_BUILTIN(id, name, least, most, signatures, family) [HZ_FN_##id] = {name, least, most, signatures, hz_check_fn_##family},
#define HZ_PROPERTY(id, name) [HZ_FN_##id] = {name, 0, 0, NULL, NULL},
#include "feel/builtin.def"
};

static const char *const later[] = {
#define HZ_LATER(name) name,
#include "feel/builtin.def"
    NULL
};

#define HZ_NO_ROOT "docs/feel.md lists what there is"
#define HZ_NO_CLOCK "there is no clock: a date that matters is an input"
#define HZ_NO_INTERVAL "write a comparison: a < b, or a in [b..c]"
#define HZ_NO_CONTEXT "give each part a name of its own"

static const struct {
    const char *name, *hint;
} outside[] = {
#define HZ_OUTSIDE(name, hint) {name, hint},
#include "feel/builtin.def"
};

static uint32_t find(hz_str name, bool property)
{
    for (uint32_t i = 0; i < HZ_FN_COUNT; i++)
        if ((functions[i].check == NULL) == property && hz_str_is(name, functions[i].name)) return i;
    return HZ_FN_COUNT;
}

uint32_t hz_builtin_find(hz_str name)
{
    return find(name, false);
}

uint32_t hz_property_find(hz_str name)
{
    return find(name, true);
}

const char *hz_builtin_name(uint32_t builtin)
{
    return builtin < HZ_FN_COUNT ? functions[builtin].name : "";
}

static void unknown_function(hz_env *env, hz_ast *ast)
{
    for (size_t i = 0; later[i] != NULL; i++) {
        if (!hz_str_is(ast->text, later[i])) continue;
        hz_error(env->diags, HZ_E_UNSUPPORTED, ast->at, "this version does not read the function `%s` yet", later[i]);
        return;
    }
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        if (!hz_str_is(ast->text, outside[i].name)) continue;
        hz_diag *diag = hz_error(env->diags, HZ_E_UNKNOWN_FUNCTION, ast->at, "the function `%s` of FEEL is outside the profile", outside[i].name);
        hz_diag_hint(env->diags, diag, "%s", outside[i].hint);
        return;
    }
    hz_diag *diag = hz_error(env->diags, HZ_E_UNKNOWN_FUNCTION, ast->at, "there is no function `%.*s`", HZ_ARG(ast->text));
    hz_str slip = hz_slip_function(ast->text);
    if (slip.len > 0) {
        hz_diag_hint(env->diags, diag, "%.*s", HZ_ARG(slip));
        return;
    }
    hz_suggest suggest;
    hz_suggest_begin(&suggest, ast->text);
    for (uint32_t i = 0; i < HZ_FN_COUNT; i++)
        if (functions[i].check != NULL) hz_suggest_offer(&suggest, hz_str_from(functions[i].name));
    if (suggest.best.at != NULL) hz_diag_hint(env->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
}

/* ---- Signatures: "from|year,month,day" ---- */

/* Takes a word from *rest, up to the separator. */
static hz_str take(hz_str *rest, char separator)
{
    const char *end = rest->len > 0 ? memchr(rest->at, separator, rest->len) : NULL;
    hz_str word = {rest->at, end != NULL ? (size_t)(end - rest->at) : rest->len};
    size_t skip = word.len + (end != NULL);
    *rest = (hz_str){rest->at + skip, rest->len - skip};
    return word;
}

/* The index of a parameter name in "a,b,c", or -1. */
static int32_t parameter_index(hz_str signature, hz_str name)
{
    for (int32_t index = 0; signature.len > 0; index++)
        if (hz_str_eq(take(&signature, ','), name)) return index;
    return -1;
}

/* "a, b" or "a, b or c", for a hint. */
static void hint_signatures(hz_env *env, hz_diag *diag, const function *fn)
{
    char text[256];
    size_t len = 0;
    for (const char *at = fn->signatures; *at != '\0' && len + 8 < sizeof text; at++) {
        const char *put = *at == ',' ? ", " : *at == '|' ? "; or " : NULL;
        size_t more = put != NULL ? strlen(put) : 1;
        memcpy(text + len, put != NULL ? put : at, more);
        len += more;
    }
    bool one = strpbrk(fn->signatures, ",|") == NULL && fn->most == 1;
    hz_diag_hint(env->diags, diag, one ? "its argument is %.*s" : "its arguments are %.*s", (int)len, text);
}

/* Puts the arguments in the places that a signature gives them; false: it is another one, and *odd is the first
 * argument that has no place in it, or *again: has it a second time. */
static bool place(const hz_ast *ast, hz_str signature, hz_ast **placed, uint32_t *odd, bool *again)
{
    memset(placed, 0, ast->children * sizeof *placed);
    for (uint32_t i = 0; i < ast->children; i++) {
        int32_t at = parameter_index(signature, ast->argument[i]);
        *odd = i;
        *again = at >= 0 && (uint32_t)at < ast->children && placed[at] != NULL;
        if (at < 0 || (uint32_t)at >= ast->children || *again) return false;
        placed[at] = ast->child[i];
    }
    return true;
}

/* Puts named arguments in their places. */
static bool place_arguments(hz_env *env, hz_ast *ast, const function *fn)
{
    if (ast->argument == NULL || ast->children == 0) return true;
    hz_ast **placed = HZ_NEW_MANY(env->arena, hz_ast *, ast->children);
    uint32_t odd = 0, furthest = 0;
    bool again = false, twice = false;
    for (hz_str rest = hz_str_from(fn->signatures); rest.len > 0;) {
        if (place(ast, take(&rest, '|'), placed, &odd, &again)) {
            ast->child = placed;
            ast->argument = NULL;
            return true;
        }
        if (odd >= furthest) twice = again;
        if (odd > furthest) furthest = odd;
    }
    if (twice) {
        hz_error(env->diags, HZ_E_ARGUMENTS, ast->child[furthest]->span, "the argument `%.*s` is given twice", HZ_ARG(ast->argument[furthest]));
        return false;
    }
    hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, ast->child[furthest]->span, "`%s` takes no argument `%.*s` here",
                             fn->name, HZ_ARG(ast->argument[furthest]));
    hint_signatures(env, diag, fn);
    return false;
}

bool hz_check_known_text(const hz_env *env, const hz_ast *ast, hz_str *out)
{
    if (ast->op == HZ_AST_NAME) return env->text != NULL && env->text(env->context, ast->symbol, out);
    *out = ast->text;
    return ast->op == HZ_AST_STRING && ast->type.kind == HZ_KIND_STRING;
}

hz_code hz_feel_fault(const hz_ast *ast)
{
    bool modulo = ast->op == HZ_AST_CALL && ast->builtin == HZ_FN_MODULO;
    if (ast->op == HZ_AST_DIV || modulo) return HZ_R_DIVISION;
    bool pattern = ast->op == HZ_AST_CALL && (ast->builtin == HZ_FN_MATCHES || ast->builtin == HZ_FN_REPLACE);
    if (pattern || ast->op == HZ_AST_PATTERN) return HZ_R_PATTERN;
    if (ast->op == HZ_AST_CALL && (ast->builtin == HZ_FN_SUBSTRING || ast->type.kind == HZ_KIND_LIST)) return HZ_R_POSITION;
    if (ast->op == HZ_AST_CALL && ast->children > 0 && ast->child[0]->type.kind == HZ_KIND_STRING) return HZ_R_CONVERSION;
    bool number = ast->type.kind == HZ_KIND_NUMBER && ast->op >= HZ_AST_ADD && ast->op <= HZ_AST_POW;
    if (number) return HZ_R_OVERFLOW;
    bool dated = ast->type.kind == HZ_KIND_DATE || hz_type_clock(&ast->type);
    return dated ? HZ_R_DATE_RANGE : HZ_R_ARITHMETIC;
}

bool hz_ast_whole_literal(const hz_ast *ast, int64_t *out)
{
    bool minus = ast->op == HZ_AST_NEGATE;
    const hz_ast *number = minus ? ast->child[0] : ast;
    if (number->op != HZ_AST_NUMBER) return false;
    hz_decimal value = hz_decimal_trim(number->number);
    if (value.scale != 0 || value.coefficient > INT64_MAX) return false;
    *out = minus ? -(int64_t)value.coefficient : (int64_t)value.coefficient;
    return true;
}

bool hz_check_need(hz_env *env, const hz_ast *argument, bool ok, const char *function_name, const char *what)
{
    if (ok) return true;
    if (!hz_check_failed(argument))
        hz_error(env->diags, HZ_E_ARGUMENTS, argument->span, "`%s` needs %s here, and this is %s%s", function_name, what,
                 argument->type.kind == HZ_KIND_NULL ? "" : "a ", hz_kind_name((hz_kind)argument->type.kind));
    return false;
}

void hz_check_call(hz_env *env, hz_ast *ast)
{
    hz_check_fail(ast);
    ast->builtin = find(ast->text, false);
    if (ast->builtin == HZ_FN_COUNT) {
        unknown_function(env, ast);
        return;
    }
    const function *fn = &functions[ast->builtin];
    if (ast->children < fn->least || (fn->most != 0xFF && ast->children > fn->most)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, ast->at, "`%s` does not take %u argument%s", fn->name,
                                 (unsigned)ast->children, ast->children == 1 ? "" : "s");
        hint_signatures(env, diag, fn);
        return;
    }
    if (place_arguments(env, ast, fn)) fn->check(env, ast);
}
