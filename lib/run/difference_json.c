/* difference_json.c - a claim settled again as one JSON line, schema huzhu.resettlement/1: the order of its keys and how
 * values stand. Whoever changes a key changes what hosts read. Called by api/resettlement.c.
 */
#include "run/difference.h"

static void add_key(hz_buf *out, const char *name)
{
    hz_buf_printf(out, "\"%s\":", name);
}

static void add_value(hz_buf *out, bool has, const hz_type *type, int64_t value)
{
    const char *quote = type->kind == HZ_KIND_BOOLEAN || !has ? "" : "\"";
    hz_buf_add(out, hz_str_from(quote));
    if (has) hz_format_by_type(type, value, out);
    else hz_buf_add_literal(out, "null");
    hz_buf_add(out, hz_str_from(quote));
}

/* "was":…,"now":…,"difference":… of amounts of one scale. */
static void add_amounts(hz_buf *out, int32_t scale, bool has_was, int64_t was, bool has_now, int64_t now)
{
    const hz_type money = {.kind = HZ_KIND_NUMBER, .scale = scale};
    add_key(out, "was");
    add_value(out, has_was, &money, was);
    hz_buf_add_literal(out, ",\"now\":");
    add_value(out, has_now, &money, now);
    hz_buf_add_literal(out, ",\"difference\":");
    add_value(out, has_was && has_now, &money, has_was && has_now ? now - was : 0);
}

static void add_sides(hz_buf *out, const char *name, hz_str was, hz_str now)
{
    hz_buf_add_char(out, ',');
    add_key(out, name);
    hz_buf_add_literal(out, "{\"was\":");
    hz_buf_add_json(out, was);
    hz_buf_add_literal(out, ",\"now\":");
    hz_buf_add_json(out, now);
    hz_buf_add_char(out, '}');
}

/* "errors": R_ codes, null where a side is none. */
static void add_errors(hz_buf *out, const hz_decision *was, const hz_decision *now)
{
    const hz_decision *const sides[HZ_SIDES] = {was, now};
    bool any = (was != NULL && was->outcome == HZ_FAILED) || (now != NULL && now->outcome == HZ_FAILED);
    for (int i = 0; any && i < HZ_SIDES; i++) {
        hz_buf_add(out, i == HZ_WAS ? HZ_STR(",\"errors\":{\"was\":") : HZ_STR(",\"now\":"));
        if (sides[i] != NULL && sides[i]->outcome == HZ_FAILED) hz_buf_add_json(out, hz_str_from(hz_code_name(sides[i]->error.code)));
        else hz_buf_add_literal(out, "null");
    }
    if (any) hz_buf_add_char(out, '}');
}

/* An amount that was asked for, as in decisions. */
static const hz_amount *amount_of(const hz_decision *decision, hz_str id, bool fees)
{
    if (decision == NULL) return NULL;
    const hz_amount *amounts = fees ? decision->fees : decision->benefits;
    uint32_t count = fees ? decision->fee_count : decision->benefit_count;
    for (uint32_t i = 0; i < count; i++)
        if (hz_str_eq(amounts[i].id, id) && (fees || amounts[i].asked)) return &amounts[i];
    return NULL;
}

static void add_amount(hz_buf *out, hz_str id, const hz_amount *was, const hz_amount *now, bool *first, const char *name)
{
    hz_buf_add_char(out, ',');
    if (*first) add_key(out, name);
    hz_buf_add(out, *first ? HZ_STR("[{\"id\":") : HZ_STR("{\"id\":"));
    *first = false;
    hz_buf_add_json(out, id);
    hz_buf_add_char(out, ',');
    add_amounts(out, was != NULL ? was->scale : now->scale, was != NULL, was != NULL ? was->after : 0, now != NULL, now != NULL ? now->after : 0);
    hz_buf_add_char(out, '}');
}

static void add_benefits(hz_buf *out, const hz_decision *was, const hz_decision *now, bool fees)
{
    const char *name = fees ? "fees" : "benefits";
    bool first = true;
    for (uint32_t i = 0; was != NULL && i < (fees ? was->fee_count : was->benefit_count); i++) {
        const hz_amount *amount = fees ? &was->fees[i] : &was->benefits[i];
        if (fees || amount->asked) add_amount(out, amount->id, amount, amount_of(now, amount->id, fees), &first, name);
    }
    for (uint32_t i = 0; now != NULL && i < (fees ? now->fee_count : now->benefit_count); i++) {
        const hz_amount *amount = fees ? &now->fees[i] : &now->benefits[i];
        if ((fees || amount->asked) && amount_of(was, amount->id, fees) == NULL) add_amount(out, amount->id, NULL, amount, &first, name);
    }
    if (!first) hz_buf_add_char(out, ']');
}

static void add_codes(hz_buf *out, const hz_decision *decision)
{
    hz_buf_add_char(out, '[');
    for (uint32_t i = 0; decision != NULL && i < decision->reason_count; i++) {
        if (i > 0) hz_buf_add_char(out, ',');
        hz_buf_add_json(out, decision->reasons[i].code);
    }
    hz_buf_add_char(out, ']');
}

static void add_reasons(hz_buf *out, const hz_decision *was, const hz_decision *now)
{
    bool any = (was != NULL && was->reason_count > 0) || (now != NULL && now->reason_count > 0);
    if (!any) return;
    hz_buf_add_literal(out, ",\"reasons\":{\"was\":");
    add_codes(out, was);
    hz_buf_add_literal(out, ",\"now\":");
    add_codes(out, now);
    hz_buf_add_char(out, '}');
}

static void add_standing(hz_change *change, hz_buf *out, const hz_standing_counter *was, const hz_standing_counter *now, bool *first)
{
    const hz_standing_counter *any = was != NULL ? was : now;
    hz_type type = {.kind = HZ_KIND_NUMBER};
    int64_t difference = 0;
    hz_buf_add(out, *first ? HZ_STR(",\"counters\":[{") : HZ_STR(",{"));
    *first = false;
    if (any->plan.len > 0) {
        add_key(out, "plan");
        hz_buf_add_json(out, any->plan);
        hz_buf_add_char(out, ',');
    }
    add_key(out, "name");
    hz_buf_add_json(out, any->name);
    hz_buf_add_literal(out, ",\"key\":");
    hz_buf_add(out, hz_change_key(change, any));
    if (any->unit.len > 0) {
        hz_buf_add_literal(out, ",\"unit\":");
        hz_buf_add_json(out, any->unit);
    }
    hz_buf_add_literal(out, ",\"was\":");
    add_value(out, was != NULL && was->has, &any->type, was != NULL ? was->value : 0);
    hz_buf_add_literal(out, ",\"now\":");
    add_value(out, now != NULL && now->has, now != NULL ? &now->type : &any->type, now != NULL ? now->value : 0);
    if (hz_change_of(was, now, &type, &difference)) {
        hz_buf_add_literal(out, ",\"difference\":");
        add_value(out, true, &type, difference);
    }
    hz_buf_add_char(out, '}');
}

static void add_counters(hz_change *change, hz_buf *out)
{
    bool first = true;
    for (uint32_t i = 0; i < change->side[HZ_WAS].count; i++) {
        const hz_standing_counter *was = &change->side[HZ_WAS].counters[i], *now = hz_change_other(change, HZ_WAS, was);
        if (hz_change_tells(was, now)) add_standing(change, out, was, now, &first);
    }
    for (uint32_t i = 0; i < change->side[HZ_NOW].count; i++) {
        const hz_standing_counter *now = &change->side[HZ_NOW].counters[i];
        if (hz_change_other(change, HZ_NOW, now) == NULL && hz_change_tells(NULL, now)) add_standing(change, out, NULL, now, &first);
    }
    if (!first) hz_buf_add_char(out, ']');
}

static hz_decision *part_of(const hz_decision *decision, hz_str plan)
{
    for (uint32_t i = 0; decision != NULL && i < decision->part_count; i++)
        if (hz_str_eq(decision->parts[i]->plan->rules->id, plan)) return decision->parts[i];
    return NULL;
}

static void add_part(hz_buf *out, hz_str plan, int32_t scale, const hz_decision *was, const hz_decision *now, bool *first)
{
    hz_buf_add(out, *first ? HZ_STR(",\"parts\":[{\"plan\":") : HZ_STR(",{\"plan\":"));
    *first = false;
    hz_buf_add_json(out, plan);
    add_sides(out, "outcome", hz_outcome_name(was != NULL ? was->outcome : HZ_OUTCOME_NONE), hz_outcome_name(now != NULL ? now->outcome : HZ_OUTCOME_NONE));
    hz_buf_add_literal(out, ",\"total\":{");
    add_amounts(out, scale, was != NULL && was->has_total, was != NULL ? was->total : 0, now != NULL && now->has_total, now != NULL ? now->total : 0);
    hz_buf_add_char(out, '}');
    add_benefits(out, was, now, false);
    add_benefits(out, was, now, true);
    add_reasons(out, was, now);
    hz_buf_add_char(out, '}');
}

static void add_parts(hz_change *change, hz_buf *out)
{
    const hz_decision *was = change->side[HZ_WAS].decision, *now = change->side[HZ_NOW].decision;
    int32_t scale = change->side[HZ_WAS].ruleset->currency_scale;
    bool first = true;
    for (uint32_t i = 0; was != NULL && i < was->part_count; i++) {
        hz_str plan = was->parts[i]->plan->rules->id;
        add_part(out, plan, scale, was->parts[i], part_of(now, plan), &first);
    }
    for (uint32_t i = 0; now != NULL && i < now->part_count; i++) {
        hz_str plan = now->parts[i]->plan->rules->id;
        if (part_of(was, plan) == NULL) add_part(out, plan, scale, NULL, now->parts[i], &first);
    }
    if (!first) hz_buf_add_char(out, ']');
}

static void add_explanation(hz_change *change, hz_buf *out, hz_decision *decision, uint32_t language)
{
    if (decision == NULL) {
        hz_buf_add_literal(out, "null");
        return;
    }
    hz_buf_reset(&decision->out);
    hz_decision_explain_text(decision, language);
    change->failed |= decision->out.failed;
    hz_buf_add_json(out, hz_buf_text(&decision->out));
}

static void add_explanations(hz_change *change, hz_buf *out, uint32_t language)
{
    if (!change->changed) return;
    hz_buf_add_literal(out, ",\"explanations\":{\"was\":");
    add_explanation(change, out, change->side[HZ_WAS].decision, language);
    hz_buf_add_literal(out, ",\"now\":");
    add_explanation(change, out, change->side[HZ_NOW].decision, language);
    hz_buf_add_char(out, '}');
}

void hz_change_write_json(hz_change *change, const hz_claim *claim, uint32_t language, uint64_t line, hz_buf *out)
{
    const hz_side *was = &change->side[HZ_WAS], *now = &change->side[HZ_NOW];
    hz_buf_add_literal(out, "{\"schema\":\"huzhu.resettlement/1\"");
    if (claim->id.len > 0) hz_buf_printf(out, ",\"id\":%.*s", HZ_ARG(hz_buf_text(&claim->id)));
    if (line > 0) hz_buf_printf(out, ",\"line\":%llu", (unsigned long long)line);
    if (!claim->plan->event) hz_buf_printf(out, ",\"plan\":\"%.*s\"", HZ_ARG(claim->plan->rules->id));
    if (claim->reverses.len > 0) hz_buf_printf(out, ",\"reverses\":%.*s", HZ_ARG(hz_buf_text(&claim->reverses)));
    hz_buf_printf(out, ",\"changed\":%s", change->changed ? "true" : "false");
    add_sides(out, "outcome", was->outcome, now->outcome);
    hz_buf_add_literal(out, ",\"currency\":");
    hz_buf_add_json(out, now->ruleset->currency);
    hz_buf_add_literal(out, ",\"total\":{");
    add_amounts(out, now->ruleset->currency_scale, was->has_total, was->total, now->has_total, now->total);
    hz_buf_add_char(out, '}');
    add_benefits(out, was->decision, now->decision, false);
    add_benefits(out, was->decision, now->decision, true);
    add_reasons(out, was->decision, now->decision);
    add_errors(out, was->decision, now->decision);
    add_counters(change, out);
    add_parts(change, out);
    add_explanations(change, out, language);
    hz_buf_add_literal(out, ",\"was\":{");
    hz_write_ruleset(was->ruleset, out);
    hz_buf_add_literal(out, "},\"now\":{");
    hz_write_ruleset(now->ruleset, out);
    hz_buf_add_literal(out, "}}");
}
