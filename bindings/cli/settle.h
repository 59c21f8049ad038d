/* settle.h - a run over claims, line by line: what eval, settle, explain and counters share. */
#ifndef HUZHU_CLI_SETTLE_H
#define HUZHU_CLI_SETTLE_H

#include "input.h"

/* The objects of the run. */
typedef struct cli_session {
    const cli_options *options;
    huzhu_ruleset *ruleset;
    const huzhu_plan *plan; /* NULL: the lines are events, which name their plans */
    huzhu_claim *claim;
    huzhu_decision *decision;
    huzhu_ledger *ledger; /* of --carry, else NULL */
    huzhu_output *output;
    uint64_t lines;       /* claims handed out before this one */
} cli_session;

/* What is done with a claim: writes its answer. A status other than HUZHU_OK ends the run. */
typedef huzhu_status (*cli_settle_line)(cli_session *session, const cli_line *line);

/* Loads the rules, finds the plan if one was named, and gives each line of the claims named to one. The answer is no when a decision is
 * an error. Returns the exit code. */
int cli_settle(const cli_options *options, cli_settle_line one);

/* Reads the line into the session's claim: HUZHU_OK also where it does not fit, for its decision says so. */
huzhu_status cli_read_claim(cli_session *session, const cli_line *line);

#endif
