/* explain.c - the nodes of an explanation, found along the rules as walk.c finds the basis; see tell.h. Nothing is
 * written here and nothing computed: values are read from the decision's registers. Called by explain_text.c and
 * explain_json.c.
 */
#include "run/tell.h"

#define FAMILY_MOST 32 /* children of one node that are told */

typedef struct child {
    uint32_t symbol;        /* a name; HZ_MAP_NONE: a cap, a condition or a bracket */
    const hz_cap_site *cap;
    const hz_condition_site *condition;
    const hz_scale *scale;  /* a bracket of its version in force */
    const hz_entry *entry;
    uint32_t bracket;
} child;

typedef struct family {
    child at[FAMILY_MOST];
    uint32_t count;
    bool more;
} family;

typedef struct explainer {
    hz_decision *decision;
    const hz_plan_model *rules;
    const hz_question *question;
    const hz_machine *machine;
    const hz_teller *teller;
    hz_type money;          /* of benefits and fees */
    hz_told_section section;
    bool section_open;
} explainer;

typedef struct place {
    uint32_t depth;
    bool last;
} place;

static void tell_child(explainer *e, const child *told, place at);

/* ---- Children ---- */

static void add_child(family *f, child c)
{
    if (f->count < FAMILY_MOST)
        f->at[f->count++] = c;
    else
        f->more = true;
}

static void add_symbol(family *f, uint32_t symbol)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->at[i].symbol == symbol && f->at[i].cap == NULL)
            return;
    add_child(f, (child){.symbol = symbol});
}

static void add_name(void *context, const hz_ast *name)
{
    add_symbol(context, name->symbol);
}

static void add_names(explainer *e, family *f, const hz_ast *formula)
{
    if (formula != NULL)
        hz_expression_asks(e->decision, formula, add_name, f);
}

/* Caps in life whose condition holds or is open. */
static void add_caps(explainer *e, family *f, const hz_cap_sites *caps)
{
    for (uint32_t i = 0; i < caps->count; i++) {
        const hz_cap_site *site = &caps->at[i];
        bool lives = hz_life_holds(e->decision, &e->rules->caps.at[site->line].life);
        if (lives && !hz_machine_false(e->machine, &site->applies))
            add_child(f, (child){.symbol = HZ_MAP_NONE, .cap = site});
    }
}

/* Of a condition that holds, the inputs are told by its values, of an open one those that are given do not matter.
 * Figures and values are worth a line. */
static void drop_plain(explainer *e, family *f)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        uint8_t kind = e->rules->symbols.at[f->at[i].symbol].kind;
        bool given = hz_machine_state(e->machine, &e->question->symbol[f->at[i].symbol]) == HZ_IS_VALUE;
        if (kind == HZ_SYMBOL_PARAMETER || kind == HZ_SYMBOL_SCALE || kind == HZ_SYMBOL_VALUE || kind == HZ_SYMBOL_OUTPUT || !given)
            f->at[kept++] = f->at[i];
    }
    f->count = kept;
}

/* Of a computation that failed only what failed is worth telling, and of a total below 0 what it consists of. */
static bool is_noise(const explainer *e, const hz_told *told)
{
    if (e->decision->error.code == HZ_R_NEGATIVE && told->kind == HZ_TOLD_BENEFIT)
        return false;
    return told->depth == 0 && e->decision->outcome == HZ_FAILED && e->decision->error.code != HZ_R_CHECK &&
           told->state != HZ_IS_ERROR;
}

static void tell(explainer *e, hz_told *told, family *f)
{
    if (is_noise(e, told))
        return;
    if (told->depth >= HZ_TOLD_DEPTH && f->count > 0) {
        f->count = 0;
        f->more = true;
    }
    told->children = f->count;
    told->more = f->more;
    if (!e->section_open) {
        e->teller->open(e->teller->context, e->section);
        e->section_open = true;
    }
    e->teller->begin(e->teller->context, told);
    for (uint32_t i = 0; i < f->count; i++)
        tell_child(e, &f->at[i], (place){told->depth + 1, i + 1 == f->count});
    e->teller->end(e->teller->context, told);
}

/* ---- Names ---- */

static void read_value(explainer *e, hz_told *told, const hz_regs *regs, const hz_type *type, hz_str unit)
{
    told->regs = regs;
    told->state = regs->value == HZ_NO_REG ? HZ_IS_MISSING : (uint8_t)hz_machine_state(e->machine, regs);
    told->value = (hz_said_value){.type = type, .unit = unit};
    if (told->state != HZ_IS_VALUE)
        return;
    told->value.value = hz_machine_int(e->machine, regs->value);
    told->value.wide = hz_machine_number(e->machine, regs->value, type->scale);
    told->value.text = hz_machine_text(e->machine, regs->value);
}

static void read_history(explainer *e, hz_told *told, const hz_history *history)
{
    told->entry = hz_entry_in_force(e->decision, history);
    told->dated = history->dated;
    told->formula = told->entry != NULL ? told->entry->formula : NULL;
}

/* The value before caps, where they cut it. */
static void read_before(explainer *e, hz_told *told, const hz_regs *before)
{
    if (told->state != HZ_IS_VALUE || hz_machine_state(e->machine, before) != HZ_IS_VALUE)
        return;
    told->before = hz_machine_int(e->machine, before->value);
    told->has_before = told->before != told->value.value;
}

/* What the formula gave, where rounding changed it. */
static void read_exact(explainer *e, hz_told *told)
{
    const hz_regs *regs = told->formula != NULL ? hz_expression_regs(e->decision, told->formula) : NULL;
    if (regs == NULL || told->state != HZ_IS_VALUE || hz_machine_state(e->machine, regs) != HZ_IS_VALUE)
        return;
    int64_t gross = told->has_before ? told->before : told->value.value;
    const hz_type *type = &told->formula->type;
    told->exact = (hz_said_value){.type = type,
                                  .unit = told->value.unit,
                                  .value = hz_machine_int(e->machine, regs->value),
                                  .wide = hz_machine_number(e->machine, regs->value, type->scale)};
    told->rounded = hz_wide_compare(told->exact.wide, hz_wide_from(gross, told->value.type->scale)) != 0;
}

static void open_value(explainer *e, uint32_t index, hz_told *told, family *f)
{
    const hz_value *value = &e->rules->values.at[index];
    told->from = &value->from;
    read_history(e, told, &value->history);
    if (told->again)
        return;
    add_names(e, f, told->formula);
    for (uint32_t i = 0; i < e->question->values.count; i++) {
        const hz_value_site *site = &e->question->values.at[i];
        if (site->value != index)
            continue;
        read_before(e, told, &site->before);
        add_caps(e, f, &site->caps);
    }
}

/* What the scale works on, then the brackets that took part. */
static void open_scale(explainer *e, uint32_t index, hz_told *told, family *f)
{
    const hz_scale *scale = &e->rules->scales.at[index];
    told->scale = scale;
    read_history(e, told, &scale->history);
    if (told->again || told->entry == NULL || told->entry->state != HZ_ENTRY_VALUE)
        return;
    add_names(e, f, scale->of);
    uint32_t hit = hz_bracket_hit(e->decision, scale, told->entry);
    for (uint32_t i = 0; i < told->entry->brackets.count; i++)
        if (hz_bracket_reached(scale, hit, i))
            add_child(f, (child){.symbol = HZ_MAP_NONE, .scale = scale, .entry = told->entry, .bracket = i});
}

static const hz_slice_site *slice_of(const explainer *e, const hz_bracket *bracket)
{
    for (uint32_t i = 0; i < e->question->slices.count; i++)
        if (e->question->slices.at[i].bracket == bracket)
            return &e->question->slices.at[i];
    return NULL;
}

static void tell_bracket(explainer *e, const child *which, place at)
{
    const hz_scale *scale = which->scale;
    const hz_bracket *bracket = &which->entry->brackets.at[which->bracket];
    const hz_slice_site *site = scale->marginal ? slice_of(e, bracket) : NULL;
    hz_type amount = {.kind = HZ_KIND_NUMBER};
    hz_told told = {.kind = HZ_TOLD_BRACKET,
                    .name = bracket->path,
                    .symbol = HZ_MAP_NONE,
                    .depth = at.depth,
                    .last = at.last,
                    .scale = scale,
                    .entry = which->entry,
                    .bracket = which->bracket,
                    .from = bracket->from.given ? &bracket->from : NULL,
                    .state = bracket->state == HZ_ENTRY_UNKNOWN ? HZ_IS_UNKNOWN : HZ_IS_VALUE,
                    .value = {.type = &scale->type, .unit = scale->unit}};
    family f = {.count = 0};
    told.value.value = (int64_t)bracket->value.coefficient;
    if (site != NULL) {
        amount.scale = site->places + scale->type.scale;
        told.value.type = &amount;
        told.value.value = hz_machine_int(e->machine, site->amount);
        told.slice = hz_decimal_trim((hz_decimal){hz_machine_int(e->machine, site->slice), site->places});
    }
    tell(e, &told, &f);
}

/* An output of a table shows what its row gives, and stands on what the row stands on. */
static void open_output(explainer *e, const hz_output *output, hz_told *told, family *f)
{
    uint32_t at = 0, column = (uint32_t)(output - &e->rules->outputs.at[e->rules->tables.at[output->table].first_output]);
    read_history(e, told, &output->history);
    if (!told->again)
        add_names(e, f, told->formula);
    told->formula = NULL;
    if (!hz_table_used(e->decision, told->symbol, &told->rows))
        return;
    const hz_row *row = hz_row_next(e->decision, &told->rows, &at);
    if (row == NULL)
        return;
    told->has_rows = true;
    told->from = hz_row_from(&told->rows, row);
    told->rests_on = row->path;
    const hz_ast *gives = hz_row_gives(row, column);
    if (gives != NULL && (gives->op == HZ_AST_NAME || gives->children > 0))
        told->formula = hz_row_next(e->decision, &told->rows, &at) == NULL ? gives : NULL;
}

static void tell_symbol(explainer *e, uint32_t number, place at)
{
    static const uint8_t kinds[] = {[HZ_SYMBOL_INPUT] = HZ_TOLD_INPUT,     [HZ_SYMBOL_PARAMETER] = HZ_TOLD_PARAMETER,
                                    [HZ_SYMBOL_SCALE] = HZ_TOLD_SCALE,
                                    [HZ_SYMBOL_VALUE] = HZ_TOLD_VALUE,     [HZ_SYMBOL_COUNTER] = HZ_TOLD_COUNTER,
                                    [HZ_SYMBOL_BENEFIT] = HZ_TOLD_BENEFIT, [HZ_SYMBOL_FEE] = HZ_TOLD_FEE,
                                    [HZ_SYMBOL_OUTPUT] = HZ_TOLD_VALUE,    [HZ_SYMBOL_TOTAL] = HZ_TOLD_VALUE};
    const hz_symbol *symbol = &e->rules->symbols.at[number];
    hz_told told = {.kind = kinds[symbol->kind],
                    .name = symbol->name,
                    .symbol = number,
                    .depth = at.depth,
                    .last = at.last};
    family f = {.count = 0};
    bool opens = symbol->kind == HZ_SYMBOL_VALUE || symbol->kind == HZ_SYMBOL_PARAMETER || symbol->kind == HZ_SYMBOL_SCALE ||
                 symbol->kind == HZ_SYMBOL_OUTPUT;
    told.again = opens && e->decision->seen[number] != 0;
    read_value(e, &told, &e->question->symbol[number], &e->decision->plan->symbols[number].type,
               hz_symbol_unit(e->decision->plan, number));
    if (symbol->kind == HZ_SYMBOL_VALUE)
        open_value(e, symbol->index, &told, &f);
    else if (symbol->kind == HZ_SYMBOL_SCALE)
        open_scale(e, symbol->index, &told, &f);
    else if (symbol->kind == HZ_SYMBOL_OUTPUT)
        open_output(e, &e->rules->outputs.at[symbol->index], &told, &f);
    else if (symbol->kind == HZ_SYMBOL_PARAMETER)
        read_history(e, &told, &e->rules->parameters.at[symbol->index].history);
    if (at.depth < HZ_TOLD_DEPTH)
        e->decision->seen[number] = 1;
    tell(e, &told, &f);
}

/* ---- Lines ---- */

/* Its formula's; of a bare number that of what it limits. */
static hz_str unit_of_cap(const explainer *e, const hz_line *line, const hz_ast *limit)
{
    hz_str unit = limit != NULL ? hz_formula_unit(e->decision->plan, limit) : HZ_STR("");
    if (unit.len > 0 || limit == NULL || line->over.count == 0) return unit;
    uint32_t over = hz_map_find(&e->rules->symbol_map, line->over.at[0].name);
    return over != HZ_MAP_NONE ? hz_symbol_unit(e->decision->plan, over) : unit;
}

static void tell_cap(explainer *e, const hz_cap_site *site, place at)
{
    const hz_line *line = &e->rules->caps.at[site->line];
    hz_type type = {.kind = HZ_KIND_NUMBER, .scale = site->scale};
    hz_told told = {.kind = HZ_TOLD_CAP,
                    .name = line->code,
                    .symbol = HZ_MAP_NONE,
                    .depth = at.depth,
                    .last = at.last,
                    .from = &line->from,
                    .line = line,
                    .cap = site};
    family f = {.count = 0};
    read_value(e, &told, &site->limit, &type, HZ_STR(""));
    read_history(e, &told, &line->limit);
    told.value.unit = unit_of_cap(e, line, told.formula);
    add_names(e, &f, told.formula);
    tell(e, &told, &f);
}

static uint8_t verdict_of(explainer *e, const hz_line *line, const hz_regs *holds)
{
    if (line->when != NULL && hz_expression_is(e->decision, line->when, false))
        return HZ_VERDICT_NOT_ASKED;
    if (hz_machine_true(e->machine, holds))
        return HZ_VERDICT_HOLDS;
    return hz_machine_false(e->machine, holds) ? HZ_VERDICT_FAILS : HZ_VERDICT_OPEN;
}

static void tell_condition(explainer *e, const hz_lines *lines, const hz_condition_site *site, place at)
{
    const hz_line *line = &lines->at[site->line];
    if (!hz_life_holds(e->decision, &line->life))
        return;
    hz_told told = {.kind = HZ_TOLD_CONDITION,
                    .name = line->code,
                    .symbol = HZ_MAP_NONE,
                    .depth = at.depth,
                    .last = at.last,
                    .from = &line->from,
                    .line = line};
    family f = {.count = 0};
    told.verdict = verdict_of(e, line, &site->holds);
    told.state = (uint8_t)hz_machine_state(e->machine, &site->holds);
    read_history(e, &told, &line->require);
    if (told.verdict == HZ_VERDICT_FAILS || told.verdict == HZ_VERDICT_OPEN)
        add_names(e, &f, line->when);
    if (told.verdict != HZ_VERDICT_NOT_ASKED)
        add_names(e, &f, told.formula);
    if (told.verdict != HZ_VERDICT_FAILS)
        drop_plain(e, &f);
    tell(e, &told, &f);
}

static void tell_child(explainer *e, const child *told, place at)
{
    if (told->cap != NULL)
        tell_cap(e, told->cap, at);
    else if (told->scale != NULL)
        tell_bracket(e, told, at);
    else if (told->condition != NULL)
        tell_condition(e, &e->rules->eligibility, told->condition, at);
    else
        tell_symbol(e, told->symbol, at);
}

/* ---- Roots ---- */

static uint32_t symbol_of(const explainer *e, hz_str name)
{
    return hz_map_find(&e->rules->symbol_map, name);
}

/* Those conditions of a benefit that don't surely hold. */
static void add_conditions(explainer *e, family *f, const hz_condition_sites *sites, hz_told *told)
{
    for (uint32_t i = 0; i < sites->count; i++) {
        const hz_condition_site *site = &sites->at[i];
        if (hz_machine_true(e->machine, &site->holds))
            continue;
        if (hz_machine_false(e->machine, &site->holds))
            told->verdict = HZ_VERDICT_FAILS;
        add_child(f, (child){.symbol = HZ_MAP_NONE, .condition = site});
    }
}

/* A benefit refused by a condition of its own shows that condition instead of its formula. */
static void tell_benefit(explainer *e, uint32_t index)
{
    const hz_benefit *benefit = &e->rules->benefits.at[index];
    const hz_benefit_site *site = &e->question->benefits[index];
    hz_told told = {.kind = HZ_TOLD_BENEFIT,
                    .name = benefit->name,
                    .symbol = symbol_of(e, benefit->name),
                    .last = true,
                    .from = &benefit->from};
    family f = {.count = 0};
    read_value(e, &told, &site->net, &e->money, e->decision->plan->ruleset->currency);
    if (hz_machine_false(e->machine, &site->asked))
        told.verdict = HZ_VERDICT_NOT_ASKED;
    else if (hz_machine_int(e->machine, site->offered) == 0)
        told.verdict = HZ_VERDICT_NOT_OFFERED;
    else
        add_conditions(e, &f, &site->conditions, &told);
    if (told.verdict == HZ_VERDICT_HOLDS) {
        read_history(e, &told, &benefit->amount);
        read_before(e, &told, &site->gross);
        read_exact(e, &told);
        add_names(e, &f, told.formula);
        add_caps(e, &f, &site->caps);
    } else if (told.verdict == HZ_VERDICT_NOT_ASKED && benefit->when != NULL) {
        add_names(e, &f, benefit->when);
    }
    tell(e, &told, &f);
}

static void tell_fee(explainer *e, uint32_t index)
{
    const hz_fee *fee = &e->rules->fees.at[index];
    hz_told told = {.kind = HZ_TOLD_FEE,
                    .name = fee->name,
                    .symbol = symbol_of(e, fee->name),
                    .last = true,
                    .from = &fee->from};
    family f = {.count = 0};
    read_value(e, &told, &e->question->fees[index], &e->money, e->decision->plan->ruleset->currency);
    read_history(e, &told, &fee->amount);
    read_exact(e, &told);
    add_names(e, &f, told.formula);
    tell(e, &told, &f);
}

static void begin_section(explainer *e, hz_told_section section)
{
    e->section = section;
    e->section_open = false;
}

static void end_section(explainer *e)
{
    if (e->section_open)
        e->teller->close(e->teller->context, e->section);
}

static void tell_amounts(explainer *e)
{
    begin_section(e, HZ_SECTION_AMOUNTS);
    for (uint32_t i = 0; e->question->benefits != NULL && i < e->rules->benefits.count; i++) tell_benefit(e, i);
    for (uint32_t i = 0; e->question->fees != NULL && i < e->rules->fees.count; i++) tell_fee(e, i);
    end_section(e);
}

static void tell_conditions(explainer *e)
{
    const hz_condition_sites *sites = &e->question->conditions;
    begin_section(e, HZ_SECTION_CONDITIONS);
    for (uint32_t i = 0; i < sites->count; i++)
        tell_condition(e, &e->rules->eligibility, &sites->at[i], (place){0, true});
    for (uint32_t p = 0; p < e->decision->part_count; p++) {
        const hz_condition_sites *own = &e->question->parts[p].conditions;
        for (uint32_t i = 0; e->decision->parts[p]->outcome != HZ_NOT_ASKED && i < own->count; i++)
            tell_condition(e, &e->rules->eligibility, &own->at[i], (place){0, true});
    }
    end_section(e);
}

/* Checks that hold say nothing to people. */
static void tell_checks(explainer *e)
{
    const hz_condition_sites *sites = &e->question->checks;
    begin_section(e, HZ_SECTION_CHECKS);
    for (uint32_t i = 0; i < sites->count; i++)
        if (!hz_machine_true(e->machine, &sites->at[i].holds))
            tell_condition(e, &e->rules->checks, &sites->at[i], (place){0, true});
    end_section(e);
}

/* ---- All ---- */

static bool any_fails(const explainer *e, const hz_condition_sites *sites)
{
    for (uint32_t i = 0; i < sites->count; i++)
        if (hz_machine_false(e->machine, &sites->at[i].holds))
            return true;
    return false;
}

void hz_tell(hz_decision *decision, const hz_teller *teller)
{
    hz_decision_walk(decision);
    explainer all = {.decision = decision, .rules = decision->plan->rules, .question = decision->question,
                     .machine = &decision->machine, .teller = teller,
                     .money = {.kind = HZ_KIND_NUMBER, .scale = decision->plan->ruleset->currency_scale}};
    explainer *e = &all;
    int32_t date;
    bool contradicts = decision->outcome == HZ_FAILED && any_fails(e, &e->question->checks);
    bool refused = decision->outcome == HZ_REFUSED && any_fails(e, &e->question->conditions);
    memset(decision->seen, 0, e->rules->symbols.count);
    if (!hz_told_date(decision, &date))
        return;
    if (!contradicts && !refused)
        tell_amounts(e);
    if (!contradicts)
        tell_conditions(e);
    tell_checks(e);
}

bool hz_told_date(const hz_decision *decision, int32_t *date)
{
    const hz_regs *regs = &decision->question->dated_by;
    hz_fault fault;
    if (hz_claim_error(&decision->snapshot, &fault) || hz_machine_state(&decision->machine, regs) != HZ_IS_VALUE)
        return false;
    *date = (int32_t)hz_machine_int(&decision->machine, regs->value);
    return hz_machine_int(&decision->machine, decision->question->in_force) != 0;
}

bool hz_told_cut(const hz_decision *decision, const hz_cap_site *cap, int64_t *used, int64_t *cut)
{
    const hz_machine *machine = &decision->machine;
    *used = *cut = 0;
    if (cap->used.value != HZ_NO_REG && hz_machine_state(machine, &cap->used) != HZ_IS_VALUE)
        return false;
    if (cap->used.value != HZ_NO_REG)
        *used = hz_machine_int(machine, cap->used.value);
    if (hz_machine_state(machine, &cap->before) != HZ_IS_VALUE || hz_machine_state(machine, &cap->after) != HZ_IS_VALUE)
        return false;
    *cut = hz_machine_int(machine, cap->before.value) - hz_machine_int(machine, cap->after.value);
    return true;
}
