/* read_inputs.c - inputs: what a claim brings, its type, its range, and what its absence means.
 *
 * Types are fixed here: scale, range and absence are what the checker and the doors of a host go by. Called by
 * read_plan.c.
 */
#include "rules/reader.h"

#include "base/status.h"
#include "value/date.h"

/* Keys that go with a type. */
enum {
    WITH_UNIT = 1,
    WITH_SCALE = 2,
    WITH_RANGE = 4,
    WITH_VALUES = 8,
    WITH_PATTERN = 16,
    SCALE_NEEDED = 32,
    RANGE_NEEDED = 64
};

#define SCALE_MOST 12                 /* decimals of an input: beyond, a product leaves 64 bits at once */
#define WIDEST     999999999999999999 /* 18 digits, the most that a coefficient of 64 bits holds of any number */

/* clang-format off */
static const struct input_kind {
    uint8_t kind;  /* hz_kind */
    uint8_t keys;  /* WITH_… */
    int32_t scale;
    int64_t lo, hi;
} kinds[] = {
    [HZ_INPUT_KEY] = {HZ_KIND_STRING, 0, 0, 0, 0},
    [HZ_INPUT_DATE] = {HZ_KIND_DATE, WITH_RANGE, 0, HZ_DATE_MIN, HZ_DATE_MAX},
    [HZ_INPUT_BOOLEAN] = {HZ_KIND_BOOLEAN, 0, 0, 0, 1},
    [HZ_INPUT_CODE] = {HZ_KIND_CODE, WITH_VALUES, 0, 0, 0},
    [HZ_INPUT_TEXT] = {HZ_KIND_STRING, WITH_PATTERN, 0, 0, 0},
    [HZ_INPUT_COUNT] = {HZ_KIND_NUMBER, WITH_UNIT | WITH_RANGE, 0, 0, HZ_COUNT_MOST},
    [HZ_INPUT_MONEY] = {HZ_KIND_NUMBER, WITH_UNIT | WITH_RANGE, 2, 0, HZ_MONEY_MOST},
    [HZ_INPUT_RATE] = {HZ_KIND_NUMBER, WITH_UNIT | WITH_RANGE | WITH_SCALE, HZ_RATE_SCALE, 0, HZ_RATE_MOST},
    [HZ_INPUT_NUMBER] = {HZ_KIND_NUMBER, WITH_UNIT | WITH_RANGE | WITH_SCALE | SCALE_NEEDED | RANGE_NEEDED, 0, -WIDEST, WIDEST},
};
/* clang-format on */

static const struct input_kind *read_type(hz_reader *reader, hz_item item, hz_tree *map, hz_input *input)
{
    hz_tree *tree = hz_tree_get(map, "type");
    if (tree == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "input `%.*s` needs the key `type`",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "key, date, boolean, code, text, count, money, rate or number");
        return NULL;
    }
    int at = tree->kind == HZ_TREE_SCALAR ? hz_word_index(HZ_WORDS_INPUT_TYPE, tree->text) : -1;
    if (at < 0) {
        hz_refuse_type(reader, item, tree, HZ_WORDS_INPUT_TYPE);
        return NULL;
    }
    const struct input_kind *kind = &kinds[at];
    input->input_type = (uint8_t)at;
    input->type = (hz_type){.kind = kind->kind, .scale = kind->scale, .lo = kind->lo, .hi = kind->hi};
    return kind;
}

static const char *type_name(const hz_input *input)
{
    return hz_words_of(HZ_WORDS_INPUT_TYPE)[input->input_type];
}

/* False: the number of decimals is not known. */
static bool read_scale(hz_reader *reader, hz_item item, hz_tree *map, const struct input_kind *kind, hz_input *input)
{
    if ((kind->keys & WITH_SCALE) == 0) {
        hz_refuse_key(reader, item, map, "scale", type_name(input),
                      "decimals go with number and rate; money has 2, a count none");
        return true;
    }
    hz_tree *tree =
        (kind->keys & SCALE_NEEDED) != 0 ? hz_require(reader, item, map, "scale") : hz_tree_get(map, "scale");
    hz_str text;
    hz_decimal scale;
    if (tree == NULL) return (kind->keys & SCALE_NEEDED) == 0;
    if (!hz_read_text(reader, item, "scale", tree, &text)) return false;
    if (!hz_decimal_parse(text, false, &scale) || scale.scale != 0 || scale.coefficient < 0 ||
        scale.coefficient > SCALE_MOST) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NUMBER, hz_text_span(tree), "`%.*s` is not a number of decimals",
                                 HZ_BRIEF(text));
        hz_diag_hint(reader->diags, diag, "write a whole number from 0 to %d", SCALE_MOST);
        return false;
    }
    input->type.scale = (int32_t)scale.coefficient;
    if (input->input_type == HZ_INPUT_RATE)
        input->type.hi = HZ_RATE_MOST / hz_power10(HZ_RATE_SCALE) * hz_power10(input->type.scale);
    return true;
}

/* The pattern as a set of its own. */
static const hz_patterns *read_pattern(hz_reader *reader, hz_item item, const hz_tree *tree)
{
    const hz_pattern *pattern = hz_read_pattern(reader, item, "pattern", tree);
    if (pattern == NULL) return NULL;
    hz_patterns *set = HZ_NEW(reader->arena, hz_patterns);
    set->at = HZ_NEW(reader->arena, const hz_pattern *);
    set->bit = HZ_NEW(reader->arena, uint8_t);
    set->at[0] = pattern;
    set->count = 1;
    return set;
}

static void read_type_keys(hz_reader *reader, hz_item item, hz_tree *map, const struct input_kind *kind,
                           hz_input *input)
{
    hz_tree *unit = (kind->keys & WITH_UNIT) != 0 ? hz_tree_get(map, "unit") : NULL;
    if (unit != NULL) hz_read_unit(reader, item, unit, &input->unit);
    else if (input->input_type == HZ_INPUT_MONEY) input->unit = reader->model->currency;
    if ((kind->keys & WITH_UNIT) == 0)
        hz_refuse_key(reader, item, map, "unit", type_name(input), "units go with count, money, rate and number");
    bool scaled = read_scale(reader, item, map, kind, input);
    if ((kind->keys & WITH_VALUES) == 0) {
        hz_refuse_key(reader, item, map, "values", type_name(input), "a closed list of words is an input of `type: code`");
    } else {
        input->type.codes = hz_read_codes(reader, item, map);
        input->type.hi = input->type.codes != NULL && input->type.codes->count > 0 ? input->type.codes->count - 1 : 0;
    }
    hz_tree *pattern = (kind->keys & WITH_PATTERN) != 0 ? hz_tree_get(map, "pattern") : NULL;
    if (pattern != NULL) input->pattern = read_pattern(reader, item, pattern);
    if ((kind->keys & WITH_PATTERN) == 0)
        hz_refuse_key(reader, item, map, "pattern", type_name(input), "patterns go with texts");
    if ((kind->keys & WITH_RANGE) == 0) {
        hz_refuse_key(reader, item, map, "range", type_name(input), "ranges go with dates and numbers");
        return;
    }
    hz_tree *range =
        (kind->keys & RANGE_NEEDED) != 0 ? hz_require(reader, item, map, "range") : hz_tree_get(map, "range");
    if (range != NULL && scaled) {
        hz_read_range(reader, item, range, &input->type);
        input->ranged = true;
    }
}

/* A default must be such as a claim could bring. */
static void refuse_unlike(hz_reader *reader, hz_item item, hz_span span, const hz_input *input)
{
    hz_matcher matcher = {0};
    hz_alloc memory = reader->arena->alloc;
    hz_match match = HZ_MATCH_NO_MEMORY;
    if (hz_matcher_begin(&matcher, &memory)) match = hz_pattern_whole(input->pattern->at[0], &matcher, input->fallback.text);
    hz_matcher_end(&matcher);
    if (match == HZ_MATCH_NO_MEMORY) hz_arena_escape(reader->arena, HZ_NO_MEMORY);
    if (match != HZ_MATCH_YES)
        hz_error(reader->diags, HZ_E_OUT_OF_RANGE, span, "the default of %s `%.*s` is not like its `pattern`", HZ_ITEM(item));
}

static void read_default(hz_reader *reader, hz_item item, const hz_tree *tree, hz_input *input)
{
    hz_wanted wanted = {
        .kind = (hz_kind)input->type.kind, .codes = input->type.codes, .percent = input->input_type == HZ_INPUT_RATE};
    hz_span span = hz_text_span(tree);
    if (!hz_read_literal(reader, item, tree, &wanted, &input->fallback)) return;
    if (wanted.kind == HZ_KIND_NUMBER && !hz_literal_rescale(reader, item, span, input->type.scale, &input->fallback))
        return;
    input->has_default = hz_literal_within(reader, item, span, &input->type, &input->fallback);
    if (input->pattern != NULL) refuse_unlike(reader, item, span, input);
}

/* Required, optional, with a default, or required when: one of the four. */
void hz_read_absence(hz_reader *reader, hz_item item, hz_tree *map, hz_input *input)
{
    hz_tree_pair *optional = hz_tree_pair_of(map, "optional");
    hz_tree_pair *fallback = hz_tree_pair_of(map, "default");
    hz_tree_pair *when = hz_tree_pair_of(map, "when");
    hz_read_flag(reader, item, map, "optional", &input->optional);
    if (fallback != NULL) read_default(reader, item, fallback->value, input);
    if (when != NULL) input->when = hz_read_formula(reader, item, "when", when->value);
    int given = (input->optional ? 1 : 0) + (fallback != NULL ? 1 : 0) + (when != NULL ? 1 : 0);
    if (given > 1) {
        const hz_tree_pair *last = when != NULL ? when : fallback;
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, last->key_span,
                                 "input `%.*s` says more than one thing of its absence", HZ_BRIEF(input->name));
        hz_diag_hint(reader->diags, diag,
                     "keep one: `optional` (there is none), `default` (taken as), `when` (needed if)");
        const hz_tree_pair *other = input->optional && optional != NULL ? optional : fallback;
        hz_diag_relate(reader->diags, diag, other->key_span, "the other");
    }
    if (input->optional) input->type.absent = HZ_MAY_NULL;
    else if (when != NULL) input->type.absent = HZ_MAY_NULL | HZ_MAY_MISS;
    else if (fallback == NULL) input->type.absent = HZ_MAY_MISS;
}

static void read_input(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("input", pair);
    hz_input input = {.name = pair->key, .name_span = pair->key_span};
    hz_declare(reader, item, HZ_SYMBOL_INPUT, reader->plan->inputs.count);
    if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
        hz_tree *map = pair->value;
        hz_provenance from;
        /* An input taken over from another plan has its type there; read_parts.c goes on with it. */
        hz_tree *taken_over = hz_tree_get(map, "from");
        const struct input_kind *kind = taken_over != NULL ? NULL : read_type(reader, item, map, &input);
        hz_read_label_keys(reader, item, map, taken_over != NULL ? HZ_LABEL_FREE : HZ_LABEL_NEEDED, &input.label);
        hz_read_provenance(reader, item, map, &from);
        if (kind != NULL) {
            read_type_keys(reader, item, map, kind, &input);
            hz_read_absence(reader, item, map, &input);
        }
        if (taken_over != NULL && reader->plan == &reader->model->plans.at[reader->model->plans.count - 1]) {
            hz_read_text(reader, item, "from", taken_over, &input.from);
            *HZ_PUSH(reader->arena, &reader->taken_inputs) =
                (hz_taken_input){reader->model->plans.count - 1, reader->plan->inputs.count, pair};
        }
        hz_refuse_unknown(reader, map, HZ_IN_INPUT);
    }
    *HZ_PUSH(reader->arena, &reader->plan->inputs) = input;
}

void hz_read_inputs(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_input(reader, &tree->pairs.at[i]);
}
