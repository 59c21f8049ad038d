/* results.c - what a batch of rows gives back of a lowered claim: amounts that are 0 where nothing is decided, counters as
 * they stand after the claim, and the number of the deciding reason, which is the first of a decision's reasons. Called by
 * compile.c between lowering and emitting; single claims read the same things from their registers (run/decision.c).
 */
#include "program/lower.h"

/* ---- Numbers of reasons ---- */

/* From 1, in this order. */
typedef struct numbering {
    uint32_t checks, not_in_force, eligibility, not_offered, caps, notes, zero, missing, unknown;
} numbering;

static numbering numbers_of(const hz_plan_model *rules)
{
    numbering n = {.checks = 1};
    n.not_in_force = n.checks + rules->checks.count;
    n.eligibility = n.not_in_force + 1;
    n.not_offered = n.eligibility + rules->eligibility.count;
    n.caps = n.not_offered + 1;
    n.notes = n.caps + rules->caps.count;
    n.zero = n.notes + rules->notes.count;
    n.missing = n.zero + 1;
    n.unknown = n.missing + 1;
    return n;
}

int32_t hz_plan_reason_count(const hz_plan *plan)
{
    uint32_t own = numbers_of(plan->rules).unknown;
    return (int32_t)(plan->package != NULL ? own + plan->package->rules->eligibility.count : own);
}

int32_t hz_plan_reason_missing(const hz_plan *plan)
{
    return (int32_t)numbers_of(plan->rules).missing;
}

int32_t hz_package_reason(const hz_plan *package, int32_t own, uint8_t outcome, bool unknown)
{
    const numbering n = numbers_of(package->rules);
    uint32_t at = (uint32_t)own;
    bool refuses = at >= n.eligibility && at < n.not_offered, settled = outcome == HZ_PAID || outcome == HZ_NOTHING_DUE;
    if (refuses || (settled && at != n.zero) || outcome == HZ_NOTHING_DUE) return own;
    if (outcome == HZ_INCOMPLETE) return (int32_t)n.missing;
    return outcome == HZ_UNDETERMINED && unknown ? (int32_t)n.unknown : 0;
}

bool hz_plan_reason_is_cap(const hz_plan *plan, int32_t number)
{
    const numbering n = numbers_of(plan->rules);
    return number >= (int32_t)n.caps && number < (int32_t)n.notes;
}

int32_t hz_plan_reason_not_offered(const hz_plan *plan)
{
    return (int32_t)numbers_of(plan->rules).not_offered;
}

hz_str hz_plan_reason(const hz_plan *plan, int32_t number)
{
    const hz_plan_model *rules = plan->rules;
    const numbering n = numbers_of(rules);
    uint32_t at = (uint32_t)number;
    if (number <= 0 || number > hz_plan_reason_count(plan)) return HZ_STR("");
    if (at > n.unknown) return plan->package->rules->eligibility.at[at - n.unknown - 1].code;
    if (at < n.not_in_force) return rules->checks.at[at - n.checks].code;
    if (at == n.not_in_force) return HZ_STR("PLAN_NOT_IN_FORCE");
    if (at < n.not_offered) return rules->eligibility.at[at - n.eligibility].code;
    if (at == n.not_offered) return HZ_STR("NOT_OFFERED");
    if (at < n.notes) return rules->caps.at[at - n.caps].code;
    if (at < n.zero) return rules->notes.at[at - n.notes].code;
    return at == n.zero ? HZ_STR("ZERO_AMOUNT") : at == n.missing ? HZ_STR("MISSING") : HZ_STR("UNKNOWN_VALUE");
}

/* ---- Reasons ---- */

static hz_ref number_where(hz_dag *dag, hz_ref where, uint32_t number, hz_ref otherwise)
{
    return hz_dag_pick(dag, where, hz_dag_i32(dag, number), otherwise);
}

static hz_ref outcome_is(hz_lower *lower, hz_outcome outcome)
{
    return hz_dag_eq(&lower->dag, lower->question->outcome, hz_dag_i32(&lower->dag, (int64_t)outcome));
}

/* A condition with this line is surely false. */
static hz_ref fails(hz_lower *lower, const hz_condition_sites *sites, uint32_t line)
{
    hz_ref out = HZ_FALSE;
    for (uint32_t i = 0; i < sites->count; i++)
        if (sites->at[i].line == line) out = hz_dag_or(&lower->dag, out, hz_surely_false(&lower->dag, sites->at[i].holds));
    return out;
}

static hz_ref refuses(hz_lower *lower, uint32_t line)
{
    hz_dag *dag = &lower->dag;
    const hz_question *question = lower->question;
    hz_ref out = fails(lower, &question->conditions, line);
    for (uint32_t i = 0; i < lower->plan->rules->benefits.count; i++) {
        const hz_benefit_site *site = &question->benefits[i];
        out = hz_dag_or(dag, out, hz_dag_and(dag, hz_surely_true(dag, site->asked), fails(lower, &site->conditions, line)));
    }
    for (uint32_t i = 0; i < lower->plan->rules->parts.count; i++) {
        const hz_part_site *site = &question->parts[i];
        out = hz_dag_or(dag, out, hz_dag_and(dag, hz_surely_true(dag, site->asked), fails(lower, &site->conditions, line)));
    }
    return out;
}

static hz_ref is_not_offered(hz_lower *lower, uint32_t benefit)
{
    const hz_benefit_site *site = &lower->question->benefits[benefit];
    return hz_dag_and_not(&lower->dag, hz_surely_true(&lower->dag, site->asked), site->offered);
}

/* Some benefit is not. */
static hz_ref not_offered(hz_lower *lower)
{
    hz_ref out = HZ_FALSE;
    for (uint32_t i = 0; i < lower->plan->rules->benefits.count; i++) out = hz_dag_or(&lower->dag, out, is_not_offered(lower, i));
    return out;
}

/* A cap of these with this line took something away, where it counts. */
static hz_ref cuts(hz_lower *lower, const hz_cap_sites *caps, uint32_t line, hz_ref counts)
{
    hz_dag *dag = &lower->dag;
    hz_ref out = HZ_FALSE;
    for (uint32_t i = 0; i < caps->count; i++) {
        const hz_cap_site *cap = &caps->at[i];
        if (cap->line != line) continue;
        hz_ref cut = hz_dag_not(dag, hz_dag_eq(dag, cap->before.value, cap->after.value));
        out = hz_dag_or(dag, out, hz_dag_and(dag, cut, hz_dag_and(dag, counts, hz_surely_true(dag, cap->applies))));
    }
    return out;
}

static hz_ref cap_cuts(hz_lower *lower, uint32_t line)
{
    hz_dag *dag = &lower->dag;
    const hz_question *question = lower->question;
    hz_ref out = HZ_FALSE;
    for (uint32_t i = 0; i < lower->plan->rules->benefits.count; i++) {
        const hz_benefit_site *site = &question->benefits[i];
        out = hz_dag_or(dag, out, cuts(lower, &site->caps, line, hz_surely_true(dag, site->asked)));
    }
    for (uint32_t i = 0; i < question->values.count; i++) {
        hz_regs has = question->values.at[i].after;
        has.value = HZ_TRUE;
        out = hz_dag_or(dag, out, cuts(lower, &question->values.at[i].caps, line, hz_surely_true(dag, has)));
    }
    return out;
}

/* Of what is paid, nothing due or refused: the first in the order of a decision's reasons. */
static hz_ref settled_reason(hz_lower *lower, const numbering *n)
{
    hz_dag *dag = &lower->dag;
    const hz_plan_model *rules = lower->plan->rules;
    const hz_condition_sites *notes = &lower->question->notes;
    hz_ref out = number_where(dag, outcome_is(lower, HZ_NOTHING_DUE), n->zero, hz_dag_i32(dag, 0));
    for (uint32_t i = notes->count; i-- > 0;)
        out = number_where(dag, hz_surely_true(dag, notes->at[i].holds), n->notes + notes->at[i].line, out);
    for (uint32_t i = rules->caps.count; i-- > 0;) out = number_where(dag, cap_cuts(lower, i), n->caps + i, out);
    out = number_where(dag, not_offered(lower), n->not_offered, out);
    for (uint32_t i = rules->eligibility.count; i-- > 0;) out = number_where(dag, refuses(lower, i), n->eligibility + i, out);
    return out;
}

/* One choice after another, so that it becomes one instruction (fuse.c). Of an error: the first check that fails, unless an
 * input does not fit. */
static hz_ref first_reason(hz_lower *lower)
{
    hz_dag *dag = &lower->dag;
    const numbering n = numbers_of(lower->plan->rules);
    hz_ref out = settled_reason(lower, &n), failed = outcome_is(lower, HZ_FAILED);
    hz_ref early = hz_dag_and_not(dag, outcome_is(lower, HZ_REFUSED), lower->question->in_force);
    out = number_where(dag, early, n.not_in_force, out);
    out = number_where(dag, outcome_is(lower, HZ_INCOMPLETE), n.missing, out);
    out = number_where(dag, outcome_is(lower, HZ_UNDETERMINED), n.unknown, out);
    out = number_where(dag, failed, 0, out);
    for (uint32_t i = lower->plan->rules->checks.count; i-- > 0;)
        out = number_where(dag, hz_dag_and(dag, failed, fails(lower, &lower->question->checks, i)), n.checks + i, out);
    return number_where(dag, lower->question->input_error, 0, out);
}

/* ---- All reasons of a row, a bit each ---- */

static hz_ref or_all(hz_dag *dag, const uint32_t *bits, uint32_t count)
{
    hz_ref out = HZ_FALSE;
    for (uint32_t i = 0; i < count; i++) out = hz_dag_or(dag, out, bits[i]);
    return out;
}

/* The outcome rests on what the rules say alone. */
static hz_ref is_decided(hz_lower *lower, hz_ref settled)
{
    hz_dag *dag = &lower->dag;
    return hz_dag_or(dag, settled, hz_dag_and(dag, outcome_is(lower, HZ_REFUSED), lower->question->in_force));
}

/* As decision.c lists them: what refuses stands also beside what is paid, for a benefit alone. */
static void list_settled(hz_lower *lower, const numbering *n, hz_ref settled, uint32_t *listed)
{
    hz_dag *dag = &lower->dag;
    const hz_plan_model *rules = lower->plan->rules;
    const hz_condition_sites *notes = &lower->question->notes;
    hz_ref decided = is_decided(lower, settled);
    for (uint32_t i = 0; i < rules->eligibility.count; i++) listed[n->eligibility + i] = hz_dag_and(dag, decided, refuses(lower, i));
    listed[n->not_offered] = hz_dag_and(dag, decided, not_offered(lower));
    for (uint32_t i = 0; i < rules->caps.count; i++) listed[n->caps + i] = hz_dag_and(dag, settled, cap_cuts(lower, i));
    for (uint32_t i = 0; i < notes->count; i++) {
        uint32_t *note = &listed[n->notes + notes->at[i].line];
        *note = hz_dag_or(dag, *note, hz_dag_and(dag, settled, hz_surely_true(dag, notes->at[i].holds)));
    }
    hz_ref others = or_all(dag, listed + n->eligibility, n->zero - n->eligibility);
    listed[n->zero] = hz_dag_and_not(dag, outcome_is(lower, HZ_NOTHING_DUE), others);
}

static void list_reasons(hz_lower *lower, hz_ref settled, uint32_t *listed)
{
    hz_dag *dag = &lower->dag;
    const numbering n = numbers_of(lower->plan->rules);
    hz_ref contradicts = hz_dag_and_not(dag, outcome_is(lower, HZ_FAILED), lower->question->input_error);
    for (uint32_t i = 0; i <= n.unknown; i++) listed[i] = HZ_FALSE;
    for (uint32_t i = 0; i < lower->plan->rules->checks.count; i++)
        listed[n.checks + i] = hz_dag_and(dag, contradicts, fails(lower, &lower->question->checks, i));
    listed[n.not_in_force] = hz_dag_and_not(dag, outcome_is(lower, HZ_REFUSED), lower->question->in_force);
    list_settled(lower, &n, settled, listed);
    listed[n.missing] = outcome_is(lower, HZ_INCOMPLETE);
    listed[n.unknown] = outcome_is(lower, HZ_UNDETERMINED);
}

/* ---- Amounts and counters ---- */

static hz_ref zero_unless(hz_dag *dag, hz_ref where, hz_ref value)
{
    return hz_dag_pick(dag, hz_dag_not(dag, where), hz_dag_i64(dag, 0), value);
}

static hz_ref nothing_of(hz_lower *lower, const hz_type *type)
{
    bool date = type->kind == HZ_KIND_DATE;
    return hz_lower_constant(lower, type, date ? HZ_NO_DATE : 0, HZ_STR(""));
}

/* After the claim where it is settled and moves the counter, else before it. */
static hz_column_counter counter_after(hz_lower *lower, uint32_t index, hz_ref settled)
{
    hz_dag *dag = &lower->dag;
    const hz_counter *counter = &lower->plan->rules->counters.at[index];
    const hz_counter_site *site = &lower->question->counters[index];
    hz_regs before = hz_lower_counter_before(lower, index), after = site->after;
    hz_ref none = nothing_of(lower, &counter->type);
    hz_ref moved = hz_dag_and(dag, settled, hz_surely_true(dag, site->moves));
    moved = hz_dag_and_not(dag, moved, hz_dag_or(dag, after.error, hz_dag_or(dag, after.missing, after.unknown)));
    hz_column_counter out = {.absent = hz_dag_and_not(dag, before.missing, moved), .moved = moved};
    hz_ref becomes = hz_dag_pick(dag, after.null, none, after.value);
    out.value = hz_dag_pick(dag, out.absent, none, hz_dag_pick(dag, moved, becomes, before.value));
    return out;
}

static hz_column_key key_of(hz_lower *lower, const hz_counter_site *site)
{
    hz_column_key out = {.count = site->keys, .open = HZ_FALSE};
    for (uint32_t i = 0; i < site->keys; i++) {
        const hz_regs *part = &site->key[i];
        out.value[i] = part->value;
        out.null[i] = part->null;
        out.open = hz_dag_or(&lower->dag, out.open, hz_dag_or(&lower->dag, part->missing, hz_dag_or(&lower->dag, part->unknown, part->error)));
    }
    return out;
}

void hz_lower_results(hz_lower *lower, hz_column_program *columns)
{
    hz_dag *dag = &lower->dag;
    const hz_plan_model *rules = lower->plan->rules;
    const hz_question *question = lower->question;
    hz_ref settled = hz_dag_le(dag, question->outcome, hz_dag_i32(dag, HZ_NOTHING_DUE));
    columns->outcome = question->outcome;
    columns->reason = first_reason(lower);
    columns->listed_count = (uint32_t)hz_plan_reason_count(lower->plan) + 1;
    columns->listed = HZ_NEW_MANY(lower->arena, uint32_t, columns->listed_count);
    list_reasons(lower, settled, columns->listed);
    columns->total = zero_unless(dag, settled, question->total.value);
    columns->has_total = hz_dag_le(dag, question->outcome, hz_dag_i32(dag, HZ_REFUSED));
    columns->benefits = HZ_NEW_MANY(lower->arena, hz_column_benefit, rules->benefits.count);
    columns->counters = HZ_NEW_MANY(lower->arena, hz_column_counter, rules->counters.count);
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        columns->benefits[i].gross = zero_unless(dag, settled, question->benefits[i].gross.value);
        columns->benefits[i].net = zero_unless(dag, settled, question->benefits[i].net.value);
        columns->benefits[i].not_offered = hz_dag_and(dag, is_decided(lower, settled), is_not_offered(lower, i));
    }
    columns->keys = HZ_NEW_MANY(lower->arena, hz_column_key, rules->counters.count);
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        columns->counters[i] = counter_after(lower, i, settled);
        columns->keys[i] = key_of(lower, &question->counters[i]);
    }
    columns->parts = HZ_NEW_MANY(lower->arena, hz_column_part, rules->parts.count);
    for (uint32_t i = 0; i < rules->parts.count; i++) hz_lower_part_results(lower, i, &columns->parts[i]);
}
