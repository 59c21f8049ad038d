/* cmd_feel.c - huzhu feel: expressions in, values out, one JSON object a line each. */
#include "input.h"
#include "json.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>

/* A line that is no case at all: there is no id to echo. */
static void put_no_case(const cli_line *line)
{
    char message[160];
    snprintf(message, sizeof message, "line %" PRIu64 " is %s", line->number,
             line->too_long ? "longer than 1 MiB" : "no JSON object with an `expr`");
    fputs("{\"id\":null,\"error\":{\"code\":\"R_JSON\",\"phase\":\"check\"", stdout);
    cli_put_member(",", "message", cli_text(message));
    puts("}}");
}

/* One line; *no becomes true when its answer is an error. */
static int evaluate(const cli_line *line, huzhu_output *output, bool *no)
{
    huzhu_text error;
    huzhu_output_clear(output);
    huzhu_status status = huzhu_feel_json(line->text, line->size, output);
    if (status == HUZHU_DATA) {
        put_no_case(line);
        *no = true;
        return CLI_WELL;
    }
    if (status != HUZHU_OK)
        return cli_complain(cli_exit_of(status), "%s:%" PRIu64 ": %s", line->file, line->number, huzhu_status_text(status));
    cli_put(huzhu_output_text(output));
    *no = *no || cli_json_member(huzhu_output_text(output), "error", &error);
    return CLI_WELL;
}

int cmd_feel(const cli_options *options)
{
    cli_input input;
    cli_line line;
    huzhu_output *output;
    bool no = false;
    huzhu_status status = huzhu_output_new(NULL, &output);
    if (status != HUZHU_OK)
        return cli_fault("expressions", status);
    int exit_code = cli_input_begin(&input, options->operands, options->operand_count, "expressions");
    while (exit_code == CLI_WELL && cli_can_write() && cli_input_next(&input, &line))
        exit_code = evaluate(&line, output, &no);
    if (exit_code == CLI_WELL)
        exit_code = input.exit_code;
    cli_input_end(&input);
    huzhu_output_free(output);
    return exit_code == CLI_WELL && no ? CLI_NO : exit_code;
}
