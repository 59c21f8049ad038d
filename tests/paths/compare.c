/* compare.c - see paths.h. */
#include "paths.h"

void differ(where *w, size_t index, const char *what, int64_t got, int64_t wanted)
{
    if (w->failed < 3)
        printf("    %s, %s, %s: line %zu: %s is %lld, not %lld\n", w->counters, w->path, w->detail, w->who->row[index] + 1, what, (long long)got, (long long)wanted);
    w->failed++;
}

static bool same(where *w, size_t index, const char *what, int64_t got, int64_t wanted)
{
    if (got == wanted) return true;
    differ(w, index, what, got, wanted);
    return false;
}

/* ---- Plain pointers ---- */

static bool same_reasons(where *w, size_t r, const batch_answers *got, const answer *a)
{
    for (size_t i = 0; i < got->reasons; i++) {
        bool lists = false;
        for (uint32_t k = 0; k < a->reason_count; k++) lists |= a->reasons[k] == (int32_t)i + 1;
        if (!same(w, r, "whether it has a reason", got->has[i][r / 8] >> (r % 8) & 1, lists)) return false;
    }
    return true;
}

static void compare_batch_row(where *w, const batch_answers *got, const answer *a, size_t r)
{
    if (!same(w, r, "outcome", got->outcome[r], a->outcome) || !same(w, r, "reason", got->reason[r], a->reason) || !same(w, r, "total", got->total[r], a->settled ? a->total : 0) ||
        !same(w, r, "bad input", got->bad[r], a->bad) || !same_reasons(w, r, got, a))
        return;
    for (size_t i = 0; i < w->t->benefits; i++)
        if (!same(w, r, "gross", got->gross[i][r], a->gross[i]) || !same(w, r, "net", got->net[i][r], a->net[i])) return;
    for (size_t i = 0; i < w->t->counters; i++) {
        if (a->open[i] || (a->maybe[i] && (got->there[i][r / 8] >> (r % 8) & 1) == 0)) continue;
        if (!same(w, r, "counter there", got->there[i][r / 8] >> (r % 8) & 1, a->there[i]) || !same(w, r, "counter after", got->after[i][r], a->after[i])) return;
    }
}

void compare_batch(where *w, const batch_answers *got, const answer *wanted, size_t first, size_t rows)
{
    for (size_t r = first; r < first + rows; r++) compare_batch_row(w, got, &wanted[r], r);
}

/* ---- Arrow ---- */

static bool is_there(const struct ArrowArray *array, size_t row)
{
    const uint8_t *valid = array->buffers[0];
    return valid == NULL || (valid[row / 8] >> (row % 8) & 1) != 0;
}

/* The text of a dictionary's entry; NULL: null. */
static const char *entry(const struct ArrowArray *array, size_t place, char room[64])
{
    const int32_t *offsets = (const int32_t *)array->dictionary->buffers[1] + place;
    if ((int64_t)place >= array->dictionary->length) return "beyond the dictionary";
    snprintf(room, 64, "%.*s", (int)(offsets[1] - offsets[0]), (const char *)array->dictionary->buffers[2] + offsets[0]);
    return room;
}

static bool same_text(where *w, size_t r, const char *what, const struct ArrowArray *array, size_t at, const char *wanted)
{
    char room[64];
    const char *got = is_there(array, at) ? entry(array, (size_t)((const int32_t *)array->buffers[1])[at], room) : "";
    if (strcmp(got, wanted) == 0) return true;
    if (w->failed < 3) printf("    %s is `%s`, not `%s`\n", what, got, wanted);
    return same(w, r, what, 0, 1);
}

static const char *code(const where *w, int32_t number)
{
    return number > 0 ? huzhu_plan_reason_code(w->t->plan, (size_t)number).data : "";
}

static bool same_list(where *w, size_t r, const char *what, const struct ArrowArray *array, size_t at, const int32_t *wanted, uint32_t count)
{
    const int32_t *ends = (const int32_t *)array->buffers[1] + at;
    if (!same(w, r, what, ends[1] - ends[0], count)) return false;
    for (uint32_t i = 0; i < count; i++)
        if (!same_text(w, r, what, array->children[0], (size_t)ends[0] + i, code(w, wanted[i]))) return false;
    return true;
}

/* Decimals of 128 bits, whole numbers, days or flags. */
static int64_t value_at(const struct ArrowArray *array, const char *format, size_t at)
{
    const int64_t *wide = array->buffers[1];
    switch (format[0]) {
    case 'd': return wide[2 * at + 1] == wide[2 * at] >> 63 ? wide[2 * at] : INT64_MIN;
    case 'b': return ((const uint8_t *)array->buffers[1])[at / 8] >> (at % 8) & 1;
    case 't': return ((const int32_t *)array->buffers[1])[at];
    default: return wide[at];
    }
}

static bool same_amount(where *w, size_t r, const char *what, const struct ArrowArray *array, size_t at, bool there, int64_t wanted)
{
    if (!same(w, r, what, is_there(array, at), there)) return false;
    return !there || same(w, r, what, value_at(array, "d", at), wanted);
}

static bool same_counter(where *w, size_t r, size_t counter, const struct ArrowArray *array, size_t at, const answer *a)
{
    const huzhu_counter_info *info = &w->t->counter[counter];
    const char *format = info->type == HUZHU_COUNTER_BOOLEAN ? "b" : info->type == HUZHU_COUNTER_DATE ? "t" : info->scale > 0 || strcmp(info->unit.data, "CNY") == 0 ? "d" : "l";
    bool there = a->there[counter] && !(info->type == HUZHU_COUNTER_DATE && a->after[counter] == HZ_NO_DATE);
    if (a->open[counter] || (a->maybe[counter] && !is_there(array, at))) return true;
    if (!same(w, r, "counter there", is_there(array, at), there)) return false;
    return !there || same(w, r, "counter after", value_at(array, format, at), a->after[counter]);
}

static bool same_id(where *w, size_t r, const struct ArrowArray *array, size_t at)
{
    cell id = w->t->ids[w->who->row[r]];
    bool large = w->detail[0] == 'U';
    int64_t begin = large ? ((const int64_t *)array->buffers[1])[at] : ((const int32_t *)array->buffers[1])[at];
    int64_t end = large ? ((const int64_t *)array->buffers[1])[at + 1] : ((const int32_t *)array->buffers[1])[at + 1];
    bool well = is_there(array, at) == (id.at != NULL) && (size_t)(end - begin) == id.size && memcmp((const char *)array->buffers[2] + begin, id.at != NULL ? id.at : "", id.size) == 0;
    return same(w, r, "id", well, 1);
}

static void compare_row(where *w, const struct ArrowArray *got, size_t at, const answer *a, size_t r)
{
    struct ArrowArray *const *column = got->children;
    bool open = a->outcome == HUZHU_INCOMPLETE || a->outcome == HUZHU_UNDETERMINED || a->outcome == HUZHU_FAILED;
    bool well = same_text(w, r, "outcome", column[0], at, huzhu_outcome_name((uint32_t)a->outcome).data) && same_text(w, r, "reason", column[1], at, code(w, a->reason)) &&
                same_text(w, r, "error", column[2], at, a->error) && same_list(w, r, "reasons", column[3], at, a->reasons, a->reason_count) &&
                same_list(w, r, "caps", column[4], at, a->caps, a->cap_count) && same(w, r, "whether there is a total", a->has_total, !open) &&
                same_amount(w, r, "total", column[5], at, !open, a->total) && same_id(w, r, column[6], at);
    size_t next = 7;
    for (size_t i = 0; well && i < w->t->benefits; i++) {
        well = same_amount(w, r, "gross", column[next], at, !open, a->gross[i]) && same_amount(w, r, "net", column[next + 1], at, !open, a->net[i]);
        next += 2;
    }
    for (size_t i = 0; well && i < w->t->counters; i++) well = same_counter(w, r, i, column[next++], at, a);
}

void compare_array(where *w, const struct ArrowArray *got, const answer *wanted, size_t first)
{
    for (size_t at = 0; at < (size_t)got->length; at++) compare_row(w, got, at, &wanted[first + at], first + at);
}

size_t all_wanted(const table *t, char names[][96], const char **wanted)
{
    static const char *const plain[] = {"outcome", "reason", "error", "reasons", "caps", "total", "id"};
    size_t count = 0;
    for (; count < 7; count++) snprintf(names[count], 96, "%s", plain[count]);
    for (size_t i = 0; i < t->benefits; i++) {
        snprintf(names[count++], 96, "%s.gross", huzhu_plan_benefit_id(t->plan, i).data);
        snprintf(names[count++], 96, "%s.net", huzhu_plan_benefit_id(t->plan, i).data);
    }
    for (size_t i = 0; i < t->counters; i++) snprintf(names[count++], 96, "%s.after", t->counter[i].name.data);
    for (size_t i = 0; i < count; i++) wanted[i] = names[i];
    return count;
}
