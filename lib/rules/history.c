/* history.c - things with a history: dated entries with provenance, `none`, `unknown`.
 *
 * What the entries hold is read by others: literals by read_parameters.c, formulas here. Dates ascend and no day stands
 * twice; which entry is in force on a day is program/'s question.
 */
#include "rules/reader.h"

bool hz_has_dates(const hz_tree *map)
{
    for (uint32_t i = 0; map->kind == HZ_TREE_MAP && i < map->pairs.count; i++)
        if (hz_looks_dated(map->pairs.at[i].key)) return true;
    return false;
}

static const char value_hint[] = "write {value: …, source: …}, or {unknown: …} with the reason, or `none`";
static const char list_hint[] =
    "write `brackets:` and `source:` below the date, or `unknown:` with the reason; or `none` behind it";

/* {value: …, provenance} or {unknown: why}. Returns the value's tree, or NULL. */
static hz_tree *read_entry_map(hz_reader *reader, hz_item item, const char *key, const hz_tree_pair *pair,
                               hz_entry *entry, bool *sourced)
{
    hz_tree *map = pair->value;
    *sourced = hz_read_provenance(reader, item, map, &entry->from);
    hz_tree_pair *value = hz_tree_pair_of(map, key);
    bool unknown = hz_tree_get(map, "unknown") != NULL, list = strcmp(key, "value") != 0;
    hz_refuse_unknown(reader, map, list ? HZ_IN_SCALE_VERSION : HZ_IN_ENTRY);
    if (value != NULL && unknown) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, value->key_span,
                                 "this entry has %s `%s` and says that it is `unknown`", list ? "the list" : "a", key);
        hz_diag_hint(reader->diags, diag, "keep one of the two; %s a guess %s `assumed`",
                     list ? "brackets that are" : "a value that is", list ? "are" : "is");
    } else if (value == NULL && unknown) {
        entry->state = HZ_ENTRY_UNKNOWN;
    } else if (value == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, pair->key_span,
                                 "this entry of %s `%.*s` has no `%s`", HZ_ITEM(item), key);
        hz_diag_hint(reader->diags, diag, "%s", list ? list_hint : value_hint);
    } else if (hz_is_word(value->value, "none")) {
        entry->state = HZ_ENTRY_NONE;
        entry->span = value->value->span;
    } else {
        entry->span = value->value->span;
        return value->value;
    }
    return NULL;
}

/* A bare value, or a mapping. */
static hz_tree *read_entry(hz_reader *reader, hz_item item, const char *key, const hz_tree_pair *pair, hz_entry *entry,
                           bool *sourced)
{
    hz_tree *tree = pair->value;
    entry->span = tree->span;
    *sourced = false;
    if (tree->kind == HZ_TREE_MAP)
        return read_entry_map(reader, item, key != NULL ? key : "value", pair, entry, sourced);
    if (hz_is_word(tree, "none")) {
        entry->state = HZ_ENTRY_NONE;
        return NULL;
    }
    if (tree->kind == HZ_TREE_NULL) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_NO_VALUE, pair->key_span, "this entry of %s `%.*s` is empty", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "%s", key != NULL ? list_hint : value_hint);
        *sourced = true;
        return NULL;
    }
    if (hz_is_word(tree, "unknown")) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "`unknown` without saying why");
        hz_diag_hint(reader->diags, diag, "write {unknown: …} with the reason");
        *sourced = true;
        return NULL;
    }
    return tree;
}

static void refuse_unsourced(hz_reader *reader, hz_item item, const hz_tree_pair *pair)
{
    const hz_tree *tree = pair->value;
    if (tree->kind != HZ_TREE_SCALAR) {
        hz_refuse_unsourced(reader, item, pair->key_span, "this entry of ");
        return;
    }
    hz_diag *diag = hz_error(reader->diags, HZ_E_NO_SOURCE, tree->span,
                             "this entry of %s `%.*s` names no source and gives no reason", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write {value: %.*s, source: …}, or {value: %.*s, assumed: …} with the reason",
                 HZ_BRIEF(tree->text), HZ_BRIEF(tree->text));
}

void hz_read_entries(hz_reader *reader, hz_item item, hz_tree *map, bool need_source, hz_dated *dated)
{
    hz_history *history = dated->history;
    history->dated = hz_has_dates(map);
    history->span = map->span;
    for (uint32_t i = 0; i < map->pairs.count; i++) {
        hz_tree_pair *pair = &map->pairs.at[i];
        hz_entry entry = {.state = HZ_ENTRY_VALUE, .from = {.span = HZ_NO_SPAN}};
        bool sourced;
        if (!hz_looks_dated(pair->key)) continue;
        pair->used = true;
        bool good_date = hz_read_since(reader, pair->key, pair->key_span, true, &entry.since);
        hz_tree *value = read_entry(reader, item, dated->key, pair, &entry, &sourced);
        sourced = sourced || entry.state == HZ_ENTRY_NONE;
        if (need_source && !sourced) refuse_unsourced(reader, item, pair);
        dated->sourced += sourced ? 1 : 0;
        uint32_t count = history->entries.count;
        if (good_date && count > 0) hz_check_ascending(reader, history->entries.at[count - 1].since, entry.since);
        else if (!good_date && count > 0) entry.since = history->entries.at[count - 1].since;
        *HZ_PUSH(reader->arena, &history->entries) = entry;
        *HZ_PUSH(reader->arena, &dated->values) = value;
    }
}

void hz_read_dated_by(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out)
{
    hz_tree *tree = hz_tree_get(map, "dated by");
    hz_name_ref ref = {.span = HZ_NO_SPAN};
    if (tree != NULL && hz_read_ref(reader, item, "dated by", tree, &ref)) {
        out->dated_by = ref.name;
        out->dated_by_span = ref.span;
    }
}

void hz_parse_formulas(hz_reader *reader, hz_item item, hz_dated *dated)
{
    for (uint32_t i = 0; i < dated->values.count; i++)
        if (dated->values.at[i] != NULL)
            dated->history->entries.at[i].formula = hz_read_formula(reader, item, NULL, dated->values.at[i]);
}

static void read_undated(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_history *out)
{
    hz_entry entry = {.state = HZ_ENTRY_VALUE, .from = {.span = HZ_NO_SPAN}, .span = tree->span};
    entry.since = (hz_since){HZ_DATE_MIN, HZ_ALWAYS, HZ_NO_SPAN};
    out->span = tree->span;
    if (hz_is_word(tree, "none") || hz_is_word(tree, "unknown")) {
        bool none = hz_is_word(tree, "none");
        hz_diag *diag = hz_error(reader->diags, HZ_E_NONE, tree->span, "`%.*s` needs a date", HZ_BRIEF(tree->text));
        hz_diag_hint(reader->diags, diag,
                     none ? "write a mapping of dates; `none` is what ends an earlier entry"
                          : "write a mapping of dates, with {unknown: …} and the reason");
    } else {
        entry.formula = hz_read_formula(reader, item, key, tree);
    }
    *HZ_PUSH(reader->arena, &out->entries) = entry;
}

void hz_read_formula_reading(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out, void *context)
{
    bool *sourced = context;
    hz_dated dated = {.history = out};
    hz_read_entries(reader, item, map, false, &dated);
    hz_parse_formulas(reader, item, &dated);
    *sourced = *sourced && dated.sourced == out->entries.count;
}

bool hz_read_formulas(hz_reader *reader, hz_item item, const char *key, hz_tree *tree, hz_history *out)
{
    if (tree->kind != HZ_TREE_MAP) {
        read_undated(reader, item, key, tree, out);
        return false;
    }
    bool sourced = true;
    if (hz_read_readings(reader, item, tree, hz_read_formula_reading, &sourced, out)) {
        hz_refuse_unknown(reader, tree, HZ_IN_HISTORY);
        return sourced;
    }
    hz_dated dated = {.history = out};
    hz_read_entries(reader, item, tree, false, &dated);
    hz_parse_formulas(reader, item, &dated);
    hz_refuse_unknown(reader, tree, HZ_IN_HISTORY);
    if (out->entries.count == 0) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_ENTRY, tree->span, "`%s` of %s `%.*s` has no dated entry", key,
                                 HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "write the expression itself, or lines like `2018-01-01: …`");
    }
    return out->entries.count > 0 && dated.sourced == out->entries.count;
}
