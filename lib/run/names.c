/* names.c - what the names of a plan are called, in which unit they count, and what they hold in one answer. Called by
 * everything that writes for people.
 *
 * Values have no unit in the file: theirs is worked out from the formula (days × CNY/day is CNY), to be shown, never to
 * be computed with.
 */
#include "run/say.h"

#include "feel/check.h"

static const hz_symbol *symbol_at(const hz_plan *plan, uint32_t symbol)
{
    return &plan->rules->symbols.at[symbol];
}

hz_str hz_symbol_label(const hz_plan *plan, uint32_t symbol, uint32_t language)
{
    const hz_plan_model *rules = plan->rules;
    uint32_t index = symbol_at(plan, symbol)->index;
    switch (symbol_at(plan, symbol)->kind) {
    case HZ_SYMBOL_INPUT: return hz_in_language(&rules->inputs.at[index].label, language);
    case HZ_SYMBOL_PARAMETER: return hz_in_language(&rules->parameters.at[index].label, language);
    case HZ_SYMBOL_SCALE: return hz_in_language(&rules->scales.at[index].label, language);
    case HZ_SYMBOL_VALUE: return hz_in_language(&rules->values.at[index].label, language);
    case HZ_SYMBOL_COUNTER: return hz_in_language(&rules->counters.at[index].label, language);
    case HZ_SYMBOL_BENEFIT: return hz_in_language(&rules->benefits.at[index].label, language);
    case HZ_SYMBOL_FEE: return hz_in_language(&rules->fees.at[index].label, language);
    case HZ_SYMBOL_OUTPUT: return hz_in_language(&rules->outputs.at[index].label, language);
    default: return hz_say(HZ_SAY_TOTAL, language);
    }
}

const hz_revision *hz_revision_on(const hz_plan_model *rules, int32_t date)
{
    const hz_revision *in_force = NULL;
    for (uint32_t i = 0; i < rules->revisions.count; i++)
        if (rules->revisions.at[i].since.day <= date)
            in_force = &rules->revisions.at[i];
    return in_force;
}

/* ---- Units ---- */

typedef struct units {
    const hz_plan *plan;
    uint32_t steps; /* left: values that use values twice must not cost double each time */
} units;

static hz_str unit_of(units *u, const hz_ast *ast);

static hz_str unit_of_history(units *u, const hz_history *history)
{
    hz_str unit = HZ_STR("");
    for (uint32_t i = 0; i < history->entries.count && unit.len == 0; i++)
        if (history->entries.at[i].formula != NULL)
            unit = unit_of(u, history->entries.at[i].formula);
    return unit;
}

static hz_str unit_of_symbol(units *u, uint32_t symbol)
{
    const hz_plan_model *rules = u->plan->rules;
    uint32_t index = symbol_at(u->plan, symbol)->index;
    switch (symbol_at(u->plan, symbol)->kind) {
    case HZ_SYMBOL_INPUT: {
        const hz_input *input = &rules->inputs.at[index];
        return input->input_type == HZ_INPUT_MONEY ? u->plan->ruleset->currency : input->unit;
    }
    case HZ_SYMBOL_PARAMETER: return rules->parameters.at[index].unit;
    case HZ_SYMBOL_SCALE: return rules->scales.at[index].unit;
    case HZ_SYMBOL_COUNTER: return rules->counters.at[index].unit;
    case HZ_SYMBOL_OUTPUT: return rules->outputs.at[index].unit;
    case HZ_SYMBOL_VALUE: return unit_of_history(u, &rules->values.at[index].history);
    default: return u->plan->ruleset->currency;
    }
}

/* "CNY" of "CNY/day", "" of "CNY". */
static hz_str numerator(hz_str unit)
{
    const char *slash = unit.len > 0 ? memchr(unit.at, '/', unit.len) : NULL;
    return slash != NULL ? hz_str_part(unit, 0, (size_t)(slash - unit.at)) : HZ_STR("");
}

static bool is_pure(hz_str unit)
{
    return unit.len == 0 || hz_str_is(unit, "%");
}

static hz_str unit_of_product(units *u, const hz_ast *ast)
{
    hz_str a = unit_of(u, ast->child[0]), b = unit_of(u, ast->child[1]);
    if (is_pure(a) && is_pure(b))
        return HZ_STR("");
    if (is_pure(a) || is_pure(b))
        return is_pure(a) ? b : a;
    return numerator(a).len > 0 ? numerator(a) : numerator(b);
}

static hz_str unit_of_quotient(units *u, const hz_ast *ast)
{
    hz_str a = unit_of(u, ast->child[0]), b = unit_of(u, ast->child[1]);
    return is_pure(b) ? a : HZ_STR("");
}

/* The first of some children that has a unit. */
static hz_str unit_of_children(units *u, const hz_ast *ast, uint32_t begin, uint32_t end)
{
    hz_str unit = HZ_STR("");
    for (uint32_t i = begin; i < end && i < ast->children && unit.len == 0; i++) unit = unit_of(u, ast->child[i]);
    return unit;
}

static hz_str unit_of_call(units *u, const hz_ast *ast)
{
    bool choice = ast->builtin == HZ_FN_MIN || ast->builtin == HZ_FN_MAX;
    return unit_of_children(u, ast, 0, choice ? ast->children : 1);
}

static hz_str unit_of(units *u, const hz_ast *ast)
{
    if (ast->type.kind != HZ_KIND_NUMBER || u->steps == 0)
        return HZ_STR("");
    u->steps--;
    switch (ast->op) {
    case HZ_AST_NAME: return unit_of_symbol(u, ast->symbol);
    case HZ_AST_NEGATE: case HZ_AST_ADD: case HZ_AST_SUB: return unit_of_children(u, ast, 0, 2);
    case HZ_AST_IF: return unit_of_children(u, ast, 1, 3);
    case HZ_AST_MUL: return unit_of_product(u, ast);
    case HZ_AST_DIV: return unit_of_quotient(u, ast);
    case HZ_AST_CALL: return unit_of_call(u, ast);
    case HZ_AST_PROPERTY:
        switch (ast->builtin) {
        case HZ_FN_P_YEARS: return HZ_STR("years");
        case HZ_FN_P_MONTHS: return HZ_STR("months");
        case HZ_FN_P_DAYS: return HZ_STR("days");
        case HZ_FN_P_HOURS: return HZ_STR("hours");
        default: return HZ_STR("");
        }
    default: return HZ_STR("");
    }
}

hz_str hz_formula_unit(const hz_plan *plan, const hz_ast *formula)
{
    units u = {plan, 256};
    return unit_of(&u, formula);
}

hz_str hz_symbol_unit(const hz_plan *plan, uint32_t symbol)
{
    units u = {plan, 256};
    return unit_of_symbol(&u, symbol);
}

/* ---- What a name holds ---- */

/* Why there is no value, in a word. */
static hz_str absence(const hz_decision *decision, uint32_t symbol, hz_state state, uint32_t language)
{
    const hz_symbol *named = symbol_at(decision->plan, symbol);
    bool given = named->kind == HZ_SYMBOL_INPUT || named->kind == HZ_SYMBOL_COUNTER;
    bool figure = named->kind == HZ_SYMBOL_PARAMETER || named->kind == HZ_SYMBOL_SCALE;
    switch (state) {
    case HZ_IS_NULL:
        if (named->kind == HZ_SYMBOL_INPUT && decision->plan->rules->inputs.at[named->index].when != NULL)
            return hz_say(HZ_SAY_NOT_NEEDED, language);
        return hz_say(given ? HZ_SAY_NOT_GIVEN : HZ_SAY_NONE, language);
    case HZ_IS_UNKNOWN: return hz_say(figure ? HZ_SAY_UNPUBLISHED : HZ_SAY_OPEN, language);
    case HZ_IS_ERROR: return hz_say(HZ_SAY_NOT_COMPUTABLE, language);
    default: return hz_say(given ? HZ_SAY_NOT_GIVEN : HZ_SAY_OPEN, language);
    }
}

hz_state hz_say_symbol(const hz_decision *decision, uint32_t symbol, bool measure, uint32_t language, hz_buf *out)
{
    const hz_regs *regs = &decision->question->symbol[symbol];
    hz_state state = regs->value == HZ_NO_REG ? HZ_IS_MISSING : hz_machine_state(&decision->machine, regs);
    if (state != HZ_IS_VALUE) {
        hz_buf_add(out, absence(decision, symbol, state, language));
        return state;
    }
    hz_said_value said = {.type = &decision->plan->symbols[symbol].type,
                          .unit = hz_symbol_unit(decision->plan, symbol),
                          .value = hz_machine_int(&decision->machine, regs->value),
                          .wide = hz_machine_number(&decision->machine, regs->value, 0),
                          .text = hz_machine_text(&decision->machine, regs->value)};
    (measure ? hz_say_measure : hz_say_value)(decision->plan->ruleset, &said, language, out);
    return state;
}
