/* handbook.c - all plans of a ruleset as one Markdown document: title, contents, and of each plan its head, its rules
 * (handbook_rules.c, handbook_figures.c) and what they stand on (show_ground.c). Called by the API.
 */
#include "run/handbook.h"

#include "run/handbook_part.h"

/* ---- The document's head ---- */

/* "[title](#id)": links go to an anchor that is the plan's id, since titles make none in every viewer. */
static void put_contents(hz_show *s, const hz_plan *plans, uint32_t count)
{
    hz_show_say(s, HZ_SAY_BOOK_CONTENTS);
    hz_book_heading(s, 2);
    hz_buf_add_char(s->out, '\n');
    for (uint32_t i = 0; i < count; i++) {
        const hz_plan_model *rules = plans[i].rules;
        hz_buf_printf(s->out, "- [%.*s](#%.*s)\n", HZ_ARG(hz_in_language(&rules->title, s->language)), HZ_ARG(rules->id));
    }
}

static void put_title(hz_show *s, const hz_model *ruleset)
{
    const hz_str which[] = {ruleset->id, ruleset->version};
    const hz_str title = hz_in_language(&ruleset->title, s->language);
    hz_say_with(s->line, HZ_SAY_BOOK_TITLE, s->language, &title);
    hz_book_heading(s, 1);
    hz_say_with(s->line, HZ_SAY_BOOK_MADE, s->language, which);
    hz_book_paragraph(s);
    hz_show_say(s, HZ_SAY_BOOK_MARKS);
    hz_book_paragraph(s);
}

/* ---- A plan's head ---- */

static void put_revisions(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_SINCE, HZ_SAY_BOOK_CONTENT, HZ_SAY_BOOK_GROUND};
    if (s->rules->revisions.count > 0)
        hz_book_table(s, HZ_SAY_BOOK_REVISIONS, titles, 3);
    for (uint32_t i = 0; i < s->rules->revisions.count; i++) {
        const hz_revision *revision = &s->rules->revisions.at[i];
        hz_say_since(&revision->since, s->language, s->line);
        hz_book_cell(s);
        hz_say_text(hz_in_language(&revision->label, s->language), s->line);
        hz_book_cell(s);
        hz_book_ground(s, &revision->from);
        hz_book_cell(s);
        hz_book_row_end(s);
    }
}

static void put_head(hz_show *s)
{
    const hz_plan_model *rules = s->rules;
    hz_buf_printf(s->out, "\n<a id=\"%.*s\"></a>\n", HZ_ARG(rules->id));
    hz_buf_add(s->line, hz_in_language(&rules->title, s->language));
    hz_show_say(s, HZ_SAY_BEGIN_ASIDE);
    hz_buf_add(s->line, rules->id);
    hz_show_say(s, HZ_SAY_END_ASIDE);
    hz_book_heading(s, 2);
    hz_show_say(s, HZ_SAY_BOOK_IN_FORCE);
    hz_book_life(s, &rules->life);
    hz_book_paragraph(s);
    const hz_str label = hz_symbol_label(s->plan, hz_map_find(&rules->symbol_map, rules->dated_by.name), s->language);
    hz_say_with(s->line, HZ_SAY_SHOW_DATED_BY, s->language, &label);
    if (rules->dated_by_from.given) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_book_ground(s, &rules->dated_by_from);
    }
    hz_book_paragraph(s);
    put_revisions(s);
}

/* ---- Sources ---- */

static void put_sources(hz_show *s)
{
    static const hz_saying titles[] = {HZ_SAY_BOOK_SOURCE, HZ_SAY_BOOK_CONTENT, HZ_SAY_BOOK_GIVES, HZ_SAY_BOOK_ADDRESS};
    const hz_model *ruleset = s->plan->ruleset;
    bool first = true;
    for (uint32_t i = 0; i < ruleset->sources.count; i++) {
        const hz_source_info *source = &ruleset->sources.at[i];
        if (!hz_show_rests_on(s, i))
            continue;
        if (first)
            hz_book_table(s, HZ_SAY_HEAD_SOURCES, titles, 4);
        first = false;
        hz_buf_add(s->line, source->id);
        hz_book_cell(s);
        hz_say_text(hz_in_language(&source->title, s->language), s->line);
        hz_book_cell(s);
        hz_buf_add(s->line, hz_say_standing(source->gives, s->language));
        hz_book_cell(s);
        hz_say_text(source->address, s->line);
        hz_book_cell(s);
        hz_book_row_end(s);
    }
}

void hz_handbook(const hz_model *ruleset, const hz_plan *plans, uint32_t count, uint32_t language, hz_buf *out)
{
    hz_buf line;
    hz_buf_begin(&line, &out->alloc);
    hz_show book = {.date = HZ_DATE_MAX, .language = language, .out = out, .line = &line, .book = true};
    put_title(&book, ruleset);
    put_contents(&book, plans, count);
    for (uint32_t i = 0; i < count; i++) {
        book.plan = &plans[i];
        book.rules = plans[i].rules;
        put_head(&book);
        hz_book_rules(&book);
        hz_show_assumed(&book);
        put_sources(&book);
    }
    out->failed |= line.failed;
    hz_buf_end(&line);
}
