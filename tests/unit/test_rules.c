/* test_rules.c - a good plan file, key by key, as it stands in the model afterwards. What is refused is in
 * test_rules_errors.c and tests/golden/rules. */
#include "rules_case.h"

#include "value/date.h"

static const char good[] = /* every key of the format that this version reads */
    "plan: stay\n"
    "title: {zh: 住院, en: Stay}\n"
    "from: 2015-07\n"
    "until: 2030-01-01\n"
    "dated by: {name: start, assumed: 未公布}\n"
    "in turn by: member\n"
    "round: {to: 0.01, mode: half up, at: gross, assumed: 通行做法}\n"
    "revisions:\n"
    "  2015-07: {zh: 首版, source: book}\n"
    "  2018-01-15: {zh: 次版, en: second, note: 改}\n"
    "inputs:\n"
    "  member:     {type: key,     zh: 会员}\n"
    "  start:      {type: date,    zh: 起始日, en: first day}\n"
    "  card:       {type: boolean, zh: 卡, default: false}\n"
    "  cause:      {type: code,    zh: 原因, values: {illness: 疾病, accident: {zh: 意外, en: an accident}}, default: "
    "accident}\n"
    "  icd10:      {type: text,    zh: 编码, optional: true}\n"
    "  days:       {type: count,   zh: 天数, unit: days, range: '(0..366)'}\n"
    "  loss:       {type: money,   zh: 损失, when: cause = \"accident\"}\n"
    "  share:      {type: rate,    zh: 比例, scale: 4, default: 20%}\n"
    "  area_size:  {type: number,  zh: 面积, scale: 1, range: '[-0.5..10.5)', unit: m2}\n"
    "  born:       {type: date,    zh: 生日, range: '[@\"2000-01-01\"..date(\"2020-12-31\")]'}\n"
    "parameters:\n"
    "  amount:\n"
    "    unit: CNY/day\n"
    "    2015-07: {value: 40, source: book, note: 首版}\n"
    "    2018-01-15: {value: 60.5, source: [page, book], date assumed: 未注日期}\n"
    "    2020-01: none\n"
    "  rate:\n"
    "    unit: '%'\n"
    "    always: {value: 2.5%, assumed: 未公布}\n"
    "  wait:\n"
    "    type: period\n"
    "    dated by: born\n"
    "    2015-07: {value: P1Y3M, source: far}\n"
    "    2016-07: {unknown: 未公布}\n"
    "  flag:\n"
    "    type: boolean\n"
    "    informative: true\n"
    "    2015-07: {value: true, source: book, disputed: 说法不一}\n"
    "  stage:\n"
    "    type: code\n"
    "    values: {half: 减半, full: 全额}\n"
    "    2015-07: {value: full, source: book}\n"
    "  due:\n"
    "    type: date\n"
    "    2015-07: {value: 2020-02-29, source: book, clause: 第三条}\n"
    "values:\n"
    "  paid_days: days - 1\n"
    "  limit:\n"
    "    2015-07: {value: amount * 10, assumed: 推定}\n"
    "    2018-01: amount * 20\n"
    "    2020-01: none\n"
    "  track:\n"
    "    is: 'if card then \"half\" else \"full\"'\n"
    "    type: code\n"
    "    values: {half: 减半, full: 全额}\n"
    "    zh: 档\n"
    "    dated by: born\n"
    "checks:\n"
    "  - {code: DATES, require: days > 0, zh: 天数, en: days}\n"
    "eligibility:\n"
    "  - code: WHOLE\n"
    "    require: card\n"
    "    source: book\n"
    "    when: days > 1\n"
    "    from: 2016-01\n"
    "    until: 2017-01-01\n"
    "    zh: '<days> 天 <<卡<card>'\n"
    "    en: none\n"
    "  - code: SOME\n"
    "    for: [cash, other]\n"
    "    require:\n"
    "      2015-07: {value: card, source: book}\n"
    "      2016-07: {value: not(card), assumed: 推定}\n"
    "    zh: 无\n"
    "    en: none\n"
    "benefits:\n"
    "  cash:\n"
    "    zh: 津贴\n"
    "    amount: paid_days * amount\n"
    "    when: card\n"
    "    from: 2016-01\n"
    "    round: {to: 0.1, mode: down}\n"
    "    increases with: [days, loss]\n"
    "    may be negative: true\n"
    "  other:\n"
    "    zh: 其他\n"
    "    amount: {2015-07: days, 2016-07: {value: 0, source: book}}\n"
    "caps:\n"
    "  - {code: MOST, over: cash, limit: limit, counts: paid, source: book, zh: 最高, en: at most}\n"
    "counters:\n"
    "  paid:  {unit: CNY, per: [member, track], adds: cash}\n"
    "  count: {unit: stays, per: member, adds: 1, start: 2, zh: 次数}\n"
    "  ended: {type: boolean, per: member, next: ended or total > 0}\n"
    "  last:  {type: date, per: member, next: start}\n"
    "fees:\n"
    "  fee: {zh: 会费, amount: 60}\n"
    "notes:\n"
    "  - {code: SHORT, when: days < 3, zh: 短, en: short}\n";

static bool read_good(rules_case *self)
{
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR(MANIFEST)}, {HZ_STR("stay.yaml"), HZ_STR(good)}};
    rules_case_begin(self);
    bool read = rules_case_read(self, files, 2);
    HZ_CHECK(read);
    HZ_CHECK_STR(rules_case_show(self), "");
    return read && self->model->plans.count == 1;
}

#define CHECK_TEXT(text, expected) HZ_CHECK(hz_str_is((text), (expected)))

HZ_TEST(rules_manifest)
{
    rules_case self;
    if (read_good(&self)) {
        const hz_model *model = self.model;
        CHECK_TEXT(model->id, "small");
        CHECK_TEXT(model->version, "1");
        CHECK_TEXT(model->currency, "CNY");
        HZ_CHECK_EQ_INT(model->currency_scale, 2);
        CHECK_TEXT(model->title.zh, "small");
        HZ_CHECK_EQ_INT(model->sources.count, 3);
        CHECK_TEXT(model->sources.at[1].id, "page");
        HZ_CHECK_EQ_INT(model->sources.at[1].gives, HZ_REPORTED);
        CHECK_TEXT(model->sources.at[0].title.zh, "纲要");
        CHECK_TEXT(model->scenario, "");
    }
    rules_case_end(&self);
}

HZ_TEST(rules_head)
{
    rules_case self;
    if (read_good(&self)) {
        const hz_plan_model *plan = &self.model->plans.at[0];
        CHECK_TEXT(plan->id, "stay");
        CHECK_TEXT(plan->title.en, "Stay");
        HZ_CHECK(plan->life.has_from && plan->life.has_until);
        HZ_CHECK_EQ_INT(plan->life.from.day, hz_date_from_civil((hz_civil){2015, 7, 1}));
        HZ_CHECK_EQ_INT(plan->life.from.precision, HZ_BY_MONTH);
        HZ_CHECK_EQ_INT(plan->life.until.precision, HZ_BY_DAY);
        CHECK_TEXT(plan->dated_by.name, "start");
        HZ_CHECK_EQ_INT(plan->dated_by_from.standing, HZ_ASSUMED);
        CHECK_TEXT(plan->in_turn_by.name, "member");
        HZ_CHECK(plan->round.given);
        HZ_CHECK_EQ_INT(plan->round.scale, 2);
        HZ_CHECK_EQ_INT(plan->round.mode, HZ_ROUND_HALF_UP);
        HZ_CHECK_EQ_INT(plan->revisions.count, 2);
        CHECK_TEXT(plan->revisions.at[0].label.en, "首版");
        CHECK_TEXT(plan->revisions.at[1].from.note, "改");
        HZ_CHECK_EQ_INT(plan->symbols.count, 10 + 6 + 3 + 2 + 4 + 1 + 1);
        CHECK_TEXT(plan->symbols.at[0].name, "member");
        HZ_CHECK_EQ_INT(plan->symbols.at[plan->symbols.count - 1].kind, HZ_SYMBOL_TOTAL);
        HZ_CHECK_EQ_INT(hz_map_find(&plan->symbol_map, HZ_STR("track")), 18);
        HZ_CHECK_EQ_INT(plan->symbols.at[18].index, 2);
    }
    rules_case_end(&self);
}

static void check_number_type(const hz_type *type, int32_t scale, int64_t lo, int64_t hi)
{
    HZ_CHECK_EQ_INT(type->kind, HZ_KIND_NUMBER);
    HZ_CHECK_EQ_INT(type->scale, scale);
    HZ_CHECK(type->lo == lo);
    HZ_CHECK(type->hi == hi);
}

HZ_TEST(rules_inputs)
{
    rules_case self;
    if (read_good(&self)) {
        const hz_input *in = self.model->plans.at[0].inputs.at;
        HZ_CHECK_EQ_INT(self.model->plans.at[0].inputs.count, 10);
        HZ_CHECK_EQ_INT(in[0].type.kind, HZ_KIND_STRING);
        HZ_CHECK_EQ_INT(in[0].type.absent, HZ_MAY_MISS);
        CHECK_TEXT(in[0].label.en, "member");
        HZ_CHECK(in[1].type.lo == HZ_DATE_MIN && in[1].type.hi == HZ_DATE_MAX);
        CHECK_TEXT(in[1].label.en, "first day");
        HZ_CHECK(in[2].has_default && in[2].fallback.coefficient == 0);
        HZ_CHECK_EQ_INT(in[2].type.absent, 0);
        HZ_CHECK_EQ_INT(in[3].type.codes->count, 2);
        CHECK_TEXT(in[3].type.codes->at[0].en, "illness");
        CHECK_TEXT(in[3].type.codes->at[1].en, "an accident");
        HZ_CHECK(in[3].fallback.coefficient == 1 && in[3].type.hi == 1);
        HZ_CHECK_EQ_INT(in[4].type.absent, HZ_MAY_NULL);
        HZ_CHECK(in[4].optional);
        check_number_type(&in[5].type, 0, 1, 365);
        HZ_CHECK(in[5].ranged);
        check_number_type(&in[6].type, 2, 0, HZ_MONEY_MOST);
        CHECK_TEXT(in[6].unit, "CNY");
        HZ_CHECK(in[6].when != NULL && in[6].when->op == HZ_AST_EQ);
        HZ_CHECK_EQ_INT(in[6].type.absent, HZ_MAY_NULL | HZ_MAY_MISS);
        check_number_type(&in[7].type, 4, 0, 1000000);
        HZ_CHECK(in[7].fallback.coefficient == 2000);
        check_number_type(&in[8].type, 1, -5, 104);
        CHECK_TEXT(in[8].label.en, "area size");
        HZ_CHECK(in[9].type.lo == hz_date_from_civil((hz_civil){2000, 1, 1}));
    }
    rules_case_end(&self);
}

HZ_TEST(rules_parameters)
{
    rules_case self;
    if (read_good(&self)) {
        const hz_parameter *p = self.model->plans.at[0].parameters.at;
        const hz_entry *entry = p[0].history.entries.at;
        check_number_type(&p[0].type, 1, 400, 605);
        CHECK_TEXT(p[0].unit, "CNY/day");
        HZ_CHECK(p[0].history.dated);
        HZ_CHECK(entry[0].value.coefficient == 400 && entry[0].value.type.scale == 1);
        CHECK_TEXT(entry[0].value.text, "40");
        HZ_CHECK_EQ_INT(entry[0].from.standing, HZ_PUBLISHED);
        HZ_CHECK_EQ_INT(entry[1].from.standing, HZ_REPORTED);
        HZ_CHECK_EQ_INT(entry[1].from.sources.count, 2);
        CHECK_TEXT(entry[1].from.date_assumed, "未注日期");
        HZ_CHECK_EQ_INT(entry[2].state, HZ_ENTRY_NONE);
        check_number_type(&p[1].type, 3, 25, 25);
        HZ_CHECK_EQ_INT(p[1].history.entries.at[0].since.precision, HZ_ALWAYS);
        HZ_CHECK_EQ_INT(p[1].history.entries.at[0].since.day, HZ_DATE_MIN);
        HZ_CHECK_EQ_INT(p[2].type.kind, HZ_KIND_MONTHS);
        HZ_CHECK(p[2].type.lo == 15);
        HZ_CHECK_EQ_INT(p[2].type.absent, HZ_MAY_UNKNOWN);
        CHECK_TEXT(p[2].history.dated_by, "born");
        HZ_CHECK_EQ_INT(p[2].history.entries.at[0].from.standing, HZ_ASSUMED);
        HZ_CHECK_EQ_INT(p[2].history.entries.at[1].state, HZ_ENTRY_UNKNOWN);
        HZ_CHECK_EQ_INT(p[2].history.entries.at[1].from.standing, HZ_UNPUBLISHED);
        HZ_CHECK(p[3].informative && p[3].type.kind == HZ_KIND_BOOLEAN);
        HZ_CHECK_EQ_INT(p[3].history.entries.at[0].from.standing, HZ_DISPUTED);
        HZ_CHECK(p[4].type.kind == HZ_KIND_CODE && p[4].type.lo == 1);
        HZ_CHECK(p[4].type.codes->count == 2);
        HZ_CHECK(p[5].type.kind == HZ_KIND_DATE);
        CHECK_TEXT(p[5].history.entries.at[0].from.clause, "第三条");
    }
    rules_case_end(&self);
}

HZ_TEST(rules_values)
{
    rules_case self;
    if (read_good(&self)) {
        const hz_value *v = self.model->plans.at[0].values.at;
        HZ_CHECK(!v[0].history.dated);
        HZ_CHECK_EQ_INT(v[0].history.entries.count, 1);
        HZ_CHECK_EQ_INT(v[0].history.entries.at[0].since.precision, HZ_ALWAYS);
        HZ_CHECK_EQ_INT(v[0].history.entries.at[0].formula->op, HZ_AST_SUB);
        HZ_CHECK_EQ_INT(v[1].history.entries.count, 3);
        CHECK_TEXT(v[1].history.entries.at[0].from.assumed, "推定");
        HZ_CHECK(v[1].history.entries.at[1].formula != NULL);
        HZ_CHECK_EQ_INT(v[1].history.entries.at[2].state, HZ_ENTRY_NONE);
        HZ_CHECK(v[1].history.entries.at[2].formula == NULL);
        CHECK_TEXT(v[2].label.zh, "档");
        CHECK_TEXT(v[2].history.dated_by, "born");
        HZ_CHECK_EQ_INT(v[2].declared.kind, HZ_KIND_CODE);
        HZ_CHECK_EQ_INT(v[2].declared.codes->count, 2);
        HZ_CHECK_EQ_INT(v[0].declared.kind, HZ_KIND_NONE);
    }
    rules_case_end(&self);
}

HZ_TEST(rules_lines)
{
    rules_case self;
    if (read_good(&self)) {
        const hz_plan_model *plan = &self.model->plans.at[0];
        const hz_line *whole = &plan->eligibility.at[0], *some = &plan->eligibility.at[1], *cap = &plan->caps.at[0];
        HZ_CHECK_EQ_INT(plan->checks.at[0].kind, HZ_LINE_CHECK);
        CHECK_TEXT(whole->code, "WHOLE");
        HZ_CHECK(whole->when != NULL && whole->life.has_from && whole->life.has_until);
        HZ_CHECK_EQ_INT(whole->scope.count, 0);
        HZ_CHECK_EQ_INT(whole->zh.parts.count, 4);
        HZ_CHECK(whole->zh.parts.at[0].is_name && whole->zh.parts.at[3].is_name);
        CHECK_TEXT(whole->zh.parts.at[1].text, " 天 <");
        CHECK_TEXT(whole->zh.parts.at[2].text, "卡");
        CHECK_TEXT(whole->zh.parts.at[3].text, "card");
        HZ_CHECK_EQ_INT(some->scope.count, 2);
        CHECK_TEXT(some->scope.at[1].name, "other");
        HZ_CHECK_EQ_INT(some->require.entries.count, 2);
        CHECK_TEXT(cap->over.at[0].name, "cash");
        CHECK_TEXT(cap->counts.name, "paid");
        HZ_CHECK_EQ_INT(cap->limit.entries.at[0].formula->op, HZ_AST_NAME);
        HZ_CHECK(plan->notes.at[0].when != NULL);
    }
    rules_case_end(&self);
}

HZ_TEST(rules_benefits_and_counters)
{
    rules_case self;
    if (read_good(&self)) {
        const hz_plan_model *plan = &self.model->plans.at[0];
        const hz_benefit *cash = &plan->benefits.at[0];
        const hz_counter *c = plan->counters.at;
        HZ_CHECK(cash->when != NULL && cash->life.has_from && cash->may_be_negative);
        HZ_CHECK_EQ_INT(cash->round.scale, 1);
        HZ_CHECK_EQ_INT(cash->round.mode, HZ_ROUND_DOWN);
        HZ_CHECK_EQ_INT(cash->increases_with.count, 2);
        HZ_CHECK_EQ_INT(plan->benefits.at[1].amount.entries.count, 2);
        check_number_type(&c[0].type, 2, 0, HZ_MONEY_MOST);
        HZ_CHECK_EQ_INT(c[0].type.absent, HZ_MAY_MISS);
        HZ_CHECK_EQ_INT(c[0].per.count, 2);
        HZ_CHECK(c[0].adds != NULL && c[0].next == NULL);
        check_number_type(&c[1].type, 0, 0, HZ_COUNT_MOST);
        HZ_CHECK(c[1].has_start && c[1].start.coefficient == 2);
        HZ_CHECK_EQ_INT(c[2].type.kind, HZ_KIND_BOOLEAN);
        HZ_CHECK_EQ_INT(c[3].type.absent, HZ_MAY_MISS | HZ_MAY_NULL);
        HZ_CHECK_EQ_INT(c[3].start.type.kind, HZ_KIND_NULL);
        HZ_CHECK_EQ_INT(plan->fees.count, 1);
    }
    rules_case_end(&self);
}
