/* figures.c - every figure that a plan states, version by version, an object of JSON a line. Nothing is computed, and no
 * claim is involved. Keys come in this order; what does not apply is absent.
 *
 *     {"path":"inpatient-allowance.daily_amount",      as in decisions and settings; of what a package replaces, its own
 *      "reading":"programme",                          where sources are read differently
 *      "from":"2015-07",                               as the file writes it: a month, a day, always
 *      "value":"40", or "least":"1","most":"3",        none is "none"; least and most of an input's range; absent: unknown
 *      "unit":"CNY/day","status":"published","source":"programme-2020,S16","date_assumed":true,"informative":true}
 *
 * In this order: the plan's own dates (path "PLAN.from", "PLAN.until", "PLAN.revisions"), ranges of inputs, parameters,
 * brackets of scales, and what parts of a package have replaced. Called by the API.
 */
#include "run/figures.h"

#include "run/decision.h"

typedef struct figures {
    const hz_plan *plan;
    hz_buf *out;
} figures;

static void begin(const figures *f, hz_str name)
{
    hz_buf_printf(f->out, "{\"path\":\"%.*s.%.*s\"", HZ_ARG(f->plan->rules->path), HZ_ARG(name));
}

static void end(const figures *f)
{
    hz_buf_add_literal(f->out, "}\n");
}

static void add_text(const figures *f, const char *key, hz_str text)
{
    if (text.len == 0) return;
    hz_buf_printf(f->out, ",\"%s\":", key);
    hz_buf_add_json(f->out, text);
}

static void add_since(const figures *f, const hz_since *since)
{
    hz_buf_add_literal(f->out, ",\"from\":\"");
    hz_since_text(since, f->out);
    hz_buf_add_char(f->out, '"');
}

static void add_number(const figures *f, const char *key, const hz_type *type, hz_i128 value)
{
    const hz_entry entry = {.state = HZ_ENTRY_VALUE};
    const hz_basis_item item = {.entry = &entry, .type = type, .has_value = true, .value = (int64_t)value};
    hz_buf_printf(f->out, ",\"%s\":\"", key);
    hz_basis_value(&item, f->out);
    hz_buf_add_char(f->out, '"');
}

static void add_ground(const figures *f, const hz_provenance *from)
{
    if (!from->given) return;
    add_text(f, "status", hz_standing_name(from->standing));
    for (uint32_t i = 0; i < from->sources.count; i++) {
        hz_buf_add(f->out, i == 0 ? HZ_STR(",\"source\":\"") : HZ_STR(","));
        hz_buf_add(f->out, f->plan->ruleset->sources.at[from->sources.at[i]].id);
    }
    if (from->sources.count > 0) hz_buf_add_char(f->out, '"');
    if (from->date_assumed.len > 0) hz_buf_add_literal(f->out, ",\"date_assumed\":true");
}

/* ---- the plan's own dates, inputs ---- */

static void put_life(const figures *f)
{
    const hz_life *life = &f->plan->rules->life;
    for (int edge = 0; edge < 2; edge++) {
        if (!(edge == 0 ? life->has_from : life->has_until)) continue;
        begin(f, edge == 0 ? HZ_STR("from") : HZ_STR("until"));
        add_since(f, edge == 0 ? &life->from : &life->until);
        end(f);
    }
}

static void put_revisions(const figures *f)
{
    for (uint32_t i = 0; i < f->plan->rules->revisions.count; i++) {
        const hz_revision *revision = &f->plan->rules->revisions.at[i];
        begin(f, HZ_STR("revisions"));
        add_since(f, &revision->since);
        add_text(f, "value", revision->label.zh);
        add_ground(f, &revision->from);
        end(f);
    }
}

static void put_ranges(const figures *f)
{
    for (uint32_t i = 0; i < f->plan->rules->inputs.count; i++) {
        const hz_input *input = &f->plan->rules->inputs.at[i];
        if (!input->ranged || input->merged || input->type.kind != HZ_KIND_NUMBER) continue;
        begin(f, input->name);
        add_number(f, "least", &input->type, input->type.lo);
        add_number(f, "most", &input->type, input->type.hi);
        add_text(f, "unit", input->unit);
        end(f);
    }
}

/* ---- parameters ---- */

static void put_version(const figures *f, const hz_parameter *parameter, hz_str reading, const hz_entry *entry)
{
    const hz_type type = hz_figure_type(parameter, entry);
    const hz_basis_item item = {.entry = entry,
                                .type = &type,
                                .has_value = true,
                                .value = (int64_t)entry->value.coefficient,
                                .text = entry->value.text};
    begin(f, parameter->name);
    add_text(f, "reading", reading);
    add_since(f, &entry->since);
    if (entry->state != HZ_ENTRY_UNKNOWN) {
        hz_buf_add_literal(f->out, ",\"value\":\"");
        hz_basis_value(&item, f->out);
        hz_buf_add_char(f->out, '"');
    }
    add_text(f, "unit", parameter->unit);
    add_ground(f, &entry->from);
    if (parameter->informative) hz_buf_add_literal(f->out, ",\"informative\":true");
    end(f);
}

static void put_parameter(const figures *f, const hz_parameter *parameter)
{
    const hz_history *history = &parameter->history;
    for (uint32_t i = 0; i < history->readings.count; i++)
        for (uint32_t k = 0; k < history->readings.at[i].entries.count; k++)
            put_version(f, parameter, history->readings.at[i].name, &history->readings.at[i].entries.at[k]);
    for (uint32_t k = 0; history->readings.count == 0 && k < history->entries.count; k++)
        put_version(f, parameter, HZ_STR(""), &history->entries.at[k]);
}

/* ---- scales ---- */

static void put_brackets(const figures *f, const hz_scale *scale, hz_str reading, const hz_entry *entry)
{
    for (uint32_t i = 0; i < entry->brackets.count; i++) {
        const hz_bracket *bracket = &entry->brackets.at[i];
        hz_type type = bracket->value.type; /* a reading that is not taken has decimals of its own */
        type.codes = scale->type.codes;
        begin(f, bracket->path);
        add_text(f, "reading", reading);
        add_since(f, &entry->since);
        if (bracket->state == HZ_ENTRY_VALUE) add_number(f, "value", &type, bracket->value.coefficient);
        add_text(f, "unit", scale->marginal ? HZ_STR("") : scale->unit);
        add_ground(f, bracket->from.grounded ? &bracket->from : &entry->from);
        end(f);
    }
}

static void put_scale(const figures *f, const hz_scale *scale)
{
    const hz_history *history = &scale->history;
    for (uint32_t i = 0; i < history->readings.count; i++)
        for (uint32_t k = 0; k < history->readings.at[i].entries.count; k++)
            put_brackets(f, scale, history->readings.at[i].name, &history->readings.at[i].entries.at[k]);
    for (uint32_t k = 0; history->readings.count == 0 && k < history->entries.count; k++)
        put_brackets(f, scale, HZ_STR(""), &history->entries.at[k]);
}

/* ---- what a part has in the place of its plan's ---- */

static void put_replaced(const hz_plan *part, hz_buf *out)
{
    const figures f = {part, out};
    for (uint32_t i = 0; i < part->rules->parameters.count; i++)
        for (uint32_t k = 0; k < part->rules->replaced.count; k++)
            if (hz_str_eq(part->rules->replaced.at[k].name, part->rules->parameters.at[i].name))
                put_parameter(&f, &part->rules->parameters.at[i]);
}

void hz_plan_figures(const hz_plan *plan, hz_buf *out)
{
    const figures f = {plan, out};
    put_life(&f);
    put_revisions(&f);
    put_ranges(&f);
    for (uint32_t i = 0; i < plan->rules->parameters.count; i++) put_parameter(&f, &plan->rules->parameters.at[i]);
    for (uint32_t i = 0; i < plan->rules->scales.count; i++) put_scale(&f, &plan->rules->scales.at[i]);
    for (uint32_t i = 0; i < plan->part_count; i++) put_replaced(plan->parts[i].plan, out);
}
