/* gap.h - whether some row of a version of a decision table matches whatever its columns are; if not, an example.
 *
 * A gap that is found is one: cells that compare with names count as matching wherever they may. Not looked for: null,
 * numbers and dates that are computed beyond what some row speaks of, and tables too large.
 */
#ifndef HZ_PROGRAM_GAP_H
#define HZ_PROGRAM_GAP_H

#include "program/check_plan.h"

/* Adds what is known in a window to the facts (env); false: it goes not together with what is known there already. */
typedef bool hz_gap_known(hz_checker *checker, hz_window window);

/* Warns of a gap in a version that has no `otherwise`. window: the days on which it counts. known may be NULL. */
void hz_check_gap(hz_checker *checker, const hz_table *table, uint32_t version, hz_window window, hz_gap_known *known);

#endif
