/* check_date.c - date(), duration(), places in the calendar, and @-literals; times are in check_time.c. Called through check_call.c and by check.c. */
#include "feel/check_call.h"

/* A date of a text that is known. */
static void set_date(hz_env *env, hz_ast *ast, hz_str text, hz_span span)
{
    int32_t day;
    if (hz_date_parse(text, &day)) {
        ast->type = (hz_type){.kind = HZ_KIND_DATE, .lo = day, .hi = day};
        return;
    }
    if (hz_date_is_far(text)) {
        hz_error(env->diags, HZ_E_UNSUPPORTED, span, "dates have the years 1 to 9999");
        return;
    }
    hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, span, "this is no date");
    hz_diag_hint(env->diags, diag, "dates are written date(\"2015-07-01\")");
}

static void check_date_from(hz_env *env, hz_ast *ast)
{
    hz_ast *from = ast->child[0];
    hz_str text;
    hz_check_node(env, from);
    uint8_t absent = from->type.absent;
    switch (from->type.kind) {
    case HZ_KIND_DATE: ast->type = from->type; break;
    case HZ_KIND_DATE_TIME: hz_date_range_of(&from->type, &ast->type); break;
    case HZ_KIND_STRING:
        if (hz_check_known_text(env, from, &text)) set_date(env, ast, text, from->span);
        else ast->type = (hz_type){.kind = HZ_KIND_DATE, .absent = absent | HZ_MAY_ERR, .lo = HZ_DATE_MIN, .hi = HZ_DATE_MAX};
        break;
    default: hz_check_need(env, from, false, "date", "a text, a date, a date and time, or year, month and day"); break;
    }
}

/* date(from); date(y, m, d) of numbers. */
void hz_check_fn_date(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1) {
        check_date_from(env, ast);
        return;
    }
    if (ast->children != 3) {
        hz_error(env->diags, HZ_E_ARGUMENTS, ast->at, "`date` takes a text, or year, month and day");
        return;
    }
    uint8_t absent = 0;
    for (uint32_t i = 0; i < 3; i++) {
        hz_ast *n = ast->child[i];
        hz_check_node(env, n);
        if (!hz_check_need(env, n, hz_type_whole(&n->type), "date", "a whole number")) return;
        absent |= n->type.absent;
    }
    const hz_type *y = &ast->child[0]->type, *m = &ast->child[1]->type, *d = &ast->child[2]->type;
    bool sure = y->lo >= 1 && y->hi <= 9999 && m->lo >= 1 && m->hi <= 12 && d->lo >= 1 && d->hi <= 28;
    if (!sure) absent |= HZ_MAY_ERR;
    ast->type = (hz_type){.kind = HZ_KIND_DATE, .absent = absent, .lo = HZ_DATE_MIN, .hi = HZ_DATE_MAX};
    if (!sure) return;
    ast->type.lo = hz_date_from_civil((hz_civil){(int32_t)y->lo, 1, 1});
    ast->type.hi = hz_date_from_civil((hz_civil){(int32_t)y->hi, 12, 31});
}

static void set_duration(hz_env *env, hz_ast *ast, hz_str text, hz_span span)
{
    hz_duration value;
    if (!hz_duration_parse(text, &value)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, span, "this is no duration");
        hz_diag_hint(env->diags, diag, "durations are written P1Y3M (years, months) or P15D (days)");
        return;
    }
    ast->type = (hz_type){.kind = value.months ? HZ_KIND_MONTHS : HZ_KIND_DAYS, .scale = value.months ? 0 : value.scale,
                          .lo = value.amount, .hi = value.amount};
    if (value.amount != INT64_MIN) ast->type.step = value.amount < 0 ? -value.amount : value.amount;
}

void hz_check_fn_duration(hz_env *env, hz_ast *ast)
{
    hz_ast *text = ast->child[0];
    hz_check_node(env, text);
    if (hz_check_failed(text)) return;
    hz_str known;
    if (hz_check_known_text(env, text, &known)) set_duration(env, ast, known, text->span);
    else if (text->type.kind == HZ_KIND_STRING) hz_error(env->diags, HZ_E_UNSUPPORTED, text->span, "this version needs the text of a duration written out");
    else hz_check_need(env, text, false, "duration", "a text written out");
}

void hz_check_fn_months_duration(hz_env *env, hz_ast *ast)
{
    hz_type day[2];
    for (int i = 0; i < 2; i++) {
        hz_check_node(env, ast->child[i]);
        const hz_type *each = &ast->child[i]->type;
        bool ok = each->kind == HZ_KIND_DATE || each->kind == HZ_KIND_DATE_TIME;
        if (!hz_check_need(env, ast->child[i], ok, "years and months duration", "a date, or a date and time")) return;
        if (each->kind == HZ_KIND_DATE) day[i] = *each;
        else hz_date_range_of(each, &day[i]);
    }
    const hz_type *a = &day[0], *b = &day[1];
    ast->type = (hz_type){.kind = HZ_KIND_MONTHS, .absent = (uint8_t)(a->absent | b->absent)};
    ast->type.lo = (b->lo - a->hi) / 28 - 1;
    ast->type.hi = (b->hi - a->lo) / 28 + 1;
}

/* ---- Places in the calendar ---- */

/* day of week, day of year, month of year, week of year: of the one date. */
void hz_check_fn_calendar(hz_env *env, hz_ast *ast)
{
    hz_ast *date = ast->child[0];
    hz_check_node(env, date);
    bool ok = date->type.kind == HZ_KIND_DATE || date->type.kind == HZ_KIND_DATE_TIME;
    if (!hz_check_need(env, date, ok, hz_builtin_name(ast->builtin), "a date, or a date and time")) return;
    bool names = ast->builtin == HZ_FN_DAY_OF_WEEK || ast->builtin == HZ_FN_MONTH_OF_YEAR;
    ast->type = (hz_type){.kind = names ? HZ_KIND_STRING : HZ_KIND_NUMBER, .absent = date->type.absent};
    if (names) return;
    ast->type.lo = 1;
    ast->type.hi = ast->builtin == HZ_FN_DAY_OF_YEAR ? 366 : 53;
}

void hz_check_at_literal(hz_env *env, hz_ast *ast)
{
    hz_str text = ast->text;
    bool has_t = text.len > 0 && memchr(text.at, 'T', text.len) != NULL;
    hz_check_fail(ast);
    if (text.len > 0 && (text.at[0] == 'P' || hz_str_starts(text, HZ_STR("-P")))) {
        set_duration(env, ast, text, ast->span);
    } else if (has_t || (text.len > 0 && memchr(text.at, ':', text.len) != NULL)) {
        hz_check_clock_text(env, ast, has_t, text, ast->span);
    } else if (text.len > 0 && memchr(text.at, '-', text.len) != NULL) {
        set_date(env, ast, text, ast->span);
    } else {
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, ast->span, "this is no date, time or duration");
        hz_diag_hint(env->diags, diag, "write @\"2015-07-01\", @\"10:30:00\", @\"P1Y3M\" or @\"P15D\"");
    }
}
