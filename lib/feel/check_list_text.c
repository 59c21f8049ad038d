/* check_list_text.c - a list as a text: "[1, \"a\"]", said with joined texts (check_made.h). Called by check_text.c. */
#include "feel/check_made.h"

static hz_ast *shown_list(hz_env *env, const hz_ast *call, hz_ast *list);

static hz_ast *shown_item(hz_env *env, const hz_ast *call, hz_ast *item);

/* Each alternative in its own way. */
static hz_ast *shown_mixed(hz_env *env, const hz_ast *call, hz_ast *item)
{
    hz_ast *out = shown_item(env, call, hz_made_alternative(env, call, item, 0));
    for (uint32_t i = 1; i < item->type.count; i++)
        out = hz_made_if(env, call, hz_made_is(env, call, item, i), shown_item(env, call, hz_made_alternative(env, call, item, i)), out);
    return out;
}

/* An item as FEEL writes it; null is the word. */
static hz_ast *shown_item(hz_env *env, const hz_ast *call, hz_ast *item)
{
    if (item == NULL) return NULL;
    hz_ast *word = hz_made_text(env, call, HZ_STR("null")), *out;
    if (item->type.kind == HZ_KIND_NULL) return word;
    if (item->type.kind == HZ_KIND_MIXED) out = shown_mixed(env, call, item);
    else if (item->type.kind == HZ_KIND_LIST) out = shown_list(env, call, item);
    else if (item->type.kind == HZ_KIND_STRING) out = hz_made_quoted(env, call, item);
    else out = hz_made_call(env, call, HZ_FN_STRING, &item, 1);
    if ((item->type.absent & HZ_MAY_NULL) == 0) return out;
    hz_ast *is_null = hz_made_binary(env, call, HZ_AST_EQ, item, hz_made_null(env, call));
    out = hz_made_if(env, call, is_null, word, out);
    if (out != NULL) out->type.absent &= (uint8_t)~HZ_MAY_NULL; /* what is null is the word */
    return out;
}

static hz_ast *shown_list(hz_env *env, const hz_ast *call, hz_ast *list)
{
    hz_ast *out = hz_made_text(env, call, HZ_STR("[")), *nothing = hz_made_text(env, call, HZ_STR(""));
    hz_ast *none = hz_made_null(env, call);
    if (list->type.count == 0 && list->type.absent != 0) { /* the error of a list that could not be made */
        hz_ast *is = hz_made_binary(env, call, HZ_AST_EQ, hz_made_length(env, call, list), hz_made_number(env, call, 0));
        out = hz_made_if(env, call, is, out, nothing);
    }
    for (uint32_t i = 0; i < list->type.count && out != NULL; i++) {
        hz_ast *piece = shown_item(env, call, hz_made_item(env, call, list, i, none));
        if (i > 0) piece = hz_made_binary(env, call, HZ_AST_ADD, hz_made_text(env, call, HZ_STR(", ")), piece);
        if (i >= (uint32_t)list->type.lo) {
            hz_ast *is = hz_made_binary(env, call, HZ_AST_GT, hz_made_length(env, call, list), hz_made_number(env, call, i));
            piece = hz_made_if(env, call, is, piece, nothing);
        }
        out = hz_made_binary(env, call, HZ_AST_ADD, out, piece);
    }
    return hz_made_binary(env, call, HZ_AST_ADD, out, hz_made_text(env, call, HZ_STR("]")));
}

void hz_check_string_of_list(hz_env *env, hz_ast *ast, hz_ast *list)
{
    hz_ast *means = shown_list(env, ast, list), *null = hz_made_null(env, ast);
    if ((list->type.absent & HZ_MAY_NULL) != 0) means = hz_made_if(env, ast, hz_made_binary(env, ast, HZ_AST_EQ, list, null), null, means);
    if (means == NULL) return;
    ast->means = means;
    ast->type = means->type;
}
