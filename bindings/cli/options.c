/* options.c - getopt_long over one table of options. It never prints by itself: messages are ours, and name the word.
 *
 * Which command takes which option stands in the table of commands (main.c). Abbreviations of options are refused:
 * scripts that use them break when an option is added.
 */
#include "options.h"

#include "text.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_option {
    const char *name;
    const char *value; /* what it takes, or NULL */
    unsigned bit;
    const char *help;
    char letter;       /* of the short form, or NUL */
} options[] = {
    {"plan", "PLAN", CLI_OPTION_PLAN, "the plan, by its id (huzhu plans DIR lists them)", 0},
    {"on", "DATE", CLI_OPTION_ON, "the day, YYYY-MM-DD, or YYYY-MM for the first of a month", 0},
    {"ask", "WHAT", CLI_OPTION_ASK, "claim (the default) or enrolment", 0},
    {"json", NULL, CLI_OPTION_JSON, "one JSON object a line instead of text", 0},
    {"carry", NULL, CLI_OPTION_CARRY, "keep the counters from claim to claim; keys not met before are new", 0},
    {"fresh", NULL, CLI_OPTION_FRESH, "counters that a claim does not give have new keys", 0},
    {"lang", "zh|en", CLI_OPTION_LANG, "language of labels and explanations; zh is the default", 0},
    {"set", "PATH=VALUE", CLI_OPTION_SET, "replace a value of the rules, as PLAN.NAME=60 or 'PLAN.NAME=60 from 2026-01-01'", 0},
    {"scenario", "FILE", CLI_OPTION_SCENARIO, "settings like those of --set, one a line, applied before them; # begins a comment", 0},
    {"under", "DIR", CLI_OPTION_UNDER, "the rules as they are now; without it those of DIR with the settings", 0},
    {"text", NULL, CLI_OPTION_TEXT, "for people: what changes, and both explanations", 0},
    {"changed", NULL, CLI_OPTION_CHANGED, "only claims that change", 0},
    {"check", NULL, CLI_OPTION_CHECK, "change nothing: name the files that would change, exit status 1 if there is one", 0},
    {"explain-types", NULL, CLI_OPTION_TYPES, "tell each expression's type, range and path: 64-bit or 128-bit, and why", 0},
    {"format", "csv|ndjson", CLI_OPTION_FORMAT, "what the claims are; else the name of the file says it, or its first character", 0},
    {"to", "csv|ndjson", CLI_OPTION_TO, "what is written; else the name of --out says it, or it is what the claims are", 0},
    {"out", "FILE", CLI_OPTION_OUT, "where results are written; standard output is the default", 0},
    {"columns", "A,B", CLI_OPTION_COLUMNS, "the results, in this order: id, outcome, reason, error, reasons, caps, total, BENEFIT.gross, BENEFIT.net, COUNTER.after", 0},
    {"ignore", "A,B", CLI_OPTION_IGNORE, "columns of the file that are none of the plan's although their names are near", 0},
    {"errors", "FILE", CLI_OPTION_ERRORS, "a table of all rows in error, in words: file, line, code, input, message, hint", 0},
    {"counters-in", "FOLDER", CLI_OPTION_COUNTERS_IN, "counters to begin with, as --counters-out left them; with --carry", 0},
    {"counters-out", "FOLDER", CLI_OPTION_COUNTERS_OUT, "where counters are left at the end, a CSV table for each; with --carry", 0},
    {"jobs", "N", CLI_OPTION_JOBS, "threads; 1 is the default, and the results are the same", 'j'},
    {"quiet", NULL, CLI_OPTION_QUIET, "no progress on the terminal, and columns that are not looked at are not listed", 'q'},
    {"block", "BYTES", CLI_OPTION_BLOCK, "bytes of claims that are answered at a time; the results are the same", 0},
    {"scenarios", "FILE", CLI_OPTION_SCENARIOS, "sums under many scenarios instead of answers: `[name]` begins one, its settings follow, a line each", 0},
    {"by", "A,B", CLI_OPTION_BY, "columns that make the groups of those sums", 0},
    {"bounds", "A,B", CLI_OPTION_BOUNDS, "amounts between which paid rows are counted by their total, as 500,1000", 0},
    {"quantiles", "N,N", CLI_OPTION_QUANTILES, "quantiles of the totals of paid rows, in hundredths: 50 is the median", 0},
    {"help", NULL, CLI_OPTION_HELP, "this help", 'h'},
    {"version", NULL, CLI_OPTION_VERSION, "the version", 0},
};

enum { OPTIONS = sizeof options / sizeof *options, OPERAND = 1 };

/* ---- what is wrong ---- */

/* Keeps the first problem alone. */
static bool wrong(cli_options *out, const char *format, const char *first, const char *second)
{
    if (out->problem[0] == '\0')
        snprintf(out->problem, sizeof out->problem, format, first, second);
    return false;
}

/* The option nearest to a word, whose dashes and value do not count. */
static const char *nearest_option(const char *word)
{
    const char *names[OPTIONS];
    char name[32];
    for (int i = 0; i < OPTIONS; i++)
        names[i] = options[i].name;
    word += strspn(word, "-");
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    return cli_nearest(name, names, OPTIONS);
}

static bool wrong_option(cli_options *out, const char *word)
{
    char shown[64];
    const char *nearest = nearest_option(word);
    snprintf(shown, sizeof shown, "%.*s", (int)strcspn(word, "="), word);
    if (nearest != NULL)
        return wrong(out, "there is no option `%s`; did you mean `--%s`?", shown, nearest);
    return wrong(out, "there is no option `%s`", shown, "");
}

/* ---- one option ---- */

static bool take_language(cli_options *out, const char *value)
{
    if (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0)
        return wrong(out, "`--lang %s`: the languages are zh and en", value, "");
    out->language = value[0] == 'z' ? HUZHU_ZH : HUZHU_EN;
    return true;
}

static bool take_question(cli_options *out, const char *value)
{
    if (strcmp(value, "claim") != 0 && strcmp(value, "enrolment") != 0)
        return wrong(out, "`--ask %s`: a plan is asked for `claim` or `enrolment`", value, "");
    out->question = value[0] == 'e' ? HUZHU_ASK_ENROLMENT : HUZHU_ASK_CLAIM;
    return true;
}

static bool take_setting(cli_options *out, const char *value)
{
    if (strchr(value, '=') == NULL)
        return wrong(out, "`--set %s` has no value; write PATH=VALUE", value, "");
    out->settings[out->setting_count++] = value;
    return true;
}

static bool take_format(cli_options *out, const char *option, const char *value, const char **to)
{
    if (strcmp(value, "csv") != 0 && strcmp(value, "ndjson") != 0)
        return wrong(out, "`--%s %s`: the formats are csv and ndjson", option, value);
    *to = value;
    return true;
}

/* A whole number from least to most, in digits alone. */
static bool take_number(cli_options *out, const char *option, const char *value, uint32_t least, uint32_t most, uint32_t *to)
{
    uint64_t number = 0;
    size_t size = strlen(value);
    bool digits = size < 10 && strspn(value, "0123456789") == size;
    for (size_t i = 0; i < size && digits; i++)
        number = 10 * number + (uint64_t)(value[i] - '0');
    if (!digits || number < least || number > most) {
        char range[80];
        snprintf(range, sizeof range, "a whole number from %u to %u", (unsigned)least, (unsigned)most);
        return wrong(out, "`--%s` takes %s", option, range);
    }
    *to = (uint32_t)number;
    return true;
}

static bool take(cli_options *out, const struct cli_option *option, const char *value)
{
    bool again = (out->given & option->bit) != 0;
    out->given |= option->bit;
    if (option->value != NULL && value[0] == '\0')
        return wrong(out, "`--%s` is empty; it takes %s", option->name, option->value);
    if (again && option->value != NULL && option->bit != CLI_OPTION_SET)
        return wrong(out, "`--%s` is given twice", option->name, "");
    switch (option->bit) {
    case CLI_OPTION_PLAN: out->plan = value; return true;
    case CLI_OPTION_ON: out->on = value; return true;
    case CLI_OPTION_SCENARIO: out->scenario = value; return true;
    case CLI_OPTION_UNDER: out->under = value; return true;
    case CLI_OPTION_LANG: return take_language(out, value);
    case CLI_OPTION_ASK: return take_question(out, value);
    case CLI_OPTION_SET: return take_setting(out, value);
    case CLI_OPTION_FORMAT: return take_format(out, "format", value, &out->format);
    case CLI_OPTION_TO: return take_format(out, "to", value, &out->to);
    case CLI_OPTION_OUT: out->out = value; return true;
    case CLI_OPTION_COLUMNS: out->columns = value; return true;
    case CLI_OPTION_IGNORE: out->ignored = value; return true;
    case CLI_OPTION_ERRORS: out->errors = value; return true;
    case CLI_OPTION_COUNTERS_IN: out->counters_in = value; return true;
    case CLI_OPTION_COUNTERS_OUT: out->counters_out = value; return true;
    case CLI_OPTION_SCENARIOS: out->scenarios = value; return true;
    case CLI_OPTION_BY: out->by = value; return true;
    case CLI_OPTION_BOUNDS: out->bounds = value; return true;
    case CLI_OPTION_QUANTILES: out->quantiles = value; return true;
    case CLI_OPTION_JOBS: return take_number(out, "jobs", value, 1, CLI_JOBS_MOST, &out->jobs);
    case CLI_OPTION_BLOCK: return take_number(out, "block", value, 1, 1u << 28, &out->block);
    default: return true;
    }
}

static void take_operand(cli_options *out, const char *word)
{
    if (out->command_word != NULL) {
        out->operands[out->operand_count++] = word;
        return;
    }
    out->command_word = word;
    out->command = cli_command_find(word);
}

/* ---- all words ---- */

/* word: the element of argv that getopt is in; index: of the option it found. */
static void take_long(cli_options *out, const char *word, int index)
{
    if (strcspn(word + 2, "=") != strlen(options[index].name))
        wrong(out, "write `--%s` in full, not `%s`", options[index].name, word);
    else
        take(out, &options[index], optarg);
}

static const struct cli_option *with_letter(int letter)
{
    for (int i = 0; i < OPTIONS; i++)
        if (letter != 0 && options[i].letter == letter)
            return &options[i];
    return NULL;
}

/* `-j4` or `-j 4`; a word such as `-json` is another option with one dash. */
static void take_short(cli_options *out, const char *word, const struct cli_option *option)
{
    if (option->value != NULL && strncmp(word, "--", 2) != 0 && word[1] == option->letter && word[2] != '\0' && strspn(word + 2, "0123456789") < strlen(word + 2))
        wrong_option(out, word);
    else
        take(out, option, optarg);
}

static void refuse(cli_options *out, const char *word, int found)
{
    if (found == ':' && with_letter(optopt) != NULL && strncmp(word, "--", 2) != 0) {
        wrong(out, "`%s` is the last word; its value is missing%s", word, "");
        return;
    }
    const char *nearest = nearest_option(word);
    bool known = nearest != NULL && strncmp(word, "--", 2) == 0 && strcspn(word + 2, "=") == strlen(nearest) &&
                 strncmp(word + 2, nearest, strlen(nearest)) == 0;
    if (found == ':' && known)
        wrong(out, "`--%s` is the last word; its value is missing%s", nearest, "");
    else if (found == '?' && known)
        wrong(out, "`--%s` takes no value%s", nearest, "");
    else
        wrong_option(out, word);
}

bool cli_options_read(int argc, char **argv, cli_options *out)
{
    struct option table[OPTIONS + 1] = {{0}};
    int index = 0;
    *out = (cli_options){.language = HUZHU_ZH, .question = HUZHU_ASK_CLAIM, .jobs = 1};
    out->operands = calloc((size_t)argc + 1, sizeof *out->operands);
    out->settings = calloc((size_t)argc + 1, sizeof *out->settings);
    if (out->operands == NULL || out->settings == NULL)
        return false;
    for (int i = 0; i < OPTIONS; i++)
        table[i] = (struct option){options[i].name, options[i].value != NULL ? required_argument : no_argument, NULL, 0};
    opterr = 0;
    for (;;) {
        int at = optind;
        /* '-': operands in their order, whatever POSIXLY_CORRECT says; ':': a missing value is told apart. */
        static const char short_forms[] = "-:hqj:";
        int found = getopt_long(argc, argv, short_forms, table, &index);
        if (found == -1)
            break;
        if (found == OPERAND)
            take_operand(out, optarg);
        else if (with_letter(found) != NULL)
            take_short(out, argv[at], with_letter(found));
        else if (found == 0)
            take_long(out, argv[at], index);
        else
            refuse(out, argv[at], found);
    }
    while (optind < argc)
        take_operand(out, argv[optind++]);
    return true;
}

void cli_options_free(cli_options *out)
{
    free(out->operands);
    free(out->settings);
}

/* ---- against the command ---- */

/* The operand with a number, as the usage line names it: "DIR PLAN …". */
static void operand_name(const char *usage, int number, char name[32])
{
    for (; number > 0; number--) {
        usage += strcspn(usage, " ");
        usage += strspn(usage, " ");
    }
    snprintf(name, 32, "%.*s", (int)strcspn(usage, " "), usage);
}

int cli_options_check(const cli_options *out)
{
    const cli_command *command = out->command;
    char name[32];
    if (out->problem[0] != '\0')
        return cli_wrong_usage(command, "%s", out->problem);
    for (int i = 0; i < OPTIONS; i++)
        if ((out->given & options[i].bit & ~command->takes) != 0)
            return cli_wrong_usage(command, "`--%s` is no option of `%s`", options[i].name, command->name);
    if (out->operand_count < command->operands_least) {
        operand_name(command->usage, out->operand_count, name);
        return cli_wrong_usage(command, "%s is missing", name);
    }
    if (command->operands_most >= 0 && out->operand_count > command->operands_most)
        return cli_wrong_usage(command, "`%s` is one word too many", out->operands[command->operands_most]);
    for (int i = 0; i < OPTIONS; i++)
        if ((command->needs & options[i].bit & ~out->given) != 0)
            return cli_wrong_usage(command, "`--%s %s` is missing: %s", options[i].name, options[i].value, options[i].help);
    return CLI_WELL;
}

/* "--out FILE", "-j, --jobs N" */
static int option_form(const struct cli_option *option, char form[48])
{
    char letter[8] = "";
    if (option->letter != 0 && option->letter != 'h')
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    return snprintf(form, 48, "%s--%s%s%s", letter, option->name, option->value != NULL ? " " : "", option->value != NULL ? option->value : "");
}

void cli_options_help(unsigned which)
{
    char form[48];
    int width = 18;
    for (int i = 0; i < OPTIONS; i++)
        if ((which & options[i].bit) != 0 && option_form(&options[i], form) > width)
            width = option_form(&options[i], form);
    for (int i = 0; i < OPTIONS; i++) {
        if ((which & options[i].bit) == 0)
            continue;
        option_form(&options[i], form);
        printf("  %-*s %s\n", width, form, options[i].help);
    }
}
