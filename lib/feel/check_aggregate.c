/* check_aggregate.c - functions that make one value of a list: count, sum, mean, product, median, min, max, all, any,
 * list contains. Called through check_call.c.
 *
 * Arithmetic over items is said with the operators of two numbers (check_made.h), from the first item on, so that a sum of
 * a list is what the same sum written out would be. An empty list has no sum, product, mean, least or median: null.
 */
#include "feel/check_made.h"
#include "feel/check_mixed.h"

static const char *name_of(const hz_ast *call)
{
    return hz_builtin_name(call->builtin);
}

static void become(hz_ast *call, hz_ast *means)
{
    if (means == NULL) return; /* reported */
    call->means = means;
    call->type = means->type;
}

/* The list of a call whose items must be of this kind, or null; NULL after a report. */
static hz_ast *list_of_kind(hz_env *env, hz_ast *call, uint8_t kind, const char *what)
{
    hz_ast *list = hz_made_arguments(env, call);
    if (list == NULL) return NULL;
    const hz_type *item = list->type.item;
    if (item->kind == kind || item->kind == HZ_KIND_NULL) return list;
    const hz_ast *odd = list;
    for (uint32_t i = 0; list->op == HZ_AST_LIST && odd == list && i < list->children; i++)
        if (list->child[i]->type.kind != kind && list->child[i]->type.kind != HZ_KIND_NULL) odd = list->child[i];
    char text[128];
    hz_type_describe(&list->type, text, sizeof text);
    hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, odd->span, "`%s` needs %s, and this is a %s", name_of(call), what,
                             odd == list ? text : hz_kind_name((hz_kind)odd->type.kind));
    bool durations = item->kind == HZ_KIND_DAYS || item->kind == HZ_KIND_MONTHS;
    if (durations && call->builtin == HZ_FN_SUM) hz_diag_hint(env->diags, diag, "durations are added with `+`");
    return NULL;
}

/* Null where the list is empty, which it may be; else the value. */
static hz_ast *unless_empty(hz_env *env, const hz_ast *call, hz_ast *list, hz_ast *value)
{
    if (list->type.lo > 0 || value == NULL) return value;
    hz_ast *empty = hz_made_binary(env, call, HZ_AST_EQ, hz_made_length(env, call, list), hz_made_number(env, call, 0));
    return hz_made_if(env, call, empty, hz_made_null(env, call), value);
}

/* What an empty list has: null; but the error of a list that could not be made. */
static hz_ast *of_empty(hz_env *env, const hz_ast *call, hz_ast *list)
{
    hz_ast *null = hz_made_null(env, call);
    if ((list->type.absent & ~HZ_MAY_NULL) == 0) return null;
    hz_ast *empty = hz_made_binary(env, call, HZ_AST_EQ, hz_made_length(env, call, list), hz_made_number(env, call, 0));
    return hz_made_if(env, call, empty, null, null);
}

/* item op item op …, from the left; neutral stands for items that are not there. */
static hz_ast *fold(hz_env *env, const hz_ast *call, uint8_t op, hz_ast *list, uint32_t neutral)
{
    hz_ast *none = hz_made_number(env, call, neutral);
    hz_ast *out = hz_made_item(env, call, list, 0, none);
    for (uint32_t i = 1; out != NULL && i < list->type.count; i++)
        out = hz_made_binary(env, call, op, out, hz_made_item(env, call, list, i, none));
    return out;
}

/* The mean of the items, whose number is length: at least 1 where it counts. */
static hz_ast *mean(hz_env *env, hz_ast *call, hz_ast *list)
{
    hz_ast *sum = fold(env, call, HZ_AST_ADD, list, 0);
    hz_ast *length = hz_made_length(env, call, list);
    if (list->type.lo == list->type.hi) length = hz_made_number(env, call, list->type.count);
    if (list->type.lo == 0) {
        hz_ast *least[2] = {hz_made_number(env, call, 1), length};
        length = hz_made_call(env, call, HZ_FN_MAX, least, 2);
    }
    return hz_made_binary(env, call, HZ_AST_DIV, sum, length);
}

/* sum, product and mean. */
void hz_check_fn_fold(hz_env *env, hz_ast *ast)
{
    hz_ast *list = list_of_kind(env, ast, HZ_KIND_NUMBER, "numbers");
    if (list == NULL || !hz_check_list_work(env, ast, 4 * (uint64_t)list->type.count)) return;
    hz_ast *value;
    if (list->type.count == 0) value = of_empty(env, ast, list);
    else if (ast->builtin == HZ_FN_MEAN) value = mean(env, ast, list);
    else value = fold(env, ast, ast->builtin == HZ_FN_SUM ? HZ_AST_ADD : HZ_AST_MUL, list, ast->builtin != HZ_FN_SUM);
    become(ast, list->type.count == 0 ? value : unless_empty(env, ast, list, value));
}

/* How many codes the versions of a set have. */
static void check_count_of_set(hz_ast *ast)
{
    const hz_type *set = &ast->child[0]->type;
    hz_type type = {.kind = HZ_KIND_NUMBER, .absent = set->absent, .lo = set->codes->count};
    for (uint32_t i = 0; i < set->sets->count; i++) {
        uint32_t count = set->sets->at[i].count;
        if (count < type.lo) type.lo = count;
        if (count > type.hi) type.hi = count;
    }
    ast->type = type;
}

void hz_check_fn_count(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1 && ast->child[0]->op == HZ_AST_NAME) {
        env->sets = true;
        hz_check_node(env, ast->child[0]);
        env->sets = false;
        if (hz_check_failed(ast->child[0])) return;
        if (ast->child[0]->type.kind == HZ_KIND_SET) {
            check_count_of_set(ast);
            return;
        }
    }
    hz_ast *list = hz_made_arguments(env, ast);
    if (list == NULL) return;
    bool known = list->type.lo == list->type.hi && list->type.absent == 0;
    become(ast, known ? hz_made_number(env, ast, list->type.count) : hz_made_length(env, ast, list));
}

/* The middle of `length` sorted items, or the mean of the two in the middle. */
static hz_ast *middle(hz_env *env, const hz_ast *call, hz_ast *sorted, uint32_t length)
{
    hz_ast *none = hz_made_number(env, call, 0);
    hz_ast *upper = hz_made_item(env, call, sorted, length / 2, none);
    if (length % 2 != 0) return upper;
    hz_ast *sum = hz_made_binary(env, call, HZ_AST_ADD, hz_made_item(env, call, sorted, length / 2 - 1, none), upper);
    return hz_made_binary(env, call, HZ_AST_DIV, sum, hz_made_number(env, call, 2));
}

void hz_check_fn_median(hz_env *env, hz_ast *ast)
{
    hz_ast *list = list_of_kind(env, ast, HZ_KIND_NUMBER, "numbers");
    if (list == NULL) return;
    if (list->type.count == 0 || list->type.item->kind == HZ_KIND_NULL) {
        become(ast, of_empty(env, ast, list));
        return;
    }
    if (!hz_check_list_work(env, ast, 100 * (uint64_t)list->type.count)) return;
    hz_ast *sorted = hz_made_sorted(env, ast, list);
    uint32_t length = list->type.lo > 0 ? (uint32_t)list->type.lo : 1;
    hz_ast *value = middle(env, ast, sorted, length);
    while (value != NULL && ++length <= list->type.count) {
        hz_ast *is = hz_made_binary(env, ast, HZ_AST_GE, hz_made_length(env, ast, list), hz_made_number(env, ast, length));
        value = hz_made_if(env, ast, is, middle(env, ast, sorted, length), value);
    }
    become(ast, unless_empty(env, ast, list, value));
}

/* min and max of a list that is no literal: of its items, the first standing for those that are not there. */
void hz_check_least_of_list(hz_env *env, hz_ast *ast)
{
    hz_ast *list = ast->child[0];
    if (list->type.count == 0) {
        become(ast, of_empty(env, ast, list));
        return;
    }
    hz_ast **items = HZ_NEW_MANY(env->arena, hz_ast *, list->type.count);
    hz_ast *none = hz_made_null(env, ast);
    for (uint32_t i = 0; i < list->type.count; i++) items[i] = hz_made_item(env, ast, list, i, i == 0 ? none : items[0]);
    if (items[0] == NULL) return;
    become(ast, hz_made_call(env, ast, ast->builtin, items, list->type.count));
}

/* all and any: three-valued, as `and` and `or` are. */
void hz_check_fn_all_any(hz_env *env, hz_ast *ast)
{
    hz_ast *list = list_of_kind(env, ast, HZ_KIND_BOOLEAN, "booleans");
    if (list == NULL) return;
    ast->means = list;
    ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = (uint8_t)(list->type.absent | list->type.item->absent), .hi = 1};
    if (list->type.count == 0) ast->type.absent = list->type.absent;
}

void hz_check_fn_list_contains(hz_env *env, hz_ast *ast)
{
    hz_ast *list = hz_made_list(env, ast, 0), *x = ast->child[1];
    if (list == NULL) return;
    hz_check_node(env, x);
    if (hz_check_failed(x)) return;
    bool same = x->type.kind == HZ_KIND_NULL || list->type.item->kind == HZ_KIND_NULL || list->type.item->kind == HZ_KIND_CODE ||
                x->type.kind == HZ_KIND_CODE || hz_type_meets(&x->type, list->type.item);
    if (!same) {
        const char *what = hz_kind_name((hz_kind)x->type.kind);
        if (list->type.item->kind == HZ_KIND_MIXED) hz_error(env->diags, HZ_E_ARGUMENTS, x->span, "this is a %s, and no item of the list is one", what);
        else hz_error(env->diags, HZ_E_ARGUMENTS, x->span, "this is a %s, and the items of the list are %ss", what, hz_kind_name((hz_kind)list->type.item->kind));
        return;
    }
    if (!hz_check_member(env, x, list, x)) return;
    uint8_t within = (uint8_t)((hz_type_deep_absent(&list->type) | hz_type_deep_absent(&x->type)) & ~HZ_MAY_NULL);
    ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = (uint8_t)(within | (list->type.absent & HZ_MAY_NULL)), .hi = 1};
}
