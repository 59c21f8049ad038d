/* carry_rows.h - the rows of one wave, gathered from the host's columns and put back into his results. Private to leg.c.
 */
#ifndef HZ_RUN_CARRY_ROWS_H
#define HZ_RUN_CARRY_ROWS_H

#include "run/columns.h"

typedef struct hz_gathered {
    hz_alloc alloc;
    const hz_plan *plan;
    size_t room;               /* rows */
    unsigned char *memory;     /* all of the arrays below */
    size_t memory_size;
    const uint16_t *row;       /* which rows of the block, rising unless `mixed` */
    bool mixed;
    size_t count;
    hz_column *inputs;         /* per input: their row 0 is the first of these */
    hz_column *given, *counters; /* per counter: as the host gave it; as the rules find it */
    unsigned char **staged;    /* per input, then per counter: room for values, 16 bytes a row */
    uint8_t **valid;           /* likewise: bits */
    int64_t **before, **after; /* per counter */
    uint8_t **before_valid, **after_valid;
    uint8_t *has_total;
    int32_t *outcome, *reason, *bad;
    int64_t *total;
    hz_result_benefit *benefits; /* per benefit */
} hz_gathered;

/* False: no memory. */
bool hz_gathered_begin(hz_gathered *rows, const hz_plan *plan, size_t room, const hz_alloc *alloc);
void hz_gathered_end(hz_gathered *rows);

/* Gathers columns; the block begins at row first of them. counters NULL: none is given. */
void hz_gathered_take_inputs(hz_gathered *rows, const hz_column *inputs, size_t first);
void hz_gathered_take_counters(hz_gathered *rows, const hz_column *counters, size_t first);
/* What a row gives of a counter, as results have it; false: nothing, and there is none. */
bool hz_column_given(const hz_type *type, const hz_column *given, size_t row, int64_t *value);
/* Where results of these rows go; what the host does not want is left out, but outcome and counters after are always there. */
hz_results hz_gathered_results(const hz_gathered *rows, const hz_results *host);
void hz_gathered_put(const hz_gathered *rows, const hz_results *host, size_t first);

#endif
