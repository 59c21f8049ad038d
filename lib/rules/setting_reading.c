/* setting_reading.c - `plan.name := reading`: another reading of the sources is taken. The path names a parameter, scale,
 * table, value, benefit or fee; `tables.NAME` is a shared table, in every plan that uses it; or by its code a check, condition or cap; `plan.dated by` is the date that picks versions. Called
 * by scenario.c.
 */
#include "rules/setting.h"

#include "source/suggest.h"

static hz_history *of_line(hz_lines *lines, hz_str code)
{
    for (uint32_t i = 0; i < lines->count; i++)
        if (hz_str_eq(lines->at[i].code, code)) return lines->at[i].kind == HZ_LINE_CAP ? &lines->at[i].limit : &lines->at[i].require;
    return NULL;
}

static hz_history *of_symbol(hz_plan_model *plan, const hz_symbol *symbol)
{
    switch (symbol->kind) {
    case HZ_SYMBOL_PARAMETER: return &plan->parameters.at[symbol->index].history;
    case HZ_SYMBOL_SCALE: return &plan->scales.at[symbol->index].history;
    case HZ_SYMBOL_VALUE: return &plan->values.at[symbol->index].history;
    case HZ_SYMBOL_BENEFIT: return &plan->benefits.at[symbol->index].amount;
    case HZ_SYMBOL_FEE: return &plan->fees.at[symbol->index].amount;
    default: return NULL;
    }
}

static bool refuse_name(hz_reader *reader, const hz_setting *setting, const hz_suggest *suggest, hz_str list)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_SCENARIO_VALUE, setting->value_span, "`%.*s` has no reading `%.*s`", HZ_BRIEF(setting->path),
                             HZ_BRIEF(setting->value));
    if (suggest->best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest->best));
    else hz_diag_hint(reader->diags, diag, "its readings are %.*s", HZ_ARG(list));
    return false;
}

static void offer(hz_reader *reader, hz_suggest *suggest, hz_str *list, hz_str name)
{
    hz_suggest_offer(suggest, name);
    *list = hz_arena_printf(reader->arena, "%.*s%s%.*s", HZ_ARG(*list), list->len > 0 ? ", " : "", HZ_ARG(name));
}

static bool take_date(hz_reader *reader, const hz_setting *setting, hz_plan_model *plan)
{
    hz_suggest suggest;
    hz_str list = HZ_STR("");
    hz_suggest_begin(&suggest, setting->value);
    for (uint32_t i = 0; i < plan->dated_by_readings.count; i++) {
        if (hz_str_eq(plan->dated_by_readings.at[i].name, setting->value)) {
            hz_take_date(reader, plan, i);
            return true;
        }
        offer(reader, &suggest, &list, plan->dated_by_readings.at[i].name);
    }
    return refuse_name(reader, setting, &suggest, list);
}

/* table: the one whose history it is; NULL: of another thing. */
static bool take(hz_reader *reader, const hz_setting *setting, hz_history *history, hz_table *table)
{
    hz_suggest suggest;
    hz_str list = HZ_STR("");
    hz_suggest_begin(&suggest, setting->value);
    for (uint32_t i = 0; i < history->readings.count; i++) {
        if (hz_str_eq(history->readings.at[i].name, setting->value)) {
            history->taken = i;
            if (table != NULL) hz_take_rows(reader, table, true);
            else hz_readings_combine(reader, history, true);
            return true;
        }
        offer(reader, &suggest, &list, history->readings.at[i].name);
    }
    return refuse_name(reader, setting, &suggest, list);
}

static bool refuse_path(hz_reader *reader, const hz_setting *setting, bool known)
{
    hz_diag *diag = known ? hz_error(reader->diags, HZ_E_SCENARIO_PATH, setting->path_span, "`%.*s` has no readings to choose from", HZ_BRIEF(setting->path))
                          : hz_error(reader->diags, HZ_E_SCENARIO_PATH, setting->path_span, "there is no `%.*s`", HZ_BRIEF(setting->path));
    hz_diag_hint(reader->diags, diag, known ? "a value is set by `=`" : "a path is the plan's id, a point, and a name, the code of a line, or `dated by`");
    return false;
}

/* What a name, or a line's code, has for a history; NULL: there is none. */
static hz_history *find(hz_plan_model *plan, hz_str name, const hz_symbol **symbol)
{
    uint32_t known = hz_map_find(&plan->symbol_map, name);
    *symbol = known != HZ_MAP_NONE ? &plan->symbols.at[known] : NULL;
    if (*symbol != NULL) return of_symbol(plan, *symbol);
    hz_history *history = of_line(&plan->checks, name);
    if (history == NULL) history = of_line(&plan->eligibility, name);
    return history != NULL ? history : of_line(&plan->caps, name);
}

/* A table by its name, or a shared one in a plan that uses it; NULL: there is none. */
static hz_table *find_table(const hz_plan_model *plan, hz_str name, bool shared)
{
    for (uint32_t i = 0; i < plan->tables.count; i++) {
        hz_table *table = &plan->tables.at[i];
        if (hz_str_eq(shared ? table->shared : table->name, name)) return table;
    }
    return NULL;
}

static bool take_table(hz_reader *reader, const hz_setting *setting, hz_table *table)
{
    if (table->history.readings.count == 0) return refuse_path(reader, setting, true);
    return take(reader, setting, &table->history, table);
}

static bool take_in(hz_reader *reader, const hz_setting *setting, hz_plan_model *plan, hz_str name, bool *known)
{
    const hz_symbol *symbol;
    if (hz_str_is(name, "dated by")) {
        *known = true;
        return plan->dated_by_readings.count > 0 ? take_date(reader, setting, plan) : refuse_path(reader, setting, true);
    }
    hz_table *table = find_table(plan, name, false);
    if (table != NULL) {
        *known = true;
        return take_table(reader, setting, table);
    }
    hz_history *history = find(plan, name, &symbol);
    if (symbol == NULL && history == NULL) return true;
    *known = true;
    if (history == NULL || history->readings.count == 0) return refuse_path(reader, setting, true);
    if (!take(reader, setting, history, NULL)) return false;
    if (symbol != NULL && symbol->kind == HZ_SYMBOL_PARAMETER) hz_span_versions(&plan->parameters.at[symbol->index]);
    if (symbol != NULL && symbol->kind == HZ_SYMBOL_SCALE) hz_span_brackets(&plan->scales.at[symbol->index]);
    return true;
}

bool hz_setting_apply_reading(hz_reader *reader, const hz_setting *setting)
{
    hz_str owner = hz_setting_owner(setting->path), name = hz_setting_name(setting->path);
    hz_plan_model *plan;
    bool known = false, shared = hz_str_is(owner, "tables");
    for (uint32_t i = 0; shared && (plan = hz_setting_plan_at(reader->model, i)) != NULL; i++) {
        hz_table *table = find_table(plan, name, true);
        if (table != NULL && !take_table(reader, setting, table)) return false;
        known = known || table != NULL;
    }
    for (uint32_t i = 0; (plan = hz_setting_plan_at(reader->model, i)) != NULL; i++)
        if (hz_setting_reaches(plan, owner, name) && !take_in(reader, setting, plan, name, &known)) return false;
    return known || refuse_path(reader, setting, false);
}
