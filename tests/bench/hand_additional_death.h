/* hand_additional_death.h - see hand_additional_death.c. */
#ifndef HUZHU_BENCH_HAND_ADDITIONAL_DEATH_H
#define HUZHU_BENCH_HAND_ADDITIONAL_DEATH_H

#include "peer.h"

void hand_additional_death_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_additional_death_run(const peer_table *table, const peer_results *results);

#endif
