/* fuzz_csv.c - any bytes as CSV, by the command line's reader: once whole, and once cut into two pieces.
 *
 * Beyond "no crash": cells lie inside the bytes and behind each other, lines only go up, and two pieces that were cut where
 * the reader would cut them have the cells of the whole. Built as a libFuzzer target, and run over its corpus (corpus/csv)
 * as a test.
 */
#include "../../bindings/cli/csv.c" /* the program's own file: the library knows no CSV */

#include <stdlib.h>

static void demand(bool holds)
{
    if (!holds) abort();
}

/* What was read, as numbers: cells with their sizes, records, and how it ended. */
typedef struct told {
    uint64_t hash;
    uint64_t line;
    cli_csv_event end;
} told;

static void mix(told *out, uint64_t value)
{
    out->hash = (out->hash ^ value) * UINT64_C(1099511628211);
}

static told read_all(char *bytes, size_t size, told before)
{
    cli_csv csv;
    cli_cell cell;
    told out = before;
    const char *behind = bytes;
    cli_csv_begin(&csv, bytes, size, before.line);
    for (;;) {
        uint64_t line = csv.line;
        out.end = cli_csv_next(&csv, &cell);
        demand(csv.line >= line && csv.at >= bytes && csv.at <= bytes + size);
        out.line = csv.line;
        if (out.end == CLI_CSV_PROBLEM) demand(csv.problem != NULL);
        if (out.end == CLI_CSV_PROBLEM || out.end == CLI_CSV_END) return out;
        demand(cell.at >= behind && cell.at + cell.size <= bytes + size && csv.record <= csv.line);
        behind = cell.at + cell.size;
        mix(&out, cell.size);
        mix(&out, out.end);
        mix(&out, csv.record);
        for (size_t i = 0; i < cell.size; i++) mix(&out, (unsigned char)cell.at[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const told none = {.line = 1};
    char *whole = malloc(size > 0 ? size : 1), *part = malloc(size > 0 ? size : 1);
    if (whole == NULL || part == NULL) abort();
    if (size > 0) memcpy(whole, data, size);
    size_t half = size / 2, cut = cli_csv_cut(whole, half);
    demand(cut <= half && (cut == 0 || whole[cut - 1] == '\n'));
    if (cut > 0) memcpy(part, data, cut);
    told all = read_all(whole, size, none);
    told first = read_all(part, cut, none);
    if (first.end == CLI_CSV_END) { /* else it is no CSV, and the whole is none either */
        if (size > cut) memcpy(part, data + cut, size - cut);
        told second = read_all(part, size - cut, first);
        demand(second.hash == all.hash && second.end == all.end && second.line == all.line);
    } else {
        demand(all.end == CLI_CSV_PROBLEM);
    }
    free(whole);
    free(part);
    return 0;
}
