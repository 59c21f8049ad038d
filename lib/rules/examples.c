/* examples.c - worked examples beside the rules: PLAN.examples.yaml as read, nothing computed.
 *
 * Inputs and expectations stay texts. Called by api/ for `huzhu test`; the examples are no part of a ruleset's hash.
 */
#include "rules/examples.h"
#include "rules/reader.h"

#include "source/suggest.h"

static void read_field(hz_reader *reader, hz_item item, const char *key, hz_tree_pair *pair, hz_fields *out)
{
    hz_field field = {.name = pair->key, .span = pair->value->span, .name_span = pair->key_span};
    pair->used = true;
    field.absent = pair->value->kind == HZ_TREE_NULL || hz_is_word(pair->value, "null");
    if (!field.absent && !hz_expect(reader, item, key, pair->value, HZ_TREE_SCALAR)) return;
    if (!field.absent) field.text = pair->value->text;
    *HZ_PUSH(reader->arena, out) = field;
}

/* A mapping of names to texts. */
static void read_fields(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_fields *out)
{
    if (!hz_expect(reader, item, key, tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count; i++) read_field(reader, item, key, &tree->pairs.at[i], out);
}

static void read_fields_key(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_fields *out)
{
    hz_tree *tree = hz_tree_get(map, key);
    if (tree != NULL) read_fields(reader, item, key, tree, out);
}

/* Every field of under that over does not name again, then those of over. */
static hz_fields merge(hz_arena *arena, const hz_fields *under, const hz_fields *over)
{
    hz_fields out = {0};
    hz_map again = {0};
    for (uint32_t i = 0; i < over->count; i++) hz_map_put(arena, &again, over->at[i].name, i);
    for (uint32_t i = 0; i < under->count; i++)
        if (hz_map_find(&again, under->at[i].name) == HZ_MAP_NONE) *HZ_PUSH(arena, &out) = under->at[i];
    for (uint32_t i = 0; i < over->count; i++) *HZ_PUSH(arena, &out) = over->at[i];
    return out;
}

/* ---- What is expected ---------------------------------------------------------------------------------------------
 */

static void read_outcome(hz_reader *reader, hz_item item, const hz_tree *tree, hz_expectation *out)
{
    if (!hz_read_text(reader, item, "outcome", tree, &out->outcome)) return;
    out->outcome_span = hz_text_span(tree);
    if (hz_word_index(HZ_WORDS_OUTCOME, out->outcome) >= 0) return;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_EXAMPLE, out->outcome_span, "`%.*s` is not an outcome", HZ_BRIEF(out->outcome));
    hz_hint_words(reader, diag, HZ_WORDS_OUTCOME, out->outcome,
                  "paid, nothing_due, refused, incomplete, undetermined, error, accepted (of an enrolment), not_asked (of a part), or "
                  "reversed");
}

/* benefit: net, or benefit: {gross: …, net: …}. */
static void read_benefits(hz_reader *reader, hz_item item, const hz_tree *tree, hz_expectation *out)
{
    if (!hz_expect(reader, item, "benefits", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        if (pair->value->kind != HZ_TREE_MAP) {
            read_field(reader, item, "benefits", pair, &out->benefits);
            continue;
        }
        hz_tree_pair *gross = hz_tree_pair_of(pair->value, "gross");
        hz_tree_pair *net = hz_tree_pair_of(pair->value, "net");
        hz_fields one = {0};
        if (net != NULL) {
            read_field(reader, item, "benefits", net, &one);
            for (uint32_t j = 0; j < one.count; j++)
                *HZ_PUSH(reader->arena, &out->benefits) =
                    (hz_field){pair->key, one.at[j].text, one.at[j].absent, one.at[j].span, pair->key_span};
        }
        one.count = 0;
        if (gross != NULL) {
            read_field(reader, item, "benefits", gross, &one);
            for (uint32_t j = 0; j < one.count; j++)
                *HZ_PUSH(reader->arena, &out->gross) =
                    (hz_field){pair->key, one.at[j].text, one.at[j].absent, one.at[j].span, pair->key_span};
        }
        hz_refuse_unknown(reader, pair->value, HZ_IN_EXPECTED_BENEFIT);
    }
}

/* A word, a list of words, or an empty list. Returns whether the key is there. */
static bool read_words(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_name_refs *out)
{
    hz_tree *tree = hz_tree_get(map, key);
    hz_name_ref ref;
    if (tree == NULL) return false;
    bool list = tree->kind == HZ_TREE_LIST;
    for (uint32_t i = 0; i < (list ? tree->items.count : 1); i++) {
        const hz_tree *word = list ? tree->items.at[i] : tree;
        ref.span = hz_text_span(word);
        if (hz_read_text(reader, item, key, word, &ref.name)) *HZ_PUSH(reader->arena, out) = ref;
    }
    return true;
}

static void read_parts(hz_reader *reader, hz_item item, const hz_tree *tree, hz_expectation *out);

static bool read_expected(hz_reader *reader, hz_item item, hz_tree *map, hz_expectation *out)
{
    hz_expectation expected = {.span = map->span};
    if (!hz_expect(reader, item, "expect", map, HZ_TREE_MAP)) return false;
    hz_tree *outcome = hz_tree_get(map, "outcome");
    hz_tree *total = hz_tree_get(map, "total");
    hz_tree *benefits = hz_tree_get(map, "benefits");
    if (outcome != NULL) read_outcome(reader, item, outcome, &expected);
    if (total != NULL && hz_is_word(total, "null")) /* none is expected */
        expected.total = HZ_STR("null");
    else if (total != NULL)
        hz_read_text(reader, item, "total", total, &expected.total);
    if (total != NULL)
        expected.total_span = hz_text_span(total);
    if (benefits != NULL) read_benefits(reader, item, benefits, &expected);
    hz_tree *error = hz_tree_get(map, "error");
    if (error != NULL && hz_read_text(reader, item, "error", error, &expected.error))
        expected.error_span = hz_text_span(error);
    read_fields_key(reader, item, map, "fees", &expected.fees);
    read_fields_key(reader, item, map, "counters", &expected.counters);
    expected.has_reasons = read_words(reader, item, map, "reasons", &expected.reasons);
    expected.has_missing = read_words(reader, item, map, "missing", &expected.missing);
    hz_tree *parts = hz_tree_get(map, "parts");
    if (parts != NULL) read_parts(reader, item, parts, &expected);
    hz_refuse_unknown(reader, map, HZ_IN_EXPECTATION);
    *out = expected;
    return true;
}

/* A part's total, its outcome, or a mapping as of a whole claim. */
static void read_part(hz_reader *reader, hz_item item, hz_tree *tree, hz_expectation *out)
{
    hz_decimal total;
    if (tree->kind == HZ_TREE_MAP) {
        read_expected(reader, item, tree, out);
        return;
    }
    out->span = tree->span;
    if (tree->kind == HZ_TREE_SCALAR && (hz_decimal_parse(tree->text, false, &total) || hz_is_word(tree, "null"))) {
        out->total = tree->text;
        out->total_span = hz_text_span(tree);
    } else {
        read_outcome(reader, item, tree, out);
    }
}

static void read_parts(hz_reader *reader, hz_item item, const hz_tree *tree, hz_expectation *out)
{
    if (!hz_expect(reader, item, "parts", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        hz_expected_part part = {.plan = {pair->key, pair->key_span}, .expected = HZ_NEW(reader->arena, hz_expectation)};
        pair->used = true;
        read_part(reader, item, pair->value, part.expected);
        *HZ_PUSH(reader->arena, &out->parts) = part;
    }
}

static void read_expectation(hz_reader *reader, hz_item item, hz_tree *map, hz_example *example)
{
    hz_expectation expected;
    if (read_expected(reader, item, map, &expected)) *HZ_PUSH(reader->arena, &example->expect) = expected;
}


/* ---- One example --------------------------------------------------------------------------------------------------
 */

/* {reverses: 1}: the first claim of the example is taken back. */
static bool takes_back(const hz_fields *own)
{
    return own->count == 1 && hz_str_is(own->at[0].name, "reverses");
}

static void read_claims(hz_reader *reader, hz_item item, hz_tree *map, const hz_fields *given, bool has_given,
                        hz_example *example)
{
    hz_tree *tree = hz_tree_get(map, "claims");
    if (tree == NULL && has_given) {
        *HZ_PUSH(reader->arena, &example->claims) = *given;
        return;
    }
    if (tree == NULL) {
        hz_diag *diag =
            hz_error(reader->diags, HZ_E_EXAMPLE, item.span, "example `%.*s` has no claim", HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "add `given: {…}` for one claim, or `claims:` and a list of them");
        return;
    }
    bool list = tree->kind == HZ_TREE_LIST;
    if (!list && !hz_expect(reader, item, "claims", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < (list ? tree->items.count : 1); i++) {
        hz_fields own = {0};
        read_fields(reader, item, "claims", list ? tree->items.at[i] : tree, &own);
        *HZ_PUSH(reader->arena, &example->claims) = takes_back(&own) ? own : merge(reader->arena, given, &own);
    }
}

static void read_expectations(hz_reader *reader, hz_item item, hz_tree *map, hz_example *example)
{
    hz_tree_pair *pair = hz_tree_pair_of(map, "expect");
    if (pair == NULL) {
        hz_require(reader, item, map, "expect");
        return;
    }
    hz_tree *tree = pair->value;
    bool list = tree->kind == HZ_TREE_LIST;
    for (uint32_t i = 0; i < (list ? tree->items.count : 1); i++)
        read_expectation(reader, item, list ? tree->items.at[i] : tree, example);
    uint32_t given = list ? tree->items.count : 1;
    if (example->claims.count == 0 || given == example->claims.count) return;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_EXAMPLE, pair->key_span, "example `%.*s` has %u claims and expects %u answers",
                 HZ_BRIEF(item.name), (unsigned)example->claims.count, (unsigned)given);
    hz_diag_hint(reader->diags, diag, "`expect` has an entry for each claim, in the same order");
}

static void read_settings(hz_reader *reader, hz_item item, hz_tree *map, hz_example *example)
{
    hz_name_refs lines = {0};
    read_words(reader, item, map, "with", &lines);
    for (uint32_t i = 0; i < lines.count; i++)
        example->with =
            i == 0 ? lines.at[i].name
                   : hz_arena_printf(reader->arena, "%.*s\n%.*s", HZ_ARG(example->with), HZ_ARG(lines.at[i].name));
}

static void read_ask(hz_reader *reader, hz_item item, hz_tree *map, hz_example *example)
{
    hz_tree *tree = hz_tree_get(map, "ask");
    example->ask = HZ_STR("claim");
    if (tree == NULL || !hz_read_text(reader, item, "ask", tree, &example->ask)) return;
    if (hz_word_index(HZ_WORDS_QUESTION, example->ask) >= 0) return;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_EXAMPLE, hz_text_span(tree), "`%.*s` cannot be asked", HZ_BRIEF(example->ask));
    hz_hint_words(reader, diag, HZ_WORDS_QUESTION, example->ask, "write `ask: claim` or `ask: enrolment`");
}

static void read_example(hz_reader *reader, hz_tree *map, const hz_fields *common, hz_examples *examples)
{
    hz_example example = {.span = map->span, .sum_span = HZ_NO_SPAN};
    hz_item item = {"example", hz_arena_printf(reader->arena, "%u", (unsigned)examples->list.count + 1),
                    hz_first_key(map)};
    hz_fields own = {0};
    hz_label title = {0};
    if (!hz_expect(reader, item, NULL, map, HZ_TREE_MAP)) return;
    hz_tree *id = hz_require(reader, item, map, "id");
    hz_tree *name = hz_tree_get(map, "title");
    hz_tree *sum = hz_tree_get(map, "sum");
    if (id != NULL && hz_read_text(reader, item, "id", id, &example.id))
        item = (hz_item){"example", example.id, hz_text_span(id)};
    if (name != NULL) hz_read_label(reader, (hz_item){"the title of example", item.name, item.span}, name, &title);
    example.title = title.zh;
    hz_read_text_key(reader, item, map, "basis", &example.basis);
    read_ask(reader, item, map, &example);
    read_settings(reader, item, map, &example);
    read_fields_key(reader, item, map, "given", &own);
    hz_fields given = merge(reader->arena, common, &own);
    read_fields_key(reader, item, map, "counters", &example.counters);
    read_claims(reader, item, map, &given, hz_tree_get(map, "given") != NULL || common->count > 0, &example);
    read_expectations(reader, item, map, &example);
    if (sum != NULL && hz_read_text(reader, item, "sum", sum, &example.sum)) example.sum_span = hz_text_span(sum);
    hz_refuse_unknown(reader, map, HZ_IN_EXAMPLE);
    *HZ_PUSH(reader->arena, &examples->list) = example;
}

static void refuse_doubles(hz_reader *reader, const hz_tree *list)
{
    hz_map ids = {0};
    for (uint32_t i = 0; i < list->items.count; i++) {
        hz_tree *map = list->items.at[i];
        const hz_tree *id = hz_tree_get(map, "id");
        if (id == NULL || id->kind != HZ_TREE_SCALAR) continue;
        uint32_t first = hz_map_put(reader->arena, &ids, id->text, i);
        if (first == i) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_DUPLICATE_EXAMPLE, hz_text_span(id),
                                 "two examples are called `%.*s`", HZ_BRIEF(id->text));
        hz_diag_hint(reader->diags, diag, "rename one of the two");
        hz_diag_relate(reader->diags, diag, hz_text_span(hz_tree_get(list->items.at[first], "id")), "the other");
    }
}

hz_examples *hz_examples_read(hz_arena *arena, hz_diags *diags, hz_sources *sources, hz_file file)
{
    hz_examples *examples = HZ_NEW(arena, hz_examples);
    hz_reader reader = {.arena = arena, .diags = diags};
    uint32_t number = hz_sources_add(arena, sources, file.path, file.bytes);
    hz_tree *tree = hz_tree_read(arena, diags, sources, number);
    hz_fields common = {0};
    if (tree == NULL) return examples;
    hz_item item = {"examples file", file.path, hz_first_key(tree)};
    if (hz_refuse_empty(&reader, item, tree) || !hz_expect(&reader, item, NULL, tree, HZ_TREE_MAP)) return examples;
    hz_tree_pair *plans = hz_tree_pair_of(tree, "plans");
    hz_tree *plan = plans == NULL ? hz_require(&reader, item, tree, "plan") : hz_tree_get(tree, "plan");
    hz_tree *list = hz_require(&reader, item, tree, "examples");
    if (plan != NULL) hz_read_text(&reader, item, "plan", plan, &examples->plan);
    if (plans != NULL) hz_read_refs(&reader, item, tree, "plans", &examples->plans);
    if (plan != NULL && plans != NULL) {
        hz_diag *diag = hz_error(diags, HZ_E_CONFLICT, plans->key_span, "these examples have a `plan` and `plans`");
        hz_diag_hint(diags, diag, "`plans` is for events that are settled under several plans; keep one");
    }
    read_fields_key(&reader, item, tree, "given", &common);
    if (list != NULL && hz_expect(&reader, item, "examples", list, HZ_TREE_LIST)) {
        for (uint32_t i = 0; i < list->items.count; i++) read_example(&reader, list->items.at[i], &common, examples);
        refuse_doubles(&reader, list);
    }
    hz_refuse_unknown(&reader, tree, HZ_IN_EXAMPLES);
    return examples;
}
