/* test_setting_parts.c - settings of brackets and of rows: what they change, on which days, and what is refused. */
#include "harness/harness.h"
#include "unit/plan_case.h"

typedef struct row {
    const char *claim, *expected, *basis;
} row;

#define PLAN_OF_PARTS                                                                                                  \
    HEAD "inputs:\n  member: {type: key, zh: 会}\n  start: {type: date, zh: 起}\n  n: {type: count, zh: 数, range: '[0..1000]'}\n" \
         "  kind: {type: code, zh: 类, values: {a: 甲, b: 乙}}\n"                                                      \
         "scales:\n"                                                                                                   \
         "  rate:\n    of: n\n    kind: marginal\n    unit: CNY\n"                                                     \
         "    2015-07: {source: book, brackets: [{up to: 10, rate: 0.5}, {up to: 100, rate: 0.4, id: middle}, {rate: 0}]}\n" \
         "    2018-01: {source: book, brackets: [{up to: 10, rate: 1}, {rate: 0.1}]}\n"                                \
         "  stage:\n    of: n\n    kind: single\n    type: code\n    values: {low: 低, high: 高}\n"                    \
         "    2015-07: {source: book, brackets: [{up to: 10, gives: low}, {gives: high}]}\n"                           \
         "tables:\n"                                                                                                   \
         "  sum:\n    inputs: [kind, n]\n    gives: {sum: CNY, level: {type: code, values: {x: 子, y: 丑}}, due_on: date}\n" \
         "    2015-07:\n      source: book\n      rows:\n"                                                             \
         "        - {kind: a, sum: 1, level: x, due_on: 2015-01-01}\n"                                                 \
         "        - {kind: b, n: '< 5', sum: 2, level: y, due_on: 2015-01-01, id: few}\n"                              \
         "      otherwise: {sum: 3, level: x, due_on: 2015-01-01}\n"                                                   \
         "    2018-01:\n      source: book\n      rows:\n        - {sum: 9, level: x, due_on: 2015-01-01}\n"
#define PAYS(formula) "round: {to: 0.01, mode: half up, source: book}\nbenefits:\n  due:\n    zh: 付\n    amount: '" formula "'\n"
#define RATE PLAN_OF_PARTS PAYS("rate + (if stage = \"low\" then 0 else 1000) + (if sum > 0 and level = \"x\" and due_on < start then 0 else 0)")
#define SUM PLAN_OF_PARTS PAYS("sum + (if level = \"y\" then 100 else 0) + (if due_on > start then 1000 else 0) + (if rate >= 0 and stage = \"low\" then 0 else 0)")

static void run_parts(const char *plan, const char *const *settings, const row *rows, size_t count)
{
    plan_case c;
    bool ready = plan_case_begin_set(&c, plan, settings);
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; ready && i < count; i++) {
        HZ_CHECK_STR(plan_case_decide(&c, rows[i].claim), rows[i].expected);
        if (rows[i].basis != NULL) HZ_CHECK_STR(plan_case_basis(&c), rows[i].basis);
    }
    plan_case_end(&c);
}

#define RUN(plan, settings, rows) run_parts((plan), (settings), (rows), sizeof(rows) / sizeof *(rows))
#define ON(day, n, kind) "{\"member\":\"m\",\"start\":\"" day "\",\"n\":" n ",\"kind\":\"" kind "\"}"

HZ_TEST(settings_of_brackets)
{
    static const char *const none[] = {NULL};
    static const char *const first[] = {"stay.rate[1].rate = 0.25", NULL};
    static const char *const named[] = {"stay.rate[middle].rate = 20% from 2016-01 until 2017-01", "stay.stage[2].gives = \"low\"", NULL};
    static const row plain[] = {
        {ON("2016-01-01", "20", "a"), "paid 100900", NULL}, /* 5 + 4 + 1000 */
        {ON("2018-01-01", "20", "a"), "paid 101100", NULL},
    };
    static const row with_first[] = {
        {ON("2016-01-01", "20", "a"), "paid 100650", "rate=6.5 rate[1]=0.25* rate[middle]=0.4 stage=high sum[1].sum=1 sum[1].due_on=2015-01-01"},
        {ON("2018-01-01", "20", "a"), "paid 100350", NULL},
    };
    static const row with_named[] = {
        {ON("2015-12-31", "20", "a"), "paid 900", NULL},
        {ON("2016-01-01", "20", "a"), "paid 700", NULL},
        {ON("2016-12-31", "20", "a"), "paid 700", NULL},
        {ON("2017-01-01", "20", "a"), "paid 900", NULL},
        {ON("2018-01-01", "20", "a"), "paid 1100", NULL},
    };
    RUN(RATE, none, plain);
    RUN(RATE, first, with_first);
    RUN(RATE, named, with_named);
}

HZ_TEST(settings_of_rows)
{
    static const char *const number[] = {"stay.sum[few].sum = 7.5", NULL};
    static const char *const several[] = {"stay.sum[1].level = \"y\" from 2016-06", "stay.sum[otherwise].sum = 4", "stay.sum[2].due_on = @\"2030-01-01\"", NULL};
    static const row with_number[] = {
        {ON("2016-01-01", "3", "b"), "paid 10750", NULL},
        {ON("2016-01-01", "3", "a"), "paid 100", NULL},
        {ON("2018-01-01", "3", "b"), "paid 900", NULL},
    };
    static const row with_several[] = {
        {ON("2016-05-31", "3", "a"), "paid 100", NULL},
        {ON("2016-06-01", "3", "a"), "paid 10100", NULL},
        {ON("2018-01-01", "3", "a"), "paid 10900", NULL},
        {ON("2016-01-01", "9", "b"), "paid 400", NULL},
        {ON("2016-01-01", "3", "b"), "paid 110200", NULL},
    };
    RUN(SUM, number, with_number);
    RUN(SUM, several, with_several);
}

HZ_TEST(settings_of_parts_are_refused)
{
    static const struct {
        const char *setting, *expected;
    } rows[] = {
        {"stay.rate[4].rate = 1", "E_SCENARIO_PATH <stay.rate[4].rate> there is no `stay.rate[4].rate`: no version in these days has such a bracket | brackets count from 1, and have these ids: middle"},
        {"stay.rate[midle].rate = 1", "E_SCENARIO_PATH <stay.rate[midle].rate> there is no `stay.rate[midle].rate`: no version in these days has such a bracket | did you mean `middle`?"},
        {"stay.rate[middle].rate = 1 from 2018-01", "E_SCENARIO_PATH <stay.rate[middle].rate> there is no `stay.rate[middle].rate`: no version in these days has such a bracket | brackets count from 1, and have these ids: middle"},
        {"stay.rate[1].gives = 1", "E_SCENARIO_PATH <stay.rate[1].gives> there is no `stay.rate[1].gives`: of a bracket one thing can be set | write stay.rate[1].rate"},
        {"stay.rate[1].rate = -1", "E_OUT_OF_RANGE <-1> scale `rate` is never negative | set it to 0 or more"},
        {"stay.stage[1].gives = \"medium\"", "E_UNKNOWN_CODE <\"medium\"> `medium` is none of the codes of scale `stage` | its codes stand under `values`"},
        {"stay.stage[1].gives = 3", "E_SCENARIO_VALUE <3> `3` is not of the type of scale `stage` | write a code in double quotes: \"full\""},
        {"stay.sum[3].sum = 1", "E_SCENARIO_PATH <stay.sum[3].sum> there is no `stay.sum[3].sum`: no version in these days has such a row | rows count from 1, and have these ids: few"},
        {"stay.sum[1] = 1", "E_SCENARIO_PATH <stay.sum[1]> there is no `stay.sum[1]`: which of its outputs is not said | its rows give: sum, level, due_on"},
        {"stay.sum[1].levl = 1", "E_SCENARIO_PATH <stay.sum[1].levl> there is no `stay.sum[1].levl`: the table gives nothing of that name | did you mean `level`?"},
        {"stay.sum[1].sum = 1.234", "E_DECIMALS <1.234> more decimals than output `sum` has (2) | nothing is rounded silently; write at most 2"},
        {"stay.summ[1].sum = 1", "E_SCENARIO_PATH <stay.summ[1].sum> there is no `stay.summ[1].sum`: no scale or table has this path | did you mean `stay.sum`?"},
        {"tables.sites[1].site = \"a\"", "E_SCENARIO_PATH <tables.sites[1].site> there is no `tables.sites[1].site`: no scale or table has this path | scales and tables are: stay.rate, stay.stage, stay.sum"},
        {"stay[1].sum = 1", "E_SCENARIO_PATH <stay[1].sum> there is no `stay[1].sum`: it is no path | a bracket is plan.scale[2].rate, a row plan.table[2].output"},
        {"stay.level = \"x\"", "E_SCENARIO_PATH <stay.level> `stay.level` cannot be set: only parameters and values can, and parts of scales and tables | name a row of its table by its number or id: plan.table[1].level"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const settings[] = {rows[i].setting, NULL};
        plan_case c;
        HZ_CHECK(!plan_case_begin_set(&c, SUM, settings));
        HZ_CHECK_STR(rules_case_show(&c.rules), rows[i].expected);
        plan_case_end(&c);
    }
}

/* Several lines in one text, with comments; the path is canonical, and later lines see earlier ones. */
HZ_TEST(settings_of_several_lines)
{
    static const char *const lines[] = {"# what if\n\n  stay.rate[1].rate=25%   # a quarter\nstay.sum[few].sum = 7.50\n", NULL};
    plan_case c;
    HZ_CHECK(plan_case_begin_set(&c, RATE, lines));
    if (c.plans != NULL) {
        char text[200];
        snprintf(text, sizeof text, "%.*s", HZ_ARG(c.rules.model->scenario));
        HZ_CHECK_STR(text, "stay.rate[1].rate=0.25\nstay.sum[few].sum=7.5");
    }
    plan_case_end(&c);
}
