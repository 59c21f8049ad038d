/* peer_stream.c - see the header. */
#include "peer_stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void keep_schema(struct ArrowSchema *schema)
{
    schema->release = NULL; /* it lies in the source */
}

static void keep_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static void name_codes(peer_source_column *c, const huzhu_plan *plan, size_t input, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count && i < PEER_CODES; i++) {
        huzhu_code_info code = {.struct_size = sizeof code};
        peer_check("code", huzhu_plan_code_at(plan, input, i, &code));
        if (length + code.id.size > sizeof c->code_bytes)
            peer_fail("codes are too long for this bench");
        memcpy(c->code_bytes + length, code.id.data, code.id.size);
        c->code_offsets[i + 1] = (int32_t)(length += code.id.size);
    }
    c->codes_buffers[1] = c->code_offsets;
    c->codes_buffers[2] = c->code_bytes;
    c->codes_schema = (struct ArrowSchema){.format = "u", .name = "", .release = keep_schema};
    c->codes = (struct ArrowArray){.length = (int64_t)count, .n_buffers = 3, .buffers = c->codes_buffers, .release = keep_array};
    c->schema.dictionary = &c->codes_schema;
}

static void *widened(const int64_t *values, size_t rows)
{
    int64_t *wide = calloc(rows, 2 * sizeof *wide);
    if (wide == NULL)
        peer_fail("no memory");
    for (size_t row = 0; row < rows; row++) {
        wide[2 * row] = values[row];
        wide[2 * row + 1] = values[row] < 0 ? -1 : 0;
    }
    return wide;
}

static void add_column(peer_source *s, const huzhu_plan *plan, size_t i)
{
    peer_source_column *c = &s->columns[i];
    huzhu_input_info info = {.struct_size = sizeof info};
    peer_check("input", huzhu_plan_input_at(plan, i, &info));
    snprintf(c->name, sizeof c->name, "%s", info.name.data);
    c->schema = (struct ArrowSchema){.name = c->name, .format = c->format, .flags = ARROW_FLAG_NULLABLE, .release = keep_schema};
    c->buffers[0] = s->table.valid[i];
    c->buffers[1] = s->table.values[i];
    c->buffers[2] = s->table.bytes[i];
    switch (s->table.kind[i]) {
    case PEER_TEXTS: strcpy(c->format, "u"); break;
    case PEER_FLAGS: strcpy(c->format, "b"); break;
    case PEER_DAYS:
        strcpy(c->format, info.code_count > 0 ? "i" : "tdD");
        if (info.code_count > 0) name_codes(c, plan, i, info.code_count);
        break;
    case PEER_NUMBERS:
        strcpy(c->format, "l");
        if (info.scale == 0) break;
        snprintf(c->format, sizeof c->format, "d:18,%d", info.scale);
        c->buffers[1] = c->decimals = widened(s->table.values[i], s->table.rows);
        break;
    }
    s->schemas[i] = &c->schema;
    s->arrays[i] = &c->array;
}

void peer_source_make(peer_source *s, const huzhu_plan *plan, const peer *by_hand)
{
    *s = (peer_source){.peer = by_hand};
    if (!peer_table_make(&s->table, by_hand, PEER_ARRAY, 20240102) || peer_table_key(&s->table, by_hand, 7, false) == 0)
        peer_fail("no memory");
    for (size_t i = 0; i < by_hand->inputs; i++)
        add_column(s, plan, i);
    s->schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = (int64_t)by_hand->inputs, .children = s->schemas, .release = keep_schema};
}

void peer_source_drop(peer_source *s)
{
    for (size_t i = 0; i < s->peer->inputs; i++)
        free(s->columns[i].decimals);
    peer_table_drop(&s->table, s->peer);
}

/* Other keys for another array: M0000042 becomes M0100042. */
static void renew(peer_source *s, size_t column, size_t rows)
{
    for (char *at = s->table.bytes[column], *end = at + rows * PEER_KEY_BYTES; at < end; at += PEER_KEY_BYTES) {
        at[2]++;
        for (size_t digit = 2; digit > 0 && at[digit] > '9'; digit--) {
            at[digit] = '0';
            at[digit - 1]++;
        }
    }
}

void peer_source_next(peer_source *s, struct ArrowArray *out)
{
    size_t rows = s->left < PEER_ARRAY ? s->left : PEER_ARRAY;
    *out = (struct ArrowArray){0};
    if (rows == 0) return;
    s->left -= rows;
    renew(s, 0, rows);
    if (s->table.kind[1] == PEER_TEXTS) renew(s, 1, rows);
    for (size_t i = 0; i < s->peer->inputs; i++) {
        peer_source_column *c = &s->columns[i];
        c->array = (struct ArrowArray){.length = (int64_t)rows, .null_count = -1, .n_buffers = s->table.kind[i] == PEER_TEXTS ? 3 : 2,
                                       .buffers = c->buffers, .release = keep_array};
        if (c->schema.dictionary != NULL) c->array.dictionary = &c->codes;
    }
    *out = (struct ArrowArray){.length = (int64_t)rows, .n_buffers = 1, .buffers = s->none, .n_children = (int64_t)s->peer->inputs,
                               .children = s->arrays, .release = keep_array};
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    *out = ((peer_source *)stream->private_data)->schema;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    peer_source_next(stream->private_data, out);
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void let_go(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

struct ArrowArrayStream peer_source_stream(peer_source *s)
{
    return (struct ArrowArrayStream){get_schema, get_next, get_last_error, let_go, s};
}
