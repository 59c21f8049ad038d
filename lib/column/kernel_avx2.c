/* kernel_avx2.c - the kernels of kernel.def over columns once more, compiled for x86-64 with AVX2; nothing elsewhere. Which
 * set a program runs is chosen once, when it is made (cpu.c): the answers of both are the same bits. */
#if defined(__x86_64__) && defined(__GNUC__)
#define HZ_BODY_AVX2
#include <immintrin.h>
#include "column/kernel.h"

#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#endif

#include "column/kernel_body.h"
#include "column/sum_body.h"
#include "column/text_body.h"

#define HZ_KERNEL(name, D, A, B, C, text)                                               \
    static void column_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                   \
        body_##name(i, reg, rows);                                                      \
    }
#include "column/kernel_shapes.h"

#include "column/run_body.h"

const hz_kernel_set hz_kernels_avx2 = {
    "avx2",
    column_kernels,
    run_instructions,
    {sum_any_differs, sum_count_moves, sum_subtract, sum_one_way, sum_both_ways},
    {text_plain, text_lengths}};

#ifdef __clang__
#pragma clang attribute pop
#endif
#else
typedef int hz_no_avx2; /* a file must hold something */
#endif
