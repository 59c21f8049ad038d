/* sum_body.h - what sums over rows under scenarios are made of (run/tally_sum.c): loops over columns that differ in few rows. Included by
 * the files that stamp sets of kernels, behind kernel_body.h, and never by others; kernel.h says what each does.
 */

/* Rows whose counts of one number fit a byte. */
#define HZ_ROWS_A_BYTE 252

static bool sum_any_differs(const int32_t *before, const int32_t *after, size_t rows)
{
    int32_t differs = 0;
    for (size_t r = 0; r < rows; r++) differs |= before[r] ^ after[r];
    return differs != 0;
}

/* How many there are of each number, in the bytes of a word: in memory each row would wait for the one before. */
static uint64_t sum_count(const int32_t *numbers, size_t rows)
{
    uint64_t count = 0;
    size_t r = 0;
#ifdef HZ_BODY_AVX2
    __m256i lanes = _mm256_setzero_si256();
    for (; r + 4 <= rows; r += 4) {
        const __m256i by = _mm256_slli_epi64(_mm256_cvtepi32_epi64(_mm_loadu_si128((const __m128i *)(const void *)(numbers + r))), 3);
        lanes = _mm256_add_epi64(lanes, _mm256_sllv_epi64(_mm256_set1_epi64x(1), by));
    }
    const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    count = (uint64_t)_mm_cvtsi128_si64(half) + (uint64_t)_mm_extract_epi64(half, 1);
#endif
    for (; r < rows; r++) count += UINT64_C(1) << ((uint32_t)numbers[r] % 8 * 8);
    return count;
}

static void sum_count_moves(const int32_t *before, const int32_t *after, size_t rows, int64_t counts[8])
{
    if (!sum_any_differs(before, after, rows)) return;
    for (size_t first = 0; first < rows; first += HZ_ROWS_A_BYTE) {
        const size_t some = rows - first < HZ_ROWS_A_BYTE ? rows - first : HZ_ROWS_A_BYTE;
        const uint64_t come = sum_count(after + first, some), go = sum_count(before + first, some);
        for (unsigned n = 0; n < 8; n++) counts[n] += (int64_t)(come >> 8 * n & 0xFF) - (int64_t)(go >> 8 * n & 0xFF);
    }
}

static hz_sum_signs sum_subtract(const int64_t *restrict before, const int64_t *restrict after, size_t rows, int64_t *restrict more)
{
    uint64_t up = 0, down = 0;
    for (size_t r = 0; r < rows; r++) {
        const uint64_t by = (uint64_t)after[r] - (uint64_t)before[r];
        more[r] = (int64_t)by;
        up |= by;
        down |= 0 - by;
    }
    return (hz_sum_signs){up, down};
}

static hz_sum_parts sum_one_way(const int64_t *more, size_t rows)
{
    int64_t sum = 0, moved = 0;
    for (size_t r = 0; r < rows; r++) {
        sum += more[r];
        moved += more[r] != 0;
    }
    return sum < 0 ? (hz_sum_parts){.lost = -sum, .worse = moved} : (hz_sum_parts){.gained = sum, .better = moved};
}

static hz_sum_parts sum_both_ways(const int64_t *more, size_t rows)
{
    int64_t sum = 0, lost = 0, moved = 0, worse = 0;
    for (size_t r = 0; r < rows; r++) {
        const int64_t sign = more[r] < 0 ? -1 : 0;
        sum += more[r];
        lost += more[r] & sign;
        worse -= sign;
        moved += more[r] != 0;
    }
    return (hz_sum_parts){.gained = sum - lost, .lost = -lost, .better = moved - worse, .worse = worse};
}
