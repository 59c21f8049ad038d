/* diag_text.c - one diagnostic as text for people: place, message, source line, caret, hint, related places.
 *
 *     inpatient.yaml:12:3: error[E_UNKNOWN_KEY]: unknown key `limitt` in a cap
 *        12 |   limitt: 3
 *           |   ^~~~~~
 *     hint: did you mean `limit`?
 *     inpatient.yaml:9:1: note: the cap begins here
 *
 * A terminal shows this, so nothing of the user's text may steer it: controls and bytes that are not UTF-8 are shown
 * as U+FFFD. Not JSON, which is in diag_json.c. Called by the api and the command line.
 */
#include "source/diag.h"

#include "base/utf8.h"

#define COLUMNS_MOST   160u /* of a source line, the marks of a cut included */
#define COLUMNS_BEFORE 60u  /* kept left of the caret when a line is cut there */
#define BYTES_NEAR     4096u /* of a line, on both sides of the caret */
#define REPLACEMENT    0xFFFDu

/* A character as it is shown. A tab counts one column: how wide it is, only the terminal knows. */
typedef struct glyph {
    uint32_t code_point, width;
} glyph;

/* Controls, line and paragraph separators, and what turns the direction of writing. */
static bool steers(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static glyph next_glyph(hz_str text, size_t *at)
{
    uint32_t c = hz_utf8_next(text, at);
    if (c == '\t')
        return (glyph){c, 1};
    if (c == HZ_UTF8_BAD || steers(c))
        return (glyph){REPLACEMENT, 1};
    return (glyph){c, hz_utf8_width(c)};
}

static void add_glyph(hz_buf *out, glyph shown)
{
    char bytes[4];
    hz_buf_add(out, (hz_str){bytes, hz_utf8_put(bytes, shown.code_point)});
}

static void add_shown(hz_buf *out, hz_str text)
{
    for (size_t at = 0; at < text.len;)
        add_glyph(out, next_glyph(text, &at));
}

static uint32_t width_of(hz_str text, size_t begin, size_t end)
{
    uint32_t width = 0;
    for (size_t at = begin; at < end && at < text.len;)
        width += next_glyph(text, &at).width;
    return width;
}

/* Behind the last character that ends within so many columns from begin. */
static size_t behind_columns(hz_str text, size_t begin, uint32_t columns)
{
    size_t at = begin;
    while (at < text.len) {
        size_t next = at;
        uint32_t width = next_glyph(text, &next).width;
        if (width > columns)
            break;
        columns -= width;
        at = next;
    }
    return at;
}

/* The part of a line that is shown, in bytes. */
typedef struct window {
    size_t begin, end;
} window;

/* A beginning of a character that is at most so many bytes before an offset. */
static size_t back_from(hz_str text, size_t offset, size_t bytes)
{
    size_t at = offset > bytes ? offset - bytes : 0;
    while (at > 0 && at < offset && ((unsigned char)text.at[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* All of a line of at most COLUMNS_MOST columns, else a part around the caret with room for the marks of the cuts. Of a
 * line of megabytes only what is near the caret is looked at. */
static window window_around(hz_str line, size_t caret)
{
    size_t first = back_from(line, caret, BYTES_NEAR), end = caret + BYTES_NEAR < line.len ? back_from(line, caret + BYTES_NEAR, 4) : line.len;
    hz_str text = hz_str_part(line, 0, end);
    uint32_t before = width_of(text, first, caret);
    window shown = {first, end};
    if (width_of(text, first, end) <= COLUMNS_MOST)
        return shown;
    if (before >= COLUMNS_MOST - COLUMNS_BEFORE)
        shown.begin = behind_columns(text, first, before - COLUMNS_BEFORE);
    uint32_t room = COLUMNS_MOST - (shown.begin > 0);
    if (width_of(text, shown.begin, text.len) > room)
        shown.end = behind_columns(text, shown.begin, room - 1);
    return shown;
}

static void add_source_line(hz_buf *out, const hz_place *place, window shown)
{
    hz_buf_printf(out, "%5u | ", (unsigned)place->line);
    if (shown.begin > 0)
        hz_buf_add_literal(out, "…");
    add_shown(out, hz_str_part(place->text, shown.begin, shown.end));
    if (shown.end < place->text.len)
        hz_buf_add_literal(out, "…");
    hz_buf_add_char(out, '\n');
}

/* Tabs are copied, so that the caret stands below its character whatever the width of a tab. */
static void add_caret_line(hz_buf *out, hz_str text, window shown, size_t caret, size_t end)
{
    hz_buf_add_literal(out, "      | ");
    hz_buf_add_spaces(out, shown.begin > 0);
    for (size_t at = shown.begin; at < caret;) {
        glyph under = next_glyph(text, &at);
        if (under.code_point == '\t')
            hz_buf_add_char(out, '\t');
        else
            hz_buf_add_spaces(out, under.width);
    }
    hz_buf_add_char(out, '^');
    uint32_t width = width_of(text, caret, end < shown.end ? end : shown.end);
    for (uint32_t i = 1; i < width; i++)
        hz_buf_add_char(out, '~');
    hz_buf_add_char(out, '\n');
}

/* The offset of the character that byte offset lies in. */
static size_t character_at(hz_str text, size_t offset)
{
    size_t begin = 0;
    for (size_t at = 0; at < text.len && at <= offset;) {
        begin = at;
        hz_utf8_next(text, &at);
        if (at > offset)
            return begin;
    }
    return text.len;
}

static void add_source(hz_buf *out, const hz_place *place, hz_span span)
{
    size_t caret = span.begin > place->line_begin ? span.begin - place->line_begin : 0;
    size_t end = span.end > place->line_begin ? span.end - place->line_begin : 0;
    caret = character_at(place->text, caret);
    window shown = window_around(place->text, caret);
    add_source_line(out, place, shown);
    add_caret_line(out, place->text, shown, caret, end);
}

/* One message with its place and source line. */
static void add_message(hz_buf *out, const hz_sources *sources, hz_span span, const char *kind, const char *code,
                        hz_str message)
{
    bool placed = span.file != HZ_NO_FILE;
    hz_place place = {0};
    if (placed) {
        place = hz_sources_place(sources, span.file, span.begin);
        add_shown(out, sources->files.at[span.file].name);
        hz_buf_printf(out, ":%u:%u: ", (unsigned)place.line, (unsigned)place.column);
    }
    hz_buf_add(out, hz_str_from(kind));
    if (code != NULL)
        hz_buf_printf(out, "[%s]", code);
    hz_buf_add_literal(out, ": ");
    add_shown(out, message);
    hz_buf_add_char(out, '\n');
    if (placed)
        add_source(out, &place, span);
}

void hz_diag_render(const hz_diag *diag, const hz_sources *sources, hz_buf *out)
{
    const char *kind = diag->severity == HZ_ERROR ? "error" : "warning";
    add_message(out, sources, diag->span, kind, hz_code_name(diag->code), diag->message);
    if (diag->hint.len > 0) {
        hz_buf_add_literal(out, "hint: ");
        add_shown(out, diag->hint);
        hz_buf_add_char(out, '\n');
    }
    for (uint32_t i = 0; i < diag->related.count; i++)
        add_message(out, sources, diag->related.at[i].span, "note", NULL, diag->related.at[i].message);
}
