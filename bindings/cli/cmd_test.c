/* cmd_test.c - huzhu test: the worked examples beside the rules. Its last line is `N passed, N failed`. */
#include "load.h"

#include <stdio.h>

static int run(const cli_options *options, huzhu_diagnostics *diagnostics, huzhu_output *output)
{
    size_t passed = 0, failed = 0;
    huzhu_status status = huzhu_examples_run(options->operands[0], NULL, diagnostics, output, &passed, &failed);
    if (status != HUZHU_OK) {
        cli_tell(diagnostics, status);
        return cli_exit_of(status);
    }
    if (passed + failed == 0)
        cli_complain(CLI_WELL, "%s has no worked examples (PLAN.examples.yaml)", options->operands[0]);
    cli_put(huzhu_output_text(output));
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0 ? CLI_NO : CLI_WELL;
}

int cmd_test(const cli_options *options)
{
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_output *output = NULL;
    huzhu_status status = huzhu_diagnostics_new(NULL, &diagnostics);
    if (status == HUZHU_OK)
        status = huzhu_output_new(NULL, &output);
    int exit_code = status == HUZHU_OK ? run(options, diagnostics, output) : cli_fault("the examples", status);
    huzhu_output_free(output);
    huzhu_diagnostics_free(diagnostics);
    return exit_code;
}
