/* main.c - huzhu, the command line of libhuzhu: the table of commands, and finding the one that is meant. */
#include "options.h"
#include "text.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SCENARIO (CLI_OPTION_SET | CLI_OPTION_SCENARIO)
#define SETTLING (CLI_OPTION_PLAN | CLI_OPTION_CARRY | CLI_OPTION_FRESH | CLI_OPTION_LANG | SCENARIO)
#define RUNNING                                                                                                                  \
    (CLI_OPTION_PLAN | CLI_OPTION_CARRY | CLI_OPTION_FRESH | SCENARIO | CLI_OPTION_FORMAT | CLI_OPTION_TO | CLI_OPTION_OUT |     \
     CLI_OPTION_COLUMNS | CLI_OPTION_IGNORE | CLI_OPTION_ERRORS | CLI_OPTION_COUNTERS_IN | CLI_OPTION_COUNTERS_OUT |             \
     CLI_OPTION_JOBS | CLI_OPTION_QUIET | CLI_OPTION_BLOCK | CLI_OPTION_SCENARIOS | CLI_OPTION_BY | CLI_OPTION_BOUNDS |          \
     CLI_OPTION_QUANTILES)

static const cli_command commands[] = {
    {"check", cmd_check, "DIR [--explain-types] [--json]", "says what is wrong with the rules in DIR",
     "\nErrors and warnings go to standard error, each with its file, line and column; warnings alone are no failure.\n"
     "With --json each is an object on standard output, and nothing else is printed.\n"
     "With --explain-types each expression of rules without errors is told besides, on standard output.\n",
     1, 1, CLI_OPTION_JSON | CLI_OPTION_TYPES, 0},
    {"test", cmd_test, "DIR", "runs the worked examples beside the rules",
     "\nThe examples of a plan stand in PLAN.examples.yaml. The last line is `N passed, N failed`.\n", 1, 1, 0, 0},
    {"plans", cmd_plans, "DIR [--json]", "lists the plans of DIR", "", 1, 1, CLI_OPTION_JSON | CLI_OPTION_LANG, 0},
    {"inputs", cmd_inputs, "DIR PLAN [--ask enrolment] [--json]", "lists what a claim may say",
     "\nconditional: needed when a condition of the plan holds, ignored otherwise.\n", 2, 2,
     CLI_OPTION_ASK | CLI_OPTION_JSON | CLI_OPTION_LANG, 0},
    {"show", cmd_show, "DIR PLAN --on DATE", "shows a plan as it stood on a day", "", 2, 2, CLI_OPTION_ON | CLI_OPTION_LANG, CLI_OPTION_ON},
    {"handbook", cmd_handbook, "DIR [--lang zh|en]", "prints all plans of DIR as one handbook, in Markdown",
     "\nEvery version of everything, with what it stands on; a plan as it stood on one day is `huzhu show`'s.\n", 1, 1,
     CLI_OPTION_LANG, 0},
    {"figures", cmd_figures, "DIR", "lists the figures of DIR by date, a line of JSON each",
     "\nEvery version with its path, first day, value, unit, status and sources; ranges of inputs and what packages replace too.\n",
     1, 1, 0, 0},
    {"eval", cmd_eval, "DIR --plan PLAN [--carry | --fresh] [FILE…]", "settles claims, a line of JSON each",
     "\nA claim is one JSON object on one line; its decision is one line, too. A counter that a claim does not give makes\n"
     "it incomplete, unless --carry or --fresh says where it stands.\n",
     1, -1, SETTLING, CLI_OPTION_PLAN},
    {"settle", cmd_eval, "DIR [--carry | --fresh] [FILE…]", "settles events, each under several plans",
     "\nAn event is a claim with a list of plans: {\"plans\": [\"womens-diseases\", …], …}. A key goes to every plan that has\n"
     "such an input; with its plan before it, \"womens-diseases.cover_start\", to that plan alone.\n",
     1, -1, SETTLING & ~(unsigned)CLI_OPTION_PLAN, 0},
    {"run", cmd_run, "DIR --plan PLAN [--carry | --fresh] [--out FILE] [-j N] [FILE…]", "settles tables of claims as columns: CSV or lines of JSON",
     "\nA row is a claim, and the row of results in its place says its outcome, reason and amounts. CSV is UTF-8 and begins with\n"
     "a line of names: inputs, counters before the claims, id; an empty cell is absent. Lines of JSON are claims as for eval.\n"
     "Without --columns results are id (where claims have one), outcome, reason, error, total, each BENEFIT.net, COUNTER.after.\n"
     "Several files are one table. With --scenarios the rows are summed under each scenario, by group, and one table of sums comes\n"
     "out.\n",
     1, -1, RUNNING, CLI_OPTION_PLAN},
    {"explain", cmd_explain, "DIR [--plan PLAN] [--carry | --fresh] [--json] [FILE…]", "settles claims and says why, in words",
     "\nClaims as for eval; without --plan events as for settle.\n", 1, -1, SETTLING | CLI_OPTION_JSON, 0},
    {"resettle", cmd_resettle, "DIR [--plan PLAN] [--under DIR] [--set PATH=VALUE]… [--text] [--changed] [FILE…]",
     "settles past claims again under changed rules",
     "\nClaims as for eval, or without --plan events as for settle, reversals among them: all of a key from the first that the\n"
     "change concerns, in the order of settling. Each is settled under the rules of DIR, and under those of --under DIR or the\n"
     "settings, with counters of its own on each side. Out: the signed difference of its total, benefits and counters, with\n"
     "both explanations. Standard error has the sums.\n",
     1, -1, CLI_OPTION_PLAN | CLI_OPTION_LANG | CLI_OPTION_UNDER | CLI_OPTION_TEXT | CLI_OPTION_CHANGED | SCENARIO, 0},
    {"affects", cmd_affects, "DIR [--plan PLAN] --set PATH=VALUE… [--fresh] [--json] [FILE…]", "says what settings can move, and in how many claims they do",
     "\nFirst what can differ at all, whatever the claim is, a line for each plan: what is not named cannot. With FILE… (claims as\n"
     "for eval; - is standard input) each claim is settled both ways, and what differs is counted, by member too.\n",
     1, -1, CLI_OPTION_PLAN | CLI_OPTION_FRESH | CLI_OPTION_JSON | SCENARIO, 0},
    {"counters", cmd_counters, "DIR [--plan PLAN] [FILE…]", "says which counters, under which keys, claims will read",
     "\nClaims as for eval, or without --plan events as for settle, without their counters. A host looks up what is named, and\n"
     "sends the claims with it.\n",
     1, -1, CLI_OPTION_PLAN, 0},
    {"feel", cmd_feel, "[FILE…]", "evaluates expressions, a line of JSON each",
     "\nIn: {\"id\": …, \"expr\": \"1 + 2\", \"inputs\": {…}}. Out: {\"id\": …, \"got\": …} or {\"id\": …, \"error\": …}.\n", 0, -1, 0, 0},
    {"disasm", cmd_disasm, "DIR --plan PLAN", "shows the compiled program of a plan", "", 1, 1, CLI_OPTION_PLAN, CLI_OPTION_PLAN},
    {"fmt", cmd_fmt, "[--check] FILE… | DIR…", "tidies rule files: spaces, columns, empty lines",
     "\nFiles are changed in place, in a folder all .yaml files, those of its folders too; `-` reads standard input and\n"
     "writes standard output. Keys, their order, texts and comments stay as they are; a file that does not parse is left.\n",
     1, -1, CLI_OPTION_CHECK, 0},
    {"schema", cmd_schema, "ruleset | plan | table | examples", "prints the JSON Schema of a kind of rule file",
     "\nFor editors: keys, what they are for, and words to choose from. docs/rule-files.md says how to switch it on.\n", 1, 1, 0, 0},
    {"version", cmd_version, "", "prints the version", "", 0, 0, 0, 0},
    {"help", cmd_help, "[COMMAND]", "tells what a command does", "", 0, 1, 0, 0},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

const cli_command *cli_commands(int *count)
{
    *count = COMMANDS;
    return commands;
}

const cli_command *cli_command_find(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

int cli_no_such_command(const char *word)
{
    const char *names[COMMANDS];
    for (int i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    const char *nearest = cli_nearest(word, names, COMMANDS);
    if (nearest != NULL)
        return cli_wrong_usage(NULL, "there is no command `%s`; did you mean `%s`?", word, nearest);
    return cli_wrong_usage(NULL, "there is no command `%s`", word);
}

static int run(const cli_options *options)
{
    if (options->command_word != NULL && options->command == NULL)
        return cli_no_such_command(options->command_word);
    if ((options->given & CLI_OPTION_HELP) != 0) {
        cli_help(options->command);
        return CLI_WELL;
    }
    if ((options->given & CLI_OPTION_VERSION) != 0 && options->command == NULL)
        return cmd_version(options);
    if (options->command == NULL)
        return cli_wrong_usage(NULL, "%s", options->problem[0] != '\0' ? options->problem : "a command is missing");
    if (options->command->run == NULL)
        return cli_wrong_usage(NULL, "`%s` is not in this version", options->command->name);
    int exit_code = cli_options_check(options);
    return exit_code == CLI_WELL ? options->command->run(options) : exit_code;
}

/* Without this the next file opened would take the place of a standard stream that is closed. Each gets one that
 * cannot be used the way it would be, so that using it is an error. */
static void keep_standard_places(void)
{
    static const int ways[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int i = 0; i < 3; i++)
        if (fcntl(i, F_GETFD) == -1 && open("/dev/null", ways[i]) != i)
            _exit(CLI_IO);
}

int main(int argc, char **argv)
{
    cli_options options;
    keep_standard_places();
    signal(SIGPIPE, SIG_IGN); /* exit codes are fixed: a closed pipe is 3, not a death by signal */
    if (huzhu_abi_version() != HUZHU_ABI_VERSION)
        return cli_complain(CLI_FAULT, "the library is of another version than this program");
    bool read = cli_options_read(argc, argv, &options);
    int exit_code = read ? run(&options) : cli_fault("the command line", HUZHU_NO_MEMORY);
    cli_options_free(&options);
    return cli_finish(exit_code);
}
