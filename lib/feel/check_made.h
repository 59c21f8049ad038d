/* check_made.h - nodes that the checker makes: what a function of lists means, said with operators that are there
 * already. `sum(x)` is `x1 + x2 + …`, so that scale, range, path and absence of a sum are those of `+`.
 *
 * Nodes stand at the place of the call, are checked as they are made, and are never printed.
 */
#ifndef HZ_FEEL_CHECK_MADE_H
#define HZ_FEEL_CHECK_MADE_H

#include "feel/check_call.h"

/* An operator over two nodes, checked; NULL after a report. */
hz_ast *hz_made_binary(hz_env *env, const hz_ast *call, uint8_t op, hz_ast *a, hz_ast *b);
hz_ast *hz_made_if(hz_env *env, const hz_ast *call, hz_ast *condition, hz_ast *yes, hz_ast *no);
hz_ast *hz_made_number(hz_env *env, const hz_ast *call, uint32_t value);
hz_ast *hz_made_text(hz_env *env, const hz_ast *call, hz_str text);
hz_ast *hz_made_null(hz_env *env, const hz_ast *call);
hz_ast *hz_made_length(hz_env *env, const hz_ast *call, hz_ast *list);
hz_ast *hz_made_sorted(hz_env *env, const hz_ast *call, hz_ast *list);
/* Item number index; fallback, which may be NULL where every list is longer, is used in lists that are shorter. */
hz_ast *hz_made_item(hz_env *env, const hz_ast *call, hz_ast *list, uint32_t index, hz_ast *fallback);
/* A list of items. */
hz_ast *hz_made_items(hz_env *env, const hz_ast *call, hz_ast *const *items, uint32_t count);
/* Whether a mixed value is of one of its alternatives; the value as that one. */
hz_ast *hz_made_is(hz_env *env, const hz_ast *call, hz_ast *mixed, uint32_t alternative);
hz_ast *hz_made_alternative(hz_env *env, const hz_ast *call, hz_ast *mixed, uint32_t alternative);
/* A text as a literal of FEEL. */
hz_ast *hz_made_quoted(hz_env *env, const hz_ast *call, hz_ast *text);
/* A call of a function over nodes. */
hz_ast *hz_made_call(hz_env *env, const hz_ast *call, uint32_t builtin, hz_ast **children, uint32_t count);

/* The list that a function of lists gets: its one argument, or all of them as items; checked. A single value is a list of
 * itself. NULL after a report. */
hz_ast *hz_made_arguments(hz_env *env, const hz_ast *call);
/* The same for one argument, which it replaces. */
hz_ast *hz_made_list(hz_env *env, hz_ast *call, uint32_t argument);

/* ---- check_list_text.c ---- */

/* string() of a list: "[1, 2]". */
void hz_check_string_of_list(hz_env *env, hz_ast *ast, hz_ast *list);

/* ---- check_aggregate.c ---- */

/* min and max of one argument that is a list. */
void hz_check_least_of_list(hz_env *env, hz_ast *ast);

#endif
