/* cells.c - the memory of a table of cells, and the structs of Arrow around it. */
#include "cells.h"

#include <stdlib.h>

enum { VALID, VIEWS, FIRST_BUFFER, SIZES = FIRST_BUFFER + CLI_BUFFERS, PER_COLUMN };

/* Arrays and schemas are borrowed by those they are shown to: nothing to let go of. */
static void keep_schema(struct ArrowSchema *schema)
{
    (void)schema;
}

static void keep_array(struct ArrowArray *array)
{
    (void)array;
}

bool cli_cells_make(cli_cells *cells, const char *const *names, size_t columns)
{
    *cells = (cli_cells){.columns = columns};
    cells->any = calloc(columns + 1, 1);
    cells->buffers = calloc((columns + 1) * PER_COLUMN, sizeof *cells->buffers);
    cells->arrays = calloc(columns + 1, sizeof *cells->arrays);
    cells->children = calloc(columns + 1, sizeof *cells->children);
    cells->schemas = calloc(columns + 1, sizeof *cells->schemas);
    cells->fields = calloc(columns + 1, sizeof *cells->fields);
    if (cells->any == NULL || cells->buffers == NULL || cells->arrays == NULL || cells->children == NULL || cells->schemas == NULL || cells->fields == NULL)
        return false;
    for (size_t i = 0; i < columns; i++) {
        cells->schemas[i] = (struct ArrowSchema){.format = "vu", .name = names[i], .flags = ARROW_FLAG_NULLABLE, .release = keep_schema};
        cells->fields[i] = &cells->schemas[i];
        cells->children[i] = &cells->arrays[i];
    }
    cells->schema = (struct ArrowSchema){.format = "+s", .name = "", .n_children = (int64_t)columns, .children = cells->fields, .release = keep_schema};
    return true;
}

void cli_cells_free(cli_cells *cells)
{
    free(cells->views);
    free(cells->valid);
    free(cells->any);
    free(cells->buffers);
    free(cells->arrays);
    free(cells->children);
    free(cells->schemas);
    free(cells->fields);
    *cells = (cli_cells){0};
}

bool cli_cells_clear(cli_cells *cells, size_t rows, const char *input, size_t input_size, const char *scratch, size_t scratch_size)
{
    if (rows > cells->room || cells->views == NULL) {
        size_t room = (rows + rows / 8) / 64 * 64 + 64;
        free(cells->views);
        free(cells->valid);
        cells->room = room;
        cells->views = calloc(room * (cells->columns + 1), sizeof *cells->views);
        cells->valid = malloc(room / 8 * (cells->columns + 1));
        if (cells->views == NULL || cells->valid == NULL)
            return false;
    }
    memset(cells->valid, 0, cells->room / 8 * cells->columns);
    memset(cells->any, 0, cells->columns);
    cells->rows = 0;
    cells->bytes[CLI_BUFFER_INPUT] = input;
    cells->bytes[CLI_BUFFER_SCRATCH] = scratch;
    cells->sizes[CLI_BUFFER_INPUT] = (int64_t)input_size;
    cells->sizes[CLI_BUFFER_SCRATCH] = (int64_t)scratch_size;
    return true;
}

bool cli_cells_gather(cli_cells *cells, const cli_cells *from, const uint32_t *part, uint32_t wanted)
{
    size_t rows = 0;
    for (size_t r = 0; r < from->rows; r++)
        rows += part[r] == wanted;
    if (!cli_cells_clear(cells, rows, from->bytes[CLI_BUFFER_INPUT], (size_t)from->sizes[CLI_BUFFER_INPUT], from->bytes[CLI_BUFFER_SCRATCH],
                         (size_t)from->sizes[CLI_BUFFER_SCRATCH]))
        return false;
    cells->rows = rows;
    for (size_t c = 0; c < from->columns; c++) {
        const cli_view *views = from->views + c * from->room;
        const uint8_t *valid = from->valid + c * (from->room / 8);
        cli_view *to = cells->views + c * cells->room;
        uint8_t *bits = cells->valid + c * (cells->room / 8);
        for (size_t r = 0, at = 0; r < from->rows && from->any[c]; r++) {
            if (part[r] != wanted)
                continue;
            to[at] = views[r];
            bits[at / 8] |= (uint8_t)((valid[r / 8] >> (r % 8) & 1) << (at % 8));
            at++;
        }
    }
    return true;
}

const struct ArrowArray *cli_cells_array(cli_cells *cells)
{
    static const void *none[1] = {NULL};
    for (size_t i = 0; i < cells->columns; i++) {
        const void **buffers = cells->buffers + i * PER_COLUMN;
        buffers[VALID] = cells->valid + i * (cells->room / 8);
        buffers[VIEWS] = cells->views + i * cells->room;
        for (int b = 0; b < CLI_BUFFERS; b++)
            buffers[FIRST_BUFFER + b] = cells->bytes[b];
        buffers[SIZES] = cells->sizes;
        cells->arrays[i] = (struct ArrowArray){
            .length = (int64_t)cells->rows, .null_count = -1, .n_buffers = PER_COLUMN, .buffers = buffers, .release = keep_array};
    }
    cells->array = (struct ArrowArray){.length = (int64_t)cells->rows,
                                       .n_buffers = 1,
                                       .n_children = (int64_t)cells->columns,
                                       .buffers = none,
                                       .children = cells->children,
                                       .release = keep_array};
    return &cells->array;
}
