/* test_api_columns.c - batches through the public header: every layout of every type against single claims, values that do
 * not fit, mistakes of hosts, memory, threads. That columns equal claims for real plans is test_columns.c's. */
#include "api_case.h"

#include <pthread.h>

enum { ROWS = 700, TEXTS = 16 };

/* The columns of all-types, in one layout each or in another. */
typedef struct table {
    int32_t member[ROWS + 1], remark[ROWS + 1];
    char member_bytes[ROWS * TEXTS], remark_bytes[ROWS * TEXTS];
    int32_t day[ROWS], late[ROWS], kind[ROWS], kind_index[ROWS];
    uint8_t yes_bits[ROWS / 8 + 1], yes_bytes[ROWS];
    int64_t yes_wide[ROWS], day_wide[ROWS];
    int64_t people[ROWS], loss[ROWS], loss_fine[ROWS], share[ROWS], depth[ROWS];
    int64_t paid[ROWS], times[ROWS], closed[ROWS], last[ROWS];
    uint8_t valid[INPUTS + COUNTERS][ROWS / 8 + 1];
} table;

#define REASONS_MOST 40

typedef struct answers {
    int32_t outcome[ROWS], reason[ROWS], bad[ROWS];
    int64_t total[ROWS], gross[ROWS], net[ROWS];
    int64_t after[COUNTERS][ROWS];
    uint8_t after_valid[COUNTERS][ROWS / 8 + 1];
    uint8_t listed[REASONS_MOST][ROWS / 8 + 1];
    uint8_t total_valid[ROWS / 8 + 1];
} answers;

static table data;
static answers got, again;

static uint32_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void put_text(int32_t *offsets, char *bytes, int row, const char *text)
{
    int32_t size = (int32_t)strlen(text);
    memcpy(bytes + offsets[row], text, (size_t)size);
    offsets[row + 1] = offsets[row] + size;
}

static void fill(table *t)
{
    static const char *const members[] = {"M-1", "M-22", "会员", "x"};
    static const char *const remarks[] = {"none", "注意", "a remark", "", "\xC3"};
    uint64_t seed = 7;
    memset(t, 0, sizeof *t);
    for (int r = 0; r < ROWS; r++) {
        put_text(t->member, t->member_bytes, r, members[next(&seed) % 4]);
        put_text(t->remark, t->remark_bytes, r, remarks[next(&seed) % (r % 50 == 0 ? 5 : 4)]);
        t->day_wide[r] = t->day[r] = (int32_t)(14000 + next(&seed) % 5000);
        t->late[r] = (int32_t)(14500 + next(&seed) % 3900);
        t->kind[r] = (int32_t)(next(&seed) % (r % 40 == 0 ? 5 : 3));
        t->kind_index[r] = t->kind[r] < 3 ? 2 - t->kind[r] : t->kind[r];
        t->yes_wide[r] = t->yes_bytes[r] = next(&seed) % 2;
        t->yes_bits[r / 8] = (uint8_t)(t->yes_bits[r / 8] | t->yes_bytes[r] << (r % 8));
        t->people[r] = next(&seed) % 10;
        t->loss[r] = next(&seed) % 90000;
        t->loss_fine[r] = t->loss[r] * 100;
        t->share[r] = next(&seed) % 101;
        t->depth[r] = (int32_t)(next(&seed) % 120) - 60;
        t->paid[r] = next(&seed) % 60000;
        t->times[r] = next(&seed) % 5;
        t->closed[r] = next(&seed) % 9 == 0;
        t->last[r] = 14000;
        for (int c = 0; c < INPUTS + COUNTERS; c++)
            t->valid[c][r / 8] = (uint8_t)(t->valid[c][r / 8] | (next(&seed) % 16 != 0) << (r % 8));
    }
}

static huzhu_column column(uint32_t layout, const void *values, const uint8_t *valid)
{
    return (huzhu_column){.struct_size = sizeof(huzhu_column), .layout = layout, .values = values, .valid = valid};
}

static const char *const back_to_front[] = {"burst_pipe", "flood", "fire", "no_code"};

static void set_texts(huzhu_batch *batch, const table *t)
{
    huzhu_column member = column(HUZHU_COLUMN_TEXT, t->member, t->valid[MEMBER]);
    huzhu_column remark = column(HUZHU_COLUMN_TEXT, t->remark, t->valid[REMARK]);
    member.bytes = t->member_bytes;
    member.byte_count = sizeof t->member_bytes;
    remark.bytes = t->remark_bytes;
    remark.byte_count = sizeof t->remark_bytes;
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, MEMBER, &member), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, REMARK, &remark), HUZHU_OK);
}

/* which: 0 or 1, the layout where there are two; 2: a third one. */
static void set_inputs(huzhu_batch *batch, const table *t, int which)
{
    huzhu_column inputs[INPUTS] = {{0}};
    inputs[DAY] = which == 0 ? column(HUZHU_COLUMN_INT32, t->day, t->valid[DAY]) : column(HUZHU_COLUMN_INT64, t->day_wide, t->valid[DAY]);
    inputs[LATE] = column(HUZHU_COLUMN_INT32, t->late, t->valid[LATE]);
    inputs[YES] = which == 0   ? column(HUZHU_COLUMN_BITS, t->yes_bits, t->valid[YES])
                  : which == 1 ? column(HUZHU_COLUMN_BYTES, t->yes_bytes, t->valid[YES])
                               : column(HUZHU_COLUMN_INT64, t->yes_wide, t->valid[YES]);
    inputs[KIND] = column(which == 0 ? HUZHU_COLUMN_INT32 : HUZHU_COLUMN_DICTIONARY, which == 0 ? t->kind : t->kind_index, t->valid[KIND]);
    inputs[KIND].dictionary = which == 0 ? NULL : back_to_front;
    inputs[KIND].dictionary_count = which == 0 ? 0 : 4;
    inputs[PEOPLE] = column(HUZHU_COLUMN_INT64, t->people, t->valid[PEOPLE]);
    inputs[LOSS] = column(HUZHU_COLUMN_INT64, which == 0 ? t->loss : t->loss_fine, t->valid[LOSS]);
    inputs[LOSS].scale = which == 0 ? 2 : 4;
    inputs[SHARE] = column(HUZHU_COLUMN_INT64, t->share, t->valid[SHARE]);
    inputs[SHARE].scale = 2;
    inputs[DEPTH] = column(HUZHU_COLUMN_INT64, t->depth, t->valid[DEPTH]);
    inputs[DEPTH].scale = 1;
    for (int i = 0; i < INPUTS; i++)
        if (inputs[i].struct_size != 0) HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, (size_t)i, &inputs[i]), HUZHU_OK);
    set_texts(batch, t);
}

static void set_counters(huzhu_batch *batch, const table *t)
{
    const int64_t *values[COUNTERS] = {t->paid, t->times, t->closed, t->last};
    for (int i = 0; i < COUNTERS; i++) {
        huzhu_column counter = column(HUZHU_COLUMN_INT64, values[i], t->valid[INPUTS + i]);
        counter.scale = i == PAID ? 2 : 0;
        HZ_CHECK_EQ_INT(huzhu_batch_set_counter(batch, (size_t)i, &counter), HUZHU_OK);
    }
}

static void set_results(const huzhu_plan *plan, huzhu_batch *batch, answers *a)
{
    const huzhu_batch_results results = {sizeof results, 0, a->outcome, a->reason, a->total, a->bad, a->total_valid};
    memset(a, 0, sizeof *a);
    HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, &results), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_benefit(batch, 0, a->gross, a->net), HUZHU_OK);
    for (int i = 0; i < COUNTERS; i++)
        HZ_CHECK_EQ_INT(huzhu_batch_set_counter_after(batch, (size_t)i, a->after[i], a->after_valid[i]), HUZHU_OK);
    for (size_t n = 1; n < REASONS_MOST; n++)
        if (huzhu_plan_reason_code(plan, n).size > 0) HZ_CHECK_EQ_INT(huzhu_batch_set_reason_rows(batch, n, a->listed[n]), HUZHU_OK);
}

/* ---- against single claims ---- */

static bool given(const table *t, int which, int row)
{
    return (t->valid[which][row / 8] >> (row % 8) & 1) != 0;
}

static void set_claim(huzhu_claim *claim, const table *t, int r)
{
    static const char *const kinds[] = {"fire", "flood", "burst_pipe", "no_code", "no_code"};
    huzhu_claim_reset(claim);
    if (given(t, MEMBER, r)) huzhu_claim_set_text(claim, MEMBER, t->member_bytes + t->member[r], (size_t)(t->member[r + 1] - t->member[r]));
    if (given(t, REMARK, r)) huzhu_claim_set_text(claim, REMARK, t->remark_bytes + t->remark[r], (size_t)(t->remark[r + 1] - t->remark[r]));
    if (given(t, DAY, r)) huzhu_claim_set_days(claim, DAY, t->day[r]);
    if (given(t, LATE, r)) huzhu_claim_set_days(claim, LATE, t->late[r]);
    if (given(t, YES, r)) huzhu_claim_set_boolean(claim, YES, t->yes_bytes[r]);
    if (given(t, KIND, r)) huzhu_claim_set_code(claim, KIND, kinds[t->kind[r]], HUZHU_NUL);
    if (given(t, PEOPLE, r)) huzhu_claim_set_decimal(claim, PEOPLE, t->people[r], 0);
    if (given(t, LOSS, r)) huzhu_claim_set_minor(claim, LOSS, t->loss[r]);
    if (given(t, SHARE, r)) huzhu_claim_set_decimal(claim, SHARE, t->share[r], 2);
    if (given(t, DEPTH, r)) huzhu_claim_set_decimal(claim, DEPTH, t->depth[r], 1);
    const int64_t counters[COUNTERS] = {t->paid[r], t->times[r], t->closed[r], t->last[r]};
    for (int i = 0; i < COUNTERS; i++)
        if (given(t, INPUTS + i, r)) huzhu_claim_set_counter(claim, (size_t)i, counters[i]);
}

static bool same_counters(const api_case *c, const table *t, const answers *a, int r)
{
    const int64_t before[COUNTERS] = {t->paid[r], t->times[r], t->closed[r], t->last[r]};
    bool same = true;
    for (int i = 0; i < COUNTERS; i++) {
        bool there = given(t, INPUTS + i, r);
        int64_t value = there ? before[i] : i == LAST ? INT32_MIN : 0;
        for (size_t k = 0; k < huzhu_decision_counter_count(c->decision); k++) {
            huzhu_counter_change change = {.struct_size = sizeof change};
            huzhu_decision_counter_change_at(c->decision, k, &change);
            if (change.counter != (uint32_t)i) continue;
            there = true;
            value = change.after;
        }
        same &= a->after[i][r] == value && (a->after_valid[i][r / 8] >> (r % 8) & 1) == there;
    }
    return same;
}

/* Every reason of the decision is among the row's, and the row has as many codes. */
static bool same_reasons(api_case *c, const answers *a, int r)
{
    bool same = true;
    for (size_t n = 1; n < REASONS_MOST; n++) {
        bool there = false;
        for (size_t i = 0; i < huzhu_decision_reason_count(c->decision); i++) {
            huzhu_reason_view reason = {.struct_size = sizeof reason};
            huzhu_decision_reason_at(c->decision, i, &reason);
            there |= strcmp(reason.code.data, huzhu_plan_reason_code(c->plan, n).data) == 0;
        }
        same &= (a->listed[n][r / 8] >> (r % 8) & 1) == there;
    }
    return same;
}

static bool same_row(api_case *c, const table *t, const answers *a, int r)
{
    int64_t total = 0;
    huzhu_reason_view reason = {.struct_size = sizeof reason};
    huzhu_benefit_view benefit = {.struct_size = sizeof benefit};
    huzhu_error_view error = {.struct_size = sizeof error};
    set_claim(c->claim, t, r);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(c->claim, c->decision), HUZHU_OK);
    bool has = huzhu_decision_total(c->decision, &total) == HUZHU_OK;
    huzhu_decision_missing_count(c->decision);
    const char *code = huzhu_decision_reason_at(c->decision, 0, &reason) == HUZHU_OK ? reason.code.data : "";
    bool bad = huzhu_decision_error(c->decision, &error) == HUZHU_OK && error.input.size > 0;
    huzhu_decision_benefit_at(c->decision, 0, &benefit);
    return a->outcome[r] == (int32_t)huzhu_decision_outcome(c->decision) && a->total[r] == total && (a->total_valid[r / 8] >> (r % 8) & 1) == has &&
           strcmp(huzhu_plan_reason_code(c->plan, (size_t)a->reason[r]).data, code) == 0 && a->gross[r] == benefit.gross_minor &&
           a->net[r] == benefit.net_minor && (a->bad[r] >= 0) == bad && same_counters(c, t, a, r) && same_reasons(c, a, r);
}

HZ_TEST(batch_answers_as_claims_do)
{
    unsigned seen[8] = {0};
    api_case c;
    huzhu_batch *batch = NULL;
    fill(&data);
    if (!api_begin(&c) || !HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, &batch), HUZHU_OK)) return;
    set_counters(batch, &data);
    for (int which = 0; which < 3; which++) {
        set_inputs(batch, &data, which);
        set_results(c.plan, batch, &got);
        HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
        for (int r = 0; r < ROWS; r++) {
            seen[got.outcome[r] & 7]++;
            if (!HZ_CHECK(same_row(&c, &data, &got, r))) fprintf(stderr, "  row %d, layout %d\n", r, which);
        }
    }
    HZ_CHECK(seen[HUZHU_PAID] > 100 && seen[HUZHU_REFUSED] > 100 && seen[HUZHU_INCOMPLETE] > 100 && seen[HUZHU_FAILED] > 100);
    huzhu_batch_free(batch);
    api_end(&c);
}

HZ_TEST(batch_writes_only_its_rows)
{
    api_case c;
    huzhu_batch *batch = NULL;
    fill(&data);
    if (!api_begin(&c) || !HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, &batch), HUZHU_OK)) return;
    set_inputs(batch, &data, 0);
    set_counters(batch, &data);
    set_results(c.plan, batch, &got);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    set_results(c.plan, batch, &again);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 301, 17), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 5, 0), HUZHU_OK);
    for (int r = 0; r < ROWS; r++) {
        bool in = r >= 301 && r < 318;
        HZ_CHECK_EQ_INT(again.outcome[r], in ? got.outcome[r] : 0);
        HZ_CHECK_EQ_INT(again.after[PAID][r], in ? got.after[PAID][r] : 0);
        HZ_CHECK_EQ_INT(again.after_valid[PAID][r / 8] >> (r % 8) & 1, in ? got.after_valid[PAID][r / 8] >> (r % 8) & 1 : 0);
    }
    huzhu_batch_free(batch);
    api_end(&c);
}

/* A year of claims for each member: what came out goes in again, in the same memory. */
HZ_TEST(batch_counters_in_place)
{
    api_case c;
    huzhu_batch *batch = NULL;
    static int64_t counters[COUNTERS][ROWS];
    static uint8_t valid[COUNTERS][ROWS / 8 + 1];
    fill(&data);
    if (!api_begin(&c) || !HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, &batch), HUZHU_OK)) return;
    set_inputs(batch, &data, 0);
    set_counters(batch, &data);
    set_results(c.plan, batch, &got);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    const int64_t *const before[COUNTERS] = {data.paid, data.times, data.closed, data.last};
    for (int i = 0; i < COUNTERS; i++) {
        memcpy(counters[i], before[i], sizeof counters[i]);
        memcpy(valid[i], data.valid[INPUTS + i], sizeof valid[i]);
        huzhu_column counter = column(HUZHU_COLUMN_INT64, counters[i], valid[i]);
        counter.scale = i == PAID ? 2 : 0;
        HZ_CHECK_EQ_INT(huzhu_batch_set_counter(batch, (size_t)i, &counter), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_batch_set_counter_after(batch, (size_t)i, counters[i], valid[i]), HUZHU_OK);
    }
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    for (int i = 0; i < COUNTERS; i++) {
        HZ_CHECK(memcmp(counters[i], got.after[i], sizeof counters[i]) == 0);
        for (int r = 0; r < ROWS; r++) HZ_CHECK_EQ_INT(valid[i][r / 8] >> (r % 8) & 1, got.after_valid[i][r / 8] >> (r % 8) & 1);
    }
    huzhu_batch_free(batch);
    api_end(&c);
}

/* Results that go where values came from: each is written when its rows have been read to the end. The amount of the last
 * benefit is the input itself, which is read when the amounts of the others stand already. */
HZ_TEST(batch_results_over_inputs)
{
    static const char manifest[] = "ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\ntitle: {zh: 小, en: small}\nsources:\n  s: {gives: published}\n";
    static const char plan[] = "plan: p\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                               "inputs:\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                               "benefits:\n  a: {zh: 甲, amount: loss + 1, source: s}\n  b: {zh: 乙, amount: loss * 2, source: s}\n"
                               "  c: {zh: 丙, amount: loss, source: s}\n";
    const huzhu_file files[2] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1},
                                 {.path = "p.yaml", .data = plan, .size = sizeof plan - 1}};
    static int64_t loss[ROWS], b[ROWS], c[ROWS];
    static int32_t day[ROWS];
    huzhu_ruleset *ruleset = NULL;
    huzhu_batch *batch = NULL;
    for (int r = 0; r < ROWS; r++) {
        day[r] = 17000;
        loss[r] = 100 + r;
    }
    huzhu_column days = column(HUZHU_COLUMN_INT32, day, NULL), losses = column(HUZHU_COLUMN_INT64, loss, NULL);
    losses.scale = 2;
    if (!HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(files, 2, NULL, NULL, &ruleset), HUZHU_OK)) return;
    HZ_CHECK_EQ_INT(huzhu_batch_new(huzhu_ruleset_plan_at(ruleset, 0), &batch), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, 0, &days), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, 1, &losses), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_benefit(batch, 0, loss, NULL), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_benefit(batch, 1, NULL, b), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_benefit(batch, 2, c, NULL), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    for (int r = 0; r < ROWS; r++) {
        HZ_CHECK_EQ_INT(loss[r], 200 + r);
        HZ_CHECK_EQ_INT(b[r], 2 * (100 + r));
        HZ_CHECK_EQ_INT(c[r], 100 + r);
    }
    huzhu_batch_free(batch);
    huzhu_ruleset_release(ruleset);
}

/* ---- values that do not fit ---- */

static int32_t bad_of(huzhu_batch *batch, size_t input, huzhu_column from)
{
    static int32_t outcome[4], bad[4];
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = outcome, .bad_input = bad};
    HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, &results), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, input, &from), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, 4), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, input, NULL), HUZHU_OK);
    int32_t rows = 0;
    for (int r = 0; r < 4; r++) {
        HZ_CHECK(bad[r] == -1 || bad[r] == (int32_t)input);
        HZ_CHECK((outcome[r] == HUZHU_FAILED) == (bad[r] >= 0));
        rows |= (bad[r] >= 0) << r;
    }
    return rows;
}

HZ_TEST(batch_bad_values_are_errors_of_their_rows)
{
    static const int64_t loss[] = {12345, 12300, 100, INT64_MAX}, whole[] = {INT64_MAX, 1, -1, 0}, flags[] = {0, 1, 2, -1};
    static const int64_t days[] = {16000, INT64_MAX, 3000000, -800000};
    static const int32_t late[] = {16000, 0, 30000, INT32_MIN}, kinds[] = {0, 3, -1, 2}, offsets[] = {0, 1, -5, 2, 900};
    static const int32_t texts[] = {0, 1, 1, 4, 5}, falling[] = {0, 6, 2, 3, 4};
    static const uint8_t bytes[] = {0, 1, 2, 255}, some[] = {0x0D};
    api_case c;
    huzhu_batch *batch = NULL;
    if (!api_begin(&c) || !HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, &batch), HUZHU_OK)) return;
    huzhu_column from = column(HUZHU_COLUMN_INT64, loss, NULL);
    from.scale = 4; /* 1.2345 does not fit two decimals, 1.2300 does */
    HZ_CHECK_EQ_INT(bad_of(batch, LOSS, from), 1 | 8);
    from = column(HUZHU_COLUMN_INT64, whole, NULL); /* in yuan: too many fen for 64 bits, and less than nothing */
    HZ_CHECK_EQ_INT(bad_of(batch, LOSS, from), 1 | 4);
    HZ_CHECK_EQ_INT(bad_of(batch, YES, column(HUZHU_COLUMN_INT64, flags, NULL)), 4 | 8);
    HZ_CHECK_EQ_INT(bad_of(batch, YES, column(HUZHU_COLUMN_BYTES, bytes, NULL)), 4 | 8);
    HZ_CHECK_EQ_INT(bad_of(batch, YES, column(HUZHU_COLUMN_BYTES, bytes, some)), 4 | 8);
    HZ_CHECK_EQ_INT(bad_of(batch, DAY, column(HUZHU_COLUMN_INT64, days, NULL)), 2 | 4 | 8);
    HZ_CHECK_EQ_INT(bad_of(batch, DAY, column(HUZHU_COLUMN_INT64, days, some)), 4 | 8);
    HZ_CHECK_EQ_INT(bad_of(batch, LATE, column(HUZHU_COLUMN_INT32, late, NULL)), 2 | 4 | 8);
    HZ_CHECK_EQ_INT(bad_of(batch, KIND, column(HUZHU_COLUMN_INT32, kinds, NULL)), 2 | 4);
    from = column(HUZHU_COLUMN_DICTIONARY, kinds, NULL);
    from.dictionary = back_to_front;
    from.dictionary_count = 3;
    HZ_CHECK_EQ_INT(bad_of(batch, KIND, from), 2 | 4);
    from.dictionary_count = 4;
    HZ_CHECK_EQ_INT(bad_of(batch, KIND, from), 2 | 4);
    from = column(HUZHU_COLUMN_TEXT, texts, NULL);
    from.bytes = "ab\0cd"; /* "a", "", one with NUL, "d" */
    from.byte_count = 5;
    HZ_CHECK_EQ_INT(bad_of(batch, MEMBER, from), 2 | 4);
    HZ_CHECK_EQ_INT(bad_of(batch, REMARK, from), 4);
    from.byte_count = 4; /* the last one lies outside */
    HZ_CHECK_EQ_INT(bad_of(batch, REMARK, from), 4 | 8);
    from.values = offsets;
    HZ_CHECK_EQ_INT(bad_of(batch, REMARK, from), 2 | 4 | 8);
    from.values = falling; /* the first text reaches beyond where the last one ends, and is no UTF-8 there */
    from.bytes = "abcd\xff\xff";
    from.byte_count = 6;
    HZ_CHECK_EQ_INT(bad_of(batch, REMARK, from), 1 | 2);
    HZ_CHECK_EQ_INT(bad_of(batch, MEMBER, from), 1 | 2);
    huzhu_batch_free(batch);
    api_end(&c);
}

/* ---- mistakes of hosts ---- */

HZ_TEST(batch_arguments_are_checked)
{
    static const int64_t values[1] = {0};
    api_case c;
    huzhu_batch *batch = NULL;
    huzhu_batch_results results = {.struct_size = sizeof results};
    huzhu_column from = column(HUZHU_COLUMN_INT64, values, NULL);
    if (!api_begin(&c)) return;
    HZ_CHECK_EQ_INT(huzhu_batch_new(NULL, &batch), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, &batch), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(NULL, PEOPLE, &from), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, INPUTS, &from), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_counter(batch, COUNTERS, &from), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, MEMBER, &from), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, KIND, &from), HUZHU_INVALID_ARGUMENT);
    for (uint32_t layout = 0; layout < 9; layout++) {
        from.layout = layout;
        HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, PEOPLE, &from), layout == HUZHU_COLUMN_INT64 ? HUZHU_OK : HUZHU_INVALID_ARGUMENT);
    }
    from = column(HUZHU_COLUMN_INT64, values, NULL);
    from.scale = 19;
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, PEOPLE, &from), HUZHU_INVALID_ARGUMENT);
    from.scale = 2;
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, DAY, &from), HUZHU_INVALID_ARGUMENT);
    from = column(HUZHU_COLUMN_INT64, NULL, NULL);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, PEOPLE, &from), HUZHU_INVALID_ARGUMENT);
    from = column(HUZHU_COLUMN_INT64, values, NULL);
    from.struct_size = 8;
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, PEOPLE, &from), HUZHU_INVALID_ARGUMENT);
    from = column(HUZHU_COLUMN_DICTIONARY, values, NULL);
    from.dictionary_count = 1;
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, KIND, &from), HUZHU_INVALID_ARGUMENT);
    from = column(HUZHU_COLUMN_TEXT, values, NULL);
    from.byte_count = 1;
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, MEMBER, &from), HUZHU_INVALID_ARGUMENT);
    results.struct_size = 4;
    HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, &results), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, NULL), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_benefit(batch, 1, NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_counter_after(batch, COUNTERS, NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_reason_rows(batch, 0, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_reason_rows(batch, huzhu_plan_reason_count(c.plan) + 1, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_set_reason_rows(batch, huzhu_plan_reason_count(c.plan), NULL), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_counters(batch, 3), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(NULL, 0, 1), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, SIZE_MAX), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, 1), HUZHU_OK);
    huzhu_batch_free(batch);
    huzhu_batch_free(NULL);
    api_end(&c);
}

/* A host built before results had their last field. */
HZ_TEST(batch_results_grow_at_the_end)
{
    api_case c;
    huzhu_batch *batch = NULL;
    huzhu_batch_results results = {.struct_size = offsetof(huzhu_batch_results, total_valid), .total_valid = (uint8_t *)&c};
    if (api_begin(&c) && HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, &batch), HUZHU_OK)) {
        HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, &results), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, 1), HUZHU_OK); /* what stands behind it is not looked at */
        results.struct_size--;
        HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, &results), HUZHU_INVALID_ARGUMENT);
    }
    huzhu_batch_free(batch);
    api_end(&c);
}

HZ_TEST(batch_reasons_have_numbers)
{
    static const char *const codes[] = {"",      "PLAN_NOT_IN_FORCE", "TOO_LATE", "CLOSED", "NOT_OFFERED", "MOST", "ZERO_AMOUNT", "MISSING", "UNKNOWN_VALUE", ""};
    api_case c;
    if (!api_begin(&c)) return;
    HZ_CHECK_EQ_INT(huzhu_plan_reason_count(c.plan), 8);
    HZ_CHECK_EQ_INT(huzhu_plan_reason_count(NULL), 0);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) HZ_CHECK_STR(api_str(huzhu_plan_reason_code(c.plan, i)), codes[i]);
    HZ_CHECK_STR(api_str(huzhu_plan_reason_code(c.plan, SIZE_MAX)), "");
    api_end(&c);
}

/* ---- memory and threads ---- */

static huzhu_status whole_life(const huzhu_plan *plan)
{
    huzhu_batch *batch = NULL;
    huzhu_column kind = column(HUZHU_COLUMN_DICTIONARY, data.kind_index, NULL);
    kind.dictionary = back_to_front;
    kind.dictionary_count = 4;
    huzhu_status status = huzhu_batch_new(plan, &batch);
    for (int i = 0; i < 2 && status == HUZHU_OK; i++) status = huzhu_batch_set_input(batch, KIND, &kind);
    if (status == HUZHU_OK) status = huzhu_batch_evaluate(batch, 0, ROWS);
    huzhu_batch_free(batch);
    return status;
}

HZ_TEST(batch_memory)
{
    hz_leak leak = {0};
    huzhu_allocator allocator = hz_leak_allocator(&leak);
    huzhu_load_options options = {.struct_size = sizeof options, .allocator = &allocator};
    huzhu_ruleset *ruleset = NULL;
    huzhu_batch *batch = NULL;
    fill(&data);
    if (!HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &options, NULL, &ruleset), HUZHU_OK)) return;
    size_t blocks = leak.blocks;
    huzhu_status status = HUZHU_NO_MEMORY;
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 100; k++) {
        leak.fail_at = leak.calls + k;
        status = whole_life(huzhu_ruleset_plan_at(ruleset, 0));
        HZ_CHECK_EQ_INT(leak.blocks, blocks);
        HZ_CHECK(!leak.wrong_size);
    }
    leak.fail_at = 0;
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
    const huzhu_plan *plan = huzhu_ruleset_plan_at(ruleset, 0);
    HZ_CHECK_EQ_INT(huzhu_batch_new(plan, &batch), HUZHU_OK);
    huzhu_ruleset_release(ruleset); /* the batch keeps it */
    set_inputs(batch, &data, 1);
    set_counters(batch, &data);
    set_results(plan, batch, &got);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    size_t calls = leak.calls;
    for (int i = 0; i < 5; i++) HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, (size_t)i, (size_t)(ROWS - i)), HUZHU_OK);
    HZ_CHECK_EQ_INT(leak.calls, calls);
    huzhu_batch_free(batch);
    HZ_CHECK_EQ_INT(leak.blocks, 0);
}

typedef struct part {
    const huzhu_plan *plan;
    size_t first, rows;
    bool well;
} part;

static void *work(void *context)
{
    part *self = context;
    huzhu_batch *batch = NULL;
    self->well = huzhu_batch_new(self->plan, &batch) == HUZHU_OK;
    if (!self->well) return NULL;
    set_inputs(batch, &data, 0);
    set_counters(batch, &data);
    const huzhu_batch_results results = {sizeof results, 0, again.outcome, again.reason, again.total, again.bad, again.total_valid};
    self->well = huzhu_batch_set_results(batch, &results) == HUZHU_OK && huzhu_batch_set_benefit(batch, 0, again.gross, again.net) == HUZHU_OK;
    for (size_t i = 0; i < COUNTERS; i++) self->well &= huzhu_batch_set_counter_after(batch, i, again.after[i], again.after_valid[i]) == HUZHU_OK;
    for (size_t n = 1; n <= huzhu_plan_reason_count(self->plan); n++) self->well &= huzhu_batch_set_reason_rows(batch, n, again.listed[n]) == HUZHU_OK;
    self->well &= huzhu_batch_evaluate(batch, self->first, self->rows) == HUZHU_OK;
    huzhu_batch_free(batch);
    return NULL;
}

HZ_TEST(batch_rows_split_over_threads)
{
    enum { THREADS = 4, EACH = 176 }; /* a multiple of 8 */
    pthread_t threads[THREADS];
    part work_of[THREADS];
    api_case c;
    huzhu_batch *batch = NULL;
    int started = 0;
    fill(&data);
    if (!api_begin(&c) || !HZ_CHECK_EQ_INT(huzhu_batch_new(c.plan, &batch), HUZHU_OK)) return;
    set_inputs(batch, &data, 0);
    set_counters(batch, &data);
    set_results(c.plan, batch, &got);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    memset(&again, 0, sizeof again);
    for (; started < THREADS; started++) {
        size_t first = (size_t)started * EACH;
        work_of[started] = (part){c.plan, first, first + EACH < ROWS ? EACH : ROWS - first, false};
        if (!HZ_CHECK(pthread_create(&threads[started], NULL, work, &work_of[started]) == 0)) break;
    }
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        HZ_CHECK(work_of[i].well);
    }
    HZ_CHECK(memcmp(&again, &got, sizeof got) == 0);
    huzhu_batch_free(batch);
    api_end(&c);
}
