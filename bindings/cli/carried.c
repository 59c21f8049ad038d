/* carried.c - tables of counters as CSV, through the same readers and writers as claims and results. */
#include "carried.h"

#include "claims.h"
#include "lines.h"
#include "load.h"
#include "results.h"
#include "sink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 20, PATH = 4096 };

/* "FOLDER/COUNTER.csv" with something behind. */
static const char *path_of(const huzhu_arrow *arrow, size_t counter, const char *folder, const char *behind, char path[PATH])
{
    int size = snprintf(path, PATH, "%s/%s.csv%s", folder, huzhu_arrow_counter_name(arrow, counter).data, behind);
    return size < PATH ? path : NULL;
}

static int too_long(const char *folder)
{
    return cli_complain(CLI_IO, "the path of %.100s… is too long", folder);
}

/* ---- in ---- */

/* All columns are texts; what the counter wants of them the library says. */
static bool columns_of_table(cli_columns *columns, const cli_source *source)
{
    const char *name = source->header.at;
    *columns = (cli_columns){.count = source->columns};
    columns->at = calloc(source->columns + 1, sizeof *columns->at);
    columns->names = calloc(source->columns + 1, sizeof *columns->names);
    if (columns->at == NULL || columns->names == NULL)
        return false;
    for (size_t i = 0; i < source->columns; i++, name += strlen(name) + 1) {
        columns->names[i] = name;
        columns->at[i] = (cli_column){.name = name, .form = CLI_FORM_TEXT};
    }
    return true;
}

/* What reading one table takes. */
typedef struct incoming {
    const cli_carried *carried;
    size_t counter;
    cli_source source;
    cli_columns columns;
    cli_claims claims;
    cli_cells cells;      /* rows of one part */
    cli_piece_text text;
    uint32_t *part;
    size_t part_room;
    huzhu_diagnostics *diagnostics;
} incoming;

static huzhu_status set_part(const incoming *in, size_t part, cli_cells *cells)
{
    const cli_carried *carried = in->carried;
    const struct ArrowArray *array = cli_cells_array(cells);
    if (carried->tallies != NULL)
        return huzhu_tally_set_counter(carried->tallies[part], in->counter, &cells->schema, array, in->diagnostics);
    return huzhu_arrow_set_counter(carried->parts[part], in->counter, &cells->schema, array, in->diagnostics);
}

static huzhu_status set_parts(incoming *in)
{
    const cli_carried *carried = in->carried;
    cli_cells *cells = &in->claims.cells;
    huzhu_status status = HUZHU_OK;
    if (carried->count == 1)
        return set_part(in, 0, cells);
    if (in->part == NULL || in->part_room < cells->rows) {
        free(in->part);
        in->part_room = cells->room;
        in->part = malloc(in->part_room * sizeof *in->part);
        if (in->part == NULL)
            return HUZHU_NO_MEMORY;
    }
    status = huzhu_arrow_assign_counter(carried->parts[0], in->counter, &cells->schema, cli_cells_array(cells), carried->count, in->diagnostics, in->part);
    for (size_t i = 0; i < carried->count && status == HUZHU_OK; i++)
        status = cli_cells_gather(&in->cells, cells, in->part, (uint32_t)i) ? set_part(in, i, &in->cells) : HUZHU_NO_MEMORY;
    return status;
}

static int set_rows(incoming *in)
{
    if (!cli_claims_read(&in->claims, &in->text))
        return cli_fault("counters", HUZHU_NO_MEMORY);
    if (in->claims.exit_code != CLI_WELL)
        return cli_complain(in->claims.exit_code, "%s", in->claims.problem);
    huzhu_status status = set_parts(in);
    if (status == HUZHU_OK)
        return CLI_WELL;
    if (huzhu_diagnostics_count(in->diagnostics) == 0)
        return cli_fault("counters", status);
    int exit_code = status == HUZHU_DATA ? CLI_IO : cli_exit_of(status);
    cli_complain(exit_code, "%s does not fit the %s", in->text.file, status == HUZHU_DATA ? "plan" : "scenarios");
    cli_tell(in->diagnostics, status);
    return exit_code;
}

static int read_table(const cli_carried *carried, size_t counter, const char *path)
{
    incoming in = {.carried = carried, .counter = counter};
    int exit_code = cli_source_begin(&in.source, &path, 1, CLI_FORMAT_CSV, PIECE);
    bool memory = exit_code != CLI_WELL || (columns_of_table(&in.columns, &in.source) && cli_claims_make(&in.claims, &in.columns) &&
                                            cli_cells_make(&in.cells, in.columns.names, in.columns.count) &&
                                            huzhu_diagnostics_new(NULL, &in.diagnostics) == HUZHU_OK);
    if (!memory)
        exit_code = cli_fault("counters", HUZHU_NO_MEMORY);
    while (exit_code == CLI_WELL && cli_source_next(&in.source, &in.text))
        exit_code = set_rows(&in);
    if (exit_code == CLI_WELL)
        exit_code = cli_source_tell(&in.source);
    huzhu_diagnostics_free(in.diagnostics);
    free(in.text.bytes);
    free(in.part);
    cli_cells_free(&in.cells);
    cli_claims_free(&in.claims);
    cli_columns_free(&in.columns);
    cli_source_end(&in.source);
    return exit_code;
}

int cli_carried_read(const cli_carried *carried, const char *folder)
{
    char path[PATH];
    int exit_code = CLI_WELL;
    const huzhu_arrow *arrow = carried->parts[0];
    for (size_t i = 0; i < huzhu_arrow_counter_count(arrow) && exit_code == CLI_WELL; i++)
        exit_code = path_of(arrow, i, folder, "", path) != NULL ? read_table(carried, i, path) : too_long(folder);
    return exit_code;
}

bool cli_carried_parts(huzhu_arrow *arrow)
{
    bool well = true;
    for (size_t i = 0; i < huzhu_arrow_counter_count(arrow) && well; i++) {
        struct ArrowSchema schema = {0};
        struct ArrowArray array = {0};
        uint32_t none;
        well = huzhu_arrow_counter_schema(arrow, i, &schema) == HUZHU_OK && huzhu_arrow_counter_array(arrow, i, &array) == HUZHU_OK &&
               huzhu_arrow_assign_counter(arrow, i, &schema, &array, 1, NULL, &none) == HUZHU_OK;
        if (schema.release != NULL)
            schema.release(&schema);
        if (array.release != NULL)
            array.release(&array);
    }
    return well;
}

/* ---- out ---- */

/* The rows of one part. names: the line of names before them. */
static huzhu_status put_part(huzhu_arrow *arrow, size_t counter, cli_bytes *names, cli_lines *to)
{
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    cli_results results = {0};
    huzhu_status status = huzhu_arrow_counter_schema(arrow, counter, &schema);
    bool memory = status != HUZHU_OK || cli_results_make(&results, &schema, false, false);
    if (status == HUZHU_OK && memory)
        status = huzhu_arrow_counter_array(arrow, counter, &array);
    memory = memory && (status != HUZHU_OK || cli_results_open(&results, &array));
    names->size = 0;
    if (status == HUZHU_OK && memory)
        cli_results_put_names(&results, names);
    for (size_t row = 0; status == HUZHU_OK && memory && row < (size_t)array.length; row++) {
        if (cli_results_is_null(array.children[array.n_children - 1], row))
            continue; /* a key that no row moved the counter of is as new */
        memory = cli_lines_begin(to);
        cli_results_put_row(&results, &array, row, &to->text);
    }
    cli_results_free(&results);
    if (array.release != NULL)
        array.release(&array);
    return memory && !to->text.failed && !names->failed ? status : HUZHU_NO_MEMORY;
}

static int write_table(const cli_carried *carried, size_t counter, const char *path)
{
    cli_sink sink;
    cli_bytes names = {0};
    cli_lines all = {0};
    huzhu_status status = HUZHU_OK;
    int exit_code = cli_sink_begin(&sink, path, NULL, 0);
    if (exit_code != CLI_WELL)
        return exit_code;
    for (size_t i = 0; i < carried->count && status == HUZHU_OK; i++)
        status = put_part(carried->parts[i], counter, &names, &all);
    cli_sink_put(&sink, names.at, names.size);
    if (status == HUZHU_OK && !cli_lines_put_sorted(&all, &sink)) /* the same for any number of parts */
        status = HUZHU_NO_MEMORY;
    if (status != HUZHU_OK)
        exit_code = cli_fault("counters", status);
    cli_bytes_free(&names);
    cli_lines_free(&all);
    return cli_sink_end(&sink, exit_code);
}

int cli_carried_make_folder(const char *folder)
{
    struct stat about;
    if (mkdir(folder, 0777) == 0)
        return CLI_WELL;
    if (errno != EEXIST)
        return cli_complain(CLI_IO, "cannot make the folder %s: %s", folder, strerror(errno));
    if (stat(folder, &about) == 0 && !S_ISDIR(about.st_mode))
        return cli_complain(CLI_IO, "%s is no folder", folder);
    return access(folder, W_OK) == 0 ? CLI_WELL : cli_complain(CLI_IO, "cannot write into %s: %s", folder, strerror(errno));
}

int cli_carried_write(const cli_carried *carried, const char *folder)
{
    char path[PATH], ready[PATH];
    int exit_code = CLI_WELL;
    const huzhu_arrow *arrow = carried->parts[0];
    size_t counters = huzhu_arrow_counter_count(arrow);
    for (size_t i = 0; i < counters && exit_code == CLI_WELL; i++)
        exit_code = path_of(arrow, i, folder, ".new", path) != NULL ? write_table(carried, i, path) : too_long(folder);
    for (size_t i = 0; i < counters && exit_code == CLI_WELL; i++)
        if (rename(path_of(arrow, i, folder, ".new", path), path_of(arrow, i, folder, "", ready)) != 0)
            exit_code = cli_complain(CLI_IO, "cannot write %s: %s", ready, strerror(errno));
    return exit_code;
}
