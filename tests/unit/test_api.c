/* test_api.c - the public functions: misuse, views of a decision, owners, ledgers, loading. Memory and threads are in
 * test_api_memory.c. */
#include "api_case.h"

#include "base/status.h"
#include "program/plan.h"
#include "run/decision.h"

_Static_assert(HZ_OK == HUZHU_OK && HZ_INVALID_ARGUMENT == HUZHU_INVALID_ARGUMENT && HZ_NO_MEMORY == HUZHU_NO_MEMORY &&
                   HZ_NOT_FOUND == HUZHU_NOT_FOUND && HZ_IO == HUZHU_IO && HZ_RULES == HUZHU_RULES &&
                   HZ_DATA == HUZHU_DATA && HZ_LIMIT == HUZHU_LIMIT && HZ_VERSION == HUZHU_VERSION &&
                   HZ_UNSUPPORTED == HUZHU_UNSUPPORTED && HZ_STATE == HUZHU_STATE &&
                   HZ_NOT_REVERSIBLE == HUZHU_NOT_REVERSIBLE,
               "statuses are one list");
_Static_assert((int)HZ_PAID == HUZHU_PAID && (int)HZ_NOTHING_DUE == HUZHU_NOTHING_DUE &&
                   (int)HZ_REFUSED == HUZHU_REFUSED && (int)HZ_INCOMPLETE == HUZHU_INCOMPLETE &&
                   (int)HZ_UNDETERMINED == HUZHU_UNDETERMINED && (int)HZ_FAILED == HUZHU_FAILED &&
                   (int)HZ_ACCEPTED == HUZHU_ACCEPTED,
               "outcomes are one list");
_Static_assert((int)HZ_REASON_REFUSAL == HUZHU_REASON_REFUSAL && (int)HZ_REASON_CAP == HUZHU_REASON_CAP &&
                   (int)HZ_REASON_NOTHING == HUZHU_REASON_NOTHING && (int)HZ_REASON_MISSING == HUZHU_REASON_MISSING &&
                   (int)HZ_REASON_UNKNOWN == HUZHU_REASON_UNKNOWN && (int)HZ_REASON_NOTE == HUZHU_REASON_NOTE,
               "kinds of reasons are one list");
_Static_assert((int)HZ_INPUT_KEY + 1 == HUZHU_TYPE_KEY && (int)HZ_INPUT_NUMBER + 1 == HUZHU_TYPE_NUMBER,
               "types are one list");

HZ_TEST(api_version)
{
    HZ_CHECK_EQ_INT(huzhu_abi_version(), HUZHU_ABI_VERSION);
    HZ_CHECK(strlen(huzhu_version_text()) > 0);
    for (huzhu_status status = -1; status <= 12; status++)
        HZ_CHECK(huzhu_status_text(status) != NULL && huzhu_status_text(status)[0] != '\0');
    HZ_CHECK_STR(api_str(huzhu_outcome_name(HUZHU_FAILED)), "error");
    HZ_CHECK_STR(api_str(huzhu_outcome_name(0)), "");
    HZ_CHECK_STR(api_str(huzhu_outcome_name(99)), "");
}

/* ---- misuse ---- */

HZ_TEST(api_null_objects)
{
    size_t number;
    int64_t minor;
    huzhu_text text;
    const huzhu_plan *plan;
    huzhu_ruleset *ruleset = (huzhu_ruleset *)&number;
    huzhu_output_free(NULL);
    huzhu_output_clear(NULL);
    huzhu_diagnostics_free(NULL);
    huzhu_ruleset_release(NULL);
    huzhu_claim_free(NULL);
    huzhu_claim_reset(NULL);
    huzhu_decision_free(NULL);
    huzhu_ledger_free(NULL);
    HZ_CHECK(huzhu_ruleset_retain(NULL) == NULL);
    HZ_CHECK_EQ_INT(huzhu_output_new(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(NULL, NULL, NULL, &ruleset), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK(ruleset == NULL);
    HZ_CHECK_EQ_INT(huzhu_ruleset_load("x", NULL, NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(NULL, 1, NULL, NULL, &ruleset), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_count(NULL), 0);
    HZ_CHECK(huzhu_ruleset_plan_at(NULL, 0) == NULL);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(NULL, "x", 1, &plan), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_STR(api_str(huzhu_ruleset_name(NULL)), "");
    HZ_CHECK_STR(api_str(huzhu_ruleset_sha256(NULL)), "");
    HZ_CHECK_STR(api_str(huzhu_plan_id(NULL)), "");
    HZ_CHECK_STR(api_str(huzhu_output_text(NULL)), "");
    HZ_CHECK_STR(api_str(huzhu_diagnostics_text(NULL)), "");
    HZ_CHECK_EQ_INT(huzhu_plan_input_count(NULL), 0);
    HZ_CHECK_EQ_INT(huzhu_plan_input_find(NULL, "x", 1, &number), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_plan_show(NULL, "2016-01-01", 10, HUZHU_ZH, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_ruleset_handbook(NULL, HUZHU_ZH, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_plan_figures(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_claim_new(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_claim_set_text(NULL, 0, "x", 1), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_claim_set_counter(NULL, 0, 1), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_claim_set_fresh(NULL, 1), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_claim_read_json(NULL, "{}", 2), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_claim_find_counters(NULL, NULL, &number), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_decision_outcome(NULL), 0);
    HZ_CHECK_EQ_INT(huzhu_decision_total(NULL, &minor), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_decision_reason_count(NULL), 0);
    HZ_CHECK_EQ_INT(huzhu_decision_missing_count(NULL), 0);
    HZ_CHECK_EQ_INT(huzhu_decision_json(NULL, HUZHU_ZH, 0, &text), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_ledger_fill(NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_settle_json(NULL, NULL, NULL, "{}", 2, HUZHU_ZH, 0, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_examples_run(NULL, NULL, NULL, NULL, NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_feel_json("{}", 2, NULL), HUZHU_INVALID_ARGUMENT);
}

HZ_TEST(api_misuse)
{
    api_case self;
    if (api_begin(&self)) {
        size_t number;
        const huzhu_plan *plan = self.plan;
        huzhu_input_info info = {.struct_size = sizeof info};
        huzhu_code_info code = {.struct_size = sizeof code};
        huzhu_counter_info counter = {.struct_size = sizeof counter};
        HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self.ruleset, "no-plan", HUZHU_NUL, &plan), HUZHU_NOT_FOUND);
        HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self.ruleset, NULL, HUZHU_NUL, &plan), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK(plan == self.plan);
        HZ_CHECK(huzhu_ruleset_plan_at(self.ruleset, 1) == NULL);
        HZ_CHECK_EQ_INT(huzhu_plan_input_at(plan, INPUTS, &info), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_plan_input_at(plan, 0, NULL), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_plan_input_find(plan, "paid", HUZHU_NUL, &number), HUZHU_NOT_FOUND);
        HZ_CHECK_EQ_INT(huzhu_plan_counter_find(plan, "loss", HUZHU_NUL, &number), HUZHU_NOT_FOUND);
        HZ_CHECK_EQ_INT(huzhu_plan_code_at(plan, DAY, 0, &code), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_plan_code_at(plan, KIND, 3, &code), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_plan_counter_at(plan, COUNTERS, &counter), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_STR(api_str(huzhu_plan_benefit_id(plan, 1)), "");
        HZ_CHECK_STR(api_str(huzhu_plan_title(plan, 2)), "");
        info.struct_size = sizeof info - 1;
        HZ_CHECK_EQ_INT(huzhu_plan_input_at(plan, 0, &info), HUZHU_INVALID_ARGUMENT);
        info.struct_size = 0;
        HZ_CHECK_EQ_INT(huzhu_plan_input_at(plan, 0, &info), HUZHU_INVALID_ARGUMENT);
    }
    api_end(&self);
}

HZ_TEST(api_struct_sizes)
{
    struct {
        huzhu_input_info known;
        uint64_t later;
    } grown = {.known = {.struct_size = sizeof grown}, .later = 7};
    struct {
        huzhu_load_options known;
        uint64_t later;
    } options = {.known = {.struct_size = sizeof options}};
    api_case self;
    if (api_begin(&self)) {
        huzhu_ruleset *ruleset = NULL;
        /* A host of a later version: what is known is filled, the rest stays. */
        HZ_CHECK_EQ_INT(huzhu_plan_input_at(self.plan, LOSS, &grown.known), HUZHU_OK);
        HZ_CHECK_STR(api_str(grown.known.name), "loss");
        HZ_CHECK_EQ_INT(grown.later, 7);
        HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options.known, NULL, &ruleset), HUZHU_OK);
        huzhu_ruleset_release(ruleset);
        /* An option that this version does not know cannot be passed over. */
        options.later = 1;
        HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options.known, NULL, &ruleset), HUZHU_VERSION);
        options.known.struct_size = 4;
        HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options.known, NULL, &ruleset), HUZHU_INVALID_ARGUMENT);
        options.known = (huzhu_load_options){.struct_size = sizeof options.known, .setting_count = 1};
        HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options.known, NULL, &ruleset), HUZHU_INVALID_ARGUMENT);
        huzhu_allocator allocator = {.struct_size = sizeof allocator};
        huzhu_output *output;
        HZ_CHECK_EQ_INT(huzhu_output_new(&allocator, &output), HUZHU_INVALID_ARGUMENT);
    }
    api_end(&self);
}

/* A decision that holds none, and one that holds counters to read. */
HZ_TEST(api_decision_states)
{
    api_case self;
    if (api_begin(&self)) {
        int64_t minor;
        size_t count;
        huzhu_text text;
        huzhu_benefit_view benefit = {.struct_size = sizeof benefit};
        huzhu_reason_view reason = {.struct_size = sizeof reason};
        huzhu_error_view error = {.struct_size = sizeof error};
        huzhu_counter_read read = {.struct_size = sizeof read};
        for (int round = 0; round < 2; round++) {
            HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), 0);
            HZ_CHECK((huzhu_decision_plan(self.decision) == NULL) == (round == 0));
            HZ_CHECK_EQ_INT(huzhu_decision_total(self.decision, &minor), HUZHU_STATE);
            HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "");
            HZ_CHECK_EQ_INT(huzhu_decision_benefit_at(self.decision, 0, &benefit), HUZHU_STATE);
            HZ_CHECK_EQ_INT(huzhu_decision_reason_at(self.decision, 0, &reason), HUZHU_STATE);
            HZ_CHECK_EQ_INT(huzhu_decision_error(self.decision, &error), HUZHU_STATE);
            HZ_CHECK_EQ_INT(huzhu_decision_json(self.decision, HUZHU_ZH, 0, &text), HUZHU_STATE);
            HZ_CHECK_EQ_INT(huzhu_decision_explain(self.decision, HUZHU_ZH, HUZHU_EXPLAIN_TEXT, &text), HUZHU_STATE);
            HZ_CHECK_EQ_INT(huzhu_decision_counter_read_at(self.decision, 0, &read),
                            round == 0 ? HUZHU_STATE : HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_claim_read_json(self.claim, "{" GOOD "}", HUZHU_NUL), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_claim_find_counters(self.claim, self.decision, &count), HUZHU_OK);
        }
        api_decide(&self, "{" GOOD "}");
        HZ_CHECK_EQ_INT(huzhu_decision_benefit_at(self.decision, 1, &benefit), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_decision_counter_read_at(self.decision, 0, &read), HUZHU_STATE);
        HZ_CHECK_EQ_INT(huzhu_decision_error(self.decision, &error), HUZHU_NOT_FOUND);
        HZ_CHECK_EQ_INT(huzhu_decision_json(self.decision, 2, 0, &text), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_decision_explain(self.decision, HUZHU_ZH, 2, &text), HUZHU_INVALID_ARGUMENT);
    }
    api_end(&self);
}

/* ---- plans ---- */

HZ_TEST(api_plan_inputs)
{
    static const struct {
        const char *name;
        uint32_t type, need;
        int32_t scale;
        const char *fallback, *range, *label_en;
        size_t codes;
    } expected[INPUTS] = {
        {"member", HUZHU_TYPE_KEY, HUZHU_NEED_REQUIRED, 0, "", "", "member", 0},
        {"day", HUZHU_TYPE_DATE, HUZHU_NEED_REQUIRED, 0, "", "", "day", 0},
        {"late", HUZHU_TYPE_DATE, HUZHU_NEED_OPTIONAL, 0, "", "[2010-01-01..2019-12-31]", "last day", 0},
        {"yes", HUZHU_TYPE_BOOLEAN, HUZHU_NEED_DEFAULT, 0, "true", "", "whether", 0},
        {"kind", HUZHU_TYPE_CODE, HUZHU_NEED_REQUIRED, 0, "", "", "kind", 3},
        {"remark", HUZHU_TYPE_TEXT, HUZHU_NEED_OPTIONAL, 0, "", "", "remark", 0},
        {"people", HUZHU_TYPE_COUNT, HUZHU_NEED_REQUIRED, 0, "", "[1..9]", "people", 0},
        {"loss", HUZHU_TYPE_MONEY, HUZHU_NEED_DEFAULT, 2, "0.00", "", "loss", 0},
        {"share", HUZHU_TYPE_RATE, HUZHU_NEED_DEFAULT, 6, "1.000000", "[0.000000..1.000000]", "share", 0},
        {"depth", HUZHU_TYPE_NUMBER, HUZHU_NEED_CONDITIONAL, 1, "", "[-5.0..5.0]", "depth", 0}};
    api_case self;
    if (api_begin(&self)) {
        HZ_CHECK_EQ_INT(huzhu_plan_input_count(self.plan), INPUTS);
        for (size_t i = 0; i < INPUTS; i++) {
            size_t found;
            huzhu_input_info info = {.struct_size = sizeof info};
            HZ_CHECK_EQ_INT(huzhu_plan_input_at(self.plan, i, &info), HUZHU_OK);
            HZ_CHECK_STR(api_str(info.name), expected[i].name);
            HZ_CHECK_EQ_INT(info.type, expected[i].type);
            HZ_CHECK_EQ_INT(info.need, expected[i].need);
            HZ_CHECK_EQ_INT(info.scale, expected[i].scale);
            HZ_CHECK_STR(api_str(info.fallback), expected[i].fallback);
            HZ_CHECK_STR(api_str(info.range), expected[i].range);
            HZ_CHECK_STR(api_str(info.label_en), expected[i].label_en);
            HZ_CHECK_EQ_INT(info.code_count, expected[i].codes);
            HZ_CHECK(api_str(info.label_zh)[0] != '\0');
            HZ_CHECK_EQ_INT(huzhu_plan_input_find(self.plan, expected[i].name, HUZHU_NUL, &found), HUZHU_OK);
            HZ_CHECK_EQ_INT(found, i);
        }
        huzhu_input_info info = {.struct_size = sizeof info};
        huzhu_code_info code = {.struct_size = sizeof code};
        HZ_CHECK_EQ_INT(huzhu_plan_input_at(self.plan, DAY, &info), HUZHU_OK);
        HZ_CHECK(info.for_claim == 1 && info.for_enrolment == 1);
        HZ_CHECK_EQ_INT(huzhu_plan_input_at(self.plan, DEPTH, &info), HUZHU_OK);
        HZ_CHECK(info.for_claim == 1 && info.for_enrolment == 0);
        HZ_CHECK_STR(api_str(info.unit), "m");
        HZ_CHECK_EQ_INT(huzhu_plan_code_at(self.plan, KIND, 2, &code), HUZHU_OK);
        HZ_CHECK_STR(api_str(code.id), "burst_pipe");
        HZ_CHECK_STR(api_str(code.label_en), "burst pipe");
    }
    api_end(&self);
}

HZ_TEST(api_plan_rest)
{
    static const char *const names[COUNTERS] = {"paid", "times", "closed", "last"};
    static const uint32_t types[COUNTERS] = {HUZHU_COUNTER_NUMBER, HUZHU_COUNTER_NUMBER, HUZHU_COUNTER_BOOLEAN,
                                             HUZHU_COUNTER_DATE};
    api_case self;
    if (api_begin(&self)) {
        huzhu_output *output;
        HZ_CHECK_STR(api_str(huzhu_ruleset_name(self.ruleset)), "claims");
        HZ_CHECK_STR(api_str(huzhu_ruleset_version(self.ruleset)), "1");
        HZ_CHECK_EQ_INT(huzhu_ruleset_sha256(self.ruleset).size, 64);
        HZ_CHECK_STR(api_str(huzhu_ruleset_scenario(self.ruleset)), "");
        HZ_CHECK_STR(api_str(huzhu_plan_id(self.plan)), "all-types");
        HZ_CHECK_STR(api_str(huzhu_plan_title(self.plan, HUZHU_EN)), "every type of input");
        HZ_CHECK_EQ_INT(huzhu_plan_benefit_count(self.plan), 1);
        HZ_CHECK_STR(api_str(huzhu_plan_benefit_id(self.plan, 0)), "help");
        HZ_CHECK_EQ_INT(huzhu_plan_counter_count(self.plan), COUNTERS);
        for (size_t i = 0; i < COUNTERS; i++) {
            size_t found;
            huzhu_counter_info info = {.struct_size = sizeof info};
            HZ_CHECK_EQ_INT(huzhu_plan_counter_at(self.plan, i, &info), HUZHU_OK);
            HZ_CHECK_STR(api_str(info.name), names[i]);
            HZ_CHECK_EQ_INT(info.type, types[i]);
            HZ_CHECK_EQ_INT(info.scale, i == PAID ? 2 : 0);
            HZ_CHECK_STR(api_str(info.per), i == TIMES ? "member,kind" : "member");
            HZ_CHECK_STR(api_str(info.unit), i == PAID ? "CNY" : i == TIMES ? "times" : "");
            HZ_CHECK_EQ_INT(huzhu_plan_counter_find(self.plan, names[i], HUZHU_NUL, &found), HUZHU_OK);
            HZ_CHECK_EQ_INT(found, i);
        }
        HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &output), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_plan_show(self.plan, "2016-02-30", HUZHU_NUL, HUZHU_ZH, output), HUZHU_DATA);
        HZ_CHECK_EQ_INT(huzhu_plan_show(self.plan, "2016", HUZHU_NUL, HUZHU_ZH, output), HUZHU_DATA);
        HZ_CHECK_EQ_INT(huzhu_output_text(output).size, 0);
        HZ_CHECK_EQ_INT(huzhu_plan_show(self.plan, "2016-02", HUZHU_NUL, HUZHU_EN, output), HUZHU_OK);
        HZ_CHECK(huzhu_output_text(output).size > 0);
        huzhu_output_clear(output);
        HZ_CHECK_EQ_INT(huzhu_ruleset_handbook(self.ruleset, 2, output), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_output_text(output).size, 0);
        HZ_CHECK_EQ_INT(huzhu_ruleset_handbook(self.ruleset, HUZHU_EN, output), HUZHU_OK);
        HZ_CHECK(strstr(api_str(huzhu_output_text(output)), "<a id=\"all-types\"></a>") != NULL);
        huzhu_output_clear(output);
        HZ_CHECK_EQ_INT(huzhu_plan_disassemble(self.plan, output), HUZHU_OK);
        HZ_CHECK(strstr(api_str(huzhu_output_text(output)), "all-types, enrolment: ") != NULL);
        huzhu_output_free(output);
    }
    api_end(&self);
}

/* ---- decisions ---- */

HZ_TEST(api_paid_decision)
{
    api_case self;
    if (api_begin(&self)) {
        huzhu_benefit_view benefit = {.struct_size = sizeof benefit};
        huzhu_cap_view cap = {.struct_size = sizeof cap};
        huzhu_reason_view reason = {.struct_size = sizeof reason};
        huzhu_counter_view counter = {.struct_size = sizeof counter};
        huzhu_basis_view basis = {.struct_size = sizeof basis};
        huzhu_text text;
        int64_t minor = 0;
        api_decide(&self, "{" GOOD ",\"counters\":{\"paid\":\"400.00\"}}");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), HUZHU_PAID);
        HZ_CHECK(huzhu_decision_plan(self.decision) == self.plan);
        HZ_CHECK_EQ_INT(huzhu_decision_total(self.decision, &minor), HUZHU_OK);
        HZ_CHECK_EQ_INT(minor, 10000);
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "100.00");
        HZ_CHECK_EQ_INT(huzhu_decision_benefit_count(self.decision), 1);
        HZ_CHECK_EQ_INT(huzhu_decision_benefit_at(self.decision, 0, &benefit), HUZHU_OK);
        HZ_CHECK_STR(api_str(benefit.id), "help");
        HZ_CHECK_STR(api_str(benefit.gross), "200.00");
        HZ_CHECK_STR(api_str(benefit.net), "100.00");
        HZ_CHECK(benefit.asked == 1 && benefit.gross_minor == 20000 && benefit.net_minor == 10000 &&
                 benefit.cap_count == 1);
        HZ_CHECK_EQ_INT(huzhu_decision_benefit_cap_at(self.decision, 0, 0, &cap), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_decision_benefit_cap_at(self.decision, 0, 1, &cap), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_STR(api_str(cap.code), "MOST");
        HZ_CHECK_STR(api_str(cap.limit), "500.00");
        HZ_CHECK_STR(api_str(cap.used), "400.00");
        HZ_CHECK_STR(api_str(cap.cut), "100.00");
        HZ_CHECK(cap.has_limit == 1 && cap.scale == 2 && cap.cut_value == 10000);
        HZ_CHECK_EQ_INT(huzhu_decision_value_count(self.decision), 0);
        HZ_CHECK_EQ_INT(huzhu_decision_fee_count(self.decision), 0);
        HZ_CHECK_EQ_INT(huzhu_decision_missing_count(self.decision), 0);
        HZ_CHECK_EQ_INT(huzhu_decision_reason_count(self.decision), 1);
        HZ_CHECK_EQ_INT(huzhu_decision_reason_at(self.decision, 0, &reason), HUZHU_OK);
        HZ_CHECK_STR(api_str(reason.code), "MOST");
        HZ_CHECK_STR(api_str(reason.clause), "");
        HZ_CHECK_EQ_INT(reason.kind, HUZHU_REASON_CAP);
        HZ_CHECK_EQ_INT(huzhu_decision_reason_text(self.decision, 0, HUZHU_EN, &text), HUZHU_OK);
        HZ_CHECK_STR(api_str(text), "at most five times 100; 400 was paid before");
        HZ_CHECK_EQ_INT(huzhu_decision_counter_count(self.decision), COUNTERS);
        HZ_CHECK_EQ_INT(huzhu_decision_counter_at(self.decision, PAID, &counter), HUZHU_OK);
        HZ_CHECK_STR(api_str(counter.key), "{\"member\":\"M-1\"}");
        HZ_CHECK_STR(api_str(counter.before), "400.00");
        HZ_CHECK_STR(api_str(counter.change), "100.00");
        HZ_CHECK_STR(api_str(counter.after), "500.00");
        HZ_CHECK(counter.has_before == 1 && counter.has_change == 1 && counter.after_value == 50000);
        huzhu_counter_change change = {.struct_size = sizeof change};
        HZ_CHECK_EQ_INT(huzhu_decision_counter_change_at(self.decision, PAID, &change), HUZHU_OK);
        HZ_CHECK(change.counter == counter.counter && change.before == 40000 && change.change == 10000 && change.after == 50000);
        HZ_CHECK_EQ_INT(huzhu_decision_counter_change_at(self.decision, COUNTERS, &change), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_decision_counter_at(self.decision, CLOSED, &counter), HUZHU_OK);
        HZ_CHECK_STR(api_str(counter.before), "false");
        HZ_CHECK_STR(api_str(counter.change), "");
        HZ_CHECK(counter.has_change == 0 && counter.after_value == 0);
        HZ_CHECK_EQ_INT(huzhu_decision_basis_count(self.decision), 1);
        HZ_CHECK_EQ_INT(huzhu_decision_basis_at(self.decision, 0, &basis), HUZHU_OK);
        HZ_CHECK_STR(api_str(basis.path), "all-types.full");
        HZ_CHECK_STR(api_str(basis.value), "100");
        HZ_CHECK_STR(api_str(basis.unit), "CNY");
        HZ_CHECK_STR(api_str(basis.from), "always");
        HZ_CHECK_STR(api_str(basis.status), "published");
        HZ_CHECK_STR(api_str(basis.source), "test");
        HZ_CHECK_EQ_INT(huzhu_decision_rests_on_count(self.decision), 0);
        HZ_CHECK_EQ_INT(huzhu_decision_rests_on_at(self.decision, 0, &text), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_decision_explain(self.decision, HUZHU_ZH, HUZHU_EXPLAIN_TEXT, &text), HUZHU_OK);
        HZ_CHECK(text.size > 0 && text.data[text.size] == '\0');
    }
    api_end(&self);
}

HZ_TEST(api_other_decisions)
{
    api_case self;
    if (api_begin(&self)) {
        huzhu_fee_view fee = {.struct_size = sizeof fee};
        huzhu_text text;
        int64_t minor = 0;
        api_decide(&self, "{\"ask\":\"enrolment\",\"day\":\"2016-03-01\"}");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), HUZHU_ACCEPTED);
        HZ_CHECK_EQ_INT(huzhu_decision_total(self.decision, &minor), HUZHU_STATE);
        HZ_CHECK_EQ_INT(huzhu_decision_fee_count(self.decision), 1);
        HZ_CHECK_EQ_INT(huzhu_decision_fee_at(self.decision, 0, &fee), HUZHU_OK);
        HZ_CHECK_STR(api_str(fee.id), "joining");
        HZ_CHECK_STR(api_str(fee.amount), "100.00");
        HZ_CHECK_EQ_INT(fee.amount_minor, 10000);
        api_decide(&self, "{\"member\":\"M-1\",\"day\":\"2016-03-01\",\"kind\":\"flood\",\"people\":2}");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), HUZHU_INCOMPLETE);
        HZ_CHECK_EQ_INT(huzhu_decision_total(self.decision, &minor), HUZHU_STATE);
        HZ_CHECK_EQ_INT(huzhu_decision_missing_count(self.decision), 1);
        HZ_CHECK_EQ_INT(huzhu_decision_missing_at(self.decision, 0, &text), HUZHU_OK);
        HZ_CHECK_STR(api_str(text), "depth");
        HZ_CHECK_EQ_INT(huzhu_decision_counter_count(self.decision), 0);
        api_decide(&self, "{" GOOD ",\"remark\":\"none\"}");
        HZ_CHECK_EQ_INT(huzhu_decision_outcome(self.decision), HUZHU_REFUSED);
        HZ_CHECK_EQ_INT(huzhu_decision_total(self.decision, &minor), HUZHU_OK);
        HZ_CHECK_EQ_INT(minor, 0);
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "0.00");
        api_decide(&self, "{" GOOD ",\"kindd\":1}");
        huzhu_error_view error = {.struct_size = sizeof error};
        HZ_CHECK_EQ_INT(huzhu_decision_error(self.decision, &error), HUZHU_OK);
        HZ_CHECK_STR(api_str(error.code), "R_UNKNOWN_KEY");
        HZ_CHECK_STR(api_str(error.input), "kindd");
        HZ_CHECK_STR(api_str(error.message), "`kindd` is no input of plan `all-types`");
        HZ_CHECK_STR(api_str(error.hint), "did you mean `kind`?");
    }
    api_end(&self);
}

/* A decision owns what it needs: claim and ruleset may go before it, and it may move on to another ruleset. */
HZ_TEST(api_owners)
{
    api_case first, second;
    if (api_begin(&first)) {
        api_decide(&first, "{" GOOD "}");
        huzhu_claim_free(first.claim);
        huzhu_ruleset_release(first.ruleset);
        first.claim = NULL;
        first.ruleset = NULL;
        HZ_CHECK_STR(api_part(&first, "\"plan\":"), "\"all-types\"");
        if (api_begin(&second)) {
            HZ_CHECK(huzhu_ruleset_retain(second.ruleset) == second.ruleset);
            huzhu_ruleset_release(second.ruleset);
            HZ_CHECK_EQ_INT(huzhu_claim_read_json(second.claim, "{" GOOD ",\"people\":3}", HUZHU_NUL), HUZHU_DATA);
            HZ_CHECK_EQ_INT(huzhu_claim_evaluate(second.claim, first.decision), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_decision_outcome(first.decision), HUZHU_FAILED);
        }
        api_end(&second);
        HZ_CHECK_STR(api_part(&first, "\"outcome\":"), "\"error\"");
    }
    api_end(&first);
}

/* ---- counters ---- */

HZ_TEST(api_find_counters)
{
    api_case self;
    if (api_begin(&self)) {
        size_t count = 0;
        huzhu_counter_read read = {.struct_size = sizeof read};
        HZ_CHECK_EQ_INT(huzhu_claim_read_json(self.claim, "{" GOOD "}", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_find_counters(self.claim, self.decision, &count), HUZHU_OK);
        HZ_CHECK_EQ_INT(count, COUNTERS);
        HZ_CHECK_EQ_INT(huzhu_decision_counter_read_at(self.decision, TIMES, &read), HUZHU_OK);
        HZ_CHECK_STR(api_str(read.name), "times");
        HZ_CHECK_STR(api_str(read.key), "{\"member\":\"M-1\",\"kind\":\"fire\"}");
        HZ_CHECK_EQ_INT(huzhu_decision_counter_read_at(self.decision, count, &read), HUZHU_INVALID_ARGUMENT);
        /* A refusal that hangs on no counter reads none. */
        HZ_CHECK_EQ_INT(huzhu_claim_read_json(self.claim, "{" GOOD ",\"remark\":\"none\"}", HUZHU_NUL), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_find_counters(self.claim, self.decision, &count), HUZHU_OK);
        HZ_CHECK_EQ_INT(count, 0);
    }
    api_end(&self);
}

/* Settles one line with a ledger; its total, or its outcome when it has none. */
static const char *settle(api_case *self, huzhu_ledger *ledger, huzhu_output *output, const char *json)
{
    huzhu_output_clear(output);
    HZ_CHECK_EQ_INT(huzhu_settle_json(self->claim, self->decision, ledger, json, HUZHU_NUL, HUZHU_EN, 7, output),
                    HUZHU_OK);
    huzhu_text line = huzhu_output_text(output);
    HZ_CHECK(line.size > 0 && line.data[line.size - 1] == '\n' && strstr(line.data, "\"line\":7,") != NULL);
    huzhu_text total = huzhu_decision_total_text(self->decision);
    return total.size > 0 ? total.data : huzhu_outcome_name(huzhu_decision_outcome(self->decision)).data;
}

HZ_TEST(api_ledger)
{
    api_case self, other;
    huzhu_ledger *ledger;
    huzhu_output *output;
    HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &ledger), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &output), HUZHU_OK);
    if (api_begin(&self)) {
        HZ_CHECK_EQ_INT(huzhu_ledger_apply(ledger, self.decision), HUZHU_STATE);
        HZ_CHECK_STR(settle(&self, ledger, output, "{" GOOD "}"), "200.00");
        HZ_CHECK_STR(settle(&self, ledger, output, "{" GOOD ",\"remark\":\"none\"}"), "0.00");
        HZ_CHECK_STR(settle(&self, ledger, output, "{" GOOD ",\"x\":1}"), "error");
        HZ_CHECK_STR(settle(&self, ledger, output, "{" GOOD ",\"remark\":\"M\"}"), "200.00");
        HZ_CHECK_STR(settle(&self, ledger, output, "{" GOOD "}"), "100.00");
        HZ_CHECK_STR(settle(&self, ledger, output, "{" GOOD "}"), "0.00");
        /* Another member is another key; what the host gives wins. */
        HZ_CHECK_STR(
            settle(&self, ledger, output, "{\"member\":\"M-2\",\"day\":\"2016-03-01\",\"kind\":\"fire\",\"people\":2}"),
            "200.00");
        HZ_CHECK_STR(settle(&self, ledger, output, "{" GOOD ",\"counters\":{\"paid\":\"150.00\"}}"), "200.00");
        /* Without a ledger nothing is fresh: what it did for a line does not stay with the claim. */
        HZ_CHECK_STR(settle(&self, NULL, output, "{" GOOD "}"), "incomplete");
        HZ_CHECK_EQ_INT(huzhu_claim_set_fresh(self.claim, 1), HUZHU_OK);
        HZ_CHECK_STR(settle(&self, NULL, output, "{" GOOD "}"), "200.00");
        HZ_CHECK_STR(settle(&self, NULL, output, "{" GOOD "}"), "200.00");
    }
    api_end(&self);
    /* The counters outlive the ruleset. */
    if (api_begin(&other)) HZ_CHECK_STR(settle(&other, ledger, output, "{" GOOD "}"), "150.00");
    api_end(&other);
    huzhu_ledger_free(ledger);
    huzhu_output_free(output);
}

HZ_TEST(api_ledger_grows)
{
    api_case self;
    huzhu_ledger *ledger;
    huzhu_output *output;
    char json[200];
    HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &ledger), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_output_new(NULL, &output), HUZHU_OK);
    if (api_begin(&self)) {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 500; i++) {
                snprintf(json, sizeof json,
                         "{\"member\":\"M-%d\",\"day\":\"2016-03-01\",\"kind\":\"fire\",\"people\":2}", i);
                HZ_CHECK_STR(settle(&self, ledger, output, json), round < 2 ? "200.00" : "100.00");
            }
        }
    }
    api_end(&self);
    huzhu_ledger_free(ledger);
    huzhu_output_free(output);
}

/* ---- loading ---- */

#define SMALL_MANIFEST                                                                                                 \
    "ruleset: small\nformat: %s\nversion: '1'\ntitle: {zh: 小, en: small}\ncurrency: CNY\nsources:\n  s: {gives: "    \
    "published, title: x}\n"

static huzhu_status load_text(const char *manifest, const huzhu_load_options *options, huzhu_diagnostics *diagnostics)
{
    huzhu_ruleset *ruleset = NULL;
    huzhu_file file = {"ruleset.yaml", manifest, strlen(manifest)};
    huzhu_status status = huzhu_ruleset_load_files(&file, 1, options, diagnostics, &ruleset);
    HZ_CHECK((status == HUZHU_OK) == (ruleset != NULL));
    huzhu_ruleset_release(ruleset);
    return status;
}

HZ_TEST(api_load_errors)
{
    huzhu_diagnostics *diagnostics;
    huzhu_ruleset *ruleset = NULL;
    huzhu_diagnostic view = {.struct_size = sizeof view};
    char manifest[400];
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(HZ_TEST_ROOT "/no-such-folder", NULL, diagnostics, &ruleset), HUZHU_IO);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_count(diagnostics), 1);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_at(diagnostics, 0, &view), HUZHU_OK);
    HZ_CHECK_STR(api_str(view.code), "E_IO");
    HZ_CHECK(view.line == 0 && view.file.size == 0 && view.severity == HUZHU_ERROR);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_at(diagnostics, 1, &view), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(NULL, 0, NULL, diagnostics, &ruleset), HUZHU_RULES);
    snprintf(manifest, sizeof manifest, SMALL_MANIFEST, "2");
    HZ_CHECK_EQ_INT(load_text(manifest, NULL, diagnostics), HUZHU_VERSION);
    snprintf(manifest, sizeof manifest, SMALL_MANIFEST "colour: red\n", "1");
    HZ_CHECK_EQ_INT(load_text(manifest, NULL, diagnostics), HUZHU_RULES);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_at(diagnostics, 0, &view), HUZHU_OK);
    HZ_CHECK_STR(api_str(view.code), "E_UNKNOWN_KEY");
    HZ_CHECK_STR(api_str(view.file), "ruleset.yaml");
    HZ_CHECK(view.line == 8 && view.column == 1 && view.end_line == 8 && view.end_column == 7);
    HZ_CHECK(strstr(api_str(huzhu_diagnostics_text(diagnostics)), "ruleset.yaml:8:1: error[E_UNKNOWN_KEY]: ") != NULL);
    HZ_CHECK(strstr(api_str(huzhu_diagnostics_json(diagnostics)), "\"line\":8,\"column\":1,") != NULL);
    huzhu_load_options tight = {.struct_size = sizeof tight};
    for (tight.memory_limit = 500; tight.memory_limit < 20000; tight.memory_limit += 500) /* from the folder's names on */
        HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &tight, diagnostics, &ruleset), HUZHU_LIMIT);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_at(diagnostics, 0, &view), HUZHU_OK);
    HZ_CHECK_STR(api_str(view.code), "E_TOO_LARGE");
    /* A load that is well empties the list. */
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, NULL, diagnostics, &ruleset), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_count(diagnostics), 0);
    HZ_CHECK_STR(api_str(huzhu_diagnostics_text(diagnostics)), "");
    huzhu_ruleset_release(ruleset);
    huzhu_diagnostics_free(diagnostics);
}

HZ_TEST(api_load_settings)
{
    static const char *const settings[] = {"all-types.full = 60"};
    static const char *const wrong[] = {"all-types.ful = 60"};
    huzhu_load_options options = {.struct_size = sizeof options, .setting_count = 1, .settings = settings};
    api_case self = {0};
    huzhu_ruleset *plain = NULL;
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, NULL, NULL, &plain), HUZHU_OK);
    if (HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options, NULL, &self.ruleset), HUZHU_OK)) {
        self.plan = huzhu_ruleset_plan_at(self.ruleset, 0);
        HZ_CHECK_EQ_INT(huzhu_claim_new(self.plan, &self.claim), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &self.decision), HUZHU_OK);
        api_decide(&self, "{" GOOD "}");
        HZ_CHECK_STR(api_str(huzhu_decision_total_text(self.decision)), "120.00");
        HZ_CHECK(huzhu_ruleset_scenario(self.ruleset).size > 0);
        HZ_CHECK_STR(api_str(huzhu_ruleset_sha256(self.ruleset)), api_str(huzhu_ruleset_sha256(plain)));
        HZ_CHECK(strstr(api_part(&self, "\"scenario\":"), "all-types.full") != NULL);
    }
    huzhu_ruleset_release(plain);
    api_end(&self);
    options.settings = wrong;
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options, NULL, &self.ruleset), HUZHU_RULES);
    HZ_CHECK(self.ruleset == NULL);
}

/* The same files from memory, in any order, are the same ruleset. */
HZ_TEST(api_load_from_memory)
{
    api_case self;
    api_file plan = api_read(CLAIM_RULES "/all-types.yaml"), manifest = api_read(CLAIM_RULES "/ruleset.yaml");
    huzhu_file files[] = {{"ruleset.yaml", manifest.data, manifest.size}, {"all-types.yaml", plan.data, plan.size}};
    huzhu_ruleset *ruleset = NULL;
    if (api_begin(&self) && HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(files, 2, NULL, NULL, &ruleset), HUZHU_OK)) {
        memset(plan.data, 0, plan.size);
        HZ_CHECK_STR(api_str(huzhu_ruleset_sha256(ruleset)), api_str(huzhu_ruleset_sha256(self.ruleset)));
        HZ_CHECK_EQ_INT(huzhu_ruleset_plan_count(ruleset), 1);
        huzhu_ruleset_release(ruleset);
    }
    free(plan.data);
    free(manifest.data);
    api_end(&self);
}
