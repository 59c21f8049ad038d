/* machine.c - one row's registers: memory, constants, the run, reading back. */
#include "run/machine.h"

void hz_machine_begin(hz_machine *machine, const hz_alloc *alloc)
{
    *machine = (hz_machine){.alloc = *alloc};
    hz_workspace_begin(&machine->workspace, alloc);
}

static void release(hz_machine *machine)
{
    hz_alloc *alloc = &machine->alloc;
    if (machine->cells != NULL) alloc->release(alloc->user, machine->cells, machine->room * sizeof *machine->cells);
    machine->cells = NULL;
    machine->room = 0;
    machine->program = NULL;
}

void hz_machine_end(hz_machine *machine)
{
    if (machine->alloc.release == NULL) return;
    release(machine);
    hz_workspace_end(&machine->workspace);
}

bool hz_machine_reserve(hz_machine *machine, uint32_t regs)
{
    if (machine->room >= regs) return true;
    hz_alloc *alloc = &machine->alloc;
    release(machine);
    machine->room = regs;
    machine->cells = alloc->allocate(alloc->user, machine->room * sizeof *machine->cells);
    if (machine->cells == NULL) {
        release(machine);
        return false;
    }
    /* Runs write each register before they read it; but what is read behind a run need not be of that run. */
    memset(machine->cells, 0, machine->room * sizeof *machine->cells);
    return true;
}

bool hz_machine_bind(hz_machine *machine, const hz_program *program, const void *patterns)
{
    if (machine->program == program) return true;
    if (!hz_machine_reserve(machine, program->regs)) return false;
    if (machine->program == NULL || machine->patterns != patterns) hz_seen_forget(&machine->workspace);
    machine->program = program;
    machine->patterns = patterns;
    for (uint32_t i = 0; i < program->constant_count; i++) {
        const hz_constant *constant = &program->constants[i];
        uint64_t *cell = &machine->cells[constant->reg];
        switch (program->reg_type[constant->reg]) {
        case HZ_COLUMN_WIDE: hz_cell_set_wide(cell, constant->wide); break;
        case HZ_COLUMN_TEXT: hz_cell_set_text(cell, constant->text); break;
        default: hz_cell_set_i64(cell, constant->value); break; /* of a narrow cell only its part is read */
        }
    }
    return true;
}

bool hz_machine_run(hz_machine *machine)
{
    const hz_program *program = machine->program;
    hz_workspace_reset(&machine->workspace);
    hz_run_row(program->at, machine->cells, &machine->workspace);
    return !machine->workspace.failed;
}
