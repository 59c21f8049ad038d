/* test_facts.c - what conditions prove of names that may be null (feel/facts.h): by cases, and by random plans, where
 * what was proved is tried with every claim. */
#include "plan_case.h"

#define INPUTS                                                                                                              \
    "inputs:\n"                                                                                                             \
    "  member: {type: key, zh: 会员}\n"                                                                                     \
    "  start: {type: date, zh: 起始日}\n"                                                                                   \
    "  kind: {type: code, zh: 类别, values: {death: 身故, disability: 伤残, fire: 火灾, pipe: 爆管}}\n"                     \
    "  card: {type: boolean, zh: 持卡}\n"                                                                                   \
    "  days: {type: count, zh: 天数}\n"                                                                                     \
    "  assessed: {type: count, zh: 核定, optional: true}\n"                                                                 \
    "  at_work: {type: boolean, zh: 工伤, when: 'kind in (\"death\", \"disability\")'}\n"                                   \
    "  grade: {type: count, zh: 等级, when: kind = \"disability\"}\n"                                                       \
    "  loss: {type: count, zh: 损失, when: kind = \"fire\"}\n"                                                              \
    "  area: {type: count, zh: 面积, when: kind = \"pipe\" and assessed = null}\n"                                          \
    "  late: {type: count, zh: 迟, when: days > 3}\n"
#define WHEN(when, amount) "benefits:\n  due: {zh: 津贴, when: '" when "', amount: '" amount "'}\n"
#define TEXTS ", zh: 文, en: text, source: book}\n"

static void check(const char *rest, const char *expected)
{
    plan_case c;
    char plan[8192];
    snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS, rest);
    plan_case_begin(&c, plan);
    if (strcmp(rules_case_show(&c.rules), expected) != 0) HZ_CHECK_STR(rest, "");
    HZ_CHECK_STR(rules_case_show(&c.rules), expected);
    plan_case_end(&c);
}

HZ_TEST(facts_of_codes)
{
    check(WHEN("kind = \"fire\"", "loss"), "");
    check(WHEN("kind != \"death\" and kind != \"pipe\" and kind != \"disability\"", "loss"), "");
    check(WHEN("not(kind in (\"death\", \"pipe\", \"disability\"))", "loss"), "");
    check(WHEN("kind in (\"fire\", \"disability\")", "if kind = \"fire\" then loss else grade"), "");
    check(WHEN("kind = \"fire\" or kind = \"disability\"", "if kind = \"fire\" then loss else grade"), "");
    check(WHEN("kind = \"disability\"", "if at_work then 0 else grade"), "");
    check(WHEN("kind in (\"fire\", \"death\")", "loss"),
          "E_MAY_BE_NULL <'loss'> this amount may be null | `loss` is there only when kind = \"fire\": ask for this only then: `when: kind = \"fire\"`");
    check(WHEN("kind = \"fire\" or card", "loss"),
          "E_MAY_BE_NULL <'loss'> this amount may be null | `loss` is there only when kind = \"fire\": ask for this only then: `when: kind = \"fire\"`");
    /* an input that is there says when it is */
    check(WHEN("grade != null", "if at_work then 0 else 1"), "");
    check(WHEN("loss = null and kind in (\"fire\", \"disability\")", "grade"), "");
}

HZ_TEST(facts_of_numbers)
{
    check(WHEN("days > 3", "late"), "");
    check(WHEN("not(days <= 3)", "late"), "");
    check("benefits:\n  due: {zh: 津贴, amount: 'if days <= 3 then 0 else late'}\n", "");
    check(WHEN("if assessed > 3 then true else false", "assessed"), "");
    check(WHEN("if assessed > 3 then false else true", "assessed"),
          "E_MAY_BE_NULL <'assessed'> this amount may be null | `assessed` may be absent: say when this is asked, `when: assessed != null`, or give it a default");
    /* where the left side is null, the right one still counts */
    check(WHEN("if not(assessed > 3 and assessed > 2) then true else false", "assessed"), "");
    check(WHEN("if not(assessed > 3 and card) then true else false", "assessed"),
          "E_MAY_BE_NULL <'assessed'> this amount may be null | `assessed` may be absent: say when this is asked, `when: assessed != null`, or give it a default");
}

HZ_TEST(facts_through_values)
{
    const char *values = "values:\n  damage: if assessed != null then assessed else area * 2\n  property: kind in (\"fire\", \"pipe\")\n"
                         "  group: {type: code, values: {home: 家, person: 人}, is: if property then \"home\" else \"person\"}\n"
                         "notes:\n  - {code: N, when: 'property and group = \"home\" and damage != null', zh: 文, en: text}\n";
    static const char *const proved[] = {
        WHEN("kind = \"pipe\"", "damage"),
        WHEN("property and kind != \"fire\"", "damage"),
        WHEN("group = \"home\"", "if kind = \"fire\" then loss else damage"),
        WHEN("not(property)", "if at_work then 1 else 2"),
        WHEN("damage != null", "damage"),
    };
    char rest[2048];
    for (size_t i = 0; i < sizeof proved / sizeof *proved; i++) {
        snprintf(rest, sizeof rest, "%s%s", values, proved[i]);
        check(rest, "");
    }
    snprintf(rest, sizeof rest, "%s%s", values, WHEN("property", "damage"));
    check(rest, "E_MAY_BE_NULL <'damage'> this amount may be null | `area` is there only when kind = \"pipe\" and assessed = null, and `damage` is made of it: "
                "ask for this only then: `when: kind = \"pipe\" and assessed = null`");
    check("tables:\n  t: {inputs: [kind], gives: {track: {type: code, values: {a: 甲, b: 乙}}}, always: {source: book, rows: [{kind: fire, track: a}, {kind: pipe, track: b}, "
          "{kind: [death, disability], track: b}]}}\n" WHEN("track = \"a\"", "loss"), "");
}

/* A condition for benefits, and a cap over them, count only where one of them is asked. */
HZ_TEST(facts_of_what_is_asked)
{
#define BENEFITS "benefits:\n  fire: {zh: 甲, when: kind = \"fire\", amount: loss}\n  body: {zh: 乙, when: 'kind in (\"death\", \"disability\")', amount: 1}\n"
    check(BENEFITS "eligibility:\n  - {code: A, for: fire, require: loss > 1" TEXTS "  - {code: B, for: body, require: not(at_work)" TEXTS, "");
    check(BENEFITS "eligibility:\n  - {code: A, for: [fire, body], require: kind != \"fire\" or loss > 1" TEXTS, "");
    check(BENEFITS "eligibility:\n  - {code: A, for: [fire, body], require: if kind = \"fire\" then loss > 1 else not(at_work)" TEXTS, "");
    check(BENEFITS "caps:\n  - {code: MOST, over: fire, when: loss > 1, limit: 5" TEXTS, "");
    check(BENEFITS "eligibility:\n  - {code: A, require: loss > 1" TEXTS,
          "E_MAY_BE_NULL <loss > 1> this condition may be null | `loss` is there only when kind = \"fire\": consider this only then: `when: kind = \"fire\"`");
    check(BENEFITS "eligibility:\n  - {code: A, for: [fire, claim], require: loss > 1" TEXTS,
          "E_MAY_BE_NULL <loss > 1> this condition may be null | `loss` is there only when kind = \"fire\": consider this only then: `when: kind = \"fire\"`");
    check(BENEFITS "eligibility:\n  - {code: A, for: body, require: loss > 1" TEXTS,
          "E_MAY_BE_NULL <loss > 1> this condition may be null | `loss` is there only when kind = \"fire\": consider this only then: `when: kind = \"fire\"`");
}

/* ---- Random plans ---- */

typedef struct maker {
    uint32_t random;
    char text[8192];
    size_t at;
    char when[2][2048]; /* of w and z */
    int names; /* how many of the names below may be used yet */
} maker;

static uint32_t pick(maker *m, uint32_t count)
{
    m->random = m->random * 1664525u + 1013904223u;
    return (m->random >> 10) % count;
}

static void put(maker *m, const char *text)
{
    m->at += (size_t)snprintf(m->text + m->at, sizeof m->text - m->at, "%s", text);
}

static const char *number_name(maker *m)
{
    static const char *const names[] = {"o", "p", "w", "z", "e"};
    return names[pick(m, (uint32_t)m->names)];
}

static void put_test(maker *m)
{
    static const char *const codes[] = {"k = \"a\"", "k != \"b\"", "k in (\"a\", \"b\")", "not(k in (\"b\", \"c\"))", "m = \"a\"", "k = m", "f", "f = false", "f != true",
                                        "k in (m)", "not(f)", "k != \"a\"", "k = \"c\""};
    static const char *const later[] = {"v", "not(v)", "g = \"a\"", "g in (\"b\", \"c\")", "g = k"};
    if (m->names == 5 && pick(m, 3) == 0) {
        put(m, later[pick(m, 5)]);
    } else if (pick(m, 2) == 0) {
        put(m, codes[pick(m, 13)]);
    } else {
        static const char *const tests[] = {" = null", " != null", " > 1", " <= 1", " in (null)", " in ([0..1])", " between 1 and 2", " = 2", " in (> 1, null)"};
        put(m, number_name(m));
        put(m, tests[pick(m, 9)]);
    }
}

static void put_condition(maker *m, uint32_t depth)
{
    uint32_t choice = depth == 0 ? 9 : pick(m, 8);
    if (choice < 4) {
        put(m, "(");
        put_condition(m, depth - 1);
        put(m, choice < 2 ? " and " : " or ");
        put_condition(m, depth - 1);
        put(m, ")");
    } else if (choice == 4) {
        put(m, "not(");
        put_condition(m, depth - 1);
        put(m, ")");
    } else if (choice == 5) {
        put(m, "(if ");
        put_condition(m, depth - 1);
        put(m, " then ");
        put_condition(m, depth - 1);
        put(m, " else ");
        put_condition(m, depth - 1);
        put(m, ")");
    } else {
        put_test(m);
    }
}

/* One that is never null. */
static void put_sure_condition(maker *m, uint32_t depth)
{
    put(m, "if ");
    put_condition(m, depth);
    put(m, " then true else false");
}

static void put_number(maker *m, uint32_t depth)
{
    uint32_t choice = depth == 0 ? 0 : pick(m, 5);
    if (choice < 2) {
        put(m, number_name(m));
    } else if (choice == 2) {
        put(m, "max(");
        put_number(m, depth - 1);
        put(m, ", ");
        put_number(m, depth - 1);
        put(m, ")");
    } else {
        put(m, "(if ");
        put_condition(m, 1);
        put(m, " then ");
        put_number(m, depth - 1);
        put(m, " else ");
        put_number(m, depth - 1);
        put(m, ")");
    }
}

/* Something that may say that w or z is there. */
static void put_hint(maker *m)
{
    static const char *const tests[] = {"w != null", "w > 1", "z != null", "e != null", "not(z = null)", "w >= z"};
    uint32_t choice = pick(m, 10);
    if (choice < 6) put(m, tests[choice]);
    else if (choice < 8) put(m, m->when[choice - 6]);
    else put_condition(m, 1);
}

static void put_when(maker *m, char *kept, size_t size)
{
    size_t from = m->at;
    put(m, "(");
    put_condition(m, 1);
    put(m, ")");
    snprintf(kept, size, "%s", m->text + from);
}

/* `absent` is a value of its own, which nothing is known of: it tells what the amount is where it is asked. */
static void make_plan(maker *m)
{
    m->at = 0;
    m->names = 2;
    put(m, HEAD "inputs:\n  member: {type: key, zh: 会员}\n  start: {type: date, zh: 起始日}\n  k: {type: code, zh: 甲, values: {a: 甲, b: 乙, c: 丙}}\n"
                "  m: {type: code, zh: 乙, values: {a: 甲, b: 乙, c: 丙}}\n  f: {type: boolean, zh: 丙}\n"
                "  o: {type: count, range: '[0..5]', zh: 丁, optional: true}\n  p: {type: count, range: '[0..5]', zh: 戊, optional: true}\n  w: {type: count, range: '[0..5]', zh: 己, when: 'if ");
    put_when(m, m->when[0], sizeof m->when[0]);
    put(m, " then true else false'}\n  z: {type: count, range: '[0..5]', zh: 庚, when: 'if ");
    m->names = 3;
    put_when(m, m->when[1], sizeof m->when[1]);
    m->names = 4;
    put(m, " then true else false'}\nvalues:\n  e: '");
    put_number(m, 2);
    put(m, "'\n  v: '");
    put_sure_condition(m, 2);
    put(m, "'\n  g: {type: code, values: {a: 甲, b: 乙, c: 丙}, is: 'if ");
    put_condition(m, 1);
    put(m, " then \"a\" else if ");
    put_condition(m, 1);
    put(m, " then \"b\" else k'}\n  amount: '");
    m->names = 5;
    if (pick(m, 2) == 0) put(m, pick(m, 2) == 0 ? "w" : "z");
    else put_number(m, 1);
    put(m, "'\n  absent: amount = null\n  asked: '");
    size_t from = m->at;
    put(m, "if ");
    put_hint(m);
    put(m, pick(m, 4) == 0 ? " or " : " and ");
    put_condition(m, 2);
    put(m, " then true else false");
    size_t length = m->at - from;
    put(m, "'\nbenefits:\n  due: {zh: 津贴, when: '");
    char asked[4096];
    snprintf(asked, sizeof asked, "%.*s', amount: amount}\n", (int)length, m->text + from);
    put(m, asked);
    put(m, "  bad: {zh: 错, when: asked and absent, amount: 1000}\n");
}

/* Inputs that are dropped leave no other answer than all that they can be. */
static bool keeps_its_word(plan_case *c, const char *whole)
{
    static const char *const fields[] = {"\"k\":", "\"m\":", "\"f\":"};
    plan_case_decide(c, whole);
    int64_t total = c->decision.total;
    bool good = c->decision.outcome != HZ_FAILED && (!c->decision.has_total || total < 100000);
    for (size_t i = 0; i < 3 && good; i++) {
        char part[256];
        const char *field = strstr(whole, fields[i]), *end = strchr(field, ',');
        snprintf(part, sizeof part, "%.*s%s", (int)(field - whole), whole, end + 1);
        plan_case_decide(c, part);
        bool decided = c->decision.outcome == HZ_PAID || c->decision.outcome == HZ_NOTHING_DUE;
        good = c->decision.outcome != HZ_FAILED && (!decided || c->decision.total == total);
    }
    return good;
}

static void try_all(plan_case *c, const char *plan)
{
    static const char *const numbers[] = {"", "\"o\":0,", "\"o\":2,", "\"p\":0,", "\"o\":2,\"p\":2,"};
    char claim[256];
    for (uint32_t i = 0; i < 3 * 3 * 2 * 5 * 3; i++) {
        uint32_t rest = i / 18;
        snprintf(claim, sizeof claim, "{\"member\":\"m\",\"start\":\"2016-01-01\",\"k\":\"%c\",\"m\":\"%c\",\"f\":%s,%s\"w\":%d,\"z\":%d}", "abc"[i % 3], "abc"[i / 3 % 3],
                 i / 9 % 2 == 0 ? "true" : "false", numbers[rest % 5], rest / 5 % 2 == 0 ? 0 : 2, rest / 5 == 1 ? 1 : 2);
        if (keeps_its_word(c, claim)) continue;
        HZ_CHECK_STR(plan, claim);
        return;
    }
}

HZ_TEST(facts_hold_in_every_claim)
{
    maker m = {.random = 20261128};
    uint32_t proved = 0, open = 0;
    for (int i = 0; i < 1500; i++) {
        plan_case c;
        make_plan(&m);
        plan_case_begin(&c, m.text);
        const char *shown = rules_case_show(&c.rules);
        if (c.plans != NULL) {
            proved++;
            try_all(&c, m.text);
        } else {
            open++;
            bool expected = strstr(shown, "E_MAY_BE_NULL") != NULL || strstr(shown, "E_TYPE") != NULL;
            if (!expected) HZ_CHECK_STR(m.text, shown);
        }
        plan_case_end(&c);
    }
    HZ_CHECK(proved > 200);
    HZ_CHECK(open > 60);
    if (getenv("HZ_FACTS") != NULL) printf("%u proved, %u open\n", proved, open);
}
