/* difference.c - two sides of a claim settled again: gathering, comparing. Nothing of a plan is computed here but
 * differences. Called by api/resettlement.c.
 *
 * Decisions of one claim under two rulesets are laid beside each other by names: benefits by their id, parts by their plan,
 * counters by name and key. What one side lacks counts as changed.
 */
#include "run/difference.h"

void hz_change_begin(hz_change *change, const hz_alloc *alloc)
{
    *change = (hz_change){.alloc = *alloc};
    hz_buf_begin(&change->keys, alloc);
}

void hz_change_end(hz_change *change)
{
    for (int i = 0; i < HZ_SIDES; i++) {
        hz_side *side = &change->side[i];
        if (side->counters != NULL) change->alloc.release(change->alloc.user, side->counters, side->room * sizeof *side->counters);
    }
    hz_buf_end(&change->keys);
}

void hz_change_clear(hz_change *change)
{
    for (int i = 0; i < HZ_SIDES; i++) {
        hz_side *side = &change->side[i];
        *side = (hz_side){.counters = side->counters, .room = side->room};
    }
    hz_buf_reset(&change->keys);
    change->changed = change->has_difference = change->failed = false;
    change->difference = 0;
}

/* ---- Gathering ---- */

/* Room for one more; NULL: no memory. */
static hz_standing_counter *add(hz_change *change, hz_side *side)
{
    const hz_alloc *alloc = &change->alloc;
    if (side->count == side->room) {
        uint32_t room = side->room == 0 ? 8 : side->room * 2;
        hz_standing_counter *counters = alloc->reallocate(alloc->user, side->counters, side->room * sizeof *counters, room * sizeof *counters);
        if (counters == NULL) {
            change->failed = true;
            return NULL;
        }
        side->counters = counters;
        side->room = room;
    }
    return &side->counters[side->count++];
}

static const hz_move *move_of(const hz_decision *decision, uint32_t counter)
{
    for (uint32_t i = 0; i < decision->move_count; i++)
        if (decision->moves[i].counter == counter) return &decision->moves[i];
    return NULL;
}

hz_str hz_change_key(const hz_change *change, const hz_standing_counter *counter)
{
    return hz_str_part(hz_buf_text(&change->keys), counter->key_begin, counter->key_begin + counter->key_size);
}

/* What the claim leaves: where it does not move the counter, what it was given or found, else the start. */
static void find_value(hz_standing_counter *counter, const hz_decision *decision, uint32_t index)
{
    const hz_counter *rule = &decision->plan->rules->counters.at[index];
    const hz_given *given = &decision->snapshot.counters[index];
    const hz_move *move = move_of(decision, index);
    bool date = rule->type.kind == HZ_KIND_DATE;
    counter->moved = move != NULL;
    counter->has = move != NULL ? move->has_after : given->state == HZ_GIVEN ? !(date && given->value == HZ_NO_DATE) : !date || rule->has_start;
    counter->value = move != NULL ? move->after : given->state == HZ_GIVEN ? given->value : (int64_t)rule->start.coefficient;
}

static void add_counter(hz_change *change, hz_side *side, const hz_decision *decision, uint32_t index)
{
    const hz_plan_model *rules = decision->plan->rules;
    const hz_counter *rule = &rules->counters.at[index];
    hz_standing_counter *counter = add(change, side);
    if (counter == NULL) return;
    *counter = (hz_standing_counter){.plan = rule->shared ? HZ_STR("") : rules->id, .name = rule->name, .unit = rule->unit, .label = &rule->label, .type = rule->type};
    counter->key_begin = change->keys.len;
    hz_decision_counter_key(decision, index, &change->keys);
    counter->key_size = change->keys.len - counter->key_begin;
    find_value(counter, decision, index);
}

static void gather(hz_change *change, hz_side *side, const hz_decision *decision)
{
    for (uint32_t i = 0; i < decision->part_count; i++) gather(change, side, decision->parts[i]);
    if (decision->part_count > 0 || decision->outcome == HZ_FAILED || decision->snapshot.enrolment) return;
    for (uint32_t i = 0; i < decision->plan->rules->counters.count; i++)
        if (hz_counter_key_known(decision, i)) add_counter(change, side, decision, i);
}

void hz_change_add_decision(hz_change *change, int which, hz_decision *decision)
{
    hz_side *side = &change->side[which];
    side->ruleset = decision->plan->ruleset;
    side->decision = decision;
    side->outcome = hz_outcome_name(decision->outcome);
    side->has_total = decision->has_total && !decision->snapshot.enrolment;
    side->total = decision->total;
    gather(change, side, decision);
}

void hz_change_add_reversal(hz_change *change, int which, const hz_claim *claim, const hz_ledger *ledger, const hz_reversal *reversal)
{
    hz_side *side = &change->side[which];
    hz_reversed_counter reversed;
    uint32_t at = 0;
    side->ruleset = claim->plan->ruleset;
    side->outcome = HZ_STR("reversed");
    side->has_total = true;
    side->total = reversal->total;
    while (hz_reversal_counter(ledger, claim, reversal, &at, &reversed)) {
        hz_standing_counter *counter = add(change, side);
        if (counter == NULL) return;
        const hz_counter *rule = reversed.rule;
        *counter = (hz_standing_counter){.plan = reversed.plan, .name = reversed.name, .unit = rule != NULL ? rule->unit : HZ_STR(""), .label = rule != NULL ? &rule->label : NULL,
                                         .type = reversed.type, .moved = true, .has = reversed.has_after, .value = reversed.after};
        counter->key_begin = change->keys.len;
        hz_buf_add(&change->keys, reversed.key);
        counter->key_size = change->keys.len - counter->key_begin;
    }
}

/* ---- Comparing ---- */

const hz_standing_counter *hz_change_other(const hz_change *change, int side, const hz_standing_counter *counter)
{
    const hz_side *other = &change->side[side == HZ_WAS ? HZ_NOW : HZ_WAS];
    for (uint32_t i = 0; i < other->count; i++) {
        const hz_standing_counter *one = &other->counters[i];
        if (hz_str_eq(one->plan, counter->plan) && hz_str_eq(one->name, counter->name) && hz_str_eq(hz_change_key(change, one), hz_change_key(change, counter))) return one;
    }
    return NULL;
}

/* Both values at the finer of the two scales. False: they are no numbers, or not both there. */
static bool align(const hz_standing_counter *was, const hz_standing_counter *now, hz_type *type, hz_i128 *first, hz_i128 *second)
{
    if (was == NULL || now == NULL || !was->has || !now->has) return false;
    if (was->type.kind != HZ_KIND_NUMBER || now->type.kind != HZ_KIND_NUMBER) return false;
    *type = was->type.scale >= now->type.scale ? was->type : now->type;
    return hz_decimal_rescale(was->value, was->type.scale, type->scale, first) && hz_decimal_rescale(now->value, now->type.scale, type->scale, second);
}

bool hz_change_of(const hz_standing_counter *was, const hz_standing_counter *now, hz_type *type, int64_t *out)
{
    hz_i128 first = 0, second = 0;
    if (!align(was, now, type, &first, &second)) return false;
    hz_i128 difference = second - first;
    *out = (int64_t)difference;
    return difference >= INT64_MIN && difference <= INT64_MAX;
}

static bool same_counter(const hz_standing_counter *was, const hz_standing_counter *now)
{
    hz_type type;
    hz_i128 first = 0, second = 0;
    if (was == NULL || now == NULL) return false;
    if (align(was, now, &type, &first, &second)) return first == second;
    return was->has == now->has && was->type.kind == now->type.kind && (!was->has || was->value == now->value);
}

bool hz_change_tells(const hz_standing_counter *was, const hz_standing_counter *now)
{
    bool moved = (was != NULL && was->moved) || (now != NULL && now->moved);
    /* A key that only one side knows, and no claim has moved, tells nothing. */
    return moved || (was != NULL && now != NULL && !same_counter(was, now));
}

static bool same_counters(const hz_change *change)
{
    for (int side = 0; side < HZ_SIDES; side++)
        for (uint32_t i = 0; i < change->side[side].count; i++) {
            const hz_standing_counter *one = &change->side[side].counters[i], *other = hz_change_other(change, side, one);
            if (hz_change_tells(one, other) && !same_counter(one, other)) return false;
        }
    return true;
}

static bool same_amounts(const hz_amount *was, uint32_t was_count, const hz_amount *now, uint32_t now_count)
{
    bool same = was_count == now_count;
    for (uint32_t i = 0; i < was_count && same; i++)
        same = hz_str_eq(was[i].id, now[i].id) && was[i].asked == now[i].asked && was[i].after == now[i].after && was[i].scale == now[i].scale;
    return same;
}

static bool same_decision(const hz_decision *was, const hz_decision *now)
{
    bool same = was->outcome == now->outcome && was->has_total == now->has_total && (!was->has_total || was->total == now->total) &&
                was->reason_count == now->reason_count && was->part_count == now->part_count;
    same = same && same_amounts(was->benefits, was->benefit_count, now->benefits, now->benefit_count) &&
           same_amounts(was->values, was->value_count, now->values, now->value_count) && same_amounts(was->fees, was->fee_count, now->fees, now->fee_count);
    for (uint32_t i = 0; i < was->reason_count && same; i++) same = hz_str_eq(was->reasons[i].code, now->reasons[i].code);
    for (uint32_t i = 0; i < was->part_count && same; i++)
        same = hz_str_eq(was->parts[i]->plan->rules->id, now->parts[i]->plan->rules->id) && same_decision(was->parts[i], now->parts[i]);
    return same;
}

void hz_change_compare(hz_change *change)
{
    const hz_side *was = &change->side[HZ_WAS], *now = &change->side[HZ_NOW];
    change->failed |= change->keys.failed;
    change->has_difference = was->has_total && now->has_total;
    if (change->has_difference) change->difference = now->total - was->total;
    bool both = was->decision != NULL && now->decision != NULL;
    bool same = hz_str_eq(was->outcome, now->outcome) && was->has_total == now->has_total && change->difference == 0;
    change->changed = !(same && (!both || same_decision(was->decision, now->decision)) && same_counters(change));
}
