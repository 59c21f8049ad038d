/* emit.c - a lowered question becomes a program: live nodes in order, registers, constants, slots. Called by compile.c.
 *
 * Nodes are numbered after their operands, so the order of numbers is an order of evaluation. Every node number in the
 * question's sites is replaced by its register; a mask that never occurs (HZ_FALSE) becomes HZ_NO_REG.
 */
#include "column/cell.h"
#include "program/bytes.h"
#include "program/fuse.h"
#include "program/lower.h"

/* Calls each(context, ref, mask) on every node number of the question. */
typedef void visit(void *context, uint32_t *ref, bool mask);

static void visit_regs(hz_regs *regs, visit *each, void *context)
{
    each(context, &regs->value, false);
    each(context, &regs->null, true);
    each(context, &regs->missing, true);
    each(context, &regs->unknown, true);
    each(context, &regs->error, true);
}

static void visit_conditions(hz_condition_sites *sites, visit *each, void *context)
{
    for (uint32_t i = 0; i < sites->count; i++) visit_regs(&sites->at[i].holds, each, context);
}

static void visit_caps(hz_cap_sites *caps, visit *each, void *context)
{
    for (uint32_t i = 0; i < caps->count; i++) {
        hz_cap_site *cap = &caps->at[i];
        hz_regs *all[5] = {&cap->applies, &cap->limit, &cap->used, &cap->before, &cap->after};
        for (int k = 0; k < 5; k++) visit_regs(all[k], each, context);
    }
}

static void visit_benefit(hz_benefit_site *site, visit *each, void *context)
{
    visit_regs(&site->asked, each, context);
    each(context, &site->offered, false);
    visit_conditions(&site->conditions, each, context);
    visit_regs(&site->gross, each, context);
    visit_regs(&site->net, each, context);
    visit_caps(&site->caps, each, context);
}

static void visit_counter(hz_counter_site *site, visit *each, void *context)
{
    for (uint32_t i = 0; i < site->keys; i++) visit_regs(&site->key[i], each, context);
    visit_regs(&site->moves, each, context);
    visit_regs(&site->change, each, context);
    visit_regs(&site->after, each, context);
}

static void visit_bundle(hz_bundle *bundle, visit *each, void *context)
{
    visit_regs(&bundle->self, each, context);
    for (uint32_t i = 0; i < bundle->count; i++) visit_bundle(&bundle->item[i], each, context);
}

static void visit_question(const hz_plan *plan, hz_question *question, visit *each, void *context)
{
    const hz_plan_model *rules = plan->rules;
    for (uint32_t i = 1; i < plan->expressions; i++) visit_regs(&question->expression[i], each, context);
    for (uint32_t i = 1; i < plan->expressions; i++)
        if (question->list[i] != NULL) visit_bundle(question->list[i], each, context);
    for (uint32_t i = 0; i < rules->symbols.count; i++) visit_regs(&question->symbol[i], each, context);
    visit_regs(&question->dated_by, each, context);
    each(context, &question->in_force, false);
    visit_conditions(&question->checks, each, context);
    visit_conditions(&question->conditions, each, context);
    visit_conditions(&question->notes, each, context);
    for (uint32_t i = 0; question->benefits != NULL && i < rules->benefits.count; i++) visit_benefit(&question->benefits[i], each, context);
    for (uint32_t i = 0; i < question->values.count; i++) {
        visit_regs(&question->values.at[i].before, each, context);
        visit_regs(&question->values.at[i].after, each, context);
        visit_caps(&question->values.at[i].caps, each, context);
    }
    for (uint32_t i = 0; i < question->slices.count; i++) {
        each(context, &question->slices.at[i].slice, false);
        each(context, &question->slices.at[i].amount, false);
    }
    for (uint32_t i = 0; question->parts != NULL && i < rules->parts.count; i++) {
        visit_regs(&question->parts[i].asked, each, context);
        visit_conditions(&question->parts[i].conditions, each, context);
    }
    for (uint32_t i = 0; question->counters != NULL && i < rules->counters.count; i++) visit_counter(&question->counters[i], each, context);
    for (uint32_t i = 0; question->fees != NULL && i < rules->fees.count; i++) visit_regs(&question->fees[i], each, context);
    visit_regs(&question->total, each, context);
    each(context, &question->outcome, false);
    each(context, &question->input_error, false);
}

typedef struct emission {
    hz_node *nodes; /* and reg, byte: of hz_emit_room */
    uint32_t *reg;
    uint32_t *byte; /* NULL: no bytes are made */
    uint32_t count;
    hz_program *program;
} emission;

static void mark(void *context, uint32_t *ref, bool mask)
{
    emission *emit = context;
    if (*ref != HZ_NO_REG && !(mask && *ref == HZ_FALSE)) emit->reg[*ref]++;
}

static void rewrite(void *context, uint32_t *ref, bool mask)
{
    emission *emit = context;
    if (*ref == HZ_NO_REG) return;
    *ref = mask && *ref == HZ_FALSE ? HZ_NO_REG : emit->reg[*ref] - 1;
}

static bool is_operation(const hz_node *node)
{
    return node->op < HZ_OP_COUNT;
}

static void mark_operands(emission *emit)
{
    for (uint32_t i = emit->count; i-- > 0;) {
        const hz_node *node = &emit->nodes[i];
        if (emit->reg[i] == 0 || !is_operation(node)) continue;
        const hz_kernel_info *info = &hz_kernels[node->op];
        emit->reg[node->a]++;
        if (info->b != HZ_COLUMN_NONE) emit->reg[node->b]++;
        if (info->c != HZ_COLUMN_NONE) emit->reg[node->c]++;
    }
}

static void add_instruction(hz_program *program, const emission *emit, const hz_node *node, uint32_t d)
{
    const hz_kernel_info *info = &hz_kernels[node->op];
    hz_instruction *i = &program->at[program->count++];
    *i = (hz_instruction){.d = d, .k = node->k, .m = node->m, .patterns = node->patterns, .op = node->op, .mode = node->mode};
    if (info->a != HZ_COLUMN_NONE) i->a = emit->reg[node->a] - 1;
    if (info->b != HZ_COLUMN_NONE) i->b = emit->reg[node->b] - 1;
    if (info->c != HZ_COLUMN_NONE) i->c = emit->reg[node->c] - 1;
    int64_t k;
    hz_op test = emit->byte != NULL ? hz_bytes_test(emit->nodes, node, &k) : HZ_OP_COUNT;
    if (test != HZ_OP_COUNT && emit->byte[node->a] != 0) {
        i->op = (uint16_t)test;
        i->a = emit->byte[node->a];
        i->k = k;
    }
    for (int64_t n = 0; hz_is_first(node->op) && n < node->k; n++) node->choices[n].reg = emit->reg[node->choices[n].reg] - 1;
}

static void add_bytes(hz_program *program, emission *emit, uint32_t node)
{
    uint32_t reg = program->regs++;
    program->reg_type[reg] = HZ_COLUMN_I8;
    program->at[program->count++] = (hz_instruction){.op = (uint16_t)hz_bytes_op(&emit->nodes[node]), .d = reg, .a = emit->reg[node] - 1};
    emit->byte[node] = reg;
}

static void add_slot(hz_program *program, const hz_plan *plan, uint32_t slot, uint32_t reg)
{
    uint32_t inputs = plan->rules->inputs.count;
    if (slot >= hz_slot_bad(plan)) return; /* or a leaf */
    hz_slot *at = slot / 2 < inputs ? &program->inputs[slot / 2] : &program->counters[slot / 2 - inputs];
    if (slot % 2 == 0) at->value = reg;
    else at->absent = reg;
}

/* Room for what is live, which is often little of the DAG. */
static void make_lists(hz_arena *arena, const emission *emit)
{
    uint32_t live = 0, operations = 0, constants = 0;
    for (uint32_t i = 0; i < emit->count; i++) {
        if (emit->reg[i] == 0) continue;
        live++;
        operations += is_operation(&emit->nodes[i]);
        if (emit->byte != NULL && emit->byte[i] != 0) live++, operations++;
        constants += emit->nodes[i].op == HZ_NODE_CONSTANT;
    }
    hz_program *program = emit->program;
    program->at = HZ_NEW_MANY(arena, hz_instruction, (size_t)operations + 1);
    program->constants = HZ_NEW_MANY(arena, hz_constant, constants);
    program->reg_type = HZ_NEW_MANY(arena, uint8_t, 2 * (size_t)live + 1);
    program->regs = 1; /* the workspace; its type is NONE */
}

static void number_nodes(hz_lower *lower, emission *emit)
{
    hz_program *program = emit->program;
    mark_operands(emit);
    hz_fuse(lower->arena, emit->nodes, emit->count, emit->reg);
    if (emit->byte != NULL) hz_bytes_find(emit->nodes, emit->count, emit->reg, emit->byte);
    make_lists(lower->arena, emit);
    for (uint32_t i = 0; i < emit->count; i++) {
        if (emit->reg[i] == 0) continue;
        const hz_node *node = &emit->nodes[i];
        uint32_t reg = program->regs;
        program->regs += hz_cells_of(node->type);
        emit->reg[i] = reg + 1;
        program->reg_type[reg] = node->type;
        if (is_operation(node)) add_instruction(program, emit, node, reg);
        else if (node->op == HZ_NODE_INPUT) add_slot(program, lower->plan, (uint32_t)node->k, reg);
        else program->constants[program->constant_count++] = (hz_constant){reg, node->k, node->text, node->wide};
        if (emit->byte != NULL && emit->byte[i] != 0) add_bytes(program, emit, i);
    }
    program->at[program->count].op = HZ_OP_COUNT;
}

static void widen_room(hz_arena *arena, hz_emit_room *room, uint32_t nodes)
{
    hz_arena_return(arena, room->byte, room->room * sizeof *room->byte);
    hz_arena_return(arena, room->reg, room->room * sizeof *room->reg);
    hz_arena_return(arena, room->nodes, room->room * sizeof *room->nodes);
    room->room = nodes + nodes / 2;
    room->nodes = HZ_NEW_MANY(arena, hz_node, room->room);
    room->reg = HZ_NEW_MANY(arena, uint32_t, room->room);
    room->byte = HZ_NEW_MANY(arena, uint32_t, room->room);
}

static emission begin_emission(hz_lower *lower, hz_program *program)
{
    uint32_t nodes = lower->dag.nodes.count;
    const hz_plan_model *rules = lower->plan->rules;
    hz_emit_room *room = &lower->emit;
    if (nodes > room->room) widen_room(lower->arena, room, nodes);
    memcpy(room->nodes, lower->dag.nodes.at, nodes * sizeof *room->nodes);
    memset(room->reg, 0, nodes * sizeof *room->reg);
    program->set = &hz_kernels_plain;
    program->inputs = HZ_NEW_MANY(lower->arena, hz_slot, rules->inputs.count);
    program->counters = HZ_NEW_MANY(lower->arena, hz_slot, rules->counters.count);
    for (uint32_t i = 0; i < rules->inputs.count; i++) program->inputs[i] = (hz_slot){HZ_NO_REG, HZ_NO_REG};
    for (uint32_t i = 0; i < rules->counters.count; i++) program->counters[i] = (hz_slot){HZ_NO_REG, HZ_NO_REG};
    return (emission){room->nodes, room->reg, NULL, nodes, program};
}

void hz_emit(hz_lower *lower)
{
    emission emit = begin_emission(lower, &lower->question->program);
    visit_question(lower->plan, lower->question, mark, &emit);
    number_nodes(lower, &emit);
    visit_question(lower->plan, lower->question, rewrite, &emit);
    lower->question->program.bad = lower->given ? HZ_NO_REG : lower->question->input_error;
}

static void visit_part(hz_column_part *part, uint32_t inputs, visit *each, void *context)
{
    each(context, &part->verdict, false);
    each(context, &part->reason, false);
    each(context, &part->hold, false);
    for (uint32_t i = 0; i < inputs; i++) {
        each(context, &part->inputs[i].value, false);
        each(context, &part->inputs[i].absent, true);
    }
}

static void visit_columns(hz_column_program *columns, const hz_plan_model *rules, visit *each, void *context)
{
    each(context, &columns->outcome, false);
    each(context, &columns->reason, false);
    each(context, &columns->total, false);
    each(context, &columns->has_total, false);
    each(context, &columns->program.bad, false);
    for (uint32_t i = 0; i < columns->listed_count; i++) each(context, &columns->listed[i], true);
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        each(context, &columns->benefits[i].gross, false);
        each(context, &columns->benefits[i].net, false);
        each(context, &columns->benefits[i].not_offered, true);
    }
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        each(context, &columns->counters[i].value, false);
        each(context, &columns->counters[i].absent, true);
        each(context, &columns->counters[i].moved, false);
        hz_column_key *key = &columns->keys[i];
        for (uint32_t k = 0; k < key->count; k++) {
            each(context, &key->value[k], false);
            each(context, &key->null[k], true);
        }
        each(context, &key->open, true);
    }
    for (uint32_t i = 0; i < rules->parts.count; i++) visit_part(&columns->parts[i], rules->parts.at[i].rules->inputs.count, each, context);
    if (columns->kept != NULL) visit_bundle(columns->kept, each, context);
}

void hz_emit_columns(hz_lower *lower, hz_column_program *columns)
{
    const hz_plan_model *rules = lower->plan->rules;
    emission emit = begin_emission(lower, &columns->program);
    if (lower->emit.set == NULL) lower->emit.set = hz_kernels_best();
    columns->program.set = lower->emit.set;
    columns->program.bad = lower->question->input_error;
    emit.byte = lower->emit.byte;
    visit_columns(columns, rules, mark, &emit);
    number_nodes(lower, &emit);
    visit_columns(columns, rules, rewrite, &emit);
}

/* ---- Parts of a DAG ---- */

#define LEAF UINT32_MAX /* slot of a node that is filled */

static void cut_leaves(emission *emit, const bool *leaves)
{
    for (uint32_t i = 0; i < emit->count; i++)
        if (leaves[i]) emit->nodes[i] = (hz_node){.op = HZ_NODE_INPUT, .type = emit->nodes[i].type, .k = LEAF};
}

static void list_leaves(hz_lower *lower, const emission *emit, const bool *leaves, const hz_ref **from)
{
    uint32_t count = 0, *filled;
    hz_ref *nodes;
    for (uint32_t i = 0; i < emit->count; i++) count += leaves[i] && emit->reg[i] != 0;
    emit->program->filled = filled = HZ_NEW_MANY(lower->arena, uint32_t, count);
    *from = nodes = HZ_NEW_MANY(lower->arena, hz_ref, count);
    for (uint32_t i = 0; i < emit->count; i++) {
        if (!leaves[i] || emit->reg[i] == 0) continue;
        filled[emit->program->filled_count] = emit->reg[i] - 1;
        nodes[emit->program->filled_count++] = i;
    }
}

void hz_emit_part(hz_lower *lower, hz_program *program, uint32_t *roots, uint32_t root_count, const bool *leaves, const hz_ref **from)
{
    emission emit = begin_emission(lower, program);
    program->set = hz_kernels_best();
    program->bad = HZ_NO_REG;
    cut_leaves(&emit, leaves);
    for (uint32_t i = 0; i < root_count; i++) mark(&emit, &roots[i], false);
    number_nodes(lower, &emit);
    for (uint32_t i = 0; i < root_count; i++) rewrite(&emit, &roots[i], false);
    hz_ref bad = lower->question->input_error;
    if (!leaves[bad] && emit.reg[bad] != 0) program->bad = emit.reg[bad] - 1;
    list_leaves(lower, &emit, leaves, from);
}
