/* settle.c - the run over claims: open, line by line, close. */
#include "settle.h"

#include "load.h"

#include <inttypes.h>

static int open_session(const cli_options *options, cli_session *session)
{
    int exit_code = cli_load(options, &session->ruleset);
    if (exit_code == CLI_WELL && options->plan != NULL)
        exit_code = cli_find_plan(options, session->ruleset, options->plan, &session->plan);
    if (exit_code != CLI_WELL)
        return exit_code;
    huzhu_status status = session->plan != NULL ? huzhu_claim_new(session->plan, &session->claim)
                                                : huzhu_event_new(session->ruleset, &session->claim);
    if (status == HUZHU_OK)
        status = huzhu_decision_new(NULL, &session->decision);
    if (status == HUZHU_OK)
        status = huzhu_output_new(NULL, &session->output);
    if (status == HUZHU_OK && (options->given & CLI_OPTION_CARRY) != 0)
        status = huzhu_ledger_new(NULL, &session->ledger);
    if (status == HUZHU_OK && session->ledger != NULL)
        status = huzhu_ledger_keep_claims(session->ledger);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("no claim can be settled", status);
}

static void close_session(cli_session *session)
{
    huzhu_output_free(session->output);
    huzhu_ledger_free(session->ledger);
    huzhu_decision_free(session->decision);
    huzhu_claim_free(session->claim);
    huzhu_ruleset_release(session->ruleset);
}

huzhu_status cli_read_claim(cli_session *session, const cli_line *line)
{
    huzhu_status status = huzhu_claim_read_json(session->claim, line->text, line->size);
    huzhu_claim_set_fresh(session->claim, (session->options->given & CLI_OPTION_FRESH) != 0);
    return status == HUZHU_DATA ? HUZHU_OK : status;
}

static int settle_lines(cli_session *session, cli_input *input, cli_settle_line one)
{
    cli_line line;
    bool no = false;
    while (cli_can_write() && cli_input_next(input, &line)) {
        if (line.too_long)
            cli_complain(CLI_NO, "%s:%" PRIu64 ": the line is longer than 1 MiB: no claim", line.file, line.number);
        huzhu_status status = one(session, &line);
        if (status != HUZHU_OK)
            return cli_complain(cli_exit_of(status), "%s:%" PRIu64 ": %s", line.file, line.number, huzhu_status_text(status));
        no = no || huzhu_decision_outcome(session->decision) == HUZHU_FAILED;
        session->lines++;
    }
    return input->exit_code != CLI_WELL ? input->exit_code : no ? CLI_NO : CLI_WELL;
}

int cli_settle(const cli_options *options, cli_settle_line one)
{
    cli_session session = {.options = options};
    cli_input input;
    int exit_code = cli_input_begin(&input, options->operands + 1, options->operand_count - 1, "claims");
    if (exit_code == CLI_WELL)
        exit_code = open_session(options, &session);
    if (exit_code == CLI_WELL)
        exit_code = settle_lines(&session, &input, one);
    cli_input_end(&input);
    close_session(&session);
    return exit_code;
}
