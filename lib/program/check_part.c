/* check_part.c - what a package says of a part: when it is asked, and what its inputs are set to. The part itself is
 * checked as the plan it is. Called by check_items.c.
 */
#include "program/check_plan.h"

static const hz_type boolean = {.kind = HZ_KIND_BOOLEAN};

static const hz_input *input_named(const hz_plan_model *plan, hz_str name)
{
    for (uint32_t i = 0; i < plan->inputs.count; i++)
        if (hz_str_eq(plan->inputs.at[i].name, name)) return &plan->inputs.at[i];
    return NULL;
}

/* Absences that an input cannot take over. */
static void check_absence(hz_checker *checker, const hz_set *set, const hz_input *input, const hz_type *type)
{
    bool may_lack = input->optional || input->has_default;
    if (((type->absent & HZ_MAY_NULL) != 0 || type->kind == HZ_KIND_NULL) && !may_lack) {
        hz_str name = hz_feel_nullable_name(set->formula);
        hz_diag *diag = hz_error(checker->diags, HZ_E_MAY_BE_NULL, set->formula->span, "`%.*s` is required, and this may be null",
                                 HZ_ARG(input->name));
        if (name.len > 0) hz_diag_hint(checker->diags, diag, "ask for the part only where it is not: `when: %.*s != null`", HZ_ARG(name));
        else hz_diag_hint(checker->diags, diag, "ask for the part only where it is not null, with `when`");
    }
    if ((type->absent & HZ_MAY_UNKNOWN) != 0) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_TYPE, set->formula->span, "an input cannot be a value that nobody published");
        hz_diag_hint(checker->diags, diag, "set it to an input of the package, or to a value that is known");
    }
}

/* In the decimals of the input, of which it has as many at least. */
static bool never_within(const hz_type *type, const hz_type *input)
{
    hz_i128 step = hz_power10(type->kind == HZ_KIND_NUMBER ? input->scale - type->scale : 0);
    return type->lo * step > input->hi || type->hi * step < input->lo;
}

static void check_range(hz_checker *checker, const hz_set *set, const hz_input *input, const hz_type *type)
{
    char is[128], takes[128];
    bool ordered = (type->kind == HZ_KIND_NUMBER && !type->wide) || type->kind == HZ_KIND_DATE;
    if (!ordered || !never_within(type, &input->type)) return;
    hz_type_describe(type, is, sizeof is);
    hz_type_describe(&input->type, takes, sizeof takes);
    hz_diag *diag = hz_error(checker->diags, HZ_E_OUT_OF_RANGE, set->formula->span, "`%.*s` is a %s, and this is a %s", HZ_ARG(input->name), takes, is);
    hz_diag_hint(checker->diags, diag, "every claim on the part would be in error");
}

static void check_set(hz_checker *checker, const hz_set *set, const hz_input *input)
{
    const hz_type wanted = {.kind = input->type.kind, .codes = input->type.codes};
    const hz_type *type = hz_check_formula(checker, set->formula, &wanted);
    if (type == NULL) return;
    check_absence(checker, set, input, type);
    if (type->kind == HZ_KIND_NUMBER && type->scale > input->type.scale) {
        hz_diag *diag = hz_error(checker->diags, HZ_E_DECIMALS, set->formula->span, "this can have %d decimals, and `%.*s` takes %d",
                                 (int)type->scale, HZ_ARG(input->name), (int)input->type.scale);
        hz_diag_hint(checker->diags, diag, "round it: floor(…), ceiling(…), decimal(…, n)");
        return;
    }
    check_range(checker, set, input, type);
}

void hz_check_part(hz_checker *checker, const hz_part *part)
{
    uint32_t known = checker->env.facts.list.count;
    checker->asks = hz_life_window(checker->plan->rules, NULL);
    if (part->when != NULL && hz_check_formula(checker, part->when, &boolean) != NULL)
        hz_feel_narrow(&checker->env, part->when, HZ_CAN_TRUE);
    for (uint32_t i = 0; i < part->sets.count; i++) {
        const hz_input *input = input_named(part->rules, part->sets.at[i].input.name);
        if (input != NULL && input->type.kind != HZ_KIND_NONE) check_set(checker, &part->sets.at[i], input);
    }
    checker->env.facts.list.count = known;
}
