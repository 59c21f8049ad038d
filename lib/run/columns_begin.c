/* columns_begin.c - the executor over columns before it runs: memory for one chunk, the order of instructions, and what of the
 * program is needed. Called by columns.c and by those who own a batch.
 *
 * Memory: inputs that need no staging point into the caller's columns, and results that come from an instruction are
 * written into his; constants are filled once; temporaries share buffers by a linear scan over the program (a result never
 * shares with an operand of its own instruction, so kernels may assume that they differ).
 */
#include "run/columns_part.h"

#include "base/status.h"
#include "program/lower.h"

#define LINE 64 /* bytes; columns of a chunk begin at a multiple and lie close together: their lines share a small cache */

/* ---- Registers that share memory ---- */

typedef struct scan {
    const hz_program *program;
    const hz_instruction **order; /* its instructions as they run */
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
        keep(s, columns->benefits[i].not_offered);
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
    for (s->at = 0; s->at < program->count; s->at++) hz_each_operand(s->order[s->at], read_until, s);
    for (uint32_t i = 0; i < program->constant_count; i++) take_buffer(s, program->constants[i].reg);
    for (s->at = 0; s->at < program->count; s->at++) {
        take_buffer(s, s->order[s->at]->d);
        hz_each_operand(s->order[s->at], give_back, s);
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

/* Marks what is needed backwards from what is marked in batch->reg, which is not in use yet; the marks stay. */
static void mark_needed(hz_batch *batch)
{
    const hz_program *program = &batch->plan->columns.program;
    for (uint32_t i = program->count; i-- > 0;)
        if (batch->reg[program->at[i].d] != NULL) hz_each_operand(&program->at[i], need_operand, batch);
}

/* Copies the marked instructions of a step in order, behind the `count` that are there. Returns how many there are then. */
static uint32_t collect(hz_batch *batch, uint8_t step, uint32_t count)
{
    const hz_program *program = &batch->plan->columns.program;
    for (uint32_t i = 0; i < program->count; i++) {
        const hz_instruction *instruction = &program->at[i];
        if (batch->reg[instruction->d] != NULL && (batch->step == NULL || batch->step[instruction->d] == step)) batch->run[count++] = *instruction;
    }
    return count;
}

static bool is_needed(const hz_batch *batch, uint32_t reg)
{
    return reg != HZ_NO_REG && batch->reg[reg] != NULL;
}

static void need_keys(hz_batch *batch)
{
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) {
        const hz_column_key *key = &batch->plan->columns.keys[i];
        for (uint32_t k = 0; k < key->count; k++) {
            need(batch, key->value[k]);
            need(batch, key->null[k]);
        }
        need(batch, key->open);
    }
}

/* What counters are after the rows, whether the host wants it or not. */
static void need_counters(hz_batch *batch)
{
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) {
        need(batch, batch->plan->columns.counters[i].value);
        need(batch, batch->plan->columns.counters[i].moved);
    }
}

void hz_batch_choose(hz_batch *batch)
{
    const hz_program *program = &batch->plan->columns.program;
    uint32_t inputs = batch->plan->rules->inputs.count;
    memset(batch->reg, 0, program->regs * sizeof *batch->reg);
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        need(batch, batch->wanted[i].reg);
        if (batch->wanted[i].texts != NULL) need(batch, batch->wanted[i].absent);
    }
    if (batch->plan->columns.kept != NULL) each_register(batch->plan->columns.kept, need_register, batch);
    if (batch->step != NULL) need_keys(batch);
    if (batch->step != NULL) need_counters(batch);
    mark_needed(batch);
    batch->keys_end = batch->step != NULL ? collect(batch, HZ_STEP_KEYS, 0) : 0;
    batch->front_end = batch->step != NULL ? collect(batch, HZ_STEP_FRONT, batch->keys_end) : 0;
    batch->run_count = collect(batch, HZ_STEP_TAIL, batch->front_end);
    batch->run_long = 0;
    for (uint32_t i = 0; i < batch->run_count; i++) batch->run_long += !hz_is_logic(batch->run[i].op);
    for (uint32_t i = 0; i < inputs; i++) batch->run_read[i] = is_needed(batch, program->inputs[i].value);
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) batch->run_read[inputs + i] = is_needed(batch, program->counters[i].value);
    if (batch->step != NULL) hz_steps_choose(batch);
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

/* Most registers that a host can want. */
static uint32_t most_wanted(const hz_plan *plan)
{
    uint32_t count = 4 + 3 * plan->rules->benefits.count + 3 * plan->rules->counters.count + plan->columns.listed_count;
    for (uint32_t i = 0; i < plan->rules->parts.count; i++) count += 3 + 2 * plan->rules->parts.at[i].rules->inputs.count;
    return count;
}

/* Most columns of the host: values, which bits are given and bytes of each one in, and those out. */
static uint32_t most_streams(const hz_plan *plan)
{
    return 3 * hz_batch_feeds(plan) + most_wanted(plan);
}

static void *take(const hz_batch *batch, size_t count, size_t size)
{
    void *memory = batch->alloc.allocate(batch->alloc.user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

static void give(const hz_batch *batch, void *memory, size_t count, size_t size)
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
    batch->run_read = take(batch, hz_batch_feeds(batch->plan), sizeof *batch->run_read);
    batch->wanted = take(batch, most_wanted(batch->plan), sizeof *batch->wanted);
    batch->feeds = take(batch, hz_batch_feeds(batch->plan), sizeof *batch->feeds);
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

/* Which inputs keys hang on. */
static bool find_key_inputs(hz_batch *batch)
{
    const hz_plan *plan = batch->plan;
    batch->key_feed = take(batch, plan->rules->inputs.count, sizeof *batch->key_feed);
    if (batch->key_feed == NULL) return false;
    memset(batch->reg, 0, plan->columns.program.regs * sizeof *batch->reg);
    need_keys(batch);
    mark_needed(batch);
    for (uint32_t i = 0; i < plan->rules->inputs.count; i++) {
        const hz_slot *slot = &plan->columns.program.inputs[i];
        batch->key_feed[i] = is_needed(batch, slot->value) || is_needed(batch, slot->absent);
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
    for (uint32_t i = 0; i < hz_batch_feeds(batch->plan); i++) {
        size_t size = (size_t)lines_of(batch->feeds[i].column) * LINE;
        batch->feeds[i].staged = stage;
        batch->feeds[i].filled = stage + size;
        stage += 2 * size;
    }
}

/* Instructions as they run: of a batch with keys step by step. */
static void put_in_order(scan *s, const uint8_t *step)
{
    static const uint8_t steps[] = {HZ_STEP_KEYS, HZ_STEP_FRONT, HZ_STEP_TAIL};
    uint32_t count = 0;
    for (size_t n = 0; n < sizeof steps; n++)
        for (uint32_t i = 0; i < s->program->count; i++)
            if (step != NULL ? step[s->program->at[i].d] == steps[n] : n == 0) s->order[count++] = &s->program->at[i];
}

static bool plan_memory(hz_batch *batch, scan *s)
{
    const hz_plan *plan = batch->plan;
    memset(s->last, 0, s->program->regs * sizeof *s->last);
    memset(s->buffer, 0xFF, s->program->regs * sizeof *s->buffer);
    put_in_order(s, batch->step);
    keep_results(s, plan);
    if (batch->step != NULL) keep_keys(s, plan);
    for (uint32_t i = 1; batch->step != NULL && i < s->program->regs; i++)
        if (batch->passes[i]) keep(s, i);
    assign_buffers(s);
    return take_memory(batch, s);
}

static int32_t begin(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc, bool keyed)
{
    const hz_program *program = &plan->columns.program;
    *batch = (hz_batch){.alloc = *alloc, .plan = plan, .changed = true};
    hz_workspace_begin(&batch->workspace, alloc);
    size_t size = (size_t)program->count * sizeof(hz_instruction *) + (size_t)program->regs * 3 * sizeof(uint32_t);
    void *scratch = alloc->allocate(alloc->user, size);
    bool ok = scratch != NULL && (!keyed || hz_steps_begin(batch));
    if (ok) {
        uint32_t *numbers = (uint32_t *)((const hz_instruction **)scratch + program->count);
        scan s = {.program = program, .order = scratch, .last = numbers, .buffer = numbers + program->regs, .next = numbers + 2 * program->regs};
        ok = plan_memory(batch, &s);
        if (ok) make_feeds(batch, s.lines);
    }
    if (scratch != NULL) alloc->release(alloc->user, scratch, size);
    if (ok && keyed) ok = find_key_inputs(batch) && hz_steps_ready(batch);
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
    give(batch, batch->key_feed, batch->plan->rules->inputs.count, sizeof *batch->key_feed);
    give(batch, batch->run_read, hz_batch_feeds(batch->plan), sizeof *batch->run_read);
    give(batch, batch->wanted, most_wanted(batch->plan), sizeof *batch->wanted);
    give(batch, batch->feeds, hz_batch_feeds(batch->plan), sizeof *batch->feeds);
    give(batch, batch->ahead.streams, most_streams(batch->plan), sizeof *batch->ahead.streams);
    hz_steps_end(batch);
    hz_workspace_end(&batch->workspace);
    *batch = (hz_batch){.alloc = batch->alloc};
}

