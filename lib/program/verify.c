/* verify.c - the proof that a program may run: kernels, types, and every register written before it is read. Called by
 * compile.c after each emission and by tests on damaged programs. */
#include "program/program.h"

typedef struct verifier {
    const hz_program *program;
    unsigned char *written; /* per register */
    const char *wrong;      /* with an operand */
} verifier;

/* Notes what is wrong with an operand. */
static void operand(void *context, uint32_t reg, uint8_t type)
{
    verifier *v = context;
    if (v->wrong != NULL) return;
    if (reg >= v->program->regs) v->wrong = "an operand is no register";
    else if (v->program->reg_type[reg] != type) v->wrong = "an operand has the wrong type";
    else if (!v->written[reg]) v->wrong = "an operand is read before it is written";
}

static const char *instruction(verifier *v, const hz_instruction *i)
{
    if (i->op >= HZ_OP_COUNT) return "an instruction is none";
    const hz_kernel_info *info = &hz_kernels[i->op];
    if (hz_is_first(i->op) && i->choices == NULL) return "a choice without bits";
    hz_each_operand(i, operand, v);
    if (v->wrong != NULL) return v->wrong;
    if (i->d >= v->program->regs || v->program->reg_type[i->d] != info->d) return "a result has the wrong type";
    if (v->written[i->d]) return "a register is written twice";
    v->written[i->d] = 1;
    if ((i->op == HZ_OP_DIV_K || i->op == HZ_OP_DIV || i->op == HZ_OP_MUL_DIV_K) && i->k == 0) return "a division by the constant 0";
    if ((i->op == HZ_OP_MATCH || i->op == HZ_OP_REPLACE) && i->patterns == NULL) return "a match without patterns";
    bool looks = i->op == HZ_OP_WORD || i->op == HZ_OP_LOOKUP || i->op == HZ_OP_ITEM;
    return looks && i->lookup == NULL ? "a look-up without rows" : NULL;
}

static const char *slot(verifier *v, const hz_slot *at)
{
    if (at->value != HZ_NO_REG) {
        if (at->value >= v->program->regs) return "an input is no register";
        v->written[at->value] = 1;
    }
    if (at->absent != HZ_NO_REG) {
        if (at->absent >= v->program->regs || v->program->reg_type[at->absent] != HZ_COLUMN_BIT) return "an absence is no bit";
        v->written[at->absent] = 1;
    }
    return NULL;
}

const char *hz_program_verify(const hz_program *program, uint32_t inputs, uint32_t counters, unsigned char *scratch)
{
    verifier v = {program, scratch, NULL};
    const char *wrong = NULL;
    memset(scratch, 0, program->regs);
    for (uint32_t i = 0; i < program->constant_count; i++) {
        if (program->constants[i].reg >= program->regs) return "a constant is no register";
        scratch[program->constants[i].reg] = 1;
    }
    for (uint32_t i = 0; i < inputs && wrong == NULL; i++) wrong = slot(&v, &program->inputs[i]);
    for (uint32_t i = 0; i < counters && wrong == NULL; i++) wrong = slot(&v, &program->counters[i]);
    for (uint32_t i = 0; i < program->filled_count; i++) {
        if (program->filled[i] >= program->regs) return "what is filled is no register";
        scratch[program->filled[i]] = 1;
    }
    if (program->bad != HZ_NO_REG && program->bad < program->regs) scratch[program->bad] = 1;
    for (uint32_t i = 0; i < program->count && wrong == NULL; i++) wrong = instruction(&v, &program->at[i]);
    if (wrong == NULL && program->at[program->count].op != HZ_OP_COUNT) wrong = "the last instruction is not the end";
    return wrong;
}
