/* test_explain.c - the words of answers: values in texts, built-in reasons, formulas for people, lines for a terminal, and
 * that explaining takes no memory after the first time. Whole explanations are golden files (tests/golden/explain). */
#include "plan_case.h"

#include "base/utf8.h"
#include "run/page.h"
#include "run/say.h"
#include "source/json.h"

/* ---- Lines ---- */

static void check_page(const char *text, const char *expected)
{
    hz_buf out;
    hz_buf_begin(&out, &hz_alloc_libc);
    hz_page_put(&out, HZ_STR("- "), HZ_STR("  "), hz_str_from(text));
    HZ_CHECK_STR(hz_buf_text(&out).at, expected);
    hz_buf_end(&out);
}

#define TEN "ten-chars."
#define NINETY TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define HAN "一二三四五六七八九十"
#define HAN40 HAN HAN HAN HAN

HZ_TEST(explain_page_breaks)
{
    check_page("", "-\n");
    check_page("short", "- short\n");
    check_page("a\nb\tc", "- a b c\n");
    check_page(NINETY " fits in", "- " NINETY " fits in\n");
    check_page(NINETY " fits not", "- " NINETY " fits\n  not\n");
    check_page(NINETY "\vsoft it is", "- " NINETY "\n  soft it is\n");
    check_page("one\v two\v three", "- one two three\n");
    check_page(NINETY NINETY, "- " NINETY NINETY "\n");
    check_page("a " NINETY NINETY " b", "- a\n  " NINETY NINETY "\n  b\n");
}

HZ_TEST(explain_page_breaks_chinese)
{
    /* 98 columns are 49 characters. */
    check_page(HAN40 HAN, "- " HAN40 "一二三四五六七八九\n  十\n");
    check_page(HAN40 "一二三四五六七八九，十", "- " HAN40 "一二三四五六七八\n  九，十\n");
    check_page(HAN40 "一二三四五六七八（九", "- " HAN40 "一二三四五六七八\n  （九\n");
    check_page(HAN40 "一二三四五六七 abcd ef", "- " HAN40 "一二三四五六七\n  abcd ef\n");
    HZ_CHECK_EQ_INT(hz_page_width(HZ_STR("起付日 2 天")), 11);
}

/* ---- A plan with a value of every kind ---- */

static const char every_kind[] =
    HEAD
    "inputs:\n"
    "  member: {type: key, zh: 会员}\n"
    "  start: {type: date, zh: 起始日}\n"
    "  cause: {type: code, zh: 原因, values: {illness: 疾病, accident: {zh: 意外, en: an accident}}}\n"
    "  card: {type: boolean, zh: 持卡}\n"
    "  loss: {type: money, range: '[0..100000]', zh: 损失}\n"
    "  before: {type: date, zh: 上次, optional: true}\n"
    "  extra: {type: count, zh: 额外, when: card, unit: days}\n"
    "  share: {type: rate, zh: 比例, default: 0.5}\n"
    "parameters:\n"
    "  amount: {unit: CNY/day, zh: 每日, 2015-07: {value: 40, source: book}, 2020-01: {unknown: 新额未公布}}\n"
    "  cut: {unit: '%', zh: 扣减, always: {value: 12.5%, source: book}}\n"
    "  cent: {unit: CNY, zh: 分, always: {value: 560.2, source: book}}\n"
    "  two: {type: period, zh: 两年, always: {value: P2Y, source: book}}\n"
    "  odd: {type: period, zh: 零头, always: {value: P11Y3M, source: book}}\n"
    "  days: {type: period, zh: 宽限, always: {value: P15D, source: book}}\n"
    "  limit: {unit: CNY, zh: 限额, 2015-07: none}\n"
    "values:\n"
    "  later: start + two\n"
    "  much: {is: loss * share, zh: 一半}\n"
    "checks:\n"
    "  - {code: NEVER, require: later > start + days and later < start + odd, zh: 无, en: none}\n"
    "eligibility:\n"
    "  - code: ILL\n"
    "    require: cause = \"illness\"\n"
    "    source: book\n"
    "    clause: 第三条\n"
    "    zh: <cause>，<card>，<loss>，<before>，<extra>，<amount>，<cut>，<cent>，<two>，<odd>，<days>，<limit>，<later>，<share>，<much>，<<b>，<start>\n"
    "    en: <cause>; <card>; <loss>; <before>; <extra>; <amount>; <cut>; <cent>; <two>; <odd>; <days>; <limit>\n"
    "  - {code: CARD, require: card, source: book, en: only English}\n"
    "benefits:\n"
    "  allowance: {zh: 津贴, en: allowance, amount: amount, source: book}\n"
    "  other: {zh: 别的, en: other, from: 2018-01, until: 2019-01, when: share = 1, amount: 1, source: book}\n"
    "caps:\n"
    "  - {code: CAP, over: allowance, limit: limit, counts: used, source: book, zh: 限 <limit>, en: at most <limit>}\n"
    "counters:\n"
    "  used: {unit: CNY, zh: 已付, per: member, adds: allowance}\n";

#define CLAIM "\"member\":\"m\",\"start\":\"2016-03-01\",\"cause\":\"illness\",\"card\":false,\"loss\":\"560.25\""

static void check_reason(plan_case *self, const char *json, uint32_t reason, uint32_t language, const char *expected)
{
    hz_buf *out = &self->rules.shown;
    plan_case_decide(self, json);
    hz_buf_reset(out);
    if (HZ_CHECK(reason < self->decision.reason_count))
        hz_decision_reason_text(&self->decision, reason, language, out);
    HZ_CHECK_STR(hz_buf_text(out).at, expected);
}

HZ_TEST(explain_values_in_texts)
{
    plan_case self;
    if (!HZ_CHECK(plan_case_begin(&self, every_kind)))
        printf("%s\n", rules_case_show(&self.rules));
    else {
        const char *accident = "{\"member\":\"m\",\"start\":\"2016-03-01\",\"cause\":\"accident\",\"card\":false,\"loss\":\"560.25\"}";
        check_reason(&self, accident, 0, 0,
                     "意外，否，560.25，未提供，不涉及，40，12.5%，560.20，两年，十一年三个月，15 天，无，2018-03-01，0.5，280.125，<b>，2016-03-01");
        check_reason(&self, accident, 0, 1,
                     "an accident; no; 560.25; not given; does not apply; 40; 12.5%; 560.20; 2 years; 11 years 3 months; 15 days; none");
        check_reason(&self, accident, 1, 0, "only English");
        const char *whole = "{\"member\":\"m\",\"start\":\"2021-03-01\",\"cause\":\"accident\",\"card\":true,\"loss\":40,\"before\":\"2000-02-29\",\"extra\":3,\"share\":1}";
        check_reason(&self, whole, 0, 1,
                     "an accident; yes; 40; 2000-02-29; 3; not published; 12.5%; 560.20; 2 years; 11 years 3 months; 15 days; none");
    }
    plan_case_end(&self);
}

HZ_TEST(explain_built_in_reasons)
{
    plan_case self;
    if (HZ_CHECK(plan_case_begin(&self, every_kind))) {
        check_reason(&self, "{\"start\":\"2015-06-30\"}", 0, 0, "本计划自 2015-07 起施行，起始日为 2015-06-30，尚未施行");
        check_reason(&self, "{\"start\":\"2015-06-30\"}", 0, 1, "the plan is in force from 2015-07; start is 2015-06-30, before that");
        check_reason(&self, "{}", 0, 0, "缺少“起始日”（start）");
        check_reason(&self, "{}", 0, 1, "`start` (start) is missing");
    }
    plan_case_end(&self);
}

#define HELD "\"member\":\"m\",\"cause\":\"illness\",\"card\":true,\"extra\":1,\"loss\":1"

HZ_TEST(explain_reasons_for_what_is_open)
{
    plan_case self;
    if (HZ_CHECK(plan_case_begin(&self, every_kind))) {
        check_reason(&self, "{\"start\":\"2016-03-01\"," HELD "}", 0, 0,
                     "缺少“已付”（used）此前的累计数：须随申领提供；此前没有的，须说明从头计起");
        check_reason(&self, "{\"start\":\"2021-03-01\"," HELD ",\"counters\":{\"used\":0}}", 0, 0,
                     "“每日”（amount）没有公布，无法确定金额：新额未公布");
        check_reason(&self, "{\"start\":\"2021-03-01\"," HELD ",\"counters\":{\"used\":0}}", 0, 1,
                     "`amount` (amount) was never published, so the amount cannot be determined: 新额未公布");
    }
    plan_case_end(&self);
}

/* ---- Formulas ---- */

static const char formulas[] =
    HEAD
    "inputs:\n"
    "  member: {type: key, zh: 会员}\n"
    "  start: {type: date, zh: 起始日, en: first day}\n"
    "  cause: {type: code, zh: 原因, values: {illness: 疾病, accident: 意外}}\n"
    "  days: {type: count, zh: 天数, unit: days, range: '[0..400]'}\n"
    "  loss: {type: money, zh: 损失}\n"
    "parameters:\n"
    "  amount: {unit: CNY/day, zh: 每日, always: {value: 40, source: book}}\n"
    "values:\n"
    "  a: if cause in (\"illness\", \"accident\") and not(days between 1 and 3) then days else 0\n"
    "  b: start + @\"P1Y\" - @\"P1D\"\n"
    "  c: round half up(days / 3, 0) + a * 2 - -1\n"
    "  d: start in [date(2016, 1, 1)..@\"2017-01-01\") or cause != \"illness\"\n"
    "  e: (b - start).days >= 3 and days <= 3\n"
    "  f: min(loss, days * amount)\n"
    "notes:\n"
    "  - {code: ANY, when: d or e or c > 0 or f > 0, zh: 无, en: none}\n"
    "benefits:\n"
    "  allowance: {zh: 津贴, en: allowance, amount: f, source: book}\n";

static void check_formula(plan_case *self, const char *name, uint32_t language, const char *expected, const char *unit)
{
    const hz_plan *plan = &self->plans[0];
    uint32_t symbol = hz_map_find(&plan->rules->symbol_map, hz_str_from(name));
    const hz_value *value = &plan->rules->values.at[plan->rules->symbols.at[symbol].index];
    hz_buf *out = &self->rules.shown;
    hz_buf_reset(out);
    hz_say_formula(plan, value->history.entries.at[0].formula, language, out);
    HZ_CHECK_STR(hz_buf_text(out).at, expected);
    hz_str found = hz_symbol_unit(plan, symbol);
    HZ_CHECK(hz_str_is(found, unit));
}

HZ_TEST(explain_formulas_in_words)
{
    plan_case self;
    if (!HZ_CHECK(plan_case_begin(&self, formulas))) {
        printf("%s\n", rules_case_show(&self.rules));
    } else {
        check_formula(&self, "a", 0, "若 原因 在 (疾病, 意外) 且 非(天数 在 [1 至 3]) 则 天数 否则 0", "days");
        check_formula(&self, "b", 0, "起始日 + 一年 − 1 天", "");
        check_formula(&self, "c", 0, "四舍五入(天数 ÷ 3, 0) + a × 2 − -1", "days");
        check_formula(&self, "d", 0, "起始日 在 [日期(2016, 1, 1) 至 2017-01-01) 或 原因 ≠ 疾病", "");
        check_formula(&self, "d", 1, "first day in [date(2016, 1, 1) to 2017-01-01) or cause ≠ illness", "");
        check_formula(&self, "e", 0, "(b − 起始日) 的天数 ≥ 3 且 天数 ≤ 3", "");
        check_formula(&self, "f", 1, "the least of (loss, days × amount)", "CNY");
    }
    plan_case_end(&self);
}

static void check_values(plan_case *self, const char *json, const char *name, const char *expected)
{
    const hz_plan *plan = &self->plans[0];
    uint32_t symbol = hz_map_find(&plan->rules->symbol_map, hz_str_from(name));
    const hz_value *value = &plan->rules->values.at[plan->rules->symbols.at[symbol].index];
    hz_buf *out = &self->rules.shown;
    plan_case_decide(self, json);
    hz_buf_reset(out);
    hz_say_formula_values(&self->decision, value->history.entries.at[0].formula, 0, out);
    HZ_CHECK_STR(hz_buf_text(out).len > 0 ? hz_buf_text(out).at : "", expected);
}

HZ_TEST(explain_formulas_in_values)
{
    plan_case self;
    if (HZ_CHECK(plan_case_begin(&self, formulas))) {
        const char *claim = "{\"member\":\"m\",\"start\":\"2016-03-01\",\"cause\":\"accident\",\"days\":10,\"loss\":\"1300.5\"}";
        check_values(&self, claim, "a", "10");
        check_values(&self, claim, "b", "2016-03-01 + 一年 − 1 天");
        check_values(&self, claim, "d", "2016-03-01 在 [日期(2016, 1, 1) 至 2017-01-01)");
        check_values(&self, claim, "e", "10 ≤ 3"); /* the side that decides */
        check_values(&self, claim, "f", "较小者(1300.50, 10 × 40)");
        check_values(&self, "{\"start\":\"2016-03-01\",\"days\":2}", "f", "较小者(未提供, 2 × 40)");
        check_values(&self, "{\"start\":\"2016-03-01\"}", "a", "");
    }
    plan_case_end(&self);
}

/* ---- The lists of words ---- */

static size_t gaps(hz_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += text.at[i] == '<' && text.at[i + 1] != '\0' && text.at[i + 2] == '>';
    return count;
}

HZ_TEST(explain_words_are_whole)
{
    for (int i = 0; i < HZ_SAY_COUNT; i++) {
        hz_str zh = hz_say((hz_saying)i, 0), en = hz_say((hz_saying)i, 1);
        HZ_CHECK(hz_utf8_check(zh) == zh.len && hz_utf8_check(en) == en.len);
        HZ_CHECK_EQ_INT(gaps(zh), gaps(en));
    }
    static const char *const functions[] = {
#define HZ_BUILTIN(id, name, least, most, signatures, family) name,
#define HZ_PROPERTY(id, name) "." name,
#include "feel/builtin.def"
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        hz_str feel = hz_str_from(functions[i]);
        if (!HZ_CHECK(!hz_str_eq(hz_word(feel, 0), feel)))
            printf("no word for %s\n", functions[i]);
    }
    static const struct error {
        hz_code code;
        const char *phase;
    } errors[] = {
#define HZ_CODE(name, phase, title, explanation) {HZ_##name, phase},
#include "source/codes.def"
#undef HZ_CODE
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].phase, "row") == 0 && !HZ_CHECK(!hz_str_is(hz_say_error(errors[i].code, 0), hz_code_title(errors[i].code))))
            printf("no Chinese title for %s\n", hz_code_name(errors[i].code));
}

/* ---- Whole explanations ---- */

static const char *explain(plan_case *self, const char *json, bool as_json)
{
    plan_case_decide(self, json);
    hz_buf_reset(&self->decision.out);
    (as_json ? hz_decision_explain_json : hz_decision_explain_text)(&self->decision, 0);
    return hz_buf_text(&self->decision.out).at;
}

/* A chain of values deeper than an explanation goes, its last two the same one twice. */
static void write_chain(char *plan, size_t size)
{
    size_t len = (size_t)snprintf(plan, size, "%s", HEAD "inputs:\n"
                                                        "  member: {type: key, zh: 会员}\n"
                                                        "  start: {type: date, zh: 起始日}\n"
                                                        "  n: {type: count, zh: 数, range: '[0..9]'}\n"
                                                        "values:\n  v0: n + 0\n");
    for (int i = 1; i < 80; i++) len += (size_t)snprintf(plan + len, size - len, "  v%d: v%d + 1\n", i, i - 1);
    snprintf(plan + len, size - len, "  twice: v79 + v79\n  again: twice + twice * v79\n"
                                     "benefits:\n  allowance: {zh: 津贴, en: allowance, amount: again, source: book}\n");
}

HZ_TEST(explain_depth_is_bounded)
{
    static char plan[8192];
    plan_case self;
    write_chain(plan, sizeof plan);
    if (HZ_CHECK(plan_case_begin(&self, plan))) {
        const char *text = explain(&self, "{\"member\":\"m\",\"start\":\"2016-03-01\",\"n\":1}", false);
        HZ_CHECK(strstr(text, "（其余从略）") != NULL);
        HZ_CHECK(strstr(text, "v79 80（见上）") != NULL);
        HZ_CHECK(strstr(text, "v20 21") != NULL && strstr(text, "v10 11") == NULL);
    }
    plan_case_end(&self);
}

HZ_TEST(explain_limits_as_bare_numbers)
{
    static const char plan[] = HEAD "inputs:\n"
                                    "  member: {type: key, zh: 会员}\n"
                                    "  start: {type: date, zh: 起始日}\n"
                                    "  days: {type: count, zh: 天数, unit: days, range: '[0..400]'}\n"
                                    "values:\n"
                                    "  counted: {is: days, zh: 计天}\n"
                                    "benefits:\n"
                                    "  allowance: {zh: 津贴, amount: counted * 40, source: book}\n"
                                    "caps:\n"
                                    "  - {code: DAYS, over: counted, limit: 3, source: book, zh: 天数上限, en: days}\n"
                                    "  - {code: TOP, over: allowance, limit: 100, source: book, zh: 金额上限, en: most}\n";
    plan_case self;
    if (!HZ_CHECK(plan_case_begin(&self, plan))) {
        printf("%s\n", rules_case_show(&self.rules));
    } else {
        const char *text = explain(&self, "{\"member\":\"m\",\"start\":\"2016-03-01\",\"days\":5}", false);
        HZ_CHECK(strstr(text, "上限 3 天，本次减去 2 天") != NULL); /* the unit of what is limited */
        HZ_CHECK(strstr(text, "上限 100 元，本次减去 20 元") != NULL);
    }
    plan_case_end(&self);
}

/* The whole text is one JSON value. */
static bool is_json(const char *text)
{
    hz_json reader;
    hz_json_begin(&reader, hz_str_from(text));
    for (;;) {
        hz_json_event token = hz_json_next(&reader);
        if (token == HZ_JSON_ERROR)
            return false;
        if (token == HZ_JSON_END)
            return true;
    }
}

static const char *const claims[] = {
    "{\"id\":\"a \\\"quote\\\"\"," CLAIM "}",
    "{\"id\":7,\"start\":\"2016-03-01\"," HELD ",\"counters\":{\"used\":0}}",
    "{\"start\":\"2021-03-01\"," HELD "}",
    "{\"start\":\"2018-03-01\",\"share\":1," HELD ",\"counters\":{\"used\":\"1.50\"}}",
    "{\"start\":\"2010-03-01\"}",
    "{\"start\":\"2010-33-01\"}",
    "{\"start\":\"2016-03-01\",\"strat\":1}",
    "{",
    "{\"ask\":\"enrolment\",\"start\":\"2016-03-01\"}",
    "{}",
};

HZ_TEST(explain_json_is_json)
{
    plan_case self;
    if (HZ_CHECK(plan_case_begin(&self, every_kind)))
        for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
            const char *text = explain(&self, claims[i], true);
            if (!HZ_CHECK(is_json(text) && strstr(text, "{\"schema\":\"huzhu.explanation/1\"") == text))
                printf("%s\n", text);
        }
    plan_case_end(&self);
}

/* All words about all claims into decision; false: memory ran out. */
static bool say_all(plan_case *self, hz_decision *decision)
{
    bool whole = true;
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        hz_claim_read_json(&self->claim, hz_str_from(claims[i]), NULL);
        if (hz_decide(&self->claim, decision) != HZ_OK)
            return false;
        for (uint32_t language = 0; language < 2; language++) {
            hz_buf_reset(&decision->out);
            hz_decision_explain_text(decision, language);
            whole &= !decision->out.failed;
            hz_buf_reset(&decision->out);
            hz_decision_explain_json(decision, language);
            whole &= !decision->out.failed;
        }
    }
    return whole;
}

HZ_TEST(explain_takes_no_memory_twice)
{
    plan_case self;
    memory from = {0};
    hz_alloc alloc = memory_alloc(&from);
    hz_decision decision;
    if (HZ_CHECK(plan_case_begin(&self, every_kind))) {
        HZ_CHECK(hz_decision_begin(&decision, &alloc));
        HZ_CHECK(say_all(&self, &decision));
        size_t calls = from.calls;
        HZ_CHECK(say_all(&self, &decision));
        HZ_CHECK_EQ_INT(from.calls, calls);
        hz_decision_end(&decision);
        HZ_CHECK(!from.wrong);
        HZ_CHECK_EQ_INT(from.live, 0);
    }
    plan_case_end(&self);
}

HZ_TEST(explain_survives_failed_allocations)
{
    plan_case self;
    bool whole = false;
    if (HZ_CHECK(plan_case_begin(&self, every_kind)))
        for (size_t fail_at = 1; !whole && fail_at < 200; fail_at++) {
            memory from = {.fail_at = fail_at};
            hz_alloc alloc = memory_alloc(&from);
            hz_decision decision;
            hz_decision_begin(&decision, &alloc);
            whole = say_all(&self, &decision);
            HZ_CHECK(!whole || from.calls < fail_at);
            hz_decision_end(&decision);
            HZ_CHECK(!from.wrong);
            HZ_CHECK_EQ_INT(from.live, 0);
        }
    HZ_CHECK(whole);
    plan_case_end(&self);
}
