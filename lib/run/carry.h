/* carry.h - many claims of any plan, in blocks of rows: those of a package ask its parts, and rows may see each other. Then
 * counters are found by their keys, and each row finds there what the rows before it left, as when claims are settled one by
 * one. Called by the API; what is asked of rows that neither see each other nor have parts is columns.h alone.
 *
 * What hangs on no counter is worked out for a chunk of rows at once. Then the chunk is cut into waves: a row comes one wave
 * after the last row before it that has a key of its own in common with it. The rows of a wave share no key and are settled
 * side by side (columns.h); waves come one after another. Where parts of a package share counters, these come in their order
 * within a wave, each for the rows that it is asked for (legs, leg.h), so that each finds in a counter what the parts before
 * it left.
 */
#ifndef HZ_RUN_CARRY_H
#define HZ_RUN_CARRY_H

#include "run/columns.h"
#include "run/accounts.h"

#define HZ_CARRY_BLOCK 4096

/* Where counters stand that a row does not give. */
typedef enum hz_counters_of {
    HZ_COUNTERS_GIVEN,   /* nowhere: they are missing */
    HZ_COUNTERS_FRESH,   /* at their start */
    HZ_COUNTERS_CARRIED  /* where the rows before left them; else at their start */
} hz_counters_of;

/* Columns of a plan's claims, all of which begin at row 0. */
typedef struct hz_columns {
    const hz_column *inputs;         /* per input; of a part of a package: not looked at */
    const hz_column *counters;       /* per counter */
    const struct hz_columns *parts;  /* per part of a package; NULL: their counters are not given */
} hz_columns;

typedef struct hz_carry hz_carry;

/* Prepares for a plan; NULL: no memory. */
hz_carry *hz_carry_new(const hz_plan *plan, hz_counters_of counters, const hz_alloc *alloc);
void hz_carry_free(hz_carry *carry);

/* Forgets every counter, keeps memory. */
void hz_carry_reset(hz_carry *carry);

/* The accounts so far, where counters are carried, in which a counter of the plan, or of a part of a package, is the one at
 * *place: those that have it in `seen`. Values may be set: then they are as claims left them. What parts share is one. */
hz_accounts *hz_carry_accounts(hz_carry *carry, uint32_t part, uint32_t counter, uint32_t *place);

/* Decides rows [first, first + rows) of the columns in their order. A counter that a row gives is taken as given, unless a
 * part before moved it. HZ_OK or HZ_NO_MEMORY; then counters of rows before are kept. */
int32_t hz_carry_range(hz_carry *carry, const hz_columns *in, size_t first, size_t rows, const hz_results *out);

#endif
