/* check_study.c - a study against rulesets that are loaded with the settings of each scenario: every sum, count, bucket and
 * quantile, to the last digit.
 *
 *     check_study given|fresh|carried DIR PLAN CLAIMS SCENARIOS [BY…]
 *
 * Where counters are carried, the claims come grouped by what the plan settles them in turn by.
 *
 * CLAIMS: a table of texts with tabs between them, names first; \N: nothing. SCENARIOS: a scenario a line, its settings with
 * tabs between them; those with which the rules do not load are left out. BY: names of columns that make groups. The last
 * line is `N passed, N failed`.
 */
#include <huzhu/study.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 200, SCENARIOS = 1000, GROUPS = 20000, ROW = 1 << 16, PARTS = 7 };

static void fail(const char *what)
{
    fprintf(stderr, "check_study: %s\n", what);
    exit(1);
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL) fail("no memory");
    return memory;
}

/* ---- claims as columns of texts ---- */

typedef struct claims {
    char *names[COLUMNS];
    size_t columns, rows, room;
    char **cells; /* rows × columns; NULL: nothing */
} claims;

static size_t split(char *line, char **parts, size_t most)
{
    size_t count = 0;
    line[strcspn(line, "\r\n")] = '\0';
    for (char *at = line; count < most; at = at + strlen(at) + 1) {
        char *tab = strchr(at, '\t');
        if (tab != NULL) *tab = '\0';
        parts[count++] = at;
        if (tab == NULL) break;
    }
    return count;
}

static void read_claims(claims *c, const char *file)
{
    static char line[ROW];
    char *parts[COLUMNS];
    FILE *in = fopen(file, "r");
    if (in == NULL || fgets(line, sizeof line, in) == NULL) fail("no claims");
    c->columns = split(line, parts, COLUMNS);
    for (size_t i = 0; i < c->columns; i++) c->names[i] = strdup(parts[i]);
    while (fgets(line, sizeof line, in) != NULL) {
        if (split(line, parts, COLUMNS) != c->columns) fail("a claim with another number of columns");
        if (c->rows == c->room) {
            c->room = 2 * c->room + 1024;
            c->cells = realloc(c->cells, c->room * c->columns * sizeof *c->cells);
            if (c->cells == NULL) fail("no memory");
        }
        for (size_t i = 0; i < c->columns; i++) c->cells[c->rows * c->columns + i] = strcmp(parts[i], "\\N") == 0 ? NULL : strdup(parts[i]);
        c->rows++;
    }
    fclose(in);
}

static void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void let_go(struct ArrowArray *array)
{
    array->release = NULL;
}

static struct ArrowSchema *schema_of(const claims *c)
{
    struct ArrowSchema *out = room(1, sizeof *out), *children = room(c->columns, sizeof *children);
    *out = (struct ArrowSchema){.format = "+s", .name = "", .n_children = (int64_t)c->columns, .release = let_schema_go};
    out->children = room(c->columns, sizeof *out->children);
    for (size_t i = 0; i < c->columns; i++) {
        children[i] = (struct ArrowSchema){.format = "u", .name = c->names[i], .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go};
        out->children[i] = &children[i];
    }
    return out;
}

static void text_column(const claims *c, size_t column, size_t first, size_t rows, struct ArrowArray *out)
{
    int32_t *offsets = room(rows + 1, sizeof *offsets);
    uint8_t *valid = room(rows / 8 + 8, 1);
    size_t size = 0;
    for (size_t r = 0; r < rows; r++) {
        const char *cell = c->cells[(first + r) * c->columns + column];
        size += cell != NULL ? strlen(cell) : 0;
        offsets[r + 1] = (int32_t)size;
        if (cell != NULL) valid[r / 8] = (uint8_t)(valid[r / 8] | 1u << (r % 8));
    }
    char *bytes = room(size, 1);
    for (size_t r = 0; r < rows; r++) {
        const char *cell = c->cells[(first + r) * c->columns + column];
        if (cell != NULL) memcpy(bytes + offsets[r], cell, strlen(cell));
    }
    const void **buffers = room(3, sizeof *buffers);
    buffers[0] = valid;
    buffers[1] = offsets;
    buffers[2] = bytes;
    *out = (struct ArrowArray){.length = (int64_t)rows, .null_count = -1, .n_buffers = 3, .buffers = buffers, .release = let_go};
}

static struct ArrowArray *array_of(const claims *c, size_t first, size_t rows)
{
    struct ArrowArray *out = room(1, sizeof *out), *children = room(c->columns, sizeof *children);
    *out = (struct ArrowArray){.length = (int64_t)rows, .n_buffers = 1, .n_children = (int64_t)c->columns, .release = let_go};
    out->buffers = room(1, sizeof *out->buffers);
    out->children = room(c->columns, sizeof *out->children);
    for (size_t i = 0; i < c->columns; i++) {
        text_column(c, i, first, rows, &children[i]);
        out->children[i] = &children[i];
    }
    return out;
}

static void drop_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children; i++) {
        for (int k = 0; k < 3; k++) free((void *)(uintptr_t)array->children[i]->buffers[k]);
        free((void *)(uintptr_t)array->children[i]->buffers);
    }
    if (array->n_children > 0) free(array->children[0]);
    free(array->children);
    free((void *)(uintptr_t)array->buffers);
    free(array);
}

/* ---- what one ruleset answers ---- */

typedef struct answers {
    int8_t *outcome;          /* per row: 0 paid, … as names */
    int64_t *amounts[COLUMNS];/* total, then gross and net of each benefit; 0 where there is none */
    size_t amount_count;
    char *names[COLUMNS];
} answers;

static const char *const outcomes[] = {"paid", "nothing_due", "refused", "incomplete", "undetermined", "error"};

enum { OUTCOMES = 6 };

static void check(huzhu_status status, huzhu_diagnostics *diagnostics)
{
    if (status == HUZHU_OK) return;
    fprintf(stderr, "%s\n", huzhu_diagnostics_text(diagnostics).data);
    fail(huzhu_status_text(status));
}

static void take_results(const struct ArrowSchema *schema, struct ArrowArray *results, size_t rows, answers *out)
{
    for (int64_t i = 0; i < results->n_children; i++) {
        const struct ArrowArray *column = results->children[i];
        if (i == 0) {
            const int32_t *names = column->dictionary->buffers[1], *codes = column->buffers[1];
            const char *bytes = column->dictionary->buffers[2];
            for (size_t r = 0; r < rows; r++)
                for (int8_t o = 0; o < OUTCOMES; o++)
                    if (strlen(outcomes[o]) == (size_t)(names[codes[r] + 1] - names[codes[r]]) &&
                        memcmp(outcomes[o], bytes + names[codes[r]], strlen(outcomes[o])) == 0)
                        out->outcome[r] = o;
            continue;
        }
        const uint8_t *valid = column->buffers[0];
        const int64_t *values = column->buffers[1];
        out->names[i - 1] = strdup(schema->children[i]->name);
        out->amounts[i - 1] = room(rows, sizeof(int64_t));
        for (size_t r = 0; r < rows; r++)
            if (valid == NULL || (valid[r / 8] >> (r % 8) & 1) != 0) out->amounts[i - 1][r] = values[2 * r];
    }
}

static void answer(const huzhu_plan *plan, const claims *c, const struct ArrowSchema *schema, const huzhu_tally_options *how, answers *out)
{
    const char *wanted[COLUMNS] = {"outcome", "total"};
    char names[COLUMNS][128];
    huzhu_arrow *arrow;
    huzhu_diagnostics *diagnostics;
    struct ArrowSchema result_schema;
    struct ArrowArray results, *in = array_of(c, 0, c->rows);
    huzhu_arrow_options options = {.struct_size = sizeof options, .counters = how->counters, .wanted = wanted, .wanted_count = 2,
                                   .ignored = how->by, .ignored_count = how->by_count};
    for (size_t i = 0; i < 2 * huzhu_plan_benefit_count(plan); i++) {
        snprintf(names[i], sizeof names[i], "%s.%s", huzhu_plan_benefit_id(plan, i / 2).data, i % 2 == 0 ? "gross" : "net");
        wanted[options.wanted_count++] = names[i];
    }
    out->amount_count = options.wanted_count - 1;
    out->outcome = room(c->rows, 1);
    check(huzhu_diagnostics_new(NULL, &diagnostics), NULL);
    check(huzhu_arrow_bind(plan, schema, &options, diagnostics, &arrow), diagnostics);
    check(huzhu_arrow_schema(arrow, &result_schema), diagnostics);
    check(huzhu_arrow_evaluate(arrow, in, diagnostics, &results), diagnostics);
    take_results(&result_schema, &results, c->rows, out);
    result_schema.release(&result_schema);
    results.release(&results);
    huzhu_arrow_free(arrow);
    huzhu_diagnostics_free(diagnostics);
    drop_array(in);
}

static void drop_answers(answers *a)
{
    free(a->outcome);
    for (size_t i = 0; i < a->amount_count; i++) {
        free(a->amounts[i]);
        free(a->names[i]);
    }
}

/* ---- the study's table ---- */

typedef struct sums {
    struct ArrowSchema schema;
    struct ArrowArray array;
} sums;

static int64_t column_of(const sums *s, const char *name)
{
    for (int64_t i = 0; i < s->schema.n_children; i++)
        if (strcmp(s->schema.children[i]->name, name) == 0) return i;
    fprintf(stderr, "no column %s\n", name);
    exit(1);
}

static bool text_is(const struct ArrowArray *column, int64_t row, const char *text)
{
    const uint8_t *valid = column->buffers[0];
    const int32_t *offsets = column->buffers[1];
    bool null = valid != NULL && (valid[row / 8] >> (row % 8) & 1) == 0;
    if (null || text == NULL) return null == (text == NULL);
    size_t size = (size_t)(offsets[row + 1] - offsets[row]);
    return strlen(text) == size && memcmp((const char *)column->buffers[2] + offsets[row], text, size) == 0;
}

static int64_t number_in(const sums *s, const char *name, int64_t row)
{
    int64_t column = column_of(s, name);
    bool wide = s->schema.children[column]->format[0] == 'd';
    const int64_t *values = s->array.children[column]->buffers[1];
    const uint8_t *valid = s->array.children[column]->buffers[0];
    if ((valid[row / 8] >> (row % 8) & 1) == 0) return -1;
    return wide ? values[2 * row] : values[row];
}

/* Where two halves meet: where counters are carried, between two turns. */
static size_t middle_of(const huzhu_plan *plan, const claims *c, const struct ArrowSchema *schema, const huzhu_tally_options *how)
{
    huzhu_arrow *arrow;
    huzhu_diagnostics *diagnostics;
    struct ArrowArray *in = array_of(c, 0, c->rows);
    const huzhu_arrow_options options = {.struct_size = sizeof options, .counters = how->counters, .ignored = how->by, .ignored_count = how->by_count};
    int64_t ends[2];
    check(huzhu_diagnostics_new(NULL, &diagnostics), NULL);
    check(huzhu_arrow_bind(plan, schema, &options, diagnostics, &arrow), diagnostics);
    if (how->counters == HUZHU_COUNTERS_CARRIED) check(huzhu_arrow_partition(arrow, in, 2, diagnostics, ends), diagnostics);
    else ends[0] = (int64_t)c->rows / 2;
    huzhu_arrow_free(arrow);
    huzhu_diagnostics_free(diagnostics);
    drop_array(in);
    return (size_t)ends[0];
}

static huzhu_tally *tally_rows(huzhu_study *study, const claims *c, const struct ArrowSchema *schema, const huzhu_tally_options *options,
                               size_t first, size_t end)
{
    static const size_t sizes[] = {1, 7, 1023, 1024, 1025, 5000, 20000};
    huzhu_tally *tally;
    huzhu_diagnostics *diagnostics;
    check(huzhu_diagnostics_new(NULL, &diagnostics), NULL);
    check(huzhu_tally_bind(study, schema, options, diagnostics, &tally), diagnostics);
    for (size_t size = 0; first < end; size++) {
        size_t rows = sizes[size % PARTS];
        if (rows > end - first) rows = end - first;
        struct ArrowArray *in = array_of(c, first, rows);
        check(huzhu_tally_take(tally, in, diagnostics), diagnostics);
        drop_array(in);
        first += rows;
    }
    huzhu_diagnostics_free(diagnostics);
    return tally;
}

/* ---- comparing ---- */

static const int64_t bounds[] = {5000, 20000, 100000, 1000000};
static const uint32_t quantiles[] = {0, 10, 50, 90, 100};

enum { BOUNDS = 4, QUANTILES = 5 };

static size_t passed, failed;

static void expect(const char *scenario, const char *what, int64_t group, int64_t wanted, int64_t got)
{
    if (wanted == got) {
        passed++;
        return;
    }
    if (failed++ < 20) printf("%s: %s of group %" PRId64 ": %" PRId64 ", should be %" PRId64 "\n", scenario, what, group, got, wanted);
}

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void compare_group(const char *name, const sums *s, int64_t row, const answers *base, const answers *now, const size_t *rows, size_t count)
{
    int64_t counted[OUTCOMES] = {0}, better = 0, worse = 0, gained = 0, lost = 0, bucket[BOUNDS + 1] = {0};
    int64_t *paid = room(count, sizeof *paid);
    size_t paid_count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t r = rows[i];
        int64_t total = now->amounts[0][r], more = total - base->amounts[0][r];
        counted[now->outcome[r]]++;
        better += more > 0;
        worse += more < 0;
        gained += more > 0 ? more : 0;
        lost += more < 0 ? -more : 0;
        int at = 0;
        while (at < BOUNDS && total >= bounds[at]) at++;
        if (now->outcome[r] == 0) bucket[at]++;
        if (now->outcome[r] == 0) paid[paid_count++] = total;
    }
    expect(name, "rows", row, (int64_t)count, number_in(s, "rows", row));
    for (int o = 0; o < OUTCOMES; o++) expect(name, outcomes[o], row, counted[o], number_in(s, outcomes[o], row));
    expect(name, "better", row, better, number_in(s, "better", row));
    expect(name, "worse", row, worse, number_in(s, "worse", row));
    expect(name, "gained", row, gained, number_in(s, "gained", row));
    expect(name, "lost", row, lost, number_in(s, "lost", row));
    for (size_t a = 0; a < now->amount_count; a++) {
        int64_t sum = 0;
        for (size_t i = 0; i < count; i++) sum += now->amounts[a][rows[i]];
        expect(name, now->names[a], row, sum, number_in(s, now->names[a], row));
    }
    for (int b = 0; b <= BOUNDS; b++) {
        char title[64];
        int64_t bound = bounds[b < BOUNDS ? b : BOUNDS - 1];
        snprintf(title, sizeof title, "total%s%" PRId64 ".%02" PRId64, b < BOUNDS ? "<" : ">=", bound / 100, bound % 100);
        expect(name, title, row, bucket[b], number_in(s, title, row));
    }
    qsort(paid, paid_count, sizeof *paid, by_size);
    for (int q = 0; q < QUANTILES; q++) {
        char title[64];
        size_t rank = (paid_count * quantiles[q] + 99) / 100;
        snprintf(title, sizeof title, "total.p%" PRIu32, quantiles[q]);
        expect(name, title, row, paid_count == 0 ? -1 : paid[rank > 0 ? rank - 1 : 0], number_in(s, title, row));
    }
    free(paid);
}

/* Rows of the study's group in a row of its table. */
static size_t rows_of(const claims *c, const sums *s, int64_t row, const size_t *by, size_t by_count, size_t *rows)
{
    size_t count = 0;
    for (size_t r = 0; r < c->rows; r++) {
        bool in = true;
        for (size_t k = 0; in && k < by_count; k++) in = text_is(s->array.children[1 + k], row, c->cells[r * c->columns + by[k]]);
        if (in) rows[count++] = r;
    }
    return count;
}

static void compare(const claims *c, const sums *s, const char *name, size_t scenario, size_t scenarios, const size_t *by, size_t by_count,
                    const answers *base, const answers *now)
{
    int64_t groups = s->array.length / (int64_t)scenarios;
    size_t *rows = room(c->rows, sizeof *rows), all = 0;
    for (int64_t g = 0; g < groups; g++) {
        int64_t row = (int64_t)scenario * groups + g;
        expect(name, "name", row, 1, text_is(s->array.children[0], row, name));
        size_t count = rows_of(c, s, row, by, by_count, rows);
        compare_group(name, s, row, base, now, rows, count);
        all += count;
    }
    expect(name, "all rows", 0, (int64_t)c->rows, (int64_t)all);
    free(rows);
}

/* ---- scenarios ---- */

static huzhu_ruleset *load(const char *folder, const char *settings)
{
    huzhu_ruleset *out;
    huzhu_load_options how = {.struct_size = sizeof how, .settings = &settings, .setting_count = settings[0] != '\0'};
    return huzhu_ruleset_load(folder, &how, NULL, &out) == HUZHU_OK ? out : NULL;
}

static size_t read_scenarios(const char *file, const char *folder, huzhu_scenario *list, huzhu_ruleset **rules)
{
    static char line[ROW];
    FILE *in = fopen(file, "r");
    size_t count = 0, number = 0;
    if (in == NULL) fail("no scenarios");
    list[count] = (huzhu_scenario){.name = "baseline", .settings = ""};
    rules[count++] = load(folder, "");
    while (count < SCENARIOS && fgets(line, sizeof line, in) != NULL) {
        char name[32];
        line[strcspn(line, "\r\n")] = '\0';
        for (char *at = line; *at != '\0'; at++)
            if (*at == '\t') *at = '\n';
        snprintf(name, sizeof name, "line %zu", ++number);
        rules[count] = load(folder, line);
        if (rules[count] == NULL) continue;
        list[count++] = (huzhu_scenario){.name = strdup(name), .settings = strdup(line)};
    }
    fclose(in);
    return count;
}

int main(int argc, char **argv)
{
    static huzhu_scenario list[SCENARIOS];
    static huzhu_ruleset *rules[SCENARIOS];
    static claims c;
    const huzhu_plan *plan;
    huzhu_study *study;
    huzhu_diagnostics *diagnostics;
    sums table;
    const char *wanted[COLUMNS] = {"total"};
    char names[COLUMNS][128];
    static const char *const ways[] = {"given", "fresh", "carried"};
    uint32_t way = 0;
    while (argc > 1 && way < 3 && strcmp(argv[1], ways[way]) != 0) way++;
    if (argc < 6 || way == 3) fail("check_study given|fresh|carried DIR PLAN CLAIMS SCENARIOS [BY…]");
    argv++;
    size_t by[COLUMNS], by_count = (size_t)argc - 6;
    read_claims(&c, argv[3]);
    size_t count = read_scenarios(argv[4], argv[1], list, rules);
    if (rules[0] == NULL) fail("the rules do not load");
    check(huzhu_diagnostics_new(NULL, &diagnostics), NULL);
    check(huzhu_ruleset_plan_find(rules[0], argv[2], HUZHU_NUL, &plan), NULL);
    check(huzhu_study_new(plan, list, count, diagnostics, &study), diagnostics);
    huzhu_tally_options options = {.struct_size = sizeof options, .counters = way, .by = (const char *const *)argv + 5, .by_count = by_count,
                                   .wanted = wanted, .wanted_count = 1, .bounds = bounds, .bound_count = BOUNDS, .quantiles = quantiles,
                                   .quantile_count = QUANTILES};
    for (size_t i = 0; i < 2 * huzhu_plan_benefit_count(plan); i++) {
        snprintf(names[i], sizeof names[i], "%s.%s", huzhu_plan_benefit_id(plan, i / 2).data, i % 2 == 0 ? "gross" : "net");
        wanted[options.wanted_count++] = names[i];
    }
    for (size_t k = 0; k < by_count; k++) {
        by[k] = COLUMNS;
        for (size_t i = 0; i < c.columns; i++)
            if (strcmp(c.names[i], argv[5 + k]) == 0) by[k] = i;
        if (by[k] == COLUMNS) fail("no such column to group by");
    }
    struct ArrowSchema *schema = schema_of(&c);
    size_t middle = middle_of(plan, &c, schema, &options);
    huzhu_tally *tally = tally_rows(study, &c, schema, &options, 0, middle), *other = tally_rows(study, &c, schema, &options, middle, c.rows);
    check(huzhu_tally_add(tally, other), NULL);
    check(huzhu_tally_schema(tally, &table.schema), NULL);
    check(huzhu_tally_array(tally, &table.array), NULL);
    answers base = {0};
    answer(plan, &c, schema, &options, &base);
    for (size_t i = 0; i < count; i++) {
        answers now = {0};
        check(huzhu_ruleset_plan_find(rules[i], argv[2], HUZHU_NUL, &plan), NULL);
        answer(plan, &c, schema, &options, &now);
        size_t before = failed;
        compare(&c, &table, list[i].name, i, count, by, by_count, &base, &now);
        if (failed > before) printf("  with %s\n", list[i].settings);
        drop_answers(&now);
        huzhu_ruleset_release(rules[i]);
    }
    printf("%s: %zu scenarios, %zu claims, counters %s\n", argv[2], count, c.rows, ways[way]);
    drop_answers(&base);
    table.array.release(&table.array);
    table.schema.release(&table.schema);
    huzhu_tally_free(tally);
    huzhu_tally_free(other);
    huzhu_study_release(study);
    huzhu_diagnostics_free(diagnostics);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed > 0;
}
