/* bench_stream.c - whether a row costs the same in a short stream and in a long one, and whether memory stays flat; and what
 * columns of all reasons and of caps add.
 *
 *     bench_stream FOLDER PLAN [ROWS… [carried]]     100,000, 1,000,000 and 40,000,000 rows by default
 *     bench_stream FOLDER PLAN lists
 *
 * Through the Arrow interface, arrays of 65,536 rows made as they are asked for: each row with counters at their start
 * (HUZHU_COUNTERS_FRESH), or `carried`, rows of a member behind each other. Tools that count instructions ask for bench_pull.
 */
#include "peer_stream.h"
#include "peer_timing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Reads a stream to its end; the rows that came. Not for the compiler to melt away. */
__attribute__((noinline)) size_t bench_pull(struct ArrowArrayStream *stream);
size_t bench_pull(struct ArrowArrayStream *stream)
{
    size_t rows = 0;
    for (;;) {
        struct ArrowArray out;
        if (stream->get_next(stream, &out) != 0)
            peer_fail(stream->get_last_error(stream));
        if (out.release == NULL) return rows;
        rows += (size_t)out.length;
        out.release(&out);
    }
}

static void stream_rows(const huzhu_plan *plan, const peer *by_hand, size_t rows, bool carried)
{
    static peer_source s;
    huzhu_arrow *arrow;
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = carried ? HUZHU_COUNTERS_CARRIED : HUZHU_COUNTERS_FRESH};
    peer_source_make(&s, plan, by_hand);
    s.left = rows;
    struct ArrowArrayStream in = peer_source_stream(&s), out;
    peer_check("bind", huzhu_arrow_bind(plan, &s.schema, &options, NULL, &arrow));
    peer_check("stream", huzhu_arrow_stream(arrow, &in, &out));
    double begin = peer_busy();
    size_t came = bench_pull(&out);
    double took = peer_busy() - begin;
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    if (came != rows)
        peer_fail("a stream lost rows");
    printf("%-28s %-10s %12zu %9.2f %9ld\n", by_hand->plan, carried ? "carried" : "fresh", rows, took / (double)rows, use.ru_maxrss / 1024);
    fflush(stdout);
    out.release(&out);
    huzhu_arrow_free(arrow);
    peer_source_drop(&s);
}

static double timed(huzhu_arrow *arrow, peer_source *s)
{
    struct ArrowArray in, out;
    s->left = PEER_ARRAY;
    peer_source_next(s, &in);
    double begin = peer_busy();
    peer_check("evaluate", huzhu_arrow_evaluate(arrow, &in, NULL, &out));
    double took = (peer_busy() - begin) / PEER_ARRAY;
    out.release(&out);
    return took;
}

/* The columns that both have are the same. */
static void measure_lists(const huzhu_plan *plan, const peer *by_hand)
{
    static const char *const wanted[] = {"outcome", "reason", "error", "total", "reasons", "caps"};
    static peer_source s;
    huzhu_arrow *plain, *lists;
    huzhu_arrow_options options = {.struct_size = sizeof options, .counters = HUZHU_COUNTERS_FRESH, .wanted = wanted, .wanted_count = 4};
    double off[PEER_PAIRS], on[PEER_PAIRS], ratio[PEER_PAIRS], again[PEER_PAIRS];
    peer_source_make(&s, plan, by_hand);
    peer_check("bind", huzhu_arrow_bind(plan, &s.schema, &options, NULL, &plain));
    options.wanted_count = 6;
    peer_check("bind", huzhu_arrow_bind(plan, &s.schema, &options, NULL, &lists));
    for (int i = -1; i < PEER_PAIRS; i++) {
        int at = i < 0 ? 0 : i; /* the first warms up */
        off[at] = timed(plain, &s);
        on[at] = timed(lists, &s);
        again[at] = timed(plain, &s) / off[at];
        ratio[at] = on[at] / off[at];
    }
    printf("%-28s %21.2f %9.2f %8.2f %8.2f\n", by_hand->plan, peer_median(on), peer_median(off), peer_median(ratio), peer_median(again));
    fflush(stdout);
    huzhu_arrow_free(plain);
    huzhu_arrow_free(lists);
    peer_source_drop(&s);
}

int main(int argc, char **argv)
{
    static char *usual[] = {"100000", "1000000", "40000000"};
    huzhu_ruleset *ruleset;
    const peer *by_hand = NULL;
    for (size_t i = 0; i < hand_peer_count && argc > 2; i++)
        if (strcmp(hand_peers[i].plan, argv[2]) == 0)
            by_hand = &hand_peers[i];
    if (by_hand == NULL)
        peer_fail("bench_stream FOLDER PLAN [ROWS… [carried] | lists]");
    bool carried = strcmp(argv[argc - 1], "carried") == 0;
    int given = argc - 3 - (carried ? 1 : 0), count = given > 0 ? given : 3;
    char **sizes = given > 0 ? argv + 3 : usual;
    peer_check("rules", huzhu_ruleset_load(argv[1], NULL, NULL, &ruleset));
    const huzhu_plan *plan = peer_plan(ruleset, by_hand);
    if (strcmp(argv[argc - 1], "lists") == 0)
        measure_lists(plan, by_hand);
    else
        for (int i = 0; i < count; i++)
            stream_rows(plan, by_hand, (size_t)strtoul(sizes[i], NULL, 10), carried);
    huzhu_ruleset_release(ruleset);
    return 0;
}
