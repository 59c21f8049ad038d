/* columns.c - the executor over columns: memory for one chunk, binding a chunk's inputs, the run, writing results.
 *
 * Memory: inputs that need no staging point into the caller's columns; constants are filled once; temporaries share
 * buffers by a linear scan over the program (a result never shares with an operand of its own instruction, so kernels
 * may assume that they differ).
 */
#include "run/columns.h"

#include "base/status.h"

#define COLUMN_BYTES 4096 /* a chunk of the widest column: 256 texts or wide numbers of 16 bytes */

/* ---- Memory ---- */

typedef struct scan {
    const hz_program *program;
    uint32_t *last;   /* per register: the last instruction that reads it; UINT32_MAX: an output */
    uint32_t *buffer; /* per register: its buffer */
    uint32_t *free;   /* stack of buffers not in use */
    uint32_t free_count, buffers;
} scan;

static void keep(scan *s, uint32_t reg)
{
    if (reg != HZ_NO_REG) s->last[reg] = UINT32_MAX;
}

static void keep_outputs(scan *s, const hz_plan *plan)
{
    const hz_column_program *columns = &plan->columns;
    keep(s, columns->outcome);
    keep(s, columns->first_reason);
    keep(s, columns->total.value);
    for (uint32_t i = 0; i < plan->rules->counters.count; i++) keep(s, columns->after[i].value);
    for (uint32_t i = 0; i < s->program->constant_count; i++) keep(s, s->program->constants[i].reg);
}

static void read_until(scan *s, uint32_t reg, uint8_t type, uint32_t at)
{
    if (type != HZ_COLUMN_NONE && s->last[reg] != UINT32_MAX) s->last[reg] = at;
}

static void give_back(scan *s, uint32_t reg, uint8_t type, uint32_t at)
{
    if (type == HZ_COLUMN_NONE || s->last[reg] != at || s->buffer[reg] == UINT32_MAX) return;
    s->free[s->free_count++] = s->buffer[reg];
    s->last[reg] = UINT32_MAX; /* once, also when an instruction reads it twice */
}

static void assign_buffers(scan *s)
{
    const hz_program *program = s->program;
    for (uint32_t i = 0; i < program->count; i++) {
        const hz_kernel_info *info = &hz_kernels[program->at[i].op];
        read_until(s, program->at[i].a, info->a, i);
        read_until(s, program->at[i].b, info->b, i);
        read_until(s, program->at[i].c, info->c, i);
    }
    for (uint32_t i = 0; i < program->constant_count; i++) s->buffer[program->constants[i].reg] = s->buffers++;
    for (uint32_t i = 0; i < program->count; i++) {
        const hz_instruction *at = &program->at[i];
        const hz_kernel_info *info = &hz_kernels[at->op];
        s->buffer[at->d] = s->free_count > 0 ? s->free[--s->free_count] : s->buffers++;
        give_back(s, at->a, info->a, i);
        give_back(s, at->b, info->b, i);
        give_back(s, at->c, info->c, i);
    }
}

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

/* Two staging buffers an input: its value where the caller gave none, its absence bits. */
static uint32_t staging(const hz_plan *plan)
{
    return 2 * (plan->rules->inputs.count + plan->rules->counters.count);
}

static bool take_memory(hz_batch *batch, const scan *s)
{
    const hz_program *program = s->program;
    batch->memory_size = ((size_t)s->buffers + staging(batch->plan)) * COLUMN_BYTES;
    batch->memory = batch->alloc.allocate(batch->alloc.user, batch->memory_size);
    batch->reg = batch->alloc.allocate(batch->alloc.user, program->regs * sizeof *batch->reg);
    if (batch->memory == NULL || batch->reg == NULL) return false;
    memset(batch->memory, 0, batch->memory_size);
    for (uint32_t i = 0; i < program->regs; i++)
        batch->reg[i] = s->buffer[i] == UINT32_MAX ? NULL : batch->memory + (size_t)s->buffer[i] * COLUMN_BYTES;
    for (uint32_t i = 0; i < program->constant_count; i++) {
        uint32_t reg = program->constants[i].reg;
        fill_constant(batch->reg[reg], program->reg_type[reg], &program->constants[i]);
    }
    batch->reg[0] = &batch->workspace;
    if (program->bad != HZ_NO_REG) batch->reg[program->bad] = batch->bad;
    return true;
}

int32_t hz_batch_begin(hz_batch *batch, const hz_plan *plan, const hz_alloc *alloc)
{
    const hz_program *program = &plan->columns.program;
    *batch = (hz_batch){.alloc = *alloc, .plan = plan};
    hz_workspace_begin(&batch->workspace, alloc);
    size_t size = (size_t)program->regs * 3 * sizeof(uint32_t);
    uint32_t *scratch = alloc->allocate(alloc->user, size);
    if (scratch == NULL) return HZ_NO_MEMORY;
    scan s = {.program = program, .last = scratch, .buffer = scratch + program->regs, .free = scratch + 2 * program->regs};
    memset(s.last, 0, program->regs * sizeof *s.last);
    memset(s.buffer, 0xFF, program->regs * sizeof *s.buffer);
    keep_outputs(&s, plan);
    assign_buffers(&s);
    bool ok = take_memory(batch, &s);
    alloc->release(alloc->user, scratch, size);
    if (ok) return HZ_OK;
    hz_batch_end(batch);
    return HZ_NO_MEMORY;
}

void hz_batch_end(hz_batch *batch)
{
    hz_alloc *alloc = &batch->alloc;
    if (batch->plan == NULL) return;
    hz_workspace_end(&batch->workspace);
    alloc->release(alloc->user, batch->memory, batch->memory_size);
    alloc->release(alloc->user, batch->reg, batch->plan->columns.program.regs * sizeof *batch->reg);
    *batch = (hz_batch){.alloc = *alloc};
}

/* ---- Binding a chunk ---- */

static size_t width(uint8_t type)
{
    return type == HZ_COLUMN_I32 ? sizeof(int32_t) : type == HZ_COLUMN_TEXT ? sizeof(hz_str) : sizeof(int64_t);
}

static const void *rows_from(const void *values, uint8_t type, size_t first)
{
    const unsigned char *at = values;
    return at + (type == HZ_COLUMN_BIT ? first / 64 * sizeof(uint64_t) : first * width(type));
}

/* Marks given rows whose value lies outside the declared range. The inner loop has no branch: compilers vectorise it. */
static void check_range(hz_batch *batch, const void *values, const uint64_t *absent, const hz_type *type, uint8_t column, size_t rows)
{
    if (column != HZ_COLUMN_I32 && column != HZ_COLUMN_I64) return;
    const int64_t lo = (int64_t)type->lo, hi = (int64_t)type->hi;
    const int64_t *wide = values;
    const int32_t *narrow = values;
    bool any = false;
    if (column == HZ_COLUMN_I64) for (size_t r = 0; r < rows; r++) any |= (wide[r] < lo) | (wide[r] > hi);
    else for (size_t r = 0; r < rows; r++) any |= (narrow[r] < lo) | (narrow[r] > hi);
    if (!any) return;
    for (size_t r = 0; r < rows; r++) {
        int64_t value = column == HZ_COLUMN_I64 ? wide[r] : narrow[r];
        uint64_t out = value < lo || value > hi;
        batch->bad[r / 64] |= (out & ~(absent[r / 64] >> (r % 64))) << (r % 64);
    }
}

/* The value column with absent rows replaced by a default. */
static const void *with_default(void *stage, const void *values, const uint64_t *absent, uint8_t column, const hz_literal *fallback, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        bool use = (absent[r / 64] >> (r % 64) & 1) != 0;
        if (column == HZ_COLUMN_I64) ((int64_t *)stage)[r] = use ? (int64_t)fallback->coefficient : ((const int64_t *)values)[r];
        if (column == HZ_COLUMN_I32) ((int32_t *)stage)[r] = use ? (int32_t)fallback->coefficient : ((const int32_t *)values)[r];
        if (column == HZ_COLUMN_TEXT) ((hz_str *)stage)[r] = use ? fallback->text : ((const hz_str *)values)[r];
    }
    for (size_t w = 0; column == HZ_COLUMN_BIT && w < (rows + 63) / 64; w++) {
        uint64_t given = ((const uint64_t *)values)[w] & ~absent[w];
        ((uint64_t *)stage)[w] = given | (fallback->coefficient != 0 ? absent[w] : 0);
    }
    return stage;
}

/* One input or counter of the chunk: its registers point at the caller's rows or at a stage of ours. */
static void bind(hz_batch *batch, const hz_slot *slot, const hz_column *column, const hz_type *type, const hz_literal *fallback,
                 unsigned char *stage, size_t first, size_t rows)
{
    if (slot->value == HZ_NO_REG && slot->absent == HZ_NO_REG) return;
    uint8_t kind = type->kind == HZ_KIND_BOOLEAN ? HZ_COLUMN_BIT
                   : type->kind == HZ_KIND_DATE || type->kind == HZ_KIND_CODE ? HZ_COLUMN_I32
                   : type->kind == HZ_KIND_STRING ? HZ_COLUMN_TEXT : HZ_COLUMN_I64;
    uint64_t *absent = batch->none;
    const void *values = stage;
    if (column->values == NULL || column->valid != NULL) {
        absent = (uint64_t *)(void *)(stage + COLUMN_BYTES);
        for (size_t w = 0; w < (rows + 63) / 64; w++) absent[w] = column->values == NULL ? ~UINT64_C(0) : ~column->valid[first / 64 + w];
    }
    if (column->values != NULL) {
        values = rows_from(column->values, kind, first);
        check_range(batch, values, absent, type, kind, rows);
    }
    if (fallback != NULL && absent != batch->none) values = with_default(stage, values, absent, kind, fallback, rows);
    if (slot->value != HZ_NO_REG) batch->reg[slot->value] = (void *)(uintptr_t)values;
    if (slot->absent != HZ_NO_REG) batch->reg[slot->absent] = absent;
}

static void bind_chunk(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows)
{
    const hz_plan_model *rules = batch->plan->rules;
    const hz_program *program = &batch->plan->columns.program;
    unsigned char *stage = batch->memory + batch->memory_size - (size_t)staging(batch->plan) * COLUMN_BYTES;
    memset(batch->bad, 0, sizeof batch->bad);
    for (uint32_t i = 0; i < rules->inputs.count; i++, stage += 2 * COLUMN_BYTES) {
        const hz_input *input = &rules->inputs.at[i];
        bind(batch, &program->inputs[i], &inputs[i], &input->type, input->has_default ? &input->fallback : NULL, stage, first, rows);
    }
    for (uint32_t i = 0; i < rules->counters.count; i++, stage += 2 * COLUMN_BYTES)
        bind(batch, &program->counters[i], &counters[i], &rules->counters.at[i].type, NULL, stage, first, rows);
}

/* ---- Results ---- */

static void write_results(const hz_batch *batch, const hz_column *counters, size_t first, size_t rows, const hz_results *out)
{
    const hz_column_program *columns = &batch->plan->columns;
    const int32_t *outcome = batch->reg[columns->outcome];
    const int64_t *total = batch->reg[columns->total.value];
    if (out->outcome != NULL) memcpy(out->outcome + first, outcome, rows * sizeof *outcome);
    if (out->reason != NULL) memcpy(out->reason + first, batch->reg[columns->first_reason], rows * sizeof(int32_t));
    if (out->total != NULL)
        for (size_t r = 0; r < rows; r++) out->total[first + r] = outcome[r] == HZ_PAID ? total[r] : 0;
    for (uint32_t c = 0; out->after != NULL && c < batch->plan->rules->counters.count; c++) {
        const int64_t *after = batch->reg[columns->after[c].value], *before = counters[c].values;
        if (out->after[c] == NULL || batch->plan->rules->counters.at[c].type.kind != HZ_KIND_NUMBER) continue;
        for (size_t r = 0; r < rows; r++) {
            bool moves = outcome[r] == HZ_PAID || outcome[r] == HZ_NOTHING_DUE;
            out->after[c][first + r] = moves ? after[r] : before != NULL ? before[first + r] : 0;
        }
    }
}

int32_t hz_batch_run(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t rows, const hz_results *out)
{
    const hz_program *program = &batch->plan->columns.program;
    for (size_t first = 0; first < rows; first += HZ_CHUNK) {
        size_t count = rows - first < HZ_CHUNK ? rows - first : HZ_CHUNK;
        bind_chunk(batch, inputs, counters, first, count);
        hz_workspace_reset(&batch->workspace);
        for (const hz_instruction *i = program->at, *end = i + program->count; i < end; i++) i->column(i, batch->reg, count);
        if (batch->workspace.failed) return HZ_NO_MEMORY;
        write_results(batch, counters, first, count, out);
    }
    return HZ_OK;
}
