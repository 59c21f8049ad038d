/* check.h - the typed checker: gives every node of a tree its type, scale, range and possible absences.
 *
 * In: a parsed tree and an environment that knows the names. Out: the tree annotated (ast.h), and true; or false after
 * at least one diagnostic. What it guarantees to the program: no operand of a wrong type, every number that is computed in
 * 64 bits fits them, every absence an expression can have stands in its type.
 * A node whose type is NONE was reported; nothing is said twice.
 */
#ifndef HZ_FEEL_CHECK_H
#define HZ_FEEL_CHECK_H

#include "base/vec.h"
#include "feel/facts.h"

typedef enum hz_builtin {
#define HZ_BUILTIN(id, name, least, most, signatures, family) HZ_FN_##id,
#define HZ_PROPERTY(id, name) HZ_FN_##id,
#include "feel/builtin.def"
    HZ_FN_COUNT
} hz_builtin;

/* What the checker asks about names. resolve: the name's number and type; false: unknown (the checker reports it with
 * nearest's help). A type of kind NONE: known, but in error and reported. */
typedef struct hz_env {
    hz_arena *arena;
    hz_diags *diags;
    void *context;
    bool (*resolve)(void *context, hz_str name, hz_span at, uint32_t *symbol, hz_type *type);
    hz_str (*nearest)(void *context, hz_str name);
    bool (*text)(void *context, uint32_t symbol, hz_str *out); /* the text a name always has; false: not known. Or NULL */
    uint32_t *next_id;      /* ids given to nodes, ascending */
    bool sets;              /* the name that is checked next may be a set of codes */
    const hz_type *cell;    /* type of ?, or NULL where there is none */
    bool wide;              /* for tests: all arithmetic of numbers takes the wide path */
    uint64_t list_work;     /* what the functions of lists may come to, in instructions; roughly */
    hz_facts facts;         /* what is known here: names that cannot be null are not */
} hz_env;

/* Checks expression; wanted may be NULL, or a type whose kind (and codes) it should have: a string literal takes a
 * wanted code list, other kinds must agree or E_TYPE is reported. */
bool hz_feel_check(hz_env *env, hz_ast *expression, const hz_type *wanted);

/* The first name of which an expression may be null; empty: none. */
hz_str hz_feel_nullable_name(const hz_ast *ast);

/* The same expression, but for spaces and parentheses. */
bool hz_ast_same(const hz_ast *a, const hz_ast *b);

/* From now on a condition that was checked has one of some outcomes. The caller cuts env->facts.list back. */
void hz_feel_narrow(hz_env *env, const hz_ast *condition, hz_can outcome);

/* ---- shared by check_*.c ---- */

/* Checks one node; its type is in ast->type afterwards. */
void hz_check_node(hz_env *env, hz_ast *ast);
void hz_check_fail(hz_ast *ast);
bool hz_check_failed(const hz_ast *ast);
/* Makes a string literal (also in the branches of an if, in lists) a code of codes. False and a report when it is none. */
bool hz_check_as_code(hz_env *env, hz_ast *ast, const hz_codes *codes);
/* Both sides get one type for comparing or choosing: literals become codes, null takes the other's kind. */
bool hz_check_agree(hz_env *env, hz_ast *a, hz_ast *b, const hz_ast *at);
void hz_check_arithmetic(hz_env *env, hz_ast *ast);
/* An operation of which one side is a time, or a date and time. */
void hz_check_clock_arithmetic(hz_env *env, hz_ast *ast);
void hz_check_negate(hz_env *env, hz_ast *ast);
/* Reports that the operator does not take operands of these kinds. */
hz_diag *hz_check_refuse_operands(hz_env *env, hz_ast *ast);
void hz_check_call(hz_env *env, hz_ast *ast);
void hz_check_property(hz_env *env, hz_ast *ast);
void hz_check_table(hz_env *env, hz_ast *ast);
void hz_check_at_literal(hz_env *env, hz_ast *ast);
/* Sets ast->type to a number-like type after proving that it fits 64 bits; E_WIDE otherwise. */
void hz_check_range(hz_env *env, hz_ast *ast, hz_type type);
/* Sets ast->type to a number's: on the narrow path where narrow says that 64 bits can compute it and its range that they
 * can hold it, else on the wide one. What has no bounds may be an error besides. */
void hz_check_number(hz_env *env, hz_ast *ast, hz_type type, bool narrow);
/* The one or the other, by kind. */
void hz_check_result(hz_env *env, hz_ast *ast, hz_type type, bool narrow);
/* Two numbers under ast->op; checked operands. */
void hz_check_numbers(hz_env *env, hz_ast *ast);
/* The type of a / b where it has an end of decimals for all values, at whatever range; of numbers and durations. */
bool hz_check_exact_quotient(const hz_type *a, const hz_type *b, hz_type *out);
/* Reports a divisor that is written as 0. */
bool hz_check_zero_divisor(hz_env *env, hz_ast *ast);
/* The function of a name, HZ_FN_COUNT: none. */
uint32_t hz_builtin_find(hz_str name);
const char *hz_builtin_name(uint32_t builtin);
bool hz_type_number_like(const hz_type *type);  /* NUMBER, DAYS, MONTHS */
bool hz_type_clock(const hz_type *type);        /* TIME, DATE_TIME */
bool hz_type_scaled(const hz_type *type);       /* number-like or a clock: a coefficient of 64 bits with a scale */
bool hz_type_ordered(const hz_type *type);      /* < makes sense */
/* The type that holds values of both (of one kind, or null), wide where 64 bits do not hold them; false when a duration no
 * longer fits. */
bool hz_type_join(const hz_type *a, const hz_type *b, hz_type *out);

/* The text of a string literal, or of a name that always has one; false for anything else. */
bool hz_check_known_text(const hz_env *env, const hz_ast *ast, hz_str *out);

/* The code of what went wrong in an expression that is in error while its parts are not. */
hz_code hz_feel_fault(const hz_ast *ast);
/* ---- check_list.c ---- */

#define HZ_LIST_MOST 1000 /* values in a list, those of lists inside it included */

/* The type that holds values of both, lists too; false when a number no longer fits. */
bool hz_check_join(hz_arena *arena, const hz_type *a, const hz_type *b, hz_type *out);
void hz_check_list(hz_env *env, hz_ast *ast);
/* Two lists may be compared, or chosen between. */
bool hz_check_lists_agree(hz_env *env, hz_ast *a, hz_ast *b, const hz_ast *at);
/* x may be looked for in the list: its items are of x's type, or it is a list like x itself. */
bool hz_check_member(hz_env *env, hz_ast *x, hz_ast *list, const hz_ast *at);
/* The absences of a value and of all that is in it. */
uint8_t hz_type_deep_absent(const hz_type *type);
/* Single values in a list, at most; 1 for what is none. */
uint32_t hz_check_list_values(const hz_type *type);
/* Adds what a function of lists may come to; false after a report: it is too much. */
bool hz_check_list_work(hz_env *env, const hz_ast *at, uint64_t instructions);
/* A list of lo to hi items; false after a report, when it may hold too many values. */
bool hz_check_list_of(hz_env *env, const hz_ast *at, const hz_type *item, uint32_t lo, uint32_t hi, hz_type *out);

/* The value of a literal number, or of a negated one; false for anything else. */
bool hz_ast_whole_literal(const hz_ast *ast, int64_t *out);

#endif
