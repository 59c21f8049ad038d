/* compile.c - model to compiled plans: check, then lower, emit and verify each question. Called by api/ruleset.c. */
#include "program/check_plan.h"
#include "program/lower.h"

static void begin_question(hz_lower *lower, hz_question *question)
{
    hz_plan *plan = lower->plan;
    const hz_regs none = {HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG};
    lower->question = question;
    hz_dag_begin(&lower->dag, lower->arena);
    lower->done = HZ_NEW_MANY(lower->arena, uint8_t, plan->rules->symbols.count);
    question->expression = HZ_NEW_MANY(lower->arena, hz_regs, plan->expressions);
    question->list = HZ_NEW_MANY(lower->arena, hz_bundle *, plan->expressions);
    lower->list = HZ_NEW_MANY(lower->arena, hz_bundle *, plan->expressions);
    question->symbol = HZ_NEW_MANY(lower->arena, hz_regs, plan->rules->symbols.count);
    for (uint32_t i = 0; i < plan->expressions; i++) question->expression[i] = none;
    for (uint32_t i = 0; i < plan->rules->symbols.count; i++) question->symbol[i] = none;
}

static void verify(hz_lower *lower, hz_diags *diags, const hz_program *program)
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
    verify(lower, diags, &question->program);
}

static void compile_plan(hz_arena *arena, hz_diags *diags, hz_plan *plan)
{
    hz_lower lower = {.arena = arena, .plan = plan};
    begin_question(&lower, &plan->claim);
    hz_lower_claim(&lower);
    hz_lower_results(&lower, &plan->columns);
    hz_emit_columns(&lower, &plan->columns);
    verify(&lower, diags, &plan->columns.program);
    end_question(&lower, diags);
    lower = (hz_lower){.arena = arena, .plan = plan, .given = true};
    begin_question(&lower, &plan->claim_given);
    hz_lower_claim(&lower);
    end_question(&lower, diags);
    lower = (hz_lower){.arena = arena, .plan = plan};
    begin_question(&lower, &plan->enrolment);
    hz_lower_enrolment(&lower);
    end_question(&lower, diags);
}

/* What an event under several plans is a claim of: a plan without a name and without rules. */
static void make_event(hz_arena *arena, const hz_model *model, hz_plan *plan)
{
    hz_plan_model *rules = HZ_NEW(arena, hz_plan_model);
    rules->id = rules->title.zh = rules->title.en = HZ_STR("");
    *plan = (hz_plan){.ruleset = model, .rules = rules, .event = true};
}

hz_plan *hz_compile(hz_arena *arena, hz_diags *diags, const hz_model *model, uint32_t *count)
{
    hz_plan *plans = HZ_NEW_MANY(arena, hz_plan, (size_t)model->plans.count + 1);
    *count = model->plans.count;
    for (uint32_t i = 0; i < model->plans.count; i++) {
        plans[i].ruleset = model;
        plans[i].rules = &model->plans.at[i];
        hz_checker checker = {.arena = arena, .diags = diags, .model = model, .plan = &plans[i]};
        hz_check_plan(&checker);
    }
    if (diags->errors > 0) return NULL;
    make_event(arena, model, &plans[model->plans.count]);
    for (uint32_t i = 0; i < model->plans.count; i++) compile_plan(arena, diags, &plans[i]);
    return diags->errors > 0 ? NULL : plans;
}
