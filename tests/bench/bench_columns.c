/* bench_columns.c - what a row costs in columns, next to a hand-written loop over the same columns.
 *
 *     bench_columns [FOLDER [ROWS]]        rulesets/beijing and 1,048,576 rows by default
 *
 * Through run/columns.h, which is inside the library: there is no public call for columns yet. The answers of both are
 * compared over all rows first: when one differs nothing is measured. Figures are medians of PAIRS interleaved pairs.
 */
#include "hand_inpatient_allowance.h"

#include "api/api.h"
#include "base/status.h"
#include "run/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PAIRS = 15, DATES = 5, NUMBERS = 3, NARROW = 2, WIDE = 3 };

/* The columns of a population, and room for both answers. */
typedef struct table {
    size_t rows;
    int32_t *dates[DATES];     /* cover_start, cover_end, admitted, discharged, cause */
    int64_t *numbers[NUMBERS]; /* hospital_level, days_before, paid_before */
    hz_str *keys;
    uint64_t *valid[HAND_FIELDS];
    int32_t *narrow[2][NARROW]; /* of the library and by hand: outcome, reason */
    int64_t *wide[2][WIDE];     /* total, days_after, paid_after */
} table;

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

static void make_room(table *t, size_t rows)
{
    t->rows = rows;
    t->keys = room(rows, sizeof *t->keys);
    for (int i = 0; i < DATES; i++) t->dates[i] = room(rows, sizeof(int32_t));
    for (int i = 0; i < NUMBERS; i++) t->numbers[i] = room(rows, sizeof(int64_t));
    for (int i = 0; i < HAND_FIELDS; i++) t->valid[i] = room(rows / 64 + 1, sizeof(uint64_t));
    for (int who = 0; who < 2; who++) {
        for (int i = 0; i < NARROW; i++) t->narrow[who][i] = room(rows, sizeof(int32_t));
        for (int i = 0; i < WIDE; i++) t->wide[who][i] = room(rows, sizeof(int64_t));
    }
}

static void fill(table *t, uint64_t seed)
{
    for (size_t r = 0; r < t->rows; r++) {
        hand_claim claim;
        hand_random(&seed, &claim);
        t->keys[r] = HZ_STR("BJ-000123");
        t->dates[0][r] = claim.cover_start;
        t->dates[1][r] = claim.cover_end;
        t->dates[2][r] = claim.admitted;
        t->dates[3][r] = claim.discharged;
        t->dates[4][r] = claim.cause;
        t->numbers[0][r] = claim.hospital_level;
        t->numbers[1][r] = claim.days_before;
        t->numbers[2][r] = claim.paid_before;
        for (uint32_t i = 0; i < HAND_FIELDS; i++)
            t->valid[i][r / 64] |= (uint64_t)(claim.given >> i & 1) << (r % 64);
    }
}

static void free_table(table *t)
{
    free(t->keys);
    for (int i = 0; i < DATES; i++) free(t->dates[i]);
    for (int i = 0; i < NUMBERS; i++) free(t->numbers[i]);
    for (int i = 0; i < HAND_FIELDS; i++) free(t->valid[i]);
    for (int who = 0; who < 2; who++) {
        for (int i = 0; i < NARROW; i++) free(t->narrow[who][i]);
        for (int i = 0; i < WIDE; i++) free(t->wide[who][i]);
    }
}

/* ---- both ---- */

/* The plan's inputs stand in the order of HAND_MEMBER… HAND_CAUSE, its counters in that of HAND_DAYS, HAND_PAID. */
static void run_library(hz_batch *batch, const table *t)
{
    const hz_column inputs[] = {{t->keys, t->valid[HAND_MEMBER]},          {t->keys, t->valid[HAND_COVER]},
                                {t->dates[0], t->valid[HAND_COVER_START]}, {t->dates[1], t->valid[HAND_COVER_END]},
                                {t->dates[2], t->valid[HAND_ADMITTED]},    {t->dates[3], t->valid[HAND_DISCHARGED]},
                                {t->numbers[0], t->valid[HAND_LEVEL]},     {t->dates[4], t->valid[HAND_CAUSE]}};
    const hz_column counters[] = {{t->numbers[1], t->valid[HAND_DAYS]}, {t->numbers[2], t->valid[HAND_PAID]}};
    int64_t *const after[] = {t->wide[0][1], t->wide[0][2]};
    const hz_results results = {.outcome = t->narrow[0][0], .reason = t->narrow[0][1], .total = t->wide[0][0], .after = after};
    hz_batch_run(batch, inputs, counters, t->rows, &results);
}

static void run_hand(const table *t)
{
    hand_columns columns = {t->dates[0], t->dates[1],   t->dates[2],   t->dates[3],   t->dates[4],
                            t->numbers[0], t->numbers[1], t->numbers[2], {NULL}};
    for (int i = 0; i < HAND_FIELDS; i++)
        columns.valid[i] = t->valid[i];
    const hand_results results = {t->narrow[1][0], t->narrow[1][1], t->wide[1][0], t->wide[1][1], t->wide[1][2]};
    hand_rows(&columns, t->rows, &results);
}

/* The row that differs, or the number of rows. A reason counts where there is one to give: refused, or in error by a
 * check. */
static size_t first_difference(const table *t)
{
    for (size_t r = 0; r < t->rows; r++) {
        bool decided = t->narrow[1][0][r] == HAND_OUTCOME_REFUSED || t->narrow[1][1][r] == HAND_REASON_DATES;
        if (t->narrow[0][0][r] != t->narrow[1][0][r] || (decided && t->narrow[0][1][r] != t->narrow[1][1][r]))
            return r;
        for (int i = 0; i < WIDE; i++)
            if (t->wide[0][i][r] != t->wide[1][i][r])
                return r;
    }
    return t->rows;
}

static void tell_row(const table *t, size_t row)
{
    static const char *const who[] = {"library", "by hand"};
    fprintf(stderr, "bench_columns: row %zu is answered differently, nothing is measured\n", row);
    for (int i = 0; i < 2; i++)
        fprintf(stderr, "  %-8s outcome %d, reason %d, total %lld, days %lld, paid %lld\n", who[i], t->narrow[i][0][row], t->narrow[i][1][row],
                (long long)t->wide[i][0][row], (long long)t->wide[i][1][row], (long long)t->wide[i][2][row]);
}

/* ---- measuring ---- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
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

static void measure(hz_batch *batch, const table *t)
{
    double library[PAIRS], hand[PAIRS], ratio[PAIRS], rows = (double)t->rows;
    for (int i = 0; i < PAIRS; i++) {
        double begin = now();
        run_library(batch, t);
        double between = now();
        run_hand(t);
        double end = now();
        library[i] = (between - begin) / rows;
        hand[i] = (end - between) / rows;
        ratio[i] = library[i] / hand[i];
    }
    printf("%-52s %9s %9s %8s\n", "ns per row, medians of 15 interleaved pairs", "library", "by hand", "ratio");
    printf("%-52s %9.2f %9.2f %8.2f\n", "columns; outcome, total, reason, counters written", median(library), median(hand), median(ratio));
}

int main(int argc, char **argv)
{
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    hz_batch batch;
    table t = {0};
    size_t rows = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : (size_t)1 << 20;
    if (huzhu_ruleset_load(argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing", NULL, NULL, &ruleset) != HUZHU_OK)
        fail("the rules cannot be loaded");
    if (huzhu_ruleset_plan_find(ruleset, "inpatient-allowance", HUZHU_NUL, &plan) != HUZHU_OK)
        fail("there is no plan inpatient-allowance");
    if (hz_batch_begin(&batch, plan->core, &hz_alloc_libc) != HZ_OK)
        fail("no memory");
    make_room(&t, rows);
    fill(&t, 20240102);
    run_library(&batch, &t);
    run_hand(&t);
    size_t row = first_difference(&t);
    if (row < rows) {
        tell_row(&t, row);
    } else {
        printf("%zu seeded rows answered alike\n\n", rows);
        measure(&batch, &t);
    }
    hz_batch_end(&batch);
    free_table(&t);
    huzhu_ruleset_release(ruleset);
    return row < rows;
}
