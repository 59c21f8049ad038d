/* variants.c - scenarios of one plan into one DAG. Each is a model of its own, checked and lowered as a ruleset with its
 * settings is; only the DAG outlives it, and what the DAG points at. Not: what scenarios have in common (differ.c, cone.c).
 */
#include "program/variants.h"

void hz_variants_begin(hz_variants *variants, hz_arena *arena)
{
    *variants = (hz_variants){.arena = arena, .lower = {.arena = arena}};
    hz_dag_begin(&variants->lower.dag, arena);
}

/* Texts of nodes from `first` on into the DAG's arena. */
static void adopt_texts(hz_dag *dag, uint32_t first)
{
    for (uint32_t i = first; i < dag->nodes.count; i++) {
        hz_str *text = &dag->nodes.at[i].text;
        if (text->len > 0) *text = hz_arena_copy(dag->arena, *text);
        else if (text->at != NULL) *text = HZ_STR("");
    }
}

static void *copy(hz_arena *arena, const void *from, size_t count, size_t size)
{
    void *to = hz_arena_take_many(arena, count, size);
    if (count > 0) memcpy(to, from, count * size);
    return to;
}

static hz_key_scales scales_of(const hz_plan *plan, const hz_counter *counter)
{
    hz_key_scales scales = {{0}};
    for (uint32_t k = 0; k < counter->per.count; k++) {
        const hz_type *type = &plan->symbols[hz_map_find(&plan->rules->symbol_map, counter->per.at[k].name)].type;
        scales.of[k] = type->kind == HZ_KIND_NUMBER ? type->scale : 0;
    }
    return scales;
}

static void lower_claim(hz_variants *variants, hz_plan *plan, hz_question *question, hz_variant *out)
{
    const hz_plan_model *rules = plan->rules;
    hz_column_program columns = {0};
    hz_lower_begin(&variants->lower, question, false);
    hz_lower_claim(&variants->lower);
    hz_lower_results(&variants->lower, &columns);
    out->outcome = columns.outcome;
    out->reason = columns.reason;
    out->total = columns.total;
    out->benefits = copy(variants->arena, columns.benefits, rules->benefits.count, sizeof *out->benefits);
    out->counters = copy(variants->arena, columns.counters, rules->counters.count, sizeof *out->counters);
    out->keys = copy(variants->arena, columns.keys, rules->counters.count, sizeof *out->keys);
    out->key_scales = HZ_NEW_MANY(variants->arena, hz_key_scales, rules->counters.count);
    for (uint32_t i = 0; i < rules->counters.count; i++) out->key_scales[i] = scales_of(plan, &rules->counters.at[i]);
}

static void lower_enrolment(hz_variants *variants, hz_plan *plan, hz_variant *out)
{
    hz_lower_begin(&variants->lower, &plan->enrolment, false);
    hz_lower_enrolment(&variants->lower);
    out->enrolment = plan->enrolment.outcome;
    out->fees = copy(variants->arena, plan->enrolment.fees, plan->rules->fees.count, sizeof *out->fees);
}

static hz_plan *plan_of(hz_arena *arena, const hz_model *model, hz_str id)
{
    hz_plan *plan = HZ_NEW(arena, hz_plan);
    plan->ruleset = model;
    for (uint32_t i = 0; i < model->plans.count; i++)
        if (hz_str_eq(model->plans.at[i].id, id)) plan->rules = &model->plans.at[i];
    return plan;
}

void hz_variants_add(hz_variants *variants, hz_arena *arena, hz_diags *diags, const hz_model *model, hz_str id, hz_str about, bool *stays)
{
    hz_dag *dag = &variants->lower.dag;
    uint32_t first = dag->nodes.count, patterns = dag->patterns.count, lookups = dag->lookups.count;
    hz_plan *plan = plan_of(arena, model, id);
    *stays = true;
    hz_compile_check(arena, diags, model, plan);
    if (diags->errors > 0) return;
    hz_variant *variant = HZ_PUSH(variants->arena, &variants->list);
    variants->lower.arena = arena;
    variants->lower.plan = plan;
    lower_claim(variants, plan, &plan->claim, variant);
    lower_enrolment(variants, plan, variant);
    variant->about = hz_arena_copy(variants->arena, about);
    variants->lower.arena = variants->arena;
    adopt_texts(dag, first);
    if (variants->base == NULL) {
        variants->base = plan;
        variants->question = &plan->claim;
    } else {
        *stays = dag->patterns.count > patterns || dag->lookups.count > lookups; /* a pattern or long table that only this one has */
    }
}

/* Some part of the key is that input, and never null. */
static bool holds(const hz_variants *variants, const hz_column_key *key, uint32_t input)
{
    bool found = false;
    for (uint32_t k = 0; k < key->count; k++) {
        const hz_node *node = &variants->lower.dag.nodes.at[key->value[k]];
        found = found || (node->op == HZ_NODE_INPUT && node->k == hz_slot_input(input) && key->null[k] == HZ_FALSE);
    }
    return found;
}

uint32_t hz_variants_key_without(const hz_variants *variants, uint32_t input)
{
    for (uint32_t i = 0; i < variants->list.count; i++)
        for (uint32_t c = 0; c < variants->base->rules->counters.count; c++)
            if (!holds(variants, &variants->list.at[i].keys[c], input)) return c;
    return UINT32_MAX;
}

bool hz_variants_spell_as(const hz_variants *variants, const hz_plan *plan)
{
    bool same = true;
    for (uint32_t i = 0; i < variants->list.count; i++)
        for (uint32_t c = 0; c < plan->rules->counters.count; c++) {
            const hz_key_scales scales = scales_of(plan, &plan->rules->counters.at[c]);
            same = same && memcmp(&scales, &variants->list.at[i].key_scales[c], sizeof scales) == 0;
        }
    return same;
}
