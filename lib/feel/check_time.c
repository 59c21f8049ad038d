/* check_time.c - time(), date and time(), and arithmetic of both. Called through check_call.c and by check_number.c.
 *
 *   time ± days duration -> time, around the clock; time - time -> days duration
 *   date and time ± duration -> date and time; date and time - date and time -> days duration
 *
 * Both are numbers of seconds with a scale, so that they are compared as numbers are. No zone and no offset: a claim
 * happened where the plan is.
 */
#include "feel/check_call.h"

#include "value/time.h"

#define TEXT_SCALE 6 /* parts of a second in a time that is read from a claim's text */

static hz_i128 day_of(int32_t scale)
{
    return HZ_DAY_SECONDS * hz_power10(scale);
}

/* All there are. */
static hz_type any_time(int32_t scale, uint8_t absent)
{
    return (hz_type){.kind = HZ_KIND_TIME, .absent = absent, .scale = scale, .hi = day_of(scale) - 1};
}

static hz_type any_date_time(int32_t scale, uint8_t absent)
{
    return (hz_type){.kind = HZ_KIND_DATE_TIME, .absent = absent, .scale = scale, .lo = HZ_DATE_MIN * day_of(scale),
                     .hi = (HZ_DATE_MAX + 1) * day_of(scale) - 1};
}

void hz_date_range_of(const hz_type *date_time, hz_type *date)
{
    *date = (hz_type){.kind = HZ_KIND_DATE, .absent = date_time->absent};
    date->lo = hz_divide_rounded(date_time->lo, day_of(date_time->scale), HZ_ROUND_FLOOR);
    date->hi = hz_divide_rounded(date_time->hi, day_of(date_time->scale), HZ_ROUND_FLOOR);
}

/* Reports that 64 bits do not hold the seconds with so many digits. */
static void too_fine(hz_env *env, hz_ast *ast)
{
    hz_diag *diag = hz_error(env->diags, HZ_E_WIDE, ast->span, "times this far apart are not held with this many digits of a second");
    hz_diag_hint(env->diags, diag, "with at most 7 digits all years are held");
    hz_check_fail(ast);
}

/* ---- Texts ---- */

void hz_check_clock_text(hz_env *env, hz_ast *ast, bool with_date, hz_str text, hz_span span)
{
    int64_t amount;
    int32_t scale;
    hz_diag *diag;
    switch (with_date ? hz_date_time_parse(text, &amount, &scale) : hz_time_parse(text, &amount, &scale)) {
    case HZ_CLOCK_VALUE:
        ast->type = (hz_type){.kind = with_date ? HZ_KIND_DATE_TIME : HZ_KIND_TIME, .scale = scale, .lo = amount, .hi = amount};
        return;
    case HZ_CLOCK_ZONED:
        diag = hz_error(env->diags, HZ_E_UNSUPPORTED, span, "a time has no offset and no zone here");
        hz_diag_hint(env->diags, diag, "write the local time alone: 10:30:00");
        return;
    case HZ_CLOCK_BEYOND:
        hz_error(env->diags, HZ_E_UNSUPPORTED, span, "times have the years 1 to 9999 and at most nine digits of a second");
        return;
    default: break;
    }
    diag = hz_error(env->diags, HZ_E_LITERAL, span, with_date ? "this is no date and time" : "this is no time");
    if (with_date) hz_diag_hint(env->diags, diag, "dates with a time are written date and time(\"2015-07-01T10:30:00\")");
    else hz_diag_hint(env->diags, diag, "times are written time(\"10:30:00\")");
}

/* ---- time() ---- */

static void check_time_from(hz_env *env, hz_ast *ast)
{
    hz_ast *from = ast->child[0];
    hz_str text;
    hz_check_node(env, from);
    uint8_t absent = from->type.absent;
    switch (from->type.kind) {
    case HZ_KIND_TIME: ast->type = from->type; break;
    case HZ_KIND_DATE_TIME: ast->type = any_time(from->type.scale, absent); break;
    case HZ_KIND_STRING:
        if (hz_check_known_text(env, from, &text)) hz_check_clock_text(env, ast, false, text, from->span);
        else ast->type = any_time(TEXT_SCALE, absent | HZ_MAY_ERR);
        break;
    case HZ_KIND_DATE:
        hz_error(env->diags, HZ_E_UNSUPPORTED, from->span, "a date has no time; in FEEL this is midnight in UTC");
        break;
    default: hz_check_need(env, from, false, "time", "a text, a time, a date and time, or hour, minute and second"); break;
    }
}

/* The offset of time(h, m, s, offset): null, or nothing that is read. */
static bool check_offset(hz_env *env, hz_ast *offset)
{
    hz_check_node(env, offset);
    if (offset->type.kind == HZ_KIND_NULL) return true;
    if (!hz_check_need(env, offset, offset->type.kind == HZ_KIND_DAYS, "time", "a days and time duration")) return false;
    hz_diag *diag = hz_error(env->diags, HZ_E_UNSUPPORTED, offset->span, "a time has no offset and no zone here");
    hz_diag_hint(env->diags, diag, "write the local time alone: time(hour, minute, second)");
    return false;
}

/* time(from); time(hour, minute, second), the seconds with their decimals. */
void hz_check_fn_time(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1) {
        check_time_from(env, ast);
        return;
    }
    if (ast->children == 2) {
        hz_error(env->diags, HZ_E_ARGUMENTS, ast->at, "`time` takes a text, or hour, minute and second");
        return;
    }
    uint8_t absent = 0;
    bool sure = true;
    for (uint32_t i = 0; i < 3; i++) {
        hz_ast *n = ast->child[i];
        const int64_t most = i == 0 ? 23 : 59;
        hz_check_node(env, n);
        bool whole = n->type.scale == 0 || (i == 2 && n->type.scale <= HZ_SECOND_SCALE);
        if (!hz_check_need(env, n, n->type.kind == HZ_KIND_NUMBER && whole && !n->type.wide, "time", i == 2 ? "a number with at most nine decimals" : "a whole number")) return;
        absent |= n->type.absent;
        sure = sure && n->type.lo >= 0 && n->type.hi < (most + 1) * hz_power10(n->type.scale);
    }
    if (ast->children == 4 && !check_offset(env, ast->child[3])) return;
    ast->type = any_time(ast->child[2]->type.scale, sure ? absent : absent | HZ_MAY_ERR);
}

/* ---- date and time() ---- */

static void check_date_time_from(hz_env *env, hz_ast *ast)
{
    hz_ast *from = ast->child[0];
    hz_str text;
    hz_check_node(env, from);
    uint8_t absent = from->type.absent;
    if (from->type.kind == HZ_KIND_DATE_TIME) ast->type = from->type;
    else if (!hz_check_need(env, from, from->type.kind == HZ_KIND_STRING, "date and time", "a text, or a date and a time")) return;
    else if (hz_check_known_text(env, from, &text)) hz_check_clock_text(env, ast, true, text, from->span);
    else ast->type = any_date_time(TEXT_SCALE, absent | HZ_MAY_ERR);
}

/* date and time(from); date and time(date, time), of which the first may be a date and time. */
void hz_check_fn_date_time(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1) {
        check_date_time_from(env, ast);
        return;
    }
    hz_ast *date = ast->child[0], *time = ast->child[1];
    hz_type day = {0};
    hz_check_node(env, date);
    hz_check_node(env, time);
    bool dated = date->type.kind == HZ_KIND_DATE || date->type.kind == HZ_KIND_DATE_TIME;
    if (!hz_check_need(env, date, dated, "date and time", "a date, or a date and time")) return;
    if (!hz_check_need(env, time, time->type.kind == HZ_KIND_TIME, "date and time", "a time")) return;
    if (date->type.kind == HZ_KIND_DATE) day = date->type;
    else hz_date_range_of(&date->type, &day);
    hz_type type = {.kind = HZ_KIND_DATE_TIME, .absent = (uint8_t)(day.absent | time->type.absent), .scale = time->type.scale};
    type.lo = day.lo * day_of(type.scale) + time->type.lo;
    type.hi = day.hi * day_of(type.scale) + time->type.hi;
    if (hz_type_fits64(&type)) ast->type = type;
    else too_fine(env, ast);
}

/* ---- Arithmetic ---- */

/* Both operands at the finer scale; false: reported. */
static bool common_scale(hz_env *env, hz_ast *ast, hz_type *a, hz_type *b)
{
    int32_t scale = a->scale > b->scale ? a->scale : b->scale;
    hz_type *both[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        hz_type *each = both[i];
        bool ok = hz_decimal_rescale(each->lo, each->scale, scale, &each->lo) && hz_decimal_rescale(each->hi, each->scale, scale, &each->hi);
        each->scale = scale;
        if (ok && hz_type_fits64(each)) continue;
        too_fine(env, ast);
        return false;
    }
    return true;
}

/* A date and time moved: clipped to what there is; beyond it the row is an error. */
static void set_moved(hz_env *env, hz_ast *ast, hz_type type)
{
    const hz_type all = any_date_time(type.scale, 0);
    if (type.lo < all.lo || type.hi > all.hi) type.absent |= HZ_MAY_ERR;
    if (type.lo < all.lo) type.lo = all.lo;
    if (type.hi > all.hi) type.hi = all.hi;
    if (type.lo <= type.hi) {
        ast->type = type;
        return;
    }
    hz_error(env->diags, HZ_E_TYPE, ast->span, "this date and time is never in the years 1 to 9999");
    hz_check_fail(ast);
}

/* clock ± duration. */
static void check_move(hz_env *env, hz_ast *ast, hz_type clock, hz_type by)
{
    uint8_t absent = (uint8_t)(clock.absent | by.absent);
    if (by.kind == HZ_KIND_MONTHS) { /* a month has 28 to 31 days */
        hz_i128 lo = by.lo < 0 ? by.lo * 31 : by.lo * 28, hi = by.hi < 0 ? by.hi * 28 : by.hi * 31;
        if (!hz_i128_mul(lo, day_of(clock.scale), &by.lo) || !hz_i128_mul(hi, day_of(clock.scale), &by.hi)) {
            too_fine(env, ast);
            return;
        }
    } else if (!common_scale(env, ast, &clock, &by)) {
        return;
    }
    bool plus = ast->op == HZ_AST_ADD;
    hz_type type = {.kind = clock.kind, .absent = absent, .scale = clock.scale};
    bool fits = hz_i128_add(clock.lo, plus ? by.lo : -by.hi, &type.lo) && hz_i128_add(clock.hi, plus ? by.hi : -by.lo, &type.hi) && hz_type_fits64(&type);
    if (!fits) too_fine(env, ast);
    else if (clock.kind == HZ_KIND_DATE_TIME) set_moved(env, ast, type);
    else ast->type = any_time(clock.scale, absent);
}

void hz_check_clock_arithmetic(hz_env *env, hz_ast *ast)
{
    hz_type a = ast->child[0]->type, b = ast->child[1]->type;
    bool a_clock = hz_type_clock(&a), sum = ast->op == HZ_AST_ADD || ast->op == HZ_AST_SUB;
    hz_type clock = a_clock ? a : b, by = a_clock ? b : a;
    bool moves = by.kind == HZ_KIND_DAYS || (by.kind == HZ_KIND_MONTHS && clock.kind == HZ_KIND_DATE_TIME);
    hz_check_fail(ast);
    if (a.kind == b.kind && ast->op == HZ_AST_SUB) {
        if (!common_scale(env, ast, &a, &b)) return;
        hz_type type = {.kind = HZ_KIND_DAYS, .absent = (uint8_t)(a.absent | b.absent), .scale = a.scale};
        type.lo = a.lo - b.hi;
        type.hi = a.hi - b.lo;
        hz_check_range(env, ast, type);
    } else if (sum && moves && (a_clock || ast->op == HZ_AST_ADD)) {
        check_move(env, ast, clock, by);
    } else {
        hz_diag *diag = hz_check_refuse_operands(env, ast);
        bool date = a.kind == HZ_KIND_DATE || b.kind == HZ_KIND_DATE;
        if (date && ast->op == HZ_AST_SUB && clock.kind == HZ_KIND_DATE_TIME)
            hz_diag_hint(env->diags, diag, "take the dates of both: date(a) - date(b)");
    }
}
