/* names.c - how things are named, and the one namespace of a plan.
 *
 * Not what names refer to: program/ resolves them. Called by the readers of items.
 */
#include "rules/reader.h"

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool hz_is_name(hz_str text)
{
    if (text.len == 0 || !is_lower(text.at[0])) return false;
    for (size_t i = 1; i < text.len; i++)
        if (!is_lower(text.at[i]) && !is_digit(text.at[i]) && text.at[i] != '_') return false;
    return true;
}

bool hz_is_plan_id(hz_str text)
{
    if (text.len == 0 || !is_lower(text.at[0]) || text.at[text.len - 1] == '-') return false;
    for (size_t i = 1; i < text.len; i++) {
        bool hyphen = text.at[i] == '-' && text.at[i - 1] != '-';
        if (!is_lower(text.at[i]) && !is_digit(text.at[i]) && !hyphen) return false;
    }
    return true;
}

/* [A-Z][A-Z0-9_]* */
static bool is_line_code(hz_str text)
{
    if (text.len == 0 || !is_upper(text.at[0])) return false;
    for (size_t i = 1; i < text.len; i++)
        if (!is_upper(text.at[i]) && !is_digit(text.at[i]) && text.at[i] != '_') return false;
    return true;
}

bool hz_is_source_id(hz_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool mark = c == '-' || c == '_' || c == '.';
        if (!is_lower(c) && !is_upper(c) && !is_digit(c) && (!mark || i == 0)) return false;
    }
    return text.len != 0;
}

/* The nearest well-formed id: letters in the case asked, other signs replaced by joint. Empty: nothing is left. */
static hz_str mend(hz_arena *arena, hz_str text, bool upper, char joint)
{
    char *out = hz_arena_take(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (is_lower(c) && upper) c = (char)(c - 'a' + 'A');
        else if (is_upper(c) && !upper) c = (char)(c - 'A' + 'a');
        if (is_lower(c) || is_upper(c) || (is_digit(c) && len > 0)) out[len++] = c;
        else if (len > 0 && out[len - 1] != joint) out[len++] = joint;
    }
    while (len > 0 && out[len - 1] == joint) len--;
    out[len] = '\0';
    return (hz_str){out, len};
}

static void hint_mended(hz_reader *reader, hz_diag *diag, hz_str mended, const char *otherwise)
{
    if (mended.len != 0) hz_diag_hint(reader->diags, diag, "write `%.*s`", HZ_BRIEF(mended));
    else hz_diag_hint(reader->diags, diag, "%s", otherwise);
}

/* Words that the expression language keeps for itself: the tokens that are spelt as names. */
static bool is_keyword(hz_str name)
{
    static const char *const tokens[] = {
#define HZ_TOKEN(token, text) text,
#include "feel/token.def"
#undef HZ_TOKEN
        "not"};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        if (hz_is_name(hz_str_from(tokens[i])) && hz_str_is(name, tokens[i])) return true;
    return false;
}

static bool name_is_free(hz_reader *reader, hz_item item, hz_symbol_kind kind)
{
    hz_diag *diag;
    if (!hz_is_name(item.name)) {
        diag = hz_error(reader->diags, HZ_E_NAME, item.span,
                        "`%.*s` cannot be the name of this %s: small letters a-z, digits and `_`, a letter first",
                        HZ_BRIEF(item.name), item.kind);
        hint_mended(reader, diag, mend(reader->arena, item.name, false, '_'),
                    "give it an English name; the Chinese one is its label, `zh`");
        return false;
    }
    if (hz_str_is(item.name, "total")) {
        diag = hz_error(reader->diags, HZ_E_RESERVED_NAME, item.span,
                        "`total` cannot be the name of this %s: it is what the whole claim is paid", item.kind);
        hz_diag_hint(reader->diags, diag, "choose another name");
        return false;
    }
    if (is_keyword(item.name)) {
        diag = hz_error(reader->diags, HZ_E_RESERVED_NAME, item.span,
                        "`%.*s` cannot be the name of this %s: it is a word of the expression language",
                        HZ_BRIEF(item.name), item.kind);
        hz_diag_hint(reader->diags, diag, "choose another name");
        return false;
    }
    if (kind == HZ_SYMBOL_INPUT &&
        (hz_str_is(item.name, "id") || hz_str_is(item.name, "counters") || hz_str_is(item.name, "ask") || hz_str_is(item.name, "reverses"))) {
        diag =
            hz_error(reader->diags, HZ_E_RESERVED_NAME, item.span,
                     "`%.*s` cannot be the name of an input: a claim has a key of that name with a meaning of its own",
                     HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "choose another name");
        return false;
    }
    return true;
}

static const char *symbol_kind_name(uint8_t kind)
{
    static const char *const names[] = {"input", "parameter", "scale", "value", "counter", "benefit", "fee",
                                        "table output", "total"};
    return names[kind];
}

bool hz_declare(hz_reader *reader, hz_item item, hz_symbol_kind kind, uint32_t index)
{
    hz_plan_model *plan = reader->plan;
    if (!name_is_free(reader, item, kind)) return false;
    uint32_t known = hz_map_put(reader->arena, &plan->symbol_map, item.name, plan->symbols.count);
    if (known != plan->symbols.count) {
        const hz_symbol *other = &plan->symbols.at[known];
        hz_diag *diag = hz_error(reader->diags, HZ_E_DUPLICATE_NAME, item.span, "`%.*s` names two things of this plan",
                                 HZ_BRIEF(item.name));
        hz_diag_hint(reader->diags, diag, "every name of a plan means one thing; rename one of the two");
        hz_diag_relate(reader->diags, diag, other->span, "the other is this %s", symbol_kind_name(other->kind));
        return false;
    }
    *HZ_PUSH(reader->arena, &plan->symbols) = (hz_symbol){item.name, (uint8_t)kind, index, item.span};
    return true;
}

void hz_close_symbols(hz_reader *reader)
{
    hz_plan_model *plan = reader->plan;
    hz_str total = HZ_STR("total");
    hz_map_put(reader->arena, &plan->symbol_map, total, plan->symbols.count);
    *HZ_PUSH(reader->arena, &plan->symbols) = (hz_symbol){total, HZ_SYMBOL_TOTAL, 0, HZ_NO_SPAN};
}

bool hz_read_id(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_str *out)
{
    if (!hz_read_text(reader, item, key, tree, out)) return false;
    if (hz_is_plan_id(*out)) return true;
    hz_diag *diag = hz_error(reader->diags, HZ_E_NAME, hz_text_span(tree),
                             "`%.*s` cannot be the id of a %s: small letters a-z, digits and single `-` between them",
                             HZ_BRIEF(*out), key);
    hint_mended(reader, diag, mend(reader->arena, *out, false, '-'),
                "give it an English id; `title` has the Chinese name");
    return false;
}

static bool code_is_free(hz_reader *reader, hz_item item, hz_str code, hz_span span)
{
    /* Reasons that the library gives by itself. */
    static const char *const own[] = {"PLAN_NOT_IN_FORCE", "NOT_OFFERED", "ZERO_AMOUNT", "NOT_REVERSIBLE",
                                     "MISSING", "UNKNOWN_VALUE"};
    hz_diag *diag;
    if (!is_line_code(code)) {
        diag = hz_error(reader->diags, HZ_E_LINE_CODE, span,
                        "`%.*s` cannot be the code of a %s: capital letters A-Z, digits and `_`, a letter first",
                        HZ_BRIEF(code), item.kind);
        hint_mended(reader, diag, mend(reader->arena, code, true, '_'),
                    "give it an English code; `zh` has the Chinese text");
        return false;
    }
    bool reserved = hz_str_starts(code, HZ_STR("E_")) || hz_str_starts(code, HZ_STR("R_"));
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) reserved = reserved || hz_str_is(code, own[i]);
    if (!reserved) return true;
    diag = hz_error(reader->diags, HZ_E_RESERVED_NAME, span,
                    "`%.*s` cannot be the code of a %s: the library gives it itself", HZ_BRIEF(code), item.kind);
    hz_diag_hint(reader->diags, diag, "choose another code; those that begin with E_ or R_ are the library's");
    return false;
}

void hz_read_line_code(hz_reader *reader, hz_item item, const hz_tree *tree, hz_line *line)
{
    if (!hz_read_text(reader, item, "code", tree, &line->code)) return;
    line->code_span = hz_text_span(tree);
    if (!code_is_free(reader, item, line->code, line->code_span)) return;
    uint32_t known = hz_map_put(reader->arena, &reader->line_codes, line->code, reader->line_spans.count);
    if (known != reader->line_spans.count) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_DUPLICATE_CODE, line->code_span,
                                 "the code `%.*s` stands twice in this plan", HZ_BRIEF(line->code));
        hz_diag_hint(reader->diags, diag, "a reason must be told from every other by its code");
        hz_diag_relate(reader->diags, diag, reader->line_spans.at[known], "it stands here too");
        return;
    }
    *HZ_PUSH(reader->arena, &reader->line_spans) = line->code_span;
}
