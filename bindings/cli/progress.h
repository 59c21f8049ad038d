/* progress.h - how far a run is, on the last line of a terminal; nothing where standard error is none. */
#ifndef HUZHU_CLI_PROGRESS_H
#define HUZHU_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct cli_progress {
    bool on, shown;
    struct timespec begun, told;
} cli_progress;

/* wanted: the user did not ask for quiet, and results do not go to the same terminal. */
void cli_progress_begin(cli_progress *progress, bool wanted);
/* After each piece: rows so far; bytes of all, 0 where nobody knows how many there are. Shown ten times a second. */
void cli_progress_show(cli_progress *progress, uint64_t rows, uint64_t bytes, uint64_t all);
/* Takes the line away, so that what is told next stands alone. */
void cli_progress_clear(cli_progress *progress);

#endif
