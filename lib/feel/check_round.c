/* check_round.c - floor, decimal, round up … abs, modulo, odd and even: functions of numbers. Called through check_call.c.
 *
 * A rounding function around a quotient computes both at once (the quotient is never held): where the ranges prove that
 * decimal128, which rounds the quotient to 34 digits first, gives the same. Elsewhere the quotient takes the wide path, and
 * rounding leads back to 64 bits where the range allows it.
 */
#include "feel/check_call.h"

#include "value/decimal128.h"
#include "value/number_type.h"

static hz_rounding rounding_of(uint32_t builtin)
{
    switch (builtin) {
    case HZ_FN_FLOOR: return HZ_ROUND_FLOOR;
    case HZ_FN_CEILING: return HZ_ROUND_CEILING;
    case HZ_FN_ROUND_UP: return HZ_ROUND_UP;
    case HZ_FN_ROUND_DOWN: return HZ_ROUND_DOWN;
    case HZ_FN_ROUND_HALF_UP: return HZ_ROUND_HALF_UP;
    case HZ_FN_ROUND_HALF_DOWN: return HZ_ROUND_HALF_DOWN;
    default: return HZ_ROUND_HALF_EVEN;
    }
}

static int digits(hz_i128 value)
{
    int count = 1;
    if (value < 0) value = -value;
    while (value >= 10) {
        value /= 10;
        count++;
    }
    return count;
}

/* Whether a quotient can be taken and rounded at once in 64 bits, and its type then. */
static bool fuses(const hz_type *a, const hz_type *b, int32_t to, hz_type *out)
{
    hz_i128 most = a->hi > -a->lo ? a->hi : -a->lo;
    hz_i128 divisor = b->hi > -b->lo ? b->hi : -b->lo, scaled = 0;
    int32_t places = to - a->scale + b->scale;
    bool fits = to >= 0 && places >= 0 && places <= HZ_NARROW_SCALE && hz_i128_mul(most, hz_power10(places), &scaled) &&
                digits(scaled) + digits(2 * divisor) < HZ_DECIMAL_DIGITS && scaled <= INT64_MAX;
    if (!fits) return false;
    hz_number_div(a, b, out);
    hz_number_round(out, to, HZ_ROUND_UP, out);
    out->lo = a->lo >= 0 && b->lo >= 0 ? 0 : -scaled;
    out->hi = scaled;
    out->absent = (uint8_t)(a->absent | b->absent);
    if (hz_number_may_be_zero(b)) out->absent |= HZ_MAY_ERR;
    return true;
}

/* A quotient directly under a rounding function, checked: fused where it can be, so that it is never held itself. */
static bool check_fused(const hz_env *env, hz_ast *quotient, int32_t to)
{
    const hz_type *a = &quotient->child[0]->type, *b = &quotient->child[1]->type;
    bool numbers = hz_type_number_like(a) && a->kind == b->kind && !hz_check_failed(quotient);
    quotient->fused = numbers && !a->wide && !b->wide && !env->wide && fuses(a, b, to, &quotient->type);
    return quotient->fused;
}

/* The number of decimals to keep: a whole number written out. */
static bool places_of(hz_env *env, const hz_ast *ast, int64_t *to)
{
    *to = 0;
    if (ast->children < 2) return true;
    hz_check_node(env, ast->child[1]);
    if (hz_ast_whole_literal(ast->child[1], to) && *to >= HZ_WIDE_SCALE_LEAST && *to <= HZ_WIDE_SCALE_MOST) return true;
    hz_error(env->diags, HZ_E_ARGUMENTS, ast->child[1]->span, "the scale of `%s` is a whole number from %d to %d, written out",
             hz_builtin_name(ast->builtin), HZ_WIDE_SCALE_LEAST, HZ_WIDE_SCALE_MOST);
    return false;
}

void hz_check_fn_rounding(hz_env *env, hz_ast *ast)
{
    hz_ast *n = ast->child[0];
    int64_t to;
    if (!places_of(env, ast, &to)) return;
    hz_check_node(env, n);
    if (n->op == HZ_AST_DIV && check_fused(env, n, (int32_t)to)) {
        ast->type = n->type;
        return;
    }
    if (!hz_check_need(env, n, n->type.kind == HZ_KIND_NUMBER, hz_builtin_name(ast->builtin), "a number")) return;
    hz_type type;
    hz_number_round(&n->type, (int32_t)to, rounding_of(ast->builtin), &type);
    hz_check_number(env, ast, type, true);
}

void hz_check_fn_abs(hz_env *env, hz_ast *ast)
{
    hz_ast *n = ast->child[0];
    hz_check_node(env, n);
    if (!hz_check_need(env, n, hz_type_number_like(&n->type), "abs", "a number or duration")) return;
    hz_type type;
    hz_number_abs(&n->type, &type);
    type.kind = n->type.kind;
    hz_check_result(env, ast, type, !n->type.wide);
}

/* A number, or null: then the result is null. */
static bool number_or_null(hz_env *env, const hz_ast *ast, const hz_ast *n)
{
    bool ok = n->type.kind == HZ_KIND_NUMBER || n->type.kind == HZ_KIND_NULL;
    return hz_check_need(env, n, ok, hz_builtin_name(ast->builtin), "a number");
}

void hz_check_fn_modulo(hz_env *env, hz_ast *ast)
{
    hz_ast *x = ast->child[0], *y = ast->child[1];
    hz_check_node(env, x);
    hz_check_node(env, y);
    bool ok = number_or_null(env, ast, x), also = number_or_null(env, ast, y);
    if (!ok || !also) return;
    if (x->type.kind == HZ_KIND_NULL || y->type.kind == HZ_KIND_NULL) {
        ast->type = (hz_type){.kind = HZ_KIND_NULL, .absent = HZ_MAY_NULL};
        return;
    }
    if (hz_check_zero_divisor(env, ast)) return;
    hz_type type;
    hz_number_modulo(&x->type, &y->type, &type);
    type.absent = (uint8_t)(x->type.absent | y->type.absent);
    if (hz_number_may_be_zero(&y->type)) type.absent |= HZ_MAY_ERR;
    bool narrow = !x->type.wide && !y->type.wide && hz_number_fits(&x->type, type.scale) && hz_number_fits(&y->type, type.scale);
    hz_check_number(env, ast, type, narrow);
}

void hz_check_fn_parity(hz_env *env, hz_ast *ast)
{
    hz_ast *n = ast->child[0];
    hz_check_node(env, n);
    if (!number_or_null(env, ast, n)) return;
    if (n->type.kind == HZ_KIND_NULL) {
        ast->type = n->type;
        return;
    }
    if (n->type.ragged || n->type.scale > 0) {
        hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, n->span, "`%s` needs a whole number here, and this may have decimals", hz_builtin_name(ast->builtin));
        hz_diag_hint(env->diags, diag, "floor(n) makes a number whole");
        return;
    }
    ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = n->type.absent, .hi = 1};
}
