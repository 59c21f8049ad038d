/* columns.c - the executor over columns: memory for one chunk, what of the program is needed, the run, results.
 *
 * Memory: inputs that need no staging point into the caller's columns, and results that come from an instruction are
 * written into his; constants are filled once; temporaries share buffers by a linear scan over the program (a result never
 * shares with an operand of its own instruction, so kernels may assume that they differ).
 */
#include "run/feed.h"

#include "base/status.h"
#include "program/lower.h"

#define LINE 64 /* bytes; columns of a chunk begin at a multiple and lie close together: their lines share a small cache */

/* ---- Registers that share memory ---- */

typedef struct scan {
    const hz_program *program;
    uint32_t *last;   /* per register: the last instruction that reads it; UINT32_MAX: kept to the end */
    uint32_t *buffer; /* per register: the line at which its buffer begins */
    uint32_t *next;   /* per register whose buffer is free: another such one of its type, or 0 */
    uint32_t free[HZ_COLUMN_WIDE + 1]; /* per type: a register whose buffer is free, or 0 */
    uint32_t lines;
    uint32_t at;      /* the instruction at hand */
} scan;

static uint32_t lines_of(uint8_t type)
{
    return (uint32_t)((hz_column_bytes(type, HZ_CHUNK) + LINE - 1) / LINE);
}

static void keep(scan *s, uint32_t reg)
{
    if (reg != HZ_NO_REG) s->last[reg] = UINT32_MAX;
}

static void each_register(const hz_bundle *value, void (*each)(void *context, uint32_t reg), void *context)
{
    const uint32_t regs[5] = {value->self.value, value->self.null, value->self.missing, value->self.unknown, value->self.error};
    for (int i = 0; i < 5; i++)
        if (regs[i] != HZ_NO_REG) each(context, regs[i]);
    for (uint32_t i = 0; i < value->count; i++) each_register(&value->item[i], each, context);
}

static void keep_register(void *context, uint32_t reg)
{
    keep(context, reg);
}

static void keep_keys(scan *s, const hz_plan *plan)
{
    for (uint32_t i = 0; i < plan->rules->counters.count; i++) {
        const hz_column_key *key = &plan->columns.keys[i];
        for (uint32_t k = 0; k < key->count; k++) {
            keep(s, key->value[k]);
            keep(s, key->null[k]);
        }
        keep(s, key->open);
    }
}

static void keep_part(scan *s, const hz_column_part *part, uint32_t inputs)
{
    keep(s, part->verdict);
    keep(s, part->reason);
    keep(s, part->hold);
    for (uint32_t i = 0; i < inputs; i++) {
        keep(s, part->inputs[i].value);
        keep(s, part->inputs[i].absent);
    }
}

static void keep_results(scan *s, const hz_plan *plan)
{
    const hz_column_program *columns = &plan->columns;
    keep(s, columns->outcome);
    keep(s, columns->reason);
    keep(s, columns->total);
    keep(s, columns->has_total);
    for (uint32_t i = 0; i < columns->listed_count; i++) keep(s, columns->listed[i]);
    for (uint32_t i = 0; i < plan->rules->benefits.count; i++) {
        keep(s, columns->benefits[i].gross);
        keep(s, columns->benefits[i].net);
    }
    for (uint32_t i = 0; i < plan->rules->counters.count; i++) {
        keep(s, columns->counters[i].value);
        keep(s, columns->counters[i].absent);
        keep(s, columns->counters[i].moved);
    }
    for (uint32_t i = 0; i < plan->rules->parts.count; i++) keep_part(s, &columns->parts[i], plan->rules->parts.at[i].rules->inputs.count);
    if (columns->kept != NULL) each_register(columns->kept, keep_register, s);
    for (uint32_t i = 0; i < s->program->constant_count; i++) keep(s, s->program->constants[i].reg);
}

static void read_until(void *context, uint32_t reg, uint8_t type)
{
    scan *s = context;
    (void)type;
    if (s->last[reg] != UINT32_MAX) s->last[reg] = s->at;
}

static void give_back(void *context, uint32_t reg, uint8_t type)
{
    scan *s = context;
    if (s->last[reg] != s->at || s->buffer[reg] == UINT32_MAX) return;
    s->next[reg] = s->free[type];
    s->free[type] = reg;
    s->last[reg] = UINT32_MAX; /* once, also when an instruction reads it twice */
}

static void take_buffer(scan *s, uint32_t reg)
{
    uint8_t type = s->program->reg_type[reg];
    uint32_t free = s->free[type];
    s->buffer[reg] = free != 0 ? s->buffer[free] : s->lines;
    if (free != 0) s->free[type] = s->next[free];
    else s->lines += lines_of(type);
}

static void assign_buffers(scan *s)
{
    const hz_program *program = s->program;
    for (s->at = 0; s->at < program->count; s->at++) hz_each_operand(&program->at[s->at], read_until, s);
    for (uint32_t i = 0; i < program->constant_count; i++) take_buffer(s, program->constants[i].reg);
    for (s->at = 0; s->at < program->count; s->at++) {
        take_buffer(s, program->at[s->at].d);
        hz_each_operand(&program->at[s->at], give_back, s);
    }
}

/* ---- What of the program is needed ---- */

static void need(hz_batch *batch, uint32_t reg)
{
    if (reg != HZ_NO_REG) batch->reg[reg] = batch;
}

static void need_register(void *context, uint32_t reg)
{
    need(context, reg);
}

static void need_operand(void *context, uint32_t reg, uint8_t type)
{
    (void)type;
    need(context, reg);
}

/* Marks what is needed backwards from what is marked in batch->reg (not in use yet), and copies those instructions in
 * order; the marks stay. Returns how many. */
static uint32_t choose(hz_batch *batch, hz_instruction *run)
{
    const hz_program *program = &batch->plan->columns.program;
    void **needed = batch->reg;
    uint32_t at = program->count;
    for (uint32_t i = program->count; i-- > 0;) {
        const hz_instruction *instruction = &program->at[i];
        if (needed[instruction->d] == NULL) continue;
        hz_each_operand(instruction, need_operand, batch);
        run[--at] = *instruction;
    }
    memmove(run, run + at, (program->count - at) * sizeof *run);
    return program->count - at;
}

static bool is_needed(const hz_batch *batch, uint32_t reg)
{
    return reg != HZ_NO_REG && batch->reg[reg] != NULL;
}

static void choose_run(hz_batch *batch)
{
    const hz_program *program = &batch->plan->columns.program;
    uint32_t inputs = batch->plan->rules->inputs.count;
    memset(batch->reg, 0, program->regs * sizeof *batch->reg);
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        need(batch, batch->wanted[i].reg);
        if (batch->wanted[i].texts != NULL) need(batch, batch->wanted[i].absent);
    }
    if (batch->plan->columns.kept != NULL) each_register(batch->plan->columns.kept, need_register, batch);
    batch->run_count = choose(batch, batch->run);
    for (uint32_t i = 0; i < inputs; i++) batch->run_read[i] = is_needed(batch, program->inputs[i].value);
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) batch->run_read[inputs + i] = is_needed(batch, program->counters[i].value);
    batch->changed = false;
}

/* ---- Memory ---- */

static void fill_constant(void *column, uint8_t type, const hz_constant *constant)
{
    for (size_t r = 0; r < HZ_CHUNK; r++) {
        if (type == HZ_COLUMN_I64) ((int64_t *)column)[r] = constant->value;
        if (type == HZ_COLUMN_I32) ((int32_t *)column)[r] = (int32_t)constant->value;
        if (type == HZ_COLUMN_TEXT) ((hz_str *)column)[r] = constant->text;
        if (type == HZ_COLUMN_WIDE) ((hz_wide *)column)[r] = constant->wide;
        if (type == HZ_COLUMN_BIT) ((uint64_t *)column)[r / 64] = constant->value != 0 ? ~UINT64_C(0) : 0;
    }
}

static uint32_t feed_count(const hz_plan *plan)
{
    return plan->rules->inputs.count + plan->rules->counters.count;
}

/* Most registers that a host can want. */
static uint32_t most_wanted(const hz_plan *plan)
{
    uint32_t count = 4 + 2 * plan->rules->benefits.count + 3 * plan->rules->counters.count + plan->columns.listed_count;
    for (uint32_t i = 0; i < plan->rules->parts.count; i++) count += 3 + 2 * plan->rules->parts.at[i].rules->inputs.count;
    return count;
}

/* Most columns of the host: values, which bits are given and bytes of each one in, and those out. */
static uint32_t most_streams(const hz_plan *plan)
{
    return 3 * feed_count(plan) + most_wanted(plan);
}

static void *take(hz_batch *batch, size_t count, size_t size)
{
    void *memory = batch->alloc.allocate(batch->alloc.user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

static void give(hz_batch *batch, void *memory, size_t count, size_t size)
{
    if (memory != NULL) batch->alloc.release(batch->alloc.user, memory, (count + 1) * size);
}

/* Behind the buffers each feed has two stages. */
static uint32_t stage_lines(const hz_plan *plan)
{
    uint32_t lines = 0;
    for (uint32_t i = 0; i < plan->rules->inputs.count; i++) lines += 2 * lines_of(hz_column_of(&plan->rules->inputs.at[i].type));
    for (uint32_t i = 0; i < plan->rules->counters.count; i++) lines += 2 * lines_of(hz_column_of(&plan->rules->counters.at[i].type));
    return lines;
}

/* There is a line more than asked for. */
static unsigned char *first_line(const hz_batch *batch)
{
    return batch->memory + (LINE - (uintptr_t)batch->memory % LINE) % LINE;
}

static bool take_memory(hz_batch *batch, const scan *s)
{
    const hz_program *program = s->program;
    batch->lines = s->lines + stage_lines(batch->plan);
    batch->memory = take(batch, batch->lines, LINE);
    batch->reg = take(batch, program->regs, sizeof *batch->reg);
    batch->own = take(batch, program->regs, sizeof *batch->own);
    batch->run = take(batch, program->count, sizeof *batch->run);
    batch->run_read = take(batch, feed_count(batch->plan), sizeof *batch->run_read);
    batch->wanted = take(batch, most_wanted(batch->plan), sizeof *batch->wanted);
    batch->feeds = take(batch, feed_count(batch->plan), sizeof *batch->feeds);
    batch->ahead.streams = take(batch, most_streams(batch->plan), sizeof *batch->ahead.streams);
    if (batch->memory == NULL || batch->reg == NULL || batch->own == NULL || batch->run == NULL || batch->run_read == NULL ||
        batch->wanted == NULL || batch->feeds == NULL || batch->ahead.streams == NULL)
        return false;
    for (uint32_t i = 1; i < program->regs; i++)
        batch->own[i] = s->buffer[i] == UINT32_MAX ? NULL : first_line(batch) + (size_t)s->buffer[i] * LINE;
    for (uint32_t i = 0; i < program->constant_count; i++) {
        uint32_t reg = program->constants[i].reg;
        fill_constant(batch->own[reg], program->reg_type[reg], &program->constants[i]);
    }
    batch->own[0] = &batch->workspace;
    if (program->bad != HZ_NO_REG) batch->own[program->bad] = batch->bad;
    return true;
}

static bool choose_key_run(hz_batch *batch)
{
    const hz_plan *plan = batch->plan;
    const hz_program *program = &plan->columns.program;
    batch->key_run = take(batch, program->count, sizeof *batch->key_run);
    batch->key_feed = take(batch, plan->rules->inputs.count, sizeof *batch->key_feed);
    batch->key_read = take(batch, plan->rules->inputs.count, sizeof *batch->key_read);
    if (batch->key_run == NULL || batch->key_feed == NULL || batch->key_read == NULL) return false;
    memset(batch->reg, 0, program->regs * sizeof *batch->reg);
    for (uint32_t i = 0; i < plan->rules->counters.count; i++) {
        const hz_column_key *key = &plan->columns.keys[i];
        for (uint32_t k = 0; k < key->count; k++) {
            need(batch, key->value[k]);
            need(batch, key->null[k]);
        }
        need(batch, key->open);
    }
    batch->key_run_count = choose(batch, batch->key_run);
    for (uint32_t i = 0; i < plan->rules->inputs.count; i++) {
        const hz_slot *slot = &program->inputs[i];
        batch->key_read[i] = is_needed(batch, slot->value);
        batch->key_feed[i] = batch->key_read[i] || is_needed(batch, slot->absent);
    }
    return true;
}

static hz_feed feed_of(const hz_type *type, const hz_slot *slot)
{
    hz_feed feed = {.value = slot->value, .absent = slot->absent, .column = hz_column_of(type), .scale = type->scale};
    bool ranged = feed.column == HZ_COLUMN_I32 || feed.column == HZ_COLUMN_I64;
    if (ranged) feed.lo = (int64_t)type->lo;
    if (ranged) feed.hi = (int64_t)type->hi;
    return feed;
}

static void make_feeds(hz_batch *batch, uint32_t lines)
{
    const hz_plan_model *rules = batch->plan->rules;
    const hz_program *program = &batch->plan->columns.program;
    unsigned char *stage = first_line(batch) + (size_t)lines * LINE;
    hz_feed *feed = batch->feeds;
    for (uint32_t i = 0; i < rules->inputs.count; i++, feed++) {
        const hz_input *input = &rules->inputs.at[i];
        *feed = feed_of(&input->type, &program->inputs[i]);
        feed->has_fallback = input->has_default;
        feed->fallback = (int64_t)input->fallback.coefficient;
        feed->text = input->fallback.text;
        if (feed->column == HZ_COLUMN_TEXT) feed->input = input;
        feed->workspace = &batch->workspace;
    }
    for (uint32_t i = 0; i < rules->counters.count; i++, feed++) {
        const hz_counter *counter = &rules->counters.at[i];
        *feed = feed_of(&counter->type, &program->counters[i]);
        feed->may_be_none = counter->type.kind == HZ_KIND_DATE && !counter->has_start;
        feed->has_start = true;
        feed->fallback = feed->may_be_none ? HZ_NO_DATE : (int64_t)counter->start.coefficient;
    }
    for (uint32_t i = 0; i < feed_count(batch->plan); i++) {
        size_t size = (size_t)lines_of(batch->feeds[i].column) * LINE;
        batch->feeds[i].staged = stage;
        batch->feeds[i].filled = stage + size;
        stage += 2 * size;
    }
}

static int32_t begin(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc, bool keyed)
{
    const hz_program *program = &plan->columns.program;
    *batch = (hz_batch){.alloc = *alloc, .plan = plan, .changed = true};
    hz_workspace_begin(&batch->workspace, alloc);
    size_t size = (size_t)program->regs * 3 * sizeof(uint32_t);
    uint32_t *scratch = alloc->allocate(alloc->user, size);
    if (scratch == NULL) return HZ_NO_MEMORY;
    scan s = {.program = program, .last = scratch, .buffer = scratch + program->regs, .next = scratch + 2 * program->regs};
    memset(s.last, 0, program->regs * sizeof *s.last);
    memset(s.buffer, 0xFF, program->regs * sizeof *s.buffer);
    keep_results(&s, plan);
    if (keyed) keep_keys(&s, plan);
    assign_buffers(&s);
    bool ok = take_memory(batch, &s);
    alloc->release(alloc->user, scratch, size);
    if (ok) make_feeds(batch, s.lines);
    if (ok && keyed) ok = choose_key_run(batch);
    if (ok) return HZ_OK;
    hz_batch_end(batch);
    return HZ_NO_MEMORY;
}

int32_t hz_batch_begin(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc)
{
    return begin(batch, plan, alloc, false);
}

int32_t hz_batch_begin_keyed(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc)
{
    return begin(batch, plan, alloc, true);
}

void hz_batch_end(hz_batch *batch)
{
    if (batch->plan == NULL) return;
    const hz_program *program = &batch->plan->columns.program;
    give(batch, batch->memory, batch->lines, LINE);
    give(batch, batch->reg, program->regs, sizeof *batch->reg);
    give(batch, batch->own, program->regs, sizeof *batch->own);
    give(batch, batch->run, program->count, sizeof *batch->run);
    give(batch, batch->key_run, program->count, sizeof *batch->key_run);
    give(batch, batch->key_feed, batch->plan->rules->inputs.count, sizeof *batch->key_feed);
    give(batch, batch->key_read, batch->plan->rules->inputs.count, sizeof *batch->key_read);
    give(batch, batch->run_read, feed_count(batch->plan), sizeof *batch->run_read);
    give(batch, batch->wanted, most_wanted(batch->plan), sizeof *batch->wanted);
    give(batch, batch->feeds, feed_count(batch->plan), sizeof *batch->feeds);
    give(batch, batch->ahead.streams, most_streams(batch->plan), sizeof *batch->ahead.streams);
    hz_workspace_end(&batch->workspace);
    *batch = (hz_batch){.alloc = batch->alloc};
}

/* ---- What is wanted ---- */

static void add_wanted(hz_batch *batch, hz_wanted wanted)
{
    hz_wanted *at = &batch->wanted[batch->wanted_count++];
    batch->changed |= at->reg != wanted.reg;
    *at = wanted;
}

static void want(hz_batch *batch, uint32_t reg, void *to, bool wide)
{
    if (to == NULL) return;
    uint8_t type = batch->plan->columns.program.reg_type[reg];
    add_wanted(batch, (hz_wanted){.reg = reg, .to = to, .widen = wide && type != HZ_COLUMN_I64});
}

static void want_bits(hz_batch *batch, uint32_t reg, void *to, bool inverted)
{
    if (to != NULL) add_wanted(batch, (hz_wanted){.reg = reg, .to = to, .bits = true, .inverted = inverted});
}

static void want_passed(hz_batch *batch, const hz_column_passed *passed, const hz_result_passed *out)
{
    if (passed->value == HZ_NO_REG || out->values == NULL) return;
    uint8_t type = batch->plan->columns.program.reg_type[passed->value];
    if (type == HZ_COLUMN_BIT) want_bits(batch, passed->value, out->values, false);
    else want(batch, passed->value, out->values, false);
    hz_wanted *wanted = &batch->wanted[batch->wanted_count - 1];
    if (type == HZ_COLUMN_TEXT) wanted->texts = out->texts;
    batch->changed |= type == HZ_COLUMN_TEXT; /* it wants the absence, too */
    wanted->absent = passed->absent;
    want_bits(batch, passed->absent, out->valid, true);
}

static void want_part(hz_batch *batch, uint32_t index, const hz_result_part *out)
{
    const hz_column_part *part = &batch->plan->columns.parts[index];
    want(batch, part->verdict, out->verdict, false);
    want(batch, part->reason, out->reason, false);
    want(batch, part->hold, out->hold, false);
    for (uint32_t i = 0; i < batch->plan->parts[index].plan->rules->inputs.count; i++) want_passed(batch, &part->inputs[i], &out->inputs[i]);
}

static void want_results(hz_batch *batch, const hz_results *out)
{
    const hz_column_program *columns = &batch->plan->columns;
    uint32_t count = batch->wanted_count;
    batch->wanted_count = 0;
    want(batch, columns->outcome, out->outcome, false);
    want(batch, columns->reason, out->reason, false);
    want(batch, columns->total, out->total, true);
    want_bits(batch, columns->has_total, out->has_total, false);
    for (uint32_t i = 0; out->listed != NULL && i < columns->listed_count; i++) want_bits(batch, columns->listed[i], out->listed[i], false);
    for (uint32_t i = 0; out->benefits != NULL && i < batch->plan->rules->benefits.count; i++) {
        want(batch, columns->benefits[i].gross, out->benefits[i].gross, true);
        want(batch, columns->benefits[i].net, out->benefits[i].net, true);
    }
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) {
        if (out->after != NULL) want(batch, columns->counters[i].value, out->after[i], true);
        if (out->after_valid != NULL) want_bits(batch, columns->counters[i].absent, out->after_valid[i], true);
        if (out->moved != NULL) want_bits(batch, columns->counters[i].moved, out->moved[i], false);
    }
    for (uint32_t i = 0; out->asked != NULL && i < batch->plan->part_count; i++) want_part(batch, i, &out->asked[i]);
    batch->changed |= batch->wanted_count != count;
}

static size_t bytes_of(const hz_wanted *wanted, uint8_t type)
{
    return wanted->widen || type == HZ_COLUMN_I64 ? sizeof(int64_t) : sizeof(int32_t);
}

/* Whether a host gave memory for results that holds inputs of the same rows too: then results are written behind the
 * chunk's run. */
static bool overlaps(const hz_batch *batch, const hz_wanted *wanted, size_t size, const hz_column *inputs, const hz_column *counters, size_t end)
{
    uintptr_t begin = (uintptr_t)wanted->to, behind = begin + size * end;
    uint32_t count = batch->plan->rules->inputs.count;
    for (uint32_t i = 0; i < feed_count(batch->plan); i++) {
        const hz_column *column = i < count ? &inputs[i] : &counters[i - count];
        uintptr_t values = (uintptr_t)column->values, valid = (uintptr_t)column->valid;
        if (values != 0 && values < behind && begin < values + sizeof(hz_str) * (end + 1)) return true;
        if (valid != 0 && valid < behind && begin < valid + end / 8 + 1) return true;
    }
    return false;
}

/* Results that one instruction makes and nothing else wants go straight to the host. */
static void choose_direct(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t end)
{
    const hz_program *program = &batch->plan->columns.program;
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        hz_wanted *wanted = &batch->wanted[i];
        if (wanted->bits || wanted->widen || wanted->texts != NULL || overlaps(batch, wanted, bytes_of(wanted, program->reg_type[wanted->reg]), inputs, counters, end)) continue;
        for (uint32_t k = 0; k < batch->run_count; k++) wanted->direct |= batch->run[k].d == wanted->reg;
        for (uint32_t k = 0; k < i; k++) wanted->direct &= batch->wanted[k].reg != wanted->reg;
    }
}

static void look_ahead(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows)
{
    uint32_t count = batch->plan->rules->inputs.count;
    hz_ahead_begin(&batch->ahead);
    for (uint32_t i = 0; i < feed_count(batch->plan); i++)
        hz_feed_ahead(&batch->feeds[i], i < count ? &inputs[i] : &counters[i - count], first, rows, &batch->ahead);
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        const hz_wanted *wanted = &batch->wanted[i];
        size_t bits = wanted->bits ? 1 : 8 * bytes_of(wanted, batch->plan->columns.program.reg_type[wanted->reg]);
        hz_ahead_add(&batch->ahead, (unsigned char *)wanted->to + first * bits / 8, bits);
    }
    hz_ahead_plan(&batch->ahead, rows, batch->run_count);
}

/* ---- A chunk ---- */

static void feed_chunk(hz_batch *batch, const hz_column *inputs, const hz_column *counters, const hz_rows *rows, int32_t *bad)
{
    uint32_t count = batch->plan->rules->inputs.count;
    memset(batch->bad, 0, sizeof batch->bad);
    for (size_t r = 0; bad != NULL && r < rows->count; r++) bad[rows->first + r] = -1;
    for (uint32_t i = 0; i < feed_count(batch->plan); i++) {
        hz_feed *feed = &batch->feeds[i];
        const hz_column *column = i < count ? &inputs[i] : &counters[i - count];
        feed->read = batch->run_read[i];
        if (!hz_feed_rows(feed, batch->plan->columns.program.set, batch->reg, column, rows, batch->fresh)) continue;
        for (size_t r = 0; bad != NULL && r < rows->count; r++)
            if ((feed->bad[r / 64] & ~batch->bad[r / 64]) >> (r % 64) & 1) bad[rows->first + r] = (int32_t)i;
        for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) batch->bad[w] |= feed->bad[w];
    }
}

static void point_results(hz_batch *batch, size_t first)
{
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        const hz_wanted *wanted = &batch->wanted[i];
        if (!wanted->direct) continue;
        size_t size = bytes_of(wanted, batch->plan->columns.program.reg_type[wanted->reg]);
        batch->reg[wanted->reg] = (unsigned char *)wanted->to + first * size;
    }
}

static void widen(const hz_kernel_set *set, const void *from, uint8_t type, int64_t *to, size_t rows)
{
    void *reg[3] = {NULL, to, (void *)(uintptr_t)from};
    hz_op op = type == HZ_COLUMN_BIT ? HZ_OP_PICK_KM : HZ_OP_WIDEN;
    const hz_instruction i = {.d = 1, .a = 2, .k = 1, .op = (uint16_t)op};
    set->at[op](&i, reg, rows);
}

/* Eight bytes, the lowest first: one store where memory is so ordered. */
static inline void put_word(uint8_t *to, uint64_t word)
{
    to[0] = (uint8_t)word;
    to[1] = (uint8_t)(word >> 8);
    to[2] = (uint8_t)(word >> 16);
    to[3] = (uint8_t)(word >> 24);
    to[4] = (uint8_t)(word >> 32);
    to[5] = (uint8_t)(word >> 40);
    to[6] = (uint8_t)(word >> 48);
    to[7] = (uint8_t)(word >> 56);
}

/* Sets bits first to first + count of the host's to those of from (NULL: none), or to the others; further ones are left
 * alone, also while other threads write those of the same byte. */
static void write_bits(const uint64_t *from, bool inverted, uint8_t *to, size_t first, size_t count)
{
    size_t whole = first % 8 == 0 ? count / 64 : 0;
    for (size_t w = 0; w < whole; w++) put_word(to + first / 8 + 8 * w, (from != NULL ? from[w] : 0) ^ (inverted ? ~UINT64_C(0) : 0));
    for (size_t r = 64 * whole; r < count;) {
        size_t at = (first + r) / 8;
        unsigned mask = 0, bits = 0;
        for (; r < count && (first + r) / 8 == at; r++) {
            unsigned bit = 1u << ((first + r) % 8);
            bool is = (from != NULL && (from[r / 64] >> (r % 64) & 1) != 0) != inverted;
            mask |= bit;
            bits |= is ? bit : 0;
        }
        hz_write_bits(&to[at], (uint8_t)mask, (uint8_t)bits);
    }
}

/* Behind those of the rows before. False: no memory. */
static bool write_texts(const hz_batch *batch, const hz_wanted *wanted, size_t first, size_t rows)
{
    const hz_str *from = batch->reg[wanted->reg];
    const uint64_t *absent = wanted->absent != HZ_NO_REG ? batch->reg[wanted->absent] : NULL;
    int32_t *offsets = wanted->to;
    for (size_t r = 0; r < rows; r++) {
        offsets[first + r] = (int32_t)wanted->texts->len;
        if (absent == NULL || (absent[r / 64] >> (r % 64) & 1) == 0) hz_buf_add(wanted->texts, from[r]);
        if (wanted->texts->failed || wanted->texts->len > INT32_MAX) return false;
    }
    offsets[first + rows] = (int32_t)wanted->texts->len;
    return true;
}

static bool write_results(const hz_batch *batch, size_t first, size_t rows)
{
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        const hz_wanted *wanted = &batch->wanted[i];
        if (wanted->direct) continue;
        const void *from = wanted->reg != HZ_NO_REG ? batch->reg[wanted->reg] : NULL;
        if (wanted->bits) {
            write_bits(from, wanted->inverted, wanted->to, first, rows);
            continue;
        }
        if (wanted->texts != NULL) {
            if (!write_texts(batch, wanted, first, rows)) return false;
            continue;
        }
        uint8_t type = batch->plan->columns.program.reg_type[wanted->reg];
        size_t size = bytes_of(wanted, type);
        if (wanted->widen) widen(batch->plan->columns.program.set, from, type, (int64_t *)wanted->to + first, rows);
        else memcpy((unsigned char *)wanted->to + first * size, from, rows * size);
    }
    return true;
}

static hz_rows rows_of(size_t first, size_t count)
{
    hz_rows rows = {.first = first, .count = count};
    for (size_t w = 0; w < HZ_CHUNK_WORDS; w++)
        rows.live[w] = count >= 64 * (w + 1) ? ~UINT64_C(0) : count > 64 * w ? (UINT64_C(1) << (count - 64 * w)) - 1 : 0;
    return rows;
}

int32_t hz_batch_keys(hz_batch *batch, const hz_column *inputs, size_t first, size_t rows)
{
    const hz_program *program = &batch->plan->columns.program;
    const hz_rows chunk = rows_of(first, rows);
    memcpy(batch->reg, batch->own, program->regs * sizeof *batch->reg);
    hz_workspace_reset(&batch->workspace);
    memset(batch->bad, 0, sizeof batch->bad);
    for (uint32_t i = 0; i < batch->plan->rules->inputs.count; i++) {
        hz_feed *feed = &batch->feeds[i];
        feed->read = batch->key_read[i];
        if (!batch->key_feed[i] || !hz_feed_rows(feed, program->set, batch->reg, &inputs[i], &chunk, batch->fresh)) continue;
        for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) batch->bad[w] |= feed->bad[w];
    }
    for (const hz_instruction *i = batch->key_run, *last = i + batch->key_run_count; i < last; i++) program->set->at[i->op](i, batch->reg, rows);
    return batch->workspace.failed ? HZ_NO_MEMORY : HZ_OK;
}

int32_t hz_batch_range(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows,
                       const hz_results *out)
{
    hz_kernel *const *kernel = batch->plan->columns.program.set->at;
    want_results(batch, out);
    if (batch->changed) choose_run(batch);
    memcpy(batch->reg, batch->own, batch->plan->columns.program.regs * sizeof *batch->reg);
    choose_direct(batch, inputs, counters, first + rows);
    look_ahead(batch, inputs, counters, first, rows);
    for (size_t end = first + rows; first < end; first += HZ_CHUNK) {
        const hz_rows chunk = rows_of(first, end - first < HZ_CHUNK ? end - first : HZ_CHUNK);
        hz_workspace_reset(&batch->workspace);
        feed_chunk(batch, inputs, counters, &chunk, out->bad);
        point_results(batch, first);
        hz_ahead_chunk(&batch->ahead);
        for (const hz_instruction *i = batch->run, *last = i + batch->run_count; i < last; i++) {
            kernel[i->op](i, batch->reg, chunk.count);
            hz_ahead_after_instruction(&batch->ahead);
        }
        if (batch->workspace.failed) return HZ_NO_MEMORY;
        if (!write_results(batch, first, chunk.count)) return HZ_NO_MEMORY;
    }
    return HZ_OK;
}
