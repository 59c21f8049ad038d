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
} options[] = {
    {"plan", "PLAN", CLI_OPTION_PLAN, "the plan, by its id (huzhu plans DIR lists them)"},
    {"on", "DATE", CLI_OPTION_ON, "the day, YYYY-MM-DD, or YYYY-MM for the first of a month"},
    {"ask", "WHAT", CLI_OPTION_ASK, "claim (the default) or enrolment"},
    {"json", NULL, CLI_OPTION_JSON, "one JSON object a line instead of text"},
    {"carry", NULL, CLI_OPTION_CARRY, "keep the counters from claim to claim; keys not met before are new"},
    {"fresh", NULL, CLI_OPTION_FRESH, "counters that a claim does not give have new keys"},
    {"lang", "zh|en", CLI_OPTION_LANG, "language of labels and explanations; zh is the default"},
    {"set", "PATH=VALUE", CLI_OPTION_SET, "replace a value of the rules, as PLAN.NAME=60 or 'PLAN.NAME=60 from 2026-01-01'"},
    {"scenario", "FILE", CLI_OPTION_SCENARIO, "settings like those of --set, one a line, applied before them; # begins a comment"},
    {"check", NULL, CLI_OPTION_CHECK, "change nothing: name the files that would change, exit status 1 if there is one"},
    {"explain-types", NULL, CLI_OPTION_TYPES, "tell each expression's type, range and path: 64-bit or 128-bit, and why"},
    {"help", NULL, CLI_OPTION_HELP, "this help"},
    {"version", NULL, CLI_OPTION_VERSION, "the version"},
};

enum { OPTIONS = sizeof options / sizeof *options, OPERAND = 1, SHORT_HELP = 'h' };

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
    case CLI_OPTION_LANG: return take_language(out, value);
    case CLI_OPTION_ASK: return take_question(out, value);
    case CLI_OPTION_SET: return take_setting(out, value);
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

static void refuse(cli_options *out, const char *word, int found)
{
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
    *out = (cli_options){.language = HUZHU_ZH, .question = HUZHU_ASK_CLAIM};
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
        int found = getopt_long(argc, argv, "-:h", table, &index);
        if (found == -1)
            break;
        if (found == OPERAND)
            take_operand(out, optarg);
        else if (found == SHORT_HELP)
            out->given |= CLI_OPTION_HELP;
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

void cli_options_help(unsigned which)
{
    for (int i = 0; i < OPTIONS; i++) {
        if ((which & options[i].bit) == 0)
            continue;
        char name[40];
        snprintf(name, sizeof name, "--%s%s%s", options[i].name, options[i].value != NULL ? " " : "",
                 options[i].value != NULL ? options[i].value : "");
        printf("  %-18s %s\n", name, options[i].help);
    }
}
