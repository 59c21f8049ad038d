/* explain_json.c - the explanation as one JSON object on one line, without line end: the same nodes as the text, for
 * programs that draw the tree themselves. Called by the API. Keys come in this order; what does not apply or is empty
 * is absent. Labels, formulas and texts are in the language asked, reasons for assumptions as the file writes them.
 *
 *     {"schema":"huzhu.explanation/1","id":…,"plan":"…","outcome":"paid","total":"360.00",
 *      "reasons":[{"code":"…","text":"…","clause":"…"}],
 *      "error":{"code":"R_…","input":"…","message":"…","hint":"…"},
 *      "tree":[node],            benefits, or the fees of an enrolment
 *      "conditions":[node],      every condition in life, in the file's order
 *      "checks":[node],          those that do not hold
 *      "parts":[explanation],    of a package or of an event under several plans, without schema, id, ruleset
 *      "rests_on":[{"name":"…","label":"…","assumed":"…"}],
 *      "sources":[{"id":"…","gives":"published","title":"…"}],
 *      "rules":{"date":"2024-01-01","by":"cover_start","revision":"…"},
 *      "ruleset":{"name":"…","version":"…","sha256":"…","scenario":"…"}}
 *
 *     node: {"kind":"benefit|fee|value|parameter|scale|bracket|input|counter|cap|condition","name":"…","label":"…",
 *            "verdict":"holds|fails|open|not_asked|not_offered",  conditions; benefits unless they hold
 *            "value":"40","before":"41","unit":"CNY/day",         before: before caps cut it
 *            "exact":"41.005",                                    what the formula gave before it was rounded
 *            "rounding":{"status":"assumed",…},                   how well it is known how to round, as of a node
 *            "text":"40 元/天",                                   the value in words
 *            "state":"missing|null|unknown|error",                in place of a value, or of a verdict
 *            "default":true,                                      an input that was not given, taken as its default
 *            "used":"0","cut":"1",                                caps: by earlier claims; here
 *            "range":"超过 100 元、不超过 200 元",                  brackets: from where to where, in words
 *            "above":"100" or "from":"100","up_to":"200" or "below":"200",  and in numbers, where there is an end
 *            "slice":"50","rate":"0.4",                           of a marginal scale; value is their product
 *            "formula":"给付天数 × 每日津贴","values":"9 × 40",
 *            "rows":[{"row":"class_rate[2]","cells":"…"}],        of a decision table, those taken, in words
 *            "from":"2015-07","scenario":true,                    the version in force
 *            "status":"published","source":["…"],"assumed":"…","disputed":"…","unknown":"…","date_assumed":"…",
 *            "note":"…","clause":"…",
 *            "again":true,                                        opened before: its children stand there
 *            "more":true,                                         has children that are left out
 *            "children":[node]}
 *
 * Values are as in decisions: decimals as texts with their scale, dates YYYY-MM-DD, codes by id, true and false bare.
 */
#include "run/tell.h"

typedef struct json {
    hz_decision *decision;
    uint32_t language;
    hz_buf *out, *part; /* part: a text being put together */
    bool first;         /* the next node is the first of its list */
} json;

/* ---- Pieces ---- */

static void add_key(json *j, const char *name)
{
    hz_buf_add_literal(j->out, ",\"");
    hz_buf_add(j->out, hz_str_from(name));
    hz_buf_add_literal(j->out, "\":");
}

static void add_text(json *j, const char *name, hz_str text)
{
    if (text.len == 0)
        return;
    add_key(j, name);
    hz_buf_add_json(j->out, text);
}

static void add_true(json *j, const char *name, bool is)
{
    if (!is)
        return;
    add_key(j, name);
    hz_buf_add_literal(j->out, "true");
}

/* What stands in part, under a key; empties it. */
static void add_part(json *j, const char *name)
{
    j->out->failed |= j->part->failed;
    add_text(j, name, hz_buf_text(j->part));
    hz_buf_reset(j->part);
}

static void add_value(json *j, const char *name, const hz_said_value *said, int64_t value)
{
    if (said->type->kind == HZ_KIND_STRING)
        hz_buf_add(j->part, said->text);
    else if (said->type->wide)
        hz_wide_format(said->wide, j->part);
    else
        hz_format_by_type(said->type, value, j->part);
    if (said->type->kind != HZ_KIND_BOOLEAN) {
        add_part(j, name);
        return;
    }
    add_key(j, name);
    j->out->failed |= j->part->failed;
    hz_buf_add(j->out, hz_buf_text(j->part));
    hz_buf_reset(j->part);
}

/* ---- Provenance ---- */

static void add_sources(json *j, const hz_provenance *from)
{
    const hz_model *ruleset = j->decision->plan->ruleset;
    if (from->sources.count == 0)
        return;
    add_key(j, "source");
    for (uint32_t i = 0; i < from->sources.count; i++) {
        hz_buf_add_char(j->out, i == 0 ? '[' : ',');
        hz_buf_add_json(j->out, ruleset->sources.at[from->sources.at[i]].id);
    }
    hz_buf_add_char(j->out, ']');
}

static void add_disputed(json *j, hz_str name, const hz_provenance *from)
{
    if (from->disputed.len == 0)
        return;
    hz_say_disputed(j->decision->plan, name, from, j->language, j->part);
    add_part(j, "disputed");
}

static void add_reasons_of(json *j, hz_str name, const hz_provenance *from)
{
    add_text(j, "assumed", from->assumed);
    add_disputed(j, name, from);
    add_text(j, "unknown", from->unknown);
    add_text(j, "date_assumed", from->date_assumed);
    add_text(j, "note", from->note);
    add_text(j, "clause", from->clause);
}

static void add_provenance(json *j, hz_str name, const hz_provenance *from)
{
    if (!from->given)
        return;
    add_text(j, "status", hz_standing_name(from->standing));
    add_sources(j, from);
    add_reasons_of(j, name, from);
}

/* The rows of a decision table that were taken, their cells in words. */
static void add_rows(json *j, const hz_told *told)
{
    uint32_t at = 0;
    const hz_row *row;
    bool first = true;
    add_key(j, "rows");
    while ((row = hz_row_next(j->decision, &told->rows, &at)) != NULL) {
        hz_buf_add(j->out, first ? HZ_STR("[{\"row\":") : HZ_STR(",{\"row\":"));
        hz_buf_add_json(j->out, row->path);
        hz_say_cells(j->decision->plan, told->rows.table, row, j->language, j->part);
        add_part(j, "cells");
        hz_buf_add_char(j->out, '}');
        first = false;
    }
    hz_buf_add_char(j->out, ']');
}

static void add_version(json *j, const hz_told *told)
{
    if (told->entry == NULL || told->kind == HZ_TOLD_BRACKET)
        return;
    if (told->dated) {
        hz_since_text(&told->entry->since, j->part);
        add_part(j, "from");
    }
    add_true(j, "scenario", told->entry->scenario);
}

/* ---- Nodes ---- */

static void open_section(void *context, hz_told_section section)
{
    static const char *const names[] = {"tree", "conditions", "checks"};
    json *j = context;
    add_key(j, names[section]);
    hz_buf_add_char(j->out, '[');
    j->first = true;
}

static void close_section(void *context, hz_told_section section)
{
    (void)section;
    hz_buf_add_char(((json *)context)->out, ']');
}

/* Of how it was rounded its own standing. */
static void add_rounding(json *j, const hz_provenance *from)
{
    add_key(j, "rounding");
    hz_buf_add_literal(j->out, "{\"status\":");
    hz_buf_add_json(j->out, hz_standing_name(from->standing));
    add_sources(j, from);
    add_reasons_of(j, HZ_STR("round"), from);
    hz_buf_add_char(j->out, '}');
}

static void add_held(json *j, const hz_told *told)
{
    static const char *const states[] = {"", "null", "unknown", "missing", "error"};
    if (told->kind == HZ_TOLD_CONDITION && told->state == HZ_IS_VALUE)
        return;
    if (told->state != HZ_IS_VALUE) {
        add_text(j, "state", hz_str_from(states[told->state]));
        return;
    }
    add_value(j, "value", &told->value, told->value.value);
    if (told->has_before)
        add_value(j, "before", &told->value, told->before);
    if (told->rounded) {
        add_value(j, "exact", &told->exact, told->exact.value);
        add_rounding(j, &hz_told_round(j->decision, told)->from);
    }
    add_text(j, "unit", told->value.unit);
    hz_say_measure(j->decision->plan->ruleset, &told->value, j->language, j->part);
    add_part(j, "text");
}

static void add_cap(json *j, const hz_told *told)
{
    int64_t used, cut;
    if (told->kind != HZ_TOLD_CAP || told->state != HZ_IS_VALUE || !hz_told_cut(j->decision, told->cap, &used, &cut))
        return;
    if (told->cap->used.value != HZ_NO_REG)
        add_value(j, "used", &told->value, used);
    add_value(j, "cut", &told->value, cut);
}

static void add_number(json *j, const char *name, hz_decimal number)
{
    char text[HZ_DECIMAL_TEXT];
    add_text(j, name, (hz_str){text, hz_decimal_format(number.coefficient, number.scale, text)});
}

static void add_end(json *j, const char *name, const hz_literal *end)
{
    add_number(j, name, (hz_decimal){end->coefficient, end->type.scale});
}

static void add_bracket(json *j, const hz_told *told)
{
    if (told->kind != HZ_TOLD_BRACKET)
        return;
    const hz_bracket *bracket = &told->entry->brackets.at[told->bracket];
    hz_say_bracket_range(j->decision->plan, told->scale, told->entry, told->bracket, j->language, j->part);
    add_part(j, "range");
    if (told->bracket > 0)
        add_end(j, bracket[-1].below ? "from" : "above", &bracket[-1].end);
    else
        add_end(j, "from", &told->scale->start);
    if (!bracket->open)
        add_end(j, bracket->below ? "below" : "up_to", &bracket->end);
    if (!told->scale->marginal)
        return;
    add_number(j, "slice", told->slice);
    if (bracket->state == HZ_ENTRY_VALUE)
        add_number(j, "rate", hz_decimal_trim((hz_decimal){bracket->value.coefficient, told->scale->type.scale}));
}

static void add_formula(json *j, const hz_told *told)
{
    if (told->formula == NULL || told->again)
        return;
    hz_say_formula(j->decision->plan, told->formula, j->language, j->part);
    add_part(j, "formula");
    if (told->state != HZ_IS_VALUE || !hz_formula_computes(j->decision, told->formula))
        return;
    hz_say_formula_values(j->decision, told->formula, j->language, j->part);
    add_part(j, "values");
}

static bool by_default(const json *j, const hz_told *told)
{
    const hz_plan_model *rules = j->decision->plan->rules;
    if (told->kind != HZ_TOLD_INPUT)
        return false;
    uint32_t input = rules->symbols.at[told->symbol].index;
    return rules->inputs.at[input].has_default && j->decision->snapshot.inputs[input].state == HZ_ABSENT;
}

static void begin_node(void *context, const hz_told *told)
{
    static const char *const kinds[] = {"benefit", "fee", "value", "parameter",
                                        "input",   "counter", "cap", "condition", "scale", "bracket"};
    static const char *const verdicts[] = {"holds", "fails", "open", "not_asked", "not_offered"};
    json *j = context;
    hz_buf_add(j->out, j->first ? HZ_STR("{\"kind\":") : HZ_STR(",{\"kind\":"));
    hz_buf_add_json(j->out, hz_str_from(kinds[told->kind]));
    add_text(j, "name", told->name);
    if (told->symbol != HZ_MAP_NONE)
        add_text(j, "label", hz_symbol_label(j->decision->plan, told->symbol, j->language));
    if (told->kind == HZ_TOLD_CONDITION || told->verdict != HZ_VERDICT_HOLDS)
        add_text(j, "verdict", hz_str_from(verdicts[told->verdict]));
    add_held(j, told);
    add_true(j, "default", by_default(j, told));
    add_cap(j, told);
    add_bracket(j, told);
    add_formula(j, told);
    if (told->has_rows && !told->again)
        add_rows(j, told);
    add_version(j, told);
    if (told->from != NULL && !told->again)
        add_provenance(j, told->name, told->from);
    bool version = told->kind != HZ_TOLD_BRACKET && told->entry != NULL && !told->again;
    if (version && (told->from == NULL || !told->from->given))
        add_provenance(j, told->name, &told->entry->from);
    add_true(j, "again", told->again);
    add_true(j, "more", told->more);
    if (told->children > 0) {
        add_key(j, "children");
        hz_buf_add_char(j->out, '[');
    }
    j->first = true;
}

static void end_node(void *context, const hz_told *told)
{
    json *j = context;
    hz_buf_add(j->out, told->children > 0 ? HZ_STR("]}") : HZ_STR("}"));
    j->first = false;
}

/* ---- Around the nodes ---- */

static void add_head(json *j)
{
    const hz_decision *decision = j->decision;
    hz_buf_add_literal(j->out, "{\"schema\":\"huzhu.explanation/1\"");
    if (decision->snapshot.id.len > 0) {
        add_key(j, "id");
        hz_buf_add(j->out, hz_buf_text(&decision->snapshot.id));
    }
    add_text(j, "plan", decision->plan->rules->id);
}

static void add_outcome(json *j)
{
    const hz_decision *decision = j->decision;
    add_text(j, "outcome", hz_outcome_name(decision->outcome));
    if (!decision->has_total || decision->snapshot.enrolment)
        return;
    hz_type money = {.kind = HZ_KIND_NUMBER, .scale = decision->plan->ruleset->currency_scale};
    hz_format_by_type(&money, decision->total, j->part);
    add_part(j, "total");
}

static void add_reasons(json *j)
{
    hz_decision *decision = j->decision;
    for (uint32_t i = 0; i < decision->reason_count; i++) {
        const hz_reason *reason = &decision->reasons[i];
        if (i == 0)
            add_key(j, "reasons");
        hz_buf_add(j->out, i == 0 ? HZ_STR("[{\"code\":") : HZ_STR(",{\"code\":"));
        hz_buf_add_json(j->out, reason->code);
        hz_decision_reason_text(decision, i, j->language, j->part);
        add_part(j, "text");
        if (reason->line != NULL)
            add_text(j, "clause", reason->line->from.clause);
        hz_buf_add_char(j->out, '}');
    }
    if (decision->reason_count > 0)
        hz_buf_add_char(j->out, ']');
}

static void add_error(json *j)
{
    const hz_fault *error = &j->decision->error;
    if (j->decision->outcome != HZ_FAILED || !error->is)
        return;
    add_key(j, "error");
    hz_buf_add_literal(j->out, "{\"code\":");
    hz_buf_add_json(j->out, hz_str_from(hz_code_name(error->code)));
    add_text(j, "input", hz_fault_name(error));
    add_text(j, "message", hz_str_from(j->language == 0 ? error->message_zh : error->message));
    add_text(j, "hint", hz_str_from(j->language == 0 ? error->hint_zh : error->hint));
    hz_buf_add_char(j->out, '}');
}

static void add_rests_on(json *j)
{
    const hz_decision *decision = j->decision;
    bool first = true;
    for (uint32_t i = 0; i < decision->basis_count; i++) {
        const hz_basis_item *item = &decision->basis[i];
        uint32_t symbol = hz_map_find(&decision->plan->rules->symbol_map, item->name);
        if (!item->rests_on)
            continue;
        if (first)
            add_key(j, "rests_on");
        hz_buf_add(j->out, first ? HZ_STR("[{\"name\":") : HZ_STR(",{\"name\":"));
        hz_buf_add_json(j->out, item->name);
        if (symbol != HZ_MAP_NONE)
            add_text(j, "label", hz_symbol_label(decision->plan, symbol, j->language));
        else if (hz_say_bracket_path(decision->plan, item->name, item->entry, j->language, j->part) ||
                 hz_say_row_path(decision->plan, item->name, j->language, j->part))
            add_part(j, "label");
        add_text(j, "assumed", item->from->assumed);
        add_disputed(j, item->name, item->from);
        add_text(j, "date_assumed", item->from->date_assumed);
        hz_buf_add_char(j->out, '}');
        first = false;
    }
    if (!first)
        hz_buf_add_char(j->out, ']');
}

static void add_source_list(json *j)
{
    const hz_model *ruleset = j->decision->plan->ruleset;
    bool first = true;
    for (uint32_t i = 0; i < ruleset->sources.count; i++) {
        const hz_source_info *source = &ruleset->sources.at[i];
        if (!hz_told_source(j->decision, i, true))
            continue;
        if (first)
            add_key(j, "sources");
        hz_buf_add(j->out, first ? HZ_STR("[{\"id\":") : HZ_STR(",{\"id\":"));
        hz_buf_add_json(j->out, source->id);
        add_text(j, "gives", hz_standing_name(source->gives));
        add_text(j, "title", hz_in_language(&source->title, j->language));
        hz_buf_add_char(j->out, '}');
        first = false;
    }
    if (!first)
        hz_buf_add_char(j->out, ']');
}

static void add_rules(json *j)
{
    const hz_decision *decision = j->decision;
    const hz_plan_model *rules = decision->plan->rules;
    int32_t date;
    char day[HZ_DATE_TEXT];
    if (!hz_told_date(decision, &date))
        return;
    const hz_revision *revision = hz_revision_on(rules, date);
    hz_buf_printf(j->out, ",\"rules\":{\"date\":\"%.*s\"", (int)hz_date_format(date, day), day);
    add_text(j, "by", rules->dated_by.name);
    if (revision != NULL)
        add_text(j, "revision", hz_in_language(&revision->label, j->language));
    hz_buf_add_char(j->out, '}');
}

static void add_ruleset(json *j)
{
    const hz_model *ruleset = j->decision->plan->ruleset;
    add_key(j, "ruleset");
    hz_buf_add_literal(j->out, "{\"name\":");
    hz_buf_add_json(j->out, ruleset->id);
    add_text(j, "version", ruleset->version);
    add_text(j, "sha256", hz_str_from(ruleset->sha256));
    add_text(j, "scenario", ruleset->scenario);
    hz_buf_add_literal(j->out, "}}");
}

static void add_parts(json *j);

static void add_body(json *j)
{
    const hz_teller teller = {open_section, close_section, begin_node, end_node, j};
    hz_decision_walk(j->decision);
    hz_buf_reset(j->part);
    add_outcome(j);
    add_reasons(j);
    add_error(j);
    if (!j->decision->plan->event && !j->decision->closed)
        hz_tell(j->decision, &teller);
    add_parts(j);
    add_rests_on(j);
    if (j->decision->plan->event || j->decision->closed)
        return;
    add_source_list(j);
    add_rules(j);
}

static void add_parts(json *j)
{
    for (uint32_t i = 0; i < j->decision->part_count; i++) {
        hz_decision *part = j->decision->parts[i];
        json one = {.decision = part, .language = j->language, .out = &part->out, .part = &part->scratch};
        hz_buf_reset(one.out);
        hz_buf_add_literal(one.out, "{\"plan\":");
        hz_buf_add_json(one.out, part->plan->rules->id);
        add_body(&one);
        hz_buf_add_char(one.out, '}');
        if (i == 0)
            add_key(j, "parts");
        hz_buf_add_char(j->out, i == 0 ? '[' : ',');
        hz_buf_add(j->out, hz_buf_text(one.out));
        j->out->failed |= one.out->failed;
    }
    if (j->decision->part_count > 0)
        hz_buf_add_char(j->out, ']');
}

void hz_decision_explain_json(hz_decision *decision, uint32_t language)
{
    json j = {.decision = decision, .language = language, .out = &decision->out, .part = &decision->scratch};
    add_head(&j);
    add_body(&j);
    add_ruleset(&j);
}
