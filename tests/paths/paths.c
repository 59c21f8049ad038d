/* paths.c - every way of settling claims against the single claim, bit for bit.
 *
 *     huzhu_paths FOLDER PLAN LINES given|fresh|carried [plain|threads|spoilt]
 *     huzhu_paths FOLDER PLAN LINES given|fresh|carried edited OTHER SETTING…
 *
 * LINES are claims as claims.py writes them. Each way is a test: as single claims by whole lines and by setters, by plain
 * pointers, by arrays of Arrow of every type, by slices, streams, in chunks of any size, by two threads and three. The last
 * line is `N passed, N failed`. Exit 1: something differs. plain: with kernels for any machine, and not those for AVX2.
 * threads: those alone, for a sanitizer that looks at threads. spoilt: with an answer that is wrong, so that all ways fail.
 * edited: under the settings, against single claims by the rules in OTHER, whose files are edited to say the same.
 */
#include "paths.h"

#include "column/kernel.h"

#include <pthread.h>

static const size_t chunks[] = {1, 7, 1023, 1024, 1025};

enum { CHUNKS = 5, THREADS = 3 };

/* The linker puts this in the place of hz_kernels_best. */
const hz_kernel_set *__wrap_hz_kernels_best(void);
const hz_kernel_set *__real_hz_kernels_best(void);

static bool plain_kernels;

const hz_kernel_set *__wrap_hz_kernels_best(void)
{
    return plain_kernels ? &hz_kernels_plain : __real_hz_kernels_best();
}

typedef struct run {
    bool only_threads, spoilt;
    table t;
    const huzhu_plan *edited; /* NULL, or that of the other folder */
    const huzhu_plan *as_it_is; /* then without the settings, which are a line each */
    char settings[1024];
    uint32_t counters;
    where at;
    unsigned passed, failed;
    char names[7 + 2 * BENEFITS_MOST + COUNTERS_MOST][96];
    const char *wanted[7 + 2 * BENEFITS_MOST + COUNTERS_MOST];
    size_t wanted_count;
} run;

static void begin_path(run *r, const char *path, const people *who)
{
    static const char *const names[] = {"given", "fresh", "carried"};
    r->at = (where){.t = &r->t, .who = who, .counters = names[r->counters], .path = path};
}

static void end_path(run *r)
{
    if (r->at.failed == 0) r->passed++;
    else r->failed++;
    if (r->at.failed > 0) printf("FAILED: %s, counters %s: %s: %u rows differ\n", huzhu_plan_id(r->t.plan).data, r->at.counters, r->at.path, r->at.failed);
}

/* ---- Who ---- */

/* A population and its answers one by one. */
typedef struct group {
    people who;
    answer *answers;
} group;

/* The answers that count are those by edited files; the settings' own are the same. */
static void settle_edited(run *r, group *g)
{
    table edited = r->t;
    answer *own = g->answers;
    edited.plan = r->edited;
    g->answers = take(g->who.count * sizeof *g->answers);
    r->at.failed += settle_singly(&edited, &g->who, r->counters, g->answers);
    for (size_t i = 0; i < g->who.count; i++)
        if (memcmp(&own[i], &g->answers[i], sizeof *own) != 0) differ(&r->at, i, "the single claim under settings", own[i].total, g->answers[i].total);
    free(own);
}

static void settle(run *r, group *g, const char *path)
{
    g->answers = take(g->who.count * sizeof *g->answers);
    begin_path(r, path, &g->who);
    r->at.failed = settle_singly(&r->t, &g->who, r->counters, g->answers);
    if (r->edited != NULL) settle_edited(r, g);
    end_path(r);
    if (r->spoilt) g->answers[g->who.count - 1].outcome = HUZHU_ACCEPTED;
}

static bool anyone(const table *t, size_t row)
{
    (void)t;
    (void)row;
    return true;
}

/* Within what timestamps of nanoseconds reach. */
static bool is_near(const table *t, size_t row)
{
    int64_t days;
    if (!pointers_can(t, row)) return false;
    for (size_t i = 0; i < t->inputs + t->counters; i++) {
        cell text = cell_of(t, row, i);
        if (text.at != NULL && days_read(text, &days) && (days < -90000 || days > 90000)) return false;
    }
    return true;
}

static group choose(run *r, bool (*is)(const table *t, size_t row))
{
    group g = {.who = {0, take(r->t.rows * sizeof(size_t))}};
    for (size_t row = 0; row < r->t.rows; row++)
        if (is(&r->t, row)) g.who.row[g.who.count++] = row;
    return g;
}

static void end_group(group *g)
{
    free(g->who.row);
    free(g->answers);
}

/* ---- Plain pointers ---- */

static huzhu_batch *new_batch(const run *r, const pointers *p, batch_answers *a)
{
    huzhu_batch *batch;
    must(huzhu_batch_new(r->t.plan, &batch) == HUZHU_OK, "batch");
    pointers_set(p, batch);
    batch_answers_set(a, &r->t, batch);
    must(huzhu_batch_set_counters(batch, r->counters) == HUZHU_OK, "counters");
    return batch;
}

static void by_pointers(run *r, const group *g, unsigned turn, size_t chunk)
{
    batch_answers a;
    pointers *p = pointers_new(&r->t, &g->who, turn);
    batch_answers_begin(&a, &r->t, g->who.count);
    huzhu_batch *batch = new_batch(r, p, &a);
    snprintf(r->at.detail, sizeof r->at.detail, "layouts %u, chunks of %zu", turn, chunk);
    for (size_t first = 0; first < g->who.count; first += chunk)
        must(huzhu_batch_evaluate(batch, first, g->who.count - first < chunk ? g->who.count - first : chunk) == HUZHU_OK, "evaluate");
    compare_batch(&r->at, &a, g->answers, 0, g->who.count);
    huzhu_batch_free(batch);
    batch_answers_end(&a, &r->t);
    pointers_free(p);
}

typedef struct batch_thread {
    huzhu_batch *batch;
    size_t first, rows;
    huzhu_status status;
} batch_thread;

static void *evaluate_rows(void *context)
{
    batch_thread *work = context;
    work->status = huzhu_batch_evaluate(work->batch, work->first, work->rows);
    return NULL;
}

static void run_threads(void *(*start)(void *), void *items, size_t size, size_t count)
{
    pthread_t thread[THREADS];
    for (size_t i = 0; i < count; i++) must(pthread_create(&thread[i], NULL, start, (char *)items + i * size) == 0, "thread");
    for (size_t i = 0; i < count; i++) must(pthread_join(thread[i], NULL) == 0, "thread");
}

/* The rows of a group in the order of their turns. */
static void pointers_by_threads(run *r, const group *g, size_t threads)
{
    batch_answers a;
    batch_thread work[THREADS];
    size_t ends[THREADS];
    pointers *p = pointers_new(&r->t, &g->who, 1);
    batch_answers_begin(&a, &r->t, g->who.count);
    for (size_t i = 0; i < threads; i++) work[i].batch = new_batch(r, p, &a);
    huzhu_status status = huzhu_batch_partition(work[0].batch, 0, g->who.count, threads, ends);
    snprintf(r->at.detail, sizeof r->at.detail, "%zu threads", threads);
    if (status != HUZHU_OK) differ(&r->at, 0, "partition", status, HUZHU_OK);
    for (size_t i = 0; i < threads; i++) {
        work[i].first = i > 0 ? ends[i - 1] : 0;
        work[i].rows = ends[i] - work[i].first;
    }
    if (status == HUZHU_OK) {
        run_threads(evaluate_rows, work, sizeof *work, threads);
        compare_batch(&r->at, &a, g->answers, 0, g->who.count);
    }
    for (size_t i = 0; i < threads; i++) huzhu_batch_free(work[i].batch);
    batch_answers_end(&a, &r->t);
    pointers_free(p);
}

/* ---- Arrow ---- */

static huzhu_arrow *bind(const run *r, const arrays *a)
{
    const huzhu_arrow_options options = {.struct_size = sizeof options, .floats = HUZHU_FLOATS_HALF_EVEN, .counters = r->counters, .wanted = r->wanted, .wanted_count = r->wanted_count};
    huzhu_arrow *arrow = NULL;
    huzhu_diagnostics *diagnostics;
    must(huzhu_diagnostics_new(NULL, &diagnostics) == HUZHU_OK, "memory");
    huzhu_status status = huzhu_arrow_bind(r->t.plan, &a->schema, &options, diagnostics, &arrow);
    if (status != HUZHU_OK) printf("%s", huzhu_diagnostics_text(diagnostics).data);
    must(status == HUZHU_OK, "bind");
    huzhu_diagnostics_free(diagnostics);
    return arrow;
}

/* "U: l d:18,2 …": of the id first, which compare.c looks at. */
static void tell(run *r, const arrays *a, const char *how, size_t chunk)
{
    size_t used = (size_t)snprintf(r->at.detail, sizeof r->at.detail, "%s %s of %zu, columns", a->formats[a->columns - 1][0][0] == 'u' ? "u" : "U", how, chunk);
    for (size_t i = 0; i + 1 < a->columns && used + 30 < sizeof r->at.detail; i++)
        used += (size_t)snprintf(r->at.detail + used, sizeof r->at.detail - used, " %s%s%s", a->formats[i][0], a->formats[i][1][0] != '\0' ? ":" : "", a->formats[i][1]);
}

static void evaluate_slice(run *r, huzhu_arrow *arrow, arrays *a, const group *g, size_t first, size_t rows, bool by_children)
{
    struct ArrowArray out;
    arrays_view view;
    arrays_slice(a, first, rows, by_children, &view);
    must(huzhu_arrow_evaluate(arrow, &view.array, NULL, &out) == HUZHU_OK, "evaluate");
    compare_array(&r->at, &out, g->answers, first);
    out.release(&out);
}

static void by_arrays(run *r, const group *g, unsigned turn, bool texts, size_t chunk, bool by_children)
{
    arrays *a = arrays_new(&r->t, &g->who, turn, texts);
    huzhu_arrow *arrow = bind(r, a);
    tell(r, a, by_children ? "children's slices" : "slices", chunk);
    for (size_t first = 0; first < g->who.count; first += chunk) evaluate_slice(r, arrow, a, g, first, g->who.count - first < chunk ? g->who.count - first : chunk, by_children);
    huzhu_arrow_free(arrow);
    arrays_free(a);
}

typedef struct chunk_stream {
    arrays *a;
    size_t next, chunk;
    arrays_view view;
} chunk_stream;

static void let_go(struct ArrowArray *array)
{
    array->release = NULL;
}

static int next_chunk(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    chunk_stream *s = stream->private_data;
    size_t left = s->a->rows - s->next, rows = left < s->chunk ? left : s->chunk;
    memset(out, 0, sizeof *out);
    if (rows == 0) return 0;
    arrays_slice(s->a, s->next, rows, s->next % 2 == 1, &s->view);
    *out = s->view.array;
    out->release = let_go;
    s->next += rows;
    return 0;
}

static void end_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

static void by_stream(run *r, const group *g, unsigned turn, size_t chunk)
{
    chunk_stream *source = take(sizeof *source);
    struct ArrowArrayStream in = {.get_next = next_chunk, .release = end_stream, .private_data = source}, out;
    struct ArrowArray array;
    size_t first = 0;
    source->a = arrays_new(&r->t, &g->who, turn, false);
    source->chunk = chunk;
    huzhu_arrow *arrow = bind(r, source->a);
    tell(r, source->a, "stream", chunk);
    must(huzhu_arrow_stream(arrow, &in, &out) == HUZHU_OK, "stream");
    huzhu_arrow_free(arrow);
    while (out.get_next(&out, &array) == 0 && array.release != NULL) {
        compare_array(&r->at, &array, g->answers, first);
        first += (size_t)array.length;
        array.release(&array);
    }
    if (first != g->who.count) differ(&r->at, 0, "rows", (int64_t)first, (int64_t)g->who.count);
    out.release(&out);
    arrays_free(source->a);
    free(source);
}

/* The counters of one binding to the next, as tables. */
static huzhu_arrow *hand_over(const run *r, const arrays *a, huzhu_arrow *from)
{
    huzhu_arrow *to = bind(r, a);
    for (size_t i = 0; i < r->t.counters; i++) {
        struct ArrowSchema schema;
        struct ArrowArray array;
        must(huzhu_arrow_counter_schema(from, i, &schema) == HUZHU_OK && huzhu_arrow_counter_array(from, i, &array) == HUZHU_OK, "table");
        must(huzhu_arrow_set_counter(to, i, &schema, &array, NULL) == HUZHU_OK, "table");
        array.release(&array);
        schema.release(&schema);
    }
    huzhu_arrow_free(from);
    return to;
}

static void by_tables(run *r, const group *g, unsigned turn, size_t chunk)
{
    arrays *a = arrays_new(&r->t, &g->who, turn, false);
    huzhu_arrow *arrow = bind(r, a);
    tell(r, a, "tables between slices", chunk);
    for (size_t first = 0; first < g->who.count; first += chunk) {
        if (first > 0) arrow = hand_over(r, a, arrow);
        evaluate_slice(r, arrow, a, g, first, g->who.count - first < chunk ? g->who.count - first : chunk, false);
    }
    huzhu_arrow_free(arrow);
    arrays_free(a);
}

typedef struct array_thread {
    huzhu_arrow *arrow;
    arrays *a;
    struct ArrowArray out;
    size_t first, rows;
    huzhu_status status;
} array_thread;

static void *evaluate_array(void *context)
{
    array_thread *work = context;
    arrays_view view;
    arrays_slice(work->a, work->first, work->rows, false, &view);
    work->status = huzhu_arrow_evaluate(work->arrow, &view.array, NULL, &work->out);
    return NULL;
}

static void arrays_by_threads(run *r, const group *g, size_t threads)
{
    array_thread work[THREADS] = {{0}};
    int64_t ends[THREADS];
    arrays *a = arrays_new(&r->t, &g->who, 2, false);
    for (size_t i = 0; i < threads; i++) work[i] = (array_thread){.arrow = bind(r, a), .a = a};
    tell(r, a, "threads", threads);
    huzhu_status status = huzhu_arrow_partition(work[0].arrow, &a->array, threads, NULL, ends);
    if (status != HUZHU_OK) differ(&r->at, 0, "partition", status, HUZHU_OK);
    for (size_t i = 0; i < threads; i++) {
        work[i].first = i > 0 ? (size_t)ends[i - 1] : 0;
        work[i].rows = (size_t)ends[i] - work[i].first;
    }
    if (status == HUZHU_OK) run_threads(evaluate_array, work, sizeof *work, threads);
    for (size_t i = 0; i < threads; i++) {
        if (status == HUZHU_OK) {
            must(work[i].status == HUZHU_OK, "evaluate");
            compare_array(&r->at, &work[i].out, g->answers, work[i].first);
            work[i].out.release(&work[i].out);
        }
        huzhu_arrow_free(work[i].arrow);
    }
    arrays_free(a);
}

/* Rows in any order, each thread those of its part: every row where the assignment says, in arrays of its own. */
static void by_assignment(run *r, const group *g, size_t threads)
{
    array_thread work[THREADS] = {{0}};
    group part[THREADS];
    uint32_t *parts = take(g->who.count * sizeof *parts);
    arrays *whole = arrays_new(&r->t, &g->who, 1, false);
    huzhu_arrow *arrow = bind(r, whole);
    must(huzhu_arrow_assign(arrow, &whole->array, threads, NULL, parts) == HUZHU_OK, "assign");
    for (size_t i = 0; i < threads; i++) {
        part[i] = (group){.who = {0, take(g->who.count * sizeof(size_t))}, .answers = take(g->who.count * sizeof(answer))};
        for (size_t k = 0; k < g->who.count; k++) {
            if (parts[k] != i) continue;
            part[i].answers[part[i].who.count] = g->answers[k];
            part[i].who.row[part[i].who.count++] = g->who.row[k];
        }
        work[i].a = arrays_new(&r->t, &part[i].who, (unsigned)i, false);
        work[i].arrow = bind(r, work[i].a);
        work[i].rows = part[i].who.count;
    }
    run_threads(evaluate_array, work, sizeof *work, threads);
    for (size_t i = 0; i < threads; i++) {
        must(work[i].status == HUZHU_OK, "evaluate");
        tell(r, work[i].a, "part", i);
        r->at.who = &part[i].who;
        compare_array(&r->at, &work[i].out, part[i].answers, 0);
        work[i].out.release(&work[i].out);
        huzhu_arrow_free(work[i].arrow);
        arrays_free(work[i].a);
        end_group(&part[i]);
    }
    huzhu_arrow_free(arrow);
    arrays_free(whole);
    free(parts);
}

/* ---- All ways ---- */

static void all_pointers(run *r, const group *g)
{
    for (int c = 0; c < CHUNKS; c++) {
        begin_path(r, "plain pointers", &g->who);
        for (unsigned turn = 0; turn < 4; turn++)
            if (chunks[c] > 1 || turn == 1) by_pointers(r, g, turn, chunks[c]);
        end_path(r);
    }
}

static void all_arrays(run *r, const group *any, const group *near)
{
    begin_path(r, "arrays of every type", &near->who);
    for (unsigned turn = 0; turn < 12; turn++) by_arrays(r, near, turn, false, near->who.count, false);
    end_path(r);
    begin_path(r, "arrays of texts", &any->who);
    for (unsigned turn = 0; turn < 7; turn++) by_arrays(r, any, turn, true, any->who.count, false);
    end_path(r);
    for (unsigned c = 0; c < CHUNKS; c++) {
        begin_path(r, "slices of arrays", &near->who);
        by_arrays(r, near, c, false, chunks[c], c % 2 == 0);
        by_arrays(r, near, c + 3, false, chunks[c], c % 2 == 1);
        end_path(r);
        begin_path(r, "streams", &near->who);
        by_stream(r, near, c + 5, chunks[c]);
        end_path(r);
    }
    if (r->counters != HUZHU_COUNTERS_CARRIED || r->t.counters == 0) return;
    begin_path(r, "counters handed over as tables", &near->who);
    by_tables(r, near, 3, 257);
    by_tables(r, near, 4, 1024);
    end_path(r);
}

static void all_threads(run *r, const group *grouped, const group *near)
{
    for (size_t threads = 2; threads <= THREADS; threads++) {
        begin_path(r, "plain pointers by threads", &grouped->who);
        pointers_by_threads(r, grouped, threads);
        end_path(r);
        begin_path(r, "arrays by threads", &grouped->who);
        arrays_by_threads(r, grouped, threads);
        end_path(r);
        begin_path(r, "arrays by threads, rows in any order", &near->who);
        by_assignment(r, near, threads);
        end_path(r);
    }
}

static bool same_cell(cell a, cell b)
{
    return (a.at == NULL) == (b.at == NULL) && a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

/* The same rows, those of one turn behind each other, each in their order. */
static group sort_by_turn(run *r, const group *from)
{
    group g = {.who = {0, take(from->who.count * sizeof(size_t))}};
    bool *done = take(from->who.count);
    hz_str name = r->t.plan->core->rules->in_turn_by.name;
    size_t turn = 0;
    bool turns = name.len > 0;
    if (turns) must(huzhu_plan_input_find(r->t.plan, name.at, name.len, &turn) == HUZHU_OK, "in turn by");
    for (size_t i = 0; i < from->who.count; i++)
        for (size_t k = i; k < from->who.count && (k == i || turns) && !done[i]; k++) {
            if (done[k] || !same_cell(cell_of(&r->t, from->who.row[i], turn), cell_of(&r->t, from->who.row[k], turn))) continue;
            done[k] = k > i; /* the first one last, when all of its turn are there */
            g.who.row[g.who.count++] = from->who.row[k];
        }
    free(done);
    return g;
}

static void by_study(run *r, const group *g)
{
    for (unsigned turn = 0; turn < 2; turn++) {
        arrays *a = arrays_new(&r->t, &g->who, turn, false);
        begin_path(r, "studies", &g->who);
        tell(r, a, "study", turn);
        compare_study(&r->at, r->as_it_is, r->settings, r->counters, a, g->answers);
        end_path(r);
        arrays_free(a);
    }
}

static void run_all(run *r)
{
    group any = choose(r, anyone), typed = choose(r, pointers_can), near = choose(r, is_near);
    group grouped = sort_by_turn(r, &near);
    settle(r, &any, "single claims");
    settle(r, &typed, "single claims that types can hold");
    settle(r, &near, "single claims of our days");
    settle(r, &grouped, "single claims by turns");
    if (r->edited != NULL) by_study(r, r->counters == HUZHU_COUNTERS_CARRIED ? &grouped : &near);
    if (!r->only_threads) all_pointers(r, &typed);
    if (!r->only_threads) all_arrays(r, &any, &near);
    all_threads(r, &grouped, &near);
    printf("%s, counters %s: %zu claims, %zu of them in types\n", huzhu_plan_id(r->t.plan).data, r->at.counters, any.who.count, typed.who.count);
    end_group(&any);
    end_group(&typed);
    end_group(&near);
    end_group(&grouped);
}

/* The plan of a folder; NULL: the rules do not load. */
static const huzhu_plan *load(const char *folder, const char *name, char **settings, int count, huzhu_ruleset **ruleset)
{
    const huzhu_load_options options = {.struct_size = sizeof options, .setting_count = (uint32_t)count, .settings = (const char *const *)settings};
    const huzhu_plan *plan = NULL;
    *ruleset = NULL;
    if (huzhu_ruleset_load(folder, &options, NULL, ruleset) != HUZHU_OK) return NULL;
    must(huzhu_ruleset_plan_find(*ruleset, name, HUZHU_NUL, &plan) == HUZHU_OK, "no such plan");
    return plan;
}

static int run_words(run *r, int count, char **words)
{
    huzhu_ruleset *ruleset, *other = NULL, *base = NULL;
    const char *how = count >= 6 ? words[5] : "";
    bool edited = strcmp(how, "edited") == 0;
    plain_kernels = strcmp(how, "plain") == 0;
    r->only_threads = strcmp(how, "threads") == 0;
    r->spoilt = strcmp(how, "spoilt") == 0;
    r->counters = strcmp(words[4], "given") == 0 ? HUZHU_COUNTERS_GIVEN : strcmp(words[4], "fresh") == 0 ? HUZHU_COUNTERS_FRESH : HUZHU_COUNTERS_CARRIED;
    const huzhu_plan *plan = load(words[1], words[2], words + 7, edited ? count - 7 : 0, &ruleset);
    if (edited) r->edited = load(words[6], words[2], NULL, 0, &other);
    if (edited) r->as_it_is = load(words[1], words[2], NULL, 0, &base);
    for (int i = 7; edited && i < count; i++) snprintf(r->settings + strlen(r->settings), sizeof r->settings - strlen(r->settings), "%s\n", words[i]);
    must(!edited || (plan == NULL) == (r->edited == NULL), "the rules load one way and not the other");
    if (plan != NULL) {
        table_read(&r->t, ruleset, plan, words[3]);
        r->wanted_count = all_wanted(&r->t, r->names, r->wanted);
        run_all(r);
        table_free(&r->t);
        printf("%u passed, %u failed\n", r->passed, r->failed);
    } else puts(edited ? "refused in both" : "the rules do not load");
    huzhu_ruleset_release(ruleset);
    huzhu_ruleset_release(other);
    huzhu_ruleset_release(base);
    return r->failed > 0 || (plan == NULL && !edited);
}

int main(int count, char **words)
{
    static run r;
    bool edited = count > 7 && strcmp(words[5], "edited") == 0;
    must(count == 5 || count == 6 || edited, "usage: huzhu_paths FOLDER PLAN LINES given|fresh|carried [plain|threads|spoilt|edited OTHER SETTING…]");
    return run_words(&r, count, words);
}
