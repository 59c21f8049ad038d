/* hand_group_accident.h - see hand_group_accident.c. */
#ifndef HUZHU_BENCH_HAND_GROUP_ACCIDENT_H
#define HUZHU_BENCH_HAND_GROUP_ACCIDENT_H

#include "peer.h"

void hand_group_accident_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_group_accident_run(const peer_table *table, const peer_results *results);

#endif
