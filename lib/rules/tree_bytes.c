/* tree_bytes.c - what can be said of a rule file by its bytes, before and behind libyaml's work.
 *
 * Not a parser: it sees characters and line beginnings only. What passes here has at most HZ_TREE_MOST_BYTES, is UTF-8
 * and holds only characters that libyaml accepts, so libyaml never fails in its reader (such an error would have no
 * place), and lines are what an editor calls lines. Called by yaml.c.
 */
#include "rules/tree_build.h"

#include "base/utf8.h"

/* Bad characters reported in one file: a binary file must not fill the list. */
#define MOST_BAD 10

static bool is_blank(int c)
{
    return c == ' ' || c == '\t';
}

size_t hz_tree_line_end(const hz_tree_build *build, size_t at)
{
    while (!hz_is_line_end(hz_tree_byte(build, at))) at++;
    return at;
}

bool hz_tree_one_line(const hz_tree_build *build, size_t begin, size_t end)
{
    while (begin < end && !hz_is_line_end(hz_tree_byte(build, begin))) begin++;
    return begin >= end;
}

hz_str hz_tree_slice(const hz_tree_build *build, size_t begin, size_t end)
{
    return hz_str_trim(hz_str_part(build->bytes, begin, end));
}

/* ---- encoding ---- */

static bool check_size(hz_tree_build *build)
{
    if (build->bytes.len <= HZ_TREE_MOST_BYTES) return true;
    hz_diag *diag =
        hz_error(build->diags, HZ_E_TOO_LARGE, hz_tree_span(build, 0, 0),
                 "the file has %zu bytes, a rule file has at most %u", build->bytes.len, HZ_TREE_MOST_BYTES);
    hz_diag_hint(build->diags, diag, "divide it, or see whether it is a rule file at all");
    return false;
}

static bool check_encoding(hz_tree_build *build)
{
    hz_str bytes = build->bytes;
    const char *hint = "save it as UTF-8 (in an editor: \"Save as …\", encoding UTF-8)";
    bool wide = hz_str_starts(bytes, HZ_STR("\xFF\xFE")) || hz_str_starts(bytes, HZ_STR("\xFE\xFF"));
    const char *nul = bytes.len > 0 ? memchr(bytes.at, 0, bytes.len) : NULL;
    if (wide || nul != NULL) {
        size_t at = wide ? 0 : (size_t)(nul - bytes.at);
        hz_diag *diag = hz_error(build->diags, HZ_E_ENCODING, hz_tree_span(build, at, at),
                                 wide ? "the file is UTF-16, rule files are UTF-8"
                                      : "the file has a zero byte: it is UTF-16, or no text");
        hz_diag_hint(build->diags, diag, "%s", hint);
        return false;
    }
    size_t bad = hz_utf8_check(bytes);
    if (bad < bytes.len) {
        hz_diag *diag = hz_error(build->diags, HZ_E_ENCODING, hz_tree_span(build, bad, bad + 1),
                                 "byte 0x%02X is not UTF-8", (unsigned)(unsigned char)bytes.at[bad]);
        hz_diag_hint(build->diags, diag, "the file may be in GBK; %s", hint);
        return false;
    }
    return true;
}

/* ---- characters ---- */

/* The name of a character that counts as a line end in YAML only. */
static const char *line_end_name(uint32_t code_point)
{
    switch (code_point) {
    case 0x85: return "NEL, U+0085";
    case 0x2028: return "LS, U+2028";
    case 0x2029: return "PS, U+2029";
    default: return NULL;
    }
}

static bool is_bad_character(uint32_t c)
{
    bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
    return control || line_end_name(c) != NULL || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

static void refuse_character(hz_tree_build *build, size_t begin, size_t end, uint32_t c)
{
    hz_span span = hz_tree_span(build, begin, end);
    const char *line_end = line_end_name(c);
    hz_diag *diag =
        line_end != NULL
            ? hz_error(build->diags, HZ_E_YAML_LINE_END, span, "an invisible line end (%s) stands here", line_end)
            : hz_error(build->diags, HZ_E_YAML, span, "an invisible character (U+%04X) stands here", (unsigned)c);
    hz_diag_hint(build->diags, diag,
                 line_end != NULL ? "remove it: YAML begins a new line here, editors do not show one" : "remove it");
}

static bool check_characters(hz_tree_build *build)
{
    hz_str bytes = build->bytes;
    uint32_t bad = 0;
    for (size_t at = build->begin; at < bytes.len && bad < MOST_BAD;) {
        unsigned char byte = (unsigned char)bytes.at[at];
        if (byte >= 0x20 && byte < 0x7F) {
            at++;
            continue;
        }
        size_t begin = at;
        uint32_t c = hz_utf8_next(bytes, &at);
        if (is_bad_character(c)) {
            refuse_character(build, begin, at, c);
            bad++;
        }
    }
    return bad == 0;
}

/* ---- before and after the document ---- */

/* Behind empty lines and comment lines. */
static size_t skip_comments(const hz_tree_build *build, size_t at)
{
    for (;;) {
        size_t text = at;
        while (is_blank(hz_tree_byte(build, text))) text++;
        int c = hz_tree_byte(build, text);
        if (c != '#' && !hz_is_line_end(c)) return at;
        at = hz_tree_line_end(build, text);
        if (at >= build->bytes.len) return at;
        at++;
    }
}

/* Directives are refused here because libyaml looks each %TAG up among all before it: many take minutes. */
static bool check_directives(hz_tree_build *build)
{
    size_t at = skip_comments(build, build->begin);
    if (hz_tree_byte(build, at) != '%') return true;
    hz_diag *diag = hz_error(build->diags, HZ_E_YAML_FEATURE, hz_tree_span(build, at, hz_tree_line_end(build, at)),
                             "rule files have no YAML directives (lines that begin with %%)");
    hz_diag_hint(build->diags, diag, "remove the line");
    return false;
}

bool hz_tree_check_bytes(hz_tree_build *build)
{
    if (!check_size(build) || !check_encoding(build)) return false;
    if (hz_str_starts(build->bytes, HZ_STR("\xEF\xBB\xBF"))) build->begin = 3;
    return check_characters(build) && check_directives(build);
}

void hz_tree_check_rest(hz_tree_build *build, uint32_t at)
{
    size_t rest = skip_comments(build, at);
    if (rest >= build->bytes.len) return;
    while (is_blank(hz_tree_byte(build, rest))) rest++;
    hz_str text = hz_str_part(build->bytes, rest, build->bytes.len);
    if (!hz_str_starts(text, HZ_STR("---")) && !hz_str_starts(text, HZ_STR("...")) &&
        !hz_str_starts(text, HZ_STR("%"))) {
        if (build->unusable) return;
        hz_tree_problem problem = {"did not find expected <document start>", NULL, (uint32_t)rest, (uint32_t)rest,
                                   false};
        hz_tree_explain(build, &problem);
        build->unusable = true;
        return;
    }
    hz_diag *diag = hz_error(build->diags, HZ_E_YAML_FEATURE, hz_tree_span(build, rest, hz_tree_line_end(build, rest)),
                             "a second YAML document begins here");
    hz_diag_hint(build->diags, diag, "a rule file is one document: divide the file, or remove the line");
}
