/* kernel_body.h - what each kernel of kernel.def does to rows: a static function body_<name> each. Included by the files
 * that stamp sets of kernels from them (kernel.c, kernel_avx2.c), never by others.
 *
 * The few loops that compilers do not vectorise well are written out (kernel_vector.h). Everything else is plain C that the
 * compiler turns into what the target has.
 */
#include "column/kernel_row.h"
#include "column/kernel_vector.h"

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
/* Sixteen rows at a time: counting them would cost as much as they do. */
#define HZ_SUM_ROWS(f)                                                                       \
    size_t first = 0;                                                                        \
    for (; first + 16 <= rows; first += 16) {                                                \
        for (size_t j = 0; j < 16; j++) {                                                    \
            const int64_t x = a[first + j], y = b[first + j];                                \
            (void)y;                                                                         \
            d[first + j] = (f);                                                              \
        }                                                                                    \
    }                                                                                        \
    for (; first < rows; first++) {                                                          \
        const int64_t x = a[first], y = b[first];                                            \
        (void)y;                                                                             \
        d[first] = (f);                                                                      \
    }
#define HZ_SUM1(name, f, text)                                                               \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        const int64_t k = i->k;                                                              \
        int64_t *restrict d = reg[i->d];                                                     \
        const int64_t *a = reg[i->a], *b = a;                                                \
        HZ_SUM_ROWS(f)                                                                       \
    }
#define HZ_SUM2(name, f, text)                                                               \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        int64_t *restrict d = reg[i->d];                                                     \
        const int64_t *a = reg[i->a], *b = reg[i->b];                                        \
        HZ_SUM_ROWS(f)                                                                       \
    }
#ifdef HZ_VECTOR
#define HZ_TIMES_WORDS                                                                       \
    for (; k > 0 && k <= UINT32_MAX && first + 64 <= rows; first += 64) times_word(d + first, a + first, (uint32_t)k);
#else
#define HZ_TIMES_WORDS
#endif
#define HZ_TIMES(name, text)                                                                 \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        const int64_t k = i->k;                                                              \
        int64_t *restrict d = reg[i->d];                                                     \
        const int64_t *restrict a = reg[i->a];                                               \
        size_t first = 0;                                                                    \
        HZ_TIMES_WORDS                                                                       \
        for (; first < rows; first++) d[first] = HZ_WRAP(a[first], *, k);                    \
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
    for (size_t j = 0; j < 64; j += HZ_VECTOR) {                                             \
        vector_##T mask[HZ_MASKS_##T];                                                       \
        for (size_t v = 0; v < HZ_MASKS_##T; v++) {                                          \
            vector_##T x;                                                                    \
            memcpy(&x, a + first + j + v * HZ_LANES_##T, sizeof x);                          \
            if (b != NULL) memcpy(&y, b + first + j + v * HZ_LANES_##T, sizeof y);           \
            mask[v] = (vector_##T)(test);                                                    \
        }                                                                                    \
        word |= (uint64_t)bits_of_##T(mask) << j;                                            \
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
/* Bits of a test of x from a, y from b or the immediate k, z = m. Where 64 rows are seen to be `clear`, all are 0. */
#define HZ_COMPARE_BODY(T, clear, test)                                                      \
    size_t first = 0;                                                                        \
    for (; first + 64 <= rows; first += 64) {                                                \
        if (clear) {                                                                         \
            d[first / 64] = 0;                                                               \
            continue;                                                                        \
        }                                                                                    \
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
#define HZ_COMPARE1(name, T, test, text)                                                     \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##T *restrict a = reg[i->a], *const b = NULL;                             \
        const int64_t k = i->k, m = 0;                                                       \
        HZ_COMPARE_BODY(T, false, test)                                                      \
    }
/* Whether 64 rows lie within a range, seen from all their distances to its lower end: almost always so, and `no` says nothing. Of
 * the largest distance alone is known that a power of two less 1, the room, is no less: so much or-ing tells. */
#define HZ_WITHIN(T)                                                                         \
    /* The largest room that is no more than the width of a range; 0: it is of no use. */    \
    static inline hz_u_##T room_##T(hz_t_##T lo, hz_t_##T hi)                                \
    {                                                                                        \
        const hz_u_##T width = (hz_u_##T)hi - (hz_u_##T)lo;                                  \
        hz_u_##T room = width >> 1;                                                          \
        if (hi < lo) return 0;                                                               \
        if (HZ_EXACT(T, width)) return width;                                                \
        for (unsigned shift = 1; shift < 8 * sizeof room; shift *= 2) room |= room >> shift; \
        return room < 63 ? 0 : room;                                                         \
    }                                                                                        \
    static inline bool within_##T(const hz_t_##T *restrict a, hz_t_##T lo, hz_u_##T room)    \
    {                                                                                        \
        hz_u_##T all = 0;                                                                    \
        if (HZ_EXACT(T, room)) return HZ_EXACTLY_WITHIN(a, lo, room);                        \
        for (size_t r = 0; r < 64; r++) all |= (hz_u_##T)a[r] - (hz_u_##T)lo;                \
        return all <= room;                                                                  \
    }
#ifdef HZ_BODY_AVX2
/* Here are the larger of two numbers of 32 bits: widths of so many are told exactly. */
#define HZ_EXACT(T, width) ((width) <= UINT32_MAX)
#define HZ_EXACTLY_WITHIN(a, lo, width) exactly_within(a, sizeof *(a), (int64_t)(lo), (uint32_t)(width))
static inline bool exactly_within(const void *a, size_t size, int64_t lo, uint32_t width)
{
    const __m256i from = size == 4 ? _mm256_set1_epi32((int32_t)lo) : _mm256_set1_epi64x(lo);
    const __m256i most = size == 4 ? _mm256_set1_epi32((int32_t)width) : _mm256_set1_epi64x((int64_t)width);
    __m256i all = _mm256_setzero_si256();
    for (size_t at = 0; at < 64 * size; at += 32) {
        const __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)((const char *)a + at));
        all = _mm256_max_epu32(all, size == 4 ? _mm256_sub_epi32(x, from) : _mm256_sub_epi64(x, from));
    }
    return _mm256_movemask_epi8(_mm256_cmpeq_epi32(_mm256_max_epu32(all, most), most)) == -1;
}
#else
#define HZ_EXACT(T, width) false
#define HZ_EXACTLY_WITHIN(a, lo, width) false
#endif
HZ_WITHIN(I32)
HZ_WITHIN(I64)
#define HZ_OUTSIDE(name, T, text)                                                            \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##T *restrict a = reg[i->a], *const b = NULL;                             \
        const int64_t k = i->k, m = i->m;                                                    \
        const hz_u_##T room = room_##T((hz_t_##T)k, (hz_t_##T)m);                            \
        HZ_COMPARE_BODY(T, room > 0 && within_##T(a + first, (hz_t_##T)k, room), (x < y) | (x > z)) \
    }
#define HZ_COMPARE2(name, T, test, text)                                                     \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a], *b = reg[i->b];                                       \
        const int64_t k = 0, m = 0;                                                          \
        HZ_COMPARE_BODY(T, false, test)                                                      \
    }
#ifdef HZ_BODY_AVX2
#define HZ_RECIPROCAL_DIVIDE hz_reciprocal_divide_by_halves
#else
#define HZ_RECIPROCAL_DIVIDE hz_reciprocal_divide
#endif
#define HZ_DIVIDE_ROWS(mode_)                                                                \
    for (size_t r = first; r < rows; r++)                                                    \
        d[r] = hz_divide_finish(a[r], HZ_RECIPROCAL_DIVIDE(by, hz_divide_magnitude(a[r])), k, mode_);
/* Blocks of 64 rows of numbers from 0 to 2^32 - 1, which most amounts are; from the first other one on the long way. */
#ifdef HZ_VECTOR
#define HZ_DIVIDE_WORDS                                                                      \
    const hz_short_reciprocal few = hz_short_reciprocal_of(k, i->mode);                      \
    while (few.factor != 0 && first + 64 <= rows && within_I64(a + first, 0, UINT32_MAX)) {  \
        divide_word(d + first, a + first, few);                                              \
        first += 64;                                                                         \
    }
#else
#define HZ_DIVIDE_WORDS
#endif
/* d = a * b over 64 rows, where none is below 0 and no product beyond 63 bits, by the bits that any of them has; else nothing. */
static inline bool multiply_word(int64_t *restrict d, const int64_t *a, const int64_t *b)
{
    uint64_t left = 0, right = 0;
    for (size_t r = 0; r < 64; r++) {
        left |= (uint64_t)a[r];
        right |= (uint64_t)b[r];
    }
    if ((hz_u128)left * right >> 63 != 0) return false;
    for (size_t r = 0; r < 64; r++) d[r] = HZ_WRAP(a[r], *, b[r]);
    return true;
}

/* d / k, rounded, over 64 rows of which none is below 0. */
static inline void divide_products(int64_t *d, hz_reciprocal by, uint64_t k, uint8_t mode)
{
#define HZ_DIVIDE_PRODUCTS(mode_) \
    for (size_t r = 0; r < 64; r++) d[r] = hz_divide_finish(d[r], HZ_RECIPROCAL_DIVIDE(by, (uint64_t)d[r]), k, mode_)
    if (mode == HZ_ROUND_HALF_UP) HZ_DIVIDE_PRODUCTS(HZ_ROUND_HALF_UP);
    else HZ_DIVIDE_PRODUCTS(mode);
#undef HZ_DIVIDE_PRODUCTS
}

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
        size_t first = 0;                                                                    \
        HZ_DIVIDE_WORDS                                                                      \
        switch (i->mode) {                                                                   \
        case HZ_ROUND_HALF_UP: HZ_DIVIDE_ROWS(HZ_ROUND_HALF_UP) break;                       \
        case HZ_ROUND_DOWN: HZ_DIVIDE_ROWS(HZ_ROUND_DOWN) break;                             \
        case HZ_ROUND_FLOOR: HZ_DIVIDE_ROWS(HZ_ROUND_FLOOR) break;                           \
        default: HZ_DIVIDE_ROWS(i->mode) break;                                              \
        }                                                                                    \
    }
/* Blocks of 64 rows of which no product has more than 63 bits, which their sizes tell, take the short way. */
#define HZ_RATIO(name, text)                                                                 \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        int64_t *restrict d = reg[i->d];                                                     \
        const int64_t *a = reg[i->a], *b = reg[i->b];                                        \
        const hz_reciprocal by = i->k > 0 ? hz_reciprocal_of((uint64_t)i->k) : (hz_reciprocal){0, 0, 0}; \
        for (size_t first = 0; first < rows; first += 64) {                                  \
            const size_t end = rows - first < 64 ? rows : first + 64;                        \
            if (end == first + 64 && i->k > 0 && multiply_word(d + first, a + first, b + first)) divide_products(d + first, by, (uint64_t)i->k, i->mode); \
            else for (size_t r = first; r < end; r++) d[r] = hz_multiply_divide(a[r], b[r], i->k, i->mode); \
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
        if (rows == HZ_WHOLE) {                                                              \
            HZ_BITS_WORDS(HZ_WHOLE / 64, f)                                                              \
            return;                                                                          \
        }                                                                                    \
        HZ_BITS_WORDS((rows + 63) / 64, f)                                                   \
    }
/* d = chosen ? yes : no; fixed: in place of yes stands k (1), in place of no m (2). */
#ifdef HZ_VECTOR
#define HZ_CHOOSE_ROWS(T, chosen, yes, no, k, m, fixed)                                      \
    for (; first + 64 <= rows; first += 64) choose_word_##T(d + first, (chosen)[first / 64], (yes) + first, (no) + first, k, m, fixed);
#else
#define HZ_CHOOSE_ROWS(T, chosen, yes, no, k, m, fixed)                                      \
    for (; first + 64 <= rows; first += 64) {                                                \
        uint8_t flags[64];                                                                   \
        hz_unpack_flags((chosen)[first / 64], flags);                                        \
        for (size_t j = 0; j < 64; j++) {                                                    \
            const hz_t_##T x = ((fixed) & 1) != 0 ? (hz_t_##T)(k) : (yes)[first + j];        \
            const hz_t_##T y = ((fixed) & 2) != 0 ? (hz_t_##T)(m) : (no)[first + j];         \
            d[first + j] = flags[j] != 0 ? x : y;                                            \
        }                                                                                    \
    }
#endif
#define HZ_CHOOSE_BODY(T, chosen, yes, no, k, m, fixed)                                      \
    size_t first = 0;                                                                        \
    HZ_CHOOSE_ROWS(T, chosen, yes, no, k, m, fixed)                                          \
    for (size_t r = first; r < rows; r++) {                                                  \
        const hz_t_##T x = ((fixed) & 1) != 0 ? (hz_t_##T)(k) : (yes)[r];                    \
        const hz_t_##T y = ((fixed) & 2) != 0 ? (hz_t_##T)(m) : (no)[r];                     \
        d[r] = (chosen[r / 64] >> (r % 64)) & 1 ? x : y;                                     \
    }
#define HZ_PICK(name, T, text)                                                               \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a], *b = reg[i->b];                                       \
        const uint64_t *c = reg[i->c];                                                       \
        HZ_CHOOSE_BODY(T, c, a, b, 0, 0, 0)                                                  \
    }
#define HZ_PICK_K(name, T, text)                                                             \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a];                                                       \
        const uint64_t *b = reg[i->b];                                                       \
        HZ_CHOOSE_BODY(T, b, a, a, i->k, 0, 1)                                               \
    }
#define HZ_PICK_KM(name, T, text)                                                            \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const uint64_t *a = reg[i->a];                                                       \
        HZ_CHOOSE_BODY(T, a, d, d, i->k, i->m, 3)                                            \
    }
#define HZ_PICK_ANY(name, T, text)                                                           \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        const hz_t_##T *a = reg[i->a], *b = reg[i->b];                                       \
        const uint64_t *c = reg[i->c];                                                       \
        for (size_t r = 0; r < rows; r++) d[r] = (c[r / 64] >> (r % 64)) & 1 ? a[r] : b[r];  \
    }
/* Of up to 256 rows from a word on, the numbers of the first bits as planes of bits; none: that of rows without one. */
static inline void first_planes(const hz_instruction *i, void *const *reg, size_t word, size_t words, unsigned none, four_words plane[8])
{
    four_words rest;
    memset(&rest, 0xFF, sizeof rest);
    for (unsigned p = 0; p < 8; p++) plane[p] = (four_words){0};
    for (const hz_choice *choice = i->choices, *end = choice + i->k; choice < end; choice++) {
        const uint64_t *from = (const uint64_t *)reg[choice->reg] + word;
        four_words bits = {0};
        if (words == 4) memcpy(&bits, from, sizeof bits);
        else for (size_t w = 0; w < words; w++) memcpy((char *)&bits + 8 * w, from + w, 8);
        for (unsigned number = choice->number; number != 0; number &= number - 1) {
            four_words *to = &plane[__builtin_ctz(number)];
            for (size_t v = 0; v < HZ_FOUR; v++) to->at[v] |= bits.at[v] & rest.at[v];
        }
        for (size_t v = 0; v < HZ_FOUR; v++) rest.at[v] &= ~bits.at[v];
    }
    for (unsigned number = none; number != 0; number &= number - 1)
        for (size_t v = 0; v < HZ_FOUR; v++) plane[__builtin_ctz(number)].at[v] |= rest.at[v];
}

/* What numbers stand for. */
typedef struct first_values {
    unsigned bits;      /* those that occur in numbers */
    bool own;           /* numbers are the values */
    bool few;           /* 8 of 32 bits at most, in few_value */
    int32_t few_value[8];
    int64_t value[256];
} first_values;

static inline void first_values_of(const hz_instruction *i, first_values *v)
{
    v->bits = 0;
    v->own = i->m >= 0 && i->m <= UINT8_MAX;
    v->few = (int32_t)i->m == i->m;
    v->value[0] = i->m;
    for (int64_t n = 0; n < i->k; n++) {
        const hz_choice choice = i->choices[n];
        v->bits |= choice.number;
        v->own &= choice.value == choice.number;
        v->few &= choice.number < 8 && (int32_t)choice.value == choice.value;
        v->value[choice.number] = choice.value;
    }
    if (v->own) v->bits |= (unsigned)i->m;
    for (unsigned n = 0; v->few && n < 8; n++) v->few_value[n] = n <= v->bits ? (int32_t)v->value[n] : 0;
}

/* The values of 64 numbers, or of the first of them. */
#define HZ_FIRST_VALUES(T)                                                                   \
    static inline void first_values_##T(const first_values *v, const uint8_t number[64], hz_t_##T *restrict d, size_t count) \
    {                                                                                        \
        if (count == 64 && v->own) for (size_t r = 0; r < 64; r++) d[r] = number[r];         \
        else if (count == 64 && v->few) few_values_##T(v->few_value, number, d);             \
        else if (v->own) for (size_t r = 0; r < count; r++) d[r] = number[r];                \
        else for (size_t r = 0; r < count; r++) d[r] = (hz_t_##T)v->value[number[r]];        \
    }
HZ_FIRST_VALUES(I32)
HZ_FIRST_VALUES(I64)
#undef HZ_FIRST_VALUES

#define HZ_FIRST(name, T, text)                                                              \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        hz_t_##T *restrict d = reg[i->d];                                                    \
        first_values values;                                                                 \
        first_values_of(i, &values);                                                         \
        for (size_t first = 0; first < rows; first += 256) {                                 \
            four_words plane[8];                                                             \
            const size_t words = rows - first >= 256 ? 4 : (rows - first + 63) / 64;         \
            first_planes(i, reg, first / 64, words, values.own ? (unsigned)i->m : 0, plane); \
            for (size_t w = 0; w < words; w++) {                                             \
                uint8_t number[64];                                                          \
                const size_t begin = first + 64 * w, count = rows - begin < 64 ? rows - begin : 64; \
                spread_planes(plane, w, values.bits, number);                                \
                first_values_##T(&values, number, d + begin, count);                         \
            }                                                                                \
        }                                                                                    \
    }
#ifdef HZ_BODY_AVX2
#define HZ_AMONG(name, text)                                                                 \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const int32_t *restrict a = reg[i->a];                                               \
        const int64_t k = i->k, m = i->m;                                                    \
        size_t first = 0;                                                                    \
        for (; m >= 0 && m < (1 << 30) && first + 64 <= rows; first += 64) {                 \
            uint64_t word = 0;                                                               \
            for (size_t j = 0; j < 64; j += HZ_VECTOR) {                                     \
                vector_I32 mask[HZ_MASKS_I32];                                               \
                for (size_t v = 0; v < HZ_MASKS_I32; v++) {                                  \
                    vector_I32 x;                                                            \
                    memcpy(&x, a + first + j + v * HZ_LANES_I32, sizeof x);                  \
                    mask[v] = among_lanes(x, k, m);                                          \
                }                                                                            \
                word |= (uint64_t)bits_of_I32(mask) << j;                                    \
            }                                                                                \
            d[first / 64] = word;                                                            \
        }                                                                                    \
        for (; first < rows; first += 64) {                                                  \
            uint64_t word = 0;                                                               \
            for (size_t r = first; r < rows && r < first + 64; r++) word |= (uint64_t)hz_among(a[r], k, m) << (r % 64); \
            d[first / 64] = word;                                                            \
        }                                                                                    \
    }
#else
#define HZ_AMONG(name, text)                                                                 \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint64_t *restrict d = reg[i->d];                                                    \
        const int32_t *restrict a = reg[i->a];                                               \
        HZ_TEST_BODY(rows, hz_among(a[r], i->k, i->m))                                       \
    }
#endif
#ifdef HZ_BODY_AVX2
#define HZ_BYTE_WORDS(T) for (; first + 64 <= rows; first += 64) bytes_of_##T(a + first, d + first);
#else
#define HZ_BYTE_WORDS(T)
#endif
#define HZ_BYTE(name, T, text)                                                               \
    static inline void body_##name(const hz_instruction *i, void *const *reg, size_t rows)   \
    {                                                                                        \
        uint8_t *restrict d = reg[i->d];                                                     \
        const hz_t_##T *restrict a = reg[i->a];                                              \
        size_t first = 0;                                                                    \
        HZ_BYTE_WORDS(T)                                                                     \
        for (size_t r = first; r < rows; r++) d[r] = hz_byte_of(a[r]);                       \
    }
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
#undef HZ_BITS
#undef HZ_PICK
#undef HZ_PICK_K
#undef HZ_PICK_KM
#undef HZ_PICK_ANY
#undef HZ_FIRST
#undef HZ_BYTE
#undef HZ_AMONG
