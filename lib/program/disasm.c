/* disasm.c - a program as text: registers, constants, instructions. For reports of faults and for curiosity. */
#include "program/program.h"

static const char *const type_names[] = {"none", "bit", "i8", "i32", "i64", "text", "wide"};

static void add_constant(const hz_program *program, const hz_constant *constant, hz_buf *out)
{
    uint8_t type = program->reg_type[constant->reg];
    hz_buf_printf(out, "  r%-4u %-4s = ", (unsigned)constant->reg, type_names[type]);
    if (type == HZ_COLUMN_TEXT) hz_buf_add_json(out, constant->text);
    else if (type == HZ_COLUMN_WIDE) hz_wide_format(constant->wide, out);
    else hz_buf_add_int(out, constant->value);
    hz_buf_add_char(out, '\n');
}

static void add_slots(const hz_slot *slots, uint32_t count, const char *what, hz_buf *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (slots[i].value == HZ_NO_REG && slots[i].absent == HZ_NO_REG) continue;
        hz_buf_printf(out, "  %s %u:", what, (unsigned)i);
        if (slots[i].value != HZ_NO_REG) hz_buf_printf(out, " value r%u", (unsigned)slots[i].value);
        if (slots[i].absent != HZ_NO_REG) hz_buf_printf(out, " absent r%u", (unsigned)slots[i].absent);
        hz_buf_add_char(out, '\n');
    }
}

/* By name: the immediate forms end in _K or _KM or carry it before the type; others scale or round by it, or lie
 * between it and the second. */
static bool reads_immediate(uint16_t op)
{
    switch (op) {
    case HZ_OP_DIV: case HZ_OP_OUTSIDE: case HZ_OP_OUTSIDE_I32: return true;
    case HZ_OP_WIDE_FROM: case HZ_OP_WIDE_TO: case HZ_OP_ROUND_WIDE: case HZ_OP_WIDE_NUMBER: return true;
    default: return strstr(hz_kernels[op].name, "_K") != NULL;
    }
}

static bool reads_second(uint16_t op)
{
    return op == HZ_OP_OUTSIDE || op == HZ_OP_OUTSIDE_I32 || strstr(hz_kernels[op].name, "_KM") != NULL;
}

/* Of an instruction that works on numbers: which of the two paths it is on. */
static const char *path_of(const hz_kernel_info *info)
{
    const uint8_t types[4] = {info->d, info->a, info->b, info->c};
    bool number = false;
    for (int i = 0; i < 4; i++) {
        if (types[i] == HZ_COLUMN_WIDE) return "128-bit: ";
        number |= types[i] == HZ_COLUMN_I64;
    }
    return number ? "64-bit: " : "";
}

static void add_instruction(const hz_program *program, const hz_instruction *i, hz_buf *out)
{
    const hz_kernel_info *info = &hz_kernels[i->op];
    hz_buf_printf(out, "  r%-4u %-4s = %-18s", (unsigned)i->d, type_names[program->reg_type[i->d]], info->name);
    if (info->a != HZ_COLUMN_NONE) hz_buf_printf(out, " r%u", (unsigned)i->a);
    if (info->b != HZ_COLUMN_NONE) hz_buf_printf(out, ", r%u", (unsigned)i->b);
    if (info->c != HZ_COLUMN_NONE) hz_buf_printf(out, ", r%u", (unsigned)i->c);
    if (reads_immediate(i->op)) hz_buf_printf(out, ", k = %lld", (long long)i->k);
    if (reads_second(i->op)) hz_buf_printf(out, ", m = %lld", (long long)i->m);
    for (int64_t n = 0; hz_is_first(i->op) && n < i->k; n++)
        hz_buf_printf(out, "%s r%u: %lld", n > 0 ? "," : "", (unsigned)i->choices[n].reg, (long long)i->choices[n].value);
    if (hz_is_first(i->op)) hz_buf_printf(out, ", m = %lld", (long long)i->m);
    hz_buf_printf(out, "   ; %s%s\n", path_of(info), info->text);
}

void hz_program_disassemble(const hz_program *program, uint32_t inputs, uint32_t counters, hz_buf *out)
{
    hz_buf_printf(out, "%u instructions, %u registers, kernels %s\n", (unsigned)program->count, (unsigned)program->regs, program->set->name);
    add_slots(program->inputs, inputs, "input", out);
    add_slots(program->counters, counters, "counter", out);
    for (uint32_t i = 0; i < program->constant_count; i++) add_constant(program, &program->constants[i], out);
    for (uint32_t i = 0; i < program->count; i++) add_instruction(program, &program->at[i], out);
}
