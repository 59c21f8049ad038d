/* handbook_page.c - Markdown: headings, paragraphs, lists, tables, with the signs of Markdown escaped. Called by
 * handbook*.c. It knows nothing of plans beyond how a date and a ground are said.
 */
#include "run/handbook_part.h"

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* An underscore inside a word means nothing to Markdown. */
static bool means_something(hz_str text, size_t at)
{
    if (text.at[at] == '_')
        return at == 0 || at + 1 == text.len || !is_word(text.at[at - 1]) || !is_word(text.at[at + 1]);
    return memchr("\\`*<>[]|~", text.at[at], 9) != NULL;
}

static void put_escaped(hz_show *s)
{
    const hz_str text = hz_buf_text(s->line);
    size_t plain = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool pause = text.at[i] == HZ_PAGE_SOFT || text.at[i] == HZ_BOOK_BREAK;
        if (!pause && !means_something(text, i))
            continue;
        hz_buf_add(s->out, hz_str_part(text, plain, i));
        plain = pause ? i + 1 : i;
        if (!pause)
            hz_buf_add_char(s->out, '\\');
        else if (text.at[i] == HZ_BOOK_BREAK)
            hz_buf_add_literal(s->out, "<br>");
    }
    hz_buf_add(s->out, hz_str_part(text, plain, text.len));
    s->out->failed |= s->line->failed;
    hz_buf_reset(s->line);
}

void hz_book_heading(hz_show *s, int level)
{
    if (s->out->len > 0)
        hz_buf_add_char(s->out, '\n');
    for (int i = 0; i < level; i++) hz_buf_add_char(s->out, '#');
    hz_buf_add_char(s->out, ' ');
    put_escaped(s);
    hz_buf_add_char(s->out, '\n');
}

void hz_book_paragraph(hz_show *s)
{
    hz_buf_add_char(s->out, '\n');
    put_escaped(s);
    hz_buf_add_char(s->out, '\n');
}

void hz_book_item(hz_show *s)
{
    hz_buf_add_literal(s->out, "- ");
    put_escaped(s);
    hz_buf_add_char(s->out, '\n');
}

void hz_book_cell(hz_show *s)
{
    if (s->out->len > 0 && s->out->at[s->out->len - 1] == '\n')
        hz_buf_add_char(s->out, '|');
    hz_buf_add_char(s->out, ' ');
    put_escaped(s);
    hz_buf_add_literal(s->out, " |");
}

void hz_book_row_end(hz_show *s)
{
    hz_buf_add_char(s->out, '\n');
}

void hz_book_columns(hz_show *s, const hz_saying *titles, uint32_t count)
{
    hz_buf_add_char(s->out, '\n');
    for (uint32_t i = 0; i < count; i++) {
        hz_show_say(s, titles[i]);
        hz_book_cell(s);
    }
    hz_buf_add_literal(s->out, "\n|");
    for (uint32_t i = 0; i < count; i++) hz_buf_add_literal(s->out, " --- |");
    hz_book_row_end(s);
}

void hz_book_table(hz_show *s, hz_saying heading, const hz_saying *titles, uint32_t count)
{
    hz_show_say(s, heading);
    hz_book_heading(s, 3);
    hz_book_columns(s, titles, count);
}

void hz_book_life(hz_show *s, const hz_life *life)
{
    if (life->has_from)
        hz_say_since(&life->from, s->language, s->line);
    if (life->has_from && life->has_until)
        hz_show_say(s, HZ_SAY_COMMA);
    if (!life->has_until)
        return;
    char text[HZ_DATE_TEXT];
    size_t size = hz_date_format(life->until.day, text);
    const hz_str day = {text, life->until.precision == HZ_BY_MONTH ? 7 : size};
    hz_say_with(s->line, HZ_SAY_BOOK_UNTIL, s->language, &day);
}

void hz_book_ground(hz_show *s, const hz_provenance *from)
{
    hz_show_standing(s, from);
    if (from->clause.len > 0) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_say_with(s->line, HZ_SAY_CLAUSE, s->language, &from->clause);
    }
    if (from->date_assumed.len > 0) {
        hz_show_say(s, HZ_SAY_COMMA);
        hz_show_say(s, HZ_SAY_DATE_ASSUMED);
    }
    if (from->note.len > 0) {
        hz_show_say(s, HZ_SAY_COLON);
        hz_say_text(from->note, s->line);
    }
}
