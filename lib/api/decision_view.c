/* decision_view.c - views of a decision's amounts, caps, fees, counters and basis. Numbers from the decision, texts
 * from its sheets (spell.c).
 */
#include "api/api.h"

static bool holds_decision(const huzhu_decision *decision)
{
    return decision != NULL && decision->holds == HZ_API_DECISION;
}

/* Whether item index of count can be viewed: its texts are there then. */
static huzhu_status ready(const huzhu_decision *decision, size_t index, size_t count)
{
    if (decision == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!holds_decision(decision)) return HUZHU_STATE;
    if (index >= count) return HUZHU_INVALID_ARGUMENT;
    return hz_api_spell(decision) ? HUZHU_OK : HUZHU_NO_MEMORY;
}

/* ---- benefits and values ---- */

size_t huzhu_decision_benefit_count(const huzhu_decision *decision)
{
    return holds_decision(decision) ? decision->core->benefit_count : 0;
}

huzhu_status huzhu_decision_benefit_at(const huzhu_decision *decision, size_t index, huzhu_benefit_view *out)
{
    huzhu_status status = ready(decision, index, huzhu_decision_benefit_count(decision));
    if (status != HUZHU_OK) return status;
    const hz_amount *amount = &decision->core->benefits[index];
    huzhu_benefit_view view = {.asked = amount->asked,
                               .id = hz_api_text(amount->id),
                               .gross = hz_api_benefit_text(decision, index, false),
                               .net = hz_api_benefit_text(decision, index, true),
                               .gross_minor = amount->before,
                               .net_minor = amount->after,
                               .cap_count = amount->cut_count};
    return HZ_API_FILL(out, &view);
}

size_t huzhu_decision_value_count(const huzhu_decision *decision)
{
    return holds_decision(decision) ? decision->core->value_count : 0;
}

huzhu_status huzhu_decision_value_at(const huzhu_decision *decision, size_t index, huzhu_value_view *out)
{
    huzhu_status status = ready(decision, index, huzhu_decision_value_count(decision));
    if (status != HUZHU_OK) return status;
    const hz_amount *amount = &decision->core->values[index];
    huzhu_value_view view = {.scale = amount->scale,
                             .id = hz_api_text(amount->id),
                             .before = hz_api_value_text(decision, index, false),
                             .after = hz_api_value_text(decision, index, true),
                             .before_value = amount->before,
                             .after_value = amount->after,
                             .cap_count = amount->cut_count};
    return HZ_API_FILL(out, &view);
}

/* ---- caps ---- */

static huzhu_status cap_at(const huzhu_decision *decision, const hz_amount *amount, size_t cap, huzhu_cap_view *out)
{
    if (cap >= amount->cut_count) return HUZHU_INVALID_ARGUMENT;
    size_t index = amount->cut_begin + cap;
    const hz_cut *cut = &decision->core->cuts[index];
    huzhu_cap_view view = {.has_limit = cut->has_limit,
                           .code = hz_api_text(cut->line->code),
                           .limit = hz_api_cut_text(decision, index, 0),
                           .used = hz_api_cut_text(decision, index, 1),
                           .cut = hz_api_cut_text(decision, index, 2),
                           .scale = cut->scale,
                           .cut_value = cut->cut};
    return HZ_API_FILL(out, &view);
}

huzhu_status huzhu_decision_benefit_cap_at(const huzhu_decision *decision, size_t benefit, size_t cap,
                                           huzhu_cap_view *out)
{
    huzhu_status status = ready(decision, benefit, huzhu_decision_benefit_count(decision));
    return status == HUZHU_OK ? cap_at(decision, &decision->core->benefits[benefit], cap, out) : status;
}

huzhu_status huzhu_decision_value_cap_at(const huzhu_decision *decision, size_t value, size_t cap, huzhu_cap_view *out)
{
    huzhu_status status = ready(decision, value, huzhu_decision_value_count(decision));
    return status == HUZHU_OK ? cap_at(decision, &decision->core->values[value], cap, out) : status;
}

/* ---- fees ---- */

size_t huzhu_decision_fee_count(const huzhu_decision *decision)
{
    return holds_decision(decision) ? decision->core->fee_count : 0;
}

huzhu_status huzhu_decision_fee_at(const huzhu_decision *decision, size_t index, huzhu_fee_view *out)
{
    huzhu_status status = ready(decision, index, huzhu_decision_fee_count(decision));
    if (status != HUZHU_OK) return status;
    const hz_amount *fee = &decision->core->fees[index];
    huzhu_fee_view view = {
        .id = hz_api_text(fee->id), .amount = hz_api_fee_text(decision, index), .amount_minor = fee->after};
    return HZ_API_FILL(out, &view);
}

/* ---- counters ---- */

size_t huzhu_decision_counter_count(const huzhu_decision *decision)
{
    return holds_decision(decision) ? decision->core->move_count : 0;
}

huzhu_status huzhu_decision_counter_change_at(const huzhu_decision *decision, size_t index, huzhu_counter_change *out)
{
    if (!holds_decision(decision)) return HUZHU_STATE;
    if (index >= decision->core->move_count) return HUZHU_INVALID_ARGUMENT;
    const hz_move *move = &decision->core->moves[index];
    huzhu_counter_change change = {.counter = move->counter,
                                   .has_before = move->has_before,
                                   .has_change = move->has_change,
                                   .before = move->before,
                                   .change = move->change,
                                   .after = move->after};
    return HZ_API_FILL(out, &change);
}

huzhu_status huzhu_decision_counter_at(const huzhu_decision *decision, size_t index, huzhu_counter_view *out)
{
    huzhu_status status = ready(decision, index, huzhu_decision_counter_count(decision));
    if (status != HUZHU_OK) return status;
    const hz_move *move = &decision->core->moves[index];
    const hz_counter *counter = &decision->plan->core->rules->counters.at[move->counter];
    huzhu_counter_view view = {.counter = move->counter,
                               .has_before = move->has_before,
                               .has_change = move->has_change,
                               .name = hz_api_text(counter->name),
                               .unit = hz_api_text(counter->unit),
                               .key = hz_api_move_text(decision, index, 0),
                               .before = hz_api_move_text(decision, index, 1),
                               .change = hz_api_move_text(decision, index, 2),
                               .after = hz_api_move_text(decision, index, 3),
                               .before_value = move->before,
                               .change_value = move->change,
                               .after_value = move->after};
    return HZ_API_FILL(out, &view);
}

/* ---- basis ---- */

/* The index-th item that stands in the basis, or in rests_on; the count of all when there are fewer. */
static uint32_t basis_item(const hz_decision *core, size_t index, bool rests_on)
{
    for (uint32_t i = 0; i < core->basis_count; i++) {
        const hz_basis_item *item = &core->basis[i];
        bool counts = rests_on ? item->rests_on : item->type != NULL && item->entry != NULL;
        if (counts && index-- == 0) return i;
    }
    return core->basis_count;
}

static size_t basis_count(huzhu_decision *decision, bool rests_on)
{
    size_t count = 0;
    if (!holds_decision(decision)) return 0;
    hz_decision_walk(decision->core);
    while (basis_item(decision->core, count, rests_on) < decision->core->basis_count) count++;
    return count;
}

size_t huzhu_decision_basis_count(huzhu_decision *decision)
{
    return basis_count(decision, false);
}

size_t huzhu_decision_rests_on_count(huzhu_decision *decision)
{
    return basis_count(decision, true);
}

/* Finds the item and has its texts spelled. */
static huzhu_status find_basis(huzhu_decision *decision, size_t index, bool rests_on, uint32_t *item)
{
    if (decision == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!holds_decision(decision)) return HUZHU_STATE;
    hz_decision_walk(decision->core);
    *item = basis_item(decision->core, index, rests_on);
    if (*item >= decision->core->basis_count) return HUZHU_INVALID_ARGUMENT;
    return hz_api_spell_basis(decision) ? HUZHU_OK : HUZHU_NO_MEMORY;
}

huzhu_status huzhu_decision_basis_at(huzhu_decision *decision, size_t index, huzhu_basis_view *out)
{
    uint32_t item;
    huzhu_status status = find_basis(decision, index, false, &item);
    if (status != HUZHU_OK) return status;
    const hz_basis_item *from = &decision->core->basis[item];
    huzhu_basis_view view = {.rests_on = from->rests_on,
                             .path = hz_api_basis_text(decision, item, 0),
                             .value = hz_api_basis_text(decision, item, 1),
                             .unit = hz_api_text(from->unit),
                             .from = hz_api_basis_text(decision, item, 2),
                             .status = hz_api_text(hz_basis_status(from)),
                             .source = hz_api_basis_text(decision, item, 3)};
    return HZ_API_FILL(out, &view);
}

huzhu_status huzhu_decision_rests_on_at(huzhu_decision *decision, size_t index, huzhu_text *out)
{
    uint32_t item;
    huzhu_status status = find_basis(decision, index, true, &item);
    if (status == HUZHU_OK && out == NULL) status = HUZHU_INVALID_ARGUMENT;
    if (status == HUZHU_OK) *out = hz_api_basis_text(decision, item, 0);
    return status;
}
