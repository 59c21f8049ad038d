/* feed.c - the values of one input or counter for a chunk: absence, conversion, ranges, what absent rows hold. Called by
 * columns.c for every chunk, so the common case (the host's values are a register's, all in range) copies nothing. */
#include "run/feed.h"

#include "value/decimal.h"

/* Eight bytes, the lowest first: one load where memory is so ordered. */
static inline uint64_t word_at(const unsigned char *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 |
           (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

void hz_feed_bits(const void *bits, size_t first, size_t count, uint64_t words[HZ_CHUNK_WORDS])
{
    const unsigned char *from = (const unsigned char *)bits + first / 8;
    unsigned char bytes[8 * HZ_CHUNK_WORDS + 8] = {0};
    unsigned shift = first % 8;
    hz_ahead_bits(from);
    if (count < HZ_CHUNK) from = memcpy(bytes, from, (shift + count + 7) / 8);
    for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) words[w] = word_at(from + 8 * w);
    for (size_t w = 0; shift != 0 && w < HZ_CHUNK_WORDS; w++) words[w] = words[w] >> shift | (uint64_t)from[8 * w + 8] << (64 - shift);
}

/* Marks a row; the caller takes away those without a value. */
static inline void mark(uint64_t words[HZ_CHUNK_WORDS], size_t row, bool is)
{
    words[row / 64] |= (uint64_t)is << (row % 64);
}

/* ---- Conversion ---- */

static size_t width_of(uint8_t column)
{
    return column == HZ_COLUMN_I32 ? sizeof(int32_t) : column == HZ_COLUMN_TEXT ? sizeof(hz_str) : sizeof(int64_t);
}

/* A number at another scale: exact, or bad. */
static void rescale(hz_feed *feed, const int64_t *values, int32_t scale, size_t rows)
{
    int64_t *out = (int64_t *)(void *)feed->staged;
    for (size_t r = 0; r < rows; r++) {
        hz_i128 value = 0;
        bool fits = hz_decimal_rescale(values[r], scale, feed->scale, &value) && value >= INT64_MIN && value <= INT64_MAX;
        out[r] = fits ? (int64_t)value : 0;
        mark(feed->bad, r, !fits);
    }
}

/* int64_t to days, codes or bits: what does not fit the register is bad. */
static void narrow(hz_feed *feed, const int64_t *values, size_t rows)
{
    if (feed->column == HZ_COLUMN_BIT) {
        uint64_t *out = (uint64_t *)(void *)feed->staged;
        memset(out, 0, 8 * HZ_CHUNK_WORDS);
        for (size_t r = 0; r < rows; r++) {
            mark(out, r, values[r] == 1);
            mark(feed->bad, r, (uint64_t)values[r] > 1);
        }
        return;
    }
    int32_t *out = (int32_t *)(void *)feed->staged;
    for (size_t r = 0; r < rows; r++) {
        bool fits = values[r] >= INT32_MIN && values[r] <= INT32_MAX;
        out[r] = fits ? (int32_t)values[r] : 0;
        mark(feed->bad, r, !fits);
    }
}

static void pack(hz_feed *feed, const unsigned char *values, size_t rows)
{
    uint64_t *out = (uint64_t *)(void *)feed->staged;
    memset(out, 0, 8 * HZ_CHUNK_WORDS);
    for (size_t r = 0; r < rows; r++) {
        mark(out, r, values[r] == 1);
        mark(feed->bad, r, values[r] > 1);
    }
}

static void map(hz_feed *feed, const hz_column *column, const int32_t *values, size_t rows)
{
    int32_t *out = (int32_t *)(void *)feed->staged;
    for (size_t r = 0; r < rows; r++) {
        bool known = (uint32_t)values[r] < column->map_count && column->map[values[r]] >= 0;
        out[r] = known ? column->map[values[r]] : 0;
        mark(feed->bad, r, !known);
    }
}

/* The rows as a register wants them: the host's own memory, or staged. */
static const void *convert(hz_feed *feed, const hz_kernel_set *set, const hz_column *column, const hz_rows *rows)
{
    const unsigned char *values = column->values;
    size_t first = rows->first;
    switch (column->layout) {
    case HZ_LAYOUT_INT64: {
        const int64_t *wide = (const int64_t *)(const void *)values + first;
        if (feed->column == HZ_COLUMN_I64 && column->scale == feed->scale) return wide;
        if (feed->column == HZ_COLUMN_I64) rescale(feed, wide, column->scale, rows->count);
        else narrow(feed, wide, rows->count);
        return feed->staged;
    }
    case HZ_LAYOUT_BYTES: pack(feed, values + first, rows->count); return feed->staged;
    case HZ_LAYOUT_MAPPED: map(feed, column, (const int32_t *)(const void *)values + first, rows->count); return feed->staged;
    case HZ_LAYOUT_OFFSETS:
        hz_feed_texts(feed, set, column, rows, feed->read ? (hz_str *)(void *)feed->staged : NULL);
        return feed->staged;
    default: break;
    }
    if (feed->column == HZ_COLUMN_BIT) {
        hz_feed_bits(values, first, rows->count, (uint64_t *)(void *)feed->staged);
        return feed->staged;
    }
    return values + first * width_of(feed->column);
}

/* ---- Ranges ---- */

static void check_range(hz_feed *feed, const hz_kernel_set *set, const void *values, size_t rows)
{
    uint64_t outside[HZ_CHUNK_WORDS] = {0};
    void *reg[3] = {NULL, outside, (void *)(uintptr_t)values};
    hz_op op = feed->column == HZ_COLUMN_I32 ? HZ_OP_OUTSIDE_I32 : HZ_OP_OUTSIDE;
    const hz_instruction i = {.d = 1, .a = 2, .k = feed->lo, .m = feed->hi, .op = (uint16_t)op};
    set->at[op](&i, reg, rows);
    for (size_t r = 0; feed->may_be_none && r < rows; r++)
        if (((const int32_t *)values)[r] == HZ_NO_DATE) outside[r / 64] &= ~(UINT64_C(1) << (r % 64));
    for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) feed->bad[w] |= outside[w];
}

/* ---- What rows without a value hold ---- */

static void fill_texts(hz_feed *feed, const hz_str *values, size_t rows)
{
    hz_str *out = (hz_str *)(void *)feed->filled;
    for (size_t r = 0; r < rows; r++) out[r] = (feed->missing[r / 64] >> (r % 64) & 1) != 0 ? feed->text : values[r];
}

static const void *fill(hz_feed *feed, const hz_kernel_set *set, const void *values, size_t rows)
{
    if (feed->column == HZ_COLUMN_TEXT) {
        fill_texts(feed, values, rows);
        return feed->filled;
    }
    if (feed->column == HZ_COLUMN_BIT) {
        uint64_t *out = (uint64_t *)(void *)feed->filled;
        for (size_t w = 0; w < HZ_CHUNK_WORDS; w++)
            out[w] = (((const uint64_t *)values)[w] & ~feed->missing[w]) | (feed->fallback != 0 ? feed->missing[w] : 0);
        return feed->filled;
    }
    void *reg[4] = {NULL, feed->filled, (void *)(uintptr_t)values, feed->missing};
    hz_op op = feed->column == HZ_COLUMN_I32 ? HZ_OP_PICK_K_I32 : HZ_OP_PICK_K;
    const hz_instruction i = {.d = 1, .a = 2, .b = 3, .k = feed->fallback, .op = (uint16_t)op};
    set->at[op](&i, reg, rows);
    return feed->filled;
}

static bool any(const uint64_t words[HZ_CHUNK_WORDS])
{
    uint64_t all = 0;
    for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) all |= words[w];
    return all != 0;
}

static void find_missing(hz_feed *feed, const hz_column *column, const hz_rows *rows)
{
    uint64_t given[HZ_CHUNK_WORDS], some = 0;
    if (column->values == NULL) {
        memcpy(feed->missing, rows->live, sizeof feed->missing);
    } else if (column->valid == NULL) {
        memset(feed->missing, 0, sizeof feed->missing);
        some = 1;
    } else {
        hz_feed_bits(column->valid, rows->first, rows->count, given);
        for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) {
            feed->missing[w] = ~given[w] & rows->live[w];
            some |= given[w] & rows->live[w];
        }
    }
    feed->none = some == 0;
}

static size_t bits_of(const hz_feed *feed, const hz_column *column)
{
    switch (column->layout) {
    case HZ_LAYOUT_INT64: return 64;
    case HZ_LAYOUT_BYTES: return 8;
    case HZ_LAYOUT_MAPPED:
    case HZ_LAYOUT_OFFSETS: return 32;
    default: return feed->column == HZ_COLUMN_BIT ? 1 : 8 * width_of(feed->column);
    }
}

void hz_feed_ahead(const hz_feed *feed, const hz_column *column, size_t first, size_t rows, hz_ahead *ahead)
{
    size_t bits = bits_of(feed, column);
    if (column->values == NULL) return;
    hz_ahead_add(ahead, (const unsigned char *)column->values + first * bits / 8, bits, &feed->none);
    if (column->layout != HZ_LAYOUT_OFFSETS || rows == 0) return;
    const int32_t *offsets = (const int32_t *)column->values + first;
    int64_t begin = offsets[0], end = offsets[rows], length = end - begin;
    if (begin >= 0 && length > 0 && (uint64_t)end <= column->byte_count) hz_ahead_add(ahead, column->bytes + begin, 8 * (size_t)length / rows, &feed->none);
}

bool hz_feed_rows(hz_feed *feed, const hz_kernel_set *set, void **reg, const hz_column *column, const hz_rows *rows, bool fresh)
{
    const void *values = feed->staged;
    bool wrong = false;
    find_missing(feed, column, rows);
    memset(feed->bad, 0, sizeof feed->bad); /* also where nothing is looked at: the chunk before may have had some */
    if (!feed->none) {
        values = convert(feed, set, column, rows);
        if (feed->column == HZ_COLUMN_I32 || feed->column == HZ_COLUMN_I64) check_range(feed, set, values, rows->count);
        if (feed->column == HZ_COLUMN_TEXT && column->layout == HZ_LAYOUT_OWN) values = hz_feed_check_texts(feed, values, rows);
        for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) feed->bad[w] &= rows->live[w] & ~feed->missing[w];
        wrong = any(feed->bad);
    } else if (feed->column == HZ_COLUMN_TEXT) {
        memset(feed->staged, 0, rows->count * sizeof(hz_str)); /* texts of an earlier run may be gone */
    }
    bool starts = feed->has_start && fresh;
    if (feed->read) {
        if ((feed->has_fallback || starts) && any(feed->missing)) values = fill(feed, set, values, rows->count);
        reg[feed->value] = (void *)(uintptr_t)values;
    }
    if (starts) memset(feed->missing, 0, sizeof feed->missing);
    if (feed->absent != HZ_NO_REG) reg[feed->absent] = feed->missing;
    return wrong;
}
