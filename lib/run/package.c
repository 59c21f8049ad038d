/* package.c - what a package says of one of its parts for one claim: whether it is asked, whether its conditions let it
 * be, and what its inputs are. All of it stands in the registers of the package's own program.
 *
 * Not what the part answers: that is decided as the plan it is. Called by parts.c.
 */
#include "run/decision.h"

#include "base/status.h"
#include "run/given.h"

static const hz_part_site *site_of(const hz_decision *part, uint32_t index)
{
    return &part->whole->question->parts[index];
}

/* The package decides the part without asking its rules. */
static void close_part(hz_decision *part, uint8_t outcome)
{
    part->closed = part->walked = true;
    part->outcome = outcome;
    part->has_total = outcome == HZ_NOT_ASKED || outcome == HZ_REFUSED;
}

static void add_missing_reasons(hz_decision *part)
{
    for (uint32_t i = 0; i < part->missing_count; i++) {
        hz_decision_add_reason(part, HZ_REASON_MISSING, NULL, HZ_STR("MISSING"), part->missing[i]);
        part->reasons[part->reason_count - 1].outer = true;
    }
}

/* Something the package needs to know of the part is missing or unknown. */
static void leave_open(hz_decision *part, uint32_t index, bool missing)
{
    close_part(part, missing ? HZ_INCOMPLETE : HZ_UNDETERMINED);
    if (!missing) return;
    hz_decision_walk_part(part->whole, index, part);
    add_missing_reasons(part);
}

static void fail(hz_decision *part, const hz_ast *ast, hz_str name)
{
    close_part(part, HZ_FAILED);
    hz_decision_fault_in(part->whole, ast, name, &part->error);
}

/* ---- whether it is asked ---- */

static bool is_asked(hz_decision *part, uint32_t index)
{
    const hz_part *rules = part->part->rules;
    const hz_machine *machine = &part->whole->machine;
    const hz_regs *asked = &site_of(part, index)->asked;
    if (rules->when == NULL || hz_machine_true(machine, asked)) return true;
    switch (hz_machine_state(machine, asked)) {
    case HZ_IS_ERROR: fail(part, rules->when, rules->plan); break;
    case HZ_IS_MISSING: leave_open(part, index, true); break;
    case HZ_IS_UNKNOWN: leave_open(part, index, false); break;
    default: close_part(part, HZ_NOT_ASKED); break;
    }
    return false;
}

/* The worst state of the package's conditions for the part. */
static hz_state conditions_state(const hz_decision *part, uint32_t index)
{
    const hz_condition_sites *sites = &site_of(part, index)->conditions;
    hz_state worst = HZ_IS_VALUE;
    for (uint32_t i = 0; i < sites->count; i++) {
        hz_state state = hz_machine_state(&part->whole->machine, &sites->at[i].holds);
        worst = state > worst ? state : worst;
    }
    return worst;
}

static bool is_eligible(hz_decision *part, uint32_t index)
{
    const hz_condition_sites *sites = &site_of(part, index)->conditions;
    const hz_lines *lines = &part->whole->plan->rules->eligibility;
    if (conditions_state(part, index) == HZ_IS_ERROR) {
        close_part(part, HZ_FAILED);
        hz_decision_find_fault(part->whole);
        part->error = part->whole->error;
        part->whole->error.is = false;
        return false;
    }
    for (uint32_t i = 0; i < sites->count; i++) {
        if (!hz_machine_false(&part->whole->machine, &sites->at[i].holds)) continue;
        hz_decision_add_reason(part, HZ_REASON_REFUSAL, &lines->at[sites->at[i].line], HZ_STR(""), HZ_STR(""));
        part->reasons[part->reason_count - 1].outer = true;
        close_part(part, HZ_REFUSED);
    }
    return !part->closed;
}

/* ---- its inputs ---- */

static int32_t pass_value(hz_decision *part, uint32_t input, const hz_regs *regs, const hz_type *type)
{
    const hz_machine *machine = &part->whole->machine;
    hz_claim *to = &part->snapshot;
    if (type->kind == HZ_KIND_STRING) return hz_claim_set_text(to, input, hz_machine_text(machine, regs->value));
    if (type->wide) return hz_claim_set_decimal(to, input, hz_wide_decimal(hz_wide_trim(hz_machine_number(machine, regs->value, type->scale))));
    int64_t value = hz_machine_int(machine, regs->value);
    switch (type->kind) {
    case HZ_KIND_NUMBER: return hz_claim_set_decimal(to, input, (hz_decimal){value, type->scale});
    case HZ_KIND_DATE: return hz_claim_set_date(to, input, value);
    case HZ_KIND_BOOLEAN: return hz_claim_set_boolean(to, input, value != 0);
    default: return hz_given_put(&to->inputs[input], value); /* a code of the same list */
    }
}

static int32_t pass_worked(hz_decision *part, uint32_t input, const hz_regs *regs, const hz_type *type, const hz_ast *set)
{
    hz_str name = part->plan->rules->inputs.at[input].name;
    switch (hz_machine_state(&part->whole->machine, regs)) {
    case HZ_IS_VALUE: return pass_value(part, input, regs, type);
    case HZ_IS_ERROR:
        if (set != NULL) fail(part, set, name);
        return HZ_OK;
    default: return hz_claim_set_absent(&part->snapshot, input);
    }
}

static int32_t pass_given(hz_decision *part, uint32_t input, uint32_t from)
{
    const hz_claim *package = &part->whole->snapshot;
    const hz_given *given = &package->inputs[from];
    if (given->state != HZ_GIVEN) return hz_claim_set_absent(&part->snapshot, input);
    if (part->plan->rules->inputs.at[input].type.kind == HZ_KIND_STRING)
        return hz_claim_set_text(&part->snapshot, input, hz_claim_text(package, given));
    return hz_given_put(&part->snapshot.inputs[input], given->value);
}

static int32_t pass_inputs(hz_decision *part)
{
    const hz_plan *package = part->whole->plan;
    const hz_question *question = part->whole->question;
    int32_t status = HZ_OK;
    for (uint32_t i = 0; i < part->plan->rules->inputs.count && status != HZ_NO_MEMORY && !part->closed; i++) {
        const hz_part_input *from = &part->part->inputs[i];
        if (from->set != NULL) {
            status = pass_worked(part, i, &question->expression[from->set->id], &from->set->type, from->set);
        } else if (from->worked) {
            uint32_t symbol = hz_map_find(&package->rules->symbol_map, package->rules->inputs.at[from->input].name);
            status = pass_worked(part, i, &question->symbol[symbol], &package->symbols[symbol].type, NULL);
        } else {
            status = pass_given(part, i, from->input);
        }
    }
    return status == HZ_NO_MEMORY ? HZ_NO_MEMORY : HZ_OK;
}

int32_t hz_package_begin_part(hz_decision *part, uint32_t index)
{
    hz_decision_clear(part);
    return is_asked(part, index) && is_eligible(part, index) ? pass_inputs(part) : HZ_OK;
}

void hz_package_end_part(hz_decision *part, uint32_t index)
{
    hz_state state = conditions_state(part, index);
    if (state == HZ_IS_VALUE || part->outcome == HZ_FAILED || part->outcome == HZ_REFUSED) return;
    bool was_incomplete = part->outcome == HZ_INCOMPLETE, missing = state == HZ_IS_MISSING || was_incomplete;
    if (was_incomplete) hz_decision_walk(part);
    uint32_t own = was_incomplete ? part->missing_count : 0, reasons = was_incomplete ? part->reason_count : 0;
    hz_decision_clear(part);
    part->missing_count = own;
    part->reason_count = reasons;
    close_part(part, missing ? HZ_INCOMPLETE : HZ_UNDETERMINED);
    part->asked = true;
    if (state != HZ_IS_MISSING) return;
    hz_decision_walk_part(part->whole, index, part);
    for (uint32_t i = own; i < part->missing_count; i++) {
        hz_decision_add_reason(part, HZ_REASON_MISSING, NULL, HZ_STR("MISSING"), part->missing[i]);
        part->reasons[part->reason_count - 1].outer = true;
    }
}
