/* batch.c - huzhu_batch: columns of the host for run/columns.c. Whether a value fits is the inside's business; here only
 * whether a column can be one of its input.
 */
#include "api/api.h"

#include "base/status.h"
#include "run/carry.h"
#include "run/turns.h"

#define MOST_PARTS 65536
#define TURNS 1024 /* looked at together */

struct huzhu_batch {
    hz_batch core;
    hz_carry *carry;          /* NULL: rows see no other, and the plan has no parts; of a part NULL */
    uint32_t carry_counters;  /* for which carry was made */
    hz_alloc alloc;
    const huzhu_plan *plan;   /* its ruleset is counted */
    hz_column *inputs;        /* per input; map is of this object */
    hz_column *counters;      /* per counter */
    huzhu_batch_results results;
    hz_result_benefit *benefits; /* per benefit */
    int64_t **after;          /* per counter */
    uint8_t **after_valid;
    uint8_t **listed;         /* per number of a reason */
    size_t listed_count;      /* of them that are wanted */
    huzhu_batch *whole;       /* of a part of a package; else NULL */
    huzhu_batch *parts;       /* per part of a package */
    hz_columns *parts_in;     /* likewise */
    hz_results *parts_out;
};

static size_t part_count(const huzhu_batch *batch)
{
    return batch->plan->core->part_count;
}

static const hz_plan_model *rules_of(const huzhu_batch *batch)
{
    return batch->plan->core->rules;
}

/* ---- the object ---- */

/* Memory for count items, zeroed; one more, so that none is asked for 0 bytes. */
static void *take(huzhu_batch *batch, size_t count, size_t size)
{
    return hz_api_new(&batch->alloc, (count + 1) * size);
}

static void give(huzhu_batch *batch, void *memory, size_t count, size_t size)
{
    if (memory != NULL) hz_api_free(&batch->alloc, memory, (count + 1) * size);
}

static bool take_all(huzhu_batch *batch)
{
    const hz_plan_model *rules = rules_of(batch);
    batch->inputs = take(batch, rules->inputs.count, sizeof *batch->inputs);
    batch->counters = take(batch, rules->counters.count, sizeof *batch->counters);
    batch->benefits = take(batch, rules->benefits.count, sizeof *batch->benefits);
    batch->after = take(batch, rules->counters.count, sizeof *batch->after);
    batch->after_valid = take(batch, rules->counters.count, sizeof *batch->after_valid);
    batch->listed = take(batch, batch->plan->core->columns.listed_count, sizeof *batch->listed);
    batch->parts = take(batch, part_count(batch), sizeof *batch->parts);
    batch->parts_in = take(batch, part_count(batch), sizeof *batch->parts_in);
    batch->parts_out = take(batch, part_count(batch), sizeof *batch->parts_out);
    bool ok = batch->inputs != NULL && batch->counters != NULL && batch->benefits != NULL && batch->after != NULL && batch->after_valid != NULL &&
              batch->listed != NULL;
    ok = ok && batch->parts != NULL && batch->parts_in != NULL && batch->parts_out != NULL;
    for (size_t i = 0; i < part_count(batch) && ok; i++) {
        batch->parts[i] = (huzhu_batch){.alloc = batch->alloc, .plan = &batch->plan->parts[i], .whole = batch};
        ok = take_all(&batch->parts[i]);
    }
    return ok;
}

static void drop_map(huzhu_batch *batch, const hz_column *column)
{
    if (column->map != NULL) give(batch, (void *)(uintptr_t)column->map, column->map_count, sizeof *column->map);
}

static void give_all(huzhu_batch *batch)
{
    const hz_plan_model *rules = rules_of(batch);
    for (uint32_t i = 0; batch->inputs != NULL && i < rules->inputs.count; i++) drop_map(batch, &batch->inputs[i]);
    give(batch, batch->inputs, rules->inputs.count, sizeof *batch->inputs);
    give(batch, batch->counters, rules->counters.count, sizeof *batch->counters);
    give(batch, batch->benefits, rules->benefits.count, sizeof *batch->benefits);
    give(batch, batch->after, rules->counters.count, sizeof *batch->after);
    give(batch, batch->after_valid, rules->counters.count, sizeof *batch->after_valid);
    give(batch, batch->listed, batch->plan->core->columns.listed_count, sizeof *batch->listed);
    for (size_t i = 0; batch->parts != NULL && i < part_count(batch); i++)
        if (batch->parts[i].plan != NULL) give_all(&batch->parts[i]);
    give(batch, batch->parts, part_count(batch), sizeof *batch->parts);
    give(batch, batch->parts_in, part_count(batch), sizeof *batch->parts_in);
    give(batch, batch->parts_out, part_count(batch), sizeof *batch->parts_out);
}

/* What rows need that see each other, or ask parts. False: no memory. */
static bool make_carry(const huzhu_batch *batch, uint32_t counters, hz_carry **out)
{
    bool alone = counters != HUZHU_COUNTERS_CARRIED && part_count(batch) == 0;
    *out = alone ? NULL : hz_carry_new(batch->plan->core, (hz_counters_of)counters, &batch->alloc);
    return alone || *out != NULL;
}

huzhu_status huzhu_batch_new(const huzhu_plan *plan, huzhu_batch **out)
{
    if (out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = NULL;
    if (plan == NULL) return HUZHU_INVALID_ARGUMENT;
    if (plan->core->event) return HUZHU_UNSUPPORTED;
    const hz_alloc *alloc = &plan->ruleset->alloc;
    huzhu_batch *batch = hz_api_new(alloc, sizeof *batch);
    if (batch == NULL) return HUZHU_NO_MEMORY;
    batch->alloc = *alloc;
    batch->plan = plan;
    if (!take_all(batch) || !make_carry(batch, HUZHU_COUNTERS_GIVEN, &batch->carry) || hz_batch_begin(&batch->core, plan->core, alloc) != HUZHU_OK) {
        hz_carry_free(batch->carry);
        give_all(batch);
        hz_api_free(alloc, batch, sizeof *batch);
        return HUZHU_NO_MEMORY;
    }
    huzhu_ruleset_retain(plan->ruleset);
    *out = batch;
    return HUZHU_OK;
}

void huzhu_batch_free(huzhu_batch *batch)
{
    if (batch == NULL || batch->whole != NULL) return;
    huzhu_ruleset *ruleset = batch->plan->ruleset;
    hz_batch_end(&batch->core);
    hz_carry_free(batch->carry);
    give_all(batch);
    hz_api_free(&batch->alloc, batch, sizeof *batch);
    huzhu_ruleset_release(ruleset);
}

size_t huzhu_batch_part_count(const huzhu_batch *batch)
{
    return batch != NULL ? part_count(batch) : 0;
}

huzhu_status huzhu_batch_part_at(huzhu_batch *batch, size_t index, huzhu_batch **out)
{
    if (index >= huzhu_batch_part_count(batch) || out == NULL) return HUZHU_INVALID_ARGUMENT;
    *out = &batch->parts[index];
    return HUZHU_OK;
}

/* ---- columns in ---- */

/* The layout inside, or -1: not one of this kind of input. */
static int layout_of(uint32_t layout, hz_kind kind)
{
    switch (layout) {
    case HUZHU_COLUMN_INT32: return kind == HZ_KIND_DATE || kind == HZ_KIND_CODE ? HZ_LAYOUT_OWN : -1;
    case HUZHU_COLUMN_INT64: return kind == HZ_KIND_NUMBER || kind == HZ_KIND_DATE || kind == HZ_KIND_BOOLEAN ? HZ_LAYOUT_INT64 : -1;
    case HUZHU_COLUMN_BITS: return kind == HZ_KIND_BOOLEAN ? HZ_LAYOUT_OWN : -1;
    case HUZHU_COLUMN_BYTES: return kind == HZ_KIND_BOOLEAN ? HZ_LAYOUT_BYTES : -1;
    case HUZHU_COLUMN_DICTIONARY: return kind == HZ_KIND_CODE ? HZ_LAYOUT_MAPPED : -1;
    case HUZHU_COLUMN_TEXT: return kind == HZ_KIND_STRING ? HZ_LAYOUT_OFFSETS : -1;
    default: return -1;
    }
}

/* Which code of the input each item of the host's dictionary is. */
static huzhu_status make_map(huzhu_batch *batch, const huzhu_column *from, const hz_codes *codes, hz_column *out)
{
    for (uint32_t i = 0; i < from->dictionary_count; i++)
        if (from->dictionary == NULL || from->dictionary[i] == NULL) return HUZHU_INVALID_ARGUMENT;
    int32_t *map = take(batch, from->dictionary_count, sizeof *map);
    if (map == NULL) return HUZHU_NO_MEMORY;
    for (uint32_t i = 0; i < from->dictionary_count; i++) map[i] = hz_codes_find(codes, hz_str_from(from->dictionary[i]));
    out->map = map;
    out->map_count = from->dictionary_count;
    return HUZHU_OK;
}

static huzhu_status set_column(huzhu_batch *batch, hz_column *at, const hz_type *type, const huzhu_column *from)
{
    hz_column column = {0};
    if (from != NULL) {
        huzhu_status status = hz_api_size(from, from->struct_size, sizeof *from, sizeof *from);
        if (status != HUZHU_OK) return status;
        int layout = layout_of(from->layout, type->kind);
        bool number = type->kind == HZ_KIND_NUMBER;
        if (layout < 0 || from->values == NULL || from->scale < 0 || from->scale > (number ? 18 : 0)) return HUZHU_INVALID_ARGUMENT;
        if (layout == HZ_LAYOUT_OFFSETS && from->bytes == NULL && from->byte_count > 0) return HUZHU_INVALID_ARGUMENT;
        column = (hz_column){.values = from->values, .valid = from->valid, .layout = (uint8_t)layout, .scale = from->scale};
        column.bytes = from->bytes != NULL ? from->bytes : "";
        column.byte_count = (size_t)from->byte_count;
        if (layout == HZ_LAYOUT_MAPPED) status = make_map(batch, from, type->codes, &column);
        if (status != HUZHU_OK) return status;
    }
    drop_map(batch, at);
    *at = column;
    return HUZHU_OK;
}

huzhu_status huzhu_batch_set_input(huzhu_batch *batch, size_t input, const huzhu_column *column)
{
    if (batch == NULL || batch->whole != NULL || input >= rules_of(batch)->inputs.count) return HUZHU_INVALID_ARGUMENT;
    return set_column(batch, &batch->inputs[input], &rules_of(batch)->inputs.at[input].type, column);
}

huzhu_status huzhu_batch_set_counter(huzhu_batch *batch, size_t counter, const huzhu_column *column)
{
    if (batch == NULL || counter >= rules_of(batch)->counters.count) return HUZHU_INVALID_ARGUMENT;
    return set_column(batch, &batch->counters[counter], &rules_of(batch)->counters.at[counter].type, column);
}

huzhu_status huzhu_batch_set_counters(huzhu_batch *batch, uint32_t counters)
{
    if (batch == NULL || batch->whole != NULL || counters > HUZHU_COUNTERS_CARRIED) return HUZHU_INVALID_ARGUMENT;
    if (batch->carry != NULL && counters == batch->carry_counters) {
        hz_carry_reset(batch->carry);
        return HUZHU_OK;
    }
    hz_carry *carry;
    if (!make_carry(batch, counters, &carry)) return HUZHU_NO_MEMORY;
    hz_carry_free(batch->carry);
    batch->carry = carry;
    batch->carry_counters = counters;
    batch->core.fresh = counters == HUZHU_COUNTERS_FRESH;
    return HUZHU_OK;
}

/* ---- columns out ---- */

huzhu_status huzhu_batch_set_results(huzhu_batch *batch, const huzhu_batch_results *results)
{
    if (batch == NULL) return HUZHU_INVALID_ARGUMENT;
    if (results == NULL) {
        batch->results = (huzhu_batch_results){0};
        return HUZHU_OK;
    }
    huzhu_status status = hz_api_size(results, results->struct_size, offsetof(huzhu_batch_results, total_valid), sizeof *results);
    if (status != HUZHU_OK) return status;
    batch->results = (huzhu_batch_results){0};
    memcpy(&batch->results, results, results->struct_size < sizeof *results ? results->struct_size : sizeof *results);
    return HUZHU_OK;
}

huzhu_status huzhu_batch_set_benefit(huzhu_batch *batch, size_t benefit, int64_t *gross, int64_t *net)
{
    if (batch == NULL || benefit >= rules_of(batch)->benefits.count) return HUZHU_INVALID_ARGUMENT;
    batch->benefits[benefit] = (hz_result_benefit){.gross = gross, .net = net};
    return HUZHU_OK;
}

huzhu_status huzhu_batch_set_counter_after(huzhu_batch *batch, size_t counter, int64_t *after, uint8_t *valid)
{
    if (batch == NULL || counter >= rules_of(batch)->counters.count) return HUZHU_INVALID_ARGUMENT;
    batch->after[counter] = after;
    batch->after_valid[counter] = valid;
    return HUZHU_OK;
}

huzhu_status huzhu_batch_set_reason_rows(huzhu_batch *batch, size_t number, uint8_t *rows)
{
    if (batch != NULL && (batch->whole != NULL || part_count(batch) > 0)) return HUZHU_UNSUPPORTED;
    if (batch == NULL || number == 0 || number >= batch->plan->core->columns.listed_count) return HUZHU_INVALID_ARGUMENT;
    batch->listed_count += (size_t)(rows != NULL) - (size_t)(batch->listed[number] != NULL);
    batch->listed[number] = rows;
    return HUZHU_OK;
}

static hz_results results_of(const huzhu_batch *batch)
{
    return (hz_results){.outcome = batch->results.outcome,
                        .total = batch->results.total,
                        .has_total = batch->results.total_valid,
                        .reason = batch->results.reason,
                        .after = batch->after,
                        .after_valid = batch->after_valid,
                        .benefits = batch->benefits,
                        .listed = batch->listed_count > 0 ? batch->listed : NULL,
                        .bad = batch->results.bad_input};
}

huzhu_status huzhu_batch_evaluate(huzhu_batch *batch, size_t first, size_t rows)
{
    if (batch == NULL || batch->whole != NULL || rows > SIZE_MAX / 32 || first > SIZE_MAX / 32) return HUZHU_INVALID_ARGUMENT;
    hz_results out = results_of(batch);
    hz_columns in = {.inputs = batch->inputs, .counters = batch->counters};
    for (size_t i = 0; i < part_count(batch); i++) {
        batch->parts_in[i] = (hz_columns){.counters = batch->parts[i].counters};
        batch->parts_out[i] = results_of(&batch->parts[i]);
        in.parts = batch->parts_in;
        out.parts = batch->parts_out;
    }
    if (batch->carry != NULL) return hz_carry_range(batch->carry, &in, first, rows, &out);
    return hz_batch_range(&batch->core, batch->inputs, batch->counters, first, rows, &out);
}

huzhu_status huzhu_batch_partition(const huzhu_batch *batch, size_t first, size_t rows, size_t parts, size_t *ends)
{
    if (batch == NULL || batch->whole != NULL || ends == NULL || parts == 0 || parts > MOST_PARTS || rows > SIZE_MAX / 32 || first > SIZE_MAX / 32) return HUZHU_INVALID_ARGUMENT;
    const hz_plan *plan = batch->plan->core;
    const hz_column none = {0};
    uint32_t input = hz_turn_input(plan);
    const hz_column *column = input != HZ_NO_INPUT ? &batch->inputs[input] : &none;
    uint64_t turns[TURNS];
    int32_t status = HZ_OK;
    hz_split split;
    hz_split_begin(&split, rows, parts, ends, &batch->alloc);
    for (size_t r = 0; r < rows && status == HZ_OK; r += TURNS) {
        size_t count = rows - r < TURNS ? rows - r : TURNS;
        hz_turns_of(plan, column, first + r, count, turns);
        status = hz_split_add(&split, turns, count);
    }
    hz_split_end(&split);
    for (size_t i = 0; i < parts; i++) ends[i] += first;
    return status;
}

/* ---- reasons by number ---- */

size_t huzhu_plan_reason_count(const huzhu_plan *plan)
{
    return plan != NULL ? (size_t)hz_plan_reason_count(plan->core) : 0;
}

huzhu_text huzhu_plan_reason_code(const huzhu_plan *plan, size_t number)
{
    if (plan == NULL || number > huzhu_plan_reason_count(plan)) return hz_api_empty();
    return hz_api_text(hz_plan_reason(plan->core, (int32_t)number));
}
