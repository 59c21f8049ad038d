/* lower_scale.c - bracket scales to DAG nodes: of a single scale a chain of picks, of a marginal one the sum of
 * rate × the part of the number inside each bracket. Called by symbols.c.
 *
 * A version that nobody published is unknown whatever the number is, so it does not ask for it; a bracket that nobody
 * published counts where the number reaches it. A number below the first bracket is an error.
 */
#include "program/lower.h"

typedef struct scale_parts {
    const hz_scale *scale;
    const hz_type *type; /* of the result */
    hz_regs of;          /* at places */
    int32_t places;
    hz_ref start;
} scale_parts;

static hz_ref end_of(hz_lower *lower, const scale_parts *s, const hz_bracket *bracket)
{
    hz_i128 end = 0;
    hz_decimal_rescale(bracket->end.coefficient, bracket->end.type.scale, s->places, &end);
    return hz_dag_i64(&lower->dag, (int64_t)end);
}

/* The masks of the number itself, and what of them is not its fault: below the start, and unknown brackets reached. */
static hz_regs with_masks(hz_lower *lower, const scale_parts *s, hz_ref value, hz_ref unknown)
{
    hz_dag *dag = &lower->dag;
    hz_regs out = s->of;
    out.value = value;
    if ((s->type->absent & HZ_MAY_ERR) != 0) out = hz_raise(dag, out, hz_dag_lt(dag, s->of.value, s->start));
    out.unknown = hz_dag_or(dag, out.unknown, hz_dag_and_not(dag, unknown, out.error));
    return out;
}

static hz_regs lower_single(hz_lower *lower, const scale_parts *s, const hz_brackets *brackets)
{
    hz_dag *dag = &lower->dag;
    hz_ref value = HZ_FALSE, unknown = HZ_FALSE;
    for (uint32_t i = brackets->count; i-- > 0;) {
        const hz_bracket *bracket = &brackets->at[i];
        hz_ref gives = hz_lower_constant(lower, s->type, bracket->state == HZ_ENTRY_VALUE ? bracket->value.coefficient : 0, HZ_STR(""));
        hz_ref open = bracket->state == HZ_ENTRY_UNKNOWN ? HZ_TRUE : HZ_FALSE;
        hz_ref end = bracket->open ? HZ_FALSE : end_of(lower, s, bracket);
        hz_ref inside = bracket->open ? HZ_TRUE : bracket->below ? hz_dag_lt(dag, s->of.value, end) : hz_dag_le(dag, s->of.value, end);
        value = bracket->open ? gives : hz_dag_pick(dag, inside, gives, value);
        unknown = hz_dag_pick(dag, inside, open, unknown);
    }
    return with_masks(lower, s, value, unknown);
}

static hz_regs lower_marginal(hz_lower *lower, const scale_parts *s, const hz_brackets *brackets)
{
    hz_dag *dag = &lower->dag;
    hz_ref sum = hz_dag_i64(dag, 0), unknown = HZ_FALSE, from = s->start;
    for (uint32_t i = 0; i < brackets->count; i++) {
        const hz_bracket *bracket = &brackets->at[i];
        hz_ref reached = s->of.value, end = bracket->open ? HZ_FALSE : end_of(lower, s, bracket);
        if (!bracket->open) reached = hz_dag_min(dag, reached, end);
        if (i > 0) reached = hz_dag_max(dag, reached, from);
        hz_slice_site site = {.bracket = bracket, .places = s->places};
        site.slice = hz_dag_sub(dag, reached, from);
        site.amount = hz_dag_mul_k(dag, site.slice, bracket->state == HZ_ENTRY_VALUE ? (int64_t)bracket->value.coefficient : 0);
        sum = hz_dag_add(dag, sum, site.amount);
        if (bracket->state == HZ_ENTRY_UNKNOWN) unknown = hz_dag_or(dag, unknown, i == 0 ? HZ_TRUE : hz_dag_lt(dag, from, s->of.value));
        *HZ_PUSH(lower->arena, &lower->question->slices) = site;
        from = end;
    }
    return with_masks(lower, s, sum, unknown);
}

static hz_regs lower_version(hz_lower *lower, const hz_entry *entry, const void *context)
{
    const scale_parts *s = context;
    if (entry->state == HZ_ENTRY_VALUE) return s->scale->marginal ? lower_marginal(lower, s, &entry->brackets) : lower_single(lower, s, &entry->brackets);
    hz_regs out = hz_sure(hz_lower_constant(lower, s->type, 0, HZ_STR("")));
    if (entry->state == HZ_ENTRY_UNKNOWN) out.unknown = HZ_TRUE;
    else out.null = HZ_TRUE;
    return out;
}

hz_regs hz_lower_scale(hz_lower *lower, const hz_scale *scale, const hz_type *type)
{
    scale_parts s = {.scale = scale, .type = type, .places = hz_scale_places(scale)};
    hz_i128 start = 0;
    hz_decimal_rescale(scale->start.coefficient, scale->start.type.scale, s.places, &start);
    s.start = hz_dag_i64(&lower->dag, (int64_t)start);
    s.of = hz_lower_expression(lower, scale->of);
    s.of.value = hz_lower_rescale(lower, s.of.value, scale->of->type.scale, s.places);
    return hz_lower_versions(lower, &scale->history, lower_version, &s);
}
