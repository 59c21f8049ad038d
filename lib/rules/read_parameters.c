/* read_parameters.c - parameters: the figures of a plan, each a history of literals with provenance.
 *
 * A parameter's type spans all its versions: one scale, one range. Called by read_plan.c; scenario.c uses
 * hz_span_versions after it has replaced entries.
 */
#include "rules/reader.h"

static void read_type(hz_reader *reader, hz_item item, hz_tree *map, const hz_tree *tree, hz_wanted *wanted, hz_parameter *parameter)
{
    static const hz_kind kinds[] = {HZ_KIND_BOOLEAN, HZ_KIND_CODE, HZ_KIND_DATE, HZ_KIND_MONTHS};
    if (hz_read_set_type(reader, item, tree, &parameter->set_of)) {
        wanted->kind = HZ_KIND_SET;
        hz_refuse_key(reader, item, map, "values", "a set", "its codes are those of the name behind `set of`");
        return;
    }
    int at = tree->kind == HZ_TREE_SCALAR ? hz_word_index(HZ_WORDS_PARAMETER_TYPE, tree->text) : -1;
    if (at >= 0) wanted->kind = kinds[at];
    if (wanted->kind == HZ_KIND_CODE) wanted->codes = hz_read_codes(reader, item, map);
    else if (wanted->kind != HZ_KIND_NONE)
        hz_refuse_key(reader, item, map, "values", tree->text.at, "codes go with `type: code`");
    else hz_refuse_type(reader, item, tree, HZ_WORDS_PARAMETER_TYPE);
}

/* What the entries must be, from `unit` or `type`; kind NONE after an error. */
static hz_wanted read_wanted(hz_reader *reader, hz_item item, hz_tree *map, hz_parameter *parameter)
{
    hz_wanted wanted = {.kind = HZ_KIND_NONE};
    hz_tree_pair *unit = hz_tree_pair_of(map, "unit");
    hz_tree_pair *type = hz_tree_pair_of(map, "type");
    if (unit != NULL) hz_read_unit(reader, item, unit->value, &parameter->unit);
    if (unit != NULL && type != NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, type->key_span,
                                 "parameter `%.*s` has a `unit` and a `type`", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "a number has a unit; everything else has a type");
    } else if (type != NULL) {
        read_type(reader, item, map, type->value, &wanted, parameter);
    } else if (unit != NULL) {
        wanted.kind = HZ_KIND_NUMBER;
        wanted.unit = parameter->unit;
        wanted.percent = hz_str_is(parameter->unit, "%");
        hz_refuse_key(reader, item, map, "values", "a number", "codes go with `type: code`");
    } else {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span,
                                 "parameter `%.*s` needs the key `unit`, or `type`", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag,
                     "`unit: CNY`, `unit: '%%'`, `unit: days` for a number; `type: period`, "
                     "`type: boolean`, … otherwise");
    }
    return wanted;
}

/* A period is one of two kinds of duration, which don't compare: the first version says which. */
static bool same_kind(hz_reader *reader, hz_item item, const hz_entry *first, const hz_entry *entry)
{
    if (first->value.type.kind == entry->value.type.kind) return true;
    bool days = entry->value.type.kind == HZ_KIND_DAYS;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_PERIOD, entry->span, "parameter `%.*s` is given in %s here, in %s before",
                 HZ_BRIEF(item.name), days ? "days" : "months or years", days ? "months or years" : "days");
    hz_diag_hint(reader->diags, diag, "give every version in one of the two; their lengths cannot be compared");
    hz_diag_relate(reader->diags, diag, first->span, "the other");
    return false;
}

static void read_versions(hz_reader *reader, hz_item item, const hz_wanted *wanted, hz_dated *dated,
                          hz_parameter *parameter)
{
    const hz_entry *first = NULL;
    for (uint32_t i = 0; i < dated->values.count; i++) {
        hz_entry *entry = &parameter->history.entries.at[i];
        const hz_tree *tree = dated->values.at[i];
        if (tree == NULL || wanted->kind == HZ_KIND_NONE) continue;
        if (wanted->kind == HZ_KIND_SET) {
            *HZ_PUSH(reader->arena, &reader->sets) = (hz_waiting_set){reader->plan->parameters.count, entry, tree};
            continue;
        }
        bool good = hz_read_literal(reader, item, tree, wanted, &entry->value);
        if (good && first == NULL) first = entry;
        if (!good || (wanted->kind == HZ_KIND_MONTHS && !same_kind(reader, item, first, entry)))
            entry->value.type = (hz_type){.kind = HZ_KIND_NONE};
    }
    parameter->type = (hz_type){.kind = (uint8_t)wanted->kind, .codes = wanted->codes};
    hz_span_versions(parameter);
}

void hz_span_versions(hz_parameter *parameter)
{
    hz_type *type = &parameter->type;
    bool first = true;
    type->absent = 0;
    type->scale = 0; /* not the unit's: 1300 yuan × 20 % is proved to be whole cents only if 1300 has no decimals */
    type->lo = type->hi = 0;
    for (uint32_t i = 0; i < parameter->history.entries.count; i++) {
        hz_entry *entry = &parameter->history.entries.at[i];
        if (entry->state == HZ_ENTRY_VALUE && entry->value.type.scale > type->scale)
            type->scale = entry->value.type.scale;
        if (entry->state == HZ_ENTRY_UNKNOWN) type->absent |= HZ_MAY_UNKNOWN;
    }
    for (uint32_t i = 0; i < parameter->history.entries.count; i++) {
        hz_literal *value = &parameter->history.entries.at[i].value;
        hz_i128 coefficient;
        if (parameter->history.entries.at[i].state != HZ_ENTRY_VALUE || value->type.kind == HZ_KIND_NONE ||
            !hz_decimal_rescale(value->coefficient, value->type.scale, type->scale, &coefficient))
            continue;
        hz_literal_set(value, (hz_kind)value->type.kind, type->scale, coefficient);
        value->type.codes = type->codes;
        value->type.sets = type->sets;
        type->kind = value->type.kind;
        type->lo = first || coefficient < type->lo ? coefficient : type->lo;
        type->hi = first || coefficient > type->hi ? coefficient : type->hi;
        first = false;
    }
}

typedef struct reading_context {
    const hz_wanted *wanted;
    const hz_parameter *parameter;
} reading_context;

static void read_reading(hz_reader *reader, hz_item item, hz_tree *map, hz_history *out, void *context)
{
    const reading_context *c = context;
    hz_parameter one = *c->parameter;
    one.history = (hz_history){.dated = true};
    hz_dated dated = {.history = &one.history};
    hz_read_entries(reader, item, map, true, &dated);
    read_versions(reader, item, c->wanted, &dated, &one);
    *out = one.history;
}

static bool read_readings(hz_reader *reader, hz_item item, hz_tree *map, const hz_wanted *wanted, hz_parameter *parameter)
{
    if (!hz_read_waiting_readings(reader, item, map, read_reading, &(reading_context){wanted, parameter}, &parameter->history)) return false;
    parameter->type = (hz_type){.kind = (uint8_t)wanted->kind, .codes = wanted->codes};
    if (wanted->kind == HZ_KIND_SET) return true; /* finished by sets.c */
    hz_finish_readings(reader, item, &parameter->history);
    hz_span_versions(parameter);
    return true;
}

static void read_again(hz_reader *reader, hz_item item, hz_tree *map, hz_parameter *parameter)
{
    hz_kind kind = (hz_kind)parameter->type.kind;
    bool period = kind == HZ_KIND_DAYS || kind == HZ_KIND_MONTHS;
    hz_wanted wanted = {.kind = period ? HZ_KIND_MONTHS : kind, .codes = parameter->type.codes, .unit = parameter->unit,
                        .percent = hz_str_is(parameter->unit, "%")};
    hz_dated dated = {.history = &parameter->history};
    parameter->history.entries.at = NULL;
    parameter->history.entries.count = parameter->history.entries.room = 0;
    memset(&parameter->history.readings, 0, sizeof parameter->history.readings);
    if (read_readings(reader, item, map, &wanted, parameter)) {
        hz_refuse_unknown(reader, map, HZ_IN_HISTORY);
        return;
    }
    hz_read_entries(reader, item, map, true, &dated);
    if (parameter->history.entries.count == 0) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NO_ENTRY, item.span, "%s `%.*s` has no dated entry", HZ_ITEM(item));
        hz_diag_hint(reader->diags, diag, "write its whole history, lines like `2018-01-01: {value: …, source: …}`");
    }
    read_versions(reader, item, &wanted, &dated, parameter);
    hz_refuse_unknown(reader, map, HZ_IN_HISTORY);
}

void hz_read_parameter_again(hz_reader *reader, hz_item item, hz_tree *map, hz_parameter *parameter)
{
    reader->sets.count = 0;
    read_again(reader, item, map, parameter);
    if (parameter->type.kind == HZ_KIND_SET) hz_read_sets_again(reader, item, parameter);
}

static void read_parameter(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("parameter", pair);
    hz_parameter parameter = {.name = pair->key, .name_span = pair->key_span};
    hz_dated dated = {.history = &parameter.history};
    hz_declare(reader, item, HZ_SYMBOL_PARAMETER, reader->plan->parameters.count);
    if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
        hz_tree *map = pair->value;
        hz_provenance all;
        hz_wanted wanted = read_wanted(reader, item, map, &parameter);
        hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &parameter.label);
        hz_read_flag(reader, item, map, "informative", &parameter.informative);
        hz_read_dated_by(reader, item, map, &parameter.history);
        hz_read_provenance(reader, item, map, &all);
        if (read_readings(reader, item, map, &wanted, &parameter)) {
            hz_refuse_unknown(reader, map, HZ_IN_PARAMETER);
            *HZ_PUSH(reader->arena, &reader->plan->parameters) = parameter;
            return;
        }
        hz_read_entries(reader, item, map, true, &dated);
        if (parameter.history.entries.count == 0) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_NO_ENTRY, item.span, "parameter `%.*s` has no dated entry",
                                     HZ_BRIEF(item.name));
            hz_diag_hint(reader->diags, diag, "write a line like `2018-01-01: {value: …, source: …}`, or `always: …`");
        }
        read_versions(reader, item, &wanted, &dated, &parameter);
        hz_refuse_unknown(reader, map, HZ_IN_PARAMETER);
    }
    *HZ_PUSH(reader->arena, &reader->plan->parameters) = parameter;
}

void hz_read_parameters(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_parameter(reader, &tree->pairs.at[i]);
}
