/* read_parts.c - packages: the section `parts`, and the inputs that a package has because its parts have them.
 *
 * One name is one input: what several parts call `member` is given once. An input that parts understand differently must
 * be `set`. All of it waits until every plan is read. Not one part by itself (read_part.c). Called by read.c.
 */
#include "rules/reader.h"

#include "source/suggest.h"

void hz_read_parts(hz_reader *reader, hz_item section, hz_tree *tree)
{
    (void)section;
    *HZ_PUSH(reader->arena, &reader->packages) = (hz_package){reader->model->plans.count - 1, tree};
}

hz_plan_model *hz_plan_named(const hz_reader *reader, hz_str id)
{
    for (uint32_t i = 0; i < reader->model->plans.count; i++)
        if (hz_str_eq(reader->model->plans.at[i].id, id)) return &reader->model->plans.at[i];
    return NULL;
}

hz_input *hz_input_named(const hz_plan_model *plan, hz_str name)
{
    for (uint32_t i = 0; i < plan->inputs.count; i++)
        if (hz_str_eq(plan->inputs.at[i].name, name)) return &plan->inputs.at[i];
    return NULL;
}

void hz_hint_input(hz_reader *reader, hz_diag *diag, const hz_plan_model *plan, hz_str name, const char *otherwise)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, name);
    for (uint32_t i = 0; i < plan->inputs.count; i++) hz_suggest_offer(&suggest, plan->inputs.at[i].name);
    if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "%s", otherwise);
}

/* ---- inputs with `from` ---- */

static const hz_part *part_named(const hz_plan_model *plan, hz_str id)
{
    for (uint32_t i = 0; i < plan->parts.count; i++)
        if (hz_str_eq(plan->parts.at[i].plan, id)) return &plan->parts.at[i];
    return NULL;
}

static void refuse_from(hz_reader *reader, hz_item item, const hz_plan_model *plan, const hz_tree *from)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, from->text);
    for (uint32_t i = 0; i < plan->parts.count; i++) hz_suggest_offer(&suggest, plan->parts.at[i].plan);
    hz_diag *diag = hz_error(reader->diags, HZ_E_PART, hz_text_span(from), "input `%.*s` is taken from `%.*s`, which is no part of `%.*s`",
                             HZ_BRIEF(item.name), HZ_BRIEF(from->text), HZ_BRIEF(plan->id));
    if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "`from` of an input names a part, below `parts`");
}

/* Type, unit and codes are the part's; the other keys loosen it. */
static void take_over(hz_reader *reader, hz_plan_model *plan, const hz_taken_input *taken)
{
    hz_item item = hz_item_of("input", taken->pair);
    hz_tree *map = taken->pair->value, *from = hz_tree_get(map, "from");
    hz_input *input = &plan->inputs.at[taken->input];
    const hz_part *part = part_named(plan, input->from);
    if (from->kind != HZ_TREE_SCALAR) return; /* reported */
    if (part == NULL) {
        refuse_from(reader, item, plan, from);
        return;
    }
    if (part->rules == NULL) return; /* reported */
    const hz_input *theirs = hz_input_named(part->rules, item.name);
    if (theirs == NULL) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_PART, item.span, "part `%.*s` has no input `%.*s`", HZ_BRIEF(part->plan), HZ_BRIEF(item.name));
        hz_hint_input(reader, diag, part->rules, item.name, "`from` takes over an input of that name");
        return;
    }
    hz_label own = input->label;
    input->input_type = theirs->input_type;
    input->type = theirs->type;
    input->unit = theirs->unit;
    input->pattern = theirs->pattern;
    input->ranged = theirs->ranged;
    input->label = theirs->label;
    if (hz_tree_get(map, "zh") != NULL) input->label.zh = own.zh;
    if (hz_tree_get(map, "en") != NULL) input->label.en = own.en;
    input->type.absent = 0;
    hz_read_absence(reader, item, map, input);
}

/* ---- inputs of parts ---- */

/* What two inputs of one name do not agree on, or NULL. The package's own may allow less. */
static const char *difference(const hz_input *ours, const hz_input *theirs)
{
    const hz_type *a = &ours->type, *b = &theirs->type;
    if (a->kind == HZ_KIND_NONE || b->kind == HZ_KIND_NONE) return NULL; /* reported */
    if (ours->input_type != theirs->input_type || a->scale != b->scale) return "type";
    if (!hz_str_eq(ours->unit, theirs->unit)) return "unit";
    if (a->kind == HZ_KIND_CODE) return hz_codes_same(a->codes, b->codes) ? NULL : "list of codes";
    bool within = a->lo >= b->lo && a->hi <= b->hi, same = a->lo == b->lo && a->hi == b->hi;
    return (ours->merged ? same : within) ? NULL : "range";
}

static void refuse_input(hz_reader *reader, const hz_part *part, const hz_input *ours, const hz_input *theirs, const char *what)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_INPUT_DIFFERS, part->span, "input `%.*s` of part `%.*s` has another %s than %s%.*s%s",
                             HZ_BRIEF(theirs->name), HZ_BRIEF(part->plan), what, ours->merged ? "that of part `" : "here",
                             HZ_ARG(ours->merged ? ours->from : HZ_STR("")), ours->merged ? "`" : "");
    hz_diag_hint(reader->diags, diag, "say what the part gets: set: {%.*s: …}, from an input with a name of its own", HZ_BRIEF(theirs->name));
    hz_diag_relate(reader->diags, diag, theirs->name_span, "the part's");
    hz_diag_relate(reader->diags, diag, ours->name_span, "the other");
}

static bool is_set(const hz_part *part, hz_str input)
{
    for (uint32_t i = 0; i < part->sets.count; i++)
        if (hz_str_eq(part->sets.at[i].input.name, input)) return true;
    return false;
}

/* An input that only parts have: what its absence means is theirs to say. */
static void add_input(hz_reader *reader, hz_plan_model *plan, const hz_part *part, const hz_input *theirs)
{
    hz_input input = *theirs;
    input.from = part->plan;
    input.merged = true;
    input.when_in_part = theirs->when;
    input.when = NULL;
    if (!input.optional && !input.has_default) input.type.absent = HZ_MAY_MISS;
    hz_map_put(reader->arena, &plan->symbol_map, input.name, plan->symbols.count);
    *HZ_PUSH(reader->arena, &plan->symbols) = (hz_symbol){input.name, HZ_SYMBOL_INPUT, plan->inputs.count, part->span};
    *HZ_PUSH(reader->arena, &plan->inputs) = input;
}

static void add_inputs(hz_reader *reader, hz_plan_model *plan, const hz_part *part)
{
    for (uint32_t i = 0; part->rules != NULL && i < part->rules->inputs.count; i++) {
        const hz_input *theirs = &part->rules->inputs.at[i];
        if (is_set(part, theirs->name)) continue;
        uint32_t known = hz_map_find(&plan->symbol_map, theirs->name);
        if (known == HZ_MAP_NONE) {
            add_input(reader, plan, part, theirs);
            continue;
        }
        const hz_symbol *symbol = &plan->symbols.at[known];
        if (symbol->kind != HZ_SYMBOL_INPUT) {
            hz_diag *diag = hz_error(reader->diags, HZ_E_PART, symbol->span, "`%.*s` is an input of part `%.*s`, and something else here",
                                     HZ_BRIEF(theirs->name), HZ_BRIEF(part->plan));
            hz_diag_hint(reader->diags, diag, "rename it here, or say what the part gets: set: {%.*s: …}", HZ_BRIEF(theirs->name));
            hz_diag_relate(reader->diags, diag, theirs->name_span, "the part's input");
            continue;
        }
        const hz_input *ours = &plan->inputs.at[symbol->index];
        const char *what = difference(ours, theirs);
        if (what != NULL) refuse_input(reader, part, ours, theirs, what);
    }
}

/* ---- the package as a whole ---- */

/* A package pays through its parts. */
static void refuse_own(hz_reader *reader, const hz_plan_model *plan)
{
    const struct {
        uint32_t count;
        const char *what;
        hz_span span;
    } own[] = {{plan->benefits.count, "benefits", plan->benefits.count > 0 ? plan->benefits.at[0].name_span : HZ_NO_SPAN},
               {plan->caps.count, "caps", plan->caps.count > 0 ? plan->caps.at[0].code_span : HZ_NO_SPAN},
               {plan->counters.count, "counters", plan->counters.count > 0 ? plan->counters.at[0].name_span : HZ_NO_SPAN}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (own[i].count == 0) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_PART, own[i].span, "package `%.*s` has %s of its own", HZ_BRIEF(plan->id), own[i].what);
        hz_diag_hint(reader->diags, diag, "a package pays through its parts: make it a plan, and that a part");
    }
}

/* The turn of its parts, if they agree: which of two is the coarser, only the author knows. */
static void take_turn(hz_reader *reader, hz_plan_model *plan)
{
    const hz_part *first = NULL;
    if (plan->in_turn_by.name.len > 0) return;
    for (uint32_t i = 0; i < plan->parts.count; i++) {
        const hz_part *part = &plan->parts.at[i];
        if (part->rules == NULL || part->rules->in_turn_by.name.len == 0) continue;
        if (first == NULL) first = part;
        if (hz_str_eq(first->rules->in_turn_by.name, part->rules->in_turn_by.name)) continue;
        hz_diag *diag = hz_error(reader->diags, HZ_E_TURN, part->span, "part `%.*s` is settled in turn by `%.*s`, part `%.*s` by `%.*s`",
                                 HZ_BRIEF(part->plan), HZ_BRIEF(part->rules->in_turn_by.name), HZ_BRIEF(first->plan),
                                 HZ_BRIEF(first->rules->in_turn_by.name));
        hz_diag_hint(reader->diags, diag, "say `in turn by` of the package: the one of the two whose claims include the other's");
        return;
    }
    if (first == NULL) return;
    plan->in_turn_by = first->rules->in_turn_by;
    if (hz_input_named(plan, plan->in_turn_by.name) != NULL) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_TURN, first->span, "part `%.*s` is settled in turn by `%.*s`, which is no input here",
                             HZ_BRIEF(first->plan), HZ_BRIEF(plan->in_turn_by.name));
    hz_diag_hint(reader->diags, diag, "say `in turn by` of the package, with the key input that it sets the part's to");
    plan->in_turn_by = (hz_name_ref){.span = HZ_NO_SPAN};
}

static void read_package(hz_reader *reader, const hz_package *package)
{
    hz_plan_model *plan = reader->plan;
    for (uint32_t i = 0; i < package->parts->pairs.count; i++) hz_read_part(reader, &package->parts->pairs.at[i]);
    for (uint32_t i = 0; i < reader->taken_inputs.count; i++)
        if (reader->taken_inputs.at[i].plan == package->plan) take_over(reader, plan, &reader->taken_inputs.at[i]);
    for (uint32_t i = 0; i < plan->parts.count; i++) add_inputs(reader, plan, &plan->parts.at[i]);
    refuse_own(reader, plan);
    take_turn(reader, plan);
    hz_close_symbols(reader);
    if (package->parts->pairs.count > 0) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_PART, plan->id_span, "package `%.*s` has no parts", HZ_BRIEF(plan->id));
    hz_diag_hint(reader->diags, diag, "name the plans of which it consists, below `parts`");
}

static void refuse_from_outside(hz_reader *reader, const hz_taken_input *taken)
{
    for (uint32_t i = 0; i < reader->packages.count; i++)
        if (reader->packages.at[i].plan == taken->plan) return;
    hz_diag *diag = hz_error(reader->diags, HZ_E_PART, taken->pair->key_span, "input `%.*s` has `from`, and this plan has no parts",
                             HZ_BRIEF(taken->pair->key));
    hz_diag_hint(reader->diags, diag, "only a package takes inputs over; give this one a `type`");
}

void hz_read_packages(hz_reader *reader)
{
    for (uint32_t i = 0; i < reader->taken_inputs.count; i++) refuse_from_outside(reader, &reader->taken_inputs.at[i]);
    for (uint32_t i = 0; i < reader->packages.count; i++) {
        hz_package package = reader->packages.at[i];
        reader->plan = &reader->model->plans.at[package.plan];
        read_package(reader, &package);
    }
    reader->plan = NULL;
}
