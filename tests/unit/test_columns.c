/* test_columns.c - columns against single claims, bit for bit: every plan, random claims with gaps and mistakes, every kind of
 * machine, any split into ranges. */
#include "harness/harness.h"

#include "guarded.h"
#include "population.h"
#include "rules/folder.h"
#include "rules/read.h"

#define REASONS_MOST 160

typedef struct answers {
    int32_t outcome[ROWS], reason[ROWS], bad[ROWS];
    int64_t total[ROWS];
    int64_t gross[COLUMNS_MOST][ROWS], net[COLUMNS_MOST][ROWS];
    int64_t after[COLUMNS_MOST][ROWS];
    uint8_t after_valid[COLUMNS_MOST][ROWS / 8 + 1];
    uint8_t listed[REASONS_MOST][ROWS / 8 + 1];
} answers;

static population people;
static answers whole, parts;

static void populate(population *p, const hz_plan_model *rules, uint64_t seed)
{
    uint32_t column = 0;
    memset(p, 0, sizeof *p);
    for (uint32_t i = 0; i < rules->inputs.count; i++) p->inputs[i] = make_column(p, &rules->inputs.at[i].type, column++, &seed, (draw){.gap = 29});
    for (uint32_t i = 0; i < rules->counters.count; i++) p->counters[i] = make_column(p, &rules->counters.at[i].type, column++, &seed, (draw){.gap = 29});
}

static void set_claim(hz_claim *claim, const population *p, size_t row, bool fresh)
{
    const hz_plan_model *rules = claim->plan->rules;
    uint32_t inputs = rules->inputs.count;
    hz_claim_reset(claim);
    claim->fresh = fresh;
    for (uint32_t i = 0; i < inputs; i++)
        if (is_given(p, i, row)) set_input(claim, p, i, row);
    for (uint32_t i = 0; i < rules->counters.count; i++)
        if (is_given(p, inputs + i, row)) hz_claim_set_counter(claim, i, cell(&p->column[inputs + i], &rules->counters.at[i].type, row));
}

/* ---- Comparing ---- */

/* A counter that the claim does not move is as it was. */
static bool same_counter(const answers *a, const hz_claim *claim, const hz_decision *decision, uint32_t counter, size_t row)
{
    const hz_counter *about = &claim->plan->rules->counters.at[counter];
    bool none = about->type.kind == HZ_KIND_DATE && !about->has_start, there = claim->counters[counter].state != HZ_ABSENT;
    int64_t value = there ? claim->counters[counter].value : about->type.kind == HZ_KIND_DATE ? HZ_NO_DATE : 0;
    if (!there && claim->fresh) value = none ? HZ_NO_DATE : (int64_t)about->start.coefficient;
    there |= claim->fresh;
    for (uint32_t i = 0; i < decision->move_count; i++) {
        if (decision->moves[i].counter != counter) continue;
        value = decision->moves[i].after;
        there = true;
    }
    if (claim->counters[counter].state == HZ_BAD) return true; /* there is no telling */
    return a->after[counter][row] == value && (a->after_valid[counter][row / 8] >> (row % 8) & 1) == there;
}

static bool lists(const answers *a, const hz_plan *plan, hz_str code, size_t row)
{
    bool out = false;
    for (int32_t n = 1; n <= hz_plan_reason_count(plan); n++)
        if (hz_str_eq(hz_plan_reason(plan, n), code)) out |= (a->listed[n][row / 8] >> (row % 8) & 1) != 0;
    return out;
}

/* All reasons: each code that the decision lists, and no other. */
static bool same_reasons(const answers *a, const hz_decision *decision, size_t row)
{
    bool same = true;
    for (int32_t n = 1; n <= hz_plan_reason_count(decision->plan); n++) {
        hz_str code = hz_plan_reason(decision->plan, n);
        bool there = false;
        for (uint32_t i = 0; i < decision->reason_count; i++) there |= hz_str_eq(decision->reasons[i].code, code);
        same &= lists(a, decision->plan, code, row) == there;
    }
    return same;
}

static bool same_row(const answers *a, const hz_claim *claim, hz_decision *decision, size_t row)
{
    const hz_plan *plan = claim->plan;
    bool settled = decision->outcome == HZ_PAID || decision->outcome == HZ_NOTHING_DUE;
    hz_decision_walk(decision);
    hz_str reason = decision->reason_count > 0 ? decision->reasons[0].code : HZ_STR("");
    bool same = a->outcome[row] == decision->outcome && a->total[row] == (settled ? decision->total : 0) &&
                hz_str_eq(hz_plan_reason(plan, a->reason[row]), reason) && a->bad[row] == first_bad(claim);
    for (uint32_t i = 0; i < plan->rules->benefits.count; i++)
        same &= a->gross[i][row] == (settled ? decision->benefits[i].before : 0) && a->net[i][row] == (settled ? decision->benefits[i].after : 0);
    for (uint32_t i = 0; i < plan->rules->counters.count; i++) same &= same_counter(a, claim, decision, i, row);
    same &= same_reasons(a, decision, row);
    if (!same)
        fprintf(stderr, "  %.*s, row %zu: outcome %d and %d, total %lld and %lld, reason %.*s and %.*s, bad %d and %d\n", HZ_ARG(plan->rules->id), row,
                a->outcome[row], decision->outcome, (long long)a->total[row], (long long)(settled ? decision->total : 0),
                HZ_ARG(hz_plan_reason(plan, a->reason[row])), HZ_ARG(reason), a->bad[row], first_bad(claim));
    return same;
}

/* All that a decision says, and why. */
static void spell(hz_decision *decision, hz_buf *out)
{
    hz_decision_write_json(decision, 1, 0);
    hz_buf_add(out, hz_buf_text(&decision->out));
    hz_decision_explain_json(decision, 1);
    hz_buf_add(out, hz_buf_text(&decision->out));
}

/* A claim with all that is required is answered by a program of its own: as the whole program answers it. */
static void compare_programs(const hz_plan *plan, const population *p, bool fresh)
{
    hz_plan whole_only = *plan;
    whole_only.claim_given = plan->claim;
    const hz_plan *const plans[] = {plan, &whole_only};
    hz_claim claim[2];
    hz_decision decision[2];
    hz_buf text[2];
    unsigned given = 0;
    for (int i = 0; i < 2; i++) {
        HZ_CHECK(hz_claim_begin(&claim[i], plans[i], &hz_alloc_libc) && hz_decision_begin(&decision[i], &hz_alloc_libc));
        hz_buf_begin(&text[i], &hz_alloc_libc);
    }
    for (size_t row = 0; row < ROWS; row += 3) {
        for (int i = 0; i < 2; i++) {
            hz_buf_reset(&text[i]);
            set_claim(&claim[i], p, row, fresh);
            HZ_CHECK_EQ_INT(hz_decide(&claim[i], &decision[i]), HZ_OK);
            spell(&decision[i], &text[i]);
        }
        given += decision[0].question == &plan->claim_given;
        if (!HZ_CHECK(hz_str_eq(hz_buf_text(&text[0]), hz_buf_text(&text[1])))) break;
    }
    HZ_CHECK(given > 100);
    for (int i = 0; i < 2; i++) {
        hz_decision_end(&decision[i]);
        hz_claim_end(&claim[i]);
        hz_buf_end(&text[i]);
    }
}

/* Everything wanted, by ranges of rows. */
static void run_ranges(hz_batch *batch, const population *p, answers *a, size_t rows)
{
    int64_t *after[COLUMNS_MOST];
    uint8_t *after_valid[COLUMNS_MOST];
    uint8_t *listed[REASONS_MOST];
    hz_result_benefit benefits[COLUMNS_MOST];
    for (uint32_t i = 0; i < REASONS_MOST; i++) listed[i] = a->listed[i];
    for (uint32_t i = 0; i < COLUMNS_MOST; i++) {
        after[i] = a->after[i];
        after_valid[i] = a->after_valid[i];
        benefits[i] = (hz_result_benefit){.gross = a->gross[i], .net = a->net[i]};
    }
    const hz_results results = {.outcome = a->outcome,
                                .total = a->total,
                                .reason = a->reason,
                                .after = after,
                                .after_valid = after_valid,
                                .benefits = benefits,
                                .listed = listed,
                                .bad = a->bad};
    for (size_t first = 0; first < ROWS; first += rows)
        HZ_CHECK_EQ_INT(hz_batch_range(batch, p->inputs, p->counters, first, ROWS - first < rows ? ROWS - first : rows, &results), HZ_OK);
}

static void compare_splits(hz_batch *batch, const population *p)
{
    static const size_t splits[] = {1, 7, 64, 255, 256, 257, 1025};
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        memset(&parts, 0, sizeof parts);
        run_ranges(batch, p, &parts, splits[i]);
        HZ_CHECK(memcmp(&parts, &whole, sizeof whole) == 0);
    }
}

static void compare_plan(hz_plan *plan, bool fresh, unsigned seen[8])
{
    hz_batch batch;
    hz_claim claim;
    hz_decision decision;
    bool same = true;
    HZ_CHECK(plan->rules->inputs.count + plan->rules->counters.count <= COLUMNS_MOST && plan->columns.listed_count <= REASONS_MOST);
    HZ_CHECK_EQ_INT(hz_batch_begin(&batch, plan, &hz_alloc_libc), HZ_OK);
    HZ_CHECK(hz_claim_begin(&claim, plan, &hz_alloc_libc) && hz_decision_begin(&decision, &hz_alloc_libc));
    batch.fresh = fresh;
    populate(&people, plan->rules, fresh ? 88172645463325252u : 0x9E3779B97F4A7C15u);
    memset(&whole, 0, sizeof whole);
    run_ranges(&batch, &people, &whole, ROWS);
    for (size_t row = 0; row < ROWS && same; row++) {
        set_claim(&claim, &people, row, fresh);
        HZ_CHECK_EQ_INT(hz_decide(&claim, &decision), HZ_OK);
        same = HZ_CHECK(same_row(&whole, &claim, &decision, row));
        seen[whole.outcome[row] & 7]++;
    }
    compare_splits(&batch, &people);
    compare_programs(plan, &people, fresh);
    plan->columns.program.set = &hz_kernels_plain;
    memset(&parts, 0, sizeof parts);
    run_ranges(&batch, &people, &parts, ROWS);
    HZ_CHECK(memcmp(&parts, &whole, sizeof whole) == 0);
    plan->columns.program.set = hz_kernels_best();
    hz_decision_end(&decision);
    hz_claim_end(&claim);
    hz_batch_end(&batch);
}

static void compare_folder(hz_arena *arena, const char *folder, unsigned seen[8])
{
    hz_diags diags = {.arena = arena};
    uint32_t count = 0, plans = 0;
    hz_file *files = hz_folder_read(arena, &diags, hz_str_from(folder), false, &count);
    hz_model *model = hz_rules_read(arena, &diags, files, count);
    hz_plan *plan = hz_compile(arena, &diags, model, &plans);
    HZ_CHECK_EQ_INT(diags.errors, 0);
    for (uint32_t i = 0; i < plans; i++) {
        if (plan[i].part_count > 0) continue; /* test_package_columns.c */
        compare_plan(&plan[i], false, seen);
        compare_plan(&plan[i], true, seen);
    }
}

static void compare_everything(hz_arena *arena, void *context)
{
    unsigned seen[8] = {0};
    compare_folder(arena, context, seen);
    HZ_CHECK(seen[HZ_PAID] > 30 && seen[HZ_NOTHING_DUE] > 10 && seen[HZ_REFUSED] > 100 && seen[HZ_INCOMPLETE] > 100 && seen[HZ_FAILED] > 100);
}

static void compare_sets(hz_arena *arena, void *context)
{
    unsigned seen[8] = {0};
    compare_folder(arena, context, seen);
    HZ_CHECK(seen[HZ_PAID] > 1000 && seen[HZ_INCOMPLETE] > 100 && seen[HZ_FAILED] > 10);
}

HZ_TEST(columns_equal_single_claims)
{
    HZ_CHECK_EQ_INT(in_arena(compare_everything, HZ_TEST_ROOT "/rulesets/beijing"), HZ_OK);
}

HZ_TEST(columns_equal_single_claims_of_every_type)
{
    HZ_CHECK_EQ_INT(in_arena(compare_everything, HZ_TEST_ROOT "/tests/golden/claims/rules"), HZ_OK);
}

HZ_TEST(columns_equal_single_claims_of_tables)
{
    HZ_CHECK_EQ_INT(in_arena(compare_everything, HZ_TEST_ROOT "/tests/golden/tables/rules"), HZ_OK);
}

/* 1,470 rows of a number, a code that may be null, and a range. */
static void compare_long(hz_arena *arena, void *context)
{
    static char plan[1 << 17];
    unsigned seen[8] = {0};
    size_t at = (size_t)snprintf(plan, sizeof plan,
                                 "plan: long\ntitle: {zh: 长, en: long}\nfrom: 2010-01\ndated by: day\ninputs:\n  day: {type: date, zh: 日}\n"
                                 "  n: {type: count, range: '[0..80]', zh: 数}\n  k: {type: code, zh: 类, optional: true, values: {a: 甲, b: 乙, c: 丙}}\n"
                                 "  x: {type: count, range: '[0..80]', zh: 数}\ntables:\n  fee:\n    inputs: [n, k, x]\n    gives: {y: CNY}\n    %s\n"
                                 "    always:\n      source: book\n      rows:\n",
                                 (const char *)context);
    for (int i = 0; i < 1470; i++)
        at += (size_t)snprintf(plan + at, sizeof plan - at, "        - {n: %d, k: %c, x: '[%d..%d]', y: %d}\n", i / 21, "abc"[i / 7 % 3], i % 7 * 10, i % 7 * 10 + 9, i);
    snprintf(plan + at, sizeof plan - at, "benefits:\n  due: {zh: 津贴, amount: y}\n");
    const hz_file files[] = {{HZ_STR("ruleset.yaml"), HZ_STR("ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\nsources:\n  book: {gives: published, title: 书}\n")},
                             {HZ_STR("long.yaml"), hz_str_from(plan)}};
    hz_diags diags = {.arena = arena};
    uint32_t plans = 0;
    hz_plan *compiled = hz_compile(arena, &diags, hz_rules_read(arena, &diags, files, 2), &plans);
    if (!HZ_CHECK_EQ_INT(diags.errors, 0)) return;
    compare_plan(&compiled[0], false, seen);
    HZ_CHECK(seen[HZ_PAID] > 100 && seen[HZ_INCOMPLETE] > 10 && seen[HZ_FAILED] > 10);
}

HZ_TEST(columns_equal_single_claims_of_long_tables)
{
    HZ_CHECK_EQ_INT(in_arena(compare_long, (void *)(uintptr_t) "hit: unique"), HZ_OK);
    HZ_CHECK_EQ_INT(in_arena(compare_long, (void *)(uintptr_t) "hit: first"), HZ_OK);
}

HZ_TEST(columns_equal_single_claims_of_negative_amounts)
{
    HZ_CHECK_EQ_INT(in_arena(compare_everything, HZ_TEST_ROOT "/tests/golden/negative/rules"), HZ_OK);
}

HZ_TEST(columns_equal_single_claims_of_34_digits)
{
    HZ_CHECK_EQ_INT(in_arena(compare_everything, HZ_TEST_ROOT "/tests/golden/wide/rules"), HZ_OK);
}

HZ_TEST(columns_equal_single_claims_of_sets)
{
    HZ_CHECK_EQ_INT(in_arena(compare_sets, HZ_TEST_ROOT "/tests/golden/packages/sets"), HZ_OK);
}
