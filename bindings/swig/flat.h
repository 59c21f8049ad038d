/* flat.h - calls of the C interface that take option structs or fill the caller's arrays, with plain arguments instead: for
 * the bindings that SWIG makes (huzhu.i). No logic of its own; static, compiled into the wrapper of each language. */
#ifndef HUZHU_FLAT_H
#define HUZHU_FLAT_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "huzhu/study.h"

/* ---- Rulesets ------------------------------------------------------------------------------------------------------- */

static huzhu_status huzhu_flat_load(const char *folder, const char *const *settings, size_t setting_count,
                                    uint32_t check_examples, huzhu_diagnostics *diagnostics, huzhu_ruleset **out)
{
    const huzhu_load_options options = {.struct_size = sizeof options,
                                        .settings = settings,
                                        .setting_count = (uint32_t)setting_count,
                                        .check_examples = check_examples};
    return huzhu_ruleset_load(folder, &options, diagnostics, out);
}

/* Files in memory: a path and a content for each, in the same order; contents end with NUL. */
static huzhu_status huzhu_flat_load_files(const char *const *paths, size_t path_count, const char *const *contents,
                                          size_t content_count, const char *const *settings, size_t setting_count,
                                          huzhu_diagnostics *diagnostics, huzhu_ruleset **out)
{
    const huzhu_load_options options = {.struct_size = sizeof options, .settings = settings, .setting_count = (uint32_t)setting_count};
    if (path_count != content_count || path_count == 0) return HUZHU_INVALID_ARGUMENT;
    huzhu_file *files = malloc(path_count * sizeof *files);
    if (files == NULL) return HUZHU_NO_MEMORY;
    for (size_t i = 0; i < path_count; i++) files[i] = (huzhu_file){paths[i], contents[i], strlen(contents[i])};
    huzhu_status status = huzhu_ruleset_load_files(files, path_count, &options, diagnostics, out);
    free(files);
    return status;
}

/* The worked examples in a folder: what failed and why; counts, passed before failed. */
static huzhu_status huzhu_flat_examples(const char *folder, const char *const *settings, size_t setting_count,
                                        huzhu_diagnostics *diagnostics, huzhu_output *output, size_t *passed, size_t *failed)
{
    const huzhu_load_options options = {.struct_size = sizeof options, .settings = settings, .setting_count = (uint32_t)setting_count};
    return huzhu_examples_run(folder, &options, diagnostics, output, passed, failed);
}

/* ---- Parts: borrowed -------------------------------------------------------------------------------------------------- */

static huzhu_status huzhu_flat_claim_part(huzhu_claim *claim, size_t index, huzhu_claim **part)
{
    return huzhu_claim_part_at(claim, index, part);
}

static huzhu_status huzhu_flat_decision_part(huzhu_decision *decision, size_t index, huzhu_decision **part)
{
    return huzhu_decision_part_at(decision, index, part);
}

/* ---- Arrow ------------------------------------------------------------------------------------------------------------ */

static huzhu_status huzhu_flat_bind(const huzhu_plan *plan, const struct ArrowSchema *schema, uint32_t floats, uint32_t counters,
                                    const char *const *wanted, size_t wanted_count, const char *const *ignored,
                                    size_t ignored_count, huzhu_diagnostics *diagnostics, huzhu_arrow **out)
{
    const huzhu_arrow_options options = {.struct_size = sizeof options,
                                         .floats = floats,
                                         .counters = counters,
                                         .wanted = wanted,
                                         .wanted_count = wanted_count,
                                         .ignored = ignored,
                                         .ignored_count = ignored_count};
    return huzhu_arrow_bind(plan, schema, &options, diagnostics, out);
}

/* Rows first to first + rows - 1 of an array alone, which stays as it is. */
static struct ArrowArray huzhu_flat_slice(const struct ArrowArray *in, int64_t first, int64_t rows)
{
    struct ArrowArray slice = *in;
    slice.offset += first;
    slice.length = rows;
    if (in->null_count != 0) slice.null_count = -1;
    return slice;
}

static int huzhu_flat_has(const struct ArrowArray *in, int64_t first, int64_t rows)
{
    return in != NULL && first >= 0 && rows >= 0 && first <= in->length && rows <= in->length - first;
}

static huzhu_status huzhu_flat_evaluate(huzhu_arrow *arrow, const struct ArrowArray *array, int64_t first, int64_t rows,
                                        huzhu_diagnostics *diagnostics, struct ArrowArray *out)
{
    if (!huzhu_flat_has(array, first, rows)) return HUZHU_INVALID_ARGUMENT;
    const struct ArrowArray slice = huzhu_flat_slice(array, first, rows);
    return huzhu_arrow_evaluate(arrow, &slice, diagnostics, out);
}

static huzhu_status huzhu_flat_take(huzhu_tally *tally, const struct ArrowArray *array, int64_t first, int64_t rows,
                                    huzhu_diagnostics *diagnostics)
{
    if (!huzhu_flat_has(array, first, rows)) return HUZHU_INVALID_ARGUMENT;
    const struct ArrowArray slice = huzhu_flat_slice(array, first, rows);
    return huzhu_tally_take(tally, &slice, diagnostics);
}

/* The ends of the parts, as huzhu_arrow_partition has them. */
static huzhu_status huzhu_flat_partition(huzhu_arrow *arrow, const struct ArrowArray *array, huzhu_diagnostics *diagnostics,
                                         size_t parts, int64_t *ends)
{
    return huzhu_arrow_partition(arrow, array, parts, diagnostics, ends);
}

static int64_t huzhu_flat_rows(const struct ArrowArray *array)
{
    return array->length;
}

/* ---- Streams: read array by array -------------------------------------------------------------------------------------- */

/* What the stream says of its last error; static if nothing. */
static const char *huzhu_flat_stream_error(struct ArrowArrayStream *stream)
{
    const char *text = stream->release != NULL ? stream->get_last_error(stream) : NULL;
    return text != NULL ? text : "";
}

static huzhu_status huzhu_flat_failed(int code)
{
    return code == 0 ? HUZHU_OK : code == ENOMEM ? HUZHU_NO_MEMORY : HUZHU_IO;
}

static huzhu_status huzhu_flat_stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    if (stream->release == NULL) return HUZHU_STATE;
    return huzhu_flat_failed(stream->get_schema(stream, out));
}

/* The next array; at the end out->release is NULL. */
static huzhu_status huzhu_flat_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    if (stream->release == NULL) return HUZHU_STATE;
    return huzhu_flat_failed(stream->get_next(stream, out));
}

/* ---- Studies ------------------------------------------------------------------------------------------------------------ */

/* Scenarios: a name and settings for each, in the same order. */
static huzhu_status huzhu_flat_study(const huzhu_plan *plan, const char *const *names, size_t name_count,
                                     const char *const *settings, size_t setting_count, huzhu_diagnostics *diagnostics,
                                     huzhu_study **out)
{
    if (name_count != setting_count || name_count == 0) return HUZHU_INVALID_ARGUMENT;
    huzhu_scenario *scenarios = malloc(name_count * sizeof *scenarios);
    if (scenarios == NULL) return HUZHU_NO_MEMORY;
    for (size_t i = 0; i < name_count; i++) scenarios[i] = (huzhu_scenario){names[i], settings[i], NULL};
    huzhu_status status = huzhu_study_new(plan, scenarios, name_count, diagnostics, out);
    free(scenarios);
    return status;
}

static huzhu_status huzhu_flat_tally(huzhu_study *study, const struct ArrowSchema *schema, uint32_t floats, uint32_t counters,
                                     const char *const *by, size_t by_count, const char *const *wanted, size_t wanted_count,
                                     const char *const *ignored, size_t ignored_count, const int64_t *bounds, size_t bound_count,
                                     const uint32_t *quantiles, size_t quantile_count, uint64_t group_limit,
                                     uint64_t amount_limit, huzhu_diagnostics *diagnostics, huzhu_tally **out)
{
    const huzhu_tally_options options = {.struct_size = sizeof options,
                                         .floats = floats,
                                         .counters = counters,
                                         .ignored = ignored,
                                         .ignored_count = ignored_count,
                                         .by = by,
                                         .by_count = by_count,
                                         .wanted = wanted,
                                         .wanted_count = wanted_count,
                                         .bounds = bounds,
                                         .bound_count = bound_count,
                                         .quantiles = quantiles,
                                         .quantile_count = quantile_count,
                                         .group_limit = group_limit,
                                         .amount_limit = amount_limit};
    return huzhu_tally_bind(study, schema, &options, diagnostics, out);
}

#endif
