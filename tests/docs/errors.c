/* errors.c - prints docs/errors.md from lib/source/codes.def: every code the library gives, a table per phase.
 *
 * Not part of the library. Compiled and run by errors.sh.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct code {
    const char *name, *phase, *title, *explanation;
} code;

static const code codes[] = {
#define HZ_CODE(name, phase, title, explanation) {#name, phase, title, explanation},
#include "../../lib/source/codes.def"
#undef HZ_CODE
};

#define CODES (sizeof codes / sizeof *codes)

/* The phases in the order in which a reader meets them. One that has no code yet is left out. */
static const struct {
    const char *phase, *heading, *words;
} phases[] = {
    {"load", "Files", "The folder of a ruleset, and its files as wholes."},
    {"yaml", "YAML",
     "What the rule files are written in, and the parts of it that would silently mean something else."},
    {"rules", "Rules", "What the keys of a rule file say, and whether it goes together."},
    {"feel", "Expressions", "Formulas and conditions; [feel.md](feel.md) has the language."},
    {"json", "JSON", "Texts that hosts send."},
    {"row", "Claims",
     "One claim that cannot be decided: its outcome is `error`, it is paid nothing, and the other claims go on.\n"
     "The error names the input at fault, never its value."},
    {"call", "Calls", "Use of the library by a program."},
};

#define PHASES (sizeof phases / sizeof *phases)

/* A text in a cell of a Markdown table: signs that would be markup are escaped, outside `code`. */
static void put_cell(const char *text)
{
    bool in_code = false;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '`')
            in_code = !in_code;
        if (*at == '|' || (!in_code && (*at == '*' || *at == '<')))
            putchar('\\');
        putchar(*at);
    }
}

static size_t count_of(const char *phase)
{
    size_t count = 0;
    for (size_t i = 0; i < CODES; i++)
        count += strcmp(codes[i].phase, phase) == 0;
    return count;
}

static void put_phase(size_t phase)
{
    printf("\n## %s\n\n%s\n\n| code | what it means | more, and what to do |\n|---|---|---|\n", phases[phase].heading,
           phases[phase].words);
    for (size_t i = 0; i < CODES; i++) {
        if (strcmp(codes[i].phase, phases[phase].phase) != 0)
            continue;
        printf("| `%s` | ", codes[i].name);
        put_cell(codes[i].title);
        printf(" | ");
        put_cell(codes[i].explanation);
        printf(" |\n");
    }
}

int main(void)
{
    size_t put = 0;
    printf("# Codes\n\n"
           "Every message of the library has one of these codes. Codes are stable: they are never renamed or given\n"
           "another meaning. `E_` codes are of rule files and stop a ruleset from loading, but for messages that\n"
           "begin with `warning`. `R_` codes are of one claim. The message itself says more: it names the thing and\n"
           "shows the place, and its hint says how to mend it.\n\n"
           "The reasons of a decision (`NOT_IN_COVER`, `PERIOD_CAP` and so on) are not here: they belong to the rule\n"
           "files, see [rule-files.md](rule-files.md).\n\n"
           "This page is made from `lib/source/codes.def` by `sh tests/docs/errors.sh --accept`.\n");
    for (size_t i = 0; i < PHASES; i++) {
        put += count_of(phases[i].phase);
        if (count_of(phases[i].phase) > 0)
            put_phase(i);
    }
    if (put == CODES)
        return 0;
    fprintf(stderr, "a code has a phase that errors.c does not know\n");
    return 1;
}
