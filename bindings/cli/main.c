/* main.c - `huzhu`: the shell's binding of libhuzhu. One table of commands; each is a function in a file of its own. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

static const cli_command commands[] = {
    {"check", "DIR [--json]", "check the rule files of a ruleset", 1, 1, false, command_check},
    {"plans", "DIR [--json]", "list the plans", 1, 1, false, command_plans},
    {"inputs", "DIR PLAN [--ask enrolment] [--json]", "list what a claim on a plan is made of", 2, 2, false, command_inputs},
    {"show", "DIR PLAN --on DATE", "print a plan as it stood on a day", 2, 2, false, command_show},
    {"counters", "DIR --plan P [FILE…]", "say which counters each claim will read, under which keys", 1, -1, true, command_counters},
    {"eval", "DIR --plan P [--carry|--fresh] [FILE…]", "decide claims: a line of JSON each", 1, -1, true, command_eval},
    {"explain", "DIR --plan P [--carry|--fresh] [--json] [FILE…]", "decide claims and say why", 1, -1, true, command_explain},
    {"test", "DIR", "run the worked examples beside the rules", 1, 1, false, command_test},
    {"feel", "[FILE…]", "evaluate expressions: a line of JSON each", 0, -1, false, command_feel},
    {"disasm", "DIR --plan P", "print a plan's compiled program", 1, 1, true, command_disasm},
    {"version", "", "print the version", 0, 0, false, command_version},
};
#define COMMANDS (sizeof commands / sizeof *commands)

static void help(FILE *out)
{
    fputs("usage: huzhu COMMAND …\n\n", out);
    for (size_t i = 0; i < COMMANDS; i++) fprintf(out, "  %-9s %s\n", commands[i].name, commands[i].about);
    fputs("\nhuzhu COMMAND --help says what each takes. Claims are read from the files named, or from standard input.\n"
          "--lang zh|en, --set PATH=VALUE (repeatable) and --scenario FILE go with eval, explain, counters and show.\n"
          "Exit: 0 well, 1 the answer is no, 2 usage, 3 cannot read or write, 4 a limit or an internal fault.\n", out);
}

static const cli_command *find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static int unknown(const char *name)
{
    if (strcmp(name, "settle") == 0 || strcmp(name, "run") == 0 || strcmp(name, "affects") == 0 || strcmp(name, "resettle") == 0)
        fprintf(stderr, "huzhu: `%s` is not in this version\n", name);
    else
        fprintf(stderr, "huzhu: there is no command `%s`\n", name);
    fputs("huzhu help lists the commands\n", stderr);
    return EXIT_USAGE;
}

static void describe(const cli_command *command)
{
    printf("usage: huzhu %s %s\n%s\n", command->name, command->usage, command->about);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        const cli_command *about = argc > 2 ? find(argv[2]) : NULL;
        if (argc > 2 && about == NULL) return unknown(argv[2]);
        if (about != NULL) describe(about);
        else help(stdout);
        return finish(EXIT_WELL);
    }
    const cli_command *command = find(strcmp(name, "--version") == 0 ? "version" : name);
    if (command == NULL) return unknown(name);
    if (huzhu_abi_version() != HUZHU_ABI_VERSION) {
        fputs("huzhu: the library is of another version than this program\n", stderr);
        return EXIT_LIMIT;
    }
    cli_options options;
    int code = options_read(&options, command, argc - 2, argv + 2);
    if (code == EXIT_WELL && options.help) describe(command);
    else if (code == EXIT_WELL) code = command->run(&options);
    options_free(&options);
    return finish(code);
}
