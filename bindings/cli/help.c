/* help.c - huzhu help, huzhu version, --help: from the table of commands and the table of options. */
#include "options.h"
#include "text.h"

#include <stdio.h>

static void program_help(void)
{
    int count;
    const cli_command *commands = cli_commands(&count);
    puts("huzhu settles claims of mutual-aid plans by rules that are kept in YAML files.\n"
         "\n"
         "usage: huzhu COMMAND …\n");
    for (int i = 0; i < count; i++)
        if (commands[i].run != NULL)
            printf("  %-9s %s\n", commands[i].name, commands[i].what);
    puts("\n"
         "`huzhu help COMMAND` tells more. DIR is the folder of a ruleset, with its ruleset.yaml. FILE… are files with a\n"
         "JSON object a line; without them, and for `-`, standard input is read.\n"
         "Exit status: 0 well; 1 the answer is no (errors in the rules, failing examples, an error among the claims);\n"
         "2 wrong usage; 3 cannot read or write; 4 a limit or an internal fault.");
}

void cli_help(const cli_command *command)
{
    if (command == NULL) {
        program_help();
        return;
    }
    printf("usage: huzhu %s%s%s\n\nhuzhu %s %s.\n", command->name, command->usage[0] != '\0' ? " " : "", command->usage, command->name,
           command->what);
    fputs(command->more, stdout);
    if (command->takes != 0) {
        puts("\noptions");
        cli_options_help(command->takes);
    }
}

int cmd_help(const cli_options *options)
{
    if (options->operand_count == 0) {
        cli_help(NULL);
        return CLI_WELL;
    }
    const cli_command *command = cli_command_find(options->operands[0]);
    if (command == NULL)
        return cli_no_such_command(options->operands[0]);
    cli_help(command);
    return CLI_WELL;
}

int cmd_version(const cli_options *options)
{
    (void)options;
    printf("huzhu %s (ABI %u)\n", huzhu_version_text(), (unsigned)huzhu_abi_version());
    return CLI_WELL;
}
