/* cmd_check.c - huzhu check: what is wrong with the rules in a folder, for their author or (--json) for an editor. */
#include "load.h"

#include <stdio.h>

/* "beijing 0.1.0: 1 plan, no errors" */
static void say_well(const huzhu_ruleset *ruleset, size_t warnings)
{
    size_t plans = huzhu_ruleset_plan_count(ruleset);
    printf("%s %s: %zu plan%s, no errors", huzhu_ruleset_name(ruleset).data, huzhu_ruleset_version(ruleset).data, plans,
           plans == 1 ? "" : "s");
    if (warnings > 0)
        printf(", %zu warning%s", warnings, warnings == 1 ? "" : "s");
    putchar('\n');
}

/* Each expression of each plan, with its type and path. */
static int tell_types(const huzhu_ruleset *ruleset, bool json)
{
    huzhu_output *output;
    huzhu_status status = huzhu_output_new(NULL, &output);
    for (size_t i = 0; status == HUZHU_OK && i < huzhu_ruleset_plan_count(ruleset); i++) {
        const huzhu_plan *plan = huzhu_ruleset_plan_at(ruleset, i);
        status = json ? huzhu_plan_types_json(plan, output) : huzhu_plan_types(plan, output);
    }
    if (status == HUZHU_OK)
        cli_put(huzhu_output_text(output));
    huzhu_output_free(output);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("the types", status);
}

static int check(const cli_options *options, huzhu_diagnostics *diagnostics)
{
    huzhu_ruleset *ruleset;
    bool json = (options->given & CLI_OPTION_JSON) != 0;
    int exit_code = cli_load_into(options, diagnostics, (cli_loading){!json, true}, &ruleset);
    if (json) {
        cli_put(huzhu_diagnostics_json(diagnostics));
    } else if (ruleset != NULL) {
        huzhu_text warnings = huzhu_diagnostics_text(diagnostics);
        fwrite(warnings.data, 1, warnings.size, stderr);
        say_well(ruleset, huzhu_diagnostics_count(diagnostics));
    }
    if (ruleset != NULL && exit_code == CLI_WELL && (options->given & CLI_OPTION_TYPES) != 0)
        exit_code = tell_types(ruleset, json);
    huzhu_ruleset_release(ruleset);
    return exit_code;
}

int cmd_check(const cli_options *options)
{
    huzhu_diagnostics *diagnostics;
    huzhu_status status = huzhu_diagnostics_new(NULL, &diagnostics);
    if (status != HUZHU_OK)
        return cli_fault("diagnostics", status);
    int exit_code = check(options, diagnostics);
    huzhu_diagnostics_free(diagnostics);
    return exit_code;
}
