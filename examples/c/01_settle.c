/* 01_settle.c - settles two stays of one member; this program keeps the counters, as a host with a database does.
 *
 *     cc 01_settle.c $(pkg-config --cflags --libs huzhu) -o settle && ./settle path/to/rulesets/beijing
 */
#include <huzhu/huzhu.h>
#include <stdio.h>

/* Looked up once; an index that no input has is refused by every setter. */
static size_t input(const huzhu_plan *plan, const char *name)
{
    size_t index = (size_t)-1;
    huzhu_plan_input_find(plan, name, HUZHU_NUL, &index);
    return index;
}

static void print(huzhu_decision *decision)
{
    huzhu_text text = huzhu_outcome_name(huzhu_decision_outcome(decision));
    printf("%s %s\n", text.data, huzhu_decision_total_text(decision).data);
    for (size_t i = 0; i < huzhu_decision_reason_count(decision); i++)
        if (huzhu_decision_reason_text(decision, i, HUZHU_ZH, &text) == HUZHU_OK) printf("  %s\n", text.data);
}

/* Takes over what the claim moved: a host writes it to its database, under counter.key. */
static void keep(const huzhu_decision *decision, int64_t *counters)
{
    huzhu_counter_view counter = {.struct_size = sizeof counter};
    for (size_t i = 0; huzhu_decision_counter_at(decision, i, &counter) == HUZHU_OK; i++) {
        counters[counter.counter] = counter.after_value;
        printf("  %s: %s + %s = %s\n", counter.name.data, counter.before.data, counter.change.data, counter.after.data);
    }
}

static void settle(const huzhu_plan *plan, huzhu_claim *claim, huzhu_decision *decision)
{
    static const int stays[2][2][3] = {{{2024, 1, 8}, {2024, 6, 20}}, {{2024, 8, 19}, {2024, 9, 24}}};
    int64_t counters[16] = {0}; /* this member and cover are new: everything is 0 */
    size_t admitted = input(plan, "admitted"), discharged = input(plan, "discharged");
    for (int i = 0; i < 2; i++) {
        huzhu_claim_reset(claim);
        /* From text, by name, and from C types, by index. A value that does not fit makes the decision an error. */
        huzhu_claim_set(claim, "member", "BJ-000123", HUZHU_NUL);
        huzhu_claim_set(claim, "cover", "BJ-000123-2024", HUZHU_NUL);
        huzhu_claim_set(claim, "cover_start", "2024-01-01", HUZHU_NUL);
        huzhu_claim_set(claim, "cover_end", "2024-12-31", HUZHU_NUL);
        huzhu_claim_set(claim, "cause", "illness", HUZHU_NUL);
        huzhu_claim_set_date(claim, admitted, stays[i][0][0], stays[i][0][1], stays[i][0][2]);
        huzhu_claim_set_date(claim, discharged, stays[i][1][0], stays[i][1][1], stays[i][1][2]);
        huzhu_claim_set_decimal(claim, input(plan, "hospital_level"), 3, 0);
        for (size_t c = 0; c < huzhu_plan_counter_count(plan) && c < 16; c++)
            huzhu_claim_set_counter(claim, c, counters[c]);
        if (huzhu_claim_evaluate(claim, decision) != HUZHU_OK) return;
        print(decision);
        keep(decision, counters);
    }
}

int main(int argc, char **argv)
{
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_ruleset *ruleset = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_diagnostics_new(NULL, &diagnostics); /* without memory it stays NULL, which the load accepts */
    huzhu_status status = huzhu_ruleset_load(argc > 1 ? argv[1] : "rulesets/beijing", NULL, diagnostics, &ruleset);
    fputs(huzhu_diagnostics_text(diagnostics).data, stderr);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "inpatient-allowance", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = huzhu_claim_new(plan, &claim);
    if (status == HUZHU_OK) status = huzhu_decision_new(NULL, &decision);
    if (status == HUZHU_OK) settle(plan, claim, decision);
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
    huzhu_ruleset_release(ruleset);
    huzhu_diagnostics_free(diagnostics);
    fputs(status == HUZHU_OK ? "" : huzhu_status_text(status), stderr);
    return status;
}
