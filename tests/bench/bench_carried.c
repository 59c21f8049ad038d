/* bench_carried.c - counters that are carried from row to row, next to a loop by hand that carries them too.
 *
 *     bench_carried [FOLDER [ROWS [PLAN]]]     rulesets/beijing, 1,048,576 rows and each plan with such a loop by default
 *
 * One thread, all keys new to both in each round; one to six rows a member, behind each other or scattered. Answers are
 * compared over all rows first. Figures are medians of interleaved rounds; `again` is the loop by hand once more.
 */
#include "peer_library.h"
#include "peer_timing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct bench {
    const peer *peer, *hands; /* the loops for the best level */
    peer_table table;
    peer_results ours, by_hand;
    huzhu_batch *batch;
    void *ledger;
    size_t keys;
} bench;

static void run_library(const bench *b)
{
    peer_check("counters", huzhu_batch_set_counters(b->batch, HUZHU_COUNTERS_CARRIED));
    peer_check("evaluate", huzhu_batch_evaluate(b->batch, 0, b->table.rows));
}

static void run_hand(const bench *b)
{
    memset(b->ledger, 0, b->keys * b->hands->ledger_bytes);
    b->hands->carry(&b->table, &b->by_hand, b->ledger, b->keys);
}

static double timed(void (*run)(const bench *), const bench *b)
{
    double begin = peer_busy();
    run(b);
    return (peer_busy() - begin) / (double)b->table.rows;
}

static void measure(const bench *b, const char *order)
{
    double library[PEER_PAIRS], hand[PEER_PAIRS], ratio[PEER_PAIRS], again[PEER_PAIRS];
    for (int i = 0; i < PEER_PAIRS; i++) {
        library[i] = timed(run_library, b);
        hand[i] = timed(run_hand, b);
        again[i] = timed(run_hand, b) / hand[i];
        ratio[i] = library[i] / hand[i];
    }
    printf("%-28s %-10s %9.2f %9.2f %8.2f %8.2f\n", b->peer->plan, order, peer_median(library), peer_median(hand), peer_median(ratio), peer_median(again));
    fflush(stdout);
}

static bool alike(const bench *b)
{
    run_library(b);
    run_hand(b);
    size_t row = peer_difference(&b->ours, &b->by_hand, b->peer, b->table.rows);
    if (row == b->table.rows) return true;
    fprintf(stderr, "bench_carried: %s: row %zu is answered differently, nothing is measured\n", b->peer->plan, row);
    fprintf(stderr, "  library %d %d %lld %lld, by hand %d %d %lld %lld\n", b->ours.outcome[row], b->ours.reason[row], (long long)b->ours.total[row],
            (long long)b->ours.after[0][row], b->by_hand.outcome[row], b->by_hand.reason[row], (long long)b->by_hand.total[row], (long long)b->by_hand.after[0][row]);
    return false;
}

static bool try(const huzhu_ruleset *ruleset, const peer *plan, const peer *hands, size_t rows, bool scattered)
{
    bench b = {.peer = plan, .hands = hands, .keys = 64};
    if (!peer_table_make(&b.table, plan, rows, 20240102) || !peer_results_make(&b.ours, plan, rows) || !peer_results_make(&b.by_hand, plan, rows))
        peer_fail("no memory");
    size_t members = peer_table_key(&b.table, plan, 7, scattered);
    while (b.keys < members * 3 / 2) b.keys *= 2;
    b.ledger = calloc(b.keys, hands->ledger_bytes);
    if (members == 0 || b.ledger == NULL)
        peer_fail("no memory");
    b.batch = peer_batch(peer_plan(ruleset, plan), plan, &b.table, &b.ours);
    for (size_t i = 0; i < plan->counters; i++)
        peer_check("counter", huzhu_batch_set_counter(b.batch, i, NULL));
    bool well = alike(&b);
    if (well)
        measure(&b, scattered ? "scattered" : "grouped");
    huzhu_batch_free(b.batch);
    free(b.ledger);
    peer_results_drop(&b.ours, plan);
    peer_results_drop(&b.by_hand, plan);
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
    printf("counters carried, one thread, %zu seeded rows each, answered alike\n\n", rows);
    printf("%-39s %9s %9s %8s %8s\n", "ns a row, medians of 15 rounds", "library", "by hand", "ratio", "again");
    for (size_t i = 0; i < count; i++)
        if (hands[i].carry != NULL && (argc <= 3 || strcmp(argv[3], hands[i].plan) == 0))
            for (int scattered = 0; scattered < 2; scattered++)
                well &= try(ruleset, &hand_peers[i], &hands[i], rows, scattered != 0);
    huzhu_ruleset_release(ruleset);
    return well ? 0 : 1;
}
