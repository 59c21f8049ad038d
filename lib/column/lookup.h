/* lookup.h - which row of a long decision table a claim's values meet, and what the row gives: an index over constants,
 * made once while loading (program/index.h) and never changed.
 *
 *     node: column 1 --- from 10 -> node ---- ...         a node asks for one column; steps lead on by its value,
 *                    \-- from 20 -> bucket: 17, 18, 40    null and all; a bucket holds the few entries that are left,
 *                     \- null    -> bucket: 40            whose cells are tried one by one
 *
 * An entry is a row, or the part of it that takes one interval of each column; entries are in the order of precedence.
 * Values come packed, one after the other: kernel PACK. A look-up takes a few searches by halving and allocates nothing;
 * where a value is absent, all that could be met is gone through.
 */
#ifndef HZ_COLUMN_LOOKUP_H
#define HZ_COLUMN_LOOKUP_H

#include "column/workspace.h"

/* What an answer's lower bits can tell apart. */
#define HZ_LOOKUP_COLUMNS 24

/* How a value is given. */
enum { HZ_LOOKUP_VALUE, HZ_LOOKUP_NULL, HZ_LOOKUP_ABSENT };

/* The values that a cell takes, ends included. All of INT64_MIN..INT64_MAX is any value, and null; lo > hi is null alone. */
typedef struct hz_lookup_side {
    int64_t lo, hi;
} hz_lookup_side;

#define HZ_LOOKUP_BUCKET UINT32_MAX

typedef struct hz_lookup_node {
    uint32_t column;       /* that it asks for; HZ_LOOKUP_BUCKET: none */
    uint32_t first, count; /* of its steps; of a bucket's members */
    uint32_t null;         /* the node where the value is null */
} hz_lookup_node;

typedef struct hz_lookup_words {
    hz_str *at;            /* rising: texts that cells of a column name */
    uint32_t count;
} hz_lookup_words;

typedef struct hz_lookup {
    uint32_t columns;
    uint32_t rows, entries;
    bool ordered;                 /* the first row that matches counts; else no two match */
    const hz_lookup_side *sides;  /* of entry 0 a side per column, then of entry 1, … */
    const uint32_t *row;          /* of each entry */
    const uint32_t *entry;        /* of each row: its first entry; the others stand behind it. `entries`: it never matches */
    const hz_lookup_node *nodes;  /* node 0 is where it begins */
    const int64_t *from;          /* of each step: the least value that takes it; … */
    const uint32_t *to;           /* … and the node it leads to */
    const uint32_t *members;      /* entries of buckets */
    const hz_lookup_words *words; /* per column; of texts */
    const int64_t *const *lists;  /* what rows give: an item per row */
    uint32_t list_count;
} hz_lookup;

/* What a look-up answers: 1 + row above these bits; below them the columns that an answer waits for, a bit each, and then
 * no row; 0: no row matches. */
#define HZ_LOOKUP_BITS HZ_LOOKUP_COLUMNS

int64_t hz_lookup_row(const hz_lookup *lookup, hz_str packed);
/* values with one more behind them, and how it is given. */
hz_str hz_lookup_pack(hz_workspace *ws, hz_str values, int64_t value, int64_t how);
/* The number of a text among the words of a column; -1: it is none. */
int64_t hz_lookup_word(const hz_lookup *lookup, int64_t column, hz_str text);
/* What a list has for the row of an answer; 0 where there is none. */
int64_t hz_lookup_item(const hz_lookup *lookup, int64_t list, int64_t answer);

/* Whether a side takes null. */
static inline bool hz_lookup_takes_null(hz_lookup_side side)
{
    return side.lo > side.hi || (side.lo == INT64_MIN && side.hi == INT64_MAX);
}

static inline bool hz_lookup_is_any(hz_lookup_side side)
{
    return side.lo == INT64_MIN && side.hi == INT64_MAX;
}

#endif
