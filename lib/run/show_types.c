/* show_types.c - type, range and path of each expression of a plan, with what proves the narrow path or forces the wide
 * one: told from the types that the checker left in the trees. Nothing is checked again.
 */
#include "run/show_types.h"

#include "feel/check.h"
#include "feel/print.h"
#include "value/number_type.h"

typedef struct shown {
    const hz_plan *plan;
    bool json;
    hz_buf *out;
} shown;

/* ---- Why ---- */

/* Two narrow operands that can be compared with 34 digits only. */
static bool compares_wide(const hz_ast *ast)
{
    bool test = ast->op == HZ_AST_BETWEEN || ast->op == HZ_AST_IN || (ast->op >= HZ_AST_EQ && ast->op <= HZ_AST_GE);
    for (uint32_t i = 1; test && i < ast->children; i++) {
        const hz_type *a = &ast->child[0]->type, *b = &ast->child[i]->type;
        hz_type both;
        if (a->kind == HZ_KIND_NUMBER && b->kind == HZ_KIND_NUMBER && hz_type_join(a, b, &both) && both.wide) return true;
    }
    return false;
}

/* Where the wide path begins: the first part that is on it while none of its own parts is; NULL: nowhere. */
static const hz_ast *wide_part(const hz_ast *ast)
{
    const hz_ast *part = ast->means != NULL ? wide_part(ast->means) : NULL;
    for (uint32_t i = 0; part == NULL && ast->means == NULL && i < ast->children; i++) part = wide_part(ast->child[i]);
    if (part != NULL) return part;
    bool wide = ast->type.kind == HZ_KIND_NUMBER && ast->type.wide;
    return wide || compares_wide(ast) ? ast : NULL;
}

static void add_quoted(const hz_ast *ast, hz_buf *out)
{
    hz_buf_add_char(out, '`');
    hz_feel_print(ast, NULL, out);
    hz_buf_add_char(out, '`');
}

static void add_bound(hz_i128 bound, int32_t scale, hz_buf *out)
{
    hz_wide_format(hz_wide_from(bound, scale), out);
}

/* What of a number does not fit 64 bits. */
static void add_size(const hz_type *type, hz_buf *out)
{
    if (type->ragged)
        hz_buf_add_literal(out, " may have any number of decimals");
    else if (type->scale > HZ_NARROW_SCALE)
        hz_buf_printf(out, " may have %d decimals, and 64 bits hold %d", (int)type->scale, HZ_NARROW_SCALE);
    else if (!hz_number_bounded(type))
        hz_buf_add_literal(out, " may have more than 34 digits");
    else {
        bool high = type->hi > INT64_MAX;
        hz_buf_add_literal(out, " may be ");
        add_bound(high ? type->hi : type->lo, type->scale, out);
        hz_buf_printf(out, ", with %d decimals more than 64 bits hold", (int)type->scale);
    }
}

static void add_reason(const hz_ast *part, hz_buf *out)
{
    add_quoted(part, out);
    if (part->op == HZ_AST_NAME)
        hz_buf_add_literal(out, " has 34 digits");
    else if (part->op == HZ_AST_NUMBER)
        hz_buf_add_literal(out, " has more digits than 64 bits hold");
    else if (part->type.kind != HZ_KIND_NUMBER)
        hz_buf_add_literal(out, " compares numbers whose common decimals 64 bits do not hold");
    else if (hz_type_fits64(&part->type) && !part->type.ragged && part->type.scale <= HZ_NARROW_SCALE)
        hz_buf_add_literal(out, " has operands that 64 bits do not hold with its decimals");
    else
        add_size(&part->type, out);
}

static bool on_wide_path(const hz_ast *ast, const hz_ast *part)
{
    return part != NULL && (ast->type.kind != HZ_KIND_NUMBER || ast->type.wide);
}

static void add_why(const hz_ast *ast, hz_buf *out)
{
    const hz_ast *part = wide_part(ast);
    if (part == NULL) {
        bool number = ast->type.kind == HZ_KIND_NUMBER;
        hz_buf_add(out, hz_str_from(number ? "its range fits with all decimals" : "all its numbers fit with their decimals"));
        return;
    }
    add_reason(part, out);
    if (!on_wide_path(ast, part)) hz_buf_add_literal(out, "; with its decimals and range known it fits again");
}

/* ---- Lines ---- */

static void add_json_text(hz_buf *out, const char *key, const hz_buf *text)
{
    hz_buf_printf(out, ",\"%s\":", key);
    hz_buf_add_json(out, hz_buf_text(text));
}

static void add_json_bound(hz_buf *out, const char *key, hz_i128 bound, int32_t scale)
{
    if (bound == HZ_NO_LOW || bound == HZ_NO_HIGH) return;
    hz_buf_printf(out, ",\"%s\":\"", key);
    add_bound(bound, scale, out);
    hz_buf_add_char(out, '"');
}

static void add_json(const shown *s, const char *kind, hz_str name, const hz_ast *ast, hz_place place)
{
    const hz_type *type = &ast->type;
    hz_buf text;
    hz_buf_begin(&text, &s->out->alloc);
    hz_buf_add_literal(s->out, "{\"plan\":");
    hz_buf_add_json(s->out, s->plan->rules->id);
    hz_buf_printf(s->out, ",\"kind\":\"%s\",\"name\":", kind);
    hz_buf_add_json(s->out, name);
    hz_buf_add_literal(s->out, ",\"file\":");
    hz_buf_add_json(s->out, s->plan->ruleset->texts.files.at[ast->span.file].name);
    hz_buf_printf(s->out, ",\"line\":%u,\"column\":%u", (unsigned)place.line, (unsigned)place.column);
    hz_feel_print(ast, NULL, &text);
    add_json_text(s->out, "formula", &text);
    hz_buf_printf(s->out, ",\"type\":\"%s\"", hz_kind_name((hz_kind)type->kind));
    if (type->kind == HZ_KIND_NUMBER) {
        if (!type->ragged) hz_buf_printf(s->out, ",\"decimals\":%d", (int)type->scale);
        add_json_bound(s->out, "least", type->lo, type->scale);
        add_json_bound(s->out, "most", type->hi, type->scale);
    }
    hz_buf_printf(s->out, ",\"bits\":%d", on_wide_path(ast, wide_part(ast)) ? 128 : 64);
    hz_buf_reset(&text);
    add_why(ast, &text);
    add_json_text(s->out, "why", &text);
    hz_buf_add_literal(s->out, "}\n");
    s->out->failed |= text.failed;
    hz_buf_end(&text);
}

static void add_lines(const shown *s, const char *kind, hz_str name, const hz_ast *ast, hz_place place)
{
    char type[256];
    hz_str file = s->plan->ruleset->texts.files.at[ast->span.file].name;
    hz_buf_printf(s->out, "%.*s:%u:%u: %s %.*s: ", HZ_ARG(file), (unsigned)place.line, (unsigned)place.column, kind, HZ_ARG(name));
    hz_feel_print(ast, NULL, s->out);
    hz_type_describe(&ast->type, type, sizeof type);
    hz_buf_printf(s->out, "\n    %s\n    %s: ", type, on_wide_path(ast, wide_part(ast)) ? "128-bit" : "64-bit");
    add_why(ast, s->out);
    hz_buf_add_char(s->out, '\n');
}

static void show(const shown *s, const char *kind, hz_str name, const hz_ast *ast)
{
    if (ast == NULL || ast->op == HZ_AST_TABLE || ast->span.file >= s->plan->ruleset->texts.files.count) return;
    hz_place place = hz_sources_place(&s->plan->ruleset->texts, ast->span.file, ast->span.begin);
    (s->json ? add_json : add_lines)(s, kind, name, ast, place);
}

static void show_history(const shown *s, const char *kind, hz_str name, const hz_history *history)
{
    for (uint32_t i = 0; i < history->entries.count; i++) {
        const hz_ast *formula = history->entries.at[i].formula;
        show(s, kind, name, formula);
        for (uint32_t k = 1; formula != NULL && formula->op == HZ_AST_TABLE && formula->rows == NULL && k < formula->children; k += 2) /* what rows give */
            show(s, kind, name, formula->child[k]);
    }
}

static void show_lines(const shown *s, const char *kind, const hz_lines *lines)
{
    for (uint32_t i = 0; i < lines->count; i++) {
        const hz_line *line = &lines->at[i];
        show(s, kind, line->code, line->when);
        show_history(s, kind, line->code, &line->require);
        show_history(s, kind, line->code, &line->limit);
    }
}

void hz_plan_show_types(const hz_plan *plan, bool json, hz_buf *out)
{
    const hz_plan_model *rules = plan->rules;
    const shown s = {plan, json, out};
    for (uint32_t i = 0; i < rules->values.count; i++) show_history(&s, "value", rules->values.at[i].name, &rules->values.at[i].history);
    for (uint32_t i = 0; i < rules->outputs.count; i++) show_history(&s, "table", rules->outputs.at[i].name, &rules->outputs.at[i].history);
    for (uint32_t i = 0; i < rules->scales.count; i++) show(&s, "scale", rules->scales.at[i].name, rules->scales.at[i].of);
    show_lines(&s, "check", &rules->checks);
    show_lines(&s, "condition", &rules->eligibility);
    for (uint32_t i = 0; i < rules->benefits.count; i++) {
        show(&s, "benefit", rules->benefits.at[i].name, rules->benefits.at[i].when);
        show_history(&s, "benefit", rules->benefits.at[i].name, &rules->benefits.at[i].amount);
    }
    show_lines(&s, "cap", &rules->caps);
    for (uint32_t i = 0; i < rules->counters.count; i++) {
        show(&s, "counter", rules->counters.at[i].name, rules->counters.at[i].adds);
        show(&s, "counter", rules->counters.at[i].name, rules->counters.at[i].next);
    }
    for (uint32_t i = 0; i < rules->fees.count; i++) show_history(&s, "fee", rules->fees.at[i].name, &rules->fees.at[i].amount);
    show_lines(&s, "note", &rules->notes);
}
