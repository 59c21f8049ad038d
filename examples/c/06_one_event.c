/* 06_one_event.c - one stay in hospital under two plans, each with a cover and counters of its own: one event in, one
 * decision with a part per plan out.
 *
 *     cc 06_one_event.c $(pkg-config --cflags --libs huzhu) -o event && ./event path/to/rulesets/beijing
 */
#include <huzhu/huzhu.h>
#include <stdio.h>

/* A name goes to every plan that has the input; with a plan before it, to that one. */
static const char *const stay[][2] = {
    {"member", "BJ-000123"},
    {"inpatient-allowance.cover", "BJ-000123-2016"},
    {"inpatient-allowance.cover_start", "2016-01-01"},
    {"inpatient-allowance.cover_end", "2016-12-31"},
    {"admitted", "2016-03-01"},
    {"discharged", "2016-03-29"},
    {"hospital_level", "3"},
    {"cause", "illness"},
    {"served", "2016-03-29"},
    {"member_class", "model"},
    {"in_service", "true"},
    {"insured", "true"},
    {"dues_paid", "true"},
    {"managed", "true"},
    {"card", "true"},
    {"stay_self_paid", "6300.00"},
    {"stay_days", "28"},
};

static huzhu_status ask(huzhu_claim *event, const huzhu_ruleset *ruleset, const char *id)
{
    const huzhu_plan *plan;
    huzhu_status status = huzhu_ruleset_plan_find(ruleset, id, HUZHU_NUL, &plan);
    return status == HUZHU_OK ? huzhu_event_ask(event, plan) : status;
}

static void print(huzhu_decision *decision)
{
    huzhu_decision *part;
    huzhu_counter_view counter = {.struct_size = sizeof counter};
    printf("%s %s\n", huzhu_outcome_name(huzhu_decision_outcome(decision)).data, huzhu_decision_total_text(decision).data);
    for (size_t i = 0; huzhu_decision_part_at(decision, i, &part) == HUZHU_OK; i++) {
        printf("  %s: %s %s\n", huzhu_plan_id(huzhu_decision_plan(part)).data, huzhu_outcome_name(huzhu_decision_outcome(part)).data,
               huzhu_decision_total_text(part).data);
        for (size_t c = 0; huzhu_decision_counter_at(part, c, &counter) == HUZHU_OK; c++)
            printf("    %s %s = %s\n", counter.name.data, counter.key.data, counter.after.data);
    }
}

int main(int argc, char **argv)
{
    huzhu_ruleset *ruleset = NULL;
    huzhu_claim *event = NULL;
    huzhu_decision *decision = NULL;
    huzhu_status status = huzhu_ruleset_load(argc > 1 ? argv[1] : "rulesets/beijing", NULL, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_event_new(ruleset, &event);
    if (status == HUZHU_OK) status = ask(event, ruleset, "inpatient-allowance");
    if (status == HUZHU_OK) status = ask(event, ruleset, "medical-reimbursement");
    if (status == HUZHU_OK) status = huzhu_decision_new(NULL, &decision);
    for (size_t i = 0; i < sizeof stay / sizeof *stay && status == HUZHU_OK; i++)
        status = huzhu_claim_set(event, stay[i][0], stay[i][1], HUZHU_NUL);
    if (status == HUZHU_OK) status = huzhu_claim_set_fresh(event, 1); /* the first stay of this cover and year */
    if (status == HUZHU_OK) status = huzhu_claim_evaluate(event, decision);
    if (status == HUZHU_OK) print(decision);
    huzhu_decision_free(decision);
    huzhu_claim_free(event);
    huzhu_ruleset_release(ruleset);
    return status;
}
