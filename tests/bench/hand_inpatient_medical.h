/* hand_inpatient_medical.h - see hand_inpatient_medical.c. */
#ifndef HUZHU_BENCH_HAND_INPATIENT_MEDICAL_H
#define HUZHU_BENCH_HAND_INPATIENT_MEDICAL_H

#include "peer.h"

void hand_inpatient_medical_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_inpatient_medical_run(const peer_table *table, const peer_results *results);

#endif
