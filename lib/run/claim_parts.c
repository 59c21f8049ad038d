/* claim_parts.c - the plans of an event, the parts of a package, and which of them a name means: `cover_start` is that of
 * every plan of an event which has it, `womens-diseases.cover_start` that of one.
 *
 * Called by claim.c, by the reader of JSON and by the API. Claims of plans that are no longer asked are kept, so that
 * lines of one kind take no memory.
 */
#include "run/claim.h"

#include "base/status.h"

static hz_claim *new_part(hz_claim *whole, const hz_plan *plan)
{
    const hz_alloc *alloc = &whole->alloc;
    size_t size = whole->part_room * sizeof *whole->parts;
    hz_claim *part = alloc->allocate(alloc->user, sizeof *part);
    if (part == NULL) return NULL;
    bool begun = hz_claim_begin(part, plan, alloc);
    hz_claim **parts = !begun               ? NULL
                       : size == 0 ? alloc->allocate(alloc->user, sizeof *parts)
                                   : alloc->reallocate(alloc->user, whole->parts, size, size + sizeof *parts);
    if (parts == NULL) {
        if (begun) hz_claim_end(part);
        alloc->release(alloc->user, part, sizeof *part);
        return NULL;
    }
    whole->parts = parts;
    whole->parts[whole->part_room++] = part;
    return part;
}

bool hz_claim_begin_parts(hz_claim *claim)
{
    for (uint32_t i = 0; i < claim->plan->part_count; i++) {
        if (new_part(claim, claim->plan->parts[i].plan) == NULL) return false;
        claim->part_count++;
    }
    return true;
}

int32_t hz_claim_ask_plan(hz_claim *event, const hz_plan *plan)
{
    if (!event->plan->event) return HZ_INVALID_ARGUMENT;
    uint32_t at = 0;
    while (at < event->part_room && event->parts[at]->plan != plan) at++;
    if (at < event->part_count) return HZ_INVALID_ARGUMENT;
    if (at == event->part_room && new_part(event, plan) == NULL) return HZ_NO_MEMORY;
    hz_claim *part = event->parts[at];
    event->parts[at] = event->parts[event->part_count];
    event->parts[event->part_count++] = part;
    return HZ_OK;
}

void hz_claim_ask_none(hz_claim *event)
{
    event->part_count = 0;
}

/* ---- names ---- */

static uint32_t each_named(hz_claim *claim, hz_str name, hz_symbol_kind kind, bool qualified, hz_each_named *each,
                           void *context)
{
    const hz_plan_model *rules = claim->plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, name), count = 0;
    if (symbol != HZ_MAP_NONE && rules->symbols.at[symbol].kind == kind) {
        each(context, claim, rules->symbols.at[symbol].index, qualified);
        return 1;
    }
    if (kind == HZ_SYMBOL_INPUT && !claim->plan->event) return 0;
    const char *dot = name.len > 0 ? memchr(name.at, '.', name.len) : NULL;
    for (uint32_t i = 0; dot != NULL && i < claim->part_count; i++) {
        hz_str plan = claim->parts[i]->plan->rules->id;
        if (hz_str_eq(plan, hz_str_part(name, 0, (size_t)(dot - name.at))))
            return each_named(claim->parts[i], hz_str_part(name, plan.len + 1, name.len), kind, true, each, context);
    }
    for (uint32_t i = 0; i < claim->part_count; i++)
        count += each_named(claim->parts[i], name, kind, qualified, each, context);
    return count;
}

uint32_t hz_claim_each_named(hz_claim *claim, hz_str name, hz_symbol_kind kind, hz_each_named *each, void *context)
{
    return each_named(claim, name, kind, false, each, context);
}

typedef struct setting {
    hz_str text;
    int32_t status;
} setting;

static void set_one(void *context, hz_claim *claim, uint32_t input, bool qualified)
{
    setting *self = context;
    int32_t status = hz_claim_set_value(claim, input, self->text);
    (void)qualified;
    if (status == HZ_NO_MEMORY || self->status == HZ_OK) self->status = status;
}

int32_t hz_claim_set_named(hz_claim *claim, hz_str name, hz_str text)
{
    setting self = {text, HZ_OK};
    uint32_t count = hz_claim_each_named(claim, name, HZ_SYMBOL_INPUT, set_one, &self);
    return count > 0 ? self.status : HZ_NOT_FOUND;
}
