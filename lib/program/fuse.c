/* fuse.c - two instructions on bits become one where nothing else reads what is between them. Called by emit.c before
 * registers are given; the meaning of no node changes. Which pairs: the kernels of three bits in kernel.def.
 */
#include "program/fuse.h"

typedef struct fusion {
    hz_node *nodes;
    uint32_t *uses;
} fusion;

/* The operation of a node that only its parent reads, or HZ_NODE_CONSTANT: leave it. */
static uint16_t inner(const fusion *f, hz_ref ref)
{
    return f->uses[ref] == 1 ? f->nodes[ref].op : HZ_NODE_CONSTANT;
}

static void become(fusion *f, hz_node *node, hz_op op, hz_ref gone, hz_ref a, hz_ref b, hz_ref c)
{
    node->op = (uint16_t)op;
    node->a = a;
    node->b = b;
    node->c = c;
    f->uses[gone] = 0;
}

/* other `or` what stands in `ref`. */
static bool fuse_or(fusion *f, hz_node *node, hz_ref other, hz_ref ref)
{
    const hz_node in = f->nodes[ref];
    switch (inner(f, ref)) {
    case HZ_OP_OR: become(f, node, HZ_OP_OR3, ref, other, in.a, in.b); return true;
    case HZ_OP_AND: become(f, node, HZ_OP_OR_AND, ref, other, in.a, in.b); return true;
    case HZ_OP_AND_NOT: become(f, node, HZ_OP_OR_AND_NOT, ref, other, in.a, in.b); return true;
    default: return false;
    }
}

static bool fuse_and(fusion *f, hz_node *node, hz_ref other, hz_ref ref)
{
    const hz_node in = f->nodes[ref];
    switch (inner(f, ref)) {
    case HZ_OP_AND: become(f, node, HZ_OP_AND3, ref, other, in.a, in.b); return true;
    case HZ_OP_AND_NOT: become(f, node, HZ_OP_AND_AND_NOT, ref, other, in.a, in.b); return true;
    default: return false;
    }
}

static void fuse_and_not(fusion *f, hz_node *node)
{
    const hz_ref a = node->a, b = node->b;
    const hz_node left = f->nodes[a], right = f->nodes[b];
    if (inner(f, b) == HZ_OP_OR) become(f, node, HZ_OP_AND_NOR, b, a, right.a, right.b);
    else if (inner(f, a) == HZ_OP_AND) become(f, node, HZ_OP_AND_AND_NOT, a, left.a, left.b, b);
    else if (inner(f, a) == HZ_OP_AND_NOT) become(f, node, HZ_OP_AND_NOR, a, left.a, left.b, b);
}

void hz_fuse(hz_node *nodes, uint32_t count, uint32_t *uses)
{
    fusion f = {nodes, uses};
    for (uint32_t i = 0; i < count; i++) {
        hz_node *node = &nodes[i];
        if (uses[i] == 0) continue;
        switch (node->op) {
        case HZ_OP_OR: (void)(fuse_or(&f, node, node->a, node->b) || fuse_or(&f, node, node->b, node->a)); break;
        case HZ_OP_AND: (void)(fuse_and(&f, node, node->a, node->b) || fuse_and(&f, node, node->b, node->a)); break;
        case HZ_OP_AND_NOT: fuse_and_not(&f, node); break;
        case HZ_OP_NOT:
            if (inner(&f, node->a) == HZ_OP_OR) become(&f, node, HZ_OP_NOR, node->a, nodes[node->a].a, nodes[node->a].b, 0);
            break;
        default: break;
        }
    }
}
