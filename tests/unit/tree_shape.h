/* tree_shape.h - for tests of the YAML reader: a tree as one line, a diagnostic as one line.
 *
 *     {a: [x, 'y']}   {a [x 'y']}        plain x, 'single', "double", |literal|, ~ for nothing
 */
#ifndef HZ_TESTS_TREE_SHAPE_H
#define HZ_TESTS_TREE_SHAPE_H

#include "base/buf.h"
#include "rules/tree.h"

static inline void tree_add_scalar(hz_buf *out, const hz_tree *scalar)
{
    static const char *const marks[] = {"", "'", "\"", "|"};
    hz_buf_printf(out, "%s", marks[scalar->style]);
    for (size_t i = 0; i < scalar->text.len; i++) {
        if (scalar->text.at[i] == '\n') hz_buf_add_literal(out, "\\n");
        else hz_buf_add_char(out, scalar->text.at[i]);
    }
    hz_buf_printf(out, "%s", marks[scalar->style]);
}

static inline void tree_add_shape(hz_buf *out, const hz_tree *tree)
{
    switch (tree->kind) {
    case HZ_TREE_NULL: hz_buf_add_char(out, '~'); break;
    case HZ_TREE_SCALAR: tree_add_scalar(out, tree); break;
    case HZ_TREE_LIST:
        hz_buf_add_char(out, '[');
        for (uint32_t i = 0; i < tree->items.count; i++) {
            hz_buf_printf(out, "%s", i > 0 ? " " : "");
            tree_add_shape(out, tree->items.at[i]);
        }
        hz_buf_add_char(out, ']');
        break;
    default:
        hz_buf_add_char(out, '{');
        for (uint32_t i = 0; i < tree->pairs.count; i++) {
            hz_buf_printf(out, "%s%.*s ", i > 0 ? " " : "", HZ_ARG(tree->pairs.at[i].key));
            tree_add_shape(out, tree->pairs.at[i].value);
        }
        hz_buf_add_char(out, '}');
    }
}

/* CODE begin-end message | hint | begin-end related */
static inline void tree_add_complaint(hz_buf *out, const hz_diag *diag)
{
    hz_buf_printf(out, "%s %u-%u %.*s", hz_code_name(diag->code), diag->span.begin, diag->span.end,
                  HZ_ARG(diag->message));
    if (diag->hint.len != 0) hz_buf_printf(out, " | %.*s", HZ_ARG(diag->hint));
    for (uint32_t i = 0; i < diag->related.count; i++) {
        const hz_related *related = &diag->related.at[i];
        hz_buf_printf(out, " | %u-%u %.*s", related->span.begin, related->span.end, HZ_ARG(related->message));
    }
}

/* A file that was read. The test holds arena and buf; tree_end gives them back. */
typedef struct tree_read {
    hz_arena arena;
    hz_escape escape;
    hz_sources sources;
    hz_diags diags;
    hz_tree *tree;
    hz_buf out;
} tree_read;

static inline void tree_begin(tree_read *read, hz_str bytes)
{
    *read = (tree_read){.tree = NULL};
    hz_arena_begin(&read->arena, &hz_alloc_libc, 0);
    hz_buf_begin(&read->out, &hz_alloc_libc);
    read->arena.escape = &read->escape;
    read->diags.arena = &read->arena;
    uint32_t file = hz_sources_add(&read->arena, &read->sources, HZ_STR("stay.yaml"), bytes);
    read->tree = hz_tree_read(&read->arena, &read->diags, &read->sources, file);
}

static inline void tree_end(tree_read *read)
{
    hz_buf_end(&read->out);
    hz_arena_end(&read->arena);
}

/* The shape, then each complaint on a line of its own. */
static inline const char *tree_text(tree_read *read)
{
    hz_buf_reset(&read->out);
    if (read->tree != NULL) tree_add_shape(&read->out, read->tree);
    for (uint32_t i = 0; i < read->diags.list.count; i++) {
        hz_buf_printf(&read->out, "%s", read->out.len > 0 ? "\n" : "");
        tree_add_complaint(&read->out, &read->diags.list.at[i]);
    }
    return hz_buf_text(&read->out).at;
}

#endif
