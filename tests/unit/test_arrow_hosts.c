/* test_arrow_hosts.c - hosts of Arrow columns that are careless, and hosts that may be what they are: tables and dictionaries
 * that are none, pointers that are not there; consumers that move children out, let results go on another thread, end streams
 * early, and keep results when everything else is gone.
 */
#include "arrow_case.h"

#include <errno.h>
#include <pthread.h>

static frame self_frame, table;

static const char *const members[] = {"M-1", "M-2", "M-1", "a member longer than a view"};
static const char *const days[] = {"2016-03-01", "2016-03-02", "2016-03-03", "2016-03-04"};
static const char *const kinds[] = {"fire", "flood", "fire", NULL};
static const char *const peoples[] = {"2", "3", "4", "5"};
static const char *const losses[] = {"10.50", NULL, "0.00", "7.00"};

enum { FEW = 4 };

static const char *const wanted[] = {"outcome", "total", "reasons", "caps", "error", "paid.after", "closed.after", "last.after", "help.net", "id"};

static void make_claims(const char *member_format, const char *kind_format)
{
    make(&self_frame.columns[0], "member", member_format, members, FEW, 1);
    make(&self_frame.columns[1], "day", "tdD", days, FEW, 2);
    make(&self_frame.columns[2], "kind", kind_format, kinds, FEW, 3);
    make(&self_frame.columns[3], "people", "l", peoples, FEW, 4);
    make(&self_frame.columns[4], "loss", "d:18,2", losses, FEW, 5);
    make(&self_frame.columns[5], "id", "vu", members, FEW, 6);
    join(&self_frame, 6, FEW);
}

static huzhu_status bind(const api_case *self, uint32_t counters, huzhu_diagnostics *diagnostics, huzhu_arrow **out)
{
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = counters, .wanted = wanted, .wanted_count = 10};
    return huzhu_arrow_bind(self->plan, &self_frame.schema, &options, diagnostics, out);
}

static void check_says(const huzhu_diagnostics *diagnostics, const char *message)
{
    if (!HZ_CHECK(strstr(api_str(huzhu_diagnostics_text(diagnostics)), message) != NULL)) printf("wanted: %s\n%s", message, huzhu_diagnostics_text(diagnostics).data);
}

/* ---- Schemas ---- */

static void spoil_schema(int what)
{
    struct ArrowSchema *schema = &self_frame.schema, *child = self_frame.schemas[2];
    if (what == 0) schema->release = NULL;
    if (what == 1) schema->format = NULL;
    if (what == 2) schema->format = "+l";
    if (what == 3) schema->n_children = -1;
    if (what == 4) schema->n_children = INT64_MAX;
    if (what == 5) schema->children = NULL;
    if (what == 6) self_frame.schemas[2] = NULL;
    if (what == 7) child->release = NULL;
    if (what == 8) child->format = NULL;
    if (what == 9) child->dictionary->format = NULL;
    if (what == 10) child->dictionary->dictionary = child->dictionary;
    if (what == 11) child->format = "u";
    if (what == 12) child->dictionary->format = "d:18";
    if (what == 13) self_frame.schemas[1]->name = "kind";
}

HZ_TEST(arrow_schemas_that_are_none)
{
    static const char *const says[] = {"no struct of columns", "no struct of columns", "no struct of columns", "no struct of columns", "no struct of columns", "no struct of columns", "no struct of columns", "no struct of columns",
                                       "column `kind` has a type that no input takes", "column `kind` has a type that no input takes", "column `kind` has a type that no input takes", "column `kind` has a type that no input takes",
                                       "column `kind` has a type that no input takes", "two columns are named `kind`"};
    api_case self;
    huzhu_diagnostics *diagnostics = NULL;
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    if (api_begin(&self))
        for (int what = 0; what < 14; what++) {
            huzhu_arrow *arrow = NULL;
            make_claims("u", "i:u");
            spoil_schema(what);
            HZ_CHECK_EQ_INT(bind(&self, HUZHU_COUNTERS_FRESH, diagnostics, &arrow), HUZHU_DATA);
            HZ_CHECK(arrow == NULL);
            check_says(diagnostics, says[what]);
        }
    huzhu_diagnostics_free(diagnostics);
    api_end(&self);
}

/* ---- Arrays ---- */

/* member is of views, kind a dictionary. */
static void spoil_array(int what)
{
    static int64_t far[2] = {1 << 20, 1 << 20};
    struct ArrowArray *member = self_frame.arrays[0], *kind = self_frame.arrays[2], *people = self_frame.arrays[3];
    made *views = &self_frame.columns[0];
    unsigned char *long_view = views->bytes + 16 * (1 + 3); /* behind its offset, the last row */
    if (what == 0) self_frame.arrays[3] = NULL;
    if (what == 1) kind->dictionary = NULL;
    if (what == 2) kind->dictionary->release = NULL;
    if (what == 3) kind->dictionary->length = -1;
    if (what == 4) kind->dictionary->buffers[2] = NULL;
    if (what == 5) put_integer(self_frame.columns[2].more + 4, -7, 4);
    if (what == 6) kind->dictionary->offset = INT64_MAX;
    if (what == 7) kind->dictionary->null_count = 3;
    if (what == 8) member->n_buffers = 2;
    if (what == 9) member->buffers[3] = NULL;
    if (what == 10) member->buffers[2] = NULL;
    if (what == 11) put_integer(long_view + 8, 1, 4);
    if (what == 12) put_integer(long_view + 8, -1, 4);
    if (what == 13) put_integer(long_view + 12, 1, 4);
    if (what == 14) put_integer(long_view, -1, 4);
    if (what == 15) people->n_children = 1;
    if (what == 16) people->null_count = INT64_MIN;
    if (what == 17) people->length = INT64_MAX;
    if (what == 18) people->buffers[1] = (const char *)people->buffers[1] + 1;
    if (what == 19) kind->dictionary->buffers[1] = (const char *)kind->dictionary->buffers[1] + 2;
    if (what == 20) member->buffers[3] = (const char *)(const void *)far + 4;
    if (what == 21) self_frame.array.length = INT64_MAX;
    if (what == 22) self_frame.array.n_buffers = 2;
    if (what == 23) self_frame.array.dictionary = kind->dictionary;
    if (what == 24) {
        static const uint8_t none[1] = {0xfd};
        self_frame.none[0] = none;
        self_frame.array.null_count = 1;
    }
}

HZ_TEST(arrow_arrays_that_are_no_such_arrays)
{
    static const char *const says[] = {"column `people` is not there, or was released", "column `kind` has no dictionary", "column `kind` has a dictionary that is not there, or was released",
                                       "column `kind` has a dictionary that has a length or an offset below 0", "column `kind` has a dictionary that has texts without bytes",
                                       "column `kind` has a dictionary that has offsets that fall", "column `kind` has a dictionary that is longer than memory",
                                       "column `kind` has a dictionary that has nulls without validity bits", "column `member` has another number of buffers",
                                       "column `member` has no views", "column `member` has views beyond its buffers", "column `member` has views beyond its buffers", "column `member` has views beyond its buffers",
                                       "column `member` has views beyond its buffers", "column `member` has views beyond its buffers", "column `people` has children",
                                       "column `people` has a length or an offset below 0", "column `people` is longer than memory", "column `people` has values that are not aligned",
                                       "column `kind` has a dictionary that has values that are not aligned", "column `member` has values that are not aligned",
                                       "the array has a length or an offset that is none", "the array has buffers that no struct has", "the array has a dictionary", "the array has rows that are null as a whole"};
    api_case self;
    huzhu_diagnostics *diagnostics = NULL;
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    if (api_begin(&self))
        for (int what = 0; what < 25; what++) {
            huzhu_arrow *arrow = NULL;
            struct ArrowArray out = {0};
            make_claims("vu", "i:u");
            HZ_CHECK_EQ_INT(bind(&self, HUZHU_COUNTERS_FRESH, NULL, &arrow), HUZHU_OK);
            spoil_array(what);
            HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, diagnostics, &out), HUZHU_DATA);
            HZ_CHECK(out.release == NULL);
            check_says(diagnostics, says[what]);
            huzhu_arrow_free(arrow);
        }
    huzhu_diagnostics_free(diagnostics);
    api_end(&self);
}

/* Places beyond a dictionary are errors of their rows, as in every other column. */
HZ_TEST(arrow_places_beyond_a_dictionary)
{
    static const char *const shapes[] = {"i:u", "c:U", "C:vu", "l:u"};
    api_case self;
    if (api_begin(&self))
        for (int shape = 0; shape < 4; shape++)
            for (int column = 0; column < 3; column += 2) {
                huzhu_arrow *arrow = NULL;
                struct ArrowArray out = {0};
                make_claims(column == 0 ? shapes[shape] : "u", column == 2 ? shapes[shape] : "u");
                HZ_CHECK_EQ_INT(bind(&self, HUZHU_COUNTERS_FRESH, NULL, &arrow), HUZHU_OK);
                size_t width = integer_width(shapes[shape][0]);
                put_integer(self_frame.columns[column].bytes + width * (size_t)(self_frame.arrays[column]->offset + 1), 90, width);
                if (HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK)) {
                    const int32_t *outcomes = out.children[0]->buffers[1];
                    for (int r = 0; r < 3; r++) HZ_CHECK_EQ_INT(outcomes[r], r == 1 ? HUZHU_FAILED - 1 : HUZHU_PAID - 1);
                    out.release(&out);
                }
                huzhu_arrow_free(arrow);
            }
    api_end(&self);
}

/* Where the key of a counter is not known, there is no value after: its start would be a wrong one. */
HZ_TEST(arrow_counters_of_keys_that_are_not_known)
{
    static const char *const bad[] = {"fire", "none", "fire", NULL}, *const same[] = {"M-1", "M-1", "M-1", "M-1"};
    static const char *const asked[] = {"outcome", "paid.after", "times.after"};
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = HUZHU_COUNTERS_CARRIED, .wanted = asked, .wanted_count = 3};
    static const int outcomes[] = {HUZHU_PAID, HUZHU_FAILED, HUZHU_PAID, HUZHU_INCOMPLETE};
    api_case self;
    huzhu_arrow *arrow = NULL;
    struct ArrowArray out;
    make_claims("u", "u");
    make(&self_frame.columns[0], "member", "u", same, FEW, 0);
    make(&self_frame.columns[2], "kind", "u", bad, FEW, 0);
    join(&self_frame, 6, FEW);
    if (api_begin(&self) && HZ_CHECK_EQ_INT(huzhu_arrow_bind(self.plan, &self_frame.schema, &options, NULL, &arrow), HUZHU_OK) &&
        HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK)) {
        const uint8_t *paid = out.children[1]->buffers[0], *times = out.children[2]->buffers[0];
        const int64_t *amounts = out.children[1]->buffers[1], *counts = out.children[2]->buffers[1];
        for (int r = 0; r < FEW; r++) HZ_CHECK_EQ_INT(((const int32_t *)out.children[0]->buffers[1])[r], outcomes[r] - 1);
        HZ_CHECK_EQ_INT(*paid & 15, 13);  /* not of the row whose kind does not fit: no key is looked for there */
        HZ_CHECK_EQ_INT(*times & 15, 5); /* nor of the one without a kind */
        HZ_CHECK_EQ_INT(amounts[0], 20000);
        HZ_CHECK_EQ_INT(amounts[4], 50000); /* the cap */
        HZ_CHECK_EQ_INT(amounts[6], 50000);
        HZ_CHECK_EQ_INT(counts[2], 2);
        out.release(&out);
    }
    huzhu_arrow_free(arrow);
    api_end(&self);
}

/* ---- Tables of counters ---- */

static void make_table(void)
{
    static const char *const values[] = {"1.50", "2.00", "3.25", NULL};
    make(&table.columns[0], "member", "u", members, FEW, 1);
    make(&table.columns[1], "value", "d:18,2", values, FEW, 2);
    make(&table.columns[2], "noted", "l", peoples, FEW, 0);
    join(&table, 3, FEW);
}

static void spoil_table(int what)
{
    struct ArrowArray *array = &table.array, *member = table.arrays[0], *value = table.arrays[1];
    struct ArrowSchema *schema = &table.schema;
    if (what == 0) schema->format = "u";
    if (what == 1) schema->children = NULL;
    if (what == 2) table.schemas[1] = NULL;
    if (what == 3) schema->n_children = array->n_children = -1;
    if (what == 4) array->children = NULL;
    if (what == 5) array->n_children = 1;
    if (what == 6) array->length = -1;
    if (what == 7) array->release = NULL;
    if (what == 8) table.arrays[1] = NULL;
    if (what == 9) value->length = 2;
    if (what == 10) value->buffers[1] = NULL;
    if (what == 11) member->buffers[2] = NULL;
    if (what == 12) table.schemas[0]->format = "g";
    if (what == 13) table.schemas[1]->format = "u";
    if (what == 14) table.schemas[2]->name = "value";
    if (what == 15) table.schemas[0]->name = "Member";
    if (what == 16) put_integer(table.columns[1].bytes + 16 * 3, -1, 16);
    if (what == 17) table.columns[0].text[1] = 0xff;
    if (what == 18) {
        static const uint8_t none[1] = {0xfe};
        table.none[0] = none;
        array->null_count = 1;
    }
}

HZ_TEST(arrow_tables_that_are_none)
{
    static const char *const says[] = {"the table is no struct of columns", "the table is no struct of columns", "the table is no struct of columns", "the table is no struct of columns",
                                       "the table has no columns", "the table has another number of columns than its schema", "the table has a length or an offset that is none",
                                       "the table was released", "column `value` is not there, or was released", "column `value` is shorter than its struct", "column `value` has no values",
                                       "column `member` has texts without bytes", "column `member` has floats", "column `value` has another number of buffers", "two columns are named `value`",
                                       "the table has no column `member`", "column `value` has a value that does not fit", "column `member` has a value that does not fit",
                                       "the table has rows that are null as a whole", "two rows of the table have the same key"};
    api_case self;
    huzhu_diagnostics *diagnostics = NULL;
    huzhu_arrow *arrow = NULL;
    struct ArrowArray out;
    HZ_CHECK_EQ_INT(huzhu_diagnostics_new(NULL, &diagnostics), HUZHU_OK);
    make_claims("u", "u");
    if (api_begin(&self) && HZ_CHECK_EQ_INT(bind(&self, HUZHU_COUNTERS_CARRIED, NULL, &arrow), HUZHU_OK)) {
        for (int what = 0; what < 20; what++) {
            make_table();
            spoil_table(what);
            HZ_CHECK_EQ_INT(huzhu_arrow_set_counter(arrow, PAID, &table.schema, &table.array, diagnostics), HUZHU_DATA);
            check_says(diagnostics, says[what]);
        }
        if (HZ_CHECK_EQ_INT(huzhu_arrow_counter_array(arrow, PAID, &out), HUZHU_OK)) {
            HZ_CHECK_EQ_INT(out.length, 0); /* nothing was set */
            out.release(&out);
        }
    }
    huzhu_arrow_free(arrow);
    huzhu_diagnostics_free(diagnostics);
    api_end(&self);
}

/* ---- Results that are taken apart ---- */

/* Reads every byte that an array of results says it has. */
static uint64_t read_all(const struct ArrowArray *array, const char *format)
{
    uint64_t sum = 0;
    size_t rows = (size_t)array->length, widths[] = {(rows + 7) / 8, format[0] == 'd' ? 16 * rows : format[0] == 'b' ? (rows + 7) / 8 : format[0] == 'u' || format[0] == '+' ? 4 * (rows + 1) : format[0] == 'U' ? 8 * (rows + 1) : format[0] == 'l' ? 8 * rows : 4 * rows};
    for (int b = 0; b < 2; b++)
        for (size_t i = 0; array->buffers[b] != NULL && i < widths[b]; i++) sum += ((const uint8_t *)array->buffers[b])[i];
    const char *texts = array->n_buffers == 3 ? array->buffers[2] : NULL;
    int64_t end = texts == NULL ? 0 : format[0] == 'u' ? ((const int32_t *)array->buffers[1])[rows] : ((const int64_t *)array->buffers[1])[rows];
    for (int64_t i = 0; i < end; i++) sum += (uint8_t)texts[i];
    if (array->dictionary != NULL) sum += read_all(array->dictionary, "u");
    if (array->n_children > 0) sum += read_all(array->children[0], "i");
    return sum;
}

static void *let_results_go(void *context)
{
    struct ArrowArray *array = context;
    array->release(array);
    return NULL;
}

/* A column that was moved out is read and let go, its own children and dictionary before or after it: in this thread or in
 * another. */
static void use_column(struct ArrowArray *column, const char *format, int turn)
{
    struct ArrowArray item = {0}, words = {0};
    pthread_t thread;
    (void)read_all(column, format);
    if (column->n_children > 0) {
        item = *column->children[0];
        column->children[0]->release = NULL;
    }
    if (column->dictionary != NULL && turn > 1) {
        words = *column->dictionary;
        column->dictionary->release = NULL;
    }
    if (turn < 3) column->release(column);
    else if (HZ_CHECK_EQ_INT(pthread_create(&thread, NULL, let_results_go, column), 0)) HZ_CHECK_EQ_INT(pthread_join(thread, NULL), 0);
    HZ_CHECK(column->release == NULL);
    if (item.release != NULL) {
        (void)read_all(&item, "i");
        item.release(&item);
    }
    if (words.release != NULL) {
        (void)read_all(&words, "u");
        words.release(&words);
    }
}

/* All columns are moved out, or every second one; their parent is let go, with nothing else left of the library. */
static void take_apart(struct ArrowArray *out, struct ArrowSchema *schema, int turn)
{
    struct ArrowArray columns[10] = {{0}};
    for (int64_t i = turn % 2; i < out->n_children; i += 1 + turn % 2) {
        columns[i] = *out->children[i];
        out->children[i]->release = NULL;
    }
    out->release(out);
    for (int64_t i = 0; i < 10; i++)
        if (columns[i].release != NULL) use_column(&columns[i], schema->children[i]->format, turn);
    struct ArrowSchema field = *schema->children[4];
    schema->children[4]->release = NULL;
    schema->release(schema);
    HZ_CHECK_STR(field.name, "error");
    HZ_CHECK_STR(field.dictionary->format, "u");
    field.release(&field);
}

HZ_TEST(api_arrow_results_are_taken_apart)
{
    for (int turn = 0; turn < 4; turn++) {
        api_case self;
        hz_leak leak = {0};
        const huzhu_allocator allocator = hz_leak_allocator(&leak);
        const huzhu_load_options load = {.struct_size = sizeof load, .allocator = &allocator};
        huzhu_arrow *arrow = NULL;
        struct ArrowArray out = {0};
        struct ArrowSchema schema = {0};
        self = (api_case){0};
        make_claims("u", "i:u");
        HZ_CHECK_EQ_INT(huzhu_ruleset_load(CLAIM_RULES, &load, NULL, &self.ruleset), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_ruleset_plan_find(self.ruleset, "all-types", HUZHU_NUL, &self.plan), HUZHU_OK);
        HZ_CHECK_EQ_INT(bind(&self, HUZHU_COUNTERS_CARRIED, NULL, &arrow), HUZHU_OK);
        bool well = HZ_CHECK_EQ_INT(huzhu_arrow_evaluate(arrow, &self_frame.array, NULL, &out), HUZHU_OK) &&
                    HZ_CHECK_EQ_INT(huzhu_arrow_schema(arrow, &schema), HUZHU_OK);
        huzhu_arrow_free(arrow);
        huzhu_ruleset_release(self.ruleset); /* the last */
        if (well) take_apart(&out, &schema, turn);
        HZ_CHECK_EQ_INT(leak.blocks, 0);
        HZ_CHECK(!leak.wrong_size);
    }
}

/* ---- Streams that end early ---- */

static int arrays_left;

static int next_array(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    (void)stream;
    *out = (struct ArrowArray){0};
    if (arrays_left-- > 0) *out = self_frame.array;
    return 0;
}

static void end_stream(struct ArrowArrayStream *stream)
{
    all_released += 100;
    stream->release = NULL;
}

HZ_TEST(arrow_streams_end_early)
{
    for (int read = 0; read < 3; read++) {
        api_case self;
        huzhu_arrow *arrow = NULL;
        struct ArrowArrayStream in = {.get_next = next_array, .release = end_stream}, out = {0};
        struct ArrowArray kept[3] = {{0}};
        make_claims("u", "i:u");
        all_released = 0;
        arrays_left = 5;
        if (!api_begin(&self)) break;
        HZ_CHECK_EQ_INT(bind(&self, HUZHU_COUNTERS_CARRIED, NULL, &arrow), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_arrow_stream(arrow, &in, &out), HUZHU_OK);
        huzhu_arrow_free(arrow);
        api_end(&self); /* the stream alone keeps the rules */
        for (int i = 0; i < read; i++) HZ_CHECK_EQ_INT(out.get_next(&out, &kept[i]), 0);
        HZ_CHECK(in.release == NULL);
        out.release(&out);
        HZ_CHECK_EQ_INT(all_released, 100 + read);
        for (int i = 0; i < read; i++) {
            (void)read_all(kept[i].children[1], "d:18,2");
            kept[i].release(&kept[i]);
        }
    }
}

/* An array of the stream that is none is an error with a message, is let go, and the next one is answered. */
HZ_TEST(arrow_streams_with_an_array_that_is_none)
{
    api_case self;
    huzhu_arrow *arrow = NULL;
    struct ArrowArrayStream in = {.get_next = next_array, .release = end_stream}, out = {0};
    struct ArrowArray array;
    make_claims("u", "i:u");
    all_released = 0;
    arrays_left = 2;
    if (api_begin(&self)) {
        HZ_CHECK_EQ_INT(bind(&self, HUZHU_COUNTERS_FRESH, NULL, &arrow), HUZHU_OK);
        HZ_CHECK_EQ_INT(huzhu_arrow_stream(arrow, &in, &out), HUZHU_OK);
        self_frame.arrays[3]->length = 1;
        HZ_CHECK(out.get_next(&out, &array) != 0 && array.release == NULL);
        HZ_CHECK_STR(out.get_last_error(&out), "column `people` is shorter than its struct");
        HZ_CHECK_EQ_INT(all_released, 1);
        self_frame.arrays[3]->length = FEW;
        HZ_CHECK_EQ_INT(out.get_next(&out, &array), 0);
        HZ_CHECK(out.get_last_error(&out) == NULL);
        array.release(&array);
        out.release(&out);
        huzhu_arrow_free(arrow);
    }
    api_end(&self);
}

/* ---- Memory ---- */

static void *kept_alive(struct ArrowArray *array)
{
    if (array->release != NULL) array->release(array);
    return NULL;
}

/* A stream of two arrays, then every counter as a table and back again, then rows for threads. */
static huzhu_status whole_life(const huzhu_allocator *allocator)
{
    const huzhu_load_options load = {.struct_size = sizeof load, .allocator = allocator};
    api_case self = {0};
    huzhu_arrow *arrow = NULL;
    struct ArrowArrayStream in = {.get_next = next_array, .release = end_stream}, out = {0};
    struct ArrowArray array = {0};
    struct ArrowSchema schema = {0};
    int64_t ends[2];
    uint32_t part[FEW];
    arrays_left = 2;
    huzhu_status status = huzhu_ruleset_load(CLAIM_RULES, &load, NULL, &self.ruleset);
    if (status == HUZHU_OK) status = huzhu_ruleset_plan_find(self.ruleset, "all-types", HUZHU_NUL, &self.plan);
    if (status == HUZHU_OK) status = bind(&self, HUZHU_COUNTERS_CARRIED, NULL, &arrow);
    if (status == HUZHU_OK) status = huzhu_arrow_stream(arrow, &in, &out);
    for (int i = 0; i < 2 && status == HUZHU_OK; i++) {
        int error = out.get_next(&out, &array);
        HZ_CHECK(error == 0 || (error == ENOMEM && array.release == NULL && out.get_last_error(&out) != NULL));
        status = error == 0 ? HUZHU_OK : HUZHU_NO_MEMORY;
        kept_alive(&array);
    }
    for (size_t c = 0; c < COUNTERS && status == HUZHU_OK; c++) {
        status = huzhu_arrow_counter_schema(arrow, c, &schema);
        if (status == HUZHU_OK) status = huzhu_arrow_counter_array(arrow, c, &array);
        if (status == HUZHU_OK) status = huzhu_arrow_set_counter(arrow, c, &schema, &array, NULL);
        kept_alive(&array);
        if (schema.release != NULL) schema.release(&schema);
    }
    if (status == HUZHU_OK) status = huzhu_arrow_assign(arrow, &self_frame.array, 2, NULL, part);
    if (status == HUZHU_OK) status = huzhu_arrow_partition(arrow, &self_frame.array, 2, NULL, ends);
    if (status == HUZHU_DATA) status = HUZHU_OK; /* members come by turns */
    if (out.release != NULL) out.release(&out);
    huzhu_arrow_free(arrow);
    huzhu_ruleset_release(self.ruleset);
    return status;
}

HZ_TEST(arrow_memory_of_streams_and_tables)
{
    huzhu_status status = HUZHU_NO_MEMORY;
    make_claims("u", "i:u");
    for (size_t k = 1; status == HUZHU_NO_MEMORY && k < 10000; k++) {
        hz_leak leak = {.fail_at = k};
        huzhu_allocator allocator = hz_leak_allocator(&leak);
        status = whole_life(&allocator);
        if (!HZ_CHECK_EQ_INT(leak.blocks, 0) || !HZ_CHECK(!leak.wrong_size)) {
            fprintf(stderr, "  at allocation %zu\n", k);
            break;
        }
    }
    HZ_CHECK_EQ_INT(status, HUZHU_OK);
}
