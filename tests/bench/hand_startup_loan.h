/* hand_startup_loan.h - see hand_startup_loan.c. */
#ifndef HUZHU_BENCH_HAND_STARTUP_LOAN_H
#define HUZHU_BENCH_HAND_STARTUP_LOAN_H

#include "peer.h"

void hand_startup_loan_fill(uint64_t *seed, const peer_table *table, size_t row);
void hand_startup_loan_run(const peer_table *table, const peer_results *results);

#endif
