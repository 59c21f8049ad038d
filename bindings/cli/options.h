/* options.h - the words of the command line, told apart. Options may stand before, between and behind operands. */
#ifndef HUZHU_CLI_OPTIONS_H
#define HUZHU_CLI_OPTIONS_H

#include "cli.h"

enum {
    CLI_OPTION_JSON = 1 << 0,
    CLI_OPTION_PLAN = 1 << 1,
    CLI_OPTION_ON = 1 << 2,
    CLI_OPTION_ASK = 1 << 3,
    CLI_OPTION_CARRY = 1 << 4,
    CLI_OPTION_FRESH = 1 << 5,
    CLI_OPTION_LANG = 1 << 6,
    CLI_OPTION_SET = 1 << 7,
    CLI_OPTION_SCENARIO = 1 << 8,
    CLI_OPTION_HELP = 1 << 9,
    CLI_OPTION_VERSION = 1 << 10,
    CLI_OPTION_CHECK = 1 << 11,
    CLI_OPTION_TYPES = 1 << 12,
    CLI_OPTION_FORMAT = 1 << 13,
    CLI_OPTION_TO = 1 << 14,
    CLI_OPTION_OUT = 1 << 15,
    CLI_OPTION_COLUMNS = 1 << 16,
    CLI_OPTION_IGNORE = 1 << 17,
    CLI_OPTION_ERRORS = 1 << 18,
    CLI_OPTION_COUNTERS_IN = 1 << 19,
    CLI_OPTION_COUNTERS_OUT = 1 << 20,
    CLI_OPTION_JOBS = 1 << 21,
    CLI_OPTION_QUIET = 1 << 22,
    CLI_OPTION_BLOCK = 1 << 23,
    CLI_OPTION_UNDER = 1 << 24,
    CLI_OPTION_TEXT = 1 << 25,
    CLI_OPTION_CHANGED = 1 << 26,
    CLI_OPTION_SCENARIOS = 1 << 27,
    CLI_OPTION_BY = 1 << 28,
    CLI_OPTION_BOUNDS = 1 << 29,
    CLI_OPTION_QUANTILES = 1 << 30
};

/* Most threads that may be asked for. */
enum { CLI_JOBS_MOST = 256 };

struct cli_options {
    const cli_command *command; /* NULL: none was named, or there is none of that name */
    const char *command_word;   /* as typed, or NULL */
    const char **operands;      /* what follows the command, in order */
    int operand_count;
    unsigned given;             /* CLI_OPTION_… */
    const char *plan, *on, *scenario, *under;
    const char **settings;      /* of --set, in order */
    uint32_t setting_count;
    const char *format, *to;    /* "csv" or "ndjson", or NULL */
    const char *out, *errors, *counters_in, *counters_out;
    const char *columns, *ignored, *by, *bounds, *quantiles; /* with commas between them, or NULL */
    const char *scenarios;
    uint32_t jobs;              /* 1 unless -j */
    uint32_t block;             /* bytes, 0: as it is best */
    uint32_t language;          /* HUZHU_ZH unless --lang en */
    uint32_t question;          /* HUZHU_ASK_CLAIM unless --ask enrolment */
    char problem[200];          /* the first word that is wrong, as a message; "" when none is */
};

/* Tells the words apart. False: no memory. What is wrong stands in problem and is for the caller to tell. */
bool cli_options_read(int argc, char **argv, cli_options *out);
void cli_options_free(cli_options *options);

/* Whether the words suit the command: its number of operands, the options it takes and needs. CLI_WELL, or CLI_USAGE
 * after a complaint. */
int cli_options_check(const cli_options *options);

/* A line of help for each of some options. */
void cli_options_help(unsigned which);

#endif
