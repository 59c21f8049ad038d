/* diag_json.c - one diagnostic as a JSON object for programs. The text for people is in diag_text.c. */
#include "source/diag.h"

static void add_key(hz_buf *out, const char *key)
{
    hz_buf_add_char(out, ',');
    hz_buf_add_json(out, hz_str_from(key));
    hz_buf_add_char(out, ':');
}

static void add_number(hz_buf *out, const char *key, bool given, uint32_t number)
{
    add_key(out, key);
    if (given)
        hz_buf_add_int(out, number);
    else
        hz_buf_add_literal(out, "null");
}

static void add_file(hz_buf *out, const hz_sources *sources, uint32_t file)
{
    hz_buf_add_literal(out, "\"file\":");
    if (file != HZ_NO_FILE)
        hz_buf_add_json(out, sources->files.at[file].name);
    else
        hz_buf_add_literal(out, "null");
}

static hz_place place_of(const hz_sources *sources, uint32_t file, uint32_t offset)
{
    return file != HZ_NO_FILE ? hz_sources_place(sources, file, offset) : (hz_place){0};
}

static void add_begin(hz_buf *out, const hz_sources *sources, hz_span span)
{
    hz_place place = place_of(sources, span.file, span.begin);
    add_file(out, sources, span.file);
    add_number(out, "line", place.line > 0, place.line);
    add_number(out, "column", place.line > 0, place.column);
}

static void add_end(hz_buf *out, const hz_sources *sources, hz_span span)
{
    hz_place place = place_of(sources, span.file, span.end);
    add_number(out, "end_line", place.line > 0, place.line);
    add_number(out, "end_column", place.line > 0, place.column);
}

static void add_related(hz_buf *out, const hz_sources *sources, const hz_related *related)
{
    hz_buf_add_char(out, '{');
    add_begin(out, sources, related->span);
    add_key(out, "message");
    hz_buf_add_json(out, related->message);
    hz_buf_add_char(out, '}');
}

void hz_diag_json(const hz_diag *diag, const hz_sources *sources, hz_buf *out)
{
    hz_buf_printf(out, "{\"code\":\"%s\",\"severity\":\"%s\",", hz_code_name(diag->code),
                  diag->severity == HZ_ERROR ? "error" : "warning");
    add_begin(out, sources, diag->span);
    add_end(out, sources, diag->span);
    add_key(out, "message");
    hz_buf_add_json(out, diag->message);
    add_key(out, "hint");
    if (diag->hint.len > 0)
        hz_buf_add_json(out, diag->hint);
    else
        hz_buf_add_literal(out, "null");
    add_key(out, "related");
    hz_buf_add_char(out, '[');
    for (uint32_t i = 0; i < diag->related.count; i++) {
        if (i > 0)
            hz_buf_add_char(out, ',');
        add_related(out, sources, &diag->related.at[i]);
    }
    hz_buf_add_literal(out, "]}");
}
