/* check_gaps.c - gaps of all tables of a plan, version by version. A claim that eligibility refuses is refused whatever its
 * tables say, so what the conditions of the whole claim prove bounds the tables that no condition reads. Called by
 * check_plan.c.
 */
#include "program/gap.h"

/* Marks the names that an expression is made of. */
static void mark(hz_checker *checker, const hz_ast *ast, bool *read)
{
    if (ast == NULL) return;
    if (ast->op == HZ_AST_NAME && !read[ast->symbol]) {
        read[ast->symbol] = true;
        for (uint32_t i = 0;; i++) {
            const hz_ast *formula = hz_origin_formula(checker, ast->symbol, i);
            if (formula == NULL) break;
            mark(checker, formula, read);
        }
    }
    for (uint32_t i = 0; i < ast->children; i++) mark(checker, ast->child[i], read);
}

static void mark_line(hz_checker *checker, const hz_line *line, bool *read)
{
    mark(checker, line->when, read);
    for (uint32_t i = 0; i < line->require.entries.count; i++) mark(checker, line->require.entries.at[i].formula, read);
}

/* What is settled before a refusal, or beside it: checks, conditions. */
static bool *read_by_conditions(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    bool *read = HZ_NEW_MANY(checker->arena, bool, rules->symbols.count);
    for (uint32_t i = 0; i < rules->checks.count; i++) mark_line(checker, &rules->checks.at[i], read);
    for (uint32_t i = 0; i < rules->eligibility.count; i++) mark_line(checker, &rules->eligibility.at[i], read);
    return read;
}

static bool is_read(const hz_checker *checker, const hz_table *table, const bool *read)
{
    const hz_plan_model *rules = checker->plan->rules;
    for (uint32_t k = 0; k < table->output_count; k++)
        if (read[hz_map_find(&rules->symbol_map, rules->outputs.at[table->first_output + k].name)]) return true;
    return false;
}

static bool covers(hz_window all, hz_window part)
{
    return all.from <= part.from && all.until >= part.until;
}

static hz_window version_window(const hz_history *history, uint32_t version)
{
    int32_t until = version + 1 < history->entries.count ? history->entries.at[version + 1].since.day : HZ_DATE_MAX + 1;
    return (hz_window){version == 0 ? HZ_DATE_MIN : history->entries.at[version].since.day, until};
}

/* A condition in a window: one of its versions there, which a `when` may hold back. */
static bool know_condition(hz_checker *checker, const hz_line *line, hz_window window)
{
    uint32_t count = 0;
    const hz_ast **formulas = HZ_NEW_MANY(checker->arena, const hz_ast *, line->require.entries.count);
    for (uint32_t k = 0; k < line->require.entries.count; k++) {
        hz_window version = hz_window_overlap(version_window(&line->require, k), window);
        if (version.from >= version.until) continue;
        formulas[count] = line->require.entries.at[k].formula;
        if (formulas[count++] == NULL) return true;
    }
    if (count == 1) return hz_facts_assume_where(&checker->env.facts, line->when, formulas[0]);
    return line->when != NULL || count == 0 || hz_facts_assume_any(&checker->env.facts, formulas, count);
}

/* Conditions of the whole claim that hold all through a window; false: they cannot, with what is known already. */
static bool know_eligible(hz_checker *checker, hz_window window)
{
    const hz_plan_model *rules = checker->plan->rules;
    bool possible = true;
    for (uint32_t i = 0; i < rules->eligibility.count && possible; i++) {
        const hz_line *line = &rules->eligibility.at[i];
        bool whole = line->scope.count == 0 && covers(hz_life_window(rules, &line->life), window);
        if (whole && line->require.dated_by.len == 0) possible = know_condition(checker, line, window);
    }
    return possible;
}

static void check_version(hz_checker *checker, const hz_table *table, uint32_t version, bool eligible)
{
    hz_window life = hz_life_window(checker->plan->rules, NULL);
    bool own = table->history.dated_by.len > 0;
    hz_window window = own ? life : hz_window_overlap(life, version_window(&table->history, version));
    uint32_t known = checker->env.facts.list.count;
    if (window.from >= window.until) return;
    checker->within = window;
    hz_check_gap(checker, table, version, window, eligible ? know_eligible : NULL);
    checker->within = HZ_ALL_DAYS;
    checker->env.facts.list.count = known;
}

void hz_check_gaps(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    const bool *read = read_by_conditions(checker);
    for (uint32_t i = 0; i < rules->tables.count; i++) {
        const hz_table *table = &rules->tables.at[i];
        bool eligible = !is_read(checker, table, read);
        for (uint32_t v = 0; v < table->versions.count && table->hit != HZ_HIT_COUNT; v++)
            if (table->history.entries.at[v].state == HZ_ENTRY_VALUE && !table->versions.at[v].has_otherwise) check_version(checker, table, v, eligible);
    }
}
