/* answers.h - a piece of claims in, lines of results out or sums added to: what a thread of `huzhu run` does, and what all of them share.
 */
#ifndef HUZHU_CLI_ANSWERS_H
#define HUZHU_CLI_ANSWERS_H

#include "claims.h"
#include "pool.h"
#include "results.h"
#include "study.h"

/* Errors that are told on standard error; a file of errors has all of them. */
enum { CLI_TOLD_MOST = 3 };

/* A piece on its way: read, answered by some thread, written in order. */
typedef struct cli_piece {
    uint64_t number;      /* from 0 */
    cli_piece_text text;
    cli_bytes out;        /* lines of results */
    cli_bytes errors;     /* lines for the file of errors */
    cli_bytes told[CLI_TOLD_MOST]; /* messages for standard error */
    size_t rows, bad;     /* bad: rows that are errors */
    int exit_code;        /* CLI_WELL, or why there are no lines behind these */
    char problem[400];    /* then: the complaint, or "" */
} cli_piece;

void cli_piece_free(cli_piece *piece);

/* What a run is, the same for all threads. */
typedef struct cli_job {
    const cli_columns *columns;
    huzhu_arrow_options how;  /* of binding; `error` is among what is wanted */
    bool json;                /* lines of results are JSON */
    bool hides_error;         /* `error` stands last, and nobody asked for it */
    bool list_errors;         /* lines for the file of errors are made */
    /* Where counters are carried: bindings that keep them, each those of its part of all rows (huzhu_arrow_assign), which it
     * decides in their order, whatever thread does it. Without parts every thread decides by its own binding. */
    huzhu_arrow **parts;
    size_t part_count;
    const cli_study *study;   /* its `study` NULL: rows are answered; else they are summed, and there are no lines */
    huzhu_tally **tallies;    /* then, in place of parts */
    cli_pool *pool;
} cli_job;

/* One thread's. */
typedef struct cli_worker {
    const cli_job *job;
    cli_claims claims;
    huzhu_arrow *arrow;
    huzhu_tally *tally;       /* of a study without parts */
    huzhu_diagnostics *diagnostics;
    uint32_t *part;           /* of parts: per row */
    size_t part_room;
    cli_cells *part_cells;    /* per part: its rows */
    struct ArrowArray *outs;  /* per part, or of all rows */
    size_t *next;             /* per part: its next row to be written */
    cli_results results;      /* one dictionary of codes serves all parts: they come from one plan */
    huzhu_claim *claim;
    huzhu_decision *decision;
} cli_worker;

/* A binding of the plan to the columns. CLI_WELL, or the exit code after a complaint. */
int cli_job_bind(const cli_job *job, const struct ArrowSchema *schema, huzhu_arrow **out);

/* CLI_WELL, or the exit code after a complaint; end it all the same. */
int cli_worker_make(cli_worker *worker, const cli_job *job);
void cli_worker_free(cli_worker *worker);

/* Answers a piece: fills all of it but the text. */
void cli_worker_answer(cli_worker *worker, cli_piece *piece);

#endif
