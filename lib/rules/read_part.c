/* read_part.c - one part of a package: the plan it is, when it is asked, what its inputs are set to, and which of its
 * values are others in this package.
 *
 * A part is a plan of its own: it is read once more from its file, and what the package replaces is put in place.
 * Called by read_parts.c when all plans are read.
 */
#include "rules/reader.h"

#include "source/suggest.h"

static bool is_package(const hz_reader *reader, const hz_plan_model *plan)
{
    for (uint32_t i = 0; i < reader->packages.count; i++)
        if (&reader->model->plans.at[reader->packages.at[i].plan] == plan) return true;
    return false;
}

/* The plan that the part is, or NULL. */
static const hz_plan_model *find_plan(hz_reader *reader, hz_item item)
{
    const hz_plan_model *plan = hz_plan_named(reader, item.name);
    if (plan != NULL && !is_package(reader, plan)) return plan;
    if (plan == NULL && reader->unread) return NULL;
    bool itself = plan == reader->plan;
    hz_diag *diag = plan == NULL ? hz_error(reader->diags, HZ_E_PART, item.span, "there is no plan `%.*s`", HZ_BRIEF(item.name))
                    : itself     ? hz_error(reader->diags, HZ_E_PART, item.span, "package `%.*s` is a part of itself", HZ_BRIEF(item.name))
                                 : hz_error(reader->diags, HZ_E_PART, item.span, "`%.*s` is a package, and cannot be a part of one", HZ_BRIEF(item.name));
    hz_suggest suggest;
    hz_suggest_begin(&suggest, item.name);
    for (uint32_t i = 0; i < reader->model->plans.count; i++)
        if (!is_package(reader, &reader->model->plans.at[i])) hz_suggest_offer(&suggest, reader->model->plans.at[i].id);
    if (plan != NULL) hz_diag_hint(reader->diags, diag, "name the plans of which it consists");
    else if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "a part is a plan of this ruleset, by its id");
    return NULL;
}

static void read_sets(hz_reader *reader, hz_item item, hz_tree *map, const hz_plan_model *plan, hz_part *part)
{
    hz_tree *tree = hz_tree_get(map, "set");
    if (tree == NULL || !hz_expect(reader, item, "set", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count; i++) {
        hz_tree_pair *pair = &tree->pairs.at[i];
        hz_set set = {.input = {pair->key, pair->key_span}};
        pair->used = true;
        if (hz_input_named(plan, pair->key) == NULL) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_PART, pair->key_span, "part `%.*s` has no input `%.*s`", HZ_BRIEF(plan->id), HZ_BRIEF(pair->key));
            hz_hint_input(reader, diag, plan, pair->key, "`set` gives the part's inputs their values");
            continue;
        }
        set.formula = hz_read_formula(reader, (hz_item){"what is set for input", pair->key, pair->key_span}, NULL, pair->value);
        if (set.formula != NULL) *HZ_PUSH(reader->arena, &part->sets) = set;
    }
}

/* ---- what is replaced ---- */

static void refuse_replaced(hz_reader *reader, const hz_tree_pair *pair, const hz_plan_model *plan, bool known)
{
    hz_suggest suggest;
    hz_diag *diag = known ? hz_error(reader->diags, HZ_E_PART, pair->key_span, "`%.*s` cannot be replaced: only parameters and values can", HZ_BRIEF(pair->key))
                          : hz_error(reader->diags, HZ_E_PART, pair->key_span, "part `%.*s` has no parameter or value `%.*s`", HZ_BRIEF(plan->id), HZ_BRIEF(pair->key));
    hz_suggest_begin(&suggest, pair->key);
    for (uint32_t i = 0; i < plan->symbols.count; i++) {
        const hz_symbol *symbol = &plan->symbols.at[i];
        if (symbol->kind == HZ_SYMBOL_PARAMETER || symbol->kind == HZ_SYMBOL_VALUE) hz_suggest_offer(&suggest, symbol->name);
    }
    if (!known && suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "a part's figures are its `parameters`; what depends on more is a plan of its own");
}

/* A figure has a history, also where it has one version. */
static bool has_history(hz_reader *reader, hz_item item, const hz_tree *tree)
{
    if (tree->kind == HZ_TREE_MAP) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span, "%s `%.*s` has no date and no source", HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write its whole history, lines like `2018-01-01: {value: …, source: …}`");
    return false;
}

static void replace(hz_reader *reader, hz_tree_pair *pair, hz_part *part)
{
    hz_plan_model *plan = part->rules;
    hz_item item = hz_item_of("the replaced value", pair);
    uint32_t known = hz_map_find(&plan->symbol_map, pair->key);
    const hz_symbol *symbol = known != HZ_MAP_NONE ? &plan->symbols.at[known] : NULL;
    pair->used = true;
    if (symbol == NULL || (symbol->kind != HZ_SYMBOL_PARAMETER && symbol->kind != HZ_SYMBOL_VALUE)) {
        refuse_replaced(reader, pair, plan, symbol != NULL);
        return;
    }
    *HZ_PUSH(reader->arena, &plan->replaced) = (hz_name_ref){pair->key, pair->key_span};
    if (symbol->kind == HZ_SYMBOL_PARAMETER) {
        if (has_history(reader, item, pair->value))
            hz_read_parameter_again(reader, item, pair->value, &plan->parameters.at[symbol->index]);
        return;
    }
    hz_history *history = &plan->values.at[symbol->index].history;
    hz_history fresh = {.dated_by = history->dated_by, .dated_by_span = history->dated_by_span};
    hz_read_formulas(reader, item, "replace", pair->value, &fresh);
    fresh.dated |= fresh.entries.count > 1;
    *history = fresh;
}

static void read_replaced(hz_reader *reader, hz_item item, hz_tree *map, hz_part *part)
{
    hz_tree *tree = hz_tree_get(map, "replace");
    if (tree == NULL || !hz_expect(reader, item, "replace", tree, HZ_TREE_MAP)) return;
    for (uint32_t i = 0; i < tree->pairs.count; i++) replace(reader, &tree->pairs.at[i], part);
}

/* ---- the part ---- */

static void read_keys(hz_reader *reader, hz_item item, hz_tree *map, const hz_plan_model *plan, hz_part *part)
{
    hz_label label;
    part->when = hz_read_formula_key(reader, item, map, "when");
    read_sets(reader, item, map, plan, part);
    read_replaced(reader, item, map, part);
    hz_read_label_keys(reader, item, map, HZ_LABEL_FREE, &label);
    hz_tree *dated_by = hz_tree_get(map, "dated by");
    if (!hz_read_provenance(reader, item, map, &part->from)) hz_refuse_unsourced(reader, item, item.span, "");
    if (dated_by != NULL && hz_read_ref(reader, item, "dated by", dated_by, &part->rules->dated_by))
        part->rules->dated_by_from = part->from;
    hz_refuse_unknown(reader, map, HZ_IN_PART);
}

/* A part that goes by the date of the package lives no longer than it: what is replaced needs no history before. Another
 * date may lie before the package, and there the part's own life holds. */
static void narrow_life(const hz_plan_model *package, hz_part *part)
{
    hz_life *life = &part->rules->life;
    hz_str date = part->rules->dated_by.name;
    for (uint32_t i = 0; i < part->sets.count; i++)
        if (hz_str_eq(part->sets.at[i].input.name, date)) return;
    if (!hz_str_eq(package->dated_by.name, date) || hz_input_named(part->rules, date) == NULL) return;
    if (package->life.has_from && (!life->has_from || life->from.day < package->life.from.day)) {
        life->from = package->life.from;
        life->has_from = true;
    }
    if (package->life.has_until && (!life->has_until || life->until.day > package->life.until.day)) {
        life->until = package->life.until;
        life->has_until = true;
    }
}

void hz_read_part(hz_reader *reader, hz_tree_pair *pair)
{
    hz_item item = hz_item_of("part", pair);
    hz_part part = {.plan = pair->key, .span = pair->key_span};
    pair->used = true;
    const hz_plan_model *plan = find_plan(reader, item);
    if (plan != NULL) part.rules = hz_read_plan_again(reader, plan, item.span);
    if (part.rules == NULL) {
        *HZ_PUSH(reader->arena, &reader->plan->parts) = part; /* reported: nothing is said of it any more */
        return;
    }
    part.rules->path = hz_arena_printf(reader->arena, "%.*s.%.*s", HZ_ARG(reader->plan->id), HZ_ARG(plan->id));
    if (pair->value->kind == HZ_TREE_NULL) hz_refuse_unsourced(reader, item, item.span, "");
    else if (hz_expect(reader, item, NULL, pair->value, HZ_TREE_MAP)) read_keys(reader, item, pair->value, plan, &part);
    narrow_life(reader->plan, &part);
    *HZ_PUSH(reader->arena, &reader->plan->parts) = part;
}
