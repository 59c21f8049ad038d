/* study.h - `huzhu run --scenarios`: the same rows under many scenarios, and one table of their sums. The library sums; here
 * are the words of the command line, and the table.
 */
#ifndef HUZHU_CLI_STUDY_H
#define HUZHU_CLI_STUDY_H

#include "names.h"
#include "sink.h"

#include <huzhu/study.h>

typedef struct cli_study {
    huzhu_study *study;         /* NULL: this run is none */
    huzhu_tally_options how;    /* of binding */
    cli_names by;
    int64_t *bounds;
    uint32_t *quantiles;
} cli_study;

/* What the options say of by, bounds and quantiles: CLI_WELL, or CLI_USAGE after a complaint. */
int cli_study_begin(cli_study *study, const cli_options *options);
/* Compiles the plan under the scenarios of the file. CLI_WELL, or the exit code after a complaint. */
int cli_study_compile(cli_study *study, const huzhu_plan *plan, const char *file);
/* Binds it to columns. CLI_WELL, or the exit code after a complaint. */
int cli_study_bind(const cli_study *study, const struct ArrowSchema *schema, huzhu_tally **out);
void cli_study_end(cli_study *study);

/* Adds up the tallies and writes the table: by scenario, in their order, then by group, in the order of its text. *errors: some
 * rows were errors. CLI_WELL, or the exit code after a complaint. */
int cli_study_write(huzhu_tally *const *tallies, size_t count, bool json, cli_sink *sink, bool *errors);

#endif
