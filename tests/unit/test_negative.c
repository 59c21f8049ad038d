/* test_negative.c - benefits that may be negative: rounding, caps and their room, totals below 0, counters, absence. That
 * columns agree is test_columns.c's; messages are in the golden files.
 */
#include "plan_case.h"

#define TEXTS ", zh: 文, en: text, source: book}\n"

/* `stay` pays, `back` takes back. */
#define PLAN                                                                                                              \
    "plan: stay\ntitle: {zh: 甲, en: A}\nfrom: 2015-07\ndated by: start\nin turn by: member\ninputs:\n"                   \
    "  member: {type: key, zh: 会员}\n  start: {type: date, zh: 起}\n  due: {type: money, zh: 应付}\n"                     \
    "  owed: {type: money, zh: 欠, optional: true, range: '[0..1000]'}\n  late: {type: count, zh: 迟, range: '[0..9]'}\n"
#define STAY "  stay: {zh: 付, amount: due}\n"
#define BACK "  back:\n    zh: 扣\n    when: owed != null\n    amount: 0 - owed\n    may be negative: true\n"
#define CLAIM "{\"member\":\"m\",\"start\":\"2016-01-01\","

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

HZ_TEST(negative_totals)
{
    static const row rows[] = {
        {CLAIM "\"due\":100,\"owed\":30.05}", "paid 6995"},
        {CLAIM "\"due\":100,\"owed\":100}", "nothing_due 0 ZERO_AMOUNT"},
        {CLAIM "\"due\":100,\"owed\":100.01}", "error R_NEGATIVE"},
        {CLAIM "\"due\":100}", "paid 10000"},
        {CLAIM "\"owed\":100.01}", "incomplete MISSING(due)"},
        {CLAIM "\"due\":100,\"owed\":1000.01}", "error R_RANGE"},
    };
    RUN(PLAN "benefits:\n" STAY BACK, rows);
}

/* What refuses the claim comes first; what is not known whether it is asked holds the answer up. */
HZ_TEST(negative_totals_and_other_outcomes)
{
    static const row rows[] = {
        {CLAIM "\"due\":1,\"owed\":2,\"late\":1}", "error R_NEGATIVE"},
        {CLAIM "\"due\":1,\"owed\":2,\"late\":5}", "refused LATE TOO_LATE"},
        {CLAIM "\"due\":1,\"owed\":2}", "incomplete MISSING(late)"},
        {CLAIM "\"due\":2,\"owed\":1}", "incomplete MISSING(late)"},
        {CLAIM "\"due\":2,\"owed\":1,\"late\":4}", "paid 200 TOO_LATE"},
    };
    RUN(PLAN "benefits:\n" STAY BACK "eligibility:\n  - {code: LATE, require: late < 5" TEXTS
             "  - {code: TOO_LATE, for: back, require: late < 4" TEXTS, rows);
}

/* Away from 0 as towards it: -0.125 is -0.13 half up, -0.12 half down. */
HZ_TEST(negative_amounts_are_rounded)
{
    static const char *const modes[] = {"half up", "half down", "half even", "up", "down", "ceiling", "floor"};
    static const char *const expected[] = {"paid 87", "paid 88", "paid 88", "paid 87", "paid 88", "paid 88", "paid 87"};
    char plan[2048];
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        const row rows[] = {{CLAIM "\"due\":1,\"owed\":1}", expected[i]}};
        snprintf(plan, sizeof plan, "%sround: {to: 0.01, mode: %s, source: book}\n", PLAN "benefits:\n" STAY
                 "  back: {zh: 扣, amount: 'if owed = null then 0 else 0 - owed / 8', may be negative: true}\n", modes[i]);
        RUN(plan, rows);
    }
}

/* A cap neither cuts it nor is widened by it, whichever benefit comes first. */
HZ_TEST(negative_amounts_and_caps)
{
    static const row rows[] = {
        {CLAIM "\"due\":500,\"owed\":50}", "paid 25000 MOST"},
        {CLAIM "\"due\":300,\"owed\":50}", "paid 25000"},
        {CLAIM "\"due\":300.01,\"owed\":50}", "paid 25000 MOST"},
        {CLAIM "\"due\":10,\"owed\":500}", "error R_NEGATIVE"},
    };
    RUN(PLAN "benefits:\n" STAY BACK "caps:\n  - {code: MOST, over: [stay, back], limit: 300" TEXTS, rows);
    RUN(PLAN "benefits:\n" STAY BACK "caps:\n  - {code: MOST, over: [back, stay], limit: 300" TEXTS, rows);
    RUN(PLAN "benefits:\n" BACK STAY "caps:\n  - {code: MOST, over: [back, stay], limit: 300" TEXTS "  - {code: ALSO, over: back, limit: 0" TEXTS, rows);
}

/* What is taken back makes room again for later claims; no counter goes below 0. */
HZ_TEST(negative_amounts_and_counters)
{
    static const row rows[] = {
        {CLAIM "\"due\":500,\"owed\":50,\"counters\":{\"paid\":200,\"back_so_far\":50}}", "paid 5000 MOST"},
        {CLAIM "\"due\":500,\"owed\":50,\"counters\":{\"paid\":300,\"back_so_far\":50}}", "error R_NEGATIVE"},
        {CLAIM "\"due\":60,\"owed\":50.01,\"counters\":{\"paid\":200,\"back_so_far\":50}}", "error R_COUNTER"},
        {CLAIM "\"due\":60,\"owed\":50,\"counters\":{\"paid\":200}}", "incomplete MISSING(back_so_far)"},
        {CLAIM "\"due\":60,\"owed\":0,\"counters\":{\"paid\":200}}", "paid 6000"},
        {CLAIM "\"due\":60,\"counters\":{\"paid\":200}}", "paid 6000"},
    };
    RUN(PLAN "benefits:\n" STAY BACK "caps:\n  - {code: MOST, over: stay, counts: paid, limit: 300" TEXTS
             "counters:\n  paid: {unit: CNY, per: member, adds: stay + back}\n  back_so_far: {unit: CNY, per: member, adds: back}\n", rows);
}

HZ_TEST(negative_amounts_nobody_published)
{
    static const row rows[] = {
        {CLAIM "\"due\":60,\"owed\":50}", "undetermined UNKNOWN_VALUE(share)"},
        {CLAIM "\"due\":60}", "paid 6000"},
    };
    RUN(PLAN "parameters:\n  share: {unit: CNY, 2015-07: {unknown: 未公布}}\nbenefits:\n" STAY
             "  back: {zh: 扣, when: owed != null, amount: share - owed, may be negative: true}\n", rows);
}
