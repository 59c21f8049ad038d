/* fuse.c - two instructions on bits become one where nothing else reads what is between them, and so does a number that is chosen
 * by one bit after another. Called by emit.c before registers are given; the meaning of no node changes. Which pairs: the
 * kernels of three bits in kernel.def.
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

/* ---- Numbers chosen by one bit after another ---- */

static bool small(int64_t number)
{
    return number >= 0 && number <= UINT8_MAX;
}

enum { CHOICES_MOST = UINT8_MAX };

/* How many choices begin at a node, down to one between two constants which nothing else reads; 0: there is no such. */
static uint32_t count_choices(const fusion *f, hz_ref head)
{
    uint32_t count = 1;
    const hz_node *node = &f->nodes[head];
    const uint16_t last = node->op == HZ_OP_PICK_K ? HZ_OP_PICK_KM : HZ_OP_PICK_KM_I32, one = node->op;
    while (node->op == one && f->uses[node->a] == 1 && count <= CHOICES_MOST) {
        node = &f->nodes[node->a];
        count++;
    }
    return node->op == last && count <= CHOICES_MOST ? count : 0;
}

/* Values that are small are their own numbers; others are counted, equal ones alike. */
static void number_choices(hz_choice *choices, uint32_t count, int64_t rest)
{
    bool own = small(rest);
    for (uint32_t n = 0; n < count; n++) own &= small(choices[n].value);
    for (uint32_t n = 0, next = 1; n < count; n++) {
        uint32_t same = 0;
        while (same < n && choices[same].value != choices[n].value) same++;
        choices[n].number = own ? (uint8_t)choices[n].value : same < n ? choices[same].number : (uint8_t)next++;
    }
}

static void fuse_choices(fusion *f, hz_arena *arena, hz_ref head)
{
    uint32_t count = count_choices(f, head);
    if (count < 3) return;
    hz_choice *choices = HZ_NEW_MANY(arena, hz_choice, count);
    hz_ref at = head;
    for (uint32_t n = 0; n + 1 < count; n++) {
        choices[n] = (hz_choice){.reg = f->nodes[at].b, .value = f->nodes[at].k};
        at = f->nodes[at].a;
        f->uses[at] = 0;
    }
    choices[count - 1] = (hz_choice){.reg = f->nodes[at].a, .value = f->nodes[at].k};
    number_choices(choices, count, f->nodes[at].m);
    hz_node *node = &f->nodes[head];
    const hz_op op = node->op == HZ_OP_PICK_K ? HZ_OP_FIRST : HZ_OP_FIRST_I32;
    *node = (hz_node){.op = (uint16_t)op, .type = node->type, .k = count, .m = f->nodes[at].m, .choices = choices};
}

void hz_fuse(hz_arena *arena, hz_node *nodes, uint32_t count, uint32_t *uses)
{
    fusion f = {nodes, uses};
    for (uint32_t i = count; i-- > 0;)
        if (uses[i] > 0 && (nodes[i].op == HZ_OP_PICK_K_I32 || nodes[i].op == HZ_OP_PICK_K)) fuse_choices(&f, arena, i);
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
