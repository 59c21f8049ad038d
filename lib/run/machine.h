/* machine.h - registers for one row of one program, and its run. A single claim is a batch of one row: same program,
 * same kernels' bodies. Called by decision.c; explanations read the registers afterwards.
 */
#ifndef HZ_RUN_MACHINE_H
#define HZ_RUN_MACHINE_H

#include "base/alloc.h"
#include "column/cell.h"
#include "program/plan.h"

typedef struct hz_machine {
    hz_alloc alloc;
    const hz_program *program; /* bound; NULL: none */
    const void *patterns;      /* whose patterns its texts were matched with */
    uint64_t *cells;           /* the row (cell.h) */
    hz_workspace workspace;
    uint32_t room;             /* cells there is memory for */
} hz_machine;

/* What a value with masks is on this row, by rank. */
typedef enum hz_state { HZ_IS_VALUE, HZ_IS_NULL, HZ_IS_UNKNOWN, HZ_IS_MISSING, HZ_IS_ERROR } hz_state;

void hz_machine_begin(hz_machine *machine, const hz_alloc *alloc);
void hz_machine_end(hz_machine *machine);

/* Makes room for programs of so many registers. False: no memory. */
bool hz_machine_reserve(hz_machine *machine, uint32_t regs);

/* Loads the constants, with room where there is none yet; nothing to do for the program bound already. patterns: the one
 * whose patterns it matches with, and who lives as long as the program. False: no memory. */
bool hz_machine_bind(hz_machine *machine, const hz_program *program, const void *patterns);

/* False: no memory for the texts it makes, and what the registers hold is no answer. */
bool hz_machine_run(hz_machine *machine);

/* ---- Cells: a few instructions each, and many of them an evaluate ---- */

/* A register's row: bits as 0 or 1. */
static inline int64_t hz_machine_int(const hz_machine *machine, uint32_t reg)
{
    const uint64_t *cell = &machine->cells[reg];
    switch (machine->program->reg_type[reg]) {
    case HZ_COLUMN_BIT: return (int64_t)(hz_cell_bit(cell) & 1);
    case HZ_COLUMN_I32: return hz_cell_i32(cell);
    case HZ_COLUMN_I64: return hz_cell_i64(cell);
    default: return 0;
    }
}

static inline hz_str hz_machine_text(const hz_machine *machine, uint32_t reg)
{
    return machine->program->reg_type[reg] == HZ_COLUMN_TEXT ? hz_cell_text(&machine->cells[reg]) : HZ_STR("");
}

/* A number of either path, whose scale on the narrow one is `scale`; none for what is no number. */
static inline hz_wide hz_machine_number(const hz_machine *machine, uint32_t reg, int32_t scale)
{
    const uint64_t *cell = &machine->cells[reg];
    switch (machine->program->reg_type[reg]) {
    case HZ_COLUMN_WIDE: return hz_cell_wide(cell);
    case HZ_COLUMN_I64: return hz_wide_from(hz_cell_i64(cell), scale);
    default: return HZ_WIDE_NONE;
    }
}

/* A mask or bit; HZ_NO_REG is false. */
static inline bool hz_machine_bit(const hz_machine *machine, uint32_t reg)
{
    return reg != HZ_NO_REG && (machine->cells[reg] & 1) != 0;
}

static inline hz_state hz_machine_state(const hz_machine *machine, const hz_regs *regs)
{
    if (hz_machine_bit(machine, regs->error)) return HZ_IS_ERROR;
    if (hz_machine_bit(machine, regs->missing)) return HZ_IS_MISSING;
    if (hz_machine_bit(machine, regs->unknown)) return HZ_IS_UNKNOWN;
    return hz_machine_bit(machine, regs->null) ? HZ_IS_NULL : HZ_IS_VALUE;
}

/* Booleans: surely so. */
static inline bool hz_machine_true(const hz_machine *machine, const hz_regs *regs)
{
    return hz_machine_bit(machine, regs->value) && hz_machine_state(machine, regs) == HZ_IS_VALUE;
}

static inline bool hz_machine_false(const hz_machine *machine, const hz_regs *regs)
{
    return !hz_machine_bit(machine, regs->value) && hz_machine_state(machine, regs) == HZ_IS_VALUE;
}

#endif
