/* program.h - instructions over registers: what the executor runs.
 *
 * A register is a typed column (one value a row); behind one that takes two cells a number is left out (cell.h).
 * Instructions are in an order in which every operand is written before it is read; each register is written once, by the
 * one instruction that has it as d, or holds an input or a constant. verify.c proves that before a program may run.
 *
 *     kernel  d, a, b, c   k   table        R[d] = kernel(R[a], R[b], R[c], k)
 */
#ifndef HZ_PROGRAM_PROGRAM_H
#define HZ_PROGRAM_PROGRAM_H

#include "base/arena.h"
#include "column/kernel.h"
#include "rules/model.h"

#define HZ_NO_REG UINT32_MAX

/* A value with its masks: registers of bits, HZ_NO_REG where it is proved that the state never occurs. States rank
 * error > missing > unknown > null > value: value counts only where no mask is set, null only where nothing above is.
 * While a plan is lowered the same struct holds numbers of DAG nodes (a mask that never occurs is HZ_FALSE); emit.c
 * turns them into registers. */
typedef struct hz_regs {
    uint32_t value, null, missing, unknown, error;
} hz_regs;

/* The registers of an input or counter; HZ_NO_REG: the program does not read it. */
typedef struct hz_slot {
    uint32_t value;      /* column of its type */
    uint32_t absent;     /* bit: not given (an input with a default is filled with it and never absent) */
} hz_slot;

typedef struct hz_constant {
    uint32_t reg;
    int64_t value;       /* bits, i32, i64 */
    hz_str text;         /* text */
    hz_wide wide;        /* wide */
} hz_constant;

typedef struct hz_program {
    const hz_kernel_set *set; /* whose kernels its instructions run over columns */
    hz_instruction *at;  /* behind the last one stands HZ_OP_COUNT */
    uint32_t count;
    uint8_t *reg_type;   /* hz_column_type per register */
    uint32_t regs;       /* with register 0, the workspace */
    hz_constant *constants;
    uint32_t constant_count;
    hz_slot *inputs;     /* per input of the plan: the registers the host fills */
    hz_slot *counters;   /* per counter of the plan, likewise */
    uint32_t bad;        /* bit the host sets where an input does not fit, or HZ_NO_REG */
    const uint32_t *filled; /* registers that are filled with values of another program's (variants.h) */
    uint32_t filled_count;
} hz_program;

/* NULL when the program is well-formed, else what is wrong with it (a fault of this library). scratch has a byte per
 * register. */
const char *hz_program_verify(const hz_program *program, uint32_t inputs, uint32_t counters, unsigned char *scratch);

/* An instruction a line. */
void hz_program_disassemble(const hz_program *program, uint32_t inputs, uint32_t counters, hz_buf *out);

#endif
