/* study.c - see paths.h. A study of the rules as they are and of the same under settings, against the sums of the answers by
 * edited files. */
#include "paths.h"

#include <huzhu/study.h>

typedef struct sums {
    int64_t outcomes[HUZHU_FAILED + 1]; /* by outcome; 0: all rows */
    int64_t total, gross[BENEFITS_MOST], net[BENEFITS_MOST];
} sums;

static sums add_up(const table *t, const answer *answers, size_t count)
{
    sums s = {0};
    for (size_t i = 0; i < count; i++) {
        s.outcomes[0]++;
        s.outcomes[answers[i].outcome]++;
        s.total += answers[i].total;
        for (size_t b = 0; b < t->benefits; b++) {
            s.gross[b] += answers[i].gross[b];
            s.net[b] += answers[i].net[b];
        }
    }
    return s;
}

/* Row 1, the second scenario's, of the column of a name. */
static int64_t value_of(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0) return ((const int64_t *)array->children[i]->buffers[1])[schema->children[i]->format[0] == 'd' ? 2 : 1];
    must(false, "a column of a study is not there");
    return 0;
}

static void compare(where *w, const struct ArrowSchema *schema, const struct ArrowArray *array, const sums *wanted)
{
    static const char *const names[] = {"rows", "paid", "nothing_due", "refused", "incomplete", "undetermined", "error"};
    char name[96];
    if (array->length != 2) {
        differ(w, 0, "rows of the study", array->length, 2);
        return;
    }
    for (int i = 0; i <= HUZHU_FAILED; i++) {
        int64_t got = value_of(schema, array, names[i]);
        if (got != wanted->outcomes[i]) differ(w, 0, names[i], got, wanted->outcomes[i]);
    }
    if (value_of(schema, array, "total") != wanted->total) differ(w, 0, "the sum of totals", value_of(schema, array, "total"), wanted->total);
    for (size_t b = 0; b < w->t->benefits; b++)
        for (int net = 0; net < 2; net++) {
            snprintf(name, sizeof name, "%s.%s", huzhu_plan_benefit_id(w->t->plan, b).data, net ? "net" : "gross");
            int64_t got = value_of(schema, array, name), sum = net ? wanted->net[b] : wanted->gross[b];
            if (got != sum) differ(w, 0, name, got, sum);
        }
}

/* All rows by slices; where no counters are carried, in two tallies that are added. */
static void take_rows(arrays *a, huzhu_tally *tally, huzhu_tally *other, size_t rows)
{
    for (size_t first = 0, turn = 0; first < rows; first += 257, turn++) {
        arrays_view view;
        arrays_slice(a, first, rows - first < 257 ? rows - first : 257, turn % 2 == 1, &view);
        must(huzhu_tally_take(turn % 2 == 1 && other != NULL ? other : tally, &view.array, NULL) == HUZHU_OK, "a study takes no rows");
    }
    if (other != NULL) must(huzhu_tally_add(tally, other) == HUZHU_OK, "tallies cannot be added");
}

void compare_study(where *w, const huzhu_plan *plan, const char *settings, uint32_t counters, arrays *a, const answer *answers)
{
    const huzhu_scenario scenarios[] = {{"as it is", "", NULL}, {"otherwise", settings, NULL}};
    char names[1 + 2 * BENEFITS_MOST][96] = {"total"};
    const char *wanted[1 + 2 * BENEFITS_MOST] = {names[0]};
    size_t count = 1;
    huzhu_study *study;
    huzhu_tally *tally[2] = {NULL, NULL};
    struct ArrowSchema schema;
    struct ArrowArray array;
    for (size_t b = 0; b < w->t->benefits; b++)
        for (int net = 0; net < 2; net++, count++) {
            snprintf(names[count], 96, "%s.%s", huzhu_plan_benefit_id(w->t->plan, b).data, net ? "net" : "gross");
            wanted[count] = names[count];
        }
    const huzhu_tally_options options = {.struct_size = sizeof options, .floats = HUZHU_FLOATS_HALF_EVEN, .counters = counters, .wanted = wanted, .wanted_count = count};
    bool halves = counters != HUZHU_COUNTERS_CARRIED;
    must(huzhu_study_new(plan, scenarios, 2, NULL, &study) == HUZHU_OK, "a study of settings that load");
    for (int i = 0; i <= halves; i++) must(huzhu_tally_bind(study, &a->schema, &options, NULL, &tally[i]) == HUZHU_OK, "a study does not take the columns");
    huzhu_study_release(study);
    take_rows(a, tally[0], tally[1], a->rows);
    must(huzhu_tally_schema(tally[0], &schema) == HUZHU_OK && huzhu_tally_array(tally[0], &array) == HUZHU_OK, "a study's results");
    const sums sum = add_up(w->t, answers, a->rows);
    compare(w, &schema, &array, &sum);
    array.release(&array);
    schema.release(&schema);
    huzhu_tally_free(tally[0]);
    huzhu_tally_free(tally[1]);
}
