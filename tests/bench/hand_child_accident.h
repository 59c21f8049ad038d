/* hand_child_accident.h - see hand_child_accident.c. */
#ifndef HUZHU_BENCH_HAND_CHILD_ACCIDENT_H
#define HUZHU_BENCH_HAND_CHILD_ACCIDENT_H

#include "peer.h"

void hand_child_accident_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_child_accident_run(const peer_table *table, const peer_results *results);

#endif
