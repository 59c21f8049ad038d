/* test_scales_errors.c - what is said of mistakes in scales: brackets, keys, names and types, settings. */
#include "plan_case.h"

#define INPUTS                                                   \
    "inputs:\n"                                                  \
    "  member: {type: key, zh: 会员}\n"                          \
    "  start: {type: date, zh: 起始日}\n"                        \
    "  days: {type: count, zh: 天数}\n"                          \
    "  paid: {type: money, range: '[0..100000]', zh: 自付}\n"    \
    "  when_paid: {type: date, zh: 支付日, default: 2016-01-01}\n"


static bool begin(plan_case *c, const char *rest)
{
    char plan[4096];
    snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS, rest);
    return plan_case_begin(c, plan);
}

/* ---- Mistakes ---- */

static void check(const char *rest, const char *expected)
{
    plan_case c;
    begin(&c, rest);
    HZ_CHECK_STR(rules_case_show(&c.rules), expected);
    plan_case_end(&c);
}

#define SINGLE(rest) "scales:\n  x: {of: days, kind: single, unit: CNY, always: {source: book, brackets: " rest "}}\n"
#define MARGINAL(rest) "scales:\n  x: {of: days, kind: marginal, unit: CNY, always: {source: book, brackets: " rest "}}\n"

HZ_TEST(scales_bad_brackets)
{
    static const bad_rules rows[] = {
        {SINGLE("[{up to: 30, gives: 1}, {up to: 30, gives: 2}, {gives: 3}]"),
         "E_BRACKET <30> this bracket does not end above the one before it | put the brackets in rising order, and keep "
         "one of two that are the same\n  <30> the one before ends here"},
        {SINGLE("[{up to: 30, gives: 1}, {below: 30, gives: 2}, {gives: 3}]"),
         "E_BRACKET <30> this bracket does not end above the one before it | put the brackets in rising order, and keep "
         "one of two that are the same\n  <30> the one before ends here"},
        {MARGINAL("[{below: 30, rate: 1}, {up to: 30, rate: 2}, {rate: 3}]"),
         "E_BRACKET <30> this bracket does not end above the one before it | put the brackets in rising order, and keep "
         "one of two that are the same\n  <30> the one before ends here"},
        {SINGLE("[{below: 0, gives: 1}, {gives: 3}]"),
         "E_BRACKET <0> this bracket does not end above 0, where the scale starts | say where the scale starts with "
         "`starts at: …`, or correct the end"},
        {SINGLE("[{gives: 1}, {up to: 5, gives: 3}]"),
         "E_BRACKET <1> this bracket has no end, and brackets follow it | write `up to: …` (the end belongs to it) or "
         "`below: …`; only the last has no end\n"
         "E_BRACKET <5> the last bracket of scale `x` ends, and nothing holds above it | add a last one without an end: "
         "{gives: …}"},
        {SINGLE("[{up to: 5, below: 6, gives: 3}, {gives: 4}]"),
         "E_CONFLICT <below> a bracket of scale `x` has `up to` and `below` | `up to` is an end that belongs to the "
         "bracket, `below` one that does not\n  <up to> the other"},
        {MARGINAL("[{up to: 5, gives: 3}, {rate: 4}]"),
         "E_KEY_FOR_TYPE <gives> `gives` does not go with scale `x`, which is marginal | each slice counts at its "
         "`rate`; `gives` is for `kind: single`"},
        {SINGLE("[{up to: 5}, {rate: 4}]"),
         "E_MISSING_KEY <up to> a bracket of scale `x` needs the key `gives` | what it gives, or `unknown: …` with the "
         "reason\n"
         "E_KEY_FOR_TYPE <rate> `rate` does not go with scale `x`, which is single | its brackets give a result: "
         "`gives`; `rate` is for `kind: marginal`"},
        {SINGLE("[{up to: 5, gives: 1, unknown: 未见}, {gives: 4}]"),
         "E_CONFLICT <gives> this bracket has `gives` and says that it is `unknown` | keep one of the two; a value that "
         "is a guess is `assumed`"},
        {SINGLE("[{upto: 5, gives: 1}, {id: a, gives: 4}]"),
         "E_UNKNOWN_KEY <upto> a bracket has no key `upto` | did you mean `up to`?\n"
         "E_BRACKET <1> this bracket has no end, and brackets follow it | write `up to: …` (the end belongs to it) or "
         "`below: …`; only the last has no end"},
        {SINGLE("[{id: a, up to: 5, gives: 1}, {id: a, gives: 4}]"),
         "E_DUPLICATE_NAME <a> two brackets of scale `x` have the id `a` | an id tells a bracket from the others of its "
         "version"},
        {SINGLE("[]"), "E_NO_VALUE <[]> `brackets` of scale `x` is an empty list"},
        {SINGLE("[{up to: 5万, gives: many}, {gives: 30%}]"),
         "E_NUMBER <5万> `5万` is not a number, which a bracket of scale `x` needs here | write digits and at most one "
         "point, as 40 or 0.25; the unit stands in `unit`\n"
         "E_NUMBER <many> `many` is not a number, which a bracket of scale `x` needs here | write digits and at most one "
         "point, as 40 or 0.25; the unit stands in `unit`"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(scales_bad_keys)
{
    static const bad_rules rows[] = {
        {"scales:\n  x: {kind: singel, unit: CNY, always: none}\n",
         "E_MISSING_KEY <x> scale `x` needs the key `of`\n"
         "E_SCALE_KIND <singel> `singel` is not a kind of scale | did you mean `single`?"},
        {"scales:\n  x: {of: days, always: none}\n",
         "E_MISSING_KEY <x> scale `x` needs the key `kind` | `kind: marginal`: each slice at its own rate; `kind: "
         "single`: the whole at what its bracket gives\n"
         "E_MISSING_KEY <x> scale `x` needs the key `unit`, or `type` | `unit: CNY`, `unit: days`, … for a number; "
         "`type: code` for codes of a single scale"},
        {"scales:\n  x: {of: days + 1, kind: marginal, type: code, starts at: one, always: none}\n",
         "E_NAME <days + 1> `of` of scale `x` must be a name, not `days + 1` | an expression needs a name of its own, "
         "below `values`\n"
         "E_CONFLICT <type> scale `x` has a `rate` and a `type` | a number has a unit; `type: code` is for what a single "
         "scale gives\n"
         "E_NUMBER <one> `one` is not a number, which scale `x` needs here | write digits and at most one point, as 40 or "
         "0.25; the unit stands in `unit`"},
        {"scales:\n  x: {of: days, kind: single, unit: CNY, brackets: [{gives: 1}], source: book}\n",
         "E_NO_ENTRY <brackets> scale `x` has no dated entry | write a line like `2018-01-01:`, or `always:`, and below "
         "it `brackets:` and `source:`"},
        {"scales:\n  x: {of: days, kind: single, unit: CNY, 2018-01: [{gives: 1}]}\n",
         "E_WRONG_SHAPE <[{gives: 1}]> this entry of scale `x` must be a mapping, but is a list | write `brackets:` and "
         "`source:` below the date"},
        {"scales:\n  x: {of: days, kind: single, unit: CNY, 2018-01: {value: 1, source: book}}\n",
         "E_MISSING_KEY <2018-01> this entry of scale `x` has no `brackets` | write `brackets:` and `source:` below the "
         "date, or `unknown:` with the reason; or `none` behind it\n"
         "E_UNKNOWN_KEY <value> a dated entry has no key `value` | its keys are: brackets, source, assumed, disputed, "
         "unknown, date assumed, note, clause"},
        {"scales:\n  x: {of: days, kind: single, unit: CNY, 2018-01: {brackets: [{gives: 1}], unknown: 未见}}\n",
         "E_CONFLICT <brackets> this entry has the list `brackets` and says that it is `unknown` | keep one of the two; "
         "brackets that are a guess are `assumed`"},
        {"scales:\n  x: {of: days, kind: single, unit: CNY, 2018-01: {brackets: [{up to: 1, gives: 1, source: book}, "
         "{gives: 2}]}}\n",
         "E_NO_SOURCE <2018-01> this version of scale `x` names no source and gives no reason | add `source: …` with an "
         "id of ruleset.yaml, or `assumed: …` with the reason, here or to each bracket"},
        {"scales:\n  x: {of: days, kind: single, type: code, values: {a: 甲, b: 乙}, always: {source: book, brackets: "
         "[{up to: 1, gives: aa}, {gives: b}]}}\n",
         "E_UNKNOWN_CODE <aa> `aa` is none of the codes of scale `x` | did you mean `a`?"},
        {"inputs:\n  x: {type: count, zh: 数}\nscales:\n  x: {of: x, kind: single, unit: CNY, always: none}\n",
         "E_DUPLICATE_NAME <x> `x` names two things of this plan | every name of a plan means one thing; rename one of "
         "the two\n  <x> the other is this input"},
    };
    CHECK_BAD_RULES(rows);
}

#define DUE "benefits:\n  due: {zh: 津贴, amount: x}\n"
#define OF(name, more) "scales:\n  x: {of: " name ", kind: marginal, unit: CNY, " more "}\n" DUE
#define ONE "always: {source: book, brackets: [{rate: 1}]}"

HZ_TEST(scales_checked)
{
    check(OF("dayz", ONE), "E_UNKNOWN_NAME <dayz> there is no name `dayz` | did you mean `days`?");
    check(OF("start", ONE), "E_TYPE <start> scale `x` works on a number, and `start` is a date | days between two dates are a "
                            "number: (b - a).days, in a value with a name");
    check(OF("due", ONE), "E_CONTEXT <due> `due` cannot be read here | benefits and `total` are read by counters and notes only");
    check("values:\n  y: x + 1\n" OF("y", ONE), "E_CYCLE <x> `x` needs itself: x -> y -> x");
    check("values:\n  y: if days > 3 then null else 1\n" OF("y", ONE),
          "E_MAY_BE_NULL <x> this amount may be null | `y` may be absent, and `x` is made of it: say when this is asked, `when: y != null`, or give it a default");
    check(OF("days", "starts at: 2000000000, " ONE),
          "E_BRACKET <days> `days` is always below the first bracket of scale `x` | say where the scale starts with `starts "
          "at: …`");
    check(OF("paid", "always: {source: book, brackets: [{up to: 5, rate: 40}, {rate: 150%}]}"),
          "E_PERCENT <40> `40` without `%` is that many times the whole slice | write `40%`, or the share as a number, as 0.2 "
          "for 20%");
    check("round: {to: 0.01, mode: half up, source: book}\n"
          OF("days", "always: {source: book, brackets: [{up to: 5, rate: 0.1234567}, {rate: 1000000000}]}"),
          "E_WIDE <days> scale `x` may need more than 64 bits | give `days` a `range`, or its brackets fewer decimals");
    check(OF("days", "always: {source: book, brackets: [{rate: -1}]}"),
          "E_NEGATIVE <x> this amount can be negative | write max(0, …), or, where the benefit takes back, `may be negative: true` beside it");
    check(OF("paid", "always: {source: book, brackets: [{rate: 40%}]}"),
          "E_ROUND <x> this amount can have 3 decimals, and CNY has 2 | say how it is rounded: round: {to: 0.01, mode: half up, "
          "source: …}");
    check(OF("days", "2016-01: {source: book, brackets: [{rate: 1}]}"),
          "E_NOT_IN_FORCE <x> `x` is in force from 2016-01-01 only, and this can be asked for on 2015-07-01 | give this item a "
          "`from` or `until`, or `x` a version for those days");
    check("scales:\n  x: {of: days, kind: marginal, unit: CNY, dated by: days, " ONE "}\n" DUE,
          "E_TYPE <days> `dated by` needs a date that is never null, and `days` is of type number");
    check("scales:\n  x: {of: days, kind: marginal, unit: CNY, " ONE "}\nbenefits:\n  due: {zh: 津贴, amount: 1}\n",
          "warning E_UNUSED <x> nothing uses the scale `x`");
    check("parameters:\n  late: {unit: days, 2017-01: {value: 3, source: book}}\n" OF("late", ONE),
          "E_NOT_IN_FORCE <x> `x` is in force from 2017-01-01 only, and this can be asked for on 2015-07-01 | give this item a "
          "`from` or `until`, or `x` a version for those days");
}

/* The sum is largest where a negative rate begins, not at an end of the number's range. */
HZ_TEST(scales_know_their_range)
{
    plan_case c;
    if (!begin(&c, "values:\n  y: min(days, 30)\n"
                   "scales:\n  x: {of: y, kind: marginal, unit: CNY, always: {source: book, brackets: [{up to: 20, rate: 3}, {rate: -1.5}]}}\n" DUE)) return;
    const hz_type *type = &c.plans[0].symbols[hz_map_find(&c.plans[0].rules->symbol_map, HZ_STR("x"))].type;
    HZ_CHECK_EQ_INT((int64_t)type->lo, 0);
    HZ_CHECK_EQ_INT((int64_t)type->hi, 600);
    HZ_CHECK_EQ_INT(type->scale, 1);
    plan_case_end(&c);
}

/* ---- Settings ---- */

HZ_TEST(scales_are_set_by_part)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)},
                             {HZ_STR("stay.yaml"), HZ_STR(HEAD INPUTS OF("days", ONE))}};
    const hz_file settings[] = {{HZ_STR(""), HZ_STR("stay.x[1].gives = 2")}, {HZ_STR(""), HZ_STR("stay.x = 2")}, {HZ_STR(""), HZ_STR("stay.y[1].rate = 2")}};
    rules_case self;
    rules_case_begin(&self);
    HZ_CHECK(rules_case_read(&self, files, 2));
    self.arena.escape = &self.escape;
    if (setjmp(self.escape.to) == 0) hz_rules_apply(&self.arena, &self.diags, self.model, settings, 3);
    self.arena.escape = NULL;
    HZ_CHECK_STR(rules_case_show(&self),
                 "E_SCENARIO_PATH <stay.x[1].gives> there is no `stay.x[1].gives`: of a bracket one thing can be set | write stay.x[1].rate\n"
                 "E_SCENARIO_PATH <stay.x> `stay.x` cannot be set: only parameters and values can, and parts of scales and tables | name a "
                 "bracket by its number or id: stay.x[1].rate, or .gives\n"
                 "E_SCENARIO_PATH <stay.y[1].rate> there is no `stay.y[1].rate`: no scale or table has this path | did you mean `stay.x`?");
    rules_case_end(&self);
}
