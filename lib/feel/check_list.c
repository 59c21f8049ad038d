/* check_list.c - types of lists: literals, what lists hold together, how long they may be. Functions of lists are in
 * check_aggregate.c and check_list_call.c. Called by check.c and by these.
 *
 * A list's length is bounded when the rules are loaded (hz_type: lo to hi items), and so are the types of its items: then a
 * list is so many columns and a column of lengths, never an object made while claims are settled. Items of several types
 * are mixed values (check_mixed.c).
 */
#include "feel/check_mixed.h"

uint32_t hz_check_list_values(const hz_type *type)
{
    if (!hz_type_bundled(type)) return 1;
    uint64_t values = 0;
    if (type->kind == HZ_KIND_LIST) values = (uint64_t)type->count * hz_check_list_values(type->item);
    for (uint32_t i = 0; type->kind == HZ_KIND_MIXED && i < type->count; i++) values += hz_check_list_values(&type->item[i]);
    return values > UINT32_MAX ? UINT32_MAX : (uint32_t)values;
}

uint8_t hz_type_deep_absent(const hz_type *type)
{
    uint32_t parts = type->kind == HZ_KIND_LIST ? 1 : type->kind == HZ_KIND_MIXED ? type->count : 0;
    uint8_t absent = type->absent;
    for (uint32_t i = 0; i < parts; i++) absent |= (uint8_t)(hz_type_deep_absent(&type->item[i]) & ~HZ_MAY_NULL);
    return absent;
}

bool hz_check_list_work(hz_env *env, const hz_ast *at, uint64_t instructions)
{
    const uint64_t most = 300000;
    bool before = env->list_work <= most;
    env->list_work += instructions;
    if (env->list_work <= most) return true;
    if (!before) return false;
    hz_diag *diag = hz_error(env->diags, HZ_E_TOO_LARGE, at->span, "the functions of lists up to this one are too much work together");
    hz_diag_hint(env->diags, diag, "shorten the lists, or give less of them to functions");
    return false;
}

bool hz_check_list_of(hz_env *env, const hz_ast *at, const hz_type *item, uint32_t lo, uint32_t hi, hz_type *out)
{
    hz_type *own = HZ_NEW(env->arena, hz_type);
    *own = *item;
    *out = (hz_type){.kind = HZ_KIND_LIST, .item = own, .lo = lo, .hi = hi, .count = hi};
    if (hz_check_list_values(out) <= HZ_LIST_MOST) return true;
    hz_error(env->diags, HZ_E_TOO_LARGE, at->span, "a list holds at most %d values, and this one may hold %u", HZ_LIST_MOST,
             (unsigned)hz_check_list_values(out));
    return false;
}

bool hz_check_join(hz_arena *arena, const hz_type *a, const hz_type *b, hz_type *out)
{
    bool null = a->kind == HZ_KIND_NULL || b->kind == HZ_KIND_NULL;
    if (!null && (a->kind != b->kind || a->kind == HZ_KIND_MIXED)) return hz_check_mix(arena, a, b, out);
    if (null || a->kind != HZ_KIND_LIST) return hz_type_join(a, b, out);
    hz_type *item = HZ_NEW(arena, hz_type);
    hz_type list = {.kind = HZ_KIND_LIST, .absent = (uint8_t)(a->absent | b->absent), .item = item};
    list.lo = a->lo < b->lo ? a->lo : b->lo;
    list.hi = a->hi > b->hi ? a->hi : b->hi;
    list.count = (uint32_t)list.hi;
    bool fits = true;
    if (a->count == 0) *item = *b->item; /* of an empty list nobody knows what it is a list of */
    else if (b->count == 0) *item = *a->item;
    else fits = hz_check_join(arena, a->item, b->item, item);
    *out = list;
    return fits && hz_check_list_values(out) <= HZ_LIST_MOST;
}

/* ---- What goes together ---- */

/* The string literals of a list literal become codes. */
static bool items_as_codes(hz_env *env, hz_ast *list, const hz_codes *codes)
{
    if (list->op != HZ_AST_LIST) return false;
    for (uint32_t i = 0; i < list->children; i++)
        if (list->child[i]->op != HZ_AST_NULL && !hz_check_as_code(env, list->child[i], codes)) return false;
    hz_type *item = HZ_NEW(env->arena, hz_type);
    *item = *list->type.item;
    item->kind = HZ_KIND_CODE;
    item->codes = codes;
    item->lo = 0;
    item->hi = (hz_i128)codes->count - 1;
    list->type.item = item;
    return true;
}

static const char *described(hz_env *env, const hz_type *type)
{
    char text[256];
    hz_type_describe(type, text, sizeof text);
    return hz_arena_printf(env->arena, "%s", text).at;
}

bool hz_check_refuse_mixed(hz_env *env, const hz_ast *a, const hz_ast *b, hz_span at)
{
    if (!hz_type_has_mixed(&a->type) && !hz_type_has_mixed(&b->type)) return false;
    hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, at, "lists of several types are not compared");
    hz_diag_hint(env->diags, diag, "look for one item: list contains(list, x)");
    return true;
}

static bool join_or_report(hz_env *env, const hz_type *a, const hz_type *b, const hz_ast *at)
{
    hz_type joined;
    if (hz_check_join(env->arena, a, b, &joined)) return true;
    hz_error(env->diags, HZ_E_WIDE, at->at, "the numbers of these two lists together may need more than 64 bits");
    return false;
}

bool hz_check_lists_agree(hz_env *env, hz_ast *a, hz_ast *b, const hz_ast *at)
{
    const hz_type *x = a->type.item, *y = b->type.item;
    if (x->kind == HZ_KIND_CODE && y->kind == HZ_KIND_STRING) return items_as_codes(env, b, x->codes);
    if (y->kind == HZ_KIND_CODE && x->kind == HZ_KIND_STRING) return items_as_codes(env, a, y->codes);
    if (at->op != HZ_AST_IF && hz_check_refuse_mixed(env, a, b, at->at)) return false;
    if (at->op == HZ_AST_IF && hz_type_meets(x, y)) return join_or_report(env, &a->type, &b->type, at);
    if (x->kind == HZ_KIND_NULL || y->kind == HZ_KIND_NULL || hz_type_same(x, y)) return join_or_report(env, &a->type, &b->type, at);
    hz_error(env->diags, HZ_E_TYPE, at->at, "cannot %s a %s and a %s", at->op == HZ_AST_IF ? "choose between" : "compare",
             described(env, &a->type), described(env, &b->type));
    return false;
}

bool hz_check_member(hz_env *env, hz_ast *x, hz_ast *list, const hz_ast *at)
{
    const hz_type *item = list->type.item;
    if (hz_check_failed(x) || hz_check_failed(list)) return false;
    if (x->type.kind == HZ_KIND_NULL || item->kind == HZ_KIND_NULL) return true;
    if (item->kind == HZ_KIND_CODE && x->op == HZ_AST_STRING) return hz_check_as_code(env, x, item->codes);
    if (x->type.kind == HZ_KIND_CODE && item->kind == HZ_KIND_STRING && list->op == HZ_AST_LIST) return items_as_codes(env, list, x->type.codes);
    if (hz_type_meets(&x->type, item)) return join_or_report(env, &x->type, item, at);
    if (x->type.kind == HZ_KIND_LIST && hz_type_same(&x->type, &list->type)) return join_or_report(env, &x->type, &list->type, at);
    hz_error(env->diags, HZ_E_TYPE, at->span, "this is a %s, and a %s is looked for in it", described(env, &list->type),
             hz_kind_name((hz_kind)x->type.kind));
    return false;
}

/* ---- Literals ---- */

/* The item that says what the others must be: a code before a text, anything before null. */
static uint32_t leader(const hz_ast *list)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < list->children; i++) {
        uint8_t best = list->child[found]->type.kind, kind = list->child[i]->type.kind;
        bool better = best == HZ_KIND_NULL ? kind != HZ_KIND_NULL : best == HZ_KIND_STRING && kind == HZ_KIND_CODE;
        if (better) found = i;
    }
    return found;
}

static bool items_agree(hz_env *env, hz_ast *list)
{
    if (list->children == 0) return true;
    hz_ast *first = list->child[leader(list)];
    for (uint32_t i = 0; i < list->children; i++) {
        hz_ast *each = list->child[i];
        bool code = first->type.kind == HZ_KIND_CODE && each->op == HZ_AST_STRING;
        if (code && !hz_check_as_code(env, each, first->type.codes)) return false;
        if (hz_type_mixes(&first->type, &each->type)) continue;
        hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, each->span, "this item is a %s, and another is a %s", hz_kind_name((hz_kind)each->type.kind),
                                 hz_kind_name((hz_kind)first->type.kind));
        hz_diag_hint(env->diags, diag, "codes stand in lists of their own");
        return false;
    }
    return true;
}

void hz_check_list(hz_env *env, hz_ast *ast)
{
    hz_type item = {.kind = HZ_KIND_NULL}, list;
    hz_check_fail(ast);
    if (ast->children > HZ_LIST_MOST) {
        hz_error(env->diags, HZ_E_TOO_LARGE, ast->span, "a list holds at most %d values, and this one holds %u", HZ_LIST_MOST, (unsigned)ast->children);
        return;
    }
    for (uint32_t i = 0; i < ast->children; i++) {
        hz_check_node(env, ast->child[i]);
        if (hz_check_failed(ast->child[i])) return;
    }
    if (!items_agree(env, ast)) return;
    for (uint32_t i = 0; i < ast->children; i++) {
        const hz_type *each = &ast->child[i]->type;
        if (i == 0) item = *each;
        else if (!hz_check_join(env->arena, &item, each, &item)) {
            hz_error(env->diags, HZ_E_WIDE, ast->child[i]->span, "the items up to this one may need more than 64 bits");
            return;
        }
    }
    if (hz_check_list_of(env, ast, &item, ast->children, ast->children, &list)) ast->type = list;
}
