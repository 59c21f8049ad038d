/* parts.c - events under several plans, and the parts of claims and decisions: a part is a claim, or a decision, of its
 * own to every other function. Its handle belongs to the whole and is made when it is asked for.
 */
#include "api/api.h"

#include "base/status.h"

/* ---- plans ---- */

const huzhu_plan *hz_api_plan_of(const huzhu_ruleset *ruleset, const hz_plan *core)
{
    for (uint32_t i = 0; i < ruleset->plan_count; i++) {
        const huzhu_plan *plan = &ruleset->plans[i];
        if (plan->core == core) return plan;
        for (uint32_t k = 0; k < plan->core->part_count; k++)
            if (plan->parts[k].core == core) return &plan->parts[k];
    }
    return &ruleset->event;
}

static const hz_plan *find_plan(void *context, hz_str id)
{
    const huzhu_ruleset *ruleset = context;
    for (uint32_t i = 0; i < ruleset->plan_count; i++)
        if (hz_str_eq(ruleset->plans[i].core->rules->id, id)) return ruleset->plans[i].core;
    return NULL;
}

static hz_str plan_at(void *context, uint32_t index)
{
    const huzhu_ruleset *ruleset = context;
    return index < ruleset->plan_count ? ruleset->plans[index].core->rules->id : HZ_STR("");
}

hz_plan_finder hz_api_plan_finder(const huzhu_ruleset *ruleset)
{
    return (hz_plan_finder){find_plan, plan_at, (void *)(uintptr_t)ruleset};
}

size_t huzhu_plan_part_count(const huzhu_plan *plan)
{
    return plan != NULL ? plan->core->part_count : 0;
}

const huzhu_plan *huzhu_plan_part_at(const huzhu_plan *plan, size_t index)
{
    return index < huzhu_plan_part_count(plan) ? &plan->parts[index] : NULL;
}

/* ---- events ---- */

huzhu_status huzhu_event_new(const huzhu_ruleset *ruleset, huzhu_claim **out)
{
    return huzhu_claim_new(ruleset != NULL ? &ruleset->event : NULL, out);
}

huzhu_status huzhu_event_ask(huzhu_claim *event, const huzhu_plan *plan)
{
    if (event == NULL || plan == NULL || plan->ruleset != event->plan->ruleset) return HUZHU_INVALID_ARGUMENT;
    return hz_claim_ask_plan(event->core, plan->core);
}

/* ---- handles ---- */

/* One more place in a list of handles; false: no memory. */
static bool grow(const hz_alloc *alloc, void ***list, size_t room)
{
    size_t size = room * sizeof **list;
    void **longer = room == 0 ? alloc->allocate(alloc->user, sizeof *longer)
                              : alloc->reallocate(alloc->user, *list, size, size + sizeof *longer);
    if (longer == NULL) return false;
    *list = longer;
    longer[room] = NULL;
    return true;
}

size_t huzhu_claim_part_count(const huzhu_claim *claim)
{
    return claim != NULL ? claim->core->part_count : 0;
}

huzhu_status huzhu_claim_part_at(huzhu_claim *claim, size_t index, huzhu_claim **out)
{
    if (index >= huzhu_claim_part_count(claim) || out == NULL) return HUZHU_INVALID_ARGUMENT;
    hz_claim *core = claim->core->parts[index];
    for (size_t i = 0; i < claim->part_room; i++) {
        *out = claim->parts[i];
        if (claim->parts[i]->core == core) return HUZHU_OK;
    }
    huzhu_claim *part = hz_api_new(&claim->alloc, sizeof *part);
    void **list = (void **)claim->parts;
    if (part == NULL || !grow(&claim->alloc, &list, claim->part_room)) {
        if (part != NULL) hz_api_free(&claim->alloc, part, sizeof *part);
        return HUZHU_NO_MEMORY;
    }
    part->core = core;
    part->alloc = claim->alloc;
    part->plan = hz_api_plan_of(claim->plan->ruleset, core->plan);
    claim->parts = (huzhu_claim **)list;
    claim->parts[claim->part_room++] = part;
    *out = part;
    return HUZHU_OK;
}

void hz_api_claim_end_parts(huzhu_claim *claim)
{
    for (size_t i = 0; i < claim->part_room; i++) {
        hz_api_claim_end_parts(claim->parts[i]);
        hz_api_free(&claim->alloc, claim->parts[i], sizeof *claim->parts[i]);
    }
    if (claim->part_room > 0) hz_api_free(&claim->alloc, claim->parts, claim->part_room * sizeof *claim->parts);
    claim->part_room = 0;
}

size_t huzhu_decision_part_count(const huzhu_decision *decision)
{
    return decision != NULL && decision->holds != HZ_API_NOTHING ? decision->core->part_count : 0;
}

static huzhu_decision *new_handle(huzhu_decision *decision)
{
    huzhu_decision *part = hz_api_new(&decision->alloc, sizeof *part);
    void **list = (void **)decision->parts;
    if (part == NULL || !grow(&decision->alloc, &list, decision->part_room)) {
        if (part != NULL) hz_api_free(&decision->alloc, part, sizeof *part);
        return NULL;
    }
    part->alloc = decision->alloc;
    hz_api_sheet_begin(&part->sheet, &decision->alloc);
    hz_api_sheet_begin(&part->basis, &decision->alloc);
    decision->parts = (huzhu_decision **)list;
    decision->parts[decision->part_room++] = part;
    return part;
}

huzhu_status huzhu_decision_part_at(huzhu_decision *decision, size_t index, huzhu_decision **out)
{
    if (decision == NULL || out == NULL) return HUZHU_INVALID_ARGUMENT;
    if (decision->holds == HZ_API_NOTHING) return HUZHU_STATE;
    if (index >= decision->core->part_count) return HUZHU_INVALID_ARGUMENT;
    while (index >= decision->part_room)
        if (new_handle(decision) == NULL) return HUZHU_NO_MEMORY;
    huzhu_decision *part = decision->parts[index];
    if (part->holds == HZ_API_NOTHING) {
        part->core = decision->core->parts[index];
        part->plan = hz_api_plan_of(decision->plan->ruleset, part->core->plan);
        part->holds = decision->holds;
    }
    *out = part;
    return HUZHU_OK;
}

void hz_api_decision_forget_parts(huzhu_decision *decision)
{
    for (size_t i = 0; i < decision->part_room; i++) {
        huzhu_decision *part = decision->parts[i];
        part->holds = HZ_API_NOTHING;
        part->spelled = part->spelled_basis = false;
        hz_api_decision_forget_parts(part);
    }
}

void hz_api_decision_end_parts(huzhu_decision *decision)
{
    for (size_t i = 0; i < decision->part_room; i++) {
        huzhu_decision *part = decision->parts[i];
        hz_api_decision_end_parts(part);
        hz_api_sheet_end(&part->sheet);
        hz_api_sheet_end(&part->basis);
        hz_api_free(&decision->alloc, part, sizeof *part);
    }
    if (decision->part_room > 0)
        hz_api_free(&decision->alloc, decision->parts, decision->part_room * sizeof *decision->parts);
    decision->part_room = 0;
}
