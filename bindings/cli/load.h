/* load.h - from the words of the command line to a loaded ruleset and a plan. */
#ifndef HUZHU_CLI_LOAD_H
#define HUZHU_CLI_LOAD_H

#include "options.h"

/* Loads the ruleset in options' first operand, with the settings of --scenario and --set. What is wrong with it goes to
 * standard error. CLI_WELL, or the exit code and *out is NULL. */
int cli_load(const cli_options *options, huzhu_ruleset **out);
/* How rules are loaded. */
typedef struct cli_loading {
    bool tell;     /* says what is wrong with them */
    bool examples; /* and with the names in their worked examples */
} cli_loading;

/* The same into diagnostics of the caller, warnings included. */
int cli_load_into(const cli_options *options, huzhu_diagnostics *diagnostics, cli_loading how_to, huzhu_ruleset **out);

/* The plan of an id, or CLI_USAGE after a complaint that names the nearest. */
int cli_find_plan(const cli_options *options, const huzhu_ruleset *ruleset, const char *id, const huzhu_plan **out);

/* Text form on standard error, then how many errors and warnings there are. */
void cli_tell(const huzhu_diagnostics *diagnostics, huzhu_status status);
/* "2 errors, 1 warning" */
void cli_count(const huzhu_diagnostics *diagnostics, char text[64]);

#endif
