/* hand_carried.h - the in-patient allowance by hand with counters carried: see hand_carried.c. */
#ifndef HUZHU_BENCH_HAND_CARRIED_H
#define HUZHU_BENCH_HAND_CARRIED_H

#include "hand_inpatient_allowance.h"
#include "peer.h"

/* Texts of member and cover have PEER_KEY_BYTES each. ledger: room for `keys`, a power of two above the number of keys, of
 * HAND_CARRIED_BYTES each, all 0. */
void hand_carried(const peer_table *table, const hand_columns *columns, const hand_results *results, void *ledger, size_t keys);

#define HAND_CARRIED_BYTES 32

#endif
