/* test_arrow.c - batches by the Arrow C interfaces: every type of column that an input takes, with offsets, against single
 * claims; children that are moved out; streams; arrays that are none; floats; memory.
 */
#include "arrow_case.h"

#include <errno.h>

/* ---- Texts of rows ---- */

static char texts[INPUTS][ROWS][LONGEST];
static const char *rows_of[INPUTS][ROWS];
static frame self_frame;

static uint32_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void fill(void)
{
    static const char *const kinds[] = {"fire", "flood", "burst_pipe"}, *const remarks[] = {"none", "注意", "a remark longer than a view", ""};
    uint64_t seed = 3;
    for (int r = 0; r < ROWS; r++) {
        snprintf(texts[MEMBER][r], LONGEST, "%u", next(&seed) % 40);
        snprintf(texts[DAY][r], LONGEST, "20%02u-%02u-%02u", 8 + next(&seed) % 14, 1 + next(&seed) % 12, 1 + next(&seed) % 28);
        snprintf(texts[LATE][r], LONGEST, "20%02u-02-%02u", 10 + next(&seed) % 9, 1 + next(&seed) % 28);
        snprintf(texts[YES][r], LONGEST, "%s", next(&seed) % 2 ? "true" : "false");
        snprintf(texts[KIND][r], LONGEST, "%s", kinds[next(&seed) % 3]);
        snprintf(texts[REMARK][r], LONGEST, "%s", remarks[next(&seed) % 4]);
        snprintf(texts[PEOPLE][r], LONGEST, "%u", next(&seed) % 9);
        snprintf(texts[LOSS][r], LONGEST, "%u.%02u", next(&seed) % 900, next(&seed) % 100);
        snprintf(texts[SHARE][r], LONGEST, "0.%02u", next(&seed) % 100);
        snprintf(texts[DEPTH][r], LONGEST, "%s%u.%u", next(&seed) % 2 ? "-" : "", next(&seed) % 6, next(&seed) % 10);
        for (int i = 0; i < INPUTS; i++) rows_of[i][r] = next(&seed) % 12 == 0 ? NULL : texts[i][r];
    }
}

static const char *const names[INPUTS] = {"member", "day", "late", "yes", "kind", "remark", "people", "loss", "share", "depth"};

/* The formats in which an input is given, in turn; NULL: no more. */
static const char *const formats[INPUTS][8] = {[MEMBER] = {"u", "U", "vu", "i:u", "l", "C"},
                                               [DAY] = {"tdD", "tdm", "tsn:", "tss:", "u", "s:tdD"},
                                               [LATE] = {"tdm", "tdD"},
                                               [YES] = {"b", "c", "u", "L"},
                                               [KIND] = {"u", "c:u", "l:U", "vu", "C:vu"},
                                               [REMARK] = {"u", "vu", "U", "i:u"},
                                               [PEOPLE] = {"l", "c", "S", "L", "d:10,0", "g", "d:9,2,32"},
                                               [LOSS] = {"d:18,2", "d:20,4,256", "g", "u", "d:12,3,64"},
                                               [SHARE] = {"d:18,6", "d:6,2"},
                                               [DEPTH] = {"d:5,1", "g", "d:30,18"}};

static const char *format_of(int input, int turn)
{
    int count = 0;
    while (count < 8 && formats[input][count] != NULL) count++;
    return formats[input][turn % count];
}

static int64_t total_of(const struct ArrowArray *total, int64_t row)
{
    return ((const int64_t *)total->buffers[1])[2 * row];
}

static bool is_there(const struct ArrowArray *array, int64_t row)
{
    const uint8_t *valid = array->buffers[0];
    return valid == NULL || (valid[row / 8] >> (row % 8) & 1) != 0;
}

static void entry(const struct ArrowArray *array, int64_t row, char out[64])
{
    int32_t index = ((const int32_t *)array->buffers[1])[row];
    const int32_t *offsets = (const int32_t *)array->dictionary->buffers[1] + index;
    out[0] = '\0';
    if (is_there(array, row)) snprintf(out, 64, "%.*s", offsets[1] - offsets[0], (const char *)array->dictionary->buffers[2] + offsets[0]);
}

/* A row's list of codes against all reasons of the decision, or its caps alone. */
static void compare_list(const api_case *self, const struct ArrowArray *column, int64_t r, bool caps)
{
    const int32_t *list = (const int32_t *)column->buffers[1] + r;
    int32_t at = list[0];
    for (size_t i = 0; i < huzhu_decision_reason_count(self->decision); i++) {
        huzhu_reason_view reason = {.struct_size = sizeof reason};
        char text[64];
        HZ_CHECK_EQ_INT(huzhu_decision_reason_at(self->decision, i, &reason), HUZHU_OK);
        if ((caps && reason.kind != HUZHU_REASON_CAP) || !HZ_CHECK(at < list[1])) continue;
        entry(column->children[0], at++, text);
        HZ_CHECK_STR(text, api_str(reason.code));
    }
    HZ_CHECK_EQ_INT(at, list[1]);
}

/* Row r of the results (outcome, reason, error, total, reasons, caps) against the same row as a claim. */
static void compare_row(api_case *self, const struct ArrowArray *out, int64_t r)
{
    huzhu_error_view error = {.struct_size = sizeof error};
    huzhu_reason_view reason = {.struct_size = sizeof reason};
    int64_t total = 0;
    char text[64];
    huzhu_claim_reset(self->claim);
    for (int i = 0; i < INPUTS; i++)
        if (rows_of[i][r] != NULL) huzhu_claim_set_value(self->claim, (size_t)i, rows_of[i][r], HUZHU_NUL);
    huzhu_claim_set_fresh(self->claim, 1);
    HZ_CHECK_EQ_INT(huzhu_claim_evaluate(self->claim, self->decision), HUZHU_OK);
    entry(out->children[0], r, text);
    HZ_CHECK_STR(text, api_str(huzhu_outcome_name(huzhu_decision_outcome(self->decision))));
    entry(out->children[2], r, text);
    HZ_CHECK_STR(text, huzhu_decision_error(self->decision, &error) == HUZHU_OK ? api_str(error.code) : "");
    entry(out->children[1], r, text);
    size_t reasons = huzhu_decision_reason_count(self->decision);
    HZ_CHECK_STR(text, reasons > 0 && huzhu_decision_reason_at(self->decision, 0, &reason) == HUZHU_OK ? api_str(reason.code) : "");
    bool has = huzhu_decision_total(self->decision, &total) == HUZHU_OK;
    HZ_CHECK_EQ_INT(is_there(out->children[3], r), has);
    HZ_CHECK_EQ_INT(has ? total_of(out->children[3], r) : 0, total);
    compare_list(self, out->children[4], r, false);
    compare_list(self, out->children[5], r, true);
}

static const char *const wanted[] = {"outcome", "reason", "error", "total", "reasons", "caps"};

static huzhu_arrow_options options_of(void)
{
    return (huzhu_arrow_options){.struct_size = sizeof(huzhu_arrow_options), .floats = HUZHU_FLOATS_HALF_EVEN, .counters = HUZHU_COUNTERS_FRESH, .wanted = wanted, .wanted_count = 6};
}

static void make_frame(frame *f, int turn, int64_t rows)
{
    static const int64_t offsets[] = {0, 1, 8, 13, 7, 0, 3};
    for (int i = 0; i < INPUTS; i++) make(&f->columns[i], names[i], format_of(i, turn), rows_of[i], rows, offsets[(turn + i) % 7]);
    join(f, INPUTS, rows);
}

HZ_TEST(arrow_every_type_equals_claims)
{
    api_case self;
    fill();
    if (api_begin(&self))
        for (int turn = 0; turn < 14; turn++) {
            const huzhu_arrow_options options = options_of();
            huzhu_arrow *arrow = NULL;
            struct ArrowArray out = {0};
            struct ArrowSchema schema = {0};
            int64_t rows = turn % 3 == 0 ? ROWS : turn % 3 == 1 ? 65 : 1;
            make_frame(&self_frame, turn, rows);
            if (!HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &self_frame.schema, &options, NULL, &arrow), HUZHU_OK)) continue;
            HZ_CHECK_EQ_INT(huzhu_arrow_ignored_count(arrow), 0);
            HZ_CHECK_EQ_INT(huzhu_arrow_schema(arrow, &schema), HUZHU_OK);
            HZ_CHECK_STR(schema.children[3]->format, "d:18,2");
            schema.release(&schema);
            if (HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK)) {
                HZ_CHECK_EQ_INT(out.length, rows);
                HZ_CHECK_EQ_INT(out.offset, 0);
                for (int64_t r = 0; r < rows; r++) compare_row(&self, &out, r);
                out.release(&out);
                HZ_CHECK(out.release == NULL);
            }
            huzhu_arrow_free(arrow);
        }
    api_end(&self);
}

HZ_TEST(arrow_slices_of_the_struct)
{
    api_case self;
    fill();
    if (api_begin(&self)) {
        const huzhu_arrow_options options = options_of();
        huzhu_arrow *arrow = NULL;
        struct ArrowArray out = {0}, child;
        make_frame(&self_frame, 0, ROWS);
        HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &self_frame.schema, &options, NULL, &arrow), HUZHU_OK);
        self_frame.array.offset = 100;
        self_frame.array.length = 100;
        HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK);
        huzhu_arrow_free(arrow); /* arrays do not need it */
        for (int r = 0; r < 100; r++)
            for (int i = 0; i < INPUTS; i++) rows_of[i][r] = rows_of[i][r + 100];
        for (int64_t r = 0; r < 100; r++) compare_row(&self, &out, r);
        /* A consumer moves a child out, lets the parent go, and then the child. */
        child = *out.children[3];
        out.children[3]->release = NULL;
        out.release(&out);
        HZ_CHECK_EQ_INT(child.length, 100);
        (void)total_of(&child, 99);
        child.release(&child);
    }
    api_end(&self);
}

/* ---- What does not fit ---- */

static void refuse(const huzhu_plan *plan, const char *name, const char *format, const char *message)
{
    huzhu_arrow *arrow = (huzhu_arrow *)&arrow;
    huzhu_diagnostics *diagnostics;
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    make(&self_frame.columns[0], name, "l", rows_of[PEOPLE], 0, 0);
    self_frame.columns[0].schema.format = format;
    join(&self_frame, 1, 0);
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(plan, &self_frame.schema, NULL, diagnostics, &arrow), HUZHU_DATA);
    HZ_CHECK(arrow == NULL);
    if (!HZ_CHECK(strstr(api_str(huzhu_diagnostics_text(diagnostics)), message) != NULL)) printf("%s", huzhu_diagnostics_text(diagnostics).data);
    huzhu_diagnostics_free(diagnostics);
}

HZ_TEST(arrow_schemas_that_do_not_fit)
{
    api_case self;
    fill();
    if (api_begin(&self)) {
        refuse(self.plan, "loss", "g", "column `loss` has floats, and `loss` takes whole numbers or decimals");
        refuse(self.plan, "day", "tsm:Asia/Shanghai", "has timestamps with a zone");
        refuse(self.plan, "day", "l", "column `day` has whole numbers, and `day` takes dates");
        refuse(self.plan, "kind", "b", "takes texts: its codes");
        refuse(self.plan, "remark", "l", "`remark` takes texts");
        refuse(self.plan, "member", "w:16", "has a type that no input takes");
        refuse(self.plan, "people", "d:10,-2", "has a type that no input takes");
        refuse(self.plan, "people", "", "has a type that no input takes");
        refuse(self.plan, "id", "g", "ids are texts or whole numbers");
        refuse(self.plan, "peopel", "l", "column `peopel` is no input of the plan, and nearly `people`");
        refuse(self.plan, "peo\nple", "l", "column `peo?ple` is no input of the plan, and nearly `people`");
        refuse(self.plan, "peo\xffple", "l", "column `peo?ple` is no input of the plan, and nearly `people`");
        HZ_CHECK_EQ_INT(huzhu_arrow_bind(NULL, NULL, NULL, NULL, NULL), HUZHU_INVALID_ARGUMENT);
        self_frame.schema.format = "i";
        huzhu_arrow *arrow;
        HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &self_frame.schema, NULL, NULL, &arrow), HUZHU_DATA);
    }
    api_end(&self);
}

/* Spoils one thing of the frame after another; each array is refused, and nothing is read beyond it. */
HZ_TEST(arrow_arrays_that_are_none)
{
    enum { SPOILED = 13 };
    static const char *const says[SPOILED] = {"a length", "another number of columns", "no columns", "was released", "was released", "shorter than", "no buffers",
                                              "another number of buffers", "no values", "nulls without", "offsets that fall", "offsets that fall", "a length or an offset"};
    api_case self;
    fill();
    if (api_begin(&self))
        for (int what = 0; what < SPOILED; what++) {
            const huzhu_arrow_options options = options_of();
            huzhu_arrow *arrow = NULL;
            huzhu_diagnostics *diagnostics = NULL;
            struct ArrowArray out = {0};
            frame *f = &self_frame;
            make_frame(f, 0, ROWS);
            HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &f->schema, &options, NULL, &arrow), HUZHU_OK);
            struct ArrowArray *people = f->arrays[PEOPLE], *remark = f->arrays[REMARK];
            if (what == 0) f->array.length = -1;
            if (what == 1) f->array.n_children = INPUTS - 1;
            if (what == 2) f->array.children = NULL;
            if (what == 3) f->array.release = NULL;
            if (what == 4) people->release = NULL;
            if (what == 5) people->length = ROWS - 1;
            if (what == 6) people->buffers = NULL;
            if (what == 7) people->n_buffers = 3;
            if (what == 8) people->buffers[1] = NULL;
            if (what == 9) {
                people->buffers[0] = NULL;
                people->null_count = 4;
            }
            if (what == 10) put_integer(f->columns[REMARK].bytes + 4 * 20, -5, 4);
            if (what == 11) put_integer(f->columns[REMARK].bytes + 4 * (size_t)(remark->offset + 7), 1 << 20, 4);
            if (what == 12) people->offset = -1;
            HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &f->array, diagnostics, &out), HUZHU_DATA);
            if (!HZ_CHECK(strstr(api_str(huzhu_diagnostics_text(diagnostics)), says[what]) != NULL)) printf("%s", huzhu_diagnostics_text(diagnostics).data);
            HZ_CHECK(out.release == NULL);
            huzhu_arrow_free(arrow);
            huzhu_diagnostics_free(diagnostics);
        }
    api_end(&self);
}

/* ---- Floats ---- */

static const struct {
    double value;
    const char *half_even, *half_up; /* of `loss`; "": an error of the row */
} floats[] = {{0.0, "0.00", "0.00"},     {0.1, "0.10", "0.10"},       {1.005, "1.00", "1.00"}, /* the float lies below */
              {0.125, "0.12", "0.13"},   {0.375, "0.38", "0.38"},     {0.005, "0.01", "0.01"}, /* the float lies above */
              {123456.785, "123456.79", "123456.79"}, {1e300, "", ""}, {4e-320, "0.00", "0.00"}, {9999999999.99, "9999999999.99", "9999999999.99"},
              {1e11, "", ""},            {-0.004, "0.00", "0.00"},     {-0.01, "", ""}};

HZ_TEST(arrow_floats_are_rounded_exactly)
{
    enum { FLOATS = sizeof floats / sizeof *floats };
    api_case self;
    fill();
    if (api_begin(&self))
        for (uint32_t how = HUZHU_FLOATS_HALF_EVEN; how <= HUZHU_FLOATS_HALF_UP; how++) {
            huzhu_arrow_options options = options_of();
            huzhu_arrow *arrow = NULL;
            struct ArrowArray out = {0};
            options.floats = how;
            make_frame(&self_frame, 0, FLOATS + 2);
            make(&self_frame.columns[LOSS], "loss", "g", rows_of[MEMBER], FLOATS + 2, 0);
            for (int r = 0; r < FLOATS + 2; r++) {
                double value = r < FLOATS ? floats[r].value : r == FLOATS ? strtod("nan", NULL) : strtod("-inf", NULL);
                memcpy(self_frame.columns[LOSS].bytes + 8 * r, &value, 8);
                rows_of[LOSS][r] = r >= FLOATS ? "x" : how == HUZHU_FLOATS_HALF_EVEN ? floats[r].half_even : floats[r].half_up;
                if (rows_of[LOSS][r][0] == '\0') rows_of[LOSS][r] = "-1";
            }
            self_frame.columns[LOSS].valid[0] = UINT64_MAX;
            HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &self_frame.schema, &options, NULL, &arrow), HUZHU_OK);
            if (HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK)) {
                for (int64_t r = 0; r < FLOATS + 2; r++) compare_row(&self, &out, r);
                out.release(&out);
            }
            huzhu_arrow_free(arrow);
        }
    api_end(&self);
}

/* ---- Streams ---- */

static int stream_left, stream_error;

static int next_array(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    (void)stream;
    memset(out, 0, sizeof *out);
    if (stream_left == 0) return stream_error;
    stream_left--;
    *out = self_frame.array;
    return 0;
}

static const char *last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "the disk is gone";
}

static void end_stream(struct ArrowArrayStream *stream)
{
    all_released += 1000;
    stream->release = NULL;
}

HZ_TEST(arrow_streams)
{
    api_case self;
    fill();
    if (api_begin(&self))
        for (stream_error = 0; stream_error <= EIO; stream_error += EIO) {
            const huzhu_arrow_options options = options_of();
            huzhu_arrow *arrow = NULL;
            struct ArrowArrayStream in = {.get_next = next_array, .get_last_error = last_error, .release = end_stream}, out = {0};
            struct ArrowArray array;
            struct ArrowSchema schema;
            int64_t rows = 0;
            make_frame(&self_frame, 1, 65);
            all_released = 0;
            stream_left = 3;
            HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &self_frame.schema, &options, NULL, &arrow), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_arrow_stream(arrow, &in, &out), HUZHU_OK);
            HZ_CHECK(in.release == NULL);
            huzhu_arrow_free(arrow);
            HZ_CHECK_EQ_INT(out.get_schema(&out, &schema), 0);
            HZ_CHECK_EQ_INT(schema.n_children, 6);
            schema.release(&schema);
            int error;
            while ((error = out.get_next(&out, &array)) == 0 && array.release != NULL) {
                rows += array.length;
                array.release(&array);
            }
            HZ_CHECK_EQ_INT(error, stream_error);
            HZ_CHECK_EQ_INT(rows, 3 * 65);
            HZ_CHECK_EQ_INT(all_released, 3);
            if (error != 0) HZ_CHECK_STR(out.get_last_error(&out), "the disk is gone");
            else HZ_CHECK(out.get_last_error(&out) == NULL);
            out.release(&out);
            HZ_CHECK_EQ_INT(all_released, 1003);
        }
    api_end(&self);
}

/* ---- Counters that are carried ---- */

/* Row r's counter after, as COUNTER.after has it; INT64_MIN: null. */
static int64_t after_of(const struct ArrowArray *column, int which, int64_t row)
{
    if (!is_there(column, row)) return INT64_MIN;
    if (which == PAID) return total_of(column, row);
    if (which == CLOSED) return ((const uint8_t *)column->buffers[1])[row / 8] >> (row % 8) & 1;
    return which == LAST ? ((const int32_t *)column->buffers[1])[row] : ((const int64_t *)column->buffers[1])[row];
}

/* Rows [first, first + rows) as claims, one after another with a ledger, against the results. */
static void compare_carried(api_case *self, huzhu_ledger *ledger, const struct ArrowArray *out, int64_t first)
{
    for (int64_t r = 0; r < out->length; r++) {
        huzhu_counter_change change = {.struct_size = sizeof change};
        int64_t total = 0;
        char text[64];
        huzhu_claim_reset(self->claim);
        for (int i = 0; i < INPUTS; i++)
            if (rows_of[i][first + r] != NULL) huzhu_claim_set_value(self->claim, (size_t)i, rows_of[i][first + r], HUZHU_NUL);
        HZ_CHECK_EQ_INT(huzhu_ledger_fill(ledger, self->claim), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_claim_evaluate(self->claim, self->decision), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_ledger_apply(ledger, self->decision), HUZHU_OK);
        entry(out->children[0], r, text);
        HZ_CHECK_STR(text, api_str(huzhu_outcome_name(huzhu_decision_outcome(self->decision))));
        bool has = huzhu_decision_total(self->decision, &total) == HUZHU_OK;
        HZ_CHECK_EQ_INT(has ? total_of(out->children[1], r) : 0, total);
        for (size_t c = 0; c < huzhu_decision_counter_count(self->decision); c++)
            if (HZ_CHECK_EQ_INT(huzhu_decision_counter_change_at(self->decision, c, &change), HUZHU_OK))
                HZ_CHECK_EQ_INT(after_of(out->children[2 + change.counter], (int)change.counter, r), change.after);
        HZ_CHECK_EQ_INT(out->children[6]->null_count, 0);
        compare_list(self, out->children[6], r, false);
    }
}

static huzhu_arrow *bind_carried(const api_case *self)
{
    static const char *const all[] = {"outcome", "total", "paid.after", "times.after", "closed.after", "last.after", "reasons"};
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = HUZHU_COUNTERS_CARRIED, .wanted = all, .wanted_count = 7};
    huzhu_arrow *arrow = NULL;
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(self->plan, &self_frame.schema, &options, NULL, &arrow), HUZHU_OK);
    return arrow;
}

/* Every counter from one batch to another. */
static void hand_over(huzhu_arrow *from, huzhu_arrow *to)
{
    for (size_t c = 0; c < COUNTERS; c++) {
        struct ArrowSchema schema;
        struct ArrowArray array;
        HZ_CHECK_EQ_INT(huzhu_arrow_counter_schema(from, c, &schema), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_arrow_counter_array(from, c, &array), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_arrow_set_counter(to, c, &schema, &array, NULL), HUZHU_OK);
        array.release(&array);
        if (c == 0) {
            schema.n_children--; /* without its value */
            huzhu_diagnostics *diagnostics;
            HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
            HZ_CHECK_EQ_INT(huzhu_arrow_counter_array(from, c, &array), HUZHU_OK);
            array.n_children--;
            HZ_CHECK_EQ_INT(huzhu_arrow_set_counter(to, c, &schema, &array, diagnostics), HUZHU_DATA);
            HZ_CHECK(strstr(api_str(huzhu_diagnostics_text(diagnostics)), "no column `value`") != NULL);
            huzhu_diagnostics_free(diagnostics);
            schema.n_children++;
            array.n_children++;
            array.release(&array);
        }
        schema.release(&schema);
    }
}

HZ_TEST(arrow_carries_counters)
{
    static const int64_t cuts[][4] = {{ROWS, 0, 0, 0}, {1, 7, 100, ROWS}, {64, 64, 65, ROWS}};
    api_case self;
    huzhu_ledger *ledger = NULL;
    fill();
    if (api_begin(&self))
        for (int turn = 0; turn < 3; turn++) {
            make_frame(&self_frame, 0, ROWS);
            huzhu_arrow *arrow = bind_carried(&self);
            HZ_CHECK_EQ_INT(huzhu_ledger_new(NULL, &ledger), HUZHU_OK);
            int64_t first = 0;
            for (int k = 0; k < 4 && first < ROWS; k++) {
                struct ArrowArray out;
                self_frame.array.offset = first;
                self_frame.array.length = cuts[turn][k] < ROWS - first ? cuts[turn][k] : ROWS - first;
                if (k == 2) { /* the rest goes on with the counters handed over */
                    huzhu_arrow *next_arrow = bind_carried(&self);
                    hand_over(arrow, next_arrow);
                    huzhu_arrow_free(arrow);
                    arrow = next_arrow;
                }
                if (HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK)) {
                    compare_carried(&self, ledger, &out, first);
                    out.release(&out);
                }
                first += self_frame.array.length;
            }
            huzhu_arrow_free(arrow);
            huzhu_ledger_free(ledger);
        }
    api_end(&self);
}

/* ---- Amounts below 0 ---- */

/* A decimal of 128 bits in cents; its upper half is the sign's. */
static int64_t cents_of(const struct ArrowArray *column, int64_t row)
{
    const int64_t *halves = (const int64_t *)column->buffers[1] + 2 * row;
    HZ_CHECK_EQ_INT(halves[1], halves[0] < 0 ? -1 : 0);
    return is_there(column, row) ? halves[0] : INT64_MIN;
}

HZ_TEST(arrow_amounts_below_0)
{
    static const char *const given[] = {"member", "day", "cost", "right", "before", "months", "fine"};
    static const char *const kinds[] = {"u", "tdD", "d:18,2", "d:18,2", "d:18,2", "l", "b"};
    static const char *const rows[7][3] = {{"M", "M", "M"},       {"2016-01-01", "2016-01-02", "2016-01-03"}, {"500", "10", "600"}, {"100", "100", NULL},
                                           {"200", "1000", NULL}, {"0", "0", "0"},                            {"true", "false", "true"}};
    static const char *const asked[] = {"total", "fined.gross", "correction.net", "paid.after", "error"};
    static const int64_t expected[4][3] = {{44749, INT64_MIN, 59750}, {-250, INT64_MIN, -250}, {-5001, INT64_MIN, 0}, {44749, 44749, 104499}};
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = HUZHU_COUNTERS_CARRIED, .wanted = asked, .wanted_count = 5};
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan = NULL;
    huzhu_arrow *arrow = NULL;
    struct ArrowArray out = {0};
    char text[64];
    for (int i = 0; i < 7; i++) make(&self_frame.columns[i], given[i], kinds[i], rows[i], 3, i);
    join(&self_frame, 7, 3);
    HZ_CHECK_EQ_INT(huzhu_ruleset_load(HZ_TEST_ROOT "/tests/golden/negative/rules", NULL, NULL, &ruleset), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(ruleset, "takes-back", HUZHU_NUL, &plan), HUZHU_OK);
    HZ_CHECK_EQ_INT(huzhu_arrow_bind(plan, &self_frame.schema, &options, NULL, &arrow), HUZHU_OK);
    if (HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK)) {
        for (int c = 0; c < 4; c++)
            for (int r = 0; r < 3; r++) HZ_CHECK_EQ_INT(cents_of(out.children[c], r), expected[c][r]);
        entry(out.children[4], 1, text);
        HZ_CHECK_STR(text, "R_NEGATIVE");
        out.release(&out);
    }
    huzhu_arrow_free(arrow);
    huzhu_ruleset_release(ruleset);
}

/* ---- Memory ---- */

static huzhu_status once(const huzhu_allocator *allocator, void *context)
{
    uint32_t counters = *(const uint32_t *)context;
    const huzhu_load_options load = {.struct_size = sizeof load, .allocator = allocator};
    huzhu_arrow_options options = options_of();
    huzhu_ruleset *ruleset = NULL;
    const huzhu_plan *plan;
    huzhu_arrow *arrow = NULL;
    struct ArrowArray out = {0};
    struct ArrowSchema schema = {0};
    options.counters = counters;
    huzhu_status status = huzhu_ruleset_load(CLAIM_RULES, &load, NULL, &ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(ruleset, "all-types", HUZHU_NUL, &plan);
    if (status == HUZHU_OK) status = huzhu_arrow_bind(plan, &self_frame.schema, &options, NULL, &arrow);
    if (status == HUZHU_OK) status = huzhu_arrow_schema(arrow, &schema);
    if (status == HUZHU_OK) status = huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out);
    if (schema.release != NULL) schema.release(&schema);
    if (out.release != NULL) out.release(&out);
    if (status == HUZHU_OK && counters == HUZHU_COUNTERS_CARRIED) status = huzhu_arrow_counter_array(arrow, 0, &out);
    if (out.release != NULL) out.release(&out);
    huzhu_arrow_free(arrow);
    huzhu_ruleset_release(ruleset);
    return status;
}

HZ_TEST(arrow_memory)
{
    fill();
    make_frame(&self_frame, 1, 65);
    for (uint32_t counters = HUZHU_COUNTERS_FRESH; counters <= HUZHU_COUNTERS_CARRIED; counters++)
        hz_each_allocation_fails(once, &counters);
}
