/* columns.c - the executor over columns: which results are wanted, a chunk's run, its results. Called by the API, carry and tallies.
 *
 * Memory: inputs that need no staging point into the caller's columns, and results that come from an instruction are
 * written into his; constants are filled once; temporaries share buffers by a linear scan over the program (a result never
 * shares with an operand of its own instruction, so kernels may assume that they differ).
 */
#include "run/columns_part.h"

#include "base/status.h"

/* ---- What is wanted ---- */

static void add_wanted(hz_batch *batch, hz_wanted wanted)
{
    hz_wanted *at = &batch->wanted[batch->wanted_count++];
    batch->changed |= at->reg != wanted.reg;
    *at = wanted;
}

static void want(hz_batch *batch, uint32_t reg, void *to, bool wide)
{
    if (to == NULL) return;
    uint8_t type = batch->plan->columns.program.reg_type[reg];
    add_wanted(batch, (hz_wanted){.reg = reg, .to = to, .widen = wide && type != HZ_COLUMN_I64});
}

static void want_bits(hz_batch *batch, uint32_t reg, void *to, bool inverted)
{
    if (to != NULL) add_wanted(batch, (hz_wanted){.reg = reg, .to = to, .bits = true, .inverted = inverted});
}

static void want_passed(hz_batch *batch, const hz_column_passed *passed, const hz_result_passed *out)
{
    if (passed->value == HZ_NO_REG || out->values == NULL) return;
    uint8_t type = batch->plan->columns.program.reg_type[passed->value];
    if (type == HZ_COLUMN_BIT) want_bits(batch, passed->value, out->values, false);
    else want(batch, passed->value, out->values, false);
    hz_wanted *wanted = &batch->wanted[batch->wanted_count - 1];
    if (type == HZ_COLUMN_TEXT) wanted->texts = out->texts;
    batch->changed |= type == HZ_COLUMN_TEXT; /* it wants the absence, too */
    wanted->absent = passed->absent;
    want_bits(batch, passed->absent, out->valid, true);
}

static void want_part(hz_batch *batch, uint32_t index, const hz_result_part *out)
{
    const hz_column_part *part = &batch->plan->columns.parts[index];
    want(batch, part->verdict, out->verdict, false);
    want(batch, part->reason, out->reason, false);
    want(batch, part->hold, out->hold, false);
    for (uint32_t i = 0; i < batch->plan->parts[index].plan->rules->inputs.count; i++) want_passed(batch, &part->inputs[i], &out->inputs[i]);
}

static void want_results(hz_batch *batch, const hz_results *out)
{
    const hz_column_program *columns = &batch->plan->columns;
    uint32_t count = batch->wanted_count;
    batch->wanted_count = 0;
    want(batch, columns->outcome, out->outcome, false);
    want(batch, columns->reason, out->reason, false);
    want(batch, columns->total, out->total, true);
    want_bits(batch, columns->has_total, out->has_total, false);
    for (uint32_t i = 0; out->listed != NULL && i < columns->listed_count; i++) want_bits(batch, columns->listed[i], out->listed[i], false);
    for (uint32_t i = 0; out->benefits != NULL && i < batch->plan->rules->benefits.count; i++) {
        want(batch, columns->benefits[i].gross, out->benefits[i].gross, true);
        want(batch, columns->benefits[i].net, out->benefits[i].net, true);
        want_bits(batch, columns->benefits[i].not_offered, out->benefits[i].not_offered, false);
    }
    for (uint32_t i = 0; i < batch->plan->rules->counters.count; i++) {
        if (out->after != NULL) want(batch, columns->counters[i].value, out->after[i], true);
        if (out->after_valid != NULL) want_bits(batch, columns->counters[i].absent, out->after_valid[i], true);
        if (out->moved != NULL) want_bits(batch, columns->counters[i].moved, out->moved[i], false);
    }
    for (uint32_t i = 0; out->asked != NULL && i < batch->plan->part_count; i++) want_part(batch, i, &out->asked[i]);
    batch->changed |= batch->wanted_count != count;
}

static size_t bytes_of(const hz_wanted *wanted, uint8_t type)
{
    return wanted->widen || type == HZ_COLUMN_I64 ? sizeof(int64_t) : sizeof(int32_t);
}

/* Whether a host gave memory for results that holds inputs of the same rows too: then results are written behind the
 * chunk's run. */
static bool overlaps(const hz_batch *batch, const hz_wanted *wanted, size_t size, const hz_column *inputs, const hz_column *counters, size_t end)
{
    uintptr_t begin = (uintptr_t)wanted->to, behind = begin + size * end;
    uint32_t count = batch->plan->rules->inputs.count;
    for (uint32_t i = 0; i < hz_batch_feeds(batch->plan); i++) {
        const hz_column *column = i < count ? &inputs[i] : &counters[i - count];
        uintptr_t values = (uintptr_t)column->values, valid = (uintptr_t)column->valid;
        if (values != 0 && values < behind && begin < values + sizeof(hz_str) * (end + 1)) return true;
        if (valid != 0 && valid < behind && begin < valid + end / 8 + 1) return true;
    }
    return false;
}

/* Results that one instruction makes and nothing else wants go straight to the host. */
static void choose_direct(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t end)
{
    const hz_program *program = &batch->plan->columns.program;
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        hz_wanted *wanted = &batch->wanted[i];
        if (wanted->bits || wanted->widen || wanted->texts != NULL || overlaps(batch, wanted, bytes_of(wanted, program->reg_type[wanted->reg]), inputs, counters, end)) continue;
        for (uint32_t k = 0; k < batch->run_count; k++) wanted->direct |= batch->run[k].d == wanted->reg;
        for (uint32_t k = 0; k < i; k++) wanted->direct &= batch->wanted[k].reg != wanted->reg;
    }
}

static void look_ahead(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows)
{
    uint32_t count = batch->plan->rules->inputs.count;
    hz_ahead_begin(&batch->ahead, HZ_CHUNK);
    for (uint32_t i = 0; i < hz_batch_feeds(batch->plan); i++)
        hz_feed_ahead(&batch->feeds[i], i < count ? &inputs[i] : &counters[i - count], first, rows, &batch->ahead);
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        const hz_wanted *wanted = &batch->wanted[i];
        size_t bits = wanted->bits ? 1 : 8 * bytes_of(wanted, batch->plan->columns.program.reg_type[wanted->reg]);
        hz_ahead_add(&batch->ahead, (unsigned char *)wanted->to + first * bits / 8, bits, NULL);
    }
    hz_ahead_plan(&batch->ahead, rows, batch->run_long);
}

/* ---- A chunk ---- */

/* Takes over which rows of a feed are bad, and of those that were not, which feed it is. */
static void take_bad(hz_batch *batch, uint32_t feed, const hz_rows *rows, int32_t *bad)
{
    const uint64_t *own = batch->feeds[feed].bad;
    for (size_t r = 0; bad != NULL && r < rows->count; r++)
        if ((own[r / 64] & ~batch->bad[r / 64]) >> (r % 64) & 1) bad[rows->first + r] = (int32_t)feed;
    for (size_t w = 0; w < HZ_CHUNK_WORDS; w++) batch->bad[w] |= own[w];
}

static void feed_chunk(hz_batch *batch, const hz_column *columns, uint32_t first_feed, uint32_t count, const hz_rows *rows, int32_t *bad)
{
    for (uint32_t i = first_feed; i < first_feed + count; i++) {
        hz_feed *feed = &batch->feeds[i];
        feed->read = batch->run_read[i];
        if (hz_feed_rows(feed, batch->plan->columns.program.set, batch->reg, &columns[i - first_feed], rows, batch->fresh)) take_bad(batch, i, rows, bad);
    }
}

static void begin_bad(hz_batch *batch, const hz_rows *rows, int32_t *bad)
{
    memset(batch->bad, 0, sizeof batch->bad);
    for (size_t r = 0; bad != NULL && r < rows->count; r++) bad[rows->first + r] = -1;
}

static void point_results(hz_batch *batch, size_t first)
{
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        const hz_wanted *wanted = &batch->wanted[i];
        if (!wanted->direct) continue;
        size_t size = bytes_of(wanted, batch->plan->columns.program.reg_type[wanted->reg]);
        batch->reg[wanted->reg] = (unsigned char *)wanted->to + first * size;
    }
}

static void widen(const hz_kernel_set *set, const void *from, uint8_t type, int64_t *to, size_t rows)
{
    void *reg[3] = {NULL, to, (void *)(uintptr_t)from};
    hz_op op = type == HZ_COLUMN_BIT ? HZ_OP_PICK_KM : HZ_OP_WIDEN;
    const hz_instruction i = {.d = 1, .a = 2, .k = 1, .op = (uint16_t)op};
    set->at[op](&i, reg, rows);
}

/* Eight bytes, the lowest first: one store where memory is so ordered. */
static inline void put_word(uint8_t *to, uint64_t word)
{
    to[0] = (uint8_t)word;
    to[1] = (uint8_t)(word >> 8);
    to[2] = (uint8_t)(word >> 16);
    to[3] = (uint8_t)(word >> 24);
    to[4] = (uint8_t)(word >> 32);
    to[5] = (uint8_t)(word >> 40);
    to[6] = (uint8_t)(word >> 48);
    to[7] = (uint8_t)(word >> 56);
}

/* Sets bits first to first + count of the host's to those of from (NULL: none), or to the others; further ones are left
 * alone, also while other threads write those of the same byte. */
static void write_bits(const uint64_t *from, bool inverted, uint8_t *to, size_t first, size_t count)
{
    size_t whole = first % 8 == 0 ? count / 64 : 0;
    for (size_t w = 0; w < whole; w++) put_word(to + first / 8 + 8 * w, (from != NULL ? from[w] : 0) ^ (inverted ? ~UINT64_C(0) : 0));
    for (size_t r = 64 * whole; r < count;) {
        size_t at = (first + r) / 8;
        unsigned mask = 0, bits = 0;
        for (; r < count && (first + r) / 8 == at; r++) {
            unsigned bit = 1u << ((first + r) % 8);
            bool is = (from != NULL && (from[r / 64] >> (r % 64) & 1) != 0) != inverted;
            mask |= bit;
            bits |= is ? bit : 0;
        }
        hz_write_bits(&to[at], (uint8_t)mask, (uint8_t)bits);
    }
}

/* Behind those of the rows before. False: no memory. */
static bool write_texts(const hz_batch *batch, const hz_wanted *wanted, size_t first, size_t rows)
{
    const hz_str *from = batch->reg[wanted->reg];
    const uint64_t *absent = wanted->absent != HZ_NO_REG ? batch->reg[wanted->absent] : NULL;
    int32_t *offsets = wanted->to;
    for (size_t r = 0; r < rows; r++) {
        offsets[first + r] = (int32_t)wanted->texts->len;
        if (absent == NULL || (absent[r / 64] >> (r % 64) & 1) == 0) hz_buf_add(wanted->texts, from[r]);
        if (wanted->texts->failed || wanted->texts->len > INT32_MAX) return false;
    }
    offsets[first + rows] = (int32_t)wanted->texts->len;
    return true;
}

static bool write_results(const hz_batch *batch, size_t first, size_t rows)
{
    for (uint32_t i = 0; i < batch->wanted_count; i++) {
        const hz_wanted *wanted = &batch->wanted[i];
        if (wanted->direct) continue;
        const void *from = wanted->reg != HZ_NO_REG ? batch->reg[wanted->reg] : NULL;
        if (wanted->bits) {
            write_bits(from, wanted->inverted, wanted->to, first, rows);
            continue;
        }
        if (wanted->texts != NULL) {
            if (!write_texts(batch, wanted, first, rows)) return false;
            continue;
        }
        uint8_t type = batch->plan->columns.program.reg_type[wanted->reg];
        size_t size = bytes_of(wanted, type);
        if (wanted->widen) widen(batch->plan->columns.program.set, from, type, (int64_t *)wanted->to + first, rows);
        else memcpy((unsigned char *)wanted->to + first * size, from, rows * size);
    }
    return true;
}

static void begin_range(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows, const hz_results *out)
{
    want_results(batch, out);
    if (batch->changed) hz_batch_choose(batch);
    memcpy(batch->reg, batch->own, batch->plan->columns.program.regs * sizeof *batch->reg);
    choose_direct(batch, inputs, counters, first + rows);
    look_ahead(batch, inputs, counters, first, rows);
}

/* Instructions [begin, end) of the run. */
static void run(hz_batch *batch, uint32_t begin, uint32_t end, size_t rows)
{
    batch->plan->columns.program.set->run(batch->run + begin, batch->run + end, batch->reg, rows, &batch->ahead);
}

int32_t hz_batch_range(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows,
                       const hz_results *out)
{
    const hz_plan_model *rules = batch->plan->rules;
    begin_range(batch, inputs, counters, first, rows, out);
    for (size_t end = first + rows; first < end; first += HZ_CHUNK) {
        const hz_rows chunk = hz_rows_of(first, end - first < HZ_CHUNK ? end - first : HZ_CHUNK);
        hz_workspace_reset(&batch->workspace);
        begin_bad(batch, &chunk, out->bad);
        feed_chunk(batch, inputs, 0, rules->inputs.count, &chunk, out->bad);
        feed_chunk(batch, counters, rules->inputs.count, rules->counters.count, &chunk, out->bad);
        point_results(batch, first);
        hz_ahead_chunk(&batch->ahead);
        run(batch, 0, batch->run_count, chunk.count);
        if (batch->workspace.failed) return HZ_NO_MEMORY;
        if (!write_results(batch, first, chunk.count)) return HZ_NO_MEMORY;
    }
    return HZ_OK;
}

/* ---- The same in steps ---- */

void hz_batch_open(hz_batch *batch, const hz_column *inputs, const hz_column *counters, size_t first, size_t rows, const hz_results *out)
{
    begin_range(batch, inputs, counters, first, rows, out);
    batch->bad_out = out->bad;
    batch->inputs = inputs;
}

void hz_batch_keys(hz_batch *batch, size_t first, size_t rows)
{
    const hz_rows chunk = hz_rows_of(first, rows);
    batch->first = first;
    batch->rows = rows;
    hz_workspace_reset(&batch->workspace);
    memset(batch->key_bad, 0, sizeof batch->key_bad);
    begin_bad(batch, &chunk, batch->bad_out);
    for (uint32_t i = 0; i < batch->plan->rules->inputs.count; i++) {
        feed_chunk(batch, &batch->inputs[i], i, 1, &chunk, batch->bad_out);
        for (size_t w = 0; batch->inputs[i].values != NULL && batch->key_feed[i] && w < HZ_CHUNK_WORDS; w++) batch->key_bad[w] |= batch->feeds[i].bad[w];
    }
    point_results(batch, first);
    hz_ahead_chunk(&batch->ahead);
    run(batch, 0, batch->keys_end, rows);
}

void hz_batch_front(hz_batch *batch)
{
    run(batch, batch->keys_end, batch->front_end, batch->rows);
    batch->flagged = false;
}

void hz_batch_settle_all(hz_batch *batch, const hz_column *counters)
{
    const hz_rows chunk = hz_rows_of(0, batch->rows);
    const uint32_t inputs = batch->plan->rules->inputs.count;
    feed_chunk(batch, counters, inputs, batch->plan->rules->counters.count, &chunk, batch->bad_out != NULL ? batch->bad_out + batch->first : NULL);
    run(batch, batch->front_end, batch->run_count, batch->rows);
    batch->now = batch->reg;
}

int32_t hz_batch_close(hz_batch *batch)
{
    if (batch->workspace.failed || !write_results(batch, batch->first, batch->rows)) return HZ_NO_MEMORY;
    return HZ_OK;
}
