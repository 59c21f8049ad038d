/* test_scales.c - bracket scales: every end of every bracket, sums against counting cent by cent, versions, what nobody
 * published, what a claim lacks, what an answer rests on, and what is said of mistakes. */
#include "plan_case.h"

#include "run/say.h"

#define INPUTS                                                   \
    "inputs:\n"                                                  \
    "  member: {type: key, zh: 会员}\n"                          \
    "  start: {type: date, zh: 起始日}\n"                        \
    "  days: {type: count, zh: 天数}\n"                          \
    "  paid: {type: money, range: '[0..100000]', zh: 自付}\n"    \
    "  when_paid: {type: date, zh: 支付日, default: 2016-01-01}\n"

#define BASE "\"member\":\"m\",\"start\":\"2016-01-01\""

typedef struct row {
    const char *claim, *expected;
} row;

static bool begin(plan_case *c, const char *rest)
{
    char plan[4096];
    snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS, rest);
    bool good = plan_case_begin(c, plan);
    if (!good) HZ_CHECK_STR(rules_case_show(&c->rules), "");
    return good;
}

static void run(const char *rest, const row *rows, size_t count)
{
    plan_case c;
    bool good = begin(&c, rest);
    for (size_t i = 0; good && i < count; i++) {
        const char *got = plan_case_decide(&c, rows[i].claim);
        if (strcmp(got, rows[i].expected) != 0)
            HZ_CHECK_STR(hz_arena_printf(&c.rules.arena, "%s -> %s", rows[i].claim, got).at,
                         hz_arena_printf(&c.rules.arena, "%s -> %s", rows[i].claim, rows[i].expected).at);
    }
    plan_case_end(&c);
}

#define RUN(plan, rows) run((plan), (rows), sizeof(rows) / sizeof *(rows))

/* ---- Single ---- */

HZ_TEST(scales_single_at_every_end)
{
    static const char plan[] =
        "scales:\n"
        "  step:\n    of: days\n    kind: single\n    unit: CNY\n    starts at: 2\n"
        "    always:\n      source: book\n      brackets:\n"
        "        - {up to: 30, gives: 1}\n        - {below: 60, gives: 2.5}\n        - {up to: 60, gives: 3}\n"
        "        - {below: 90.5, gives: 0}\n        - {gives: 5}\n"
        "benefits:\n  due: {zh: 津贴, amount: step}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":0}", "error R_BRACKET"},       {"{" BASE ",\"days\":1}", "error R_BRACKET"},
        {"{" BASE ",\"days\":2}", "paid 100"},              {"{" BASE ",\"days\":29}", "paid 100"},
        {"{" BASE ",\"days\":30}", "paid 100"},             {"{" BASE ",\"days\":31}", "paid 250"},
        {"{" BASE ",\"days\":59}", "paid 250"},             {"{" BASE ",\"days\":60}", "paid 300"},
        {"{" BASE ",\"days\":61}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"days\":90}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"days\":91}", "paid 500"},             {"{" BASE ",\"days\":1000000000}", "paid 500"},
        {"{" BASE "}", "incomplete MISSING(days)"},
    };
    RUN(plan, rows);
}

HZ_TEST(scales_single_gives_codes)
{
    static const char plan[] =
        "scales:\n"
        "  stage:\n    of: days\n    kind: single\n    type: code\n    values: {exempt: 免责期, half: 减责期, full: 全额期}\n"
        "    2015-07:\n      source: book\n      brackets: [{up to: 30, gives: exempt}, {up to: 90, gives: half}, {gives: full}]\n"
        "    2018-01:\n      source: book\n      brackets: [{up to: 30, gives: exempt}, {up to: 60, gives: half}, {gives: full}]\n"
        "eligibility:\n  - {code: EXEMPT, require: stage != \"exempt\", zh: 在<stage>, en: <stage>, source: book}\n"
        "benefits:\n  due: {zh: 津贴, amount: if stage = \"half\" then 50 else 100}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":30}", "refused EXEMPT"},
        {"{" BASE ",\"days\":31}", "paid 5000"},
        {"{" BASE ",\"days\":90}", "paid 5000"},
        {"{" BASE ",\"days\":91}", "paid 10000"},
        {"{\"member\":\"m\",\"start\":\"2017-12-31\",\"days\":61}", "paid 5000"},
        {"{\"member\":\"m\",\"start\":\"2018-01-01\",\"days\":61}", "paid 10000"},
        {"{\"member\":\"m\",\"start\":\"2018-01-01\",\"days\":60}", "paid 5000"},
    };
    RUN(plan, rows);
}

HZ_TEST(scales_single_without_a_second_bracket)
{
    static const char plan[] =
        "round: {to: 0.01, mode: half up, source: book}\n"
        "scales:\n  flat: {of: days, kind: single, unit: '%', always: {source: book, brackets: [{gives: 12.5%}]}}\n"
        "benefits:\n  due: {zh: 津贴, amount: flat * 1000}\n";
    static const row rows[] = {{"{" BASE ",\"days\":7}", "paid 12500"}, {"{" BASE "}", "incomplete MISSING(days)"}};
    RUN(plan, rows);
}

/* ---- Marginal ---- */

/* The scale's value as the program has it, at the decimals the checker gave it. */
static int64_t value_of(const plan_case *c, const char *name, int32_t *places)
{
    uint32_t symbol = hz_map_find(&c->plans[0].rules->symbol_map, hz_str_from(name));
    *places = c->plans[0].symbols[symbol].type.scale;
    return hz_machine_int(&c->decision.machine, c->plans[0].claim.symbol[symbol].value);
}

/* Counts each cent from the start on at the rate of the bracket it lies in; rates in thousandths. */
static int64_t count_cents(const int64_t *ends, const int64_t *rates, size_t brackets, int64_t start, int64_t paid)
{
    int64_t sum = 0;
    for (int64_t cent = start; cent < paid; cent++) {
        size_t at = 0;
        while (at + 1 < brackets && cent >= ends[at]) at++;
        sum += rates[at];
    }
    return sum;
}

HZ_TEST(scales_marginal_sums_are_exact)
{
    static const char plan[] =
        "round: {to: 0.01, mode: half up, source: book}\n"
        "scales:\n"
        "  sum:\n    of: paid\n    kind: marginal\n    unit: CNY\n    starts at: 10.5\n    always:\n      source: book\n      brackets:\n"
        "        - {up to: 300, rate: 40%}\n        - {below: 450.25, rate: 12.5%}\n        - {up to: 451, rate: 0}\n"
        "        - {up to: 1000, rate: 1}\n        - {rate: 0.007}\n"
        "benefits:\n  due: {zh: 津贴, amount: sum}\n";
    static const int64_t ends[] = {30000, 45025, 45100, 100000, 0}, rates[] = {400, 125, 0, 1000, 7};
    uint64_t seed = 88172645463325252u;
    plan_case c;
    if (!begin(&c, plan)) return;
    for (int i = 0; i < 400; i++) {
        char claim[128];
        int32_t places;
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        int64_t paid = i < 12 ? ends[i / 3] + i % 3 - 1 : 1050 + (int64_t)(seed % 150000);
        snprintf(claim, sizeof claim, "{" BASE ",\"paid\":\"%lld.%02d\"}", (long long)(paid / 100), (int)(paid % 100));
        const char *answer = plan_case_decide(&c, claim);
        HZ_CHECK(strncmp(answer, "paid ", 5) == 0 || strncmp(answer, "nothing_due ", 12) == 0);
        int64_t got = value_of(&c, "sum", &places);
        HZ_CHECK_EQ_INT(places, 5);
        HZ_CHECK_EQ_INT(got, count_cents(ends, rates, 5, 1050, paid));
    }
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE ",\"paid\":\"10.49\"}"), "error R_BRACKET");
    HZ_CHECK_STR(plan_case_decide(&c, "{" BASE ",\"paid\":\"10.50\"}"), "nothing_due 0 ZERO_AMOUNT");
    plan_case_end(&c);
}

HZ_TEST(scales_marginal_of_days_and_of_negative_numbers)
{
    static const char plan[] =
        "scales:\n"
        "  allowance:\n    of: days\n    kind: marginal\n    unit: CNY\n"
        "    always: {source: book, brackets: [{up to: 10, rate: 30}, {up to: 20, rate: 50}, {rate: 0}]}\n"
        "  back:\n    of: less\n    kind: marginal\n    unit: CNY\n    starts at: -100\n"
        "    always: {source: book, brackets: [{up to: -40, rate: -1}, {rate: 2}]}\n"
        "values:\n  less: min(days, 200) - 100\n"
        "benefits:\n  due: {zh: 津贴, amount: allowance}\n  other: {zh: 其他, amount: back, may be negative: true}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":0}", "nothing_due 0 ZERO_AMOUNT"},
        {"{" BASE ",\"days\":10}", "paid 29000"},   /* 300 - 10 */
        {"{" BASE ",\"days\":15}", "paid 53500"},   /* 550 - 15 */
        {"{" BASE ",\"days\":60}", "paid 74000"},   /* 800 - 60 */
        {"{" BASE ",\"days\":61}", "paid 74200"},   /* 800 - 60 + 2 */
        {"{" BASE ",\"days\":1000}", "paid 102000"},/* 800 - 60 + 280 */
    };
    RUN(plan, rows);
}

/* ---- Versions, and what is not known ---- */

HZ_TEST(scales_have_versions)
{
    static const char plan[] =
        "scales:\n"
        "  sum:\n    of: paid\n    kind: marginal\n    unit: CNY\n"
        "    2015-07: {unknown: 未见}\n"
        "    2016-01: {source: book, brackets: [{up to: 100, rate: 1}, {rate: 0}]}\n"
        "    2017-01: {source: book, brackets: [{up to: 50, rate: 1}, {unknown: 未公布}]}\n"
        "    2018-01: none\n"
        "benefits:\n  due: {zh: 津贴, until: 2018-01, amount: sum}\n";
    static const row rows[] = {
        /* a version that nobody published does not ask for the number */
        {"{\"member\":\"m\",\"start\":\"2015-12-31\"}", "undetermined UNKNOWN_VALUE(sum)"},
        {"{\"member\":\"m\",\"start\":\"2015-12-31\",\"paid\":70}", "undetermined UNKNOWN_VALUE(sum)"},
        {"{\"member\":\"m\",\"start\":\"2016-01-01\",\"paid\":170}", "paid 10000"},
        {"{\"member\":\"m\",\"start\":\"2016-12-31\",\"paid\":70}", "paid 7000"},
        {"{\"member\":\"m\",\"start\":\"2016-12-31\"}", "incomplete MISSING(paid)"},
        /* a bracket that nobody published counts where the number reaches it */
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"paid\":50}", "paid 5000"},
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"paid\":50.01}", "undetermined UNKNOWN_VALUE(sum)"},
        {"{\"member\":\"m\",\"start\":\"2017-01-01\"}", "incomplete MISSING(paid)"},
        {"{\"member\":\"m\",\"start\":\"2018-01-01\",\"paid\":50}", "refused NOT_OFFERED(due)"},
    };
    RUN(plan, rows);
}

HZ_TEST(scales_single_brackets_may_be_unknown)
{
    static const char plan[] =
        "scales:\n"
        "  step:\n    of: days\n    kind: single\n    unit: CNY\n    starts at: 1\n"
        "    always:\n      brackets:\n"
        "        - {up to: 5, unknown: 第一段未公布}\n        - {up to: 9, gives: 3, source: book}\n        - {unknown: 末段未公布}\n"
        "benefits:\n  due: {zh: 津贴, amount: step}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":0}", "error R_BRACKET"},
        {"{" BASE ",\"days\":5}", "undetermined UNKNOWN_VALUE(step)"},
        {"{" BASE ",\"days\":6}", "paid 300"},
        {"{" BASE ",\"days\":10}", "undetermined UNKNOWN_VALUE(step)"},
        {"{" BASE "}", "incomplete MISSING(days)"},
    };
    RUN(plan, rows);
    plan_case c;
    if (!begin(&c, plan)) return;
    plan_case_decide(&c, rows[3].claim);
    hz_buf_reset(&c.rules.shown);
    hz_decision_reason_text(&c.decision, 0, 0, &c.rules.shown);
    HZ_CHECK_STR(hz_buf_text(&c.rules.shown).at, "“step”（step）没有公布，无法确定金额：末段未公布");
    plan_case_end(&c);
}

HZ_TEST(scales_take_over_what_their_number_lacks)
{
    static const char plan[] =
        "parameters:\n  base: {unit: days, 2015-07: {unknown: 未公布}, 2017-01: {value: 3, source: book}}\n"
        "scales:\n  step: {of: more, kind: single, unit: CNY, always: {source: book, brackets: [{up to: 9, gives: 3}, {gives: 4}]}}\n"
        "values:\n  more: base + days + (date(2016, days, 1) - date(2016, days, 1)).days\n"
        "benefits:\n  due: {zh: 津贴, amount: step}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":3}", "undetermined UNKNOWN_VALUE(base)"},
        {"{" BASE "}", "incomplete MISSING(days)"},
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"days\":6}", "paid 300"},
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"days\":7}", "paid 400"},
        {"{\"member\":\"m\",\"start\":\"2017-01-01\",\"days\":13}", "error R_DATE_RANGE"},
    };
    RUN(plan, rows);
}

HZ_TEST(scales_are_asked_lazily)
{
    static const char plan[] =
        "scales:\n  step: {of: days, kind: single, unit: CNY, starts at: 5, always: {source: book, brackets: [{gives: 4}]}}\n"
        "benefits:\n  due: {zh: 津贴, amount: if paid > 10 then 7 else step}\n";
    static const row rows[] = {
        {"{" BASE ",\"paid\":11}", "paid 700"},
        {"{" BASE ",\"paid\":11,\"days\":1}", "paid 700"},
        {"{" BASE ",\"paid\":10,\"days\":1}", "error R_BRACKET"},
        {"{" BASE ",\"paid\":10}", "incomplete MISSING(days)"},
    };
    RUN(plan, rows);
}

HZ_TEST(scales_may_be_dated_by_their_own_date)
{
    static const char plan[] =
        "scales:\n  step:\n    of: days\n    kind: single\n    unit: CNY\n    dated by: when_paid\n"
        "    2016-01-01: {source: book, brackets: [{gives: 4}]}\n    2016-03-01: {source: book, brackets: [{gives: 5}]}\n"
        "benefits:\n  due: {zh: 津贴, amount: step}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":1,\"when_paid\":\"2016-02-29\"}", "paid 400"},
        {"{" BASE ",\"days\":1,\"when_paid\":\"2016-03-01\"}", "paid 500"},
        {"{" BASE ",\"days\":1,\"when_paid\":\"2015-12-31\"}", "error R_NOT_IN_FORCE"},
    };
    RUN(plan, rows);
}

/* ---- What an answer used and rests on ---- */

static void check_basis(plan_case *c, const char *claim, const char *expected)
{
    plan_case_decide(c, claim);
    HZ_CHECK_STR(plan_case_basis(c), expected);
}

HZ_TEST(scales_in_the_basis)
{
    static const char plan[] =
        "scales:\n"
        "  sum:\n    of: paid\n    kind: marginal\n    unit: CNY\n"
        "    2015-07:\n      source: book\n      brackets:\n"
        "        - {up to: 100, rate: 1}\n        - {up to: 200, rate: 0, assumed: 猜}\n        - {id: rest, rate: 200%, source: far}\n"
        "    2017-01:\n      assumed: 沿用\n      brackets: [{up to: 100, rate: 1, source: book}, {rate: 0}]\n"
        "    2018-01:\n      source: book\n      date assumed: 不详\n      brackets: [{rate: 0, source: book}]\n"
        "benefits:\n  due: {zh: 津贴, amount: sum}\n";
    plan_case c;
    if (!begin(&c, plan)) return;
    check_basis(&c, "{" BASE ",\"paid\":100}", "sum=100");
    check_basis(&c, "{" BASE ",\"paid\":100.01}", "sum=100 sum[2]*");
    check_basis(&c, "{" BASE ",\"paid\":200}", "sum=100 sum[2]*");
    check_basis(&c, "{" BASE ",\"paid\":201.5}", "sum=103 sum[2]* sum[rest]*");
    check_basis(&c, "{\"member\":\"m\",\"start\":\"2017-01-01\",\"paid\":100}", "sum=100");
    check_basis(&c, "{\"member\":\"m\",\"start\":\"2017-01-01\",\"paid\":101}", "sum=100*");
    check_basis(&c, "{\"member\":\"m\",\"start\":\"2018-01-01\",\"paid\":101}", "sum=0*");
    plan_case_end(&c);
}

HZ_TEST(scales_assumed_as_a_whole)
{
    static const char plan[] =
        "scales:\n  sum: {of: paid, kind: marginal, unit: CNY, assumed: 分段累加为推定, always: {source: book, brackets: [{rate: 1}]}}\n"
        "  stage:\n    of: days\n    kind: single\n    unit: days\n    always: {assumed: 猜, brackets: [{up to: 3, gives: 0, source: book}, {gives: 1}]}\n"
        "benefits:\n  due: {zh: 津贴, amount: if stage = 0 then sum else 1}\n";
    plan_case c;
    if (!begin(&c, plan)) return;
    check_basis(&c, "{" BASE ",\"paid\":7,\"days\":3}", "stage=0 sum=7*");
    check_basis(&c, "{" BASE ",\"paid\":7,\"days\":4}", "stage=1*");
    plan_case_end(&c);
}

HZ_TEST(rounding_matters_only_where_there_is_an_amount)
{
    static const char plan[] =
        "round: {to: 0.01, mode: half up, assumed: 未公布}\n"
        "parameters:\n  rate: {unit: '%', 2015-07: {unknown: 未见}}\n"
        "benefits:\n  due: {zh: 津贴, amount: paid * 0.333 + rate}\n";
    plan_case c;
    if (!begin(&c, plan)) return;
    check_basis(&c, "{" BASE ",\"paid\":0.01}", "rate=");
    plan_case_end(&c);
}

/* ---- What people read ---- */

static void check_explained(plan_case *c, const char *claim, uint32_t language, const char *expected)
{
    plan_case_decide(c, claim);
    hz_buf_reset(&c->decision.out);
    hz_decision_explain_text(&c->decision, language);
    hz_buf_add_char(&c->decision.out, '\0');
    HZ_CHECK(strstr(c->decision.out.at, expected) != NULL);
    if (strstr(c->decision.out.at, expected) == NULL) HZ_CHECK_STR(c->decision.out.at, expected);
}

HZ_TEST(scales_explained)
{
    static const char plan[] =
        "scales:\n"
        "  sum:\n    zh: 分段金额\n    en: amount by slices\n    of: paid\n    kind: marginal\n    unit: CNY\n"
        "    2015-07:\n      source: book\n      brackets: [{up to: 100, rate: 40%}, {below: 200, rate: 1, source: page}, {rate: 0}]\n"
        "  step:\n    zh: 档次\n    en: step\n    of: days\n    kind: single\n    unit: CNY\n    starts at: -1\n"
        "    always: {source: book, brackets: [{up to: 3, gives: 0}, {below: 9, gives: 5}, {gives: 6}]}\n"
        "benefits:\n  due: {zh: 津贴, amount: sum + step}\nround: {to: 0.01, mode: half up, source: book}\n";
    plan_case c;
    if (!begin(&c, plan)) return;
    check_explained(&c, "{" BASE ",\"paid\":150.5,\"days\":4}", 0,
                    "  ├─ 分段金额 90.50 元，自 2015-07 起，公布（book），按“自付”分段累加\n"
                    "  │  ├─ 自付 150.50 元\n"
                    "  │  ├─ 不超过 100 元：100 元 × 40% = 40 元\n"
                    "  │  └─ 超过 100 元、不足 200 元：50.50 元 × 1 = 50.50 元，报道（page）\n"
                    "  └─ 档次 5 元，不分日期，公布（book），按“天数”分段\n"
                    "     ├─ 天数 4\n"
                    "     └─ 超过 3、不足 9：5 元\n");
    check_explained(&c, "{" BASE ",\"paid\":200,\"days\":2}", 1,
                    "  ├─ amount by slices: 140 yuan, from 2015-07, published (book), summed over the brackets of “paid”\n"
                    "  │  ├─ paid: 200 yuan\n"
                    "  │  ├─ up to 100 yuan: 100 yuan × 40% = 40 yuan\n"
                    "  │  └─ above 100 yuan, below 200 yuan: 100 yuan × 1 = 100 yuan, reported (page)\n"
                    "  └─ step: 0 yuan, always, published (book), by the bracket of “days”\n"
                    "     ├─ days: 2\n"
                    "     └─ from -1, up to 3: 0 yuan\n");
    plan_case_end(&c);
}

/* ---- Mistakes ---- */

static void check(const char *rest, const char *expected)
{
    plan_case c;
    char plan[4096];
    snprintf(plan, sizeof plan, "%s%s%s", HEAD, INPUTS, rest);
    plan_case_begin(&c, plan);
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
          "E_MAY_BE_NULL <y> scale `x` works on `y`, which may be null | name a value that says what holds then: if x = null "
          "then 0 else x");
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
          "E_NEGATIVE <x> this amount can be negative | write max(0, …)");
    check(OF("paid", "always: {source: book, brackets: [{rate: 40%}]}"),
          "E_ROUND <x> this amount can have 3 decimals, and CNY has 2 | say how it is rounded: round: {to: 0.01, mode: half up, "
          "source: …}");
    check(OF("days", "2016-01: {source: book, brackets: [{rate: 1}]}"),
          "E_NOT_IN_FORCE <x> `x` is in force from 2016-01-01 only, and this can be asked for on 2015-07-01 | give this item a "
          "`from` or `until`, or `x` a version for those days");
    check("scales:\n  x: {of: days, kind: marginal, unit: CNY, dated by: days, " ONE "}\n" DUE,
          "E_TYPE <days> `dated by` needs a date that is never null, and `days` is number");
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
