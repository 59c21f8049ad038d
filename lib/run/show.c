/* show.c - a plan as it stood on a day: its head, what a claim says, the figures. The rules themselves are
 * show_rules.c's, what they stand on show_ground.c's. Called by the API. Everything comes from the model; no claim is
 * involved.
 */
#include "run/show.h"

#include "run/handbook_part.h"

/* ---- Lines ---- */

void hz_show_put(hz_show *s, uint32_t rest)
{
    if (s->book) {
        hz_book_item(s);
        return;
    }
    static const char spaces[] = "                                                            ";
    size_t hang = rest + 2 < sizeof spaces ? rest + 2 : sizeof spaces - 1;
    s->out->failed |= s->line->failed;
    hz_page_put(s->out, HZ_STR("  "), (hz_str){spaces, hang}, hz_buf_text(s->line));
    hz_buf_reset(s->line);
}

static void put_flush(hz_show *s)
{
    s->out->failed |= s->line->failed;
    hz_page_put(s->out, HZ_STR(""), HZ_STR("  "), hz_buf_text(s->line));
    hz_buf_reset(s->line);
}

void hz_show_heading(hz_show *s, hz_saying heading)
{
    if (s->book) {
        hz_show_say(s, heading);
        hz_book_heading(s, 3);
        hz_buf_add_char(s->out, '\n');
        return;
    }
    hz_buf_add_char(s->out, '\n');
    hz_show_say(s, heading);
    put_flush(s);
}

void hz_show_say(hz_show *s, hz_saying saying)
{
    hz_buf_add(s->line, hz_say(saying, s->language));
}

/* ---- What is in force ---- */

const hz_entry *hz_show_entry(const hz_show *s, const hz_history *history)
{
    const hz_entry *in_force = NULL;
    for (uint32_t i = 0; i < history->entries.count; i++)
        if (history->entries.at[i].since.day <= s->date)
            in_force = &history->entries.at[i];
    return in_force;
}

bool hz_show_lives(const hz_show *s, const hz_life *life)
{
    return s->book || ((!life->has_from || life->from.day <= s->date) && (!life->has_until || s->date < life->until.day));
}

void hz_show_standing(hz_show *s, const hz_provenance *from)
{
    if (!from->given)
        return;
    hz_buf_add(s->line, hz_say_standing(from->standing, s->language));
    for (uint32_t i = 0; i < from->sources.count; i++) {
        if (i == 0)
            hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
        hz_say_comma(i == 0, s->language, s->line);
        hz_buf_add(s->line, s->plan->ruleset->sources.at[from->sources.at[i]].id);
    }
    if (from->sources.count > 0)
        hz_show_say(s, HZ_SAY_END_ASIDE);
}

void hz_show_label(hz_show *s, hz_str name)
{
    uint32_t symbol = hz_map_find(&s->rules->symbol_map, name);
    for (uint32_t i = 0; symbol == HZ_MAP_NONE && i < s->rules->tables.count; i++) {
        if (!hz_str_eq(s->rules->tables.at[i].name, name)) continue;
        hz_buf_add(s->line, hz_in_language(&s->rules->tables.at[i].label, s->language));
        return;
    }
    for (uint32_t i = 0; symbol == HZ_MAP_NONE && i < s->rules->scales.count; i++) {
        const hz_entry *entry = hz_show_entry(s, &s->rules->scales.at[i].history);
        if (hz_say_bracket_path(s->plan, name, entry, s->language, s->line))
            return;
    }
    if (symbol == HZ_MAP_NONE && hz_say_row_path(s->plan, name, s->language, s->line))
        return;
    hz_buf_add(s->line, symbol == HZ_MAP_NONE ? name : hz_symbol_label(s->plan, symbol, s->language));
}

const hz_round *hz_show_rounding(const hz_show *s)
{
    return s->rules->round.given ? &s->rules->round : &s->plan->ruleset->round;
}

/* ---- Head ---- */

static void put_head(hz_show *s)
{
    hz_buf_add(s->line, hz_in_language(&s->rules->title, s->language));
    hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
    hz_buf_add(s->line, s->rules->id);
    hz_show_say(s, HZ_SAY_END_ASIDE);
    put_flush(s);
}

/* What there is to say of a day outside the plan's life. False: the day lies inside. */
static bool put_not_in_force(hz_show *s, hz_str day)
{
    const hz_life *life = &s->rules->life;
    if (hz_show_lives(s, life))
        return false;
    char text[HZ_DATE_TEXT];
    bool early = life->has_from && s->date < life->from.day;
    const hz_since *edge = early ? &life->from : &life->until;
    size_t size = hz_date_format(edge->day, text);
    const hz_str arguments[] = {day, {text, edge->precision == HZ_BY_MONTH ? 7 : size}};
    hz_say_with(s->line, early ? HZ_SAY_SHOW_NOT_YET : HZ_SAY_SHOW_NO_LONGER, s->language, arguments);
    put_flush(s);
    return true;
}

static void put_version(hz_show *s, hz_str day)
{
    const hz_revision *revision = hz_revision_on(s->rules, s->date);
    uint32_t symbol = hz_map_find(&s->rules->symbol_map, s->rules->dated_by.name);
    hz_str label = hz_symbol_label(s->plan, symbol, s->language);
    hz_say_with(s->line, HZ_SAY_SHOW_RULES, s->language, &day);
    if (revision != NULL) {
        hz_show_say(s, HZ_SAY_COLON);
        hz_say_since(&revision->since, s->language, s->line);
        hz_show_say(s, HZ_SAY_COMMA);
        hz_say_text(hz_in_language(&revision->label, s->language), s->line);
    }
    put_flush(s);
    hz_say_with(s->line, HZ_SAY_SHOW_DATED_BY, s->language, &label);
    put_flush(s);
}

/* ---- Inputs ---- */

static void add_codes(hz_show *s, const hz_codes *codes)
{
    for (uint32_t i = 0; i < codes->count; i++) {
        hz_say_comma(i == 0, s->language, s->line);
        hz_str label = s->language == 0 ? codes->at[i].zh : codes->at[i].en;
        hz_buf_add(s->line, label);
        if (hz_str_eq(label, codes->at[i].id))
            continue;
        hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
        hz_buf_add(s->line, codes->at[i].id);
        hz_show_say(s, HZ_SAY_END_ASIDE);
    }
}

static void add_bound(hz_show *s, const hz_input *input, hz_i128 bound)
{
    const hz_said_value said = {.type = &input->type, .unit = input->unit, .value = (int64_t)bound};
    hz_say_value(s->plan->ruleset, &said, s->language, s->line);
}

static void add_need(hz_show *s, const hz_input *input)
{
    if (input->optional)
        hz_show_say(s, HZ_SAY_SHOW_OPTIONAL);
    if (input->has_default) {
        const hz_said_value said = {.type = &input->type,
                                    .unit = input->unit,
                                    .value = (int64_t)input->fallback.coefficient,
                                    .text = input->fallback.text};
        hz_buf_add(s->line, hz_say_before(HZ_SAY_SHOW_DEFAULT, s->language));
        hz_say_measure(s->plan->ruleset, &said, s->language, s->line);
        hz_buf_add(s->line, hz_say_after(HZ_SAY_SHOW_DEFAULT, s->language));
    }
    const hz_plan *plan = s->plan;
    for (uint32_t i = 0; input->when_in_part != NULL && i < s->plan->part_count; i++)
        if (hz_str_eq(s->plan->parts[i].rules->plan, input->from)) plan = s->plan->parts[i].plan;
    const hz_ast *when = input->when != NULL ? input->when : input->when_in_part;
    if (when != NULL) {
        hz_show_say(s, HZ_SAY_SHOW_NEEDED_WHEN);
        hz_say_formula(plan, when, s->language, s->line);
        hz_show_say(s, HZ_SAY_SHOW_NEEDED_WHEN_END);
    }
}

void hz_show_input(hz_show *s, const hz_input *input)
{
    static const hz_saying types[] = {
        [HZ_INPUT_KEY] = HZ_SAY_TYPE_KEY,         [HZ_INPUT_DATE] = HZ_SAY_TYPE_DATE,
        [HZ_INPUT_BOOLEAN] = HZ_SAY_TYPE_BOOLEAN, [HZ_INPUT_CODE] = HZ_SAY_TYPE_CODE,
        [HZ_INPUT_TEXT] = HZ_SAY_TYPE_TEXT,       [HZ_INPUT_COUNT] = HZ_SAY_TYPE_COUNT,
        [HZ_INPUT_MONEY] = HZ_SAY_TYPE_MONEY,     [HZ_INPUT_RATE] = HZ_SAY_TYPE_RATE,
        [HZ_INPUT_NUMBER] = HZ_SAY_TYPE_NUMBER};
    if (input->type.kind == HZ_KIND_CODE)
        add_codes(s, input->type.codes);
    else
        hz_show_say(s, types[input->input_type]);
    if (input->ranged && input->type.kind != HZ_KIND_CODE) {
        hz_show_say(s, HZ_SAY_COMMA);
        add_bound(s, input, input->type.lo);
        hz_buf_add(s->line, hz_word(HZ_STR(".."), s->language));
        add_bound(s, input, input->type.hi);
    }
    if (input->pattern != NULL) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_buf_add(s->line, hz_word(HZ_STR("like"), s->language));
        hz_buf_add_char(s->line, ' ');
        hz_buf_add(s->line, input->pattern->at[0]->text);
    }
    if (input->unit.len > 0) {
        hz_buf_add(s->line, input->ranged ? HZ_STR(" ") : hz_say(HZ_SAY_BEGIN_ASIDE, s->language));
        hz_say_unit(input->unit, false, s->language, s->line);
        hz_buf_add(s->line, input->ranged ? HZ_STR("") : hz_say(HZ_SAY_END_ASIDE, s->language));
    }
    add_need(s, input);
}

static void put_inputs(hz_show *s)
{
    uint32_t labels = 0, names = 0;
    if (s->rules->inputs.count > 0)
        hz_show_heading(s, HZ_SAY_SHOW_INPUTS);
    for (uint32_t i = 0; i < s->rules->inputs.count; i++) {
        const hz_input *input = &s->rules->inputs.at[i];
        uint32_t label = hz_page_width(hz_in_language(&input->label, s->language)), name = hz_page_width(input->name);
        labels = label > labels ? label : labels;
        names = name > names ? name : names;
    }
    for (uint32_t i = 0; i < s->rules->inputs.count; i++) {
        const hz_input *input = &s->rules->inputs.at[i];
        hz_buf_add(s->line, hz_in_language(&input->label, s->language));
        hz_page_pad(s->line, 0, labels + 2);
        hz_buf_add(s->line, input->name);
        hz_page_pad(s->line, 0, labels + 2 + names + 2);
        hz_show_input(s, input);
        hz_show_put(s, labels + names + 4);
    }
}

/* ---- Figures ---- */

void hz_show_figure(hz_show *s, const hz_parameter *parameter, const hz_entry *entry)
{
    if (entry->state != HZ_ENTRY_VALUE) {
        hz_show_say(s, entry->state == HZ_ENTRY_NONE ? HZ_SAY_NONE : HZ_SAY_UNPUBLISHED);
        return;
    }
    const hz_type type = hz_figure_type(parameter, entry);
    const hz_said_value said = {.type = &type,
                                .unit = parameter->unit,
                                .value = (int64_t)entry->value.coefficient,
                                .text = entry->value.text};
    hz_say_measure(s->plan->ruleset, &said, s->language, s->line);
}

/* A figure wider than this, as a set of codes, stands out of line instead of moving all others. */
enum { FIGURE_WIDEST = 24 };

/* Columns that labels, figures and dates need. */
static void measure_figures(hz_show *s, uint32_t widest[3])
{
    for (uint32_t i = 0; i < s->rules->parameters.count; i++) {
        const hz_parameter *parameter = &s->rules->parameters.at[i];
        const hz_entry *entry = hz_show_entry(s, &parameter->history);
        if (entry == NULL)
            continue;
        for (int column = 0; column < 3; column++) {
            hz_buf_reset(s->line);
            if (column == 0)
                hz_buf_add(s->line, hz_in_language(&parameter->label, s->language));
            else if (column == 1)
                hz_show_figure(s, parameter, entry);
            else
                hz_say_since(&entry->since, s->language, s->line);
            uint32_t width = hz_page_width(hz_buf_text(s->line));
            if (width > widest[column] && (column != 1 || width <= FIGURE_WIDEST))
                widest[column] = width;
        }
    }
    hz_buf_reset(s->line);
}

static void to_column(hz_show *s, uint32_t width)
{
    uint32_t used = hz_page_width(hz_buf_text(s->line));
    hz_buf_add_spaces(s->line, used + 2 > width ? 2 : width - used);
}

static void put_figures(hz_show *s)
{
    uint32_t widest[3] = {0, 0, 0};
    measure_figures(s, widest);
    if (widest[0] > 0)
        hz_show_heading(s, HZ_SAY_SHOW_FIGURES);
    for (uint32_t i = 0; i < s->rules->parameters.count; i++) {
        const hz_parameter *parameter = &s->rules->parameters.at[i];
        const hz_entry *entry = hz_show_entry(s, &parameter->history);
        if (entry == NULL)
            continue;
        hz_buf_add(s->line, hz_in_language(&parameter->label, s->language));
        to_column(s, widest[0] + 2);
        hz_show_figure(s, parameter, entry);
        to_column(s, widest[0] + widest[1] + 4);
        hz_say_since(&entry->since, s->language, s->line);
        to_column(s, widest[0] + widest[1] + widest[2] + 6);
        if (entry->scenario)
            hz_show_say(s, HZ_SAY_BY_SCENARIO);
        else if (entry->state == HZ_ENTRY_VALUE)
            hz_show_standing(s, &entry->from);
        hz_show_put(s, widest[0] + 2);
    }
}

void hz_plan_show(const hz_plan *plan, int32_t date, uint32_t language, hz_buf *out)
{
    hz_buf line;
    char text[HZ_DATE_TEXT];
    const hz_str day = {text, hz_date_format(date, text)};
    hz_show show = {.plan = plan, .rules = plan->rules, .date = date, .language = language, .out = out, .line = &line};
    hz_buf_begin(&line, &out->alloc);
    put_head(&show);
    if (!put_not_in_force(&show, day)) {
        put_version(&show, day);
        put_inputs(&show);
        put_figures(&show);
        hz_show_rules(&show);
        hz_show_grounds(&show);
    }
    hz_buf_end(&line);
}
