/* symbols.c - names to DAG nodes: inputs with their ways of being absent, dated histories, values with caps over them.
 * Each symbol is lowered once per question. Called by lower.c for names and by question.c. */
#include "program/lower.h"

#include "feel/check.h"

/* ---- Dates ---- */

static hz_ref on_or_after(hz_lower *lower, hz_ref date, int32_t day)
{
    return hz_dag_le(&lower->dag, hz_dag_i32(&lower->dag, day), date);
}

hz_ref hz_lower_life(hz_lower *lower, const hz_life *life)
{
    hz_ref in = HZ_TRUE;
    if (life->has_from) in = on_or_after(lower, lower->date.value, life->from.day);
    if (life->has_until) in = hz_dag_and_not(&lower->dag, in, on_or_after(lower, lower->date.value, life->until.day));
    return in;
}

static hz_regs entry_value(hz_lower *lower, const hz_entry *entry, const void *context)
{
    const hz_type *type = context;
    hz_regs out = hz_sure(hz_lower_constant(lower, type, 0, HZ_STR("")));
    if (entry->state == HZ_ENTRY_UNKNOWN) {
        out.unknown = HZ_TRUE;
    } else if (entry->state == HZ_ENTRY_NONE) {
        out.null = HZ_TRUE;
    } else if (entry->formula == NULL) {
        out.value = hz_lower_constant(lower, type, entry->value.coefficient, entry->value.text);
    } else if (entry->formula->type.kind == HZ_KIND_NULL) {
        hz_lower_expression(lower, entry->formula);
        out.null = HZ_TRUE;
    } else {
        out = hz_lower_expression(lower, entry->formula);
        out.value = hz_lower_convert(lower, out.value, &entry->formula->type, type);
    }
    return out;
}

/* A history dated by a name of its own waits for that name; the plan's date is settled before anything else. */
static hz_regs history_date(hz_lower *lower, const hz_history *history)
{
    if (history->dated_by.len == 0) return hz_sure(lower->date.value);
    return hz_lower_symbol(lower, hz_map_find(&lower->plan->rules->symbol_map, history->dated_by));
}

/* Before the first version: not in force. By the plan's date that is null, which the checker lets nothing but a limit
 * see; a date of the thing's own may lie there in a claim, which is then an error. */
static hz_regs before_first(hz_lower *lower, const hz_history *history, hz_regs date, hz_regs out)
{
    const hz_plan_model *rules = lower->plan->rules;
    int32_t first = history->entries.at[0].since.day;
    bool own = history->dated_by.len > 0;
    if (first == HZ_DATE_MIN || (!own && rules->life.has_from && first <= rules->life.from.day)) return out;
    hz_ref early = hz_dag_not(&lower->dag, on_or_after(lower, date.value, first));
    if (!own) {
        out.null = hz_dag_or(&lower->dag, out.null, early);
        return out;
    }
    hz_regs error = hz_sure(out.value);
    error.error = HZ_TRUE;
    date.value = early;
    return hz_choose(&lower->dag, date, error, out);
}

hz_regs hz_lower_versions(hz_lower *lower, const hz_history *history, hz_lower_version *version, const void *context)
{
    if (history->entries.count == 0) return hz_sure(HZ_TRUE);
    hz_regs out = version(lower, &history->entries.at[0], context);
    hz_regs date = history_date(lower, history);
    out = before_first(lower, history, date, out);
    for (uint32_t i = 1; i < history->entries.count; i++) {
        hz_regs later = version(lower, &history->entries.at[i], context);
        hz_regs reached = date;
        reached.value = on_or_after(lower, date.value, history->entries.at[i].since.day);
        out = hz_choose(&lower->dag, reached, later, out);
    }
    return out;
}

hz_type hz_formulas_type(const hz_history *history)
{
    hz_type type = {.kind = HZ_KIND_NULL};
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_ast *formula = history->entries.at[i].formula;
        if (formula != NULL && formula->type.kind == HZ_KIND_NUMBER) hz_type_join(&type, &formula->type, &type);
    }
    type.kind = HZ_KIND_NUMBER;
    return type;
}

hz_regs hz_lower_history(hz_lower *lower, const hz_history *history, const hz_type *type)
{
    return hz_lower_versions(lower, history, entry_value, type);
}

/* ---- Kinds of symbols ---- */

static hz_regs lower_input(hz_lower *lower, uint32_t index)
{
    hz_dag *dag = &lower->dag;
    const hz_input *input = &lower->plan->rules->inputs.at[index];
    hz_regs out = hz_sure(hz_dag_input(dag, hz_column_of(&input->type), hz_slot_input(index)));
    if (input->has_default || (lower->given && !input->optional && input->when == NULL)) return out;
    hz_ref absent = hz_dag_input(dag, HZ_COLUMN_BIT, hz_slot_input(index) + 1);
    if (input->optional) {
        out.null = absent;
        return out;
    }
    out.missing = absent;
    if (input->when == NULL) return out;
    hz_regs when = hz_lower_expression(lower, input->when);
    hz_regs none = out;
    none.missing = HZ_FALSE;
    none.null = HZ_TRUE;
    return hz_choose(dag, when, out, none);
}

hz_regs hz_lower_counter_before(hz_lower *lower, uint32_t index)
{
    const hz_counter *counter = &lower->plan->rules->counters.at[index];
    uint32_t slot = hz_slot_counter(lower->plan, index);
    hz_regs out = hz_sure(hz_dag_input(&lower->dag, hz_column_of(&counter->type), slot));
    if (!lower->given) out.missing = hz_dag_input(&lower->dag, HZ_COLUMN_BIT, slot + 1);
    bool may_be_none = counter->type.kind == HZ_KIND_DATE && !counter->has_start;
    if (may_be_none) out.null = hz_dag_eq(&lower->dag, out.value, hz_dag_i32(&lower->dag, HZ_NO_DATE));
    return out;
}

hz_cap_site hz_lower_cap(hz_lower *lower, uint32_t line, int32_t scale, hz_regs *room)
{
    hz_dag *dag = &lower->dag;
    const hz_line *cap = &lower->plan->rules->caps.at[line];
    hz_cap_site site = {.line = line, .scale = scale};
    hz_regs applies = hz_sure(HZ_TRUE);
    if (cap->when != NULL) applies = hz_lower_expression(lower, cap->when);
    site.applies = hz_and(dag, hz_sure(hz_lower_life(lower, &cap->life)), applies);
    const hz_type limit_type = hz_formulas_type(&cap->limit), capped = {.kind = HZ_KIND_NUMBER, .scale = scale};
    site.limit = hz_lower_history(lower, &cap->limit, &limit_type);
    site.limit.value = hz_lower_convert(lower, site.limit.value, &limit_type, &capped);
    site.used = hz_sure(HZ_NO_REG);
    hz_ref left = site.limit.value;
    *room = site.limit;
    if (cap->counts.name.len > 0) {
        uint32_t symbol = hz_map_find(&lower->plan->rules->symbol_map, cap->counts.name);
        site.used = hz_lower_symbol(lower, symbol);
        site.used.value = hz_lower_rescale(lower, site.used.value, lower->plan->symbols[symbol].type.scale, scale);
        left = hz_dag_sub(dag, left, site.used.value);
        *room = hz_strict(dag, left, site.limit, site.used);
        room->null = site.limit.null;
    }
    room->value = hz_dag_max(dag, left, hz_dag_i64(dag, 0));
    return site;
}

/* min(before, room) where the cap applies and has a limit. */
static hz_regs cut(hz_lower *lower, hz_regs before, hz_regs applies, hz_regs room)
{
    hz_dag *dag = &lower->dag;
    hz_regs capped = hz_strict(dag, hz_dag_min(dag, before.value, room.value), before, room);
    capped = hz_choose_bit(dag, room.null, before, capped);
    return hz_choose(dag, applies, capped, before);
}

hz_regs hz_lower_value_caps(hz_lower *lower, uint32_t value, hz_regs before)
{
    const hz_plan_model *rules = lower->plan->rules;
    hz_value_site site = {.value = value, .before = before};
    const hz_symbol_info *info = &lower->plan->symbols[hz_map_find(&rules->symbol_map, rules->values.at[value].name)];
    site.scale = info->type.scale;
    site.type = &info->type;
    hz_regs out = before;
    for (uint32_t i = 0; i < rules->caps.count; i++) {
        const hz_line *line = &rules->caps.at[i];
        if (line->over.count != 1 || !hz_str_eq(line->over.at[0].name, rules->values.at[value].name)) continue;
        hz_regs room;
        hz_cap_site cap = hz_lower_cap(lower, i, site.scale, &room);
        cap.before = out;
        out = cut(lower, out, cap.applies, room);
        cap.after = out;
        *HZ_PUSH(lower->arena, &site.caps) = cap;
    }
    site.after = out;
    if (site.caps.count > 0) *HZ_PUSH(lower->arena, &lower->question->values) = site;
    return out;
}

static hz_regs lower_kind(hz_lower *lower, const hz_symbol *symbol, const hz_symbol_info *info)
{
    const hz_plan_model *rules = lower->plan->rules;
    switch (symbol->kind) {
    case HZ_SYMBOL_INPUT: return lower_input(lower, symbol->index);
    case HZ_SYMBOL_PARAMETER: return hz_lower_history(lower, &rules->parameters.at[symbol->index].history, &info->type);
    case HZ_SYMBOL_SCALE: return hz_lower_scale(lower, &rules->scales.at[symbol->index], &info->type);
    case HZ_SYMBOL_VALUE: {
        const hz_type *type = info->raw.kind != HZ_KIND_NONE ? &info->raw : &info->type;
        return hz_lower_value_caps(lower, symbol->index, hz_lower_history(lower, &rules->values.at[symbol->index].history, type));
    }
    case HZ_SYMBOL_OUTPUT: return hz_lower_history(lower, &rules->outputs.at[symbol->index].history, &info->type);
    case HZ_SYMBOL_COUNTER: return hz_lower_counter_before(lower, symbol->index);
    default: return hz_sure(hz_dag_i64(&lower->dag, 0)); /* nets and total: question.c has put them in place before */
    }
}

hz_regs hz_lower_symbol(hz_lower *lower, uint32_t symbol)
{
    if (lower->done[symbol]) return lower->question->symbol[symbol];
    hz_regs out = lower_kind(lower, &lower->plan->rules->symbols.at[symbol], &lower->plan->symbols[symbol]);
    lower->question->symbol[symbol] = out;
    lower->done[symbol] = 1;
    return out;
}
