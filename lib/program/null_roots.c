/* null_roots.c - which inputs make a value null: a test of them, `when: x != null`, then proves that the values made of
 * them are not null either. Called by check_plan.c once a name is checked, and for each name that is read.
 *
 * Conservative: a name too many among the roots only proves less. Where a null can come of something else (a literal, a
 * function that has none to give, a version that is `none`) the roots prove nothing: null_else.
 */
#include "program/check_plan.h"

#define ROOTS_MOST 64

typedef struct roots {
    const hz_plan *plan;
    uint32_t at[ROOTS_MOST];
    uint32_t count;
    bool other; /* null_else */
} roots;

static void add(roots *r, uint32_t symbol)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (r->at[i] == symbol) return;
    if (r->count == ROOTS_MOST) r->other = true;
    else r->at[r->count++] = symbol;
}

/* Functions whose result is null only where an argument is. */
static bool strict(const hz_ast *call)
{
    switch (call->builtin) {
    case HZ_FN_ABS: case HZ_FN_FLOOR: case HZ_FN_CEILING: case HZ_FN_DECIMAL: case HZ_FN_ROUND_UP: case HZ_FN_ROUND_DOWN:
    case HZ_FN_ROUND_HALF_UP: case HZ_FN_ROUND_HALF_DOWN: case HZ_FN_NOT: case HZ_FN_MONTHS_DURATION: case HZ_FN_DATE:
        return true;
    case HZ_FN_MIN: case HZ_FN_MAX:
        for (uint32_t i = 0; i < call->children; i++)
            if (call->child[i]->type.kind == HZ_KIND_LIST) return false;
        return call->children > 0;
    default: return false;
    }
}

static void collect(roots *r, const hz_ast *ast)
{
    if ((ast->type.absent & HZ_MAY_NULL) == 0 && ast->type.kind != HZ_KIND_NULL) return;
    switch (ast->op) {
    case HZ_AST_NAME: {
        const hz_symbol_info *info = &r->plan->symbols[ast->symbol];
        r->other |= info->null_else;
        for (uint32_t i = 0; i < info->null_root_count; i++) add(r, info->null_roots[i]);
        return;
    }
    case HZ_AST_NEGATE: case HZ_AST_ADD: case HZ_AST_SUB: case HZ_AST_MUL: case HZ_AST_DIV: case HZ_AST_IF: case HZ_AST_TABLE:
    case HZ_AST_PROPERTY: case HZ_AST_LT: case HZ_AST_LE: case HZ_AST_GT: case HZ_AST_GE: case HZ_AST_AND: case HZ_AST_OR:
    case HZ_AST_BETWEEN:
        break;
    case HZ_AST_CALL:
        if (strict(ast)) break;
        r->other = true;
        return;
    default:
        r->other = true;
        return;
    }
    for (uint32_t i = 0; i < ast->children; i++) collect(r, ast->child[i]);
}

static void collect_history(roots *r, const hz_history *history)
{
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_entry *entry = &history->entries.at[i];
        r->other |= entry->state == HZ_ENTRY_NONE;
        if (entry->formula != NULL) collect(r, entry->formula);
    }
}

void hz_null_roots_find(hz_checker *checker, uint32_t symbol)
{
    const hz_plan_model *rules = checker->plan->rules;
    const hz_symbol *of = &rules->symbols.at[symbol];
    hz_symbol_info *info = &checker->plan->symbols[symbol];
    roots r = {.plan = checker->plan};
    if ((info->type.absent & HZ_MAY_NULL) == 0) return;
    switch (of->kind) {
    case HZ_SYMBOL_INPUT: case HZ_SYMBOL_COUNTER: add(&r, symbol); break;
    case HZ_SYMBOL_VALUE: collect_history(&r, &rules->values.at[of->index].history); break;
    case HZ_SYMBOL_OUTPUT: collect_history(&r, &rules->outputs.at[of->index].history); break;
    case HZ_SYMBOL_SCALE:
        collect_history(&r, &rules->scales.at[of->index].history);
        collect(&r, rules->scales.at[of->index].of);
        break;
    default: r.other = true; break;
    }
    uint32_t *kept = HZ_NEW_MANY(checker->arena, uint32_t, r.count);
    for (uint32_t i = 0; i < r.count; i++) kept[i] = r.at[i];
    info->null_roots = kept;
    info->null_root_count = r.count;
    info->null_else = r.other || r.count == 0;
}

static bool known_not_null(const hz_env *env, uint32_t symbol)
{
    for (uint32_t i = 0; i < env->not_null.count; i++)
        if (env->not_null.at[i] == symbol) return true;
    return false;
}

bool hz_null_roots_rule_out(const hz_checker *checker, uint32_t symbol)
{
    const hz_symbol_info *info = &checker->plan->symbols[symbol];
    if (info->null_else || info->null_root_count == 0) return false;
    for (uint32_t i = 0; i < info->null_root_count; i++)
        if (!known_not_null(&checker->env, info->null_roots[i])) return false;
    return true;
}
