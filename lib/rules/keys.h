/* keys.h - the mappings of the format and their keys, as listed in keys.def.
 *
 * Private to lib/rules: the readers refuse by it what a mapping cannot have.
 */
#ifndef HZ_RULES_KEYS_H
#define HZ_RULES_KEYS_H

typedef enum hz_mapping {
#define HZ_MAPPING(id, name) HZ_IN_##id,
#define HZ_KEY(mapping, key, need, shape, en, zh)
#define HZ_DATES(mapping, shape, en, zh)
#define HZ_LIKE(mapping, group)
#include "rules/keys.def"
#undef HZ_MAPPING
#undef HZ_KEY
#undef HZ_DATES
#undef HZ_LIKE
    HZ_MAPPINGS
} hz_mapping;

#endif
