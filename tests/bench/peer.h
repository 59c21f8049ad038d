/* peer.h - a plan written out by hand in C, as bench_columns measures it: which columns it has, how a realistic row is
 * filled, and the loop. Each plan's rules and rows stand in its own hand_….c; the list of peers is in hand_peers.c.
 */
#ifndef HUZHU_BENCH_PEER_H
#define HUZHU_BENCH_PEER_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PEER_INPUTS = 24, PEER_COUNTERS = 4, PEER_LOOPS = 2, PEER_KEY_BYTES = 8 };

/* Texts as int32_t offsets into bytes, one more than rows (hz_str while rows are filled); int32_t for days and codes; a
 * bit a row; int64_t. */
typedef enum peer_kind { PEER_TEXTS, PEER_DAYS, PEER_FLAGS, PEER_NUMBERS } peer_kind;

/* Columns of a population: the plan's inputs in their order, then its counters. valid: a bit a row, 1 = given. What is
 * not given is 0 in values, an empty text among texts. */
typedef struct peer_table {
    size_t rows, inputs;
    peer_kind kind[PEER_INPUTS + PEER_COUNTERS];
    void *values[PEER_INPUTS + PEER_COUNTERS];
    char *bytes[PEER_INPUTS]; /* of texts */
    uint64_t *valid[PEER_INPUTS + PEER_COUNTERS];
} peer_table;

/* What both write. total and after: 0 and as before where there is none. */
typedef struct peer_results {
    int32_t *outcome, *reason;
    int64_t *total;
    int64_t *after[PEER_COUNTERS];
} peer_results;

/* A way to write the rules out: decides all rows. A reason is the number of the deciding one as columns count them. */
typedef struct peer_loop {
    const char *name;
    void (*run)(const peer_table *table, const peer_results *results);
} peer_loop;

typedef struct peer {
    const char *plan;
    size_t inputs, counters;
    peer_kind kinds[PEER_INPUTS + PEER_COUNTERS];
    /* Fills one row, the same for the same seed; its valid bits and values are 0 before. */
    void (*fill)(uint64_t *seed, const peer_table *table, size_t row);
    peer_loop loops[PEER_LOOPS]; /* the fastest counts; run NULL behind the last */
    /* The rules once more, counters carried from row to row under the keys of the texts, each of PEER_KEY_BYTES. ledger:
     * room for keys, all bytes 0. NULL: not written. */
    void (*carry)(const peer_table *table, const peer_results *results, void *ledger, size_t keys);
    size_t ledger_bytes; /* of a key */
} peer;

extern const peer hand_peers[];
extern const size_t hand_peer_count, hand_peer_bytes; /* bytes: of one, for who reads them from another language */

/* What inputs hold the same for every row: whose claim it is hangs on no rule, unless counters are carried. */
#define PEER_KEY HZ_STR("BJ-000123")

static inline bool peer_given(const peer_table *t, size_t column, size_t row)
{
    return (t->valid[column][row / 64] >> (row % 64) & 1) != 0;
}

static inline void peer_give(const peer_table *t, size_t column, size_t row)
{
    t->valid[column][row / 64] |= UINT64_C(1) << (row % 64);
}

static inline void peer_text(const peer_table *t, size_t column, size_t row, hz_str value)
{
    ((hz_str *)t->values[column])[row] = value;
    peer_give(t, column, row);
}

static inline void peer_days(const peer_table *t, size_t column, size_t row, int32_t value)
{
    ((int32_t *)t->values[column])[row] = value;
    peer_give(t, column, row);
}

static inline void peer_flag(const peer_table *t, size_t column, size_t row, bool value)
{
    ((uint64_t *)t->values[column])[row / 64] |= (uint64_t)value << (row % 64);
    peer_give(t, column, row);
}

static inline void peer_number(const peer_table *t, size_t column, size_t row, int64_t value)
{
    ((int64_t *)t->values[column])[row] = value;
    peer_give(t, column, row);
}

/* splitmix64: good enough for trying, and the same everywhere. */
static inline uint64_t peer_next(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static inline int32_t peer_below(uint64_t *seed, uint32_t bound)
{
    return (int32_t)((peer_next(seed) >> 32) * bound >> 32);
}

/* The same date so many years on, the 28th of February for a 29th that there is not; for days from 1970 on. */
static inline int32_t peer_anniversary(int32_t day, int32_t years)
{
    int32_t z = day + 719468, era = z / 146097, of_era = z % 146097;
    int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100); /* from the 1st of March */
    int32_t year = year_of_era + era * 400 + years, e = year / 400, y = year % 400;
    int32_t next = year + 1; /* day 365 is a 29th of February, which `next` may not have */
    bool leap = next % 4 == 0 && (next % 100 != 0 || next % 400 == 0);
    day_of_year -= day_of_year == 365 && !leap;
    return e * 146097 + y * 365 + y / 4 - y / 100 + day_of_year - 719468;
}

/* ---- peer_population.c ---- */

/* Makes rows, the same for the same seed, and drops them. False: no memory, and nothing is left to drop. */
bool peer_table_make(peer_table *table, const peer *plan, size_t rows, uint64_t seed);
void peer_table_drop(peer_table *table, const peer *plan);
/* Gives rows keys of members and covers: one to six rows each, behind each other or scattered; counters are no longer given.
 * The number of members, 0: no memory. */
size_t peer_table_key(peer_table *table, const peer *plan, uint64_t seed, bool scattered);
bool peer_results_make(peer_results *results, const peer *plan, size_t rows);
void peer_results_drop(peer_results *results, const peer *plan);

/* Rows from first on, a multiple of 64, of what stays the other's. */
peer_table peer_table_part(const peer_table *table, const peer *plan, size_t first, size_t rows);
peer_results peer_results_part(const peer_results *results, const peer *plan, size_t first);

/* Bytes that are read and written for a row, on average. */
double peer_bytes_a_row(const peer_table *table, const peer *plan);

/* The first row from which on answers differ, or rows. */
size_t peer_difference(const peer_results *a, const peer_results *b, const peer *plan, size_t rows);

#endif
