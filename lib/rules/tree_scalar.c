/* tree_scalar.c - where each byte of a scalar stands in its file, and scalars that only YAML would take.
 *
 * libyaml tells where a scalar begins and ends, not where its value is; carets inside expressions need that. The
 * bytes between the marks are read again here, which is simple because scalars over several lines are refused (but
 * for `|`). Invariant: every offset given lies inside the scalar's span. Called by yaml.c.
 */
#include "rules/tree_build.h"

#include "base/utf8.h"

#define BRIEF_MOST 60 /* bytes of the user's text in a message */

hz_str hz_tree_brief(hz_str text)
{
    if (text.len <= BRIEF_MOST) return text;
    size_t len = BRIEF_MOST;
    while (len > 0 && ((unsigned char)text.at[len] & 0xC0) == 0x80) len--;
    return hz_str_part(text, 0, len);
}

hz_str hz_tree_quoted(const hz_tree_build *build, hz_str text)
{
    hz_str brief = hz_tree_brief(text), end = brief.len < text.len ? HZ_STR("…'") : HZ_STR("'");
    char *out = hz_arena_take(build->arena, 2 * brief.len + sizeof "'…'");
    size_t at = 0;
    out[at++] = '\'';
    for (size_t i = 0; i < brief.len; i++) {
        out[at++] = brief.at[i];
        if (brief.at[i] == '\'') out[at++] = '\'';
    }
    memcpy(out + at, end.at, end.len);
    return (hz_str){out, at + end.len};
}

/* ---- refusals ---- */

size_t hz_tree_text_end(const hz_tree_build *build, size_t at, bool flow)
{
    uint32_t parentheses = 0;
    size_t end = hz_tree_line_end(build, at);
    for (size_t i = at; i < end; i++) {
        int c = hz_tree_byte(build, i);
        if (c == '#' && i > at && hz_tree_byte(build, i - 1) == ' ') return i;
        if (c == '(') parentheses++;
        else if (c == ')' && parentheses > 0) parentheses--;
        else if (flow && parentheses == 0 && (c == ',' || c == '}' || c == ']')) return i;
    }
    return end;
}

void hz_tree_refuse_folded(hz_tree_build *build, uint32_t at, bool flow)
{
    size_t end = hz_tree_text_end(build, at, flow);
    hz_str text = hz_tree_slice(build, at, end);
    hz_diag *diag = hz_error(build->diags, HZ_E_YAML_FOLDED, hz_tree_span(build, at, at + text.len),
                             flow ? "a text cannot begin with `>`"
                                  : "`>` begins a folded text in YAML, so this test would be lost");
    hz_diag_hint(build->diags, diag, "write %.*s", HZ_ARG(hz_tree_quoted(build, text)));
}

/* An escape may bring in what the file itself may not hold. */
static void check_escaped(hz_tree_build *build, const hz_tree *scalar)
{
    for (size_t at = 0; at < scalar->text.len;) {
        size_t begin = at;
        uint32_t c = hz_utf8_next(scalar->text, &at);
        bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
        if (!control && c != 0x2028 && c != 0x2029 && c != 0xFEFF) continue;
        hz_diag *diag =
            hz_error(build->diags, HZ_E_YAML_FEATURE, hz_tree_span(build, scalar->offsets[begin], scalar->offsets[at]),
                     "this escape makes an invisible character (U+%04X)", (unsigned)c);
        hz_diag_hint(build->diags, diag, "remove it");
        return;
    }
}

/* ---- places ---- */

static uint32_t *new_offsets(hz_tree_build *build, hz_tree *scalar)
{
    uint32_t *offsets = HZ_NEW_MANY(build->arena, uint32_t, scalar->text.len + 1);
    scalar->offsets = offsets;
    return offsets;
}

/* Every byte stands for the whole scalar: for texts that were refused. */
static void place_roughly(hz_tree_build *build, hz_tree *scalar)
{
    uint32_t *offsets = new_offsets(build, scalar);
    for (size_t i = 0; i < scalar->text.len; i++) offsets[i] = scalar->span.begin;
    offsets[scalar->text.len] = scalar->span.end;
    scalar->text_begin = scalar->span.begin;
}

/* 'it''s': two quotes are one. */
static void place_single(hz_tree_build *build, hz_tree *scalar)
{
    uint32_t *offsets = new_offsets(build, scalar);
    uint32_t at = scalar->text_begin;
    for (size_t i = 0; i < scalar->text.len; i++) {
        offsets[i] = at;
        at += hz_tree_byte(build, at) == '\'' ? 2 : 1;
    }
    offsets[scalar->text.len] = at;
}

/* Bytes in the file and in the value of the escape at an offset. */
static uint32_t escape_size(const hz_tree_build *build, uint32_t at, size_t *made)
{
    int letter = hz_tree_byte(build, at + 1);
    uint32_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    uint32_t c = letter == 'N' ? 0x85 : letter == '_' ? 0xA0 : letter == 'L' || letter == 'P' ? 0x2028 : 0;
    for (uint32_t i = 0; i < digits; i++) {
        int digit = hz_tree_byte(build, at + 2 + i);
        c = c << 4 | (uint32_t)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    }
    char bytes[4];
    *made = hz_utf8_put(bytes, c);
    return 2 + digits;
}

static void place_double(hz_tree_build *build, hz_tree *scalar)
{
    uint32_t *offsets = new_offsets(build, scalar);
    uint32_t at = scalar->text_begin;
    for (size_t i = 0; i < scalar->text.len;) {
        size_t made = 1;
        uint32_t size = hz_tree_byte(build, at) == '\\' ? escape_size(build, at, &made) : 1;
        for (; made > 0 && i < scalar->text.len; made--) offsets[i++] = at;
        at += size;
    }
    offsets[scalar->text.len] = at;
    check_escaped(build, scalar);
}

static void place_quoted(hz_tree_build *build, hz_tree *scalar)
{
    uint32_t begin = scalar->span.begin + 1, end = scalar->span.end - 1;
    hz_str inside = hz_str_part(build->bytes, begin, end);
    scalar->text_begin = begin;
    if (hz_str_eq(inside, scalar->text)) scalar->text = inside;
    else if (scalar->style == HZ_TREE_SINGLE) place_single(build, scalar);
    else place_double(build, scalar);
}

/* Each line of the value is the end of its line in the file: what stands before it is indentation. */
static void place_literal(hz_tree_build *build, hz_tree *scalar)
{
    uint32_t *offsets = new_offsets(build, scalar);
    hz_str text = scalar->text;
    size_t line = hz_tree_line_end(build, scalar->span.begin), last = line;
    for (size_t i = 0; i < text.len;) {
        line += hz_tree_byte(build, line) == '\r' && hz_tree_byte(build, line + 1) == '\n' ? 2 : 1;
        line = hz_tree_line_end(build, line);
        const char *end = memchr(text.at + i, '\n', text.len - i);
        size_t len = end != NULL ? (size_t)(end - (text.at + i)) : text.len - i;
        last = len > 0 ? line : last;
        for (size_t k = 0; k < len; k++) offsets[i + k] = (uint32_t)(line - len + k);
        i += len;
        if (end != NULL) offsets[i++] = (uint32_t)line;
    }
    offsets[text.len] = (uint32_t)line;
    for (size_t i = text.len + 1; i > 0 && offsets[i - 1] > last; i--) offsets[i - 1] = (uint32_t)last;
    scalar->text_begin = offsets[0];
    scalar->span.end = (uint32_t)last;
}

/* `>4` is a whole scalar for YAML, its value empty and `4` the indentation. */
static void replace_folded(hz_tree_build *build, hz_tree *scalar)
{
    uint32_t begin = scalar->span.begin;
    hz_str header = hz_tree_slice(build, begin, hz_tree_text_end(build, begin, false));
    bool digit = header.len > 1 && (header.at[header.len - 1] >= '0' && header.at[header.len - 1] <= '9');
    if (digit || hz_str_trim(scalar->text).len == 0) {
        hz_tree_refuse_folded(build, begin, false);
        scalar->text = header;
        scalar->text_begin = begin;
        scalar->style = HZ_TREE_PLAIN;
        scalar->span.end = begin + (uint32_t)header.len;
        return;
    }
    hz_diag *diag = hz_error(build->diags, HZ_E_YAML_FEATURE, hz_tree_span(build, begin, begin + header.len),
                             "`%.*s` joins the lines below it: rule files have no folded texts", HZ_ARG(header));
    hz_diag_hint(build->diags, diag, "write `|` to keep the lines, or put the text on one line");
    place_roughly(build, scalar);
}

void hz_tree_place_scalar(hz_tree_build *build, hz_tree *scalar, bool folded)
{
    if (folded) {
        replace_folded(build, scalar);
    } else if (scalar->style == HZ_TREE_LITERAL) {
        place_literal(build, scalar);
    } else if (!hz_tree_one_line(build, scalar->span.begin, scalar->span.end)) {
        place_roughly(build, scalar);
    } else if (scalar->style == HZ_TREE_PLAIN) {
        scalar->text = hz_str_part(build->bytes, scalar->span.begin, scalar->span.end);
        scalar->text_begin = scalar->span.begin;
    } else {
        place_quoted(build, scalar);
    }
    scalar->text = hz_arena_copy(build->arena, scalar->text); /* names and labels end with NUL for C hosts */
}
