/* setting.h - one setting of a scenario as written: `plan.name = literal from DATE until DATE`.
 *
 * Private to lib/rules: setting.c takes it apart, scenario.c applies it; setting_part.c those of brackets and rows.
 */
#ifndef HZ_RULES_SETTING_H
#define HZ_RULES_SETTING_H

#include "rules/reader.h"

typedef struct hz_setting {
    hz_str path, value; /* without spaces around them */
    hz_span path_span, value_span;
    bool reading;       /* `path := reading`: value is its name */
    bool has_from, has_until;
    hz_since from, until;
} hz_setting;

/* Takes bytes [begin, end) of a source apart. False after an error. */
bool hz_setting_parse(hz_reader *reader, uint32_t file, size_t begin, size_t end, hz_setting *out);

/* ---- scenario.c ---- */

/* The literal of a setting, held to the type, unit and sign of a parameter; the parameter of a bracket or row is made up. */
bool hz_setting_literal(hz_reader *reader, hz_item item, const hz_setting *setting, hz_parameter *parameter, hz_literal *out);
/* Where it stands as a source. */
hz_provenance hz_setting_provenance(const hz_setting *setting);

/* ---- setting_reading.c ---- */

/* `plan.name := reading`. False after an error. */
bool hz_setting_apply_reading(hz_reader *reader, const hz_setting *setting);

/* ---- setting_part.c ---- */

/* Whether a path leads to a part of a scale or table: `plan.scale[2].rate`, `plan.table[row].output`, `tables.NAME[…]…`. */
bool hz_setting_is_part(const hz_setting *setting);
/* Applies it; *literal is what was set. False after an error. */
bool hz_setting_apply_part(hz_reader *reader, const hz_setting *setting, hz_literal *literal);

/* path=value from DATE until DATE: one spelling for all that mean the same. */
hz_str hz_setting_canonical(hz_arena *arena, const hz_setting *setting, const hz_literal *literal);

/* ---- setting_plans.c ---- */

/* The plans, each package followed by its parts; NULL: no more. */
hz_plan_model *hz_setting_plan_at(const hz_model *model, uint32_t number);
/* Whether a setting of name in owner, "stay" or "package.stay", holds there: in the plan, in each package that has it as a
 * part and does not replace the value, or in that package alone. */
bool hz_setting_reaches(const hz_plan_model *plan, hz_str owner, hz_str name);
/* What stands before the last point of a path, and behind it. */
hz_str hz_setting_owner(hz_str path);
hz_str hz_setting_name(hz_str path);

#endif
