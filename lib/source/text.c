/* text.c - where a byte of a source text lies, as people count: lines and columns from 1. Called to show a diagnostic. */
#include "source/text.h"

#include "base/utf8.h"

uint32_t hz_sources_add(hz_arena *arena, hz_sources *sources, hz_str name, hz_str bytes)
{
    *HZ_PUSH(arena, &sources->files) = (hz_source){name, bytes};
    return sources->files.count - 1;
}

static size_t line_end(hz_str bytes, size_t at)
{
    while (at < bytes.len && bytes.at[at] != '\n' && bytes.at[at] != '\r')
        at++;
    return at;
}

/* The column of a byte of the line; one inside a character belongs to the character. */
static uint32_t column_of(hz_str text, size_t offset)
{
    uint32_t column = 1;
    for (size_t at = 0; at < text.len && at < offset;) {
        hz_utf8_next(text, &at);
        column += at <= offset;
    }
    return column;
}

hz_place hz_sources_place(const hz_sources *sources, uint32_t file, uint32_t offset)
{
    hz_str bytes = sources->files.at[file].bytes;
    size_t begin = hz_str_starts(bytes, HZ_STR("\xEF\xBB\xBF")) ? 3 : 0;
    size_t end = line_end(bytes, begin);
    uint32_t line = 1;
    while (end < bytes.len) {
        size_t next = end + 1;
        if (bytes.at[end] == '\r' && next < bytes.len && bytes.at[next] == '\n')
            next++;
        if (offset < next)
            break;
        begin = next;
        end = line_end(bytes, begin);
        line++;
    }
    hz_str text = hz_str_part(bytes, begin, end);
    size_t inside = offset > begin ? offset - begin : 0;
    return (hz_place){line, column_of(text, inside), text, (uint32_t)begin};
}
