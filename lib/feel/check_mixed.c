/* check_mixed.c - see check_mixed.h. Called by check_list.c and check_list_call.c. */
#include "feel/check_mixed.h"

#define KINDS (HZ_KIND_RANGE + 1)

/* ---- What goes together ---- */

static bool is_mixable(const hz_type *type)
{
    return type->kind != HZ_KIND_CODE && type->kind != HZ_KIND_SET && type->kind != HZ_KIND_RANGE;
}

bool hz_type_mixes(const hz_type *a, const hz_type *b)
{
    if (a->kind == HZ_KIND_NULL || b->kind == HZ_KIND_NULL || hz_type_same(a, b)) return true;
    if (a->kind == HZ_KIND_LIST && b->kind == HZ_KIND_LIST) return hz_type_mixes(a->item, b->item);
    return is_mixable(a) && is_mixable(b);
}

bool hz_type_meets(const hz_type *a, const hz_type *b)
{
    if (a->kind == HZ_KIND_NULL || b->kind == HZ_KIND_NULL) return true;
    if (b->kind == HZ_KIND_MIXED && a->kind != HZ_KIND_MIXED) return hz_type_meets(b, a);
    if (a->kind == HZ_KIND_MIXED) {
        for (uint32_t i = 0; i < a->count; i++)
            if (hz_type_meets(&a->item[i], b)) return true;
        return false;
    }
    if (a->kind == HZ_KIND_LIST && b->kind == HZ_KIND_LIST) return hz_type_meets(a->item, b->item);
    return hz_type_same(a, b);
}

bool hz_type_has_mixed(const hz_type *type)
{
    while (type->kind == HZ_KIND_LIST) type = type->item;
    return type->kind == HZ_KIND_MIXED;
}

/* ---- Joining ---- */

typedef struct mixing {
    hz_arena *arena;
    hz_type kind[KINDS]; /* the alternative of each kind; NONE: there is none */
    uint8_t absent;
} mixing;

static bool add(mixing *m, const hz_type *type)
{
    m->absent |= type->absent;
    if (type->kind == HZ_KIND_MIXED) {
        for (uint32_t i = 0; i < type->count; i++)
            if (!add(m, &type->item[i])) return false;
        return true;
    }
    hz_type *own = &m->kind[type->kind], joined = *type;
    if (own->kind != HZ_KIND_NONE && !hz_check_join(m->arena, own, type, &joined)) return false;
    *own = joined;
    own->absent = 0;
    return true;
}

bool hz_check_mix(hz_arena *arena, const hz_type *a, const hz_type *b, hz_type *out)
{
    mixing m = {.arena = arena};
    if (!add(&m, a) || !add(&m, b)) return false;
    uint32_t count = 0;
    for (uint32_t kind = 0; kind < KINDS; kind++)
        if (m.kind[kind].kind != HZ_KIND_NONE) m.kind[count++] = m.kind[kind];
    hz_type *alternatives = HZ_NEW_MANY(arena, hz_type, count);
    memcpy(alternatives, m.kind, count * sizeof *alternatives);
    *out = (hz_type){.kind = HZ_KIND_MIXED, .absent = m.absent, .item = alternatives, .count = count, .hi = (hz_i128)count - 1};
    return true;
}

/* ---- Taking apart ---- */

bool hz_check_leaf(hz_arena *arena, const hz_type *type, hz_type *leaf, uint8_t *absent)
{
    if (type->kind == HZ_KIND_LIST) {
        *absent |= (uint8_t)(type->absent & ~HZ_MAY_NULL);
        if ((type->absent & HZ_MAY_NULL) != 0) leaf->absent |= HZ_MAY_NULL; /* a list that is null is a null item */
        return type->count == 0 || hz_check_leaf(arena, type->item, leaf, absent);
    }
    if (type->kind != HZ_KIND_MIXED) {
        uint8_t both = (uint8_t)(leaf->absent | type->absent);
        bool fits = true;
        if (leaf->kind == HZ_KIND_NONE) *leaf = *type;
        else fits = hz_check_join(arena, leaf, type, leaf);
        leaf->absent |= both;
        return fits;
    }
    for (uint32_t i = 0; i < type->count; i++)
        if (!hz_check_leaf(arena, &type->item[i], leaf, absent)) return false;
    leaf->absent |= type->absent;
    if (hz_type_alternative(type, HZ_KIND_LIST) != NULL) *absent |= (uint8_t)(type->absent & ~HZ_MAY_NULL);
    return true;
}
