/* carried.h - counters that a run begins with and leaves behind: a folder with a table for each counter of the plan,
 * COUNTER.csv, its columns the parts of the key and `value`. So a year runs month by month.
 */
#ifndef HUZHU_CLI_CARRIED_H
#define HUZHU_CLI_CARRIED_H

#include "cli.h"

#include <huzhu/arrow.h>

/* Sets all counters from a folder's tables. CLI_WELL, or the exit code after a complaint. */
int cli_carried_read(huzhu_arrow *arrow, const huzhu_plan *plan, const char *folder);
/* Makes the folder if it is not there, and writes the tables: under other names first, so that tables of before stay whole
 * until all of the new ones are. CLI_WELL, or the exit code after a complaint. */
int cli_carried_write(const huzhu_arrow *arrow, const huzhu_plan *plan, const char *folder);

#endif
