/* formula.c - formulas and templates of a plan for people: labels in place of names, signs and words in place of FEEL,
 * or this answer's values in place of names. Called by explain*.c and show*.c.
 */
#include "run/say.h"

#include "feel/print.h"
#include "run/walk.h"

typedef struct saying_formula {
    const hz_plan *plan;
    const hz_decision *decision; /* NULL: labels, not values */
    uint32_t language;
    hz_buf *out;
} saying_formula;

static hz_str label_of(const void *context, hz_str name)
{
    const saying_formula *f = context;
    uint32_t symbol = hz_map_find(&f->plan->rules->symbol_map, name);
    return symbol == HZ_MAP_NONE ? name : hz_symbol_label(f->plan, symbol, f->language);
}

/* A negative value stands in parentheses: 5 − (-3). */
static hz_str value_of(const void *context, hz_str name)
{
    const saying_formula *f = context;
    uint32_t symbol = hz_map_find(&f->plan->rules->symbol_map, name);
    if (symbol == HZ_MAP_NONE)
        return name;
    bool text = f->plan->symbols[symbol].type.kind == HZ_KIND_STRING;
    const hz_regs *regs = &f->decision->question->symbol[symbol];
    bool negative = f->plan->symbols[symbol].type.kind == HZ_KIND_NUMBER && regs->value != HZ_NO_REG &&
                    hz_machine_state(&f->decision->machine, regs) == HZ_IS_VALUE &&
                    hz_wide_decimal(hz_machine_number(&f->decision->machine, regs->value, 0)).coefficient < 0;
    hz_buf_add(f->out, negative ? HZ_STR("(") : HZ_STR(""));
    if (regs->value != HZ_NO_REG && hz_machine_state(&f->decision->machine, regs) == HZ_IS_NULL)
        return hz_word(HZ_STR("null"), f->language);
    text = text && regs->value != HZ_NO_REG && hz_machine_state(&f->decision->machine, regs) == HZ_IS_VALUE;
    hz_buf_add(f->out, text ? HZ_STR("“") : HZ_STR("")); /* texts have commas and brackets of their own */
    hz_say_symbol(f->decision, symbol, false, f->language, f->out);
    return text ? HZ_STR("”") : negative ? HZ_STR(")") : HZ_STR("");
}

static hz_str word_of(const void *context, hz_str feel)
{
    return hz_word(feel, ((const saying_formula *)context)->language);
}

/* A literal that the checker gave a meaning: a code by its label, a date, a period in words. */
static bool say_literal(const void *context, const hz_ast *ast)
{
    const saying_formula *f = context;
    if (ast->type.kind == HZ_KIND_STRING || ast->type.kind == HZ_KIND_NONE)
        return false;
    hz_said_value said = {.type = &ast->type, .value = (int64_t)ast->type.lo, .wide = hz_wide_from(ast->type.lo, ast->type.scale)};
    hz_say_value(f->plan->ruleset, &said, f->language, f->out);
    return true;
}

static void say(const saying_formula *f, const hz_ast *formula)
{
    const hz_feel_labels labels = {.label = f->decision == NULL ? label_of : value_of,
                                   .context = f,
                                   .word = word_of,
                                   .literal = say_literal};
    hz_feel_print(formula, &labels, f->out);
}

void hz_say_formula(const hz_plan *plan, const hz_ast *formula, uint32_t language, hz_buf *out)
{
    saying_formula f = {.plan = plan, .language = language, .out = out};
    say(&f, formula);
}

bool hz_row_asks(const hz_table *table, const hz_row *row)
{
    if (row->of != NULL)
        return hz_long_asks(row);
    for (uint32_t i = 0; row->cells != NULL && i < table->inputs.count; i++)
        if (row->cells[i].test != NULL)
            return true;
    return false;
}

void hz_say_cells(const hz_plan *plan, const hz_table *table, const hz_row *row, uint32_t language, hz_buf *out)
{
    bool first = true;
    if (row->of != NULL) {
        hz_say_long_cells(plan, table, row, language, out);
        return;
    }
    for (uint32_t i = 0; row->cells != NULL && i < table->inputs.count; i++) {
        const hz_ast *test = row->cells[i].test;
        if (test == NULL)
            continue;
        if (!first)
            hz_buf_add(out, hz_say(HZ_SAY_COMMA, language));
        hz_say_formula(plan, test->op == HZ_AST_IF ? test->child[0] : test, language, out);
        first = false;
    }
}

/* The side of `and` or `or` that decided alone; NULL where both count. */
static const hz_ast *deciding(const hz_decision *decision, const hz_ast *formula)
{
    bool truth = formula->op == HZ_AST_OR;
    for (uint32_t i = 0; i < 2 && hz_expression_is(decision, formula, truth); i++)
        if (hz_expression_is(decision, formula->child[i], truth))
            return formula->child[i];
    return NULL;
}

/* What the answer hung on: of `if` the branch taken, of `and` and `or` the side that decided; NULL where it is open. */
static const hz_ast *taken(const hz_decision *decision, const hz_ast *formula)
{
    while (formula->op == HZ_AST_IF || formula->op == HZ_AST_AND || formula->op == HZ_AST_OR) {
        if (formula->op != HZ_AST_IF) {
            const hz_ast *side = deciding(decision, formula);
            if (side == NULL)
                return formula;
            formula = side;
            continue;
        }
        const hz_regs *regs = hz_expression_regs(decision, formula->child[0]);
        if (regs == NULL || hz_machine_state(&decision->machine, regs) > HZ_IS_NULL)
            return NULL;
        formula = formula->child[hz_machine_true(&decision->machine, regs) ? 1 : 2];
    }
    return formula;
}

bool hz_formula_computes(const hz_decision *decision, const hz_ast *formula)
{
    formula = taken(decision, formula);
    return formula != NULL && formula->children > 0;
}

void hz_say_formula_values(const hz_decision *decision, const hz_ast *formula, uint32_t language, hz_buf *out)
{
    saying_formula f = {.plan = decision->plan, .decision = decision, .language = language, .out = out};
    formula = taken(decision, formula);
    if (formula != NULL)
        say(&f, formula);
}

/* ---- Templates ---- */

const hz_template *hz_template_in(const hz_line *line, uint32_t language)
{
    const hz_template *own = language == 0 ? &line->zh : &line->en;
    const hz_template *other = language == 0 ? &line->en : &line->zh;
    if (own->parts.count > 0)
        return own;
    return other->parts.count > 0 ? other : NULL;
}

void hz_say_template_labels(const hz_plan *plan, const hz_template *text, uint32_t language, hz_buf *out)
{
    saying_formula f = {.plan = plan, .language = language, .out = out};
    for (uint32_t i = 0; i < text->parts.count; i++) {
        const hz_template_part *part = &text->parts.at[i];
        if (!part->is_name) {
            hz_say_text(part->text, out);
            continue;
        }
        hz_buf_add(out, hz_say(HZ_SAY_OPEN_NAME, language));
        hz_buf_add(out, label_of(&f, part->text));
        hz_buf_add(out, hz_say(HZ_SAY_CLOSE_NAME, language));
    }
}
