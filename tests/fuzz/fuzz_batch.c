/* fuzz_batch.c - columns of plain pointers of any layout and any values, for a plan with an input of every type: counters given,
 * fresh and carried; any ranges of rows; with allocations that fail.
 *
 * Columns are as large as the header says that they must be; texts' offsets, codes, flags, days and amounts are anything. Beyond
 * "no crash": ranges of rows say what all rows at once say, and nothing is written outside of them; everything is given back.
 */
#include "counted.h"
#include "frame.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 40, INPUTS = 10, COUNTERS = 4 };

static void must(bool well)
{
    if (!well) abort();
}

/* Loaded once: what is fuzzed are the columns. */
static const huzhu_plan *the_plan(void)
{
    static const huzhu_plan *plan;
    static const huzhu_allocator allocator = {.struct_size = sizeof allocator, .allocate = take, .reallocate = retake, .release = give_back};
    const huzhu_load_options options = {.struct_size = sizeof options, .allocator = &allocator};
    huzhu_ruleset *ruleset;
    if (plan != NULL) return plan;
    must(huzhu_ruleset_load(HZ_TEST_ROOT "/tests/golden/claims/rules", &options, NULL, &ruleset) == HUZHU_OK);
    must(huzhu_ruleset_plan_find(ruleset, "all-types", HUZHU_NUL, &plan) == HUZHU_OK);
    return plan;
}

/* ---- Columns ---- */

typedef struct columns {
    huzhu_column at[INPUTS + COUNTERS];
    void *owned[INPUTS + COUNTERS][3];
    bool is[INPUTS + COUNTERS];
} columns;

static void *own(columns *c, size_t column, int which, size_t size)
{
    void *taken = malloc(size > 0 ? size : 1);
    must(taken != NULL);
    c->owned[column][which] = taken;
    return taken;
}

/* Mostly small numbers; days of the years in which the plan is in force. */
static int64_t any_value(fuzz_bytes *bytes, bool day)
{
    uint8_t choice = fuzz_byte(bytes);
    if (choice >= 0xf8) return (int64_t)fuzz_word(bytes);
    if (choice >= 0xf0) return -(int64_t)(choice & 7);
    return choice % 16 + (day ? 16800 : 0);
}

static void make_texts(fuzz_bytes *bytes, columns *c, size_t i, size_t rows)
{
    size_t size = fuzz_byte(bytes);
    int32_t *offsets = own(c, i, 0, 4 * (rows + 1)), end = 0;
    char *texts = own(c, i, 2, size);
    for (size_t k = 0; k < size; k++) texts[k] = "M12北none\xff"[fuzz_byte(bytes) % 11];
    for (size_t r = 0; r <= rows; r++) {
        offsets[r] = end;
        uint8_t step = fuzz_byte(bytes);
        end = step < 0xf0 ? end + step % 4 : step == 0xff ? (int32_t)fuzz_word(bytes) : end - step % 8;
    }
    c->at[i].values = offsets;
    c->at[i].bytes = size > 0 ? texts : NULL;
    c->at[i].byte_count = size;
}

/* A column of any layout, the usual one of its type mostly. */
static void make_column(fuzz_bytes *bytes, columns *c, size_t i, size_t rows)
{
    static const uint8_t usual[INPUTS + COUNTERS] = {HUZHU_COLUMN_TEXT, HUZHU_COLUMN_INT32, HUZHU_COLUMN_INT64, HUZHU_COLUMN_BITS, HUZHU_COLUMN_DICTIONARY, HUZHU_COLUMN_TEXT, HUZHU_COLUMN_INT64,
                                                     HUZHU_COLUMN_INT64, HUZHU_COLUMN_INT64, HUZHU_COLUMN_INT64, HUZHU_COLUMN_INT64, HUZHU_COLUMN_INT64, HUZHU_COLUMN_BYTES, HUZHU_COLUMN_INT32};
    static const char *const words[] = {"fire", "none", "flood", "burst_pipe", "Fire"};
    uint8_t choice = fuzz_byte(bytes);
    c->is[i] = choice != 0xff;
    c->at[i] = (huzhu_column){.struct_size = sizeof c->at[i], .layout = choice < 0xc0 ? usual[i] : choice % 7, .dictionary = words, .dictionary_count = choice % 6};
    if (choice >= 0xc0 || i == 2) c->at[i].scale = (int32_t)(fuzz_byte(bytes) % 20) - 1;
    else if (i >= 7) c->at[i].scale = choice % 3;
    if (i != 0 && choice % 3 == 0) {
        uint8_t *valid = own(c, i, 1, (rows + 7) / 8);
        for (size_t k = 0; k < (rows + 7) / 8; k++) valid[k] = fuzz_byte(bytes);
        c->at[i].valid = valid;
    }
    if (c->at[i].layout == HUZHU_COLUMN_TEXT) {
        make_texts(bytes, c, i, rows);
        return;
    }
    size_t width = c->at[i].layout == HUZHU_COLUMN_INT64 ? 8 : c->at[i].layout == HUZHU_COLUMN_BITS || c->at[i].layout == HUZHU_COLUMN_BYTES ? 1 : 4;
    size_t count = c->at[i].layout == HUZHU_COLUMN_BITS ? (rows + 7) / 8 : rows;
    unsigned char *values = own(c, i, 0, width * count);
    for (size_t k = 0; k < count; k++) {
        int64_t value = any_value(bytes, i == 1 || i == 2 || i == 13);
        memcpy(values + width * k, &value, width);
    }
    c->at[i].values = values;
}

/* False: a layout that the input does not have; then the column is none. */
static void set_columns(huzhu_batch *batch, const columns *c)
{
    for (size_t i = 0; i < INPUTS + COUNTERS; i++) {
        const huzhu_column *column = c->is[i] ? &c->at[i] : NULL;
        huzhu_status status = i < INPUTS ? huzhu_batch_set_input(batch, i, column) : huzhu_batch_set_counter(batch, i - INPUTS, column);
        must(status == HUZHU_OK || status == HUZHU_INVALID_ARGUMENT || (status == HUZHU_NO_MEMORY && memory.fail_at > 0));
    }
}

/* ---- Results ---- */

typedef struct results {
    int32_t outcome[MOST + 1], reason[MOST + 1], bad[MOST + 1];
    int64_t total[MOST + 1], gross[MOST + 1], net[MOST + 1], after[COUNTERS][MOST + 1];
    uint8_t there[COUNTERS][MOST / 8 + 1];
} results;

static void set_results(huzhu_batch *batch, results *to)
{
    const huzhu_batch_results plain = {.struct_size = sizeof plain, .outcome = to->outcome, .reason = to->reason, .total = to->total, .bad_input = to->bad};
    must(huzhu_batch_set_results(batch, &plain) == HUZHU_OK && huzhu_batch_set_benefit(batch, 0, to->gross, to->net) == HUZHU_OK);
    for (size_t i = 0; i < COUNTERS; i++) must(huzhu_batch_set_counter_after(batch, i, to->after[i], to->there[i]) == HUZHU_OK);
}

static void check_row(const results *a, size_t r)
{
    must(a->outcome[r] >= HUZHU_PAID && a->outcome[r] <= HUZHU_FAILED && a->bad[r] >= -1 && a->bad[r] < INPUTS + COUNTERS);
    must(a->reason[r] >= 0 && (size_t)a->reason[r] <= huzhu_plan_reason_count(the_plan()));
    must(a->total[r] == a->net[r] && (a->total[r] > 0) == (a->outcome[r] == HUZHU_PAID) && a->net[r] <= a->gross[r]);
    must(a->bad[r] < 0 || a->outcome[r] == HUZHU_FAILED);
}

static bool same_row(const results *a, const results *b, size_t r)
{
    bool same = a->outcome[r] == b->outcome[r] && a->reason[r] == b->reason[r] && a->bad[r] == b->bad[r] && a->total[r] == b->total[r] && a->gross[r] == b->gross[r] && a->net[r] == b->net[r];
    for (size_t i = 0; i < COUNTERS; i++) same = same && a->after[i][r] == b->after[i][r] && ((a->there[i][r / 8] ^ b->there[i][r / 8]) >> (r % 8) & 1) == 0;
    return same;
}

static huzhu_batch *new_batch(const columns *c, uint32_t counters, results *to)
{
    huzhu_batch *batch = NULL;
    if (huzhu_batch_new(the_plan(), &batch) != HUZHU_OK) return NULL;
    set_columns(batch, c);
    set_results(batch, to);
    if (huzhu_batch_set_counters(batch, counters) == HUZHU_OK) return batch;
    huzhu_batch_free(batch);
    return NULL;
}

/* All rows at once, then by ranges that the bytes choose. */
static void run(fuzz_bytes *bytes, const columns *c, size_t rows, uint32_t counters)
{
    static results whole, parts;
    size_t ends[3];
    huzhu_batch *one = new_batch(c, counters, &whole), *many = new_batch(c, counters, &parts);
    memset(&whole, 0x5a, sizeof whole);
    memset(&parts, 0x5a, sizeof parts);
    bool well = one != NULL && many != NULL && huzhu_batch_evaluate(one, 0, rows) == HUZHU_OK;
    for (size_t first = 0, count; well && first < rows; first += count) {
        count = 1 + fuzz_byte(bytes) % (rows - first);
        well = huzhu_batch_evaluate(many, first, count) == HUZHU_OK;
    }
    must(well || memory.fail_at > 0);
    for (size_t r = 0; well && memory.fail_at == 0 && r < rows; r++) {
        check_row(&whole, r);
        must(same_row(&whole, &parts, r));
    }
    must(whole.outcome[rows] == 0x5a5a5a5a && whole.total[rows] == INT64_C(0x5a5a5a5a5a5a5a5a));
    if (well && huzhu_batch_partition(one, 0, rows, 3, ends) == HUZHU_OK) must(ends[0] <= ends[1] && ends[1] <= ends[2] && ends[2] == rows);
    huzhu_batch_free(one);
    huzhu_batch_free(many);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static columns c;
    fuzz_bytes bytes = {data, size};
    must(the_plan() != NULL);
    memset(&c, 0, sizeof c);
    size_t before = memory.live, rows = 1 + fuzz_pick(&bytes, MOST);
    uint32_t counters = fuzz_byte(&bytes) % 3;
    unsigned fail = fuzz_byte(&bytes);
    memory.calls = 0;
    memory.fail_at = fail < 0xe0 ? 0 : fail - 0xdf;
    for (size_t i = 0; i < INPUTS + COUNTERS; i++) make_column(&bytes, &c, i, rows);
    run(&bytes, &c, rows, counters);
    for (size_t i = 0; i < INPUTS + COUNTERS; i++)
        for (int k = 0; k < 3; k++) free(c.owned[i][k]);
    must(memory.live == before);
    memory.fail_at = 0;
    return 0;
}
