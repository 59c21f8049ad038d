/* kernel_row.c - the kernels of kernel.def for one row: all of them stamped into one function, which goes from instruction
 * to instruction. Registers are cells (cell.h). Called by the machine of single claims and where constants are folded.
 *
 * A claim is some hundred instructions, most of them logic on bits that costs less than a call: so none is called, and each
 * goes on to the next itself, where the compiler knows labels as values. Elsewhere they are the cases of a switch.
 */
#include "column/kernel_row.h"

#include "column/cell.h"

typedef uint64_t hz_t_BIT;

#define HZ_GET_BIT hz_cell_bit
#define HZ_GET_I8 hz_cell_i8
#define HZ_GET_I32 hz_cell_i32
#define HZ_GET_I64 hz_cell_i64
#define HZ_GET_TEXT hz_cell_text
#define HZ_GET_WIDE hz_cell_wide
#define HZ_SET_BIT hz_cell_set_bit
#define HZ_SET_I8 hz_cell_set_i8
#define HZ_SET_I32 hz_cell_set_i32
#define HZ_SET_I64 hz_cell_set_i64
#define HZ_SET_TEXT hz_cell_set_text
#define HZ_SET_WIDE hz_cell_set_wide

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wpedantic" /* labels as values */
#define HZ_AT(name) at_##name:
#define HZ_GO_ON goto *label[i->op];
#else
#define HZ_AT(name) case HZ_OP_##name:
#define HZ_GO_ON continue;
#endif

/* What an expression may name, operands apart. */
#define HZ_IMMEDIATES           \
    const int64_t k = i->k;     \
    const int64_t m = i->m;     \
    const uint8_t mode = i->mode; \
    (void)k;                    \
    (void)m;                    \
    (void)mode;

#define HZ_X(T) const hz_t_##T x = HZ_GET_##T(&cells[i->a]);
#define HZ_Y(T) const hz_t_##T y = HZ_GET_##T(&cells[i->b]);
#define HZ_Z(T) const hz_t_##T z = HZ_GET_##T(&cells[i->c]);

#define HZ_ROW(name, D, operands, f)         \
    HZ_AT(name)                              \
    {                                        \
        HZ_IMMEDIATES                        \
        operands                             \
        HZ_SET_##D(&cells[i->d], (f));       \
        i++;                                 \
        HZ_GO_ON                             \
    }

void hz_run_row(const hz_instruction *i, uint64_t *cells, hz_workspace *ws)
{
#if defined(__GNUC__)
    static const void *const label[HZ_OP_COUNT + 1] = {
#define HZ_KERNEL(name, D, A, B, C, text) &&at_##name,
#include "column/kernel_shapes.h"
        &&at_COUNT
    };
    HZ_GO_ON
#else
    for (;;) switch (i->op) {
#endif
#define HZ_MAP1(name, D, A, f, text) HZ_ROW(name, D, HZ_X(A), f)
#define HZ_MAP2(name, D, A, B, f, text) HZ_ROW(name, D, HZ_X(A) HZ_Y(B), f)
#define HZ_MAP3(name, D, A, B, C, f, text) HZ_ROW(name, D, HZ_X(A) HZ_Y(B) HZ_Z(C), f)
#define HZ_SUM1(name, f, text) HZ_ROW(name, I64, HZ_X(I64), f)
#define HZ_SUM2(name, f, text) HZ_ROW(name, I64, HZ_X(I64) HZ_Y(I64), f)
#define HZ_TIMES(name, text) HZ_ROW(name, I64, HZ_X(I64), HZ_WRAP(x, *, k))
#define HZ_TEST1(name, A, f, text) HZ_ROW(name, BIT, HZ_X(A), f)
#define HZ_TEST2(name, A, B, f, text) HZ_ROW(name, BIT, HZ_X(A) HZ_Y(B), f)
#define HZ_TEST3(name, A, B, C, f, text) HZ_ROW(name, BIT, HZ_X(A) HZ_Y(B) HZ_Z(C), f)
#define HZ_COMPARE1(name, T, f, text) HZ_ROW(name, BIT, HZ_X(T) const hz_t_##T y = (hz_t_##T)k;, f)
#define HZ_COMPARE2(name, T, f, text) HZ_ROW(name, BIT, HZ_X(T) HZ_Y(T), f)
#define HZ_OUTSIDE(name, T, text) HZ_ROW(name, BIT, HZ_X(T), (x < (hz_t_##T)k) | (x > (hz_t_##T)m))
#define HZ_DIVIDE(name, text) HZ_ROW(name, I64, HZ_X(I64), hz_divide_one(x, k, mode))
#define HZ_RATIO(name, text) HZ_ROW(name, I64, HZ_X(I64) HZ_Y(I64), hz_multiply_divide(x, y, k, mode))
#define HZ_BITS_1 HZ_X(BIT)
#define HZ_BITS_2 HZ_X(BIT) HZ_Y(BIT)
#define HZ_BITS_3 HZ_X(BIT) HZ_Y(BIT) HZ_Z(BIT)
#define HZ_BITS(name, operands, f, text) HZ_ROW(name, BIT, HZ_BITS_##operands, f)
#define HZ_PICK(name, T, text) HZ_ROW(name, T, HZ_X(T) HZ_Y(T) HZ_Z(BIT), (z & 1) != 0 ? x : y)
#define HZ_PICK_K(name, T, text) HZ_ROW(name, T, HZ_X(T) HZ_Y(BIT), (y & 1) != 0 ? (hz_t_##T)k : x)
#define HZ_PICK_KM(name, T, text) HZ_ROW(name, T, HZ_X(BIT), (x & 1) != 0 ? (hz_t_##T)k : (hz_t_##T)m)
#define HZ_PICK_ANY(name, T, text) HZ_PICK(name, T, text)
#define HZ_FIRST(name, T, text)                                              \
    HZ_AT(name)                                                              \
    {                                                                        \
        int64_t n = 0;                                                       \
        while (n < i->k && (cells[i->choices[n].reg] & 1) == 0) n++;         \
        HZ_SET_##T(&cells[i->d], (hz_t_##T)(n < i->k ? i->choices[n].value : i->m)); \
        i++;                                                                 \
        HZ_GO_ON                                                             \
    }
#define HZ_BYTE(name, T, text) HZ_ROW(name, I8, HZ_X(T), hz_byte_of(x))
#define HZ_AMONG(name, text) HZ_ROW(name, BIT, HZ_X(I32), hz_among(x, k, m))
#include "column/kernel.def"
HZ_AT(COUNT) return;
#if !defined(__GNUC__)
    }
#endif
}
