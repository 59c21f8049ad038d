/* fuzz_claim.c - any bytes as claims, a line each, settled through the public calls with a ledger.
 *
 * Beyond "no crash": every line is answered by one line that is JSON, and an answer that is no error reads back as the
 * same amount of money. Built as a libFuzzer target, and run over its corpus (corpus/claim) as a test.
 */
#include "source/json.h"

#include <huzhu/huzhu.h>

#include <stdlib.h>

#define LONGEST ((size_t)1 << 20)

typedef struct host {
    huzhu_ruleset *ruleset;
    huzhu_claim *claim;
    huzhu_decision *decision;
    huzhu_output *output;
} host;

static void must(int well)
{
    if (!well) abort();
}

/* Loaded once: what is fuzzed is the claim, not the rules. */
static const host *the_host(void)
{
    static host self;
    if (self.ruleset != NULL) return &self;
    must(huzhu_ruleset_load(HZ_TEST_ROOT "/tests/golden/claims/rules", NULL, NULL, &self.ruleset) == HUZHU_OK);
    must(huzhu_claim_new(huzhu_ruleset_plan_at(self.ruleset, 0), &self.claim) == HUZHU_OK);
    must(huzhu_decision_new(NULL, &self.decision) == HUZHU_OK);
    must(huzhu_output_new(NULL, &self.output) == HUZHU_OK);
    return &self;
}

static void check_line(huzhu_text line)
{
    hz_json json;
    must(line.size > 1 && line.data[line.size - 1] == '\n' &&
         memchr(line.data, '\n', line.size) == line.data + line.size - 1);
    hz_json_begin(&json, (hz_str){line.data, line.size});
    must(hz_json_next(&json) == HZ_JSON_OBJECT && hz_json_skip(&json) && hz_json_next(&json) == HZ_JSON_END);
}

static void check_decision(const host *self)
{
    uint32_t outcome = huzhu_decision_outcome(self->decision);
    int64_t total = -1, sum = 0;
    huzhu_benefit_view benefit = {.struct_size = sizeof benefit};
    huzhu_error_view error = {.struct_size = sizeof error};
    must(outcome >= HUZHU_PAID && outcome <= HUZHU_ACCEPTED);
    must((huzhu_decision_error(self->decision, &error) == HUZHU_OK) == (outcome == HUZHU_FAILED));
    if (outcome == HUZHU_FAILED)
        must(error.message.size > 0 && memchr(error.message.data, '\n', error.message.size) == NULL);
    if (outcome != HUZHU_PAID && outcome != HUZHU_NOTHING_DUE) return;
    must(huzhu_decision_total(self->decision, &total) == HUZHU_OK && (total > 0) == (outcome == HUZHU_PAID));
    for (size_t i = 0; i < huzhu_decision_benefit_count(self->decision); i++) {
        must(huzhu_decision_benefit_at(self->decision, i, &benefit) == HUZHU_OK);
        sum += benefit.net_minor;
    }
    must(sum == total);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const host *self = the_host();
    huzhu_ledger *ledger = NULL;
    if (size > LONGEST) return 0;
    must(huzhu_ledger_new(NULL, &ledger) == HUZHU_OK);
    for (size_t begin = 0, end; begin <= size; begin = end + 1) {
        for (end = begin; end < size && data[end] != '\n';) end++;
        huzhu_output_clear(self->output);
        must(huzhu_settle_json(self->claim, self->decision, ledger, end > begin ? (const char *)data + begin : "",
                               end - begin, HUZHU_ZH, begin + 1, self->output) == HUZHU_OK);
        check_line(huzhu_output_text(self->output));
        check_decision(self);
    }
    huzhu_ledger_free(ledger);
    return 0;
}
