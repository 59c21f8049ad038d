/* tally_keys.c - under which keys the rows of a block find counters, and which of these the turn that is open behind the
 * block goes on with. Called by tally_carry.c.
 */
#include "run/tally_carry.h"

#include "base/status.h"
#include "run/carry_key.h"

#define FIRST_ROOM 1024u

/* ---- The object ---- */

static void begin_counter(hz_tally_carry *carry, hz_tally_counter *counter)
{
    hz_keyed_begin(&counter->table, &carry->alloc);
    hz_keyed_begin(&counter->spare, &carry->alloc);
    counter->entry = carry->alloc.allocate(carry->alloc.user, HZ_TALLY_POSITIONS * sizeof *counter->entry);
}

static void end_counter(hz_tally_carry *carry, hz_tally_counter *counter)
{
    const hz_alloc *alloc = &carry->alloc;
    if (counter->table.alloc.release == NULL) return;
    hz_keyed_end(&counter->table);
    hz_keyed_end(&counter->spare);
    if (counter->entry != NULL) alloc->release(alloc->user, counter->entry, HZ_TALLY_POSITIONS * sizeof *counter->entry);
    if (counter->at != NULL) alloc->release(alloc->user, counter->at, counter->room * sizeof *counter->at);
}

static size_t size_of_counters(const hz_tally_carry *carry)
{
    return (carry->counters + 1) * sizeof(hz_tally_counter);
}

bool hz_tally_keys_begin(hz_tally_carry *carry, hz_batch *base, const hz_variant_programs *programs)
{
    const hz_alloc *alloc = &carry->alloc;
    carry->keys = alloc->allocate(alloc->user, programs->key_count * sizeof *carry->keys);
    if (carry->keys == NULL) return false;
    memset(carry->keys, 0, programs->key_count * sizeof *carry->keys);
    carry->key_count = programs->key_count;
    for (uint32_t i = 0; i < carry->key_count; i++) {
        hz_tally_keys *keys = &carry->keys[i];
        keys->batch = i == 0 ? base : &keys->own;
        if (i > 0 && hz_batch_begin_keyed(&keys->own, &programs->keys[i - 1], alloc) != HZ_OK) return false;
        keys->counters = alloc->allocate(alloc->user, size_of_counters(carry));
        if (keys->counters == NULL) return false;
        memset(keys->counters, 0, size_of_counters(carry));
        for (uint32_t c = 0; c < carry->counters; c++) {
            begin_counter(carry, &keys->counters[c]);
            if (keys->counters[c].entry == NULL) return false;
        }
    }
    return true;
}

void hz_tally_keys_end(hz_tally_carry *carry)
{
    const hz_alloc *alloc = &carry->alloc;
    for (uint32_t i = 0; carry->keys != NULL && i < carry->key_count; i++) {
        hz_tally_keys *keys = &carry->keys[i];
        for (uint32_t c = 0; keys->counters != NULL && c < carry->counters; c++) end_counter(carry, &keys->counters[c]);
        if (keys->counters != NULL) alloc->release(alloc->user, keys->counters, size_of_counters(carry));
        if (keys->own.plan != NULL) hz_batch_end(&keys->own);
    }
    if (carry->keys != NULL) alloc->release(alloc->user, carry->keys, carry->key_count * sizeof *carry->keys);
    carry->keys = NULL;
}

/* ---- Entries ---- */

static bool make_room(const hz_alloc *alloc, hz_tally_counter *counter)
{
    if (counter->table.count <= counter->room) return true;
    uint32_t room = counter->room == 0 ? FIRST_ROOM : counter->room * 2;
    hz_tally_entry *at = alloc->allocate(alloc->user, room * sizeof *at);
    if (at == NULL) return false;
    if (counter->room > 0) memcpy(at, counter->at, counter->room * sizeof *at);
    if (counter->at != NULL) alloc->release(alloc->user, counter->at, counter->room * sizeof *at);
    counter->at = at;
    counter->room = room;
    return true;
}

/* The entry of the key that stands in carry->key. A new one is as it was given before all rows. */
static uint32_t entry_of(hz_tally_carry *carry, hz_tally_counter *counter, uint32_t number)
{
    hz_str key = hz_buf_text(&carry->key);
    uint32_t count = counter->table.count, entry = carry->key.failed ? HZ_NO_ENTRY : hz_keyed_entry_of(&counter->table, key);
    if (entry == HZ_NO_ENTRY || counter->table.count == count) return entry;
    if (!make_room(&carry->alloc, counter)) return HZ_NO_ENTRY;
    uint32_t place;
    const hz_account *given = hz_accounts_known(hz_carry_accounts(carry->known, 0, number, &place), key);
    bool known = given != NULL && (given->known >> place & 1) != 0;
    counter->at[entry] = (hz_tally_entry){.value = known ? given->value[place] : carry->start[number]};
    return entry;
}

static bool is_open(const hz_batch *batch, uint32_t reg, size_t row)
{
    return (batch->key_bad[row / 64] >> (row % 64) & 1) != 0 || (reg != HZ_NO_REG && (((const uint64_t *)batch->reg[reg])[row / 64] >> (row % 64) & 1) != 0);
}

/* The entries of positions [begin, begin + count), a chunk of them, whose keys stand in the batch. */
static bool find_entries(hz_tally_carry *carry, const hz_tally_keys *keys, size_t begin, size_t count)
{
    for (uint32_t c = 0; c < carry->counters; c++) {
        const hz_column_key *key = &keys->batch->plan->columns.keys[c];
        hz_tally_counter *counter = &keys->counters[c];
        for (size_t r = 0; r < count; r++) {
            uint32_t *entry = &counter->entry[begin + r];
            *entry = HZ_NO_ENTRY;
            if (is_open(keys->batch, key->open, r)) continue;
            hz_buf_reset(&carry->key);
            hz_carry_spell(keys->batch, key, r, &carry->key);
            *entry = entry_of(carry, counter, c);
            if (*entry == HZ_NO_ENTRY) return false;
        }
    }
    return true;
}

/* ---- What stays ---- */

/* Positions of the turn that is open behind the block; there is one a wave at most. */
static uint32_t find_open_rows(const hz_tally_carry *carry, const uint16_t *order, uint32_t found[HZ_TALLY_WAVES])
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < carry->waves; w++)
        for (uint32_t p = carry->begin[w]; p < carry->begin[w] + carry->rows[w]; p++)
            if (carry->turn[order[p]] == carry->open_turn) found[count++] = p;
    return count;
}

static void keep_entries(const hz_tally_carry *carry, hz_tally_counter *counter, const uint32_t *positions, uint32_t count)
{
    counter->kept_count = 0;
    for (uint32_t i = 0; carry->open_turn == 0 && i < counter->open; i++) {
        counter->at[counter->kept_count++].kept = i;
        counter->at[i].block = carry->block;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t entry = counter->entry[positions[i]];
        if (entry == HZ_NO_ENTRY || counter->at[entry].block == carry->block) continue;
        counter->at[counter->kept_count++].kept = entry;
        counter->at[entry].block = carry->block;
    }
}

int32_t hz_tally_keys_find(hz_tally_carry *carry, const hz_column *inputs, const uint16_t *order)
{
    static const hz_results none = {0};
    uint32_t positions[HZ_TALLY_WAVES], count = find_open_rows(carry, order, positions);
    for (uint32_t i = 0; i < carry->key_count; i++) {
        const hz_tally_keys *keys = &carry->keys[i];
        hz_batch_open(keys->batch, inputs, carry->columns, 0, carry->positions, &none);
        for (size_t begin = 0; begin < carry->positions; begin += HZ_CHUNK) {
            size_t rows = carry->positions - begin < HZ_CHUNK ? carry->positions - begin : HZ_CHUNK;
            hz_batch_keys(keys->batch, begin, rows);
            if (keys->batch->workspace.failed || !find_entries(carry, keys, begin, rows)) return HZ_NO_MEMORY;
        }
        for (uint32_t c = 0; c < carry->counters; c++) keep_entries(carry, &keys->counters[c], positions, count);
    }
    return HZ_OK;
}

/* Entries that stay rise, so each moves to a place before its own. */
static bool roll_counter(hz_tally_counter *counter)
{
    hz_keyed_reset(&counter->spare);
    for (uint32_t i = 0; i < counter->kept_count; i++) {
        if (hz_keyed_entry_of(&counter->spare, hz_keyed_key(&counter->table, counter->at[i].kept)) != i) return false;
        counter->at[i].value = counter->at[counter->at[i].kept].value;
        counter->at[i].block = 0;
    }
    hz_keyed table = counter->table;
    counter->table = counter->spare;
    counter->spare = table;
    counter->open = counter->kept_count;
    return true;
}

int32_t hz_tally_keys_roll(hz_tally_carry *carry)
{
    for (uint32_t i = 0; i < carry->key_count; i++)
        for (uint32_t c = 0; c < carry->counters; c++)
            if (!roll_counter(&carry->keys[i].counters[c])) return HZ_NO_MEMORY;
    return HZ_OK;
}
