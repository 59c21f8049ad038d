/* carry.c - rows in turn: accounts, chunks and their waves. Called by the API.
 *
 * Memory for one block lies in the object; accounts grow with the keys that are new. That a wave's rows share no key is all
 * that is relied upon: a chunk with one wave is settled where it lies. A plan has one leg (leg.h), a package one a part and
 * its own program before them (carry_package.h). Legs that share no counter have nothing to do with each other: each takes
 * its rows chunk by chunk. Else a block is one chunk, and legs take turns in its waves.
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
    hz_accounts *accounts;   /* those that legs need */
    uint32_t account_count, account_room;
    bool shared;             /* some counter is of two legs */
    uint32_t stamp;          /* number of the chunk, from 1 */
    uint16_t *wave;          /* a chunk: the wave of each row */
    uint16_t *order;         /* a chunk: rows by wave, in order */
    uint16_t *ends;          /* a chunk: where each wave ends in it */
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
    for (uint32_t i = 0; i < carry->account_count; i++) hz_accounts_end(&carry->accounts[i]);
    give(carry, carry->legs, carry->leg_count, sizeof *carry->legs);
    give(carry, carry->accounts, carry->account_room, sizeof *carry->accounts);
    give(carry, carry->wave, HZ_CHUNK, sizeof *carry->wave);
    give(carry, carry->order, HZ_CHUNK, sizeof *carry->order);
    give(carry, carry->ends, HZ_CHUNK + 1, sizeof *carry->ends);
    alloc.release(alloc.user, carry, sizeof *carry);
}

void hz_carry_reset(hz_carry *carry)
{
    for (uint32_t i = 0; i < carry->account_count; i++) hz_accounts_reset(&carry->accounts[i]);
}

/* Where a leg before has a shared counter; NULL: none has it. */
static hz_accounts *shared_accounts(const hz_carry *carry, uint32_t leg, const hz_counter *counter, uint32_t *at)
{
    for (uint32_t i = 0; counter->shared && i < leg; i++) {
        const hz_leg *other = &carry->legs[i];
        const hz_plan_model *rules = other->plan->rules;
        for (uint32_t c = 0; c < rules->counters.count; c++) {
            if (!rules->counters.at[c].shared || !hz_str_eq(rules->counters.at[c].name, counter->name)) continue;
            *at = other->places[c].at;
            return other->keys[other->places[c].key].accounts;
        }
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

/* Counters with one key lie in one account. */
static void find_accounts(hz_carry *carry, uint32_t index)
{
    hz_leg *leg = &carry->legs[index];
    const hz_plan_model *rules = leg->plan->rules;
    for (uint32_t c = 0; c < rules->counters.count; c++) {
        const hz_counter *counter = &rules->counters.at[c];
        bool elsewhere = is_elsewhere(carry, index, counter);
        carry->shared |= elsewhere;
        if (!carry->carried && !elsewhere) continue;
        uint32_t at;
        hz_accounts *accounts = shared_accounts(carry, index, counter, &at);
        if (accounts == NULL) {
            accounts = hz_leg_accounts_for(leg, c);
            if (accounts == NULL) hz_accounts_begin(accounts = &carry->accounts[carry->account_count++], &carry->alloc);
            at = hz_accounts_add_counter(accounts);
        }
        hz_leg_add_counter(leg, c, accounts, at);
    }
}

static bool begin_legs(hz_carry *carry, bool fresh)
{
    const hz_plan *plan = carry->plan;
    carry->leg_count = plan->part_count > 0 ? plan->part_count : 1;
    carry->legs = take(carry, carry->leg_count, sizeof *carry->legs);
    for (uint32_t i = 0; i < carry->leg_count; i++) carry->account_room += plan_of(carry, i)->rules->counters.count;
    carry->accounts = take(carry, carry->account_room, sizeof *carry->accounts);
    if (carry->legs == NULL || carry->accounts == NULL) return false;
    for (uint32_t i = 0; i < carry->leg_count; i++) {
        if (!hz_leg_begin(&carry->legs[i], plan_of(carry, i), plan->part_count == 0, &carry->alloc)) return false;
        find_accounts(carry, i);
        if (!hz_leg_ready(&carry->legs[i], fresh, &carry->alloc)) return false;
    }
    return plan->part_count == 0 || hz_package_rows_begin(&carry->package, plan, &carry->alloc);
}

hz_carry *hz_carry_new(const hz_plan *plan, hz_counters_of counters, const hz_alloc *alloc)
{
    hz_carry *carry = alloc->allocate(alloc->user, sizeof *carry);
    if (carry == NULL) return NULL;
    *carry = (hz_carry){.alloc = *alloc, .plan = plan, .carried = counters == HZ_COUNTERS_CARRIED};
    carry->wave = take(carry, HZ_CHUNK, sizeof *carry->wave);
    carry->order = take(carry, HZ_CHUNK, sizeof *carry->order);
    carry->ends = take(carry, HZ_CHUNK + 1, sizeof *carry->ends);
    bool ok = carry->wave != NULL && carry->order != NULL && carry->ends != NULL;
    if (begin_legs(carry, counters != HZ_COUNTERS_GIVEN) && ok) return carry;
    hz_carry_free(carry);
    return NULL;
}

hz_accounts *hz_carry_accounts(hz_carry *carry, uint32_t part, uint32_t counter, uint32_t *place)
{
    const hz_leg *leg = &carry->legs[part];
    *place = leg->places[counter].at;
    return leg->keys[leg->places[counter].key].accounts;
}

/* ---- Waves of a chunk ---- */

/* Legs that take turns, and rows of which each has the place that it says. */
typedef struct chunk {
    hz_leg *legs;
    uint32_t leg_count;
    size_t rows;
} chunk;

/* The place of a row of a chunk; HZ_NOT_ASKING: the leg has none, or no keys. */
static inline size_t place_of(const chunk *c, const hz_leg *leg, size_t row)
{
    if (c->leg_count == 1) return row;
    return leg->key_count > 0 ? leg->place_of[row] : HZ_NOT_ASKING;
}

/* Of all keys of a row: the wave after the last one that had one of them; then sets their wave. */
static uint32_t wave_of(const hz_carry *carry, const chunk *c, size_t row)
{
    uint32_t wave = 0;
    for (uint32_t i = 0; i < c->leg_count; i++) {
        size_t place = place_of(c, &c->legs[i], row);
        for (uint32_t k = 0; place != HZ_NOT_ASKING && k < c->legs[i].key_count; k++) {
            const hz_account *account = hz_leg_account(&c->legs[i].keys[k], place);
            if (account != NULL && account->stamp == carry->stamp && account->wave >= wave) wave = account->wave + 1u;
        }
    }
    for (uint32_t i = 0; i < c->leg_count; i++) {
        size_t place = place_of(c, &c->legs[i], row);
        for (uint32_t k = 0; place != HZ_NOT_ASKING && k < c->legs[i].key_count; k++) {
            hz_account *account = hz_leg_account(&c->legs[i].keys[k], place);
            if (account == NULL) continue;
            account->stamp = carry->stamp;
            account->wave = (uint16_t)wave;
        }
    }
    return wave;
}

/* The same for all rows where they have one key, as most plans do: of one leg. */
static uint32_t waves_of_key(hz_carry *carry, const hz_leg_key *key, size_t rows)
{
    uint32_t waves = 1;
    for (size_t r = 0; r < rows; r++) {
        hz_account *account = key->account[r];
        uint32_t wave = account != NULL && account->stamp == carry->stamp ? account->wave + 1u : 0;
        carry->wave[r] = (uint16_t)wave;
        if (wave >= waves) waves = wave + 1;
        if (account == NULL) continue;
        account->stamp = carry->stamp;
        account->wave = (uint16_t)wave;
    }
    return waves;
}

/* Chunks are numbered anew once their numbers are used up. */
static void next_stamp(hz_carry *carry)
{
    if (++carry->stamp != 0) return;
    for (uint32_t i = 0; i < carry->account_count; i++)
        for (uint32_t n = 0; n < carry->accounts[i].count; n++) hz_account_at(&carry->accounts[i], n)->stamp = 0;
    carry->stamp = 1;
}

/* The wave of each row; returns how many waves there are. */
static uint32_t find_waves(hz_carry *carry, const chunk *c)
{
    uint32_t waves = 1;
    next_stamp(carry);
    if (c->leg_count == 1 && c->legs->key_count == 1) return waves_of_key(carry, c->legs->keys, c->rows);
    for (size_t r = 0; r < c->rows; r++) {
        uint32_t wave = wave_of(carry, c, r);
        carry->wave[r] = (uint16_t)wave;
        if (wave >= waves) waves = wave + 1;
    }
    return waves;
}

/* Rows by wave, in their order within one. A chunk has no more waves than rows. */
static void sort_rows(hz_carry *carry, size_t rows, uint32_t waves)
{
    uint16_t *ends = carry->ends;
    memset(ends, 0, (waves + 1) * sizeof *ends);
    for (size_t r = 0; r < rows; r++) ends[carry->wave[r] + 1]++;
    for (uint32_t w = 1; w <= waves; w++) ends[w] = (uint16_t)(ends[w] + ends[w - 1]);
    for (size_t r = 0; r < rows; r++) carry->order[ends[carry->wave[r]]++] = (uint16_t)r;
}

static void settle_wave(const hz_carry *carry, const chunk *c, const uint16_t *row, size_t count)
{
    for (uint32_t i = 0; i < c->leg_count; i++) {
        hz_leg *leg = &c->legs[i];
        if (c->leg_count == 1) {
            hz_leg_settle(leg, row, count, carry->carried, NULL, 0);
            continue;
        }
        size_t found = 0;
        for (size_t k = 0; leg->key_count > 0 && k < count; k++)
            if (leg->place_of[row[k]] != HZ_NOT_ASKING) leg->some[found++] = leg->place_of[row[k]];
        hz_leg_settle(leg, leg->some, found, carry->carried, c->legs, i);
    }
}

static void settle(hz_carry *carry, const chunk *c)
{
    uint32_t waves = carry->carried ? find_waves(carry, c) : 1;
    if (waves > 1) {
        sort_rows(carry, c->rows, waves);
        for (uint32_t w = 0, begin = 0; w < waves; begin = carry->ends[w++]) settle_wave(carry, c, carry->order + begin, (size_t)carry->ends[w] - begin);
        return;
    }
    for (uint32_t i = 0; i < c->leg_count; i++)
        if (c->legs[i].key_count > 0) hz_leg_settle(&c->legs[i], NULL, c->legs[i].count, carry->carried, c->legs, i);
}

/* ---- Chunks ---- */

/* A leg alone, chunk by chunk. */
static int32_t run_leg(hz_carry *carry, hz_leg *leg)
{
    int32_t status = HZ_OK;
    for (size_t begin = 0; begin < leg->asking_count && status == HZ_OK; begin += HZ_CHUNK) {
        const chunk c = {leg, 1, leg->asking_count - begin < HZ_CHUNK ? leg->asking_count - begin : HZ_CHUNK};
        status = hz_leg_take(leg, begin, c.rows, false);
        if (status != HZ_OK) return status;
        settle(carry, &c);
        status = hz_leg_finish(leg, carry->carried);
    }
    return status;
}

static void find_places(hz_leg *leg, size_t rows)
{
    memset(leg->place_of, 0xFF, rows * sizeof *leg->place_of);
    for (size_t i = 0; i < leg->asking_count; i++) leg->place_of[leg->asking[i]] = (uint16_t)i;
}

/* Legs that share counters, of a block that is one chunk. */
static int32_t run_together(hz_carry *carry, size_t rows)
{
    const chunk c = {carry->legs, carry->leg_count, rows};
    int32_t status = HZ_OK;
    for (uint32_t i = 0; !carry->carried && i < carry->account_count; i++) hz_accounts_reset(&carry->accounts[i]);
    for (uint32_t i = 0; i < c.leg_count && status == HZ_OK; i++) {
        hz_leg *leg = &c.legs[i];
        if (leg->key_count == 0) continue;
        find_places(leg, rows);
        leg->count = 0;
        if (leg->asking_count > 0) status = hz_leg_take(leg, 0, leg->asking_count, !carry->carried);
    }
    if (status != HZ_OK) return status;
    settle(carry, &c);
    for (uint32_t i = 0; i < c.leg_count && status == HZ_OK; i++)
        if (c.legs[i].key_count > 0 && c.legs[i].asking_count > 0) status = hz_leg_finish(&c.legs[i], carry->carried);
    return status;
}

/* ---- Blocks ---- */

static int32_t begin_block(hz_carry *carry, const hz_columns *in, size_t first, size_t rows, const hz_results *out)
{
    if (carry->package.plan != NULL) return hz_package_rows_ask(&carry->package, carry->legs, in, first, rows, out);
    hz_leg *leg = carry->legs;
    leg->block_rows = leg->asking_count = rows;
    leg->inputs = in->inputs;
    leg->counters = in->counters;
    leg->inputs_first = leg->first = first;
    leg->out = out;
    return HZ_OK;
}

static int32_t run_block(hz_carry *carry, const hz_columns *in, size_t first, size_t rows, const hz_results *out)
{
    int32_t status = begin_block(carry, in, first, rows, out);
    if (status != HZ_OK) return status;
    for (uint32_t i = 0; i < carry->leg_count; i++) hz_leg_open(&carry->legs[i]);
    for (uint32_t i = 0; i < carry->leg_count && status == HZ_OK; i++) {
        if (carry->legs[i].key_count == 0) status = hz_leg_run(&carry->legs[i]);
        else if (!carry->shared) status = run_leg(carry, &carry->legs[i]);
    }
    if (status == HZ_OK && carry->shared) status = run_together(carry, rows);
    for (uint32_t i = 0; i < carry->leg_count && status == HZ_OK; i++) hz_leg_put(&carry->legs[i]);
    if (status == HZ_OK && carry->package.plan != NULL) hz_package_rows_compose(&carry->package, carry->legs);
    return status;
}

/* Rows of a block: of a plan alone nothing of them is kept. */
static size_t block_of(const hz_carry *carry)
{
    return carry->shared ? HZ_CHUNK : carry->package.plan != NULL ? HZ_CARRY_BLOCK : SIZE_MAX;
}

int32_t hz_carry_range(hz_carry *carry, const hz_columns *in, size_t first, size_t rows, const hz_results *out)
{
    for (size_t end = first + rows; first < end;) {
        size_t count = end - first < block_of(carry) ? end - first : block_of(carry);
        int32_t status = run_block(carry, in, first, count, out);
        if (status != HZ_OK) return status;
        first += count;
    }
    return HZ_OK;
}
