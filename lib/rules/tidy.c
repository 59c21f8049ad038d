/* tidy.c - a rule file in the house style: two spaces a level, no spaces at line ends, one empty line at most, columns.
 *
 * It moves spaces and nothing else: keys, their order, quotes, texts and comments stay as they are written. The tree
 * gives the lines; what stands between two of them is comments. A comment keeps its level, and behind a line its column.
 * The text that comes out is read again: unless it is the same tree, nothing is given out. Called by api/.
 */
#include "rules/tidy_line.h"

typedef struct tidying {
    hz_arena *arena;
    hz_str bytes;
    hz_tidy_lines lines;
    hz_tidy_out out;
    size_t begin; /* where out.text began */
    /* block levels that are open above the line being written: their columns in the source, and in what is written */
    uint32_t columns[2 * HZ_TREE_DEPTH], indents[2 * HZ_TREE_DEPTH];
    uint32_t levels;
} tidying;

/* ---- The source ---- */

static bool ends_line(hz_str bytes, size_t at)
{
    return at >= bytes.len || bytes.at[at] == '\n' || bytes.at[at] == '\r';
}

static size_t line_end(hz_str bytes, size_t at)
{
    while (!ends_line(bytes, at)) at++;
    return at;
}

/* The first byte of the next line, from an end of a line. */
static size_t next_line(hz_str bytes, size_t at)
{
    if (at + 1 < bytes.len && bytes.at[at] == '\r' && bytes.at[at + 1] == '\n') return at + 2;
    return at < bytes.len ? at + 1 : at;
}

static size_t line_begin(hz_str bytes, size_t at)
{
    while (at > 0 && !ends_line(bytes, at - 1)) at--;
    return at == 0 && hz_str_starts(bytes, HZ_STR("\xEF\xBB\xBF")) ? 3 : at;
}

/* The column of the first sign of the line on which `at` lies. */
static uint32_t first_column(hz_str bytes, size_t at)
{
    size_t begin = line_begin(bytes, at), text = begin;
    while (text < at && bytes.at[text] == ' ') text++;
    return (uint32_t)(text - begin);
}

static hz_str without_end(hz_str text)
{
    while (text.len > 0 && (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t')) text.len--;
    return text;
}

/* ---- Literal text: `|` and the lines below it ---- */

typedef struct literal {
    size_t begin, end;   /* the lines below the header, to the end of the last one */
    uint32_t lines;
    uint32_t base;       /* spaces before each that are no part of the text */
    bool by_digit;       /* the header gives them */
    hz_str header;       /* `|-` */
    size_t header_end;   /* behind it */
} literal;

static uint32_t count_spaces(hz_str bytes, size_t at)
{
    uint32_t count = 0;
    while (at + count < bytes.len && bytes.at[at + count] == ' ') count++;
    return count;
}

/* parent: the column that its lines must be right of. */
static literal find_literal(hz_str bytes, const hz_tree *value, uint32_t parent)
{
    literal out = {.header_end = value->span.begin + 1};
    bool keep = false, based = false;
    uint32_t lines = 0;
    for (; !ends_line(bytes, out.header_end) && strchr("+-0123456789", bytes.at[out.header_end]) != NULL; out.header_end++) {
        char c = bytes.at[out.header_end];
        keep = keep || c == '+';
        if (c < '0') continue;
        out.by_digit = based = true;
        out.base = parent + (uint32_t)(c - '0');
    }
    out.header = hz_str_part(bytes, value->span.begin, out.header_end);
    out.begin = out.end = next_line(bytes, line_end(bytes, out.header_end));
    for (size_t at = out.begin, end; at < bytes.len; at = next_line(bytes, end)) {
        uint32_t spaces = count_spaces(bytes, at);
        end = line_end(bytes, at);
        bool blank = at + spaces >= end;
        if (!blank && spaces <= parent) break;
        if (!blank && !based) {
            based = true;
            out.base = spaces;
        }
        lines++;
        if (blank && !keep) continue;
        out.end = end;
        out.lines = lines;
    }
    if (!based) out.base = UINT32_MAX; /* empty lines alone: their spaces are no text */
    return out;
}

static bool is_literal(const hz_tree *value)
{
    return value != NULL && value->kind == HZ_TREE_SCALAR && value->style == HZ_TREE_LITERAL;
}

/* The column in the source that the value of a line hangs on: its key's, or its last dash's. */
static uint32_t parent_column(hz_str bytes, const hz_tidy_line *line)
{
    size_t at = line->pair != NULL ? line->pair->key_span.begin : line->value->span.begin;
    if (line->pair == NULL)
        while (at > 0 && bytes.at[at] != '-') at--;
    return (uint32_t)(at - line_begin(bytes, at));
}

/* ---- Lines out of the tree ---- */

static void lay(tidying *self, const hz_tree *node, uint32_t indent, uint32_t dashes);

static bool is_block(const hz_tree *node)
{
    return !node->flow && ((node->kind == HZ_TREE_MAP && node->pairs.count > 0) || (node->kind == HZ_TREE_LIST && node->items.count > 0));
}

static void add_line(tidying *self, hz_tidy_line line)
{
    line.indent -= 2 * line.dashes;
    line.column = first_column(self->bytes, line.begin);
    if (is_literal(line.value)) {
        literal text = find_literal(self->bytes, line.value, parent_column(self->bytes, &line));
        line.end = (uint32_t)(text.lines > 0 ? text.end : text.header_end);
    }
    *HZ_PUSH(self->arena, &self->lines) = line;
}

static void lay_pair(tidying *self, const hz_tree *map, const hz_tree_pair *pair, uint32_t indent, uint32_t dashes)
{
    hz_tidy_line line = {.begin = pair->key_span.begin, .end = pair->key_span.end, .indent = indent, .dashes = dashes, .owner = map, .pair = pair};
    bool below = is_block(pair->value);
    if (!below && pair->value->kind != HZ_TREE_NULL) {
        line.value = pair->value;
        line.end = pair->value->span.end;
    }
    add_line(self, line);
    if (below) lay(self, pair->value, indent + 2, 0);
}

/* indent: of what stands behind the dashes, which open lists above node that began on this line. */
static void lay(tidying *self, const hz_tree *node, uint32_t indent, uint32_t dashes)
{
    for (uint32_t i = 0; !node->flow && node->kind == HZ_TREE_MAP && i < node->pairs.count; i++)
        lay_pair(self, node, &node->pairs.at[i], indent, i == 0 ? dashes : 0);
    for (uint32_t i = 0; !node->flow && node->kind == HZ_TREE_LIST && i < node->items.count; i++) {
        const hz_tree *item = node->items.at[i];
        uint32_t open = i == 0 ? dashes + 1 : 1;
        if (is_block(item)) {
            lay(self, item, indent + 2, open);
            continue;
        }
        add_line(self, (hz_tidy_line){.begin = item->span.begin, .end = item->span.end, .indent = indent + 2, .dashes = open, .owner = node,
                                      .value = item->kind != HZ_TREE_NULL ? item : NULL});
    }
    if (node->flow || (node->kind != HZ_TREE_MAP && node->kind != HZ_TREE_LIST))
        add_line(self, (hz_tidy_line){.begin = node->span.begin, .end = node->span.end, .indent = indent, .dashes = dashes,
                                      .value = node->kind != HZ_TREE_NULL ? node : NULL});
}

/* ---- Comments: all that stands between two lines ---- */

typedef struct comment_gap {
    size_t at, end;
    bool ended; /* the line above has ended */
    bool empty; /* nothing on this line so far */
    bool blank; /* an empty line went by since the last comment */
    bool inner; /* the comment stands behind a dash of the line below */
} comment_gap;

static comment_gap gap_before(const tidying *self, uint32_t line)
{
    size_t begin = line > 0 ? self->lines.at[line - 1].end : line_begin(self->bytes, 0);
    size_t end = line < self->lines.count ? self->lines.at[line].begin : self->bytes.len;
    return (comment_gap){begin, end, line == 0, line == 0, false, false};
}

/* The next comment, without spaces at its end; false when there is none. */
static bool next_comment(hz_str bytes, comment_gap *gap, hz_str *out)
{
    while (gap->at < gap->end) {
        size_t at = gap->at;
        if (ends_line(bytes, at)) {
            gap->blank = gap->blank || (gap->empty && gap->ended);
            gap->ended = gap->empty = true;
            gap->at = next_line(bytes, at);
        } else if (bytes.at[at] == '#') {
            gap->at = line_end(bytes, at);
            gap->inner = gap->ended && !gap->empty;
            gap->empty = false;
            *out = without_end(hz_str_part(bytes, at, gap->at));
            return true;
        } else {
            gap->empty = gap->empty && (bytes.at[at] == ' ' || bytes.at[at] == '\t');
            gap->at++;
        }
    }
    return false;
}

/* Whether an empty line stands between a line and the one above it, and be it above its comments. */
static bool is_apart(const tidying *self, uint32_t line)
{
    comment_gap gap = gap_before(self, line);
    hz_str comment;
    while (next_comment(self->bytes, &gap, &comment)) {}
    return gap.blank;
}

/* ---- Writing ---- */

static void end_line(tidying *self)
{
    if (self->out.width > 0) hz_buf_add_char(self->out.text, '\n');
    self->out.width = 0;
}

static void put_empty_line(tidying *self, bool blank)
{
    end_line(self);
    if (blank && self->out.text->len > self->begin) hz_buf_add_char(self->out.text, '\n');
}

static void put_behind(tidying *self, hz_str comment)
{
    size_t at = (size_t)(comment.at - self->bytes.at), begin = line_begin(self->bytes, at);
    uint32_t column = hz_tidy_width(hz_str_part(self->bytes, begin, at));
    hz_tidy_spaces(&self->out, column > self->out.width + 2 ? column - self->out.width : 2);
    hz_tidy_put(&self->out, comment);
}

/* The level that a comment of its own line belongs to: the deepest one that begins left of it, or where it does. */
static uint32_t comment_indent(const tidying *self, uint32_t column, const hz_tidy_line *next)
{
    uint32_t best = 0, indent = 0;
    for (uint32_t i = 0; i < self->levels; i++)
        if (self->columns[i] <= column && self->columns[i] >= best) {
            best = self->columns[i];
            indent = self->indents[i];
        }
    return next != NULL && next->column <= column && next->column >= best ? next->indent : indent;
}

static void put_own(tidying *self, hz_str comment, uint32_t indent)
{
    hz_tidy_spaces(&self->out, indent);
    hz_tidy_put(&self->out, comment);
}

/* Comments between a key and a value that begins on a line of its own: the value moves up, they go above. */
static void put_inner_comments(tidying *self, const hz_tidy_line *line)
{
    if (line->pair == NULL || line->value == NULL) return;
    comment_gap gap = {line->pair->key_span.end, line->value->span.begin, true, false, false, false};
    hz_str comment;
    while (next_comment(self->bytes, &gap, &comment)) {
        put_own(self, comment, line->indent);
        end_line(self);
    }
}

/* The comments before a line, or behind the last one. */
static void put_comments(tidying *self, uint32_t line)
{
    const hz_tidy_line *next = line < self->lines.count ? &self->lines.at[line] : NULL;
    comment_gap gap = gap_before(self, line);
    hz_str comment;
    while (next_comment(self->bytes, &gap, &comment)) {
        if (!gap.ended) {
            put_behind(self, comment);
            continue;
        }
        put_empty_line(self, gap.blank);
        gap.blank = false;
        uint32_t column = first_column(self->bytes, (size_t)(comment.at - self->bytes.at));
        put_own(self, comment, gap.inner && next != NULL ? next->indent : comment_indent(self, column, next));
    }
    put_empty_line(self, gap.blank && next != NULL);
    if (next != NULL) put_inner_comments(self, next);
}

static void enter_level(tidying *self, uint32_t column, uint32_t indent)
{
    while (self->levels > 0 && self->indents[self->levels - 1] >= indent) self->levels--;
    if (self->levels == sizeof self->columns / sizeof *self->columns) return;
    self->columns[self->levels] = column;
    self->indents[self->levels++] = indent;
}

static void put_literal(tidying *self, const hz_tidy_line *line)
{
    uint32_t parent = line->indent + 2 * line->dashes - (line->pair == NULL && line->dashes > 0 ? 2 : 0);
    uint32_t old_parent = parent_column(self->bytes, line);
    literal text = find_literal(self->bytes, line->value, old_parent);
    uint32_t base = text.by_digit ? parent + (text.base - old_parent) : parent + 2;
    hz_tidy_put(&self->out, text.header);
    hz_str behind = hz_str_trim(hz_str_part(self->bytes, text.header_end, line_end(self->bytes, text.header_end)));
    if (behind.len > 0 && text.lines > 0) put_behind(self, behind);
    for (size_t i = 0, at = text.begin, end; i < text.lines; i++, at = next_line(self->bytes, end)) {
        end = line_end(self->bytes, at);
        hz_buf_add_char(self->out.text, '\n');
        self->out.width = 1;
        if (at + text.base >= end) continue;
        hz_tidy_spaces(&self->out, base);
        hz_tidy_put(&self->out, hz_str_part(self->bytes, at + text.base, end));
    }
}

/* A flow collection over several lines, or with something left out: as it is, moved with the line that it begins on. */
static void put_as_written(tidying *self, const hz_tidy_line *line)
{
    size_t at = line->value->span.begin, stop = line->value->span.end;
    for (bool first = true; at < stop; first = false) {
        size_t end = line_end(self->bytes, at);
        hz_str text = hz_str_part(self->bytes, at, end < stop ? end : stop);
        uint32_t spaces = first ? 0 : count_spaces(self->bytes, at);
        int64_t column = (int64_t)spaces + line->indent - line->column, least = line->indent + 2 * line->dashes + 2;
        text = without_end(hz_str_part(text, spaces < text.len ? spaces : text.len, text.len));
        if (!first) {
            hz_buf_add_char(self->out.text, '\n');
            self->out.width = 1;
            if (text.len > 0) hz_tidy_spaces(&self->out, (uint32_t)(column > least ? column : least));
        }
        hz_tidy_put(&self->out, text);
        at = next_line(self->bytes, end);
    }
}

static void put_line(tidying *self, const hz_tidy_line *line)
{
    hz_tidy_out *out = &self->out;
    enter_level(self, line->column, line->indent);
    if (line->dashes > 0) enter_level(self, line->column + 2 * line->dashes, line->indent + 2 * line->dashes);
    hz_tidy_spaces(out, line->indent);
    for (uint32_t i = 0; i < line->dashes; i++)
        hz_tidy_put(out, i + 1 == line->dashes && line->pair == NULL && line->value == NULL ? HZ_STR("-") : HZ_STR("- "));
    if (line->pair != NULL) {
        hz_tidy_put(out, hz_tidy_raw(self->bytes, line->pair->key_span));
        hz_tidy_put(out, HZ_STR(":"));
        if (line->value != NULL) hz_tidy_spaces(out, 1 + line->pad);
    }
    if (line->value == NULL) return;
    if (is_literal(line->value)) put_literal(self, line);
    else if (line->value->flow && !hz_tidy_is_simple(self->bytes, line->value)) put_as_written(self, line);
    else hz_tidy_flow(out, self->bytes, line->value, line->cells);
}

/* ---- The proof ---- */

static bool same_tree(const hz_tree *a, const hz_tree *b)
{
    if (a->kind != b->kind || a->style != b->style || a->flow != b->flow) return false;
    if (a->kind == HZ_TREE_SCALAR) return hz_str_eq(a->text, b->text);
    if (a->kind == HZ_TREE_LIST && a->items.count != b->items.count) return false;
    if (a->kind == HZ_TREE_MAP && a->pairs.count != b->pairs.count) return false;
    for (uint32_t i = 0; a->kind == HZ_TREE_LIST && i < a->items.count; i++)
        if (!same_tree(a->items.at[i], b->items.at[i])) return false;
    for (uint32_t i = 0; a->kind == HZ_TREE_MAP && i < a->pairs.count; i++)
        if (!hz_str_eq(a->pairs.at[i].key, b->pairs.at[i].key) || !same_tree(a->pairs.at[i].value, b->pairs.at[i].value)) return false;
    return true;
}

static bool is_proved(tidying *self, hz_sources *sources, uint32_t file, const hz_tree *tree)
{
    hz_diags diags = {.arena = self->arena};
    hz_str text = hz_arena_copy(self->arena, hz_str_part(hz_buf_text(self->out.text), self->begin, self->out.text->len));
    uint32_t again = hz_sources_add(self->arena, sources, sources->files.at[file].name, text);
    const hz_tree *other = hz_tree_read(self->arena, &diags, sources, again);
    return other != NULL && diags.errors == 0 && same_tree(tree, other);
}

/* The file, or one that has a line end behind its last line: what YAML makes of a literal text hangs on that. */
static uint32_t with_last_end(hz_arena *arena, hz_sources *sources, uint32_t file)
{
    const hz_source *source = &sources->files.at[file];
    if (source->bytes.len == 0 || ends_line(source->bytes, source->bytes.len - 1) || source->bytes.len == UINT32_MAX) return file;
    char *bytes = hz_arena_take(arena, source->bytes.len + 1);
    memcpy(bytes, source->bytes.at, source->bytes.len);
    bytes[source->bytes.len] = '\n';
    return hz_sources_add(arena, sources, source->name, (hz_str){bytes, source->bytes.len + 1});
}

bool hz_tidy(hz_arena *arena, hz_diags *diags, hz_sources *sources, uint32_t file, hz_buf *out)
{
    file = with_last_end(arena, sources, file);
    const hz_tree *tree = hz_tree_read(arena, diags, sources, file);
    if (tree == NULL || diags->errors > 0) return false;
    tidying *self = HZ_NEW(arena, tidying);
    *self = (tidying){.arena = arena, .bytes = sources->files.at[file].bytes, .out = {out, 0}, .begin = out->len};
    if (tree->kind != HZ_TREE_NULL) lay(self, tree, 0, 0);
    for (uint32_t i = 0; i < self->lines.count; i++) self->lines.at[i].blank = is_apart(self, i);
    hz_tidy_columns(arena, self->bytes, &self->lines);
    for (uint32_t i = 0; i < self->lines.count; i++) {
        put_comments(self, i);
        put_line(self, &self->lines.at[i]);
    }
    put_comments(self, self->lines.count);
    if (out->failed) return false;
    if (is_proved(self, sources, file, tree)) return true;
    out->len = self->begin;
    hz_diag *diag = hz_error(diags, HZ_E_UNSUPPORTED, (hz_span){file, tree->span.begin, tree->span.begin}, "this file cannot be tidied without changing what it says");
    hz_diag_hint(diags, diag, "it stays as it is; write its lists and mappings in plain ways");
    return false;
}
