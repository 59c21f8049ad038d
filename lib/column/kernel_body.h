/* kernel_body.h - what each kernel of kernel.def does to rows: a static function body_<name> each. Included by the files
 * that stamp sets of kernels from them (kernel.c, kernel_avx2.c), never by others.
 *
 * HZ_BODY_AVX2 says that the including file compiles for AVX2: the few loops that compilers do not vectorise well are then
 * written out. Everything else is plain C that the compiler turns into what the target has.
 */
#include "column/kernel_row.h"

/* ---- Vectors: a few rows at once, for the loops that compilers leave scalar or make long ---- */

#if defined(HZ_BODY_AVX2)
#include <immintrin.h>
#define HZ_VECTOR 32
#define HZ_LANE_BITS_I32(v) ((uint32_t)_mm256_movemask_ps((__m256)(v)))
#define HZ_LANE_BITS_I64(v) ((uint32_t)_mm256_movemask_pd((__m256d)(v)))
#define HZ_FLAG_BITS(at) ((uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(_mm256_loadu_si256((const __m256i *)(const void *)(at)), 7)))
#elif defined(__SSE2__)
#include <emmintrin.h>
#define HZ_VECTOR 16
#define HZ_LANE_BITS_I32(v) ((uint32_t)_mm_movemask_ps((__m128)(v)))
#define HZ_LANE_BITS_I64(v) ((uint32_t)_mm_movemask_pd((__m128d)(v)))
#define HZ_FLAG_BITS(at) ((uint32_t)_mm_movemask_epi8(_mm_slli_epi16(_mm_loadu_si128((const __m128i *)(const void *)(at)), 7)))
#endif

#ifdef HZ_VECTOR
typedef int32_t vector_I32 __attribute__((vector_size(HZ_VECTOR)));
typedef int64_t vector_I64 __attribute__((vector_size(HZ_VECTOR)));
typedef uint32_t lanes_I32 __attribute__((vector_size(HZ_VECTOR)));
typedef uint64_t lanes_I64 __attribute__((vector_size(HZ_VECTOR)));

/* Rows in a vector; each lane's own bit, to be shifted on by as many. */
enum { HZ_LANES_I32 = HZ_VECTOR / 4, HZ_LANES_I64 = HZ_VECTOR / 8 };

/* d = chosen ? yes : no over 64 rows; each of yes and no is a column or, when NULL, the constant k. */
#define HZ_CHOOSE_WORD(T)                                                                                          \
    static inline void choose_word_##T(hz_t_##T *d, uint64_t chosen, const hz_t_##T *yes, const hz_t_##T *no, int64_t k, int64_t m) \
    {                                                                                                              \
        lanes_##T own, mask = (lanes_##T){0} + (hz_u_##T)chosen, x = (lanes_##T){0} + (hz_u_##T)k, y = (lanes_##T){0} + (hz_u_##T)m; \
        for (int lane = 0; lane < HZ_LANES_##T; lane++) own[lane] = (hz_u_##T)1 << lane;                           \
        lanes_##T bit = own;                                                                                       \
        for (size_t j = 0; j < 64; j += HZ_LANES_##T) {                                                            \
            if (j == 8 * sizeof(hz_t_##T)) {                                                                       \
                mask = (lanes_##T){0} + (hz_u_##T)(chosen >> (j % 64));                                            \
                bit = own;                                                                                         \
            }                                                                                                      \
            if (yes != NULL) memcpy(&x, yes + j, sizeof x);                                                        \
            if (no != NULL) memcpy(&y, no + j, sizeof y);                                                          \
            lanes_##T take = (lanes_##T)((mask & bit) == bit), out = (x & take) | (y & ~take);                     \
            memcpy(d + j, &out, sizeof out);                                                                       \
            bit <<= HZ_LANES_##T;                                                                                  \
        }                                                                                                          \
    }
HZ_CHOOSE_WORD(I32)
HZ_CHOOSE_WORD(I64)
#endif

/* 64 flags of 0 or 1 as bits, and back. Bytes lie in memory as in a little-endian word. */
static inline uint64_t hz_pack_flags(const uint8_t flags[64])
{
    uint64_t word = 0;
#ifdef HZ_VECTOR
    for (unsigned at = 0; at < 64; at += HZ_VECTOR) word |= (uint64_t)HZ_FLAG_BITS(flags + at) << at;
#else
    for (unsigned group = 0; group < 8; group++) {
        uint64_t eight;
        memcpy(&eight, flags + 8 * group, sizeof eight);
        word |= ((eight * UINT64_C(0x0102040810204080)) >> 56) << (8 * group);
    }
#endif
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
    const int64_t m = i->m;          \
    const uint8_t mode = i->mode;    \
    hz_workspace *const ws = reg[0]; \
    (void)k;                         \
    (void)m;                         \
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
    static inline bool test_##name(hz_t_##A x, int64_t k, int64_t m)                         \
    {                                                                                        \
        (void)m;                                                                             \
        return (f);                                                                          \
    }                                                                                        \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        const int64_t k = i->k, m = i->m;                                                    \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##A *restrict a = reg[i->a];                                              \
        HZ_TEST_BODY(rows, test_##name(a[r], k, m))                                            \
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
#ifdef HZ_VECTOR
#define HZ_COMPARE_WORD(T, test)                                                             \
    uint64_t word = 0;                                                                       \
    vector_##T y = (vector_##T){0} + (hz_t_##T)k;                                            \
    const vector_##T z = (vector_##T){0} + (hz_t_##T)m;                                      \
    (void)z;                                                                                 \
    for (size_t j = 0; j < 64; j += HZ_LANES_##T) {                                          \
        vector_##T x;                                                                        \
        memcpy(&x, a + first + j, sizeof x);                                                 \
        if (b != NULL) memcpy(&y, b + first + j, sizeof y);                                  \
        word |= (uint64_t)HZ_LANE_BITS_##T(test) << j;                                       \
    }
#else
#define HZ_COMPARE_WORD(T, test)                                                             \
    uint8_t flags[64];                                                                       \
    const hz_t_##T z = (hz_t_##T)m;                                                          \
    (void)z;                                                                                 \
    for (size_t j = 0; j < 64; j++) {                                                        \
        const hz_t_##T x = a[first + j], y = b != NULL ? b[first + j] : (hz_t_##T)k;         \
        flags[j] = (uint8_t)(test);                                                          \
    }                                                                                        \
    uint64_t word = hz_pack_flags(flags);
#endif
/* Bits of a test of x from a, y from b or the immediate k, z = m. */
#define HZ_COMPARE_BODY(T, test)                                                             \
    size_t first = 0;                                                                        \
    for (; first + 64 <= rows; first += 64) {                                                \
        HZ_COMPARE_WORD(T, test)                                                             \
        d[first / 64] = word;                                                                \
    }                                                                                        \
    if (first < rows) {                                                                      \
        uint64_t word = 0;                                                                   \
        const hz_t_##T z = (hz_t_##T)m;                                                      \
        (void)z;                                                                             \
        for (size_t r = first; r < rows; r++) {                                              \
            const hz_t_##T x = a[r], y = b != NULL ? b[r] : (hz_t_##T)k;                     \
            word |= (uint64_t)(test) << (r % 64);                                            \
        }                                                                                    \
        d[first / 64] = word;                                                                \
    }
#define HZ_COMPARE1(name, T, op, text)                                                       \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##T *restrict a = reg[i->a], *const b = NULL;                             \
        const int64_t k = i->k, m = 0;                                                       \
        HZ_COMPARE_BODY(T, x op y)                                                           \
    }
/* Whether no row lies outside, seen from all distances to k or-ed: below the largest power of two that fits. Almost always
 * so; `no` says nothing. */
#define HZ_CLEARLY_WITHIN(T)                                                                 \
    static inline bool clearly_within_##T(const hz_t_##T *restrict a, size_t rows, int64_t k, int64_t m) \
    {                                                                                        \
        const hz_t_##T lo = (hz_t_##T)k, hi = (hz_t_##T)m;                                   \
        hz_u_##T all = 0, room = ((hz_u_##T)hi - (hz_u_##T)lo) >> 1;                         \
        for (unsigned shift = 1; shift < 8 * sizeof room; shift *= 2) room |= room >> shift; \
        if (hi < lo || room < 63) return false;                                              \
        for (size_t r = 0; r < rows; r++) all |= (hz_u_##T)a[r] - (hz_u_##T)lo;              \
        return all <= room;                                                                  \
    }
HZ_CLEARLY_WITHIN(I32)
HZ_CLEARLY_WITHIN(I64)
#define HZ_OUTSIDE(name, T, text)                                                            \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##T *restrict a = reg[i->a], *const b = NULL;                             \
        const int64_t k = i->k, m = i->m;                                                    \
        if (clearly_within_##T(a, rows, k, m)) {                                             \
            for (size_t w = 0; w < (rows + 63) / 64; w++) d[w] = 0;                          \
            return;                                                                          \
        }                                                                                    \
        HZ_COMPARE_BODY(T, (x < y) | (x > z))                                                \
    }
#define HZ_COMPARE2(name, T, op, text)                                                       \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a], *b = reg[i->b];                                       \
        const int64_t k = 0, m = 0;                                                          \
        HZ_COMPARE_BODY(T, x op y)                                                           \
    }
#ifdef HZ_BODY_AVX2
#define HZ_RECIPROCAL_DIVIDE hz_reciprocal_divide_by_halves
#else
#define HZ_RECIPROCAL_DIVIDE hz_reciprocal_divide
#endif
#define HZ_DIVIDE_ROWS(mode_)                                                                \
    for (size_t r = 0; r < rows; r++)                                                        \
        d[r] = hz_divide_finish(a[r], HZ_RECIPROCAL_DIVIDE(by, hz_divide_magnitude(a[r])), k, mode_);
#define HZ_DIVIDE(name, text)                                                                \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        int64_t *restrict d = reg[i->d];                                                     \
        const int64_t *restrict a = reg[i->a];                                               \
        if (i->k <= 0) {                                                                     \
            for (size_t r = 0; r < rows; r++)                                                \
                d[r] = (int64_t)hz_divide_rounded(a[r], i->k, (hz_rounding)i->mode);         \
            return;                                                                          \
        }                                                                                    \
        const uint64_t k = (uint64_t)i->k;                                                   \
        const hz_reciprocal by = hz_reciprocal_of(k);                                        \
        switch (i->mode) {                                                                   \
        case HZ_ROUND_HALF_UP: HZ_DIVIDE_ROWS(HZ_ROUND_HALF_UP) break;                       \
        case HZ_ROUND_DOWN: HZ_DIVIDE_ROWS(HZ_ROUND_DOWN) break;                             \
        case HZ_ROUND_FLOOR: HZ_DIVIDE_ROWS(HZ_ROUND_FLOOR) break;                           \
        default: HZ_DIVIDE_ROWS(i->mode) break;                                              \
        }                                                                                    \
    }
/* Operands a word does not use repeat the first, so that one body serves all. */
#define HZ_BITS_B_1 a
#define HZ_BITS_C_1 a
#define HZ_BITS_B_2 b
#define HZ_BITS_C_2 a
#define HZ_BITS_B_3 b
#define HZ_BITS_C_3 c
/* A whole chunk's words are so few that counting them would cost more than they do. */
#define HZ_BITS_WORDS(words, f)                                                              \
    for (size_t w = 0; w < (words); w++) {                                                   \
        const uint64_t x = a[w], y = b[w], z = c[w];                                         \
        (void)y;                                                                             \
        (void)z;                                                                             \
        d[w] = (f);                                                                          \
    }
#define HZ_BITS(name, operands, f, text)                                                     \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const uint64_t *a = reg[i->a];                                                       \
        const uint64_t *b = reg[i->HZ_BITS_B_##operands];                                    \
        const uint64_t *c = reg[i->HZ_BITS_C_##operands];                                    \
        if (rows == 256) {                                                                   \
            HZ_BITS_WORDS(4, f)                                                              \
            return;                                                                          \
        }                                                                                    \
        HZ_BITS_WORDS((rows + 63) / 64, f)                                                   \
    }
#ifdef HZ_VECTOR
#define HZ_CHOOSE_ROWS(T, chosen, yes, no, k, m)                                             \
    for (; first + 64 <= rows; first += 64)                                                  \
        choose_word_##T(d + first, (chosen)[first / 64], (yes) != NULL ? (yes) + first : NULL, (no) != NULL ? (no) + first : NULL, k, m);
#else
#define HZ_CHOOSE_ROWS(T, chosen, yes, no, k, m)                                             \
    for (; first + 64 <= rows; first += 64) {                                                \
        uint8_t flags[64];                                                                   \
        hz_unpack_flags((chosen)[first / 64], flags);                                        \
        for (size_t j = 0; j < 64; j++) {                                                    \
            const hz_t_##T x = (yes) != NULL ? (yes)[first + j] : (hz_t_##T)(k);             \
            const hz_t_##T y = (no) != NULL ? (no)[first + j] : (hz_t_##T)(m);               \
            d[first + j] = flags[j] != 0 ? x : y;                                            \
        }                                                                                    \
    }
#endif
#define HZ_CHOOSE_BODY(T, chosen, yes, no, k, m)                                             \
    size_t first = 0;                                                                        \
    HZ_CHOOSE_ROWS(T, chosen, yes, no, k, m)                                                 \
    for (size_t r = first; r < rows; r++) {                                                  \
        const hz_t_##T x = (yes) != NULL ? (yes)[r] : (hz_t_##T)(k);                         \
        const hz_t_##T y = (no) != NULL ? (no)[r] : (hz_t_##T)(m);                           \
        d[r] = (chosen[r / 64] >> (r % 64)) & 1 ? x : y;                                     \
    }
#define HZ_PICK(name, T, text)                                                               \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a], *b = reg[i->b];                                       \
        const uint64_t *c = reg[i->c];                                                       \
        HZ_CHOOSE_BODY(T, c, a, b, 0, 0)                                                     \
    }
#define HZ_PICK_K(name, T, text)                                                             \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *const yes = NULL, *a = reg[i->a];                                    \
        const uint64_t *b = reg[i->b];                                                       \
        HZ_CHOOSE_BODY(T, b, yes, a, i->k, 0)                                                \
    }
#define HZ_PICK_KM(name, T, text)                                                            \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *const yes = NULL, *const no = NULL;                                  \
        const uint64_t *a = reg[i->a];                                                       \
        HZ_CHOOSE_BODY(T, a, yes, no, i->k, i->m)                                            \
    }
#define HZ_PICK_ANY(name, T, text)                                                           \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a], *b = reg[i->b];                                       \
        const uint64_t *c = reg[i->c];                                                       \
        for (size_t r = 0; r < rows; r++) d[r] = (c[r / 64] >> (r % 64)) & 1 ? a[r] : b[r];  \
    }
#include "column/kernel.def"
#undef HZ_MAP1
#undef HZ_MAP2
#undef HZ_MAP3
#undef HZ_TEST1
#undef HZ_TEST2
#undef HZ_TEST3
#undef HZ_COMPARE1
#undef HZ_COMPARE2
#undef HZ_OUTSIDE
#undef HZ_DIVIDE
#undef HZ_BITS
#undef HZ_PICK
#undef HZ_PICK_K
#undef HZ_PICK_KM
#undef HZ_PICK_ANY
