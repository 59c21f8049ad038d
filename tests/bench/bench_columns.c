/* bench_columns.c - what a row costs in columns, next to loops written by hand over the same columns.
 *
 *     bench_columns [FOLDER [ROWS [PLAN [count]]]]     rulesets/beijing, 1,048,576 rows and each plan with a peer by default
 *
 * One thread, every value checked as it is, once with what every x86-64 runs and once with AVX2: both sides alike. The
 * answers are compared over all rows first: when one differs nothing is measured. Figures are medians of interleaved
 * rounds; in each of them the fastest loop by hand counts, and runs once more to show what the machine's noise is. With
 * `count` each side runs once, best level only, for tools that count instructions.
 */
#include "peer_library.h"
#include "peer_timing.h"

#include "column/kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 2 };

/* What the processor's features are taken for. */
typedef struct level {
    const char *name, *title;
    const hz_kernel_set *kernels;
    huzhu_ruleset *ruleset;
    const peer *hands; /* NULL: not on this machine */
} level;

typedef struct bench {
    const peer *peer;
    peer_table table;
    peer_results ours, by_hand;
} bench;

static const hz_kernel_set *chosen;

/* The linker puts this in the place of hz_kernels_best: rules loaded now run with the kernels chosen. */
const hz_kernel_set *__wrap_hz_kernels_best(void);
const hz_kernel_set *__wrap_hz_kernels_best(void)
{
    return chosen;
}

static void open_level(level *l, const char *folder)
{
    size_t count;
    l->hands = peer_hands(l->name, &count);
    if (l->hands == NULL) return;
    chosen = l->kernels;
    peer_check(folder, huzhu_ruleset_load(folder, NULL, NULL, &l->ruleset));
}

/* Not for the compiler to melt away: tools that count instructions ask for it by name. */
__attribute__((noinline)) void bench_by_hand(const peer_loop *loop, const bench *b);
void bench_by_hand(const peer_loop *loop, const bench *b)
{
    loop->run(&b->table, &b->by_hand);
}

static void run_library(huzhu_batch *batch, const bench *b)
{
    peer_check("evaluate", huzhu_batch_evaluate(batch, 0, b->table.rows));
}

static void tell_answer(const bench *b, const char *who, const peer_results *out, size_t row)
{
    fprintf(stderr, "  %-8s outcome %d, reason %d, total %lld, counters", who, out->outcome[row], out->reason[row], (long long)out->total[row]);
    for (size_t c = 0; c < b->peer->counters; c++) fprintf(stderr, " %lld", (long long)out->after[c][row]);
    fprintf(stderr, "\n");
}

static bool alike(huzhu_batch *batch, const bench *b, const peer_loop *loops)
{
    run_library(batch, b);
    for (size_t i = 0; i < PEER_LOOPS && loops[i].run != NULL; i++) {
        bench_by_hand(&loops[i], b);
        size_t row = peer_difference(&b->ours, &b->by_hand, b->peer, b->table.rows);
        if (row == b->table.rows) continue;
        fprintf(stderr, "bench_columns: %s: row %zu is answered differently (%s), nothing is measured\n", b->peer->plan, row, loops[i].name);
        tell_answer(b, "library", &b->ours, row);
        tell_answer(b, "by hand", &b->by_hand, row);
        return false;
    }
    return true;
}

static double timed_loop(const peer_loop *loop, const bench *b)
{
    double begin = peer_busy();
    bench_by_hand(loop, b);
    return peer_busy() - begin;
}

static void measure(const level *l, huzhu_batch *batch, const bench *b, const peer_loop *loops)
{
    double library[PEER_PAIRS], hand[PEER_PAIRS], ratio[PEER_PAIRS], again[PEER_PAIRS], rows = (double)b->table.rows;
    size_t wins[PEER_LOOPS] = {0}, most = 0;
    for (int i = 0; i < PEER_PAIRS; i++) {
        size_t best = 0;
        double begin = peer_busy();
        run_library(batch, b);
        library[i] = (peer_busy() - begin) / rows;
        for (size_t k = 0; k < PEER_LOOPS && loops[k].run != NULL; k++) {
            double took = timed_loop(&loops[k], b) / rows;
            if (k == 0 || took < hand[i]) hand[i] = took, best = k;
        }
        ratio[i] = library[i] / hand[i];
        again[i] = timed_loop(&loops[best], b) / rows / hand[i];
        wins[best]++;
    }
    for (size_t k = 1; k < PEER_LOOPS; k++)
        if (wins[k] > wins[most]) most = k;
    printf("%-28s %-8s %9.2f %9.2f %8.2f %8.2f %8.0f  %s\n", b->peer->plan, l->title, peer_median(library), peer_median(hand),
           peer_median(ratio), peer_median(again), peer_bytes_a_row(&b->table, b->peer), loops[most].name);
    fflush(stdout);
}

/* Whether all answer alike; then it is measured. */
static bool try(const level *l, const bench *b, size_t at, bool measured)
{
    huzhu_batch *batch = peer_batch(peer_plan(l->ruleset, b->peer), b->peer, &b->table, &b->ours);
    bool well = alike(batch, b, l->hands[at].loops);
    if (well && measured)
        measure(l, batch, b, l->hands[at].loops);
    huzhu_batch_free(batch);
    return well;
}

static bool try_plan(const level *levels, const peer *by_hand, size_t at, size_t rows, bool measured)
{
    bench b = {.peer = by_hand};
    bool well = true;
    if (!peer_table_make(&b.table, by_hand, rows, 20240102) || !peer_results_make(&b.ours, by_hand, rows) || !peer_results_make(&b.by_hand, by_hand, rows))
        peer_fail("no memory");
    for (size_t i = 0; i < LEVELS; i++)
        if (levels[i].hands != NULL && (measured || i + 1 == LEVELS || levels[i + 1].hands == NULL))
            well &= try(&levels[i], &b, at, measured);
    peer_results_drop(&b.ours, by_hand);
    peer_results_drop(&b.by_hand, by_hand);
    peer_table_drop(&b.table, by_hand);
    return well;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing";
    size_t rows = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : (size_t)1 << 20;
    bool measured = argc <= 4, well = true;
    level levels[LEVELS] = {{.name = "plain", .title = "x86-64", .kernels = &hz_kernels_plain}, {.name = "avx2", .title = "AVX2"}};
#ifdef __x86_64__
    levels[1].kernels = &hz_kernels_avx2;
#endif
    for (size_t i = 0; i < LEVELS; i++)
        open_level(&levels[i], folder);
    if (measured) {
        printf("columns, one thread, %zu seeded rows each, answered alike; outcome, total, reason and counters written\n\n", rows);
        printf("%-37s %9s %9s %8s %8s %8s  %s\n", "ns a row, medians of 15 rounds", "library", "by hand", "ratio", "again", "bytes", "fastest by hand");
    }
    for (size_t i = 0; i < hand_peer_count; i++)
        if (argc <= 3 || strcmp(argv[3], hand_peers[i].plan) == 0)
            well &= try_plan(levels, &hand_peers[i], i, rows, measured);
    for (size_t i = 0; i < LEVELS; i++)
        huzhu_ruleset_release(levels[i].ruleset);
    return well ? 0 : 1;
}
