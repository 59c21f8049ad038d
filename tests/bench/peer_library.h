/* peer_library.h - the library over a population, through the public header: peer_library.c for benches. */
#ifndef HUZHU_BENCH_PEER_LIBRARY_H
#define HUZHU_BENCH_PEER_LIBRARY_H

#include "peer.h"

#include <huzhu/huzhu.h>

/* Ends the bench unless all is well. */
void peer_check(const char *doing, huzhu_status status);
_Noreturn void peer_fail(const char *what);

/* The plan of a peer among the rules. */
const huzhu_plan *peer_plan(const huzhu_ruleset *ruleset, const peer *by_hand);

/* A batch over a population that writes results: nothing is copied, free it first. */
huzhu_batch *peer_batch(const huzhu_plan *plan, const peer *by_hand, const peer_table *table, const peer_results *results);

/* Loops by hand compiled for `level`: "plain", what every processor of this kind runs, or "avx2"; NULL where there are none. */
const peer *peer_hands(const char *level, size_t *count);

#endif
