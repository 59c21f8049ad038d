/* plan_view.c - what hosts ask of a plan and the model does not have as text: defaults, ranges, the parts of keys.
 * Spelled once, while the ruleset is loaded, in its arena. Called by load.c.
 */
#include "api/api.h"

#include "base/status.h"
#include "feel/print.h"

static hz_str spell(hz_arena *arena, const hz_type *type, hz_i128 value)
{
    char text[HZ_DECIMAL_TEXT];
    switch (type->kind) {
    case HZ_KIND_NUMBER: hz_decimal_format(value, type->scale, text); break;
    case HZ_KIND_DATE: hz_date_format((int32_t)value, text); break;
    case HZ_KIND_BOOLEAN: return value != 0 ? HZ_STR("true") : HZ_STR("false");
    case HZ_KIND_CODE: return hz_arena_copy(arena, type->codes->at[value].id);
    default: return HZ_STR("");
    }
    return hz_arena_copy(arena, hz_str_from(text));
}

static hz_str spell_formula(hz_arena *arena, const hz_ast *formula)
{
    hz_buf text;
    hz_buf_begin(&text, &arena->alloc);
    hz_feel_print(formula, NULL, &text);
    char *copy = text.failed ? NULL : hz_arena_try(arena, text.len + 1);
    hz_str out = {copy, copy != NULL ? text.len : 0};
    if (copy != NULL) memcpy(copy, hz_buf_text(&text).at, text.len);
    hz_buf_end(&text); /* before an escape: it is not the arena's */
    if (copy == NULL) hz_arena_escape(arena, HZ_NO_MEMORY);
    return out;
}

static void view_input(hz_arena *arena, const hz_input *input, hz_api_input *out)
{
    if (input->has_default && input->type.kind == HZ_KIND_STRING)
        out->fallback = hz_arena_copy(arena, input->fallback.text);
    else if (input->has_default) out->fallback = spell(arena, &input->type, input->fallback.coefficient);
    const hz_ast *when = input->when != NULL ? input->when : input->when_in_part;
    if (when != NULL) out->condition = spell_formula(arena, when);
    if (!input->ranged) return;
    hz_str lo = spell(arena, &input->type, input->type.lo), hi = spell(arena, &input->type, input->type.hi);
    out->range = hz_arena_printf(arena, "[%.*s..%.*s]", HZ_ARG(lo), HZ_ARG(hi));
}

static hz_str join_per(hz_arena *arena, const hz_counter *counter)
{
    hz_str joined = HZ_STR("");
    for (uint32_t i = 0; i < counter->per.count; i++)
        joined =
            hz_arena_printf(arena, "%.*s%s%.*s", HZ_ARG(joined), i > 0 ? "," : "", HZ_ARG(counter->per.at[i].name));
    return joined;
}

static void view_plan(huzhu_ruleset *ruleset, const hz_plan *core, huzhu_plan *plan)
{
    hz_arena *arena = &ruleset->arena;
    const hz_plan_model *rules = core->rules;
    *plan = (huzhu_plan){.ruleset = ruleset, .core = core};
    plan->inputs = HZ_NEW_MANY(arena, hz_api_input, rules->inputs.count);
    plan->per = HZ_NEW_MANY(arena, hz_str, rules->counters.count);
    for (uint32_t j = 0; j < rules->inputs.count; j++) view_input(arena, &rules->inputs.at[j], &plan->inputs[j]);
    for (uint32_t j = 0; j < rules->counters.count; j++) plan->per[j] = join_per(arena, &rules->counters.at[j]);
    plan->parts = HZ_NEW_MANY(arena, huzhu_plan, core->part_count);
    for (uint32_t j = 0; j < core->part_count; j++) view_plan(ruleset, core->parts[j].plan, &plan->parts[j]);
}

void hz_api_plans_make(huzhu_ruleset *ruleset, const hz_plan *compiled, uint32_t count)
{
    ruleset->plans = HZ_NEW_MANY(&ruleset->arena, huzhu_plan, count);
    for (uint32_t i = 0; i < count; i++) view_plan(ruleset, &compiled[i], &ruleset->plans[i]);
    view_plan(ruleset, &compiled[count], &ruleset->event);
    ruleset->plan_count = count;
}
