/* columns_steps.c - the part of a run that hangs on counters, for some rows of a chunk: what it reads of the part before is
 * gathered, and what is wanted of it is put back. So rows that find what rows of the same chunk left are settled one wave
 * after another, and all else is worked out once, for all rows side by side. Called by columns.c, columns_begin.c and leg.c.
 */
#include "run/columns_part.h"

#define LINE 64

enum { FLAGS = 8 }; /* bits of a row that lie in one byte */

/* ---- Steps of registers ---- */

static void *take(const hz_batch *batch, size_t count, size_t size)
{
    void *memory = batch->alloc.allocate(batch->alloc.user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

static void give(const hz_batch *batch, void *memory, size_t count, size_t size)
{
    if (memory != NULL) batch->alloc.release(batch->alloc.user, memory, (count + 1) * size);
}

static void set_step(const hz_batch *batch, uint32_t reg, hz_step step)
{
    if (reg != HZ_NO_REG) batch->step[reg] = (uint8_t)step;
}

typedef struct visit {
    const hz_batch *batch;
    hz_step step;
} visit;

/* An instruction that reads something of the tail is of it. */
static void see_tail(void *context, uint32_t reg, uint8_t type)
{
    visit *v = context;
    (void)type;
    if (v->batch->step[reg] == HZ_STEP_FED || v->batch->step[reg] == HZ_STEP_TAIL) v->step = HZ_STEP_TAIL;
}

static void need_key(void *context, uint32_t reg, uint8_t type)
{
    const hz_batch *batch = context;
    (void)type;
    if (reg != HZ_NO_REG && batch->step[reg] == HZ_STEP_FRONT) batch->step[reg] = HZ_STEP_KEYS;
}

static void find_keys(hz_batch *batch)
{
    const hz_program *program = &batch->plan->columns.program;
    for (uint32_t c = 0; c < batch->plan->rules->counters.count; c++) {
        const hz_column_key *key = &batch->plan->columns.keys[c];
        for (uint32_t k = 0; k < key->count; k++) {
            need_key(batch, key->value[k], 0);
            need_key(batch, key->null[k], 0);
        }
        need_key(batch, key->open, 0);
    }
    for (uint32_t i = program->count; i-- > 0;)
        if (batch->step[program->at[i].d] == HZ_STEP_KEYS) hz_each_operand(&program->at[i], need_key, batch);
}

static void find_steps(hz_batch *batch)
{
    const hz_program *program = &batch->plan->columns.program;
    for (uint32_t i = 0; i < program->regs; i++) batch->step[i] = HZ_STEP_INPUT;
    for (uint32_t i = 0; i < program->constant_count; i++) set_step(batch, program->constants[i].reg, HZ_STEP_CONSTANT);
    set_step(batch, 0, HZ_STEP_CONSTANT);
    set_step(batch, program->bad, HZ_STEP_FED);
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) {
        set_step(batch, program->counters[i].value, HZ_STEP_FED);
        set_step(batch, program->counters[i].absent, HZ_STEP_FED);
    }
    for (uint32_t i = 0; i < program->count; i++) {
        visit v = {batch, HZ_STEP_FRONT};
        hz_each_operand(&program->at[i], see_tail, &v);
        set_step(batch, program->at[i].d, v.step);
    }
    find_keys(batch);
}

static bool is_before(const hz_batch *batch, uint32_t reg)
{
    return reg != HZ_NO_REG && (batch->step[reg] == HZ_STEP_INPUT || batch->step[reg] == HZ_STEP_KEYS || batch->step[reg] == HZ_STEP_FRONT);
}

static void pass(void *context, uint32_t reg, uint8_t type)
{
    const hz_batch *batch = context;
    (void)type;
    if (is_before(batch, reg)) batch->passes[reg] = true;
}

bool hz_steps_begin(hz_batch *batch)
{
    const hz_program *program = &batch->plan->columns.program;
    batch->step = take(batch, program->regs, sizeof *batch->step);
    batch->passes = take(batch, program->regs, sizeof *batch->passes);
    if (batch->step == NULL || batch->passes == NULL) return false;
    find_steps(batch);
    for (uint32_t i = 0; i < program->count; i++)
        if (batch->step[program->at[i].d] == HZ_STEP_TAIL) hz_each_operand(&program->at[i], pass, batch);
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) {
        pass(batch, batch->plan->columns.counters[i].value, 0);
        pass(batch, batch->plan->columns.counters[i].moved, 0);
    }
    return true;
}

/* ---- Memory ---- */

static bool is_of_tail(const hz_batch *batch, uint32_t reg)
{
    return batch->step[reg] == HZ_STEP_FED || batch->step[reg] == HZ_STEP_TAIL;
}

/* Results that are put together wave by wave: they need memory that no wave writes otherwise. */
static void mark_results(hz_batch *batch, bool *result)
{
    const hz_plan *plan = batch->plan;
    const hz_column_program *columns = &plan->columns;
#define MARK(register) ((register) != HZ_NO_REG && is_of_tail(batch, register) ? (void)(result[register] = true) : (void)0)
    MARK(columns->outcome);
    MARK(columns->reason);
    MARK(columns->total);
    MARK(columns->has_total);
    for (uint32_t i = 0; i < columns->listed_count; i++) MARK(columns->listed[i]);
    for (uint32_t i = 0; i < plan->rules->benefits.count; i++) {
        MARK(columns->benefits[i].gross);
        MARK(columns->benefits[i].net);
        MARK(columns->benefits[i].not_offered);
    }
    for (uint32_t i = 0; i < plan->rules->counters.count; i++) {
        MARK(columns->counters[i].value);
        MARK(columns->counters[i].absent);
        MARK(columns->counters[i].moved);
    }
#undef MARK
}

/* Lays out gathered and spread; at NULL: only counts. */
static size_t lay_out(hz_batch *batch, const bool *result, unsigned char *at)
{
    const hz_program *program = &batch->plan->columns.program;
    size_t used = 0;
    for (uint32_t i = 1; i < program->regs; i++) {
        size_t size = (hz_column_bytes(program->reg_type[i], HZ_CHUNK) + LINE - 1) / LINE * LINE;
        if (!batch->passes[i] && !result[i]) continue;
        if (at != NULL && batch->passes[i]) batch->gathered[i] = at + used;
        if (at != NULL && result[i]) batch->spread[i] = at + used;
        used += size;
    }
    return used;
}

bool hz_steps_ready(hz_batch *batch)
{
    const uint32_t regs = batch->plan->columns.program.regs;
    bool *result = take(batch, regs, sizeof *result);
    batch->some = take(batch, regs, sizeof *batch->some);
    batch->gathered = take(batch, regs, sizeof *batch->gathered);
    batch->spread = take(batch, regs, sizeof *batch->spread);
    batch->in = take(batch, regs, sizeof *batch->in);
    batch->bits = take(batch, regs, sizeof *batch->bits);
    batch->flags = take(batch, ((size_t)regs + FLAGS) / FLAGS, HZ_CHUNK);
    batch->back = take(batch, regs, sizeof *batch->back);
    bool ok = result != NULL && batch->some != NULL && batch->gathered != NULL && batch->spread != NULL && batch->in != NULL && batch->back != NULL;
    ok = ok && batch->bits != NULL && batch->flags != NULL;
    if (ok) {
        mark_results(batch, result);
        batch->passing_size = lay_out(batch, result, NULL) + LINE;
        batch->passing = batch->alloc.allocate(batch->alloc.user, batch->passing_size);
        if (batch->passing != NULL) lay_out(batch, result, batch->passing + (LINE - (uintptr_t)batch->passing % LINE) % LINE);
    }
    give(batch, result, regs, sizeof *result);
    return ok && batch->passing != NULL;
}

void hz_steps_end(hz_batch *batch)
{
    const uint32_t regs = batch->plan->columns.program.regs;
    give(batch, batch->step, regs, sizeof *batch->step);
    give(batch, batch->passes, regs, sizeof *batch->passes);
    give(batch, batch->some, regs, sizeof *batch->some);
    give(batch, batch->gathered, regs, sizeof *batch->gathered);
    give(batch, batch->spread, regs, sizeof *batch->spread);
    give(batch, batch->in, regs, sizeof *batch->in);
    give(batch, batch->bits, regs, sizeof *batch->bits);
    give(batch, batch->flags, ((size_t)regs + FLAGS) / FLAGS, HZ_CHUNK);
    give(batch, batch->back, regs, sizeof *batch->back);
    if (batch->passing != NULL) batch->alloc.release(batch->alloc.user, batch->passing, batch->passing_size);
}

/* ---- What the run at hand passes ---- */

/* some serves as marks here. */
static void add_in(void *context, uint32_t reg, uint8_t type)
{
    hz_batch *batch = context;
    (void)type;
    if (!is_before(batch, reg) || batch->some[reg] != NULL) return;
    batch->some[reg] = batch;
    if (batch->plan->columns.program.reg_type[reg] == HZ_COLUMN_BIT) batch->bits[batch->bit_count++] = reg;
    else batch->in[batch->in_count++] = reg;
}

static void add_back(hz_batch *batch, uint32_t reg)
{
    if (reg == HZ_NO_REG || !is_of_tail(batch, reg) || batch->some[reg] != NULL) return;
    batch->some[reg] = batch;
    batch->back[batch->back_count++] = reg;
}

void hz_steps_choose(hz_batch *batch)
{
    memset(batch->some, 0, batch->plan->columns.program.regs * sizeof *batch->some);
    batch->in_count = batch->bit_count = batch->back_count = 0;
    for (uint32_t i = batch->front_end; i < batch->run_count; i++) hz_each_operand(&batch->run[i], add_in, batch);
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) {
        add_in(batch, batch->plan->columns.counters[i].value, 0);
        add_in(batch, batch->plan->columns.counters[i].moved, 0);
    }
    for (uint32_t i = 0; i < batch->wanted_count; i++) add_back(batch, batch->wanted[i].reg);
}

/* ---- Some rows ---- */

/* Flags of rows: bits of up to eight registers are turned into a byte a row, once a chunk, so that a wave takes them all at a
 * time. flags has a byte a row for each eight of batch->bits. */
/* Eight bytes of eight bits, as a square on its other side: bit i of byte j becomes bit j of byte i. */
static inline uint64_t turned(uint64_t x)
{
    uint64_t t = (x ^ (x >> 7)) & UINT64_C(0x00AA00AA00AA00AA);
    x ^= t ^ (t << 7);
    t = (x ^ (x >> 14)) & UINT64_C(0x0000CCCC0000CCCC);
    x ^= t ^ (t << 14);
    t = (x ^ (x >> 28)) & UINT64_C(0x00000000F0F0F0F0);
    return x ^ t ^ (t << 28);
}

static void flag_rows(hz_batch *batch)
{
    for (uint32_t begin = 0; begin < batch->bit_count; begin += FLAGS) {
        uint32_t count = batch->bit_count - begin < FLAGS ? batch->bit_count - begin : FLAGS;
        uint8_t *to = batch->flags + (size_t)begin / FLAGS * HZ_CHUNK;
        for (size_t r = 0; r < batch->rows; r += 8) {
            uint64_t square = 0;
            for (uint32_t k = 0; k < count; k++) square |= (((const uint64_t *)batch->reg[batch->bits[begin + k]])[r / 64] >> (r % 64) & 0xFF) << (8 * k);
            square = turned(square);
            for (unsigned k = 0; k < 8; k++) to[r + k] = (uint8_t)(square >> (8 * k));
        }
    }
    batch->flagged = true;
}

/* The bits of some rows, into what is gathered. */
static void take_flags(const hz_batch *batch, const uint16_t *row, size_t count)
{
    for (uint32_t begin = 0; begin < batch->bit_count; begin += FLAGS) {
        uint32_t bits = batch->bit_count - begin < FLAGS ? batch->bit_count - begin : FLAGS;
        const uint8_t *from = batch->flags + (size_t)begin / FLAGS * HZ_CHUNK;
        for (size_t i = 0; i < count; i += 8) {
            size_t some = count - i < 8 ? count - i : 8;
            uint64_t square = 0;
            for (size_t k = 0; k < some; k++) square |= (uint64_t)from[row[i + k]] << (8 * k);
            square = turned(square);
            for (uint32_t k = 0; k < bits; k++) {
                uint64_t *to = (uint64_t *)batch->gathered[batch->bits[begin + k]] + i / 64;
                *to = (i % 64 == 0 ? 0 : *to) | (square >> (8 * k) & 0xFF) << (i % 64);
            }
        }
    }
}

static void gather_bits(const uint64_t *from, const uint16_t *row, size_t count, uint64_t *to)
{
    for (size_t begin = 0; begin < count; begin += 64) {
        size_t end = begin + 64 < count ? begin + 64 : count;
        uint64_t word = 0;
        for (size_t i = begin; i < end; i++) word |= (from[row[i] / 64] >> (row[i] % 64) & 1) << (i - begin);
        to[begin / 64] = word;
    }
}

#define GATHER(type)                                                                     \
    do {                                                                                 \
        type *restrict t = to;                                                           \
        const type *f = from;                                                            \
        for (size_t i = 0; i < count; i++) t[i] = f[row[i]];                             \
    } while (0)

static void gather(uint8_t type, const void *from, const uint16_t *row, size_t count, void *to)
{
    switch (type) {
    case HZ_COLUMN_I8: GATHER(uint8_t); return;
    case HZ_COLUMN_I32: GATHER(int32_t); return;
    case HZ_COLUMN_I64: GATHER(int64_t); return;
    case HZ_COLUMN_TEXT: GATHER(hz_str); return;
    default: GATHER(hz_wide); return;
    }
}

static void spread_bits(const uint64_t *from, const uint16_t *row, size_t count, uint64_t *to)
{
    for (size_t i = 0; i < count; i++) {
        unsigned at = row[i] % 64;
        to[row[i] / 64] = (to[row[i] / 64] & ~(UINT64_C(1) << at)) | (from[i / 64] >> (i % 64) & 1) << at;
    }
}

#define SPREAD(type)                                                                     \
    do {                                                                                 \
        type *restrict t = to;                                                           \
        const type *f = from;                                                            \
        for (size_t i = 0; i < count; i++) t[row[i]] = f[i];                             \
    } while (0)

static void spread(uint8_t type, const void *from, const uint16_t *row, size_t count, void *to)
{
    switch (type) {
    case HZ_COLUMN_BIT: spread_bits(from, row, count, to); return;
    case HZ_COLUMN_I8: SPREAD(uint8_t); return;
    case HZ_COLUMN_I32: SPREAD(int32_t); return;
    case HZ_COLUMN_I64: SPREAD(int64_t); return;
    case HZ_COLUMN_TEXT: SPREAD(hz_str); return;
    default: SPREAD(hz_wide); return;
    }
}

static void feed_counters(hz_batch *batch, const hz_column *counters, const uint16_t *row, size_t count)
{
    const hz_program *program = &batch->plan->columns.program;
    const uint32_t inputs = batch->plan->rules->inputs.count;
    const hz_rows rows = hz_rows_of(0, count);
    gather_bits(batch->bad, row, count, batch->some_bad);
    for (uint32_t i = inputs; i < hz_batch_feeds(batch->plan); i++) {
        hz_feed *feed = &batch->feeds[i];
        feed->read = batch->run_read[i];
        if (!hz_feed_rows(feed, program->set, batch->some, &counters[i - inputs], &rows, batch->fresh)) continue;
        for (size_t r = 0; batch->bad_out != NULL && r < count; r++)
            if ((feed->bad[r / 64] & ~batch->some_bad[r / 64]) >> (r % 64) & 1) batch->bad_out[batch->first + row[r]] = (int32_t)i;
        for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) batch->some_bad[w] |= feed->bad[w];
    }
}

void hz_batch_settle(hz_batch *batch, const hz_column *counters, const uint16_t *row, size_t count)
{
    const hz_program *program = &batch->plan->columns.program;
    memcpy(batch->some, batch->own, program->regs * sizeof *batch->some);
    if (!batch->flagged) flag_rows(batch);
    take_flags(batch, row, count);
    for (uint32_t i = 0; i < batch->bit_count; i++) batch->some[batch->bits[i]] = batch->gathered[batch->bits[i]];
    for (uint32_t i = 0; i < batch->in_count; i++) {
        uint32_t reg = batch->in[i];
        gather(program->reg_type[reg], batch->reg[reg], row, count, batch->gathered[reg]);
        batch->some[reg] = batch->gathered[reg];
    }
    if (program->bad != HZ_NO_REG) batch->some[program->bad] = batch->some_bad;
    feed_counters(batch, counters, row, count);
    hz_ahead none = {0};
    program->set->run(batch->run + batch->front_end, batch->run + batch->run_count, batch->some, count, &none);
    for (uint32_t i = 0; i < batch->back_count; i++) {
        uint32_t reg = batch->back[i];
        if (batch->step[reg] == HZ_STEP_FED || batch->reg[reg] == batch->own[reg]) batch->reg[reg] = batch->spread[reg];
        spread(program->reg_type[reg], batch->some[reg], row, count, batch->reg[reg]);
    }
    batch->now = batch->some;
}
