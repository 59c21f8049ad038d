/* columns_part.h - what the files of the executor over columns share: columns_begin.c, columns.c, columns_steps.c. Private to
 * them.
 */
#ifndef HZ_RUN_COLUMNS_PART_H
#define HZ_RUN_COLUMNS_PART_H

#include "run/feed.h"

/* When a register gets its value, in a batch with keys. */
typedef enum hz_step {
    HZ_STEP_CONSTANT,
    HZ_STEP_INPUT,
    HZ_STEP_KEYS,  /* keys of counters hang on it */
    HZ_STEP_FRONT, /* it hangs on no counter */
    HZ_STEP_FED,   /* a counter, or which rows are bad: anew for each rows that are settled */
    HZ_STEP_TAIL   /* it hangs on those */
} hz_step;

static inline uint32_t hz_batch_feeds(const hz_plan *plan)
{
    return plan->rules->inputs.count + plan->rules->counters.count;
}

/* ---- columns_begin.c ---- */

/* Chooses the instructions that what is wanted needs. */
void hz_batch_choose(hz_batch *batch);

/* ---- columns_steps.c ---- */

/* Finds the step of each register, and which pass from the front to the tail. False: no memory. */
bool hz_steps_begin(hz_batch *batch);
/* Once memory is planned. False: no memory. */
bool hz_steps_ready(hz_batch *batch);
void hz_steps_end(hz_batch *batch);
/* Which registers settling some rows reads of the front, and which of its own are wanted, of the run at hand. */
void hz_steps_choose(hz_batch *batch);

#endif
