/* study.h - private to lib/api/study*.c and tally*.c: a study, and what it is bound to. */
#ifndef HZ_API_STUDY_H
#define HZ_API_STUDY_H

#include "api/arrow.h"

#include "rules/read.h"
#include "run/tally.h"

#include <huzhu/study.h>

typedef struct hz_study_scenario {
    hz_str name, settings;     /* in the study's arena; settings: canonical */
} hz_study_scenario;

struct huzhu_study {
    atomic_size_t count;       /* owners */
    hz_alloc alloc;
    const huzhu_plan *plan;    /* its ruleset is counted */
    hz_arena arena;            /* of everything here but the models */
    hz_arena *models;          /* per scenario: its model, where the DAG needs it; else empty */
    hz_study_scenario *scenarios;
    uint32_t scenario_count;
    hz_variants variants;
};

/* ---- tally_groups.c: which group a row belongs to ---- */

/* A column that groups are made by. */
typedef struct hz_group_column {
    hz_str name;
    int64_t child;             /* in the schema */
    hz_arrow_type type;
    const char *format;        /* of the result: "u", "l", "b", "tdD" */
    hz_keyed values;           /* of texts their bytes, of others eight bytes of an int64_t */
    bool begun;
    uint32_t *places;          /* per place of the array's dictionary: number of its value */
    uint32_t place_room;
    uint32_t *codes;           /* a block: per row 0: none, else number of its value + 1 */
} hz_group_column;

typedef struct hz_groups {
    hz_alloc alloc;
    hz_group_column *columns;
    uint32_t count;
    hz_keyed keys;             /* the codes of a group, four bytes each; its number is that of the entry */
    uint64_t most;
    struct hz_group_seen *seen; /* groups looked up last */
    uint32_t *group;           /* a block: per row */
} hz_groups;

/* HZ_OK, HZ_NO_MEMORY. */
int32_t hz_groups_begin(hz_groups *groups, hz_arena *arena, uint32_t count, uint64_t most, const hz_alloc *alloc);
void hz_groups_end(hz_groups *groups);
/* The columns of an array before its rows are asked for. HZ_OK, HZ_NO_MEMORY. */
int32_t hz_groups_map(hz_groups *groups, const struct ArrowArray *in);
/* Fills groups->group for rows [first, first + rows), HZ_ARROW_BLOCK at most. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_groups_find(hz_groups *groups, const struct ArrowArray *in, int64_t first, size_t rows);
/* map[g]: the group of `into` that group g of from is, made if there is none. */
int32_t hz_groups_join(hz_groups *into, const hz_groups *from, uint32_t *map);
/* The value of a column in a group; false: none. number or text, by the format. */
bool hz_groups_value(const hz_groups *groups, uint32_t group, uint32_t column, int64_t *number, hz_str *text);

/* ---- tally.c ---- */

struct huzhu_tally {
    hz_alloc alloc;
    huzhu_study *study;        /* counted */
    huzhu_arrow *arrow;        /* inputs and counters; it evaluates nothing, and keeps counters as they stand before all rows */
    hz_arena arena;
    hz_variant_programs programs;
    hz_quantity *amounts;        /* the total first */
    uint32_t amount_count;
    uint32_t *wanted;          /* amounts, in the order of the results */
    hz_str *wanted_names;
    uint32_t wanted_count;
    int64_t *bounds;
    uint32_t bound_count;
    uint32_t *quantiles;
    uint32_t quantile_count;
    hz_groups groups;
    bool carried;              /* counters are, and there are some */
    uint64_t *turns;           /* then, of a block: per row */
    hz_tally core;
    bool failed;
};

/* ---- tally_results.c ---- */

huzhu_status hz_tally_results_schema(const huzhu_tally *tally, struct ArrowSchema *out);
huzhu_status hz_tally_results_array(const huzhu_tally *tally, struct ArrowArray *out);

#endif
