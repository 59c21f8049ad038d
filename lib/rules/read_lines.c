/* read_lines.c - the four lists of lines with a code and texts: checks, eligibility, caps, notes.
 *
 * Their order is their meaning: reasons are listed, and caps applied, in it. Called by read_plan.c.
 */
#include "rules/reader.h"

static hz_item item_of_line(hz_reader *reader, const char *kind, hz_tree *map, uint32_t number)
{
    hz_tree *code = hz_tree_get(map, "code");
    if (code != NULL && code->kind == HZ_TREE_SCALAR && code->text.len != 0)
        return (hz_item){kind, hz_str_trim(code->text), hz_text_span(code)};
    return (hz_item){kind, hz_arena_printf(reader->arena, "%u", (unsigned)number), hz_first_key(map)};
}

/* What every line has. Returns whether it names a source or a reason. */
static bool read_common(hz_reader *reader, hz_item item, hz_tree *map, hz_line *line)
{
    hz_tree *code = hz_require(reader, item, map, "code");
    line->span = map->span;
    line->code_span = item.span;
    if (code != NULL) hz_read_line_code(reader, item, code, line);
    hz_read_texts(reader, item, map, &line->zh, &line->en);
    hz_read_life(reader, item, map, &line->life);
    line->when = hz_read_formula_key(reader, item, map, "when");
    return hz_read_provenance(reader, item, map, &line->from);
}

static void read_check(hz_reader *reader, hz_item item, hz_tree *map, hz_line *line)
{
    read_common(reader, item, map, line);
    hz_tree *require = hz_require(reader, item, map, "require");
    if (require != NULL) hz_read_formulas(reader, item, "require", require, &line->require);
    hz_refuse_unknown(reader, map, HZ_IN_CHECK);
}

static void read_condition(hz_reader *reader, hz_item item, hz_tree *map, hz_line *line)
{
    bool sourced = read_common(reader, item, map, line);
    hz_tree *require = hz_require(reader, item, map, "require");
    if (require != NULL) sourced = hz_read_formulas(reader, item, "require", require, &line->require) || sourced;
    hz_read_refs(reader, item, map, "for", &line->scope);
    if (!sourced) hz_refuse_unsourced(reader, item, item.span, "");
    hz_refuse_unknown(reader, map, HZ_IN_CONDITION);
}

static void read_cap(hz_reader *reader, hz_item item, hz_tree *map, hz_line *line)
{
    bool sourced = read_common(reader, item, map, line);
    if (hz_require(reader, item, map, "over") != NULL) hz_read_refs(reader, item, map, "over", &line->over);
    hz_tree *limit = hz_require(reader, item, map, "limit");
    if (limit != NULL) sourced = hz_read_formulas(reader, item, "limit", limit, &line->limit) || sourced;
    hz_tree *counts = hz_tree_get(map, "counts");
    if (counts != NULL) hz_read_ref(reader, item, "counts", counts, &line->counts);
    if (!sourced) hz_refuse_unsourced(reader, item, item.span, "");
    hz_refuse_unknown(reader, map, HZ_IN_CAP);
}

static void read_note(hz_reader *reader, hz_item item, hz_tree *map, hz_line *line)
{
    read_common(reader, item, map, line);
    hz_refuse_unknown(reader, map, HZ_IN_NOTE);
}

typedef void line_reader(hz_reader *reader, hz_item item, hz_tree *map, hz_line *line);

static void read_lines(hz_reader *reader, hz_line_kind kind, const hz_tree *list, hz_lines *out)
{
    static const char *const names[] = {"check", "condition", "cap", "note"};
    static line_reader *const readers[] = {read_check, read_condition, read_cap, read_note};
    for (uint32_t i = 0; i < list->items.count; i++) {
        hz_tree *map = list->items.at[i];
        hz_line line = {.kind = (uint8_t)kind, .code_span = map->span, .counts = {.span = HZ_NO_SPAN}};
        hz_item item = item_of_line(reader, names[kind], map, i + 1);
        if (hz_expect(reader, item, NULL, map, HZ_TREE_MAP)) readers[kind](reader, item, map, &line);
        *HZ_PUSH(reader->arena, out) = line;
    }
}

void hz_read_checks(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    read_lines(reader, HZ_LINE_CHECK, tree, &reader->plan->checks);
}

void hz_read_eligibility(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    read_lines(reader, HZ_LINE_CONDITION, tree, &reader->plan->eligibility);
}

void hz_read_caps(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    read_lines(reader, HZ_LINE_CAP, tree, &reader->plan->caps);
}

void hz_read_notes(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    read_lines(reader, HZ_LINE_NOTE, tree, &reader->plan->notes);
}
