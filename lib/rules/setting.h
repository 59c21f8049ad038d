/* setting.h - one setting of a scenario as written: `plan.name = literal from DATE until DATE`.
 *
 * Private to lib/rules: setting.c takes it apart, scenario.c applies it.
 */
#ifndef HZ_RULES_SETTING_H
#define HZ_RULES_SETTING_H

#include "rules/reader.h"

typedef struct hz_setting {
    hz_str path, value; /* without spaces around them */
    hz_span path_span, value_span;
    bool has_from, has_until;
    hz_since from, until;
} hz_setting;

/* Takes the text of a source apart. False after an error. */
bool hz_setting_parse(hz_reader *reader, uint32_t file, hz_setting *out);

/* path=value from DATE until DATE: one spelling for all that mean the same. */
hz_str hz_setting_canonical(hz_arena *arena, const hz_setting *setting, const hz_literal *literal);

#endif
