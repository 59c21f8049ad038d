/* machine.c - one row's registers: memory, constants, the run, reading back. */
#include "run/machine.h"

void hz_machine_begin(hz_machine *machine, const hz_alloc *alloc)
{
    *machine = (hz_machine){.alloc = *alloc};
}

static void release(hz_machine *machine)
{
    hz_alloc *alloc = &machine->alloc;
    if (machine->reg != NULL) alloc->release(alloc->user, machine->reg, machine->room * sizeof *machine->reg);
    if (machine->cells != NULL) alloc->release(alloc->user, machine->cells, machine->room * sizeof *machine->cells);
    machine->reg = NULL;
    machine->cells = NULL;
    machine->room = 0;
    machine->program = NULL;
}

void hz_machine_end(hz_machine *machine)
{
    if (machine->alloc.release != NULL) release(machine);
}

bool hz_machine_bind(hz_machine *machine, const hz_program *program)
{
    if (machine->program == program) return true;
    if (machine->room < program->regs) {
        hz_alloc *alloc = &machine->alloc;
        release(machine);
        machine->room = program->regs;
        machine->reg = alloc->allocate(alloc->user, machine->room * sizeof *machine->reg);
        machine->cells = alloc->allocate(alloc->user, machine->room * sizeof *machine->cells);
        if (machine->reg == NULL || machine->cells == NULL) {
            release(machine);
            return false;
        }
        for (uint32_t i = 0; i < machine->room; i++) machine->reg[i] = &machine->cells[i];
    }
    memset(machine->cells, 0, machine->room * sizeof *machine->cells);
    machine->program = program;
    for (uint32_t i = 0; i < program->constant_count; i++)
        hz_machine_set(machine, program->constants[i].reg, program->constants[i].value, program->constants[i].text);
    return true;
}

void hz_machine_set(hz_machine *machine, uint32_t reg, int64_t value, hz_str text)
{
    if (reg == HZ_NO_REG) return;
    hz_cell *cell = &machine->cells[reg];
    switch (machine->program->reg_type[reg]) {
    case HZ_COLUMN_BIT: cell->bits = (uint64_t)value & 1; break;
    case HZ_COLUMN_I32: cell->i32 = (int32_t)value; break;
    case HZ_COLUMN_TEXT: cell->text = text; break;
    default: cell->i64 = value; break;
    }
}

void hz_machine_run(hz_machine *machine)
{
    const hz_program *program = machine->program;
    for (const hz_instruction *i = program->at, *end = i + program->count; i < end; i++) i->row(i, machine->reg, 1);
}

int64_t hz_machine_int(const hz_machine *machine, uint32_t reg)
{
    const hz_cell *cell = &machine->cells[reg];
    switch (machine->program->reg_type[reg]) {
    case HZ_COLUMN_BIT: return (int64_t)(cell->bits & 1);
    case HZ_COLUMN_I32: return cell->i32;
    case HZ_COLUMN_I64: return cell->i64;
    default: return 0;
    }
}

hz_str hz_machine_text(const hz_machine *machine, uint32_t reg)
{
    return machine->program->reg_type[reg] == HZ_COLUMN_TEXT ? machine->cells[reg].text : HZ_STR("");
}

bool hz_machine_bit(const hz_machine *machine, uint32_t reg)
{
    return reg != HZ_NO_REG && (machine->cells[reg].bits & 1) != 0;
}

hz_state hz_machine_state(const hz_machine *machine, const hz_regs *regs)
{
    if (hz_machine_bit(machine, regs->error)) return HZ_IS_ERROR;
    if (hz_machine_bit(machine, regs->missing)) return HZ_IS_MISSING;
    if (hz_machine_bit(machine, regs->unknown)) return HZ_IS_UNKNOWN;
    return hz_machine_bit(machine, regs->null) ? HZ_IS_NULL : HZ_IS_VALUE;
}

bool hz_machine_true(const hz_machine *machine, const hz_regs *regs)
{
    return hz_machine_bit(machine, regs->value) && hz_machine_state(machine, regs) == HZ_IS_VALUE;
}

bool hz_machine_false(const hz_machine *machine, const hz_regs *regs)
{
    return !hz_machine_bit(machine, regs->value) && hz_machine_state(machine, regs) == HZ_IS_VALUE;
}
