/* cli.h - what every file of the command line shares: exit codes, messages, the commands.
 *
 * The program is the shell's binding of libhuzhu: it knows the public header alone, and no plan by name.
 */
#ifndef HUZHU_CLI_CLI_H
#define HUZHU_CLI_CLI_H

#include <huzhu/huzhu.h>

#include <stdbool.h>

/* Exit codes, fixed by the contract. */
enum {
    CLI_WELL = 0,  /* refused and incomplete claims included */
    CLI_NO = 1,    /* the answer is no: errors in rules, failing examples, an `error` line */
    CLI_USAGE = 2, /* the command line is wrong */
    CLI_IO = 3,    /* something cannot be read or written */
    CLI_FAULT = 4  /* a limit, no memory, a fault of ours */
};

typedef struct cli_options cli_options;

/* A command: a row of the table in main.c. */
typedef struct cli_command {
    const char *name;
    int (*run)(const cli_options *options); /* its exit code; NULL: not in this version */
    const char *usage;      /* what follows the name: "DIR [--json]" */
    const char *what;       /* one line, for the list of commands */
    const char *more;       /* paragraphs for `help COMMAND`, or "" */
    int operands_least;
    int operands_most;      /* -1: any number */
    unsigned takes, needs;  /* options, CLI_OPTION_… */
} cli_command;

/* NULL when there is no such command. */
const cli_command *cli_command_find(const char *name);
/* A complaint that names the nearest; CLI_USAGE. */
int cli_no_such_command(const char *word);
/* All of them; *count is how many. */
const cli_command *cli_commands(int *count);

int cmd_check(const cli_options *options);
int cmd_test(const cli_options *options);
int cmd_plans(const cli_options *options);
int cmd_inputs(const cli_options *options);
int cmd_show(const cli_options *options);
int cmd_disasm(const cli_options *options);
int cmd_handbook(const cli_options *options);
int cmd_figures(const cli_options *options);
int cmd_affects(const cli_options *options);
int cmd_counters(const cli_options *options);
int cmd_eval(const cli_options *options);
int cmd_run(const cli_options *options);
int cmd_resettle(const cli_options *options);
int cmd_explain(const cli_options *options);
int cmd_fmt(const cli_options *options);
int cmd_schema(const cli_options *options);
int cmd_feel(const cli_options *options);
int cmd_version(const cli_options *options);
int cmd_help(const cli_options *options);

/* help.c: to standard output; command NULL: the program's own. */
void cli_help(const cli_command *command);

/* ---- message.c ---- */

#if defined(__GNUC__) || defined(__clang__)
#define CLI_PRINTF(text, arguments) __attribute__((format(printf, text, arguments)))
#else
#define CLI_PRINTF(text, arguments)
#endif

/* "huzhu: …" on standard error; returns exit_code, so that a caller can return what it complained of. */
int cli_complain(int exit_code, const char *format, ...) CLI_PRINTF(2, 3);
/* "huzhu COMMAND: …" and the usage line; returns CLI_USAGE. command NULL: of the program. */
int cli_wrong_usage(const cli_command *command, const char *format, ...) CLI_PRINTF(2, 3);
/* Complains of a call of the library that cannot go wrong by the user's doing. */
int cli_fault(const char *doing, huzhu_status status);
/* The exit code that a status amounts to. */
int cli_exit_of(huzhu_status status);

/* To standard output; errors show in cli_finish. */
void cli_put(huzhu_text text);
/* Flushes it. */
void cli_flush(void);
/* False once writing to standard output has failed: there is no sense in going on. */
bool cli_can_write(void);
/* Flushes standard output: exit_code, or CLI_IO with a complaint when something could not be written. */
int cli_finish(int exit_code);

#endif
