/* hand_accident_and_property.h - see hand_accident_and_property.c. */
#ifndef HUZHU_BENCH_HAND_ACCIDENT_AND_PROPERTY_H
#define HUZHU_BENCH_HAND_ACCIDENT_AND_PROPERTY_H

#include "peer.h"

void hand_accident_and_property_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_accident_and_property_run(const peer_table *table, const peer_results *results);

#endif
