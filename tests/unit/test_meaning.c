/* test_meaning.c - what rules mean: absence, unknown values, order of outcomes, dates, caps, counters. Small plans made
 * for the purpose; the plans of rulesets/ have worked examples of their own. */
#include "plan_case.h"

#define INPUTS                                                                                       \
    "inputs:\n"                                                                                      \
    "  member: {type: key, zh: 会员}\n"                                                              \
    "  start: {type: date, zh: 起始日}\n"                                                            \
    "  days: {type: count, zh: 天数}\n"                                                              \
    "  kind: {type: code, zh: 类别, values: {a: 甲, b: 乙, c: 丙}}\n"                                \
    "  card: {type: boolean, zh: 持卡}\n"                                                            \
    "  extra: {type: money, zh: 附加, optional: true}\n"                                             \
    "  aid: {type: money, zh: 救助, default: 0}\n"                                                   \
    "  loss: {type: money, zh: 损失, when: kind = \"b\"}\n"

#define TEXTS ", zh: 文, en: text, source: book}\n"

/* Runs each row's claim against the plan. */
typedef struct row {
    const char *claim, *expected;
} row;

static void run(const char *plan, const row *rows, size_t count)
{
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, plan));
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; c.plans != NULL && i < count; i++)
        if (strcmp(plan_case_decide(&c, rows[i].claim), rows[i].expected) != 0)
            HZ_CHECK_STR(hz_arena_printf(&c.rules.arena, "%s -> %s", rows[i].claim, plan_case_decide(&c, rows[i].claim)).at,
                         hz_arena_printf(&c.rules.arena, "%s -> %s", rows[i].claim, rows[i].expected).at);
    plan_case_end(&c);
}

#define RUN(plan, rows) run((plan), (rows), sizeof(rows) / sizeof *(rows))
#define BASE "\"member\":\"m\",\"start\":\"2016-01-01\""

HZ_TEST(meaning_of_values_of_absent_inputs)
{
    /* A benefit asked for only with an input reads values, scales and capped values made of it. */
    const char plan[] = HEAD INPUTS
        "values:\n  less: max(0, extra - aid)\n  counted: extra\n"
        "scales:\n  half: {of: less, kind: marginal, unit: CNY, always: {source: book, brackets: [{up to: 100, rate: 50%}, {rate: 100%}]}}\n"
        "round: {to: 0.01, mode: half up, source: book}\n"
        "benefits:\n  due:\n    zh: 津贴\n    when: extra != null\n    amount: half + counted\n"
        "caps:\n  - {code: MOST, over: counted, limit: 40" TEXTS;
    static const row rows[] = {
        {"{" BASE "}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"extra\":30}", "paid 4500"},
        {"{" BASE ",\"extra\":150}", "paid 14000 MOST"},
        {"{" BASE ",\"extra\":150,\"aid\":60}", "paid 8500 MOST"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_missing_inputs)
{
    /* A code left out must not pay, refuse or fail: it waits (N1). */
    const char plan[] = HEAD INPUTS
        "eligibility:\n"
        "  - {code: NOT_C, require: 'kind != \"c\"'" TEXTS
        "  - {code: CARD, require: card or days >= 10" TEXTS
        "benefits:\n"
        "  due:\n    zh: 津贴\n    amount: 'if kind = \"a\" then 10 else days * 2'\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":3,\"kind\":\"a\",\"card\":true}", "paid 1000"},
        {"{" BASE ",\"days\":3,\"kind\":\"b\",\"card\":true}", "paid 600"},
        {"{" BASE ",\"days\":3,\"card\":true}", "incomplete MISSING(kind)"},
        /* a condition that fails refuses whatever else is missing */
        {"{" BASE ",\"kind\":\"c\"}", "refused NOT_C"},
        {"{" BASE ",\"days\":3,\"card\":false}", "refused CARD"},
        /* `or` decides without the missing side */
        {"{" BASE ",\"days\":12,\"kind\":\"b\"}", "paid 2400"},
        {"{" BASE ",\"card\":true,\"kind\":\"a\"}", "paid 1000"},
        {"{" BASE ",\"kind\":\"b\",\"card\":true}", "incomplete MISSING(days)"},
        {"{" BASE ",\"kind\":\"b\"}", "incomplete MISSING(days) MISSING(card)"},
        /* the date that picks the rules, alone */
        {"{\"kind\":\"c\"}", "incomplete MISSING(start)"},
        {"{\"start\":\"2015-06-30\",\"kind\":\"c\"}", "refused PLAN_NOT_IN_FORCE"},
        {"{" BASE ",\"days\":3,\"kind\":\"d\",\"card\":true}", "error R_CODE"},
        {"{" BASE ",\"days\":-3,\"kind\":\"a\",\"card\":true}", "error R_RANGE"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_optional_default_conditional)
{
    const char plan[] = HEAD INPUTS
        "benefits:\n"
        "  due:\n    zh: 津贴\n    when: extra != null\n    amount: max(0, extra - aid)\n"
        "  damage:\n    zh: 损失\n    when: kind = \"b\"\n    amount: loss\n";
    static const row rows[] = {
        {"{" BASE ",\"kind\":\"a\",\"extra\":10}", "paid 1000"},
        {"{" BASE ",\"kind\":\"a\",\"extra\":10,\"aid\":\"2.50\"}", "paid 750"},
        {"{" BASE ",\"kind\":\"a\"}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"kind\":\"a\",\"loss\":5}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"kind\":\"b\",\"loss\":5}", "paid 500"},
        {"{" BASE ",\"kind\":\"b\"}", "incomplete MISSING(loss)"},
        {"{" BASE "}", "incomplete MISSING(kind)"},
        {"{" BASE ",\"kind\":\"b\",\"extra\":7}", "incomplete MISSING(loss)"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_conditional_under_its_condition)
{
    const char plan[] = HEAD INPUTS
        "eligibility:\n"
        "  - {code: LOW, when: 'kind = \"b\"', require: loss > 5" TEXTS
        "benefits:\n"
        "  damage:\n    zh: 损失\n    when: kind = \"b\"\n    amount: loss\n"
        "  other:\n    zh: 他\n    amount: 'if kind = \"b\" and card then loss else 0'\n";
    static const row rows[] = {
        {"{" BASE ",\"kind\":\"b\",\"loss\":10,\"card\":true}", "paid 2000"},
        {"{" BASE ",\"kind\":\"b\",\"loss\":5,\"card\":true}", "refused LOW"},
        {"{" BASE ",\"kind\":\"a\",\"loss\":5}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"kind\":\"b\",\"card\":false}", "incomplete MISSING(loss)"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_errors_that_wait)
{
    /* A divisor that is missing is missing, not zero; so are the parts of a date. */
    const char plan[] = HEAD INPUTS
        "benefits:\n  due:\n    zh: 津贴\n    amount: round half up(aid / days, 2)\n"
        "  late:\n    zh: 晚\n    when: card\n    amount: if date(days, 1, 1) > start then 1 else 0\n";
    static const row rows[] = {
        {"{" BASE ",\"aid\":10,\"days\":4,\"card\":false}", "paid 250"},
        {"{" BASE ",\"aid\":10,\"card\":false}", "incomplete MISSING(days)"},
        {"{" BASE ",\"aid\":10,\"days\":0,\"card\":false}", "error R_DIVISION"},
        {"{" BASE ",\"aid\":10,\"days\":10000,\"card\":true}", "error R_DATE_RANGE"},
        {"{" BASE ",\"aid\":10,\"card\":true}", "incomplete MISSING(days)"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_dates_of_their_own)
{
    const char plan[] = HEAD INPUTS "  happened: {type: date, zh: 事故日}\n"
        "parameters:\n  rate:\n    unit: CNY\n    dated by: happened\n    2016-01: {value: 1, source: book}\n    2017-01: {value: 2, source: book}\n"
        "benefits:\n  due:\n    zh: 津贴\n    amount: rate\n";
    static const row rows[] = {
        {"{" BASE ",\"happened\":\"2016-12-31\"}", "paid 100"},
        {"{" BASE ",\"happened\":\"2017-01-01\"}", "paid 200"},
        {"{" BASE ",\"happened\":\"2015-12-31\"}", "error R_NOT_IN_FORCE"},
        {"{" BASE "}", "incomplete MISSING(happened)"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_unknown_values)
{
    const char plan[] = HEAD INPUTS
        "parameters:\n"
        "  rate:\n    unit: CNY/day\n    2015-07: {unknown: 金额未公布}\n    2018-01: {value: 5, source: book}\n"
        "  least:\n    unit: days\n    2015-07: {value: 2, source: book}\n    2018-01: {unknown: 未公布}\n"
        "eligibility:\n"
        "  - {code: SHORT, require: days >= least" TEXTS
        "benefits:\n  due:\n    zh: 津贴\n    when: card\n    amount: days * rate\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":3,\"card\":true}", "undetermined UNKNOWN_VALUE(rate)"},
        {"{" BASE ",\"days\":3,\"card\":false}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"days\":1,\"card\":true}", "refused SHORT"},
        {"{" BASE ",\"days\":3}", "incomplete MISSING(card)"},
        {"{\"member\":\"m\",\"start\":\"2018-01-01\",\"days\":3,\"card\":true}", "undetermined UNKNOWN_VALUE(least)"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_unknown_through_values)
{
    const char plan[] = HEAD INPUTS
        "values:\n  v:\n    type: boolean\n    2015-07: {unknown: 没公布}\n"
        "benefits:\n  due:\n    zh: 津贴\n    when: card\n    amount: 'if v then 1 else 2'\n"
        "  other:\n    zh: 他\n    when: kind = \"b\"\n    amount: 1\n"
        "eligibility:\n  - {code: FEW, for: other, require: days < 5" TEXTS;
    static const row rows[] = {
        {"{" BASE ",\"card\":true,\"kind\":\"a\"}", "undetermined UNKNOWN_VALUE(v)"},
        {"{" BASE ",\"card\":false,\"kind\":\"a\"}", "nothing_due 0 ZERO_AMOUNT"},
        /* whether the benefit that would be refused is asked at all is open */
        {"{" BASE ",\"card\":false,\"days\":9}", "incomplete MISSING(kind)"},
        {"{" BASE ",\"card\":false,\"days\":9,\"kind\":\"b\"}", "refused FEW"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_open_amounts_and_counters)
{
    /* The answer hangs on nothing that a row without a value happens to hold. */
    const char plan[] = HEAD INPUTS
        "values:\n  asked:\n    type: boolean\n    2015-07: {unknown: 没公布}\n"
        "benefits:\n  due:\n    zh: 津贴\n    amount: if asked then 100 else days\n"
        "counters:\n  paid: {unit: CNY, per: [member], adds: total}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":0}", "incomplete MISSING(paid)"},
        {"{" BASE ",\"days\":5}", "incomplete MISSING(paid)"},
        {"{" BASE ",\"days\":5,\"counters\":{\"paid\":0}}", "undetermined UNKNOWN_VALUE(asked)"},
        {"{" BASE ",\"days\":0,\"counters\":{\"paid\":0}}", "undetermined UNKNOWN_VALUE(asked)"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_counters_beyond_their_range)
{
    const char plan[] = HEAD INPUTS "benefits:\n  due:\n    zh: 津贴\n    amount: 1\n"
        "counters:\n  all: {unit: days, per: [member], adds: days}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":5,\"counters\":{\"all\":999999995}}", "paid 100"},
        {"{" BASE ",\"days\":6,\"counters\":{\"all\":999999995}}", "error R_COUNTER"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_dates_and_lives)
{
    const char plan[] = HEAD INPUTS
        "parameters:\n"
        "  rate:\n    unit: CNY/day\n    2015-07: {value: 1, source: book}\n    2016-02: {value: 2, assumed: 推定}\n    2017-01-15: {value: 3, source: page}\n"
        "values:\n"
        "  counted:\n    2015-07: {value: days, source: book}\n    2017-01: {value: days + 1, assumed: 推定}\n"
        "eligibility:\n"
        "  - {code: OLD, until: 2016-02, require: days < 5" TEXTS
        "  - {code: NEW, from: 2016-02, require: days < 9, when: card" TEXTS
        "benefits:\n"
        "  due:\n    zh: 津贴\n    amount: counted * rate\n"
        "  gift:\n    zh: 礼\n    from: 2016-02\n    when: extra != null\n    amount: extra\n";
    static const row rows[] = {
        {"{\"member\":\"m\",\"start\":\"2016-01-31\",\"days\":4}", "paid 400"},
        {"{\"member\":\"m\",\"start\":\"2016-01-31\",\"days\":5}", "refused OLD"},
        {"{\"member\":\"m\",\"start\":\"2016-02-01\",\"days\":5,\"card\":true}", "paid 1000"},
        {"{\"member\":\"m\",\"start\":\"2016-02-01\",\"days\":9,\"card\":true}", "refused NEW"},
        {"{\"member\":\"m\",\"start\":\"2016-02-01\",\"days\":9,\"card\":false}", "paid 1800"},
        {"{\"member\":\"m\",\"start\":\"2016-02-01\",\"days\":9}", "incomplete MISSING(card)"},
        {"{\"member\":\"m\",\"start\":\"2016-12-31\",\"days\":1,\"card\":false}", "paid 200"},
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"days\":1,\"card\":false}", "paid 400"},
        {"{\"member\":\"m\",\"start\":\"2017-01-14\",\"days\":1,\"card\":false}", "paid 400"},
        {"{\"member\":\"m\",\"start\":\"2017-01-15\",\"days\":1,\"card\":false}", "paid 600"},
        {"{\"member\":\"m\",\"start\":\"2016-01-31\",\"days\":1,\"extra\":3}", "paid 100 NOT_OFFERED(gift)"},
        {"{\"member\":\"m\",\"start\":\"2016-02-01\",\"days\":1,\"card\":true,\"extra\":3}", "paid 500"},
    };
    RUN(plan, rows);
}

HZ_TEST(meaning_of_basis)
{
    const char plan[] = HEAD INPUTS
        "parameters:\n"
        "  rate:\n    unit: CNY/day\n    2015-07: {value: 1, source: book}\n    2016-02: {value: 2, assumed: 推定}\n"
        "  high:\n    unit: CNY/day\n    2015-07: {value: 9, assumed: 推定}\n"
        "  least:\n    unit: days\n    2015-07: {value: 2, source: page, date assumed: 日期推定}\n"
        "eligibility:\n"
        "  - {code: SHORT, require: days >= least, zh: 文, en: text, assumed: 推定}\n"
        "benefits:\n  due:\n    zh: 津贴\n    amount: if card then days * high else days * rate\n";
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, plan));
    /* used, but nothing shaky decided: the condition holds */
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE ",\"days\":3,\"card\":false}"), "paid 300");
    HZ_CHECK_STR(plan_case_basis(&c), "least=2 rate=1");
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE ",\"days\":3,\"card\":true}"), "paid 2700");
    HZ_CHECK_STR(plan_case_basis(&c), "least=2 high=9*");
    HZ_CHECK_STR(plan_case_decide(&c, "{\"member\":\"m\",\"start\":\"2016-02-01\",\"days\":3,\"card\":false}"), "paid 600");
    HZ_CHECK_STR(plan_case_basis(&c), "least=2 rate=2*");
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE ",\"days\":1,\"card\":false}"), "refused SHORT");
    HZ_CHECK_STR(plan_case_basis(&c), "SHORT* least=2*");
    plan_case_end(&c);
}

HZ_TEST(meaning_of_checks_and_errors)
{
    const char plan[] = HEAD INPUTS
        "parameters:\n  span:\n    type: period\n    2015-07: {value: P9000Y, source: book}\n"
        "values:\n  far: start + span\n"
        "checks:\n"
        "  - code: CONTRADICTION\n    require: extra = null or extra >= aid\n    zh: 矛盾\n    en: contradiction\n"
        "eligibility:\n"
        "  - {code: NOT_C, require: 'kind != \"c\"'" TEXTS
        "benefits:\n  due:\n    zh: 津贴\n    amount: if card and far > start then 1 else 0\n";
    static const row rows[] = {
        {"{\"member\":\"m\",\"start\":\"2016-01-01\",\"kind\":\"a\",\"card\":false}", "nothing_due 0 ZERO_AMOUNT"},
        {"{\"member\":\"m\",\"start\":\"2016-01-01\",\"kind\":\"c\",\"card\":true}", "refused NOT_C"},
        {"{\"member\":\"m\",\"start\":\"2016-01-01\",\"kind\":\"a\",\"card\":true}", "error R_DATE_RANGE"},
        {"{\"member\":\"m\",\"start\":\"2016-01-01\",\"kind\":\"c\",\"extra\":1,\"aid\":2}", "error CONTRADICTION R_CHECK"},
        {"{\"member\":\"m\",\"start\":\"2016-01-01\",\"kind\":\"c\",\"extra\":2,\"aid\":2}", "refused NOT_C"},
    };
    RUN(plan, rows);
}

#define CAPPED                                                                                              \
    HEAD INPUTS                                                                                             \
    "parameters:\n"                                                                                         \
    "  most_days:\n    unit: days\n    2015-07: {value: 10, source: book}\n"                                \
    "  most:\n    unit: CNY\n    2015-07: {value: 30, source: book}\n    2017-01: none\n"                   \
    "values:\n  paid_days: days\n"                                                                          \
    "eligibility:\n  - {code: CARD, for: second, require: card" TEXTS                                       \
    "benefits:\n"                                                                                           \
    "  first:\n    zh: 一\n    amount: paid_days * 2\n"                                                     \
    "  second:\n    zh: 二\n    when: extra != null\n    amount: extra\n"                                   \
    "caps:\n"                                                                                               \
    "  - {code: DAYS, over: paid_days, limit: most_days, counts: days_before" TEXTS                         \
    "  - {code: MONEY, over: [first, second], limit: most, counts: paid_before" TEXTS                       \
    "counters:\n"                                                                                           \
    "  days_before: {unit: days, per: [member], adds: paid_days}\n"                                         \
    "  paid_before: {unit: CNY, per: [member], adds: total}\n"                                              \
    "  seen: {type: boolean, per: [member, start], next: seen or total > 0}\n"                              \
    "  seconds: {unit: stays, per: [member], adds: if second > 0 then 1 else 0}\n"

#define AFTER(days, paid) ",\"counters\":{\"days_before\":" days ",\"paid_before\":\"" paid "\",\"seen\":false,\"seconds\":0}"

HZ_TEST(meaning_of_caps)
{
    static const row rows[] = {
        {"{" BASE ",\"days\":9" AFTER("0", "0") "}", "paid 1800"},
        {"{" BASE ",\"days\":12" AFTER("0", "0") "}", "paid 2000 DAYS"},
        {"{" BASE ",\"days\":12" AFTER("8", "16") "}", "paid 400 DAYS"},
        {"{" BASE ",\"days\":12" AFTER("10", "20") "}", "nothing_due 0 DAYS"},
        /* they share the room in their order */
        {"{" BASE ",\"days\":9,\"extra\":50,\"card\":true" AFTER("0", "0") "}", "paid 3000 MONEY"},
        {"{" BASE ",\"days\":12,\"extra\":50,\"card\":true" AFTER("0", "15") "}", "paid 1500 DAYS MONEY"},
        /* a benefit refused does not stop the other */
        {"{" BASE ",\"days\":9,\"extra\":50,\"card\":false" AFTER("0", "0") "}", "paid 1800 CARD"},
        {"{" BASE ",\"days\":9,\"extra\":50" AFTER("0", "0") "}", "incomplete MISSING(card)"},
        /* a limit that is none does not cut */
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"days\":9,\"extra\":50,\"card\":true" AFTER("0", "0") "}", "paid 6800"},
        /* a host that forgets a counter does not overpay */
        {"{" BASE ",\"days\":9}", "incomplete MISSING(days_before) MISSING(paid_before) MISSING(seen)"},
        {"{" BASE ",\"days\":9,\"counters\":{\"days_before\":0}}", "incomplete MISSING(paid_before) MISSING(seen)"},
        {"{" BASE ",\"days\":9,\"counters\":{\"days_before\":0,\"paid_before\":0}}", "paid 1800"},
    };
    RUN(CAPPED, rows);
}

static int64_t move_of(const hz_decision *decision, uint32_t counter, bool after)
{
    for (uint32_t i = 0; i < decision->move_count; i++)
        if (decision->moves[i].counter == counter) return after ? decision->moves[i].after : decision->moves[i].change;
    return -1;
}

HZ_TEST(meaning_of_counters)
{
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, CAPPED));
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE ",\"days\":12,\"extra\":50,\"card\":true" AFTER("3", "20") "}"), "paid 1000 DAYS MONEY");
    /* nets and values after their caps are what counts */
    HZ_CHECK_EQ_INT(move_of(&c.decision, 0, false), 7);
    HZ_CHECK_EQ_INT(move_of(&c.decision, 0, true), 10);
    HZ_CHECK_EQ_INT(move_of(&c.decision, 1, false), 1000);
    HZ_CHECK_EQ_INT(move_of(&c.decision, 1, true), 3000);
    HZ_CHECK_EQ_INT(move_of(&c.decision, 2, true), 1);
    HZ_CHECK_EQ_INT(move_of(&c.decision, 3, false), 0);
    /* refused and incomplete claims move nothing */
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE "}"), "incomplete MISSING(days) MISSING(days_before) MISSING(paid_before) MISSING(seen)");
    HZ_CHECK_EQ_INT(c.decision.move_count, 0);
    HZ_CHECK_STR(plan_case_decide(&c, "{\"start\":\"2014-01-01\"}"), "refused PLAN_NOT_IN_FORCE");
    HZ_CHECK_EQ_INT(c.decision.move_count, 0);
    /* a counter that names a benefit moves only in a claim that asks it */
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE ",\"days\":1" AFTER("0", "0") "}"), "paid 200");
    HZ_CHECK_EQ_INT(move_of(&c.decision, 3, false), -1);
    plan_case_end(&c);
}

HZ_TEST(meaning_of_counter_reads)
{
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, CAPPED));
    hz_claim_read_json(&c.claim, HZ_STR("{" BASE ",\"days\":9}"), NULL);
    HZ_CHECK_EQ_INT(hz_decision_find_counters(&c.claim, &c.decision), HZ_OK);
    HZ_CHECK_EQ_INT(c.decision.read_count, 4);
    /* what is decided without counters reads none */
    hz_claim_read_json(&c.claim, HZ_STR("{\"member\":\"m\",\"start\":\"2014-01-01\",\"days\":9}"), NULL);
    HZ_CHECK_EQ_INT(hz_decision_find_counters(&c.claim, &c.decision), HZ_OK);
    HZ_CHECK_EQ_INT(c.decision.read_count, 0);
    plan_case_end(&c);
}

HZ_TEST(meaning_of_rounding)
{
    const char plan[] = HEAD INPUTS
        "round: {to: 0.01, mode: half up, at: gross, assumed: 推定}\n"
        "parameters:\n"
        "  rate:\n    unit: '%'\n    2015-07: {value: 25%, source: book}\n"
        "  most:\n    unit: CNY\n    2015-07: {value: 140.07, source: book}\n"
        "benefits:\n  due:\n    zh: 津贴\n    when: extra != null\n    amount: rate * extra\n"
        "caps:\n  - {code: MOST, over: due, limit: most" TEXTS;
    static const row rows[] = {
        {"{" BASE ",\"extra\":\"560.26\"}", "paid 14007"},
        {"{" BASE ",\"extra\":\"560.24\"}", "paid 14006"},
        {"{" BASE ",\"extra\":\"0.02\"}", "paid 1"},
        {"{" BASE ",\"extra\":\"0.01\"}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"extra\":\"560.30\"}", "paid 14007 MOST"},
    };
    RUN(plan, rows);
    /* an answer rests on the way of rounding where that changed it */
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, plan));
    plan_case_decide(&c, "{" BASE ",\"extra\":\"560.26\"}");
    HZ_CHECK_STR(plan_case_basis(&c), "rate=0.25 round* most=140.07");
    plan_case_decide(&c, "{" BASE ",\"extra\":\"560.24\"}");
    HZ_CHECK_STR(plan_case_basis(&c), "rate=0.25 most=140.07");
    plan_case_end(&c);
}

HZ_TEST(meaning_of_enrolment)
{
    const char plan[] = HEAD INPUTS
        "parameters:\n  price:\n    unit: CNY/unit\n    2015-07: {value: 40, source: book}\n    2017-01: {unknown: 未公布}\n"
        "eligibility:\n"
        "  - {code: TOO_MANY, for: enrolment, require: days <= 4" TEXTS
        "  - {code: NEVER, require: 'kind = \"a\"'" TEXTS
        "benefits:\n  due:\n    zh: 津贴\n    amount: 1\n"
        "fees:\n  fee:\n    zh: 会费\n    amount: price * days\n  none:\n    zh: 无\n    amount: 0\n";
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, plan));
    HZ_CHECK_STR(plan_case_decide(&c, "{\"ask\":\"enrolment\"," BASE ",\"days\":3}"), "accepted");
    HZ_CHECK_EQ_INT(c.decision.fee_count, 2);
    HZ_CHECK_EQ_INT(c.decision.fees[0].after, 12000);
    HZ_CHECK_EQ_INT(c.decision.fees[1].after, 0);
    HZ_CHECK_STR(plan_case_decide(&c, "{\"ask\":\"enrolment\"," BASE ",\"days\":5}"), "refused TOO_MANY");
    HZ_CHECK_STR(plan_case_decide(&c, "{\"ask\":\"enrolment\"," BASE "}"), "incomplete MISSING(days)");
    HZ_CHECK_STR(plan_case_decide(&c, "{\"ask\":\"enrolment\",\"start\":\"2017-01-01\",\"days\":3}"), "undetermined UNKNOWN_VALUE(price)");
    HZ_CHECK_STR(plan_case_decide(&c, "{\"ask\":\"claim\"," BASE ",\"days\":5,\"kind\":\"a\"}"), "paid 100");
    plan_case_end(&c);
}
