/* check_decimal.c - arithmetic of numbers with numbers: decimals, range and path of the result. Called by check_number.c.
 *
 * A result is on the narrow path (64-bit fixed point) where its operands are and where range and decimals prove that it
 * fits; a quotient besides must be exact: by a known constant that divides the numerator's step at some scale up to 18.
 * Everything else is on the wide path, with 34 digits. What can be beyond the range of these may be an error.
 */
#include "feel/check.h"

#include "value/number_type.h"

void hz_check_number(hz_env *env, hz_ast *ast, hz_type type, bool narrow)
{
    type.wide = type.wide || !narrow || env->wide;
    if (type.wide) type.step = 0;
    if (!hz_number_bounded(&type)) type.absent |= HZ_MAY_ERR;
    ast->type = type;
}

static bool both_narrow(const hz_type *a, const hz_type *b)
{
    return !a->wide && !b->wide;
}

static hz_type absence_of(const hz_type *a, const hz_type *b)
{
    return (hz_type){.kind = HZ_KIND_NUMBER, .absent = (uint8_t)(a->absent | b->absent)};
}

/* Each operand is rescaled before it is added, so it must fit as well. */
static void check_sum(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    hz_type type;
    (ast->op == HZ_AST_ADD ? hz_number_add : hz_number_sub)(a, b, &type);
    type.absent = absence_of(a, b).absent;
    hz_check_number(env, ast, type, both_narrow(a, b) && hz_number_fits(a, type.scale) && hz_number_fits(b, type.scale));
}

static void check_product(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    hz_type type;
    hz_number_mul(a, b, &type);
    type.absent = absence_of(a, b).absent;
    hz_check_number(env, ast, type, both_narrow(a, b));
}

/* ---- Quotients ---- */

/* The scale at which numerator / divisor is whole for every numerator: step * 10^p divisible by divisor. -1: none. */
static int32_t exact_places(int64_t step, int64_t divisor)
{
    hz_i128 power = 1;
    for (int32_t places = 0; places <= HZ_NARROW_SCALE; places++, power *= 10)
        if ((hz_i128)step * power % divisor == 0) return places;
    return -1;
}

bool hz_check_exact_quotient(const hz_type *a, const hz_type *b, hz_type *out)
{
    if (b->lo != b->hi || b->lo == 0 || b->absent != 0 || !both_narrow(a, b)) return false;
    int64_t divisor = (int64_t)b->lo;
    int32_t places = exact_places(a->step != 0 ? a->step : 1, divisor);
    /* a·10^-sa / (b·10^-sb): the coefficient is a·10^places / b, its scale sa - sb + places. */
    int32_t scale = a->scale - b->scale + places;
    if (places < 0) return false;
    if (scale < 0) {
        places -= scale;
        scale = 0;
    }
    hz_i128 lo, hi, power = hz_power10(places <= 38 ? places : 38);
    if (!hz_i128_mul(a->lo, power, &lo) || !hz_i128_mul(a->hi, power, &hi)) return false;
    *out = (hz_type){.kind = HZ_KIND_NUMBER, .absent = a->absent, .scale = scale};
    out->lo = (divisor > 0 ? lo : hi) / divisor;
    out->hi = (divisor > 0 ? hi : lo) / divisor;
    return true;
}

bool hz_check_zero_divisor(hz_env *env, hz_ast *ast)
{
    const hz_ast *divisor = ast->child[1];
    if (divisor->op != HZ_AST_NUMBER || divisor->number.coefficient != 0) return false;
    hz_error(env->diags, HZ_E_TYPE, ast->at, "division by zero");
    hz_check_fail(ast);
    return true;
}

static void check_quotient(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *b)
{
    hz_type type;
    if (hz_check_zero_divisor(env, ast)) return;
    if (hz_check_exact_quotient(a, b, &type) && hz_number_fits(&type, type.scale)) {
        hz_check_number(env, ast, type, true);
        return;
    }
    hz_number_div(a, b, &type);
    type.absent = absence_of(a, b).absent;
    if (hz_number_may_be_zero(b)) type.absent |= HZ_MAY_ERR;
    hz_check_number(env, ast, type, false);
}

/* ---- Powers ---- */

static void check_power(hz_env *env, hz_ast *ast, const hz_type *a, const hz_type *n)
{
    hz_type type;
    if (!hz_type_whole(n)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, ast->child[1]->span, "an exponent is a whole number");
        hz_diag_hint(env->diags, diag, "broken powers, as roots, are no part of the language; floor(n) makes a number whole");
        hz_check_fail(ast);
        return;
    }
    hz_number_power(a, n, &type);
    type.absent = absence_of(a, n).absent;
    if (n->lo < 0 && hz_number_may_be_zero(a)) type.absent |= HZ_MAY_ERR;
    hz_check_number(env, ast, type, !a->wide && hz_power_is_product(n));
}

void hz_check_numbers(hz_env *env, hz_ast *ast)
{
    const hz_type *a = &ast->child[0]->type, *b = &ast->child[1]->type;
    switch (ast->op) {
    case HZ_AST_ADD: case HZ_AST_SUB: check_sum(env, ast, a, b); break;
    case HZ_AST_MUL: check_product(env, ast, a, b); break;
    case HZ_AST_DIV: check_quotient(env, ast, a, b); break;
    default: check_power(env, ast, a, b); break;
    }
}
