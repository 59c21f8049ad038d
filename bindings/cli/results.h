/* results.h - columns of results as text: CSV, or a JSON object a line. Amounts have all their decimals, as in decisions;
 * lists are joined with `;` in CSV. A cell without a value is empty in CSV, and null in JSON.
 */
#ifndef HUZHU_CLI_RESULTS_H
#define HUZHU_CLI_RESULTS_H

#include "bytes.h"

#include <huzhu/arrow.h>

#include <stdint.h>

/* How one column is written. */
typedef struct cli_result {
    const char *name;   /* in its schema */
    cli_bytes key;      /* JSON: "name": with what stands before it */
    char kind;          /* the first letter of its format; 'k': codes by a dictionary, 'K': lists of them, 'r': JSON as it is */
    int scale;          /* of decimals */
} cli_result;

typedef struct cli_results {
    cli_result *columns;
    size_t count, shown;  /* those behind `shown` are not written */
    size_t error;         /* the column `error`; count: there is none */
    bool json;
    cli_bytes *codes;     /* per column: the texts of its dictionary as they are written, one behind another */
    uint32_t **places;    /* per column: where each begins; one more than there are */
    size_t *place_room;
    struct ArrowSchema schema; /* taken over */
} cli_results;

/* Takes over schema, a struct. raw_id: texts of the column `id` are JSON already. False: no memory, or a format that is not
 * known; end it all the same. */
bool cli_results_make(cli_results *results, struct ArrowSchema *schema, bool json, bool raw_id);
void cli_results_free(cli_results *results);

/* The line of names, of CSV. */
void cli_results_put_names(const cli_results *results, cli_bytes *out);
/* Makes ready for the rows of an array of the schema. False: no memory. */
bool cli_results_open(cli_results *results, const struct ArrowArray *array);
bool cli_results_is_null(const struct ArrowArray *column, size_t row);
/* The code of a row, of a column of codes as they stand in its dictionary; false: none. Of an array that was opened. */
bool cli_results_code(const cli_results *results, size_t column, const struct ArrowArray *array, size_t row, huzhu_text *out);
void cli_results_put_row(const cli_results *results, const struct ArrowArray *array, size_t row, cli_bytes *out);

/* The same row, whose cells are told by the caller, each as CSV or JSON wants it: of a claim that columns cannot hold. */
typedef void (*cli_result_cell)(void *context, const char *name, bool json, cli_bytes *out);
void cli_results_put_told(const cli_results *results, cli_result_cell cell, void *context, cli_bytes *out);

#endif
