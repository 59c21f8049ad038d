/* explain_node.c - a node of the explanation as one line of text: what it is called and holds, its formula with labels
 * and with values, its date, status and source. Called by explain_text.c.
 */
#include "run/explain_text.h"

static void add(hz_explain_text *t, hz_saying saying)
{
    hz_buf_add(t->line, hz_say(saying, t->language));
}

static void add_measure(hz_explain_text *t, const hz_said_value *like, int64_t value)
{
    hz_said_value said = *like;
    said.value = value;
    hz_say_measure(t->decision->plan->ruleset, &said, t->language, t->line);
}

static void add_with_measure(hz_explain_text *t, hz_saying saying, const hz_said_value *like, int64_t value)
{
    hz_buf_add(t->line, hz_say_before(saying, t->language));
    add_measure(t, like, value);
    hz_buf_add(t->line, hz_say_after(saying, t->language));
}

static void add_soft(hz_explain_text *t)
{
    hz_buf_add_char(t->line, HZ_PAGE_SOFT);
}

/* ---- Pieces ---- */

static void add_held(hz_explain_text *t, const hz_told *told)
{
    if (told->state == HZ_IS_VALUE)
        add_measure(t, &told->value, told->value.value);
    else if (told->symbol != HZ_MAP_NONE && told->kind != HZ_TOLD_BENEFIT && told->kind != HZ_TOLD_FEE)
        hz_say_symbol(t->decision, told->symbol, true, t->language, t->line);
    else
        add(t, told->state == HZ_IS_ERROR ? HZ_SAY_NOT_COMPUTABLE : HZ_SAY_OPEN);
}

/* "（programme-2020、S16）" */
static void add_sources(hz_explain_text *t, const hz_provenance *from)
{
    for (uint32_t i = 0; i < from->sources.count; i++) {
        if (i == 0)
            add(t, HZ_SAY_BEGIN_ASIDE);
        hz_say_comma(i == 0, t->language, t->line);
        hz_buf_add(t->line, t->decision->plan->ruleset->sources.at[from->sources.at[i]].id);
    }
    if (from->sources.count > 0)
        add(t, HZ_SAY_END_ASIDE);
}

/* " = 1187.54375 元，舍入为 1187.54 元〔推定 2〕": of rounding its own standing. */
static void add_rounding(hz_explain_text *t, const hz_told *told)
{
    add_soft(t);
    hz_buf_add_literal(t->line, " = ");
    add_measure(t, &told->exact, told->exact.value);
    add_with_measure(t, HZ_SAY_ROUNDED_TO, &told->value, told->has_before ? told->before : told->value.value);
    const hz_provenance *from = &hz_told_round(t->decision, told)->from;
    uint32_t number = hz_told_footnote(t->decision, HZ_STR("round"));
    add(t, HZ_SAY_BEGIN_MARK);
    hz_buf_add(t->line, hz_say_standing(from->standing, t->language));
    add_sources(t, from);
    if (number > 0) {
        hz_buf_add_char(t->line, ' ');
        hz_buf_add_int(t->line, number);
    }
    add(t, HZ_SAY_END_MARK);
}

/* " = label × label = 9 × 40", and what caps took of the result. */
static void add_formula(hz_explain_text *t, const hz_told *told)
{
    if (told->formula == NULL || told->again)
        return;
    add_soft(t);
    hz_buf_add_literal(t->line, " = ");
    hz_say_formula(t->decision->plan, told->formula, t->language, t->line);
    if (told->state != HZ_IS_VALUE)
        return;
    if (hz_formula_computes(t->decision, told->formula)) {
        add_soft(t);
        hz_buf_add_literal(t->line, " = ");
        hz_say_formula_values(t->decision, told->formula, t->language, t->line);
    }
    if (told->rounded)
        add_rounding(t, told);
    if (told->has_before && !told->rounded) {
        add_soft(t);
        hz_buf_add_literal(t->line, " = ");
        add_measure(t, &told->value, told->before);
    }
    if (told->has_before)
        add_with_measure(t, HZ_SAY_CUT_BY, &told->value, told->before - told->value.value);
}

/* "，公布（programme-2020、S16）" */
static void add_standing(hz_explain_text *t, const hz_provenance *from)
{
    add(t, HZ_SAY_COMMA);
    add_soft(t);
    hz_buf_add(t->line, hz_say_standing(from->standing, t->language));
    add_sources(t, from);
}

/* Status and source, and the number in the closing list: "，报道（S16）〔日期推定 2〕". */
static void add_ground(hz_explain_text *t, const hz_told *told)
{
    const hz_provenance *shown = hz_told_ground(t->decision, told);
    const hz_provenance *from = shown != NULL ? shown : told->from;
    uint32_t number = told->again ? 0 : hz_told_footnote(t->decision, told->rests_on.len > 0 ? told->rests_on : told->name);
    if (shown != NULL && shown->given)
        add_standing(t, shown);
    if (number == 0 || from == NULL)
        return;
    if (!from->given && told->entry != NULL)
        from = &told->entry->from;
    add(t, HZ_SAY_BEGIN_MARK);
    if (from->standing != HZ_ASSUMED && from->standing != HZ_DISPUTED)
        add(t, HZ_SAY_DATE_ASSUMED);
    else if (shown == NULL)
        hz_buf_add(t->line, hz_say_standing(from->standing, t->language));
    else
        add(t, HZ_SAY_SEE_BELOW);
    hz_buf_add_char(t->line, ' ');
    hz_buf_add_int(t->line, number);
    add(t, HZ_SAY_END_MARK);
}

static void add_version(hz_explain_text *t, const hz_entry *entry)
{
    add(t, HZ_SAY_COMMA);
    add_soft(t);
    hz_say_since(&entry->since, t->language, t->line);
    if (!entry->scenario)
        return;
    add(t, HZ_SAY_COMMA);
    add(t, HZ_SAY_BY_SCENARIO);
}

static void add_name(hz_explain_text *t, const hz_told *told)
{
    hz_buf_add(t->line, hz_symbol_label(t->decision->plan, told->symbol, t->language));
    add(t, HZ_SAY_IS);
}

/* "查表“所适用的比例”第 2 行：人员类别 = 劳动模范" */
static void add_row(hz_explain_text *t, const hz_table *table, const hz_row *row)
{
    if (row->cells == NULL && row->of == NULL) {
        const hz_str label = hz_in_language(&table->label, t->language);
        hz_say_with(t->line, HZ_SAY_BY_OTHERWISE, t->language, &label);
        return;
    }
    add(t, HZ_SAY_BY_ROW);
    hz_say_row(table, row->path, t->language, t->line);
    if (hz_row_asks(table, row))
        add(t, HZ_SAY_COLON);
    hz_say_cells(t->decision->plan, table, row, t->language, t->line);
}

static void add_rows(hz_explain_text *t, const hz_told *told)
{
    uint32_t at = 0;
    const hz_row *row;
    while ((row = hz_row_next(t->decision, &told->rows, &at)) != NULL) {
        add(t, HZ_SAY_COMMA);
        add_soft(t);
        add_row(t, told->rows.table, row);
    }
}

/* ---- Kinds of nodes ---- */

static void add_parameter(hz_explain_text *t, const hz_told *told)
{
    add_name(t, told);
    add_held(t, told);
    if (told->again) {
        add(t, HZ_SAY_SEE_ABOVE);
        return;
    }
    if (told->entry == NULL)
        return;
    if (told->entry->from.unknown.len > 0) {
        add(t, HZ_SAY_COLON);
        hz_say_text(told->entry->from.unknown, t->line);
    }
    add_version(t, told->entry);
    add_ground(t, told);
}

static void add_scale(hz_explain_text *t, const hz_told *told)
{
    const hz_plan *plan = t->decision->plan;
    add_parameter(t, told);
    if (told->again)
        return;
    hz_str of = hz_symbol_label(plan, hz_map_find(&plan->rules->symbol_map, told->scale->of_name), t->language);
    hz_say_with(t->line, told->scale->marginal ? HZ_SAY_SLICES_OF : HZ_SAY_BRACKETS_OF, t->language, &of);
}

/* "超过 50000 元、不超过 100000 元：20000 元 × 60% = 12000 元" */
static void add_bracket(hz_explain_text *t, const hz_told *told)
{
    const hz_plan *plan = t->decision->plan;
    const hz_bracket *bracket = &told->entry->brackets.at[told->bracket];
    hz_say_bracket_range(plan, told->scale, told->entry, told->bracket, t->language, t->line);
    add(t, HZ_SAY_COLON);
    if (told->scale->marginal) {
        hz_say_scale_number(plan, told->scale, told->slice, t->language, t->line);
        hz_buf_add_literal(t->line, " × ");
    }
    hz_say_bracket_value(plan, told->scale, bracket, t->language, t->line);
    if (told->scale->marginal && told->state == HZ_IS_VALUE) {
        add_soft(t);
        hz_buf_add_literal(t->line, " = ");
        add_measure(t, &told->value, told->value.value);
    }
    if (told->state == HZ_IS_UNKNOWN) {
        add(t, HZ_SAY_COLON);
        hz_say_text(bracket->from.unknown, t->line);
        return;
    }
    add_ground(t, told);
}

static void add_value(hz_explain_text *t, const hz_told *told)
{
    add_name(t, told);
    add_held(t, told);
    if (told->again) {
        add(t, HZ_SAY_SEE_ABOVE);
        return;
    }
    add_formula(t, told);
    if (told->has_rows)
        add_rows(t, told);
    if (told->dated && told->entry != NULL)
        add_version(t, told->entry);
    add_ground(t, told);
}

static void add_benefit(hz_explain_text *t, const hz_told *told)
{
    add_name(t, told);
    switch (told->verdict) {
    case HZ_VERDICT_FAILS: add(t, HZ_SAY_BENEFIT_REFUSED); return;
    case HZ_VERDICT_NOT_ASKED: add(t, HZ_SAY_BENEFIT_NOT_ASKED); return;
    case HZ_VERDICT_NOT_OFFERED: add(t, HZ_SAY_BENEFIT_NOT_OFFERED); return;
    default: break;
    }
    add_held(t, told);
    add_formula(t, told);
    if (told->dated && told->entry != NULL)
        add_version(t, told->entry);
    add_ground(t, told);
}

static void add_input(hz_explain_text *t, const hz_told *told)
{
    const hz_plan_model *rules = t->decision->plan->rules;
    uint32_t index = rules->symbols.at[told->symbol].index;
    bool by_default = rules->inputs.at[index].has_default && t->decision->snapshot.inputs[index].state == HZ_ABSENT;
    if (!by_default) {
        add_name(t, told);
        add_held(t, told);
        return;
    }
    hz_buf_add(t->line, hz_symbol_label(t->decision->plan, told->symbol, t->language));
    hz_buf_add(t->line, hz_say_before(HZ_SAY_AS_DEFAULT, t->language));
    add_held(t, told);
    hz_buf_add(t->line, hz_say_after(HZ_SAY_AS_DEFAULT, t->language));
}

static void add_cap(hz_explain_text *t, const hz_told *told)
{
    int64_t used, cut;
    if (told->state == HZ_IS_NULL) {
        add(t, HZ_SAY_CAP_NONE);
        return;
    }
    add(t, HZ_SAY_CAP);
    add(t, HZ_SAY_IS);
    add_held(t, told);
    bool known = told->state == HZ_IS_VALUE && hz_told_cut(t->decision, told->cap, &used, &cut);
    if (known && told->cap->used.value != HZ_NO_REG)
        add_with_measure(t, HZ_SAY_CAP_USED, &told->value, used);
    else if (told->state == HZ_IS_VALUE && told->cap->used.value != HZ_NO_REG &&
             hz_machine_state(&t->decision->machine, &told->cap->used) == HZ_IS_MISSING)
        add(t, HZ_SAY_CAP_USED_MISSING);
    if (known && cut != 0)
        add_with_measure(t, HZ_SAY_CAP_CUTS, &told->value, cut);
    else if (known)
        add(t, HZ_SAY_CAP_IDLE);
    add_ground(t, told);
}

static void add_condition(hz_explain_text *t, const hz_told *told)
{
    static const hz_saying verdicts[] = {HZ_SAY_HOLDS, HZ_SAY_FAILS, HZ_SAY_UNDECIDED, HZ_SAY_NOT_ASKED};
    add(t, told->state == HZ_IS_ERROR ? HZ_SAY_NOT_COMPUTABLE : verdicts[told->verdict]);
    hz_buf_add_literal(t->line, "  ");
    if (told->formula != NULL)
        hz_say_formula(t->decision->plan, told->formula, t->language, t->line);
    else
        hz_buf_add(t->line, told->name);
    if (told->verdict == HZ_VERDICT_HOLDS && told->formula != NULL && hz_formula_computes(t->decision, told->formula)) {
        add(t, HZ_SAY_COLON);
        add_soft(t);
        hz_say_formula_values(t->decision, told->formula, t->language, t->line);
    }
    if (told->verdict == HZ_VERDICT_NOT_ASKED) {
        add(t, HZ_SAY_SHOW_WHEN);
        hz_say_formula(t->decision->plan, told->line->when, t->language, t->line);
    }
    add_ground(t, told);
}

void hz_explain_node(hz_explain_text *t, const hz_told *told)
{
    switch (told->kind) {
    case HZ_TOLD_PARAMETER: add_parameter(t, told); break;
    case HZ_TOLD_SCALE: add_scale(t, told); break;
    case HZ_TOLD_BRACKET: add_bracket(t, told); break;
    case HZ_TOLD_INPUT: add_input(t, told); break;
    case HZ_TOLD_BENEFIT: case HZ_TOLD_FEE: add_benefit(t, told); break;
    case HZ_TOLD_CAP: add_cap(t, told); break;
    case HZ_TOLD_CONDITION: add_condition(t, told); break;
    case HZ_TOLD_COUNTER:
        add_name(t, told);
        add_held(t, told);
        if (told->state == HZ_IS_VALUE)
            add(t, HZ_SAY_BEFORE_CLAIM);
        break;
    default: add_value(t, told); break;
    }
    if (told->more)
        add(t, HZ_SAY_MORE);
}
