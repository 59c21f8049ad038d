/* increase.h - which way an expression goes when one input rises and all else stays: for `increases with`.
 *
 * In: checked expressions of one plan. Out: a direction, proved from operators, signs and ranges; what is not proved is
 * open, with its place and the reason in words.
 */
#ifndef HZ_PROGRAM_INCREASE_H
#define HZ_PROGRAM_INCREASE_H

#include "program/check_plan.h"

typedef enum hz_direction { HZ_STILL, HZ_RISES, HZ_FALLS, HZ_OPEN } hz_direction;

typedef struct hz_way {
    hz_direction direction;  /* never falls, never rises, neither known */
    hz_span at;              /* of FALLS and OPEN: where it comes from … */
    const char *why;         /* … and what that does */
} hz_way;

typedef struct hz_rise {
    hz_checker *checker;
    uint32_t symbol;         /* the input that rises; it is given, before and after */
    hz_way *ways;            /* per symbol, once worked out */
    bool *known;
} hz_rise;

/* Which way a benefit's amount goes, asked or not: 0 where its `when` does not hold. */
hz_way hz_increase_of_benefit(hz_rise *rise, const hz_benefit *benefit);

/* ---- shared by increase.c, increase_name.c and increase_range.c ---- */

hz_way hz_way_of(hz_rise *rise, const hz_ast *ast);
hz_way hz_way_of_symbol(hz_rise *rise, uint32_t symbol);
hz_way hz_way_of_history(hz_rise *rise, const hz_history *history);
hz_way hz_way_open(hz_span at, const char *why);
/* Of a + b; of -a. */
hz_way hz_way_joined(hz_way a, hz_way b, hz_span at);
hz_way hz_way_turned(hz_way a, hz_span at);
/* Along b where a rises and b is all >= 0, … */
hz_way hz_way_signed(hz_way a, const hz_type *sign, hz_span at);
/* All that the branch taken while condition is false gives is at most what the other gives; or at least. */
bool hz_branches_ordered(hz_rise *rise, const hz_ast *condition, const hz_ast *yes, const hz_ast *no, bool at_most);
/* What a history gives is at most 0 as long as a condition that begins to hold is false. */
bool hz_is_nothing_before(hz_rise *rise, const hz_ast *condition, const hz_history *history);

#endif
