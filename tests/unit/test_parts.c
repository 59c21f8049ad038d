/* test_parts.c - events under several plans through the public header: each part is what its plan alone answers, every
 * allocation may fail, a warm event takes no memory. The rules are those of the golden events (tests/golden/packages). */
#include "api_case.h"

#define MINI HZ_TEST_ROOT "/tests/golden/packages/rules"

/* Inputs of the plans womens and stay, without braces. */
#define COMMON  "\"member\":\"M-1\",\"cover\":\"C-1\",\"cover_start\":\"2020-01-01\""
#define WOMENS  "\"diagnosed\":\"2020-03-05\",\"icd10\":\"C50\",\"units\":2"
#define STAY    "\"cover_end\":\"2020-12-31\",\"admitted\":\"2020-03-01\",\"discharged\":\"2020-03-11\""

/* Claims under one plan alone, and the same as parts of one event. */
static void part_json(huzhu_ruleset *ruleset, const char *plan, const char *inputs, char *out, size_t room)
{
    const huzhu_plan *found = NULL;
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    huzhu_text text = {"", 0};
    char json[400];
    snprintf(json, sizeof json, "{" COMMON ",%s}", inputs);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, plan, HUZHU_NUL, &found), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_new(found, &claim), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &decision), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_read_json(claim, json, HUZHU_NUL), HUZHU_OK);
    huzhu_claim_set_fresh(claim, 1);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(claim, decision), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_json(decision, HUZHU_EN, 0, &text), HUZHU_OK);
    const char *begin = strstr(text.data, "\"plan\""), *end = strstr(text.data, ",\"ruleset\"");
    if (HZ_CHECK(begin != NULL && end != NULL)) snprintf(out, room, "{%.*s}", (int)(end - begin), begin);
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
}

HZ_TEST(parts_answer_as_alone)
{
    huzhu_ruleset *ruleset = NULL;
    huzhu_claim *event = NULL;
    huzhu_decision *decision = NULL, *part = NULL;
    const huzhu_plan *womens = NULL, *stay = NULL;
    char first[4000] = "", second[4000] = "", both[8100];
    huzhu_text text = {"", 0};
    int64_t total = 0;
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(MINI, NULL, NULL, &ruleset), HUZHU_OK);
    if (ruleset == NULL) return;
    part_json(ruleset, "womens", WOMENS, first, sizeof first);
    part_json(ruleset, "stay", STAY, second, sizeof second);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "womens", HUZHU_NUL, &womens), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "stay", HUZHU_NUL, &stay), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_event_new(ruleset, &event), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &decision), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_event_ask(event, womens), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_event_ask(event, stay), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_event_ask(event, stay), HUZHU_INVALID_ARGUMENT);
    static const char *const inputs[][2] = {{"member", "M-1"}, {"cover", "C-1"}, {"cover_start", "2020-01-01"},
        {"womens.diagnosed", "2020-03-05"}, {"icd10", "C50"}, {"units", "2"}, {"cover_end", "2020-12-31"},
        {"stay.admitted", "2020-03-01"}, {"discharged", "2020-03-11"}};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        HZ_CHECK_EQ_INT(huzhu_claim_set(event, inputs[i][0], inputs[i][1], HUZHU_NUL), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_set(event, "stay.diagnosed", "2020-03-05", HUZHU_NUL), HUZHU_NOT_FOUND);
    HZ_CHECK_EQ_INT(huzhu_claim_set(event, "units", "10", HUZHU_NUL), HUZHU_DATA);
    HZ_CHECK_EQ_INT(huzhu_claim_set(event, "units", "2", HUZHU_NUL), HUZHU_OK);
    huzhu_claim_set_fresh(event, 1);
    HZ_CHECK_EQ_INT(huzhu_decision_part_at(decision, 0, &part), HUZHU_STATE);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(event, decision), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_outcome(decision), HUZHU_PAID);
    HZ_CHECK_EQ_INT(huzhu_decision_total(decision, &total), HUZHU_OK);
    HZ_CHECK_EQ_INT(total, 3000000 + 36000);
    HZ_CHECK(huzhu_decision_plan(decision) == NULL);
    snprintf(both, sizeof both, "\"parts\":[%s,%s]", first, second);
    HZ_CHECK_EQ_INT(huzhu_decision_json(decision, HUZHU_EN, 0, &text), HUZHU_OK);
    HZ_CHECK(strstr(text.data, both) != NULL);
    HZ_CHECK_EQ_INT(huzhu_decision_part_count(decision), 2);
    HZ_CHECK_EQ_INT(huzhu_decision_part_at(decision, 2, &part), HUZHU_INVALID_ARGUMENT);
    if (HZ_CHECK_EQ_INT(huzhu_decision_part_at(decision, 1, &part), HUZHU_OK)) {
        huzhu_counter_view counter = {.struct_size = sizeof counter};
        HZ_CHECK(huzhu_decision_plan(part) == stay);
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(part)), "360.00");
        HZ_CHECK_EQ_INT(huzhu_decision_counter_at(part, 0, &counter), HUZHU_OK);
        HZ_CHECK_STR(api_str(counter.key), "{\"member\":\"M-1\",\"cover\":\"C-1\"}");
    }
    huzhu_claim_free(event);
    huzhu_ruleset_release(ruleset);
    HZ_CHECK_STR(api_str(huzhu_decision_total_text(decision)), "30360.00"); /* it keeps the rules */
    huzhu_decision_free(decision);
}

/* ---- memory ---- */

static const char *const events[] = {
    "{\"plans\":[\"womens\",\"stay\"]," COMMON "," WOMENS "," STAY "}",
    "{\"id\":\"1\",\"plans\":[\"stay\",\"death\"]," COMMON "," STAY ",\"counters\":{\"stay\":{\"days_paid\":{\"after\":\"9\"}}}}",
    "{\"plans\":[\"womens\",\"stay\"]," COMMON "," WOMENS ",\"memb\\u0065r\":\"M-\\u4e00\"}",
    "{\"plans\":[\"womens\",\"stay\"],\"m\\u0065mber\":\"M-\\u4e00\",\"womens.cover\":\"C-\\u4e00\",\"counters\":{\"womens\":{\"cover_\\u0065nded\":true}}}",
    "{\"plans\":[\"none\"]}", "{\"plans\":[]}", "{\"ask\":\"enrolment\",\"plans\":[\"womens\"]," COMMON "}"};

static huzhu_status settle_all(huzhu_claim *event, huzhu_decision *decision, huzhu_ledger *ledger, huzhu_output *output)
{
    huzhu_status status = HUZHU_OK;
    huzhu_text text;
    for (size_t i = 0; i < sizeof events / sizeof *events && status == HUZHU_OK; i++) {
        size_t before = huzhu_output_text(output).size;
        status = huzhu_settle_json(event, decision, ledger, events[i], HUZHU_NUL, HUZHU_ZH, i + 1, output);
        HZ_CHECK(status == HUZHU_OK || huzhu_output_text(output).size == before);
        for (uint32_t format = 0; format < 2 && status == HUZHU_OK; format++)
            status = huzhu_decision_explain(decision, HUZHU_EN, format, &text);
        for (size_t p = 0; p < huzhu_decision_part_count(decision) && status == HUZHU_OK; p++) {
            huzhu_decision *part = NULL;
            huzhu_claim *claim = NULL;
            huzhu_benefit_view benefit = {.struct_size = sizeof benefit};
            status = huzhu_decision_part_at(decision, p, &part);
            if (status == HUZHU_OK && huzhu_decision_benefit_count(part) > 0)
                status = huzhu_decision_benefit_at(part, 0, &benefit);
            if (status == HUZHU_OK) status = huzhu_claim_part_at(event, p, &claim);
        }
        size_t count;
        if (status == HUZHU_OK) status = huzhu_claim_find_counters(event, decision, &count);
    }
    return status;
}

static huzhu_status event_life(const huzhu_allocator *allocator, huzhu_ruleset *ruleset, size_t rounds, hz_leak *leak)
{
    huzhu_claim *event = NULL;
    huzhu_decision *decision = NULL;
    huzhu_ledger *ledger = NULL;
    huzhu_output *output = NULL;
    huzhu_status status = huzhu_event_new(ruleset, &event);
    if (status == HUZHU_OK) status = huzhu_decision_new(allocator, &decision);
    if (status == HUZHU_OK) status = huzhu_ledger_new(allocator, &ledger);
    if (status == HUZHU_OK) status = huzhu_output_new(allocator, &output);
    size_t warm = 0;
    for (size_t i = 0; i < rounds && status == HUZHU_OK; i++) {
        huzhu_output_clear(output);
        status = settle_all(event, decision, ledger, output);
        if (i == 1) warm = leak->calls;
    }
    if (rounds > 2 && status == HUZHU_OK) HZ_CHECK_EQ_INT(leak->calls, warm);
    huzhu_output_free(output);
    huzhu_claim_free(event);
    huzhu_ledger_free(ledger);
    huzhu_decision_free(decision);
    return status;
}

HZ_TEST(parts_memory)
{
    hz_leak leak = {0};
    huzhu_allocator allocator = hz_leak_allocator(&leak);
    huzhu_load_options options = {.struct_size = sizeof options, .allocator = &allocator};
    huzhu_ruleset *ruleset = NULL;
    huzhu_status status = HUZHU_NO_MEMORY;
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(MINI, &options, NULL, &ruleset), HUZHU_OK);
    if (ruleset == NULL) return;
    size_t blocks = leak.blocks;
    HZ_CHECK_EQ_INT(event_life(&allocator, ruleset, 5, &leak), HUZHU_OK);
    HZ_CHECK_EQ_INT(leak.blocks, blocks);
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 10000; k++) {
        leak.calls = 0;
        leak.fail_at = k;
        status = event_life(&allocator, ruleset, 1, &leak);
        if (!HZ_CHECK_EQ_INT(leak.blocks, blocks) || !HZ_CHECK(!leak.wrong_size)) {
            fprintf(stderr, "  at allocation %zu\n", k);
            break;
        }
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
    leak.fail_at = 0;
    huzhu_ruleset_release(ruleset);
    HZ_CHECK_EQ_INT(leak.blocks, 0);
}

/* ---- packages ---- */

/* What the package basic says of its parts, written out by hand: which of them are asked, and what each answers alone. */
typedef struct hand {
    uint32_t outcome;
    int64_t total;
    bool has_total;
} hand;

static hand alone(huzhu_ruleset *ruleset, huzhu_decision *decision, const char *plan, const char *json)
{
    const huzhu_plan *found = NULL;
    huzhu_claim *claim = NULL;
    hand out = {0};
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, plan, HUZHU_NUL, &found), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_new(found, &claim), HUZHU_OK);
    huzhu_claim_read_json(claim, json, HUZHU_NUL);
    huzhu_claim_set_fresh(claim, 1);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(claim, decision), HUZHU_OK);
    out.outcome = huzhu_decision_outcome(decision);
    out.has_total = huzhu_decision_total(decision, &out.total) == HUZHU_OK;
    huzhu_claim_free(claim);
    return out;
}

static hand compose(const hand *parts, size_t count)
{
    static const uint32_t worst_last[] = {HUZHU_NOT_ASKED, HUZHU_REFUSED, HUZHU_NOTHING_DUE, HUZHU_UNDETERMINED,
                                          HUZHU_INCOMPLETE, HUZHU_FAILED, HUZHU_PAID};
    hand whole = {.outcome = HUZHU_NOTHING_DUE, .has_total = true};
    size_t worst = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < sizeof worst_last / sizeof *worst_last; k++)
            if (worst_last[k] == parts[i].outcome && k > worst) whole.outcome = worst_last[worst = k];
        whole.has_total = whole.has_total && parts[i].has_total;
        whole.total += parts[i].total;
    }
    return whole;
}

typedef struct event {
    const char *sex, *admitted, *discharged, *icd10, *diagnosed, *died, *had; /* NULL: not given */
} event;

static void add(char *json, const char *name, const char *value)
{
    size_t used = strlen(json);
    if (value != NULL) snprintf(json + used, 600 - used, ",\"%s\":%s", name, value);
}

static void check_event(huzhu_ruleset *ruleset, huzhu_claim *package, huzhu_decision *decision, huzhu_decision *scratch, const event *e)
{
    char stay[600] = "{" COMMON ",\"cover_end\":\"2020-12-31\"", womens[600] = "{" COMMON ",\"units\":2",
         death[600] = "{\"member\":\"M-1\",\"cover_start\":\"2020-01-01\",\"cover_end\":\"2020-12-31\"", all[600];
    const hand not_asked = {HUZHU_NOT_ASKED, 0, true}, refused = {HUZHU_REFUSED, 0, true}, open = {HUZHU_INCOMPLETE, 0, false};
    hand parts[3] = {not_asked, not_asked, not_asked};
    add(stay, "admitted", e->admitted);
    add(stay, "discharged", e->discharged);
    snprintf(all, sizeof all, "%s", stay);
    add(womens, "icd10", e->icd10);
    add(womens, "diagnosed", e->diagnosed);
    add(womens, "had_before", e->had);
    add(death, "died", e->died);
    add(all, "icd10", e->icd10);
    add(all, "diagnosed", e->diagnosed);
    add(all, "had_before", e->had);
    add(all, "died", e->died);
    add(all, "sex", e->sex);
    char *const texts[] = {stay, womens, death, all};
    for (size_t i = 0; i < 4; i++) strcat(texts[i], "}");
    if (e->admitted != NULL) parts[0] = alone(ruleset, scratch, "stay", stay);
    if (e->icd10 != NULL) {
        parts[1] = alone(ruleset, scratch, "womens", womens);
        if (e->sex != NULL && strcmp(e->sex, "\"male\"") == 0) parts[1] = refused;
        else if (e->sex == NULL && parts[1].outcome != HUZHU_REFUSED && parts[1].outcome != HUZHU_FAILED) parts[1] = open;
    }
    if (e->died != NULL) parts[2] = alone(ruleset, scratch, "death", death);
    hand expected = compose(parts, 3), got = {0};
    huzhu_claim_read_json(package, all, HUZHU_NUL);
    huzhu_claim_set_fresh(package, 1);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(package, decision), HUZHU_OK);
    got.outcome = huzhu_decision_outcome(decision);
    got.has_total = huzhu_decision_total(decision, &got.total) == HUZHU_OK;
    bool same = HZ_CHECK_EQ_INT(got.outcome, expected.outcome) && HZ_CHECK_EQ_INT(got.has_total, expected.has_total) &&
                (!got.has_total || HZ_CHECK_EQ_INT(got.total, expected.total));
    for (size_t i = 0; i < 3; i++) {
        huzhu_decision *part = NULL;
        same &= HZ_CHECK_EQ_INT(huzhu_decision_part_at(decision, i, &part), HUZHU_OK) &&
                HZ_CHECK_EQ_INT(huzhu_decision_outcome(part), parts[i].outcome);
    }
    if (!same) fprintf(stderr, "  of %s\n", all);
}

/* Random packages of three parts against the plans decided one by one. */
HZ_TEST(parts_compose_as_by_hand)
{
    static const char *const days[] = {NULL, "\"2020-01-05\"", "\"2020-03-01\"", "\"2020-06-11\"", "\"2021-02-01\""};
    static const char *const sexes[] = {NULL, "\"female\"", "\"male\""};
    static const char *const diseases[] = {NULL, "\"C50\"", "\"C99\""};
    static const char *const flags[] = {NULL, "true", "false"};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *basic = NULL;
    huzhu_claim *package = NULL;
    huzhu_decision *decision = NULL, *scratch = NULL;
    uint64_t random = 20190101;
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(MINI, NULL, NULL, &ruleset), HUZHU_OK);
    if (ruleset == NULL) return;
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "basic", HUZHU_NUL, &basic), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_claim_new(basic, &package), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &decision), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &scratch), HUZHU_OK);
    for (int i = 0; i < 400; i++) {
        uint32_t pick[7];
        for (int k = 0; k < 7; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            pick[k] = (uint32_t)(random >> 33);
        }
        const event e = {sexes[pick[0] % 3],    days[pick[1] % 5], days[pick[2] % 5], diseases[pick[3] % 3],
                         days[pick[4] % 5], days[pick[5] % 5], flags[pick[6] % 3]};
        check_event(ruleset, package, decision, scratch, &e);
    }
    huzhu_decision_free(scratch);
    huzhu_decision_free(decision);
    huzhu_claim_free(package);
    huzhu_ruleset_release(ruleset);
}

/* Loading packages, and claims under one: each allocation fails in turn. */
static huzhu_status package_life(const huzhu_allocator *allocator)
{
    huzhu_load_options options = {.struct_size = sizeof options, .allocator = allocator};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *basic = NULL;
    huzhu_claim *package = NULL;
    huzhu_decision *decision = NULL;
    huzhu_ledger *ledger = NULL;
    huzhu_output *output = NULL;
    huzhu_text text;
    static const char *const claims[] = {
        "{" COMMON ",\"sex\":\"male\"," STAY ",\"icd10\":\"C50\",\"diagnosed\":\"2020-03-05\"}",
        "{" COMMON "," STAY ",\"icd10\":\"C50\",\"diagnosed\":\"2020-03-05\",\"counters\":{\"womens\":{\"cover_ended\":false}}}"};
    huzhu_status status = huzhu_ruleset_load(MINI, &options, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "basic", HUZHU_NUL, &basic);
    if (status == HUZHU_OK) status = huzhu_claim_new(basic, &package);
    if (status == HUZHU_OK) status = huzhu_decision_new(allocator, &decision);
    if (status == HUZHU_OK) status = huzhu_ledger_new(allocator, &ledger);
    if (status == HUZHU_OK) status = huzhu_output_new(allocator, &output);
    for (size_t i = 0; i < 2 && status == HUZHU_OK; i++) {
        status = huzhu_settle_json(package, decision, ledger, claims[i], HUZHU_NUL, HUZHU_ZH, i + 1, output);
        for (uint32_t format = 0; format < 2 && status == HUZHU_OK; format++)
            status = huzhu_decision_explain(decision, HUZHU_EN, format, &text);
    }
    if (status == HUZHU_OK) status = huzhu_plan_show(basic, "2020-01", HUZHU_NUL, HUZHU_ZH, output);
    huzhu_output_free(output);
    huzhu_ledger_free(ledger);
    huzhu_decision_free(decision);
    huzhu_claim_free(package);
    huzhu_ruleset_release(ruleset);
    return status;
}

HZ_TEST(parts_packages_memory)
{
    huzhu_status status = HUZHU_NO_MEMORY;
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 10000; k++) {
        hz_leak leak = {.fail_at = k};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        status = package_life(&allocator);
        if (!HZ_CHECK_EQ_INT(leak.blocks, 0) || !HZ_CHECK(!leak.wrong_size)) {
            fprintf(stderr, "  at allocation %zu\n", k);
            break;
        }
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
}
