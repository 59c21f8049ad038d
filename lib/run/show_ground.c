/* show_ground.c - what a plan stood on, on a day: everything assumed, disputed or not published, and the sources. In the
 * handbook: what it stands on, on whatever day. Called by show.c and handbook.c.
 */
#include "run/show_part.h"

/* A statement in force: what it is called, and its provenance. */
typedef struct grounds {
    uint32_t number; /* of those listed so far */
    uint32_t source; /* looked for */
    bool found;
    const hz_since *since; /* of the version it is a ground of, where there are several; else NULL */
} grounds;

typedef void each_ground(hz_show *s, hz_str name, const hz_provenance *from, grounds *g);

/* The versions that count: the one in force on the day, or every one. NULL behind the last. */
static const hz_entry *next_version(const hz_show *s, const hz_history *history, const hz_entry *before)
{
    if (!s->book)
        return before == NULL ? hz_show_entry(s, history) : NULL;
    const hz_entry *next = before == NULL ? history->entries.at : before + 1;
    return next < history->entries.at + history->entries.count ? next : NULL;
}

/* What is said of a version, in the handbook with its date. */
static void each_of_version(hz_show *s, hz_str name, const hz_history *history, const hz_entry *entry,
                            const hz_provenance *from, each_ground *each, grounds *g)
{
    g->since = s->book && history->entries.count > 1 ? &entry->since : NULL;
    each(s, name, from, g);
    g->since = NULL;
}

static void each_entry(hz_show *s, hz_str name, const hz_history *history, each_ground *each, grounds *g)
{
    for (const hz_entry *entry = next_version(s, history, NULL); entry != NULL; entry = next_version(s, history, entry))
        if (!entry->scenario)
            each_of_version(s, name, history, entry, &entry->from, each, g);
}

/* A line, and the version of its condition or limit. */
static void each_line(hz_show *s, const hz_lines *lines, each_ground *each, grounds *g)
{
    for (uint32_t i = 0; i < lines->count; i++) {
        const hz_line *line = &lines->at[i];
        if (!hz_show_lives(s, &line->life))
            continue;
        each(s, line->code, &line->from, g);
        each_entry(s, line->code, &line->require, each, g);
        each_entry(s, line->code, &line->limit, each, g);
    }
}

static void each_scale(hz_show *s, const hz_scale *scale, each_ground *each, grounds *g)
{
    const hz_history *history = &scale->history;
    each(s, scale->name, &scale->from, g);
    each_entry(s, scale->name, history, each, g);
    for (const hz_entry *entry = next_version(s, history, NULL); entry != NULL; entry = next_version(s, history, entry))
        for (uint32_t k = 0; k < entry->brackets.count; k++)
            each_of_version(s, entry->brackets.at[k].path, history, entry, &entry->brackets.at[k].from, each, g);
}

/* A table, its versions, and the rows that say more. */
static void each_row(hz_show *s, const hz_table *table, each_ground *each, grounds *g)
{
    const hz_history *history = &table->history;
    each(s, table->name, &table->from, g);
    for (const hz_entry *entry = next_version(s, history, NULL); entry != NULL; entry = next_version(s, history, entry)) {
        const hz_table_version *version = &table->versions.at[entry - history->entries.at];
        each_of_version(s, table->name, history, entry, &entry->from, each, g);
        for (uint32_t i = 0; i < version->rows.count; i++)
            each_of_version(s, version->rows.at[i].path, history, entry, &version->rows.at[i].from, each, g);
        if (version->has_otherwise)
            each_of_version(s, version->otherwise.path, history, entry, &version->otherwise.from, each, g);
    }
}

/* Of a package: that its parts are its parts, and what they have in the place of their plans'. */
static void each_part(hz_show *s, each_ground *each, grounds *g)
{
    for (uint32_t i = 0; i < s->plan->part_count; i++) {
        const hz_part_plan *part = &s->plan->parts[i];
        const hz_plan_model *rules = part->plan->rules;
        hz_show inner = *s;
        inner.plan = part->plan;
        inner.rules = rules;
        each(s, part->rules->plan, &part->rules->from, g);
        for (uint32_t k = 0; k < rules->replaced.count; k++) {
            hz_str name = rules->replaced.at[k].name;
            const hz_symbol *symbol = &rules->symbols.at[hz_map_find(&rules->symbol_map, name)];
            if (symbol->kind == HZ_SYMBOL_PARAMETER)
                each_entry(&inner, name, &rules->parameters.at[symbol->index].history, each, g);
            else
                each_entry(&inner, name, &rules->values.at[symbol->index].history, each, g);
        }
    }
}

static void each_statement(hz_show *s, each_ground *each, grounds *g)
{
    const hz_plan_model *rules = s->rules;
    each(s, HZ_STR("dated by"), &rules->dated_by_from, g);
    if (hz_show_rounding(s)->given)
        each(s, HZ_STR("round"), &hz_show_rounding(s)->from, g);
    for (uint32_t i = 0; i < rules->parameters.count; i++)
        each_entry(s, rules->parameters.at[i].name, &rules->parameters.at[i].history, each, g);
    for (uint32_t i = 0; i < rules->scales.count; i++) each_scale(s, &rules->scales.at[i], each, g);
    for (uint32_t i = 0; i < rules->values.count; i++) {
        each(s, rules->values.at[i].name, &rules->values.at[i].from, g);
        each_entry(s, rules->values.at[i].name, &rules->values.at[i].history, each, g);
    }
    for (uint32_t i = 0; i < rules->tables.count; i++) each_row(s, &rules->tables.at[i], each, g);
    each_line(s, &rules->checks, each, g);
    each_line(s, &rules->eligibility, each, g);
    for (uint32_t i = 0; i < rules->benefits.count; i++)
        if (hz_show_lives(s, &rules->benefits.at[i].life)) {
            each(s, rules->benefits.at[i].name, &rules->benefits.at[i].from, g);
            each_entry(s, rules->benefits.at[i].name, &rules->benefits.at[i].amount, each, g);
        }
    each_line(s, &rules->caps, each, g);
    for (uint32_t i = 0; i < rules->counters.count; i++)
        each(s, rules->counters.at[i].name, &rules->counters.at[i].from, g);
    for (uint32_t i = 0; i < rules->fees.count; i++) {
        each(s, rules->fees.at[i].name, &rules->fees.at[i].from, g);
        each_entry(s, rules->fees.at[i].name, &rules->fees.at[i].amount, each, g);
    }
    each_line(s, &rules->notes, each, g);
    each_part(s, each, g);
}

static void put_reason(hz_show *s, hz_str name, hz_saying what, hz_str why, const hz_provenance *from, grounds *g)
{
    if (why.len == 0)
        return;
    if (++g->number == 1)
        hz_show_heading(s, HZ_SAY_SHOW_ASSUMED);
    if (hz_str_is(name, "dated by"))
        hz_show_say(s, HZ_SAY_CHOICE_OF_DATE);
    else if (hz_str_is(name, "round"))
        hz_show_say(s, HZ_SAY_ROUNDING);
    else if (!hz_show_part_title(s, name))
        hz_show_label(s, name);
    hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
    hz_show_say(s, what);
    if (g->since != NULL) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_say_since(g->since, s->language, s->line);
    }
    hz_show_say(s, HZ_SAY_END_ASIDE);
    hz_show_say(s, HZ_SAY_COLON);
    if (what == HZ_SAY_DISPUTED)
        hz_say_disputed(s->plan, name, from, s->language, s->line);
    else
        hz_say_text(why, s->line);
    hz_show_put(s, 4);
}

static void put_ground(hz_show *s, hz_str name, const hz_provenance *from, grounds *g)
{
    put_reason(s, name, HZ_SAY_UNPUBLISHED, from->unknown, from, g);
    put_reason(s, name, HZ_SAY_DISPUTED, from->disputed, from, g);
    put_reason(s, name, HZ_SAY_ASSUMED, from->assumed, from, g);
    put_reason(s, name, HZ_SAY_DATE_ASSUMED, from->date_assumed, from, g);
}

static void find_source(hz_show *s, hz_str name, const hz_provenance *from, grounds *g)
{
    (void)s;
    (void)name;
    for (uint32_t i = 0; i < from->sources.count; i++) g->found |= from->sources.at[i] == g->source;
}

bool hz_show_rests_on(hz_show *s, uint32_t source)
{
    grounds g = {.source = source};
    each_statement(s, find_source, &g);
    for (uint32_t i = 0; i < s->rules->revisions.count && s->book; i++)
        find_source(s, HZ_STR(""), &s->rules->revisions.at[i].from, &g);
    return g.found;
}

static void put_sources(hz_show *s)
{
    const hz_model *ruleset = s->plan->ruleset;
    uint32_t widest = 0;
    for (uint32_t i = 0; i < ruleset->sources.count; i++)
        widest = hz_page_width(ruleset->sources.at[i].id) > widest ? hz_page_width(ruleset->sources.at[i].id) : widest;
    if (widest > 0)
        hz_show_heading(s, HZ_SAY_HEAD_SOURCES);
    for (uint32_t i = 0; i < ruleset->sources.count; i++) {
        const hz_source_info *source = &ruleset->sources.at[i];
        if (!hz_show_rests_on(s, i))
            continue;
        hz_buf_add(s->line, source->id);
        hz_page_pad(s->line, 0, widest + 2);
        hz_say_text(hz_in_language(&source->title, s->language), s->line);
        hz_show_say(s, HZ_SAY_BEGIN_MARK);
        hz_buf_add(s->line, hz_say_standing(source->gives, s->language));
        hz_show_say(s, HZ_SAY_END_MARK);
        hz_show_put(s, widest + 2);
    }
    const hz_str which[] = {ruleset->id, ruleset->version, {ruleset->sha256, 12}};
    hz_buf_add_char(s->out, '\n');
    hz_say_with(s->line, HZ_SAY_RULESET, s->language, which);
    hz_page_put(s->out, HZ_STR(""), HZ_STR("  "), hz_buf_text(s->line));
    hz_buf_reset(s->line);
}

void hz_show_assumed(hz_show *s)
{
    grounds g = {.number = 0};
    each_statement(s, put_ground, &g);
}

void hz_show_grounds(hz_show *s)
{
    hz_show_assumed(s);
    put_sources(s);
}
