/* setting_plans.c - which plans a setting speaks of: what is set in a plan is set in the packages that have it as a part,
 * what is set through a package in that package alone. Called by scenario.c and setting_part.c.
 */
#include "rules/setting.h"

hz_plan_model *hz_setting_plan_at(const hz_model *model, uint32_t number)
{
    for (uint32_t i = 0; i < model->plans.count; i++) {
        hz_plan_model *plan = &model->plans.at[i];
        if (number == 0) return plan;
        if (number <= plan->parts.count) return plan->parts.at[number - 1].rules;
        number -= plan->parts.count + 1;
    }
    return NULL;
}

bool hz_setting_reaches(const hz_plan_model *plan, hz_str owner, hz_str name)
{
    if (hz_str_eq(plan->path, owner)) return true;
    for (uint32_t i = 0; i < plan->replaced.count; i++)
        if (hz_str_eq(plan->replaced.at[i].name, name)) return false;
    return hz_str_eq(plan->id, owner);
}

static size_t last_point(hz_str path)
{
    size_t at = path.len;
    while (at > 0 && path.at[at - 1] != '.') at--;
    return at;
}

hz_str hz_setting_owner(hz_str path)
{
    size_t at = last_point(path);
    return hz_str_part(path, 0, at > 0 ? at - 1 : 0);
}

hz_str hz_setting_name(hz_str path)
{
    return hz_str_part(path, last_point(path), path.len);
}
