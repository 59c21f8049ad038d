/* answers_row.c - one row as a single claim: what is wrong with it, in words, and lines of JSON that are no plain claim (a
 * request to join, a text that is no JSON). Called by answers.c.
 */
#include "answers_row.h"

#include "flat.h"
#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- complaints ---- */

static bool stop(cli_piece *piece, int exit_code, size_t line, const char *why)
{
    if (piece->exit_code != CLI_WELL)
        return false;
    piece->exit_code = exit_code;
    snprintf(piece->problem, sizeof piece->problem, "%.100s:%" PRIu64 ": %s", piece->text.file, piece->text.line + line, why);
    return false;
}

bool cli_piece_stop_at(cli_piece *piece, size_t line, huzhu_status status)
{
    return status == HUZHU_OK || stop(piece, cli_exit_of(status), line, huzhu_status_text(status));
}

/* ---- rows as single claims ---- */

static bool ask(cli_worker *worker, cli_piece *piece, size_t row)
{
    return cli_piece_stop_at(piece, worker->claims.rows[row].line, cli_claims_ask(&worker->claims, &piece->text, row, worker->claim, worker->decision));
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

bool cli_rows_check(cli_worker *worker, cli_piece *piece)
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
bool cli_row_describe(cli_worker *worker, cli_piece *piece, size_t row, huzhu_text code)
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
bool cli_row_put(cli_worker *worker, cli_piece *piece, size_t row)
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
