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

/* The property of a name, HZ_FN_COUNT: none. */
uint32_t hz_property_find(hz_str name);

#endif
