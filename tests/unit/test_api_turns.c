/* test_api_turns.c - rows of columns for several threads: cuts at turns, parts by turns, and that batches of parts, their
 * counters carried, answer as claims settled one by one do.
 */
#include "api_case.h"

#include <huzhu/arrow.h>

#include <pthread.h>

enum { ROWS = 999, PARTS = 3 };

static const char manifest[] = "ruleset: small\nformat: 1\nversion: '1'\ncurrency: CNY\ntitle: {zh: 小, en: small}\nsources:\n  s: {gives: published}\n";
static const char rules[] = "plan: p\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                            "inputs:\n  member: {type: key, zh: 会员}\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                            "in turn by: member\n"
                            "counters:\n  paid: {zh: 已付, unit: CNY, per: [member], adds: total}\n"
                            "benefits:\n  a: {zh: 甲, amount: loss, source: s}\n"
                            "caps:\n  - {code: MOST, over: a, limit: 3000, counts: paid, source: s, zh: 限}\n";
/* A plan without counters says no turn. */
static const char alone[] = "plan: q\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                            "inputs:\n  day: {type: date, zh: 日}\n  loss: {type: money, zh: 损失, range: '[0..1000]'}\n"
                            "benefits:\n  a: {zh: 甲, amount: loss, source: s}\n";

typedef struct claims {
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    int32_t member[ROWS + 1], day[ROWS];
    int64_t loss[ROWS];
    char text[ROWS * 8];
    uint8_t member_valid[ROWS / 8 + 1];
    int which[ROWS]; /* number of the member; -1: not given */
} claims;

typedef struct answers {
    int32_t outcome[ROWS];
    int64_t total[ROWS], after[ROWS];
    uint8_t valid[ROWS / 8 + 1];
} answers;

static claims data;
static answers whole, parted;

static uint32_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* Members' rows behind each other, 1 to 6 of each, or anywhere. Some rows have no member. */
static bool begin(claims *c, bool grouped)
{
    const huzhu_file files[3] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1},
                                 {.path = "p.yaml", .data = rules, .size = sizeof rules - 1},
                                 {.path = "q.yaml", .data = alone, .size = sizeof alone - 1}};
    uint64_t seed = 11;
    memset(c, 0, sizeof *c);
    for (int r = 0, left = 0, member = 0; r < ROWS; r++) {
        if (left-- == 0) {
            left = (int)(next(&seed) % 6);
            member++;
        }
        c->which[r] = next(&seed) % 31 == 0 ? -1 : grouped ? member : (int)(next(&seed) % 150);
        c->member[r + 1] = c->member[r] + sprintf(c->text + c->member[r], "M-%d", c->which[r]);
        c->day[r] = 17000;
        c->loss[r] = next(&seed) % 100000;
        if (c->which[r] >= 0) c->member_valid[r / 8] = (uint8_t)(c->member_valid[r / 8] | 1u << (r % 8));
    }
    return HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(files, 3, NULL, NULL, &c->ruleset), HUZHU_OK) &&
           HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(c->ruleset, "p", HUZHU_NUL, &c->plan), HUZHU_OK);
}

static huzhu_batch *batch_of(const claims *c, answers *a)
{
    huzhu_batch *batch = NULL;
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = a->outcome, .total = a->total};
    huzhu_column member = {.struct_size = sizeof member, .layout = HUZHU_COLUMN_TEXT, .values = c->member, .valid = c->member_valid};
    huzhu_column day = {.struct_size = sizeof day, .layout = HUZHU_COLUMN_INT32, .values = c->day};
    huzhu_column loss = {.struct_size = sizeof loss, .layout = HUZHU_COLUMN_INT64, .values = c->loss, .scale = 2};
    member.bytes = c->text;
    member.byte_count = sizeof c->text;
    HZ_CHECK_EQ_INT(huzhu_batch_new(c->plan, &batch), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, 0, &member), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, 1, &day), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, 2, &loss), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_results(batch, &results), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_counter_after(batch, 0, a->after, a->valid), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_set_counters(batch, HUZHU_COUNTERS_CARRIED), HUZHU_OK);
    return batch;
}

/* The member of the last row before that has one. */
static int member_before(const claims *c, size_t row)
{
    while (row > 0 && c->which[row - 1] < 0) row--;
    return row > 0 ? c->which[row - 1] : -1;
}

/* Every row as a claim, with a ledger. */
static void check_one_by_one(const claims *c, const answers *a)
{
    huzhu_claim *claim = NULL;
    huzhu_decision *decision = NULL;
    huzhu_ledger *ledger = NULL;
    unsigned cut = 0, incomplete = 0;
    HZ_CHECK_EQ_INT(huzhu_claim_new(c->plan, &claim), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_decision_new(NULL, &decision), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &ledger), HUZHU_OK);
    for (int r = 0; r < ROWS; r++) {
        int64_t total = 0;
        huzhu_counter_change change = {.struct_size = sizeof change};
        huzhu_claim_reset(claim);
        if (c->which[r] >= 0) huzhu_claim_set_text(claim, 0, c->text + c->member[r], (size_t)(c->member[r + 1] - c->member[r]));
        huzhu_claim_set_days(claim, 1, c->day[r]);
        huzhu_claim_set_minor(claim, 2, c->loss[r]);
        HZ_CHECK_EQ_INT(huzhu_ledger_fill(ledger, claim), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_evaluate(claim, decision), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_ledger_apply(ledger, decision), HUZHU_OK);
        huzhu_decision_total(decision, &total);
        HZ_CHECK_EQ_INT(a->outcome[r], huzhu_decision_outcome(decision));
        HZ_CHECK_EQ_INT(a->total[r], total);
        cut += total < c->loss[r];
        incomplete += a->outcome[r] == HUZHU_INCOMPLETE;
        if (huzhu_decision_counter_change_at(decision, 0, &change) == HUZHU_OK) HZ_CHECK_EQ_INT(a->after[r], change.after);
    }
    HZ_CHECK(cut > 10);
    HZ_CHECK(incomplete > 10);
    huzhu_ledger_free(ledger);
    huzhu_decision_free(decision);
    huzhu_claim_free(claim);
}

static bool same(const answers *a, const answers *b)
{
    return memcmp(a->outcome, b->outcome, sizeof a->outcome) == 0 && memcmp(a->total, b->total, sizeof a->total) == 0 &&
           memcmp(a->after, b->after, sizeof a->after) == 0 && memcmp(a->valid, b->valid, sizeof a->valid) == 0;
}

typedef struct share {
    huzhu_batch *batch;
    size_t first, rows;
    huzhu_status status;
} share;

static void *evaluate(void *context)
{
    share *s = context;
    s->status = huzhu_batch_evaluate(s->batch, s->first, s->rows);
    return NULL;
}

HZ_TEST(parts_of_a_batch_answer_as_the_whole)
{
    size_t ends[PARTS];
    share shares[PARTS];
    pthread_t threads[PARTS];
    if (!begin(&data, true)) return;
    huzhu_batch *batch = batch_of(&data, &whole);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, 500), HUZHU_OK); /* as arrays come, one behind the other */
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 500, ROWS - 500), HUZHU_OK);
    check_one_by_one(&data, &whole);
    memset(&parted, 0xFF, sizeof parted);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, ROWS, PARTS, ends), HUZHU_OK);
    HZ_CHECK_EQ_INT(ends[PARTS - 1], ROWS);
    for (size_t i = 0, first = 0; i < PARTS; first = ends[i++]) {
        HZ_CHECK(ends[i] - first > ROWS / PARTS - 8 && ends[i] - first < ROWS / PARTS + 8);
        HZ_CHECK(first == 0 || data.which[first] != member_before(&data, first));
        shares[i] = (share){.batch = batch_of(&data, &parted), .first = first, .rows = ends[i] - first};
        HZ_CHECK_EQ_INT(pthread_create(&threads[i], NULL, evaluate, &shares[i]), 0);
    }
    HZ_CHECK(ends[0] % 8 != 0 || ends[1] % 8 != 0); /* so threads share bytes of bits */
    for (size_t i = 0; i < PARTS; i++) {
        pthread_join(threads[i], NULL);
        HZ_CHECK_EQ_INT(shares[i].status, HUZHU_OK);
        huzhu_batch_free(shares[i].batch);
    }
    parted.valid[ROWS / 8] &= 0xFF >> (8 - ROWS % 8);
    HZ_CHECK(same(&whole, &parted));
    huzhu_batch_free(batch);
    huzhu_ruleset_release(data.ruleset);
}

HZ_TEST(carried_counters_can_be_forgotten)
{
    if (!begin(&data, false)) return;
    huzhu_batch *batch = batch_of(&data, &whole);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    check_one_by_one(&data, &whole);
    memcpy(&parted, &whole, sizeof parted);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    HZ_CHECK(!same(&whole, &parted));
    HZ_CHECK_EQ_INT(huzhu_batch_set_counters(batch, HUZHU_COUNTERS_CARRIED), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    HZ_CHECK(same(&whole, &parted));
    huzhu_batch_free(batch);
    huzhu_ruleset_release(data.ruleset);
}

/* A counter under a key that is made from an input which rows need not have. */
static const char made[] = "plan: r\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\n"
                           "inputs:\n  member: {type: key, zh: 会员}\n  day: {type: date, zh: 日}\n"
                           "  loss: {type: money, zh: 损失}\n"
                           "  grade: {type: count, zh: 级, range: '[1..9]', optional: true}\n"
                           "values:\n  severe: {is: 'grade != null and grade > 5', zh: 重}\n"
                           "in turn by: member\n"
                           "counters:\n  paid: {zh: 已付, unit: CNY, per: [member, severe], adds: total}\n"
                           "benefits:\n  a: {zh: 甲, amount: 10, source: s}\n"
                           "caps:\n  - {code: MOST, over: a, limit: 3000, counts: paid, source: s, zh: 限}\n";

/* A chunk (256 rows) in which no row has that input, behind one in which it is wrong in many. */
HZ_TEST(parts_of_keys_that_are_missing_behind_bad_ones)
{
    const huzhu_file files[2] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1}, {.path = "r.yaml", .data = made, .size = sizeof made - 1}};
    static int64_t grade[ROWS];
    static uint8_t given[ROWS / 8 + 1];
    const huzhu_plan *plan = NULL;
    huzhu_ruleset *ruleset = NULL;
    if (!begin(&data, true)) return;
    huzhu_ruleset_release(data.ruleset);
    if (!HZ_CHECK_EQ_INT(huzhu_ruleset_load_files(files, 2, NULL, NULL, &ruleset), HUZHU_OK)) return;
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "r", HUZHU_NUL, &plan), HUZHU_OK);
    data.ruleset = ruleset;
    data.plan = plan;
    memset(given, 0xFF, sizeof given);
    memset(given + 256 / 8, 0, 256 / 8);
    for (int r = 0; r < ROWS; r++) grade[r] = r < 256 && r % 2 == 0 ? 99 : 1 + r % 9;
    huzhu_batch *batch = batch_of(&data, &whole);
    const huzhu_column column = {.struct_size = sizeof column, .layout = HUZHU_COLUMN_INT64, .values = grade, .valid = given};
    HZ_CHECK_EQ_INT(huzhu_batch_set_input(batch, 3, &column), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_evaluate(batch, 0, ROWS), HUZHU_OK);
    int carried = 0;
    for (int r = 0; r < 512; r++) {
        if (data.which[r] < 0) continue;
        HZ_CHECK_EQ_INT(whole.outcome[r], r < 256 && r % 2 == 0 ? HUZHU_FAILED : HUZHU_PAID);
        if (r <= 256 || data.which[r - 1] != data.which[r]) continue;
        HZ_CHECK_EQ_INT(whole.after[r], whole.after[r - 1] + 1000);
        carried++;
    }
    HZ_CHECK(carried > 100);
    huzhu_batch_free(batch);
    huzhu_ruleset_release(ruleset);
}

HZ_TEST(cuts_of_rows)
{
    size_t ends[ROWS + 1];
    if (!begin(&data, true)) return;
    huzhu_batch *batch = batch_of(&data, &whole);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 10, 100, 1, ends), HUZHU_OK);
    HZ_CHECK_EQ_INT(ends[0], 110);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 10, 0, 2, ends), HUZHU_OK);
    HZ_CHECK(ends[0] == 10 && ends[1] == 10);
    /* More parts than members: some are empty, none is cut. */
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, ROWS, ROWS + 1, ends), HUZHU_OK);
    for (size_t i = 0, first = 0; i <= ROWS; first = ends[i++]) {
        HZ_CHECK(ends[i] >= first && ends[i] <= ROWS);
        if (first > 0 && first < ROWS) HZ_CHECK(data.which[first] >= 0 && data.which[first] != member_before(&data, first));
    }
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, ROWS, 0, ends), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, ROWS, 65537, ends), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, SIZE_MAX, 1, ends), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, ROWS, 1, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(NULL, 0, ROWS, 1, ends), HUZHU_INVALID_ARGUMENT);
    huzhu_batch_free(batch);
    huzhu_ruleset_release(data.ruleset);
    if (!begin(&data, false)) return;
    batch = batch_of(&data, &whole);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, ROWS, 2, ends), HUZHU_DATA);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, ROWS, 1, ends), HUZHU_OK);
    huzhu_batch_free(batch);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(data.ruleset, "q", HUZHU_NUL, &data.plan), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_new(data.plan, &batch), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 0, 10, 3, ends), HUZHU_OK);
    HZ_CHECK(ends[0] == 3 && ends[1] == 6 && ends[2] == 10);
    huzhu_batch_free(batch);
    huzhu_ruleset_release(data.ruleset);
}

/* ---- Arrow ---- */

static void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void let_array_go(struct ArrowArray *array)
{
    array->release = NULL;
}

/* The rows as an array of columns member, day, loss, from `offset` on. */
typedef struct table {
    struct ArrowSchema schema, schemas[3], *schema_list[3];
    struct ArrowArray array, arrays[3], *array_list[3];
    const void *none[1], *member[3], *day[2], *loss[2];
} table;

static void fill(table *t, const claims *c, int64_t offset, int64_t rows)
{
    static const char *const names[] = {"member", "day", "loss"}, *const formats[] = {"u", "tdD", "d:18,2,64"};
    *t = (table){.none = {NULL}};
    t->member[0] = c->member_valid;
    t->member[1] = c->member;
    t->member[2] = c->text;
    t->day[1] = c->day;
    t->loss[1] = c->loss;
    const void **const buffers[] = {t->member, t->day, t->loss};
    for (int i = 0; i < 3; i++) {
        t->schemas[i] = (struct ArrowSchema){.format = formats[i], .name = names[i], .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go};
        t->arrays[i] = (struct ArrowArray){.length = ROWS, .null_count = -1, .n_buffers = i == 0 ? 3 : 2, .buffers = buffers[i], .release = let_array_go};
        t->schema_list[i] = &t->schemas[i];
        t->array_list[i] = &t->arrays[i];
    }
    t->arrays[1].null_count = t->arrays[2].null_count = 0;
    t->schema = (struct ArrowSchema){.format = "+s", .n_children = 3, .children = t->schema_list, .release = let_schema_go};
    t->array = (struct ArrowArray){.length = rows, .offset = offset, .n_buffers = 1, .buffers = t->none, .n_children = 3, .children = t->array_list, .release = let_array_go};
}

static huzhu_arrow *bind(const claims *c, const table *t)
{
    huzhu_arrow *arrow = NULL;
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = HUZHU_COUNTERS_CARRIED};
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(c->plan, &t->schema, &options, NULL, &arrow), HUZHU_OK);
    return arrow;
}

HZ_TEST(parts_of_an_array)
{
    static table t;
    static uint32_t part[ROWS], again[ROWS];
    int64_t ends[PARTS];
    size_t batch_ends[PARTS], in[PARTS] = {0};
    if (!begin(&data, true)) return;
    huzhu_batch *batch = batch_of(&data, &whole);
    fill(&t, &data, 5, ROWS - 5);
    huzhu_arrow *arrow = bind(&data, &t);
    HZ_CHECK_EQ_INT(huzhu_arrow_partition(arrow, &t.array, PARTS, NULL, ends), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_batch_partition(batch, 5, ROWS - 5, PARTS, batch_ends), HUZHU_OK);
    for (size_t i = 0; i < PARTS; i++) HZ_CHECK_EQ_INT(ends[i] + 5, batch_ends[i]);
    /* One member has one part, in whatever array. */
    HZ_CHECK_EQ_INT(huzhu_arrow_assign(arrow, &t.array, PARTS, NULL, part), HUZHU_OK);
    fill(&t, &data, 0, ROWS);
    HZ_CHECK_EQ_INT(huzhu_arrow_assign(arrow, &t.array, PARTS, NULL, again), HUZHU_OK);
    HZ_CHECK(memcmp(part, again + 5, (ROWS - 5) * sizeof *part) == 0);
    for (int r = 0; r < ROWS; r++) {
        HZ_CHECK(again[r] < PARTS);
        in[again[r]]++;
        for (int k = 0; k < r; k++) HZ_CHECK(data.which[r] != data.which[k] || again[r] == again[k]);
    }
    for (size_t i = 0; i < PARTS; i++) HZ_CHECK(in[i] > ROWS / PARTS / 2);
    huzhu_arrow_free(arrow);
    huzhu_batch_free(batch);
    huzhu_ruleset_release(data.ruleset);
}

/* A table of a counter goes to the threads whose rows find it. */
HZ_TEST(parts_of_a_counter_table)
{
    static table t;
    static uint32_t part[ROWS], keys[ROWS];
    struct ArrowArray out, counters;
    struct ArrowSchema schema;
    int found = 0;
    if (!begin(&data, false)) return;
    fill(&t, &data, 0, ROWS);
    huzhu_arrow *arrow = bind(&data, &t);
    HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &t.array, NULL, &out), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_counter_schema(arrow, 0, &schema), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_counter_array(arrow, 0, &counters), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_assign(arrow, &t.array, PARTS, NULL, part), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_assign_counter(arrow, 0, &schema, &counters, PARTS, NULL, keys), HUZHU_OK);
    const int32_t *offsets = counters.children[0]->buffers[1];
    const char *text = counters.children[0]->buffers[2];
    for (int64_t k = 0; k < counters.length; k++)
        for (int r = 0; r < ROWS; r++) {
            int32_t size = offsets[k + 1] - offsets[k];
            if (data.which[r] < 0 || size != data.member[r + 1] - data.member[r] || memcmp(text + offsets[k], data.text + data.member[r], (size_t)size) != 0) continue;
            HZ_CHECK_EQ_INT(keys[k], part[r]);
            found++;
        }
    HZ_CHECK(found > ROWS / 2);
    schema.release(&schema);
    counters.release(&counters);
    out.release(&out);
    huzhu_arrow_free(arrow);
    huzhu_ruleset_release(data.ruleset);
}

HZ_TEST(parts_refused)
{
    static table t;
    static uint32_t part[ROWS];
    int64_t ends[PARTS];
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_diagnostic told = {.struct_size = sizeof told};
    if (!begin(&data, false) || !HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK)) return;
    fill(&t, &data, 0, ROWS);
    huzhu_arrow *arrow = bind(&data, &t);
    HZ_CHECK_EQ_INT(huzhu_arrow_partition(arrow, &t.array, 2, diagnostics, ends), HUZHU_DATA);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_at(diagnostics, 0, &told), HUZHU_OK);
    HZ_CHECK_STR(told.message.data, "rows of one `member` do not all come behind each other");
    HZ_CHECK_STR(told.hint.data, "sort the rows by `member`, in their order within one; or give rows to threads by huzhu_arrow_assign");
    HZ_CHECK_EQ_INT(huzhu_arrow_partition(arrow, &t.array, 0, NULL, ends), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_arrow_partition(arrow, &t.array, 2, NULL, NULL), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_arrow_assign(arrow, &t.array, 65537, NULL, part), HUZHU_INVALID_ARGUMENT);
    HZ_CHECK_EQ_INT(huzhu_arrow_assign_counter(arrow, 0, &t.schema, &t.array, 2, diagnostics, part), HUZHU_DATA);
    HZ_CHECK_EQ_INT(huzhu_diagnostics_at(diagnostics, 0, &told), HUZHU_OK);
    HZ_CHECK_STR(told.message.data, "the table has no column `value`");
    t.array.length = -1;
    HZ_CHECK_EQ_INT(huzhu_arrow_assign(arrow, &t.array, 2, diagnostics, part), HUZHU_DATA);
    huzhu_arrow_free(arrow);
    huzhu_diagnostics_free(diagnostics);
    huzhu_ruleset_release(data.ruleset);
}

/* A life of a batch that carries and is cut, an allocation failing. */
static huzhu_status once(const huzhu_allocator *allocator, void *context)
{
    const claims *c = context;
    const huzhu_load_options options = {.struct_size = sizeof options, .allocator = allocator};
    const huzhu_file files[2] = {{.path = "ruleset.yaml", .data = manifest, .size = sizeof manifest - 1},
                                 {.path = "p.yaml", .data = rules, .size = sizeof rules - 1}};
    huzhu_column member = {.struct_size = sizeof member, .layout = HUZHU_COLUMN_TEXT, .values = c->member, .valid = c->member_valid, .bytes = c->text, .byte_count = sizeof c->text};
    huzhu_ruleset *ruleset = NULL;
    huzhu_batch *batch = NULL;
    size_t ends[2];
    huzhu_status status = huzhu_ruleset_load_files(files, 2, &options, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_batch_new(huzhu_ruleset_plan_at(ruleset, 0), &batch);
    if (status == HUZHU_OK) status = huzhu_batch_set_counters(batch, HUZHU_COUNTERS_CARRIED);
    if (status == HUZHU_OK) status = huzhu_batch_set_input(batch, 0, &member);
    if (status == HUZHU_OK) status = huzhu_batch_partition(batch, 0, ROWS, 2, ends);
    if (status == HUZHU_OK) status = huzhu_batch_evaluate(batch, 0, ROWS);
    huzhu_batch_free(batch);
    huzhu_ruleset_release(ruleset);
    return status;
}

HZ_TEST(carried_batches_and_cuts_without_memory)
{
    if (!begin(&data, true)) return;
    huzhu_ruleset_release(data.ruleset);
    hz_each_allocation_fails(once, &data);
}
