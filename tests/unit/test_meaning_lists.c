/* test_meaning_lists.c - lists in rules: what is missing, unknown, null or wrong in an item, and when it matters. */
#include "plan_case.h"

#define INPUTS                                                                \
    "inputs:\n"                                                               \
    "  member: {type: key, zh: 会员}\n"                                       \
    "  start: {type: date, zh: 起始日}\n"                                     \
    "  kind: {type: code, zh: 类别, values: {a: 甲, b: 乙, c: 丙}}\n"         \
    "  other: {type: code, zh: 类别, values: {a: 甲, b: 乙, c: 丙}}\n"        \
    "  card: {type: boolean, zh: 持卡}\n"                                     \
    "  x: {type: count, zh: 一}\n"                                            \
    "  y: {type: count, zh: 二}\n"                                            \
    "  extra: {type: count, zh: 附加, optional: true}\n"

#define TEXTS ", zh: 文, en: text, source: book}\n"
#define BENEFIT "benefits:\n  due: {zh: 津贴, amount: 1}\n"
#define DUE(amount) HEAD INPUTS "benefits:\n  due: {zh: 津贴, amount: '" amount "'}\n"
#define NEEDS(condition) HEAD INPUTS "eligibility:\n  - {code: IT, require: '" condition "'" TEXTS BENEFIT
#define BASE "{\"member\":\"m\",\"start\":\"2016-01-01\""

typedef struct row {
    const char *plan, *claim, *expected;
} row;

static void run(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        plan_case c;
        bool made = plan_case_begin(&c, rows[i].plan);
        const char *got = made ? plan_case_decide(&c, rows[i].claim) : rules_case_show(&c.rules);
        if (strcmp(got, rows[i].expected) != 0) {
            fprintf(stderr, "%s\n%s\n", rows[i].plan, rows[i].claim);
            HZ_CHECK_STR(got, rows[i].expected);
        }
        plan_case_end(&c);
    }
}

#define RUN(rows) run((rows), sizeof(rows) / sizeof *(rows))

HZ_TEST(lists_with_missing_items)
{
    static const row rows[] = {
        {DUE("sum([x, y])"), BASE ",\"x\":2,\"y\":3}", "paid 500"},
        {DUE("sum([x, y])"), BASE ",\"x\":2}", "incomplete MISSING(y)"},
        {DUE("sum(x, y, 0.5)"), BASE ",\"x\":2,\"y\":3}", "paid 550"},
        {DUE("count([x, y])"), BASE "}", "paid 200"},
        {DUE("min(remove([x, y, 7], 3))"), BASE ",\"x\":2,\"y\":3}", "paid 200"},
        {DUE("max(reverse([x, y]))"), BASE ",\"x\":2}", "incomplete MISSING(y)"},
        {DUE("sum(sublist([x, y], 1, 1))"), BASE ",\"x\":2}", "paid 200"},
        {DUE("sum(sublist([4, 5, 6], 1, x))"), BASE ",\"x\":2}", "paid 900"},
        {DUE("sum(sublist([4, 5, 6], 1, x))"), BASE "}", "incomplete MISSING(x)"},
        {DUE("sum(sublist([4, 5, 6], 1, x))"), BASE ",\"x\":4}", "error R_POSITION"},
        {DUE("count(distinct values([x, y]))"), BASE ",\"x\":2,\"y\":2}", "paid 100"},
        {DUE("count(distinct values([x, y]))"), BASE ",\"x\":2}", "incomplete MISSING(y)"},
        {DUE("median([x, y, 9])"), BASE ",\"x\":2,\"y\":3}", "paid 300"},
        {DUE("count(mode([x, y]))"), BASE ",\"x\":2,\"y\":3}", "paid 200"},
        {DUE("count(index of([x, 5, y], 5))"), BASE ",\"x\":5,\"y\":1}", "paid 200"},
        {DUE("count(index of([x, 5, y], 5))"), BASE ",\"x\":5}", "incomplete MISSING(y)"},
        {DUE("if card then sum([x, y]) else count([x])"), BASE ",\"card\":false}", "paid 100"},
        {DUE("count(if card then [x] else [x, y])"), BASE ",\"card\":false}", "paid 200"},
        {DUE("count(if card then [x] else [x, y])"), BASE "}", "incomplete MISSING(card)"},
        {DUE("sum(if card then [x] else [y])"), BASE ",\"card\":true,\"x\":1}", "paid 100"},
        {DUE("sum(if card then [x] else [y])"), BASE ",\"x\":1,\"y\":2}", "incomplete MISSING(card)"},
    };
    RUN(rows);
}

HZ_TEST(lists_that_decide_without_an_item)
{
    static const row rows[] = {
        {NEEDS("any([card, x > 5])"), BASE ",\"card\":true}", "paid 100"},
        {NEEDS("any([card, x > 5])"), BASE ",\"x\":6}", "paid 100"},
        {NEEDS("any([card, x > 5])"), BASE ",\"x\":5}", "incomplete MISSING(card)"},
        {NEEDS("any([card, x > 5])"), BASE ",\"x\":5,\"card\":false}", "refused IT"},
        {NEEDS("all([card, x > 5, y > 5])"), BASE ",\"x\":1}", "refused IT"},
        {NEEDS("all(card, x > 5)"), BASE ",\"card\":true}", "incomplete MISSING(x)"},
        {NEEDS("list contains([x, y], 3)"), BASE ",\"y\":3}", "paid 100"},
        {NEEDS("list contains([x, y], 3)"), BASE ",\"y\":4}", "incomplete MISSING(x)"},
        {NEEDS("3 in concatenate([x], [y])"), BASE ",\"y\":3}", "paid 100"},
        {NEEDS("[x, 1] = [y, 2]"), BASE "}", "refused IT"},
        {NEEDS("[x, 1] = [y, 1]"), BASE ",\"x\":2}", "incomplete MISSING(y)"},
        {NEEDS("any([card, date(x, 1, 1) > start])"), BASE ",\"card\":true,\"x\":0}", "paid 100"},
        {NEEDS("any([card, date(x, 1, 1) > start])"), BASE ",\"card\":false,\"x\":0}", "error R_DATE_RANGE"},
        {NEEDS("all([date(x, 1, 1) > start, card])"), BASE ",\"card\":false,\"x\":0}", "refused IT"},
        /* of what is not asked for nothing is said to be missing */
        {HEAD INPUTS "eligibility:\n  - {code: IT, require: 'any([card, x > 5])'" TEXTS "  - {code: MORE, require: y > 0" TEXTS BENEFIT,
         BASE ",\"card\":true}", "incomplete MISSING(y)"},
        {HEAD INPUTS "eligibility:\n  - {code: IT, require: 'all(x > 5, card) or card'" TEXTS "  - {code: MORE, require: y > 0" TEXTS BENEFIT,
         BASE ",\"card\":true}", "incomplete MISSING(y)"},
    };
    RUN(rows);
}

HZ_TEST(lists_of_codes_and_nulls)
{
    static const row rows[] = {
        {NEEDS("list contains([kind, other], \"b\")"), BASE ",\"other\":\"b\"}", "paid 100"},
        {NEEDS("list contains([kind, other], \"b\")"), BASE ",\"kind\":\"a\",\"other\":\"c\"}", "refused IT"},
        {NEEDS("list contains([\"a\", \"c\"], kind)"), BASE ",\"kind\":\"c\"}", "paid 100"},
        {NEEDS("[kind, other] = [\"a\", \"b\"]"), BASE ",\"kind\":\"a\",\"other\":\"b\"}", "paid 100"},
        {NEEDS("kind in append([other], \"c\")"), BASE ",\"kind\":\"c\",\"other\":\"a\"}", "paid 100"},
        {NEEDS("count(distinct values([kind, other, \"a\"])) = 2"), BASE ",\"kind\":\"a\",\"other\":\"b\"}", "paid 100"},
        {NEEDS("list contains([extra], null)"), BASE "}", "paid 100"},
        {NEEDS("list contains([extra], null)"), BASE ",\"extra\":1}", "refused IT"},
        {NEEDS("count(index of([extra, 4], 4)) = 1"), BASE "}", "paid 100"},
        {DUE("if sum([extra, 1]) = null then 7 else 1"), BASE "}", "paid 700"},
        {DUE("if sum([extra, 1]) = null then 7 else 1"), BASE ",\"extra\":1}", "paid 100"},
    };
    RUN(rows);
}

HZ_TEST(lists_in_cells_of_tables)
{
    const char plan[] = HEAD INPUTS
        "tables:\n"
        "  share:\n    inputs: [x, kind]\n    gives: {share_of: CNY}\n    hit: first\n    always:\n      source: book\n      rows:\n"
        "        - {x: ']2..4[', share_of: 1}\n"
        "        - {x: '[7..9], 20', kind: [a, b], share_of: 2}\n"
        "        - {x: '< 2, > 100', share_of: 3}\n"
        "        - {x: 'not(5, 6)', kind: c, share_of: 4}\n"
        "        - {x: 'list contains([30, 31], ?)', share_of: 6}\n"
        "      otherwise: {share_of: 5}\n"
        "benefits:\n  due: {zh: 津贴, amount: share_of}\n";
    static const struct {
        const char *claim, *expected;
    } each[] = {
        {BASE ",\"x\":3,\"kind\":\"a\"}", "paid 100"}, {BASE ",\"x\":2,\"kind\":\"a\"}", "paid 500"},
        {BASE ",\"x\":4,\"kind\":\"c\"}", "paid 400"}, {BASE ",\"x\":7,\"kind\":\"b\"}", "paid 200"},
        {BASE ",\"x\":20,\"kind\":\"a\"}", "paid 200"}, {BASE ",\"x\":9,\"kind\":\"c\"}", "paid 400"},
        {BASE ",\"x\":1,\"kind\":\"c\"}", "paid 300"}, {BASE ",\"x\":101,\"kind\":\"a\"}", "paid 300"},
        {BASE ",\"x\":5,\"kind\":\"c\"}", "paid 500"}, {BASE ",\"x\":31,\"kind\":\"a\"}", "paid 600"},
    };
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, plan));
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; c.plans != NULL && i < sizeof each / sizeof *each; i++) HZ_CHECK_STR(plan_case_decide(&c, each[i].claim), each[i].expected);
    plan_case_end(&c);
}

/* A single value is a list of itself where a list is wanted; null is no list. */
HZ_TEST(lists_of_single_values)
{
    static const row rows[] = {
        {DUE("if count(extra) = null then 1 else 2"), BASE "}", "paid 100"},
        {DUE("if count(extra) = 1 then 1 else 2"), BASE ",\"extra\":7}", "paid 100"},
        {DUE("if append(extra, 1) = null then 1 else 2"), BASE "}", "paid 100"},
        {DUE("if append(extra, 1) = [7, 1] then 1 else 2"), BASE ",\"extra\":7}", "paid 100"},
        {DUE("if list contains(extra, null) = null then 1 else 2"), BASE "}", "paid 100"},
        {DUE("if list contains(extra, 7) then 1 else 2"), BASE ",\"extra\":7}", "paid 100"},
        {DUE("if concatenate([x], extra) = null then 1 else 2"), BASE ",\"x\":1}", "paid 100"},
        {DUE("if concatenate([x], extra) = [1, 7] then 1 else 2"), BASE ",\"x\":1,\"extra\":7}", "paid 100"},
        {DUE("if distinct values(extra) = null then 1 else 2"), BASE "}", "paid 100"},
        {DUE("if mode(extra) = null then 1 else 2"), BASE "}", "paid 100"},
        {DUE("if sum(extra) = null then 1 else 2"), BASE "}", "paid 100"},
        {DUE("if count(list replace(extra, 1, x)) = 1 then 1 else 2"), BASE ",\"extra\":1}", "paid 100"},
        {DUE("if count(list replace(1 / x, 1, 5)) = 1 then 1 else 2"), BASE ",\"x\":0}", "paid 100"},
        {DUE("if count(list replace(extra / x, 1, 5)) = 1 then 1 else 2"), BASE ",\"x\":0,\"extra\":1}", "paid 100"},
        {DUE("if count(list replace(extra / x, 1, 5)) = null then 1 else 2"), BASE ",\"x\":0}", "paid 100"},
        {DUE("sum(append([x], floor(1 / y)))"), BASE ",\"x\":1,\"y\":0}", "error R_DIVISION"},
        {DUE("sum(x)"), BASE ",\"x\":3}", "paid 300"},
        {DUE("count(x)"), BASE "}", "paid 100"},
    };
    RUN(rows);
}

/* An item of a list of several types is missing or wrong where it is looked at, whatever it would be. */
HZ_TEST(lists_of_several_types)
{
    static const row rows[] = {
        {DUE("count([x, card, [y]])"), BASE "}", "paid 300"},
        {DUE("if list contains([x, card, start], x) then 1 else 2"), BASE ",\"x\":2,\"card\":true}", "paid 100"},
        {DUE("if list contains([x, card], 3) then 1 else 2"), BASE ",\"x\":2,\"card\":true}", "paid 200"},
        {DUE("if list contains([x, card], 3) then 1 else 2"), BASE ",\"x\":3}", "paid 100"},
        {DUE("if list contains([x, card], 3) then 1 else 2"), BASE ",\"x\":2}", "incomplete MISSING(card)"},
        {DUE("if list contains([extra, card], null) then 1 else 2"), BASE ",\"card\":true}", "paid 100"},
        {DUE("if list contains([extra, card], 5) then 1 else 2"), BASE ",\"card\":true,\"extra\":5}", "paid 100"},
        {DUE("if list contains([1 / x, card], true) then 1 else 2"), BASE ",\"x\":0,\"card\":true}", "paid 100"},
        {DUE("if list contains([1 / x, card], true) then 1 else 2"), BASE ",\"x\":0,\"card\":false}", "error R_DIVISION"},
        {DUE("count(index of([x, card, y], 5))"), BASE ",\"x\":5,\"y\":5,\"card\":false}", "paid 200"},
        {DUE("count(distinct values([x, card, y, card]))"), BASE ",\"x\":5,\"y\":5,\"card\":false}", "paid 200"},
        {DUE("count(distinct values([x, card, y]))"), BASE ",\"x\":5,\"y\":5}", "incomplete MISSING(card)"},
        {DUE("count(flatten([x, [card, [y]], []]))"), BASE "}", "paid 300"},
        {DUE("count(flatten(if card then [[x, start]] else [[x], [y], start]))"), BASE ",\"card\":true}", "paid 200"},
        {DUE("count(flatten(if card then [[x, start]] else [[x], [y], start]))"), BASE ",\"card\":false}", "paid 300"},
        {DUE("count(flatten(if card then [[x, start]] else [[x], [y], start]))"), BASE "}", "incomplete MISSING(card)"},
        {DUE("count(flatten(remove([[x, y], card], x)))"), BASE ",\"x\":1,\"y\":1}", "paid 100"},
        {DUE("count(flatten(remove([[x, y], card], x)))"), BASE ",\"x\":2,\"y\":1}", "paid 200"},
        {DUE("string length(string(reverse([x, card, extra])))"), BASE ",\"x\":7,\"card\":true}", "paid 1500"},
        {DUE("string length(string(reverse([x, card, extra])))"), BASE ",\"x\":7}", "incomplete MISSING(card)"},
    };
    RUN(rows);
}

HZ_TEST(lists_are_no_values)
{
    static const row rows[] = {
        {HEAD INPUTS "values:\n  both: '[x, y]'\nbenefits:\n  due: {zh: 津贴, amount: count(both)}\n", BASE "}",
         "E_TYPE <both> `both` is a list, and a value is one thing | write the list where it is used, inside a function or right of `in`"},
        {DUE("[x, y]"), BASE "}", "E_TYPE <[x, y]> this is a list of numbers, and a number is needed here"},
        {NEEDS("[card]"), BASE "}", "E_TYPE <[card]> this is a list of booleans, and a boolean is needed here"},
        {DUE("sum([x, start])"), BASE "}", "E_ARGUMENTS <start> `sum` needs numbers, and this is a date"},
        {DUE("sum([start])"), BASE "}", "E_ARGUMENTS <start> `sum` needs numbers, and this is a date"},
        {DUE("sum(append([x], start))"), BASE "}", "E_ARGUMENTS <append([x], start)> `sum` needs numbers, and this is a list of several types"},
        {DUE("sum(concatenate([x], [card]))"), BASE "}",
         "E_ARGUMENTS <concatenate([x], [card])> `sum` needs numbers, and this is a list of several types"},
        {DUE("sum([@\"P1D\"])"), BASE "}", "E_ARGUMENTS <@\"P1D\"> `sum` needs numbers, and this is a days and time duration | durations are added with `+`"},
        {DUE("count([x, kind])"), BASE "}", "E_TYPE <kind> this item is a code, and another is a number | codes stand in lists of their own"},
        {DUE("count(append([x], kind))"), BASE "}", "E_TYPE <kind> this is a code, and the list is a list of numbers | codes stand in lists of their own"},
        {DUE("count(concatenate([x], [kind]))"), BASE "}",
         "E_TYPE <[kind]> this is a list of codes, and an earlier one is a list of numbers | codes stand in lists of their own"},
        {NEEDS("[x, card] = [card]"), BASE "}", "E_TYPE <=> lists of several types are not compared | look for one item: list contains(list, x)"},
        {NEEDS("x in append([x], card)"), BASE "}", "E_TYPE <append([x], card)> lists of several types are not compared | look for one item: list contains(list, x)"},
        {NEEDS("list contains([x, card], start)"), BASE "}", "E_ARGUMENTS <start> this is a date, and no item of the list is one"},
        {DUE("max(append([x], card))"), BASE "}",
         "E_ARGUMENTS <max(append([x], card))> `max` needs numbers, texts, dates or durations here, and this is a value of several types"},
        {DUE("count(mode(append([x], card)))"), BASE "}", "E_ARGUMENTS <append([x], card)> `mode` needs numbers, and this is a list of several types"},
        {DUE("count(remove([x, y], 3))"), BASE "}", "E_ARGUMENTS <3> the list has at most 2 items"},
        {DUE("count(remove([x, y], 0))"), BASE "}", "E_ARGUMENTS <0> positions count from 1, or from the end as -1, -2, …"},
        {DUE("count(remove([x, y], 0.5))"), BASE "}", "E_ARGUMENTS <0.5> `remove` needs a whole number here, and this may have decimals | round it: floor(…)"},
        {DUE("sum(sublist([x, y], 2, 2))"), BASE "}", "E_ARGUMENTS <2> from there on the list has at most 1"},
        {DUE("count([x, y][1])"), BASE "}",
         "E_FEEL_PROFILE <[> filters and indexes, a[…], are outside the profile of FEEL | test a value with `in`, or look it up in a table"},
        {NEEDS("list contains([x, y], start)"), BASE "}", "E_ARGUMENTS <start> this is a date, and the items of the list are numbers"},
        {NEEDS("list contains([kind], \"d\")"), BASE "}", "E_UNKNOWN_CODE <\"d\"> `d` is not one of the codes here | this is a code (a, b, c)"},
        {NEEDS("start in append([x], y)"), BASE "}", "E_TYPE <append([x], y)> this is a list of numbers, and a date is looked for in it"},
        {NEEDS("[x] = [start]"), BASE "}", "E_TYPE <=> cannot compare a list of numbers and a list of dates"},
        {NEEDS("[x] < [y]"), BASE "}", "E_TYPE <<> a list has no order"},
        {DUE("median([extra, 1])"), BASE "}",
         "E_MAY_BE_NULL <'median([extra, 1])'> this amount may be null | `extra` may be absent: say when this is asked, `when: extra != null`, or give it a default"},
    };
    RUN(rows);
}
