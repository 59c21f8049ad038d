/* test_package_columns.c - packages in columns against single claims, bit for bit: what the parts are asked, what they find in
 * counters and leave there, what they come to; counters given, fresh and carried, over any split into ranges. */
#include "harness/harness.h"

#include "guarded.h"
#include "population.h"
#include "rules/folder.h"
#include "rules/read.h"
#include "run/carry.h"
#include "run/ledger.h"

enum { PARTS_MOST = 8, COUNTERS_MOST = 6, BENEFITS_MOST = 6 };

typedef struct node {
    int32_t outcome[ROWS], reason[ROWS], bad[ROWS];
    int64_t total[ROWS];
    uint8_t has_total[ROWS / 8 + 1];
    int64_t gross[BENEFITS_MOST][ROWS], net[BENEFITS_MOST][ROWS];
    int64_t after[COUNTERS_MOST][ROWS];
    uint8_t after_valid[COUNTERS_MOST][ROWS / 8 + 1];
} node;

/* Of the package, then of each part. */
typedef struct answers {
    node at[1 + PARTS_MOST];
} answers;

static population people;
static answers whole, split;
static hz_columns parts_in[PARTS_MOST];
static uint32_t first_counter[PARTS_MOST + 1]; /* per part, among the columns */

static bool bit(const void *bits, size_t at)
{
    return (((const uint8_t *)bits)[at / 8] >> (at % 8) & 1) != 0;
}

/* Inputs that may be absent are so in half of the rows: they say which parts are asked. */
static void populate(const hz_plan *plan, uint64_t seed, int32_t later, uint64_t counter_gap)
{
    uint32_t column = 0;
    memset(&people, 0, sizeof people);
    for (uint32_t i = 0; i < plan->rules->inputs.count; i++) {
        const hz_input *input = &plan->rules->inputs.at[i];
        const draw how = {.gap = input->optional ? 2 : 29, .later = later};
        people.inputs[i] = make_column(&people, &input->type, column++, &seed, how);
    }
    for (uint32_t p = 0; p < plan->part_count; p++) {
        const hz_plan_model *rules = plan->parts[p].plan->rules;
        first_counter[p] = column;
        parts_in[p] = (hz_columns){.counters = people.counters + column};
        for (uint32_t c = 0; c < rules->counters.count && HZ_CHECK(column < COLUMNS_MOST); c++, column++)
            people.counters[column] = make_column(&people, &rules->counters.at[c].type, column, &seed, (draw){.gap = counter_gap, .later = later});
    }
}

static void set_claim(hz_claim *claim, size_t row, bool fresh)
{
    hz_claim_reset(claim);
    claim->fresh = fresh;
    for (uint32_t i = 0; i < claim->plan->rules->inputs.count; i++)
        if (is_given(&people, i, row)) set_input(claim, &people, i, row);
    for (uint32_t p = 0; p < claim->part_count; p++) {
        hz_claim *part = claim->parts[p];
        for (uint32_t c = 0; c < part->plan->rules->counters.count; c++) {
            uint32_t column = first_counter[p] + c;
            if (is_given(&people, column, row))
                hz_claim_set_counter(part, c, cell(&people.column[column], &part->plan->rules->counters.at[c].type, row));
        }
    }
}

/* ---- Comparing ---- */

/* A counter that the claim does not move is as it was; of a part that the package decides, as it was given. */
static bool same_counter(const node *a, const hz_claim *given, const hz_decision *part, uint32_t counter, uint32_t column, size_t row, bool carried)
{
    const hz_counter *about = &given->plan->rules->counters.at[counter];
    bool closed = part == NULL || part->closed, date = about->type.kind == HZ_KIND_DATE, none = date && !about->has_start;
    const hz_given *before = closed ? &given->counters[counter] : &part->snapshot.counters[counter];
    bool there = before->state != HZ_ABSENT;
    int64_t value = there ? before->value : date ? HZ_NO_DATE : 0;
    if (!closed && !there && part->snapshot.fresh) value = none ? HZ_NO_DATE : (int64_t)about->start.coefficient;
    there |= !closed && part->snapshot.fresh;
    for (uint32_t i = 0; part != NULL && i < part->move_count; i++) {
        if (part->moves[i].counter != counter) continue;
        value = part->moves[i].after;
        there = true;
        carried = false;
    }
    if (carried && closed && !is_given(&people, column, row)) return !bit(a->after_valid[counter], row); /* the ledger gave it */
    if (before->state == HZ_BAD || (carried && before->state != HZ_GIVEN)) return true; /* there is no telling; it may be known */
    return a->after[counter][row] == value && bit(a->after_valid[counter], row) == there;
}

static bool same_node(const node *a, const hz_plan *plan, hz_decision *decision, size_t row)
{
    bool settled = decision->outcome == HZ_PAID || decision->outcome == HZ_NOTHING_DUE;
    hz_str reason = decision->reason_count > 0 ? decision->reasons[0].code : HZ_STR("");
    int32_t bad = decision->closed ? -1 : first_bad(&decision->snapshot);
    bool same = a->outcome[row] == decision->outcome && a->total[row] == (settled && decision->has_total ? decision->total : 0) &&
                hz_str_eq(hz_plan_reason(plan, a->reason[row]), reason) && a->bad[row] == bad && bit(a->has_total, row) == decision->has_total;
    for (uint32_t i = 0; i < plan->rules->benefits.count; i++)
        same &= a->gross[i][row] == (settled ? decision->benefits[i].before : 0) && a->net[i][row] == (settled ? decision->benefits[i].after : 0);
    if (!same)
        fprintf(stderr, "  %.*s, row %zu: outcome %d and %d, total %lld and %lld, reason %.*s and %.*s, bad %d and %d\n", HZ_ARG(plan->rules->id), row,
                a->outcome[row], decision->outcome, (long long)a->total[row], (long long)decision->total,
                HZ_ARG(hz_plan_reason(plan, a->reason[row])), HZ_ARG(reason), a->bad[row], bad);
    return same;
}

static bool nothing_of(const node *a, size_t row)
{
    return a->outcome[row] == HZ_OUTCOME_NONE && a->total[row] == 0 && a->reason[row] == 0 && a->bad[row] == -1 && !bit(a->has_total, row);
}

static bool same_row(const answers *a, const hz_claim *claim, hz_decision *decision, size_t row, bool carried)
{
    bool same = same_node(&a->at[0], claim->plan, decision, row);
    for (uint32_t p = 0; p < claim->part_count && same; p++) {
        hz_decision *part = decision->part_count > 0 ? decision->parts[p] : NULL;
        const hz_claim *given = claim->parts[p];
        same = part != NULL ? same_node(&a->at[1 + p], given->plan, part, row) : nothing_of(&a->at[1 + p], row);
        for (uint32_t c = 0; c < given->plan->rules->counters.count; c++) {
            if (same_counter(&a->at[1 + p], given, part, c, first_counter[p] + c, row, carried)) continue;
            fprintf(stderr, "  %.*s, row %zu: counter %u\n", HZ_ARG(given->plan->rules->id), row, c);
            same = false;
        }
    }
    return same;
}

/* ---- Running ---- */

typedef struct places {
    int64_t *after[COUNTERS_MOST];
    uint8_t *after_valid[COUNTERS_MOST];
    hz_result_benefit benefits[BENEFITS_MOST];
} places;

static hz_results results_of(node *at, places *to)
{
    for (uint32_t i = 0; i < COUNTERS_MOST; i++) {
        to->after[i] = at->after[i];
        to->after_valid[i] = at->after_valid[i];
    }
    for (uint32_t i = 0; i < BENEFITS_MOST; i++) to->benefits[i] = (hz_result_benefit){.gross = at->gross[i], .net = at->net[i]};
    return (hz_results){.outcome = at->outcome, .total = at->total, .has_total = at->has_total, .reason = at->reason, .bad = at->bad,
                        .after = to->after, .after_valid = to->after_valid, .benefits = to->benefits};
}

static void run_ranges(const hz_plan *plan, hz_counters_of counters, answers *a, size_t rows)
{
    hz_carry *carry = hz_carry_new(plan, counters, &hz_alloc_libc);
    const hz_columns in = {.inputs = people.inputs, .parts = parts_in};
    places to[1 + PARTS_MOST];
    hz_results parts[PARTS_MOST];
    memset(a, 0, sizeof *a);
    if (!HZ_CHECK(carry != NULL)) return;
    hz_results out = results_of(&a->at[0], &to[0]);
    for (uint32_t p = 0; p < plan->part_count; p++) parts[p] = results_of(&a->at[1 + p], &to[1 + p]);
    out.parts = parts;
    for (size_t first = 0; first < ROWS; first += rows)
        HZ_CHECK_EQ_INT(hz_carry_range(carry, &in, first, ROWS - first < rows ? ROWS - first : rows, &out), HZ_OK);
    hz_carry_free(carry);
}

static void compare_splits(const hz_plan *plan, hz_counters_of counters)
{
    static const size_t splits[] = {7, 64, 255, 256, 257, 1023, 1024, 1025};
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        run_ranges(plan, counters, &split, splits[i]);
        HZ_CHECK(memcmp(&split, &whole, sizeof whole) == 0);
    }
}

typedef struct seen {
    unsigned whole[9], part[9];
} seen;

static void count(seen *s, const answers *a, uint32_t parts)
{
    for (size_t r = 0; r < ROWS; r++) {
        s->whole[a->at[0].outcome[r]]++;
        for (uint32_t p = 0; p < parts; p++) s->part[a->at[1 + p].outcome[r]]++;
    }
}

static void compare_package(const hz_plan *plan, hz_counters_of counters, int32_t later, uint64_t seed, seen *s)
{
    bool carried = counters == HZ_COUNTERS_CARRIED, same = true;
    hz_claim claim;
    hz_decision decision;
    hz_ledger ledger;
    HZ_CHECK(plan->part_count <= PARTS_MOST);
    populate(plan, seed, later, carried ? 2 : 29);
    run_ranges(plan, counters, &whole, ROWS);
    count(s, &whole, plan->part_count);
    HZ_CHECK(hz_claim_begin(&claim, plan, &hz_alloc_libc) && hz_decision_begin(&decision, &hz_alloc_libc));
    hz_ledger_begin(&ledger, &hz_alloc_libc);
    for (size_t row = 0; row < ROWS && same; row++) {
        set_claim(&claim, row, counters == HZ_COUNTERS_FRESH);
        if (carried) HZ_CHECK_EQ_INT(hz_ledger_fill(&ledger, &claim), HZ_OK);
        HZ_CHECK_EQ_INT(hz_decide(&claim, &decision), HZ_OK);
        if (carried) HZ_CHECK_EQ_INT(hz_ledger_apply(&ledger, &decision), HZ_OK);
        same = HZ_CHECK(same_row(&whole, &claim, &decision, row, carried));
    }
    if (same) compare_splits(plan, counters);
    hz_ledger_end(&ledger);
    hz_decision_end(&decision);
    hz_claim_end(&claim);
}

typedef struct folder {
    const char *path;
    int32_t later; /* days */
    seen seen;
} folder;

static void compare_folder(hz_arena *arena, void *context)
{
    folder *self = context;
    hz_diags diags = {.arena = arena};
    uint32_t count = 0, plans = 0;
    hz_file *files = hz_folder_read(arena, &diags, hz_str_from(self->path), false, &count);
    hz_model *model = hz_rules_read(arena, &diags, files, count);
    hz_plan *plan = hz_compile(arena, &diags, model, &plans);
    HZ_CHECK_EQ_INT(diags.errors, 0);
    for (uint32_t i = 0; i < plans; i++)
        for (int counters = HZ_COUNTERS_GIVEN; plan[i].part_count > 0 && counters <= HZ_COUNTERS_CARRIED; counters++)
            compare_package(&plan[i], (hz_counters_of)counters, self->later, 88172645463325252u + i, &self->seen);
}

static void compare(const char *path, int32_t later, seen *out)
{
    folder self = {.path = path, .later = later};
    HZ_CHECK_EQ_INT(in_arena(compare_folder, &self), HZ_OK);
    *out = self.seen;
}

HZ_TEST(package_columns_equal_single_claims)
{
    seen s;
    compare(HZ_TEST_ROOT "/tests/golden/packages/rules", 1400, &s);
    HZ_CHECK(s.whole[HZ_PAID] > 100 && s.whole[HZ_NOTHING_DUE] > 100 && s.whole[HZ_REFUSED] > 100 && s.whole[HZ_INCOMPLETE] > 100 && s.whole[HZ_FAILED] > 100);
    HZ_CHECK(s.part[HZ_PAID] > 100 && s.part[HZ_REFUSED] > 100 && s.part[HZ_NOT_ASKED] > 1000 && s.part[HZ_OUTCOME_NONE] > 100);
}

HZ_TEST(package_columns_share_counters)
{
    seen s;
    compare(HZ_TEST_ROOT "/tests/golden/packages/shared", 1800, &s);
    HZ_CHECK(s.part[HZ_PAID] > 1000);
}

/* Values of every type worked out for parts, texts and numbers of 34 digits among them; what is missing, unknown or in error for the
 * package itself; conditions that hold a part up. */
HZ_TEST(package_columns_pass_values)
{
    seen s;
    compare(HZ_TEST_ROOT "/tests/golden/packages/passing", 300, &s);
    HZ_CHECK(s.whole[HZ_UNDETERMINED] > 100 && s.whole[HZ_FAILED] > 100 && s.whole[HZ_INCOMPLETE] > 100 && s.whole[HZ_PAID] > 100);
    HZ_CHECK(s.part[HZ_UNDETERMINED] > 100 && s.part[HZ_FAILED] > 100 && s.part[HZ_INCOMPLETE] > 100 && s.part[HZ_PAID] > 100 && s.part[HZ_NOT_ASKED] > 100);
}

HZ_TEST(package_columns_of_beijing)
{
    seen s;
    compare(HZ_TEST_ROOT "/rulesets/beijing", 1400, &s);
    HZ_CHECK(s.whole[HZ_PAID] > 30 && s.part[HZ_NOT_ASKED] > 1000);
}
