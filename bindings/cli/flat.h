/* flat.h - one claim as JSON, member by member, fast: what is plain is read here, and whatever is not is left to the library,
 * which knows all that can be wrong with a claim and says so. No allocation.
 *
 * What is taken is JSON, and means what the library takes it for; a list, an escape that is none, a number that JSON does
 * not have and the like end the reading with CLI_FLAT_ODD.
 */
#ifndef HUZHU_CLI_FLAT_H
#define HUZHU_CLI_FLAT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum cli_flat_event {
    CLI_FLAT_MEMBER, /* a key and a value that is neither list nor object */
    CLI_FLAT_OPEN,   /* a key and the beginning of an object */
    CLI_FLAT_CLOSE,  /* the end of such an object */
    CLI_FLAT_END,    /* the end of the whole, with nothing behind it */
    CLI_FLAT_ODD
} cli_flat_event;

typedef enum cli_flat_kind { CLI_FLAT_STRING, CLI_FLAT_NUMBER, CLI_FLAT_TRUE, CLI_FLAT_FALSE, CLI_FLAT_NULL } cli_flat_kind;

/* A text: within the line, or, where it had escapes, in the scratch. */
typedef struct cli_flat_text {
    const char *at;
    size_t size;
} cli_flat_text;

typedef struct cli_flat {
    const char *at, *end;
    char *scratch;           /* unescaped texts, one behind another */
    int depth;               /* objects that are open */
    bool first;              /* nothing stands before in the object at hand */
    cli_flat_text key;       /* of MEMBER and OPEN */
    cli_flat_text value;     /* of MEMBER: a string without quotes and escapes, others as they stand */
    cli_flat_text raw;       /* of MEMBER: as it stands */
    cli_flat_kind kind;      /* of MEMBER */
} cli_flat;

/* line: UTF-8. scratch has room for as many bytes as the line. */
void cli_flat_begin(cli_flat *flat, const char *line, size_t size, char *scratch);
cli_flat_event cli_flat_next(cli_flat *flat);

#endif
