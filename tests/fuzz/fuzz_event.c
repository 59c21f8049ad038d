/* fuzz_event.c - any bytes as lines of a host that settles events under several plans and claims under packages, with a ledger
 * that keeps claims, and takes some back.
 *
 * The first byte chooses whether lines are events or claims under one of the packages. Beyond "no crash": every line is
 * answered by one line that is JSON, the parts' totals add up, the explanations are there, and a second host to which the
 * same lines come settles them the same.
 */
#include "source/json.h"

#include <huzhu/huzhu.h>

#include <stdlib.h>
#include <string.h>

#define LONGEST ((size_t)1 << 16)

typedef struct host {
    huzhu_claim *claim;
    huzhu_decision *decision;
    huzhu_ledger *ledger;
    huzhu_output *output;
} host;

static void must(int well)
{
    if (!well) abort();
}

/* Loaded once: what is fuzzed are the claims. */
static huzhu_ruleset *the_rules(void)
{
    static huzhu_ruleset *ruleset;
    if (ruleset == NULL) must(huzhu_ruleset_load(HZ_TEST_ROOT "/tests/golden/packages/rules", NULL, NULL, &ruleset) == HUZHU_OK);
    return ruleset;
}

static void begin(host *self, unsigned choice)
{
    size_t plans = huzhu_ruleset_plan_count(the_rules());
    const huzhu_plan *plan = huzhu_ruleset_plan_at(the_rules(), choice % (plans + 1));
    must((plan != NULL ? huzhu_claim_new(plan, &self->claim) : huzhu_event_new(the_rules(), &self->claim)) == HUZHU_OK);
    must(huzhu_decision_new(NULL, &self->decision) == HUZHU_OK && huzhu_output_new(NULL, &self->output) == HUZHU_OK);
    must(huzhu_ledger_new(NULL, &self->ledger) == HUZHU_OK);
    if (choice >= 0x80) must(huzhu_ledger_keep_claims(self->ledger) == HUZHU_OK);
}

static void end(host *self)
{
    huzhu_claim_free(self->claim);
    huzhu_decision_free(self->decision);
    huzhu_ledger_free(self->ledger);
    huzhu_output_free(self->output);
}

static void check_json(huzhu_text text)
{
    hz_json json;
    hz_json_begin(&json, (hz_str){text.data, text.size});
    must(hz_json_next(&json) == HZ_JSON_OBJECT && hz_json_skip(&json) && hz_json_next(&json) == HZ_JSON_END);
}

static void check_parts(huzhu_decision *decision)
{
    int64_t total = 0, sum = 0;
    int has = 1;
    for (size_t i = 0; i < huzhu_decision_part_count(decision); i++) {
        huzhu_decision *part;
        int64_t own = 0;
        must(huzhu_decision_part_at(decision, i, &part) == HUZHU_OK);
        uint32_t outcome = huzhu_decision_outcome(part);
        must(outcome >= HUZHU_PAID && outcome <= HUZHU_NOT_ASKED);
        has = has && huzhu_decision_total(part, &own) == HUZHU_OK;
        sum += own;
    }
    if (huzhu_decision_part_count(decision) == 0) return;
    must((huzhu_decision_total(decision, &total) == HUZHU_OK) == (has != 0));
    if (has) must(total == sum);
}

static void settle(host *self, const char *line, size_t size, uint64_t number)
{
    huzhu_text text;
    huzhu_output_clear(self->output);
    must(huzhu_settle_json(self->claim, self->decision, self->ledger, line, size, number % 2 == 0 ? HUZHU_ZH : HUZHU_EN, number, self->output) == HUZHU_OK);
    huzhu_text out = huzhu_output_text(self->output);
    must(out.size > 1 && memchr(out.data, '\n', out.size) == out.data + out.size - 1);
    check_json(out);
    if (huzhu_decision_outcome(self->decision) == 0) return; /* a claim was taken back */
    check_parts(self->decision);
    must(huzhu_decision_explain(self->decision, HUZHU_EN, HUZHU_EXPLAIN_TEXT, &text) == HUZHU_OK && text.size > 0);
    must(huzhu_decision_explain(self->decision, HUZHU_ZH, HUZHU_EXPLAIN_JSON, &text) == HUZHU_OK);
    check_json(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    host one = {0}, two = {0};
    if (size == 0 || size > LONGEST) return 0;
    begin(&one, data[0]);
    begin(&two, data[0]);
    for (size_t from = 1, to; from <= size; from = to + 1) {
        size_t count;
        for (to = from; to < size && data[to] != '\n';) to++;
        settle(&one, (const char *)data + from, to - from, from);
        settle(&two, (const char *)data + from, to - from, from);
        huzhu_text a = huzhu_output_text(one.output), b = huzhu_output_text(two.output);
        must(a.size == b.size && memcmp(a.data, b.data, a.size) == 0);
        must(huzhu_claim_find_counters(one.claim, one.decision, &count) == HUZHU_OK);
    }
    end(&one);
    end(&two);
    return 0;
}
