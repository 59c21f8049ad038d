/* tree_map.c - a mapping once all of it is read: texts split by a comma, keys that stand twice.
 *
 * {en: No, not covered} is {en: "No", "not covered": } in YAML. The text is put together again, so that one slip gives
 * one message. Called by yaml.c at the end of each mapping.
 */
#include "rules/tree_build.h"

#include "base/map.h"

#define FEW_PAIRS 16 /* so many are compared one by one */

/* ---- texts split by a comma ---- */

static bool has_colon(const hz_tree_build *build, const hz_tree_pair *pair)
{
    size_t at = pair->key_span.end;
    while (hz_tree_byte(build, at) == ' ' || hz_tree_byte(build, at) == '\t') at++;
    return hz_tree_byte(build, at) == ':';
}

/* Whether pair is no pair but the rest of the text before it. */
static bool is_rest(const hz_tree_build *build, const hz_tree_pair *before, const hz_tree_pair *pair)
{
    return pair->value->kind == HZ_TREE_NULL && !has_colon(build, pair) && before->value->kind == HZ_TREE_SCALAR &&
           before->value->style == HZ_TREE_PLAIN && before->value->offsets == NULL &&
           hz_tree_one_line(build, before->value->span.begin, pair->key_span.end);
}

static void refuse_split(hz_tree_build *build, const hz_tree *text, hz_span rest)
{
    hz_str name = hz_str_part(build->bytes, rest.begin, rest.end);
    hz_diag *diag = hz_error(build->diags, HZ_E_COMMA_SPLIT, rest, "a comma split this text: `%.*s` became a key",
                             HZ_ARG(hz_tree_brief(name)));
    hz_diag_hint(build->diags, diag,
                 memchr(name.at, ' ', name.len) != NULL ? "quote it: %.*s" : "quote it: %.*s, or give the key a value",
                 HZ_ARG(hz_tree_quoted(build, text->text)));
    hz_diag_relate(build->diags, diag, text->span, "the text begins here");
}

/* 7,200: digits parted by commas in threes. */
static bool is_number(hz_str text)
{
    size_t run = 0, runs = 0;
    for (size_t i = 0; i <= text.len; i++) {
        bool end = i == text.len || text.at[i] == ',';
        if (!end && (text.at[i] < '0' || text.at[i] > '9')) return false;
        run += !end;
        if (!end) continue;
        if (run == 0 || run > 3 || (runs > 0 && run != 3)) return false;
        runs++;
        run = 0;
    }
    return runs > 1;
}

/* The number is read on without its commas, so that they are told once. */
static void refuse_thousands(hz_tree_build *build, hz_tree *text)
{
    char *digits = hz_arena_take(build->arena, text->text.len + 1);
    uint32_t *offsets = HZ_NEW_MANY(build->arena, uint32_t, text->text.len + 1), len = 0;
    for (uint32_t i = 0; i < text->text.len; i++) {
        if (text->text.at[i] == ',') continue;
        digits[len] = text->text.at[i];
        offsets[len++] = text->span.begin + i;
    }
    offsets[len] = text->span.end;
    hz_diag *diag = hz_error(build->diags, HZ_E_COMMA_SPLIT, text->span, "a comma split this number");
    hz_diag_hint(build->diags, diag, "write it without thousands separators: %.*s", (int)len, digits);
    text->text = (hz_str){digits, len};
    text->offsets = offsets;
}

static void join_split(hz_tree_build *build, hz_tree *map)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->pairs.count;) {
        hz_tree_pair *pair = &map->pairs.at[kept];
        uint32_t next = i + 1;
        *pair = map->pairs.at[i];
        while (next < map->pairs.count && is_rest(build, pair, &map->pairs.at[next])) {
            hz_tree *text = pair->value;
            text->span.end = map->pairs.at[next].key_span.end;
            text->text = hz_str_part(build->bytes, text->span.begin, text->span.end);
            next++;
        }
        if (next > i + 1 && is_number(pair->value->text)) refuse_thousands(build, pair->value);
        else if (next > i + 1) refuse_split(build, pair->value, map->pairs.at[i + 1].key_span);
        i = next;
        kept++;
    }
    map->pairs.count = kept;
}

/* ---- duplicate keys ---- */

/* The pair among the first count that has key, or NULL. seen holds them once there are many. */
static const hz_tree_pair *find_key(const hz_tree *map, uint32_t count, const hz_map *seen, hz_str key)
{
    if (seen->count > 0) {
        uint32_t found = hz_map_find(seen, key);
        return found == HZ_MAP_NONE ? NULL : &map->pairs.at[found];
    }
    for (uint32_t i = 0; i < count; i++)
        if (hz_str_eq(map->pairs.at[i].key, key)) return &map->pairs.at[i];
    return NULL;
}

static void drop_duplicates(hz_tree_build *build, hz_tree *map)
{
    hz_map seen = {0};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < map->pairs.count; i++) {
        hz_tree_pair pair = map->pairs.at[i];
        const hz_tree_pair *first = find_key(map, kept, &seen, pair.key);
        if (first != NULL) {
            hz_diag *diag = hz_error(build->diags, HZ_E_DUPLICATE_KEY, pair.key_span,
                                     "the key `%.*s` stands twice in this mapping", HZ_ARG(hz_tree_brief(pair.key)));
            hz_diag_relate(build->diags, diag, first->key_span, "it stands here first");
            continue;
        }
        if (map->pairs.count > FEW_PAIRS) hz_map_put(build->arena, &seen, pair.key, kept);
        map->pairs.at[kept++] = pair;
    }
    map->pairs.count = kept;
}

void hz_tree_finish_map(hz_tree_build *build, hz_tree *map)
{
    if (map->flow) join_split(build, map);
    drop_duplicates(build, map);
    for (uint32_t i = 0; i < map->pairs.count; i++)
        if (map->pairs.at[i].value->kind == HZ_TREE_NULL) map->pairs.at[i].value->span = map->pairs.at[i].key_span;
}
