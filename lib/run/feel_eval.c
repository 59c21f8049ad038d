/* feel_eval.c - evaluating one expression given as JSON. Names are the case's inputs and lets; what a plan adds (dates,
 * provenance, absence that is missing) is not here. Called by the API's huzhu_feel_json. */
#include "run/feel_eval.h"

#include "base/status.h"
#include "feel/check.h"
#include "feel/parse.h"
#include "program/lower.h"
#include "run/machine.h"
#include "source/json.h"
#include "value/time.h"

/* A name of the case: a constant, or an expression defined before. */
typedef struct binding {
    hz_str name;
    hz_type type;
    hz_i128 value;  /* of constants */
    hz_str text;    /* of strings; the expression's text of a let */
    hz_ast *let;    /* NULL: a constant */
    bool later;     /* of a type this version does not read */
} binding;

typedef struct feel_case {
    hz_arena arena;
    hz_diags diags;
    hz_sources sources;
    hz_str id, expression; /* id as JSON text */
    HZ_VEC(binding) bindings;
    hz_env env;
    uint32_t next_id;
    hz_ast *root;
    hz_plan plan;
    hz_plan_model rules;
    hz_lower lower;
} feel_case;

/* ---- Reading the case ---- */

static hz_str text_of(feel_case *c, const hz_json *json)
{
    hz_buf scratch;
    hz_buf_begin(&scratch, &c->arena.alloc);
    hz_str text = hz_arena_copy(&c->arena, hz_json_unescape(json, &scratch));
    hz_buf_end(&scratch);
    return text;
}

static void set_number(binding *b, hz_str text)
{
    hz_decimal value;
    if (!hz_decimal_parse(text, true, &value)) {
        b->later = true;
        return;
    }
    value = hz_decimal_trim(value);
    if (value.scale > 18 || value.coefficient > INT64_MAX || value.coefficient < -INT64_MAX) {
        b->later = true; /* it needs the wide path */
        return;
    }
    b->type = (hz_type){.kind = HZ_KIND_NUMBER, .scale = value.scale, .lo = value.coefficient, .hi = value.coefficient};
    b->value = value.coefficient;
}

static void set_duration(binding *b, hz_str text)
{
    hz_duration value;
    if (!hz_duration_parse(text, &value)) {
        b->later = true;
        return;
    }
    b->type = (hz_type){.kind = value.months ? HZ_KIND_MONTHS : HZ_KIND_DAYS, .scale = value.scale, .lo = value.amount, .hi = value.amount};
    b->value = value.amount;
}

static void set_clock(binding *b, bool time, hz_str text)
{
    int64_t amount;
    int32_t scale;
    if ((time ? hz_time_parse : hz_date_time_parse)(text, &amount, &scale) != HZ_CLOCK_VALUE) {
        b->later = true;
        return;
    }
    b->type = (hz_type){.kind = time ? HZ_KIND_TIME : HZ_KIND_DATE_TIME, .scale = scale, .lo = amount, .hi = amount};
    b->value = amount;
}

static void set_value(binding *b, hz_str type, hz_str text, hz_json_event event)
{
    int32_t day;
    if (event == HZ_JSON_NULL || hz_str_is(type, "null")) {
        b->type = (hz_type){.kind = HZ_KIND_NULL, .absent = HZ_MAY_NULL};
    } else if (hz_str_is(type, "boolean")) {
        b->value = event == HZ_JSON_TRUE;
        b->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .lo = b->value, .hi = b->value};
    } else if (hz_str_is(type, "number")) {
        set_number(b, text);
    } else if (hz_str_is(type, "string")) {
        b->type = (hz_type){.kind = HZ_KIND_STRING};
        b->text = text;
    } else if (hz_str_is(type, "date") && hz_date_parse(text, &day)) {
        b->type = (hz_type){.kind = HZ_KIND_DATE, .lo = day, .hi = day};
        b->value = day;
    } else if (hz_str_ends(type, HZ_STR("duration"))) {
        set_duration(b, text);
    } else if (hz_str_is(type, "time") || hz_str_is(type, "date and time")) {
        set_clock(b, hz_str_is(type, "time"), text);
    } else {
        b->later = true;
    }
}

/* {"declared":…,"type":…,"value":…}, the reader standing behind its first brace. */
static void read_input(feel_case *c, hz_json *json, hz_str name)
{
    binding *b = HZ_PUSH(&c->arena, &c->bindings);
    hz_str type = HZ_STR("null"), text = HZ_STR("");
    hz_json_event event = HZ_JSON_NULL;
    b->name = name;
    while (hz_json_next(json) == HZ_JSON_KEY) {
        hz_str key = text_of(c, json);
        if (hz_str_is(key, "type")) {
            if (hz_json_next(json) == HZ_JSON_STRING) type = text_of(c, json);
        } else if (hz_str_is(key, "value")) {
            event = hz_json_next(json);
            if (event == HZ_JSON_STRING || event == HZ_JSON_NUMBER) text = text_of(c, json);
            if (event == HZ_JSON_OBJECT || event == HZ_JSON_ARRAY) hz_json_skip(json);
        } else if (hz_str_is(key, "items")) {
            b->later = true;
            hz_json_skip(json);
        } else {
            hz_json_skip(json);
        }
    }
    if (hz_str_is(type, "null") && event != HZ_JSON_NULL) b->later = true;
    else if (!b->later) set_value(b, type, text, event);
}

static void read_inputs(feel_case *c, hz_json *json)
{
    if (hz_json_next(json) != HZ_JSON_OBJECT) return;
    while (hz_json_next(json) == HZ_JSON_KEY) {
        hz_str name = text_of(c, json);
        if (hz_json_next(json) == HZ_JSON_OBJECT) read_input(c, json, name);
    }
}

static void read_lets(feel_case *c, hz_json *json)
{
    if (hz_json_next(json) != HZ_JSON_ARRAY) return;
    while (hz_json_next(json) == HZ_JSON_OBJECT) {
        binding let = {.type = {.kind = HZ_KIND_NONE}};
        while (hz_json_next(json) == HZ_JSON_KEY) {
            hz_str key = text_of(c, json);
            hz_str *to = hz_str_is(key, "name") ? &let.name : hz_str_is(key, "expr") ? &let.text : NULL;
            if (to == NULL) hz_json_skip(json);
            else if (hz_json_next(json) == HZ_JSON_STRING) *to = text_of(c, json);
        }
        let.let = HZ_NEW(&c->arena, hz_ast);
        *HZ_PUSH(&c->arena, &c->bindings) = let;
    }
}

static bool read_case(feel_case *c, hz_str text)
{
    hz_json json;
    hz_json_begin(&json, text);
    if (hz_json_next(&json) != HZ_JSON_OBJECT) return false;
    while (hz_json_next(&json) == HZ_JSON_KEY) {
        hz_str key = text_of(c, &json);
        if (hz_str_is(key, "id")) {
            hz_json_event event = hz_json_next(&json);
            if (event == HZ_JSON_STRING) c->id = hz_arena_printf(&c->arena, "\"%.*s\"", HZ_ARG(json.text));
            else if (event == HZ_JSON_NUMBER) c->id = hz_arena_copy(&c->arena, json.text);
        } else if (hz_str_is(key, "expr")) {
            if (hz_json_next(&json) == HZ_JSON_STRING) c->expression = text_of(c, &json);
        } else if (hz_str_is(key, "inputs")) {
            read_inputs(c, &json);
        } else if (hz_str_is(key, "lets")) {
            read_lets(c, &json);
        } else {
            hz_json_skip(&json);
        }
    }
    return json.event == HZ_JSON_OBJECT_END && hz_json_next(&json) == HZ_JSON_END;
}

/* ---- Checking ---- */

static bool resolve(void *context, hz_str name, hz_span at, uint32_t *symbol, hz_type *type)
{
    feel_case *c = context;
    for (uint32_t i = 0; i < c->bindings.count; i++) {
        if (!hz_str_eq(c->bindings.at[i].name, name)) continue;
        *symbol = i;
        *type = c->bindings.at[i].type;
        if (c->bindings.at[i].later) hz_error(&c->diags, HZ_E_UNSUPPORTED, at, "this version does not read values of this type yet");
        return true;
    }
    return false;
}

/* A let is what its text says; an input is a constant of the case. */
static bool known_text(void *context, uint32_t symbol, hz_str *out)
{
    const feel_case *c = context;
    const binding *b = &c->bindings.at[symbol];
    if (b->let != NULL) return hz_check_known_text(&c->env, b->let, out);
    *out = b->text;
    return b->type.kind == HZ_KIND_STRING;
}

static hz_str nearest(void *context, hz_str name)
{
    (void)context;
    (void)name;
    return (hz_str){NULL, 0};
}

static hz_ast *parse_and_check(feel_case *c, hz_str text)
{
    hz_str *names = HZ_NEW_MANY(&c->arena, hz_str, c->bindings.count);
    for (uint32_t i = 0; i < c->bindings.count; i++) names[i] = c->bindings.at[i].name;
    hz_feel_names known = {names, c->bindings.count};
    uint32_t file = hz_sources_add(&c->arena, &c->sources, HZ_STR("expr"), text);
    hz_feel_text source = {text, {file, 0, (uint32_t)text.len}, NULL};
    hz_ast *ast = hz_feel_parse(&c->arena, &c->diags, source, &known);
    return hz_feel_check(&c->env, ast, NULL) ? ast : NULL;
}

static bool check_case(feel_case *c)
{
    c->next_id = 1;
    c->env = (hz_env){.arena = &c->arena, .diags = &c->diags, .context = c, .resolve = resolve, .nearest = nearest, .text = known_text, .next_id = &c->next_id};
    for (uint32_t i = 0; i < c->bindings.count; i++) {
        binding *b = &c->bindings.at[i];
        if (b->let == NULL) continue;
        hz_ast *let = parse_and_check(c, b->text);
        if (let == NULL) return false;
        b->let = let;
        b->type = let->type;
    }
    c->root = parse_and_check(c, c->expression);
    if (c->root == NULL) return false;
    if (c->root->type.kind != HZ_KIND_LIST && c->root->type.kind != HZ_KIND_RANGE) return c->diags.errors == 0;
    hz_error(&c->diags, HZ_E_UNSUPPORTED, c->root->span, "this version does not give back a list or a range yet");
    return false;
}

/* ---- Running ---- */

static hz_regs read_name(hz_lower *lower, const hz_ast *ast)
{
    feel_case *c = (feel_case *)((char *)lower - offsetof(feel_case, lower));
    const binding *b = &c->bindings.at[ast->symbol];
    if (b->let != NULL) return hz_lower_expression(lower, b->let);
    hz_regs out = hz_sure(hz_lower_constant(lower, &b->type, b->value, b->text));
    if (b->type.kind == HZ_KIND_NULL) out.null = HZ_TRUE;
    return out;
}

static const hz_regs nothing = {HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG, HZ_NO_REG};

static void compile_case(feel_case *c)
{
    hz_question *question = &c->plan.claim;
    c->plan.rules = &c->rules;
    c->plan.expressions = c->next_id;
    c->lower = (hz_lower){.arena = &c->arena, .plan = &c->plan, .question = question, .name = read_name};
    hz_dag_begin(&c->lower.dag, &c->arena);
    question->expression = HZ_NEW_MANY(&c->arena, hz_regs, c->next_id);
    for (uint32_t i = 0; i < c->next_id; i++) question->expression[i] = nothing;
    question->dated_by = nothing;
    question->total = hz_lower_expression(&c->lower, c->root);
    hz_emit(&c->lower);
}

static hz_str type_name(uint8_t kind)
{
    return hz_str_from(hz_kind_name((hz_kind)kind));
}

static void write_value(const feel_case *c, const hz_machine *machine, hz_buf *out)
{
    const hz_type *type = &c->root->type;
    uint32_t reg = c->plan.claim.total.value;
    int64_t value = hz_machine_int(machine, reg);
    char text[64];
    size_t size = 0;
    if (type->kind == HZ_KIND_NUMBER) {
        hz_decimal number = hz_decimal_trim((hz_decimal){value, type->scale});
        size = hz_decimal_format(number.coefficient, number.scale, text);
    } else if (type->kind == HZ_KIND_DATE) {
        size = hz_date_format((int32_t)value, text);
    } else if (hz_type_clock(type)) {
        size = (type->kind == HZ_KIND_TIME ? hz_time_format : hz_date_time_format)(value, type->scale, text);
    } else if (type->kind == HZ_KIND_DAYS || type->kind == HZ_KIND_MONTHS) {
        size = hz_duration_format((hz_duration){type->kind == HZ_KIND_MONTHS, value, type->scale}, text);
    }
    hz_buf_add_literal(out, "\"got\":{\"type\":");
    hz_buf_add_json(out, type_name(type->kind));
    hz_buf_add_literal(out, ",\"value\":");
    if (type->kind == HZ_KIND_BOOLEAN) hz_buf_add(out, value != 0 ? HZ_STR("true") : HZ_STR("false"));
    else hz_buf_add_json(out, type->kind == HZ_KIND_STRING ? hz_machine_text(machine, reg) : (hz_str){text, size});
    hz_buf_add_char(out, '}');
}

static void write_error(const char *code, const char *phase, hz_str message, hz_buf *out)
{
    hz_buf_printf(out, "\"error\":{\"code\":\"%s\",\"phase\":\"%s\",\"message\":", code, phase);
    hz_buf_add_json(out, message);
    hz_buf_add_char(out, '}');
}

/* The code of the innermost expression in error. */
static hz_code fault_of(const feel_case *c, const hz_machine *machine, const hz_ast *ast)
{
    const hz_ast *let = ast->op == HZ_AST_NAME ? c->bindings.at[ast->symbol].let : NULL;
    if (let != NULL) return fault_of(c, machine, let);
    for (uint32_t i = 0; i < ast->children; i++) {
        const hz_regs *regs = &c->plan.claim.expression[ast->child[i]->id];
        if (ast->child[i]->id != 0 && regs->value != HZ_NO_REG && hz_machine_state(machine, regs) == HZ_IS_ERROR)
            return fault_of(c, machine, ast->child[i]);
    }
    return hz_feel_fault(ast);
}

static int32_t run_case(feel_case *c, hz_buf *out)
{
    hz_machine machine;
    hz_machine_begin(&machine, &c->arena.alloc);
    compile_case(c);
    if (!hz_machine_bind(&machine, &c->plan.claim.program) || !hz_machine_run(&machine)) {
        hz_machine_end(&machine);
        return HZ_NO_MEMORY;
    }
    switch (hz_machine_state(&machine, &c->plan.claim.total)) {
    case HZ_IS_VALUE:
        if (c->root->type.kind == HZ_KIND_NULL) hz_buf_add_literal(out, "\"got\":null");
        else write_value(c, &machine, out);
        break;
    case HZ_IS_NULL: hz_buf_add_literal(out, "\"got\":null"); break;
    default: {
        hz_code code = fault_of(c, &machine, c->root);
        write_error(hz_code_name(code), "run", hz_str_from(hz_code_title(code)), out);
        break;
    }
    }
    hz_machine_end(&machine);
    return HZ_OK;
}

static int32_t evaluate(feel_case *c, hz_str json, hz_buf *out)
{
    if (!read_case(c, json)) return HZ_DATA;
    hz_buf_printf(out, "{\"id\":%.*s,", HZ_ARG(c->id.len > 0 ? c->id : HZ_STR("null")));
    int32_t status = HZ_OK;
    if (check_case(c)) {
        status = run_case(c, out);
    } else {
        const hz_diag *first = c->diags.list.count > 0 ? &c->diags.list.at[0] : NULL;
        write_error(first != NULL ? hz_code_name(first->code) : "E_TYPE", "check", first != NULL ? first->message : HZ_STR("not an expression of the profile"), out);
    }
    hz_buf_add_literal(out, "}\n");
    return status;
}

int32_t hz_feel_eval_json(hz_str json, const hz_alloc *alloc, hz_buf *out)
{
    feel_case *c = alloc->allocate(alloc->user, sizeof *c);
    hz_escape escape;
    if (c == NULL) return HZ_NO_MEMORY;
    memset(c, 0, sizeof *c);
    hz_arena_begin(&c->arena, alloc, (size_t)256 << 20);
    c->diags.arena = &c->arena;
    c->arena.escape = &escape;
    int32_t status;
    if (setjmp(escape.to) != 0) status = escape.status;
    else status = evaluate(c, json, out);
    hz_arena_end(&c->arena);
    alloc->release(alloc->user, c, sizeof *c);
    return status == HZ_OK && out->failed ? HZ_NO_MEMORY : status;
}
