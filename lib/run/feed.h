/* feed.h - one input or counter of a chunk of rows: from the host's column to a program's registers. Private to
 * columns.c; feed.c and feed_text.c.
 */
#ifndef HZ_RUN_FEED_H
#define HZ_RUN_FEED_H

#include "run/columns.h"

/* What an input or counter needs to be fed, found once per batch. */
struct hz_feed {
    const hz_input *input;     /* of a text: what is asked of it; else NULL */
    hz_workspace *workspace;   /* the batch's, for its pattern */
    uint32_t value, absent;    /* registers, or HZ_NO_REG: not read */
    bool read;                 /* the run reads the value */
    uint8_t column;            /* hz_column_type */
    int32_t scale;             /* numbers */
    int64_t lo, hi;            /* what is outside is bad */
    bool may_be_none;          /* a date counter: HZ_NO_DATE is fine */
    bool has_fallback;         /* rows without a value hold it and stay absent */
    bool has_start;            /* a counter: those of a new key hold it and are not absent */
    int64_t fallback;          /* or start */
    hz_str text;               /* fallback of texts */
    unsigned char *staged;     /* a chunk of converted values */
    unsigned char *filled;     /* a chunk of values with the fallback in its places */
    bool none;                 /* no row of the chunk has a value: they are not looked at */
    uint64_t missing[HZ_CHUNK_WORDS]; /* bits of rows without a value */
    uint64_t bad[HZ_CHUNK_WORDS];     /* bits of rows whose value does not fit */
};

/* Rows of a chunk: [first, first + count) of the host's columns. */
typedef struct hz_rows {
    size_t first, count;
    uint64_t live[HZ_CHUNK_WORDS]; /* bits of the count */
} hz_rows;

static inline hz_rows hz_rows_of(size_t first, size_t count)
{
    hz_rows rows = {.first = first, .count = count};
    for (size_t w = 0; w < HZ_CHUNK_WORDS; w++)
        rows.live[w] = count >= 64 * (w + 1) ? ~UINT64_C(0) : count > 64 * w ? (UINT64_C(1) << (count - 64 * w)) - 1 : 0;
    return rows;
}

/* The host's memory of rows from first on, of which so many will be run. */
void hz_feed_ahead(const hz_feed *feed, const hz_column *column, size_t first, size_t rows, hz_ahead *ahead);

/* Points the registers at this chunk's rows; true: some rows are bad (feed->bad). */
bool hz_feed_rows(hz_feed *feed, const hz_kernel_set *set, void **reg, const hz_column *column, const hz_rows *rows, bool fresh);

/* Texts of offsets; values may be NULL where only their fitting is of interest. */
void hz_feed_texts(hz_feed *feed, const hz_kernel_set *set, const hz_column *column, const hz_rows *rows, hz_str *values);
/* The same of texts as they are: values, or staged where some do not fit. */
const hz_str *hz_feed_check_texts(hz_feed *feed, const hz_str *values, const hz_rows *rows);

/* words 64-bit words of bits from bit first on; what lies beyond count may be anything. */
void hz_feed_bits(const void *bits, size_t first, size_t count, uint64_t words[HZ_CHUNK_WORDS]);

#endif
