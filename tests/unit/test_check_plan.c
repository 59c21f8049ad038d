/* test_check_plan.c - what the checker says of a plan: names, types, ranges, cycles, amounts, caps, counters. Exact
 * messages; a row is what follows the head of a plan and its inputs. */
#include "plan_case.h"

#define INPUTS                                                                                   \
    "inputs:\n"                                                                                  \
    "  member: {type: key, zh: 会员}\n"                                                          \
    "  start: {type: date, zh: 起始日}\n"                                                        \
    "  days: {type: count, zh: 天数}\n"                                                          \
    "  kind: {type: code, zh: 类别, values: {ward: 病房, clinic: 门诊}}\n"                       \
    "  card: {type: boolean, zh: 持卡}\n"                                                        \
    "  extra: {type: money, zh: 附加, optional: true}\n"

#define BENEFIT "benefits:\n  due:\n    zh: 津贴\n    amount: "
#define TEXTS ", zh: 文, en: text, source: book}\n"

static void check(const char *rest, const char *expected)
{
    plan_case c;
    char plan[4096];
    snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS, rest);
    plan_case_begin(&c, plan);
    HZ_CHECK_STR(rules_case_show(&c.rules), expected);
    plan_case_end(&c);
}

#define MAY_BE_NULL(what, why) "E_MAY_BE_NULL <" what "> this amount may be null | " why
#define ABSENT(input) "`" input "` may be absent: say when this is asked, `when: " input " != null`, or give it a default"
#define MADE(what, input) MAY_BE_NULL(what, "`" input "` may be absent, and `" what "` is made of it: say when this is asked, `when: " input " != null`, or give it a default")

HZ_TEST(check_unknown_names)
{
    check(BENEFIT "dayz * 40\n", "E_UNKNOWN_NAME <dayz> there is no name `dayz` | did you mean `days`?");
    check(BENEFIT "flor(1.5)\n", "E_UNKNOWN_FUNCTION <flor> there is no function `flor` | did you mean `floor`?");
    check(BENEFIT "sqrt(2)\n", "E_UNKNOWN_FUNCTION <sqrt> the function `sqrt` of FEEL is outside the profile | docs/feel.md lists what there is");
    check(BENEFIT "if kind = \"wart\" then 1 else 2\n", "E_UNKNOWN_CODE <\"wart\"> `wart` is not one of the codes here | did you mean `ward`?");
    check(BENEFIT "1\neligibility:\n  - {code: C, require: 'kind in (\"ward\", \"x\")'" TEXTS,
          "E_UNKNOWN_CODE <\"x\"> `x` is not one of the codes here | this is a code (ward, clinic)");
    check(BENEFIT "if kind = ward then 1 else 2\n", "E_UNKNOWN_NAME <ward> there is no name `ward` | did you mean `\"ward\"`?");
    check(BENEFIT "1\neligibility:\n  - {code: C, require: card, zh: 天数 <dayz>, en: text, source: book}\n",
          "E_UNKNOWN_NAME <dayz> there is no name `dayz` | did you mean `days`?");
}

HZ_TEST(check_types)
{
    check(BENEFIT "days + start\n", "E_TYPE <+> cannot add a number and a date | a number of days is a duration: @\"P1D\", or a parameter of type period");
    check(BENEFIT "if days then 1 else 2\n", "E_TYPE <days> `if` needs a boolean, and this is a whole number in [0..1000000000]");
    check(BENEFIT "if days = \"x\" then 1 else 2\n", "E_TYPE <=> cannot compare a number and a string");
    check(BENEFIT "if card < true then 1 else 2\n", "E_TYPE <<> a boolean has no order");
    check(BENEFIT "card\n", "E_TYPE <card> this is a boolean, and a number is needed here");
    check(BENEFIT "if days = null then 1 else 2\n",
          "E_NEVER_NULL <=> `days` is never null here | an input that may be absent is declared `optional: true`");
    check(BENEFIT "(start - @\"2015-01-01\").months\n",
          "E_TYPE <months> a days and time duration has no `.months` | a days and time duration has .days .hours .minutes .seconds");
    check(BENEFIT "floor(days, 1, 2)\n", "E_ARGUMENTS <floor> `floor` does not take 3 arguments | its arguments are n, scale");
    check(BENEFIT "'@\"2015-02-30\"'\n", "E_LITERAL <@\"2015-02-30\"> this is no date | dates are written date(\"2015-07-01\")");
}

HZ_TEST(check_times)
{
    check(BENEFIT "'@\"2015-02-30T10:00:00\".hour'\n",
          "E_LITERAL <@\"2015-02-30T10:00:00\"> this is no date and time | dates with a time are written date and time(\"2015-07-01T10:30:00\")");
    check(BENEFIT "'@\"10:60:00\".hour'\n", "E_LITERAL <@\"10:60:00\"> this is no time | times are written time(\"10:30:00\")");
    check(BENEFIT "'@\"10:30:00Z\".hour'\n",
          "E_UNSUPPORTED <@\"10:30:00Z\"> a time has no offset and no zone here | write the local time alone: 10:30:00");
    check(BENEFIT "'time(10, 30, 0, @\"PT8H\").hour'\n",
          "E_UNSUPPORTED <@\"PT8H\"> a time has no offset and no zone here | write the local time alone: time(hour, minute, second)");
    check(BENEFIT "'@\"10:30:00.0123456789\".hour'\n",
          "E_UNSUPPORTED <@\"10:30:00.0123456789\"> times have the years 1 to 9999 and at most nine digits of a second");
    check(BENEFIT "'@\"12015-01-01\".year'\n", "E_UNSUPPORTED <@\"12015-01-01\"> dates have the years 1 to 9999");
    check(BENEFIT "'@\"soon\".year'\n",
          "E_LITERAL <@\"soon\"> this is no date, time or duration | write @\"2015-07-01\", @\"10:30:00\", @\"P1Y3M\" or @\"P15D\"");
    check(BENEFIT "time(10, 30).hour\n", "E_ARGUMENTS <time> `time` takes a text, or hour, minute and second");
    check(BENEFIT "time(10.5, 30, 0).hour\n", "E_ARGUMENTS <10.5> `time` needs a whole number here, and this is a number");
    check(BENEFIT "time(start).hour\n", "E_UNSUPPORTED <start> a date has no time; in FEEL this is midnight in UTC");
    check(BENEFIT "date and time(start).hour\n", "E_ARGUMENTS <start> `date and time` needs a text, or a date and a time here, and this is a date");
    check(BENEFIT "'(@\"2016-01-01T10:00:00\" - start).days'\n",
          "E_TYPE <-> cannot subtract a date from a date and time | take the dates of both: date(a) - date(b)");
    check(BENEFIT "if start < @\"2016-01-01T10:00:00\" then 1 else 2\n",
          "E_TYPE <<> cannot compare a date and a date and time | the date of a date and time is date(x)");
    check(BENEFIT "'(@\"10:00:00\" + @\"P1M\").hour'\n", "E_TYPE <+> cannot add a time and a years and months duration");
    check(BENEFIT "'@\"10:00:00\".day'\n", "E_TYPE <day> a time has no `.day` | a time has .hour .minute .second");
    check(BENEFIT "'(@\"9999-12-31T23:00:00\" + @\"P1D\").hour'\n",
          "E_TYPE <(@\"9999-12-31T23:00:00\" + @\"P1D\")> this date and time is never in the years 1 to 9999");
    check(BENEFIT "'(@\"2016-01-01T10:00:00.000000001\" - @\"0001-01-01T00:00:00\").days'\n",
          "E_WIDE <(@\"2016-01-01T10:00:00.000000001\" - @\"0001-01-01T00:00:00\")> times this far apart are not held with this many digits of a second | with at most 7 digits all years are held");
    check(BENEFIT "date and time(start, time(10, 0, 0.123456789)).hour\n",
          "E_WIDE <date and time(start, time(10, 0, 0.123456789))> times this far apart are not held with this many digits of a second | with at most 7 digits all years are held");
    check(BENEFIT "week of year(days)\n", "E_ARGUMENTS <days> `week of year` needs a date, or a date and time here, and this is a number");
    check(BENEFIT "'date(days: 1).year'\n", "E_ARGUMENTS <1> `date` takes no argument `days` here | its arguments are from; or year, month, day");
}

HZ_TEST(check_texts)
{
    check(BENEFIT "string length(kind)\n",
          "E_ARGUMENTS <kind> `string length` needs a text here, and this is a code | a code is compared with = and in; its text is string(x)");
    check(BENEFIT "string length(days)\n", "E_ARGUMENTS <days> `string length` needs a text here, and this is a number");
    check(BENEFIT "string length(substring(member, \"1\"))\n", "E_ARGUMENTS <\"1\"> `substring` needs a number here, and this is a string");
    check(BENEFIT "number(\"1,5\")\n", "E_LITERAL <\"1,5\"> this is no number | thousands and decimals are named: number(\"1.300,50\", \".\", \",\")");
    check(BENEFIT "number(member, \":\")\n", "E_ARGUMENTS <\":\"> this separates no thousands | write \" \", \",\", \".\" or null");
    check(BENEFIT "number(member, null, \" \")\n", "E_ARGUMENTS <\" \"> this separates no decimals | write \".\", \",\" or null");
    check(BENEFIT "number(member, \".\")\n", "E_ARGUMENTS <number> thousands and decimals have one separator here");
    check(BENEFIT "number(member, member)\n", "E_ARGUMENTS <member> `number` needs its separators written out");
    check(BENEFIT "'string length(str: member)'\n", "E_ARGUMENTS <member> `string length` takes no argument `str` here | its argument is string");
    check(BENEFIT "member + 1\n", "E_TYPE <+> cannot add a string and a number");
}

HZ_TEST(check_habits)
{
    check(BENEFIT "mod(days, 2)\n", "E_UNKNOWN_FUNCTION <mod> there is no function `mod` | write modulo(a, b)");
    check(BENEFIT "ROUND(days, 2)\n",
          "E_UNKNOWN_FUNCTION <ROUND> there is no function `ROUND` | write round half up(n, scale), or decimal(n, scale) where halves go to the even digit");
    check(BENEFIT "string-length(member)\n", "E_UNKNOWN_FUNCTION <string-length> there is no function `string-length` | did you mean `string length`?");
    check(BENEFIT "stringlength(member)\n", "E_UNKNOWN_FUNCTION <stringlength> there is no function `stringlength` | did you mean `string length`?");
    check(BENEFIT "Floor(days)\n", "E_UNKNOWN_FUNCTION <Floor> there is no function `Floor` | did you mean `floor`?");
    check(BENEFIT "if TRUE then 1 else 2\n", "E_UNKNOWN_NAME <TRUE> there is no name `TRUE` | write `true`");
    check(BENEFIT "if days = None then 1 else 2\n", "E_UNKNOWN_NAME <None> there is no name `None` | write `null`");
    check(BENEFIT "today().year\n",
          "E_UNKNOWN_FUNCTION <today> the function `today` of FEEL is outside the profile | there is no clock: a date that matters is an input");
    check(BENEFIT "if before(start, @\"2016-01-01\") then 1 else 2\n",
          "E_UNKNOWN_FUNCTION <before> the function `before` of FEEL is outside the profile | write a comparison: a < b, or a in [b..c]");
    check(BENEFIT "'floor(n: days, n: 2)'\n", "E_ARGUMENTS <2> the argument `n` is given twice");
    check(BENEFIT "'abs(x: days)'\n", "E_ARGUMENTS <days> `abs` takes no argument `x` here | its argument is n");
    check(BENEFIT "'if (if card then 1 else 2 in [2..3]) then 1 else 2'\n",
          "E_TYPE <if> cannot choose between a number and a boolean | what stands behind `else` belongs to it up to the end: bracket the choice, (if a then b else c)");
    check(BENEFIT "if days in (not(1)) then 1 else 2\n", "E_ARGUMENTS <1> `not` needs a boolean here, and this is a number | a test stands in it whole, as in not(x in (1, 2))");
    check(BENEFIT "'if [1..3] = days then 1 else 2'\n", "E_TYPE <[1..3]> a range or test stands only right of `in` or in a table's cell | as in `x in [1..10]`");
    check(BENEFIT "'if ? > 3 then 1 else 2'\n", "E_TYPE <?> `?` stands for a table's input, and there is none here | write the name of the value");
}

HZ_TEST(check_patterns)
{
    check(BENEFIT "'if matches(member, \"a(\") then 1 else 2'\n", "E_PATTERN <\"a(\"> the group does not end with `)` | for the sign itself write \\(");
    check(BENEFIT "'if matches(member, \"a\", \"z\") then 1 else 2'\n",
          "E_PATTERN <\"z\"> this is not a flag of XPath's patterns | flags are s (. is any character), m (^ and $ at lines), "
          "i (no case), x (spaces do not count), q (no sign has a meaning)");
    check(BENEFIT "'if matches(member, \"[a-z-[b]]\") then 1 else 2'\n",
          "E_UNSUPPORTED <\"[a-z-[b]]\"> a class without another, [a-z-[aeiou]], is not read by this version | write the "
          "characters that are left as ranges");
    check(BENEFIT "if matches(member, member) then 1 else 2\n", "E_ARGUMENTS <member> `matches` needs its pattern written out");
    check(BENEFIT "if matches(kind, \"a\") then 1 else 2\n",
          "E_ARGUMENTS <kind> `matches` needs a text here, and this is a code | a code is compared with = and in; its text is string(x)");
    check(BENEFIT "'string length(replace(member, \"a*\", \"b\"))'\n",
          "E_PATTERN <\"a*\"> this pattern matches \"\", and `replace` would find that everywhere | write + for one or more instead of *");
    check(BENEFIT "'string length(replace(member, \"a\", \"$\"))'\n",
          "E_PATTERN <\"$\"> this replacement has a `$` or `\\` that means nothing | $1 is what the first group matched; the characters themselves are \\$ and \\\\");
    check(BENEFIT "'string length(replace(member, \"a\", member))'\n", "E_ARGUMENTS <member> `replace` needs its replacement written out");
    check(BENEFIT "'count(split(member, \",\"))'\n", "E_UNSUPPORTED <member> this version splits texts that are written out");
    check(BENEFIT "'string length(string join([1, 2]))'\n",
          "E_ARGUMENTS <[1, 2]> `string join` needs a list of texts, and this is a list of numbers | a value becomes a text by string(x)");
}

HZ_TEST(check_cycles)
{
    check("values:\n  a: b + 1\n  b: c * 2\n  c: a - 1\n" BENEFIT "a\n", "E_CYCLE <a> `a` needs itself: a -> b -> c -> a");
    check("values:\n  a: a + 1\n" BENEFIT "a\n", "E_CYCLE <a> `a` needs itself: a -> a");
}

HZ_TEST(check_amounts)
{
    check(BENEFIT "extra\n", MAY_BE_NULL("extra", ABSENT("extra")));
    check(BENEFIT "days - 5\n", "E_NEGATIVE <days - 5> this amount can be negative | write max(0, …), or, where the benefit takes back, `may be negative: true` beside it");
    check(BENEFIT "days * 0.125\n",
          "E_ROUND <days * 0.125> this amount can have 3 decimals, and CNY has 2 | say how it is rounded: round: {to: 0.01, mode: half up, source: …}");
    check(BENEFIT "days / 3\n",
          "E_ROUND <days / 3> this amount can have any number of decimals, and CNY has 2 | say how it is rounded: round: {to: 0.01, mode: half up, source: …}");
    check(BENEFIT "days * days * days\n",
          "E_WIDE <days * days * days> this amount may need more than 64 bits | give an input a narrower `range`, or name a largest amount: min(…, 1000000)");
    check(BENEFIT "min(days * days * days, 5000)\n", "");
    check(BENEFIT "1 / days\n    round: {to: 0.01, mode: half up, source: book}\n", "");
    check(BENEFIT "days / 1\n    round: {to: 0.01, mode: half up, source: book}\n", "");
    check(BENEFIT "99999 ** days\n    round: {to: 0.01, mode: half up, source: book}\n",
          "E_WIDE <99999 ** days> this amount may need more than 64 bits | give an input a narrower `range`, or name a largest amount: min(…, 1000000)");
    check(BENEFIT "max(0, 1 - days / days)\n",
          "E_ROUND <max(0, 1 - days / days)> this amount can have any number of decimals, and CNY has 2 | say how it is rounded: round: {to: 0.01, mode: half up, source: …}");
    check(BENEFIT "1\neligibility:\n  - {code: C, require: extra > 5" TEXTS,
          "E_MAY_BE_NULL <extra > 5> this condition may be null | `extra` may be absent: test it first, extra != null and …");
    /* narrowing */
    check(BENEFIT "if extra = null then 0 else extra\n", "");
    check(BENEFIT "1\neligibility:\n  - {code: C, require: extra = null or extra > 5" TEXTS, "");
    check("benefits:\n  due:\n    zh: 津贴\n    when: extra != null\n    amount: extra\n", "");
}

#define RATE "parameters:\n  rate:\n    unit: CNY\n    2016-01: {value: 1, source: book}\n    2018-01: none\n"

HZ_TEST(check_dates_in_force)
{
    check(RATE BENEFIT "rate * days\n",
          "E_NOT_IN_FORCE <rate> `rate` is in force from 2016-01-01 only, and this can be asked for on 2015-07-01 | give this item a `from` or `until`, or `rate` a version for those days");
    check(RATE "benefits:\n  due:\n    zh: 津贴\n    from: 2016-01\n    amount: rate * days\n",
          "E_NOT_IN_FORCE <rate> `rate` is in force before 2018-01-01 only, and this can be asked for on 2018-01-01 | give this item a `from` or `until`, or `rate` a version for those days");
    check(RATE "benefits:\n  due:\n    zh: 津贴\n    from: 2016-01\n    until: 2018-01\n    amount: rate * days\n", "");
    /* through values: an undated one lives where all it reads does, a dated one where its versions do */
    check(RATE "values:\n  twice: rate * 2\nbenefits:\n  due:\n    zh: 津贴\n    from: 2016-01\n    until: 2018-01\n    amount: twice * days\n", "");
    check(RATE "values:\n  twice: rate * 2\n" BENEFIT "twice * days\n",
          "E_NOT_IN_FORCE <twice> `twice` is in force from 2016-01-01 only, and this can be asked for on 2015-07-01 | give this item a `from` or `until`, or `twice` a version for those days");
    check(RATE "values:\n  one:\n    2015-07: {value: days, source: book}\n    2016-01: {value: days * rate, source: book}\n    2018-01: {value: days, source: book}\n" BENEFIT "one\n", "");
    check(RATE "values:\n  one:\n    2015-07: {value: days * rate, source: book}\n    2016-01: {value: days, source: book}\n" BENEFIT "one\n",
          "E_NOT_IN_FORCE <rate> `rate` is in force from 2016-01-01 only, and this can be asked for on 2015-07-01 | give this item a `from` or `until`, or `rate` a version for those days");
    /* where the last version begins, what it reads need not be older */
    check("parameters:\n  rate:\n    unit: CNY\n    2016-01: {value: 1, source: book}\nvalues:\n  one:\n    2015-07: {value: days, source: book}\n    2016-01: {value: days * rate, source: book}\n" BENEFIT "one\n", "");
    check(RATE "values:\n  one:\n    2015-07: {value: days, source: book}\n    2016-01: {value: days * rate, source: book}\n" BENEFIT "one\n",
          "E_NOT_IN_FORCE <one> `one` is in force before 2018-01-01 only, and this can be asked for on 2018-01-01 | give this item a `from` or `until`, or `one` a version for those days");
    /* whether an input is needed, and a counter's key, are asked whenever they are */
    check("  late: {type: count, zh: 迟, when: rate > 3}\n" RATE BENEFIT "if late = null then 1 else 2\n",
          "E_NOT_IN_FORCE <late> `late` is in force from 2016-01-01 only, and this can be asked for on 2015-07-01 | give this item a `from` or `until`, or `late` a version for those days");
    check(RATE "values:\n  level: if days > rate then 1 else 2\n" BENEFIT "1\ncounters:\n  paid: {unit: CNY, per: [member, level], adds: total}\n",
          "E_NOT_IN_FORCE <level> `level` is in force from 2016-01-01 only, and this can be asked for on 2015-07-01 | give this item a `from` or `until`, or `level` a version for those days");
    /* a limit that is not in force does not cut */
    check(RATE BENEFIT "days\ncaps:\n  - {code: MOST, over: due, limit: rate" TEXTS, "");
    check("parameters:\n  rate:\n    unit: CNY\n    2015-07: {value: 1, source: book}\n" BENEFIT "days\n",
          "warning E_UNUSED <rate> nothing uses the parameter `rate` | a figure that only states a fact is `informative: true`");
}

HZ_TEST(check_dates_of_their_own)
{
    check("parameters:\n  rate:\n    unit: CNY\n    dated by: begin\n    2015-07: {value: 1, source: book}\n" BENEFIT "rate\n",
          "E_UNKNOWN_NAME <begin> there is no name `begin` | the names of this plan are member, start, days, kind, card, extra, rate, due");
    check("parameters:\n  rate:\n    unit: CNY\n    dated by: member\n    2015-07: {value: 1, source: book}\n    2016-07: {value: 2, source: book}\n" BENEFIT "rate\n",
          "E_TYPE <member> `dated by` needs a date that is never null, and `member` is of type string");
}

#define COUNTERS "counters:\n  paid: {unit: CNY, per: [member], adds: due}\n"

HZ_TEST(check_caps_and_counters)
{
    check(BENEFIT "days\ncaps:\n  - {code: MOST, over: days, limit: 5" TEXTS,
          "E_CAP <days> a cap is over a value that is a number, or over benefits; `days` is neither | make it a value: `values: {capped: days}`, and say `over: capped`");
    check(BENEFIT "days\ncaps:\n  - {code: MOST, over: due, limit: 5.125" TEXTS,
          "E_CAP <5.125> this limit can have 3 decimals, what it caps 2");
    check(BENEFIT "days\ncaps:\n  - {code: MOST, over: due, limit: 5, counts: days" TEXTS,
          "E_CAP <days> `counts` names a counter that is a number, and `days` is none");
    check(BENEFIT "days\ncounters:\n  paid: {unit: CNY, per: [paid], adds: due}\n",
          "E_COUNTER <paid> the key of `paid` is made of inputs and of values that use no counter; `paid` is neither | name what the counter is counted by: per: [member, …]");
    check(BENEFIT "days\ncounters:\n  seen: {type: boolean, per: [member], next: due}\n",
          "E_TYPE <due> this is a number with 2 decimals in [0..1000000000], and a boolean is needed here");
    check(BENEFIT "due\n", "E_CONTEXT <due> `due` cannot be read here | benefits and `total` are read by counters and notes only");
    check(BENEFIT "days\n" COUNTERS "values:\n  x: paid * 2\nnotes:\n  - {code: N, when: x > 5, zh: 文, en: text}\n", "");
}

HZ_TEST(check_proofs_hold_through_names)
{
    /* absence passes through a value of its own */
    check("values:\n  v: extra + 5\n" BENEFIT "v\n",
          MADE("v", "extra"));
    /* what a cap leaves is no multiple of anything */
    check("values:\n  v: days * 3\n  third: v / 3\n" BENEFIT "third\ncaps:\n  - {code: MOST, over: v, limit: 100" TEXTS,
          "E_ROUND <third> this amount can have any number of decimals, and CNY has 2 | say how it is rounded: round: {to: 0.01, mode: half up, source: …}");
    check("parameters:\n  most:\n    unit: CNY\n    2015-07: {value: 99999999999999999, source: book}\n" BENEFIT "days\ncaps:\n  - {code: MOST, over: due, limit: most" TEXTS,
          "E_WIDE <most> this limit with its counter may need more than 64 bits | give an input a narrower `range`, or name a largest limit: min(…, 1000000)");
    check("parameters:\n  v:\n    unit: rate\n    2015-07: {value: 1000000000, source: book}\n    2016-01: {value: 0.0000000001, source: book}\n" BENEFIT "if 5 >= v then 1 else 2\n",
          "E_WIDE <v> the versions of `v` together may need more than 64 bits");
    check("values:\n  v:\n    2015-07: {unknown: 未公布}\n" BENEFIT "v\n",
          "E_TYPE <v> no version of `v` says what kind of value it is | make it a parameter, which has a unit or a type");
    check(BENEFIT "'null'\n", MAY_BE_NULL("'null'", "write another value for `null`, or say when this is asked: `when: x != null`"));
    check(BENEFIT "decimal(days * 0.01, -18)\n", "");
    check("parameters:\n  fact:\n    unit: classes\n    informative: true\n    2015-07: {value: 4, source: book}\n" BENEFIT "fact\n",
          "E_CONTEXT <fact> `fact` is informative and decides nothing, yet this reads it | remove `informative: true` from `fact`");
}

HZ_TEST(check_wide_minimum)
{
    plan_case c;
    char plan[4096];
    snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS,
             "  small: {type: number, scale: 0, range: '[5..7]', zh: 小}\n"
             "  large: {type: number, scale: 0, range: '[0..999999999999999999]', zh: 大}\n"
             "  cash:  {type: money, zh: 钱}\n" BENEFIT "max(0, min(small, large, cash))\n");
    plan_case_begin(&c, plan);
    HZ_CHECK_STR(rules_case_show(&c.rules), "");
    plan_case_end(&c);
}

HZ_TEST(check_long_chains)
{
    static char plan[1 << 16];
    plan_case c;
    size_t at = (size_t)snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS, BENEFIT "v299\nvalues:\n  v0: days\n");
    for (int i = 1; i < 300; i++) at += (size_t)snprintf(plan + at, sizeof plan - at, "  v%d: min(v%d, 9)\n", i, i - 1);
    plan_case_begin(&c, plan);
    HZ_CHECK_EQ_INT(c.rules.diags.errors > 0, 1);
    HZ_CHECK_STR(hz_code_name(c.rules.diags.list.at[0].code), "E_TOO_LARGE");
    plan_case_end(&c);
}

HZ_TEST(check_turn_in_keys)
{
#define KEYS "  event: {type: key, zh: 事故}\n  home: {type: key, zh: 家庭}\n"
    check(KEYS BENEFIT "1\ncounters:\n  a: {unit: times, per: [home, event], adds: 1}\n  b: {unit: times, per: [member, event], adds: 1}\n",
          "warning E_TURN <home> nothing says that the key of counter `a`, [home, event], determines `member`, which claims are settled in turn by | the keys of all counters hold `event`: in turn by: event");
    check(KEYS BENEFIT "1\ncounters:\n  a: {unit: times, per: [home, event], adds: 1}\n  b: {unit: times, per: [member], adds: 1}\n",
          "warning E_TURN <home> nothing says that the key of counter `a`, [home, event], determines `member`, which claims are settled in turn by | "
          "add it to the key, per: [member, home, event], or say `in turn by` of something coarser that all keys hold");
    check("  event: {type: date, zh: 日}\n" BENEFIT "1\ncounters:\n  a: {unit: times, per: [event], adds: 1}\n",
          "E_TURN <event> the key of counter `a`, [event], does not hold `member`, which claims are settled in turn by | "
          "add it to the key, per: [member, event], or say `in turn by` of something coarser that all keys hold");
    check("values:\n  who: member\n" BENEFIT "1\ncounters:\n  a: {unit: times, per: [who], adds: 1}\n", "");
    check("values:\n  who: member + \"x\"\n" BENEFIT "1\ncounters:\n  a: {unit: times, per: [who], adds: 1}\n",
          "E_TURN <who> the key of counter `a`, [who], does not hold `member`, which claims are settled in turn by | "
          "add it to the key, per: [member, who], or say `in turn by` of something coarser that all keys hold");
}

HZ_TEST(check_units_of_caps)
{
    check("parameters:\n  most:\n    unit: days\n    2015-07: {value: 1, source: book}\n" BENEFIT "days\ncaps:\n  - {code: MOST, over: due, limit: most, counts: paid" TEXTS COUNTERS,
          "E_CAP <paid> `paid` counts CNY, and the limit is in days");
    check(BENEFIT "days\ncaps:\n  - {code: MOST, over: due, limit: 5, counts: stays" TEXTS "counters:\n  stays: {unit: stays, per: [member], adds: 1}\n",
          "E_CAP <stays> `stays` counts stays, and what this caps is in CNY");
    check(BENEFIT "days\ncounters:\n  left: {unit: days, per: [member], adds: 0 - days}\n",
          "E_COUNTER <0 - days> `left` could go below 0 | write max(0, …)");
}

HZ_TEST(check_reports_many)
{
    check(BENEFIT "dayz\neligibility:\n  - {code: A, require: kard" TEXTS "  - {code: B, require: days" TEXTS,
          "E_UNKNOWN_NAME <dayz> there is no name `dayz` | did you mean `days`?\n"
          "E_UNKNOWN_NAME <kard> there is no name `kard` | did you mean `card`?\n"
          "E_TYPE <days> this is a whole number in [0..1000000000], and a boolean is needed here");
}

/* An undated value may be null where what it is made of may be. */
HZ_TEST(check_null_through_values)
{
    check("values:\n  y: if days > 3 then null else 1\n" BENEFIT "y\n",
          MAY_BE_NULL("y", ABSENT("y")));
    check("values:\n  y: extra\n  z: y + 1\n" BENEFIT "z\n",
          MADE("z", "extra"));
    check("values:\n  y: extra\n" BENEFIT "if y = null then 0 else y\n", "");
}

#define WHEN_EXTRA BENEFIT_WHEN("extra != null")
#define BENEFIT_WHEN(when) "benefits:\n  due:\n    zh: 津贴\n    when: " when "\n    amount: "
#define NIGHTS "  nights: {type: count, zh: 夜数, optional: true}\n"

/* A test of an input proves that the values made of it are not null either, through any number of them; nothing else. */
HZ_TEST(check_null_origins)
{
    check("values:\n  y: max(0, extra - 10)\n  z: y * 2 + days\n" WHEN_EXTRA "z\n", "");
    check("values:\n  y: max(0, extra - 10)\n  z: y * 2 + days\n" BENEFIT_WHEN("days > 1") "z\n", MADE("z", "extra"));
    check("values:\n  y: extra\n" BENEFIT "if extra != null then y else 0\n", "");
    check("values:\n  y: extra\n" BENEFIT "if extra = null then 0 else y\n", "");
    check("values:\n  y: extra\n" BENEFIT "if extra = null then y else 0\n", MAY_BE_NULL("if extra = null then y else 0", "`extra` may be absent, and `y` is made of it: say when this is asked, `when: extra != null`, or give it a default"));
    check("values:\n  y: extra\n" BENEFIT "if extra != null or days > 3 then y else 0\n", MAY_BE_NULL("if extra != null or days > 3 then y else 0", "`extra` may be absent, and `y` is made of it: say when this is asked, `when: extra != null`, or give it a default"));
    /* all that can make it null must be tested */
    check(NIGHTS "values:\n  y: extra + nights\n" WHEN_EXTRA "y\n", MADE("y", "nights"));
    check(NIGHTS "values:\n  y: extra + nights\n" BENEFIT_WHEN("extra != null and nights != null") "y\n", "");
    check(NIGHTS "values:\n  y: if days > 3 then extra else nights\n" BENEFIT_WHEN("nights != null") "y\n", MADE("y", "extra"));
    /* a null that is no input's */
    check("values:\n  y: if days > 3 then null else extra\n" WHEN_EXTRA "y\n", MAY_BE_NULL("y", ABSENT("y")));
    check("values:\n  y: floor(median([extra, 1]))\n" WHEN_EXTRA "y\n", MAY_BE_NULL("y", ABSENT("y")));
    /* scales and tables pass it on */
    check("scales:\n  s: {of: extra, kind: marginal, unit: CNY, always: {source: book, brackets: [{rate: 50%}]}}\nround: {to: 0.01, mode: half up, source: book}\n" WHEN_EXTRA "s\n", "");
    check("scales:\n  s: {of: extra, kind: marginal, unit: CNY, always: {source: book, brackets: [{rate: 50%}]}}\nround: {to: 0.01, mode: half up, source: book}\n" BENEFIT "s\n", MADE("s", "extra"));
    check("tables:\n  t: {inputs: [kind], gives: {t: CNY}, always: {source: book, rows: [{kind: ward, t: extra}, {kind: clinic, t: days}]}}\n" WHEN_EXTRA "t\n", "");
    check("tables:\n  t: {inputs: [kind], gives: {t: CNY}, always: {source: book, rows: [{kind: ward, t: extra}, {kind: clinic, t: days}]}}\n" BENEFIT "t\n", MADE("t", "extra"));
    /* what an input's own `when` says */
    check("  loss: {type: money, zh: 损失, when: kind = \"ward\"}\nvalues:\n  y: loss + 1\n" BENEFIT_WHEN("kind = \"ward\"") "y\n", "");
    check("  loss: {type: money, zh: 损失, when: kind = \"ward\"}\nvalues:\n  y: loss + 1\n" BENEFIT_WHEN("kind = \"clinic\"") "y\n", MAY_BE_NULL("y", "`loss` is there only when kind = \"ward\", and `y` is made of it: ask for this only then: `when: kind = \"ward\"`"));
}
