/* load.c - loading rules and telling what is wrong with them. */
#include "load.h"

#include "input.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- diagnostics ---- */

static void count_severities(const huzhu_diagnostics *diagnostics, size_t *errors, size_t *warnings)
{
    *errors = *warnings = 0;
    for (size_t i = 0; i < huzhu_diagnostics_count(diagnostics); i++) {
        huzhu_diagnostic one = {.struct_size = sizeof one};
        if (huzhu_diagnostics_at(diagnostics, i, &one) != HUZHU_OK)
            continue;
        *errors += one.severity == HUZHU_ERROR;
        *warnings += one.severity == HUZHU_WARNING;
    }
}

void cli_count(const huzhu_diagnostics *diagnostics, char text[64])
{
    size_t errors, warnings;
    count_severities(diagnostics, &errors, &warnings);
    snprintf(text, 64, "%zu error%s, %zu warning%s", errors, errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

void cli_tell(const huzhu_diagnostics *diagnostics, huzhu_status status)
{
    huzhu_text text = huzhu_diagnostics_text(diagnostics);
    char count[64];
    cli_flush();
    if (huzhu_diagnostics_count(diagnostics) == 0) {
        cli_fault("cannot load the rules", status);
        return;
    }
    fwrite(text.data, 1, text.size, stderr);
    cli_count(diagnostics, count);
    fprintf(stderr, "%s\n", count);
}

/* ---- settings ---- */

typedef struct settings {
    char *text;           /* of the scenario file */
    size_t size, room;
    const char **all;     /* that, then --set */
    const char **files;   /* the file's name for the first */
    size_t count;
} settings;

static void settings_free(settings *list)
{
    free(list->text);
    free(list->all);
    free(list->files);
}

/* A line and its end. */
static bool add_line(settings *list, const cli_line *line)
{
    if (list->size + line->size + 2 > list->room) {
        list->room = 2 * (list->size + line->size + 2);
        char *text = realloc(list->text, list->room);
        if (text == NULL)
            return false;
        list->text = text;
    }
    memcpy(list->text + list->size, line->text, line->size);
    list->size += line->size;
    list->text[list->size++] = '\n';
    list->text[list->size] = '\0';
    return true;
}

static int read_scenario(settings *list, const char *name)
{
    cli_input input;
    cli_line line;
    bool memory = true;
    unsigned long long number = 0;
    int exit_code = cli_input_begin(&input, &name, 1, "settings");
    while (exit_code == CLI_WELL && memory && cli_input_next(&input, &line)) {
        const cli_line blank = {.text = "", .file = line.file};
        /* Lines that the input leaves out count, too. */
        while (memory && ++number < (unsigned long long)line.number)
            memory = add_line(list, &blank);
        if (line.too_long || memchr(line.text, '\0', line.size) != NULL)
            exit_code = cli_complain(CLI_USAGE, "%s:%llu: this is no setting; write PATH=VALUE", line.file, (unsigned long long)line.number);
        else
            memory = memory && add_line(list, &line);
    }
    if (exit_code == CLI_WELL)
        exit_code = memory ? input.exit_code : cli_fault("settings", HUZHU_NO_MEMORY);
    cli_input_end(&input);
    return exit_code;
}

static int gather(settings *list, const cli_options *options)
{
    *list = (settings){0};
    int exit_code = options->scenario != NULL ? read_scenario(list, options->scenario) : CLI_WELL;
    if (exit_code != CLI_WELL)
        return exit_code;
    list->all = calloc((size_t)options->setting_count + 1, sizeof *list->all);
    list->files = calloc((size_t)options->setting_count + 1, sizeof *list->files);
    if (list->all == NULL || list->files == NULL)
        return cli_fault("settings", HUZHU_NO_MEMORY);
    if (list->size > 0) {
        list->files[list->count] = options->scenario;
        list->all[list->count++] = list->text;
    }
    for (uint32_t i = 0; i < options->setting_count; i++)
        list->all[list->count++] = options->settings[i];
    return CLI_WELL;
}

/* ---- loading ---- */

int cli_load_into(const cli_options *options, huzhu_diagnostics *diagnostics, cli_loading how_to, huzhu_ruleset **out)
{
    settings list;
    *out = NULL;
    int exit_code = gather(&list, options);
    if (exit_code == CLI_WELL) {
        huzhu_load_options how = {.struct_size = sizeof how};
        how.settings = list.all;
        how.setting_count = (uint32_t)list.count;
        how.check_examples = how_to.examples;
        how.setting_files = list.files;
        huzhu_status status = huzhu_ruleset_load(options->operands[0], &how, diagnostics, out);
        if (status != HUZHU_OK && how_to.tell)
            cli_tell(diagnostics, status);
        exit_code = cli_exit_of(status);
    }
    settings_free(&list);
    return exit_code;
}

int cli_load(const cli_options *options, huzhu_ruleset **out)
{
    huzhu_diagnostics *diagnostics;
    huzhu_status status = huzhu_diagnostics_new(NULL, &diagnostics);
    *out = NULL;
    if (status != HUZHU_OK)
        return cli_fault("diagnostics", status);
    int exit_code = cli_load_into(options, diagnostics, (cli_loading){.tell = true}, out);
    huzhu_diagnostics_free(diagnostics);
    return exit_code;
}

static int no_such_plan(const cli_options *options, const huzhu_ruleset *ruleset, const char *id)
{
    const char *names[64];
    size_t count = huzhu_ruleset_plan_count(ruleset);
    count = count < 64 ? count : 64;
    for (size_t i = 0; i < count; i++)
        names[i] = huzhu_plan_id(huzhu_ruleset_plan_at(ruleset, i)).data;
    const char *nearest = cli_nearest(id, names, count);
    if (nearest != NULL)
        return cli_complain(CLI_USAGE, "%s has no plan `%s`; did you mean `%s`?", huzhu_ruleset_name(ruleset).data, id, nearest);
    return cli_complain(CLI_USAGE, "%s has no plan `%s`; `huzhu plans %s` lists its plans", huzhu_ruleset_name(ruleset).data, id,
                        options->operands[0]);
}

int cli_find_plan(const cli_options *options, const huzhu_ruleset *ruleset, const char *id, const huzhu_plan **out)
{
    huzhu_status status = huzhu_ruleset_plan_find(ruleset, id, HUZHU_NUL, out);
    if (status == HUZHU_NOT_FOUND)
        return no_such_plan(options, ruleset, id);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("the plan", status);
}
