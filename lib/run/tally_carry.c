/* tally_carry.c - see tally_carry.h: cuts rows into blocks, lays blocks out in waves, has the base decide them wave by wave, then
 * of each scenario the rows from the first on that it touches in a turn. Called by tally.c.
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
    found.flags = cut(c, HZ_TALLY_POSITIONS, 1);
    found.before = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t));
    found.after = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t));
    found.valid = cut(c, HZ_TALLY_POSITIONS / 8 + 8, 1);
    found.moved = cut(c, HZ_TALLY_POSITIONS / 8 + 8, 1);
    hz_tally_taken taken = {.entry = cut(c, HZ_TALLY_POSITIONS, sizeof(uint32_t)), .value = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t))};
    taken.given = cut(c, HZ_TALLY_POSITIONS, sizeof(int64_t));
    taken.flags = cut(c, HZ_TALLY_POSITIONS, 1);
    taken.before = cut(c, HZ_STRIP, sizeof(int64_t));
    taken.column = cut(c, HZ_STRIP, sizeof(int64_t));
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
    return hz_tally_keys_begin(carry, &tally->batch, programs);
}

void hz_tally_carry_end(hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    if (carry == NULL) return;
    const hz_alloc *alloc = &tally->alloc;
    for (uint32_t c = 0; carry->memory != NULL && c < carry->counters; c++) hz_tally_give(alloc, carry->taken[c].state, carry->taken[c].room, sizeof(hz_tally_state));
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

static bool bit_at(const void *bits, size_t at)
{
    return (((const uint8_t *)bits)[at / 8] >> (at % 8) & 1) != 0;
}

static void find_before(hz_tally *tally, uint32_t counter, uint32_t begin, uint32_t end)
{
    const hz_tally_counter *keys = &tally->carry->keys[0].counters[counter];
    const hz_tally_found *found = &tally->carry->found[counter];
    memset(found->valid + begin / 8, 0, (end - begin) / 8 + 1);
    for (uint32_t p = begin; p < end; p++) {
        const hz_tally_state none = {0}, *state = keys->entry[p] != HZ_NO_ENTRY ? &keys->at[keys->entry[p]].state : &none;
        bool given = hz_column_given(&tally->carry->rules->counters.at[counter].type, &tally->gathered.given[counter], p, &found->given[p]);
        found->value[p] = state->value;
        found->flags[p] = (uint8_t)((state->known ? HZ_TALLY_KNOWN : 0) | (given ? HZ_TALLY_GIVEN : 0));
        found->before[p] = given ? found->given[p] : state->value;
        found->valid[p / 8] = (uint8_t)(found->valid[p / 8] | (given || state->known) << (p % 8));
    }
}

static void keep_after(const hz_tally_carry *carry, uint32_t counter, uint32_t begin, uint32_t end)
{
    const hz_tally_counter *keys = &carry->keys[0].counters[counter];
    const hz_tally_found *found = &carry->found[counter];
    for (uint32_t p = begin; p < end; p++) {
        if (keys->entry[p] == HZ_NO_ENTRY || !bit_at(found->moved, p)) continue;
        hz_tally_state *state = &keys->at[keys->entry[p]].state;
        state->known = true;
        state->value = found->after[p];
    }
}

static int32_t run_base(hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    const hz_results results = {.after = carry->after, .moved = carry->moved, .bad = carry->bad};
    int32_t status = HZ_OK;
    for (uint32_t c = 0; c < carry->counters; c++)
        carry->columns[c] = (hz_column){.values = carry->found[c].before, .valid = carry->found[c].valid, .layout = HZ_LAYOUT_INT64,
                                        .scale = carry->rules->counters.at[c].type.scale};
    for (uint32_t w = 0; w < carry->waves && status == HZ_OK; w++) {
        uint32_t begin = carry->begin[w], rows = carry->rows[w];
        for (uint32_t c = 0; c < carry->counters; c++) find_before(tally, c, begin, begin + rows);
        status = hz_tally_run_base(tally, tally->gathered.inputs, carry->columns, begin, rows, begin, &results);
        for (uint32_t c = 0; status == HZ_OK && c < carry->counters; c++) keep_after(carry, c, begin, begin + rows);
    }
    return status == HZ_OK ? hz_tally_sum_base(tally) : status;
}

/* ---- Rows of a kind of cones ---- */

static bool is_touched(const hz_tally *tally, const hz_tally_cone *at, uint32_t position)
{
    return at->touched == UINT32_MAX || bit_at(tally->kept[at->touched], position);
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

static void take_entries(const hz_tally *tally, const hz_tally_keys *keys)
{
    const hz_tally_carry *carry = tally->carry;
    for (uint32_t c = 0; c < carry->counters; c++)
        for (uint32_t w = 0; w < carry->waves; w++)
            for (uint32_t i = carry->taken_begin[w]; i < carry->taken_begin[w] + carry->taken_rows[w]; i++)
                carry->taken[c].entry[i] = keys->counters[c].entry[tally->touched[i]];
}

static void take_counters(const hz_tally_carry *carry, const uint16_t *positions, uint32_t begin, uint32_t rows)
{
    for (uint32_t c = 0; c < carry->counters; c++) {
        const hz_tally_found *found = &carry->found[c];
        const hz_tally_taken *taken = &carry->taken[c];
        for (uint32_t i = begin; i < begin + rows; i++) {
            taken->value[i] = found->value[positions[i]];
            taken->given[i] = found->given[positions[i]];
            taken->flags[i] = found->flags[positions[i]];
        }
    }
}

static void take_bad(const hz_tally_carry *carry, const uint16_t *positions, uint32_t begin, uint32_t rows)
{
    int32_t inputs = (int32_t)carry->rules->inputs.count;
    for (uint32_t i = 0; i < rows; i += 64) {
        uint64_t word = 0;
        for (uint32_t k = i; k < rows && k < i + 64; k++) {
            int32_t bad = carry->bad[positions[begin + k]];
            word |= (uint64_t)(bad >= 0 && bad < inputs) << (k - i);
        }
        carry->taken_bad[(begin + i) / 64] = word;
    }
}

static void take_rows(const hz_tally *tally, const hz_tally_cone *head)
{
    const hz_tally_carry *carry = tally->carry;
    uint32_t segment = 0, pieces = 0;
    for (uint32_t w = 0; w < carry->waves; w++) {
        uint32_t begin = carry->taken_begin[w], rows = carry->taken_rows[w];
        hz_tally_gather(tally, head, begin, rows);
        hz_tally_find_pieces(tally, begin, rows, &segment, &pieces);
        take_counters(carry, tally->touched, begin, rows);
        take_bad(carry, tally->touched, begin, rows);
    }
}

/* ---- A strip of a cone ---- */

typedef struct strip {
    hz_tally *tally;
    hz_tally_cone *at;
    const hz_tally_keys *keys;
    bool others;         /* they are not the base's keys */
    uint32_t begin, rows;
} strip;

/* What rows find of a counter under the scenario. What it has none of its own of is as the base found it, or, where keys are
 * others, as it stood before all rows. */
static void find_own(const strip *s, uint32_t counter)
{
    const hz_tally_carry *carry = s->tally->carry;
    const hz_tally_taken *taken = &carry->taken[counter];
    const hz_counter *rule = &carry->rules->counters.at[counter];
    const hz_tally_entry *others = s->others ? s->keys->counters[counter].at : NULL;
    int64_t start = rule->type.kind == HZ_KIND_DATE && !rule->has_start ? HZ_NO_DATE : (int64_t)rule->start.coefficient;
    for (uint32_t i = 0; i < s->rows; i++) {
        uint32_t at = s->begin + i, entry = taken->entry[at];
        int64_t value = start;
        if (entry != HZ_NO_ENTRY) {
            hz_tally_state *state = &taken->state[entry];
            if (state->mark != carry->mark) {
                *state = others != NULL ? others[entry].state : (hz_tally_state){.value = taken->value[at], .known = (taken->flags[at] & HZ_TALLY_KNOWN) != 0};
                state->mark = carry->mark;
            }
            if (state->known) value = state->value;
        }
        taken->before[i] = (taken->flags[at] & HZ_TALLY_GIVEN) != 0 ? taken->given[at] : value;
    }
}

/* Marks rows whose value the counter cannot have, as feed.c does. */
static void check_range(const strip *s, uint32_t counter)
{
    const hz_tally_carry *carry = s->tally->carry;
    const hz_counter *rule = &carry->rules->counters.at[counter];
    const hz_type *type = &rule->type;
    const int64_t *before = carry->taken[counter].before;
    int64_t lo = type->kind == HZ_KIND_BOOLEAN ? 0 : (int64_t)type->lo, hi = type->kind == HZ_KIND_BOOLEAN ? 1 : (int64_t)type->hi;
    int64_t none = type->kind == HZ_KIND_DATE && !rule->has_start ? HZ_NO_DATE : lo;
    bool any = false;
    for (uint32_t i = 0; i < s->rows; i++) any |= (before[i] < lo || before[i] > hi) && before[i] != none;
    for (uint32_t i = 0; any && i < s->rows; i++)
        carry->strip_bad[i / 64] |= (uint64_t)((before[i] < lo || before[i] > hi) && before[i] != none) << (i % 64);
}

/* Points the register at the values as it holds them. */
static void fill_counter(const strip *s, uint32_t counter)
{
    const hz_tally_taken *taken = &s->tally->carry->taken[counter];
    const hz_program *program = &s->at->cone->program;
    const hz_slot *slot = &program->counters[counter];
    if (slot->absent != HZ_NO_REG) s->at->run.reg[slot->absent] = s->tally->carry->absent;
    if (slot->value == HZ_NO_REG) return;
    s->at->run.reg[slot->value] = taken->column;
    switch (program->reg_type[slot->value]) {
    case HZ_COLUMN_I32:
        for (uint32_t i = 0; i < s->rows; i++) ((int32_t *)taken->column)[i] = (int32_t)taken->before[i];
        break;
    case HZ_COLUMN_BIT:
        for (uint32_t w = 0; 64 * w < s->rows; w++) {
            uint64_t word = 0;
            for (uint32_t i = 64 * w; i < s->rows && i < 64 * w + 64; i++) word |= (uint64_t)(taken->before[i] == 1) << (i % 64);
            ((uint64_t *)taken->column)[w] = word;
        }
        break;
    default: s->at->run.reg[slot->value] = taken->before; break;
    }
}

static int64_t value_at(const void *column, uint8_t type, uint32_t i)
{
    return type == HZ_COLUMN_I64 ? ((const int64_t *)column)[i] : type == HZ_COLUMN_I32 ? ((const int32_t *)column)[i] : bit_at(column, i);
}

static void keep_own(const strip *s, uint32_t counter)
{
    const hz_tally_taken *taken = &s->tally->carry->taken[counter];
    const hz_column_counter *answer = &s->at->cone->answers[0].counters[counter];
    const void *after = s->at->run.reg[answer->value], *moved = s->at->run.reg[answer->moved];
    uint8_t type = s->at->cone->program.reg_type[answer->value];
    for (uint32_t i = 0; i < s->rows; i++) {
        uint32_t entry = taken->entry[s->begin + i];
        if (entry == HZ_NO_ENTRY || !bit_at(moved, i)) continue;
        taken->state[entry].known = true;
        taken->state[entry].value = value_at(after, type, i);
    }
}

static int32_t run_strip(const strip *s, uint32_t piece)
{
    hz_tally *tally = s->tally;
    const hz_tally_carry *carry = tally->carry;
    const hz_cone *cone = s->at->cone;
    hz_workspace_reset(&tally->workspace);
    memcpy(carry->strip_bad, carry->taken_bad + s->begin / 64, (s->rows + 63) / 64 * sizeof(uint64_t));
    hz_cone_run_point(&s->at->run, tally->dense, s->at->source, s->begin);
    for (uint32_t c = 0; c < carry->counters; c++) {
        find_own(s, c);
        check_range(s, c);
        fill_counter(s, c);
    }
    if (cone->program.bad != HZ_NO_REG) s->at->run.reg[cone->program.bad] = carry->strip_bad;
    hz_cone_run_step(&s->at->run, 0, cone->program.count, s->rows);
    if (tally->workspace.failed) return HZ_NO_MEMORY;
    for (uint32_t c = 0; c < carry->counters; c++) keep_own(s, c);
    return hz_tally_sum_answer(tally, s->at, &cone->answers[0], s->begin, s->rows, piece);
}

static int32_t run_waves(hz_tally *tally, hz_tally_cone *at)
{
    const hz_tally_carry *carry = tally->carry;
    strip s = {.tally = tally, .at = at, .keys = &carry->keys[at->cone->keys], .others = at->cone->keys > 0};
    uint32_t piece = 0;
    int32_t status = HZ_OK;
    for (uint32_t w = 0; w < carry->waves; w++) {
        uint32_t end = carry->taken_begin[w] + carry->taken_rows[w];
        for (s.begin = carry->taken_begin[w]; s.begin < end && status == HZ_OK; s.begin += HZ_STRIP) {
            s.rows = end - s.begin < HZ_STRIP ? end - s.begin : HZ_STRIP;
            while (tally->piece_end[piece] <= s.begin) piece++;
            status = run_strip(&s, piece);
        }
    }
    return status;
}

/* ---- Counters of a scenario from block to block ---- */

static hz_tally_state *saved_of(const hz_tally *tally, const hz_tally_cone *at, uint32_t counter)
{
    const hz_tally_carry *carry = tally->carry;
    return carry->saved + ((size_t)(at - tally->cones) * carry->counters + counter) * carry->saved_room;
}

/* Every number was used once. */
static void forget_marks(hz_tally_carry *carry)
{
    for (uint32_t c = 0; c < carry->counters; c++) memset(carry->taken[c].state, 0, carry->taken[c].room * sizeof *carry->taken[c].state);
    carry->mark = 1;
}

static void load(const hz_tally *tally, const hz_tally_cone *at)
{
    hz_tally_carry *carry = tally->carry;
    if (++carry->mark == 0) forget_marks(carry);
    for (uint32_t c = 0; carry->apart[at - tally->cones] && c < carry->counters; c++) {
        const hz_tally_state *saved = saved_of(tally, at, c);
        for (uint32_t i = 0; i < carry->keys[at->cone->keys].counters[c].open; i++) {
            if (saved[i].mark == 0) continue;
            carry->taken[c].state[i] = saved[i];
            carry->taken[c].state[i].mark = carry->mark;
        }
    }
}

static void save(const hz_tally *tally, const hz_tally_cone *at)
{
    const hz_tally_carry *carry = tally->carry;
    for (uint32_t c = 0; c < carry->counters; c++) {
        const hz_tally_counter *keys = &carry->keys[at->cone->keys].counters[c];
        hz_tally_state *saved = saved_of(tally, at, c);
        for (uint32_t i = 0; i < keys->kept_count; i++) {
            saved[i] = carry->taken[c].state[keys->at[i].kept];
            saved[i].mark = saved[i].mark == carry->mark;
        }
    }
}

/* ---- All cones of a block ---- */

static int32_t run_kind(hz_tally *tally, hz_tally_cone *head)
{
    hz_tally_carry *carry = tally->carry;
    bool *apart = &carry->apart[head - tally->cones]; /* the same of all of a kind */
    uint32_t keys = UINT32_MAX;
    int32_t status = HZ_OK;
    find_first(tally, head, *apart);
    bool stays = carry->first[carry->open_turn] != UINT16_MAX;
    if (!find_touched(tally)) {
        for (uint32_t k = 0; carry->open_turn != 0 && k < head->kin; k++) apart[k] = false;
        return HZ_OK;
    }
    take_rows(tally, head);
    for (uint32_t k = 0; k < head->kin && status == HZ_OK; k++) {
        if (head[k].cone->keys != keys) take_entries(tally, &carry->keys[head[k].cone->keys]);
        keys = head[k].cone->keys;
        load(tally, &head[k]);
        status = run_waves(tally, &head[k]);
        apart[k] = stays;
        if (stays) save(tally, &head[k]);
    }
    return status;
}

/* Room for what scenarios have of their own: of all entries of a block, and of those that stay. */
static bool make_room(hz_tally *tally)
{
    hz_tally_carry *carry = tally->carry;
    uint32_t most = 0, cones = tally->programs->cone_count;
    for (uint32_t c = 0; c < carry->counters; c++) {
        hz_tally_taken *taken = &carry->taken[c];
        uint32_t entries = 0;
        for (uint32_t i = 0; i < carry->key_count; i++) {
            const hz_tally_counter *keys = &carry->keys[i].counters[c];
            entries = keys->table.count > entries ? keys->table.count : entries;
            most = keys->kept_count > most ? keys->kept_count : most;
        }
        if (entries <= taken->room) continue;
        hz_tally_state *state = hz_tally_take(&tally->alloc, 2 * (size_t)entries, sizeof *state);
        if (state == NULL) return false;
        hz_tally_give(&tally->alloc, taken->state, taken->room, sizeof *state);
        taken->state = state;
        taken->room = 2 * entries;
    }
    if (most <= carry->saved_room) return true;
    size_t lists = (size_t)carry->counters * cones;
    hz_tally_state *saved = hz_tally_take(&tally->alloc, 2 * most * lists, sizeof *saved);
    if (saved == NULL) return false;
    for (size_t i = 0; carry->saved_room > 0 && i < lists; i++)
        memcpy(saved + 2 * most * i, carry->saved + carry->saved_room * i, carry->saved_room * sizeof *saved);
    hz_tally_give(&tally->alloc, carry->saved, carry->saved_room * lists, sizeof *saved);
    carry->saved = saved;
    carry->saved_room = 2 * most;
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
    if (status == HZ_OK && !make_room(tally)) status = HZ_NO_MEMORY;
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
