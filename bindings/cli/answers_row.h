/* answers_row.h - what columns do not say of a row, asked of it as a single claim. Of answers.c alone.
 */
#ifndef HUZHU_CLI_ANSWERS_ROW_H
#define HUZHU_CLI_ANSWERS_ROW_H

#include "answers.h"

/* All return false when the piece ends there: its exit code and problem say why. */

/* line: behind the piece's first. True for HUZHU_OK. */
bool cli_piece_stop_at(cli_piece *piece, size_t line, huzhu_status status);
/* Before rows are decided: those that are not plainly read. */
bool cli_rows_check(cli_worker *worker, cli_piece *piece);
/* Tells what is wrong with a row whose error has this code, and counts it. */
bool cli_row_describe(cli_worker *worker, cli_piece *piece, size_t row, huzhu_text code);
/* The line of results of a row that is no plain claim. */
bool cli_row_put(cli_worker *worker, cli_piece *piece, size_t row);

#endif
