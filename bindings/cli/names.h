/* names.h - names between commas, as options have them. */
#ifndef HUZHU_CLI_NAMES_H
#define HUZHU_CLI_NAMES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct cli_names {
    char *text;
    const char **at;   /* with room for one more */
    size_t count;
} cli_names;

/* text NULL: none. False: no memory; free it all the same. */
bool cli_names_split(cli_names *names, const char *text);
void cli_names_free(cli_names *names);

#endif
