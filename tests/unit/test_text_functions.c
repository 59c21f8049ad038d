/* test_text_functions.c - functions on texts over a plan's inputs: one claim and many, absences, errors, explanations. What
 * constants give is in docs/feel.md and in the conformance cases. */
#include "harness/harness.h"

#include "column/replace.h"
#include "guarded.h"
#include "plan_case.h"
#include "run/columns.h"

/* `word` is any text, `note` may be absent, `from` is a position; the benefit is the length of `out`, plus 100 where `yes`. */
#define PLAN(out, yes)                                                                                                \
    "plan: stay\ntitle: {zh: 住院, en: Stay}\nfrom: 2010-01-01\ndated by: day\ninputs:\n"                                  \
    "  member: {type: key, zh: 会员}\n"                                                                               \
    "  day: {type: date, zh: 日期}\n"                                                                                 \
    "  word: {type: text, zh: 词}\n"                                                                                  \
    "  note: {type: text, optional: true, zh: 注}\n"                                                                  \
    "  from: {type: number, scale: 1, range: '[-100..100]', zh: 位}\n"                                                \
    "values:\n  out: '" out "'\n  yes: '" yes "'\n"                                                                   \
    "benefits:\n  stay:\n    zh: 津贴\n    amount: string length(out) + (if yes then 100 else 0)\n"

typedef struct text_row {
    const char *claim, *expected;
} text_row;

static void decide(const char *plan, const text_row *rows, size_t count)
{
    plan_case c;
    bool ready = plan_case_begin(&c, plan);
    if (!ready) printf("%s\n", rules_case_show(&c.rules));
    if (HZ_CHECK(ready))
        for (size_t i = 0; i < count; i++) {
            char claim[512];
            snprintf(claim, sizeof claim, "{\"member\":\"m\",\"day\":\"2016-03-05\"%s}", rows[i].claim);
            HZ_CHECK_STR(plan_case_decide(&c, claim), rows[i].expected);
        }
    plan_case_end(&c);
}

#define DECIDE(out, yes, ...)                                              \
    do {                                                                   \
        static const text_row rows[] = {__VA_ARGS__};                      \
        decide(PLAN(out, yes), rows, sizeof rows / sizeof *rows);          \
    } while (0)

HZ_TEST(text_functions_of_inputs)
{
    DECIDE("upper case(word)", "upper case(word) = \"ÄB北\"", {",\"word\":\"äb北\",\"from\":0", "paid 10300"},
           {",\"word\":\"ÄB\",\"from\":0", "paid 200"}, {",\"word\":\"\",\"from\":0", "nothing_due 0 ZERO_AMOUNT"});
    DECIDE("substring(word, from)", "substring(word, from) = \"𠮷\"", {",\"word\":\"ab𠮷\",\"from\":3", "paid 10100"},
           {",\"word\":\"ab𠮷\",\"from\":\"-1.9\"", "paid 10100"}, {",\"word\":\"ab𠮷\",\"from\":4", "error R_POSITION"},
           {",\"word\":\"ab𠮷\",\"from\":-4", "error R_POSITION"}, {",\"word\":\"\",\"from\":1", "error R_POSITION"},
           {",\"word\":\"ab𠮷\",\"from\":\"0.9\"", "error R_POSITION"});
    DECIDE("substring before(word, \"-\") + substring after(word, \"-\")", "contains(word, \"-\") and starts with(word, \"a\") and ends with(word, \"b\")",
           {",\"word\":\"a-b\",\"from\":0", "paid 10200"}, {",\"word\":\"xa-b\",\"from\":0", "paid 300"}, {",\"word\":\"ab\",\"from\":0", "nothing_due 0 ZERO_AMOUNT"});
    DECIDE("string(from) + string(day)", "string(from) = \"-1.5\"", {",\"word\":\"\",\"from\":\"-1.50\"", "paid 11400"}, {",\"word\":\"\",\"from\":2", "paid 1100"});
}

HZ_TEST(text_functions_read_texts)
{
    DECIDE("word", "number(word) > 2.5", {",\"word\":\"2.51\",\"from\":0", "paid 10400"}, {",\"word\":\"-3\",\"from\":0", "paid 200"},
           {",\"word\":\"999999999999.999999\",\"from\":0", "paid 11900"}, {",\"word\":\"1000000000000\",\"from\":0", "error R_CONVERSION"},
           {",\"word\":\"0.0000001\",\"from\":0", "error R_CONVERSION"}, {",\"word\":\"1,5\",\"from\":0", "error R_CONVERSION"});
    DECIDE("word", "number(word, \" \", \",\") = 1300.5", {",\"word\":\"1 300,5\",\"from\":0", "paid 10700"},
           {",\"word\":\"1 300.5\",\"from\":0", "error R_CONVERSION"}, {",\"word\":\" 1300\",\"from\":0", "error R_CONVERSION"});
    DECIDE("word", "date(word) <= day", {",\"word\":\"2016-02-29\",\"from\":0", "paid 11000"}, {",\"word\":\"2015-02-29\",\"from\":0", "error R_CONVERSION"});
    DECIDE("word", "time(word) < @\"12:00:00\"", {",\"word\":\"11:59:59.9\",\"from\":0", "paid 11000"},
           {",\"word\":\"12:00:00\",\"from\":0", "paid 800"}, {",\"word\":\"12:00:00Z\",\"from\":0", "error R_CONVERSION"});
    DECIDE("day of week(date(date and time(word) + @\"PT1H\"))", "date and time(word).hour = 23",
           {",\"word\":\"2024-05-05T23:30:00\",\"from\":0", "paid 10600"},
           {",\"word\":\"2024-05-05T23:30:00.0000001\",\"from\":0", "error R_CONVERSION"},
           {",\"word\":\"9999-12-31T23:30:00\",\"from\":0", "error R_DATE_RANGE"});
}

HZ_TEST(text_functions_and_absence)
{
    /* null goes through a function; a missing text makes the answer wait, unless the other one is enough. */
    DECIDE("if note = null then \"\" else upper case(note)", "contains(note, \"x\") = null", {",\"word\":\"w\",\"from\":0", "paid 10000"},
           {",\"word\":\"w\",\"from\":0,\"note\":\"x\"", "paid 100"});
    DECIDE("string join([word, note, word], \"--\")", "string join([note], \"-\") = \"\"", {",\"word\":\"w\",\"from\":0", "paid 10400"},
           {",\"word\":\"w\",\"from\":0,\"note\":\"abc\"", "paid 900"}, {",\"word\":\"\",\"from\":0", "paid 10200"});
    DECIDE("substring before(word, \"x\")", "from > 0 or contains(word, \"y\")", {",\"from\":1", "incomplete MISSING(word)"});
    DECIDE("\"ab\"", "from > 0 or contains(word, \"y\")", {",\"from\":1", "paid 10200"}, {",\"from\":0", "incomplete MISSING(word)"});
}

HZ_TEST(text_functions_with_patterns)
{
    DECIDE("replace(word, \"(.)-(.)\", \"$2+$1\")", "matches(word, \"^[a-c]\", \"i\")", {",\"word\":\"A-b\",\"from\":0", "paid 10300"},
           {",\"word\":\"xA-b-c\",\"from\":0", "paid 600"}, {",\"word\":\"\",\"from\":0", "nothing_due 0 ZERO_AMOUNT"},
           {",\"from\":0", "incomplete MISSING(word)"});
    DECIDE("\"ab\"", "matches(word, \"(a+)+$\")", {",\"word\":\"aaaa\",\"from\":0", "paid 10200"},
           {",\"word\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\",\"from\":0", "error R_PATTERN"});
    DECIDE("replace(word, \"(a+)+$\", \"\")", "1 = 1", {",\"word\":\"aaaa\",\"from\":0", "paid 10000"},
           {",\"word\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\",\"from\":0", "error R_PATTERN"});
    DECIDE("string join([word, note], \",\")", "if note = null then false else matches(note, \".\")", {",\"word\":\"w\",\"from\":0", "paid 100"},
           {",\"word\":\"w\",\"note\":\"\",\"from\":0", "paid 200"}, {",\"word\":\"w\",\"note\":\"n\",\"from\":0", "paid 10300"});
}

/* The replacement language, against what XPath says of it. */
HZ_TEST(text_replaced)
{
    static const struct {
        const char *text, *pattern, *replacement, *expected;
    } rows[] = {
        {"abc", "b", "[$0]", "a[b]c"},       {"abc", "(a)(b)?(x)?", "$3$2$1", "bac"}, {"abc", "b", "\\$\\\\", "a$\\c"},
        {"abc", "(b)", "$12", "ab2c"},       {"abc", "(b)", "$2", "ac"},             {"aaa", "a", "", ""},
        {"aaa", "a", "aa", "aaaaaa"},        {"北京市", "京", "𠮷", "北𠮷市"},        {"", "a", "b", ""},
        {"a\nb", "^b|^a", "x", "x\nb"},      {"xay", "(x)|(y)", "$1-", "x-a-"},      {"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)", "\\((.)\\)", "$1", "abcdefghij"},
    };
    hz_arena arena;
    hz_escape escape;
    hz_workspace workspace;
    hz_pattern_fault fault;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_workspace_begin(&workspace, &hz_alloc_libc);
    arena.escape = &escape;
    if (HZ_CHECK(setjmp(escape.to) == 0))
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            const hz_pattern *pattern = hz_pattern_read(&arena, hz_str_from(rows[i].pattern), HZ_STR(""), &fault);
            uint8_t bit = 0;
            const hz_patterns alone = {&pattern, &bit, 1, true};
            hz_str out = hz_text_replace(&workspace, &alone, hz_str_from(rows[i].text), hz_str_from(rows[i].replacement), false);
            HZ_CHECK(hz_replacement_ok(hz_str_from(rows[i].replacement)));
            if (!HZ_CHECK(hz_str_is(out, rows[i].expected))) fprintf(stderr, "replace(%s, %s, %s) is %.*s\n", rows[i].text, rows[i].pattern, rows[i].replacement, HZ_ARG(out));
        }
    HZ_CHECK(!hz_replacement_ok(HZ_STR("$")) && !hz_replacement_ok(HZ_STR("\\a")) && !hz_replacement_ok(HZ_STR("a\\")));
    hz_workspace_end(&workspace);
    hz_arena_end(&arena);
}

/* The same plan over columns and claim by claim: texts that a chunk makes must live as long as the chunk. */
HZ_TEST(text_functions_over_columns)
{
    enum { ROWS = 600, BAD = 300 };
    static hz_str words[ROWS], members[ROWS], notes[ROWS];
    static unsigned char noted[ROWS / 8 + 1];
    static char store[ROWS][16];
    static int32_t days[ROWS], outcome[ROWS];
    static int64_t from[ROWS], total[ROWS];
    plan_case c;
    HZ_CHECK(plan_case_begin(&c, PLAN("upper case(string join([word, note])) + string(from) + substring(word, from)", "lower case(upper case(word)) = word")));
    for (int i = 0; i < ROWS; i++) {
        int len = snprintf(store[i], sizeof store[i], "%s%d", i % 3 == 0 ? "北Ab" : "ab", i);
        words[i] = (hz_str){store[i], (size_t)len};
        if (i == BAD) words[i] = HZ_STR("a\xFF"); /* no UTF-8: this row alone is refused */
        notes[i] = i % 5 == 0 ? HZ_STR("é") : (hz_str){(const char *)(uintptr_t)8, 77}; /* a row without a text may hold anything */
        if (i % 5 == 0) noted[i / 8] |= (unsigned char)(1u << i % 8);
        members[i] = HZ_STR("m");
        days[i] = 16000 + i;
        from[i] = 10 * (i % 9 - 4);
    }
    const hz_column inputs[] = {{.values = members}, {.values = days}, {.values = words}, {.values = notes, .valid = noted}, {.values = from}};
    const hz_results results = {.outcome = outcome, .total = total};
    memory own = {0};
    hz_alloc alloc = memory_alloc(&own);
    hz_batch batch;
    HZ_CHECK_EQ_INT(hz_batch_begin(&batch, c.plans, &alloc), HZ_OK);
    HZ_CHECK_EQ_INT(hz_batch_run(&batch, inputs, NULL, ROWS, &results), HZ_OK);
    size_t warm = own.calls;
    HZ_CHECK_EQ_INT(hz_batch_run(&batch, inputs, NULL, ROWS, &results), HZ_OK);
    HZ_CHECK_EQ_INT(own.calls, warm);
    HZ_CHECK_EQ_INT(outcome[BAD], HZ_FAILED);
    for (int i = 0; i < ROWS; i++) {
        char claim[256], expected[64];
        if (i == BAD) continue;
        snprintf(claim, sizeof claim, "{\"member\":\"m\",\"day\":\"2016-03-05\",\"word\":\"%.*s\",\"from\":%d%s}", HZ_ARG(words[i]),
                 i % 9 - 4, i % 5 == 0 ? ",\"note\":\"é\"" : "");
        if (outcome[i] == HZ_FAILED) snprintf(expected, sizeof expected, "error R_POSITION");
        else snprintf(expected, sizeof expected, "paid %lld", (long long)total[i]);
        HZ_CHECK_STR(plan_case_decide(&c, claim), expected);
    }
    hz_batch_end(&batch);
    HZ_CHECK_EQ_INT(own.live, 0);
    own = (memory){0};
    alloc = memory_alloc(&own);
    HZ_CHECK_EQ_INT(hz_batch_begin(&batch, c.plans, &alloc), HZ_OK);
    own.fail_at = own.calls + 1; /* the first text has no memory */
    HZ_CHECK_EQ_INT(hz_batch_run(&batch, inputs, NULL, ROWS, &results), HZ_NO_MEMORY);
    hz_batch_end(&batch);
    HZ_CHECK_EQ_INT(own.live, 0);
    plan_case_end(&c);
}
