/* facts.h - what is known where an expression stands: which values names can still have there.
 *
 * Facts are learnt from conditions (hz_facts_assume), asked by the checker for names that may be null (hz_facts_of_name),
 * and cut back where they end to hold. They see through names: a value is what its formulas give, an input with `when`
 * is null just where that does not hold.
 *
 * Sound, not complete: whatever stays open counts as possible. An answer speaks of a value or null only: where what it
 * hangs on is missing, unknown or in error, so is what is made of it, since all operators are monotone in that. Work is
 * bounded: what costs more proves nothing.
 */
#ifndef HZ_FEEL_FACTS_H
#define HZ_FEEL_FACTS_H

#include "base/vec.h"
#include "feel/ast.h"

/* What a value can be. */
typedef struct hz_can {
    uint64_t values;   /* of a code: a bit for each, the last one for all from the 64th on; of a boolean: 1 false, 2 true;
                          of anything else 1: some value */
    bool null;
} hz_can;

#define HZ_CAN_FALSE ((hz_can){1, false})
#define HZ_CAN_TRUE ((hz_can){2, false})
#define HZ_CAN_NOT_TRUE ((hz_can){1, true})
#define HZ_CAN_NOT_FALSE ((hz_can){2, true})

/* How a name's value hangs on formulas. */
typedef enum hz_origin {
    HZ_ORIGIN_OPEN,    /* not at all */
    HZ_ORIGIN_EXISTS,  /* it is null just where the first one is false */
    HZ_ORIGIN_GIVES,   /* it is what one of them gives */
    HZ_ORIGIN_STRICT   /* it is null just where the first one is */
} hz_origin;

/* Something known: of a name, or that a comparison has an outcome. */
typedef struct hz_fact {
    const hz_ast *test; /* NULL: of the name */
    uint32_t symbol;
    hz_can can;
} hz_fact;

typedef struct hz_facts {
    hz_arena *arena;
    void *context;
    hz_origin (*origin)(void *context, uint32_t symbol);  /* or NULL: all are open */
    const hz_ast *(*formula)(void *context, uint32_t symbol, uint32_t index); /* NULL: no more. Checked */
    HZ_VEC(hz_fact) list;   /* a later one of a name says all that the earlier ones do */
    uint32_t work, depth;   /* of the question that is answered just now */
    uint64_t work_in_all;
} hz_facts;

/* From now on the value of a checked expression lies in can. False: it never does. The caller cuts list back. */
bool hz_facts_assume(hz_facts *facts, const hz_ast *ast, hz_can can);

/* At least one of several checked conditions holds. */
bool hz_facts_assume_any(hz_facts *facts, const hz_ast *const *conditions, uint32_t count);

/* Where the one holds, the other does. */
bool hz_facts_assume_where(hz_facts *facts, const hz_ast *when, const hz_ast *then);
/* The value of a name of a type lies in can. */
bool hz_facts_assume_name(hz_facts *facts, uint32_t symbol, const hz_type *type, hz_can can);

/* What a name of a type can be here. */
hz_can hz_facts_of_name(hz_facts *facts, uint32_t symbol, const hz_type *type);

/* ---- shared by facts.c and facts_value.c ---- */

hz_can hz_can_all(const hz_type *type);
bool hz_can_nothing(hz_can can);
/* The one value it can be; false: there are several, or none. */
bool hz_can_one(hz_can can);
hz_can hz_can_both(hz_can a, hz_can b);
hz_can hz_can_either(hz_can a, hz_can b);
/* What a checked expression can be here. */
hz_can hz_facts_value(hz_facts *facts, const hz_ast *ast);
/* What is said of a name, or all of its type. */
hz_can hz_facts_said(const hz_facts *facts, uint32_t symbol, const hz_type *type);
/* Counts a step; false: it is too much. Each true one is followed by hz_facts_leave. */
bool hz_facts_enter(hz_facts *facts);
void hz_facts_leave(hz_facts *facts);
/* What x can be where a test right of `in` holds; exact: it holds for all of that. */
hz_can hz_facts_passes(hz_facts *facts, const hz_ast *x, const hz_ast *test, bool *exact);
/* An operation that is null just where one of its operands is. */
bool hz_ast_strict(const hz_ast *ast);
bool hz_ast_is_not(const hz_ast *ast);

#endif
