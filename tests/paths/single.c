/* single.c - see paths.h. */
#include "paths.h"

typedef struct single {
    const table *t;
    uint32_t counters;
    huzhu_claim *claim, *set, *settled;
    huzhu_decision *decision, *other;
    huzhu_ledger *ledger, *line_ledger; /* NULL unless carried */
    huzhu_output *output;
} single;

/* ---- What a decision says ---- */

static int32_t number_of(const table *t, huzhu_text code)
{
    for (size_t n = 1; n <= huzhu_plan_reason_count(t->plan); n++) {
        huzhu_text own = huzhu_plan_reason_code(t->plan, n);
        if (own.size == code.size && memcmp(own.data, code.data, code.size) == 0) return (int32_t)n;
    }
    return -1;
}

static void note_reasons(const single *s, answer *a)
{
    size_t count = huzhu_decision_reason_count(s->decision);
    must(count < REASONS_MOST, "more reasons than this program holds");
    for (size_t i = 0; i < count; i++) {
        huzhu_reason_view view = {.struct_size = sizeof view};
        must(huzhu_decision_reason_at(s->decision, i, &view) == HUZHU_OK, "reason");
        a->reasons[a->reason_count++] = number_of(s->t, view.code);
        if (view.kind == HUZHU_REASON_CAP) a->caps[a->cap_count++] = number_of(s->t, view.code);
    }
    a->reason = a->reason_count > 0 ? a->reasons[0] : 0;
}

static void note_amounts(const single *s, answer *a)
{
    for (size_t i = 0; a->settled && i < s->t->benefits; i++) {
        huzhu_benefit_view view = {.struct_size = sizeof view};
        must(huzhu_decision_benefit_at(s->decision, i, &view) == HUZHU_OK, "benefit");
        a->gross[i] = view.gross_minor;
        a->net[i] = view.net_minor;
    }
}

/* A counter that the claim does not move is as the claim found it. */
static void note_counters(const single *s, const hz_claim *claim, size_t row, answer *a)
{
    for (size_t i = 0; i < s->t->counters; i++) {
        const hz_given *given = &claim->counters[i];
        const hz_counter *rule = &claim->plan->rules->counters.at[i];
        bool date = rule->type.kind == HZ_KIND_DATE;
        a->open[i] = given->state == HZ_BAD;
        a->there[i] = given->state != HZ_ABSENT || claim->fresh;
        if (given->state != HZ_ABSENT) a->after[i] = given->value;
        else if (claim->fresh) a->after[i] = date && !rule->has_start ? HZ_NO_DATE : (int64_t)rule->start.coefficient;
        else a->after[i] = date ? HZ_NO_DATE : 0;
        bool given_here = cell_of(s->t, row, s->t->inputs + i).at != NULL;
        a->maybe[i] = s->ledger != NULL && !given_here && (given->state == HZ_ABSENT || a->outcome == HUZHU_FAILED);
    }
    for (size_t i = 0; i < huzhu_decision_counter_count(s->decision); i++) {
        huzhu_counter_change change = {.struct_size = sizeof change};
        must(huzhu_decision_counter_change_at(s->decision, i, &change) == HUZHU_OK, "counter");
        a->after[change.counter] = change.after;
        a->there[change.counter] = true;
        a->maybe[change.counter] = false;
    }
}

static void note(const single *s, const hz_claim *claim, size_t row, answer *a)
{
    huzhu_error_view error = {.struct_size = sizeof error};
    memset(a, 0, sizeof *a); /* padding too: answers are compared as bytes */
    a->outcome = (int32_t)huzhu_decision_outcome(s->decision);
    a->bad = -1;
    a->settled = a->outcome == HUZHU_PAID || a->outcome == HUZHU_NOTHING_DUE;
    a->has_total = huzhu_decision_total(s->decision, &a->total) == HUZHU_OK;
    if (!a->has_total) a->total = 0;
    if (huzhu_decision_error(s->decision, &error) == HUZHU_OK) snprintf(a->error, sizeof a->error, "%s", error.code.data);
    for (size_t i = s->t->counters; i-- > 0;)
        if (claim->counters[i].state == HZ_BAD) a->bad = (int32_t)(s->t->inputs + i);
    for (size_t i = s->t->inputs; i-- > 0;)
        if (claim->inputs[i].state == HZ_BAD) a->bad = (int32_t)i;
    note_reasons(s, a);
    note_amounts(s, a);
    note_counters(s, claim, row, a);
}

/* ---- The ways of asking one claim ---- */

static void set_input(huzhu_claim *claim, const huzhu_input_info *info, size_t i, cell text)
{
    int128 wide;
    int64_t value;
    bool number = info->type == HUZHU_TYPE_COUNT || info->type == HUZHU_TYPE_MONEY || info->type == HUZHU_TYPE_RATE || info->type == HUZHU_TYPE_NUMBER;
    if (info->type == HUZHU_TYPE_DATE && days_read(text, &value)) huzhu_claim_set_days(claim, i, (int32_t)value);
    else if (info->type == HUZHU_TYPE_BOOLEAN && flag_read(text, &value)) huzhu_claim_set_boolean(claim, i, (int)value);
    else if (info->type == HUZHU_TYPE_CODE) huzhu_claim_set_code(claim, i, text.at, text.size);
    else if (info->type == HUZHU_TYPE_KEY || info->type == HUZHU_TYPE_TEXT) huzhu_claim_set_text(claim, i, text.at, text.size);
    else if (info->type == HUZHU_TYPE_MONEY && number_scaled(text, 2, &wide) && wide == (int64_t)wide) huzhu_claim_set_minor(claim, i, (int64_t)wide);
    else if (number && number_scaled(text, info->scale, &wide) && wide == (int64_t)wide) huzhu_claim_set_decimal(claim, i, (int64_t)wide, info->scale);
    else huzhu_claim_set_value(claim, i, text.at, text.size);
}

static void set_counter(huzhu_claim *claim, const huzhu_counter_info *info, size_t i, cell text)
{
    int128 wide;
    int64_t value;
    if (info->type == HUZHU_COUNTER_DATE && days_read(text, &value)) huzhu_claim_set_counter(claim, i, value);
    else if (info->type == HUZHU_COUNTER_BOOLEAN && flag_read(text, &value)) huzhu_claim_set_counter(claim, i, value);
    else if (info->type == HUZHU_COUNTER_NUMBER && number_scaled(text, info->scale, &wide) && wide == (int64_t)wide) huzhu_claim_set_counter(claim, i, (int64_t)wide);
    else huzhu_claim_set_counter_text(claim, i, text.at, text.size);
}

static void set_cells(const single *s, size_t row)
{
    huzhu_claim_reset(s->set);
    for (size_t i = 0; i < s->t->inputs + s->t->counters; i++) {
        cell text = cell_of(s->t, row, i);
        if (text.at == NULL) continue;
        if (i < s->t->inputs) set_input(s->set, &s->t->input[i], i, text);
        else set_counter(s->set, &s->t->counter[i - s->t->inputs], i - s->t->inputs, text);
    }
    if (s->t->ids[row].at != NULL) huzhu_claim_set_id(s->set, s->t->ids[row].at, s->t->ids[row].size);
    if (s->counters == HUZHU_COUNTERS_FRESH) huzhu_claim_set_fresh(s->set, 1);
    if (s->ledger != NULL) must(huzhu_ledger_fill(s->ledger, s->set) == HUZHU_OK, "ledger");
    must(huzhu_claim_evaluate(s->set, s->other) == HUZHU_OK, "evaluate");
}

/* The line as a whole: true when it says what decision says. */
static bool same_line(const single *s, size_t row)
{
    huzhu_text json;
    huzhu_output_clear(s->output);
    must(huzhu_settle_json(s->settled, s->other, s->line_ledger, s->t->lines[row].at, s->t->lines[row].size, HUZHU_EN, row + 1, s->output) == HUZHU_OK, "settle");
    must(huzhu_decision_json(s->decision, HUZHU_EN, row + 1, &json) == HUZHU_OK, "JSON");
    huzhu_text line = huzhu_output_text(s->output);
    return line.size == json.size + 1 && memcmp(line.data, json.data, json.size) == 0;
}

/* Setters: as the line; where something is wrong they may say it in other words. */
static bool same_set(const single *s, size_t row, const answer *wanted)
{
    huzhu_text json, own;
    answer a;
    set_cells(s, row);
    if (huzhu_decision_outcome(s->other) == HUZHU_FAILED) {
        const single as = {.t = s->t, .decision = s->other};
        note(&as, s->set->core, row, &a);
        return a.outcome == wanted->outcome && a.bad == wanted->bad && a.reason == wanted->reason && a.reason_count == wanted->reason_count;
    }
    must(huzhu_decision_json(s->decision, HUZHU_EN, row + 1, &json) == HUZHU_OK && huzhu_decision_json(s->other, HUZHU_EN, row + 1, &own) == HUZHU_OK, "JSON");
    return own.size == json.size && memcmp(own.data, json.data, json.size) == 0;
}

static void settle_row(single *s, size_t row, answer *out)
{
    huzhu_claim_read_json(s->claim, s->t->lines[row].at, s->t->lines[row].size);
    if (s->counters == HUZHU_COUNTERS_FRESH) huzhu_claim_set_fresh(s->claim, 1);
    if (s->ledger != NULL) must(huzhu_ledger_fill(s->ledger, s->claim) == HUZHU_OK, "ledger");
    must(huzhu_claim_evaluate(s->claim, s->decision) == HUZHU_OK, "evaluate");
    note(s, s->claim->core, row, out);
}

static void begin(single *s)
{
    bool well = huzhu_claim_new(s->t->plan, &s->claim) == HUZHU_OK && huzhu_claim_new(s->t->plan, &s->set) == HUZHU_OK && huzhu_claim_new(s->t->plan, &s->settled) == HUZHU_OK &&
                huzhu_decision_new(NULL, &s->decision) == HUZHU_OK && huzhu_decision_new(NULL, &s->other) == HUZHU_OK && huzhu_output_new(NULL, &s->output) == HUZHU_OK;
    if (s->counters == HUZHU_COUNTERS_CARRIED) well = well && huzhu_ledger_new(NULL, &s->ledger) == HUZHU_OK && huzhu_ledger_new(NULL, &s->line_ledger) == HUZHU_OK;
    must(well, "memory");
    if (s->counters == HUZHU_COUNTERS_FRESH) huzhu_claim_set_fresh(s->settled, 1);
}

unsigned settle_singly(const table *t, const people *who, uint32_t counters, answer *out)
{
    single s = {.t = t, .counters = counters};
    unsigned failed = 0;
    begin(&s);
    for (size_t i = 0; i < who->count; i++) {
        settle_row(&s, who->row[i], &out[i]);
        bool set = same_set(&s, who->row[i], &out[i]), line = same_line(&s, who->row[i]);
        if (s.ledger != NULL) must(huzhu_ledger_apply(s.ledger, s.decision) == HUZHU_OK, "ledger");
        if (set && line) continue;
        if (failed++ < 3) printf("    line %zu: the single claim %s says something else\n", who->row[i] + 1, line ? "by setters" : "as a whole line");
    }
    huzhu_claim_free(s.claim);
    huzhu_claim_free(s.set);
    huzhu_claim_free(s.settled);
    huzhu_decision_free(s.decision);
    huzhu_decision_free(s.other);
    huzhu_output_free(s.output);
    huzhu_ledger_free(s.ledger);
    huzhu_ledger_free(s.line_ledger);
    return failed;
}
