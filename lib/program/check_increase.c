/* check_increase.c - `increases with`: what a benefit says of itself is proved, or refused with the place that is in the
 * way. Called by check_plan.c for plans without errors.
 */
#include "program/increase.h"

static void report(hz_checker *checker, const hz_benefit *benefit, const hz_name_ref *with, hz_way way)
{
    hz_diag *diag;
    if (way.direction == HZ_FALLS)
        diag = hz_error(checker->diags, HZ_E_INCREASES, with->span, "`%.*s` can fall where `%.*s` rises", HZ_ARG(benefit->name), HZ_ARG(with->name));
    else
        diag = hz_error(checker->diags, HZ_E_INCREASES, with->span, "it is not proved that `%.*s` never falls where `%.*s` rises", HZ_ARG(benefit->name), HZ_ARG(with->name));
    hz_diag_hint(checker->diags, diag, "mend the formula, or leave `%.*s` out of `increases with`", HZ_ARG(with->name));
    if (way.why != NULL) hz_diag_relate(checker->diags, diag, way.at, "%s", way.why);
}

static bool can_rise(const hz_type *type)
{
    return type->kind == HZ_KIND_NUMBER || type->kind == HZ_KIND_DATE || type->kind == HZ_KIND_BOOLEAN;
}

static void check(hz_checker *checker, const hz_benefit *benefit, const hz_name_ref *with)
{
    const hz_plan_model *rules = checker->plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, with->name);
    if (symbol == HZ_MAP_NONE) return;
    const hz_type *type = &checker->plan->symbols[symbol].type;
    if (rules->symbols.at[symbol].kind != HZ_SYMBOL_INPUT || !can_rise(type)) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_INCREASES, with->span, "`increases with` names inputs that can rise, and `%.*s` is %s", HZ_ARG(with->name),
                                 rules->symbols.at[symbol].kind != HZ_SYMBOL_INPUT ? "no input" : hz_arena_printf(checker->arena, "a %s", hz_kind_name((hz_kind)type->kind)).at);
        hz_diag_hint(checker->diags, diag, "name an input that is a number, a date or a boolean");
        return;
    }
    hz_rise rise = {.checker = checker, .symbol = symbol, .ways = HZ_NEW_MANY(checker->arena, hz_way, rules->symbols.count),
                    .known = HZ_NEW_MANY(checker->arena, bool, rules->symbols.count)};
    uint32_t facts = checker->env.facts.list.count;
    hz_can given = hz_can_all(type);
    given.null = false;
    *HZ_PUSH(checker->arena, &checker->env.facts.list) = (hz_fact){.symbol = symbol, .can = given};
    hz_way way = hz_increase_of_benefit(&rise, benefit);
    checker->env.facts.list.count = facts;
    if (way.direction == HZ_FALLS || way.direction == HZ_OPEN) report(checker, benefit, with, way);
}

void hz_check_increases(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    for (uint32_t i = 0; i < rules->benefits.count; i++)
        for (uint32_t k = 0; k < rules->benefits.at[i].increases_with.count; k++)
            check(checker, &rules->benefits.at[i], &rules->benefits.at[i].increases_with.at[k]);
}
