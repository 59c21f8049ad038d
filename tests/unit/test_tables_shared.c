/* test_tables_shared.c - tables that plans share, and tables of texts: which rows match, absence, dates, the cancers. */
#include "harness/harness.h"
#include "unit/plan_case.h"

#include "rules/folder.h"

typedef struct row {
    const char *claim, *expected, *basis;
} row;

static const char sites[] =
    "inputs: {icd10: text, sarcoma: boolean}\n"
    "gives: {site: {type: code, values: {breast: 乳腺, womb: 子宫, none_of: 无}}}\n"
    "2015-07:\n  source: book\n  rows:\n"
    "    - {icd10: 'C50(\\.\\d+)?', site: breast, id: breast}\n"
    "    - {icd10: ['C54', 'C55\\.\\d'], sarcoma: true, site: womb}\n"
    "    - {icd10: 'null', site: none_of}\n"
    "2020-01:\n  assumed: 推定\n  rows:\n"
    "    - {icd10: 'C50|D05', site: breast}\n"
    "  otherwise: {site: none_of}\n";

#define WOMEN                                                                                                          \
    "plan: women\ntitle: {zh: 甲, en: A}\nfrom: 2015-07\ndated by: start\ninputs:\n"                                   \
    "  start: {type: date, zh: 起}\n  icd10: {type: text, zh: 码, optional: true}\n  sarcoma: {type: boolean, zh: 瘤}\n"
#define BENEFITS "benefits:\n  due:\n    zh: 付\n    amount: 'if site = \"breast\" then 2 else if site = \"womb\" then 3 else 1'\n"

static void run(const char *plan, const row *rows, size_t count)
{
    const hz_file files[] = {
        {HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("tables/sites.yaml"), hz_str_from(sites)}, {HZ_STR("women.yaml"), hz_str_from(plan)}};
    plan_case c;
    HZ_CHECK(plan_case_begin_files(&c, files, 3));
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    for (size_t i = 0; c.plans != NULL && i < count; i++) {
        HZ_CHECK_STR(plan_case_decide(&c, rows[i].claim), rows[i].expected);
        if (rows[i].basis != NULL) HZ_CHECK_STR(plan_case_basis(&c), rows[i].basis);
    }
    plan_case_end(&c);
}

#define RUN(plan, rows) run((plan), (rows), sizeof(rows) / sizeof *(rows))

#define IN_2016 "\"start\":\"2016-01-01\","
#define IN_2020 "\"start\":\"2020-01-01\","

HZ_TEST(shared_tables_in_a_plan)
{
    static const row rows[] = {
        {"{" IN_2016 "\"icd10\":\"C50\",\"sarcoma\":false}", "paid 200", ""},
        {"{" IN_2016 "\"icd10\":\"C50.12\"}", "paid 200", NULL},
        {"{" IN_2016 "\"icd10\":\"C50.\"}", "error R_NO_ROW", NULL},
        {"{" IN_2016 "\"icd10\":\"xC50\",\"sarcoma\":true}", "error R_NO_ROW", NULL},
        {"{" IN_2016 "\"icd10\":\"C54\",\"sarcoma\":true}", "paid 300", ""},
        {"{" IN_2016 "\"icd10\":\"C55.1\",\"sarcoma\":true}", "paid 300", NULL},
        {"{" IN_2016 "\"icd10\":\"C55.1\",\"sarcoma\":false}", "error R_NO_ROW", NULL},
        {"{" IN_2016 "\"icd10\":\"C54\"}", "incomplete MISSING(sarcoma)", NULL},
        {"{" IN_2016 "\"sarcoma\":true}", "paid 100", ""},
        {"{" IN_2016 "\"icd10\":\"\",\"sarcoma\":true}", "error R_NO_ROW", NULL},
        {"{" IN_2020 "\"icd10\":\"D05\"}", "paid 200", "tables.sites[1]*"},
        {"{" IN_2020 "\"icd10\":\"C50.1\"}", "paid 100", "tables.sites[otherwise]*"},
        {"{" IN_2020 "\"sarcoma\":true}", "paid 100", "tables.sites[otherwise]*"},
        {"{\"icd10\":\"C50\"}", "incomplete MISSING(start)", NULL},
    };
    RUN(WOMEN "tables:\n  disease: {use: sites}\n" BENEFITS, rows);
}

HZ_TEST(shared_tables_by_other_names)
{
    static const row rows[] = {
        {"{" IN_2016 "\"icd10\":\"D05\",\"code\":\"C54\",\"flag\":true,\"seen\":\"2016-01-01\"}", "paid 300", NULL},
        {"{" IN_2016 "\"icd10\":\"D05\",\"code\":\"D05\",\"flag\":true,\"seen\":\"2020-01-01\"}", "paid 200", NULL},
        {"{" IN_2020 "\"icd10\":\"C50\",\"sarcoma\":true,\"flag\":true,\"seen\":\"2016-01-01\"}", "incomplete MISSING(code)", NULL},
        {"{" IN_2020 "\"code\":\"C50\",\"flag\":true}", "incomplete MISSING(seen)", NULL},
    };
    RUN(WOMEN "  code: {type: text, zh: 码}\n  flag: {type: boolean, zh: 否}\n  seen: {type: date, zh: 日}\n"
              "tables:\n  disease: {use: sites, with: {icd10: code, sarcoma: flag}, dated by: seen}\n" BENEFITS, rows);
}

/* A pattern that runs away is an error of the claim, where the answer hangs on it. */
HZ_TEST(tables_of_texts_given_up)
{
    static const row rows[] = {
        {"{" IN_2016 "\"icd10\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\",\"sarcoma\":true}", "error R_PATTERN", NULL},
        {"{" IN_2016 "\"icd10\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\",\"sarcoma\":false}", "paid 200", NULL},
        {"{" IN_2016 "\"icd10\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"sarcoma\":true}", "paid 100", NULL},
    };
    RUN(WOMEN "tables:\n  t:\n    inputs: [icd10, sarcoma]\n    gives: {t: CNY}\n    always:\n      source: book\n      rows:\n"
              "        - {sarcoma: true, icd10: '(a+)+', t: 1}\n        - {sarcoma: false, t: 2}\n      otherwise: {t: 3}\n"
              "  disease: {use: sites}\nbenefits:\n  due:\n    zh: 付\n    amount: t\n", rows);
}

/* Rows that are not proved apart are tried in each claim. */
HZ_TEST(tables_of_texts_tried)
{
    static const row rows[] = {
        {"{" IN_2016 "\"icd10\":\"C57\"}", "paid 100", NULL},
        {"{" IN_2016 "\"icd10\":\"C57.0\"}", "error R_TWO_ROWS", NULL},
        {"{" IN_2016 "\"icd10\":\"C57.1\"}", "paid 200", NULL},
        {"{\"start\":\"2016-01-01\"}", "error R_NO_ROW", NULL},
    };
    RUN(WOMEN "tables:\n  t:\n    inputs: [icd10]\n    gives: {t: CNY}\n    always:\n      source: book\n      rows:\n"
              "        - {icd10: 'C57(\\.0)?', t: 1}\n        - {icd10: 'C57\\.[01]', t: 2}\n"
              "  disease: {use: sites}\nbenefits:\n  due:\n    zh: 付\n    amount: t\n", rows);
}

/* More cells than bits of one set; equal cells share theirs. */
HZ_TEST(tables_of_many_texts)
{
    static char plan[16384];
    size_t at = (size_t)snprintf(plan, sizeof plan, "%s", WOMEN "tables:\n  t:\n    inputs: [icd10]\n    gives: {t: CNY, u: CNY}\n    always:\n      source: book\n      rows:\n");
    for (int i = 0; i < 150; i++)
        at += (size_t)snprintf(plan + at, sizeof plan - at, "        - {icd10: 'C%03d(\\.\\d)?', t: %d, u: 0}\n", i, i);
    snprintf(plan + at, sizeof plan - at, "%s", "  disease: {use: sites}\nbenefits:\n  due:\n    zh: 付\n    amount: t + u\n");
    static const row rows[] = {
        {"{" IN_2016 "\"icd10\":\"C001\"}", "paid 100", NULL},      {"{" IN_2016 "\"icd10\":\"C062.1\"}", "paid 6200", NULL},
        {"{" IN_2016 "\"icd10\":\"C063\"}", "paid 6300", NULL},     {"{" IN_2016 "\"icd10\":\"C149.9\"}", "paid 14900", NULL},
        {"{" IN_2016 "\"icd10\":\"C150\"}", "error R_NO_ROW", NULL},
    };
    RUN(plan, rows);
}

/* A text that is not like its input's pattern is an error of the claim, whatever hangs on it. */
HZ_TEST(pattern_of_an_input)
{
    static const row rows[] = {
        {"{" IN_2016 "\"code\":\"C50\"}", "paid 100", NULL},
        {"{" IN_2016 "\"code\":\"C50.1\"}", "paid 100", NULL},
        {"{" IN_2016 "\"code\":\"C5\"}", "error R_TEXT", NULL},
        {"{" IN_2016 "\"code\":\"C50.123\"}", "error R_TEXT", NULL},
        {"{" IN_2016 "\"code\":\"c50\"}", "error R_TEXT", NULL},
        {"{" IN_2016 "\"code\":\"\"}", "error R_TEXT", NULL},
        {"{" IN_2016 "\"code\":\"C50\\n\"}", "error R_TEXT", NULL},
        {"{" IN_2016 "\"slow\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"}", "error R_PATTERN", NULL},
        {"{" IN_2016 "\"code\":null}", "paid 100", NULL},
        {"{\"start\":\"2016-01-01\"}", "paid 100", NULL},
    };
    RUN(WOMEN "  code: {type: text, zh: 码, pattern: '[A-Z]\\d\\d(\\.\\d{1,2})?'}\n  slow: {type: text, zh: 慢, pattern: '(a+)+'}\n"
              "tables:\n  disease: {use: sites}\nbenefits:\n  due:\n    zh: 付\n    amount: 1\n", rows);
}

/* The table of the ruleset itself: each code, and what only looks like one. */
typedef struct diagnosis {
    const char *icd10;
    bool sarcoma;
    const char *site;
    bool in_situ;
} diagnosis;

static const diagnosis diagnoses[] = {
    {"C50", false, "breast", false},          {"C50.9", false, "breast", false},         {"C50.91", true, "breast", false},
    {"C500", false, "not_listed", false},     {"C5", false, "not_listed", false},        {"C50.123", false, "not_listed", false},
    {"c50", false, "not_listed", false},      {"C50.", false, "not_listed", false},      {" C50", false, "not_listed", false},
    {"C50 ", false, "not_listed", false},     {"C50.9\\n", false, "not_listed", false},  {"C50.x", false, "not_listed", false},
    {"C51", false, "vulva", false},           {"C51.0", false, "vulva", false},          {"C52", false, "vagina", false},
    {"C53", false, "cervix", false},          {"C53.8", false, "cervix", false},         {"C54.1", false, "endometrium", false},
    {"C54.10", false, "endometrium", false},  {"C54.1", true, "uterine_sarcoma", false}, {"C54", false, "uterine_body", false},
    {"C54.0", false, "uterine_body", false},  {"C54.9", false, "uterine_body", false},   {"C54.9", true, "uterine_sarcoma", false},
    {"C55", false, "uterine_body", false},    {"C55", true, "uterine_sarcoma", false},   {"C55.9", true, "uterine_sarcoma", false},
    {"C56", false, "ovary", false},           {"C56.1", false, "ovary", false},          {"C57", false, "not_listed", false},
    {"C57.0", false, "tube", false},          {"C57.1", false, "ligaments", false},      {"C57.2", false, "ligaments", false},
    {"C57.3", false, "ligaments", false},     {"C57.4", false, "not_listed", false},  {"C57.7", false, "other_genital", false},
    {"C57.8", false, "other_genital", false}, {"C57.9", false, "other_genital", false},  {"C58", false, "choriocarcinoma", false},
    {"C59", false, "not_listed", false},      {"D39.2", false, "invasive_mole", false},  {"D39", false, "not_listed", false},
    {"D39.1", false, "not_listed", false},    {"D39.20", false, "invasive_mole", false}, {"D05", false, "breast", true},
    {"D05.1", false, "breast", true},         {"D06", false, "cervix", true},            {"D06.9", false, "cervix", true},
    {"D07.0", false, "endometrium", true},    {"D07.1", false, "vulva", true},           {"D07.2", false, "vagina", true},
    {"D07.3", false, "ovary", true},          {"D07.4", false, "not_listed", false},     {"D07", false, "not_listed", false},
    {"D050", false, "not_listed", false},     {"C61", false, "not_listed", false},       {"", false, "not_listed", false},
    {"乳腺癌", false, "not_listed", false},
};

HZ_TEST(gynaecological_cancers)
{
    static const char manifest[] = "ruleset: a\nformat: 1\nversion: '1'\ntitle: {zh: 甲, en: A}\ncurrency: CNY\n"
                                   "sources: {who-icd10: {gives: published, title: 乙}}\n";
    static char plan[4096];
    snprintf(plan, sizeof plan, "%s", "plan: women\ntitle: {zh: 甲, en: A}\nfrom: 2015-07\ndated by: start\ninputs:\n"
                                      "  start: {type: date, zh: 起}\n  icd10: {type: text, zh: 码}\n  sarcoma: {type: boolean, zh: 瘤, default: false}\n"
                                      "tables:\n  disease: {use: gynaecological-cancers}\neligibility:\n"
                                      "  - {code: IN_SITU, require: not(in_situ), assumed: 甲, zh: '<site>', en: '<site>'}\n"
                                      "  - {code: SITE, require: site = \"breast\" and site != \"breast\", assumed: 甲, zh: '<site>', en: '<site>'}\n"
                                      "benefits:\n  due: {zh: 付, amount: 1, assumed: 甲}\n");
    plan_case c;
    hz_arena arena;
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    hz_diags diags = {.arena = &arena};
    uint32_t count = 0;
    hz_file *all = hz_folder_read(&arena, &diags, HZ_STR(HZ_TEST_ROOT "/rulesets/beijing"), false, &count);
    hz_file files[3] = {{HZ_STR("ruleset.yaml"), HZ_STR(manifest)}, {HZ_STR("women.yaml"), hz_str_from(plan)}};
    for (uint32_t i = 0; i < count; i++)
        if (hz_str_is(all[i].path, "tables/gynaecological-cancers.yaml")) files[2] = all[i];
    HZ_CHECK(plan_case_begin_files(&c, files, 3));
    if (c.plans == NULL) HZ_CHECK_STR(rules_case_show(&c.rules), "");
    const hz_plan *women = c.plans;
    for (size_t i = 0; women != NULL && i < sizeof diagnoses / sizeof *diagnoses; i++) {
        const diagnosis *d = &diagnoses[i];
        char claim[200], got[80], expected[80];
        snprintf(claim, sizeof claim, "{\"start\":\"2018-01-01\",\"icd10\":\"%s\",\"sarcoma\":%s}", d->icd10, d->sarcoma ? "true" : "false");
        plan_case_decide(&c, claim);
        uint32_t site = hz_map_find(&women->rules->symbol_map, HZ_STR("site")), in_situ = hz_map_find(&women->rules->symbol_map, HZ_STR("in_situ"));
        const hz_regs *regs = c.decision.question->symbol;
        int64_t code = hz_machine_int(&c.decision.machine, regs[site].value);
        snprintf(got, sizeof got, "%s %.*s %d", d->icd10, HZ_ARG(women->symbols[site].type.codes->at[code].id),
                 (int)hz_machine_int(&c.decision.machine, regs[in_situ].value));
        snprintf(expected, sizeof expected, "%s %s %d", d->icd10, d->site, d->in_situ);
        HZ_CHECK_STR(got, expected);
    }
    plan_case_end(&c);
    hz_arena_end(&arena);
}
