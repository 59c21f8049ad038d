/* bench_scenarios.c - what 200 scenarios over one population cost, each with one value changed, next to 200 runs of the columns
 * path over it.
 *
 *     bench_scenarios [FOLDER [ROWS [PLAN]]]     rulesets/beijing, 262,144 rows and each plan with a peer by default
 *
 * One thread. The study makes sums and counts by two columns (16 districts, two sexes) from Arrow columns; a run of columns writes
 * outcome and total of each row and sums nothing. Every scenario's sums are compared with those of the ruleset that is
 * loaded with its setting first: when one differs nothing is measured. Medians of ROUNDS interleaved pairs.
 *
 * Plans with counters are tried once more with counters that are carried, one to six rows of a member behind each other, all
 * keys new in each round.
 */
#include "peer_library.h"
#include "peer_timing.h"

#include <huzhu/study.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCENARIOS = 200, ROUNDS = 5, DISTRICTS = 16, GROUPS = 2 * DISTRICTS, NAME = 96 };

/* Values of a parameter: lo, lo + step, … of a hundredth. */
typedef struct range {
    const char *plan, *path;
    int lo, step;
} range;

static const range ranges[] = {
    {"inpatient-allowance", "daily_amount", 4100, 100},
    {"inpatient-allowance", "first_paid_day", 100, 100},
    {"inpatient-allowance", "period_cap", 400000, 10000},
    {"inpatient-allowance", "period_days_limit", 9000, 500},
    {"inpatient-allowance", "lowest_hospital_level", 100, 100},
    {"medical-reimbursement", "outpatient_deductible", 100000, 2500},
    {"medical-reimbursement", "first_stay_deductible", 60000, 2500},
    {"medical-reimbursement", "later_stay_deductible", 30000, 2500},
    {"medical-reimbursement", "first_stay_deductible_hardship", 30000, 2500},
    {"medical-reimbursement", "yearly_maximum", 5000000, 500000},
    {"medical-reimbursement", "settlement_days", 3000, 500},
    {"medical-reimbursement", "base_rate", 10, 1},
    {"medical-reimbursement", "raised_rate", 12, 1},
    {"womens-diseases", "full_amount", 800000, 25000},
    {"womens-diseases", "reduced_amount", 20000, 10000},
    {"womens-diseases", "in_situ_amount", 100000, 10000},
    {"womens-diseases", "renewal_gap", 500, 100},
    {"womens-diseases", "lowest_age", 1600, 100},
    {"womens-diseases", "highest_age", 4500, 100},
    {"critical-illness", "full_amount", 800000, 25000},
    {"critical-illness", "reduced_amount", 50000, 5000},
    {"critical-illness", "units_limit", 100, 100},
    {"critical-illness", "renewal_gap", 0, 100},
    {"critical-illness", "lowest_age", 1600, 100},
    {"critical-illness", "highest_age", 4500, 100},
    {"child-accident", "units_limit", 100, 100},
    {"child-accident", "maximum_per_unit", 2000000, 50000},
    {"child-accident", "lump_sum_per_unit", 1000000, 50000},
    {"child-accident", "daily_aid_per_unit", 6000, 100},
    {"child-accident", "aid_days_limit", 9000, 300},
    {"additional-death", "death_amount", 500000, 10000},
    {"additional-death", "waiting_days", 0, 100},
    {"startup-loan-subsidy", "self_employed_limit", 5000000, 100000},
    {"startup-loan-subsidy", "small_enterprise_limit", 20000000, 200000},
    {"startup-loan-subsidy", "innovation_limit", 40000000, 200000},
    {"startup-loan-subsidy", "subsidy_share", 1, 1},
    {"inpatient-medical", "first_rate", 40, 1},
    {"inpatient-medical", "second_rate", 40, 1},
    {"inpatient-medical", "first_deductible", 100000, 2500},
    {"inpatient-medical", "later_deductible", 50000, 1000},
    {"inpatient-medical", "waiting_days", 0, 100},
    {"accident-and-property", "death_amount", 1500000, 25000},
    {"accident-and-property", "disability_maximum", 400000, 5000},
    {"accident-and-property", "fire_rate", 5, 1},
    {"accident-and-property", "fire_maximum", 800000, 10000},
    {"accident-and-property", "pipe_rate", 15000, 500},
    {"accident-and-property", "pipe_maximum", 800000, 10000},
};

enum { RANGES = sizeof ranges / sizeof *ranges };

/* ---- A population as Arrow columns ---- */

typedef struct frame {
    struct ArrowSchema schema, fields[PEER_INPUTS + PEER_COUNTERS + 2], *field[PEER_INPUTS + PEER_COUNTERS + 2], codes[PEER_INPUTS + 2];
    struct ArrowArray array, columns[PEER_INPUTS + PEER_COUNTERS + 2], *child[PEER_INPUTS + PEER_COUNTERS + 2], names[PEER_INPUTS + 2];
    const void *buffers[PEER_INPUTS + PEER_COUNTERS + 2][3], *name_buffers[PEER_INPUTS + 2][3], *none[1];
    uint8_t *district, *sex; /* of each row */
} frame;

static void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void let_go(struct ArrowArray *array)
{
    array->release = NULL;
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL) peer_fail("no memory");
    return memory;
}

/* Numbers of two decimals as decimals of 128 bits. */
static void *widen(const int64_t *from, size_t rows)
{
    int64_t *out = room(2 * rows, sizeof *out);
    for (size_t r = 0; r < rows; r++) {
        out[2 * r] = from[r];
        out[2 * r + 1] = from[r] >> 63;
    }
    return out;
}

static void make_dictionary(frame *f, size_t at, const char *const *texts, size_t count)
{
    int32_t *offsets = room(count + 1, sizeof *offsets);
    char *bytes = room(count, NAME);
    for (size_t i = 0; i < count; i++) {
        memcpy(bytes + offsets[i], texts[i], strlen(texts[i]));
        offsets[i + 1] = offsets[i] + (int32_t)strlen(texts[i]);
    }
    f->name_buffers[at][1] = offsets;
    f->name_buffers[at][2] = bytes;
    f->names[at] = (struct ArrowArray){.length = (int64_t)count, .n_buffers = 3, .buffers = f->name_buffers[at], .release = let_go};
    f->codes[at] = (struct ArrowSchema){.format = "u", .name = "", .release = let_schema_go};
}

static void codes_of(frame *f, const huzhu_plan *plan, size_t input, size_t count)
{
    const char *texts[256];
    for (size_t i = 0; i < count && i < 256; i++) {
        huzhu_code_info info = {.struct_size = sizeof info};
        peer_check("codes", huzhu_plan_code_at(plan, input, i, &info));
        texts[i] = info.id.data;
    }
    make_dictionary(f, input, texts, count);
}

static void add(frame *f, size_t at, const char *name, const char *format, size_t rows, const void *valid, const void *values)
{
    f->buffers[at][0] = valid;
    f->buffers[at][1] = values;
    f->columns[at] = (struct ArrowArray){.length = (int64_t)rows, .null_count = valid != NULL ? -1 : 0, .n_buffers = 2, .buffers = f->buffers[at], .release = let_go};
    f->fields[at] = (struct ArrowSchema){.format = format, .name = name, .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go};
    f->child[at] = &f->columns[at];
    f->field[at] = &f->fields[at];
}

static void add_input(frame *f, const huzhu_plan *plan, const peer_table *table, size_t i)
{
    huzhu_input_info info = {.struct_size = sizeof info};
    peer_check("an input", huzhu_plan_input_at(plan, i, &info));
    const void *values = table->values[i];
    const char *format = table->kind[i] == PEER_TEXTS ? "u" : table->kind[i] == PEER_FLAGS ? "b" : info.type == HUZHU_TYPE_CODE ? "i" : table->kind[i] == PEER_DAYS ? "tdD" : "l";
    if (table->kind[i] == PEER_NUMBERS && info.scale > 0) {
        static const char *const decimals[] = {"d:18,1", "d:18,2", "d:18,3", "d:18,4", "d:18,5", "d:18,6"};
        if (info.scale > 6) peer_fail("an input of more decimals");
        format = decimals[info.scale - 1];
        values = widen(values, table->rows);
    }
    add(f, i, info.name.data, format, table->rows, table->valid[i], values);
    if (table->kind[i] == PEER_TEXTS) {
        f->buffers[i][2] = table->bytes[i];
        f->columns[i].n_buffers = 3;
    }
    if (info.type != HUZHU_TYPE_CODE) return;
    codes_of(f, plan, i, info.code_count);
    f->columns[i].dictionary = &f->names[i];
    f->fields[i].dictionary = &f->codes[i];
}

static void add_counter(frame *f, const huzhu_plan *plan, const peer_table *table, size_t i, size_t counter)
{
    huzhu_counter_info info = {.struct_size = sizeof info};
    peer_check("a counter", huzhu_plan_counter_at(plan, counter, &info));
    const void *values = table->values[i];
    const char *format = table->kind[i] == PEER_FLAGS ? "b" : table->kind[i] == PEER_DAYS ? "tdD" : info.scale == 2 ? "d:18,2" : "l";
    if (format[0] == 'd') values = widen(values, table->rows);
    add(f, i, info.name.data, format, table->rows, table->valid[i], values);
}

static void add_groups(frame *f, size_t at, size_t rows)
{
    static const char *const districts[DISTRICTS] = {"东城", "西城", "朝阳", "丰台", "石景山", "海淀", "门头沟", "房山", "通州", "顺义", "昌平", "大兴", "怀柔", "平谷", "密云", "延庆"};
    uint8_t *bits = room(rows / 8 + 8, 1);
    uint64_t seed = 7;
    f->district = room(rows, 1);
    f->sex = room(rows, 1);
    for (size_t r = 0; r < rows; r++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        f->district[r] = (uint8_t)(seed >> 60);
        f->sex[r] = (uint8_t)(seed >> 50 & 1);
        bits[r / 8] = (uint8_t)(bits[r / 8] | f->sex[r] << (r % 8));
    }
    add(f, at, "district", "C", rows, NULL, f->district);
    make_dictionary(f, PEER_INPUTS, districts, DISTRICTS);
    f->columns[at].dictionary = &f->names[PEER_INPUTS];
    f->fields[at].dictionary = &f->codes[PEER_INPUTS];
    add(f, at + 1, "is_woman", "b", rows, NULL, bits);
}

static frame *make_frame(const huzhu_plan *plan, const peer *by_hand, const peer_table *table, bool carried)
{
    frame *f = room(1, sizeof *f);
    size_t counters = carried ? 0 : by_hand->counters, count = by_hand->inputs + counters;
    for (size_t i = 0; i < by_hand->inputs; i++) add_input(f, plan, table, i);
    for (size_t i = 0; i < counters; i++) add_counter(f, plan, table, by_hand->inputs + i, i);
    add_groups(f, count, table->rows);
    f->schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = (int64_t)count + 2, .children = f->field, .release = let_schema_go};
    f->array = (struct ArrowArray){.length = (int64_t)table->rows, .n_buffers = 1, .n_children = (int64_t)count + 2, .buffers = f->none, .children = f->child, .release = let_go};
    return f;
}

/* ---- Scenarios ---- */

typedef struct scenarios {
    char names[SCENARIOS + 1][NAME], settings[SCENARIOS + 1][NAME];
    huzhu_scenario list[SCENARIOS + 1];
} scenarios;

static bool has_ranges(const char *plan)
{
    bool has = false;
    for (size_t i = 0; i < RANGES; i++) has = has || strcmp(ranges[i].plan, plan) == 0;
    return has;
}

/* Each parameter's values in turn, one with all of them after another. */
static void make_scenarios(scenarios *s, const char *plan)
{
    size_t own = 0, count = 1, done = 0;
    for (size_t i = 0; i < RANGES; i++) own += strcmp(ranges[i].plan, plan) == 0;
    s->list[0] = (huzhu_scenario){.name = "baseline", .settings = ""};
    for (size_t i = 0; i < RANGES; i++) {
        if (strcmp(ranges[i].plan, plan) != 0) continue;
        size_t values = (SCENARIOS + 1 - count) / (own - done++);
        for (size_t v = 0; v < values; v++, count++) {
            int value = ranges[i].lo + ranges[i].step * (int)(v % (ranges[i].step >= 100 && ranges[i].lo < 1000 && ranges[i].lo >= 100 && strstr(ranges[i].path, "level") != NULL ? 3 : values));
            snprintf(s->names[count], NAME, "%s %zu", ranges[i].path, v);
            if (value % 100 == 0) snprintf(s->settings[count], NAME, "%s.%s = %d", plan, ranges[i].path, value / 100);
            else snprintf(s->settings[count], NAME, "%s.%s = %d.%02d", plan, ranges[i].path, value / 100, value % 100);
            s->list[count] = (huzhu_scenario){.name = s->names[count], .settings = s->settings[count]};
        }
    }
}

static int64_t column_of(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0) return i;
    peer_fail("a result is not there");
}

/* Sums and counts of a scenario as the study has them and as a run of columns: whether they are alike. */
static bool same(const frame *f, const struct ArrowSchema *schema, const struct ArrowArray *sums, size_t scenario, const peer_results *run, size_t rows)
{
    static const char *const counted[] = {"paid", "nothing_due", "refused", "incomplete", "undetermined", "error"};
    int64_t counts[GROUPS][7] = {{0}}, totals[GROUPS] = {0}, order[GROUPS], groups = 0, group_of[GROUPS];
    for (int i = 0; i < GROUPS; i++) group_of[i] = -1;
    for (size_t r = 0; r < rows; r++) {
        int group = f->district[r] * 2 + f->sex[r];
        if (group_of[group] < 0) order[group_of[group] = groups++] = group;
        counts[group][run->outcome[r]]++;
        totals[group] += run->total[r];
    }
    bool alike = true;
    for (int64_t g = 0; g < groups; g++) {
        int64_t row = (int64_t)scenario * groups + g;
        const int64_t *total = sums->children[column_of(schema, "total")]->buffers[1];
        alike = alike && total[2 * row] == totals[order[g]];
        for (int o = 0; o < 6; o++) alike = alike && ((const int64_t *)sums->children[column_of(schema, counted[o])]->buffers[1])[row] == counts[order[g]][o + 1];
    }
    return alike;
}

static huzhu_tally *run_study(huzhu_study *study, const frame *f, bool carried)
{
    static const char *const by[] = {"district", "is_woman"}, *const wanted[] = {"total"};
    const huzhu_tally_options options = {.struct_size = sizeof options, .by = by, .by_count = 2, .wanted = wanted, .wanted_count = 1,
                                         .counters = carried ? HUZHU_COUNTERS_CARRIED : HUZHU_COUNTERS_GIVEN};
    huzhu_tally *tally;
    peer_check("binding a study", huzhu_tally_bind(study, &f->schema, &options, NULL, &tally));
    peer_check("a study", huzhu_tally_take(tally, &f->array, NULL));
    return tally;
}

/* A batch that finds counters as the study does. */
static huzhu_batch *batch_of(const huzhu_plan *plan, const peer *by_hand, const peer_table *table, const peer_results *results, bool carried)
{
    huzhu_batch *batch = peer_batch(plan, by_hand, table, results);
    for (size_t i = 0; carried && i < by_hand->counters; i++) peer_check("a counter", huzhu_batch_set_counter(batch, i, NULL));
    return batch;
}

static void run_columns(huzhu_batch *batch, size_t rows, bool carried)
{
    if (carried) peer_check("counters", huzhu_batch_set_counters(batch, HUZHU_COUNTERS_CARRIED));
    peer_check("columns", huzhu_batch_evaluate(batch, 0, rows));
}

static bool all_alike(const char *folder, const peer *by_hand, const peer_table *table, const peer_results *results, const scenarios *s, huzhu_study *study,
                      const frame *f, bool carried)
{
    struct ArrowSchema schema;
    struct ArrowArray sums;
    huzhu_tally *tally = run_study(study, f, carried);
    peer_check("results", huzhu_tally_schema(tally, &schema));
    peer_check("results", huzhu_tally_array(tally, &sums));
    bool alike = true;
    for (size_t i = 0; i <= SCENARIOS && alike; i++) {
        huzhu_ruleset *ruleset;
        const char *const settings[] = {s->list[i].settings};
        const huzhu_load_options how = {.struct_size = sizeof how, .settings = settings, .setting_count = settings[0][0] != '\0'};
        peer_check(s->list[i].settings, huzhu_ruleset_load(folder, &how, NULL, &ruleset));
        huzhu_batch *batch = batch_of(peer_plan(ruleset, by_hand), by_hand, table, results, carried);
        run_columns(batch, table->rows, carried);
        alike = same(f, &schema, &sums, i, results, table->rows);
        if (!alike) fprintf(stderr, "bench_scenarios: %s: `%s` is answered differently, nothing is measured\n", by_hand->plan, s->list[i].settings);
        huzhu_batch_free(batch);
        huzhu_ruleset_release(ruleset);
    }
    sums.release(&sums);
    schema.release(&schema);
    huzhu_tally_free(tally);
    return alike;
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, peer_by_size);
    return values[ROUNDS / 2];
}

static bool try(const char *folder, const huzhu_ruleset *ruleset, const peer *by_hand, size_t rows, bool carried)
{
    static scenarios s;
    const huzhu_plan *plan = peer_plan(ruleset, by_hand);
    peer_table table;
    huzhu_study *study;
    huzhu_diagnostics *diagnostics;
    double studies[ROUNDS], runs[ROUNDS], ratio[ROUNDS];
    peer_results results = {room(rows, sizeof(int32_t)), NULL, room(rows, sizeof(int64_t)), {NULL}};
    if (!peer_table_make(&table, by_hand, rows, 20240102)) peer_fail("no memory");
    if (carried && peer_table_key(&table, by_hand, 7, false) == 0) peer_fail("no memory");
    make_scenarios(&s, by_hand->plan);
    peer_check("diagnostics", huzhu_diagnostics_new(NULL, &diagnostics));
    double begin = peer_busy();
    huzhu_status status = huzhu_study_new(plan, s.list, SCENARIOS + 1, diagnostics, &study);
    double load = peer_busy() - begin;
    if (status != HUZHU_OK) fprintf(stderr, "%s", huzhu_diagnostics_text(diagnostics).data);
    peer_check("a study", status);
    frame *f = make_frame(plan, by_hand, &table, carried);
    bool alike = all_alike(folder, by_hand, &table, &results, &s, study, f, carried);
    huzhu_batch *batch = batch_of(plan, by_hand, &table, &results, carried);
    for (int i = 0; alike && i < ROUNDS; i++) {
        begin = peer_busy();
        huzhu_tally *tally = run_study(study, f, carried);
        double between = peer_busy();
        for (int k = 0; k < 10; k++) run_columns(batch, rows, carried);
        double end = peer_busy();
        studies[i] = (between - begin) / (double)rows;
        runs[i] = (end - between) / (double)rows / 10 * SCENARIOS;
        ratio[i] = studies[i] / runs[i];
        huzhu_tally_free(tally);
    }
    if (alike) printf("%-24s %-11s %9.1f %9.1f %8.3f %9.0f\n", by_hand->plan, carried ? "carried" : "", median(studies), median(runs), median(ratio), load / 1e6);
    huzhu_batch_free(batch);
    huzhu_study_release(study);
    huzhu_diagnostics_free(diagnostics);
    return alike;
}

int main(int argc, char **argv)
{
    huzhu_ruleset *ruleset;
    size_t rows = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : (size_t)1 << 18, count;
    const char *folder = argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing";
    const peer *hands = peer_hands("plain", &count);
    bool alike = true;
    peer_check("the rules", huzhu_ruleset_load(folder, NULL, NULL, &ruleset));
    printf("%d scenarios, %zu seeded rows each, answered alike; sums and counts by two columns\n\n", SCENARIOS, rows);
    printf("%-36s %9s %9s %8s %9s\n", "ns per row, medians", "study", "200 runs", "ratio", "load, ms");
    for (size_t i = 0; i < count; i++)
        for (int carried = 0; has_ranges(hands[i].plan) && carried <= (hands[i].counters > 0); carried++)
            if (argc <= 3 || strcmp(argv[3], hands[i].plan) == 0) alike &= try(folder, ruleset, &hands[i], rows, carried != 0);
    huzhu_ruleset_release(ruleset);
    return alike ? 0 : 1;
}
