/* tell_ground.c - what the nodes of an explanation stand on: the provenance worth showing beside each, the numbers of
 * the closing list, the sources to name. Called by explain_text.c and its parts, and by explain_json.c.
 */
#include "run/tell.h"

uint32_t hz_told_footnote(const hz_decision *decision, hz_str name)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < decision->basis_count; i++) {
        if (!decision->basis[i].rests_on)
            continue;
        number++;
        if (hz_str_eq(decision->basis[i].name, name))
            return number;
    }
    return 0;
}

/* Its own provenance, else its version's. */
static const hz_provenance *own_or_version(const hz_told *told)
{
    bool own = told->from != NULL && told->from->given;
    return own || told->entry == NULL ? told->from : &told->entry->from;
}

/* An assumption of a value without a source is told by its number alone. */
static const hz_provenance *ground_of_value(const hz_told *told)
{
    const hz_provenance *from = own_or_version(told);
    return from != NULL && from->sources.count > 0 ? from : NULL;
}

const hz_provenance *hz_told_ground(const hz_decision *decision, const hz_told *told)
{
    int64_t used, cut;
    if (told->again)
        return NULL;
    switch (told->kind) {
    case HZ_TOLD_BRACKET: return told->from;
    case HZ_TOLD_PARAMETER: case HZ_TOLD_SCALE:
        if (told->entry == NULL || told->entry->scenario || told->entry->state == HZ_ENTRY_UNKNOWN)
            return NULL;
        return &told->entry->from;
    case HZ_TOLD_VALUE: return ground_of_value(told);
    case HZ_TOLD_BENEFIT: case HZ_TOLD_FEE: return told->verdict == HZ_VERDICT_HOLDS ? own_or_version(told) : NULL;
    case HZ_TOLD_CONDITION: return told->verdict == HZ_VERDICT_FAILS ? own_or_version(told) : NULL;
    case HZ_TOLD_CAP:
        if (told->state != HZ_IS_VALUE || !hz_told_cut(decision, told->cap, &used, &cut))
            return NULL;
        return cut != 0 ? own_or_version(told) : NULL;
    default: return NULL;
    }
}

const hz_round *hz_told_round(const hz_decision *decision, const hz_told *told)
{
    const hz_plan_model *rules = decision->plan->rules;
    uint32_t index = rules->symbols.at[told->symbol].index;
    return hz_plan_round(decision->plan, told->kind == HZ_TOLD_BENEFIT ? &rules->benefits.at[index].round : NULL);
}

/* ---- Sources ---- */

typedef struct search {
    hz_decision *decision;
    uint32_t source;
    bool all, found;
} search;

static void look(search *s, const hz_provenance *from)
{
    for (uint32_t i = 0; from != NULL && i < from->sources.count; i++) s->found |= from->sources.at[i] == s->source;
}

static void look_at_node(void *context, const hz_told *told)
{
    search *s = context;
    if (told->rounded)
        look(s, &hz_told_round(s->decision, told)->from);
    if (!s->all) {
        look(s, hz_told_ground(s->decision, told));
    } else if (!told->again) {
        look(s, told->from);
        if (told->entry != NULL)
            look(s, &told->entry->from);
    }
}

static void pass_section(void *context, hz_told_section section)
{
    (void)context;
    (void)section;
}

static void pass_node(void *context, const hz_told *told)
{
    (void)context;
    (void)told;
}

bool hz_told_source(hz_decision *decision, uint32_t source, bool all)
{
    search s = {.decision = decision, .source = source, .all = all};
    const hz_teller teller = {pass_section, pass_section, look_at_node, pass_node, &s};
    hz_tell(decision, &teller);
    for (uint32_t i = 0; i < decision->basis_count; i++)
        if (decision->basis[i].rests_on)
            look(&s, decision->basis[i].from);
    for (uint32_t i = 0; i < decision->reason_count; i++)
        if (decision->reasons[i].line != NULL)
            look(&s, &decision->reasons[i].line->from);
    return s.found;
}
