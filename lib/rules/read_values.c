/* read_values.c - values: named formulas, dated or not, with or without a label and a declared type.
 *
 * Three spellings: a FEEL text; a mapping of dates; a mapping with `is` and keys beside it. Called by read_plan.c.
 */
#include "rules/reader.h"

#include "value/date.h"

/* `type` of a value only declares: the checker holds the formulas to it. Codes need it, to have labels. */
static void read_declared(hz_reader *reader, hz_item item, hz_tree *map, hz_type *out)
{
    static const hz_kind kinds[] = {HZ_KIND_BOOLEAN, HZ_KIND_CODE, HZ_KIND_DATE, HZ_KIND_STRING};
    hz_tree *tree = hz_tree_get(map, "type");
    *out = (hz_type){.kind = HZ_KIND_NONE};
    if (tree == NULL) {
        hz_refuse_key(reader, item, map, "values", "which is not given", "add `type: code`");
        return;
    }
    int at = tree->kind == HZ_TREE_SCALAR ? hz_word_index(HZ_WORDS_VALUE_TYPE, tree->text) : -1;
    if (at >= 0) out->kind = (uint8_t)kinds[at];
    if (out->kind == HZ_KIND_CODE) {
        out->codes = hz_read_codes(reader, item, map);
        out->hi = out->codes != NULL && out->codes->count > 0 ? out->codes->count - 1 : 0;
    } else if (out->kind != HZ_KIND_NONE) {
        out->hi = out->kind == HZ_KIND_BOOLEAN ? 1 : 0;
        if (out->kind == HZ_KIND_DATE) {
            out->lo = HZ_DATE_MIN;
            out->hi = HZ_DATE_MAX;
        }
        hz_refuse_key(reader, item, map, "values", tree->text.at, "codes go with `type: code`");
    } else {
        hz_refuse_type(reader, item, tree, HZ_WORDS_VALUE_TYPE);
    }
}

static void read_map(hz_reader *reader, hz_item item, hz_tree *map, hz_value *value)
{
    hz_dated dated = {.history = &value->history};
    hz_tree_pair *is = hz_tree_pair_of(map, "is");
    bool dates = hz_has_dates(map);
    hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &value->label);
    read_declared(reader, item, map, &value->declared);
    hz_read_provenance(reader, item, map, &value->from);
    bool sourced = true;
    if (hz_read_readings(reader, item, map, hz_read_formula_reading, &sourced, &value->history)) {
        hz_readings_clear(reader, &value->from);
        hz_read_dated_by(reader, item, map, &value->history);
        hz_refuse_unknown(reader, map, HZ_IN_VALUE);
        return;
    }
    hz_read_entries(reader, item, map, false, &dated);
    if (is != NULL && dates) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, is->key_span,
                                 "value `%.*s` has `is` and dates beside it", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "put the dates below `is`, or leave `is` out");
    } else if (is != NULL) {
        hz_read_formulas(reader, item, "is", is->value, &value->history);
    } else if (dates) {
        hz_parse_formulas(reader, item, &dated);
    } else {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "value `%.*s` needs the key `is`",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "`is: …` with its expression, or lines like `2018-01-01: …`");
    }
    hz_read_dated_by(reader, item, map, &value->history);
    hz_refuse_unknown(reader, map, HZ_IN_VALUE);
}

void hz_read_values(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        hz_item item = hz_item_of("value", pair);
        hz_str words = hz_words(reader->arena, pair->key);
        hz_value value = {.name = pair->key, .name_span = pair->key_span, .label = {words, words}};
        hz_declare(reader, item, HZ_SYMBOL_VALUE, reader->plan->values.count);
        if (pair->value->kind == HZ_TREE_MAP) read_map(reader, item, pair->value, &value);
        else hz_read_formulas(reader, item, NULL, pair->value, &value.history);
        *HZ_PUSH(reader->arena, &reader->plan->values) = value;
    }
}
