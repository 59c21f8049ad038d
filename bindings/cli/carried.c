/* carried.c - tables of counters as CSV, through the same readers and writers as claims and results. */
#include "carried.h"

#include "claims.h"
#include "load.h"
#include "results.h"
#include "sink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PIECE = 1 << 20, PATH = 4096 };

/* "FOLDER/COUNTER.csv" with something behind. */
static const char *path_of(const huzhu_plan *plan, size_t counter, const char *folder, const char *behind, char path[PATH])
{
    huzhu_counter_info info = {.struct_size = sizeof info};
    huzhu_plan_counter_at(plan, counter, &info);
    int size = snprintf(path, PATH, "%s/%s.csv%s", folder, info.name.data, behind);
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

static int set_rows(huzhu_arrow *arrow, size_t counter, cli_claims *claims, const cli_piece_text *text, huzhu_diagnostics *diagnostics)
{
    if (!cli_claims_read(claims, text))
        return cli_fault("counters", HUZHU_NO_MEMORY);
    if (claims->exit_code != CLI_WELL)
        return cli_complain(claims->exit_code, "%s", claims->problem);
    huzhu_status status = huzhu_arrow_set_counter(arrow, counter, &claims->cells.schema, cli_cells_array(&claims->cells), diagnostics);
    if (status == HUZHU_OK)
        return CLI_WELL;
    if (status != HUZHU_DATA)
        return cli_fault("counters", status);
    cli_complain(CLI_IO, "%s does not fit the plan", text->file);
    cli_tell(diagnostics, status);
    return CLI_IO;
}

static int read_table(huzhu_arrow *arrow, size_t counter, const char *path)
{
    cli_source source;
    cli_columns columns = {0};
    cli_claims claims = {0};
    cli_piece_text text = {0};
    huzhu_diagnostics *diagnostics = NULL;
    int exit_code = cli_source_begin(&source, &path, 1, CLI_FORMAT_CSV, PIECE);
    bool memory = exit_code != CLI_WELL || (columns_of_table(&columns, &source) && cli_claims_make(&claims, &columns) &&
                                            huzhu_diagnostics_new(NULL, &diagnostics) == HUZHU_OK);
    if (!memory)
        exit_code = cli_fault("counters", HUZHU_NO_MEMORY);
    while (exit_code == CLI_WELL && cli_source_next(&source, &text))
        exit_code = set_rows(arrow, counter, &claims, &text, diagnostics);
    if (exit_code == CLI_WELL)
        exit_code = cli_source_tell(&source);
    huzhu_diagnostics_free(diagnostics);
    free(text.bytes);
    cli_claims_free(&claims);
    cli_columns_free(&columns);
    cli_source_end(&source);
    return exit_code;
}

int cli_carried_read(huzhu_arrow *arrow, const huzhu_plan *plan, const char *folder)
{
    char path[PATH];
    int exit_code = CLI_WELL;
    for (size_t i = 0; i < huzhu_plan_counter_count(plan) && exit_code == CLI_WELL; i++)
        exit_code = path_of(plan, i, folder, "", path) != NULL ? read_table(arrow, i, path) : too_long(folder);
    return exit_code;
}

/* ---- out ---- */

static huzhu_status put_table(const huzhu_arrow *arrow, size_t counter, cli_sink *sink)
{
    enum { AT_ONCE = 1 << 18 };
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    cli_results results = {0};
    cli_bytes lines = {0};
    huzhu_status status = huzhu_arrow_counter_schema(arrow, counter, &schema);
    if (status == HUZHU_OK && !cli_results_make(&results, &schema, false, false))
        status = HUZHU_NO_MEMORY;
    if (status == HUZHU_OK)
        status = huzhu_arrow_counter_array(arrow, counter, &array);
    if (status == HUZHU_OK && cli_results_open(&results, &array)) {
        cli_results_put_names(&results, &lines);
        for (size_t row = 0; row < (size_t)array.length; row++) {
            cli_results_put_row(&results, &array, row, &lines);
            if (lines.size >= AT_ONCE && !lines.failed) {
                cli_sink_put(sink, lines.at, lines.size);
                lines.size = 0;
            }
        }
        cli_sink_put(sink, lines.at, lines.size);
        status = lines.failed ? HUZHU_NO_MEMORY : HUZHU_OK;
    } else if (status == HUZHU_OK) {
        status = HUZHU_NO_MEMORY;
    }
    cli_bytes_free(&lines);
    cli_results_free(&results);
    if (array.release != NULL)
        array.release(&array);
    return status;
}

static int write_table(const huzhu_arrow *arrow, size_t counter, const char *path)
{
    cli_sink sink;
    int exit_code = cli_sink_begin(&sink, path, NULL, 0);
    if (exit_code != CLI_WELL)
        return exit_code;
    huzhu_status status = put_table(arrow, counter, &sink);
    if (status != HUZHU_OK)
        exit_code = cli_fault("counters", status);
    return cli_sink_end(&sink, exit_code);
}

int cli_carried_write(const huzhu_arrow *arrow, const huzhu_plan *plan, const char *folder)
{
    char path[PATH], ready[PATH];
    int exit_code = CLI_WELL;
    size_t counters = huzhu_plan_counter_count(plan);
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return cli_complain(CLI_IO, "cannot make the folder %s: %s", folder, strerror(errno));
    for (size_t i = 0; i < counters && exit_code == CLI_WELL; i++)
        exit_code = path_of(plan, i, folder, ".new", path) != NULL ? write_table(arrow, i, path) : too_long(folder);
    for (size_t i = 0; i < counters && exit_code == CLI_WELL; i++)
        if (rename(path_of(plan, i, folder, ".new", path), path_of(plan, i, folder, "", ready)) != 0)
            exit_code = cli_complain(CLI_IO, "cannot write %s: %s", ready, strerror(errno));
    return exit_code;
}
