/* spell.c - the texts in the views of a decision, worked out when the first of them is asked for.
 *
 * Not JSON: that is run/write.c. Called by the getters in decision*.c. The order of the texts is fixed by how many of
 * each kind the decision has:
 *
 *     sheet   benefits x 2 | values x 2 | fees | cuts x 3 | moves x 4        or: keys of the counters to read
 *     basis   items x 4
 */
#include "api/api.h"

enum { PER_CUT = 3, PER_MOVE = 4, PER_BASIS = 4 };

static void add_number(hz_api_sheet *sheet, int64_t value, int32_t scale)
{
    hz_type type = {.kind = HZ_KIND_NUMBER, .scale = scale};
    hz_format_by_type(&type, value, &sheet->bytes);
    hz_api_sheet_next(sheet);
}

static void add_amounts(hz_api_sheet *sheet, const hz_amount *amounts, uint32_t count, bool both)
{
    for (uint32_t i = 0; i < count; i++) {
        if (both) add_number(sheet, amounts[i].before, amounts[i].scale);
        add_number(sheet, amounts[i].after, amounts[i].scale);
    }
}

static void add_cut(hz_api_sheet *sheet, const hz_cut *cut)
{
    if (cut->has_limit) add_number(sheet, cut->limit, cut->scale);
    else hz_api_sheet_next(sheet);
    add_number(sheet, cut->used, cut->scale);
    add_number(sheet, cut->cut, cut->scale);
}

static void add_move(hz_api_sheet *sheet, const hz_decision *core, const hz_move *move)
{
    const hz_type *type = &core->plan->rules->counters.at[move->counter].type;
    hz_decision_counter_key(core, move->counter, &sheet->bytes);
    hz_api_sheet_next(sheet);
    if (move->has_before) hz_format_by_type(type, move->before, &sheet->bytes);
    hz_api_sheet_next(sheet);
    if (move->has_change) hz_format_by_type(type, move->change, &sheet->bytes);
    hz_api_sheet_next(sheet);
    if (move->has_after) hz_format_by_type(type, move->after, &sheet->bytes);
    hz_api_sheet_next(sheet);
}

bool hz_api_spell(const huzhu_decision *decision)
{
    huzhu_decision *self = (huzhu_decision *)(uintptr_t)decision; /* a cache: no host has a constant decision */
    hz_api_sheet *sheet = &self->sheet;
    const hz_decision *core = decision->core;
    if (decision->spelled && !sheet->failed) return true;
    hz_api_sheet_reset(sheet);
    if (decision->holds == HZ_API_READS) {
        for (uint32_t i = 0; i < core->read_count; i++) {
            hz_decision_counter_key(core, core->reads[i], &sheet->bytes);
            hz_api_sheet_next(sheet);
        }
    } else {
        add_amounts(sheet, core->benefits, core->benefit_count, true);
        add_amounts(sheet, core->values, core->value_count, true);
        add_amounts(sheet, core->fees, core->fee_count, false);
        for (uint32_t i = 0; i < core->cut_count; i++) add_cut(sheet, &core->cuts[i]);
        for (uint32_t i = 0; i < core->move_count; i++) add_move(sheet, core, &core->moves[i]);
    }
    self->spelled = true;
    return !sheet->failed;
}

bool hz_api_spell_basis(const huzhu_decision *decision)
{
    huzhu_decision *self = (huzhu_decision *)(uintptr_t)decision;
    hz_api_sheet *sheet = &self->basis;
    hz_decision *core = self->core;
    if (decision->spelled_basis && !sheet->failed) return true;
    hz_api_sheet_reset(sheet);
    hz_decision_walk(core);
    for (uint32_t i = 0; i < core->basis_count; i++) {
        const hz_basis_item *item = &core->basis[i];
        hz_basis_path(core, item, &sheet->bytes);
        hz_api_sheet_next(sheet);
        if (item->entry != NULL) hz_basis_value(item, &sheet->bytes);
        hz_api_sheet_next(sheet);
        if (item->entry != NULL) hz_since_text(&item->entry->since, &sheet->bytes);
        hz_api_sheet_next(sheet);
        hz_basis_sources(core, item, &sheet->bytes);
        hz_api_sheet_next(sheet);
    }
    self->spelled_basis = true;
    return !sheet->failed;
}

/* ---- where they stand ---- */

static size_t fees_begin(const hz_decision *core)
{
    return (size_t)core->benefit_count * 2 + (size_t)core->value_count * 2;
}

static size_t moves_begin(const hz_decision *core)
{
    return fees_begin(core) + core->fee_count + (size_t)core->cut_count * PER_CUT;
}

huzhu_text hz_api_benefit_text(const huzhu_decision *decision, size_t index, bool after)
{
    return hz_api_sheet_at(&decision->sheet, index * 2 + after);
}

huzhu_text hz_api_value_text(const huzhu_decision *decision, size_t index, bool after)
{
    return hz_api_sheet_at(&decision->sheet, (size_t)decision->core->benefit_count * 2 + index * 2 + after);
}

huzhu_text hz_api_fee_text(const huzhu_decision *decision, size_t index)
{
    return hz_api_sheet_at(&decision->sheet, fees_begin(decision->core) + index);
}

huzhu_text hz_api_cut_text(const huzhu_decision *decision, size_t index, size_t which)
{
    size_t begin = fees_begin(decision->core) + decision->core->fee_count;
    return hz_api_sheet_at(&decision->sheet, begin + index * PER_CUT + which);
}

huzhu_text hz_api_move_text(const huzhu_decision *decision, size_t index, size_t which)
{
    return hz_api_sheet_at(&decision->sheet, moves_begin(decision->core) + index * PER_MOVE + which);
}

huzhu_text hz_api_basis_text(const huzhu_decision *decision, size_t index, size_t which)
{
    return hz_api_sheet_at(&decision->basis, index * PER_BASIS + which);
}

huzhu_text hz_api_read_text(const huzhu_decision *decision, size_t index)
{
    return hz_api_sheet_at(&decision->sheet, index);
}
