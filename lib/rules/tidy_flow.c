/* tidy_flow.c - { } and [ ] on one line: a comma or colon is followed by one space, brackets by none.
 *
 * Called by tidy.c, and by tidy_columns.c to measure.
 */
#include "rules/tidy_line.h"

#include "base/utf8.h"

uint32_t hz_tidy_width(hz_str text)
{
    uint32_t width = 0;
    for (size_t at = 0; at < text.len;) width += hz_utf8_width(hz_utf8_next(text, &at));
    return width;
}

void hz_tidy_put(hz_tidy_out *out, hz_str text)
{
    if (out->text != NULL) hz_buf_add(out->text, text);
    out->width += hz_tidy_width(text);
}

void hz_tidy_spaces(hz_tidy_out *out, uint32_t count)
{
    if (out->text != NULL) hz_buf_add_spaces(out->text, count);
    out->width += count;
}

static bool is_whole(const hz_tree *node)
{
    if (node->kind == HZ_TREE_NULL) return false;
    for (uint32_t i = 0; node->kind == HZ_TREE_LIST && i < node->items.count; i++)
        if (!is_whole(node->items.at[i])) return false;
    for (uint32_t i = 0; node->kind == HZ_TREE_MAP && i < node->pairs.count; i++)
        if (!is_whole(node->pairs.at[i].value)) return false;
    return true;
}

bool hz_tidy_is_simple(hz_str bytes, const hz_tree *flow)
{
    for (size_t at = flow->span.begin; at < flow->span.end; at++)
        if (bytes.at[at] == '\n' || bytes.at[at] == '\r') return false;
    return is_whole(flow);
}

static void put_pair(hz_tidy_out *out, hz_str bytes, const hz_tree_pair *pair)
{
    hz_tidy_put(out, hz_tidy_raw(bytes, pair->key_span));
    hz_tidy_put(out, HZ_STR(": "));
    hz_tidy_flow(out, bytes, pair->value, NULL);
}

void hz_tidy_flow(hz_tidy_out *out, hz_str bytes, const hz_tree *flow, const uint32_t *cells)
{
    if (flow->kind == HZ_TREE_LIST) {
        for (uint32_t i = 0; i < flow->items.count; i++) {
            hz_tidy_put(out, i == 0 ? HZ_STR("[") : HZ_STR(", "));
            hz_tidy_flow(out, bytes, flow->items.at[i], NULL);
        }
        hz_tidy_put(out, flow->items.count == 0 ? HZ_STR("[]") : HZ_STR("]"));
    } else if (flow->kind == HZ_TREE_MAP) {
        for (uint32_t i = 0; i < flow->pairs.count; i++) {
            hz_tidy_put(out, i == 0 ? HZ_STR("{") : HZ_STR(", "));
            if (i > 0 && cells != NULL) hz_tidy_spaces(out, cells[i - 1]);
            put_pair(out, bytes, &flow->pairs.at[i]);
        }
        hz_tidy_put(out, flow->pairs.count == 0 ? HZ_STR("{}") : HZ_STR("}"));
    } else {
        hz_tidy_put(out, hz_tidy_raw(bytes, flow->span));
    }
}

uint32_t hz_tidy_cell_width(hz_str bytes, const hz_tree_pair *pair)
{
    hz_tidy_out out = {NULL, 0};
    put_pair(&out, bytes, pair);
    return out.width + 1;
}
