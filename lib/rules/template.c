/* template.c - reason texts with values in them: "确诊日 <diagnosed> …", `<<` for a literal `<`.
 *
 * Only names stand between < and >; whether they exist is program/'s question, how they are shown is run/'s. Called by
 * read_lines.c.
 */
#include "rules/reader.h"

#define BAD_MOST  10  /* errors after which a text is given up */
#define MARK_MOST 200 /* bytes in which a `<` must find its `>` */

static void add_text(hz_reader *reader, const hz_tree *tree, size_t begin, size_t end, hz_template *out)
{
    if (begin < end)
        *HZ_PUSH(reader->arena, &out->parts) =
            (hz_template_part){false, hz_str_part(tree->text, begin, end), hz_text_part(tree, begin, end)};
}

static void refuse_mark(hz_reader *reader, const hz_tree *tree, size_t begin, size_t end, bool closed)
{
    hz_str shown = hz_str_part(tree->text, begin, end);
    hz_span span = hz_text_part(tree, begin, end);
    hz_diag *diag =
        closed ? hz_error(reader->diags, HZ_E_TEMPLATE, span, "`%.*s` in a text is not a name in < >", HZ_BRIEF(shown))
               : hz_error(reader->diags, HZ_E_TEMPLATE, span, "`<` begins a name, but no `>` ends it");
    hz_diag_hint(reader->diags, diag, "%s",
                 closed ? "only a name may stand there; an expression needs a name of its own, below `values`"
                        : "write `<<` for the sign itself, `<name>` for a value");
}

/* The name in < > that begins at `at`; returns where the text goes on. */
static size_t read_mark(hz_reader *reader, const hz_tree *tree, size_t at, size_t length, hz_template *out)
{
    size_t most = length - at < MARK_MOST ? length - at : MARK_MOST;
    const char *close = memchr(tree->text.at + at, '>', most);
    size_t end = close != NULL ? (size_t)(close - tree->text.at) : at;
    hz_str name = hz_str_part(tree->text, at + 1, close != NULL ? end : at + 1);
    if (hz_is_name(name))
        *HZ_PUSH(reader->arena, &out->parts) = (hz_template_part){true, name, hz_text_part(tree, at + 1, end)};
    else refuse_mark(reader, tree, at, end + 1, close != NULL);
    return end + 1;
}

static void read_template(hz_reader *reader, hz_item item, const char *key, const hz_tree *tree, hz_template *out)
{
    hz_str trimmed;
    if (!hz_read_text(reader, item, key, tree, &trimmed)) return;
    hz_warn_of_cut(reader, tree);
    hz_str text = tree->text;
    size_t length = (size_t)(trimmed.at - text.at) + trimmed.len;
    size_t begin = (size_t)(trimmed.at - text.at);
    *out = (hz_template){.whole = trimmed, .span = hz_text_span(tree)};
    uint32_t errors = reader->diags->errors;
    for (size_t i = begin; i < length && reader->diags->errors - errors < BAD_MOST;) {
        if (text.at[i] != '<') {
            i++;
        } else if (i + 1 < length && text.at[i + 1] == '<') {
            add_text(reader, tree, begin, i + 1, out);
            begin = i += 2;
        } else {
            add_text(reader, tree, begin, i, out);
            begin = i = read_mark(reader, tree, i, length, out);
        }
    }
    add_text(reader, tree, begin, length, out);
}

void hz_read_texts(hz_reader *reader, hz_item item, hz_tree *map, hz_template *zh, hz_template *en)
{
    hz_tree *chinese = hz_tree_get(map, "zh");
    hz_tree *english = hz_tree_get(map, "en");
    if (chinese != NULL) read_template(reader, item, "zh", chinese, zh);
    if (english != NULL) read_template(reader, item, "en", english, en);
    if (chinese != NULL && english != NULL) return;
    const char *what = chinese == NULL && english == NULL ? "text" : chinese == NULL ? "Chinese text" : "English text";
    hz_diag *diag = hz_warn(reader->diags, HZ_E_NO_TEXT, item.span, "%s `%.*s` has no %s", HZ_ITEM(item), what);
    hz_diag_hint(reader->diags, diag, "members read it as the reason; add `%s: …`", chinese == NULL ? "zh" : "en");
}
