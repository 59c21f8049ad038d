/* check_turn.c - `in turn by`: claims that may touch one counter must be settled one after another, and columns split
 * by the turn. So the key of every counter holds the turn (its name, or a value that is nothing else) or determines it: a
 * member is of one household. That a key input does no file can say, so it is a warning; a key without any key input
 * determines nothing. Of a package, the same goes for the counters of its parts. Called by check_items.c.
 */
#include "program/check_plan.h"

/* A name is the turn itself, also through values. */
static bool is_turn(const hz_plan_model *rules, hz_str name, hz_str turn, uint32_t steps)
{
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    if (hz_str_eq(name, turn)) return true;
    if (symbol == HZ_MAP_NONE || rules->symbols.at[symbol].kind != HZ_SYMBOL_VALUE || steps == 0) return false;
    const hz_history *history = &rules->values.at[rules->symbols.at[symbol].index].history;
    bool all = history->entries.count > 0;
    for (uint32_t i = 0; i < history->entries.count && all; i++) {
        const hz_ast *formula = history->entries.at[i].formula;
        all = formula != NULL && formula->op == HZ_AST_NAME && is_turn(rules, formula->text, turn, steps - 1);
    }
    return all;
}

/* What a key can be made of; anything else is reported with the counter. */
static bool fits_key(const hz_plan_model *rules, hz_str name)
{
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    uint8_t kind = symbol != HZ_MAP_NONE ? rules->symbols.at[symbol].kind : HZ_SYMBOL_TOTAL;
    return kind == HZ_SYMBOL_INPUT || kind == HZ_SYMBOL_VALUE || kind == HZ_SYMBOL_OUTPUT;
}

static bool holds_turn(const hz_plan_model *rules, const hz_counter *counter, hz_str turn)
{
    bool holds = counter->per.count == 0;
    for (uint32_t i = 0; i < counter->per.count && !holds; i++)
        holds = !fits_key(rules, counter->per.at[i].name) || is_turn(rules, counter->per.at[i].name, turn, 10);
    return holds;
}

/* "member, event": a key as it is written. */
static hz_str key_of(const hz_checker *checker, const hz_counter *counter)
{
    hz_str key = HZ_STR("");
    for (uint32_t i = 0; i < counter->per.count; i++)
        key = hz_arena_printf(checker->arena, "%.*s%s%.*s", HZ_ARG(key), i > 0 ? ", " : "", HZ_ARG(counter->per.at[i].name));
    return key;
}

/* Some part of the key is an input of type key, which may determine the turn. */
static bool may_determine(const hz_plan_model *rules, const hz_counter *counter)
{
    for (uint32_t i = 0; i < counter->per.count; i++)
        for (uint32_t k = 0; k < rules->inputs.count; k++)
            if (rules->inputs.at[k].input_type == HZ_INPUT_KEY && is_turn(rules, counter->per.at[i].name, rules->inputs.at[k].name, 10)) return true;
    return false;
}

/* A key input that the keys of all counters hold; empty: there is none. */
static hz_str common_turn(const hz_plan_model *rules)
{
    for (uint32_t i = 0; i < rules->inputs.count; i++) {
        const hz_input *input = &rules->inputs.at[i];
        bool all = input->input_type == HZ_INPUT_KEY;
        for (uint32_t k = 0; k < rules->counters.count && all; k++) all = holds_turn(rules, &rules->counters.at[k], input->name);
        if (all) return input->name;
    }
    return HZ_STR("");
}

static void check_counters(hz_checker *checker, hz_str turn)
{
    const hz_plan_model *rules = checker->plan->rules;
    hz_str common = common_turn(rules);
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        const hz_counter *counter = &rules->counters.at[i];
        if (holds_turn(rules, counter, turn)) continue;
        hz_str key = key_of(checker, counter);
        hz_diag *diag = may_determine(rules, counter)
                            ? hz_warn(checker->diags, HZ_E_TURN, counter->per.at[0].span, "nothing says that the key of counter `%.*s`, [%.*s], determines `%.*s`, which claims are settled in turn by", HZ_ARG(counter->name), HZ_ARG(key), HZ_ARG(turn))
                            : hz_error(checker->diags, HZ_E_TURN, counter->per.at[0].span, "the key of counter `%.*s`, [%.*s], does not hold `%.*s`, which claims are settled in turn by", HZ_ARG(counter->name), HZ_ARG(key), HZ_ARG(turn));
        if (common.len > 0) hz_diag_hint(checker->diags, diag, "the keys of all counters hold `%.*s`: in turn by: %.*s", HZ_ARG(common), HZ_ARG(common));
        else hz_diag_hint(checker->diags, diag, "add it to the key, per: [%.*s, %.*s], or say `in turn by` of something coarser that all keys hold", HZ_ARG(turn), HZ_ARG(key));
    }
}

/* ---- Packages ---- */

/* What the package hands to an input of a part: its own of that name, unless `set` says another thing. */
static bool is_turn_in_part(const hz_part *part, hz_str input, hz_str turn)
{
    for (uint32_t i = 0; i < part->sets.count; i++) {
        const hz_ast *formula = part->sets.at[i].formula;
        if (hz_str_eq(part->sets.at[i].input.name, input)) return formula != NULL && formula->op == HZ_AST_NAME && hz_str_eq(formula->text, turn);
    }
    return hz_str_eq(input, turn);
}

static void check_part_turn(hz_checker *checker, const hz_part *part, hz_str turn)
{
    const hz_plan_model *rules = part->rules;
    for (uint32_t i = 0; rules != NULL && i < rules->counters.count; i++) {
        const hz_counter *counter = &rules->counters.at[i];
        bool holds = rules->in_turn_by.name.len > 0 && !holds_turn(rules, counter, rules->in_turn_by.name); /* reported there */
        for (uint32_t k = 0; k < rules->inputs.count && !holds; k++)
            holds = is_turn_in_part(part, rules->inputs.at[k].name, turn) && holds_turn(rules, counter, rules->inputs.at[k].name);
        if (holds) continue;
        hz_str key = key_of(checker, counter);
        /* It holds its plan's turn, a key input, and that may determine the package's. */
        hz_diag *diag = hz_warn(checker->diags, HZ_E_TURN, part->span, "nothing says that the key of counter `%.*s` of this part, [%.*s], determines `%.*s`, which the package's claims are settled in turn by",
                                HZ_ARG(counter->name), HZ_ARG(key), HZ_ARG(turn));
        hz_diag_hint(checker->diags, diag, "say `in turn by` of something coarser, which the keys of all parts hold");
        hz_diag_relate(checker->diags, diag, counter->name_span, "the counter");
    }
}

void hz_check_turn(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    const hz_name_ref *turn = &rules->in_turn_by;
    if (turn->name.len == 0) {
        if (rules->counters.count == 0) return;
        hz_diag *diag = hz_error(checker->diags, HZ_E_TURN, rules->counters.at[0].name_span, "a plan with counters says `in turn by`");
        hz_diag_hint(checker->diags, diag, "in turn by: the key input whose claims are settled one after another");
        return;
    }
    uint32_t symbol = hz_check_symbol_named(checker, turn->name, turn->span);
    if (symbol == HZ_MAP_NONE) return;
    const hz_symbol *of = &rules->symbols.at[symbol];
    bool key = of->kind == HZ_SYMBOL_INPUT && rules->inputs.at[of->index].input_type == HZ_INPUT_KEY;
    if (!key) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_TURN, turn->span, "`in turn by` names an input of type key, and `%.*s` is none", HZ_ARG(turn->name));
        hz_str common = common_turn(rules);
        if (common.len > 0 && rules->counters.count > 0) hz_diag_hint(checker->diags, diag, "the keys of all counters hold `%.*s`", HZ_ARG(common));
        return;
    }
    check_counters(checker, turn->name);
    for (uint32_t i = 0; i < rules->parts.count; i++) check_part_turn(checker, &rules->parts.at[i], turn->name);
}
