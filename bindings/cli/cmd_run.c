/* cmd_run.c - huzhu run: claims of one plan as columns, tables in and tables out. Rows are read in pieces, answered by as
 * many threads as asked for (pool.c), and written in the order in which they came; results and messages are the same for any
 * number of threads and any size of pieces.
 */
#include "answers.h"
#include "carried.h"
#include "load.h"
#include "progress.h"
#include "sink.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes of a piece: some thousand rows, so that their columns stay in a processor's cache. */
enum { PIECE = 1 << 19 };

/* Names between commas, as an array. */
typedef struct names {
    char *text;
    const char **at;
    size_t count;
} names;

typedef struct session {
    const cli_options *options;
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    cli_source source;
    cli_columns columns;
    names wanted, ignored;
    cli_job job;
    cli_worker *workers;
    size_t worker_count;
    cli_piece *pieces;
    size_t piece_count;
    cli_carried carried;  /* counters that rows leave to each other; count 0: they do not */
    cli_sink out, errors;
    cli_progress progress;
    uint64_t rows, bad, told;
} session;

static bool given(const session *s, unsigned option)
{
    return (s->options->given & option) != 0;
}

/* ---- names in options ---- */

static bool split(const char *text, names *out)
{
    size_t most = 2; /* and one more, for `error` */
    if (text == NULL)
        return true;
    for (const char *at = text; (at = strchr(at, ',')) != NULL; at++)
        most++;
    out->text = malloc(strlen(text) + 1);
    out->at = calloc(most, sizeof *out->at);
    if (out->text == NULL || out->at == NULL)
        return false;
    memcpy(out->text, text, strlen(text) + 1);
    for (char *at = out->text; at != NULL;) {
        char *comma = strchr(at, ',');
        if (comma != NULL)
            *comma = '\0';
        out->at[out->count++] = at;
        at = comma != NULL ? comma + 1 : NULL;
    }
    return true;
}

static void names_free(names *list)
{
    free(list->text);
    free(list->at);
}

/* ---- what is to be done ---- */

/* Options that do not go together. */
static int check_options(const session *s)
{
    const cli_command *command = s->options->command;
    unsigned counters = CLI_OPTION_COUNTERS_IN | CLI_OPTION_COUNTERS_OUT;
    if (given(s, CLI_OPTION_CARRY) && given(s, CLI_OPTION_FRESH))
        return cli_wrong_usage(command, "either `--carry` or `--fresh`: counters are carried from row to row, or start anew in each");
    if (given(s, counters) && !given(s, CLI_OPTION_CARRY))
        return cli_wrong_usage(command, "`--counters-in` and `--counters-out` need `--carry`");
    return CLI_WELL;
}

static bool writes_json(const session *s)
{
    const cli_options *options = s->options;
    cli_format format = options->to == NULL && options->out != NULL ? cli_format_of_name(options->out) : CLI_FORMAT_OPEN;
    if (options->to != NULL)
        format = options->to[0] == 'c' ? CLI_FORMAT_CSV : CLI_FORMAT_NDJSON;
    return (format != CLI_FORMAT_OPEN ? format : s->source.format) == CLI_FORMAT_NDJSON;
}

static int open_source(session *s)
{
    const cli_options *options = s->options;
    cli_format format = options->format == NULL ? CLI_FORMAT_OPEN : options->format[0] == 'c' ? CLI_FORMAT_CSV : CLI_FORMAT_NDJSON;
    int exit_code = cli_source_begin(&s->source, options->operands + 1, options->operand_count - 1, format, options->block > 0 ? options->block : PIECE);
    if (exit_code == CLI_WELL && options->ignored != NULL && s->source.format == CLI_FORMAT_NDJSON)
        return cli_wrong_usage(options->command, "`--ignore` is for columns of CSV; a key of JSON that the plan does not know is an error of its claim");
    return exit_code;
}

static int find_columns(session *s)
{
    s->job.json = writes_json(s);
    int exit_code = s->source.format == CLI_FORMAT_NDJSON
                        ? cli_columns_of_json(&s->columns, s->plan)
                        : cli_columns_of_csv(&s->columns, s->plan, s->source.header.at, s->source.columns, s->ignored.at, s->ignored.count);
    s->columns.raw_ids = s->columns.json && s->job.json;
    s->columns.fresh = given(s, CLI_OPTION_CARRY | CLI_OPTION_FRESH);
    return exit_code;
}

static void find_results(session *s)
{
    bool error = false;
    s->job.columns = &s->columns;
    s->job.list_errors = s->options->errors != NULL;
    s->job.how = (huzhu_arrow_options){.struct_size = sizeof s->job.how};
    s->job.how.counters = given(s, CLI_OPTION_CARRY) ? HUZHU_COUNTERS_CARRIED : given(s, CLI_OPTION_FRESH) ? HUZHU_COUNTERS_FRESH : HUZHU_COUNTERS_GIVEN;
    s->job.how.ignored = s->ignored.at;
    s->job.how.ignored_count = s->ignored.count;
    if (s->wanted.count == 0)
        return;
    for (size_t i = 0; i < s->wanted.count; i++)
        error = error || strcmp(s->wanted.at[i], "error") == 0;
    s->job.hides_error = !error;
    if (!error)
        s->wanted.at[s->wanted.count++] = "error";
    s->job.how.wanted = s->wanted.at;
    s->job.how.wanted_count = s->wanted.count;
}

/* ---- threads ---- */

static void work(void *context, int worker, void *piece)
{
    session *s = context;
    cli_worker_answer(&s->workers[worker], piece);
}

/* Bindings that carry counters: one for each job, where rows can be told apart by their turn. */
static int make_parts(session *s, size_t jobs)
{
    cli_worker *first = &s->workers[0];
    int exit_code = CLI_WELL;
    s->job.parts = calloc(jobs, sizeof *s->job.parts);
    if (s->job.parts == NULL)
        return cli_fault("threads", HUZHU_NO_MEMORY);
    do
        exit_code = cli_job_bind(&s->job, &first->claims.cells.schema, &s->job.parts[s->carried.count]);
    while (exit_code == CLI_WELL && ++s->carried.count < jobs && cli_carried_parts(s->job.parts[0], s->plan));
    s->carried.plan = s->plan;
    s->carried.parts = s->job.parts;
    return exit_code;
}

/* The first worker says whether the plan can be bound at all. */
static int make_workers(session *s)
{
    size_t jobs = s->options->jobs;
    int exit_code = CLI_WELL;
    s->piece_count = jobs > 1 ? 2 * jobs + 1 : 1;
    s->workers = calloc(jobs + 1, sizeof *s->workers);
    s->pieces = calloc(s->piece_count, sizeof *s->pieces);
    if (s->workers == NULL || s->pieces == NULL)
        return cli_fault("threads", HUZHU_NO_MEMORY);
    exit_code = cli_worker_make(&s->workers[s->worker_count++], &s->job);
    if (exit_code == CLI_WELL && given(s, CLI_OPTION_CARRY)) {
        exit_code = make_parts(s, jobs);
        cli_worker_free(&s->workers[--s->worker_count]);
        s->job.part_count = s->carried.count;
    }
    while (exit_code == CLI_WELL && s->worker_count < jobs)
        exit_code = cli_worker_make(&s->workers[s->worker_count++], &s->job);
    if (exit_code != CLI_WELL)
        return exit_code;
    s->job.pool = cli_pool_new((int)jobs, s->piece_count, s->job.part_count, work, s);
    return s->job.pool != NULL ? CLI_WELL : cli_complain(CLI_FAULT, "no memory or no threads for %zu jobs", jobs);
}

static void tell_ignored(const session *s)
{
    const huzhu_arrow *arrow = s->workers[0].arrow;
    size_t count = huzhu_arrow_ignored_count(arrow);
    if (count == 0 || given(s, CLI_OPTION_QUIET))
        return;
    fputs(count == 1 ? "huzhu: column not looked at:" : "huzhu: columns not looked at:", stderr);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%s %s", i > 0 ? "," : "", huzhu_arrow_ignored_at(arrow, i).data);
    fputc('\n', stderr);
}

/* ---- the run ---- */

static int open_session(session *s)
{
    int exit_code = check_options(s);
    if (exit_code == CLI_WELL)
        exit_code = open_source(s);
    if (exit_code == CLI_WELL && (!split(s->options->columns, &s->wanted) || !split(s->options->ignored, &s->ignored)))
        exit_code = cli_fault("options", HUZHU_NO_MEMORY);
    if (exit_code == CLI_WELL)
        exit_code = cli_load(s->options, &s->ruleset);
    if (exit_code == CLI_WELL)
        exit_code = cli_find_plan(s->options, s->ruleset, s->options->plan, &s->plan);
    if (exit_code == CLI_WELL)
        exit_code = find_columns(s);
    if (exit_code != CLI_WELL)
        return exit_code;
    find_results(s);
    exit_code = make_workers(s);
    if (exit_code == CLI_WELL)
        tell_ignored(s);
    if (exit_code == CLI_WELL && s->options->counters_in != NULL)
        exit_code = cli_carried_read(&s->carried, s->options->counters_in);
    if (exit_code == CLI_WELL)
        exit_code = cli_sink_begin(&s->out, s->options->out, s->source.names, s->source.count);
    if (exit_code == CLI_WELL && s->options->errors != NULL)
        exit_code = cli_sink_begin(&s->errors, s->options->errors, s->source.names, s->source.count);
    return exit_code;
}

static void close_session(session *s)
{
    cli_pool_free(s->job.pool);
    for (size_t i = 0; i < s->worker_count; i++)
        cli_worker_free(&s->workers[i]);
    for (size_t i = 0; i < s->carried.count; i++)
        huzhu_arrow_free(s->carried.parts[i]);
    free(s->job.parts);
    for (size_t i = 0; i < s->piece_count && s->pieces != NULL; i++)
        cli_piece_free(&s->pieces[i]);
    free(s->workers);
    free(s->pieces);
    names_free(&s->wanted);
    names_free(&s->ignored);
    cli_columns_free(&s->columns);
    cli_source_end(&s->source);
    huzhu_ruleset_release(s->ruleset);
}

static bool write_heads(session *s)
{
    static const char errors[] = "file,line,code,input,message,hint\n";
    cli_bytes line = {0};
    if (!s->job.json)
        cli_results_put_names(&s->workers[0].results, &line);
    bool well = !line.failed && cli_sink_put(&s->out, line.at, line.size);
    if (well && s->job.list_errors)
        well = cli_sink_put(&s->errors, errors, sizeof errors - 1);
    cli_bytes_free(&line);
    return well;
}

/* Writes what a piece came to. False: the run ends here, *exit_code says how. */
static bool finish_piece(session *s, const cli_piece *piece, int *exit_code)
{
    bool well = cli_sink_put(&s->out, piece->out.at, piece->out.size);
    if (s->job.list_errors)
        well = cli_sink_put(&s->errors, piece->errors.at, piece->errors.size) && well;
    for (size_t i = 0; i < piece->bad && i < CLI_TOLD_MOST && s->told < CLI_TOLD_MOST && !s->job.list_errors; i++, s->told++) {
        cli_progress_clear(&s->progress);
        cli_flush();
        fwrite(piece->told[i].at, 1, piece->told[i].size, stderr);
    }
    s->rows += piece->rows;
    s->bad += piece->bad;
    if (piece->exit_code != CLI_WELL) {
        cli_progress_clear(&s->progress);
        *exit_code = cli_complain(piece->exit_code, "%s", piece->problem);
    }
    return well && piece->exit_code == CLI_WELL;
}

static int run_pieces(session *s)
{
    cli_pool *pool = s->job.pool;
    uint64_t number = 0;
    int exit_code = CLI_WELL;
    bool more = write_heads(s), well = more;
    for (;;) {
        while (more && cli_pool_count(pool) < s->piece_count) {
            cli_piece *piece = &s->pieces[number % s->piece_count];
            more = cli_source_next(&s->source, &piece->text);
            piece->number = number;
            if (more)
                cli_pool_give(pool, piece);
            number += more;
        }
        if (cli_pool_count(pool) == 0)
            break;
        const cli_piece *piece = cli_pool_take(pool);
        well = well && finish_piece(s, piece, &exit_code);
        more = more && well;
        cli_progress_show(&s->progress, s->rows, s->source.bytes_read, s->source.bytes_all);
    }
    cli_progress_clear(&s->progress);
    return well ? cli_source_tell(&s->source) : exit_code;
}

static int tell_errors(const session *s)
{
    if (s->bad == 0)
        return CLI_WELL;
    return cli_complain(CLI_NO, "%" PRIu64 " of %" PRIu64 " rows %s%s", s->bad, s->rows, s->bad == 1 ? "is an error" : "are errors",
                        s->job.list_errors || s->bad <= CLI_TOLD_MOST ? "" : "; --errors FILE lists all of them");
}

int cmd_run(const cli_options *options)
{
    session s = {.options = options, .source.file = -1};
    int exit_code = open_session(&s);
    cli_progress_begin(&s.progress, !given(&s, CLI_OPTION_QUIET) && (options->out != NULL || !isatty(STDOUT_FILENO)));
    if (exit_code == CLI_WELL) {
        exit_code = run_pieces(&s);
        if (exit_code == CLI_WELL && s.options->counters_out != NULL && cli_can_write() && s.out.error == 0)
            exit_code = cli_carried_write(&s.carried, s.options->counters_out);
        int told = tell_errors(&s);
        exit_code = exit_code == CLI_WELL ? told : exit_code;
    }
    exit_code = cli_sink_end(&s.out, exit_code);
    exit_code = cli_sink_end(&s.errors, exit_code);
    close_session(&s);
    return exit_code;
}
