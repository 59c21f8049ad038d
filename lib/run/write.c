/* write.c - a decision as one JSON line, schema huzhu.decision/1: the order of its keys, what is absent, how numbers
 * and texts stand. Nothing is worked out here but texts; whoever changes a key changes the contract.
 *
 * Called by the API. Parts that do not apply are absent; an empty list is one.
 */
#include "run/decision.h"

static const char *const outcomes[] = {"",           "paid",         "nothing_due", "refused",
                                       "incomplete", "undetermined", "error",       "accepted", "not_asked"};
static const char *const kinds[] = {"", "refusal", "cap", "nothing", "missing", "unknown", "note"};

hz_str hz_outcome_name(uint32_t outcome)
{
    return hz_str_from(outcome < sizeof outcomes / sizeof *outcomes ? outcomes[outcome] : "");
}

/* ---- small pieces ---- */

/* `,"name":` — every part but the first follows another. */
static void add_key(hz_buf *out, const char *name)
{
    hz_buf_add_literal(out, ",\"");
    hz_buf_add(out, hz_str_from(name));
    hz_buf_add_literal(out, "\":");
}

static void add_text(hz_buf *out, const char *name, hz_str text)
{
    add_key(out, name);
    hz_buf_add_json(out, text);
}

static void add_text_if(hz_buf *out, const char *name, hz_str text)
{
    if (text.len > 0) add_text(out, name, text);
}

static void add_number(hz_buf *out, const char *name, int64_t value, int32_t scale)
{
    hz_type type = {.kind = HZ_KIND_NUMBER, .scale = scale};
    add_key(out, name);
    hz_buf_add_char(out, '"');
    hz_format_by_type(&type, value, out);
    hz_buf_add_char(out, '"');
}

/* Makes a JSON string of what was appended since begin. */
static void quote_since(hz_decision *decision, size_t begin)
{
    hz_buf *out = &decision->out, *scratch = &decision->scratch;
    if (out->failed) return;
    hz_buf_reset(scratch);
    hz_buf_add(scratch, hz_str_part(hz_buf_text(out), begin, out->len));
    out->failed |= scratch->failed;
    out->len = begin;
    hz_buf_add_json(out, hz_buf_text(scratch));
}

/* Begins the next item of a list: what is behind a comma but for the first. */
static void add_item(hz_buf *out, bool first)
{
    if (!first) hz_buf_add_char(out, ',');
}

/* ---- amounts ---- */

static void add_caps(hz_decision *decision, const hz_amount *amount)
{
    hz_buf *out = &decision->out;
    bool first = true;
    for (uint32_t i = amount->cut_begin; i < amount->cut_begin + amount->cut_count; i++) {
        const hz_cut *cut = &decision->cuts[i];
        if (!cut->applies) continue;
        if (first) add_key(out, "caps");
        hz_buf_add(out, first ? HZ_STR("[{\"code\":") : HZ_STR(",{\"code\":"));
        hz_buf_add_json(out, cut->line->code);
        if (cut->has_limit) add_number(out, "limit", cut->limit, cut->scale);
        else hz_buf_add_literal(out, ",\"limit\":null");
        add_number(out, "used", cut->used, cut->scale);
        add_number(out, "cut", cut->cut, cut->scale);
        hz_buf_add_char(out, '}');
        first = false;
    }
    if (!first) hz_buf_add_char(out, ']');
}

/* Benefits, values and fees: before and after are the names of their amounts; NULL: not written. */
static void add_amounts(hz_decision *decision, const char *name, const hz_amount *amounts, uint32_t count,
                        const char *before, const char *after)
{
    hz_buf *out = &decision->out;
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        const hz_amount *amount = &amounts[i];
        if (!amount->asked) continue;
        if (first) add_key(out, name);
        hz_buf_add(out, first ? HZ_STR("[{\"id\":") : HZ_STR(",{\"id\":"));
        hz_buf_add_json(out, amount->id);
        if (before != NULL) add_number(out, before, amount->before, amount->scale);
        add_caps(decision, amount);
        add_number(out, after, amount->after, amount->scale);
        hz_buf_add_char(out, '}');
        first = false;
    }
    if (!first) hz_buf_add_char(out, ']');
}

/* ---- reasons, missing names ---- */

static void add_reasons(hz_decision *decision, uint32_t language)
{
    hz_buf *out = &decision->out;
    if (decision->reason_count == 0) return;
    add_key(out, "reasons");
    for (uint32_t i = 0; i < decision->reason_count; i++) {
        const hz_reason *reason = &decision->reasons[i];
        hz_buf_add(out, i == 0 ? HZ_STR("[{\"code\":") : HZ_STR(",{\"code\":"));
        hz_buf_add_json(out, reason->code);
        add_text(out, "kind", hz_str_from(kinds[reason->kind]));
        add_key(out, "text");
        size_t begin = out->len;
        hz_decision_reason_text(decision, i, language, out);
        quote_since(decision, begin);
        if (reason->line != NULL) add_text_if(out, "clause", reason->line->from.clause);
        hz_buf_add_char(out, '}');
    }
    hz_buf_add_char(out, ']');
}

static void add_missing(hz_decision *decision)
{
    hz_buf *out = &decision->out;
    if (decision->missing_count == 0) return;
    add_key(out, "missing");
    hz_buf_add_char(out, '[');
    for (uint32_t i = 0; i < decision->missing_count; i++) {
        add_item(out, i == 0);
        hz_buf_add_json(out, decision->missing[i]);
    }
    hz_buf_add_char(out, ']');
}

/* ---- counters ---- */

static void add_counter_value(hz_buf *out, const char *name, const hz_type *type, int64_t value)
{
    const char *quote = type->kind == HZ_KIND_BOOLEAN ? "" : "\"";
    add_key(out, name);
    hz_buf_add(out, hz_str_from(quote));
    hz_format_by_type(type, value, out);
    hz_buf_add(out, hz_str_from(quote));
}

static void add_move(hz_decision *decision, const hz_move *move)
{
    hz_buf *out = &decision->out;
    const hz_counter *counter = &decision->plan->rules->counters.at[move->counter];
    hz_buf_add_json(out, counter->name);
    hz_buf_add_literal(out, ":{\"key\":");
    hz_decision_counter_key(decision, move->counter, out);
    if (move->has_change) add_text_if(out, "unit", counter->unit);
    if (move->has_before) add_counter_value(out, "before", &counter->type, move->before);
    else hz_buf_add_literal(out, ",\"before\":null");
    if (move->has_change) add_counter_value(out, "change", &counter->type, move->change);
    if (move->has_after) add_counter_value(out, "after", &counter->type, move->after);
    else hz_buf_add_literal(out, ",\"after\":null");
    hz_buf_add_char(out, '}');
}

static void add_counters(hz_decision *decision)
{
    hz_buf *out = &decision->out;
    if (decision->move_count == 0) return;
    add_key(out, "counters");
    hz_buf_add_char(out, '{');
    for (uint32_t i = 0; i < decision->move_count; i++) {
        add_item(out, i == 0);
        add_move(decision, &decision->moves[i]);
    }
    hz_buf_add_char(out, '}');
}

/* ---- what it stands on ---- */

static void add_basis_item(hz_decision *decision, const hz_basis_item *item)
{
    hz_buf *out = &decision->out;
    hz_buf_add_literal(out, "{\"path\":");
    size_t begin = out->len;
    hz_basis_path(decision, item, out);
    quote_since(decision, begin);
    add_key(out, "value");
    begin = out->len;
    hz_basis_value(item, out);
    quote_since(decision, begin);
    add_text_if(out, "unit", item->unit);
    add_key(out, "from");
    hz_buf_add_char(out, '"');
    hz_since_text(&item->entry->since, out);
    hz_buf_add_char(out, '"');
    add_text_if(out, "status", hz_basis_status(item));
    size_t key = out->len;
    add_key(out, "source");
    begin = out->len;
    hz_basis_sources(decision, item, out);
    if (out->len == begin && !out->failed) out->len = key;
    else quote_since(decision, begin);
    hz_buf_add_char(out, '}');
}

static void add_basis(hz_decision *decision)
{
    hz_buf *out = &decision->out;
    bool first = true;
    for (uint32_t i = 0; i < decision->basis_count; i++) {
        if (decision->basis[i].type == NULL || decision->basis[i].entry == NULL) continue;
        if (first) add_key(out, "basis");
        hz_buf_add_char(out, first ? '[' : ',');
        add_basis_item(decision, &decision->basis[i]);
        first = false;
    }
    if (!first) hz_buf_add_char(out, ']');
}

static void add_rests_on(hz_decision *decision)
{
    hz_buf *out = &decision->out;
    bool first = true;
    for (uint32_t i = 0; i < decision->basis_count; i++) {
        if (!decision->basis[i].rests_on) continue;
        if (first) add_key(out, "rests_on");
        hz_buf_add_char(out, first ? '[' : ',');
        size_t begin = out->len;
        hz_basis_path(decision, &decision->basis[i], out);
        quote_since(decision, begin);
        first = false;
    }
    if (!first) hz_buf_add_char(out, ']');
}

/* ---- the rest ---- */

static void add_error(hz_decision *decision)
{
    hz_buf *out = &decision->out;
    const hz_fault *error = &decision->error;
    if (decision->outcome != HZ_FAILED || !error->is) return;
    add_key(out, "error");
    hz_buf_add_literal(out, "{\"code\":");
    hz_buf_add_json(out, hz_str_from(hz_code_name(error->code)));
    add_text_if(out, "input", hz_fault_name(error));
    add_text(out, "message", hz_str_from(error->message));
    add_text_if(out, "hint", hz_str_from(error->hint));
    hz_buf_add_char(out, '}');
}

void hz_write_ruleset(const hz_model *ruleset, hz_buf *out)
{
    hz_buf_add_literal(out, "\"ruleset\":{\"name\":");
    hz_buf_add_json(out, ruleset->id);
    add_text(out, "version", ruleset->version);
    add_text(out, "sha256", hz_str_from(ruleset->sha256));
    if (ruleset->scenario.len > 0) add_text(out, "scenario", ruleset->scenario);
    else hz_buf_add_literal(out, ",\"scenario\":null");
    hz_buf_add_char(out, '}');
}

/* What a part does not repeat. */
static void add_head(hz_decision *decision, uint64_t line)
{
    hz_buf *out = &decision->out;
    hz_buf_add_literal(out, "{\"schema\":\"huzhu.decision/1\"");
    if (decision->snapshot.id.len > 0) {
        add_key(out, "id");
        hz_buf_add(out, hz_buf_text(&decision->snapshot.id));
    }
    if (line > 0) {
        add_key(out, "line");
        hz_buf_add_int(out, (int64_t)line);
    }
    if (!decision->plan->event) add_text(out, "plan", decision->plan->rules->id);
}

static void add_outcome(hz_decision *decision)
{
    hz_buf *out = &decision->out;
    const hz_plan *plan = decision->plan;
    add_text(out, "ask", decision->snapshot.enrolment ? HZ_STR("enrolment") : HZ_STR("claim"));
    add_text(out, "outcome", hz_outcome_name(decision->outcome));
    add_text(out, "currency", plan->ruleset->currency);
    if (decision->snapshot.enrolment) return;
    if (decision->has_total) add_number(out, "total", decision->total, plan->ruleset->currency_scale);
    else hz_buf_add_literal(out, ",\"total\":null");
}

static void add_parts(hz_decision *decision, uint32_t language);

static void add_body(hz_decision *decision, uint32_t language)
{
    hz_decision_walk(decision);
    add_outcome(decision);
    add_amounts(decision, "benefits", decision->benefits, decision->benefit_count, "gross", "net");
    add_amounts(decision, "values", decision->values, decision->value_count, "before", "after");
    add_amounts(decision, "fees", decision->fees, decision->fee_count, NULL, "amount");
    add_reasons(decision, language);
    add_missing(decision);
    add_counters(decision);
    add_basis(decision);
    add_rests_on(decision);
    add_parts(decision, language);
    add_error(decision);
}

static void add_parts(hz_decision *decision, uint32_t language)
{
    hz_buf *out = &decision->out;
    if (decision->part_count == 0) return;
    add_key(out, "parts");
    for (uint32_t i = 0; i < decision->part_count; i++) {
        hz_decision *part = decision->parts[i];
        hz_buf_reset(&part->out);
        hz_buf_add_literal(&part->out, "{\"plan\":");
        hz_buf_add_json(&part->out, part->plan->rules->id);
        add_body(part, language);
        hz_buf_add_char(&part->out, '}');
        hz_buf_add_char(out, i == 0 ? '[' : ',');
        hz_buf_add(out, hz_buf_text(&part->out));
        out->failed |= part->out.failed;
    }
    hz_buf_add_char(out, ']');
}

void hz_decision_write_json(hz_decision *decision, uint32_t language, uint64_t line)
{
    hz_buf_reset(&decision->out);
    add_head(decision, line);
    add_body(decision, language);
    hz_buf_add_char(&decision->out, ',');
    hz_write_ruleset(decision->plan->ruleset, &decision->out);
    hz_buf_add_char(&decision->out, '}');
}
