/* kernel_shapes.h - kernel.def as one uniform list: HZ_KERNEL(name, D, A, B, C, text), types NONE where unused.
 *
 * Include it with HZ_KERNEL defined; it includes kernel.def and cleans up after itself, HZ_KERNEL included. With HZ_LOGIC(name,
 * operands, c, text) defined, too, logic on bits is listed as that.
 */
#define HZ_MAP1(name, D, A, c, text) HZ_KERNEL(name, D, A, NONE, NONE, text)
#define HZ_MAP2(name, D, A, B, c, text) HZ_KERNEL(name, D, A, B, NONE, text)
#define HZ_MAP3(name, D, A, B, C, c, text) HZ_KERNEL(name, D, A, B, C, text)
#define HZ_SUM1(name, c, text) HZ_KERNEL(name, I64, I64, NONE, NONE, text)
#define HZ_SUM2(name, c, text) HZ_KERNEL(name, I64, I64, I64, NONE, text)
#define HZ_TIMES(name, text) HZ_KERNEL(name, I64, I64, NONE, NONE, text)
#define HZ_TEST1(name, A, c, text) HZ_KERNEL(name, BIT, A, NONE, NONE, text)
#define HZ_TEST2(name, A, B, c, text) HZ_KERNEL(name, BIT, A, B, NONE, text)
#define HZ_TEST3(name, A, B, C, c, text) HZ_KERNEL(name, BIT, A, B, C, text)
#define HZ_COMPARE1(name, T, c, text) HZ_KERNEL(name, BIT, T, NONE, NONE, text)
#define HZ_COMPARE2(name, T, c, text) HZ_KERNEL(name, BIT, T, T, NONE, text)
#define HZ_OUTSIDE(name, T, text) HZ_KERNEL(name, BIT, T, NONE, NONE, text)
#define HZ_DIVIDE(name, text) HZ_KERNEL(name, I64, I64, NONE, NONE, text)
#define HZ_RATIO(name, text) HZ_KERNEL(name, I64, I64, I64, NONE, text)
#define HZ_BITS_1(name, text) HZ_KERNEL(name, BIT, BIT, NONE, NONE, text)
#define HZ_BITS_2(name, text) HZ_KERNEL(name, BIT, BIT, BIT, NONE, text)
#define HZ_BITS_3(name, text) HZ_KERNEL(name, BIT, BIT, BIT, BIT, text)
#ifdef HZ_LOGIC
#define HZ_BITS(name, operands, c, text) HZ_LOGIC(name, operands, c, text)
#else
#define HZ_BITS(name, operands, c, text) HZ_BITS_##operands(name, text)
#endif
#define HZ_PICK(name, T, text) HZ_KERNEL(name, T, T, T, BIT, text)
#define HZ_PICK_K(name, T, text) HZ_KERNEL(name, T, T, BIT, NONE, text)
#define HZ_PICK_KM(name, T, text) HZ_KERNEL(name, T, BIT, NONE, NONE, text)
#define HZ_PICK_ANY(name, T, text) HZ_KERNEL(name, T, T, T, BIT, text)
#define HZ_FIRST(name, T, text) HZ_KERNEL(name, T, NONE, NONE, NONE, text)
#define HZ_BYTE(name, T, text) HZ_KERNEL(name, I8, T, NONE, NONE, text)
#define HZ_AMONG(name, text) HZ_KERNEL(name, BIT, I32, NONE, NONE, text)
#include "column/kernel.def"
#undef HZ_MAP1
#undef HZ_MAP2
#undef HZ_MAP3
#undef HZ_SUM1
#undef HZ_SUM2
#undef HZ_TIMES
#undef HZ_TEST1
#undef HZ_TEST2
#undef HZ_TEST3
#undef HZ_COMPARE1
#undef HZ_COMPARE2
#undef HZ_OUTSIDE
#undef HZ_DIVIDE
#undef HZ_RATIO
#undef HZ_BITS_1
#undef HZ_BITS_2
#undef HZ_BITS_3
#undef HZ_BITS
#undef HZ_PICK
#undef HZ_PICK_K
#undef HZ_PICK_KM
#undef HZ_PICK_ANY
#undef HZ_FIRST
#undef HZ_BYTE
#undef HZ_AMONG
#undef HZ_KERNEL
#undef HZ_LOGIC
