/* check_items.c - the items of a plan that are not names: checks, conditions, benefits, caps, counters, fees, notes,
 * and the names in their texts. Called by check_plan.c. */
#include "program/check_plan.h"

#include "source/suggest.h"
#include "value/number_type.h"

static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
static const hz_type number = {.kind = HZ_KIND_NUMBER};

static uint8_t symbol_kind(const hz_checker *checker, uint32_t symbol)
{
    return checker->plan->rules->symbols.at[symbol].kind;
}

static bool failed(const hz_checker *checker, uint32_t symbol)
{
    return checker->plan->symbols[symbol].type.kind == HZ_KIND_NONE;
}

/* What `when` proves holds for what it guards. Returns the number of facts to cut back to. */
static uint32_t check_when(hz_checker *checker, hz_ast *when)
{
    uint32_t known = checker->env.facts.list.count;
    if (when != NULL && hz_check_formula(checker, when, &boolean) != NULL) hz_feel_narrow(&checker->env, when, HZ_CAN_TRUE);
    return known;
}

static void check_template(hz_checker *checker, const hz_template *text)
{
    for (uint32_t i = 0; i < text->parts.count; i++)
        if (text->parts.at[i].is_name) hz_check_symbol_named(checker, text->parts.at[i].text, text->parts.at[i].span);
}

static void check_texts(hz_checker *checker, const hz_line *line)
{
    check_template(checker, &line->zh);
    check_template(checker, &line->en);
}

static bool is_part(const hz_plan_model *rules, hz_str name)
{
    for (uint32_t i = 0; i < rules->parts.count; i++)
        if (hz_str_eq(rules->parts.at[i].plan, name)) return true;
    return false;
}

/* `for` with a name that nothing has; of a package, that is no part of it. */
static void refuse_scope(hz_checker *checker, hz_name_ref name)
{
    const hz_plan_model *rules = checker->plan->rules;
    bool package = rules->parts.count > 0;
    hz_suggest suggest;
    hz_diag *diag = package ? hz_error(checker->diags, HZ_E_PART, name.span, "`%.*s` is no part of this package", HZ_ARG(name.name))
                            : hz_error(checker->diags, HZ_E_UNKNOWN_NAME, name.span, "there is no name `%.*s`", HZ_ARG(name.name));
    hz_suggest_begin(&suggest, name.name);
    hz_suggest_offer(&suggest, HZ_STR("enrolment"));
    hz_suggest_offer(&suggest, HZ_STR("claim"));
    for (uint32_t i = 0; i < rules->benefits.count; i++) hz_suggest_offer(&suggest, rules->benefits.at[i].name);
    for (uint32_t i = 0; i < rules->parts.count; i++) hz_suggest_offer(&suggest, rules->parts.at[i].plan);
    if (suggest.best.at != NULL) hz_diag_hint(checker->diags, diag, "did you mean `%.*s`?", HZ_ARG(suggest.best));
    else hz_diag_hint(checker->diags, diag, "`for` names %s, `claim` or `enrolment`", package ? "parts" : "benefits");
}

static void check_scope(hz_checker *checker, const hz_line *line)
{
    for (uint32_t i = 0; i < line->scope.count; i++) {
        hz_name_ref name = line->scope.at[i];
        if (hz_str_is(name.name, "enrolment") || hz_str_is(name.name, "claim")) continue;
        if (is_part(checker->plan->rules, name.name)) continue;
        if (checker->plan->rules->parts.count > 0 || hz_map_find(&checker->plan->rules->symbol_map, name.name) == HZ_MAP_NONE) {
            refuse_scope(checker, name);
            continue;
        }
        uint32_t symbol = hz_check_symbol_named(checker, name.name, name.span);
        if (symbol_kind(checker, symbol) != HZ_SYMBOL_BENEFIT)
            hz_error(checker->diags, HZ_E_CONTEXT, name.span, "`for` names benefits, `claim` or `enrolment`, and `%.*s` is none", HZ_ARG(name.name));
    }
}

/* A benefit's `when`, checked once; NULL: it has none, or a wrong one. */
static const hz_ast *when_of_benefit(hz_checker *checker, uint32_t index)
{
    enum { UNTOUCHED, GOOD, BAD };
    const hz_benefit *benefit = &checker->plan->rules->benefits.at[index];
    hz_window asks = checker->asks;
    if (benefit->when == NULL) return NULL;
    if (checker->whens[index] == UNTOUCHED) {
        hz_facts known = checker->env.facts;
        checker->env.facts.list.count = 0;
        checker->env.facts.list.at = NULL;
        checker->env.facts.list.room = 0;
        checker->asks = hz_life_window(checker->plan->rules, &benefit->life);
        checker->whens[index] = hz_check_formula(checker, benefit->when, &boolean) != NULL ? GOOD : BAD;
        checker->env.facts = known;
        checker->asks = asks;
    }
    return checker->whens[index] == GOOD ? benefit->when : NULL;
}

/* Conditions for benefits, and caps over them, matter only where one of these is asked. */
static void know_asked(hz_checker *checker, const hz_name_refs *names)
{
    const hz_plan_model *rules = checker->plan->rules;
    const hz_ast **whens = HZ_NEW_MANY(checker->arena, const hz_ast *, names->count);
    for (uint32_t i = 0; i < names->count; i++) {
        uint32_t symbol = hz_map_find(&rules->symbol_map, names->at[i].name);
        if (symbol == HZ_MAP_NONE || symbol_kind(checker, symbol) != HZ_SYMBOL_BENEFIT) return;
        whens[i] = when_of_benefit(checker, rules->symbols.at[symbol].index);
        if (whens[i] == NULL) return;
    }
    hz_facts_assume_any(&checker->env.facts, whens, names->count);
}

static void check_condition(hz_checker *checker, const hz_line *line)
{
    hz_type type;
    uint32_t known = checker->env.facts.list.count;
    checker->asks = hz_life_window(checker->plan->rules, &line->life);
    know_asked(checker, &line->scope);
    check_when(checker, line->when);
    hz_check_history(checker, &line->require, &boolean, checker->asks, &type);
    if (line->require.entries.count > 0 && (type.absent & HZ_MAY_NULL) != 0)
        hz_error(checker->diags, HZ_E_NOT_IN_FORCE, line->code_span, "`none` cannot be a condition; end it with `until`");
    checker->env.facts.list.count = known;
    check_scope(checker, line);
    check_texts(checker, line);
}

/* ---- Money ---- */

/* "6 decimals", or "any number of decimals". */
static const char *decimals_of(const hz_checker *checker, const hz_type *type)
{
    if (type->ragged) return "any number of decimals";
    return hz_arena_printf(checker->arena, "%d decimal%s", (int)type->scale, type->scale == 1 ? "" : "s").at;
}

/* The first version that may be null. */
static const hz_ast *nullable_version(const hz_history *history)
{
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_ast *formula = history->entries.at[i].formula;
        if (formula != NULL && ((formula->type.absent & HZ_MAY_NULL) != 0 || formula->type.kind == HZ_KIND_NULL)) return formula;
    }
    return NULL;
}

/* An amount of money: never null, with as many decimals as the currency or rounded. may_be_negative: what a benefit says;
 * NULL for what cannot. */
static void check_amount(hz_checker *checker, const hz_history *amount, const hz_type *type, const hz_round *own, const bool *may_be_negative)
{
    hz_span span = amount->entries.count > 0 ? amount->entries.at[0].span : amount->span;
    if (type->kind == HZ_KIND_NULL && type->absent == HZ_MAY_UNKNOWN) return; /* nobody published any version */
    if ((type->absent & HZ_MAY_NULL) != 0) {
        hz_hint_null(checker, hz_error(checker->diags, HZ_E_MAY_BE_NULL, span, "this amount may be null"), nullable_version(amount), false);
    }
    const hz_round *round = hz_plan_round(checker->plan, own);
    if (!round->given && (type->ragged || type->scale > checker->model->currency_scale)) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_ROUND, span, "this amount can have %s, and %.*s has %d", decimals_of(checker, type),
                                 HZ_ARG(checker->model->currency), (int)checker->model->currency_scale);
        hz_diag_hint(checker->diags, diag, "say how it is rounded: round: {to: 0.01, mode: half up, source: …}");
        return;
    }
    if (type->lo < 0 && (may_be_negative == NULL || !*may_be_negative)) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_NEGATIVE, span, "this amount can be negative");
        hz_diag_hint(checker->diags, diag, may_be_negative != NULL ? "write max(0, …), or, where the benefit takes back, `may be negative: true` beside it" : "write max(0, …)");
    }
    const hz_type paid = hz_amount_type(checker->plan, type, own);
    if (!paid.wide) return;
    hz_diag *diag = hz_error(checker->diags, HZ_E_WIDE, span, "this amount may need more than 64 bits");
    hz_diag_hint(checker->diags, diag, "give an input a narrower `range`, or name a largest amount: min(…, 1000000)");
}

/* What counters and notes know of a net: from 0, or the least gross, to the largest, rounded. The total is at most their
 * sum; until all are known its lower end is theirs, too (know_total). */
static void set_net(hz_checker *checker, const hz_benefit *benefit, const hz_type *gross)
{
    const hz_plan_model *rules = checker->plan->rules;
    hz_type *net = &checker->plan->symbols[hz_map_find(&rules->symbol_map, benefit->name)].type;
    hz_type *total = &checker->plan->symbols[hz_map_find(&rules->symbol_map, HZ_STR("total"))].type;
    int32_t scale = checker->model->currency_scale;
    const hz_type paid = hz_amount_type(checker->plan, gross, &benefit->round);
    if (paid.wide) return; /* reported as too wide, or not rounded */
    hz_i128 lo = hz_number_low(&paid, scale), hi = hz_number_high(&paid, scale);
    net->lo = lo < 0 ? lo : 0;
    net->hi = hi > 0 ? hi : 0;
    total->lo += net->lo;
    total->hi += net->hi;
    if (!hz_type_fits64(total))
        hz_error(checker->diags, HZ_E_WIDE, benefit->name_span, "the total of the benefits may need more than 64 bits");
}

/* A claim whose total is below 0 is in error (question.c): what reads the total meets none. */
static void know_total(hz_checker *checker)
{
    checker->plan->symbols[hz_map_find(&checker->plan->rules->symbol_map, HZ_STR("total"))].type.lo = 0;
}

static void check_benefit(hz_checker *checker, const hz_benefit *benefit)
{
    hz_type type;
    checker->asks = hz_life_window(checker->plan->rules, &benefit->life);
    uint32_t known = checker->env.facts.list.count;
    const hz_ast *when = when_of_benefit(checker, (uint32_t)(benefit - checker->plan->rules->benefits.at));
    if (when != NULL) hz_feel_narrow(&checker->env, when, HZ_CAN_TRUE);
    if (hz_check_history(checker, &benefit->amount, &number, checker->asks, &type)) {
        check_amount(checker, &benefit->amount, &type, &benefit->round, &benefit->may_be_negative);
        set_net(checker, benefit, &type);
    }
    checker->env.facts.list.count = known;
    for (uint32_t i = 0; i < benefit->increases_with.count; i++)
        hz_check_symbol_named(checker, benefit->increases_with.at[i].name, benefit->increases_with.at[i].span);
}

static void check_fee(hz_checker *checker, const hz_fee *fee)
{
    hz_type type;
    checker->asks = hz_life_window(checker->plan->rules, NULL);
    if (hz_check_history(checker, &fee->amount, &number, checker->asks, &type))
        check_amount(checker, &fee->amount, &type, NULL, NULL);
}

/* ---- Caps ---- */

static hz_str unit_named(const hz_checker *checker, hz_str name)
{
    const hz_plan_model *rules = checker->plan->rules;
    uint32_t at = hz_map_find(&rules->symbol_map, name);
    if (at == HZ_MAP_NONE) return HZ_STR("");
    const hz_symbol *symbol = &rules->symbols.at[at];
    if (symbol->kind == HZ_SYMBOL_PARAMETER) return rules->parameters.at[symbol->index].unit;
    if (symbol->kind == HZ_SYMBOL_SCALE) return rules->scales.at[symbol->index].unit;
    if (symbol->kind == HZ_SYMBOL_COUNTER) return rules->counters.at[symbol->index].unit;
    if (symbol->kind == HZ_SYMBOL_OUTPUT) return rules->outputs.at[symbol->index].unit;
    return symbol->kind == HZ_SYMBOL_BENEFIT ? checker->model->currency : HZ_STR("");
}

/* Limit, counter and what is capped are of one unit, as far as their units are known. */
static void check_units(hz_checker *checker, const hz_line *line)
{
    const hz_entry *entry = line->limit.entries.count > 0 ? &line->limit.entries.at[0] : NULL;
    bool name = entry != NULL && entry->formula != NULL && entry->formula->op == HZ_AST_NAME;
    hz_str limit = name ? unit_named(checker, entry->formula->text) : HZ_STR("");
    hz_str capped = unit_named(checker, line->over.at[0].name), counter = unit_named(checker, line->counts.name);
    if (counter.len > 0 && limit.len > 0 && !hz_str_eq(limit, counter))
        hz_error(checker->diags, HZ_E_CAP, line->counts.span, "`%.*s` counts %.*s, and the limit is in %.*s", HZ_ARG(line->counts.name),
                 HZ_ARG(counter), HZ_ARG(limit));
    else if (counter.len > 0 && capped.len > 0 && !hz_str_eq(capped, counter))
        hz_error(checker->diags, HZ_E_CAP, line->counts.span, "`%.*s` counts %.*s, and what this caps is in %.*s",
                 HZ_ARG(line->counts.name), HZ_ARG(counter), HZ_ARG(capped));
    else if (limit.len > 0 && capped.len > 0 && !hz_str_eq(limit, capped))
        hz_error(checker->diags, HZ_E_CAP, entry->span, "this limit is in %.*s, and what it caps is in %.*s", HZ_ARG(limit), HZ_ARG(capped));
}

/* A limit that is a name alone, or `none`: where that is not in force the cap does not cut. */
static bool is_name(const hz_history *limit)
{
    for (uint32_t i = 0; i < limit->entries.count; i++)
        if (limit->entries.at[i].formula != NULL && limit->entries.at[i].formula->op != HZ_AST_NAME) return false;
    return true;
}

/* Limit and counter are compared at the scale of what is capped, and their difference is taken there. */
static void check_room(hz_checker *checker, const hz_line *line, const hz_type *target, const hz_type *limit, const hz_type *counter)
{
    hz_span span = line->limit.entries.count > 0 ? line->limit.entries.at[0].span : line->code_span;
    hz_type all = *limit;
    if (counter != NULL) hz_number_sub(limit, counter, &all);
    bool fits = hz_number_fits(limit, target->scale) && hz_number_fits(&all, target->scale);
    if (counter != NULL) fits = fits && hz_number_fits(counter, target->scale);
    if (fits) return;
    hz_diag *diag = hz_error(checker->diags, HZ_E_WIDE, span, "this limit with its counter may need more than 64 bits");
    hz_diag_hint(checker->diags, diag, "give an input a narrower `range`, or name a largest limit: min(…, 1000000)");
}

static const hz_type *check_counted(hz_checker *checker, const hz_line *line, const hz_type *target)
{
    uint32_t symbol = hz_check_symbol_named(checker, line->counts.name, line->counts.span);
    if (symbol == HZ_MAP_NONE || failed(checker, symbol)) return NULL;
    const hz_type *type = &checker->plan->symbols[symbol].type;
    if (symbol_kind(checker, symbol) != HZ_SYMBOL_COUNTER || type->kind != HZ_KIND_NUMBER)
        hz_error(checker->diags, HZ_E_CAP, line->counts.span, "`counts` names a counter that is a number, and `%.*s` is none", HZ_ARG(line->counts.name));
    else if (type->scale > target->scale)
        hz_error(checker->diags, HZ_E_CAP, line->counts.span, "`%.*s` has %d decimals, what this caps %d", HZ_ARG(line->counts.name), (int)type->scale, (int)target->scale);
    else return type;
    return NULL;
}

uint8_t hz_check_cap_line(hz_checker *checker, const hz_line *line, const hz_type *target)
{
    hz_type limit;
    hz_window asks = checker->asks;
    uint32_t known = checker->env.facts.list.count;
    checker->asks = hz_life_window(checker->plan->rules, &line->life);
    know_asked(checker, &line->over);
    check_when(checker, line->when);
    checker->none_allowed = is_name(&line->limit);
    bool ok = hz_check_history(checker, &line->limit, &number, checker->asks, &limit);
    checker->none_allowed = false;
    checker->asks = asks;
    checker->env.facts.list.count = known;
    hz_span span = line->limit.entries.count > 0 ? line->limit.entries.at[0].span : line->code_span;
    if (line->over.count > 0) check_units(checker, line);
    const hz_type *counter = line->counts.name.len > 0 ? check_counted(checker, line, target) : NULL;
    if (ok && limit.kind == HZ_KIND_NUMBER && (limit.ragged || limit.scale > target->scale)) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_CAP, span, "this limit can have %s, what it caps %d", decimals_of(checker, &limit), (int)target->scale);
        if (limit.ragged) hz_diag_hint(checker->diags, diag, "round it: round down(…, %d)", (int)target->scale);
    } else if (ok && limit.kind == HZ_KIND_NUMBER) check_room(checker, line, target, &limit, counter);
    uint8_t absent = line->when != NULL ? line->when->type.absent : 0;
    return (uint8_t)((absent | limit.absent | (line->counts.name.len > 0 ? HZ_MAY_MISS : 0)) & ~HZ_MAY_NULL);
}

static void refuse_over(hz_checker *checker, hz_name_ref name, uint8_t kind)
{
    hz_diag *diag = hz_error(checker->diags, HZ_E_CAP, name.span, "a cap is over a value that is a number, or over benefits; `%.*s` is neither", HZ_ARG(name.name));
    if (kind == HZ_SYMBOL_VALUE) hz_diag_hint(checker->diags, diag, "`%.*s` is a value, but no number: cap the number that it is made of", HZ_ARG(name.name));
    else if (kind == HZ_SYMBOL_TOTAL) hz_diag_hint(checker->diags, diag, "name the benefits: over: [first, second]");
    else if (kind == HZ_SYMBOL_FEE) hz_diag_hint(checker->diags, diag, "a fee is not capped: write min(…, …) in its amount");
    else hz_diag_hint(checker->diags, diag, "make it a value: `values: {capped: %.*s}`, and say `over: capped`", HZ_ARG(name.name));
}

/* A cap over a value was checked with the value. */
static void check_cap(hz_checker *checker, const hz_line *line)
{
    bool values = false, benefits = false;
    for (uint32_t i = 0; i < line->over.count; i++) {
        hz_name_ref name = line->over.at[i];
        uint32_t symbol = hz_check_symbol_named(checker, name.name, name.span);
        if (symbol == HZ_MAP_NONE) continue;
        uint8_t kind = symbol_kind(checker, symbol);
        const hz_symbol_info *info = &checker->plan->symbols[symbol];
        values |= kind == HZ_SYMBOL_VALUE;
        benefits |= kind == HZ_SYMBOL_BENEFIT;
        if ((kind != HZ_SYMBOL_VALUE && kind != HZ_SYMBOL_BENEFIT) ||
            (kind == HZ_SYMBOL_VALUE && info->type.kind != HZ_KIND_NUMBER && info->type.kind != HZ_KIND_NONE))
            refuse_over(checker, name, kind);
    }
    if (values && line->over.count > 1)
        hz_error(checker->diags, HZ_E_CAP, line->code_span, "a cap is over one value, or over benefits, not over both");
    if (benefits && !values) {
        hz_type money = {.kind = HZ_KIND_NUMBER, .scale = checker->model->currency_scale};
        hz_check_cap_line(checker, line, &money);
    }
    check_texts(checker, line);
}

/* ---- Counters ---- */

/* What a key most often begins with. */
static hz_str turn_or_input(const hz_plan_model *rules)
{
    if (rules->in_turn_by.name.len > 0) return rules->in_turn_by.name;
    return rules->inputs.count > 0 ? rules->inputs.at[0].name : HZ_STR("member");
}

static void check_key(hz_checker *checker, const hz_counter *counter, const hz_name_ref *name)
{
    uint32_t symbol = hz_check_symbol_named(checker, name->name, name->span);
    if (symbol == HZ_MAP_NONE || failed(checker, symbol)) return;
    uint8_t kind = symbol_kind(checker, symbol);
    bool fits = kind == HZ_SYMBOL_INPUT || ((kind == HZ_SYMBOL_VALUE || kind == HZ_SYMBOL_OUTPUT) && !checker->plan->symbols[symbol].reads_counter);
    if (fits && checker->plan->symbols[symbol].type.wide) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_COUNTER, name->span, "`%.*s` may have any number of decimals, and the key of `%.*s` is made of it",
                                 HZ_ARG(name->name), HZ_ARG(counter->name));
        hz_diag_hint(checker->diags, diag, "round it where it is computed: round half up(…, 2)");
    }
    hz_type type = checker->plan->symbols[symbol].type;
    if (fits) hz_check_in_force(checker, name->name, name->span, &checker->plan->symbols[symbol], &type);
    if (fits) return;
    bool value = kind == HZ_SYMBOL_VALUE || kind == HZ_SYMBOL_OUTPUT;
    hz_diag *diag = hz_error(checker->diags, HZ_E_COUNTER, name->span, "the key of `%.*s` is made of inputs and of values that use no counter; `%.*s` is neither",
                             HZ_ARG(counter->name), HZ_ARG(name->name));
    if (value) hz_diag_hint(checker->diags, diag, "`%.*s` reads a counter, and counters are looked up by their keys first", HZ_ARG(name->name));
    else hz_diag_hint(checker->diags, diag, "name what the counter is counted by: per: [%.*s, …]", HZ_ARG(turn_or_input(checker->plan->rules)));
}

static bool fits_counter(const hz_type *change, const hz_type *counter)
{
    hz_type after;
    hz_number_add(change, counter, &after);
    return hz_number_fits(change, counter->scale) && hz_number_fits(&after, counter->scale);
}

/* Whether a benefit stands in a formula that may pay less than nothing. */
static bool names_negative(const hz_checker *checker, const hz_ast *ast)
{
    const hz_symbol_info *info = &checker->plan->symbols[ast->symbol];
    if (ast->op == HZ_AST_NAME && symbol_kind(checker, ast->symbol) == HZ_SYMBOL_BENEFIT && info->type.lo < 0) return true;
    for (uint32_t i = 0; i < ast->children; i++)
        if (names_negative(checker, ast->child[i])) return true;
    return false;
}

static void check_counter(hz_checker *checker, const hz_counter *counter)
{
    checker->asks = hz_life_window(checker->plan->rules, NULL);
    for (uint32_t i = 0; i < counter->per.count; i++) check_key(checker, counter, &counter->per.at[i]);
    hz_ast *formula = counter->adds != NULL ? counter->adds : counter->next;
    if (formula == NULL) return;
    checker->nets = true;
    bool sum = counter->adds != NULL;
    hz_type wanted = {.kind = sum ? HZ_KIND_NUMBER : counter->type.kind, .codes = counter->type.codes};
    const hz_type *type = hz_check_formula(checker, formula, wanted.kind == HZ_KIND_BOOLEAN ? &boolean : &wanted);
    checker->nets = false;
    if (type == NULL) return;
    if (sum && counter->type.kind != HZ_KIND_NUMBER)
        hz_error(checker->diags, HZ_E_COUNTER, formula->span, "`adds` is for numbers; `%.*s` needs `next`", HZ_ARG(counter->name));
    else if (type->kind == HZ_KIND_NUMBER && type->lo < 0 && !names_negative(checker, formula))
        hz_diag_hint(checker->diags, hz_error(checker->diags, HZ_E_COUNTER, formula->span, "`%.*s` could go below 0", HZ_ARG(counter->name)), "write max(0, …)");
    else if (type->kind == HZ_KIND_NUMBER && (type->ragged || type->scale > counter->type.scale)) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_COUNTER, formula->span, "this can have %s, and `%.*s` has %d", decimals_of(checker, type), HZ_ARG(counter->name), (int)counter->type.scale);
        if (type->ragged) hz_diag_hint(checker->diags, diag, "round it: round half up(…, %d)", (int)counter->type.scale);
    } else if (type->kind == HZ_KIND_NUMBER && !fits_counter(type, &counter->type))
        hz_error(checker->diags, HZ_E_WIDE, formula->span, "what `%.*s` becomes may need more than 64 bits", HZ_ARG(counter->name));
    else if ((type->absent & HZ_MAY_NULL) != 0 && counter->type.kind != HZ_KIND_DATE)
        hz_error(checker->diags, HZ_E_MAY_BE_NULL, formula->span, "what `%.*s` becomes may be null", HZ_ARG(counter->name));
}

void hz_check_items(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    checker->whens = HZ_NEW_MANY(checker->arena, uint8_t, rules->benefits.count);
    hz_check_turn(checker);
    hz_check_symbol(checker, hz_map_find(&rules->symbol_map, HZ_STR("total")));
    for (uint32_t i = 0; i < rules->benefits.count; i++)
        hz_check_symbol(checker, hz_map_find(&rules->symbol_map, rules->benefits.at[i].name));
    for (uint32_t i = 0; i < rules->checks.count; i++) check_condition(checker, &rules->checks.at[i]);
    for (uint32_t i = 0; i < rules->eligibility.count; i++) check_condition(checker, &rules->eligibility.at[i]);
    for (uint32_t i = 0; i < rules->benefits.count; i++) check_benefit(checker, &rules->benefits.at[i]);
    know_total(checker);
    for (uint32_t i = 0; i < rules->caps.count; i++) check_cap(checker, &rules->caps.at[i]);
    for (uint32_t i = 0; i < rules->counters.count; i++) check_counter(checker, &rules->counters.at[i]);
    for (uint32_t i = 0; i < rules->fees.count; i++) check_fee(checker, &rules->fees.at[i]);
    for (uint32_t i = 0; i < rules->parts.count; i++) hz_check_part(checker, &rules->parts.at[i]);
    checker->nets = rules->parts.count == 0; /* what parts are paid is not known to the package's rules */
    for (uint32_t i = 0; i < rules->notes.count; i++) {
        checker->asks = hz_life_window(rules, &rules->notes.at[i].life);
        checker->env.facts.list.count = check_when(checker, rules->notes.at[i].when);
        check_texts(checker, &rules->notes.at[i]);
    }
    checker->nets = false;
}
