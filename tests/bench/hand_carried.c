/* hand_carried.c - the in-patient allowance by hand, with counters that are carried from row to row: a hash table under member
 * and cover, looked into one block ahead of the rows that need it. What does not hang on counters is worked out 64 rows at a
 * time (hand_rows.c), what they decide row by row between.
 */
#include "hand_carried.h"

#include <stdbool.h>
#include <string.h>

enum { BLOCK = 64 };

typedef struct slot {
    uint64_t member, cover; /* member 0: free */
    int64_t days, paid;
} slot;

_Static_assert(sizeof(slot) == HAND_CARRIED_BYTES, "the header says how large a ledger is");

typedef struct block {
    uint64_t member[BLOCK], cover[BLOCK];
    slot *at[BLOCK]; /* where to look first */
} block;

typedef struct run {
    const peer_table *t;
    const hand_columns *in;
    const hand_results *out;
    slot *slots, *last; /* last: of the row before, rows of one key often come together */
    size_t mask;
} run;

static uint64_t key_at(const peer_table *t, size_t column, size_t row)
{
    uint64_t key;
    memcpy(&key, t->bytes[column] + ((const int32_t *)t->values[column])[row], sizeof key);
    return key;
}

static void look_ahead(const run *r, size_t begin, size_t count, block *of)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t member = of->member[i] = key_at(r->t, HAND_MEMBER, begin + i), cover = of->cover[i] = key_at(r->t, HAND_COVER, begin + i);
        uint64_t hash = (member * UINT64_C(0x9E3779B97F4A7C15) ^ cover) * UINT64_C(0xBF58476D1CE4E5B9);
        of->at[i] = &r->slots[(hash ^ hash >> 32) & r->mask];
        __builtin_prefetch(of->at[i], 1);
    }
}

static slot *find(run *r, const block *of, size_t i)
{
    slot *at = r->last;
    if (at != NULL && at->member == of->member[i] && at->cover == of->cover[i]) return at;
    for (at = of->at[i]; at->member != of->member[i] || at->cover != of->cover[i]; at = &r->slots[((size_t)(at - r->slots) + 1) & r->mask])
        if (at->member == 0) {
            at->member = of->member[i];
            at->cover = of->cover[i];
            break;
        }
    return r->last = at;
}

/* A row with something absent: it moves no counter, but sees what the rows before it left. */
static hand_answer incomplete_row(run *r, const block *of, size_t begin, size_t i)
{
    hand_claim claim = {0};
    hand_answer answer;
    size_t row = begin + i;
    for (uint32_t field = 0; field < HAND_DAYS; field++)
        claim.given |= (uint32_t)(r->in->valid[field][row / 64] >> (row % 64) & 1) << field;
    bool keyed = (claim.given >> HAND_MEMBER & claim.given >> HAND_COVER & 1) != 0;
    slot *s = keyed ? find(r, of, i) : NULL;
    claim.cover_start = r->in->cover_start[row];
    claim.cover_end = r->in->cover_end[row];
    claim.admitted = r->in->admitted[row];
    claim.discharged = r->in->discharged[row];
    claim.cause = r->in->cause[row];
    claim.hospital_level = r->in->hospital_level[row];
    if (keyed) {
        claim.given |= 1u << HAND_DAYS | 1u << HAND_PAID;
        claim.days_before = s->days;
        claim.paid_before = s->paid;
    }
    hand_branchy(&claim, 1, &answer);
    r->out->total[row] = answer.total;
    r->out->days_after[row] = answer.days_after;
    r->out->paid_after[row] = answer.paid_after;
    return answer;
}

static void settle(run *r, const block *of, size_t begin, size_t count, uint64_t complete)
{
    int32_t days[BLOCK], refusal[BLOCK], settled[BLOCK];
    hand_answer odd[BLOCK];
    hand_judge(r->in, begin, count, days, refusal);
    for (size_t i = 0; i < count; i++) {
        if ((complete >> i & 1) == 0) {
            settled[i] = 0;
            odd[i] = incomplete_row(r, of, begin, i);
            continue;
        }
        slot *s = find(r, of, i);
        int64_t room = FIGURE_DAYS_LIMIT - s->days, money = FIGURE_PERIOD_CAP - s->paid, moves = refusal[i] == HAND_NO_REASON ? -1 : 0;
        int64_t paid_days = days[i] < room ? days[i] : room, gross = paid_days * FIGURE_DAILY_AMOUNT, net = gross < money ? gross : money;
        int32_t why = net > 0 ? HAND_NO_REASON : HAND_REASON_ZERO_AMOUNT;
        why = net < gross ? HAND_REASON_PERIOD_CAP : why;
        settled[i] = paid_days < days[i] ? HAND_REASON_DAYS_LIMIT : why;
        r->out->total[begin + i] = net & moves;
        r->out->days_after[begin + i] = s->days += paid_days & moves;
        r->out->paid_after[begin + i] = s->paid += net & moves;
    }
    hand_conclude(count, refusal, settled, r->out->total + begin, r->out->outcome + begin, r->out->reason + begin);
    for (uint64_t rest = ~complete; rest != 0; rest &= rest - 1) {
        size_t i = (size_t)__builtin_ctzll(rest);
        if (i >= count) break;
        r->out->outcome[begin + i] = odd[i].outcome;
        r->out->reason[begin + i] = odd[i].reason;
    }
}

void hand_carried(const peer_table *t, const hand_columns *in, const hand_results *out, void *ledger, size_t keys)
{
    run r = {.t = t, .in = in, .out = out, .slots = ledger, .mask = keys - 1};
    block blocks[2];
    size_t rows = t->rows;
    look_ahead(&r, 0, rows < BLOCK ? rows : BLOCK, &blocks[0]);
    for (size_t begin = 0; begin < rows; begin += BLOCK) {
        size_t next = begin + BLOCK, which = begin / BLOCK % 2;
        uint64_t complete = ~UINT64_C(0);
        if (next < rows)
            look_ahead(&r, next, rows - next < BLOCK ? rows - next : BLOCK, &blocks[1 - which]);
        for (size_t field = 0; field < HAND_DAYS; field++)
            complete &= in->valid[field][begin / BLOCK];
        settle(&r, &blocks[which], begin, rows - begin < BLOCK ? rows - begin : BLOCK, complete);
    }
}
