/* read_counters.c - counters: what the host keeps between claims, under which keys, and how a claim moves it.
 *
 * A counter over several plans is declared in the manifest, and each of them says what its claims do to it. Called by
 * read_plan.c and read_manifest.c.
 */
#include "rules/reader.h"

#include "source/suggest.h"
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

static void read_key(hz_reader *reader, hz_item item, hz_tree *map, hz_counter *counter)
{
    if (hz_require(reader, item, map, "per") != NULL) hz_read_refs(reader, item, map, "per", &counter->per);
    if (counter->per.count > KEYS_MOST)
        hz_error(reader->diags, HZ_E_TOO_LARGE, counter->per.at[KEYS_MOST].span, "counter `%.*s` has more than %d names in `per`",
                 HZ_BRIEF(item.name), KEYS_MOST);
}

/* ---- Counters that plans share ---- */

static hz_shared_counter *shared_named(hz_reader *reader, hz_str name)
{
    for (uint32_t i = 0; i < reader->shared_counters.count; i++)
        if (hz_str_eq(reader->shared_counters.at[i].counter.name, name)) return &reader->shared_counters.at[i];
    return NULL;
}

static void refuse_shared(hz_reader *reader, hz_item item)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, item.name);
    for (uint32_t i = 0; i < reader->shared_counters.count; i++) hz_suggest_offer(&suggest, reader->shared_counters.at[i].counter.name);
    hz_diag *diag = hz_error(reader->diags, HZ_E_COUNTER, item.span, "the manifest has no counter `%.*s` to share", HZ_BRIEF(item.name));
    if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "declare it in ruleset.yaml: counters: {%.*s: {unit: …, per: …}}", HZ_BRIEF(item.name));
}

/* What the manifest says may be said again, if it is the same. */
static void check_said_again(hz_reader *reader, hz_item item, hz_tree *map, const hz_counter *shared)
{
    static const char *const manifests[] = {"type", "start"};
    hz_name_refs per = {0};
    hz_str unit = shared->unit;
    hz_read_refs(reader, item, map, "per", &per);
    bool same = per.count == 0 || per.count == shared->per.count;
    for (uint32_t i = 0; same && i < per.count; i++) same = hz_str_eq(per.at[i].name, shared->per.at[i].name);
    if (!same) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_COUNTER, per.at[0].span, "counter `%.*s` is kept by another key in the manifest", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "leave `per` out, or write the same names in the same order");
        hz_diag_relate(reader->diags, diag, shared->name_span, "there");
    }
    hz_tree *said = hz_tree_get(map, "unit");
    if (said != NULL && hz_read_text(reader, item, "unit", said, &unit) && !hz_str_eq(unit, shared->unit)) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_COUNTER, hz_text_span(said), "counter `%.*s` has another unit in the manifest", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "leave `unit` out");
        hz_diag_relate(reader->diags, diag, shared->name_span, "there");
    }
    for (size_t i = 0; i < sizeof manifests / sizeof *manifests; i++) {
        hz_tree_pair *pair = hz_tree_pair_of(map, manifests[i]);
        if (pair == NULL) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_COUNTER, pair->key_span, "`%s` of a shared counter stands in the manifest", manifests[i]);
        hz_diag_hint(reader->diags, diag, "a plan says what its claims do to it: `adds` or `next`");
    }
}

static void read_shared(hz_reader *reader, hz_item item, hz_tree *map, hz_counter *counter)
{
    hz_shared_counter *shared = shared_named(reader, item.name);
    hz_label own = counter->label;
    hz_provenance from = counter->from;
    hz_span span = counter->name_span;
    if (shared == NULL) {
        refuse_shared(reader, item);
        return;
    }
    check_said_again(reader, item, map, &shared->counter);
    shared->used = true;
    *counter = shared->counter;
    counter->shared = true;
    counter->name_span = span;
    if (from.given) counter->from = from;
    if (hz_tree_get(map, "zh") != NULL) counter->label.zh = own.zh;
    if (hz_tree_get(map, "en") != NULL) counter->label.en = own.en;
    if (shared->adds != NULL && hz_tree_get(map, "adds") == NULL && hz_tree_get(map, "next") == NULL)
        counter->adds = hz_read_formula(reader, item, "adds", shared->adds);
    else read_move(reader, item, map, counter);
}

static void refuse_own(hz_reader *reader, hz_item item, const hz_shared_counter *shared)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_COUNTER, item.span, "counter `%.*s` has the name of one that plans share", HZ_BRIEF(item.name));
    hz_diag_hint(reader->diags, diag, "write `shared: true` if it is that one; otherwise rename it");
    hz_diag_relate(reader->diags, diag, shared->counter.name_span, "in the manifest");
}

static void read_counter(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("counter", pair);
    hz_counter counter = {.name = pair->key, .name_span = pair->key_span};
    hz_declare(reader, item, HZ_SYMBOL_COUNTER, reader->plan->counters.count);
    if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) {
        hz_tree *map = pair->value;
        const hz_shared_counter *shared = shared_named(reader, item.name);
        hz_read_flag(reader, item, map, "shared", &counter.shared);
        hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &counter.label);
        hz_read_provenance(reader, item, map, &counter.from);
        if (counter.shared) {
            read_shared(reader, item, map, &counter);
        } else {
            if (shared != NULL) refuse_own(reader, item, shared);
            read_type(reader, item, map, &counter);
            counter.type.absent = HZ_MAY_MISS;
            read_start(reader, item, map, &counter);
            read_key(reader, item, map, &counter);
            read_move(reader, item, map, &counter);
        }
        hz_refuse_unknown(reader, map, HZ_IN_COUNTER);
    }
    *HZ_PUSH(reader->arena, &reader->plan->counters) = counter;
}

void hz_read_counters(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_counter(reader, &tree->pairs.at[i]);
}

/* ---- The manifest ---- */

static void read_shared_counter(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("counter", pair);
    hz_shared_counter shared = {.counter = {.name = pair->key, .name_span = pair->key_span, .shared = true}};
    hz_counter *counter = &shared.counter;
    bool flag = true;
    pair->used = true;
    if (!hz_is_name(pair->key)) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_NAME, pair->key_span, "`%.*s` cannot be the name of a counter", HZ_BRIEF(pair->key));
        hz_diag_hint(reader->diags, diag, "small letters a-z, digits and `_`, a letter first");
    }
    if (!hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) return;
    hz_tree *map = pair->value;
    read_type(reader, item, map, counter);
    counter->type.absent = HZ_MAY_MISS;
    read_start(reader, item, map, counter);
    read_key(reader, item, map, counter);
    hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &counter->label);
    hz_read_provenance(reader, item, map, &counter->from);
    hz_read_flag(reader, item, map, "shared", &flag);
    shared.adds = hz_tree_get(map, "adds");
    if (!flag) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_COUNTER, hz_tree_pair_of(map, "shared")->key_span, "a counter of the manifest is shared");
        hz_diag_hint(reader->diags, diag, "a counter of one plan stands in its file");
    }
    hz_refuse_unknown(reader, map, HZ_IN_SHARED_COUNTER);
    *HZ_PUSH(reader->arena, &reader->shared_counters) = shared;
}

void hz_read_shared_counters(hz_reader *reader, hz_item item, hz_tree *manifest)
{
    hz_tree *tree = hz_tree_get(manifest, "counters");
    if (tree == NULL || !hz_expect(reader, item, "counters", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_shared_counter(reader, &tree->pairs.at[i]);
}

void hz_check_shared_counters(hz_reader *reader)
{
    for (uint32_t i = 0; i < reader->shared_counters.count && reader->diags->errors == 0; i++) {
        if (reader->shared_counters.at[i].used) continue;
        hz_diag *diag = hz_warn(reader->diags, HZ_E_UNUSED, reader->shared_counters.at[i].counter.name_span, "no plan has the shared counter `%.*s`",
                                HZ_BRIEF(reader->shared_counters.at[i].counter.name));
        hz_diag_hint(reader->diags, diag, "a plan that adds to it has a counter of that name with `shared: true`");
    }
}
