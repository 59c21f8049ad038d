/* kernel.c - the kernels of kernel.def, stamped: one body, two functions each. Called through instructions only. */
#include "column/kernel.h"

#include "column/text.h"

/* Unsigned arithmetic wraps; signed overflow would be undefined in rows that hold no value. */
#define HZ_WRAP(left, op, right) ((int64_t)((uint64_t)(left) op (uint64_t)(right)))

typedef int32_t hz_t_I32;
typedef int64_t hz_t_I64;
typedef hz_str hz_t_TEXT;

static int64_t hz_divide_k(int64_t x, int64_t k, uint8_t mode)
{
    return (int64_t)hz_divide_rounded(x, k, (hz_rounding)mode);
}

static int64_t hz_divide_scaled(int64_t x, int64_t y, int64_t k, uint8_t mode)
{
    return y == 0 ? 0 : (int64_t)hz_divide_rounded((hz_i128)x * k, y, (hz_rounding)mode);
}

static int32_t hz_clamp_date(int32_t date)
{
    return date < HZ_DATE_MIN ? HZ_DATE_MIN : date > HZ_DATE_MAX ? HZ_DATE_MAX : date;
}

static bool hz_add_months_ok(int32_t date, int64_t months)
{
    int32_t out;
    return hz_date_add_months(hz_clamp_date(date), months, &out);
}

static int32_t hz_add_months(int32_t date, int64_t months)
{
    int32_t out = 0;
    return hz_date_add_months(hz_clamp_date(date), months, &out) ? out : 0;
}

static bool hz_make_date_ok(int64_t year, int64_t month, int64_t day)
{
    int32_t out;
    return hz_date_make(year, month, day, &out);
}

static int32_t hz_make_date(int64_t year, int64_t month, int64_t day)
{
    int32_t out = 0;
    return hz_date_make(year, month, day, &out) ? out : 0;
}

/* 64 flags of 0 or 1 as bits, and back, eight at a time by multiplication: this and the plain loops around it are what
 * compilers turn into vector code without being asked. Bytes lie in memory as in a little-endian word. */
static inline uint64_t hz_pack_flags(const uint8_t flags[64])
{
    uint64_t word = 0;
    for (unsigned group = 0; group < 8; group++) {
        uint64_t eight;
        memcpy(&eight, flags + 8 * group, sizeof eight);
        word |= ((eight * UINT64_C(0x0102040810204080)) >> 56) << (8 * group);
    }
    return word;
}

static inline void hz_unpack_flags(uint64_t word, uint8_t flags[64])
{
    for (unsigned group = 0; group < 8; group++) {
        uint64_t eight = ((word >> (8 * group)) & 0xFF) * UINT64_C(0x0101010101010101) & UINT64_C(0x8040201008040201);
        eight = ((eight + UINT64_C(0x7F7F7F7F7F7F7F7F)) >> 7) & UINT64_C(0x0101010101010101);
        memcpy(flags + 8 * group, &eight, sizeof eight);
    }
}

/* Writes the bits of rows [0, rows): 64 tests a word. */
#define HZ_TEST_BODY(rows_, test)                                                     \
    size_t first = 0;                                                                 \
    for (; first + 64 <= (rows_); first += 64) {                                      \
        uint8_t flags[64];                                                            \
        for (size_t j = 0; j < 64; j++) {                                             \
            size_t r = first + j;                                                     \
            flags[j] = (uint8_t)(test);                                               \
        }                                                                             \
        d[first / 64] = hz_pack_flags(flags);                                         \
    }                                                                                 \
    if (first < (rows_)) {                                                            \
        uint64_t word = 0;                                                            \
        for (size_t r = first; r < (rows_); r++) word |= (uint64_t)(test) << (r % 64); \
        d[first / 64] = word;                                                         \
    }

#define HZ_BESIDES_OPERANDS          \
    const int64_t k = i->k;          \
    const uint8_t mode = i->mode;    \
    hz_workspace *const ws = reg[0]; \
    (void)k;                         \
    (void)mode;                      \
    (void)ws

#define HZ_MAP1(name, D, A, f, text)                                                         \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        HZ_BESIDES_OPERANDS;                                                                 \
        hz_t_##D *restrict d = reg[i->d];                                                    \
        const hz_t_##A *restrict a = reg[i->a];                                              \
        for (size_t r = 0; r < rows; r++) {                                                  \
            const hz_t_##A x = a[r];                                                         \
            d[r] = (f);                                                                      \
        }                                                                                    \
    }
#define HZ_MAP2(name, D, A, B, f, text)                                                      \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        HZ_BESIDES_OPERANDS;                                                                 \
        hz_t_##D *restrict d = reg[i->d];                                                    \
        const hz_t_##A *a = reg[i->a];                                                       \
        const hz_t_##B *b = reg[i->b];                                                       \
        for (size_t r = 0; r < rows; r++) {                                                  \
            const hz_t_##A x = a[r];                                                         \
            const hz_t_##B y = b[r];                                                         \
            d[r] = (f);                                                                      \
        }                                                                                    \
    }
#define HZ_MAP3(name, D, A, B, C, f, text)                                                   \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        HZ_BESIDES_OPERANDS;                                                                 \
        hz_t_##D *restrict d = reg[i->d];                                                    \
        const hz_t_##A *a = reg[i->a];                                                       \
        const hz_t_##B *b = reg[i->b];                                                       \
        const hz_t_##C *c = reg[i->c];                                                       \
        for (size_t r = 0; r < rows; r++) {                                                  \
            const hz_t_##A x = a[r];                                                         \
            const hz_t_##B y = b[r];                                                         \
            const hz_t_##C z = c[r];                                                         \
            d[r] = (f);                                                                      \
        }                                                                                    \
    }
#define HZ_TEST1(name, A, f, text)                                                           \
    static inline bool test_##name(hz_t_##A x, int64_t k) { return (f); }                    \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        const int64_t k = i->k;                                                              \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##A *restrict a = reg[i->a];                                              \
        HZ_TEST_BODY(rows, test_##name(a[r], k))                                             \
    }
#define HZ_TEST2(name, A, B, f, text)                                                        \
    static inline bool test_##name(hz_t_##A x, hz_t_##B y) { return (f); }                   \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##A *a = reg[i->a];                                                       \
        const hz_t_##B *b = reg[i->b];                                                       \
        HZ_TEST_BODY(rows, test_##name(a[r], b[r]))                                          \
    }
#define HZ_TEST3(name, A, B, C, f, text)                                                     \
    static inline bool test_##name(hz_t_##A x, hz_t_##B y, hz_t_##C z) { return (f); }       \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##A *a = reg[i->a];                                                       \
        const hz_t_##B *b = reg[i->b];                                                       \
        const hz_t_##C *c = reg[i->c];                                                       \
        HZ_TEST_BODY(rows, test_##name(a[r], b[r], c[r]))                                    \
    }
/* Operands a word does not use repeat the first, so that one body serves all. */
#define HZ_BITS_B_1 a
#define HZ_BITS_C_1 a
#define HZ_BITS_B_2 b
#define HZ_BITS_C_2 a
#define HZ_BITS_B_3 b
#define HZ_BITS_C_3 c
#define HZ_BITS(name, operands, f, text)                                                     \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *d = reg[i->d];                                                             \
        const uint64_t *a = reg[i->a];                                                       \
        const uint64_t *b = reg[i->HZ_BITS_B_##operands];                                    \
        const uint64_t *c = reg[i->HZ_BITS_C_##operands];                                    \
        for (size_t w = 0; w < (rows + 63) / 64; w++) {                                      \
            const uint64_t x = a[w], y = b[w], z = c[w];                                     \
            (void)y;                                                                         \
            (void)z;                                                                         \
            d[w] = (f);                                                                      \
        }                                                                                    \
    }
#define HZ_PICK(name, T, text)                                                               \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a];                                                       \
        const hz_t_##T *b = reg[i->b];                                                       \
        const uint64_t *c = reg[i->c];                                                       \
        size_t first = 0;                                                                    \
        for (; first + 64 <= rows; first += 64) {                                            \
            uint8_t flags[64];                                                               \
            hz_unpack_flags(c[first / 64], flags);                                           \
            for (size_t j = 0; j < 64; j++) d[first + j] = flags[j] != 0 ? a[first + j] : b[first + j]; \
        }                                                                                    \
        for (size_t r = first; r < rows; r++)                                                \
            d[r] = (c[first / 64] >> (r % 64)) & 1 ? a[r] : b[r];                            \
    }
#include "column/kernel.def"

#define HZ_KERNEL(name, D, A, B, C, text)                                                               \
    static void column_##name(const hz_instruction *i, void *const *reg, size_t rows)                   \
    {                                                                                                   \
        body_##name(i, reg, rows);                                                                      \
    }                                                                                                   \
    static void row_##name(const hz_instruction *i, void *const *reg, size_t rows)                      \
    {                                                                                                   \
        (void)rows;                                                                                     \
        body_##name(i, reg, 1);                                                                         \
    }
#undef HZ_MAP1
#undef HZ_MAP2
#undef HZ_MAP3
#undef HZ_TEST1
#undef HZ_TEST2
#undef HZ_TEST3
#undef HZ_BITS
#undef HZ_PICK
#include "column/kernel_shapes.h"

const hz_kernel_info hz_kernels[HZ_OP_COUNT] = {
#define HZ_KERNEL(name, D, A, B, C, text)                                                                    \
    {#name, text, HZ_COLUMN_##D, HZ_COLUMN_##A, HZ_COLUMN_##B, HZ_COLUMN_##C, column_##name, row_##name},
#include "column/kernel_shapes.h"
};

size_t hz_column_bytes(uint8_t type, size_t rows)
{
    size_t blocks = (rows + 63) / 64;
    switch (type) {
    case HZ_COLUMN_BIT: return blocks * 8;
    case HZ_COLUMN_I32: return blocks * 64 * sizeof(int32_t);
    case HZ_COLUMN_I64: return blocks * 64 * sizeof(int64_t);
    case HZ_COLUMN_TEXT: return blocks * 64 * sizeof(hz_str);
    default: return 0;
    }
}
