/* kernel.c - the kernels of kernel.def over columns, stamped for any machine, and the table of all that is known of them. */
#include "column/kernel_body.h"
#include "column/sum_body.h"
#include "column/text_body.h"

#define HZ_KERNEL(name, D, A, B, C, text)                                                               \
    static void column_##name(const hz_instruction *i, void *const *reg, size_t rows)                   \
    {                                                                                                   \
        body_##name(i, reg, rows);                                                                      \
    }
#include "column/kernel_shapes.h"

#include "column/run_body.h"

const hz_kernel_set hz_kernels_plain = {
    "plain",
    column_kernels,
    run_instructions,
    {sum_any_differs, sum_count_moves, sum_subtract, sum_one_way, sum_both_ways},
    {text_plain, text_lengths}};

const hz_kernel_info hz_kernels[HZ_OP_COUNT] = {
#define HZ_KERNEL(name, D, A, B, C, text)                                                                    \
    {#name, text, HZ_COLUMN_##D, HZ_COLUMN_##A, HZ_COLUMN_##B, HZ_COLUMN_##C},
#include "column/kernel_shapes.h"
};

void hz_each_operand(const hz_instruction *i, hz_operand_visit *each, void *context)
{
    const hz_kernel_info *info = &hz_kernels[i->op];
    if (info->a != HZ_COLUMN_NONE) each(context, i->a, info->a);
    if (info->b != HZ_COLUMN_NONE) each(context, i->b, info->b);
    if (info->c != HZ_COLUMN_NONE) each(context, i->c, info->c);
    if (!hz_is_first(i->op)) return;
    for (int64_t n = 0; n < i->k; n++) each(context, i->choices[n].reg, HZ_COLUMN_BIT);
}

size_t hz_column_bytes(uint8_t type, size_t rows)
{
    size_t blocks = (rows + 63) / 64;
    switch (type) {
    case HZ_COLUMN_BIT: return blocks * 8;
    case HZ_COLUMN_I8: return blocks * 64;
    case HZ_COLUMN_I32: return blocks * 64 * sizeof(int32_t);
    case HZ_COLUMN_I64: return blocks * 64 * sizeof(int64_t);
    case HZ_COLUMN_TEXT: return blocks * 64 * sizeof(hz_str);
    case HZ_COLUMN_WIDE: return blocks * 64 * sizeof(hz_wide);
    default: return 0;
    }
}
