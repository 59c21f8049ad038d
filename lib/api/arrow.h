/* arrow.h - private to lib/api/arrow*.c: physical types of columns, what a plan is bound to, cells, arrays that come out.
 *
 * arrow_type.c reads formats; arrow_check.c holds arrays against them; arrow_cell.c reads one cell; arrow_feed.c makes
 * columns for run/columns.h of a block of rows; arrow_bind.c finds what goes where; arrow_build.c makes arrays and schemas;
 * arrow_results.c fills them; arrow_turns.c cuts rows for threads; arrow.c has the public functions.
 */
#ifndef HZ_API_ARROW_H
#define HZ_API_ARROW_H

#include "api/api.h"

#include "run/carry.h"
#include "run/given.h"

#include <huzhu/arrow.h>

/* Rows that are converted at a time. */
#define HZ_ARROW_BLOCK 16384

/* Parts that rows can be cut into. */
#define HZ_ARROW_PARTS 65536

/* One diagnostic about columns: HUZHU_DATA, or HUZHU_NO_MEMORY. diagnostics may be NULL. arrow.c. */
huzhu_status hz_arrow_tell(huzhu_diagnostics *diagnostics, hz_str message, hz_str hint);
/* Whether in is an array of the schema bound; else told as above, HUZHU_DATA. arrow.c. */
huzhu_status hz_arrow_hold(const huzhu_arrow *arrow, const struct ArrowArray *in, huzhu_diagnostics *diagnostics);

/* ---- arrow_type.c ---- */

typedef enum hz_arrow_kind {
    HZ_ARROW_NULL,       /* nothing in any row */
    HZ_ARROW_BOOLEAN,    /* bits */
    HZ_ARROW_INTEGER,    /* `bytes` wide */
    HZ_ARROW_FLOAT,
    HZ_ARROW_DECIMAL,    /* `bytes` wide, `scale` */
    HZ_ARROW_TIME,       /* whole units of which `per_day` make a day: dates, timestamps */
    HZ_ARROW_TEXT,       /* offsets `bytes` wide, 4 or 8 */
    HZ_ARROW_VIEW,       /* texts by views of 16 bytes */
    HZ_ARROW_OTHER
} hz_arrow_kind;

typedef struct hz_arrow_type {
    uint8_t kind;        /* hz_arrow_kind; of a dictionary that of its values */
    uint8_t bytes;
    bool is_signed;      /* INTEGER */
    bool zoned;          /* TIME */
    int32_t scale;       /* DECIMAL */
    int64_t per_day;     /* TIME */
    uint8_t index_bytes; /* of a dictionary; 0: there is none */
    bool index_signed;
} hz_arrow_type;

hz_arrow_type hz_arrow_type_of(const struct ArrowSchema *schema);
/* "utf8", "timestamp", for messages. */
const char *hz_arrow_type_name(const hz_arrow_type *type);

/* ---- arrow_check.c ---- */

/* What is wrong with an array of this type of which rows up to `end` (behind its own offset) are read; NULL: nothing. within:
 * words to be put before. */
const char *hz_arrow_check(const hz_arrow_type *type, const struct ArrowArray *array, int64_t end, const char **within);
/* A struct whose children can be looked at. */
bool hz_arrow_is_struct(const struct ArrowSchema *schema);
/* What is wrong with the array of such a schema itself, its columns apart; NULL: nothing. */
const char *hz_arrow_check_struct(const struct ArrowArray *in, int64_t children);
/* Rows that are null as a whole; columns are checked before, since they hold its length to theirs. */
bool hz_arrow_has_null_rows(const struct ArrowArray *in);

/* ---- Bindings ---- */

/* A column of the schema and the input or counter that it goes to. */
typedef struct hz_arrow_column {
    int64_t child;            /* in the schema; -1: there is none */
    hz_str name;              /* by which it was found */
    const struct hz_arrow_column *plain; /* of a counter given as PART.COUNTER, and by its name alone in another column: that
                                 one, for rows of which this one is null; else NULL */
    hz_arrow_type type;
    const hz_type *of;        /* what the input or counter is */
    const hz_input *input;    /* NULL: a counter */
    bool key;                 /* whole numbers are texts */
    unsigned char *staged;    /* a block of converted values */
    unsigned char *valid;     /* bits of a block */
    char (*digits)[HZ_DECIMAL_TEXT];       /* a block of whole numbers as texts */
    int32_t *map;             /* of codes: what each place of the array's dictionary is */
    uint32_t map_room;
} hz_arrow_column;

typedef enum hz_arrow_result {
    HZ_ARROW_ID, HZ_ARROW_OUTCOME, HZ_ARROW_REASON, HZ_ARROW_ERROR, HZ_ARROW_REASONS, HZ_ARROW_CAPS, HZ_ARROW_TOTAL,
    HZ_ARROW_GROSS, HZ_ARROW_NET, HZ_ARROW_AFTER
} hz_arrow_result;

typedef struct hz_arrow_wanted {
    uint8_t result;  /* hz_arrow_result */
    uint32_t node;   /* whose */
    uint32_t index;  /* of the benefit or counter */
    hz_str name;
} hz_arrow_wanted;

/* A counter of the plan, or of a part of a package. */
typedef struct hz_arrow_counter {
    const hz_plan *plan;     /* the plan's, or the part's */
    uint32_t part, index;    /* of the package; in the plan */
    const hz_counter *rule;
    hz_str name;             /* of a part "PART.COUNTER" */
} hz_arrow_counter;

/* Results of a block, of the plan or of a part of it: each where somebody wants it, else NULL; outcome always. */
typedef struct hz_arrow_node {
    const hz_plan *plan;
    int32_t *outcome, *reason;
    int64_t *total;
    uint8_t *has_total;          /* of a package: what is paid may have none */
    hz_result_benefit *benefits; /* per benefit */
    int64_t **after;             /* per counter */
    uint8_t **after_valid;       /* per counter: in the array that comes out */
    int64_t **before;            /* per counter, where they are carried: as the rows of the block found it */
    uint8_t **before_valid;
} hz_arrow_node;

struct huzhu_arrow {
    atomic_size_t count;       /* owners: the host, streams */
    hz_alloc alloc;
    hz_arena arena;            /* columns, names, wanted */
    const huzhu_plan *plan;    /* its ruleset is counted */
    uint32_t floats, counters; /* HUZHU_FLOATS_…, HUZHU_COUNTERS_… */
    hz_carry *carry;           /* NULL: rows see no other, and the plan has no parts */
    int64_t children;          /* of the schema */
    hz_arrow_column *columns;  /* per input, then per counter */
    uint32_t column_count, input_count;
    hz_arrow_column *plain;    /* per counter: those columns */
    hz_arrow_counter *counter; /* per counter: the plan's, or those of its parts, one part's behind the other's */
    uint32_t counter_count;
    hz_arrow_column id;
    char id_format[2];
    HZ_VEC(hz_str) ignored;
    HZ_VEC(hz_arrow_wanted) wanted;
    hz_batch batch;
    bool began;
    hz_column *feeds;          /* per input, then per counter, of the block */
    uint8_t **listed;          /* per number of a reason: bits of a block; NULL: nobody wants lists, or they are a package's */
    hz_columns *parts;         /* per part of a package: their feeds */
    hz_arrow_node *nodes;      /* of the plan, then of each part of it */
    uint32_t node_count;
    hz_results *part_results;  /* per part */
    hz_code *errors;           /* R_ codes, as the dictionary of errors has them */
    uint32_t error_count;
    huzhu_claim *claim;        /* a row again, for what columns do not say */
    huzhu_decision *decision;
};

/* Whether a column can be that of what it is for. */
bool hz_arrow_takes(const hz_arrow_column *column, uint32_t floats);
/* Fills arrow's columns, wanted and ignored from the schema; jumps when memory runs out. */
void hz_arrow_find(huzhu_arrow *arrow, hz_diags *diags, const struct ArrowSchema *schema, const huzhu_arrow_options *options);

/* ---- arrow_cell.c ---- */

/* Bit `at` of a validity buffer says null. Rows are counted from the array's own offset on. */
bool hz_arrow_is_null(const hz_arrow_type *type, const struct ArrowArray *array, int64_t row);
/* A cell that is not null, as its input or counter takes it: given, or refused. text: of texts, in the array's memory or in
 * digits. */
void hz_arrow_cell(const hz_arrow_column *column, const struct ArrowArray *array, int64_t row, uint32_t floats, hz_given *out,
                   hz_str *text, char digits[HZ_DECIMAL_TEXT]);
/* Any text cell. */
hz_str hz_arrow_text(const hz_arrow_type *type, const struct ArrowArray *array, int64_t row);
/* A float's exact value at a scale; false: it is none of the numbers that fit. */
bool hz_arrow_round(double value, int32_t scale, uint32_t floats, int64_t *out);

/* ---- arrow_feed.c ---- */

/* The array's dictionary as codes. False: no memory. */
bool hz_arrow_map(huzhu_arrow *arrow, hz_arrow_column *column, const struct ArrowArray *array);
/* A cell of a column, or where it is null that of its plain one; not given: there is none. Rows of the struct. */
void hz_arrow_read(const huzhu_arrow *arrow, const hz_arrow_column *column, struct ArrowArray *const *children, int64_t row, hz_given *out, hz_str *text,
                   char digits[HZ_DECIMAL_TEXT]);
/* As hz_arrow_feed does, with the plain column's rows. */
void hz_arrow_feed_either(const huzhu_arrow *arrow, hz_arrow_column *column, struct ArrowArray *const *children, int64_t first, size_t rows, hz_column *out);
/* Rows [first, first + rows) of an array as a column whose row 0 is the first of them. */
void hz_arrow_feed(const huzhu_arrow *arrow, hz_arrow_column *column, const struct ArrowArray *array, int64_t first, size_t rows,
                   hz_column *out);

/* ---- arrow_build.c: schemas and arrays that are let go of by their release ---- */

bool hz_arrow_make_schema(const hz_alloc *alloc, const char *format, hz_str name, int64_t flags, int64_t children, bool dictionary,
                          struct ArrowSchema *out);
/* With `buffers` buffers of these sizes, to be filled; a size of 0: none (NULL). False: no memory, out holds nothing. */
bool hz_arrow_make_array(const hz_alloc *alloc, int64_t length, int64_t buffers, const size_t *sizes, int64_t children, bool dictionary,
                         struct ArrowArray *out);
/* A buffer of such an array, to be filled. */
void *hz_arrow_buffer(const struct ArrowArray *array, int64_t index);
/* Its size. */
size_t hz_arrow_room(const struct ArrowArray *array, int64_t index);
/* A buffer of another size instead, with what it held. False: no memory. */
bool hz_arrow_resize(struct ArrowArray *array, int64_t index, size_t size);

/* ---- arrow_lists.c ---- */

/* Codes of rows' reasons, and of their caps, as lists: what was appended so far. */
typedef struct hz_arrow_lists {
    struct ArrowArray *column[2]; /* reasons, caps; NULL: not wanted */
    size_t used[2], room[2];      /* of their items */
} hz_arrow_lists;

/* Of 64 rows, the reasons that the executor's bits say. */
typedef struct hz_arrow_listed {
    const huzhu_arrow *arrow;
    size_t word;                  /* of the block */
    uint8_t count[64];
    uint16_t number[64][6];       /* the first ones of each row */
} hz_arrow_listed;

void hz_arrow_lists_collect(hz_arrow_listed *listed, size_t word);
/* Whether bits do not say a row's whole list: a code may stand there more than once. */
bool hz_arrow_lists_repeats(const hz_arrow_listed *listed, size_t at);
/* Appends those of one of the 64 rows; of a decision, where it is not NULL. HZ_OK, HZ_NO_MEMORY, or HZ_LIMIT beyond 2^31
 * items. */
int32_t hz_arrow_lists_put(hz_arrow_lists *lists, const hz_arrow_listed *listed, size_t at, const hz_decision *decision, int64_t row);
/* Appends a decision's reasons, or its caps, to a column of lists; decision NULL: none. HZ_OK, HZ_NO_MEMORY, HZ_LIMIT. */
int32_t hz_arrow_lists_decided(struct ArrowArray *column, bool caps, const hz_decision *decision, int64_t row);

/* ---- arrow_results.c ---- */

/* An array of one column of a format, all of it to be filled: "u", "b", "tdD", "l", "d:18,2". */
bool hz_arrow_make_column(const hz_alloc *alloc, const char *format, int64_t rows, struct ArrowArray *out);
/* Its row is null; once a row. */
void hz_arrow_put_null(struct ArrowArray *array, int64_t row);
/* A row of 128 bits. */
void hz_arrow_put_wide(void *to, int64_t row, int64_t value);

int32_t hz_arrow_results_schema(const huzhu_arrow *arrow, struct ArrowSchema *out);
/* Evaluates the rows; HZ_OK, HZ_NO_MEMORY, or HZ_LIMIT for texts of ids beyond 2 GiB. */
int32_t hz_arrow_results(huzhu_arrow *arrow, const struct ArrowArray *in, struct ArrowArray *out);

#endif
