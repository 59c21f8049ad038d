/* check_plan.c - symbols of a plan: parameters, scales, values and counters in the order of their needs, cycles, histories.
 * The items that are not names (checks, conditions, caps, notes, …) are in check_items.c. Called by compile.c. */
#include "program/check_plan.h"

#include "source/suggest.h"

enum { UNTOUCHED, IN_WORK, DONE };

/* Values that need values …: recursion here, in lowering and in the walk over an answer follows them. */
#define CHAIN_MOST 100
#define NAMES_MOST 12 /* names of a plan that a hint lists */

static const hz_symbol *symbol_at(const hz_checker *checker, uint32_t symbol)
{
    return &checker->plan->rules->symbols.at[symbol];
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

hz_window hz_window_overlap(hz_window a, hz_window b)
{
    return (hz_window){later(a.from, b.from), earlier(a.until, b.until)};
}

static hz_window window_of(const hz_life *life)
{
    return (hz_window){life->has_from ? life->from.day : HZ_DATE_MIN, life->has_until ? life->until.day : HZ_DATE_MAX + 1};
}

hz_window hz_life_window(const hz_plan_model *rules, const hz_life *life)
{
    hz_window plan = window_of(&rules->life);
    return life != NULL ? hz_window_overlap(plan, window_of(life)) : plan;
}

hz_str hz_plan_nearest(const hz_plan_model *rules, hz_str name)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i < rules->symbols.count; i++) hz_suggest_offer(&suggest, rules->symbols.at[i].name);
    return suggest.best;
}

static bool is_code(const hz_type *type, hz_str name)
{
    return type->kind == HZ_KIND_CODE && type->codes != NULL && hz_codes_find(type->codes, name) >= 0;
}

/* A code of some name of the plan, in the quotes that it lacks; else what is nearest. */
static hz_str nearest(void *context, hz_str name)
{
    hz_checker *checker = context;
    const hz_plan_model *rules = checker->plan->rules;
    bool code = false;
    for (uint32_t i = 0; i < rules->inputs.count && !code; i++) code = is_code(&rules->inputs.at[i].type, name);
    for (uint32_t i = 0; i < rules->outputs.count && !code; i++) code = is_code(&rules->outputs.at[i].type, name);
    for (uint32_t i = 0; i < rules->scales.count && !code; i++) code = is_code(&rules->scales.at[i].type, name);
    for (uint32_t i = 0; i < rules->values.count && !code; i++) code = is_code(&rules->values.at[i].declared, name);
    return code ? hz_arena_printf(checker->arena, "\"%.*s\"", HZ_ARG(name)) : hz_plan_nearest(rules, name);
}

/* A history that a package replaced stands there. */
static void relate_replaced(hz_checker *checker, hz_diag *diag, hz_str name)
{
    const hz_plan_model *rules = checker->plan->rules;
    const hz_symbol *symbol = &rules->symbols.at[hz_map_find(&rules->symbol_map, name)];
    const hz_history *history = symbol->kind == HZ_SYMBOL_PARAMETER ? &rules->parameters.at[symbol->index].history
                                : symbol->kind == HZ_SYMBOL_VALUE   ? &rules->values.at[symbol->index].history : NULL;
    for (uint32_t i = 0; history != NULL && history->entries.count > 0 && i < rules->replaced.count; i++)
        if (hz_str_eq(rules->replaced.at[i].name, name)) hz_diag_relate(checker->diags, diag, history->entries.at[0].since.span, "replaced by the package from here on");
}

/* What is read must be in force on every day on which the reader can be asked for. */
void hz_check_in_force(hz_checker *checker, hz_str name, hz_span at, const hz_symbol_info *info, hz_type *type)
{
    hz_window in_force = {info->from, info->until};
    char limit[HZ_DATE_TEXT], asked[HZ_DATE_TEXT];
    if (type->kind == HZ_KIND_NONE) return;
    if (!checker->none_allowed) checker->found = hz_window_overlap(checker->found, in_force);
    if (checker->asks.from >= checker->asks.until) return;
    bool covers = in_force.from <= checker->asks.from && in_force.until >= checker->asks.until;
    if (checker->none_allowed) {
        if (!covers) type->absent |= HZ_MAY_NULL;
        return;
    }
    if (covers) return;
    bool early = in_force.from > checker->asks.from;
    hz_date_format(earlier(early ? in_force.from : in_force.until, HZ_DATE_MAX), limit);
    hz_date_format(early ? checker->asks.from : later(in_force.until, checker->asks.from), asked);
    hz_diag *diag = hz_error(checker->diags, HZ_E_NOT_IN_FORCE, at, "`%.*s` is in force %s %s only, and this can be asked for on %s",
                             HZ_ARG(name), early ? "from" : "before", limit, asked);
    hz_diag_hint(checker->diags, diag, "give this item a `from` or `until`, or `%.*s` a version for those days", HZ_ARG(name));
    relate_replaced(checker, diag, name);
    *type = (hz_type){.kind = HZ_KIND_NONE};
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
    if (kind == HZ_SYMBOL_PARAMETER && checker->plan->rules->parameters.at[symbol_at(checker, *symbol)->index].informative) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_CONTEXT, at, "`%.*s` is informative and decides nothing, yet this reads it", HZ_ARG(name));
        hz_diag_hint(checker->diags, diag, "remove `informative: true` from `%.*s`", HZ_ARG(name));
        return true;
    }
    *type = *hz_check_symbol(checker, *symbol);
    hz_check_in_force(checker, name, at, &checker->plan->symbols[*symbol], type);
    return true;
}

/* The names of a plan that has few, for who is far from all of them. */
static void hint_names(hz_checker *checker, hz_diag *diag)
{
    const hz_plan_model *rules = checker->plan->rules;
    hz_str list = HZ_STR("");
    if (diag == NULL || rules->symbols.count > NAMES_MOST) return;
    for (uint32_t i = 0; i < rules->symbols.count; i++)
        if (rules->symbols.at[i].kind != HZ_SYMBOL_TOTAL)
            list = hz_arena_printf(checker->arena, "%.*s%s%.*s", HZ_ARG(list), i > 0 ? ", " : "", HZ_ARG(rules->symbols.at[i].name));
    if (list.len > 0) hz_diag_hint(checker->diags, diag, "the names of this plan are %.*s", HZ_ARG(list));
}

uint32_t hz_check_symbol_named(hz_checker *checker, hz_str name, hz_span at)
{
    uint32_t symbol = hz_map_find(&checker->plan->rules->symbol_map, name);
    if (symbol != HZ_MAP_NONE) {
        hz_check_symbol(checker, symbol);
        return symbol;
    }
    hz_diag *diag = hz_error(checker->diags, HZ_E_UNKNOWN_NAME, at, "there is no name `%.*s`", HZ_ARG(name));
    hz_str near = diag != NULL ? hz_plan_nearest(checker->plan->rules, name) : (hz_str){NULL, 0};
    if (near.at != NULL) hz_diag_hint(checker->diags, diag, "did you mean `%.*s`?", HZ_ARG(near));
    else hint_names(checker, diag);
    return HZ_MAP_NONE;
}

const hz_type *hz_check_formula(hz_checker *checker, hz_ast *ast, const hz_type *wanted)
{
    if (!hz_feel_check(&checker->env, ast, wanted)) return NULL;
    if (wanted == NULL || wanted->kind != HZ_KIND_BOOLEAN || (ast->type.absent & HZ_MAY_NULL) == 0) return &ast->type;
    hz_hint_null(checker, hz_error(checker->diags, HZ_E_MAY_BE_NULL, ast->span, "this condition may be null"), ast, true);
    return NULL;
}

/* ---- Histories ---- */

hz_window hz_history_window(const hz_history *history)
{
    hz_window window = {HZ_DATE_MAX + 1, HZ_DATE_MAX + 1};
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_entry *entry = &history->entries.at[i];
        bool none = entry->state == HZ_ENTRY_NONE;
        if (!none && window.from > HZ_DATE_MAX) window.from = entry->since.day;
        if (none && window.from <= HZ_DATE_MAX) {
            window.until = entry->since.day;
            break;
        }
    }
    return window;
}

bool hz_check_own_date(hz_checker *checker, const hz_history *history, uint8_t *absent)
{
    if (history->dated_by.len == 0) return true;
    uint32_t symbol = hz_check_symbol_named(checker, history->dated_by, history->dated_by_span);
    if (symbol == HZ_MAP_NONE) return false;
    const hz_symbol_info *info = &checker->plan->symbols[symbol];
    if (info->type.kind == HZ_KIND_NONE) return false;
    if (info->type.kind != HZ_KIND_DATE || (info->type.absent & HZ_MAY_NULL) != 0) {
        hz_error(checker->diags, HZ_E_TYPE, history->dated_by_span, "`dated by` needs a date that is never null, and `%.*s` is %s%s",
                 HZ_ARG(history->dated_by), info->type.kind == HZ_KIND_DATE ? "optional" : "of type ",
                 info->type.kind == HZ_KIND_DATE ? "" : hz_kind_name((hz_kind)info->type.kind));
        return false;
    }
    *absent |= info->type.absent;
    if (history->entries.count > 0 && history->entries.at[0].since.day > HZ_DATE_MIN) *absent |= HZ_MAY_ERR;
    return true;
}

static void check_first_date(hz_checker *checker, const hz_history *history, hz_window window)
{
    if (history->entries.count == 0 || history->dated_by.len > 0) return;
    const hz_entry *first = &history->entries.at[0];
    if (first->since.day <= window.from) return;
    hz_error(checker->diags, HZ_E_NOT_IN_FORCE, first->since.span, "before this first date there is no version, and it can be asked for");
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

/* Adds a version's type to what the versions before have. */
static bool join_version(hz_checker *checker, const hz_entry *entry, const hz_type *each, hz_type *type)
{
    if (each->kind == HZ_KIND_NULL) return true;
    if (type->kind == HZ_KIND_NULL) {
        *type = *each;
        return true;
    }
    bool codes = type->kind == HZ_KIND_CODE && each->kind == HZ_KIND_CODE;
    if (type->kind == each->kind && (!codes || hz_codes_same(type->codes, each->codes)) && hz_type_join(type, each, type)) return true;
    if (codes) {
        hz_error(checker->diags, HZ_E_TYPE, entry->formula->span, "this version is a code of another list than an earlier one");
        return false;
    }
    hz_error(checker->diags, HZ_E_TYPE, entry->formula->span, "this version is a %s, an earlier one a %s", hz_kind_name((hz_kind)each->kind),
             hz_kind_name((hz_kind)type->kind));
    return false;
}

/* Readings that are not taken are right by themselves, so that any of them can be. */
static bool check_readings(hz_checker *checker, const hz_history *history, const hz_type *wanted, hz_window window)
{
    bool ok = true;
    for (uint32_t i = 0; i < history->readings.count; i++) {
        const hz_reading *reading = &history->readings.at[i];
        for (uint32_t k = 0; k < reading->entries.count && i != history->taken; k++) {
            const hz_entry *entry = &reading->entries.at[k];
            int32_t end = k + 1 < reading->entries.count ? reading->entries.at[k + 1].since.day : HZ_DATE_MAX + 1;
            if (entry->formula == NULL) continue;
            checker->asks = hz_window_overlap(window, (hz_window){entry->since.day, end});
            ok = hz_check_formula(checker, entry->formula, wanted) != NULL && ok;
        }
    }
    return ok;
}

bool hz_check_history(hz_checker *checker, const hz_history *history, const hz_type *wanted, hz_window window, hz_type *type)
{
    uint8_t absent = 0;
    bool ok = hz_check_own_date(checker, history, &absent), own = history->dated_by.len > 0;
    hz_window asks = checker->asks;
    *type = (hz_type){.kind = HZ_KIND_NULL};
    if (!checker->none_allowed) check_first_date(checker, history, window);
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_entry *entry = &history->entries.at[i];
        hz_window version = {i == 0 ? HZ_DATE_MIN : entry->since.day,
                             i + 1 < history->entries.count ? history->entries.at[i + 1].since.day : HZ_DATE_MAX + 1};
        hz_type each;
        checker->asks = own ? window : hz_window_overlap(window, version);
        if (!own) checker->found = HZ_ALL_DAYS; /* what the last version reads decides how long it lives */
        if (!entry_type(checker, entry, wanted, &each)) {
            ok = false;
            continue;
        }
        /* A version outside the window adds nothing to what can be absent; an undated value's is empty, as it is in force
         * where all it reads is. */
        bool reached = own || window.from >= window.until || checker->asks.from < checker->asks.until;
        if (reached) absent |= each.absent;
        if (!join_version(checker, entry, &each, type)) ok = false;
    }
    hz_window found = checker->found;
    ok = check_readings(checker, history, wanted, window) && ok;
    checker->found = found;
    checker->asks = asks;
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

static void set_window(hz_symbol_info *info, hz_window window)
{
    info->from = window.from;
    info->until = window.until;
}

static void check_parameter(hz_checker *checker, const hz_parameter *parameter, hz_symbol_info *info)
{
    const hz_history *history = &parameter->history;
    bool own = history->dated_by.len > 0;
    info->type = parameter->type;
    info->type.step = 0;
    if (!hz_check_own_date(checker, history, &info->type.absent)) {
        info->type = (hz_type){.kind = HZ_KIND_NONE};
        return;
    }
    for (uint32_t i = 0; i < history->entries.count; i++) {
        if (history->entries.at[i].state == HZ_ENTRY_UNKNOWN) info->type.absent |= HZ_MAY_UNKNOWN;
        if (history->entries.at[i].state == HZ_ENTRY_NONE && own) info->type.absent |= HZ_MAY_NULL;
    }
    if (!own) set_window(info, hz_history_window(history));
    checker->reads_dated = true;
    if (info->type.scale <= 18 && hz_type_fits64(&info->type)) return;
    hz_error(checker->diags, HZ_E_WIDE, parameter->name_span, "the versions of `%.*s` together may need more than 64 bits", HZ_ARG(parameter->name));
    info->type = (hz_type){.kind = HZ_KIND_NONE};
}

static bool cap_is_over(const hz_line *line, hz_str name)
{
    return line->over.count == 1 && hz_str_eq(line->over.at[0].name, name);
}

/* The last version may read what ends one day: the value then ends with it. Each other must be whole. An undated value
 * is in force where all it reads is. */
static bool check_versions(hz_checker *checker, const hz_history *history, const hz_type *wanted, hz_window window, hz_type *type)
{
    uint32_t count = history->entries.count;
    bool steps = history->dated && history->dated_by.len == 0;
    if (steps && count > 0) window.until = earlier(window.until, later(window.from, history->entries.at[count - 1].since.day) + 1);
    if (!steps) window = (hz_window){HZ_DATE_MAX + 1, HZ_DATE_MAX + 1};
    return hz_check_history(checker, history, wanted, window, type);
}

bool hz_check_dated(hz_checker *checker, const hz_history *history, const hz_type *wanted, hz_symbol_info *info)
{
    bool steps = history->dated && history->dated_by.len == 0;
    hz_window window = steps ? hz_history_window(history) : HZ_ALL_DAYS;
    checker->found = HZ_ALL_DAYS;
    if (!check_versions(checker, history, wanted, window, &info->type)) {
        info->type = (hz_type){.kind = HZ_KIND_NONE};
        return false;
    }
    if (info->type.kind == HZ_KIND_NULL && wanted != NULL) {
        uint8_t absent = info->type.absent;
        info->type = *wanted;
        info->type.absent = absent;
    }
    if (history->dated) checker->reads_dated = true;
    if (steps) checker->found.from = HZ_DATE_MIN; /* where the last version begins, what it reads is in force */
    set_window(info, hz_window_overlap(window, checker->found));
    return true;
}

/* What caps cut stands in the answer, as a number of known decimals. */
static void refuse_cap(hz_checker *checker, const hz_line *line, const hz_type *type)
{
    const hz_name_ref *name = &line->over.at[0];
    hz_diag *diag = hz_error(checker->diags, HZ_E_CAP, name->span, "`%.*s` %s, and a cap is over it", HZ_ARG(name->name),
                             type->ragged ? "may have any number of decimals" : "may need more than 64 bits");
    hz_diag_hint(checker->diags, diag, type->ragged ? "round it where it is computed: round half up(…, 2)" : "give an input a narrower `range`");
}

/* A value with caps over it is what they leave of it. */
static void check_value(hz_checker *checker, const hz_value *value, hz_symbol_info *info)
{
    const hz_type *declared = value->declared.kind != HZ_KIND_NONE ? &value->declared : NULL;
    if (!hz_check_dated(checker, &value->history, declared, info)) return;
    if (info->type.kind == HZ_KIND_NULL) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_TYPE, value->name_span, "no version of `%.*s` says what kind of value it is", HZ_ARG(value->name));
        hz_diag_hint(checker->diags, diag, "make it a parameter, which has a unit or a type");
        info->type = (hz_type){.kind = HZ_KIND_NONE};
        return;
    }
    if (info->type.kind == HZ_KIND_LIST) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_TYPE, value->name_span, "`%.*s` is a list, and a value is one thing", HZ_ARG(value->name));
        hz_diag_hint(checker->diags, diag, "write the list where it is used, inside a function or right of `in`");
        info->type = (hz_type){.kind = HZ_KIND_NONE};
        return;
    }
    info->raw = info->type;
    const hz_lines *caps = &checker->plan->rules->caps;
    for (uint32_t i = 0; i < caps->count; i++) {
        if (!cap_is_over(&caps->at[i], value->name)) continue;
        if (info->raw.wide) {
            refuse_cap(checker, &caps->at[i], &info->raw);
            info->type = (hz_type){.kind = HZ_KIND_NONE};
            return;
        }
        info->type.absent |= hz_check_cap_line(checker, &caps->at[i], &info->raw);
        info->type.step = 0; /* a limit need not be a multiple of it */
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
            checker->found = HZ_ALL_DAYS;
            const hz_type *when = hz_check_formula(checker, input->when, &boolean);
            if (when != NULL) info->type.absent |= when->absent;
            set_window(info, checker->found); /* whether it is needed is known on these days only */
        }
        break;
    }
    case HZ_SYMBOL_PARAMETER: check_parameter(checker, &rules->parameters.at[symbol->index], info); break;
    case HZ_SYMBOL_SCALE: hz_check_scale(checker, &rules->scales.at[symbol->index], info); break;
    case HZ_SYMBOL_VALUE: check_value(checker, &rules->values.at[symbol->index], info); break;
    case HZ_SYMBOL_OUTPUT: hz_check_output(checker, &rules->outputs.at[symbol->index], info); break;
    case HZ_SYMBOL_COUNTER:
        info->type = rules->counters.at[symbol->index].type;
        checker->reads_counter = true;
        break;
    default: /* a benefit's net, the total */
        info->type = (hz_type){.kind = HZ_KIND_NUMBER, .scale = checker->model->currency_scale, /* hi: check_items.c */
                               .absent = HZ_MAY_MISS | HZ_MAY_UNKNOWN | HZ_MAY_ERR};
        break;
    }
}

bool hz_check_is_done(const hz_checker *checker, uint32_t symbol)
{
    return checker->plan->symbols[symbol].state == DONE;
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
    if (info->state == UNTOUCHED && checker->chain.count >= CHAIN_MOST) {
        hz_error(checker->diags, HZ_E_TOO_LARGE, symbol_at(checker, symbol)->span, "`%.*s` needs more than %d values one through the other",
                 HZ_ARG(symbol_at(checker, symbol)->name), CHAIN_MOST);
        info->type = (hz_type){.kind = HZ_KIND_NONE};
        info->state = DONE;
    }
    if (info->state == UNTOUCHED) {
        bool counter = checker->reads_counter, dated = checker->reads_dated, nets = checker->nets, none = checker->none_allowed;
        hz_window asks = checker->asks, found = checker->found;
        hz_facts known = checker->env.facts;
        info->state = IN_WORK;
        checker->reads_counter = checker->reads_dated = checker->nets = checker->none_allowed = false;
        checker->asks = (hz_window){HZ_DATE_MAX + 1, HZ_DATE_MAX + 1};
        set_window(info, HZ_ALL_DAYS);
        checker->env.facts = (hz_facts){.arena = checker->arena, .context = checker, .origin = hz_origin_of, .formula = hz_origin_formula, /* what a caller */
                                        .work_in_all = known.work_in_all}; /* tested says nothing inside a value of its own */
        *HZ_PUSH(checker->arena, &checker->chain) = symbol;
        check_kind(checker, symbol_at(checker, symbol), info);
        checker->chain.count--;
        known.work_in_all = checker->env.facts.work_in_all;
        checker->env.facts = known;
        info->reads_counter = checker->reads_counter;
        info->reads_dated = checker->reads_dated;
        info->state = DONE;
        checker->reads_counter = counter;
        checker->reads_dated = dated;
        checker->nets = nets;
        checker->none_allowed = none;
        checker->asks = asks;
        checker->found = found;
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
        hz_error(checker->diags, HZ_E_TYPE, dated_by->span, "`dated by` needs a date that is never null, and `%.*s` is %s%s",
                 HZ_ARG(dated_by->name), info->type.kind == HZ_KIND_DATE ? "optional" : "of type ",
                 info->type.kind == HZ_KIND_DATE ? "" : hz_kind_name((hz_kind)info->type.kind));
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
        bool parameter = symbol->kind == HZ_SYMBOL_PARAMETER, scale = symbol->kind == HZ_SYMBOL_SCALE;
        if (checker->plan->symbols[i].used || (!parameter && !scale && symbol->kind != HZ_SYMBOL_VALUE)) continue;
        if (parameter && rules->parameters.at[symbol->index].informative) continue;
        hz_diag *diag = hz_warn(checker->diags, HZ_E_UNUSED, symbol->span, "nothing uses the %s `%.*s`", parameter ? "parameter" : scale ? "scale" : "value", HZ_ARG(symbol->name));
        if (parameter) hz_diag_hint(checker->diags, diag, "a figure that only states a fact is `informative: true`");
    }
    hz_check_tables_used(checker);
}

void hz_check_plan(hz_checker *checker)
{
    hz_plan *plan = checker->plan;
    uint32_t errors = checker->diags->errors;
    checker->within = HZ_ALL_DAYS;
    plan->symbols = HZ_NEW_MANY(checker->arena, hz_symbol_info, plan->rules->symbols.count);
    plan->expressions = 1;
    checker->env = (hz_env){.arena = checker->arena, .diags = checker->diags, .context = checker, .resolve = resolve,
                            .nearest = nearest, .next_id = &plan->expressions,
                            .facts = {.arena = checker->arena, .context = checker, .origin = hz_origin_of, .formula = hz_origin_formula}};
    check_dated_by(checker, &plan->rules->dated_by);
    for (uint32_t i = 0; i < plan->rules->dated_by_readings.count; i++)
        check_dated_by(checker, &plan->rules->dated_by_readings.at[i].ref); /* what is said already is not said again */
    hz_check_table_names(checker);
    hz_check_items(checker);
    check_unused(checker);
    /* Values nothing uses are checked as well: their mistakes are mistakes. */
    for (uint32_t i = 0; i < plan->rules->symbols.count; i++)
        if (plan->rules->symbols.at[i].kind != HZ_SYMBOL_FEE) hz_check_symbol(checker, i);
    if (checker->diags->errors > errors) return;
    hz_check_increases(checker);
    hz_check_gaps(checker);
}
