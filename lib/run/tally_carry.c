/* tally_carry.c - see tally_carry.h: cuts rows into blocks, lays blocks out in waves, has the base decide them wave by wave, then
 * of each scenario the rows from the first on that it touches in a turn (tally_own.c). Called by tally.c.
 */
#include "run/tally_carry.h"

#include "base/status.h"

/* ---- The object ---- */

/* Cuts pieces off one allocation, first counted and then given. */
typedef struct cutter {
    unsigned char *at; /* NULL: only counting */
    size_t used;
} cutter;

static void *cut(cutter *c, size_t count, size_t size)
{
    size_t begin = (c->used + 63) / 64 * 64;
    c->used = begin + count * size;
    return c->at != NULL ? c->at + begin : NULL;
}

static void cut_counter(hz_tally_carry *carry, cutter *c, uint32_t counter)
{
    hz_tally_found found = {.value = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t)), .given = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t))};
    found.is_given = cut(c, HZ_TALLY_POSITIONS / 8, 1);
    found.before = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t));
    found.after = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t));
    found.moved = cut(c, HZ_TALLY_POSITIONS / 8, 1);
    hz_tally_taken taken = {.entry = cut(c, HZ_TALLY_POSITIONS, sizeof(uint32_t)), .from = cut(c, HZ_TALLY_POSITIONS, sizeof(uint32_t))};
    taken.state = cut(c, 2 * HZ_TALLY_POSITIONS, sizeof(int64_t));
    taken.given = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t));
    taken.is_given = cut(c, HZ_TALLY_POSITIONS / 64, sizeof(uint64_t));
    taken.before = cut(c, HZ_STRIP, sizeof(int64_t));
    taken.column = cut(c, HZ_STRIP, sizeof(int64_t));
    taken.under = cut(c, HZ_STRIP, sizeof(int64_t));
    taken.after = cut(c, HZ_STRIP, sizeof(int64_t));
    if (c->at == NULL) return;
    carry->found[counter] = found;
    carry->taken[counter] = taken;
    carry->after[counter] = found.after;
    carry->moved[counter] = found.moved;
}

static void cut_all(hz_tally_carry *carry, cutter *c, uint32_t cones)
{
    carry->found = cut(c, carry->counters, sizeof *carry->found);
    carry->taken = cut(c, carry->counters, sizeof *carry->taken);
    carry->columns = cut(c, carry->counters, sizeof *carry->columns);
    carry->start = cut(c, carry->counters, sizeof *carry->start);
    carry->after = cut(c, carry->counters, sizeof *carry->after);
    carry->moved = cut(c, carry->counters, sizeof *carry->moved);
    carry->apart = cut(c, cones, sizeof *carry->apart);
    carry->wave = cut(c, HZ_TALLY_BLOCK, sizeof *carry->wave);
    carry->turn = cut(c, HZ_TALLY_BLOCK, sizeof *carry->turn);
    carry->first = cut(c, HZ_TALLY_BLOCK + 1, sizeof *carry->first);
    carry->bad = cut(c, HZ_TALLY_POSITIONS, sizeof *carry->bad);
    carry->taken_bad = cut(c, HZ_TALLY_POSITIONS / 64, sizeof *carry->taken_bad);
    carry->absent = cut(c, HZ_STRIP / 64, sizeof *carry->absent);
    carry->strip_bad = cut(c, HZ_STRIP / 64, sizeof *carry->strip_bad);
    for (uint32_t i = 0; i < carry->counters; i++) cut_counter(carry, c, i);
}

static int64_t start_of(const hz_counter *counter)
{
    return counter->type.kind == HZ_KIND_DATE && !counter->has_start ? HZ_NO_DATE : (int64_t)counter->start.coefficient;
}

bool hz_tally_carry_begin(hz_tally *tally, hz_carry *known)
{
    const hz_variant_programs *programs = tally->programs;
    hz_tally_carry *carry = tally->carry = hz_tally_take(&tally->alloc, 1, sizeof *carry);
    if (carry == NULL) return false;
    carry->alloc = tally->alloc;
    carry->known = known;
    carry->rules = programs->plan.rules;
    carry->counters = carry->rules->counters.count;
    hz_turn_set_begin(&carry->turns, &tally->alloc);
    hz_buf_begin(&carry->key, &tally->alloc);
    cutter count = {0};
    cut_all(carry, &count, programs->cone_count);
    carry->memory_size = count.used + 64;
    carry->memory = hz_tally_take(&tally->alloc, carry->memory_size, 1);
    if (carry->memory == NULL) return false;
    cutter give = {.at = carry->memory + (64 - (uintptr_t)carry->memory % 64) % 64};
    cut_all(carry, &give, programs->cone_count);
    for (uint32_t c = 0; c < carry->counters; c++) carry->start[c] = start_of(&carry->rules->counters.at[c]);
    return hz_tally_keys_begin(carry, &tally->batch, programs);
}

void hz_tally_carry_end(hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    if (carry == NULL) return;
    const hz_alloc *alloc = &tally->alloc;
    for (uint32_t c = 0; carry->memory != NULL && c < carry->counters; c++) hz_tally_give(alloc, carry->taken[c].last, carry->taken[c].room, sizeof(uint32_t));
    hz_tally_give(alloc, carry->saved, (size_t)carry->saved_room * carry->counters * tally->programs->cone_count, sizeof *carry->saved);
    hz_tally_keys_end(carry);
    hz_turn_set_end(&carry->turns);
    hz_buf_end(&carry->key);
    hz_tally_give(alloc, carry->memory, carry->memory_size, 1);
    hz_tally_give(alloc, carry, 1, sizeof *carry);
    tally->carry = NULL;
}

/* Both are told apart by their turns alone: a turn in both has counters in neither. */
int32_t hz_tally_carry_add(hz_tally *into, const hz_tally *from)
{
    const hz_turn_set *theirs = &from->carry->turns;
    int32_t status = HZ_OK;
    for (size_t i = 0; i < theirs->room; i++)
        if (theirs->slots[i] != HZ_NO_TURN && hz_turn_set_has(&into->carry->turns, theirs->slots[i])) return HZ_DATA;
    for (size_t i = 0; i < theirs->room && status == HZ_OK; i++)
        if (theirs->slots[i] != HZ_NO_TURN) status = hz_turn_set_add(&into->carry->turns, theirs->slots[i]);
    return status;
}

/* ---- Blocks ---- */

/* The next block: as many rows as there is room for, and as many of one turn as there are waves. HZ_OK, HZ_NO_MEMORY, HZ_DATA. */
static int32_t cut_block(hz_tally_carry *carry, const uint64_t *turns, size_t most, size_t *rows)
{
    uint32_t next = 0;
    if (++carry->block == 0) carry->block = 1;
    carry->turn_count = 1;
    carry->open_turn = 0;
    for (*rows = 0; *rows < most && *rows < HZ_TALLY_BLOCK; ++*rows) {
        uint64_t turn = turns[*rows];
        bool none = turn == HZ_NO_TURN, begins = !none && turn != carry->last;
        if (!none && !begins && next == HZ_TALLY_WAVES) break;
        int32_t status = begins ? hz_turn_set_add(&carry->turns, turn) : HZ_OK;
        if (status != HZ_OK) return status;
        if (begins) {
            carry->last = turn;
            carry->open_turn = carry->turn_count++;
            next = 0;
        }
        carry->turn[*rows] = (uint16_t)(none ? carry->turn_count++ : carry->open_turn);
        carry->wave[*rows] = (uint8_t)(none ? 0 : next++);
    }
    return HZ_OK;
}

/* Positions of the block's rows. Those between waves stand for some row, too, which nobody looks at. */
static void lay_out(hz_tally *tally, const uint32_t *group, size_t rows)
{
    hz_tally_carry *carry = tally->carry;
    uint32_t next[HZ_TALLY_WAVES], end = 0;
    memset(carry->rows, 0, sizeof carry->rows);
    for (size_t r = 0; r < rows; r++) carry->rows[carry->wave[r]]++;
    for (carry->waves = HZ_TALLY_WAVES; carry->rows[carry->waves - 1] == 0;) carry->waves--;
    for (uint32_t w = 0; w < carry->waves; w++) {
        next[w] = carry->begin[w] = (end + 63) / 64 * 64;
        end = carry->begin[w] + carry->rows[w];
    }
    carry->positions = end;
    memset(tally->order, 0, end * sizeof *tally->order);
    for (size_t r = 0; r < rows; r++) tally->touched[next[carry->wave[r]]++] = (uint16_t)r;
    tally->segments = 0;
    for (uint32_t w = 0; w < carry->waves; w++)
        if (carry->rows[w] > 0) hz_tally_sort(tally, group, tally->touched + carry->begin[w], carry->rows[w], carry->begin[w]);
}

/* ---- The base ---- */

static void find_given(hz_tally *tally, uint32_t counter)
{
    const hz_tally_carry *carry = tally->carry;
    hz_tally_found *found = &carry->found[counter];
    found->any_given = tally->gathered.given[counter].values != NULL;
    if (!found->any_given) return;
    memset(found->is_given, 0, carry->positions / 8 + 1);
    for (size_t p = 0; p < carry->positions; p++)
        found->is_given[p / 8] = (uint8_t)(found->is_given[p / 8] | hz_column_given(&carry->rules->counters.at[counter].type, &tally->gathered.given[counter], p, &found->given[p]) << (p % 8));
}

static void find_before(const hz_tally_carry *carry, uint32_t counter, uint32_t begin, uint32_t end)
{
    const hz_tally_counter *keys = &carry->keys[0].counters[counter];
    const hz_tally_found *found = &carry->found[counter];
    for (uint32_t p = begin; p < end; p++) {
        found->value[p] = keys->entry[p] != HZ_NO_ENTRY ? keys->at[keys->entry[p]].value : carry->start[counter];
        found->before[p] = found->any_given && hz_tally_bit(found->is_given, p) ? found->given[p] : found->value[p];
    }
}

static void keep_after(const hz_tally_carry *carry, uint32_t counter, uint32_t begin, uint32_t end)
{
    const hz_tally_counter *keys = &carry->keys[0].counters[counter];
    const hz_tally_found *found = &carry->found[counter];
    for (uint32_t p = begin; p < end; p++)
        if (keys->entry[p] != HZ_NO_ENTRY && hz_tally_bit(found->moved, p)) keys->at[keys->entry[p]].value = found->after[p];
}

static int32_t run_base(hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    const hz_results results = {.after = carry->after, .moved = carry->moved, .bad = carry->bad};
    int32_t status = HZ_OK;
    for (uint32_t c = 0; c < carry->counters; c++) {
        carry->columns[c] = (hz_column){.values = carry->found[c].before, .layout = HZ_LAYOUT_INT64, .scale = carry->rules->counters.at[c].type.scale};
        find_given(tally, c);
    }
    for (uint32_t w = 0; w < carry->waves && status == HZ_OK; w++) {
        uint32_t begin = carry->begin[w], rows = carry->rows[w];
        for (uint32_t c = 0; c < carry->counters; c++) find_before(carry, c, begin, begin + rows);
        status = hz_tally_run_base(tally, tally->gathered.inputs, carry->columns, begin, rows, begin, &results);
        for (uint32_t c = 0; status == HZ_OK && c < carry->counters; c++) keep_after(carry, c, begin, begin + rows);
    }
    return status == HZ_OK ? hz_tally_sum_base(tally) : status;
}

/* ---- Rows of a kind of cones ---- */

static bool is_touched(const hz_tally *tally, const hz_tally_cone *at, uint32_t position)
{
    return at->touched == UINT32_MAX || hz_tally_bit(tally->kept[at->touched], position);
}

/* Of each turn the first row that is touched; apart: some scenario has counters of its own already in the open turn. */
static void find_first(const hz_tally *tally, const hz_tally_cone *at, bool apart)
{
    const hz_tally_carry *carry = tally->carry;
    for (uint32_t t = 0; t < carry->turn_count; t++) carry->first[t] = UINT16_MAX;
    if (apart) carry->first[0] = 0;
    for (uint32_t w = 0; w < carry->waves; w++)
        for (uint32_t p = carry->begin[w]; p < carry->begin[w] + carry->rows[w]; p++) {
            uint16_t row = tally->order[p], *first = &carry->first[carry->turn[row]];
            if (row < *first && is_touched(tally, at, p)) *first = row;
        }
}

/* The positions of rows from there on, wave by wave. False: there is none. */
static bool find_touched(const hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    uint32_t end = 0;
    for (uint32_t w = 0; w < carry->waves; w++) {
        carry->taken_begin[w] = end = (end + 63) / 64 * 64;
        for (uint32_t p = carry->begin[w]; p < carry->begin[w] + carry->rows[w]; p++) {
            uint16_t row = tally->order[p];
            tally->touched[end] = (uint16_t)p;
            end += row >= carry->first[carry->turn[row]];
        }
        carry->taken_rows[w] = end - carry->taken_begin[w];
    }
    return end > 0;
}

/* ---- All cones of a block ---- */

static int32_t run_kind(hz_tally *tally, hz_tally_cone *head)
{
    hz_tally_carry *carry = tally->carry;
    bool *apart = &carry->apart[head - tally->cones]; /* the same of all of a kind */
    find_first(tally, head, *apart);
    bool stays = carry->first[carry->open_turn] != UINT16_MAX;
    int32_t status = find_touched(tally) ? hz_tally_own_run(tally, head, *apart, stays) : HZ_OK;
    for (uint32_t k = 0; k < head->kin; k++) apart[k] = stays;
    return status;
}

/* Room for the last row of each entry. */
static bool make_room(hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    for (uint32_t c = 0; c < carry->counters; c++) {
        hz_tally_taken *taken = &carry->taken[c];
        uint32_t entries = 0;
        for (uint32_t i = 0; i < carry->key_count; i++)
            if (carry->keys[i].counters[c].table.count > entries) entries = carry->keys[i].counters[c].table.count;
        if (entries <= taken->room) continue;
        uint32_t *last = hz_tally_take(&tally->alloc, 2 * (size_t)entries, sizeof *last);
        if (last == NULL) return false;
        hz_tally_give(&tally->alloc, taken->last, taken->room, sizeof *last);
        taken->last = last;
        taken->room = 2 * entries;
    }
    return true;
}

/* Room for what scenarios keep of the turn that is open behind the block. */
static bool make_saved(hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    size_t most = 0, lists = (size_t)carry->counters * tally->programs->cone_count;
    for (uint32_t c = 0; c < carry->counters; c++)
        for (uint32_t i = 0; i < carry->key_count; i++)
            if (carry->keys[i].counters[c].kept_count > most) most = carry->keys[i].counters[c].kept_count;
    if (most <= carry->saved_room) return true;
    int64_t *saved = hz_tally_take(&tally->alloc, 2 * most * lists, sizeof *saved);
    if (saved == NULL) return false;
    for (size_t i = 0; carry->saved_room > 0 && i < lists; i++)
        memcpy(saved + 2 * most * i, carry->saved + carry->saved_room * i, carry->saved_room * sizeof *saved);
    hz_tally_give(&tally->alloc, carry->saved, carry->saved_room * lists, sizeof *saved);
    carry->saved = saved;
    carry->saved_room = (uint32_t)(2 * most);
    return true;
}

static int32_t run_block(hz_tally *tally, const hz_column *inputs, const hz_column *counters, const uint32_t *group, size_t first, size_t rows)
{
    hz_tally_carry *carry = tally->carry;
    hz_gathered *gathered = &tally->gathered;
    lay_out(tally, group + first, rows);
    gathered->row = tally->order;
    gathered->count = carry->positions;
    hz_gathered_take_inputs(gathered, inputs, first);
    hz_gathered_take_counters(gathered, counters, first);
    int32_t status = hz_tally_keys_find(carry, gathered->inputs, tally->order);
    if (status == HZ_OK && !(make_room(tally) && make_saved(tally))) status = HZ_NO_MEMORY;
    if (status == HZ_OK) status = run_base(tally);
    for (uint32_t i = 0; i < tally->programs->cone_count && status == HZ_OK; i += tally->cones[i].kin) status = run_kind(tally, &tally->cones[i]);
    tally->rows += rows;
    return status == HZ_OK ? hz_tally_keys_roll(carry) : status;
}

int32_t hz_tally_carry_rows(hz_tally *tally, const hz_column *inputs, const hz_column *counters, const uint32_t *group, const uint64_t *turns,
                            size_t first, size_t rows)
{
    int32_t status = HZ_OK;
    for (size_t end = first + rows, count; first < end && status == HZ_OK; first += count) {
        status = cut_block(tally->carry, turns + first, end - first, &count);
        if (status == HZ_OK) status = run_block(tally, inputs, counters, group, first, count);
    }
    return status;
}
