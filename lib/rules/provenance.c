/* provenance.c - where a statement comes from, or why it is only assumed: the words beside every item.
 *
 * Status is never written; it follows from the words: unknown, disputed or assumed if one of them is there, else what
 * the first source gives. Called by history.c and the readers of items.
 */
#include "rules/reader.h"

#include "source/suggest.h"

static void refuse_source(hz_reader *reader, hz_str id, hz_span span)
{
    hz_suggest suggest;
    hz_suggest_begin(&suggest, id);
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_UNKNOWN_SOURCE, span, "`%.*s` is not a source of ruleset.yaml", HZ_BRIEF(id));
    for (uint32_t i = 0; diag != NULL && i < reader->model->sources.count; i++)
        hz_suggest_offer(&suggest, reader->model->sources.at[i].id);
    if (memchr(id.at, ',', id.len) != NULL)
        hz_diag_hint(reader->diags, diag, "several sources are a list: [%.*s]", HZ_BRIEF(id));
    else if (suggest.best.at != NULL) hz_diag_hint(reader->diags, diag, "did you mean `%.*s`?", HZ_BRIEF(suggest.best));
    else hz_diag_hint(reader->diags, diag, "enter it there under `sources`, with what it `gives`");
}

static void read_source(hz_reader *reader, hz_item item, const hz_tree *tree, hz_provenance *out)
{
    hz_str id;
    if (!hz_read_text(reader, item, "source", tree, &id)) return;
    uint32_t known = hz_map_find(&reader->sources, id);
    if (known != HZ_MAP_NONE) *HZ_PUSH(reader->arena, &out->sources) = known;
    else if (reader->sources_known) refuse_source(reader, id, hz_text_span(tree));
}

static void read_sources(hz_reader *reader, hz_item item, const hz_tree *tree, hz_provenance *out)
{
    if (tree->kind != HZ_TREE_LIST) {
        read_source(reader, item, tree, out);
        return;
    }
    if (tree->items.count == 0)
        hz_diag_hint(reader->diags,
                     hz_error(reader->diags, HZ_E_NO_VALUE, tree->span, "`source` of %s `%.*s` names no source", HZ_ITEM(item)),
                     "name one, or write `assumed: why`");
    for (uint32_t i = 0; i < tree->items.count; i++) read_source(reader, item, tree->items.at[i], out);
}

static bool read_reason(hz_reader *reader, hz_item item, hz_tree *map, const char *key, hz_provenance *out,
                        hz_str *reason)
{
    hz_tree_pair *pair = hz_tree_pair_of(map, key);
    if (pair == NULL) return false;
    out->span = out->given ? hz_span_join(out->span, pair->key_span) : pair->key_span;
    out->given = true;
    if (pair->value->kind != HZ_TREE_NULL) {
        hz_read_text(reader, item, key, pair->value, reason);
        return true;
    }
    hz_diag *diag =
        hz_error(reader->diags, HZ_E_NO_VALUE, pair->key_span, "`%s` of %s `%.*s` gives no reason", key, HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "write why, in a few words");
    return true;
}

static uint8_t standing_of(const hz_reader *reader, const hz_provenance *provenance)
{
    if (provenance->unknown.len != 0) return HZ_UNPUBLISHED;
    if (provenance->disputed.len != 0) return HZ_DISPUTED;
    if (provenance->assumed.len != 0 || provenance->sources.count == 0) return HZ_ASSUMED;
    return reader->model->sources.at[provenance->sources.at[0]].gives;
}

bool hz_read_provenance(hz_reader *reader, hz_item item, hz_tree *map, hz_provenance *out)
{
    bool grounded = false;
    *out = (hz_provenance){.span = HZ_NO_SPAN};
    hz_tree_pair *source = hz_tree_pair_of(map, "source");
    if (source != NULL) {
        out->given = true;
        out->span = source->key_span;
        grounded = true;
        read_sources(reader, item, source->value, out);
    }
    grounded = read_reason(reader, item, map, "assumed", out, &out->assumed) || grounded;
    grounded = read_reason(reader, item, map, "disputed", out, &out->disputed) || grounded;
    grounded = read_reason(reader, item, map, "unknown", out, &out->unknown) || grounded;
    read_reason(reader, item, map, "date assumed", out, &out->date_assumed);
    read_reason(reader, item, map, "note", out, &out->note);
    read_reason(reader, item, map, "clause", out, &out->clause);
    out->standing = standing_of(reader, out);
    out->grounded = grounded;
    return grounded;
}

void hz_refuse_unsourced(hz_reader *reader, hz_item item, hz_span span, const char *what)
{
    hz_diag *diag = hz_error(reader->diags, HZ_E_NO_SOURCE, span, "%s%s `%.*s` names no source and gives no reason",
                             what, HZ_ITEM(item));
    hz_diag_hint(reader->diags, diag, "add `source: …` with an id of ruleset.yaml, or `assumed: …` with the reason");
}
