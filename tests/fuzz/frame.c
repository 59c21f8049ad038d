/* frame.c - see frame.h. A column's memory is its own and goes with its release, so that a reader of what it let go is found. */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

static int live;

int frame_live(void)
{
    return live;
}

/* ---- Bytes ---- */

uint8_t fuzz_byte(fuzz_bytes *bytes)
{
    if (bytes->left == 0) return 0;
    bytes->left--;
    return *bytes->at++;
}

unsigned fuzz_pick(fuzz_bytes *bytes, unsigned most)
{
    return fuzz_byte(bytes) % most;
}

uint64_t fuzz_word(fuzz_bytes *bytes)
{
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) word = word << 8 | fuzz_byte(bytes);
    return word;
}

static void *take(size_t size)
{
    void *memory = malloc(size > 0 ? size : 1);
    if (memory == NULL) abort();
    return memset(memory, 0, size);
}

/* ---- Schemas ---- */

typedef struct own_schema {
    struct ArrowSchema *children[16], *dictionary;
    struct ArrowSchema *shown[16]; /* may be spoiled */
    int64_t count;
    char format[16], name[16];
} own_schema;

static void let_schema_go(struct ArrowSchema *schema)
{
    own_schema *own = schema->private_data;
    for (int64_t i = 0; i < own->count; i++) {
        if (own->children[i]->release != NULL) own->children[i]->release(own->children[i]);
        free(own->children[i]);
    }
    if (own->dictionary != NULL) {
        if (own->dictionary->release != NULL) own->dictionary->release(own->dictionary);
        free(own->dictionary);
    }
    free(own);
    schema->release = NULL;
    live--;
}

static const char *const formats[] = {"n",          "b",          "c",          "C",         "s",        "S",    "i",    "I",    "l",    "L",    "e",
                                      "f",          "g",          "d:18,2",     "d:9,2,32",  "d:18,4,64", "d:38,0", "d:76,20,256", "tdD", "tdm", "tss:", "tsm:",
                                      "tsu:",       "tsn:",       "tsn:UTC",    "u",         "U",        "vu",   "u",    "u",    "z",    "+l",   "w:16"};

enum { FORMATS = sizeof formats / sizeof *formats };

/* A text of up to 7 bytes. */
static void any_text(fuzz_bytes *bytes, char *to)
{
    unsigned size = fuzz_pick(bytes, 8);
    for (unsigned i = 0; i < size; i++) to[i] = (char)fuzz_byte(bytes);
}

static own_schema *begin_schema(struct ArrowSchema *out)
{
    own_schema *own = take(sizeof *own);
    *out = (struct ArrowSchema){.format = own->format, .name = own->name, .flags = ARROW_FLAG_NULLABLE, .release = let_schema_go, .private_data = own};
    live++;
    return own;
}

static void column_schema(fuzz_bytes *bytes, const frame_names *names, struct ArrowSchema *out)
{
    own_schema *own = begin_schema(out);
    unsigned choice = fuzz_byte(bytes), name = choice % names->count;
    strcpy(own->name, names->names[name]);
    const char *format = names->formats[name];
    if (choice >= 0x80) format = formats[fuzz_pick(bytes, FORMATS)];
    strcpy(own->format, format);
    if (choice >= 0xf8) any_text(bytes, own->format);
    if (choice >= 0xfc) any_text(bytes, own->name);
    if (choice % 4 != 3) return;
    own->dictionary = take(sizeof *own->dictionary);
    own_schema *values = begin_schema(own->dictionary);
    strcpy(values->format, own->format);
    own->format[0] = "cCsSiIlLcu"[fuzz_pick(bytes, 10)];
    own->format[1] = '\0';
    out->dictionary = own->dictionary;
}

void frame_schema(fuzz_bytes *bytes, const frame_names *names, struct ArrowSchema *out)
{
    own_schema *own = begin_schema(out);
    own->count = fuzz_pick(bytes, 13);
    strcpy(own->format, "+s");
    for (int64_t i = 0; i < own->count; i++) {
        own->shown[i] = own->children[i] = take(sizeof *own->children[i]);
        column_schema(bytes, names, own->children[i]);
    }
    out->n_children = own->count;
    out->children = own->shown;
}

void frame_spoil_schema(fuzz_bytes *bytes, struct ArrowSchema *schema)
{
    static const int64_t counts[] = {-1, INT64_MIN, INT64_MAX, 1 << 21};
    static struct ArrowSchema nested = {.format = "u"};
    int64_t child = schema->n_children > 0 ? (int64_t)fuzz_pick(bytes, (unsigned)schema->n_children) : 0;
    unsigned what = fuzz_byte(bytes);
    if (what >= 12) return;
    if (what == 0) schema->format = NULL;
    if (what == 1) schema->format = "+";
    if (what == 2) schema->n_children = counts[fuzz_pick(bytes, 4)];
    if (what == 3) schema->children = NULL;
    if (schema->n_children <= 0 || schema->n_children > 16 || schema->children == NULL) return;
    struct ArrowSchema *at = schema->children[child];
    if (what == 4) schema->children[child] = NULL;
    if (what == 5) at->format = NULL;
    if (what == 6) at->name = NULL;
    if (what == 7 && at->dictionary != NULL) at->dictionary->format = NULL;
    if (what == 8 && at->dictionary != NULL) at->dictionary->dictionary = &nested;
    if (what == 9) at->n_children = -1;
    if (what == 10) at->dictionary = NULL;
}

/* ---- Arrays ---- */

typedef struct own_array {
    struct ArrowArray *children[16], *dictionary;
    int64_t count;
    void *buffers[6];
    struct ArrowArray *seen[16]; /* these two may be spoiled */
    const void *shown[6];
    bool views;
} own_array;

static void let_array_go(struct ArrowArray *array)
{
    own_array *own = array->private_data;
    for (int64_t i = 0; i < own->count; i++) {
        if (own->children[i]->release != NULL) own->children[i]->release(own->children[i]);
        free(own->children[i]);
    }
    if (own->dictionary != NULL) {
        if (own->dictionary->release != NULL) own->dictionary->release(own->dictionary);
        free(own->dictionary);
    }
    for (int i = 0; i < 6; i++) free(own->buffers[i]);
    free(own);
    array->release = NULL;
    live--;
}

static own_array *begin_array(int64_t length, int64_t offset, int64_t buffers, struct ArrowArray *out)
{
    own_array *own = take(sizeof *own);
    *out = (struct ArrowArray){.length = length, .null_count = -1, .offset = offset, .n_buffers = buffers, .release = let_array_go, .private_data = own};
    out->buffers = own->shown;
    live++;
    return own;
}

static void *buffer(own_array *own, int index, size_t size)
{
    own->buffers[index] = take(size);
    own->shown[index] = own->buffers[index];
    return own->buffers[index];
}

static size_t width_of(const char *format)
{
    int bits = 128;
    size_t commas = 0;
    switch (format[0]) {
    case 'c': case 'C': return 1;
    case 's': case 'S': case 'e': return 2;
    case 'i': case 'I': case 'f': return 4;
    case 't': return strcmp(format, "tdD") == 0 ? 4 : 8;
    case 'd':
        for (const char *at = format; *at != '\0'; at++)
            if (*at == ',' && ++commas == 2) bits = atoi(at + 1);
        return bits == 32 || bits == 64 || bits == 256 ? (size_t)bits / 8 : 16;
    default: return 8;
    }
}

/* Mostly texts that some input takes, so that fuzzing goes on behind the first check. */
static size_t any_word(fuzz_bytes *bytes, char *to)
{
    static const char *const words[] = {"", "M-1", "M-2", "2016-03-01", "2015-02-29", "fire", "flood", "true", "false", "1.5", "3", "7000.00", "none", "\xff", "9999-12-31", "burst_pipe"};
    unsigned choice = fuzz_byte(bytes);
    if (choice < 0xf0) {
        strcpy(to, words[choice % 16]);
        return strlen(to);
    }
    for (unsigned i = 0; i < choice - 0xf0; i++) to[i] = (char)fuzz_byte(bytes);
    return choice - 0xf0;
}

static void fill_text(fuzz_bytes *bytes, own_array *own, bool large, int64_t rows)
{
    int64_t end = 0, most = 0;
    size_t room = (size_t)rows * 16 + 1;
    char *texts = take(room);
    int32_t *small = large ? NULL : buffer(own, 1, 4 * (size_t)(rows + 1));
    int64_t *wide = large ? buffer(own, 1, 8 * (size_t)(rows + 1)) : NULL;
    for (int64_t r = 0; r <= rows; r++) {
        int64_t at = end;
        if (r < rows) end += (int64_t)any_word(bytes, texts + end);
        if (fuzz_byte(bytes) == 0xfe) at = (int8_t)fuzz_byte(bytes);
        if (large) wide[r] = at;
        else small[r] = (int32_t)at;
        if (at > most) most = at;
    }
    memcpy(buffer(own, 2, (size_t)most), texts, (size_t)most < room ? (size_t)most : room);
    free(texts);
}

static void fill_views(fuzz_bytes *bytes, own_array *own, int64_t rows, struct ArrowArray *out)
{
    int64_t data = fuzz_pick(bytes, 3);
    unsigned char *views = buffer(own, 1, 16 * (size_t)rows);
    int64_t *sizes = buffer(own, 2 + (int)data, 8 * (size_t)data);
    out->n_buffers = 3 + data;
    own->views = true;
    for (int64_t i = 0; i < data; i++) {
        sizes[i] = fuzz_byte(bytes);
        char *texts = buffer(own, 2 + (int)i, (size_t)sizes[i]);
        memset(texts, 'x', (size_t)sizes[i]);
    }
    for (int64_t r = 0; r < rows; r++) {
        char word[32];
        int32_t part[4] = {(int32_t)any_word(bytes, word), 0, 0, 0};
        unsigned choice = fuzz_byte(bytes);
        if (choice >= 0xe0) part[0] = (int32_t)choice - 0xf0 + 13;
        if (part[0] > 12 || part[0] < 0) {
            part[2] = (int8_t)fuzz_byte(bytes) % 3;
            part[3] = (int8_t)fuzz_byte(bytes);
        } else memcpy(part + 1, word, 12);
        memcpy(views + 16 * r, part, sizeof part);
    }
}

static void fill_numbers(fuzz_bytes *bytes, own_array *own, const char *format, int64_t rows)
{
    bool bits = format[0] == 'b';
    size_t width = bits ? 1 : width_of(format), count = bits ? (size_t)(rows + 7) / 8 : (size_t)rows;
    unsigned char *to = buffer(own, 1, width * count);
    int64_t day = strcmp(format, "tdD") == 0 ? 1 : format[0] == 't' ? (format[1] == 'd' || format[2] == 'm' ? 86400000 : format[2] == 's' ? 86400 : 0) : 0;
    for (size_t i = 0; i < count; i++) {
        unsigned choice = fuzz_byte(bytes);
        int64_t value = choice < 0xe0 ? choice % 16 : choice < 0xf0 ? -(int64_t)(choice & 15) : (int64_t)fuzz_word(bytes);
        if (day != 0 && choice < 0xf0) value = (16861 + value) * day;
        if (bits) value = (int64_t)choice;
        for (size_t b = 0; b < width; b++) to[width * i + b] = (unsigned char)((uint64_t)(value >> (b < 8 ? 8 * b : 63)) & 0xff);
    }
}

static int64_t buffers_of(const char *format)
{
    if (strcmp(format, "n") == 0) return 0;
    return strcmp(format, "u") == 0 || strcmp(format, "U") == 0 || strcmp(format, "z") == 0 ? 3 : 2;
}

static void column_array(fuzz_bytes *bytes, const struct ArrowSchema *schema, int64_t length, int64_t offset, struct ArrowArray *out)
{
    const char *format = schema->format != NULL ? schema->format : "";
    own_array *own = begin_array(length, offset, buffers_of(format), out);
    int64_t rows = length + offset;
    unsigned nulls = fuzz_pick(bytes, 4);
    if (nulls > 0) {
        unsigned char *valid = buffer(own, 0, (size_t)(rows + 7) / 8);
        for (int64_t i = 0; i < (rows + 7) / 8; i++) valid[i] = nulls == 1 ? fuzz_byte(bytes) : 0xff;
    } else out->null_count = fuzz_pick(bytes, 2) == 0 ? 0 : -1;
    if (strcmp(format, "u") == 0 || strcmp(format, "z") == 0) fill_text(bytes, own, false, rows);
    else if (strcmp(format, "U") == 0) fill_text(bytes, own, true, rows);
    else if (strcmp(format, "vu") == 0) fill_views(bytes, own, rows, out);
    else fill_numbers(bytes, own, format, rows);
    if (schema->dictionary == NULL) return;
    own->dictionary = take(sizeof *own->dictionary);
    column_array(bytes, schema->dictionary, fuzz_pick(bytes, 7), fuzz_pick(bytes, 3), own->dictionary);
    out->dictionary = own->dictionary;
}

void frame_array(fuzz_bytes *bytes, const struct ArrowSchema *schema, unsigned most, struct ArrowArray *out)
{
    static const unsigned shifts[] = {0, 0, 0, 1, 3, 8, 13, 64};
    int64_t length = fuzz_pick(bytes, most + 1), offset = shifts[fuzz_pick(bytes, 8)];
    own_array *own = begin_array(length, offset, 1, out);
    own_schema *columns = schema->private_data;
    own->count = columns->count;
    for (int64_t i = 0; i < own->count; i++) {
        own->seen[i] = own->children[i] = take(sizeof *own->children[i]);
        column_array(bytes, columns->children[i], length + offset + fuzz_pick(bytes, 2), shifts[fuzz_pick(bytes, 8)], own->children[i]);
    }
    out->n_children = own->count;
    out->children = own->seen;
}

/* ---- What is wrong with an array ---- */

static void spoil_one(fuzz_bytes *bytes, struct ArrowArray *at)
{
    static const int64_t lengths[] = {-1, INT64_MIN, INT64_MAX, INT64_MAX / 64 + 1};
    static const int64_t counts[] = {-2, INT64_MIN, INT64_MAX, 1, 0, -1};
    static const int64_t buffers[] = {-1, INT64_MIN, INT64_MAX, 0, 1, 2};
    const own_array *own = at->private_data;
    bool views = own->views; /* those say by how many buffers there are where the last one is */
    switch (fuzz_pick(bytes, 8)) {
    case 0: at->length = lengths[fuzz_pick(bytes, 4)]; return;
    case 1: at->length -= at->length > 0 ? 1 + (int64_t)fuzz_pick(bytes, 4) % at->length : 0; return;
    case 2: at->offset = lengths[fuzz_pick(bytes, 4)]; return;
    case 3: at->null_count = counts[fuzz_pick(bytes, 6)]; return;
    case 4: at->n_buffers = buffers[fuzz_pick(bytes, views ? 2 : 6)]; return;
    case 5: at->buffers = NULL; return;
    case 6: if (at->buffers != NULL) at->buffers[fuzz_pick(bytes, 4)] = NULL; return;
    default: at->dictionary = NULL; return;
    }
}

void frame_spoil(fuzz_bytes *bytes, struct ArrowArray *array)
{
    static const int64_t counts[] = {-1, INT64_MIN, INT64_MAX, 0};
    unsigned what = fuzz_byte(bytes);
    if (what < 0x80) return;
    own_array *own = array->private_data;
    if (what < 0xc0 && own->count > 0) {
        struct ArrowArray *child = own->children[fuzz_pick(bytes, (unsigned)own->count)];
        if (what % 4 == 0 && child->dictionary != NULL) child = child->dictionary;
        spoil_one(bytes, child);
        return;
    }
    switch (what % 8) {
    case 0: array->n_children = counts[fuzz_pick(bytes, 4)]; return;
    case 1: array->children = NULL; return;
    case 2: if (own->count > 0) array->children[fuzz_pick(bytes, (unsigned)own->count)] = NULL; return;
    default: spoil_one(bytes, array); return;
    }
}
