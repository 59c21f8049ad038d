/* feel_eval.c - evaluating one expression given as JSON. Names are the case's inputs and lets; what a plan adds (dates,
 * provenance, absence that is missing) is not here. Called by the API's huzhu_feel_json. */
#include "run/feel_eval.h"

#include "base/status.h"
#include "feel/parse.h"
#include "run/feel_run.h"
#include "run/walk.h"

void hz_feel_run_begin(hz_feel_run *c, hz_arena *arena, hz_diags *diags)
{
    *c = (hz_feel_run){.arena = arena, .diags = diags, .given = {.arena = arena}};
}

/* ---- Checking ---- */

static bool resolve(void *context, hz_str name, hz_span at, uint32_t *symbol, hz_type *type)
{
    hz_feel_run *c = context;
    for (uint32_t i = 0; i < c->given.bindings.count; i++) {
        if (!hz_str_eq(c->given.bindings.at[i].name, name)) continue;
        *symbol = i;
        *type = c->given.bindings.at[i].type;
        if (c->given.bindings.at[i].message.len > 0) hz_error(c->diags, c->given.bindings.at[i].fault, at, "%.*s", HZ_ARG(c->given.bindings.at[i].message));
        if (c->given.bindings.at[i].given.later) hz_error(c->diags, HZ_E_UNSUPPORTED, at, "this version does not read values of this type yet");
        return true;
    }
    return false;
}

/* A let is what its text says; an input is a constant of the case. */
static bool known_text(void *context, uint32_t symbol, hz_str *out)
{
    const hz_feel_run *c = context;
    const hz_feel_binding *b = &c->given.bindings.at[symbol];
    if (b->let != NULL) return hz_check_known_text(&c->env, b->let, out);
    if (b->given.column != 0) return false;
    *out = b->given.text;
    return b->type.kind == HZ_KIND_STRING;
}

static hz_str nearest(void *context, hz_str name)
{
    (void)context;
    (void)name;
    return (hz_str){NULL, 0};
}

static hz_ast *parse_and_check(hz_feel_run *c, hz_str text)
{
    hz_str *names = HZ_NEW_MANY(c->arena, hz_str, c->given.bindings.count);
    for (uint32_t i = 0; i < c->given.bindings.count; i++) names[i] = c->given.bindings.at[i].name;
    hz_feel_names known = {names, c->given.bindings.count};
    uint32_t file = hz_sources_add(c->arena, &c->sources, HZ_STR("expr"), text);
    hz_feel_text source = {text, {file, 0, (uint32_t)text.len}, NULL};
    hz_ast *ast = hz_feel_parse(c->arena, c->diags, source, &known);
    if (c->parsed != NULL) c->parsed(c, ast);
    return hz_feel_check(&c->env, ast, NULL) ? ast : NULL;
}

/* A let that is refused matters where something reads it. */
static void put_off(hz_feel_run *c, hz_feel_binding *b)
{
    const hz_diag *first = c->diags->list.count > 0 ? &c->diags->list.at[0] : NULL;
    b->fault = first != NULL ? first->code : HZ_E_TYPE;
    b->message = first != NULL ? first->message : HZ_STR("not an expression of the profile");
    b->type = (hz_type){.kind = HZ_KIND_NONE};
    *c->diags = (hz_diags){.arena = c->arena};
}

bool hz_feel_run_check(hz_feel_run *c)
{
    c->next_id = 1;
    c->env = (hz_env){.arena = c->arena, .diags = c->diags, .context = c, .resolve = resolve, .nearest = nearest, .text = known_text, .next_id = &c->next_id, .wide = c->given.wide};
    for (uint32_t i = 0; i < c->given.bindings.count; i++) {
        if (c->given.bindings.at[i].let == NULL) continue;
        hz_ast *let = parse_and_check(c, c->given.bindings.at[i].source);
        if (let == NULL) {
            put_off(c, &c->given.bindings.at[i]);
            continue;
        }
        c->given.bindings.at[i].let = let;
        c->given.bindings.at[i].type = let->type;
    }
    c->root = parse_and_check(c, c->given.expression);
    if (c->root == NULL) return false;
    return c->diags->errors == 0;
}

/* ---- Running ---- */

static const hz_feel_binding *binding_of(const hz_lower *lower, const hz_ast *ast)
{
    const hz_feel_run *c = (const hz_feel_run *)((const char *)lower - offsetof(hz_feel_run, lower));
    return &c->given.bindings.at[ast->symbol];
}

/* A value given, at a type that holds it: that of the other items of its list. */
static hz_bundle read_value(hz_lower *lower, const hz_feel_value *given, const hz_type *type)
{
    if (given->column != 0) {
        uint32_t slot = hz_slot_input(given->column - 1);
        hz_bundle value = {.self = hz_sure(hz_dag_input(&lower->dag, hz_column_of(&given->type), slot))};
        value.self.null = hz_dag_input(&lower->dag, HZ_COLUMN_BIT, slot + 1);
        return hz_bundle_convert(lower, value, &given->type, type);
    }
    if (given->type.kind != HZ_KIND_LIST) {
        hz_bundle value = {.self = hz_sure(hz_lower_constant(lower, &given->type, given->value, given->text))};
        if (given->type.kind == HZ_KIND_NULL) value.self.null = HZ_TRUE;
        return hz_bundle_convert(lower, value, &given->type, type);
    }
    hz_bundle *items = HZ_NEW_MANY(lower->arena, hz_bundle, given->type.count);
    for (uint32_t i = 0; i < given->type.count; i++) items[i] = read_value(lower, &given->item[i], given->type.item);
    return hz_bundle_convert(lower, hz_bundle_of(lower, items, given->type.count), &given->type, type);
}

static hz_regs read_name(hz_lower *lower, const hz_ast *ast)
{
    const hz_feel_binding *b = binding_of(lower, ast);
    return b->let != NULL ? hz_lower_expression(lower, b->let) : read_value(lower, &b->given, &b->type).self;
}

static hz_bundle read_list(hz_lower *lower, const hz_ast *ast)
{
    const hz_feel_binding *b = binding_of(lower, ast);
    return b->let != NULL ? hz_lower_list(lower, b->let) : read_value(lower, &b->given, &b->type);
}

static const hz_regs nothing = {HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG};

hz_bundle hz_feel_run_lower(hz_feel_run *c)
{
    hz_question *question = &c->plan.claim;
    c->plan.rules = &c->rules;
    c->plan.expressions = c->next_id;
    c->lower = (hz_lower){.arena = c->arena, .plan = &c->plan, .question = question, .name = read_name, .list_name = read_list};
    hz_dag_begin(&c->lower.dag, c->arena);
    question->expression = HZ_NEW_MANY(c->arena, hz_regs, c->next_id);
    for (uint32_t i = 0; i < c->next_id; i++) question->expression[i] = nothing;
    question->list = HZ_NEW_MANY(c->arena, hz_bundle *, c->next_id);
    c->lower.list = HZ_NEW_MANY(c->arena, hz_bundle *, c->next_id);
    question->dated_by = nothing;
    question->outcome = question->input_error = HZ_NO_REG;
    question->total = hz_lower_expression(&c->lower, c->root);
    if (c->root->type.kind == HZ_KIND_LIST) return hz_lower_list(&c->lower, c->root);
    return (hz_bundle){.self = question->total};
}

hz_bundle hz_feel_run_value(const hz_feel_run *c)
{
    const hz_bundle *list = c->plan.claim.list[c->root->id];
    return list != NULL ? *list : (hz_bundle){.self = c->plan.claim.total};
}

static void write_error(const char *code, const char *phase, hz_str message, hz_buf *out)
{
    hz_buf_printf(out, "\"error\":{\"code\":\"%s\",\"phase\":\"%s\",\"message\":", code, phase);
    hz_buf_add_json(out, message);
    hz_buf_add_char(out, '}');
}

/* What went wrong first, in the expression or in a let. */
static hz_code code_of_error(const hz_feel_run *c, const hz_machine *machine, const hz_ast *ast)
{
    const hz_ast *part = hz_fault_part(&c->plan.claim, machine, ast);
    if (part == NULL && ast->op == HZ_AST_NAME) part = c->given.bindings.at[ast->symbol].let;
    return part == NULL ? hz_fault_code(machine, c->plan.claim.expression, ast) : code_of_error(c, machine, part);
}

static int32_t run_case(hz_feel_run *c, hz_buf *out)
{
    hz_feel_run_lower(c);
    hz_emit(&c->lower);
    const char *wrong = hz_program_verify(&c->plan.claim.program, c->rules.inputs.count, c->rules.counters.count,
                                          HZ_NEW_MANY(c->arena, unsigned char, c->plan.claim.program.regs));
    if (wrong != NULL) {
        write_error(hz_code_name(HZ_E_INTERNAL), "check", hz_arena_printf(c->arena, "the program made of this is not sound: %s", wrong), out);
        return HZ_OK;
    }
    hz_machine machine;
    hz_machine_begin(&machine, &c->arena->alloc);
    if (!hz_machine_bind(&machine, &c->plan.claim.program, &c->plan) || !hz_machine_run(&machine)) {
        hz_machine_end(&machine);
        return HZ_NO_MEMORY;
    }
    const hz_bundle value = hz_feel_run_value(c);
    if (hz_feel_in_error(&machine, &value, &c->root->type)) {
        hz_code code = code_of_error(c, &machine, c->root);
        write_error(hz_code_name(code), "run", hz_str_from(hz_code_title(code)), out);
    } else {
        hz_buf_add_literal(out, "\"got\":");
        hz_feel_write(&machine, &value, &c->root->type, out);
    }
    hz_machine_end(&machine);
    return HZ_OK;
}

static int32_t evaluate(hz_feel_run *c, hz_str json, hz_buf *out)
{
    if (!hz_feel_case_read(&c->given, json)) return HZ_DATA;
    hz_buf_printf(out, "{\"id\":%.*s,", HZ_ARG(c->given.id.len > 0 ? c->given.id : HZ_STR("null")));
    int32_t status = HZ_OK;
    if (hz_feel_run_check(c)) {
        status = run_case(c, out);
    } else {
        const hz_diag *first = c->diags->list.count > 0 ? &c->diags->list.at[0] : NULL;
        write_error(first != NULL ? hz_code_name(first->code) : "E_TYPE", "check", first != NULL ? first->message : HZ_STR("not an expression of the profile"), out);
    }
    hz_buf_add_literal(out, "}\n");
    return status;
}

typedef struct work {
    hz_arena arena;
    hz_diags diags;
    hz_feel_run run;
} work;

int32_t hz_feel_eval_json(hz_str json, const hz_alloc *alloc, hz_buf *out)
{
    work *w = alloc->allocate(alloc->user, sizeof *w);
    hz_escape escape;
    if (w == NULL) return HZ_NO_MEMORY;
    memset(w, 0, sizeof *w);
    hz_arena_begin(&w->arena, alloc, (size_t)256 << 20);
    w->diags.arena = &w->arena;
    w->arena.escape = &escape;
    hz_feel_run_begin(&w->run, &w->arena, &w->diags);
    int32_t status;
    if (setjmp(escape.to) != 0) status = escape.status;
    else status = evaluate(&w->run, json, out);
    hz_arena_end(&w->arena);
    alloc->release(alloc->user, w, sizeof *w);
    return status == HZ_OK && out->failed ? HZ_NO_MEMORY : status;
}
