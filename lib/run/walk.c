/* walk.c - the walk over the rules behind one answer: which statements it used, what was missing, where it went wrong.
 *
 * It follows what lazy three-valued evaluation asks for: of an expression the names that decide (lazy.c), of a history
 * the version in force. States are read from the decision's registers, nothing is computed again. A thing is
 * walked `deciding` when it fed an amount asked, a condition that failed or a cap that cut; else only as used.
 */
#include "run/walk.h"

enum { USED = 1, DECIDING = 2, LEVEL = 3, MISSED = 4, UNTOLD = 8 }; /* marks in decision->seen */

typedef struct walk {
    hz_decision *decision;
    const hz_plan_model *rules;
    const hz_question *question;
    uint8_t level;         /* USED or DECIDING */
    bool versions_matter;  /* a deciding value has several versions: the choice of the date counts */
} walk;

static void demand(walk *w, const hz_ast *ast);
static void demand_name(walk *w, hz_str name);

/* ---- What is in force ---- */

const hz_entry *hz_entry_in_force(const hz_decision *decision, const hz_history *history)
{
    const hz_question *question = decision->question;
    const hz_regs *date = &question->dated_by;
    if (history->entries.count == 0) return NULL;
    if (history->entries.count == 1 && history->entries.at[0].since.day == HZ_DATE_MIN) return &history->entries.at[0];
    if (history->dated_by.len > 0)
        date = &question->symbol[hz_map_find(&decision->plan->rules->symbol_map, history->dated_by)];
    if (hz_machine_state(&decision->machine, date) != HZ_IS_VALUE) return NULL;
    int64_t day = hz_machine_int(&decision->machine, date->value);
    const hz_entry *in_force = NULL;
    for (uint32_t i = 0; i < history->entries.count && history->entries.at[i].since.day <= day; i++)
        in_force = &history->entries.at[i];
    return in_force;
}

bool hz_life_holds(const hz_decision *decision, const hz_life *life)
{
    if (hz_machine_state(&decision->machine, &decision->question->dated_by) != HZ_IS_VALUE) return true;
    int64_t day = hz_machine_int(&decision->machine, decision->question->dated_by.value);
    return (!life->has_from || day >= life->from.day) && (!life->has_until || day < life->until.day);
}

const hz_regs *hz_expression_regs(const hz_decision *decision, const hz_ast *ast)
{
    const hz_regs *regs = &decision->question->expression[ast->id];
    return regs->value == HZ_NO_REG ? NULL : regs;
}

/* ---- Statements used ---- */

static bool shaky(const hz_provenance *from)
{
    return from->standing == HZ_ASSUMED || from->standing == HZ_DISPUTED || from->date_assumed.len > 0;
}

static bool is_named(const hz_basis_item *item, hz_str name, hz_str output)
{
    return hz_str_eq(item->name, name) && hz_str_eq(item->output, output);
}

/* Its place among the slots: that of the item of this name, or a free one. */
static uint32_t *slot_named(const hz_decision *decision, hz_str name, hz_str output)
{
    uint32_t at = (uint32_t)hz_hash_bytes(name.at, name.len) & decision->basis_mask;
    while (decision->basis_slots[at] != 0 && !is_named(&decision->basis[decision->basis_slots[at] - 1], name, output))
        at = (at + 1) & decision->basis_mask;
    return &decision->basis_slots[at];
}

/* The item of a name, new or found. */
static hz_basis_item *item_named(walk *w, hz_str name, hz_str output, const hz_provenance *from, const hz_entry *entry)
{
    uint32_t *slot = slot_named(w->decision, name, output);
    if (*slot == 0) {
        *slot = ++w->decision->basis_count;
        w->decision->basis[*slot - 1] = (hz_basis_item){.name = name, .output = output, .from = from, .entry = entry};
    }
    return &w->decision->basis[*slot - 1];
}

/* A dated value stands in the basis; other statements where the answer rests on them. */
static hz_basis_item *use(walk *w, hz_str name, const hz_provenance *from, const hz_entry *entry, const hz_type *type)
{
    bool rests_on = w->level == DECIDING && from->given && shaky(from);
    if (type == NULL && !rests_on) return NULL;
    hz_basis_item *item = item_named(w, name, HZ_STR(""), from, entry);
    if (type != NULL) item->type = type;
    item->rests_on |= rests_on;
    return item;
}

static void note_missing(walk *w, uint32_t symbol)
{
    w->decision->seen[symbol] |= MISSED;
}

static void note_unknown(walk *w, hz_str name)
{
    hz_decision *decision = w->decision;
    if (decision->outcome != HZ_UNDETERMINED) return;
    uint32_t symbol = hz_map_find(&w->rules->symbol_map, name);
    if (symbol != HZ_MAP_NONE && (decision->seen[symbol] & UNTOLD) != 0) return;
    if (symbol != HZ_MAP_NONE) decision->seen[symbol] |= UNTOLD;
    for (uint32_t i = 0; symbol == HZ_MAP_NONE && i < decision->reason_count; i++)
        if (hz_str_eq(decision->reasons[i].about, name)) return;
    decision->reasons[decision->reason_count++] =
        (hz_reason){.kind = HZ_REASON_UNKNOWN, .code = HZ_STR("UNKNOWN_VALUE"), .about = name};
}

/* The version in force of a named thing, or NULL. */
static const hz_entry *demand_version(walk *w, hz_str name, const hz_history *history)
{
    if (history->dated_by.len > 0) demand_name(w, history->dated_by);
    const hz_entry *entry = hz_entry_in_force(w->decision, history);
    if (entry == NULL) return NULL;
    if (w->level == DECIDING && history->entries.count > 1 && history->dated_by.len == 0) w->versions_matter = true;
    if (entry->state == HZ_ENTRY_UNKNOWN) note_unknown(w, name);
    return entry;
}

/* Its provenance, and what its formula asks for. */
static void demand_history(walk *w, hz_str name, const hz_history *history)
{
    const hz_entry *entry = demand_version(w, name, history);
    if (entry == NULL) return;
    use(w, name, &entry->from, entry, NULL);
    if (entry->formula != NULL) demand(w, entry->formula);
}

static void demand_parameter(walk *w, const hz_parameter *parameter)
{
    const hz_entry *entry = demand_version(w, parameter->name, &parameter->history);
    if (entry == NULL) return;
    hz_basis_item *item = use(w, parameter->name, &entry->from, entry, &parameter->type);
    item->unit = parameter->unit;
    item->has_value = entry->state == HZ_ENTRY_VALUE;
    item->value = (int64_t)entry->value.coefficient;
    item->text = entry->value.text;
}

/* What a scale's value stands on: its version, or, where each bracket that took part has a ground of its own, the last of
 * these brackets. A date that is assumed is the version's in any case. */
static const hz_provenance *ground_of(const hz_scale *scale, const hz_entry *entry, uint32_t hit)
{
    const hz_provenance *own = NULL;
    if (entry->from.date_assumed.len > 0) return &entry->from;
    for (uint32_t i = 0; i < entry->brackets.count; i++) {
        if (!hz_bracket_reached(scale, hit, i)) continue;
        own = &entry->brackets.at[i].from;
        if (!own->grounded) return &entry->from;
    }
    return own != NULL ? own : &entry->from;
}

/* A rate stands beside the sum that it is a part of. Where it says nothing of itself, the scale says what it rests on. */
static void demand_rate(walk *w, const hz_scale *scale, const hz_entry *entry, const hz_bracket *bracket)
{
    uint8_t level = w->level;
    if (!bracket->from.grounded) w->level = USED;
    hz_basis_item *item = use(w, bracket->path, bracket->from.grounded ? &bracket->from : &entry->from, entry, &scale->type);
    w->level = level;
    item->has_value = bracket->state == HZ_ENTRY_VALUE;
    item->value = (int64_t)bracket->value.coefficient;
}

/* Brackets that took part: of a sum each rate, and in any case what they say themselves of where they come from. */
static void demand_brackets(walk *w, const hz_scale *scale, const hz_entry *entry, uint32_t hit)
{
    for (uint32_t i = 0; i < entry->brackets.count; i++) {
        const hz_bracket *bracket = &entry->brackets.at[i];
        if (!hz_bracket_reached(scale, hit, i)) continue;
        if (scale->marginal) demand_rate(w, scale, entry, bracket);
        else if (bracket->from.grounded) use(w, bracket->path, &bracket->from, entry, NULL);
    }
    if (hz_bracket_unknown(w->decision, scale, entry) != NULL) note_unknown(w, scale->name);
}

static void demand_scale(walk *w, const hz_scale *scale, uint32_t number)
{
    const hz_regs *regs = &w->question->symbol[number];
    const hz_type *type = &w->decision->plan->symbols[number].type;
    const hz_entry *entry = demand_version(w, scale->name, &scale->history);
    if (entry == NULL) return;
    uint8_t level = w->level;
    uint32_t hit = hz_bracket_hit(w->decision, scale, entry);
    const hz_provenance *from = ground_of(scale, entry, hit);
    if (entry->state == HZ_ENTRY_VALUE) demand(w, scale->of);
    use(w, scale->name, &scale->from, entry, NULL);
    if (from != &entry->from) w->level = USED; /* brackets say it under names of their own */
    hz_basis_item *item = use(w, scale->name, from, entry, type);
    w->level = level;
    item->type = type;
    item->unit = scale->unit;
    item->has_value = hz_machine_state(&w->decision->machine, regs) == HZ_IS_VALUE;
    item->value = item->has_value ? hz_machine_int(&w->decision->machine, regs->value) : 0;
    demand_brackets(w, scale, entry, hit);
}

/* ---- Names ---- */

static void demand_caps(walk *w, const hz_cap_sites *caps)
{
    uint8_t level = w->level;
    for (uint32_t i = 0; i < caps->count; i++) {
        const hz_cap_site *site = &caps->at[i];
        const hz_line *line = &w->rules->caps.at[site->line];
        const hz_machine *machine = &w->decision->machine;
        if (!hz_life_holds(w->decision, &line->life)) continue;
        if (line->when != NULL) demand(w, line->when);
        if (hz_machine_false(machine, &site->applies)) continue;
        bool cut = hz_machine_state(machine, &site->after) == HZ_IS_VALUE && hz_machine_int(machine, site->before.value) != hz_machine_int(machine, site->after.value);
        w->level = cut ? level : USED;
        use(w, line->code, &line->from, NULL, NULL);
        demand_history(w, line->code, &line->limit);
        bool limited = hz_machine_state(machine, &site->limit) != HZ_IS_NULL;
        if (limited && line->counts.name.len > 0) demand_name(w, line->counts.name);
        w->level = level;
    }
}

static void demand_input(walk *w, const hz_input *input, uint32_t symbol)
{
    if (input->when != NULL) demand(w, input->when);
    if (hz_machine_state(&w->decision->machine, &w->question->symbol[symbol]) != HZ_IS_MISSING) return;
    if (input->when == NULL || hz_expression_is(w->decision, input->when, true)) note_missing(w, symbol);
}

static void demand_value(walk *w, const hz_value *value, uint32_t index)
{
    use(w, value->name, &value->from, NULL, NULL);
    demand_history(w, value->name, &value->history);
    for (uint32_t i = 0; i < w->question->values.count; i++)
        if (w->question->values.at[i].value == index) demand_caps(w, &w->question->values.at[i].caps);
}

/* A figure that stands in a row itself, not by a name of its own: a number, a date, a length of time. */
static bool is_figure(const hz_ast *ast)
{
    if (ast->op == HZ_AST_NEGATE) ast = ast->child[0];
    return ast->op == HZ_AST_NUMBER || ast->op == HZ_AST_AT;
}

/* What the answer rests on is said of the row. given: what the row gives. */
static void use_figure(walk *w, const hz_output *output, const hz_row *row, const hz_provenance *from, const hz_entry *entry,
                       const hz_ast *given)
{
    const hz_regs *regs = hz_expression_regs(w->decision, given);
    if (!is_figure(given) || regs == NULL) return;
    hz_basis_item *item = item_named(w, row->path, output->name, from, entry);
    item->type = &given->type;
    item->unit = output->unit;
    item->has_value = hz_machine_state(&w->decision->machine, regs) == HZ_IS_VALUE;
    item->value = item->has_value ? hz_machine_int(&w->decision->machine, regs->value) : 0;
}

/* The same of a row of a long version, which gives a constant. */
static void use_constant(walk *w, const hz_output *output, const hz_table_use *used, const hz_provenance *from, const hz_entry *entry)
{
    const hz_long *rows = used->formula->rows;
    if (output->type.kind != HZ_KIND_NUMBER && output->type.kind != HZ_KIND_DATE) return;
    hz_basis_item *item = item_named(w, used->met.path, output->name, from, entry);
    item->type = &rows->type;
    item->unit = output->unit;
    item->has_value = true;
    item->value = hz_lookup_item(rows->lookup, rows->values, hz_long_answer(w->decision, used->formula));
}

static void use_row(walk *w, const hz_output *output, const hz_table_use *used, const hz_row *row, const hz_ast *given, const hz_entry *entry)
{
    const hz_provenance *from = hz_row_from(used, row);
    use(w, row->path, from, entry, NULL);
    if (given == NULL) use_constant(w, output, used, from, entry);
    else if (used->table->hit != HZ_HIT_COUNT) use_figure(w, output, row, from, entry, given);
}

/* What stands behind the rows taken counts as the table's part in the answer. */
static void demand_output(walk *w, const hz_output *output, uint32_t symbol)
{
    hz_table_use used;
    uint32_t at = 0;
    demand_history(w, output->name, &output->history);
    if (!hz_table_used(w->decision, symbol, &used)) return;
    const hz_entry *entry = hz_entry_in_force(w->decision, &output->history);
    for (const hz_row *row = hz_row_next(w->decision, &used, &at); row != NULL; row = hz_row_next(w->decision, &used, &at)) {
        uint32_t child = 2 * at - 1, last = used.formula->children - 1; /* `otherwise` has no condition before it */
        bool many = used.formula->rows != NULL;
        const hz_ast *given = many && row == &used.met ? hz_long_gives(w->decision, used.formula) : used.formula->child[many || child > last ? last : child];
        use_row(w, output, &used, row, given, entry);
    }
}

static void demand_unseen(walk *w, uint32_t number)
{
    const hz_symbol *symbol = &w->rules->symbols.at[number];
    switch (symbol->kind) {
    case HZ_SYMBOL_INPUT: demand_input(w, &w->rules->inputs.at[symbol->index], number); break;
    case HZ_SYMBOL_PARAMETER: demand_parameter(w, &w->rules->parameters.at[symbol->index]); break;
    case HZ_SYMBOL_SCALE: demand_scale(w, &w->rules->scales.at[symbol->index], number); break;
    case HZ_SYMBOL_VALUE: demand_value(w, &w->rules->values.at[symbol->index], symbol->index); break;
    case HZ_SYMBOL_OUTPUT: demand_output(w, &w->rules->outputs.at[symbol->index], number); break;
    case HZ_SYMBOL_COUNTER:
        if (hz_machine_state(&w->decision->machine, &w->question->symbol[number]) == HZ_IS_MISSING) note_missing(w, number);
        break;
    default: break;
    }
}

static inline void demand_symbol(walk *w, uint32_t number)
{
    uint8_t *seen = &w->decision->seen[number];
    if ((*seen & LEVEL) >= w->level || w->question->symbol[number].value == HZ_NO_REG) return;
    *seen = (uint8_t)((*seen & ~LEVEL) | w->level);
    demand_unseen(w, number);
}

static void demand_name(walk *w, hz_str name)
{
    uint32_t symbol = hz_map_find(&w->rules->symbol_map, name);
    if (symbol != HZ_MAP_NONE) demand_symbol(w, symbol);
}

/* ---- Expressions ---- */

static void demand_found(void *context, const hz_ast *name)
{
    demand_symbol(context, name->symbol);
}

static void demand(walk *w, const hz_ast *ast)
{
    hz_expression_asks(w->decision, ast, demand_found, w);
}

/* ---- Items ---- */

static void demand_line(walk *w, const hz_line *line, uint8_t level)
{
    if (!hz_life_holds(w->decision, &line->life)) return;
    w->level = level;
    use(w, line->code, &line->from, NULL, NULL);
    if (line->when != NULL) demand(w, line->when);
    if (line->when == NULL || !hz_expression_is(w->decision, line->when, false)) demand_history(w, line->code, &line->require);
    w->level = USED;
}

static void demand_conditions(walk *w, const hz_condition_sites *sites, const hz_lines *lines, bool open_only)
{
    const hz_machine *machine = &w->decision->machine;
    for (uint32_t i = 0; i < sites->count; i++) {
        if (open_only && hz_machine_state(machine, &sites->at[i].holds) == HZ_IS_VALUE) continue;
        bool fails = hz_machine_false(machine, &sites->at[i].holds);
        demand_line(w, &lines->at[sites->at[i].line], fails ? DECIDING : USED);
    }
}

/* How an amount is rounded counts where it changed the amount. */
static void demand_round(walk *w, const hz_history *amount, const hz_round *own)
{
    const hz_round *round = hz_plan_round(w->decision->plan, own);
    const hz_entry *entry = hz_entry_in_force(w->decision, amount);
    const hz_regs *regs = entry != NULL && entry->formula != NULL ? hz_expression_regs(w->decision, entry->formula) : NULL;
    if (!round->given || regs == NULL || hz_machine_state(&w->decision->machine, regs) != HZ_IS_VALUE) return;
    hz_wide exact = hz_machine_number(&w->decision->machine, regs->value, entry->formula->type.scale);
    hz_wide cut = hz_wide_round(exact, round->scale, HZ_ROUND_DOWN);
    if (hz_wide_compare(exact, cut) != 0) use(w, HZ_STR("round"), &round->from, NULL, NULL);
}

static void demand_benefit(walk *w, uint32_t index)
{
    const hz_benefit *benefit = &w->rules->benefits.at[index];
    const hz_benefit_site *site = &w->question->benefits[index];
    const hz_machine *machine = &w->decision->machine;
    w->level = DECIDING;
    if (benefit->when != NULL) demand(w, benefit->when);
    w->level = USED;
    if (hz_machine_false(machine, &site->asked) || hz_machine_int(machine, site->offered) == 0) return;
    demand_conditions(w, &site->conditions, &w->rules->eligibility, false);
    for (uint32_t i = 0; i < site->conditions.count; i++)
        if (hz_machine_false(machine, &site->conditions.at[i].holds)) return;
    w->level = DECIDING;
    use(w, benefit->name, &benefit->from, NULL, NULL);
    demand_history(w, benefit->name, &benefit->amount);
    demand_round(w, &benefit->amount, &benefit->round);
    demand_caps(w, &site->caps);
    w->level = USED;
}

/* A counter that must move asks for its key, for what it adds, and for itself. */
static void demand_counter(walk *w, uint32_t index)
{
    const hz_counter *counter = &w->rules->counters.at[index];
    const hz_counter_site *site = &w->question->counters[index];
    if (hz_machine_false(&w->decision->machine, &site->moves)) return;
    for (uint32_t i = 0; i < counter->per.count; i++) demand_name(w, counter->per.at[i].name);
    demand(w, counter->adds != NULL ? counter->adds : counter->next);
    bool adds_nothing = counter->adds != NULL && hz_machine_state(&w->decision->machine, &site->change) == HZ_IS_VALUE &&
                        hz_machine_int(&w->decision->machine, site->change.value) == 0;
    if (counter->adds != NULL && !adds_nothing) demand_name(w, counter->name);
}

static void walk_settled(walk *w)
{
    demand_conditions(w, &w->question->checks, &w->rules->checks, false);
    demand_conditions(w, &w->question->conditions, &w->rules->eligibility, false);
    for (uint32_t i = 0; w->question->benefits != NULL && i < w->rules->benefits.count; i++) demand_benefit(w, i);
    for (uint32_t i = 0; w->question->fees != NULL && i < w->rules->fees.count; i++) {
        const hz_fee *fee = &w->rules->fees.at[i];
        w->level = DECIDING;
        use(w, fee->name, &fee->from, NULL, NULL);
        demand_history(w, fee->name, &fee->amount);
        demand_round(w, &fee->amount, NULL);
        w->level = USED;
    }
}

static void walk_open(walk *w)
{
    if (hz_machine_state(&w->decision->machine, &w->question->dated_by) != HZ_IS_VALUE) return;
    demand_conditions(w, &w->question->checks, &w->rules->checks, true);
    demand_conditions(w, &w->question->conditions, &w->rules->eligibility, true);
    for (uint32_t i = 0; w->question->benefits != NULL && i < w->rules->benefits.count; i++) demand_benefit(w, i);
    for (uint32_t i = 0; w->question->fees != NULL && i < w->rules->fees.count; i++)
        demand_history(w, w->rules->fees.at[i].name, &w->rules->fees.at[i].amount);
    for (uint32_t i = 0; w->question->counters != NULL && i < w->rules->counters.count; i++) demand_counter(w, i);
}

/* ---- Parts of a package ---- */

/* Those that are open matter only where the part hangs on them. */
static void demand_part_conditions(walk *w, uint32_t index, bool open)
{
    const hz_condition_sites *sites = &w->question->parts[index].conditions;
    const hz_machine *machine = &w->decision->machine;
    for (uint32_t i = 0; i < sites->count; i++) {
        if (!open && hz_machine_state(machine, &sites->at[i].holds) != HZ_IS_VALUE) continue;
        bool fails = hz_machine_false(machine, &sites->at[i].holds);
        demand_line(w, &w->rules->eligibility.at[sites->at[i].line], fails ? DECIDING : USED);
    }
}

/* The input or counter of a part that a name means, or NULL. */
static const hz_symbol *symbol_of_part(const hz_decision *part, hz_str name)
{
    const hz_plan_model *rules = part->plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name);
    return symbol != HZ_MAP_NONE ? &rules->symbols.at[symbol] : NULL;
}

/* What is missing of a part that is incomplete, as the package calls it. */
static void demand_missing_of(walk *w, const hz_decision *part)
{
    for (uint32_t m = 0; m < part->missing_count; m++) {
        const hz_symbol *missing = symbol_of_part(part, part->missing[m]);
        const hz_ast *set = missing != NULL && missing->kind == HZ_SYMBOL_INPUT ? part->part->inputs[missing->index].set : NULL;
        uint32_t ours = hz_map_find(&w->rules->symbol_map, part->missing[m]);
        if (set != NULL) demand(w, set);
        else if (ours != HZ_MAP_NONE) note_missing(w, ours);
    }
}

/* Whether a part was asked, and what it was given, counts where the part decided something. */
static void demand_part(walk *w, uint32_t index)
{
    const hz_decision *part = w->decision->parts[index];
    const hz_part_plan *plan = &w->decision->plan->parts[index];
    bool settled = part->outcome == HZ_PAID || part->outcome == HZ_NOTHING_DUE;
    bool open = part->outcome == HZ_INCOMPLETE || part->outcome == HZ_UNDETERMINED;
    w->level = part->outcome == HZ_NOT_ASKED ? USED : DECIDING;
    if (part->outcome != HZ_NOT_ASKED) use(w, plan->rules->plan, &plan->rules->from, NULL, NULL);
    if (plan->rules->when != NULL) demand(w, plan->rules->when);
    w->level = USED;
    if (part->outcome != HZ_NOT_ASKED) demand_part_conditions(w, index, open);
    w->level = DECIDING;
    for (uint32_t i = 0; settled && i < part->plan->rules->inputs.count; i++)
        if (part->part->inputs[i].set != NULL) demand(w, part->part->inputs[i].set);
    if (part->outcome == HZ_INCOMPLETE) demand_missing_of(w, part);
    w->level = USED;
}

static void walk_package(walk *w)
{
    demand_conditions(w, &w->question->checks, &w->rules->checks, false);
    demand_conditions(w, &w->question->conditions, &w->rules->eligibility, false);
    for (uint32_t i = 0; i < w->decision->part_count; i++) demand_part(w, i);
}

/* Missing names in the plan's order: inputs, then counters. */
static void list_missing(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    for (uint32_t s = 0; s < rules->symbols.count; s++)
        if ((decision->seen[s] & MISSED) != 0) decision->missing[decision->missing_count++] = rules->symbols.at[s].name;
}

static bool is_listed(const hz_decision *decision, hz_str name)
{
    for (uint32_t i = 0; i < decision->missing_count; i++)
        if (hz_str_eq(decision->missing[i], name)) return true;
    return false;
}

/* Counters are the parts', and stand behind the inputs. */
static void list_counters_of_parts(hz_decision *decision)
{
    for (uint32_t i = 0; i < decision->part_count; i++) {
        const hz_decision *part = decision->parts[i];
        for (uint32_t m = 0; part->outcome == HZ_INCOMPLETE && m < part->missing_count; m++) {
            const hz_symbol *missing = symbol_of_part(part, part->missing[m]);
            if (missing != NULL && missing->kind == HZ_SYMBOL_COUNTER && !is_listed(decision, part->missing[m]))
                decision->missing[decision->missing_count++] = part->missing[m];
        }
    }
}

static void begin_walk(walk *w)
{
    hz_decision *decision = w->decision;
    memset(decision->seen, 0, w->rules->symbols.count);
    memset(decision->basis_slots, 0, (decision->basis_mask + 1) * sizeof *decision->basis_slots);
    decision->missing_count = decision->basis_count = 0;
}

void hz_decision_walk_part(hz_decision *package, uint32_t index, hz_decision *part)
{
    walk w = {package, package->plan->rules, package->question, USED, false};
    const hz_part *rules = package->plan->parts[index].rules;
    begin_walk(&w);
    if (rules->when != NULL) demand(&w, rules->when);
    if (rules->when == NULL || hz_expression_is(package, rules->when, true)) demand_part_conditions(&w, index, true);
    list_missing(package);
    for (uint32_t i = 0; i < package->missing_count; i++) part->missing[part->missing_count++] = package->missing[i];
    package->missing_count = package->basis_count = 0;
}

void hz_decision_walk(hz_decision *decision)
{
    if (decision->walked || decision->plan->event) return;
    decision->walked = true;
    walk w = {decision, decision->plan->rules, decision->question, USED, false};
    begin_walk(&w);
    if (decision->snapshot.fault.is) return;
    demand_name(&w, w.rules->dated_by.name);
    bool in_force = hz_machine_int(&decision->machine, w.question->in_force) != 0;
    switch (decision->part_count > 0 ? HZ_OUTCOME_NONE : decision->outcome) {
    case HZ_OUTCOME_NONE: walk_package(&w); break;
    case HZ_INCOMPLETE: case HZ_UNDETERMINED: walk_open(&w); break;
    case HZ_FAILED: demand_conditions(&w, &w.question->checks, &w.rules->checks, false); break;
    case HZ_REFUSED:
        if (!in_force) {
            w.versions_matter = true; /* it was the date that refused */
            break;
        }
        demand_conditions(&w, &w.question->checks, &w.rules->checks, false);
        demand_conditions(&w, &w.question->conditions, &w.rules->eligibility, false);
        for (uint32_t i = 0; w.question->benefits != NULL && i < w.rules->benefits.count; i++)
            if (hz_machine_true(&decision->machine, &w.question->benefits[i].asked))
                demand_conditions(&w, &w.question->benefits[i].conditions, &w.rules->eligibility, false);
        break;
    default: walk_settled(&w); break;
    }
    if (w.versions_matter) {
        w.level = DECIDING;
        use(&w, HZ_STR("dated by"), &w.rules->dated_by_from, NULL, NULL);
    }
    if (decision->outcome == HZ_INCOMPLETE || decision->part_count > 0) list_missing(decision);
    if (decision->part_count > 0) list_counters_of_parts(decision);
}
