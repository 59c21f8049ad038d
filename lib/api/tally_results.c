/* tally_results.c - the sums of a tally as a table of Arrow: a row for each scenario and group. Called by tally.c.
 */
#include "api/study.h"

#include "base/status.h"
#include "value/decimal.h"

typedef enum content { SCENARIO, BY, COUNT, SUM, BUCKET, QUANTILE } content;

/* A column of the results. */
typedef struct result {
    uint8_t content;
    uint32_t index;    /* of the column of `by`, the count, the sum, the bucket, the quantile */
    const char *format;
    hz_str name;
} result;

#define MONEY "d:38,2"
#define NAME_ROOM 64

static const char *const counts[] = {"rows", "paid", "nothing_due", "refused", "incomplete", "undetermined", "error", "better", "worse"};

enum { FIRST_COUNTS = 7 };

/* "total<50.00" */
static hz_str bucket_name(const huzhu_tally *tally, uint32_t bucket, char room[NAME_ROOM])
{
    bool last = bucket == tally->bound_count;
    size_t len = strlen(last ? "total>=" : "total<");
    memcpy(room, last ? "total>=" : "total<", len);
    len += hz_decimal_format(tally->bounds[last ? bucket - 1 : bucket], tally->study->plan->ruleset->model->currency_scale, room + len);
    return (hz_str){room, len};
}

static hz_str quantile_name(const huzhu_tally *tally, uint32_t quantile, char room[NAME_ROOM])
{
    size_t len = strlen("total.p");
    memcpy(room, "total.p", len);
    len += hz_decimal_format(tally->quantiles[quantile], 0, room + len);
    return (hz_str){room, len};
}

static bool from_end(const huzhu_tally *tally, uint32_t number, result *out, char room[NAME_ROOM])
{
    if (number < 2) {
        *out = (result){COUNT, HZ_TALLY_BETTER + number, "l", hz_str_from(counts[FIRST_COUNTS + number])};
        return true;
    }
    number -= 2;
    if (number < 2) {
        *out = (result){SUM, tally->amount_count + number, MONEY, number == 0 ? HZ_STR("gained") : HZ_STR("lost")};
        return true;
    }
    number -= 2;
    uint32_t buckets = tally->bound_count > 0 ? tally->bound_count + 1 : 0;
    if (number < buckets) {
        *out = (result){BUCKET, number, "l", bucket_name(tally, number, room)};
        return true;
    }
    number -= buckets;
    if (number < tally->quantile_count) *out = (result){QUANTILE, number, MONEY, quantile_name(tally, number, room)};
    return number < tally->quantile_count;
}

/* The columns of the results by number; false: no more. room: for a name that is made. */
static bool result_at(const huzhu_tally *tally, uint32_t number, result *out, char room[NAME_ROOM])
{
    if (number == 0) {
        *out = (result){SCENARIO, 0, "u", HZ_STR("scenario")};
        return true;
    }
    number -= 1;
    if (number < tally->groups.count) {
        *out = (result){BY, number, tally->groups.columns[number].format, tally->groups.columns[number].name};
        return true;
    }
    number -= tally->groups.count;
    if (number < FIRST_COUNTS) {
        *out = (result){COUNT, number, "l", hz_str_from(counts[number])};
        return true;
    }
    number -= FIRST_COUNTS;
    if (number < tally->wanted_count) {
        *out = (result){SUM, tally->wanted[number], MONEY, tally->wanted_names[number]};
        return true;
    }
    return from_end(tally, number - tally->wanted_count, out, room);
}

static uint32_t result_count(const huzhu_tally *tally)
{
    char room[NAME_ROOM];
    result one;
    uint32_t count = 0;
    while (result_at(tally, count, &one, room)) count++;
    return count;
}

huzhu_status hz_tally_results_schema(const huzhu_tally *tally, struct ArrowSchema *out)
{
    char room[NAME_ROOM];
    result one;
    bool made = hz_arrow_make_schema(&tally->alloc, "+s", HZ_STR(""), 0, result_count(tally), false, out);
    if (!made) return HUZHU_NO_MEMORY;
    for (uint32_t i = 0; made && result_at(tally, i, &one, room); i++) {
        bool nulls = one.content == BY || one.content == QUANTILE;
        made = hz_arrow_make_schema(&tally->alloc, one.format, one.name, nulls ? ARROW_FLAG_NULLABLE : 0, 0, false, out->children[i]);
    }
    if (made) return HUZHU_OK;
    out->release(out);
    return HUZHU_NO_MEMORY;
}

/* ---- Rows ---- */

typedef struct table {
    const huzhu_tally *tally;
    hz_tally_total *totals;   /* sorted, of quantiles; else NULL */
    int64_t rows;
    size_t used, room;        /* of the texts of the column that is being filled */
} table;

static bool has_rows(const huzhu_tally *tally, uint32_t group)
{
    return hz_tally_count(&tally->core, 0, group, HZ_TALLY_ROWS) > 0;
}

static void put_sum(struct ArrowArray *column, int64_t row, hz_i128 value)
{
    memcpy((char *)hz_arrow_buffer(column, 1) + 16 * row, &value, sizeof value);
}

static bool put_text(table *t, struct ArrowArray *column, int64_t row, hz_str text)
{
    if (text.len > (size_t)INT32_MAX - t->used) return false;
    if (t->used + text.len + 1 > t->room) {
        t->room = 2 * (t->used + text.len) + 64;
        if (!hz_arrow_resize(column, 2, t->room)) return false;
    }
    if (text.len > 0) memcpy((char *)hz_arrow_buffer(column, 2) + t->used, text.at, text.len);
    t->used += text.len;
    ((int32_t *)hz_arrow_buffer(column, 1))[row + 1] = (int32_t)t->used;
    return true;
}

static bool put_by(table *t, const result *one, struct ArrowArray *column, int64_t row, uint32_t group)
{
    int64_t number = 0;
    hz_str text = HZ_STR("");
    bool given = hz_groups_value(&t->tally->groups, group, one->index, &number, &text);
    if (!given) hz_arrow_put_null(column, row);
    void *to = hz_arrow_buffer(column, 1);
    switch (one->format[0]) {
    case 'u': return put_text(t, column, row, given ? text : HZ_STR(""));
    case 'l': ((int64_t *)to)[row] = number; return true;
    case 't': ((int32_t *)to)[row] = (int32_t)number; return true;
    default:
        if (row % 8 == 0) ((uint8_t *)to)[row / 8] = 0;
        ((uint8_t *)to)[row / 8] = (uint8_t)(((uint8_t *)to)[row / 8] | (number == 1) << (row % 8));
        return true;
    }
}

/* Paid rows in a bucket: those below its bound and not below the one before. */
static int64_t in_bucket(const huzhu_tally *tally, uint32_t scenario, uint32_t group, uint32_t bucket)
{
    const hz_tally *core = &tally->core;
    int64_t below = bucket == tally->bound_count ? hz_tally_count(core, scenario, group, HZ_PAID)
                                                 : hz_tally_count(core, scenario, group, HZ_TALLY_BELOW + bucket);
    return bucket == 0 ? below : below - hz_tally_count(core, scenario, group, HZ_TALLY_BELOW + bucket - 1);
}

static bool put(table *t, const result *one, struct ArrowArray *column, int64_t row, uint32_t scenario, uint32_t group)
{
    const huzhu_tally *tally = t->tally;
    int64_t *numbers = hz_arrow_buffer(column, 1);
    int64_t total = 0;
    switch (one->content) {
    case SCENARIO: return put_text(t, column, row, tally->study->scenarios[scenario].name);
    case BY: return put_by(t, one, column, row, group);
    case COUNT: numbers[row] = hz_tally_count(&tally->core, scenario, group, one->index); return true;
    case BUCKET: numbers[row] = in_bucket(tally, scenario, group, one->index); return true;
    case SUM: put_sum(column, row, hz_tally_sum(&tally->core, scenario, group, one->index)); return true;
    default:
        if (!hz_tally_quantile(&tally->core, t->totals, scenario, group, tally->quantiles[one->index], &total)) hz_arrow_put_null(column, row);
        put_sum(column, row, total);
        return true;
    }
}

static bool fill(table *t, const result *one, struct ArrowArray *column)
{
    const huzhu_tally *tally = t->tally;
    int64_t row = 0;
    t->used = t->room = 0;
    for (uint32_t s = 0; s < tally->study->scenario_count; s++)
        for (uint32_t g = 0; g < tally->core.groups; g++)
            if (has_rows(tally, g) && !put(t, one, column, row++, s, g)) return false;
    return true;
}

static bool fill_all(table *t, struct ArrowArray *out)
{
    char room[NAME_ROOM];
    result one;
    for (uint32_t i = 0; result_at(t->tally, i, &one, room); i++)
        if (!hz_arrow_make_column(&t->tally->alloc, one.format, t->rows, out->children[i]) || !fill(t, &one, out->children[i])) return false;
    return true;
}

huzhu_status hz_tally_results_array(const huzhu_tally *tally, struct ArrowArray *out)
{
    const size_t none[1] = {0};
    table t = {.tally = tally};
    for (uint32_t g = 0; g < tally->core.groups; g++) t.rows += has_rows(tally, g);
    t.rows *= tally->study->scenario_count;
    if (tally->core.totals != NULL) {
        t.totals = hz_tally_sort_totals(&tally->core);
        if (t.totals == NULL) return HUZHU_NO_MEMORY;
    }
    bool made = hz_arrow_make_array(&tally->alloc, t.rows, 1, none, result_count(tally), false, out);
    if (made && !fill_all(&t, out)) {
        out->release(out);
        made = false;
    }
    if (t.totals != NULL) hz_tally_drop_totals(&tally->core, t.totals);
    return made ? HUZHU_OK : HUZHU_NO_MEMORY;
}
