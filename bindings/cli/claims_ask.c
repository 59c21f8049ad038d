/* claims_ask.c - a row once more, as a single claim: what exactly is wrong with it, in the library's words. */
#include "claims.h"

#include "input.h"

static huzhu_status set_cells(const cli_claims *claims, size_t row, huzhu_claim *claim)
{
    const cli_columns *columns = claims->columns;
    huzhu_claim_reset(claim);
    for (size_t i = 0; i < columns->count; i++) {
        const cli_column *column = &columns->at[i];
        huzhu_text text;
        if (!cli_column_is_read(column) || !cli_cells_get(&claims->cells, i, row, &text))
            continue;
        huzhu_status status = column->counter ? huzhu_claim_set_counter_text(claim, column->index, text.data, text.size)
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
