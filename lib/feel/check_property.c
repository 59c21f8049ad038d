/* check_property.c - the properties of dates and durations: a.year, a.days. Called by check.c. */
#include "feel/check_call.h"

static bool property_of(uint32_t property, uint8_t kind)
{
    if (property <= HZ_FN_P_WEEKDAY) return kind == HZ_KIND_DATE;
    if (property <= HZ_FN_P_MONTHS) return kind == HZ_KIND_MONTHS;
    return kind == HZ_KIND_DAYS;
}

static void property_range(uint32_t property, const hz_type *of, hz_type *type)
{
    hz_i128 day = 86400 * hz_power10(of->scale);
    switch (property) {
    case HZ_FN_P_YEAR:
        type->lo = hz_date_to_civil((int32_t)of->lo).year;
        type->hi = hz_date_to_civil((int32_t)of->hi).year;
        break;
    case HZ_FN_P_MONTH: type->lo = 1, type->hi = 12; break;
    case HZ_FN_P_DAY: type->lo = 1, type->hi = 31; break;
    case HZ_FN_P_WEEKDAY: type->lo = 1, type->hi = 7; break;
    case HZ_FN_P_YEARS: type->lo = of->lo / 12, type->hi = of->hi / 12; break;
    case HZ_FN_P_MONTHS: type->lo = -11, type->hi = 11; break;
    case HZ_FN_P_DAYS: type->lo = of->lo / day, type->hi = of->hi / day; break;
    case HZ_FN_P_HOURS: type->lo = -23, type->hi = 23; break;
    default: type->lo = -59, type->hi = 59; break;
    }
}

void hz_check_property(hz_env *env, hz_ast *ast)
{
    hz_ast *a = ast->child[0];
    hz_check_node(env, a);
    hz_check_fail(ast);
    if (hz_check_failed(a)) return;
    ast->builtin = hz_property_find(ast->text);
    if (a->type.kind == HZ_KIND_NULL) {
        ast->type = a->type;
        return;
    }
    if (ast->builtin == HZ_FN_COUNT || !property_of(ast->builtin, a->type.kind)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, ast->at, "a %s has no `.%.*s`", hz_kind_name((hz_kind)a->type.kind), HZ_ARG(ast->text));
        if (a->type.kind == HZ_KIND_DATE) hz_diag_hint(env->diags, diag, "a date has .year .month .day .weekday");
        if (a->type.kind == HZ_KIND_DAYS) hz_diag_hint(env->diags, diag, "a days and time duration has .days .hours .minutes .seconds");
        if (a->type.kind == HZ_KIND_MONTHS) hz_diag_hint(env->diags, diag, "a years and months duration has .years .months");
        return;
    }
    if (ast->builtin == HZ_FN_P_SECONDS && a->type.scale > 0) {
        hz_error(env->diags, HZ_E_UNSUPPORTED, ast->at, "this version does not read parts of a second yet");
        return;
    }
    ast->type = (hz_type){.kind = HZ_KIND_NUMBER, .absent = a->type.absent};
    property_range(ast->builtin, &a->type, &ast->type);
}
