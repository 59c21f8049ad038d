/* check_number.c - arithmetic: which kinds go together, and what becomes of durations and dates. Numbers among themselves
 * are check_decimal.c's. Called by check.c.
 *
 *   number ± number, number * number, number / number, number ** number
 *   duration ± duration of one kind, duration * number, duration / number, duration / duration -> number
 *   date ± duration -> date, date - date -> days duration; times: check_time.c
 *   text + text
 *
 * Durations are 64-bit fixed point always: what may not fit is refused.
 */
#include "feel/check.h"

#include "value/number_type.h"
#include "value/time.h"

#define SCALE_MOST 18

void hz_check_range(hz_env *env, hz_ast *ast, hz_type type)
{
    ast->type = type;
    ast->type.wide = false;
    int32_t most = type.kind == HZ_KIND_DAYS || hz_type_clock(&type) ? HZ_SECOND_SCALE : SCALE_MOST;
    if (type.scale <= most && hz_type_fits64(&type)) return;
    hz_diag *diag = hz_error(env->diags, HZ_E_WIDE, ast->span, "this number may need more than 64 bits");
    hz_diag_hint(env->diags, diag, "give an input a narrower `range`, or round an intermediate result");
    hz_check_fail(ast);
}

void hz_check_result(hz_env *env, hz_ast *ast, hz_type type, bool narrow)
{
    if (type.kind == HZ_KIND_NUMBER) hz_check_number(env, ast, type, narrow);
    else hz_check_range(env, ast, type);
}

/* a + b or a - b of durations of one kind. Each operand is rescaled before it is added, so it must fit as well. */
static void check_sum(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    hz_type type;
    (ast->op == HZ_AST_ADD ? hz_number_add : hz_number_sub)(a, b, &type);
    type.kind = a->kind;
    type.absent = (uint8_t)(a->absent | b->absent);
    if (!hz_number_fits(a, type.scale) || !hz_number_fits(b, type.scale)) type.scale = SCALE_MOST + 1;
    hz_check_range(env, ast, type);
}

/* A days and time duration times a number. */
static void check_multiple(hz_env *env, hz_ast *ast, const hz_type *span, const hz_type *number)
{
    hz_type type;
    hz_number_mul(span, number, &type);
    if (number->wide || type.ragged) {
        hz_diag *diag = hz_error(env->diags, HZ_E_WIDE, ast->span, "this duration may have any number of decimals");
        hz_diag_hint(env->diags, diag, "round the number: round half up(n, 2)");
        hz_check_fail(ast);
        return;
    }
    type.kind = span->kind;
    type.absent = (uint8_t)(span->absent | number->absent);
    hz_check_range(env, ast, type);
}

/* A duration divided by a number: exact, so that no engine can see it otherwise. */
static void check_part(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    hz_type type;
    if (hz_check_zero_divisor(env, ast)) return;
    if (!hz_check_exact_quotient(a, b, &type)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_WIDE, ast->at, "this part of a duration may have any number of decimals");
        hz_diag_hint(env->diags, diag, "divide a number of days instead: (b - a).days / n");
        hz_check_fail(ast);
        return;
    }
    type.kind = a->kind;
    hz_check_range(env, ast, type);
}

/* A multiple of whole months, or a part of them: cut to whole months, as DMN says. */
static void check_months(hz_env *env, hz_ast *ast, const hz_type *months, const hz_type *by)
{
    hz_type all, type;
    bool part = ast->op == HZ_AST_DIV;
    if (part && hz_check_zero_divisor(env, ast)) return;
    (part ? hz_number_div : hz_number_mul)(months, by, &all);
    hz_number_round(&all, 0, HZ_ROUND_DOWN, &type);
    type.kind = HZ_KIND_MONTHS;
    type.absent = (uint8_t)(months->absent | by->absent);
    if (part && hz_number_may_be_zero(by)) type.absent |= HZ_MAY_ERR;
    hz_check_range(env, ast, type);
}

/* A duration divided by one of its kind: a number. */
static void check_ratio(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    hz_type type;
    if (hz_check_zero_divisor(env, ast)) return;
    bool exact = hz_check_exact_quotient(a, b, &type) && hz_number_fits(&type, type.scale);
    if (!exact) hz_number_div(a, b, &type);
    type.absent = (uint8_t)(a->absent | b->absent);
    if (hz_number_may_be_zero(b)) type.absent |= HZ_MAY_ERR;
    hz_check_number(env, ast, type, exact);
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
    if (op == HZ_AST_POW) return kind == HZ_KIND_NULL || kind == HZ_KIND_NUMBER;
    return kind == HZ_KIND_NULL || arithmetic_kind(kind) || (sum && calendar_kind(kind)) || (op == HZ_AST_ADD && kind == HZ_KIND_STRING);
}

/* "a number"; null is just null. */
static const char *named(hz_env *env, const hz_type *type)
{
    return hz_arena_printf(env->arena, "%s%s", type->kind == HZ_KIND_NULL ? "" : "a ", hz_kind_name((hz_kind)type->kind)).at;
}

hz_diag *hz_check_refuse_operands(hz_env *env, hz_ast *ast)
{
    const char *a = named(env, &ast->child[0]->type), *b = named(env, &ast->child[1]->type);
    const char *format = ast->op == HZ_AST_ADD   ? "cannot add %s and %s"
                         : ast->op == HZ_AST_SUB ? "cannot subtract %s from %s"
                         : ast->op == HZ_AST_MUL ? "cannot multiply %s by %s"
                         : ast->op == HZ_AST_DIV ? "cannot divide %s by %s"
                                                 : "cannot raise %s to the power of %s";
    bool turned = ast->op == HZ_AST_SUB;
    const char *message = hz_arena_printf(env->arena, format, turned ? b : a, turned ? a : b).at;
    hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, ast->at, "%s", message);
    hz_check_fail(ast);
    return diag;
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
            hz_diag *diag = hz_check_refuse_operands(env, ast);
            hz_diag_hint(env->diags, diag, "a number of days is a duration: @\"P1D\", or a parameter of type period");
            return;
        }
        hz_check_refuse_operands(env, ast);
    }
}

/* A duration times or divided by a number, or divided by a duration. */
static void check_scaled(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    bool a_number = a->kind == HZ_KIND_NUMBER, b_number = b->kind == HZ_KIND_NUMBER;
    const hz_type *span = a_number ? b : a, *number = a_number ? a : b;
    bool product = ast->op == HZ_AST_MUL;
    if (!product && a->kind == b->kind) check_ratio(env, ast, a, b);
    else if (product ? !a_number && !b_number : !b_number) hz_check_refuse_operands(env, ast);
    else if (span->kind == HZ_KIND_MONTHS) check_months(env, ast, span, number);
    else if (product) check_multiple(env, ast, span, number);
    else check_part(env, ast, span, number);
}

void hz_check_arithmetic(hz_env *env, hz_ast *ast)
{
    for (uint32_t i = 0; i < ast->children; i++) hz_check_node(env, ast->child[i]);
    const hz_type *a = &ast->child[0]->type, *b = &ast->child[1]->type;
    if (a->kind == HZ_KIND_NONE || b->kind == HZ_KIND_NONE) {
        hz_check_fail(ast);
        return;
    }
    if ((a->kind == HZ_KIND_NULL && goes_with_null(ast->op, b->kind)) || (b->kind == HZ_KIND_NULL && goes_with_null(ast->op, a->kind))) {
        ast->type = (hz_type){.kind = HZ_KIND_NULL, .absent = HZ_MAY_NULL};
    } else if (ast->op == HZ_AST_ADD && a->kind == HZ_KIND_STRING && b->kind == HZ_KIND_STRING) {
        ast->type = (hz_type){.kind = HZ_KIND_STRING, .absent = (uint8_t)(a->absent | b->absent)};
    } else if (a->kind == HZ_KIND_NUMBER && b->kind == HZ_KIND_NUMBER) {
        hz_check_numbers(env, ast);
    } else if (ast->op == HZ_AST_POW) {
        hz_check_refuse_operands(env, ast);
    } else if (hz_type_clock(a) || hz_type_clock(b)) {
        hz_check_clock_arithmetic(env, ast);
    } else if ((!arithmetic_kind(a->kind) && a->kind != HZ_KIND_DATE) || (!arithmetic_kind(b->kind) && b->kind != HZ_KIND_DATE)) {
        hz_check_refuse_operands(env, ast);
    } else if (a->kind == HZ_KIND_DATE || b->kind == HZ_KIND_DATE) {
        check_dates(env, ast, a, b);
    } else if (ast->op == HZ_AST_ADD || ast->op == HZ_AST_SUB) {
        if (a->kind == b->kind) check_sum(env, ast, a, b);
        else hz_check_refuse_operands(env, ast);
    } else {
        check_scaled(env, ast, a, b);
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
        hz_number_negate(&a->type, &type);
        type.kind = a->type.kind;
        hz_check_result(env, ast, type, !a->type.wide);
    } else {
        hz_error(env->diags, HZ_E_TYPE, ast->at, "cannot negate a %s", hz_kind_name((hz_kind)a->type.kind));
    }
}
