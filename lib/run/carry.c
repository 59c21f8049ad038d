/* carry.c - rows in turn: keys of a block, waves, what each wave finds and leaves. Called by the API.
 *
 * Memory for one block lies in the object; tables grow with the keys that are new. That a wave's rows share no key is all
 * that is relied upon: a block with one wave is decided where it lies, of others each wave's rows are gathered. A plan has
 * one leg (leg.h), a package one a part and its own program before them (carry_package.h).
 */
#include "run/carry.h"

#include "base/status.h"
#include "run/carry_package.h"

struct hz_carry {
    hz_alloc alloc;
    const hz_plan *plan;
    bool carried;            /* rows find what rows before them left */
    hz_package_rows package; /* of a package; else its plan is NULL */
    hz_leg *legs;
    uint32_t leg_count;
    hz_keyed *tables;        /* those that legs need */
    uint32_t table_count, table_room;
    hz_buf key;
    uint32_t block;          /* number of the block, from 1 */
    uint16_t *wave;          /* a block: the wave of each row */
    uint16_t *order;         /* a block: rows by wave, in order */
};

static const hz_plan *plan_of(const hz_carry *carry, uint32_t leg)
{
    return carry->plan->part_count > 0 ? carry->plan->parts[leg].plan : carry->plan;
}

/* ---- The object ---- */

static void *take(const hz_carry *carry, size_t count, size_t size)
{
    void *memory = carry->alloc.allocate(carry->alloc.user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

static void give(const hz_carry *carry, void *memory, size_t count, size_t size)
{
    if (memory != NULL) carry->alloc.release(carry->alloc.user, memory, (count + 1) * size);
}

void hz_carry_free(hz_carry *carry)
{
    if (carry == NULL) return;
    const hz_alloc alloc = carry->alloc;
    for (uint32_t i = 0; carry->legs != NULL && i < carry->leg_count; i++) hz_leg_end(&carry->legs[i], &alloc);
    hz_package_rows_end(&carry->package, &alloc);
    for (uint32_t i = 0; i < carry->table_count; i++) hz_keyed_end(&carry->tables[i]);
    hz_buf_end(&carry->key);
    give(carry, carry->legs, carry->leg_count, sizeof *carry->legs);
    give(carry, carry->tables, carry->table_room, sizeof *carry->tables);
    give(carry, carry->wave, HZ_CARRY_BLOCK, sizeof *carry->wave);
    give(carry, carry->order, HZ_CARRY_BLOCK, sizeof *carry->order);
    alloc.release(alloc.user, carry, sizeof *carry);
}

/* The table that a leg before has for a shared counter; NULL: none. Shared: two legs have it. */
static hz_keyed *table_of(const hz_carry *carry, uint32_t leg, const hz_counter *counter)
{
    for (uint32_t i = 0; counter->shared && i < leg; i++) {
        const hz_plan_model *rules = carry->legs[i].plan->rules;
        for (uint32_t c = 0; c < rules->counters.count; c++)
            if (rules->counters.at[c].shared && hz_str_eq(rules->counters.at[c].name, counter->name)) return carry->legs[i].tables[c];
    }
    return NULL;
}

static bool is_elsewhere(const hz_carry *carry, uint32_t leg, const hz_counter *counter)
{
    for (uint32_t i = 0; counter->shared && i < carry->leg_count; i++) {
        const hz_plan_model *rules = plan_of(carry, i)->rules;
        for (uint32_t c = 0; i != leg && c < rules->counters.count; c++)
            if (rules->counters.at[c].shared && hz_str_eq(rules->counters.at[c].name, counter->name)) return true;
    }
    return false;
}

static void find_tables(hz_carry *carry, uint32_t leg)
{
    const hz_plan_model *rules = carry->legs[leg].plan->rules;
    for (uint32_t c = 0; c < rules->counters.count; c++) {
        const hz_counter *counter = &rules->counters.at[c];
        if (!carry->carried && !is_elsewhere(carry, leg, counter)) continue;
        hz_keyed *table = table_of(carry, leg, counter);
        if (table == NULL) {
            table = &carry->tables[carry->table_count++];
            hz_keyed_begin(table, &carry->alloc);
        }
        carry->legs[leg].tables[c] = table;
    }
}

static bool begin_legs(hz_carry *carry, bool fresh)
{
    const hz_plan *plan = carry->plan;
    carry->leg_count = plan->part_count > 0 ? plan->part_count : 1;
    carry->legs = take(carry, carry->leg_count, sizeof *carry->legs);
    for (uint32_t i = 0; i < carry->leg_count; i++) carry->table_room += plan_of(carry, i)->rules->counters.count;
    carry->tables = take(carry, carry->table_room, sizeof *carry->tables);
    if (carry->legs == NULL || carry->tables == NULL) return false;
    for (uint32_t i = 0; i < carry->leg_count; i++) {
        if (!hz_leg_begin(&carry->legs[i], plan_of(carry, i), &carry->alloc)) return false;
        find_tables(carry, i);
        if (!hz_leg_ready(&carry->legs[i], fresh, &carry->alloc)) return false;
    }
    return plan->part_count == 0 || hz_package_rows_begin(&carry->package, plan, &carry->alloc);
}

hz_carry *hz_carry_new(const hz_plan *plan, hz_counters_of counters, const hz_alloc *alloc)
{
    hz_carry *carry = alloc->allocate(alloc->user, sizeof *carry);
    if (carry == NULL) return NULL;
    *carry = (hz_carry){.alloc = *alloc, .plan = plan, .carried = counters == HZ_COUNTERS_CARRIED};
    hz_buf_begin(&carry->key, alloc);
    carry->wave = take(carry, HZ_CARRY_BLOCK, sizeof *carry->wave);
    carry->order = take(carry, HZ_CARRY_BLOCK, sizeof *carry->order);
    if (begin_legs(carry, counters != HZ_COUNTERS_GIVEN) && carry->wave != NULL && carry->order != NULL) return carry;
    hz_carry_free(carry);
    return NULL;
}

hz_keyed *hz_carry_table(hz_carry *carry, uint32_t part, uint32_t counter)
{
    return carry->legs[part].tables[counter];
}

/* ---- Waves ---- */

/* The keys of a block's rows, of every leg. */
static int32_t find_keys(hz_carry *carry, size_t rows)
{
    int32_t status = HZ_OK;
    for (uint32_t i = 0; !carry->carried && i < carry->table_count; i++) hz_keyed_reset(&carry->tables[i]);
    for (uint32_t i = 0; i < carry->leg_count && status == HZ_OK; i++)
        status = hz_leg_find_keys(&carry->legs[i], rows, !carry->carried, &carry->key);
    return status;
}

static uint32_t wave_of(const hz_carry *carry, size_t row)
{
    uint32_t wave = 0;
    for (uint32_t i = 0; i < carry->leg_count; i++) {
        for (uint32_t c = 0; c < carry->legs[i].plan->rules->counters.count; c++) {
            const hz_keyed_entry *entry = hz_leg_entry(&carry->legs[i], c, row);
            if (entry != NULL && entry->block == carry->block && entry->wave >= wave) wave = entry->wave + 1;
        }
    }
    return wave;
}

/* The wave of each row; returns how many waves there are. */
static uint32_t find_waves(hz_carry *carry, size_t rows)
{
    uint32_t waves = 0;
    carry->block++;
    for (size_t r = 0; r < rows; r++) {
        uint32_t wave = carry->carried ? wave_of(carry, r) : 0;
        for (uint32_t i = 0; carry->carried && i < carry->leg_count; i++) {
            for (uint32_t c = 0; c < carry->legs[i].plan->rules->counters.count; c++) {
                hz_keyed_entry *entry = hz_leg_entry(&carry->legs[i], c, r);
                if (entry == NULL) continue;
                entry->block = carry->block;
                entry->wave = wave;
            }
        }
        carry->wave[r] = (uint16_t)wave;
        if (wave >= waves) waves = wave + 1;
    }
    return waves;
}

/* Rows by wave, in their order within one; ends[w]: where wave w ends. A block has no more waves than rows. */
static void sort_rows(hz_carry *carry, size_t rows, uint32_t waves, uint16_t *ends)
{
    memset(ends, 0, (waves + 1) * sizeof *ends);
    for (size_t r = 0; r < rows; r++) ends[carry->wave[r] + 1]++;
    for (uint32_t w = 1; w <= waves; w++) ends[w] = (uint16_t)(ends[w] + ends[w - 1]);
    for (size_t r = 0; r < rows; r++) carry->order[ends[carry->wave[r]]++] = (uint16_t)r;
}

/* ---- Blocks ---- */

static int32_t begin_block(hz_carry *carry, const hz_columns *in, size_t first, size_t rows, const hz_results *out)
{
    if (carry->package.plan != NULL) return hz_package_rows_ask(&carry->package, carry->legs, in, first, rows, out);
    hz_leg *leg = carry->legs;
    leg->block_rows = rows;
    leg->inputs = in->inputs;
    leg->counters = in->counters;
    leg->inputs_first = leg->first = first;
    leg->out = out;
    hz_leg_ask_all(leg, rows);
    return HZ_OK;
}

static int32_t run_wave(hz_carry *carry, const uint16_t *row, size_t count)
{
    int32_t status = HZ_OK;
    for (uint32_t i = 0; i < carry->leg_count && status == HZ_OK; i++)
        status = hz_leg_run(&carry->legs[i], row, count, carry->carried, carry->legs, i);
    return status;
}

static int32_t run_block(hz_carry *carry, const hz_columns *in, size_t first, size_t rows, const hz_results *out)
{
    uint16_t ends[HZ_CARRY_BLOCK + 2];
    int32_t status = begin_block(carry, in, first, rows, out);
    if (status == HZ_OK) status = find_keys(carry, rows);
    if (status != HZ_OK) return status;
    uint32_t waves = find_waves(carry, rows);
    sort_rows(carry, rows, waves, ends);
    for (uint32_t w = 0, begin = 0; w < waves && status == HZ_OK; begin = ends[w++])
        status = run_wave(carry, carry->order + begin, (size_t)ends[w] - begin);
    if (status == HZ_OK && carry->package.plan != NULL) hz_package_rows_compose(&carry->package, carry->legs);
    return status;
}

/* Bits of rows [first, first + rows) that waves will only set. */
static void clear_bits(uint8_t *bits, size_t first, size_t rows)
{
    for (size_t r = first, end = first + rows; bits != NULL && r < end;) {
        size_t byte = r / 8, next = 8 * (byte + 1) < end ? 8 * (byte + 1) : end;
        hz_write_bits(&bits[byte], (uint8_t)(((1u << (next - r)) - 1) << (r % 8)), 0);
        r = next;
    }
}

int32_t hz_carry_range(hz_carry *carry, const hz_columns *in, size_t first, size_t rows, const hz_results *out)
{
    for (uint32_t i = 0; out->listed != NULL && i < carry->plan->columns.listed_count; i++) clear_bits(out->listed[i], first, rows);
    for (size_t end = first + rows; first < end; first += HZ_CARRY_BLOCK) {
        size_t count = end - first < HZ_CARRY_BLOCK ? end - first : HZ_CARRY_BLOCK;
        int32_t status = run_block(carry, in, first, count, out);
        if (status != HZ_OK) return status;
    }
    return HZ_OK;
}
