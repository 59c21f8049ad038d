/* test_scales.c - bracket scales: every end of every bracket, sums against counting cent by cent, versions, what nobody
 * published, what a claim lacks, and what an answer rests on. Mistakes are test_scales_errors.c's. */
#include "plan_case.h"

#include "run/columns.h"
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
    return hz_machine_int(&c->decision.machine, c->decision.question->symbol[symbol].value);
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
        "benefits:\n  due: {zh: 津贴, amount: allowance}\n  other: {zh: 其他, amount: back + 100}\n";
    static const row rows[] = {
        {"{" BASE ",\"days\":0}", "paid 10000"},
        {"{" BASE ",\"days\":10}", "paid 39000"},   /* 300 - 10 + 100 */
        {"{" BASE ",\"days\":15}", "paid 63500"},   /* 550 - 15 */
        {"{" BASE ",\"days\":60}", "paid 84000"},   /* 800 - 60 */
        {"{" BASE ",\"days\":61}", "paid 84200"},   /* 800 - 60 + 2 */
        {"{" BASE ",\"days\":1000}", "paid 112000"},/* 800 - 60 + 280 */
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
    check_basis(&c, "{" BASE ",\"paid\":100}", "sum=100 sum[1]=1");
    check_basis(&c, "{" BASE ",\"paid\":100.01}", "sum=100 sum[1]=1 sum[2]=0*");
    check_basis(&c, "{" BASE ",\"paid\":200}", "sum=100 sum[1]=1 sum[2]=0*");
    check_basis(&c, "{" BASE ",\"paid\":201.5}", "sum=103 sum[1]=1 sum[2]=0* sum[rest]=2*");
    check_basis(&c, "{\"member\":\"m\",\"start\":\"2017-01-01\",\"paid\":100}", "sum=100 sum[1]=1");
    check_basis(&c, "{\"member\":\"m\",\"start\":\"2017-01-01\",\"paid\":101}", "sum=100* sum[1]=1 sum[2]=0");
    check_basis(&c, "{\"member\":\"m\",\"start\":\"2018-01-01\",\"paid\":101}", "sum=0* sum[1]=0");
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
    check_basis(&c, "{" BASE ",\"paid\":7,\"days\":3}", "stage=0 sum=7* sum[1]=1");
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

/* ---- Columns ---- */

#define ROWS 2000

/* The same program over columns: numbers around every end, some of them missing. */
HZ_TEST(scales_in_columns)
{
    static const char plan[] =
        "scales:\n"
        "  sum: {of: paid, kind: marginal, unit: CNY, always: {source: book, brackets: [{up to: 5, rate: 2%}, {below: 10, rate: 1}, {unknown: 未见}]}}\n"
        "  step:\n    of: days\n    kind: single\n    unit: CNY\n    starts at: 1\n"
        "    2015-07: {unknown: 未见}\n    2016-01: {source: book, brackets: [{up to: 3, gives: 0}, {below: 6, gives: 7}, {gives: 8}]}\n"
        "benefits:\n  due: {zh: 津贴, amount: sum + step}\nround: {to: 0.01, mode: half up, source: book}\n";
    static int32_t start[ROWS], when_paid[ROWS], outcome[ROWS], reason[ROWS];
    static int64_t days[ROWS], paid[ROWS], total[ROWS];
    static hz_str member[ROWS];
    static uint64_t all[ROWS / 64 + 1], some[ROWS / 64 + 1];
    unsigned seen[8] = {0};
    plan_case c;
    hz_batch batch;
    if (!begin(&c, plan)) return;
    for (int i = 0; i < ROWS; i++) {
        member[i] = HZ_STR("m");
        start[i] = when_paid[i] = 16800 + i % 40; /* 2016-01-01 is day 16801 */
        days[i] = i % 9;
        paid[i] = (i * 37) % 1100;
        all[i / 64] |= UINT64_C(1) << (i % 64);
        some[i / 64] |= (uint64_t)(i % 11 != 0) << (i % 64);
    }
    const hz_column inputs[] = {{.values = member, .valid = all}, {.values = start, .valid = all}, {.values = days, .valid = some},
                                {.values = paid, .valid = all}, {.values = when_paid, .valid = all}};
    hz_results results = {.outcome = outcome, .total = total, .reason = reason};
    HZ_CHECK_EQ_INT(hz_batch_begin(&batch, c.plans, &hz_alloc_libc), HZ_OK);
    HZ_CHECK_EQ_INT(hz_batch_run(&batch, inputs, NULL, ROWS, &results), HZ_OK);
    for (int i = 0; i < ROWS; i++) {
        hz_claim_reset(&c.claim);
        const int64_t values[] = {0, start[i], days[i], paid[i], when_paid[i]};
        hz_claim_set_text(&c.claim, 0, member[i]);
        for (int k = 1; k < 5; k++)
            if (k != 2 || i % 11 != 0) c.claim.inputs[k] = (hz_given){.state = HZ_GIVEN, .value = values[k]};
        HZ_CHECK_EQ_INT(hz_decide(&c.claim, &c.decision), HZ_OK);
        HZ_CHECK_EQ_INT(outcome[i], c.decision.outcome);
        HZ_CHECK_EQ_INT(total[i], c.decision.outcome == HZ_PAID ? c.decision.total : 0);
        seen[outcome[i] & 7]++;
    }
    HZ_CHECK(seen[HZ_PAID] > 100 && seen[HZ_NOTHING_DUE] > 0 && seen[HZ_UNDETERMINED] > 50 && seen[HZ_INCOMPLETE] > 50 && seen[HZ_FAILED] > 50);
    hz_batch_end(&batch);
    plan_case_end(&c);
}
