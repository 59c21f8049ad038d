/* ast_literal.c - expressions that are a single literal, and what is built of them: the range of an input.
 *
 * Not values written bare in YAML (literal.c). Called by read_inputs.c and scenario.c.
 */
#include "rules/reader.h"

#include "feel/parse.h"
#include "value/date.h"

static bool of_temporal_text(hz_str text, hz_literal *out)
{
    hz_duration duration;
    int32_t day;
    if (hz_date_parse(text, &day)) {
        hz_literal_set(out, HZ_KIND_DATE, 0, day);
        return true;
    }
    if (!hz_duration_parse(text, &duration)) return false;
    hz_literal_set(out, duration.months ? HZ_KIND_MONTHS : HZ_KIND_DAYS, duration.scale, duration.amount);
    return true;
}

static bool of_call(const hz_ast *ast, hz_literal *out)
{
    if (ast->children != 1 || ast->argument != NULL || ast->child[0]->op != HZ_AST_STRING) return false;
    bool date = hz_str_is(ast->text, "date");
    if (!date && !hz_str_is(ast->text, "duration")) return false;
    return of_temporal_text(ast->child[0]->text, out) && date == (out->type.kind == HZ_KIND_DATE);
}

bool hz_literal_of_ast(const hz_ast *ast, hz_literal *out)
{
    *out = (hz_literal){.text = ast->text};
    switch (ast->op) {
    case HZ_AST_NUMBER: hz_literal_set(out, HZ_KIND_NUMBER, ast->number.scale, ast->number.coefficient); return true;
    case HZ_AST_NEGATE:
        if (ast->child[0]->op != HZ_AST_NUMBER) return false;
        hz_literal_set(out, HZ_KIND_NUMBER, ast->child[0]->number.scale, -ast->child[0]->number.coefficient);
        return true;
    case HZ_AST_BOOLEAN: hz_literal_set(out, HZ_KIND_BOOLEAN, 0, ast->truth ? 1 : 0); return true;
    case HZ_AST_STRING: hz_literal_set(out, HZ_KIND_STRING, 0, 0); return true;
    case HZ_AST_AT: return of_temporal_text(ast->text, out);
    case HZ_AST_CALL: return of_call(ast, out);
    default: return false;
    }
}

/* One end of a range; an open end of numbers and dates becomes the next inclusive one. */
static bool read_end(hz_reader *reader, hz_item item, const hz_ast *end, const hz_type *type, int32_t step,
                     hz_i128 *out)
{
    hz_literal literal;
    if (end->op == HZ_AST_ERROR) return false;
    if (!hz_literal_of_ast(end, &literal) || literal.type.kind != type->kind) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_RANGE, end->span, "an end of the range of %s `%.*s` is not a plain %s",
                     HZ_ITEM(item), hz_kind_name((hz_kind)type->kind));
        hz_diag_hint(reader->diags, diag, "write '%s'",
                     type->kind == HZ_KIND_DATE ? "[@\"2010-01-01\"..@\"2030-12-31\"]" : "[1..3]");
        return false;
    }
    if (type->kind == HZ_KIND_NUMBER && !hz_literal_rescale(reader, item, end->span, type->scale, &literal))
        return false;
    *out = literal.coefficient + step;
    return true;
}

static void set_range(hz_reader *reader, hz_item item, const hz_ast *ast, hz_type *type)
{
    hz_i128 low, high;
    if (!read_end(reader, item, ast->child[0], type, ast->low_open ? 1 : 0, &low) ||
        !read_end(reader, item, ast->child[1], type, ast->high_open ? -1 : 0, &high))
        return;
    hz_type within = *type;
    within.lo = low;
    within.hi = high;
    if (low > high) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_RANGE, ast->span, "the range of %s `%.*s` holds nothing", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "the lower end stands first");
    } else if (low < type->lo || high > type->hi) {
        char text[160];
        hz_type_describe(type, text, sizeof text);
        hz_diag *diag = hz_error(reader->diags, HZ_E_RANGE, ast->span,
                                 "the range of %s `%.*s` is wider than its type allows", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "its type is %s", text);
    } else {
        *type = within;
    }
}

static void refuse_form(hz_reader *reader, hz_item item, hz_span span)
{
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_RANGE, span, "the range of %s `%.*s` must have two ends", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write range: '[1..3]', or '(0..1]' where an end is left out");
}

void hz_read_range(hz_reader *reader, hz_item item, const hz_tree *tree, hz_type *type)
{
    if (tree->kind == HZ_TREE_LIST && tree->flow) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span,
                                 "the range of %s `%.*s` is a list to YAML: it needs quotes", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "write range: '[1..3]'");
        return;
    }
    hz_str text;
    if (!hz_read_text(reader, item, "range", tree, &text)) return;
    if (text.at[0] != '[' && text.at[0] != '(' && text.at[0] != ']') {
        refuse_form(reader, item, tree->span);
        return;
    }
    /* Quotes of either kind are harmless here: a range of numbers or dates has no text of its own to lose. */
    hz_feel_text feel = {tree->text, hz_text_span(tree), tree->offsets};
    hz_ast *ast = hz_feel_parse(reader->arena, reader->diags, feel, NULL);
    if (ast->op == HZ_AST_ERROR) return;
    if (ast->op == HZ_AST_RANGE) {
        set_range(reader, item, ast, type);
        return;
    }
    refuse_form(reader, item, ast->span);
}
