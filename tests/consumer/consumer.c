/* consumer.c - the smallest host: versions agree, a ruleset loads, a claim is settled. */
#include <huzhu/huzhu.h>

#include <stdio.h>
#include <string.h>

static int fail(const char *what)
{
    fprintf(stderr, "failed: %s\n", what);
    return 1;
}

int main(int argc, char **argv)
{
    huzhu_ruleset *rules = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    int64_t total = 0;
    if (huzhu_abi_version() != HUZHU_ABI_VERSION) return fail("another ABI than the header's");
    if (argc != 2 || huzhu_ruleset_load(argv[1], NULL, NULL, &rules) != HUZHU_OK) return fail("load");
    if (huzhu_ruleset_plan_find(rules, "inpatient-allowance", HUZHU_NUL, &plan) != HUZHU_OK) return fail("plan");
    if (huzhu_claim_new(plan, &claim) != HUZHU_OK || huzhu_decision_new(NULL, &decision) != HUZHU_OK) return fail("new");
    static const char text[] = "{\"member\":\"m\",\"cover\":\"c\",\"cover_start\":\"2016-01-01\",\"cover_end\":\"2016-12-31\","
                               "\"admitted\":\"2016-03-01\",\"discharged\":\"2016-03-11\",\"hospital_level\":3,\"cause\":\"illness\"}";
    if (huzhu_claim_read_json(claim, text, sizeof text - 1) != HUZHU_OK) return fail("claim");
    if (huzhu_claim_set_fresh(claim, 1) != HUZHU_OK || huzhu_claim_evaluate(claim, decision) != HUZHU_OK) return fail("evaluate");
    if (huzhu_decision_total(decision, &total) != HUZHU_OK || total != 36000) return fail("total");
    printf("%s %s\n", huzhu_version_text(), huzhu_decision_total_text(decision).data);
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
    huzhu_ruleset_release(rules);
    return 0;
}
