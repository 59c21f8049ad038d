/* carried.h - counters that a run begins with and leaves behind: a folder with a table for each counter of the plan,
 * COUNTER.csv (of a package PART.COUNTER.csv), its columns the parts of the key and `value`. So a year runs month by month.
 */
#ifndef HUZHU_CLI_CARRIED_H
#define HUZHU_CLI_CARRIED_H

#include "cli.h"

#include <huzhu/study.h>

/* Bindings that carry counters, each those of its part of all rows (huzhu_arrow_assign). Of a study these are tallies, and parts[0]
 * knows the counters. */
typedef struct cli_carried {
    huzhu_arrow **parts;
    huzhu_tally **tallies;
    size_t count;
} cli_carried;

/* Whether counters can be told apart by huzhu_arrow_assign_counter: their keys hold what claims are settled in turn by. */
bool cli_carried_parts(huzhu_arrow *arrow);
/* Sets all counters from a folder's tables. CLI_WELL, or the exit code after a complaint. */
int cli_carried_read(const cli_carried *carried, const char *folder);
/* Makes the folder if it is not there: before a run, so that it does not fail behind its last row. CLI_WELL, or CLI_IO after a
 * complaint. */
int cli_carried_make_folder(const char *folder);
/* Writes the tables into it, their rows in the order of their texts: under other names
 * first, so that tables of before stay whole until all of the new ones are. CLI_WELL, or the exit code after a complaint. */
int cli_carried_write(const cli_carried *carried, const char *folder);

#endif
