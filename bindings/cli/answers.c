/* answers.c - rows of cells are decided by the library as columns, by the objects of one thread or in turn by those of a
 * part. What columns do not say of a row is answers_row.c's.
 */
#include "answers_row.h"

#include "load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void cli_piece_free(cli_piece *piece)
{
    free(piece->text.bytes);
    cli_bytes_free(&piece->out);
    cli_bytes_free(&piece->errors);
    for (int i = 0; i < CLI_TOLD_MOST; i++)
        cli_bytes_free(&piece->told[i]);
}

/* ---- a thread's objects ---- */

int cli_job_bind(const cli_job *job, const struct ArrowSchema *schema, huzhu_arrow **out)
{
    huzhu_diagnostics *diagnostics;
    huzhu_status status = huzhu_diagnostics_new(NULL, &diagnostics);
    if (status != HUZHU_OK)
        return cli_fault("diagnostics", status);
    status = huzhu_arrow_bind(job->columns->plan, schema, &job->how, diagnostics, out);
    if (status == HUZHU_DATA)
        cli_tell(diagnostics, status);
    else if (status != HUZHU_OK)
        cli_fault("the plan cannot be bound to the columns", status);
    huzhu_diagnostics_free(diagnostics);
    return status == HUZHU_DATA ? CLI_USAGE : cli_exit_of(status);
}

/* What a worker needs besides the rows, whatever they say. */
static huzhu_status make_objects(cli_worker *worker)
{
    const cli_job *job = worker->job;
    struct ArrowSchema schema;
    size_t parts = job->part_count > 0 ? job->part_count : 1;
    huzhu_status status = huzhu_diagnostics_new(NULL, &worker->diagnostics);
    if (status == HUZHU_OK)
        status = huzhu_arrow_schema(worker->arrow, &schema);
    if (status == HUZHU_OK && !cli_results_make(&worker->results, &schema, job->json, job->columns->raw_ids))
        return HUZHU_NO_MEMORY;
    if (status == HUZHU_OK)
        status = huzhu_claim_new(job->columns->plan, &worker->claim);
    if (status == HUZHU_OK)
        status = huzhu_decision_new(NULL, &worker->decision);
    worker->results.shown = worker->results.count - (job->hides_error ? 1 : 0);
    worker->outs = calloc(parts, sizeof *worker->outs);
    worker->next = calloc(parts, sizeof *worker->next);
    worker->part_cells = calloc(parts, sizeof *worker->part_cells);
    bool memory = worker->outs != NULL && worker->next != NULL && worker->part_cells != NULL;
    for (size_t i = 0; i < job->part_count && job->part_count > 1 && memory; i++)
        memory = cli_cells_make(&worker->part_cells[i], job->columns->names, job->columns->count);
    return memory ? status : HUZHU_NO_MEMORY;
}

int cli_worker_make(cli_worker *worker, const cli_job *job)
{
    *worker = (cli_worker){.job = job};
    if (!cli_claims_make(&worker->claims, job->columns))
        return cli_fault("claims", HUZHU_NO_MEMORY);
    int exit_code = cli_job_bind(job, &worker->claims.cells.schema, &worker->arrow);
    if (exit_code == CLI_WELL && job->study->study != NULL && job->part_count == 0)
        exit_code = cli_study_bind(job->study, &worker->claims.cells.schema, &worker->tally);
    if (exit_code != CLI_WELL)
        return exit_code;
    huzhu_status status = make_objects(worker);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("no claim can be settled", status);
}

void cli_worker_free(cli_worker *worker)
{
    for (size_t i = 0; worker->part_cells != NULL && i < worker->job->part_count; i++)
        cli_cells_free(&worker->part_cells[i]);
    free(worker->part_cells);
    free(worker->part);
    free(worker->outs);
    free(worker->next);
    huzhu_tally_free(worker->tally);
    huzhu_diagnostics_free(worker->diagnostics);
    huzhu_decision_free(worker->decision);
    huzhu_claim_free(worker->claim);
    cli_results_free(&worker->results);
    huzhu_arrow_free(worker->arrow);
    cli_claims_free(&worker->claims);
}

/* ---- a piece ---- */

static size_t outs_of(const cli_worker *worker)
{
    return worker->job->part_count > 0 ? worker->job->part_count : 1;
}

/* Which part each row is of: all are of the first where there is no other. */
static huzhu_status assign(cli_worker *worker)
{
    cli_claims *claims = &worker->claims;
    if (worker->part == NULL || worker->part_room < claims->cells.rows) {
        free(worker->part);
        worker->part_room = claims->cells.room;
        worker->part = malloc(worker->part_room * sizeof *worker->part);
        if (worker->part == NULL)
            return worker->part_room = 0, HUZHU_NO_MEMORY;
    }
    if (outs_of(worker) > 1)
        return huzhu_arrow_assign(worker->arrow, cli_cells_array(&claims->cells), outs_of(worker), NULL, worker->part);
    memset(worker->part, 0, claims->cells.rows * sizeof *worker->part);
    return HUZHU_OK;
}

/* Decides rows, or adds them to sums: those of a part, or with the worker's own objects. */
static huzhu_status decide(cli_worker *worker, cli_piece *piece, size_t part, cli_cells *cells)
{
    const cli_job *job = worker->job;
    bool parts = job->part_count > 0;
    const struct ArrowArray *in = cli_cells_array(cells);
    huzhu_diagnostic first = {.struct_size = sizeof first};
    if (job->study->study == NULL)
        return huzhu_arrow_evaluate(parts ? job->parts[part] : worker->arrow, in, NULL, &worker->outs[part]);
    huzhu_status status = huzhu_tally_take(parts ? job->tallies[part] : worker->tally, in, worker->diagnostics);
    if (status == HUZHU_OK || huzhu_diagnostics_at(worker->diagnostics, 0, &first) != HUZHU_OK)
        return status;
    piece->exit_code = status == HUZHU_DATA ? CLI_USAGE : cli_exit_of(status);
    snprintf(piece->problem, sizeof piece->problem, "%.100s, from line %" PRIu64 " on: %s%s%s", piece->text.file, piece->text.line, first.message.data,
             first.hint.size > 0 ? "; " : "", first.hint.data);
    return status;
}

/* Rows of a part, when it is this piece's turn there. A piece that went wrong takes and gives its turns all the same. */
static huzhu_status evaluate_part(cli_worker *worker, cli_piece *piece, size_t part, huzhu_status status)
{
    const cli_job *job = worker->job;
    cli_cells *cells = &worker->claims.cells;
    if (job->part_count > 1 && status == HUZHU_OK) {
        status = cli_cells_gather(&worker->part_cells[part], cells, worker->part, (uint32_t)part) ? HUZHU_OK : HUZHU_NO_MEMORY;
        cells = &worker->part_cells[part];
    }
    cli_pool_take_turn(job->pool, part, piece->number);
    if (status == HUZHU_OK)
        status = decide(worker, piece, part, cells);
    cli_pool_give_turn(job->pool, part);
    return status;
}

static huzhu_status evaluate(cli_worker *worker, cli_piece *piece, bool well)
{
    size_t parts = worker->job->part_count;
    huzhu_status status = well ? assign(worker) : HUZHU_STATE;
    if (parts == 0 && status == HUZHU_OK)
        status = decide(worker, piece, 0, &worker->claims.cells);
    for (size_t i = 0; i < parts; i++)
        status = evaluate_part(worker, piece, i, status);
    return status;
}

static bool put_rows(cli_worker *worker, cli_piece *piece)
{
    size_t rows = worker->claims.cells.rows, error = worker->results.error;
    bool well = cli_results_open(&worker->results, &worker->outs[0]);
    piece->out.failed = piece->out.failed || !well;
    memset(worker->next, 0, outs_of(worker) * sizeof *worker->next);
    for (size_t row = 0; row < rows && well; row++) {
        huzhu_text code;
        const struct ArrowArray *array = &worker->outs[worker->part[row]];
        size_t at = worker->next[worker->part[row]]++;
        if (worker->claims.rows[row].state == CLI_ROW_ODD) {
            well = cli_row_put(worker, piece, row);
            continue;
        }
        cli_results_put_row(&worker->results, array, at, &piece->out);
        if (cli_results_code(&worker->results, error, array->children[error], at, &code))
            well = cli_row_describe(worker, piece, row, code);
    }
    return well;
}

static void clear(cli_piece *piece)
{
    piece->out.size = piece->errors.size = piece->rows = piece->bad = 0;
    for (int i = 0; i < CLI_TOLD_MOST; i++)
        piece->told[i].size = 0;
    piece->exit_code = CLI_WELL;
    piece->problem[0] = '\0';
}

void cli_worker_answer(cli_worker *worker, cli_piece *piece)
{
    clear(piece);
    bool well = cli_claims_read(&worker->claims, &piece->text) || cli_piece_stop_at(piece, 0, HUZHU_NO_MEMORY);
    well = well && cli_rows_check(worker, piece);
    huzhu_status status = evaluate(worker, piece, well);
    if (well && cli_piece_stop_at(piece, 0, status)) {
        piece->rows = worker->claims.cells.rows;
        if (worker->job->study->study == NULL)
            put_rows(worker, piece);
    }
    for (size_t i = 0; i < outs_of(worker); i++)
        if (worker->outs[i].release != NULL)
            worker->outs[i].release(&worker->outs[i]);
    if (piece->out.failed || piece->errors.failed)
        cli_piece_stop_at(piece, 0, HUZHU_NO_MEMORY);
    if (piece->exit_code == CLI_WELL && worker->claims.exit_code != CLI_WELL) {
        piece->exit_code = worker->claims.exit_code;
        memcpy(piece->problem, worker->claims.problem, sizeof piece->problem);
    }
}
