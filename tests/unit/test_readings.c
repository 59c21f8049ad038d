/* test_readings.c - readings of sources: which counts, on which days it is disputed, and taking another. */
#include "harness/harness.h"
#include "run/say.h"
#include "unit/plan_case.h"

typedef struct row {
    const char *claim, *expected, *basis;
} row;

#define READ_PLAN                                                                                                      \
    "plan: stay\ntitle: {zh: 甲, en: A}\nfrom: 2009-08\n"                                                              \
    "dated by: {readings: {day: start, notice: told}, taken: day, disputed: 未说明}\n"                                  \
    "inputs:\n  start: {type: date, zh: 起}\n  told: {type: date, zh: 报}\n  n: {type: count, zh: 数, range: '[0..100]'}\n" \
    "parameters:\n  most:\n    unit: CNY\n    readings:\n"                                                             \
    "      paper: {2009-08: {value: 3, source: book}, 2011-01-01: {value: 10, source: book}}\n"                        \
    "      text: {2009-08: {value: 3.00, source: book}, 2010-01: {value: 10, source: book}, 2015-01: {value: 11, source: book}}\n"          \
    "      third: {2009-08: {unknown: 未见}, 2011-01-01: {value: 10, source: book}}\n"                                 \
    "    taken: paper\n    disputed: 报道更具体\n"                                                                     \
    "scales:\n  rate:\n    of: n\n    kind: marginal\n    unit: CNY\n    readings:\n"                                  \
    "      one: {2009-08: {source: book, brackets: [{up to: 10, rate: 0.5}, {rate: 0}]}}\n"                            \
    "      two: {2009-08: {source: book, brackets: [{up to: 10, rate: 0.25}, {rate: 0}]}, 2012-01: {source: book, brackets: [{up to: 10, rate: 0.50}, {rate: 0}]}}\n" \
    "    taken: one\n    disputed: 两说\n"                                                                             \
    "values:\n  extra:\n    readings:\n      a: {2009-08: n}\n      b: {2009-08: n + 1, 2013-01: (n)}\n    taken: a\n    disputed: 未明\n" \
    "round: {to: 0.01, mode: half up, source: book}\n"                                                                 \
    "eligibility:\n  - code: FEW\n    require:\n      readings: {x: {2009-08: n >= 2}, y: {2009-08: n > 2}}\n      taken: x\n      disputed: 含否\n    source: book\n    zh: 少\n    en: few\n" \
    "benefits:\n  due:\n    zh: 付\n    amount: most + rate + extra\n"

static void run_readings(const char *const *settings, const row *rows, size_t count)
{
    plan_case c;
    bool ready = plan_case_begin_set(&c, READ_PLAN, settings);
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; ready && i < count; i++) {
        HZ_CHECK_STR(plan_case_decide(&c, rows[i].claim), rows[i].expected);
        if (rows[i].basis != NULL) HZ_CHECK_STR(plan_case_basis(&c), rows[i].basis);
    }
    plan_case_end(&c);
}

#define RUN(settings, rows) run_readings((settings), (rows), sizeof(rows) / sizeof *(rows))
#define DAY(start) "{\"start\":\"" start "\",\"told\":\"2014-01-01\",\"n\":2}"

HZ_TEST(readings_by_day)
{
    static const row rows[] = {
        {DAY("2009-08-01"), "paid 600", "most=3* rate=1* rate[1]=0.5 extra* dated by*"}, /* nobody knows what the third says */
        {DAY("2010-01-01"), "paid 600", "most=3* rate=1* rate[1]=0.5 extra* dated by*"},
        {DAY("2011-01-01"), "paid 1300", "most=10 rate=1* rate[1]=0.5 extra* dated by*"},
        {DAY("2012-01-01"), "paid 1300", "most=10 rate=1 rate[1]=0.5 extra* dated by*"},
        {DAY("2013-01-01"), "paid 1300", "most=10 rate=1 rate[1]=0.5 dated by*"},
        {DAY("2015-01-01"), "paid 1300", "most=10* rate=1 rate[1]=0.5 dated by*"},
    };
    RUN(NULL, rows);
}

/* What is said of each thing disputed: figures with units, formulas by labels, in the language asked. */
HZ_TEST(readings_are_told)
{
    plan_case c;
    bool ready = plan_case_begin(&c, READ_PLAN);
    hz_buf out;
    hz_buf_begin(&out, &hz_alloc_libc);
    if (ready) plan_case_decide(&c, DAY("2010-01-01"));
    if (ready) plan_case_basis(&c);
    for (uint32_t i = 0; ready && i < c.decision.basis_count; i++) {
        const hz_basis_item *item = &c.decision.basis[i];
        for (uint32_t language = 0; language < 2 && item->from->dispute != NULL; language++) {
            hz_say_disputed(c.decision.plan, item->name, item->from, language, &out);
            hz_buf_add_char(&out, '\n');
        }
    }
    HZ_CHECK_STR(hz_buf_text(&out).at, "报道更具体〔paper：3 元；text：10 元；third：未公布〕\n报道更具体 [paper: 3 yuan; text: 10 yuan; third: not published]\n"
                                       "两说〔one；two〕\n两说 [one; two]\n两说〔one；two〕\n两说 [one; two]\n" /* the scale, and its rate */
                                       "未明〔a：数；b：数 + 1〕\n未明 [a: n; b: n + 1]\n未说明〔day：起；notice：报〕\n未说明 [day: start; notice: told]\n");
    hz_buf_end(&out);
    plan_case_end(&c);
}

HZ_TEST(readings_taken_by_settings)
{
    static const char *const text[] = {"stay.most := text", "stay.rate:=two", "stay.extra := b", "stay.FEW := y", NULL};
    static const char *const date[] = {"stay.dated by := notice", NULL};
    static const char *const both[] = {"stay.most := third", "stay.most = 7 from 2011-06", NULL};
    static const char *const late[] = {"stay.most = 7 from 2011-06", "stay.most := third", NULL};
    static const row with_text[] = {
        {"{\"start\":\"2010-02-01\",\"told\":\"2014-01-01\",\"n\":4}", "paid 1600", NULL}, /* 10 + 1 + 5 */
        {"{\"start\":\"2010-02-01\",\"told\":\"2014-01-01\",\"n\":2}", "refused FEW", NULL},
        {"{\"start\":\"2013-02-01\",\"told\":\"2014-01-01\",\"n\":4}", "paid 1600", NULL}, /* 10 + 2 + 4 */
    };
    static const row with_date[] = {
        {"{\"start\":\"2009-08-01\",\"told\":\"2014-01-01\",\"n\":2}", "paid 1300", "most=10 rate=1 rate[1]=0.5 dated by*"},
        {"{\"start\":\"2009-08-01\",\"n\":2}", "incomplete MISSING(told)", NULL},
    };
    static const row with_both[] = {
        {DAY("2010-06-01"), "undetermined UNKNOWN_VALUE(most)", NULL},
        {DAY("2011-02-01"), "paid 1300", NULL},
        {DAY("2011-06-01"), "paid 1000", "most=7* rate=1* rate[1]=0.5 extra* dated by*"},
    };
    RUN(text, with_text);
    RUN(date, with_date);
    RUN(both, with_both);
    RUN(late, with_both); /* readings are taken first */
}

HZ_TEST(readings_are_refused_by_settings)
{
    static const struct {
        const char *setting, *expected;
    } rows[] = {
        {"stay.most := papr", "E_SCENARIO_VALUE <papr> `stay.most` has no reading `papr` | did you mean `paper`?"},
        {"stay.most := 12", "E_SCENARIO_VALUE <12> `stay.most` has no reading `12` | its readings are paper, text, third"},
        {"stay.due := x", "E_SCENARIO_PATH <stay.due> `stay.due` has no readings to choose from | a value is set by `=`"},
        {"stay.nothing := x", "E_SCENARIO_PATH <stay.nothing> there is no `stay.nothing` | a path is the plan's id, a point, and a name, the code of a line, or `dated by`"},
        {"other.most := x", "E_SCENARIO_PATH <other.most> there is no `other.most` | a path is the plan's id, a point, and a name, the code of a line, or `dated by`"},
        {"stay.dated by := dy", "E_SCENARIO_VALUE <dy> `stay.dated by` has no reading `dy` | did you mean `day`?"},
        {"stay.most :=", "E_SCENARIO <stay.most :=> `:=` without the name of a reading | a setting is `plan.name = 60`, then maybe `from 2026-01-01` and `until 2027-01-01`"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const settings[] = {rows[i].setting, NULL};
        plan_case c;
        HZ_CHECK(!plan_case_begin_set(&c, READ_PLAN, settings));
        HZ_CHECK_STR(rules_case_show(&c.rules), rows[i].expected);
        plan_case_end(&c);
    }
}

/* ---- Tables ---- */

#define READ_TABLE                                                                                                     \
    "plan: stay\ntitle: {zh: 甲, en: A}\nfrom: 2009-08\ndated by: start\n"                                             \
    "inputs:\n  start: {type: date, zh: 起}\n  kind: {type: code, zh: 类, values: {a: 甲, b: 乙, c: 丙}}\n"             \
    "parameters:\n  full: {unit: CNY, 2009-08: {value: 9, source: book}}\n"                                            \
    "tables:\n  share:\n    inputs: [kind]\n    gives: {due_each: CNY}\n    readings:\n"                                \
    "      paper:\n"                                                                                                   \
    "        2009-08:\n          source: book\n          rows:\n"                                                      \
    "            - {kind: a, due_each: 1}\n            - {kind: b, id: mid, due_each: 2, assumed: 推算}\n"             \
    "          otherwise: {due_each: 3}\n"                                                                             \
    "      text:\n"                                                                                                    \
    "        2009-08: {source: book, rows: [{kind: b, due_each: 2.00}, {kind: a, due_each: full}], otherwise: {due_each: 3}}\n" \
    "        2012-01: {source: book, rows: [{kind: a, due_each: 1}, {kind: b, due_each: 2}], otherwise: {due_each: 3}}\n" \
    "        2014-01: {source: book, rows: [{kind: a, due_each: 1}, {kind: b, due_each: 2}, {kind: c, due_each: 4}], otherwise: {due_each: 3}}\n" \
    "        2016-01: {unknown: 未见}\n"                                                                               \
    "    taken: paper\n    disputed: 报道更具体\n"                                                                    \
    "benefits:\n  due:\n    zh: 付\n    amount: due_each\n"

static void run_tables(const char *const *settings, const row *rows, size_t count)
{
    plan_case c;
    bool ready = plan_case_begin_set(&c, READ_TABLE, settings);
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; ready && i < count; i++) {
        HZ_CHECK_STR(plan_case_decide(&c, rows[i].claim), rows[i].expected);
        if (rows[i].basis != NULL) HZ_CHECK_STR(plan_case_basis(&c), rows[i].basis);
    }
    plan_case_end(&c);
}

#define RUN_TABLES(settings, rows) run_tables((settings), (rows), sizeof(rows) / sizeof *(rows))
#define KIND(start, kind) "{\"start\":\"" start "\",\"kind\":\"" kind "\"}"

/* Disputed is a row that another reading has not, and what no row gives where another reading has one more. */
HZ_TEST(readings_of_tables_by_row)
{
    static const row rows[] = {
        {KIND("2009-08-01", "a"), "paid 100", "share[1]* share[1].due_each=1"},
        {KIND("2009-08-01", "b"), "paid 200", "share[mid]* share[mid].due_each=2"}, /* assumed of itself */
        {KIND("2009-08-01", "c"), "paid 300", "share[otherwise]* share[otherwise].due_each=3"},
        {KIND("2012-01-01", "a"), "paid 100", "share[1].due_each=1"},
        {KIND("2012-01-01", "c"), "paid 300", "share[otherwise].due_each=3"},
        {KIND("2014-01-01", "a"), "paid 100", "share[1].due_each=1"},
        {KIND("2014-01-01", "c"), "paid 300", "share[otherwise]* share[otherwise].due_each=3"},
        {KIND("2016-01-01", "a"), "paid 100", "share[1]* share[1].due_each=1"},
    };
    RUN_TABLES(NULL, rows);
}

HZ_TEST(readings_of_tables_taken_by_settings)
{
    static const char *const text[] = {"stay.share := text", NULL};
    static const char *const both[] = {"stay.share := text", "stay.share[2].due_each = 8 from 2010-01 until 2011-01", NULL};
    static const char *const late[] = {"stay.share[2].due_each = 8 from 2010-01 until 2011-01", "stay.share := text", NULL};
    static const row with_text[] = {
        {KIND("2009-08-01", "a"), "paid 900", "full=9 share[2]*"},
        {KIND("2009-08-01", "b"), "paid 200", "share[1].due_each=2"},
        {KIND("2014-01-01", "c"), "paid 400", "share[3]* share[3].due_each=4"},
        {KIND("2016-01-01", "a"), "undetermined UNKNOWN_VALUE(due_each)", NULL},
    };
    static const row with_both[] = {
        {KIND("2009-08-01", "a"), "paid 900", NULL},
        {KIND("2010-06-01", "a"), "paid 800", "share[2]* share[2].due_each=8"},
        {KIND("2010-06-01", "b"), "paid 200", NULL},
        {KIND("2011-01-01", "a"), "paid 900", NULL},
    };
    RUN_TABLES(text, with_text);
    RUN_TABLES(both, with_both);
    RUN_TABLES(late, with_both);
}

HZ_TEST(readings_of_tables_are_refused_by_settings)
{
    static const struct {
        const char *setting, *expected;
    } rows[] = {
        {"stay.share := txt", "E_SCENARIO_VALUE <txt> `stay.share` has no reading `txt` | did you mean `text`?"},
        {"tables.share := text", "E_SCENARIO_PATH <tables.share> there is no `tables.share` | a path is the plan's id, a point, and a name, the code of a line, or `dated by`"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const settings[] = {rows[i].setting, NULL};
        plan_case c;
        HZ_CHECK(!plan_case_begin_set(&c, READ_TABLE, settings));
        HZ_CHECK_STR(rules_case_show(&c.rules), rows[i].expected);
        plan_case_end(&c);
    }
}

/* A reading that is not taken is checked as well: any of them can be. */
HZ_TEST(readings_of_tables_not_taken_are_checked)
{
    static const struct {
        const char *rows, *expected;
    } rows[] = {
        {"[{kind: d, due_each: 1}]", "E_UNKNOWN_CODE <d> `d` is none of the codes of `kind` | a cell of a code is a bare word, or a list of them"},
        {"[{kind: a, due_each: fill}]", "E_UNKNOWN_NAME <fill> there is no name `fill` | did you mean `full`?"},
        {"[{kind: a, due_each: 1}, {kind: [a, b], due_each: 2}]",
         "E_OVERLAP <{kind: [a, b], due_each: 2}> this row of table `share` and one before it can both match | narrow one of the two, or say "
         "`hit: first` if the one before is meant to win\n  <{kind: a, due_each: 1}> the row before"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char plan[2000];
        plan_case c;
        snprintf(plan, sizeof plan,
                 "plan: stay\ntitle: {zh: 甲, en: A}\nfrom: 2009-08\ndated by: start\n"
                 "inputs:\n  start: {type: date, zh: 起}\n  kind: {type: code, zh: 类, values: {a: 甲, b: 乙, c: 丙}}\n"
                 "parameters:\n  full: {unit: CNY, 2009-08: {value: 9, source: book}}\n"
                 "tables:\n  share:\n    inputs: [kind]\n    gives: {due_each: CNY}\n    readings:\n"
                 "      one: {2009-08: {source: book, rows: [{due_each: full}]}}\n"
                 "      two: {2009-08: {source: book, rows: %s}}\n"
                 "    taken: one\n    disputed: 两说\n"
                 "benefits:\n  due:\n    zh: 付\n    amount: due_each\n",
                 rows[i].rows);
        HZ_CHECK(!plan_case_begin_set(&c, plan, NULL));
        HZ_CHECK_STR(rules_case_show(&c.rules), rows[i].expected);
        plan_case_end(&c);
    }
}
