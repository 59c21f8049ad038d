/* shape.c - the shapes that the format asks for: a mapping, a text, true or false, names, labels.
 *
 * YAML's own guesses never count: a scalar is a text until the reader of its key says what it is. Called by all
 * readers of items.
 */
#include "rules/reader.h"

#include "base/utf8.h"
#include "source/suggest.h"

#define BRIEF_MOST 120 /* bytes */
#define REFS_MOST  64  /* names in one list */

hz_str hz_brief(hz_str text)
{
    size_t len = text.len < BRIEF_MOST ? text.len : BRIEF_MOST;
    while (len > 0 && len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80) len--;
    return hz_str_part(text, 0, len);
}

hz_str hz_narrow(hz_arena *arena, hz_str text)
{
    char *out = hz_arena_take(arena, text.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        uint32_t c = hz_utf8_next(text, &at);
        if (c > 0xFF00 && c < 0xFF5F) {
            out[len++] = (char)(c - 0xFEE0);
            continue;
        }
        memcpy(out + len, text.at + begin, at - begin);
        len += at - begin;
    }
    return (hz_str){out, len};
}

static const char *shape_name(hz_tree_kind kind)
{
    switch (kind) {
    case HZ_TREE_MAP: return "a mapping";
    case HZ_TREE_LIST: return "a list";
    case HZ_TREE_SCALAR: return "a text";
    default: return "nothing";
    }
}

static const char *shape_hint(hz_tree_kind wanted, hz_tree_kind found)
{
    if (wanted == HZ_TREE_MAP && found == HZ_TREE_LIST) return "its items have names: write `name:` instead of `- `";
    if (wanted == HZ_TREE_LIST && found == HZ_TREE_MAP) return "its items stand in an order: each begins with `- `";
    switch (wanted) {
    case HZ_TREE_MAP: return "write `key: value` lines below it, indented";
    case HZ_TREE_LIST: return "write lines below it that begin with `- `";
    default: return "write it on the same line, in '…' when it holds `, ` or `: ` or begins with a sign";
    }
}

static hz_str what_of(hz_reader *reader, hz_item item, const char *key)
{
    return key != NULL ? hz_arena_printf(reader->arena, "`%s` of %s `%.*s`", key, HZ_ITEM(item))
                       : hz_arena_printf(reader->arena, "%s `%.*s`", HZ_ITEM(item));
}

bool hz_expect(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_tree_kind kind)
{
    if (tree->kind == kind) return true;
    bool empty = tree->kind == HZ_TREE_NULL;
    hz_str what = what_of(reader, item, key);
    hz_diag *diag = empty ? hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "%.*s has no value, it must be %s",
                                     HZ_BRIEF(what), shape_name(kind))
                          : hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span, "%.*s must be %s, but is %s",
                                     HZ_BRIEF(what), shape_name(kind), hz_tree_kind_name(tree));
    if (kind == HZ_TREE_MAP && tree->kind == HZ_TREE_SCALAR && hz_str_holds(tree->text, HZ_STR("：")))
        hz_diag_hint(reader->diags, diag, "`：` is no colon to YAML: write `: `");
    else if (empty && kind == HZ_TREE_SCALAR)
        hz_diag_hint(reader->diags, diag, "write it behind the colon, or remove the key");
    else
        hz_diag_hint(reader->diags, diag, "%s%s", shape_hint(kind, (hz_tree_kind)tree->kind),
                     empty ? ", or remove the key" : "");
    return false;
}

bool hz_refuse_empty(hz_reader *reader, hz_item item, const hz_tree *tree)
{
    if (tree->kind != HZ_TREE_NULL) return false;
    hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "%s `%.*s` is empty", HZ_ITEM(item));
    return true;
}

/* Whether a key that nobody knows is key misspelt: that is told by itself. */
static bool is_misspelt(const hz_tree *map, const char *key)
{
    for (uint32_t i = 0; map->kind == HZ_TREE_MAP && i < map->pairs.count; i++) {
        const hz_tree_pair *pair = &map->pairs.at[i];
        hz_suggest suggest;
        if (pair->used || hz_is_key(pair->key)) continue;
        hz_suggest_begin(&suggest, pair->key);
        hz_suggest_offer(&suggest, hz_str_from(key));
        if (suggest.best.at != NULL) return true;
    }
    return false;
}

hz_tree *hz_require(hz_reader *reader, hz_item item, hz_tree *map, const char *key)
{
    hz_tree *tree = hz_tree_get(map, key);
    if (tree == NULL && !is_misspelt(map, key))
        hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "%s `%.*s` needs the key `%s`", HZ_ITEM(item), key);
    return tree;
}

bool hz_read_text(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_str *out)
{
    if (!hz_expect(reader, item, key, tree, HZ_TREE_SCALAR)) return false;
    hz_str text = hz_str_trim(tree->text);
    bool yaml_null = tree->style == HZ_TREE_PLAIN && (hz_str_is(text, "null") || hz_str_is(text, "~"));
    if (yaml_null) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "%.*s is `%.*s`, which is no text here",
                                 HZ_BRIEF(what_of(reader, item, key)), HZ_ARG(text));
        hz_diag_hint(reader->diags, diag, "remove the key, or put the word in quotes if it is meant");
        return false;
    }
    if (text.len == 0) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "%.*s is empty", HZ_BRIEF(what_of(reader, item, key)));
        hz_diag_hint(reader->diags, diag, "write a text, or remove the key");
        return false;
    }
    *out = text;
    return true;
}

void hz_warn_of_cut(hz_reader *reader, const hz_tree *tree)
{
    if (reader->model == NULL || tree->kind != HZ_TREE_SCALAR || tree->style != HZ_TREE_PLAIN) return;
    hz_str bytes = reader->model->texts.files.at[tree->span.file].bytes;
    size_t at = tree->span.end, end = at;
    if (at + 1 >= bytes.len || bytes.at[at] != ' ' || bytes.at[at + 1] != '#') return;
    while (end < bytes.len && bytes.at[end] != '\n' && bytes.at[end] != '\r') end++;
    hz_diag *diag = hz_warn(reader->diags, HZ_E_TEXT_CUT, (hz_span){tree->span.file, (uint32_t)at + 1, (uint32_t)end},
                            "` #` begins a comment, the text ends before it");
    hz_diag_hint(reader->diags, diag, "if it belongs to the text, put all of it in '…'; before a comment write two spaces");
}

bool hz_read_text_key(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_str *out)
{
    hz_tree *tree = hz_tree_get(map, key);
    return tree != NULL && hz_read_text(reader, item, key, tree, out);
}

bool hz_is_word(const hz_tree *tree, const char *word)
{
    return tree->kind == HZ_TREE_SCALAR && hz_str_is(tree->text, word);
}

void hz_read_flag(hz_reader *reader, hz_item item, hz_tree *map, const char *key, bool *out)
{
    hz_tree *tree = hz_tree_get(map, key);
    if (tree == NULL || !hz_expect(reader, item, key, tree, HZ_TREE_SCALAR)) return;
    if (hz_is_word(tree, "true") || hz_is_word(tree, "false")) {
        *out = hz_is_word(tree, "true");
        return;
    }
    hz_diag *diag = hz_error(reader->diags, HZ_E_BOOLEAN, tree->span, "`%s` of %s `%.*s` is true or false, not `%.*s`",
                             key, HZ_ITEM(item), HZ_BRIEF(tree->text));
    hz_diag_hint(reader->diags, diag, "write `true` or `false` in small letters");
}

bool hz_read_ref(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_name_ref *out)
{
    hz_str name;
    if (tree->kind == HZ_TREE_MAP || tree->kind == HZ_TREE_LIST) {
        hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span, "`%s` of %s `%.*s` must be a name, but is %s", key,
                 HZ_ITEM(item), hz_tree_kind_name(tree));
        return false;
    }
    if (!hz_read_text(reader, item, key, tree, &name)) return false;
    *out = (hz_name_ref){name, hz_text_span(tree)};
    /* A plan's id may stand where a part is meant, so both spellings are names here. */
    if (hz_is_name(name) || hz_is_plan_id(name)) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_NAME, out->span, "`%s` of %s `%.*s` must be a name, not `%.*s`", key,
                             HZ_ITEM(item), HZ_BRIEF(name));
    if (memchr(name.at, ',', name.len) != NULL)
        hz_diag_hint(reader->diags, diag, "several names are a list: [%.*s]", HZ_BRIEF(name));
    else hz_diag_hint(reader->diags, diag, "an expression needs a name of its own, below `values`");
    return false;
}

bool hz_read_refs(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_name_refs *out)
{
    hz_tree *tree = hz_tree_get(map, key);
    if (tree == NULL) return false;
    hz_name_ref ref;
    if (tree->kind != HZ_TREE_LIST) {
        if (hz_read_ref(reader, item, key, tree, &ref)) *HZ_PUSH(reader->arena, out) = ref;
        return true;
    }
    if (tree->items.count == 0) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "`%s` of %s `%.*s` is an empty list", key,
                                 HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "name at least one, or remove the key");
    }
    if (tree->items.count > REFS_MOST) {
        hz_error(reader->diags, HZ_E_TOO_LARGE, tree->span, "`%s` of %s `%.*s` has more than %d names", key,
                 HZ_ITEM(item), REFS_MOST);
        return true;
    }
    for (uint32_t i = 0; i < tree->items.count; i++) {
        if (!hz_read_ref(reader, item, key, tree->items.at[i], &ref)) continue;
        bool twice = false;
        for (uint32_t j = 0; j < out->count; j++) twice = twice || hz_str_eq(out->at[j].name, ref.name);
        if (twice)
            hz_error(reader->diags, HZ_E_DUPLICATE_NAME, ref.span, "`%.*s` stands twice in `%s` of %s `%.*s`",
                     HZ_BRIEF(ref.name), key, HZ_ITEM(item));
        else *HZ_PUSH(reader->arena, out) = ref;
    }
    return true;
}

hz_str hz_words(hz_arena *arena, hz_str id)
{
    hz_str copy = hz_arena_copy(arena, id);
    char *bytes = hz_arena_take(arena, id.len + 1);
    for (size_t i = 0; i < copy.len; i++) bytes[i] = copy.at[i] == '_' || copy.at[i] == '-' ? ' ' : copy.at[i];
    return (hz_str){bytes, id.len};
}

void hz_read_label_keys(hz_reader *reader, hz_item item, hz_tree *map, hz_label_need need, hz_label *out)
{
    hz_str words = hz_words(reader->arena, item.name);
    *out = (hz_label){words, words};
    hz_read_text_key(reader, item, map, "en", &out->en);
    hz_tree *zh = hz_tree_get(map, "zh");
    if (zh != NULL) hz_warn_of_cut(reader, zh);
    if (hz_tree_get(map, "en") != NULL) hz_warn_of_cut(reader, hz_tree_get(map, "en"));
    if (zh != NULL) {
        hz_read_text(reader, item, "zh", zh, &out->zh);
    } else if (need != HZ_LABEL_FREE) {
        hz_diag *diag = need == HZ_LABEL_NEEDED
                            ? hz_error(reader->diags, HZ_E_MISSING_KEY, item.span,
                                       "%s `%.*s` needs a Chinese label, the key `zh`", HZ_ITEM(item))
                            : hz_warn(reader->diags, HZ_E_NO_TEXT, item.span,
                                      "%s `%.*s` has no Chinese label, the key `zh`", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "add `zh: …`");
    }
}

void hz_read_label(hz_reader *reader, hz_item item, hz_tree *tree, hz_label *out)
{
    hz_str words = hz_words(reader->arena, item.name);
    *out = (hz_label){words, words};
    if (tree->kind != HZ_TREE_MAP) {
        hz_read_text(reader, item, NULL, tree, &out->zh);
    } else {
        hz_read_label_keys(reader, item, tree, HZ_LABEL_NEEDED, out);
        hz_refuse_unknown(reader, tree, HZ_IN_LABEL);
    }
}

hz_span hz_text_span(const hz_tree *tree)
{
    return tree->kind == HZ_TREE_SCALAR ? hz_text_part(tree, 0, tree->text.len) : tree->span;
}

hz_span hz_text_part(const hz_tree *scalar, size_t begin, size_t end)
{
    if (scalar->offsets != NULL) return (hz_span){scalar->span.file, scalar->offsets[begin], scalar->offsets[end]};
    return (hz_span){scalar->span.file, scalar->text_begin + (uint32_t)begin, scalar->text_begin + (uint32_t)end};
}

hz_span hz_first_key(const hz_tree *map)
{
    return map->kind == HZ_TREE_MAP && map->pairs.count > 0 ? map->pairs.at[0].key_span : map->span;
}
