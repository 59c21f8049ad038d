/* cpu.c - which kernels this machine can run: asked of the processor when a program is made, kept nowhere. */
#include "column/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>

/* AVX2 needs the processor's word for it and the system's: that it saves the upper halves of the registers. */
static bool has_avx2(void)
{
    unsigned a, b, c, d;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & bit_OSXSAVE) == 0 || (c & bit_AVX) == 0) return false;
    unsigned low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if ((low & 6) != 6) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_AVX2) != 0;
}

const hz_kernel_set *hz_kernels_best(void)
{
    return has_avx2() ? &hz_kernels_avx2 : &hz_kernels_plain;
}
#else
const hz_kernel_set *hz_kernels_best(void)
{
    return &hz_kernels_plain;
}
#endif
