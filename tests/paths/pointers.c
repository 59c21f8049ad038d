/* pointers.c - see paths.h. */
#include "paths.h"

struct pointers {
    const table *t;
    size_t columns, rows;
    huzhu_column column[COLUMNS_MOST];
    const char **dictionary[COLUMNS_MOST]; /* its texts are the plan's or the table's */
};

static bool can(const table *t, size_t row, size_t column)
{
    cell text = cell_of(t, row, column);
    int128 number;
    int64_t value;
    int places;
    if (text.at == NULL) return true;
    switch (kind_of(t, column)) {
    case DATE: return days_read(text, &value);
    case FLAG: return flag_read(text, &value);
    case NUMBER: return number_read(text, &number, &places) && places <= 4 && number < (INT64_C(1) << 46) && number > -(INT64_C(1) << 46);
    case CODE: return strlen(text.at) == text.size;
    default: return true;
    }
}

bool pointers_can(const table *t, size_t row)
{
    for (size_t i = 0; i < t->inputs + t->counters; i++)
        if (!can(t, row, i)) return false;
    return true;
}

/* ---- Columns of each kind ---- */

static const uint8_t garbage = 0xee;

static cell at(const pointers *p, const people *who, size_t r, size_t column)
{
    return cell_of(p->t, who->row[r], column);
}

/* Bits of the rows that have a value; none at all where all do, every second turn. */
static const uint8_t *make_valid(const pointers *p, const people *who, size_t column, unsigned turn)
{
    bool all = true;
    uint8_t *valid = take((p->rows + 7) / 8);
    for (size_t r = 0; r < p->rows; r++) {
        bool is = at(p, who, r, column).at != NULL;
        all &= is;
        valid[r / 8] = (uint8_t)(valid[r / 8] | is << (r % 8));
    }
    if (!all || turn % 2 == 0) return valid;
    free(valid);
    return NULL;
}

static void make_texts(pointers *p, const people *who, size_t column)
{
    size_t end = 0;
    int32_t *offsets = take((p->rows + 1) * sizeof *offsets);
    for (size_t r = 0; r < p->rows; r++) end += at(p, who, r, column).size;
    char *bytes = take(end);
    end = 0;
    for (size_t r = 0; r < p->rows; r++) {
        cell text = at(p, who, r, column);
        if (text.size > 0) memcpy(bytes + end, text.at, text.size);
        end += text.size;
        offsets[r + 1] = (int32_t)end;
    }
    p->column[column].layout = HUZHU_COLUMN_TEXT;
    p->column[column].values = offsets;
    p->column[column].bytes = bytes;
    p->column[column].byte_count = end;
}

/* Codes by the plan's numbers; what is none becomes one that is none. */
static int32_t code_of(const table *t, size_t input, cell text)
{
    for (size_t i = 0; i < t->input[input].code_count; i++) {
        huzhu_code_info code = {.struct_size = sizeof code};
        must(huzhu_plan_code_at(t->plan, input, i, &code) == HUZHU_OK, "code");
        if (code.id.size == text.size && memcmp(code.id.data, text.at, text.size) == 0) return (int32_t)i;
    }
    return text.size % 2 == 0 ? -1 : (int32_t)t->input[input].code_count;
}

static void make_codes(pointers *p, const people *who, size_t column, unsigned turn)
{
    int32_t *values = take(p->rows * sizeof *values);
    const char **words = take(p->rows * sizeof *words);
    uint32_t count = 0;
    for (size_t r = 0; r < p->rows; r++) {
        cell text = at(p, who, r, column);
        if (text.at == NULL) {
            memset(&values[r], garbage, sizeof *values);
            continue;
        }
        if (turn % 2 == 0) {
            values[r] = code_of(p->t, column, text);
            continue;
        }
        uint32_t place = 0;
        while (place < count && strcmp(words[place], text.at) != 0) place++;
        if (place == count) words[count++] = text.at;
        values[r] = (int32_t)place;
    }
    p->dictionary[column] = words;
    p->column[column].layout = turn % 2 == 0 ? HUZHU_COLUMN_INT32 : HUZHU_COLUMN_DICTIONARY;
    p->column[column].values = values;
    p->column[column].dictionary = turn % 2 == 0 ? NULL : words;
    p->column[column].dictionary_count = turn % 2 == 0 ? 0 : count;
}

static void make_flags(pointers *p, const people *who, size_t column, unsigned turn)
{
    static const uint32_t layouts[] = {HUZHU_COLUMN_BITS, HUZHU_COLUMN_BYTES, HUZHU_COLUMN_INT64};
    uint32_t layout = layouts[turn % 3];
    uint8_t *bytes = take(layout == HUZHU_COLUMN_BITS ? (p->rows + 7) / 8 : layout == HUZHU_COLUMN_BYTES ? p->rows : 8 * p->rows);
    for (size_t r = 0; r < p->rows; r++) {
        cell text = at(p, who, r, column);
        int64_t value = INT64_C(0x6e6e6e6e6e6e6e6e);
        if (text.at != NULL) flag_read(text, &value);
        if (layout == HUZHU_COLUMN_BITS) bytes[r / 8] = (uint8_t)(bytes[r / 8] | (value == 1) << (r % 8));
        else if (layout == HUZHU_COLUMN_BYTES) bytes[r] = (uint8_t)value;
        else memcpy(bytes + 8 * r, &value, 8);
    }
    p->column[column].layout = layout;
    p->column[column].values = bytes;
}

static void make_dates(pointers *p, const people *who, size_t column, unsigned turn)
{
    bool wide = turn % 2 == 1;
    uint8_t *bytes = take(p->rows * (wide ? 8 : 4));
    for (size_t r = 0; r < p->rows; r++) {
        cell text = at(p, who, r, column);
        int64_t days = INT64_C(0x6e6e6e6e6e6e6e6e);
        if (text.at != NULL) days_read(text, &days);
        int32_t narrow = (int32_t)days;
        if (wide) memcpy(bytes + 8 * r, &days, 8);
        else memcpy(bytes + 4 * r, &narrow, 4);
    }
    p->column[column].layout = wide ? HUZHU_COLUMN_INT64 : HUZHU_COLUMN_INT32;
    p->column[column].values = bytes;
}

/* At the fewest decimals that hold all values, or at more. */
static void make_numbers(pointers *p, const people *who, size_t column, unsigned turn)
{
    int128 number;
    int scale = 0, own = column < p->t->inputs ? p->t->input[column].scale : p->t->counter[column - p->t->inputs].scale;
    int64_t *values = take(p->rows * sizeof *values);
    if (turn % 2 == 0) scale = own;
    for (size_t r = 0; r < p->rows; r++) {
        cell text = at(p, who, r, column);
        int places = 0;
        if (text.at != NULL && !number_scaled(text, scale, &number) && number_read(text, &number, &places) && places > scale) scale = places;
    }
    for (size_t r = 0; r < p->rows; r++) {
        cell text = at(p, who, r, column);
        number = INT64_C(0x6e6e6e6e6e6e6e6e);
        if (text.at != NULL) must(number_scaled(text, scale, &number), "number");
        values[r] = (int64_t)number;
    }
    p->column[column].layout = HUZHU_COLUMN_INT64;
    p->column[column].scale = scale;
    p->column[column].values = values;
}

pointers *pointers_new(const table *t, const people *who, unsigned turn)
{
    pointers *p = take(sizeof *p);
    p->t = t;
    p->columns = t->inputs + t->counters;
    p->rows = who->count;
    for (size_t i = 0; i < p->columns; i++) {
        p->column[i].struct_size = sizeof p->column[i];
        p->column[i].valid = make_valid(p, who, i, turn);
        switch (kind_of(t, i)) {
        case KEY:
        case TEXT: make_texts(p, who, i); break;
        case CODE: make_codes(p, who, i, turn); break;
        case FLAG: make_flags(p, who, i, turn + (unsigned)i); break;
        case DATE: make_dates(p, who, i, turn + (unsigned)i); break;
        default: make_numbers(p, who, i, turn); break;
        }
    }
    return p;
}

static void drop(const void *memory)
{
    free((void *)(uintptr_t)memory);
}

void pointers_free(pointers *p)
{
    for (size_t i = 0; i < p->columns; i++) {
        drop(p->column[i].values);
        drop(p->column[i].valid);
        drop(p->column[i].bytes);
        free(p->dictionary[i]);
    }
    free(p);
}

void pointers_set(const pointers *p, huzhu_batch *batch)
{
    for (size_t i = 0; i < p->columns; i++) {
        huzhu_status status = i < p->t->inputs ? huzhu_batch_set_input(batch, i, &p->column[i]) : huzhu_batch_set_counter(batch, i - p->t->inputs, &p->column[i]);
        must(status == HUZHU_OK, "a column of pointers is refused");
    }
}

/* ---- Results ---- */

void batch_answers_begin(batch_answers *a, const table *t, size_t rows)
{
    *a = (batch_answers){.rows = rows, .outcome = take(4 * rows), .reason = take(4 * rows), .bad = take(4 * rows), .total = take(8 * rows)};
    for (size_t i = 0; i < t->benefits; i++) {
        a->gross[i] = take(8 * rows);
        a->net[i] = take(8 * rows);
    }
    for (size_t i = 0; i < t->counters; i++) {
        a->after[i] = take(8 * rows);
        a->there[i] = take((rows + 7) / 8);
    }
    a->reasons = huzhu_plan_reason_count(t->plan);
    must(a->reasons < REASONS_MOST, "more reasons than this program holds");
    for (size_t i = 0; i < a->reasons; i++) a->has[i] = take((rows + 7) / 8);
}

void batch_answers_end(batch_answers *a, const table *t)
{
    free(a->outcome);
    free(a->reason);
    free(a->bad);
    free(a->total);
    for (size_t i = 0; i < t->benefits; i++) {
        free(a->gross[i]);
        free(a->net[i]);
    }
    for (size_t i = 0; i < t->counters; i++) {
        free(a->after[i]);
        free(a->there[i]);
    }
    for (size_t i = 0; i < a->reasons; i++) free(a->has[i]);
}

void batch_answers_set(batch_answers *a, const table *t, huzhu_batch *batch)
{
    const huzhu_batch_results results = {.struct_size = sizeof results, .outcome = a->outcome, .reason = a->reason, .total = a->total, .bad_input = a->bad};
    bool well = huzhu_batch_set_results(batch, &results) == HUZHU_OK;
    for (size_t i = 0; i < t->benefits; i++) well = well && huzhu_batch_set_benefit(batch, i, a->gross[i], a->net[i]) == HUZHU_OK;
    for (size_t i = 0; i < t->counters; i++) well = well && huzhu_batch_set_counter_after(batch, i, a->after[i], a->there[i]) == HUZHU_OK;
    for (size_t i = 0; i < a->reasons; i++) well = well && huzhu_batch_set_reason_rows(batch, i + 1, a->has[i]) == HUZHU_OK;
    must(well, "results are refused");
}
