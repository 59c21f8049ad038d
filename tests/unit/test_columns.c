/* test_columns.c - columns against single claims, bit for bit: the real plan, random claims with gaps, any split. */
#include "harness/harness.h"

#include "guarded.h"
#include "rules/folder.h"
#include "rules/read.h"
#include "run/columns.h"
#include "run/decision.h"

#define ROWS 6000
#define COLUMNS_MOST 16

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

typedef struct population {
    int64_t wide[COLUMNS_MOST][ROWS];
    int32_t narrow[COLUMNS_MOST][ROWS];
    hz_str text[COLUMNS_MOST][ROWS];
    uint64_t bits[COLUMNS_MOST][ROWS / 64 + 1];
    uint64_t valid[COLUMNS_MOST][ROWS / 64 + 1];
    hz_column inputs[COLUMNS_MOST], counters[COLUMNS_MOST];
} population;

typedef struct answers {
    int32_t outcome[ROWS], reason[ROWS];
    int64_t total[ROWS];
    int64_t after[COLUMNS_MOST][ROWS];
} answers;

/* Dates near each other, small counts, rare values out of range: every branch is met. */
static void fill_input(population *p, const hz_type *type, uint32_t column, uint64_t *seed, bool counter)
{
    static const char *const names[] = {"a", "b", "c"};
    for (size_t r = 0; r < ROWS; r++) {
        uint64_t random = next(seed);
        p->valid[column][r / 64] |= (uint64_t)(random % 17 != 0) << (r % 64);
        random >>= 8;
        if (type->kind == HZ_KIND_DATE) p->narrow[column][r] = 16590 + 8 * (int32_t)column + (int32_t)(random % 30);
        else if (type->kind == HZ_KIND_CODE) p->narrow[column][r] = (int32_t)(random % (type->codes->count + (random % 50 == 0)));
        else if (type->kind == HZ_KIND_STRING) p->text[column][r] = hz_str_from(names[random % 3]);
        else if (type->kind == HZ_KIND_BOOLEAN) p->bits[column][r / 64] |= (random & 1) << (r % 64);
        else p->wide[column][r] = (counter ? (int64_t)(random % 200) * (type->scale == 2 ? 5000 : 1) : (int64_t)(1 + random % 3)) - (random % 97 == 0) * 5;
    }
}

static const void *values_of(const population *p, const hz_type *type, uint32_t column)
{
    switch (type->kind) {
    case HZ_KIND_DATE: case HZ_KIND_CODE: return p->narrow[column];
    case HZ_KIND_STRING: return p->text[column];
    case HZ_KIND_BOOLEAN: return p->bits[column];
    default: return p->wide[column];
    }
}

static void populate(population *p, const hz_plan_model *rules, uint64_t seed)
{
    uint32_t column = 0;
    memset(p, 0, sizeof *p);
    for (uint32_t i = 0; i < rules->inputs.count; i++, column++) {
        fill_input(p, &rules->inputs.at[i].type, column, &seed, false);
        p->inputs[i] = (hz_column){values_of(p, &rules->inputs.at[i].type, column), p->valid[column]};
    }
    for (uint32_t i = 0; i < rules->counters.count; i++, column++) {
        fill_input(p, &rules->counters.at[i].type, column, &seed, true);
        p->counters[i] = (hz_column){values_of(p, &rules->counters.at[i].type, column), p->valid[column]};
    }
}

static int64_t cell(const hz_column *column, const hz_type *type, size_t row)
{
    if (type->kind == HZ_KIND_DATE || type->kind == HZ_KIND_CODE) return ((const int32_t *)column->values)[row];
    if (type->kind == HZ_KIND_BOOLEAN) return (int64_t)(((const uint64_t *)column->values)[row / 64] >> (row % 64) & 1);
    return ((const int64_t *)column->values)[row];
}

static void set_claim(hz_claim *claim, const population *p, const hz_plan_model *rules, size_t row)
{
    hz_claim_reset(claim);
    for (uint32_t i = 0; i < rules->inputs.count; i++) {
        const hz_type *type = &rules->inputs.at[i].type;
        const hz_column *column = &p->inputs[i];
        if ((column->valid[row / 64] >> (row % 64) & 1) == 0) continue;
        hz_given *given = &claim->inputs[i];
        if (type->kind == HZ_KIND_STRING) {
            hz_claim_set_text(claim, i, ((const hz_str *)column->values)[row]);
            continue;
        }
        given->value = cell(column, type, row);
        given->state = given->value < (int64_t)type->lo || given->value > (int64_t)type->hi ? HZ_BAD : HZ_GIVEN;
        if (given->state == HZ_BAD) given->problem = HZ_R_RANGE;
    }
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        const hz_column *column = &p->counters[i];
        if ((column->valid[row / 64] >> (row % 64) & 1) == 0) continue;
        hz_given *given = &claim->counters[i];
        given->value = cell(column, &rules->counters.at[i].type, row);
        given->state = given->value < 0 ? HZ_BAD : HZ_GIVEN;
        if (given->state == HZ_BAD) given->problem = HZ_R_RANGE;
    }
}

/* What a single claim says of one row. */
static void compare_row(const hz_plan *plan, const population *p, const answers *a, hz_claim *claim, hz_decision *decision, size_t row)
{
    set_claim(claim, p, plan->rules, row);
    HZ_CHECK_EQ_INT(hz_decide(claim, decision), HZ_OK);
    HZ_CHECK_EQ_INT(a->outcome[row], decision->outcome);
    HZ_CHECK_EQ_INT(a->total[row], decision->outcome == HZ_PAID ? decision->total : 0);
    if (decision->outcome == HZ_REFUSED && decision->reason_count > 0)
        HZ_CHECK(hz_str_eq(hz_plan_reason(plan, a->reason[row]), decision->reasons[0].code));
    for (uint32_t i = 0; i < decision->move_count; i++)
        HZ_CHECK_EQ_INT(a->after[decision->moves[i].counter][row], decision->moves[i].after);
}

static void run_split(hz_batch *batch, const population *p, const hz_plan_model *rules, answers *a, size_t split)
{
    /* Bit columns are cut at whole words. */
    for (size_t first = 0; first < ROWS; first += split) {
        size_t rows = ROWS - first < split ? ROWS - first : split;
        hz_column inputs[COLUMNS_MOST], counters[COLUMNS_MOST];
        int64_t *after[COLUMNS_MOST];
        for (uint32_t i = 0; i < rules->inputs.count + rules->counters.count; i++) {
            bool counter = i >= rules->inputs.count;
            uint32_t k = counter ? i - rules->inputs.count : i;
            const hz_type *type = counter ? &rules->counters.at[k].type : &rules->inputs.at[k].type;
            hz_column column = counter ? p->counters[k] : p->inputs[k];
            size_t size = type->kind == HZ_KIND_STRING ? sizeof(hz_str) : type->kind == HZ_KIND_DATE || type->kind == HZ_KIND_CODE ? 4 : 8;
            size_t offset = type->kind == HZ_KIND_BOOLEAN ? first / 64 * 8 : first * size;
            column.values = (const char *)column.values + offset;
            column.valid += first / 64;
            *(counter ? &counters[k] : &inputs[k]) = column;
        }
        for (uint32_t i = 0; i < rules->counters.count; i++) after[i] = a->after[i] + first;
        hz_results results = {a->outcome + first, a->total + first, a->reason + first, after};
        HZ_CHECK_EQ_INT(hz_batch_run(batch, inputs, counters, rows, &results), HZ_OK);
    }
}

typedef struct loaded {
    const char *folder;
    hz_plan *plans;
} loaded;

static void compare_everything(hz_arena *arena, void *context)
{
    static population p;
    static answers whole, parts;
    (void)context;
    hz_diags diags = {.arena = arena};
    uint32_t count = 0, plans = 0;
    hz_file *files = hz_folder_read(arena, &diags, HZ_STR(HZ_TEST_ROOT "/rulesets/beijing"), false, &count);
    hz_model *model = hz_rules_read(arena, &diags, files, count);
    hz_plan *plan = hz_compile(arena, &diags, model, &plans);
    hz_batch batch;
    hz_claim claim;
    hz_decision decision;
    HZ_CHECK_EQ_INT(diags.errors, 0);
    HZ_CHECK_EQ_INT(hz_batch_begin(&batch, plan, &hz_alloc_libc), HZ_OK);
    HZ_CHECK(hz_claim_begin(&claim, plan, &hz_alloc_libc) && hz_decision_begin(&decision, &hz_alloc_libc));
    populate(&p, plan->rules, 0x9E3779B97F4A7C15u);
    run_split(&batch, &p, plan->rules, &whole, ROWS);
    unsigned seen[8] = {0};
    for (size_t row = 0; row < ROWS; row++) {
        compare_row(plan, &p, &whole, &claim, &decision, row);
        seen[whole.outcome[row] & 7]++;
    }
    /* The population meets every outcome that this plan can have. */
    HZ_CHECK(seen[HZ_PAID] > 100 && seen[HZ_NOTHING_DUE] > 10 && seen[HZ_REFUSED] > 100 && seen[HZ_INCOMPLETE] > 100 && seen[HZ_FAILED] > 100);
    static const size_t splits[] = {64, 128, 192, 1024, 1088};
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        memset(&parts, 0x5A, sizeof parts);
        run_split(&batch, &p, plan->rules, &parts, splits[i]);
        HZ_CHECK(memcmp(parts.outcome, whole.outcome, sizeof whole.outcome) == 0);
        HZ_CHECK(memcmp(parts.total, whole.total, sizeof whole.total) == 0);
        HZ_CHECK(memcmp(parts.reason, whole.reason, sizeof whole.reason) == 0);
        HZ_CHECK(memcmp(parts.after[0], whole.after[0], sizeof whole.after[0]) == 0);
    }
    hz_decision_end(&decision);
    hz_claim_end(&claim);
    hz_batch_end(&batch);
}

HZ_TEST(columns_equal_single_claims)
{
    HZ_CHECK_EQ_INT(in_arena(compare_everything, NULL), HZ_OK);
}
