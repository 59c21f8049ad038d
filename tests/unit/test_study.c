/* test_study.c - studies: the same sums as rulesets with the settings of each scenario, which tests/study holds over all
 * plans; here what is wrong with scenarios and columns, groups, threads, limits and memory.
 */
#include "api_case.h"

#include <huzhu/study.h>

#include <stdio.h>

enum { ROWS = 8, COLUMNS = 9 };

/* ---- Claims of the in-patient allowance, as texts ---- */

static const char *const names[COLUMNS] = {"member", "cover", "cover_start", "cover_end", "admitted", "discharged", "hospital_level", "cause", "district"};

/* NULL: nothing. Paid for 1, 2, 9 days; refused; incomplete; an error; nothing due. */
static const char *const rows[ROWS][COLUMNS] = {
    {"a", "c", "2016-01-01", "2016-12-31", "2016-03-01", "2016-03-03", "2", "illness", "东城"},
    {"b", "c", "2016-01-01", "2016-12-31", "2016-03-01", "2016-03-04", "3", "illness", "西城"},
    {"c", "c", "2016-01-01", "2016-12-31", "2016-03-01", "2016-03-11", "2", "accident", "东城"},
    {"d", "c", "2016-01-01", "2016-12-31", "2016-03-01", "2016-03-11", "2", "psychiatric", "东城"},
    {"e", "c", "2016-01-01", "2016-12-31", "2016-03-01", NULL, "2", "illness", NULL},
    {"f", "c", "2016-01-01", "2016-12-31", "2016-03-01", "2016-02-30", "2", "illness", "西城"},
    {"g", "c", "2016-01-01", "2016-12-31", "2016-03-01", "2016-03-02", "2", "illness", "西城"},
    {"h", "c", "2016-01-01", "2016-12-31", "2016-03-01", "2016-03-11", "1", "illness", "西城"},
};

static const huzhu_scenario scenarios[] = {
    {.name = "baseline", .settings = ""},
    {.name = "dearer", .settings = "inpatient-allowance.daily_amount = 60"},
    {.name = "cheaper, any hospital", .settings = "inpatient-allowance.daily_amount = 10\ninpatient-allowance.lowest_hospital_level = 1"},
    {.name = "nothing", .settings = "# as it is\ninpatient-allowance.yearly_fee = 70"},
};

enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

typedef struct frame {
    int32_t offsets[COLUMNS][ROWS + 1];
    uint8_t valid[COLUMNS];
    char bytes[COLUMNS][ROWS * 16];
    const void *buffers[COLUMNS][3], *none[1];
    struct ArrowArray array, columns[COLUMNS], *children[COLUMNS];
    struct ArrowSchema schema, fields[COLUMNS], *field[COLUMNS];
} frame;

static frame self_frame;

static void let_go(struct ArrowArray *array)
{
    array->release = NULL;
}

static void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void make_frame(frame *f)
{
    *f = (frame){.array = {.length = ROWS, .n_buffers = 1, .n_children = COLUMNS, .release = let_go},
                 .schema = {.format = "+s", .name = "", .n_children = COLUMNS, .release = let_schema_go}};
    f->array.buffers = f->none;
    f->array.children = f->children;
    f->schema.children = f->field;
    for (int c = 0; c < COLUMNS; c++) {
        int32_t size = 0;
        for (int r = 0; r < ROWS; r++) {
            const char *text = rows[r][c];
            if (text != NULL) {
                memcpy(f->bytes[c] + size, text, strlen(text));
                size += (int32_t)strlen(text);
                f->valid[c] = (uint8_t)(f->valid[c] | 1u << r);
            }
            f->offsets[c][r + 1] = size;
        }
        f->buffers[c][0] = &f->valid[c];
        f->buffers[c][1] = f->offsets[c];
        f->buffers[c][2] = f->bytes[c];
        f->columns[c] = (struct ArrowArray){.length = ROWS, .null_count = -1, .n_buffers = 3, .buffers = f->buffers[c], .release = let_go};
        f->fields[c] = (struct ArrowSchema){.format = "u", .name = names[c], .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go};
        f->children[c] = &f->columns[c];
        f->field[c] = &f->fields[c];
    }
}

/* ---- Results ---- */

static int64_t column_of(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0) return i;
    fprintf(stderr, "  no column %s\n", name);
    HZ_CHECK(false);
    return 0;
}

/* Of a null: -1. */
static int64_t number_at(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name, int64_t row)
{
    int64_t c = column_of(schema, name);
    const uint8_t *valid = array->children[c]->buffers[0];
    const int64_t *values = array->children[c]->buffers[1];
    if ((valid[row / 8] >> (row % 8) & 1) == 0) return -1;
    return schema->children[c]->format[0] == 'd' ? values[2 * row] : values[row];
}

static void text_at(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name, int64_t row, char out[64])
{
    int64_t c = column_of(schema, name);
    const uint8_t *valid = array->children[c]->buffers[0];
    const int32_t *offsets = array->children[c]->buffers[1];
    int32_t size = offsets[row + 1] - offsets[row];
    bool null = (valid[row / 8] >> (row % 8) & 1) == 0;
    snprintf(out, 64, "%.*s", null ? 4 : (int)size, null ? "null" : (const char *)array->children[c]->buffers[2] + offsets[row]);
}

static const char *const by_district[] = {"district"};
static const int64_t bounds[] = {5000, 30000};
static const uint32_t quantiles[] = {50};

static huzhu_tally_options options_of(void)
{
    return (huzhu_tally_options){.struct_size = sizeof(huzhu_tally_options), .counters = HUZHU_COUNTERS_FRESH, .by = by_district, .by_count = 1,
                                 .bounds = bounds, .bound_count = 2, .quantiles = quantiles, .quantile_count = 1};
}

typedef struct study_case {
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    huzhu_study *study;
    huzhu_diagnostics *diagnostics;
    struct ArrowSchema schema;
    struct ArrowArray array;
} study_case;

static bool begin(study_case *self)
{
    *self = (study_case){0};
    make_frame(&self_frame);
    return HZ_CHECK_EQ_INT(huzhu_ruleset_load(BEIJING, NULL, NULL, &self->ruleset), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self->ruleset, "inpatient-allowance", HUZHU_NUL, &self->plan), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &self->diagnostics), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_study_new(self->plan, scenarios, SCENARIOS, self->diagnostics, &self->study), HUZHU_OK);
}

static void end(study_case *self)
{
    if (self->schema.release != NULL) self->schema.release(&self->schema);
    if (self->array.release != NULL) self->array.release(&self->array);
    huzhu_study_release(self->study);
    huzhu_diagnostics_free(self->diagnostics);
    huzhu_ruleset_release(self->ruleset);
}

/* A row of results as one text: what is asked of it, by name. */
static void check_row(const study_case *self, int64_t row, const char *scenario, const char *district, const int64_t expected[16])
{
    static const char *const asked[] = {"rows", "paid", "nothing_due", "refused", "incomplete", "undetermined", "error", "total", "better", "worse",
                                        "gained", "lost", "total<50.00", "total<300.00", "total>=300.00", "total.p50"};
    char text[64];
    text_at(&self->schema, &self->array, "scenario", row, text);
    HZ_CHECK_STR(text, scenario);
    text_at(&self->schema, &self->array, "district", row, text);
    HZ_CHECK_STR(text, district);
    for (int i = 0; i < 16; i++)
        if (!HZ_CHECK_EQ_INT(number_at(&self->schema, &self->array, asked[i], row), expected[i])) fprintf(stderr, "  %s of row %d\n", asked[i], (int)row);
    HZ_CHECK_EQ_INT(number_at(&self->schema, &self->array, "allowance.net", row), expected[7]);
}

static void check_sums(study_case *self, const huzhu_tally *tally)
{
    static const struct {
        const char *scenario, *district;
        int64_t expected[16];
    } all[] = {
        {"baseline", "东城", {3, 2, 0, 1, 0, 0, 0, 40000, 0, 0, 0, 0, 1, 0, 1, 4000}},
        {"baseline", "西城", {4, 1, 1, 1, 0, 0, 1, 8000, 0, 0, 0, 0, 0, 1, 0, 8000}},
        {"baseline", "null", {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1}},
        {"dearer", "东城", {3, 2, 0, 1, 0, 0, 0, 60000, 2, 0, 20000, 0, 0, 1, 1, 6000}},
        {"dearer", "西城", {4, 1, 1, 1, 0, 0, 1, 12000, 1, 0, 4000, 0, 0, 1, 0, 12000}},
        {"dearer", "null", {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1}},
        {"cheaper, any hospital", "东城", {3, 2, 0, 1, 0, 0, 0, 10000, 0, 2, 0, 30000, 1, 1, 0, 1000}},
        {"cheaper, any hospital", "西城", {4, 2, 1, 0, 0, 0, 1, 11000, 1, 1, 9000, 6000, 1, 1, 0, 2000}},
        {"cheaper, any hospital", "null", {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1}},
        {"nothing", "东城", {3, 2, 0, 1, 0, 0, 0, 40000, 0, 0, 0, 0, 1, 0, 1, 4000}},
    };
    HZ_CHECK_EQ_INT(huzhu_tally_schema(tally, &self->schema), HUZHU_OK);
    if (!HZ_CHECK_EQ_INT(huzhu_tally_array(tally, &self->array), HUZHU_OK)) return;
    HZ_CHECK_EQ_INT(self->array.length, 3 * SCENARIOS);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) check_row(self, (int64_t)i, all[i].scenario, all[i].district, all[i].expected);
}

HZ_TEST(study_sums_by_group)
{
    study_case self;
    huzhu_tally *tally = NULL;
    const huzhu_tally_options options = options_of();
    if (begin(&self) && HZ_CHECK_EQ_INT(huzhu_tally_bind(self.study, &self_frame.schema, &options, self.diagnostics, &tally), HUZHU_OK)) {
        HZ_CHECK_EQ_INT(huzhu_tally_ignored_count(tally), 1);
        HZ_CHECK_STR(huzhu_tally_ignored_at(tally, 0).data, "district");
        HZ_CHECK_EQ_INT(huzhu_tally_take(tally, &self_frame.array, self.diagnostics), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_tally_rows(tally), ROWS);
        check_sums(&self, tally);
    }
    huzhu_tally_free(tally);
    end(&self);
}

/* Two threads' halves, whose groups come in another order. */
HZ_TEST(study_tallies_add_up)
{
    study_case self;
    huzhu_tally *tally[2] = {NULL, NULL};
    const huzhu_tally_options options = options_of();
    if (begin(&self)) {
        for (int half = 0; half < 2; half++) {
            HZ_CHECK_EQ_INT(huzhu_tally_bind(self.study, &self_frame.schema, &options, self.diagnostics, &tally[half]), HUZHU_OK);
            self_frame.array.offset = half == 0 ? 0 : 5;
            self_frame.array.length = half == 0 ? 5 : 3;
            HZ_CHECK_EQ_INT(huzhu_tally_take(tally[half], &self_frame.array, self.diagnostics), HUZHU_OK);
        }
        HZ_CHECK_EQ_INT(huzhu_tally_add(tally[0], tally[1]), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_tally_add(tally[0], tally[0]), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_tally_rows(tally[0]), ROWS);
        check_sums(&self, tally[0]);
    }
    huzhu_tally_free(tally[0]);
    huzhu_tally_free(tally[1]);
    end(&self);
}

/* ---- What is wrong ---- */

static void check_message(const study_case *self, const char *expected)
{
    huzhu_diagnostic one = {.struct_size = sizeof one};
    if (!HZ_CHECK_EQ_INT(huzhu_diagnostics_at(self->diagnostics, 0, &one), HUZHU_OK)) return;
    char text[512];
    snprintf(text, sizeof text, "%s:%u:%u: %s; %s", one.file.data, one.line, one.column, one.message.data, one.hint.data);
    HZ_CHECK_STR(text, expected);
}

HZ_TEST(study_scenarios_that_are_none)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ":0:0: there is no scenario; a scenario begins with its name in brackets: [baseline]"},
        {"# nothing\nx = 1\n", "what.txt:2:1: a setting before the first scenario; begin a scenario with its name in brackets: [baseline]"},
        {"[a]\n[a]\n", "what.txt:2:1: two scenarios are named `a`; results are told apart by these names: give each its own"},
        {"[ ]\n", "what.txt:1:1: a scenario without a name; results are told apart by these names: write [baseline], [daily amount 60]"},
        {"[a\n", "what.txt:1:1: a line that begins a scenario is only its name in brackets; write it as [dearer days]; settings stand on lines of their own"},
        {"[a] x = 1\n", "what.txt:1:1: a line that begins a scenario is only its name in brackets; write it as [dearer days]; settings stand on lines of their own"},
        {"[a] # base\n\n[b]\ninpatient-allowance.daily = 60\n", "what.txt:4:1: there is no `inpatient-allowance.daily`; did you mean `inpatient-allowance.days`?"},
        {"[a]\n  inpatient-allowance.daily_amount = many", "what.txt:2:38: `many` is not a number, which parameter `daily_amount` needs here; write digits and at most one point, as 40 or 0.25; the unit stands in `unit`"},
        {"[a]\nwomens-diseases.highest_age = old\n", "what.txt:2:31: `old` is not a number, which parameter `highest_age` needs here; write digits and at most one point, as 40 or 0.25; the unit stands in `unit`"},
    };
    study_case self;
    huzhu_study *study = NULL;
    if (begin(&self)) {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            HZ_CHECK_EQ_INT(huzhu_study_read(self.plan, cases[i].text, HUZHU_NUL, "what.txt", self.diagnostics, &study), HUZHU_RULES);
            check_message(&self, cases[i].expected);
        }
        HZ_CHECK(strstr(huzhu_diagnostics_text(self.diagnostics).data, "note: under scenario `a`") != NULL);
        HZ_CHECK_EQ_INT(huzhu_study_read(self.plan, "[a]\r\n[b]\r\nwomens-diseases.highest_age = 61 # theirs\r\n", HUZHU_NUL, NULL, self.diagnostics, &study), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_study_scenario_count(study), 2);
        HZ_CHECK_STR(huzhu_study_scenario_name(study, 1).data, "b");
        HZ_CHECK_STR(huzhu_study_scenario_settings(study, 1).data, "womens-diseases.highest_age=61");
        huzhu_study_release(study);
    }
    end(&self);
}

HZ_TEST(study_arguments)
{
    static const huzhu_scenario twice[] = {{.name = "a", .settings = ""}, {.name = "a", .settings = ""}}, unnamed = {.name = "", .settings = ""};
    const huzhu_plan *package;
    study_case self;
    huzhu_study *study = NULL;
    huzhu_tally *tally = NULL;
    if (begin(&self)) {
        huzhu_tally_options options = options_of();
        HZ_CHECK_EQ_INT(huzhu_study_new(self.plan, twice, 2, NULL, &study), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_study_new(self.plan, &unnamed, 1, NULL, &study), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_study_new(self.plan, twice, 0, NULL, &study), HUZHU_INVALID_ARGUMENT);
        HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self.ruleset, "comprehensive-b", HUZHU_NUL, &package), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_study_new(package, scenarios, 1, self.diagnostics, &study), HUZHU_UNSUPPORTED);
        check_message(&self, ":0:0: a study is of one plan, and `comprehensive-b` is a package of several; study its plans by themselves, or settle the claims once under each scenario: huzhu run --scenario FILE");
        options.quantiles = (const uint32_t[]){101};
        HZ_CHECK_EQ_INT(huzhu_tally_bind(self.study, &self_frame.schema, &options, NULL, &tally), HUZHU_INVALID_ARGUMENT);
        options = options_of();
        options.bounds = (const int64_t[]){2, 2};
        HZ_CHECK_EQ_INT(huzhu_tally_bind(self.study, &self_frame.schema, &options, NULL, &tally), HUZHU_INVALID_ARGUMENT);
    }
    end(&self);
}

static void refuse(study_case *self, const huzhu_tally_options *options, const char *expected)
{
    huzhu_tally *tally = NULL;
    HZ_CHECK_EQ_INT(huzhu_tally_bind(self->study, &self_frame.schema, options, self->diagnostics, &tally), HUZHU_DATA);
    check_message(self, expected);
}

HZ_TEST(study_columns_that_do_not_fit)
{
    study_case self;
    if (begin(&self)) {
        huzhu_tally_options options = options_of();
        options.by = (const char *const[]){"districts"};
        refuse(&self, &options, ":0:0: there is no column `districts` to group by; did you mean `district`?");
        options.by = (const char *const[]){"age"};
        refuse(&self, &options, ":0:0: there is no column `age` to group by; the columns are member, cover, cover_start, cover_end, admitted, discharged, hospital_level, cause, district");
        options.by = (const char *const[]){"district", "district"};
        options.by_count = 2;
        refuse(&self, &options, ":0:0: rows are to be grouped by `district` twice; ");
        options = options_of();
        options.wanted = (const char *const[]){"total", "allowance.nett"};
        options.wanted_count = 2;
        refuse(&self, &options, ":0:0: the plan has no quantity `allowance.nett`; did you mean `allowance.net`?");
        options.wanted = (const char *const[]){"total", "total"};
        refuse(&self, &options, ":0:0: the quantity `total` is wanted twice; ");
        options = options_of();
        self_frame.fields[8].format = "g";
        refuse(&self, &options, ":0:0: column `district` has floats, and groups are made by texts, whole numbers, booleans and dates; cast it before, or make a column of classes of it");
        self_frame.fields[8].name = "causes";
        options.by_count = 0;
        refuse(&self, &options, ":0:0: column `causes` is no input of the plan, and nearly `cause`; rename it to `cause`, or list it among the columns to be ignored");
    }
    end(&self);
}

static void reach(study_case *self, const huzhu_tally_options *options, const char *expected)
{
    huzhu_tally *tally = NULL;
    if (!HZ_CHECK_EQ_INT(huzhu_tally_bind(self->study, &self_frame.schema, options, self->diagnostics, &tally), HUZHU_OK)) return;
    HZ_CHECK_EQ_INT(huzhu_tally_take(tally, &self_frame.array, self->diagnostics), HUZHU_LIMIT);
    check_message(self, expected);
    HZ_CHECK_EQ_INT(huzhu_tally_take(tally, &self_frame.array, self->diagnostics), HUZHU_STATE);
    HZ_CHECK_EQ_INT(huzhu_tally_array(tally, &self->array), HUZHU_STATE);
    huzhu_tally_free(tally);
}

HZ_TEST(study_limits)
{
    study_case self;
    if (begin(&self)) {
        huzhu_tally_options options = options_of();
        options.group_limit = 2;
        reach(&self, &options, ":0:0: there are more than 2 groups; group by a column with fewer values, or raise group_limit in the options");
        options = options_of();
        options.amount_limit = 3;
        reach(&self, &options, ":0:0: quantiles need more than 3 different totals; leave the quantiles out and give bounds, or raise amount_limit in the options");
    }
    end(&self);
}

/* ---- Memory ---- */

static huzhu_status once(const huzhu_allocator *allocator)
{
    const huzhu_load_options load = {.struct_size = sizeof load, .allocator = allocator};
    const huzhu_tally_options options = options_of();
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan;
    huzhu_study *study = NULL;
    huzhu_tally *tally[2] = {NULL, NULL};
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    huzhu_status status = huzhu_ruleset_load(CLAIM_RULES, &load, NULL, &ruleset);
    static const huzhu_scenario two[] = {{.name = "a", .settings = ""}, {.name = "b", .settings = "all-types.full = 5"}};
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "all-types", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = huzhu_study_new(plan, two, 2, NULL, &study);
    for (int i = 0; i < 2 && status == HUZHU_OK; i++) status = huzhu_tally_bind(study, &self_frame.schema, &options, NULL, &tally[i]);
    for (int i = 0; i < 2 && status == HUZHU_OK; i++) status = huzhu_tally_take(tally[i], &self_frame.array, NULL);
    if (status == HUZHU_OK) status = huzhu_tally_add(tally[0], tally[1]);
    if (status == HUZHU_OK) status = huzhu_tally_schema(tally[0], &schema);
    if (status == HUZHU_OK) status = huzhu_tally_array(tally[0], &array);
    if (schema.release != NULL) schema.release(&schema);
    if (array.release != NULL) array.release(&array);
    huzhu_tally_free(tally[0]);
    huzhu_tally_free(tally[1]);
    huzhu_study_release(study);
    huzhu_ruleset_release(ruleset);
    return status;
}

HZ_TEST(study_memory)
{
    huzhu_status status = HUZHU_NO_MEMORY;
    make_frame(&self_frame);
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 10000; k++) {
        hz_leak leak = {.fail_at = k};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        status = once(&allocator);
        if (!HZ_CHECK_EQ_INT(leak.blocks, 0) || !HZ_CHECK(!leak.wrong_size)) {
            fprintf(stderr, "  at allocation %zu\n", k);
            break;
        }
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
}
