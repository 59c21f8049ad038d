/* cmd_rules.c - schema: what editors want of rule files. */
#include "options.h"

#include <string.h>

int cmd_schema(const cli_options *options)
{
    static const struct {
        const char *name;
        uint32_t file;
    } files[] = {{"ruleset", HUZHU_FILE_RULESET}, {"plan", HUZHU_FILE_PLAN}, {"table", HUZHU_FILE_TABLE}, {"examples", HUZHU_FILE_EXAMPLES}};
    const char *word = options->operands[0];
    uint32_t file = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(word, files[i].name) == 0)
            file = files[i].file;
    if (file == 0)
        return cli_wrong_usage(options->command, "`%s` is no kind of rule file; write ruleset, plan, table or examples", word);
    huzhu_output *output;
    huzhu_status status = huzhu_output_new(NULL, &output);
    if (status != HUZHU_OK)
        return cli_fault("the schema", status);
    status = huzhu_rules_schema(file, output);
    if (status == HUZHU_OK)
        cli_put(huzhu_output_text(output));
    huzhu_output_free(output);
    return status == HUZHU_OK ? CLI_WELL : cli_fault("the schema", status);
}
