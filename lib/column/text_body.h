/* text_body.h - whether the texts of a chunk are ordinary, seen from all of them at once (run/feed_text.c). Included by the files that stamp
 * sets of kernels, behind kernel_body.h, and never by others; kernel.h says what each does.
 */

#ifdef HZ_BODY_AVX2
/* As signed numbers, ordinary bytes are those above 0. */
static bool text_plain(const char *bytes, size_t count)
{
    __m256i least = _mm256_set1_epi8(1);
    size_t i = 0;
    for (; i + 32 <= count; i += 32) least = _mm256_min_epi8(least, _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i)));
    bool plain = _mm256_movemask_epi8(_mm256_cmpgt_epi8(least, _mm256_setzero_si256())) == -1;
    for (; i < count; i++) plain &= (signed char)bytes[i] > 0;
    return plain;
}

/* A difference that wraps is below 0, or beyond any length: most is far from the ends. */
static bool text_lengths(const int32_t *offsets, size_t rows, int32_t least, int32_t most)
{
    const __m256i low = _mm256_set1_epi32(least), high = _mm256_set1_epi32(most);
    __m256i shortest = low, longest = low;
    size_t r = 0;
    for (; r + 8 <= rows; r += 8) {
        const __m256i begin = _mm256_loadu_si256((const __m256i *)(const void *)(offsets + r));
        const __m256i length = _mm256_sub_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(offsets + r + 1)), begin);
        shortest = _mm256_min_epi32(shortest, length);
        longest = _mm256_max_epi32(longest, length);
    }
    const __m256i odd = _mm256_or_si256(_mm256_cmpgt_epi32(low, shortest), _mm256_cmpgt_epi32(longest, high));
    bool within = _mm256_testz_si256(odd, odd) != 0;
    for (; r < rows; r++) within &= (uint32_t)offsets[r + 1] - (uint32_t)offsets[r] - (uint32_t)least <= (uint32_t)most - (uint32_t)least;
    return within;
}
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

static bool text_lengths(const int32_t *offsets, size_t rows, int32_t least, int32_t most)
{
    const uint32_t room = (uint32_t)most - (uint32_t)least;
    uint32_t odd = 0;
    for (size_t r = 0; r < rows; r++) odd |= (uint32_t)((uint32_t)offsets[r + 1] - (uint32_t)offsets[r] - (uint32_t)least > room);
    return odd == 0;
}
#endif
