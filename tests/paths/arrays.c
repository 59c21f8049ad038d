/* arrays.c - see paths.h. */
#include "paths.h"

/* ---- What types a column may have ---- */

/* %d: decimals, of the column or two more. "i:u" is a dictionary of texts. */
static const char *const of_texts[] = {"u", "U", "vu", "i:u", "C:u", "l:U", "s:vu"};
static const char *const of_keys[] = {"u", "l", "vu", "i:u", "U", "L:u", "s:vu"};
static const char *const of_dates[] = {"tdD", "tsn:", "tdm", "tss:", "u", "tsm:", "i:tdD", "tsu:", "S:tsn:", "vu"};
static const char *const of_flags[] = {"b", "c", "L", "u", "C:b", "i:u", "S"};
static const char *const of_numbers[] = {"d:18,%d", "l", "i", "d:9,%d,32", "d:18,%d,64", "s", "L", "d:38,%d", "C", "d:76,%d,256", "u", "g", "i:d:18,%d", "c:l", "S"};

#define LIST(names) names, sizeof(names) / sizeof *(names)

static const char *const *list_of(kind of, size_t *count)
{
    static const struct {
        const char *const *names;
        size_t count;
    } lists[] = {[KEY] = {LIST(of_keys)}, [TEXT] = {LIST(of_texts)}, [CODE] = {LIST(of_texts)}, [DATE] = {LIST(of_dates)}, [FLAG] = {LIST(of_flags)}, [NUMBER] = {LIST(of_numbers)}};
    *count = lists[of].count;
    return lists[of].names;
}

/* ---- One value in one type ---- */

/* Cells of `offset` rows that nobody may look at, then of the column. */
typedef struct source {
    kind of;
    const cell *cells;
    size_t count, offset;
    int scale; /* the column's decimals */
} source;

static size_t width_of(const char *format)
{
    const char *bits = format[0] == 'd' ? strrchr(format, ',') : NULL;
    switch (format[0]) {
    case 'c': case 'C': return 1;
    case 's': case 'S': return 2;
    case 'i': case 'I': return 4;
    case 'd': return bits != strchr(format, ',') ? (size_t)atoi(bits + 1) / 8 : 16;
    case 't': return strcmp(format, "tdD") == 0 ? 4 : 8;
    default: return 8;
    }
}

static int64_t units_of(const char *format)
{
    if (strcmp(format, "tdD") == 0) return 1;
    if (strcmp(format, "tdm") == 0) return INT64_C(86400000);
    return format[2] == 's' ? INT64_C(86400) : format[2] == 'm' ? INT64_C(86400000) : format[2] == 'u' ? INT64_C(86400000000) : INT64_C(86400000000000);
}

static bool is_text(const char *format)
{
    return strcmp(format, "u") == 0 || strcmp(format, "U") == 0 || strcmp(format, "vu") == 0;
}

static bool fits_bits(int128 value, size_t bytes, bool is_unsigned)
{
    if (bytes >= 16) return true;
    int128 half = (int128)1 << (8 * bytes - 1);
    return is_unsigned ? value >= 0 && value < 2 * half : value >= -half && value < half;
}

/* The value as the format has it, as a number (of a float as its bits); false: the format cannot hold it. */
static bool encode(const source *s, const char *format, cell text, int128 *out)
{
    int64_t small = 0;
    char room[64];
    switch (format[0]) {
    case 't':
        if (!days_read(text, &small)) return false;
        *out = (int128)small * units_of(format);
        return fits_bits(*out, width_of(format), false);
    case 'b': return flag_read(text, &small) ? (*out = small, true) : false;
    case 'd': return number_scaled(text, atoi(strchr(format, ',') + 1), out) && fits_bits(*out, width_of(format), false);
    case 'g': { /* what it rounds to is what it was made of: no more decimals than the input has */
        double value;
        if (!number_scaled(text, s->scale, out) || !fits_bits(*out, 6, false) || text.size >= sizeof room) return false;
        snprintf(room, sizeof room, "%.*s", (int)text.size, text.at);
        value = strtod(room, NULL);
        memcpy(&small, &value, 8);
        *out = small;
        return true;
    }
    default:
        if (s->of == FLAG) return flag_read(text, &small) ? (*out = small, true) : false;
        if (!number_scaled(text, 0, out) || !fits_bits(*out, width_of(format), format[0] < 'a')) return false;
        if (s->of != KEY) return true;
        snprintf(room, sizeof room, "%lld", (long long)*out); /* as its digits, and none else */
        return fits_bits(*out, 8, false) && strlen(room) == text.size && memcmp(room, text.at, text.size) == 0;
    }
}

/* ---- Columns ---- */

static void *own(arrays *a, size_t size)
{
    void *memory = take(size);
    a->owned = realloc(a->owned, (a->owned_count + 1) * sizeof *a->owned);
    must(a->owned != NULL, "memory");
    a->owned[a->owned_count++] = memory;
    return memory;
}

static void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void let_array_go(struct ArrowArray *array)
{
    array->release = NULL;
}

static cell from(const source *s, size_t at)
{
    return at < s->offset ? (cell){NULL, 0} : s->cells[at - s->offset];
}

static void put_texts(arrays *a, const source *s, const char *format, const void **buffers)
{
    bool large = format[0] == 'U';
    size_t all = s->offset + s->count, width = large ? 8 : 4, end = 0;
    for (size_t r = 0; r < all; r++) end += from(s, r).size;
    unsigned char *offsets = own(a, width * (all + 1));
    char *bytes = end > 0 ? own(a, end) : NULL;
    memset(offsets, 0xee, width * (all + 1));
    end = 0;
    for (size_t r = 0; r <= all; r++) {
        int64_t wide = (int64_t)end;
        int32_t narrow = (int32_t)end;
        if (r >= s->offset) memcpy(offsets + width * r, large ? (const void *)&wide : (const void *)&narrow, width);
        if (r == all) break;
        cell text = from(s, r);
        if (text.size > 0) memcpy(bytes + end, text.at, text.size);
        end += text.size;
    }
    buffers[1] = offsets;
    buffers[2] = bytes;
}

/* Texts go to two buffers by turns. */
static void put_views(arrays *a, const source *s, const void **buffers)
{
    size_t all = s->offset + s->count, end[2] = {0, 0};
    unsigned char *views = own(a, 16 * all);
    memset(views, 0xee, 16 * all);
    for (size_t r = 0; r < all; r++) end[r % 2] += from(s, r).size > 12 ? from(s, r).size : 0;
    char *bytes[2] = {own(a, end[0]), own(a, end[1])};
    int64_t *sizes = own(a, 16);
    for (int i = 0; i < 2; i++) {
        sizes[i] = (int64_t)end[i];
        buffers[2 + i] = bytes[i];
        end[i] = 0;
    }
    for (size_t r = 0; r < all; r++) {
        cell text = from(s, r);
        int32_t part[4] = {(int32_t)text.size, 0, (int32_t)(r % 2), (int32_t)end[r % 2]};
        if (text.at == NULL) continue;
        if (text.size <= 12) {
            memset(part + 1, 0, 12);
            if (text.size > 0) memcpy(part + 1, text.at, text.size);
        } else {
            memcpy(part + 1, text.at, 4);
            memcpy(bytes[r % 2] + end[r % 2], text.at, text.size);
            end[r % 2] += text.size;
        }
        memcpy(views + 16 * r, part, 16);
    }
    buffers[1] = views;
    buffers[4] = sizes;
}

static void put_numbers(arrays *a, const source *s, const char *format, const void **buffers)
{
    size_t all = s->offset + s->count, width = width_of(format);
    bool bits = format[0] == 'b';
    unsigned char *values = own(a, bits ? (all + 7) / 8 : width * all);
    memset(values, 0xee, bits ? (all + 7) / 8 : width * all);
    for (size_t r = s->offset; r < all; r++) {
        int128 value = 0;
        if (from(s, r).at == NULL) continue;
        must(encode(s, format, from(s, r), &value), "value");
        if (bits) values[r / 8] = (unsigned char)((values[r / 8] & ~(1u << (r % 8))) | (unsigned)value << (r % 8));
        for (size_t b = 0; !bits && b < width; b++) values[width * r + b] = (unsigned char)(value >> (b < 16 ? 8 * b : 127));
    }
    buffers[1] = values;
}

/* A column without its dictionary. */
static void put_plain(arrays *a, const source *s, const char *format, const void **buffers, struct ArrowArray *out)
{
    size_t all = s->offset + s->count;
    int64_t nulls = 0;
    unsigned char *valid = own(a, (all + 7) / 8);
    for (size_t r = 0; r < all; r++) {
        bool is = from(s, r).at != NULL;
        valid[r / 8] = (unsigned char)(valid[r / 8] | is << (r % 8));
        nulls += r >= s->offset && !is;
    }
    buffers[0] = nulls > 0 || s->offset % 2 == 0 ? valid : NULL;
    *out = (struct ArrowArray){.length = (int64_t)s->count, .null_count = s->offset % 3 == 0 ? -1 : nulls, .offset = (int64_t)s->offset,
                               .n_buffers = strcmp(format, "vu") == 0 ? 5 : is_text(format) ? 3 : 2, .buffers = buffers, .release = let_array_go};
    if (strcmp(format, "vu") == 0) put_views(a, s, buffers);
    else if (is_text(format)) put_texts(a, s, format, buffers);
    else put_numbers(a, s, format, buffers);
}

static bool same_cell(cell a, cell b)
{
    return a.size == b.size && memcmp(a.at, b.at, a.size) == 0;
}

static void put_dictionary(arrays *a, size_t column, const source *s, const char *index, const char *values)
{
    cell *words = own(a, s->count * sizeof *words), *places = own(a, s->count * sizeof *places);
    char (*digits)[16] = own(a, s->count * sizeof *digits);
    size_t count = 0;
    for (size_t r = 0; r < s->count; r++) {
        size_t place = 0;
        if (s->cells[r].at == NULL) continue;
        while (place < count && !same_cell(words[place], s->cells[r])) place++;
        if (place == count) words[count++] = s->cells[r];
        places[r] = (cell){digits[r], (size_t)snprintf(digits[r], sizeof digits[r], "%zu", place)};
    }
    const source indices = {NUMBER, places, s->count, s->offset, 0}, entries = {s->of, words, count, column % 3, s->scale};
    put_plain(a, &indices, index, a->buffers[column], &a->child_at[column]);
    put_plain(a, &entries, values, a->dictionary_buffers[column], &a->dictionary[column]);
    a->dictionary_schema[column] = (struct ArrowSchema){.format = values, .name = "", .release = let_schema_go};
    a->schema_at[column].dictionary = &a->dictionary_schema[column];
    a->child_at[column].dictionary = &a->dictionary[column];
}

/* Whether the format can hold all of a column. */
static bool holds(const source *s, const char *format)
{
    const char *values = format[0] != '\0' && format[1] == ':' && format[0] != 'd' ? format + 2 : format;
    size_t most = values == format ? s->count : format[0] == 'C' ? 255 : format[0] == 'c' ? 127 : s->count, different = 0;
    for (size_t r = 0; r < s->count; r++) {
        int128 value;
        if (s->cells[r].at == NULL) continue;
        if (!is_text(values) && !encode(s, values, s->cells[r], &value)) return false;
        bool again = false;
        for (size_t q = 0; most < s->count && q < r && !again; q++) again = s->cells[q].at != NULL && same_cell(s->cells[q], s->cells[r]);
        different += !again;
    }
    return most >= s->count || different <= most;
}

static void choose(size_t column, const source *s, unsigned turn, bool texts, char format[24])
{
    size_t count;
    const char *const *list = list_of(texts ? TEXT : s->of, &count);
    for (size_t i = 0; i < count; i++) {
        snprintf(format, 24, list[(turn * 3 + column + i) % count], s->scale + (turn % 3 == 2 ? 2 : 0));
        if (holds(s, format)) return;
    }
    strcpy(format, "u");
}

static void add_column(arrays *a, size_t column, const source *s, const char *name, const char *format)
{
    char *index = a->formats[column][0], *values = a->formats[column][1];
    bool dictionary = format[1] == ':' && format[0] != 'd';
    snprintf(a->names[column], sizeof a->names[column], "%s", name);
    snprintf(index, 24, "%s", format);
    snprintf(values, 24, "%s", dictionary ? format + 2 : "");
    if (dictionary) index[1] = '\0';
    a->schema_at[column] = (struct ArrowSchema){.format = index, .name = a->names[column], .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go};
    if (dictionary) put_dictionary(a, column, s, index, values);
    else put_plain(a, s, index, a->buffers[column], &a->child_at[column]);
    a->schemas[column] = &a->schema_at[column];
    a->children[column] = &a->child_at[column];
}

arrays *arrays_new(const table *t, const people *who, unsigned turn, bool texts)
{
    static const size_t shifts[] = {0, 1, 8, 13, 64, 7, 3};
    arrays *a = take(sizeof *a);
    a->t = t;
    a->columns = t->inputs + t->counters + 1;
    a->rows = who->count;
    cell *cells = take(who->count * sizeof *cells);
    for (size_t i = 0; i < a->columns; i++) {
        bool id = i + 1 == a->columns;
        char format[24] = "u";
        for (size_t r = 0; r < who->count; r++) cells[r] = id ? t->ids[who->row[r]] : cell_of(t, who->row[r], i);
        int scale = id ? 0 : i < t->inputs ? t->input[i].scale : t->counter[i - t->inputs].scale;
        source s = {id ? TEXT : kind_of(t, i), cells, who->count, shifts[(turn + i) % 7], scale};
        if (id) snprintf(format, sizeof format, "%s", turn % 3 == 0 ? "u" : turn % 3 == 1 ? "vu" : "U");
        else choose(i, &s, turn, texts, format);
        add_column(a, i, &s, id ? "id" : i < t->inputs ? t->input[i].name.data : t->counter[i - t->inputs].name.data, format);
    }
    free(cells);
    a->schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = (int64_t)a->columns, .children = a->schemas, .release = let_schema_go};
    a->array = (struct ArrowArray){.length = (int64_t)a->rows, .n_buffers = 1, .n_children = (int64_t)a->columns, .buffers = a->none, .children = a->children, .release = let_array_go};
    return a;
}

void arrays_free(arrays *a)
{
    for (size_t i = 0; i < a->owned_count; i++) free(a->owned[i]);
    free(a->owned);
    free(a);
}

void arrays_slice(arrays *a, size_t first, size_t rows, bool by_children, arrays_view *view)
{
    view->array = a->array;
    view->array.length = (int64_t)rows;
    if (!by_children) {
        view->array.offset = (int64_t)first;
        return;
    }
    for (size_t i = 0; i < a->columns; i++) {
        view->child_at[i] = a->child_at[i];
        view->child_at[i].offset += (int64_t)first;
        view->child_at[i].length = (int64_t)rows;
        if (view->child_at[i].null_count > 0) view->child_at[i].null_count = -1;
        view->children[i] = &view->child_at[i];
    }
    view->array.children = view->children;
}
