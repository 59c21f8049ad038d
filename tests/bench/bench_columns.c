/* bench_columns.c - what a row costs in columns, next to a hand-written loop over the same columns.
 *
 *     bench_columns [FOLDER [ROWS [PLAN]]]     rulesets/beijing, 1,048,576 rows and each plan with a peer by default
 *
 * Through the public header, every value checked as it is. The answers of both are compared over all rows first: when one
 * differs nothing is measured. Figures are medians of PAIRS interleaved pairs.
 */
#include "peer.h"

#include <huzhu/huzhu.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAIRS = 15, LIBRARY = 0, BY_HAND = 1 };

/* A population, and room for both answers. */
typedef struct bench {
    const peer *peer;
    peer_table table;
    peer_results results[2];
    int32_t *offsets[PEER_INPUTS]; /* texts, as the library takes them */
    char *bytes[PEER_INPUTS];
} bench;

static void fail(const char *what)
{
    fprintf(stderr, "bench_columns: %s\n", what);
    exit(1);
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL)
        fail("no memory");
    return memory;
}

/* ---- population ---- */

static void *column(peer_kind kind, size_t rows)
{
    switch (kind) {
    case PEER_TEXTS: return room(rows, sizeof(hz_str));
    case PEER_DAYS: return room(rows, sizeof(int32_t));
    case PEER_FLAGS: return room(rows / 64 + 1, sizeof(uint64_t));
    case PEER_NUMBERS: break;
    }
    return room(rows, sizeof(int64_t));
}

static void copy_texts(bench *b, size_t i)
{
    const hz_str *texts = b->table.values[i];
    size_t length = 0;
    b->offsets[i] = room(b->table.rows + 1, sizeof(int32_t));
    for (size_t row = 0; row < b->table.rows; row++)
        b->offsets[i][row + 1] = (int32_t)(length += texts[row].len);
    b->bytes[i] = room(length + 1, 1);
    for (size_t row = 0; row < b->table.rows; row++)
        if (texts[row].len > 0) memcpy(b->bytes[i] + b->offsets[i][row], texts[row].at, texts[row].len);
}

static void make(bench *b, const peer *by_hand, size_t rows, uint64_t seed)
{
    *b = (bench){.peer = by_hand, .table = {.rows = rows, .inputs = by_hand->inputs}};
    for (size_t i = 0; i < by_hand->inputs + by_hand->counters; i++) {
        b->table.kind[i] = by_hand->kinds[i];
        b->table.values[i] = column(by_hand->kinds[i], rows);
        b->table.valid[i] = room(rows / 64 + 1, sizeof(uint64_t));
    }
    for (int who = 0; who < 2; who++) {
        b->results[who] = (peer_results){room(rows, sizeof(int32_t)), room(rows, sizeof(int32_t)), room(rows, sizeof(int64_t)), {NULL}};
        for (size_t i = 0; i < by_hand->counters; i++) b->results[who].after[i] = room(rows, sizeof(int64_t));
    }
    for (size_t row = 0; row < rows; row++) by_hand->fill(&seed, &b->table, row);
    for (size_t i = 0; i < by_hand->inputs; i++)
        if (by_hand->kinds[i] == PEER_TEXTS) copy_texts(b, i);
}

static void drop(bench *b)
{
    for (size_t i = 0; i < PEER_INPUTS; i++) {
        free(b->offsets[i]);
        free(b->bytes[i]);
    }
    for (size_t i = 0; i < b->peer->inputs + b->peer->counters; i++) {
        free(b->table.values[i]);
        free(b->table.valid[i]);
    }
    for (int who = 0; who < 2; who++) {
        free(b->results[who].outcome);
        free(b->results[who].reason);
        free(b->results[who].total);
        for (size_t i = 0; i < b->peer->counters; i++) free(b->results[who].after[i]);
    }
}

/* ---- both ---- */

static void check(huzhu_status status)
{
    if (status != HUZHU_OK)
        fail(huzhu_status_text(status));
}

static huzhu_column column_of(const bench *b, size_t i, int32_t scale)
{
    static const uint32_t layouts[] = {[PEER_TEXTS] = HUZHU_COLUMN_TEXT, [PEER_DAYS] = HUZHU_COLUMN_INT32, [PEER_FLAGS] = HUZHU_COLUMN_BITS, [PEER_NUMBERS] = HUZHU_COLUMN_INT64};
    huzhu_column out = {.struct_size = sizeof out, .layout = layouts[b->table.kind[i]], .values = b->table.values[i], .valid = (const uint8_t *)b->table.valid[i]};
    if (b->table.kind[i] == PEER_TEXTS) {
        out.values = b->offsets[i];
        out.bytes = b->bytes[i];
        out.byte_count = (uint64_t)b->offsets[i][b->table.rows];
    }
    if (b->table.kind[i] == PEER_NUMBERS)
        out.scale = scale;
    return out;
}

static huzhu_batch *open_batch(const huzhu_plan *plan, const bench *b)
{
    huzhu_batch *batch;
    check(huzhu_batch_new(plan, &batch));
    for (size_t i = 0; i < b->peer->inputs; i++) {
        huzhu_input_info info = {.struct_size = sizeof info};
        check(huzhu_plan_input_at(plan, i, &info));
        const huzhu_column from = column_of(b, i, info.scale);
        check(huzhu_batch_set_input(batch, i, &from));
    }
    for (size_t i = 0; i < b->peer->counters; i++) {
        huzhu_counter_info info = {.struct_size = sizeof info};
        check(huzhu_plan_counter_at(plan, i, &info));
        const huzhu_column from = column_of(b, b->peer->inputs + i, info.scale);
        check(huzhu_batch_set_counter(batch, i, &from));
        check(huzhu_batch_set_counter_after(batch, i, b->results[LIBRARY].after[i], NULL));
    }
    const peer_results *out = &b->results[LIBRARY];
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = out->outcome, .reason = out->reason, .total = out->total};
    check(huzhu_batch_set_results(batch, &results));
    return batch;
}

static void run_library(huzhu_batch *batch, const bench *b)
{
    check(huzhu_batch_evaluate(batch, 0, b->table.rows));
}

static void run_hand(const bench *b)
{
    b->peer->run(&b->table, &b->results[BY_HAND]);
}

/* The row that differs, or the number of rows. */
static size_t first_difference(const bench *b)
{
    const peer_results *library = &b->results[LIBRARY], *hand = &b->results[BY_HAND];
    for (size_t r = 0; r < b->table.rows; r++) {
        if (library->outcome[r] != hand->outcome[r] || library->reason[r] != hand->reason[r] || library->total[r] != hand->total[r])
            return r;
        for (size_t i = 0; i < b->peer->counters; i++)
            if (library->after[i][r] != hand->after[i][r])
                return r;
    }
    return b->table.rows;
}

static void tell_row(const bench *b, size_t row)
{
    static const char *const who[] = {"library", "by hand"};
    fprintf(stderr, "bench_columns: %s: row %zu is answered differently, nothing is measured\n", b->peer->plan, row);
    for (int i = 0; i < 2; i++) {
        const peer_results *out = &b->results[i];
        fprintf(stderr, "  %-8s outcome %d, reason %d, total %lld, counters", who[i], out->outcome[row], out->reason[row], (long long)out->total[row]);
        for (size_t c = 0; c < b->peer->counters; c++) fprintf(stderr, " %lld", (long long)out->after[c][row]);
        fprintf(stderr, "\n");
    }
}

/* ---- measuring ---- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); /* not what others take meanwhile */
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(double *values)
{
    qsort(values, PAIRS, sizeof *values, by_size);
    return values[PAIRS / 2];
}

static void measure(huzhu_batch *batch, const bench *b)
{
    double library[PAIRS], hand[PAIRS], ratio[PAIRS], rows = (double)b->table.rows;
    for (int i = 0; i < PAIRS; i++) {
        double begin = now();
        run_library(batch, b);
        double between = now();
        run_hand(b);
        double end = now();
        library[i] = (between - begin) / rows;
        hand[i] = (end - between) / rows;
        ratio[i] = library[i] / hand[i];
    }
    printf("%-52s %9.2f %9.2f %8.2f\n", b->peer->plan, median(library), median(hand), median(ratio));
}

/* Whether both answer alike; then it is measured. */
static bool try(const huzhu_ruleset *ruleset, const peer *by_hand, size_t rows)
{
    const huzhu_plan *plan;
    bench b;
    if (huzhu_ruleset_plan_find(ruleset, by_hand->plan, HUZHU_NUL, &plan) != HUZHU_OK)
        fail("a plan with a peer is not among the rules");
    make(&b, by_hand, rows, 20240102);
    huzhu_batch *batch = open_batch(plan, &b);
    run_library(batch, &b);
    run_hand(&b);
    size_t row = first_difference(&b);
    if (row < rows)
        tell_row(&b, row);
    else
        measure(batch, &b);
    huzhu_batch_free(batch);
    drop(&b);
    return row == rows;
}

int main(int argc, char **argv)
{
    huzhu_ruleset *ruleset;
    size_t rows = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : (size_t)1 << 20;
    bool alike = true;
    if (huzhu_ruleset_load(argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing", NULL, NULL, &ruleset) != HUZHU_OK)
        fail("the rules cannot be loaded");
    printf("columns, %zu seeded rows each, answered alike; outcome, total, reason and counters written\n\n", rows);
    printf("%-52s %9s %9s %8s\n", "ns per row, medians of 15 interleaved pairs", "library", "by hand", "ratio");
    for (size_t i = 0; i < hand_peer_count; i++)
        if (argc <= 3 || strcmp(argv[3], hand_peers[i].plan) == 0)
            alike &= try(ruleset, &hand_peers[i], rows);
    huzhu_ruleset_release(ruleset);
    return alike ? 0 : 1;
}
