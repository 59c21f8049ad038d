/* read_plan.c - one plan file: its head, then its sections in the order they stand in the file.
 *
 * The sections' readers don't depend on each other, so a specialist may order a file as he likes, and the order of
 * names and of messages is the file's. Called by read.c.
 */
#include "rules/reader.h"

hz_item hz_item_of(const char *kind, const hz_tree_pair *pair)
{
    return (hz_item){kind, pair->key, pair->key_span};
}

/* clang-format off */
static const struct {
    const char *key;
    hz_tree_kind shape;
    hz_section_reader *read;
} sections[] = {
    {"revisions", HZ_TREE_MAP, hz_read_revisions},
    {"inputs", HZ_TREE_MAP, hz_read_inputs},
    {"parameters", HZ_TREE_MAP, hz_read_parameters},
    {"scales", HZ_TREE_MAP, hz_read_scales},
    {"tables", HZ_TREE_MAP, hz_read_tables},
    {"values", HZ_TREE_MAP, hz_read_values},
    {"checks", HZ_TREE_LIST, hz_read_checks},
    {"eligibility", HZ_TREE_LIST, hz_read_eligibility},
    {"benefits", HZ_TREE_MAP, hz_read_benefits},
    {"caps", HZ_TREE_LIST, hz_read_caps},
    {"counters", HZ_TREE_MAP, hz_read_counters},
    {"fees", HZ_TREE_MAP, hz_read_fees},
    {"notes", HZ_TREE_LIST, hz_read_notes},
    {"parts", HZ_TREE_MAP, hz_read_parts},
};
/* clang-format on */

static void read_title(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_tree_pair *title = hz_tree_pair_of(map, "title");
    if (title == NULL) hz_require(reader, item, map, "title");
    else
        hz_read_label(reader, (hz_item){"the title of plan", item.name, title->key_span}, title->value,
                      &reader->plan->title);
}

/* A name, or {name, provenance}. */
static void read_dated_by(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_tree_pair *pair = hz_tree_pair_of(map, "dated by");
    hz_plan_model *plan = reader->plan;
    if (pair == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "plan `%.*s` needs the key `dated by`",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "name the date input that picks the version of everything dated");
        return;
    }
    hz_tree *tree = pair->value;
    if (tree->kind != HZ_TREE_MAP) {
        hz_read_ref(reader, item, "dated by", tree, &plan->dated_by);
        return;
    }
    hz_item inner = {"`dated by` of plan", item.name, pair->key_span};
    hz_read_provenance(reader, inner, tree, &plan->dated_by_from);
    hz_tree *name = NULL;
    if (hz_tree_get(tree, "readings") != NULL) hz_read_dated_by_readings(reader, inner, tree);
    else name = hz_require(reader, inner, tree, "name");
    if (name != NULL) hz_read_ref(reader, inner, "name", name, &plan->dated_by);
    hz_refuse_unknown(reader, tree, HZ_IN_DATED_BY);
}

static void read_head(hz_reader *reader, hz_item item, hz_tree *map)
{
    hz_plan_model *plan = reader->plan;
    read_title(reader, item, map);
    if (hz_tree_get(map, "from") == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "plan `%.*s` needs the key `from`",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "the first day the plan covers, as 2018-01-01, or 2018-01");
    }
    hz_read_life(reader, item, map, &plan->life);
    read_dated_by(reader, item, map);
    hz_tree *turn = hz_tree_get(map, "in turn by");
    if (turn != NULL) hz_read_ref(reader, item, "in turn by", turn, &plan->in_turn_by);
    hz_read_round(reader, item, map, &plan->round);
}

static void read_sections(hz_reader *reader, hz_tree *map)
{
    for (uint32_t i = 0; i < map->pairs.count; i++) {
        hz_tree_pair *pair = &map->pairs.at[i];
        for (size_t j = 0; j < sizeof sections / sizeof *sections; j++) {
            if (!hz_str_is(pair->key, sections[j].key)) continue;
            hz_item item = hz_item_of("section", pair);
            pair->used = true;
            if (hz_expect(reader, item, NULL, pair->value, sections[j].shape))
                sections[j].read(reader, item, pair->value);
        }
    }
}

static void refuse_no_turn(hz_reader *reader, hz_item item)
{
    const hz_plan_model *plan = reader->plan;
    if (plan->counters.count == 0 || plan->in_turn_by.name.len != 0) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_TURN, item.span,
                             "plan `%.*s` has counters and needs the key `in turn by`", HZ_BRIEF(item.name));
    hz_diag_hint(reader->diags, diag,
                 "name the key input whose claims are settled one after another, as `in turn by: member`");
    hz_diag_relate(reader->diags, diag, plan->counters.at[0].name_span, "the first counter");
}

static void refuse_second_plan(hz_reader *reader, hz_item item)
{
    hz_model *model = reader->model;
    for (uint32_t i = 0; i + 1 < model->plans.count; i++) {
        if (!hz_str_eq(model->plans.at[i].id, item.name)) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_DUPLICATE_PLAN, item.span, "two files define the plan `%.*s`",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "a plan is one file; rename one of the two");
        hz_diag_relate(reader->diags, diag, model->plans.at[i].id_span, "the other");
        return;
    }
}

/* Everything of a plan file but what is said of it among others. */
static void read_file(hz_reader *reader, hz_item item, hz_tree *tree)
{
    hz_plan_model *plan = reader->plan;
    reader->line_codes = (hz_map){0};
    reader->line_spans.count = 0;
    plan->dated_by.span = plan->in_turn_by.span = plan->dated_by_from.span = HZ_NO_SPAN;
    reader->sets.count = 0;
    read_head(reader, item, tree);
    read_sections(reader, tree);
    hz_read_sets(reader);
}

void hz_read_plan(hz_reader *reader, hz_tree *tree, uint32_t file)
{
    hz_model *model = reader->model;
    hz_item item = {"plan file", model->texts.files.at[file].name, hz_first_key(tree)};
    if (hz_refuse_empty(reader, item, tree) || !hz_expect(reader, item, NULL, tree, HZ_TREE_MAP)) return;
    hz_tree *id = hz_tree_get(tree, "plan");
    if (id == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_MISSING_KEY, item.span, "plan file `%.*s` needs the key `plan`",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag,
                     "every .yaml file beside ruleset.yaml is a plan, and begins with `plan: ` and its id");
        return;
    }
    hz_plan_model *plan = HZ_PUSH(reader->arena, &model->plans);
    *HZ_PUSH(reader->arena, &reader->trees) = tree;
    reader->plan = plan;
    plan->file = file;
    plan->id = item.name;
    plan->id_span = hz_text_span(id);
    hz_read_id(reader, item, "plan", id, &plan->id);
    plan->path = plan->id;
    item = (hz_item){"plan", plan->id, plan->id_span};
    refuse_second_plan(reader, item);
    read_file(reader, item, tree);
    bool package = reader->packages.count > 0 && reader->packages.at[reader->packages.count - 1].plan + 1 == model->plans.count;
    if (!package) hz_close_symbols(reader); /* its parts add inputs */
    refuse_no_turn(reader, item);
    hz_refuse_unknown(reader, tree, HZ_IN_PLAN);
    reader->plan = NULL;
}

hz_plan_model *hz_read_plan_again(hz_reader *reader, const hz_plan_model *plan, hz_span at)
{
    if (!hz_may_repeat_plan(reader, at, plan->file)) return NULL;
    hz_plan_model *again = HZ_NEW(reader->arena, hz_plan_model), *outer = reader->plan;
    hz_diags *diags = reader->diags, nothing = {.arena = reader->arena};
    again->file = plan->file;
    again->id = again->path = plan->id;
    again->id_span = plan->id_span;
    reader->diags = &nothing;
    reader->plan = again;
    hz_tree *tree = reader->trees.at[plan - reader->model->plans.at];
    bool may = hz_may_repeat_tree(reader, at, tree);
    if (may) read_file(reader, (hz_item){"plan", plan->id, plan->id_span}, tree);
    hz_close_symbols(reader);
    reader->diags = diags;
    reader->plan = outer;
    return may ? again : NULL;
}
