/* load.c - loading a ruleset and saying what went wrong. */
#include "cli.h"

#include <string.h>

int exit_of(huzhu_status status)
{
    switch (status) {
    case HUZHU_OK: return EXIT_WELL;
    case HUZHU_RULES: case HUZHU_VERSION: case HUZHU_DATA: case HUZHU_NOT_FOUND: return EXIT_NO;
    case HUZHU_IO: return EXIT_IO;
    default: return EXIT_LIMIT;
    }
}

int report(huzhu_status status, const char *what)
{
    fprintf(stderr, "huzhu: %s: %s\n", what, huzhu_status_text(status));
    return exit_of(status);
}

int load(const cli_options *options, const char *folder, huzhu_ruleset **out)
{
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_load_options how = {.struct_size = sizeof how, .setting_count = options->setting_count, .settings = options->settings};
    *out = NULL;
    if (huzhu_diagnostics_new(NULL, &diagnostics) != HUZHU_OK) return report(HUZHU_NO_MEMORY, folder);
    huzhu_status status = huzhu_ruleset_load(folder, &how, diagnostics, out);
    if (status != HUZHU_OK) {
        huzhu_text text = huzhu_diagnostics_text(diagnostics);
        if (text.size > 0) fwrite(text.data, 1, text.size, stderr);
        else report(status, folder);
    }
    huzhu_diagnostics_free(diagnostics);
    return exit_of(status);
}

int find_plan(const huzhu_ruleset *rules, const char *id, const huzhu_plan **out)
{
    if (huzhu_ruleset_plan_find(rules, id, HUZHU_NUL, out) == HUZHU_OK) return EXIT_WELL;
    fprintf(stderr, "huzhu: there is no plan `%s`; the plans are", id);
    for (size_t i = 0; i < huzhu_ruleset_plan_count(rules); i++)
        fprintf(stderr, "%s %s", i > 0 ? "," : "", huzhu_plan_id(huzhu_ruleset_plan_at(rules, i)).data);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

int finish(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    fputs("huzhu: cannot write\n", stderr);
    return code > EXIT_IO ? code : EXIT_IO;
}
