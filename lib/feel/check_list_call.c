/* check_list_call.c - functions that make a list of lists and values: their lengths, item types and positions. Called
 * through check_call.c; lowered in program/lower_list_call.c.
 *
 * A position counts from 1, or from the end where it is negative. Where it is written out it is held against the length
 * here; else a position beyond the list is an error of that row, not FEEL's silent null.
 */
#include "feel/check_made.h"
#include "feel/check_mixed.h"

#define PAIRS_MOST 200 /* items where each is compared with each */

static const char *name_of(const hz_ast *call)
{
    return hz_builtin_name(call->builtin);
}

/* moves: how often the list is moved as a whole, by an amount of the row. */
static void set_list(hz_env *env, hz_ast *call, const hz_type *item, uint32_t lo, uint32_t hi, uint8_t absent, uint32_t moves)
{
    hz_type type;
    if (!hz_check_list_of(env, call, item, lo, hi, &type)) return;
    if (!hz_check_list_work(env, call, (uint64_t)moves * 12 * hz_check_list_values(&type))) return;
    type.absent = absent;
    call->type = type;
}

/* The type of the items of a list that holds both; false after a report. whole: b is that of a list's items. */
static bool join_items(hz_env *env, const hz_ast *at, const hz_type *a, const hz_type *b, bool whole, hz_type *out)
{
    if (!hz_type_mixes(a, b)) {
        char have[128], new[128];
        hz_type_describe(&(hz_type){.kind = HZ_KIND_LIST, .item = a}, have, sizeof have);
        hz_type_describe(&(hz_type){.kind = HZ_KIND_LIST, .item = b}, new, sizeof new);
        hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, at->span, "this is a %s, and %s is a %s", whole ? new : hz_kind_name((hz_kind)b->kind),
                                 whole ? "an earlier one" : "the list", have);
        hz_diag_hint(env->diags, diag, "codes stand in lists of their own");
        return false;
    }
    if (hz_check_join(env->arena, a, b, out)) return true;
    hz_error(env->diags, HZ_E_WIDE, at->span, "the items together may need more than 64 bits");
    return false;
}

/* Checks an argument that becomes an item: texts become codes where the others are. */
static bool check_item(hz_env *env, hz_ast *item, const hz_type *list, hz_type *out)
{
    hz_check_node(env, item);
    if (hz_check_failed(item)) return false;
    if (list->kind == HZ_KIND_CODE && item->op == HZ_AST_STRING && !hz_check_as_code(env, item, list->codes)) return false;
    return join_items(env, item, list, &item->type, false, out);
}

/* A number without decimals, unless they are cut off. */
static bool need_whole(hz_env *env, const hz_ast *call, const hz_ast *number, bool parts)
{
    if (!hz_check_need(env, number, number->type.kind == HZ_KIND_NUMBER, name_of(call), "a whole number")) return false;
    if ((parts || number->type.scale == 0) && !number->type.wide) return true;
    hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, number->span, "`%s` needs a whole number here, and this may %s", name_of(call),
                             number->type.scale == 0 ? "be any number" : "have decimals");
    hz_diag_hint(env->diags, diag, "round it: floor(…)");
    return false;
}

/* A position in a list of this type: a whole number; written out, not 0 and not beyond the longest list. */
static bool check_position(hz_env *env, hz_ast *call, uint32_t argument, const hz_type *list, bool parts)
{
    hz_ast *position = call->child[argument];
    int64_t value;
    hz_check_node(env, position);
    if (!need_whole(env, call, position, parts)) return false;
    if (!hz_ast_whole_literal(position, &value)) return true;
    if (value != 0 && value <= (int64_t)list->hi && value >= -(int64_t)list->hi) return true;
    hz_error(env->diags, HZ_E_ARGUMENTS, position->span, value == 0 ? "positions count from 1, or from the end as -1, -2, …" : "the list has at most %u items",
             (unsigned)list->hi);
    return false;
}

/* Lists and positions are errors, or absent, as a whole: then so is the result. */
static uint8_t absent_of(const hz_ast *call, uint32_t arguments)
{
    uint8_t absent = 0;
    for (uint32_t i = 0; i < arguments && i < call->children; i++) absent |= call->child[i]->type.absent;
    return absent;
}

static uint8_t may_miss(const hz_ast *position, const hz_type *list)
{
    int64_t value;
    bool written = hz_ast_whole_literal(position, &value);
    bool sure = written && (value < 0 ? -value : value) <= (int64_t)list->lo;
    return sure ? 0 : HZ_MAY_ERR;
}

/* ---- Parts of a list ---- */

void hz_check_fn_sublist(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    if (list == NULL || !check_position(env, ast, 1, &list->type, false)) return;
    uint32_t most = list->type.count, least = 1;
    int64_t start, length;
    uint8_t absent = may_miss(ast->child[1], &list->type);
    if (hz_ast_whole_literal(ast->child[1], &start)) {
        most = start < 0 ? (uint32_t)-start : list->type.count - (uint32_t)start + 1;
        if (start < 0) least = most;
        else if (list->type.lo >= start) least = (uint32_t)list->type.lo - (uint32_t)start + 1;
    }
    if (ast->children > 2) {
        hz_ast *given = ast->child[2];
        hz_check_node(env, given);
        if (!need_whole(env, ast, given, false)) return;
        bool written = hz_ast_whole_literal(given, &length);
        if (written && (length < 1 || length > most)) {
            hz_error(env->diags, HZ_E_ARGUMENTS, given->span, length < 1 ? "a part of a list has at least 1 item" : "from there on the list has at most %u", (unsigned)most);
            return;
        }
        if (!written || length > least) absent |= HZ_MAY_ERR;
        if (!written) least = 1;
        if (!written && given->type.hi < most && given->type.hi >= 1) most = (uint32_t)given->type.hi;
        if (written) least = most = (uint32_t)length;
    }
    set_list(env, ast, list->type.item, least, most, (uint8_t)(absent | absent_of(ast, 3)), 1);
}

void hz_check_fn_remove(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    if (list == NULL || !check_position(env, ast, 1, &list->type, false)) return;
    uint32_t lo = list->type.lo > 0 ? (uint32_t)list->type.lo - 1 : 0;
    if (list->type.count == 0) {
        hz_error(env->diags, HZ_E_ARGUMENTS, list->span, "this list is empty");
        return;
    }
    set_list(env, ast, list->type.item, lo, list->type.count - 1, (uint8_t)(may_miss(ast->child[1], &list->type) | absent_of(ast, 2)), 1);
}

void hz_check_fn_reverse(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    if (list != NULL) ast->type = list->type;
}

/* ---- Lists with items put in ---- */

void hz_check_fn_insert_before(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    hz_type item;
    if (list == NULL || !check_position(env, ast, 1, &list->type, false) || !check_item(env, ast->child[2], list->type.item, &item)) return;
    set_list(env, ast, &item, (uint32_t)list->type.lo + 1, list->type.count + 1, (uint8_t)(may_miss(ast->child[1], &list->type) | absent_of(ast, 2)), 1);
}

void hz_check_fn_list_replace(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    hz_type item;
    if (list == NULL || !check_position(env, ast, 1, &list->type, true) || !check_item(env, ast->child[2], list->type.item, &item)) return;
    set_list(env, ast, &item, (uint32_t)list->type.lo, list->type.count, (uint8_t)(may_miss(ast->child[1], &list->type) | absent_of(ast, 2)), 1);
}

void hz_check_fn_append(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    if (list == NULL) return;
    hz_type item = *list->type.item;
    for (uint32_t i = 1; i < ast->children; i++) {
        hz_type joined;
        if (!check_item(env, ast->child[i], &item, &joined)) return;
        bool first = list->type.count == 0 && i == 1; /* of an empty list nobody knows what it is a list of */
        item = first ? ast->child[i]->type : joined;
    }
    set_list(env, ast, &item, (uint32_t)list->type.lo + ast->children - 1, list->type.count + ast->children - 1, list->type.absent, 1);
}

/* concatenate and union: all items of all lists. */
void hz_check_fn_concatenate(hz_env *env, hz_ast *ast)
{
    hz_type item = {.kind = HZ_KIND_NULL};
    uint64_t lo = 0, hi = 0;
    for (uint32_t i = 0; i < ast->children; i++) {
        hz_ast *list = hz_made_list(env, ast, i);
        hz_type joined = item;
        if (list == NULL) return;
        if (list->type.count > 0 && !join_items(env, list, &item, list->type.item, true, &joined)) return;
        item = hi == 0 && list->type.count > 0 ? *list->type.item : joined;
        lo += (uint64_t)list->type.lo;
        hi += list->type.count;
    }
    uint8_t absent = absent_of(ast, ast->children);
    bool distinct = ast->builtin == HZ_FN_UNION;
    if (distinct && hi > PAIRS_MOST) {
        hz_error(env->diags, HZ_E_TOO_LARGE, ast->span, "`union` takes at most %d items together", PAIRS_MOST);
        return;
    }
    if (distinct && !hz_check_list_work(env, ast, hi * hi)) return;
    if (distinct) absent |= hz_type_deep_absent(&item) & (uint8_t)~HZ_MAY_NULL;
    if (distinct) lo = lo > 0;
    if (hi > HZ_LIST_MOST) hi = HZ_LIST_MOST + 1; /* reported below */
    set_list(env, ast, &item, (uint32_t)lo, (uint32_t)hi, absent, ast->children);
}

/* How many items a value in a list becomes: one, or those of a list. A list that is null is a null item. */
static void flat_bounds(const hz_type *type, uint32_t *lo, uint32_t *hi)
{
    *lo = *hi = 1;
    if (type->kind == HZ_KIND_MIXED) {
        const hz_type *list = hz_type_alternative(type, HZ_KIND_LIST);
        if (list == NULL) return;
        flat_bounds(list, lo, hi);
    }
    if (type->kind == HZ_KIND_LIST) {
        flat_bounds(type->item, lo, hi);
        *lo *= (uint32_t)type->lo;
        *hi *= type->count;
        if ((type->absent & HZ_MAY_NULL) == 0) return;
    }
    if (*lo > 1) *lo = 1;
    if (*hi < 1) *hi = 1;
}

/* Items of items, whatever their depth. */
void hz_check_fn_flatten(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    if (list == NULL) return;
    uint32_t lo, hi;
    uint8_t absent = list->type.absent;
    hz_type whole = list->type, item = {.kind = HZ_KIND_NONE};
    whole.absent = 0;
    flat_bounds(&whole, &lo, &hi);
    if (!hz_check_leaf(env->arena, &whole, &item, &absent)) {
        hz_error(env->diags, HZ_E_WIDE, ast->span, "the items together may need more than 64 bits");
        return;
    }
    if (item.kind == HZ_KIND_NONE) item = (hz_type){.kind = HZ_KIND_NULL, .absent = item.absent};
    set_list(env, ast, &item, lo, hi, absent, list->type.count);
}

/* ---- Searching ---- */

static bool few_enough(hz_env *env, const hz_ast *call, const hz_ast *list)
{
    if (list->type.count <= PAIRS_MOST) return hz_check_list_work(env, call, (uint64_t)list->type.count * hz_check_list_values(&list->type));
    hz_error(env->diags, HZ_E_TOO_LARGE, call->span, "`%s` takes a list of at most %d items", name_of(call), PAIRS_MOST);
    return false;
}

void hz_check_fn_distinct(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0);
    if (list == NULL || !few_enough(env, ast, list)) return;
    uint8_t absent = hz_type_deep_absent(list->type.item) & (uint8_t)~HZ_MAY_NULL;
    set_list(env, ast, list->type.item, list->type.lo > 0, list->type.count, (uint8_t)(list->type.absent | absent), 2);
}

void hz_check_fn_index_of(hz_env *env, hz_ast *ast)
{
    hz_check_fn_list_contains(env, ast);
    if (hz_check_failed(ast)) return;
    const hz_type *list = &ast->child[0]->type;
    hz_type number = {.kind = HZ_KIND_NUMBER, .lo = 1, .hi = list->count > 0 ? list->count : 1};
    uint8_t absent = ast->type.absent;
    hz_check_fail(ast);
    set_list(env, ast, &number, 0, list->count, absent, 2);
}

void hz_check_fn_mode(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_arguments(env, ast);
    if (list == NULL) return;
    const hz_type *item = list->type.item;
    if (item->kind != HZ_KIND_NUMBER && item->kind != HZ_KIND_NULL) {
        char text[128];
        hz_type_describe(&list->type, text, sizeof text);
        hz_error(env->diags, HZ_E_ARGUMENTS, ast->child[0]->span, "`mode` needs numbers, and this is a %s", text);
        return;
    }
    hz_type number = *item;
    number.absent = 0;
    ast->means = list;
    set_list(env, ast, &number, list->type.lo > 0, list->type.count, (uint8_t)(list->type.absent | item->absent), 8);
}
