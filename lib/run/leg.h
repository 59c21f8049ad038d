/* leg.h - one plan's share of a carry (carry.h): of the plan itself, or of a part of a package, for the rows of a block that
 * ask its rules. Private to carry.c and carry_package.c.
 */
#ifndef HZ_RUN_LEG_H
#define HZ_RUN_LEG_H

#include "run/carry.h"
#include "run/carry_rows.h"

typedef struct hz_leg {
    const hz_plan *plan;
    hz_batch batch;
    hz_gathered rows;
    hz_keyed **tables;        /* per counter; NULL: its keys are not looked for */
    uint32_t *entry;          /* per counter, a block: entries of the rows' keys, HZ_NO_ENTRY where the key is open or the row
                                 does not ask */
    bool any_open;            /* some key of the block at hand is */
    uint8_t *left;            /* per counter, a block of bits: the row moved it */
    uint16_t *asking;         /* rows of the block that ask, rising */
    size_t asking_count;
    uint16_t *some;           /* room for rows of a wave */
    int32_t *outcome;         /* of a part of a package: of the rows of a block */
    int64_t *total;
    /* Of the block at hand: */
    size_t block_rows;
    const hz_column *inputs;
    size_t inputs_first;      /* the row of inputs at which the block begins */
    const hz_column *counters;
    size_t first;             /* of counters and results, likewise */
    const hz_results *out;
    const int32_t *hold;      /* of a part: per row of the block, the outcome that holds it up, or 0; else NULL */
} hz_leg;

/* False: no memory; hz_leg_end all the same. */
bool hz_leg_begin(hz_leg *leg, const hz_plan *plan, const hz_alloc *alloc);
/* Once its tables are known, which say what keys are needed. */
bool hz_leg_ready(hz_leg *leg, bool fresh, const hz_alloc *alloc);
void hz_leg_end(hz_leg *leg, const hz_alloc *alloc);

/* The entry of a row's key; NULL: there is none. */
static inline hz_keyed_entry *hz_leg_entry(const hz_leg *leg, uint32_t counter, size_t row)
{
    uint32_t entry = leg->tables[counter] != NULL ? leg->entry[(size_t)counter * HZ_CARRY_BLOCK + row] : HZ_NO_ENTRY;
    return entry != HZ_NO_ENTRY ? &leg->tables[counter]->entries[entry] : NULL;
}

/* Every row of a block asks. */
void hz_leg_ask_all(hz_leg *leg, size_t rows);
/* Finds the entries of a block's rows. alone: rows see no other, a row's keys are its own. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_leg_find_keys(hz_leg *leg, size_t rows, bool alone, hz_buf *scratch);
/* Decides those of some rows of a block that ask; they share no key. before: legs that were decided for these rows, count
 * of them. carried: what is known counts. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_leg_run(hz_leg *leg, const uint16_t *row, size_t count, bool carried, const hz_leg *before, uint32_t before_count);
/* Gives rows that do not ask the outcome of a package that decides without them: per row, with the number of its reason. */
void hz_leg_close(hz_leg *leg, const uint16_t *row, size_t count, const int32_t *outcome, const int32_t *reason);

#endif
