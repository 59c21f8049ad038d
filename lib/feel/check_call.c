/* check_call.c - functions, properties and @-literals: arguments, types, ranges. Called by check.c.
 *
 * A rounding function around a quotient computes both at once (the quotient is never held): allowed where the ranges
 * prove that decimal128, which rounds the quotient to 34 digits first, gives the same.
 */
#include "feel/check.h"

#include "source/suggest.h"

#define SCALE_MOST 18

typedef struct function {
    const char *name;
    uint8_t least, most;
    const char *parameters;
} function;

static const function functions[HZ_FN_COUNT] = {
#define HZ_BUILTIN(id, name, least, most, parameters) [HZ_FN_##id] = {name, least, most, parameters},
#define HZ_PROPERTY(id, name) [HZ_FN_##id] = {name, 0, 0, NULL},
#define HZ_LATER(name)
#include "feel/builtin.def"
#undef HZ_BUILTIN
#undef HZ_PROPERTY
#undef HZ_LATER
};

static const char *const later[] = {
#define HZ_BUILTIN(id, name, least, most, parameters)
#define HZ_PROPERTY(id, name)
#define HZ_LATER(name) name,
#include "feel/builtin.def"
#undef HZ_BUILTIN
#undef HZ_PROPERTY
#undef HZ_LATER
};

static uint32_t find(hz_str name, bool property)
{
    for (uint32_t i = 0; i < HZ_FN_COUNT; i++)
        if ((functions[i].parameters == NULL) == property && hz_str_is(name, functions[i].name)) return i;
    return HZ_FN_COUNT;
}

uint32_t hz_builtin_find(hz_str name)
{
    return find(name, false);
}

const char *hz_builtin_name(uint32_t builtin)
{
    return builtin < HZ_FN_COUNT ? functions[builtin].name : "";
}

static void unknown_function(hz_env *env, hz_ast *ast)
{
    for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
        if (!hz_str_is(ast->text, later[i])) continue;
        hz_error(env->diags, HZ_E_UNSUPPORTED, ast->at, "this version does not read the function `%s` yet", later[i]);
        return;
    }
    hz_diag *diag = hz_error(env->diags, HZ_E_UNKNOWN_FUNCTION, ast->at, "there is no function `%.*s`", HZ_ARG(ast->text));
    hz_suggest suggest;
    hz_suggest_begin(&suggest, ast->text);
    for (uint32_t i = 0; i < HZ_FN_COUNT; i++)
        if (functions[i].parameters != NULL) hz_suggest_offer(&suggest, hz_str_from(functions[i].name));
    if (suggest.best.at != NULL) hz_diag_hint(env->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
}

/* The index of a parameter name in "a,b,c", or -1. */
static int32_t parameter_index(const char *parameters, hz_str name)
{
    int32_t index = 0;
    for (const char *at = parameters; *at != '\0'; index++) {
        const char *comma = strchr(at, ',');
        size_t len = comma != NULL ? (size_t)(comma - at) : strlen(at);
        if (hz_str_eq((hz_str){at, len}, name)) return index;
        at += len + (comma != NULL);
    }
    return -1;
}

/* Puts named arguments in their places. */
static bool place_arguments(hz_env *env, hz_ast *ast, const function *fn)
{
    if (ast->argument == NULL) return true;
    if (ast->builtin == HZ_FN_DATE && ast->children == 1 && hz_str_is(ast->argument[0], "from")) return true;
    hz_ast **placed = HZ_NEW_MANY(env->arena, hz_ast *, ast->children);
    for (uint32_t i = 0; i < ast->children; i++) {
        int32_t at = parameter_index(fn->parameters, ast->argument[i]);
        if (at < 0 || (uint32_t)at >= ast->children || placed[at] != NULL) {
            hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, ast->child[i]->span, "`%s` takes no argument `%.*s` here",
                                     fn->name, HZ_ARG(ast->argument[i]));
            hz_diag_hint(env->diags, diag, "its arguments are %s", fn->parameters);
            return false;
        }
        placed[at] = ast->child[i];
    }
    ast->child = placed;
    ast->argument = NULL;
    return true;
}

bool hz_ast_whole_literal(const hz_ast *ast, int64_t *out)
{
    bool minus = ast->op == HZ_AST_NEGATE;
    const hz_ast *number = minus ? ast->child[0] : ast;
    if (number->op != HZ_AST_NUMBER) return false;
    hz_decimal value = hz_decimal_trim(number->number);
    if (value.scale != 0 || value.coefficient > INT64_MAX) return false;
    *out = minus ? -(int64_t)value.coefficient : (int64_t)value.coefficient;
    return true;
}

static bool need(hz_env *env, const hz_ast *argument, bool ok, const char *function_name, const char *what)
{
    if (ok) return true;
    if (!hz_check_failed(argument))
        hz_error(env->diags, HZ_E_ARGUMENTS, argument->span, "`%s` needs %s here, and this is %s%s", function_name, what,
                 argument->type.kind == HZ_KIND_NULL ? "" : "a ", hz_kind_name((hz_kind)argument->type.kind));
    return false;
}

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

static void check_rounding(hz_env *env, hz_ast *ast)
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
    if (!need(env, n, n->type.kind == HZ_KIND_NUMBER, hz_builtin_name(ast->builtin), "a number")) return;
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

/* min and max: of the arguments, or of the items of one list literal (which then replace the arguments). */
static void check_min_max(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1 && ast->child[0]->op == HZ_AST_LIST && ast->child[0]->children > 0) {
        hz_ast *list = ast->child[0];
        ast->child = list->child;
        ast->children = list->children;
    }
    for (uint32_t i = 0; i < ast->children; i++) hz_check_node(env, ast->child[i]);
    for (uint32_t i = 0; i < ast->children; i++) {
        const hz_type *each = &ast->child[i]->type;
        bool ok = hz_type_number_like(each) || each->kind == HZ_KIND_DATE;
        if (!need(env, ast->child[i], ok, hz_builtin_name(ast->builtin), "numbers, dates or durations")) return;
        if (i > 0 && !hz_check_agree(env, ast->child[0], ast->child[i], ast->child[i])) return;
    }
    hz_type type = ast->child[0]->type;
    bool least = ast->builtin == HZ_FN_MIN;
    for (uint32_t i = 1; i < ast->children; i++) {
        const hz_type *each = &ast->child[i]->type;
        int32_t scale = type.scale > each->scale ? type.scale : each->scale;
        hz_i128 lo, hi, elo, ehi;
        if (!hz_decimal_rescale(type.lo, type.scale, scale, &lo) || !hz_decimal_rescale(type.hi, type.scale, scale, &hi) ||
            !hz_decimal_rescale(each->lo, each->scale, scale, &elo) || !hz_decimal_rescale(each->hi, each->scale, scale, &ehi)) {
            hz_error(env->diags, HZ_E_WIDE, ast->span, "these numbers together may need more than 128 bits");
            return;
        }
        type.lo = (least ? elo < lo : elo > lo) ? elo : lo;
        type.hi = (least ? ehi < hi : ehi > hi) ? ehi : hi;
        type.scale = scale;
        type.absent |= each->absent;
        type.step = 0;
    }
    for (uint32_t i = 0; i < ast->children; i++) { /* each is compared at the common scale */
        hz_type each = ast->child[i]->type;
        bool ok = hz_decimal_rescale(each.lo, each.scale, type.scale, &each.lo) && hz_decimal_rescale(each.hi, each.scale, type.scale, &each.hi);
        if (!ok || !hz_type_fits64(&each)) type.scale = SCALE_MOST + 1;
    }
    hz_check_range(env, ast, type);
}

static void check_abs(hz_env *env, hz_ast *ast)
{
    hz_ast *n = ast->child[0];
    hz_check_node(env, n);
    if (!need(env, n, hz_type_number_like(&n->type), "abs", "a number or duration")) return;
    hz_type type = n->type;
    hz_i128 below = -n->type.lo;
    type.lo = n->type.lo > 0 ? n->type.lo : n->type.hi < 0 ? -n->type.hi : 0;
    type.hi = n->type.hi > below ? n->type.hi : below;
    hz_check_range(env, ast, type);
}

/* date("…") of a literal, date(y, m, d) of numbers. */
static void check_date(hz_env *env, hz_ast *ast)
{
    if (ast->children == 1 && ast->child[0]->op == HZ_AST_STRING) {
        int32_t day;
        hz_check_node(env, ast->child[0]);
        if (hz_date_parse(ast->child[0]->text, &day)) {
            ast->type = (hz_type){.kind = HZ_KIND_DATE, .lo = day, .hi = day};
            return;
        }
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, ast->child[0]->span, "this is no date");
        hz_diag_hint(env->diags, diag, "dates are written date(\"2015-07-01\")");
        return;
    }
    if (ast->children == 1) {
        hz_check_node(env, ast->child[0]);
        if (ast->child[0]->type.kind == HZ_KIND_DATE) ast->type = ast->child[0]->type;
        else need(env, ast->child[0], false, "date", "a text written out, a date, or year, month and day");
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
        if (!need(env, n, n->type.kind == HZ_KIND_NUMBER && n->type.scale == 0, "date", "a whole number")) return;
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

static void check_duration(hz_env *env, hz_ast *ast)
{
    hz_ast *text = ast->child[0];
    hz_check_node(env, text);
    if (hz_check_failed(text)) return;
    if (text->op == HZ_AST_STRING) set_duration(env, ast, text->text, text->span);
    else if (text->type.kind == HZ_KIND_STRING) hz_error(env->diags, HZ_E_UNSUPPORTED, text->span, "this version needs the text of a duration written out");
    else need(env, text, false, "duration", "a text written out");
}

static void check_months_duration(hz_env *env, hz_ast *ast)
{
    for (int i = 0; i < 2; i++) {
        hz_check_node(env, ast->child[i]);
        if (!need(env, ast->child[i], ast->child[i]->type.kind == HZ_KIND_DATE, "years and months duration", "a date")) return;
    }
    const hz_type *a = &ast->child[0]->type, *b = &ast->child[1]->type;
    ast->type = (hz_type){.kind = HZ_KIND_MONTHS, .absent = (uint8_t)(a->absent | b->absent)};
    ast->type.lo = (b->lo - a->hi) / 28 - 1;
    ast->type.hi = (b->hi - a->lo) / 28 + 1;
}

static void check_not(hz_env *env, hz_ast *ast)
{
    hz_ast *a = ast->child[0];
    hz_check_node(env, a);
    bool ok = a->type.kind == HZ_KIND_BOOLEAN || a->type.kind == HZ_KIND_NULL;
    if (!need(env, a, ok, "not", "a boolean")) return;
    ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = a->type.absent, .hi = 1};
}

void hz_check_call(hz_env *env, hz_ast *ast)
{
    hz_check_fail(ast);
    ast->builtin = find(ast->text, false);
    if (ast->builtin == HZ_FN_COUNT) {
        unknown_function(env, ast);
        return;
    }
    const function *fn = &functions[ast->builtin];
    if (ast->children < fn->least || (fn->most != 0xFF && ast->children > fn->most)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_ARGUMENTS, ast->at, "`%s` does not take %u argument%s", fn->name,
                                 (unsigned)ast->children, ast->children == 1 ? "" : "s");
        hz_diag_hint(env->diags, diag, "its arguments are %s", fn->parameters);
        return;
    }
    if (!place_arguments(env, ast, fn)) return;
    switch (ast->builtin) {
    case HZ_FN_MIN: case HZ_FN_MAX: check_min_max(env, ast); break;
    case HZ_FN_ABS: check_abs(env, ast); break;
    case HZ_FN_DATE: check_date(env, ast); break;
    case HZ_FN_DURATION: check_duration(env, ast); break;
    case HZ_FN_MONTHS_DURATION: check_months_duration(env, ast); break;
    case HZ_FN_NOT: check_not(env, ast); break;
    default: check_rounding(env, ast); break;
    }
}

/* ---- Properties and @-literals ---- */

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
    ast->builtin = find(ast->text, true);
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

void hz_check_at_literal(hz_env *env, hz_ast *ast)
{
    int32_t day;
    hz_check_fail(ast);
    if (hz_date_parse(ast->text, &day)) {
        ast->type = (hz_type){.kind = HZ_KIND_DATE, .lo = day, .hi = day};
    } else if (ast->text.len > 0 && (ast->text.at[0] == 'P' || ast->text.at[0] == '-')) {
        set_duration(env, ast, ast->text, ast->span);
    } else if (memchr(ast->text.at, ':', ast->text.len) != NULL) {
        hz_error(env->diags, HZ_E_UNSUPPORTED, ast->span, "this version does not read times yet");
    } else {
        hz_diag *diag = hz_error(env->diags, HZ_E_LITERAL, ast->span, "this is no date and no duration");
        hz_diag_hint(env->diags, diag, "write @\"2015-07-01\", @\"P1Y3M\" or @\"P15D\"");
    }
}
