/* test_sets.c - sets of codes: membership by date, absence, more codes than bits of a word, settings. */
#include "harness/harness.h"
#include "unit/plan_case.h"

typedef struct row {
    const char *claim, *expected, *basis;
} row;

#define SETS                                                                                                           \
    HEAD "inputs:\n  member: {type: key, zh: 会}\n  start: {type: date, zh: 起}\n  seen: {type: date, zh: 见}\n  n: {type: count, zh: 数, range: '[0..9]'}\n"   \
         "  site: {type: code, zh: 部位, values: {a: 甲, b: 乙, c: 丙}}\n"                                             \
         "  other: {type: code, zh: 其他, optional: true, values: {a: 甲, b: 乙, c: 丙}}\n"                            \
         "parameters:\n  good:\n    type: set of site\n    2015-07: {value: [a, b], source: book}\n"                  \
         "    2018-01: {value: [c], assumed: 推定}\n    2019-01: {unknown: 未公布}\n    2020-01: {value: [a, b, c], source: book}\n"  \
         "  own:\n    type: set of site\n    dated by: seen\n    2015-07: {value: [a], source: book}\n    2018-01: none\n"
#define DUE(formula) "benefits:\n  due:\n    zh: 付\n    amount: '" formula "'\n"

static void run_set(const char *plan, const char *const *settings, const row *rows, size_t count)
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

#define RUN(plan, settings, rows) run_set((plan), (settings), (rows), sizeof(rows) / sizeof *(rows))

HZ_TEST(sets_by_date)
{
    static const row rows[] = {
        {"{\"start\":\"2016-01-01\",\"site\":\"a\"}", "paid 100", "good=[a, b]"},
        {"{\"start\":\"2016-01-01\",\"site\":\"c\"}", "paid 200", "good=[a, b]"},
        {"{\"start\":\"2018-01-01\",\"site\":\"c\"}", "paid 100", "good=[c]*"},
        {"{\"start\":\"2018-01-01\",\"site\":\"b\"}", "paid 200", "good=[c]*"},
        {"{\"start\":\"2019-01-01\",\"site\":\"b\"}", "undetermined UNKNOWN_VALUE(good)", NULL},
        {"{\"start\":\"2020-01-01\",\"site\":\"b\"}", "paid 100", "good=[a, b, c]"},
        {"{\"start\":\"2016-01-01\"}", "incomplete MISSING(site)", NULL},
        {"{\"start\":\"2019-01-01\"}", "incomplete MISSING(site)", NULL},
        {"{\"site\":\"a\"}", "incomplete MISSING(start)", NULL},
    };
    RUN(SETS DUE("if site in good then 1 else 2"), NULL, rows);
}

/* A code that is null is in no set; a set that is not in force is null. */
HZ_TEST(sets_and_absence)
{
    static const row nulls[] = {
        {"{\"start\":\"2016-01-01\"}", "paid 200", NULL},
        {"{\"start\":\"2016-01-01\",\"other\":\"b\"}", "paid 100", NULL},
        {"{\"start\":\"2019-01-01\"}", "undetermined UNKNOWN_VALUE(good)", NULL},
    };
    static const row own[] = {
        {"{\"start\":\"2016-01-01\",\"seen\":\"2016-01-01\",\"site\":\"a\"}", "paid 100", NULL},
        {"{\"start\":\"2016-01-01\",\"seen\":\"2016-01-01\",\"site\":\"b\"}", "paid 200", NULL},
        {"{\"start\":\"2016-01-01\",\"seen\":\"2018-01-01\",\"site\":\"a\"}", "paid 300", NULL},
        {"{\"start\":\"2016-01-01\",\"seen\":\"2014-01-01\",\"site\":\"a\"}", "error R_NOT_IN_FORCE", NULL},
        {"{\"start\":\"2016-01-01\",\"site\":\"a\"}", "incomplete MISSING(seen)", NULL},
    };
    static const row kleene[] = {
        {"{\"start\":\"2016-01-01\",\"site\":\"c\"}", "paid 200", NULL}, /* false and missing */
        {"{\"start\":\"2016-01-01\",\"site\":\"a\"}", "incomplete MISSING(n)", NULL},
        {"{\"start\":\"2019-01-01\",\"site\":\"a\",\"n\":0}", "paid 200", NULL}, /* unknown and false */
    };
    RUN(SETS DUE("if other in good then 1 else 2"), NULL, nulls);
    RUN(SETS DUE("if (site in own) = null then 3 else if site in own then 1 else 2"), NULL, own);
    RUN(SETS DUE("if site in good and n > 0 then 1 else 2"), NULL, kleene);
}

HZ_TEST(sets_counted)
{
    static const row rows[] = {
        {"{\"start\":\"2016-01-01\"}", "paid 200", "good=[a, b]"},
        {"{\"start\":\"2018-01-01\"}", "paid 100", "good=[c]*"},
        {"{\"start\":\"2019-01-01\"}", "undetermined UNKNOWN_VALUE(good)", NULL},
        {"{\"start\":\"2020-01-01\"}", "paid 300", NULL},
    };
    RUN(SETS DUE("count(good)"), NULL, rows);
}

HZ_TEST(sets_of_a_setting)
{
    static const char *const all[] = {"stay.good = [\"b\", \"c\"]", NULL};
    static const char *const later[] = {"stay.good=[c] from 2017-01 until 2018-06", NULL};
    static const row with_all[] = {
        {"{\"start\":\"2016-01-01\",\"site\":\"a\"}", "paid 200", "good=[b, c]*"},
        {"{\"start\":\"2019-01-01\",\"site\":\"b\"}", "paid 100", "good=[b, c]*"},
    };
    static const row with_later[] = {
        {"{\"start\":\"2016-01-01\",\"site\":\"a\"}", "paid 100", "good=[a, b]"},
        {"{\"start\":\"2017-01-01\",\"site\":\"a\"}", "paid 200", "good=[c]*"},
        {"{\"start\":\"2018-06-01\",\"site\":\"c\"}", "paid 100", "good=[c]*"},
        {"{\"start\":\"2019-01-01\",\"site\":\"b\"}", "undetermined UNKNOWN_VALUE(good)", NULL},
    };
    RUN(SETS DUE("if site in good then 1 else 2"), all, with_all);
    RUN(SETS DUE("if site in good then 1 else 2"), later, with_later);
}

HZ_TEST(sets_of_many_codes)
{
    static char plan[16384];
    size_t at = (size_t)snprintf(plan, sizeof plan, "%s", HEAD "inputs:\n  member: {type: key, zh: 会}\n  start: {type: date, zh: 起}\n  site:\n    type: code\n    zh: 部位\n    values:\n");
    for (int i = 0; i < 200; i++) at += (size_t)snprintf(plan + at, sizeof plan - at, "      c%d: 码\n", i);
    at += (size_t)snprintf(plan + at, sizeof plan - at, "parameters:\n  good:\n    type: set of site\n    2015-07: {value: [");
    for (int i = 0; i < 200; i++)
        if (i % 3 == 0 && i / 64 != 1) at += (size_t)snprintf(plan + at, sizeof plan - at, "%sc%d", i > 0 ? ", " : "", i);
    snprintf(plan + at, sizeof plan - at, "], source: book}\n" DUE("if site in good then count(good) else 1"));
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, plan));
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (int i = 0; c.plans != NULL && i < 200; i++) {
        char claim[80];
        snprintf(claim, sizeof claim, "{\"start\":\"2016-01-01\",\"site\":\"c%d\"}", i);
        HZ_CHECK_STR(plan_case_decide(&c, claim), i % 3 == 0 && i / 64 != 1 ? "paid 4600" : "paid 100");
    }
    plan_case_end(&c);
}

/* ---- Readings ---- */

#define READ_SETS                                                                                                      \
    "plan: stay\ntitle: {zh: 甲, en: A}\nfrom: 2015-07\ndated by: start\n"                                            \
    "parameters:\n  good:\n    type: set of site\n    dated by: seen\n    readings:\n"                                                    \
    "      paper: {2015-07: {value: [a, b], source: book}, 2018-01: {value: [c], source: book}, 2020-01: none}\n"       \
    "      text:\n        2015-07: {value: [b, a], source: book}\n        2016-01: {value: [a], source: book}\n"        \
    "        2017-01: {value: [a, b], source: book}\n        2019-01: {unknown: 未见}\n        2020-01: none\n"         \
    "    taken: paper\n    disputed: 报道更具体\n"                                                                     \
    "inputs:\n  start: {type: date, zh: 起}\n  seen: {type: date, zh: 见}\n"                                            \
    "  site: {type: code, zh: 部位, values: {a: 甲, b: 乙, c: 丙}}\n"
#define READ_DUE DUE("if (site in good) = null then 3 else if site in good then 1 else 2")
#define AT(seen, site) "{\"start\":\"2016-01-01\",\"seen\":\"" seen "\",\"site\":\"" site "\"}"

/* The order of codes does not matter; disputed is the whole set, and only on days on which another reading has others. */
HZ_TEST(sets_read_differently)
{
    static const row rows[] = {
        {AT("2015-07-01", "b"), "paid 100", "good=[a, b]"},
        {AT("2016-01-01", "b"), "paid 100", "good=[a, b]*"},
        {AT("2016-01-01", "c"), "paid 200", "good=[a, b]*"},
        {AT("2017-01-01", "b"), "paid 100", "good=[a, b]"},
        {AT("2018-01-01", "b"), "paid 200", "good=[c]*"},
        {AT("2019-01-01", "c"), "paid 100", "good=[c]*"}, /* nobody knows what the other has */
        {AT("2020-01-01", "c"), "paid 300", NULL},
        {AT("2015-06-30", "a"), "error R_NOT_IN_FORCE", NULL},
        {"{\"start\":\"2016-01-01\",\"seen\":\"2016-01-01\"}", "incomplete MISSING(site)", NULL},
        {"{\"start\":\"2016-01-01\",\"site\":\"a\"}", "incomplete MISSING(seen)", NULL},
    };
    RUN(READ_SETS READ_DUE, NULL, rows);
}

HZ_TEST(sets_read_differently_by_settings)
{
    static const char *const text[] = {"stay.good := text", NULL};
    static const char *const both[] = {"stay.good = [c] from 2016-07 until 2019-07", "stay.good:=text", NULL};
    static const row with_text[] = {
        {AT("2015-07-01", "b"), "paid 100", "good=[a, b]"},
        {AT("2016-01-01", "b"), "paid 200", "good=[a]*"},
        {AT("2017-01-01", "b"), "paid 100", "good=[a, b]"},
        {AT("2018-01-01", "b"), "paid 100", "good=[a, b]*"},
        {AT("2019-01-01", "b"), "undetermined UNKNOWN_VALUE(good)", NULL},
        {AT("2020-01-01", "b"), "paid 300", NULL},
    };
    static const row with_both[] = {
        {AT("2016-01-01", "b"), "paid 200", "good=[a]*"},
        {AT("2016-07-01", "c"), "paid 100", "good=[c]*"},
        {AT("2019-07-01", "c"), "undetermined UNKNOWN_VALUE(good)", NULL},
    };
    RUN(READ_SETS READ_DUE, text, with_text);
    RUN(READ_SETS READ_DUE, both, with_both);
}

/* A set that stands beyond the first 64 codes is compared there. */
HZ_TEST(sets_read_differently_of_many_codes)
{
    static char plan[16384];
    static const char *const others[] = {"c150, c0", "c0, c151"};
    for (int k = 0; k < 2; k++) {
        size_t at = (size_t)snprintf(plan, sizeof plan, "%s", HEAD "inputs:\n  member: {type: key, zh: 会}\n  start: {type: date, zh: 起}\n  site:\n    type: code\n    zh: 部位\n    values:\n");
        for (int i = 0; i < 200; i++) at += (size_t)snprintf(plan + at, sizeof plan - at, "      c%d: 码\n", i);
        snprintf(plan + at, sizeof plan - at,
                 "parameters:\n  good:\n    type: set of site\n    readings:\n      one: {2015-07: {value: [c0, c150], source: book}}\n"
                 "      two: {2015-07: {value: [%s], source: book}}\n    taken: one\n    disputed: 两说\n" DUE("if site in good then 1 else 2"),
                 others[k]);
        plan_case c;
        HZ_CHECK(plan_case_begin(&c, plan));
        HZ_CHECK_STR(rules_case_show(&c.rules), k > 0 ? "" : "warning E_UNUSED <readings> the readings of parameter `good` say the same on every day | write the dates without `readings`");
        if (c.plans != NULL) HZ_CHECK_STR(plan_case_decide(&c, "{\"start\":\"2016-01-01\",\"site\":\"c150\"}"), "paid 100");
        if (c.plans != NULL) HZ_CHECK_STR(plan_case_basis(&c), k > 0 ? "good=[c0, c150]*" : "good=[c0, c150]");
        plan_case_end(&c);
    }
}

HZ_TEST(sets_read_differently_are_refused_by_settings)
{
    static const struct {
        const char *setting, *expected;
    } rows[] = {
        {"stay.good := txt", "E_SCENARIO_VALUE <txt> `stay.good` has no reading `txt` | did you mean `text`?"},
        {"stay.good := [a]", "E_SCENARIO_VALUE <[a]> `stay.good` has no reading `[a]` | its readings are paper, text"},
        {"stay.good = text", "E_SCENARIO_VALUE <text> `text` is not of the type of parameter `good` | write a list of codes: [\"breast\", \"cervix\"]"},
        {"stay.good = [text]", "E_UNKNOWN_CODE <text> `text` is none of the codes of `site` | a set lists codes as bare words: [first, second]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const settings[] = {rows[i].setting, NULL};
        plan_case c;
        HZ_CHECK(!plan_case_begin_set(&c, READ_SETS READ_DUE, settings));
        HZ_CHECK_STR(rules_case_show(&c.rules), rows[i].expected);
        plan_case_end(&c);
    }
}
