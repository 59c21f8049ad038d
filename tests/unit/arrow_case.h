/* arrow_case.h - for tests of Arrow columns: arrays and schemas made by hand from texts, of any type and offset. Their memory is
 * static: releases are counted and free nothing.
 */
#ifndef HZ_TESTS_ARROW_CASE_H
#define HZ_TESTS_ARROW_CASE_H

#include "api_case.h"

#include <huzhu/arrow.h>

enum { ROWS = 300, LONGEST = 40 };

typedef struct made {
    const char *format, *values; /* values: of a dictionary its format */
    int64_t offset;
    uint64_t valid[8], bits[8];
    unsigned char bytes[(ROWS + 16) * 32], more[(ROWS + 16) * 32], text[(ROWS + 16) * LONGEST];
    const void *buffers[4], *dictionary_buffers[4];
    int64_t sizes[1];
    struct ArrowArray array, dictionary;
    struct ArrowSchema schema, dictionary_schema;
    int released;
} made;

static int all_released;

static inline void let_go(struct ArrowArray *array)
{
    all_released++;
    array->release = NULL;
}

static inline void let_schema_go(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static inline int days_of(const char *text)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8), days = 0;
    for (int y = 1970; y < year; y++) days += (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 ? 366 : 365;
    bool leap = ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0) && month > 2;
    return days + before[month - 1] + day - 1 + (leap ? 1 : 0);
}

/* "12.5" at a scale. */
static inline int64_t coefficient_of(const char *text, int scale)
{
    bool minus = *text == '-';
    int64_t out = 0;
    int places = -1;
    for (const char *at = text + minus; *at != '\0'; at++) {
        if (*at == '.') places = 0;
        else {
            out = out * 10 + *at - '0';
            if (places >= 0) places++;
        }
    }
    for (int p = places < 0 ? 0 : places; p < scale; p++) out *= 10;
    return minus ? -out : out;
}

static inline void put_integer(unsigned char *at, int64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++) at[i] = (unsigned char)((uint64_t)(value >> (i < 8 ? 8 * i : 63)) & 0xff);
}

static inline size_t integer_width(char c)
{
    return (size_t)1 << (strchr("cCsSiIlL", c) - "cCsSiIlL") / 2;
}

/* Puts one value as the format has it. */
static inline void put_value(made *m, const char *format, unsigned char *bytes, int64_t at, const char *text, size_t *texts)
{
    size_t row = (size_t)at, len = text != NULL ? strlen(text) : 0;
    if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0) {
        size_t width = format[0] == 'u' ? 4 : 8;
        if (len > 0) memcpy(m->text + *texts, text, len);
        put_integer(bytes + width * row, (int64_t)*texts, width);
        *texts += len;
        put_integer(bytes + width * (row + 1), (int64_t)*texts, width);
        return;
    }
    if (strcmp(format, "vu") == 0) {
        put_integer(bytes + 16 * row, (int64_t)len, 4);
        if (len <= 12) {
            if (len > 0) memcpy(bytes + 16 * row + 4, text, len);
            return;
        }
        memcpy(m->text + *texts, text, len);
        put_integer(bytes + 16 * row + 8, 0, 4);
        put_integer(bytes + 16 * row + 12, (int64_t)*texts, 4);
        *texts += len;
        return;
    }
    if (text == NULL) return;
    if (format[0] == 'b') {
        if (strcmp(text, "true") == 0) bytes[row / 8] |= (unsigned char)(1u << (row % 8));
    } else if (format[0] == 't') {
        int64_t days = days_of(text), unit = format[1] == 'd' ? (format[2] == 'D' ? 1 : 86400000) : format[2] == 's' ? 86400 : 86400000000000;
        put_integer(bytes + (format[2] == 'D' ? 4 : 8) * row, days * unit, format[2] == 'D' ? 4 : 8);
    } else if (format[0] == 'd') {
        int precision = 0, scale = 0, bits = 128;
        sscanf(format, "d:%d,%d,%d", &precision, &scale, &bits);
        put_integer(bytes + (size_t)bits / 8 * row, coefficient_of(text, scale), (size_t)bits / 8);
    } else if (format[0] == 'g') {
        double value = strtod(text, NULL);
        memcpy(bytes + 8 * row, &value, 8);
    } else {
        int64_t value = strcmp(text, "true") == 0 ? 1 : strcmp(text, "false") == 0 ? 0 : coefficient_of(text, 0);
        put_integer(bytes + integer_width(format[0]) * row, value, integer_width(format[0]));
    }
}

static inline int64_t buffer_count(const char *format)
{
    return format[0] == 'u' || format[0] == 'U' || format[0] == 'v' ? 3 : 2;
}

/* A column of rows texts (NULL: null) behind `offset` rows that nobody may look at. "c:u" is a dictionary of texts. */
static inline void make(made *m, const char *name, const char *format, const char *const *texts, int64_t rows, int64_t offset)
{
    static const char index_formats[][2] = {"c", "C", "s", "i", "l"};
    const char *values = strlen(format) > 2 && format[1] == ':' && format[0] != 'd' ? format + 2 : NULL;
    const char *entry_texts[ROWS];
    int64_t entries = 0;
    size_t end = 0;
    memset(m, 0, sizeof *m);
    m->format = format;
    for (size_t i = 0; values != NULL && i < 5; i++)
        if (index_formats[i][0] == format[0]) m->format = index_formats[i];
    for (int64_t r = 0; r < offset + rows; r++) {
        const char *text = r < offset ? NULL : texts[r - offset];
        if (text != NULL) m->valid[r / 64] |= UINT64_C(1) << (r % 64);
        if (values == NULL) {
            put_value(m, format, m->bytes, r, text, &end);
            continue;
        }
        int64_t place = 0; /* of the same text among those before */
        while (text != NULL && place < entries && strcmp(entry_texts[place], text) != 0) place++;
        put_integer(m->bytes + integer_width(format[0]) * (size_t)r, place, integer_width(format[0]));
        if (text == NULL || place < entries) continue;
        entry_texts[entries] = text;
        put_value(m, values, m->more, entries++, text, &end);
    }
    m->buffers[0] = m->valid;
    m->buffers[1] = m->bytes;
    m->buffers[2] = m->text;
    if (format[0] == 'v') { /* one buffer of bytes, and its size */
        m->sizes[0] = (int64_t)end;
        m->buffers[3] = m->sizes;
    }
    m->schema = (struct ArrowSchema){.format = m->format, .name = name, .flags = 2, .release = let_schema_go};
    m->array = (struct ArrowArray){.length = rows, .null_count = -1, .offset = offset, .n_buffers = buffer_count(m->format) + (format[0] == 'v'),
                                   .buffers = m->buffers, .release = let_go};
    if (values == NULL) return;
    m->dictionary_buffers[1] = m->more;
    m->dictionary_buffers[2] = m->text;
    m->dictionary_buffers[3] = m->sizes;
    m->sizes[0] = (int64_t)end;
    m->dictionary_schema = (struct ArrowSchema){.format = values, .name = "", .release = let_schema_go};
    m->dictionary = (struct ArrowArray){.length = entries, .n_buffers = buffer_count(values) + (values[0] == 'v'), .buffers = m->dictionary_buffers, .release = let_go};
    m->schema.dictionary = &m->dictionary_schema;
    m->array.dictionary = &m->dictionary;
}

typedef struct frame {
    made columns[INPUTS + COUNTERS + 1];
    struct ArrowArray *arrays[INPUTS + COUNTERS + 1], array;
    struct ArrowSchema *schemas[INPUTS + COUNTERS + 1], schema;
    const void *none[1];
} frame;

static inline void join(frame *f, int64_t count, int64_t rows)
{
    for (int64_t i = 0; i < count; i++) {
        f->arrays[i] = &f->columns[i].array;
        f->schemas[i] = &f->columns[i].schema;
    }
    f->none[0] = NULL;
    f->schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = count, .children = f->schemas, .release = let_schema_go};
    f->array = (struct ArrowArray){.length = rows, .n_buffers = 1, .buffers = f->none, .n_children = count, .children = f->arrays, .release = let_go};
}

#endif
