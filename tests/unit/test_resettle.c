/* test_resettle.c - claims settled again under changed rules, through the public header: differences by hand, counters that
 * were given, reversals, events, what is refused, memory.
 */
#include "api_case.h"

static const char manifest[] = "ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\ntitle: {zh: 小, en: small}\nsources:\n  s: {gives: published}\n";
/* 60 % of a loss, 100.00 at most in all claims of a member. */
static const char rules[] = "plan: p\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                            "inputs:\n  member: {type: key, zh: 会员}\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                            "parameters:\n  rate: {zh: 比例, unit: ratio, always: {value: 0.5, source: s}}\n  most: {zh: 限额, unit: CNY, always: {value: 100, source: s}}\n"
                            "in turn by: member\n"
                            "counters:\n  paid: {zh: 已付, en: paid, unit: CNY, per: [member], adds: total}\n"
                            "benefits:\n  a: {zh: 甲, amount: loss * rate, round: {to: 0.01, mode: half up}, source: s}\n"
                            "caps:\n  - {code: MOST, over: a, limit: most, counts: paid, source: s, zh: 限, en: limit}\n";
static const char other[] = "plan: q\ntitle: {zh: 乙计划, en: other}\nfrom: 2015-07\ndated by: day\n"
                            "inputs:\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                            "benefits:\n  b: {zh: 乙, amount: loss, source: s}\n";

typedef struct two {
    huzhu_ruleset *was, *now;
    huzhu_resettlement *both;
    huzhu_output *output;
} two;

static huzhu_status load(const huzhu_allocator *allocator, const char *setting, huzhu_ruleset **out)
{
    const huzhu_file files[] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1},
                                {.path = "p.yaml", .data = rules, .size = sizeof rules - 1},
                                {.path = "q.yaml", .data = other, .size = sizeof other - 1}};
    const huzhu_load_options options = {.struct_size = sizeof options, .allocator = allocator, .settings = &setting, .setting_count = setting != NULL};
    return huzhu_ruleset_load_files(files, 3, &options, NULL, out);
}

static const huzhu_plan *plan_of(const huzhu_ruleset *ruleset)
{
    const huzhu_plan *plan = NULL;
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "p", HUZHU_NUL, &plan), HUZHU_OK);
    return plan;
}

static bool begin(two *self, const char *setting)
{
    *self = (two){0};
    return HZ_CHECK_EQ_INT(load(NULL, NULL, &self->was), HUZHU_OK) && HZ_CHECK_EQ_INT(load(NULL, setting, &self->now), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_resettlement_new(plan_of(self->was), plan_of(self->now), &self->both), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &self->output), HUZHU_OK);
}

static void end(two *self)
{
    huzhu_output_free(self->output);
    huzhu_ruleset_release(self->was); /* before the resettlement: it keeps them */
    huzhu_ruleset_release(self->now);
    huzhu_resettlement_free(self->both);
}

/* Settles a line again and checks the JSON from "changed" to "explanations" or "was". */
static void check(two *self, const char *json, const char *expected)
{
    static char part[4096];
    huzhu_output_clear(self->output);
    if (!HZ_CHECK_EQ_INT(huzhu_resettlement_json(self->both, json, HUZHU_NUL, HUZHU_EN, 0, self->output), HUZHU_OK)) return;
    const char *line = huzhu_output_text(self->output).data;
    const char *from = strstr(line, "\"changed\""), *to = from != NULL ? strstr(from, ",\"explanations\"") : NULL;
    if (to == NULL && from != NULL) to = strstr(from, ",\"was\":{\"ruleset\"");
    if (!HZ_CHECK(to != NULL)) return;
    snprintf(part, sizeof part, "%.*s", (int)(to - from), from);
    HZ_CHECK_STR(part, expected);
    HZ_CHECK(strncmp(line, "{\"schema\":\"huzhu.resettlement/1\"", 32) == 0);
    HZ_CHECK(line[strlen(line) - 1] == '\n' && line[strlen(line) - 2] == '}');
}

#define LOSS(id, loss) "{\"id\":\"" id "\",\"member\":\"M\",\"day\":\"2020-01-01\",\"loss\":" loss "}"
#define PAID(was, now, by) ",\"counters\":[{\"plan\":\"p\",\"name\":\"paid\",\"key\":{\"member\":\"M\"},\"unit\":\"CNY\",\"was\":\"" was "\",\"now\":\"" now "\",\"difference\":\"" by "\"}]"
#define TOTAL(was, now, by) ",\"currency\":\"CNY\",\"total\":{\"was\":\"" was "\",\"now\":\"" now "\",\"difference\":\"" by "\"},\"benefits\":[{\"id\":\"a\",\"was\":\"" was "\",\"now\":\"" now "\",\"difference\":\"" by "\"}]"
#define SETTLED "\"outcome\":{\"was\":\"paid\",\"now\":\"paid\"}"

/* Half, then 60 %: what an earlier claim is paid more, a later one may be paid less, since the cap is reached sooner. */
HZ_TEST(resettled_claims_carry_both_sides)
{
    two self;
    int changed = -1;
    int64_t minor = -1;
    if (!begin(&self, "p.rate=0.6")) return;
    HZ_CHECK_EQ_INT(huzhu_resettlement_changed(self.both, &changed), HUZHU_STATE);
    check(&self, LOSS("1", "100"), "\"changed\":true," SETTLED TOTAL("50.00", "60.00", "10.00") PAID("50.00", "60.00", "10.00"));
    HZ_CHECK_EQ_INT(huzhu_resettlement_difference(self.both, &minor), HUZHU_OK);
    HZ_CHECK_EQ_INT(minor, 1000);
    check(&self, LOSS("2", "90"), "\"changed\":true," SETTLED TOTAL("45.00", "40.00", "-5.00") ",\"reasons\":{\"was\":[],\"now\":[\"MOST\"]}" PAID("95.00", "100.00", "5.00"));
    check(&self, LOSS("3", "8"), "\"changed\":true,\"outcome\":{\"was\":\"paid\",\"now\":\"nothing_due\"}" TOTAL("4.00", "0.00", "-4.00") ",\"reasons\":{\"was\":[],\"now\":[\"MOST\"]}" PAID("99.00", "100.00", "1.00"));
    check(&self, LOSS("4", "0"), "\"changed\":true,\"outcome\":{\"was\":\"nothing_due\",\"now\":\"nothing_due\"}" TOTAL("0.00", "0.00", "0.00") ",\"reasons\":{\"was\":[\"ZERO_AMOUNT\"],\"now\":[\"ZERO_AMOUNT\"]}" PAID("99.00", "100.00", "1.00"));
    check(&self, LOSS("5", "500"), "\"changed\":true,\"outcome\":{\"was\":\"paid\",\"now\":\"nothing_due\"}" TOTAL("1.00", "0.00", "-1.00") ",\"reasons\":{\"was\":[\"MOST\"],\"now\":[\"MOST\"]}" PAID("100.00", "100.00", "0.00"));
    check(&self, LOSS("6", "500"), "\"changed\":false,\"outcome\":{\"was\":\"nothing_due\",\"now\":\"nothing_due\"}" TOTAL("0.00", "0.00", "0.00") ",\"reasons\":{\"was\":[\"MOST\"],\"now\":[\"MOST\"]}" PAID("100.00", "100.00", "0.00"));
    HZ_CHECK_EQ_INT(huzhu_resettlement_changed(self.both, &changed), HUZHU_OK);
    HZ_CHECK_EQ_INT(changed, 0);
    HZ_CHECK(strstr(huzhu_output_text(self.output).data, "explanations") == NULL);
    end(&self);
}

/* A host's own counters: those of the first claim count, later ones have to be what the claims before left. */
HZ_TEST(resettled_claims_with_their_counters)
{
    two self;
    int64_t minor;
    if (!begin(&self, "p.rate=0.6")) return;
    check(&self, "{\"id\":1,\"member\":\"M\",\"day\":\"2020-01-01\",\"loss\":60,\"counters\":{\"paid\":\"20.00\"}}",
          "\"changed\":true," SETTLED TOTAL("30.00", "36.00", "6.00") PAID("50.00", "56.00", "6.00"));
    check(&self, "{\"id\":2,\"member\":\"M\",\"day\":\"2020-01-01\",\"loss\":100,\"counters\":{\"paid\":\"50.00\"}}",
          "\"changed\":true," SETTLED TOTAL("50.00", "44.00", "-6.00") ",\"reasons\":{\"was\":[],\"now\":[\"MOST\"]}" PAID("100.00", "100.00", "0.00"));
    /* 90.00 is not what they left: the side of the rules as they were cannot be told. */
    check(&self, "{\"id\":3,\"member\":\"M\",\"day\":\"2020-01-01\",\"loss\":100,\"counters\":{\"paid\":\"90.00\"}}",
          "\"changed\":true,\"outcome\":{\"was\":\"error\",\"now\":\"nothing_due\"},\"currency\":\"CNY\",\"total\":{\"was\":null,\"now\":\"0.00\",\"difference\":null},"
          "\"benefits\":[{\"id\":\"a\",\"was\":null,\"now\":\"0.00\",\"difference\":null}],\"reasons\":{\"was\":[],\"now\":[\"MOST\"]},\"errors\":{\"was\":\"R_COUNTER_GAP\",\"now\":null},"
          "\"counters\":[{\"plan\":\"p\",\"name\":\"paid\",\"key\":{\"member\":\"M\"},\"unit\":\"CNY\",\"was\":null,\"now\":\"100.00\"}]");
    HZ_CHECK_EQ_INT(huzhu_resettlement_difference(self.both, &minor), HUZHU_STATE);
    HZ_CHECK(strstr(huzhu_output_text(self.output).data, "settle all claims of a key again") != NULL);
    end(&self);
}

HZ_TEST(resettled_reversals)
{
    two self;
    if (!begin(&self, "p.rate=0.6")) return;
    check(&self, LOSS("1", "100"), "\"changed\":true," SETTLED TOTAL("50.00", "60.00", "10.00") PAID("50.00", "60.00", "10.00"));
    check(&self, LOSS("2", "10"), "\"changed\":true," SETTLED TOTAL("5.00", "6.00", "1.00") PAID("55.00", "66.00", "11.00"));
    check(&self, "{\"id\":\"r\",\"reverses\":\"2\"}", "\"changed\":true,\"outcome\":{\"was\":\"reversed\",\"now\":\"reversed\"},\"currency\":\"CNY\","
          "\"total\":{\"was\":\"-5.00\",\"now\":\"-6.00\",\"difference\":\"-1.00\"}" PAID("50.00", "60.00", "10.00"));
    check(&self, "{\"id\":\"r\",\"reverses\":\"9\"}", "\"changed\":false,\"outcome\":{\"was\":\"error\",\"now\":\"error\"},\"currency\":\"CNY\","
          "\"total\":{\"was\":null,\"now\":null,\"difference\":null},\"errors\":{\"was\":\"R_NO_CLAIM\",\"now\":\"R_NO_CLAIM\"}");
    check(&self, LOSS("3", "10"), "\"changed\":true," SETTLED TOTAL("5.00", "6.00", "1.00") PAID("55.00", "66.00", "11.00"));
    end(&self);
}

HZ_TEST(resettled_events_have_parts)
{
    two self;
    if (!begin(&self, "p.rate=0.6")) return;
    huzhu_resettlement_free(self.both);
    HZ_CHECK_EQ_INT(huzhu_resettlement_new_events(self.was, self.now, &self.both), HUZHU_OK);
    check(&self, "{\"id\":1,\"plans\":[\"p\",\"q\"],\"member\":\"M\",\"day\":\"2020-01-01\",\"loss\":100}",
          "\"changed\":true," SETTLED ",\"currency\":\"CNY\",\"total\":{\"was\":\"150.00\",\"now\":\"160.00\",\"difference\":\"10.00\"}" PAID("50.00", "60.00", "10.00")
          ",\"parts\":[{\"plan\":\"p\"," SETTLED ",\"total\":{\"was\":\"50.00\",\"now\":\"60.00\",\"difference\":\"10.00\"},\"benefits\":[{\"id\":\"a\",\"was\":\"50.00\",\"now\":\"60.00\",\"difference\":\"10.00\"}]},"
          "{\"plan\":\"q\"," SETTLED ",\"total\":{\"was\":\"100.00\",\"now\":\"100.00\",\"difference\":\"0.00\"},\"benefits\":[{\"id\":\"b\",\"was\":\"100.00\",\"now\":\"100.00\",\"difference\":\"0.00\"}]}]");
    end(&self);
}

HZ_TEST(resettled_by_setters_and_explained)
{
    two self;
    int64_t minor = 0;
    if (!begin(&self, "p.rate=0.6")) return;
    for (uint32_t side = HUZHU_WAS; side <= HUZHU_NOW; side++) {
        huzhu_claim *claim = huzhu_resettlement_claim(self.both, side);
        HZ_CHECK_EQ_INT(huzhu_claim_set(claim, "member", "M", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set(claim, "day", "2020-01-01", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_set(claim, "loss", "100", HUZHU_NUL), HUZHU_OK);
    }
    HZ_CHECK_EQ_INT(huzhu_resettlement_explain(self.both, HUZHU_EN, self.output), HUZHU_STATE);
    HZ_CHECK_EQ_INT(huzhu_resettlement_settle(self.both), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_resettlement_difference(self.both, &minor), HUZHU_OK);
    HZ_CHECK_EQ_INT(minor, 1000);
    HZ_CHECK_EQ_INT(huzhu_decision_outcome(huzhu_resettlement_decision(self.both, HUZHU_NOW)), HUZHU_PAID);
    HZ_CHECK_EQ_INT(huzhu_resettlement_explain(self.both, HUZHU_EN, self.output), HUZHU_OK);
    const char *text = huzhu_output_text(self.output).data;
    HZ_CHECK(strncmp(text, "50.00 yuan to be paid → 60.00 yuan to be paid: 10.00 yuan more is due\nCounters (was → now)\n  paid  50 yuan → 60 yuan (by 10 yuan)\n", 80) == 0);
    HZ_CHECK(strstr(text, "── As it was settled ──\nplan\n50.00 yuan to be paid\n") != NULL);
    HZ_CHECK(strstr(text, "── As it is settled now ──\nplan\n60.00 yuan to be paid\n") != NULL);
    HZ_CHECK(strstr(text, "set by the scenario") != NULL && strstr(text, "set by a scenario") == NULL);
    end(&self);
}

HZ_TEST(resettling_refuses)
{
    two self;
    int changed;
    huzhu_resettlement *none = NULL;
    if (!begin(&self, "p.rate=0.6")) return;
    HZ_CHECK_EQ_INT(huzhu_resettlement_new(NULL, plan_of(self.now), &none), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_resettlement_new(plan_of(self.was), plan_of(self.now), NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_resettlement_new_events(self.was, NULL, &none), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK(huzhu_resettlement_claim(self.both, 2) == NULL && huzhu_resettlement_decision(NULL, HUZHU_WAS) == NULL);
    HZ_CHECK_EQ_INT(huzhu_resettlement_json(self.both, LOSS("1", "1"), HUZHU_NUL, 2, 0, self.output), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_resettlement_json(self.both, LOSS("1", "1"), HUZHU_NUL, HUZHU_EN, 0, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_resettlement_settle(NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_resettlement_changed(self.both, NULL), HUZHU_INVALID_ARGUMENT);
    /* No claim at all is an error of both sides. */
    check(&self, "{", "\"changed\":false,\"outcome\":{\"was\":\"error\",\"now\":\"error\"},\"currency\":\"CNY\",\"total\":{\"was\":null,\"now\":null,\"difference\":null},\"errors\":{\"was\":\"R_JSON\",\"now\":\"R_JSON\"}");
    HZ_CHECK_EQ_INT(huzhu_resettlement_changed(self.both, &changed), HUZHU_OK);
    huzhu_resettlement_free(NULL);
    end(&self);
}

static huzhu_status once(const huzhu_allocator *allocator, void *context)
{
    (void)context;
    static const char *const lines[] = {LOSS("1", "100"), LOSS("2", "90"), "{\"id\":\"r\",\"reverses\":\"2\"}", LOSS("3", "4")};
    huzhu_ruleset *was = NULL, *now = NULL;
    huzhu_resettlement *both = NULL;
    huzhu_output *output = NULL;
    huzhu_status status = load(allocator, NULL, &was);
    if (status == HUZHU_OK) status = load(allocator, "p.rate=0.6", &now);
    if (status == HUZHU_OK) status = huzhu_resettlement_new(plan_of(was), plan_of(now), &both);
    if (status == HUZHU_OK) status = huzhu_output_new(allocator, &output);
    for (size_t i = 0; i < 4 && status == HUZHU_OK; i++) {
        size_t before = huzhu_output_text(output).size;
        status = huzhu_resettlement_json(both, lines[i], HUZHU_NUL, HUZHU_ZH, i + 1, output);
        if (status == HUZHU_OK) continue;
        HZ_CHECK_EQ_INT(huzhu_output_text(output).size, before);
        /* Nothing moved: with memory the line is as it would have been. */
        if (status == HUZHU_NO_MEMORY && huzhu_resettlement_json(both, lines[i], HUZHU_NUL, HUZHU_ZH, i + 1, output) == HUZHU_OK && i == 1)
            HZ_CHECK(strstr(huzhu_output_text(output).data + before, "\"was\":\"95.00\",\"now\":\"100.00\",\"difference\":\"5.00\"") != NULL);
    }
    huzhu_output_free(output);
    huzhu_resettlement_free(both);
    huzhu_ruleset_release(was);
    huzhu_ruleset_release(now);
    return status;
}

HZ_TEST(resettling_without_memory)
{
    hz_each_allocation_fails(once, NULL);
}
