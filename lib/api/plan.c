/* plan.c - huzhu_plan: its inputs, codes, benefits and counters, and the plan as text. */
#include "api/api.h"

#include "run/figures.h"
#include "run/show.h"
#include "run/show_types.h"

static const hz_plan_model *rules_of(const huzhu_plan *plan)
{
    return plan->core->rules;
}

huzhu_text huzhu_plan_id(const huzhu_plan *plan)
{
    return plan != NULL ? hz_api_text(rules_of(plan)->id) : hz_api_empty();
}

huzhu_text huzhu_plan_title(const huzhu_plan *plan, uint32_t language)
{
    if (plan == NULL || language > HUZHU_EN) return hz_api_empty();
    return hz_api_text(language == HUZHU_ZH ? rules_of(plan)->title.zh : rules_of(plan)->title.en);
}

/* The index of a symbol of one kind. */
static huzhu_status find(const huzhu_plan *plan, const char *name, size_t name_size, hz_symbol_kind kind, size_t *out)
{
    hz_str wanted;
    if (plan == NULL || out == NULL || !hz_api_str(name, name_size, &wanted)) return HUZHU_INVALID_ARGUMENT;
    uint32_t symbol = hz_map_find(&rules_of(plan)->symbol_map, wanted);
    if (symbol == HZ_MAP_NONE || rules_of(plan)->symbols.at[symbol].kind != kind) return HUZHU_NOT_FOUND;
    *out = rules_of(plan)->symbols.at[symbol].index;
    return HUZHU_OK;
}

/* ---- inputs ---- */

size_t huzhu_plan_input_count(const huzhu_plan *plan)
{
    return plan != NULL ? rules_of(plan)->inputs.count : 0;
}

static uint32_t need_of(const hz_input *input)
{
    if (input->has_default) return HUZHU_NEED_DEFAULT;
    if (input->when != NULL || input->when_in_part != NULL) return HUZHU_NEED_CONDITIONAL;
    return input->optional ? HUZHU_NEED_OPTIONAL : HUZHU_NEED_REQUIRED;
}

huzhu_status huzhu_plan_input_at(const huzhu_plan *plan, size_t index, huzhu_input_info *out)
{
    if (index >= huzhu_plan_input_count(plan)) return HUZHU_INVALID_ARGUMENT;
    const hz_input *input = &rules_of(plan)->inputs.at[index];
    huzhu_input_info info = {.type = (uint32_t)input->input_type + HUZHU_TYPE_KEY,
                             .need = need_of(input),
                             .scale = input->type.kind == HZ_KIND_NUMBER ? input->type.scale : 0,
                             .name = hz_api_text(input->name),
                             .label_zh = hz_api_text(input->label.zh),
                             .label_en = hz_api_text(input->label.en),
                             .unit = hz_api_text(input->unit),
                             .fallback = hz_api_text(plan->inputs[index].fallback),
                             .range = hz_api_text(plan->inputs[index].range),
                             .code_count = input->type.codes != NULL ? input->type.codes->count : 0,
                             .for_claim = plan->core->claim.reads_input[index],
                             .for_enrolment = plan->core->enrolment.reads_input[index],
                             .condition = hz_api_text(plan->inputs[index].condition)};
    return HZ_API_FILL(out, &info);
}

huzhu_status huzhu_plan_input_find(const huzhu_plan *plan, const char *name, size_t name_size, size_t *out)
{
    return find(plan, name, name_size, HZ_SYMBOL_INPUT, out);
}

huzhu_status huzhu_plan_code_at(const huzhu_plan *plan, size_t input, size_t index, huzhu_code_info *out)
{
    if (input >= huzhu_plan_input_count(plan)) return HUZHU_INVALID_ARGUMENT;
    const hz_codes *codes = rules_of(plan)->inputs.at[input].type.codes;
    if (codes == NULL || index >= codes->count) return HUZHU_INVALID_ARGUMENT;
    const hz_code_value *code = &codes->at[index];
    huzhu_code_info info = {
        .id = hz_api_text(code->id), .label_zh = hz_api_text(code->zh), .label_en = hz_api_text(code->en)};
    return HZ_API_FILL(out, &info);
}

/* ---- benefits, counters ---- */

size_t huzhu_plan_benefit_count(const huzhu_plan *plan)
{
    return plan != NULL ? rules_of(plan)->benefits.count : 0;
}

huzhu_text huzhu_plan_benefit_id(const huzhu_plan *plan, size_t index)
{
    return index < huzhu_plan_benefit_count(plan) ? hz_api_text(rules_of(plan)->benefits.at[index].name)
                                                  : hz_api_empty();
}

size_t huzhu_plan_counter_count(const huzhu_plan *plan)
{
    return plan != NULL ? rules_of(plan)->counters.count : 0;
}

huzhu_status huzhu_plan_counter_at(const huzhu_plan *plan, size_t index, huzhu_counter_info *out)
{
    if (index >= huzhu_plan_counter_count(plan)) return HUZHU_INVALID_ARGUMENT;
    const hz_counter *counter = &rules_of(plan)->counters.at[index];
    huzhu_counter_info info = {.type = counter->type.kind == HZ_KIND_BOOLEAN ? HUZHU_COUNTER_BOOLEAN
                                       : counter->type.kind == HZ_KIND_DATE  ? HUZHU_COUNTER_DATE
                                                                             : HUZHU_COUNTER_NUMBER,
                               .scale = counter->type.kind == HZ_KIND_NUMBER ? counter->type.scale : 0,
                               .name = hz_api_text(counter->name),
                               .unit = hz_api_text(counter->unit),
                               .per = hz_api_text(plan->per[index])};
    return HZ_API_FILL(out, &info);
}

huzhu_status huzhu_plan_counter_find(const huzhu_plan *plan, const char *name, size_t name_size, size_t *out)
{
    return find(plan, name, name_size, HZ_SYMBOL_COUNTER, out);
}

/* ---- as text ---- */

/* YYYY-MM-DD, or YYYY-MM: its first day. */
static bool read_date(hz_str text, int32_t *out)
{
    char day[10];
    if (text.len != 7) return hz_date_parse(text, out);
    memcpy(day, text.at, 7);
    memcpy(day + 7, "-01", 3);
    return hz_date_parse((hz_str){day, sizeof day}, out);
}

huzhu_status huzhu_plan_show(const huzhu_plan *plan, const char *date, size_t date_size, uint32_t language,
                             huzhu_output *output)
{
    hz_str text;
    int32_t day;
    if (plan == NULL || output == NULL || language > HUZHU_EN || !hz_api_str(date, date_size, &text))
        return HUZHU_INVALID_ARGUMENT;
    if (!read_date(text, &day)) return HUZHU_DATA;
    size_t begin = output->text.len;
    hz_plan_show(plan->core, day, language, &output->text);
    return hz_api_appended(output, begin);
}

huzhu_status huzhu_plan_figures(const huzhu_plan *plan, huzhu_output *output)
{
    if (plan == NULL || output == NULL) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    hz_plan_figures(plan->core, &output->text);
    return hz_api_appended(output, begin);
}

static huzhu_status types(const huzhu_plan *plan, bool json, huzhu_output *output)
{
    if (plan == NULL || output == NULL) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    hz_plan_show_types(plan->core, json, &output->text);
    return hz_api_appended(output, begin);
}

huzhu_status huzhu_plan_types(const huzhu_plan *plan, huzhu_output *output)
{
    return types(plan, false, output);
}

huzhu_status huzhu_plan_types_json(const huzhu_plan *plan, huzhu_output *output)
{
    return types(plan, true, output);
}

static void disassemble(const huzhu_plan *plan, const char *question, const hz_program *program, hz_buf *out)
{
    hz_buf_printf(out, "%.*s, %s: ", HZ_ARG(rules_of(plan)->id), question);
    hz_program_disassemble(program, rules_of(plan)->inputs.count, rules_of(plan)->counters.count, out);
}

huzhu_status huzhu_plan_disassemble(const huzhu_plan *plan, huzhu_output *output)
{
    if (plan == NULL || output == NULL) return HUZHU_INVALID_ARGUMENT;
    size_t begin = output->text.len;
    disassemble(plan, "claim", &plan->core->claim.program, &output->text);
    disassemble(plan, "claim with all that is required", &plan->core->claim_given.program, &output->text);
    disassemble(plan, "claims in columns", &plan->core->columns.program, &output->text);
    disassemble(plan, "enrolment", &plan->core->enrolment.program, &output->text);
    for (uint32_t i = 0; i < plan->core->part_count; i++)
        disassemble(&plan->parts[i], "part of a package", &plan->parts[i].core->claim.program, &output->text);
    return hz_api_appended(output, begin);
}
