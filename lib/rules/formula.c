/* formula.c - expressions as they stand in YAML: the quotes and line ends that would change them, then the FEEL parser.
 *
 * Neither names nor types are looked at. Called by history.c and the readers of items.
 */
#include "rules/reader.h"

#include "feel/parse.h"

#define MENDED_MOST 1000 /* bytes of an expression that a hint repeats */

/* The text in single quotes, as YAML wants it: a ' inside is doubled. */
static hz_str single_quoted(hz_arena *arena, hz_str text)
{
    char *out = hz_arena_take(arena, 2 * text.len + 3);
    size_t len = 0;
    out[len++] = '\'';
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'') out[len++] = '\'';
        out[len++] = text.at[i];
    }
    out[len++] = '\'';
    return (hz_str){out, len};
}

/* "Low": the bare word, or the string that somebody meant to write? Everything else in double quotes is an
 * expression. */
static bool is_one_word(hz_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        if (!letter && c != '_' && (c < '0' || c > '9' || i == 0)) return false;
    }
    return text.len != 0;
}

static void refuse_double_quotes(hz_reader *reader, const hz_tree *tree)
{
    hz_str text = hz_str_trim(tree->text);
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_YAML_QUOTES, tree->span, "an expression in double quotes: YAML takes them away");
    if (is_one_word(text))
        hz_diag_hint(reader->diags, diag, "write '\"%.*s\"' for the text or code, %.*s for the name", HZ_BRIEF(text),
                     HZ_BRIEF(text));
    else
        hz_diag_hint(
            reader->diags, diag, "write %.*s",
            HZ_ARG(text.len <= MENDED_MOST ? single_quoted(reader->arena, text) : HZ_STR("it in single quotes")));
}

hz_ast *hz_read_formula(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree)
{
    hz_str trimmed;
    if (tree->kind == HZ_TREE_LIST && tree->flow) {
        hz_diag *diag = hz_error(reader->diags, HZ_E_WRONG_SHAPE, tree->span,
                                 "an expression that begins with `[` is a list to YAML");
        hz_diag_hint(reader->diags, diag, "put the expression in single quotes: '[…]'");
        return NULL;
    }
    if (!hz_read_text(reader, item, key, tree, &trimmed)) return NULL;
    if (tree->style == HZ_TREE_DOUBLE) {
        refuse_double_quotes(reader, tree);
        return NULL;
    }
    hz_feel_text text = {tree->text, hz_text_span(tree), tree->offsets};
    uint32_t errors = reader->diags->errors;
    hz_ast *ast = hz_feel_parse(reader->arena, reader->diags, text, NULL);
    if (ast != NULL && reader->diags->errors == errors) hz_warn_of_formula(reader, ast);
    return ast;
}

hz_ast *hz_read_formula_key(hz_reader *reader, hz_item item, hz_tree *map, const char *key)
{
    hz_tree *tree = hz_tree_get(map, key);
    return tree != NULL ? hz_read_formula(reader, item, key, tree) : NULL;
}
