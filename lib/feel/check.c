/* check.c - the typed checker's core: literals, names, comparisons, logic, choice. Arithmetic is in check_number.c,
 * functions in check_call.c and the checkers it names. Called by program/compile.c for every expression of a plan, and by run/feel_eval.c. */
#include "feel/check_mixed.h"

#include "feel/slip.h"
#include "source/suggest.h"
#include "value/number_type.h"

void hz_check_fail(hz_ast *ast)
{
    ast->type = (hz_type){.kind = HZ_KIND_NONE};
}

bool hz_check_failed(const hz_ast *ast)
{
    return ast->type.kind == HZ_KIND_NONE;
}

bool hz_type_number_like(const hz_type *type)
{
    return type->kind == HZ_KIND_NUMBER || type->kind == HZ_KIND_DAYS || type->kind == HZ_KIND_MONTHS;
}

bool hz_type_clock(const hz_type *type)
{
    return type->kind == HZ_KIND_TIME || type->kind == HZ_KIND_DATE_TIME;
}

bool hz_type_scaled(const hz_type *type)
{
    return hz_type_number_like(type) || hz_type_clock(type);
}

bool hz_type_ordered(const hz_type *type)
{
    return hz_type_scaled(type) || type->kind == HZ_KIND_DATE || type->kind == HZ_KIND_STRING;
}

static void set_boolean(hz_ast *ast, uint8_t absent)
{
    ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = absent, .hi = 1};
}

static const char *described(hz_env *env, const hz_type *type)
{
    char text[256];
    hz_type_describe(type, text, sizeof text);
    return hz_arena_printf(env->arena, "%s%s", type->kind == HZ_KIND_NULL ? "" : "a ", text).at;
}

static hz_diag *report_kinds(hz_env *env, const hz_ast *at, const char *verb, const hz_type *a, const hz_type *b)
{
    return hz_error(env->diags, HZ_E_TYPE, at->at, "cannot %s a %s and a %s", verb, hz_kind_name((hz_kind)a->kind),
             hz_kind_name((hz_kind)b->kind));
}

/* ---- Codes ---- */

bool hz_check_as_code(hz_env *env, hz_ast *ast, const hz_codes *codes)
{
    if (ast->op == HZ_AST_IF) {
        bool yes = hz_check_as_code(env, ast->child[1], codes), no = hz_check_as_code(env, ast->child[2], codes);
        if (!yes || !no) return false;
        uint8_t absent = ast->type.absent;
        ast->type = ast->child[1]->type;
        ast->type.absent = absent;
        ast->type.lo = 0;
        ast->type.hi = (hz_i128)codes->count - 1;
        return true;
    }
    if (ast->type.kind == HZ_KIND_CODE) return hz_codes_same(ast->type.codes, codes);
    if (ast->op != HZ_AST_STRING) return false;
    int32_t index = hz_codes_find(codes, ast->text);
    if (index >= 0) {
        ast->type = (hz_type){.kind = HZ_KIND_CODE, .codes = codes, .lo = index, .hi = index};
        return true;
    }
    hz_suggest suggest;
    hz_suggest_begin(&suggest, ast->text);
    for (uint32_t i = 0; i < codes->count; i++) hz_suggest_offer(&suggest, codes->at[i].id);
    hz_diag *diag = hz_error(env->diags, HZ_E_UNKNOWN_CODE, ast->span, "`%.*s` is not one of the codes here", HZ_ARG(ast->text));
    if (suggest.best.at != NULL) hz_diag_hint(env->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(env->diags, diag, "this is %s", described(env, &(hz_type){.kind = HZ_KIND_CODE, .codes = codes}));
    hz_check_fail(ast);
    return false;
}

/* A string literal, or a choice between such. */
static bool string_literal(const hz_ast *ast)
{
    if (ast->op == HZ_AST_IF) return string_literal(ast->child[1]) && string_literal(ast->child[2]);
    return ast->op == HZ_AST_STRING && ast->type.kind == HZ_KIND_STRING;
}

bool hz_check_agree(hz_env *env, hz_ast *a, hz_ast *b, const hz_ast *at)
{
    if (hz_check_failed(a) || hz_check_failed(b)) return false;
    if (a->type.kind == HZ_KIND_NULL || b->type.kind == HZ_KIND_NULL) return true;
    if (a->type.kind == HZ_KIND_CODE && string_literal(b)) return hz_check_as_code(env, b, a->type.codes);
    if (b->type.kind == HZ_KIND_CODE && string_literal(a)) return hz_check_as_code(env, a, b->type.codes);
    if (a->type.kind == HZ_KIND_LIST && b->type.kind == HZ_KIND_LIST) return hz_check_lists_agree(env, a, b, at);
    if (a->type.kind != b->type.kind || a->type.kind == HZ_KIND_RANGE) {
        hz_diag *diag = report_kinds(env, at, at->op == HZ_AST_IF ? "choose between" : "compare", &a->type, &b->type);
        bool date = a->type.kind == HZ_KIND_DATE || b->type.kind == HZ_KIND_DATE;
        bool days = a->type.kind == HZ_KIND_DAYS || b->type.kind == HZ_KIND_DAYS;
        if (date && (string_literal(a) || string_literal(b))) hz_diag_hint(env->diags, diag, "a date is written @\"2015-07-01\"");
        if (days && (a->type.kind == HZ_KIND_NUMBER || b->type.kind == HZ_KIND_NUMBER))
            hz_diag_hint(env->diags, diag, "a number of days: (b - a).days");
        bool goes_on = b->op >= HZ_AST_ADD && b->op <= HZ_AST_IN && !b->parenthesised;
        if (at->op == HZ_AST_IF && goes_on)
            hz_diag_hint(env->diags, diag, "what stands behind `else` belongs to it up to the end: bracket the choice, (if a then b else c)");
        if (date && (a->type.kind == HZ_KIND_DATE_TIME || b->type.kind == HZ_KIND_DATE_TIME))
            hz_diag_hint(env->diags, diag, "the date of a date and time is date(x)");
        return false;
    }
    if (a->type.kind == HZ_KIND_CODE && !hz_codes_same(a->type.codes, b->type.codes)) {
        hz_error(env->diags, HZ_E_TYPE, at->at, "these two codes have different lists of values");
        return false;
    }
    /* Durations and times are compared at the finer of the two scales; numbers that do not fit there on the wide path. */
    bool narrow = hz_type_scaled(&a->type) && a->type.kind != HZ_KIND_NUMBER;
    int32_t scale = a->type.scale > b->type.scale ? a->type.scale : b->type.scale;
    if (narrow && (!hz_number_fits(&a->type, scale) || !hz_number_fits(&b->type, scale))) {
        hz_error(env->diags, HZ_E_WIDE, at->at, "comparing these exactly may need more than 64 bits");
        return false;
    }
    return true;
}

/* ---- Comparisons ---- */

static bool is_equality(uint8_t op)
{
    return op == HZ_AST_EQ || op == HZ_AST_NE;
}

/* a compared with b by op: true when it may be done. */
static bool check_comparison(hz_env *env, hz_ast *a, hz_ast *b, uint8_t op, const hz_ast *at)
{
    if (!hz_check_agree(env, a, b, at)) return false;
    const hz_ast *nulls[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        const hz_ast *other = nulls[1 - i];
        if (nulls[i]->type.kind != HZ_KIND_NULL || other->op != HZ_AST_NAME || !is_equality(op)) continue;
        if ((other->type.absent & HZ_MAY_NULL) != 0 || other->narrowed) continue;
        hz_diag *diag = hz_error(env->diags, HZ_E_NEVER_NULL, at->at, "`%.*s` is never null here", HZ_ARG(other->text));
        hz_diag_hint(env->diags, diag, "an input that may be absent is declared `optional: true`");
        return false;
    }
    const hz_type *type = a->type.kind == HZ_KIND_NULL ? &b->type : &a->type;
    if (!is_equality(op) && type->kind != HZ_KIND_NULL && !hz_type_ordered(type)) {
        hz_error(env->diags, HZ_E_TYPE, at->at, "a %s has no order", hz_kind_name((hz_kind)type->kind));
        return false;
    }
    return true;
}

static uint8_t comparison_absent(const hz_ast *a, const hz_ast *b, uint8_t op)
{
    uint8_t absent = (uint8_t)(hz_type_deep_absent(&a->type) | hz_type_deep_absent(&b->type));
    if (is_equality(op)) return (uint8_t)(absent & ~HZ_MAY_NULL);
    if (a->type.kind == HZ_KIND_NULL || b->type.kind == HZ_KIND_NULL) absent |= HZ_MAY_NULL;
    return absent;
}

static void check_compare(hz_env *env, hz_ast *ast)
{
    hz_ast *a = ast->child[0], *b = ast->child[1];
    hz_check_node(env, a);
    hz_check_node(env, b);
    if (check_comparison(env, a, b, ast->op, ast)) set_boolean(ast, comparison_absent(a, b, ast->op));
    else hz_check_fail(ast);
}

static void check_between(hz_env *env, hz_ast *ast)
{
    hz_ast *a = ast->child[0], *low = ast->child[1], *high = ast->child[2];
    hz_check_node(env, a);
    hz_check_node(env, low);
    hz_check_node(env, high);
    if (check_comparison(env, a, low, HZ_AST_GE, ast) && check_comparison(env, a, high, HZ_AST_LE, ast))
        set_boolean(ast, (uint8_t)(comparison_absent(a, low, HZ_AST_GE) | comparison_absent(a, high, HZ_AST_LE)));
    else hz_check_fail(ast);
}

/* One test right of `in`: its type becomes boolean (of the test), or NONE. x is the value tested. */
/* A code right of which a set stands: both have the same list of codes. */
static bool check_among(hz_env *env, hz_ast *x, const hz_ast *set)
{
    if (hz_check_failed(x)) return false;
    if (x->op == HZ_AST_STRING && x->type.kind == HZ_KIND_STRING) return hz_check_as_code(env, x, set->type.codes);
    if (x->type.kind == HZ_KIND_CODE && hz_codes_same(x->type.codes, set->type.codes)) return true;
    hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, x->span, "this is %s, and `%.*s` is a set of other codes", described(env, &x->type), HZ_ARG(set->text));
    hz_diag_hint(env->diags, diag, "both must have one list of codes");
    return false;
}

static void check_test(hz_env *env, hz_ast *x, hz_ast *test)
{
    uint8_t absent = 0;
    if (test->op == HZ_AST_TEST || test->op == HZ_AST_RANGE) {
        static const uint8_t ends[2] = {HZ_AST_GE, HZ_AST_LE};
        for (uint32_t i = 0; i < test->children; i++) {
            uint8_t op = test->op == HZ_AST_TEST ? test->compare : ends[i];
            hz_check_node(env, test->child[i]);
            if (!check_comparison(env, x, test->child[i], op, test)) {
                hz_check_fail(test);
                return;
            }
            absent |= comparison_absent(x, test->child[i], op);
        }
        if (test->id == 0) test->id = (*env->next_id)++;
        set_boolean(test, absent);
        return;
    }
    if (test->op == HZ_AST_LIST && x->type.kind != HZ_KIND_LIST) {
        for (uint32_t i = 0; i < test->children; i++) {
            check_test(env, x, test->child[i]);
            if (hz_check_failed(test->child[i])) {
                hz_check_fail(test);
                return;
            }
            absent |= test->child[i]->type.absent;
        }
        if (test->id == 0) test->id = (*env->next_id)++;
        set_boolean(test, (uint8_t)(absent | x->type.absent));
        return;
    }
    env->sets = test->op == HZ_AST_NAME;
    hz_check_node(env, test); /* a plain value: equality, or one of a list's items; its own type stays */
    env->sets = false;
    if (test->type.kind == HZ_KIND_SET) {
        if (!check_among(env, x, test)) hz_check_fail(test);
        return;
    }
    if (test->type.kind == HZ_KIND_LIST && hz_check_refuse_mixed(env, x, test, test->span)) {
        hz_check_fail(test);
        return;
    }
    bool fits = test->type.kind == HZ_KIND_LIST ? hz_check_member(env, x, test, test) : check_comparison(env, x, test, HZ_AST_EQ, test);
    if (!fits) hz_check_fail(test);
}

static void check_in(hz_env *env, hz_ast *ast)
{
    hz_ast *x = ast->child[0];
    uint8_t absent = 0;
    bool failed = false;
    hz_check_node(env, x);
    for (uint32_t i = 1; i < ast->children; i++) {
        check_test(env, x, ast->child[i]);
        failed |= hz_check_failed(ast->child[i]);
        absent |= hz_type_deep_absent(&ast->child[i]->type);
    }
    absent |= hz_type_deep_absent(&x->type);
    if (failed || hz_check_failed(x)) hz_check_fail(ast);
    else set_boolean(ast, (uint8_t)(absent | x->type.absent));
}

/* ---- Logic and choice ---- */

hz_str hz_feel_nullable_name(const hz_ast *ast)
{
    hz_str name = HZ_STR("");
    if ((hz_type_deep_absent(&ast->type) & HZ_MAY_NULL) == 0) return name;
    if (ast->op == HZ_AST_NAME) return ast->text;
    for (uint32_t i = ast->op == HZ_AST_IF ? 1 : 0; i < ast->children && name.len == 0; i++) name = hz_feel_nullable_name(ast->child[i]);
    return name;
}

bool hz_ast_same(const hz_ast *a, const hz_ast *b)
{
    bool same = a->op == b->op && a->compare == b->compare && a->low_open == b->low_open && a->high_open == b->high_open &&
                a->truth == b->truth && a->children == b->children && hz_str_eq(a->text, b->text) &&
                hz_decimal_compare(a->number, b->number) == 0 && a->argument == NULL && b->argument == NULL;
    for (uint32_t i = 0; same && i < a->children; i++) same = hz_ast_same(a->child[i], b->child[i]);
    return same;
}

void hz_feel_narrow(hz_env *env, const hz_ast *condition, hz_can outcome)
{
    env->facts.arena = env->arena;
    env->facts.work = env->facts.depth = 0;
    hz_facts_assume(&env->facts, condition, outcome);
}

static bool expect_boolean(hz_env *env, hz_ast *ast, const char *where)
{
    if (hz_check_failed(ast)) return false;
    if (ast->type.kind == HZ_KIND_BOOLEAN || ast->type.kind == HZ_KIND_NULL) return true;
    hz_error(env->diags, HZ_E_TYPE, ast->span, "%s needs a boolean, and this is %s", where, described(env, &ast->type));
    return false;
}

static void check_and_or(hz_env *env, hz_ast *ast)
{
    const char *where = ast->op == HZ_AST_AND ? "`and`" : "`or`";
    uint32_t known = env->facts.list.count;
    hz_check_node(env, ast->child[0]);
    hz_feel_narrow(env, ast->child[0], ast->op == HZ_AST_AND ? HZ_CAN_NOT_FALSE : HZ_CAN_NOT_TRUE);
    hz_check_node(env, ast->child[1]);
    env->facts.list.count = known;
    bool a = expect_boolean(env, ast->child[0], where), b = expect_boolean(env, ast->child[1], where);
    if (!a || !b) {
        hz_check_fail(ast);
        return;
    }
    uint8_t absent = 0;
    for (int i = 0; i < 2; i++) {
        absent |= ast->child[i]->type.absent;
        if (ast->child[i]->type.kind == HZ_KIND_NULL) absent |= HZ_MAY_NULL;
    }
    set_boolean(ast, absent);
}

bool hz_type_join(const hz_type *a, const hz_type *b, hz_type *out)
{
    if (a->kind == HZ_KIND_NULL || b->kind == HZ_KIND_NULL) {
        *out = a->kind == HZ_KIND_NULL ? *b : *a;
        out->absent = (uint8_t)(a->absent | b->absent | HZ_MAY_NULL);
        return true;
    }
    *out = *a;
    out->absent = (uint8_t)(a->absent | b->absent);
    bool wide = a->wide || b->wide;
    if (!hz_type_scaled(a)) {
        out->lo = a->lo < b->lo ? a->lo : b->lo;
        out->hi = a->hi > b->hi ? a->hi : b->hi;
        return true;
    }
    hz_type joined;
    hz_number_either(a, b, &joined);
    joined.kind = a->kind;
    joined.absent = out->absent;
    joined.wide |= wide || !hz_number_fits(a, joined.scale) || !hz_number_fits(b, joined.scale);
    *out = joined;
    if (joined.kind == HZ_KIND_NUMBER) return true;
    out->wide = false;
    return !joined.wide;
}

static void check_if(hz_env *env, hz_ast *ast)
{
    hz_ast *condition = ast->child[0], *yes = ast->child[1], *no = ast->child[2];
    uint32_t known = env->facts.list.count;
    hz_check_node(env, condition);
    bool fine = expect_boolean(env, condition, "`if`");
    hz_feel_narrow(env, condition, HZ_CAN_TRUE);
    hz_check_node(env, yes);
    env->facts.list.count = known;
    hz_feel_narrow(env, condition, HZ_CAN_NOT_TRUE);
    hz_check_node(env, no);
    env->facts.list.count = known;
    hz_check_fail(ast);
    if (!fine || !hz_check_agree(env, yes, no, ast)) return;
    hz_type type;
    if (!hz_check_join(env->arena, &yes->type, &no->type, &type)) {
        hz_error(env->diags, HZ_E_WIDE, ast->at, "the two branches together may need more than 64 bits");
        return;
    }
    type.absent = (uint8_t)(type.absent | (condition->type.absent & ~HZ_MAY_NULL));
    ast->type = type;
}

/* ---- Names and literals ---- */

static void check_name(hz_env *env, hz_ast *ast)
{
    hz_type type;
    bool sets = env->sets;
    env->sets = false;
    hz_check_fail(ast);
    if (!env->resolve(env->context, ast->text, ast->span, &ast->symbol, &type)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_UNKNOWN_NAME, ast->span, "there is no name `%.*s`", HZ_ARG(ast->text));
        hz_str near = diag != NULL ? env->nearest(env->context, ast->text) : (hz_str){NULL, 0}, slip = hz_slip_word(ast->text);
        if (slip.len > 0) hz_diag_hint(env->diags, diag, "%.*s", HZ_ARG(slip));
        else if (near.at != NULL) hz_diag_hint(env->diags, diag, "did you mean `%.*s`?", HZ_ARG(near));
        return;
    }
    if (type.kind == HZ_KIND_SET && !sets) {
        hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, ast->span, "`%.*s` is a set of codes, and a single value is needed here", HZ_ARG(ast->text));
        hz_diag_hint(env->diags, diag, "a set stands right of `in`, as in `site in %.*s`, or in count(…)", HZ_ARG(ast->text));
        return;
    }
    ast->type = type;
    if ((type.absent & HZ_MAY_NULL) == 0 || env->facts.list.count == 0 || hz_facts_of_name(&env->facts, ast->symbol, &type).null) return;
    ast->type.absent &= (uint8_t)~HZ_MAY_NULL;
    ast->narrowed = true;
}

static void check_literal(hz_ast *ast)
{
    switch (ast->op) {
    case HZ_AST_NUMBER: {
        hz_decimal value = hz_decimal_trim(ast->number);
        ast->number = value;
        ast->type = hz_number_type(value);
        break;
    }
    case HZ_AST_STRING: ast->type = (hz_type){.kind = HZ_KIND_STRING}; break;
    case HZ_AST_BOOLEAN: ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .lo = ast->truth, .hi = ast->truth}; break;
    default: ast->type = (hz_type){.kind = HZ_KIND_NULL, .absent = HZ_MAY_NULL}; break;
    }
}

static void check_question(hz_env *env, hz_ast *ast)
{
    hz_check_fail(ast);
    if (env->cell != NULL) ast->type = *env->cell;
    else hz_diag_hint(env->diags, hz_error(env->diags, HZ_E_TYPE, ast->span, "`?` stands for a table's input, and there is none here"), "write the name of the value");
}

static void refuse_range(hz_env *env, hz_ast *ast)
{
    hz_check_fail(ast);
    hz_diag *diag = hz_error(env->diags, HZ_E_TYPE, ast->span, "a range or test stands only right of `in` or in a table's cell");
    hz_diag_hint(env->diags, diag, "as in `x in [1..10]`");
}

/* A match can be given up, which is an error of the claim. */
static void check_pattern(hz_env *env, hz_ast *ast)
{
    hz_check_node(env, ast->child[0]);
    hz_check_fail(ast);
    if (!hz_check_failed(ast->child[0])) ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = ast->child[0]->type.absent | HZ_MAY_ERR};
}

void hz_check_node(hz_env *env, hz_ast *ast)
{
    if (ast->checked) return;
    if (ast->id == 0) ast->id = (*env->next_id)++;
    switch (ast->op) {
    case HZ_AST_NUMBER: case HZ_AST_STRING: case HZ_AST_BOOLEAN: case HZ_AST_NULL:
        check_literal(ast);
        break;
    case HZ_AST_AT: hz_check_at_literal(env, ast); break;
    case HZ_AST_NAME: check_name(env, ast); break;
    case HZ_AST_QUESTION: check_question(env, ast); break;
    case HZ_AST_NEGATE: hz_check_negate(env, ast); break;
    case HZ_AST_ADD: case HZ_AST_SUB: case HZ_AST_MUL: case HZ_AST_DIV: case HZ_AST_POW:
        hz_check_arithmetic(env, ast);
        break;
    case HZ_AST_EQ: case HZ_AST_NE: case HZ_AST_LT: case HZ_AST_LE: case HZ_AST_GT: case HZ_AST_GE:
        check_compare(env, ast);
        break;
    case HZ_AST_AND: case HZ_AST_OR: check_and_or(env, ast); break;
    case HZ_AST_BETWEEN: check_between(env, ast); break;
    case HZ_AST_IN: check_in(env, ast); break;
    case HZ_AST_IF: check_if(env, ast); break;
    case HZ_AST_LIST: hz_check_list(env, ast); break;
    case HZ_AST_CALL: hz_check_call(env, ast); break;
    case HZ_AST_PROPERTY: hz_check_property(env, ast); break;
    case HZ_AST_PATTERN: check_pattern(env, ast); break;
    case HZ_AST_TABLE: hz_check_table(env, ast); break;
    case HZ_AST_TEST: case HZ_AST_RANGE: refuse_range(env, ast); break;
    default: hz_check_fail(ast); break;
    }
}

bool hz_feel_check(hz_env *env, hz_ast *expression, const hz_type *wanted)
{
    if (expression->op == HZ_AST_ERROR) {
        hz_check_fail(expression);
        return false;
    }
    hz_check_node(env, expression);
    if (hz_check_failed(expression)) return false;
    if (wanted == NULL || expression->type.kind == HZ_KIND_NULL) return true;
    if (wanted->kind == HZ_KIND_CODE && string_literal(expression))
        return hz_check_as_code(env, expression, wanted->codes);
    if (hz_type_same(&expression->type, wanted)) return true;
    hz_error(env->diags, HZ_E_TYPE, expression->span, "this is %s, and a %s is needed here", described(env, &expression->type),
             hz_kind_name((hz_kind)wanted->kind));
    hz_check_fail(expression);
    return false;
}
