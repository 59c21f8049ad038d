/* check_round.c - floor, decimal, round up … and abs: numbers in, a number out. Called through check_call.c.
 *
 * A rounding function around a quotient computes both at once (the quotient is never held): allowed where the ranges
 * prove that decimal128, which rounds the quotient to 34 digits first, gives the same.
 */
#include "feel/check_call.h"

#define SCALE_MOST 18

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

/* A quotient directly under a rounding function, whose divisor is not a constant: checks the operands only. */
static bool rounded_quotient(hz_env *env, hz_ast *quotient, int32_t to, hz_type *out)
{
    hz_ast *a = quotient->child[0], *b = quotient->child[1];
    if (quotient->id == 0) quotient->id = (*env->next_id)++;
    hz_check_node(env, a);
    hz_check_node(env, b);
    hz_check_fail(quotient);
    if (hz_check_failed(a) || hz_check_failed(b)) return false;
    if (!hz_type_number_like(&a->type) || a->type.kind != b->type.kind) {
        hz_error(env->diags, HZ_E_TYPE, quotient->at, "cannot divide a %s by a %s and round it", hz_kind_name((hz_kind)a->type.kind), hz_kind_name((hz_kind)b->type.kind));
        return false;
    }
    hz_i128 most = a->type.hi > -a->type.lo ? a->type.hi : -a->type.lo;
    hz_i128 divisor = b->type.hi > -b->type.lo ? b->type.hi : -b->type.lo, scaled = 0;
    int32_t places = to - a->type.scale + b->type.scale;
    bool fits = places >= 0 && places <= 18 && hz_i128_mul(most, hz_power10(places), &scaled) &&
                digits(scaled) + digits(2 * divisor) < HZ_DECIMAL_DIGITS && scaled <= INT64_MAX;
    if (!fits || to < 0) {
        hz_error(env->diags, HZ_E_WIDE, quotient->at, "this quotient cannot be proved exact in 64 bits");
        return false;
    }
    *out = (hz_type){.kind = HZ_KIND_NUMBER, .scale = to, .lo = -scaled, .hi = scaled};
    if (a->type.lo >= 0 && b->type.lo >= 0) out->lo = 0;
    out->absent = (uint8_t)(a->type.absent | b->type.absent);
    if (b->type.lo <= 0 && b->type.hi >= 0) out->absent |= HZ_MAY_ERR;
    quotient->type = *out;
    return true;
}

void hz_check_fn_rounding(hz_env *env, hz_ast *ast)
{
    hz_ast *n = ast->child[0];
    int64_t to = 0;
    if (ast->children > 1) {
        hz_check_node(env, ast->child[1]);
        if (!hz_ast_whole_literal(ast->child[1], &to) || to < -18) {
            hz_error(env->diags, HZ_E_ARGUMENTS, ast->child[1]->span, "the scale of `%s` is a whole number from -18 on, written out", hz_builtin_name(ast->builtin));
            return;
        }
        if (to > SCALE_MOST && n->op != HZ_AST_DIV) to = SCALE_MOST; /* nothing has more decimals: nothing is rounded */
    }
    hz_type type;
    if (n->op == HZ_AST_DIV) {
        if (rounded_quotient(env, n, (int32_t)to, &type)) hz_check_range(env, ast, type);
        return;
    }
    hz_check_node(env, n);
    if (!hz_check_need(env, n, n->type.kind == HZ_KIND_NUMBER, hz_builtin_name(ast->builtin), "a number")) return;
    if (n->type.scale - to > SCALE_MOST) {
        hz_error(env->diags, HZ_E_WIDE, ast->span, "this rounds away more than %d digits", SCALE_MOST);
        return;
    }
    type = n->type;
    type.step = 0;
    if (to < n->type.scale) {
        hz_i128 unit = hz_power10(n->type.scale - (int32_t)to);
        hz_rounding mode = rounding_of(ast->builtin);
        type.scale = to < 0 ? 0 : (int32_t)to;
        hz_i128 back = to < 0 ? hz_power10((int32_t)-to) : 1;
        type.lo = hz_divide_rounded(n->type.lo, unit, mode) * back;
        type.hi = hz_divide_rounded(n->type.hi, unit, mode) * back;
    }
    hz_check_range(env, ast, type);
}

void hz_check_fn_abs(hz_env *env, hz_ast *ast)
{
    hz_ast *n = ast->child[0];
    hz_check_node(env, n);
    if (!hz_check_need(env, n, hz_type_number_like(&n->type), "abs", "a number or duration")) return;
    hz_type type = n->type;
    hz_i128 below = -n->type.lo;
    type.lo = n->type.lo > 0 ? n->type.lo : n->type.hi < 0 ? -n->type.hi : 0;
    type.hi = n->type.hi > below ? n->type.hi : below;
    hz_check_range(env, ast, type);
}
