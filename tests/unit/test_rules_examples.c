/* test_rules_examples.c - worked examples as read: merged inputs, what is expected, and what is refused. */
#include "rules_case.h"

#include "rules/examples.h"

typedef struct examples_case {
    rules_case base;
    hz_sources texts;
    hz_model model; /* only its texts are used, to show places */
    hz_examples *examples;
} examples_case;

static bool read_examples(examples_case *self, const char *text)
{
    rules_case *base = &self->base;
    memset(self, 0, sizeof *self);
    rules_case_begin(base);
    base->arena.escape = &base->escape;
    if (setjmp(base->escape.to) != 0) return HZ_CHECK(false);
    self->examples = hz_examples_read(&base->arena, &base->diags, &self->texts,
                                      (hz_file){HZ_STR("stay.examples.yaml"), hz_str_from(text)});
    base->arena.escape = NULL;
    self->model.texts = self->texts;
    base->model = &self->model;
    return true;
}

#define CHECK_TEXT(text, expected) HZ_CHECK(hz_str_is((text), (expected)))

static void check_field(const hz_fields *fields, uint32_t at, const char *name, const char *text)
{
    if (HZ_CHECK(at < fields->count)) {
        CHECK_TEXT(fields->at[at].name, name);
        CHECK_TEXT(fields->at[at].text, text);
    }
}

static const char good[] =
    "plan: stay\n"
    "given: {member: M1, level: 3}\n"
    "examples:\n"
    "  - id: A-1\n"
    "    title: {zh: 一, en: one}\n"
    "    basis: 1 + 1 = 2\n"
    "    given: {level: 2, cover: C}\n"
    "    counters: {paid: 7}\n"
    "    with: [stay.amount = 60, stay.most = 70 from 2020-01]\n"
    "    claims:\n"
    "      - {days: 3}\n"
    "      - {cover: null, days: 4}\n"
    "    expect:\n"
    "      - outcome: paid\n"
    "        total: 360.00\n"
    "        benefits: {cash: 300, other: {gross: 70, net: 60}}\n"
    "        reasons: [MOST, LAST]\n"
    "        counters: {paid: 10}\n"
    "      - {outcome: incomplete, missing: cover, reasons: []}\n"
    "    sum: 360\n"
    "  - {id: A-2, ask: enrolment, given: {age: 20}, expect: {outcome: accepted, fees: {fee: 60}}}\n";

HZ_TEST(examples_are_read)
{
    examples_case self;
    if (read_examples(&self, good) && HZ_CHECK_STR(rules_case_show(&self.base), "") &&
        HZ_CHECK_EQ_INT(self.examples->list.count, 2)) {
        const hz_example *a = &self.examples->list.at[0], *b = &self.examples->list.at[1];
        CHECK_TEXT(self.examples->plan, "stay");
        CHECK_TEXT(a->title, "一");
        CHECK_TEXT(a->basis, "1 + 1 = 2");
        CHECK_TEXT(a->ask, "claim");
        CHECK_TEXT(a->with, "stay.amount = 60\nstay.most = 70 from 2020-01");
        CHECK_TEXT(a->sum, "360");
        HZ_CHECK_EQ_INT(a->claims.count, 2);
        HZ_CHECK_EQ_INT(a->claims.at[0].count, 4);
        check_field(&a->claims.at[0], 0, "member", "M1");
        check_field(&a->claims.at[0], 1, "level", "2");
        check_field(&a->claims.at[0], 2, "cover", "C");
        check_field(&a->claims.at[0], 3, "days", "3");
        check_field(&a->claims.at[1], 2, "cover", "");
        HZ_CHECK(a->claims.at[1].at[2].absent);
        check_field(&a->counters, 0, "paid", "7");
        HZ_CHECK_EQ_INT(a->expect.count, 2);
        CHECK_TEXT(a->expect.at[0].total, "360.00");
        check_field(&a->expect.at[0].benefits, 0, "cash", "300");
        check_field(&a->expect.at[0].benefits, 1, "other", "60");
        check_field(&a->expect.at[0].gross, 0, "other", "70");
        HZ_CHECK(a->expect.at[0].has_reasons && !a->expect.at[0].has_missing);
        HZ_CHECK_EQ_INT(a->expect.at[0].reasons.count, 2);
        HZ_CHECK(a->expect.at[1].has_reasons && a->expect.at[1].reasons.count == 0);
        CHECK_TEXT(a->expect.at[1].missing.at[0].name, "cover");
        CHECK_TEXT(b->ask, "enrolment");
        HZ_CHECK_EQ_INT(b->claims.count, 1);
        HZ_CHECK_EQ_INT(b->claims.at[0].count, 3);
        check_field(&b->expect.at[0].fees, 0, "fee", "60");
    }
    rules_case_end(&self.base);
}

HZ_TEST(examples_are_refused)
{
#define ONE "plan: stay\nexamples:\n  - "
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"", "E_NO_VALUE <> examples file `stay.examples.yaml` is empty"},
        {"examples: []\n", "E_MISSING_KEY <examples> examples file `stay.examples.yaml` needs the key `plan`"},
        {ONE "{id: a, expect: {outcome: paid}}\n",
         "E_EXAMPLE <a> example `a` has no claim | add `given: {…}` for one claim, or `claims:` and a list of them"},
        {ONE "{id: a, given: {x: 1}}\n", "E_MISSING_KEY <a> example `a` needs the key `expect`"},
        {ONE "{given: {x: 1}, expect: {outcome: refussed}}\n",
         "E_MISSING_KEY <given> example `1` needs the key `id`\n"
         "E_EXAMPLE <refussed> `refussed` is not an outcome | did you mean `refused`?"},
        {ONE "{id: a, claims: [{x: 1}, {x: 2}], expect: [{total: 1}]}\n",
         "E_EXAMPLE <expect> example `a` has 2 claims and expects 1 answers | `expect` has an entry for each claim, in "
         "the "
         "same order"},
        {ONE "{id: a, given: {x: [1]}, ask: fee, expect: {parts: []}}\n",
         "E_WRONG_SHAPE <[1]> `given` of example `a` must be a text, but is a list | write it on the same line, in '…' "
         "when "
         "it holds `, ` or `: ` or begins with a sign\n"
         "E_EXAMPLE <fee> `fee` cannot be asked | write `ask: claim` or `ask: enrolment`\n"
         "E_WRONG_SHAPE <[]> `parts` of example `a` must be a mapping, but is a list | its items have names: write `name:` "
         "instead of `- `"},
        {ONE "{id: a, given: {x: 1}, expect: {totals: 1}}\n  - {id: a, given: {x: 1}, expect: {total: 1}}\n",
         "E_UNKNOWN_KEY <totals> an expectation has no key `totals` | did you mean `total`?\n"
         "E_DUPLICATE_EXAMPLE <a> two examples are called `a` | rename one of the two\n  <a> the other"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        examples_case self;
        if (read_examples(&self, rows[i].text)) HZ_CHECK_STR(rules_case_show(&self.base), rows[i].expected);
        rules_case_end(&self.base);
    }
}
