/* lower_call.h - what the functions' lowering shares; included by lower_*.c of functions.
 *
 * A family's function finds in ast what its checker (feel/check_call.h) accepted.
 */
#ifndef HZ_PROGRAM_LOWER_CALL_H
#define HZ_PROGRAM_LOWER_CALL_H

#include "feel/check.h"
#include "program/lower.h"

#define HZ_FAMILY(name, text) hz_regs hz_lower_fn_##name(hz_lower *lower, const hz_ast *ast);
#include "feel/builtin.def"

hz_regs hz_lower_call(hz_lower *lower, const hz_ast *ast);
hz_regs hz_lower_property(hz_lower *lower, const hz_ast *ast);

/* ---- lower_time.c ---- */

hz_regs hz_lower_clock_arithmetic(hz_lower *lower, const hz_ast *ast);
/* A date, or the date of a date and time. */
hz_regs hz_lower_day(hz_lower *lower, const hz_ast *ast);
/* The time of a date and time; of a time, itself. */
hz_ref hz_lower_time_of_day(hz_lower *lower, const hz_type *type, hz_ref value);
/* A text read by a kernel of convert.h: NONE becomes an error of the row. */
hz_regs hz_lower_read(hz_lower *lower, const hz_ast *text, hz_op op, int64_t scale);

/* ---- lower_text.c ---- */

/* A text that may be none (text.h): then an error of the row. */
hz_regs hz_lower_raise_no_text(hz_lower *lower, hz_regs out);

/* ---- lower_decimal.c ---- */

/* Two numbers under ast->op. */
hz_regs hz_lower_numbers(hz_lower *lower, const hz_ast *ast);
/* An exact quotient by a constant: a * 10^places / b. What of b is not in the power of ten divides every numerator (the
 * checker's step), so dividing first is exact and stays small. Numbers or durations. */
hz_regs hz_lower_exact_quotient(hz_lower *lower, const hz_ast *ast);
hz_regs hz_lower_wide_quotient(hz_lower *lower, const hz_ast *ast);
/* Months times or divided by a number, cut to whole months. */
hz_regs hz_lower_months(hz_lower *lower, const hz_ast *ast);

/* ---- lower.c ---- */

/* A child as a value of a type that holds all of its values (hz_lower_convert); the literal null, too. */
hz_regs hz_lower_at(hz_lower *lower, const hz_ast *ast, const hz_type *type);
/* Raises an error where a result of the wide path is no number; i64 stays as it is. */
hz_regs hz_lower_raise(hz_lower *lower, const hz_type *type, hz_regs out);
/* The literal null, as a value of type. */
hz_regs hz_lower_null(hz_lower *lower, const hz_type *type);
/* Files what an expression's value stands in, for explanations. */
void hz_lower_record(hz_lower *lower, const hz_ast *ast, hz_regs regs);

/* ---- lower_list.c, lower_sorted.c ---- */

/* A node whose value is a list. */
hz_regs hz_lower_list_node(hz_lower *lower, const hz_ast *ast);
hz_regs hz_lower_length(hz_lower *lower, const hz_ast *ast);
hz_regs hz_lower_item(hz_lower *lower, const hz_ast *ast);
hz_regs hz_lower_is(hz_lower *lower, const hz_ast *ast);
hz_regs hz_lower_alternative(hz_lower *lower, const hz_ast *ast);
/* A call whose meaning the checker made of other nodes. */
hz_regs hz_lower_meaning(hz_lower *lower, const hz_ast *ast);
/* Whether some item of a list equals x. */
hz_regs hz_lower_contains(hz_lower *lower, const hz_ast *x, const hz_ast *list);
/* A list of numbers, the least first; absent where an item is. */
hz_bundle hz_lower_sorted(hz_lower *lower, const hz_ast *list);

#endif
