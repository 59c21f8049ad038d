/* decision.c - deciding a claim: fill the registers, run, read the answer back into lists. What needs a walk over the
 * rules (missing names, basis) is walk.c's; texts are explain.c's and write.c's. Called by the API. */
#include "run/decision.h"

#include "base/status.h"

/* ---- Memory: one block for all lists, sized by the plan ---- */

typedef struct room {
    uint32_t benefits, values, fees, cuts, reasons, moves, missing, basis, slots, reads, seen;
} room;

static uint32_t cap_sites(const hz_question *question, uint32_t benefits)
{
    uint32_t count = 0;
    for (uint32_t i = 0; question->benefits != NULL && i < benefits; i++) count += question->benefits[i].caps.count;
    for (uint32_t i = 0; i < question->values.count; i++) count += question->values.at[i].caps.count;
    return count;
}

/* Of each scale the version with the most: each may be what an answer rests on. */
static uint32_t most_brackets(const hz_plan_model *rules)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < rules->scales.count; i++) {
        uint32_t most = 0;
        const hz_history *history = &rules->scales.at[i].history;
        for (uint32_t k = 0; k < history->entries.count; k++)
            if (history->entries.at[k].brackets.count > most) most = history->entries.at[k].brackets.count;
        count += most;
    }
    return count;
}

/* Statements of rows that one answer can take: a row, and each figure that it gives. */
static uint32_t rows_taken(const hz_plan_model *rules)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < rules->tables.count; i++) {
        const hz_table *table = &rules->tables.at[i];
        uint32_t most = 1;
        for (uint32_t v = 0; v < table->versions.count && table->hit >= HZ_HIT_SUM; v++)
            most = table->versions.at[v].rows.count > most ? table->versions.at[v].rows.count : most;
        count += most * (1 + table->output_count);
    }
    return count;
}

/* Inputs and counters of all parts: each may be missing. */
static uint32_t names_of_parts(const hz_claim *claim)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < claim->part_count; i++) {
        const hz_plan_model *rules = claim->parts[i]->plan->rules;
        count += rules->inputs.count + rules->counters.count + names_of_parts(claim->parts[i]);
    }
    return count;
}

static room room_of(const hz_plan *plan, const hz_question *question, uint32_t part_names)
{
    const hz_plan_model *rules = plan->rules;
    uint32_t lines = rules->checks.count + rules->eligibility.count + rules->caps.count + rules->notes.count;
    uint32_t names = rules->inputs.count + rules->counters.count + part_names;
    uint32_t basis = rules->symbols.count + lines + most_brackets(rules) + rows_taken(rules) + 2; /* `dated by`, `round` */
    uint32_t slots = 8;
    while (slots < 2 * basis) slots *= 2;
    return (room){.benefits = rules->benefits.count,
                  .values = question->values.count,
                  .fees = rules->fees.count,
                  .cuts = cap_sites(question, rules->benefits.count),
                  .reasons = lines + rules->benefits.count + rules->parameters.count + rules->scales.count + rules->values.count +
                             rules->fees.count + rules->outputs.count + names + 2,
                  .moves = rules->counters.count,
                  .missing = names,
                  .basis = basis,
                  .slots = slots,
                  .reads = rules->counters.count,
                  .seen = rules->symbols.count + lines};
}

/* Takes count items of size from the block being laid out (at NULL: only measured). */
static void *lay(unsigned char *block, size_t *at, uint32_t count, size_t size)
{
    void *here = block == NULL ? NULL : block + *at;
    *at += (count * size + 15) & ~(size_t)15;
    return here;
}

static size_t lay_out(hz_decision *decision, unsigned char *block, const room *need)
{
    size_t at = 0;
    decision->benefits = lay(block, &at, need->benefits, sizeof *decision->benefits);
    decision->values = lay(block, &at, need->values, sizeof *decision->values);
    decision->fees = lay(block, &at, need->fees, sizeof *decision->fees);
    decision->cuts = lay(block, &at, need->cuts, sizeof *decision->cuts);
    decision->reasons = lay(block, &at, need->reasons, sizeof *decision->reasons);
    decision->moves = lay(block, &at, need->moves, sizeof *decision->moves);
    decision->missing = lay(block, &at, need->missing, sizeof *decision->missing);
    decision->basis = lay(block, &at, need->basis, sizeof *decision->basis);
    decision->basis_slots = lay(block, &at, need->slots, sizeof *decision->basis_slots);
    decision->basis_mask = need->slots - 1;
    decision->reads = lay(block, &at, need->reads, sizeof *decision->reads);
    decision->seen = lay(block, &at, need->seen, 1);
    return at;
}

static bool make_room(hz_decision *decision, const hz_claim *claim, const hz_question *question, uint32_t more_names)
{
    uint32_t part_names = claim->part_count > 0 ? names_of_parts(claim) + more_names : more_names;
    if (decision->laid_out == question && part_names <= decision->part_names) return true;
    decision->laid_out = NULL;
    room need = room_of(claim->plan, question, part_names);
    size_t size = lay_out(decision, NULL, &need);
    if (size > decision->block_size) {
        hz_alloc *alloc = &decision->alloc;
        unsigned char *block = alloc->allocate(alloc->user, size);
        if (block == NULL) return false;
        alloc->release(alloc->user, decision->block, decision->block_size);
        decision->block = block;
        decision->block_size = size;
    }
    lay_out(decision, decision->block, &need);
    decision->laid_out = question;
    decision->part_names = part_names;
    return true;
}

bool hz_decision_begin(hz_decision *decision, const hz_alloc *alloc)
{
    *decision = (hz_decision){.alloc = *alloc};
    hz_machine_begin(&decision->machine, alloc);
    hz_buf_begin(&decision->out, alloc);
    hz_buf_begin(&decision->scratch, alloc);
    return true;
}

void hz_decision_end(hz_decision *decision)
{
    hz_alloc *alloc = &decision->alloc;
    hz_decision_end_parts(decision);
    hz_machine_end(&decision->machine);
    if (decision->snapshot.plan != NULL) hz_claim_end(&decision->snapshot);
    hz_buf_end(&decision->out);
    hz_buf_end(&decision->scratch);
    alloc->release(alloc->user, decision->block, decision->block_size);
    *decision = (hz_decision){.alloc = *alloc};
}

/* ---- Filling ---- */

static bool copy_text(hz_buf *to, const hz_buf *from)
{
    hz_buf_reset(to);
    hz_buf_add(to, hz_buf_text(from));
    return !to->failed;
}

/* The decision outlives changes of the claim: it keeps what it was asked. */
static bool take_snapshot(hz_decision *decision, const hz_claim *claim)
{
    hz_claim *to = &decision->snapshot;
    if (to->plan != claim->plan) {
        if (to->plan != NULL) hz_claim_end(to);
        to->plan = NULL;
        if (!hz_claim_begin_alone(to, claim->plan, &decision->alloc)) {
            to->plan = NULL;
            return false;
        }
    }
    const hz_plan_model *rules = claim->plan->rules;
    memcpy(to->inputs, claim->inputs, rules->inputs.count * sizeof *to->inputs);
    memcpy(to->counters, claim->counters, rules->counters.count * sizeof *to->counters);
    to->enrolment = claim->enrolment;
    to->fresh = claim->fresh;
    to->fault.is = claim->fault.is;
    if (claim->fault.is) to->fault = claim->fault; /* texts: too long to copy for nothing */
    return copy_text(&to->texts, &claim->texts) && copy_text(&to->id, &claim->id);
}

/* Writes the cells of a slot; a text's holds the text. */
static inline void put(const hz_machine *machine, uint64_t *cells, const hz_slot *slot, bool absent, int64_t value, hz_str text)
{
    if (slot->absent != HZ_NO_REG) hz_cell_set_bit(&cells[slot->absent], absent);
    if (slot->value == HZ_NO_REG) return;
    if (machine->program->reg_type[slot->value] == HZ_COLUMN_TEXT) hz_cell_set_text(&cells[slot->value], text);
    else hz_cell_set_i64(&cells[slot->value], value); /* of a narrow cell only its part is read */
}

/* False: one of them does not fit. */
static bool fill_inputs(const hz_machine *machine, const hz_claim *claim)
{
    const hz_input *input = claim->plan->rules->inputs.at;
    const hz_slot *slot = machine->program->inputs;
    const hz_given *given = claim->inputs;
    uint64_t *cells = machine->cells;
    bool fit = true;
    for (uint32_t left = claim->plan->rules->inputs.count; left > 0; left--, input++, given++, slot++) {
        if (given->state == HZ_GIVEN) {
            put(machine, cells, slot, false, given->value, hz_claim_text(claim, given));
            continue;
        }
        fit &= given->state != HZ_BAD;
        if (input->has_default) put(machine, cells, slot, true, (int64_t)input->fallback.coefficient, input->fallback.text);
        else put(machine, cells, slot, true, 0, HZ_STR(""));
    }
    return fit;
}

static bool fill_counters(const hz_machine *machine, const hz_claim *claim)
{
    const hz_plan_model *rules = claim->plan->rules;
    bool fit = true;
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        const hz_given *given = &claim->counters[i];
        const hz_counter *counter = &rules->counters.at[i];
        bool start = given->state == HZ_ABSENT && claim->fresh;
        int64_t value = given->state == HZ_GIVEN ? given->value : 0;
        if (start) value = counter->type.kind == HZ_KIND_DATE && !counter->has_start ? HZ_NO_DATE : (int64_t)counter->start.coefficient;
        fit &= given->state != HZ_BAD;
        put(machine, machine->cells, &machine->program->counters[i], given->state != HZ_GIVEN && !start, value, HZ_STR(""));
    }
    return fit;
}

static void fill(const hz_machine *machine, const hz_claim *claim)
{
    const bool inputs = fill_inputs(machine, claim), counters = fill_counters(machine, claim); /* both, whatever the first says */
    bool fit = inputs && counters && !claim->fault.is;
    if (machine->program->bad != HZ_NO_REG) hz_cell_set_bit(&machine->cells[machine->program->bad], !fit);
}

/* ---- Reading back: amounts ---- */

static int64_t int_of(const hz_decision *decision, const hz_regs *regs)
{
    return regs->value == HZ_NO_REG ? 0 : hz_machine_int(&decision->machine, regs->value);
}

static void read_caps(hz_decision *decision, const hz_cap_sites *sites, hz_amount *amount)
{
    const hz_machine *machine = &decision->machine;
    amount->cut_begin = decision->cut_count;
    for (uint32_t i = 0; i < sites->count; i++) {
        const hz_cap_site *site = &sites->at[i];
        hz_cut cut = {.line = &decision->plan->rules->caps.at[site->line], .scale = site->scale};
        cut.applies = hz_machine_true(machine, &site->applies);
        cut.has_limit = hz_machine_state(machine, &site->limit) == HZ_IS_VALUE;
        cut.has_used = site->used.value != HZ_NO_REG;
        if (cut.has_limit) cut.limit = int_of(decision, &site->limit);
        cut.used = int_of(decision, &site->used);
        cut.cut = int_of(decision, &site->before) - int_of(decision, &site->after);
        if (cut.applies) decision->cuts[decision->cut_count++] = cut;
    }
    amount->cut_count = decision->cut_count - amount->cut_begin;
}

static void read_amounts(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    const hz_question *question = decision->question;
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        const hz_benefit_site *site = &question->benefits[i];
        hz_amount amount = {.id = rules->benefits.at[i].name, .scale = decision->plan->ruleset->currency_scale};
        amount.asked = hz_machine_true(&decision->machine, &site->asked);
        amount.before = int_of(decision, &site->gross);
        amount.after = int_of(decision, &site->net);
        if (amount.asked) read_caps(decision, &site->caps, &amount);
        decision->benefits[decision->benefit_count++] = amount;
    }
    for (uint32_t i = 0; i < question->values.count; i++) {
        const hz_value_site *site = &question->values.at[i];
        if (hz_machine_state(&decision->machine, &site->after) != HZ_IS_VALUE) continue;
        hz_amount amount = {.asked = true, .id = rules->values.at[site->value].name, .scale = site->scale};
        amount.before = int_of(decision, &site->before);
        amount.after = int_of(decision, &site->after);
        read_caps(decision, &site->caps, &amount);
        decision->values[decision->value_count++] = amount;
    }
}

static void read_fees(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    for (uint32_t i = 0; i < rules->fees.count; i++) {
        hz_amount amount = {.asked = true, .id = rules->fees.at[i].name, .scale = decision->plan->ruleset->currency_scale};
        amount.before = amount.after = int_of(decision, &decision->question->fees[i]);
        decision->fees[decision->fee_count++] = amount;
    }
}

static void read_moves(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    const hz_machine *machine = &decision->machine;
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        const hz_counter_site *site = &decision->question->counters[i];
        const hz_slot *slot = &decision->question->program.counters[i];
        if (!hz_machine_true(machine, &site->moves) || hz_machine_state(machine, &site->after) > HZ_IS_NULL) continue;
        hz_move move = {.counter = i, .has_change = site->change.value != HZ_NO_REG};
        move.has_before = slot->value != HZ_NO_REG && !hz_machine_bit(machine, slot->absent);
        if (move.has_before) move.before = hz_machine_int(machine, slot->value);
        bool date = rules->counters.at[i].type.kind == HZ_KIND_DATE;
        if (date && move.before == HZ_NO_DATE) move.has_before = false;
        move.has_after = hz_machine_state(machine, &site->after) == HZ_IS_VALUE;
        move.change = int_of(decision, &site->change);
        move.after = move.has_after ? int_of(decision, &site->after) : HZ_NO_DATE;
        decision->moves[decision->move_count++] = move;
    }
}

/* ---- Reading back: reasons ---- */

void hz_decision_add_reason(hz_decision *decision, uint8_t kind, const hz_line *line, hz_str code, hz_str about)
{
    decision->reasons[decision->reason_count++] =
        (hz_reason){.kind = kind, .line = line, .code = line != NULL ? line->code : code, .about = about};
}

static bool fails(const hz_decision *decision, const hz_condition_sites *sites, uint32_t line)
{
    for (uint32_t i = 0; i < sites->count; i++)
        if (sites->at[i].line == line && hz_machine_false(&decision->machine, &sites->at[i].holds)) return true;
    return false;
}

/* Marks the lines of conditions that fail. */
static bool mark_failing(const hz_decision *decision, const hz_condition_sites *sites, uint8_t *failing)
{
    bool any = false;
    for (uint32_t i = 0; i < sites->count; i++) {
        if (!hz_machine_false(&decision->machine, &sites->at[i].holds)) continue;
        failing[sites->at[i].line] = any = true;
    }
    return any;
}

/* The conditions that fail: of the claim, and of benefits and parts that are asked. False: none, as of most claims. */
static bool find_failing(const hz_decision *decision, uint8_t *failing)
{
    const hz_question *question = decision->question;
    const hz_plan_model *rules = decision->plan->rules;
    memset(failing, 0, rules->eligibility.count);
    bool any = mark_failing(decision, &question->conditions, failing);
    for (uint32_t i = 0; question->benefits != NULL && i < rules->benefits.count; i++)
        if (question->benefits[i].conditions.count > 0 && hz_machine_true(&decision->machine, &question->benefits[i].asked))
            any |= mark_failing(decision, &question->benefits[i].conditions, failing);
    for (uint32_t i = 0; question->parts != NULL && i < rules->parts.count; i++)
        if (question->parts[i].conditions.count > 0 && hz_machine_true(&decision->machine, &question->parts[i].asked))
            any |= mark_failing(decision, &question->parts[i].conditions, failing);
    return any;
}

/* Every condition that fails, in the file's order; then benefits that are not offered on the date. */
static void refusals(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    const hz_question *question = decision->question;
    uint8_t *failing = decision->seen; /* a walk begins with it anew */
    bool any = find_failing(decision, failing);
    for (uint32_t i = 0; any && i < rules->eligibility.count; i++)
        if (failing[i] != 0) hz_decision_add_reason(decision, HZ_REASON_REFUSAL, &rules->eligibility.at[i], HZ_STR(""), HZ_STR(""));
    for (uint32_t i = 0; question->benefits != NULL && i < rules->benefits.count; i++) {
        const hz_benefit_site *site = &question->benefits[i];
        if (hz_machine_int(&decision->machine, site->offered) == 0 && hz_machine_true(&decision->machine, &site->asked))
            hz_decision_add_reason(decision, HZ_REASON_REFUSAL, NULL, HZ_STR("NOT_OFFERED"), rules->benefits.at[i].name);
    }
}

static bool cut_anything(const hz_decision *decision, const hz_line *line)
{
    for (uint32_t i = 0; i < decision->cut_count; i++)
        if (decision->cuts[i].line == line && decision->cuts[i].cut != 0) return true;
    return false;
}

static void settled_reasons(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    refusals(decision);
    for (uint32_t i = 0; i < rules->caps.count; i++)
        if (cut_anything(decision, &rules->caps.at[i])) hz_decision_add_reason(decision, HZ_REASON_CAP, &rules->caps.at[i], HZ_STR(""), HZ_STR(""));
    for (uint32_t i = 0; i < decision->question->notes.count; i++) {
        const hz_condition_site *site = &decision->question->notes.at[i];
        if (hz_machine_true(&decision->machine, &site->holds)) hz_decision_add_reason(decision, HZ_REASON_NOTE, &rules->notes.at[site->line], HZ_STR(""), HZ_STR(""));
    }
    if (decision->outcome == HZ_NOTHING_DUE && decision->reason_count == 0)
        hz_decision_add_reason(decision, HZ_REASON_NOTHING, NULL, HZ_STR("ZERO_AMOUNT"), HZ_STR(""));
}

/* ---- Reading back: errors ---- */

static void read_error(hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    if (hz_claim_error(&decision->snapshot, &decision->error)) return;
    for (uint32_t i = 0; i < rules->checks.count; i++)
        if (fails(decision, &decision->question->checks, i))
            hz_decision_add_reason(decision, HZ_REASON_REFUSAL, &rules->checks.at[i], HZ_STR(""), HZ_STR(""));
    if (decision->reason_count == 0) {
        hz_decision_find_fault(decision);
        return;
    }
    hz_fault_set(&decision->error, HZ_FAULT_CONTRADICTION, HZ_STR(""), NULL);
}

/* One reason a missing name; walk.c found them. The values nobody published were added by the walk itself. */
static void open_reasons(hz_decision *decision)
{
    hz_decision_walk(decision);
    if (decision->outcome != HZ_INCOMPLETE) return;
    for (uint32_t i = 0; i < decision->missing_count; i++)
        hz_decision_add_reason(decision, HZ_REASON_MISSING, NULL, HZ_STR("MISSING"), decision->missing[i]);
}

/* True: the claim brought a counter of another key, and is in error for it. */
static bool refuse_other_key(hz_decision *decision)
{
    uint32_t counter = hz_decision_counter_of_other_key(decision);
    if (counter == UINT32_MAX) return false;
    decision->outcome = HZ_FAILED;
    hz_fault_set(&decision->error, HZ_FAULT_COUNTER_OF_OTHER_KEY, HZ_STR(""), NULL);
    hz_fault_hint(&decision->error, HZ_HINT_OWN_KEY, NULL);
    decision->error.input = decision->plan->rules->counters.at[counter].name;
    return true;
}

static void read_back(hz_decision *decision)
{
    decision->outcome = (uint8_t)hz_machine_int(&decision->machine, decision->question->outcome);
    if (decision->outcome != HZ_FAILED && refuse_other_key(decision)) return;
    switch (decision->outcome) {
    case HZ_PAID: case HZ_NOTHING_DUE:
        decision->total = int_of(decision, &decision->question->total);
        decision->has_total = true;
        if (decision->plan->part_count > 0) break; /* its parts say the rest */
        read_amounts(decision);
        settled_reasons(decision);
        read_moves(decision);
        break;
    case HZ_ACCEPTED: read_fees(decision); break;
    case HZ_REFUSED:
        decision->has_total = true;
        if (hz_machine_int(&decision->machine, decision->question->in_force) == 0)
            hz_decision_add_reason(decision, HZ_REASON_REFUSAL, NULL, HZ_STR("PLAN_NOT_IN_FORCE"), HZ_STR(""));
        else refusals(decision);
        break;
    case HZ_FAILED: read_error(decision); break;
    default: open_reasons(decision); break;
    }
}

void hz_decision_package_reasons(hz_decision *decision)
{
    bool settled = decision->outcome == HZ_PAID || decision->outcome == HZ_NOTHING_DUE;
    decision->walked = false;
    if (settled) settled_reasons(decision);
    else refusals(decision);
    if (decision->outcome == HZ_INCOMPLETE || decision->outcome == HZ_UNDETERMINED) open_reasons(decision);
}

/* A decision that holds nothing keeps no ruleset alive: another may come to lie at the same addresses. */
static void forget(hz_decision *decision)
{
    hz_decision_end_parts(decision);
    decision->plan = NULL;
    decision->laid_out = NULL;
    decision->machine.program = NULL;
    if (decision->snapshot.plan != NULL) hz_claim_end(&decision->snapshot);
    decision->snapshot.plan = NULL;
}

/* Registers for either question of a claim, or for an enrolment. */
static uint32_t registers(const hz_claim *claim)
{
    const hz_plan *plan = claim->plan;
    if (plan->event) return 0;
    if (claim->enrolment) return plan->enrolment.program.regs;
    uint32_t any = plan->claim.program.regs, given = plan->claim_given.program.regs;
    return any > given ? any : given;
}

int32_t hz_decision_take(hz_decision *decision, const hz_claim *claim, uint32_t more_names)
{
    decision->plan = NULL;
    const hz_question *question = claim->enrolment ? &claim->plan->enrolment : &claim->plan->claim;
    if (!make_room(decision, claim, question, more_names) || !take_snapshot(decision, claim) ||
        !hz_machine_reserve(&decision->machine, registers(claim))) {
        forget(decision);
        return HZ_NO_MEMORY;
    }
    decision->plan = claim->plan;
    decision->question = question;
    decision->part_count = 0;
    decision->whole = NULL;
    decision->part = NULL;
    decision->closed = decision->asked = false;
    return HZ_OK;
}

void hz_decision_clear(hz_decision *decision)
{
    decision->has_total = decision->walked = false;
    decision->total = 0;
    decision->benefit_count = decision->value_count = decision->fee_count = decision->cut_count = 0;
    decision->reason_count = decision->move_count = decision->missing_count = decision->basis_count = decision->read_count = 0;
    decision->error.is = false;
}

/* Every required input that a claim reads and every counter is there, and all that is there fits. */
static bool all_given(const hz_claim *claim)
{
    const hz_plan_model *rules = claim->plan->rules;
    bool all = !claim->fault.is;
    for (uint32_t i = 0; i < rules->inputs.count; i++) {
        const hz_input *input = &rules->inputs.at[i];
        if (claim->inputs[i].state == HZ_GIVEN) continue;
        bool may_lack = input->optional || input->has_default || input->when != NULL || !claim->plan->claim.reads_input[i];
        all &= may_lack && claim->inputs[i].state == HZ_ABSENT;
    }
    for (uint32_t i = 0; i < rules->counters.count; i++)
        all &= claim->counters[i].state == HZ_GIVEN || (claim->fresh && claim->counters[i].state == HZ_ABSENT);
    return all;
}

/* Fills the registers of a question, for which there is room. */
static bool ask(hz_decision *decision, const hz_question *question)
{
    decision->question = question;
    hz_decision_clear(decision);
    if (!hz_machine_bind(&decision->machine, &question->program, decision->plan->ruleset)) return false;
    fill(&decision->machine, &decision->snapshot);
    return hz_machine_run(&decision->machine);
}

int32_t hz_decision_run(hz_decision *decision)
{
    const hz_plan *plan = decision->plan;
    const hz_claim *claim = &decision->snapshot;
    const hz_question *question = claim->enrolment ? &plan->enrolment : all_given(claim) ? &plan->claim_given : &plan->claim;
    if (!ask(decision, question)) return HZ_NO_MEMORY;
    read_back(decision);
    return HZ_OK;
}

int32_t hz_decide(const hz_claim *claim, hz_decision *decision)
{
    int32_t status = hz_decision_take(decision, claim, 0);
    if (status == HZ_OK) status = hz_decision_decide_taken(claim, decision, false);
    if (status != HZ_OK) forget(decision);
    return status;
}

int32_t hz_decision_decide_taken(const hz_claim *claim, hz_decision *decision, bool bare)
{
    const hz_plan *plan = claim->plan;
    int32_t status = HZ_OK;
    if (plan->part_count == 0 && !plan->event) return bare ? hz_decision_run_bare(decision) : hz_decision_settle(decision);
    hz_decision_clear(decision);
    if (!plan->event) status = hz_decision_run(decision);
    bool go_on = plan->event || (status == HZ_OK && decision->outcome == HZ_NOTHING_DUE);
    return go_on ? hz_decision_decide_parts(claim, decision, bare) : status;
}

/* ---- Which counters ---- */

static bool key_known(const hz_decision *decision, uint32_t counter)
{
    const hz_counter_site *site = &decision->question->counters[counter];
    for (uint32_t i = 0; i < site->keys; i++)
        if (hz_machine_state(&decision->machine, &site->key[i]) > HZ_IS_NULL) return false;
    return true;
}

static bool missing_counter(const hz_decision *decision)
{
    const hz_plan_model *rules = decision->plan->rules;
    for (uint32_t m = 0; m < decision->missing_count; m++)
        for (uint32_t i = 0; i < rules->counters.count; i++)
            if (hz_str_eq(decision->missing[m], rules->counters.at[i].name)) return true;
    return false;
}

/* Decides without any counter: where that asks for one, every counter with a known key may be read, since what one
 * holds can decide whether another is needed. */
int32_t hz_decision_run_bare(hz_decision *decision)
{
    bool was_fresh = decision->snapshot.fresh;
    uint32_t count = decision->snapshot.enrolment ? 0 : decision->plan->rules->counters.count;
    for (uint32_t i = 0; i < count; i++) decision->snapshot.counters[i].state = HZ_ABSENT;
    decision->snapshot.fresh = false;
    if (!ask(decision, decision->snapshot.enrolment ? &decision->plan->enrolment : &decision->plan->claim)) {
        forget(decision);
        return HZ_NO_MEMORY;
    }
    decision->outcome = (uint8_t)hz_machine_int(&decision->machine, decision->question->outcome);
    if (decision->outcome != HZ_INCOMPLETE) return HZ_OK;
    hz_decision_walk(decision);
    decision->snapshot.fresh = was_fresh;
    for (uint32_t i = 0; missing_counter(decision) && i < count; i++)
        if (key_known(decision, i)) decision->reads[decision->read_count++] = i;
    return HZ_OK;
}

int32_t hz_decision_find_counters(const hz_claim *claim, hz_decision *decision)
{
    int32_t status = hz_decision_take(decision, claim, 0);
    if (status == HZ_OK) status = hz_decision_decide_taken(claim, decision, true);
    if (status != HZ_OK) forget(decision);
    return status;
}
