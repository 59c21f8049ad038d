/* check.c - check: the rule files of a ruleset, all errors in one run; test: the worked examples; feel, version. */
#include "cli.h"

#include <string.h>

static void summary(FILE *out, const huzhu_diagnostics *diagnostics)
{
    size_t errors = 0, warnings = 0;
    for (size_t i = 0; i < huzhu_diagnostics_count(diagnostics); i++) {
        huzhu_diagnostic one = {.struct_size = sizeof one};
        if (huzhu_diagnostics_at(diagnostics, i, &one) != HUZHU_OK) continue;
        if (one.severity == HUZHU_ERROR) errors++;
        else warnings++;
    }
    fprintf(out, "%zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

static void say_well(const huzhu_ruleset *rules)
{
    size_t plans = huzhu_ruleset_plan_count(rules);
    printf("%s %s: %zu plan%s, no errors\n", huzhu_ruleset_name(rules).data, huzhu_ruleset_version(rules).data, plans, plans == 1 ? "" : "s");
}

int command_check(const cli_options *options)
{
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_ruleset *rules = NULL;
    huzhu_load_options how = {.struct_size = sizeof how, .setting_count = options->setting_count, .settings = options->settings};
    if (huzhu_diagnostics_new(NULL, &diagnostics) != HUZHU_OK) return report(HUZHU_NO_MEMORY, "check");
    huzhu_status status = huzhu_ruleset_load(options->operands[0], &how, diagnostics, &rules);
    if (options->json) {
        print_text(stdout, huzhu_diagnostics_json(diagnostics));
    } else if (huzhu_diagnostics_count(diagnostics) > 0) {
        print_text(stderr, huzhu_diagnostics_text(diagnostics));
        summary(stderr, diagnostics);
    } else if (status != HUZHU_OK) {
        report(status, options->operands[0]);
    }
    if (status == HUZHU_OK && !options->json) say_well(rules);
    huzhu_ruleset_release(rules);
    huzhu_diagnostics_free(diagnostics);
    return exit_of(status);
}

int command_test(const cli_options *options)
{
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_output *output = NULL;
    size_t passed = 0, failed = 0;
    huzhu_load_options how = {.struct_size = sizeof how, .setting_count = options->setting_count, .settings = options->settings};
    if (huzhu_diagnostics_new(NULL, &diagnostics) != HUZHU_OK) return report(HUZHU_NO_MEMORY, "test");
    if (huzhu_output_new(NULL, &output) != HUZHU_OK) {
        huzhu_diagnostics_free(diagnostics);
        return report(HUZHU_NO_MEMORY, "test");
    }
    huzhu_status status = huzhu_examples_run(options->operands[0], &how, diagnostics, output, &passed, &failed);
    print_text(stdout, huzhu_output_text(output));
    int code = exit_of(status);
    if (status != HUZHU_OK) {
        if (huzhu_diagnostics_count(diagnostics) > 0) print_text(stderr, huzhu_diagnostics_text(diagnostics));
        else report(status, options->operands[0]);
    } else {
        printf("%zu passed, %zu failed\n", passed, failed);
        if (failed > 0) code = EXIT_NO;
    }
    huzhu_output_free(output);
    huzhu_diagnostics_free(diagnostics);
    return code;
}

static int evaluate(void *context, const cli_line *line)
{
    huzhu_output *output = context;
    if (line->too_long) {
        fprintf(stderr, "huzhu: line %llu is longer than %u bytes\n", (unsigned long long)line->number, LINE_MOST);
        return EXIT_LIMIT;
    }
    huzhu_output_clear(output);
    huzhu_status status = huzhu_feel_json(line->text, line->size, output);
    if (status != HUZHU_OK) {
        fprintf(stderr, "huzhu: line %llu is no case: {\"id\": …, \"expr\": …, \"inputs\": {…}}\n", (unsigned long long)line->number);
        return exit_of(status);
    }
    print_text(stdout, huzhu_output_text(output));
    return strstr(huzhu_output_text(output).data, "\"error\":{") != NULL ? EXIT_NO : EXIT_WELL;
}

int command_feel(const cli_options *options)
{
    huzhu_output *output = NULL;
    if (huzhu_output_new(NULL, &output) != HUZHU_OK) return report(HUZHU_NO_MEMORY, "feel");
    int code = each_line(options->operands, options->operand_count, evaluate, output);
    huzhu_output_free(output);
    return code;
}

int command_version(const cli_options *options)
{
    (void)options;
    printf("huzhu %s (ABI %u)\n", huzhu_version_text(), (unsigned)huzhu_abi_version());
    return EXIT_WELL;
}
