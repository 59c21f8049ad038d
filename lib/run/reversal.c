/* reversal.c - taking a claim back, and its answer. What a counter was stands in the journal; nothing is computed but
 * the differences. Called by api/settle.c, api/ledger.c and api/examples.c.
 */
#include "run/reversal.h"

#include "base/status.h"
#include "run/given.h"

/* The fault that the reader gave every reversal becomes the one that holds. */
static int32_t refuse(hz_claim *claim, int32_t status)
{
    claim->fault.is = false;
    if (status == HZ_NOT_FOUND) {
        hz_fault_set(&claim->fault, HZ_FAULT_NO_CLAIM, HZ_STR("reverses"), NULL);
        hz_fault_hint(&claim->fault, HZ_HINT_ID_AS_GIVEN, NULL);
    } else if (status == HZ_NOT_REVERSIBLE) {
        hz_fault_set(&claim->fault, HZ_FAULT_LATER_CLAIM, HZ_STR("reverses"), NULL);
        hz_fault_hint(&claim->fault, HZ_HINT_LAST_FIRST, NULL);
    } else {
        hz_fault_set(&claim->fault, HZ_FAULT_NO_LEDGER, HZ_STR("reverses"), NULL);
        hz_fault_hint(&claim->fault, HZ_HINT_WITH_CARRY, NULL);
    }
    return HZ_DATA;
}

int32_t hz_reverse(hz_ledger *ledger, hz_claim *claim, hz_reversal *out)
{
    *out = (hz_reversal){0};
    int32_t status = hz_ledger_reverse(ledger, claim->plan->rules->id, hz_buf_text(&claim->reverses), &out->number);
    if (status == HZ_NO_MEMORY) return status;
    if (status != HZ_OK) return refuse(claim, status);
    out->total = -hz_journal_claim_of(&ledger->journal, out->number)->total;
    return HZ_OK;
}

/* ---- Counters ---- */

/* Plan, counter and key stand behind each other in a slot's name, with a NUL between. */
static void split(hz_str whole, hz_reversed_counter *out)
{
    const char *first = memchr(whole.at, '\0', whole.len);
    size_t plan = (size_t)(first - whole.at);
    const char *second = memchr(first + 1, '\0', whole.len - plan - 1);
    size_t name = (size_t)(second - whole.at);
    out->plan = hz_str_part(whole, 0, plan);
    out->name = hz_str_part(whole, plan + 1, name);
    out->key = hz_str_part(whole, name + 1, whole.len);
}

/* The rule of a counter, in the plan of a claim or of a part; of one that plans share any of them says the same. */
static const hz_counter *rule_of(const hz_claim *claim, const hz_reversed_counter *counter)
{
    const hz_plan_model *rules = claim->plan->rules;
    uint32_t symbol = hz_map_find(&rules->symbol_map, counter->name);
    if (symbol != HZ_MAP_NONE && rules->symbols.at[symbol].kind == HZ_SYMBOL_COUNTER) {
        const hz_counter *rule = &rules->counters.at[rules->symbols.at[symbol].index];
        if (rule->shared ? counter->plan.len == 0 : hz_str_eq(rules->id, counter->plan)) return rule;
    }
    const hz_counter *found = NULL;
    for (uint32_t i = 0; i < claim->part_room && found == NULL; i++) found = rule_of(claim->parts[i], counter);
    return found;
}

/* A value of a counter; a date that is none yet is none. */
static bool value_of(uint8_t kind, bool known, int64_t value)
{
    return known && !(kind == HZ_KIND_DATE && value == HZ_NO_DATE);
}

bool hz_reversal_counter(const hz_ledger *ledger, const hz_claim *claim, const hz_reversal *reversal, uint32_t *at, hz_reversed_counter *out)
{
    const hz_journal_claim *back = hz_journal_claim_of(&ledger->journal, reversal->number);
    const hz_journal_move *move = NULL;
    while (move == NULL && *at < back->moves) {
        move = &ledger->journal.moves[back->first_move + (*at)++];
        if (!move->moved) move = NULL;
    }
    if (move == NULL) return false;
    const hz_ledger_slot *slot = hz_ledger_slot_of(ledger, move);
    *out = (hz_reversed_counter){.type = {.kind = move->kind, .scale = move->scale}, .before = move->value};
    split((hz_str){ledger->names.at + move->name_begin, move->name_size}, out);
    out->rule = rule_of(claim, out);
    out->has_before = value_of(move->kind, move->known, move->value);
    out->after = slot->value;
    out->has_after = value_of(move->kind, slot->known, slot->value);
    if (!slot->known && out->rule != NULL && (out->type.kind != HZ_KIND_DATE || out->rule->has_start)) {
        out->after = (int64_t)out->rule->start.coefficient; /* nobody had moved it: it starts again */
        out->has_after = true;
    }
    return true;
}

/* ---- The line ---- */

static void add_value(hz_buf *out, const char *key, const hz_type *type, bool has, int64_t value)
{
    const char *quote = type->kind == HZ_KIND_BOOLEAN || !has ? "" : "\"";
    hz_buf_printf(out, ",\"%s\":%s", key, quote);
    if (has) hz_format_by_type(type, value, out);
    else hz_buf_add_literal(out, "null");
    hz_buf_add(out, hz_str_from(quote));
}

/* parts: of a claim that has parts, whose counters go by their plans, too. */
static void add_counter(const hz_reversed_counter *counter, bool parts, hz_buf *out)
{
    bool sum = counter->rule != NULL && counter->rule->adds != NULL;
    if (parts && counter->plan.len > 0) hz_buf_printf(out, "\"%.*s.%.*s\"", HZ_ARG(counter->plan), HZ_ARG(counter->name));
    else hz_buf_add_json(out, counter->name);
    hz_buf_add_literal(out, ":{\"key\":");
    hz_buf_add(out, counter->key);
    if (sum && counter->rule->unit.len > 0) {
        hz_buf_add_literal(out, ",\"unit\":");
        hz_buf_add_json(out, counter->rule->unit);
    }
    add_value(out, "before", &counter->type, counter->has_before, counter->before);
    if (sum && counter->has_before && counter->has_after) add_value(out, "change", &counter->type, true, counter->after - counter->before);
    add_value(out, "after", &counter->type, counter->has_after, counter->after);
    hz_buf_add_char(out, '}');
}

static void add_counters(const hz_ledger *ledger, const hz_claim *claim, const hz_reversal *reversal, hz_buf *out)
{
    hz_reversed_counter counter;
    uint32_t at = 0;
    bool first = true;
    while (hz_reversal_counter(ledger, claim, reversal, &at, &counter)) {
        hz_buf_add(out, first ? HZ_STR(",\"counters\":{") : HZ_STR(","));
        add_counter(&counter, claim->part_room > 0, out);
        first = false;
    }
    if (!first) hz_buf_add_char(out, '}');
}

void hz_reversal_write_json(const hz_ledger *ledger, const hz_claim *claim, const hz_reversal *reversal, uint64_t line, hz_buf *out)
{
    const hz_model *ruleset = claim->plan->ruleset;
    hz_type money = {.kind = HZ_KIND_NUMBER, .scale = ruleset->currency_scale};
    hz_buf_add_literal(out, "{\"schema\":\"huzhu.reversal/1\"");
    if (claim->id.len > 0) hz_buf_printf(out, ",\"id\":%.*s", HZ_ARG(hz_buf_text(&claim->id)));
    if (line > 0) hz_buf_printf(out, ",\"line\":%llu", (unsigned long long)line);
    if (!claim->plan->event) hz_buf_printf(out, ",\"plan\":\"%.*s\"", HZ_ARG(claim->plan->rules->id));
    hz_buf_printf(out, ",\"reverses\":%.*s,\"outcome\":\"reversed\",\"currency\":", HZ_ARG(hz_buf_text(&claim->reverses)));
    hz_buf_add_json(out, ruleset->currency);
    hz_buf_add_literal(out, ",\"total\":\"");
    hz_format_by_type(&money, reversal->total, out);
    hz_buf_add_char(out, '"');
    add_counters(ledger, claim, reversal, out);
    hz_buf_add_char(out, ',');
    hz_write_ruleset(ruleset, out);
    hz_buf_add_char(out, '}');
}
