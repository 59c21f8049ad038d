/* test_increase.c - `increases with` (program/increase.h): by cases, and by random plans, where what was proved is tried
 * with every value of the input. */
#include "plan_case.h"

#define INPUTS                                                                     \
    "inputs:\n"                                                                    \
    "  member: {type: key, zh: 会员}\n"                                            \
    "  start: {type: date, zh: 起始日}\n"                                          \
    "  end: {type: date, zh: 终止日}\n"                                            \
    "  k: {type: code, zh: 类别, values: {a: 甲, b: 乙}}\n"                        \
    "  x: {type: count, range: '[0..20]', zh: 数}\n"                               \
    "  y: {type: count, range: '[0..20]', zh: 数}\n"                               \
    "  s: {type: number, scale: 0, range: '[-5..5]', zh: 数}\n"                    \
    "  o: {type: count, range: '[0..20]', zh: 数, optional: true}\n"
#define ROUND "round: {to: 0.01, mode: half up, source: book}\n"
#define AMOUNT(with, amount) ROUND "benefits:\n  due: {zh: 津贴, increases with: " with ", amount: '" amount "'}\n"
#define OPEN "it is not proved that `due` never falls where `x` rises | mend the formula, or leave `x` out of `increases with`\n"
#define FALLS "`due` can fall where `x` rises | mend the formula, or leave `x` out of `increases with`\n"

/* The messages with their first notes, one below the other. */
static const char *shown(plan_case *c)
{
    hz_buf *out = &c->rules.shown;
    hz_buf_reset(out);
    for (uint32_t i = 0; i < c->rules.diags.list.count; i++) {
        const hz_diag *diag = &c->rules.diags.list.at[i];
        hz_buf_printf(out, "%s %.*s | %.*s\n", hz_code_name(diag->code), HZ_ARG(diag->message), HZ_ARG(diag->hint));
        if (diag->related.count > 0) hz_buf_printf(out, "%.*s", HZ_ARG(diag->related.at[0].message));
    }
    return hz_buf_text(out).at;
}

static void check(const char *rest, const char *expected)
{
    plan_case c;
    char plan[8192];
    snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS, rest);
    plan_case_begin(&c, plan);
    if (strcmp(shown(&c), expected) != 0) HZ_CHECK_STR(rest, "");
    HZ_CHECK_STR(shown(&c), expected);
    plan_case_end(&c);
}

HZ_TEST(increases_by_operators)
{
    static const char *const proved[] = {
        AMOUNT("x", "x * y + 3"), AMOUNT("x", "max(0, x - y)"), AMOUNT("x", "max(0, 40 - max(0, 20 - x))"), AMOUNT("x", "x * x"), AMOUNT("x", "min(x, y) / 4"),
        AMOUNT("x", "round half up(x / 3, 1)"), AMOUNT("x", "if k = \"a\" then x else 2 * x"), AMOUNT("x", "if x > 5 then 10 else 3"),
        AMOUNT("x", "max(0, if x <= 10 then x * 0.5 else 5 + (x - 10) * 0.8)"), AMOUNT("x", "y / (21 - x)"),
        AMOUNT("x", "if x > 3 and y > 2 then 1 else 0"), AMOUNT("end", "max(0, (end - start).days)"), AMOUNT("end", "max(0, years and months duration(start, end).years)"),
        AMOUNT("o", "if o = null then 7 else o"), AMOUNT("x", "y"), AMOUNT("[x, y]", "x + y"),
    };
    for (size_t i = 0; i < sizeof proved / sizeof *proved; i++) check(proved[i], "");
    check(AMOUNT("x", "20 - x"), "E_INCREASES " FALLS "this falls then");
    check(AMOUNT("x", "max(0, y - x)"), "E_INCREASES " FALLS "this falls then");
    check(AMOUNT("x", "max(0, x * s)"), "E_INCREASES " OPEN "this may be negative, and turns the direction then");
    check(AMOUNT("x", "max(0, x * y - x)"), "E_INCREASES " OPEN "one part of this rises and another falls");
    check(AMOUNT("x", "if x > 5 then 3 else 10"), "E_INCREASES " FALLS "this falls where the other branch is taken");
    check(AMOUNT("x", "max(0, if x <= 10 then x * 0.5 else 4 + (x - 10) * 0.8)"), "E_INCREASES " OPEN "what the other branch gives may be less where it is taken");
    check(AMOUNT("x", "if x = 5 then 3 else 10"), "E_INCREASES " OPEN "this test may hold, and then no longer");
    check(AMOUNT("end", "end.day"), "E_INCREASES it is not proved that `due` never falls where `end` rises | mend the formula, or leave `end` out of `increases with`\n"
                                    "this begins again and again");
    check(AMOUNT("x", "modulo(x, 3)"), "E_INCREASES " OPEN "nothing is known of this function");
    check(AMOUNT("k", "x"), "E_INCREASES `increases with` names inputs that can rise, and `k` is a code | name an input that is a number, a date or a boolean\n");
}

HZ_TEST(increases_through_names)
{
#define SCALE(kind, brackets) "scales:\n  part: {of: x, kind: " kind ", unit: CNY, always: {source: book, brackets: [" brackets "]}}\n"
    check(SCALE("marginal", "{up to: 5, rate: 10%}, {rate: 0%}") AMOUNT("x", "part"), "");
    check(SCALE("single", "{up to: 5, gives: 10}, {up to: 7, gives: 10}, {gives: 12}") AMOUNT("x", "part"), "");
    check(SCALE("single", "{up to: 5, gives: 10}, {up to: 7, gives: 12}, {gives: 11}") AMOUNT("x", "part"),
          "E_INCREASES " OPEN "this bracket gives less than the one before");
    check("values:\n  v: x * 2\n" AMOUNT("x", "v") "caps:\n  - {code: MOST, over: v, limit: 9, zh: 文, en: text, source: book}\n", "");
    check("values:\n  v: x * 2\n" AMOUNT("x", "v") "caps:\n  - {code: MOST, over: v, limit: 20 - x, zh: 文, en: text, source: book}\n",
          "E_INCREASES " OPEN "one part of this rises and another falls");
    check("values:\n  v: x * 2\n" AMOUNT("x", "v") "caps:\n  - {code: MOST, over: v, when: x > 3, limit: 9, zh: 文, en: text, source: book}\n",
          "E_INCREASES " OPEN "the cap begins or ends to hold");
    check("values:\n  v: x * 2\n" AMOUNT("x", "v") "caps:\n  - {code: MOST, over: v, when: x > 0, limit: 9, zh: 文, en: text, source: book}\n", "");
    check("values:\n  v: x * 2\n" AMOUNT("x", "v") "caps:\n  - {code: MOST, over: v, when: x < 7, limit: 9, zh: 文, en: text, source: book}\n", "");
    check("tables:\n  t: {inputs: [k], gives: {t: CNY}, always: {source: book, rows: [{k: a, t: x}, {k: b, t: 5}]}}\n" AMOUNT("x", "t"), "");
    check("tables:\n  t: {inputs: [x], gives: {t: CNY}, always: {source: book, rows: [{x: '<= 5', t: 1}, {x: '> 5', t: 5}]}}\n" AMOUNT("x", "t"),
          "E_INCREASES " OPEN "the row that counts hangs on it");
    /* what is no longer asked for is nothing */
    check("benefits:\n  due: {zh: 津贴, increases with: x, when: x > 3, amount: 5}\n", "");
    check("benefits:\n  due: {zh: 津贴, increases with: x, when: x < 3, amount: 5}\n", "E_INCREASES " FALLS "it is no longer asked for then");
    /* an input that is there at times only */
    check("  z: {type: count, zh: 数, when: x > 3}\nbenefits:\n  due: {zh: 津贴, increases with: x, amount: if z > 5 then x else x + 100}\n",
          "E_INCREASES " OPEN "whether this input is there hangs on it");
    check("values:\n  v: if x > 5 then o else 3\n" AMOUNT("x", "if v > 2 then 100 else 0"), "E_INCREASES " OPEN "one branch may be null where it is taken");
    /* the date that picks the rules */
    check("parameters:\n  p: {unit: CNY, 2015-07: {value: 5, source: book}, 2016-01: {value: 6, source: book}}\n" AMOUNT("start", "p"),
          "E_INCREASES it is not proved that `due` never falls where `start` rises | mend the formula, or leave `start` out of `increases with`\n"
          "the date that picks this version hangs on it");
}

/* ---- Random plans ---- */

typedef struct maker {
    uint32_t random;
    char text[8192];
    size_t at;
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

static void put_number(maker *m, uint32_t depth);

static void put_test(maker *m, uint32_t depth)
{
    static const char *const fixed[] = {"x > 5", "x <= 10", "k = \"a\"", "y > 3", "y = 5", "o = null", "x in [3..7]", "not(x < 4)", "(x > 2 and y > 2)", "5 < x", "o > 3"};
    if (depth == 0 || pick(m, 3) > 0) {
        put(m, fixed[pick(m, 11)]);
        return;
    }
    put_number(m, depth - 1);
    put(m, pick(m, 2) == 0 ? " > " : " <= ");
    put_number(m, depth - 1);
}

static void put_call(maker *m, const char *name, uint32_t depth)
{
    put(m, name);
    put_number(m, depth);
    put(m, ", ");
    put_number(m, depth);
    put(m, ")");
}

static void put_number(maker *m, uint32_t depth)
{
    static const char *const names[] = {"x", "x", "x", "y", "s", "3", "10", "20", "v", "marginal", "single", "t", "(x * 0.5)", "(5 + (x - 10) * 0.8)"};
    static const char *const operators[] = {" + ", " - ", " * ", " + "};
    uint32_t choice = depth == 0 ? 0 : pick(m, 10);
    if (choice < 2) {
        put(m, names[pick(m, 14)]);
    } else if (choice < 5) {
        put(m, "(");
        put_number(m, depth - 1);
        put(m, operators[pick(m, 4)]);
        put_number(m, depth - 1);
        put(m, ")");
    } else if (choice == 5) {
        put_call(m, "max(", depth - 1);
    } else if (choice == 6) {
        put_call(m, "min(", depth - 1);
    } else if (choice == 7) {
        put(m, pick(m, 2) == 0 ? "abs(" : "floor(");
        put_number(m, depth - 1);
        put(m, ")");
    } else {
        put(m, "(if ");
        put_test(m, depth - 1);
        put(m, " then ");
        put_number(m, depth - 1);
        put(m, " else ");
        put_number(m, depth - 1);
        put(m, ")");
    }
}

static void put_brackets(maker *m, const char *key)
{
    char text[200];
    uint32_t a = pick(m, 5), b = pick(m, 5), c = pick(m, 5);
    if (pick(m, 2) == 0) b = a + pick(m, 2), c = b + pick(m, 2);
    snprintf(text, sizeof text, "[{up to: 4, %s: %u}, {below: 11, %s: %u}, {%s: %u}]}}\n", key, a, key, b, key, c);
    put(m, text);
}

static void make_plan(maker *m)
{
    m->at = 0;
    put(m, HEAD INPUTS "scales:\n  marginal: {of: x, kind: marginal, unit: CNY, always: {source: book, brackets: ");
    put_brackets(m, "rate");
    put(m, "  single: {of: x, kind: single, unit: CNY, always: {source: book, brackets: ");
    put_brackets(m, "gives");
    put(m, "tables:\n  t: {inputs: [k], gives: {t: CNY}, always: {source: book, rows: [{k: a, t: x}, {k: b, t: y}]}}\nvalues:\n  v: ");
    put(m, pick(m, 2) == 0 ? "x * 2" : "20 - x");
    put(m, "\ncaps:\n  - {code: MOST, over: v, limit: ");
    put(m, pick(m, 2) == 0 ? "9" : "y");
    put(m, pick(m, 2) == 0 ? (pick(m, 2) == 0 ? ", when: x > 0" : ", when: x < 5") : "");
    put(m, ", zh: 文, en: text, source: book}\n" ROUND "benefits:\n  due: {zh: 津贴, increases with: x, amount: 'max(0, ");
    put_number(m, 3);
    put(m, ")'");
    put(m, pick(m, 4) == 0 ? ", when: x > 2}\n" : "}\n");
}

static void try_all(plan_case *c, const char *plan)
{
    char claim[256];
    for (uint32_t i = 0; i < 2 * 4 * 3 * 2; i++) {
        int64_t before = 0;
        for (int x = 0; x <= 20; x++) {
            snprintf(claim, sizeof claim, "{\"member\":\"m\",\"start\":\"2016-01-01\",\"end\":\"2016-01-01\",\"k\":\"%c\",\"x\":%d,\"y\":%u,\"s\":%d%s}", "ab"[i % 2], x,
                     i / 2 % 4 * 5, (int)(i / 8 % 3) * 4 - 4, i / 24 == 0 ? "" : ",\"o\":7");
            plan_case_decide(c, claim);
            bool good = c->decision.has_total && c->decision.total >= before;
            before = c->decision.total;
            if (good) continue;
            HZ_CHECK_STR(plan, claim);
            return;
        }
    }
}

HZ_TEST(increases_hold_in_every_claim)
{
    maker m = {.random = 20261128};
    uint32_t proved = 0, open = 0;
    for (int i = 0; i < 700; i++) {
        plan_case c;
        make_plan(&m);
        plan_case_begin(&c, m.text);
        if (c.plans != NULL) {
            proved++;
            try_all(&c, m.text);
        } else {
            open++;
            if (strstr(shown(&c), "E_INCREASES") == NULL) HZ_CHECK_STR(m.text, shown(&c));
        }
        plan_case_end(&c);
    }
    HZ_CHECK(proved > 100);
    HZ_CHECK(open > 100);
    if (getenv("HZ_FACTS") != NULL) printf("%u proved, %u open\n", proved, open);
}
