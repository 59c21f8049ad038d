/* brackets.c - the brackets of one version of a scale: each with its end and its value, rising, the last without an end.
 *
 * A bracket begins where the one before ends, so neither gaps nor overlaps can be written. What the checker must know of
 * all versions together is worked out by hz_span_brackets. Called by read_scales.c.
 */
#include "rules/reader.h"

#define BRACKETS_MOST 1000 /* in one version */

static const char *value_key(const hz_scale *scale)
{
    return scale->marginal ? "rate" : "gives";
}

/* ---- One bracket ---- */

/* Numbers lose their trailing zeros; a sign of per cent says by itself what it is. */
static bool read_number(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, bool percent,
                        hz_literal *out)
{
    hz_str text;
    if (!hz_read_text(reader, item, key, tree, &text)) return false;
    hz_wanted wanted = {.kind = HZ_KIND_NUMBER, .percent = percent || text.at[text.len - 1] == '%'};
    if (!hz_literal_of_text(reader, item, text, hz_text_span(tree), &wanted, out)) return false;
    hz_decimal plain = hz_decimal_trim((hz_decimal){out->coefficient, out->type.scale});
    hz_literal_set(out, HZ_KIND_NUMBER, plain.scale, plain.coefficient);
    return true;
}

static void read_end(hz_reader *reader, hz_item item, hz_tree *map, hz_bracket *out)
{
    hz_tree_pair *up_to = hz_tree_pair_of(map, "up to"), *below = hz_tree_pair_of(map, "below");
    hz_tree_pair *end = up_to != NULL ? up_to : below;
    if (up_to != NULL && below != NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, below->key_span, "%s `%.*s` has `up to` and `below`",
                                 HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "`up to` is an end that belongs to the bracket, `below` one that does not");
        hz_diag_relate(reader->diags, diag, up_to->key_span, "the other");
    }
    out->open = end == NULL;
    if (out->open) return;
    out->below = up_to == NULL;
    out->end_span = end->value->span;
    if (!read_number(reader, item, out->below ? "below" : "up to", end->value, false, &out->end))
        out->end.type.kind = HZ_KIND_NONE;
}

static void refuse_other_key(hz_reader *reader, const hz_scale *scale, hz_tree *map)
{
    hz_tree_pair *other = hz_tree_pair_of(map, scale->marginal ? "gives" : "rate");
    if (other == NULL) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_KEY_FOR_TYPE, other->key_span,
                             "`%.*s` does not go with scale `%.*s`, which is %s", HZ_ARG(other->key),
                             HZ_BRIEF(scale->name), scale->marginal ? "marginal" : "single");
    hz_diag_hint(reader->diags, diag, "%s",
                 scale->marginal ? "each slice counts at its `rate`; `gives` is for `kind: single`"
                                 : "its brackets give a result: `gives`; `rate` is for `kind: marginal`");
}

static void read_value(hz_reader *reader, hz_item item, hz_tree *map, const hz_scale *scale, hz_bracket *out)
{
    const char *key = value_key(scale);
    hz_tree_pair *pair = hz_tree_pair_of(map, key);
    bool other = hz_tree_get(map, scale->marginal ? "gives" : "rate") != NULL;
    refuse_other_key(reader, scale, map);
    out->span = pair != NULL ? pair->value->span : item.span;
    out->value.type.kind = HZ_KIND_NONE;
    if (out->from.unknown.len != 0) out->state = HZ_ENTRY_UNKNOWN;
    if (pair != NULL && out->state == HZ_ENTRY_UNKNOWN) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, pair->key_span,
                                 "this bracket has `%s` and says that it is `unknown`", key);
        hz_diag_hint(reader->diags, diag, "keep one of the two; a value that is a guess is `assumed`");
    } else if (pair == NULL && out->state != HZ_ENTRY_UNKNOWN && !other) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "%s `%.*s` needs the key `%s`", HZ_ITEM(item), key);
        hz_diag_hint(reader->diags, diag, "what it %s, or `unknown: …` with the reason",
                     scale->marginal ? "counts its slice at" : "gives");
    } else if (pair != NULL && scale->type.kind == HZ_KIND_CODE) {
        hz_wanted wanted = {.kind = HZ_KIND_CODE, .codes = scale->type.codes};
        item = (hz_item){"scale", scale->name, item.span};
        if (!hz_read_literal(reader, item, pair->value, &wanted, &out->value)) out->value.type.kind = HZ_KIND_NONE;
    } else if (pair != NULL) {
        bool percent = !scale->marginal && hz_str_is(scale->unit, "%");
        if (!read_number(reader, item, key, pair->value, percent, &out->value)) out->value.type.kind = HZ_KIND_NONE;
    }
}

static void read_id(hz_reader *reader, hz_item item, hz_tree *map, const hz_scale *scale, const hz_brackets *before,
                    hz_bracket *out)
{
    hz_tree *tree = hz_tree_get(map, "id");
    hz_name_ref ref;
    out->path = hz_arena_printf(reader->arena, "%.*s[%u]", HZ_ARG(scale->name), before->count + 1);
    if (tree == NULL || !hz_read_ref(reader, item, "id", tree, &ref)) return;
    for (uint32_t i = 0; i < before->count; i++)
        if (hz_str_eq(before->at[i].id, ref.name)) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_DUPLICATE_NAME, ref.span,
                                     "two brackets of scale `%.*s` have the id `%.*s`", HZ_BRIEF(scale->name),
                                     HZ_BRIEF(ref.name));
            hz_diag_hint(reader->diags, diag, "an id tells a bracket from the others of its version");
            return;
        }
    out->id = ref.name;
    out->path = hz_arena_printf(reader->arena, "%.*s[%.*s]", HZ_ARG(scale->name), HZ_ARG(ref.name));
}

static bool read_bracket(hz_reader *reader, const hz_scale *scale, hz_tree *tree, const hz_brackets *before,
                         hz_bracket *out)
{
    hz_item item = {"a bracket of scale", scale->name, hz_first_key(tree)};
    *out = (hz_bracket){.end_span = HZ_NO_SPAN};
    if (!hz_expect(reader, item, NULL, tree, HZ_TREE_MAP)) return false;
    hz_read_provenance(reader, item, tree, &out->from);
    read_id(reader, item, tree, scale, before, out);
    read_end(reader, item, tree, out);
    read_value(reader, item, tree, scale, out);
    hz_refuse_unknown(reader, tree, HZ_IN_BRACKET);
    return true;
}

/* ---- All of a version ---- */

static hz_decimal number_of(const hz_literal *literal)
{
    return (hz_decimal){literal->coefficient, literal->type.scale};
}

/* A bracket that ends where it begins holds one number, if it is the end of the one and not of the other; a slice of no
 * width counts for nothing. */
static bool rises(const hz_scale *scale, const hz_literal *from, bool from_below, const hz_bracket *bracket)
{
    int order = hz_decimal_compare(number_of(&bracket->end), number_of(from));
    return order > 0 || (order == 0 && from_below && !bracket->below && !scale->marginal);
}

static void refuse_order(hz_reader *reader, const hz_scale *scale, const hz_bracket *before, const hz_bracket *bracket)
{
    char start[HZ_DECIMAL_TEXT];
    hz_decimal_format(scale->start.coefficient, scale->start.type.scale, start);
    hz_diag *diag = before != NULL ? hz_error(reader->diags, HZ_E_BRACKET, bracket->end_span,
                                              "this bracket does not end above the one before it")
                                   : hz_error(reader->diags, HZ_E_BRACKET, bracket->end_span,
                                              "this bracket does not end above %s, where the scale starts", start);
    hz_diag_hint(reader->diags, diag, "%s",
                 before != NULL ? "put the brackets in rising order, and keep one of two that are the same"
                                : "say where the scale starts with `starts at: …`, or correct the end");
    if (before != NULL) hz_diag_relate(reader->diags, diag, before->end_span, "the one before ends here");
}

/* Rising ends; the last bracket, and only it, has none. */
static void check_ends(hz_reader *reader, const hz_scale *scale, const hz_brackets *brackets)
{
    const hz_bracket *before = NULL;
    for (uint32_t i = 0; i < brackets->count; i++) {
        const hz_bracket *bracket = &brackets->at[i];
        bool last = i + 1 == brackets->count;
        if (bracket->open && !last) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_BRACKET, bracket->span,
                                     "this bracket has no end, and brackets follow it");
            hz_diag_hint(reader->diags, diag,
                         "write `up to: …` (the end belongs to it) or `below: …`; only the last has no end");
        }
        if (bracket->open || bracket->end.type.kind == HZ_KIND_NONE) continue;
        if (!rises(scale, before != NULL ? &before->end : &scale->start, before == NULL || before->below, bracket))
            refuse_order(reader, scale, before, bracket);
        before = bracket;
        if (!last) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_BRACKET, bracket->end_span,
                                 "the last bracket of scale `%.*s` ends, and nothing holds above it", HZ_BRIEF(scale->name));
        hz_diag_hint(reader->diags, diag, "add a last one without an end: {%s: …}", value_key(scale));
    }
}

void hz_read_brackets(hz_reader *reader, hz_item item, const hz_tree *list, const hz_scale *scale, hz_entry *entry)
{
    bool all_grounded = true, grounded = entry->from.grounded;
    if (!hz_expect(reader, item, "brackets", list, HZ_TREE_LIST)) return;
    if (list->items.count == 0 || list->items.count > BRACKETS_MOST) {
        if (list->items.count == 0)
            hz_error(reader->diags, HZ_E_NO_VALUE, list->span, "`brackets` of %s `%.*s` is an empty list", HZ_ITEM(item));
        else
            hz_error(reader->diags, HZ_E_TOO_LARGE, list->span, "%s `%.*s` has more than %d brackets", HZ_ITEM(item),
                     BRACKETS_MOST);
        return;
    }
    for (uint32_t i = 0; i < list->items.count; i++) {
        hz_bracket bracket;
        if (!read_bracket(reader, scale, list->items.at[i], &entry->brackets, &bracket)) continue;
        all_grounded = all_grounded && bracket.from.grounded;
        *HZ_PUSH(reader->arena, &entry->brackets) = bracket;
    }
    check_ends(reader, scale, &entry->brackets);
    if (grounded || all_grounded) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_NO_SOURCE, entry->since.span,
                             "this version of %s `%.*s` names no source and gives no reason", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag,
                 "add `source: …` with an id of ruleset.yaml, or `assumed: …` with the reason, here or to each bracket");
}

/* ---- All versions ---- */

static void span_value(hz_scale *scale, hz_literal *value, bool *first)
{
    hz_type *type = &scale->type;
    hz_i128 coefficient;
    if (value->type.kind == HZ_KIND_NONE ||
        !hz_decimal_rescale(value->coefficient, value->type.scale, type->scale, &coefficient))
        return;
    hz_literal_set(value, (hz_kind)value->type.kind, type->scale, coefficient);
    value->type.codes = type->codes;
    type->lo = *first || coefficient < type->lo ? coefficient : type->lo;
    type->hi = *first || coefficient > type->hi ? coefficient : type->hi;
    *first = false;
}

void hz_span_brackets(hz_scale *scale)
{
    hz_type *type = &scale->type;
    bool first = true;
    type->absent = 0;
    type->scale = 0;
    type->lo = type->hi = 0;
    for (uint32_t i = 0; i < scale->history.entries.count; i++) {
        const hz_entry *entry = &scale->history.entries.at[i];
        if (entry->state == HZ_ENTRY_UNKNOWN) type->absent |= HZ_MAY_UNKNOWN;
        for (uint32_t k = 0; k < entry->brackets.count; k++) {
            const hz_bracket *bracket = &entry->brackets.at[k];
            if (bracket->state == HZ_ENTRY_UNKNOWN) type->absent |= HZ_MAY_UNKNOWN;
            if (bracket->value.type.kind == HZ_KIND_NUMBER && bracket->value.type.scale > type->scale)
                type->scale = bracket->value.type.scale;
        }
    }
    for (uint32_t i = 0; i < scale->history.entries.count; i++) {
        const hz_brackets *brackets = &scale->history.entries.at[i].brackets;
        for (uint32_t k = 0; k < brackets->count; k++) span_value(scale, &brackets->at[k].value, &first);
    }
}
