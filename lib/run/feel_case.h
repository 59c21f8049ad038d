/* feel_case.h - one expression with the names it may use, as given in JSON. Read by feel_case.c, evaluated by
 * feel_eval.c, its value told by feel_write.c.
 */
#ifndef HZ_RUN_FEEL_CASE_H
#define HZ_RUN_FEEL_CASE_H

#include "feel/check.h"
#include "program/bundle.h"
#include "run/machine.h"

/* A value given with the case. */
typedef struct hz_feel_value hz_feel_value;
struct hz_feel_value {
    hz_type type;         /* exactly of this value; a list's item type holds all its items */
    hz_i128 value;        /* coefficient, day, amount, truth */
    hz_str text;          /* of strings */
    hz_feel_value *item;  /* of lists: type.count values */
    uint32_t column;      /* 1 + the number of the input that holds it in columns; 0: a constant */
    bool later;           /* of a type this version does not read */
};

/* A name of the case: a value, or an expression over the names before it. */
typedef struct hz_feel_binding {
    hz_str name;
    hz_feel_value given;
    hz_str source;        /* of a let: its expression's text */
    hz_ast *let;          /* NULL: a value is given */
    hz_type type;         /* of either */
    hz_code fault;        /* of a let that is refused: why */
    hz_str message;       /* likewise; empty: it is not */
} hz_feel_binding;

typedef struct hz_feel_case {
    hz_arena *arena;
    hz_str id, expression; /* id as JSON text */
    bool wide;             /* for tests: all arithmetic takes the 128-bit path */
    HZ_VEC(hz_feel_binding) bindings;
} hz_feel_case;

/* False: json is no such object. */
bool hz_feel_case_read(hz_feel_case *c, hz_str json);

/* The value is an error, or a list that holds one. */
bool hz_feel_in_error(const hz_machine *machine, const hz_bundle *value, const hz_type *type);
/* Appends a value of this type that stands in these registers. */
void hz_feel_write(const hz_machine *machine, const hz_bundle *value, const hz_type *type, hz_buf *out);

#endif
