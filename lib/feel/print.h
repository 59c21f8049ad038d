/* print.h - a tree back to FEEL, in one canonical form: one space around operators, parentheses only where needed.
 *
 * For `show`, explanations and diagnostics that repeat an expression. Parsing what is printed gives a tree of the same
 * shape (unless labels took the place of names). Reads only what the parser filled in. Allocates in out alone.
 */
#ifndef HZ_FEEL_PRINT_H
#define HZ_FEEL_PRINT_H

#include "base/buf.h"
#include "feel/ast.h"

/* What to print in place of parts of an expression, for people to read. Each function may be NULL: FEEL's own then. It
 * may also append to the text itself, and return an empty one. */
typedef struct hz_feel_labels {
    hz_str (*label)(const void *context, hz_str name);                 /* a variable's name */
    const void *context;                                               /* handed back as is */
    hz_str (*word)(const void *context, hz_str feel);                  /* an operator, keyword or function; ".name" of a property */
    bool (*literal)(const void *context, const hz_ast *ast);           /* a string or @literal of a checked tree; true: printed */
} hz_feel_labels;

/* Appends the expression; labels may be NULL: names as they are. */
void hz_feel_print(const hz_ast *ast, const hz_feel_labels *labels, hz_buf *out);

/* The same for a tree of hz_feel_parse_tests, as it stands in a cell: `-`, `< 5, 7`, `not([1..3])`. */
void hz_feel_print_tests(const hz_ast *ast, const hz_feel_labels *labels, hz_buf *out);

#endif
