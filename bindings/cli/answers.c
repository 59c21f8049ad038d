/* answers.c - rows of cells are decided by the library as columns; what columns cannot say of a row is asked of it as a
 * single claim: what is wrong with it, in words, and lines of JSON that are no plain claim (a request to join, a text
 * that is no JSON).
 */
#include "answers.h"

#include "flat.h"
#include "json.h"
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
    else if (status == HUZHU_UNSUPPORTED)
        cli_complain(CLI_USAGE, "%s is a package; `huzhu eval` settles its claims", huzhu_plan_id(job->columns->plan).data);
    else if (status != HUZHU_OK)
        cli_fault("the plan cannot be bound to the columns", status);
    huzhu_diagnostics_free(diagnostics);
    return status == HUZHU_DATA || status == HUZHU_UNSUPPORTED ? CLI_USAGE : cli_exit_of(status);
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

/* ---- complaints ---- */

static bool stop(cli_piece *piece, int exit_code, size_t line, const char *why)
{
    if (piece->exit_code != CLI_WELL)
        return false;
    piece->exit_code = exit_code;
    snprintf(piece->problem, sizeof piece->problem, "%.100s:%" PRIu64 ": %s", piece->text.file, piece->text.line + line, why);
    return false;
}

static bool stop_at_status(cli_piece *piece, size_t line, huzhu_status status)
{
    return status == HUZHU_OK || stop(piece, cli_exit_of(status), line, huzhu_status_text(status));
}

/* ---- rows as single claims ---- */

static bool ask(cli_worker *worker, cli_piece *piece, size_t row)
{
    return stop_at_status(piece, worker->claims.rows[row].line, cli_claims_ask(&worker->claims, &piece->text, row, worker->claim, worker->decision));
}

static bool is_enrolment(huzhu_decision *decision)
{
    huzhu_text json, asked;
    return huzhu_decision_json(decision, HUZHU_EN, 0, &json) == HUZHU_OK && cli_json_member(json, "ask", &asked) &&
           asked.size == 11 && memcmp(asked.data, "\"enrolment\"", 11) == 0;
}

/* What the row just asked is, that cells do not say: a counter that was handed over with its key is an error under another
 * key. A request to join is answered among rows, and is no part of sums. */
static bool check_row(cli_worker *worker, cli_piece *piece, size_t row)
{
    cli_claims *claims = &worker->claims;
    huzhu_error_view error = {.struct_size = sizeof error};
    bool failed = huzhu_decision_error(worker->decision, &error) == HUZHU_OK;
    if (claims->rows[row].state == CLI_ROW_CHECK) {
        if (failed && strcmp(error.code.data, "R_COUNTER_KEY") == 0)
            cli_claims_make_odd(claims, row);
        return true;
    }
    if (!failed && !is_enrolment(worker->decision))
        return stop(piece, CLI_FAULT, claims->rows[row].line, "this claim is read one by one alone: settle it with `huzhu eval`");
    if (!failed && worker->job->study->study != NULL)
        return stop(piece, CLI_USAGE, claims->rows[row].line, "this line asks for an enrolment, and scenarios are compared for claims");
    return true;
}

static bool check_special(cli_worker *worker, cli_piece *piece)
{
    cli_claims *claims = &worker->claims;
    for (size_t row = 0, left = claims->special; left > 0 && row < claims->cells.rows; row++) {
        if (claims->rows[row].state == CLI_ROW_READ)
            continue;
        left--;
        if (!ask(worker, piece, row) || !check_row(worker, piece, row))
            return false;
    }
    return true;
}

/* What is wrong with the claim decided last, for the file of errors and, of the first ones, for standard error. */
static void list_error(const cli_worker *worker, cli_piece *piece, size_t row, const huzhu_error_view *error)
{
    char number[32];
    cli_bytes *told = piece->bad <= CLI_TOLD_MOST ? &piece->told[piece->bad - 1] : NULL;
    snprintf(number, sizeof number, "%" PRIu64, piece->text.line + worker->claims.rows[row].line);
    if (told != NULL) {
        cli_bytes_say(told, piece->text.file);
        cli_bytes_put(told, ':');
        cli_bytes_say(told, number);
        cli_bytes_say(told, ": error[");
        cli_bytes_add(told, error->code.data, error->code.size);
        cli_bytes_say(told, "]: ");
        cli_bytes_add(told, error->message.data, error->message.size);
        cli_bytes_say(told, error->hint.size > 0 ? "\nhint: " : "");
        cli_bytes_add(told, error->hint.data, error->hint.size);
        cli_bytes_put(told, '\n');
    }
    if (!worker->job->list_errors)
        return;
    const huzhu_text cells[] = {{piece->text.file, strlen(piece->text.file)}, {number, strlen(number)}, error->code, error->input, error->message, error->hint};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        if (i > 0)
            cli_bytes_put(&piece->errors, ',');
        cli_bytes_cell(&piece->errors, cells[i].data, cells[i].size);
    }
    cli_bytes_put(&piece->errors, '\n');
}

/* The code of a row's error in words. Counters are not known here as the row found them: where the single claim is another
 * error, or none, the code alone is told. */
static bool describe_error(cli_worker *worker, cli_piece *piece, size_t row, huzhu_text code)
{
    huzhu_error_view error = {.struct_size = sizeof error};
    piece->bad++;
    if (!worker->job->list_errors && piece->bad > CLI_TOLD_MOST)
        return true;
    if (!ask(worker, piece, row))
        return false;
    bool same = huzhu_decision_error(worker->decision, &error) == HUZHU_OK && error.code.size == code.size && memcmp(error.code.data, code.data, code.size) == 0;
    if (!same) {
        static const char told[] = "an error with the counters as this row found them";
        const huzhu_text none = {"", 0};
        error = (huzhu_error_view){.code = code, .input = none, .message = {told, sizeof told - 1}, .hint = none};
    }
    list_error(worker, piece, row, &error);
    return true;
}

/* ---- rows that are no plain claims ---- */

typedef struct telling {
    huzhu_decision *decision;
    bool raw_ids;
} telling;

static void put_text(huzhu_text text, bool json, cli_bytes *out)
{
    if (json)
        cli_bytes_json(out, text.data, text.size);
    else
        cli_bytes_cell(out, text.data, text.size);
}

static void put_reasons(const telling *t, bool caps, bool json, cli_bytes *out)
{
    size_t written = 0;
    cli_bytes_say(out, json ? "[" : "");
    for (size_t i = 0; i < huzhu_decision_reason_count(t->decision); i++) {
        huzhu_reason_view reason = {.struct_size = sizeof reason};
        if (huzhu_decision_reason_at(t->decision, i, &reason) != HUZHU_OK || (caps && reason.kind != HUZHU_REASON_CAP))
            continue;
        cli_bytes_say(out, written++ == 0 ? "" : json ? "," : ";");
        put_text(reason.code, json, out);
    }
    cli_bytes_say(out, json ? "]" : "");
}

/* The id of the decision is JSON; unquoted it is shorter. */
static bool put_id(const telling *t, bool json, cli_bytes *out)
{
    huzhu_text id = huzhu_decision_id(t->decision);
    cli_flat flat;
    cli_bytes line = {0};
    if (id.size == 0)
        return false;
    if (json) {
        cli_bytes_add(out, id.data, id.size);
        return true;
    }
    cli_bytes_say(&line, "{\"id\":");
    cli_bytes_add(&line, id.data, id.size);
    cli_bytes_put(&line, '}');
    char *scratch = malloc(line.size + 1);
    bool well = scratch != NULL && !line.failed;
    if (well) {
        cli_flat_begin(&flat, line.at, line.size, scratch);
        well = cli_flat_next(&flat) == CLI_FLAT_MEMBER;
    }
    if (well)
        cli_bytes_cell(out, flat.value.at, flat.value.size);
    out->failed = out->failed || !well;
    free(scratch);
    cli_bytes_free(&line);
    return true;
}

static void tell_cell(void *context, const char *name, bool json, cli_bytes *out)
{
    const telling *t = context;
    huzhu_error_view error = {.struct_size = sizeof error};
    huzhu_reason_view reason = {.struct_size = sizeof reason};
    huzhu_text total = huzhu_decision_total_text(t->decision);
    if (strcmp(name, "outcome") == 0)
        put_text(huzhu_outcome_name(huzhu_decision_outcome(t->decision)), json, out);
    else if (strcmp(name, "error") == 0 && huzhu_decision_error(t->decision, &error) == HUZHU_OK)
        put_text(error.code, json, out);
    else if (strcmp(name, "reason") == 0 && huzhu_decision_reason_at(t->decision, 0, &reason) == HUZHU_OK)
        put_text(reason.code, json, out);
    else if (strcmp(name, "reasons") == 0 || strcmp(name, "caps") == 0)
        put_reasons(t, name[0] == 'c', json, out);
    else if (strcmp(name, "total") == 0 && total.size > 0)
        put_text(total, json, out);
    else if ((strcmp(name, "id") != 0 || !put_id(t, json, out)) && json)
        cli_bytes_say(out, "null");
}

/* A row whose cells only make it an error: its answer is the single claim's. */
static bool put_odd(cli_worker *worker, cli_piece *piece, size_t row)
{
    telling t = {worker->decision, worker->job->columns->raw_ids};
    huzhu_error_view error = {.struct_size = sizeof error};
    if (!ask(worker, piece, row))
        return false;
    if (huzhu_decision_error(worker->decision, &error) == HUZHU_OK) {
        piece->bad++;
        list_error(worker, piece, row, &error);
    }
    cli_results_put_told(&worker->results, tell_cell, &t, &piece->out);
    return true;
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
            well = put_odd(worker, piece, row);
            continue;
        }
        cli_results_put_row(&worker->results, array, at, &piece->out);
        if (cli_results_code(&worker->results, error, array->children[error], at, &code))
            well = describe_error(worker, piece, row, code);
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
    bool well = cli_claims_read(&worker->claims, &piece->text) || stop_at_status(piece, 0, HUZHU_NO_MEMORY);
    well = well && check_special(worker, piece);
    huzhu_status status = evaluate(worker, piece, well);
    if (well && stop_at_status(piece, 0, status)) {
        piece->rows = worker->claims.cells.rows;
        if (worker->job->study->study == NULL)
            put_rows(worker, piece);
    }
    for (size_t i = 0; i < outs_of(worker); i++)
        if (worker->outs[i].release != NULL)
            worker->outs[i].release(&worker->outs[i]);
    if (piece->out.failed || piece->errors.failed)
        stop_at_status(piece, 0, HUZHU_NO_MEMORY);
    if (piece->exit_code == CLI_WELL && worker->claims.exit_code != CLI_WELL) {
        piece->exit_code = worker->claims.exit_code;
        memcpy(piece->problem, worker->claims.problem, sizeof piece->problem);
    }
}
