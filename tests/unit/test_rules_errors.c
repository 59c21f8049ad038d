/* test_rules_errors.c - what the reader says of bad items, letter by letter: at least one row per code of lib/rules.
 * Whole files, and YAML's own traps, stand in tests/golden/rules. */
#include "rules_case.h"

#define IN        "inputs:\n  x: "
#define PARAMETER "parameters:\n  x:\n    unit: CNY\n    2015-07: "
#define CONDITION "eligibility:\n  - code: X\n    zh: 无\n    en: none\n    source: book\n    require: "

HZ_TEST(rules_bad_shapes)
{
    static const bad_rules rows[] = {
        {"inputs: []\n",
         "E_WRONG_SHAPE <[]> section `inputs` must be a mapping, but is a list | its items have names: write `name:` "
         "instead of `- `"},
        {"notes: {}\n",
         "E_WRONG_SHAPE <{}> section `notes` must be a list, but is a mapping | its items stand in an order: each "
         "begins with `- `"},
        {"notes: none\n", "E_WRONG_SHAPE <none> section `notes` must be a list, but is a text | write lines below it "
                          "that begin with `- `"},
        {"inputs:\n",
         "E_NO_VALUE <inputs> section `inputs` has no value, it must be a mapping | write `key: value` lines below it, "
         "indented, or remove the key"},
        {IN "text\n", "E_WRONG_SHAPE <text> input `x` must be a mapping, but is a text | write `key: value` lines "
                      "below it, indented"},
        {IN "{type: [date], zh: 一}\n",
         "E_WRONG_SHAPE <[date]> `type` of input `x` must be a text, but is a list | write it on the same line, in '…' "
         "when it holds `, ` or `: ` or begins with a sign"},
        {IN "{type: date, zh: ''}\n", "E_NO_VALUE <''> `zh` of input `x` is empty | write a text, or remove the key"},
        {"caps:\n  - {code: X, over: {a: b}, limit: 1, source: book, zh: 无, en: none}\n",
         "E_WRONG_SHAPE <{a: b}> `over` of cap `X` must be a name, but is a mapping"},
        {"caps:\n  - {code: X, over: [], limit: 1, source: book, zh: 无, en: none}\n",
         "E_NO_VALUE <[]> `over` of cap `X` is an empty list | name at least one, or remove the key"},
        {"caps:\n  - {code: X, over: [a, a], limit: 1, source: book, zh: 无, en: none}\n",
         "E_DUPLICATE_NAME <a> `a` stands twice in `over` of cap `X`"},
        {"caps:\n  - {code: X, over: a + b, limit: 1, source: book, zh: 无, en: none}\n",
         "E_NAME <a + b> `over` of cap `X` must be a name, not `a + b` | an expression needs a name of its own, below "
         "`values`"},
        {IN "{type: date, zh: 一, colour: red}\nshapes: 1\n",
         "E_UNKNOWN_KEY <colour> an input has no key `colour` | its keys are: type, values, range, pattern, unit, scale, "
         "optional, default, when, from, zh, en, source, assumed, disputed, unknown, date assumed, note, clause\n"
         "E_UNKNOWN_KEY <shapes> a plan has no key `shapes` | did you mean `scales`?"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_names)
{
    static const bad_rules rows[] = {
        {"inputs:\n  Cover-Start: {type: date, zh: 一}\n",
         "E_NAME <Cover-Start> `Cover-Start` cannot be the name of this input: small letters a-z, digits and `_`, a "
         "letter first | write `cover_start`"},
        {"values:\n  天数: 1\n", "E_NAME <天数> `天数` cannot be the name of this value: small letters a-z, digits and "
                                 "`_`, a letter first | give "
                                 "it an English name; the Chinese one is its label, `zh`"},
        {"values:\n  total: 1\n  and: 1\n  not: 1\n", "E_RESERVED_NAME <total> `total` cannot be the name of this "
                                                      "value: it is what the whole claim is paid | choose "
                                                      "another name\n"
                                                      "E_RESERVED_NAME <and> `and` cannot be the name of this value: "
                                                      "it is a word of the expression language | choose "
                                                      "another name\n"
                                                      "E_RESERVED_NAME <not> `not` cannot be the name of this value: "
                                                      "it is a word of the expression language | choose "
                                                      "another name"},
        {"inputs:\n  id: {type: key, zh: 一}\nvalues:\n  ask: 1\n",
         "E_RESERVED_NAME <id> `id` cannot be the name of an input: a claim has a key of that name with a meaning of "
         "its "
         "own | choose another name"},
        {"values:\n  x: 1\ninputs:\n  x: {type: key, zh: 一}\n",
         "E_DUPLICATE_NAME <x> `x` names two things of this plan | every name of a plan means one thing; rename one of "
         "the two\n  <x> the other is this value"},
        {"notes:\n  - {code: not-ill, zh: 无, en: none}\n",
         "E_LINE_CODE <not-ill> `not-ill` cannot be the code of a note: capital letters A-Z, digits and `_`, a letter "
         "first | write `NOT_ILL`"},
        {"notes:\n  - {code: E_ILL, zh: 无, en: none}\n",
         "E_RESERVED_NAME <E_ILL> `E_ILL` cannot be the code of a note: the library gives it itself | choose another "
         "code; those that begin with E_ or R_ are the library's"},
        {"notes:\n  - {code: X, zh: 无, en: none}\nchecks:\n  - {code: X, require: true, zh: 无, en: none}\n",
         "E_DUPLICATE_CODE <X> the code `X` stands twice in this plan | a reason must be told from every other by its "
         "code\n  <X> it stands here too"},
        {"notes:\n  - {zh: 无, en: none}\n", "E_MISSING_KEY <zh> note `1` needs the key `code`"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_head)
{
    check_plan_file(
        "plan: Stay\ntitle: 住院\nfrom: always\nuntil: 2015\n",
        "E_NAME <Stay> `Stay` cannot be the id of a plan: small letters a-z, digits and single `-` between "
        "them | write `stay`\n"
        "E_MISSING_KEY <Stay> plan `Stay` needs the key `dated by` | name the date input that picks the "
        "version of everything dated\n"
        "E_DATE <always> `always` is not a date | dates are written `2018-01-31`, or `2018-01` where only the "
        "month is known\n"
        "E_DATE <2015> `2015` is not a date | a year alone is no date; write the month too, `2015-01`");
    check_plan_file("plan: stay\ntitle: {zh: 住院, en: Stay}\nfrom: 2015-07\ndated by: {assumed: 未公布}\n"
                    "counters:\n  x: {unit: CNY, per: y, adds: 1}\n",
                    "E_TURN <stay> plan `stay` has counters and needs the key `in turn by` | name the key input whose "
                    "claims are settled one after another, as `in turn by: member`\n  <x> the first counter\n"
                    "E_MISSING_KEY <dated by> `dated by` of plan `stay` needs the key `name`");
    check_plan_file("title: {zh: 住院, en: Stay}\nform: 2015-07\n",
                    "E_MISSING_KEY <title> plan file `stay.yaml` needs the key `plan` | every .yaml file beside "
                    "ruleset.yaml is a plan, and begins with `plan: ` and its id");
    check_plan_file("- plan: stay\n",
                    "E_WRONG_SHAPE <- plan: stay> plan file `stay.yaml` must be a mapping, but is a list "
                    "| its items have names: write `name:` instead of `- `");
    check_plan_file("", "E_NO_VALUE <> plan file `stay.yaml` is empty");
}

HZ_TEST(rules_bad_dates)
{
    static const bad_rules rows[] = {
        {"values:\n  x: {2015-7: 1}\n", "E_DATE <2015-7> `2015-7` is not a date | write `2015-07`"},
        {"values:\n  x: {2015年7月1日: 1}\n",
         "E_DATE <2015年7月1日> `2015年7月1日` is not a date | write `2015-07-01`"},
        {"values:\n  x: {2015: 1}\n",
         "E_DATE <2015> `2015` is not a date | a year alone is no date; write the month too, `2015-01`"},
        {"values:\n  x: {2015-02-29: 1}\n", "E_DATE <2015-02-29> `2015-02-29` is not a date | that month has 28 days"},
        {"values:\n  x: {2015-00: 1}\n", "E_DATE <2015-00> `2015-00` is not a date | there is no month 0"},
        {"values:\n  x: {1/7/2015: 1}\n", "E_DATE <1/7/2015> `1/7/2015` is not a date | dates are written "
                                          "`2018-01-31`, or `2018-01` where only the month "
                                          "is known"},
        {"values:\n  x: {2016-07: 1, 2015-07: 2}\n", "E_DATE_ORDER <2015-07> this date is earlier than the one before "
                                                     "it | put the entries in order of their dates\n"
                                                     "  <2016-07> the entry before"},
        {"values:\n  x: {2015-07: 1, 2015-07-01: 2}\n", "E_DUPLICATE_DATE <2015-07-01> two entries for the same day | "
                                                        "keep one of the two; a month begins on its first "
                                                        "day\n  <2015-07> the entry before"},
        {"revisions:\n  always: {zh: 一}\n", "E_DATE <always> `always` is not a date | dates are written `2018-01-31`, "
                                             "or `2018-01` where only the month is "
                                             "known"},
        {"notes:\n  - {code: X, from: 2015-07, until: 2015-07-01, zh: 无, en: none}\n",
         "E_LIFE <2015-07-01> note `X` ends before it begins | `until` is the first day on which it is gone, and must "
         "lie "
         "after `from`\n  <2015-07> it begins here"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_histories)
{
    static const bad_rules rows[] = {
        {"parameters:\n  x: {unit: CNY}\n",
         "E_NO_ENTRY <x> parameter `x` has no dated entry | write a line like `2018-01-01: {value: …, source: …}`, or "
         "`always: …`"},
        {PARAMETER "40\n", "E_NO_SOURCE <40> this entry of parameter `x` names no source and gives no reason | write "
                           "{value: 40, source: …}"
                           ", or {value: 40, assumed: …} with the reason"},
        {PARAMETER "{value: 40, note: 改}\n", "E_NO_SOURCE <2015-07> this entry of parameter `x` names no source and "
                                              "gives no reason | add `source: …` with an "
                                              "id of ruleset.yaml, or `assumed: …` with the reason"},
        {PARAMETER "{value: 1, source: book, readings: {a: 1}, taken: a}\n",
         "E_UNKNOWN_KEY <readings> a dated entry has no `readings` | put them in place of the dates, each with dates of its own: "
         "readings: {a: {2020-01-01: …}, b: {…}}, taken: a"},
        {PARAMETER "{source: book}\n", "E_MISSING_KEY <2015-07> this entry of parameter `x` has no `value` | write "
                                       "{value: …, source: …}, or {unknown: "
                                       "…} with the reason, or `none`"},
        {PARAMETER "{value: 40, unknown: 未公布}\n", "E_CONFLICT <value> this entry has a `value` and says that it is "
                                                     "`unknown` | keep one of the two; a value that is "
                                                     "a guess is `assumed`"},
        {PARAMETER "unknown\n",
         "E_NO_VALUE <unknown> `unknown` without saying why | write {unknown: …} with the reason"},
        {PARAMETER "\n", "E_NO_VALUE <2015-07> this entry of parameter `x` is empty | write {value: …, source: …}, or "
                         "{unknown: …} with "
                         "the reason, or `none`"},
        {PARAMETER "{value: 40, source: bok}\n",
         "E_UNKNOWN_SOURCE <bok> `bok` is not a source of ruleset.yaml | did you mean `book`?"},
        {PARAMETER "{value: 40, source: [book, S99]}\n",
         "E_UNKNOWN_SOURCE <S99> `S99` is not a source of ruleset.yaml | enter it there under `sources`, with what it "
         "`gives`"},
        {PARAMETER "{value: 40, assumed: }\n",
         "E_NO_VALUE <assumed> `assumed` of parameter `x` gives no reason | write why, in a few words"},
        {"values:\n  x: none\n",
         "E_NONE <none> `none` needs a date | write a mapping of dates; `none` is what ends an earlier entry"},
        {"values:\n  x: {is: 1, 2015-07: 2}\n",
         "E_CONFLICT <is> value `x` has `is` and dates beside it | put the dates below `is`, or leave `is` out"},
        {"values:\n  x: {zh: 一}\n",
         "E_MISSING_KEY <x> value `x` needs the key `is` | `is: …` with its expression, or lines like `2018-01-01: …`"},
        {"benefits:\n  x: {zh: 一, amount: {}}\n",
         "E_NO_ENTRY <{}> `amount` of benefit `x` has no dated entry | write the expression itself, or lines like "
         "`2018-01-01: …`"},
        {"eligibility:\n  - {code: X, require: true, zh: 无, en: none}\n",
         "E_NO_SOURCE <X> condition `X` names no source and gives no reason | add `source: …` with an id of "
         "ruleset.yaml, "
         "or `assumed: …` with the reason"},
        {"eligibility:\n  - {code: X, require: {2015-07: {value: true, source: book}, 2016-07: false}, zh: 无, en: "
         "none}\n",
         "E_NO_SOURCE <X> condition `X` names no source and gives no reason | add `source: …` with an id of "
         "ruleset.yaml, "
         "or `assumed: …` with the reason"},
        {"caps:\n  - {code: X, over: y, limit: 1, zh: 无, en: none}\n",
         "E_NO_SOURCE <X> cap `X` names no source and gives no reason | add `source: …` with an id of ruleset.yaml, or "
         "`assumed: …` with the reason"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_literals)
{
    static const bad_rules rows[] = {
        {PARAMETER "{value: '7,200', source: book}\n",
         "E_NUMBER <7,200> `7,200` is not a number, which parameter `x` needs here | write it without thousands "
         "separators: 7200"},
        {PARAMETER "{value: 1e2, source: book}\n",
         "E_NUMBER <1e2> `1e2` is not a number, which parameter `x` needs here | write it out, without an exponent"},
        {PARAMETER "{value: 40元, source: book}\n", "E_NUMBER <40元> `40元` is not a number, which parameter `x` needs "
                                                    "here | write digits and at most one point, as "
                                                    "40 or 0.25; the unit stands in `unit`"},
        {PARAMETER "{value: 12345678901234567890, source: book}\n",
         "E_NUMBER <12345678901234567890> `12345678901234567890` has more digits than a value can hold (18)"},
        {PARAMETER "{value: 20%, source: book}\n", "E_PERCENT <20%> a percentage, but parameter `x` is not in % | give "
                                                   "it `unit: '%'`, or write the number in its "
                                                   "own unit"},
        {"parameters:\n  x:\n    unit: '%'\n    2015-07: {value: 20, source: book}\n",
         "E_PERCENT <20> `20` without `%` is that many times the whole | write `20%`, or the share as a number, as 0.2 "
         "for "
         "20%"},
        {"parameters:\n  x:\n    type: boolean\n    2015-07: {value: True, source: book}\n",
         "E_BOOLEAN <True> `True` is neither true nor false, which parameter `x` needs | write `true` or `false` in "
         "small "
         "letters"},
        {"parameters:\n  x:\n    type: period\n    2015-07: {value: P1Y2D, source: book}\n",
         "E_PERIOD <P1Y2D> `P1Y2D` is not a period | years and months, or days: the two cannot be mixed, their length "
         "differs"},
        {"parameters:\n  x:\n    type: period\n    2015-07: {value: P1Y, source: book}\n    2016-07: {value: P15D, "
         "source: "
         "book}\n",
         "E_PERIOD <P15D> parameter `x` is given in days here, in months or years before | give every version in one "
         "of "
         "the two; their lengths cannot be compared\n  <P1Y> the other"},
        {"parameters:\n  x:\n    type: date\n    2015-07: {value: 2015-07, source: book}\n",
         "E_DATE <2015-07> `2015-07` is a month, a day is needed here | write the day too, as `2015-07-01`"},
        {"parameters:\n  x:\n    type: code\n    values: {half: 减半, full: 全额}\n    2015-07: {value: '\"full\"', "
         "source: "
         "book}\n",
         "E_UNKNOWN_CODE <\"full\"> `\"full\"` is none of the codes of parameter `x` | write the bare word full"},
        {"parameters:\n  x:\n    type: set of site\n    2015-07: {value: [a], source: book}\n",
         "E_UNKNOWN_NAME <site> there is no name `site`"},
        {"parameters:\n  x:\n    type: money\n    2015-07: {value: 1, source: book}\n",
         "E_UNKNOWN_TYPE <money> parameter `x` has a `unit` instead of a `type` when it is a number | write `unit: "
         "CNY`, "
         "`unit: days`, `unit: '%'`, …"},
        {"parameters:\n  x:\n    unit: cny/day\n    2015-07: {value: 1, source: book}\n",
         "E_UNIT <cny/day> the unit `cny/day` of parameter `x` is not counted as money | write `CNY/day`, as the "
         "manifest "
         "names the currency"},
        {"parameters:\n  x:\n    2015-07: {value: 1, source: book}\n",
         "E_MISSING_KEY <x> parameter `x` needs the key `unit`, or `type` | `unit: CNY`, `unit: '%'`, `unit: days` for "
         "a "
         "number; `type: period`, `type: boolean`, … otherwise"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_inputs)
{
    static const bad_rules rows[] = {
        {IN "{zh: 一}\n", "E_MISSING_KEY <x> input `x` needs the key `type` | key, date, boolean, code, text, count, "
                          "money, rate or number"},
        {IN "{type: date}\n", "E_MISSING_KEY <x> input `x` needs a Chinese label, the key `zh` | add `zh: …`"},
        {IN "{type: dates, zh: 一}\n",
         "E_UNKNOWN_TYPE <dates> `dates` is not a type of input `x` | did you mean `date`? The types are key, date, "
         "boolean, code, text, count, money, rate, number"},
        {IN "{type: number, zh: 一}\n", "E_MISSING_KEY <x> input `x` needs the key `scale`\n"
                                        "E_MISSING_KEY <x> input `x` needs the key `range`"},
        {IN "{type: count, zh: 一, scale: 2}\n", "E_KEY_FOR_TYPE <scale> `scale` does not go with the type of input "
                                                 "`x`, count | decimals go with number and rate; "
                                                 "money has 2, a count none"},
        {IN "{type: count, zh: 一, range: [1..3]}\n",
         "E_WRONG_SHAPE <[1..3]> the range of input `x` is a list to YAML: it needs quotes | write range: '[1..3]'"},
        {IN "{type: count, zh: 一, range: '1..3'}\n", "E_RANGE <'1..3'> the range of input `x` must have two ends | "
                                                      "write range: '[1..3]', or '(0..1]' where an end is "
                                                      "left out"},
        {IN "{type: count, zh: 一, range: '[3..1]'}\n",
         "E_RANGE <[3..1]> the range of input `x` holds nothing | the lower end stands first"},
        {IN "{type: count, zh: 一, range: '[y..3]'}\n",
         "E_RANGE <y> an end of the range of input `x` is not a plain number | write '[1..3]'"},
        {IN "{type: count, zh: 一, range: '[-1..3]'}\n",
         "E_RANGE <[-1..3]> the range of input `x` is wider than its type allows | its type is whole number in "
         "[0..1000000000]"},
        {IN "{type: money, zh: 一, range: '[0..0.125]'}\n",
         "E_DECIMALS <0.125> more decimals than input `x` has (2) | nothing is rounded silently; write at most 2"},
        {IN "{type: count, zh: 一, range: '[1..3]', default: 4}\n",
         "E_OUT_OF_RANGE <4> outside the range of input `x` | it lies in [1..3]"},
        {IN "{type: count, zh: 一, optional: true, default: 4}\n",
         "E_CONFLICT <default> input `x` says more than one thing of its absence | keep one: `optional` (there is "
         "none), "
         "`default` (taken as), `when` (needed if)\n  <optional> the other"},
        {IN "{type: code, zh: 一}\n", "E_MISSING_KEY <x> input `x` needs the key `values`"},
        {IN "{type: code, zh: 一, values: {none: 无, 战争: 战争}}\n",
         "E_CODE <none> `none` cannot be a code: the word has a meaning of its own | choose another word, as "
         "`no_exclusion`\n"
         "E_CODE <战争> `战争` cannot be a code: small letters a-z, digits, `_` and `-`, a letter first | give it an "
         "English "
         "id; the Chinese word is its label, behind the colon"},
        {IN "{type: text, zh: 一, pattern: 'C\\d+('}\n", "E_PATTERN <(> the group does not end with `)` | for the sign itself write \\("},
        {IN "{type: date, zh: 一, pattern: 'C'}\n", "E_KEY_FOR_TYPE <pattern> `pattern` does not go with the type of input `x`, date | patterns go with texts"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_expressions)
{
    static const bad_rules rows[] = {
        {CONDITION "\"cause = \\\"ill\\\"\"\n", "E_YAML_QUOTES <\"cause = \\\"ill\\\"\"> an expression in double "
                                                "quotes: YAML takes them away | write 'cause = "
                                                "\"ill\"'"},
        {CONDITION "\"Low\"\n", "E_YAML_QUOTES <\"Low\"> an expression in double quotes: YAML takes them away | write "
                                "'\"Low\"' for the text or "
                                "code, Low for the name"},
        {CONDITION "[a, b]\n",
         "E_WRONG_SHAPE <[a, b]> an expression that begins with `[` is a list to YAML | put the expression in single "
         "quotes: '[…]'"},
        {CONDITION "'a = ''b'' + '\n",
         "E_FEEL_CHARACTER <''> `'` is not part of FEEL | strings stand in double quotes: \"…\""},
        {CONDITION "a >\n      b\n", "E_YAML_FEATURE <a >> this text goes over several lines, which YAML joins with "
                                     "spaces | keep it on one line, or "
                                     "write `|` and the text below it, indented"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_texts)
{
    static const bad_rules rows[] = {
        {"notes:\n  - {code: X, zh: 共 <天数> 天, en: '<days + 1> days'}\n",
         "E_TEMPLATE <<天数>> `<天数>` in a text is not a name in < > | only a name may stand there; an expression "
         "needs a "
         "name of its own, below `values`\n"
         "E_TEMPLATE <<days + 1>> `<days + 1>` in a text is not a name in < > | only a name may stand there; an "
         "expression "
         "needs a name of its own, below `values`"},
        {"notes:\n  - {code: X, zh: 小于 < 3 天, en: none}\n",
         "E_TEMPLATE <<> `<` begins a name, but no `>` ends it | write `<<` for the sign itself, `<name>` for a value"},
        {"notes:\n  - {code: X, zh: 无}\n",
         "warning E_NO_TEXT <X> note `X` has no English text | members read it as the reason; add `en: …`"},
        {"notes:\n  - {code: X}\n",
         "warning E_NO_TEXT <X> note `X` has no text | members read it as the reason; add `zh: …`"},
        {"fees:\n  x: {amount: 1}\n", "warning E_NO_TEXT <x> fee `x` has no Chinese label, the key `zh` | add `zh: …`"},
    };
    CHECK_BAD_RULES(rows);
}

HZ_TEST(rules_bad_counters_and_rounding)
{
    static const bad_rules rows[] = {
        {"counters:\n  x: {unit: CNY, adds: 1}\n", "E_MISSING_KEY <x> counter `x` needs the key `per`"},
        {"counters:\n  x: {unit: CNY, per: member}\n", "E_MISSING_KEY <x> counter `x` needs the key `adds`, or `next` "
                                                       "| `adds: …` for what a claim adds, `next: …` for "
                                                       "what it is after the claim"},
        {"counters:\n  x: {unit: CNY, per: member, adds: 1, next: 2}\n",
         "E_CONFLICT <next> counter `x` has `adds` and `next` | `adds` is what comes on top, `next` what it is "
         "afterwards; "
         "keep one\n  <adds> the other"},
        {"counters:\n  x: {type: boolean, per: member, adds: 1}\n",
         "E_KEY_FOR_TYPE <adds> nothing can be added to counter `x`: it is no number | write `next: …`, what it is "
         "after "
         "the claim"},
        {"counters:\n  x: {unit: CNY, per: member, adds: 1, shared: true}\n",
         "E_COUNTER <x> the manifest has no counter `x` to share | declare it in ruleset.yaml: counters: {x: {unit: …, per: …}}"},
        {"counters:\n  x: {unit: CNY, per: [a, b, c, d, e, f, g, h, i], adds: 1}\n",
         "E_TOO_LARGE <i> counter `x` has more than 8 names in `per`"},
        {"round: {to: 0.05, mode: nearest, at: net}\n",
         "E_ROUNDING <0.05> amounts cannot be rounded to `0.05` | write 0.01 (to the cent), 0.1, or 1\n"
         "E_ROUNDING <nearest> `nearest` is not a way to round | the ways are up, down, half up, half down, half even, "
         "floor, ceiling\n"
         "E_ROUNDING <net> amounts are rounded at `gross` only | rounded after the caps, two payments can come to a "
         "cent "
         "more than a maximum"},
        {"parts: {}\n", "E_PART <stay> package `stay` has no parts | name the plans of which it consists, below `parts`"},
    };
    CHECK_BAD_RULES(rows);
}
