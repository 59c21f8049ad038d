/* results_part.c - what a package's columns say of each of its parts: whether it is asked, what refuses it or holds it up,
 * and its inputs. Called by results.c; a single claim reads the same from its registers (run/package.c).
 */
#include "program/lower.h"

static hz_ref outcome_where(hz_dag *dag, hz_ref where, hz_outcome outcome, hz_ref otherwise)
{
    return hz_dag_pick(dag, where, hz_dag_i32(dag, (int64_t)outcome), otherwise);
}

/* Masks of any of the conditions; value: one is surely false. */
static hz_regs judge(hz_dag *dag, const hz_condition_sites *sites)
{
    hz_regs out = hz_sure(HZ_FALSE);
    for (uint32_t i = 0; i < sites->count; i++)
        out = hz_strict(dag, hz_dag_or(dag, out.value, hz_surely_false(dag, sites->at[i].holds)), out, sites->at[i].holds);
    return out;
}

/* ---- its inputs ---- */

/* On the narrow path; what is out of the input's range stays out of it. */
static hz_ref from_wide(hz_lower *lower, hz_ref value, const hz_type *from, const hz_type *to)
{
    hz_dag *dag = &lower->dag;
    hz_ref below = hz_dag_lt(dag, value, hz_dag_to_wide(dag, hz_dag_i64(dag, (int64_t)to->lo), to->scale));
    hz_ref above = hz_dag_lt(dag, hz_dag_to_wide(dag, hz_dag_i64(dag, (int64_t)to->hi), to->scale), value);
    hz_ref out = hz_lower_convert(lower, value, from, to);
    out = hz_dag_pick(dag, below, hz_dag_i64(dag, (int64_t)to->lo - 1), out);
    return hz_dag_pick(dag, above, hz_dag_i64(dag, (int64_t)to->hi + 1), out);
}

static hz_column_passed pass(hz_lower *lower, hz_regs regs, const hz_type *from, const hz_type *to)
{
    hz_dag *dag = &lower->dag;
    if (from->kind == HZ_KIND_NULL) return (hz_column_passed){.value = HZ_NO_REG, .absent = HZ_FALSE};
    hz_ref absent = hz_dag_or(dag, hz_dag_or(dag, regs.null, regs.missing), hz_dag_or(dag, regs.unknown, regs.error));
    if (!from->wide) return (hz_column_passed){.value = regs.value, .absent = absent, .scale = from->scale};
    return (hz_column_passed){.value = from_wide(lower, regs.value, from, to), .absent = absent, .scale = to->scale};
}

static hz_column_passed input_of(hz_lower *lower, const hz_part_input *input, const hz_type *type)
{
    const hz_plan *package = lower->plan;
    if (input->set != NULL) return pass(lower, hz_lower_expression(lower, input->set), &input->set->type, type);
    if (!input->worked) return (hz_column_passed){.given = true, .value = HZ_NO_REG, .absent = HZ_FALSE};
    uint32_t symbol = hz_map_find(&package->rules->symbol_map, package->rules->inputs.at[input->input].name);
    return pass(lower, hz_lower_symbol(lower, symbol), &package->symbols[symbol].type, type);
}

/* ---- the part ---- */

void hz_lower_part_results(hz_lower *lower, uint32_t part, hz_column_part *out)
{
    hz_dag *dag = &lower->dag;
    const hz_part_plan *plan = &lower->plan->parts[part];
    const hz_part_site *site = &lower->question->parts[part];
    const hz_plan_model *rules = plan->plan->rules;
    hz_regs conditions = judge(dag, &site->conditions);
    hz_ref wrong = HZ_FALSE, verdict = hz_dag_i32(dag, HZ_OUTCOME_NONE);
    out->inputs = HZ_NEW_MANY(lower->arena, hz_column_passed, rules->inputs.count);
    for (uint32_t i = 0; i < rules->inputs.count; i++) {
        const hz_ast *set = plan->inputs[i].set;
        out->inputs[i] = input_of(lower, &plan->inputs[i], &rules->inputs.at[i].type);
        if (set != NULL) wrong = hz_dag_or(dag, wrong, hz_lower_expression(lower, set).error);
    }
    verdict = outcome_where(dag, wrong, HZ_FAILED, verdict);
    verdict = outcome_where(dag, conditions.value, HZ_REFUSED, verdict);
    verdict = outcome_where(dag, conditions.error, HZ_FAILED, verdict);
    verdict = outcome_where(dag, hz_dag_not(dag, hz_surely_true(dag, site->asked)), HZ_NOT_ASKED, verdict);
    verdict = outcome_where(dag, site->asked.unknown, HZ_UNDETERMINED, verdict);
    verdict = outcome_where(dag, site->asked.missing, HZ_INCOMPLETE, verdict);
    out->verdict = outcome_where(dag, site->asked.error, HZ_FAILED, verdict);
    hz_ref hold = outcome_where(dag, hz_dag_or(dag, conditions.unknown, conditions.null), HZ_UNDETERMINED, hz_dag_i32(dag, 0));
    out->hold = outcome_where(dag, conditions.missing, HZ_INCOMPLETE, hold);
    int32_t own = hz_plan_reason_count(plan->plan) - (int32_t)lower->plan->rules->eligibility.count;
    out->reason = hz_dag_i32(dag, 0);
    for (uint32_t i = site->conditions.count; i-- > 0;) {
        hz_ref number = hz_dag_i32(dag, own + (int32_t)site->conditions.at[i].line + 1);
        out->reason = hz_dag_pick(dag, hz_surely_false(dag, site->conditions.at[i].holds), number, out->reason);
    }
}
