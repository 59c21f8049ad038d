/* cone_run.c - see cone_run.h. Registers that answers stand in keep their memory until the answer is read. */
#include "run/cone_run.h"

#include "column/cell.h"

/* ---- Registers that share memory ---- */

/* Two kinds of buffers: of 8 bytes a row, and of 16 for texts and numbers of 34 digits. */
enum { PLAIN, WIDE, KINDS };

typedef struct scan {
    const hz_program *program;
    uint32_t *last;          /* per register: the last instruction that reads it; UINT32_MAX: kept */
    uint32_t *buffer;        /* per register */
    uint32_t *free[KINDS];   /* stacks */
    uint32_t free_count[KINDS], buffers[KINDS];
    uint32_t at;             /* the instruction at hand */
} scan;

static int kind_of(const scan *s, uint32_t reg)
{
    return hz_cells_of(s->program->reg_type[reg]) == 2 ? WIDE : PLAIN;
}

static void read_until(scan *s, uint32_t reg, uint32_t at)
{
    if (s->last[reg] != UINT32_MAX && s->last[reg] < at) s->last[reg] = at;
}

static void read_here(void *context, uint32_t reg, uint8_t type)
{
    scan *s = context;
    (void)type;
    read_until(s, reg, s->at);
}

/* It has memory elsewhere, or keeps its own. */
static void hold(scan *s, uint32_t reg)
{
    if (reg != HZ_NO_REG) s->last[reg] = UINT32_MAX;
}

static void find_lives(scan *s, const hz_cone *cone, uint32_t amounts, uint32_t counters)
{
    const hz_program *program = s->program;
    for (s->at = 0; s->at < program->count; s->at++) hz_each_operand(&program->at[s->at], read_here, s);
    for (uint32_t i = 0; i < cone->answer_count; i++) {
        const hz_cone_answer *answer = &cone->answers[i];
        if (answer->end == 0) continue;
        if (answer->outcome != HZ_NO_REG) read_until(s, answer->outcome, answer->end - 1);
        for (uint32_t k = 0; k < amounts; k++)
            if (answer->amounts[k] != HZ_NO_REG) read_until(s, answer->amounts[k], answer->end - 1);
        for (uint32_t k = 0; k < counters; k++) {
            hold(s, answer->counters[k].value);
            hold(s, answer->counters[k].moved);
        }
    }
    for (uint32_t i = 0; i < program->constant_count; i++) hold(s, program->constants[i].reg);
    for (uint32_t i = 0; i < program->filled_count; i++) hold(s, program->filled[i]);
    for (uint32_t i = 0; i < counters; i++) {
        hold(s, program->counters[i].value);
        hold(s, program->counters[i].absent);
    }
    hold(s, program->bad);
}

static void give_back(scan *s, uint32_t reg, uint32_t at)
{
    if (s->last[reg] != at) return;
    int kind = kind_of(s, reg);
    s->free[kind][s->free_count[kind]++] = s->buffer[reg];
    s->last[reg] = UINT32_MAX; /* once, also when an instruction reads it twice */
}

static void give_back_here(void *context, uint32_t reg, uint8_t type)
{
    scan *s = context;
    (void)type;
    give_back(s, reg, s->at);
}

static void take_buffer(scan *s, uint32_t reg)
{
    int kind = kind_of(s, reg);
    s->buffer[reg] = s->free_count[kind] > 0 ? s->free[kind][--s->free_count[kind]] : s->buffers[kind]++;
}

/* An answer is read behind its last instruction. */
static void give_back_answer(scan *s, const hz_cone_answer *answer, uint32_t amounts)
{
    if (answer->outcome != HZ_NO_REG) give_back(s, answer->outcome, answer->end - 1);
    for (uint32_t k = 0; k < amounts; k++)
        if (answer->amounts[k] != HZ_NO_REG) give_back(s, answer->amounts[k], answer->end - 1);
}

static void assign_buffers(scan *s, const hz_cone *cone, uint32_t amounts)
{
    const hz_program *program = s->program;
    uint32_t answer = 0;
    for (uint32_t i = 0; i < program->constant_count; i++) take_buffer(s, program->constants[i].reg);
    for (s->at = 0; s->at < program->count; s->at++) {
        take_buffer(s, program->at[s->at].d);
        hz_each_operand(&program->at[s->at], give_back_here, s);
        for (; answer < cone->answer_count && cone->answers[answer].end <= s->at + 1; answer++)
            if (cone->answers[answer].end == s->at + 1) give_back_answer(s, &cone->answers[answer], amounts);
    }
}

/* ---- Memory ---- */

size_t hz_cone_bytes(uint8_t type, size_t rows)
{
    return (hz_cells_of(type) == 2 ? 16 : 8) * rows;
}

static void fill_constant(void *column, uint8_t type, const hz_constant *constant)
{
    for (size_t r = 0; r < HZ_STRIP; r++) {
        if (type == HZ_COLUMN_I64) ((int64_t *)column)[r] = constant->value;
        if (type == HZ_COLUMN_I32) ((int32_t *)column)[r] = (int32_t)constant->value;
        if (type == HZ_COLUMN_TEXT) ((hz_str *)column)[r] = constant->text;
        if (type == HZ_COLUMN_WIDE) ((hz_wide *)column)[r] = constant->wide;
        if (type == HZ_COLUMN_BIT) ((uint64_t *)column)[r / 64] = constant->value != 0 ? ~UINT64_C(0) : 0;
    }
}

static bool take_memory(hz_cone_run *run, const scan *s)
{
    const hz_program *program = s->program;
    size_t plain = (size_t)HZ_STRIP * 8 * s->buffers[PLAIN], wide = (size_t)HZ_STRIP * 16 * s->buffers[WIDE];
    run->memory_size = plain + wide + 64;
    run->memory = run->alloc.allocate(run->alloc.user, run->memory_size);
    run->reg = run->alloc.allocate(run->alloc.user, program->regs * sizeof *run->reg);
    if (run->memory == NULL || run->reg == NULL) return false;
    memset(run->memory, 0, run->memory_size);
    memset(run->reg, 0, program->regs * sizeof *run->reg);
    unsigned char *begin = run->memory + (64 - (uintptr_t)run->memory % 64) % 64;
    for (uint32_t i = 1; i < program->regs; i++) {
        if (s->buffer[i] == UINT32_MAX) continue;
        bool two = kind_of(s, i) == WIDE;
        run->reg[i] = begin + (two ? plain + (size_t)HZ_STRIP * 16 * s->buffer[i] : (size_t)HZ_STRIP * 8 * s->buffer[i]);
    }
    for (uint32_t i = 0; i < program->constant_count; i++) {
        uint32_t reg = program->constants[i].reg;
        fill_constant(run->reg[reg], program->reg_type[reg], &program->constants[i]);
    }
    return true;
}

bool hz_cone_run_begin(hz_cone_run *run, const hz_cone *cone, uint32_t amounts, uint32_t counters, hz_workspace *workspace, const hz_alloc *alloc)
{
    const hz_program *program = &cone->program;
    size_t regs = program->regs, size = 4 * regs * sizeof(uint32_t);
    *run = (hz_cone_run){.alloc = *alloc, .cone = cone};
    uint32_t *scratch = alloc->allocate(alloc->user, size);
    if (scratch == NULL) return false;
    scan s = {.program = program, .last = scratch, .buffer = scratch + regs, .free = {scratch + 2 * regs, scratch + 3 * regs}};
    memset(s.last, 0, regs * sizeof *s.last);
    memset(s.buffer, 0xFF, regs * sizeof *s.buffer);
    find_lives(&s, cone, amounts, counters);
    assign_buffers(&s, cone, amounts);
    bool ok = take_memory(run, &s);
    alloc->release(alloc->user, scratch, size);
    if (ok) run->reg[0] = workspace;
    return ok;
}

void hz_cone_run_end(hz_cone_run *run)
{
    if (run->memory != NULL) run->alloc.release(run->alloc.user, run->memory, run->memory_size);
    if (run->reg != NULL) run->alloc.release(run->alloc.user, run->reg, run->cone->program.regs * sizeof *run->reg);
    run->memory = NULL;
    run->reg = NULL;
}

/* ---- Running ---- */

void hz_cone_run_point(const hz_cone_run *run, unsigned char *const *gathered, const uint32_t *which, size_t first)
{
    const hz_cone *cone = run->cone;
    for (uint32_t i = 0; i < cone->source_count; i++) {
        uint32_t reg = cone->sources[i].reg;
        uint8_t type = cone->program.reg_type[reg];
        size_t at = type == HZ_COLUMN_BIT ? first / 8 : type == HZ_COLUMN_I32 ? 4 * first : hz_cone_bytes(type, first);
        run->reg[reg] = gathered[which[i]] + at;
    }
}

void hz_cone_run_step(const hz_cone_run *run, uint32_t begin, uint32_t end, size_t rows)
{
    const hz_program *program = &run->cone->program;
    hz_ahead none = {0};
    program->set->run(program->at + begin, program->at + end, run->reg, rows, &none);
}
