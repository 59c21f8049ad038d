/* rows.c - which rows of a decision table an answer took. States are read from the decision's registers. Called by lazy.c,
 * walk.c, fault.c and the explanation.
 */
#include "run/walk.h"

#include "rules/long_rows.h"

bool hz_row_matches(const hz_decision *decision, const hz_ast *formula, uint32_t row)
{
    return hz_expression_is(decision, formula->child[2 * row], true);
}

static bool fails(const hz_decision *decision, const hz_ast *formula, uint32_t row)
{
    return hz_expression_is(decision, formula->child[2 * row], false);
}

bool hz_row_taken(const hz_decision *decision, const hz_ast *formula, uint32_t row)
{
    bool ordered = formula->compare == HZ_HIT_FIRST || formula->compare == HZ_HIT_PRIORITY;
    if (2 * row + 1 == formula->children) { /* `otherwise` */
        for (uint32_t i = 0; i < row; i++)
            if (!fails(decision, formula, i)) return false;
        return true;
    }
    if (!hz_row_matches(decision, formula, row)) return false;
    for (uint32_t i = 0; i < row && formula->compare < HZ_HIT_SUM; i++)
        if (ordered ? !fails(decision, formula, i) : hz_row_matches(decision, formula, i)) return false;
    return true;
}

bool hz_table_used(const hz_decision *decision, uint32_t symbol, hz_table_use *out)
{
    const hz_plan_model *rules = decision->plan->rules;
    if (rules->symbols.at[symbol].kind != HZ_SYMBOL_OUTPUT) return false;
    const hz_output *output = &rules->outputs.at[rules->symbols.at[symbol].index];
    const hz_entry *entry = hz_entry_in_force(decision, &output->history);
    if (entry == NULL || entry->formula == NULL) return false;
    out->table = &rules->tables.at[output->table];
    uint32_t number = (uint32_t)(entry - output->history.entries.at);
    out->version = &out->table->versions.at[number];
    out->from = &out->table->history.entries.at[number].from;
    out->formula = entry->formula;
    out->met.of = NULL;
    int64_t row = out->formula->rows != NULL ? hz_long_row(decision, out->formula) : -1;
    if (row < 0) return true;
    const hz_long_rows *many = out->version->many;
    out->met = (hz_row){.path = hz_long_path(many, (uint32_t)row), .span = HZ_NO_SPAN, .from = {.span = HZ_NO_SPAN}, .of = many, .number = (uint32_t)row};
    return true;
}

/* ---- Long versions ---- */

int64_t hz_long_answer(const hz_decision *decision, const hz_ast *formula)
{
    const hz_regs *found = hz_expression_regs(decision, formula->rows->found);
    return found != NULL ? hz_machine_int(&decision->machine, found->value) : 0;
}

int64_t hz_long_row(const hz_decision *decision, const hz_ast *formula)
{
    return (hz_long_answer(decision, formula) >> HZ_LOOKUP_BITS) - 1;
}

const hz_ast *hz_long_gives(const hz_decision *decision, const hz_ast *formula)
{
    const hz_long *rows = formula->rows;
    if (rows->which == HZ_NO_LIST) return NULL;
    int64_t number = hz_lookup_item(rows->lookup, rows->which, hz_long_answer(decision, formula));
    return number > 0 ? formula->child[rows->columns + number - 1] : NULL;
}

static const hz_row *next_of_long(const hz_decision *decision, const hz_table_use *use, uint32_t *at)
{
    if ((*at)++ > 0) return NULL;
    if (use->met.of != NULL) return &use->met;
    return use->version->has_otherwise && hz_long_answer(decision, use->formula) == 0 ? &use->version->otherwise : NULL;
}

const hz_ast *hz_row_gives(const hz_row *row, uint32_t output)
{
    if (row->of == NULL) return row->gives[output];
    const hz_long_output *gives = &row->of->gives[output];
    return gives->formula != NULL && gives->formula[row->number] > 0 ? gives->formulas.at[gives->formula[row->number] - 1] : NULL;
}

/* ---- Rows taken ---- */

const hz_row *hz_row_next(const hz_decision *decision, const hz_table_use *use, uint32_t *at)
{
    if (use->formula->rows != NULL) return next_of_long(decision, use, at);
    uint32_t rows = (use->formula->children + 1) / 2;
    if (*at > 0 && use->formula->compare < HZ_HIT_SUM) return NULL; /* one was taken */
    while (*at < rows && !hz_row_taken(decision, use->formula, *at)) ++*at;
    if (*at >= rows) return NULL;
    uint32_t row = (*at)++;
    return row < use->version->rows.count ? &use->version->rows.at[use->version->order[row]] : &use->version->otherwise;
}

const hz_provenance *hz_row_from(const hz_table_use *use, const hz_row *row)
{
    if (row->from.grounded) return &row->from;
    return use->from->given ? use->from : &use->table->from;
}
