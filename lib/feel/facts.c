/* facts.c - what conditions say of names: see facts.h. What an expression can be is facts_value.c's.
 *
 *     kind in ("fire", "pipe")     kind is one of the two, and not null
 *     a and b                      what both say; where it is false, what is said both by a's and by b's being false
 *     x > 3                        x is not null, and the same test holds wherever it stands
 *     v, a value                   what its formula says
 */
#include "feel/check.h"

#define WORK_MOST 4000u          /* steps for one question */
#define WORK_IN_ALL_MOST 8000000u
#define DEPTH_MOST 150u
#define KEPT_MOST 32u            /* facts of an alternative that are compared with those of another */

bool hz_facts_enter(hz_facts *facts)
{
    if (facts->work >= WORK_MOST || facts->work_in_all >= WORK_IN_ALL_MOST || facts->depth >= DEPTH_MOST) return false;
    facts->work++;
    facts->work_in_all++;
    facts->depth++;
    return true;
}

void hz_facts_leave(hz_facts *facts)
{
    facts->depth--;
}

static void learn(hz_facts *facts, hz_fact fact)
{
    *HZ_PUSH(facts->arena, &facts->list) = fact;
}

/* ---- Alternatives ---- */

/* What holds in each of several cases: begun, a call of `alternative` behind each, ended. */
typedef struct cases {
    uint32_t known;  /* facts before */
    hz_fact *kept;   /* what held in all so far */
    uint32_t count;
    bool any;        /* one of them is possible */
} cases;

static cases begin_cases(const hz_facts *facts)
{
    return (cases){.known = facts->list.count};
}

/* What the facts from known on say about the same as fact; NULL: nothing. */
static const hz_fact *same_matter(const hz_facts *facts, uint32_t known, const hz_fact *fact)
{
    for (uint32_t i = facts->list.count; i > known; i--) {
        const hz_fact *other = &facts->list.at[i - 1];
        bool name = fact->test == NULL && other->test == NULL && other->symbol == fact->symbol;
        if (name || (fact->test != NULL && other->test != NULL && hz_ast_same(fact->test, other->test))) return other;
    }
    return NULL;
}

static void keep_first(hz_facts *facts, cases *c)
{
    uint32_t count = facts->list.count - c->known;
    if (count > KEPT_MOST) count = KEPT_MOST;
    c->kept = HZ_NEW_MANY(facts->arena, hz_fact, count);
    for (uint32_t i = 0; i < count; i++) {
        const hz_fact *fact = &facts->list.at[c->known + i];
        if (same_matter(facts, c->known, fact) == fact) c->kept[c->count++] = *fact;
    }
}

static void alternative(hz_facts *facts, cases *c, bool possible)
{
    uint32_t count = 0;
    if (possible && !c->any) {
        keep_first(facts, c);
    } else if (possible) {
        for (uint32_t i = 0; i < c->count; i++) {
            const hz_fact *other = same_matter(facts, c->known, &c->kept[i]);
            if (other == NULL) continue;
            c->kept[count] = c->kept[i];
            c->kept[count].can = hz_can_either(c->kept[i].can, other->can);
            if (c->kept[i].test == NULL || hz_can_one(c->kept[count].can)) count++;
        }
        c->count = count;
    }
    c->any = c->any || possible;
    facts->list.count = c->known;
}

static bool end_cases(hz_facts *facts, const cases *c)
{
    for (uint32_t i = 0; i < c->count; i++) learn(facts, c->kept[i]);
    return c->any;
}

/* ---- Logic ---- */

/* Where the outcome of `and` or `or` lies in can: one side decides, or neither does. */
static bool assume_logic(hz_facts *facts, const hz_ast *ast, hz_can can)
{
    const hz_ast *a = ast->child[0], *b = ast->child[1];
    bool both = ast->op == HZ_AST_AND;
    const hz_can decides = both ? HZ_CAN_FALSE : HZ_CAN_TRUE, neutral = both ? HZ_CAN_TRUE : HZ_CAN_FALSE;
    const hz_can open = {neutral.values, true}, null = {0, true};
    cases c = begin_cases(facts);
    if (can.values == neutral.values && !can.null) return hz_facts_assume(facts, a, neutral) && hz_facts_assume(facts, b, neutral);
    if ((can.values & decides.values) != 0) {
        alternative(facts, &c, hz_facts_assume(facts, a, decides));
        alternative(facts, &c, hz_facts_assume(facts, a, open) && hz_facts_assume(facts, b, decides));
    }
    if ((can.values & neutral.values) != 0 && can.null) {
        alternative(facts, &c, hz_facts_assume(facts, a, open) && hz_facts_assume(facts, b, open));
    } else if (can.null) {
        alternative(facts, &c, hz_facts_assume(facts, a, null) && hz_facts_assume(facts, b, open));
        alternative(facts, &c, hz_facts_assume(facts, a, neutral) && hz_facts_assume(facts, b, null));
    } else if ((can.values & neutral.values) != 0) {
        alternative(facts, &c, hz_facts_assume(facts, a, neutral) && hz_facts_assume(facts, b, neutral));
    }
    return end_cases(facts, &c);
}

static bool assume_choice(hz_facts *facts, const hz_ast *ast, hz_can can)
{
    cases c = begin_cases(facts);
    alternative(facts, &c, hz_facts_assume(facts, ast->child[0], HZ_CAN_TRUE) && hz_facts_assume(facts, ast->child[1], can));
    alternative(facts, &c, hz_facts_assume(facts, ast->child[0], HZ_CAN_NOT_TRUE) && hz_facts_assume(facts, ast->child[2], can));
    return end_cases(facts, &c);
}

static bool assume_table(hz_facts *facts, const hz_ast *ast, hz_can can)
{
    cases c = begin_cases(facts);
    if (ast->compare >= HZ_HIT_SUM || ast->rows != NULL) return true;
    for (uint32_t i = 0; i + 1 < ast->children; i += 2)
        alternative(facts, &c, hz_facts_assume(facts, ast->child[i], HZ_CAN_TRUE) && hz_facts_assume(facts, ast->child[i + 1], can));
    if (ast->children % 2 != 0) alternative(facts, &c, hz_facts_assume(facts, ast->child[ast->children - 1], can));
    return end_cases(facts, &c);
}

/* ---- Comparisons ---- */

/* a is other than the one thing that b is. */
static bool assume_other(hz_facts *facts, const hz_ast *a, const hz_ast *b)
{
    hz_can one = hz_facts_value(facts, b), rest = hz_can_all(&a->type);
    bool listed = a->type.kind == HZ_KIND_CODE || a->type.kind == HZ_KIND_BOOLEAN;
    if (!hz_can_one(one) || (!listed && !one.null)) return true;
    rest.values &= ~one.values;
    if (one.null) rest.null = false;
    return hz_facts_assume(facts, a, rest);
}

static bool assume_equality(hz_facts *facts, const hz_ast *ast, bool equal)
{
    const hz_ast *a = ast->child[0], *b = ast->child[1];
    if (!equal) return assume_other(facts, a, b) && assume_other(facts, b, a);
    return hz_facts_assume(facts, a, hz_facts_value(facts, b)) && hz_facts_assume(facts, b, hz_facts_value(facts, a));
}

static bool assume_among(hz_facts *facts, const hz_ast *ast, bool passes)
{
    const hz_ast *x = ast->child[0];
    hz_can some = {0, false}, rest = hz_can_all(&x->type);
    bool exact = true;
    if (x->type.kind == HZ_KIND_LIST) return true;
    for (uint32_t i = 1; i < ast->children; i++) some = hz_can_either(some, hz_facts_passes(facts, x, ast->child[i], &exact));
    if (passes) return hz_facts_assume(facts, x, some);
    if (!exact) return true;
    rest.values &= ~some.values;
    if (some.null) rest.null = false;
    return hz_facts_assume(facts, x, rest);
}

/* What is null just where an operand is, is not null. */
static bool assume_operands(hz_facts *facts, const hz_ast *ast)
{
    bool possible = true;
    for (uint32_t i = 0; i < ast->children && possible; i++) {
        hz_can some = hz_can_all(&ast->child[i]->type);
        some.null = false;
        possible = hz_facts_assume(facts, ast->child[i], some);
    }
    return possible;
}

static bool assume_test(hz_facts *facts, const hz_ast *ast, hz_can can)
{
    bool possible = true, outcome = can.values == HZ_CAN_TRUE.values;
    if (can.null || !hz_can_one(can)) return !hz_can_nothing(hz_can_both(can, hz_facts_value(facts, ast)));
    if (ast->op == HZ_AST_EQ || ast->op == HZ_AST_NE) possible = assume_equality(facts, ast, outcome == (ast->op == HZ_AST_EQ));
    else if (ast->op == HZ_AST_IN) possible = assume_among(facts, ast, outcome);
    else if (hz_ast_strict(ast)) possible = assume_operands(facts, ast);
    learn(facts, (hz_fact){.test = ast, .can = can});
    return possible;
}

/* ---- Names ---- */

static bool assume_gives(hz_facts *facts, uint32_t symbol, hz_can can)
{
    cases c = begin_cases(facts);
    for (uint32_t i = 0;; i++) {
        const hz_ast *formula = facts->formula(facts->context, symbol, i);
        if (formula == NULL) break;
        alternative(facts, &c, hz_facts_assume(facts, formula, can));
    }
    return end_cases(facts, &c);
}

bool hz_facts_assume_name(hz_facts *facts, uint32_t symbol, const hz_type *type, hz_can can)
{
    hz_can before = hz_facts_said(facts, symbol, type), after = hz_can_both(before, can);
    if (hz_can_nothing(after)) return false;
    if (after.values == before.values && after.null == before.null) return true;
    learn(facts, (hz_fact){.symbol = symbol, .can = after});
    hz_origin origin = facts->origin != NULL ? facts->origin(facts->context, symbol) : HZ_ORIGIN_OPEN;
    const hz_ast *first = origin != HZ_ORIGIN_OPEN ? facts->formula(facts->context, symbol, 0) : NULL;
    if (first == NULL) return true;
    if (origin == HZ_ORIGIN_GIVES) return assume_gives(facts, symbol, after);
    bool is_null = after.values == 0;
    if (!is_null && after.null) return true;
    if (origin == HZ_ORIGIN_EXISTS) return hz_facts_assume(facts, first, is_null ? HZ_CAN_FALSE : HZ_CAN_TRUE);
    hz_can some = hz_can_all(&first->type);
    some.null = false;
    return hz_facts_assume(facts, first, is_null ? (hz_can){0, true} : some);
}

/* ---- Expressions ---- */

static bool assume(hz_facts *facts, const hz_ast *ast, hz_can can)
{
    switch (ast->op) {
    case HZ_AST_NAME: return hz_facts_assume_name(facts, ast->symbol, &ast->type, can);
    case HZ_AST_AND: case HZ_AST_OR: return assume_logic(facts, ast, can);
    case HZ_AST_IF: return assume_choice(facts, ast, can);
    case HZ_AST_TABLE: return assume_table(facts, ast, can);
    case HZ_AST_BOOLEAN: return !hz_can_nothing(hz_can_both(can, hz_facts_value(facts, ast)));
    default: break;
    }
    if (hz_ast_is_not(ast)) {
        hz_can turned = {((can.values & 1) << 1) | (can.values >> 1 & 1), can.null};
        return hz_facts_assume(facts, ast->child[0], turned);
    }
    if (ast->type.kind == HZ_KIND_BOOLEAN) return assume_test(facts, ast, can);
    if (!hz_ast_strict(ast) || can.null) return !hz_can_nothing(hz_can_both(can, hz_facts_value(facts, ast)));
    return assume_operands(facts, ast);
}

bool hz_facts_assume(hz_facts *facts, const hz_ast *ast, hz_can can)
{
    hz_can all = hz_can_all(&ast->type);
    if (ast->type.kind == HZ_KIND_NONE) return true;
    can = hz_can_both(can, all);
    if (hz_can_nothing(can)) return false;
    if ((can.values == all.values && can.null == all.null) || !hz_facts_enter(facts)) return true;
    bool possible = assume(facts, ast, can);
    hz_facts_leave(facts);
    return possible;
}

bool hz_facts_assume_any(hz_facts *facts, const hz_ast *const *conditions, uint32_t count)
{
    cases c = begin_cases(facts);
    facts->work = facts->depth = 0;
    for (uint32_t i = 0; i < count; i++) alternative(facts, &c, hz_facts_assume(facts, conditions[i], HZ_CAN_TRUE));
    return end_cases(facts, &c);
}

bool hz_facts_assume_where(hz_facts *facts, const hz_ast *when, const hz_ast *then)
{
    cases c = begin_cases(facts);
    facts->work = facts->depth = 0;
    if (when == NULL) return hz_facts_assume(facts, then, HZ_CAN_TRUE);
    alternative(facts, &c, hz_facts_assume(facts, when, HZ_CAN_FALSE));
    alternative(facts, &c, hz_facts_assume(facts, then, HZ_CAN_TRUE));
    return end_cases(facts, &c);
}
