/* check_property.c - the properties of dates, times and durations: a.year, a.hour, a.days. Called by check.c. */
#include "feel/check_call.h"

static bool property_of(uint32_t property, uint8_t kind)
{
    switch (property) {
    case HZ_FN_P_YEAR: case HZ_FN_P_MONTH: case HZ_FN_P_DAY: case HZ_FN_P_WEEKDAY:
        return kind == HZ_KIND_DATE || kind == HZ_KIND_DATE_TIME;
    case HZ_FN_P_HOUR: case HZ_FN_P_MINUTE: case HZ_FN_P_SECOND: return kind == HZ_KIND_TIME || kind == HZ_KIND_DATE_TIME;
    case HZ_FN_P_YEARS: case HZ_FN_P_MONTHS: return kind == HZ_KIND_MONTHS;
    default: return kind == HZ_KIND_DAYS;
    }
}

/* For a hint: what an expression of this kind has. */
static const char *properties_of(uint8_t kind)
{
    switch (kind) {
    case HZ_KIND_DATE: return "a date has .year .month .day .weekday";
    case HZ_KIND_TIME: return "a time has .hour .minute .second";
    case HZ_KIND_DATE_TIME: return "a date and time has .year .month .day .weekday .hour .minute .second";
    case HZ_KIND_DAYS: return "a days and time duration has .days .hours .minutes .seconds";
    case HZ_KIND_MONTHS: return "a years and months duration has .years .months";
    default: return NULL;
    }
}

static void property_range(uint32_t property, const hz_type *of, hz_type *type)
{
    hz_i128 day = 86400 * hz_power10(of->scale);
    switch (property) {
    case HZ_FN_P_YEAR: {
        hz_type date = *of;
        if (of->kind == HZ_KIND_DATE_TIME) hz_date_range_of(of, &date);
        type->lo = hz_date_to_civil((int32_t)date.lo).year;
        type->hi = hz_date_to_civil((int32_t)date.hi).year;
        break;
    }
    case HZ_FN_P_MONTH: type->lo = 1, type->hi = 12; break;
    case HZ_FN_P_DAY: type->lo = 1, type->hi = 31; break;
    case HZ_FN_P_WEEKDAY: type->lo = 1, type->hi = 7; break;
    case HZ_FN_P_YEARS: type->lo = of->lo / 12, type->hi = of->hi / 12; break;
    case HZ_FN_P_MONTHS: type->lo = -11, type->hi = 11; break;
    case HZ_FN_P_DAYS: type->lo = of->lo / day, type->hi = of->hi / day; break;
    case HZ_FN_P_HOURS: type->lo = -23, type->hi = 23; break;
    case HZ_FN_P_MINUTES: type->lo = -59, type->hi = 59; break;
    case HZ_FN_P_HOUR: type->hi = 23; break;
    case HZ_FN_P_MINUTE: type->hi = 59; break;
    default: /* seconds, with their parts */
        type->scale = of->scale;
        type->hi = 60 * hz_power10(of->scale) - 1;
        type->lo = property == HZ_FN_P_SECONDS ? -type->hi : 0;
        break;
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
        const char *has = properties_of(a->type.kind);
        if (has != NULL) hz_diag_hint(env->diags, diag, "%s", has);
        return;
    }
    ast->type = (hz_type){.kind = HZ_KIND_NUMBER, .absent = a->type.absent};
    property_range(ast->builtin, &a->type, &ast->type);
}
