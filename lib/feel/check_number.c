/* check_number.c - arithmetic: which kinds go together, and the scale and range of the result. Called by check.c.
 *
 *   number ± number, number * number, number / number
 *   duration ± duration of one kind, duration * number, days duration / number, duration / duration -> number
 *   date ± duration -> date, date - date -> days duration; times: check_time.c
 *   text + text
 *
 * A quotient must be exact: the divisor is a known constant that divides the numerator's step at some scale up to 18.
 * Others are refused unless a rounding function is around them (check_round.c).
 */
#include "feel/check.h"

#include "value/time.h"

#define SCALE_MOST 18

static int64_t step_of(const hz_type *type)
{
    return type->step != 0 ? type->step : 1;
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

void hz_check_range(hz_env *env, hz_ast *ast, hz_type type)
{
    ast->type = type;
    int32_t most = type.kind == HZ_KIND_DAYS || hz_type_clock(&type) ? HZ_SECOND_SCALE : SCALE_MOST;
    if (type.scale <= most && hz_type_fits64(&type)) return;
    hz_diag *diag = hz_error(env->diags, HZ_E_WIDE, ast->span, "this number may need more than 64 bits");
    hz_diag_hint(env->diags, diag, "give an input a narrower `range`, or round an intermediate result");
    hz_check_fail(ast);
}

static void overflow(hz_env *env, hz_ast *ast)
{
    hz_error(env->diags, HZ_E_WIDE, ast->span, "this number may need more than 128 bits");
    hz_check_fail(ast);
}

/* a + b or a - b of one kind. */
static void check_sum(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    hz_type type = {.kind = a->kind, .absent = (uint8_t)(a->absent | b->absent)};
    type.scale = a->scale > b->scale ? a->scale : b->scale;
    hz_i128 alo, ahi, blo, bhi;
    bool ok = hz_decimal_rescale(a->lo, a->scale, type.scale, &alo) && hz_decimal_rescale(a->hi, a->scale, type.scale, &ahi) &&
              hz_decimal_rescale(b->lo, b->scale, type.scale, &blo) && hz_decimal_rescale(b->hi, b->scale, type.scale, &bhi);
    if (ok && ast->op == HZ_AST_ADD) ok = hz_i128_add(alo, blo, &type.lo) && hz_i128_add(ahi, bhi, &type.hi);
    if (ok && ast->op == HZ_AST_SUB) ok = hz_i128_sub(alo, bhi, &type.lo) && hz_i128_sub(ahi, blo, &type.hi);
    if (!ok) {
        overflow(env, ast);
        return;
    }
    /* Each operand is rescaled before it is added, so it must fit as well. */
    hz_type left = {.kind = a->kind, .lo = alo, .hi = ahi}, right = {.kind = a->kind, .lo = blo, .hi = bhi};
    if (a->scale == b->scale) type.step = gcd(step_of(a), step_of(b));
    if (!hz_type_fits64(&left) || !hz_type_fits64(&right)) type.scale = SCALE_MOST + 1;
    hz_check_range(env, ast, type);
}

static void check_product(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b, uint8_t kind)
{
    hz_type type = {.kind = kind, .absent = (uint8_t)(a->absent | b->absent), .scale = a->scale + b->scale};
    hz_i128 p[4];
    if (!hz_i128_mul(a->lo, b->lo, &p[0]) || !hz_i128_mul(a->lo, b->hi, &p[1]) || !hz_i128_mul(a->hi, b->lo, &p[2]) ||
        !hz_i128_mul(a->hi, b->hi, &p[3])) {
        overflow(env, ast);
        return;
    }
    type.lo = type.hi = p[0];
    for (int i = 1; i < 4; i++) {
        if (p[i] < type.lo) type.lo = p[i];
        if (p[i] > type.hi) type.hi = p[i];
    }
    hz_i128 step = (hz_i128)step_of(a) * step_of(b);
    if (step <= INT64_MAX) type.step = (int64_t)step;
    hz_check_range(env, ast, type);
}

/* The scale at which numerator / divisor is whole for every numerator: step * 10^p divisible by divisor. -1: none. */
static int32_t exact_places(int64_t step, int64_t divisor)
{
    hz_i128 power = 1;
    for (int32_t places = 0; places <= SCALE_MOST; places++, power *= 10)
        if ((hz_i128)step * power % divisor == 0) return places;
    return -1;
}

static void check_quotient(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b, uint8_t kind)
{
    if (b->lo != b->hi || b->lo == 0 || b->absent != 0) {
        hz_diag *diag = hz_error(env->diags, b->lo == 0 && b->hi == 0 ? HZ_E_TYPE : HZ_E_WIDE, ast->at,
                                 b->lo == 0 && b->hi == 0 ? "division by zero" : "this quotient may have any number of decimals");
        if (b->lo != 0 || b->hi != 0) hz_diag_hint(env->diags, diag, "round it here: round half up(a / b, 2); in a comparison multiply both sides instead");
        hz_check_fail(ast);
        return;
    }
    int64_t divisor = (int64_t)b->lo;
    int32_t places = exact_places(step_of(a), divisor);
    /* a·10^-sa / (b·10^-sb): the coefficient is a·10^places / b, its scale sa - sb + places. */
    int32_t scale = a->scale - b->scale + places;
    if (places < 0) {
        hz_diag *diag = hz_error(env->diags, HZ_E_WIDE, ast->at, "this quotient has no end of decimals");
        hz_diag_hint(env->diags, diag, "round it here: round half up(a / b, 2)");
        hz_check_fail(ast);
        return;
    }
    if (scale < 0) {
        places -= scale;
        scale = 0;
    }
    hz_type type = {.kind = kind, .absent = a->absent, .scale = scale};
    hz_i128 lo, hi, power = hz_power10(places <= 38 ? places : 38);
    if (!hz_i128_mul(a->lo, power, &lo) || !hz_i128_mul(a->hi, power, &hi)) {
        overflow(env, ast);
        return;
    }
    type.lo = (divisor > 0 ? lo : hi) / divisor;
    type.hi = (divisor > 0 ? hi : lo) / divisor;
    hz_check_range(env, ast, type);
}

static bool arithmetic_kind(uint8_t kind)
{
    return kind == HZ_KIND_NUMBER || kind == HZ_KIND_DAYS || kind == HZ_KIND_MONTHS;
}

static bool calendar_kind(uint8_t kind)
{
    return kind == HZ_KIND_DATE || kind == HZ_KIND_TIME || kind == HZ_KIND_DATE_TIME;
}

/* null with an operand that the operator takes at all is null. */
static bool goes_with_null(uint8_t op, uint8_t kind)
{
    bool sum = op == HZ_AST_ADD || op == HZ_AST_SUB;
    return kind == HZ_KIND_NULL || arithmetic_kind(kind) || (sum && calendar_kind(kind)) || (op == HZ_AST_ADD && kind == HZ_KIND_STRING);
}

static const char *verb_of(uint8_t op)
{
    return op == HZ_AST_ADD ? "add" : op == HZ_AST_SUB ? "subtract" : op == HZ_AST_MUL ? "multiply" : "divide";
}

hz_diag *hz_check_refuse_operands(hz_env *env, hz_ast *ast)
{
    hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, ast->at, "cannot %s a %s and a %s", verb_of(ast->op),
             hz_kind_name((hz_kind)ast->child[0]->type.kind), hz_kind_name((hz_kind)ast->child[1]->type.kind));
    hz_check_fail(ast);
    return diag;
}

static void refuse_months(hz_env *env, hz_ast *ast)
{
    hz_error(env->diags, HZ_E_UNSUPPORTED, ast->at, "this version takes whole multiples of years and months durations only");
    hz_check_fail(ast);
}

/* date ± duration: the range of days, clipped to what a date can be (beyond it the row is an error). */
static void check_date_shift(hz_env *env, hz_ast *ast, const hz_type *date, const hz_type *by)
{
    /* A month has at most 31 days; a duration in seconds moves the date by whole days, rounded down. */
    hz_i128 unit = by->kind == HZ_KIND_MONTHS ? 1 : 86400 * hz_power10(by->scale);
    hz_i128 lo = by->kind == HZ_KIND_MONTHS ? by->lo * 31 : hz_divide_rounded(by->lo, unit, HZ_ROUND_FLOOR);
    hz_i128 hi = by->kind == HZ_KIND_MONTHS ? by->hi * 31 : hz_divide_rounded(by->hi, unit, HZ_ROUND_CEILING);
    if (by->kind == HZ_KIND_MONTHS && by->lo > 0) lo = by->lo * 28;
    if (by->kind == HZ_KIND_MONTHS && by->hi < 0) hi = by->hi * 28;
    hz_type type = {.kind = HZ_KIND_DATE, .absent = (uint8_t)(date->absent | by->absent)};
    type.lo = ast->op == HZ_AST_ADD ? date->lo + lo : date->lo - hi;
    type.hi = ast->op == HZ_AST_ADD ? date->hi + hi : date->hi - lo;
    if (type.lo < HZ_DATE_MIN || type.hi > HZ_DATE_MAX) type.absent |= HZ_MAY_ERR;
    if (type.lo < HZ_DATE_MIN) type.lo = HZ_DATE_MIN;
    if (type.hi > HZ_DATE_MAX) type.hi = HZ_DATE_MAX;
    if (type.lo > type.hi) {
        hz_error(env->diags, HZ_E_TYPE, ast->span, "this date is never in the years 1 to 9999");
        hz_check_fail(ast);
        return;
    }
    ast->type = type;
}

static void check_dates(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    bool a_date = a->kind == HZ_KIND_DATE, b_date = b->kind == HZ_KIND_DATE;
    bool a_span = a->kind == HZ_KIND_DAYS || a->kind == HZ_KIND_MONTHS, b_span = b->kind == HZ_KIND_DAYS || b->kind == HZ_KIND_MONTHS;
    if (a_date && b_date && ast->op == HZ_AST_SUB) {
        hz_type type = {.kind = HZ_KIND_DAYS, .absent = (uint8_t)(a->absent | b->absent), .step = 86400};
        type.lo = (a->lo - b->hi) * 86400;
        type.hi = (a->hi - b->lo) * 86400;
        hz_check_range(env, ast, type);
    } else if (a_date && b_span && (ast->op == HZ_AST_ADD || ast->op == HZ_AST_SUB)) {
        check_date_shift(env, ast, a, b);
    } else if (a_span && b_date && ast->op == HZ_AST_ADD) {
        check_date_shift(env, ast, b, a);
    } else {
        if ((a_date && b->kind == HZ_KIND_NUMBER) || (b_date && a->kind == HZ_KIND_NUMBER)) {
            hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, ast->at, "cannot %s a date and a number", verb_of(ast->op));
            hz_diag_hint(env->diags, diag, "a number of days is a duration: @\"P1D\", or a parameter of type period");
            hz_check_fail(ast);
            return;
        }
        hz_check_refuse_operands(env, ast);
    }
}

void hz_check_arithmetic(hz_env *env, hz_ast *ast)
{
    for (uint32_t i = 0; i < ast->children; i++) hz_check_node(env, ast->child[i]);
    const hz_type *a = &ast->child[0]->type, *b = &ast->child[1]->type;
    if (a->kind == HZ_KIND_NONE || b->kind == HZ_KIND_NONE) {
        hz_check_fail(ast);
        return;
    }
    if (ast->op == HZ_AST_POW) {
        hz_error(env->diags, HZ_E_UNSUPPORTED, ast->at, "this version does not read `**` yet");
        hz_check_fail(ast);
    } else if ((a->kind == HZ_KIND_NULL && goes_with_null(ast->op, b->kind)) || (b->kind == HZ_KIND_NULL && goes_with_null(ast->op, a->kind))) {
        ast->type = (hz_type){.kind = HZ_KIND_NULL, .absent = HZ_MAY_NULL};
    } else if (ast->op == HZ_AST_ADD && a->kind == HZ_KIND_STRING && b->kind == HZ_KIND_STRING) {
        ast->type = (hz_type){.kind = HZ_KIND_STRING, .absent = (uint8_t)(a->absent | b->absent)};
    } else if (hz_type_clock(a) || hz_type_clock(b)) {
        hz_check_clock_arithmetic(env, ast);
    } else if ((!arithmetic_kind(a->kind) && a->kind != HZ_KIND_DATE) || (!arithmetic_kind(b->kind) && b->kind != HZ_KIND_DATE)) {
        hz_check_refuse_operands(env, ast);
    } else if (a->kind == HZ_KIND_DATE || b->kind == HZ_KIND_DATE) {
        check_dates(env, ast, a, b);
    } else if (ast->op == HZ_AST_ADD || ast->op == HZ_AST_SUB) {
        if (a->kind == b->kind) check_sum(env, ast, a, b);
        else hz_check_refuse_operands(env, ast);
    } else if (ast->op == HZ_AST_MUL) {
        bool a_number = a->kind == HZ_KIND_NUMBER, b_number = b->kind == HZ_KIND_NUMBER;
        uint8_t kind = a_number ? b->kind : a->kind;
        if (!a_number && !b_number) hz_check_refuse_operands(env, ast);
        else if (kind == HZ_KIND_MONTHS && a->scale + b->scale > 0) refuse_months(env, ast);
        else check_product(env, ast, a, b, kind);
    } else {
        bool same = a->kind == b->kind;
        if (!same && b->kind != HZ_KIND_NUMBER) hz_check_refuse_operands(env, ast);
        else if (!same && a->kind == HZ_KIND_MONTHS) refuse_months(env, ast);
        else check_quotient(env, ast, a, b, same ? HZ_KIND_NUMBER : a->kind);
    }
}

void hz_check_negate(hz_env *env, hz_ast *ast)
{
    hz_ast *a = ast->child[0];
    hz_check_node(env, a);
    hz_check_fail(ast);
    if (hz_check_failed(a)) return;
    if (a->type.kind == HZ_KIND_NULL) {
        ast->type = a->type;
    } else if (hz_type_number_like(&a->type)) {
        hz_type type = a->type;
        type.lo = -a->type.hi;
        type.hi = -a->type.lo;
        hz_check_range(env, ast, type);
    } else {
        hz_error(env->diags, HZ_E_TYPE, ast->at, "cannot negate a %s", hz_kind_name((hz_kind)a->type.kind));
    }
}
