/* ledger.c - counters in memory: an open hash table from (plan, counter, key) to a value.
 *
 * It knows what each counter is now; how it came to be so is the journal's. Called by the API and by worked examples.
 * Invariant: a slot that has a name stays where it is until the table grows, so room can be made first and values set
 * afterwards, without a way to fail between.
 */
#include "run/ledger.h"

#include "base/map.h"
#include "base/status.h"
#include "run/given.h"

#define FIRST_ROOM ((size_t)64)

void hz_ledger_begin(hz_ledger *ledger, const hz_alloc *alloc)
{
    *ledger = (hz_ledger){.alloc = *alloc};
    hz_buf_begin(&ledger->names, alloc);
    hz_buf_begin(&ledger->name, alloc);
    hz_decision_begin(&ledger->probe, alloc);
    hz_journal_begin(&ledger->journal, alloc);
}

void hz_ledger_end(hz_ledger *ledger)
{
    const hz_alloc alloc = ledger->alloc;
    if (ledger->slots != NULL) alloc.release(alloc.user, ledger->slots, ledger->room * sizeof *ledger->slots);
    hz_buf_end(&ledger->names);
    hz_buf_end(&ledger->name);
    hz_decision_end(&ledger->probe);
    hz_journal_end(&ledger->journal);
    *ledger = (hz_ledger){.alloc = alloc};
}

void hz_ledger_reset(hz_ledger *ledger)
{
    if (ledger->slots != NULL) memset(ledger->slots, 0, ledger->room * sizeof *ledger->slots);
    ledger->count = 0;
    hz_buf_reset(&ledger->names);
    hz_journal_reset(&ledger->journal);
}

void hz_ledger_forget_rules(hz_ledger *ledger)
{
    hz_decision_end(&ledger->probe);
    hz_decision_begin(&ledger->probe, &ledger->alloc);
}

/* ---- the table ---- */

/* The slot of a name, or the free one where it belongs; needs a table that is not full. */
static hz_ledger_slot *find(const hz_ledger *ledger, hz_str name, uint64_t hash)
{
    size_t at = (size_t)hash & (ledger->room - 1);
    for (;;) {
        hz_ledger_slot *slot = &ledger->slots[at];
        if (slot->name_size == 0) return slot;
        if (slot->hash == hash && hz_str_eq((hz_str){ledger->names.at + slot->name_begin, slot->name_size}, name))
            return slot;
        at = (at + 1) & (ledger->room - 1);
    }
}

/* Room for one more slot, at most three quarters full. */
static bool grow(hz_ledger *ledger)
{
    const hz_alloc *alloc = &ledger->alloc;
    if (ledger->count + 1 <= ledger->room / 4 * 3) return true;
    size_t room = ledger->room == 0 ? FIRST_ROOM : ledger->room * 2;
    if (room > SIZE_MAX / sizeof *ledger->slots / 2) return false;
    hz_ledger_slot *slots = alloc->allocate(alloc->user, room * sizeof *slots);
    if (slots == NULL) return false;
    memset(slots, 0, room * sizeof *slots);
    for (size_t i = 0; i < ledger->room; i++) {
        if (ledger->slots[i].name_size == 0) continue;
        size_t at = (size_t)ledger->slots[i].hash & (room - 1);
        while (slots[at].name_size != 0) at = (at + 1) & (room - 1);
        slots[at] = ledger->slots[i];
    }
    if (ledger->slots != NULL) alloc->release(alloc->user, ledger->slots, ledger->room * sizeof *ledger->slots);
    ledger->slots = slots;
    ledger->room = room;
    return true;
}

/* Makes sure that there is a slot; NULL: no memory. */
static hz_ledger_slot *make(hz_ledger *ledger, hz_str name)
{
    uint64_t hash = hz_hash_bytes(name.at, name.len);
    hz_ledger_slot *slot = ledger->count > 0 ? find(ledger, name, hash) : NULL;
    if (slot != NULL && slot->name_size != 0) return slot;
    if (!grow(ledger)) return NULL;
    slot = find(ledger, name, hash);
    size_t begin = ledger->names.len;
    hz_buf_add(&ledger->names, name);
    if (ledger->names.failed) {
        ledger->names.failed = false;
        return NULL;
    }
    *slot = (hz_ledger_slot){.hash = hash, .name_begin = begin, .name_size = (uint32_t)name.len};
    ledger->count++;
    return slot;
}

/* ---- names ---- */

bool hz_counter_key_known(const hz_decision *decision, uint32_t counter)
{
    if (decision->question->counters == NULL || (decision->closed && !decision->asked)) return false;
    const hz_counter_site *site = &decision->question->counters[counter];
    for (uint32_t i = 0; i < site->keys; i++)
        if (hz_machine_state(&decision->machine, &site->key[i]) > HZ_IS_NULL) return false;
    return true;
}

/* Plan, counter and key as one text, in ledger->name; NUL stands in none of them. A counter that plans share is of none
 * of them. False: no memory. */
static bool spell(hz_ledger *ledger, const hz_decision *decision, uint32_t counter)
{
    hz_buf *name = &ledger->name;
    hz_buf_reset(name);
    const hz_counter *rule = &decision->plan->rules->counters.at[counter];
    if (!rule->shared) hz_buf_add(name, decision->plan->rules->id);
    hz_buf_add_char(name, '\0');
    hz_buf_add(name, rule->name);
    hz_buf_add_char(name, '\0');
    hz_decision_counter_key(decision, counter, name);
    return !name->failed && name->len <= UINT32_MAX;
}

static hz_ledger_slot *look_up(hz_ledger *ledger)
{
    hz_str name = hz_buf_text(&ledger->name);
    if (ledger->count == 0) return NULL;
    hz_ledger_slot *slot = find(ledger, name, hz_hash_bytes(name.at, name.len));
    return slot->name_size != 0 && slot->known ? slot : NULL;
}

static void set(hz_ledger_slot *slot, const hz_type *type, int64_t value)
{
    slot->known = true;
    slot->kind = type->kind;
    slot->scale = type->scale;
    slot->value = value;
}

/* ---- one counter ---- */

bool hz_ledger_get(hz_ledger *ledger, const hz_decision *decision, uint32_t counter, int64_t *value)
{
    const hz_ledger_slot *slot = spell(ledger, decision, counter) ? look_up(ledger) : NULL;
    if (slot != NULL) *value = slot->value;
    return slot != NULL;
}

int32_t hz_ledger_put(hz_ledger *ledger, const hz_decision *decision, uint32_t counter, int64_t value)
{
    hz_ledger_slot *slot = spell(ledger, decision, counter) ? make(ledger, hz_buf_text(&ledger->name)) : NULL;
    if (slot == NULL) return HZ_NO_MEMORY;
    set(slot, &decision->plan->rules->counters.at[counter].type, value);
    return HZ_OK;
}

/* ---- whole claims ---- */

/* A value kept under other rules may have another scale. */
static void give(hz_claim *claim, uint32_t counter, const hz_ledger_slot *slot)
{
    const hz_type *type = &claim->plan->rules->counters.at[counter].type;
    if (slot->kind != type->kind) hz_given_refuse(&claim->counters[counter], HZ_WRONG_TYPE);
    else if (type->kind == HZ_KIND_NUMBER)
        hz_given_number(&claim->counters[counter], type, (hz_decimal){slot->value, slot->scale});
    else hz_claim_set_counter(claim, counter, slot->value);
}

/* Whether a given counter is what is known. */
static bool is_same(const hz_claim *claim, uint32_t counter, const hz_ledger_slot *slot)
{
    const hz_type *type = &claim->plan->rules->counters.at[counter].type;
    const hz_given *given = &claim->counters[counter];
    if (slot->kind != type->kind || given->state != HZ_GIVEN) return false;
    if (type->kind != HZ_KIND_NUMBER) return given->value == slot->value;
    hz_i128 value = 0;
    return hz_decimal_rescale(slot->value, slot->scale, type->scale, &value) && value == given->value;
}

/* What to do with counters that are given and whose key is known. */
enum { KEEP, COMPARE, REPLACE };

/* All that have a key, not only those that will be read: a counter that is only added to goes on from where it was. */
static int32_t fill_from(hz_ledger *ledger, const hz_decision *probe, hz_claim *claim, int given, hz_fault *fault)
{
    for (uint32_t i = 0; i < claim->plan->rules->counters.count; i++) {
        bool absent = claim->counters[i].state == HZ_ABSENT;
        if ((!absent && given == KEEP) || !hz_counter_key_known(probe, i)) continue;
        if (!spell(ledger, probe, i)) return HZ_NO_MEMORY;
        const hz_ledger_slot *slot = look_up(ledger);
        if (slot == NULL) continue;
        if (absent || given == REPLACE) {
            give(claim, i, slot);
        } else if (!is_same(claim, i, slot) && !fault->is) {
            hz_fault_set(fault, HZ_FAULT_COUNTER_GAP, claim->plan->rules->counters.at[i].name, NULL);
            hz_fault_hint(fault, HZ_HINT_ALL_OF_A_KEY, NULL);
        }
    }
    for (uint32_t i = 0; i < probe->part_count; i++) {
        int32_t status = fill_from(ledger, probe->parts[i], claim->parts[i], given, fault);
        if (status != HZ_OK) return status;
    }
    return HZ_OK;
}

static int32_t fill(hz_ledger *ledger, hz_claim *claim, int given)
{
    if (claim->fault.is || claim->enrolment) return HZ_OK;
    hz_claim probe = *claim;
    probe.fresh = true; /* with a value for each counter there is nothing to search for in the rules */
    int32_t status = hz_decide(&probe, &ledger->probe);
    if (status == HZ_OK) status = fill_from(ledger, &ledger->probe, claim, given, &claim->fault);
    if (status == HZ_OK) claim->fresh = true;
    return status;
}

int32_t hz_ledger_fill(hz_ledger *ledger, hz_claim *claim)
{
    return fill(ledger, claim, KEEP);
}

int32_t hz_ledger_fill_again(hz_ledger *ledger, hz_claim *claim, hz_again again)
{
    return fill(ledger, claim, again == HZ_AGAIN_SAME ? COMPARE : REPLACE);
}

/* What the decision does to a counter, or NULL. */
static const hz_move *move_of(const hz_decision *decision, uint32_t counter)
{
    for (uint32_t i = 0; i < decision->move_count; i++)
        if (decision->moves[i].counter == counter) return &decision->moves[i];
    return NULL;
}

/* Whether a claim has the counter's key: it moves it, or (which only the journal asks) could have read it. */
static bool has_key(const hz_ledger *ledger, const hz_decision *decision, uint32_t counter)
{
    return move_of(decision, counter) != NULL || (ledger->keeps && hz_counter_key_known(decision, counter));
}

static bool settled(const hz_decision *decision)
{
    return decision->outcome == HZ_PAID || decision->outcome == HZ_NOTHING_DUE;
}

/* Slots for every key of a decision and its parts; their number is added to *keys, what they paid to *total. */
static bool make_slots(hz_ledger *ledger, const hz_decision *decision, size_t *keys, int64_t *total)
{
    for (uint32_t i = 0; i < decision->part_count; i++)
        if (!make_slots(ledger, decision->parts[i], keys, total)) return false;
    if (decision->part_count > 0 || !settled(decision)) return true;
    for (uint32_t i = 0; i < decision->plan->rules->counters.count; i++) {
        if (!has_key(ledger, decision, i)) continue;
        if (!spell(ledger, decision, i) || make(ledger, hz_buf_text(&ledger->name)) == NULL) return false;
        (*keys)++;
    }
    *total += decision->total;
    return true;
}

/* Every slot is there, and the name's buffer has held each of them: nothing here can fail. */
static void take_over(hz_ledger *ledger, const hz_decision *decision, uint64_t claim)
{
    for (uint32_t i = 0; i < decision->part_count; i++) take_over(ledger, decision->parts[i], claim);
    if (decision->part_count > 0 || !settled(decision)) return;
    for (uint32_t i = 0; i < decision->plan->rules->counters.count; i++) {
        if (!has_key(ledger, decision, i) || !spell(ledger, decision, i)) continue;
        hz_ledger_slot *slot = make(ledger, hz_buf_text(&ledger->name));
        const hz_move *move = move_of(decision, i);
        if (claim != 0)
            hz_journal_note(&ledger->journal, (hz_journal_move){.name_begin = slot->name_begin, .name_size = slot->name_size,
                                                                .kind = slot->kind, .known = slot->known, .moved = move != NULL,
                                                                .scale = slot->scale, .value = slot->value, .last = slot->last});
        slot->last = claim;
        if (move != NULL) set(slot, &decision->plan->rules->counters.at[i].type, move->after);
    }
}

/* The name of a claim in the journal, in ledger->name: plan and id. */
static bool spell_claim(hz_ledger *ledger, hz_str plan, hz_str id)
{
    hz_buf *name = &ledger->name;
    hz_buf_reset(name);
    if (id.len == 0) return true;
    hz_buf_add(name, plan);
    hz_buf_add_char(name, '\0');
    hz_buf_add(name, id);
    return !name->failed && name->len <= UINT32_MAX;
}

static int32_t reserve(hz_ledger *ledger, const hz_decision *decision, size_t *keys, int64_t *total)
{
    hz_str plan = decision->plan->rules->id, id = hz_buf_text(&decision->snapshot.id);
    if (!make_slots(ledger, decision, keys, total)) return HZ_NO_MEMORY;
    if (!ledger->keeps || *keys == 0) return HZ_OK;
    return hz_journal_reserve(&ledger->journal, *keys, plan.len + 1 + id.len) && spell_claim(ledger, plan, id) ? HZ_OK : HZ_NO_MEMORY;
}

int32_t hz_ledger_reserve(hz_ledger *ledger, const hz_decision *decision)
{
    size_t keys = 0;
    int64_t total = 0;
    return reserve(ledger, decision, &keys, &total);
}

int32_t hz_ledger_apply(hz_ledger *ledger, const hz_decision *decision)
{
    size_t keys = 0;
    int64_t total = 0;
    int32_t status = reserve(ledger, decision, &keys, &total);
    if (status != HZ_OK) return status;
    uint64_t claim = ledger->keeps && keys > 0 ? hz_journal_enter(&ledger->journal, hz_buf_text(&ledger->name), total) : 0;
    take_over(ledger, decision, claim);
    return HZ_OK;
}

/* ---- taking claims back ---- */

int32_t hz_ledger_keep(hz_ledger *ledger)
{
    if (!ledger->keeps && ledger->count > 0) return HZ_STATE;
    ledger->keeps = true;
    return HZ_OK;
}

static hz_ledger_slot *slot_of(const hz_ledger *ledger, const hz_journal_move *move)
{
    hz_str name = {ledger->names.at + move->name_begin, move->name_size};
    return find(ledger, name, hz_hash_bytes(name.at, name.len));
}

const hz_ledger_slot *hz_ledger_slot_of(const hz_ledger *ledger, const hz_journal_move *move)
{
    return slot_of(ledger, move);
}

/* Gives a counter the value it had, and the move the value it was given. */
static void exchange(hz_ledger_slot *slot, hz_journal_move *move)
{
    hz_journal_move had = *move;
    move->kind = slot->kind;
    move->known = slot->known;
    move->scale = slot->scale;
    move->value = slot->value;
    slot->kind = had.kind;
    slot->known = had.known;
    slot->scale = had.scale;
    slot->value = had.value;
    slot->last = had.last;
}

int32_t hz_ledger_reverse(hz_ledger *ledger, hz_str plan, hz_str id, uint64_t *number)
{
    if (!ledger->keeps) return HZ_STATE;
    if (!spell_claim(ledger, plan, id)) return HZ_NO_MEMORY;
    *number = hz_journal_find(&ledger->journal, hz_buf_text(&ledger->name));
    if (*number == 0) return HZ_NOT_FOUND;
    hz_journal_claim *claim = hz_journal_claim_of(&ledger->journal, *number);
    hz_journal_move *moves = ledger->journal.moves + claim->first_move;
    for (uint32_t i = 0; i < claim->moves; i++)
        if (slot_of(ledger, &moves[i])->last != *number) return HZ_NOT_REVERSIBLE;
    for (uint32_t i = claim->moves; i-- > 0;) exchange(slot_of(ledger, &moves[i]), &moves[i]);
    claim->back = true;
    return HZ_OK;
}

void hz_ledger_restore(hz_ledger *ledger, uint64_t number)
{
    hz_journal_claim *claim = hz_journal_claim_of(&ledger->journal, number);
    hz_journal_move *moves = ledger->journal.moves + claim->first_move;
    for (uint32_t i = 0; i < claim->moves; i++) {
        hz_ledger_slot *slot = slot_of(ledger, &moves[i]);
        exchange(slot, &moves[i]);
        slot->last = number;
    }
    claim->back = false;
}
