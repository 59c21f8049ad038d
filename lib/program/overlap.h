/* overlap.h - whether two rows of a decision table can match at once: a proof from the constants in their cells.
 *
 * In: the conditions of two rows, checked; each is an `and` of tests, each test on one name. Nothing is allocated, but for
 * the bounds of large tables.
 */
#ifndef HZ_PROGRAM_OVERLAP_H
#define HZ_PROGRAM_OVERLAP_H

#include "base/arena.h"
#include "feel/ast.h"

typedef enum hz_meeting {
    HZ_ROWS_APART,  /* no value of some column passes both */
    HZ_ROWS_MEET,   /* some value of each column passes both */
    HZ_ROWS_UNSURE  /* a cell compares with what only a claim knows */
} hz_meeting;

hz_meeting hz_rows_meet(const hz_ast *a, const hz_ast *b);

/* ---- For gap.c and check_long.c: single tests, of one column ---- */

hz_meeting hz_tests_meet(const hz_ast *a, const hz_ast *b);
/* A test that is no text's as intervals of its column's coefficients, as wide as they may be; lo > hi: an empty one. */
uint32_t hz_test_sides(const hz_ast *test);
void hz_test_side(const hz_ast *test, uint32_t index, hz_i128 *lo, hz_i128 *hi);

/* The same where the test is made of constants, as a look-up has it; *none: nothing passes here. False: it is not, or null
 * passes besides values. */
bool hz_test_constant(const hz_ast *test, uint32_t index, hz_lookup_side *out, bool *none);

/* The most pairs of a version that may be left to the claim. */
#define HZ_UNSURE_MOST 2000

/* Whether a claim must be tried for two rows that match where only one may: child numbers of rows in an HZ_AST_TABLE. */
bool hz_rows_tried(const hz_ast *table, uint32_t a, uint32_t b);

/* ---- For all pairs of a large table ---- */

typedef struct hz_bound {
    hz_i128 lo, hi; /* no value outside passes; as wide as it may be where that is not known */
} hz_bound;

/* What each row of an HZ_AST_TABLE can take at most, column by column. Of a small table: nothing, no column. */
typedef struct hz_row_bounds {
    uint32_t columns;
    const hz_bound *at; /* of row 0, then of row 1, … */
} hz_row_bounds;

hz_row_bounds hz_row_bounds_of(hz_arena *arena, const hz_ast *table);
/* These rows, counted from 0, are sure to be apart: hz_rows_meet would say so, at more cost. */
bool hz_row_bounds_part(const hz_row_bounds *bounds, uint32_t a, uint32_t b);

#endif
