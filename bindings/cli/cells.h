/* cells.h - cells of texts, row by row, as an array of Arrow whose columns are utf8 views: a short cell is copied into its
 * view, a long one stays where it was read. What a text means to its input is the library's to say.
 */
#ifndef HUZHU_CLI_CELLS_H
#define HUZHU_CLI_CELLS_H

#include <huzhu/arrow.h>

#include <stdbool.h>
#include <string.h>

enum { CLI_VIEW_SHORT = 12 };

typedef struct cli_view {
    int32_t size;
    char start[4];          /* of a short text its first bytes, which go on behind */
    int32_t buffer, offset; /* of a long one */
} cli_view;

/* What views point into. */
typedef enum cli_buffer { CLI_BUFFER_INPUT, CLI_BUFFER_SCRATCH, CLI_BUFFERS } cli_buffer;

typedef struct cli_cells {
    size_t columns, rows, room;
    const char *bytes[CLI_BUFFERS];
    int64_t sizes[CLI_BUFFERS];
    cli_view *views;         /* column after column, `room` each */
    uint8_t *valid;          /* bits, likewise */
    uint8_t *any;            /* per column: it has a cell */
    const void **buffers;    /* five a column: valid, views, two buffers, their sizes */
    struct ArrowArray *arrays, **children;
    struct ArrowSchema *schemas, **fields;
    struct ArrowSchema schema;
    struct ArrowArray array;
} cli_cells;

/* names are borrowed while the cells are there. False: no memory; end it all the same. */
bool cli_cells_make(cli_cells *cells, const char *const *names, size_t columns);
void cli_cells_free(cli_cells *cells);

/* Empties it, with room for so many rows whose texts lie in these buffers. False: no memory. */
bool cli_cells_clear(cli_cells *cells, size_t rows, const char *input, size_t input_size, const char *scratch, size_t scratch_size);
/* Rows of another table of the same columns, those whose part is this one, in their order; part has an item a row. Their texts
 * stay where they are. False: no memory. */
bool cli_cells_gather(cli_cells *cells, const cli_cells *from, const uint32_t *part, uint32_t wanted);
/* What stands in it as an array, good until it is cleared. */
const struct ArrowArray *cli_cells_array(cli_cells *cells);

/* So many bytes must be readable behind a cell, whatever they are. */
enum { CLI_CELL_SLACK = CLI_VIEW_SHORT };

static inline void cli_cells_set(cli_cells *cells, size_t column, size_t row, const char *at, size_t size, cli_buffer buffer)
{
    cli_view *view = &cells->views[column * cells->room + row];
    cells->valid[column * (cells->room / 8) + row / 8] |= (uint8_t)(1u << (row % 8));
    cells->any[column] = 1;
    view->size = (int32_t)size;
    if (size <= CLI_VIEW_SHORT) {
        memcpy((char *)view + sizeof view->size, at, CLI_VIEW_SHORT); /* one size is faster than the right one */
        return;
    }
    memcpy(view->start, at, sizeof view->start);
    view->buffer = (int32_t)buffer;
    view->offset = (int32_t)(at - cells->bytes[buffer]);
}

/* A cell; false: there is none in that row. */
static inline bool cli_cells_get(const cli_cells *cells, size_t column, size_t row, huzhu_text *out)
{
    const cli_view *view = &cells->views[column * cells->room + row];
    if ((cells->valid[column * (cells->room / 8) + row / 8] >> (row % 8) & 1) == 0)
        return false;
    out->size = (size_t)view->size;
    out->data = view->size <= CLI_VIEW_SHORT ? (const char *)view + sizeof view->size : cells->bytes[view->buffer] + view->offset;
    return true;
}

#endif
