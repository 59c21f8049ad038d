/* test_gaps.c - gaps of decision tables, found while loading (program/gap.h): by cases, and by random tables, where each
 * claim is tried. */
#include "plan_case.h"

#define INPUTS                                                                                    \
    "inputs:\n"                                                                                   \
    "  member: {type: key, zh: 会员}\n"                                                           \
    "  start: {type: date, zh: 起始日}\n"                                                         \
    "  k: {type: code, zh: 类别, values: {a: 甲, b: 乙, c: 丙}}\n"                                \
    "  f: {type: boolean, zh: 真}\n"                                                              \
    "  x: {type: count, range: '[0..6]', zh: 数}\n"                                               \
    "  d: {type: number, scale: 1, range: '[0..9]', zh: 数}\n"                                    \
    "  icd10: {type: text, zh: 编码}\n"                                                           \
    "  o: {type: count, range: '[0..6]', zh: 数, optional: true}\n"
#define DUE "benefits:\n  due: {zh: 津贴, amount: t}\n"
#define ROWS(inputs, rows) "tables:\n  t: {inputs: [" inputs "], gives: {t: CNY}, always: {source: book, rows: [" rows "]}}\n" DUE
#define GAP(what) "warning E_GAP <always> no row of table `t` matches " what " | add a row for it, or `otherwise:` with what the table gives where no row matches"

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

HZ_TEST(gaps_of_columns)
{
    check(ROWS("k", "{k: a, t: 1}, {k: [b, c], t: 2}"), "");
    check(ROWS("k", "{k: a, t: 1}, {k: b, t: 2}"), GAP("k = c on 2015-07-01"));
    check(ROWS("f", "{f: true, t: 1}, {f: false, t: 2}"), "");
    check(ROWS("f", "{f: true, t: 1}"), GAP("f = false on 2015-07-01"));
    check(ROWS("x", "{x: '< 3', t: 1}, {x: '>= 3', t: 2}"), "");
    check(ROWS("x", "{x: '< 3', t: 1}, {x: '> 3', t: 2}"), GAP("x = 3 on 2015-07-01"));
    check(ROWS("x", "{x: '[0..2], 5', t: 1}, {x: '(2..5), 6', t: 2}"), "");
    check(ROWS("x", "{x: 'not(3)', t: 1}, {x: '3', t: 2}"), "");
    check(ROWS("d", "{d: '<= 1', t: 1}, {d: '>= 2', t: 2}"), GAP("d = 1.1 on 2015-07-01"));
    check(ROWS("d", "{d: '<= 1', t: 1}, {d: '> 1', t: 2}"), "");
    check(ROWS("start", "{start: '< @\"2020-01-01\"', t: 1}, {start: '> @\"2020-01-01\"', t: 2}"), GAP("start = 2020-01-01 on 2015-07-01"));
    check(ROWS("start", "{start: '< @\"2020-01-01\"', t: 1}, {start: '>= @\"2020-01-01\"', t: 2}"), "");
    /* what is compared with a name is not known while loading */
    check("parameters:\n  p: {unit: units, 2015-07: {value: 3, source: book}}\n" ROWS("x", "{x: '< p', t: 1}, {x: '>= p', t: 2}"), "");
    /* null is the claim's matter */
    check(ROWS("o", "{o: '[0..6]', t: 1}"), "");
}

HZ_TEST(gaps_across_columns)
{
    check(ROWS("k, x", "{k: a, t: 1}, {k: [b, c], x: '< 3', t: 2}, {k: b, x: '>= 3', t: 3}"), GAP("k = c, x = 3 on 2015-07-01"));
    check(ROWS("k, x", "{k: a, t: 1}, {k: [b, c], x: '< 3', t: 2}, {k: [b, c], x: '>= 3', t: 3}"), "");
    check(ROWS("k, f, x", "{k: a, t: 1}, {f: true, k: [b, c], t: 2}, {f: false, k: [b, c], x: '[1..6]', t: 3}"), GAP("k = b, f = false, x = 0 on 2015-07-01"));
    check("tables:\n  t: {inputs: [k], gives: {t: CNY}, hit: first, always: {source: book, rows: [{k: a, t: 1}, {t: 2}]}}\n" DUE, "");
    check("tables:\n  t: {inputs: [k], gives: {t: CNY}, hit: collect sum, always: {source: book, rows: [{k: a, t: 1}]}}\n" DUE, GAP("k = b on 2015-07-01"));
    check("tables:\n  t: {inputs: [k], gives: {t: CNY}, always: {source: book, rows: [{k: a, t: 1}], otherwise: {t: 0}}}\n" DUE, "");
    /* each version by itself */
    check("tables:\n  t:\n    inputs: [k]\n    gives: {t: CNY}\n    2015-07: {source: book, rows: [{k: a, t: 1}, {k: [b, c], t: 2}]}\n    2018-01: {source: book, rows: [{k: [a, b], t: 1}]}\n" DUE,
          "warning E_GAP <2018-01> no row of table `t` matches k = c on 2018-01-01 | add a row for it, or `otherwise:` with what the table gives where no row matches");
}

HZ_TEST(gaps_of_texts)
{
    check(ROWS("icd10", "{icd10: 'C50', t: 1}"),
          "warning E_GAP <always> no row of table `t` matches a text that no pattern of `icd10` matches | say with `otherwise:` what the table gives then");
    check(ROWS("f, icd10", "{icd10: 'C50', f: true, t: 1}, {f: false, t: 2}"), "");
    check("tables:\n  t: {inputs: [f, icd10], gives: {t: CNY}, hit: first, always: {source: book, rows: [{icd10: 'C50', f: true, t: 1}, {icd10: 'D05', t: 2}, {f: true, t: 3}]}}\n" DUE,
          GAP("f = false, icd10 like C50 on 2015-07-01"));
}

/* What cannot come is no gap: codes that no version of these days gives, what eligibility refuses, numbers that no row
 * speaks of. */
HZ_TEST(gaps_that_are_none)
{
#define TRACK "  track:\n    inputs: [f]\n    gives: {track: {type: code, values: {p: 甲, q: 乙}}}\n"                                                        \
              "    2015-07: {source: book, rows: [{track: p}]}\n    2018-01: {source: book, rows: [{f: true, track: p}, {f: false, track: q}]}\n"
    check("tables:\n" TRACK "  t:\n    inputs: [track]\n    gives: {t: CNY}\n    2015-07: {source: book, rows: [{track: p, t: 1}]}\n"
          "    2018-01: {source: book, rows: [{track: p, t: 1}, {track: q, t: 1}]}\n" DUE, "");
    check("tables:\n" TRACK "  t:\n    inputs: [track]\n    gives: {t: CNY}\n    2015-07: {source: book, rows: [{track: p, t: 1}]}\n" DUE,
          "warning E_GAP <2015-07> no row of table `t` matches track = q on 2015-07-01 | add a row for it, or `otherwise:` with what the table gives where no row matches");
    check("eligibility:\n  - {code: A, require: k != \"c\", zh: 文, en: text, source: book}\n" ROWS("k", "{k: a, t: 1}, {k: b, t: 2}"), "");
    check("eligibility:\n  - {code: A, require: k != \"c\" or f, zh: 文, en: text, source: book}\n" ROWS("k, f", "{k: [a, b], t: 1}, {k: c, f: true, t: 2}"), "");
    check("eligibility:\n  - {code: A, when: f, require: k != \"c\", zh: 文, en: text, source: book}\n" ROWS("k", "{k: a, t: 1}, {k: b, t: 2}"), GAP("k = c on 2015-07-01"));
    check("eligibility:\n  - {code: A, for: due, require: k != \"c\", zh: 文, en: text, source: book}\n" ROWS("k", "{k: a, t: 1}, {k: b, t: 2}"), GAP("k = c on 2015-07-01"));
    /* a condition that reads the table is no excuse for it */
    check("eligibility:\n  - {code: A, require: k != \"c\" and t > 0, zh: 文, en: text, source: book}\n" ROWS("k", "{k: a, t: 1}, {k: b, t: 2}"), GAP("k = c on 2015-07-01"));
    check("values:\n  v: x - 3\n" ROWS("v", "{v: '[0..2]', t: 1}, {v: '3', t: 1}"), "");
}

/* ---- Random tables ---- */

static uint32_t pick(uint32_t *random, uint32_t count)
{
    *random = *random * 1664525u + 1013904223u;
    return (*random >> 10) % count;
}

static void make_plan(uint32_t *random, char *plan, size_t size)
{
    static const char *const kinds[] = {"", "", "k: a, ", "k: b, ", "k: [b, c], ", "k: [a, c], "};
    static const char *const truths[] = {"", "f: true, ", "f: false, "};
    static const char *const numbers[] = {"", "x: '< 3', ", "x: '>= 3', ", "x: '[1..4)', ", "x: 'not(2)', ", "x: '0, 5, 6', ", "x: '> 4', ", "x: '<= 5', "};
    size_t at = (size_t)snprintf(plan, size, "%s", HEAD INPUTS "tables:\n  t: {inputs: [k, f, x], gives: {t: CNY}, hit: first, always: {source: book, rows: [");
    for (uint32_t i = 0, rows = 2 + pick(random, 9); i < rows; i++)
        at += (size_t)snprintf(plan + at, size - at, "%s{%s%s%st: 1}", i > 0 ? ", " : "", kinds[pick(random, 6)], truths[pick(random, 3)], numbers[pick(random, 8)]);
    snprintf(plan + at, size - at, "]}}\n" DUE);
}

static bool some_claim_fails(plan_case *c)
{
    char claim[256];
    bool fails = false;
    for (uint32_t i = 0; i < 3 * 2 * 7 && !fails; i++) {
        snprintf(claim, sizeof claim, "{\"member\":\"m\",\"start\":\"2016-01-01\",\"k\":\"%c\",\"f\":%s,\"x\":%u}", "abc"[i % 3], i / 3 % 2 == 0 ? "true" : "false", i / 6);
        plan_case_decide(c, claim);
        fails = c->decision.outcome == HZ_FAILED;
    }
    return fails;
}

HZ_TEST(gaps_are_just_those_of_claims)
{
    uint32_t random = 20261128, gaps = 0, whole = 0;
    char plan[8192];
    for (int i = 0; i < 500; i++) {
        plan_case c;
        make_plan(&random, plan, sizeof plan);
        plan_case_begin(&c, plan);
        bool warned = strstr(rules_case_show(&c.rules), "E_GAP") != NULL;
        if (c.plans == NULL || some_claim_fails(&c) != warned) HZ_CHECK_STR(plan, warned ? "has no gap" : "has a gap");
        gaps += warned;
        whole += !warned;
        plan_case_end(&c);
    }
    HZ_CHECK(gaps > 50 && whole > 50);
}
