/* leg.c - the rows of a block that ask one plan: their keys, what they find in counters and leave there, and what holds
 * them up. Called by carry.c and carry_package.c.
 */
#include "run/leg.h"

#include "base/status.h"

static uint32_t counters_of(const hz_leg *leg)
{
    return leg->plan->rules->counters.count;
}

/* ---- The object ---- */

static void *take(const hz_alloc *alloc, size_t count, size_t size)
{
    void *memory = alloc->allocate(alloc->user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

static void give(const hz_alloc *alloc, void *memory, size_t count, size_t size)
{
    if (memory != NULL) alloc->release(alloc->user, memory, (count + 1) * size);
}

bool hz_leg_begin(hz_leg *leg, const hz_plan *plan, const hz_alloc *alloc)
{
    *leg = (hz_leg){.plan = plan};
    uint32_t counters = counters_of(leg);
    leg->tables = take(alloc, counters, sizeof *leg->tables);
    leg->entry = take(alloc, (size_t)counters * HZ_CARRY_BLOCK, sizeof *leg->entry);
    leg->left = take(alloc, (size_t)counters * HZ_CARRY_BLOCK / 8, 1);
    leg->asking = take(alloc, HZ_CARRY_BLOCK, sizeof *leg->asking);
    leg->some = take(alloc, HZ_CARRY_BLOCK, sizeof *leg->some);
    leg->outcome = take(alloc, HZ_CARRY_BLOCK, sizeof *leg->outcome);
    leg->total = take(alloc, HZ_CARRY_BLOCK, sizeof *leg->total);
    bool ok = leg->tables != NULL && leg->entry != NULL && leg->left != NULL && leg->asking != NULL && leg->some != NULL;
    ok = ok && leg->outcome != NULL && leg->total != NULL;
    return ok && hz_gathered_begin(&leg->rows, plan, HZ_CARRY_BLOCK, alloc);
}

bool hz_leg_ready(hz_leg *leg, bool fresh, const hz_alloc *alloc)
{
    bool keyed = false;
    for (uint32_t c = 0; c < counters_of(leg); c++) keyed = keyed || leg->tables[c] != NULL;
    int32_t status = keyed ? hz_batch_begin_keyed(&leg->batch, leg->plan, alloc) : hz_batch_begin(&leg->batch, leg->plan, alloc);
    leg->batch.fresh = fresh;
    return status == HZ_OK;
}

void hz_leg_end(hz_leg *leg, const hz_alloc *alloc)
{
    if (leg->plan == NULL) return;
    uint32_t counters = counters_of(leg);
    if (leg->batch.plan != NULL) hz_batch_end(&leg->batch);
    hz_gathered_end(&leg->rows);
    give(alloc, leg->tables, counters, sizeof *leg->tables);
    give(alloc, leg->entry, (size_t)counters * HZ_CARRY_BLOCK, sizeof *leg->entry);
    give(alloc, leg->left, (size_t)counters * HZ_CARRY_BLOCK / 8, 1);
    give(alloc, leg->asking, HZ_CARRY_BLOCK, sizeof *leg->asking);
    give(alloc, leg->some, HZ_CARRY_BLOCK, sizeof *leg->some);
    give(alloc, leg->outcome, HZ_CARRY_BLOCK, sizeof *leg->outcome);
    give(alloc, leg->total, HZ_CARRY_BLOCK, sizeof *leg->total);
    *leg = (hz_leg){0};
}

/* ---- Keys ---- */

void hz_leg_ask_all(hz_leg *leg, size_t rows)
{
    for (size_t r = 0; r < rows; r++) leg->asking[r] = (uint16_t)r;
    leg->asking_count = rows;
}

static bool is_open(const hz_batch *batch, uint32_t reg, size_t row)
{
    return reg != HZ_NO_REG && (((const uint64_t *)batch->reg[reg])[row / 64] >> (row % 64) & 1) != 0;
}

/* Rows of one member often follow each other, and counters of one plan often have one key: the entry of the row before is
 * looked at first, then the one with the number that the counter before found. */
static uint32_t entry_of(const hz_leg *leg, uint32_t counter, uint16_t row, uint32_t last, hz_str key)
{
    hz_keyed *table = leg->tables[counter];
    uint32_t other = counter > 0 ? leg->entry[(size_t)(counter - 1) * HZ_CARRY_BLOCK + row] : HZ_NO_ENTRY;
    if (hz_keyed_is(table, last, key)) return last;
    return hz_keyed_is(table, other, key) ? other : hz_keyed_entry_of(table, key);
}

/* The entries of rows [begin, begin + count) of those that ask, a chunk of them. */
static bool find_entries(hz_leg *leg, size_t begin, size_t count, bool alone, hz_buf *scratch)
{
    const hz_batch *batch = &leg->batch;
    for (uint32_t c = 0; c < counters_of(leg); c++) {
        const hz_column_key *key = &leg->plan->columns.keys[c];
        uint32_t last = HZ_NO_ENTRY;
        for (size_t r = 0; leg->tables[c] != NULL && r < count; r++) {
            bool open = is_open(batch, key->open, r) || (batch->bad[r / 64] >> (r % 64) & 1) != 0;
            leg->any_open |= open;
            if (open) continue;
            uint16_t row = leg->asking[begin + r];
            uint32_t *entry = &leg->entry[(size_t)c * HZ_CARRY_BLOCK + row];
            hz_buf_reset(scratch);
            if (alone) hz_buf_add(scratch, (hz_str){(const char *)&row, sizeof row});
            hz_carry_spell(batch, key, r, scratch);
            last = *entry = scratch->failed ? HZ_NO_ENTRY : entry_of(leg, c, row, last, hz_buf_text(scratch));
            if (*entry == HZ_NO_ENTRY) return false;
        }
    }
    return true;
}

int32_t hz_leg_find_keys(hz_leg *leg, size_t rows, bool alone, hz_buf *scratch)
{
    leg->any_open = false;
    if (leg->batch.key_run == NULL) return HZ_OK;
    for (uint32_t c = 0; c < counters_of(leg); c++) {
        for (size_t r = 0; r < rows; r++) leg->entry[(size_t)c * HZ_CARRY_BLOCK + r] = HZ_NO_ENTRY;
        memset(leg->left + (size_t)c * HZ_CARRY_BLOCK / 8, 0, (rows + 7) / 8);
    }
    if (leg->asking_count == 0) return HZ_OK;
    leg->rows.row = leg->asking;
    leg->rows.count = leg->asking_count;
    hz_gathered_take_inputs(&leg->rows, leg->inputs, leg->inputs_first);
    for (size_t begin = 0; begin < leg->asking_count; begin += HZ_CHUNK) {
        size_t count = leg->asking_count - begin < HZ_CHUNK ? leg->asking_count - begin : HZ_CHUNK;
        int32_t status = hz_batch_keys(&leg->batch, leg->rows.inputs, begin, count);
        if (status != HZ_OK) return status;
        if (!find_entries(leg, begin, count, alone, scratch)) return HZ_NO_MEMORY;
    }
    return HZ_OK;
}

/* ---- What rows find ---- */

static bool bit_at(const uint8_t *bits, size_t at)
{
    return (bits[at / 8] >> (at % 8) & 1) != 0;
}

static void set_bit(uint8_t *bits, size_t at, bool is)
{
    uint8_t bit = (uint8_t)(1u << (at % 8));
    bits[at / 8] = (uint8_t)(is ? bits[at / 8] | bit : bits[at / 8] & ~bit);
}

/* An earlier leg moved the counter of this entry in this row. */
static bool was_moved(const hz_leg *before, uint32_t count, const hz_keyed *table, const hz_keyed_entry *entry, size_t row)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t c = 0; c < counters_of(&before[i]); c++)
            if (before[i].tables[c] == table && hz_leg_entry(&before[i], c, row) == entry &&
                bit_at(before[i].left + (size_t)c * HZ_CARRY_BLOCK / 8, row))
                return true;
    return false;
}

static bool may_be_moved(const hz_leg *before, uint32_t count, const hz_keyed *table)
{
    for (uint32_t i = 0; table != NULL && i < count; i++)
        for (uint32_t c = 0; c < counters_of(&before[i]); c++)
            if (before[i].tables[c] == table) return true;
    return false;
}

static void put_before(const hz_leg *leg, uint32_t counter, size_t i, const hz_keyed_entry *entry)
{
    leg->rows.before[counter][i] = entry->value;
    set_bit(leg->rows.before_valid[counter], i, true);
}

/* Counters before the rows: as a part before left them, else as the host gives them, else what is known. */
static void find_before(const hz_leg *leg, bool carried, const hz_leg *before, uint32_t before_count)
{
    const hz_gathered *rows = &leg->rows;
    for (uint32_t c = 0; c < counters_of(leg); c++) {
        const hz_column *given = &rows->given[c];
        bool over = may_be_moved(before, before_count, leg->tables[c]), none = given->values == NULL;
        bool all = !none && given->valid == NULL;
        memset(rows->before_valid[c], 0, rows->count / 8 + 1);
        rows->counters[c] = *given;
        if (!over && (all || !carried)) continue;
        for (size_t i = 0; carried && !all && i < rows->count; i++) {
            const hz_keyed_entry *entry = hz_leg_entry(leg, c, rows->row[i]);
            if (entry != NULL && entry->known) put_before(leg, c, i, entry);
        }
        if (!none) hz_gathered_mix(rows, c, given);
        for (size_t i = 0; over && i < rows->count; i++) {
            const hz_keyed_entry *entry = hz_leg_entry(leg, c, rows->row[i]);
            if (entry != NULL && was_moved(before, before_count, leg->tables[c], entry, rows->row[i])) put_before(leg, c, i, entry);
        }
        int32_t scale = leg->plan->rules->counters.at[c].type.scale;
        rows->counters[c] = (hz_column){.values = rows->before[c], .valid = rows->before_valid[c], .layout = HZ_LAYOUT_INT64, .scale = scale};
    }
}

/* ---- What they leave ---- */

static void keep_after(const hz_leg *leg)
{
    const hz_gathered *rows = &leg->rows;
    for (uint32_t c = 0; c < counters_of(leg); c++) {
        for (size_t i = 0; leg->tables[c] != NULL && i < rows->count; i++) {
            hz_keyed_entry *entry = hz_leg_entry(leg, c, rows->row[i]);
            if (entry == NULL || !bit_at(rows->moved[c], i)) continue;
            entry->known = true;
            entry->value = rows->after[c][i];
            set_bit(leg->left + (size_t)c * HZ_CARRY_BLOCK / 8, rows->row[i], true);
        }
    }
}

/* Where a key is not known and the row gives no value, nobody knows what the counter is: none, and not its start. */
static void forget_open(const hz_leg *leg)
{
    const hz_gathered *rows = &leg->rows;
    for (uint32_t c = 0; c < counters_of(leg); c++) {
        int64_t none = leg->plan->rules->counters.at[c].type.kind == HZ_KIND_DATE ? HZ_NO_DATE : 0;
        const hz_column *before = &rows->counters[c];
        bool given = before->values != NULL && before->valid == NULL; /* in every row */
        for (size_t i = 0; leg->tables[c] != NULL && !given && i < rows->count; i++) {
            if (hz_leg_entry(leg, c, rows->row[i]) != NULL || bit_at(rows->before_valid[c], i)) continue;
            rows->after[c][i] = none;
            set_bit(rows->after_valid[c], i, false);
        }
    }
}

/* The package decides the row: its counters are as the host gave them. */
static void close_row(const hz_leg *leg, size_t i, int32_t outcome, int32_t reason)
{
    const hz_gathered *rows = &leg->rows;
    const hz_plan_model *rules = leg->plan->rules;
    rows->outcome[i] = outcome;
    rows->reason[i] = reason;
    rows->total[i] = 0;
    set_bit(rows->has_total, i, outcome == HZ_NOT_ASKED || outcome == HZ_REFUSED);
    for (uint32_t b = 0; b < rules->benefits.count; b++) rows->benefits[b].gross[i] = rows->benefits[b].net[i] = 0;
    for (uint32_t c = 0; c < rules->counters.count; c++) {
        bool is = hz_gathered_given(rows, c, i, &rows->after[c][i]);
        set_bit(rows->after_valid[c], i, is);
        set_bit(rows->moved[c], i, false);
    }
}

/* Open conditions of the package hold up what the part itself would pay. */
static void hold_up(const hz_leg *leg)
{
    const hz_gathered *rows = &leg->rows;
    for (size_t i = 0; leg->hold != NULL && i < rows->count; i++) {
        int32_t hold = leg->hold[rows->row[i]], own = rows->outcome[i];
        if (hold == 0 || own == HZ_FAILED || own == HZ_REFUSED) continue;
        bool missing = hold == HZ_INCOMPLETE || own == HZ_INCOMPLETE;
        close_row(leg, i, missing ? HZ_INCOMPLETE : HZ_UNDETERMINED, missing ? hz_plan_reason_missing(leg->plan) : 0);
    }
}

static void put(const hz_leg *leg)
{
    const hz_gathered *rows = &leg->rows;
    for (size_t i = 0; leg->hold != NULL && i < rows->count; i++) {
        leg->outcome[rows->row[i]] = rows->outcome[i];
        leg->total[rows->row[i]] = rows->total[i];
    }
    hz_gathered_put(rows, leg->out, leg->first);
}

/* ---- Rows ---- */

/* Those of some rows that ask; both rise. */
static void choose(hz_leg *leg, const uint16_t *row, size_t count, size_t of)
{
    leg->rows.row = row;
    leg->rows.count = count;
    if (leg->asking_count == of) return;
    size_t found = 0;
    for (size_t i = 0, k = 0; i < count; i++) {
        while (k < leg->asking_count && leg->asking[k] < row[i]) k++;
        if (k < leg->asking_count && leg->asking[k] == row[i]) leg->some[found++] = row[i];
    }
    leg->rows.row = leg->some;
    leg->rows.count = found;
}

int32_t hz_leg_run(hz_leg *leg, const uint16_t *row, size_t count, bool carried, const hz_leg *before, uint32_t before_count)
{
    hz_gathered *rows = &leg->rows;
    choose(leg, row, count, leg->block_rows);
    if (rows->count == 0) return HZ_OK;
    hz_gathered_take_inputs(rows, leg->inputs, leg->inputs_first);
    hz_gathered_take_counters(rows, leg->counters, leg->first);
    find_before(leg, carried, before, before_count);
    hz_results results = hz_gathered_results(rows, leg->out);
    if (leg->hold != NULL) results.total = rows->total;
    int32_t status = hz_batch_run(&leg->batch, rows->inputs, rows->counters, rows->count, &results);
    if (status != HZ_OK) return status;
    if (carried && leg->any_open) forget_open(leg);
    hold_up(leg);
    keep_after(leg);
    put(leg);
    return HZ_OK;
}

void hz_leg_close(hz_leg *leg, const uint16_t *row, size_t count, const int32_t *outcome, const int32_t *reason)
{
    hz_gathered *rows = &leg->rows;
    rows->row = row;
    rows->count = count;
    if (count == 0) return;
    hz_gathered_take_counters(rows, leg->counters, leg->first);
    for (uint32_t c = 0; c < counters_of(leg); c++) memset(rows->before_valid[c], 0, count / 8 + 1);
    for (size_t i = 0; i < count; i++) {
        close_row(leg, i, outcome[row[i]], reason[row[i]]);
        rows->bad[i] = -1;
    }
    put(leg);
}
