/* check_text.c - functions on texts, string() and number(). Called through check_call.c; those with patterns are in
 * check_pattern.c.
 *
 * What a text must be known for (separators) is a literal, or a name that always has one text. A position outside the
 * text, and a text that is no number, are errors of the row: FEEL's null would hide them.
 */
#include "feel/check_made.h"

#include "base/utf8.h"
#include "column/convert.h"
#include "value/number_type.h"

bool hz_check_text_argument(hz_env *env, hz_ast *ast, const hz_ast *call)
{
    hz_check_node(env, ast);
    if (ast->type.kind == HZ_KIND_STRING) return true;
    if (ast->type.kind != HZ_KIND_CODE) return hz_check_need(env, ast, false, hz_builtin_name(call->builtin), "a text");
    hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, ast->span, "`%s` needs a text here, and this is a code", hz_builtin_name(call->builtin));
    hz_diag_hint(env->diags, diag, "a code is compared with = and in; its text is string(x)");
    return false;
}

/* The absences of all arguments together. */
static uint8_t absences(const hz_ast *call)
{
    uint8_t absent = 0;
    for (uint32_t i = 0; i < call->children; i++) absent |= call->child[i]->type.absent;
    return absent;
}

/* Checks every argument as a text. */
static bool all_texts(hz_env *env, hz_ast *ast)
{
    for (uint32_t i = 0; i < ast->children; i++)
        if (!hz_check_text_argument(env, ast->child[i], ast)) return false;
    return true;
}

void hz_check_fn_text(hz_env *env, hz_ast *ast)
{
    if (all_texts(env, ast)) ast->type = (hz_type){.kind = HZ_KIND_STRING, .absent = absences(ast)};
}

void hz_check_fn_text_test(hz_env *env, hz_ast *ast)
{
    if (all_texts(env, ast)) ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = absences(ast), .hi = 1};
}

void hz_check_fn_text_length(hz_env *env, hz_ast *ast)
{
    hz_str known;
    if (!all_texts(env, ast)) return;
    ast->type = (hz_type){.kind = HZ_KIND_NUMBER, .absent = absences(ast), .hi = HZ_TEXT_LONGEST};
    if (hz_check_known_text(env, ast->child[0], &known)) ast->type.lo = ast->type.hi = (hz_i128)hz_utf8_count(known);
}

/* Positions and lengths may have decimals, which do not count. */
void hz_check_fn_substring(hz_env *env, hz_ast *ast)
{
    if (!hz_check_text_argument(env, ast->child[0], ast)) return;
    for (uint32_t i = 1; i < ast->children; i++) {
        hz_check_node(env, ast->child[i]);
        if (!hz_check_need(env, ast->child[i], ast->child[i]->type.kind == HZ_KIND_NUMBER, "substring", "a number")) return;
        if (ast->child[i]->type.wide) {
            hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, ast->child[i]->span, "`substring` needs a whole number here, and this may have any number of digits");
            hz_diag_hint(env->diags, diag, "round it: floor(…)");
            return;
        }
    }
    ast->type = (hz_type){.kind = HZ_KIND_STRING, .absent = absences(ast) | HZ_MAY_ERR};
}

void hz_check_fn_string(hz_env *env, hz_ast *ast)
{
    hz_ast *from = ast->child[0];
    hz_check_node(env, from);
    uint8_t kind = from->type.kind;
    if (kind == HZ_KIND_LIST) {
        hz_check_string_of_list(env, ast, from);
        return;
    }
    if (!hz_check_need(env, from, kind != HZ_KIND_NULL && kind != HZ_KIND_NONE, "string", "a value")) return;
    ast->type = (hz_type){.kind = HZ_KIND_STRING, .absent = from->type.absent};
}

/* ---- number() ---- */

/* A separator argument: one of some characters, or null for none. */
static bool check_separator(hz_env *env, hz_ast *ast, const char *allowed, const char *what, char *out)
{
    hz_str known;
    hz_check_node(env, ast);
    if (ast->type.kind == HZ_KIND_NULL) return true;
    if (!hz_check_need(env, ast, ast->type.kind == HZ_KIND_STRING, "number", "a text or null")) return false;
    if (!hz_check_known_text(env, ast, &known)) {
        hz_error(env->diags, HZ_E_ARGUMENTS, ast->span, "`number` needs its separators written out");
        return false;
    }
    if (known.len == 1 && strchr(allowed, known.at[0]) != NULL) {
        *out = known.at[0];
        return true;
    }
    hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, ast->span, "this separates no %s", what);
    hz_diag_hint(env->diags, diag, "write %s", allowed[0] == ' ' ? "\" \", \",\", \".\" or null" : "\".\", \",\" or null");
    return false;
}

bool hz_check_number_form(hz_env *env, const hz_ast *ast, hz_number_form *form)
{
    *form = (hz_number_form){.scale = HZ_READ_SCALE, .point = '.'};
    if (ast->children > 1 && !check_separator(env, ast->child[1], " ,.", "thousands", &form->grouping)) return false;
    if (ast->children > 2 && !check_separator(env, ast->child[2], ".,", "decimals", &form->point)) return false;
    if (form->grouping != form->point) return true;
    hz_error(env->diags, HZ_E_ARGUMENTS, ast->at, "thousands and decimals have one separator here");
    return false;
}

void hz_check_fn_number(hz_env *env, hz_ast *ast)
{
    hz_number_form form;
    hz_decimal value;
    hz_str known;
    if (!hz_check_text_argument(env, ast->child[0], ast) || !hz_check_number_form(env, ast, &form)) return;
    if (!hz_check_known_text(env, ast->child[0], &known)) {
        ast->type = (hz_type){.kind = HZ_KIND_NUMBER, .absent = ast->child[0]->type.absent | HZ_MAY_ERR, .scale = HZ_READ_SCALE,
                              .lo = -HZ_READ_MOST, .hi = HZ_READ_MOST};
    } else if (hz_number_of_text(known, form, &value)) {
        ast->type = hz_number_type(value);
    } else {
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, ast->child[0]->span, "this is no number");
        hz_diag_hint(env->diags, diag, "thousands and decimals are named: number(\"1.300,50\", \".\", \",\")");
    }
}

/* ---- string join() ---- */

void hz_check_fn_string_join(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    if (list == NULL) return;
    const hz_type *item = list->type.item;
    bool texts = list->type.count == 0 || item->kind == HZ_KIND_STRING || item->kind == HZ_KIND_NULL;
    if (!texts) {
        char text[128];
        hz_type_describe(&list->type, text, sizeof text);
        hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, list->span, "`string join` needs a list of texts, and this is a %s", text);
        hz_diag_hint(env->diags, diag, "a value becomes a text by string(x)");
        return;
    }
    uint8_t absent = list->type.absent;
    if (list->type.count > 0) absent |= item->absent & (uint8_t)~HZ_MAY_NULL; /* a null in the list is left out */
    if (ast->children > 1) {
        hz_check_node(env, ast->child[1]);
        if (ast->child[1]->type.kind != HZ_KIND_NULL && !hz_check_text_argument(env, ast->child[1], ast)) return;
        absent |= ast->child[1]->type.absent & (uint8_t)~HZ_MAY_NULL; /* and so is a null between them */
    }
    ast->type = (hz_type){.kind = HZ_KIND_STRING, .absent = absent};
}
