/* bench_stream.c - whether a row costs the same in a short stream and in a long one, and whether memory stays flat.
 *
 *     bench_stream [FOLDER [ROWS… [carried]]]     rulesets/beijing, 100,000, 1,000,000 and 40,000,000 rows by default
 *
 * The in-patient allowance through the Arrow stream interface, arrays of 65,536 rows made as they are asked for: each row
 * with a key of its own (HUZHU_COUNTERS_FRESH), or `carried`, rows of a member behind each other. Every stream is read
 * once to its end; what comes out is added up and released. Tools that count instructions ask for `bench_pull`.
 */
#include "hand_inpatient_allowance.h"
#include "peer_library.h"
#include "peer_timing.h"

#include <huzhu/arrow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { ROWS = 65536, FIELDS = HAND_DAYS };

/* A stream of one population over and over, under new keys each time. */
typedef struct source {
    peer_table table;
    size_t left;
    struct ArrowSchema schema, columns[FIELDS], codes, *children[FIELDS];
    struct ArrowArray arrays[FIELDS], cause, *array_children[FIELDS];
    const void *buffers[FIELDS][3], *cause_buffers[3], *none[1];
} source;

static const char *const names[FIELDS] = {"member", "cover", "cover_start", "cover_end", "admitted", "discharged", "hospital_level", "cause"};
static const char *const formats[FIELDS] = {"u", "u", "tdD", "tdD", "tdD", "tdD", "l", "i"};

static void keep_schema(struct ArrowSchema *schema)
{
    schema->release = NULL; /* it lies in the source */
}

static void keep_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static void describe(source *s)
{
    s->schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = FIELDS, .children = s->children, .release = keep_schema};
    s->codes = (struct ArrowSchema){.format = "u", .name = "", .release = keep_schema};
    for (size_t i = 0; i < FIELDS; i++) {
        s->columns[i] = (struct ArrowSchema){.format = formats[i], .name = names[i], .flags = ARROW_FLAG_NULLABLE, .release = keep_schema};
        s->children[i] = &s->columns[i];
    }
    s->columns[HAND_CAUSE].dictionary = &s->codes;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    *out = ((source *)stream->private_data)->schema;
    return 0;
}

/* Other keys for another array: M0000042 becomes M0100042. */
static void renew(source *s, size_t rows)
{
    for (size_t column = 0; column < 2; column++)
        for (char *at = s->table.bytes[column], *end = at + rows * PEER_KEY_BYTES; at < end; at += PEER_KEY_BYTES) {
            at[2]++;
            for (size_t digit = 2; digit > 0 && at[digit] > '9'; digit--) {
                at[digit] = '0';
                at[digit - 1]++;
            }
        }
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    static const int32_t code_offsets[] = {0, 7, 15, 26};
    source *s = stream->private_data;
    size_t rows = s->left < ROWS ? s->left : ROWS;
    *out = (struct ArrowArray){0};
    if (rows == 0) return 0;
    s->left -= rows;
    renew(s, rows);
    s->cause_buffers[1] = code_offsets;
    s->cause_buffers[2] = "illnessaccidentpsychiatric";
    s->cause = (struct ArrowArray){.length = 3, .n_buffers = 3, .buffers = s->cause_buffers, .release = keep_array};
    for (size_t i = 0; i < FIELDS; i++) {
        bool text = s->table.kind[i] == PEER_TEXTS;
        s->buffers[i][0] = s->table.valid[i];
        s->buffers[i][1] = s->table.values[i];
        s->buffers[i][2] = s->table.bytes[i];
        s->arrays[i] = (struct ArrowArray){.length = (int64_t)rows, .null_count = -1, .n_buffers = text ? 3 : 2, .buffers = s->buffers[i], .release = keep_array};
        s->array_children[i] = &s->arrays[i];
    }
    s->arrays[HAND_CAUSE].dictionary = &s->cause;
    *out = (struct ArrowArray){.length = (int64_t)rows, .n_buffers = 1, .buffers = s->none, .n_children = FIELDS, .children = s->array_children, .release = keep_array};
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void release(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

/* Reads a stream to its end; the rows that came. Tools that count instructions ask for it by name. */
__attribute__((noinline)) size_t bench_pull(struct ArrowArrayStream *stream);
size_t bench_pull(struct ArrowArrayStream *stream)
{
    size_t rows = 0;
    for (;;) {
        struct ArrowArray out;
        if (stream->get_next(stream, &out) != 0)
            peer_fail(stream->get_last_error(stream));
        if (out.release == NULL) return rows;
        rows += (size_t)out.length;
        out.release(&out);
    }
}

static void stream_rows(const huzhu_plan *plan, const peer *by_hand, size_t rows, bool carried)
{
    source s = {.left = rows};
    huzhu_arrow *arrow;
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = carried ? HUZHU_COUNTERS_CARRIED : HUZHU_COUNTERS_FRESH};
    if (!peer_table_make(&s.table, by_hand, ROWS, 20240102) || peer_table_key(&s.table, by_hand, 7, false) == 0)
        peer_fail("no memory");
    describe(&s);
    struct ArrowArrayStream in = {get_schema, get_next, get_last_error, release, &s}, out;
    peer_check("bind", huzhu_arrow_bind(plan, &s.schema, &options, NULL, &arrow));
    peer_check("stream", huzhu_arrow_stream(arrow, &in, &out));
    double begin = peer_busy();
    size_t came = bench_pull(&out);
    double took = peer_busy() - begin;
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    if (came != rows)
        peer_fail("a stream lost rows");
    printf("%-28s %-10s %12zu %9.2f %9ld\n", by_hand->plan, carried ? "carried" : "fresh", rows, took / (double)rows, use.ru_maxrss / 1024);
    fflush(stdout);
    out.release(&out);
    huzhu_arrow_free(arrow);
    peer_table_drop(&s.table, by_hand);
}

int main(int argc, char **argv)
{
    static char *usual[] = {"100000", "1000000", "40000000"};
    huzhu_ruleset *ruleset;
    bool carried = argc > 1 && strcmp(argv[argc - 1], "carried") == 0;
    int given = argc - 2 - (carried ? 1 : 0), count = given > 0 ? given : 3;
    char **sizes = given > 0 ? argv + 2 : usual;
    peer_check("rules", huzhu_ruleset_load(argc > 1 ? argv[1] : HZ_TEST_ROOT "/rulesets/beijing", NULL, NULL, &ruleset));
    const huzhu_plan *plan = peer_plan(ruleset, &hand_peers[0]);
    printf("%-39s %12s %9s %9s\n", "streamed by Arrow, arrays of 65,536 rows", "rows", "ns a row", "peak MiB");
    for (int i = 0; i < count; i++)
        stream_rows(plan, &hand_peers[0], (size_t)strtoul(sizes[i], NULL, 10), carried);
    huzhu_ruleset_release(ruleset);
    return 0;
}
