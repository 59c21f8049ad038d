/* csv.h - cells of CSV (RFC 4180) that lies in memory, one after another. No input, no allocation: source.h brings the
 * bytes, whole records of them.
 *
 * Strict where leniency would move a value into another cell: a quote may only stand around a cell, or doubled within
 * one. Records end with LF or CRLF; records without a character are no records.
 */
#ifndef HUZHU_CLI_CSV_H
#define HUZHU_CLI_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cli_csv {
    char *at, *end;         /* what is left; cells in quotes are unescaped where they stand */
    uint64_t line;          /* of *at */
    uint64_t record;        /* line in which the record at hand begins */
    bool within;            /* a record has begun */
    const char *problem;    /* after CLI_CSV_PROBLEM; its line is `line` */
    uint64_t opened;        /* line of the quote that the problem is about, or 0 */
    bool open;              /* the quote is not closed */
} cli_csv;

typedef struct cli_cell {
    char *at;
    size_t size;
    bool quoted;
} cli_cell;

typedef enum cli_csv_event {
    CLI_CSV_CELL,   /* more cells follow in the record */
    CLI_CSV_LAST,   /* the last cell of its record */
    CLI_CSV_END,    /* no more records; no cell */
    CLI_CSV_PROBLEM /* this is no CSV; no cell, and nothing can be read behind it */
} cli_csv_event;

/* bytes are read and changed; line: the number of their first line. */
void cli_csv_begin(cli_csv *csv, char *bytes, size_t size, uint64_t line);
cli_csv_event cli_csv_next(cli_csv *csv, cli_cell *cell);

/* Where the last whole record within the bytes ends, if a record begins at their start; 0: there is none. Right for bytes
 * that are CSV; where they are not, reading them says so. */
size_t cli_csv_cut(const char *bytes, size_t size);

#endif
