/* carry_package.h - a package over a block of rows: what its own program says of each part and passes to it, and what the
 * parts come to together. Private to carry.c; a single claim's twin is package.c with parts.c.
 */
#ifndef HZ_RUN_CARRY_PACKAGE_H
#define HZ_RUN_CARRY_PACKAGE_H

#include "run/leg.h"

/* What the package says of one part, of a block. */
typedef struct hz_asked {
    int32_t *verdict, *reason, *hold;
    hz_result_passed *passed; /* per input of the part */
    hz_column *inputs;        /* likewise */
    uint16_t *closed;         /* rows that do not ask it, rising */
    size_t closed_count;
} hz_asked;

typedef struct hz_package_rows {
    const hz_plan *plan;
    hz_leg own;               /* its own program */
    hz_asked *asked;          /* per part */
    hz_result_part *asks;     /* the same for columns.h */
} hz_package_rows;

/* False: no memory. */
bool hz_package_rows_begin(hz_package_rows *package, const hz_plan *plan, const hz_alloc *alloc);
void hz_package_rows_end(hz_package_rows *package, const hz_alloc *alloc);

/* Runs the package's program over rows [first, first + rows) of its columns, a block, and sets what the legs of its parts
 * need of it; rows that do not ask a part are closed there. HZ_OK or HZ_NO_MEMORY. */
int32_t hz_package_rows_ask(hz_package_rows *package, hz_leg *parts, const hz_columns *in, size_t first, size_t rows, const hz_results *out);
/* Once the parts are decided: what they come to, to out. */
void hz_package_rows_compose(hz_package_rows *package, const hz_leg *parts);

#endif
