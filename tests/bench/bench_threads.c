/* bench_threads.c - what a second thread brings, next to what it brings to a loop by hand.
 *
 *     bench_threads [FOLDER [ROWS [PLAN]]]     rulesets/beijing, 1,048,576 rows and each plan with a peer by default
 *
 * Each thread has half of the rows and a batch of its own over the same columns. Large: all rows, so that memory bounds
 * both sides; small: as many as fit a cache, over and over. Answers are compared first. Figures are medians of interleaved
 * rounds on the wall: time of one thread over time of two.
 */
#include "peer_library.h"
#include "peer_timing.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALL = 4096, HANDS = 2 };

typedef struct bench {
    const peer *peer;
    void (*by_hand)(const peer_table *table, const peer_results *results);
    peer_table table;
    peer_results ours, hand;
    huzhu_batch *batch[HANDS];
    size_t rows, repeats;
} bench;

/* One thread's part of a round. */
typedef struct part {
    const bench *bench;
    huzhu_batch *batch; /* NULL: by hand */
    size_t first, rows;
} part;

static void *run_part(void *from)
{
    const part *p = from;
    const bench *b = p->bench;
    const peer_table table = peer_table_part(&b->table, b->peer, p->first, p->rows);
    const peer_results results = peer_results_part(&b->hand, b->peer, p->first);
    for (size_t i = 0; i < b->repeats; i++)
        if (p->batch != NULL)
            peer_check("evaluate", huzhu_batch_evaluate(p->batch, p->first, p->rows));
        else
            b->by_hand(&table, &results);
    return NULL;
}

/* Nanoseconds on the wall of one thread over all rows, or of two over half of them each. */
static double timed(const bench *b, bool library, bool both)
{
    size_t half = both ? b->rows / 128 * 64 : b->rows;
    part parts[HANDS] = {{b, library ? b->batch[0] : NULL, 0, half}, {b, library ? b->batch[1] : NULL, half, b->rows - half}};
    pthread_t other;
    double begin = peer_wall();
    if (both && pthread_create(&other, NULL, run_part, &parts[1]) != 0)
        peer_fail("no thread");
    run_part(&parts[0]);
    if (both)
        pthread_join(other, NULL);
    return peer_wall() - begin;
}

static void measure(bench *b, const char *size)
{
    double library[PEER_PAIRS], hand[PEER_PAIRS], ratio[PEER_PAIRS];
    for (int i = 0; i < PEER_PAIRS; i++) {
        double one = timed(b, true, false), two = timed(b, true, true);
        library[i] = one / two;
        one = timed(b, false, false);
        two = timed(b, false, true);
        hand[i] = one / two;
        ratio[i] = library[i] / hand[i];
    }
    printf("%-28s %-10s %9.2f %9.2f %8.2f\n", b->peer->plan, size, peer_median(library), peer_median(hand), peer_median(ratio));
    fflush(stdout);
}

static bool alike(const bench *b)
{
    timed(b, true, true);
    timed(b, false, true);
    size_t row = peer_difference(&b->ours, &b->hand, b->peer, b->rows);
    if (row < b->rows)
        fprintf(stderr, "bench_threads: %s: row %zu is answered differently, nothing is measured\n", b->peer->plan, row);
    return row == b->rows;
}

static bool try(const huzhu_ruleset *ruleset, const peer *plan, const peer *hands, size_t rows)
{
    bench b = {.peer = plan, .by_hand = hands->loops[0].run, .rows = rows, .repeats = 1};
    if (!peer_table_make(&b.table, plan, rows, 20240102) || !peer_results_make(&b.ours, plan, rows) || !peer_results_make(&b.hand, plan, rows))
        peer_fail("no memory");
    for (int i = 0; i < HANDS; i++)
        b.batch[i] = peer_batch(peer_plan(ruleset, plan), plan, &b.table, &b.ours);
    bool well = alike(&b);
    if (well) {
        measure(&b, "large");
        b.rows = rows < SMALL ? rows : SMALL;
        b.repeats = rows / SMALL + 1;
        measure(&b, "small");
    }
    for (int i = 0; i < HANDS; i++)
        huzhu_batch_free(b.batch[i]);
    peer_results_drop(&b.ours, plan);
    peer_results_drop(&b.hand, plan);
    peer_table_drop(&b.table, plan);
    return well;
}

int main(int argc, char **argv)
{
    huzhu_ruleset *ruleset;
    size_t rows = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : (size_t)1 << 20, count;
    bool well = true;
    const peer *hands = peer_hands("avx2", &count);
    if (hands == NULL) hands = peer_hands("plain", &count);
    peer_check("rules", huzhu_ruleset_load(argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing", NULL, NULL, &ruleset));
    printf("two threads, %zu seeded rows each, answered alike; small: %d rows over and over\n\n", rows, SMALL);
    printf("%-39s %9s %9s %8s\n", "times as fast, medians of 15 rounds", "library", "by hand", "ratio");
    for (size_t i = 0; i < count; i++)
        if (argc <= 3 || strcmp(argv[3], hands[i].plan) == 0)
            well &= try(ruleset, &hand_peers[i], &hands[i], rows);
    huzhu_ruleset_release(ruleset);
    return well ? 0 : 1;
}
