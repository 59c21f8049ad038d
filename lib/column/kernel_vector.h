/* kernel_vector.h - a few rows at once, for the loops of kernels that compilers leave scalar or make long: bits of a test of 64
 * rows, and a choice by 64 bits. Included by kernel_body.h alone.
 *
 * HZ_BODY_AVX2 says that the including file compiles for AVX2; otherwise there is SSE2, or nothing (HZ_VECTOR is not defined):
 * then kernel_body.h says the same in plain C.
 */
#if defined(HZ_BODY_AVX2)
#include <immintrin.h>
#define HZ_VECTOR 32
#define HZ_FLAG_BITS(at) ((uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(_mm256_loadu_si256((const __m256i *)(const void *)(at)), 7)))
#elif defined(__SSE2__)
#include <emmintrin.h>
#define HZ_VECTOR 16
#define HZ_FLAG_BITS(at) ((uint32_t)_mm_movemask_epi8(_mm_slli_epi16(_mm_loadu_si128((const __m128i *)(const void *)(at)), 7)))
#endif

#ifndef HZ_VECTOR
enum { HZ_FOUR = 4 };
typedef struct four_words {
    uint64_t at[HZ_FOUR];
} four_words;
#endif

#ifdef HZ_VECTOR
typedef uint8_t vector_I8 __attribute__((vector_size(HZ_VECTOR)));
typedef int32_t vector_I32 __attribute__((vector_size(HZ_VECTOR)));
typedef int64_t vector_I64 __attribute__((vector_size(HZ_VECTOR)));
typedef uint32_t lanes_I32 __attribute__((vector_size(HZ_VECTOR)));
typedef uint64_t lanes_I64 __attribute__((vector_size(HZ_VECTOR)));

/* Rows in a vector, and vectors of HZ_VECTOR rows: so many masks of lanes become bits together. */
enum { HZ_LANES_I8 = HZ_VECTOR, HZ_LANES_I32 = HZ_VECTOR / 4, HZ_LANES_I64 = HZ_VECTOR / 8 };
enum { HZ_MASKS_I8 = 1, HZ_MASKS_I32 = HZ_VECTOR / HZ_LANES_I32, HZ_MASKS_I64 = HZ_VECTOR / HZ_LANES_I64 };

/* Bits of 256 rows. */
enum { HZ_FOUR = 4 / HZ_LANES_I64 };
typedef struct four_words {
    lanes_I64 at[HZ_FOUR];
} four_words;

/* ---- A bit per row, from masks of lanes: 0 or -1 each ---- */

#ifdef HZ_BODY_AVX2
static inline uint32_t bits_of_I8(const vector_I8 mask[HZ_MASKS_I8])
{
    return (uint32_t)_mm256_movemask_epi8((__m256i)mask[0]);
}

/* Halves of a vector are packed apart, so that their fours of rows lie in the order 0, 2, 4, 6, 1, 3, 5, 7. */
static inline uint32_t bits_of_I32(const vector_I32 mask[HZ_MASKS_I32])
{
    const __m256i low = _mm256_packs_epi32((__m256i)mask[0], (__m256i)mask[1]), high = _mm256_packs_epi32((__m256i)mask[2], (__m256i)mask[3]);
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    return (uint32_t)_mm256_movemask_epi8(_mm256_permutevar8x32_epi32(_mm256_packs_epi16(low, high), order));
}

static inline __m256i narrow_masks(vector_I64 a, vector_I64 b)
{
    return (__m256i)_mm256_shuffle_ps((__m256)a, (__m256)b, 0x88);
}

/* Likewise by twos of rows. */
static inline uint32_t bits_of_I64(const vector_I64 mask[HZ_MASKS_I64])
{
    const __m256i low = _mm256_packs_epi32(narrow_masks(mask[0], mask[1]), narrow_masks(mask[2], mask[3]));
    const __m256i high = _mm256_packs_epi32(narrow_masks(mask[4], mask[5]), narrow_masks(mask[6], mask[7]));
    const __m256i halves = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xD8);
    const __m256i order = _mm256_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
    return (uint32_t)_mm256_movemask_epi8(_mm256_shuffle_epi8(halves, order));
}
#else
static inline uint32_t bits_of_I8(const vector_I8 mask[HZ_MASKS_I8])
{
    return (uint32_t)_mm_movemask_epi8((__m128i)mask[0]);
}

static inline uint32_t bits_of_I32(const vector_I32 mask[HZ_MASKS_I32])
{
    const __m128i low = _mm_packs_epi32((__m128i)mask[0], (__m128i)mask[1]), high = _mm_packs_epi32((__m128i)mask[2], (__m128i)mask[3]);
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(low, high));
}

static inline vector_I32 narrow_masks(vector_I64 a, vector_I64 b)
{
    return (vector_I32)_mm_shuffle_ps((__m128)a, (__m128)b, 0x88);
}

static inline uint32_t bits_of_I64(const vector_I64 mask[HZ_MASKS_I64])
{
    const vector_I32 narrow[HZ_MASKS_I32] = {narrow_masks(mask[0], mask[1]), narrow_masks(mask[2], mask[3]),
                                             narrow_masks(mask[4], mask[5]), narrow_masks(mask[6], mask[7])};
    return bits_of_I32(narrow);
}
#endif

/* ---- d = chosen ? yes : no over 64 rows; fixed: in place of yes stands the constant k (1), in place of no m (2) ---- */

#ifdef HZ_BODY_AVX2
/* Unrolled, all masks would be made first, and more of them than there are registers. */
#ifdef __clang__
#define HZ_NO_UNROLL _Pragma("clang loop unroll(disable)")
#else
#define HZ_NO_UNROLL _Pragma("GCC unroll 1")
#endif

/* A lane chooses by its highest bit: the last rows come first, and the next ones' bits are shifted there. */
static inline void choose_word_I64(int64_t *d, uint64_t chosen, const int64_t *yes, const int64_t *no, int64_t k, int64_t m, unsigned fixed)
{
    __m256i bits = _mm256_sllv_epi64(_mm256_set1_epi64x((int64_t)chosen), _mm256_setr_epi64x(3, 2, 1, 0));
    __m256i x = _mm256_set1_epi64x(k), y = _mm256_set1_epi64x(m);
    HZ_NO_UNROLL
    for (size_t first = 64; first > 0;) {
        first -= 16;
        for (size_t j = 16; j > 0; bits = _mm256_slli_epi64(bits, 4)) {
            j -= 4;
            if ((fixed & 1) == 0) x = _mm256_loadu_si256((const __m256i *)(const void *)(yes + first + j));
            if ((fixed & 2) == 0) y = _mm256_loadu_si256((const __m256i *)(const void *)(no + first + j));
            _mm256_storeu_si256((__m256i *)(void *)(d + first + j), (__m256i)_mm256_blendv_pd((__m256d)y, (__m256d)x, (__m256d)bits));
        }
    }
}

static inline void choose_word_I32(int32_t *d, uint64_t chosen, const int32_t *yes, const int32_t *no, int64_t k, int64_t m, unsigned fixed)
{
    const __m256i order = _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0);
    __m256i x = _mm256_set1_epi32((int32_t)k), y = _mm256_set1_epi32((int32_t)m);
    HZ_NO_UNROLL
    for (size_t first = 64; first > 0;) {
        first -= 32;
        __m256i bits = _mm256_sllv_epi32(_mm256_set1_epi32((int32_t)(uint32_t)(chosen >> first)), order);
        for (size_t j = 32; j > 0; bits = _mm256_slli_epi32(bits, 8)) {
            j -= 8;
            if ((fixed & 1) == 0) x = _mm256_loadu_si256((const __m256i *)(const void *)(yes + first + j));
            if ((fixed & 2) == 0) y = _mm256_loadu_si256((const __m256i *)(const void *)(no + first + j));
            _mm256_storeu_si256((__m256i *)(void *)(d + first + j), (__m256i)_mm256_blendv_ps((__m256)y, (__m256)x, (__m256)bits));
        }
    }
}
#else
/* Each lane's own bit, to be shifted on by as many lanes as there are. */
#define HZ_CHOOSE_WORD(T)                                                                                          \
    static inline void choose_word_##T(hz_t_##T *d, uint64_t chosen, const hz_t_##T *yes, const hz_t_##T *no, int64_t k, int64_t m, unsigned fixed) \
    {                                                                                                              \
        lanes_##T own, mask = (lanes_##T){0} + (hz_u_##T)chosen, x = (lanes_##T){0} + (hz_u_##T)k, y = (lanes_##T){0} + (hz_u_##T)m; \
        for (int lane = 0; lane < HZ_LANES_##T; lane++) own[lane] = (hz_u_##T)1 << lane;                           \
        lanes_##T bit = own;                                                                                       \
        for (size_t j = 0; j < 64; j += HZ_LANES_##T) {                                                            \
            if (j == 8 * sizeof(hz_t_##T)) {                                                                       \
                mask = (lanes_##T){0} + (hz_u_##T)(chosen >> (j % 64));                                            \
                bit = own;                                                                                         \
            }                                                                                                      \
            if ((fixed & 1) == 0) memcpy(&x, yes + j, sizeof x);                                                        \
            if ((fixed & 2) == 0) memcpy(&y, no + j, sizeof y);                                                          \
            lanes_##T take = (lanes_##T)((mask & bit) == bit), out = (x & take) | (y & ~take);                     \
            memcpy(d + j, &out, sizeof out);                                                                       \
            bit <<= HZ_LANES_##T;                                                                                  \
        }                                                                                                          \
    }
HZ_CHOOSE_WORD(I32)
HZ_CHOOSE_WORD(I64)
#undef HZ_CHOOSE_WORD
#endif
#endif

/* ---- Products of 32 bits ---- */

#ifdef HZ_VECTOR
#ifdef HZ_BODY_AVX2
typedef __m256i hz_v;
#define HZ_V(op) _mm256_##op
#define HZ_V_LOAD(at) _mm256_loadu_si256((const __m256i *)(const void *)(at))
#define HZ_V_STORE(at, v) _mm256_storeu_si256((__m256i *)(void *)(at), v)
#else
typedef __m128i hz_v;
#define HZ_V(op) _mm_##op
#define HZ_V_LOAD(at) _mm_loadu_si128((const __m128i *)(const void *)(at))
#define HZ_V_STORE(at, v) _mm_storeu_si128((__m128i *)(void *)(at), v)
#endif

/* d = a * k over 64 rows; wraps. */
static inline void times_word(int64_t *d, const int64_t *a, uint32_t k)
{
    const hz_v by = HZ_V(set1_epi64x)((int64_t)k);
    for (size_t r = 0; r < 64; r += HZ_LANES_I64) {
        const hz_v x = HZ_V_LOAD(a + r), high = HZ_V(mul_epu32)(HZ_V(srli_epi64)(x, 32), by);
        HZ_V_STORE(d + r, HZ_V(add_epi64)(HZ_V(mul_epu32)(x, by), HZ_V(slli_epi64)(high, 32)));
    }
}

/* d = a / k, rounded, over 64 rows that are below 2^32. */
static inline void divide_word(int64_t *d, const int64_t *a, hz_short_reciprocal by)
{
    const hz_v factor = HZ_V(set1_epi64x)((int64_t)by.factor), k = HZ_V(set1_epi64x)((int64_t)by.k), most = HZ_V(set1_epi64x)((int64_t)by.most);
    const __m128i shift = _mm_cvtsi32_si128((int)by.shift);
    for (size_t r = 0; r < 64; r += HZ_LANES_I64) {
        const hz_v x = HZ_V_LOAD(a + r), whole = HZ_V(srl_epi64)(HZ_V(mul_epu32)(x, factor), shift);
        const hz_v rest = HZ_V(sub_epi64)(x, HZ_V(mul_epu32)(whole, k)), up = HZ_V(srli_epi32)(HZ_V(cmpgt_epi32)(rest, most), 31);
        HZ_V_STORE(d + r, HZ_V(add_epi64)(whole, up));
    }
}
#undef HZ_V
#undef HZ_V_LOAD
#undef HZ_V_STORE
#endif

/* ---- Planes of bits into bytes: a number for each of the 64 rows of a word, of whose bits those in `bits` occur ---- */

#ifdef HZ_BODY_AVX2
static inline void spread_planes(const four_words plane[8], size_t word, unsigned bits, uint8_t out[64])
{
    const __m256i bytes = _mm256_setr_epi64x(0, INT64_C(0x0101010101010101), INT64_C(0x0202020202020202), INT64_C(0x0303030303030303));
    const __m256i own = _mm256_set1_epi64x((int64_t)UINT64_C(0x8040201008040201));
    __m256i low = _mm256_setzero_si256(), high = low;
    for (unsigned rest = bits; rest != 0; rest &= rest - 1) {
        uint64_t from;
        memcpy(&from, (const char *)&plane[__builtin_ctz(rest)] + 8 * word, sizeof from);
        const __m256i number = _mm256_set1_epi8((char)(rest & (0 - rest)));
        const __m256i first = _mm256_shuffle_epi8(_mm256_set1_epi32((int32_t)(uint32_t)from), bytes);
        const __m256i second = _mm256_shuffle_epi8(_mm256_set1_epi32((int32_t)(uint32_t)(from >> 32)), bytes);
        low = _mm256_or_si256(low, _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_and_si256(first, own), own), number));
        high = _mm256_or_si256(high, _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_and_si256(second, own), own), number));
    }
    _mm256_storeu_si256((__m256i *)(void *)out, low);
    _mm256_storeu_si256((__m256i *)(void *)(out + 32), high);
}

/* What 64 numbers below 8 stand for. */
static inline __m256i eight_values(__m256i value, const uint8_t *number)
{
    return _mm256_permutevar8x32_epi32(value, _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)number)));
}

static inline void few_values_I32(const int32_t value[8], const uint8_t number[64], int32_t *d)
{
    const __m256i all = _mm256_loadu_si256((const __m256i *)(const void *)value);
    for (size_t r = 0; r < 64; r += 8) _mm256_storeu_si256((__m256i *)(void *)(d + r), eight_values(all, number + r));
}

static inline void few_values_I64(const int32_t value[8], const uint8_t number[64], int64_t *d)
{
    const __m256i all = _mm256_loadu_si256((const __m256i *)(const void *)value);
    for (size_t r = 0; r < 64; r += 8) {
        const __m256i narrow = eight_values(all, number + r);
        _mm256_storeu_si256((__m256i *)(void *)(d + r), _mm256_cvtepi32_epi64(_mm256_castsi256_si128(narrow)));
        _mm256_storeu_si256((__m256i *)(void *)(d + r + 4), _mm256_cvtepi32_epi64(_mm256_extracti128_si256(narrow, 1)));
    }
}

/* ---- 64 numbers as bytes: what is none of 0 to 254 is 255. Packed as masks are ---- */

static inline void bytes_of_I32(const int32_t *a, uint8_t *d)
{
    const __m256i most = _mm256_set1_epi32(UINT8_MAX), order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    for (size_t r = 0; r < 64; r += 32) {
        __m256i x[4];
        for (size_t v = 0; v < 4; v++) x[v] = _mm256_min_epu32(_mm256_loadu_si256((const __m256i *)(const void *)(a + r + 8 * v)), most);
        const __m256i packed = _mm256_packus_epi16(_mm256_packus_epi32(x[0], x[1]), _mm256_packus_epi32(x[2], x[3]));
        _mm256_storeu_si256((__m256i *)(void *)(d + r), _mm256_permutevar8x32_epi32(packed, order));
    }
}

static inline void bytes_of_I64(const int64_t *a, uint8_t *d)
{
    const __m256i most = _mm256_set1_epi32(UINT8_MAX), none = _mm256_setzero_si256();
    const __m256i order = _mm256_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
    for (size_t r = 0; r < 64; r += 32) {
        __m256i x[4];
        for (size_t v = 0; v < 4; v++) {
            const __m256 one = _mm256_loadu_ps((const float *)(const void *)(a + r + 8 * v)), two = _mm256_loadu_ps((const float *)(const void *)(a + r + 8 * v + 4));
            const __m256i low = (__m256i)_mm256_shuffle_ps(one, two, 0x88), high = (__m256i)_mm256_shuffle_ps(one, two, 0xDD);
            x[v] = _mm256_or_si256(_mm256_min_epu32(low, most), _mm256_andnot_si256(_mm256_cmpeq_epi32(high, none), most));
        }
        const __m256i packed = _mm256_packus_epi16(_mm256_packus_epi32(x[0], x[1]), _mm256_packus_epi32(x[2], x[3]));
        _mm256_storeu_si256((__m256i *)(void *)(d + r), _mm256_shuffle_epi8(_mm256_permute4x64_epi64(packed, 0xD8), order));
    }
}

/* 8 codes, each among k: bits of two words that shifts beyond them leave at 0. m is small. */
static inline vector_I32 among_lanes(vector_I32 codes, int64_t k, int64_t m)
{
    const __m256i at = _mm256_sub_epi32((__m256i)codes, _mm256_set1_epi32((int32_t)m));
    const __m256i low = _mm256_srlv_epi32(_mm256_set1_epi32((int32_t)(uint32_t)k), at);
    const __m256i high = _mm256_srlv_epi32(_mm256_set1_epi32((int32_t)(uint32_t)((uint64_t)k >> 32)), _mm256_sub_epi32(at, _mm256_set1_epi32(32)));
    return (vector_I32)_mm256_srai_epi32(_mm256_slli_epi32(_mm256_or_si256(low, high), 31), 31);
}
#endif

/* ---- 64 flags of 0 or 1 as bits, and back. Bytes lie in memory as in a little-endian word ---- */

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

#ifndef HZ_BODY_AVX2
static inline void spread_planes(const four_words plane[8], size_t word, unsigned bits, uint8_t out[64])
{
    memset(out, 0, 64);
    for (unsigned rest = bits; rest != 0; rest &= rest - 1) {
        uint64_t from;
        uint8_t flags[64];
        memcpy(&from, (const char *)&plane[__builtin_ctz(rest)] + 8 * word, sizeof from);
        hz_unpack_flags(from, flags);
        for (size_t r = 0; r < 64; r++) out[r] |= (uint8_t)(flags[r] * (rest & (0 - rest)));
    }
}

static inline void few_values_I32(const int32_t value[8], const uint8_t number[64], int32_t *d)
{
    for (size_t r = 0; r < 64; r++) d[r] = value[number[r] & 7];
}

static inline void few_values_I64(const int32_t value[8], const uint8_t number[64], int64_t *d)
{
    for (size_t r = 0; r < 64; r++) d[r] = value[number[r] & 7];
}
#endif
