/* examples_check.c - the names in worked examples, before any is run: inputs, counters, benefits, fees, reasons and parts
 * that the plan does not have are errors with places. Called by load.c for `check`.
 */
#include "api/examples.h"

#include "source/suggest.h"

typedef struct checker {
    hz_diags *diags;
    const hz_plan *const *plans; /* the plan of the file, or those of its events */
    uint32_t count;
    bool event;
    const hz_plan *package; /* of a part: what it is a part of, which can refuse it; or NULL */
    hz_suggest suggest;
} checker;

/* ---- names ---- */

/* Whether a plan has a symbol of that name, or with its id before it; a package, counters of its parts. */
static bool has(checker *c, const hz_plan *plan, hz_str name, hz_symbol_kind kind)
{
    const hz_plan_model *rules = plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    bool found = symbol != HZ_MAP_NONE && rules->symbols.at[symbol].kind == kind;
    for (uint32_t i = 0; i < rules->symbols.count; i++)
        if (rules->symbols.at[i].kind == kind) hz_suggest_offer(&c->suggest, rules->symbols.at[i].name);
    for (uint32_t i = 0; kind == HZ_SYMBOL_COUNTER && i < plan->part_count; i++) {
        const hz_plan *part = plan->parts[i].plan;
        size_t id = part->rules->id.len;
        bool qualified = hz_str_starts(name, part->rules->id) && name.len > id && name.at[id] == '.';
        found |= has(c, part, qualified ? hz_str_part(name, id + 1, name.len) : name, kind);
    }
    return found;
}

static bool has_in_any(checker *c, hz_str name, hz_symbol_kind kind)
{
    bool found = false;
    hz_suggest_begin(&c->suggest, name);
    for (uint32_t i = 0; i < c->count; i++) {
        hz_str id = c->plans[i]->rules->id;
        bool qualified = c->event && hz_str_starts(name, id) && name.len > id.len && name.at[id.len] == '.';
        found |= has(c, c->plans[i], qualified ? hz_str_part(name, id.len + 1, name.len) : name, kind);
    }
    return found;
}

/* What is common to all examples is said once. */
static bool is_said(const hz_diags *diags, hz_span span)
{
    for (uint32_t i = 0; i < diags->list.count; i++) {
        const hz_span *at = &diags->list.at[i].span;
        if (at->file == span.file && at->begin == span.begin) return true;
    }
    return false;
}

static void refuse(checker *c, hz_span span, hz_str name, const char *what)
{
    if (is_said(c->diags, span)) return;
    hz_diag *diag = c->event ? hz_error(c->diags, HZ_E_EXAMPLE, span, "`%.*s` is no %s of any of these plans", HZ_ARG(name), what)
                             : hz_error(c->diags, HZ_E_EXAMPLE, span, "`%.*s` is no %s of plan `%.*s`", HZ_ARG(name), what,
                                        HZ_ARG(c->plans[0]->rules->id));
    if (c->suggest.best.at != NULL) hz_diag_hint(c->diags, diag, "did you mean `%.*s`?", HZ_ARG(c->suggest.best));
}

static void check_fields(checker *c, const hz_fields *fields, hz_symbol_kind kind, const char *what)
{
    for (uint32_t i = 0; i < fields->count; i++)
        if (!has_in_any(c, fields->at[i].name, kind)) refuse(c, fields->at[i].name_span, fields->at[i].name, what);
}

/* ---- reasons ---- */

static bool in_lines(checker *c, const hz_lines *lines, hz_str code)
{
    bool found = false;
    for (uint32_t i = 0; i < lines->count; i++) {
        found |= hz_str_eq(lines->at[i].code, code);
        hz_suggest_offer(&c->suggest, lines->at[i].code);
    }
    return found;
}

static bool has_code(checker *c, const hz_plan *plan, hz_str code)
{
    const hz_plan_model *rules = plan->rules;
    const hz_lines *lists[] = {&rules->checks, &rules->eligibility, &rules->caps, &rules->notes};
    bool found = false;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) found |= in_lines(c, lists[i], code);
    return found;
}

static void check_reasons(checker *c, const hz_name_refs *reasons)
{
    static const char *const own[] = {"PLAN_NOT_IN_FORCE", "NOT_OFFERED", "ZERO_AMOUNT", "MISSING", "UNKNOWN_VALUE"};
    for (uint32_t i = 0; i < reasons->count; i++) {
        hz_str code = reasons->at[i].name;
        bool known = false;
        hz_suggest_begin(&c->suggest, code);
        for (size_t k = 0; k < sizeof own / sizeof *own; k++) known |= hz_str_is(code, own[k]);
        for (uint32_t k = 0; k < c->count; k++) known |= has_code(c, c->plans[k], code);
        if (c->package != NULL) known |= has_code(c, c->package, code);
        if (!known) refuse(c, reasons->at[i].span, code, "reason");
    }
}

/* ---- expectations ---- */

static void check_expectation(checker *c, const hz_expectation *expected);

static void check_parts(checker *c, const hz_expectation *expected)
{
    for (uint32_t i = 0; i < expected->parts.count; i++) {
        const hz_name_ref *name = &expected->parts.at[i].plan;
        const hz_plan *part = NULL;
        hz_suggest_begin(&c->suggest, name->name);
        for (uint32_t k = 0; k < c->count; k++) {
            for (uint32_t p = 0; p < (c->event ? 1 : c->plans[k]->part_count); p++) {
                const hz_plan *one = c->event ? c->plans[k] : c->plans[k]->parts[p].plan;
                hz_suggest_offer(&c->suggest, one->rules->id);
                if (hz_str_eq(one->rules->id, name->name)) part = one;
            }
        }
        checker inner = {.diags = c->diags, .plans = &part, .count = 1, .package = c->event ? NULL : c->plans[0]};
        if (part == NULL) refuse(c, name->span, name->name, "part");
        else check_expectation(&inner, expected->parts.at[i].expected);
    }
}

static void check_expectation(checker *c, const hz_expectation *expected)
{
    check_fields(c, &expected->benefits, HZ_SYMBOL_BENEFIT, "benefit");
    check_fields(c, &expected->gross, HZ_SYMBOL_BENEFIT, "benefit");
    check_fields(c, &expected->fees, HZ_SYMBOL_FEE, "fee");
    check_fields(c, &expected->counters, HZ_SYMBOL_COUNTER, "counter");
    check_reasons(c, &expected->reasons);
    check_parts(c, expected);
}

static void check_example(checker *c, const hz_example *example)
{
    check_fields(c, &example->counters, HZ_SYMBOL_COUNTER, "counter");
    for (uint32_t i = 0; i < example->claims.count; i++) {
        const hz_fields *claim = &example->claims.at[i];
        bool reversal = claim->count == 1 && hz_str_is(claim->at[0].name, "reverses");
        if (!reversal) check_fields(c, claim, HZ_SYMBOL_INPUT, "input");
    }
    for (uint32_t i = 0; i < example->expect.count; i++) check_expectation(c, &example->expect.at[i]);
}

void hz_examples_check(hz_arena *arena, hz_diags *diags, const huzhu_ruleset *ruleset, const hz_examples *examples)
{
    const hz_plan_finder plans = hz_api_plan_finder(ruleset);
    uint32_t wanted = examples->plans.count;
    const hz_plan **list = HZ_NEW_MANY(arena, const hz_plan *, (size_t)wanted + 1);
    checker c = {.diags = diags, .plans = list, .event = wanted > 0};
    for (uint32_t i = 0; i < (wanted > 0 ? wanted : 1); i++) {
        hz_str id = wanted > 0 ? examples->plans.at[i].name : examples->plan;
        const hz_plan *plan = plans.find(plans.context, id);
        hz_span span = wanted > 0 ? examples->plans.at[i].span : examples->list.at[0].span;
        if (plan == NULL) hz_error(diags, HZ_E_EXAMPLE, span, "there is no plan `%.*s`", HZ_ARG(id));
        else list[c.count++] = plan;
    }
    for (uint32_t i = 0; c.count > 0 && i < examples->list.count; i++) check_example(&c, &examples->list.at[i]);
}
