/* examples.c - runs the worked examples beside the rules: each starts with fresh counters, or as it says, and carries
 * them from claim to claim through a ledger, by the same calls as any host.
 *
 * Not the comparison (examples_compare.c), not the reading (rules/examples.c).
 */
#include "api/examples.h"

#include "base/status.h"
#include "run/given.h"

#include <stdio.h>

/* One examples file. Its plans are looked for in the ruleset it is run with. */
typedef struct set {
    const hz_examples *examples;
} set;

typedef struct runner {
    hz_api_load load; /* rules and examples, without any `with` */
    set *sets;
    uint32_t set_count;
    hz_alloc alloc;
    hz_buf *out;
    size_t passed, failed;
} runner;

/* What one example is run with. */
typedef struct stage {
    hz_claim claim;
    hz_decision decision;
    hz_ledger ledger;
    hz_buf scratch;
    hz_decimal sum;
} stage;

/* ---- reading ---- */

static void read_file(runner *self, hz_file file)
{
    hz_arena *arena = &self->load.ruleset->arena;
    hz_diags *diags = &self->load.diags;
    set *next = &self->sets[self->set_count];
    next->examples = hz_examples_read(arena, diags, &self->load.model->texts, file);
    if (next->examples->list.count == 0) return;
    bool known = true;
    const hz_plan_finder plans = hz_api_plan_finder(self->load.ruleset);
    for (uint32_t i = 0; i < next->examples->plans.count; i++) {
        const hz_name_ref *name = &next->examples->plans.at[i];
        if (plans.find(plans.context, name->name) != NULL) continue;
        known = false;
        hz_error(diags, HZ_E_EXAMPLE, name->span, "there is no plan `%.*s`", HZ_ARG(name->name));
    }
    hz_str plan = next->examples->plan;
    if (next->examples->plans.count == 0 && plans.find(plans.context, plan) == NULL) {
        known = false;
        hz_error(diags, HZ_E_EXAMPLE, next->examples->list.at[0].span, "there is no plan `%.*s`", HZ_ARG(plan));
    }
    self->set_count += known ? 1 : 0;
}

static void read_all(void *context)
{
    runner *self = context;
    self->sets = HZ_NEW_MANY(&self->load.ruleset->arena, set, self->load.from_count);
    for (uint32_t i = 0; i < self->load.from_count; i++)
        if (hz_str_ends(self->load.from_files[i].path, HZ_STR(".examples.yaml")))
            read_file(self, self->load.from_files[i]);
}

/* ---- one claim ---- */

/* "no input of plan `stay`", "no counter of any of these plans" */
static bool report_unknown(const hz_example_case *at, const hz_field *field, const char *what)
{
    const hz_plan *plan = at->claim->plan;
    if (plan->event) return hz_example_report(at, field->span, "`%.*s` is no %s of any of these plans", HZ_ARG(field->name), what);
    return hz_example_report(at, field->span, "`%.*s` is no %s of plan `%.*s`", HZ_ARG(field->name), what, HZ_ARG(plan->rules->id));
}

/* Hands over the inputs; false: a name is wrong, which was reported. */
static bool set_inputs(const hz_example_case *at, hz_claim *claim, const hz_fields *fields, int32_t *status)
{
    bool known = true;
    for (uint32_t i = 0; i < fields->count; i++) {
        const hz_field *field = &fields->at[i];
        int32_t put = field->absent ? HZ_OK : hz_claim_set_named(claim, field->name, field->text);
        if (put == HZ_NOT_FOUND) known = report_unknown(at, field, "input");
        if (put == HZ_NO_MEMORY) *status = HZ_NO_MEMORY;
    }
    return known;
}

typedef struct first_counter {
    const hz_example_case *at;
    hz_ledger *ledger;
    hz_str text;
    int32_t status;
} first_counter;

static void set_counter(void *context, hz_claim *claim, uint32_t counter, bool qualified)
{
    first_counter *self = context;
    const hz_decision *decision = hz_example_decision_of(self->at->claim, self->at->decision, claim);
    (void)qualified;
    if (hz_claim_set_counter_text(claim, counter, self->text) == HZ_OK && decision != NULL && self->status == HZ_OK &&
        hz_counter_key_known(decision, counter))
        self->status = hz_ledger_put(self->ledger, decision, counter, claim->counters[counter].value);
}

/* The counters an example begins with, under the keys of its first claim; false: reported. */
static bool set_counters(const hz_example_case *at, hz_claim *claim, hz_ledger *ledger, int32_t *status)
{
    const hz_fields *fields = &at->example->counters;
    bool known = true;
    claim->fresh = true;
    if (fields->count > 0) *status = hz_decide(claim, at->decision); /* for the keys */
    for (uint32_t i = 0; i < fields->count && *status == HZ_OK; i++) {
        const hz_field *field = &fields->at[i];
        first_counter first = {at, ledger, field->text, HZ_OK};
        if (field->absent) continue;
        if (hz_claim_each_named(claim, field->name, HZ_SYMBOL_COUNTER, set_counter, &first) == 0)
            known = report_unknown(at, field, "counter");
        *status = first.status;
    }
    return known;
}

/* The claims of an example are named by their numbers, from 1. */
static int32_t name_claim(hz_claim *claim, uint32_t number)
{
    char id[16];
    snprintf(id, sizeof id, "%u", (unsigned)number + 1);
    return hz_claim_set_id(claim, hz_str_from(id));
}

/* {reverses: 1} in the place of a claim. */
static int32_t run_reversal(stage *on, const hz_example_case *at, const hz_field *which, const hz_expectation *expected, bool *same)
{
    hz_reversal reversal;
    int32_t status = hz_claim_set_reverses(&on->claim, which->text);
    if (status == HZ_OK) status = hz_reverse(&on->ledger, &on->claim, &reversal);
    if (status == HZ_OK) {
        on->sum.coefficient += reversal.total;
        *same &= hz_example_compare_reversal(at, &on->ledger, &reversal, expected);
    } else if (status == HZ_DATA) { /* decided as the error it is */
        status = hz_decide(&on->claim, &on->decision);
        if (status == HZ_OK) *same &= hz_example_compare(at, expected);
    }
    return status;
}

static int32_t run_claim(runner *self, stage *on, const hz_example *example, uint32_t number, bool *same)
{
    hz_example_case at = {.sources = &self->load.model->texts,
                          .example = example,
                          .number = number,
                          .claim = &on->claim,
                          .decision = &on->decision,
                          .out = self->out,
                          .scratch = &on->scratch};
    int32_t status = HZ_OK;
    hz_claim_reset(&on->claim);
    on->claim.enrolment = hz_str_is(example->ask, "enrolment");
    if (name_claim(&on->claim, number) == HZ_NO_MEMORY) return HZ_NO_MEMORY;
    const hz_fields *fields = &example->claims.at[number];
    if (fields->count == 1 && hz_str_is(fields->at[0].name, "reverses"))
        return run_reversal(on, &at, &fields->at[0], &example->expect.at[number], same);
    bool known = set_inputs(&at, &on->claim, &example->claims.at[number], &status);
    if (number == 0 && status == HZ_OK) known &= set_counters(&at, &on->claim, &on->ledger, &status);
    *same &= known;
    if (!known || status != HZ_OK) return status;
    status = hz_ledger_fill(&on->ledger, &on->claim);
    if (status == HZ_OK) status = hz_decide(&on->claim, &on->decision);
    if (status != HZ_OK) return status;
    *same &= hz_example_compare(&at, &example->expect.at[number]);
    on->sum.coefficient += on->decision.has_total ? on->decision.total : 0;
    return hz_ledger_apply(&on->ledger, &on->decision);
}

/* ---- one example ---- */

static bool compare_sum(runner *self, const stage *on, const hz_example *example)
{
    hz_decimal wanted;
    char text[HZ_DECIMAL_TEXT];
    hz_example_case at = {
        .sources = &self->load.model->texts, .example = example, .number = HZ_EXAMPLE_WHOLE, .out = self->out};
    if (example->sum.len == 0) return true;
    if (!hz_decimal_parse(example->sum, false, &wanted))
        return hz_example_report(&at, example->sum_span, "the sum expected, `%.*s`, is not an amount",
                                 HZ_ARG(example->sum));
    if (hz_decimal_compare(on->sum, wanted) == 0) return true;
    hz_decimal_format(on->sum.coefficient, on->sum.scale, text);
    return hz_example_report(&at, example->sum_span, "the totals come to %s, expected %.*s", text,
                             HZ_ARG(example->sum));
}

/* Asks the plans of an event, which the ruleset has. */
static int32_t ask_plans(const huzhu_ruleset *ruleset, const hz_examples *examples, hz_claim *claim)
{
    const hz_plan_finder plans = hz_api_plan_finder(ruleset);
    int32_t status = HZ_OK;
    for (uint32_t i = 0; i < examples->plans.count && status != HZ_NO_MEMORY; i++)
        status = hz_claim_ask_plan(claim, plans.find(plans.context, examples->plans.at[i].name));
    return status == HZ_NO_MEMORY ? HZ_NO_MEMORY : HZ_OK;
}

static int32_t run_claims(runner *self, const huzhu_ruleset *ruleset, const hz_examples *examples, const hz_example *example, bool *same)
{
    const hz_plan_finder plans = hz_api_plan_finder(ruleset);
    const hz_plan *plan = examples->plans.count > 0 ? ruleset->event.core : plans.find(plans.context, examples->plan);
    stage on = {.sum = {0, plan->ruleset->currency_scale}};
    if (!hz_claim_begin(&on.claim, plan, &self->alloc)) return HZ_NO_MEMORY;
    int32_t status = ask_plans(ruleset, examples, &on.claim);
    hz_decision_begin(&on.decision, &self->alloc);
    hz_ledger_begin(&on.ledger, &self->alloc);
    hz_ledger_keep(&on.ledger);
    hz_buf_begin(&on.scratch, &self->alloc);
    for (uint32_t i = 0; i < example->claims.count && i < example->expect.count && status == HZ_OK; i++)
        status = run_claim(self, &on, example, i, same);
    if (status == HZ_OK) *same &= compare_sum(self, &on, example);
    if (on.scratch.failed) status = HZ_NO_MEMORY;
    hz_buf_end(&on.scratch);
    hz_ledger_end(&on.ledger);
    hz_decision_end(&on.decision);
    hz_claim_end(&on.claim);
    return status;
}

/* An example `with` settings has a ruleset of its own. */
static huzhu_status run_with(runner *self, const hz_examples *examples, const hz_example *example, bool *same)
{
    huzhu_diagnostics *diagnostics;
    const huzhu_load_options *options = self->load.options;
    hz_api_load load = {.folder = self->load.folder, .options = options, .more = example->with};
    huzhu_status status = huzhu_diagnostics_new(options != NULL ? options->allocator : NULL, &diagnostics);
    if (status != HUZHU_OK) return status;
    status = hz_api_load_run(&load, diagnostics);
    if (status == HUZHU_OK) {
        status = run_claims(self, load.ruleset, examples, example, same);
        huzhu_ruleset_release(load.ruleset);
    } else if (status != HUZHU_NO_MEMORY) {
        hz_example_case at = {
            .sources = &self->load.model->texts, .example = example, .number = HZ_EXAMPLE_WHOLE, .out = self->out};
        huzhu_text text = huzhu_diagnostics_text(diagnostics);
        *same = hz_example_report(&at, example->span, "the rules cannot be loaded `with` its settings");
        hz_buf_add(self->out, (hz_str){text.data, text.size});
        status = HUZHU_OK;
    }
    huzhu_diagnostics_free(diagnostics);
    return status;
}

static huzhu_status run_all(runner *self)
{
    huzhu_status status = HUZHU_OK;
    for (uint32_t i = 0; i < self->set_count; i++) {
        const set *of = &self->sets[i];
        for (uint32_t j = 0; j < of->examples->list.count && status == HUZHU_OK; j++) {
            const hz_example *example = &of->examples->list.at[j];
            bool same = true;
            status = example->with.len > 0 ? run_with(self, of->examples, example, &same)
                                           : run_claims(self, self->load.ruleset, of->examples, example, &same);
            if (status == HUZHU_OK && same) self->passed++;
            else self->failed++;
        }
    }
    return status;
}

/* ---- the call ---- */

/* Reads the examples of the loaded ruleset; what is wrong with them goes to diagnostics. */
static huzhu_status read_examples(runner *self, huzhu_diagnostics *diagnostics)
{
    hz_api_load *load = &self->load;
    huzhu_status status = hz_api_guard(&load->ruleset->arena, &load->escape, read_all, self);
    if (status == HUZHU_OK) status = hz_api_diagnostics_status(&load->diags);
    int32_t told = hz_api_diagnostics_take(diagnostics, &load->diags, &load->model->texts);
    return told != HZ_OK ? told : status;
}

huzhu_status huzhu_examples_run(const char *folder, const huzhu_load_options *options, huzhu_diagnostics *diagnostics,
                                huzhu_output *output, size_t *passed, size_t *failed)
{
    if (folder == NULL || output == NULL) return HUZHU_INVALID_ARGUMENT;
    runner self = {.load = {.folder = folder, .options = options, .with_examples = true}, .out = &output->text};
    huzhu_status status = hz_api_load_run(&self.load, diagnostics);
    if (status != HUZHU_OK) return status;
    self.alloc = self.load.ruleset->alloc;
    size_t begin = output->text.len;
    status = read_examples(&self, diagnostics);
    if (status == HUZHU_OK) status = run_all(&self);
    huzhu_ruleset_release(self.load.ruleset);
    huzhu_status whole = hz_api_appended(output, begin);
    if (status == HUZHU_OK) status = whole;
    if (status == HUZHU_OK && passed != NULL) *passed = self.passed;
    if (status == HUZHU_OK && failed != NULL) *failed = self.failed;
    return status;
}
