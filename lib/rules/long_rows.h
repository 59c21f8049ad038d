/* long_rows.h - rows of a table's version that are too many to be read into expressions each: kept as their tree until the
 * checker has made a look-up of them (program/check_long.c), and as a few bytes a cell from then on.
 *
 * Not in them: ids, provenance of a single row, readings. read_long.c reads them.
 */
#ifndef HZ_RULES_LONG_ROWS_H
#define HZ_RULES_LONG_ROWS_H

#include "rules/model.h"

/* Of one version; what rows give counts as cells. */
#define HZ_ROWS_MOST 100000
#define HZ_CELLS_MOST 300000

/* A cell as it is written; its words lie in scratch. */
hz_table_cell hz_long_cell(hz_arena *scratch, const hz_long_rows *rows, uint32_t row, uint32_t column);
/* The row's path: "fee[40017]". */
hz_str hz_long_path(const hz_long_rows *rows, uint32_t row);

#endif
