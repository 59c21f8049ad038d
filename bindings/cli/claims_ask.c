/* claims_ask.c - a row once more, as a single claim: what exactly is wrong with it, in the library's words. */
#include "claims.h"

#include "input.h"

/* Of a package each part that the column is of. */
static huzhu_status set_counter(const cli_columns *columns, const cli_column *column, huzhu_text text, huzhu_claim *claim)
{
    size_t parts = huzhu_claim_part_count(claim), index = column->index;
    huzhu_status status = HUZHU_OK;
    if (parts == 0)
        return huzhu_claim_set_counter_text(claim, index, text.data, text.size);
    for (size_t i = 0; i < parts && (status == HUZHU_OK || status == HUZHU_DATA); i++) {
        huzhu_claim *part;
        bool named = huzhu_plan_counter_find(huzhu_plan_part_at(columns->plan, i), column->name, HUZHU_NUL, &index) == HUZHU_OK;
        if (column->part == i)
            index = column->index;
        if (column->part == i || (column->part == CLI_PART_ANY && named))
            status = huzhu_claim_part_at(claim, i, &part) == HUZHU_OK ? huzhu_claim_set_counter_text(part, index, text.data, text.size) : HUZHU_NO_MEMORY;
    }
    return status;
}

static huzhu_status set_cells(const cli_claims *claims, size_t row, huzhu_claim *claim)
{
    const cli_columns *columns = claims->columns;
    huzhu_claim_reset(claim);
    for (size_t i = 0; i < columns->count; i++) {
        const cli_column *column = &columns->at[i];
        huzhu_text text;
        if (!cli_column_is_read(column) || !cli_cells_get(&claims->cells, i, row, &text))
            continue;
        huzhu_status status = column->counter ? set_counter(columns, column, text, claim)
                                              : huzhu_claim_set_value(claim, column->index, text.data, text.size);
        if (status != HUZHU_OK && status != HUZHU_DATA)
            return status;
    }
    return HUZHU_OK;
}

huzhu_status cli_claims_ask(const cli_claims *claims, const cli_piece_text *text, size_t row, huzhu_claim *claim, huzhu_decision *decision)
{
    const cli_row *at = &claims->rows[row];
    huzhu_status status = claims->columns->json ? huzhu_claim_read_json(claim, text->bytes + at->begin, at->size) : set_cells(claims, row, claim);
    if (status != HUZHU_OK && status != HUZHU_DATA)
        return status;
    status = huzhu_claim_set_fresh(claim, claims->columns->fresh);
    return status == HUZHU_OK ? huzhu_claim_evaluate(claim, decision) : status;
}
