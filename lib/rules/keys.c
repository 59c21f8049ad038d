/* keys.c - which keys a mapping of the format has: others are refused with the nearest of them, and so is by name what
 * the format has and this version does not read yet.
 *
 * Called by the readers of all mappings when they have taken what they know.
 */
#include "rules/reader.h"

#include "source/suggest.h"

typedef enum need { MUST, MAY, LATER, LIKE } need;

/* clang-format off */
static const char *const names[] = {
#define HZ_MAPPING(id, name) [HZ_IN_##id] = name,
#include "rules/keys.def"
};

static const struct key {
    uint8_t mapping, need;
    uint8_t group; /* LIKE: whose keys also belong to mapping */
    const char *name, *zh; /* zh: what it is for */
} keys[] = {
#define HZ_KEY(mapping, key, need, shape, en, zh) {HZ_IN_##mapping, need, 0, key, zh},
#define HZ_LIKE(mapping, group) {HZ_IN_##mapping, LIKE, HZ_IN_##group, NULL, NULL},
#include "rules/keys.def"
};
/* clang-format on */

#define HZ_WORDS(list, ...) static const char *const words_##list[] = {__VA_ARGS__, NULL};
#include "rules/words.def"
#undef HZ_WORDS

static const char *const *const word_lists[] = {
#define HZ_WORDS(list, ...) [HZ_WORDS_##list] = words_##list,
#include "rules/words.def"
#undef HZ_WORDS
};

#define COUNT (sizeof keys / sizeof *keys)

/* Appends the keys of mapping to out, unless that is NULL; returns how many. Groups have no groups. */
static size_t list_keys(hz_mapping mapping, bool later, const char **out)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT; i++) {
        if (keys[i].mapping != mapping || (keys[i].need == LATER) != later) continue;
        if (keys[i].need == LIKE) continue;
        if (out != NULL) out[count] = keys[i].name;
        count++;
    }
    for (size_t i = 0; i < COUNT; i++)
        if (keys[i].mapping == mapping && keys[i].need == LIKE)
            count += list_keys((hz_mapping)keys[i].group, later, out != NULL ? out + count : NULL);
    return count;
}

static const char *const *kept_list(hz_reader *reader, hz_mapping mapping, bool later)
{
    const char *const **kept = later ? &reader->later[mapping] : &reader->keys[mapping];
    if (*kept == NULL) {
        const char **list = HZ_NEW_MANY(reader->arena, const char *, list_keys(mapping, later, NULL) + 1);
        list_keys(mapping, later, list);
        *kept = list;
    }
    return *kept;
}

const char *const *hz_keys_of(hz_reader *reader, hz_mapping mapping)
{
    return kept_list(reader, mapping, false);
}

static void refuse_later(hz_reader *reader, hz_tree *map, hz_mapping mapping)
{
    for (const char *const *key = kept_list(reader, mapping, true); *key != NULL; key++) {
        hz_tree_pair *pair = hz_tree_pair_of(map, *key);
        if (pair == NULL) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_UNSUPPORTED, pair->key_span, "this version does not read `%s` of %s yet", *key, names[mapping]);
        hz_diag_hint(reader->diags, diag, "the format has it, so the file may be right; a newer library is needed");
    }
}

bool hz_is_key(hz_str text)
{
    for (size_t i = 0; i < COUNT; i++)
        if (keys[i].need != LIKE && hz_str_is(text, keys[i].name)) return true;
    return false;
}

/* The key whose sentence begins with a word: 限额 is caps. */
static const char *key_of_word(hz_mapping mapping, hz_str word)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (keys[i].mapping != mapping) continue;
        const char *found = keys[i].need == LIKE ? key_of_word((hz_mapping)keys[i].group, word) : NULL;
        if (found != NULL) return found;
        if (keys[i].need != LIKE && keys[i].need != LATER && hz_str_starts(hz_str_from(keys[i].zh), word)) return keys[i].name;
    }
    return NULL;
}

static void refuse_chinese(hz_reader *reader, hz_tree *map, hz_mapping mapping)
{
    for (uint32_t i = 0; map->kind == HZ_TREE_MAP && i < map->pairs.count; i++) {
        hz_tree_pair *pair = &map->pairs.at[i];
        bool chinese = !pair->used && pair->key.len > 0 && (unsigned char)pair->key.at[0] >= 0x80;
        const char *meant = chinese ? key_of_word(mapping, pair->key) : NULL;
        if (meant == NULL) continue;
        pair->used = true;
        hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_KEY, pair->key_span, "%s has no key `%.*s`", names[mapping], HZ_BRIEF(pair->key));
        hz_diag_hint(reader->diags, diag, "keys are in English: did you mean `%s`?", meant);
    }
}

void hz_refuse_unlisted(hz_reader *reader, hz_tree *map, const char *const *known, const char *what)
{
    for (size_t i = 0; known[i] != NULL; i++) hz_tree_pair_of(map, known[i]);
    hz_tree_refuse_unused(reader->diags, map, known, what);
}

/* Readings have dates; a date has none. */
static void refuse_dated_readings(hz_reader *reader, hz_tree *map, hz_mapping mapping)
{
    hz_tree_pair *pair = mapping == HZ_IN_ENTRY || mapping == HZ_IN_SCALE_VERSION ? hz_tree_pair_of(map, "readings") : NULL;
    if (pair == NULL) return;
    hz_tree_pair_of(map, "taken");
    hz_diag *diag = hz_error(reader->diags, HZ_E_UNKNOWN_KEY, pair->key_span, "%s has no `readings`", names[mapping]);
    hz_diag_hint(reader->diags, diag, "put them in place of the dates, each with dates of its own: readings: {a: {2020-01-01: …}, b: {…}}, taken: a");
}

void hz_refuse_unknown(hz_reader *reader, hz_tree *map, hz_mapping mapping)
{
    refuse_dated_readings(reader, map, mapping);
    refuse_later(reader, map, mapping);
    refuse_chinese(reader, map, mapping);
    hz_refuse_unlisted(reader, map, hz_keys_of(reader, mapping), names[mapping]);
}

const char *const *hz_words_of(hz_word_list list)
{
    return word_lists[list];
}

int hz_word_index(hz_word_list list, hz_str word)
{
    for (int i = 0; word_lists[list][i] != NULL; i++)
        if (hz_str_is(word, word_lists[list][i])) return i;
    return -1;
}

void hz_hint_words(hz_reader *reader, hz_diag *diag, hz_word_list list, hz_str word, const char *otherwise)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, word);
    for (const char *const *known = word_lists[list]; *known != NULL; known++) hz_suggest_offer(&suggest, hz_str_from(*known));
    if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "%s", otherwise);
}
