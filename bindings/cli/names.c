/* names.c - taking a list apart. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

bool cli_names_split(cli_names *names, const char *text)
{
    size_t most = 2;
    if (text == NULL)
        return true;
    for (const char *at = text; (at = strchr(at, ',')) != NULL; at++)
        most++;
    names->text = malloc(strlen(text) + 1);
    names->at = calloc(most, sizeof *names->at);
    if (names->text == NULL || names->at == NULL)
        return false;
    memcpy(names->text, text, strlen(text) + 1);
    for (char *at = names->text; at != NULL;) {
        char *comma = strchr(at, ',');
        if (comma != NULL)
            *comma = '\0';
        names->at[names->count++] = at;
        at = comma != NULL ? comma + 1 : NULL;
    }
    return true;
}

void cli_names_free(cli_names *names)
{
    free(names->text);
    free(names->at);
}
