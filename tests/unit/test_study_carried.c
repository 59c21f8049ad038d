/* test_study_carried.c - studies whose counters are carried: long turns and short ones, cut anywhere into arrays; keys that a
 * scenario changes; long tables; turns that come again; counters of before; memory. tests/study holds sums over all plans.
 */
#include "api_case.h"

#include <huzhu/study.h>

#include <stdio.h>

enum { ROWS = 9000, COLUMNS = 5, SCENARIOS = 6, COUNTERS_OF_P = 2 };

static const char manifest[] = "ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\ntitle: {zh: 小, en: small}\nsources:\n  s: {gives: published}\n";
/* The key of `heavy` hangs on a parameter. */
static const char rules[] =
    "plan: p\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
    "inputs:\n  member: {type: key, zh: 会员}\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
    "  again: {type: boolean, zh: 又}\n"
    "in turn by: member\n"
    "parameters:\n"
    "  least: {unit: CNY, zh: 起付, 2015-07-01: {value: 20, source: s}}\n"
    "  most: {unit: CNY, zh: 限, 2015-07-01: {value: 3000, source: s}}\n"
    "  weight: {unit: CNY, zh: 重, 2015-07-01: {value: 500, source: s}}\n"
    "values:\n  is_heavy: loss > weight\n"
    "counters:\n"
    "  paid: {zh: 已付, unit: CNY, per: [member], adds: total}\n"
    "  heavy: {zh: 次数, type: boolean, per: [member, is_heavy], next: heavy or total > 400}\n"
    "benefits:\n  a: {zh: 甲, amount: 'max(0, if heavy and not(again) then loss - 2 * least else loss - least)', source: s}\n"
    "caps:\n  - {code: MOST, over: a, limit: most, counts: paid, source: s, zh: 限}\n";
/* A key that only determines the turn. */
static const char loose[] = "plan: q\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                            "inputs:\n  household: {type: key, zh: 家}\n  member: {type: key, zh: 会员}\n  day: {type: date, zh: 日}\n"
                            "  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                            "in turn by: household\n"
                            "counters:\n  paid: {zh: 已付, unit: CNY, per: [member], adds: total}\n"
                            "benefits:\n  a: {zh: 甲, amount: loss, source: s}\n";

static const huzhu_scenario scenarios[SCENARIOS] = {
    {.name = "baseline", .settings = ""},
    {.name = "least", .settings = "p.least = 50"},
    {.name = "most", .settings = "p.most = 1000"},
    {.name = "least less", .settings = "p.least = 0.5"},
    {.name = "weight", .settings = "p.weight = 700"},
    {.name = "weight less", .settings = "p.weight = 300\np.most = 2000.5"},
};

/* The same columns beside a table of so many rows that it is not lowered row by row. */
enum { LONG_ROWS = 1100 };
static char table[1 << 16];
static const huzhu_scenario beside_table[SCENARIOS] = {
    {.name = "baseline", .settings = ""},
    {.name = "what rows give", .settings = "r.least = 50"},
    {.name = "less", .settings = "r.least = 1"},
    {.name = "more counts", .settings = "r.most = 200"},
    {.name = "both", .settings = "r.most = 200\nr.least = 0.5"},
    {.name = "what is beside it", .settings = "r.share = 25%"},
};

static void make_table(void)
{
    size_t at = (size_t)snprintf(table, sizeof table,
                                 "plan: r\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                                 "inputs:\n  member: {type: key, zh: 会员}\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                                 "  again: {type: boolean, zh: 又}\nin turn by: member\n"
                                 "parameters:\n  least: {unit: CNY, zh: 起付, 2015-07-01: {value: 20, source: s}}\n"
                                 "  most: {unit: CNY, zh: 限, 2015-07-01: {value: 3000, source: s}}\n"
                                 "  share: {unit: '%%', zh: 份, 2015-07-01: {value: 50%%, source: s}}\n"
                                 "counters:\n  paid: {zh: 已付, unit: CNY, per: [member], adds: total}\n"
                                 "benefits:\n  a: {zh: 甲, amount: y + share * loss, round: {to: 0.01, mode: half up}, source: s}\n"
                                 "caps:\n  - {code: MOST, over: a, limit: most, counts: paid, source: s, zh: 限}\n"
                                 "tables:\n  fee:\n    inputs: [loss, again]\n    gives: {y: CNY}\n    2015-07:\n      source: s\n      rows:\n");
    for (int i = 0; i < LONG_ROWS; i++)
        at += (size_t)snprintf(table + at, sizeof table - at, "        - {loss: %d, again: %s, y: %s}\n", i / 2, i % 2 == 0 ? "true" : "false", i % 3 == 0 ? "least" : "3");
    snprintf(table + at, sizeof table - at, "      otherwise: {y: 1}\n");
}

static const char *const names[COLUMNS] = {"member", "day", "loss", "again", "paid"};

static struct frame {
    int32_t member[ROWS + 1], day[ROWS];
    char text[ROWS * 8];
    int64_t loss[ROWS], paid[ROWS], loss_minor[ROWS], paid_minor[ROWS];
    uint8_t again[ROWS / 8 + 1], again_bytes[ROWS], member_valid[ROWS / 8 + 1], paid_valid[ROWS / 8 + 1];
    const void *buffers[COLUMNS][3], *none[1];
    struct ArrowArray array, columns[COLUMNS], *children[COLUMNS];
    struct ArrowSchema schema, fields[COLUMNS], *field[COLUMNS];
} f;

static uint32_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void let_go(struct ArrowArray *array)
{
    array->release = NULL;
}

static void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void add_column(int c, const char *format, const void *valid, const void *values, const void *bytes)
{
    f.buffers[c][0] = valid;
    f.buffers[c][1] = values;
    f.buffers[c][2] = bytes;
    f.columns[c] = (struct ArrowArray){.length = ROWS, .null_count = -1, .n_buffers = bytes != NULL ? 3 : 2, .buffers = f.buffers[c], .release = let_go};
    f.fields[c] = (struct ArrowSchema){.format = format, .name = names[c], .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go};
    f.children[c] = &f.columns[c];
    f.field[c] = &f.fields[c];
}

static void set(uint8_t *bits, int row, bool is)
{
    bits[row / 8] = (uint8_t)(bits[row / 8] | is << (row % 8));
}

static void put_member(int row, int number)
{
    f.member[row + 1] = f.member[row] + snprintf(f.text + f.member[row], 8, "M-%d", number);
}

/* Members' rows behind each other, mostly up to 6, of some members up to 500. Some rows have no member, some give a counter,
 * some lose more than there can be. */
static void make_frame(void)
{
    uint64_t seed = 5;
    memset(&f, 0, sizeof f);
    for (int r = 0, left = 0, member = 0; r < ROWS; r++) {
        if (left-- == 0) {
            left = (int)(next(&seed) % (next(&seed) % 40 == 0 ? 500 : 6));
            member++;
        }
        put_member(r, member);
        set(f.member_valid, r, next(&seed) % 31 != 0);
        f.day[r] = 17000;
        f.loss[r] = next(&seed) % 101 == 0 ? 2000 : (int64_t)(next(&seed) % 1000);
        f.again_bytes[r] = next(&seed) % 2 == 0;
        set(f.again, r, f.again_bytes[r] != 0);
        f.paid[r] = next(&seed) % 20 == 0 ? -1 : (int64_t)(next(&seed) % 2500);
        set(f.paid_valid, r, next(&seed) % 40 == 0);
        f.loss_minor[r] = 100 * f.loss[r];
        f.paid_minor[r] = 100 * f.paid[r];
    }
    add_column(0, "u", f.member_valid, f.member, f.text);
    add_column(1, "tdD", NULL, f.day, NULL);
    add_column(2, "l", NULL, f.loss, NULL);
    add_column(3, "b", NULL, f.again, NULL);
    add_column(4, "l", f.paid_valid, f.paid, NULL);
    f.schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = COLUMNS, .children = f.field, .release = let_schema_go};
    f.array = (struct ArrowArray){.length = ROWS, .n_buffers = 1, .n_children = COLUMNS, .buffers = f.none, .children = f.children, .release = let_go};
}

/* ---- Rules and what they answer ---- */

static huzhu_status load(const char *settings, const huzhu_allocator *allocator, huzhu_ruleset **out)
{
    const huzhu_file files[4] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1},
                                 {.path = "p.yaml", .data = rules, .size = sizeof rules - 1},
                                 {.path = "q.yaml", .data = loose, .size = sizeof loose - 1},
                                 {.path = "r.yaml", .data = table, .size = strlen(table)}};
    const huzhu_load_options how = {.struct_size = sizeof how, .settings = &settings, .setting_count = settings[0] != '\0', .allocator = allocator};
    return huzhu_ruleset_load_files(files, table[0] != '\0' ? 4 : 3, &how, NULL, out);
}

typedef struct sums {
    int64_t outcomes[HUZHU_FAILED + 1], total, better, lost;
} sums;

static struct answers {
    int32_t outcome[ROWS];
    int64_t total[ROWS], base[ROWS];
} a;

static void run_columns(const huzhu_plan *plan)
{
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = a.outcome, .total = a.total};
    huzhu_batch *batch = NULL;
    huzhu_column columns[COLUMNS] = {{.layout = HUZHU_COLUMN_TEXT, .values = f.member, .valid = f.member_valid, .bytes = f.text, .byte_count = sizeof f.text},
                                     {.layout = HUZHU_COLUMN_INT32, .values = f.day},
                                     {.layout = HUZHU_COLUMN_INT64, .values = f.loss_minor, .scale = 2},
                                     {.layout = HUZHU_COLUMN_BYTES, .values = f.again_bytes},
                                     {.layout = HUZHU_COLUMN_INT64, .values = f.paid_minor, .valid = f.paid_valid, .scale = 2}};
    HZ_CHECK_EQ_INT(huzhu_batch_new(plan, &batch), HUZHU_OK);
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i].struct_size = sizeof *columns;
        HZ_CHECK_EQ_INT(i < 4 ? huzhu_batch_set_input(batch, i, &columns[i]) : huzhu_batch_set_counter(batch, 0, &columns[i]), HUZHU_OK);
    }
    HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, &results), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_counters(batch, HUZHU_COUNTERS_CARRIED), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    huzhu_batch_free(batch);
}

/* What the ruleset with a scenario's settings answers. */
static sums answer(const char *name, const huzhu_scenario *scenario, bool first)
{
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    sums s = {0};
    if (!HZ_CHECK_EQ_INT(load(scenario->settings, NULL, &ruleset), HUZHU_OK)) return s;
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, name, HUZHU_NUL, &plan), HUZHU_OK);
    run_columns(plan);
    if (first) memcpy(a.base, a.total, sizeof a.base);
    for (int r = 0; r < ROWS; r++) {
        s.outcomes[a.outcome[r]]++;
        s.total += a.total[r];
        s.better += a.total[r] > a.base[r];
        s.lost += a.total[r] < a.base[r] ? a.base[r] - a.total[r] : 0;
    }
    huzhu_ruleset_release(ruleset);
    return s;
}

/* ---- A study ---- */

typedef struct study_case {
    const char *name;
    const huzhu_scenario *scenarios;
    huzhu_ruleset *ruleset;
    huzhu_study *study;
    huzhu_diagnostics *diagnostics;
} study_case;

static bool begin_with(study_case *self, const char *name, const huzhu_scenario *list)
{
    const huzhu_plan *plan = NULL;
    *self = (study_case){.name = name, .scenarios = list};
    make_frame();
    return HZ_CHECK_EQ_INT(load("", NULL, &self->ruleset), HUZHU_OK) && HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &self->diagnostics), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self->ruleset, name, HUZHU_NUL, &plan), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_study_new(plan, list, SCENARIOS, self->diagnostics, &self->study), HUZHU_OK);
}

static bool begin(study_case *self)
{
    table[0] = '\0';
    return begin_with(self, "p", scenarios);
}

static void end(study_case *self)
{
    huzhu_study_release(self->study);
    huzhu_diagnostics_free(self->diagnostics);
    huzhu_ruleset_release(self->ruleset);
}

static const huzhu_tally_options carried = {.struct_size = sizeof carried, .counters = HUZHU_COUNTERS_CARRIED};

static huzhu_tally *bind(const study_case *self)
{
    huzhu_tally *tally = NULL;
    HZ_CHECK_EQ_INT(huzhu_tally_bind(self->study, &f.schema, &carried, self->diagnostics, &tally), HUZHU_OK);
    return tally;
}

static huzhu_status take(const study_case *self, huzhu_tally *tally, int64_t first, int64_t rows)
{
    struct ArrowArray slice = f.array;
    slice.offset = first;
    slice.length = rows;
    return huzhu_tally_take(tally, &slice, self->diagnostics);
}

static int64_t number_at(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name, size_t row)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0) return ((const int64_t *)array->children[i]->buffers[1])[schema->children[i]->format[0] == 'd' ? 2 * row : row];
    HZ_CHECK(false);
    return 0;
}

static void check(const study_case *self, const huzhu_tally *tally)
{
    static const char *const outcomes[] = {"rows", "paid", "nothing_due", "refused", "incomplete", "undetermined", "error"};
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    HZ_CHECK_EQ_INT(huzhu_tally_schema(tally, &schema), HUZHU_OK);
    if (!HZ_CHECK_EQ_INT(huzhu_tally_array(tally, &array), HUZHU_OK)) return;
    for (size_t i = 0; i < SCENARIOS; i++) {
        sums s = answer(self->name, &self->scenarios[i], i == 0);
        s.outcomes[0] = ROWS;
        for (int o = 0; o <= HUZHU_FAILED; o++)
            if (!HZ_CHECK_EQ_INT(number_at(&schema, &array, outcomes[o], i), s.outcomes[o])) fprintf(stderr, "  %s of %s\n", outcomes[o], self->scenarios[i].name);
        if (!HZ_CHECK_EQ_INT(number_at(&schema, &array, "total", i), s.total)) fprintf(stderr, "  of %s\n", self->scenarios[i].name);
        HZ_CHECK_EQ_INT(number_at(&schema, &array, "better", i), s.better);
        HZ_CHECK_EQ_INT(number_at(&schema, &array, "lost", i), s.lost);
        HZ_CHECK(s.outcomes[HUZHU_PAID] > 1000 && s.outcomes[HUZHU_INCOMPLETE] > 100 && s.outcomes[HUZHU_FAILED] > 20);
        HZ_CHECK(i == 0 || s.better > 0 || s.lost > 0);
    }
    schema.release(&schema);
    array.release(&array);
}

/* Turns go on through arrays of any length. */
HZ_TEST(study_carried_as_rulesets)
{
    static const int64_t sizes[] = {ROWS, 1, 7, 63, 1023, 5000};
    study_case self;
    if (begin(&self)) {
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            huzhu_tally *tally = bind(&self);
            for (int64_t first = 0; first < ROWS; first += sizes[k])
                HZ_CHECK_EQ_INT(take(&self, tally, first, ROWS - first < sizes[k] ? ROWS - first : sizes[k]), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_tally_rows(tally), ROWS);
            check(&self, tally);
            huzhu_tally_free(tally);
        }
    }
    end(&self);
}

HZ_TEST(study_carried_beside_long_table)
{
    study_case self;
    make_table();
    if (begin_with(&self, "r", beside_table)) {
        huzhu_tally *tally = bind(&self);
        HZ_CHECK_EQ_INT(take(&self, tally, 0, ROWS), HUZHU_OK);
        check(&self, tally);
        huzhu_tally_free(tally);
    }
    end(&self);
}

static void cut(const study_case *self, int64_t ends[3])
{
    const huzhu_plan *plan = NULL;
    huzhu_arrow *arrow = NULL;
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self->ruleset, "p", HUZHU_NUL, &plan), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(plan, &f.schema, NULL, NULL, &arrow), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_partition(arrow, &f.array, 3, NULL, ends), HUZHU_OK);
    huzhu_arrow_free(arrow);
}

/* As for threads; and a thread's rows twice. */
HZ_TEST(study_carried_adds_up)
{
    study_case self;
    if (begin(&self)) {
        huzhu_tally *tally[3];
        int64_t ends[3], first = 0;
        cut(&self, ends);
        for (int i = 0; i < 3; first = ends[i++]) {
            tally[i] = bind(&self);
            HZ_CHECK_EQ_INT(take(&self, tally[i], first, ends[i] - first), HUZHU_OK);
        }
        HZ_CHECK_EQ_INT(huzhu_tally_add(tally[1], tally[2]), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_tally_add(tally[0], tally[1]), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_tally_add(tally[0], tally[2]), HUZHU_DATA);
        check(&self, tally[0]);
        for (int i = 0; i < 3; i++) huzhu_tally_free(tally[i]);
    }
    end(&self);
}

/* ---- What is wrong ---- */

static void check_message(const study_case *self, const char *expected)
{
    huzhu_diagnostic one = {.struct_size = sizeof one};
    char text[512];
    if (!HZ_CHECK_EQ_INT(huzhu_diagnostics_at(self->diagnostics, 0, &one), HUZHU_OK)) return;
    snprintf(text, sizeof text, "%s; %s", one.message.data, one.hint.data);
    HZ_CHECK_STR(text, expected);
}

HZ_TEST(study_carried_turn_comes_again)
{
    static const char expected[] = "rows of one `member` do not all come behind each other; sort the rows by `member`, keeping their order within one";
    struct ArrowArray array = {0};
    study_case self;
    if (begin(&self)) {
        huzhu_tally *tally = bind(&self);
        HZ_CHECK_EQ_INT(take(&self, tally, 0, 2000), HUZHU_OK);
        HZ_CHECK_EQ_INT(take(&self, tally, 10, 20), HUZHU_DATA); /* in another array */
        check_message(&self, expected);
        HZ_CHECK_EQ_INT(take(&self, tally, 3000, 1), HUZHU_STATE);
        HZ_CHECK_EQ_INT(huzhu_tally_array(tally, &array), HUZHU_STATE);
        huzhu_tally_free(tally);
        tally = bind(&self);
        memset(f.member_valid, 0xFF, sizeof f.member_valid);
        for (int r = 0; r < ROWS; r++) put_member(r, r == 2 || r > 10 ? 1 : 2); /* in one: 2 2 1 2 */
        HZ_CHECK_EQ_INT(take(&self, tally, 0, 3), HUZHU_OK);
        HZ_CHECK_EQ_INT(take(&self, tally, 3, 1), HUZHU_DATA);
        check_message(&self, expected);
        huzhu_tally_free(tally);
    }
    end(&self);
}

/* Without the turn in the key, another turn might find what this one left. */
HZ_TEST(study_carried_key_without_turn)
{
    const huzhu_plan *plan = NULL;
    huzhu_study *study = NULL;
    huzhu_tally *tally = NULL;
    study_case self;
    if (begin(&self)) {
        HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self.ruleset, "q", HUZHU_NUL, &plan), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_study_new(plan, scenarios, 1, NULL, &study), HUZHU_OK);
        f.fields[3].name = "other";
        HZ_CHECK_EQ_INT(huzhu_tally_bind(study, &f.schema, &carried, self.diagnostics, &tally), HUZHU_DATA);
        check_message(&self, "a study cannot carry counter `paid`: its key does not hold `household`, which claims are settled in turn by, in every claim; name `household` in the counter's `per`, neither optional nor under a condition");
        huzhu_study_release(study);
    }
    end(&self);
}

/* ---- Counters of before ---- */

/* The first rows by one binding, whose counters the others begin with. */
HZ_TEST(study_carried_goes_on)
{
    static const huzhu_scenario one[2] = {{.name = "a", .settings = ""}, {.name = "b", .settings = "p.most = 4000"}};
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = HUZHU_COUNTERS_CARRIED};
    study_case self;
    const huzhu_plan *plan = NULL;
    huzhu_arrow *arrow = NULL;
    huzhu_study *study = NULL;
    huzhu_tally *tally = NULL;
    struct ArrowArray out = {0}, slice, tables[COUNTERS_OF_P];
    struct ArrowSchema schemas[COUNTERS_OF_P], result_schema = {0};
    if (begin(&self)) {
        HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self.ruleset, "p", HUZHU_NUL, &plan), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_arrow_bind(plan, &f.schema, &options, NULL, &arrow), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_study_new(plan, one, 2, NULL, &study), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_tally_bind(study, &f.schema, &carried, NULL, &tally), HUZHU_OK);
        slice = f.array;
        slice.length = 10; /* of a turn that goes on */
        for (int r = 0; r < 20; r++) put_member(r, 1);
        HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &slice, NULL, &out), HUZHU_OK);
        for (size_t i = 0; i < COUNTERS_OF_P; i++) {
            HZ_CHECK_EQ_INT(huzhu_arrow_counter_schema(arrow, i, &schemas[i]), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_arrow_counter_array(arrow, i, &tables[i]), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_tally_set_counter(tally, i, &schemas[i], &tables[i], self.diagnostics), HUZHU_OK);
        }
        HZ_CHECK_EQ_INT(take(&self, tally, 10, 10), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_tally_set_counter(tally, 0, &schemas[0], &tables[0], self.diagnostics), HUZHU_STATE);
        HZ_CHECK_EQ_INT(huzhu_tally_set_counter(NULL, 0, &schemas[0], &tables[0], NULL), HUZHU_INVALID_ARGUMENT);
        out.release(&out);
        run_columns(plan);
        int64_t total = 0;
        for (int r = 10; r < 20; r++) total += a.total[r];
        HZ_CHECK_EQ_INT(huzhu_tally_schema(tally, &result_schema), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_tally_array(tally, &out), HUZHU_OK);
        HZ_CHECK_EQ_INT(number_at(&result_schema, &out, "total", 0), total);
        HZ_CHECK(number_at(&result_schema, &out, "total", 1) > total); /* which has paid all it ever pays */
        out.release(&out);
        result_schema.release(&result_schema);
        for (size_t i = 0; i < COUNTERS_OF_P; i++) {
            schemas[i].release(&schemas[i]);
            tables[i].release(&tables[i]);
        }
    }
    huzhu_tally_free(tally);
    huzhu_study_release(study);
    huzhu_arrow_free(arrow);
    end(&self);
}

/* Keys of tables are of the rules as they are: a scenario that spells them otherwise would not find them. */
HZ_TEST(study_carried_keys_of_other_decimals)
{
    static const char other[] = "plan: p\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                                "inputs:\n  member: {type: key, zh: 会员}\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                                "in turn by: member\nparameters:\n  step: {unit: days, zh: 步, 2015-07-01: {value: 20, source: s}}\n"
                                "  share: {unit: '%', zh: 份, 2015-07-01: {value: 50%, source: s}}\n"
                                "values:\n  band: share * step\n"
                                "counters:\n  paid: {zh: 已付, unit: CNY, per: [member, band], adds: total}\n"
                                "benefits:\n  a: {zh: 甲, amount: loss, source: s}\n";
    static const huzhu_scenario two[2] = {{.name = "a", .settings = ""}, {.name = "b", .settings = "p.share = 12.5%"}};
    const huzhu_file files[2] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1}, {.path = "p.yaml", .data = other, .size = sizeof other - 1}};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_study *study = NULL;
    huzhu_tally *tally = NULL;
    study_case self;
    if (begin(&self)) {
        f.fields[3].name = "other";
        f.schema.n_children = 4;
        if (HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(files, 2, NULL, self.diagnostics, &ruleset), HUZHU_OK)) {
            HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "p", HUZHU_NUL, &plan), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_study_new(plan, two, 2, self.diagnostics, &study), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_tally_bind(study, &f.schema, &carried, self.diagnostics, &tally), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_tally_set_counter(tally, 0, &f.schema, &f.array, self.diagnostics), HUZHU_UNSUPPORTED);
            check_message(&self, "a scenario gives the key of a counter other decimals than the rules have; leave that scenario out, or begin without counters of before");
        } else fprintf(stderr, "%s\n", huzhu_diagnostics_text(self.diagnostics).data);
    }
    huzhu_tally_free(tally);
    huzhu_study_release(study);
    huzhu_ruleset_release(ruleset);
    end(&self);
}

/* ---- Memory ---- */

static huzhu_status once(const huzhu_allocator *allocator, void *context)
{
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_study *study = NULL;
    huzhu_tally *tally[2] = {NULL, NULL};
    struct ArrowArray array = {0};
    (void)context;
    table[0] = '\0';
    huzhu_status status = load("", allocator, &ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "p", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = huzhu_study_new(plan, scenarios + 3, 3, NULL, &study);
    for (int i = 0; i < 2 && status == HUZHU_OK; i++) status = huzhu_tally_bind(study, &f.schema, &carried, NULL, &tally[i]);
    for (int i = 0; i < 2 && status == HUZHU_OK; i++) {
        struct ArrowArray slice = f.array;
        slice.offset = i * 2000;
        slice.length = 1500 - i * 1000;
        status = huzhu_tally_take(tally[i], &slice, NULL);
    }
    if (status == HUZHU_OK) status = huzhu_tally_add(tally[0], tally[1]);
    if (status == HUZHU_OK) status = huzhu_tally_array(tally[0], &array);
    if (array.release != NULL) array.release(&array);
    huzhu_tally_free(tally[0]);
    huzhu_tally_free(tally[1]);
    huzhu_study_release(study);
    huzhu_ruleset_release(ruleset);
    return status;
}

/* Each row with a turn of its own, so that sets of them grow, too. */
HZ_TEST(study_carried_memory)
{
    make_frame();
    for (int r = 0; r < ROWS; r++) put_member(r, r);
    hz_each_allocation_fails(once, NULL);
}
