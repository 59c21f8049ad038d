/* sections.c - a text of several scenarios, each behind a line `[name]`. What its settings mean is scenario.c's. Called by
 * api/study.c.
 */
#include "rules/reader.h"

typedef struct text_line {
    hz_str whole;        /* without its end */
    hz_str said;         /* without spaces around it */
    hz_span span;        /* of what is said */
    size_t next;         /* where the next begins */
} text_line;

static text_line line_at(hz_str text, size_t begin, uint32_t file)
{
    size_t end = begin;
    while (end < text.len && text.at[end] != '\n') end++;
    text_line out = {.whole = hz_str_part(text, begin, end), .next = end + 1};
    out.said = hz_str_trim(out.whole);
    size_t at = out.said.len > 0 ? (size_t)(out.said.at - text.at) : begin;
    out.span = (hz_span){file, (uint32_t)at, (uint32_t)(at + out.said.len)};
    return out;
}

static bool known(const hz_sections *sections, hz_str name)
{
    for (uint32_t i = 0; i < sections->count; i++)
        if (hz_str_eq(sections->at[i].name, name)) return true;
    return false;
}

/* The name of `[name]`, behind which only a comment may stand. Empty after an error. */
static hz_str read_name(hz_diags *diags, const hz_sections *sections, const text_line *line)
{
    const char *close = memchr(line->said.at, ']', line->said.len);
    size_t end = close != NULL ? (size_t)(close - line->said.at) : 0;
    hz_str name = close != NULL ? hz_str_trim(hz_str_part(line->said, 1, end)) : HZ_STR("");
    hz_str rest = close != NULL ? hz_str_trim(hz_str_part(line->said, end + 1, line->said.len)) : HZ_STR("");
    hz_diag *diag = NULL;
    if (close == NULL || (rest.len > 0 && rest.at[0] != '#')) {
        diag = hz_error(diags, HZ_E_SCENARIO, line->span, "a line that begins a scenario is only its name in brackets");
        hz_diag_hint(diags, diag, "write it as [dearer days]; settings stand on lines of their own");
        return HZ_STR("");
    }
    if (name.len == 0) {
        diag = hz_error(diags, HZ_E_SCENARIO, line->span, "a scenario without a name");
        hz_diag_hint(diags, diag, "results are told apart by these names: write [baseline], [daily amount 60]");
    } else if (known(sections, name)) {
        diag = hz_error(diags, HZ_E_SCENARIO, line->span, "two scenarios are named `%.*s`", HZ_BRIEF(name));
        hz_diag_hint(diags, diag, "results are told apart by these names: give each its own");
        name = HZ_STR("");
    }
    return name;
}

/* The settings of the last section end here. */
static void end_section(hz_arena *arena, hz_sections *sections, hz_str settings, uint32_t lines)
{
    if (sections->count == 0) return;
    char *padded = hz_arena_take(arena, lines + settings.len + 1);
    memset(padded, '\n', lines);
    if (settings.len > 0) memcpy(padded + lines, settings.at, settings.len);
    sections->at[sections->count - 1].settings = (hz_str){padded, lines + settings.len};
}

hz_sections hz_sections_read(hz_arena *arena, hz_diags *diags, hz_str text, uint32_t file)
{
    hz_sections out = {0};
    size_t begin = 0;                   /* of the settings of the last section */
    uint32_t lines = 0, before = 0;     /* line ends so far, and before that */
    for (size_t at = 0; at < text.len;) {
        text_line line = line_at(text, at, file);
        lines++;
        if (line.said.len > 0 && line.said.at[0] == '[') {
            end_section(arena, &out, hz_str_part(text, begin, at), before);
            hz_str name = read_name(diags, &out, &line);
            *HZ_PUSH(arena, &out) = (hz_section){.name = hz_arena_copy(arena, name)};
            begin = line.next < text.len ? line.next : text.len;
            before = lines;
        } else if (out.count == 0 && line.said.len > 0 && line.said.at[0] != '#') {
            hz_diag *diag = hz_error(diags, HZ_E_SCENARIO, line.span, "a setting before the first scenario");
            hz_diag_hint(diags, diag, "begin a scenario with its name in brackets: [baseline]");
            return out;
        }
        at = line.next;
    }
    end_section(arena, &out, hz_str_part(text, begin, text.len), before);
    return out;
}
