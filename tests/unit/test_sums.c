/* test_sums.c - what sums under scenarios are made of, and the look at all texts of a chunk: each set of kernels against plain counting,
 * around the rows that a byte counts and a vector holds. */
#include "harness/harness.h"

#include "column/kernel.h"

enum { MOST = 600 };

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static const size_t lengths[] = {0, 1, 3, 4, 5, 8, 31, 64, 251, 252, 253, 255, 256, 257, 504, 505, 512, 600};
enum { LENGTHS = sizeof lengths / sizeof *lengths };

static const hz_kernel_set *set_at(int s)
{
    return s == 0 ? &hz_kernels_plain : hz_kernels_best();
}

HZ_TEST(sums_count_what_moves)
{
    static int32_t before[MOST], after[MOST];
    uint64_t seed = 88172645463325252u;
    for (int turn = 0; turn < 40; turn++) {
        const uint64_t kinds = (uint64_t)turn % 8 + 1;
        for (size_t r = 0; r < MOST; r++) {
            before[r] = (int32_t)(next(&seed) % kinds);
            after[r] = turn % 3 == 0 || next(&seed) % 9 == 0 ? (int32_t)(next(&seed) % kinds) : before[r];
        }
        for (int s = 0; s < 2; s++)
            for (size_t n = 0; n < LENGTHS; n++) {
                int64_t counts[9] = {5, 5, 5, 5, 5, 5, 5, 5, 5}, expected[9] = {5, 5, 5, 5, 5, 5, 5, 5, 5};
                bool differs = false;
                for (size_t r = 0; r < lengths[n]; r++) {
                    expected[before[r]]--;
                    expected[after[r]]++;
                    differs |= before[r] != after[r];
                }
                set_at(s)->sums.count_moves(before, after, lengths[n], counts);
                HZ_CHECK(memcmp(counts, expected, sizeof counts) == 0);
                HZ_CHECK(set_at(s)->sums.any_differs(before, after, lengths[n]) == differs);
            }
    }
}

/* Amounts of up to 51 bits, as many as a strip has, whose sums 64 bits hold. */
static int64_t amount(uint64_t *seed, int turn)
{
    return turn % 4 == 0 ? (int64_t)(next(seed) >> 13) : (int64_t)(next(seed) % 3) * 4000;
}

HZ_TEST(sums_part_what_is_gained_and_lost)
{
    static int64_t before[MOST], after[MOST], more[MOST];
    uint64_t seed = 2463534242u;
    for (int turn = 0; turn < 24; turn++) {
        for (size_t r = 0; r < MOST; r++) {
            before[r] = amount(&seed, turn);
            after[r] = amount(&seed, turn);
            if (turn % 3 != 0 && (after[r] < before[r]) != (turn % 3 == 1)) after[r] = before[r]; /* only less, or only more */
        }
        for (int s = 0; s < 2; s++)
            for (size_t n = 0; n < LENGTHS; n++) {
                const hz_sum_kernels *sums = &set_at(s)->sums;
                hz_sum_parts expected = {0};
                hz_sum_signs signs = {0}, found = sums->subtract(before, after, lengths[n], more);
                for (size_t r = 0; r < lengths[n]; r++) {
                    const int64_t by = after[r] - before[r];
                    signs.up |= (uint64_t)by;
                    signs.down |= 0 - (uint64_t)by;
                    *(by < 0 ? &expected.lost : &expected.gained) += by < 0 ? -by : by;
                    expected.better += by > 0;
                    expected.worse += by < 0;
                    HZ_CHECK_EQ_INT(more[r], by);
                }
                HZ_CHECK(found.up == signs.up && found.down == signs.down);
                const hz_sum_parts both = sums->both_ways(more, lengths[n]);
                HZ_CHECK(memcmp(&both, &expected, sizeof both) == 0);
                if (expected.better > 0 && expected.worse > 0) continue;
                const hz_sum_parts one = sums->one_way(more, lengths[n]);
                HZ_CHECK(memcmp(&one, &expected, sizeof one) == 0);
            }
    }
}

/* ---- Texts of a chunk ---- */

static bool lengths_are(const hz_text_kernels *texts, const int32_t *offsets, size_t rows, int32_t shortest, int32_t longest)
{
    const hz_text_lengths found = texts->lengths(offsets, rows);
    return found.shortest == shortest && found.longest == longest;
}

HZ_TEST(texts_of_a_chunk_are_seen_at_once)
{
    static char bytes[MOST];
    static int32_t offsets[MOST + 1];
    static const unsigned char odd[] = {0, 0x80, 0xC3, 0xFF}, even[] = {1, 'a', 0x7F};
    static const int32_t sizes[] = {-1, 0, 1, 65536, 65537, INT32_MAX, INT32_MIN};
    for (int s = 0; s < 2; s++) {
        const hz_text_kernels *texts = &set_at(s)->texts;
        for (size_t n = 0; n < LENGTHS; n++) {
            memset(bytes, 'x', sizeof bytes);
            for (size_t r = 0; r <= MOST; r++) offsets[r] = (int32_t)(7 * r);
            HZ_CHECK(texts->plain(bytes, lengths[n]) && (lengths[n] == 0 || lengths_are(texts, offsets, lengths[n], 7, 7)));
            for (size_t at = 0; at < lengths[n]; at += 1 + lengths[n] / 40) {
                for (size_t k = 0; k < sizeof odd + sizeof even; k++) {
                    bytes[at] = (char)(k < sizeof odd ? odd[k] : even[k - sizeof odd]);
                    HZ_CHECK(texts->plain(bytes, lengths[n]) == (k >= sizeof odd));
                    HZ_CHECK(texts->plain(bytes, at));
                }
                bytes[at] = 'x';
                for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
                    const int32_t size = sizes[k], shortest = size < 7 || lengths[n] == 1 ? size : 7, longest = size > 7 || lengths[n] == 1 ? size : 7;
                    for (size_t r = 0; r <= MOST; r++) offsets[r] = (int32_t)((uint32_t)(7 * r) + (r > at ? (uint32_t)size - 7u : 0u));
                    HZ_CHECK(lengths_are(texts, offsets, lengths[n], shortest, longest));
                }
                for (size_t r = 0; r <= MOST; r++) offsets[r] = (int32_t)(7 * r);
            }
        }
    }
}
