/* bench_claims.c - what one claim costs through the C interface, for each plan that is written by hand too.
 *
 *     bench_claims [FOLDER [PLAN]]        rulesets/beijing and each plan with a peer by default
 *
 * Claims are the rows of bench_columns, one at a time: inputs and counters set by index, evaluate, and outcome, total, first
 * reason and counters read. Outcomes and totals are compared with those by hand first. Figures are medians of ROUNDS.
 */
#include "peer.h"

#include <huzhu/huzhu.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CLAIMS = 512, ROUNDS = 15 };

typedef struct bench {
    const peer *peer;
    const huzhu_plan *plan;
    huzhu_claim *claim;
    huzhu_decision *decision;
    peer_table table;
    peer_results by_hand;
    huzhu_input_info inputs[PEER_INPUTS];
    huzhu_text codes[PEER_INPUTS][16];
} bench;

static int64_t sink; /* what the loops add up to, so that they cannot be left out */

static void check(const char *doing, huzhu_status status)
{
    if (status == HUZHU_OK)
        return;
    fprintf(stderr, "bench_claims: %s: %s\n", doing, huzhu_status_text(status));
    exit(1);
}

static void learn_inputs(bench *b)
{
    for (size_t i = 0; i < b->peer->inputs; i++) {
        b->inputs[i].struct_size = sizeof b->inputs[i];
        check("input", huzhu_plan_input_at(b->plan, i, &b->inputs[i]));
        for (size_t k = 0; k < b->inputs[i].code_count && k < 16; k++) {
            huzhu_code_info code = {.struct_size = sizeof code};
            check("code", huzhu_plan_code_at(b->plan, i, k, &code));
            b->codes[i][k] = code.id;
        }
    }
}

static void open_bench(bench *b, const huzhu_ruleset *ruleset, const peer *by_hand)
{
    *b = (bench){.peer = by_hand};
    check(by_hand->plan, huzhu_ruleset_plan_find(ruleset, by_hand->plan, HUZHU_NUL, &b->plan));
    check("claim", huzhu_claim_new(b->plan, &b->claim));
    check("decision", huzhu_decision_new(NULL, &b->decision));
    learn_inputs(b);
    if (!peer_table_make(&b->table, by_hand, CLAIMS, 20240102) || !peer_results_make(&b->by_hand, by_hand, CLAIMS))
        check("memory", HUZHU_NO_MEMORY);
    by_hand->loops[0].run(&b->table, &b->by_hand);
}

static void close_bench(bench *b)
{
    peer_results_drop(&b->by_hand, b->peer);
    peer_table_drop(&b->table, b->peer);
    huzhu_decision_free(b->decision);
    huzhu_claim_free(b->claim);
}

/* ---- one claim ---- */

static void set_input(const bench *b, size_t i, size_t row)
{
    const void *values = b->table.values[i];
    const int32_t *days = values;
    switch (b->table.kind[i]) {
    case PEER_TEXTS: huzhu_claim_set_text(b->claim, i, b->table.bytes[i] + days[row], (size_t)(days[row + 1] - days[row])); break;
    case PEER_FLAGS: huzhu_claim_set_boolean(b->claim, i, (int)(((const uint64_t *)values)[row / 64] >> (row % 64) & 1)); break;
    case PEER_NUMBERS: huzhu_claim_set_decimal(b->claim, i, ((const int64_t *)values)[row], b->inputs[i].scale); break;
    case PEER_DAYS:
        if (b->inputs[i].code_count == 0)
            huzhu_claim_set_days(b->claim, i, days[row]);
        else if (days[row] >= 0 && (size_t)days[row] < b->inputs[i].code_count)
            huzhu_claim_set_code(b->claim, i, b->codes[i][days[row]].data, b->codes[i][days[row]].size);
        break;
    }
}

static int64_t counter_value(const bench *b, size_t column, size_t row)
{
    const void *values = b->table.values[column];
    if (b->table.kind[column] == PEER_FLAGS)
        return (int64_t)(((const uint64_t *)values)[row / 64] >> (row % 64) & 1);
    return b->table.kind[column] == PEER_DAYS ? ((const int32_t *)values)[row] : ((const int64_t *)values)[row];
}

static void ask(const bench *b, size_t row)
{
    huzhu_claim_reset(b->claim);
    for (size_t i = 0; i < b->peer->inputs; i++)
        if (peer_given(&b->table, i, row))
            set_input(b, i, row);
    for (size_t i = 0; i < b->peer->counters; i++)
        if (peer_given(&b->table, b->peer->inputs + i, row))
            huzhu_claim_set_counter(b->claim, i, counter_value(b, b->peer->inputs + i, row));
    huzhu_claim_evaluate(b->claim, b->decision);
}

static void read_answer(const bench *b)
{
    int64_t total = 0;
    huzhu_reason_view reason = {.struct_size = sizeof reason};
    huzhu_counter_change change = {.struct_size = sizeof change};
    huzhu_decision_total(b->decision, &total);
    sink += huzhu_decision_outcome(b->decision) + total;
    if (huzhu_decision_reason_at(b->decision, 0, &reason) == HUZHU_OK)
        sink += reason.code.data[0];
    for (size_t i = 0; i < huzhu_decision_counter_count(b->decision); i++)
        if (huzhu_decision_counter_change_at(b->decision, i, &change) == HUZHU_OK)
            sink += change.after;
}

/* ---- comparing and measuring ---- */

static bool alike(const bench *b)
{
    for (size_t row = 0; row < CLAIMS; row++) {
        int64_t total = 0;
        ask(b, row);
        huzhu_decision_total(b->decision, &total);
        if ((int32_t)huzhu_decision_outcome(b->decision) == b->by_hand.outcome[row] && total == b->by_hand.total[row])
            continue;
        fprintf(stderr, "bench_claims: %s: claim %zu is answered differently, nothing is measured\n", b->peer->plan, row);
        return false;
    }
    return true;
}

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

static void measure(const bench *b)
{
    double each[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        double begin = now();
        for (int again = 0; again < 8; again++)
            for (size_t row = 0; row < CLAIMS; row++) {
                ask(b, row);
                read_answer(b);
            }
        each[i] = (now() - begin) / (8 * CLAIMS);
    }
    qsort(each, ROUNDS, sizeof *each, by_size);
    printf("%-52s %9.1f\n", b->peer->plan, each[ROUNDS / 2]);
}

int main(int argc, char **argv)
{
    huzhu_ruleset *ruleset;
    bool well = true;
    check("rules", huzhu_ruleset_load(argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing", NULL, NULL, &ruleset));
    printf("%-52s %9s\n", "ns per claim: set by index, evaluate, all read", "library");
    for (size_t i = 0; i < hand_peer_count; i++) {
        if (argc > 2 && strcmp(argv[2], hand_peers[i].plan) != 0)
            continue;
        bench b;
        open_bench(&b, ruleset, &hand_peers[i]);
        well &= alike(&b);
        if (well)
            measure(&b);
        close_bench(&b);
    }
    huzhu_ruleset_release(ruleset);
    return !well || sink == INT64_MIN; /* the latter never; the compiler cannot know */
}
