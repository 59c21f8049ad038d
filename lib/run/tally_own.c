/* tally_own.c - the rows of a block that a scenario decides with counters of its own (tally_carry.h), wave by wave, for all
 * scenarios of a kind. Called by tally_carry.c.
 *
 * Which row a row finds its counter at is the same for all of them, as long as their keys are: so it is looked up once, and
 * what a scenario's rows leave lies behind each other like the rows themselves.
 */
#include "run/tally_carry.h"

#include "base/status.h"

/* ---- Rows of a kind ---- */

/* What waves of rows are taken from. */
typedef struct taking {
    const hz_tally *tally;
    hz_tally_carry *carry;
    const uint16_t *positions;
    uint32_t begin, end;     /* of the wave at hand */
} taking;

static void take_given(const taking *t, uint32_t counter)
{
    const hz_tally_found *found = &t->carry->found[counter];
    const hz_tally_taken *taken = &t->carry->taken[counter];
    for (uint32_t i = t->begin; found->any_given && i < t->end; i++) {
        if (i % 64 == 0) taken->is_given[i / 64] = 0;
        taken->is_given[i / 64] |= (uint64_t)hz_tally_bit(found->is_given, t->positions[i]) << (i % 64);
        taken->given[i] = found->given[t->positions[i]];
    }
}

static void take_bad(const taking *t)
{
    int32_t inputs = (int32_t)t->carry->rules->inputs.count;
    for (uint32_t i = t->begin; i < t->end; i++) {
        int32_t bad = t->carry->bad[t->positions[i]];
        if (i % 64 == 0) t->carry->taken_bad[i / 64] = 0;
        t->carry->taken_bad[i / 64] |= (uint64_t)(bad >= 0 && bad < inputs) << (i % 64);
    }
}

static void take_rows(hz_tally *tally, const hz_tally_cone *head)
{
    taking t = {.tally = tally, .carry = tally->carry, .positions = tally->touched};
    uint32_t segment = 0, pieces = 0;
    for (uint32_t w = 0; w < t.carry->waves; w++) {
        t.begin = t.carry->taken_begin[w];
        t.end = t.begin + t.carry->taken_rows[w];
        hz_tally_gather(tally, head, t.begin, t.end - t.begin);
        hz_tally_find_pieces(tally, t.begin, t.end - t.begin, &segment, &pieces);
        take_bad(&t);
        for (uint32_t c = 0; c < t.carry->counters; c++) take_given(&t, c);
    }
    t.carry->taken_keys = UINT32_MAX;
}

/* Where rows find a counter under these keys. What none of them left is as the base found it, or, of other keys than the base's, as
 * it stood before all rows. */
static void find_sources(hz_tally *tally, uint32_t keys, uint32_t counter)
{
    const hz_tally_carry *carry = tally->carry;
    const hz_tally_counter *own = &carry->keys[keys].counters[counter];
    const hz_tally_taken *taken = &carry->taken[counter];
    memset(taken->last, 0xFF, own->table.count * sizeof *taken->last);
    for (uint32_t w = 0; w < carry->waves; w++)
        for (uint32_t i = carry->taken_begin[w]; i < carry->taken_begin[w] + carry->taken_rows[w]; i++) {
            uint32_t entry = taken->entry[i] = own->entry[tally->touched[i]], last = entry != HZ_NO_ENTRY ? taken->last[entry] : HZ_NO_ENTRY;
            taken->from[i] = last != HZ_NO_ENTRY ? last : HZ_TALLY_POSITIONS + i;
            taken->state[HZ_TALLY_POSITIONS + i] = entry == HZ_NO_ENTRY ? carry->start[counter] : keys > 0 ? own->at[entry].value : carry->found[counter].value[tally->touched[i]];
            if (entry != HZ_NO_ENTRY) taken->last[entry] = i;
        }
}

/* ---- Counters from block to block ---- */

static int64_t *saved_of(const hz_tally *tally, const hz_tally_cone *at, uint32_t counter)
{
    const hz_tally_carry *carry = tally->carry;
    return carry->saved + ((size_t)(at - tally->cones) * carry->counters + counter) * carry->saved_room;
}

/* Rows of the turn that was open find its entries, the first ones, as the scenario left them in the block before. */
static void load(const hz_tally *tally, const hz_tally_cone *at)
{
    const hz_tally_carry *carry = tally->carry;
    for (uint32_t c = 0; c < carry->counters; c++) {
        const hz_tally_taken *taken = &carry->taken[c];
        uint32_t open = carry->keys[at->cone->keys].counters[c].open;
        for (uint32_t w = 0; open > 0 && w < carry->waves; w++)
            for (uint32_t i = carry->taken_begin[w]; i < carry->taken_begin[w] + carry->taken_rows[w]; i++)
                if (taken->entry[i] < open && taken->from[i] >= HZ_TALLY_POSITIONS) taken->state[taken->from[i]] = saved_of(tally, at, c)[taken->entry[i]];
    }
}

/* What no row of the scenario left is as the base left it, or is kept from before. */
static void save(const hz_tally *tally, const hz_tally_cone *at, bool apart)
{
    const hz_tally_carry *carry = tally->carry;
    for (uint32_t c = 0; c < carry->counters; c++) {
        const hz_tally_counter *keys = &carry->keys[at->cone->keys].counters[c];
        const hz_tally_taken *taken = &carry->taken[c];
        int64_t *saved = saved_of(tally, at, c);
        for (uint32_t i = 0; i < keys->kept_count; i++) {
            uint32_t entry = keys->at[i].kept, last = taken->last[entry];
            bool from_before = apart && carry->open_turn == 0 && entry < keys->open; /* then entries are what they were */
            if (last != HZ_NO_ENTRY) saved[i] = taken->state[last];
            else if (!from_before) saved[i] = keys->at[entry].value;
        }
    }
}

/* ---- A strip of a cone ---- */

typedef struct strip {
    hz_tally *tally;
    hz_tally_cone *at;
    uint32_t begin, rows;
} strip;

static void find_own(const strip *s, uint32_t counter)
{
    const hz_tally_taken *taken = &s->tally->carry->taken[counter];
    const uint32_t *from = taken->from + s->begin;
    for (uint32_t i = 0; i < s->rows; i++) taken->before[i] = taken->state[from[i]];
    if (!s->tally->carry->found[counter].any_given) return;
    for (uint32_t i = 0; i < s->rows; i++)
        if (hz_tally_bit(taken->is_given, s->begin + i)) taken->before[i] = taken->given[s->begin + i];
}

/* A kernel on strips by themselves: d, a, b, c. */
static void apply(const strip *s, hz_instruction i, void *d, const void *a, const void *b, const void *c)
{
    void *reg[5] = {&s->tally->workspace, d, (void *)(uintptr_t)a, (void *)(uintptr_t)b, (void *)(uintptr_t)c};
    i.d = 1;
    i.a = 2;
    i.b = 3;
    i.c = 4;
    s->at->cone->program.set->at[i.op](&i, reg, s->rows);
}

/* Marks rows whose value the counter cannot have, as feed.c does. */
static void check_range(const strip *s, uint32_t counter)
{
    const hz_tally_carry *carry = s->tally->carry;
    const hz_counter *rule = &carry->rules->counters.at[counter];
    const int64_t *before = carry->taken[counter].before;
    bool flag = rule->type.kind == HZ_KIND_BOOLEAN;
    uint64_t outside[HZ_STRIP / 64] = {0};
    const hz_instruction i = {.op = HZ_OP_OUTSIDE, .k = flag ? 0 : (int64_t)rule->type.lo, .m = flag ? 1 : (int64_t)rule->type.hi};
    apply(s, i, outside, before, NULL, NULL);
    for (uint32_t w = 0; 64 * w < s->rows; w++)
        for (uint64_t rest = outside[w]; rest != 0; rest &= rest - 1) {
            uint32_t row = 64 * w + (uint32_t)__builtin_ctzll(rest);
            if (row < s->rows && before[row] != carry->start[counter]) carry->strip_bad[w] |= rest & (0 - rest);
        }
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

/* What rows leave: what they found under their key, where they do not move it. */
static void keep_own(const strip *s, uint32_t counter)
{
    const hz_tally_taken *taken = &s->tally->carry->taken[counter];
    const hz_column_counter *answer = &s->at->cone->answers[0].counters[counter];
    const void *after = s->at->run.reg[answer->value];
    uint8_t type = s->at->cone->program.reg_type[answer->value];
    const hz_instruction widen = {.op = HZ_OP_WIDEN}, bits = {.op = HZ_OP_PICK_KM, .k = 1}, pick = {.op = HZ_OP_PICK};
    const int64_t *under = taken->before;
    if (s->tally->carry->found[counter].any_given) { /* what a row gives itself is not under its key */
        for (uint32_t i = 0; i < s->rows; i++) taken->under[i] = taken->state[taken->from[s->begin + i]];
        under = taken->under;
    }
    if (type != HZ_COLUMN_I64) {
        apply(s, type == HZ_COLUMN_I32 ? widen : bits, taken->after, after, NULL, NULL);
        after = taken->after;
    }
    apply(s, pick, taken->state + s->begin, after, under, s->at->run.reg[answer->moved]);
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
    strip s = {.tally = tally, .at = at};
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

int32_t hz_tally_own_run(hz_tally *tally, hz_tally_cone *head, bool apart, bool stays)
{
    hz_tally_carry *carry = tally->carry;
    int32_t status = HZ_OK;
    take_rows(tally, head);
    for (uint32_t k = 0; k < head->kin && status == HZ_OK; k++) {
        uint32_t keys = head[k].cone->keys;
        for (uint32_t c = 0; keys != carry->taken_keys && c < carry->counters; c++) find_sources(tally, keys, c);
        carry->taken_keys = keys;
        if (apart) load(tally, &head[k]);
        status = run_waves(tally, &head[k]);
        if (stays) save(tally, &head[k], apart);
    }
    return status;
}
