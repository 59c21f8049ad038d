/* tree_nodes.c - puts nodes into each other as they are read, and refuses what no node can stand for.
 *
 * Knows nothing of libyaml: yaml.c tells what begins and ends, and where. Memory is bounded by HZ_TREE_MOST_NODES and
 * the file's size.
 */
#include "rules/tree_build.h"

/* Anchors, aliases and tags reported in one file: who uses them uses many. */
#define MOST_SIGNS 5

/* ---- refusals ---- */

/* Reading goes on, to find more of them. */
static hz_diag *refuse(hz_tree_build *build, hz_span span, const char *words)
{
    build->unusable = true;
    return hz_error(build->diags, HZ_E_YAML_FEATURE, span, "%s", words);
}

void hz_tree_refuse_sign(hz_tree_build *build, hz_span span)
{
    build->unusable = true;
    if (build->signs++ >= MOST_SIGNS) return;
    int sign = hz_tree_byte(build, span.begin);
    size_t end = span.begin;
    while (!hz_is_line_end(hz_tree_byte(build, end)) && strchr(" ,[]{}", hz_tree_byte(build, end)) == NULL) end++;
    hz_diag *diag = refuse(build, hz_tree_span(build, span.begin, end),
                           sign == '&'   ? "`&` names a value in YAML (an anchor)"
                           : sign == '*' ? "`*` repeats another value in YAML (an alias)"
                                         : "`!` gives a value a type in YAML (a tag)");
    hz_diag_hint(build->diags, diag, "%s; a text that begins with this sign needs '…' around it",
                 sign == '*' ? "write the value itself" : "remove it");
}

void hz_tree_refuse_run_on(hz_tree_build *build)
{
    hz_span span = build->run_on;
    build->run_on = HZ_NO_SPAN;
    if (span.file == HZ_NO_FILE) return;
    span.end = (uint32_t)hz_tree_line_end(build, span.begin);
    hz_diag *diag = hz_error(build->diags, HZ_E_YAML_FEATURE, span,
                             "this text goes over several lines, which YAML joins with spaces");
    hz_diag_hint(build->diags, diag, "keep it on one line, or write `|` and the text below it, indented");
}

static bool within_limits(hz_tree_build *build, hz_span span, bool collection)
{
    if (collection && build->depth == HZ_TREE_DEPTH) {
        hz_diag *diag = hz_error(build->diags, HZ_E_TOO_LARGE, hz_tree_span(build, span.begin, span.begin + 1),
                                 "lists and mappings are nested more than %d deep", HZ_TREE_DEPTH);
        hz_diag_hint(build->diags, diag, "rule files need about ten levels");
        return false;
    }
    if (build->nodes++ < HZ_TREE_MOST_NODES) return true;
    hz_diag *diag = hz_error(build->diags, HZ_E_TOO_LARGE, hz_tree_span(build, span.begin, span.begin),
                             "the file has more than %u values", HZ_TREE_MOST_NODES);
    hz_diag_hint(build->diags, diag, "divide the file");
    return false;
}

/* ---- nodes ---- */

static bool key_due(const hz_tree_build *build)
{
    return build->depth > 0 && build->levels[build->depth - 1].node->kind == HZ_TREE_MAP &&
           !build->levels[build->depth - 1].value_due;
}

/* Where open collections gather what they hold. */
static hz_arena *room_of(const hz_tree_build *build)
{
    return build->whole != NULL ? build->whole : build->arena;
}

/* From here on the items of the innermost list lie in an arena of their own, until it is closed. */
static void begin_long(hz_tree_build *build)
{
    hz_tree *list = build->levels[build->depth - 1].node;
    list->own = HZ_NEW(build->arena, hz_arena);
    hz_arena_begin_within(list->own, build->arena);
    build->whole = build->arena;
    build->long_at = build->depth;
    build->arena = list->own;
}

static void end_long(hz_tree_build *build)
{
    if (build->whole == NULL || build->depth + 1 != build->long_at) return;
    build->arena = build->whole;
    build->whole = NULL;
}

static void attach(hz_tree_build *build, hz_tree *node)
{
    if (build->depth == 0) {
        build->root = node;
        return;
    }
    hz_tree_level *top = &build->levels[build->depth - 1];
    if (top->node->kind == HZ_TREE_LIST) {
        *HZ_PUSH(room_of(build), &top->items) = node;
        if (top->items.count == HZ_TREE_LONG + 1 && build->whole == NULL) begin_long(build);
    } else {
        top->pairs.at[top->pairs.count - 1].value = node;
        top->value_due = false;
    }
}

static void put_key(hz_tree_build *build, hz_str key, hz_span span)
{
    hz_tree_level *top = &build->levels[build->depth - 1];
    *HZ_PUSH(room_of(build), &top->pairs) = (hz_tree_pair){.key = key, .key_span = span};
    top->value_due = true;
}

/* `? key`: nothing but the bytes before it tells it from `key:`. */
static bool is_explicit_key(const hz_tree_build *build, size_t begin)
{
    while (begin > build->begin && build->bytes.at[begin - 1] == ' ') begin--;
    return begin > build->begin && build->bytes.at[begin - 1] == '?';
}

static void add_key(hz_tree_build *build, const hz_tree *key)
{
    hz_diag *diag;
    if (key->style == HZ_TREE_PLAIN && hz_str_is(key->text, "<<")) {
        diag = refuse(build, key->span, "`<<` copies another mapping in YAML (a merge key)");
        hz_diag_hint(build->diags, diag, "write the keys themselves");
    } else if (key->text.len == 0) {
        diag = refuse(build, key->span, "a key is missing before the colon");
        hz_diag_hint(build->diags, diag, "write `key: value`");
    } else if (is_explicit_key(build, key->span.begin)) {
        diag = refuse(build, key->span, "`? ` before a key is not used in rule files");
        hz_diag_hint(build->diags, diag, "write `key: value`");
    }
    put_key(build, key->text, key->span);
}

static void complete_scalar(hz_tree_build *build, hz_tree *node, hz_str value, bool folded)
{
    if (value.len == 0 && node->style == HZ_TREE_PLAIN) {
        node->kind = HZ_TREE_NULL;
        return;
    }
    node->kind = HZ_TREE_SCALAR;
    node->text = value;
    if (node->style != HZ_TREE_LITERAL && !hz_tree_one_line(build, node->span.begin, node->span.end))
        build->run_on = node->span;
    else if (node->style == HZ_TREE_SINGLE || node->style == HZ_TREE_DOUBLE) build->last = node->span;
    hz_tree_place_scalar(build, node, folded);
}

bool hz_tree_add_scalar(hz_tree_build *build, hz_span span, hz_str value, hz_tree_style style, bool folded)
{
    hz_tree scalar = {.span = span, .style = (uint8_t)style};
    if (!within_limits(build, span, false)) return false;
    complete_scalar(build, &scalar, value, folded);
    build->folded = folded;
    if (key_due(build)) {
        add_key(build, &scalar);
        return true;
    }
    hz_tree *node = HZ_NEW(build->arena, hz_tree);
    *node = scalar;
    attach(build, node);
    return true;
}

bool hz_tree_add_refused(hz_tree_build *build, hz_span span)
{
    if (!within_limits(build, span, false)) return false;
    hz_tree_refuse_sign(build, span);
    if (key_due(build)) {
        put_key(build, HZ_STR(""), span);
        return true;
    }
    hz_tree *node = HZ_NEW(build->arena, hz_tree);
    node->span = span;
    attach(build, node);
    return true;
}

/* ---- collections ---- */

bool hz_tree_open(hz_tree_build *build, hz_span span, hz_tree_kind kind, bool flow)
{
    if (!within_limits(build, span, true)) return false;
    if (key_due(build)) {
        hz_diag *diag = refuse(build, span, "a key must be a text");
        hz_diag_hint(build->diags, diag, "a text that begins with a bracket needs '…' around it");
        return false;
    }
    hz_tree *node = HZ_NEW(build->arena, hz_tree);
    node->kind = (uint8_t)kind;
    node->flow = flow;
    node->span = span;
    attach(build, node);
    hz_tree_level *level = &build->levels[build->depth++];
    level->node = node;
    level->value_due = false;
    level->items.count = level->pairs.count = 0;
    return true;
}

/* A block collection ends with its last part: libyaml's mark is where the next thing begins, many lines below. */
static uint32_t block_end(const hz_tree *node)
{
    if (node->kind == HZ_TREE_LIST)
        return node->items.count > 0 ? node->items.at[node->items.count - 1]->span.end : node->span.end;
    return node->pairs.count > 0 ? node->pairs.at[node->pairs.count - 1].value->span.end : node->span.end;
}

/* What a level gathered becomes its node's. */
static void keep(hz_tree_build *build, const hz_tree_level *level)
{
    hz_tree *node = level->node;
    if (node->kind == HZ_TREE_LIST && level->items.count > 0) {
        node->items.at = HZ_NEW_MANY(build->arena, hz_tree *, level->items.count);
        memcpy(node->items.at, level->items.at, level->items.count * sizeof *node->items.at);
        node->items.count = node->items.room = level->items.count;
    } else if (node->kind == HZ_TREE_MAP && level->pairs.count > 0) {
        node->pairs.at = HZ_NEW_MANY(build->arena, hz_tree_pair, level->pairs.count);
        memcpy(node->pairs.at, level->pairs.at, level->pairs.count * sizeof *node->pairs.at);
        node->pairs.count = node->pairs.room = level->pairs.count;
    }
}

void hz_tree_close(hz_tree_build *build, uint32_t end)
{
    const hz_tree_level *level = &build->levels[--build->depth];
    hz_tree *node = level->node;
    keep(build, level);
    end_long(build);
    if (node->flow) {
        node->span.end = end;
        build->last = node->span;
    }
    if (node->kind == HZ_TREE_MAP) hz_tree_finish_map(build, node);
    if (!node->flow) node->span.end = block_end(node);
}
