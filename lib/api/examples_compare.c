/* examples_compare.c - a decision against what a worked example expects of it: only the keys that are written, amounts
 * as decimals ("360" is "360.00"), reasons in order, missing names in any order. Called by examples.c.
 */
#include "api/examples.h"

#include <stdio.h>

bool hz_example_report(const hz_example_case *self, hz_span span, const char *format, ...)
{
    va_list args;
    char text[512];
    if (span.file == HZ_NO_FILE) span = self->example->span;
    if (span.file < self->sources->files.count) {
        hz_place place = hz_sources_place(self->sources, span.file, span.begin);
        hz_buf_printf(self->out, "%.*s:%u:%u: ", HZ_ARG(self->sources->files.at[span.file].name), (unsigned)place.line,
                      (unsigned)place.column);
    }
    hz_buf_printf(self->out, "example %.*s", HZ_ARG(self->example->id));
    if (self->example->claims.count > 1 && self->number != HZ_EXAMPLE_WHOLE)
        hz_buf_printf(self->out, ", claim %u", (unsigned)self->number + 1);
    if (self->part.len > 0) hz_buf_printf(self->out, ", part %.*s", HZ_ARG(self->part));
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    hz_buf_printf(self->out, ": %s\n", text);
    return false;
}

/* ---- amounts ---- */

static bool same_amount(int64_t value, int32_t scale, hz_str expected, bool *readable)
{
    hz_decimal wanted;
    *readable = hz_decimal_parse(expected, false, &wanted);
    return *readable && hz_decimal_compare((hz_decimal){value, scale}, wanted) == 0;
}

/* what: "total", "net of allowance". */
static bool compare_amount(const hz_example_case *self, hz_span span, const char *what, hz_str name, int64_t value,
                           int32_t scale, hz_str expected)
{
    char text[HZ_DECIMAL_TEXT];
    bool readable;
    if (same_amount(value, scale, expected, &readable)) return true;
    if (!readable)
        return hz_example_report(self, span, "the %s%.*s expected, `%.*s`, is not an amount", what, HZ_ARG(name),
                                 HZ_ARG(expected));
    hz_decimal_format(value, scale, text);
    return hz_example_report(self, span, "%s%.*s is %s, expected %.*s", what, HZ_ARG(name), text, HZ_ARG(expected));
}

static bool compare_total(const hz_example_case *self, const hz_expectation *expected)
{
    const hz_decision *decision = self->decision;
    bool none = hz_str_is(expected->total, "null");
    if (expected->total.len == 0) return true;
    if (decision->has_total && none) {
        char text[HZ_DECIMAL_TEXT];
        hz_decimal_format(decision->total, decision->plan->ruleset->currency_scale, text);
        return hz_example_report(self, expected->total_span, "total is %s, expected none", text);
    }
    if (decision->has_total)
        return compare_amount(self, expected->total_span, "total", HZ_STR(""), decision->total,
                              decision->plan->ruleset->currency_scale, expected->total);
    if (none) return true;
    return hz_example_report(self, expected->total_span, "there is no total, expected %.*s", HZ_ARG(expected->total));
}

static bool compare_amounts(const hz_example_case *self, const hz_fields *fields, const hz_amount *amounts,
                            uint32_t count, bool before, const char *what)
{
    bool same = true;
    for (uint32_t i = 0; i < fields->count; i++) {
        const hz_field *field = &fields->at[i];
        uint32_t at = 0;
        while (at < count && !(hz_str_eq(amounts[at].id, field->name) && amounts[at].asked)) at++;
        if (at == count && !field->absent)
            same = hz_example_report(self, field->span, "%s%.*s is not in the answer", what, HZ_ARG(field->name));
        else if (at < count && field->absent)
            same = hz_example_report(self, field->span, "%s%.*s is in the answer, expected without", what,
                                     HZ_ARG(field->name));
        else if (at < count)
            same &= compare_amount(self, field->span, what, field->name,
                                   before ? amounts[at].before : amounts[at].after, amounts[at].scale, field->text);
    }
    return same;
}

/* ---- lists of names ---- */

static bool compare_reasons(const hz_example_case *self, const hz_expectation *expected)
{
    const hz_decision *decision = self->decision;
    bool same = decision->reason_count == expected->reasons.count;
    for (uint32_t i = 0; same && i < expected->reasons.count; i++)
        same = hz_str_eq(decision->reasons[i].code, expected->reasons.at[i].name);
    if (same || !expected->has_reasons) return true;
    hz_buf *list = self->scratch;
    hz_buf_reset(list);
    for (uint32_t i = 0; i < decision->reason_count; i++)
        hz_buf_printf(list, "%s%.*s", i > 0 ? ", " : "", HZ_ARG(decision->reasons[i].code));
    hz_buf_add_literal(list, "], expected [");
    for (uint32_t i = 0; i < expected->reasons.count; i++)
        hz_buf_printf(list, "%s%.*s", i > 0 ? ", " : "", HZ_ARG(expected->reasons.at[i].name));
    hz_span span = expected->reasons.count > 0 ? expected->reasons.at[0].span : expected->span;
    return hz_example_report(self, span, "reasons are [%.*s]", HZ_ARG(hz_buf_text(list)));
}

static bool is_missing(const hz_decision *decision, hz_str name)
{
    for (uint32_t i = 0; i < decision->missing_count; i++)
        if (hz_str_eq(decision->missing[i], name)) return true;
    return false;
}

static bool compare_missing(const hz_example_case *self, const hz_expectation *expected)
{
    hz_decision *decision = self->decision;
    if (!expected->has_missing) return true;
    hz_decision_walk(decision);
    bool same = true;
    for (uint32_t i = 0; i < expected->missing.count; i++)
        if (!is_missing(decision, expected->missing.at[i].name))
            same = hz_example_report(self, expected->missing.at[i].span, "`%.*s` is not among the missing",
                                     HZ_ARG(expected->missing.at[i].name));
    for (uint32_t i = 0; i < decision->missing_count; i++) {
        bool wanted = false;
        for (uint32_t j = 0; j < expected->missing.count; j++)
            wanted |= hz_str_eq(decision->missing[i], expected->missing.at[j].name);
        if (!wanted)
            same = hz_example_report(self, expected->span, "`%.*s` is missing, and was not expected to be",
                                     HZ_ARG(decision->missing[i]));
    }
    return same;
}

/* ---- counters ---- */

hz_decision *hz_example_decision_of(const hz_claim *whole, hz_decision *decision, const hz_claim *claim)
{
    if (whole == claim) return decision;
    hz_decision *found = NULL;
    for (uint32_t i = 0; i < whole->part_count && i < decision->part_count && found == NULL; i++)
        found = hz_example_decision_of(whole->parts[i], decision->parts[i], claim);
    return found;
}

/* A counter after the claim: moved by it, or as it was. */
static bool counter_after(const hz_claim *claim, const hz_decision *decision, uint32_t counter, int64_t *after)
{
    const hz_given *given = &claim->counters[counter];
    const hz_counter *rule = &claim->plan->rules->counters.at[counter];
    for (uint32_t i = 0; decision != NULL && i < decision->move_count; i++) {
        if (decision->moves[i].counter == counter) {
            *after = decision->moves[i].after;
            return decision->moves[i].has_after;
        }
    }
    *after = given->state == HZ_GIVEN ? given->value : (int64_t)rule->start.coefficient;
    return given->state == HZ_GIVEN || rule->type.kind != HZ_KIND_DATE || rule->has_start;
}

/* A counter's value against the text expected. */
static bool compare_value(const hz_example_case *self, const hz_field *field, const hz_type *type, bool has, int64_t after)
{
    if (!has)
        return field->absent || hz_example_report(self, field->span, "counter %.*s has no value, expected %.*s",
                                                  HZ_ARG(field->name), HZ_ARG(field->text));
    if (type->kind == HZ_KIND_NUMBER)
        return compare_amount(self, field->span, "counter ", field->name, after, type->scale, field->text);
    hz_buf_reset(self->scratch);
    hz_format_by_type(type, after, self->scratch);
    hz_str text = hz_buf_text(self->scratch);
    return hz_str_eq(text, field->text) || hz_example_report(self, field->span, "counter %.*s is %.*s, expected %.*s",
                                                             HZ_ARG(field->name), HZ_ARG(text), HZ_ARG(field->text));
}

typedef struct counter_case {
    const hz_example_case *self;
    const hz_field *field;
    bool same;
} counter_case;

static void compare_one(void *context, hz_claim *claim, uint32_t counter, bool qualified)
{
    counter_case *c = context;
    const hz_decision *decision = hz_example_decision_of(c->self->claim, c->self->decision, claim);
    int64_t after = 0;
    bool has = counter_after(claim, decision, counter, &after);
    (void)qualified;
    c->same &= compare_value(c->self, c->field, &claim->plan->rules->counters.at[counter].type, has, after);
}

static bool compare_counter(const hz_example_case *self, const hz_field *field)
{
    counter_case c = {self, field, true};
    if (hz_claim_each_named(self->claim, field->name, HZ_SYMBOL_COUNTER, compare_one, &c) == 0)
        return hz_example_report(self, field->span, "`%.*s` is no counter of the plan", HZ_ARG(field->name));
    return c.same;
}

/* ---- the whole ---- */

static bool compare_outcome(const hz_example_case *self, const hz_expectation *expected)
{
    hz_str outcome = hz_outcome_name(self->decision->outcome);
    if (expected->outcome.len == 0 || hz_str_eq(outcome, expected->outcome)) return true;
    return hz_example_report(self, expected->outcome_span, "outcome is %.*s, expected %.*s", HZ_ARG(outcome),
                             HZ_ARG(expected->outcome));
}

static bool compare_error(const hz_example_case *self, const hz_expectation *expected)
{
    const hz_decision *decision = self->decision;
    hz_str code = decision->outcome == HZ_FAILED ? hz_str_from(hz_code_name(decision->error.code)) : HZ_STR("none");
    if (expected->error.len == 0 || hz_str_eq(code, expected->error)) return true;
    return hz_example_report(self, expected->error_span, "error is %.*s, expected %.*s", HZ_ARG(code), HZ_ARG(expected->error));
}

/* Why the engine answered so, below what differs. */
static void add_reasons(const hz_example_case *self)
{
    hz_decision *decision = self->decision;
    const hz_fault *error = &decision->error;
    if (decision->outcome == HZ_FAILED && error->is)
        hz_buf_printf(self->out, "    %s: %s%s%s\n", hz_code_name(error->code), error->message,
                      error->hint[0] != '\0' ? "; " : "", error->hint);
    for (uint32_t i = 0; i < decision->reason_count; i++) {
        hz_buf_printf(self->out, "    %.*s: ", HZ_ARG(decision->reasons[i].code));
        hz_decision_reason_text(decision, i, HUZHU_EN, self->out);
        hz_buf_add_char(self->out, '\n');
    }
}

/* What is expected of parts, each as of a claim of its own. */
static bool compare_parts(const hz_example_case *self, const hz_expectation *expected)
{
    bool same = true;
    for (uint32_t i = 0; i < expected->parts.count; i++) {
        const hz_name_ref *plan = &expected->parts.at[i].plan;
        uint32_t at = 0;
        while (at < self->decision->part_count && !hz_str_eq(self->decision->parts[at]->plan->rules->id, plan->name)) at++;
        if (at == self->decision->part_count) {
            same = hz_example_report(self, plan->span, "part %.*s is not in the answer", HZ_ARG(plan->name));
            continue;
        }
        hz_example_case part = *self;
        part.part = plan->name;
        part.claim = self->claim->parts[at];
        part.decision = self->decision->parts[at];
        same &= hz_example_compare(&part, expected->parts.at[i].expected);
    }
    return same;
}

bool hz_example_compare(const hz_example_case *self, const hz_expectation *expected)
{
    const hz_decision *decision = self->decision;
    bool same = compare_outcome(self, expected);
    same &= compare_error(self, expected);
    same &= compare_total(self, expected);
    same &= compare_amounts(self, &expected->gross, decision->benefits, decision->benefit_count, true, "gross of ");
    same &= compare_amounts(self, &expected->benefits, decision->benefits, decision->benefit_count, false, "net of ");
    same &= compare_amounts(self, &expected->fees, decision->fees, decision->fee_count, false, "fee ");
    same &= compare_reasons(self, expected);
    same &= compare_missing(self, expected);
    for (uint32_t i = 0; i < expected->counters.count; i++) same &= compare_counter(self, &expected->counters.at[i]);
    if (!same) add_reasons(self);
    return compare_parts(self, expected) && same;
}

/* `counter`, or `plan.counter` of a part. */
static bool is_named(const hz_reversed_counter *counter, hz_str name)
{
    if (hz_str_eq(counter->name, name)) return true;
    size_t plan = counter->plan.len;
    return plan > 0 && name.len == plan + 1 + counter->name.len && hz_str_starts(name, counter->plan) && name.at[plan] == '.' &&
           hz_str_eq(hz_str_part(name, plan + 1, name.len), counter->name);
}

static bool compare_reversed(const hz_example_case *self, const hz_ledger *ledger, const hz_reversal *reversal, const hz_field *field)
{
    hz_reversed_counter counter;
    uint32_t at = 0;
    bool found = false, same = true;
    while (hz_reversal_counter(ledger, self->claim, reversal, &at, &counter)) {
        if (!is_named(&counter, field->name)) continue;
        found = true;
        same &= compare_value(self, field, &counter.type, counter.has_after, counter.after);
    }
    return found ? same : hz_example_report(self, field->span, "the claim taken back had not moved `%.*s`", HZ_ARG(field->name));
}

bool hz_example_compare_reversal(const hz_example_case *self, const hz_ledger *ledger, const hz_reversal *reversal,
                                 const hz_expectation *expected)
{
    bool same = true;
    if (expected->outcome.len > 0 && !hz_str_is(expected->outcome, "reversed"))
        same = hz_example_report(self, expected->outcome_span, "outcome is reversed, expected %.*s", HZ_ARG(expected->outcome));
    if (expected->error.len > 0)
        same = hz_example_report(self, expected->error_span, "error is none, expected %.*s", HZ_ARG(expected->error));
    if (expected->total.len > 0)
        same &= compare_amount(self, expected->total_span, "total", HZ_STR(""), reversal->total,
                               self->claim->plan->ruleset->currency_scale, expected->total);
    for (uint32_t i = 0; i < expected->counters.count; i++)
        same &= compare_reversed(self, ledger, reversal, &expected->counters.at[i]);
    return same;
}
