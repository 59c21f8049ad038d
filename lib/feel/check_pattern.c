/* check_pattern.c - matches, replace and split: patterns are read here, while rules are loaded. Called through
 * check_call.c.
 *
 * What a pattern is made of is a literal. A pattern that matches "" replaces and splits nothing (XPath refuses it). A
 * pattern that runs into its limits on a claim's text is an error of that claim.
 */
#include "feel/check_made.h"

#include "base/status.h"
#include "column/replace.h"

/* A text that is written out; false after a report. Null, where it may be, is "". */
static bool written_out(hz_env *env, hz_ast *ast, const hz_ast *call, bool may_be_null, const char *what, hz_str *out)
{
    *out = HZ_STR("");
    if (may_be_null && ast->op == HZ_AST_NULL) {
        hz_check_node(env, ast);
        return true;
    }
    if (!hz_check_text_argument(env, ast, call)) return false;
    if (hz_check_known_text(env, ast, out)) return true;
    hz_error(env->diags, HZ_E_ARGUMENTS, ast->span, "`%s` needs its %s written out", hz_builtin_name(call->builtin), what);
    return false;
}

/* The pattern of argument 1 with the flags of an argument, if there is one; NULL after a report. */
static const hz_pattern *read_pattern(hz_env *env, const hz_ast *call, uint32_t flags_at)
{
    hz_pattern_fault fault;
    hz_str text, flags = HZ_STR("");
    hz_ast *pattern = call->child[1], *flag = flags_at < call->children ? call->child[flags_at] : NULL;
    if (!written_out(env, pattern, call, false, "pattern", &text)) return NULL;
    if (flag != NULL && !written_out(env, flag, call, true, "flags", &flags)) return NULL;
    const hz_pattern *out = hz_pattern_read(env->arena, text, flags, &fault);
    if (out != NULL) return out;
    hz_diag *diag = hz_error(env->diags, fault.unsupported ? HZ_E_UNSUPPORTED : HZ_E_PATTERN,
                             fault.in_flags && flag != NULL ? flag->span : pattern->span, "%.*s", HZ_ARG(fault.message));
    if (fault.hint.len > 0) hz_diag_hint(env->diags, diag, "%.*s", HZ_ARG(fault.hint));
    return NULL;
}

/* A set of one pattern that is searched for. */
static const hz_patterns *alone(hz_env *env, const hz_pattern *pattern)
{
    hz_patterns *out = HZ_NEW(env->arena, hz_patterns);
    out->at = HZ_NEW_MANY(env->arena, const hz_pattern *, 1);
    out->bit = HZ_NEW_MANY(env->arena, uint8_t, 1);
    out->at[0] = pattern;
    out->count = 1;
    out->search = true;
    return out;
}

static bool takes_something(hz_env *env, const hz_ast *call, const hz_pattern *pattern)
{
    if (!pattern->matches_empty) return true;
    hz_diag *diag = hz_error(env->diags, HZ_E_PATTERN, call->child[1]->span, "this pattern matches \"\", and `%s` would find that everywhere", hz_builtin_name(call->builtin));
    hz_diag_hint(env->diags, diag, "write + for one or more instead of *");
    return false;
}

void hz_check_fn_matches(hz_env *env, hz_ast *ast)
{
    if (!hz_check_text_argument(env, ast->child[0], ast)) return;
    const hz_pattern *pattern = read_pattern(env, ast, 2);
    if (pattern == NULL) return;
    ast->patterns = alone(env, pattern);
    ast->type = (hz_type){.kind = HZ_KIND_BOOLEAN, .absent = ast->child[0]->type.absent | HZ_MAY_ERR, .hi = 1};
}

void hz_check_fn_replace(hz_env *env, hz_ast *ast)
{
    hz_str replacement, flags = HZ_STR("");
    if (!hz_check_text_argument(env, ast->child[0], ast)) return;
    const hz_pattern *pattern = read_pattern(env, ast, 3);
    if (pattern == NULL || !takes_something(env, ast, pattern)) return;
    if (!written_out(env, ast->child[2], ast, false, "replacement", &replacement)) return;
    if (ast->children > 3) hz_check_known_text(env, ast->child[3], &flags);
    ast->literal = flags.len > 0 && memchr(flags.at, 'q', flags.len) != NULL;
    if (!ast->literal && !hz_replacement_ok(replacement)) {
        hz_diag *diag = hz_error(env->diags, HZ_E_PATTERN, ast->child[2]->span, "this replacement has a `$` or `\\` that means nothing");
        hz_diag_hint(env->diags, diag, "$1 is what the first group matched; the characters themselves are \\$ and \\\\");
        return;
    }
    ast->patterns = alone(env, pattern);
    ast->type = (hz_type){.kind = HZ_KIND_STRING, .absent = ast->child[0]->type.absent | HZ_MAY_ERR};
}

/* ---- split ---- */

#define PIECES_MOST 1000

/* The pieces of text between matches. Nothing is taken from the arena meanwhile: the matcher's memory is the host's. */
static hz_match find_pieces(const hz_env *env, const hz_pattern *pattern, hz_str text, hz_str pieces[PIECES_MOST], uint32_t *count)
{
    hz_group matched[1 + HZ_PATTERN_GROUPS];
    hz_matcher matcher;
    size_t from = 0;
    hz_match match = hz_matcher_begin(&matcher, &env->arena->alloc) ? HZ_MATCH_YES : HZ_MATCH_NO_MEMORY;
    *count = 0;
    while (match == HZ_MATCH_YES) {
        match = hz_pattern_search(pattern, &matcher, text, from, matched);
        if (match != HZ_MATCH_YES) break;
        if (matched[0].end == matched[0].begin || *count + 2 > PIECES_MOST) match = HZ_MATCH_GIVEN_UP;
        pieces[(*count)++] = hz_str_part(text, from, matched[0].begin);
        from = matched[0].end;
    }
    pieces[(*count)++] = hz_str_part(text, from, text.len);
    hz_matcher_end(&matcher);
    return match;
}

void hz_check_fn_split(hz_env *env, hz_ast *ast)
{
    hz_str text;
    if (!hz_check_text_argument(env, ast->child[0], ast)) return;
    const hz_pattern *pattern = read_pattern(env, ast, 2);
    if (pattern == NULL || !takes_something(env, ast, pattern)) return;
    if (!hz_check_known_text(env, ast->child[0], &text)) {
        hz_error(env->diags, HZ_E_UNSUPPORTED, ast->child[0]->span, "this version splits texts that are written out");
        return;
    }
    hz_str pieces[PIECES_MOST];
    uint32_t count;
    hz_match match = find_pieces(env, pattern, text, pieces, &count);
    if (match == HZ_MATCH_NO_MEMORY) hz_arena_escape(env->arena, HZ_NO_MEMORY);
    if (match == HZ_MATCH_GIVEN_UP) {
        hz_error(env->diags, HZ_E_TOO_LARGE, ast->child[0]->span, "this text has too many pieces, or the pattern takes too many steps on it");
        return;
    }
    hz_ast **texts = HZ_NEW_MANY(env->arena, hz_ast *, count);
    for (uint32_t i = 0; i < count; i++) texts[i] = hz_made_text(env, ast, pieces[i]);
    ast->means = hz_made_items(env, ast, texts, count);
    if (ast->means != NULL) ast->type = ast->means->type;
}
