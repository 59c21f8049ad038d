/* cmd_resettle.c - past claims settled again under changed rules: what each changes by. */
#include "input.h"
#include "load.h"

#include <inttypes.h>
#include <stdio.h>

typedef struct resettling {
    const cli_options *options;
    huzhu_ruleset *was, *now;
    huzhu_resettlement *both;
    huzhu_output *output;
    uint64_t claims, changed, open; /* open: the difference of totals is not known */
    int64_t more, less;             /* 分 */
    bool no;                        /* a side of a claim is an error */
} resettling;

/* ---- Rules ---- */

static int load_both(const cli_options *options, resettling *run)
{
    const char *first[1] = {options->operands[0]}, *second[1] = {options->under != NULL ? options->under : options->operands[0]};
    cli_options was = *options, now = *options;
    was.operands = first;
    was.operand_count = 1;
    was.scenario = NULL;
    was.setting_count = 0;
    now.operands = second;
    now.operand_count = 1;
    int exit_code = cli_load(&was, &run->was);
    return exit_code == CLI_WELL ? cli_load(&now, &run->now) : exit_code;
}

static int begin(const cli_options *options, resettling *run)
{
    const huzhu_plan *was = NULL, *now = NULL;
    *run = (resettling){.options = options};
    if (options->under == NULL && options->scenario == NULL && options->setting_count == 0)
        return cli_wrong_usage(options->command, "nothing is changed: give --set, --scenario or --under");
    int exit_code = load_both(options, run);
    if (exit_code == CLI_WELL && options->plan != NULL)
        exit_code = cli_find_plan(options, run->was, options->plan, &was);
    if (exit_code == CLI_WELL && options->plan != NULL)
        exit_code = cli_find_plan(options, run->now, options->plan, &now);
    if (exit_code != CLI_WELL)
        return exit_code;
    huzhu_status status = was != NULL ? huzhu_resettlement_new(was, now, &run->both)
                                      : huzhu_resettlement_new_events(run->was, run->now, &run->both);
    if (status == HUZHU_OK)
        status = huzhu_output_new(NULL, &run->output);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("no claim can be settled again", status);
}

static void end(resettling *run)
{
    huzhu_output_free(run->output);
    huzhu_resettlement_free(run->both);
    huzhu_ruleset_release(run->was);
    huzhu_ruleset_release(run->now);
}

/* ---- Claims ---- */

static void count(resettling *run, bool changed)
{
    int64_t minor = 0;
    bool known = huzhu_resettlement_difference(run->both, &minor) == HUZHU_OK;
    run->claims++;
    run->changed += changed;
    run->open += changed && !known;
    run->more += minor > 0 ? minor : 0;
    run->less += minor < 0 ? -minor : 0;
    for (uint32_t side = HUZHU_WAS; side <= HUZHU_NOW; side++)
        run->no |= huzhu_decision_outcome(huzhu_resettlement_decision(run->both, side)) == HUZHU_FAILED;
}

static huzhu_status settle_line(resettling *run, const cli_line *line)
{
    const cli_options *options = run->options;
    bool text = (options->given & CLI_OPTION_TEXT) != 0;
    int changed = 0;
    huzhu_output_clear(run->output);
    huzhu_status status = huzhu_resettlement_json(run->both, line->text, line->size, options->language, line->number, run->output);
    if (status == HUZHU_OK)
        status = huzhu_resettlement_changed(run->both, &changed);
    if (status == HUZHU_OK && text) {
        huzhu_output_clear(run->output);
        status = huzhu_resettlement_explain(run->both, options->language, run->output);
    }
    if (status != HUZHU_OK)
        return status;
    if (changed != 0 || (options->given & CLI_OPTION_CHANGED) == 0) {
        if (text) {
            printf("%s%s", run->claims > 0 ? "\n" : "", options->language == HUZHU_ZH ? "第 " : "line ");
            printf("%" PRIu64 "%s", line->number, options->language == HUZHU_ZH ? " 行 " : " ");
        }
        cli_put(huzhu_output_text(run->output));
    }
    count(run, changed != 0);
    return HUZHU_OK;
}

static int settle_lines(resettling *run, cli_input *input)
{
    cli_line line;
    while (cli_can_write() && cli_input_next(input, &line)) {
        if (line.too_long)
            cli_complain(CLI_NO, "%s:%" PRIu64 ": the line is longer than 1 MiB: no claim", line.file, line.number);
        huzhu_status status = settle_line(run, &line);
        if (status != HUZHU_OK)
            return cli_complain(cli_exit_of(status), "%s:%" PRIu64 ": %s", line.file, line.number, huzhu_status_text(status));
    }
    return input->exit_code != CLI_WELL ? input->exit_code : run->no ? CLI_NO : CLI_WELL;
}

/* "12 of 1000 claims change: 3400.00 more is due, 120.00 too much was paid". */
static void tell(const resettling *run)
{
    cli_flush();
    fprintf(stderr, "%" PRIu64 " of %" PRIu64 " claims change: %" PRId64 ".%02d more is due, %" PRId64 ".%02d too much was paid", run->changed,
            run->claims, run->more / 100, (int)(run->more % 100), run->less / 100, (int)(run->less % 100));
    if (run->open > 0)
        fprintf(stderr, "; %" PRIu64 " open", run->open);
    fputc('\n', stderr);
}

int cmd_resettle(const cli_options *options)
{
    resettling run;
    cli_input input;
    int exit_code = cli_input_begin(&input, options->operands + 1, options->operand_count - 1, "claims");
    if (exit_code == CLI_WELL)
        exit_code = begin(options, &run);
    else
        run = (resettling){.options = options};
    if (exit_code == CLI_WELL)
        exit_code = settle_lines(&run, &input);
    if (run.claims > 0)
        tell(&run);
    cli_input_end(&input);
    end(&run);
    return exit_code;
}
