/* read_counters.c - counters: what the host keeps between claims, under which keys, and how a claim moves it.
 *
 * Called by read_plan.c.
 */
#include "rules/reader.h"

#include "value/date.h"

#define KEYS_MOST 8 /* names in `per`: what a program and the C ABI have room for */

static void read_type(hz_reader *reader, hz_item item, hz_tree *map, hz_counter *counter)
{
    hz_tree_pair *unit = hz_tree_pair_of(map, "unit");
    hz_tree_pair *type = hz_tree_pair_of(map, "type");
    if (unit != NULL) hz_read_unit(reader, item, unit->value, &counter->unit);
    if (unit != NULL && type != NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, type->key_span,
                                 "counter `%.*s` has a `unit` and a `type`", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "a number has a unit; a flag is `type: boolean`, a last date `type: date`");
    } else if (unit != NULL) {
        int32_t scale = hz_unit_scale(counter->unit, reader->model->currency);
        counter->type =
            (hz_type){.kind = HZ_KIND_NUMBER, .scale = scale, .hi = scale > 0 ? HZ_MONEY_MOST : HZ_COUNT_MOST};
    } else if (type != NULL && hz_is_word(type->value, "boolean")) {
        counter->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .hi = 1};
    } else if (type != NULL && hz_is_word(type->value, "date")) {
        counter->type = (hz_type){.kind = HZ_KIND_DATE, .lo = HZ_DATE_MIN, .hi = HZ_DATE_MAX};
    } else if (type != NULL) {
        hz_refuse_type(reader, item, type->value, HZ_WORDS_COUNTER_TYPE);
    } else {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span,
                                 "counter `%.*s` needs the key `unit`, or `type`", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "`unit: CNY`, `unit: days`, … for a number; `type: boolean` or `type: date`");
    }
}

static void read_start(hz_reader *reader, hz_item item, hz_tree *map, hz_counter *counter)
{
    hz_tree *tree = hz_tree_get(map, "start");
    hz_wanted wanted = {.kind = (hz_kind)counter->type.kind};
    hz_literal_set(&counter->start, (hz_kind)counter->type.kind, counter->type.scale, 0);
    if (counter->type.kind == HZ_KIND_DATE && (tree == NULL || hz_is_word(tree, "none"))) {
        counter->start.type.kind = HZ_KIND_NULL;
        counter->type.absent |= HZ_MAY_NULL;
    } else if (tree != NULL && wanted.kind != HZ_KIND_NONE) {
        hz_literal start;
        hz_span span = hz_text_span(tree);
        if (!hz_read_literal(reader, item, tree, &wanted, &start) ||
            (wanted.kind == HZ_KIND_NUMBER && !hz_literal_rescale(reader, item, span, counter->type.scale, &start)) ||
            !hz_literal_within(reader, item, span, &counter->type, &start))
            return;
        counter->start = start;
        counter->has_start = true;
    }
}

static void read_move(hz_reader *reader, hz_item item, hz_tree *map, hz_counter *counter)
{
    hz_tree_pair *adds = hz_tree_pair_of(map, "adds");
    hz_tree_pair *next = hz_tree_pair_of(map, "next");
    if (adds != NULL && next != NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_CONFLICT, next->key_span, "counter `%.*s` has `adds` and `next`",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "`adds` is what comes on top, `next` what it is afterwards; keep one");
        hz_diag_relate(reader->diags, diag, adds->key_span, "the other");
    } else if (adds != NULL) {
        counter->adds = hz_read_formula(reader, item, "adds", adds->value);
        if (counter->type.kind == HZ_KIND_BOOLEAN || counter->type.kind == HZ_KIND_DATE) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_KEY_FOR_TYPE, adds->key_span,
                                     "nothing can be added to counter `%.*s`: it is no number", HZ_BRIEF(item.name));
            hz_diag_hint(reader->diags, diag, "write `next: …`, what it is after the claim");
        }
    } else if (next != NULL) {
        counter->next = hz_read_formula(reader, item, "next", next->value);
    } else {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span,
                                 "counter `%.*s` needs the key `adds`, or `next`", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "`adds: …` for what a claim adds, `next: …` for what it is after the claim");
    }
}

static void read_counter(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("counter", pair);
    hz_counter counter = {.name = pair->key, .name_span = pair->key_span};
    hz_declare(reader, item, HZ_SYMBOL_COUNTER, reader->plan->counters.count);
    if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
        hz_tree *map = pair->value;
        read_type(reader, item, map, &counter);
        counter.type.absent = HZ_MAY_MISS;
        read_start(reader, item, map, &counter);
        hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &counter.label);
        hz_read_provenance(reader, item, map, &counter.from);
        if (hz_require(reader, item, map, "per") != NULL) hz_read_refs(reader, item, map, "per", &counter.per);
        if (counter.per.count > KEYS_MOST)
            hz_error(reader->diags, HZ_E_TOO_LARGE, counter.per.at[KEYS_MOST].span,
                     "counter `%.*s` has more than %d names in `per`", HZ_BRIEF(item.name), KEYS_MOST);
        hz_read_flag(reader, item, map, "shared", &counter.shared);
        if (counter.shared)
            hz_unsupported(reader, hz_tree_pair_of(map, "shared")->key_span, "counters shared by plans");
        read_move(reader, item, map, &counter);
        hz_refuse_unknown(reader, map, HZ_IN_COUNTER);
    }
    *HZ_PUSH(reader->arena, &reader->plan->counters) = counter;
}

void hz_read_counters(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_counter(reader, &tree->pairs.at[i]);
}
