/* fuzz_arrow.c - any schemas and arrays of Arrow (frame.h) bound to a plan with an input of every type, evaluated, streamed, and
 * their counters carried, handed out and set again; with allocations that fail.
 *
 * Beyond "no crash": what is refused says why; results are arrays as the interface wants them; rows alone are answered as
 * among others; everything taken is given back, and what was handed over is released once.
 */
#include "counted.h"
#include "frame.h"

#include <stdlib.h>
#include <string.h>

static void must(bool well)
{
    if (!well) abort();
}

/* ---- The plan ---- */

static const char *const inputs[] = {"member", "day", "late", "yes", "kind", "remark", "people", "loss", "share", "depth", "paid", "times", "closed", "last", "id", "other", "peopel"};
static const char *const usual[] = {"u", "tdD", "tdD", "b", "u", "u", "l", "d:18,2", "d:9,2", "d:9,1", "d:18,2", "l", "b", "tdD", "u", "u", "l"};
static const char *const parts[] = {"member", "kind", "value", "value", "other"};
static const char *const part_formats[] = {"u", "u", "l", "d:18,2", "b"};
static const frame_names claims = {inputs, usual, sizeof inputs / sizeof *inputs}, tables = {parts, part_formats, 5};

/* Loaded once: what is fuzzed are the columns. */
static const huzhu_plan *the_plan(void)
{
    static const huzhu_plan *plan;
    static const huzhu_allocator allocator = {.struct_size = sizeof allocator, .allocate = take, .reallocate = retake, .release = give_back};
    const huzhu_load_options options = {.struct_size = sizeof options, .allocator = &allocator};
    huzhu_ruleset *ruleset;
    if (plan != NULL) return plan;
    must(huzhu_ruleset_load(HZ_TEST_ROOT "/tests/golden/claims/rules", &options, NULL, &ruleset) == HUZHU_OK);
    must(huzhu_ruleset_plan_find(ruleset, "all-types", HUZHU_NUL, &plan) == HUZHU_OK);
    return plan;
}

/* ---- What comes out ---- */

static bool is_there(const struct ArrowArray *array, int64_t row)
{
    const uint8_t *valid = array->buffers[0];
    return valid == NULL || (valid[row / 8] >> (row % 8) & 1) != 0;
}

static void check_column(const struct ArrowArray *array, int64_t rows)
{
    int64_t nulls = 0;
    must(array->release != NULL && array->length == rows && array->offset == 0);
    for (int64_t r = 0; r < rows; r++) nulls += !is_there(array, r);
    must(array->null_count == nulls);
    if (array->dictionary != NULL) {
        check_column(array->dictionary, array->dictionary->length);
        for (int64_t r = 0; r < rows; r++) {
            int32_t place = ((const int32_t *)array->buffers[1])[r];
            must(place >= 0 && (place < array->dictionary->length || !is_there(array, r)));
        }
    }
    if (array->n_children == 0) return;
    const int32_t *ends = array->buffers[1];
    must(ends[0] == 0);
    for (int64_t r = 0; r < rows; r++) must(ends[r] <= ends[r + 1]);
    check_column(array->children[0], ends[rows]);
}

static void check_results(const struct ArrowArray *out, int64_t rows)
{
    must(out->release != NULL && out->length == rows && out->offset == 0 && out->null_count == 0);
    for (int64_t i = 0; i < out->n_children; i++) check_column(out->children[i], rows);
}

/* Wanted in this order: outcome, error, total. */
static void check_same(const struct ArrowArray *whole, int64_t row, const struct ArrowArray *alone)
{
    for (int i = 0; i < 3; i++) {
        size_t width = i < 2 ? 4 : 16;
        bool there = is_there(whole->children[i], row);
        must(there == is_there(alone->children[i], 0));
        if (there) must(memcmp((const char *)whole->children[i]->buffers[1] + width * (size_t)row, alone->children[i]->buffers[1], width) == 0);
    }
}

static void check_rows_alone(huzhu_arrow *arrow, const struct ArrowArray *array, const struct ArrowArray *whole)
{
    for (int64_t r = 0; r < array->length && r < 6; r++) {
        struct ArrowArray slice = *array, alone;
        slice.offset += r;
        slice.length = 1;
        huzhu_status status = huzhu_arrow_evaluate(arrow, &slice, NULL, &alone);
        must(status == HUZHU_OK || (status == HUZHU_NO_MEMORY && memory.fail_at > 0));
        if (status != HUZHU_OK) continue;
        check_results(&alone, 1);
        check_same(whole, r, &alone);
        alone.release(&alone);
    }
}

/* ---- Arrays and streams ---- */

typedef struct session {
    fuzz_bytes bytes;
    struct ArrowSchema schema;
    huzhu_diagnostics *diagnostics;
    huzhu_arrow *arrow;
    uint32_t counters;
    int left; /* arrays of the stream */
} session;

static void check_refusal(const session *s, huzhu_status status)
{
    if (status == HUZHU_NO_MEMORY) return; /* or a length that no machine has */
    must(status == HUZHU_DATA && huzhu_diagnostics_count(s->diagnostics) > 0);
    for (size_t i = 0; i < huzhu_diagnostics_count(s->diagnostics); i++) {
        huzhu_diagnostic one = {.struct_size = sizeof one};
        must(huzhu_diagnostics_at(s->diagnostics, i, &one) == HUZHU_OK && one.message.size > 0 && memchr(one.message.data, '\n', one.message.size) == NULL);
    }
}

static void evaluate(session *s)
{
    struct ArrowArray array, out = {0};
    frame_array(&s->bytes, &s->schema, 20, &array);
    frame_spoil(&s->bytes, &array);
    huzhu_status status = huzhu_arrow_evaluate(s->arrow, &array, s->diagnostics, &out);
    must((status == HUZHU_OK) == (out.release != NULL));
    if (status == HUZHU_OK) {
        check_results(&out, array.length);
        if (s->counters != HUZHU_COUNTERS_CARRIED) check_rows_alone(s->arrow, &array, &out);
        out.release(&out);
    } else check_refusal(s, status);
    array.release(&array);
}

static int next_array(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    session *s = stream->private_data;
    memset(out, 0, sizeof *out);
    if (s->left-- <= 0) return fuzz_byte(&s->bytes) == 0xff ? 5 : 0;
    frame_array(&s->bytes, &s->schema, 20, out);
    frame_spoil(&s->bytes, out);
    return 0;
}

static const char *last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void end_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

static void run_stream(session *s)
{
    struct ArrowArrayStream in = {.get_next = next_array, .get_last_error = last_error, .release = end_stream, .private_data = s}, out = {0};
    s->left = (int)fuzz_pick(&s->bytes, 4);
    unsigned most = fuzz_pick(&s->bytes, 5);
    huzhu_status status = huzhu_arrow_stream(s->arrow, &in, &out);
    must(in.release == NULL && (status == HUZHU_OK || status == HUZHU_NO_MEMORY));
    if (status != HUZHU_OK) return;
    for (unsigned i = 0; i < most; i++) { /* or released early */
        struct ArrowArray array;
        int error = out.get_next(&out, &array);
        if (error != 0) must(out.get_last_error(&out) != NULL && array.release == NULL);
        if (error != 0 || array.release == NULL) continue;
        check_results(&array, array.length);
        array.release(&array);
    }
    out.release(&out);
    must(out.release == NULL);
}

/* ---- Counters ---- */

static void set_any_table(session *s, size_t counter)
{
    struct ArrowSchema schema;
    struct ArrowArray array;
    frame_schema(&s->bytes, &tables, &schema);
    frame_array(&s->bytes, &schema, 9, &array);
    frame_spoil_schema(&s->bytes, &schema);
    frame_spoil(&s->bytes, &array);
    huzhu_status status = huzhu_arrow_set_counter(s->arrow, counter, &schema, &array, s->diagnostics);
    if (status != HUZHU_OK) check_refusal(s, status);
    array.release(&array);
    schema.release(&schema);
}

static void hand_over(session *s, size_t counter)
{
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    huzhu_status status = huzhu_arrow_counter_schema(s->arrow, counter, &schema);
    if (status == HUZHU_OK) status = huzhu_arrow_counter_array(s->arrow, counter, &array);
    if (status == HUZHU_OK) {
        check_results(&array, array.length);
        status = huzhu_arrow_set_counter(s->arrow, counter, &schema, &array, s->diagnostics);
        must(status == HUZHU_OK || status == HUZHU_NO_MEMORY);
    }
    if (array.release != NULL) array.release(&array);
    if (schema.release != NULL) schema.release(&schema);
}

/* ---- All of it ---- */

static huzhu_status bind(session *s)
{
    static const char *const wanted[] = {"outcome", "error", "total", "reason", "reasons", "caps", "help.gross", "help.net", "paid.after", "times.after", "closed.after", "last.after", "id"};
    unsigned choice = fuzz_byte(&s->bytes);
    s->counters = choice % 3;
    const huzhu_arrow_options options = {.struct_size = sizeof options,
                                         .floats = choice / 3 % 3,
                                         .counters = s->counters,
                                         .wanted = wanted,
                                         .wanted_count = choice / 9 % 3 == 0 ? 3 : choice / 9 % 3 == 1 ? 12 : 13};
    return huzhu_arrow_bind(the_plan(), &s->schema, &options, s->diagnostics, &s->arrow);
}

static void use(session *s)
{
    for (int turn = 0; turn < 3; turn++) {
        if (fuzz_byte(&s->bytes) < 0xa0) evaluate(s);
        else run_stream(s);
    }
    for (size_t counter = 0; counter < 4 && s->counters == HUZHU_COUNTERS_CARRIED; counter++) {
        hand_over(s, counter);
        set_any_table(s, counter);
    }
    if (s->counters == HUZHU_COUNTERS_CARRIED) evaluate(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    session s = {.bytes = {data, size}};
    must(the_plan() != NULL && huzhu_diagnostics_new(NULL, &s.diagnostics) == HUZHU_OK);
    size_t before = memory.live;
    unsigned fail = fuzz_byte(&s.bytes);
    memory.calls = 0;
    memory.fail_at = fail < 0xc0 ? 0 : fail - 0xbf;
    frame_schema(&s.bytes, &claims, &s.schema);
    frame_spoil_schema(&s.bytes, &s.schema);
    huzhu_status status = bind(&s);
    must((status == HUZHU_OK) == (s.arrow != NULL));
    if (status == HUZHU_OK) use(&s);
    else check_refusal(&s, status);
    huzhu_arrow_free(s.arrow);
    s.schema.release(&s.schema);
    huzhu_diagnostics_free(s.diagnostics);
    must(memory.live == before && frame_live() == 0);
    memory.fail_at = 0;
    return 0;
}
