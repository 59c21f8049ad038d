/* 02_year.c - a year of one member's claims under the second reimbursement: out-patient costs by quarter, two stays, the
 * part above the insurance cap; then a correction. The library's ledger keeps the counters from claim to claim; a host
 * with a database keeps them itself, as 01_settle.c does.
 *
 *     cc 02_year.c $(pkg-config --cflags --libs huzhu) -o year && ./year path/to/rulesets/beijing
 */
#include <huzhu/huzhu.h>
#include <stdio.h>

/* What is claimed on a day; the other inputs are the member's. */
typedef struct bill { const char *id, *served, *input, *yuan; } bill;

static const bill year[] = {
    {"Q1", "2016-03-31", "outpatient_to_date", "2300"},   /* 门诊自付一，当年累计 */
    {"S1", "2016-04-20", "stay_self_paid", "6300"},       /* 住院自付一 */
    {"Q2", "2016-06-30", "outpatient_to_date", "4300"},
    {"S2", "2016-09-11", "stay_self_paid", "3650"},
    {"OC", "2016-12-31", "over_cap_self_paid", "400000"}, /* 封顶线以上 */
};

static huzhu_status settle(huzhu_claim *claim, huzhu_decision *decision, huzhu_ledger *ledger, const bill *bill)
{
    static const char *const same[][2] = {
        {"member", "BJ-000123"}, {"member_class", "ordinary"}, {"in_service", "true"}, {"insured", "true"},
        {"dues_paid", "true"}, {"managed", "true"}, {"card", "true"}, {"stay_days", "12"}, {"claimed", "2017-01-10"}};
    huzhu_claim_reset(claim);
    huzhu_claim_set_id(claim, bill->id, HUZHU_NUL);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) huzhu_claim_set(claim, same[i][0], same[i][1], HUZHU_NUL);
    huzhu_claim_set(claim, "served", bill->served, HUZHU_NUL);
    huzhu_claim_set(claim, bill->input, bill->yuan, HUZHU_NUL);
    huzhu_status status = huzhu_ledger_fill(ledger, claim);
    if (status == HUZHU_OK) status = huzhu_claim_evaluate(claim, decision);
    if (status == HUZHU_OK) status = huzhu_ledger_apply(ledger, decision);
    if (status != HUZHU_OK) return status;
    huzhu_text outcome = huzhu_outcome_name(huzhu_decision_outcome(decision)), text;
    printf("%s  %s  %9s  %s\n", bill->id, bill->served, huzhu_decision_total_text(decision).data, outcome.data);
    for (size_t i = 0; huzhu_decision_reason_text(decision, i, HUZHU_ZH, &text) == HUZHU_OK; i++) printf("      %s\n", text.data);
    return HUZHU_OK;
}

/* The first stay was billed twice: what came after it under the member's keys goes first, and is settled again. */
static huzhu_status correct(huzhu_claim *claim, huzhu_decision *decision, huzhu_ledger *ledger, const huzhu_plan *plan)
{
    int64_t fen = 0, back = 0;
    huzhu_status status = huzhu_ledger_reverse(ledger, plan, "S1", HUZHU_NUL, NULL, &fen);
    printf("take back S1: %s\n", huzhu_status_text(status));
    status = HUZHU_OK;
    for (int i = 4; i >= 1 && status == HUZHU_OK; i--, back += fen)
        status = huzhu_ledger_reverse(ledger, plan, year[i].id, HUZHU_NUL, NULL, &fen);
    printf("taken back: %lld.%02lld\n", (long long)(back / 100), (long long)(-back % 100));
    for (int i = 2; i <= 4 && status == HUZHU_OK; i++) status = settle(claim, decision, ledger, &year[i]);
    return status;
}

int main(int argc, char **argv)
{
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    huzhu_ledger *ledger = NULL;
    huzhu_status status = huzhu_ruleset_load(argc > 1 ? argv[1] : "rulesets/beijing", NULL, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "medical-reimbursement", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = huzhu_claim_new(plan, &claim);
    if (status == HUZHU_OK) status = huzhu_decision_new(NULL, &decision);
    if (status == HUZHU_OK) status = huzhu_ledger_new(NULL, &ledger);
    if (status == HUZHU_OK) status = huzhu_ledger_keep_claims(ledger);
    for (size_t i = 0; i < sizeof year / sizeof *year && status == HUZHU_OK; i++) status = settle(claim, decision, ledger, &year[i]);
    if (status == HUZHU_OK) status = correct(claim, decision, ledger, plan);
    huzhu_ledger_free(ledger);
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
    huzhu_ruleset_release(ruleset);
    return status;
}
