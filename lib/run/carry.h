/* carry.h - batches whose rows see each other: counters are found by their keys, and each row finds there what the rows
 * before it left, as when claims are settled one by one. Called by the API.
 *
 * A block of rows is cut into waves: a row comes one wave after the last row before it that has a key of its own in common
 * with it. The rows of a wave share no key and are decided side by side (columns.h); waves come one after another.
 */
#ifndef HZ_RUN_CARRY_H
#define HZ_RUN_CARRY_H

#include "run/columns.h"
#include "run/keyed.h"

#define HZ_CARRY_BLOCK 4096

typedef struct hz_carry hz_carry;

/* Prepares for a plan; NULL: no memory. */
hz_carry *hz_carry_new(const hz_plan *plan, const hz_alloc *alloc);
void hz_carry_free(hz_carry *carry);

/* The counters so far. Values may be set: then they are as claims left them. */
hz_keyed *hz_carry_table(hz_carry *carry, uint32_t counter);

/* Decides rows [first, first + rows) of the columns in their order. A counter that a row gives is taken as given; others
 * are what is known under their key, or their start. What settled rows leave is known then. HZ_OK or HZ_NO_MEMORY; then
 * counters of rows before are kept. */
int32_t hz_carry_range(hz_carry *carry, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows,
                       const hz_results *out);

/* ---- carry_key.c: keys as bytes ---- */

/* A key's bytes: of each part whether it is null, then a text's length and bytes or eight bytes of a value. Appended. */
void hz_carry_spell(const hz_batch *batch, const hz_column_key *key, size_t row, hz_buf *out);

#endif
