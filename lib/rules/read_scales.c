/* read_scales.c - bracket scales: what they work on, of which kind they are, and a history of brackets.
 *
 * The brackets of a version are brackets.c's. Called by read_plan.c.
 */
#include "rules/reader.h"

#include "feel/parse.h"
#include "source/suggest.h"

/* The name that the scale works on, as an expression: it is checked, computed and explained as one. */
static void read_of(hz_reader *reader, hz_item item, hz_tree *map, hz_scale *out)
{
    hz_tree *tree = hz_require(reader, item, map, "of");
    hz_name_ref ref;
    if (tree == NULL || !hz_read_ref(reader, item, "of", tree, &ref)) return;
    if (!hz_is_name(ref.name)) {
        hz_error(reader->diags, HZ_E_NAME, ref.span, "`of` of %s `%.*s` names an input or a value, not a plan",
                 HZ_ITEM(item));
        return;
    }
    out->of_name = ref.name;
    out->of = hz_feel_parse(reader->arena, reader->diags, (hz_feel_text){ref.name, ref.span, NULL}, NULL);
}

static bool read_kind(hz_reader *reader, hz_item item, hz_tree *map, hz_scale *out)
{
    hz_tree *tree = hz_tree_get(map, "kind");
    hz_str kind;
    if (tree == NULL) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "%s `%.*s` needs the key `kind`", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag,
                     "`kind: marginal`: each slice at its own rate; `kind: single`: the whole at what its bracket gives");
        return false;
    }
    if (!hz_read_text(reader, item, "kind", tree, &kind)) return false;
    out->marginal = hz_str_is(kind, "marginal");
    if (out->marginal || hz_str_is(kind, "single")) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_SCALE_KIND, hz_text_span(tree), "`%.*s` is not a kind of scale",
                             HZ_BRIEF(kind));
    hz_hint_words(reader, diag, HZ_WORDS_SCALE_KIND, kind,
                  "`marginal`: each slice at its own rate; `single`: the whole at what its bracket gives");
    return false;
}

/* A number has a unit; only what a bracket gives can be a code. */
static bool read_result(hz_reader *reader, hz_item item, hz_tree *map, hz_scale *out)
{
    hz_tree_pair *unit = hz_tree_pair_of(map, "unit"), *type = hz_tree_pair_of(map, "type");
    hz_diag *diag;
    out->type = (hz_type){.kind = HZ_KIND_NUMBER};
    if (unit != NULL) hz_read_unit(reader, item, unit->value, &out->unit);
    if (type != NULL && (unit != NULL || out->marginal)) {
        diag = hz_error(reader->diags, HZ_E_CONFLICT, type->key_span, "scale `%.*s` has a `%s` and a `type`",
                        HZ_BRIEF(item.name), unit != NULL ? "unit" : "rate");
        hz_diag_hint(reader->diags, diag, "a number has a unit; `type: code` is for what a single scale gives");
        return false;
    }
    if (type != NULL && hz_is_word(type->value, "code")) {
        out->type = (hz_type){.kind = HZ_KIND_CODE, .codes = hz_read_codes(reader, item, map)};
        return out->type.codes != NULL;
    }
    if (type != NULL) {
        hz_refuse_type(reader, item, type->value, HZ_WORDS_SCALE_TYPE);
        return false;
    }
    hz_refuse_key(reader, item, map, "values", "a number", "codes go with `type: code`");
    if (unit != NULL) return true;
    diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "scale `%.*s` needs the key `unit`%s",
                    HZ_BRIEF(item.name), out->marginal ? "" : ", or `type`");
    hz_diag_hint(reader->diags, diag, "`unit: CNY`, `unit: days`, … for a number; `type: code` for codes of a single scale");
    return true;
}

static void read_start(hz_reader *reader, hz_item item, hz_tree *map, hz_scale *out)
{
    hz_tree *tree = hz_tree_get(map, "starts at");
    hz_wanted wanted = {.kind = HZ_KIND_NUMBER};
    hz_literal start;
    hz_literal_set(&out->start, HZ_KIND_NUMBER, 0, 0);
    if (tree == NULL || !hz_read_literal(reader, item, tree, &wanted, &start)) return;
    hz_decimal plain = hz_decimal_trim((hz_decimal){start.coefficient, start.type.scale});
    hz_literal_set(&start, HZ_KIND_NUMBER, plain.scale, plain.coefficient);
    out->start = start;
}

/* Brackets without a date, or no version at all. */
static void refuse_no_entry(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_tree_pair *brackets = hz_tree_pair_of(map, "brackets");
    hz_diag *diag = hz_error(reader->diags, HZ_E_NO_ENTRY, brackets != NULL ? brackets->key_span : item.span,
                             "scale `%.*s` has no dated entry", HZ_BRIEF(item.name));
    hz_diag_hint(reader->diags, diag, "write a line like `2018-01-01:`, or `always:`, and below it `brackets:` and `source:`");
}

static void read_versions(hz_reader *reader, hz_item item, hz_tree *map, bool readable, const hz_dated *dated,
                          hz_scale *scale)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < map->pairs.count; i++) {
        const hz_tree_pair *pair = &map->pairs.at[i];
        if (!hz_looks_dated(pair->key)) continue;
        const hz_tree *list = dated->values.at[at];
        hz_entry *entry = &scale->history.entries.at[at++];
        if (list == NULL) continue;
        if (pair->value->kind != HZ_TREE_MAP) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, pair->value->span,
                                     "this entry of %s `%.*s` must be a mapping, but is %s", HZ_ITEM(item),
                                     hz_tree_kind_name(pair->value));
            hz_diag_hint(reader->diags, diag, "write `brackets:` and `source:` below the date");
        } else if (readable) {
            hz_read_brackets(reader, item, list, scale, entry);
        }
    }
    hz_span_brackets(scale);
}

typedef struct reading_context {
    const hz_scale *scale;
    bool readable;
} reading_context;

static void read_reading(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out, void *context)
{
    const reading_context *c = context;
    hz_scale one = *c->scale;
    one.history = (hz_history){.dated = true};
    hz_dated dated = {.history = &one.history, .key = "brackets"};
    hz_read_entries(reader, item, map, false, &dated);
    read_versions(reader, item, map, c->readable, &dated, &one);
    *out = one.history;
}

static void read_scale(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("scale", pair);
    hz_scale scale = {.name = pair->key, .name_span = pair->key_span};
    hz_dated dated = {.history = &scale.history, .key = "brackets"};
    hz_declare(reader, item, HZ_SYMBOL_SCALE, reader->plan->scales.count);
    if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
        hz_tree *map = pair->value;
        read_of(reader, item, map, &scale);
        bool kind = read_kind(reader, item, map, &scale);
        bool readable = read_result(reader, item, map, &scale) && kind;
        read_start(reader, item, map, &scale);
        hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &scale.label);
        hz_read_dated_by(reader, item, map, &scale.history);
        hz_read_provenance(reader, item, map, &scale.from);
        reading_context context = {&scale, readable};
        if (hz_read_readings(reader, item, map, read_reading, &context, &scale.history)) {
            hz_readings_clear(reader, &scale.from);
            hz_span_brackets(&scale);
        } else {
            hz_read_entries(reader, item, map, false, &dated);
            if (scale.history.entries.count == 0) refuse_no_entry(reader, item, map);
            read_versions(reader, item, map, readable, &dated, &scale);
        }
        hz_refuse_unknown(reader, map, HZ_IN_SCALE);
    }
    *HZ_PUSH(reader->arena, &reader->plan->scales) = scale;
}

void hz_read_scales(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_scale(reader, &tree->pairs.at[i]);
}
