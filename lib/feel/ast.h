/* ast.h - the tree of a FEEL expression, as parsed and then annotated by the checker.
 *
 * The parser fills op, span, text, number, children and names; the checker fills type, id, name (resolved), builtin
 * and what its comments say. Nodes live in the ruleset's arena and are never changed after the check.
 */
#ifndef HZ_FEEL_AST_H
#define HZ_FEEL_AST_H

#include "column/lookup.h"
#include "column/match.h"
#include "source/diag.h"
#include "value/date.h"
#include "value/type.h"

typedef enum hz_ast_op {
    HZ_AST_ERROR,     /* where parsing failed; reported already */
    HZ_AST_NUMBER,    /* number */
    HZ_AST_STRING,    /* text, escapes resolved */
    HZ_AST_BOOLEAN,   /* truth */
    HZ_AST_NULL,      /* null */
    HZ_AST_AT,        /* @"text": the checker decides what it is */
    HZ_AST_NAME,      /* text; a variable */
    HZ_AST_QUESTION,  /* ?, the cell's input */
    HZ_AST_NEGATE,    /* - a */
    HZ_AST_ADD, HZ_AST_SUB, HZ_AST_MUL, HZ_AST_DIV, HZ_AST_POW,
    HZ_AST_EQ, HZ_AST_NE, HZ_AST_LT, HZ_AST_LE, HZ_AST_GT, HZ_AST_GE,
    HZ_AST_AND, HZ_AST_OR,
    HZ_AST_BETWEEN,   /* a between b and c */
    HZ_AST_IN,        /* a in b, …: children 1.. are tests: TEST_…, RANGE, LIST or a plain expression (equality, or a list/range value) */
    HZ_AST_TEST,      /* unary test `< a` etc. right of `in` or in a cell: compare = HZ_AST_LT … HZ_AST_NE */
    HZ_AST_RANGE,     /* [a..b] with low_open, high_open: (a..b], ]a..b[ … */
    HZ_AST_IF,        /* if a then b else c */
    HZ_AST_LIST,      /* [a, b, …] */
    HZ_AST_CALL,      /* text(children…); a named argument's name stands in argument[i] */
    HZ_AST_PROPERTY,  /* a.text */
    HZ_AST_ITEM,      /* made by the checker: item `index` of the list a; b, if there, where the list is shorter */
    HZ_AST_LENGTH,    /* made by the checker: the length of the list a */
    HZ_AST_QUOTED,    /* made by the checker: the text a as a literal of FEEL */
    HZ_AST_IS,        /* made by the checker: whether the mixed value a is of alternative `index` */
    HZ_AST_ALTERNATIVE, /* made by the checker: the mixed value a as its alternative `index`; anything where it is another */
    HZ_AST_SORTED,    /* made by the checker: the list a, its least item first */
    HZ_AST_PATTERN,   /* a matches one of several patterns as a whole: a cell, made by program/; text as written */
    HZ_AST_TABLE      /* one output of a decision table's version, made by program/: children are match and output of each
                         row, then maybe the output when none matches; compare = hz_hit, text = the table's name */
} hz_ast_op;

/* Which row of a decision table counts, as in DMN. Children of HZ_AST_TABLE stand in the order of their precedence. */
typedef enum hz_hit {
    HZ_HIT_UNIQUE,   /* no two rows match */
    HZ_HIT_ANY,      /* rows that match give the same */
    HZ_HIT_PRIORITY, /* the row whose code stands first in its list */
    HZ_HIT_FIRST,    /* the first row that matches */
    HZ_HIT_SUM, HZ_HIT_MIN, HZ_HIT_MAX, HZ_HIT_COUNT /* all rows that match, collected; the outputs of COUNT are 1 */
} hz_hit;

typedef struct hz_ast hz_ast;

/* Of a HZ_AST_TABLE: the rows of a version that has too many of them to be children. Those are the names that the rows look
 * at; what rows give that is no constant, each once; then maybe the output when none matches. */
typedef struct hz_long {
    const hz_lookup *lookup; /* which row values meet */
    uint32_t columns, formulas; /* so many children of either kind */
    bool otherwise;
    uint32_t values, which;  /* lists of the look-up: constants; the number of a row's formula from 1, 0: its constant.
                                HZ_NO_LIST: there are no formulas */
    hz_type type;            /* of the constants, at the scale that they have in the list; kind NONE: there are none */
    hz_ast *found;           /* a node for which the answer of the look-up is filed */
} hz_long;

#define HZ_NO_LIST UINT32_MAX

struct hz_ast {
    uint8_t op;              /* hz_ast_op */
    uint8_t compare;         /* TEST: which comparison */
    bool low_open, high_open;/* RANGE */
    bool truth;              /* BOOLEAN */
    bool parenthesised;      /* stood in ( ) */
    bool null_as_item;       /* LIST, made by the checker: null where its one item is */
    hz_span span;            /* the whole expression in its file */
    hz_span at;              /* the operator, name or property alone: where a caret for it goes */
    hz_str text;             /* STRING, AT, NAME, CALL, PROPERTY */
    hz_decimal number;       /* NUMBER */
    hz_ast **child;
    uint32_t children;
    hz_str *argument;        /* CALL with named arguments: a name per child; NULL when positional */

    const hz_patterns *patterns; /* PATTERN: of its column …; CALL of matches or replace: the one, alone */
    uint8_t bit;             /* … and which of them */
    const hz_long *rows;     /* TABLE: of a long version; else NULL */
    const hz_type *wanted;   /* TABLE: what its outputs must be; NULL: a period of either kind */

    /* Filled by the checker. */
    uint32_t id;             /* from 1, unique in a plan: what the program's values are filed under */
    hz_type type;
    uint32_t symbol;         /* NAME: the environment's number of the name */
    bool narrowed;           /* NAME: it may be null elsewhere, not here */
    uint32_t builtin;        /* CALL, PROPERTY: hz_builtin */
    bool literal;            /* CALL of replace: the replacement stands for itself */
    uint32_t index;          /* ITEM: from 0 */
    hz_ast *means;           /* CALL: what computes it, made by the checker of other nodes; NULL: it is computed itself */
    bool checked;            /* its type stands already: it is not checked again */
    bool fused;              /* DIV under a rounding function: both are computed at once, and it stands for the rounded value */
};

#endif
