/* facts_value.c - what an expression can be where facts hold: see facts.h. What is learnt from conditions is facts.c's. */
#include "feel/check.h"

#define LAST_CODE 63 /* the bit that all codes from here on share */

/* ---- What can be ---- */

hz_can hz_can_all(const hz_type *type)
{
    hz_can all = {1, (type->absent & HZ_MAY_NULL) != 0};
    if (type->kind == HZ_KIND_NULL) return (hz_can){0, true};
    if (type->kind == HZ_KIND_BOOLEAN) all.values = 3;
    if (type->kind == HZ_KIND_CODE) all.values = type->codes->count > LAST_CODE ? UINT64_MAX : ((uint64_t)1 << type->codes->count) - 1;
    return all;
}

bool hz_can_nothing(hz_can can)
{
    return can.values == 0 && !can.null;
}

bool hz_can_one(hz_can can)
{
    if (can.null) return can.values == 0;
    return can.values != 0 && (can.values & (can.values - 1)) == 0 && can.values != (uint64_t)1 << LAST_CODE;
}

hz_can hz_can_both(hz_can a, hz_can b)
{
    return (hz_can){a.values & b.values, a.null && b.null};
}

hz_can hz_can_either(hz_can a, hz_can b)
{
    return (hz_can){a.values | b.values, a.null || b.null};
}

static hz_can boolean(bool can_be_true, bool can_be_false, bool null)
{
    return (hz_can){(can_be_true ? HZ_CAN_TRUE.values : 0) | (can_be_false ? HZ_CAN_FALSE.values : 0), null};
}

static bool is_listed(const hz_type *type)
{
    return type->kind == HZ_KIND_CODE || type->kind == HZ_KIND_BOOLEAN;
}

/* ---- Operators ---- */

bool hz_ast_is_not(const hz_ast *ast)
{
    return ast->op == HZ_AST_CALL && ast->builtin == HZ_FN_NOT && ast->children == 1;
}

static bool strict_call(const hz_ast *call)
{
    switch (call->builtin) {
    case HZ_FN_ABS: case HZ_FN_FLOOR: case HZ_FN_CEILING: case HZ_FN_DECIMAL: case HZ_FN_ROUND_UP: case HZ_FN_ROUND_DOWN:
    case HZ_FN_ROUND_HALF_UP: case HZ_FN_ROUND_HALF_DOWN: case HZ_FN_MONTHS_DURATION: case HZ_FN_DATE:
        return true;
    case HZ_FN_MIN: case HZ_FN_MAX:
        for (uint32_t i = 0; i < call->children; i++)
            if (call->child[i]->type.kind == HZ_KIND_LIST) return false;
        return call->children > 0;
    default: return false;
    }
}

bool hz_ast_strict(const hz_ast *ast)
{
    switch (ast->op) {
    case HZ_AST_NEGATE: case HZ_AST_ADD: case HZ_AST_SUB: case HZ_AST_MUL: case HZ_AST_DIV: case HZ_AST_PROPERTY:
    case HZ_AST_LT: case HZ_AST_LE: case HZ_AST_GT: case HZ_AST_GE: case HZ_AST_PATTERN:
        return true;
    case HZ_AST_CALL: return strict_call(ast);
    default: return false;
    }
}

static hz_can strict_value(hz_facts *facts, const hz_ast *ast)
{
    hz_can all = hz_can_all(&ast->type);
    bool null = false;
    for (uint32_t i = 0; i < ast->children && all.null && !null; i++) null = hz_facts_value(facts, ast->child[i]).null;
    all.null = all.null && null;
    return all;
}

static hz_can equality(hz_facts *facts, const hz_ast *ast)
{
    hz_can a = hz_facts_value(facts, ast->child[0]), b = hz_facts_value(facts, ast->child[1]);
    const hz_type *type = ast->child[0]->type.kind == HZ_KIND_NULL ? &ast->child[1]->type : &ast->child[0]->type;
    bool same = !hz_can_nothing(hz_can_both(a, b));
    bool differ = is_listed(type) ? !(hz_can_one(a) && hz_can_one(b) && same) : a.values != 0 || b.values != 0;
    return ast->op == HZ_AST_EQ ? boolean(same, differ, false) : boolean(differ, same, false);
}

/* The outcome of a, with what b can be once a is known. */
static hz_can logic(hz_facts *facts, const hz_ast *ast)
{
    static const hz_can outcomes[3] = {{1, false}, {2, false}, {0, true}};
    hz_can a = hz_facts_value(facts, ast->child[0]), out = {0, false};
    uint64_t decides = ast->op == HZ_AST_AND ? HZ_CAN_FALSE.values : HZ_CAN_TRUE.values;
    for (int i = 0; i < 3; i++) {
        uint32_t known = facts->list.count;
        if (hz_can_nothing(hz_can_both(a, outcomes[i]))) continue;
        if (outcomes[i].values == decides) {
            out.values |= decides;
        } else if (hz_facts_assume(facts, ast->child[0], outcomes[i])) {
            hz_can b = hz_facts_value(facts, ast->child[1]);
            out.values |= b.values & (outcomes[i].null ? decides : UINT64_MAX);
            out.null = out.null || b.null || (outcomes[i].null && (b.values & ~decides) != 0);
        }
        facts->list.count = known;
    }
    return out;
}

static hz_can choice(hz_facts *facts, const hz_ast *ast)
{
    hz_can condition = hz_facts_value(facts, ast->child[0]), out = {0, false};
    for (uint32_t i = 1; i < 3; i++) {
        hz_can taken = hz_can_both(condition, i == 1 ? HZ_CAN_TRUE : HZ_CAN_NOT_TRUE);
        uint32_t known = facts->list.count;
        if (!hz_can_nothing(taken) && hz_facts_assume(facts, ast->child[0], taken))
            out = hz_can_either(out, hz_facts_value(facts, ast->child[i]));
        facts->list.count = known;
    }
    return out;
}

/* ---- Tests right of `in` ---- */

/* The codes in any of the sets that a name can be. A set that may not be there holds nothing back. */
static hz_can in_sets(const hz_type *sets, hz_can all, bool *exact)
{
    hz_can some = {0, false};
    if (sets->sets == NULL || sets->codes->count > LAST_CODE) {
        *exact = false;
        return (hz_can){all.values, false};
    }
    for (uint32_t i = 0; i < sets->sets->count; i++) some.values |= sets->sets->at[i].bits[0];
    *exact = *exact && sets->sets->count == 1 && (sets->absent & HZ_MAY_NULL) == 0;
    return hz_can_both(some, all);
}

hz_can hz_facts_passes(hz_facts *facts, const hz_ast *x, const hz_ast *test, bool *exact)
{
    hz_can all = hz_can_all(&x->type), some = all;
    if (test->op == HZ_AST_LIST) {
        some = (hz_can){0, false};
        for (uint32_t i = 0; i < test->children; i++) some = hz_can_either(some, hz_facts_passes(facts, x, test->child[i], exact));
        return some;
    }
    bool ordered = test->op == HZ_AST_RANGE || (test->op == HZ_AST_TEST && test->compare >= HZ_AST_LT && test->compare <= HZ_AST_GE);
    if (test->type.kind == HZ_KIND_SET) return in_sets(&test->type, all, exact);
    if (ordered) some.null = false;
    if (ordered || test->op == HZ_AST_TEST || test->type.kind == HZ_KIND_LIST) {
        *exact = false;
        return some;
    }
    hz_can same = hz_facts_value(facts, test);
    bool constant = is_listed(&x->type) || same.values == 0;
    *exact = *exact && constant && hz_can_one(same);
    return hz_can_both(all, same);
}

static hz_can among(hz_facts *facts, const hz_ast *ast)
{
    hz_can x = hz_facts_value(facts, ast->child[0]), passes = {0, false};
    bool exact = ast->child[0]->type.kind != HZ_KIND_LIST, all_of_type = !exact;
    if (all_of_type) return hz_can_all(&ast->type);
    for (uint32_t i = 1; i < ast->children; i++) passes = hz_can_either(passes, hz_facts_passes(facts, ast->child[0], ast->child[i], &exact));
    bool fails = !exact || (x.values & ~passes.values) != 0 || (x.null && !passes.null);
    return boolean(!hz_can_nothing(hz_can_both(x, passes)), fails, x.null || !exact);
}

/* ---- Names and tables ---- */

hz_can hz_facts_said(const hz_facts *facts, uint32_t symbol, const hz_type *type)
{
    for (uint32_t i = facts->list.count; i > 0; i--)
        if (facts->list.at[i - 1].test == NULL && facts->list.at[i - 1].symbol == symbol) return facts->list.at[i - 1].can;
    return hz_can_all(type);
}

static hz_can name(hz_facts *facts, uint32_t symbol, const hz_type *type)
{
    hz_can said = hz_facts_said(facts, symbol, type), gives = {0, false};
    hz_origin origin = facts->origin != NULL ? facts->origin(facts->context, symbol) : HZ_ORIGIN_OPEN;
    const hz_ast *first = origin != HZ_ORIGIN_OPEN ? facts->formula(facts->context, symbol, 0) : NULL;
    if (first == NULL || hz_can_one(said) || (!said.null && !is_listed(type))) return said;
    switch (origin) {
    case HZ_ORIGIN_EXISTS:
        said.null = said.null && (hz_facts_value(facts, first).values & HZ_CAN_FALSE.values) != 0;
        break;
    case HZ_ORIGIN_STRICT:
        said.null = said.null && hz_facts_value(facts, first).null;
        break;
    default:
        for (uint32_t i = 0; first != NULL; first = facts->formula(facts->context, symbol, ++i))
            gives = hz_can_either(gives, hz_facts_value(facts, first));
        if (!is_listed(type)) gives.values = 1;
        said = hz_can_both(said, gives);
        break;
    }
    return said;
}

static hz_can table(hz_facts *facts, const hz_ast *ast)
{
    hz_can out = {0, false};
    if (ast->compare >= HZ_HIT_SUM || ast->rows != NULL) return hz_can_all(&ast->type);
    for (uint32_t i = 0; i + 1 < ast->children; i += 2) {
        uint32_t known = facts->list.count;
        if (hz_facts_assume(facts, ast->child[i], HZ_CAN_TRUE)) out = hz_can_either(out, hz_facts_value(facts, ast->child[i + 1]));
        facts->list.count = known;
    }
    if (ast->children % 2 != 0) out = hz_can_either(out, hz_facts_value(facts, ast->child[ast->children - 1]));
    return out;
}

/* ---- Expressions ---- */

static bool opposite(const hz_ast *a, const hz_ast *b)
{
    static const uint8_t of[6] = {HZ_AST_NE, HZ_AST_EQ, HZ_AST_GE, HZ_AST_GT, HZ_AST_LE, HZ_AST_LT}; /* of EQ NE LT LE GT GE */
    if (a->op < HZ_AST_EQ || a->op > HZ_AST_GE || b->op != of[a->op - HZ_AST_EQ]) return false;
    return hz_ast_same(a->child[0], b->child[0]) && hz_ast_same(a->child[1], b->child[1]);
}

/* What is known of the same test, or of its opposite. */
static hz_can tested(const hz_facts *facts, const hz_ast *ast, hz_can can)
{
    for (uint32_t i = 0; i < facts->list.count; i++) {
        const hz_fact *fact = &facts->list.at[i];
        if (fact->test == NULL) continue;
        if (hz_ast_same(fact->test, ast)) can = hz_can_both(can, fact->can);
        else if (opposite(fact->test, ast)) can = hz_can_both(can, fact->can.values == HZ_CAN_TRUE.values ? HZ_CAN_FALSE : HZ_CAN_TRUE);
    }
    return can;
}

static hz_can value(hz_facts *facts, const hz_ast *ast)
{
    switch (ast->op) {
    case HZ_AST_BOOLEAN: return ast->truth ? HZ_CAN_TRUE : HZ_CAN_FALSE;
    case HZ_AST_STRING:
        if (ast->type.kind != HZ_KIND_CODE) return (hz_can){1, false};
        return (hz_can){(uint64_t)1 << (ast->type.lo < LAST_CODE ? ast->type.lo : LAST_CODE), false};
    case HZ_AST_NAME: return name(facts, ast->symbol, &ast->type);
    case HZ_AST_EQ: case HZ_AST_NE: return tested(facts, ast, equality(facts, ast));
    case HZ_AST_AND: case HZ_AST_OR: return logic(facts, ast);
    case HZ_AST_IN: return tested(facts, ast, among(facts, ast));
    case HZ_AST_IF: return choice(facts, ast);
    case HZ_AST_TABLE: return table(facts, ast);
    default: break;
    }
    if (hz_ast_is_not(ast)) {
        hz_can a = hz_facts_value(facts, ast->child[0]);
        return boolean((a.values & HZ_CAN_FALSE.values) != 0, (a.values & HZ_CAN_TRUE.values) != 0, a.null);
    }
    hz_can can = hz_ast_strict(ast) ? strict_value(facts, ast) : hz_can_all(&ast->type);
    return ast->type.kind == HZ_KIND_BOOLEAN ? tested(facts, ast, can) : can;
}

hz_can hz_facts_value(hz_facts *facts, const hz_ast *ast)
{
    hz_can all = hz_can_all(&ast->type);
    if (ast->type.kind == HZ_KIND_NULL || ast->type.kind == HZ_KIND_NONE || !hz_facts_enter(facts)) return all;
    hz_can can = value(facts, ast);
    hz_facts_leave(facts);
    return hz_can_both(can, all);
}

hz_can hz_facts_of_name(hz_facts *facts, uint32_t symbol, const hz_type *type)
{
    hz_can can = hz_can_all(type);
    facts->work = facts->depth = 0;
    if (!hz_facts_enter(facts)) return can;
    can = name(facts, symbol, type);
    hz_facts_leave(facts);
    return can;
}
