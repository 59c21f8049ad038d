/* replace.c - see replace.h. The result grows in the workspace; what it outgrows is left there until the next reset. */
#include "column/replace.h"

#include "base/utf8.h"

typedef struct growing_text {
    hz_workspace *ws;
    char *at;
    size_t len, room;
    bool failed;
} growing_text;

static void add(growing_text *out, hz_str piece)
{
    if (out->failed || piece.len == 0) return;
    if (out->room - out->len < piece.len) {
        size_t room = 2 * (out->len + piece.len);
        char *wider = room <= 2 * HZ_TEXT_LONGEST ? hz_workspace_take(out->ws, room) : NULL;
        if (wider == NULL) {
            out->failed = out->ws->failed = true;
            return;
        }
        if (out->len > 0) memcpy(wider, out->at, out->len);
        out->at = wider;
        out->room = room;
    }
    memcpy(out->at + out->len, piece.at, piece.len);
    out->len += piece.len;
}

static bool is_digit(hz_str text, size_t at)
{
    return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

bool hz_replacement_ok(hz_str replacement)
{
    for (size_t i = 0; i < replacement.len; i++) {
        char c = replacement.at[i];
        if (c == '$' && !is_digit(replacement, i + 1)) return false;
        if (c != '\\') continue;
        if (i + 1 == replacement.len || (replacement.at[i + 1] != '\\' && replacement.at[i + 1] != '$')) return false;
        i++;
    }
    return true;
}

/* The group whose number stands at *at, which moves behind its digits. */
static uint32_t take_group(hz_str replacement, size_t *at, uint32_t groups)
{
    uint32_t group = (uint32_t)(replacement.at[(*at)++] - '0');
    while (is_digit(replacement, *at) && group * 10 + (uint32_t)(replacement.at[*at] - '0') <= groups)
        group = group * 10 + (uint32_t)(replacement.at[(*at)++] - '0');
    return group;
}

static void add_replacement(growing_text *out, hz_str text, hz_str replacement, const hz_group *matched, uint32_t groups)
{
    for (size_t i = 0; i < replacement.len;) {
        char c = replacement.at[i];
        if (c == '$' && is_digit(replacement, i + 1)) {
            i++;
            uint32_t group = take_group(replacement, &i, groups);
            if (group <= groups && matched[group].begin != SIZE_MAX) add(out, hz_str_part(text, matched[group].begin, matched[group].end));
            continue;
        }
        i += c == '\\' && i + 1 < replacement.len;
        add(out, hz_str_part(replacement, i, i + 1));
        i++;
    }
}

hz_str hz_text_replace(hz_workspace *ws, const hz_patterns *patterns, hz_str text, hz_str replacement, bool literal)
{
    hz_matcher *matcher = hz_workspace_matcher(ws);
    const hz_pattern *pattern = patterns->at[0];
    hz_group matched[1 + HZ_PATTERN_GROUPS];
    growing_text out = {.ws = ws, .failed = matcher == NULL};
    size_t from = 0;
    bool any = false;
    while (!out.failed && from <= text.len) {
        hz_match match = hz_pattern_search(pattern, matcher, text, from, matched);
        if (match == HZ_MATCH_GIVEN_UP) return (hz_str){NULL, 0};
        if (match == HZ_MATCH_NO_MEMORY) out.failed = ws->failed = true;
        if (match != HZ_MATCH_YES) break;
        any = true;
        size_t end = matched[0].end;
        if (end == matched[0].begin && end < text.len) hz_utf8_next(text, &end); /* nothing matched: pass a character */
        add(&out, hz_str_part(text, from, matched[0].begin));
        if (literal) add(&out, replacement);
        else add_replacement(&out, text, replacement, matched, pattern->groups);
        add(&out, hz_str_part(text, matched[0].end, end));
        from = end > matched[0].begin ? end : text.len + 1;
    }
    if (out.failed || (!any && text.len == 0)) return HZ_STR("");
    if (!any) return text;
    if (from < text.len) add(&out, hz_str_part(text, from, text.len));
    if (out.len == 0 || out.failed) return HZ_STR("");
    hz_workspace_trim(ws, out.at, out.len);
    return (hz_str){out.at, out.len};
}
