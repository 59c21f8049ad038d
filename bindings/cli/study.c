/* study.c - options of a study, its scenarios from a file, its table. */
#include "study.h"

#include "lines.h"
#include "load.h"
#include "results.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- options ---- */

/* "1000" or "1000.5" in minor units. */
static bool read_amount(const char *text, int64_t *out)
{
    size_t whole = strspn(text, "0123456789"), part = 0;
    int64_t value = 0;
    for (size_t i = 0; i < whole; i++)
        value = 10 * value + (text[i] - '0');
    if (text[whole] == '.')
        part = strspn(text + whole + 1, "0123456789");
    if (whole == 0 || whole > 12 || part > 2 || (text[whole] == '.' && part == 0) || text[whole + (text[whole] == '.') + part] != '\0')
        return false;
    for (size_t i = 0; i < 2; i++)
        value = 10 * value + (i < part ? text[whole + 1 + i] - '0' : 0);
    *out = value;
    return true;
}

static int read_bounds(cli_study *study, const cli_options *options)
{
    cli_names names = {0};
    bool well = true, memory = cli_names_split(&names, options->bounds);
    study->bounds = calloc(names.count + 1, sizeof *study->bounds);
    memory = memory && study->bounds != NULL;
    for (size_t i = 0; i < names.count && well && memory; i++)
        well = read_amount(names.at[i], &study->bounds[i]) && (i == 0 || study->bounds[i] > study->bounds[i - 1]);
    study->how.bounds = study->bounds;
    study->how.bound_count = names.count;
    cli_names_free(&names);
    if (!memory)
        return cli_fault("options", HUZHU_NO_MEMORY);
    return well ? CLI_WELL : cli_wrong_usage(options->command, "`--bounds %s`: amounts that rise, as 0.01,500,1000", options->bounds);
}

static int read_quantiles(cli_study *study, const cli_options *options)
{
    cli_names names = {0};
    bool well = true, memory = cli_names_split(&names, options->quantiles);
    study->quantiles = calloc(names.count + 1, sizeof *study->quantiles);
    memory = memory && study->quantiles != NULL;
    for (size_t i = 0; i < names.count && well && memory; i++) {
        size_t size = strlen(names.at[i]);
        well = size >= 1 && size <= 3 && strspn(names.at[i], "0123456789") == size;
        study->quantiles[i] = well ? (uint32_t)atoi(names.at[i]) : 0;
        well = well && study->quantiles[i] >= 1 && study->quantiles[i] <= 100;
        for (size_t k = 0; k < i; k++)
            well = well && study->quantiles[k] != study->quantiles[i];
    }
    study->how.quantiles = study->quantiles;
    study->how.quantile_count = names.count;
    cli_names_free(&names);
    if (!memory)
        return cli_fault("options", HUZHU_NO_MEMORY);
    return well ? CLI_WELL : cli_wrong_usage(options->command, "`--quantiles %s`: whole numbers from 1 to 100, each once, as 50,90", options->quantiles);
}

int cli_study_begin(cli_study *study, const cli_options *options)
{
    const unsigned own = CLI_OPTION_BY | CLI_OPTION_BOUNDS | CLI_OPTION_QUANTILES;
    *study = (cli_study){.how.struct_size = sizeof study->how};
    if (options->scenarios == NULL)
        return (options->given & own) == 0 ? CLI_WELL : cli_wrong_usage(options->command, "`--by`, `--bounds` and `--quantiles` are of `--scenarios FILE`");
    if ((options->given & CLI_OPTION_ERRORS) != 0)
        return cli_wrong_usage(options->command, "`--scenarios` comes to sums: no `--errors`");
    if ((options->given & CLI_OPTION_COUNTERS_OUT) != 0)
        return cli_wrong_usage(options->command, "no `--counters-out` with `--scenarios`: each scenario leaves counters of its own; run the one whose counters you want with `--scenario`");
    if (!cli_names_split(&study->by, options->by))
        return cli_fault("options", HUZHU_NO_MEMORY);
    study->how.by = study->by.at;
    study->how.by_count = study->by.count;
    int exit_code = read_bounds(study, options);
    return exit_code == CLI_WELL ? read_quantiles(study, options) : exit_code;
}

void cli_study_end(cli_study *study)
{
    huzhu_study_release(study->study);
    cli_names_free(&study->by);
    free(study->bounds);
    free(study->quantiles);
}

/* ---- scenarios ---- */

static int read_file(const char *name, cli_bytes *out)
{
    FILE *file = fopen(name, "rb");
    size_t got = 0;
    if (file == NULL)
        return cli_complain(CLI_IO, "cannot read %s: %s", name, strerror(errno));
    do {
        out->size += got;
        got = cli_bytes_make_room(out, 4096) ? fread(out->at + out->size, 1, 4096, file) : 0;
    } while (got > 0);
    bool failed = ferror(file) != 0;
    int error = errno;
    fclose(file);
    if (out->failed)
        return cli_fault("scenarios", HUZHU_NO_MEMORY);
    return failed ? cli_complain(CLI_IO, "cannot read %s: %s", name, strerror(error)) : CLI_WELL;
}

static int tell(const huzhu_diagnostics *diagnostics, huzhu_status status, const char *doing)
{
    if (status == HUZHU_OK)
        return CLI_WELL;
    if (huzhu_diagnostics_count(diagnostics) == 0)
        return cli_fault(doing, status);
    cli_tell(diagnostics, status);
    return status == HUZHU_DATA || status == HUZHU_UNSUPPORTED ? CLI_USAGE : cli_exit_of(status);
}

int cli_study_compile(cli_study *study, const huzhu_plan *plan, const char *file)
{
    cli_bytes text = {0};
    huzhu_diagnostics *diagnostics = NULL;
    int exit_code = read_file(file, &text);
    if (exit_code == CLI_WELL && huzhu_diagnostics_new(NULL, &diagnostics) != HUZHU_OK)
        exit_code = cli_fault("diagnostics", HUZHU_NO_MEMORY);
    if (exit_code == CLI_WELL)
        exit_code = tell(diagnostics, huzhu_study_read(plan, text.size > 0 ? text.at : "", text.size, file, diagnostics, &study->study), "the plan cannot be studied");
    huzhu_diagnostics_free(diagnostics);
    cli_bytes_free(&text);
    return exit_code;
}

int cli_study_bind(const cli_study *study, const struct ArrowSchema *schema, huzhu_tally **out)
{
    huzhu_diagnostics *diagnostics;
    huzhu_status status = huzhu_diagnostics_new(NULL, &diagnostics);
    if (status != HUZHU_OK)
        return cli_fault("diagnostics", status);
    status = huzhu_tally_bind(study->study, schema, &study->how, diagnostics, out);
    int exit_code = tell(diagnostics, status, "the plan cannot be bound to the columns");
    huzhu_diagnostics_free(diagnostics);
    return exit_code;
}

/* ---- the table ---- */

static bool same_scenario(const struct ArrowArray *names, size_t row)
{
    const int32_t *offsets = names->buffers[1];
    const char *bytes = names->buffers[2];
    int32_t size = offsets[row + 1] - offsets[row];
    return size == offsets[row] - offsets[row - 1] && memcmp(bytes + offsets[row], bytes + offsets[row - 1], (size_t)size) == 0;
}

static bool any_error(const cli_results *results, const struct ArrowArray *array)
{
    for (size_t i = 0; i < results->count; i++) {
        const int64_t *values = strcmp(results->columns[i].name, "error") == 0 && results->columns[i].kind == 'l' ? array->children[i]->buffers[1] : NULL;
        for (int64_t row = 0; values != NULL && row < array->length; row++)
            if (values[row] > 0)
                return true;
    }
    return false;
}

static bool put_rows(cli_results *results, const struct ArrowArray *array, cli_sink *sink)
{
    cli_bytes names = {0};
    cli_lines lines = {0};
    bool memory = cli_results_open(results, array);
    if (memory && !results->json)
        cli_results_put_names(results, &names);
    cli_sink_put(sink, names.at, names.size);
    for (size_t row = 0; row < (size_t)array->length && memory; row++) {
        if (row > 0 && !same_scenario(array->children[0], row))
            memory = cli_lines_put_sorted(&lines, sink);
        memory = memory && cli_lines_begin(&lines);
        cli_results_put_row(results, array, row, &lines.text);
    }
    memory = memory && !names.failed && cli_lines_put_sorted(&lines, sink);
    cli_bytes_free(&names);
    cli_lines_free(&lines);
    return memory;
}

int cli_study_write(huzhu_tally *const *tallies, size_t count, bool json, cli_sink *sink, bool *errors)
{
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    cli_results results = {0};
    huzhu_status status = HUZHU_OK;
    for (size_t i = 1; i < count && status == HUZHU_OK; i++)
        status = huzhu_tally_add(tallies[0], tallies[i]);
    if (status == HUZHU_OK)
        status = huzhu_tally_schema(tallies[0], &schema);
    if (status == HUZHU_OK && !cli_results_make(&results, &schema, json, false))
        status = HUZHU_NO_MEMORY;
    if (status == HUZHU_OK)
        status = huzhu_tally_array(tallies[0], &array);
    if (status == HUZHU_OK && !put_rows(&results, &array, sink))
        status = HUZHU_NO_MEMORY;
    *errors = status == HUZHU_OK && any_error(&results, &array);
    cli_results_free(&results);
    if (array.release != NULL)
        array.release(&array);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("sums", status);
}
