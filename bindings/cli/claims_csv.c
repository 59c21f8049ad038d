/* claims_csv.c - records of CSV into rows of cells. An empty cell is absent, in quotes or not: many programs put every cell
 * in quotes. What is no CSV ends the run at its line: behind it nobody knows which cell is which.
 */
#include "claims.h"
#include "csv.h"
#include "encoding.h"
#include "input.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

typedef struct reading {
    cli_claims *claims;
    const cli_piece_text *text;
    cli_csv csv;
    size_t well;   /* so many bytes are UTF-8 */
    bool gb18030;  /* the line behind them could be */
} reading;

CLI_PRINTF(3, 4)
static bool stop(reading *r, uint64_t line, const char *format, ...)
{
    cli_claims *claims = r->claims;
    int size = snprintf(claims->problem, sizeof claims->problem, "%.100s:%" PRIu64 ": ", r->text->file, line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(claims->problem + size, sizeof claims->problem - (size_t)size, format, arguments);
    va_end(arguments);
    claims->exit_code = CLI_IO;
    return false;
}

static bool stop_at_problem(reading *r)
{
    const cli_csv *csv = &r->csv;
    static const char remedy[] = "a cell with quotes in it stands in quotes, and they are doubled";
    if (csv->open)
        return stop(r, csv->opened, "%s; %s", csv->problem, remedy);
    if (csv->opened > 0 && csv->opened != csv->line)
        return stop(r, csv->line, "%s that begins in line %" PRIu64 "; %s", csv->problem, csv->opened, remedy);
    return stop(r, csv->line, "%s; %s", csv->problem, remedy);
}

static bool stop_at_encoding(reading *r)
{
    uint64_t line = r->csv.record;
    const char *file = r->text->file;
    if (r->text->bytes[r->well] == '\0')
        return stop(r, line, "there is a NUL byte, which no text has");
    if (r->gb18030)
        return stop(r, line, "this is no UTF-8, and looks like GB18030: iconv -f GB18030 -t UTF-8 %.100s", file);
    return stop(r, line, "this is no UTF-8; claims are read as UTF-8");
}

static bool stop_at_count(reading *r, size_t cells)
{
    size_t names = r->claims->columns->count;
    return stop(r, r->csv.record, "%zu cell%s, and the line of names has %zu", cells, cells == 1 ? "" : "s", names);
}

/* One record into a row. False: the end, or a stop. */
static bool read_record(reading *r)
{
    cli_claims *claims = r->claims;
    const cli_columns *columns = claims->columns;
    cli_cell cell;
    size_t cells = 0, row = claims->cells.rows;
    const char *begin = r->csv.at;
    cli_csv_event event;
    do {
        event = cli_csv_next(&r->csv, &cell);
        if (event == CLI_CSV_END)
            return false;
        if ((size_t)(r->csv.at - r->text->bytes) > r->well)
            return stop_at_encoding(r);
        if (event == CLI_CSV_PROBLEM)
            return stop_at_problem(r);
        if (cells < columns->count && cell.size > 0 && columns->at[cells].form != CLI_FORM_NONE)
            cli_cells_set(&claims->cells, cells, row, cell.at, cell.size, CLI_BUFFER_INPUT);
        cells++;
    } while (event == CLI_CSV_CELL);
    if ((size_t)(r->csv.at - begin) > CLI_LINE_MOST + 2)
        return stop(r, r->csv.record, "the row that begins here is longer than 1 MiB: is a quote not closed?");
    if (cells != columns->count)
        return stop_at_count(r, cells);
    claims->rows[row] = (cli_row){.line = (uint32_t)(r->csv.record - r->text->line)};
    claims->cells.rows++;
    return true;
}

/* Before the reading changes the bytes: the line in which they cease to be UTF-8. */
static bool look_like_gb18030(const cli_piece_text *text, size_t well)
{
    size_t begin = well, end = well;
    while (begin > 0 && text->bytes[begin - 1] != '\n')
        begin--;
    while (end < text->size && text->bytes[end] != '\n')
        end++;
    return well < text->size && cli_is_gb18030(text->bytes + begin, end - begin);
}

void cli_claims_read_csv(cli_claims *claims, const cli_piece_text *text)
{
    reading r = {.claims = claims, .text = text, .well = cli_utf8_size(text->bytes, text->size)};
    r.gb18030 = look_like_gb18030(text, r.well);
    cli_csv_begin(&r.csv, text->bytes, text->size, text->line);
    while (read_record(&r))
        ;
}
