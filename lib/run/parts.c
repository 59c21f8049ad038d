/* parts.c - several decisions as one: of an event under several plans or of a package, each settled in its turn, and what
 * they come to.
 *
 * A part is a decision like any other. What one part left in a counter the next ones find there, whatever the claim says
 * that it held before the event. Whether a package asks a part at all is package.c's. Called by decision.c.
 */
#include "run/decision.h"

#include "base/status.h"
#include "run/ledger.h"

/* ---- memory: decisions under plans that are no longer asked are kept ---- */

static hz_decision *new_part(hz_decision *whole)
{
    const hz_alloc *alloc = &whole->alloc;
    size_t size = whole->part_room * sizeof *whole->parts;
    hz_decision *part = alloc->allocate(alloc->user, sizeof *part);
    if (part == NULL) return NULL;
    hz_decision **parts = size == 0 ? alloc->allocate(alloc->user, sizeof *parts)
                                    : alloc->reallocate(alloc->user, whole->parts, size, size + sizeof *parts);
    if (parts == NULL) {
        alloc->release(alloc->user, part, sizeof *part);
        return NULL;
    }
    hz_decision_begin(part, alloc);
    whole->parts = parts;
    whole->parts[whole->part_room++] = part;
    return part;
}

/* The decision for the next part: one that was under its plan before, if there is one. NULL: no memory. */
static hz_decision *next_part(hz_decision *whole, const hz_plan *plan)
{
    uint32_t at = whole->part_count;
    while (at < whole->part_room && whole->parts[at]->snapshot.plan != plan) at++;
    if (at == whole->part_room && new_part(whole) == NULL) return NULL;
    hz_decision *part = whole->parts[at];
    whole->parts[at] = whole->parts[whole->part_count];
    whole->parts[whole->part_count++] = part;
    return part;
}

void hz_decision_end_parts(hz_decision *decision)
{
    const hz_alloc *alloc = &decision->alloc;
    for (uint32_t i = 0; i < decision->part_room; i++) {
        hz_decision_end(decision->parts[i]);
        alloc->release(alloc->user, decision->parts[i], sizeof *decision->parts[i]);
    }
    if (decision->parts != NULL)
        alloc->release(alloc->user, decision->parts, decision->part_room * sizeof *decision->parts);
    decision->parts = NULL;
    decision->part_count = decision->part_room = 0;
}

/* ---- counters that more than one part moves ---- */

static bool same_counter(const hz_plan_model *a, const hz_counter *x, const hz_plan_model *b, const hz_counter *y)
{
    if (!hz_str_eq(x->name, y->name) || x->shared != y->shared) return false;
    return x->shared || hz_str_eq(a->id, b->id);
}

static bool same_key(hz_decision *a, uint32_t x, hz_decision *b, uint32_t y)
{
    if (!hz_counter_key_known(b, y)) return false;
    hz_buf_reset(&a->scratch);
    hz_buf_reset(&b->scratch);
    hz_decision_counter_key(a, x, &a->scratch);
    hz_decision_counter_key(b, y, &b->scratch);
    return !a->scratch.failed && !b->scratch.failed && hz_str_eq(hz_buf_text(&a->scratch), hz_buf_text(&b->scratch));
}

/* Takes over what an earlier decision left. True: something is otherwise than it was. */
static bool take_over(hz_decision *earlier, hz_decision *part)
{
    bool changed = false;
    for (uint32_t i = 0; i < earlier->part_count; i++) changed |= take_over(earlier->parts[i], part);
    const hz_plan_model *from = earlier->plan->rules, *to = part->plan->rules;
    for (uint32_t m = 0; m < earlier->move_count; m++) {
        const hz_move *move = &earlier->moves[m];
        for (uint32_t i = 0; i < to->counters.count; i++) {
            if (!same_counter(from, &from->counters.at[move->counter], to, &to->counters.at[i]) ||
                !same_key(earlier, move->counter, part, i))
                continue;
            part->snapshot.counters[i] = (hz_given){.state = HZ_GIVEN, .value = move->after};
            changed = true;
        }
    }
    return changed;
}

/* From all that were settled before, the latest last: it is what the counter holds. */
static bool take_over_all(hz_decision *part, const hz_decision *node)
{
    if (node->whole == NULL) return false;
    bool changed = take_over_all(part, node->whole);
    for (uint32_t i = 0; node->whole->parts[i] != node; i++) changed |= take_over(node->whole->parts[i], part);
    return changed;
}

int32_t hz_decision_settle(hz_decision *part)
{
    int32_t status = hz_decision_run(part);
    bool counts = part->whole != NULL && status == HZ_OK && !part->snapshot.enrolment && part->plan->rules->counters.count > 0;
    return counts && take_over_all(part, part) ? hz_decision_run(part) : status;
}

/* ---- what they come to ---- */

static bool among(const hz_decision *decision, hz_str name)
{
    for (uint32_t i = 0; i < decision->missing_count; i++)
        if (hz_str_eq(decision->missing[i], name)) return true;
    return false;
}

/* Of an event; what is missing for a package its own walk finds. */
static void gather_missing(hz_decision *whole)
{
    for (uint32_t i = 0; i < whole->part_count; i++) {
        hz_decision *part = whole->parts[i];
        if (part->outcome != HZ_INCOMPLETE) continue;
        hz_decision_walk(part);
        for (uint32_t m = 0; m < part->missing_count; m++)
            if (!among(whole, part->missing[m])) whole->missing[whole->missing_count++] = part->missing[m];
    }
}

/* The total of the parts; false: one has none. */
static bool add_up(hz_decision *whole)
{
    hz_i128 total = 0;
    bool all = true;
    for (uint32_t i = 0; i < whole->part_count; i++) {
        all &= whole->parts[i]->has_total;
        total += whole->parts[i]->total;
    }
    whole->total = all && total <= INT64_MAX ? (int64_t)total : 0;
    return all && total <= INT64_MAX;
}

/* Paid if anything is paid, else the worst of all. */
static uint8_t outcome_of(const hz_decision *whole)
{
    static const uint8_t best_first[] = {HZ_NOT_ASKED, HZ_REFUSED, HZ_NOTHING_DUE, HZ_UNDETERMINED, HZ_INCOMPLETE,
                                         HZ_FAILED, HZ_ACCEPTED, HZ_PAID};
    uint8_t rank = 0;
    for (uint32_t i = 0; i < whole->part_count; i++)
        for (uint8_t r = 0; r < sizeof best_first; r++)
            if (best_first[r] == whole->parts[i]->outcome && r > rank) rank = r;
    return rank > 0 ? best_first[rank] : HZ_NOTHING_DUE;
}

static void take_error(hz_decision *whole)
{
    for (uint32_t i = 0; i < whole->part_count && !whole->error.is; i++)
        if (whole->parts[i]->outcome == HZ_FAILED) whole->error = whole->parts[i]->error;
}

static void compose(hz_decision *whole)
{
    whole->outcome = outcome_of(whole);
    whole->has_total = !whole->snapshot.enrolment && add_up(whole);
    if (whole->outcome == HZ_FAILED) take_error(whole);
    if (!whole->plan->event) {
        hz_decision_package_reasons(whole);
        return;
    }
    gather_missing(whole);
    whole->walked = true;
}

/* ---- deciding ---- */

/* Nothing can be said of an event that cannot be read, or that names no plan. */
static bool refuse_event(hz_decision *whole, const hz_claim *claim)
{
    if (!claim->plan->event || (!claim->fault.is && claim->part_count > 0)) return false;
    whole->outcome = HZ_FAILED;
    whole->walked = true;
    whole->error = claim->fault;
    hz_fault_set(&whole->error, HZ_FAULT_NO_PLAN_ASKED, HZ_STR(""), NULL);
    return true;
}

/* Of a package: names and lines that its part may have to name. */
static uint32_t outer_names(const hz_plan *package)
{
    return package->rules->inputs.count + package->rules->eligibility.count;
}

static int32_t decide_part(const hz_claim *claim, hz_decision *whole, uint32_t index, bool bare)
{
    hz_decision *part = next_part(whole, claim->plan);
    bool package = !whole->plan->event;
    if (part == NULL) return HZ_NO_MEMORY;
    hz_claim asked = *claim;
    asked.fresh = claim->fresh || whole->snapshot.fresh;
    asked.enrolment = whole->snapshot.enrolment;
    int32_t status = hz_decision_take(part, &asked, package ? outer_names(whole->plan) : 0);
    if (status != HZ_OK) return status;
    part->whole = whole;
    if (package) {
        part->part = &whole->plan->parts[index];
        status = hz_package_begin_part(part, index);
    }
    if (status == HZ_OK && !part->closed) status = hz_decision_decide_taken(&asked, part, bare);
    if (status == HZ_OK && package && !part->closed && !bare) hz_package_end_part(part, index);
    return status;
}

int32_t hz_decision_decide_parts(const hz_claim *claim, hz_decision *whole, bool bare)
{
    int32_t status = HZ_OK;
    if (refuse_event(whole, claim)) return HZ_OK;
    for (uint32_t i = 0; i < claim->part_count && status == HZ_OK; i++)
        status = decide_part(claim->parts[i], whole, i, bare);
    if (status == HZ_OK && !bare) compose(whole);
    return status;
}
