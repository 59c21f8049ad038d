/* compile.c - model to compiled plans: check, then lower, emit and verify each question. Called by api/ruleset.c. */
#include "program/check_plan.h"
#include "program/lower.h"

void hz_lower_begin(hz_lower *lower, hz_question *question, bool given)
{
    hz_plan *plan = lower->plan;
    const hz_regs none = {HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG};
    *lower = (hz_lower){.arena = lower->arena, .dag = lower->dag, .emit = lower->emit, .plan = plan, .question = question, .given = given};
    lower->done = HZ_NEW_MANY(lower->arena, uint8_t, plan->rules->symbols.count);
    question->expression = HZ_NEW_MANY(lower->arena, hz_regs, plan->expressions);
    question->list = HZ_NEW_MANY(lower->arena, hz_bundle *, plan->expressions);
    lower->list = HZ_NEW_MANY(lower->arena, hz_bundle *, plan->expressions);
    question->symbol = HZ_NEW_MANY(lower->arena, hz_regs, plan->rules->symbols.count);
    for (uint32_t i = 0; i < plan->expressions; i++) question->expression[i] = none;
    for (uint32_t i = 0; i < plan->rules->symbols.count; i++) question->symbol[i] = none;
}

/* The memory of the DAG and of emitting serves one question after the other. */
static void begin_question(hz_lower *lower, hz_question *question, bool given)
{
    hz_dag_begin(&lower->dag, lower->arena);
    hz_lower_begin(lower, question, given);
}

void hz_lower_verify(hz_lower *lower, hz_diags *diags, const hz_program *program)
{
    const hz_plan_model *rules = lower->plan->rules;
    unsigned char *scratch = HZ_NEW_MANY(lower->arena, unsigned char, program->regs);
    const char *wrong = hz_program_verify(program, rules->inputs.count, rules->counters.count, scratch);
    if (wrong != NULL) hz_error(diags, HZ_E_INTERNAL, rules->id_span, "the program made of this plan is not sound: %s", wrong);
}

static void end_question(hz_lower *lower, hz_diags *diags)
{
    hz_question *question = lower->question;
    const hz_plan_model *rules = lower->plan->rules;
    hz_emit(lower);
    question->reads_input = HZ_NEW_MANY(lower->arena, bool, rules->inputs.count);
    for (uint32_t i = 0; i < rules->inputs.count; i++)
        question->reads_input[i] = question->program.inputs[i].value != HZ_NO_REG || question->program.inputs[i].absent != HZ_NO_REG;
    hz_lower_verify(lower, diags, &question->program);
}

static void compile_plan(hz_lower *lower, hz_diags *diags, hz_plan *plan)
{
    lower->plan = plan;
    begin_question(lower, &plan->claim, false);
    hz_lower_claim(lower);
    hz_lower_results(lower, &plan->columns);
    hz_emit_columns(lower, &plan->columns);
    hz_lower_verify(lower, diags, &plan->columns.program);
    end_question(lower, diags);
    begin_question(lower, &plan->claim_given, true);
    hz_lower_claim(lower);
    end_question(lower, diags);
    begin_question(lower, &plan->enrolment, false);
    hz_lower_enrolment(lower);
    end_question(lower, diags);
}

/* What an event under several plans is a claim of: a plan without a name and without rules. */
static void make_event(hz_arena *arena, const hz_model *model, hz_plan *plan)
{
    hz_plan_model *rules = HZ_NEW(arena, hz_plan_model);
    rules->id = rules->title.zh = rules->title.en = HZ_STR("");
    *plan = (hz_plan){.ruleset = model, .rules = rules, .event = true};
}

/* ---- Packages ---- */

/* An error in a part that its plan alone does not have is the package's doing. */
static void relate_errors(hz_diags *diags, uint32_t first, const hz_plan_model *package, const hz_part *part)
{
    for (uint32_t i = first; i < diags->list.count; i++)
        hz_diag_relate(diags, &diags->list.at[i], part->span, "as a part of package `%.*s`", HZ_ARG(package->id));
}

void hz_compile_check(hz_arena *arena, hz_diags *diags, const hz_model *model, hz_plan *plan)
{
    hz_checker checker = {.arena = arena, .diags = diags, .model = model, .plan = plan};
    hz_check_plan(&checker);
}

/* Warnings about a part are those about its plan. */
static void check_part(hz_arena *arena, hz_diags *diags, hz_plan *package, hz_part_plan *part)
{
    hz_diags own = {.arena = arena};
    hz_compile_check(arena, &own, package->ruleset, part->plan);
    uint32_t first = diags->list.count;
    for (uint32_t i = 0; i < own.list.count; i++) {
        const hz_diag *found = &own.list.at[i];
        if (found->severity != HZ_ERROR) continue;
        hz_diag *diag = hz_error(diags, found->code, found->span, "%.*s", HZ_ARG(found->message));
        if (diag == NULL) continue;
        diag->hint = found->hint;
        diag->related = found->related;
    }
    relate_errors(diags, first, package->rules, part->rules);
}

static void check_parts(hz_arena *arena, hz_diags *diags, hz_plan *package)
{
    const hz_plan_model *rules = package->rules;
    package->part_count = rules->parts.count;
    package->parts = HZ_NEW_MANY(arena, hz_part_plan, rules->parts.count);
    for (uint32_t i = 0; i < rules->parts.count; i++) {
        hz_part_plan *part = &package->parts[i];
        part->rules = &rules->parts.at[i];
        part->plan = HZ_NEW(arena, hz_plan);
        *part->plan = (hz_plan){.ruleset = package->ruleset, .rules = rules->parts.at[i].rules, .package = package};
        check_part(arena, diags, package, part);
    }
}

/* What hosts are told of the package's inputs: a part reads them, too. */
static void note_reads(hz_plan *package)
{
    for (uint32_t i = 0; i < package->part_count; i++) {
        const hz_part_plan *part = &package->parts[i];
        for (uint32_t k = 0; k < part->plan->rules->inputs.count; k++)
            if (part->inputs[k].set == NULL && part->plan->claim.reads_input[k])
                package->claim.reads_input[part->inputs[k].input] = true;
    }
}

static hz_part_input input_of(const hz_plan_model *package, const hz_part *part, const hz_input *input)
{
    for (uint32_t i = 0; i < part->sets.count; i++)
        if (hz_str_eq(part->sets.at[i].input.name, input->name)) return (hz_part_input){.set = part->sets.at[i].formula};
    hz_part_input out = {.input = package->symbols.at[hz_map_find(&package->symbol_map, input->name)].index};
    const hz_input *ours = &package->inputs.at[out.input];
    out.worked = !ours->merged && (ours->has_default || ours->when != NULL);
    return out;
}

static void bind_parts(hz_arena *arena, hz_plan *package)
{
    for (uint32_t i = 0; i < package->part_count; i++) {
        hz_part_plan *part = &package->parts[i];
        const hz_plan_model *rules = part->plan->rules;
        part->inputs = HZ_NEW_MANY(arena, hz_part_input, rules->inputs.count);
        for (uint32_t k = 0; k < rules->inputs.count; k++) part->inputs[k] = input_of(package->rules, part->rules, &rules->inputs.at[k]);
    }
}

/* ---- Counters that plans share ---- */

/* The parts of its key are of the same types in every plan: else one key would be written in two ways. */
static void check_key(hz_diags *diags, const hz_plan *first, const hz_plan *plan, const hz_counter *counter)
{
    for (uint32_t i = 0; i < counter->per.count; i++) {
        hz_str name = counter->per.at[i].name;
        const hz_type *a = &first->symbols[hz_map_find(&first->rules->symbol_map, name)].type;
        const hz_type *b = &plan->symbols[hz_map_find(&plan->rules->symbol_map, name)].type;
        if (a->kind == b->kind && a->scale == b->scale) continue;
        hz_diag *diag = hz_error(diags, HZ_E_COUNTER, counter->name_span, "`%.*s` in the key of `%.*s` is of another type in plan `%.*s`",
                                 HZ_ARG(name), HZ_ARG(counter->name), HZ_ARG(first->rules->id));
        hz_diag_hint(diags, diag, "plans that share a counter must mean the same by each name of its key");
    }
}

static void check_shared(hz_arena *arena, hz_diags *diags, const hz_plan *plans, uint32_t count)
{
    hz_map first = {0}; /* the first plan with a counter */
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < plans[i].rules->counters.count; k++) {
            const hz_counter *counter = &plans[i].rules->counters.at[k];
            if (counter->shared) check_key(diags, &plans[hz_map_put(arena, &first, counter->name, i)], &plans[i], counter);
        }
    }
}

hz_plan *hz_compile(hz_arena *arena, hz_diags *diags, const hz_model *model, uint32_t *count)
{
    hz_plan *plans = HZ_NEW_MANY(arena, hz_plan, (size_t)model->plans.count + 1);
    *count = model->plans.count;
    for (uint32_t i = 0; i < model->plans.count; i++) {
        plans[i].ruleset = model;
        plans[i].rules = &model->plans.at[i];
        hz_compile_check(arena, diags, model, &plans[i]);
    }
    if (diags->errors > 0) return NULL;
    check_shared(arena, diags, plans, model->plans.count);
    for (uint32_t i = 0; i < model->plans.count; i++) check_parts(arena, diags, &plans[i]);
    if (diags->errors > 0) return NULL;
    make_event(arena, model, &plans[model->plans.count]);
    hz_lower lower = {.arena = arena};
    for (uint32_t i = 0; i < model->plans.count; i++) {
        bind_parts(arena, &plans[i]);
        compile_plan(&lower, diags, &plans[i]);
        for (uint32_t k = 0; k < plans[i].part_count; k++) compile_plan(&lower, diags, plans[i].parts[k].plan);
        note_reads(&plans[i]);
    }
    return diags->errors > 0 ? NULL : plans;
}
