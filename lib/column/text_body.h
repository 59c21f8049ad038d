/* text_body.h - whether the texts of a chunk are ordinary, seen from all of them at once (run/feed_text.c). Included by the files that stamp
 * sets of kernels, behind kernel_body.h, and never by others; kernel.h says what each does.
 */

#ifdef HZ_BODY_AVX2
#define HZ_TEXT_LOAD(at) _mm256_loadu_si256((const __m256i *)(const void *)(at))

/* As signed numbers, ordinary bytes are those above 0. */
static bool text_plain(const char *bytes, size_t count)
{
    __m256i least = _mm256_set1_epi8(1), other = least;
    size_t i = 0;
    for (; i + 128 <= count; i += 128) {
        least = _mm256_min_epi8(_mm256_min_epi8(least, HZ_TEXT_LOAD(bytes + i)), HZ_TEXT_LOAD(bytes + i + 32));
        other = _mm256_min_epi8(_mm256_min_epi8(other, HZ_TEXT_LOAD(bytes + i + 64)), HZ_TEXT_LOAD(bytes + i + 96));
    }
    for (; i + 32 <= count; i += 32) least = _mm256_min_epi8(least, HZ_TEXT_LOAD(bytes + i));
    bool plain = _mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_min_epi8(least, other), _mm256_setzero_si256())) == -1;
    for (; i < count; i++) plain &= (signed char)bytes[i] > 0;
    return plain;
}

static hz_text_lengths text_lengths(const int32_t *offsets, size_t rows)
{
    hz_text_lengths out = {INT32_MAX, INT32_MIN};
    size_t r = 0;
    if (rows >= 16) {
        int32_t low[8], high[8];
        __m256i shortest = _mm256_set1_epi32(INT32_MAX), longest = _mm256_set1_epi32(INT32_MIN);
        for (; r + 16 <= rows; r += 16) {
            const __m256i one = _mm256_sub_epi32(HZ_TEXT_LOAD(offsets + r + 1), HZ_TEXT_LOAD(offsets + r));
            const __m256i two = _mm256_sub_epi32(HZ_TEXT_LOAD(offsets + r + 9), HZ_TEXT_LOAD(offsets + r + 8));
            shortest = _mm256_min_epi32(shortest, _mm256_min_epi32(one, two));
            longest = _mm256_max_epi32(longest, _mm256_max_epi32(one, two));
        }
        _mm256_storeu_si256((__m256i *)(void *)low, shortest);
        _mm256_storeu_si256((__m256i *)(void *)high, longest);
        for (size_t lane = 0; lane < 8; lane++) out.shortest = low[lane] < out.shortest ? low[lane] : out.shortest;
        for (size_t lane = 0; lane < 8; lane++) out.longest = high[lane] > out.longest ? high[lane] : out.longest;
    }
    for (; r < rows; r++) {
        const int32_t length = (int32_t)((uint32_t)offsets[r + 1] - (uint32_t)offsets[r]);
        out.shortest = length < out.shortest ? length : out.shortest;
        out.longest = length > out.longest ? length : out.longest;
    }
    return out;
}
#undef HZ_TEXT_LOAD
#else
/* The loops have no branch: compilers vectorise them. */
static bool text_plain(const char *bytes, size_t count)
{
    unsigned char least = 1, all = 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        least = byte < least ? byte : least;
        all |= byte;
    }
    return least != 0 && all < 0x80;
}

static hz_text_lengths text_lengths(const int32_t *offsets, size_t rows)
{
    int32_t shortest = INT32_MAX, longest = INT32_MIN;
    for (size_t r = 0; r < rows; r++) {
        const int32_t length = (int32_t)((uint32_t)offsets[r + 1] - (uint32_t)offsets[r]);
        shortest = length < shortest ? length : shortest;
        longest = length > longest ? length : longest;
    }
    return (hz_text_lengths){shortest, longest};
}
#endif
