/* lower_set.c - sets of codes to DAG nodes: each version is a test of bits, and the date chooses between the tests, so that
 * no set ever stands in a register. A set that nobody published is unknown, whatever the code; a code that is null is in
 * no set. Called by lower.c and lower_aggregate.c.
 */
#include "program/lower.h"

typedef struct asked {
    hz_ref code;
    const hz_type *type; /* of the set */
} asked;

/* What a version without a set is. */
static hz_regs nothing(const hz_entry *entry, hz_ref value)
{
    hz_regs out = hz_sure(value);
    if (entry->state == HZ_ENTRY_UNKNOWN) out.unknown = HZ_TRUE;
    else out.null = HZ_TRUE;
    return out;
}

static hz_regs among_version(hz_lower *lower, const hz_entry *entry, const void *context)
{
    const asked *a = context;
    if (entry->state != HZ_ENTRY_VALUE) return nothing(entry, HZ_FALSE);
    const hz_code_set *set = &a->type->sets->at[(uint32_t)entry->value.coefficient];
    hz_ref in = HZ_FALSE;
    for (uint32_t first = 0; first < a->type->codes->count; first += 64)
        if (set->bits[first / 64] != 0) in = hz_dag_or(&lower->dag, in, hz_dag_among(&lower->dag, a->code, set->bits[first / 64], first));
    return hz_sure(in);
}

static hz_regs count_version(hz_lower *lower, const hz_entry *entry, const void *context)
{
    const asked *a = context;
    hz_ref zero = hz_dag_i64(&lower->dag, 0);
    if (entry->state != HZ_ENTRY_VALUE) return nothing(entry, zero);
    return hz_sure(hz_dag_i64(&lower->dag, a->type->sets->at[(uint32_t)entry->value.coefficient].count));
}

static const hz_history *history_of(const hz_lower *lower, const hz_ast *set)
{
    const hz_plan_model *rules = lower->plan->rules;
    return &rules->parameters.at[rules->symbols.at[set->symbol].index].history;
}

hz_regs hz_lower_among(hz_lower *lower, const hz_ast *x, const hz_ast *set)
{
    hz_dag *dag = &lower->dag;
    hz_regs code = hz_lower_expression(lower, x);
    hz_lower_expression(lower, set); /* its state and version, for explanations */
    hz_regs in = hz_lower_versions(lower, history_of(lower, set), among_version, &(asked){code.value, &set->type});
    in.value = hz_dag_and_not(dag, in.value, code.null);
    code.null = HZ_FALSE;
    return hz_strict(dag, in.value, code, in);
}

hz_regs hz_lower_set_count(hz_lower *lower, const hz_ast *set)
{
    hz_lower_expression(lower, set);
    return hz_lower_versions(lower, history_of(lower, set), count_version, &(asked){HZ_FALSE, &set->type});
}
