/* arrow_turns.c - rows of Arrow for several threads: cut where a turn ends, or given to parts by their turns (run/turns.h).
 */
#include "api/arrow.h"

#include "base/status.h"
#include "run/turns.h"

#include <stdio.h>

#define TURNS 1024 /* looked at together */

/* The turns of rows [first, first + rows) of an array, TURNS at most. */
static void turns_of(huzhu_arrow *arrow, const struct ArrowArray *in, int64_t first, size_t rows, uint64_t turns[TURNS])
{
    const hz_plan *plan = arrow->plan->core;
    uint32_t input = hz_turn_input(plan);
    hz_column fed = {0};
    hz_arrow_column *column = input != HZ_NO_INPUT ? &arrow->columns[input] : NULL;
    if (column != NULL && column->staged != NULL) hz_arrow_feed(arrow, column, in->children[column->child], in->offset + first, rows, &fed);
    hz_turns_of(plan, &fed, 0, rows, turns);
}

static huzhu_status begin(const huzhu_arrow *arrow, const struct ArrowArray *in, size_t parts, const void *out, huzhu_diagnostics *diagnostics)
{
    if (arrow == NULL || in == NULL || out == NULL || parts == 0 || parts > HZ_ARROW_PARTS) return HUZHU_INVALID_ARGUMENT;
    hz_api_diagnostics_clear(diagnostics);
    return hz_arrow_hold(arrow, in, diagnostics);
}

static huzhu_status cut(huzhu_arrow *arrow, const struct ArrowArray *in, size_t parts, size_t *ends)
{
    hz_split split;
    int32_t status = HZ_OK;
    uint64_t turns[TURNS];
    hz_split_begin(&split, (size_t)in->length, parts, ends, &arrow->alloc);
    for (int64_t first = 0; first < in->length && status == HZ_OK; first += TURNS) {
        size_t rows = in->length - first < TURNS ? (size_t)(in->length - first) : TURNS;
        turns_of(arrow, in, first, rows, turns);
        status = hz_split_add(&split, turns, rows);
    }
    hz_split_end(&split);
    return status;
}

huzhu_status huzhu_arrow_partition(huzhu_arrow *arrow, const struct ArrowArray *in, size_t parts, huzhu_diagnostics *diagnostics, int64_t *ends)
{
    huzhu_status status = begin(arrow, in, parts, ends, diagnostics);
    if (status != HUZHU_OK) return status;
    size_t *found = hz_api_new(&arrow->alloc, parts * sizeof *found);
    if (found == NULL) return HUZHU_NO_MEMORY;
    status = cut(arrow, in, parts, found);
    for (size_t i = 0; i < parts && status == HUZHU_OK; i++) ends[i] = (int64_t)found[i];
    hz_api_free(&arrow->alloc, found, parts * sizeof *found);
    if (status != HUZHU_DATA) return status;
    hz_str turn = arrow->plan->core->rules->in_turn_by.name;
    char message[160], hint[160];
    int shown = (int)(turn.len < 64 ? turn.len : 64);
    snprintf(message, sizeof message, "rows of one `%.*s` do not all come behind each other", shown, turn.at);
    snprintf(hint, sizeof hint, "sort the rows by `%.*s`, in their order within one; or give rows to threads by huzhu_arrow_assign", shown, turn.at);
    return hz_arrow_tell(diagnostics, hz_str_from(message), hz_str_from(hint));
}

huzhu_status huzhu_arrow_assign(huzhu_arrow *arrow, const struct ArrowArray *in, size_t parts, huzhu_diagnostics *diagnostics, uint32_t *part)
{
    uint64_t turns[TURNS];
    huzhu_status status = begin(arrow, in, parts, part, diagnostics);
    if (status != HUZHU_OK) return status;
    bool any = hz_turn_input(arrow->plan->core) != HZ_NO_INPUT;
    for (int64_t first = 0; first < in->length; first += TURNS) {
        size_t rows = in->length - first < TURNS ? (size_t)(in->length - first) : TURNS;
        turns_of(arrow, in, first, rows, turns);
        for (size_t r = 0; r < rows; r++)
            part[first + (int64_t)r] = any ? hz_turn_part(turns[r], (uint32_t)parts) : (uint32_t)((size_t)first / TURNS % parts);
    }
    return HUZHU_OK;
}
