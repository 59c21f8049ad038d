/* feed_text.c - texts of a chunk: from offsets to pieces, and whether each fits its input as a single claim's must.
 *
 * Most chunks hold plain ASCII of sane lengths: that is seen in one pass over all their bytes, and only others are looked
 * at row by row. A row without a text, or with one that does not fit, has an empty one: kernels read every row. Called by
 * feed.c.
 */
#include "run/feed.h"
#include "run/given.h"

static bool given(const hz_feed *feed, size_t row)
{
    return (feed->missing[row / 64] >> (row % 64) & 1) == 0;
}

static void mark(hz_feed *feed, size_t row)
{
    feed->bad[row / 64] |= UINT64_C(1) << (row % 64);
}

/* Offsets that make no text are bad, and empty. */
static hz_str text_at(hz_feed *feed, const hz_column *column, const int32_t *offsets, size_t row)
{
    int64_t begin = offsets[row], end = offsets[row + 1];
    if (begin >= 0 && begin <= end && (uint64_t)end <= column->byte_count) return (hz_str){column->bytes + begin, (size_t)(end - begin)};
    mark(feed, row);
    return HZ_STR("");
}

static bool all_plain(const hz_text_kernels *kernels, const hz_column *column, const int32_t *offsets, size_t rows)
{
    int32_t begin = offsets[0], end = offsets[rows];
    if (begin < 0 || end < begin || (uint64_t)(int64_t)end > column->byte_count) return false;
    return kernels->plain(column->bytes + begin, (size_t)(end - begin));
}

/* Keys that are empty, as rows without one have them: nearly every chunk has such. */
static void mark_empty(const hz_kernel_set *set, hz_feed *feed, const int32_t *offsets, size_t rows)
{
    uint64_t empty[HZ_CHUNK_WORDS] = {0};
    void *reg[4] = {NULL, empty, (void *)(uintptr_t)offsets, (void *)(uintptr_t)(offsets + 1)};
    const hz_instruction i = {.d = 1, .a = 2, .b = 3, .op = HZ_OP_EQ_I32};
    set->at[i.op](&i, reg, rows);
    for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) feed->bad[w] |= empty[w];
}

/* The lengths alone decide. They are those of pieces in order when their sum is the whole's, as it is here unless one is
 * odd: then no difference can have wrapped. False: offsets fall, and then a text may lie where nobody looked. */
static bool check_lengths(const hz_kernel_set *set, hz_feed *feed, const int32_t *offsets, size_t rows)
{
    const int32_t least = feed->input->input_type == HZ_INPUT_KEY;
    const hz_text_lengths all = set->texts.lengths(offsets, rows);
    bool falls = false;
    if (all.shortest >= least && all.longest <= (int32_t)HZ_GIVEN_TEXT_MOST) return true;
    if (all.shortest >= 0 && all.longest <= (int32_t)HZ_GIVEN_TEXT_MOST) {
        mark_empty(set, feed, offsets, rows);
        return true;
    }
    for (size_t r = 0; r < rows; r++) {
        int64_t size = (int64_t)offsets[r + 1] - offsets[r];
        falls |= size < 0;
        feed->bad[r / 64] |= (uint64_t)((size < least) | (size > (int64_t)HZ_GIVEN_TEXT_MOST)) << (r % 64);
    }
    return !falls;
}

/* Texts that are plain: the pattern is all that is left. */
static void check_patterns(hz_feed *feed, const hz_column *column, const int32_t *offsets, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        if (given(feed, r) && hz_match_bits(feed->workspace, feed->input->pattern, text_at(feed, column, offsets, r)) != 1) mark(feed, r);
    }
}

void hz_feed_texts(hz_feed *feed, const hz_kernel_set *set, const hz_column *column, const hz_rows *rows, hz_str *values)
{
    const int32_t *offsets = (const int32_t *)column->values + rows->first;
    bool simple = all_plain(&set->texts, column, offsets, rows->count);
    simple = simple && check_lengths(set, feed, offsets, rows->count);
    if (simple && feed->input->pattern != NULL) check_patterns(feed, column, offsets, rows->count);
    if (simple && values == NULL) return;
    for (size_t r = 0; simple && r < rows->count; r++) values[r] = (hz_str){column->bytes + offsets[r], (size_t)(offsets[r + 1] - offsets[r])};
    for (size_t r = 0; !simple && r < rows->count; r++) {
        hz_str text = text_at(feed, column, offsets, r);
        bool wrong = given(feed, r) && hz_given_text_wrong(feed->workspace, feed->input, text) != HZ_WRONG_NOTHING;
        if (wrong) mark(feed, r);
        if (values != NULL) values[r] = given(feed, r) && !wrong ? text : HZ_STR("");
    }
}

const hz_str *hz_feed_check_texts(hz_feed *feed, const hz_str *values, const hz_rows *rows)
{
    hz_str *out = (hz_str *)(void *)feed->staged;
    bool all = true;
    for (size_t r = 0; r < rows->count; r++) {
        bool fits = given(feed, r) && hz_given_text_wrong(feed->workspace, feed->input, values[r]) == HZ_WRONG_NOTHING;
        if (given(feed, r) && !fits) mark(feed, r);
        out[r] = fits ? values[r] : HZ_STR("");
        all = all && fits;
    }
    return all ? values : out;
}
