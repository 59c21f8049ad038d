/* check_call.h - what the checkers of functions share; included by check_*.c of functions.
 *
 * A family's checker finds its arguments in the order of the signature, in ast->child, not yet checked; ast->type is
 * NONE, and stays so after a report.
 */
#ifndef HZ_FEEL_CHECK_CALL_H
#define HZ_FEEL_CHECK_CALL_H

#include "feel/check.h"

#define HZ_FAMILY(name, text) void hz_check_fn_##name(hz_env *env, hz_ast *ast);
#include "feel/builtin.def"

/* Reports that a function needs `what` ("a number") as this argument, unless ok. Returns ok. */
bool hz_check_need(hz_env *env, const hz_ast *argument, bool ok, const char *function_name, const char *what);

/* Sets ast->type to the constant that a text is: a time, or a date and time. Reports what it is not. */
void hz_check_clock_text(hz_env *env, hz_ast *ast, bool with_date, hz_str text, hz_span span);

/* The days that a date and time may lie on, as a date. */
void hz_date_range_of(const hz_type *date_time, hz_type *date);

/* Checks an argument of call and reports unless it is a text. */
bool hz_check_text_argument(hz_env *env, hz_ast *ast, const hz_ast *call);

/* The property of a name, HZ_FN_COUNT: none. */
uint32_t hz_property_find(hz_str name);

#endif
