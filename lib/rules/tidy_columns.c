/* tidy_columns.c - columns: of lines that follow each other without an empty line and have the same shape.
 *
 * Values begin in one column behind dates, behind three names or more with a flow mapping each, and wherever one line of
 * the run has spaces to make it so. The cells of flow mappings stand in columns as far as the lines have the same keys.
 * Called by tidy.c.
 */
#include "rules/tidy_line.h"

#define SPREAD_MOST 24 /* columns: a cell so much wider than another is no column */
#define CELLS_MOST  64 /* cells of a line beyond this stand where they fall */
#define NAMES_LEAST 3  /* names with a flow mapping that make a run by themselves */

typedef enum line_shape { NO_SHAPE, DATED, FLOWING, PLAIN, ROW } line_shape;

static bool is_date(hz_str key)
{
    return (key.len > 0 && key.at[0] >= '0' && key.at[0] <= '9') || hz_str_is(key, "always");
}

static bool is_flow_map(hz_str bytes, const hz_tree *value)
{
    return value != NULL && value->kind == HZ_TREE_MAP && value->flow && value->pairs.count > 0 && hz_tidy_is_simple(bytes, value);
}

static line_shape shape_of(hz_str bytes, const hz_tidy_line *line)
{
    const hz_tree *value = line->value;
    if (value == NULL || (value->kind == HZ_TREE_SCALAR && value->style == HZ_TREE_LITERAL)) return NO_SHAPE;
    bool map = is_flow_map(bytes, value);
    if (line->pair == NULL) return map ? ROW : NO_SHAPE;
    if (value->flow && !hz_tidy_is_simple(bytes, value)) return NO_SHAPE;
    if (is_date(line->pair->key)) return DATED;
    return map ? FLOWING : PLAIN;
}

static uint32_t key_width(hz_str bytes, const hz_tidy_line *line)
{
    return line->pair != NULL ? hz_tidy_width(hz_tidy_raw(bytes, line->pair->key_span)) : 0;
}

/* Whether the author put spaces before the value. */
static bool is_padded(hz_str bytes, const hz_tidy_line *line)
{
    hz_str between = hz_str_part(bytes, line->pair->key_span.end, line->value->span.begin);
    size_t spaces = 0;
    for (size_t i = 0; i < between.len; i++) spaces = between.at[i] == ' ' ? spaces + 1 : 0;
    return spaces >= 2 && memchr(between.at, '\n', between.len) == NULL;
}

/* Puts the values of a run into one column, if they should stand so; whether they do. */
static bool align_values(hz_str bytes, hz_tidy_line *lines, uint32_t count, line_shape shape)
{
    bool asked = shape == DATED || (shape == FLOWING && count >= NAMES_LEAST), same = true;
    uint32_t widest = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t width = key_width(bytes, &lines[i]);
        asked = asked || is_padded(bytes, &lines[i]);
        same = same && width == key_width(bytes, &lines[0]);
        widest = width > widest ? width : widest;
    }
    for (uint32_t i = 0; asked && i < count; i++) lines[i].pad = widest - key_width(bytes, &lines[i]);
    return asked || same;
}

static bool has_key(const hz_tidy_line *line, uint32_t cell, hz_str key)
{
    return cell < line->value->pairs.count && hz_str_eq(line->value->pairs.at[cell].key, key);
}

/* Lines whose cells before `cell` have the same keys and stand in columns: those of them that follow each other and
 * have the same key there get it in one column, too, and so on. */
static void align_cells(hz_str bytes, hz_tidy_line *lines, uint32_t count, uint32_t cell)
{
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        const hz_tree *first = lines[begin].value;
        end = begin + 1;
        if (cell >= first->pairs.count || cell == CELLS_MOST) continue;
        uint32_t least = UINT32_MAX, most = 0;
        while (end < count && has_key(&lines[end], cell, first->pairs.at[cell].key)) end++;
        for (uint32_t i = begin; cell > 0 && i < end; i++) {
            uint32_t width = hz_tidy_cell_width(bytes, &lines[i].value->pairs.at[cell - 1]);
            least = width < least ? width : least;
            most = width > most ? width : most;
        }
        if (end - begin < 2 || (cell > 0 && most - least > SPREAD_MOST)) continue;
        for (uint32_t i = begin; cell > 0 && i < end; i++)
            lines[i].cells[cell - 1] = most - hz_tidy_cell_width(bytes, &lines[i].value->pairs.at[cell - 1]);
        align_cells(bytes, lines + begin, end - begin, cell + 1);
    }
}

static void align_run(hz_arena *arena, hz_str bytes, hz_tidy_line *lines, uint32_t count, line_shape shape)
{
    if (shape != ROW && !align_values(bytes, lines, count, shape)) return;
    for (uint32_t begin = 0, end; begin < count; begin = end) {
        end = begin + 1;
        if (!is_flow_map(bytes, lines[begin].value)) continue;
        while (end < count && is_flow_map(bytes, lines[end].value)) end++;
        for (uint32_t i = begin; i < end; i++) lines[i].cells = HZ_NEW_MANY(arena, uint32_t, lines[i].value->pairs.count);
        align_cells(bytes, lines + begin, end - begin, 0);
    }
}

void hz_tidy_columns(hz_arena *arena, hz_str bytes, const hz_tidy_lines *lines)
{
    for (uint32_t begin = 0, end; begin < lines->count; begin = end) {
        line_shape shape = shape_of(bytes, &lines->at[begin]);
        end = begin + 1;
        if (shape == NO_SHAPE) continue;
        while (end < lines->count && !lines->at[end].blank && lines->at[end].owner == lines->at[begin].owner &&
               shape_of(bytes, &lines->at[end]) == shape)
            end++;
        align_run(arena, bytes, &lines->at[begin], end - begin, shape);
    }
}
