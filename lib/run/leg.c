/* leg.c - the rows of a block that ask one plan: their keys, what they find in counters and leave there, and what holds
 * them up. Called by carry.c and carry_package.c.
 */
#include "run/leg.h"

#include "base/status.h"
#include "run/carry_key.h"

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

/* What only a part needs: its rows are some of the block's. */
static bool begin_part(hz_leg *leg, const hz_alloc *alloc)
{
    leg->asking = take(alloc, HZ_CARRY_BLOCK, sizeof *leg->asking);
    leg->outcome = take(alloc, HZ_CARRY_BLOCK, sizeof *leg->outcome);
    leg->total = take(alloc, HZ_CARRY_BLOCK, sizeof *leg->total);
    leg->place_of = take(alloc, HZ_CHUNK, sizeof *leg->place_of);
    leg->some = take(alloc, HZ_CHUNK, sizeof *leg->some);
    bool ok = leg->asking != NULL && leg->outcome != NULL && leg->total != NULL && leg->place_of != NULL && leg->some != NULL;
    return ok && hz_gathered_begin(&leg->rows, leg->plan, HZ_CARRY_BLOCK, alloc);
}

bool hz_leg_begin(hz_leg *leg, const hz_plan *plan, bool whole, const hz_alloc *alloc)
{
    *leg = (hz_leg){.plan = plan, .whole = whole};
    uint32_t counters = counters_of(leg);
    hz_buf_begin(&leg->long_keys, alloc);
    leg->places = take(alloc, counters, sizeof *leg->places);
    leg->keys = take(alloc, counters, sizeof *leg->keys);
    leg->found = take(alloc, counters, sizeof *leg->found);
    leg->before = take(alloc, (size_t)counters * HZ_CHUNK, sizeof *leg->before);
    leg->before_valid = take(alloc, (size_t)counters * HZ_CHUNK_WORDS, sizeof *leg->before_valid);
    leg->had = take(alloc, (size_t)counters * HZ_CHUNK_WORDS, sizeof *leg->had);
    leg->left = take(alloc, (size_t)counters * HZ_CHUNK_WORDS, sizeof *leg->left);
    bool ok = leg->places != NULL && leg->keys != NULL && leg->found != NULL && leg->before != NULL && leg->before_valid != NULL;
    ok = ok && leg->had != NULL && leg->left != NULL;
    for (uint32_t c = 0; ok && c < counters; c++) leg->places[c].key = HZ_NO_LEG_KEY;
    return ok && (whole || begin_part(leg, alloc));
}

/* Keys that are worked out by the same instructions. */
static bool is_same_key(const hz_column_key *a, const hz_column_key *b)
{
    bool same = a->count == b->count && a->open == b->open;
    for (uint32_t i = 0; same && i < a->count; i++) same = a->value[i] == b->value[i] && a->null[i] == b->null[i];
    return same;
}

void hz_leg_add_counter(hz_leg *leg, uint32_t counter, hz_accounts *accounts, uint32_t at)
{
    const hz_column_key *key = &leg->plan->columns.keys[counter];
    uint32_t k = 0;
    while (k < leg->key_count && (leg->keys[k].accounts != accounts || !is_same_key(leg->keys[k].key, key))) k++;
    if (k == leg->key_count) {
        leg->keys[k].key = key;
        leg->keys[k].accounts = accounts;
        leg->key_count++;
    }
    leg->keys[k].counters = (uint16_t)(leg->keys[k].counters | 1u << at);
    leg->places[counter] = (hz_leg_place){k, at};
}

hz_accounts *hz_leg_accounts_for(const hz_leg *leg, uint32_t counter)
{
    const hz_column_key *key = &leg->plan->columns.keys[counter];
    for (uint32_t k = 0; k < leg->key_count; k++)
        if (is_same_key(leg->keys[k].key, key) && leg->keys[k].accounts->counters < HZ_ACCOUNT_COUNTERS) return leg->keys[k].accounts;
    return NULL;
}

bool hz_leg_ready(hz_leg *leg, bool fresh, const hz_alloc *alloc)
{
    for (uint32_t k = 0; k < leg->key_count; k++) {
        leg->keys[k].keys = take(alloc, HZ_CHUNK, sizeof *leg->keys[k].keys);
        leg->keys[k].number = take(alloc, HZ_CHUNK, sizeof *leg->keys[k].number);
        leg->keys[k].account = take(alloc, HZ_CHUNK, sizeof *leg->keys[k].account);
        if (leg->keys[k].keys == NULL || leg->keys[k].number == NULL || leg->keys[k].account == NULL) return false;
    }
    int32_t status = leg->key_count > 0 ? hz_batch_begin_keyed(&leg->batch, leg->plan, alloc) : hz_batch_begin(&leg->batch, leg->plan, alloc);
    leg->batch.fresh = fresh;
    return status == HZ_OK;
}

void hz_leg_end(hz_leg *leg, const hz_alloc *alloc)
{
    if (leg->plan == NULL) return;
    uint32_t counters = counters_of(leg);
    if (leg->batch.plan != NULL) hz_batch_end(&leg->batch);
    hz_gathered_end(&leg->rows);
    hz_buf_end(&leg->long_keys);
    for (uint32_t k = 0; leg->keys != NULL && k < leg->key_count; k++) {
        give(alloc, leg->keys[k].keys, HZ_CHUNK, sizeof *leg->keys[k].keys);
        give(alloc, leg->keys[k].number, HZ_CHUNK, sizeof *leg->keys[k].number);
        give(alloc, leg->keys[k].account, HZ_CHUNK, sizeof *leg->keys[k].account);
    }
    give(alloc, leg->places, counters, sizeof *leg->places);
    give(alloc, leg->keys, counters, sizeof *leg->keys);
    give(alloc, leg->found, counters, sizeof *leg->found);
    give(alloc, leg->before, (size_t)counters * HZ_CHUNK, sizeof *leg->before);
    give(alloc, leg->before_valid, (size_t)counters * HZ_CHUNK_WORDS, sizeof *leg->before_valid);
    give(alloc, leg->had, (size_t)counters * HZ_CHUNK_WORDS, sizeof *leg->had);
    give(alloc, leg->left, (size_t)counters * HZ_CHUNK_WORDS, sizeof *leg->left);
    give(alloc, leg->asking, HZ_CARRY_BLOCK, sizeof *leg->asking);
    give(alloc, leg->outcome, HZ_CARRY_BLOCK, sizeof *leg->outcome);
    give(alloc, leg->total, HZ_CARRY_BLOCK, sizeof *leg->total);
    give(alloc, leg->place_of, HZ_CHUNK, sizeof *leg->place_of);
    give(alloc, leg->some, HZ_CHUNK, sizeof *leg->some);
    *leg = (hz_leg){0};
}

/* ---- Rows of a block ---- */

/* Where the batch finds inputs and writes results, and where rows' own counters are: at which row place 0 is. */
static const hz_column *inputs_of(const hz_leg *leg)
{
    return leg->whole ? leg->inputs : leg->rows.inputs;
}

static const hz_column *given_of(const hz_leg *leg)
{
    return leg->whole ? leg->counters : leg->rows.given;
}

static size_t first_of(const hz_leg *leg)
{
    return leg->whole ? leg->first : 0;
}

void hz_leg_open(hz_leg *leg)
{
    leg->rows.row = leg->asking;
    leg->rows.count = leg->asking_count;
    if (leg->asking_count == 0) return;
    if (!leg->whole) {
        hz_gathered_take_inputs(&leg->rows, leg->inputs, leg->inputs_first);
        hz_gathered_take_counters(&leg->rows, leg->counters, leg->first);
    }
    leg->results = leg->whole ? *leg->out : hz_gathered_results(&leg->rows, leg->out);
    if (leg->hold != NULL) leg->results.total = leg->rows.total;
    if (leg->key_count > 0) hz_batch_open(&leg->batch, inputs_of(leg), given_of(leg), first_of(leg), leg->asking_count, &leg->results);
}

/* ---- A chunk ---- */

static bool find_accounts(hz_leg *leg)
{
    for (uint32_t k = 0; k < leg->key_count; k++) {
        hz_leg_key *key = &leg->keys[k];
        if (!hz_accounts_find(key->accounts, key->keys, leg->long_keys.at, leg->count, key->number)) return false;
        for (size_t i = 0; i < leg->count; i++) {
            hz_account *account = key->number[i] != HZ_NO_ACCOUNT ? hz_account_at(key->accounts, key->number[i]) : NULL;
            key->account[i] = account;
            leg->any_open |= account == NULL;
            if (account != NULL && (account->seen & key->counters) != key->counters) account->seen |= key->counters;
        }
    }
    return true;
}

int32_t hz_leg_take(hz_leg *leg, size_t begin, size_t count, bool apart)
{
    const size_t bits = (size_t)counters_of(leg) * HZ_CHUNK_WORDS * sizeof(uint64_t);
    leg->begin = begin;
    leg->count = count;
    leg->any_open = false;
    memset(leg->had, 0, bits);
    memset(leg->left, 0, bits);
    hz_buf_reset(&leg->long_keys);
    hz_batch_keys(&leg->batch, first_of(leg) + begin, count);
    for (uint32_t k = 0; k < leg->key_count; k++) {
        if (!hz_carry_keys(&leg->batch, leg->keys[k].key, apart ? leg->asking + begin : NULL, leg->keys[k].keys, &leg->long_keys)) return HZ_NO_MEMORY;
        hz_accounts_ask(leg->keys[k].accounts, leg->keys[k].keys, count);
    }
    hz_batch_front(&leg->batch);
    return find_accounts(leg) ? HZ_OK : HZ_NO_MEMORY;
}

/* ---- What rows find ---- */

static bool word_bit(const uint64_t *bits, size_t at)
{
    return (bits[at / 64] >> (at % 64) & 1) != 0;
}

static void set_word_bit(uint64_t *bits, size_t at)
{
    bits[at / 64] |= UINT64_C(1) << (at % 64);
}

static void set_bit(uint8_t *bits, size_t at, bool is)
{
    uint8_t bit = (uint8_t)(1u << (at % 8));
    bits[at / 8] = (uint8_t)(is ? bits[at / 8] | bit : bits[at / 8] & ~bit);
}

static bool is_at(const hz_leg *leg, uint32_t counter, const hz_accounts *accounts, uint32_t at)
{
    const hz_leg_place *place = &leg->places[counter];
    return place->key != HZ_NO_LEG_KEY && leg->keys[place->key].accounts == accounts && place->at == at;
}

/* An earlier leg moved this counter of an account in this row. */
static bool was_moved(const hz_leg *before, uint32_t count, const hz_accounts *accounts, const hz_account *account, uint32_t at, size_t row)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t place = before[i].key_count > 0 ? before[i].place_of[row] : HZ_NOT_ASKING;
        for (uint32_t c = 0; place != HZ_NOT_ASKING && c < counters_of(&before[i]); c++)
            if (is_at(&before[i], c, accounts, at) && hz_leg_account(&before[i].keys[before[i].places[c].key], place) == account &&
                word_bit(before[i].left + (size_t)c * HZ_CHUNK_WORDS, place))
                return true;
    }
    return false;
}

static bool may_be_moved(const hz_leg *before, uint32_t count, const hz_accounts *accounts, uint32_t at)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t c = 0; c < counters_of(&before[i]); c++)
            if (is_at(&before[i], c, accounts, at)) return true;
    return false;
}

/* What is known of a counter in accounts, of all places that are settled; most often there is nothing else to look at. */
static void find_known(const hz_leg_key *key, uint32_t at, const uint16_t *place, size_t count, int64_t *values, uint64_t *valid)
{
    for (size_t i = 0; i < count; i++) {
        const hz_account *account = hz_leg_account(key, place != NULL ? place[i] : i);
        bool known = account != NULL && (account->known >> at & 1) != 0;
        values[i] = known ? account->value[at] : 0;
        valid[i / 64] |= (uint64_t)known << (i % 64);
    }
}

/* As the host gives it. */
static void find_given(const hz_leg *leg, uint32_t counter, const uint16_t *place, size_t count, int64_t *values, uint64_t *valid)
{
    const hz_column *given = &given_of(leg)[counter];
    for (size_t i = 0; i < count; i++) {
        int64_t value;
        if (!hz_column_given(&leg->plan->rules->counters.at[counter].type, given, first_of(leg) + leg->begin + (place != NULL ? place[i] : i), &value)) continue;
        values[i] = value;
        set_word_bit(valid, i);
    }
}

/* As a part before left it in the same row. */
static void find_moved(const hz_leg *leg, const hz_leg_place *at, const uint16_t *place, size_t count, const hz_leg *before, uint32_t before_count, int64_t *values, uint64_t *valid)
{
    const hz_leg_key *key = &leg->keys[at->key];
    for (size_t i = 0; i < count; i++) {
        size_t own = place != NULL ? place[i] : i;
        const hz_account *account = hz_leg_account(key, own);
        if (account == NULL || !was_moved(before, before_count, key->accounts, account, at->at, leg->asking[own])) continue;
        values[i] = account->value[at->at];
        set_word_bit(valid, i);
    }
}

/* A counter before the rows: as a part before left it, else as the host gives it, else what is known. */
static void find_counter(hz_leg *leg, uint32_t counter, const uint16_t *place, size_t count, bool carried, const hz_leg *before, uint32_t before_count)
{
    const hz_leg_place *at = &leg->places[counter];
    const bool keyed = at->key != HZ_NO_LEG_KEY, given = given_of(leg) != NULL && given_of(leg)[counter].values != NULL;
    const bool over = keyed && may_be_moved(before, before_count, leg->keys[at->key].accounts, at->at);
    int64_t *values = leg->before + (size_t)counter * HZ_CHUNK;
    uint64_t *valid = leg->before_valid + (size_t)counter * HZ_CHUNK_WORDS;
    memset(valid, 0, HZ_CHUNK_WORDS * sizeof *valid);
    leg->found[counter] = (hz_column){0};
    if (!(keyed && carried) && !given && !over) return;
    if (keyed && carried) find_known(&leg->keys[at->key], at->at, place, count, values, valid);
    else memset(values, 0, count * sizeof *values);
    if (given) find_given(leg, counter, place, count, values, valid);
    if (over) find_moved(leg, at, place, count, before, before_count, values, valid);
    int32_t scale = leg->plan->rules->counters.at[counter].type.scale;
    leg->found[counter] = (hz_column){.values = values, .valid = valid, .layout = HZ_LAYOUT_INT64, .scale = scale};
}

/* What rows found, for the host, and for those whose key is open: these found what they gave. */
static void keep_before(hz_leg *leg, uint32_t counter, const uint16_t *place, size_t count)
{
    const int64_t *values = leg->before + (size_t)counter * HZ_CHUNK;
    const uint64_t *valid = leg->before_valid + (size_t)counter * HZ_CHUNK_WORDS;
    const bool wanted = leg->out->before != NULL, open = leg->any_open && given_of(leg) != NULL && given_of(leg)[counter].values != NULL;
    int64_t *to = !wanted ? NULL : leg->whole ? leg->out->before[counter] : leg->rows.before[counter];
    uint8_t *to_valid = !wanted ? NULL : leg->whole ? leg->out->before_valid[counter] : leg->rows.before_valid[counter];
    for (size_t i = 0; (wanted || open) && i < count; i++) {
        size_t own = place != NULL ? place[i] : i, row = first_of(leg) + leg->begin + own;
        bool is = word_bit(valid, i);
        if (is) set_word_bit(leg->had + (size_t)counter * HZ_CHUNK_WORDS, own);
        if (!wanted) continue;
        to[row] = is ? values[i] : 0;
        hz_write_bits(&to_valid[row / 8], (uint8_t)(1u << (row % 8)), (uint8_t)((unsigned)is << (row % 8)));
    }
}

/* ---- What they leave ---- */

/* Open conditions of the package hold up what the part itself would pay. */
static int32_t hold_of(const hz_leg *leg, size_t place, int32_t own)
{
    int32_t hold = leg->hold != NULL ? leg->hold[leg->asking[place]] : 0;
    return own == HZ_FAILED || own == HZ_REFUSED ? 0 : hold;
}

static int64_t after_at(const hz_batch *batch, uint32_t reg, size_t i)
{
    switch (batch->plan->columns.program.reg_type[reg]) {
    case HZ_COLUMN_I64: return ((const int64_t *)batch->now[reg])[i];
    case HZ_COLUMN_I32: return ((const int32_t *)batch->now[reg])[i];
    default: return word_bit(batch->now[reg], i);
    }
}

static void keep_after(hz_leg *leg, uint32_t counter, const uint16_t *place, size_t count)
{
    const hz_batch *batch = &leg->batch;
    const hz_column_counter *column = &leg->plan->columns.counters[counter];
    const hz_leg_place *at = &leg->places[counter];
    const int32_t *outcome = batch->now[leg->plan->columns.outcome];
    const uint64_t *moved = batch->now[column->moved];
    if (at->key == HZ_NO_LEG_KEY) return;
    const hz_leg_key *key = &leg->keys[at->key];
    for (size_t w = 0; 64 * w < count; w++) {
        uint64_t rest = count >= 64 * (w + 1) ? moved[w] : moved[w] & ((UINT64_C(1) << (count - 64 * w)) - 1);
        for (; rest != 0; rest &= rest - 1) {
            size_t i = 64 * w + (size_t)__builtin_ctzll(rest), own = place != NULL ? place[i] : i;
            hz_account *account = hz_leg_account(key, own);
            if (account == NULL || (leg->hold != NULL && hold_of(leg, leg->begin + own, outcome[i]) != 0)) continue;
            account->known = (uint16_t)(account->known | 1u << at->at);
            account->value[at->at] = after_at(batch, column->value, i);
            set_word_bit(leg->left + (size_t)counter * HZ_CHUNK_WORDS, own);
        }
    }
}

void hz_leg_settle(hz_leg *leg, const uint16_t *place, size_t count, bool carried, const hz_leg *before, uint32_t before_count)
{
    if (count == 0) return;
    for (uint32_t c = 0; c < counters_of(leg); c++) {
        find_counter(leg, c, place, count, carried, before, before_count);
        keep_before(leg, c, place, count);
    }
    if (place == NULL) hz_batch_settle_all(&leg->batch, leg->found);
    else hz_batch_settle(&leg->batch, leg->found, place, count);
    for (uint32_t c = 0; c < counters_of(leg); c++) keep_after(leg, c, place, count);
}

/* ---- Results ---- */

/* Where a key is not known and the row gives no value, nobody knows what the counter is: none, and not its start. */
static void forget_open(const hz_leg *leg, uint32_t counter)
{
    const hz_leg_place *at = &leg->places[counter];
    const hz_results *out = &leg->results;
    const int64_t none = leg->plan->rules->counters.at[counter].type.kind == HZ_KIND_DATE ? HZ_NO_DATE : 0;
    for (size_t i = 0; at->key != HZ_NO_LEG_KEY && i < leg->count; i++) {
        if (leg->keys[at->key].account[i] != NULL || word_bit(leg->had + (size_t)counter * HZ_CHUNK_WORDS, i)) continue;
        size_t row = first_of(leg) + leg->begin + i;
        if (out->after != NULL && out->after[counter] != NULL) out->after[counter][row] = none;
        if (out->after_valid != NULL && out->after_valid[counter] != NULL) hz_write_bits(&out->after_valid[counter][row / 8], (uint8_t)(1u << (row % 8)), 0);
    }
}

/* The package decides the row: its counters are as the host gave them. i: of rows. */
static void close_row(const hz_leg *leg, size_t i, int32_t outcome, int32_t reason)
{
    const hz_gathered *rows = &leg->rows;
    const hz_plan_model *rules = leg->plan->rules;
    rows->outcome[i] = outcome;
    rows->reason[i] = reason;
    rows->total[i] = 0;
    set_bit(rows->has_total, i, outcome == HZ_NOT_ASKED || outcome == HZ_REFUSED);
    for (uint32_t b = 0; b < rules->benefits.count; b++) rows->benefits[b].gross[i] = rows->benefits[b].net[i] = 0;
    for (uint32_t c = 0; c < rules->counters.count; c++)
        set_bit(rows->after_valid[c], i, hz_column_given(&rules->counters.at[c].type, &rows->given[c], i, &rows->after[c][i]));
}

static void hold_up(const hz_leg *leg, size_t begin, size_t count)
{
    const hz_gathered *rows = &leg->rows;
    for (size_t i = begin; leg->hold != NULL && i < begin + count; i++) {
        int32_t own = rows->outcome[i], hold = hold_of(leg, i, own);
        if (hold == 0) continue;
        bool missing = hold == HZ_INCOMPLETE || own == HZ_INCOMPLETE;
        close_row(leg, i, missing ? HZ_INCOMPLETE : HZ_UNDETERMINED, missing ? hz_plan_reason_missing(leg->plan) : 0);
    }
}

int32_t hz_leg_finish(hz_leg *leg, bool carried)
{
    int32_t status = hz_batch_close(&leg->batch);
    if (status != HZ_OK) return status;
    for (uint32_t c = 0; carried && leg->any_open && c < counters_of(leg); c++) forget_open(leg, c);
    hold_up(leg, leg->begin, leg->count);
    return HZ_OK;
}

int32_t hz_leg_run(hz_leg *leg)
{
    if (leg->asking_count == 0) return HZ_OK;
    int32_t status = hz_batch_range(&leg->batch, inputs_of(leg), given_of(leg), first_of(leg), leg->asking_count, &leg->results);
    if (status != HZ_OK) return status;
    for (uint32_t c = 0; !leg->whole && c < counters_of(leg); c++) memset(leg->rows.before_valid[c], 0, leg->asking_count / 8 + 1);
    hold_up(leg, 0, leg->asking_count);
    return HZ_OK;
}

void hz_leg_put(hz_leg *leg)
{
    const hz_gathered *rows = &leg->rows;
    if (leg->whole || rows->count == 0) return;
    for (size_t i = 0; leg->hold != NULL && i < rows->count; i++) {
        leg->outcome[rows->row[i]] = rows->outcome[i];
        leg->total[rows->row[i]] = rows->total[i];
    }
    hz_gathered_put(rows, leg->out, leg->first);
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
    hz_leg_put(leg);
}
