/* resettlement.c - huzhu_resettlement: claims settled again under changed rules. Two claims, decisions and ledgers side by
 * side; what differs is run/difference.c.
 *
 * Neither ledger moves unless both sides can be told: decide both, make room in both, then take both over.
 */
#include "api/api.h"

#include "base/status.h"
#include "run/difference.h"

typedef struct side {
    huzhu_claim *claim;
    huzhu_decision *decision;
    huzhu_ledger *ledger;
    hz_reversal reversal;
    bool reversed;           /* the line took a claim back */
} side;

struct huzhu_resettlement {
    hz_alloc alloc;
    side sides[HZ_SIDES];
    hz_change change;
    bool holds;              /* change is of the claim settled last */
};

/* ---- The object ---- */

void huzhu_resettlement_free(huzhu_resettlement *resettlement)
{
    if (resettlement == NULL) return;
    const hz_alloc alloc = resettlement->alloc;
    hz_change_end(&resettlement->change);
    for (int i = 0; i < HZ_SIDES; i++) {
        huzhu_ledger_free(resettlement->sides[i].ledger);
        huzhu_decision_free(resettlement->sides[i].decision);
    }
    for (int i = 0; i < HZ_SIDES; i++) huzhu_claim_free(resettlement->sides[i].claim); /* the rulesets go with them */
    hz_api_free(&alloc, resettlement, sizeof *resettlement);
}

static huzhu_status make(const huzhu_plan *const plans[HZ_SIDES], huzhu_resettlement **out)
{
    const hz_alloc alloc = plans[HZ_NOW]->ruleset->alloc;
    const huzhu_allocator allocator = {.struct_size = sizeof allocator, .allocate = alloc.allocate, .reallocate = alloc.reallocate, .release = alloc.release, .user = alloc.user};
    huzhu_resettlement *made = hz_api_new(&alloc, sizeof *made);
    if (made == NULL) return HUZHU_NO_MEMORY;
    made->alloc = alloc;
    hz_change_begin(&made->change, &alloc);
    huzhu_status status = HUZHU_OK;
    for (int i = 0; i < HZ_SIDES && status == HUZHU_OK; i++) {
        status = huzhu_claim_new(plans[i], &made->sides[i].claim);
        if (status == HUZHU_OK) status = huzhu_decision_new(&allocator, &made->sides[i].decision);
        if (status == HUZHU_OK) status = huzhu_ledger_new(&allocator, &made->sides[i].ledger);
        if (status == HUZHU_OK) status = huzhu_ledger_keep_claims(made->sides[i].ledger);
    }
    if (status == HUZHU_OK) *out = made;
    else huzhu_resettlement_free(made);
    return status;
}

huzhu_status huzhu_resettlement_new(const huzhu_plan *was, const huzhu_plan *now, huzhu_resettlement **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (was == NULL || now == NULL || was->core->event != now->core->event) return HUZHU_INVALID_ARGUMENT;
    const huzhu_plan *const plans[HZ_SIDES] = {was, now};
    return make(plans, out);
}

huzhu_status huzhu_resettlement_new_events(const huzhu_ruleset *was, const huzhu_ruleset *now, huzhu_resettlement **out)
{
    return huzhu_resettlement_new(was != NULL ? &was->event : NULL, now != NULL ? &now->event : NULL, out);
}

huzhu_claim *huzhu_resettlement_claim(huzhu_resettlement *resettlement, uint32_t which)
{
    return resettlement != NULL && which < HZ_SIDES ? resettlement->sides[which].claim : NULL;
}

huzhu_decision *huzhu_resettlement_decision(huzhu_resettlement *resettlement, uint32_t which)
{
    return resettlement != NULL && which < HZ_SIDES ? resettlement->sides[which].decision : NULL;
}

/* ---- Settling ---- */

static huzhu_status decide(side *one, int which)
{
    huzhu_claim *claim = one->claim;
    /* The ledger's probe may point into the ruleset, which the claim keeps; it is always the same one. */
    if (one->ledger->ruleset == NULL) one->ledger->ruleset = huzhu_ruleset_retain(claim->plan->ruleset);
    huzhu_status status = hz_ledger_fill_again(&one->ledger->core, claim->core, which == HZ_WAS ? HZ_AGAIN_SAME : HZ_AGAIN_KNOWN);
    return status == HUZHU_OK ? huzhu_claim_evaluate(claim, one->decision) : status;
}

/* Takes a claim back, or decides the error that it cannot be. */
static huzhu_status reverse(side *one)
{
    int32_t status = hz_reverse(&one->ledger->core, one->claim->core, &one->reversal);
    one->reversed = status == HZ_OK;
    if (status == HZ_DATA) return huzhu_claim_evaluate(one->claim, one->decision);
    if (status == HZ_OK) one->decision->holds = HZ_API_NOTHING;
    return status;
}

static void restore(huzhu_resettlement *resettlement)
{
    for (int i = 0; i < HZ_SIDES; i++) {
        side *one = &resettlement->sides[i];
        if (one->reversed) hz_ledger_restore(&one->ledger->core, one->reversal.number);
        one->reversed = false;
    }
}

static bool is_reversal(const side *one)
{
    const hz_claim *claim = one->claim->core;
    return claim->reverses.len > 0 && claim->fault.is && claim->fault.code == HZ_R_REVERSAL;
}

static void add(huzhu_resettlement *resettlement, int which)
{
    side *one = &resettlement->sides[which];
    hz_change *change = &resettlement->change;
    if (one->reversed) hz_change_add_reversal(change, which, one->claim->core, &one->ledger->core, &one->reversal);
    else hz_change_add_decision(change, which, one->decision->core);
}

/* Appends the line; what is not whole is taken back. */
static huzhu_status write(huzhu_resettlement *resettlement, uint32_t language, uint64_t line, huzhu_output *output)
{
    hz_change *change = &resettlement->change;
    size_t begin = output->text.len;
    hz_change_write_json(change, resettlement->sides[HZ_NOW].claim->core, language, line, &output->text);
    hz_buf_add_char(&output->text, '\n');
    output->text.failed |= change->failed;
    return hz_api_appended(output, begin);
}

/* Room in both ledgers for what their side moved. */
static huzhu_status reserve(huzhu_resettlement *resettlement)
{
    int32_t status = HZ_OK;
    for (int i = 0; i < HZ_SIDES && status == HZ_OK; i++) {
        side *one = &resettlement->sides[i];
        if (!one->reversed) status = hz_ledger_reserve(&one->ledger->core, one->decision->core);
    }
    return status;
}

/* Both sides, and what differs; no ledger has moved, but for reversals. */
static huzhu_status settle(huzhu_resettlement *resettlement)
{
    huzhu_status status = HUZHU_OK;
    resettlement->holds = false;
    hz_change_clear(&resettlement->change);
    for (int i = 0; i < HZ_SIDES && status == HUZHU_OK; i++) {
        side *one = &resettlement->sides[i];
        one->reversed = false;
        status = is_reversal(one) ? reverse(one) : decide(one, i);
        if (status == HUZHU_OK) add(resettlement, i);
    }
    hz_change_compare(&resettlement->change);
    if (status == HUZHU_OK) status = resettlement->change.failed ? HUZHU_NO_MEMORY : reserve(resettlement);
    return status;
}

/* What was settled counts, or was not. */
static huzhu_status finish(huzhu_resettlement *resettlement, huzhu_status status)
{
    if (status != HUZHU_OK) {
        restore(resettlement);
        return status;
    }
    for (int i = 0; i < HZ_SIDES; i++) {
        side *one = &resettlement->sides[i];
        if (!one->reversed) hz_ledger_apply(&one->ledger->core, one->decision->core); /* there is room */
    }
    resettlement->holds = true;
    return HUZHU_OK;
}

huzhu_status huzhu_resettlement_settle(huzhu_resettlement *resettlement)
{
    return resettlement != NULL ? finish(resettlement, settle(resettlement)) : HUZHU_INVALID_ARGUMENT;
}

huzhu_status huzhu_resettlement_json(huzhu_resettlement *resettlement, const char *json, size_t size, uint32_t language,
                                     uint64_t line, huzhu_output *output)
{
    hz_str text;
    if (resettlement == NULL || output == NULL || language > HUZHU_EN || line > INT64_MAX || !hz_api_str(json, size, &text)) return HUZHU_INVALID_ARGUMENT;
    huzhu_status status = HUZHU_OK;
    for (int i = 0; i < HZ_SIDES && (status == HUZHU_OK || status == HUZHU_DATA); i++) {
        huzhu_claim *claim = resettlement->sides[i].claim;
        hz_plan_finder plans = hz_api_plan_finder(claim->plan->ruleset);
        status = hz_claim_read_json(claim->core, text, &plans);
    }
    if (status == HUZHU_OK || status == HUZHU_DATA) status = settle(resettlement);
    else resettlement->holds = false;
    if (status == HUZHU_OK) status = write(resettlement, language, line, output);
    return finish(resettlement, status);
}

/* ---- What became of it ---- */

huzhu_status huzhu_resettlement_changed(const huzhu_resettlement *resettlement, int *changed)
{
    if (resettlement == NULL || changed == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!resettlement->holds) return HUZHU_STATE;
    *changed = resettlement->change.changed;
    return HUZHU_OK;
}

huzhu_status huzhu_resettlement_difference(const huzhu_resettlement *resettlement, int64_t *minor)
{
    if (resettlement == NULL || minor == NULL) return HUZHU_INVALID_ARGUMENT;
    if (!resettlement->holds || !resettlement->change.has_difference) return HUZHU_STATE;
    *minor = resettlement->change.difference;
    return HUZHU_OK;
}

huzhu_status huzhu_resettlement_explain(huzhu_resettlement *resettlement, uint32_t language, huzhu_output *output)
{
    if (resettlement == NULL || output == NULL || language > HUZHU_EN) return HUZHU_INVALID_ARGUMENT;
    if (!resettlement->holds) return HUZHU_STATE;
    size_t begin = output->text.len;
    hz_change_write_text(&resettlement->change, resettlement->sides[HZ_NOW].claim->core, language, &output->text);
    output->text.failed |= resettlement->change.failed;
    return hz_api_appended(output, begin);
}
