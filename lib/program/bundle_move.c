/* bundle_move.c - moving the items of a bundle by amounts that are known only on the row: step by step, by the binary
 * digits of the amount. See bundle.h. */
#include "program/bundle.h"

static hz_bundle *fillers(hz_lower *lower, uint32_t count, const hz_type *item)
{
    hz_bundle *out = HZ_NEW_MANY(lower->arena, hz_bundle, count);
    hz_bundle filler = hz_bundle_filler(lower, item);
    for (uint32_t i = 0; i < count; i++) out[i] = filler;
    return out;
}

static bool constant_amount(hz_lower *lower, hz_ref amount, uint32_t most, uint32_t *out)
{
    if (!hz_dag_constant(&lower->dag, amount)) return false;
    int64_t k = lower->dag.nodes.at[amount].k;
    *out = k < 0 ? 0 : k > most ? most : (uint32_t)k;
    return true;
}

/* Takes the highest binary digit, of weight 2^digit, off the rest of an amount. */
static hz_ref take_digit(hz_lower *lower, hz_ref *rest, uint32_t digit)
{
    hz_dag *dag = &lower->dag;
    hz_ref weight = hz_dag_i64(dag, INT64_C(1) << digit);
    hz_ref set = hz_dag_le(dag, weight, *rest);
    *rest = hz_dag_pick(dag, set, hz_dag_sub(dag, *rest, weight), *rest);
    return set;
}

static uint32_t digits_of(uint32_t most)
{
    uint32_t digits = 0;
    while (most >> digits != 0) digits++;
    return digits;
}

hz_bundle *hz_bundle_down(hz_lower *lower, const hz_bundle *items, uint32_t count, hz_ref amount, const hz_type *item)
{
    hz_bundle *now = fillers(lower, count, item);
    uint32_t by;
    if (constant_amount(lower, amount, count, &by)) {
        for (uint32_t i = 0; i + by < count; i++) now[i] = items[i + by];
        return now;
    }
    for (uint32_t i = 0; i < count; i++) now[i] = items[i];
    for (uint32_t digit = digits_of(count); digit-- > 0;) {
        hz_bundle *next = fillers(lower, count, item);
        hz_ref set = take_digit(lower, &amount, digit);
        for (uint32_t i = 0; i < count; i++) {
            uint64_t from = i + (UINT64_C(1) << digit);
            next[i] = hz_bundle_choose(lower, set, from < count ? now[from] : next[i], now[i]);
        }
        now = next;
    }
    return now;
}

hz_bundle *hz_bundle_up(hz_lower *lower, const hz_bundle *items, uint32_t count, uint32_t room, hz_ref amount, const hz_type *item)
{
    hz_bundle *now = fillers(lower, room, item);
    uint32_t by;
    if (constant_amount(lower, amount, room, &by)) {
        for (uint32_t i = 0; i < count && i + by < room; i++) now[i + by] = items[i];
        return now;
    }
    for (uint32_t i = 0; i < count && i < room; i++) now[i] = items[i];
    for (uint32_t digit = digits_of(room); digit-- > 0;) {
        hz_bundle *next = fillers(lower, room, item);
        hz_ref set = take_digit(lower, &amount, digit);
        for (uint32_t i = 0; i < room; i++) {
            uint64_t step = UINT64_C(1) << digit;
            next[i] = hz_bundle_choose(lower, set, i >= step ? now[i - step] : next[i], now[i]);
        }
        now = next;
    }
    return now;
}

/* ---- Keeping some ---- */

#define DIGITS 10 /* of indexes up to HZ_LIST_MOST */

typedef struct cell {
    hz_bundle item;
    hz_ref kept;           /* bit */
    hz_ref digit[DIGITS];  /* bits: how far it moves down */
} cell;

static hz_ref bits_differ(hz_dag *dag, hz_ref a, hz_ref b)
{
    return hz_dag_not(dag, hz_dag_eq(dag, a, b));
}

/* Counts one more where bit is set. */
static void count_bit(hz_dag *dag, hz_ref digit[DIGITS], hz_ref bit)
{
    for (uint32_t d = 0; d < DIGITS; d++) {
        hz_ref carry = hz_dag_and(dag, digit[d], bit);
        digit[d] = bits_differ(dag, digit[d], bit);
        bit = carry;
    }
}

/* A cell where the one above moves in, or this one stays, or nothing is left. */
static cell settle(hz_lower *lower, const cell *here, const cell *above, uint32_t digit)
{
    hz_dag *dag = &lower->dag;
    cell out = *here;
    hz_ref leaves = hz_dag_and(dag, here->kept, here->digit[digit]);
    hz_ref comes = above != NULL ? hz_dag_and(dag, above->kept, above->digit[digit]) : HZ_FALSE;
    out.kept = hz_dag_or(dag, comes, hz_dag_and_not(dag, here->kept, leaves));
    if (above == NULL) return out;
    out.item = hz_bundle_choose(lower, comes, above->item, here->item);
    for (uint32_t d = 0; d < DIGITS; d++) out.digit[d] = hz_dag_pick(dag, comes, above->digit[d], here->digit[d]);
    return out;
}

hz_bundle hz_bundle_keep(hz_lower *lower, const hz_bundle *items, const hz_ref *keep, uint32_t count, const hz_type *item)
{
    hz_dag *dag = &lower->dag;
    cell *cells = HZ_NEW_MANY(lower->arena, cell, count);
    hz_ref left_out[DIGITS] = {HZ_FALSE};
    hz_ref length = hz_dag_i64(dag, 0);
    for (uint32_t i = 0; i < count; i++) {
        cells[i].item = items[i];
        cells[i].kept = keep[i];
        memcpy(cells[i].digit, left_out, sizeof left_out);
        count_bit(dag, left_out, hz_dag_not(dag, keep[i]));
        length = hz_dag_add(dag, length, hz_dag_pick(dag, keep[i], hz_dag_i64(dag, 1), hz_dag_i64(dag, 0)));
    }
    for (uint32_t digit = 0; digit < digits_of(count); digit++) {
        cell *next = HZ_NEW_MANY(lower->arena, cell, count);
        for (uint32_t i = 0; i < count; i++) {
            uint64_t from = i + (UINT64_C(1) << digit);
            next[i] = settle(lower, &cells[i], from < count ? &cells[from] : NULL, digit);
        }
        cells = next;
    }
    hz_bundle out = {.self = hz_sure(length), .item = fillers(lower, count, item), .count = count};
    for (uint32_t i = 0; i < count; i++) out.item[i] = cells[i].item;
    return out;
}
