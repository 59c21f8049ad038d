/* claims.h - the records of a piece as rows of cells, a row a claim. What a cell means to its input is not looked at here.
 *
 * claims.c says which columns there are; claims_csv.c and claims_json.c fill them; claims_ask.c asks one row as a single
 * claim, for what columns do not say.
 */
#ifndef HUZHU_CLI_CLAIMS_H
#define HUZHU_CLI_CLAIMS_H

#include "cells.h"
#include "names.h"
#include "source.h"

/* What goes to a column, by the kinds of JSON that its input or counter takes. */
typedef enum cli_form {
    CLI_FORM_NONE,    /* not looked at */
    CLI_FORM_ID,
    CLI_FORM_KEPT,    /* none of the plan's, and wanted all the same: what groups are made by */
    CLI_FORM_TEXT,    /* strings */
    CLI_FORM_NUMBER,  /* numbers, strings */
    CLI_FORM_BOOLEAN  /* true, false */
} cli_form;

typedef struct cli_column {
    const char *name;
    cli_form form;
    bool counter;
    size_t part;      /* of a counter of a package: which part's, or CLI_PART_ANY: of all that have one of that name */
    size_t index;     /* of the input or counter in its plan */
} cli_column;

#define CLI_PART_ANY SIZE_MAX

/* The columns of a run, the same for all threads. */
typedef struct cli_columns {
    const huzhu_plan *plan;
    bool json;             /* claims are JSON objects */
    bool raw_ids;          /* ids are kept as JSON, not as the text that it is of */
    bool fresh;            /* counters that a row does not give start from their start */
    cli_column *at;
    const char **names;
    size_t count;          /* of JSON: inputs come first, then counters, then `id` */
    cli_bytes made;        /* names that stand nowhere else: PART.COUNTER */
    uint32_t *places;      /* of JSON: a table of names by hash; 0: free, else 1 + column. Inputs and `id` */
    uint32_t *counter_places;
    uint32_t mask;
} cli_columns;

typedef enum cli_row_state {
    CLI_ROW_READ,
    CLI_ROW_CHECK, /* its cells are there, but it may be an error all the same: counters with their keys */
    CLI_ROW_ODD    /* its cells make it an error; what it is the single claim says */
} cli_row_state;

typedef struct cli_row {
    uint32_t line;        /* behind the first of its piece */
    uint32_t begin, size; /* of its JSON, in the piece */
    cli_row_state state;
} cli_row;

/* Rows of one piece; one thread at a time. */
typedef struct cli_claims {
    const cli_columns *columns;
    cli_cells cells;
    cli_row *rows;
    size_t row_room;
    size_t special;       /* rows whose state is not CLI_ROW_READ */
    char *scratch;        /* of JSON: texts that had escapes */
    size_t scratch_room;
    uint32_t *seen;       /* of JSON, per column: 1 + the last row that had it */
    int exit_code;        /* CLI_WELL, or why the rows end before the piece does */
    char problem[400];    /* then: the complaint */
} cli_claims;

/* The columns of CSV that was begun. CLI_WELL, or the exit code after a complaint; free them all the
 * same. ignored: names of columns that are not looked at whatever they are; kept: of those that are looked at although they are
 * none of the plan's. */
int cli_columns_of_csv(cli_columns *columns, const huzhu_plan *plan, const cli_source *source, const cli_names *ignored, const cli_names *kept);
/* Whether it is an input's or a counter's. */
bool cli_column_is_read(const cli_column *column);
/* Those that claims of a plan can have as JSON. */
int cli_columns_of_json(cli_columns *columns, const huzhu_plan *plan);
void cli_columns_free(cli_columns *columns);
/* The index of the part of a package that a text names. */
bool cli_columns_find_part(const cli_columns *columns, const char *name, size_t size, size_t *out);
/* The column of a key; counter: of a counter. False: there is none. */
bool cli_columns_find(const cli_columns *columns, const char *name, size_t size, bool counter, size_t *out);

/* False: no memory; end it all the same. */
bool cli_claims_make(cli_claims *claims, const cli_columns *columns);
void cli_claims_free(cli_claims *claims);
/* Reads a piece, whose bytes are changed and must stay while the rows are used. False: no memory. */
bool cli_claims_read(cli_claims *claims, const cli_piece_text *text);

/* Makes a row an error, whatever its cells say: no text of any input or counter is what stands there then. */
void cli_claims_make_odd(cli_claims *claims, size_t row);

/* claims_csv.c, claims_json.c: with room for all rows of the piece. */
void cli_claims_read_csv(cli_claims *claims, const cli_piece_text *text);
void cli_claims_read_json(cli_claims *claims, const cli_piece_text *text);

/* claims_ask.c: decides a row as a single claim. Counters that it does not give start from their start, if the run
 * says where they stand at all. */
huzhu_status cli_claims_ask(const cli_claims *claims, const cli_piece_text *text, size_t row, huzhu_claim *claim, huzhu_decision *decision);

#endif
