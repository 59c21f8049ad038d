/* fuzz_tree.c - any bytes as a YAML file: read into a tree, every place of the tree checked against the bytes.
 *
 * Beyond "no crash": no tree without an error, spans inside the file, each byte of a value where its offset says, no
 * key twice, every diagnostic can be shown. Built as a libFuzzer target, and run over its corpus (corpus/tree) as a
 * test.
 */
#include "base/utf8.h"
#include "rules/tree.h"

#include <stdint.h>
#include <stdlib.h>

#define MEMORY ((size_t)512 << 20)

typedef struct trial {
    hz_arena arena;
    hz_escape escape;
    hz_sources sources;
    hz_diags diags;
    hz_str bytes;
    hz_buf shown;
} trial;

static void demand(bool holds)
{
    if (!holds) abort();
}

static void check_span(const trial *work, hz_span span)
{
    demand(span.file == 0 && span.begin <= span.end && span.end <= work->bytes.len);
}

static bool over_lines(const trial *work, hz_span span)
{
    for (uint32_t i = span.begin; i < span.end; i++)
        if (work->bytes.at[i] == '\n' || work->bytes.at[i] == '\r') return true;
    return false;
}

/* Bytes of the value are those of the file, but for what an escape or a folded line made. */
static void check_offsets(const trial *work, const hz_tree *scalar)
{
    bool exact = scalar->style == HZ_TREE_SINGLE && !over_lines(work, scalar->span);
    for (size_t i = 0; i < scalar->text.len; i++) {
        uint32_t at = scalar->offsets[i];
        demand(scalar->span.begin <= at && at <= scalar->offsets[i + 1]);
        demand(!exact || work->bytes.at[at] == scalar->text.at[i]);
        if (scalar->style == HZ_TREE_LITERAL && work->bytes.at[scalar->span.begin] == '|' && scalar->text.at[i] != '\n')
            demand(work->bytes.at[at] == scalar->text.at[i]);
    }
    demand(scalar->offsets[scalar->text.len] <= scalar->span.end);
}

static void check_scalar(const trial *work, const hz_tree *scalar)
{
    demand(scalar->style <= HZ_TREE_LITERAL);
    demand(hz_utf8_check(scalar->text) == scalar->text.len);
    if (scalar->offsets != NULL) {
        demand(scalar->text_begin == scalar->offsets[0]);
        check_offsets(work, scalar);
        return;
    }
    demand(scalar->text_begin >= scalar->span.begin && scalar->text_begin + scalar->text.len <= scalar->span.end);
    demand(scalar->text.len == 0 ||
           memcmp(work->bytes.at + scalar->text_begin, scalar->text.at, scalar->text.len) == 0);
}

static void check_tree(const trial *work, const hz_tree *tree, unsigned depth)
{
    demand(depth <= HZ_TREE_DEPTH);
    check_span(work, tree->span);
    if (tree->kind == HZ_TREE_SCALAR) check_scalar(work, tree);
    for (uint32_t i = 0; tree->kind == HZ_TREE_LIST && i < tree->items.count; i++)
        check_tree(work, tree->items.at[i], depth + 1);
    for (uint32_t i = 0; tree->kind == HZ_TREE_MAP && i < tree->pairs.count; i++) {
        const hz_tree_pair *pair = &tree->pairs.at[i];
        check_span(work, pair->key_span);
        check_tree(work, pair->value, depth + 1);
        for (uint32_t k = 0; k < i && i < 100; k++) demand(!hz_str_eq(tree->pairs.at[k].key, pair->key));
    }
}

static void check_diags(trial *work)
{
    hz_diags_sort(&work->diags);
    for (uint32_t i = 0; i < work->diags.list.count; i++) {
        const hz_diag *diag = &work->diags.list.at[i];
        check_span(work, diag->span);
        demand(diag->message.len > 0 && hz_utf8_check(diag->message) == diag->message.len);
        demand(hz_utf8_check(diag->hint) == diag->hint.len);
        hz_buf_reset(&work->shown);
        hz_diag_render(diag, &work->sources, &work->shown);
        hz_diag_json(diag, &work->sources, &work->shown);
    }
}

static void read_bytes(trial *work)
{
    uint32_t file = hz_sources_add(&work->arena, &work->sources, HZ_STR("fuzz.yaml"), work->bytes);
    hz_tree *tree = hz_tree_read(&work->arena, &work->diags, &work->sources, file);
    demand(tree != NULL || work->diags.errors > 0);
    if (tree != NULL) check_tree(work, tree, 0);
    check_diags(work);
}

static void guarded(trial *work)
{
    work->arena.escape = &work->escape;
    if (setjmp(work->escape.to) == 0) read_bytes(work);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    trial work = {.bytes = {(const char *)data, size}};
    hz_arena_begin(&work.arena, &hz_alloc_libc, MEMORY);
    hz_buf_begin(&work.shown, &hz_alloc_libc);
    work.diags.arena = &work.arena;
    guarded(&work);
    hz_buf_end(&work.shown);
    hz_arena_end(&work.arena);
    return 0;
}
