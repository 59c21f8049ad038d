/* bench_load.c - what loading costs: a ruleset's folder, and a plan with one long decision table made here.
 *
 *     bench_load [FOLDER]        rulesets/beijing by default
 *
 * Times are of the processor, medians of ROUNDS loads, with nothing else kept warm. Beside the folder stands what reading its
 * files into trees takes, libyaml's part with it, which no change of the rest can better. Of the table: what a load takes and
 * leaves allocated, and what a row of a batch costs, its look-up among all.
 */
#include "rules/folder.h"
#include "rules/tree.h"

#include <huzhu/huzhu.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 30, ROWS = 50000, COLUMNS = 5, BATCH = 1 << 17 };

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, by_size);
    return times[count / 2];
}

static void check(const char *doing, huzhu_status status, huzhu_diagnostics *diagnostics)
{
    if (status == HUZHU_OK) return;
    fprintf(stderr, "bench_load: %s: %s\n%s", doing, huzhu_status_text(status), diagnostics != NULL ? huzhu_diagnostics_text(diagnostics).data : "");
    exit(1);
}

/* ---- Memory ---- */

static size_t held, most;

static void *allocate(void *user, size_t size)
{
    (void)user;
    held += size;
    if (held > most) most = held;
    return malloc(size);
}

static void *reallocate(void *user, void *memory, size_t old_size, size_t new_size)
{
    (void)user;
    held += new_size - old_size;
    return realloc(memory, new_size);
}

static void release(void *user, void *memory, size_t size)
{
    (void)user;
    held -= memory != NULL ? size : 0;
    free(memory);
}

static const huzhu_allocator counting = {sizeof counting, allocate, reallocate, release, NULL};

/* ---- A folder ---- */

static void read_trees(void *context, hz_arena *arena)
{
    hz_diags diags = {.arena = arena};
    hz_sources sources = {0};
    uint32_t count = 0;
    const hz_file *files = hz_folder_read(arena, &diags, hz_str_from(context), false, &count);
    for (uint32_t i = 0; i < count; i++) hz_tree_read(arena, &diags, &sources, hz_sources_add(arena, &sources, files[i].path, files[i].bytes));
}

static double time_trees(const char *folder)
{
    hz_arena arena;
    hz_escape escape;
    char path[4096];
    hz_arena_begin(&arena, &hz_alloc_libc, 0);
    snprintf(path, sizeof path, "%s", folder);
    double begin = now();
    if (setjmp(escape.to) == 0) {
        arena.escape = &escape;
        read_trees(path, &arena);
    }
    double took = now() - begin;
    hz_arena_end(&arena);
    return took;
}

static void bench_folder(const char *folder)
{
    double loads[ROUNDS], trees[ROUNDS];
    const huzhu_load_options options = {.struct_size = sizeof options, .allocator = &counting};
    size_t left = 0;
    for (int i = 0; i < ROUNDS; i++) {
        huzhu_ruleset *ruleset = NULL;
        double begin = now();
        check(folder, huzhu_ruleset_load(folder, &options, NULL, &ruleset), NULL);
        loads[i] = now() - begin;
        left = held;
        huzhu_ruleset_release(ruleset);
        trees[i] = time_trees(folder);
    }
    printf("%s: load %.1f ms, of it %.1f ms to read files into trees; %.1f MB stay\n", folder, median(loads, ROUNDS), median(trees, ROUNDS),
           (double)left / 1e6);
}

/* ---- A long table ---- */

static const char manifest[] = "ruleset: long\nformat: 1\nversion: \"1\"\ntitle: {zh: 长表, en: long table}\ncurrency: CNY\nsources:\n  s: {gives: published}\n";
static const char head[] = "plan: p\ntitle: {zh: 计划, en: plan}\nfrom: 2015-07\ndated by: day\ninputs:\n"
                           "  day: {type: date, zh: 日}\n  item: {type: count, zh: 项, range: '[0..10000000]'}\n"
                           "  level: {type: code, zh: 级, values: {a: 甲, b: 乙, c: 丙}}\n  age: {type: count, zh: 岁, range: '[0..150]'}\n"
                           "  seen: {type: date, zh: 见}\n  cost: {type: money, zh: 费}\n"
                           "tables:\n  fee:\n    inputs: [item, level, age, seen, cost]\n    gives: {amount: CNY}\n    2015-07:\n      source: s\n      rows:\n";
static const char tail[] = "      otherwise: {amount: 0}\nbenefits:\n  b: {zh: 津贴, en: allowance, amount: amount}\n";

/* Its first column is an equality of three rows, or ranges that are apart. */
static char *make_plan(bool ranges, size_t *size)
{
    size_t room = sizeof head + sizeof tail + (size_t)ROWS * 200, at = 0;
    char *text = malloc(room);
    if (text == NULL) check("memory", HUZHU_NO_MEMORY, NULL);
    at += (size_t)snprintf(text, room, "%s", head);
    for (int i = 0; i < ROWS; i++) {
        int first = i / 3 * 7 + 1;
        char item[40];
        if (ranges) snprintf(item, sizeof item, "'[%d..%d]'", first, first + 5);
        else snprintf(item, sizeof item, "%d", first);
        at += (size_t)snprintf(text + at, room - at, "        - {item: %s, level: %c, age: '[%d..%d]', seen: '>= @\"2015-0%d-01\"', cost: '<= %d', amount: %d.%02d}\n", item,
                               "abc"[i % 3], i % 5, 100 + i % 7, i % 9 + 1, 1000 + i % 17, 1 + i % 1000, i % 100);
    }
    at += (size_t)snprintf(text + at, room - at, "%s", tail);
    *size = at;
    return text;
}

typedef struct rows {
    int32_t day[BATCH], level[BATCH], seen[BATCH], outcome[BATCH];
    int64_t item[BATCH], age[BATCH], cost[BATCH], total[BATCH];
} rows;

static void fill(rows *r)
{
    uint64_t seed = 20240102;
    for (size_t i = 0; i < BATCH; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint32_t row = (uint32_t)(seed >> 33) % ROWS;
        r->day[i] = 17000;
        r->item[i] = row / 3 * 7 + 1;
        r->level[i] = (int32_t)(row % 3);
        r->age[i] = 5 + (int64_t)(seed >> 20) % 90;
        r->seen[i] = 16800;
        r->cost[i] = 5000;
    }
}

static double bench_batch(const huzhu_ruleset *ruleset, rows *r)
{
    static const char *const names[] = {"day", "item", "level", "age", "seen", "cost"};
    const void *values[] = {r->day, r->item, r->level, r->age, r->seen, r->cost};
    const uint32_t layouts[] = {HUZHU_COLUMN_INT32, HUZHU_COLUMN_INT64, HUZHU_COLUMN_INT32, HUZHU_COLUMN_INT64, HUZHU_COLUMN_INT32, HUZHU_COLUMN_INT64};
    const huzhu_plan *plan = NULL;
    huzhu_batch *batch = NULL;
    double times[ROUNDS];
    check("plan", huzhu_ruleset_plan_find(ruleset, "p", HUZHU_NUL, &plan), NULL);
    check("batch", huzhu_batch_new(plan, &batch), NULL);
    for (size_t i = 0; i < 6; i++) {
        size_t input = 0;
        const huzhu_column column = {.struct_size = sizeof column, .layout = layouts[i], .values = values[i], .scale = i == 5 ? 2 : 0};
        check(names[i], huzhu_plan_input_find(plan, names[i], HUZHU_NUL, &input), NULL);
        check(names[i], huzhu_batch_set_input(batch, input, &column), NULL);
    }
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = r->outcome, .total = r->total};
    check("results", huzhu_batch_set_results(batch, &results), NULL);
    for (int i = 0; i < ROUNDS; i++) {
        double begin = now();
        check("evaluate", huzhu_batch_evaluate(batch, 0, BATCH), NULL);
        times[i] = now() - begin;
    }
    size_t paid = 0;
    for (size_t i = 0; i < BATCH; i++) paid += r->total[i] > 0;
    if (paid != BATCH) fprintf(stderr, "bench_load: only %zu of %d rows meet a row of the table\n", paid, BATCH);
    huzhu_batch_free(batch);
    return median(times, ROUNDS) * 1e6 / BATCH;
}

static void bench_table(bool ranges, rows *r)
{
    size_t size, left = 0;
    char *plan = make_plan(ranges, &size);
    const huzhu_file files[] = {{"ruleset.yaml", manifest, sizeof manifest - 1}, {"p.yaml", plan, size}};
    const huzhu_load_options options = {.struct_size = sizeof options, .allocator = &counting};
    double loads[7];
    huzhu_ruleset *ruleset = NULL;
    huzhu_diagnostics *diagnostics = NULL;
    check("diagnostics", huzhu_diagnostics_new(NULL, &diagnostics), NULL);
    most = held;
    for (int i = 0; i < 7; i++) {
        huzhu_ruleset_release(ruleset);
        double begin = now();
        check("load", huzhu_ruleset_load_files(files, 2, &options, diagnostics, &ruleset), diagnostics);
        loads[i] = now() - begin;
        left = held;
    }
    printf("%d rows x %d columns, the first of %s: load %.0f ms, %.0f MB at most; %.1f MB stay, %.0f bytes a cell; %.0f ns a row of a batch\n", ROWS, COLUMNS,
           ranges ? "ranges" : "values", median(loads, 7), (double)most / 1e6, (double)left / 1e6, (double)left / ROWS / COLUMNS, bench_batch(ruleset, r));
    huzhu_ruleset_release(ruleset);
    huzhu_diagnostics_free(diagnostics);
    free(plan);
}

int main(int argc, char **argv)
{
    static rows r;
    fill(&r);
    bench_folder(argc > 1 ? argv[1] : "rulesets/beijing");
    bench_table(false, &r);
    bench_table(true, &r);
    return 0;
}
