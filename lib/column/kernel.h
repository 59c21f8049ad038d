/* kernel.h - columns in memory, and the kernels that work on them.
 *
 * A register is a pointer to a column: I8 a byte from 0 to 255 a row, I32 and I64 one integer a row, WIDE one hz_wide, TEXT one hz_str a row, BIT one bit a row in
 * 64-bit words, row r being bit r % 64 of word r / 64. Bits beyond the last row may hold anything.
 * Register 0 is no column but the run's hz_workspace, which kernels know as ws.
 * Each kernel is stamped from one expression (kernel.def): over columns, in a set for each kind of machine, and for one row.
 */
#ifndef HZ_COLUMN_KERNEL_H
#define HZ_COLUMN_KERNEL_H

#include "column/ahead.h"
#include "column/lookup.h"
#include "column/match.h"
#include "value/date.h"
#include "value/decimal128.h"

#include <stddef.h>

#define HZ_WHOLE 256 /* rows that kernels are nearly always asked for at a time: a chunk */

typedef enum hz_column_type { HZ_COLUMN_NONE, HZ_COLUMN_BIT, HZ_COLUMN_I8, HZ_COLUMN_I32, HZ_COLUMN_I64, HZ_COLUMN_TEXT, HZ_COLUMN_WIDE } hz_column_type;

typedef struct hz_instruction hz_instruction;
typedef void hz_kernel(const hz_instruction *i, void *const *reg, size_t rows);

/* A bit and what it stands for. Numbers are chosen by their bits, so small ones stand for the values: either they are the values,
 * all of them and m from 0 to 255, or equal values have equal numbers from 1 on, and m has 0. */
typedef struct hz_choice {
    uint32_t reg;        /* register; in the DAG a node */
    uint8_t number;
    int64_t value;
} hz_choice;

struct hz_instruction {
    uint16_t op;         /* hz_op */
    uint8_t mode;        /* hz_rounding of divisions */
    uint32_t d, a, b, c; /* registers; unused ones are 0 */
    int64_t k, m;        /* immediates */
    union {
        const hz_patterns *patterns; /* what texts are matched with */
        const hz_choice *choices;    /* FIRST: k of them, in their order */
        const hz_lookup *lookup;     /* of PACK … ITEM: where rows are found */
    };
};

typedef enum hz_op {
#define HZ_KERNEL(name, D, A, B, C, text) HZ_OP_##name,
#include "column/kernel_shapes.h"
    HZ_OP_COUNT
} hz_op;

typedef struct hz_kernel_info {
    const char *name;
    const char *text;      /* what it does, for listings */
    uint8_t d, a, b, c;    /* hz_column_type; NONE: no such operand */
} hz_kernel_info;

extern const hz_kernel_info hz_kernels[HZ_OP_COUNT];

/* It makes bits of bits. */
static inline bool hz_is_logic(uint16_t op)
{
    return hz_kernels[op].d == HZ_COLUMN_BIT && hz_kernels[op].a == HZ_COLUMN_BIT;
}

/* It chooses by one bit after another. */
static inline bool hz_is_first(uint16_t op)
{
    return op == HZ_OP_FIRST || op == HZ_OP_FIRST_I32;
}

/* Calls each(context, register, type) for all that an instruction reads. */
typedef void hz_operand_visit(void *context, uint32_t reg, uint8_t type);
void hz_each_operand(const hz_instruction *i, hz_operand_visit *each, void *context);

/* ---- Sums over rows (sum_body.h) ---- */

/* The bits of all numbers or-ed, and those of the same with the other sign. */
typedef struct hz_sum_signs {
    uint64_t up, down;
} hz_sum_signs;

/* Of numbers above 0 and below it: their sums, without sign, and how many there are. */
typedef struct hz_sum_parts {
    int64_t gained, lost, better, worse;
} hz_sum_parts;

typedef struct hz_sum_kernels {
    bool (*any_differs)(const int32_t *before, const int32_t *after, size_t rows);
    /* Numbers from 0 to 7: how many there are of each more than before, added to counts. */
    void (*count_moves)(const int32_t *before, const int32_t *after, size_t rows, int64_t counts[8]);
    /* more = after - before, of numbers that are not below 0. */
    hz_sum_signs (*subtract)(const int64_t *before, const int64_t *after, size_t rows, int64_t *more);
    /* Sums that 64 bits hold; one_way: none of the numbers is of the other sign than the sum. */
    hz_sum_parts (*one_way)(const int64_t *more, size_t rows);
    hz_sum_parts (*both_ways)(const int64_t *more, size_t rows);
} hz_sum_kernels;

/* ---- Texts of a chunk (text_body.h) ---- */

/* Of texts between offsets; a difference that wraps is below 0. */
typedef struct hz_text_lengths {
    int32_t shortest, longest;
} hz_text_lengths;

typedef struct hz_text_kernels {
    /* No byte is NUL or part of a character beyond ASCII. */
    bool (*plain)(const char *bytes, size_t count);
    /* Of one row at least, which has two offsets. */
    hz_text_lengths (*lengths)(const int32_t *offsets, size_t rows);
} hz_text_kernels;

/* The same kernels over columns, for a kind of machine. All sets give the same bits. */
typedef struct hz_kernel_set {
    const char *name;
    hz_kernel *const *at; /* HZ_OP_COUNT of them */
    /* Runs the instructions of [i, end) in their order; lines of memory are asked for in between. */
    void (*run)(const hz_instruction *i, const hz_instruction *end, void *const *reg, size_t rows, hz_ahead *ahead);
    hz_sum_kernels sums;
    hz_text_kernels texts;
} hz_kernel_set;

extern const hz_kernel_set hz_kernels_plain; /* any machine */
extern const hz_kernel_set hz_kernels_avx2;  /* x86-64 with AVX2; elsewhere it is not there */

/* The fastest set for this machine. */
const hz_kernel_set *hz_kernels_best(void);

/* Bytes of a column of rows; a whole number of 64-row blocks, so that kernels may write whole words. */
size_t hz_column_bytes(uint8_t type, size_t rows);

#endif
