/* same_names.c - one name, one meaning: an input that several plans have is the same input in all of them.
 *
 * One event is settled under several plans from one set of inputs, so their types and units must agree. Lists of codes
 * may differ: a plan names the causes that matter to it. Called by read.c when all plans are read.
 */
#include "rules/reader.h"

typedef struct known_input {
    const hz_plan_model *plan;
    const hz_input *input;
} known_input;

typedef HZ_VEC(known_input) known_inputs;

/* A package and its part: read_parts.c has compared them. */
static bool is_part(const hz_plan_model *package, const hz_plan_model *plan)
{
    for (uint32_t i = 0; i < package->parts.count; i++)
        if (hz_str_eq(package->parts.at[i].plan, plan->id)) return true;
    return false;
}

static void compare(hz_reader *reader, const known_input *first, const hz_input *input)
{
    const hz_input *other = first->input;
    bool same_type = other->input_type == input->input_type && other->type.kind == input->type.kind &&
                     other->type.scale == input->type.scale;
    if ((same_type && hz_str_eq(other->unit, input->unit)) || other->type.kind == HZ_KIND_NONE ||
        input->type.kind == HZ_KIND_NONE)
        return;
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_INPUT_DIFFERS, input->name_span, "input `%.*s` has another %s in plan `%.*s`",
                 HZ_BRIEF(input->name), same_type ? "unit" : "type", HZ_BRIEF(first->plan->id));
    hz_diag_hint(reader->diags, diag, "a name means one thing in all plans; rename one of the two");
    hz_diag_relate(reader->diags, diag, other->name_span, "the other");
}

void hz_check_same_names(hz_reader *reader)
{
    hz_map names = {0};
    known_inputs known = {0};
    for (uint32_t i = 0; i < reader->model->plans.count; i++) {
        const hz_plan_model *plan = &reader->model->plans.at[i];
        for (uint32_t j = 0; j < plan->inputs.count; j++) {
            const hz_input *input = &plan->inputs.at[j];
            uint32_t first = hz_map_put(reader->arena, &names, input->name, known.count);
            if (first == known.count) *HZ_PUSH(reader->arena, &known) = (known_input){plan, input};
            else if (known.at[first].plan != plan && !is_part(known.at[first].plan, plan) && !is_part(plan, known.at[first].plan))
                compare(reader, &known.at[first], input);
        }
    }
}
