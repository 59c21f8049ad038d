/* keys.h - the mappings of the format and their keys, as listed in keys.def; its lists of words, as in words.def.
 *
 * Private to lib/rules: the readers refuse by it what a mapping cannot have.
 */
#ifndef HZ_RULES_KEYS_H
#define HZ_RULES_KEYS_H

typedef enum hz_mapping {
#define HZ_MAPPING(id, name) HZ_IN_##id,
#include "rules/keys.def"
    HZ_MAPPINGS
} hz_mapping;

typedef enum hz_word_list {
#define HZ_WORDS(list, ...) HZ_WORDS_##list,
#include "rules/words.def"
#undef HZ_WORDS
    HZ_WORD_LISTS
} hz_word_list;

/* A list of words, NULL-terminated. */
const char *const *hz_words_of(hz_word_list list);

#endif
