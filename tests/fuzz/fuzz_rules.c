/* fuzz_rules.c - any bytes as a plan file of a small ruleset: loaded, compiled, verified; what compiles answers claims.
 *
 * Beyond "no crash": a load either gives a ruleset or at least one diagnostic, a compiled plan decides an empty claim
 * and one from every input's edge, and its answers are written and explained. Built as a libFuzzer target, and run over
 * its corpus (corpus/rules) as a test.
 */
#include <huzhu/huzhu.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char manifest[] = "ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\nsources:\n"
                               "  book: {gives: published, title: 纲要}\n  page: {gives: reported, title: 通知}\n";

static void must(int holds)
{
    if (!holds) abort();
}

/* A text that an input of this type may take. */
static const char *some_value(const huzhu_input_info *info, unsigned turn)
{
    static const char *const numbers[] = {"0", "1", "3", "180", "999999999"};
    static const char *const dates[] = {"2015-07-01", "2016-02-29", "0001-01-01", "9999-12-31", "2011-01-01"};
    switch (info->type) {
    case HUZHU_TYPE_DATE: return dates[turn % 5];
    case HUZHU_TYPE_BOOLEAN: return turn % 2 == 0 ? "true" : "false";
    case HUZHU_TYPE_KEY: case HUZHU_TYPE_TEXT: return "k";
    default: return numbers[turn % 5];
    }
}

static void decide(const huzhu_plan *plan, huzhu_claim *claim, huzhu_decision *decision, unsigned turn)
{
    huzhu_text text;
    huzhu_claim_reset(claim);
    huzhu_claim_ask(claim, turn % 3 == 2 ? HUZHU_ASK_ENROLMENT : HUZHU_ASK_CLAIM);
    for (size_t i = 0; turn > 0 && i < huzhu_plan_input_count(plan); i++) {
        huzhu_input_info info = {.struct_size = sizeof info};
        must(huzhu_plan_input_at(plan, i, &info) == HUZHU_OK);
        huzhu_code_info code = {.struct_size = sizeof code};
        if (info.type == HUZHU_TYPE_CODE && huzhu_plan_code_at(plan, i, turn % info.code_count, &code) == HUZHU_OK)
            huzhu_claim_set_code(claim, i, code.id.data, code.id.size);
        else
            huzhu_claim_set_value(claim, i, some_value(&info, turn + (unsigned)i), HUZHU_NUL);
    }
    huzhu_claim_set_fresh(claim, 1);
    must(huzhu_claim_evaluate(claim, decision) == HUZHU_OK);
    must(huzhu_decision_outcome(decision) != 0);
    must(huzhu_decision_json(decision, turn % 2, turn, &text) == HUZHU_OK && text.size > 0);
    must(huzhu_decision_explain(decision, turn % 2, turn % 2, &text) == HUZHU_OK);
}

static void use(huzhu_ruleset *rules)
{
    const huzhu_plan *plan = huzhu_ruleset_plan_at(rules, 0);
    huzhu_claim *claim;
    huzhu_decision *decision;
    huzhu_output *output;
    if (plan == NULL) return;
    must(huzhu_claim_new(plan, &claim) == HUZHU_OK && huzhu_decision_new(NULL, &decision) == HUZHU_OK && huzhu_output_new(NULL, &output) == HUZHU_OK);
    for (unsigned turn = 0; turn < 6; turn++) decide(plan, claim, decision, turn);
    must(huzhu_plan_show(plan, "2016-01-01", HUZHU_NUL, HUZHU_ZH, output) == HUZHU_OK);
    must(huzhu_plan_disassemble(plan, output) == HUZHU_OK);
    must(huzhu_plan_figures(plan, output) == HUZHU_OK);
    must(huzhu_ruleset_handbook(rules, HUZHU_EN, output) == HUZHU_OK);
    huzhu_output_free(output);
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    huzhu_file files[] = {{"ruleset.yaml", manifest, sizeof manifest - 1}, {"stay.yaml", (const char *)data, size}};
    huzhu_load_options options = {.struct_size = sizeof options, .memory_limit = UINT64_C(64) << 20};
    huzhu_diagnostics *diagnostics;
    huzhu_ruleset *rules = NULL;
    must(huzhu_diagnostics_new(NULL, &diagnostics) == HUZHU_OK);
    huzhu_status status = huzhu_ruleset_load_files(files, 2, &options, diagnostics, &rules);
    must((status == HUZHU_OK) == (rules != NULL));
    must(status == HUZHU_OK || status == HUZHU_LIMIT || huzhu_diagnostics_count(diagnostics) > 0);
    if (rules != NULL) use(rules);
    huzhu_ruleset_release(rules);
    huzhu_diagnostics_free(diagnostics);
    return 0;
}
