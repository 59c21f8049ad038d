/* str.h - a text that is borrowed: pointer and length, UTF-8, not necessarily NUL-terminated. */
#ifndef HZ_BASE_STR_H
#define HZ_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct hz_str {
    const char *at; /* may be NULL when len is 0 */
    size_t len;     /* bytes */
} hz_str;

/* The text of a C string literal. */
#define HZ_STR(literal) ((hz_str){(literal), sizeof(literal) - 1})

/* For printf: "%.*s" takes HZ_ARG(text). */
#define HZ_ARG(text) (int)(text).len, (text).at != NULL ? (text).at : ""

static inline hz_str hz_str_from(const char *text)
{
    return (hz_str){text, text != NULL ? strlen(text) : 0};
}

static inline bool hz_str_eq(hz_str a, hz_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool hz_str_is(hz_str a, const char *literal)
{
    return hz_str_eq(a, hz_str_from(literal));
}

static inline hz_str hz_str_part(hz_str text, size_t begin, size_t end)
{
    return (hz_str){text.at != NULL ? text.at + begin : NULL, end - begin};
}

/* Byte order, which is code-point order in UTF-8: negative, 0, positive. */
int hz_str_compare(hz_str a, hz_str b);

bool hz_str_starts(hz_str text, hz_str prefix);
bool hz_str_ends(hz_str text, hz_str suffix);
/* Whether part, which is not empty, stands somewhere in text. */
bool hz_str_holds(hz_str text, hz_str part);

/* Without ASCII spaces, tabs and line ends at both sides. */
hz_str hz_str_trim(hz_str text);

#endif
