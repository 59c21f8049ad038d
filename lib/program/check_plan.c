/* check_plan.c - symbols of a plan: parameters, values and counters in the order of their needs, cycles, histories.
 * The items that are not names (checks, conditions, caps, notes, …) are in check_items.c. Called by compile.c. */
#include "program/check_plan.h"

#include "source/suggest.h"

enum { UNTOUCHED, IN_WORK, DONE };

static const hz_symbol *symbol_at(const hz_checker *checker, uint32_t symbol)
{
    return &checker->plan->rules->symbols.at[symbol];
}

int32_t hz_life_from(const hz_plan_model *rules, const hz_life *life)
{
    int32_t from = rules->life.has_from ? rules->life.from.day : HZ_DATE_MIN;
    return life != NULL && life->has_from && life->from.day > from ? life->from.day : from;
}

hz_str hz_plan_nearest(const hz_plan_model *rules, hz_str name)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i < rules->symbols.count; i++) hz_suggest_offer(&suggest, rules->symbols.at[i].name);
    return suggest.best;
}

static hz_str nearest(void *context, hz_str name)
{
    return hz_plan_nearest(((hz_checker *)context)->plan->rules, name);
}

static bool resolve(void *context, hz_str name, hz_span at, uint32_t *symbol, hz_type *type)
{
    hz_checker *checker = context;
    *symbol = hz_map_find(&checker->plan->rules->symbol_map, name);
    if (*symbol == HZ_MAP_NONE) return false;
    uint8_t kind = symbol_at(checker, *symbol)->kind;
    *type = (hz_type){.kind = HZ_KIND_NONE};
    if (kind == HZ_SYMBOL_FEE || (!checker->nets && (kind == HZ_SYMBOL_BENEFIT || kind == HZ_SYMBOL_TOTAL))) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_CONTEXT, at, "`%.*s` cannot be read here", HZ_ARG(name));
        hz_diag_hint(checker->diags, diag, kind == HZ_SYMBOL_FEE ? "fees are read by nothing" : "benefits and `total` are read by counters and notes only");
        return true;
    }
    *type = *hz_check_symbol(checker, *symbol);
    return true;
}

uint32_t hz_check_symbol_named(hz_checker *checker, hz_str name, hz_span at)
{
    uint32_t symbol = hz_map_find(&checker->plan->rules->symbol_map, name);
    if (symbol != HZ_MAP_NONE) {
        hz_check_symbol(checker, symbol);
        return symbol;
    }
    hz_diag *diag = hz_error(checker->diags, HZ_E_UNKNOWN_NAME, at, "there is no name `%.*s`", HZ_ARG(name));
    hz_str near = hz_plan_nearest(checker->plan->rules, name);
    if (near.at != NULL) hz_diag_hint(checker->diags, diag, "did you mean `%.*s`?", HZ_ARG(near));
    return HZ_MAP_NONE;
}

const hz_type *hz_check_formula(hz_checker *checker, hz_ast *ast, const hz_type *wanted)
{
    if (!hz_feel_check(&checker->env, ast, wanted)) return NULL;
    if (wanted == NULL || wanted->kind != HZ_KIND_BOOLEAN || (ast->type.absent & HZ_MAY_NULL) == 0) return &ast->type;
    hz_diag *diag = hz_error(checker->diags, HZ_E_MAY_BE_NULL, ast->span, "this condition may be null");
    hz_diag_hint(checker->diags, diag, "test the optional input first: x != null and …");
    return NULL;
}

/* ---- Histories ---- */

static void check_first_date(hz_checker *checker, const hz_history *history, int32_t from)
{
    if (history->entries.count == 0) return;
    const hz_entry *first = &history->entries.at[0];
    if (first->since.day <= from) return;
    hz_error(checker->diags, HZ_E_NOT_IN_FORCE, first->since.span, "before this first date the value is not in force, and the plan is");
}

static bool entry_type(hz_checker *checker, const hz_entry *entry, const hz_type *wanted, hz_type *out)
{
    if (entry->state == HZ_ENTRY_UNKNOWN || entry->state == HZ_ENTRY_NONE) {
        *out = (hz_type){.kind = HZ_KIND_NULL, .absent = entry->state == HZ_ENTRY_NONE ? HZ_MAY_NULL : HZ_MAY_UNKNOWN};
        return true;
    }
    const hz_type *type = hz_check_formula(checker, entry->formula, wanted);
    if (type != NULL) *out = *type;
    return type != NULL;
}

bool hz_check_history(hz_checker *checker, const hz_history *history, const hz_type *wanted, int32_t from, hz_type *type)
{
    bool ok = true, known = false;
    uint8_t absent = 0;
    *type = (hz_type){.kind = HZ_KIND_NULL};
    check_first_date(checker, history, from);
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_entry *entry = &history->entries.at[i];
        hz_type each;
        if (!entry_type(checker, entry, wanted, &each)) {
            ok = false;
            continue;
        }
        absent |= each.absent;
        if (each.kind == HZ_KIND_NULL) continue;
        if (!known) {
            *type = each;
            known = true;
        } else if (type->kind != each.kind || !hz_type_join(type, &each, type)) {
            hz_error(checker->diags, HZ_E_TYPE, entry->formula->span, "this version is %s, an earlier one %s",
                     hz_kind_name((hz_kind)each.kind), hz_kind_name((hz_kind)type->kind));
            ok = false;
        }
    }
    type->absent = absent;
    return ok;
}

/* ---- Symbols ---- */

static void report_cycle(hz_checker *checker, uint32_t symbol)
{
    hz_str path = HZ_STR("");
    bool inside = false;
    for (uint32_t i = 0; i < checker->chain.count; i++) {
        inside |= checker->chain.at[i] == symbol;
        if (inside) path = hz_arena_printf(checker->arena, "%.*s%.*s -> ", HZ_ARG(path), HZ_ARG(symbol_at(checker, checker->chain.at[i])->name));
    }
    hz_str name = symbol_at(checker, symbol)->name;
    hz_error(checker->diags, HZ_E_CYCLE, symbol_at(checker, symbol)->span, "`%.*s` needs itself: %.*s%.*s", HZ_ARG(name), HZ_ARG(path), HZ_ARG(name));
}

static void check_parameter(hz_checker *checker, const hz_parameter *parameter, hz_symbol_info *info)
{
    info->type = parameter->type;
    info->type.step = 0;
    for (uint32_t i = 0; i < parameter->history.entries.count; i++) {
        const hz_entry *entry = &parameter->history.entries.at[i];
        if (entry->state == HZ_ENTRY_UNKNOWN) info->type.absent |= HZ_MAY_UNKNOWN;
        if (entry->state == HZ_ENTRY_NONE) info->type.absent |= HZ_MAY_NULL;
    }
    if (!parameter->informative) check_first_date(checker, &parameter->history, hz_life_from(checker->plan->rules, NULL));
    checker->reads_dated = true;
}

static bool cap_is_over(const hz_line *line, hz_str name)
{
    return line->over.count == 1 && hz_str_eq(line->over.at[0].name, name);
}

/* A value with caps over it is what they leave of it. */
static void check_value(hz_checker *checker, const hz_value *value, hz_symbol_info *info)
{
    const hz_type *declared = value->declared.kind != HZ_KIND_NONE ? &value->declared : NULL;
    if (!hz_check_history(checker, &value->history, declared, hz_life_from(checker->plan->rules, NULL), &info->type)) {
        info->type = (hz_type){.kind = HZ_KIND_NONE};
        return;
    }
    if (value->history.dated) checker->reads_dated = true;
    info->raw = info->type;
    const hz_lines *caps = &checker->plan->rules->caps;
    for (uint32_t i = 0; i < caps->count; i++) {
        if (!cap_is_over(&caps->at[i], value->name)) continue;
        hz_check_cap_line(checker, &caps->at[i], &info->raw);
        info->type.absent |= HZ_MAY_MISS;
        if (info->type.lo > 0) info->type.lo = 0;
        checker->reads_counter |= caps->at[i].counts.name.len > 0;
    }
}

static void check_kind(hz_checker *checker, const hz_symbol *symbol, hz_symbol_info *info)
{
    const hz_plan_model *rules = checker->plan->rules;
    switch (symbol->kind) {
    case HZ_SYMBOL_INPUT: {
        const hz_input *input = &rules->inputs.at[symbol->index];
        info->type = input->type;
        if (input->when != NULL) {
            static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};
            const hz_type *when = hz_check_formula(checker, input->when, &boolean);
            if (when != NULL) info->type.absent |= when->absent;
        }
        break;
    }
    case HZ_SYMBOL_PARAMETER: check_parameter(checker, &rules->parameters.at[symbol->index], info); break;
    case HZ_SYMBOL_VALUE: check_value(checker, &rules->values.at[symbol->index], info); break;
    case HZ_SYMBOL_COUNTER:
        info->type = rules->counters.at[symbol->index].type;
        checker->reads_counter = true;
        break;
    default: /* a benefit's net, the total */
        info->type = (hz_type){.kind = HZ_KIND_NUMBER, .scale = checker->model->currency_scale, .hi = HZ_MONEY_MOST * 100,
                               .absent = HZ_MAY_MISS | HZ_MAY_UNKNOWN | HZ_MAY_ERR};
        break;
    }
}

const hz_type *hz_check_symbol(hz_checker *checker, uint32_t symbol)
{
    hz_symbol_info *info = &checker->plan->symbols[symbol];
    info->used = true;
    if (info->state == IN_WORK) {
        report_cycle(checker, symbol);
        info->type = (hz_type){.kind = HZ_KIND_NONE};
        info->state = DONE;
    }
    if (info->state == UNTOUCHED) {
        bool counter = checker->reads_counter, dated = checker->reads_dated, nets = checker->nets;
        uint32_t known = checker->env.not_null.count;
        uint32_t *names = HZ_NEW_MANY(checker->arena, uint32_t, known);
        for (uint32_t i = 0; i < known; i++) names[i] = checker->env.not_null.at[i];
        info->state = IN_WORK;
        checker->reads_counter = checker->reads_dated = checker->nets = false;
        checker->env.not_null.count = 0; /* what a caller tested says nothing inside a value of its own */
        *HZ_PUSH(checker->arena, &checker->chain) = symbol;
        check_kind(checker, symbol_at(checker, symbol), info);
        checker->chain.count--;
        checker->env.not_null.count = 0;
        for (uint32_t i = 0; i < known; i++) *HZ_PUSH(checker->arena, &checker->env.not_null) = names[i];
        info->reads_counter = checker->reads_counter;
        info->reads_dated = checker->reads_dated;
        info->state = DONE;
        checker->reads_counter = counter;
        checker->reads_dated = dated;
        checker->nets = nets;
    }
    checker->reads_counter |= info->reads_counter;
    checker->reads_dated |= info->reads_dated;
    return &info->type;
}

/* ---- The plan ---- */

static void check_dated_by(hz_checker *checker, const hz_name_ref *dated_by)
{
    uint32_t symbol = hz_check_symbol_named(checker, dated_by->name, dated_by->span);
    if (symbol == HZ_MAP_NONE) return;
    const hz_symbol_info *info = &checker->plan->symbols[symbol];
    if (info->type.kind == HZ_KIND_NONE) return;
    if (info->type.kind != HZ_KIND_DATE || (info->type.absent & HZ_MAY_NULL) != 0)
        hz_error(checker->diags, HZ_E_TYPE, dated_by->span, "`dated by` needs a date that is never null, and `%.*s` is %s",
                 HZ_ARG(dated_by->name), info->type.kind == HZ_KIND_DATE ? "optional" : hz_kind_name((hz_kind)info->type.kind));
    else if (info->reads_counter || info->reads_dated)
        hz_error(checker->diags, HZ_E_CONTEXT, dated_by->span, "`dated by` uses inputs only, and `%.*s` uses a %s",
                 HZ_ARG(dated_by->name), info->reads_counter ? "counter" : "dated value");
}

static void check_unused(hz_checker *checker)
{
    const hz_plan_model *rules = checker->plan->rules;
    if (checker->diags->errors > 0) return; /* a misspelt name makes others look unused */
    for (uint32_t i = 0; i < rules->symbols.count; i++) {
        const hz_symbol *symbol = &rules->symbols.at[i];
        bool parameter = symbol->kind == HZ_SYMBOL_PARAMETER;
        if (checker->plan->symbols[i].used || (!parameter && symbol->kind != HZ_SYMBOL_VALUE)) continue;
        if (parameter && rules->parameters.at[symbol->index].informative) continue;
        hz_diag *diag = hz_warn(checker->diags, HZ_E_UNUSED, symbol->span, "nothing uses the %s `%.*s`", parameter ? "parameter" : "value", HZ_ARG(symbol->name));
        if (parameter) hz_diag_hint(checker->diags, diag, "a figure that only states a fact is `informative: true`");
    }
}

void hz_check_plan(hz_checker *checker)
{
    hz_plan *plan = checker->plan;
    plan->symbols = HZ_NEW_MANY(checker->arena, hz_symbol_info, plan->rules->symbols.count);
    plan->expressions = 1;
    checker->env = (hz_env){.arena = checker->arena, .diags = checker->diags, .context = checker, .resolve = resolve,
                            .nearest = nearest, .next_id = &plan->expressions};
    check_dated_by(checker, &plan->rules->dated_by);
    hz_check_items(checker);
    check_unused(checker);
    /* Values nothing uses are checked as well: their mistakes are mistakes. */
    for (uint32_t i = 0; i < plan->rules->symbols.count; i++)
        if (plan->rules->symbols.at[i].kind != HZ_SYMBOL_FEE) hz_check_symbol(checker, i);
}
