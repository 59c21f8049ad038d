/* rows.c - which rows of a decision table an answer took. States are read from the decision's registers. Called by lazy.c,
 * walk.c, fault.c and the explanation.
 */
#include "run/walk.h"

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
    return true;
}

const hz_row *hz_row_next(const hz_decision *decision, const hz_table_use *use, uint32_t *at)
{
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
