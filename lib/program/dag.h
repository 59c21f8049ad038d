/* dag.h - the typed DAG between checked expressions and instructions: equal nodes are one node, constants are folded.
 *
 * A node is an operation of kernel.def, a constant, or an input slot; its number is larger than those of its operands.
 * Folding runs the kernels themselves on one row, so a folded value is the computed value.
 * Node 0 is the bit false, node 1 the bit true: masks that never occur are node 0 and vanish from what is built on them.
 */
#ifndef HZ_PROGRAM_DAG_H
#define HZ_PROGRAM_DAG_H

#include "base/vec.h"
#include "column/kernel.h"

typedef uint32_t hz_ref; /* number of a node */

enum { HZ_FALSE = 0, HZ_TRUE = 1 };
enum { HZ_NODE_CONSTANT = 0xFFFF, HZ_NODE_INPUT = 0xFFFE }; /* op of leaves */

typedef struct hz_node {
    uint16_t op;    /* hz_op, or a leaf */
    uint8_t type;   /* hz_column_type */
    uint8_t mode;   /* hz_rounding */
    hz_ref a, b, c;
    uint64_t about; /* of a bit: what it looks at, a bit for each (dag_bits.c); no part of what the node is */
    int64_t k;      /* immediate; value of a constant; slot of an input */
    int64_t m;      /* second immediate */
    hz_wide wide;   /* of a constant of 34 digits */
    union {
        const hz_patterns *patterns; /* what texts are matched with */
        hz_choice *choices;          /* FIRST, which only fuse.c makes: nodes, then registers */
        const hz_lookup *lookup;     /* where rows are found */
    };
    hz_str text;    /* of a text constant */
} hz_node;

typedef struct hz_dag {
    hz_arena *arena;
    HZ_VEC(hz_node) nodes;
    uint32_t *table; /* hash of a node -> its number + 1 */
    uint32_t room;   /* of the table, a power of two */
    hz_workspace texts; /* of folded kernels, in the arena */
    uint64_t *proofs; /* answers of dag_bits.c, HZ_DAG_PROOFS of them */
    HZ_VEC(const hz_patterns *) patterns; /* that nodes match with: equal ones are one */
    HZ_VEC(const hz_lookup *) lookups;    /* that nodes look rows up in, likewise */
} hz_dag;

#define HZ_DAG_PROOFS 2048u

/* dag: zeroed, or one that is done with, whose memory serves again. */
void hz_dag_begin(hz_dag *dag, hz_arena *arena);

hz_ref hz_dag_i64(hz_dag *dag, int64_t value);
hz_ref hz_dag_i32(hz_dag *dag, int64_t value);
hz_ref hz_dag_text(hz_dag *dag, hz_str value);
hz_ref hz_dag_wide(hz_dag *dag, hz_wide value);
hz_ref hz_dag_input(hz_dag *dag, uint8_t type, uint32_t slot);

/* An operation as it stands in kernel.def, folded and shared. */
hz_ref hz_dag_op(hz_dag *dag, hz_op op, hz_ref a, hz_ref b, hz_ref c, int64_t k, hz_rounding mode);

/* The matches of the one pattern replaced: HZ_OP_REPLACE. */
hz_ref hz_dag_replace(hz_dag *dag, hz_ref text, hz_ref replacement, const hz_patterns *patterns, bool literal);
/* Which patterns a text matches: HZ_OP_MATCH. */
hz_ref hz_dag_match(hz_dag *dag, hz_ref text, const hz_patterns *patterns);

/* An operation on a look-up: HZ_OP_WORD, HZ_OP_LOOKUP, HZ_OP_ITEM of a, with k. */
hz_ref hz_dag_look(hz_dag *dag, hz_op op, hz_ref a, const hz_lookup *lookup, int64_t k);

/* Whether a code is among 64 from first on, of which bits says which: HZ_OP_AMONG_KM. */
hz_ref hz_dag_among(hz_dag *dag, hz_ref code, uint64_t bits, uint32_t first);

/* Bits (dag_bits.c). */
uint64_t hz_dag_about(const hz_dag *dag, const hz_node *node);
hz_ref hz_dag_and(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_or(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_and_not(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_not(hz_dag *dag, hz_ref a);
hz_ref hz_dag_pick_bit(hz_dag *dag, hz_ref c, hz_ref a, hz_ref b);
/* c ? a : b, for any type. */
hz_ref hz_dag_pick(hz_dag *dag, hz_ref c, hz_ref a, hz_ref b);

/* i64, with the immediate forms where an operand is constant; both wide; mul_k, div_k: i64 only. */
hz_ref hz_dag_add(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_sub(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_mul(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_mul_k(hz_dag *dag, hz_ref a, int64_t k);
hz_ref hz_dag_min(hz_dag *dag, hz_ref a, hz_ref b);   /* i64, i32, wide, text */
hz_ref hz_dag_max(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_div_k(hz_dag *dag, hz_ref a, int64_t k, hz_rounding mode);
hz_ref hz_dag_negate(hz_dag *dag, hz_ref a); /* i64, wide */
hz_ref hz_dag_abs(hz_dag *dag, hz_ref a);    /* i64, wide */
hz_ref hz_dag_widen(hz_dag *dag, hz_ref a);
hz_ref hz_dag_narrow(hz_dag *dag, hz_ref a);

/* i32 dates: a day and so many months (i64), and whether there is such a day. */
hz_ref hz_dag_add_months(hz_dag *dag, hz_ref day, hz_ref months);
hz_ref hz_dag_add_months_ok(hz_dag *dag, hz_ref day, hz_ref months);

/* wide, what the kernels of these names do. A result that is no number is the caller's to raise: hz_dag_no_number. */
hz_ref hz_dag_to_wide(hz_dag *dag, hz_ref a, int32_t scale);                       /* i64 of that scale */
hz_ref hz_dag_from_wide(hz_dag *dag, hz_ref a, int32_t places, hz_rounding mode);  /* i64 */
hz_ref hz_dag_round_wide(hz_dag *dag, hz_ref a, int32_t places, hz_rounding mode);
hz_ref hz_dag_div_wide(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_modulo_wide(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_power_wide(hz_dag *dag, hz_ref a, hz_ref n);                         /* n is i64 */
hz_ref hz_dag_no_number(hz_dag *dag, hz_ref a);                                    /* bit */

/* Comparisons of two nodes of one type: i64, i32, wide, text; equality also of bits. */
hz_ref hz_dag_eq(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_lt(hz_dag *dag, hz_ref a, hz_ref b);
hz_ref hz_dag_le(hz_dag *dag, hz_ref a, hz_ref b);

static inline bool hz_dag_constant(const hz_dag *dag, hz_ref ref)
{
    return dag->nodes.at[ref].op == HZ_NODE_CONSTANT;
}

#endif
