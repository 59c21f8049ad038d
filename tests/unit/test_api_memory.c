/* test_api_memory.c - the promises of a good guest: every allocation may fail and nothing leaks, after a warm-up
 * nothing is allocated, and threads share a ruleset. */
#include "api_case.h"

#include <pthread.h>

/* Everything a host does, with one allocator; the first status that is not HUZHU_OK, or HUZHU_OK. */
static huzhu_status whole_life(const huzhu_allocator *allocator, const huzhu_file *files, size_t count)
{
    static const char *const claims[] = {"{\"id\":\"1\"," GOOD ",\"remark\":\"a \\u6ce8\",\"counters\":{\"times\":1}}",
                                         "{" GOOD ",\"x\":1}", "{\"member\":\"M-2\",\"kind\":\"flood\"}",
                                         "{\"ask\":\"enrolment\",\"day\":\"2016-03-01\"}", "{\"id\":\"2\",\"reverses\":\"1\"}"};
    huzhu_load_options options = {.struct_size = sizeof options, .allocator = allocator};
    huzhu_ruleset *ruleset = NULL;
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    huzhu_ledger *ledger = NULL;
    huzhu_output *output = NULL;
    huzhu_benefit_view benefit = {.struct_size = sizeof benefit};
    huzhu_basis_view basis = {.struct_size = sizeof basis};
    huzhu_text text;
    huzhu_status status = huzhu_diagnostics_new(allocator, &diagnostics);
    if (status == HUZHU_OK) status = huzhu_ruleset_load_files(files, count, &options, diagnostics, &ruleset);
    if (status == HUZHU_OK) status = huzhu_claim_new(huzhu_ruleset_plan_at(ruleset, 0), &claim);
    if (status == HUZHU_OK) status = huzhu_decision_new(allocator, &decision);
    if (status == HUZHU_OK) status = huzhu_ledger_new(allocator, &ledger);
    if (status == HUZHU_OK) status = huzhu_output_new(allocator, &output);
    if (status == HUZHU_OK) status = huzhu_ledger_keep_claims(ledger);
    for (size_t i = 0; i < sizeof claims / sizeof *claims && status == HUZHU_OK; i++) {
        size_t before = huzhu_output_text(output).size;
        status = huzhu_settle_json(claim, decision, ledger, claims[i], HUZHU_NUL, HUZHU_ZH, i + 1, output);
        HZ_CHECK(status == HUZHU_OK || huzhu_output_text(output).size == before);
        bool decided = huzhu_decision_outcome(decision) != 0; /* a reversal is no decision */
        for (uint32_t format = 0; decided && format < 2 && status == HUZHU_OK; format++)
            status = huzhu_decision_explain(decision, HUZHU_EN, format, &text);
        if (status == HUZHU_OK && huzhu_decision_benefit_count(decision) > 0)
            status = huzhu_decision_benefit_at(decision, 0, &benefit);
        if (status == HUZHU_OK && huzhu_decision_basis_count(decision) > 0)
            status = huzhu_decision_basis_at(decision, 0, &basis);
        for (size_t j = 0; j < huzhu_decision_reason_count(decision) && status == HUZHU_OK; j++)
            status = huzhu_decision_reason_text(decision, j, HUZHU_EN, &text);
    }
    if (status == HUZHU_OK)
        status = huzhu_plan_show(huzhu_ruleset_plan_at(ruleset, 0), "2016-01", HUZHU_NUL, HUZHU_ZH, output);
    if (status == HUZHU_OK) status = huzhu_plan_disassemble(huzhu_ruleset_plan_at(ruleset, 0), output);
    if (status == HUZHU_OK) status = huzhu_ruleset_handbook(ruleset, HUZHU_ZH, output);
    if (status == HUZHU_OK) status = huzhu_plan_figures(huzhu_ruleset_plan_at(ruleset, 0), output);
    /* Who is freed first does not matter. */
    huzhu_ruleset_release(ruleset);
    huzhu_output_free(output);
    huzhu_claim_free(claim);
    huzhu_ledger_free(ledger);
    huzhu_decision_free(decision);
    huzhu_diagnostics_free(diagnostics);
    return status;
}

/* Makes allocation 1, 2, … fail until one round is left alone; each failing round ends cleanly and leaves nothing. */
static void fail_each(const huzhu_file *files, size_t count, huzhu_status end)
{
    size_t calls = 0;
    huzhu_status status = HUZHU_NO_MEMORY;
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 100000; k++) {
        hz_leak leak = {.fail_at = k};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        status = whole_life(&allocator, files, count);
        bool clean = HZ_CHECK_EQ_INT(leak.blocks, 0) && HZ_CHECK(!leak.wrong_size) &&
                     HZ_CHECK(status == HUZHU_NO_MEMORY || leak.calls < k);
        calls = leak.calls;
        if (!clean) {
            fprintf(stderr, "  at allocation %zu\n", k);
            return;
        }
    }
    HZ_CHECK_EQ_INT(status, end);
    HZ_CHECK(calls > 5);
}

HZ_TEST(memory_each_allocation_fails)
{
    api_file plan = api_read(CLAIM_RULES "/all-types.yaml"), manifest = api_read(CLAIM_RULES "/ruleset.yaml");
    huzhu_file files[] = {{"ruleset.yaml", manifest.data, manifest.size}, {"all-types.yaml", plan.data, plan.size}};
    fail_each(files, 2, HUZHU_OK);
    /* And of a plan with many errors: the diagnostics need memory as well. */
    char *broken = strstr(plan.data, "values:\n  counted");
    if (HZ_CHECK(broken != NULL)) {
        memcpy(broken, "valves", 6);
        fail_each(files, 2, HUZHU_RULES);
    }
    free(plan.data);
    free(manifest.data);
}

/* Loading alone: a table that is looked up takes memory in ways of its own. */
HZ_TEST(memory_of_long_tables)
{
    static char plan[1 << 17];
    static const char manifest[] = "ruleset: long\nformat: 1\nversion: '1'\ncurrency: CNY\nsources:\n  s: {gives: published}\n";
    size_t at = (size_t)snprintf(plan, sizeof plan, "plan: p\ntitle: {zh: 长, en: long}\nfrom: 2015-07\ndated by: day\ninputs:\n  day: {type: date, zh: 日}\n"
                                                    "  t: {type: text, zh: 文}\ntables:\n  fee:\n    inputs: [t]\n    gives: {y: CNY}\n    always:\n      source: s\n      rows:\n");
    for (int i = 0; i < 1500; i++) at += (size_t)snprintf(plan + at, sizeof plan - at, "        - {t: 'A%d\\.x', y: %d}\n", i, i);
    snprintf(plan + at, sizeof plan - at, "benefits:\n  due: {zh: 津贴, amount: y}\n");
    const huzhu_file files[] = {{"ruleset.yaml", manifest, sizeof manifest - 1}, {"p.yaml", plan, strlen(plan)}};
    huzhu_status status = HUZHU_NO_MEMORY;
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 1000; k++) {
        hz_leak leak = {.fail_at = k};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        huzhu_load_options options = {.struct_size = sizeof options, .allocator = &allocator};
        huzhu_ruleset *ruleset = NULL;
        status = huzhu_ruleset_load_files(files, 2, &options, NULL, &ruleset);
        huzhu_ruleset_release(ruleset);
        if (!HZ_CHECK_EQ_INT(leak.blocks, 0) || !HZ_CHECK(!leak.wrong_size)) return;
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
}

/* What libyaml takes comes from malloc itself; so does the rest without an allocator. */
HZ_TEST(memory_each_malloc_fails)
{
    api_file plan = api_read(CLAIM_RULES "/all-types.yaml"), manifest = api_read(CLAIM_RULES "/ruleset.yaml");
    huzhu_file files[] = {{"ruleset.yaml", manifest.data, manifest.size}, {"all-types.yaml", plan.data, plan.size}};
    huzhu_status status = HUZHU_NO_MEMORY;
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 100000; k++) {
        hz_leak leak = {0};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        hz_fail_malloc_at(k);
        status = whole_life(&allocator, files, 2);
        bool reached = hz_malloc_calls() >= k;
        hz_fail_malloc_at(0);
        HZ_CHECK_EQ_INT(leak.blocks, 0);
        if (!HZ_CHECK(status == HUZHU_NO_MEMORY || !reached)) {
            fprintf(stderr, "  at malloc %zu: status %d\n", k, (int)status);
            break;
        }
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
    free(plan.data);
    free(manifest.data);
}

/* ---- warm ---- */

static void decide_all(huzhu_claim *claim, huzhu_decision *decision, huzhu_text *text)
{
    static const char *const claims[] = {"{\"id\":\"1\"," GOOD ",\"remark\":\"a \\u6ce8\"}",
                                         "{" GOOD ",\"loss\":9999.99}",
                                         "{" GOOD ",\"x\":1}",
                                         "{" GOOD,
                                         "{\"member\":\"M-2\",\"kind\":\"flood\"}",
                                         "{" GOOD ",\"remark\":\"none\"}"};
    huzhu_benefit_view benefit = {.struct_size = sizeof benefit};
    huzhu_counter_view counter = {.struct_size = sizeof counter};
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        huzhu_status status = huzhu_claim_read_json(claim, claims[i], HUZHU_NUL);
        HZ_CHECK(status == HUZHU_OK || status == HUZHU_DATA);
        HZ_CHECK_EQ_INT(huzhu_claim_set_fresh(claim, 1), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_evaluate(claim, decision), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_decision_json(decision, HUZHU_ZH, i + 1, text), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_decision_explain(decision, HUZHU_ZH, HUZHU_EXPLAIN_TEXT, text), HUZHU_OK);
        for (size_t j = 0; j < huzhu_decision_benefit_count(decision); j++)
            HZ_CHECK_EQ_INT(huzhu_decision_benefit_at(decision, j, &benefit), HUZHU_OK);
        for (size_t j = 0; j < huzhu_decision_counter_count(decision); j++)
            HZ_CHECK_EQ_INT(huzhu_decision_counter_at(decision, j, &counter), HUZHU_OK);
        /* An input that is set again does not grow the claim. */
        for (int j = 0; j < 100; j++)
            HZ_CHECK_EQ_INT(huzhu_claim_set_text(claim, REMARK, j % 2 == 0 ? "some remark" : "another", HUZHU_NUL),
                            HUZHU_OK);
    }
}

HZ_TEST(memory_warm_is_silent)
{
    hz_leak leak = {0};
    huzhu_allocator allocator = hz_leak_allocator(&leak);
    huzhu_load_options options = {.struct_size = sizeof options, .allocator = &allocator};
    huzhu_ruleset *ruleset = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    huzhu_text text;
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options, NULL, &ruleset), HUZHU_OK);
    if (ruleset != NULL && HZ_CHECK_EQ_INT(huzhu_claim_new(huzhu_ruleset_plan_at(ruleset, 0), &claim), HUZHU_OK) &&
        HZ_CHECK_EQ_INT(huzhu_decision_new(&allocator, &decision), HUZHU_OK)) {
        decide_all(claim, decision, &text);
        size_t calls = leak.calls;
        hz_fail_malloc_at(0);
        for (int i = 0; i < 10; i++) decide_all(claim, decision, &text);
        HZ_CHECK_EQ_INT(leak.calls, calls);
        HZ_CHECK_EQ_INT(hz_malloc_calls(), 0);
    }
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
    huzhu_ruleset_release(ruleset);
    HZ_CHECK_EQ_INT(leak.blocks, 0);
}

/* ---- threads ---- */

typedef struct worker {
    huzhu_ruleset *ruleset;
    int64_t sum;
    bool well;
} worker;

static void *work(void *context)
{
    worker *self = context;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    char json[200];
    self->well = huzhu_claim_new(huzhu_ruleset_plan_at(self->ruleset, 0), &claim) == HUZHU_OK &&
                 huzhu_decision_new(NULL, &decision) == HUZHU_OK;
    for (int i = 0; i < 500 && self->well; i++) {
        int64_t minor = 0;
        huzhu_text text;
        snprintf(json, sizeof json, "{\"member\":\"M-%d\",\"day\":\"2016-03-01\",\"kind\":\"fire\",\"people\":%d}", i,
                 i % 9 + 1);
        self->well = huzhu_claim_read_json(claim, json, HUZHU_NUL) == HUZHU_OK &&
                     huzhu_claim_set_fresh(claim, 1) == HUZHU_OK && huzhu_claim_evaluate(claim, decision) == HUZHU_OK &&
                     huzhu_decision_total(decision, &minor) == HUZHU_OK &&
                     huzhu_decision_json(decision, HUZHU_ZH, 0, &text) == HUZHU_OK;
        huzhu_ruleset_release(huzhu_ruleset_retain(self->ruleset));
        self->sum += minor;
    }
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
    huzhu_ruleset_release(self->ruleset);
    return NULL;
}

HZ_TEST(threads_share_a_ruleset)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    worker workers[THREADS] = {{0}};
    huzhu_ruleset *ruleset = NULL;
    int started = 0;
    if (!HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, NULL, NULL, &ruleset), HUZHU_OK)) return;
    for (; started < THREADS; started++) {
        workers[started].ruleset = huzhu_ruleset_retain(ruleset);
        if (!HZ_CHECK(pthread_create(&threads[started], NULL, work, &workers[started]) == 0)) break;
    }
    huzhu_ruleset_release(ruleset); /* the last thread to end frees it */
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        HZ_CHECK(workers[i].well);
        HZ_CHECK_EQ_INT(workers[i].sum, workers[0].sum);
    }
}
