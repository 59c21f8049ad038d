/* cell.h - one row of registers: cells of 64 bits, one for each register, two for those of texts and of numbers of 34 digits,
 * whose number is the first's. Used where single rows run (kernel_row.c, the machine) and where constants are folded.
 */
#ifndef HZ_COLUMN_CELL_H
#define HZ_COLUMN_CELL_H

#include "column/kernel.h"

static inline uint32_t hz_cells_of(uint8_t type)
{
    return type == HZ_COLUMN_TEXT || type == HZ_COLUMN_WIDE ? 2 : 1;
}

/* Runs instructions up to the one whose op is HZ_OP_COUNT on the row that the cells are. */
void hz_run_row(const hz_instruction *i, uint64_t *cells, hz_workspace *ws);

/* ---- Reading; a bit is bit 0 of its cell ---- */

static inline uint64_t hz_cell_bit(const uint64_t *cell)
{
    return *cell;
}

static inline uint8_t hz_cell_i8(const uint64_t *cell)
{
    return (uint8_t)*cell;
}

static inline int32_t hz_cell_i32(const uint64_t *cell)
{
    return (int32_t)(uint32_t)*cell;
}

static inline int64_t hz_cell_i64(const uint64_t *cell)
{
    return (int64_t)*cell;
}

static inline hz_str hz_cell_text(const uint64_t *cell)
{
    hz_str out;
    memcpy(&out, cell, sizeof out);
    return out;
}

static inline hz_wide hz_cell_wide(const uint64_t *cell)
{
    return (hz_wide){cell[0], cell[1]};
}

/* ---- Writing ---- */

static inline void hz_cell_set_bit(uint64_t *cell, uint64_t value)
{
    *cell = value;
}

static inline void hz_cell_set_i8(uint64_t *cell, uint8_t value)
{
    *cell = value;
}

static inline void hz_cell_set_i32(uint64_t *cell, int32_t value)
{
    *cell = (uint32_t)value;
}

static inline void hz_cell_set_i64(uint64_t *cell, int64_t value)
{
    *cell = (uint64_t)value;
}

static inline void hz_cell_set_text(uint64_t *cell, hz_str value)
{
    memcpy(cell, &value, sizeof value);
}

static inline void hz_cell_set_wide(uint64_t *cell, hz_wide value)
{
    cell[0] = value.low;
    cell[1] = value.high;
}

#endif
