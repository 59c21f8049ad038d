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

typedef struct session {
    const cli_options *options;
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan;
    cli_source source;
    cli_columns columns;
    cli_names wanted, ignored;
    cli_names unread;     /* names that may be near an input's: ignored, and what groups are made by */
    cli_study study;
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

/* ---- what is to be done ---- */

/* Options that do not go together. */
static int check_options(session *s)
{
    const cli_command *command = s->options->command;
    unsigned counters = CLI_OPTION_COUNTERS_IN | CLI_OPTION_COUNTERS_OUT;
    if (given(s, CLI_OPTION_CARRY) && given(s, CLI_OPTION_FRESH))
        return cli_wrong_usage(command, "either `--carry` or `--fresh`: counters are carried from row to row, or start anew in each");
    if (given(s, counters) && !given(s, CLI_OPTION_CARRY))
        return cli_wrong_usage(command, "`--counters-in` and `--counters-out` need `--carry`");
    return cli_study_begin(&s->study, s->options);
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
                        : cli_columns_of_csv(&s->columns, s->plan, &s->source, &s->ignored, &s->study.by);
    s->columns.raw_ids = s->columns.json && s->job.json;
    s->columns.fresh = given(s, CLI_OPTION_CARRY | CLI_OPTION_FRESH);
    return exit_code;
}

/* What is wanted of sums: the same options, and what the library has words of its own for. */
static void find_sums(session *s)
{
    huzhu_tally_options *how = &s->study.how;
    how->counters = s->job.how.counters;
    how->ignored = s->ignored.at;
    how->ignored_count = s->ignored.count;
    how->wanted = s->wanted.at;
    how->wanted_count = s->wanted.count;
}

static void find_results(session *s)
{
    bool error = false;
    s->job.study = &s->study;
    s->job.columns = &s->columns;
    s->job.list_errors = s->options->errors != NULL;
    s->job.how = (huzhu_arrow_options){.struct_size = sizeof s->job.how};
    s->job.how.counters = given(s, CLI_OPTION_CARRY) ? HUZHU_COUNTERS_CARRIED : given(s, CLI_OPTION_FRESH) ? HUZHU_COUNTERS_FRESH : HUZHU_COUNTERS_GIVEN;
    s->job.how.ignored = s->unread.at;
    s->job.how.ignored_count = s->unread.count;
    find_sums(s);
    if (s->wanted.count == 0 || s->study.study != NULL)
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
    const struct ArrowSchema *schema = &s->workers[0].claims.cells.schema;
    bool sums = s->study.study != NULL, apart = cli_carried_parts(s->workers[0].arrow);
    int exit_code = CLI_WELL;
    s->job.parts = calloc(jobs, sizeof *s->job.parts);
    s->job.tallies = calloc(jobs, sizeof *s->job.tallies);
    if (s->job.parts == NULL || s->job.tallies == NULL)
        return cli_fault("threads", HUZHU_NO_MEMORY);
    s->carried = (cli_carried){.parts = s->job.parts, .tallies = sums ? s->job.tallies : NULL};
    if (sums)
        exit_code = cli_job_bind(&s->job, schema, &s->job.parts[0]);
    while (exit_code == CLI_WELL && (s->carried.count == 0 || apart) && s->carried.count < jobs) {
        exit_code = sums ? cli_study_bind(&s->study, schema, &s->job.tallies[s->carried.count])
                         : cli_job_bind(&s->job, schema, &s->job.parts[s->carried.count]);
        s->carried.count += exit_code == CLI_WELL;
    }
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

static huzhu_text ignored_at(const session *s, size_t index)
{
    const huzhu_tally *tally = s->job.part_count > 0 ? s->job.tallies[0] : s->workers[0].tally;
    return tally != NULL ? huzhu_tally_ignored_at(tally, index) : huzhu_arrow_ignored_at(s->workers[0].arrow, index);
}

/* Columns that are not looked at, but for those that groups are made by. */
static void tell_ignored(const session *s)
{
    cli_bytes list = {0};
    size_t count = 0;
    huzhu_text name;
    for (size_t i = 0; (name = ignored_at(s, i)).size > 0; i++) {
        bool group = false;
        for (size_t k = 0; k < s->study.by.count; k++)
            group = group || strcmp(name.data, s->study.by.at[k]) == 0;
        if (group)
            continue;
        cli_bytes_say(&list, count++ > 0 ? ", " : "");
        cli_bytes_add(&list, name.data, name.size);
    }
    cli_bytes_put(&list, '\0');
    if (count > 0 && !list.failed && !given(s, CLI_OPTION_QUIET))
        fprintf(stderr, "huzhu: column%s not looked at: %s\n", count == 1 ? "" : "s", list.at);
    cli_bytes_free(&list);
}

/* ---- the run ---- */

static bool split_names(session *s)
{
    const cli_options *options = s->options;
    const cli_names *both[] = {&s->ignored, &s->study.by};
    if (!cli_names_split(&s->wanted, options->columns) || !cli_names_split(&s->ignored, options->ignored))
        return false;
    s->unread.at = calloc(s->ignored.count + s->study.by.count + 1, sizeof *s->unread.at);
    for (size_t k = 0; k < 2 && s->unread.at != NULL; k++)
        for (size_t i = 0; i < both[k]->count; i++)
            s->unread.at[s->unread.count++] = both[k]->at[i];
    return s->unread.at != NULL;
}

static int open_session(session *s)
{
    int exit_code = check_options(s);
    if (exit_code == CLI_WELL)
        exit_code = open_source(s);
    if (exit_code == CLI_WELL && !split_names(s))
        exit_code = cli_fault("options", HUZHU_NO_MEMORY);
    if (exit_code == CLI_WELL)
        exit_code = cli_load(s->options, &s->ruleset);
    if (exit_code == CLI_WELL)
        exit_code = cli_find_plan(s->options, s->ruleset, s->options->plan, &s->plan);
    if (exit_code == CLI_WELL && s->options->scenarios != NULL)
        exit_code = cli_study_compile(&s->study, s->plan, s->options->scenarios);
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
    if (exit_code == CLI_WELL && s->options->counters_out != NULL)
        exit_code = cli_carried_make_folder(s->options->counters_out);
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
    for (size_t i = 0; s->job.parts != NULL && s->job.tallies != NULL && i < s->options->jobs; i++) {
        huzhu_arrow_free(s->job.parts[i]);
        huzhu_tally_free(s->job.tallies[i]);
    }
    free(s->job.parts);
    free(s->job.tallies);
    for (size_t i = 0; i < s->piece_count && s->pieces != NULL; i++)
        cli_piece_free(&s->pieces[i]);
    free(s->workers);
    free(s->pieces);
    cli_names_free(&s->wanted);
    cli_names_free(&s->ignored);
    cli_names_free(&s->unread);
    cli_study_end(&s->study);
    cli_columns_free(&s->columns);
    cli_source_end(&s->source);
    huzhu_ruleset_release(s->ruleset);
}

static bool write_heads(session *s)
{
    static const char errors[] = "file,line,code,input,message,hint\n";
    cli_bytes line = {0};
    if (!s->job.json && s->study.study == NULL)
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

/* The table of a study, once all rows are in. */
static int write_sums(session *s)
{
    bool errors = false;
    int exit_code;
    if (s->job.part_count > 0) {
        exit_code = cli_study_write(s->job.tallies, s->job.part_count, s->job.json, &s->out, &errors);
    } else {
        huzhu_tally **tallies = calloc(s->worker_count, sizeof *tallies);
        if (tallies == NULL)
            return cli_fault("sums", HUZHU_NO_MEMORY);
        for (size_t i = 0; i < s->worker_count; i++)
            tallies[i] = s->workers[i].tally;
        exit_code = cli_study_write(tallies, s->worker_count, s->job.json, &s->out, &errors);
        free(tallies);
    }
    if (exit_code != CLI_WELL || !errors)
        return exit_code;
    return cli_complain(CLI_NO, "some rows are errors: the column `error` counts them, and without --scenarios they are told");
}

int cmd_run(const cli_options *options)
{
    session s = {.options = options, .source.file = -1};
    int exit_code = open_session(&s);
    cli_progress_begin(&s.progress, !given(&s, CLI_OPTION_QUIET) && (options->out != NULL || !isatty(STDOUT_FILENO)));
    if (exit_code == CLI_WELL) {
        exit_code = run_pieces(&s);
        if (exit_code == CLI_WELL && s.study.study != NULL)
            exit_code = write_sums(&s);
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
