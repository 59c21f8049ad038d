/* carry_package.c - a package's own program over a block, its parts' inputs and outcomes. Called by carry.c.
 *
 * All memory of a block lies in the object, but for texts that the package makes for its parts, which grow while it warms
 * up.
 */
#include "run/carry_package.h"

#include "base/status.h"

/* ---- Memory ---- */

static void *take(const hz_alloc *alloc, size_t count, size_t size)
{
    void *memory = alloc->allocate(alloc->user, (count + 1) * size);
    return memory != NULL ? memset(memory, 0, (count + 1) * size) : NULL;
}

static void give(const hz_alloc *alloc, void *memory, size_t count, size_t size)
{
    if (memory != NULL) alloc->release(alloc->user, memory, (count + 1) * size);
}

static uint32_t inputs_of(const hz_package_rows *package, uint32_t part)
{
    return package->plan->parts[part].plan->rules->inputs.count;
}

static const hz_column_passed *passed_to(const hz_package_rows *package, uint32_t part, uint32_t input)
{
    return &package->plan->columns.parts[part].inputs[input];
}

static bool take_passed(hz_result_passed *out, const hz_alloc *alloc)
{
    out->values = take(alloc, HZ_CARRY_BLOCK, sizeof(int64_t));
    out->valid = take(alloc, HZ_CARRY_BLOCK / 8, 1);
    out->texts = take(alloc, 1, sizeof *out->texts);
    if (out->texts != NULL) hz_buf_begin(out->texts, alloc);
    return out->values != NULL && out->valid != NULL && out->texts != NULL;
}

static void give_passed(hz_result_passed *out, const hz_alloc *alloc)
{
    give(alloc, out->values, HZ_CARRY_BLOCK, sizeof(int64_t));
    give(alloc, out->valid, HZ_CARRY_BLOCK / 8, 1);
    if (out->texts != NULL) hz_buf_end(out->texts);
    give(alloc, out->texts, 1, sizeof *out->texts);
}

static bool take_asked(hz_package_rows *package, uint32_t part, const hz_alloc *alloc)
{
    hz_asked *asked = &package->asked[part];
    uint32_t inputs = inputs_of(package, part);
    asked->verdict = take(alloc, HZ_CARRY_BLOCK, sizeof *asked->verdict);
    asked->reason = take(alloc, HZ_CARRY_BLOCK, sizeof *asked->reason);
    asked->hold = take(alloc, HZ_CARRY_BLOCK, sizeof *asked->hold);
    asked->closed = take(alloc, HZ_CARRY_BLOCK, sizeof *asked->closed);
    asked->passed = take(alloc, inputs, sizeof *asked->passed);
    asked->inputs = take(alloc, inputs, sizeof *asked->inputs);
    bool ok = asked->verdict != NULL && asked->reason != NULL && asked->hold != NULL && asked->closed != NULL && asked->passed != NULL && asked->inputs != NULL;
    for (uint32_t i = 0; ok && i < inputs; i++)
        if (passed_to(package, part, i)->value != HZ_NO_REG) ok = take_passed(&asked->passed[i], alloc);
    if (ok) package->asks[part] = (hz_result_part){asked->verdict, asked->reason, asked->hold, asked->passed};
    return ok;
}

static void give_asked(hz_package_rows *package, uint32_t part, const hz_alloc *alloc)
{
    hz_asked *asked = &package->asked[part];
    uint32_t inputs = inputs_of(package, part);
    give(alloc, asked->verdict, HZ_CARRY_BLOCK, sizeof *asked->verdict);
    give(alloc, asked->reason, HZ_CARRY_BLOCK, sizeof *asked->reason);
    give(alloc, asked->hold, HZ_CARRY_BLOCK, sizeof *asked->hold);
    give(alloc, asked->closed, HZ_CARRY_BLOCK, sizeof *asked->closed);
    for (uint32_t i = 0; asked->passed != NULL && i < inputs; i++) give_passed(&asked->passed[i], alloc);
    give(alloc, asked->passed, inputs, sizeof *asked->passed);
    give(alloc, asked->inputs, inputs, sizeof *asked->inputs);
}

bool hz_package_rows_begin(hz_package_rows *package, const hz_plan *plan, const hz_alloc *alloc)
{
    *package = (hz_package_rows){.plan = plan};
    package->asked = take(alloc, plan->part_count, sizeof *package->asked);
    package->asks = take(alloc, plan->part_count, sizeof *package->asks);
    bool ok = package->asked != NULL && package->asks != NULL && hz_leg_begin(&package->own, plan, false, alloc) && hz_leg_ready(&package->own, false, alloc);
    for (uint32_t i = 0; ok && i < plan->part_count; i++) ok = take_asked(package, i, alloc);
    return ok;
}

void hz_package_rows_end(hz_package_rows *package, const hz_alloc *alloc)
{
    if (package->plan == NULL) return;
    for (uint32_t i = 0; package->asked != NULL && i < package->plan->part_count; i++) give_asked(package, i, alloc);
    hz_leg_end(&package->own, alloc);
    give(alloc, package->asked, package->plan->part_count, sizeof *package->asked);
    give(alloc, package->asks, package->plan->part_count, sizeof *package->asks);
    *package = (hz_package_rows){0};
}

/* ---- What parts are asked ---- */

static void begin_texts(hz_package_rows *package)
{
    for (uint32_t p = 0; p < package->plan->part_count; p++) {
        for (uint32_t i = 0; i < inputs_of(package, p); i++) {
            hz_buf *texts = package->asked[p].passed[i].texts;
            if (texts == NULL) continue;
            hz_buf_reset(texts);
            texts->failed = false;
        }
    }
}

/* What the part's input is in the rows of the block; row 0 is its first. */
static hz_column input_column(const hz_package_rows *package, uint32_t part, uint32_t input)
{
    const hz_column_passed *passed = passed_to(package, part, input);
    const hz_result_passed *from = &package->asked[part].passed[input];
    if (passed->given) return package->own.rows.inputs[package->plan->parts[part].inputs[input].input];
    if (passed->value == HZ_NO_REG) return (hz_column){0};
    hz_column out = {.values = from->values, .valid = from->valid, .layout = HZ_LAYOUT_OWN};
    switch (package->plan->parts[part].plan->rules->inputs.at[input].type.kind) {
    case HZ_KIND_STRING:
        out.layout = HZ_LAYOUT_OFFSETS;
        out.bytes = from->texts->at != NULL ? from->texts->at : "";
        out.byte_count = from->texts->len;
        return out;
    case HZ_KIND_NUMBER:
        out.layout = HZ_LAYOUT_INT64;
        out.scale = passed->scale;
        return out;
    default: return out;
    }
}

/* Rows that ask the part, and the others with what the package makes of them. */
static void part_rows(hz_package_rows *package, uint32_t index, hz_leg *part, size_t rows)
{
    hz_asked *asked = &package->asked[index];
    const int32_t *own = package->own.rows.outcome;
    part->asking_count = asked->closed_count = 0;
    for (size_t r = 0; r < rows; r++) {
        bool decided = own[r] != HZ_NOTHING_DUE; /* without its parts */
        if (decided) asked->verdict[r] = HZ_OUTCOME_NONE;
        if (decided || asked->verdict[r] != HZ_REFUSED) asked->reason[r] = 0;
        if (!decided && asked->verdict[r] == HZ_INCOMPLETE) asked->reason[r] = hz_plan_reason_missing(part->plan);
        if (decided || asked->verdict[r] != HZ_OUTCOME_NONE) asked->closed[asked->closed_count++] = (uint16_t)r;
        else part->asking[part->asking_count++] = (uint16_t)r;
    }
}

static void set_part(hz_package_rows *package, uint32_t index, hz_leg *part, const hz_columns *in, const hz_results *out)
{
    static const hz_results nowhere;
    hz_asked *asked = &package->asked[index];
    const hz_leg *own = &package->own;
    for (uint32_t i = 0; i < inputs_of(package, index); i++) asked->inputs[i] = input_column(package, index, i);
    part->block_rows = own->block_rows;
    part->inputs = asked->inputs;
    part->inputs_first = 0;
    part->counters = in->parts != NULL ? in->parts[index].counters : NULL;
    part->first = own->first;
    part->out = out->parts != NULL ? &out->parts[index] : &nowhere;
    part->hold = asked->hold;
    part_rows(package, index, part, own->block_rows);
    hz_leg_close(part, asked->closed, asked->closed_count, asked->verdict, asked->reason);
}

int32_t hz_package_rows_ask(hz_package_rows *package, hz_leg *parts, const hz_columns *in, size_t first, size_t rows, const hz_results *out)
{
    hz_leg *own = &package->own;
    hz_gathered *all = &own->rows;
    own->block_rows = rows;
    own->first = first;
    own->out = out;
    for (size_t r = 0; r < rows; r++) own->asking[r] = (uint16_t)r;
    own->asking_count = rows;
    all->row = own->asking;
    all->count = rows;
    hz_gathered_take_inputs(all, in->inputs, first);
    begin_texts(package);
    const hz_results results = {.outcome = all->outcome, .reason = all->reason, .bad = all->bad, .has_total = all->has_total, .asked = package->asks};
    int32_t status = hz_batch_run(&own->batch, all->inputs, NULL, rows, &results);
    for (uint32_t i = 0; status == HZ_OK && i < package->plan->part_count; i++) set_part(package, i, &parts[i], in, out);
    return status;
}

/* ---- What they come to ---- */

/* Paid if anything is paid, else the worst of all. */
static int rank_of(int32_t outcome)
{
    static const uint8_t ranks[] = {[HZ_NOT_ASKED] = 0, [HZ_REFUSED] = 1, [HZ_NOTHING_DUE] = 2, [HZ_UNDETERMINED] = 3, [HZ_INCOMPLETE] = 4,
                                    [HZ_FAILED] = 5, [HZ_PAID] = 6};
    return ranks[outcome];
}

typedef struct composing {
    hz_i128 total;
    int32_t outcome;
    bool has_total;
    bool unknown; /* the package needs a value that nobody published */
} composing;

static void add_part(composing *c, const hz_leg *part, const hz_asked *asked, size_t row)
{
    int32_t outcome = part->outcome[row];
    if (rank_of(outcome) > rank_of(c->outcome)) c->outcome = outcome;
    c->has_total &= outcome == HZ_PAID || outcome == HZ_NOTHING_DUE || outcome == HZ_REFUSED || outcome == HZ_NOT_ASKED;
    c->total += part->total[row];
    c->unknown |= outcome == HZ_UNDETERMINED && (asked->verdict[row] != HZ_OUTCOME_NONE || asked->hold[row] != 0);
}

static void compose_row(hz_package_rows *package, const hz_leg *parts, size_t row)
{
    hz_gathered *own = &package->own.rows;
    composing c = {.outcome = HZ_NOT_ASKED, .has_total = true};
    for (uint32_t i = 0; i < package->plan->part_count; i++) add_part(&c, &parts[i], &package->asked[i], row);
    if (c.outcome == HZ_NOT_ASKED) c.outcome = HZ_NOTHING_DUE;
    c.has_total &= c.total <= INT64_MAX;
    own->outcome[row] = c.outcome;
    own->reason[row] = hz_package_reason(package->plan, own->reason[row], (uint8_t)c.outcome, c.unknown);
    own->total[row] = c.has_total ? (int64_t)c.total : 0;
    uint8_t bit = (uint8_t)(1u << (row % 8));
    own->has_total[row / 8] = (uint8_t)(c.has_total ? own->has_total[row / 8] | bit : own->has_total[row / 8] & ~bit);
}

void hz_package_rows_compose(hz_package_rows *package, const hz_leg *parts)
{
    hz_leg *own = &package->own;
    for (size_t r = 0; r < own->block_rows; r++) {
        own->rows.total[r] = 0;
        if (own->rows.outcome[r] == HZ_NOTHING_DUE) compose_row(package, parts, r);
    }
    hz_gathered_put(&own->rows, own->out, own->first);
}
