/* walk.h - reading a decision's registers along the rules: what is in force, what an expression is. Shared by walk.c,
 * the explanation and fault.c.
 */
#ifndef HZ_RUN_WALK_H
#define HZ_RUN_WALK_H

#include "run/decision.h"

/* The version of a history that this answer used; NULL when its date is not known. */
const hz_entry *hz_entry_in_force(const hz_decision *decision, const hz_history *history);
/* Whether an item lives on this answer's date (also when that is not known). */
bool hz_life_holds(const hz_decision *decision, const hz_life *life);
/* Where an expression's value stands, or NULL when the program has none for it. */
const hz_regs *hz_expression_regs(const hz_decision *decision, const hz_ast *ast);

/* ---- scale.c ---- */

#define HZ_NO_BRACKET UINT32_MAX

/* The bracket of a version that the number lies in; HZ_NO_BRACKET: there is no number, or no bracket for it. */
uint32_t hz_bracket_hit(const hz_decision *decision, const hz_scale *scale, const hz_entry *entry);
/* Whether a bracket took part: the one hit; of a marginal scale those below it, too. */
bool hz_bracket_reached(const hz_scale *scale, uint32_t hit, uint32_t bracket);
/* The first bracket that took part and that nobody published, or NULL. */
const hz_bracket *hz_bracket_unknown(const hz_decision *decision, const hz_scale *scale, const hz_entry *entry);

/* ---- lazy.c ---- */

/* A boolean expression is surely truth. */
bool hz_expression_is(const hz_decision *decision, const hz_ast *ast, bool truth);
/* Calls each for every name that lazy three-valued evaluation of an expression asks for, as often as it stands there: of
 * `and` the side that decides, of `if` the branch taken. */
typedef void hz_each_name(void *context, const hz_ast *name);
void hz_expression_asks(const hz_decision *decision, const hz_ast *ast, hz_each_name *each, void *context);

#endif
