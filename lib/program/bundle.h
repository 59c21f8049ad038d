/* bundle.h - lists while they are lowered: what their items and their length are made of, as DAG nodes.
 *
 * A list is a bundle (plan.h): its length, with the list's own masks, and as many items as its type allows at most.
 * Items from the length on hold anything and are never read. A mixed value is one too: the number of the alternative that
 * it is, with its masks, and all alternatives, of which the others hold anything. Bundles of one type have one shape, so that choosing,
 * moving and comparing go item by item; hz_bundle_convert brings a bundle to the shape of another type.
 */
#ifndef HZ_PROGRAM_BUNDLE_H
#define HZ_PROGRAM_BUNDLE_H

#include "program/lower.h"

/* A value of type `from` as one of `to`, which holds it. */
hz_bundle hz_bundle_convert(hz_lower *lower, hz_bundle value, const hz_type *from, const hz_type *to);
/* A value nobody reads: zero, or an empty list. */
hz_bundle hz_bundle_filler(hz_lower *lower, const hz_type *type);
/* A list of so many of these items, all of them there. */
hz_bundle hz_bundle_of(hz_lower *lower, hz_bundle *items, uint32_t count);

/* Bit: item number index is there. */
hz_ref hz_bundle_has(hz_lower *lower, const hz_bundle *list, const hz_type *type, uint32_t index);
/* Bit: the list is no value itself. */
hz_ref hz_bundle_absent(hz_lower *lower, const hz_bundle *list);
/* bit ? a : b, of one type. */
hz_bundle hz_bundle_choose(hz_lower *lower, hz_ref bit, hz_bundle a, hz_bundle b);
/* `=` of two values of one type. */
hz_regs hz_bundle_equal(hz_lower *lower, const hz_bundle *a, const hz_bundle *b, const hz_type *type);
/* A boolean about an item, where the item counts: false where it is not there. */
hz_regs hz_bundle_where(hz_lower *lower, hz_ref has, hz_regs boolean);

/* Bit: a mixed value is of this alternative, which is one of its type. */
hz_ref hz_bundle_is(hz_lower *lower, const hz_bundle *mixed, const hz_type *type, const hz_type *alternative);
/* A mixed value as one of its alternatives. */
hz_bundle hz_bundle_alternative(const hz_bundle *mixed, const hz_type *type, const hz_type *alternative);

/* ---- Moving items (bundle_move.c) ---- */

/* Items moved to lower indexes by amount, from 0 to count; what moves in at the end is filler. */
hz_bundle *hz_bundle_down(hz_lower *lower, const hz_bundle *items, uint32_t count, hz_ref amount, const hz_type *item);
/* The same to higher indexes; room of them are kept. */
hz_bundle *hz_bundle_up(hz_lower *lower, const hz_bundle *items, uint32_t count, uint32_t room, hz_ref amount, const hz_type *item);
/* The items whose bit is set, in their order, as a list. Moves are made by the binary digits of how many were left out
 * before an item: n log n steps. */
hz_bundle hz_bundle_keep(hz_lower *lower, const hz_bundle *items, const hz_ref *keep, uint32_t count, const hz_type *item);

/* ---- lower_list.c ---- */

/* A list's value; its type may be narrower than wanted by the caller: see convert. */
hz_bundle hz_lower_list(hz_lower *lower, const hz_ast *ast);
/* Any value, scalars too, at a type that holds it; null literals too. */
hz_bundle hz_lower_as(hz_lower *lower, const hz_ast *ast, const hz_type *type);
/* Files a list under its expression and gives its registers for hz_lower_expression. */
hz_regs hz_lower_file_list(hz_lower *lower, const hz_ast *ast, hz_bundle list);
/* Comparisons with lists, for lower.c. */
hz_regs hz_lower_lists_equal(hz_lower *lower, const hz_ast *a, const hz_ast *b);
hz_regs hz_lower_member(hz_lower *lower, const hz_ast *x, const hz_ast *list);

#endif
