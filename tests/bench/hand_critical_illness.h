/* hand_critical_illness.h - see hand_critical_illness.c. */
#ifndef HUZHU_BENCH_HAND_CRITICAL_ILLNESS_H
#define HUZHU_BENCH_HAND_CRITICAL_ILLNESS_H

#include "peer.h"

void hand_critical_illness_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_critical_illness_run(const peer_table *table, const peer_results *results);

#endif
