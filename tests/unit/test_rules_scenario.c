/* test_rules_scenario.c - settings: what they replace, what they are held to, and their canonical text. */
#include "rules_case.h"

#include "value/date.h"

#define SETTINGS_MOST 4

static const char plan[] = HEAD "inputs:\n"
                                "  start: {type: date, zh: 起}\n"
                                "parameters:\n"
                                "  amount:\n"
                                "    unit: CNY/day\n"
                                "    2011-01: {value: 40, source: book}\n"
                                "    2015-07: {value: 50, source: book}\n"
                                "    2020-01: none\n"
                                "  wait:\n"
                                "    unit: days\n"
                                "    2015-07: {unknown: 未公布}\n"
                                "  rate:\n"
                                "    unit: '%'\n"
                                "    2015-07: {value: 20%, source: book}\n"
                                "  length:\n"
                                "    type: period\n"
                                "    2015-07: {value: P1Y, source: book}\n"
                                "  stage:\n"
                                "    type: code\n"
                                "    values: {half: 减半, full: 全额}\n"
                                "    2015-07: {value: full, source: book}\n"
                                "  flag:\n"
                                "    type: boolean\n"
                                "    2015-07: {value: false, source: book}\n"
                                "  due:\n"
                                "    type: date\n"
                                "    2015-07: {value: 2020-01-01, source: book}\n"
                                "  most:\n"
                                "    unit: CNY\n"
                                "    2011-01: {value: none, assumed: 未公布}\n"
                                "    2015-07: none\n"
                                "values:\n"
                                "  days: 1 + 2\n";

static bool apply_texts(rules_case *self, const hz_file *texts, uint32_t count)
{
    self->arena.escape = &self->escape;
    if (setjmp(self->escape.to) != 0) return false;
    hz_rules_apply(&self->arena, &self->diags, self->model, texts, count);
    self->arena.escape = NULL;
    return true;
}

static bool apply(rules_case *self, const char *const *settings)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("stay.yaml"), HZ_STR(plan)}};
    hz_file texts[SETTINGS_MOST] = {{{0}, {0}}};
    uint32_t count = 0;
    rules_case_begin(self);
    if (!HZ_CHECK(rules_case_read(self, files, 2)) || !HZ_CHECK_STR(rules_case_show(self), "")) return false;
    for (; count < SETTINGS_MOST && settings[count] != NULL; count++) texts[count].bytes = hz_str_from(settings[count]);
    return apply_texts(self, texts, count);
}

/* The versions of one parameter as `since=coefficient`, `*` behind those that a setting put there. */
static void check_versions(const char *setting, uint32_t parameter, const char *expected)
{
    const char *const settings[] = {setting, NULL};
    rules_case self;
    if (apply(&self, settings)) {
        const hz_parameter *found = &self.model->plans.at[0].parameters.at[parameter];
        HZ_CHECK_STR(rules_case_show(&self), "");
        hz_buf_reset(&self.shown);
        for (uint32_t i = 0; i < found->history.entries.count; i++) {
            const hz_entry *entry = &found->history.entries.at[i];
            char day[HZ_DATE_TEXT];
            hz_date_format(entry->since.day, day);
            hz_buf_printf(&self.shown, "%s%s=", i > 0 ? " " : "", day);
            if (entry->state == HZ_ENTRY_VALUE)
                hz_buf_add_int(&self.shown, (int64_t)entry->value.coefficient);
            else
                hz_buf_printf(&self.shown, "%s", entry->state == HZ_ENTRY_NONE ? "none" : "unknown");
            hz_buf_printf(&self.shown, "%s", entry->scenario ? "*" : "");
        }
        HZ_CHECK_STR(hz_buf_text(&self.shown).at, expected);
    }
    rules_case_end(&self);
}

HZ_TEST(scenario_replaces_versions)
{
    check_versions("stay.amount = 60", 0, "2011-01-01=60* 2015-07-01=60* 2020-01-01=none");
    check_versions("stay.amount = 60 from 2015-07", 0, "2011-01-01=40 2015-07-01=60*");
    check_versions("stay.amount = 60 from 2026-01-01", 0, "2011-01-01=40 2015-07-01=50 2020-01-01=none 2026-01-01=60*");
    check_versions("stay.amount = 60 from 2010-01", 0, "2010-01-01=60*");
    check_versions("stay.amount=60 from 2012-01-01 until 2013-01-01", 0,
                   "2011-01-01=40 2012-01-01=60* 2013-01-01=40 2015-07-01=50 2020-01-01=none");
    check_versions("stay.amount = 60 from 2012-01 until 2015-07", 0,
                   "2011-01-01=40 2012-01-01=60* 2015-07-01=50 2020-01-01=none");
    check_versions("stay.amount = 60 from 2012-01 until 2016-01", 0,
                   "2011-01-01=40 2012-01-01=60* 2016-01-01=50 2020-01-01=none");
    check_versions("stay.amount = 60 from 2009-01 until 2010-01", 0,
                   "2009-01-01=60* 2010-01-01=none* 2011-01-01=40 2015-07-01=50 2020-01-01=none");
    check_versions("stay.most = 900", 7, "2011-01-01=900* 2015-07-01=900*");
    check_versions("stay.most = 900 from 2012-01-01", 7, "2011-01-01=none 2012-01-01=900*");
    check_versions("stay.amount = 60.5", 0, "2011-01-01=605* 2015-07-01=605* 2020-01-01=none");
    check_versions("stay.wait = 30", 1, "2015-07-01=30*");
    check_versions("stay.rate = 12.5%", 2, "2015-07-01=125*");
    check_versions("stay.rate = 0.125", 2, "2015-07-01=125*");
    check_versions("stay.length = @\"P6M\"", 3, "2015-07-01=6*");
    check_versions("stay.stage = \"half\"", 4, "2015-07-01=0*");
    check_versions("stay.flag = true", 5, "2015-07-01=1*");
    check_versions("stay.due = date(\"1970-01-02\")", 6, "2015-07-01=1*");
}

HZ_TEST(scenario_spans_types)
{
    const char *const settings[] = {"stay.amount = 60.50 from 2016-01", NULL};
    rules_case self;
    if (apply(&self, settings)) {
        const hz_parameter *amount = &self.model->plans.at[0].parameters.at[0];
        HZ_CHECK_EQ_INT(amount->type.scale, 1);
        HZ_CHECK(amount->type.lo == 400 && amount->type.hi == 605);
        HZ_CHECK_EQ_INT(amount->history.entries.at[0].value.type.scale, 1);
        HZ_CHECK_EQ_INT(amount->history.entries.at[2].from.standing, HZ_ASSUMED);
    }
    rules_case_end(&self);
}

HZ_TEST(scenario_sets_formulas)
{
    const char *const settings[] = {"stay.days = 5 from 2016-01 until 2017-01", NULL};
    rules_case self;
    if (apply(&self, settings)) {
        const hz_history *days = &self.model->plans.at[0].values.at[0].history;
        HZ_CHECK(days->dated);
        HZ_CHECK_EQ_INT(days->entries.count, 3);
        HZ_CHECK_EQ_INT(days->entries.at[1].formula->op, HZ_AST_NUMBER);
        HZ_CHECK_EQ_INT(days->entries.at[2].formula->op, HZ_AST_ADD);
        HZ_CHECK(days->entries.at[0].formula != days->entries.at[2].formula);
        HZ_CHECK(days->entries.at[0].formula->child[0] != days->entries.at[2].formula->child[0]);
    }
    rules_case_end(&self);
}

HZ_TEST(scenario_canonical_text)
{
    static const char *const written[] = {"  stay.amount =60.50  from 2026-01", "stay.rate=20%",
                                          "stay.stage = \"half\"", NULL};
    static const char *const other[] = {"stay.amount = 60.5 from 2026-01-01", "stay.rate = 0.200",
                                        "stay.stage=\"half\"", NULL};
    rules_case a, b;
    if (apply(&a, written) && apply(&b, other)) {
        HZ_CHECK(hz_str_is(a.model->scenario, "stay.amount=60.5 from 2026-01-01\nstay.rate=0.2\nstay.stage=\"half\""));
        HZ_CHECK(hz_str_eq(a.model->scenario, b.model->scenario));
        HZ_CHECK_STR(a.model->scenario_sha256, b.model->scenario_sha256);
        HZ_CHECK_EQ_INT(strlen(a.model->scenario_sha256), 64);
        HZ_CHECK_STR(a.model->sha256, b.model->sha256);
        rules_case_end(&b);
    }
    rules_case_end(&a);
}

HZ_TEST(scenario_refuses)
{
#define FORM " | a setting is `plan.name = 60`, then maybe `from 2026-01-01` and `until 2027-01-01`"
    static const struct {
        const char *setting, *expected;
    } rows[] = {
        {"stay.amuont = 60", "E_SCENARIO_PATH <stay.amuont> there is no `stay.amuont` | did you mean `stay.amount`?"},
        {"amount = 60", "E_SCENARIO_PATH <amount> there is no `amount` | did you mean `stay.amount`?"},
        {"inpatient-allowance.amount = 60",
         "E_SCENARIO_PATH <inpatient-allowance.amount> there is no `inpatient-allowance.amount` | did you mean "
         "`stay.amount`?"},
        {"stay.start = 60", "E_SCENARIO_PATH <stay.start> `stay.start` cannot be set: only parameters and values can, and parts of scales and tables | "
                            "inputs come with the "
                            "claim; formulas of other kinds are changed in the file"},
        {"stay.amount = 60.555",
         "E_DECIMALS <60.555> more decimals than parameter `amount` has (2) | nothing is rounded "
         "silently; write at most 2"},
        {"stay.wait = 1.5",
         "E_DECIMALS <1.5> more decimals than parameter `wait` has (0) | nothing is rounded silently; "
         "write at most 0"},
        {"stay.amount = -60", "E_OUT_OF_RANGE <-60> parameter `amount` is never negative | set it to 0 or more"},
        {"stay.amount = 6%",
         "E_PERCENT <6%> a percentage, but parameter `amount` is not in % | give it `unit: '%'`, or "
         "write the number in its own unit"},
        {"stay.rate = 20",
         "E_PERCENT <20> `20` without `%` is that many times the whole | write `20%`, or the share as a "
         "number, as 0.2 for 20%"},
        {"stay.length = @\"P15D\"",
         "E_SCENARIO_VALUE <@\"P15D\"> `@\"P15D\"` is not of the type of parameter `length` | "
         "write years and months: @\"P1Y3M\""},
        {"stay.stage = half",
         "E_SCENARIO_VALUE <half> `half` is not of the type of parameter `stage` | write a code in "
         "double quotes: \"full\""},
        {"stay.stage = \"hlaf\"",
         "E_UNKNOWN_CODE <\"hlaf\"> `hlaf` is none of the codes of parameter `stage` | did you mean `half`?"},
        {"stay.due = 1",
         "E_SCENARIO_VALUE <1> `1` is not of the type of parameter `due` | write a date: @\"2026-01-01\""},
        {"stay.days = 1 + 1",
         "E_SCENARIO_VALUE <1 + 1> value `days` can be set to a literal, not to an expression | write "
         "a number, true, false, \"text\", @\"2026-01-01\" or @\"P1Y\""},
        {"stay.amount", "E_SCENARIO <stay.amount> a setting without `=`" FORM},
        {"= 60", "E_SCENARIO <= 60> a setting without a path" FORM},
        {"stay.amount =", "E_SCENARIO <stay.amount => a setting without a value" FORM},
        {"stay.amount = from 2015-01", "E_SCENARIO <stay.amount = from 2015-01> a setting without a value" FORM},
        {"stay.amount = 60 until 2026-01", "E_SCENARIO <until 2026-01> `until` needs a `from` before it" FORM},
        {"stay.amount = 60 from 2026",
         "E_DATE <2026> `2026` is not a date | a year alone is no date; write the month too, "
         "`2026-01`"},
        {"stay.amount = 60 from", "E_SCENARIO <> `from` is not followed by a date" FORM},
        {"stay.amount = 60 from 2026-01 until 2026-01-01", "E_SCENARIO <2026-01-01> the setting ends before it begins: "
                                                           "`until` is the first day without it" FORM},
        {"stay.amount := book",
         "E_SCENARIO_PATH <stay.amount> `stay.amount` has no readings to choose from | a value is set by `=`"},
        {"stay.stage = \"a from b\"",
         "E_UNKNOWN_CODE <\"a from b\"> `a from b` is none of the codes of parameter `stage` | "
         "its codes stand under `values`"},
        {"", "E_SCENARIO <> a setting without `=`" FORM},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const settings[] = {rows[i].setting, NULL};
        rules_case self;
        if (apply(&self, settings)) {
            HZ_CHECK_STR(rules_case_show(&self), rows[i].expected);
            HZ_CHECK_EQ_INT(self.model->scenario.len, 0);
        }
        rules_case_end(&self);
    }
}
