/* carry.c - rows in turn: keys of a block, waves, what each wave finds and leaves. Called by the API.
 *
 * Memory for one block lies in the object; tables grow with the keys that are new. That a wave's rows share no key is all
 * that is relied upon: a block with one wave is decided where it lies, of others each wave's rows are gathered.
 */
#include "run/carry.h"

#include "base/status.h"
#include "run/carry_rows.h"

struct hz_carry {
    hz_alloc alloc;
    const hz_plan *plan;
    hz_batch batch;
    hz_keyed *tables;        /* per counter */
    hz_buf key;
    uint32_t block;          /* number of the block, from 1 */
    uint32_t *entry;         /* per counter, a block: entries of the rows' keys, HZ_NO_ENTRY where the key is open */
    uint16_t *wave;          /* a block: the wave of each row */
    uint16_t *order;         /* a block: rows by wave, in order */
    hz_gathered gathered;    /* the rows of a wave */
};

static uint32_t counters_of(const hz_carry *carry)
{
    return carry->plan->rules->counters.count;
}

/* ---- The object ---- */

static void *take(hz_carry *carry, size_t count, size_t size)
{
    void *memory = carry->alloc.allocate(carry->alloc.user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

static void give(hz_carry *carry, void *memory, size_t count, size_t size)
{
    if (memory != NULL) carry->alloc.release(carry->alloc.user, memory, (count + 1) * size);
}

void hz_carry_free(hz_carry *carry)
{
    if (carry == NULL) return;
    const hz_alloc alloc = carry->alloc;
    uint32_t counters = counters_of(carry);
    hz_batch_end(&carry->batch);
    for (uint32_t i = 0; carry->tables != NULL && i < counters; i++) hz_keyed_end(&carry->tables[i]);
    hz_buf_end(&carry->key);
    give(carry, carry->tables, counters, sizeof *carry->tables);
    give(carry, carry->entry, (size_t)counters * HZ_CARRY_BLOCK, sizeof *carry->entry);
    give(carry, carry->wave, HZ_CARRY_BLOCK, sizeof *carry->wave);
    give(carry, carry->order, HZ_CARRY_BLOCK, sizeof *carry->order);
    hz_gathered_end(&carry->gathered);
    alloc.release(alloc.user, carry, sizeof *carry);
}

hz_carry *hz_carry_new(const hz_plan *plan, const hz_alloc *alloc)
{
    hz_carry *carry = alloc->allocate(alloc->user, sizeof *carry);
    if (carry == NULL) return NULL;
    *carry = (hz_carry){.alloc = *alloc, .plan = plan};
    uint32_t counters = counters_of(carry);
    hz_buf_begin(&carry->key, alloc);
    carry->tables = take(carry, counters, sizeof *carry->tables);
    for (uint32_t i = 0; carry->tables != NULL && i < counters; i++) hz_keyed_begin(&carry->tables[i], alloc);
    carry->entry = take(carry, (size_t)counters * HZ_CARRY_BLOCK, sizeof *carry->entry);
    carry->wave = take(carry, HZ_CARRY_BLOCK, sizeof *carry->wave);
    carry->order = take(carry, HZ_CARRY_BLOCK, sizeof *carry->order);
    bool ok = carry->tables != NULL && carry->entry != NULL && carry->wave != NULL && carry->order != NULL;
    ok = ok && hz_gathered_begin(&carry->gathered, plan, HZ_CARRY_BLOCK, alloc);
    if (ok && hz_batch_begin_keyed(&carry->batch, plan, alloc) == HZ_OK) {
        carry->batch.fresh = true;
        return carry;
    }
    hz_carry_free(carry);
    return NULL;
}

hz_keyed *hz_carry_table(hz_carry *carry, uint32_t counter)
{
    return &carry->tables[counter];
}

/* ---- Keys ---- */

static bool is_open(const hz_batch *batch, uint32_t reg, size_t row)
{
    return reg != HZ_NO_REG && (((const uint64_t *)batch->reg[reg])[row / 64] >> (row % 64) & 1) != 0;
}

/* The entries of rows [begin, begin + count) of a block, a chunk of it. */
static bool find_entries(hz_carry *carry, size_t begin, size_t count)
{
    const hz_batch *batch = &carry->batch;
    for (uint32_t c = 0; c < counters_of(carry); c++) {
        const hz_column_key *key = &carry->plan->columns.keys[c];
        uint32_t *entry = carry->entry + (size_t)c * HZ_CARRY_BLOCK + begin;
        for (size_t r = 0; r < count; r++) {
            entry[r] = HZ_NO_ENTRY;
            if (is_open(batch, key->open, r) || (batch->bad[r / 64] >> (r % 64) & 1) != 0) continue;
            hz_buf_reset(&carry->key);
            hz_carry_spell(batch, key, r, &carry->key);
            entry[r] = carry->key.failed ? HZ_NO_ENTRY : hz_keyed_entry_of(&carry->tables[c], hz_buf_text(&carry->key));
            if (entry[r] == HZ_NO_ENTRY) return false;
        }
    }
    return true;
}

static int32_t find_keys(hz_carry *carry, const hz_column *inputs, size_t first, size_t rows)
{
    for (size_t begin = 0; begin < rows; begin += HZ_CHUNK) {
        size_t count = rows - begin < HZ_CHUNK ? rows - begin : HZ_CHUNK;
        int32_t status = hz_batch_keys(&carry->batch, inputs, first + begin, count);
        if (status != HZ_OK) return status;
        if (!find_entries(carry, begin, count)) return HZ_NO_MEMORY;
    }
    return HZ_OK;
}

/* ---- Waves ---- */

static hz_keyed_entry *entry_at(const hz_carry *carry, uint32_t counter, size_t row)
{
    uint32_t entry = carry->entry[(size_t)counter * HZ_CARRY_BLOCK + row];
    return entry != HZ_NO_ENTRY ? &carry->tables[counter].entries[entry] : NULL;
}

/* The wave of each row; returns how many waves there are. */
static uint32_t find_waves(hz_carry *carry, size_t rows)
{
    uint32_t waves = 0;
    carry->block++;
    for (size_t r = 0; r < rows; r++) {
        uint32_t wave = 0;
        for (uint32_t c = 0; c < counters_of(carry); c++) {
            const hz_keyed_entry *entry = entry_at(carry, c, r);
            if (entry != NULL && entry->block == carry->block && entry->wave >= wave) wave = entry->wave + 1;
        }
        for (uint32_t c = 0; c < counters_of(carry); c++) {
            hz_keyed_entry *entry = entry_at(carry, c, r);
            if (entry == NULL) continue;
            entry->block = carry->block;
            entry->wave = wave;
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

/* ---- What a wave finds and leaves ---- */

/* Counters before the rows: as the host gives them, else what is known. */
static void find_before(const hz_carry *carry, const hz_gathered *rows)
{
    for (uint32_t c = 0; c < counters_of(carry); c++) {
        int64_t *values = rows->before[c];
        uint8_t *valid = rows->before_valid[c];
        const hz_column *given = &rows->given[c];
        rows->counters[c] = *given;
        if (given->values != NULL && given->valid == NULL) continue; /* in every row */
        memset(valid, 0, rows->count / 8 + 1);
        for (size_t i = 0; i < rows->count; i++) {
            const hz_keyed_entry *entry = entry_at(carry, c, rows->row[i]);
            if (entry == NULL || !entry->known) continue;
            values[i] = entry->value;
            valid[i / 8] = (uint8_t)(valid[i / 8] | 1u << (i % 8));
        }
        int32_t scale = carry->plan->rules->counters.at[c].type.scale;
        rows->counters[c] = (hz_column){.values = values, .valid = valid, .layout = HZ_LAYOUT_INT64, .scale = scale};
        if (given->values != NULL) hz_gathered_mix(rows, c, given, &rows->counters[c]);
    }
}

static void keep_after(const hz_carry *carry, const hz_gathered *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->outcome[i] > HZ_NOTHING_DUE) continue;
        for (uint32_t c = 0; c < counters_of(carry); c++) {
            hz_keyed_entry *entry = entry_at(carry, c, rows->row[i]);
            if (entry == NULL || (rows->moved[c][i / 8] >> (i % 8) & 1) == 0) continue;
            entry->known = true;
            entry->value = rows->after[c][i];
        }
    }
}

static int32_t run_wave(hz_carry *carry, const hz_column *inputs, const hz_column *counters, size_t first, const hz_results *out)
{
    hz_gathered *rows = &carry->gathered;
    hz_gathered_take(rows, inputs, counters, first);
    find_before(carry, rows);
    const hz_results results = hz_gathered_results(rows, out);
    int32_t status = hz_batch_run(&carry->batch, rows->inputs, rows->counters, rows->count, &results);
    if (status != HZ_OK) return status;
    keep_after(carry, rows);
    hz_gathered_put(rows, out, first);
    return HZ_OK;
}

static int32_t run_block(hz_carry *carry, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows,
                         const hz_results *out)
{
    uint16_t ends[HZ_CARRY_BLOCK + 2];
    int32_t status = find_keys(carry, inputs, first, rows);
    if (status != HZ_OK) return status;
    uint32_t waves = find_waves(carry, rows);
    sort_rows(carry, rows, waves, ends);
    for (uint32_t w = 0, begin = 0; w < waves; begin = ends[w++]) {
        carry->gathered.row = carry->order + begin;
        carry->gathered.count = (size_t)ends[w] - begin;
        status = run_wave(carry, inputs, counters, first, out);
        if (status != HZ_OK) return status;
    }
    return HZ_OK;
}

int32_t hz_carry_range(hz_carry *carry, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows,
                       const hz_results *out)
{
    for (size_t end = first + rows; first < end; first += HZ_CARRY_BLOCK) {
        size_t count = end - first < HZ_CARRY_BLOCK ? end - first : HZ_CARRY_BLOCK;
        int32_t status = run_block(carry, inputs, counters, first, count, out);
        if (status != HZ_OK) return status;
    }
    return HZ_OK;
}
