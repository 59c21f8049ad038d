/* check_choice.c - min, max and not: what is chosen among values, and what is denied. Called through check_call.c. */
#include "feel/check_made.h"

#include "value/number_type.h"

/* min and max: of the arguments, or of the items of one list literal (which then replace the arguments). */
void hz_check_fn_min_max(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1 && ast->child[0]->op == HZ_AST_LIST && ast->child[0]->children > 0) {
        hz_ast *list = ast->child[0];
        ast->child = list->child;
        ast->children = list->children;
    } else if (ast->children == 1) {
        hz_check_node(env, ast->child[0]);
        ast->child[0]->checked = true;
        if (ast->child[0]->type.kind == HZ_KIND_LIST) {
            hz_check_least_of_list(env, ast);
            return;
        }
    }
    for (uint32_t i = 0; i < ast->children; i++) hz_check_node(env, ast->child[i]);
    for (uint32_t i = 0; i < ast->children; i++) {
        const hz_type *each = &ast->child[i]->type;
        bool ok = hz_type_ordered(each);
        if (!hz_check_need(env, ast->child[i], ok, hz_builtin_name(ast->builtin), "numbers, texts, dates or durations")) return;
        if (i > 0 && !hz_check_agree(env, ast->child[0], ast->child[i], ast->child[i])) return;
    }
    hz_type type = ast->child[0]->type;
    if (type.kind == HZ_KIND_STRING) {
        for (uint32_t i = 1; i < ast->children; i++) type.absent |= ast->child[i]->type.absent;
        ast->type = type;
        return;
    }
    bool least = ast->builtin == HZ_FN_MIN;
    for (uint32_t i = 1; i < ast->children; i++) {
        const hz_type *each = &ast->child[i]->type;
        uint8_t absent = (uint8_t)(type.absent | each->absent);
        hz_number_least(&type, each, least, &type);
        type.absent = absent;
    }
    type.kind = ast->child[0]->type.kind;
    bool fits = true; /* each is compared at the common scale */
    for (uint32_t i = 0; i < ast->children; i++) fits = fits && hz_number_fits(&ast->child[i]->type, type.scale);
    if (type.kind != HZ_KIND_NUMBER && !fits) type.scale = HZ_NARROW_SCALE + 1;
    hz_check_result(env, ast, type, true);
}

void hz_check_fn_not(hz_env *env, hz_ast *ast)
{
    hz_ast *a = ast->child[0];
    hz_check_node(env, a);
    bool ok = a->type.kind == HZ_KIND_BOOLEAN || a->type.kind == HZ_KIND_NULL;
    if (!hz_check_failed(a) && !ok) {
        hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, a->span, "`not` needs a boolean here, and this is a %s", hz_kind_name((hz_kind)a->type.kind));
        hz_diag_hint(env->diags, diag, "a test stands in it whole, as in not(x in (1, 2))");
    }
    if (!ok) return;
    ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = a->type.absent, .hi = 1};
}
