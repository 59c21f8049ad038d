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

/* ---- fault.c ---- */

/* What went wrong in an expression whose operands are well: of a quotient that is a divisor of 0, or its size.
 * expression: registers by id. */
hz_code hz_fault_code(const hz_machine *machine, const hz_regs *expression, const hz_ast *ast);

/* ---- scale.c ---- */

#define HZ_NO_BRACKET UINT32_MAX

/* The bracket of a version that the number lies in; HZ_NO_BRACKET: there is no number, or no bracket for it. */
uint32_t hz_bracket_hit(const hz_decision *decision, const hz_scale *scale, const hz_entry *entry);
/* Whether a bracket took part: the one hit; of a marginal scale those below it, too. */
bool hz_bracket_reached(const hz_scale *scale, uint32_t hit, uint32_t bracket);
/* The first bracket that took part and that nobody published, or NULL. */
const hz_bracket *hz_bracket_unknown(const hz_decision *decision, const hz_scale *scale, const hz_entry *entry);
/* ---- rows.c ---- */

/* A decision table as an answer used it. */
typedef struct hz_table_use {
    const hz_table *table;
    const hz_table_version *version;
    const hz_provenance *from;  /* of the version */
    const hz_ast *formula;      /* HZ_AST_TABLE of one output */
    hz_row met;                 /* of a long version: the row that was met, if there was one */
} hz_table_use;

/* The version of the table that a symbol is an output of; false: it is none, or no rows are in force. */
bool hz_table_used(const hz_decision *decision, uint32_t symbol, hz_table_use *out);
/* The next row taken, counting up *at, which begins with 0; at the end `otherwise` if it was; NULL: no more. */
const hz_row *hz_row_next(const hz_decision *decision, const hz_table_use *use, uint32_t *at);
/* Where a row comes from: its own provenance, its version's, or its table's. */
const hz_provenance *hz_row_from(const hz_table_use *use, const hz_row *row);
/* The formula or constant that a row gives of an output of its table; NULL: a constant of a long version. */
const hz_ast *hz_row_gives(const hz_row *row, uint32_t output);
/* What the look-up of a long version answered (column/lookup.h); the row is below 0 where none was met. */
int64_t hz_long_answer(const hz_decision *decision, const hz_ast *formula);
int64_t hz_long_row(const hz_decision *decision, const hz_ast *formula);
/* The formula that the row met gives; NULL: a constant, or no row was met. */
const hz_ast *hz_long_gives(const hz_decision *decision, const hz_ast *formula);
/* Row number in the order of precedence: it surely matches; it was taken. */
bool hz_row_matches(const hz_decision *decision, const hz_ast *formula, uint32_t row);
bool hz_row_taken(const hz_decision *decision, const hz_ast *formula, uint32_t row);

/* ---- fault.c ---- */

/* The part of an expression in error that is in error itself; NULL: it went wrong here. */
const hz_ast *hz_fault_part(const hz_question *question, const hz_machine *machine, const hz_ast *ast);

/* ---- lazy.c ---- */

/* A boolean expression is surely truth. */
bool hz_expression_is(const hz_decision *decision, const hz_ast *ast, bool truth);
/* Calls each for every name that lazy three-valued evaluation of an expression asks for, as often as it stands there: of
 * `and` the side that decides, of `if` the branch taken. */
typedef void hz_each_name(void *context, const hz_ast *name);
void hz_expression_asks(const hz_decision *decision, const hz_ast *ast, hz_each_name *each, void *context);

#endif
