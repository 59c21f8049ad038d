/* run_body.h - instructions one after another over the rows of a chunk. Included by the files that stamp sets of kernels, behind their
 * kernels, and never by others; kernel.h says what it does.
 *
 * Half of a program is logic on bits, of which a chunk has a few words: a call costs ten times as much as the work. So what
 * they do to HZ_WHOLE rows stands here; all else is called.
 */
static hz_kernel *const column_kernels[HZ_OP_COUNT] = {
#define HZ_KERNEL(name, D, A, B, C, text) column_##name,
#include "column/kernel_shapes.h"
};

#ifdef HZ_VECTOR
/* x, y, z as kernel.def names them; those that a kernel has not repeat the first. */
#define HZ_LOGIC(name, operands, f, text)                                        \
    case HZ_OP_##name: {                                                         \
        const uint64_t *a = reg[i->a], *b = reg[i->HZ_BITS_B_##operands], *c = reg[i->HZ_BITS_C_##operands]; \
        for (size_t w = 0; w < HZ_WHOLE / 64; w += HZ_LANES_I64) {                           \
            lanes_I64 x, y, z;                                                   \
            memcpy(&x, a + w, sizeof x);                                         \
            memcpy(&y, b + w, sizeof y);                                         \
            memcpy(&z, c + w, sizeof z);                                         \
            (void)y;                                                             \
            (void)z;                                                             \
            x = (f);                                                             \
            memcpy((uint64_t *)reg[i->d] + w, &x, sizeof x);                     \
        }                                                                        \
        return true;                                                             \
    }
#define HZ_KERNEL(name, D, A, B, C, text)

/* Logic on HZ_WHOLE rows; false: it is none. */
static inline bool run_logic(const hz_instruction *i, void *const *reg)
{
    switch (i->op) {
#include "column/kernel_shapes.h"
    default: return false;
    }
}
#else
static inline bool run_logic(const hz_instruction *i, void *const *reg)
{
    (void)i;
    (void)reg;
    return false;
}
#endif

static void run_instructions(const hz_instruction *i, const hz_instruction *end, void *const *reg, size_t rows, hz_ahead *ahead)
{
    for (; i < end; i++) {
        if (rows == HZ_WHOLE && run_logic(i, reg)) continue;
        column_kernels[i->op](i, reg, rows);
        hz_ahead_after_instruction(ahead);
    }
}
