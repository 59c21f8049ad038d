/* tree.c - questions to a tree that was read: a key's value, the keys nobody asked for.
 *
 * Reading is yaml.c's. Called by all readers of rule files. Mappings are small, so a key is found by going through
 * them.
 */
#include "rules/tree.h"

#include "rules/tree_build.h"
#include "source/suggest.h"

hz_tree_pair *hz_tree_pair_of(hz_tree *map, const char *key)
{
    const hz_str wanted = hz_str_from(key);
    for (uint32_t i = 0; map->kind == HZ_TREE_MAP && i < map->pairs.count; i++) {
        hz_tree_pair *pair = &map->pairs.at[i];
        if (hz_str_eq(pair->key, wanted)) {
            pair->used = true;
            return pair;
        }
    }
    return NULL;
}

hz_tree *hz_tree_get(hz_tree *map, const char *key)
{
    hz_tree_pair *pair = hz_tree_pair_of(map, key);
    return pair != NULL ? pair->value : NULL;
}

static void refuse_unknown(hz_diags *diags, const hz_tree_pair *pair, const char *const *known, const char *what)
{
    hz_suggest suggest;
    hz_diag *diag = hz_error(diags, HZ_E_UNKNOWN_KEY, pair->key_span, "%s has no key `%.*s`", what,
                             HZ_ARG(hz_tree_brief(pair->key)));
    if (diag == NULL) return;
    hz_suggest_begin(&suggest, pair->key);
    for (const char *const *name = known; *name != NULL; name++) hz_suggest_offer(&suggest, hz_str_from(*name));
    if (suggest.best.at != NULL) {
        hz_diag_hint(diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
        return;
    }
    hz_str names = HZ_STR("");
    for (const char *const *name = known; *name != NULL; name++)
        names = hz_arena_printf(diags->arena, "%.*s%s%s", HZ_ARG(names), name == known ? "" : ", ", *name);
    if (names.len > 0) hz_diag_hint(diags, diag, "its keys are: %.*s", HZ_ARG(names));
}

void hz_tree_refuse_unused(hz_diags *diags, const hz_tree *map, const char *const *known, const char *what)
{
    for (uint32_t i = 0; map->kind == HZ_TREE_MAP && i < map->pairs.count; i++) {
        const hz_tree_pair *pair = &map->pairs.at[i];
        if (pair->used) continue;
        if (!map->flow || pair->value->kind != HZ_TREE_NULL) {
            refuse_unknown(diags, pair, known, what);
            continue;
        }
        hz_diag *diag = hz_error(diags, HZ_E_COMMA_SPLIT, pair->key_span, "`%.*s` is a key without a value",
                                 HZ_ARG(hz_tree_brief(pair->key)));
        hz_diag_hint(diags, diag, "a comma split this text; quote it");
    }
}

const char *hz_tree_kind_name(const hz_tree *tree)
{
    switch (tree->kind) {
    case HZ_TREE_SCALAR: return "a text";
    case HZ_TREE_LIST: return "a list";
    case HZ_TREE_MAP: return "a mapping";
    default: return "nothing";
    }
}
