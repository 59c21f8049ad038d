/* check_made.c - makes nodes for check_aggregate.c and check_list_call.c; see check_made.h. */
#include "feel/check_made.h"

static hz_ast *make(hz_env *env, const hz_ast *call, uint8_t op, uint32_t children)
{
    hz_ast *out = HZ_NEW(env->arena, hz_ast);
    out->op = op;
    out->span = call->span;
    out->at = call->at;
    out->children = children;
    out->child = HZ_NEW_MANY(env->arena, hz_ast *, children);
    return out;
}

/* Checked now, and never again. */
static hz_ast *seal(hz_env *env, hz_ast *made)
{
    hz_check_node(env, made);
    made->checked = true;
    return hz_check_failed(made) ? NULL : made;
}

/* A node whose type its maker knows. */
static hz_ast *typed(hz_env *env, hz_ast *made, hz_type type)
{
    made->id = (*env->next_id)++;
    made->type = type;
    made->checked = true;
    return made;
}

hz_ast *hz_made_binary(hz_env *env, const hz_ast *call, uint8_t op, hz_ast *a, hz_ast *b)
{
    if (a == NULL || b == NULL) return NULL;
    hz_ast *out = make(env, call, op, 2);
    out->child[0] = a;
    out->child[1] = b;
    return seal(env, out);
}

hz_ast *hz_made_if(hz_env *env, const hz_ast *call, hz_ast *condition, hz_ast *yes, hz_ast *no)
{
    if (condition == NULL || yes == NULL || no == NULL) return NULL;
    hz_ast *out = make(env, call, HZ_AST_IF, 3);
    out->child[0] = condition;
    out->child[1] = yes;
    out->child[2] = no;
    return seal(env, out);
}

hz_ast *hz_made_number(hz_env *env, const hz_ast *call, uint32_t value)
{
    hz_ast *out = make(env, call, HZ_AST_NUMBER, 0);
    out->number = (hz_decimal){value, 0};
    return seal(env, out);
}

hz_ast *hz_made_text(hz_env *env, const hz_ast *call, hz_str text)
{
    hz_ast *out = make(env, call, HZ_AST_STRING, 0);
    out->text = text;
    return seal(env, out);
}

hz_ast *hz_made_null(hz_env *env, const hz_ast *call)
{
    return seal(env, make(env, call, HZ_AST_NULL, 0));
}

hz_ast *hz_made_length(hz_env *env, const hz_ast *call, hz_ast *list)
{
    hz_ast *out = make(env, call, HZ_AST_LENGTH, 1);
    out->child[0] = list;
    return typed(env, out, (hz_type){.kind = HZ_KIND_NUMBER, .absent = list->type.absent, .lo = list->type.lo, .hi = list->type.hi});
}

hz_ast *hz_made_quoted(hz_env *env, const hz_ast *call, hz_ast *text)
{
    if (text == NULL) return NULL;
    hz_ast *out = make(env, call, HZ_AST_QUOTED, 1);
    out->child[0] = text;
    return typed(env, out, (hz_type){.kind = HZ_KIND_STRING, .absent = text->type.absent});
}

hz_ast *hz_made_is(hz_env *env, const hz_ast *call, hz_ast *mixed, uint32_t alternative)
{
    hz_ast *out = make(env, call, HZ_AST_IS, 1);
    out->index = alternative;
    out->child[0] = mixed;
    return typed(env, out, (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = mixed->type.absent, .hi = 1});
}

hz_ast *hz_made_alternative(hz_env *env, const hz_ast *call, hz_ast *mixed, uint32_t alternative)
{
    hz_ast *out = make(env, call, HZ_AST_ALTERNATIVE, 1);
    hz_type type = mixed->type.item[alternative];
    type.absent = mixed->type.absent;
    out->index = alternative;
    out->child[0] = mixed;
    return typed(env, out, type);
}

hz_ast *hz_made_sorted(hz_env *env, const hz_ast *call, hz_ast *list)
{
    hz_ast *out = make(env, call, HZ_AST_SORTED, 1);
    hz_type type = list->type;
    hz_type *item = HZ_NEW(env->arena, hz_type);
    *item = *type.item;
    type.absent |= item->absent; /* where one stands is known when all are */
    item->absent = 0;
    type.item = item;
    out->child[0] = list;
    return typed(env, out, type);
}

hz_ast *hz_made_item(hz_env *env, const hz_ast *call, hz_ast *list, uint32_t index, hz_ast *fallback)
{
    if (list->op == HZ_AST_LIST) {
        list->child[index]->checked = true;
        return list->child[index];
    }
    bool always = index < (uint32_t)list->type.lo;
    hz_ast *out = make(env, call, HZ_AST_ITEM, always ? 1 : 2);
    hz_type type = *list->type.item;
    out->index = index;
    out->child[0] = list;
    if (!always) {
        out->child[1] = fallback;
        if (!hz_check_join(env->arena, list->type.item, &fallback->type, &type)) return NULL;
    }
    type.absent |= list->type.absent;
    return typed(env, out, type);
}

hz_ast *hz_made_call(hz_env *env, const hz_ast *call, uint32_t builtin, hz_ast **children, uint32_t count)
{
    hz_ast *out = make(env, call, HZ_AST_CALL, count);
    for (uint32_t i = 0; i < count; i++) {
        if (children[i] == NULL) return NULL;
        out->child[i] = children[i];
    }
    out->text = hz_str_from(hz_builtin_name(builtin));
    return seal(env, out);
}

/* ---- Arguments ---- */

hz_ast *hz_made_items(hz_env *env, const hz_ast *call, hz_ast *const *children, uint32_t count)
{
    hz_ast *out = make(env, call, HZ_AST_LIST, count);
    for (uint32_t i = 0; i < count; i++) out->child[i] = children[i];
    return seal(env, out);
}

/* A single value where a list is wanted; null is no list, and none of itself. */
static hz_ast *list_of_itself(hz_env *env, const hz_ast *call, hz_ast *given)
{
    if (!hz_check_need(env, given, given->type.kind != HZ_KIND_NULL, hz_builtin_name(call->builtin), "a list")) return NULL;
    given->checked = true;
    hz_ast *list = hz_made_items(env, call, &given, 1);
    if (list == NULL || (given->type.absent & HZ_MAY_NULL) == 0) return list;
    list->null_as_item = true;
    list->type.absent |= HZ_MAY_NULL;
    return list;
}

hz_ast *hz_made_list(hz_env *env, hz_ast *call, uint32_t argument)
{
    hz_ast *given = call->child[argument];
    hz_check_node(env, given);
    if (hz_check_failed(given)) return NULL;
    if (given->type.kind == HZ_KIND_LIST) return given;
    return call->child[argument] = list_of_itself(env, call, given);
}

hz_ast *hz_made_arguments(hz_env *env, const hz_ast *call)
{
    if (call->children > 1) return hz_made_items(env, call, call->child, call->children);
    hz_ast *given = call->child[0];
    hz_check_node(env, given);
    if (hz_check_failed(given)) return NULL;
    if (given->type.kind == HZ_KIND_LIST) return given;
    return list_of_itself(env, call, given);
}
