/* journal.c - the lists of a journal and its table of names. Called by ledger.c alone. */
#include "run/journal.h"

#include "base/map.h"

#define FIRST_ROOM ((size_t)64)

void hz_journal_begin(hz_journal *journal, const hz_alloc *alloc)
{
    *journal = (hz_journal){.alloc = *alloc};
    hz_buf_begin(&journal->names, alloc);
}

static void release(const hz_alloc *alloc, void *memory, size_t size)
{
    if (memory != NULL) alloc->release(alloc->user, memory, size);
}

void hz_journal_end(hz_journal *journal)
{
    const hz_alloc alloc = journal->alloc;
    release(&alloc, journal->claims, journal->claim_room * sizeof *journal->claims);
    release(&alloc, journal->moves, journal->move_room * sizeof *journal->moves);
    release(&alloc, journal->table, journal->table_room * sizeof *journal->table);
    hz_buf_end(&journal->names);
    *journal = (hz_journal){.alloc = alloc};
}

void hz_journal_reset(hz_journal *journal)
{
    journal->claim_count = journal->move_count = journal->table_count = 0;
    hz_buf_reset(&journal->names);
    if (journal->table != NULL) memset(journal->table, 0, journal->table_room * sizeof *journal->table);
}

/* ---- Room ---- */

/* Makes room for count + more items of size at *at; false: no memory. */
static bool extend(const hz_alloc *alloc, void **at, size_t *room, size_t count, size_t more, size_t size)
{
    if (more <= *room - count) return true;
    size_t next = *room == 0 ? FIRST_ROOM : *room;
    while (next - count < more) {
        if (next > SIZE_MAX / size / 2) return false;
        next *= 2;
    }
    void *memory = *at == NULL ? alloc->allocate(alloc->user, next * size)
                               : alloc->reallocate(alloc->user, *at, *room * size, next * size);
    if (memory == NULL) return false;
    *at = memory;
    *room = next;
    return true;
}

static hz_str name_of(const hz_journal *journal, uint64_t number)
{
    const hz_journal_claim *claim = hz_journal_claim_of(journal, number);
    return (hz_str){journal->names.at + claim->name_begin, claim->name_size};
}

/* The place of a name's newest claim, or the free one where it belongs; needs a table that is not full. */
static uint64_t *place_of(const hz_journal *journal, hz_str name, uint64_t hash)
{
    size_t at = (size_t)hash & (journal->table_room - 1);
    for (;;) {
        uint64_t number = journal->table[at];
        if (number == 0) return &journal->table[at];
        if (hz_journal_claim_of(journal, number)->hash == hash && hz_str_eq(name_of(journal, number), name)) return &journal->table[at];
        at = (at + 1) & (journal->table_room - 1);
    }
}

/* Room for one more name, at most three quarters full. */
static bool extend_table(hz_journal *journal)
{
    const hz_alloc *alloc = &journal->alloc;
    if (journal->table_count + 1 <= journal->table_room / 4 * 3) return true;
    size_t room = journal->table_room == 0 ? FIRST_ROOM : journal->table_room * 2, old_room = journal->table_room;
    if (room > SIZE_MAX / sizeof *journal->table / 2) return false;
    uint64_t *table = alloc->allocate(alloc->user, room * sizeof *table), *old = journal->table;
    if (table == NULL) return false;
    memset(table, 0, room * sizeof *table);
    journal->table = table;
    journal->table_room = room;
    for (size_t i = 0; i < old_room; i++) {
        if (old[i] == 0) continue;
        *place_of(journal, name_of(journal, old[i]), hz_journal_claim_of(journal, old[i])->hash) = old[i];
    }
    release(alloc, old, old_room * sizeof *old);
    return true;
}

bool hz_journal_reserve(hz_journal *journal, size_t counters, size_t size)
{
    const hz_alloc *alloc = &journal->alloc;
    void *claims = journal->claims, *moves = journal->moves;
    bool ok = extend(alloc, &claims, &journal->claim_room, journal->claim_count, 1, sizeof *journal->claims);
    journal->claims = claims;
    ok = ok && extend(alloc, &moves, &journal->move_room, journal->move_count, counters, sizeof *journal->moves);
    journal->moves = moves;
    if (!ok || !extend_table(journal)) return false;
    size_t begin = journal->names.len;
    hz_buf_add_spaces(&journal->names, size); /* the buffer keeps the room */
    if (journal->names.failed) {
        journal->names.failed = false;
        return false;
    }
    journal->names.len = begin;
    return true;
}

/* ---- Claims ---- */

uint64_t hz_journal_enter(hz_journal *journal, hz_str name, int64_t total)
{
    hz_journal_claim *claim = &journal->claims[journal->claim_count++];
    uint64_t number = journal->claim_count;
    *claim = (hz_journal_claim){.first_move = journal->move_count, .name_begin = journal->names.len, .total = total};
    if (name.len == 0) return number;
    hz_buf_add(&journal->names, name);
    claim->name_size = (uint32_t)name.len;
    claim->hash = hz_hash_bytes(name.at, name.len);
    uint64_t *place = place_of(journal, name, claim->hash);
    if (*place == 0) journal->table_count++;
    claim->before = *place;
    *place = number;
    return number;
}

void hz_journal_note(hz_journal *journal, hz_journal_move move)
{
    journal->moves[journal->move_count++] = move;
    journal->claims[journal->claim_count - 1].moves++;
}

uint64_t hz_journal_find(const hz_journal *journal, hz_str name)
{
    if (journal->table_count == 0) return 0;
    uint64_t number = *place_of(journal, name, hz_hash_bytes(name.at, name.len));
    while (number != 0 && hz_journal_claim_of(journal, number)->back) number = hz_journal_claim_of(journal, number)->before;
    return number;
}
